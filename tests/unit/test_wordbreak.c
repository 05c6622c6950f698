/* wordbreak: Unicode's own test of the default word boundaries (UAX #29), whole. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/unicode.h"
#include "tag/token.h"

/* One line of WordBreakTest.txt: `÷ 0041 × 0308 ÷ …`. Fills the text and where it must break. */
static void read_case(const char *line, tt_buf *text, tt_buf *breaks)
{
    tt_buf_reset(text);
    tt_buf_reset(breaks);
    for (const char *p = line; *p && *p != '#' && *p != '\n';) {
        char *end;
        if (strncmp(p, "÷", 2) == 0 || strncmp(p, "×", 2) == 0) {
            while (breaks->n < text->n)
                tt_buf_char(breaks, '.');
            tt_buf_char(breaks, strncmp(p, "÷", 2) == 0 ? '|' : '.');
            p += 2;
        } else if (*p == ' ' || *p == '\t') {
            p++;
        } else {
            char utf8[TT_UTF8_MAX];
            tt_buf_add(text, utf8, tt_utf8_encode((uint32_t)strtoul(p, &end, 16), utf8));
            p = end;
        }
    }
}

static void test_word_break_test(void **state)
{
    (void)state;
    FILE *f = fopen("tests/spec/WordBreakTest.txt", "r");
    assert_non_null(f);
    char line[2000];
    tt_buf text = {0}, want = {0}, got = {0};
    int n_cases = 0;
    while (fgets(line, sizeof line, f)) {
        if (line[0] == '#' || line[0] == '\n')
            continue;
        read_case(line, &text, &want);
        tt_buf_reset(&got);
        tt_buf_char(&got, '|');
        for (size_t at = 0; at < text.n;) {
            at = tt_word_next(text.p, text.n, at);
            while (got.n < at)
                tt_buf_char(&got, '.');
            tt_buf_char(&got, '|');
        }
        if (strcmp(got.p, want.p) != 0)
            fail_msg("%s: %s", line, got.p);
        n_cases++;
    }
    fclose(f);
    assert_true(n_cases > 1800);
    tt_buf_release(&text);
    tt_buf_release(&want);
    tt_buf_release(&got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_word_break_test),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
