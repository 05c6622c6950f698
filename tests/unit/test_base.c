/* base: memory, strings, numbers, days, CSV rows, digests, files. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/file.h"
#include "base/rows.h"

static void test_err_cuts_at_a_character(void **state)
{
    (void)state;
    tt_err err = {0};
    char text[600];
    memset(text, 'a', sizeof text);
    memcpy(text + 510, "\xC3\xA9", 2); /* é would begin at byte 510, one byte too late to fit whole */
    text[599] = '\0';
    assert_int_equal(tt_fail(&err, TT_EINPUT, "p", 3, 4, "%s", text), TT_EINPUT);
    assert_int_equal(strlen(err.text), 510);
    assert_int_equal(err.line, 3);
    assert_int_equal(err.column, 4);
    assert_string_equal(err.path, "p");
    assert_int_equal(tt_fail(NULL, TT_EIO, NULL, 0, 0, "x"), TT_EIO);
}

static void test_arena_and_buf(void **state)
{
    (void)state;
    tt_arena a = {0};
    char *big = tt_arena_alloc(&a, 5u << 20);
    assert_non_null(big);
    memset(big, 1, 5u << 20);
    for (int i = 0; i < 10000; i++)
        assert_int_equal((uintptr_t)tt_arena_alloc(&a, (size_t)i % 37) % _Alignof(max_align_t), 0);
    assert_null(tt_arena_array(&a, SIZE_MAX / 4, 8));
    tt_arena_reset(&a);
    assert_string_equal(tt_arena_dup(&a, "abc", 2), "ab");
    tt_arena_release(&a);

    tt_buf b = {0};
    tt_buf_f(&b, "%d-%s", 12, "x");
    tt_buf_char(&b, '!');
    assert_string_equal(b.p, "12-x!");
    tt_buf_add(&b, NULL, 0);
    b.failed = true;
    tt_buf_text(&b, "more");
    assert_int_equal(b.n, 5);
    tt_buf_release(&b);
}

static void test_strings(void **state)
{
    (void)state;
    tt_str rest = TT_S("a|b||c");
    assert_true(tt_str_is(tt_str_cut(&rest, '|'), "a"));
    assert_true(tt_str_is(tt_str_cut(&rest, '|'), "b"));
    assert_true(tt_str_is(tt_str_cut(&rest, '|'), ""));
    assert_true(tt_str_is(tt_str_cut(&rest, '|'), "c"));
    assert_int_equal(rest.n, 0);
    assert_true(tt_str_is(tt_str_trim(TT_S(" \t a b\n")), "a b"));
    assert_true(tt_str_is_nocase(TT_S("OpenAI"), "oPENai"));
    assert_false(tt_str_is_nocase(TT_S("OpenAI"), "open"));
    assert_true(tt_str_cmp(TT_S("a"), TT_S("ab")) < 0);
    assert_true(tt_str_starts(TT_S("abc"), TT_S("ab")) && tt_str_ends(TT_S("abc"), TT_S("bc")));
    assert_false(tt_str_starts(TT_S("a"), TT_S("ab")));

    tt_intern t = {0};
    uint32_t id;
    for (int round = 0; round < 2; round++)
        for (uint32_t i = 0; i < 1000; i++) {
            char key[16];
            int n = snprintf(key, sizeof key, "k%u", i);
            assert_int_equal(tt_intern_add(&t, (tt_str){key, (size_t)n}, &id), 0);
            assert_int_equal(id, i);
        }
    assert_true(tt_intern_find(&t, TT_S("k77"), &id));
    assert_int_equal(id, 77);
    assert_false(tt_intern_find(&t, TT_S("x"), &id));
    tt_intern_release(&t);
    assert_false(tt_intern_find(&t, TT_S("k77"), &id));
}

static void test_hash_is_fixed(void **state)
{
    (void)state;
    assert_true(tt_hash("", 0, 0) != tt_hash("", 0, 1));
    assert_true(tt_hash("a", 1, 0) != tt_hash("a\0", 2, 0));
    assert_true(tt_hash("abcdefgh", 8, 0) != tt_hash("abcdefgi", 8, 0));
    assert_true(tt_hash("abcdefgh-tail", 13, 7) == tt_hash("abcdefgh-tail", 13, 7));
}

