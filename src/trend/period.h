/* period: years, quarters, months, ISO weeks, issues. */
#ifndef TT_TREND_PERIOD_H
#define TT_TREND_PERIOD_H

#include "trend/filter.h"

enum {
    TT_MIN_DATED = 3,        /* with fewer dated issues neither end of the archive is complete */
    TT_NO_PERIOD = INT32_MAX /* the issue is not selected or not dated */
};
#define TT_END_INTERVALS 1.5 /* median intervals that may lie between an end of the archive and the end of its period */

typedef struct tt_periods {
    tt_period *v; /* rising, without those wholly outside the named years */
    size_t n;
    uint32_t *of_issue; /* index into v, or TT_NO_PERIOD */
} tt_periods;

/* All periods from the first selected dated issue to the last. `name` points into `v`. */
int tt_periods_make(tt_periods *out, const tt_facts *in, const tt_filter *f, tt_arena *arena, tt_err *err);

/* The days of a period that archive and selection reach: its own, but from the first issue or to the last one where the
 * archive begins or ends in it and leaves more than TT_END_INTERVALS out, and within --from, --to and --year. */
void tt_period_reach(const tt_facts *in, const tt_filter *f, const tt_period *p, int32_t *first, int32_t *last);

/* Consecutive periods have consecutive ordinals. Not for TT_BY_ISSUE. */
int32_t tt_period_ordinal(tt_by by, int32_t day);
/* label, start and end; the end of the last week of 9999 is that year's last day. `name` is not set. */
void tt_period_of(tt_by by, int32_t ordinal, tt_period *out);

#endif
