/* trend/pair, permute, change: days that are compared, p by permutation, verdicts. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "trend/change.h"
#include "trend/count.h"
#include "trend/pair.h"
#include "trend/permute.h"
#include "trend/series.h"
#include "fail_alloc.h"

/* ---- a small archive ---- */

enum { MAX = 64, N_TOPICS = 8 };

struct world {
    tt_issue issues[MAX];
    uint32_t order[MAX];
    tt_cells cells;
    tt_facts facts;
    tt_arena arena;
    tt_err err;
};

static const tt_str sections[] = {{"(none)", 6}, {"(intro)", 7}, {"(other)", 7}, {"News", 4}};
enum { INTRO = 1, NEWS = 3 };

static const tt_topic topics[N_TOPICS] = {{.id = {"down", 4}}, {.id = {"every", 5}}, {.id = {"few", 3}},
                                          {.id = {"flat", 4}}, {.id = {"gone", 4}},  {.id = {"one", 3}},
                                          {.id = {"up", 2}},   {.id = {"young", 5}}};
enum { DOWN, EVERY, FEW, FLAT, GONE, ONE, UP, YOUNG };

static int32_t day(const char *date)
{
    int32_t out = TT_NO_DATE;
    assert_int_equal(tt_date_parse_bound(date, false, &out), 0);
    return out;
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
    uint32_t i = (uint32_t)w->facts.n_issues++;
    assert_true(i < MAX);
    w->issues[i] = (tt_issue){.date = date ? day(date) : TT_NO_DATE, .number = -1};
    return i;
}

static void part(struct world *w, uint32_t i, uint32_t section, uint32_t words, uint32_t topic, uint32_t mentions)
{
    uint32_t nth;
    assert_int_equal(tt_cells_part(&w->cells, i, section, words, mentions, &nth), 0);
    assert_int_equal(tt_cells_add(&w->cells, i, nth, section, topic, mentions), 0);
}

static int by_date(const void *x, const void *y, void *ctx)
{
    const struct world *w = ctx;
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
    int64_t da = w->issues[a].date == TT_NO_DATE ? INT64_MAX : w->issues[a].date;
    int64_t db = w->issues[b].date == TT_NO_DATE ? INT64_MAX : w->issues[b].date;
    return da != db ? (da > db) - (da < db) : (a > b) - (a < b);
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
    if (tt_filter_make(&f, &w->facts, sel, &w->arena, &w->err) != 0)
        fail_msg("%s", w->err.text);
    return f;
}

static int try(struct world *w, const tt_select *sel, const char *earlier, const char *later, tt_comparison *out)
{
    tt_filter f = filter(w, sel);
    w->err = (tt_err){0};
    return tt_change_make(out, &w->facts, &f, earlier, later, &w->arena, &w->err);
}

static tt_comparison compare(struct world *w, const tt_select *sel, const char *earlier, const char *later)
{
    tt_comparison c = {0};
    if (try(w, sel, earlier, later, &c) != 0)
        fail_msg("%s", w->err.text);
    return c;
}

static const tt_change *row(const tt_comparison *c, uint32_t topic)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->v[i].topic == topic)
            return &c->v[i];
    fail_msg("no row for topic %u", topic);
    abort();
}

static void near(double got, double want)
{
    if (!(fabs(got - want) <= 1e-8))
        fail_msg("got %.12f, want %.12f", got, want);
}

/* ---- numbers ---- */

/* Five issues in 2019, five in 2020, and what would spoil them: one between that no side has, one undated. */
static void ten(struct world *w)
{
    static const char *const dates[10] = {"2019-01-06", "2019-04-07", "2019-07-07", "2019-10-06", "2019-12-22",
                                          "2020-01-05", "2020-04-05", "2020-07-05", "2020-10-04", "2020-12-20"};
    static const uint32_t words[10] = {100, 200, 150, 120, 130, 90, 110, 160, 140, 100};
    static const uint32_t mentions[N_TOPICS][10] = {
        [DOWN] = {4, 3, 2, 5, 3, 0, 1, 0, 0, 1}, [EVERY] = {1, 1, 1, 1, 1, 2, 2, 2, 2, 2},
        [FEW] = {1, 0, 0, 0, 0, 1, 1, 1, 0, 0},  [FLAT] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
        [GONE] = {0, 6, 0, 0, 0, 0, 0, 0, 0, 0}, [ONE] = {0, 0, 0, 0, 0, 0, 0, 9, 0, 0},
        [UP] = {0, 1, 0, 1, 0, 3, 2, 4, 1, 5},   [YOUNG] = {0, 0, 0, 0, 0, 1, 2, 0, 1, 3}};
    init(w, 90);
    for (size_t i = 10; i-- > 0;) { /* the order of reading is not that of dates */
        uint32_t at = issue(w, dates[i]);
        part(w, at, INTRO, words[i] - 40, 0, mentions[0][i]);
        for (uint32_t t = 1; t < N_TOPICS; t++)
            part(w, at, t % 2 ? NEWS : INTRO, t == 1 ? 40 : 0, t, mentions[t][i]);
    }
    part(w, issue(w, NULL), INTRO, 5000, UP, 100);
    part(w, issue(w, "2018-06-01"), INTRO, 5000, UP, 100);
    done(w);
}

