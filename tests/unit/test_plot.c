/* report/plot, report/draw: gnuplot scripts: escaping, places, and scripts that really run. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/process.h"
#include "base/str.h"
#include "report/draw.h"
#include "report/plot.h"
#include "report/plot_frame.h"

#define RLM "\u200F"
#define NB "\u00A0"

/* ---- text ---- */

#define S(literal)                                                                                                     \
    {                                                                                                                  \
        literal, sizeof(literal) - 1                                                                                   \
    }

static void test_string(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        tt_str in;
        const char *want;
    } cases[] = {
        {"plain", S("OpenAI"), "'OpenAI'"},
        {"quotes at the ends and together", S("'a''b'"), "(''.tt_q.'a'.tt_q.''.tt_q.'b'.tt_q.'')"},
        {"empty", S(""), "''"},
        {"quotes", S("it's \"x\""), "('it'.tt_q.'s \"x\"')"},
        {"what double-quoted strings run", S("`a` @b $c %s \\n \\"), "'`a` @b $c %s \\n \\'"},
        {"enhanced mode", S("_a^b {/Bold x} ~&"), "'_a^b {/Bold x} ~&'"},
        {"line ends and tabs",
         S("a\nb\r\tc\u2028d\xC2\x85"
           "e"),
         "'a b  c d e'"},
        {"controls", S("a\0b\x1B\x7F"), "'a\uFFFDb\uFFFD\uFFFD'"},
        {"not characters", S("\uFFFE\uFFFF"), "'\uFFFD\uFFFD'"},
        {"not UTF-8", S("a\xFF\xC3"), "'a\uFFFD\uFFFD'"},
        {"reference that SVG would keep", S("&#x41;"), "'&#\u2060x41;'"},
        {"reference that SVG escapes", S("&#65; &amp;"), "'&#65; &amp;'"},
        {"end of CDATA", S("a]]>b"), "'a]]\u2060>b'"},
        {"right to left", S("x" RLM "y"), "'x" RLM "y'"},
        {"letters of most fonts", S("Größe Ω Ж ế"), "'Größe Ω Ж ế'"},
        {"rare characters", S("x\u5F3A"), "(tt_plain ? 'x\u25A1' : 'x\u5F3A')"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_buf b = {0};
        print_message("# %s\n", cases[i].name);
        tt_plot_string(&b, cases[i].in);
        assert_string_equal(b.p, cases[i].want);
        tt_buf_release(&b);
    }
}

