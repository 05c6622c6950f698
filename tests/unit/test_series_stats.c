/* base/series_stats: trend, slope, bursts and dispersion against published figures and independent programs. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

#include "base/series_stats.h"
#include "fail_alloc.h"

static void near(double got, double want, double by)
{
    if (!(fabs(got - want) <= by))
        fail_msg("got %.17g, want %.17g", got, want);
}

/* ---- Mann-Kendall and Theil-Sen ---- */

static void kendall(const double *y, size_t n, int64_t s, double p)
{
    tt_kendall k = {0};
    assert_int_equal(tt_mann_kendall(y, n, &k), 0);
    assert_int_equal(k.s, s);
    near(k.p, p, 1e-12 * p);
}

/* M. G. Kendall, Rank Correlation Methods, appendix table 1: P(S >= s) of n in random order, one-sided, as printed. */
static void test_kendall_of_the_published_table(void **state)
{
    static const struct {
        double y[10];
        size_t n;
        int64_t s;
        double p;
    } cases[] = {{{1, 2, 4, 3, 5}, 5, 8, 0.042},
                 {{1, 2, 3, 4, 5}, 5, 10, 0.0083},
                 {{2, 1, 3, 4, 5, 6, 8, 7}, 8, 24, 0.00087},
                 {{3, 1, 2, 4, 5, 7, 6, 8, 10, 9}, 10, 37, 0.00018},
                 {{5, 1, 2, 3, 4, 7, 6, 10, 9, 8}, 10, 29, 0.0046},
                 {{5, 4, 1, 3, 2, 6, 7, 10, 9, 8}, 10, 23, 0.023}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_kendall k = {0};
        assert_int_equal(tt_mann_kendall(cases[i].y, cases[i].n, &k), 0);
        assert_int_equal(k.s, cases[i].s);
        assert_true(k.exact);
        near(k.p / 2, cases[i].p, 0.03 * cases[i].p);
    }
}

/* p: without ties SciPy 1.17.1 kendalltau(method='exact'), and the same to 14 digits R 4.2.2 cor.test(method='kendall',
 * exact=TRUE); with ties all 8! and 9! orders gone through in Python. tau: kendalltau. Slopes: SciPy's theilslopes(y, x,
 * 0.95), where 0.95 is the confidence. */
static void test_trend_of_short_series(void **state)
{
    static const struct {
        size_t n;
        double y[12];
        int64_t s;
        double tau, p, slope, low, high;
    } cases[] = {
        {5, {3, 1, 4, 1.5, 9}, 4, 0.4, 0.48333333333333334, 1, -2.5, 7.5},
        {5, {1, 2, 3, 4, 5}, 10, 1, 0.016666666666666666, 1, 1, 1},
        {5, {5, 4, 3, 2, 1}, -10, -1, 0.016666666666666666, -1, -1, -1},
        {10,
         {12.1, 10.4, 13.0, 15.2, 11.9, 16.8, 18.1, 14.3, 17.7, 19.9},
         29,
         0.6444444444444444,
         0.009148478835978836,
         0.8666666666666666,
         0.45,
         1.45},
        {12,
         {5.5, 0, 2.25, 7, 1, 8, 3, 9.5, 4, 10, 12, 6},
         32,
         0.4848484848484848,
         0.031050242838437284,
         0.6,
         0.1875,
         1.25},
        {8, {0, 0, 2, 0, 3, 3, 5, 0}, 11, 0.45363235436327737, 0.1880952380952381, 0.55, 0, 1},
        {9, {0, 0, 0, 4, 0, 4, 7, 7, 9}, 26, 0.8189230248533256, 0.0021164021164021165, 1.1666666666666667, 0, 1.75},
        {6, {0, 0, 3, 3, 0, 0}, 0, 0, 1, 0, -1.5, 1.5},
    };
    static const double x[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_kendall k = {0};
        tt_slope s = {0};
        assert_int_equal(tt_mann_kendall(cases[i].y, cases[i].n, &k), 0);
        assert_int_equal(k.s, cases[i].s);
        assert_true(k.exact);
        near(k.tau, cases[i].tau, 1e-14);
        near(k.p, cases[i].p, 1e-14);
        assert_int_equal(tt_theil_sen(x, cases[i].y, cases[i].n, &s), 0);
        near(s.slope, cases[i].slope, 1e-14);
        near(s.low, cases[i].low, 1e-14);
        near(s.high, cases[i].high, 1e-14);
    }
}

