/* trend/story: streaks, the busiest issue and the pair of a year. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>

#include "base/stats.h"
#include "trend/story.h"
#include "fail_alloc.h"
#include "trend_world.h"

static tt_story story;

static int tell(struct world *w, const tt_entry *entries, size_t n, int year, tt_err *err)
{
    tt_timeline t;
    tt_story_in in = {.facts = &w->facts, .filter = &w->filter, .timeline = &t, .entries = entries, .n_entries = n};
    assert_true(tt_day_of(year - 1, 1, 1, &in.before) && tt_day_of(year, 1, 1, &in.from) &&
                tt_day_of(year, 12, 31, &in.to));
    int rc = tt_timeline_make(&t, &w->facts, &w->filter, TT_ALL_TOPICS, &w->arena, err);
    return rc == 0 ? tt_story_make(&story, &in, &w->arena, err) : rc;
}

/* Reference: the sum of binomials over binomials, exact with Python's fractions. */
static void test_fisher(void **state)
{
    static const struct {
        uint32_t a, b, c, d;
        double want;
    } cases[] = {{8, 0, 1, 14, 1.8355584380621398e-05},
                 {3, 1, 1, 3, 0.24285714285714283},
                 {0, 5, 5, 10, 1},
                 {5, 0, 0, 0, 1},
                 {12, 0, 0, 12, 3.698011505253395e-07}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const double got = tt_fisher_upper(cases[i].a, cases[i].b, cases[i].c, cases[i].d);
        if (fabs(got - cases[i].want) > 1e-9 * cases[i].want)
            fail_msg("case %zu: %.17g", i, got);
    }
}

/* Anna in all of 2020 but the fourth issue, Bert in the first two; an undated issue and other years change nothing. */
static void test_streaks(void **state)
{
    struct world w;
    static const char *const dates[] = {"2020-01-01", "2020-02-01", "2020-03-01", "2020-04-01", "2020-05-01"};
    (void)state;
    world_begin(&w);
    world_issue(&w, "2019-12-01", WORLD_NEWS, 100, 1, 0, 0);
    for (size_t i = 0; i < 5; i++)
        world_issue(&w, dates[i], WORLD_NEWS, 100 + (uint32_t)i, i != 3, i < 2 ? 3 : 0, 0);
    world_part(&w, WORLD_OTHER, 10, 1);
    world_issue(&w, "2021-01-01", WORLD_NEWS, 100, 1, 0, 0);
    world_issue(&w, NULL, WORLD_NEWS, 999, 9, 9, 9);
    world_end(&w, NULL);
    assert_int_equal(tell(&w, NULL, 0, 2020, &w.err), 0);
    assert_int_equal(story.issues, 5);
    assert_int_equal(story.words, 520);
    assert_int_equal(story.places, 11);
    assert_int_equal(story.n_streaks, 1);
    assert_int_equal(story.streaks[0].topic, ANNA);
    assert_int_equal(story.streaks[0].issues, 3);
    assert_int_equal(story.streaks[0].from, 1);
    assert_int_equal(story.streaks[0].to, 3);
    assert_int_equal(story.busiest, 1); /* the earliest of equals */
    assert_int_equal(story.n_busiest, 2);
    assert_int_equal(story.busiest_places, 4);
    assert_int_equal(story.busiest_topics, 2);
    assert_int_equal(story.busiest_words, 100);
    assert_int_equal(story.n_pairs, 0);
    world_release(&w);
}