/* Every bit of every byte counts, at every length and alignment; short texts differ from the same with NULs behind. */
static void test_long_hash(void **state)
{
    enum { MOST = 130 };
    char text[MOST + 8];
    (void)state;
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)(i * 7 % 3 ? i * 7 : 0);
    for (size_t n = 1; n <= MOST; n++) {
        const uint64_t h = tt_hash_long(text, n);
        assert_true(h != tt_hash_long(text, n - 1));
        for (size_t bit = 0; bit < n * 8; bit++) {
            text[bit / 8] ^= (char)(1 << bit % 8);
            assert_true(tt_hash_long(text, n) != h);
            text[bit / 8] ^= (char)(1 << bit % 8);
        }
        char moved[MOST + 8];
        memcpy(moved + n % 8, text, n);
        assert_true(tt_hash_long(moved + n % 8, n) == h);
    }
    char zeros[MOST] = {0};
    for (size_t n = 1; n <= MOST; n++)
        for (size_t k = 0; k < n; k++)
            assert_true(tt_hash_long(zeros, n) != tt_hash_long(zeros, k));
}

static void test_numbers(void **state)
{
    (void)state;
    static const struct {
        double in;
        const char *want;
    } t[] = {
        {0, "0"},
        {-0.0, "0"},
        {1, "1"},
        {-1.5, "-1.5"},
        {18.1, "18.1"},
        {1.0 / 3, "0.333333"},
        {123456.7, "123457"},
        {1234567.0, "1234570"},
        {0.0001, "0.0001"},
        {0.000012345678, "0.0000123457"},
        {1e10, "10000000000"},
        {99999.96, "100000"},
        {0.9999999, "1"},
        {100, "100"},
        {1e-9, "0.000000001"},
        {12.3456, "12.3456"},
    };
    char out[TT_NUM_SIZE];
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        assert_int_equal(tt_num_format(t[i].in, out), strlen(t[i].want));
        assert_string_equal(out, t[i].want);
    }
    assert_int_equal(tt_num_format((double)NAN, out), 0);
    int64_t n;
    assert_true(tt_num_parse(TT_S("9223372036854775807"), &n) && n == INT64_MAX);
    assert_false(tt_num_parse(TT_S("9223372036854775808"), &n));
    assert_false(tt_num_parse(TT_S(""), &n));
    assert_false(tt_num_parse(TT_S("-1"), &n));
    assert_false(tt_num_parse(TT_S("1 "), &n));
}

/* The plain way: %e rounds, for any number. */
static void format_by_printf(double x, char out[TT_NUM_SIZE])
{
    char e[48];
    char digits[8];
    int n_digits = 0, exponent = 0;
    size_t n = 0;
    snprintf(e, sizeof e, "%.5e", x < 0 ? -x : x);
    const char *p = e;
    for (; *p && *p != 'e'; p++)
        if (*p >= '0' && *p <= '9' && n_digits < 6)
            digits[n_digits++] = *p;
    if (*p == 'e') {
        bool minus = p[1] == '-';
        for (p += 2; *p >= '0' && *p <= '9'; p++)
            exponent = exponent * 10 + (*p - '0');
        exponent = minus ? -exponent : exponent;
    }
    while (n_digits > 1 && digits[n_digits - 1] == '0')
        n_digits--;
    if (n_digits == 0 || (n_digits == 1 && digits[0] == '0')) {
        out[0] = '0';
        out[1] = '\0';
        return;
    }
    if (x < 0)
        out[n++] = '-';
    if (exponent < 0) {
        out[n++] = '0';
        out[n++] = '.';
        for (int i = -1; i > exponent; i--)
            out[n++] = '0';
    }
    for (int i = 0; i < n_digits || i <= exponent; i++) {
        if (exponent >= 0 && i == exponent + 1)
            out[n++] = '.';
        out[n++] = i < n_digits ? digits[i] : '0';
    }
    out[n] = '\0';
}

static void check_number(double x)
{
    char got[TT_NUM_SIZE], want[TT_NUM_SIZE];
    format_by_printf(x, want);
    size_t n = tt_num_format(x, got);
    if (strcmp(got, want) != 0 || n != strlen(want))
        fail_msg("%a is %s, not %s", x, want, got);
}

static uint64_t random_bits(uint64_t *seed) /* Vigna's splitmix64 */
{
    uint64_t x = *seed += 0x9E3779B97F4A7C15u;
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
    x = (x ^ x >> 27) * 0x94D049BB133111EBu;
    return x ^ x >> 31;
}

