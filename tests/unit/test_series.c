/* trend/filter, period, series, sums: selections, periods and their completeness, points, totals. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "trend/count.h"
#include "trend/period.h"
#include "trend/series.h"
#include "fail_alloc.h"

/* ---- a small archive ---- */

enum { MAX = 64, OPENAI = 2, N_TOPICS = 4 };

struct world {
    tt_issue issues[MAX];
    uint32_t order[MAX];
    tt_cells cells;
    tt_facts facts;
    tt_arena arena;
    tt_err err;
};

static const tt_str sections[] = {{"(none)", 6}, {"(intro)", 7}, {"(other)", 7}, {"Z\xC3\xBCrich", 7}, {"Apps", 4}};
enum { NONE, INTRO, OTHER, ZURICH, APPS };

static const tt_topic topics[N_TOPICS] = {{.id = {"climate", 7}, .label = {"Climate", 7}},
                                          {.id = {"gpt", 3}, .label = {"GPT", 3}},
                                          {.id = {"openai", 6}, .label = {"Open AI, Inc.", 13}},
                                          {.id = {"unused", 6}, .label = {"Unused", 6}}};

static int32_t day(const char *date)
{
    char *p;
    int32_t out = TT_NO_DATE;
    int y = (int)strtol(date, &p, 10), m = (int)strtol(p + 1, &p, 10), d = (int)strtol(p + 1, &p, 10);
    assert_true(tt_day_of(y, m, d, &out));
    return out;
}

static int by_date(const void *x, const void *y, void *ctx)
{
    const struct world *w = ctx;
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
    int32_t da = w->issues[a].date, db = w->issues[b].date;
    if ((da == TT_NO_DATE) != (db == TT_NO_DATE))
        return da == TT_NO_DATE ? 1 : -1;
    return da != db ? (da > db) - (da < db) : (a > b) - (a < b);
}

static void init(struct world *w, double median)
{
    *w = (struct world){.facts = {.sections = sections,
                                  .n_sections = sizeof sections / sizeof *sections,
                                  .topics = topics,
                                  .n_topics = N_TOPICS,
                                  .median_interval = median}};
    w->facts.issues = w->issues;
    w->facts.order = w->order;
    w->facts.cells = &w->cells;
}

