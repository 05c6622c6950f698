/* report/review, markdown, page_year, plot_card: what is said of a year, and that nothing foreign gets out of its place. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <md4c.h>
#include <string.h>

#include "report/markdown.h"
#include "report/page.h"
#include "report/review_say.h"
#include "trend/story.h"
#include "fail_alloc.h"
#include "report_world.h"

/* ---- Markdown: md4c reads back what was written ---- */

struct seen {
    tt_buf text;
    size_t marks;     /* blocks and spans other than the paragraph's */
    size_t elsewhere; /* links and pictures but those to OWN, index.html and charts/ */
    size_t own;       /* links to OWN */
    size_t html;      /* pieces of text that are HTML or code */
};

#define OWN "https://own.org/1?a=1&copy=\"'><b>`$(x)]\\"
#define OWN_READ "https://own.org/1?a=1&copy=%22%27%3E%3Cb%3E%60%24%28x%29%5D%5C"

static int on_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
    (void)detail;
    ((struct seen *)ctx)->marks += type != MD_BLOCK_DOC && type != MD_BLOCK_P;
    return 0;
}

static int on_span(MD_SPANTYPE type, void *detail, void *ctx)
{
    struct seen *s = ctx;
    s->marks++;
    if (type == MD_SPAN_A) {
        const MD_SPAN_A_DETAIL *a = detail;
        tt_buf href = {0};
        for (size_t i = 0; a->href.substr_offsets[i] < a->href.size; i++) {
            const MD_OFFSET at = a->href.substr_offsets[i], end = a->href.substr_offsets[i + 1];
            if (a->href.substr_types[i] == MD_TEXT_ENTITY)
                tt_buf_char(&href, '&');
            else
                tt_buf_add(&href, a->href.text + at, end - at);
        }
        s->own += strcmp(href.p, OWN_READ) == 0;
        s->elsewhere += strcmp(href.p, OWN_READ) != 0 && strcmp(href.p, "index.html") != 0;
        tt_buf_release(&href);
    } else if (type == MD_SPAN_IMG) {
        const MD_SPAN_IMG_DETAIL *img = detail;
        s->elsewhere += img->src.size < 7 || memcmp(img->src.text, "charts/", 7) != 0;
    }
    return 0;
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE n, void *ctx)
{
    struct seen *s = ctx;
    s->marks += type != MD_TEXT_NORMAL;
    s->html += type != MD_TEXT_NORMAL && type != MD_TEXT_SOFTBR;
    tt_buf_add(&s->text, text, n);
    return 0;
}

/* In all dialects that md4c knows. */
static void read_back(const tt_buf *markdown, struct seen *out)
{
    const MD_PARSER parser = {.flags =
                                  MD_DIALECT_GITHUB | MD_FLAG_LATEXMATHSPANS | MD_FLAG_WIKILINKS | MD_FLAG_UNDERLINE,
                              .enter_block = on_block,
                              .leave_block = on_block,
                              .enter_span = on_span,
                              .leave_span = on_span,
                              .text = on_text};
    memset(out, 0, sizeof *out);
    assert_int_equal(md_parse(markdown->p, (MD_SIZE)markdown->n, &parser, out), 0);
}

