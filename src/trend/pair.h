/* pair: two periods named by their labels -> the days of each that are compared. */
#ifndef TT_TREND_PAIR_H
#define TT_TREND_PAIR_H

#include "trend/filter.h"

/* Fills `period` (issues aside) and `cut` of both sides, and *note: what is not complete and so was compared with fewer
 * days, or "". Labels are those of tt_period_of, in any case; both NULL: the last two complete years that have an issue.
 *
 * Where a side does not reach the end of its period (the archive's last issue, or --to, lies before it), the other one is
 * cut at the same month and day; where one does not reach its beginning, both begin at the same. Quarters, months and
 * weeks are cut at the same number of days. 29 February is, in a year that has none, the day before as an end and the day
 * after as a beginning.
 *
 * TT_EUSAGE: a label that is none, two kinds, not the earlier first, no day in common, no two complete years. */
int tt_pair_make(tt_side_of_change side[2], tt_str *note, const tt_facts *in, const tt_filter *f, const char *earlier,
                 const char *later, tt_arena *arena, tt_err *err);

/* "1 January to 10 October 2020" */
void tt_pair_days(tt_buf *to, int32_t first, int32_t last);

#endif
