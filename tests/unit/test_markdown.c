/* markdown: zones, blocks, provenance; the guard against what md4c reads slowly. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "fail_alloc.h"
#include "parse/mask.h"
#include "parse/parse.h"
#include "show_doc.h"

typedef struct case_of {
    const char *name, *in, *want;
} case_of;

static tt_arena arena;

static void check_case(const case_of *c, size_t body_at, size_t title_at, size_t n_title)
{
    tt_text text = text_of(c->in);
    tt_parse_in in = {.text = &text, .body_at = body_at, .title_at = title_at, .n_title = n_title};
    tt_doc doc;
    tt_err err;
    tt_buf shown = {0};
    print_message("# %s\n", c->name);
    assert_int_equal(tt_parse_markdown(&in, &arena, &doc, &err), 0);
    check_doc(&text, &doc);
    assert_false(doc.plain);
    show_doc(&doc, &shown);
    assert_string_equal(shown.p, c->want);
    tt_buf_release(&shown);
    tt_arena_release(&arena);
}

static void check_cases(const case_of *cases, size_t n)
{
    for (size_t i = 0; i < n; i++)
        check_case(&cases[i], 0, 0, 0);
}

#define CHECK(cases) check_cases(cases, sizeof(cases) / sizeof *(cases))

static void test_blocks(void **state)
{
    static const case_of cases[] = {
        {"empty", "", ""},
        {"blank", " \n\n \n", ""},
        {"paragraphs", "a\n\nb", "P t:a\nP t:b"},
        {"soft break", "a\nb", "P t:a/b"},
        {"hard breaks", "a  \nb\\\nc", "P t:a/b/c"},
        {"break behind a link", "[a](x)\nb", "P t:a/b\nA u:x"},
        {"break inside a target", "[a](x\n\"t\") b\nc", "P t:a b/c\nA u:x\nA u:t"},
        {"headings", "# a\n\nb\n===\n\n### *c* d ###", "H1 h:a\nH1 h:b\nH3 h:c d"},
        {"rule", "a\n\n***\n\nb", "P t:a\nP t:b"},
        {"quote", "> a\n> b\n\nc", "P* q:a/b\nP t:c"},
        {"heading in a quote", "> # a", "H1* q:a"},
        {"list in a quote", "> - a\n> - b", "I* q:a\nI* q:b"},
        {"quote in a list", "- a\n  > b", "I* t:a\nP* q:b"},
        {"tight list", "- a\n- b\n  1. c", "I* t:a\nI* t:b\nI* t:c"},
        {"loose list", "- a\n\n- b", "P* t:a\nP* t:b"},
        {"code in a tight item", "- a\n  ```\n  b\n  ```\n  c", "I* t:a\nK* c:b/\nI* t:c"},
        {"tasks", "- [ ] a\n- [x] b", "I* t:a\nA m:x\nI* t:b"},
        {"fenced code", "```c\na &amp; b\n  c\n```", "A c:c\nK c:a &amp; b/c/"},
        {"indented code", "    a http://x.y\n", "K c:a  |u:http://x.y |c:/"},
        {"table", "| a | b |\n|---|---|\n| c [d](x) | e |", "C t:a\nC t:b\nC t:c d\nA u:x\nC t:e"},
        {"more cells than columns", "|a|\n|---|\n|b|lost|", "C t:a\nC t:b\nA m:lost"},
        {"strikethrough", "~~a~~ b", "P t:a b"},
        {"definition list", "a\n: b", "P t:a/: b"},
    };
    (void)state;
    CHECK(cases);
}

static void test_inline(void **state)
{
    static const case_of cases[] = {
        {"emphasis inside a word", "**Open**AI", "P t:OpenAI"},
        {"inline code is text", "a `b &amp; c` d", "P t:a b &amp; c d"},
        {"inline code over lines", "`a\nb`", "P t:a/b"},
        {"link does not interrupt", "[Google](https://x) Photos", "P t:Google Photos\nA u:https://x"},
        {"link with a title", "[a](<x y> 'T')", "P t:a\nA u:x y\nA u:T"},
        {"brackets in a target", "[a](x_(y)) b", "P t:a b\nA u:x_(y)"},
        {"link without text", "a[](x)b", "P t:ab\nA u:x"},
        {"reference", "[a][b] c\n\n[b]: http://x.y 'T'\n\nd", "P t:a c\nA u:b\nA u:b\nA u:http://x.y\nA u:T\nP t:d"},
        {"definition with the title below", "[b]: <x>\n  \"T\"\n\n[b]", "A u:b\nA u:x\nA u:T\nP t:b"},
        {"definition in a quote", "> [b]: x\n> c [b]", "A u:b\nA u:x\nP* q:c b"},
        {"autolink", "a <http://x.y/.> b", "P t:a  |u:http://x.y/. |t: b"},
        {"address", "<a@b.c>", "P u:a@b.c"},
        {"link whose text is a URL", "[http://x.y](http://x.y)", "P u:http://x.y\nA u:http://x.y"},
        {"bare URL", "see (http://x.y/a_b_c), d", "P t:see ( |u:http://x.y/a_b_c |t:), d"},
        {"bare URL with marks", "http://x/_a_/~b~/@*c* _d_", "P u:http://x/_a_/~b~/@*c |t:* d"},
        {"emphasis behind a link", "[a](http://x/_b)_c_ *http://x/y*", "P t:ac  |u:http://x/y\nA u:http://x/_b"},
        {"bare URL with entity and escape", "http://x/a?b=1&amp;c\\_d e", "P u:http://x/a?b=1&amp;c\\_d |t: e"},
        {"entities", "a &amp; b&#x27;s &nosuch;", "P t:a & b's &nosuch;"},
        {"escapes", "\\*a\\* \\&amp; b\\_c \\q", "P t:*a* &amp; b_c \\q"},
        {"escape behind a span", "*a*\\*b", "P t:a*b"},
        {"backslash behind a multi-byte character", "|a|\n|---|\n|b|\\é|", "C t:a\nC t:b\nA m:é"},
        {"bold paragraph", "**a b**", "P! t:a b"},
        {"bold, emoji and marks outside", "**a** \U0001F389!", "P! t:a \U0001F389!"},
        {"bold, a word outside", "**a** b", "P t:a b"},
        {"bold, a link in it", "**[a](x)**\n<b>c</b>", "P! t:a/c\nA u:x\nA m:<b>\nA m:</b>"},
        {"bold item is none", "- **a**", "I* t:a"},
        {"bold heading is none", "# **a**", "H1 h:a"},
    };
    (void)state;
    CHECK(cases);
}

static void test_images(void **state)
{
    static const case_of cases[] = {
        {"description in its place", "a ![b *c*](x \"T\") d", "P t:a  |a:b c |t: d\nA u:x\nA u:T"},
        {"without description", "a ![](x) d", "P t:a  |t: d\nA u:x"},
        {"alone", "![](x)", "A u:x"},
        {"in a link", "[![a](x)](y) b", "P a:a |t: b\nA u:x\nA u:y"},
        {"image in an image", "![a ![b](x) c](y) d", "P a:a b c |t: d\nA u:x\nA u:y"},
        {"caption in the paragraph below", "![](x)\n\n_a *b*_", "A u:x\nP C:a b"},
        {"caption in the same paragraph", "![b](x)\n*a*", "P a:b |C:/a\nA u:x"},
        {"caption that equals the description", "![The image.](x)\n\nthe IMAGE",
         "P a:The image.\nA u:x\nP C:the IMAGE"},
        {"the same in one paragraph", "![The image](x)\nThe image!", "P a:The image |C:/The image!\nA u:x"},
        {"text before the image", "a ![b](x)\n_c_", "P t:a  |a:b |C:/c\nA u:x"},
        {"strong is none", "![](x)\n\n**a**", "A u:x\nP! t:a"},
        {"strong emphasis is none", "![](x)\n\n***a***", "A u:x\nP! t:a"},
        {"strong inside emphasis is one", "![](x)\n\n*a **b***", "A u:x\nP C:a b"},
        {"partly emphasis is none", "![](x)\n\n*a* b", "A u:x\nP t:a b"},
        {"empty description equals nothing", "![](x)\n\n...", "A u:x\nP t:..."},
        {"text between", "![](x)\n\na\n\n*b*", "A u:x\nP t:a\nP t:b"},
        {"rule between", "![](x)\n\n---\n\n*b*", "A u:x\nP t:b"},
        {"heading between", "![](x)\n\n# a\n\n*b*", "A u:x\nH1 h:a\nP t:b"},
        {"no image", "*b*", "P t:b"},
        {"a second caption is none", "![](x)\n\n*a*\n\n*b*", "A u:x\nP C:a\nP t:b"},
        {"in a quote", "> ![a](x)\n> _b_", "P* a:a |C:/b\nA u:x"},
        {"in a list", "- ![a](x)\n  _b_", "I* a:a |C:/b\nA u:x"},
        {"URL in a caption", "![a](x)\n_b http://x.y_", "P a:a |C:/b  |u:http://x.y\nA u:x"},
        {"of HTML", "<img src=\"x\" alt=\"a &amp; b\">\n\nA B",
         "A m:<img src=\"\nA u:x\nA m:\" alt=\"\nP a:a & b |t:/\nA m:\">\nP C:A B"},
    };
    (void)state;
    CHECK(cases);
}

static void test_html(void **state)
{
    static const case_of cases[] = {
        {"inline tags", "a <span class=\"k\">b</span>c", "P t:a bc\nA m:<span class=\"k\">\nA m:</span>"},
        {"no word boundary", "Open<b>AI</b>", "P t:OpenAI\nA m:<b>\nA m:</b>"},
        {"comment", "a <!-- b --> c\n\n<!-- d\n\ne -->\nf", "P t:a  c\nA m:<!-- b -->\nA m:<!-- d//e -->\nP t:f"},
        {"block", "<div>\na\n</div>", "A m:<div>\nP t:a/\nA m:</div>"},
        {"blocks in a block", "<div><p>a</p><p>b</p></div>",
         "A m:<div><p>\nP t:a\nA m:</p>\nA m:<p>\nP t:b\nA m:</p>\nA m:</div>"},
        {"line break", "<p>a<br>b<br/>c</p>", "A m:<p>\nP t:a/b/c\nA m:</p>"},
        {"block tag in a paragraph", "a <div>b</div> c", "P t:a \nA m:<div>\nP t:b\nA m:</div>\nP t:c"},
        {"link", "<p><a href='http://x.y?a=1' title=\"T\">a</a></p>",
         "A m:<p><a href='\nA u:http://x.y?a=1\nA m:' title=\"T\">\nP t:a\nA m:</a></p>"},
        {"unquoted and upper case", "<P><A HREF=http://x.y>a</A>",
         "A m:<P><A HREF=\nA u:http://x.y\nA m:>\nP t:a\nA m:</A>"},
        {"tag over lines", "<div\n  class=\"a\nb\">c</div>", "A m:<div/\nA m:class=\"a/b\">\nP t:c\nA m:</div>"},
        {"tag in a quote", "> <div\n> id=x>a</div>", "A m:<div/\nA m:id=x>\nP* q:a\nA m:</div>"},
        {"figure", "<figure><img alt=\"a\" src=x><figcaption>b</figcaption></figure>\n\nc",
         "A m:<figure><img alt=\"\nP a:a\nA m:\" src=\nA u:x\nA m:><figcaption>\nP C:b\nA m:</figcaption>\nA "
         "m:</figure>\nP t:c"},
        {"caption with Markdown inside", "<figcaption>\n\na *b*\n\n</figcaption>\n\nc",
         "A m:<figcaption>\nP C:a b\nA m:</figcaption>\nP t:c"},
        {"quote", "<blockquote>\n\na\n\n</blockquote>\n\nb", "A m:<blockquote>\nP* q:a\nA m:</blockquote>\nP t:b"},
        {"pre", "<pre>\na  b\n</pre>\nc", "A m:<pre>\nK c:a  b/\nA m:</pre>\nP t:c"},
        {"script and style", "<script>\nvar a = \"<b>\";\n</SCRIPT>\n<style>b</style>\n",
         "A m:<script>/var a = \"<b>\";/</SCRIPT>\nA m:<style>b</style>"},
        {"list", "<ul><li>a<li>b</ul>", "A m:<ul><li>\nI* t:a\nA m:<li>\nI* t:b\nA m:</ul>"},
        {"table", "<table><tr><td>a</td><th>b</th></tr></table>",
         "A m:<table><tr><td>\nC t:a\nA m:</td>\nA m:<th>\nC t:b\nA m:</th>\nA m:</tr></table>"},
        {"heading", "<h2>a</h2>\n\nb", "A m:<h2>\nH2 h:a\nA m:</h2>\nP t:b"},
        {"bold and emphasis", "<p><b>a</b></p><p><img src=x></p><p><i>c</i></p>",
         "A m:<p><b>\nP! t:a\nA m:</b></p>\nA m:<p><img src=\nA u:x\nA m:></p><p><i>\nP C:c\nA m:</i></p>"},
        {"entities", "<p>a &amp; &lt;b&gt;</p>", "A m:<p>\nP t:a & <b>\nA m:</p>"},
        {"bare URL", "<p>http://x.y</p>", "A m:<p>\nP u:http://x.y\nA m:</p>"},
        {"< that opens nothing", "<p>1 < 2 <3</p>", "A m:<p>\nP t:1 < 2 <3\nA m:</p>"},
        {"tag that does not end", "<div a=\"b\n\nc", "A m:<div a=\"b/\nP t:c"},
        {"declaration", "<!DOCTYPE html>\n\n<?php a ?>\n", "A m:<!DOCTYPE html>\nA m:<?php a ?>"},
        {"elements left open end at a heading", "<blockquote><ul><pre>\n\n# a\n\nb",
         "A m:<blockquote><ul><pre>\nH1 h:a\nP t:b"},
    };
    (void)state;
    CHECK(cases);
}

static void test_meta(void **state)
{
    static const case_of cases[] = {
        {"shortcodes", "a {{< b \"c\" >}} d {{% e %}} f", "P t:a  |t: d  |t: f\nA m:{{< b \"c\" >}}\nA m:{{% e %}}"},
        {"Liquid", "a {% b %}{{ c }}d", "P t:a  |t:d\nA m:{% b %}{{ c }}"},
        {"what a tag holds", "a\n\n{% highlight c %}\nb *c\n\n# d\n{% endhighlight %}\n\ne* {% comment %}f{%- endcomment -%} g",
         "P t:a\nA m:{% highlight c %}\nA c:/b *c//# d/\nA m:{% endhighlight %}\nP t:e*  |t: g\n"
         "A m:{% comment %}f{%- endcomment -%}"},
        {"what a shortcode holds", "{{< highlight c \"x\" >}}\na\n{{< /highlight >}} b",
         "A m:{{< highlight c \"x\" >}}\nA c:/a/\nA m:{{< /highlight >}}\nP t:b"},
        {"what holds nothing", "{% highlight %} a {% highlights %} b {% endhighlights\n\n{{< highlight >}}{{< /highlight >}} c",
         "A m:{% highlight %}\nP t:a  |t: b {% endhighlights\nA m:{% highlights %}\n"
         "A m:{{< highlight >}}{{< /highlight >}}\nP t:c"},
        {"words like an end", "{% highlight %} endhighlight /highlight {% endhighlight %}{% comment %}a{% endcomment %}b",
         "A m:{% highlight %}\nA c: endhighlight /highlight \nA m:{% endhighlight %}{% comment %}a{% endcomment %}\nP t:b"},
        {"a fence in what a tag would hold", "{% highlight %}\n```\na\n```\n{% endhighlight %}",
         "A m:{% highlight %}\nK c:a/\nA m:{% endhighlight %}"},
        {"over lines", "{{< a\n  b=\"*c*\"\n>}}\n\nd", "A m:{{< a/  b=\"*c*\"/>}}\nP t:d"},
        {"without an end", "{{ a\n\nb }} {% c", "P t:{{ a\nP t:b }} {% c"},
        {"not over a fence", "{{ a\n```\nb }}\n```", "P t:{{ a\nK c:b }}/"},
        {"in code", "`{{ a }}`\n\n    {% b %}", "P t:{{ a }}\nK c:{% b %}"},
        {"in a link target", "[a]({{< ref \"x\" >}}) b", "P t:a b\nA m:{{< ref \"x\" >}}"},
        {"in an attribute", "<a href=\"{{ x }}/y\">b</a>", "A m:<a href=\"{{ x }}\nA u:/y\nA m:\">\nP t:b\nA m:</a>"},
        {"emphasis does not see them", "{{ *a }} b*", "A m:{{ *a }}\nP t:b*"},
        {"bold beside one", "**a** {{ b }}", "P! t:a \nA m:{{ b }}"},
        {"footnote", "a[^1] b.\n\n[^1]: c http://x.y", "P t:a |t: b.\nA m:[^1]\nA m:[^1]:\nP t:c  |u:http://x.y"},
        {"footnote with a URL alone", "a[^n]: b\n\n[^n]: http://x.y",
         "P t:a |t:: b\nA m:[^n]\nA m:[^n]:\nP u:http://x.y"},
        {"footnotes", "[^1]: a\n[^2]: b", "A m:[^1]:\nP t:a/ |t: b\nA m:[^2]:"},
        {"footnote that goes on", "[^1]: a\n\n    b\n\tc\n   \n    d\n\ne\n\n    f",
         "A m:[^1]:\nP t:a\nA m:    \nP t:b/ |t:c\nA m:\t\nA m:    \nP t:d\nP t:e\nK c:f"},
        {"no footnote marks", "[^] [^a b] \\[^1] [^x](y) [^", "P t:[^] [^a b] [^1] ^x [^\nA u:y"},
        {"not in code", "`[^a]`", "P t:[^a]"},
    };
    (void)state;
    CHECK(cases);
}

static void test_front(void **state)
{
    static const case_of cases[] = {
        {"title inside", "---\ntitle: a&amp;b\n---\n# c", "F m:---/title: \nF T:a&b\nF m:/---/\nH1 h:c"},
        {"code as the body", "---\ntitle: a&amp;b\n---\n    c", "F m:---/title: \nF T:a&b\nF m:/---/\nK c:c"},
        {"nothing behind", "---\ntitle: a&amp;b\n---\n", "F m:---/title: \nF T:a&b\nF m:/---/"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_case(&cases[i], 23, 11, 7);
}

static void test_offsets(void **state)
{
    static const char in[] = "# a\n\n- **b** &amp; [c](d)\n";
    tt_text text = text_of(in);
    tt_parse_in what = {.text = &text};
    tt_doc doc;
    tt_err err;
    (void)state;
    assert_int_equal(tt_parse_markdown(&what, &arena, &doc, &err), 0);
    static const struct {
        uint32_t at, n, n_src;
    } want[] = {{2, 1, 1}, {9, 1, 1}, {12, 1, 1}, {13, 1, 5}, {18, 1, 1}, {20, 1, 1}, {23, 1, 1}};
    assert_int_equal(doc.n_runs, sizeof want / sizeof *want);
    for (uint32_t i = 0; i < doc.n_runs; i++) {
        assert_int_equal(doc.runs[i].at, want[i].at);
        assert_int_equal(doc.runs[i].n, want[i].n);
        assert_int_equal(doc.runs[i].n_src, want[i].n_src);
    }
    tt_arena_release(&arena);
}

static void test_looks_markdown(void **state)
{
    static const struct {
        const char *in;
        bool front, want;
    } cases[] = {{"", false, false},        {"a", true, true},      {"# a", false, true}, {"a\n# b", false, true},
                 {"a # b", false, false},   {"## a", false, false}, {"#a", false, false}, {"[a](b)", false, true},
                 {"[a] (b)", false, false}, {"a\n#", false, false}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_text text = text_of(cases[i].in);
        assert_int_equal(tt_parse_looks_markdown(&text, cases[i].front), cases[i].want);
    }
}

/* ---- limits ---- */

