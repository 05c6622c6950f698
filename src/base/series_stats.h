/* series_stats: pure arithmetic over a whole series: trend, slope, bursts, dispersion; each formula with its source and
 * what it cannot tell. */
#ifndef TT_BASE_SERIES_STATS_H
#define TT_BASE_SERIES_STATS_H

#include "base/mem.h"

enum {
    TT_TREND_MIN = 5, /* points: of four, the smallest two-sided exact p is 2 / 4! = 0.083, so no trend could show */
    TT_TREND_EXACT =
        60,             /* points up to which p is exact; above, the normal approximation is near (0.0156 for 0.0152) */
    TT_TREND_MAX = 1000 /* points: a slope is taken between each two of them */
};

/* Mann-Kendall test for a trend that rises or falls throughout, straight or not (H. B. Mann, "Nonparametric tests against
 * trend", Econometrica 13 (1945) 245-259; M. G. Kendall, Rank Correlation Methods, 1975).
 *
 *     S     = pairs of points that rise - pairs that fall
 *     tau-b = S / sqrt((N - T) N), N = n (n - 1) / 2 pairs, T of them tied in value
 *     p     = share of all orders of these values with |S| at least as large (two-sided)
 *
 * p is exact to TT_TREND_EXACT points, ties included: orders with k falling pairs are counted by the coefficients of the
 * q-multinomial (P. A. MacMahon, Combinatory Analysis, 1915), which without ties are the Mahonian numbers. Above that
 * (|S| - 1) / sqrt(var S) is taken as normal, var S = (n (n - 1) (2 n + 5) - sum t (t - 1) (2 t + 5)) / 18 over groups of
 * t equal values.
 *
 * Limits: it supposes that periods do not depend on each other; where a topic that is hot stays hot for some periods, p is
 * too small. A rise and fall that cancel give no trend. It says nothing of how large the change is: the slope does. */
typedef struct tt_kendall {
    int64_t s;
    double tau, p;
    bool exact;
} tt_kendall;
/* y in order of time. TT_EUSAGE: fewer than TT_TREND_MIN or more than TT_TREND_MAX points, or all are equal. TT_ENOMEM. */
int tt_mann_kendall(const double *y, size_t n, tt_kendall *out);

/* Slope: the median of the slopes between each two points (H. Theil 1950); its 95 % interval lies between the slopes of
 * ranks (N' - C) / 2 and (N' + C) / 2 + 1, N' slopes, C = 1.959964 sqrt(var S), rounded and kept within 1 and N' (P. K.
 * Sen, "Estimates of the regression coefficient based on Kendall's tau", JASA 63 (1968) 1379-1389). y per unit of x.
 *
 * Limits: a topic that is absent from most periods has slope 0 whatever p says; with 5 points the interval is the whole
 * range of slopes. */
typedef struct tt_slope {
    double slope, low, high;
} tt_slope;
/* x rises strictly. Fails as tt_mann_kendall does. */
int tt_theil_sen(const double *x, const double *y, size_t n, tt_slope *out);

/* Bursts: stretches of batches in which d items hold r hits clearly more often than all of them do, by the two-state
 * automaton of J. Kleinberg, "Bursty and hierarchical structure in streams" (KDD 2002, section 4, batched arrivals).
 *
 *     p0 = sum r / sum d, p1 = s p0
 *     cost of batch t in state i = -ln (C(d, r) pi^r (1 - pi)^(d - r)); of going up gamma ln n; of going down 0
 *
 * The cheapest sequence that begins in state 0 (Viterbi) is taken, of equals the one with less time in state 1. Its
 * stretches in state 1 are the bursts; the weight of one is what state 0 would have cost more there. n counts batches
 * with d > 0; the others tell nothing: a burst may reach over them and neither begins nor ends in one.
 *
 * Limits: a level is a burst only against the mean of the series, so a topic that just grows has one at its end; where
 * p1 >= 1, a topic in half of the items or more (s = 2), there is no second state. */
#define TT_BURST_S 2.0
#define TT_BURST_GAMMA 1.0
typedef struct tt_batch {
    uint32_t r, d; /* r <= d */
} tt_batch;
typedef struct tt_stretch {
    size_t first, last; /* batches */
    double weight;
} tt_stretch;
/* `out` has room for (n + 1) / 2. s > 1, gamma >= 0. TT_EUSAGE: p1 >= 1. TT_ENOMEM. */
int tt_bursts(const tt_batch *v, size_t n, double s, double gamma, tt_stretch *out, size_t *n_out);

/* Dispersion: DP, the deviation of proportions (S. Th. Gries, "Dispersions and adjusted frequencies in corpora",
 * International Journal of Corpus Linguistics 13 (2008) 403-437), and DPnorm as J. Lijffijt and S. Th. Gries corrected it
 * (the same journal 17 (2012) 147-149).
 *
 *     DP = 1/2 sum |si - vi|, si = wi / sum w, vi = mi / sum m;   DPnorm = DP / (1 - min si)
 *
 * 0: spread as the words are; near 1: all in one small part. Parts without words and mentions are none.
 *
 * Limits: with fewer mentions than parts it is large by necessity, so only topics of like frequency compare. */
typedef struct tt_dispersion {
    bool has, has_norm; /* no: no mentions or words; only one part */
    double dp, norm;
} tt_dispersion;
tt_dispersion tt_dispersion_of(const uint32_t *m, const uint64_t *w, size_t n);

#endif
