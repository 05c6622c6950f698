/* In: a series of numbers. Out: trend, slope, bursts, dispersion. Not here: which series (trend/overall.c), formulas and
 * their sources (the header), intervals of single numbers (stats.c). */
#include "base/series_stats.h"

#include "base/stats.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int rising(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

static int falling_size(const void *x, const void *y)
{
    size_t a = *(const size_t *)x, b = *(const size_t *)y;
    return (a < b) - (a > b);
}

/* ---- groups of equal values ---- */

typedef struct tt_ties {
    size_t *sizes; /* largest first; their sum is n */
    size_t n_groups;
    double pairs;    /* of equal values: T */
    double variance; /* of S */
} tt_ties;

static double cubic(size_t n)
{
    double t = (double)n;
    return t * (t - 1) * (2 * t + 5);
}

/* The caller frees out->sizes. */
static int find_ties(const double *y, size_t n, tt_ties *out)
{
    double *sorted = tt_calloc(n, sizeof *sorted);
    *out = (tt_ties){.sizes = tt_calloc(n, sizeof *out->sizes), .variance = cubic(n)};
    if (!sorted || !out->sizes) {
        tt_free(sorted);
        tt_free(out->sizes);
        return TT_ENOMEM;
    }
    memcpy(sorted, y, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, rising);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || sorted[i] > sorted[i - 1])
            out->n_groups++;
        out->sizes[out->n_groups - 1]++;
    }
    tt_free(sorted);
    qsort(out->sizes, out->n_groups, sizeof *out->sizes, falling_size);
    for (size_t i = 0; i < out->n_groups; i++) {
        double t = (double)out->sizes[i];
        out->pairs += t * (t - 1) / 2;
        out->variance -= cubic(out->sizes[i]);
    }
    out->variance /= 18;
    return 0;
}

static int ties_or_refuse(const double *y, size_t n, tt_ties *out)
{
    if (n < TT_TREND_MIN || n > TT_TREND_MAX)
        return TT_EUSAGE;
    int rc = find_ties(y, n, out);
    if (rc == 0 && out->n_groups == 1) {
        tt_free(out->sizes);
        return TT_EUSAGE;
    }
    return rc;
}

/* ---- Mann-Kendall ---- */

/* Orders by falling pairs, counted up to `most`: f holds those of `before` values, and becomes those of m equal values
 * more, f times the Gaussian binomial [before + m, m]. By [s + j, j] = [s + j - 1, j] + q^s [s + j - 1, j - 1], which
 * only adds, so that no digit is lost; row j of `rows` holds f [s + j, j]. */
static void add_group(double *f, double *rows, size_t most, size_t before, size_t m)
{
    const size_t width = most + 1;
    for (size_t j = 0; j <= m; j++)
        memcpy(rows + j * width, f, width * sizeof *f);
    for (size_t s = 1; s <= before && s <= most; s++)
        for (size_t j = 1; j <= m; j++) {
            double *to = rows + j * width + s;
            const double *from = rows + (j - 1) * width;
            for (size_t k = 0; k + s < width; k++)
                to[k] += from[k];
        }
    memcpy(f, rows + m * width, width * sizeof *f);
}

/* Share of the orders with at most `most` falling pairs. The largest group comes first: alone it has one order. */
static int share_of_orders(const tt_ties *t, size_t most, double *out)
{
    const size_t width = most + 1, rows = t->n_groups > 1 ? t->sizes[1] + 1 : 1;
    double *f = tt_calloc(width * (rows + 1), sizeof *f);
    double sum = 0, all = 1;
    size_t before = t->sizes[0];
    if (!f)
        return TT_ENOMEM;
    f[0] = 1;
    for (size_t i = 1; i < t->n_groups; i++) {
        add_group(f, f + width, most, before, t->sizes[i]);
        for (size_t j = 1; j <= t->sizes[i]; j++)
            all = all * (double)(before + j) / (double)j;
        before += t->sizes[i];
    }
    for (size_t k = 0; k < width; k++)
        sum += f[k];
    tt_free(f);
    *out = sum / all;
    return 0;
}

