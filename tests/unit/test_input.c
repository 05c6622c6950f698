/* base/input and base/loci: windows over bytes however they come, texts put together from pieces, and where each character of
 * them stands on disk (read/decode). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/input.h"
#include "base/loci.h"
#include "fail_alloc.h"
#include "read/decode.h"

/* Gives `step` bytes a call, and fails at byte `bad`. */
struct drip {
    const char *p;
    size_t n, at, step, bad;
};

static int drip(void *ctx, char *to, size_t n, size_t *got, tt_err *err)
{
    struct drip *d = ctx;
    if (d->at >= d->bad)
        return tt_fail(err, TT_EIO, "drip", 0, 0, "no more");
    *got = d->n - d->at < d->step ? d->n - d->at : d->step;
    *got = *got < n ? *got : n;
    memcpy(to, d->p + d->at, *got);
    d->at += *got;
    return 0;
}

static void lines_at_every_step(void **state)
{
    (void)state;
    static const char text[] = "one\n\ntwo and more\nlast";
    static const char *const want[] = {"one", "", "two and more", "last"};
    for (size_t step = 1; step < sizeof text; step++) {
        struct drip d = {text, sizeof text - 1, 0, step, SIZE_MAX};
        tt_input in;
        tt_err err = {0};
        size_t n;
        tt_input_from(&in, "drip", drip, &d);
        for (size_t i = 0; i < 4; i++) {
            assert_int_equal(tt_input_until(&in, '\n', 0, 100, &n, &err), 0);
            assert_int_equal(n, strlen(want[i]));
            assert_memory_equal(in.p, want[i], n);
            tt_input_take(&in, n + (n < in.n));
        }
        assert_true(in.end);
        assert_int_equal(in.n, 0);
        assert_int_equal(in.at, sizeof text - 1);
        tt_input_close(&in);
    }
}

static void limits(void **state)
{
    (void)state;
    tt_input in;
    tt_err err = {0};
    size_t n;
    tt_input_memory(&in, "memory", TT_S("12345\n"));
    assert_int_equal(tt_input_until(&in, '\n', 0, 5, &n, &err), 0);
    assert_int_equal(n, 5);
    assert_int_equal(tt_input_until(&in, '\n', 0, 4, &n, &err), TT_ELIMIT);
    assert_int_equal(tt_input_all(&in, 6, &err), 0);
    assert_int_equal(tt_input_all(&in, 5, &err), TT_ELIMIT);
    assert_int_equal(tt_input_more(&in, (size_t)TT_MAX_FILE + 1, &err), 0);
    assert_int_equal(tt_input_more(&in, (size_t)TT_MAX_FILE + 2, &err), TT_ELIMIT);
    tt_input_close(&in);
    struct drip d = {"abcdefgh", 8, 0, 3, SIZE_MAX};
    tt_input_from(&in, "drip", drip, &d);
    assert_int_equal(tt_input_all(&in, 7, &err), TT_ELIMIT);
    tt_input_close(&in);
}

static void failures_are_told(void **state)
{
    (void)state;
    tt_input in;
    tt_err err = {0};
    struct drip d = {"abcdefgh", 8, 0, 3, 6};
    tt_input_from(&in, "drip", drip, &d);
    assert_int_equal(tt_input_more(&in, 6, &err), 0);
    assert_int_equal(in.n, 6);
    assert_int_equal(tt_input_all(&in, 100, &err), TT_EIO);
    assert_string_equal(err.path, "drip");
    tt_input_close(&in);
    assert_int_equal(tt_input_open(&in, "no/such/file", &err), TT_EIO);
    assert_string_equal(err.path, "no/such/file");
    tt_input_close(&in);
    assert_int_equal(tt_input_open(&in, "/", &err), 0); /* a folder opens, and does not read */
    assert_int_equal(tt_input_more(&in, 1, &err), TT_EIO);
    tt_input_close(&in);
    in = (tt_input){0};
    tt_input_close(&in);
}

static void spooled_is_read_by_several(void **state)
{
    (void)state;
    FILE *f = tmpfile();
    tt_input a, b;
    tt_err err = {0};
    assert_non_null(f);
    fputs("abc", f);
    fflush(f);
    tt_input_spooled(&a, "spool", fileno(f));
    tt_input_spooled(&b, "spool", fileno(f));
    assert_int_equal(tt_input_all(&a, 10, &err), 0);
    assert_int_equal(tt_input_all(&b, 10, &err), 0);
    assert_memory_equal(a.p, "abc", 3);
    assert_memory_equal(b.p, "abc", 3);
    tt_input_close(&a);
    tt_input_close(&b);
    assert_int_equal(fseek(f, 0, SEEK_SET), 0); /* it stays open */
    fclose(f);
}

/* ---- places ---- */

