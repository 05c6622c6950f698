/* The survey and the cells of an archive are the same, into whatever parts it is split and in whatever order these merge. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"

enum { ROUNDS = 6, MAX_PARTS = 7 };

static uint64_t seed = 20201011;

static uint32_t dice(uint32_t n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % n;
}

static void same_str(tt_str a, tt_str b)
{
    assert_true(tt_str_eq(a, b));
}

static void same_survey(const tt_survey *a, const tt_survey *b)
{
    assert_int_equal(a->n_issues, b->n_issues);
    for (size_t i = 0; i < a->n_issues; i++) {
        const tt_issue *x = &a->issues[i], *y = &b->issues[i];
        same_str(x->issue, y->issue);
        same_str(x->title, y->title);
        assert_int_equal(x->number, y->number);
        assert_int_equal(x->date, y->date);
        assert_int_equal(x->date_source, y->date_source);
        assert_int_equal(x->order, y->order);
        assert_int_equal(a->order[i], b->order[i]);
    }
    assert_int_equal(a->n_sections, b->n_sections);
    for (size_t i = 0; i < a->n_sections; i++)
        same_str(a->sections[i], b->sections[i]);
    assert_int_equal(a->n_known, b->n_known);
    for (size_t i = 0; i < a->n_known; i++) {
        assert_int_equal(a->known[i].level, b->known[i].level);
        assert_int_equal(a->known[i].section, b->known[i].section);
        same_str(a->known[i].key, b->known[i].key);
    }
    assert_int_equal(a->n_boilerplate, b->n_boilerplate);
    if (a->n_boilerplate)
        assert_memory_equal(a->boilerplate, b->boilerplate, a->n_boilerplate * sizeof *a->boilerplate);
    assert_true(a->median_interval >= b->median_interval && a->median_interval <= b->median_interval);
}

static void same_cells(const tt_cells *a, const tt_cells *b)
{
    assert_int_equal(a->n_parts, b->n_parts);
    assert_int_equal(a->n_cells, b->n_cells);
    for (size_t i = 0; i < a->n_parts; i++) {
        assert_int_equal(a->parts[i].issue, b->parts[i].issue);
        assert_int_equal(a->parts[i].nth, b->parts[i].nth);
        assert_int_equal(a->parts[i].section, b->parts[i].section);
        assert_int_equal(a->parts[i].words, b->parts[i].words);
        assert_int_equal(a->parts[i].places, b->parts[i].places);
    }
    for (size_t i = 0; i < a->n_cells; i++) {
        assert_int_equal(a->cells[i].issue, b->cells[i].issue);
        assert_int_equal(a->cells[i].nth, b->cells[i].nth);
        assert_int_equal(a->cells[i].section, b->cells[i].section);
        assert_int_equal(a->cells[i].topic, b->cells[i].topic);
        assert_int_equal(a->cells[i].mentions, b->cells[i].mentions);
    }
}

/* Deals 0 to n - 1 into k hands. */
static void deal(uint32_t n, uint32_t k, uint32_t **hands, size_t *sizes)
{
    for (uint32_t h = 0; h < k; h++) {
        hands[h] = calloc(n + 1, sizeof **hands);
        assert_non_null(hands[h]);
        sizes[h] = 0;
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t h = dice(k);
        hands[h][sizes[h]++] = i;
    }
}

static void split_survey(tt_archive *a, uint32_t k)
{
    uint32_t *hands[MAX_PARTS];
    size_t sizes[MAX_PARTS];
    tt_survey whole, part;
    struct tt_reading r = {0};
    tt_err err = {0};
    deal((uint32_t)a->sources.n, k, hands, sizes);
    tt_survey_init(&whole);
    for (uint32_t h = k; h-- > 0;) {
        tt_survey_init(&part);
        assert_int_equal(tt_run_survey(a, hands[h], sizes[h], &r, &part, &err), 0);
        assert_int_equal(tt_survey_merge(&whole, &part, &err), 0);
        tt_survey_release(&part);
        free(hands[h]);
    }
    assert_int_equal(tt_survey_finish(&whole, false, NULL, &err), 0);
    same_survey(&a->survey, &whole);
    tt_survey_release(&whole);
    tt_reading_release(&r);
}

static void split_cells(tt_archive *a, uint32_t k)
{
    uint32_t *hands[MAX_PARTS];
    size_t sizes[MAX_PARTS];
    tt_cells whole = {0};
    struct tt_reading r = {0};
    tt_err err = {0};
    deal((uint32_t)a->survey.n_issues, k, hands, sizes);
    for (uint32_t h = k; h-- > 0;) {
        tt_cells part = {0};
        assert_int_equal(tt_run_count(a, hands[h], sizes[h], &r, &part, NULL, &err), 0);
        assert_int_equal(tt_cells_merge(&whole, &part), 0);
        tt_cells_release(&part);
        free(hands[h]);
    }
    assert_int_equal(tt_cells_finish(&whole), 0);
    same_cells(&a->cells, &whole);
    tt_cells_release(&whole);
    tt_reading_release(&r);
}

static void split(const char *path)
{
    const char *lexicon[] = {"lexicons"};
    tt_options opt;
    tt_archive *a = NULL;
    tt_err err = {0};
    tt_options_init(&opt);
    opt.lexicon = lexicon;
    opt.n_lexicon = 1;
    if (tt_archive_open(&a, &opt, &path, 1, NULL, &err) != 0)
        fail_msg("%s: %s", err.path, err.text);
    assert_true(a->cells.n_cells > 10);
    for (int i = 0; i < ROUNDS; i++) {
        split_survey(a, 1 + dice(MAX_PARTS));
        split_cells(a, 1 + dice(MAX_PARTS));
    }
    tt_archive_free(a);
}

static void test_sample(void **state)
{
    (void)state;
    split("tests/archive");
}

static void test_corpus(void **state)
{
    static const char *const names[] = {"dynamically-typed", "haskell-weekly", "seeds"};
    const char *corpus = getenv("TAGTREND_CORPUS");
    char path[TT_MAX_PATH];
    (void)state;
    if (!corpus) {
        print_message("# TAGTREND_CORPUS is not set: real archives are not split\n");
        return;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", corpus, names[i]);
        split(path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sample), cmocka_unit_test(test_corpus)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
