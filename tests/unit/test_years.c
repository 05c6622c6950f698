/* report/charts_year: which charts a year has, what their titles dare to say, that each script runs. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "fail_alloc.h"
#include "report/charts.h"
#include "report/draw.h"
#include "report_world.h"

#define NB "\u00A0"
#define NN "\u202F"

static char folder[] = "/tmp/tagtrend-years-XXXXXX";

struct made {
    tt_world w;
    tt_summary summary;
    tt_year_charts *years;
    size_t n_years;
};

static struct made made;

static int make(size_t n, size_t undated, size_t n_topics, const tt_select *sel)
{
    memset(&made, 0, sizeof made);
    int rc = world_make(&made.w, n, undated, n_topics, sel, NULL);
    if (rc == 0)
        rc = tt_summary_make(&made.summary, &made.w.in, &made.w.arena, NULL);
    if (rc == 0)
        rc = tt_year_charts_make(&made.years, &made.n_years, &made.summary, &made.w.in, &made.w.arena, NULL);
    return rc;
}

static const tt_figure *figure(size_t year, const char *name)
{
    for (size_t i = 0; i < made.years[year].n; i++)
        if (strcmp(made.years[year].v[i].name, name) == 0)
            return &made.years[year].v[i];
    fail_msg("no figure %s", name);
    return NULL;
}

static void has(tt_str text, const char *what)
{
    if (!text.n || !memmem(text.p, text.n, what, strlen(what)))
        fail_msg("`%.*s` lacks `%s`", (int)text.n, text.p, what);
}

static void lacks(tt_str text, const char *what)
{
    if (text.n && memmem(text.p, text.n, what, strlen(what)))
        fail_msg("`%.*s` has `%s`", (int)text.n, text.p, what);
}

static void cell(const tt_figure *f, size_t row, size_t column, const char *want)
{
    assert_true(row < f->n_rows && column < f->n_columns);
    tt_str got = f->cells[row * f->n_columns + column];
    if (!tt_str_is(got, want))
        fail_msg("%s: cell %zu,%zu is `%.*s`, not `%s`", f->name, row, column, (int)got.n, got.p, want);
}

/* Every figure of every year: a title, and either a script with words and a table, or a reason. */
static void check_form(void)
{
    for (size_t y = 0; y < made.n_years; y++) {
        assert_true(y == 0 || made.years[y - 1].year < made.years[y].year);
        for (size_t i = 0; i < made.years[y].n; i++) {
            const tt_figure *f = &made.years[y].v[i];
            assert_string_equal(f->name, tt_year_figure_name(i));
            assert_true(f->title.n > 0);
            assert_true((f->script.n == 0) == (f->why.n != 0));
            assert_int_equal(made.years[y].svgs[i].n, 0);
            if (!f->script.n)
                continue;
            assert_true(f->caption.n && f->alt.n && f->csv && f->n_rows > 1 && f->n_columns > 1);
            assert_true(f->head > 0 && f->head < 250);
            for (size_t k = 0; k < f->n_rows * f->n_columns; k++)
                assert_non_null(f->cells[k].p);
        }
        assert_null(tt_year_figure_name(made.years[y].n));
    }
}

/* 30 issues, one a month: topic a in all, b in every second, c in every third … */
static void test_words(void **state)
{
    (void)state;
    assert_int_equal(make(30, 0, WORLD_TOPICS, NULL), 0);
    assert_int_equal(made.n_years, 3);
    check_form();
    const tt_figure *f = figure(1, "top-topics");
    has(f->title, " led 2020: in 12 of 12 issues");
    has(f->caption, "12 issues of 2020");
    has(f->caption, "hollow: 2019 (12 issues)");
    cell(f, 1, 1, "12");
    cell(f, 1, 3, "100" NB "%");
    cell(f, 2, 0, "OpenAI");
    cell(f, 2, 1, "6");
    cell(f, 2, 4, "25" NB "% to 75" NB "%"); /* Wilson, 6 of 12 */
    cell(f, 2, 5, "6");
    f = figure(2, "top-topics"); /* January to June 2021, against the same days of 2020 */
    has(f->title, " was in 6 of 6 issues of 2021, OpenAI in 3: no clear lead");
    has(f->caption, "2021 is incomplete: it runs to 3 June.");
    has(f->caption, "hollow: 2020 to 3 June (6 issues)");
    cell(f, 1, 6, "6");
    f = figure(0, "top-topics");
    has(f->caption, "It is the first year of the archive.");
    assert_int_equal(f->n_columns, 5);
    f = figure(1, "top-topics-rate");
    has(f->title, "mentions per 10" NN "000 words");
    cell(f, 0, 3, "Per 10" NN "000 words");
    f = figure(1, "topics-by-month");
    has(f->title, " came in every month of 2020");
    assert_int_equal(f->n_columns, 13);
    cell(f, 1, 1, "1 of 1");
    f = figure(1, "issue-length");
    has(f->title, "The median issue of 2020 had 356 words, 11" NB "% more than in 2019");
    f = figure(2, "issue-length");
    has(f->caption, "2021 is incomplete");
    has(f->caption, "Hatched: later days.");
    has(f->script, "'no data'");
    lacks(figure(1, "issue-length")->script, "'no data'");
    has(f->title, " had 383 words, 10" NB "% more than in 2020 to 3 June"); /* 303 + 3i: i 24 to 29, 12 to 17 */
    f = figure(1, "section-mix");
    assert_int_equal(f->n_rows, 13);
    assert_int_equal(f->n_columns, 3 + 8);
    cell(f, 0, 10, "5 other sections");
    f = figure(1, "topics-by-section");
    has(f->caption, "by section.");
    world_release(&made.w);
}

