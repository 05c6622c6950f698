/* front_markup: the headers of Org, reStructuredText and AsciiDoc. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "fail_alloc.h"
#include "read/meta.h"

typedef struct header_case {
    const char *path, *in, *body; /* which begins there; NULL: there is no header */
    const char *title, *date;
    bool draft;
} header_case;

static tt_text text_of(const char *in)
{
    return (tt_text){.data = (char *)(uintptr_t)in, .n = strlen(in), .encoding = "UTF-8"};
}

static void test_headers(void **state)
{
    (void)state;
    static const header_case cases[] = {
        {"a.org", "#+TITLE: A b\n#+DATE: <2020-10-11 Sun>\n# note\n#+draft: t\n\n* C\n", "\n* C\n", "A b", "2020-10-11",
         true},
        {"a.org", ":PROPERTIES:\n:ID: x\n:END:\n#+title: A\n#+date: [2020-10-11]\nb", "b", "A", "2020-10-11", false},
        {"a.org", "#+HUGO_DRAFT: true\n#+title: A\n#+begin_src c\n", "#+begin_src c\n", "A", "", true},
        {"a.org", "#+title: A\n#+CAPTION: b\n", "#+CAPTION: b\n", "A", "", false},
        {"a.org", "# note\n\n* A\n", NULL, "", "", false},
        {"a.org", "#+OPTIONS: toc:nil\n\n* A\n", NULL, "", "", false},
        {"a.md", "#+TITLE: A\n\nb", NULL, "", "", false},
        {"a.org", "---\ntitle: A\n---\nb", "b", "A", "", false},
        /* Pelican, Nikola */
        {"a.rst", "My title\n########\n\n:date: 2010-10-03 10:20\n:tags: a,\n  b\n:status: draft\n\nText.\n",
         "\nText.\n", "My title", "2010-10-03", true},
        {"a.rst", "====\nTop\n====\n:date: 2010-10-03\n\nText.\n", "\nText.\n", "Top", "2010-10-03", false},
        {"a.rst", ".. title: A b\n.. slug: a\n.. date: 2012-09-15 19:52:05 UTC\n.. status: draft\n\nText\n====\n",
         "\nText\n====\n", "A b", "2012-09-15", true},
        {"a.rst", "Title\n=====\n\nText.\n\n:date: 2020-01-01\n", NULL, "", "", false},
        {"a.rst", "Text.\n", NULL, "", "", false},
        {"a.rst", ".. _x: http://x.y\n\nText.\n", NULL, "", "", false},
        {"a.rst", "Title\n=====", NULL, "", "", false},
        {"a.rst", ":date: 2020-01-01", "", "", "2020-01-01", false},
        /* author and revision lines, attributes */
        {"a.adoc", "= A: b\nJo Doe <j@x.example>\nv1.0, 2014-01-02: First\n:toc:\n\nText", "\nText", "A: b",
         "2014-01-02", false},
        {"a.adoc", "// note\n= A\n:revdate: 2 January 2014\n:page-draft: true\n\nText", "\nText", "A", "2014-01-02",
         true},
        {"a.asciidoc", "= A\n2014-01-02\n\nText", "\nText", "A", "2014-01-02", false},
        {"a.adoc", ":jbake-date: 2014-01-02\n:jbake-status: draft\n= A\n\nText", "\nText", "A", "2014-01-02", true},
        {"a.adoc", "== A\n\nText", NULL, "", "", false},
        {"a.adoc", "Text\n\n= A\n", NULL, "", "", false},
        {"a.adoc", "", NULL, "", "", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const header_case *c = &cases[i];
        tt_arena arena = {0};
        tt_text text = text_of(c->in);
        tt_front f;
        tt_err err;
        char date[TT_DATE_SIZE];
        assert_int_equal(tt_front_read(&text, c->path, &arena, &f, NULL, &err), 0);
        tt_day_format(f.date, date);
        if ((f.kind == TT_FRONT_NONE) != (c->body == NULL) || (c->body && strcmp(c->in + f.body_at, c->body) != 0) ||
            !tt_str_is(f.title, c->title) || strcmp(date, c->date) != 0 || f.draft != c->draft ||
            !tt_str_is((tt_str){c->in + f.title_at, f.n_title}, c->title))
            fail_msg("%s\nkind %d, body `%s`, title `%.*s`, date %s, draft %d", c->in, (int)f.kind, c->in + f.body_at,
                     (int)f.title.n, f.title.p, date, (int)f.draft);
        tt_arena_release(&arena);
    }
}

static const char *of_path;

static int read_one(void)
{
    static const char in[] = "#+title: A\n#+date: 2020-01-01\n";
    static const char rst[] = "A\n===\n:date: 2020-01-01\n";
    tt_text text = text_of(strcmp(of_path, "a.org") == 0 ? in : rst);
    tt_arena arena = {0};
    tt_front f;
    tt_err err;
    int rc = tt_front_read(&text, of_path, &arena, &f, NULL, &err);
    tt_arena_release(&arena);
    return rc;
}

static void test_no_memory(void **state)
{
    (void)state;
    of_path = "a.org";
    assert_true(fail_each(read_one, TT_ENOMEM) > 0);
    of_path = "a.rst";
    assert_true(fail_each(read_one, TT_ENOMEM) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_headers), cmocka_unit_test(test_no_memory)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
