/* scan: the scanner of Markdown makes the doc that md4c makes: of hand-written cases, of mutated documents, of every example
 * of CommonMark's specification, of real issues. TT_SCAN_ROUNDS: how many mutated documents (default 20 000);
 * TT_COMMONMARK_SPEC: the specification's spec.txt (see tests/commonmark.t). */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "base/bytes.h"
#include "base/file.h"
#include "fail_alloc.h"
#include "parse/parse.h"
#include "show_doc.h"

static tt_arena arena;

/* ---- two docs ---- */

static const char *run_differs(const tt_run *a, const tt_run *b)
{
    return a->vis != b->vis || a->n != b->n         ? "run: what is seen"
           : a->at != b->at || a->n_src != b->n_src ? "run: place"
           : a->zone != b->zone                     ? "run: zone"
           : a->barrier != b->barrier               ? "run: barrier"
                                                    : NULL;
}

static const char *block_differs(const tt_block *a, const tt_block *b)
{
    return a->first_run != b->first_run || a->n_runs != b->n_runs ? "block: runs"
           : a->at != b->at                                       ? "block: place"
           : a->kind != b->kind || a->level != b->level           ? "block: kind"
           : a->nested != b->nested || a->strong != b->strong     ? "block: nested or strong"
           : a->overlay != b->overlay || a->section != b->section ? "block: overlay"
                                                                  : NULL;
}

static const char *anchor_differs(const tt_anchor *a, const tt_anchor *b)
{
    return a->vis != b->vis || a->n != b->n           ? "link: text"
           : a->block != b->block || a->run != b->run ? "link: place"
           : a->zone != b->zone                       ? "link: zone"
           : !tt_str_eq(a->url, b->url)               ? "link: URL"
                                                      : NULL;
}

/* What differs, NULL: nothing. */
static const char *doc_differs(const tt_doc *a, const tt_doc *b)
{
    const char *what = NULL;
    if (a->n_vis != b->n_vis || (a->n_vis > 0 && memcmp(a->vis, b->vis, a->n_vis) != 0))
        return "text that is seen";
    if (a->n_runs != b->n_runs || a->n_blocks != b->n_blocks || a->n_anchors != b->n_anchors || a->plain != b->plain)
        return "number of runs, blocks or links";
    for (uint32_t i = 0; i < a->n_runs && !what; i++)
        what = run_differs(&a->runs[i], &b->runs[i]);
    for (uint32_t i = 0; i < a->n_blocks && !what; i++)
        what = block_differs(&a->blocks[i], &b->blocks[i]);
    for (uint32_t i = 0; i < a->n_anchors && !what; i++)
        what = anchor_differs(&a->anchors[i], &b->anchors[i]);
    return what;
}

static void show_anchors(const tt_doc *doc, tt_buf *out)
{
    for (uint32_t i = 0; i < doc->n_anchors; i++) {
        const tt_anchor *a = &doc->anchors[i];
        tt_buf_f(out, "\nlink %u..%u in block %u, run %u, zone %u: %.*s", a->vis, a->vis + a->n, a->block, a->run,
                 a->zone, (int)a->url.n, a->url.p);
    }
}

static size_t at_round; /* of test_mutated */

static void fail_doc(const tt_text *text, const tt_doc *scan, const tt_doc *reference, const char *what)
{
    tt_buf a = {0}, b = {0};
    show_doc(scan, &a);
    show_doc(reference, &b);
    show_anchors(scan, &a);
    show_anchors(reference, &b);
    fail_msg("%s, round %zu\n--- text\n%s\n--- scanner\n%s\n--- md4c\n%s\n---", what, at_round, text->data, a.p, b.p);
}

/* Returns how many bytes were left to md4c. */
static size_t compare(const char *p, size_t n, size_t body_at)
{
    tt_text text = {.data = (char *)(uintptr_t)p, .n = n};
    tt_parse_in in = {.text = &text, .body_at = body_at};
    tt_doc scan, reference;
    tt_err err;
    assert_int_equal(tt_parse_markdown(&in, &arena, &scan, &err), 0);
    assert_int_equal(tt_parse_markdown_reference(&in, &arena, &reference, &err), 0);
    const char *what = doc_differs(&scan, &reference);
    if (what)
        fail_doc(&text, &scan, &reference, what);
    tt_arena_reset(&arena);
    return scan.n_by_md4c;
}

/* ---- by hand ---- */

