/* links: what a link is and what it says; domains; tracking parameters; which issue a link or a text means. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/address.h"
#include "base/domain.h"
#include "base/unicode.h"
#include "fail_alloc.h"
#include "parse/parse.h"
#include "trend/links.h"

typedef struct case_of {
    const char *name, *in, *want;
} case_of;

static tt_arena arena;

static tt_text text_of(const char *in)
{
    return (tt_text){.data = (char *)(uintptr_t)in, .n = strlen(in), .encoding = "UTF-8"};
}

/* Parses the text and adds its links as those of `issue`. */
static int add_text(tt_links *l, const char *in, uint32_t issue, unsigned zones, bool plain)
{
    tt_text text = text_of(in);
    tt_parse_in parse = {.text = &text};
    tt_doc doc;
    tt_err err;
    int rc = plain ? tt_parse_plain(&parse, &arena, &doc, &err) : tt_parse_markdown(&parse, &arena, &doc, &err);
    return rc == 0 ? tt_links_add(l, &doc, issue, zones) : rc;
}

/* ---- what a link is: `url|text` a line ---- */

static void check_rows(const case_of *c, bool plain)
{
    const tt_issue issue = {.issue = TT_S("a"), .rel = TT_S("a"), .number = -1, .date = TT_NO_DATE};
    tt_links l;
    tt_buf shown = {0};
    print_message("# %s\n", c->name);
    assert_int_equal(tt_links_begin(&l, &issue, 1, TT_S("x")), 0);
    assert_int_equal(add_text(&l, c->in, 0, TT_ZONES_DEFAULT, plain), 0);
    assert_int_equal(tt_links_finish(&l, &issue, 1), 0);
    for (size_t i = 0; i < l.n; i++)
        tt_buf_f(&shown, "%s%.*s|%.*s", i ? "\n" : "", (int)l.v[i].url.n, l.v[i].url.p, (int)l.v[i].text.n,
                 l.v[i].text.p);
    assert_string_equal(shown.p ? shown.p : "", c->want);
    tt_buf_release(&shown);
    tt_links_release(&l);
    tt_arena_release(&arena);
}

static void test_markdown(void **state)
{
    static const case_of cases[] = {
        {"none", "a", ""},
        {"inline", "a [b *c*\n  d](http://x.y/e 'T') f", "http://x.y/e|b c d"},
        {"two", "[a](b) [c](d)", "b|a\nd|c"},
        {"reference", "[a][B] [b] [b][] [c]\n\n[b]: <x y> 'T'", "x y|a\nx y|b\nx y|b"},
        {"autolink", "<http://x.y/?a&amp;b> <a@b.c>", "http://x.y/?a&b|http://x.y/?a&amp;b\nmailto:a@b.c|a@b.c"},
        {"autolink has no escapes", "<http://x.y/a\\[b>", "http://x.y/a\\[b|http://x.y/a\\[b"},
        {"bare", "(see http://x.y/_a_/b, mailto:a@b.c).",
         "http://x.y/_a_/b|http://x.y/_a_/b\nmailto:a@b.c|mailto:a@b.c"},
        {"no scheme, no link", "www.x.y a@b.c", ""},
        {"bare in a link", "[http://x.y](z)", "z|http://x.y"},
        {"marks and entities", "[a](http://x.y/_b_/*c*?d=1&e=2&amp;f=~g~)", "http://x.y/_b_/*c*?d=1&e=2&f=~g~|a"},
        {"escapes", "[a](http://x.y/a\\_b_c\\)d) [b](e\\(f) [c](g\\*h&amp;i)", "http://x.y/a_b_c)d|a\ne(f|b\ng*h&i|c"},
        {"an escaped &", "[a](http://x.y/\\&amp;) [b](\\&amp;c)", "http://x.y/&amp;|a\n&amp;c|b"},
        {"brackets", "[a](http://x.y/b_(c))", "http://x.y/b_(c)|a"},
        {"image", "![a](b)", ""},
        {"image in a link", "[![a *b*](c)](d)", "d|a b"},
        {"image and text in a link", "[![a](c)b](d)", "d|a b"},
        {"image without description in a link", "[![](c)](d)\n\n# e", "d|"},
        {"link in a description", "![a [b](c)](d)", ""},
        {"bare URL in a description", "![http://x.y](d)", ""},
        {"no target", "[a]() [b](<>)", ""},
        {"code", "`http://x.y [a](b)`\n\n    http://x.y\n\n```\n[a](http://x.y)\n```", ""},
        {"code in a link", "[`a  b`](c)", "c|a b"},
        {"comment", "<!-- [a](b) http://x.y --> <!-- <a href=x>y</a> -->", ""},
        {"definition alone", "[a]: http://x.y", ""},
        {"heading, list, quote, table, footnote",
         "# [a](1)\n\n- [b](2)\n\n> [c](3)\n\n|[d](4)|\n|---|\n|[e](5)|\n\nf[^1]\n\n[^1]: [g](6)",
         "1|a\n2|b\n3|c\n4|d\n5|e\n6|g"},
        {"in a page of the archive", "[a](#b) [c](../d.md?utm_source=e#f)", "#b|a\n../d.md#f|c"},
        {"tag of a site generator", "[a]({{< ref \"x_y.md\" >}})", "{{< ref \"x_y.md\" >}}|a"},
        {"broken", "[a](b [c]](d) [e](f g) [h", "d|a](b [c\n"},
    };
    (void)state;
    for (size_t i = 0; i + 1 < sizeof cases / sizeof *cases; i++)
        check_rows(&cases[i], false);
    check_rows(&(case_of){"broken", "[a](b c) [d] [e](f", ""}, false);
}

