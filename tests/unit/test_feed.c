/* feed: WordPress exports, RSS and Atom: what is a record, and where its text stands. In the texts q1, q2, … are words
 * that stand once in the file: each must be found where it stands. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "fail_alloc.h"
#include "base/unicode.h"
#include "read/reader.h"
#include "read/wordpress_body.h"

/* ---- places ---- */

static void place_in(tt_str file, size_t at, size_t *line, size_t *column)
{
    *line = *column = 1;
    for (size_t i = 0; i < at;) {
        uint32_t cp;
        size_t len = tt_utf8_decode(file.p + i, file.n - i, &cp);
        len = len ? len : 1;
        len += file.p[i] == '\r' && i + 1 < file.n && file.p[i + 1] == '\n';
        bool ends = file.p[i] == '\n' || file.p[i] == '\r';
        *line += ends;
        *column = ends ? 1 : *column + 1;
        i += len;
    }
}

static void place_of(const tt_record *r, size_t at, size_t *line, size_t *column)
{
    size_t nth = 0, k = 0;
    *line = *column = 0;
    for (size_t i = 0; i <= at; nth++) {
        uint32_t cp;
        while (k < r->n_loci && r->loci[k].nth == nth) {
            *line = r->loci[k].line;
            *column = r->loci[k++].column;
        }
        if (i == at)
            return;
        bool ends = r->text.p[i] == '\n';
        *line += ends;
        *column = ends ? 1 : *column + 1;
        i += tt_utf8_decode(r->text.p + i, r->text.n - i, &cp);
    }
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t check_places(tt_str file, const tt_record *r)
{
    size_t n = 0;
    for (size_t i = 0; i + 1 < r->text.n; i++) {
        if (r->text.p[i] != 'q' || !is_digit(r->text.p[i + 1]))
            continue;
        size_t len = 1, line, column, want_line, want_column;
        while (i + len < r->text.n && is_digit(r->text.p[i + len]))
            len++;
        const char *p = memmem(file.p, file.n, r->text.p + i, len);
        while (p && is_digit(p[len]))
            p = memmem(p + 1, file.n - (size_t)(p + 1 - file.p), r->text.p + i, len);
        assert_non_null(p);
        place_in(file, (size_t)(p - file.p), &want_line, &want_column);
        place_of(r, i, &line, &column);
        if (line != want_line || column != want_column)
            fail_msg("%.*s at %zu:%zu, not %zu:%zu", (int)len, p, line, column, want_line, want_column);
        n++;
    }
    return n;
}

/* ---- records as text ---- */

static struct heard {
    int n;
    tt_err last;
} heard;

static void hear(void *ctx, tt_level level, const tt_err *err)
{
    (void)ctx;
    assert_int_equal(level, TT_NOTE);
    heard.n++;
    heard.last = *err;
}

static const tt_sink sink = {.tell = hear};

static int read_drip(void *ctx, char *to, size_t n, size_t *got, tt_err *err)
{
    tt_str *left = ctx;
    (void)n, (void)err;
    *got = left->n > 0;
    if (*got)
        *to = *left->p++, left->n--;
    return 0;
}

static void show_record(const tt_record *r, tt_buf *out)
{
    char date[TT_DATE_SIZE];
    tt_day_format(r->date, date);
    tt_buf_f(out, "%zu %.*s|%.*s|%s|%.*s%s%s%s", r->line, (int)r->name.n, r->name.p, (int)r->title.n,
             r->title.p ? r->title.p : "", date, (int)r->section.n, r->section.p ? r->section.p : "",
             r->draft ? "|draft" : "", r->left_out ? "|" : "", r->left_out ? r->left_out : "");
    if (!r->left_out)
        tt_buf_f(out, "|%c:%.*s", "gmth"[r->body], (int)r -> text.n, r->text.p ? r->text.p : "");
    tt_buf_text(out, "\n");
    assert_int_equal(r->number, -1);
}

static int read_all(tt_input *in, tt_str file, const char *name, tt_buf *out, size_t *n_places, tt_err *err)
{
    tt_head head = {TT_S("a.xml"), file, true};
    const tt_reader *reader = tt_reader_of(&head, &(tt_columns){0});
    tt_reading_in reading = {.in = in, .path = "a.xml", .sink = &sink};
    void *state;
    tt_record r;
    if (!reader)
        return TT_EUSAGE;
    if (name)
        assert_string_equal(reader->name, name);
    int rc = reader->open(&reading, &state, err);
    while (rc == 0) {
        r = (tt_record){.number = -1, .date = TT_NO_DATE};
        rc = reader->next(state, &r, err);
        if (rc != TT_RECORD)
            break;
        show_record(&r, out);
        if (n_places)
            *n_places += check_places(file, &r);
        rc = 0;
    }
    reader->close(state);
    return rc;
}

static void expect_of(const char *name, tt_str file, int status, size_t line, const char *want)
{
    for (int drip = 0; drip < 2; drip++) {
        tt_buf shown = {0};
        tt_err err = {0};
        tt_input in;
        tt_str left = file;
        size_t n_places = 0;
        if (drip)
            tt_input_from(&in, "a.xml", read_drip, &left);
        else
            tt_input_memory(&in, "a.xml", file);
        heard = (struct heard){0};
        int rc = read_all(&in, file, name, &shown, &n_places, &err);
        tt_buf_add(&shown, "", 0);
        if (rc != status || strcmp(shown.p, want) != 0)
            fail_msg("%d: %s\nwant:\n%s\n%zu: %s", rc, shown.p, want, err.line, err.text);
        assert_int_equal(err.line, line);
        tt_buf_release(&shown);
        tt_input_close(&in);
    }
}

static void expect(const char *name, const char *file, const char *want)
{
    expect_of(name, tt_str_of(file), 0, 0, want);
}

/* ---- WordPress ---- */

#define WXR_HEAD                                                                                                       \
    "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<!-- generator=\"WordPress\" -->\n<rss version=\"2.0\"\n"            \
    " xmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\" xmlns:content=\"http://purl.org/rss/1.0/modules/"     \
    "content/\"\n xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:wp=\"http://wordpress.org/export/1.2/\">\n"      \
    "<channel>\n<title>The "                                                                                           \
    "blog</title>\n<wp:wxr_version>1.2</wp:wxr_version>\n<wp:category><wp:cat_name>x</wp:cat_name>"                    \
    "</wp:category>\n"
#define WXR_END "</channel>\n</rss>\n"
#define WXR_POST(id, name, type, status, rest)                                                                         \
    "<item><title>T" id "</title><pubDate>Sun, 11 Oct 2020 23:30:00 +0000</pubDate><wp:post_id>" id "</wp:post_id>"    \
    "<wp:post_date><![CDATA[2020-10-12 01:30:00]]></wp:post_date><wp:post_name><![CDATA[" name "]]></wp:post_name>"    \
    "<wp:status><![CDATA[" status "]]></wp:status><wp:post_type><![CDATA[" type "]]></wp:post_type>" rest "</item>\n"
#define WXR_TEXT(text) "<content:encoded><![CDATA[" text "]]></content:encoded>"

static void test_wordpress(void **state)
{
    (void)state;
    /* the day as the author saw it, the first category, content over excerpt; comments and metadata are no text */
    expect("wordpress",
           WXR_HEAD
           "<item>\n<title><![CDATA[Tom &amp; <em>Jerry</em>&#8217;s\n day]]></title>\n"
           "<link>http://x.example/?p=1</link><guid isPermaLink=\"false\">http://x.example/?p=1</guid>\n"
           "<pubDate>Sun, 11 Oct 2020 23:30:00 +0000</pubDate>\n<description></description>\n"
           "<content:encoded><![CDATA[<!-- wp:paragraph -->\n<p>q1 é &amp; q2</p>\n<!-- /wp:paragraph -->\n\nq3]]>"
           "</content:encoded>\n<excerpt:encoded><![CDATA[q4]]></excerpt:encoded>\n<wp:post_id>7</wp:post_id>\n"
           "<wp:post_date><![CDATA[2020-10-12 01:30:00]]></wp:post_date>\n"
           "<wp:post_name><![CDATA[toms-day]]></wp:post_name>\n<wp:status><![CDATA[publish]]></wp:status>\n"
           "<wp:post_type><![CDATA[post]]></wp:post_type>\n"
           "<category domain=\"post_tag\" nicename=\"a\"><![CDATA[A tag]]></category>\n"
           "<category domain=\"category\" nicename=\"uncategorized\"><![CDATA[Uncategorized]]></category>\n"
           "<category domain=\"category\" nicename=\"n\"><![CDATA[News &amp; views]]></category>\n"
           "<category domain=\"category\" nicename=\"o\"><![CDATA[Other]]></category>\n"
           "<wp:comment><wp:comment_content><![CDATA[q5]]></wp:comment_content></wp:comment>\n"
           "<wp:postmeta><wp:meta_key>title</wp:meta_key><wp:meta_value>q6</wp:meta_value></wp:postmeta>\n"
           "</item>\n" WXR_END,
           "10 toms-day|Tom & Jerry’s day|2020-10-12|News & views|h:<!-- wp:paragraph -->\n<p>q1 é &amp; q2</p>\n"
           "<!-- /wp:paragraph -->\n\nq3\n");
    /* what is an issue, and why not */
    expect("wordpress",
           WXR_HEAD WXR_POST("1", "a", "page", "publish", WXR_TEXT("x")) WXR_POST("2", "b", "attachment", "inherit", "")
               WXR_POST("3", "c", "nav_menu_item", "publish", "") WXR_POST("4", "d", "revision", "inherit", "")
                   WXR_POST("5", "e", "product", "publish", "") WXR_POST("6", "", "post", "draft", WXR_TEXT("q1"))
                       WXR_POST("7", "g", "post", "trash", WXR_TEXT("q2")) WXR_POST("8", "h", "post", "future",
                                                                                    WXR_TEXT("q3"))
                           WXR_POST("9", "i", "post", "publish", "<excerpt:encoded>q4 &lt;p&gt;q5</excerpt:encoded>")
                               WXR_POST("9", "i", "post", "publish", WXR_TEXT("q6"))
                                   WXR_POST("10", "i", "post", "publish", "") WXR_END,
           "10 a|T1|||a page\n11 b|T2|||an attachment\n12 c|T3|||a menu item\n13 d|T4|||a revision\n14 e|T5|||no post\n"
           "15 6|T6|2020-10-12||draft|h:q1\n16 g|T7|2020-10-12||draft|h:q2\n17 h|T8|2020-10-12||draft|h:q3\n"
           "18 i|T9|2020-10-12||h:q4 <p>q5\n19 i|T9|||the same item again\n20 i|T10|2020-10-12||g:\n");
    /* a draft that was never published has no date, and no message */
    expect("wordpress",
           WXR_HEAD "<item><wp:post_id>1</wp:post_id><wp:post_date>0000-00-00 00:00:00</wp:post_date>"
                    "<wp:post_type>post</wp:post_type><wp:status>draft</wp:status></item>" WXR_END,
           "10 1||||draft|g:\n");
    assert_int_equal(heard.n, 0);
}

static void test_wordpress_body(void **state)
{
    (void)state;
    static const struct {
        const char *in, *want;
    } cases[] = {
        {"", ""},
        {"a\nb\n\nc\n \n\nd", "a\nb\n\n<p>c\n \n\n<p>d"},
        {"a\n\n<ul>\n\n<li>b</li>\n\n</ul>\n\nc", "a\n\n<ul>\n\n<li>b</li>\n\n</ul>\n\n<p>c"},
        {"a\n\n<em>b</em>\n\n<!-- c -->\n\n", "a\n\n<p><em>b</em>\n\n<!-- c -->\n\n"},
        {"<pre>a\n\nb [gallery]</pre>\n\nc", "<pre>a\n\nb [gallery]</pre>\n\n<p>c"},
        {"<!-- wp:paragraph -->\n\na\n\nb", "<!-- wp:paragraph -->\n\na\n\nb"},
        {"a [gallery ids=\"1,2\"] b", "a <!--[gallery ids=\"1,2\"]--> b"},
        {"[via <a href=\"u\">a</a>] b", "[via <a href=\"u\">a</a>] b"},
        {"[sic] [1] [a b] [see http://x.example/?a=b] [[gallery]]",
         "[sic] [1] [a b] [see http://x.example/?a=b] [[gallery]]"},
        {"[box]a[/box] [box] [/x]", "<!--[box]-->a<!--[/box]--> <!--[box]--> <!--[/x]-->"},
        {"[a b='c>]d'/] [a-b_1 c=d]", "<!--[a b='c>]d'/]--> <!--[a-b_1 c=d]-->"},
        {"[a b='--'] [a b", "[a b='--'] [a b"},
        {"[code]a [/code]", "<!--[code]--><pre>a </pre><!--[/code]-->"},
        {"[code] [php]", "[code] [php]"},
        {"[caption id=\"1\" width=\"2\"]<a href=\"x>\"><img src='y' alt=\"a>b\" /></a> the <i>text</i>[/caption] c",
         "<!--[caption id=\"1\" width=\"2\"]--><a href=\"x>\"><img src='y' alt=\"a>b\" /></a><figcaption> the "
         "<i>text</i></figcaption><!--[/caption]--> c"},
        {"[caption]<img> [/caption]", "<!--[caption]--><img> <!--[/caption]-->"},
        {"a < b [caption", "a < b [caption"},
        {"a <b c=\"", "a <b c=\""},
        {"<!-- a", "<!-- a"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_loci from = {0}, to = {0};
        tt_loci_at(&from, 1, 1);
        tt_loci_text(&from, cases[i].in);
        assert_int_equal(tt_wordpress_body(&from, &to), 0);
        tt_loci_text(&to, "");
        assert_string_equal(to.text.p, cases[i].want);
        tt_loci_release(&from);
        tt_loci_release(&to);
    }
    expect("wordpress",
           WXR_HEAD WXR_POST(
               "1", "a", "post", "publish",
               "<content:encoded><![CDATA[é q1 [gallery a=\"q2\"] q3\r\n\r\nq4 <b>q5</b>\r\n\r\n漢 q6]]]]><![CDATA[>"
               " q7]]> q8 &amp;amp; q9 [code]q10[/code] q11</content:encoded>") WXR_END,
           "10 a|T1|2020-10-12||h:é q1 <!--[gallery a=\"q2\"]--> q3\n\n<p>q4 <b>q5</b>\n\n<p>漢 q6]]> q7 q8 &amp; q9 "
           "<!--[code]--><pre>q10</pre><!--[/code]--> q11\n");
}

/* ---- RSS ---- */

static void test_rss(void **state)
{
    (void)state;
    expect(
        "rss",
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
        "xmlns:media=\"http://search.yahoo.com/mrss/\" xmlns:atom=\"http://www.w3.org/2005/Atom\">\n<channel>\n"
        "<title>Feed</title><description>None of this</description><category>No</category>\n"
        "<atom:link rel=\"next\" href=\"http://x.example/?page=2\"/>\n"
        "<image><title>No</title></image>\n"
        "<item>\n<title>Caf&amp;eacute; &lt;3 &amp;amp; co</title>\n<link>http://x.example/1</link>\n"
        "<guid>http://x.example/?p=1</guid><category>News</category><category>Other</category>\n"
        "<media:title>No</media:title>\n<pubDate>Mon, 12 Oct 2020 01:30:00 +0200</pubDate>\n"
        "<description>q1 the same</description>\n<content:encoded><![CDATA[<p>q2 é</p>]]></content:encoded></item>\n"
        "<item><title>Two</title><link>http://x.example/2</link><pubDate>03/04/2019</pubDate>"
        "<description>&lt;p&gt;q3 &amp;amp; q4&lt;/p&gt; q5&#13;\nq6</description></item>\n"
        "<item><description> </description></item>\n"
        "<item><guid>http://x.example/?p=1</guid><description>q7</description></item>\n"
        "<item><link>http://x.example/2</link><title>Other</title><description>q8 <b c='d\"&lt;'>q9</b></description>"
        "</item>\n</channel></rss>",
        "7 http://x.example/?p=1|Café <3 & co|2020-10-12|News|h:<p>q2 é</p>\n"
        "15 http://x.example/2|Two|||g:<p>q3 &amp; q4</p> q5 \nq6\n17 3||||g:\n"
        "18 http://x.example/?p=1||||the same item again\n"
        "19 http://x.example/2|Other|||g:q8 <b c=\"d&quot;&lt;\">q9</b>\n");
    assert_int_equal(heard.n, 1);
    assert_int_equal(heard.last.line, 15);
    expect("rss",
           "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\" "
           "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel rdf:about=\"x\"><title>Feed</title></channel>\n"
           "<item rdf:about=\"http://x.example/1\"><title>One</title><link>http://x.example/1</link><dc:subject>News"
           "</dc:subject><dc:date>2020-10-11T23:30:00-08:00</dc:date><description>q1</description></item></rdf:RDF>",
           "3 http://x.example/1|One|2020-10-11|News|g:q1\n");
    expect("rss", "<rss version='2.0'><channel/></rss>", "");
}

/* ---- Atom ---- */

#define ATOM "<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:app=\"http://purl.org/atom/app#\">\n"

static void test_atom(void **state)
{
    (void)state;
    expect(
        "atom",
        ATOM
        "<title>Feed</title><id>f</id><updated>2021-01-01T00:00:00Z</updated>\n"
        "<entry><title type=\"html\">A &amp;lt; B &lt;b&gt;c&lt;/b&gt;</title><id>tag:1</id>"
        "<link rel=\"alternate\" href=\"http://x.example/1\"/><author><name>N</name></author>\n"
        "<updated>2020-12-01T00:00:00Z</updated><published>2020-10-11T23:30:00-08:00</published>"
        "<category term=\"t\" label=\"News\"/><category term=\"u\"/>\n"
        "<summary>q1</summary><content type=\"html\">&lt;p&gt;q2 é q3&lt;/p&gt;</content></entry>\n"
        "<entry><title>A &amp;amp; &lt;b&gt;</title><id>2</id><updated>2020-12-01T00:00:00Z</updated>"
        "<category term=\"t\"/><source><id>3</id><title>No</title></source>\n"
        "<content type=\"xhtml\"><x:div xmlns:x=\"http://www.w3.org/1999/xhtml\">\n<x:p class='a &amp; b'>q4 &lt; q5 é"
        "<x:br/>q6</x:p><![CDATA[q7 > q8]]></x:div></content></entry>\n"
        "<entry><link href=\"http://x.example/3\"/><link rel=\"alternate\" href=\"http://x.example/4\"/>"
        "<content type=\"text\">q9 &lt;b&gt; q10</content></entry>\n"
        "<entry><id>5</id><content type=\"image/png\">AAAA</content><summary>q11</summary></entry>\n"
        "<entry><id>5</id><content src=\"http://x.example/\"/></entry>\n"
        "<entry><id>6</id><content type=\"text/markdown\"># q12</content></entry>\n</feed>\n",
        "3 tag:1|A < B c|2020-10-11|News|h:<p>q2 é q3</p>\n"
        "6 2|A &amp; <b>|2020-12-01|t|h:<div>\n<p class=\"a &amp; b\">q4 &lt; q5 é<br></br>q6</p>q7 &gt; q8</div>\n"
        "9 http://x.example/4||||t:q9 <b> q10\n10 5||||t:q11\n11 5||||the same item again\n12 6||||m:# q12\n");
    /* Blogger */
    expect("atom",
           ATOM
           "<entry><id>1</id><category scheme='http://schemas.google.com/g/2005#kind' "
           "term='http://schemas.google.com/blogger/2008/kind#template'/><content type='html'>x</content></entry>\n"
           "<entry><id>2</id><category scheme='http://schemas.google.com/g/2005#kind' "
           "term='http://schemas.google.com/blogger/2008/kind#post'/>"
           "<category scheme='http://www.blogger.com/atom/ns#' term='News'/>"
           "<app:control><app:draft>yes</app:draft></app:control><content type='html'>q1</content></entry>\n"
           "<entry><id>3</id><category scheme='http://schemas.google.com/g/2005#kind' "
           "term='http://schemas.google.com/blogger/2008/kind#comment'/><content type='html'>x</content></entry>\n"
           "<entry><id>4</id><app:control><app:draft>no</app:draft></app:control></entry></feed>",
           "2 1||||a template\n3 2|||News|draft|h:q1\n4 3||||a comment\n5 4||||g:\n");
    expect("atom",
           "<entry xmlns=\"http://purl.org/atom/ns#\"><id>1</id><issued>2004-02-01</issued><content type=\"text/html\" "
           "mode=\"escaped\">q1</content></entry>",
           "1 1||2004-02-01||h:q1\n");
}

/* ---- what none of them is, and what is broken ---- */

static void test_others(void **state)
{
    (void)state;
    static const char *const files[] = {"",
                                        "text",
                                        "<",
                                        "<html><body>rss</body></html>",
                                        "<opml version='2.0'><body/></opml>",
                                        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>",
                                        "<feed><entry/></feed>",
                                        "<RDF><item/></RDF>",
                                        "<x><!-- <rss> --></x>",
                                        "# A\n\n<rss version='2.0'>",
                                        "{\"rss\": \"<rss/>\"}"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        tt_head head = {TT_S("feed.xml"), tt_str_of(files[i]), true};
        const tt_reader *reader = tt_reader_of(&head, &(tt_columns){0});
        if (reader)
            assert_false(strcmp(reader->name, "rss") == 0 || strcmp(reader->name, "atom") == 0 ||
                         strcmp(reader->name, "wordpress") == 0);
    }
}

static void test_encodings(void **state)
{
    (void)state;
    expect("rss",
           "<?xml version='1.0' encoding='windows-1252'?><rss><item><guid>1</guid><title>\x93t\x94</title>"
           "<description>\xE9 q1</description></item></rss>",
           "1 1|“t”|||g:é q1\n");
    static const char wide[] =
        "\xFF\xFE<\0r\0s\0s\0>\0<\0i\0t\0e\0m\0>\0<\0t\0i\0t\0l\0e\0>\0\xE9\0<\0/\0t\0i\0t\0l\0e\0>\0"
        "<\0/\0i\0t\0e\0m\0>\0<\0/\0r\0s\0s\0>\0";
    expect_of("rss", (tt_str){wide, sizeof wide - 1}, 0, 0, "1 1|é|||g:\n");
}

static void test_broken(void **state)
{
    (void)state;
    static const char cut[] =
        "<rss><item><guid>1</guid><description>q1</description></item>\n<item><guid>2</guid>\n<desc";
    static const char deep[] = ATOM "<entry><id>1</id></entry><entry><content type='xhtml'>";
    expect_of("rss", tt_str_of(cut), TT_EINPUT, 3, "1 1||||g:q1\n");
    expect_of("rss", TT_S("<rss><item><guid>1</guid></item>\n<item>&xxe;</item></rss>"), TT_EINPUT, 2, "1 1||||g:\n");
    expect_of(
        "rss",
        TT_S("<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n<rss><item>\n<title>&x;</title></item></rss>"),
        TT_EINPUT, 3, "");
    tt_buf in = {0};
    tt_buf_text(&in, deep);
    for (int i = 0; i < 2000; i++)
        tt_buf_text(&in, "<div>");
    expect_of("atom", (tt_str){in.p, in.n}, TT_ELIMIT, 2, "2 1||||g:\n");
    tt_buf_release(&in);
}

static const char all[] =
    WXR_HEAD WXR_POST("1", "a", "post", "publish",
                      "<content:encoded><![CDATA[é q1 [caption a=\"q2\"]<img> q3[/caption]\r\n\r\nq4 [code]q5[/code]]]>"
                      "</content:encoded><category domain='category'>x</category>")
        WXR_POST("2", "b", "page", "publish", "") WXR_END;

static void test_truncated(void **state)
{
    (void)state;
    for (size_t n = 0; n < sizeof all - 2; n++) {
        tt_buf shown = {0};
        tt_input in;
        tt_err err;
        tt_input_memory(&in, "a.xml", (tt_str){all, n});
        int rc = read_all(&in, (tt_str){all, n}, NULL, &shown, NULL, &err);
        assert_true(rc == TT_EUSAGE || rc == TT_EINPUT); /* EUSAGE: it does not say yet what it is */
        tt_buf_release(&shown);
        tt_input_close(&in);
    }
}

static int read_memory(void)
{
    const tt_reader *reader = tt_reader_of(&(tt_head){TT_S("a.xml"), TT_S(all), true}, &(tt_columns){0});
    tt_input in;
    tt_record r;
    tt_err err;
    void *reading = NULL;
    if (!reader) /* there was no memory to look at the head */
        return TT_ENOMEM;
    tt_input_memory(&in, "a.xml", TT_S(all));
    int rc = reader->open(&(tt_reading_in){.in = &in, .path = "a.xml"}, &reading, &err);
    do {
        r = (tt_record){.number = -1, .date = TT_NO_DATE};
        rc = rc == 0 || rc == TT_RECORD ? reader->next(reading, &r, &err) : rc;
    } while (rc == TT_RECORD);
    reader->close(reading);
    return rc;
}

static void test_no_memory(void **state)
{
    (void)state;
    assert_true(fail_each(read_memory, TT_ENOMEM) > 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wordpress), cmocka_unit_test(test_wordpress_body), cmocka_unit_test(test_rss),
        cmocka_unit_test(test_atom),      cmocka_unit_test(test_others),         cmocka_unit_test(test_encodings),
        cmocka_unit_test(test_broken),    cmocka_unit_test(test_truncated),      cmocka_unit_test(test_no_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