/* What real newsletters hold is read by the scanner. */
static void test_known(void **state)
{
    static const char *const cases[] = {
        "",
        "\n\n",
        "a",
        "a\nb  \nc\\\nd",
        "# a\n## b ##\n### c #\n####### d\n#e\n#\n",
        "a\n===\n\nb *c*\n---\n\n---\n***\n_ _ _\n",
        "> a\n> b\nc\n\n> d\n>\n> e\n>> f\n",
        "- a\n- b\n\n  c\n- d\n1. e\n2. f\n\n10) g\n",
        "-   [a](https://b.c/d?e=f&g=h)\n    > i\n    > j\n\n-   [k](l) m\n\n    > n\n\no\n",
        "* a\n  * b\n    * c\n* d\n",
        "-\n  a\n- b\n-\n",
        "*a* _b_ **c** __d__ ***e*** *f **g** h* a_b_c 2 * 3 **a_b**\n",
        "*a _b* c __d\n",
        "[a](b) [a *c*](d \"e\") [a] [a][b] a] [ [a [b](c) d](e)\n",
        "![a](b) ![](c)\n_d_\n\n![a *b* [c](d)](e) [![f](g)](h)\n\n*i*\n",
        "[http://a.b/c](http://a.b/c) http://a.b/c_d?e=f&g (https://h.i/j_k).\n",
        "<https://a.b/c_d> 1 < 2 <3\n",
        "a &amp; b&#x27;s &nosuch; & c; \\* \\_d\\_ \\q\n",
        "`a` ``b`c`` ` d ` `[e](f) *g* ` x\ny\n",
        "a\xE2\x80\x9C*b*\xE2\x80\x9D \xF0\x9F\x94\x8C**c**\n",
        "a ~75 b\n",
        "[a](http://b/~c/_d/e_f \"g\")\n",
        "[a](http://b/\\(c\\).h) d\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (compare(cases[i], strlen(cases[i]), 0) > 0)
            fail_msg("left to md4c: %s", cases[i]);
    }
}

/* What is left to md4c, and how much of the text around it. */
static void test_left(void **state)
{
    static const struct {
        const char *before, *odd, *after;
    } cases[] = {
        {"a\n\n", "<div>\n\n", "b\n"},
        {"a\n\n", "b <i>c</i>\n\n", "d\n"},
        {"# a\n", "|b|c|\n|-|-|\n|d|e|\n\n", "f\n"},
        {"- a\n\n", "```\nb\n\nc\n```\n", "d\n"},
        {"a\n\n", "    b\n\n    c\n\n", "d\n"},
        {"a\n\n", "- [ ] b\n- [x] c\n\n", "d\n"},
        {"a\n\n", "*b **c***\n\n", "d\n"},
        {"a\n\n", "b ~~c~~\n", "> d\n"},
        {"a\n\n", "<!-- b\n\nc -->\n\nd\n", ""},
        {"", "[a]: b\n\n[a]\n", ""},
        {"", "a[^1]\n\nb\n", ""},
        {"", "a\n\nb {{< c >}}\n", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_buf b = {0};
        tt_buf_text(&b, cases[i].before);
        tt_buf_text(&b, cases[i].odd);
        tt_buf_text(&b, cases[i].after);
        print_message("# %zu\n", i);
        assert_int_equal(compare(b.p, b.n, 0), strlen(cases[i].odd));
        tt_buf_release(&b);
    }
}

/* ---- mutated documents ---- */

static uint64_t seed;

static size_t below(size_t n)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (size_t)((seed >> 11) % n);
}

