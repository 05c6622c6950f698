/* report/summary, charts, page: what the page says, and that nothing foreign gets out of its place. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "report/page.h"
#include "fail_alloc.h"
#include "report_world.h"

#define S(literal)                                                                                                     \
    {                                                                                                                  \
        literal, sizeof(literal) - 1                                                                                   \
    }

/* ---- text ---- */

static void test_text(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        tt_str in;
        const char *want;
    } cases[] = {
        {"plain", S("Größe 3"), "Größe 3"},
        {"markup", S("\"><script>'x'</script>"), "&quot;&gt;&lt;script&gt;&#39;x&#39;&lt;/script&gt;"},
        {"references", S("&amp; &#x41;"), "&amp;amp; &amp;#x41;"},
        {"of no meaning here", S("`touch x` ](x) =cmd() @x %s \\n _a^b {y}"),
         "`touch x` ](x) =cmd() @x %s \\n _a^b {y}"},
        {"controls", S("a\0b\x1B\x7F\xC2\x85\t\n"), "a\uFFFDb\uFFFD\uFFFD\uFFFD\t\n"},
        {"not UTF-8, not characters", S("\xFF\xC3\uFFFE"), "\uFFFD\uFFFD\uFFFD"},
        {"right to left", S("\u200F\u202Ex"), "\u200F\u202Ex"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_buf b = {0};
        print_message("# %s\n", cases[i].name);
        tt_page_text(&b, cases[i].in);
        assert_string_equal(b.p, cases[i].want);
        tt_buf_release(&b);
    }
}

static void test_svg(void **state)
{
    (void)state;
    static const struct {
        const char *name, *in, *want;
        int head;
    } cases[] = {
        {"prologue, title and description go",
         "<?xml version=\"1.0\"?>\n<svg \n width=\"8\">\n<title>top</title>\n<desc>x > y</desc><g/></svg>\n",
         "<svg role=\"img\" aria-label=\"A &lt;b&gt;\" \n width=\"8\">\n\n<g/></svg>\n", 0},
        {"ids and what refers to them",
         "<svg><g id=\"a\"><use xlink:href='#gpPt1' id='b'/><path fill='url(#gpPat1)'/></g></svg>",
         "<svg role=\"img\" aria-label=\"A &lt;b&gt;\"><g id=\"n-a\"><use xlink:href='#n-gpPt1' id='n-b'/>"
         "<path fill='url(#n-gpPat1)'/></g></svg>", 0},
        {"text keeps what looks like them", "<svg><text> id='a' href='#x' url(#y) > &lt;title></text></svg>",
         "<svg role=\"img\" aria-label=\"A &lt;b&gt;\"><text> id='a' href='#x' url(#y) > &lt;title></text></svg>", 0},
        {"no SVG", "<?xml?>", "", 0},
        {"cut off", "<svg><title>x", "<svg role=\"img\" aria-label=\"A &lt;b&gt;\">", 0},
        {"without its head", "<svg\n width=\"480\" height=\"90\"\n viewBox=\"0 0 480 90\" id='a'><g/></svg>",
         "<svg role=\"img\" aria-label=\"A &lt;b&gt;\" viewBox=\"0 30 480 60\" id='n-a'><g/></svg>", 30},
        {"a head as high as the picture", "<svg viewBox=\"0 0 480 90\"></svg>",
         "<svg role=\"img\" aria-label=\"A &lt;b&gt;\" viewBox=\"0 0 480 90\"></svg>", 90},
        {"a view that begins elsewhere", "<svg viewBox=\"5 0 480 90\"></svg>",
         "<svg role=\"img\" aria-label=\"A &lt;b&gt;\" viewBox=\"5 0 480 90\"></svg>", 30},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_buf b = {0};
        print_message("# %s\n", cases[i].name);
        tt_page_svg(&b, tt_str_of(cases[i].in), "n", TT_S("A <b>"), cases[i].head);
        assert_string_equal(b.p ? b.p : "", cases[i].want);
        tt_buf_release(&b);
    }
}

/* ---- words ---- */