/* S = (N - T) - 2 falling pairs, and orders with S and -S are as many: both tails are twice the smaller one. */
static int p_of(const tt_ties *t, double pairs, tt_kendall *k)
{
    double size = fabs((double)k->s), tail = 0.5;
    int rc = 0;
    if (k->s != 0 && k->exact)
        rc = share_of_orders(t, (size_t)((pairs - t->pairs - size) / 2), &tail);
    else if (k->s != 0)
        tail = erfc((size - 1) / sqrt(2 * t->variance)) / 2;
    k->p = 2 * tail;
    return rc;
}

int tt_mann_kendall(const double *y, size_t n, tt_kendall *out)
{
    tt_ties ties;
    tt_kendall k = {.exact = n <= TT_TREND_EXACT};
    int rc = ties_or_refuse(y, n, &ties);
    if (rc != 0)
        return rc;
    const double pairs = (double)n * (double)(n - 1) / 2;
    for (size_t j = 1; j < n; j++)
        for (size_t i = 0; i < j; i++)
            k.s += (y[j] > y[i]) - (y[j] < y[i]);
    k.tau = (double)k.s / sqrt((pairs - ties.pairs) * pairs);
    rc = p_of(&ties, pairs, &k);
    tt_free(ties.sizes);
    if (rc == 0)
        *out = k;
    return rc;
}

/* ---- Theil-Sen ---- */

/* Slopes, of which those that are 0 are only counted: of a topic that most periods lack they are nearly all. */
typedef struct tt_slopes {
    double *v; /* the others; their order changes */
    size_t n, n_negative, n_zero;
} tt_slopes;

static double middle_of(double a, double b, double c)
{
    double low = a < b ? a : b, high = a < b ? b : a;
    return c < low ? low : c > high ? high : c;
}

/* The value of rank k of n, from 0 (C. A. R. Hoare, "Algorithm 65: find", CACM 4 (1961) 321-322): some passes over v,
 * where sorting, with half a million slopes for each topic, took most of the run. */
static double ranked(double *v, size_t n, size_t k)
{
    size_t low = 0, high = n - 1;
    while (low < high) {
        const double pivot = middle_of(v[low], v[low + (high - low) / 2], v[high]);
        size_t i = low, j = high;
        for (;;) { /* what equals the pivot goes to both sides, so that equal values do not make it slow */
            while (v[i] < pivot)
                i++;
            while (v[j] > pivot)
                j--;
            if (i >= j)
                break;
            double t = v[i];
            v[i++] = v[j];
            v[j--] = t;
        }
        /* low..i - 1 are at most the pivot, j + 1..high at least; v[i] is the pivot where i == j */
        if (k < i)
            high = i - 1;
        else if (k > j)
            low = j + 1;
        else
            break;
    }
    return v[k];
}

static double slope_at(const tt_slopes *s, size_t rank)
{
    if (rank < s->n_negative)
        return ranked(s->v, s->n, rank);
    return rank < s->n_negative + s->n_zero ? 0 : ranked(s->v, s->n, rank - s->n_zero);
}

static int find_slopes(const double *x, const double *y, size_t n, tt_slopes *out)
{
    *out = (tt_slopes){.v = tt_alloc(n * (n - 1) / 2 * sizeof *out->v)};
    if (!out->v)
        return TT_ENOMEM;
    for (size_t j = 1; j < n; j++)
        for (size_t i = 0; i < j; i++) {
            out->n_negative += y[j] < y[i];
            if (y[j] > y[i] || y[j] < y[i])
                out->v[out->n++] = (y[j] - y[i]) / (x[j] - x[i]);
            else
                out->n_zero++;
        }
    return 0;
}

int tt_theil_sen(const double *x, const double *y, size_t n, tt_slope *out)
{
    tt_ties ties;
    tt_slopes s;
    int rc = ties_or_refuse(y, n, &ties);
    if (rc != 0)
        return rc;
    rc = find_slopes(x, y, n, &s);
    if (rc == 0) {
        const size_t all = s.n + s.n_zero;
        const double half = TT_Z95 * sqrt(ties.variance) / 2, middle = (double)all / 2;
        /* ranks from 0 */
        double low = round(middle - half) - 1, high = round(middle + half);
        double last = (double)(all - 1);
        out->slope = (slope_at(&s, (all - 1) / 2) + slope_at(&s, all / 2)) / 2;
        out->low = slope_at(&s, low > 0 ? (size_t)low : 0);
        out->high = slope_at(&s, (size_t)(high < last ? high : last));
        tt_free(s.v);
    }
    tt_free(ties.sizes);
    return rc;
}

