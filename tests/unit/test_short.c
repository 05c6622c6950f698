/* Short ways give what the general ones do: on random texts made of pieces that matter. (Front matter: test_yaml.c.) */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/bytes.h"
#include "base/rows.h"
#include "base/unicode.h"
#include "parse/section.h"
#include "read/codepage.h"
#include "read/decode.h"
#include "read/mojibake.h"
#include "tag/term.h"

static uint32_t seed = 11;

static uint32_t below(size_t n)
{
    seed = seed * 1664525 + 1013904223;
    return (uint32_t)((seed >> 8) % n);
}

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Up to `most` pieces one behind the other. */
static void fill(tt_buf *to, const char *const *pieces, size_t n_pieces, size_t most)
{
    tt_buf_reset(to);
    tt_buf_text(to, "");
    for (size_t n = below(most + 1); n > 0; n--)
        tt_buf_text(to, pieces[below(n_pieces)]);
}

/* ---- base/str ---- */

static void test_hash(void **state)
{
    char text[130];
    uint64_t seen[COUNT(text) * 9];
    size_t n = 0;
    (void)state;
    memset(text, 'a', sizeof text);
    for (size_t len = 0; len < sizeof text; len++) {
        seen[n++] = tt_hash_long(text, len);
        for (size_t bit = 0; len > 0 && bit < 8; bit++) { /* one bit of one byte, wherever it stands */
            size_t at = below(len);
            text[at] = (char)(text[at] ^ 1 << bit);
            seen[n++] = tt_hash_long(text, len);
            text[at] = 'a';
        }
    }
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n && k < i + 9; k++)
            assert_true(seen[i] != seen[k] || i == k);
    assert_true(tt_hash_long("", 0) != tt_hash_long("\0", 1));
    assert_true(tt_hash_long(text, 100) == tt_hash_long(text + 7, 100));
}

/* ---- base/unicode: a character that vanishes between all others leads every one of them the long way ---- */

static void test_alnum(void **state)
{
    static const char *const pieces[] = {"a",
                                         "B",
                                         "7",
                                         "hello world",
                                         "e\xCC\x81",
                                         "\xCC\x81",
                                         "’",
                                         "—",
                                         "“ab”",
                                         "\u2063",
                                         "\U0001F50C",
                                         "\U0001F102",
                                         "\uFE0F",
                                         "é",
                                         "\u1E9B\u0323",
                                         "½",
                                         "ﬁ",
                                         "\u2070",
                                         "\u2011",
                                         "Ⅳ",
                                         " ",
                                         "...",
                                         "中",
                                         "ß",
                                         "\U0001F468\u200D",
                                         "\u0345",
                                         "\U0001F3FB",
                                         "\u2060",
                                         "twenty letters here!",
                                         "\u205F",
                                         "\u2027",
                                         "\u2030"};
    tt_buf in = {0}, apart = {0}, quick = {0}, slow = {0};
    (void)state;
    for (int round = 0; round < 60000; round++) {
        size_t n_quick, n_slow;
        bool letters_only = below(2);
        fill(&in, pieces, COUNT(pieces), 8);
        tt_buf_reset(&apart);
        tt_buf_text(&apart, "");
        for (size_t i = 0, len; i < in.n; i += len) {
            uint32_t cp;
            len = tt_utf8_decode(in.p + i, in.n - i, &cp);
            tt_buf_add(&apart, in.p + i, len);
            tt_buf_text(&apart, "\u2060");
        }
        tt_buf_reset(&quick);
        tt_buf_reset(&slow);
        assert_int_equal(tt_unicode_alnum(in.p, in.n, letters_only, &quick, &n_quick), 0);
        assert_int_equal(tt_unicode_alnum(apart.p, apart.n, letters_only, &slow, &n_slow), 0);
        if (n_quick != n_slow || quick.n != slow.n || (quick.n && memcmp(quick.p, slow.p, quick.n) != 0))
            fail_msg("`%s`: %s, but %s", in.p, quick.p, slow.p);
    }
    tt_buf_release(&in);
    tt_buf_release(&apart);
    tt_buf_release(&quick);
    tt_buf_release(&slow);
}

/* ---- base/rows: a row with a quote is libcsv's ---- */