/* The quick way of tt_num_format gives what printf gives: about 2 million numbers, dense where it could go wrong. */
static void test_numbers_as_of_printf(void **state)
{
    (void)state;
    uint64_t seed = 20181125;
    for (int i = 0; i < 400000; i++) {
        uint64_t bits = random_bits(&seed), a = random_bits(&seed) % 5000, b = random_bits(&seed) % 5000 + 1;
        double unit = (double)(bits >> 11) * 0x1p-53;
        double any = unit * pow(10, (double)(bits % 30) - 14);
        check_number(any);
        check_number((double)a / (double)b); /* shares, rates */
        check_number(10000.0 * (double)a / (double)(random_bits(&seed) % 100000 + 1));
        /* the middle between two numbers of six digits, and its neighbours */
        double middle = ((double)(bits % 900000 + 100000) + 0.5) / pow(10, (double)(a % 16) - 1);
        check_number(middle);
        check_number(nextafter(middle, i % 2 ? 0 : 1e30));
    }
    for (int e = -12; e < 17; e++) { /* powers of ten and what would round up to them */
        double x = pow(10, e);
        for (int k = 0; k < 50; k++) {
            check_number(x * (1 - k * 1e-7));
            check_number(x * (1 + k * 1e-7));
        }
        for (double low = x, high = x, k = 0; k < 50; k++) {
            check_number(low = nextafter(low, 0));
            check_number(high = nextafter(high, 1e30));
        }
    }
    for (int i = 0; i < 1100000; i += i < 2000 ? 1 : 997) {
        check_number(i);
        check_number(-i);
        check_number(i + 0.5);
    }
    for (int i = 0; i < 20000; i++) { /* any double at all */
        uint64_t bits = random_bits(&seed);
        double x;
        memcpy(&x, &bits, sizeof x);
        if (isfinite(x) && fabs(x) > 1e-300)
            check_number(x);
    }
}

static void test_integers(void **state)
{
    (void)state;
    static const int64_t t[] = {0, 1, -1, 9, 10, 99, 100, -100, 1234567890, INT64_MAX, INT64_MIN};
    char got[TT_INT_SIZE], want[TT_INT_SIZE];
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        snprintf(want, sizeof want, "%lld", (long long)t[i]);
        assert_int_equal(tt_int_format(t[i], got), strlen(want));
        assert_string_equal(got, want);
    }
}

static void test_days(void **state)
{
    (void)state;
    int32_t d, last = 0;
    assert_true(tt_day_of(1970, 1, 1, &d) && d == 0);
    assert_true(tt_day_of(2000, 2, 29, &d) && d == 11016);
    assert_false(tt_day_of(1900, 2, 29, &d));
    assert_false(tt_day_of(2020, 2, 30, &d));
    assert_false(tt_day_of(2020, 13, 1, &d));
    assert_false(tt_day_of(0, 1, 1, &d));
    for (int y = 1, first = 1; y <= 9999; y++, first = 0)
        for (int m = 1; m <= 12; m++)
            for (int dom = 1; tt_day_of(y, m, dom, &d); dom++) {
                int yy, mm, dd;
                assert_true(first || d == last + 1);
                first = 0;
                last = d;
                tt_day_split(d, &yy, &mm, &dd);
                if (yy != y || mm != m || dd != dom)
                    fail();
            }
    static const struct {
        int y, m, d, wy, w, wd;
    } t[] = {
        {2020, 12, 31, 2020, 53, 4}, {2021, 1, 3, 2020, 53, 7}, {2021, 1, 4, 2021, 1, 1},
        {2019, 12, 30, 2020, 1, 1},  {1970, 1, 1, 1970, 1, 4},  {1969, 12, 28, 1969, 52, 7},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        int wy, w;
        assert_true(tt_day_of(t[i].y, t[i].m, t[i].d, &d));
        tt_day_week(d, &wy, &w);
        assert_int_equal(wy, t[i].wy);
        assert_int_equal(w, t[i].w);
        assert_int_equal(tt_day_weekday(d), t[i].wd);
    }
    char out[TT_DATE_SIZE];
    tt_day_format(TT_NO_DATE, out);
    assert_string_equal(out, "");
    tt_day_format(0, out);
    assert_string_equal(out, "1970-01-01");
    tt_buf words = {0};
    tt_day_words(&words, 18546, true);
    tt_buf_text(&words, "; ");
    tt_day_words(&words, 0, false);
    assert_string_equal(words.p, "11 October 2020; 1 January");
    tt_buf_release(&words);
}