static void test_html(void **state)
{
    static const case_of cases[] = {
        {"link", "a <a href='http://x.y?a=1&amp;b' title=\"T\">c <b>d</b></a> e", "http://x.y?a=1&b|c d"},
        {"block", "<p><A HREF=http://x.y/_a_/>b\nc</A></p>", "http://x.y/_a_/|b c"},
        {"no target", "<a name=x>b</a> <a>c</a> <a href>d</a>", ""},
        {"two targets", "<a href=1 href=2>b</a>", "1|b"},
        {"target over lines", "<p><a href=\"http://x.y/\n  a\">b</a></p>", "http://x.y/a|b"},
        {"image", "<a href=x><img src=y alt=\"a &amp; b\"></a>", "x|a & b"},
        {"around blocks", "<a href=x><h2>a</h2><p>b</p></a>", "x|a b"},
        {"around Markdown", "<a href=x>\n\n**a**\n\nb\n\n</a>\n\nc", "x|a b"},
        {"not closed: its block", "<p><a href=x>a</p><p>b</p>\n\nc", "x|a"},
        {"not closed: up to the next", "<p><a href=x>a <a href=y>b</a>", "x|a\ny|b"},
        {"not closed: up to one of Markdown", "<a href=x>a [b](y) c", "x|a\ny|b"},
        {"not closed: up to a heading", "<a href=x>a\n\n# b [c](y)", "x|a\ny|c"},
        {"in one of Markdown", "[a <a href=x>b</a> c](y)", "y|a b c"},
        {"closed twice", "</a><a href=x>a</a></a> b", "x|a"},
        {"bare URL in it", "<a href=x>http://x.y</a> http://z.w", "x|http://x.y\nhttp://z.w|http://z.w"},
        {"in code", "<pre><a href=x>a</a> http://x.y</pre>", ""},
        {"script", "<script>a = '<a href=x>b</a> http://x.y'</script>", ""},
        {"attributes of others", "<img src=http://x.y><link href=http://x.y><q cite=http://x.y>a</q>", ""},
        {"in an item", "- a <a href=x>b</a>\n- c", "x|b"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_rows(&cases[i], false);
}

static void test_plain(void **state)
{
    static const case_of cases[] = {
        {"bare", "a http://x.y/b?utm_medium=c\n\n> see http://z.w.",
         "http://x.y/b|http://x.y/b?utm_medium=c\nhttp://z.w|http://z.w"},
        {"entities", "http://x.y/?a&amp;b", "http://x.y/?a&b|http://x.y/?a&amp;b"},
        {"no Markdown", "[a](b)", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_rows(&cases[i], true);
}

/* Zones and sections: the doc's own, laid by hand. */
static void test_zones(void **state)
{
    static const char *const in = "# [t](1)\n\n[a](2) #7\n\n> [q](3)\n\n![x](y)\n*[c](4)*\n";
    static const struct {
        uint8_t overlay; /* of the first two blocks */
        unsigned zones;
        const char *want;
    } cases[] = {
        {TT_ZONE_TEXT, TT_ZONES_DEFAULT, "1234"},
        {TT_ZONE_TEXT, 1u << TT_ZONE_TEXT, "2"},
        {TT_ZONE_TEXT, 1u << TT_ZONE_QUOTE, "3"},
        {TT_ZONE_TEXT, 1u << TT_ZONE_CAPTION, "4"},
        {TT_ZONE_TEXT, 1u << TT_ZONE_HEADING, "1"},
        {TT_ZONE_TITLE, 1u << TT_ZONE_QUOTE, "123"},
        {TT_ZONE_SECTION, 1u << TT_ZONE_QUOTE, "123"},
        {TT_ZONE_BOILERPLATE, TT_ZONES_DEFAULT, "34"},
        {TT_ZONE_BOILERPLATE, TT_ZONES_DEFAULT | 1u << TT_ZONE_BOILERPLATE, "1234"},
        {TT_ZONE_BOILERPLATE, 1u << TT_ZONE_BOILERPLATE, "12"},
    };
    const tt_issue issue = {.issue = TT_S("a"), .rel = TT_S("a"), .number = -1, .date = TT_NO_DATE};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_text text = text_of(in);
        tt_parse_in parse = {.text = &text};
        tt_doc doc;
        tt_err err;
        tt_links l;
        char got[16] = "";
        assert_int_equal(tt_parse_markdown(&parse, &arena, &doc, &err), 0);
        for (uint32_t b = 0, n = 0; b < doc.n_blocks && n < 2; b++)
            if (doc.blocks[b].kind != TT_BLOCK_ASIDE) {
                doc.blocks[b].overlay = cases[i].overlay;
                doc.blocks[b].section = 3 + n++;
            }
        assert_int_equal(tt_links_begin(&l, &issue, 1, TT_S("x")), 0);
        assert_int_equal(tt_links_add(&l, &doc, 0, cases[i].zones), 0);
        assert_int_equal(tt_links_finish(&l, &issue, 1), 0);
        for (size_t k = 0; k < l.n; k++) {
            got[k] = l.v[k].url.p[0];
            assert_int_equal(l.v[k].section, got[k] == '1' ? 3 : got[k] == '2' ? 4 : 0);
        }
        assert_string_equal(got, cases[i].want);
        tt_links_release(&l);
        tt_arena_release(&arena);
    }
}

/* ---- addresses ---- */

static void test_split(void **state)
{
    static const struct {
        const char *url, *want; /* scheme|host|path|query|fragment */
    } cases[] = {
        {"", "||||"},
        {"http://x.y", "http|x.y|||"},
        {"HTTP://me:pw@x.y:80/a/b?c=d?e#f?g#h", "HTTP|x.y|/a/b|c=d?e|#f?g#h"},
        {"//x.y/a", "|x.y|/a||"},
        {"http://[::1]:80/a", "http|[::1]|/a||"},
        {"http://[::1", "http|[::1|||"},
        {"http:///a", "http||/a||"},
        {"mailto:a@b.c?subject=d", "mailto||a@b.c|subject=d|"},
        {"../a.md", "||../a.md||"},
        {"a:b/c", "a||b/c||"},
        {"1a:b", "||1a:b||"},
        {"/a?#", "||/a||#"},
        {"?a", "|||a|"},
        {"#a", "||||#a"},
        {"http://x.y?a#", "http|x.y||a|#"},
        {"http://a@b@c.d/", "http|c.d|/||"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const tt_address a = tt_address_split(tt_str_of(cases[i].url));
        const tt_str parts[] = {a.scheme, a.host, a.path, a.query, a.fragment};
        tt_buf got = {0};
        for (size_t k = 0; k < 5; k++) {
            if (k)
                tt_buf_char(&got, '|');
            tt_buf_str(&got, parts[k]);
        }
        assert_string_equal(got.p, cases[i].want);
        assert_int_equal(a.has_host, strstr(cases[i].url, "//") != NULL);
        tt_buf_release(&got);
    }
}

static void test_tracking(void **state)
{
    static const struct {
        const char *url, *want;
    } cases[] = {
        {"http://x.y/?a=1", "http://x.y/?a=1"},
        {"http://x.y/?utm_source=a", "http://x.y/"},
        {"http://x.y/?utm_source=a#b", "http://x.y/#b"},
        {"http://x.y/?UTM_Medium=a&b=2", "http://x.y/?b=2"},
        {"http://x.y/?a=1&utm_campaign=Dynamically%20Typed&b", "http://x.y/?a=1&b"},
        {"http://x.y/?a=%20&b=+&a=1&fbclid=x", "http://x.y/?a=%20&b=+&a=1"},
        {"http://x.y/?gclid=1&mc_cid=2&mc_eid=3&_hsenc=4&_hsmi=5&igshid=6&ref_src=7&__s=8&pk_campaign=9",
         "http://x.y/"},
        {"http://x.y/?utm=1&xutm_a=2&gclida=3", "http://x.y/?utm=1&xutm_a=2&gclida=3"},
        {"http://x.y/?utm_source", "http://x.y/"},
        {"http://x.y/?", "http://x.y/?"},
        {"http://x.y/?a&&b", "http://x.y/?a&&b"},
        {"http://x.y/#utm_source=a", "http://x.y/#utm_source=a"},
        {"http://x.y/?u=http://z.w/?utm_source=a", "http://x.y/?u=http://z.w/?utm_source=a"},
        {"a.md?utm_source=b", "a.md"},
        /* of some sites alone */
        {"https://github.com/a?ref=b&s=1&t=2&source=c", "https://github.com/a?ref=b&s=1&t=2&source=c"},
        {"https://www.producthunt.com/a?ref=b", "https://www.producthunt.com/a"},
        {"https://twitter.com/a?s=20&t=x", "https://twitter.com/a"},
        {"https://nottwitter.com/a?s=20", "https://nottwitter.com/a?s=20"},
        {"https://m.youtube.com/watch?v=a&feature=b&t=3", "https://m.youtube.com/watch?v=a&t=3"},
        {"https://a.medium.com/b?source=c&sk=d", "https://a.medium.com/b?sk=d"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const tt_str url = tt_str_of(cases[i].url);
        const tt_address a = tt_address_split(url);
        tt_buf got = {0};
        tt_address_clean(url, &a, &got);
        assert_string_equal(got.p, cases[i].want);
        tt_buf_release(&got);
    }
}

static void test_domains(void **state)
{
    static const struct {
        const char *host, *want;
    } cases[] = {
        {"", ""},
        {"x.org", "x.org"},
        {"WWW.X.Org.", "x.org"},
        {"a.b.bbc.co.uk", "bbc.co.uk"},
        {"co.uk", "co.uk"},
        {"you.github.io", "you.github.io"},
        {"a.you.github.io", "you.github.io"},
        {"github.io", "github.io"},
        {"a.b.example", "b.example"},
        {"localhost", "localhost"},
        {"127.0.0.1", "127.0.0.1"},
        {"[::1]", "[::1]"},
        {"www.m\xC3\xBCller.de", "m\xC3\xBCller.de"},
        {"WWW.M\xC3\x9CLLER.DE", "m\xC3\xBCller.de"},
        {"www.xn--mller-kva.de", "m\xC3\xBCller.de"},
        {"XN--MLLER-KVA.DE", "m\xC3\xBCller.de"},
        {"xn--fsq.xn--0zwm56d", "\xE4\xBE\x8B.\xE6\xB5\x8B\xE8\xAF\x95"},
        {"xn--bcher-kva.xn--p1ai", "b\xC3\xBC"
                                   "cher.\xD1\x80\xD1\x84"},
        {"xn--ls8h.la", "\xF0\x9F\x92\xA9.la"},
        {"xn--!.org", ""},
        {"xn--99999999.org", "xn--99999999.org"},
        {"xn--a-.org", "xn--a-.org"},
        {"a_b.x.org", "x.org"},
        {"%20http", ""},
        {"Rajesh%20Jain", ""},
        {"a b.org", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_buf got = {0};
        tt_domain(tt_str_of(cases[i].host), &got);
        assert_string_equal(got.p ? got.p : "", cases[i].want);
        tt_buf_release(&got);
    }
}

/* ---- targets ---- */

/* An archive: issues and, of some, what they say. What is wanted: for each row ` text>target`, target as the issue's index. */
typedef struct tt_told {
    const char *path, *title;
    int64_t number;
    const char *day; /* of January 2020 */
    const char *in;
    const char *want;
} told;

enum { MOST = 8 };

static tt_issue world[MOST];
static size_t n_world;
static tt_str world_name;

static int run_world(const told *v, tt_links *l)
{
    int rc = tt_links_begin(l, world, n_world, world_name);
    for (uint32_t i = 0; i < n_world && rc == 0; i++)
        if (v[i].in)
            rc = add_text(l, v[i].in, i, TT_ZONES_DEFAULT, false);
    return rc == 0 ? tt_links_finish(l, world, n_world) : rc;
}

static void check_world(const char *name, const told *v, size_t n)
{
    tt_links l;
    size_t at = 0;
    print_message("# %s\n", name);
    n_world = n;
    world_name = tt_str_of(name);
    for (uint32_t i = 0; i < n; i++) {
        int32_t date = TT_NO_DATE;
        if (v[i].day)
            tt_day_of(2020, 1, (v[i].day[0] - '0') * 10 + v[i].day[1] - '0', &date);
        world[i] = (tt_issue){.issue = tt_str_of(v[i].path),
                              .rel = tt_str_of(v[i].path),
                              .title = tt_str_of(v[i].title),
                              .number = v[i].number,
                              .date = date,
                              .order = i};
    }
    assert_int_equal(run_world(v, &l), 0);
    for (uint32_t i = 0; i < n; i++) {
        tt_buf got = {0};
        tt_buf_text(&got, "");
        for (; at < l.n && l.v[at].issue == i; at++) {
            tt_buf_f(&got, "%s%.*s>", got.n ? " " : "", (int)l.v[at].text.n, l.v[at].text.p);
            if (l.v[at].target != TT_NO_ISSUE)
                tt_buf_f(&got, "%u", (unsigned)l.v[at].target);
        }
        assert_string_equal(got.p ? got.p : "", v[i].want ? v[i].want : "");
        tt_buf_release(&got);
    }
    assert_int_equal(at, l.n);
    tt_links_release(&l);
    tt_arena_release(&arena);
}

#define CHECK(name, v) check_world(name, v, sizeof(v) / sizeof *(v))

/* Titles with `#12:` in front, `DT #12` in the text. */
static const told numbered[] = {
    {"001.md", "#1: Hello world of machines", 1, "05", "Welcome to Deep Talk #1!", NULL},
    {"002.md", "#2: Owls, and how they hear", 2, "12", "Welcome to Deep Talk #2!", NULL},
    {"003.md", "#3: Maps", 3, "19",
     "Welcome to Deep Talk #3! [a](https://deeptalk.com/issues/1-hello-world-of-machines-1234?utm_source=x) "
     "[b](https://other.org/deep/2-owls-and-how-they-hear-99) [c](https://deeptalk.com/issues/2) "
     "[d](https://deeptalk.com/podcast/2) [e](https://other.org/issues/2) [f](https://deeptalk.com/) "
     "[g](https://deeptalk.com/issues/3) [h](https://deeptalk.com/issues/009/) [i](https://deeptalk.com/2019/) "
     "[j](https://deeptalk.com/posts/owls-and-how-they-hear) [k](https://other.org/owls-and-how-they-hear)",
     "a>0 b>1 c>1 d> e> f> g> h> i> j>1 k>"},
    {"004.md", "#4: Whales", 4, "26",
     "Welcome to Deep Talk #3! As in DT #1, #2 and (#3); #1 in sales, C#2, DT #9, DT #2.5, v#1, DT#3, PT #2. "
     "[DT #2](http://Rajesh%20Jain), [#1](https://github.com/a/b/issues/1), [#1](x) [see DT "
     "#1](https://deeptalk.com/issues/2) [#3](https://github.com/a/b/issues/3) "
     "[#3](https://deeptalk.com/issues/maps) `DT #1`\n\n    DT #1\n\nDeep Talk #2 and Deep\nTalk #1. ![DT #2](x)",
     "DT #1>0 #2>1 #3>2 DT#3>2 DT #2>1 #1> #1> see DT #1>1 #3> #3>2 DT #1>0 Deep Talk #2>1 Deep Talk #1>0"},
    {"005.md", "#5: Text", 5, NULL,
     "Deep Talk #5. https://deeptalk.com/issues/4 issue #4, in edition #1. DT #5 <a href=\"/issues/1\">x</a>",
     "https://deeptalk.com/issues/4>3 issue #4>3 edition #1>0 x>0"},
};

static void test_numbered(void **state)
{
    (void)state;
    CHECK("issues", numbered);
}

/* A number at the end of titles that are the same otherwise; file names with dates. */
static void test_recurring(void **state)
{
    static const told v[] = {
        {"2020-01-05-twir.md", "This Week in Rust 301", 301, "05", NULL, NULL},
        {"2020-01-12-twir.md", "This Week in Rust 302", 302, "12",
         "This Week in Rust 301, TWiR 301, TWiR #301, rust #301, Rust 301, Rust 1.30, twir 301, This Week in Rust 299.",
         "This Week in Rust 301>0 TWiR 301>0 TWiR #301>0"},
        {"2020-01-19-twir.md", "This Week in Rust 303", 303, "19",
         "[a](https://this-week-in-rust.org/blog/2020/01/12/this-week-in-rust-302/) [b](2020-01-05-twir.md#x) "
         "[c](../x/2020-01-05-twir.html) [d](./2020-01-12-twir/) [e]({{< ref \"2020-01-05-twir.md\" >}}) "
         "[f]({% post_url 2020-01-12-twir %}) [g](2020-01-19-twir.md) [h](https://this-week-in-rust.org/2020/01/05/) "
         "[i](https://this-week-in-rust.org/issues/2020-01-12.html) [j](#top) [k](mailto:a@b.c) "
         "[l](https://this-week-in-rust.org/2020/01/06/) [m](https://example.com/2020/01/05/)",
         "a>1 b>0 c>0 d>1 e>0 f>1 g> h>0 i>1 j> k> l> m>"},
        {"2020-01-26-twir.md", "This Week in Rust 304", 304, "26",
         "issue #302 of cargo, tracking issue #30000, issue #30001, issue #30002", NULL},
    };
    (void)state;
    CHECK("posts", v);
}

/* `issue-12` in paths, `Issue 12` in titles; folders; an index of a folder; the archive's name. */
static void test_paths(void **state)
{
    static const told v[] = {
        {"2019/issue-1.md", "Issue 1", 1, "05", NULL, NULL},
        {"2019/issue-2/index.md", "Issue 2", 2, "12",
         "[a](../issue-1.md) [b](../issue-1.html?x) [c](/2019/issue-1) [d](http://fine-letter.org/issue-1.html) "
         "[e](http://fineletter.org/issue/1) [f](http://fine.org/issue/1) [g](../../../../issue-1.md)",
         "a>0 b>0 c>0 d>0 e>0 f> g>0"},
        {"2020/issue-3.md", "Issue 3", 3, "19",
         "[a](../2019/issue-2/) [b](../2019/issue%2D2/index.html) See issue 1, Issue no. 2 and issues 1.",
         "a>1 b>1 issue 1>0"},
    };
    (void)state;
    CHECK("fine-letter", v);
}

static void test_chinese(void **state)
{
    static const told v[] = {
        {"1.md", "周刊（第 1 期）", 1, "05", NULL, NULL},
        {"2.md", "周刊（第 2 期）", 2, "12", "参见第 1 期、第2期，周刊第1期。第 3 章", "第 1 期>0 第1期>0"},
    };
    (void)state;
    CHECK("x", v);
}

/* Nothing says whose a domain is but that its numbers are those of earlier issues, and most of its pages are such. */
static void test_learned(void **state)
{
    static const told own[] = {
        {"1.md", "#1: a", 1, "05", "[w](https://w.example/about)", "w>"},
        {"2.md", "#2: b", 2, "06", "[w](https://w.example/about) [x](https://w.example/issues/1)", "w> x>0"},
        {"3.md", "#3: c", 3, "07", "[x](https://w.example/issues/2) [w](https://w.example/about)", "x>1 w>"},
        {"4.md", "#4: d", 4, "08", "[x](https://w.example/issues/3) [y](https://w.example/issues/9)", "x>2 y>"},
    };
    static const told tracker[] = {
        {"1.md", "#1: a", 1, "05", "[w](https://w.example/a) [x](https://w.example/b)", "w> x>"},
        {"2.md", "#2: b", 2, "06", "[x](https://w.example/issues/1)", "x>"},
        {"3.md", "#3: c", 3, "07", "[x](https://w.example/issues/2)", "x>"},
        {"4.md", "#4: d", 4, "08",
         "[x](https://w.example/issues/3) [y](https://w.example/issues/900) [z](https://w.example/c)", "x> y> z>"},
    };
    (void)state;
    CHECK("x", own);
    CHECK("x", tracker);
}

static void test_several_archives(void **state)
{
    tt_issue two[] = {
        {.issue = TT_S("a/1.md"), .rel = TT_S("1.md"), .title = TT_S("#1: x"), .number = 1, .date = TT_NO_DATE},
        {.issue = TT_S("b/1.md"),
         .rel = TT_S("1.md"),
         .title = TT_S("#1: y"),
         .number = 1,
         .archive = 1,
         .date = TT_NO_DATE},
        {.issue = TT_S("b/2.md"),
         .rel = TT_S("2.md"),
         .title = TT_S("#2: y"),
         .number = 2,
         .archive = 1,
         .date = TT_NO_DATE},
    };
    tt_links l;
    (void)state;
    assert_int_equal(tt_links_begin(&l, two, 3, TT_S("a b")), 0);
    assert_int_equal(add_text(&l, "[x](1.md) AB #1", 2, TT_ZONES_DEFAULT, false), 0);
    assert_int_equal(tt_links_finish(&l, two, 3), 0);
    assert_int_equal(l.n, 2);
    assert_int_equal(l.v[0].target, 1);
    assert_int_equal(l.v[1].target, 1);
    tt_links_release(&l);
    tt_arena_release(&arena);
}

/* ---- no memory ---- */

static int run_once(void)
{
    tt_links l;
    int rc = run_world(numbered, &l);
    tt_links_release(&l);
    tt_arena_release(&arena);
    return rc;
}

static void test_memory(void **state)
{
    (void)state;
    CHECK("deep-talk", numbered);
    assert_true(fail_each(run_once, TT_ENOMEM) > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_markdown),
                                       cmocka_unit_test(test_html),
                                       cmocka_unit_test(test_plain),
                                       cmocka_unit_test(test_zones),
                                       cmocka_unit_test(test_split),
                                       cmocka_unit_test(test_tracking),
                                       cmocka_unit_test(test_domains),
                                       cmocka_unit_test(test_numbered),
                                       cmocka_unit_test(test_recurring),
                                       cmocka_unit_test(test_paths),
                                       cmocka_unit_test(test_chinese),
                                       cmocka_unit_test(test_learned),
                                       cmocka_unit_test(test_several_archives),
                                       cmocka_unit_test(test_memory)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