/* Ratios, intervals and G2 by a program of its own from the formulas of change.h (G2: SciPy 1.17 power_divergence with
 * lambda_ "log-likelihood"); p by going through all 252 ways; adjusted by SciPy's false_discovery_control, which is R's
 * p.adjust (method "BH"). */
static void test_numbers(void **state)
{
    static const struct {
        uint32_t topic, mentions[2], issues_with[2];
        double log2_ratio, low, high, g2, of_252, p_adjusted;
        tt_verdict verdict;
    } cases[] = {
        {DOWN, {17, 2}, {5, 2}, -2.584962501, -4.496789553, -0.673135448, 11.353253851, 4, 7 / 189.0, TT_VERDICT_DOWN},
        {EVERY, {5, 10}, {5, 5}, 1.155278225, -0.333077116, 2.643633567, 2.558764800, 1, 7 / 252.0, TT_VERDICT_UP},
        {FLAT, {5, 5}, {5, 5}, 0.222392421, -1.482732832, 1.927517675, 0.059347355, 252, 1, TT_VERDICT_STEADY},
        {GONE, {6, 0}, {1, 0}, -3.478047297, -8.108883620, 1.152789026, 7.428470501, 252, 1, TT_VERDICT_GONE},
        {ONE, {0, 9}, {0, 1}, 4.470319935, -0.226031031, 9.166670900, 13.917417988, 126, 0.7, TT_VERDICT_NEW},
        {UP, {2, 15}, {2, 5}, 2.854660637, 0.914301017, 4.795020257, 13.356694538, 3, 7 / 189.0, TT_VERDICT_UP},
        {YOUNG, {0, 7}, {0, 4}, 4.129283017, -0.038481213, 8.297047247, 10.824658435, 6, 1 / 24.0, TT_VERDICT_NEW}};
    struct world w;
    (void)state;
    ten(&w);
    tt_comparison c = compare(&w, NULL, "2019", "2020");
    assert_int_equal(c.n, N_TOPICS);
    assert_int_equal(c.note.n, 0);
    assert_int_equal(c.side[0].words, 700);
    assert_int_equal(c.side[1].words, 600);
    for (int s = 0; s < 2; s++) {
        assert_int_equal(c.side[s].issues, 5);
        assert_int_equal(c.side[s].period.issues, 5);
        assert_true(c.side[s].period.complete && !c.side[s].cut);
    }
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const tt_change *v = row(&c, cases[i].topic);
        for (int s = 0; s < 2; s++) {
            assert_int_equal(v->mentions[s], cases[i].mentions[s]);
            assert_int_equal(v->issues_with[s], cases[i].issues_with[s]);
        }
        assert_true(v->has_ratio);
        near(v->log2_ratio, cases[i].log2_ratio);
        near(v->low, cases[i].low);
        near(v->high, cases[i].high);
        near(v->g2, cases[i].g2);
        near(v->p, cases[i].of_252 / 252);
        near(v->p_adjusted, cases[i].p_adjusted);
        assert_int_equal(v->verdict, cases[i].verdict);
    }
    const tt_change *few = row(&c, FEW);
    assert_int_equal(few->mentions[0] + few->mentions[1], 4);
    assert_false(few->has_ratio);
    assert_int_equal(few->verdict, TT_VERDICT_TOO_FEW);
    release(&w);
}

