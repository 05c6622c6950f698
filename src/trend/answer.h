/* answer: what the cells say of one topic over a selection: how often, where, when first and last. */
#ifndef TT_TREND_ANSWER_H
#define TT_TREND_ANSWER_H

#include "trend/series.h"

/* `f` picks issues and sections; its topics are not looked at. All in `arena`. TT_ENOMEM, TT_ELIMIT. */
int tt_answer_make(tt_answer *out, const tt_facts *in, const tt_filter *f, uint32_t topic, tt_arena *arena,
                   tt_err *err);

/* The share of `first`, an answer over the same selection, in the mentions of topic `both`, which holds it: a row for each
 * period of the answer and one behind them over all, undated issues too. The interval is that of the ratio estimator with
 * the issues that have `both` as clusters; none below TT_MIN_MENTIONS mentions or TT_MIN_ISSUES issues, and none without
 * width. TT_ENOMEM, TT_ELIMIT. */
int tt_share_make(tt_share_row **out, const tt_facts *in, const tt_filter *f, const tt_answer *first, uint32_t both,
                  tt_arena *arena, tt_err *err);

enum {
    TT_BESIDE_FLOOR = 3 /* paragraphs with both, below which nothing is said */
};
#define TT_BESIDE_G2 10.828 /* chi-square with one degree of freedom, p = 0.001 */

/* Of n paragraphs, n_asked have what is asked for; other[i] have topic i, both[i] both. Fills `out` (room for n_topics)
 * with those that stand together more often than chance, surest first; returns how many. */
size_t tt_beside_rank(tt_beside *out, const uint32_t *both, const uint32_t *other, size_t n_topics, uint64_t n,
                      uint64_t n_asked);

#endif
