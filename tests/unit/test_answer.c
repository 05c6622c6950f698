/* trend/answer: what the cells say of one topic, and which topics stand beside it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fail_alloc.h"
#include "trend/answer.h"
#include "trend/count.h"

/* ---- a small archive ---- */

enum { MAX = 16, GPT = 0, OPENAI = 1, UNUSED = 2, N_TOPICS = 3 };

struct world {
    tt_issue issues[MAX];
    uint32_t order[MAX];
    tt_cells cells;
    tt_facts facts;
    tt_arena arena;
    tt_err err;
};

static const tt_str sections[] = {{"(none)", 6}, {"(intro)", 7}, {"(other)", 7}, {"Tools", 5}, {"Apps", 4}};
enum { NONE, INTRO, OTHER, TOOLS, APPS };
static const tt_topic topics[N_TOPICS] = {
    {.id = {"gpt", 3}, .label = {"GPT", 3}}, {.id = {"openai", 6}, .label = {"OpenAI", 6}}, {.id = {"unused", 6}}};

/* date 0: undated. `order` is the place among all issues by date. */
static uint32_t issue(struct world *w, int year, int month, uint32_t order)
{
    const uint32_t i = (uint32_t)w->facts.n_issues++;
    int32_t date = TT_NO_DATE;
    assert_true(i < MAX);
    if (year)
        assert_true(tt_day_of(year, month, 1, &date));
    w->issues[i] = (tt_issue){.issue = {&"abcdefghijklmnop"[i], 1}, .date = date, .number = -1, .order = order};
    w->order[order] = i;
    return i;
}

static void part(struct world *w, uint32_t i, uint32_t section, uint32_t words, uint32_t openai, uint32_t gpt)
{
    uint32_t nth;
    assert_int_equal(tt_cells_part(&w->cells, i, section, words, openai + gpt, &nth), 0);
    if (openai)
        assert_int_equal(tt_cells_add(&w->cells, i, nth, section, OPENAI, openai), 0);
    if (gpt)
        assert_int_equal(tt_cells_add(&w->cells, i, nth, section, GPT, gpt), 0);
}

/* In order of files, not of dates: d and e are older than a to c, f is undated. */
static void init(struct world *w)
{
    *w = (struct world){
        .facts = {
            .sections = sections, .n_sections = 5, .topics = topics, .n_topics = N_TOPICS, .median_interval = 30}};
    w->facts.issues = w->issues;
    w->facts.order = w->order;
    w->facts.cells = &w->cells;
    const uint32_t a = issue(w, 2020, 1, 2), b = issue(w, 2020, 6, 3), c = issue(w, 2021, 2, 4);
    const uint32_t d = issue(w, 2019, 3, 0), e = issue(w, 2019, 9, 1), f = issue(w, 0, 0, 5);
    part(w, a, INTRO, 100, 1, 0);
    part(w, a, TOOLS, 400, 2, 5);
    part(w, b, APPS, 300, 0, 1);
    part(w, c, TOOLS, 200, 3, 0);
    part(w, c, APPS, 100, 1, 0);
    part(w, d, INTRO, 250, 0, 0);
    part(w, e, APPS, 150, 3, 0);
    part(w, f, OTHER, 500, 7, 0);
    assert_int_equal(tt_cells_finish(&w->cells), 0);
}

static void release(struct world *w)
{
    tt_cells_release(&w->cells);
    tt_arena_release(&w->arena);
}

static tt_answer answer(struct world *w, const tt_select *sel, uint32_t topic)
{
    tt_answer out = {0};
    tt_filter f = {0};
    int rc = tt_filter_make(&f, &w->facts, sel, &w->arena, &w->err);
    if (rc == 0)
        rc = tt_answer_make(&out, &w->facts, &f, topic, &w->arena, &w->err);
    if (rc != 0)
        fail_msg("%s", w->err.text);
    return out;
}

/* `Tools 5/2/600 …`: mentions, issues with, words; `c4 a3 …`: busiest. */
static void expect(const struct world *w, const tt_answer *a, const char *want_sections, const char *want_busy)
{
    tt_buf got = {0}, busy = {0};
    for (size_t i = 0; i < a->n_sections; i++) {
        const tt_section_sum *s = &a->sections[i];
        tt_buf_text(&got, i ? " " : "");
        tt_buf_str(&got, sections[s->section]);
        tt_buf_f(&got, " %u/%u/%u", s->mentions, s->issues_with, (unsigned)s->words);
    }
    for (size_t i = 0; i < a->n_busy; i++) {
        tt_buf_text(&busy, i ? " " : "");
        tt_buf_str(&busy, w->issues[a->busy[i].issue].issue);
        tt_buf_f(&busy, "%u", a->busy[i].mentions);
    }
    assert_string_equal(got.p ? got.p : "", want_sections);
    assert_string_equal(busy.p ? busy.p : "", want_busy);
    tt_buf_release(&got);
    tt_buf_release(&busy);
}

