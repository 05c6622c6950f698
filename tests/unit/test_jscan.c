/* base/jscan and base/place: values and where a text is broken, the text of strings, agreement with cJSON on random and
 * changed JSON, and where the characters of pieces stand. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "base/jscan.h"
#include "base/place.h"

/* ---- values ---- */

/* All values as `key:kind raw`, in a copy without a byte behind it. */
static void show(tt_str json, tt_buf *to)
{
    static const char *const kinds[] = {"none", "{", "[", "close", "string", "number", "true", "false", "null", "end"};
    char *exact = malloc(json.n ? json.n : 1);
    assert_non_null(exact);
    memcpy(exact, json.p, json.n);
    tt_jscan s;
    tt_jscan_value v;
    tt_jscan_init(&s, (tt_str){exact, json.n});
    for (;;) {
        tt_jscan_kind kind = tt_jscan_next(&s, &v);
        assert_int_equal(kind, v.kind);
        if (kind == TT_JSCAN_BROKEN) {
            tt_buf_f(to, "%sbroken at %zu: %s", s.cut ? "cut, " : "", s.at, s.why);
            assert_int_equal(tt_jscan_next(&s, &v), TT_JSCAN_BROKEN);
            break;
        }
        if (v.key.p)
            tt_buf_f(to, "%.*s:", (int)v.key.n, v.key.p);
        tt_buf_text(to, kinds[kind]);
        if (kind == TT_JSCAN_STRING || kind == TT_JSCAN_NUMBER)
            tt_buf_f(to, " %.*s", (int)v.raw.n, v.raw.p);
        if (kind == TT_JSCAN_END)
            break;
        tt_buf_char(to, ' ');
    }
    free(exact);
}

static void test_values(void **state)
{
    static const struct {
        const char *in, *want;
    } cases[] = {
        {"{}", "{ close end"},
        {" [ ] \n", "[ close end"},
        {"\"\"", "string  end"},
        {"0", "number 0 end"},
        {"-12.5e+3", "number -12.5e+3 end"},
        {"1E5", "number 1E5 end"},
        {"true", "true end"},
        {"{\"a\":1,\"b\":[null,false,{\"c\":\"d\"}],\"\":{}}",
         "{ a:number 1 b:[ null false { c:string d close close :{ close close end"},
        {"[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\"]",
         "[ string \\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D close end"},
        {"", "cut, broken at 0: it ends too early"},
        {" ", "cut, broken at 1: it ends too early"},
        {"{", "{ cut, broken at 1: it ends too early"},
        {"[1", "[ number 1 cut, broken at 2: it ends too early"},
        {"[1,", "[ number 1 cut, broken at 3: it ends too early"},
        {"{\"a", "{ cut, broken at 3: it ends too early"},
        {"{\"a\"", "{ cut, broken at 4: it ends too early"},
        {"{\"a\":", "{ cut, broken at 5: it ends too early"},
        {"\"\\", "cut, broken at 2: it ends too early"},
        {"\"\\u12", "cut, broken at 5: it ends too early"},
        {"tru", "cut, broken at 3: it ends too early"},
        {"-", "cut, broken at 1: it ends too early"},
        {"1.", "cut, broken at 2: it ends too early"},
        {"1e", "cut, broken at 2: it ends too early"},
        {"[1]]", "[ number 1 close broken at 3: something is behind its end"},
        {"1 2", "number 1 broken at 2: something is behind its end"},
        {"[1 2]", "[ number 1 broken at 3: a comma is missing"},
        {"[1,]", "[ number 1 broken at 3: a value is missing"},
        {"[,1]", "[ broken at 1: a value is missing"},
        {"[1}", "[ number 1 broken at 2: a comma is missing"},
        {"{]", "{ broken at 1: a name in quotes is missing"},
        {"{\"a\":1,}", "{ a:number 1 broken at 7: a name in quotes is missing"},
        {"{a:1}", "{ broken at 1: a name in quotes is missing"},
        {"{\"a\" 1}", "{ broken at 5: a colon is missing"},
        {"{\"a\":}", "{ broken at 5: a value is missing"},
        {"[01]", "[ broken at 2: a number that is none"},
        {"[-x]", "[ broken at 2: a number that is none"},
        {"[1.x]", "[ broken at 3: a number that is none"},
        {"[1e+]", "[ broken at 4: a number that is none"},
        {"[+1]", "[ broken at 1: a value is missing"},
        {"[NaN]", "[ broken at 1: a value is missing"},
        {"[truex]", "[ true broken at 5: a comma is missing"},
        {"['a']", "[ broken at 1: a value is missing"},
        {"[\"\\x\"]", "[ broken at 2: a backslash that begins no escape"},
        {"[\"ab\\u12g4\"]", "[ broken at 4: a backslash that begins no escape"},
        {"[\"a\tb\"]", "[ broken at 3: a control character in a string; it should be an escape"},
        {"[\"a\nb\"]", "[ broken at 3: a control character in a string; it should be an escape"},
        {"[\f1]", "[ broken at 1: a value is missing"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_buf got = {0};
        show(tt_str_of(cases[i].in), &got);
        if (strcmp(got.p, cases[i].want) != 0)
            fail_msg("%s: got `%s`, wanted `%s`", cases[i].in, got.p, cases[i].want);
        tt_buf_release(&got);
    }
}

/* What ends a string is found at each distance from its start, whatever the stride of the search. */
static void test_long_strings(void **state)
{
    static const char *const ends[] = {"\"", "\\n\"", "\x1F\"", "\xC3\xA9\"", "\x7F\""};
    (void)state;
    for (size_t n = 0; n < 100; n++)
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
            tt_buf text = {0}, got = {0};
            tt_buf_char(&text, '"');
            for (size_t k = 0; k < n; k++)
                tt_buf_char(&text, i == 3 ? (char)0xFF : 'a');
            tt_buf_text(&text, ends[i]);
            show((tt_str){text.p, text.n}, &got);
            char broken[80];
            snprintf(broken, sizeof broken, "broken at %zu: a control character", n + 1);
            if (i == 2)
                assert_memory_equal(got.p, broken, strlen(broken));
            else
                assert_int_equal(got.n, strlen("string  end") + text.n - 2);
            tt_buf_release(&text);
            tt_buf_release(&got);
        }
}

