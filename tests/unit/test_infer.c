/* infer: numbers that recurring titles tell, dates that numbers tell. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "read/infer.h"
#include "survey_of.h"

static const tt_issue *find(const tt_survey *s, const char *path)
{
    for (size_t i = 0; i < s->n_issues; i++)
        if (tt_str_is(s->issues[i].path, path))
            return &s->issues[i];
    fail_msg("no issue %s", path);
    return NULL;
}

static void expect_date(const tt_survey *s, const char *path, const char *want, tt_date_source source)
{
    char date[TT_DATE_SIZE];
    const tt_issue *issue = find(s, path);
    tt_day_format(issue->date, date);
    if (strcmp(date, want) != 0 || issue->date_source != source)
        fail_msg("%s: date `%s`, source %d, want `%s`", path, date, (int)issue->date_source, want);
}

/* ---- numbers ---- */

static void numbers(void **state)
{
    (void)state;
    static const struct {
        const char *path, *title;
        tt_title_source source;
        long long given, want;
    } cases[] = {
        {"a01.md", "#12: a", TT_TITLE_METADATA, 7, 7},
        {"a02.md", "#12: a", TT_TITLE_METADATA, -1, 12},
        {"a03.md", "12. a", TT_TITLE_METADATA, -1, 12},
        {"a04.md", "12: a", TT_TITLE_HEADING, -1, 12},
        {"a05.md", "12: a", TT_TITLE_SIDE, -1, 12},
        {"a06.md", "12: a", TT_TITLE_LINE, -1, -1},
        {"a07.md", "12: a", TT_TITLE_STEM, -1, -1},
        {"a08.md", "Weekly 308", TT_TITLE_LINE, -1, 308},
        {"a09.md", "WEEKLY  309: top 10", TT_TITLE_LINE, -1, 309},
        {"a10.md", "Once 4", TT_TITLE_LINE, -1, -1},
        {"a11.md", "Twice - a 5 - b 6", TT_TITLE_LINE, -1, -1},
        {"a12.md", "News about 5", TT_TITLE_LINE, -1, 5},
        {"a13.md", "News about (#6)", TT_TITLE_LINE, -1, 6},
        {"a14.md", "周刊（第 7 期）：一", TT_TITLE_HEADING, -1, 7},
        {"a15.md", "周刊（第 8 期）：二", TT_TITLE_HEADING, -1, 8},
        {"a16.md", "7", TT_TITLE_LINE, -1, -1}, /* the empty rest equals nothing */
        {"a17.md", "8", TT_TITLE_LINE, -1, -1},
        {"b/021.md", "No number", TT_TITLE_LINE, -1, 21},
        {"b/issue-22.md", "A year 2020", TT_TITLE_LINE, -1, 22},
        {"b/gpt-3.md", "A year 2021", TT_TITLE_LINE, -1, -1},
        {"-", "", TT_TITLE_STEM, -1, -1},
    };
    tt_survey s;
    tt_survey_init(&s);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        tt_issue issue = issue_of(0, cases[i].path, cases[i].given, NULL);
        issue.title = tt_str_of(cases[i].title);
        issue.title_source = (uint8_t)cases[i].source;
        add(&s, issue);
    }
    finish(&s, false);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        if (find(&s, cases[i].path)->number != cases[i].want)
            fail_msg("%s: number %lld", cases[i].path, (long long)find(&s, cases[i].path)->number);
    tt_survey_release(&s);
}

/* ---- dates ---- */

typedef struct dated {
    const char *path;
    long long number;
    const char *date, *want; /* date NULL: to infer; want "": stays undated */
} dated;

static void expect_dates(const dated *v, size_t n)
{
    tt_survey s;
    tt_survey_init(&s);
    for (size_t i = 0; i < n; i++)
        add(&s, issue_of(0, v[i].path, v[i].number, v[i].date));
    finish(&s, false);
    for (size_t i = 0; i < n; i++) {
        if (v[i].date == NULL)
            expect_date(&s, v[i].path, v[i].want, v[i].want[0] != '\0' ? TT_DATE_INFERRED : TT_DATE_NONE);
        else
            expect_date(&s, v[i].path, v[i].date, TT_DATE_METADATA);
    }
    tt_survey_release(&s);
}

#define EXPECT_DATES(v) expect_dates(v, sizeof(v) / sizeof((v)[0]))

