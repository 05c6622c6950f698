/* HTML bodies against others: libxml2's text content, and our own reading of the same content in Markdown. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <libxml/HTMLparser.h>

#include "parse/parse.h"
#include "show_doc.h"

static tt_arena arena;

/* ---- libxml2 ---- */

/* What is no text whatever stands around it. */
static bool is_hidden(const xmlNode *node)
{
    static const char *const names[] = {"script", "style",  "head",   "title",  "template", "noscript",
                                        "svg",    "iframe", "button", "select", "textarea", "object"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp((const char *)node->name, names[i]) == 0)
            return true;
    return xmlHasProp(node, (const xmlChar *)"hidden") != NULL;
}

static void add_letters(const char *p, size_t n, tt_buf *out)
{
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)p[i] > ' ')
            tt_buf_char(out, p[i]);
}

static void reference_text(const xmlNode *node, tt_buf *out)
{
    for (; node; node = node->next) {
        if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
            add_letters((const char *)node->content, strlen((const char *)node->content), out);
        else if (node->type == XML_ELEMENT_NODE && !is_hidden(node))
            reference_text(node->children, out);
    }
}

static void our_text(const tt_text *text, tt_buf *out, tt_buf *shown)
{
    tt_parse_in in = {.text = text};
    tt_doc doc;
    tt_err err;
    assert_int_equal(tt_parse_html(&in, &arena, &doc, &err), 0);
    check_doc(text, &doc);
    for (uint32_t b = 0; b < doc.n_blocks; b++) {
        const tt_block *block = &doc.blocks[b];
        for (uint32_t i = 0; i < block->n_runs && block->kind != TT_BLOCK_ASIDE; i++) {
            const tt_run *r = &doc.runs[block->first_run + i];
            if (r->zone != TT_ZONE_ALT)
                add_letters(doc.vis + r->vis, r->n, out);
        }
    }
    show_doc(&doc, shown);
    tt_arena_release(&arena);
}

static void compare(const tt_buf *html)
{
    tt_text text = {.data = html->p, .n = html->n};
    tt_buf ours = {0}, want = {0}, shown = {0};
    htmlDocPtr doc = htmlReadMemory(html->p, (int)html->n, NULL, "UTF-8",
                                    HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
    assert_non_null(doc);
    reference_text(xmlDocGetRootElement(doc), &want);
    xmlFreeDoc(doc);
    our_text(&text, &ours, &shown);
    tt_buf_add(&want, "", 0);
    tt_buf_add(&ours, "", 0);
    if (ours.n != want.n || (want.n > 0 && memcmp(ours.p, want.p, want.n) != 0))
        fail_msg("%s\nours:    %s\nlibxml2: %s\n%s", html->p, ours.p, want.p, shown.p);
    tt_buf_release(&shown);
    tt_buf_release(&ours);
    tt_buf_release(&want);
}

static const char *const pages[] = {
    "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>T &amp; T</title><style>p > b {}</style></head>"
    "<body class=\"a b\"><div id=x><h1>One</h1><p>Two <b>three</b> &#8217; <i>four<br/>five</i></p><hr>"
    "<ul><li>six<li><p>seven</p><ul><li>eight</ul></li></ul><ol><li>nine</ol></div><script>if (a < b) { '<p>x</p>' }"
    "</script><blockquote><p>ten</p></blockquote><pre> eleven\n  <code>&lt;twelve&gt;</code></pre></body></html>",
    "<table border=1><caption>A</caption><thead><tr><th>B<th>C</tr></thead><tbody><tr><td>D</td><td><p>E</td></tr>"
    "<tr><td colspan=2>F <a href=\"http://x.org/?a=1&amp;b=2\" title='G > H'>I</a></table><!-- J <p> --> K",
    "<p>A<img src=x alt=\"B > C\" data-attrs='{\"d\":\"<p>e</p>\"}'><figure><figcaption>F</figcaption></figure>"
    "<dl><dt>G<dd>H<dt>I<dd>J</dl><p hidden>K</p>L<div hidden><p>M</p></div><noscript>N</noscript>O"
    "<button>P</button>Q<select><option>R<option>S</select>T<textarea><p>U</textarea>V",
};

enum { N_PAGES = sizeof pages / sizeof *pages };

static void test_pages(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_PAGES; i++) {
        tt_buf b = {0};
        tt_buf_text(&b, pages[i]);
        compare(&b);
        tt_buf_release(&b);
    }
}

static uint32_t next_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

/* The page with one tag in eight left out, doubled or in capitals. Those of elements whose content is no text stay: where
 * they lack, parsers end them at different places. */
static void mutate(const char *p, uint32_t *seed, tt_buf *out)
{
    static const char *const stay[] = {"script", "style", "title", "textarea", "head", "noscript", "select", "option",
                                       "button", "!",     "body",  "html",     "div",  "p hidden", "meta"};
    while (*p) {
        const char *end = *p == '<' ? strchr(p, '>') : p + strcspn(p, "<");
        size_t n = (size_t)(end - p) + (*p == '<');
        uint32_t change = *p == '<' ? next_random(seed) % 24 : 99;
        for (size_t i = 0; i < sizeof stay / sizeof *stay; i++)
            if (*p == '<' && strncmp(p + 1 + (p[1] == '/'), stay[i], strlen(stay[i])) == 0)
                change = 99;
        size_t from = out->n;
        if (change != 0)
            tt_buf_add(out, p, n);
        if (change == 1)
            tt_buf_add(out, p, n);
        for (size_t i = from + 1; change == 2 && i < out->n && out->p[i] != ' '; i++)
            if (out->p[i] >= 'a' && out->p[i] <= 'z')
                out->p[i] = (char)(out->p[i] - 'a' + 'A');
        p += n;
        if (*p == '\0')
            break;
    }
}

