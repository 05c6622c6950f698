/* stats: pure arithmetic, each formula with its source. */
#ifndef TT_BASE_STATS_H
#define TT_BASE_STATS_H

#include "tagtrend.h"

#define TT_Z95 1.959964 /* two-sided 95 % normal quantile, as COUNTING 8 writes it */

/* Score interval of a share, k of n, n > 0 (E. B. Wilson, "Probable inference, the law of succession, and statistical
 * inference", JASA 22, 1927): with p = k / n and z = TT_Z95
 *
 *     (p + z^2 / 2n -+ z sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2 / n)
 *
 * It stays within 0 and 1 and has a width at both ends. Limits: it takes issues for draws that do not depend on each
 * other, from more issues than there are; of all issues of an archive that is over, the share itself is the fact. */
void tt_wilson(uint32_t k, uint32_t n, double *low, double *high);

/* Ratio estimator with issues as clusters (W. G. Cochran, Sampling Techniques, 3rd edition 1977, section 6.4): from n
 * clusters with w > 0, sums of m, w, m^2, w^2, m w; per 10 000 words, cut at 0. With r = sum m / sum w
 *
 *     10 000 (r -+ z sqrt(n / (n - 1) sum (m - r w)^2) / sum w)
 *
 * Mentions bunch in issues, which a Poisson interval does not know. Limits: it is one of large samples, too narrow for few
 * issues (callers ask for 5), and supposes that neighbouring issues do not depend on each other. false: n < 2 or sum of w
 * is 0. */
typedef struct tt_ratio {
    uint64_t n;
    double m, w, mm, ww, mw;
} tt_ratio;
void tt_ratio_add(tt_ratio *r, double m, double w);
bool tt_ratio_ci(const tt_ratio *r, double *low, double *high);
/* Variance of the sum of m about r w: n / (n - 1) * sum (m - r w)^2. n > 1, w > 0. */
double tt_ratio_spread(const tt_ratio *r);

/* C-value (Frantzi, Ananiadou and Mima 2000) of an expression of n words with frequency f that stands in `longer` longer
 * candidates, `nested` times in all: log2 n (f - nested / longer), and log2 n f where longer is 0. So that single words
 * have a value too, callers pass n + 1 (see trend/rank). */
double tt_cvalue(uint32_t n, double f, double nested, uint32_t longer);

/* Log-likelihood ratio G2 (T. Dunning, "Accurate methods for the statistics of surprise and coincidence", Computational
 * Linguistics 19, 1993) of a in c words against b in d words: with E1 = c (a + b) / (c + d), E2 = d (a + b) / (c + d)
 *
 *     2 (a ln(a / E1) + b ln(b / E2))
 *
 * 0 where the rates are equal, negative where a's is the smaller one. c, d > 0. Limits: as a test by chi-square it takes
 * each word for a draw of its own; trend/permute gives a p that does not. */
double tt_log_likelihood(double a, double b, double c, double d);

/* The same over all four cells of a 2 x 2 table: 2 sum O ln(O / E), E = row sum x column sum / all; a both, b and c one of
 * the two alone, d neither; never negative. */
double tt_log_likelihood_2x2(double a, double b, double c, double d);

/* Fisher's exact test (1922) of a 2 x 2 table, upper side: how likely a or more stand together by chance when the sums of
 * rows and columns are as they are. a both, b and c one alone, d neither. */
double tt_fisher_upper(uint32_t a, uint32_t b, uint32_t c, uint32_t d);

/* Normalised pointwise mutual information (Bouma 2009) of words that stand together f times in n, each n_each[i] times
 * alone: -1 never, 0 by chance, 1 only together. */
double tt_npmi(double f, const uint32_t *n_each, uint32_t n_words, double n);

/* Benjamini and Hochberg (1995), as R's p.adjust (method "BH"): sorts v by p, and each p becomes the smallest level of the
 * false discovery rate at which it is still taken: min over j >= i of n p(j) / j, at most 1. */
typedef struct tt_p_value {
    double p;
    uint32_t of; /* the caller's own */
} tt_p_value;
void tt_p_adjust(tt_p_value *v, size_t n);

double tt_median(double *v, size_t n); /* sorts v; n > 0 */

#endif
