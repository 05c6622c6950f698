/* summary: what the charts and the page say about the selection as a whole: sizes, ends, order of topics, the axis of
 * time and what of it is incomplete. */
#ifndef TT_REPORT_SUMMARY_H
#define TT_REPORT_SUMMARY_H

#include "report/report.h"

enum {
    TT_MOST_QUARTERS = 16, /* more than these: all charts go by year */
    TT_LEAST_ISSUES = 5,   /* of a period, for its share to be compared with another's (COUNTING 8) */
    TT_LEAST_YEARS = 3     /* with so many issues each, for a comparison by year */
};

/* An axis of time. */
typedef struct tt_axis {
    const tt_series *series;
    const char *unit;  /* "quarter", "year" */
    tt_str incomplete; /* "2018 starts on 3 June; 2021 runs to 10 October" or empty */
} tt_axis;

typedef struct tt_summary {
    size_t n_issues, n_undated; /* selected, with one of the selected sections if some are left out */
    uint64_t words, mentions;   /* mentions are places, whatever topics are selected */
    int32_t first, last;        /* dates of issues; TT_NO_DATE: none has one */
    const tt_lang *lang;
    bool all_topics, all_sections; /* none is left out of the selection */
    tt_topic_sum *ranked;       /* topics with an issue: most issues, then most mentions, then lowest id first */
    size_t n_ranked;
    tt_axis year;
    tt_axis fine;   /* to see when: by quarter, by year where there are too many of them */
    tt_axis coarse; /* to compare: by year, by quarter where there are too few of them */
} tt_summary;

/* All in `arena`. */
int tt_summary_make(tt_summary *out, const tt_report_in *in, tt_arena *arena, tt_err *err);

/* The period that holds the day; n_periods: none. */
size_t tt_summary_period(const tt_series *s, int32_t day);

/* The text of `b` in the arena, `b` empty again; on no memory b->failed is set and the text is empty. */
tt_str tt_summary_keep(tt_buf *b, tt_arena *arena);

/* "2018 starts on 3 June; 2021 runs to 10 October", or empty: what of a series is incomplete whose first and last issue
 * have these dates. `text` is scratch, as for tt_summary_keep. */
tt_str tt_summary_incomplete(const tt_series *time, const tt_lang *lang, int32_t first, int32_t last, tt_buf *text,
                             tt_arena *arena);

/* "10 October" or "10 October 2021"; `lang` NULL: English, here and above */
void tt_summary_day(tt_buf *to, const tt_lang *lang, int32_t day, bool with_year);

/* 12 345 with narrow no-break spaces; up to 9999 without. */
void tt_summary_count(tt_buf *to, uint64_t n);
/* "1 issue", "12 issues" */
void tt_summary_counted(tt_buf *to, uint64_t n, const char *one, const char *more);

#endif
