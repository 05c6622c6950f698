/* HTML bodies: zones and blocks of pages and of pieces, what is no text, tags that are left out, provenance. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "fail_alloc.h"
#include "parse/parse.h"
#include "read/meta.h"
#include "show_doc.h"

typedef struct case_of {
    const char *name, *in, *want;
} case_of;

static tt_arena arena;

static void parse(const tt_text *text, tt_doc *doc)
{
    tt_err err;
    tt_parse_in in = {.text = text};
    assert_int_equal(tt_parse_html(&in, &arena, doc, &err), 0);
    check_doc(text, doc);
}

static void check_whole(const case_of *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        tt_text text = text_of(cases[i].in);
        tt_buf shown = {0};
        tt_doc doc;
        print_message("# %s\n", cases[i].name);
        parse(&text, &doc);
        show_doc(&doc, &shown);
        assert_string_equal(shown.p, cases[i].want);
        tt_buf_release(&shown);
        tt_arena_release(&arena);
    }
}

/* Without asides: what is read. */
static void check_read(const case_of *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        tt_text text = text_of(cases[i].in);
        tt_buf shown = {0}, kept = {0};
        tt_doc doc;
        print_message("# %s\n", cases[i].name);
        parse(&text, &doc);
        show_doc(&doc, &shown);
        tt_str rest = {shown.p, shown.n};
        while (rest.n > 0) {
            tt_str line = tt_str_cut(&rest, '\n');
            if (line.p[0] == 'A')
                continue;
            if (kept.n > 0)
                tt_buf_char(&kept, '\n');
            tt_buf_str(&kept, line);
        }
        tt_buf_add(&kept, "", 0);
        assert_string_equal(kept.p, cases[i].want);
        tt_buf_release(&shown);
        tt_buf_release(&kept);
        tt_arena_release(&arena);
    }
}

#define WHOLE(cases) check_whole(cases, sizeof(cases) / sizeof *(cases))
#define READ(cases) check_read(cases, sizeof(cases) / sizeof *(cases))

static void test_zones(void **state)
{
    static const case_of cases[] = {
        {"empty", "", ""},
        {"text alone", " a b ", "P t:a b "},
        {"heading, emphasis, entities", "<h2 id=x>A &amp; B</h2><p>Open<b>AI</b> is <em>c</em>&#8217;s",
         "A m:<h2 id=x>\nH2 h:A & B\nA m:</h2><p>\nP t:OpenAI is c’s\nA m:<b>\nA m:</b>\nA m:<em>\nA m:</em>"},
        {"link", "<p>a <A HREF='http://x.y/?a=1&amp;b' title=\"T\">b</A>",
         "A m:<p>\nP t:a b\nA m:<A HREF='\nA u:http://x.y/?a=1&amp;b\nA m:' title=\"T\">\nA m:</A>"},
        {"values without quotes", "<p class=a><a href=http://x/>b</a>",
         "A m:<p class=a><a href=\nA u:http://x/\nA m:>\nP t:b\nA m:</a>"},
        {"image", "<p><img src=\"x.png\" alt=\"A b\" data-attrs='{\"caption\":\"A b\"}'></p>",
         "A m:<p><img src=\"\nA u:x.png\nA m:\" alt=\"\nP a:A b\nA m:\" data-attrs='{\"caption\":\"A b\"}'>\nA m:</p>"},
        {"comments", "<p>Open<!-- > -- x -->AI<!--> b", "A m:<p>\nP t:OpenAI b\nA m:<!-- > -- x -->\nA m:<!-->"},
        {"comment that does not end", "<p>a<!-- b <p>c", "A m:<p>\nP t:a\nA m:<!-- b <p>c"},
        {"declarations, CDATA", "<!x y><?php z ?>a<![CDATA[b]]>c", "A m:<!x y><?php z ?>\nP t:ac\nA m:<![CDATA[b]]>"},
        {"tag that does not end", "<p>a<b x=\"", "A m:<p>\nP t:a\nA m:<b x=\""},
        {"signs that are no tags", "a < b <3 </", "P t:a < b <3 </"},
        {"bare URL", "see https://x.org/a.", "P t:see  |u:https://x.org/a |t:."},
        {"merge tags, template tags", "<p>Hi *|FNAME|*, {{ a.b }}{% if c %}<a href=\"*|MC:X|*\">d</a> 2 *|x|* 3",
         "A m:<p>\nP t:Hi  |t:,  |t:d 2 *|x|* 3\nA m:*|FNAME|*\nA m:{{ a.b }}{% if c %}<a "
         "href=\"*|MC:X|*\">\nA m:</a>"},
    };
    (void)state;
    WHOLE(cases);
}

