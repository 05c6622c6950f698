/* report: the set of files of `tagtrend report`: tables, charts, page, then datapackage.json and last tagtrend.json. */
#ifndef TT_REPORT_REPORT_H
#define TT_REPORT_REPORT_H

#include "report/look.h"
#include "report/tables.h"

typedef struct tt_report_in {
    tt_str title; /* of the newsletter */
    const tt_provenance *from;
    const tt_facts *facts;
    tt_picked picked;
    tt_by by; /* of the charts over time: year, quarter or month, where has_by is set */
    bool has_by;
    const tt_series *by_year, *by_quarter, *by_month, *by_year_and_section;
    const tt_topic_sum *sums;
    size_t n_sums;
    /* The same without --year, for what a year is compared with: NULL where none is named. */
    const struct tt_report_in *all;
    const tt_comparison *changes; /* beside by_year's periods: each with the one before; n 0: none. NULL: none at all */
    const tt_story *stories; /* beside by_year's periods; NULL: none */
    const tt_palette *colors; /* NULL: default */
    const tt_lang *lang;      /* NULL: en */
    unsigned pictures;        /* 1 << tt_picture each; 0: svg and png */
} tt_report_in;

/* Writes into `folder` (made where it is missing). Without charts, no file of charts/ is written and the page says so. */
int tt_report_write(const char *folder, bool no_charts, const tt_report_in *in, const tt_sink *sink, tt_err *err);

#endif