static void test_slope_over_gaps(void **state)
{
    static const double x[] = {0, 1, 2, 5, 6, 9, 10}, y[] = {1, 3, 2, 6, 4, 9, 7};
    tt_slope s = {0};
    (void)state;
    assert_int_equal(tt_theil_sen(x, y, 7, &s), 0);
    near(s.slope, 0.625, 1e-14); /* SciPy */
    near(s.low, 0.2, 1e-14);
    near(s.high, 1, 1e-14);
}

static int rising(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

/* Against sorted slopes, on random series with many equals and with few. */
static void test_slope_is_the_median(void **state)
{
    uint32_t seed = 7;
    (void)state;
    for (size_t round = 0; round < 2000; round++) {
        const size_t n = TT_TREND_MIN + round % 30, values = round % 7 + 2;
        double x[40], y[40], all[800];
        size_t n_all = 0;
        tt_slope s = {0};
        for (size_t i = 0; i < n; i++) {
            seed = seed * 1664525u + 1013904223u;
            x[i] = (double)i + (i > n / 2) * (double)(round % 5);
            y[i] = (double)((seed >> 16) % (round % 2 ? values : 5000));
        }
        for (size_t j = 1; j < n; j++)
            for (size_t i = 0; i < j; i++)
                all[n_all++] = (y[j] - y[i]) / (x[j] - x[i]);
        qsort(all, n_all, sizeof *all, rising);
        int rc = tt_theil_sen(x, y, n, &s);
        if (rc == TT_EUSAGE) {
            near(all[0], 0, 0);
            continue;
        }
        assert_int_equal(rc, 0);
        near(s.slope, (all[(n_all - 1) / 2] + all[n_all / 2]) / 2, 0);
        assert_true(s.low <= s.slope && s.slope <= s.high && s.low >= all[0] && s.high <= all[n_all - 1]);
    }
}

static void make(double *y, size_t n, bool tied)
{
    for (size_t i = 0; i < n; i++)
        y[i] = tied ? (double)(i * i * 7 % 5 + (i > n / 2)) : (double)(i * 37 % 101 + i / 2);
}

/* Exact: integer polynomials prod (1 - q^k) divided by those of the groups, as fractions, in Python. Above 60:
 * pymannkendall 1.4.3 original_test. Slopes: SciPy's theilslopes. */
static void test_trend_of_long_series(void **state)
{
    static const struct {
        bool tied;
        size_t n;
        int64_t s;
        double p, slope, low, high;
    } cases[] = {{false, 40, 161, 0.06198255674663796, 0.8181818181818182, -0.375, 1.8529411764705883},
                 {false, 60, 380, 0.015165766414218353, 0.7272727272727273, 0.1111111111111111, 1.12},
                 {false, 61, 440, 0.0062876917894452156, 0.7727272727272727, 0.2631578947368421, 1.16},
                 {false, 100, 1491, 9.084669006176327e-06, 0.5487804878048781, 0.2982456140350877, 0.7727272727272727},
                 {true, 40, 239, 0.0031934591168616268, 0.035098522167487683, 0, 0.06451612903225806},
                 {true, 60, 515, 0.0004900043860509382, 0.022222222222222223, 0, 0.03571428571428571},
                 {true, 61, 474, 0.0021229861011018425, 0.019803921568627453, 0, 0.03333333333333333},
                 {true, 100, 1379, 1.7949596526900535e-05, 0.0125, 0, 0.01818181818181818}};
    double x[100], y[100];
    (void)state;
    for (size_t i = 0; i < 100; i++)
        x[i] = (double)i;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_kendall k = {0};
        tt_slope s = {0};
        make(y, cases[i].n, cases[i].tied);
        assert_int_equal(tt_mann_kendall(y, cases[i].n, &k), 0);
        assert_int_equal(k.s, cases[i].s);
        assert_int_equal(k.exact, cases[i].n <= TT_TREND_EXACT);
        near(k.p, cases[i].p, 1e-9 * cases[i].p); /* pymannkendall takes 1 - p */
        assert_int_equal(tt_theil_sen(x, y, cases[i].n, &s), 0);
        near(s.slope, cases[i].slope, 1e-14);
        near(s.low, cases[i].low, 1e-14);
        near(s.high, cases[i].high, 1e-14);
    }
}

/* As above, by integer polynomials: far in the tail, few and large groups. */
static void test_exact_p_keeps_its_digits(void **state)
{
    double y[60];
    (void)state;
    for (size_t i = 0; i < 60; i++)
        y[i] = (double)i;
    kendall(y, 60, 1770, 2.4035609872986452e-82);
    for (size_t i = 0; i < 60; i++)
        y[i] = i < 57 ? 0 : (double)i;
    kendall(y, 60, 174, 9.74089226573154e-06);
    for (size_t i = 0; i < 60; i++)
        y[i] = i < 30 ? 0 : 1;
    kendall(y, 60, 900, 1.6911233892144735e-17);
    for (size_t i = 0; i < 24; i++)
        y[i] = i == 10 ? 5 : 0;
    kendall(y, 24, -3, 0.9166666666666666 + 5e-17);
}