static void test_counts(void **state)
{
    (void)state;
    static const struct {
        uint64_t n;
        const char *want;
    } cases[] = {{0, "0 issues"},
                 {1, "1 issue"},
                 {9999, "9999 issues"},
                 {10000, "10\u202F000 issues"},
                 {1234567, "1\u202F234\u202F567 issues"},
                 {UINT64_MAX, "18\u202F446\u202F744\u202F073\u202F709\u202F551\u202F615 issues"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_buf b = {0};
        tt_summary_counted(&b, cases[i].n, "issue", "issues");
        assert_string_equal(b.p, cases[i].want);
        tt_buf_release(&b);
    }
}

static void test_periods(void **state)
{
    (void)state;
    tt_period p[] = {{.start = 10, .end = 19}, {.start = 20, .end = 29}, {.start = 30, .end = 39}};
    const tt_series s = {.periods = p, .n_periods = 3};
    static const struct {
        int32_t day;
        size_t want;
    } cases[] = {{9, 3}, {10, 0}, {19, 0}, {20, 1}, {39, 2}, {40, 3}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(tt_summary_period(&s, cases[i].day), cases[i].want);
}

/* ---- a page of the small archive ---- */

struct made {
    tt_world w;
    tt_summary summary;
    tt_figure figures[TT_N_FIGURES];
    tt_str svgs[TT_N_FIGURES];
    tt_buf page;
};

static int make(struct made *m, size_t n, size_t undated, size_t n_topics, const tt_select *sel, bool no_charts)
{
    static const tt_resource tables[] = {{.path = "topics.csv", .title = "topics <&>"}};
    memset(m, 0, sizeof *m);
    int rc = world_make(&m->w, n, undated, n_topics, sel, NULL);
    if (rc == 0)
        rc = tt_summary_make(&m->summary, &m->w.in, &m->w.arena, NULL);
    if (rc == 0)
        rc = tt_charts_make(m->figures, &m->summary, &m->w.in, &m->w.arena, NULL);
    for (size_t i = 0; rc == 0 && i < TT_N_FIGURES && !no_charts; i++)
        if (m->figures[i].script.n)
            m->svgs[i] = TT_S("<svg><g id='x'/></svg>");
    const tt_page page = {.in = &m->w.in,
                          .summary = &m->summary,
                          .figures = m->figures,
                          .svgs = m->svgs,
                          .no_charts = no_charts,
                          .tables = tables,
                          .n_tables = 1};
    if (rc == 0)
        tt_page_write(&m->page, &page);
    return rc == 0 && m->page.failed ? TT_ENOMEM : rc;
}

static void release(struct made *m)
{
    tt_buf_release(&m->page);
    world_release(&m->w);
}

static struct made made;

static void has(const char *text)
{
    if (!strstr(made.page.p, text))
        fail_msg("the page lacks: %s", text);
}

static void lacks(const char *text)
{
    if (strstr(made.page.p, text))
        fail_msg("the page has: %s", text);
}

/* Tags open and close as they must; no attribute asks for anything of the net; every id once. */
static void check_form(void)
{
    static const char *const empty[] = {"meta", "link", "!DOCTYPE"};
    const char *stack[64];
    size_t depth = 0;
    for (const char *p = made.page.p; (p = strchr(p, '<')); p++) {
        size_t n = strcspn(p + 1, " \n>/");
        const char *end = strchr(p, '>');
        assert_non_null(end);
        bool alone = end[-1] == '/';
        for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
            alone = alone || (n == strlen(empty[i]) && memcmp(p + 1, empty[i], n) == 0);
        if (p[1] == '/') {
            n = strcspn(p + 2, ">");
            assert_true(depth > 0);
            depth--;
            if (strncmp(stack[depth], p + 2, n) != 0)
                fail_msg("%.20s is closed by %.20s", stack[depth], p);
        } else if (!alone) {
            assert_true(depth < 64);
            stack[depth++] = p + 1;
        }
    }
    assert_int_equal(depth, 0);
    for (const char *p = made.page.p; (p = strstr(p, " id=")); p++) {
        char id[80] = "";
        snprintf(id, sizeof id, "%.*s", (int)strcspn(p + 5, "\"'") + 5, p);
        assert_null(strstr(p + 1, id));
    }
    lacks("http:");
    lacks("https:");
    lacks("src=");
    lacks("@import");
    lacks("<script");
    lacks("somebody");
}

static void test_page(void **state)
{
    (void)state;
    assert_int_equal(make(&made, 31, 1, WORLD_TOPICS, NULL, false), 0);
    check_form();
    has("<h1><bdi>&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; ](x) `touch made`</bdi></h1>");
    has("<p>31 issues from 3 January 2019 to 3 June 2021, ");
    has(" 1 issue has no date: it counts in the totals, but in no period. Incomplete: 2021 runs to 3 June.</p>");
    has("<svg role=\"img\" aria-label=\"&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; ](x) `touch made` leads "
        "all topics: in 31 of 31 issues: ");
    has("<g id='section-mix-x'/>");
    has("<th scope=\"row\"><bdi>_a^b {/Bold x}</bdi></th>");
    has("<th scope=\"row\"><bdi>2021*</bdi></th>");
    has("100\u00A0% (12/12)");
    has("<a href=\"topics.csv\">topics.csv</a>: topics &lt;&amp;&gt;</li>");
    has("<a href=\"charts/top-topics.gp\">");
    has("<code>tagtrend mentions --topic a</code>");
    lacks("Left out");
    release(&made);
}

static void test_page_without_charts(void **state)
{
    (void)state;
    assert_int_equal(make(&made, 31, 0, 3, NULL, true), 0);
    check_form();
    has("<code>--no-charts</code>");
    lacks("<svg");
    lacks("charts/");
    has("<th scope=\"col\"><bdi>OpenAI</bdi></th>");
    release(&made);
}

static void test_left_out(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        size_t n, undated, topics;
        const char *why[TT_N_FIGURES];
    } cases[] = {
        {"no issue",
         0,
         0,
         2,
         {"no topic of the lexicon occurs", "no topic of the lexicon occurs", "no topic of the lexicon occurs",
          "no issue has a date"}},
        {"no topic",
         31,
         0,
         0,
         {"no topic of the lexicon occurs", "no topic of the lexicon occurs", "no topic of the lexicon occurs", ""}},
        {"no date", 9, 9, 2, {"", "no issue has a date", "no issue has a date", "no issue has a date"}},
        {"one quarter",
         3,
         0,
         2,
         {"", "all dated issues are of one quarter", "all dated issues are of one quarter", ""}},
        {"few issues", 12, 0, 2, {"", "fewer than two quarters have 5 issues or more", "", ""}},
        {"enough", 60, 0, 1, {"", "", "", ""}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        print_message("# %s\n", cases[i].name);
        assert_int_equal(make(&made, cases[i].n, cases[i].undated, cases[i].topics, NULL, false), 0);
        check_form();
        for (size_t k = 0; k < TT_N_FIGURES; k++) {
            tt_buf want = {0};
            assert_int_equal(made.figures[k].why.n, strlen(cases[i].why[k]));
            assert_memory_equal(made.figures[k].why.p ? made.figures[k].why.p : "", cases[i].why[k],
                                made.figures[k].why.n);
            assert_true((made.figures[k].script.n == 0) == (made.figures[k].why.n != 0));
            tt_buf_f(&want, "The reason: %s.</p>", cases[i].why[k]);
            if (made.figures[k].why.n)
                has(want.p);
            tt_buf_release(&want);
        }
        release(&made);
    }
}

/* What is chosen: the most covered topics, equals by mentions, then by id; 7 sections and the others. */
static void test_choice(void **state)
{
    (void)state;
    assert_int_equal(make(&made, 60, 0, WORLD_TOPICS, NULL, false), 0);
    assert_int_equal(made.summary.n_ranked, WORLD_TOPICS);
    for (uint32_t i = 0; i < WORLD_TOPICS; i++)
        assert_int_equal(made.summary.ranked[i].topic, i);
    assert_int_equal(made.summary.n_issues, 60);
    assert_int_equal(made.summary.mentions, 60 * 3 * 2);
    const tt_figure *lines = &made.figures[1], *heat = &made.figures[2], *mix = &made.figures[3];
    assert_int_equal(lines->n_columns, 1 + 8);
    assert_int_equal(lines->n_rows, 1 + 5);
    assert_int_equal(heat->n_rows, 1 + WORLD_TOPICS);
    assert_int_equal(heat->n_columns, 1 + 5); /* 20 quarters are too many */
    assert_int_equal(mix->n_columns, 1 + 8);
    assert_true(tt_str_is(mix->cells[8], "5 other sections"));
    assert_true(tt_str_is(lines->title, "Of the top eight, Größe moved most: from 25\u00A0% of the issues in 2019 to "
                                        "17\u00A0% in 2023"));
    release(&made);
}

/* By quarter up to 16 of them; lines only where fewer than 3 years have 5 issues. */
static void test_axis(void **state)
{
    (void)state;
    static const struct {
        size_t n;
        const char *fine, *coarse;
    } cases[] = {{24, "quarter", "quarter"},
                 {28, "quarter", "quarter"},
                 {29, "quarter", "year"},
                 {48, "quarter", "year"},
                 {49, "year", "year"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(make(&made, cases[i].n, 0, 2, NULL, false), 0);
        assert_string_equal(made.summary.fine.unit, cases[i].fine);
        assert_string_equal(made.summary.coarse.unit, cases[i].coarse);
        release(&made);
    }
}

static void test_incomplete(void **state)
{
    (void)state;
    static const struct {
        size_t n;
        const char *want;
    } cases[] = {{2, "2019 runs from 3 January to 3 February"}, {12, ""}, {17, "2020 runs to 3 May"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(make(&made, cases[i].n, 0, 2, NULL, false), 0);
        assert_true(tt_str_is(made.summary.year.incomplete, cases[i].want));
        release(&made);
    }
    tt_select sel = {.has_from = true};
    assert_true(tt_day_of(2019, 5, 1, &sel.from));
    assert_int_equal(make(&made, 17, 0, 2, &sel, false), 0);
    assert_true(tt_str_is(made.summary.year.incomplete, "2019 starts on 3 May; 2020 runs to 3 May"));
    release(&made);
}

static void test_selection(void **state)
{
    (void)state;
    static const int years[] = {2019, 2020};
    static const char *const topics[] = {"b"}, *const sections[] = {WORLD_NAME, "Apps"}, *const none[] = {"Jobs"};
    tt_select sel = {.has_from = true,
                     .has_to = true,
                     .years = years,
                     .n_years = 2,
                     .topics = topics,
                     .n_topics = 1,
                     .sections = sections,
                     .n_sections = 2,
                     .not_sections = none,
                     .n_not_sections = 1};
    assert_true(tt_day_of(2019, 2, 1, &sel.from) && tt_day_of(2020, 12, 31, &sel.to));
    assert_int_equal(make(&made, 40, 0, 4, &sel, false), 0);
    check_form();
    has("Only a part of the archive is counted: from 2019-02-01; to 2020-12-31; year 2019, 2020; topics <bdi>b</bdi>; "
        "sections <bdi>&quot;&gt;&lt;script&gt;");
    has(", <bdi>Apps</bdi>; without the sections <bdi>Jobs</bdi>.</p>");
    lacks("mentions of 1 topic"); /* places of all topics would be no number of this selection */
    release(&made);
    assert_int_equal(make(&made, 40, 0, 4, NULL, false), 0);
    lacks("Only a part");
    has("mentions of 4 topics");
    release(&made);
}

static int whole(void)
{
    int rc = make(&made, 31, 1, WORLD_TOPICS, NULL, false);
    release(&made);
    return rc;
}

static void test_no_memory(void **state)
{
    (void)state;
    assert_true(fail_each(whole, TT_ENOMEM) > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),       cmocka_unit_test(test_svg),       cmocka_unit_test(test_counts),
        cmocka_unit_test(test_periods),    cmocka_unit_test(test_page),      cmocka_unit_test(test_page_without_charts),
        cmocka_unit_test(test_left_out),   cmocka_unit_test(test_choice),    cmocka_unit_test(test_axis),
        cmocka_unit_test(test_incomplete), cmocka_unit_test(test_selection), cmocka_unit_test(test_no_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
