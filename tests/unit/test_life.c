/* trend/life: when a topic came, paused, came back and went; the review of a range of days. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "trend/life.h"
#include "fail_alloc.h"
#include "trend_world.h"

static tt_life life_of(struct world *w, uint32_t topic)
{
    tt_timeline t;
    tt_life out = {0};
    assert_int_equal(tt_timeline_make(&t, &w->facts, &w->filter, TT_ALL_TOPICS, &w->arena, &w->err), 0);
    assert_int_equal(tt_life_of(&t, &w->facts, topic, &w->arena, &out), 0);
    return out;
}

static void expect_gap(tt_gap got, uint32_t from, uint32_t to, int32_t days)
{
    assert_int_equal(got.from, from);
    assert_int_equal(got.to, to);
    assert_int_equal(got.days, days);
}

/* Issues stand neither by date nor by name; an undated one, and a second section of an issue, change no story. */
static void test_story(void **state)
{
    struct world w;
    (void)state;
    world_begin(&w);
    uint32_t last = world_issue(&w, "2021-06-01", WORLD_NEWS, 100, 1, 0, 0);
    uint32_t first = world_issue(&w, "2018-01-01", WORLD_NEWS, 100, 2, 1, 0);
    world_issue(&w, NULL, WORLD_NEWS, 100, 5, 0, 7);
    uint32_t second = world_issue(&w, "2018-02-01", WORLD_NEWS, 100, 1, 0, 0);
    world_part(&w, WORLD_OTHER, 50, 3);
    world_issue(&w, "2018-03-01", WORLD_NEWS, 100, 0, 0, 0);
    uint32_t back = world_issue(&w, "2019-02-01", WORLD_NEWS, 100, 1, 0, 0);
    uint32_t after = world_issue(&w, "2019-03-01", WORLD_NEWS, 100, 1, 0, 0);
    uint32_t third = world_issue(&w, "2019-04-01", WORLD_NEWS, 100, 1, 0, 0);
    world_issue(&w, "2019-05-01", WORLD_NEWS, 100, 0, 0, 0);
    world_end(&w, NULL);
    tt_life l = life_of(&w, ANNA);
    assert_int_equal(l.first, first);
    assert_int_equal(l.last, last);
    assert_int_equal(l.n_comebacks, 2);
    expect_gap(l.comebacks[0], second, back, 365);
    expect_gap(l.comebacks[1], third, last, 792);
    expect_gap(l.longest_gap, third, last, 792);
    assert_int_equal(l.streak, 3);
    assert_int_equal(l.streak_from, back);
    assert_int_equal(l.streak_to, third);
    assert_true(after != back && l.status == TT_STATUS_BACK);
    l = life_of(&w, BERT); /* once */
    assert_int_equal(l.first, first);
    assert_int_equal(l.last, first);
    assert_int_equal(l.n_comebacks, 0);
    expect_gap(l.longest_gap, TT_NO_ISSUE, TT_NO_ISSUE, -1);
    assert_int_equal(l.streak, 1);
    assert_true(l.status == TT_STATUS_QUIET);
    l = life_of(&w, CLIP); /* in an undated issue alone */
    assert_int_equal(l.first, TT_NO_ISSUE);
    assert_int_equal(l.streak, 0);
    assert_int_equal(l.streak_from, TT_NO_ISSUE);
    assert_true(l.status == TT_STATUS_NONE);
    world_release(&w);
}

/* The archive ends on 2021-06-01: the last 365 days begin on 2020-06-02. A gap of 364 days is none. */
static void test_status(void **state)
{
    static const struct {
        const char *begin; /* of the archive, without the topic */
        const char *with[4];
        tt_status want;
        size_t n_comebacks;
    } cases[] = {{"2019-01-01", {"2020-06-02"}, TT_STATUS_NEW, 0},
                 {"2019-01-01", {"2020-06-01"}, TT_STATUS_QUIET, 0},
                 {"2019-01-01", {"2020-06-01", "2020-06-02"}, TT_STATUS_CURRENT, 0},
                 {"2020-06-01", {"2020-06-02"}, TT_STATUS_NEW, 0},
                 {"2020-06-02", {"2020-06-03"}, TT_STATUS_CURRENT, 0}, /* all is new here */
                 {"2019-01-01", {"2019-06-03", "2020-06-02"}, TT_STATUS_BACK, 1},
                 {"2019-01-01", {"2019-06-04", "2020-06-02"}, TT_STATUS_CURRENT, 0},
                 {"2018-01-01", {"2018-02-01", "2020-06-01", "2020-07-01"}, TT_STATUS_CURRENT, 1},
                 {"2018-01-01", {"2018-02-01", "2020-06-01"}, TT_STATUS_QUIET, 1},
                 {"2018-01-01", {NULL}, TT_STATUS_NONE, 0}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct world w;
        world_begin(&w);
        world_issue(&w, cases[i].begin, WORLD_NEWS, 100, 0, 1, 0);
        for (size_t k = 0; k < 4 && cases[i].with[k]; k++)
            world_issue(&w, cases[i].with[k], WORLD_NEWS, 100, 1, 0, 0);
        world_issue(&w, "2021-06-01", WORLD_NEWS, 100, 0, 1, 0);
        world_end(&w, NULL);
        tt_life l = life_of(&w, ANNA);
        if (l.status != cases[i].want || l.n_comebacks != cases[i].n_comebacks)
            fail_msg("case %zu: %s, %zu comebacks", i, tt_status_name(l.status), l.n_comebacks);
        world_release(&w);
    }
}

