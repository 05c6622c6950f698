/* meta: titles. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "fail_alloc.h"
#include "read/meta.h"

static tt_text text_of(const char *in)
{
    return (tt_text){.data = (char *)(uintptr_t)in, .n = strlen(in), .encoding = "UTF-8"};
}

/* ---- titles: a small reader of Markdown, enough to make documents of ---- */

typedef struct doc_of {
    tt_block blocks[32];
    tt_run runs[64];
    tt_doc doc;
} doc_of;

static void add_run(doc_of *d, uint32_t at, uint32_t n, tt_zone zone)
{
    d->runs[d->doc.n_runs++] = (tt_run){.vis = at, .n = n, .at = at, .n_src = n, .zone = (uint8_t)zone};
    d->blocks[d->doc.n_blocks - 1].n_runs++;
}

/* One line: `# ` headings, `> ` and `- ` nested paragraphs, `![…` images, ``` code, and paragraphs with the line before. */
static void add_line(doc_of *d, const char *all, uint32_t at, uint32_t n, bool goes_on)
{
    const char *line = all + at;
    uint32_t marks = 0;
    while (marks < n && line[marks] == '#')
        marks++;
    bool heading = marks > 0 && marks < n && line[marks] == ' ';
    bool nested = n > 1 && (line[0] == '>' || line[0] == '-') && line[1] == ' ';
    bool code = n > 1 && line[0] == '\t';
    if (!goes_on || heading || nested || code || d->doc.n_blocks == 0) {
        tt_block b = {.first_run = d->doc.n_runs, .at = at, .nested = nested};
        b.kind = heading ? TT_BLOCK_HEADING : code ? TT_BLOCK_CODE : TT_BLOCK_PARAGRAPH;
        b.level = heading ? (uint8_t)marks : 0;
        d->blocks[d->doc.n_blocks++] = b;
    } else {
        add_run(d, at - 1, 1, TT_ZONE_TEXT); /* the line end before it */
    }
    uint32_t skip = heading ? marks + 1 : nested ? 2 : 0;
    tt_zone zone = code ? TT_ZONE_CODE : line[0] == '!' ? TT_ZONE_ALT : line[0] == '<' ? TT_ZONE_META : TT_ZONE_TEXT;
    if (skip < n)
        add_run(d, at + skip, n - skip, zone);
}

static void make_doc(doc_of *d, const tt_text *text, size_t body_at)
{
    *d = (doc_of){0};
    d->doc = (tt_doc){.vis = text->data, .n_vis = (uint32_t)text->n, .runs = d->runs, .blocks = d->blocks};
    if (body_at > 0) {
        d->blocks[d->doc.n_blocks++] = (tt_block){.kind = TT_BLOCK_FRONT};
        add_run(d, 0, (uint32_t)body_at, TT_ZONE_META);
    }
    bool goes_on = false;
    for (size_t at = body_at; at < text->n;) {
        const char *end = memchr(text->data + at, '\n', text->n - at);
        size_t n = end != NULL ? (size_t)(end - text->data) - at : text->n - at;
        bool blank = tt_str_trim((tt_str){text->data + at, n}).n == 0;
        if (!blank)
            add_line(d, text->data, (uint32_t)at, (uint32_t)n, goes_on);
        goes_on = !blank && d->blocks[d->doc.n_blocks - 1].kind == TT_BLOCK_PARAGRAPH;
        at += n + 1;
    }
}

typedef struct title_case {
    const char *in, *side, *want;
    tt_title_source source;
    int block; /* -1: none */
} title_case;

static void expect_title(const title_case *c)
{
    tt_arena arena = {0};
    tt_text text = text_of(c->in);
    tt_front f;
    tt_title t;
    tt_err err;
    doc_of d;
    assert_int_equal(tt_front_read(&text, "a.md", &arena, &f, NULL, &err), 0);
    make_doc(&d, &text, f.body_at);
    assert_int_equal(tt_title_find(&text, &f, &d.doc, tt_str_of(c->side), TT_S("dir/the.stem.md"), &arena, &t), 0);
    if (!tt_str_is(t.text, c->want) || t.source != c->source || t.block != (uint32_t)c->block)
        fail_msg("%s: title `%.*s`, source %d, block %u", c->in, (int)t.text.n, t.text.p, (int)t.source, t.block);
    tt_arena_release(&arena);
}

#define A119                                                                                                           \
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" \
    "aaaaaaé"

