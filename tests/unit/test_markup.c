/* markup: Org, reStructuredText and AsciiDoc: blocks, zones, links. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "fail_alloc.h"
#include "parse/parse.h"
#include "show_doc.h"

static tt_arena arena;

typedef struct markup_case {
    const char *in, *want;
} markup_case;

static void check(tt_markup kind, const char *in, size_t body_at, const char *want)
{
    tt_text text = text_of(in);
    tt_doc doc;
    tt_err err;
    tt_buf shown = {0};
    assert_int_equal(tt_parse_markup(&(tt_parse_in){.text = &text, .body_at = body_at}, kind, &arena, &doc, &err), 0);
    show_doc(&doc, &shown);
    if (strcmp(shown.p, want) != 0)
        fail_msg("%s\ngot:\n%s\nwant:\n%s", in, shown.p, want);
    check_doc(&text, &doc);
    assert_false(doc.plain);
    tt_buf_release(&shown);
    tt_arena_release(&arena);
}

static void check_all(tt_markup kind, const markup_case *cases, size_t n)
{
    for (size_t i = 0; i < n; i++)
        check(kind, cases[i].in, 0, cases[i].want);
}

#define N(cases) (sizeof(cases) / sizeof *(cases))

static void test_org(void **state)
{
    (void)state;
    static const markup_case cases[] = {
        {"", ""},
        {"a\nb\n\nc", "P t:a/b\nP t:c"},
        {"* A\n** TODO [#A] B c  :x:y:\n******** D\n*e", "H1 h:A\nH2 h:B c  \nA m::x:y:\nH6 h:D\nP t:*e"},
        {"a\n* B\nc", "P t:a\nH1 h:B\nP t:c"},
        {"#+BEGIN_SRC c\na *b*\n\n* c\n#+end_src\nd", "A m:#+BEGIN_SRC c\nK c:a *b*//* c/\nP t:d"},
        {"  #+begin_example\n  a\n  #+end_example\n: b\nc", "A m:#+begin_example\nK c:  a/\nK c: b\nP t:c"},
        {"#+begin_src\na", "A m:#+begin_src\nK c:a"},
        {"#+begin_export html\n<b>a\n#+end_export\nb", "A m:#+begin_export html\nA m:<b>a/\nP t:b"},
        {"#+BEGIN_QUOTE\na\n\nb\n#+END_QUOTE\nc", "A m:#+BEGIN_QUOTE\nP* q:a\nP* q:b\nA m:#+END_QUOTE\nP t:c"},
        {"# a\nb\n#c", "A m:# a\nP t:b/#c"},
        {"#+KEY: a\nb", "A m:#+KEY: a\nP t:b"},
        {"a\n:LOGBOOK:\nb\n:END:\nc", "P t:a\nA m::LOGBOOK:/b/:END:/\nP t:c"},
        {"a\nSCHEDULED: <2020-01-01>\nb", "P t:a\nA m:SCHEDULED: <2020-01-01>\nP t:b"},
        {"- a\n  b\n- c\n+ d\n  * e\n1. f\n2) g\n-h", "I* t:a/  b\nI* t:c\nI* t:d\nI* t:e\nI* t:f\nI* t:g/-h"},
        {"| a | b c |\n|---+-----|\n| d |", "C t:a \nC t:b c \nC t:d "},
        {"a\n-----\nb", "P t:a\nP t:b"},
        {"a [[http://x.y/z][b c]] d", "P t:a b c d\nA u:http://x.y/z"},
        {"a [[http://x.y]] b", "P t:a  b\nA u:http://x.y"},
        {"a http://x.y b", "P t:a  |u:http://x.y |t: b"},
        {"a[fn:1] b\n\n[fn:1] c", "P t:a b\nA m:[fn:1]\nA m:[fn:1]\nP t:c"},
        {"*a b* /c/ _d_ =e= ~f *g*~ a*b*c 2 * 3 * 4", "P t:a b c d e f *g* a*b*c 2 * 3 * 4"},
        {"*a b*\n\nc *d*", "P! t:a b\nP t:c d"},
        {"#+CAPTION: a b\n[[file:x.png]]", "P C:a b\nA u:file:x.png"},
        {"a {{< b c >}} d", "P t:a  |t: d\nA m:{{< b c >}}"},
        {"a [[b\n\nc", "P t:a [[b\nP t:c"},
    };
    check_all(TT_MARKUP_ORG, cases, N(cases));
}

static void test_rst(void **state)
{
    (void)state;
    static const markup_case cases[] = {
        {"a\nb\n\nc", "P t:a/b\nP t:c"},
        {"=====\n A b\n=====\n\nC\n---\nd\n\nE\n~~~\n\nF\n---\n\n====\n G\n====\n",
         "H1 h:A b\nH2 h:C\nP t:d\nH3 h:E\nH2 h:F\nH1 h:G"},
        {"Abcde\n===\n\na", "P t:Abcde/===\nP t:a"},
        {"a\n\n----\n\nb", "P t:a\nP t:b"},
        {"a\nb\n---", "P t:a/b/---"},
        {".. code-block:: c\n   :linenos:\n\n   a *b*\n\n   c\n\nd",
         "A m:.. code-block:: c\nA m::linenos:\nK c:/   a *b*//   c//\nP t:d"},
        {"a::\n\n  b\n   c\n\nd", "P t:a::\nK c:  b/   c//\nP t:d"},
        {"a\n\n  b\n  c\n\nd", "P t:a\nP* q:b/  c\nP t:d"},
        {"- a\n  b\n\n  c\n- d\n\ne\n\n  f", "I* t:a/  b\nP t:c\nI* t:d\nP t:e\nP* q:f"},
        {"1. a\n#. b\n* c", "I* t:a\nI* t:b\nI* t:c"},
        {".. note:: a\n\n   b\n\nc", "A m:.. note::\nP t:a\nP t:b\nP t:c"},
        {".. epigraph::\n\n   a\n\nb", "A m:.. epigraph::\nP* q:a\nP t:b"},
        {".. a comment\n   goes on\n\nb", "A m:.. a comment/   goes on//\nP t:b"},
        {".. _x: http://x.y\n.. [1] a\n.. |b| replace:: c\n\nd",
         "A m:.. _x:\nA u: http://x.y\nA m:.. [1]\nP t:a\nA m:.. |b| replace:: c//\nP t:d"},
        {".. raw:: html\n\n   <b>a</b>\n\nb", "A m:.. raw:: html\nA m:/   <b>a</b>//\nP t:b"},
        {".. image:: x.png\n   :alt: a b\n   :width: 3\n\nc",
         "A m:.. image::\nA u: x.png\nP a:a b\nA m::width: 3\nP t:c"},
        {".. figure:: x.png\n   :alt: a\n\n   b c\n\n   d\n\ne",
         "A m:.. figure::\nA u: x.png\nP a:a\nP C:b c\nP t:d\nP t:e"},
        {"a `b c <http://x.y>`_ d `e`_ ``f *g*`` :ref:`h` :ref:`i <j>` k",
         "P t:a b c  d e f *g* h i  k\nA u:http://x.y\nA m::ref:\nA m::ref:\nA m:<j>"},
        {"a http://x.y b", "P t:a  |u:http://x.y |t: b"},
        {"**a** *b* c\\*d\\* [1]_ [#e]_", "P t:a b c*d*  \nA m:[1]_\nA m:[#e]_"},
        {"**a b**\n\n*c*", "P! t:a b\nP t:c"},
        {":name: a\n:other:\n\nb", "A m::name:\nP t:a\nA m::other:\nP t:b"},
        {"+---+---+\n| a | b |\n+===+===+\n| c | d |\n+---+---+\n", "C t:a \nC t:b \nC t:c \nC t:d "},
        {"====  ====\na     b\n====  ====\nc     d\n====  ====\n", "P t:a     b\nP t:c     d"},
        {"| a\n| b", "I* t:a\nI* t:b"},
        {">>> a\nb\n\nc", "K c:>>> a/b/\nP t:c"},
        {"a `b", "P t:a `b"},
    };
    check_all(TT_MARKUP_RST, cases, N(cases));
    /* a title in the front matter has the first level */
    check(TT_MARKUP_RST, "A\n===\n:date: x\n\nB\n---\n\nC\n===\n", 15, "F m:A/===/:date: x/\nH2 h:B\nH1 h:C");
}