static void test_ties_and_nothing(void **state)
{
    struct world w;
    (void)state;
    world_begin(&w);
    world_issue(&w, "2020-01-01", WORLD_NEWS, 100, 1, 2, 0);
    world_issue(&w, "2020-02-01", WORLD_NEWS, 100, 1, 2, 1);
    world_issue(&w, "2021-02-01", WORLD_NEWS, 100, 0, 0, 0);
    world_end(&w, NULL);
    assert_int_equal(tell(&w, NULL, 0, 2020, &w.err), 0);
    assert_int_equal(story.n_streaks, 2); /* most mentions first; one issue is no streak */
    assert_int_equal(story.streaks[0].topic, BERT);
    assert_int_equal(story.streaks[1].topic, ANNA);
    assert_int_equal(tell(&w, NULL, 0, 2021, &w.err), 0);
    assert_int_equal(story.n_streaks, 0);
    assert_int_equal(story.busiest, TT_NO_ISSUE);
    assert_int_equal(tell(&w, NULL, 0, 2019, &w.err), 0);
    assert_int_equal(story.issues, 0);
    world_release(&w);
}

/* 24 issues: Anna and Bert in the same 10, Clip in every second one. */
static void pair_world(struct world *w, const tt_select *sel)
{
    world_begin(w);
    for (uint32_t i = 0; i < 24; i++) {
        char date[16];
        snprintf(date, sizeof date, "2020-%02u-%02u", i / 2 + 1, i % 2 * 14 + 1);
        world_issue(w, date, WORLD_NEWS, 100, i < 10, i < 10 ? 2 : 0, i % 2);
    }
    world_end(w, sel);
}

static void test_pair(void **state)
{
    struct world w;
    uint32_t both[] = {ANNA, BERT}, one[] = {BERT};
    const tt_entry apart[] = {{.counts = one, .n_counts = 1}}, shared[] = {{.counts = both, .n_counts = 2}};
    (void)state;
    pair_world(&w, NULL);
    assert_int_equal(tell(&w, apart, 1, 2020, &w.err), 0);
    assert_int_equal(story.n_pairs, 3);
    assert_int_equal(story.pair.topic[0], ANNA);
    assert_int_equal(story.pair.topic[1], BERT);
    assert_int_equal(story.pair.both, 10);
    assert_true(fabs(story.pair.g2 - 2 * (10 * log(2.4) + 14 * log(24.0 / 14))) < 1e-9);
    assert_true(fabs(story.pair.p - 1.0 / 1961256) < 1e-12); /* 24 over 10 */
    assert_true(story.pair_holds);
    assert_int_equal(tell(&w, shared, 1, 2020, &w.err), 0); /* a term counts for both: no pair */
    assert_int_equal(story.n_pairs, 2);
    assert_false(story.pair_holds);
    tt_topic topics[WORLD_TOPICS] = {{.id = {"anna", 4}}, {.id = {"big-anna", 8}}, {.id = {"annas", 5}}};
    w.facts.topics = topics;
    assert_int_equal(tell(&w, NULL, 0, 2020, &w.err), 0); /* one's id holds the other's, at hyphens alone */
    assert_int_equal(story.n_pairs, 2);
    world_release(&w);
}

/* With topics named, places of all topics would be no number of the selection. */
static void test_topics_named(void **state)
{
    struct world w;
    static const char *const topics[] = {"anna"};
    const tt_select sel = {.topics = topics, .n_topics = 1};
    (void)state;
    pair_world(&w, &sel);
    assert_int_equal(tell(&w, NULL, 0, 2020, &w.err), 0);
    assert_int_equal(story.busiest, TT_NO_ISSUE);
    assert_int_equal(story.n_streaks, 1);
    world_release(&w);
}

static struct world memory_world;

static int whole(void)
{
    tt_err err = {0};
    return tell(&memory_world, NULL, 0, 2020, &err);
}

static void test_no_memory(void **state)
{
    (void)state;
    pair_world(&memory_world, NULL);
    assert_true(fail_each(whole, TT_ENOMEM) > 5);
    world_release(&memory_world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fisher), cmocka_unit_test(test_streaks),      cmocka_unit_test(test_ties_and_nothing),
        cmocka_unit_test(test_pair),   cmocka_unit_test(test_topics_named), cmocka_unit_test(test_no_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