/* date NULL: undated */
static uint32_t issue(struct world *w, const char *date)
{
    static const char names[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    uint32_t i = (uint32_t)w->facts.n_issues++;
    assert_true(i < MAX);
    w->issues[i] = (tt_issue){.issue = {names + i, 1}, .date = date ? day(date) : TT_NO_DATE, .number = -1};
    return i;
}

static void part(struct world *w, uint32_t i, uint32_t section, uint32_t words, uint32_t topic, uint32_t mentions)
{
    uint32_t nth;
    assert_int_equal(tt_cells_part(&w->cells, i, section, words, mentions, &nth), 0);
    assert_int_equal(tt_cells_add(&w->cells, i, nth, section, topic, mentions), 0);
}

static void done(struct world *w)
{
    assert_int_equal(tt_cells_finish(&w->cells), 0);
    for (uint32_t i = 0; i < w->facts.n_issues; i++)
        w->order[i] = i;
    qsort_r(w->order, w->facts.n_issues, sizeof *w->order, by_date, w);
}

static void release(struct world *w)
{
    tt_cells_release(&w->cells);
    tt_arena_release(&w->arena);
}

static tt_filter filter(struct world *w, const tt_select *sel)
{
    tt_filter f = {0};
    int rc = tt_filter_make(&f, &w->facts, sel, &w->arena, &w->err);
    if (rc != 0)
        fail_msg("%s", w->err.text);
    return f;
}

static tt_series series(struct world *w, const tt_select *sel)
{
    tt_series s = {0};
    tt_filter f = filter(w, sel);
    int rc = tt_series_make(&s, &w->facts, &f, &w->arena, &w->err);
    if (rc != 0)
        fail_msg("%s", w->err.text);
    return s;
}

static const tt_point *point(const tt_series *s, const char *period, uint32_t section, uint32_t topic)
{
    for (size_t i = 0; i < s->n_points; i++)
        if (tt_str_is(s->periods[s->points[i].period].name, period) && s->points[i].section == section &&
            s->points[i].topic == topic)
            return &s->points[i];
    fail_msg("no point %s %u %u", period, section, topic);
    abort();
}

/* "2019+ 2020-": the names of the periods, + where complete */
static void expect_periods(const tt_series *s, const char *want)
{
    tt_buf got = {0};
    for (size_t i = 0; i < s->n_periods; i++) {
        if (i)
            tt_buf_char(&got, ' ');
        tt_buf_str(&got, s->periods[i].name);
        tt_buf_char(&got, s->periods[i].complete ? '+' : '-');
    }
    assert_string_equal(got.p ? got.p : "", want);
    tt_buf_release(&got);
}

/* ---- periods ---- */

static void test_period_of_a_day(void **state)
{
    static const struct {
        tt_by by;
        const char *day, *label, *start, *end;
    } cases[] = {{TT_BY_YEAR, "2020-02-29", "2020", "2020-01-01", "2020-12-31"},
                 {TT_BY_YEAR, "2019-12-31", "2019", "2019-01-01", "2019-12-31"},
                 {TT_BY_YEAR, "0001-01-01", "0001", "0001-01-01", "0001-12-31"},
                 {TT_BY_YEAR, "9999-12-31", "9999", "9999-01-01", "9999-12-31"},
                 {TT_BY_QUARTER, "2020-03-31", "2020-Q1", "2020-01-01", "2020-03-31"},
                 {TT_BY_QUARTER, "2020-04-01", "2020-Q2", "2020-04-01", "2020-06-30"},
                 {TT_BY_QUARTER, "2020-09-30", "2020-Q3", "2020-07-01", "2020-09-30"},
                 {TT_BY_QUARTER, "2020-12-31", "2020-Q4", "2020-10-01", "2020-12-31"},
                 {TT_BY_MONTH, "2020-02-29", "2020-02", "2020-02-01", "2020-02-29"},
                 {TT_BY_MONTH, "2019-02-01", "2019-02", "2019-02-01", "2019-02-28"},
                 {TT_BY_MONTH, "2100-02-28", "2100-02", "2100-02-01", "2100-02-28"},
                 {TT_BY_MONTH, "2020-07-31", "2020-07", "2020-07-01", "2020-07-31"},
                 {TT_BY_MONTH, "1969-12-31", "1969-12", "1969-12-01", "1969-12-31"},
                 {TT_BY_WEEK, "2020-07-06", "2020-W28", "2020-07-06", "2020-07-12"},
                 {TT_BY_WEEK, "2020-12-27", "2020-W52", "2020-12-21", "2020-12-27"},
                 {TT_BY_WEEK, "2020-12-28", "2020-W53", "2020-12-28", "2021-01-03"},
                 {TT_BY_WEEK, "2021-01-03", "2020-W53", "2020-12-28", "2021-01-03"},
                 {TT_BY_WEEK, "2021-01-04", "2021-W01", "2021-01-04", "2021-01-10"},
                 {TT_BY_WEEK, "2019-12-30", "2020-W01", "2019-12-30", "2020-01-05"},
                 {TT_BY_WEEK, "1969-12-29", "1970-W01", "1969-12-29", "1970-01-04"},
                 {TT_BY_WEEK, "1969-12-28", "1969-W52", "1969-12-22", "1969-12-28"},
                 {TT_BY_WEEK, "0001-01-01", "0001-W01", "0001-01-01", "0001-01-07"},
                 {TT_BY_WEEK, "9999-12-31", "9999-W52", "9999-12-27", "9999-12-31"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char start[TT_DATE_SIZE], end[TT_DATE_SIZE];
        tt_period p = {0};
        tt_period_of(cases[i].by, tt_period_ordinal(cases[i].by, day(cases[i].day)), &p);
        tt_day_format(p.start, start);
        tt_day_format(p.end, end);
        assert_string_equal(p.label, cases[i].label);
        assert_string_equal(start, cases[i].start);
        assert_string_equal(end, cases[i].end);
    }
}

static void test_periods_follow_each_other(void **state)
{
    (void)state;
    for (tt_by by = TT_BY_YEAR; by <= TT_BY_WEEK; by++) {
        int32_t before = tt_period_ordinal(by, day("1967-12-31")), last_end = 0;
        for (int32_t d = day("1968-01-01"); d <= day("2024-12-31"); d++) {
            int32_t o = tt_period_ordinal(by, d);
            tt_period p = {0};
            tt_period_of(by, o, &p);
            assert_true(o == before || o == before + 1);
            assert_true(p.start <= d && d <= p.end);
            assert_true(last_end == 0 || p.end == last_end || p.start == last_end + 1);
            before = o;
            last_end = p.end;
        }
    }
}

static void test_no_holes(void **state)
{
    static const struct {
        tt_by by;
        const char *want;
    } cases[] = {{TT_BY_YEAR, "2019- 2020+ 2021-"},
                 {TT_BY_QUARTER, "2019-Q4- 2020-Q1+ 2020-Q2+ 2020-Q3+ 2020-Q4+ 2021-Q1-"},
                 {TT_BY_ISSUE, "b+ c+ d+ a+"}};
    struct world w;
    (void)state;
    init(&w, 50);
    part(&w, issue(&w, "2021-01-03"), INTRO, 10, 0, 1);
    part(&w, issue(&w, "2019-12-31"), INTRO, 10, 0, 1);
    part(&w, issue(&w, "2020-06-30"), INTRO, 10, 0, 1);
    part(&w, issue(&w, "2020-06-30"), INTRO, 10, 0, 1);
    part(&w, issue(&w, NULL), INTRO, 10, 0, 1);
    done(&w);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_series s = series(&w, &(tt_select){.by = cases[i].by});
        expect_periods(&s, cases[i].want);
    }
    tt_series s = series(&w, &(tt_select){.by = TT_BY_ISSUE});
    assert_int_equal(s.periods[0].start, day("2019-12-31"));
    assert_int_equal(s.periods[0].end, day("2019-12-31"));
    s = series(&w, &(tt_select){.by = TT_BY_WEEK});
    assert_int_equal(s.n_periods, 53);
    assert_string_equal(s.periods[0].label, "2020-W01");
    assert_string_equal(s.periods[52].label, "2020-W53");
    assert_int_equal(s.periods[26].issues, 2); /* 2020-W27 */
    assert_int_equal(s.periods[25].issues, 0);
    release(&w);
}

static void test_complete(void **state)
{
    static const int only_2020[] = {2020};
    /* three issues, the middle one 2020-07-01; slack is 1.5 x median */
    static const struct {
        const char *name, *first, *last;
        double median;
        tt_select sel;
        const char *want;
    } cases[] = {
        {"just in time", "2019-01-16", "2021-12-17", 10, {0}, "2019+ 2020+ 2021+"}, /* 15 days each */
        {"first a day late", "2019-01-17", "2021-12-17", 10, {0}, "2019- 2020+ 2021+"},
        {"last a day early", "2019-01-16", "2021-12-16", 10, {0}, "2019+ 2020+ 2021-"},
        {"both in one year", "2020-01-17", "2020-12-31", 10, {0}, "2020-"},
        {"no interval", "2019-01-02", "2021-12-31", 0, {0}, "2019- 2020+ 2021-"},
        {"only the archive's ends are judged",
         "2019-01-16",
         "2021-12-17",
         10,
         {.n_years = 1, .years = only_2020},
         "2020+"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct world w;
        init(&w, cases[i].median);
        part(&w, issue(&w, cases[i].first), INTRO, 10, 0, 1);
        part(&w, issue(&w, "2020-07-01"), INTRO, 10, 0, 1);
        part(&w, issue(&w, cases[i].last), INTRO, 10, 0, 1);
        done(&w);
        tt_series s = series(&w, &cases[i].sel);
        expect_periods(&s, cases[i].want);
        release(&w);
    }
}

static void test_fewer_than_three_dated(void **state)
{
    struct world w;
    (void)state;
    init(&w, 1000);
    part(&w, issue(&w, "2019-01-01"), INTRO, 10, 0, 1);
    part(&w, issue(&w, NULL), INTRO, 10, 0, 1);
    part(&w, issue(&w, "2021-12-31"), INTRO, 10, 0, 1);
    done(&w);
    tt_series s = series(&w, NULL);
    expect_periods(&s, "2019- 2020+ 2021-");
    s = series(&w, &(tt_select){.by = TT_BY_ISSUE});
    expect_periods(&s, "a+ c+");
    release(&w);
    init(&w, 1000);
    part(&w, issue(&w, "2019-01-01"), INTRO, 10, 0, 1);
    part(&w, issue(&w, "2020-01-01"), INTRO, 10, 0, 1);
    part(&w, issue(&w, "2021-12-31"), INTRO, 10, 0, 1);
    done(&w);
    s = series(&w, NULL);
    expect_periods(&s, "2019+ 2020+ 2021+");
    release(&w);
}

static void test_cut_by_the_selection(void **state)
{
    static const int y2020[] = {2020}, both[] = {2020, 2019}, ends[] = {2019, 2021};
    const struct {
        tt_by by;
        const char *from, *to;
        const int *years;
        size_t n_years;
        const char *want;
    } cases[] = {
        {TT_BY_YEAR, "2019-01-01", "2021-12-31", NULL, 0, "2019+ 2020+ 2021+"}, /* bounds at the edges cut nothing */
        {TT_BY_YEAR, "2019-01-02", NULL, NULL, 0, "2019- 2020+ 2021+"},
        {TT_BY_YEAR, "2019-12-31", NULL, NULL, 0, "2019- 2020+ 2021+"},
        {TT_BY_YEAR, "2020-01-01", NULL, NULL, 0, "2020+ 2021+"},
        {TT_BY_YEAR, NULL, "2021-12-30", NULL, 0, "2019+ 2020+ 2021-"},
        {TT_BY_YEAR, NULL, "2020-12-31", NULL, 0, "2019+ 2020+"},
        {TT_BY_YEAR, "2020-02-01", "2020-11-30", NULL, 0, "2020-"},
        {TT_BY_YEAR, "2018-06-01", "2022-06-01", NULL, 0, "2019+ 2020+ 2021+"}, /* outside of what is there */
        {TT_BY_YEAR, NULL, NULL, ends, 2, "2019+ 2021+"},                       /* the year between is left out */
        {TT_BY_QUARTER, NULL, NULL, y2020, 1, "2020-Q1+ 2020-Q2+ 2020-Q3+ 2020-Q4+"},
        {TT_BY_ISSUE, "2019-12-31", "2020-01-01", NULL, 0, "b+ c+"},
        {TT_BY_WEEK, "2019-12-31", "2020-01-01", NULL, 0, "2020-W01-"},
        {TT_BY_WEEK, "2019-12-30", "2020-01-05", NULL, 0, "2020-W01+"},
        {TT_BY_WEEK, "2019-12-30", "2020-01-05", y2020, 1, "2020-W01-"}, /* its Monday lies in 2019 */
        {TT_BY_WEEK, "2019-12-30", "2020-01-05", both, 2, "2020-W01+"},
    };
    struct world w;
    (void)state;
    init(&w, 365);
    part(&w, issue(&w, "2019-01-01"), INTRO, 10, 0, 1);
    part(&w, issue(&w, "2019-12-31"), INTRO, 10, 0, 1);
    part(&w, issue(&w, "2020-01-01"), INTRO, 10, 0, 1);
    part(&w, issue(&w, "2020-12-30"), INTRO, 10, 0, 1);
    part(&w, issue(&w, "2021-12-30"), INTRO, 10, 0, 1);
    part(&w, issue(&w, "2020-06-15"), INTRO, 10, 0, 1);
    done(&w);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_select sel = {.by = cases[i].by, .years = cases[i].years, .n_years = cases[i].n_years};
        sel.has_from = cases[i].from != NULL;
        sel.has_to = cases[i].to != NULL;
        sel.from = sel.has_from ? day(cases[i].from) : 0;
        sel.to = sel.has_to ? day(cases[i].to) : 0;
        tt_series s = series(&w, &sel);
        expect_periods(&s, cases[i].want);
    }
    release(&w);
}

/* ---- points ---- */

static void near(double got, double want)
{
    if (fabs(got - want) > 1e-4)
        fail_msg("got %.8f, want %.8f", got, want);
}

/* Mentions and words of five issues: (0,50) (3,150) (3,100) (0,100) (4,100). By hand: m 10, w 500, r 0.02, rests
 * -1 0 1 -2 2, their squares 10, times 5/4 12.5, 1.959964 * sqrt(12.5) / 500 = 0.0138590: 200 -+ 138.590. Wilson of
 * 3 of 5: 0.230724 to 0.882379. */
static void five(struct world *w)
{
    init(w, 30);
    part(w, issue(w, "2020-01-01"), INTRO, 50, OPENAI, 0);
    uint32_t b = issue(w, "2020-02-01");
    part(w, b, INTRO, 100, OPENAI, 2);
    part(w, b, APPS, 50, OPENAI, 1);
    part(w, issue(w, "2020-03-01"), ZURICH, 100, OPENAI, 3);
    part(w, issue(w, "2020-04-01"), APPS, 100, 0, 1);
    part(w, issue(w, "2020-05-01"), APPS, 100, OPENAI, 4);
    part(w, issue(w, NULL), OTHER, 1000, OPENAI, 100); /* in no period */
}

static void test_numbers_of_a_point(void **state)
{
    struct world w;
    (void)state;
    five(&w);
    done(&w);
    tt_series s = series(&w, NULL);
    assert_int_equal(s.n_periods, 1);
    assert_int_equal(s.n_points, 2); /* climate, openai */
    const tt_point *p = point(&s, "2020", TT_ALL_SECTIONS, OPENAI);
    assert_int_equal(p->mentions, 10);
    assert_int_equal(p->issues_with, 3);
    assert_int_equal(p->issues, 5);
    assert_int_equal(p->words, 500);
    assert_false(p->low_n);
    assert_true(p->has_rate && p->has_rate_ci && p->has_share);
    near(p->per_10k, 200);
    near(p->rate_low, 61.4096);
    near(p->rate_high, 338.5904);
    near(p->share, 0.6);
    near(p->share_low, 0.230724);
    near(p->share_high, 0.882379);
    p = point(&s, "2020", TT_ALL_SECTIONS, 0);
    assert_int_equal(p->mentions, 1);
    assert_true(p->low_n && p->has_rate && !p->has_rate_ci && p->has_share);
    near(p->share, 0.2);
    release(&w);
}

static void test_low_n(void **state)
{
    static const struct {
        uint32_t mentions, issues;
        bool low;
    } cases[] = {{5, 5, false}, {4, 5, true}, {5, 4, true}, {0, 9, true}, {9, 6, false}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct world w;
        init(&w, 1);
        for (uint32_t k = 0; k < cases[i].issues; k++)
            part(&w, issue(&w, "2020-01-01"), INTRO, 100, OPENAI, k == 0 ? cases[i].mentions : 0);
        done(&w);
        tt_series s = series(&w, &(tt_select){.topics = (const char *[]){"openai"}, .n_topics = 1});
        const tt_point *p = point(&s, "2020", TT_ALL_SECTIONS, OPENAI);
        assert_int_equal(p->low_n, cases[i].low);
        assert_int_equal(p->has_rate_ci, !cases[i].low);
        release(&w);
    }
}

/* Mentions may stand in an issue without words (a term may be an emoji). */
static void test_without_words(void **state)
{
    struct world w;
    (void)state;
    init(&w, 1);
    for (int i = 0; i < 6; i++)
        part(&w, issue(&w, "2020-01-01"), INTRO, i == 0 ? 7 : 0, OPENAI, 1);
    for (int i = 0; i < 5; i++)
        part(&w, issue(&w, "2021-01-01"), INTRO, 0, OPENAI, 1);
    done(&w);
    tt_series s = series(&w, NULL);
    const tt_point *p = point(&s, "2020", TT_ALL_SECTIONS, OPENAI);
    assert_true(p->has_rate && !p->has_rate_ci && !p->low_n); /* one cluster has no variance */
    near(p->per_10k, 60000 / 7.0);
    p = point(&s, "2021", TT_ALL_SECTIONS, OPENAI);
    assert_true(!p->has_rate && !p->has_rate_ci && p->has_share);
    release(&w);
}

static void test_by_section(void **state)
{
    struct world w;
    static const uint32_t order[] = {INTRO, OTHER, APPS, ZURICH}; /* by name: ( before A before Z */
    (void)state;
    five(&w);
    done(&w);
    tt_series s = series(&w, &(tt_select){.by = TT_BY_QUARTER, .by_section = true});
    assert_int_equal(s.n_periods, 2);
    assert_int_equal(s.n_points, 2 * 4 * 2);
    for (size_t i = 0; i < s.n_points; i++) {
        assert_int_equal(s.points[i].period, i / 8);
        assert_int_equal(s.points[i].section, order[i / 2 % 4]);
        assert_int_equal(s.points[i].topic, i % 2 ? OPENAI : 0);
    }
    const tt_point *p = point(&s, "2020-Q1", INTRO, OPENAI);
    assert_int_equal(p->mentions, 2);
    assert_int_equal(p->issues, 2);
    assert_int_equal(p->words, 150);
    p = point(&s, "2020-Q2", APPS, OPENAI);
    assert_int_equal(p->mentions, 4);
    assert_int_equal(p->issues_with, 1);
    assert_int_equal(p->issues, 2);
    p = point(&s, "2020-Q2", ZURICH, OPENAI);
    assert_int_equal(p->issues + p->words + p->mentions, 0);
    assert_true(!p->has_rate && !p->has_share && !p->has_rate_ci && p->low_n);
    release(&w);
}

static void test_section_filter(void **state)
{
    static const char *const zurich[] = {"Z\xC3\x9CRICH", "apps"}, *const intro[] = {"(intro)"};
    struct world w;
    (void)state;
    five(&w);
    done(&w);
    tt_series s = series(&w, &(tt_select){.sections = zurich, .n_sections = 2});
    const tt_point *p = point(&s, "2020", TT_ALL_SECTIONS, OPENAI);
    assert_int_equal(p->mentions, 8);
    assert_int_equal(p->issues, 4); /* the first has neither */
    assert_int_equal(p->issues_with, 3);
    assert_int_equal(p->words, 350);
    tt_select both = {.sections = zurich, .n_sections = 2, .not_sections = zurich + 1, .n_not_sections = 1};
    s = series(&w, &both);
    p = point(&s, "2020", TT_ALL_SECTIONS, OPENAI);
    assert_int_equal(p->mentions, 3);
    assert_int_equal(p->issues, 1);
    s = series(&w, &(tt_select){.not_sections = intro, .n_not_sections = 1});
    p = point(&s, "2020", TT_ALL_SECTIONS, OPENAI);
    assert_int_equal(p->issues, 4);
    assert_int_equal(p->words, 350);
    release(&w);
}

static void test_an_issue_without_words_or_parts_counts(void **state)
{
    static const char *const intro[] = {"(intro)"};
    struct world w;
    (void)state;
    init(&w, 1);
    part(&w, issue(&w, "2020-01-01"), INTRO, 10, OPENAI, 5);
    issue(&w, "2020-01-02");
    part(&w, issue(&w, "2020-01-03"), INTRO, 0, OPENAI, 0);
    done(&w);
    tt_series s = series(&w, NULL);
    assert_int_equal(point(&s, "2020", TT_ALL_SECTIONS, OPENAI)->issues, 3);
    s = series(&w, &(tt_select){.sections = intro, .n_sections = 1});
    assert_int_equal(point(&s, "2020", TT_ALL_SECTIONS, OPENAI)->issues, 2);
    release(&w);
}

static void test_zeros(void **state)
{
    static const char *const named[] = {"unused", "climate"};
    struct world w;
    (void)state;
    init(&w, 365);
    part(&w, issue(&w, "2019-01-01"), INTRO, 10, OPENAI, 1);
    part(&w, issue(&w, "2021-01-01"), INTRO, 10, 1, 1);
    done(&w);
    tt_series s = series(&w, NULL);
    assert_int_equal(s.n_points, 3 * 2);
    const tt_point *p = point(&s, "2021", TT_ALL_SECTIONS, OPENAI);
    assert_true(p->mentions == 0 && p->has_rate && p->per_10k == 0 && p->has_share && p->share_low == 0);
    p = point(&s, "2020", TT_ALL_SECTIONS, OPENAI);
    assert_true(p->issues == 0 && p->words == 0 && !p->has_rate && !p->has_share && !p->has_rate_ci);
    s = series(&w, &(tt_select){.topics = named, .n_topics = 2});
    assert_int_equal(s.n_points, 3 * 2);
    assert_int_equal(s.points[0].topic, 0);
    assert_int_equal(s.points[1].topic, 3);
    release(&w);
}

static void test_nothing_dated(void **state)
{
    struct world w;
    (void)state;
    init(&w, 0);
    part(&w, issue(&w, NULL), INTRO, 10, OPENAI, 1);
    done(&w);
    for (tt_by by = TT_BY_YEAR; by <= TT_BY_ISSUE; by++) {
        tt_series s = series(&w, &(tt_select){.by = by});
        assert_int_equal(s.n_periods + s.n_points, 0);
    }
    release(&w);
    init(&w, 0);
    done(&w);
    tt_series s = series(&w, NULL);
    assert_int_equal(s.n_periods + s.n_points, 0);
    release(&w);
}

/* The sum over periods is the sum of the cells, whatever the periods. */
static void test_mentions_are_conserved(void **state)
{
    struct world w;
    (void)state;
    five(&w);
    done(&w);
    for (int k = 0; k <= 2 * TT_BY_ISSUE + 1; k++) {
        tt_series s = series(&w, &(tt_select){.by = (tt_by)(k / 2), .by_section = k % 2});
        uint64_t sum = 0;
        for (size_t i = 0; i < s.n_points; i++)
            sum += s.points[i].mentions;
        assert_int_equal(sum, 11);
    }
    release(&w);
}

static void test_limits(void **state)
{
    size_t n = 0;
    tt_err err = {0};
    struct world w;
    tt_series s;
    tt_topic_sum *sums;
    (void)state;
    assert_int_equal(tt_series_size(TT_MAX_POINTS, 1, 1, &n, &err), 0);
    assert_int_equal(n, TT_MAX_POINTS);
    assert_int_equal(tt_series_size(TT_MAX_POINTS / 4, 2, 2, &n, &err), 0);
    assert_int_equal(tt_series_size(TT_MAX_POINTS / 4 + 1, 2, 2, &n, &err), TT_ELIMIT);
    assert_int_equal(tt_series_size(SIZE_MAX, SIZE_MAX, SIZE_MAX, &n, &err), TT_ELIMIT);
    assert_int_equal(tt_series_size(SIZE_MAX, 0, 3, &n, &err), 0);
    assert_int_equal(n, 0);

    init(&w, 1);
    part(&w, issue(&w, "2020-01-01"), INTRO, 10, OPENAI, UINT32_MAX - 1);
    part(&w, issue(&w, "2020-01-01"), INTRO, 10, OPENAI, 1);
    done(&w);
    s = series(&w, NULL);
    assert_int_equal(point(&s, "2020", TT_ALL_SECTIONS, OPENAI)->mentions, UINT32_MAX);
    part(&w, issue(&w, "2020-01-01"), INTRO, 10, OPENAI, 1);
    done(&w);
    tt_filter f = filter(&w, NULL);
    assert_int_equal(tt_series_make(&s, &w.facts, &f, &w.arena, &w.err), TT_ELIMIT);
    assert_int_equal(tt_topic_sums(&w.facts, &f, &w.arena, &sums, &n, &w.err), TT_ELIMIT);
    release(&w);
}

/* ---- filter ---- */

static void expect_refused(const tt_select *sel, const char *says)
{
    struct world w;
    tt_filter f = {0};
    five(&w);
    done(&w);
    assert_int_equal(tt_filter_make(&f, &w.facts, sel, &w.arena, &w.err), TT_EUSAGE);
    if (!strstr(w.err.text, says))
        fail_msg("\"%s\" does not say %s", w.err.text, says);
    release(&w);
}

static void test_unknown_names(void **state)
{
    static const struct {
        const char *topic, *says;
    } cases[] = {{"openal", "did you mean \"openai\""},
                 {"OpenAI", "did you mean \"openai\""},
                 {"open ai, inc.", "did you mean \"openai\""}, /* a label */
                 {"gpt-", "did you mean \"gpt\""},
                 {"gp", "did you mean \"gpt\""},
                 {"quantum-computing", "`topics` lists"},
                 {"", "has no topic \"\""}};
    static const char *const zoo[] = {"Apps", "Zoo"}, *const bad[] = {"\xFF"};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_refused(&(tt_select){.topics = &cases[i].topic, .n_topics = 1}, cases[i].says);
    expect_refused(&(tt_select){.sections = zoo, .n_sections = 2}, "no section \"Zoo\"");
    expect_refused(&(tt_select){.not_sections = zoo, .n_not_sections = 2}, "no section \"Zoo\"");
    expect_refused(&(tt_select){.sections = bad, .n_sections = 1}, "no section");
    expect_refused(&(tt_select){.has_from = true, .has_to = true, .from = 11, .to = 10}, "--from");
}

static void test_which_issues(void **state)
{
    static const int y[] = {2021, 2019};
    const struct {
        tt_select sel;
        const char *want; /* by issue, as added */
    } cases[] = {{{0}, "1111"},
                 {{.has_from = true, .from = day("2020-01-01")}, "0110"},
                 {{.has_to = true, .to = day("2020-01-01")}, "1100"},
                 {{.has_from = true, .has_to = true, .from = day("2020-01-01"), .to = day("2020-01-01")}, "0100"},
                 {{.years = y, .n_years = 2}, "1010"},
                 {{.years = y, .n_years = 1}, "0010"}};
    struct world w;
    (void)state;
    init(&w, 1);
    issue(&w, "2019-12-31");
    issue(&w, "2020-01-01");
    issue(&w, "2021-05-05");
    issue(&w, NULL);
    done(&w);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_filter f = filter(&w, &cases[i].sel);
        for (size_t k = 0; k < 4; k++)
            assert_int_equal(f.issue[k], cases[i].want[k] == '1');
    }
    release(&w);
}