/* A family of one is not adjusted, p stays the same; a topic that never occurs is a row where it is named. */
static void test_named_topics(void **state)
{
    static const char *const up[] = {"up"}, *const both[] = {"few", "up"};
    struct world w;
    (void)state;
    ten(&w);
    tt_comparison c = compare(&w, &(tt_select){.topics = up, .n_topics = 1}, "2019", "2020");
    assert_int_equal(c.n, 1);
    near(c.v[0].p, 3 / 252.0);
    near(c.v[0].p_adjusted, 3 / 252.0);
    release(&w);
    init(&w, 90);
    part(&w, issue(&w, "2019-02-01"), INTRO, 10, UP, 1);
    part(&w, issue(&w, "2020-02-01"), INTRO, 10, UP, 1);
    done(&w);
    c = compare(&w, &(tt_select){.topics = both, .n_topics = 2}, "2019-02", "2020-02");
    assert_int_equal(c.n, 2);
    assert_int_equal(c.v[0].verdict, TT_VERDICT_TOO_FEW);
    assert_int_equal(compare(&w, NULL, "2019-02", "2020-02").n, 1);
    release(&w);
}

/* 5 issues on each side and 5 mentions in all are enough; 4 are not, and neither is a side without words. */
static void test_too_few(void **state)
{
    static const struct {
        uint32_t issues[2], words[2], mentions;
        bool enough;
    } cases[] = {{{5, 5}, {10, 10}, 5, true},  {{4, 5}, {10, 10}, 5, false}, {{5, 4}, {10, 10}, 5, false},
                 {{5, 5}, {10, 10}, 4, false}, {{5, 5}, {0, 10}, 5, false},  {{5, 5}, {10, 0}, 5, false},
                 {{5, 9}, {10, 10}, 5, true},  {{1, 1}, {10, 10}, 99, false}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct world w;
        char date[TT_DATE_SIZE];
        init(&w, 30);
        for (uint32_t s = 0; s < 2; s++)
            for (uint32_t k = 0; k < cases[i].issues[s]; k++) {
                snprintf(date, sizeof date, "20%d-0%d-15", 19 + (int)s, 1 + (int)(k % 9));
                part(&w, issue(&w, date), INTRO, cases[i].words[s], UP, s == 1 && k == 0 ? cases[i].mentions : 0);
            }
        part(&w, issue(&w, "2021-01-15"), INTRO, 10, 0, 0);
        part(&w, issue(&w, "2018-12-15"), INTRO, 10, 0, 0);
        done(&w);
        tt_comparison c = compare(&w, NULL, "2019", "2020");
        assert_int_equal(c.n, 1);
        assert_int_equal(c.v[0].has_ratio, cases[i].enough);
        assert_int_equal(c.v[0].verdict, cases[i].enough ? TT_VERDICT_NEW : TT_VERDICT_TOO_FEW);
        release(&w);
    }
}

/* What `trends` says of the same days. */
static void test_agrees_with_series(void **state)
{
    static const char *const news[] = {"news"};
    static const tt_select cases[] = {
        {0}, {.sections = news, .n_sections = 1}, {.not_sections = news, .n_not_sections = 1}};
    struct world w;
    (void)state;
    ten(&w);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_comparison c = compare(&w, &cases[i], "2019", "2020");
        size_t n = 0;
        assert_true(c.n > 0);
        for (int s = 0; s < 2; s++) {
            tt_select sel = cases[i];
            tt_series series = {0};
            sel.has_from = sel.has_to = true;
            sel.from = c.side[s].period.start;
            sel.to = c.side[s].period.end;
            tt_filter f = filter(&w, &sel);
            assert_int_equal(tt_series_make(&series, &w.facts, &f, &w.arena, &w.err), 0);
            for (size_t k = 0; k < series.n_points; k++) {
                const tt_point *p = &series.points[k];
                const tt_change *v = row(&c, p->topic);
                assert_int_equal(v->mentions[s], p->mentions);
                assert_int_equal(v->issues_with[s], p->issues_with);
                assert_int_equal(c.side[s].issues, p->issues);
                assert_int_equal(c.side[s].words, p->words);
                n++;
            }
        }
        assert_true(n > c.n);
    }
    release(&w);
}

/* An issue without any of the named sections takes no part. */
static void test_sections(void **state)
{
    static const char *const news[] = {"News"};
    struct world w;
    (void)state;
    init(&w, 30);
    part(&w, issue(&w, "2019-02-01"), INTRO, 10, UP, 1);
    part(&w, issue(&w, "2019-02-02"), NEWS, 7, UP, 2);
    part(&w, issue(&w, "2020-02-01"), NEWS, 5, UP, 3);
    done(&w);
    tt_comparison c = compare(&w, &(tt_select){.sections = news, .n_sections = 1}, "2019-02", "2020-02");
    assert_int_equal(c.side[0].issues, 1);
    assert_int_equal(c.side[0].words, 7);
    assert_int_equal(c.v[0].mentions[0], 2);
    c = compare(&w, NULL, "2019-02", "2020-02");
    assert_int_equal(c.side[0].issues, 2);
    assert_int_equal(c.side[0].words, 17);
    assert_int_equal(c.v[0].mentions[0], 3);
    release(&w);
}

