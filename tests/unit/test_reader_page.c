/* the reader of saved pages: what is taken for one, title, date, section, encodings, broken and hostile input. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "base/charset.h"
#include "fail_alloc.h"
#include "read/reader.h"

static const tt_reader *reader_of(const char *name, const char *bytes, size_t n)
{
    tt_head head = {.name = tt_str_of(name), .bytes = {bytes, n}, .whole = true};
    const tt_reader *r = tt_reader_of(&head, &(tt_columns){0});
    return r && strcmp(r->name, "html") == 0 ? r : NULL;
}

static void test_is(void **state)
{
    static const struct {
        const char *name, *bytes;
        bool yes;
    } cases[] = {
        {"a.html", "<p>a", true},
        {"a.HTM", "a", true},
        {"a.xhtml", "<?xml version='1.0'?><!-- x --><html>", true},
        {"a", "\xEF\xBB\xBF\n <!DOCTYPE html>", true},
        {"a.txt", "<!doctype html PUBLIC \"x\">", true},
        {"a", "<!-- saved --><HTML lang=en>", true},
        {"-", "<head>", true},
        {"-", "<body class=x>", true},
        {"a.md", "<!doctype html>", false},
        {"a.markdown", "<html>", false},
        {"a.txt", "<p>a</p>", false},
        {"a", "<article>a", false},
        {"a", "<img src=x>\n\n# a", false},
        {"a", "<header>", false},
        {"a", "<htmlx>", false},
        {"a", "<!doctype rss>", false},
        {"a.xml", "<?xml version='1.0'?><rss version='2.0'>", false},
        {"a.html", "<?xml version='1.0'?><rss version='2.0'>", false},
        {"a.html", "<feed xmlns='x'>", false},
        {"a", "", false},
        {"a", "<!--", false},
        {"html", "a", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        print_message("# %s: %s\n", cases[i].name, cases[i].bytes);
        assert_int_equal(reader_of(cases[i].name, cases[i].bytes, strlen(cases[i].bytes)) != NULL, cases[i].yes);
    }
    assert_non_null(reader_of("a", "\xFF\xFE<\0h\0t\0m\0l\0>\0", 14));
    assert_non_null(reader_of("a", "\xFE\xFF\0<\0h\0t\0m\0l\0>", 14));
    assert_null(reader_of("a", "\xFE\xFF\0a", 4));
}

/* ---- records ---- */

typedef struct told {
    char text[512];
    size_t n, line;
} told;

static void tell(void *ctx, tt_level level, const tt_err *err)
{
    told *t = ctx;
    assert_int_equal(level, TT_NOTE);
    t->n++;
    t->line = err->line;
    memcpy(t->text, err->text, sizeof t->text);
}

typedef struct opened {
    tt_input in;
    void *state;
    tt_record record;
    told told;
    tt_sink sink;
    tt_err err;
} opened;

static const tt_reader *html(void)
{
    return reader_of("a.html", "", 0);
}

static int read_input(opened *o)
{
    const tt_reader *r = html();
    o->sink = (tt_sink){.tell = tell, .ctx = &o->told};
    tt_reading_in in = {.in = &o->in, .path = "a.html", .sink = &o->sink};
    o->record = (tt_record){.number = -1, .date = TT_NO_DATE};
    int rc = r->open(&in, &o->state, &o->err);
    return rc == 0 ? r->next(o->state, &o->record, &o->err) : rc;
}

static int begin(opened *o, const char *bytes, size_t n)
{
    *o = (opened){.state = NULL};
    tt_input_memory(&o->in, "a.html", (tt_str){bytes, n});
    return read_input(o);
}

static void end(opened *o)
{
    html()->close(o->state);
    tt_input_close(&o->in);
}

