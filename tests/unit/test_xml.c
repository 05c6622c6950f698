/* xml: elements and texts with their places, whatever the encoding and the size of the pieces; what is refused. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/xml.h"
#include "fail_alloc.h"

/* ---- events as text ---- */

typedef struct drip {
    tt_str bytes;
    size_t at, step;
} drip;

static int read_drip(void *ctx, char *to, size_t n, size_t *got, tt_err *err)
{
    drip *d = ctx;
    (void)err;
    *got = d->bytes.n - d->at;
    *got = *got > d->step ? d->step : *got;
    *got = *got > n ? n : *got;
    memcpy(to, d->bytes.p + d->at, *got);
    d->at += *got;
    return 0;
}

static void show_event(const tt_xml_event *e, tt_buf *out)
{
    if (e->kind == TT_XML_TEXT) {
        if (e->follows && out->n > 0 && out->p[out->n - 1] == '\'')
            out->p[--out->n] = '\0';
        else
            tt_buf_f(out, " %zu:%zu'", e->line, e->column);
        tt_buf_str(out, e->text);
        tt_buf_char(out, '\'');
        return;
    }
    tt_buf_f(out, " %zu:%zu<%s", e->line, e->column, e->kind == TT_XML_CLOSE ? "/" : "");
    if (e->ns.n > 0)
        tt_buf_f(out, "{%.*s}", (int)e->ns.n, e->ns.p);
    tt_buf_str(out, e->name);
    for (size_t i = 0; i < e->n_attributes; i++) {
        const tt_xml_attribute *a = &e->attributes[i];
        tt_buf_f(out, " {%.*s}%.*s=%.*s", (int)a->ns.n, a->ns.p ? a->ns.p : "", (int)a->name.n, a->name.p,
                 (int)a->value.n, a->value.p);
    }
    tt_buf_char(out, '>');
}

static int show_all(tt_input *in, tt_buf *out, tt_err *err)
{
    tt_xml *x;
    tt_xml_event e;
    int rc = tt_xml_new(&x, in, err);
    while (rc == 0 && (rc = tt_xml_next(x, &e, err)) == 0 && e.kind != TT_XML_END)
        show_event(&e, out);
    if (rc == TT_OK)
        assert_int_equal(tt_xml_next(x, &e, err), 0);
    if (rc != 0 && rc != TT_ENOMEM && x)
        assert_int_equal(tt_xml_next(x, &e, err), rc);
    tt_xml_free(x);
    tt_buf_add(out, "", 0);
    return rc;
}

static void expect_steps(tt_str in, size_t step, int status, const char *want, const char *of, size_t line)
{
    tt_buf shown = {0};
    tt_err err = {0};
    tt_input input;
    drip d = {in, 0, step};
    if (step == 0)
        tt_input_memory(&input, "a.xml", in);
    else
        tt_input_from(&input, "a.xml", read_drip, &d);
    int rc = show_all(&input, &shown, &err);
    if (rc != status || strcmp(shown.p, want) != 0)
        fail_msg("%.*s (steps of %zu)\n  %d:%s\n  want:%s\n  %zu: %s", (int)in.n, in.p, step, rc, shown.p, want,
                 err.line, err.text);
    if (status != 0 && (!strstr(err.text, of) || err.line != line))
        fail_msg("%.*s: line %zu: %s", (int)in.n, in.p, err.line, err.text);
    if (status != 0)
        assert_string_equal(err.path, "a.xml");
    tt_buf_release(&shown);
    tt_input_close(&input);
}

static void expect(tt_str in, int status, const char *want, const char *of, size_t line)
{
    for (size_t step = 0; step < 4; step++)
        expect_steps(in, step, status, want, of, line);
}

/* ---- what there is ---- */