static void test_label(void **state)
{
    (void)state;
    static const struct {
        const char *name, *in, *want;
    } cases[] = {
        {"24 characters", "abcdefghijklmnopqrstuvwx", "'abcdefghijklmnopqrstuvwx'"},
        {"25", "abcdefghijklmnopqrstuvwxy", "'abcdefghijklmnopqrstuvw…'"},
        {"no blank before the dots", "abcdefghijklmnopqrstuv wxyzab", "'abcdefghijklmnopqrstuv…'"},
        {"wide ones take room", "WWWWWWWWWWWWWWWWWWWWWWWWWWWW", "'WWWWWWWWWWWWWW…'"},
        {"a mark stays with its letter", "aaaaaaaaaaaaaaaaaaaaaae\u0301aaaaaaa", "'aaaaaaaaaaaaaaaaaaaaaae\u0301…'"},
        {"a quote at the end", "abcdefghijklmnopqrstuvw'", "('abcdefghijklmnopqrstuvw'.tt_q.'')"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_buf b = {0};
        print_message("# %s\n", cases[i].name);
        tt_plot_label(&b, tt_str_of(cases[i].in));
        assert_string_equal(b.p, cases[i].want);
        tt_buf_release(&b);
    }
}

/* A label is bounded whatever it is made of. */
static void test_label_bounds(void **state)
{
    (void)state;
    static const char *const units[] = {"a", "\u0301", "\u5F3A", "\u200B", "W"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        tt_buf in = {0}, out = {0};
        for (int k = 0; k < 100000; k++)
            tt_buf_text(&in, units[i]);
        tt_plot_label(&out, (tt_str){in.p, in.n});
        assert_true(out.n < 1200);
        assert_true(tt_frame_width((tt_str){in.p, in.n}, 13) < 280);
        tt_buf_release(&in);
        tt_buf_release(&out);
    }
}

static void test_percent(void **state)
{
    (void)state;
    static const struct {
        double in;
        const char *want;
    } cases[] = {{0, "0" NB "%"},         {1, "100" NB "%"},      {0.44, "44" NB "%"},      {0.444, "44" NB "%"},
                 {0.0441, "4.4" NB "%"},  {0.05, "5" NB "%"},     {0.0999, "10" NB "%"},    {0.001, "0.1" NB "%"},
                 {0.0004, "<0.1" NB "%"}, {0.996, "99.6" NB "%"}, {0.9999, ">99.9" NB "%"}, {0.125, "13" NB "%"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_buf b = {0};
        tt_plot_percent(&b, cases[i].in);
        assert_string_equal(b.p, cases[i].want);
        tt_buf_release(&b);
    }
}

/* ---- places ---- */

static void test_step(void **state)
{
    (void)state;
    static const struct {
        double max, step, top;
    } cases[] = {{0, 0.5, 1},  {100, 25, 100}, {81, 25, 100},    {25, 10, 30},
                 {26, 10, 30}, {3, 1, 3},      {0.35, 0.1, 0.4}, {7100, 2000, 8000}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double top, step = tt_frame_step(cases[i].max, &top);
        assert_true(fabs(step - cases[i].step) < 1e-9);
        assert_true(fabs(top - cases[i].top) < 1e-9);
    }
}

static void test_spread(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        double in[4], want[4];
    } cases[] = {
        {"room enough", {10, 40, 70, 90}, {10, 40, 70, 90}},
        {"all at the top", {0, 0, 0, 0}, {0, 10, 20, 30}},
        {"all at the bottom", {100, 100, 100, 100}, {70, 80, 90, 100}},
        {"order is kept", {55, 50, 52, 10}, {70, 50, 60, 10}},
        {"pushed up from the end", {95, 97, 20, 99}, {80, 90, 20, 100}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double y[4];
        print_message("# %s\n", cases[i].name);
        memcpy(y, cases[i].in, sizeof y);
        tt_frame_spread(y, 4, 10, 0, 100);
        for (size_t k = 0; k < 4; k++)
            assert_true(fabs(y[k] - cases[i].want[k]) < 1e-9);
    }
}

/* ---- scripts ---- */

static const char *const hostile[] = {
    "\"><script>a()</script>",
    "`touch made`",
    "=cmd()|'/c calc'!A1",
    "](x) ![y](z)",
    "_a^b {/Bold x}",
    "@x @tt_file",
    "%s %d %n",
    "a\\nb \\101 \\",
    RLM "\u202Eabc\u202C" RLM,
    "'); system('touch made'); ('",
    "'.system(\"touch made\").'",
    "a''.system('touch made').''",
    "",
    "it's @tt_q @a",
    "$(touch made) ${x}",
    "<!-- x --> &lt; &#x41; ]]>",
    "EOD",
    "# x ` \"",
};
enum { N_HOSTILE = sizeof hostile / sizeof *hostile, MOST_PERIODS = 40 };

/* The same, as the SVG terminal writes it. */
static const char *const escaped[] = {
    "<text>\">&lt;script>a()&lt;/script></text>",
    "<text>`touch made`</text>",
    "<text>=cmd()|'/c calc'!A1</text>",
    "<text>](x) ![y](z)</text>",
    "<text>_a^b {/Bold x}</text>",
    "<text>@x @tt_file</text>",
    "<text>%s %d %n</text>",
    "<text>a\\nb \\101 \\</text>",
    "<text>" RLM "\u202Eabc\u202C" RLM "</text>",
    "<text>'); system('touch made'",
    "<text>'.system(\"touch made\").'</text>",
    "<text>a''.system('touch ma",
    "<text></text>",
    "<text>it's @tt_q @a</text>",
    "<text>$(touch made) ${x}</text>",
    "<text>&lt;!-- x --> &amp;lt; &amp;#\u2060x41;",
    "<text>EOD</text>",
    "<text># x ` \"</text>",
};

static char folder[] = "/tmp/tagtrend-plot-XXXXXX";

struct grid {
    tt_grid g;
    tt_str rows[20], periods[MOST_PERIODS];
    char names[MOST_PERIODS][12];
    bool complete[MOST_PERIODS];
    double value[20 * MOST_PERIODS];
};

/* n periods of n_rows hostile names; the third of more than four has no issue; both ends are incomplete. */
static void fill(struct grid *x, size_t n_rows, size_t n, bool quarters, bool sum)
{
    for (size_t i = 0; i < n_rows; i++)
        x->rows[i] = tt_str_of(hostile[i % N_HOSTILE]);
    for (size_t j = 0; j < n; j++) {
        int year = quarters ? 2018 + (int)j / 4 : 1985 + (int)j;
        tt_buf b = {0};
        tt_buf_f(&b, quarters ? "%d-Q%d" : "%d", year, (int)j % 4 + 1);
        memcpy(x->names[j], b.p, b.n + 1);
        tt_buf_release(&b);
        x->periods[j] = tt_str_of(x->names[j]);
        x->complete[j] = j > 0 && j + 1 < n;
        for (size_t i = 0; i < n_rows; i++)
            x->value[i * n + j] = n > 4 && j == 2 ? NAN
                                  : sum           ? 1.0 / (double)n_rows
                                                  : (double)((i * 7 + j * 3) % 10) / 10;
    }
    x->g = (tt_grid){.rows = x->rows,
                     .n_rows = n_rows,
                     .periods = x->periods,
                     .complete = x->complete,
                     .n_periods = n,
                     .value = x->value};
}

static void save(const char *name, tt_buf *script)
{
    tt_buf path = {0};
    assert_false(script->failed);
    tt_buf_f(&path, "%s/%s.gp", folder, name);
    assert_int_equal(tt_file_write(path.p, script->p, script->n, NULL), 0);
    tt_buf_release(&path);
}

/* Draws the script as SVG and PNG; the SVG is the caller's. */
static tt_buf draw(const char *name, tt_buf *script)
{
    tt_buf svg = {0}, png = {0};
    tt_err err = {0};
    save(name, script);
    int rc = tt_draw(folder, name, TT_PICTURE_SVG, false, &svg, &err);
    if (rc == 0)
        rc = tt_draw(folder, name, TT_PICTURE_PNG, true, &png, &err);
    if (rc != 0)
        print_message("# %s: %s\n", err.path, err.text);
    assert_int_equal(rc, 0);
    tt_buf_release(&png);
    tt_buf_release(script);
    return svg;
}

static const tt_plot_head heads[] = {
    {.name = "bars", .title = S("Title's"), .subtitle = S("Subtitle"), .note = S("Note")},
    {.name = "lines", .title = S("Title"), .subtitle = S("Subtitle"), .note = S("")},
    {.name = "heat-map", .title = S("Title"), .subtitle = S("Subtitle"), .note = S("Note")},
    {.name = "stack", .title = S("Title"), .subtitle = S("Subtitle"), .note = S("Note")},
    {.name = "dots", .title = S("Title"), .subtitle = S("Subtitle"), .note = S("Note")},
    {.name = "bump", .title = S("Title"), .subtitle = S("Subtitle"), .note = S("Note")},
    {.name = "days", .title = S("Title"), .subtitle = S("Subtitle"), .note = S("Note")},
};

/* ---- dots, ranks, days ---- */

enum { N_DOTS = 12, N_RANKED = 10, N_YEARS = 3, N_DAYS = 24 };

static tt_buf dots_of(bool ratio, size_t from)
{
    tt_dot v[N_DOTS];
    tt_buf script = {0};
    size_t n = N_HOSTILE - from < N_DOTS ? N_HOSTILE - from : N_DOTS;
    for (size_t i = 0; i < n; i++)
        v[i] = (tt_dot){.label = tt_str_of(hostile[from + i]),
                        .value = ratio ? (double)i - 4 : 10 * (double)i,
                        .before = i % 3 ? 8 * (double)i : NAN,
                        .low = i % 4 ? 6 * (double)i - 20 * ratio : NAN,
                        .high = i % 4 ? 11 * (double)i : NAN,
                        .second = i % 2,
                        .note = tt_str_of(hostile[from + i])};
    const tt_dots d = {v, n, ratio ? "" : "%", ratio, TT_S("`now`"), TT_S("then's")};
    tt_plot_dots(&script, &heads[4], &d);
    return draw("dots", &script);
}

static tt_buf bump_of(size_t n_years, size_t from)
{
    static const tt_str years[] = {S("2018"), S("2019"), S("2020"), S("2021"), S("2022"), S("2023"),
                                   S("2024"), S("2025"), S("2026"), S("2027"), S("2028"), S("2029")};
    static const bool complete[12] = {false, true, true, true, true, true, true, true, true, true, true, false};
    size_t n = N_HOSTILE - from < N_RANKED ? N_HOSTILE - from : N_RANKED;
    tt_str rows[N_RANKED], rank[N_RANKED * 12];
    uint8_t place[N_RANKED * 12];
    tt_buf script = {0};
    for (size_t i = 0; i < n; i++) {
        rows[i] = tt_str_of(hostile[from + i]);
        for (size_t j = 0; j < n_years; j++) {
            place[i * n_years + j] = (uint8_t)((i + j) % n + 1);
            rank[i * n_years + j] = (i + j) % 4 == 0 ? (tt_str){"", 0} : i % 2 ? TT_S("=12") : TT_S("7");
        }
    }
    const tt_bump b = {rows, n, years, complete, n_years, place, rank, n_years - 1};
    tt_plot_bump(&script, &heads[5], &b);
    return draw("bump", &script);
}

static tt_buf days_of(size_t n)
{
    static const char *const months[] = {"1\u6708", "Feb", "`Mar`", "Apr", "May", "Jun",
                                         "Jul",     "Aug", "Sep",   "Oct", "Nov", "Dec"};
    tt_day_value v[N_DAYS];
    int32_t first = 0, last = 0;
    tt_buf script = {0};
    assert_true(tt_day_of(2020, 1, 1, &first) && tt_day_of(2020, 12, 31, &last));
    for (size_t i = 0; i < n; i++)
        v[i] = (tt_day_value){first + (int32_t)i * 15, (double)(i % 7) * 100,
                              tt_str_of(i % 5 ? "" : hostile[i % N_HOSTILE])};
    const tt_days d = {v, n, first, last, 300, TT_S("median's"), months, last - 120, tt_str_of(hostile[0])};
    tt_plot_days(&script, &heads[6], &d);
    return draw("days", &script);
}

/* The folder holds scripts and nothing else. */
static void nothing_made(void)
{
    tt_names names = {0};
    assert_int_equal(tt_folder_list(folder, &names, NULL), 0);
    for (size_t i = 0; i < names.n; i++)
        assert_true(tt_str_ends(tt_str_of(names.v[i]), TT_S(".gp")));
    tt_names_release(&names);
}

/* Every text of ours lies inside the picture, as far as its anchor tells. */
static void check_places(const char *svg)
{
    static const char mark[] = "translate(";
    int width = 0, height = 0;
    const char *box = strstr(svg, "viewBox=\"0 0 ");
    assert_non_null(box);
    assert_int_equal(sscanf(box, "viewBox=\"0 0 %d %d", &width, &height), 2);
    for (const char *p = svg; (p = strstr(p, mark)); p++) {
        double a = -1, b = -1;
        assert_int_equal(sscanf(p, "translate(%lf,%lf", &a, &b), 2);
        assert_true(a >= 0 && a <= width && b >= 0 && b <= height);
    }
}

static void test_hostile_labels(void **state)
{
    (void)state;
    static struct grid x;
    tt_bar bars[N_HOSTILE];
    tt_buf script = {0};
    for (size_t i = 0; i < N_HOSTILE; i++)
        bars[i] = (tt_bar){tt_str_of(hostile[i]), 0.4, 0.3, 0.5, true, tt_str_of(hostile[i])};
    tt_plot_bars(&script, &heads[0], bars, N_HOSTILE);
    tt_buf svg = draw("bars", &script);
    for (size_t i = 0; i < N_HOSTILE; i++)
        if (!strstr(svg.p, escaped[i]))
            fail_msg("not literal: %s", hostile[i]);
    tt_buf_release(&svg);
    for (size_t k = 0; k < N_HOSTILE; k += 8) {
        size_t n = N_HOSTILE - k < 8 ? N_HOSTILE - k : 8;
        fill(&x, n, 5, false, true);
        for (size_t i = 0; i < n; i++)
            x.rows[i] = tt_str_of(hostile[k + i]);
        tt_plot_lines(&script, &heads[1], &x.g);
        tt_buf lines = draw("lines", &script);
        tt_plot_heat(&script, &heads[2], &x.g);
        tt_buf heat = draw("heat-map", &script);
        tt_plot_stack(&script, &heads[3], &x.g, true);
        tt_buf stack = draw("stack", &script);
        for (size_t i = 0; i < n; i++)
            if (!strstr(lines.p, escaped[k + i]) || !strstr(heat.p, escaped[k + i]) || !strstr(stack.p, escaped[k + i]))
                fail_msg("not literal: %s", hostile[k + i]);
        tt_buf_release(&lines);
        tt_buf_release(&heat);
        tt_buf_release(&stack);
    }
    nothing_made();
}

static void test_hostile_years(void **state)
{
    (void)state;
    for (size_t from = 0; from < N_HOSTILE; from += N_RANKED) {
        tt_buf dots = dots_of(false, from), ratio = dots_of(true, from), few = bump_of(N_YEARS, from),
               many = bump_of(12, from);
        for (size_t i = from; i < N_HOSTILE && i < from + N_RANKED; i++)
            if (!strstr(dots.p, escaped[i]) || !strstr(ratio.p, escaped[i]) || !strstr(few.p, escaped[i]) ||
                !strstr(many.p, escaped[i]))
                fail_msg("not literal: %s", hostile[i]);
        if (from == 0) {
            assert_non_null(strstr(few.p, "<text>=12</text>"));
            assert_non_null(strstr(few.p, "<text>2018*</text>"));
            assert_non_null(strstr(ratio.p, "<text>same</text>"));
        }
        tt_buf_release(&dots);
        tt_buf_release(&ratio);
        tt_buf_release(&few);
        tt_buf_release(&many);
    }
    tt_buf days = days_of(N_DAYS), one = days_of(1);
    assert_non_null(strstr(days.p, "<text>`Mar`</text>"));
    assert_non_null(strstr(days.p, "<text>median's</text>"));
    assert_non_null(strstr(days.p, escaped[0]));
    assert_non_null(strstr(one.p, escaped[0]));
    tt_buf_release(&days);
    tt_buf_release(&one);
    nothing_made();
}

/* Lines of a title end at blanks; what has none is cut; every line stands in the picture, and the plot below them. */
static void test_title_lines(void **state)
{
    (void)state;
    char solid[301];
    static const char words[] =
        "Machine learning took the most room in 2020: 62.6 mentions per ten thousand words of it";
    memset(solid, 'w', 300);
    solid[300] = '\0';
    const tt_bar bar = {TT_S("x"), 0.5, 0, 0, false, TT_S("y")};
    tt_plot_head head = {.name = "bars", .title = tt_str_of(words), .subtitle = TT_S("s"), .note = TT_S("")};
    int one = tt_plot_head_height(&heads[1]), two = tt_plot_head_height(&head);
    assert_true(two > one);
    tt_buf script = {0};
    tt_plot_bars(&script, &head, &bar, 1);
    tt_buf svg = draw("bars", &script);
    assert_null(strstr(svg.p, words));
    assert_non_null(strstr(svg.p, "<text>Machine learning took the most room in"));
    tt_buf_release(&svg);
    head.title = tt_str_of(solid);
    head.subtitle = tt_str_of(solid);
    assert_true(tt_plot_head_height(&head) > two);
    tt_plot_bars(&script, &head, &bar, 1);
    svg = draw("bars", &script);
    check_places(svg.p);
    assert_null(strstr(svg.p, solid));
    tt_buf_release(&svg);
}

/* Labels of quotes, markup and code, at random but the same in every run. */
static void test_random_labels(void **state)
{
    (void)state;
    enum { N = 400, LONGEST = 14 };
    static const char alphabet[] = "'''\"`@\\\\{}_^%$#&;().!|<>~,?:=+*/ aNn0";
    static char texts[N][LONGEST + 1];
    static tt_bar bars[N];
    uint32_t seed = 12345;
    tt_buf script = {0}, want = {0};
    for (size_t i = 0; i < N; i++) {
        size_t n = 1 + i % LONGEST;
        for (size_t k = 0; k < n; k++) {
            seed = seed * 1664525u + 1013904223u;
            texts[i][k] = alphabet[(seed >> 16) % (sizeof alphabet - 1)];
        }
        bars[i] = (tt_bar){{texts[i], n}, 0.5, 0, 0, false, TT_S("n")};
    }
    tt_plot_bars(&script, &heads[0], bars, N);
    tt_buf svg = draw("bars", &script);
    for (size_t i = 0; i < N; i++) {
        tt_buf_reset(&want);
        tt_buf_char(&want, '>'); /* of <text>, which may say xml:space="preserve" */
        for (const char *p = texts[i]; *p; p++)
            if (*p == '&' || *p == '<')
                tt_buf_text(&want, *p == '&' ? "&amp;" : "&lt;");
            else
                tt_buf_char(&want, *p);
        tt_buf_text(&want, "</text>");
        if (!strstr(svg.p, want.p))
            fail_msg("not literal: %s", texts[i]);
    }
    tt_buf_release(&want);
    tt_buf_release(&svg);
    nothing_made();
}

static void test_sizes(void **state)
{
    (void)state;
    static struct grid x;
    static const struct {
        size_t rows, periods;
        bool quarters;
    } cases[] = {{1, 1, false}, {1, 2, false}, {8, 2, true}, {8, 5, false}, {8, 16, true}, {8, 40, false}};
    tt_buf script = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        print_message("# %zu periods\n", cases[i].periods);
        fill(&x, cases[i].rows, cases[i].periods, cases[i].quarters, true);
        tt_plot_stack(&script, &heads[3], &x.g, false);
        tt_buf stack = draw("stack", &script);
        check_places(stack.p);
        tt_buf_release(&stack);
        fill(&x, cases[i].rows == 8 ? 20 : 1, cases[i].periods, cases[i].quarters, false);
        tt_plot_heat(&script, &heads[2], &x.g);
        tt_buf heat = draw("heat-map", &script);
        check_places(heat.p);
        tt_buf_release(&heat);
        if (cases[i].periods < 2)
            continue;
        fill(&x, cases[i].rows, cases[i].periods, cases[i].quarters, false);
        tt_plot_lines(&script, &heads[1], &x.g);
        tt_buf lines = draw("lines", &script);
        check_places(lines.p);
        tt_buf_release(&lines);
    }
}

/* Nothing but zeros, and intervals that are not there. */
static void test_zeros(void **state)
{
    (void)state;
    static struct grid x;
    tt_buf script = {0};
    const tt_bar bar = {TT_S("none"), 0, 0, 0, false, TT_S("0")};
    tt_plot_bars(&script, &heads[0], &bar, 1);
    tt_buf svg = draw("bars", &script);
    tt_buf_release(&svg);
    fill(&x, 2, 3, false, false);
    for (size_t i = 0; i < 6; i++)
        x.value[i] = 0;
    tt_plot_lines(&script, &heads[1], &x.g);
    svg = draw("lines", &script);
    tt_buf_release(&svg);
    tt_plot_heat(&script, &heads[2], &x.g);
    svg = draw("heat-map", &script);
    tt_buf_release(&svg);
}

static void test_incomplete_marks(void **state)
{
    (void)state;
    static struct grid x;
    tt_buf script = {0};
    fill(&x, 2, 5, false, false);
    x.rows[0] = TT_S("a");
    x.rows[1] = TT_S("b");
    tt_plot_lines(&script, &heads[1], &x.g);
    tt_buf svg = draw("lines", &script);
    assert_non_null(strstr(svg.p, "<pattern")); /* hatched */
    assert_non_null(strstr(svg.p, "<text>1985*</text>"));
    assert_non_null(strstr(svg.p, "<text>1986</text>"));
    assert_non_null(strstr(svg.p, "<text>1989*</text>"));
    tt_buf_release(&svg);
}

/* ---- as a user runs them ---- */

static void run(const char *where, const char *const *argv, bool silent)
{
    tt_buf out = {0}, messages = {0};
    tt_ended ended;
    const tt_process p = {.argv = argv, .folder = where, .max_out = 1 << 20};
    assert_int_equal(tt_process_run(&p, &out, &messages, &ended, NULL), 0);
    if (silent)
        assert_string_equal(messages.p ? messages.p : "", "");
    assert_int_equal(ended.how, TT_PROCESS_EXITED);
    assert_int_equal(ended.status, 0);
    assert_int_equal(out.n, 0);
    tt_buf_release(&out);
    tt_buf_release(&messages);
}

/* In any folder, called by any path, in any locale: the same bytes beside the script, even where the folder's name would
 * mean something to gnuplot. */
static void test_alone(void **state)
{
    (void)state;
    static struct grid x;
    static const char *const names[] = {"plain", "|cat", "a b'c`touch made`", "~", "@x {y} %s \"\\"};
    tt_buf script = {0}, path = {0}, absolute = {0}, made = {0};
    fill(&x, 8, 14, true, false);
    tt_plot_heat(&script, &heads[2], &x.g);
    tt_buf again = {0};
    tt_buf_add(&again, script.p, script.n);
    tt_buf want = draw("heat-map", &again);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        print_message("# %s\n", names[i]);
        tt_buf_reset(&path);
        tt_buf_f(&path, "%s/%s", folder, names[i]);
        assert_int_equal(tt_folder_make(path.p, NULL), 0);
        tt_buf_text(&path, "/heat-map.gp");
        assert_int_equal(tt_file_write(path.p, script.p, script.n, NULL), 0);
        const char *relative = path.p + strlen(folder) + 1;
        const char *const from_above[] = {"env", "LC_ALL=C.UTF-8", "gnuplot", relative, NULL};
        const char *const from_afar[] = {"gnuplot", path.p, NULL};
        for (int k = 0; k < 2; k++) {
            run(k ? "/" : folder, k ? from_afar : from_above, k == 0); /* in LC_ALL=C gnuplot warns of iconv */
            tt_buf_reset(&absolute);
            tt_buf_add(&absolute, path.p, path.n - 2);
            tt_buf_text(&absolute, "svg");
            tt_buf_reset(&made);
            assert_int_equal(tt_file_read(absolute.p, 1 << 24, &made, NULL), 0);
            assert_int_equal(made.n, want.n);
            assert_memory_equal(made.p, want.p, want.n);
            assert_int_equal(remove(absolute.p), 0);
        }
        const char *const png[] = {"gnuplot", "-e", "tt_png=1", path.p, NULL};
        run("/", png, false);
        tt_buf_reset(&absolute);
        tt_buf_add(&absolute, path.p, path.n - 2);
        tt_buf_text(&absolute, "png");
        assert_int_equal(remove(absolute.p), 0);
        assert_int_equal(remove(path.p), 0);
        path.p[path.n - strlen("/heat-map.gp")] = '\0';
        assert_int_equal(rmdir(path.p), 0); /* it held nothing else */
    }
    nothing_made();
    tt_buf_release(&script);
    tt_buf_release(&path);
    tt_buf_release(&absolute);
    tt_buf_release(&made);
    tt_buf_release(&want);
}

