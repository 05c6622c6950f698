/* survey: gathering, merging, the order of issues. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "fail_alloc.h"
#include "survey_of.h"

/* ---- order ---- */

static void order(void **state)
{
    (void)state;
    static const struct {
        uint32_t archive;
        const char *path;
        long long number;
        const char *date;
    } v[] = {/* in the order that is wanted */
             {1, "z", 9, "2020-01-01"}, {0, "b", 3, "2020-01-02"},  {1, "a", 4, "2020-01-02"},
             {0, "c", 4, "2020-01-02"}, {0, "a", -1, "2020-01-02"}, {0, "d", -1, "2020-01-05"},
             {0, "y", 1, NULL},         {0, "x", 2, NULL},          {0, "e", -1, NULL},
             {0, "f", -1, NULL}};
    enum { N = sizeof(v) / sizeof(v[0]) };
    tt_survey s;
    tt_survey_init(&s);
    for (size_t i = 0; i < N; i++) {
        size_t k = (i * 7 + 3) % N;
        add(&s, issue_of(v[k].archive, v[k].path, v[k].number, v[k].date));
    }
    finish(&s, true);
    for (size_t i = 0; i < N; i++) {
        const tt_issue *issue = &s.issues[s.order[i]];
        assert_int_equal(issue->order, i);
        if (!tt_str_is(issue->path, v[i].path) || issue->archive != v[i].archive)
            fail_msg("rank %zu: %s", i, issue->path.p);
    }
    for (size_t i = 1; i < N; i++)
        assert_true(
            s.issues[i - 1].archive < s.issues[i].archive ||
            (s.issues[i - 1].archive == s.issues[i].archive && tt_str_cmp(s.issues[i - 1].path, s.issues[i].path) < 0));
    assert_true(s.median_interval == 2.0); /* 1 and 3 days: two issues of one day have none */
    tt_survey_release(&s);
}

static void empty_and_single(void **state)
{
    (void)state;
    tt_survey s;
    tt_survey_init(&s);
    finish(&s, false);
    assert_int_equal(s.n_issues, 0);
    assert_int_equal(s.n_sections, 3);
    assert_true(s.median_interval == 0);
    assert_false(tt_survey_boilerplate(&s, 0));
    assert_int_equal(tt_survey_section(&s, 1, TT_S("x")), TT_SECTION_NONE);
    assert_int_equal(tt_survey_section_named(&s, TT_S("(OTHER)")), TT_SECTION_OTHER);
    assert_int_equal(tt_survey_section_named(&s, TT_S("")), UINT32_MAX);
    tt_survey_release(&s);
    assert_int_equal(tt_survey_section_named(&s, TT_S("(other)")), UINT32_MAX);
}

/* ---- merging ---- */

static uint64_t seed;

static uint32_t roll(uint32_t n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % n;
}

/* An issue that is made of its number alone, so that every survey that adds it adds the same. */
static void add_random(tt_survey *s, uint32_t id)
{
    static const char *const names[] = {"News", "news", "NEWS", "Jobs", "Quick Links", "End", "", "(intro)"};
    static const char *const keys[] = {"news", "news", "news", "jobs", "quick links", "end", "", "(intro)"};
    static const char *const titles[] = {"Weekly %u", "#%u: a", "A day", "Report %u: b %u", "The (%u)", "%u. c"};
    uint64_t was = seed;
    seed = id * 7919u + 17;
    char path[32], title[64];
    snprintf(path, sizeof(path), "%u/%u%s.md", id % 5, id, roll(4) == 0 ? "" : "x");
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    snprintf(title, sizeof(title), titles[roll(6)], id, id);
#pragma GCC diagnostic pop
    tt_issue issue = issue_of(id % 3, path, roll(3) == 0 ? (long long)id : -1, NULL);
    issue.title = tt_str_of(title);
    issue.title_source = (uint8_t)roll(5);
    issue.hash = id / 2;
    if (roll(3) > 0) {
        issue.date = 18000 + (int32_t)(id * 7 + roll(40));
        issue.date_source = TT_DATE_NAME;
    }
    tt_heading headings[6];
    uint64_t blocks[8];
    size_t n_headings = roll(7), n_blocks = roll(9);
    for (size_t i = 0; i < n_headings; i++) {
        uint32_t k = roll(8);
        headings[i] = (tt_heading){0, (uint8_t)roll(4), roll(5) == 0, tt_str_of(names[k]), tt_str_of(keys[k])};
    }
    for (size_t i = 0; i < n_blocks; i++)
        blocks[i] = roll(12) + (uint64_t)id / 16 * (roll(2) == 0);
    tt_err err;
    assert_int_equal(tt_survey_add(s, &issue, headings, n_headings, blocks, n_blocks, &err), 0);
    seed = was;
}

/* All that a finished survey says, as text. */
static void print_survey(const tt_survey *s, tt_buf *b)
{
    for (size_t i = 0; i < s->n_issues; i++) {
        const tt_issue *x = &s->issues[i];
        tt_buf_f(b, "%u %s %s %lld %d %d %u %u\n", x->archive, x->path.p, x->title.p, (long long)x->number, x->date,
                 x->date_source, x->order, s->order[i]);
    }
    for (size_t i = 0; i < s->n_headings; i++)
        tt_buf_f(b, "%u %d %d %s\n", s->headings[i].issue, s->headings[i].level, s->headings[i].listed,
                 s->headings[i].name.p);
    for (size_t i = 0; i < s->n_blocks; i++)
        tt_buf_f(b, "%llu %u\n", (unsigned long long)s->blocks[i].hash, s->blocks[i].issue);
    for (size_t i = 0; i < s->n_sections; i++)
        tt_buf_f(b, "%s\n", s->sections[i].p);
    for (size_t i = 0; i < s->n_known; i++)
        tt_buf_f(b, "%d %u %s\n", s->known[i].level, s->known[i].section, s->known[i].key.p);
    for (size_t i = 0; i < s->n_boilerplate; i++)
        tt_buf_f(b, "%llu\n", (unsigned long long)s->boilerplate[i]);
    tt_buf_f(b, "%.17g\n", s->median_interval);
    tt_buf_str(b, (tt_str){heard.p, heard.n});
    assert_false(b->failed);
}