/* Documents of these alone are mostly read by the scanner. */
static const char *const known[] = {
    "a",
    "b c",
    "word",
    "Word's",
    "s.\nT",
    " ",
    " ",
    "\n",
    "\n",
    "\n",
    "\n\n",
    "\n\n",
    "\n\n",
    "  \n",
    "\\\n",
    "  ",
    "- ",
    "* ",
    "+ ",
    "1. ",
    "2) ",
    "10. ",
    "-   ",
    "\n- ",
    "\n- ",
    "\n  - ",
    "\n    ",
    "\n  ",
    "> ",
    "\n> ",
    "\n>",
    ">> ",
    "# ",
    "## ",
    "\n### ",
    " #",
    "\n---\n",
    "\n***\n",
    "\n===\n",
    "_ _ _",
    "*",
    "_",
    "**",
    "*a*",
    "**b**",
    "_c_",
    "__d e__",
    "*a **b** c*",
    "`x`",
    "` y `",
    "`",
    "[",
    "]",
    "[a]",
    "[a](b)",
    "[a b](http://c.d/e_f?g=h&i=j)",
    "[a](b \"t\")",
    "[a *b* c](d)",
    "[`a` _b_](c_d)",
    "(",
    ")",
    "![a](b)",
    "![](i)",
    "![c *d*](e)",
    "[![a](b)](c)",
    "!",
    "http://a.b/c",
    "https://a.b/c_d?e&f",
    "<http://a.b>",
    "< ",
    "&amp;",
    "&#39;",
    "&",
    ";",
    "\\*",
    "\\[",
    "\\`",
    "\"",
    "'",
    ":",
    "://",
    "\xC3\xA9",
    "\xE2\x80\x99",
    "\xE2\x80\x9C",
    "\xF0\x9F\x94\x8C",
    "\xC2\xA0",
    "\xE3\x80\x82",
    "\xE4\xB8\xAD",
    "\xE2\x80\x94",
    "1",
    "12",
    ".",
    ",",
    "=",
    "-",
    "+",
    "#",
    "~1",
    "|",
    "\n\n> *a*\n",
    "\n\n- [a](b)\n  > c\n",
    "\n\n![a](b)\n_c_\n\n",
    "\n\n-   a\n\n    > b\n",
    "[c](d_e_)",
    "[c](/_d)",
    "[d](ab://c?d&e=_f)",
    "[e](1://c&d)",
    "(http://e.f/g).",
};
static const char *const odd[] = {"***",
                                  "__",
                                  "~",
                                  "~~",
                                  "``",
                                  "```",
                                  "\n```\n",
                                  "~~~",
                                  "\t",
                                  "    ",
                                  "](",
                                  "](http://x.y/_z",
                                  "[a](<b c>)",
                                  "[](x)",
                                  "[a]()",
                                  "https://a.b/_e_",
                                  "http://x.y/~u",
                                  "mailto:a@b.c",
                                  "www.a.b",
                                  "<a@b.c>",
                                  "<b>",
                                  "</b>",
                                  "<br>",
                                  "<div>\n",
                                  "</div>\n",
                                  "<!-- c -->",
                                  "<",
                                  ">",
                                  "&nosuch;",
                                  "\\",
                                  "\\]",
                                  "\n|-|-|\n",
                                  "|a|b|\n|---|---|\n|c|d|\n",
                                  "[^1]",
                                  "[^1]:",
                                  "{{ x }}",
                                  "{",
                                  "\n[a]: b\n",
                                  "[b]:",
                                  "- [ ] ",
                                  "[x] ",
                                  "\v",
                                  "\f",
                                  "\x7f"};
enum { N_KNOWN = sizeof known / sizeof *known, N_ODD = sizeof odd / sizeof *odd };

static void mutate(tt_buf *b)
{
    static const char marks[] = "*_[]()`<>!&;\\~#-+>:|\"' \n\t1a.{^=";
    const size_t of = below(5) > 0 ? N_KNOWN : N_KNOWN + N_ODD;
    tt_buf_reset(b);
    tt_buf_text(b, "");
    for (size_t n = 1 + below(30); n > 0; n--) {
        size_t i = below(of);
        tt_buf_text(b, i < N_KNOWN ? known[i] : odd[i - N_KNOWN]);
    }
    for (size_t n = below(of == N_KNOWN ? 2 : 5); n > 0 && b->n > 0; n--) {
        size_t at = below(b->n), len = below(b->n - at < 20 ? b->n - at : 20);
        if ((unsigned char)b->p[at] >= 0x80 || (unsigned char)b->p[at + len] >= 0x80)
            continue; /* no character is cut */
        if (below(3) == 0) {
            memmove(b->p + at, b->p + at + len, b->n - at - len);
            b->n -= len;
            b->p[b->n] = '\0';
        } else if (below(2) == 0) {
            b->p[at] = marks[below(sizeof marks - 1)];
        } else {
            char copy[20];
            memcpy(copy, b->p + at, len);
            tt_buf_add(b, copy, len);
        }
    }
}

static void test_mutated(void **state)
{
    const char *asked = getenv("TT_SCAN_ROUNDS"), *from = getenv("TT_SCAN_SEED");
    size_t rounds = asked ? strtoul(asked, NULL, 10) : 20000, first = from ? strtoul(from, NULL, 10) : 0;
    size_t n = 0, n_left = 0;
    tt_buf b = {0};
    (void)state;
    for (size_t i = first; i < first + rounds; i++) {
        seed = (i + 1) * UINT64_C(0x9E3779B97F4A7C15);
        at_round = i;
        mutate(&b);
        if (!tt_utf8_valid(b.p, b.n))
            continue;
        n += b.n;
        n_left += compare(b.p, b.n, 0);
    }
    print_message("# %zu documents of %zu bytes, %zu of them left to md4c\n", rounds, n, n_left);
    assert_true(n_left < n);
    tt_buf_release(&b);
}