/* Equal shares have equal ranks, said with =; of one type alone. */
static void test_ranks(void **state)
{
    (void)state;
    assert_int_equal(make(30, 0, WORLD_TOPICS, NULL), 0);
    const tt_figure *f = figure(1, "organizations"); /* b in 6, c in 4 of 12 */
    has(f->title, "OpenAI was in 6 of 12 issues of 2020, _a^b {/Bold x} in 4: no clear lead among the organizations");
    assert_int_equal(f->n_rows, 3);
    assert_int_equal(f->n_columns, 3 + 3);
    cell(f, 0, 5, "Rank in 2021*");
    cell(f, 1, 4, "1");
    cell(f, 2, 4, "2");
    f = figure(1, "people"); /* d in 3, e in 2, f in 2 of 12 */
    assert_int_equal(f->n_rows, 4);
    cell(f, 1, 4, "1");
    cell(f, 2, 4, "=2");
    cell(f, 3, 4, "=2");
    f = figure(1, "models");
    assert_true(tt_str_is(f->why, "only one topic of the type model occurs in 2020"));
    world_release(&made.w);
    assert_int_equal(make(12, 0, WORLD_TOPICS, NULL), 0); /* one year: bars */
    f = figure(0, "organizations");
    has(f->caption, "Share of the 12 issues of 2019");
    assert_int_equal(f->n_columns, 3 + 1);
    world_release(&made.w);
}

static void test_links(void **state)
{
    (void)state;
    assert_int_equal(make(30, 0, 3, NULL), 0);
    const tt_figure *f = figure(1, "most-linked-sites"); /* own.org leads to issues: it is left out */
    has(f->title, "Most linked in 2020: x.org, from 12 of 12 issues");
    lacks(f->title, "no clear lead");
    assert_int_equal(f->n_rows, 3);
    cell(f, 2, 0, WORLD_NAME);
    cell(f, 2, 2, "6");
    f = figure(1, "issues-referred-to");
    has(f->title, "Most referred to in 2020: #0, from 4 of 12 issues");
    has(f->caption, "not in the archive is left out");
    assert_int_equal(f->n_rows, 2);
    world_release(&made.w);
    assert_int_equal(make(12, 0, 3, NULL), 0);
    made.w.facts.n_links = 0;
    assert_int_equal(tt_year_charts_make(&made.years, &made.n_years, &made.summary, &made.w.in, &made.w.arena, NULL),
                     0);
    assert_true(tt_str_is(figure(0, "most-linked-sites")->why, "no issue of 2019 links a site"));
    assert_true(tt_str_is(figure(0, "issues-referred-to")->why, "no issue of 2019 refers to another"));
    world_release(&made.w);
}

