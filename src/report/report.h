/* report: the set of files of `tagtrend report`: tables, charts, page, then datapackage.json and last tagtrend.json. */
#ifndef TT_REPORT_REPORT_H
#define TT_REPORT_REPORT_H

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
} tt_report_in;

/* Writes into `folder` (made where it is missing). Without charts, no file of charts/ is written and the page says so. */
int tt_report_write(const char *folder, bool no_charts, const tt_report_in *in, const tt_sink *sink, tt_err *err);

#endif
