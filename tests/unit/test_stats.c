/* trend/stats: intervals against published and hand-computed figures. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>

#include "base/stats.h"

static void near(double got, double want, double by)
{
    if (fabs(got - want) > by)
        fail_msg("got %.10f, want %.10f", got, want);
}

/* 81 of 263, 15 of 148, 0 of 20, 1 of 29: R. G. Newcombe, "Two-sided confidence intervals for the single proportion",
 * Statistics in Medicine 17 (1998) 857-872, table I, method 3, which gives four digits. The others are the roots of
 * (1 + z^2/n) p^2 - (2k/n + z^2/n) p + (k/n)^2 = 0, z = 1.959964, solved with 30 digits. */
static void test_wilson(void **state)
{
    static const struct {
        uint32_t k, n;
        double low, high, by;
    } cases[] = {{81, 263, 0.2553, 0.3662, 5e-5},
                 {15, 148, 0.0624, 0.1605, 5e-5},
                 {0, 20, 0, 0.1611, 5e-5},
                 {1, 29, 0.0061, 0.1718, 5e-5},
                 {10, 23, 0.256346352110644, 0.631886250548278, 1e-12},
                 {0, 20, 0, 0.161125160185130, 1e-12},
                 {29, 29, 0.883030199870816, 1, 1e-12},
                 {1, 1, 0.206549311791803, 1, 1e-12}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double low = -1, high = -1;
        tt_wilson(cases[i].k, cases[i].n, &low, &high);
        near(low, cases[i].low, cases[i].by);
        near(high, cases[i].high, cases[i].by);
        assert_true(low >= 0 && high <= 1 && low <= high);
    }
}

static void test_wilson_is_exact_at_the_ends(void **state)
{
    (void)state;
    for (uint32_t n = 1; n < 2000; n++) {
        double low = -1, high = -1;
        tt_wilson(0, n, &low, &high);
        assert_true(low == 0 && high > 0 && high < 1); /* == : no 1e-18 in a table */
        tt_wilson(n, n, &low, &high);
        assert_true(high == 1 && low > 0);
    }
}

/* By hand, for (1,100) (2,100) (6,100): r = 9/300 = 0.03, rests -2 -1 3, their squares 14, times 3/2 21,
 * 1.959964 * sqrt(21) / 300 = 0.0299390, so 300 -+ 299.390 per 10 000 words. */
static void test_ratio(void **state)
{
    static const struct {
        size_t n;
        double m[4], w[4], low, high;
    } cases[] = {
        {3, {1, 2, 6}, {100, 100, 100}, 0.6105537, 599.3894463},
        {3, {0, 3, 3}, {50, 150, 100}, 86.8414257, 313.1585743},
        {4, {0, 3, 7, 3}, {50, 150, 0, 100}, 86.8414257, 313.1585743}, /* an issue without words is no cluster */
        {3, {0, 0, 9}, {100, 100, 100}, 0, 887.9892},                  /* cut at 0 */
        {3, {1, 2, 3}, {100, 200, 300}, 100, 100}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_ratio r = {0};
        double low = -1, high = -1;
        for (size_t j = 0; j < cases[i].n; j++)
            tt_ratio_add(&r, cases[i].m[j], cases[i].w[j]);
        assert_int_equal(r.n, 3);
        assert_true(tt_ratio_ci(&r, &low, &high));
        near(low, cases[i].low, 1e-4);
        near(high, cases[i].high, 1e-4);
    }
}

static void test_ratio_needs_two(void **state)
{
    tt_ratio r = {0};
    double low = 7, high = 7;
    (void)state;
    assert_false(tt_ratio_ci(&r, &low, &high));
    tt_ratio_add(&r, 3, 100);
    assert_false(tt_ratio_ci(&r, &low, &high));
    tt_ratio_add(&r, 3, 0);
    assert_false(tt_ratio_ci(&r, &low, &high));
    assert_true(low == 7 && high == 7);
    tt_ratio_add(&r, 0, 100);
    assert_true(tt_ratio_ci(&r, &low, &high));
}

/* (1,100) (2,100) (6,100): 3/2 (4 + 1 + 9), as above. */
static void test_spread(void **state)
{
    static const double m[] = {1, 2, 6};
    tt_ratio r = {0};
    (void)state;
    for (size_t i = 0; i < 3; i++)
        tt_ratio_add(&r, m[i], 100);
    near(tt_ratio_spread(&r), 21, 1e-9);
    r = (tt_ratio){0};
    for (size_t i = 0; i < 3; i++)
        tt_ratio_add(&r, 0.1 * (double)(i + 1), (double)(i + 1)); /* one rate: nothing is left but rounding */
    near(tt_ratio_spread(&r), 0, 1e-12);
    assert_true(tt_ratio_spread(&r) >= 0);
}