static void test_all(void **state)
{
    struct world w;
    (void)state;
    init(&w);
    tt_answer a = answer(&w, NULL, OPENAI);
    assert_int_equal(a.all.mentions, 17); /* the undated issue too */
    assert_int_equal(a.all.issues_with, 4);
    assert_int_equal(a.all.issues, 6);
    assert_int_equal(a.all.words, 2000);
    assert_int_equal(a.all.topic, OPENAI);
    assert_true(a.all.section == TT_ALL_SECTIONS && !a.all.low_n);
    assert_true(a.all.has_rate && fabs(a.all.per_10k - 85) < 1e-9);
    assert_true(a.all.has_share && fabs(a.all.share - 4 / 6.0) < 1e-12);
    /* Wilson's interval of 4 of 6: the roots of (1 + z^2/6) p^2 - (8/6 + z^2/6) p + 4/9 = 0, z = 1.959964 */
    assert_true(fabs(a.all.share_low - 0.299993) < 1e-5 && fabs(a.all.share_high - 0.903229) < 1e-5);
    assert_true(a.all.has_rate_ci);
    expect(&w, &a, "(other) 7/1/500 Tools 5/2/600 Apps 4/2/550 (intro) 1/1/350", "f7 c4 e3 a3");
    /* first and last are dated ones, by date */
    assert_int_equal(a.first, 4);
    assert_int_equal(a.last, 2);
    assert_int_equal(a.from, w.issues[3].date);
    assert_int_equal(a.to, w.issues[2].date);
    assert_int_equal(a.series.n_periods, 3);
    assert_int_equal(a.series.n_points, 3);
    static const uint32_t mentions[] = {3, 3, 4}, with[] = {1, 1, 1}, issues[] = {2, 2, 1};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(a.series.points[i].topic, OPENAI);
        assert_int_equal(a.series.points[i].mentions, mentions[i]);
        assert_int_equal(a.series.points[i].issues_with, with[i]);
        assert_int_equal(a.series.points[i].issues, issues[i]);
    }
    release(&w);
}

static void test_selections(void **state)
{
    static const int years[] = {2020}, none[] = {1999};
    static const char *const tools[] = {"Tools"};
    struct world w;
    (void)state;
    init(&w);
    tt_answer a = answer(&w, &(tt_select){.years = years, .n_years = 1}, OPENAI);
    expect(&w, &a, "Tools 2/1/400 (intro) 1/1/100", "a3");
    assert_true(a.all.issues == 2 && a.first == 0 && a.last == 0 && a.all.low_n && !a.all.has_rate_ci);
    assert_true(a.from == w.issues[0].date && a.to == w.issues[1].date);
    /* issues without the section are none, words are its own */
    a = answer(&w, &(tt_select){.sections = tools, .n_sections = 1}, OPENAI);
    expect(&w, &a, "Tools 5/2/600", "c3 a2");
    assert_true(a.all.issues == 2 && a.all.words == 600 && a.all.issues_with == 2);
    a = answer(&w, &(tt_select){.not_sections = tools, .n_not_sections = 1}, OPENAI);
    expect(&w, &a, "(other) 7/1/500 Apps 4/2/550 (intro) 1/1/350", "f7 e3 a1 c1");
    /* topics of the selection change nothing, nor does its split by section */
    static const char *const gpt[] = {"gpt"};
    a = answer(&w, &(tt_select){.topics = gpt, .n_topics = 1, .by_section = true}, OPENAI);
    assert_true(a.all.mentions == 17 && a.series.n_points == 3);
    a = answer(&w, &(tt_select){.by = TT_BY_MONTH}, OPENAI);
    assert_int_equal(a.series.n_points, 24);
    /* nothing */
    a = answer(&w, &(tt_select){.years = none, .n_years = 1}, OPENAI);
    expect(&w, &a, "", "");
    assert_true(a.all.issues == 0 && !a.all.has_share && !a.all.has_rate && a.series.n_points == 0);
    assert_true(a.first == TT_NO_ISSUE && a.last == TT_NO_ISSUE && a.from == TT_NO_DATE && a.to == TT_NO_DATE);
    a = answer(&w, NULL, UNUSED);
    expect(&w, &a, "", "");
    assert_true(a.all.issues == 6 && a.all.words == 2000 && a.all.mentions == 0 && a.series.n_points == 3);
    assert_true(a.all.has_share && a.all.share == 0 && a.all.share_low == 0 && a.all.share_high > 0.3);
    assert_true(a.first == TT_NO_ISSUE && a.from != TT_NO_DATE);
    release(&w);
}

