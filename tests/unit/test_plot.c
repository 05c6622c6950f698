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
        {"28 characters", "abcdefghijklmnopqrstuvwxyzab", "'abcdefghijklmnopqrstuvwxyzab'"},
        {"29", "abcdefghijklmnopqrstuvwxyzabc", "'abcdefghijklmnopqrstuvwxyza…'"},
        {"no blank before the dots", "abcdefghijklmnopqrstuvwxyz bcdef", "'abcdefghijklmnopqrstuvwxyz…'"},
        {"wide ones take room", "WWWWWWWWWWWWWWWWWWWWWWWWWWWW", "'WWWWWWWWWWWWWWWWW…'"},
        {"a mark stays with its letter", "aaaaaaaaaaaaaaaaaaaaaaaaaae\u0301aaaaaaa",
         "'aaaaaaaaaaaaaaaaaaaaaaaaaae\u0301…'"},
        {"a quote at the end", "abcdefghijklmnopqrstuvwxyza'", "('abcdefghijklmnopqrstuvwxyza'.tt_q.'')"},
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
    } cases[] = {{0, 0.1, 0.1}, {100, 20, 100}, {81, 20, 100}, {25, 5, 25}, {26, 10, 30}, {3, 1, 3}, {0.35, 0.1, 0.4}};
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
    "\"><script>alert(1)</script>",
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
    "<text>\">&lt;script>alert(1)&lt;/script></text>",
    "<text>`touch made`</text>",
    "<text>=cmd()|'/c calc'!A1</text>",
    "<text>](x) ![y](z)</text>",
    "<text>_a^b {/Bold x}</text>",
    "<text>@x @tt_file</text>",
    "<text>%s %d %n</text>",
    "<text>a\\nb \\101 \\</text>",
    "<text>" RLM "\u202Eabc\u202C" RLM "</text>",
    "<text>'); system('touch made');",
    "<text>'.system(\"touch made\").'</text>",
    "<text>a''.system('touch made').''</text>",
    "<text></text>",
    "<text>it's @tt_q @a</text>",
    "<text>$(touch made) ${x}</text>",
    "<text>&lt;!-- x --> &amp;lt; &amp;#\u2060x41; ",
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
    x->g = (tt_grid){x->rows, n_rows, x->periods, x->complete, n, x->value};
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
    int rc = tt_draw(folder, name, false, false, &svg, &err);
    if (rc == 0)
        rc = tt_draw(folder, name, true, true, &png, &err);
    if (rc != 0)
        print_message("# %s: %s\n", err.path, err.text);
    assert_int_equal(rc, 0);
    tt_buf_release(&png);
    tt_buf_release(script);
    return svg;
}

static const tt_plot_head heads[] = {{"bars", {"Title's", 7}, {"Subtitle", 8}, {"Note", 4}},
                                     {"lines", {"Title", 5}, {"Subtitle", 8}, {"", 0}},
                                     {"heat-map", {"Title", 5}, {"Subtitle", 8}, {"Note", 4}},
                                     {"stack", {"Title", 5}, {"Subtitle", 8}, {"Note", 4}}};

/* The folder holds scripts and nothing else. */
static void nothing_made(void)
{
    tt_names names = {0};
    assert_int_equal(tt_folder_list(folder, &names, NULL), 0);
    for (size_t i = 0; i < names.n; i++)
        assert_true(tt_str_ends(tt_str_of(names.v[i]), TT_S(".gp")));
    tt_names_release(&names);
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
    tt_plot_lines(&script, &heads[1], &x.g);
    tt_buf svg = draw("lines", &script);
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
        assert_int_equal(tt_draw(folder, "broken", false, false, &out, &err), TT_EPROGRAM);
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
    int rc = tt_draw(folder, "lines", false, false, &out, &err);
    setenv("PATH", before, 1);
    assert_int_equal(rc, TT_EPROGRAM);
    assert_non_null(strstr(err.text, "install gnuplot-nox or use --no-charts"));
    tt_buf_release(&out);
}

/* A private use character is in no font; what is not rare is not asked for. */
static void test_fonts(void **state)
{
    (void)state;
    tt_draw_fonts fonts;
    assert_int_equal(tt_draw_fonts_ask(&fonts, TT_S("plain Größe"), NULL), 0);
    assert_false(fonts.lacking);
    assert_int_equal(tt_draw_fonts_ask(&fonts, TT_S("x \U0010FFFD y"), NULL), 0);
    assert_true(fonts.lacking);
    assert_int_equal(fonts.first, 0x10FFFD);
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
        cmocka_unit_test(test_string),
        cmocka_unit_test(test_label),
        cmocka_unit_test(test_label_bounds),
        cmocka_unit_test(test_percent),
        cmocka_unit_test(test_step),
        cmocka_unit_test(test_spread),
        cmocka_unit_test(test_hostile_labels),
        cmocka_unit_test(test_random_labels),
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_zeros),
        cmocka_unit_test(test_incomplete_marks),
        cmocka_unit_test(test_alone),
        cmocka_unit_test(test_draw_fails),
        cmocka_unit_test(test_draw_missing),
        cmocka_unit_test(test_fonts),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
