/* report/look: palettes and languages, and that the colours of a palette can be told apart. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "base/unicode.h"
#include "report/look.h"

static double channel(const char *c, int i)
{
    static const char digits[] = "0123456789ABCDEF";
    double v = (double)((strchr(digits, c[1 + 2 * i]) - digits) * 16 + (strchr(digits, c[2 + 2 * i]) - digits)) / 255;
    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static double luminance(const char *c)
{
    return 0.2126 * channel(c, 0) + 0.7152 * channel(c, 1) + 0.0722 * channel(c, 2);
}

/* CIE lightness, 0 to 100: what is left in grey. */
static double lightness(const char *c)
{
    return 116 * cbrt(luminance(c)) - 16;
}

static void test_palettes(void **state)
{
    (void)state;
    static const char *const names[] = {NULL, "default", "tol", "grey"};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        tt_palette p;
        assert_int_equal(tt_palette_parse(&p, names[k], NULL), 0);
        for (size_t i = 0; i < TT_LOOK_COLORS; i++) {
            assert_int_equal(strlen(p.series[i]), 7);
            assert_true(1.05 / (luminance(p.series[i]) + 0.05) >= 3); /* WCAG 2.1, 1.4.11 */
            for (size_t j = 0; j < i; j++)
                assert_string_not_equal(p.series[i], p.series[j]);
            if (i)
                assert_true(fabs(lightness(p.series[i]) - lightness(p.series[i - 1])) > 8);
        }
    }
}

static void test_given_colors(void **state)
{
    (void)state;
    tt_palette p;
    assert_int_equal(tt_palette_parse(&p, "#0072b2", NULL), 0);
    for (size_t i = 0; i < TT_LOOK_COLORS; i++)
        assert_string_equal(p.series[i], "#0072b2");
    assert_int_equal(tt_palette_parse(&p, "#111111, #222222,#333333", NULL), 0);
    assert_string_equal(p.series[1], "#222222");
    assert_string_equal(p.series[3], "#111111");
    assert_string_equal(p.series[7], "#222222");
    static const char *const bad[] = {"",
                                      "nice",
                                      "#12345",
                                      "#1234567",
                                      "0072B2",
                                      "#00g2B2",
                                      "#111111,",
                                      ",#111111",
                                      "#111111,,#222222",
                                      "#111111,#111111,#111111,#111111,#111111,#111111,#111111,#111111,#111111"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        tt_err err = {0};
        print_message("# %s\n", bad[i]);
        assert_int_equal(tt_palette_parse(&p, bad[i], &err), TT_EUSAGE);
        assert_non_null(strstr(err.text, "default, tol, grey"));
    }
}

static void test_colors(void **state)
{
    (void)state;
    tt_color c;
    tt_color_mix(c, "#FF0000", "#0000FF", 0.5);
    assert_string_equal(c, "#800080");
    tt_color_mix(c, "#102030", "#FFFFFF", 1);
    assert_string_equal(c, "#102030");
    tt_color_mix(c, "#102030", "#FFFFFF", 0);
    assert_string_equal(c, "#FFFFFF");
    assert_true(tt_color_dark("#0072B2"));
    assert_true(tt_color_dark("#000000"));
    assert_false(tt_color_dark("#FFFFFF"));
    assert_false(tt_color_dark("#CF7A00"));
}

static void test_months(void **state)
{
    (void)state;
    static const char *const codes[] = {"en", "cs", "da", "de", "es", "fi", "fr", "it", "ja",
                                        "nb", "nl", "pl", "pt", "ru", "sv", "tr", "zh"};
    static const struct {
        const char *code;
        int month;
        const char *name, *brief;
    } cases[] = {{NULL, 1, "January", "Jan"}, {"de", 3, "März", "Mär"},       {"fr", 8, "août", "août"},
                 {"ja", 10, "10月", "10月"},  {"ru", 5, "мая", "мая"},        {"pl", 12, "grudnia", "gru"},
                 {"tr", 2, "Şubat", "Şub"},   {"pt", 3, "março", "mar"},      {"es", 9, "septiembre", "sept"},
                 {"nl", 3, "maart", "mrt"},   {"fi", 1, "tammikuuta", "tam"}, {"cs", 9, "září", "zář"},
                 {"sv", 8, "augusti", "aug"}, {"da", 10, "oktober", "okt"},   {"nb", 12, "desember", "des"},
                 {"it", 7, "luglio", "lug"},  {"zh", 1, "1月", "1月"}};
    const tt_lang *lang;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        assert_int_equal(tt_lang_find(&lang, codes[i], NULL), 0);
        assert_string_equal(lang->code, codes[i]);
        for (size_t k = 0; k < 12; k++) {
            assert_true(tt_utf8_valid(lang->months[k], strlen(lang->months[k])));
            assert_true(strlen(lang->shorts[k]) > 0 && strlen(lang->shorts[k]) <= 8);
            for (size_t j = 0; j < k; j++) {
                assert_string_not_equal(lang->months[k], lang->months[j]);
                assert_string_not_equal(lang->shorts[k], lang->shorts[j]);
            }
        }
    }
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(tt_lang_find(&lang, cases[i].code, NULL), 0);
        assert_string_equal(lang->months[cases[i].month - 1], cases[i].name);
        assert_string_equal(lang->shorts[cases[i].month - 1], cases[i].brief);
    }
    tt_err err = {0};
    assert_int_equal(tt_lang_find(&lang, "xx", &err), TT_EUSAGE);
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        assert_non_null(strstr(err.text, codes[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_palettes),
        cmocka_unit_test(test_given_colors),
        cmocka_unit_test(test_colors),
        cmocka_unit_test(test_months),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