static void dates(void **state)
{
    (void)state;
    static const dated seeds[] = {
        {"000", 19, "2019-08-04", NULL}, {"001", 50, "2020-10-11", NULL}, {"002", -1, NULL, ""},
        {"003", 37, NULL, "2020-04-12"}, {"004", 12, NULL, "2019-04-28"},
    };
    EXPECT_DATES(seeds);
    assert_non_null(strstr(heard.p, "0 003: date 2020-04-12 inferred from its number 37\n"));
    assert_non_null(strstr(heard.p, "1 : 2 dates are inferred"));
    assert_non_null(strstr(heard.p, "1 002: no date; give one in the side file, front matter or file name\n"));

    /* half up, before and behind; 1 number is 1.5 days: 3.5 -> 4, -1.5 -> -1 */
    static const dated half[] = {
        {"a", 10, "2020-01-10", NULL}, {"b", 12, "2020-01-13", NULL}, {"c", 11, NULL, "2020-01-12"},
        {"d", 13, NULL, "2020-01-15"}, {"e", 9, NULL, "2020-01-09"},
    };
    EXPECT_DATES(half);

    /* 26 numbers beyond, not 27; the median of an even count is the mean of the middle two: (7 + 14) / 2 */
    static const dated far[] = {
        {"a", 100, "2018-01-01", NULL},
        {"b", 150, "2018-12-17", NULL},
        {"c", 200, "2020-11-16", NULL},
        {"d", 226, NULL, "2021-08-16"},
        {"e", 227, NULL, ""},
        {"f", 74, NULL, "2017-04-03"},
        {"g", 73, NULL, ""},
    };
    EXPECT_DATES(far);

    /* half of the dated range beyond, not more: 5 of 10 */
    static const dated near[] = {
        {"a", 10, "2020-01-01", NULL}, {"b", 20, "2020-03-11", NULL}, {"c", 25, NULL, "2020-04-15"},
        {"d", 26, NULL, ""},           {"e", 5, NULL, "2019-11-27"},  {"f", 4, NULL, ""},
    };
    EXPECT_DATES(near);

    /* one dated issue tells of its own number alone, none of nothing */
    static const dated one[] = {{"a", 10, "2020-01-01", NULL}, {"b", 11, NULL, ""}, {"c", 10, NULL, "2020-01-01"}};
    EXPECT_DATES(one);
    static const dated none[] = {{"a", 10, NULL, ""}, {"b", -1, "2020-01-01", NULL}};
    EXPECT_DATES(none);

    /* odd count of intervals: the middle one, 7, though the others are 1 and 30 */
    static const dated odd[] = {
        {"a", 1, "2020-01-01", NULL}, {"b", 2, "2020-01-02", NULL}, {"c", 3, "2020-01-09", NULL},
        {"d", 4, "2020-02-08", NULL}, {"e", 5, NULL, "2020-02-15"},
    };
    EXPECT_DATES(odd);

    /* a number that is a time stamp is no number to reckon with */
    static const dated stamps[] = {
        {"a", 1000000000, "2020-01-01", NULL},
        {"b", 1000000002, "2020-01-03", NULL},
        {"c", 1000000001, NULL, ""},
        {"d", INT64_MAX, NULL, ""},
    };
    EXPECT_DATES(stamps);
    static const dated large[] = {
        {"a", 1, "0001-01-01", NULL},
        {"b", TT_INFER_MAX_NUMBER, "9999-12-31", NULL},
        {"c", 500000000, NULL, "5000-07-02"},
    };
    EXPECT_DATES(large);
    /* no date behind the end of the calendar */
    static const dated end[] = {{"a", 1, "9999-12-01", NULL}, {"b", 3, "9999-12-31", NULL}, {"c", 4, NULL, ""}};
    EXPECT_DATES(end);
}

/* The longest chain is used, the others are named; an issue that is there twice contradicts nothing. */
static void chains(void **state)
{
    (void)state;
    static const dated v[] = {
        {"a", 1, "2020-01-01", NULL}, {"b", 2, "2020-06-01", NULL},  {"c", 3, "2020-01-03", NULL},
        {"d", 4, "2020-01-04", NULL}, {"d2", 4, "2020-01-04", NULL}, {"e", 5, "2020-01-04", NULL},
        {"f", 5, "2020-01-05", NULL}, {"g", 7, "2020-01-07", NULL},  {"h", 6, NULL, "2020-01-06"},
        {"i", 2, NULL, "2020-01-02"}, {"j", 4, NULL, "2020-01-04"},
    };
    EXPECT_DATES(v);
    assert_non_null(strstr(heard.p, "1 b: number 2 and date 2020-06-01 do not rise"));
    assert_non_null(strstr(heard.p, "1 e: number 5 and date 2020-01-04 do not rise"));
    assert_null(strstr(heard.p, "1 d: "));
    assert_null(strstr(heard.p, "1 d2: "));
    assert_null(strstr(heard.p, "1 f: "));

    /* where no date is wanted no chain is used, and nothing is said of it */
    static const dated all[] = {{"a", 1, "2020-02-01", NULL}, {"b", 2, "2020-01-01", NULL}};
    EXPECT_DATES(all);
    assert_string_equal(heard.p, "");
}

static void dates_by_archive(void **state)
{
    (void)state;
    tt_survey s;
    tt_survey_init(&s);
    add(&s, issue_of(1, "b/1", 1, "2020-01-01"));
    add(&s, issue_of(0, "a/1", 1, "2010-01-01"));
    add(&s, issue_of(1, "b/3", 3, "2020-01-03"));
    add(&s, issue_of(0, "a/3", 3, "2010-01-03"));
    add(&s, issue_of(1, "b/2", 2, NULL));
    add(&s, issue_of(0, "a/2", 2, NULL));
    add(&s, issue_of(2, "c/2", 2, NULL));
    tt_issue inferred = issue_of(2, "c/1", 2, "2020-01-01"); /* is no anchor */
    inferred.date_source = TT_DATE_INFERRED;
    add(&s, inferred);
    finish(&s, false);
    expect_date(&s, "a/2", "2010-01-02", TT_DATE_INFERRED);
    expect_date(&s, "b/2", "2020-01-02", TT_DATE_INFERRED);
    expect_date(&s, "c/2", "", TT_DATE_NONE);
    tt_survey_release(&s);

    tt_survey_init(&s);
    add(&s, issue_of(0, "1", 1, "2010-01-01"));
    add(&s, issue_of(0, "3", 3, "2010-01-03"));
    add(&s, issue_of(0, "2", 2, NULL));
    finish(&s, true);
    expect_date(&s, "2", "", TT_DATE_NONE);
    assert_string_equal(heard.p, "1 2: no date; give one in the side file, front matter or file name\n");
    tt_survey_release(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers),
        cmocka_unit_test(dates),
        cmocka_unit_test(chains),
        cmocka_unit_test(dates_by_archive),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, group_teardown);
}