/* ---- bursts ---- */

/* What each batch costs more in state 1 than in state 0, in which the binomial coefficient falls out. */
typedef struct tt_states {
    double hit, miss; /* for each of r, of d - r */
    double up;
} tt_states;

enum { FROM_1_TO_0 = 1, FROM_1_TO_1 = 2 }; /* how a batch's states were reached; unset: from state 0 */

static double more_in_1(const tt_states *q, tt_batch b)
{
    return q->hit * b.r + q->miss * (b.d - b.r);
}

/* Fills `reached` and says in which state the cheapest sequence ends. */
static bool forward(const tt_batch *v, size_t n, const tt_states *q, uint8_t *reached)
{
    double cost0 = 0, cost1 = INFINITY;
    for (size_t t = 0; t < n; t++) {
        if (v[t].d == 0)
            continue;
        reached[t] = (uint8_t)((cost1 < cost0 ? FROM_1_TO_0 : 0) | (cost1 < cost0 + q->up ? FROM_1_TO_1 : 0));
        double in1 = (cost1 < cost0 + q->up ? cost1 : cost0 + q->up) + more_in_1(q, v[t]);
        cost0 = cost1 < cost0 ? cost1 : cost0;
        cost1 = in1;
    }
    return cost1 < cost0;
}

/* Goes back over the sequence; bursts come last first, and are put in order. */
static size_t backward(const tt_batch *v, size_t n, const tt_states *q, const uint8_t *reached, bool in1,
                       tt_stretch *out)
{
    size_t n_out = 0;
    bool open = false;
    for (size_t t = n; t-- > 0;) {
        if (v[t].d == 0)
            continue;
        if (in1 && !open)
            out[n_out++] = (tt_stretch){.last = t};
        if (in1) {
            out[n_out - 1].first = t;
            out[n_out - 1].weight -= more_in_1(q, v[t]);
        }
        open = in1;
        in1 = reached[t] & (in1 ? FROM_1_TO_1 : FROM_1_TO_0);
    }
    for (size_t i = 0; i < n_out / 2; i++) {
        tt_stretch s = out[i];
        out[i] = out[n_out - 1 - i];
        out[n_out - 1 - i] = s;
    }
    return n_out;
}

int tt_bursts(const tt_batch *v, size_t n, double s, double gamma, tt_stretch *out, size_t *n_out)
{
    double r = 0, d = 0, batches = 0;
    *n_out = 0;
    for (size_t t = 0; t < n; t++) {
        r += v[t].r;
        d += v[t].d;
        batches += v[t].d > 0;
    }
    if (!(r > 0))
        return 0;
    if (s * r >= d)
        return TT_EUSAGE;
    const tt_states q = {.hit = -log(s), .miss = -log((d - s * r) / (d - r)), .up = gamma * log(batches)};
    uint8_t *reached = tt_calloc(n, sizeof *reached);
    if (!reached)
        return TT_ENOMEM;
    bool in1 = forward(v, n, &q, reached);
    *n_out = backward(v, n, &q, reached, in1, out);
    tt_free(reached);
    return 0;
}

/* ---- dispersion ---- */

tt_dispersion tt_dispersion_of(const uint32_t *m, const uint64_t *w, size_t n)
{
    tt_dispersion out = {0};
    double all_m = 0, all_w = 0, least = INFINITY, sum = 0;
    size_t parts = 0;
    for (size_t i = 0; i < n; i++) {
        if (m[i] == 0 && w[i] == 0)
            continue;
        parts++;
        all_m += m[i];
        all_w += (double)w[i];
        least = (double)w[i] < least ? (double)w[i] : least;
    }
    if (!(all_m > 0) || !(all_w > 0))
        return out;
    for (size_t i = 0; i < n; i++)
        sum += fabs((double)w[i] / all_w - m[i] / all_m);
    out.has = true;
    out.dp = sum / 2;
    out.has_norm = parts > 1;
    if (out.has_norm)
        out.norm = out.dp / (1 - least / all_w);
    return out;
}