/* A topic that comes, one that goes. */
static void test_risers(void **state)
{
    (void)state;
    assert_int_equal(make(24, 0, 2, NULL), 0);
    tt_change v[4] = {{.topic = 0,
                       .mentions = {2, 40},
                       .issues_with = {2, 12},
                       .has_ratio = true,
                       .log2_ratio = 4,
                       .low = 2,
                       .high = 6,
                       .g2 = 30,
                       .p = 0.001,
                       .p_adjusted = 0.002,
                       .verdict = TT_VERDICT_UP},
                      {.topic = 1,
                       .mentions = {9, 0},
                       .issues_with = {6, 0},
                       .has_ratio = true,
                       .log2_ratio = -4,
                       .low = -8,
                       .high = -1,
                       .g2 = 20,
                       .p = 0.001,
                       .p_adjusted = 0.002,
                       .verdict = TT_VERDICT_GONE}};
    made.w.changes[1].v = v;
    made.w.changes[1].n = 2;
    made.w.changes[1].side[0].words = made.w.changes[1].side[1].words = 10000;
    assert_int_equal(tt_year_charts_make(&made.years, &made.n_years, &made.summary, &made.w.in, &made.w.arena, NULL),
                     0);
    const tt_figure *f = figure(1, "risers-and-fallers");
    has(f->title, " rose most clearly in 2020: 1 topic rose, 1 is gone");
    assert_int_equal(f->n_rows, 3);
    cell(f, 1, 1, "up");
    cell(f, 1, 3, "2");
    cell(f, 1, 5, "40");
    cell(f, 1, 6, "4 to 64");
    cell(f, 2, 1, "gone");
    has(f->script, "gone");
    has(f->caption, "at the right: before → now");
    has(f->caption, ". Up and down: beyond");
    /* two that are new: a lead is said where the intervals do not meet, else the most mentions, if one has them */
    static const struct {
        double high;
        uint32_t mentions;
        const char *title;
    } cases[] = {{1, 40, " led the newcomers of 2020: 2 topics are new"},
                 {2, 39, "2 topics are new in 2020; most mentions of the new: \">"},
                 {2, 40, "2 topics are new in 2020"}};
    v[0].verdict = v[1].verdict = TT_VERDICT_NEW;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        v[1].high = cases[i].high;
        v[1].mentions[1] = cases[i].mentions;
        assert_int_equal(
            tt_year_charts_make(&made.years, &made.n_years, &made.summary, &made.w.in, &made.w.arena, NULL), 0);
        f = figure(1, "risers-and-fallers");
        has(f->title, cases[i].title);
        assert_int_equal(i == 2, tt_str_ends(f->title, TT_S("in 2020")));
        lacks(f->caption, "at the right");
    }
    v[0].verdict = v[1].verdict = TT_VERDICT_STEADY;
    assert_int_equal(tt_year_charts_make(&made.years, &made.n_years, &made.summary, &made.w.in, &made.w.arena, NULL),
                     0);
    assert_true(tt_str_is(figure(1, "risers-and-fallers")->why,
                          "no topic rose or fell from 2019 to 2020 by more than chance explains"));
    assert_true(tt_str_is(figure(0, "risers-and-fallers")->why, "2019 is the first year of the archive"));
    world_release(&made.w);
}

static void test_left_out(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        size_t n, undated, topics, years;
        const char *figure, *why;
    } cases[] = {
        {"no issue", 0, 0, 2, 0, NULL, NULL},
        {"no date", 9, 9, 2, 0, NULL, NULL},
        {"one issue", 1, 0, 2, 1, "top-topics", "2019 has 1 issue, fewer than 5, too few for shares"},
        {"one issue", 1, 0, 2, 1, "section-mix", "2019 has one issue only"},
        {"one issue", 1, 0, 2, 1, "issue-length", "2019 has one issue only"},
        {"four issues", 4, 0, 2, 1, "people", "2019 has 4 issues, fewer than 5, too few for shares"},
        {"four issues", 4, 0, 2, 1, "most-linked-sites", "2019 has 4 issues, fewer than 5, too few for shares"},
        {"five issues", 5, 0, 2, 1, "people", "no topic of the type person occurs in 2019"},
        {"five issues", 5, 0, 2, 1, "top-topics", ""},
        {"no topic", 12, 0, 0, 1, "top-topics", "no topic of the lexicon occurs in 2019"},
        {"no topic", 12, 0, 0, 1, "section-mix", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        print_message("# %s: %s\n", cases[i].name, cases[i].figure ? cases[i].figure : "");
        assert_int_equal(make(cases[i].n, cases[i].undated, cases[i].topics, NULL), 0);
        assert_int_equal(made.n_years, cases[i].years);
        check_form();
        if (cases[i].figure)
            assert_true(tt_str_is(figure(0, cases[i].figure)->why, cases[i].why));
        world_release(&made.w);
    }
}