static void repeat(tt_buf *b, const char *s, size_t times)
{
    for (size_t i = 0; i < times; i++)
        tt_buf_text(b, s);
}

/* Whether the guard changes anything. */
static bool guarded(const tt_buf *b)
{
    tt_text text = {.data = b->p, .n = b->n};
    tt_mask mask;
    assert_int_equal(tt_mask_init(&mask, &text, 0), 0);
    assert_int_equal(tt_mask_guard(&mask, 0), 0);
    bool changed = memcmp(mask.work, b->p, b->n) != 0;
    tt_mask_release(&mask);
    return changed;
}

/* `times` of `unit` between `head` and `tail`. */
static bool guards(const char *head, const char *unit, size_t times, const char *tail)
{
    tt_buf b = {0};
    repeat(&b, head, 1);
    repeat(&b, unit, times);
    repeat(&b, tail, 1);
    bool changed = guarded(&b);
    tt_buf_release(&b);
    return changed;
}

static void test_limits(void **state)
{
    (void)state;
    assert_false(guards("", "> ", TT_MAX_NESTING * 2 / 3, "a"));
    assert_false(guards("", ">", TT_MAX_NESTING, "a"));
    assert_true(guards("", ">", TT_MAX_NESTING + 1, "a"));
    assert_true(guards("", "- ", TT_MAX_NESTING, "a"));
    assert_true(guards("", "1. ", TT_MAX_NESTING, "a"));
    assert_false(guards("", " ", 2 * TT_MAX_NESTING - 2, "- a"));
    assert_true(guards("", " ", 2 * TT_MAX_NESTING - 1, "- a"));
    assert_true(guards("", "\t", TT_MAX_NESTING / 2, "* a"));
    assert_false(guards("a ", "> ", 1000, "a"));

    assert_false(guards("a\n", "-|", TT_MAX_COLUMNS - 1, "-\n"));
    assert_true(guards("a\n", "-|", TT_MAX_COLUMNS, "-\n"));
    assert_false(guards("a\nb", "-|", TT_MAX_COLUMNS, "-\n"));

    assert_false(guards("", "[", TT_MAX_NESTING + 1, "]"));
    tt_buf b = {0};
    repeat(&b, "[", TT_MAX_NESTING);
    repeat(&b, "]", TT_MAX_NESTING);
    assert_false(guarded(&b));
    repeat(&b, "\n\n", 1);
    repeat(&b, "[", TT_MAX_NESTING + 1);
    repeat(&b, "]", TT_MAX_NESTING + 1);
    assert_true(guarded(&b));

    tt_buf_reset(&b);
    repeat(&b, "]\n", 4471); /* brackets x lines just below the limit */
    assert_false(guarded(&b));
    repeat(&b, "]\n", 2);
    assert_true(guarded(&b));

    tt_buf_reset(&b);
    repeat(&b, "[x]: ", 1);
    repeat(&b, "y", TT_MAX_DEFINITION);
    repeat(&b, "\n\n", 1);
    assert_false(guarded(&b));
    for (int i = 0; i < 1000; i++)
        repeat(&b, "[x]\n\n", 1);
    assert_false(guarded(&b));
    for (int i = 0; i < 2000; i++)
        repeat(&b, "[x]\n\n", 1);
    assert_true(guarded(&b));
    tt_buf_release(&b);
}

