/* doc and url: runs, barriers, asides, entities, escapes, bare URLs. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "fail_alloc.h"
#include "parse/doc.h"
#include "parse/url.h"
#include "show_doc.h"

static tt_arena arena;

static tt_doc_builder *new_builder(const tt_text *text)
{
    tt_doc_builder *b;
    assert_int_equal(tt_doc_builder_new(&b, &arena, text), 0);
    return b;
}

static void finish(tt_doc_builder *b, const tt_text *text, const char *want)
{
    tt_doc doc;
    tt_err err;
    tt_buf shown = {0};
    assert_int_equal(tt_doc_finish(b, &doc, &err), 0);
    check_doc(text, &doc);
    show_doc(&doc, &shown);
    assert_string_equal(shown.p, want);
    tt_buf_release(&shown);
    tt_arena_release(&arena);
}

static void test_runs_join(void **state)
{
    tt_text text = text_of("abc def");
    tt_doc doc;
    tt_err err;
    (void)state;
    tt_doc_builder *b = new_builder(&text);
    tt_doc_begin(b, TT_BLOCK_PARAGRAPH, 0, false, 0);
    tt_doc_push(b, TT_ZONE_TEXT, 0, 2, NULL, 2);
    tt_doc_push(b, TT_ZONE_TEXT, 2, 1, NULL, 1);  /* goes on: the same run */
    tt_doc_push(b, TT_ZONE_TEXT, 4, 2, NULL, 2);  /* a byte is left out */
    tt_doc_push(b, TT_ZONE_TEXT, 6, 1, "xyz", 3); /* seen otherwise */
    tt_doc_end(b);
    assert_int_equal(tt_doc_finish(b, &doc, &err), 0);
    assert_int_equal(doc.n_runs, 3);
    assert_int_equal(doc.runs[0].n, 3);
    assert_true(doc.runs[0].barrier);
    assert_false(doc.runs[1].barrier);
    assert_int_equal(doc.runs[1].at, 4);
    assert_int_equal(doc.runs[2].n, 3);
    assert_int_equal(doc.runs[2].n_src, 1);
    assert_memory_equal(doc.vis, "abcdexyz", 8);
    tt_arena_release(&arena);
}

static void test_barriers(void **state)
{
    tt_text text = text_of("abcdef");
    (void)state;
    tt_doc_builder *b = new_builder(&text);
    tt_doc_begin(b, TT_BLOCK_PARAGRAPH, 0, false, 0);
    tt_doc_text(b, TT_ZONE_TEXT, 0, 2, 0);
    tt_doc_barrier(b);
    tt_doc_text(b, TT_ZONE_TEXT, 2, 1, 0);
    tt_doc_text(b, TT_ZONE_QUOTE, 3, 1, 0);
    tt_doc_begin(b, TT_BLOCK_HEADING, 2, true, 4); /* ends the one before */
    tt_doc_text(b, TT_ZONE_HEADING, 4, 2, 0);
    finish(b, &text, "P t:ab |t:c |q:d\nH2* h:ef");
}

static void test_asides(void **state)
{
    tt_text text = text_of("abcdefgh");
    (void)state;
    tt_doc_builder *b = new_builder(&text);
    tt_doc_aside(b, TT_ZONE_META, 0, 1); /* before any block */
    tt_doc_begin(b, TT_BLOCK_PARAGRAPH, 0, false, 1);
    tt_doc_text(b, TT_ZONE_TEXT, 1, 1, 0);
    tt_doc_aside(b, TT_ZONE_URL, 2, 1);
    tt_doc_aside(b, TT_ZONE_URL, 3, 1); /* goes on */
    tt_doc_aside(b, TT_ZONE_META, 4, 1);
    tt_doc_text(b, TT_ZONE_TEXT, 5, 1, 0); /* no barrier */
    tt_doc_strong(b, true);
    tt_doc_end(b);
    tt_doc_begin(b, TT_BLOCK_ITEM, 0, true, 6); /* nothing in it: no block */
    tt_doc_aside(b, TT_ZONE_URL, 6, 1);
    tt_doc_aside(b, TT_ZONE_URL, 7, 0);
    tt_doc_end(b);
    tt_doc_text(b, TT_ZONE_TEXT, 7, 1, 0); /* no block is open */
    tt_doc_aside(b, TT_ZONE_CODE, 7, 1);
    finish(b, &text, "A m:a\nP! t:bf\nA u:cd\nA m:e\nA u:g\nA c:h");
}

