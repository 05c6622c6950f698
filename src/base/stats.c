/* In: counts. Out: intervals, adjusted p-values, medians. Not here: which counts (series.c), how numbers are printed (base/str). */
#include "base/stats.h"

#include <math.h>
#include <stdlib.h>

/* E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927) 209-212:
 * the p with |k/n - p| = z sqrt(p (1 - p) / n). Exact at the ends, where rounding would leave 1e-18 for 0. */
void tt_wilson(uint32_t k, uint32_t n, double *low, double *high)
{
    const double z2 = TT_Z95 * TT_Z95;
    double m = n, p = k / m;
    double scale = 1 / (1 + z2 / m);
    double centre = (p + z2 / (2 * m)) * scale;
    double half = TT_Z95 * sqrt(p * (1 - p) / m + z2 / (4 * m * m)) * scale;
    *low = k == 0 ? 0 : centre - half;
    *high = k == n ? 1 : centre + half;
}

void tt_ratio_add(tt_ratio *r, double m, double w)
{
    if (!(w > 0))
        return;
    r->n++;
    r->m += m;
    r->w += w;
    r->mm += m * m;
    r->ww += w * w;
    r->mw += m * w;
}

/* W. G. Cochran, Sampling Techniques, 3rd ed. (1977), 6.4, without the finite population correction: the variance of
 * r = sum m / sum w is n / (n - 1) * sum (m - r w)^2 / (sum w)^2. */
double tt_ratio_spread(const tt_ratio *r)
{
    double n = (double)r->n, ratio = r->m / r->w;
    double rest = r->mm - 2 * ratio * r->mw + ratio * ratio * r->ww;
    if (rest < 0) /* only by rounding: it is a sum of squares */
        rest = 0;
    return n / (n - 1) * rest;
}

bool tt_ratio_ci(const tt_ratio *r, double *low, double *high)
{
    if (r->n < 2 || !(r->w > 0))
        return false;
    double ratio = r->m / r->w;
    double half = TT_Z95 * sqrt(tt_ratio_spread(r)) / r->w;
    *low = ratio > half ? 10000 * (ratio - half) : 0;
    *high = 10000 * (ratio + half);
    return true;
}

/* K. Frantzi, S. Ananiadou, H. Mima, "Automatic recognition of multi-word terms: the C-value/NC-value method",
 * International Journal on Digital Libraries 3 (2000) 115-130, formula 2. */
double tt_cvalue(uint32_t n, double f, double nested, uint32_t longer)
{
    return log2(n) * (longer ? f - nested / longer : f);
}

/* T. Dunning, "Accurate methods for the statistics of surprise and coincidence", Computational Linguistics 19 (1993)
 * 61-74, in the form of P. Rayson and R. Garside, "Comparing corpora using frequency profiling" (2000): expected counts
 * c (a + b) / (c + d) and d (a + b) / (c + d); 2 (a ln (a / e1) + b ln (b / e2)). */
double tt_log_likelihood(double a, double b, double c, double d)
{
    double e1 = c * (a + b) / (c + d), e2 = d * (a + b) / (c + d);
    double g2 = 2 * ((a > 0 ? a * log(a / e1) : 0) + (b > 0 ? b * log(b / e2) : 0));
    if (g2 < 0) /* only by rounding */
        g2 = 0;
    return a * d < b * c ? -g2 : g2;
}

/* A term of the sum of a log (a / e), e = row * column / all. */
static double cell(double observed, double row, double column, double all)
{
    return observed > 0 ? observed * log(observed * all / (row * column)) : 0;
}

/* Dunning as above, over four cells: 2 sum o ln (o / e). */
double tt_log_likelihood_2x2(double a, double b, double c, double d)
{
    const double n = a + b + c + d;
    const double g2 = 2 * (cell(a, a + b, a + c, n) + cell(b, a + b, b + d, n) + cell(c, c + d, a + c, n) +
                           cell(d, c + d, b + d, n));
    return g2 > 0 ? g2 : 0;
}

static double log_choose(double n, double k)
{
    int sign; /* lgamma would keep it in a global */
    return lgamma_r(n + 1, &sign) - lgamma_r(k + 1, &sign) - lgamma_r(n - k + 1, &sign);
}

double tt_fisher_upper(uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
    const double row = (double)a + b, column = (double)a + c, n = row + c + d;
    const double most = row < column ? row : column, all = log_choose(n, column);
    double p = 0;
    for (double k = a; k <= most; k++)
        p += exp(log_choose(row, k) + log_choose(n - row, column - k) - all);
    return p < 1 ? p : 1;
}

/* G. Bouma, "Normalized (pointwise) mutual information in collocation extraction" (2009), for more than two words by the
 * total correlation: ln (p(w1..wn) / (p(w1) .. p(wn))) / ((n - 1) * -ln p(w1..wn)). */
double tt_npmi(double f, const uint32_t *n_each, uint32_t n_words, double n)
{
    double together = log(f / n), apart = 0;
    for (uint32_t i = 0; i < n_words; i++)
        apart += log(n_each[i] / n);
    return together < 0 && n_words > 1 ? (together - apart) / (-together * (n_words - 1)) : 1;
}

static int by_p(const void *x, const void *y)
{
    const tt_p_value *a = x, *b = y;
    int c = (a->p > b->p) - (a->p < b->p);
    return c ? c : (a->of > b->of) - (a->of < b->of);
}

/* Y. Benjamini, Y. Hochberg, "Controlling the false discovery rate: a practical and powerful approach to multiple
 * testing", Journal of the Royal Statistical Society B 57 (1995) 289-300. */
void tt_p_adjust(tt_p_value *v, size_t n)
{
    double least = 1;
    if (n > 1)
        qsort(v, n, sizeof *v, by_p);
    for (size_t i = n; i-- > 0;) {
        double p = v[i].p * (double)n / (double)(i + 1);
        least = p < least ? p : least;
        v[i].p = least;
    }
}

static int rising(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

double tt_median(double *v, size_t n)
{
    if (n > 1)
        qsort(v, n, sizeof *v, rising);
    return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}
