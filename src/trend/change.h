/* change: two periods compared, topic by topic (COUNTING 8).
 *
 * For a topic with m mentions in w words on a side (1 the earlier one, 2 the later one):
 *
 *   log2_ratio  log2 of (m2 + 0.5) / w2 over (m1 + 0.5) / w1. The halves (J. B. S. Haldane 1956, F. J. Anscombe 1956) keep
 *               it finite where a side has none.
 *   low, high   log2_ratio -+ 1.959964 sqrt (v1 + v2) / ln 2, where v is the variance of the logarithm of a side's rate:
 *               by the delta method that of the ratio estimator with issues as clusters (W. G. Cochran, Sampling
 *               Techniques, 3rd ed. 1977, 6.4), n / (n - 1) sum (m_i - r w_i)^2 / (m + 0.5)^2, but never less than
 *               1 / (m + 0.5), that of a Poisson count, so that a count of 0 has a width too. Being the wider of two, the
 *               interval may hold 0 where the verdict is `up` or `down`.
 *   g2          Dunning's log-likelihood (1993) of m1 in w1 against m2 in w2 words, 0 or more.
 *   p           by permutation of the issues between the sides (trend/permute.h): mentions bunch in issues, so that g2's
 *               own distribution would call one long article a trend.
 *   p_adjusted  by Benjamini and Hochberg (1995) over all topics that have a p.
 *   verdict     `too few` unless both sides have TT_MIN_ISSUES issues and together TT_MIN_MENTIONS mentions (and both
 *               have words), then none of the numbers above is there; else `new` or `gone` where one side has no mention;
 *               else `up` or `down` where p_adjusted is below TT_CHANGE_LEVEL; else `steady`, which says that chance is
 *               enough to explain it, not that nothing changed.
 *
 * Limits: neighbouring issues are taken for independent, so that a story that runs for weeks has too small a p; and with
 * 5 issues on each side p cannot fall below 1/252. */
#ifndef TT_TREND_CHANGE_H
#define TT_TREND_CHANGE_H

#include "trend/filter.h"

#define TT_CHANGE_LEVEL 0.05 /* the false discovery rate of `up` and `down` */

/* The periods by their labels (`2019`, `2020-Q3`, `2020-07`, `2020-W28`), both of one kind; both NULL: the last two
 * complete years. Where one side is not complete the same days of the other are compared (trend/pair.h). Mentions, words
 * and issues are those of tt_series_make for these days; by and by_section of the filter say nothing here. All in `arena`.
 * TT_EUSAGE: what tt_pair_make refuses, or days without issues. TT_ELIMIT: a sum that does not fit. */
int tt_change_make(tt_comparison *out, const tt_facts *in, const tt_filter *f, const char *earlier, const char *later,
                   tt_arena *arena, tt_err *err);

#endif