static void test_depth_and_skip(void **state)
{
    (void)state;
    for (size_t more = 0; more < 2; more++) {
        tt_buf text = {0};
        for (size_t i = 0; i < TT_JSCAN_DEPTH + more; i++)
            tt_buf_char(&text, '[');
        size_t n = text.n;
        for (size_t i = 0; i < n; i++)
            tt_buf_char(&text, ']');
        tt_jscan s;
        tt_jscan_value v;
        tt_jscan_init(&s, (tt_str){text.p, text.n});
        assert_int_equal(tt_jscan_next(&s, &v), TT_JSCAN_ARRAY);
        assert_int_equal(tt_jscan_skip(&s, &v), more == 0);
        if (more)
            assert_string_equal(s.why, "it is nested deeper than 1000 levels");
        else
            assert_true(v.raw.p == text.p && v.raw.n == text.n);
        tt_buf_release(&text);
    }
    tt_jscan s;
    tt_jscan_value v;
    tt_jscan_init(&s, TT_S("{\"a\":{\"b\":[1,{}]},\"c\":2}"));
    tt_jscan_next(&s, &v);
    tt_jscan_next(&s, &v);
    assert_true(tt_jscan_skip(&s, &v));
    assert_true(tt_str_is(v.raw, "{\"b\":[1,{}]}") && tt_str_is(v.key, "a"));
    assert_int_equal(tt_jscan_next(&s, &v), TT_JSCAN_NUMBER);
    assert_true(tt_str_is(v.key, "c"));
}