static void test_blocks(void **state)
{
    static const case_of cases[] = {
        {"paragraphs without end tags", "<p>a<p>b<div>c<p>d</div>e", "P t:a\nP t:b\nP t:c\nP t:d\nP t:e"},
        {"upper case", "<P>a<BR>b<H1>c</H1>", "P t:a/b\nH1 h:c"},
        {"lists", "<ul><li>a<li>b<ul><li>c</ul><li><p>d</ul>e", "I* t:a\nI* t:b\nI* t:c\nP* t:d\nP t:e"},
        {"definitions", "<dl><dt>a<dd>b<dt>c</dl>d", "P t:a\nP t:b\nP t:c\nP t:d"},
        {"table", "<table><caption>t</caption><tr><th>a<td>b<tr><td>c<tbody><tr><td>d</table>e",
         "P t:t\nC t:a\nC t:b\nC t:c\nC t:d\nP t:e"},
        {"a table for layout", "<table cellpadding=0><tr><td>a<table><tr><td>b</table><td><h2>c</h2></table>",
         "P t:a\nC t:b\nH2 h:c"},
        {"paragraph in a cell", "<table><td><p>a</p>b</table>", "P t:a\nC t:b"},
        {"quote", "<blockquote><p>a<ul><li>b</blockquote>c", "P* q:a\nI* q:b\nP t:c"},
        {"quote that its parent ends", "<div><blockquote><p>a</div>c", "P* q:a\nP t:c"},
        {"code", "<pre><code>a  <b>b</b>\n c</code></pre>d <code>e</code>", "K c:a  b/ c\nP t:d e"},
        {"heading without end tag", "<h2>a<h3>b</h3>c", "H2 h:a\nH3 h:b\nP t:c"},
        {"heading ended by another's tag", "<h2>a</h3>b", "H2 h:a\nP t:b"},
        {"caption", "<figure><img alt=x><figcaption>a <b>b</b></figcaption></figure>c", "P a:x\nP C:a b\nP t:c"},
        {"caption in emphasis", "<p><img src=x></p><p><em>a</em></p><p><em>b</em></p>", "P C:a\nP t:b"},
        {"caption that equals the description", "<img alt='A b'><p>a, B.</p>", "P a:A b\nP C:a, B."},
        {"no caption behind a rule", "<img src=x><hr><p><i>a</i>", "P t:a"},
        {"bold paragraph", "<p><strong>a</strong></p><strong><p>b</p></strong><p><b>c</b>d", "P! t:a\nP! t:b\nP t:cd"},
        {"line breaks that make paragraphs", "a<br>b<br>\n<br/>c<br>d", "P t:a/b//\nP t:c/d"},
        {"none of them in code", "<pre>a<br><br>b</pre>", "K c:a//b"},
        {"words over inline tags", "<span>a</span><wbr><font>b</font> <u>c</u>", "P t:ab c"},
        {"link around blocks", "<a href=x><h2>a</h2><p>b</p></a>c", "H2 h:a\nP t:b\nP t:c"},
        {"unknown elements", "<my-card>a<o:p></o:p></my-card>b", "P t:ab"},
        {"inline end tag does not end blocks", "<b><p>a</b><ul><li>b</b>c</ul>", "P! t:a\nI* t:bc"},
        {"end tags of nothing", "</div></td></p>a</b></foo>b", "P t:ab"},
        {"empty elements as in XHTML", "<p>a<a name='x'/><i/>b<div/>c", "P t:ab\nP t:c"},
        {"ruby", "<ruby>a<rp>(</rp><rt>b</rt><rp>)</rp></ruby>", "P t:a |t:b"},
    };
    (void)state;
    READ(cases);
}