static void place(const tt_text *text, size_t at, size_t line, size_t column)
{
    size_t l, c;
    tt_text_place(text, at, NULL, &l, &c);
    if (l != line || c != column)
        fail_msg("byte %zu stands at %zu:%zu, not %zu:%zu", at, l, c, line, column);
}

static void places_of_pieces(void **state)
{
    (void)state;
    tt_loci s = {0};
    tt_text text;
    tt_err err = {0};
    tt_loci_at(&s, 7, 20); /* "ab\"c" on line 7 of some JSON */
    tt_loci_text(&s, "ab");
    tt_loci_at(&s, 7, 22);
    tt_loci_text(&s, "\"");
    tt_loci_at(&s, 7, 24);
    tt_loci_text(&s, "c\r\nd\xE9"); /* CR LF is one, a byte that is not UTF-8 too */
    tt_loci_at(&s, 9, 1);
    tt_loci_text(&s, "é€x");
    tt_loci_at(&s, 3, 5); /* a piece from further up */
    tt_loci_text(&s, "y\nz");
    assert_false(s.text.failed);
    assert_int_equal(tt_decode(s.text.p, s.text.n, true, &text, &err), 0);
    text.loci = s.v;
    text.n_loci = s.n;
    assert_string_equal(text.data, "ab\"c\ndéé€xy\nz");
    place(&text, 0, 7, 20);
    place(&text, 1, 7, 21);
    place(&text, 2, 7, 22);
    place(&text, 3, 7, 24);
    place(&text, 4, 7, 25); /* the line end */
    place(&text, 5, 8, 1);  /* d */
    place(&text, 6, 8, 2);  /* é, of a byte alone */
    place(&text, 8, 9, 1);  /* é */
    place(&text, 9, 9, 1);  /* amid it */
    place(&text, 10, 9, 2); /* € */
    place(&text, 13, 9, 3); /* x */
    place(&text, 14, 3, 5); /* y */
    place(&text, 15, 3, 6);
    place(&text, 16, 4, 1); /* z */
    tt_cursor cursor = {0};
    size_t line, column;
    for (size_t at = 0; at <= text.n; at++) { /* a cursor tells the same */
        tt_text_place(&text, at, &cursor, &line, &column);
        place(&text, at, line, column);
    }
    tt_text_place(&text, 2, &cursor, &line, &column); /* backwards too */
    assert_int_equal(column, 22);
    tt_text_release(&text);
    tt_loci_release(&s);
}

static void repaired_pieces_keep_their_columns(void **state)
{
    (void)state;
    tt_loci s = {0};
    tt_text text;
    tt_err err = {0};
    tt_loci_at(&s, 2, 10);
    tt_loci_text(&s, "OpenAIâ€™s x"); /* three characters on disk for one apostrophe */
    tt_loci_at(&s, 2, 40);
    tt_loci_text(&s, "y");
    assert_int_equal(tt_decode(s.text.p, s.text.n, true, &text, &err), 0);
    text.loci = s.v;
    text.n_loci = s.n;
    assert_string_equal(text.data, "OpenAI’s xy");
    place(&text, 9, 2, 19);
    place(&text, 11, 2, 21);
    place(&text, 12, 2, 40);
    tt_text_release(&text);
    tt_loci_release(&s);
}

static void two_at_one_place(void **state)
{
    (void)state;
    tt_loci s = {0};
    tt_loci_at(&s, 1, 1);
    tt_loci_at(&s, 2, 2);
    tt_loci_text(&s, "a");
    assert_int_equal(s.n, 1);
    assert_int_equal(s.v[0].line, 2);
    tt_loci_reset(&s);
    assert_int_equal(s.n, 0);
    assert_int_equal(s.text.n, 0);
    tt_loci_release(&s);
}

static int make_loci(void)
{
    tt_loci s = {0};
    tt_loci_at(&s, 1, 1);
    tt_loci_text(&s, "a");
    int rc = s.text.failed ? TT_ENOMEM : 0;
    tt_loci_release(&s);
    return rc;
}

static void no_memory(void **state)
{
    (void)state;
    assert_int_equal(fail_each(make_loci, TT_ENOMEM), 2);
    struct drip d = {"abc", 3, 0, 1, SIZE_MAX};
    tt_input in;
    tt_err err = {0};
    tt_input_from(&in, "drip", drip, &d);
    fail_after = 0;
    assert_int_equal(tt_input_more(&in, 1, &err), TT_ENOMEM);
    fail_after = -1;
    tt_input_close(&in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_at_every_step), cmocka_unit_test(limits),
        cmocka_unit_test(failures_are_told),   cmocka_unit_test(spooled_is_read_by_several),
        cmocka_unit_test(places_of_pieces),    cmocka_unit_test(repaired_pieces_keep_their_columns),
        cmocka_unit_test(two_at_one_place),    cmocka_unit_test(no_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
