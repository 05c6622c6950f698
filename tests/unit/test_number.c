/* number: number forms in titles and in names of files. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "read/meta.h"

static void leading_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        long long number; /* -1: none */
        const char *rest;
        bool bare;
    } cases[] = {
        {"#12", 12, "", false},
        {"#12: a", 12, "a", false},
        {"#012 - a", 12, "a", false},
        {"#12 – a", 12, "a", false},
        {"#12 | a", 12, "a", false},
        {"#12：a", 12, "a", false},
        {"#12 a", 12, "a", false},
        {"#12, a", 12, "a", false},
        {"#12 .NET", 12, ".NET", false},
        {"#12 -5 degrees", 12, "-5 degrees", false},
        {"#12!", 12, "!", false},
        {"#12🎉", 12, "🎉", false},
        {"  #12 a", 12, "a", false},
        {"#0 a", 0, "a", false},
        {"Issue 12", 12, "", false},
        {"issue 12: a", 12, "a", false},
        {"Issue #12. a", 12, "a", false},
        {"ISSUE#12", 12, "", false},
        {"No. 12", 12, "", false},
        {"No.12 a", 12, "a", false},
        {"第 12 期：a", 12, "a", false},
        {"第12期", 12, "", false},
        {"12. a", 12, "a", true},
        {"12: a", 12, "a", true},
        {"12.", 12, "", true},
        {"12. a", -1, NULL, false},
        {"12: a", -1, NULL, false},
        {"12 a", -1, NULL, true},
        {"12", -1, NULL, true},
        {"3.5 ways", -1, NULL, true},
        {"12:30 news", -1, NULL, true},
        {"12.a", -1, NULL, true},
        {"#3.5 a", -1, NULL, true},
        {"Issue 1,000", -1, NULL, true},
        {"#12a", -1, NULL, true},
        {"#12é", -1, NULL, true},
        {"#", -1, NULL, true},
        {"# 12", -1, NULL, true},
        {"Issue12", -1, NULL, true},
        {"Issues 12", -1, NULL, true},
        {"Issue", -1, NULL, true},
        {"Issue twelve", -1, NULL, true},
        {"No 12", -1, NULL, true},
        {"The #12", -1, NULL, true},
        {"第 12", -1, NULL, true},
        {"第 12 期号", -1, NULL, true},
        {"2020: a year", -1, NULL, true},
        {"1900. a", -1, NULL, true},
        {"2099: a", -1, NULL, true},
        {"1899. a", 1899, "a", true},
        {"2100: a", 2100, "a", true},
        {"Issue 2019", -1, NULL, true},
        {"#2019 a", 2019, "a", true},
        {"#99999999999999999999", -1, NULL, true},
        {"", -1, NULL, true},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int64_t number = -1;
        size_t n = tt_number_leading(tt_str_of(cases[i].in), cases[i].bare, &number);
        if (number != cases[i].number || (n > 0) != (number >= 0) ||
            (n > 0 && strcmp(cases[i].in + n, cases[i].rest) != 0))
            fail_msg("`%s`: %lld, %zu bytes", cases[i].in, (long long)number, n);
    }
}

static void trailing_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        bool part;
        long long number;
        const char *rest;
    } cases[] = {
        {"This Week in Rust 308", false, 308, "This Week in Rust"},
        {"Weekly #12", false, 12, "Weekly"},
        {"Weekly (#12)", false, 12, "Weekly"},
        {"Weekly [12] ", false, 12, "Weekly"},
        {"周刊（第 308 期）", false, 308, "周刊"},
        {"周刊第12期", false, 12, "周刊"},
        {"Weekly 12: all about 3", false, 3, "Weekly 12: all about"},
        {"Weekly 12: all about", true, 12, "Weekly"},
        {"Weekly #12 - a - b 4", true, 12, "Weekly"},
        {"Weekly 12 – a", true, 12, "Weekly"},
        {"Weekly 12 — a", true, 12, "Weekly"},
        {"Weekly 12 | a", true, 12, "Weekly"},
        {"周刊（第 12 期）：标题", true, 12, "周刊"},
        {"12", false, 12, ""},
        {"#2020", false, 2020, ""},
        {"Weekly 12", true, -1, NULL},
        {"Weekly: 12", true, -1, NULL},
        {"GPT-3", false, -1, NULL},
        {"Version 3.5", false, -1, NULL},
        {"C#12", false, -1, NULL},
        {"R2", false, -1, NULL},
        {"Review 2020", false, -1, NULL},
        {"Weekly 12)", false, -1, NULL},
        {"Weekly (12", false, -1, NULL},
        {"周刊 12 期", false, -1, NULL},
        {"Weekly", false, -1, NULL},
        {"", false, -1, NULL},
        {")", false, -1, NULL},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int64_t number = -1;
        tt_str rest = {0};
        bool found = tt_number_trailing(tt_str_of(cases[i].in), cases[i].part, &number, &rest);
        if (number != cases[i].number || found != (number >= 0) || (found && !tt_str_is(rest, cases[i].rest)))
            fail_msg("`%s`: %lld, `%.*s`", cases[i].in, (long long)number, (int)rest.n, rest.p);
    }
}

static void numbers_in_stems(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        long long number;
    } cases[] = {
        {"012.md", 12},
        {"a/b/7.txt", 7},
        {"7", 7},
        {"issue-12.md", 12},
        {"Issue 12.md", 12},
        {"no_3.md", 3},
        {"nr.4.md", 4},
        {"number-5.md", 5},
        {"edition-06.md", 6},
        {"vol-7.md", 7},
        {"episode 8.md", 8},
        {"x/issue-100.markdown", 100},
        {"002_898b925a.txt", -1},
        {"gpt-3.md", -1},
        {"covid-19.md", -1},
        {"issue12.md", -1},
        {"issue-.md", -1},
        {"issue-12-b.md", -1},
        {"my-issue-12.md", -1},
        {"12/a.md", -1},
        {"", -1},
        {"-", -1},
        {".12", -1},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int64_t number = -1;
        bool found = tt_number_in_stem(tt_str_of(cases[i].in), &number);
        if (found != (cases[i].number >= 0) || (found && number != cases[i].number))
            fail_msg("`%s`: %d %lld", cases[i].in, (int)found, (long long)number);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leading_numbers),
        cmocka_unit_test(trailing_numbers),
        cmocka_unit_test(numbers_in_stems),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