/* ---- p by permutation ---- */

enum { MOST_ISSUES = 40 };

/* One topic with these mentions: the first n_first issues are the first side. */
static double p_of(const uint32_t *mentions, uint32_t n, uint32_t n_first, uint64_t words, uint64_t other)
{
    tt_dealt hits[MOST_ISSUES];
    size_t first[MOST_ISSUES + 1], k = 0;
    double p = -1;
    for (uint32_t i = 0; i < n; i++) {
        first[i] = k;
        if (mentions[i])
            hits[k++] = (tt_dealt){0, mentions[i]};
    }
    first[n] = k;
    const tt_permute_in in = {n, n_first, {words, other}, first, hits, 1};
    assert_int_equal(tt_permute(&in, &p), 0);
    return p;
}

/* By going through all 462 ways to choose 5 of 11 in a program of its own, with G2 by SciPy. */
static void test_all_ways(void **state)
{
    static const struct {
        uint32_t mentions[11], ways;
    } cases[] = {{{0, 1, 0, 1, 0, 3, 2, 4, 1, 5, 1}, 10},  {{4, 3, 2, 5, 3, 0, 1, 0, 0, 1, 1}, 1},
                 {{0, 0, 0, 0, 0, 1, 2, 0, 1, 3, 1}, 7},   {{0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 336},
                 {{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, 462}, {{0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 1}, 210},
                 {{1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 1}, 37},  {{1, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1}, 112}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t turned[11]; /* the smaller side may be the second one: nothing changes */
        for (size_t k = 0; k < 11; k++)
            turned[k] = cases[i].mentions[(k + 5) % 11];
        near(p_of(cases[i].mentions, 11, 5, 700, 910), cases[i].ways / 462.0);
        near(p_of(turned, 11, 6, 910, 700), cases[i].ways / 462.0);
    }
}

/* With equal sides a way and its mirror image are equal, whatever rounding says: p of one topic in one issue is 1, and
 * that of all in three of ten issues on one side is 2 * 21 / 252. */
static void test_mirror_images_are_equal(void **state)
{
    (void)state;
    for (uint32_t m = 5; m < 4000000000u; m = m * 3 + 1) {
        const uint32_t one[10] = {m}, three[10] = {m / 3, m / 3, m / 3};
        near(p_of(one, 10, 5, 12345, 12345), 1);
        near(p_of(three, 10, 5, 12345, 12345), 2 * 21 / 252.0);
    }
}

/* 646 646 ways to choose 10 of 22 are too many. 0.0635 by a program of its own with the same numbers of SplitMix64; all ways
 * give 0.0614386. 15 issues have 6435 ways, 16 have 12870: the first p is a multiple of 1 / 6435, the second of 1 / 10000. */
static void test_random_ways(void **state)
{
    static const uint32_t many[22] = {0, 1, 0, 2, 0, 0, 1, 0, 3, 0, 2, 0, 4, 1, 1, 0, 3, 2, 0, 5, 1, 2};
    static const uint32_t some[16] = {0, 0, 1, 0, 0, 1, 0, 0, 2, 1, 3, 0, 1, 2, 0, 1};
    (void)state;
    double p = p_of(many, 22, 10, 1315, 1110); /* exactly 0.06143856: stops once it has enough */
    near(TT_PERMUTE_ENOUGH / p, round(TT_PERMUTE_ENOUGH / p));
    assert_true(TT_PERMUTE_ENOUGH / p < TT_PERMUTE_MOST);
    assert_true(fabs(p - 0.06143856143856144) < 3 * 0.06143856143856144 / sqrt(TT_PERMUTE_ENOUGH));
    p = p_of(some, 15, 8, 800, 700);
    near(p * 6435, round(p * 6435));
    assert_true(fabs(p * 10000 - round(p * 10000)) > 1e-6);
    p = p_of(some, 16, 8, 800, 800);
    near(TT_PERMUTE_ENOUGH / p, round(TT_PERMUTE_ENOUGH / p));
    assert_true(fabs(p * 12870 - round(p * 12870)) > 1e-6);
}

/* What is visited in all is bounded, but for the least number of permutations. */
static void test_work_is_bounded(void **state)
{
    static const struct {
        size_t n_topics;
        double n; /* permutations */
    } cases[] = {{1000, TT_PERMUTE_MOST}, {40000, 4994}, {250000, TT_PERMUTE_LEAST}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_dealt hits[24];
        size_t first[25];
        double *p = tt_calloc(cases[i].n_topics, sizeof *p);
        assert_non_null(p);
        for (uint32_t k = 0; k < 24; k++) {
            first[k] = k;
            hits[k] = (tt_dealt){0, k};
        }
        first[24] = 24;
        const tt_permute_in in = {24, 12, {1000, 1000}, first, hits, cases[i].n_topics};
        assert_int_equal(tt_permute(&in, p), 0);
        assert_true(p[0] > 0 && p[0] <= 1 / (1 + cases[i].n) * 20);
        near(p[0] * (1 + cases[i].n), round(p[0] * (1 + cases[i].n)));
        near(p[cases[i].n_topics - 1], 1); /* a topic without mentions */
        tt_free(p);
    }
}

/* ---- which days ---- */

static void days(struct world *w, double median, const char *const *dates)
{
    init(w, median);
    for (size_t i = 0; dates[i]; i++)
        part(w, issue(w, dates[i]), INTRO, 10, UP, 1);
    done(w);
}

static void expect_days(const tt_side_of_change *side, const char *want)
{
    char start[TT_DATE_SIZE], end[TT_DATE_SIZE], got[64];
    tt_day_format(side->period.start, start);
    tt_day_format(side->period.end, end);
    snprintf(got, sizeof got, "%s %s%s", start, end, side->cut ? " cut" : "");
    assert_string_equal(got, want);
}

static void test_the_same_days(void **state)
{
    static const char *const whole[] = {"2019-01-01", "2019-06-15", "2019-12-31", "2020-01-01", "2020-02-28",
                                        "2020-02-29", "2020-03-01", "2020-06-15", "2020-12-31", "2021-01-01",
                                        "2021-03-01", "2021-12-31", NULL};
    static const char *const part_of[] = {"2018-11-25", "2019-01-20", "2019-06-15", "2019-12-20", "2020-02-10",
                                          "2020-12-20", "2021-02-10", "2021-10-10", NULL};
    static const char *const leap[] = {"2020-02-29", "2020-08-01", "2021-03-01", "2021-08-01", "2021-12-31", NULL};
    static const int in_2020[] = {2019, 2020};
    /* clang-format off */
    const struct {
        const char *name, *const *dates;
        double median;
        const char *from, *to;
        const int *years;
        const char *labels[2], *want[2], *note;
    } cases[] = {
        {"both complete", whole, 100, NULL, NULL, NULL, {"2019", "2020"},
         {"2019-01-01 2019-12-31", "2020-01-01 2020-12-31"}, ""},
        {"bounds at the edges", whole, 100, "2019-01-01", "2020-12-31", NULL, {"2019", "2020"},
         {"2019-01-01 2019-12-31", "2020-01-01 2020-12-31"}, ""},
        {"years apart", whole, 100, NULL, NULL, NULL, {"2019", "2021"},
         {"2019-01-01 2019-12-31", "2021-01-01 2021-12-31"}, ""},
        {"the archive's end", part_of, 20, NULL, NULL, NULL, {"2020", "2021"},
         {"2020-01-01 2020-10-10 cut", "2021-01-01 2021-10-10"},
         "2021 runs to 10 October 2021: compared with 1 January to 10 October 2020"},
        {"the archive's beginning", part_of, 20, NULL, NULL, NULL, {"2018", "2019"},
         {"2018-11-25 2018-12-31", "2019-11-25 2019-12-31 cut"},
         "2018 begins on 25 November 2018: compared with 25 November to 31 December 2019"},
        {"an end that is near enough", part_of, 100, NULL, NULL, NULL, {"2020", "2021"},
         {"2020-01-01 2020-12-31", "2021-01-01 2021-12-31"}, ""},
        {"--to", whole, 100, NULL, "2020-06-30", NULL, {"2019", "2020"},
         {"2019-01-01 2019-06-30 cut", "2020-01-01 2020-06-30"},
         "2020 runs to 30 June 2020: compared with 1 January to 30 June 2019"},
        {"--to beyond the last issue", part_of, 20, NULL, "2021-11-30", NULL, {"2020", "2021"},
         {"2020-01-01 2020-10-10 cut", "2021-01-01 2021-10-10"},
         "2021 runs to 10 October 2021: compared with 1 January to 10 October 2020"},
        {"--from", whole, 100, "2019-03-01", NULL, NULL, {"2019", "2020"},
         {"2019-03-01 2019-12-31", "2020-03-01 2020-12-31 cut"},
         "2019 begins on 1 March 2019: compared with 1 March to 31 December 2020"},
        {"--from and --to", whole, 100, "2019-03-01", "2020-06-30", NULL, {"2019", "2020"},
         {"2019-03-01 2019-06-30 cut", "2020-03-01 2020-06-30 cut"},
         "2019 begins on 1 March 2019 and 2020 runs to 30 June 2020: compared are 1 March to 30 June 2019 and 1 March to "
         "30 June 2020"},
        {"a bound at the edge of a quarter", whole, 100, NULL, "2020-06-30", NULL, {"2020-Q1", "2020-Q2"},
         {"2020-01-01 2020-03-31", "2020-04-01 2020-06-30"}, ""},
        {"an end on 29 February", whole, 100, NULL, "2020-02-29", NULL, {"2019", "2020"},
         {"2019-01-01 2019-02-28 cut", "2020-01-01 2020-02-29"},
         "2020 runs to 29 February 2020: compared with 1 January to 28 February 2019"},
        {"an end on 28 February", whole, 100, NULL, "2021-02-28", NULL, {"2020", "2021"},
         {"2020-01-01 2020-02-28 cut", "2021-01-01 2021-02-28"},
         "2021 runs to 28 February 2021: compared with 1 January to 28 February 2020"},
        {"a beginning on 29 February", leap, 1, NULL, NULL, NULL, {"2020", "2021"},
         {"2020-02-29 2020-12-31", "2021-03-01 2021-12-31 cut"},
         "2020 begins on 29 February 2020: compared with 1 March to 31 December 2021"},
        {"quarters by days", whole, 100, NULL, "2020-03-10", NULL, {"2019-Q1", "2020-Q1"},
         {"2019-01-01 2019-03-11 cut", "2020-01-01 2020-03-10"},
         "2020-Q1 runs to 10 March 2020: compared with 1 January to 11 March 2019"},
        {"quarters of other lengths", whole, 100, NULL, "2020-12-31", NULL, {"2020-Q1", "2020-Q4"},
         {"2020-01-01 2020-03-31", "2020-10-01 2020-12-31"}, ""},
        {"months", whole, 100, NULL, "2020-06-20", NULL, {"2019-06", "2020-06"},
         {"2019-06-01 2019-06-20 cut", "2020-06-01 2020-06-20"},
         "2020-06 runs to 20 June 2020: compared with 1 June to 20 June 2019"},
        {"months of other lengths", whole, 100, NULL, "2020-12-31", NULL, {"2020-02", "2020-12"},
         {"2020-02-01 2020-02-29", "2020-12-01 2020-12-31"}, ""},
        {"to a day that February lacks", whole, 100, NULL, "2021-03-30", NULL, {"2020-02", "2021-03"},
         {"2020-02-01 2020-02-29", "2021-03-01 2021-03-30"},
         "2021-03 runs to 30 March 2021: compared with 1 February to 29 February 2020"},
        {"weeks", whole, 100, NULL, NULL, NULL, {"2020-W01", "2020-W53"},
         {"2019-12-30 2020-01-05", "2020-12-28 2021-01-03"}, ""},
        {"a week that --year cuts", whole, 100, NULL, NULL, in_2020, {"2020-W01", "2020-W53"},
         {"2019-12-30 2020-01-02 cut", "2020-12-28 2020-12-31"},
         "2020-W53 runs to 31 December 2020: compared with 30 December 2019 to 2 January 2020"},
        {"a single day", whole, 100, NULL, "2020-01-01", NULL, {"2019", "2020"},
         {"2019-01-01 2019-01-01 cut", "2020-01-01 2020-01-01"},
         "2020 runs to 1 January 2020: compared with 1 January 2019"},
        {"small letters", whole, 100, NULL, NULL, NULL, {"2020-q1", "2020-q2"},
         {"2020-01-01 2020-03-31", "2020-04-01 2020-06-30"}, ""},
    };
    /* clang-format on */
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct world w;
        tt_select sel = {.years = cases[i].years, .n_years = cases[i].years ? 2 : 0};
        sel.has_from = cases[i].from != NULL;
        sel.has_to = cases[i].to != NULL;
        sel.from = sel.has_from ? day(cases[i].from) : 0;
        sel.to = sel.has_to ? day(cases[i].to) : 0;
        days(&w, cases[i].median, cases[i].dates);
        tt_comparison c = compare(&w, &sel, cases[i].labels[0], cases[i].labels[1]);
        for (int s = 0; s < 2; s++)
            expect_days(&c.side[s], cases[i].want[s]);
        assert_string_equal(c.note.p, cases[i].note);
        release(&w);
    }
}

static void test_refused(void **state)
{
    static const char *const dates[] = {"2018-11-25", "2019-03-01", "2019-06-15", "2019-09-01",
                                        "2020-03-01", "2020-06-15", "2021-03-10", NULL};
    static const struct {
        const char *earlier, *later, *want;
    } cases[] = {
        {"19", "2020", "`19` is no period; periods are written 2019, 2020-Q3, 2020-07 or 2020-W28"},
        {"2019", "2020-Q5", "`2020-Q5` is no period; periods are written 2019, 2020-Q3, 2020-07 or 2020-W28"},
        {"2019", "2020-Q0", "`2020-Q0` is no period; periods are written 2019, 2020-Q3, 2020-07 or 2020-W28"},
        {"2019", "2020-Q12", "`2020-Q12` is no period; periods are written 2019, 2020-Q3, 2020-07 or 2020-W28"},
        {"2019", "2020-13", "`2020-13` is no period; periods are written 2019, 2020-Q3, 2020-07 or 2020-W28"},
        {"2019", "2020-1", "`2020-1` is no period; periods are written 2019, 2020-Q3, 2020-07 or 2020-W28"},
        {"2019", "2020-01-01", "`2020-01-01` is no period; periods are written 2019, 2020-Q3, 2020-07 or 2020-W28"},
        {"2019", "2019-W53", "`2019-W53` is no period; periods are written 2019, 2020-Q3, 2020-07 or 2020-W28"},
        {"2019", "2019-W00", "`2019-W00` is no period; periods are written 2019, 2020-Q3, 2020-07 or 2020-W28"},
        {"2019", "0000", "`0000` is no period; periods are written 2019, 2020-Q3, 2020-07 or 2020-W28"},
        {"", "2020", "`` is no period; periods are written 2019, 2020-Q3, 2020-07 or 2020-W28"},
        {"2019", "2020-W53", "2019 is a year and 2020-W53 is a week; two periods of one kind can be compared"},
        {"2019-Q1", "2020-01", "2019-Q1 is a quarter and 2020-01 is a month; two periods of one kind can be compared"},
        {"2019", "2019", "2019 cannot be compared with itself"},
        {"2020", "2019", "the earlier period comes first: --change 2019..2020"},
        {"2018", "2021",
         "2018 begins on 25 November 2018 and 2021 runs to 10 March 2021, so that they have no days in common; name "
         "other periods"},
        {"2018", "2019",
         "2019 cannot be compared: no issue of the selection lies in 25 November to 31 December 2019; there are issues "
         "from 25 November 2018 to 10 March 2021"},
        {"2017", "2020",
         "2017 cannot be compared: no issue of the selection lies in 1 January to 31 December 2017; there are issues "
         "from 25 November 2018 to 10 March 2021"},
        {"2020", "9999",
         "9999 cannot be compared: no issue of the selection lies in 1 January to 31 December 9999; there are issues "
         "from 25 November 2018 to 10 March 2021"},
    };
    struct world w;
    (void)state;
    days(&w, 10, dates);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_comparison c;
        assert_int_equal(try(&w, NULL, cases[i].earlier, cases[i].later, &c), TT_EUSAGE);
        assert_string_equal(w.err.text, cases[i].want);
    }
    release(&w);
}