static void test_text(void **state)
{
    static const struct {
        const char *raw, *want;
    } cases[] = {
        {"", ""},
        {"abc", "abc"},
        {"\\\"\\\\\\/\\b\\f\\n\\r\\t", "\"\\/\b\f\n\r\t"},
        {"\\u0041\\u00e9\\u20AC", "A\u00e9\u20ac"},
        {"\\ud83d\\ude00!", "\U0001F600!"},
        {"\\uD83D", "\uFFFD"},
        {"\\ud83dx", "\uFFFDx"},
        {"\\ud83d\\n", "\uFFFD\n"},
        {"\\ud83d\\ud83d\\ude00", "\uFFFD\U0001F600"},
        {"\\ude00\\ud83d", "\uFFFD\uFFFD"},
        {"\\ud83d\\u0041", "\uFFFD"
                           "A"},
        {"a\\u0000b", "a\uFFFD"
                      "b"},
        {"\xC3\xA9\xFF", "\xC3\xA9\xFF"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_buf got = {0};
        tt_jscan_text(tt_str_of(cases[i].raw), &got);
        assert_string_equal(got.p ? got.p : "", cases[i].want);
        tt_buf_release(&got);
    }
    assert_true(tt_jscan_is(TT_S("t\\u0065xt"), "text"));
    assert_false(tt_jscan_is(TT_S("text"), "tex"));
    assert_false(tt_jscan_is(TT_S("tex"), "text"));
    assert_false(tt_jscan_is(TT_S("Text"), "text"));
    assert_true(tt_jscan_is_nocase(TT_S("TEX\\u0054"), "text"));
    assert_false(tt_jscan_is_nocase(TT_S("te\\u0078\\u00f4"), "text"));
}

/* ---- cJSON ---- */

static uint32_t seed = 7;

static uint32_t any(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
}

static void make_string(tt_buf *to)
{
    static const char *const parts[] = {"a",
                                        "key",
                                        "\\n",
                                        "\\\"",
                                        "\\\\",
                                        "\xC3\xA9",
                                        "\\u20ac",
                                        "\\ud83d\\ude00",
                                        "a longer piece of plain text, so that a stride fits",
                                        "/",
                                        "\\/",
                                        "{[,:]}"};
    tt_buf_char(to, '"');
    for (uint32_t n = any(4); n > 0; n--)
        tt_buf_text(to, parts[any(sizeof parts / sizeof *parts)]);
    tt_buf_char(to, '"');
}

static void make_space(tt_buf *to)
{
    static const char *const spaces[] = {"", "", "", " ", "\n", "\r\n", "\t "};
    tt_buf_text(to, spaces[any(7)]);
}

static void make_value(tt_buf *to, uint32_t depth)
{
    static const char *const words[] = {"true", "false", "null", "0", "-1", "12.5", "1e3", "-0.5E-2"};
    uint32_t kind = any(depth > 4 ? 2 : 4), n = any(4);
    make_space(to);
    if (kind == 0)
        tt_buf_text(to, words[any(8)]);
    if (kind == 1)
        make_string(to);
    if (kind >= 2) {
        tt_buf_char(to, kind == 2 ? '[' : '{');
        for (uint32_t i = 0; i < n; i++) {
            tt_buf_text(to, i ? "," : "");
            make_space(to);
            if (kind == 3) {
                make_string(to);
                make_space(to);
                tt_buf_char(to, ':');
            }
            make_value(to, depth + 1);
        }
        make_space(to);
        tt_buf_char(to, kind == 2 ? ']' : '}');
    }
    make_space(to);
}

static void same_text(tt_str raw, const char *want)
{
    tt_buf got = {0};
    tt_jscan_text(raw, &got);
    assert_string_equal(got.p ? got.p : "", want);
    tt_buf_release(&got);
}

/* The tree says what the scan says, which stands before `item`. */
static void compare(tt_jscan *s, const cJSON *item)
{
    tt_jscan_value v;
    tt_jscan_kind kind = tt_jscan_next(s, &v);
    assert_int_equal(v.key.p != NULL, item->string != NULL);
    if (item->string)
        same_text(v.key, item->string);
    assert_int_equal(kind, cJSON_IsObject(item)   ? TT_JSCAN_OBJECT
                           : cJSON_IsArray(item)  ? TT_JSCAN_ARRAY
                           : cJSON_IsString(item) ? TT_JSCAN_STRING
                           : cJSON_IsNumber(item) ? TT_JSCAN_NUMBER
                           : cJSON_IsTrue(item)   ? TT_JSCAN_TRUE
                           : cJSON_IsFalse(item)  ? TT_JSCAN_FALSE
                                                  : TT_JSCAN_NULL);
    if (kind == TT_JSCAN_STRING)
        same_text(v.raw, item->valuestring);
    if (kind != TT_JSCAN_OBJECT && kind != TT_JSCAN_ARRAY)
        return;
    for (const cJSON *child = item->child; child; child = child->next)
        compare(s, child);
    assert_int_equal(tt_jscan_next(s, &v), TT_JSCAN_CLOSE);
}

/* NULL: fine; else why not. *at is where. */
static const char *fault(tt_str text, size_t *at)
{
    tt_jscan s;
    tt_jscan_value v;
    tt_jscan_kind kind;
    tt_jscan_init(&s, text);
    while ((kind = tt_jscan_next(&s, &v)) != TT_JSCAN_END && kind != TT_JSCAN_BROKEN)
        ;
    *at = s.at;
    return kind == TT_JSCAN_END ? NULL : s.why;
}

/* cJSON reads more than RFC 8259 allows: any character up to a blank as white space and in strings, numbers as strtod does
 * (01, 1., -), a \u with fewer than 4 digits as 0, what ends in a NUL. */
static bool lenient(tt_str text, size_t at, const char *why)
{
    unsigned char c = at < text.n ? (unsigned char)text.p[at] : 0;
    return strcmp(why, "a number that is none") == 0 || strncmp(why, "a control", 9) == 0 || c <= ' ' ||
           (at > 0 && (unsigned char)text.p[at - 1] >= '0' && (unsigned char)text.p[at - 1] <= '9') ||
           strcmp(why, "a backslash that begins no escape") == 0;
}

static bool half_or_nul(tt_str text)
{
    for (size_t i = 0; i + 6 <= text.n; i++)
        if (memcmp(text.p + i, "\\u", 2) == 0 &&
            (memcmp(text.p + i + 2, "0000", 4) == 0 || text.p[i + 2] == 'd' || text.p[i + 2] == 'D'))
            return true;
    return false;
}

static void check_both(tt_str text, size_t *n_fine, size_t *n_broken)
{
    size_t at;
    const char *why = fault(text, &at), *end = NULL;
    cJSON *tree = cJSON_ParseWithLengthOpts(text.p, text.n, &end, false);
    while (tree && end < text.p + text.n && strchr(" \t\r\n", *end) && *end)
        end++;
    bool fine = tree && end == text.p + text.n;
    if (!why && !fine && !half_or_nul(text))
        fail_msg("cJSON refuses %.*s", (int)text.n, text.p);
    if (why && fine && !lenient(text, at, why))
        fail_msg("cJSON takes %.*s, and not: %s at %zu", (int)text.n, text.p, why, at);
    if (!why && fine && !half_or_nul(text)) {
        tt_jscan s;
        tt_jscan_init(&s, text);
        compare(&s, tree);
    }
    *n_fine += !why;
    *n_broken += why != NULL;
    cJSON_Delete(tree);
}

static void test_as_cjson(void **state)
{
    static const char bytes[] = "\"\\{}[]:,0-.eau1 \n\t\x01t";
    size_t n_fine = 0, n_broken = 0;
    (void)state;
    for (int round = 0; round < 20000; round++) {
        tt_buf text = {0};
        make_value(&text, 0);
        check_both((tt_str){text.p, text.n}, &n_fine, &n_broken);
        for (uint32_t n = any(4); n > 0 && text.n > 0; n--) {
            uint32_t at = any((uint32_t)text.n);
            if (any(3) == 0)
                text.n -= any((uint32_t)text.n - at);
            else if (at < text.n)
                text.p[at] = bytes[any(sizeof bytes - 1)];
            if (text.n > 0)
                check_both((tt_str){text.p, text.n}, &n_fine, &n_broken);
        }
        tt_buf_release(&text);
    }
    assert_true(n_fine > 20000 && n_broken > 10000);
}

/* ---- places ---- */

static void test_place_in_file(void **state)
{
    static const char text[] = "ab\r\nc\xC3\xA9"
                               "d\re\n\n\xFF\xC3x\xE2\x82\xAC!\r";
    static const struct {
        size_t at, line, column;
    } want[] = {{0, 1, 1},  {2, 1, 3},  {4, 2, 1},  {5, 2, 2},  {7, 2, 3},  {8, 2, 4},  {9, 3, 1},  {10, 3, 2},
                {11, 4, 1}, {12, 5, 1}, {13, 5, 2}, {14, 5, 3}, {15, 5, 4}, {18, 5, 5}, {19, 5, 6}, {20, 6, 1}};
    tt_place rising;
    (void)state;
    tt_place_file(&rising, TT_S(text), 1);
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        tt_place p;
        tt_place_file(&p, TT_S(text), 1);
        tt_place_to(&p, want[i].at);
        tt_place_to(&rising, want[i].at);
        assert_true(p.line == want[i].line && p.column == want[i].column);
        assert_true(rising.line == want[i].line && rising.column == want[i].column);
    }
}

