/* series: cells -> time series and topic totals of a selection (COUNTING 8). */
#ifndef TT_TREND_SERIES_H
#define TT_TREND_SERIES_H

#include "base/stats.h"
#include "trend/filter.h"

enum {
    TT_MAX_POINTS = 1 << 26, /* rows of a series */
    TT_MIN_MENTIONS = 5,     /* below either, low_n is set and the rate has no interval */
    TT_MIN_ISSUES = 5
};

/* Every period x section x topic of the selection, zeros too: n_points is n_periods times a constant, and each period
 * has the same sections and topics in the same order. TT_ELIMIT: too many points, or a sum that does not fit. */
int tt_series_make(tt_series *out, const tt_facts *in, const tt_filter *f, tt_arena *arena, tt_err *err);

/* Sets rate, share, their intervals and low_n of a point whose mentions, issues_with, issues and words are known: `words_of`
 * has n, w and ww of all its issues, `with` all sums of those that have the topic. */
void tt_point_finish(tt_point *p, const tt_ratio *words_of, const tt_ratio *with);

/* a * b * c, at most TT_MAX_POINTS, or TT_ELIMIT. */
int tt_series_size(size_t n_periods, size_t n_sections, size_t n_topics, size_t *out, tt_err *err);

/* Totals over the selection, by topic: those that occur, with --topic all that were named. Undated issues count, but in
 * no date and no year. */
int tt_topic_sums(const tt_facts *in, const tt_filter *f, tt_arena *arena, tt_topic_sum **out, size_t *n, tt_err *err);

#endif