/* ---- rows ---- */

static int print_row(void *ctx, const tt_row *row, tt_err *err)
{
    tt_buf *b = ctx;
    (void)err;
    for (size_t i = 0; i < row->n; i++)
        tt_buf_f(b, "%zu:%zu[%.*s]", row->fields[i].line, row->fields[i].column, (int)row->fields[i].text.n,
                 row->fields[i].text.p);
    tt_buf_char(b, ';');
    return row->n == 1 && tt_str_is(row->fields[0].text, "stop") ? 7 : 0;
}

static void test_rows_read(void **state)
{
    (void)state;
    static const struct {
        const char *in, *want;
        int rc;
        size_t line, column;
    } t[] = {
        {"a,b\nc,d\n", "1:1[a]1:3[b];2:1[c]2:3[d];", 0, 0, 0},
        {"\xEF\xBB\xBF"
         "a,b",
         "1:1[a]1:3[b];", 0, 0, 0},
        {"a,\r\n\r\n ,b\r\n", "1:1[a]1:3[];3:1[]3:3[b];", 0, 0, 0},
        {"a\rb\r", "1:1[a];2:1[b];", 0, 0, 0},
        {"\"x,\n\"\"y\",\xC3\xA9,z\n1", "1:1[x,\n\"y]2:6[\xC3\xA9]2:8[z];3:1[1];", 0, 0, 0},
        {" a b , c\n", "1:1[a b]1:7[c];", 0, 0, 0},
        {"\" a\"\n", "1:1[ a];", 0, 0, 0},
        {"stop\nb", "1:1[stop];", 7, 0, 0},
        {"ok\na,b\"c\n", "1:1[ok];", TT_EINPUT, 2, 4},
        {"ok\na,\"b\n", "1:1[ok];", TT_EINPUT, 2, 3},
        {"", "", 0, 0, 0},
        {"\n\n", "", 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        tt_buf b = {0};
        tt_err err = {0};
        tt_buf_text(&b, "");
        assert_int_equal(tt_rows_read("f.csv", tt_str_of(t[i].in), print_row, &b, &err), t[i].rc);
        assert_string_equal(b.p, t[i].want);
        assert_int_equal(err.line, t[i].line);
        assert_int_equal(err.column, t[i].column);
        tt_buf_release(&b);
    }
}

static void test_rows_limit(void **state)
{
    (void)state;
    for (int extra = 0; extra < 2; extra++) {
        tt_buf in = {0}, out = {0};
        tt_err err = {0};
        for (int i = 1; i < TT_MAX_FIELDS + extra; i++)
            tt_buf_text(&in, "a,");
        tt_buf_text(&in, "a\n");
        assert_int_equal(tt_rows_read("f", (tt_str){in.p, in.n}, print_row, &out, &err), extra ? TT_ELIMIT : 0);
        tt_buf_release(&in);
        tt_buf_release(&out);
    }
}

static void test_rows_field(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        bool guard;
        const char *want;
    } t[] = {
        {"plain", false, "plain"},   {"a,b", false, "\"a,b\""}, {"a\"b", false, "\"a\"\"b\""},
        {"a\nb", false, "\"a\nb\""}, {" a", false, "\" a\""},   {"", false, ""},
        {"=1+1", false, "=1+1"},     {"=1+1", true, "'=1+1"},   {"@a,b", true, "\"'@a,b\""},
        {"-", true, "'-"},           {"a=b", true, "a=b"},      {"", true, ""},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        tt_buf b = {0};
        tt_buf_text(&b, "");
        tt_rows_field(&b, tt_str_of(t[i].in), t[i].guard);
        assert_string_equal(b.p, t[i].want);
        tt_buf_release(&b);
    }
}