static void test_rezone(void **state)
{
    tt_text text = text_of("ab http://x.y cd");
    tt_buf letters = {0};
    (void)state;
    tt_doc_builder *b = new_builder(&text);
    tt_doc_begin(b, TT_BLOCK_PARAGRAPH, 0, false, 0);
    assert_int_equal(tt_doc_here(b), tt_doc_open_run(b));
    tt_doc_text(b, TT_ZONE_QUOTE, 0, 2, 0);
    tt_doc_barrier(b);
    uint32_t from = tt_doc_here(b);
    tt_doc_text(b, TT_ZONE_QUOTE, 2, text.n - 2, 0);
    tt_doc_rezone(b, from, TT_ZONE_CAPTION); /* url is stronger and stays */
    tt_doc_letters(b, tt_doc_open_run(b), tt_doc_here(b), &letters);
    assert_string_equal(letters.p, "abhttpxycd");
    tt_buf_release(&letters);
    tt_doc_end(b);
    finish(b, &text, "P q:ab |C:  |u:http://x.y |C: cd");
}

static void test_front(void **state)
{
    tt_text text = text_of("---\ntitle: A&amp;B http://x.y\n---\nbody");
    (void)state;
    tt_doc_builder *b = new_builder(&text);
    tt_doc_front(b, 34, 11, 7);
    finish(b, &text, "F m:---/title: \nF T:A&B\nF m: http://x.y/---/");
    b = new_builder(&text);
    tt_doc_front(b, 34, 0, 0);
    finish(b, &text, "F m:---/title: A&B http://x.y/---/");
    b = new_builder(&text);
    tt_doc_front(b, 0, 0, 0);
    finish(b, &text, "");
}