/* ---- totals of topics ---- */

static size_t sums(struct world *w, const tt_select *sel, tt_topic_sum **out)
{
    size_t n = 99;
    tt_filter f = filter(w, sel);
    assert_int_equal(tt_topic_sums(&w->facts, &f, &w->arena, out, &n, &w->err), 0);
    return n;
}

static void test_topic_sums(void **state)
{
    static const char *const named[] = {"unused", "gpt"};
    tt_topic_sum *s = NULL;
    struct world w;
    (void)state;
    init(&w, 1);
    /* openai: 2019 1 of 2, 2020 2 of 4, 2021 0 of 1; the earliest of equal shares is 2019 */
    uint32_t a = issue(&w, "2020-06-01");
    part(&w, a, INTRO, 10, OPENAI, 2);
    part(&w, a, APPS, 10, OPENAI, 3); /* one issue, two sections */
    part(&w, issue(&w, "2019-03-01"), INTRO, 10, OPENAI, 1);
    part(&w, issue(&w, "2019-04-01"), INTRO, 10, 0, 1);
    part(&w, issue(&w, "2020-06-01"), INTRO, 10, OPENAI, 1);
    part(&w, issue(&w, "2020-07-01"), APPS, 10, 0, 1);
    issue(&w, "2020-08-01");
    part(&w, issue(&w, "2021-01-01"), INTRO, 10, 0, 2);
    part(&w, issue(&w, NULL), INTRO, 10, OPENAI, 7);
    part(&w, issue(&w, NULL), INTRO, 10, 1, 1);
    done(&w);
    assert_int_equal(sums(&w, NULL, &s), 3);
    assert_int_equal(s[0].topic, 0);
    assert_int_equal(s[0].peak_year, 2021);
    assert_int_equal(s[0].longest_gap, day("2020-07-01") - day("2019-04-01"));
    assert_int_equal(s[1].topic, 1); /* only undated */
    assert_int_equal(s[1].mentions, 1);
    assert_int_equal(s[1].issues_with, 1);
    assert_int_equal(s[1].first, TT_NO_DATE);
    assert_int_equal(s[1].last, TT_NO_DATE);
    assert_int_equal(s[1].peak_year, 0);
    assert_int_equal(s[1].longest_gap, -1);
    assert_int_equal(s[2].topic, OPENAI);
    assert_int_equal(s[2].mentions, 14);
    assert_int_equal(s[2].issues_with, 4);
    assert_int_equal(s[2].first, day("2019-03-01"));
    assert_int_equal(s[2].last, day("2020-06-01"));
    assert_int_equal(s[2].peak_year, 2019);
    assert_int_equal(s[2].longest_gap, day("2020-06-01") - day("2019-03-01"));
    assert_int_equal(sums(&w, &(tt_select){.topics = named, .n_topics = 2}, &s), 2);
    assert_int_equal(s[1].topic, 3);
    assert_int_equal(s[1].mentions, 0);
    assert_int_equal(s[1].peak_year, 0);
    /* in Apps alone: openai in 1 of 2 of 2020 */
    tt_select apps = {.sections = (const char *[]){"Apps"}, .n_sections = 1};
    assert_int_equal(sums(&w, &apps, &s), 2);
    assert_int_equal(s[1].mentions, 3);
    assert_int_equal(s[1].peak_year, 2020);
    assert_int_equal(s[1].longest_gap, -1); /* one issue */
    /* two issues of one day */
    tt_select june = {.has_from = true, .has_to = true, .from = day("2020-06-01"), .to = day("2020-06-30")};
    assert_int_equal(sums(&w, &june, &s), 1);
    assert_int_equal(s[0].longest_gap, 0);
    release(&w);
}

