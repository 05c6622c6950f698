/* date: forms of dates in metadata, dates in paths. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "read/date.h"

typedef struct date_case {
    const char *in;
    tt_date_result want;
    const char *day; /* "" where there is none */
} date_case;

static void expect(const date_case *c)
{
    int32_t day = 0;
    char text[TT_DATE_SIZE];
    tt_date_result r = tt_date_parse(tt_str_of(c->in), &day);
    tt_day_format(day, text);
    if (r != c->want || strcmp(text, c->day) != 0)
        fail_msg("`%s`: got %d %s, want %d %s", c->in, (int)r, text, (int)c->want, c->day);
}

static void accepted_forms(void **state)
{
    (void)state;
    static const char *const same[] = {
        "2020-10-11",
        " 2020-10-11 ",
        "2020-10-11T23:59:59Z",
        "2020-10-11T00:30:00+02:00",
        "2020-10-11t08:00",
        "2020-10-11 23:30:00 -0800",
        "2020-10-11 08:00:00.123456 +00:00",
        "2020-10-11T080000Z",
        "2020-10-11T08",
        "2020-10-11Z",
        "2020-10-11+02:00",
        "2020-10-11 10:00 Europe/Amsterdam",
        "2020-10-11 10:00 (CEST)",
        "2020/10/11",
        "2020/10/11 10:00",
        "2020.10.11",
        "20201011",
        "20201011T101500Z",
        "20201011 10:15",
        "Sun, 11 Oct 2020 10:00:00 +0200",
        "11 Oct 2020 10:00:00 GMT",
        "Sun, 11 Oct 20 10:00:00 GMT",
        "sunday, 11 OCTOBER 2020",
        "11 October 2020",
        "11th October 2020",
        "11th of October, 2020",
        "11. October 2020",
        "11-Oct-2020",
        "11/Oct/2020",
        "11 Oct. 2020",
        "11 Oct, 2020",
        "October 11, 2020",
        "Oct 11 2020",
        "Oct. 11th, 2020",
        "Sunday, October 11, 2020",
        "October 11, 2020 at 10:00 AM",
        "October 11, 2020, 10:00",
        "Sun October 11, 2020",
        "2020-Oct-11",
        "2020 October 11",
        "Monday, October 11, 2020",
    };
    for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++)
        expect(&(date_case){same[i], TT_DATE_OK, "2020-10-11"});
}