static void test_mutated(void **state)
{
    uint32_t seed = 88172645u;
    (void)state;
    for (int i = 0; i < 6000; i++) {
        tt_buf b = {0};
        mutate(pages[i % N_PAGES], &seed, &b);
        compare(&b);
        tt_buf_release(&b);
    }
}

/* ---- Markdown ---- */

/* What is counted, block by block: zone and text; white space collapsed. */
static void show_counted(const tt_doc *doc, tt_buf *out)
{
    for (uint32_t b = 0; b < doc->n_blocks; b++) {
        const tt_block *block = &doc->blocks[b];
        if (block->kind == TT_BLOCK_ASIDE)
            continue;
        tt_buf_f(out, "%c%d%s%s", "PIHCKFA"[block->kind], block -> level, block -> nested ? "*" : "",
                 block->strong ? "!" : "");
        for (uint32_t i = 0; i < block->n_runs; i++) {
            const tt_run *r = &doc->runs[block->first_run + i];
            if (i == 0 || r->barrier)
                tt_buf_f(out, "|%c:", "mucaTsbCqht"[r->zone]);
            for (uint32_t k = 0; k < r->n; k++)
                tt_buf_char(out, doc->vis[r->vis + k] == '\n' ? ' ' : doc->vis[r->vis + k]);
        }
        while (out->n > 0 && out->p[out->n - 1] == ' ')
            out->n--;
        tt_buf_char(out, '\n');
    }
    for (uint32_t i = 0; i < doc->n_anchors; i++)
        tt_buf_f(out, "%.*s -> %.*s\n", (int)doc->anchors[i].n, doc->vis + doc->anchors[i].vis,
                 (int)doc->anchors[i].url.n, doc->anchors[i].url.p);
    tt_buf_add(out, "", 0);
}

static void test_markdown(void **state)
{
    static const struct {
        const char *markdown, *html;
    } pairs[] = {
        {"# A & B\n\nc *d* **e** `f`\ng",
         "<h1>A &amp; B</h1>\n<p>c <em>d</em> <strong>e</strong> <code>f</code>\ng</p>\n"},
        {"## A\n\nb\n\n***\n\nc", "<h2>A</h2><p>b</p><hr><p>c</p>"},
        {"> a\n>\n> b\n\nc", "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>\n<p>c</p>"},
        {"- a\n- b\n  - c\n- d", "<ul>\n<li>a</li>\n<li>b\n<ul>\n<li>c</li>\n</ul></li>\n<li>d</li>\n</ul>"},
        {"- a\n\n- b", "<ul>\n<li><p>a</p></li>\n<li><p>b</p></li>\n</ul>"},
        {"1. a\n2. b", "<ol><li>a<li>b</ol>"},
        {"```x\na b\n```\nc", "<pre><code class=x>a b\n</code></pre><p>c</p>"},
        {"| a | b |\n| --- | --- |\n| c | d |",
         "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>c</td>"
         "<td>d</td></tr></tbody></table>"},
        {"a [b](http://x.y/?z&w \"t\") c <http://q.r>",
         "<p>a <a href=\"http://x.y/?z&amp;w\" title=\"t\">b</a> c http://q.r</p>"},
        {"![a](b)\n\n*c*\n\nd", "<p><img src=\"b\" alt=\"a\"></p><p><em>c</em></p><p>d</p>"},
        {"![A b](c)\n\na B\n\nd", "<figure><img src=c alt='A b'></figure><p>a B</p><p>d</p>"},
        {"![a](b)\n\n**c**", "<img src=b alt=a><p><strong>c</strong></p>"},
        {"**a**\n\n**b** c", "<p><strong>a</strong></p><p><strong>b</strong> c</p>"},
        {"a  \nb", "<p>a<br>b</p>"},
        {"a[^1] b {{< x >}} c", "<p>a<sup><a href=\"#fn1\">1</a></sup> b {{ x }} c</p>"},
        {"> **a**\n\n- **b**", "<blockquote><p><b>a</b></p></blockquote><ul><li><b>b</b></ul>"},
        {"# [a](b)\n\nc", "<h1><a href=b>a</a></h1><p>c"},
        {"see https://x.org/a, b", "<p>see https://x.org/a, b"},
        {"a <!-- b --> c", "<p>a <!-- b --> c"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        tt_text one = text_of(pairs[i].markdown), two = text_of(pairs[i].html);
        tt_parse_in first = {.text = &one}, second = {.text = &two};
        tt_doc doc;
        tt_err err;
        tt_buf want = {0}, ours = {0};
        print_message("# %s\n", pairs[i].html);
        assert_int_equal(tt_parse_markdown(&first, &arena, &doc, &err), 0);
        show_counted(&doc, &want);
        assert_int_equal(tt_parse_html(&second, &arena, &doc, &err), 0);
        show_counted(&doc, &ours);
        assert_string_equal(ours.p, want.p);
        tt_buf_release(&want);
        tt_buf_release(&ours);
        tt_arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pages),
        cmocka_unit_test(test_mutated),
        cmocka_unit_test(test_markdown),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    xmlCleanupParser();
    return failed;
}
