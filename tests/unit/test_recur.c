/* recur: section names that are known, blocks that are boilerplate. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "survey_of.h"

/* ---- section names ---- */

typedef struct named {
    int level;
    bool listed;
    const char *name;
} named;

/* Adds an issue with up to 8 headings; one with a NULL name ends them. */
static void add_named(tt_survey *s, const char *path, const char *date, const named *v)
{
    tt_heading h[8];
    char keys[8][64];
    size_t n = 0;
    for (; n < 8 && v[n].name != NULL; n++) {
        snprintf(keys[n], sizeof(keys[n]), "%s", v[n].name);
        for (char *p = keys[n]; *p != '\0'; p++)
            *p = *p >= 'A' && *p <= 'Z' ? (char)(*p | 0x20) : *p;
        h[n] = (tt_heading){999, (uint8_t)v[n].level, v[n].listed, tt_str_of(v[n].name), tt_str_of(keys[n])};
    }
    tt_issue issue = issue_of(0, path, -1, date);
    tt_err err;
    assert_int_equal(tt_survey_add(s, &issue, h, n, NULL, 0, &err), 0);
}

static void expect_sections(const tt_survey *s, const char *want)
{
    tt_buf b = {0};
    for (size_t i = 0; i < s->n_sections; i++) {
        tt_buf_text(&b, i > 0 ? "|" : "");
        tt_buf_str(&b, s->sections[i]);
    }
    assert_string_equal(b.p, want);
    tt_buf_release(&b);
}

static void sections(void **state)
{
    (void)state;
    tt_survey s;
    tt_survey_init(&s);
    /* by date: c, b, a, d */
    add_named(&s, "a", "2020-01-03", (named[]){{2, false, "News"}, {2, false, "Jobs"}, {3, false, "Deep"}, {0}});
    add_named(&s, "b", "2020-01-02",
              (named[]){{2, false, "JOBS"}, {2, true, "Research"}, {0, false, "Line"}, {2, false, "Once"}, {0}});
    add_named(&s, "c", "2020-01-01",
              (named[]){{1, false, "Jobs"}, {2, false, "news"}, {2, false, ""}, {9, false, "Odd"}, {0}});
    add_named(&s, "d", NULL,
              (named[]){{0, false, "Line"},
                        {0, true, "Bold"},
                        {3, true, "RESEARCH"},
                        {3, false, "Twice"},
                        {3, false, "Twice"},
                        {2, false, ""},
                        {9, false, "Odd"},
                        {0}});
    finish(&s, false);
    expect_sections(&s, "(none)|(intro)|(other)|Jobs|news|Research|Bold");
    static const struct {
        int level;
        const char *key;
        uint32_t want;
    } known[] = {
        {2, "news", 4},     {2, "jobs", 3}, {1, "jobs", 0}, {2, "research", 5}, {3, "research", 5},
        {1, "research", 0}, {0, "bold", 6}, {0, "line", 0}, {2, "once", 0},     {3, "deep", 0},
        {3, "twice", 0},    {2, "", 0},     {9, "odd", 0},  {2, "News", 0},
    };
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (tt_survey_section(&s, known[i].level, tt_str_of(known[i].key)) != known[i].want)
            fail_msg("%d %s", known[i].level, known[i].key);
    assert_int_equal(tt_survey_section_named(&s, TT_S("NEWS")), 4);
    assert_int_equal(tt_survey_section_named(&s, TT_S("research")), 5);
    assert_int_equal(tt_survey_section_named(&s, TT_S("(intro)")), TT_SECTION_INTRO);
    assert_int_equal(tt_survey_section_named(&s, TT_S("Once")), UINT32_MAX);
    tt_survey_release(&s);
}

/* In an archive of one issue every name is known; headings that are called like the fixed ones share their ids. */
static void sections_of_one_issue(void **state)
{
    (void)state;
    tt_survey s;
    tt_survey_init(&s);
    add_named(&s, "a", NULL,
              (named[]){{2, false, "News"}, {3, false, "Deep"}, {0, false, "Line"}, {2, false, "(Other)"}, {0}});
    finish(&s, false);
    expect_sections(&s, "(none)|(intro)|(other)|News|Deep");
    assert_int_equal(tt_survey_section(&s, 2, TT_S("news")), 3);
    assert_int_equal(tt_survey_section(&s, 3, TT_S("deep")), 4);
    assert_int_equal(tt_survey_section(&s, 0, TT_S("line")), TT_SECTION_NONE);
    assert_int_equal(tt_survey_section(&s, 2, TT_S("(other)")), TT_SECTION_OTHER);
    tt_survey_release(&s);
}

/* ---- boilerplate ---- */

static void boilerplate(void **state)
{
    (void)state;
    tt_survey s;
    tt_survey_init(&s);
    tt_err err;
    for (uint64_t i = 0; i < 20; i++) {
        char path[16], date[TT_DATE_SIZE];
        uint64_t blocks[8];
        size_t n = 0;
        snprintf(path, sizeof(path), "x%02d", (int)(i * 7 % 20)); /* not in order of paths */
        tt_day_format((int32_t)i, date);
        if (i < 5)
            blocks[n++] = 50; /* five in a row */
        for (int twice = 0; twice < 2 && i < 4; twice++)
            blocks[n++] = 40; /* four, each twice */
        if (i % 2 == 0 && i < 10)
            blocks[n++] = 30; /* 5 of the 9 from 0 to 8 */
        if (i % 2 == 1 || i == 4)
            blocks[n++] = 20; /* 11 of the 19 from 1 to 19 */
        if (i % 3 == 0)
            blocks[n++] = 10; /* 7 of 19: fewer than half */
        if (i < 4 || i == 9)
            blocks[n++] = 60; /* 5 of 10: just half */
        if (i < 4 || i == 10)
            blocks[n++] = 70;                                          /* 5 of 11 */
        tt_issue issue = issue_of(0, path, -1, i == 19 ? NULL : date); /* the undated one is last */
        assert_int_equal(tt_survey_add(&s, &issue, NULL, 0, blocks, n, &err), 0);
    }
    finish(&s, false);
    static const uint64_t want[] = {20, 30, 50, 60};
    assert_int_equal(s.n_boilerplate, sizeof(want) / sizeof(want[0]));
    assert_memory_equal(s.boilerplate, want, sizeof(want));
    for (uint64_t hash = 0; hash < 100; hash++)
        assert_int_equal(tt_survey_boilerplate(&s, hash), hash == 20 || hash == 30 || hash == 50 || hash == 60);
    tt_survey_release(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sections),
        cmocka_unit_test(sections_of_one_issue),
        cmocka_unit_test(boilerplate),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, group_teardown);
}