static void test_only_undated(void **state)
{
    struct world w;
    (void)state;
    init(&w);
    for (size_t i = 0; i < w.facts.n_issues; i++)
        w.issues[i].date = TT_NO_DATE;
    tt_answer a = answer(&w, NULL, OPENAI);
    assert_true(a.all.mentions == 17 && a.all.issues_with == 4);
    assert_true(a.first == TT_NO_ISSUE && a.last == TT_NO_ISSUE && a.from == TT_NO_DATE && a.series.n_points == 0);
    release(&w);
}

static void test_too_many(void **state)
{
    struct world w;
    (void)state;
    init(&w);
    w.cells.cells[0].mentions = w.cells.cells[1].mentions = UINT32_MAX;
    w.cells.cells[0].topic = w.cells.cells[1].topic = OPENAI;
    tt_filter f = {0};
    tt_answer out;
    assert_int_equal(tt_filter_make(&f, &w.facts, NULL, &w.arena, &w.err), 0);
    assert_int_equal(tt_answer_make(&out, &w.facts, &f, OPENAI, &w.arena, &w.err), TT_ELIMIT);
    assert_non_null(strstr(w.err.text, "4294967295"));
    release(&w);
}

static struct world *shared;

static int make_once(void)
{
    tt_arena arena = {0};
    tt_filter f = {0};
    tt_answer out;
    tt_err err = {0};
    int rc = tt_filter_make(&f, &shared->facts, NULL, &arena, &err);
    if (rc == 0)
        rc = tt_answer_make(&out, &shared->facts, &f, OPENAI, &arena, &err);
    tt_arena_release(&arena);
    return rc;
}

static void test_no_memory(void **state)
{
    struct world w;
    (void)state;
    init(&w);
    shared = &w;
    assert_true(fail_each(make_once, TT_ENOMEM) > 4);
    release(&w);
}

/* ---- beside ---- */

/* Of 1000 paragraphs 50 have what is asked for. G2: SciPy 1.17, chi2_contingency(correction=False,
 * lambda_="log-likelihood") of {both, 50 - both}, {other - both, 950 - other + both}. */
static void test_beside(void **state)
{
    static const struct {
        uint32_t both, other;
        double g2, times; /* 0: left out */
    } cases[] = {
        {20, 40, 74.58197921384635, 10},
        {3, 3, 18.149096678299372, 20},
        {3, 4, 13.747042748663437, 15},
        {3, 5, 11.612333912319752, 12}, /* just above 10.828 */
        {3, 6, 0, 0},                   /* 10.1215: just below */
        {2, 2, 0, 0},                   /* below the floor, however sure */
        {3, 40, 0, 0},                  /* by chance, 0.48 */
        {4, 8, 13.56743607274882, 10},
        {0, 50, 0, 0},                 /* less than chance */
        {3, 600, 0, 0},                /* far less than chance: G2 is high, and says the contrary */
        {4, 8, 13.56743607274882, 10}, /* alike: in order of topics */
    };
    static const uint32_t want[] = {0, 1, 2, 7, 10, 3};
    enum { N = sizeof cases / sizeof *cases, N_WANT = sizeof want / sizeof *want };
    uint32_t both[N], other[N];
    tt_beside out[N];
    (void)state;
    for (size_t i = 0; i < N; i++) {
        both[i] = cases[i].both;
        other[i] = cases[i].other;
    }
    const size_t n = tt_beside_rank(out, both, other, N, 1000, 50);
    assert_int_equal(n, N_WANT);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(out[i].topic, want[i]);
        assert_int_equal(out[i].both, both[want[i]]);
        assert_int_equal(out[i].other, other[want[i]]);
        assert_true(fabs(out[i].g2 - cases[want[i]].g2) < 1e-9);
        assert_true(fabs(out[i].times - cases[want[i]].times) < 1e-9);
    }
    assert_int_equal(tt_beside_rank(out, both, other, 0, 0, 0), 0);
    /* in every paragraph: no other topic can be there more often than chance */
    assert_int_equal(tt_beside_rank(out, (const uint32_t[]){40}, (const uint32_t[]){40}, 1, 100, 100), 0);
    /* the same paragraphs: 100.080485 */
    assert_int_equal(tt_beside_rank(out, (const uint32_t[]){20}, (const uint32_t[]){20}, 1, 100, 20), 1);
    assert_true(fabs(out[0].g2 - 100.08048470763757) < 1e-9 && out[0].times == 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all),      cmocka_unit_test(test_selections), cmocka_unit_test(test_only_undated),
        cmocka_unit_test(test_too_many), cmocka_unit_test(test_no_memory),  cmocka_unit_test(test_beside),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