static void test_asciidoc(void **state)
{
    (void)state;
    static const markup_case cases[] = {
        {"a\nb\n\nc", "P t:a/b\nP t:c"},
        {"= A\n\n== B c\nd\n\n====== E\n\n## F\n", "H1 h:A\nH2 h:B c\nP t:d\nH6 h:E\nH2 h:F"},
        {"[source,c]\n----\na *b*\n\n== c\n----\nd", "A m:[source,c]\nK c:a *b*//== c/\nP t:d"},
        {"....\na\n....\n```c\nb\n```\nc", "K c:a/\nK c:b/\nP t:c"},
        {"----\na", "K c:a"},
        {"[source]\na *b*\nc\n\nd", "A m:[source]\nK c:a *b*\nK c:c\nP t:d"},
        {" a *b*\n\nc", "K c: a *b*\nP t:c"},
        {"____\na\n\nb\n____\nc", "P* q:a\nP* q:b\nP t:c"},
        {"[quote, Who, Where]\na\nb\n\nc", "A m:[quote, Who, Where]\nP* q:a/b\nP t:c"},
        {"[quote]\n--\na\n--\nb", "A m:[quote]\nP* q:a\nP t:b"},
        {"====\na\n====\n****\nb\n****\n--\nc\n--", "P t:a\nP t:b\nP t:c"},
        {"////\na\n////\n// b\nc\n// d\ne", "A m:a/\nA m:// b\nP t:c\nA m:// d\nP t:e"},
        {"++++\n<b>a</b>\n++++\nb", "A m:<b>a</b>/\nP t:b"},
        {"* a\n** b\n- c\n. d\n1. e\n+\nf", "I* t:a\nI* t:b\nI* t:c\nI* t:d\nI* t:e\nP t:f"},
        {".A title\na", "P t:A title\nP t:a"},
        {"[[x]]\na\n\n[NOTE]\nb\n\nNOTE: c", "A m:[[x]]\nP t:a\nA m:[NOTE]\nP t:b\nP t:NOTE: c"},
        {":a: b\n:!c:\n\nd {a} e", "A m::a: b\nA m::!c:\nP t:d  e\nA m:{a}"},
        {"|===\n|a |b c\n\n|d\n|e\n|===\nf", "C t:a \nC t:b c\nC t:d\nC t:e\nP t:f"},
        {"image::x.png[a b, 300]\n\nc image:y.png[d] e", "A u:x.png\nP a:a b\nP t:c  |a:d |t: e\nA u:y.png"},
        {"include::x[]\nvideo::y[z]\na", "A m:include::x[]\nA m:video::y[z]\nP t:a"},
        {"a http://x.y/z[b c] d https://e.f[g^] h link:i[j] k <<l,m>> n",
         "P t:a b c d g h j k m n\nA u:http://x.y/z\nA u:https://e.f\nA u:i\nA m:<<l,"},
        {"a http://x.y b", "P t:a  |u:http://x.y |t: b"},
        {"*a* _b_ `c` `+d+` **e**f [.g]#h# i", "P t:a b c d ef #h# i\nA m:[.g]"},
        {"*a b*", "P! t:a b"},
        {"a footnote:[b c] d", "P t:a b c d\nA m:footnote:["},
        {"a\n\n'''\n\nb\n\n<<<\n\nc", "P t:a\nP t:b\nP t:c"},
    };
    check_all(TT_MARKUP_ASCIIDOC, cases, N(cases));
}