static void test_facts(void **state)
{
    static const struct {
        const char *name, *in, *title, *date, *section;
    } cases[] = {
        {"nothing", "<p>a", "", "", ""},
        {"title", "<title>A &amp;\n B</title><h1>C</h1>", "A & B", "", ""},
        {"title in svg", "<svg><title>A</title></svg><title>B</title>", "B", "", ""},
        {"site after the title", "<title>A b | Site</title><h1>A <i>b</i></h1>", "A b", "", ""},
        {"two h1", "<title>A</title><h1>A</h1><h1>B</h1>", "A", "", ""},
        {"h1 of the article", "<title>A</title><h1>S</h1><article><h1>B &lt;</h1></article><h1>T</h1>", "B <", "", ""},
        {"two h1 in articles", "<title>A</title><article><h1>B</h1><h1>C</h1></article>", "A", "", ""},
        {"og:title", "<meta property=og:title content='A&#39;s'><meta name='twitter:title' content=B><title>C</title>",
         "A's", "", ""},
        {"twitter:title", "<meta name='twitter:title' content=B><title>C</title>", "B", "", ""},
        {"published_time", "<meta content='2020-10-11T23:59:59-08:00' property='article:published_time'>", "",
         "2020-10-11", ""},
        {"itemprop", "<meta itemprop=datePublished content=2020-10-11>", "", "2020-10-11", ""},
        {"order of dates",
         "<body><time datetime=2016-01-01></time><article><time datetime=2017-01-01></time></article>"
         "<script type='application/ld+json'>{\"datePublished\": \"2018-01-01\"}</script><meta name=date "
         "content=2019-01-01><meta property='article:published_time' content='2020-01-01'>",
         "", "2020-01-01", ""},
        {"DC.date",
         "<meta name=DC.Date content=2019-01-01><script type='application/ld+json'>{\"datePublished\": "
         "\"2018-01-01\"}</script>",
         "", "2019-01-01", ""},
        {"JSON-LD",
         "<article><time datetime=2017-01-01></article><script type='application/ld+json'>\n{\"@type\":\"Article\","
         "\"datePublished\" : \"2018-01-01T00:00Z\",\"a\":{\"datePublished\":\"2001-01-01\"}}</script>",
         "", "2018-01-01", ""},
        {"another script", "<script>{\"datePublished\": \"2018-01-01\"}</script>", "", "", ""},
        {"broken JSON-LD", "<script type='application/ld+json'>{\"datePublished\": </script>", "", "", ""},
        {"time in the article",
         "<body><time datetime=2016-01-01>x</time><article><time>y</time><time "
         "datetime='2017-01-02 10:00'>z</time></article>",
         "", "2017-01-02", ""},
        {"time in a page", "<body><time datetime=2016-01-01>x</time>", "", "2016-01-01", ""},
        {"time in a piece is a time of its text", "<p><time datetime=2016-01-01>x</time>", "", "", ""},
        {"section", "<meta property='article:section' content='AI &amp; ML'>", "", "", "AI & ML"},
        {"in a comment", "<!-- <title>A</title> --><script><title>A</title></script>", "", "", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        opened o;
        char date[TT_DATE_SIZE];
        print_message("# %s\n", cases[i].name);
        assert_int_equal(begin(&o, cases[i].in, strlen(cases[i].in)), TT_RECORD);
        tt_day_format(o.record.date, date);
        assert_int_equal(o.record.title.n, strlen(cases[i].title));
        assert_true(tt_str_is(o.record.title, cases[i].title));
        assert_string_equal(date, cases[i].date);
        assert_true(tt_str_is(o.record.section, cases[i].section));
        assert_int_equal(o.record.body, TT_BODY_HTML);
        assert_int_equal(o.record.number, -1);
        assert_int_equal(o.record.name.n, 0);
        assert_null(o.record.loci);
        assert_false(o.record.draft);
        assert_true(tt_str_is(o.record.text, cases[i].in));
        assert_int_equal(o.told.n, 0);
        assert_int_equal(html()->next(o.state, &o.record, &o.err), TT_RECORD_END);
        end(&o);
    }
}

static void test_ambiguous_date(void **state)
{
    static const char in[] = "<html>\n<meta name=date content=03/04/2019>\n<time datetime=2019-04-03>";
    opened o;
    int32_t day;
    (void)state;
    assert_int_equal(begin(&o, in, sizeof in - 1), TT_RECORD);
    assert_true(tt_day_of(2019, 4, 3, &day));
    assert_int_equal(o.record.date, day);
    assert_int_equal(o.told.n, 1);
    assert_int_equal(o.told.line, 2);
    assert_non_null(strstr(o.told.text, "ambiguous"));
    end(&o);
}

/* ---- encodings ---- */

static void test_encodings(void **state)
{
    static const struct {
        const char *name, *in, *want; /* want NULL: the bytes as they are */
    } cases[] = {
        {"UTF-8", "<meta charset=utf-8>\xC3\xA9", NULL},
        {"UTF-8 with a wrong label", "<meta charset=iso-8859-2>\xC3\xA9", NULL},
        {"no label", "\xE9", NULL},
        {"Latin-1 is decode's", "<meta charset=iso-8859-1>\xE9\x80", NULL},
        {"unknown label", "<meta charset=x-none>\xE9", NULL},
        {"label without meaning", "<meta charset='UTF-8//IGNORE'>\xE9", NULL},
        {"iso-8859-2", "<meta charset=ISO-8859-2>\xB1", "<meta charset=ISO-8859-2>\xC4\x85"},
        {"koi8-r", "<META http-equiv=Content-Type content='text/html; charset=koi8-r'>\xC1",
         "<META http-equiv=Content-Type content='text/html; charset=koi8-r'>\xD0\xB0"},
        {"shift_jis", "<meta charset='Shift_JIS'>\x82\xA0\\", "<meta charset='Shift_JIS'>\xE3\x81\x82\\"},
        {"gb2312 is gb18030", "<meta charset=gb2312>\xC4\xE3\x81\x30\x84\x36",
         "<meta charset=gb2312>\xE4\xBD\xA0\xC2\xA5"},
        {"a last letter that iconv holds back", "<meta charset=windows-1255>\xF9\xEC\xE5\xED",
         "<meta charset=windows-1255>\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D"},
        {"one before a byte without meaning", "<meta charset=windows-1255>\xF9\xFF",
         "<meta charset=windows-1255>\xD7\xA9\xEF\xBF\xBD"},
        {"windows-1251", "<meta charset=windows-1251>\xE0\xA8", "<meta charset=windows-1251>\xD0\xB0\xD0\x81"},
        {"iso-2022-jp", "<meta charset=iso-2022-jp>\x1B$B$\"\x1B(B", "<meta charset=iso-2022-jp>\xE3\x81\x82"},
        {"XML declaration", "<?xml version='1.0' encoding='koi8-r'?>\xC1",
         "<?xml version='1.0' encoding='koi8-r'?>\xD0\xB0"},
        {"bytes that are none", "<meta charset=euc-jp>\xFF\xA4\xA2\xA4",
         "<meta charset=euc-jp>\xEF\xBF\xBD\xE3\x81\x82\xEF\xBF\xBD"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        opened o;
        print_message("# %s\n", cases[i].name);
        assert_int_equal(begin(&o, cases[i].in, strlen(cases[i].in)), TT_RECORD);
        assert_true(tt_str_is(o.record.text, cases[i].want ? cases[i].want : cases[i].in));
        end(&o);
    }
}

static void test_utf16(void **state)
{
    static const char in[] = "\xFF\xFE<\0t\0i\0t\0l\0e\0>\0a\0<\0/\0t\0i\0t\0l\0e\0>\0";
    opened o;
    (void)state;
    assert_int_equal(begin(&o, in, sizeof in - 1), TT_RECORD);
    assert_true(tt_str_is(o.record.title, "a"));
    assert_int_equal(o.record.text.n, sizeof in - 1);
    end(&o);
}

static void test_long_conversion(void **state)
{
    tt_buf b = {0};
    opened o;
    (void)state;
    tt_buf_text(&b, "<meta charset=koi8-r>");
    for (int i = 0; i < 100000; i++)
        tt_buf_char(&b, '\xC1');
    assert_int_equal(begin(&o, b.p, b.n), TT_RECORD);
    assert_int_equal(o.record.text.n, b.n + 100000);
    end(&o);
    tt_buf_release(&b);
}

/* ---- broken input ---- */

static const char page[] =
    "<!doctype html><html><head><meta charset=koi8-r><title>A &amp; B</title><meta property='article:section' "
    "content=C><script type='application/ld+json'>{\"datePublished\":\"2020-10-11\"}</script></head><body><article>"
    "<h1>A \xC1</h1><time datetime=2020-10-12>x</time></article>";

static void test_cut(void **state)
{
    (void)state;
    for (size_t n = 0; n < sizeof page; n++) {
        opened o;
        char *exact = malloc(n + 1);
        assert_non_null(exact);
        memcpy(exact, page, n);
        assert_int_equal(begin(&o, exact, n), TT_RECORD);
        end(&o);
        reader_of("a", exact, n);
        free(exact);
    }
}

static void test_nul(void **state)
{
    opened o;
    (void)state;
    assert_int_equal(begin(&o, "<title>a</title>\0", 17), TT_RECORD);
    assert_int_equal(o.record.text.n, 17);
    assert_int_equal(o.record.title.n, 0);
    end(&o);
}

static int one_byte(void *ctx, char *to, size_t n, size_t *got, tt_err *err)
{
    size_t *at = ctx;
    (void)err;
    *got = n > 0 && *at < sizeof page - 1;
    if (*got)
        to[0] = page[(*at)++];
    return 0;
}

static int fails(void *ctx, char *to, size_t n, size_t *got, tt_err *err)
{
    (void)ctx, (void)to, (void)n, (void)got;
    return tt_fail(err, TT_EIO, "a.html", 0, 0, "cannot read");
}

static void test_input(void **state)
{
    opened o = {.state = NULL};
    size_t at = 0;
    int32_t day;
    (void)state;
    tt_input_from(&o.in, "a.html", one_byte, &at);
    assert_int_equal(read_input(&o), TT_RECORD);
    assert_true(tt_str_is(o.record.title, "A \xD0\xB0"));
    assert_true(tt_str_is(o.record.section, "C"));
    assert_true(tt_day_of(2020, 10, 11, &day));
    assert_int_equal(o.record.date, day);
    end(&o);
    o = (opened){.state = NULL};
    tt_input_from(&o.in, "a.html", fails, NULL);
    assert_int_equal(read_input(&o), TT_EIO);
    end(&o);
    html()->close(NULL);
}

static int read_all(void)
{
    opened o;
    int rc = begin(&o, page, sizeof page - 1);
    end(&o);
    return rc == TT_RECORD ? 0 : rc;
}

/* iconv asks the C library for memory, not base/mem: it is open and closed within one call. */
static void test_no_memory(void **state)
{
    (void)state;
    assert_true(fail_each(read_all, TT_ENOMEM) > 5);
}

static void test_hostile(void **state)
{
    static const char *const parts[] = {"<h1>",
                                        "<article>",
                                        "<meta ",
                                        "<title>",
                                        "<time datetime=x ",
                                        "<svg>",
                                        "<!--",
                                        "<script type='application/ld+json'>\"datePublished\":"};
    (void)state;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        tt_buf b = {0};
        opened o;
        for (int k = 0; k < 200000; k++)
            tt_buf_text(&b, parts[i]);
        assert_int_equal(begin(&o, b.p, b.n), TT_RECORD);
        end(&o);
        tt_buf_release(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_is),        cmocka_unit_test(test_facts),   cmocka_unit_test(test_ambiguous_date),
        cmocka_unit_test(test_encodings), cmocka_unit_test(test_utf16),   cmocka_unit_test(test_long_conversion),
        cmocka_unit_test(test_cut),       cmocka_unit_test(test_nul),     cmocka_unit_test(test_input),
        cmocka_unit_test(test_no_memory), cmocka_unit_test(test_hostile),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