static void test_hidden(void **state)
{
    static const case_of cases[] = {
        {"script and style", "a<script>if (x < '<p>b') {}</script><style>p{}</style>c", "P t:a |t:c"},
        {"template, noscript, svg, iframe, select",
         "<template><p>a</template><noscript>b</noscript><svg><title/><text>c</text></svg><iframe>d</iframe>"
         "<select><option>e<option>f</select>g",
         "P t:g"},
        {"script that is empty as in XHTML", "<script src=x />a", "P t:a"},
        {"attributes", "<p hidden>a</p><p aria-hidden=TRUE>b</p><p aria-hidden=false>c</p>", "P t:c"},
        {"styles",
         "<p style='color:red;DISPLAY : none !important'>a<p style=visibility:hidden>b<p style=display:block>c",
         "P t:c"},
        {"mail preheader", "<span style=\"display:none;mso-hide:all\">a<b>b</span>c<p class=mcnPreviewText>d</p>",
         "P t:c"},
        {"hidden up to its own end", "<div hidden><div>a</div>b</div>c", "P t:c"},
        {"hidden up to its parent's end", "<div><p hidden>a<span>b</div>c", "P t:c"},
        {"does not split its paragraph", "a <span hidden>b</span>c<div hidden>d</div>e", "P t:a  |t:c\nP t:e"},
        {"forms, but not one around the text", "<form>a</form><form><p>b</form>c", "P t:c"},
        {"buttons", "a<button>b</button>c", "P t:a |t:c"},
        {"Substack",
         "<p>a</p><div class=\"subscription-widget-wrap-editor\"><p>b</p></div><p class='button-wrapper "
         "x'><a href=y>c</a></p><div class=\"embedded-post-wrap\">d</div><div "
         "class=digest-post-embed>e</div><div class=\"subscribe-widget\">f</div>g",
         "P t:a\nP t:g"},
        {"names are whole words", "<p class='no-cookie my-button-wrapper'>a", "P t:a"},
        {"footnote marks",
         "<p>AI<a class=footnote-anchor href=http://x#footnote-1>1</a> b<sup><a href='#fn2'>[2]</a></sup>"
         " <a href='#c'>c</a>",
         "P t:AI |t: b |t: c"},
        {"cookie bar", "<div id=cookie-bar>We use cookies</div>a", "P t:a"},
        {"cookie bars by class", "<div class='a cookieConsent'>b</div><section class=gdpr-notice>c</section>d",
         "P t:d"},
        {"words of headings are no names",
         "<h2 id=cookie-bar class=paywall>a</h2><section id=cookie-recipes>b</section><div class=paywall>c</div>",
         "H2 h:a\nP t:b\nP t:c"},
        {"for screen readers", "<a href=x>a<span class='sr-only'>b</span></a>", "P t:a"},
        {"a piece keeps what a page has around its text",
         "<header>a</header><aside>b</aside><footer>c</footer><article>d</article>e<nav>f</nav>",
         "P t:a\nP t:b\nP t:c\nP t:d\nP t:e"},
    };
    (void)state;
    READ(cases);
}

#define TEN "a a a a a a a a a a "

static void test_service(void **state)
{
    static const case_of cases[] = {
        {"view in browser", "<td><a href=x>View this email in your browser</a></td><p>a", "P t:a"},
        {"link with usual words", "<p>a<p>Too many mails? <a href=u>Unsubscribe</a><p>b", "P t:a\nP t:b"},
        {"address, in any language",
         "<td><a href='*|ARCHIVE|*'>Ver en el navegador</a><p>Hola<p>a <a "
         "href='https://x.us1.list-manage.com/unsubscribe?u=1'>b</a>",
         "P t:Hola"},
        {"white space and marks between", "<p>View this <b>email\n in</b> your&nbsp;browser.<p>a",
         "P t:View this email/ in your\xC2\xA0"
         "browser.\nP t:a"},
        {"the word alone is none", "<h2>Why I unsubscribe</h2><p>To <a href=x>unsubscribe from cable</a>.",
         "H2 h:Why I unsubscribe\nP t:To unsubscribe from cable."},
        {"199 letters",
         "<p>You are receiving this email because " TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
         "a a a a a a a a",
         ""},
        {"200 letters are too many",
         "<p>You are receiving this email because " TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
         "a a a a a a a a a",
         "P t:You are receiving this email because " TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
         "a a a a a a a a a"},
        {"only its own block", "<table><tr><td>a<td><a>Unsubscribe</a><td>b<td><a href=u>Unsubscribe</a></table>",
         "C t:a\nC t:Unsubscribe\nC t:b"},
    };
    (void)state;
    READ(cases);
}

#define PAGE(body)                                                                                                     \
    "<!DOCTYPE html><html><head><title>T</title><meta name=a content=b></head><body>" body "</body></html>"