/* ---- without labels ---- */

static void test_the_last_two_complete_years(void **state)
{
    static const char *const gap[] = {"2018-01-01", "2018-06-01", "2020-06-01", "2021-01-01", "2022-03-01", NULL};
    static const char *const two[] = {"2020-01-01", "2020-06-01", "2021-06-01", "2021-12-31", NULL};
    struct world w;
    (void)state;
    ten(&w);
    tt_comparison c = compare(&w, NULL, NULL, NULL);
    expect_days(&c.side[0], "2019-01-01 2019-12-31");
    expect_days(&c.side[1], "2020-01-01 2020-12-31");
    release(&w);
    days(&w, 10, gap); /* 2022 is not complete, 2019 has no issue */
    c = compare(&w, NULL, NULL, NULL);
    expect_days(&c.side[0], "2020-01-01 2020-12-31");
    expect_days(&c.side[1], "2021-01-01 2021-12-31");
    c = compare(&w, &(tt_select){.has_to = true, .to = day("2020-12-31")}, NULL, NULL);
    expect_days(&c.side[0], "2018-01-01 2018-12-31");
    expect_days(&c.side[1], "2020-01-01 2020-12-31");
    release(&w);
    days(&w, 10, two);
    c = compare(&w, &(tt_select){.by = TT_BY_MONTH}, NULL, NULL); /* of years whatever `by` says */
    assert_string_equal(c.side[0].period.name.p, "2020");
    release(&w);
}