/* What the guard takes from md4c is still there as text. */
static void test_deep_text(void **state)
{
    tt_buf b = {0}, shown = {0};
    tt_doc doc;
    tt_err err;
    (void)state;
    repeat(&b, ">", TT_MAX_NESTING + 3);
    repeat(&b, "a", 1);
    tt_text text = {.data = b.p, .n = b.n};
    tt_parse_in in = {.text = &text};
    assert_int_equal(tt_parse_markdown(&in, &arena, &doc, &err), 0);
    check_doc(&text, &doc);
    show_doc(&doc, &shown);
    assert_string_equal(shown.p, "P* q:>>>a");
    tt_buf_release(&shown);
    tt_buf_release(&b);
    tt_arena_release(&arena);
}

/* Each of these took a parser quadratic time once: at this size, minutes. */
static void test_pathological(void **state)
{
    enum { SIZE = 300000 };
    static const struct {
        const char *head, *unit, *tail, *unit2;
    } cases[] = {
        {"", "*a **a ", "", ""},
        {"", "a***", "", ""},
        {"", "a]", "", ""},
        {"", "[a", "", ""},
        {"", "[ a_", "", ""},
        {"", "[", "a", "]"},
        {"[a]: /b\n\n", "[", "", "]"},
        {"", "![", "a", "](b)"},
        {"", "> ", "a", ""},
        {"", ">", "a\n", "a\n"},
        {"", "- ", "a", ""},
        {"", "1. ", "a", ""},
        {"", "\\``", "", ""},
        {"", "<>", "", ""},
        {"", "<!-- a ", "", ""},
        {"x", "<?", "", ""},
        {"", "[ (](", "", ""},
        {"", "](", "", ""},
        {"", "]([\n", "", ""},
        {"", "th|", "\n", "---|"},
        {"", "{{", "", ""},
        {"", "{{ {% {{< ", "", ""},
        {"", "[^", "", ""},
        {"", "http://", "", ""},
        {"", "http://)", "", ""},
        {"http://a", ")", "", ""},
        {"http://a", "&a;", "", ""},
        {"|a|\n|---|\n|a|", "]([](", "", ""},
        {"|a|\n|---|\n|a|", "](x \"", "", ""},
        {"|a|\n|---|\n|a|", "][", "", ""},
        {"", "&", "", ""},
        {"", "<a ", "", ""},
        {"<div>", "<a b='\n", "", ""},
        {"[x]: ", "y", "\n", "[x]\n"},
        {"", "![a](b)\n*c*\n\n", "", ""},
        {"", "```\n", "", ""},
        {"", "[a]: b 'c\n", "", ""},
        {"", "\\", "", ""},
        {"# ", "(", "", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_buf b = {0};
        tt_doc doc;
        tt_err err;
        repeat(&b, cases[i].head, 1);
        repeat(&b, cases[i].unit, SIZE / strlen(cases[i].unit));
        repeat(&b, cases[i].tail, 1);
        repeat(&b, cases[i].unit2, *cases[i].unit2 ? SIZE / strlen(cases[i].unit2) : 0);
        tt_text text = {.data = b.p, .n = b.n};
        tt_parse_in in = {.text = &text};
        assert_int_equal(tt_parse_markdown(&in, &arena, &doc, &err), 0);
        tt_arena_release(&arena);
        tt_buf_release(&b);
    }
}

/* ---- pieces put together at random: whatever comes out, it is a doc ---- */

static void test_random(void **state)
{
    static const char *const pieces[] = {"*",
                                         "**",
                                         "_",
                                         "`",
                                         "```\n",
                                         "\n",
                                         "\n\n",
                                         "> ",
                                         "- ",
                                         "1. ",
                                         "# ",
                                         "[",
                                         "](",
                                         ")",
                                         "[^1]",
                                         "[^1]:",
                                         "{{< a >}}",
                                         "{{",
                                         "}}",
                                         "<div>",
                                         "</p>",
                                         "<img alt=\"x",
                                         "\"",
                                         ">",
                                         "<!--",
                                         "-->",
                                         "<b>",
                                         "<script>",
                                         "&amp;",
                                         "&#x27;",
                                         "\\",
                                         "|",
                                         "\n|-|-|\n",
                                         "a|b",
                                         "http://a.b/c",
                                         "word ",
                                         " ",
                                         "\t",
                                         "    ",
                                         "é",
                                         "中文",
                                         "[a]: b 'c'\n",
                                         "![",
                                         "~~",
                                         "<",
                                         "---\n",
                                         "<br>",
                                         "<td>",
                                         "<pre>",
                                         "</figcaption>",
                                         "<figcaption>",
                                         "{% x %}",
                                         "’",
                                         "'",
                                         "<a href=x",
                                         "mailto:a@b",
                                         "  \n",
                                         "- [x] ",
                                         "\x01",
                                         ",",
                                         "<http://q>",
                                         "](x \"t\")"};
    uint64_t seed = 88172645463325252u;
    (void)state;
    for (int i = 0; i < 3000; i++) {
        tt_buf b = {0};
        tt_doc doc;
        tt_err err;
        tt_buf_text(&b, "");
        for (size_t n = 1 + seed % 50; n > 0; n--) {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            tt_buf_text(&b, pieces[(seed >> 11) % (sizeof pieces / sizeof *pieces)]);
        }
        tt_text text = {.data = b.p, .n = b.n};
        tt_parse_in in = {.text = &text};
        assert_int_equal(tt_parse_markdown(&in, &arena, &doc, &err), 0);
        check_doc(&text, &doc);
        assert_int_equal(tt_parse_plain(&in, &arena, &doc, &err), 0);
        check_doc(&text, &doc);
        tt_arena_reset(&arena);
        tt_buf_release(&b);
    }
    tt_arena_release(&arena);
}

static int parse_all(void)
{
    static const char in[] = "# a {{ b }} [^1]\n\n![c](d)\n*c*\n\n- **e**[f](g \"h\")\n\n[i]: j\n\n"
                             "<p class=\"k\">l<img alt=\"m\"></p>\n\n[[[n]]] &amp; http://o.p\n";
    tt_text text = text_of(in);
    tt_parse_in what = {.text = &text};
    tt_doc doc;
    tt_err err;
    int rc = tt_parse_markdown(&what, &arena, &doc, &err);
    tt_arena_release(&arena);
    return rc;
}

static void test_no_memory(void **state)
{
    (void)state;
    assert_true(fail_each(parse_all, TT_ENOMEM) > 10);
}

/* ---- real issues ---- */

/* Every letter of the text stands in a run. */
static void check_covered(const tt_text *text, const tt_doc *doc, const char *path)
{
    char *seen = calloc(text->n + 1, 1);
    assert_non_null(seen);
    for (uint32_t i = 0; i < doc->n_runs; i++)
        memset(seen + doc->runs[i].at, 1, doc->runs[i].n_src);
    for (size_t i = 0; i < text->n; i++) {
        unsigned char c = (unsigned char)text->data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
        if (letter && !seen[i])
            fail_msg("%s: byte %zu is in no zone", path, i);
    }
    free(seen);
}

static void check_folder(const char *folder)
{
    tt_names names = {0};
    tt_err err;
    char path[4096];
    assert_int_equal(tt_folder_list(folder, &names, &err), 0);
    for (size_t i = 0; i < names.n; i++) {
        tt_buf b = {0};
        tt_doc doc;
        snprintf(path, sizeof path, "%s/%s", folder, names.v[i]);
        assert_int_equal(tt_file_read(path, TT_MAX_FILE, &b, &err), 0);
        tt_text text = {.data = b.p, .n = b.n};
        const char *end = strncmp(b.p, "---\n", 4) == 0 ? strstr(b.p, "\n---\n") : NULL;
        tt_parse_in in = {.text = &text, .body_at = end ? (size_t)(end - b.p) + 5 : 0};
        assert_int_equal(tt_parse_markdown(&in, &arena, &doc, &err), 0);
        check_doc(&text, &doc);
        check_covered(&text, &doc, path);
        tt_arena_reset(&arena);
        tt_buf_release(&b);
    }
    tt_names_release(&names);
    tt_arena_release(&arena);
}

static void test_corpus(void **state)
{
    const char *corpus = getenv("TAGTREND_CORPUS");
    char path[4000];
    (void)state;
    if (!corpus) {
        print_message("# TAGTREND_CORPUS is not set: real issues are not read\n");
        return;
    }
    static const char *const folders[] = {"dynamically-typed", "haskell-weekly/2018", "haskell-weekly/2019",
                                          "haskell-weekly/2020"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        snprintf(path, sizeof path, "%s/%s", corpus, folders[i]);
        check_folder(path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blocks),    cmocka_unit_test(test_inline),         cmocka_unit_test(test_images),
        cmocka_unit_test(test_html),      cmocka_unit_test(test_meta),           cmocka_unit_test(test_front),
        cmocka_unit_test(test_offsets),   cmocka_unit_test(test_looks_markdown), cmocka_unit_test(test_limits),
        cmocka_unit_test(test_deep_text), cmocka_unit_test(test_pathological),   cmocka_unit_test(test_random),
        cmocka_unit_test(test_no_memory), cmocka_unit_test(test_corpus),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