static void test_peak_is_the_highest_share(void **state)
{
    tt_topic_sum *s = NULL;
    struct world w;
    (void)state;
    init(&w, 1);
    for (int i = 0; i < 9; i++) /* 6 of 9, 3 of 4, 2 of 2 with no mention elsewhere */
        part(&w, issue(&w, "2019-03-01"), INTRO, 10, i < 6 ? OPENAI : 0, 1);
    for (int i = 0; i < 4; i++)
        part(&w, issue(&w, "2020-03-01"), INTRO, 10, i < 3 ? OPENAI : 0, 1);
    part(&w, issue(&w, "2021-03-01"), INTRO, 10, 1, 50);
    done(&w);
    assert_int_equal(sums(&w, NULL, &s), 3);
    assert_int_equal(s[0].peak_year, 2019); /* climate: 3/9 > 1/4 */
    assert_int_equal(s[2].peak_year, 2020); /* openai: 3/4 > 6/9 */
    release(&w);
}

/* ---- memory ---- */

static int without_memory(void)
{
    static const char *const names[] = {"Apps"};
    static const char *const not_names[] = {"(none)"};
    static struct world w; /* cells are made before memory ends */
    tt_select sel = {.sections = names, .n_sections = 1, .not_sections = not_names, .n_not_sections = 1};
    tt_filter f = {0};
    tt_series s;
    tt_topic_sum *v;
    size_t n;
    long left = fail_after;
    fail_after = -1;
    five(&w);
    done(&w);
    fail_after = left;
    int rc = tt_filter_make(&f, &w.facts, &sel, &w.arena, &w.err);
    for (int by = 0; by <= TT_BY_ISSUE && rc == 0; by++) {
        f.by = (tt_by)by;
        f.by_section = by % 2;
        rc = tt_series_make(&s, &w.facts, &f, &w.arena, &w.err);
    }
    if (rc == 0)
        rc = tt_topic_sums(&w.facts, &f, &w.arena, &v, &n, &w.err);
    assert_int_equal(rc, w.err.code);
    release(&w);
    return rc;
}

static void test_no_memory(void **state)
{
    (void)state;
    assert_true(fail_each(without_memory, TT_ENOMEM) > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_period_of_a_day),
        cmocka_unit_test(test_periods_follow_each_other),
        cmocka_unit_test(test_no_holes),
        cmocka_unit_test(test_complete),
        cmocka_unit_test(test_fewer_than_three_dated),
        cmocka_unit_test(test_cut_by_the_selection),
        cmocka_unit_test(test_numbers_of_a_point),
        cmocka_unit_test(test_low_n),
        cmocka_unit_test(test_without_words),
        cmocka_unit_test(test_by_section),
        cmocka_unit_test(test_section_filter),
        cmocka_unit_test(test_an_issue_without_words_or_parts_counts),
        cmocka_unit_test(test_zeros),
        cmocka_unit_test(test_nothing_dated),
        cmocka_unit_test(test_mentions_are_conserved),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_unknown_names),
        cmocka_unit_test(test_which_issues),
        cmocka_unit_test(test_topic_sums),
        cmocka_unit_test(test_peak_is_the_highest_share),
        cmocka_unit_test(test_no_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