/* ---- anchors ---- */

static void test_links(void **state)
{
    (void)state;
    static const struct {
        tt_markup kind;
        const char *in, *url, *seen;
    } cases[] = {
        {TT_MARKUP_ORG, "a [[http://x.y/z][b c]] d", "http://x.y/z", "b c"},
        {TT_MARKUP_ORG, "a [[http://x.y/z]] d", "http://x.y/z", ""},
        {TT_MARKUP_RST, "a `b c <http://x.y/z>`_ d", "http://x.y/z", "b c "},
        {TT_MARKUP_RST, "a http://x.y/z d", "http://x.y/z", "http://x.y/z"},
        {TT_MARKUP_ASCIIDOC, "a http://x.y/z[b c] d", "http://x.y/z", "b c"},
        {TT_MARKUP_ASCIIDOC, "a http://x.y/z[] d", "http://x.y/z", ""},
        {TT_MARKUP_ASCIIDOC, "a mailto:x@y.z[b] d", "mailto:x@y.z", "b"},
    };
    for (size_t i = 0; i < N(cases); i++) {
        tt_text text = text_of(cases[i].in);
        tt_doc doc;
        tt_err err;
        assert_int_equal(tt_parse_markup(&(tt_parse_in){.text = &text}, cases[i].kind, &arena, &doc, &err), 0);
        assert_int_equal(doc.n_anchors, 1);
        const tt_anchor *a = &doc.anchors[0];
        if (!tt_str_is(a->url, cases[i].url) || !tt_str_is((tt_str){doc.vis + a->vis, a->n}, cases[i].seen))
            fail_msg("%s: `%.*s` `%.*s`", cases[i].in, (int)a->url.n, a->url.p, (int)a->n, doc.vis + a->vis);
        tt_arena_release(&arena);
    }
}

