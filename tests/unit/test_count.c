/* trend/count: cells are gathered, merged and finished. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "trend/count.h"
#include "fail_alloc.h"

static uint32_t begin(tt_cells *c, uint32_t issue, uint32_t section, uint32_t words, uint32_t places)
{
    uint32_t nth = 99;
    assert_int_equal(tt_cells_part(c, issue, section, words, places, &nth), 0);
    return nth;
}

static void same(const tt_cells *a, const tt_cells *b)
{
    assert_int_equal(a->n_parts, b->n_parts);
    assert_int_equal(a->n_cells, b->n_cells);
    if (a->n_parts)
        assert_memory_equal(a->parts, b->parts, a->n_parts * sizeof *a->parts);
    if (a->n_cells)
        assert_memory_equal(a->cells, b->cells, a->n_cells * sizeof *a->cells);
}

static void test_one_part_a_section(void **state)
{
    tt_cells c = {0};
    (void)state;
    assert_int_equal(begin(&c, 0, 7, 10, 1), 0);
    assert_int_equal(begin(&c, 0, 3, 20, 0), 1);
    assert_int_equal(begin(&c, 0, 7, 5, 2), 0);
    assert_int_equal(begin(&c, 1, 7, 1, 0), 0); /* places begin again with each issue */
    assert_int_equal(tt_cells_finish(&c), 0);
    const tt_part want[] = {{0, 0, 7, 15, 3}, {0, 1, 3, 20, 0}, {1, 0, 7, 1, 0}};
    same(&c, &(tt_cells){.parts = (tt_part *)want, .n_parts = 3});
    tt_cells_release(&c);
}

static void test_finish_adds_up_and_sorts(void **state)
{
    tt_cells c = {0};
    (void)state;
    uint32_t b = begin(&c, 1, 5, 9, 9);
    assert_int_equal(tt_cells_add(&c, 1, b, 5, 2, 1), 0);
    assert_int_equal(tt_cells_add(&c, 1, b, 5, 1, 3), 0);
    assert_int_equal(tt_cells_add(&c, 1, b, 5, 2, 4), 0);
    assert_int_equal(tt_cells_add(&c, 1, b, 5, 0, 0), 0); /* no mention, no cell */
    uint32_t a = begin(&c, 0, 4, 9, 9), a2 = begin(&c, 0, 2, 1, 1);
    assert_int_equal(tt_cells_add(&c, 0, a2, 2, 0, 1), 0);
    assert_int_equal(tt_cells_add(&c, 0, a, 4, 6, 2), 0);
    const tt_part parts[] = {{0, 0, 4, 9, 9}, {0, 1, 2, 1, 1}, {1, 0, 5, 9, 9}};
    const tt_cell cells[] = {{0, 0, 4, 6, 2}, {0, 1, 2, 0, 1}, {1, 0, 5, 1, 3}, {1, 0, 5, 2, 5}};
    const tt_cells want = {.parts = (tt_part *)parts, .n_parts = 3, .cells = (tt_cell *)cells, .n_cells = 4};
    for (int again = 0; again < 2; again++) {
        assert_int_equal(tt_cells_finish(&c), 0);
        same(&c, &want);
    }
    tt_cells_release(&c);
}

/* More sections than tt_cells_part looks back over, twice: the second round must fall into the first one's parts. */
static void test_many_sections_in_one_issue(void **state)
{
    enum { N = 5000 };
    tt_cells c = {0};
    (void)state;
    for (int round = 0; round < 2; round++)
        for (uint32_t s = 0; s < N; s++) {
            uint32_t nth = begin(&c, 0, N - s, 1, 1);
            assert_int_equal(tt_cells_add(&c, 0, nth, N - s, 3, 1), 0);
        }
    assert_int_equal(tt_cells_finish(&c), 0);
    assert_int_equal(c.n_parts, N);
    assert_int_equal(c.n_cells, N);
    for (uint32_t i = 0; i < N; i++) {
        const tt_part part = {0, i, N - i, 2, 2};
        const tt_cell cell = {0, i, N - i, 3, 2};
        assert_memory_equal(&c.parts[i], &part, sizeof part);
        assert_memory_equal(&c.cells[i], &cell, sizeof cell);
    }
    tt_cells_release(&c);
}

static uint32_t next(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* An issue's content depends on its number alone. */
static void fill(tt_cells *c, uint32_t issue)
{
    uint32_t seed = issue * 77 + 5, n = next(&seed) % 9;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t section = next(&seed) % 6;
        uint32_t nth = begin(c, issue, section, next(&seed) % 500, next(&seed) % 20);
        for (uint32_t m = next(&seed) % 12; m > 0; m--)
            assert_int_equal(tt_cells_add(c, issue, nth, section, next(&seed) % 8, 1 + next(&seed) % 3), 0);
    }
}