static void test_text(void **state)
{
    static const struct {
        const char *name, *in;
        int how;
        const char *want;
    } cases[] = {
        {"entity", "a &amp; b", TT_DOC_ENTITIES, "P t:a & b"},
        {"entity, not asked for", "a &amp; b", 0, "P t:a &amp; b"},
        {"numbered entity", "OpenAI&#x27;s", TT_DOC_ENTITIES, "P t:OpenAI's"},
        {"no entity", "AT&T &nosuchthing; &", TT_DOC_ENTITIES, "P t:AT&T &nosuchthing; &"},
        {"escape", "\\*a\\* \\q \\", TT_DOC_ESCAPES, "P t:*a* \\q \\"},
        {"escaped entity", "\\&amp;", TT_DOC_ESCAPES | TT_DOC_ENTITIES, "P t:&amp;"},
        {"escaped colon", "http\\://x.y", TT_DOC_ESCAPES, "P t:http://x.y"},
        {"escape in a URL", "http://x/a\\_b c", TT_DOC_ESCAPES, "P u:http://x/a\\_b |t: c"},
        {"two URLs", "http://a,ftp://b mailto:c", 0, "P u:http://a,ftp://b |t:  |u:mailto:c"},
        {"URL behind an entity", "&lt;http://a&gt;", TT_DOC_ENTITIES, "P t:< |u:http://a |t:>"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_text text = text_of(cases[i].in);
        tt_doc_builder *b = new_builder(&text);
        print_message("# %s\n", cases[i].name);
        tt_doc_begin(b, TT_BLOCK_PARAGRAPH, 0, false, 0);
        tt_doc_text(b, TT_ZONE_TEXT, 0, text.n, cases[i].how);
        finish(b, &text, cases[i].want);
    }
}

static void test_meta_has_no_url(void **state)
{
    tt_text text = text_of("a http://x.y b");
    (void)state;
    tt_doc_builder *b = new_builder(&text);
    tt_doc_begin(b, TT_BLOCK_PARAGRAPH, 0, false, 0);
    tt_doc_text(b, TT_ZONE_META, 0, text.n, 0);
    tt_doc_end(b);
    tt_doc_begin(b, TT_BLOCK_CODE, 0, false, 0);
    tt_doc_text(b, TT_ZONE_CODE, 0, text.n, 0);
    tt_doc_end(b);
    finish(b, &text, "P m:a http://x.y b\nK c:a  |u:http://x.y |c: b");
}

static void test_urls(void **state)
{
    static const struct {
        const char *name, *in, *want; /* "": none */
    } cases[] = {
        {"plain", "see http://x.y/z now", "http://x.y/z"},
        {"https, upper case", "HTTPS://X.Y", "HTTPS://X.Y"},
        {"ftp", "ftp://x", "ftp://x"},
        {"mailto", "mailto:a@b.c, d", "mailto:a@b.c"},
        {"no scheme", "www.x.y", ""},
        {"another scheme", "tel:123", ""},
        {"any scheme with slashes", "sftp://a", "sftp://a"},
        {"signs in a scheme", "git+ssh://a", "git+ssh://a"},
        {"signs before", "-ssh://a", "ssh://a"},
        {"one letter", "C://a", ""},
        {"letters before", "xhttp://a", "xhttp://a"},
        {"digits before", "1http://a", ""},
        {"bracket before", "(http://a", "http://a"},
        {"nothing behind", "http:// a", ""},
        {"one slash", "http:/a", ""},
        {"nothing but punctuation", "http://...", ""},
        {"full stop", "http://a.b.", "http://a.b"},
        {"many marks", "http://a?!.,:*_~'\"", "http://a"},
        {"paired bracket", "http://a/b_(c)", "http://a/b_(c)"},
        {"unpaired bracket", "(http://a/b_(c))", "http://a/b_(c)"},
        {"unpaired, with a stop", "(http://a/b).", "http://a/b"},
        {"square bracket", "[http://a/b]", "http://a/b"},
        {"paired square bracket", "http://a/[b]", "http://a/[b]"},
        {"angle brackets", "<http://a>b", "http://a"},
        {"entity at the end", "http://a?x=1&amp;y&quot;", "http://a?x=1&amp;y"},
        {"entities at the end", "http://a&gt;&gt;;", "http://a"},
        {"semicolon alone", "http://a;", "http://a"},
        {"semicolon behind a word", "http://a;b;", "http://a;b"},
        {"letters beyond ASCII", "http://a/Köln", "http://a/Köln"},
        {"Chinese letters", "http://a/中文 b", "http://a/中文"},
        {"Chinese comma", "http://a，中文", "http://a"},
        {"Chinese full stop", "http://a。中文", "http://a"},
        {"curly quotes", "“http://a”", "http://a"},
        {"no-break space", "http://a\u00a0b", "http://a"},
        {"line end", "http://a\nb", "http://a"},
        {"DEL", "http://a\x7f", "http://a"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *in = cases[i].in, *colon = strchr(in, ':');
        size_t from = 0, to = 0;
        bool found = colon && tt_url_at(in, strlen(in), (size_t)(colon - in), &from, &to);
        char got[100] = "";
        if (found)
            snprintf(got, sizeof got, "%.*s", (int)(to - from), in + from);
        print_message("# %s\n", cases[i].name);
        assert_string_equal(got, cases[i].want);
    }
}

static int build_all(void)
{
    tt_text text = text_of("a &amp; http://x.y b");
    tt_doc_builder *b;
    tt_doc doc;
    tt_err err;
    tt_buf letters = {0};
    if (tt_doc_builder_new(&b, &arena, &text) != 0)
        return TT_ENOMEM;
    for (int i = 0; i < 40; i++) {
        tt_doc_begin(b, TT_BLOCK_PARAGRAPH, 0, false, 0);
        tt_doc_text(b, TT_ZONE_TEXT, 0, text.n, TT_DOC_ENTITIES);
        tt_doc_aside(b, TT_ZONE_URL, 0, 1);
        tt_doc_letters(b, tt_doc_open_run(b), tt_doc_here(b), &letters);
        tt_doc_strong(b, true);
        tt_doc_end(b);
    }
    tt_buf_release(&letters);
    int rc = tt_doc_finish(b, &doc, &err);
    tt_arena_release(&arena);
    return rc;
}

static void test_no_memory(void **state)
{
    (void)state;
    assert_true(fail_each(build_all, TT_ENOMEM) > 5);
    tt_doc_builder_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_runs_join), cmocka_unit_test(test_barriers),        cmocka_unit_test(test_asides),
        cmocka_unit_test(test_rezone),    cmocka_unit_test(test_front),           cmocka_unit_test(test_text),
        cmocka_unit_test(test_urls),      cmocka_unit_test(test_meta_has_no_url), cmocka_unit_test(test_no_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
