/* trend/overall: which periods make the trend and the bursts, why there is none, and that one topic is told as all are. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "base/series_stats.h"
#include "trend/life.h"
#include "trend/overall.h"
#include "fail_alloc.h"
#include "trend_world.h"

static void near(double got, double want)
{
    if (!(fabs(got - want) <= 1e-12 * (1 + fabs(want))))
        fail_msg("got %.17g, want %.17g", got, want);
}

static void expect_text(tt_str got, const char *want)
{
    if (!tt_str_is(got, want))
        fail_msg("got \"%.*s\", want \"%s\"", (int)got.n, got.p, want);
}

static tt_overall overall_of(struct world *w, uint32_t topic)
{
    tt_overall o = {0};
    if (tt_overall_topic(&w->facts, &w->filter, topic, &w->arena, &o, &w->err) != 0)
        fail_msg("%s", w->err.text);
    return o;
}

/* An issue of 1000 words on the 15th of each month from 2019-01 to 2020-10, but none from July to September 2019. Anna
 * has 10, 20, (none), 30, 20, 40, 50 per 10 000 words by quarter, and the begun last one stands far above; Bert is in
 * 2019-02 and from 2020-02 to 2020-06; Clip in every issue once. */
static void begin_months(struct world *w)
{
    static const uint32_t anna[22] = {[0] = 3, [4] = 6, [10] = 9, [12] = 3, [14] = 3, [15] = 12, [19] = 15, [21] = 90};
    world_begin(w);
    for (uint32_t m = 0; m < 22; m++) {
        char date[TT_DATE_SIZE];
        if (m >= 6 && m <= 8)
            continue;
        snprintf(date, sizeof date, "%04u-%02u-15", 2019 + m / 12, m % 12 + 1);
        world_issue(w, date, WORLD_NEWS, 1000, anna[m], m == 1 || (m >= 13 && m <= 17), 1);
    }
}

static void test_by_quarter(void **state)
{
    static const tt_select sel = {.by = TT_BY_QUARTER};
    struct world w;
    (void)state;
    begin_months(&w);
    world_end(&w, &sel);
    tt_overall o = overall_of(&w, ANNA);
    assert_int_equal(o.mentions, 141);
    assert_int_equal(o.issues_with, 8);
    assert_int_equal(o.issues, 19);
    assert_int_equal(o.words, 19000);
    assert_int_equal(o.periods, 6); /* neither 2019-Q3, without words, nor 2020-Q4, which is not over */
    assert_true(o.has_trend);
    assert_true(o.kendall_exact);
    expect_text(o.trend_note, "");
    assert_int_equal(o.kendall_s, 12);
    near(o.kendall_tau, 0.8280786712108251); /* SciPy 1.17.1, of 10 20 30 20 40 50 at 0 1 3 4 5 6: time goes on */
    near(o.kendall_p, 0.027777777777777776); /* all orders, in Python */
    near(o.slope, 6);
    near(o.slope_low, 0);
    near(o.slope_high, 15);
    o = overall_of(&w, BERT);
    assert_int_equal(o.n_bursts, 1); /* batches: 1/3 0/3 0/0 0/3 2/3 3/3 0/3 0/1; all 2^7 sequences, in Python */
    expect_text(o.bursts[0].from, "2020-Q1");
    expect_text(o.bursts[0].to, "2020-Q2");
    near(o.burst_weight, 2.8466966943935033);
    near(o.burst_s, 2);
    near(o.burst_gamma, 1);
    expect_text(o.burst_note, "");
    assert_int_equal(o.life.longest_gap.days, 365);
    assert_int_equal(o.life.n_comebacks, 1);
    assert_int_equal(o.life.streak, 5);
    o = overall_of(&w, CLIP);
    assert_false(o.has_trend);
    expect_text(o.trend_note, "the same rate in all complete periods");
    assert_int_equal(o.n_bursts, 0);
    expect_text(o.burst_note, "in half of the issues or more");
    near(o.burst_s, 2);
    assert_true(o.has_dispersion && o.has_dispersion_norm);
    near(o.dispersion, 0);
    world_release(&w);
}