static void test_no_two_complete_years(void **state)
{
    static const char *const late[] = {"2019-11-25", "2020-06-01", "2021-03-01", "2021-10-10", NULL};
    static const char *const one[] = {"2020-01-01", "2020-05-01", "2020-08-01", "2020-12-31", NULL};
    static const char *const apart[] = {"2019-12-20", "2019-12-27", "2020-01-03", "2020-01-10", NULL};
    static const char *const single[] = {"2020-06-01", "2020-06-01", "2020-06-01", NULL};
    static const char *const hole[] = {"2019-11-03", "2019-12-01", "2020-01-05", "2020-02-02", NULL};
    static const char *const undated[] = {NULL};
    static const struct {
        const char *const *dates;
        const char *want;
    } cases[] = {
        {late,
         "there are no two complete years to compare: 2019 begins on 25 November 2019, 2020 is complete, 2021 runs to "
         "10 October 2021; name two periods, for example --change 2020..2021"},
        {one, "there are no two complete years to compare: 2020 is complete; name two periods, for example --change "
              "2020-Q3..2020-Q4"},
        {apart,
         "there are no two complete years to compare: 2019 begins on 20 December 2019, 2020 runs to 10 January 2020; "
         "name two periods, for example --change 2020-W01..2020-W02"},
        {hole, "there are no two complete years to compare: 2019 begins on 3 November 2019, 2020 runs to 2 February "
               "2020; name two periods, for example --change 2020-W01..2020-W05"},
        {single, "there are no two complete years to compare: 2020 has only 1 June 2020"},
        {undated, "no issue of the selection has a date, so that no periods can be compared"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct world w;
        tt_comparison c;
        days(&w, 3, cases[i].dates);
        part(&w, issue(&w, NULL), INTRO, 10, UP, 1);
        done(&w);
        assert_int_equal(try(&w, NULL, NULL, NULL, &c), TT_EUSAGE);
        assert_string_equal(w.err.text, cases[i].want);
        release(&w);
    }
}

/* ---- limits ---- */

static void test_sums_that_do_not_fit(void **state)
{
    (void)state;
    for (uint32_t more = 0; more < 2; more++) {
        struct world w;
        tt_comparison c;
        init(&w, 1);
        part(&w, issue(&w, "2019-02-01"), INTRO, 10, UP, UINT32_MAX - 1);
        part(&w, issue(&w, "2020-02-01"), INTRO, 10, UP, 1 + more);
        done(&w);
        assert_int_equal(try(&w, NULL, "2019-02", "2020-02", &c), more ? TT_ELIMIT : 0);
        release(&w);
    }
}

static int make_it(void)
{
    struct world w;
    tt_comparison c;
    long kept = fail_after;
    fail_after = -1;
    ten(&w);
    tt_filter f = filter(&w, NULL);
    tt_arena arena = {0};
    fail_after = kept;
    int rc = tt_change_make(&c, &w.facts, &f, NULL, NULL, &arena, &w.err);
    tt_arena_release(&arena);
    release(&w);
    return rc;
}

/* The longest way to a refusal: it looks for an example to give. */
static int refuse_it(void)
{
    static const char *const apart[] = {"2019-12-20", "2019-12-27", "2020-01-03", "2020-01-10", NULL};
    struct world w;
    tt_comparison c;
    long kept = fail_after;
    fail_after = -1;
    days(&w, 3, apart);
    tt_filter f = filter(&w, NULL);
    tt_arena arena = {0};
    fail_after = kept;
    int rc = tt_change_make(&c, &w.facts, &f, NULL, NULL, &arena, &w.err);
    tt_arena_release(&arena);
    release(&w);
    return rc == TT_EUSAGE ? 0 : rc;
}

static void test_no_memory(void **state)
{
    (void)state;
    assert_true(fail_each(make_it, TT_ENOMEM) > 10);
    assert_true(fail_each(refuse_it, TT_ENOMEM) > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_named_topics),
        cmocka_unit_test(test_too_few),
        cmocka_unit_test(test_agrees_with_series),
        cmocka_unit_test(test_sections),
        cmocka_unit_test(test_all_ways),
        cmocka_unit_test(test_mirror_images_are_equal),
        cmocka_unit_test(test_random_ways),
        cmocka_unit_test(test_work_is_bounded),
        cmocka_unit_test(test_the_same_days),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_the_last_two_complete_years),
        cmocka_unit_test(test_no_two_complete_years),
        cmocka_unit_test(test_sums_that_do_not_fit),
        cmocka_unit_test(test_no_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