struct gathered {
    tt_buf out;
    size_t data, quotes, row; /* with `quotes`: of each row the last field is left out, and four bytes are one less */
};

static int gather(void *ctx, const tt_row *row, tt_err *err)
{
    struct gathered *g = ctx;
    (void)err;
    for (size_t i = 0; i + g->quotes < row->n; i++)
        tt_buf_f(&g->out, "%zu:%zu@%zu[%.*s]", row->fields[i].line, row->fields[i].column,
                 row->fields[i].at - 4 * g->quotes * g->row, (int)row->fields[i].text.n, row->fields[i].text.p);
    tt_buf_f(&g->out, "%zu;", row->line);
    g->row++;
    return 0;
}

static void test_rows(void **state)
{
    static const char *const pieces[] = {"a", "b c", " ", "\t", ",", ",", ",", "é", "—", "\xFF", "\xCC", "x,y", "'"};
    static const char *const ends[] = {"\n", "\r\n", "\r", "\n\n", "\n"};
    tt_buf line = {0}, in = {0}, quoted = {0};
    (void)state;
    for (int round = 0; round < 40000; round++) {
        struct gathered plain = {0}, slow = {.quotes = 1};
        tt_err err = {0};
        tt_buf_reset(&in);
        tt_buf_reset(&quoted);
        for (size_t n = below(5); n > 0; n--) {
            do
                fill(&line, pieces, COUNT(pieces), 6);
            while (tt_str_trim((tt_str){line.p, line.n}).n == 0); /* which is no row */
            const char *end = ends[below(COUNT(ends))];
            tt_buf_f(&in, "%s%s", line.p, end);
            tt_buf_f(&quoted, "%s,\"q\"%s", line.p, end);
        }
        assert_int_equal(tt_rows_read("f", (tt_str){in.p, in.n}, gather, &plain, &err), 0);
        assert_int_equal(tt_rows_read("f", (tt_str){quoted.p, quoted.n}, gather, &slow, &err), 0);
        if (plain.out.n != slow.out.n || (plain.out.n && memcmp(plain.out.p, slow.out.p, plain.out.n) != 0))
            fail_msg("`%s`: %s, but %s", in.p, plain.out.p, slow.out.p);
        tt_buf_release(&plain.out);
        tt_buf_release(&slow.out);
    }
    tt_buf_release(&line);
    tt_buf_release(&in);
    tt_buf_release(&quoted);
}

/* ---- tag/term: a quoted letter is the same letter, and no plain one ---- */

static int show(void *ctx, const tt_piece *pieces, size_t n)
{
    for (size_t i = 0; i < n; i++)
        tt_buf_f(ctx, "%d/%d[%.*s]", pieces[i].kind, pieces[i].join, (int)pieces[i].key.n, pieces[i].key.p);
    tt_buf_char(ctx, ';');
    return 0;
}

static void test_terms(void **state)
{
    static const char *const pieces[] = {"gpt", "GPT", "3",   "x",      " ",    " ", "-", "-",
                                         "(",   ")",   "(s)", " (y z)", "(-b)", "*", "é"};
    tt_buf term = {0}, quoted = {0}, plain = {0}, slow = {0};
    (void)state;
    for (int round = 0; round < 60000; round++) {
        tt_err err_p = {0}, err_s = {0};
        bool exact = below(2);
        fill(&term, pieces, COUNT(pieces), 7);
        tt_buf_reset(&quoted);
        tt_buf_text(&quoted, "");
        for (size_t i = 0; i < term.n; i++) {
            if (tt_cp_letter((unsigned char)term.p[i]) || tt_cp_digit((unsigned char)term.p[i]))
                tt_buf_char(&quoted, '\\');
            tt_buf_char(&quoted, term.p[i]);
        }
        tt_buf_reset(&plain);
        tt_buf_reset(&slow);
        tt_buf_text(&plain, "");
        tt_buf_text(&slow, "");
        int rc = tt_term_expand((tt_str){term.p, term.n}, exact, show, &plain, NULL, &err_p);
        assert_int_equal(rc, tt_term_expand((tt_str){quoted.p, quoted.n}, exact, show, &slow, NULL, &err_s));
        if (strcmp(plain.p, slow.p) != 0 || strcmp(err_p.text, err_s.text) != 0)
            fail_msg("`%s`: %s, but %s", term.p, plain.p, slow.p);
    }
    tt_buf_release(&term);
    tt_buf_release(&quoted);
    tt_buf_release(&plain);
    tt_buf_release(&slow);
}

