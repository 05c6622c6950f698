/* plain: blocks, quotes, repeated descriptions, lines that name a section. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "fail_alloc.h"
#include "parse/parse.h"
#include "show_doc.h"

/* 10, 50 and 100 characters */
#define TEN "abcdefghi "
#define FIFTY TEN TEN TEN TEN TEN
#define HUNDRED FIFTY FIFTY

static tt_arena arena;

static tt_section_names *names_of(const char *csv)
{
    tt_section_names *names;
    tt_err err;
    assert_int_equal(tt_section_names_new(&names, &err), 0);
    assert_int_equal(tt_section_names_read(names, "sections.csv", tt_str_of(csv), NULL, &err), 0);
    return names;
}

static void check(const char *name, const char *in, size_t body_at, const tt_section_names *names, const char *want)
{
    tt_text text = text_of(in);
    tt_parse_in what = {.text = &text, .body_at = body_at, .names = names};
    tt_doc doc;
    tt_err err;
    tt_buf shown = {0};
    print_message("# %s\n", name);
    assert_int_equal(tt_parse_plain(&what, &arena, &doc, &err), 0);
    check_doc(&text, &doc);
    assert_true(doc.plain);
    show_doc(&doc, &shown);
    assert_string_equal(shown.p, want);
    tt_buf_release(&shown);
    tt_arena_release(&arena);
}

static void test_blocks(void **state)
{
    static const struct {
        const char *name, *in, *want;
    } cases[] = {
        {"empty", "", ""},
        {"blank", "\n \n\t\n", ""},
        {"blocks", "a\nb\n\n \n\nc\n", "P t:a/b\nP t:c"},
        {"no Markdown", "# a\n\n*b* [c](d)\n\n- e", "P t:# a\nP t:*b* [c](d)\nP t:- e"},
        {"bare URL", "a http://x.y. b", "P t:a  |u:http://x.y |t:. b"},
        {"URL at the end of a line", "http://x.y\na", "P u:http://x.y |t:/a"},
        {"entities", "a &amp; b", "P t:a & b"},
        {"quote", "a\n> b\n> c\nd", "P t:a\nP* q:b/c\nP t:d"},
        {"quote in a quote", "> > a\n>> b\n>\n> c", "P* q:a/b\nP* q:c"},
        {"repeated block", "a b\n\nA, b.\n\nc", "P t:a b\nP a:A, b.\nP t:c"},
        {"repeated twice", "a\n\na\n\na", "P t:a\nP a:a\nP a:a"},
        {"not the one before", "a\n\nb\n\na", "P t:a\nP t:b\nP t:a"},
        {"the empty text repeats nothing", "***\n\n***", "P t:***\nP t:***"},
        {"repeated with a URL", "a http://x.y\n\na http://x.y", "P t:a  |u:http://x.y\nP a:a  |u:http://x.y"},
        {"long lines", HUNDRED "x\nb\n" HUNDRED "y\n", "P t:" HUNDRED "x\nP t:b\nP t:" HUNDRED "y"},
        {"half of the lines are long", HUNDRED "x\nb", "P t:" HUNDRED "x/b"},
        {"lines of 100 are not long", HUNDRED "\n" HUNDRED, "P t:" HUNDRED "/" HUNDRED},
        {"characters, not bytes", FIFTY "ééééééééééééééééééééééééééééééééééééééééé\nb",
         "P t:" FIFTY "ééééééééééééééééééééééééééééééééééééééééé/b"},
        {"long quote", "> " HUNDRED "\n> b\n> " HUNDRED "x", "P* q:" HUNDRED "\nP* q:b\nP* q:" HUNDRED "x"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(cases[i].name, cases[i].in, 0, NULL, cases[i].want);
}

static void test_names(void **state)
{
    tt_section_names *names = names_of("section,heading\nCool Things,Fun Stuff\nNews,Climate*\n");
    (void)state;
    check("listed lines", "a\nCool Things ✨\nb\nfun stuff\nClimate news\nc", 0, names,
          "P t:a\nP t:Cool Things ✨\nP t:b\nP t:fun stuff\nP t:Climate news\nP t:c");
    check("not listed", "a\nCool Things and more\nb", 0, names, "P t:a/Cool Things and more/b");
    check("in a quote", "> a\n> News\n> b", 0, names, "P* q:a\nP* q:News\nP* q:b");
    tt_section_names_free(names);
}

static void test_front(void **state)
{
    (void)state;
    check("front matter", "Title: a http://x.y\n\nb", 21, NULL, "F m:Title: a http://x.y//\nP t:b");
}

static int parse_all(void)
{
    tt_text text = text_of("Title: x\n\na\nCool Things\nb\n\nb\n\n> c &amp; http://x.y\n");
    tt_section_names *names = NULL;
    tt_doc doc;
    tt_err err;
    int rc = tt_section_names_new(&names, &err);
    if (rc == 0)
        rc = tt_section_names_read(names, "x", TT_S("section,heading\nCool Things,Fun\n"), NULL, &err);
    tt_parse_in in = {.text = &text, .body_at = 10, .title_at = 7, .n_title = 1, .names = names};
    if (rc == 0)
        rc = tt_parse_plain(&in, &arena, &doc, &err);
    tt_section_names_free(names);
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
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_front),
        cmocka_unit_test(test_no_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