static void test_trend_is_refused(void **state)
{
    static double x[TT_TREND_MAX + 1], y[TT_TREND_MAX + 1];
    static const double same[] = {2, 2, 2, 2, 2, 2};
    tt_kendall k = {0};
    tt_slope s = {0};
    (void)state;
    for (size_t i = 0; i <= TT_TREND_MAX; i++)
        x[i] = y[i] = (double)i;
    assert_int_equal(tt_mann_kendall(y, TT_TREND_MIN - 1, &k), TT_EUSAGE);
    assert_int_equal(tt_mann_kendall(y, 0, &k), TT_EUSAGE);
    assert_int_equal(tt_mann_kendall(y, TT_TREND_MIN, &k), 0);
    assert_int_equal(tt_mann_kendall(y, TT_TREND_MAX, &k), 0);
    assert_int_equal(k.s, 499500);
    assert_int_equal(tt_mann_kendall(y, TT_TREND_MAX + 1, &k), TT_EUSAGE);
    assert_int_equal(tt_mann_kendall(same, 6, &k), TT_EUSAGE);
    assert_int_equal(tt_theil_sen(x, y, TT_TREND_MIN - 1, &s), TT_EUSAGE);
    assert_int_equal(tt_theil_sen(x, y, TT_TREND_MAX, &s), 0);
    near(s.slope, 1, 0);
    assert_int_equal(tt_theil_sen(x, y, TT_TREND_MAX + 1, &s), TT_EUSAGE);
    assert_int_equal(tt_theil_sen(x, same, 6, &s), TT_EUSAGE);
}

/* ---- bursts ---- */

/* The cheapest of all 2^n sequences, gone through in Python; for the first two the PyPI package burst_detection 0.1.3 has
 * the same (it decides batch by batch, and so finds no more of the second part of the third and fourth than 9..9, 6..6
 * and 8..8). */
static void test_bursts(void **state)
{
    static const struct {
        size_t n;
        tt_batch v[12];
        size_t n_want;
        tt_stretch want[2];
    } cases[] = {
        {12,
         {{0, 10}, {1, 11}, {0, 10}, {2, 12}, {1, 10}, {6, 10}, {7, 11}, {5, 9}, {1, 10}, {0, 12}, {1, 10}, {0, 11}},
         1,
         {{5, 7, 9.257481410942862}}},
        {9, {{0, 5}, {0, 5}, {0, 5}, {0, 5}, {0, 5}, {0, 5}, {0, 5}, {0, 5}, {4, 5}}, 1, {{8, 8, 2.6699345681796993}}},
        {10,
         {{8, 12}, {9, 12}, {1, 12}, {0, 12}, {2, 12}, {1, 13}, {0, 12}, {1, 12}, {7, 12}, {9, 12}},
         2,
         {{0, 1, 7.498255243335123}, {8, 9, 6.192929944748899}}},
        {12,
         {{1, 8}, {1, 8}, {0, 8}, {2, 8}, {1, 8}, {5, 8}, {6, 8}, {2, 8}, {6, 8}, {1, 8}, {0, 8}, {1, 8}},
         1,
         {{5, 8, 7.133823524934689}}},
        {8, {{0, 4}, {3, 4}, {0, 4}, {3, 4}, {0, 4}, {3, 4}, {0, 4}, {0, 4}}, 0, {{0}}},
        /* batches without items: reached over, but no end of a burst, and not in n */
        {10,
         {{0, 8}, {1, 8}, {0, 0}, {0, 8}, {5, 8}, {0, 0}, {6, 8}, {0, 0}, {0, 8}, {1, 8}},
         1,
         {{4, 6, 5.824605316002362}}},
        {7, {{0, 8}, {1, 8}, {0, 8}, {5, 8}, {6, 8}, {0, 8}, {1, 8}}, 1, {{3, 4, 5.824605316002362}}},
        {3, {{0, 0}, {1, 9}, {0, 0}}, 0, {{0}}},
        {3, {{0, 4}, {0, 4}, {0, 0}}, 0, {{0}}},
        {2, {{0, 0}, {0, 0}}, 0, {{0}}},
        {0, {{0}}, 0, {{0}}}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_stretch got[6];
        size_t n = 99;
        assert_int_equal(tt_bursts(cases[i].v, cases[i].n, TT_BURST_S, TT_BURST_GAMMA, got, &n), 0);
        assert_int_equal(n, cases[i].n_want);
        for (size_t k = 0; k < n; k++) {
            assert_int_equal(got[k].first, cases[i].want[k].first);
            assert_int_equal(got[k].last, cases[i].want[k].last);
            near(got[k].weight, cases[i].want[k].weight, 1e-12);
        }
    }
}