static void test_markdown_text(void **state)
{
    static const struct {
        const char *in, *want; /* NULL: the same */
    } cases[] = {
        {"Größe 3", NULL},
        {"\"><script>alert('1')</script>", NULL},
        {"`touch made` ``x", NULL},
        {"=cmd()", NULL},
        {"](x) [a](b) ![c](d) [e]: f", NULL},
        {"_a^b **c** ~~d~~ $e$ $$f$$ [[g]]", NULL},
        {"&amp; &#x41; R&D, A & B", NULL},
        {"a\\*b\\", NULL},
        {"# heading", NULL},
        {"#50: title", NULL},
        {"- item", NULL},
        {"+ item", NULL},
        {"2020. A year", NULL},
        {"1) one", NULL},
        {"===", NULL},
        {"---", NULL},
        {"> quote", NULL},
        {"| a | b |", NULL},
        {"~~~", NULL},
        {"<!-- x", NULL},
        {"a\n\n# b\r\n\tc", "a  # b   c"},
        {"a\x1B[2Jb\xFF", "a\uFFFD[2Jb\uFFFD"},
        {"\u202Eabc\u200F\u2069d", "abcd"},
        {"שלום & x", "\u2068שלום & x\u2069"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_buf b = {0};
        struct seen seen;
        const char *want = cases[i].want ? cases[i].want : cases[i].in;
        tt_markdown_text(&b, tt_str_of(cases[i].in));
        read_back(&b, &seen);
        if (seen.marks)
            fail_msg("%s has markup", b.p);
        assert_string_equal(seen.text.p, want);
        tt_buf_release(&seen.text);
        tt_buf_release(&b);
    }
}

/* In the midst of a line fewer characters mean anything. */
static void test_markdown_inside(void **state)
{
    tt_buf b = {0};
    (void)state;
    tt_buf_text(&b, "[");
    tt_markdown_text(&b, TT_S("#41: R & D"));
    assert_string_equal(b.p, "[#41: R & D");
    tt_buf_release(&b);
}

static void test_markdown_url(void **state)
{
    static const struct {
        const char *in, *want;
    } cases[] = {{"https://x.org/2020/a-b_c.html?q=1;2,3+4#top", "https://x.org/2020/a-b_c.html?q=1;2,3+4#top"},
                 {"http://x.org/a b](x)`<\"&\\", "http://x.org/a%20b%5D%28x%29%60%3C%22&amp;%5C"},
                 {"https://x.org/é%41\n$*|", "https://x.org/%C3%A9%41%0A%24%2A%7C"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_buf b = {0};
        tt_markdown_url(&b, tt_str_of(cases[i].in));
        assert_string_equal(b.p, cases[i].want);
        tt_buf_release(&b);
    }
}

/* ---- reviews of the small archive ---- */

enum { YEARS = 8 };

struct made {
    tt_world w;
    tt_summary summary;
    tt_year_charts *charts;
    size_t n;
    tt_story stories[YEARS];
    tt_year_review reviews[YEARS];
    tt_figure cards[YEARS];
    tt_buf html, md;
    const char *own;    /* URL of the first issue in others; NULL: OWN */
    unsigned kinds;     /* of pictures; 0: PNG */
    const int64_t *add; /* to the numbers of issues 12 to 23; NULL: nothing */
};

static struct made made;

static int tell(struct made *m, tt_err *err)
{
    tt_timeline t;
    const tt_series *s = &m->w.by[0];
    tt_story_in in = {.facts = &m->w.facts, .filter = &m->w.filter, .timeline = &t};
    int rc = tt_timeline_make(&t, in.facts, in.filter, TT_ALL_TOPICS, &m->w.arena, err);
    assert_true(s->n_periods <= YEARS);
    for (size_t i = 0; i < s->n_periods && rc == 0; i++) {
        in.before = s->periods[i].start - 365;
        in.from = s->periods[i].start;
        in.to = s->periods[i].end;
        rc = tt_story_make(&m->stories[i], &in, &m->w.arena, err);
    }
    m->w.in.stories = m->stories;
    return rc;
}

static int make(struct made *m, size_t n, size_t n_topics, const tt_select *sel)
{
    *m = (struct made){.own = m->own, .kinds = m->kinds, .add = m->add};
    int rc = world_make(&m->w, n, 0, n_topics, sel, NULL);
    for (size_t i = 0; i < m->w.facts.n_links && rc == 0; i++)
        if (m->w.links[i].target == 0)
            m->w.links[i].url = tt_str_of(m->own ? m->own : OWN);
    for (size_t i = 12; i < 24 && rc == 0 && m->add; i++)
        m->w.issues[i].number += m->add[i - 12];
    if (rc == 0)
        rc = tell(m, NULL);
    if (rc == 0)
        rc = tt_summary_make(&m->summary, &m->w.in, &m->w.arena, NULL);
    if (rc == 0)
        rc = tt_year_charts_make(&m->charts, &m->n, &m->summary, &m->w.in, &m->w.arena, NULL);
    for (size_t i = 0; i < m->n && rc == 0; i++) {
        rc = tt_year_review_make(&m->reviews[i], &m->charts[i], &m->w.in, &m->w.arena, NULL);
        if (rc == 0)
            rc = tt_year_card_make(&m->cards[i], &m->reviews[i], &m->w.in, &m->w.arena, NULL);
    }
    const tt_page page = {.in = &m->w.in,
                          .summary = &m->summary,
                          .no_charts = true,
                          .years = m->reviews,
                          .charts = m->charts,
                          .n_years = m->n};
    for (size_t i = 0; i < m->n && rc == 0; i++) {
        tt_page_year_write(&m->html, &page, i);
        tt_markdown_review(&m->md, &m->reviews[i], &m->charts[i], m->kinds ? m->kinds : 1u << TT_PICTURE_PNG);
    }
    return rc == 0 && (m->html.failed || m->md.failed) ? TT_ENOMEM : rc;
}

static void release(struct made *m)
{
    tt_buf_release(&m->html);
    tt_buf_release(&m->md);
    world_release(&m->w);
}

static void has(const tt_buf *b, const char *text)
{
    if (!strstr(b->p, text))
        fail_msg("missing: %s", text);
}

static void lacks(const tt_buf *b, const char *text)
{
    if (strstr(b->p, text))
        fail_msg("there: %s", text);
}

static void test_hostile(void **state)
{
    (void)state;
    assert_int_equal(make(&made, 31, WORLD_TOPICS, NULL), 0);
    assert_int_equal(made.n, 3);
    lacks(&made.html, "<script");
    lacks(&made.html, "http:");
    for (const char *p = made.html.p; (p = strstr(p, "https:")); p++)
        assert_memory_equal(p, "https://own.org/1?a=1&amp;copy=&quot;&#39;&gt;&lt;b&gt;`$(x)]\\\"><cite>", 68);
    lacks(&made.html, "src=");
    lacks(&made.html, "somebody");
    struct seen seen;
    read_back(&made.md, &seen);
    assert_int_equal(seen.html, 0);
    tt_buf_release(&seen.text);
    assert_int_equal(seen.elsewhere, 0);
    lacks(&made.md, "somebody");
    has(&made.html, "<h1>2020 in review: <bdi>&quot;&gt;&lt;script&gt;");
    has(&made.md, "\\](x) \\`touch made\\`: 2020 in review\n");
    lacks(&made.md, "x.md");
    has(&made.md, "on [the page of 2020](index.html).\n");
    has(&made.md, "![");
    has(&made.md, "](charts/top-topics.png)");
    release(&made);
}

/* Issues are links where another one says where they are, by http(s) alone; each sentence of ours has its end. */
static void test_links(void **state)
{
    static const char *const none[] = {"", "javascript:alert(1)", "httpx://x", "2019/041.md", "mailto:a@b.org"};
    struct seen seen;
    (void)state;
    assert_int_equal(make(&made, 12, WORLD_TOPICS, NULL), 0);
    read_back(&made.md, &seen);
    assert_true(seen.own > 0);
    tt_buf_release(&seen.text);
    has(&made.html, "<a href=\"https://own.org/1?a=1&amp;copy=&quot;&#39;&gt;&lt;b&gt;`$(x)]\\\"><cite><bdi>");
    release(&made);
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        made.own = none[i];
        assert_int_equal(make(&made, 12, WORLD_TOPICS, NULL), 0);
        lacks(&made.md, "](http");
        lacks(&made.html, "\"><cite>");
        has(&made.html, "<cite>");
        if (none[i][0])
            lacks(&made.md, none[i]);
        release(&made);
    }
    made.own = NULL;
}

/* The first link by date counts, not the first by the issues' place in the archive. */
static void test_first_link(void **state)
{
    tt_issue issues[3] = {{.order = 2}, {.order = 1}, {.order = 0}};
    const tt_link links[] = {{0, 0, 2, TT_S("https://x/late"), TT_S("x"), TT_S("")},
                             {1, 0, 2, TT_S(""), TT_S("x"), TT_S("#1")},
                             {1, 0, 2, TT_S("http://x/first"), TT_S("x"), TT_S("")},
                             {1, 0, 2, TT_S("https://x/second"), TT_S("x"), TT_S("")},
                             {1, 0, TT_NO_ISSUE, TT_S("https://y/"), TT_S("y"), TT_S("")}};
    const tt_facts facts = {.issues = issues, .n_issues = 3, .links = links, .n_links = 5};
    const tt_report_in in = {.facts = &facts};
    tt_arena arena = {0};
    tt_teller t = {.in = &in, .arena = &arena};
    (void)state;
    tt_teller_urls(&t);
    assert_string_equal(t.urls[2].p, "http://x/first");
    assert_int_equal(t.urls[0].n + t.urls[1].n, 0);
    tt_teller_release(&t);
    tt_arena_release(&arena);
}

/* Issue i has number i, and 2020 is issues 12 to 23. */
static void test_missing(void **state)
{
    static const struct {
        const char *name, *want;
        int64_t add[12];
    } cases[] = {
        {"none", "2020 had 12 issues with ", {0}},
        {"one", "2020 had 12 issues (#20 is not in the archive) with ", {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1}},
        {"two", "2020 had 12 issues (#14 and #15 are not in the archive) with ", {0, 0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2}},
        {"seven",
         "2020 had 12 issues (#13, #14, #15, #16, #17 and 2 more are not in the archive) with ",
         {0, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7}},
        {"as many as issues", " and 7 more are not in the archive)", {0, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12}},
        {"more", "2020 had 12 issues with ", {0, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13}},
        {"no number", "2020 had 12 issues with ", {-99, -99, -99, -99, -99, -99, -99, -99, -99, -99, -99, -99}},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        print_message("# %s\n", cases[i].name);
        made.add = cases[i].add;
        assert_int_equal(make(&made, 24, 3, NULL), 0);
        made.add = NULL;
        has(&made.md, cases[i].want);
        release(&made);
    }
}

static void test_pictures(void **state)
{
    (void)state;
    made.kinds = 1u << TT_PICTURE_PDF;
    assert_int_equal(make(&made, 12, WORLD_TOPICS, NULL), 0);
    lacks(&made.md, "![");
    has(&made.md, "as PDF, which Markdown does not show");
    release(&made);
    made.kinds = 1u << TT_PICTURE_PDF | 1u << TT_PICTURE_SVG;
    assert_int_equal(make(&made, 12, WORLD_TOPICS, NULL), 0);
    has(&made.md, "](charts/top-topics.svg)");
    lacks(&made.md, "which Markdown does not show");
    made.kinds = 0;
    release(&made);
}

/* What is said depends on what the data bear. */
static void test_words(void **state)
{
    static const struct {
        const char *name;
        size_t n, topics;
        const char *has[5], *lacks[4];
    } cases[] = {
        {"three issues",
         3,
         2,
         {"nothing can be said of changes, silences, streaks and pairs", "2019 is incomplete", NULL},
         {"### The longest streak", "### Up and down", NULL}},
        {"one year",
         12,
         3,
         {"It is the first year of the archive", "No issue stands before 2019", "every one of the 12 issues",
          "12 issues mention topics at 6 places each, none at more. The first: [", NULL},
         {"is incomplete", "### Gone quiet", "more than any other", NULL}},
        {"no topic",
         12,
         0,
         {"No topic of the lexicon occurs in 2019.", "There are no two topics in 5 issues each", NULL},
         {"In most issues", NULL}},
        {"incomplete",
         29,
         3,
         {"2021 is incomplete: its issues are of 3 January to 3 May", "compared with 1 January to ", NULL},
         {"2020 is incomplete", NULL}},
        {"no news",
         24,
         3,
         {"Every topic of 2020 had been mentioned before.", "No topic of both years rose or fell",
          "Every topic that was in 3 issues or more of 2019 is there in 2020, too.", NULL},
         {"### Comebacks", NULL}},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        print_message("# %s\n", cases[i].name);
        assert_int_equal(make(&made, cases[i].n, cases[i].topics, NULL), 0);
        for (size_t k = 0; cases[i].has[k]; k++)
            has(&made.md, cases[i].has[k]);
        for (size_t k = 0; cases[i].lacks[k]; k++)
            lacks(&made.md, cases[i].lacks[k]);
        release(&made);
    }
}

/* Numbers by hand: 2020 is issues 12 to 23; topic t is in every (t + 1)th issue with 1 + t % 2 mentions. */
static void test_numbers(void **state)
{
    (void)state;
    assert_int_equal(make(&made, 24, WORLD_TOPICS, NULL), 0);
    const tt_year_review *r = &made.reviews[1];
    assert_int_equal(r->year, 2020);
    assert_int_equal(r->issues, 12);
    assert_int_equal(r->words, 12 * 303 + 3 * (12 + 23) * 6);
    assert_true(tt_str_is(r->reading, "18\u00A0min")); /* 4266 / 238 */
    assert_int_equal(r->mentions, 12 * 3 * 2);
    assert_int_equal(r->n_topics, WORLD_TOPICS);
    assert_true(tt_str_is(r->topics[0].command, "tagtrend mentions --topic a --year 2020"));
    assert_int_equal(r->topics[0].rows, 12);
    assert_int_equal(r->topics[0].issues, 12);
    assert_true(tt_str_is(r->topics[1].command, "tagtrend mentions --topic b --year 2020"));
    assert_int_equal(r->topics[1].rows, 12);
    assert_int_equal(r->topics[1].issues, 6);
    release(&made);
}

/* Commands repeat what the report selects, each word safe for a shell. */
static void test_commands(void **state)
{
    static const char *const sections[] = {WORLD_NAME, "Apps"}, *const not_sections[] = {"Jobs"};
    tt_select sel = {
        .has_from = true, .sections = sections, .n_sections = 2, .not_sections = not_sections, .n_not_sections = 1};
    (void)state;
    assert_true(tt_day_of(2019, 2, 1, &sel.from));
    assert_int_equal(make(&made, 36, 3, &sel), 0);
    assert_true(made.reviews[0].n_topics > 0);
    assert_true(
        tt_str_is(made.reviews[0].topics[0].command,
                  "tagtrend mentions --topic b --year 2019 --from 2019-02-01 --section "
                  "'\"><script>alert('\\''1'\\'')</script> & ](x) `touch made`' --section Apps --not-section Jobs"));
    /* `issues` lists those without a word in these sections, too */
    assert_int_equal(made.reviews[0].issues, 5);
    assert_int_equal(made.reviews[0].v[0].opens[0].rows, 11);
    release(&made);
}

static void test_card(void **state)
{
    (void)state;
    assert_int_equal(make(&made, 31, WORLD_TOPICS, NULL), 0);
    const tt_figure *f = &made.cards[2];
    tt_buf b = {0};
    tt_buf_str(&b, f->script);
    assert_true(f->above);
    has(&b, "tt_file = '../card'");
    has(&b, "'7 of 7'");
    has(&b, "'2021*'");
    has(&b, "'The topics in the most issues, of 7'");
    has(&b, "'* 2021 is incomplete: 3 January to 3 July'");
    lacks(&b, "`touch made`\n");
    tt_buf_release(&b);
    release(&made);
    assert_int_equal(make(&made, 12, 0, NULL), 0);
    assert_int_equal(made.cards[0].script.n, 0);
    assert_true(made.cards[0].why.n > 0);
    release(&made);
}

static int whole(void)
{
    int rc = make(&made, 31, WORLD_TOPICS, NULL);
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
        cmocka_unit_test(test_markdown_text), cmocka_unit_test(test_markdown_inside),
        cmocka_unit_test(test_markdown_url),  cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_words),         cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_links),         cmocka_unit_test(test_first_link),
        cmocka_unit_test(test_pictures),      cmocka_unit_test(test_missing),
        cmocka_unit_test(test_commands),      cmocka_unit_test(test_card),
        cmocka_unit_test(test_no_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