/* ---- read/decode ---- */

/* COUNTING 2 byte by byte, for a text without NUL and byte-order mark. */
static void decode_slowly(const char *p, size_t n, tt_buf *out)
{
    for (size_t i = 0, len; i < n; i += len) {
        char utf8[TT_UTF8_MAX];
        uint32_t cp;
        len = tt_utf8_decode(p + i, n - i, &cp);
        if (len == 0) {
            len = 1;
            cp = tt_windows_char((unsigned char)p[i]);
        }
        if (cp == '\r' && i + 1 < n && p[i + 1] == '\n')
            continue;
        tt_buf_add(out, utf8, tt_utf8_encode(cp == '\r' ? '\n' : cp, utf8));
    }
}

static void test_decode(void **state)
{
    static const char *const pieces[] = {"some words of the text that are ASCII, and more of them to fill a block; ",
                                         "\r\n",
                                         "\r",
                                         "\n",
                                         "’",
                                         "é",
                                         "\U0001F50C",
                                         "\x93",
                                         "\xE2\x80",
                                         "\xC3",
                                         "中文",
                                         "\xED\xA0\x80",
                                         "\xF4\x90\x80\x80",
                                         "\xE0\x9F\xBF",
                                         "\xEF\xBF\xBD",
                                         "x"};
    tt_buf in = {0}, want = {0};
    (void)state;
    for (int round = 0; round < 40000; round++) {
        tt_text text;
        tt_err err = {0};
        fill(&in, pieces, below(2) ? 7 : COUNT(pieces), 12);
        tt_buf_reset(&want);
        tt_buf_text(&want, "");
        decode_slowly(in.p, in.n, &want);
        assert_int_equal(tt_decode(in.p, in.n, false, &text, &err), 0);
        assert_int_equal(text.n, want.n);
        assert_memory_equal(text.data, want.p, want.n + 1);
        tt_text_release(&text);
    }
    tt_buf_release(&in);
    tt_buf_release(&want);
}

/* Where no stretch may be mojibake, a search finds none; and both kinds of text are seen. */
static void test_suspicion(void **state)
{
    size_t n_clean = 0, n_repaired = 0;
    tt_buf in = {0};
    (void)state;
    for (int round = 0; round < 100000; round++) {
        bool may_be = false;
        tt_buf_reset(&in);
        for (size_t n = 1 + below(8); n > 0; n--) {
            char utf8[TT_UTF8_MAX];
            uint32_t kind = below(8), cp = kind < 3   ? tt_windows_char((unsigned char)(0x80 + below(0x80)))
                                           : kind < 5 ? 0x80 + below(0x180)
                                           : kind < 6 ? 0x2010 + below(0x30)
                                           : kind < 7 ? ' ' + below(90)
                                                      : 0x1F300 + below(0x200);
            tt_buf_add(&in, utf8, tt_utf8_encode(cp, utf8));
        }
        for (size_t i = 0, end; i < in.n; i = end) {
            bool high = (unsigned char)in.p[i] >= 0x80;
            for (end = i; end < in.n && ((unsigned char)in.p[end] >= 0x80) == high;)
                end++;
            may_be = may_be || (high && tt_mojibake_may_be(in.p + i, end - i));
        }
        tt_text text = {.data = in.p, .n = in.n};
        assert_int_equal(tt_mojibake_repair(&text), 0);
        if (!may_be && text.n_fixes > 0)
            fail_msg("repaired to `%s`", text.data);
        n_clean += !may_be;
        n_repaired += text.n_fixes > 0;
        free(text.fixes);
    }
    assert_true(n_clean > 1000 && n_repaired > 1000);
    tt_buf_release(&in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hash),  cmocka_unit_test(test_alnum),  cmocka_unit_test(test_rows),
        cmocka_unit_test(test_terms), cmocka_unit_test(test_decode), cmocka_unit_test(test_suspicion),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