static void test_events(void **state)
{
    (void)state;
    static const struct {
        const char *in, *want;
    } cases[] = {
        {"<a/>", " 1:1<a> 1:1</a>"},
        {"<a>b</a>", " 1:1<a> 1:4'b' 1:5</a>"},
        {"<?xml version=\"1.0\"?>\n<!-- <x> -->\n<a\n b = 'c>d' ><d/></a>\n<!-- e -->\n",
         " 3:1<a {}b=c>d> 4:13<d> 4:13</d> 4:17</a>"},
        {"<p:a xmlns:p='u' xmlns='v' p:b='1' c='2'><d/></p:a>",
         " 1:1<{u}a {u}b=1 {}c=2> 1:42<{v}d> 1:42</{v}d> 1:46</{u}a>"},
        /* line ends are LF, CR LF or CR; each is one character */
        {"<a>b\r\nc\rd\ne</a>", " 1:1<a> 1:4'b\nc\nd\ne' 4:2</a>"},
        {"<a><![CDATA[b\r\nc\rd]]></a>", " 1:1<a> 1:13'b\nc\nd' 3:5</a>"},
        {"<a>\r\n<b>c</b>\r\n</a>", " 1:1<a> 1:4'\n' 2:1<b> 2:4'c' 2:5</b> 2:9'\n' 3:1</a>"},
        /* each reference is a piece, and so is what stands behind one */
        {"<a>b&amp;c &lt;d&gt; &#233;&#x1F50C;&quot;e</a>",
         " 1:1<a> 1:4'b' 1:5'&' 1:10'c ' 1:12'<' 1:16'd' 1:17'>' 1:21' ' 1:22'é' 1:28'🔌' 1:37'\"' 1:43'e' 1:44</a>"},
        {"<a>&nbsp;&eacute;b&hellip;</a>", " 1:1<a> 1:4'\u00a0' 1:10'é' 1:18'b' 1:19'…' 1:27</a>"},
        {"<a b='&eacute;&amp;&#65;&hellip;'/>", " 1:1<a {}b=é&A…> 1:1</a>"},
        {"<!DOCTYPE a [<!ENTITY x 'it &#105;s'><!ENTITY x 'no'><!-- ' > ] --><?p ?><!ELEMENT a ANY>]>\n<a>&x;b</a>",
         " 2:1<a> 2:4'it is' 2:7'b' 2:8</a>"},
        {"<!DOCTYPE a [<!ENTITY x ''>]><a>b&x;c</a>", " 1:30<a> 1:33'b' 1:37'c' 1:38</a>"},
        {"<!DOCTYPE a PUBLIC '-//N//DTD' 'http://x.example/a.dtd'>\n<a>&eacute;</a>", " 2:1<a> 2:4'é' 2:12</a>"},
        /* CDATA, alone and beside others; brackets that do not end it */
        {"<a>b<![CDATA[<c> & ]] ]> d]]]]>e</a>", " 1:1<a> 1:4'b' 1:14'<c> & ]] ]> d]]' 1:32'e' 1:33</a>"},
        {"<a><![CDATA[]]><![CDATA[b]]><![CDATA[]]]]></a>", " 1:1<a> 1:25'b' 1:38']]' 1:43</a>"},
        {"<a>b<!-- c -->d<?e f?>g</a>", " 1:1<a> 1:4'b' 1:15'd' 1:23'g' 1:24</a>"},
        {"<a>é漢🔌<b/>é</a>", " 1:1<a> 1:4'é漢🔌' 1:7<b> 1:7</b> 1:11'é' 1:12</a>"},
        {"\xEF\xBB\xBF<a>é</a>", " 1:1<a> 1:4'é' 1:5</a>"},
        /* what XML does not allow and files have all the same */
        {"<a>b\x0B\x08"
         "c\x92t \xE9\xA0</a>",
         " 1:1<a> 1:4'b  c’t é\u00a0' 1:13</a>"},
        {"<a>\xEF\xBF\xBE</a>", " 1:1<a> 1:4'\xEF\xBF\xBD' 1:5</a>"},
        /* the label of an encoding */
        {"<?xml version='1.0' encoding='iso-8859-1'?><a>\xE9\x80</a>", " 1:44<a> 1:47'é€' 1:49</a>"},
        {"<?xml version='1.0' encoding='windows-1252'?><a>\x93\xE9\x94</a>", " 1:46<a> 1:49'“é”' 1:52</a>"},
        {"<?xml version='1.0' encoding='UTF-8'?><a>caf\xE9</a>", " 1:39<a> 1:42'café' 1:46</a>"},
        {"<?xml version='1.0' encoding='UTF-16'?><a>é</a>", " 1:40<a> 1:43'é' 1:44</a>"},
        {"<?xml version='1.0' encoding='koi8-r'?>\n<a>\xF1\n<b>\xD2</b></a>",
         " 2:1<a> 2:4'Я\n' 3:1<b> 3:4'р' 3:5</b> 3:9</a>"},
        {"<?xml version='1.0' encoding='shift_jis'?><a>\x8A\xBF<b/></a>",
         " 1:43<a> 1:46'漢' 1:47<b> 1:47</b> 1:51</a>"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect(tt_str_of(cases[i].in), 0, cases[i].want, "", 0);
}

static void test_utf16(void **state)
{
    (void)state;
    static const char little[] = "\xFF\xFE<\0a\0>\0\xE9\0\r\0\n\0=\xD8\x0C\xDD<\0b\0/\0>\0<\0/\0a\0>\0";
    static const char big[] = "\0<\0a\0>\x20\x19\0<\0/\0a\0>";
    expect((tt_str){little, sizeof little - 1}, 0, " 1:1<a> 1:4'é\n🔌' 2:2<b> 2:2</b> 2:6</a>", "", 0);
    expect((tt_str){big, sizeof big - 1}, 0, " 1:1<a> 1:4'’' 1:5</a>", "", 0);
    expect((tt_str){little, sizeof little - 2}, TT_EINPUT, " 1:1<a> 1:4'é\n🔌' 2:2<b> 2:2</b>", "broken XML", 2);
}

/* Longer than the pieces in which libxml2 hands text over, with all that starts a new one. */
static void test_long_texts(void **state)
{
    (void)state;
    tt_buf in = {0}, want = {0};
    tt_buf_text(&in, "<a>");
    tt_buf_text(&want, " 1:1<a>");
    size_t line = 1, column = 4;
    for (int i = 0; i < 400; i++) {
        tt_buf_f(&want, " %zu:%zu'", line, column);
        for (int k = 0; k < i; k++) {
            tt_buf_text(&in, k % 7 ? "ab]" : k % 2 ? "é\r\n" : "漢");
            tt_buf_text(&want, k % 7 ? "ab]" : k % 2 ? "é\n" : "漢");
            bool ends = k % 7 == 0 && k % 2;
            line += ends;
            column = ends ? 1 : column + (k % 7 ? 3 : 1);
        }
        if (i == 0)
            tt_buf_add(&in, "x", 1), tt_buf_add(&want, "x", 1), column++;
        tt_buf_text(&want, "'");
        if (i % 3 == 0) {
            tt_buf_f(&want, " %zu:%zu'&'", line, column);
            tt_buf_text(&in, "&amp;");
            column += 5;
        } else {
            tt_buf_text(&in, i % 3 == 1 ? "<!-- -->" : "<![CDATA[");
            column += i % 3 == 1 ? 8 : 9;
            if (i % 3 == 2) {
                tt_buf_f(&want, " %zu:%zu'cd'", line, column);
                tt_buf_text(&in, "cd]]>");
                column += 5;
            }
        }
    }
    tt_buf_text(&in, "</a>");
    tt_buf_f(&want, " %zu:%zu</a>", line, column);
    expect_steps((tt_str){in.p, in.n}, 0, 0, want.p, "", 0);
    expect_steps((tt_str){in.p, in.n}, 1, 0, want.p, "", 0);
    expect_steps((tt_str){in.p, in.n}, 1000, 0, want.p, "", 0);
    tt_buf_release(&in);
    tt_buf_release(&want);
}

/* ---- what is refused ---- */

static void test_broken(void **state)
{
    (void)state;
    static const struct {
        const char *in, *want, *of;
        size_t line;
    } cases[] = {
        {"", "", "broken XML", 1},
        {"text", "", "broken XML", 1},
        {"<a>\n<b>c</a>", " 1:1<a> 1:4'\n' 2:1<b> 2:4'c'", "mismatch", 2},
        {"<a>\n<b/>c", " 1:1<a> 1:4'\n' 2:1<b> 2:1</b>", "ends too early", 2},
        {"<a>b & c</a>", " 1:1<a> 1:4'b '", "broken XML", 1},
        {"<a>b</a><c/>", " 1:1<a> 1:4'b' 1:5</a>", "broken XML", 1},
        {"<a>\n&unknown;b</a>", " 1:1<a> 1:4'\n'", "`&unknown;`", 2},
        {"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n<a>b&x;</a>", " 2:1<a> 2:4'b'", "`&x;`", 2},
        {"<!DOCTYPE a [<!ENTITY x 'lol'><!ENTITY y '&x;&x;&x;'>]><a>&y;</a>", " 1:56<a>", "`&y;`", 1},
        {"<!DOCTYPE a [<!ENTITY x '<b/>'>]><a>&x;</a>", " 1:34<a>", "`&x;`", 1},
        {"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n<a b='&x;'/>", "", "`&x;`", 2},
        {"<!DOCTYPE a SYSTEM 'file:///etc/passwd'>\n<a>&x;</a>", " 2:1<a>", "`&x;`", 2},
        {"<?xml version='1.0' encoding='klingon'?><a/>", "", "`klingon` is not known", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect(tt_str_of(cases[i].in), TT_EINPUT, cases[i].want, cases[i].of, cases[i].line);
    expect((tt_str){"<a>b\0</a>", 9}, TT_EINPUT, " 1:1<a>", "NUL", 1);
}

static void repeat(tt_buf *out, size_t n, const char *text)
{
    for (size_t i = 0; i < n; i++)
        tt_buf_text(out, text);
}

/* Reads all; the number of events. */
static int run(tt_str in, size_t *n, tt_err *err)
{
    tt_input input;
    tt_xml *x;
    tt_xml_event e;
    tt_input_memory(&input, "a.xml", in);
    int rc = tt_xml_new(&x, &input, err);
    for (*n = 0; rc == 0 && (rc = tt_xml_next(x, &e, err)) == 0 && e.kind != TT_XML_END; ++*n)
        ;
    tt_xml_free(x);
    return rc;
}

static void test_limits(void **state)
{
    (void)state;
    tt_buf in = {0};
    tt_err err;
    size_t n;
    for (size_t over = 0; over < 2; over++) {
        tt_buf_reset(&in);
        repeat(&in, TT_XML_MAX_DEPTH + over, "<a>");
        repeat(&in, TT_XML_MAX_DEPTH + over, "</a>");
        assert_int_equal(run((tt_str){in.p, in.n}, &n, &err), over ? TT_ELIMIT : 0);
        assert_int_equal(n, over ? TT_XML_MAX_DEPTH : 2 * TT_XML_MAX_DEPTH);

        tt_buf_reset(&in);
        tt_buf_text(&in, "<r><b/><a");
        for (size_t i = 0; i < TT_XML_MAX_ATTRIBUTES + over; i++)
            tt_buf_f(&in, " a%zu='='", i);
        tt_buf_text(&in, "/></r>");
        assert_int_equal(run((tt_str){in.p, in.n}, &n, &err), over ? TT_ELIMIT : 0);
        assert_int_equal(n, over ? 3 : 6);

        tt_buf_reset(&in);
        tt_buf_text(&in, "<!DOCTYPE a [<!ENTITY x '");
        repeat(&in, TT_XML_MAX_ENTITY + over, "y");
        tt_buf_text(&in, "'>]><a>&x;</a>");
        assert_int_equal(run((tt_str){in.p, in.n}, &n, &err), over ? TT_EINPUT : 0);

        tt_buf_reset(&in);
        tt_buf_text(&in, "<!DOCTYPE a [");
        for (size_t i = 0; i < TT_XML_MAX_ENTITIES + over; i++)
            tt_buf_f(&in, "<!ENTITY x%zu 'y'>", i);
        tt_buf_f(&in, "]><a>&x%zu;</a>", TT_XML_MAX_ENTITIES + over - 1);
        assert_int_equal(run((tt_str){in.p, in.n}, &n, &err), over ? TT_EINPUT : 0);
    }
    tt_buf_release(&in);
}

/* 16 MB each: quadratic time would be noticed. */
static void test_large(void **state)
{
    (void)state;
    static const char *const parts[][3] = {{"<a>", "text text text &amp; ", "</a>"},
                                           {"<a><![CDATA[", "text ] text ]] <p> ", "]]></a>"},
                                           {"<a><!--", " text ", "--></a>"},
                                           {"<a b='", " text ", "'/>"},
                                           {"<a>", "<b/>", "</a>"},
                                           {"<a>", "<b c='1' d='2' xmlns='e'>f</b>", "</a>"},
                                           {"<a/>", "<!-- -->", ""},
                                           {"<a", "\n", "/>"},
                                           {"<!DOCTYPE a [", "<!ENTITY x 'y'>", "]><a>&x;</a>"},
                                           {"<a>", "&lt;", "</a>"}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        tt_buf in = {0};
        tt_err err;
        size_t n;
        tt_buf_text(&in, parts[i][0]);
        repeat(&in, ((size_t)16 << 20) / strlen(parts[i][1]), parts[i][1]);
        tt_buf_text(&in, parts[i][2]);
        assert_int_equal(run((tt_str){in.p, in.n}, &n, &err), 0);
        assert_true(n >= 2);
        tt_buf_release(&in);
    }
}

static const char sample[] = "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x 'y'>]>\n<a xmlns:p='u' "
                             "b='1'>t&amp;&x;&eacute;<p:c p:d='2'>é<![CDATA[x]]></p:c></a>";

/* What is cut off gives the events before and an error, never another ending. */
static void test_truncated(void **state)
{
    (void)state;
    for (size_t n = 0; n < sizeof sample - 1; n++) {
        tt_buf shown = {0};
        tt_err err = {0};
        tt_input input;
        tt_input_memory(&input, "a.xml", (tt_str){sample, n});
        assert_int_equal(show_all(&input, &shown, &err), TT_EINPUT);
        tt_buf_release(&shown);
        tt_input_close(&input);
    }
}

static const char *of_memory;

static int read_sample(void)
{
    size_t n;
    tt_err err;
    return run(tt_str_of(of_memory), &n, &err);
}

static void test_no_memory(void **state)
{
    (void)state;
    of_memory = sample;
    assert_true(fail_each(read_sample, TT_ENOMEM) > 5);
    of_memory = "<?xml version='1.0' encoding='koi8-r'?>\n<a>\xF1\n</a>";
    assert_true(fail_each(read_sample, TT_ENOMEM) > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_events),    cmocka_unit_test(test_utf16),     cmocka_unit_test(test_long_texts),
        cmocka_unit_test(test_broken),    cmocka_unit_test(test_limits),    cmocka_unit_test(test_large),
        cmocka_unit_test(test_truncated), cmocka_unit_test(test_no_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