/* A PDF is the same in every run: it does not say when it was made. */
static void test_pdf(void **state)
{
    (void)state;
    const tt_bar bar = {TT_S("x"), 0.5, 0.4, 0.6, true, TT_S("50 %")};
    tt_buf script = {0}, one = {0}, two = {0};
    tt_plot_bars(&script, &heads[0], &bar, 1);
    save("bars", &script);
    assert_int_equal(tt_draw(folder, "bars", TT_PICTURE_PDF, false, &one, NULL), 0);
    assert_memory_equal(one.p, "%PDF-", 5);
    const char *made = memmem(one.p, one.n, "/CreationDate (D:20000101000000", 31);
    assert_non_null(made);
    sleep(1);
    assert_int_equal(tt_draw(folder, "bars", TT_PICTURE_PDF, false, &two, NULL), 0);
    assert_int_equal(one.n, two.n);
    assert_memory_equal(one.p, two.p, one.n);
    tt_buf_release(&one);
    tt_buf_release(&two);
    tt_buf_release(&script);
}

/* Several are drawn at a time, and each gives what it gives alone; one that is cancelled leaves nothing behind. */
static void test_several(void **state)
{
    (void)state;
    static const char *const names[] = {"bars", "bars", "bars"};
    const tt_bar bar = {TT_S("x"), 0.5, 0.4, 0.6, true, TT_S("50 %")};
    tt_drawing *d[4] = {NULL};
    tt_buf script = {0}, alone = {0};
    tt_plot_bars(&script, &heads[0], &bar, 1);
    save("bars", &script);
    assert_int_equal(tt_draw(folder, "bars", TT_PICTURE_PNG, false, &alone, NULL), 0);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(tt_draw_begin(&d[i], folder, names[i], TT_PICTURE_PNG, false, NULL), 0);
    assert_int_equal(tt_draw_begin(&d[3], folder, "bars", TT_PICTURE_SVG, false, NULL), 0);
    for (size_t i = 0; i < 3; i++) {
        tt_buf out = {0};
        assert_int_equal(tt_draw_end(d[i], &out, NULL), 0);
        assert_int_equal(out.n, alone.n);
        assert_memory_equal(out.p, alone.p, out.n);
        tt_buf_release(&out);
    }
    tt_draw_cancel(d[3]);
    tt_draw_cancel(NULL);
    tt_buf_release(&alone);
    tt_buf_release(&script);
    nothing_made();
}