static void test_no_burst_can_be_told(void **state)
{
    static const tt_batch half[] = {{0, 4}, {4, 4}, {2, 4}}, below[] = {{0, 4}, {4, 4}, {1, 4}};
    tt_stretch out[2];
    size_t n = 99;
    (void)state;
    assert_int_equal(tt_bursts(half, 3, TT_BURST_S, TT_BURST_GAMMA, out, &n), TT_EUSAGE);
    assert_int_equal(n, 0);
    assert_int_equal(tt_bursts(below, 3, TT_BURST_S, TT_BURST_GAMMA, out, &n), 0);
}

/* ---- dispersion ---- */

/* S. Th. Gries, "Analyzing dispersion", in M. Paquot and S. Th. Gries, A Practical Handbook of Corpus Linguistics (2020)
 * 99-118: the word a in a corpus of five parts has DP = 0.18 and DPnorm = 0.2195. The three equal parts with 2/3, 1/3 and
 * nothing: Lijffijt and Gries (2012), table 1: DP = 1/3; norm by hand 1/3 / (2/3). */
static void test_dispersion(void **state)
{
    static const struct {
        size_t n;
        uint32_t m[6];
        uint64_t w[6];
        bool has_norm;
        double dp, norm;
    } cases[] = {{5, {1, 2, 3, 4, 5}, {9, 10, 10, 10, 11}, true, 0.18, 0.2195122},
                 {6, {1, 2, 0, 3, 4, 5}, {9, 10, 0, 10, 10, 11}, true, 0.18, 0.2195122},
                 {3, {2, 1, 0}, {100, 100, 100}, true, 1.0 / 3, 0.5},
                 {4, {0, 7, 0, 0}, {30, 10, 20, 40}, true, 0.9, 1},
                 {2, {3, 6}, {10, 20}, true, 0, 0},
                 {1, {3}, {10}, false, 0, 0}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_dispersion d = tt_dispersion_of(cases[i].m, cases[i].w, cases[i].n);
        assert_true(d.has);
        assert_int_equal(d.has_norm, cases[i].has_norm);
        near(d.dp, cases[i].dp, 1e-7);
        near(d.norm, cases[i].norm, 1e-7);
    }
    assert_false(tt_dispersion_of((const uint32_t[]){0, 0}, (const uint64_t[]){5, 5}, 2).has);
    assert_false(tt_dispersion_of((const uint32_t[]){1}, (const uint64_t[]){0}, 1).has);
    assert_false(tt_dispersion_of(NULL, NULL, 0).has);
}

/* ---- memory ---- */

static int all(void)
{
    static const double y[] = {0, 0, 2, 0, 3, 3, 5, 0};
    static const tt_batch v[] = {{1, 8}, {0, 8}, {6, 8}, {0, 8}};
    tt_kendall k;
    tt_slope slope;
    tt_stretch out[2];
    size_t n;
    int rc = tt_mann_kendall(y, 8, &k);
    if (rc == 0)
        rc = tt_theil_sen(y + 4, y, 1, &slope) == TT_EUSAGE ? 0 : TT_EINPUT;
    if (rc == 0)
        rc = tt_theil_sen((const double[]){0, 1, 2, 3, 4, 5, 6, 7}, y, 8, &slope);
    return rc == 0 ? tt_bursts(v, 4, TT_BURST_S, TT_BURST_GAMMA, out, &n) : rc;
}

static void test_no_memory(void **state)
{
    (void)state;
    assert_int_equal(fail_each(all, TT_ENOMEM), 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kendall_of_the_published_table),
        cmocka_unit_test(test_trend_of_short_series),
        cmocka_unit_test(test_slope_over_gaps),
        cmocka_unit_test(test_slope_is_the_median),
        cmocka_unit_test(test_trend_of_long_series),
        cmocka_unit_test(test_exact_p_keeps_its_digits),
        cmocka_unit_test(test_trend_is_refused),
        cmocka_unit_test(test_bursts),
        cmocka_unit_test(test_no_burst_can_be_told),
        cmocka_unit_test(test_dispersion),
        cmocka_unit_test(test_no_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