static void test_page(void **state)
{
    static const case_of cases[] = {
        {"head", PAGE("a"), "P t:a"},
        {"head without tags", "<title>T</title><meta name=x><p>a", "P t:a"},
        {"head without end", "<!doctype html><html><head><title>T</title><style>x</style>a<p>b", "P t:a\nP t:b"},
        {"head ended by the body", "<head><title>T</title><body class='cookie'>a", "P t:a"},
        {"around the text",
         PAGE("<header>x</header><nav>x</nav><aside>x</aside><div role=navigation>x</div><p>a<footer>x</footer>"),
         "P t:a"},
        {"article", PAGE("x<article><header><h1>a</h1></header><p>b<aside>x</aside><footer>x</footer></article>x"),
         "H1 h:a\nP t:b"},
        {"header of a section", PAGE("<section><header><h2>a</h2></header>b</section>"), "H2 h:a\nP t:b"},
        {"footer of a quotation", PAGE("<article><blockquote>a<footer>b</footer></blockquote></article>"),
         "P* q:a\nP* q:b"},
        {"main", PAGE("x<main>a</main>x"), "P t:a"},
        {"main by role", PAGE("x<div role=main>a</div>x"), "P t:a"},
        {"article in main", PAGE("<main>x<article>a a a a a</article>x</main>"), "P t:a a a a a"},
        {"teasers", PAGE("<article>b</article><article>" TEN "</article><article>c</article>"), "P t:" TEN},
        {"several articles in main", PAGE("x<main>a<article>b b</article><article>c c</article></main>x"),
         "P t:a\nP t:b b\nP t:c c"},
        {"comments are articles too", PAGE("<article>a a a a<article id=c>b</article></article>"),
         "P t:a a a a\nP t:b"},
        {"comments", PAGE("<main><article>a</article><div id=comments>x</div></main>"), "P t:a"},
        {"a frame to be filled", PAGE("<main></main><p>a"), "P t:a"},
        {"a teaser beside the text", PAGE("<p>" TEN TEN "<article>b</article>"), "P t:" TEN TEN "\nP t:b"},
        {"hidden article", PAGE("<div hidden><article>b b b</article></div><p>a"), "P t:a"},
        {"nested pages, as in mails", PAGE("a<div><html><head><style>x</style></head><body>b</body></html></div>c"),
         "P t:a\nP t:b\nP t:c"},
        {"text behind the end", PAGE("a") "<p>b", "P t:a\nP t:b"},
    };
    (void)state;
    READ(cases);
}

static void test_links(void **state)
{
    tt_doc doc;
    tt_text text = text_of("<p><a href=a>x<a href='b&amp;c'>y</a><td><a href=d>z</td>w<div hidden><a href=e>v</a></div>"
                           "<pre><a href=f>u</a></pre><blockquote><a href=g>t</blockquote>");
    static const struct {
        const char *url, *text;
        tt_zone zone;
    } want[] = {{"a", "x", TT_ZONE_TEXT},
                {"b&c", "y", TT_ZONE_TEXT},
                {"d", "zw", TT_ZONE_TEXT},
                {"f", "u", TT_ZONE_CODE},
                {"g", "t", TT_ZONE_QUOTE}};
    (void)state;
    parse(&text, &doc);
    assert_int_equal(doc.n_anchors, sizeof want / sizeof *want);
    for (uint32_t i = 0; i < doc.n_anchors; i++) {
        const tt_anchor *a = &doc.anchors[i];
        print_message("# %s\n", want[i].url);
        assert_true(tt_str_is(a->url, want[i].url));
        assert_memory_equal(doc.vis + a->vis, want[i].text, 1);
        assert_int_equal(a->zone, want[i].zone);
    }
    tt_arena_release(&arena);
}

/* ---- titles ---- */