/* Years are too few for bursts: those go by month. The second year is not over. */
static void test_by_year(void **state)
{
    struct world w;
    (void)state;
    begin_months(&w);
    world_end(&w, NULL);
    tt_overall o = overall_of(&w, BERT);
    assert_false(o.has_trend);
    assert_int_equal(o.periods, 1);
    expect_text(o.trend_note, "1 complete period; needs 5");
    assert_int_equal(o.n_bursts, 1);
    expect_text(o.bursts[0].from, "2020-02");
    expect_text(o.bursts[0].to, "2020-06");
    near(o.bursts[0].weight, 3.465735902799727); /* 5 ln 2 */
    world_release(&w);
}

/* By hand, with the undated issue as a part: si = 2/6 1/6 1/6 2/6, vi = 4/8 2/8 2/8 0; DP = (4/24 + 2/24 + 2/24 + 8/24) / 2 = 1/3, norm = 1/3 / (5/6). */
static void test_by_issue(void **state)
{
    static const tt_select sel = {.by = TT_BY_ISSUE};
    struct world w;
    (void)state;
    world_begin(&w);
    world_issue(&w, "2020-01-01", WORLD_NEWS, 1000, 4, 0, 0);
    world_issue(&w, "2020-02-01", WORLD_NEWS, 500, 2, 0, 0);
    world_issue(&w, "2020-03-01", WORLD_NEWS, 300, 1, 0, 0);
    world_part(&w, WORLD_OTHER, 200, 1);
    world_issue(&w, NULL, WORLD_NEWS, 1000, 0, 3, 0);
    world_end(&w, &sel);
    tt_overall o = overall_of(&w, ANNA);
    assert_int_equal(o.issues, 4);
    assert_int_equal(o.words, 3000);
    near(o.dispersion, 1.0 / 3);
    near(o.dispersion_norm, 0.4);
    expect_text(o.trend_note, "3 complete periods; needs 5");
    o = overall_of(&w, BERT); /* undated: no period has it */
    assert_int_equal(o.mentions, 3);
    assert_int_equal(o.issues_with, 1);
    assert_true(o.life.status == TT_STATUS_NONE);
    assert_int_equal(o.n_bursts, 0);
    expect_text(o.burst_note, "");
    near(o.dispersion, 2.0 / 3);
    o = overall_of(&w, CLIP);
    assert_false(o.has_dispersion);
    assert_int_equal(o.mentions, 0);
    world_release(&w);
}

/* Six weeks with words in five years: the slope is per week, and the weeks between count. */
static void test_time_between(void **state)
{
    static const tt_select sel = {.by = TT_BY_WEEK};
    struct world w;
    (void)state;
    world_begin(&w);
    for (uint32_t i = 0; i < 6; i++) {
        char date[TT_DATE_SIZE];
        snprintf(date, sizeof date, "%04u-07-01", 2000 + i);
        world_issue(&w, date, WORLD_NEWS, 100, i, 0, 0);
    }
    w.facts.median_interval = 365;
    world_end(&w, &sel);
    tt_overall o = overall_of(&w, ANNA);
    assert_int_equal(o.periods, 6);
    assert_int_equal(o.kendall_s, 15);
    assert_true(o.slope > 100 / 53.0 && o.slope < 100 / 52.0);
    world_release(&w);
}

/* On both sides of the limit, and by the normal approximation. */
static void test_limit(void **state)
{
    static const tt_select sel = {.by = TT_BY_ISSUE};
    (void)state;
    for (uint32_t n = TT_TREND_MAX; n <= TT_TREND_MAX + 1; n++) {
        struct world w;
        world_begin(&w);
        for (uint32_t i = 0; i < n; i++) {
            world_issue(&w, "2020-01-01", WORLD_NEWS, 100, i % 10 == 0, 0, 0);
            w.issues[i].date += (int32_t)i;
        }
        world_end(&w, &sel);
        tt_overall o = overall_of(&w, ANNA);
        assert_int_equal(o.periods, n);
        assert_int_equal(o.has_trend, n == TT_TREND_MAX);
        assert_false(o.kendall_exact);
        expect_text(o.trend_note, o.has_trend ? "" : "1001 complete periods; takes 1000 at most");
        world_release(&w);
    }
}