/* ---- any text, long texts, no memory ---- */

static void test_random(void **state)
{
    (void)state;
    static const char *const parts[] = {"*",           "**",        "_",
                                        "`",           "``",        "[[",
                                        "]]",          "][",        "[",
                                        "]",           "<",         ">",
                                        "`_",          ":",         "::",
                                        "|",           "|===",      "====",
                                        "----",        "____",      "\n",
                                        "\n\n",        "  ",        " ",
                                        "a",           "é",         "http://x.y",
                                        ".. ",         "image::",   "link:",
                                        "#+begin_src", "#+end_src", "#+begin_quote",
                                        "= ",          "* ",        "- ",
                                        "{{",          "}}",        "{%",
                                        "%}",          "\\",        "footnote:[",
                                        "&amp;",       "[fn:",      "+",
                                        "//",          "\t",        ":a:",
                                        "<<",          ">>",        "~~~",
                                        "=",           "/"};
    uint32_t seed = 1;
    for (int i = 0; i < 6000; i++) {
        tt_buf in = {0};
        for (int k = 0; k < i % 40; k++) {
            seed = seed * 1664525u + 1013904223u;
            tt_buf_text(&in, parts[(seed >> 12) % N(parts)]);
        }
        tt_text text = {.data = in.p ? in.p : (char *)(uintptr_t) "", .n = in.n};
        tt_doc doc;
        tt_err err;
        assert_int_equal(tt_parse_markup(&(tt_parse_in){.text = &text}, (tt_markup)(i % 3), &arena, &doc, &err), 0);
        check_doc(&text, &doc);
        tt_arena_release(&arena);
        tt_buf_release(&in);
    }
}

/* 512 KiB each: quadratic time would be noticed. */
static void test_long(void **state)
{
    (void)state;
    static const char *const parts[] = {
        "*",        "*a ",         "a* ",           "_a ",   "`",           "`a ",     "`a <",      "[[",
        "[[a][",    "[fn:",        "=a ",           ":a:",   "link:",       "http://", "<<",        "{a",
        "[.a",      "a\n",         "- a\n",         "* a\n", "| a\n",       "----\n",  "____\n",    "a\n---\n",
        ".. a::\n", "a::\n\n b\n", "#+begin_src\n", ":a:\n", "image::a[\n", "[a]\n",   "footnote:["};
    for (size_t i = 0; i < N(parts); i++) {
        tt_buf in = {0};
        while (in.n < (1 << 19))
            tt_buf_text(&in, parts[i]);
        tt_text text = {.data = in.p, .n = in.n};
        for (int kind = 0; kind < 3; kind++) {
            tt_doc doc;
            tt_err err;
            assert_int_equal(tt_parse_markup(&(tt_parse_in){.text = &text}, (tt_markup)kind, &arena, &doc, &err), 0);
            tt_arena_release(&arena);
        }
        tt_buf_release(&in);
    }
}

static tt_markup of_kind;

static int parse_one(void)
{
    static const char *const texts[] = {"* A [[http://x.y][b]]\n#+CAPTION: c\n#+begin_src\nd\n#+end_src\n- e {{< f >}}",
                                        "A\n===\n\n.. figure:: b\n   :alt: c\n\n   d\n\n`e <f>`_ ``g``\n\n::\n\n  h",
                                        "= A\n\n[quote]\nb http://x.y[c]\n\nimage::d[e]\n\n|===\n|f\n|===\n"};
    tt_text text = text_of(texts[of_kind]);
    tt_doc doc;
    tt_err err;
    int rc = tt_parse_markup(&(tt_parse_in){.text = &text}, of_kind, &arena, &doc, &err);
    tt_arena_release(&arena);
    return rc;
}

static void test_no_memory(void **state)
{
    (void)state;
    for (int kind = 0; kind < 3; kind++) {
        of_kind = (tt_markup)kind;
        assert_true(fail_each(parse_one, TT_ENOMEM) > 5);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_org),       cmocka_unit_test(test_rst),    cmocka_unit_test(test_asciidoc),
        cmocka_unit_test(test_links),     cmocka_unit_test(test_random), cmocka_unit_test(test_long),
        cmocka_unit_test(test_no_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