static void test_titles(void **state)
{
    static const struct {
        const char *name, *given, *in, *want;
        tt_title_source source;
        bool block; /* the heading that is the title is told */
    } cases[] = {
        {"lone h1", "", "<p>a</p><h1>A <b>b</b></h1><h2>c</h2>", "A b", TT_TITLE_HEADING, true},
        {"equal to the metadata's", "a, B", "<h1>A B</h1><p>c", "a, B", TT_TITLE_METADATA, true},
        {"another one", "x", "<h1>A</h1><p>c", "x", TT_TITLE_METADATA, false},
        {"two h1", "", "<h1>A</h1><p>b</p><h1>C</h1>", "A", TT_TITLE_LINE, false},
        {"h1 of the site is none", "", PAGE("<header><h1>S</h1></header><article><h1>A</h1><h2>b</h2></article>"), "A",
         TT_TITLE_HEADING, true},
        {"h1 in a quote is none", "", "<blockquote><h1>A</h1></blockquote><p>b", "A", TT_TITLE_LINE, false},
        {"number form", "", "<div>View profile</div><p>Issue 12</p><p>Welcome</p>", "Issue 12", TT_TITLE_LINE, false},
        {"first line", "", "<p>Hello</p><p>World</p>", "Hello", TT_TITLE_LINE, false},
        {"first line of an indented page", "", "<div>\n <p>\n  Hello\n </p>\n <p>World</p></div>", "Hello",
         TT_TITLE_LINE, false},
        {"nothing", "", "<p><img src=x>", "stem", TT_TITLE_STEM, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_text text = text_of(cases[i].in);
        tt_front front = {.title = tt_str_of(cases[i].given)};
        tt_doc doc;
        tt_title title;
        print_message("# %s\n", cases[i].name);
        parse(&text, &doc);
        assert_int_equal(tt_title_find(&text, &front, &doc, (tt_str){0}, TT_S("stem.html"), &arena, &title), 0);
        if (!tt_str_is(title.text, cases[i].want))
            fail_msg("`%.*s`", (int)title.text.n, title.text.p);
        assert_int_equal(title.source, cases[i].source);
        assert_int_equal(title.block != UINT32_MAX, cases[i].block);
        tt_arena_release(&arena);
    }
}

/* ---- hostile pages ---- */

static void repeat(tt_buf *b, const char *part, size_t times)
{
    for (size_t i = 0; i < times; i++)
        tt_buf_text(b, part);
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Four times as much takes at most ten times as long; small runs are too short to tell. */
static void test_linear(void **state)
{
    static const struct {
        const char *before, *part, *after;
    } cases[] = {
        {"", "<div>", "a"},
        {"", "<div><p>", "a"},
        {"", "<b><p>", "a"},
        {"", "<table><tr><td>", "a"},
        {"", "<ul><li>", "a"},
        {"", "<blockquote>", "a"},
        {"", "<a href=x>", "a"},
        {"", "<x-y>", "</z>"},
        {"", "<x-y></z-z></b></p></li></td>", "a"},
        {"", "<article><main>", "a"},
        {"", "<svg><p>", "a"},
        {"<p ", "a=b ", ">c"},
        {"<p a='", "b ", "'>c"},
        {"<p class='", "cookie ", "'>c"},
        {"<p style='", "a:b;", "'>c"},
        {"", "<!-- ", "a"},
        {"", "<!--->", "a"},
        {"", "<p a='", "a"},
        {"", "<", "a"},
        {"", "</", "a"},
        {"", "<script>", "a"},
        {"", "<title>", "a"},
        {"<script>", "</scrip", "a"},
        {"", "{{", "a"},
        {"", "{{ <", "}}"},
        {"", "*|A", "a"},
        {"", "&#", "a"},
        {"", "&amp", "a"},
        {"", "<a href='#'>1</a>", "a"},
        {"", "<a href=x>unsubscribe</a><p>", "a"},
        {"", "<p hidden>", "a"},
        {"", "<form>", "a"},
        {"", "<br>", "a"},
        {"", "<p>a</p>", "a"},
        {"<!doctype html>", "<article>a</article>", "a"},
        {"<!doctype html><main>", "<article>a", "a"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double took[2];
        for (int k = 0; k < 2; k++) {
            tt_buf b = {0};
            tt_buf_text(&b, cases[i].before);
            repeat(&b, cases[i].part, (size_t)(k ? 400000 : 100000) / strlen(cases[i].part) * 4);
            tt_buf_text(&b, cases[i].after);
            tt_text text = {.data = b.p, .n = b.n};
            tt_doc doc;
            double start = seconds();
            parse(&text, &doc);
            took[k] = seconds() - start;
            tt_arena_release(&arena);
            tt_buf_release(&b);
        }
        if (took[1] > 0.5)
            print_message("# %s: %.3f s, %.3f s\n", cases[i].part, took[0], took[1]);
        assert_true(took[1] < 10 * took[0] + 0.5);
    }
}

static void test_large(void **state)
{
    tt_buf b = {0};
    tt_doc doc;
    (void)state;
    repeat(&b, "<div>", 100000);
    tt_buf_text(&b, "a <img data-attrs='");
    repeat(&b, "0123456789", 1000000);
    tt_buf_text(&b, "'>b");
    tt_text text = {.data = b.p, .n = b.n};
    parse(&text, &doc);
    assert_int_equal(doc.blocks[1].kind, TT_BLOCK_PARAGRAPH);
    tt_arena_release(&arena);
    tt_buf_release(&b);
}

/* Pieces of markup in any order, and cut at any byte: every letter is in a run, runs are what check_doc says. */
static void test_random(void **state)
{
    static const char *const parts[] = {
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<b>",
        "</b>",
        "<a href=x>",
        "</a>",
        "<ul><li>",
        "</ul>",
        "<li>",
        "<td>",
        "<table>",
        "</table>",
        "<h2>",
        "</h2>",
        "<pre>",
        "</pre>",
        "<br>",
        "<img alt='q&amp;'>",
        "<nav>",
        "</nav>",
        "<article>",
        "</article>",
        "<main>",
        "<body>",
        "<head>",
        "</head>",
        "<html>",
        "<blockquote>",
        "</x>",
        "<x hidden>",
        "<script>",
        "</script>",
        "<!-- ",
        "-->",
        "<style ",
        "\"",
        "'",
        ">",
        "<",
        "&amp;",
        "é",
        "word ",
        "unsubscribe",
        "\n",
        "{{",
        "}}",
        "*|A|*",
        "<svg>",
        "<form>",
        "</form>",
        "<title>",
        "</title>",
        "<figcaption>",
        "<a href='#b'>",
        "1 ",
        "http://x.y ",
        "<p class=cookie>",
        "<tr>",
    };
    uint32_t seed = 2463534242u;
    (void)state;
    for (int i = 0; i < 4000; i++) {
        tt_buf b = {0};
        tt_doc doc;
        for (int k = 0; k < 30; k++) {
            seed ^= seed << 13;
            seed ^= seed >> 17;
            seed ^= seed << 5;
            tt_buf_text(&b, parts[seed % (sizeof parts / sizeof *parts)]);
        }
        tt_text text = {.data = b.p, .n = b.n};
        parse(&text, &doc);
        char *seen = calloc(b.n + 1, 1);
        assert_non_null(seen);
        for (uint32_t r = 0; r < doc.n_runs; r++)
            memset(seen + doc.runs[r].at, 1, doc.runs[r].n_src);
        for (size_t at = 0; at < b.n; at++)
            if (!seen[at] && !strchr(" \n\"'&", b.p[at]))
                fail_msg("byte %zu is in no zone: %s", at, b.p);
        free(seen);
        tt_arena_release(&arena);
        tt_buf_release(&b);
    }
}

static void test_cut(void **state)
{
    static const char page[] = PAGE("<nav>x</nav><article><h1>a</h1><p class='b'>c<a href=\"d\">e &amp; f</a><!-- g -->"
                                    "<img alt='h'><figcaption>i</figcaption><script>j</script>*|K|*</article>");
    (void)state;
    for (size_t n = 0; n < sizeof page; n++) {
        char *exact = malloc(n + 1);
        tt_doc doc;
        assert_non_null(exact);
        memcpy(exact, page, n);
        exact[n] = '\0';
        tt_text text = {.data = exact, .n = n};
        parse(&text, &doc);
        tt_arena_release(&arena);
        free(exact);
    }
}

static int parse_all(void)
{
    static const char page[] = PAGE("<article><p>a<x-y>b</x-y> c<a href='d&amp;'>e</a> {{ f }}<ul><li>g<p "
                                    "hidden>h</article><article>i</article>");
    tt_text text = text_of(page);
    tt_parse_in in = {.text = &text};
    tt_doc doc;
    tt_err err;
    int rc = tt_parse_html(&in, &arena, &doc, &err);
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
        cmocka_unit_test(test_zones),   cmocka_unit_test(test_blocks), cmocka_unit_test(test_hidden),
        cmocka_unit_test(test_service), cmocka_unit_test(test_page),   cmocka_unit_test(test_links),
        cmocka_unit_test(test_titles),  cmocka_unit_test(test_linear), cmocka_unit_test(test_large),
        cmocka_unit_test(test_random),  cmocka_unit_test(test_cut),    cmocka_unit_test(test_no_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