/* SciPy's false_discovery_control, which is R's p.adjust(p, "BH"): 0.035 0.056 0.0525 0.035 0.641667 0.0525 0.9. */
static void test_p_adjust(void **state)
{
    static const double p[] = {0.01, 0.04, 0.03, 0.005, 0.55, 0.03, 0.9};
    static const double want[] = {0.035, 0.056, 0.0525, 0.035, 0.6416666666666667, 0.0525, 0.9};
    tt_p_value v[7];
    (void)state;
    for (uint32_t i = 0; i < 7; i++)
        v[i] = (tt_p_value){p[i], i};
    tt_p_adjust(v, 7);
    for (size_t i = 0; i < 7; i++) {
        near(v[i].p, want[v[i].of], 1e-12);
        assert_true(i == 0 || v[i].p >= v[i - 1].p);
    }
    v[0] = (tt_p_value){0.3, 0};
    tt_p_adjust(v, 1);
    near(v[0].p, 0.3, 0);
    v[0] = (tt_p_value){0.9, 0}, v[1] = (tt_p_value){1, 1};
    tt_p_adjust(v, 2);
    near(v[0].p, 1, 0); /* never above 1 */
    tt_p_adjust(v, 0);
}

static void test_median(void **state)
{
    double one[] = {4}, odd[] = {9, 1, 5}, even[] = {8, 1, 3, 2};
    (void)state;
    assert_true(tt_median(one, 1) == 4);
    assert_true(tt_median(odd, 3) == 5);
    assert_true(tt_median(even, 4) == 2.5);
}

/* The example of Frantzi, Ananiadou and Mima (2000): `basal cell carcinoma` and the longer terms that hold it. The nested
 * frequency of a term is counted without what is nested again in a longer one: 5 + 6 + 7 + 5 + 3. */
static void test_cvalue(void **state)
{
    static const struct {
        uint32_t n, longer;
        double f, nested, want;
    } cases[] = {
        {5, 0, 5, 0, 11.6096}, /* adenoid cystic basal cell carcinoma */
        {4, 1, 11, 5, 12},     /* cystic basal cell carcinoma, 5 of them adenoid */
        {4, 0, 7, 0, 14},      /* ulcerated basal cell carcinoma */
        {4, 0, 5, 0, 10},      /* recurrent … */
        {4, 0, 3, 0, 6},       /* circumscribed … */
        {3, 5, 984, 26, 1551.3613},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        near(tt_cvalue(cases[i].n, cases[i].f, cases[i].nested, cases[i].longer), cases[i].want, 1e-3);
}

/* By hand: 10 in 1000 against 10 in 9000: e1 = 2, e2 = 18, 2 (10 ln 5 + 10 ln (10/18)) = 20.4330. 50 in 1000 against 0
 * in 1000: e1 = 25, 2 * 50 ln 2 = 69.3147. */
static void test_log_likelihood(void **state)
{
    (void)state;
    near(tt_log_likelihood(10, 10, 1000, 9000), 20.4330, 1e-4);
    near(tt_log_likelihood(10, 10, 9000, 1000), -20.4330, 1e-4);
    near(tt_log_likelihood(50, 0, 1000, 1000), 69.3147, 1e-4);
    near(tt_log_likelihood(0, 50, 1000, 1000), -69.3147, 1e-4);
    near(tt_log_likelihood(7, 70, 100, 1000), 0, 1e-12);
    near(tt_log_likelihood(0, 0, 100, 1000), 0, 0);
}

/* Dunning, "Accurate methods for the statistics of surprise and coincidence" (1993), table 2: 270.72 for the bigram `the
 * swiss` with 110, 2442, 111, 29114. The others: SciPy 1.17, chi2_contingency(correction=False,
 * lambda_="log-likelihood"). */
static void test_log_likelihood_2x2(void **state)
{
    (void)state;
    near(tt_log_likelihood_2x2(110, 2442, 111, 29114), 270.721876936225, 1e-6);
    near(tt_log_likelihood_2x2(20, 30, 20, 930), 74.58197921384635, 1e-9);
    near(tt_log_likelihood_2x2(10, 90, 40, 60), 25.31512976738241, 1e-9); /* less than chance: not negative here */
    near(tt_log_likelihood_2x2(10, 0, 5, 85), 45.921169629445274, 1e-9);
    near(tt_log_likelihood_2x2(20, 0, 0, 80), 100.08048470763757, 1e-9);
    near(tt_log_likelihood_2x2(25, 75, 25, 75), 0, 1e-12);
    assert_true(tt_log_likelihood_2x2(25, 75, 25, 75) >= 0);
    near(tt_log_likelihood_2x2(0, 0, 10, 90), 0, 0);
    near(tt_log_likelihood_2x2(100, 0, 0, 0), 0, 0);
}

/* Together only: 1. By chance, 10 of 1000 and 100 of 1000 together once: 0. Three words that stand together only: 1. */
static void test_npmi(void **state)
{
    static const uint32_t only[] = {10, 10, 10}, chance[] = {10, 100};
    (void)state;
    near(tt_npmi(10, only, 2, 1000), 1, 1e-12);
    near(tt_npmi(10, only, 3, 1000), 1, 1e-12);
    near(tt_npmi(1, chance, 2, 1000), 0, 1e-12);
    assert_true(tt_npmi(1, (const uint32_t[]){100, 100}, 2, 1000) < 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wilson),         cmocka_unit_test(test_wilson_is_exact_at_the_ends),
        cmocka_unit_test(test_ratio),          cmocka_unit_test(test_ratio_needs_two),
        cmocka_unit_test(test_median),         cmocka_unit_test(test_cvalue),
        cmocka_unit_test(test_log_likelihood), cmocka_unit_test(test_npmi),
        cmocka_unit_test(test_spread),         cmocka_unit_test(test_p_adjust),
        cmocka_unit_test(test_log_likelihood), cmocka_unit_test(test_log_likelihood_2x2),
        cmocka_unit_test(test_npmi),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