/* ---- the specification ---- */

/* Examples stand between lines of 32 backticks, Markdown up to a line `.`; an arrow is a tab. */
static void test_specification(void **state)
{
    static const char fence[] = "\n```````````````````````````````` example\n";
    const char *path = getenv("TT_COMMONMARK_SPEC");
    tt_buf spec = {0}, b = {0};
    tt_err err;
    size_t n = 0, n_left = 0;
    (void)state;
    if (!path) {
        print_message("# TT_COMMONMARK_SPEC is not set: the specification's examples are not read here\n");
        return;
    }
    assert_int_equal(tt_file_read(path, TT_MAX_FILE, &spec, &err), 0);
    for (const char *at = spec.p; (at = strstr(at, fence)) != NULL; n++) {
        at += sizeof fence - 1;
        const char *end = strncmp(at, ".\n", 2) == 0 ? at - 1 : strstr(at, "\n.\n");
        assert_non_null(end);
        tt_buf_reset(&b);
        for (; at <= end; at++) {
            bool arrow = strncmp(at, "\xE2\x86\x92", 3) == 0;
            tt_buf_char(&b, arrow ? '\t' : *at);
            at += arrow ? 2 : 0;
        }
        tt_buf_text(&b, "");
        if (b.n > 0)
            n_left += compare(b.p, b.n, 0) > 0;
    }
    print_message("# %zu examples, %zu of them left to md4c\n", n, n_left);
    assert_true(n >= 600);
    tt_buf_release(&spec);
    tt_buf_release(&b);
}

/* ---- real issues ---- */

static void compare_file(const char *path, size_t *n_left)
{
    tt_buf b = {0};
    tt_err err;
    assert_int_equal(tt_file_read(path, TT_MAX_FILE, &b, &err), 0);
    const char *end = b.n > 4 && strncmp(b.p, "---\n", 4) == 0 ? strstr(b.p, "\n---\n") : NULL;
    if (b.n > 0 && tt_utf8_valid(b.p, b.n) && !memchr(b.p, '\r', b.n))
        *n_left += compare(b.p, b.n, end ? (size_t)(end - b.p) + 5 : 0) > 0;
    tt_buf_release(&b);
}

static void test_corpus(void **state)
{
    static const char *const folders[] = {"seeds", "dynamically-typed", "haskell-weekly/2018", "haskell-weekly/2019",
                                          "haskell-weekly/2020"};
    const char *corpus = getenv("TAGTREND_CORPUS");
    char path[8192];
    size_t n = 0, n_left = 0;
    (void)state;
    if (!corpus) {
        print_message("# TAGTREND_CORPUS is not set: real issues are not read\n");
        return;
    }
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        tt_names names = {0};
        tt_err err;
        snprintf(path, sizeof path, "%s/%s", corpus, folders[i]);
        assert_int_equal(tt_folder_list(path, &names, &err), 0);
        for (size_t k = 0; k < names.n; k++, n++) {
            snprintf(path, sizeof path, "%s/%s/%s", corpus, folders[i], names.v[k]);
            compare_file(path, &n_left);
        }
        tt_names_release(&names);
    }
    print_message("# %zu issues, %zu of them with a block that is left to md4c\n", n, n_left);
    assert_true(n_left * 50 < n);
}

/* ---- bytes ---- */

static void test_bytes(void **state)
{
    enum { MOST = 5000 };
    static char p[MOST];
    uint64_t fast[MOST / 64 + 1], plain[MOST / 64 + 1];
    (void)state;
    seed = 7;
    for (int round = 0; round < 2000; round++) {
        tt_bytes_set set;
        tt_finder finder;
        size_t n = 1 + below(round % 10 ? 200 : MOST), last = n;
        for (size_t i = 0; i < 16; i++) {
            set.low[i] = (uint8_t)below(256);
            set.high[i] = (uint8_t)below(256);
        }
        if (round % 2) /* few bytes are in the set */
            memset(set.high + 1, 0, 15);
        for (size_t i = 0; i < n; i++)
            p[i] = (char)below(256);
        tt_bytes_find(&set, p, n, fast);
        tt_bytes_find_plain(&set, p, n, plain);
        assert_memory_equal(fast, plain, (n + 63) / 64 * sizeof *fast);
        tt_finder_init(&finder, &set, p, n);
        for (size_t i = n; i > 0; i--) {
            unsigned char c = (unsigned char)p[i - 1];
            assert_int_equal(plain[(i - 1) / 64] >> ((i - 1) & 63) & 1, (set.low[c & 15] & set.high[c >> 4]) != 0);
        }
        for (size_t at = 0; at < n; at += 1 + below(3)) {
            for (last = at; last < n && !(plain[last / 64] >> (last & 63) & 1);)
                last++;
            size_t end = at + below(n - at + 1), got = tt_finder_next(&finder, at, end);
            assert_true(last < end ? got == last : got >= end);
        }
    }
}

