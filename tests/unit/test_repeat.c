/* report/repeat: a table in one piece has the very text of its rows one by one, of which none can repeat another. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "report/csv.h"
#include "report/json_text.h"
#include "report/repeat.h"

enum { MOST = TT_REPEAT_COLUMNS + 3, ROWS = 200 };

static uint32_t random_below(uint32_t *seed, uint32_t n) /* Marsaglia's xorshift */
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed % n;
}

/* Few different values, so that they often come twice: empty ones, long ones, some that need quotes. */
static void put_random(tt_table *t, tt_type type, uint32_t *seed)
{
    static const tt_str texts[] = {{"", 0},          {"a", 1},        {"a", 1},
                                   {"b,\"c\"\n", 6}, {"\xC3\xBC", 2}, {"longer than the others", 22}};
    static const double reals[] = {0, 1 / 3.0, 1 / 3.0, 12345.678, 0.5, 1e-7};
    const uint32_t r = random_below(seed, 6);
    if (r == 5)
        tt_table_empty(t);
    else if (type == TT_TYPE_TEXT)
        tt_table_text(t, texts[r]);
    else if (type == TT_TYPE_REAL)
        tt_table_real(t, reals[r]);
    else if (type == TT_TYPE_DATE)
        tt_table_date(t, r < 3 ? 18000 : 18000 + (int32_t)r);
    else
        tt_table_int(t, type == TT_TYPE_FLAG ? r % 2 : r < 4 ? 0 : 1234567);
}

static void write_as(tt_buf *to, const tt_table *t, int how, bool *first)
{
    if (how == 3)
        tt_csv_rows(to, t, true);
    else
        assert_int_equal(tt_json_rows(to, t, (tt_json_shape)how, first), 0);
}

static void check(size_t n_columns, uint32_t seed)
{
    static const char names[MOST] = "abcdefghijklmnopqrstuvwxyzABCDEFGH";
    tt_column columns[MOST] = {0};
    tt_table t;
    for (size_t i = 0; i < n_columns; i++)
        columns[i] = (tt_column){{names + i, 1}, (tt_type)random_below(&seed, TT_TYPE_FLAG + 1), false};
    tt_table_init(&t, "x", columns, n_columns);
    for (size_t i = 0; i < ROWS * n_columns; i++)
        put_random(&t, columns[i % n_columns].type, &seed);
    assert_int_equal(t.n_rows, ROWS);
    for (int how = 0; how < 4; how++) { /* three shapes of JSON, and CSV */
        tt_buf whole = {0}, single = {0};
        bool first = true, first_single = true;
        write_as(&whole, &t, how, &first);
        for (size_t row = 0; row < ROWS; row++) {
            tt_table one = t;
            one.values += row * n_columns;
            one.n_rows = 1;
            write_as(&single, &one, how, &first_single);
        }
        assert_int_equal(whole.n, single.n);
        assert_memory_equal(whole.p, single.p, whole.n);
        tt_buf_release(&whole);
        tt_buf_release(&single);
    }
    tt_table_release(&t);
}

static void test_pieces(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 40; seed++) {
        check(1, seed);
        check(2, seed);
        check(5, seed);
        check(19, seed);
    }
    check(TT_REPEAT_COLUMNS, 7);
    check(TT_REPEAT_COLUMNS + 1, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_pieces)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