static void test_status_names(void **state)
{
    (void)state;
    assert_string_equal(tt_status_name(TT_STATUS_NONE), "");
    assert_string_equal(tt_status_name(TT_STATUS_NEW), "new");
    assert_string_equal(tt_status_name(TT_STATUS_BACK), "back");
    assert_string_equal(tt_status_name(TT_STATUS_QUIET), "quiet");
    assert_string_equal(tt_status_name(TT_STATUS_CURRENT), "current");
}

/* Of gaps and streaks that are as long, the earliest. */
static void test_equals(void **state)
{
    static const char *const dates[] = {"2020-01-01", "2020-01-11", "2020-01-21", "2020-01-31", "2020-02-10"};
    struct world w;
    (void)state;
    world_begin(&w);
    for (uint32_t i = 0; i < 5; i++)
        world_issue(&w, dates[i], WORLD_NEWS, 100, i % 2 == 0, i != 2, 0);
    world_end(&w, NULL);
    tt_life l = life_of(&w, ANNA);
    expect_gap(l.longest_gap, 0, 2, 20);
    assert_int_equal(l.streak_from, 0);
    assert_int_equal(l.streak_to, 0);
    l = life_of(&w, BERT);
    assert_int_equal(l.streak, 2);
    assert_int_equal(l.streak_to, 1);
    world_release(&w);
}

/* With a section named, issues without it are not there: they break no streak, and have no words. */
static void test_selection(void **state)
{
    static const char *const news[] = {"news"}, *const ids[] = {"bert"};
    tt_select sel = {.sections = news, .n_sections = 1, .topics = ids, .n_topics = 1};
    tt_timeline t;
    struct world w;
    (void)state;
    world_begin(&w);
    world_issue(&w, "2020-01-01", WORLD_NEWS, 100, 1, 1, 0);
    world_part(&w, WORLD_OTHER, 50, 3);
    world_issue(&w, "2020-02-01", WORLD_OTHER, 100, 1, 1, 0);
    world_issue(&w, "2020-03-01", WORLD_NEWS, 70, 2, 1, 0);
    world_end(&w, &sel);
    assert_int_equal(life_of(&w, BERT).streak, 2);
    assert_true(life_of(&w, ANNA).status == TT_STATUS_NONE); /* not selected */
    assert_int_equal(tt_timeline_make(&t, &w.facts, &w.filter, ANNA, &w.arena, &w.err), 0);
    assert_int_equal(t.n, 2);
    assert_int_equal(t.words[0], 100);
    assert_int_equal(t.words[1], 70);
    assert_int_equal(t.first[ANNA + 1] - t.first[ANNA], 2);
    assert_int_equal(t.hits[t.first[ANNA]].mentions, 1);
    assert_int_equal(t.hits[t.first[ANNA] + 1].mentions, 2);
    assert_int_equal(t.first[WORLD_TOPICS], 2); /* of no other topic */
    world_release(&w);
}