static void test_random_splits_merge_to_the_same(void **state)
{
    enum { N = 40, PARTS = 5 };
    tt_cells whole = {0};
    (void)state;
    for (uint32_t i = 0; i < N; i++)
        fill(&whole, i);
    assert_int_equal(tt_cells_finish(&whole), 0);
    assert_true(whole.n_cells > 100);
    for (uint32_t round = 1; round <= 50; round++) {
        tt_cells part[PARTS] = {{0}}, all = {0};
        uint32_t seed = round;
        for (uint32_t i = 0; i < N; i++)
            fill(&part[next(&seed) % PARTS], round % 2 ? i : N - 1 - i);
        uint32_t first = next(&seed);
        for (uint32_t p = 0; p < PARTS; p++) {
            tt_cells *one = &part[(first + p) % PARTS];
            if (next(&seed) % 2) /* finished before or not */
                assert_int_equal(tt_cells_finish(one), 0);
            assert_int_equal(tt_cells_merge(&all, one), 0);
            tt_cells_release(one);
        }
        assert_int_equal(tt_cells_finish(&all), 0);
        same(&all, &whole);
        tt_cells_release(&all);
    }
    tt_cells_release(&whole);
}

static void test_one_issue_in_two_parts(void **state)
{
    tt_cells a = {0}, b = {0}, ab = {0}, ba = {0};
    (void)state;
    tt_cells_add(&a, 3, begin(&a, 3, 8, 10, 1), 8, 0, 1);
    tt_cells_add(&b, 3, begin(&b, 3, 5, 7, 2), 5, 0, 2);
    tt_cells_add(&b, 3, begin(&b, 3, 8, 1, 1), 8, 0, 1);
    assert_int_equal(tt_cells_merge(&ab, &a), 0);
    assert_int_equal(tt_cells_merge(&ab, &b), 0);
    assert_int_equal(tt_cells_merge(&ba, &b), 0);
    assert_int_equal(tt_cells_merge(&ba, &a), 0);
    assert_int_equal(tt_cells_finish(&ab), 0);
    assert_int_equal(tt_cells_finish(&ba), 0);
    same(&ab, &ba);
    const tt_part parts[] = {{3, 0, 5, 7, 2}, {3, 1, 8, 11, 2}};
    const tt_cell cells[] = {{3, 0, 5, 0, 2}, {3, 1, 8, 0, 2}};
    same(&ab, &(tt_cells){.parts = (tt_part *)parts, .n_parts = 2, .cells = (tt_cell *)cells, .n_cells = 2});
    tt_cells_release(&a);
    tt_cells_release(&b);
    tt_cells_release(&ab);
    tt_cells_release(&ba);
}

static void test_sums_that_do_not_fit(void **state)
{
    tt_cells c = {0};
    uint32_t nth;
    (void)state;
    begin(&c, 0, 0, UINT32_MAX - 1, 0);
    assert_int_equal(tt_cells_part(&c, 0, 0, 1, 0, &nth), 0);
    assert_int_equal(tt_cells_part(&c, 0, 0, 1, 0, &nth), TT_ELIMIT);
    assert_int_equal(tt_cells_add(&c, 0, nth, 0, 0, UINT32_MAX), 0);
    assert_int_equal(tt_cells_finish(&c), 0);
    assert_int_equal(c.cells[0].mentions, UINT32_MAX);
    assert_int_equal(tt_cells_add(&c, 0, nth, 0, 0, 1), 0);
    assert_int_equal(tt_cells_finish(&c), TT_ELIMIT);
    tt_cells twice = {0};
    tt_cells_release(&c);
    begin(&c, 0, 0, UINT32_MAX, 0);
    assert_int_equal(tt_cells_merge(&twice, &c), 0);
    assert_int_equal(tt_cells_merge(&twice, &c), 0);
    assert_int_equal(tt_cells_finish(&twice), TT_ELIMIT);
    tt_cells_release(&c);
    tt_cells_release(&twice);
}

static int without_memory(void)
{
    tt_cells a = {0}, b = {0};
    uint32_t nth = 0;
    int rc = 0;
    for (uint32_t i = 0; i < 20 && rc == 0; i++) {
        rc = tt_cells_part(&a, i, 0, 1, 1, &nth);
        if (rc == 0)
            rc = tt_cells_add(&a, i, nth, 0, 0, 1);
    }
    if (rc == 0)
        rc = tt_cells_merge(&b, &a);
    if (rc == 0)
        rc = tt_cells_finish(&b);
    tt_cells_release(&a);
    tt_cells_release(&b);
    return rc;
}

static void test_no_memory(void **state)
{
    (void)state;
    assert_true(fail_each(without_memory, TT_ENOMEM) >= 6);
}

static void test_empty(void **state)
{
    tt_cells c = {0}, none = {0};
    (void)state;
    assert_int_equal(tt_cells_merge(&c, &none), 0);
    assert_int_equal(tt_cells_finish(&c), 0);
    assert_int_equal(c.n_parts + c.n_cells, 0);
    tt_cells_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_part_a_section),
        cmocka_unit_test(test_finish_adds_up_and_sorts),
        cmocka_unit_test(test_many_sections_in_one_issue),
        cmocka_unit_test(test_random_splits_merge_to_the_same),
        cmocka_unit_test(test_one_issue_in_two_parts),
        cmocka_unit_test(test_sums_that_do_not_fit),
        cmocka_unit_test(test_no_memory),
        cmocka_unit_test(test_empty),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