static void other_days(void **state)
{
    (void)state;
    static const date_case cases[] = {
        {"2020-1-2", TT_DATE_OK, "2020-01-02"},          {"2020/1/2", TT_DATE_OK, "2020-01-02"},
        {"2 January 2020", TT_DATE_OK, "2020-01-02"},    {"January 2, 2020", TT_DATE_OK, "2020-01-02"},
        {"2nd Feb 2020", TT_DATE_OK, "2020-02-02"},      {"March 3rd 2020", TT_DATE_OK, "2020-03-03"},
        {"1st April 2020", TT_DATE_OK, "2020-04-01"},    {"May 5, 2020", TT_DATE_OK, "2020-05-05"},
        {"5 jun 2020", TT_DATE_OK, "2020-06-05"},        {"5 Jul 2020", TT_DATE_OK, "2020-07-05"},
        {"5 Aug 2020", TT_DATE_OK, "2020-08-05"},        {"Sept 5, 2020", TT_DATE_OK, "2020-09-05"},
        {"5 Sep 2020", TT_DATE_OK, "2020-09-05"},        {"Tues, 3 Nov 2020", TT_DATE_OK, "2020-11-03"},
        {"Thurs. 3 Dec 2020", TT_DATE_OK, "2020-12-03"}, {"2020-02-29", TT_DATE_OK, "2020-02-29"},
        {"1969-12-31", TT_DATE_OK, "1969-12-31"},        {"1 Jan 99 10:00", TT_DATE_OK, "1999-01-01"},
        {"9999-12-31", TT_DATE_OK, "9999-12-31"},        {"0001-01-01", TT_DATE_OK, "0001-01-01"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        expect(&cases[i]);
}

static void refused(void **state)
{
    (void)state;
    static const date_case cases[] = {
        {"03/04/2019", TT_DATE_AMBIGUOUS, ""},
        {"3/4/2019", TT_DATE_AMBIGUOUS, ""},
        {"03-04-2019", TT_DATE_AMBIGUOUS, ""},
        {"03.04.2019", TT_DATE_AMBIGUOUS, ""},
        {"3/4/19", TT_DATE_AMBIGUOUS, ""},
        {"03/04/2019 10:00", TT_DATE_AMBIGUOUS, ""},
        {"25/12/2019", TT_DATE_UNKNOWN, ""},
        {"2020-02-30", TT_DATE_IMPOSSIBLE, ""},
        {"2019-02-29", TT_DATE_IMPOSSIBLE, ""},
        {"2020-13-01", TT_DATE_IMPOSSIBLE, ""},
        {"2020-00-10", TT_DATE_IMPOSSIBLE, ""},
        {"0000-01-01", TT_DATE_IMPOSSIBLE, ""},
        {"20201301", TT_DATE_IMPOSSIBLE, ""},
        {"31 April 2020", TT_DATE_IMPOSSIBLE, ""},
        {"April 31, 2020", TT_DATE_IMPOSSIBLE, ""},
        {"", TT_DATE_UNKNOWN, ""},
        {"   ", TT_DATE_UNKNOWN, ""},
        {"true", TT_DATE_UNKNOWN, ""},
        {"yesterday", TT_DATE_UNKNOWN, ""},
        {"2020", TT_DATE_UNKNOWN, ""},
        {"2020-10", TT_DATE_UNKNOWN, ""},
        {"October 2020", TT_DATE_UNKNOWN, ""},
        {"11 Oct 20", TT_DATE_UNKNOWN, ""},
        {"2020-10-111", TT_DATE_UNKNOWN, ""},
        {"2020-10-11x", TT_DATE_UNKNOWN, ""},
        {"2020-10-11 to 2020-10-12", TT_DATE_UNKNOWN, ""},
        {"2020-10/11", TT_DATE_UNKNOWN, ""},
        {"2020-10-11 10", TT_DATE_UNKNOWN, ""},
        {"1602403200", TT_DATE_UNKNOWN, ""},
        {"11 Octember 2020", TT_DATE_UNKNOWN, ""},
        {"Octo 11, 2020", TT_DATE_UNKNOWN, ""},
        {"Sunday", TT_DATE_UNKNOWN, ""},
        {"Sun,", TT_DATE_UNKNOWN, ""},
        {"2020-", TT_DATE_UNKNOWN, ""},
        {"1", TT_DATE_UNKNOWN, ""},
        {"11th", TT_DATE_UNKNOWN, ""},
        {"99999999999999999999", TT_DATE_UNKNOWN, ""},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        expect(&cases[i]);
}

static void in_paths(void **state)
{
    (void)state;
    static const struct {
        const char *in, *want;
    } cases[] = {
        {"2020-10-11.md", "2020-10-11"},
        {"a/2020-10-11-title.md", "2020-10-11"},
        {"2020-1-2.md", "2020-01-02"},
        {"2019-01-01/2020-10-11.md", "2020-10-11"},
        {"2019-01-01/issue.md", "2019-01-01"},
        {"2018-01-01/2019-01-01/issue.md", "2019-01-01"},
        {"x2020-10-11y", "2020-10-11"},
        {"2020-10-11_2020-10-12.md", "2020-10-11"},
        {"2020-13-01-2020-10-12.md", "2020-10-12"},
        {"2020-02-30.md", ""},
        {"12020-10-11.md", ""},
        {"2020-10-111.md", ""},
        {"2020-10.md", ""},
        {"20201011.md", ""},
        {"2020/10/11.md", ""},
        {"", ""},
        {"/", ""},
        {"2020-10-11/", "2020-10-11"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char text[TT_DATE_SIZE];
        tt_day_format(tt_date_in_path(tt_str_of(cases[i].in)), text);
        if (strcmp(text, cases[i].want) != 0)
            fail_msg("`%s`: got `%s`, want `%s`", cases[i].in, text, cases[i].want);
    }
}

/* No byte may be read behind a value's end, wherever it is cut. */
static void cut_anywhere(void **state)
{
    (void)state;
    static const char *const whole[] = {"Sun, 11th of Oct. 2020 10:00:00 +0200", "2020-10-11T10:00:00.5+02:00",
                                        "October 11th, 2020 at 10:00 AM", "03/04/2019", "2020/Oct/11"};
    for (size_t i = 0; i < sizeof(whole) / sizeof(whole[0]); i++)
        for (size_t n = 0; n <= strlen(whole[i]); n++) {
            char *copy = malloc(n + (n == 0));
            assert_non_null(copy);
            memcpy(copy, whole[i], n);
            int32_t day;
            tt_date_result r = tt_date_parse((tt_str){copy, n}, &day);
            assert_int_equal(r == TT_DATE_OK, day != TT_NO_DATE);
            assert_true(tt_date_in_path((tt_str){copy, n}) == TT_NO_DATE || n >= 8);
            free(copy);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepted_forms), cmocka_unit_test(other_days),   cmocka_unit_test(refused),
        cmocka_unit_test(in_paths),       cmocka_unit_test(cut_anywhere),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