static void test_palette_in_script(void **state)
{
    (void)state;
    tt_palette colors;
    tt_plot_head head = heads[0];
    const tt_bar bar = {TT_S("x"), 0.5, 0.4, 0.6, true, TT_S("50 %")};
    tt_buf script = {0};
    assert_int_equal(tt_palette_parse(&colors, "#010203,#a0b0c0", NULL), 0);
    head.colors = &colors;
    tt_plot_bars(&script, &head, &bar, 1);
    assert_non_null(strstr(script.p, "array color[8] = ['#010203', '#a0b0c0', '#010203',"));
    tt_buf svg = draw("bars", &script);
    assert_true(strstr(svg.p, "rgb(  1,   2,   3)") || strstr(svg.p, "rgb(1, 2, 3)") || strstr(svg.p, "rgb(1,2,3)") ||
                strstr(svg.p, "#010203"));
    tt_buf_release(&svg);
}

/* ---- running gnuplot: what goes wrong ---- */

static void test_draw_fails(void **state)
{
    (void)state;
    static const struct {
        const char *name, *script, *want;
    } cases[] = {
        {"an error", "set nonsense\n", "unrecognized option"},
        {"no picture", "print 1\n", "without a whole picture"},
        {"half a picture", "set print '-'; print '<?xml'\n", "without a whole picture"},
        {"a status", "exit status 3\n", "status 3"},
        {"a signal", "system('kill -KILL $PPID')\nx=1\n", "signal 9"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_buf script = {0}, out = {0};
        tt_err err = {0};
        print_message("# %s\n", cases[i].name);
        tt_buf_text(&script, cases[i].script);
        save("broken", &script);
        assert_int_equal(tt_draw(folder, "broken", TT_PICTURE_SVG, false, &out, &err), TT_EPROGRAM);
        if (!strstr(err.text, cases[i].want))
            fail_msg("%s", err.text);
        assert_non_null(strstr(err.text, "--no-charts"));
        assert_non_null(strstr(err.path, "broken.gp"));
        tt_buf_release(&script);
        tt_buf_release(&out);
    }
}

static void test_draw_missing(void **state)
{
    (void)state;
    tt_buf out = {0};
    tt_err err = {0};
    char before[TT_MAX_PATH];
    assert_non_null(getenv("PATH"));
    snprintf(before, sizeof before, "%s", getenv("PATH"));
    setenv("PATH", "/nowhere", 1);
    int rc = tt_draw(folder, "lines", TT_PICTURE_SVG, false, &out, &err);
    setenv("PATH", before, 1);
    assert_int_equal(rc, TT_EPROGRAM);
    assert_non_null(strstr(err.text, "install gnuplot-nox or use --no-charts"));
    tt_buf_release(&out);
}

/* A private use character is in no font; what is not rare is not asked for. */
static void test_fonts(void **state)
{
    (void)state;
    tt_draw_fonts fonts = {{0}, false};
    uint32_t lacking = 1;
    assert_int_equal(tt_draw_fonts_ask(&fonts, TT_S("plain Größe"), &lacking, NULL), 0);
    assert_int_equal(lacking, 0);
    assert_false(fonts.asked);
    assert_int_equal(tt_draw_fonts_ask(&fonts, TT_S("x \U0010FFFD \U0010FFFC y"), &lacking, NULL), 0);
    assert_int_equal(lacking, 0x10FFFC);
    assert_true(fonts.asked);
    assert_int_equal(tt_draw_fonts_ask(&fonts, TT_S("plain"), &lacking, NULL), 0);
    assert_int_equal(lacking, 0);
    tt_draw_fonts_release(&fonts);
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    tt_names names = {0};
    tt_folder_list(folder, &names, NULL);
    for (size_t i = 0; i < names.n; i++) {
        tt_buf path = {0};
        tt_buf_f(&path, "%s/%s", folder, names.v[i]);
        remove(path.p);
        tt_buf_release(&path);
    }
    tt_names_release(&names);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_string),         cmocka_unit_test(test_label),
        cmocka_unit_test(test_label_bounds),   cmocka_unit_test(test_percent),
        cmocka_unit_test(test_step),           cmocka_unit_test(test_spread),
        cmocka_unit_test(test_hostile_labels), cmocka_unit_test(test_hostile_years),
        cmocka_unit_test(test_title_lines),    cmocka_unit_test(test_pdf),
        cmocka_unit_test(test_several),        cmocka_unit_test(test_palette_in_script),
        cmocka_unit_test(test_random_labels),  cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_zeros),          cmocka_unit_test(test_incomplete_marks),
        cmocka_unit_test(test_alone),          cmocka_unit_test(test_draw_fails),
        cmocka_unit_test(test_draw_missing),   cmocka_unit_test(test_fonts),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