static void test_digest(void **state)
{
    (void)state;
    char out[TT_DIGEST_SIZE];
    tt_digest_of("abc", 3, out); /* FIPS 180-4, example of SHA-256 */
    assert_string_equal(out, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    tt_digest *d = NULL;
    assert_int_equal(tt_digest_new(&d, NULL), 0);
    tt_digest_add(d, "a", 1);
    tt_digest_add(d, "bc", 2);
    tt_digest_end(d, out);
    assert_string_equal(out, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

/* ---- files ---- */

/* Whole blocks, fed at once, against byte after byte. */
static void test_digest_of_blocks(void **state)
{
    (void)state;
    char data[1000], want[TT_DIGEST_SIZE], got[TT_DIGEST_SIZE];
    for (size_t i = 0; i < sizeof data; i++)
        data[i] = (char)(i * 31 + i / 7);
    for (size_t n = 0; n <= sizeof data; n += n < 260 ? 1 : 37)
        for (size_t head = 0; head <= 128 && head <= n; head += 32) {
            tt_digest *slow = NULL, *d = NULL;
            assert_int_equal(tt_digest_new(&slow, NULL), 0);
            for (size_t i = 0; i < n; i++)
                tt_digest_add(slow, data + i, 1);
            tt_digest_end(slow, want);
            assert_int_equal(tt_digest_new(&d, NULL), 0);
            tt_digest_add(d, data, head);
            tt_digest_add(d, data + head, n - head);
            tt_digest_end(d, got);
            assert_string_equal(got, want);
            tt_digest_of(data, n, got);
            assert_string_equal(got, want);
        }
}

static void test_files(void **state)
{
    (void)state;
    char folder[] = "/tmp/tagtrend-base-XXXXXX";
    assert_non_null(mkdtemp(folder));
    char path[256];
    tt_err err = {0};
    tt_buf b = {0};
    tt_names names = {0};
    snprintf(path, sizeof path, "%s/x/y", folder);
    assert_int_equal(tt_folder_make(path, &err), 0);
    assert_int_equal(tt_folder_make(path, &err), 0);
    snprintf(path, sizeof path, "%s/x/b", folder);
    assert_int_equal(tt_file_write(path, "hello", 5, &err), 0);
    assert_int_equal(tt_file_write(path, "hello again", 11, &err), 0);
    assert_int_equal(tt_file_read(path, 11, &b, &err), 0);
    assert_string_equal(b.p, "hello again");
    assert_int_equal(tt_file_read(path, 10, &b, &err), TT_ELIMIT);
    assert_string_equal(err.path, path);
    assert_int_equal(tt_file_kind_of(path), TT_FILE_REGULAR);
    assert_int_equal(tt_folder_make(path, &err), TT_EIO); /* a file is in the way */
    snprintf(path, sizeof path, "%s/x", folder);
    assert_int_equal(tt_file_kind_of(path), TT_FILE_FOLDER);
    assert_int_equal(tt_folder_list(path, &names, &err), 0);
    assert_int_equal(names.n, 2); /* nothing temporary is left */
    assert_string_equal(names.v[0], "b");
    assert_string_equal(names.v[1], "y");
    tt_names_release(&names);
    assert_int_equal(tt_file_write(path, "a", 1, &err), TT_EIO); /* a folder is in the way */
    assert_int_equal(tt_file_read(path, 10, &b, &err), TT_EIO);
    snprintf(path, sizeof path, "%s/none/file", folder);
    assert_int_equal(tt_file_write(path, "a", 1, &err), TT_EIO);
    assert_int_equal(tt_file_read(path, 10, &b, &err), TT_EIO);
    assert_int_equal(tt_folder_list(path, &names, &err), TT_EIO);
    assert_int_equal(tt_file_kind_of(path), TT_FILE_MISSING);
    assert_int_equal(tt_file_kind_of("/dev/null"), TT_FILE_OTHER);
    assert_int_equal(tt_file_write("/dev/full/x", "a", 1, &err), TT_EIO);
    tt_buf_release(&b);
    snprintf(path, sizeof path, "%s/x/b", folder);
    assert_int_equal(unlink(path), 0);
    snprintf(path, sizeof path, "%s/x/y", folder);
    assert_int_equal(rmdir(path), 0);
    snprintf(path, sizeof path, "%s/x", folder);
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_err_cuts_at_a_character),
        cmocka_unit_test(test_arena_and_buf),
        cmocka_unit_test(test_strings),
        cmocka_unit_test(test_hash_is_fixed),
        cmocka_unit_test(test_long_hash),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_numbers_as_of_printf),
        cmocka_unit_test(test_integers),
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_rows_read),
        cmocka_unit_test(test_rows_limit),
        cmocka_unit_test(test_rows_field),
        cmocka_unit_test(test_digest),
        cmocka_unit_test(test_digest_of_blocks),
        cmocka_unit_test(test_files),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