static void test_review(void **state)
{
    struct world w;
    tt_timeline t;
    tt_review r;
    (void)state;
    world_begin(&w);
    world_issue(&w, "2018-06-01", WORLD_NEWS, 100, 1, 0, 0);
    uint32_t bert = world_issue(&w, "2019-06-01", WORLD_NEWS, 100, 0, 1, 0);
    uint32_t anna = world_issue(&w, "2020-02-01", WORLD_NEWS, 100, 1, 0, 2);
    world_issue(&w, "2020-03-01", WORLD_NEWS, 100, 0, 0, 1);
    world_issue(&w, "2021-03-01", WORLD_NEWS, 100, 1, 1, 0);
    world_issue(&w, NULL, WORLD_NEWS, 100, 0, 1, 0);
    world_end(&w, NULL);
    assert_int_equal(tt_timeline_make(&t, &w.facts, &w.filter, TT_ALL_TOPICS, &w.arena, &w.err), 0);
    assert_int_equal(tt_review_make(&t, &w.facts, world_day("2019-01-01"), world_day("2020-01-01"),
                                    world_day("2020-12-31"), &w.arena, &r, &w.err),
                     0);
    assert_int_equal(r.n_before, 2);
    assert_int_equal(r.n_first, 1);
    assert_int_equal(r.first[0].topic, CLIP);
    assert_int_equal(r.first[0].issues, 2);
    expect_gap(r.first[0].gap, TT_NO_ISSUE, anna, -1);
    assert_int_equal(r.n_back, 1);
    assert_int_equal(r.back[0].topic, ANNA);
    assert_int_equal(r.back[0].issues, 1);
    expect_gap(r.back[0].gap, 0, anna, 610);
    assert_int_equal(r.n_quiet, 1);
    assert_int_equal(r.quiet[0].topic, BERT);
    assert_int_equal(r.quiet[0].issues, 1);
    expect_gap(r.quiet[0].gap, bert, TT_NO_ISSUE, -1);
    /* the first and the last year; the edges of a range belong to it */
    assert_int_equal(tt_review_make(&t, &w.facts, world_day("2017-06-01"), world_day("2018-06-01"),
                                    world_day("2019-05-31"), &w.arena, &r, &w.err),
                     0);
    assert_int_equal(r.n_before, 0);
    assert_int_equal(r.n_first, 1);
    assert_int_equal(r.n_back + r.n_quiet, 0);
    assert_int_equal(tt_review_make(&t, &w.facts, world_day("2020-03-01"), world_day("2021-01-01"),
                                    world_day("2021-03-01"), &w.arena, &r, &w.err),
                     0);
    assert_int_equal(r.n_first, 0);
    assert_int_equal(r.n_back, 2);
    expect_gap(r.back[1].gap, bert, 4, 639);
    assert_int_equal(r.n_quiet, 1);
    assert_int_equal(r.quiet[0].topic, CLIP);
    assert_int_equal(r.quiet[0].issues, 1);
    world_release(&w);
}

static void test_nothing(void **state)
{
    struct world w;
    tt_timeline t;
    tt_review r;
    (void)state;
    world_begin(&w);
    world_end(&w, NULL);
    assert_true(life_of(&w, ANNA).status == TT_STATUS_NONE);
    assert_int_equal(tt_timeline_make(&t, &w.facts, &w.filter, TT_ALL_TOPICS, &w.arena, &w.err), 0);
    assert_int_equal(tt_review_make(&t, &w.facts, 0, 1, 2, &w.arena, &r, &w.err), 0);
    assert_int_equal(r.n_first + r.n_back + r.n_quiet + r.n_before, 0);
    world_release(&w);
}

static void test_too_many(void **state)
{
    struct world w;
    tt_timeline t;
    (void)state;
    world_begin(&w);
    world_issue(&w, "2020-01-01", WORLD_NEWS, 100, UINT32_MAX, 0, 0);
    world_issue(&w, "2020-02-01", WORLD_NEWS, 100, 0, 1, 0);
    world_end(&w, NULL);
    assert_int_equal(tt_timeline_make(&t, &w.facts, &w.filter, TT_ALL_TOPICS, &w.arena, &w.err), 0);
    world_release(&w);
    world_begin(&w);
    world_issue(&w, "2020-01-01", WORLD_NEWS, 100, UINT32_MAX, 0, 0);
    world_issue(&w, "2020-02-01", WORLD_NEWS, 100, 1, 1, 0);
    world_end(&w, NULL);
    assert_int_equal(tt_timeline_make(&t, &w.facts, &w.filter, TT_ALL_TOPICS, &w.arena, &w.err), TT_ELIMIT);
    assert_int_equal(tt_timeline_make(&t, &w.facts, &w.filter, BERT, &w.arena, &w.err), 0);
    world_release(&w);
}

static struct world shared;

static int all(void)
{
    tt_arena arena = {0};
    tt_timeline t;
    tt_life life;
    tt_review r;
    tt_err err;
    int rc = tt_timeline_make(&t, &shared.facts, &shared.filter, TT_ALL_TOPICS, &arena, &err);
    if (rc == 0)
        rc = tt_life_of(&t, &shared.facts, ANNA, &arena, &life);
    if (rc == 0)
        rc = tt_review_make(&t, &shared.facts, 0, 1, 30000, &arena, &r, &err);
    tt_arena_release(&arena);
    return rc;
}

static void test_no_memory(void **state)
{
    (void)state;
    world_begin(&shared);
    world_issue(&shared, "2018-01-01", WORLD_NEWS, 100, 1, 0, 0);
    world_issue(&shared, "2020-01-01", WORLD_NEWS, 100, 1, 1, 0);
    world_end(&shared, NULL);
    assert_true(fail_each(all, TT_ENOMEM) > 5);
    world_release(&shared);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_story),   cmocka_unit_test(test_status),    cmocka_unit_test(test_status_names),
        cmocka_unit_test(test_equals),  cmocka_unit_test(test_selection), cmocka_unit_test(test_review),
        cmocka_unit_test(test_nothing), cmocka_unit_test(test_too_many),  cmocka_unit_test(test_no_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
