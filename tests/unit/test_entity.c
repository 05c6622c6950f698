/* base/entity: character references. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/entity.h"
#include "base/entity_table.h"
#include "base/str.h"
#include "base/unicode.h"

static const struct {
    const char *name, *in, *want; /* want NULL: no reference there */
    size_t n;                     /* bytes that it takes */
} cases[] = {
    {"name", "&amp;", "&", 5},
    {"shortest name", "&lt;", "<", 4},
    {"text follows", "&amp;amp;", "&", 5},
    {"two bytes", "&eacute;t", "\u00E9", 8},
    {"three bytes", "&rsquo;s", "\u2019", 7},
    {"four bytes", "&Afr;", "\U0001D504", 5},
    {"two characters", "&NotEqualTilde;", "\u2242\u0338", 15},
    {"case counts", "&Eacute;", "\u00C9", 8},
    {"digits in a name", "&frac12;", "\u00BD", 8},
    {"longest name", "&CounterClockwiseContourIntegral;", "\u2233", 33},
    {"first of the table", "&AElig;", "\u00C6", 7},
    {"last of the table", "&zwnj;", "\u200C", 6},
    {"no-break space", "&nbsp;", "\u00A0", 6},
    {"wrong case", "&EACUTE;", NULL, 0},
    {"unknown", "&foo;", NULL, 0},
    {"prefix of a name", "&eacut;", NULL, 0},
    {"name and more", "&eacutes;", NULL, 0},
    {"no semicolon", "&amp", NULL, 0},
    {"no semicolon, legacy", "&copy 2020", NULL, 0},
    {"semicolon far away", "&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa;", NULL, 0},
    {"blank", "& amp;", NULL, 0},
    {"ampersand of a company", "AT&T;", NULL, 0},
    {"no ampersand", "amp;", NULL, 0},
    {"ampersand alone", "&", NULL, 0},
    {"empty name", "&;ab", NULL, 0},
    {"empty", "", NULL, 0},

    {"hexadecimal", "&#x27;s", "'", 6},
    {"hexadecimal, X", "&#X27;", "'", 6},
    {"hexadecimal, both cases", "&#x1f50C;", "\U0001F50C", 9},
    {"decimal", "&#8217;", "\u2019", 7},
    {"decimal, leading zeros", "&#00000000000000000000039;", "'", 26},
    {"decimal, one digit", "&#9;x", "\t", 4},
    {"NUL", "&#0;", "\uFFFD", 4},
    {"surrogate, first", "&#xD800;", "\uFFFD", 8},
    {"surrogate, last", "&#xDFFF;", "\uFFFD", 8},
    {"before the surrogates", "&#xD7FF;", "\xED\x9F\xBF", 8},
    {"behind the surrogates", "&#xE000;", "\xEE\x80\x80", 8},
    {"last character", "&#x10FFFF;", "\xF4\x8F\xBF\xBF", 10},
    {"above the last", "&#x110000;", "\uFFFD", 10},
    {"far above the last", "&#99999999999999999999999999;", "\uFFFD", 29},
    {"wraps in 32 bits", "&#x100000041;", "\uFFFD", 13},
    {"128 is Windows-1252", "&#128;", "\u20AC", 6},
    {"146 is Windows-1252", "&#146;", "\u2019", 6},
    {"0x9F is Windows-1252", "&#x9F;", "\u0178", 6},
    {"129 is in no page", "&#129;", "\xC2\x81", 6},
    {"160 is itself", "&#160;", "\u00A0", 6},
    {"127 is itself", "&#127;", "\x7F", 6},
    {"no digits", "&#;ab", NULL, 0},
    {"no hexadecimal digits", "&#x;a", NULL, 0},
    {"hexadecimal digits in decimal", "&#1A;", NULL, 0},
    {"no hexadecimal digit", "&#xG;", NULL, 0},
    {"number without semicolon", "&#8217 ", NULL, 0},
    {"number cut off", "&#8217", NULL, 0},
    {"sign", "&#-1;", NULL, 0},
};

static void test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[TT_ENTITY_MAX];
        size_t n_out = 0, n = tt_entity(cases[i].in, strlen(cases[i].in), out, &n_out);
        const char *want = cases[i].want ? cases[i].want : "";
        if (n != cases[i].n || n_out != strlen(want) || memcmp(out, want, n_out) != 0)
            fail_msg("%s: %s took %zu bytes and gave %.*s", cases[i].name, cases[i].in, n, (int)n_out, out);
    }
}

/* No byte behind the `n` that are there is read: the `;` stands right behind them. */
static void test_cut(void **state)
{
    (void)state;
    static const char *const whole[] = {"&amp;", "&#x27;", "&#39;", "&NotEqualTilde;"};
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        for (size_t n = 0; n < strlen(whole[i]); n++) {
            char out[TT_ENTITY_MAX];
            size_t n_out;
            assert_int_equal(tt_entity(whole[i], n, out, &n_out), 0);
        }
    }
}

/* Every name of the table is found, which also proves that it is sorted. */
static void test_table(void **state)
{
    (void)state;
    size_t n_rows = sizeof tt_entity_table / sizeof *tt_entity_table;
    assert_int_equal(n_rows, 2125);
    for (size_t i = 0; i < n_rows; i++) {
        char name[64], want[TT_ENTITY_MAX], out[TT_ENTITY_MAX];
        size_t n = (size_t)snprintf(name, sizeof name, "&%s;", tt_entity_table[i].name), n_out = 0;
        assert_true(n <= TT_ENTITY_NAME_MAX + 2);
        size_t n_want = tt_utf8_encode(tt_entity_table[i].first, want);
        if (tt_entity_table[i].second)
            n_want += tt_utf8_encode(tt_entity_table[i].second, want + n_want);
        assert_int_equal(tt_entity(name, n, out, &n_out), n);
        assert_int_equal(n_out, n_want);
        assert_memory_equal(out, want, n_want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_table),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