static void test_all_are_as_one(void **state)
{
    static const char *const ids[] = {"bert", "clip"};
    static const tt_by by[] = {TT_BY_YEAR, TT_BY_QUARTER, TT_BY_MONTH, TT_BY_WEEK, TT_BY_ISSUE};
    (void)state;
    for (size_t i = 0; i < sizeof by / sizeof *by; i++) {
        struct world w;
        tt_overall *all = NULL;
        size_t n = 0;
        const tt_select sel = {.by = by[i]};
        begin_months(&w);
        world_end(&w, &sel);
        assert_int_equal(tt_overall_make(&w.facts, &w.filter, &w.arena, &all, &n, &w.err), 0);
        assert_int_equal(n, 3);
        for (uint32_t t = 0; t < n; t++) {
            tt_overall o = overall_of(&w, t);
            assert_int_equal(all[t].topic, t);
            assert_int_equal(all[t].mentions, o.mentions);
            assert_int_equal(all[t].issues_with, o.issues_with);
            assert_int_equal(all[t].periods, o.periods);
            assert_int_equal(all[t].has_trend, o.has_trend);
            assert_true(all[t].kendall_p == o.kendall_p && all[t].kendall_tau == o.kendall_tau);
            assert_true(all[t].slope == o.slope && all[t].slope_low == o.slope_low);
            assert_true(all[t].dispersion == o.dispersion && all[t].dispersion_norm == o.dispersion_norm);
            assert_int_equal(all[t].n_bursts, o.n_bursts);
            assert_true(all[t].burst_weight == o.burst_weight);
            assert_true(all[t].life.status == o.life.status);
            assert_true(tt_str_eq(all[t].trend_note, o.trend_note));
        }
        world_release(&w);
    }
    /* a named topic that never occurs is listed, one that is not named is not */
    struct world w;
    tt_overall *all = NULL;
    size_t n = 0;
    const tt_select sel = {.topics = ids, .n_topics = 2};
    world_begin(&w);
    world_issue(&w, "2020-01-01", WORLD_NEWS, 1000, 4, 2, 0);
    world_end(&w, &sel);
    assert_int_equal(tt_overall_make(&w.facts, &w.filter, &w.arena, &all, &n, &w.err), 0);
    assert_int_equal(n, 2);
    assert_int_equal(all[0].topic, BERT);
    assert_int_equal(all[0].mentions, 2);
    assert_false(all[0].has_dispersion_norm); /* one part */
    assert_int_equal(all[1].mentions, 0);
    world_release(&w);
}

static void test_nothing(void **state)
{
    struct world w;
    tt_overall *all = NULL;
    size_t n = 9;
    (void)state;
    world_begin(&w);
    world_end(&w, NULL);
    assert_int_equal(tt_overall_make(&w.facts, &w.filter, &w.arena, &all, &n, &w.err), 0);
    assert_int_equal(n, 0);
    tt_overall o = overall_of(&w, ANNA);
    expect_text(o.trend_note, "0 complete periods; needs 5");
    assert_int_equal(o.n_bursts, 0);
    world_release(&w);
}

static struct world shared;

static int all_topics(void)
{
    tt_arena arena = {0};
    tt_overall *v = NULL;
    size_t n = 0;
    tt_err err;
    int rc = tt_overall_make(&shared.facts, &shared.filter, &arena, &v, &n, &err);
    tt_arena_release(&arena);
    return rc;
}

static int one_topic(void)
{
    tt_arena arena = {0};
    tt_overall o;
    tt_err err;
    int rc = tt_overall_topic(&shared.facts, &shared.filter, BERT, &arena, &o, &err);
    tt_arena_release(&arena);
    return rc;
}

static void test_no_memory(void **state)
{
    static const tt_select by_quarter = {.by = TT_BY_QUARTER};
    (void)state;
    begin_months(&shared);
    world_end(&shared, &by_quarter);
    assert_true(fail_each(all_topics, TT_ENOMEM) > 10);
    assert_true(fail_each(one_topic, TT_ENOMEM) > 10);
    shared.filter.by = TT_BY_YEAR;
    assert_true(fail_each(all_topics, TT_ENOMEM) > 10);
    world_release(&shared);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_quarter),   cmocka_unit_test(test_by_year),   cmocka_unit_test(test_by_issue),
        cmocka_unit_test(test_time_between), cmocka_unit_test(test_limit),     cmocka_unit_test(test_all_are_as_one),
        cmocka_unit_test(test_nothing),      cmocka_unit_test(test_no_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