/* With --year the year before still stands beside it. */
static void test_one_year(void **state)
{
    (void)state;
    static tt_world whole;
    const int years[] = {2020};
    const tt_select sel = {.years = years, .n_years = 1};
    memset(&whole, 0, sizeof whole);
    assert_int_equal(world_make(&whole, 30, 0, 5, NULL, NULL), 0);
    memset(&made, 0, sizeof made);
    assert_int_equal(world_make(&made.w, 30, 0, 5, &sel, NULL), 0);
    made.w.in.changes = NULL;
    made.w.in.all = &whole.in;
    assert_int_equal(tt_summary_make(&made.summary, &made.w.in, &made.w.arena, NULL), 0);
    assert_int_equal(tt_year_charts_make(&made.years, &made.n_years, &made.summary, &made.w.in, &made.w.arena, NULL),
                     0);
    assert_int_equal(made.n_years, 1);
    assert_int_equal(made.years[0].year, 2020);
    has(figure(0, "top-topics")->caption, "hollow: 2019 (12 issues)");
    assert_int_equal(figure(0, "organizations")->n_columns, 3 + 3);
    world_release(&made.w);
    world_release(&whole);
}

static void test_language(void **state)
{
    (void)state;
    assert_int_equal(make(30, 0, 3, NULL), 0);
    assert_int_equal(tt_lang_find(&made.w.in.lang, "de", NULL), 0);
    assert_int_equal(tt_summary_make(&made.summary, &made.w.in, &made.w.arena, NULL), 0);
    assert_int_equal(tt_year_charts_make(&made.years, &made.n_years, &made.summary, &made.w.in, &made.w.arena, NULL),
                     0);
    cell(figure(1, "topics-by-month"), 0, 3, "März");
    has(figure(1, "topics-by-month")->script, "'Mär'");
    has(figure(2, "top-topics")->caption, "3 Juni");
    world_release(&made.w);
}

/* Names that turn the direction of writing are isolated in sentences. */
static void test_direction(void **state)
{
    (void)state;
    assert_int_equal(make(30, 0, WORLD_TOPICS, NULL), 0);
    made.w.topics[0].label = TT_S("\u202Ex\u202C");
    assert_int_equal(tt_year_charts_make(&made.years, &made.n_years, &made.summary, &made.w.in, &made.w.arena, NULL),
                     0);
    has(figure(1, "top-topics")->title, "\u2068\u202Ex\u202C\u2069 led 2020");
    char solid[301];
    memset(solid, 'w', 300);
    solid[300] = '\0';
    made.w.topics[0].label = (tt_str){solid, 300};
    assert_int_equal(tt_year_charts_make(&made.years, &made.n_years, &made.summary, &made.w.in, &made.w.arena, NULL),
                     0);
    has(figure(1, "top-topics")->title, "www… led 2020");
    assert_true(figure(1, "top-topics")->title.n < 120);
    world_release(&made.w);
}

/* Each script draws, with labels of every kind; the picture has no place outside itself. */
static void test_scripts_run(void **state)
{
    (void)state;
    size_t n = 0;
    assert_int_equal(make(60, 0, WORLD_TOPICS, NULL), 0);
    check_form();
    for (size_t i = 0; i < made.years[2].n; i++) {
        const tt_figure *f = &made.years[2].v[i];
        tt_buf path = {0}, svg = {0};
        tt_err err = {0};
        if (!f->script.n)
            continue;
        tt_buf_f(&path, "%s/%s.gp", folder, f->name);
        assert_int_equal(tt_file_write(path.p, f->script.p, f->script.n, NULL), 0);
        if (tt_draw(folder, f->name, TT_PICTURE_SVG, false, &svg, &err) != 0)
            fail_msg("%s: %s", err.path, err.text);
        assert_null(strstr(svg.p, "<script"));
        assert_non_null(strstr(svg.p, "viewBox=\"0 0 480 "));
        for (const char *p = svg.p; (p = strstr(p, "translate(")); p++) {
            double x = -1, y = -1;
            assert_int_equal(sscanf(p, "translate(%lf,%lf", &x, &y), 2);
            assert_true(x >= 0 && x <= 480 && y >= 0);
        }
        remove(path.p);
        n++;
        tt_buf_release(&path);
        tt_buf_release(&svg);
    }
    assert_true(n >= 9);
    world_release(&made.w);
}

static int all_years(void)
{
    int rc = make(18, 1, 7, NULL);
    world_release(&made.w);
    return rc;
}

static void test_no_memory(void **state)
{
    (void)state;
    assert_true(fail_each(all_years, TT_ENOMEM) > 100);
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),     cmocka_unit_test(test_ranks),     cmocka_unit_test(test_links),
        cmocka_unit_test(test_risers),    cmocka_unit_test(test_left_out),  cmocka_unit_test(test_one_year),
        cmocka_unit_test(test_language),  cmocka_unit_test(test_direction), cmocka_unit_test(test_scripts_run),
        cmocka_unit_test(test_no_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
