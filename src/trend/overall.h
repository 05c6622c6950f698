/* overall: what a whole series says of a topic: trend, bursts, dispersion, life (base/series_stats.h, trend/life.h).
 *
 * Trend (Mann-Kendall, Theil-Sen): per_10k_words of the complete periods of the filter's `by` that have words, as `trends`
 * gives them. Other periods are left out and nothing is put in their place; their time still passes for the slope.
 * Bursts: issues that have the topic of issues, by period, complete or not; by month where `by` is year, since a few years
 * are too few batches. Dispersion: parts are issues. Undated issues count in mentions, issues_with, issues, words and
 * dispersion alone. `by_section` is not looked at. */
#ifndef TT_TREND_OVERALL_H
#define TT_TREND_OVERALL_H

#include "trend/filter.h"

/* One topic, whether the filter selects it or not. Everything in the arena. TT_ELIMIT: a sum does not fit. */
int tt_overall_topic(const tt_facts *in, const tt_filter *f, uint32_t topic, tt_arena *arena, tt_overall *out,
                     tt_err *err);

/* By topic: those that occur in the selection, with --topic all that were named. The same to the last digit. */
int tt_overall_make(const tt_facts *in, const tt_filter *f, tt_arena *arena, tt_overall **out, size_t *n, tt_err *err);

#endif