static void shuffle(uint32_t *v, uint32_t n)
{
    for (uint32_t i = n; i > 1; i--) {
        uint32_t k = roll(i), was = v[i - 1];
        v[i - 1] = v[k];
        v[k] = was;
    }
}

/* Adds the issues 0..n to up to 6 parts at random, and merges these at random until one is left. */
static void build_in_parts(tt_survey *out, uint32_t n)
{
    tt_survey parts[6];
    uint32_t turn[6], ids[200], n_parts = 1 + roll(6);
    tt_err err;
    for (uint32_t i = 0; i < n_parts; i++) {
        tt_survey_init(&parts[i]);
        turn[i] = i;
    }
    for (uint32_t i = 0; i < n; i++)
        ids[i] = i;
    shuffle(ids, n);
    for (uint32_t i = 0; i < n; i++)
        add_random(&parts[roll(n_parts)], ids[i]);
    shuffle(turn, n_parts);
    for (uint32_t i = n_parts; i > 1; i--) {
        assert_int_equal(tt_survey_merge(&parts[turn[roll(i - 1)]], &parts[turn[i - 1]], &err), 0);
        tt_survey_release(&parts[turn[i - 1]]);
    }
    *out = parts[turn[0]];
}

static void merged_parts_are_the_whole(void **state)
{
    (void)state;
    seed = 2;
    for (int round = 0; round < 60; round++) {
        uint32_t n = round < 3 ? (uint32_t)round : 1 + roll(200);
        tt_survey whole, merged;
        tt_buf a = {0}, b = {0};
        tt_survey_init(&whole);
        for (uint32_t i = 0; i < n; i++)
            add_random(&whole, i);
        finish(&whole, false);
        print_survey(&whole, &a);
        build_in_parts(&merged, n);
        finish(&merged, false);
        print_survey(&merged, &b);
        assert_string_equal(a.p, b.p);
        tt_buf_release(&a);
        tt_buf_release(&b);
        tt_survey_release(&whole);
        tt_survey_release(&merged);
    }
}

/* ---- failures ---- */

static void refusals(void **state)
{
    (void)state;
    tt_survey a, b;
    tt_err err;
    tt_issue issue = issue_of(0, "x", -1, NULL);
    tt_survey_init(&a);
    tt_survey_init(&b);
    a.n_issues = TT_MAX_ISSUES;
    assert_int_equal(tt_survey_add(&a, &issue, NULL, 0, NULL, 0, &err), TT_ELIMIT);
    assert_non_null(strstr(err.text, "10000000"));
    a.n_issues = 0;
    add(&a, issue);
    finish(&a, false);
    assert_int_equal(tt_survey_add(&a, &issue, NULL, 0, NULL, 0, &err), TT_EUSAGE);
    assert_int_equal(tt_survey_merge(&a, &b, &err), TT_EUSAGE);
    assert_int_equal(tt_survey_merge(&b, &a, &err), TT_EUSAGE);
    assert_int_equal(tt_survey_merge(&b, &b, &err), TT_EUSAGE);
    assert_int_equal(tt_survey_finish(&a, false, NULL, &err), TT_EUSAGE);
    tt_survey_release(&a);
    tt_survey_release(&b);
}

static int whole_life(void)
{
    static const uint64_t blocks[] = {1, 2};
    const tt_heading headings[] = {{0, 2, false, TT_S("News"), TT_S("news")}, {0, 2, true, TT_S("Jobs"), TT_S("jobs")}};
    static const char *const paths[] = {"a", "b", "c", "d", "e", "f"};
    tt_survey s, part;
    tt_err err = {0};
    int rc = 0;
    tt_survey_init(&s);
    tt_survey_init(&part);
    for (int i = 0; rc == 0 && i < 6; i++) {
        tt_issue issue = issue_of(0, paths[i], i, i == 3 ? NULL : "2020-01-01");
        issue.title = TT_S("Weekly 12");
        if (issue.date != TT_NO_DATE)
            issue.date += i;
        rc = tt_survey_add(i % 2 == 0 ? &s : &part, &issue, headings, 2, blocks, 2, &err);
        size_t n = s.n_issues + part.n_issues; /* what failed left nothing */
        assert_int_equal(n, rc == 0 ? i + 1 : i);
        assert_int_equal(s.n_headings + part.n_headings, 2 * n);
        assert_int_equal(s.n_blocks + part.n_blocks, 2 * n);
    }
    if (rc == 0)
        rc = tt_survey_merge(&s, &part, &err);
    if (rc == 0)
        rc = tt_survey_finish(&s, false, NULL, &err);
    assert_int_equal(err.code, rc);
    tt_survey_release(&s);
    tt_survey_release(&part);
    return rc;
}

static void no_memory(void **state)
{
    (void)state;
    assert_true(fail_each(whole_life, TT_ENOMEM) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order),    cmocka_unit_test(empty_and_single), cmocka_unit_test(merged_parts_are_the_whole),
        cmocka_unit_test(refusals), cmocka_unit_test(no_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, group_teardown);
}