static void titles(void **state)
{
    (void)state;
    static const title_case cases[] = {
        {"---\ntitle: Meta\n---\n# Head\n", "Side  title", "Side title", TT_TITLE_SIDE, -1},
        {"# Head\n", "Side", "Side", TT_TITLE_SIDE, 0},
        {"---\ntitle: Meta\n---\n# Head\n", NULL, "Meta", TT_TITLE_METADATA, -1},
        /* a heading equal to the metadata's title is that title, numbers aside */
        {"---\ntitle: The  head!\n---\n# the HEAD\n", NULL, "The head!", TT_TITLE_METADATA, 1},
        {"---\ntitle: '#12: Head'\n---\n# Head\n", NULL, "#12: Head", TT_TITLE_METADATA, 1},
        {"---\ntitle: '!!'\n---\n# ??\n", NULL, "!!", TT_TITLE_METADATA, -1},
        {"# Head &  more\n\n## Sub\n\ntext\n", NULL, "Head & more", TT_TITLE_HEADING, 0},
        {"Some words.\n\n# Head\n", NULL, "Head", TT_TITLE_HEADING, 1},
        {"> # no heading\n\n# Head\n", NULL, "Head", TT_TITLE_HEADING, 1},
        /* not lone, or a heading before it */
        {"# One\n\n# Two\n", NULL, "One", TT_TITLE_LINE, -1},
        {"## Zero\ntext\n\n# One\n", NULL, "the.stem", TT_TITLE_STEM, -1},
        {"## Zero\n\n# One\n", NULL, "Zero", TT_TITLE_LINE, -1},
        /* the first of ten lines with a number form, no list item */
        {"View profile\n\n#37: Models\n\nHey\n", NULL, "#37: Models", TT_TITLE_LINE, -1},
        {"View profile\nIssue 37\nmore\n", NULL, "Issue 37", TT_TITLE_LINE, -1},
        {"a\nb\nc\nd\ne\nf\ng\nh\ni\nNo. 10\n", NULL, "No. 10", TT_TITLE_LINE, -1},
        {"a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nNo. 11\n", NULL, "the.stem", TT_TITLE_STEM, -1},
        {"a\n\n- #12: item\n\nIssue 4\n", NULL, "Issue 4", TT_TITLE_LINE, -1},
        {"a\nb\n* #12: item\n1. Issue 3\n", NULL, "the.stem", TT_TITLE_STEM, -1},
        {"a\n\n12. is no form here\n", NULL, "a", TT_TITLE_LINE, -1},
        {"Issue 12 " A119 A119 A119 "\nb\n", NULL, "the.stem", TT_TITLE_STEM, -1},
        {"---\ndate: 2020-01-01\n---\nIssue 12\n", NULL, "Issue 12", TT_TITLE_LINE, -1},
        /* a first line with a blank line after it */
        {"First\n\nsecond\n", NULL, "First", TT_TITLE_LINE, -1},
        {"First\n \t\nsecond\n", NULL, "First", TT_TITLE_LINE, -1},
        {"\n\nFirst\n\n", NULL, "First", TT_TITLE_LINE, -1},
        {"![image](x)\n\n<!-- c -->\n\nFirst\n\nsecond\n", NULL, "First", TT_TITLE_LINE, -1},
        {"\tcode\n\nFirst\n\nsecond\n", NULL, "First", TT_TITLE_LINE, -1},
        {A119 "\n\nsecond\n", NULL, A119, TT_TITLE_LINE, -1},
        {"b" A119 "\n\nsecond\n", NULL, "the.stem", TT_TITLE_STEM, -1},
        {"First\nsecond\n\n", NULL, "the.stem", TT_TITLE_STEM, -1},
        {"First\n", NULL, "the.stem", TT_TITLE_STEM, -1},
        {"First", NULL, "the.stem", TT_TITLE_STEM, -1},
        {"", NULL, "the.stem", TT_TITLE_STEM, -1},
        {"# \n", NULL, "the.stem", TT_TITLE_STEM, -1},
    };
    assert_int_equal(strlen(A119), 120);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        expect_title(&cases[i]);
}

/* Runs that stand for something else: an entity, a line break seen as a blank. */
static void title_from_runs(void **state)
{
    (void)state;
    static const char source[] = "Q&amp;A\nday\n\nx";
    tt_text text = text_of(source);
    tt_run runs[] = {{0, 1, 0, 1, TT_ZONE_TEXT, false},
                     {1, 1, 1, 5, TT_ZONE_TEXT, false},
                     {2, 1, 6, 1, TT_ZONE_TEXT, false},
                     {3, 1, 7, 1, TT_ZONE_TEXT, false},
                     {4, 3, 8, 3, TT_ZONE_TEXT, false}};
    tt_block block = {.n_runs = 5};
    char vis[] = "Q&A day";
    tt_doc doc = {.vis = vis, .n_vis = 7, .runs = runs, .n_runs = 5, .blocks = &block, .n_blocks = 1};
    tt_front f = {0};
    tt_arena arena = {0};
    tt_title t;
    assert_int_equal(tt_title_find(&text, &f, &doc, (tt_str){0}, TT_S("s"), &arena, &t), 0);
    assert_true(tt_str_is(t.text, "s")); /* no blank line after the first */
    static const char other[] = "Q&amp;A\n\nd\n\nx";
    text = text_of(other);
    runs[4] = (tt_run){4, 1, 9, 1, TT_ZONE_TEXT, false};
    assert_int_equal(tt_title_find(&text, &f, &doc, (tt_str){0}, TT_S("s"), &arena, &t), 0);
    assert_true(tt_str_is(t.text, "Q&A"));
    tt_arena_release(&arena);
}

/* ---- no memory ---- */

static const char *oom_in;

static int find_only(void)
{
    tt_arena arena = {0};
    tt_text text = text_of(oom_in);
    tt_front f = {.number = -1, .title = TT_S("A")};
    tt_title t;
    doc_of d;
    if (oom_in[0] != '#')
        f.title = (tt_str){0};
    make_doc(&d, &text, 0);
    int rc = tt_title_find(&text, &f, &d.doc, (tt_str){0}, TT_S("a.md"), &arena, &t);
    tt_arena_release(&arena);
    return rc;
}

static void no_memory(void **state)
{
    (void)state;
    static const char *const in[] = {"# Issue 3: A\n", "one\nIssue 12\n", "First\n\nx\n", "x"};
    for (size_t i = 0; i < sizeof(in) / sizeof(in[0]); i++) {
        oom_in = in[i];
        assert_true(fail_each(find_only, TT_ENOMEM) > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(titles),
        cmocka_unit_test(title_from_runs),
        cmocka_unit_test(no_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
