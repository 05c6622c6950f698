/* stats: pure arithmetic, each formula with its source. */
#ifndef TT_BASE_STATS_H
#define TT_BASE_STATS_H

#include "tagtrend.h"

#define TT_Z95 1.959964 /* two-sided 95 % normal quantile, as COUNTING 8 writes it */

/* Wilson (1927) score interval of k of n, n > 0. */
void tt_wilson(uint32_t k, uint32_t n, double *low, double *high);

/* Ratio estimator with issues as clusters (Cochran 1977, 6.4): from n clusters with w > 0, sums of m, w, m², w², m·w;
 * per 10 000 words, cut at 0. false: n < 2 or sum of w is 0. */
typedef struct tt_ratio {
    uint64_t n;
    double m, w, mm, ww, mw;
} tt_ratio;
void tt_ratio_add(tt_ratio *r, double m, double w);
bool tt_ratio_ci(const tt_ratio *r, double *low, double *high);

double tt_median(double *v, size_t n); /* sorts v; n > 0 */

#endif