/* `text @ line:column` for each stretch with a locus of its own. */
static void show_loci(const tt_loci *s, tt_buf *to)
{
    uint32_t nth = 0;
    size_t k = 0;
    for (size_t at = 0; at < s->text.n; nth++) {
        if (k < s->n && s->v[k].nth == nth) {
            tt_buf_f(to, "@%u:%u ", s->v[k].line, s->v[k].column);
            k++;
        }
        size_t n = 1;
        while (at + n < s->text.n && ((unsigned char)s->text.p[at + n] & 0xC0) == 0x80)
            n++;
        tt_buf_add(to, s->text.p + at, n);
        at += n;
    }
    assert_int_equal(k, s->n);
}

static void check_loci(tt_loci *s, const char *want)
{
    tt_buf got = {0};
    show_loci(s, &got);
    assert_string_equal(got.p ? got.p : "", want);
    tt_buf_release(&got);
}

static void test_place_of_strings(void **state)
{
    static const char file[] = "{\n \"a\": \"x\\\"\xC3\xA9\\r\\ny\\r\\u000az\\r\\t\\ud83d\\ude00.\"}";
    const char *from = strchr(file, 'x'), *end = strrchr(file, '"');
    tt_loci out = {0}, html = {0}, copy = {0};
    tt_place p;
    (void)state;
    tt_place_file(&p, TT_S(file), 1);
    tt_place_string(&p, (tt_str){from, (size_t)(end - from)}, &out);
    check_loci(&out,
               "@2:8 x@2:9 \"@2:11 \xC3\xA9@2:12 \n@2:16 y@2:17 \n@2:25 z@2:26 \n@2:28 \t@2:30 \U0001F600@2:42 .");
    assert_true(p.line == 2 && p.column == 43);
    /* out of that text: its loci go with the pieces */
    tt_place_loci(&p, &out);
    tt_place_to(&p, 1);
    tt_place_html(&p, out.text.n, &html);
    check_loci(&html, "@2:9 &quot;@2:11 \xC3\xA9@2:12 \n@2:16 y@2:17 \n@2:25 z@2:26 \n@2:28 \t@2:30 \U0001F600@2:42 .");
    tt_place_loci(&p, &out);
    tt_place_copy(&p, 4, &copy);
    check_loci(&copy, "@2:8 x@2:9 \"@2:11 \xC3\xA9");
    tt_loci_release(&out);
    tt_loci_release(&html);
    tt_loci_release(&copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),           cmocka_unit_test(test_long_strings),
        cmocka_unit_test(test_depth_and_skip),   cmocka_unit_test(test_text),
        cmocka_unit_test(test_as_cjson),         cmocka_unit_test(test_place_in_file),
        cmocka_unit_test(test_place_of_strings),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