/* ---- time ---- */

/* What makes a loop within a loop go over all of it again; each is read in a moment, or the test does not end. */
static void test_pathological(void **state)
{
    static const struct {
        const char *before, *part, *behind;
    } cases[] = {
        {"", "://", ""},     {"", "a://(", ""},        {"", "<", ""},      {"", "< ", ""},
        {"[a](", "&;", ")"}, {"[a](", "(", ""},        {"", "[a](b", ""},  {"", "[a](b \"", ""},
        {"", "`", ""},       {"", "` `` ", ""},        {"", "*a _b ", ""}, {"", "a* b_ ", ""},
        {"", "~a ", ""},     {"", "[a](/_b) ", ""},    {"", "- a\n", ""},  {"", "![](a)", ""},
        {"", "> a\n\n", ""}, {"", "a\n\n<b>\n\n", ""}, {"", "a `b\n", ""}, {"", "{", ""},
        {"", "a <\n", ""},   {"", "[a](b)\n\n", ""},   {"", "\n", ""},     {"", "-\n\n\n", ""},
        {"", "&", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_buf b = {0};
        tt_doc doc;
        tt_err err;
        tt_buf_text(&b, cases[i].before);
        while (b.n < 1000000)
            tt_buf_text(&b, cases[i].part);
        tt_buf_text(&b, cases[i].behind);
        tt_text text = {.data = b.p, .n = b.n};
        tt_parse_in in = {.text = &text};
        assert_int_equal(tt_parse_markdown(&in, &arena, &doc, &err), 0);
        tt_arena_release(&arena);
        tt_buf_release(&b);
    }
}

/* One scratch serves texts of every kind, and gives the same docs. */
static void test_scratch(void **state)
{
    tt_parse_scratch scratch = {0};
    tt_arena other = {0};
    tt_buf b = {0};
    (void)state;
    for (size_t i = 0; i < 300; i++) {
        tt_doc with, without;
        tt_err err;
        seed = (i + 7) * UINT64_C(0x9E3779B97F4A7C15);
        mutate(&b);
        tt_text text = {.data = b.p, .n = b.n};
        tt_parse_in in = {.text = &text};
        assert_int_equal(tt_parse_markdown(&in, &arena, &without, &err), 0);
        in.scratch = &scratch;
        assert_int_equal(tt_parse_markdown(&in, &other, &with, &err), 0);
        assert_null(doc_differs(&with, &without));
        assert_int_equal(with.n_by_md4c, without.n_by_md4c);
        tt_arena_reset(&arena);
        tt_arena_reset(&other);
    }
    tt_parse_scratch_release(&scratch);
    tt_arena_release(&arena);
    tt_arena_release(&other);
    tt_buf_release(&b);
}

/* ---- memory ---- */

static int parse_all(void)
{
    static const char in[] =
        "# a *b*\n\n> - c [d](e \"f\")\n> - g\n\n1. h\n\n   i `j` <http://k.l>\n\n![m](n)\n*o*\n\np\n===\n\n"
        "<b>q</b>\n\nr [s\\]](t&amp;u)\n";
    tt_text text = text_of(in);
    tt_parse_in what = {.text = &text};
    tt_doc doc = {0};
    tt_err err;
    int rc = tt_parse_markdown(&what, &arena, &doc, &err);
    if (rc == 0)
        check_doc(&text, &doc);
    tt_arena_release(&arena);
    return rc;
}

static void test_no_memory(void **state)
{
    (void)state;
    assert_true(fail_each(parse_all, TT_ENOMEM) > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known),         cmocka_unit_test(test_left),    cmocka_unit_test(test_mutated),
        cmocka_unit_test(test_specification), cmocka_unit_test(test_corpus),  cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_pathological),  cmocka_unit_test(test_scratch), cmocka_unit_test(test_no_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
