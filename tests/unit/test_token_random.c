/* token: its short way against the general one, runs and barriers, on random text; long input. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/unicode.h"

#include "show_tokens.h"

static uint32_t random_next(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

static const char *const bits[] = {
    "a",
    "B",
    "s",
    "l",
    "d",
    "dell",
    "S",
    "7",
    "42",
    "_",
    "'",
    ".",
    ":",
    ",",
    ";",
    " ",
    "\n",
    "\r\n",
    "-",
    "!",
    "\"",
    "\t",
    "x.y",
    /* from here on not ASCII */
    "é",
    "e\xCC\x81",
    "’",
    "·",
    SHY,
    ZWSP,
    NNBSP,
    ZWJ,
    "👩",
    "א",
    "カ",
    "中",
    "\xCC\x81",
    "🇩",
    "5",
};
enum { N_ASCII_BITS = 23, N_BITS = sizeof bits / sizeof *bits };

static void random_text(uint32_t *seed, size_t n_bits, tt_buf *out)
{
    tt_buf_reset(out);
    for (size_t n = random_next(seed) % 24; n > 0; n--)
        tt_buf_text(out, bits[random_next(seed) % n_bits]);
}

/* The short way of ASCII and the general one: tokens lie in the segments that tt_word_next tells, each segment with a
 * letter or digit has just one first word, and no other has a word. */
static void check_segments(const tt_buf *text, const tt_tokens *tokens)
{
    size_t k = 0;
    for (size_t at = 0, end; at < text->n; at = end) {
        end = tt_word_next(text->p, text->n, at);
        size_t n_first = 0, n_words = 0;
        bool alnum = false;
        for (size_t i = at; i < end;) {
            uint32_t cp;
            i += tt_utf8_decode(text->p + i, end - i, &cp);
            alnum |= tt_cp_letter(cp) || tt_cp_digit(cp);
        }
        for (; k < tokens->n && tokens->v[k].vis < end; k++) {
            assert_true(tokens->v[k].vis + tokens->v[k].n <= end);
            n_first += tokens->v[k].first;
            n_words += tokens->v[k].kind == TT_TOKEN_WORD;
        }
        if (n_first != alnum || (n_words > 0) != alnum)
            fail_msg("%s: %zu words from %zu to %zu", text->p, n_words, at, end);
    }
    assert_int_equal(k, tokens->n);
}

static void test_random_segments(void **state)
{
    (void)state;
    uint32_t seed = 1;
    tt_arena arena = {0};
    tt_buf text = {0};
    for (int i = 0; i < 30000; i++) {
        tt_tokens tokens;
        random_text(&seed, i % 2 ? N_ASCII_BITS : N_BITS, &text);
        assert_int_equal(tt_tokenize_str((tt_str){text.p, text.n}, &arena, &tokens, NULL), 0);
        check_segments(&text, &tokens);
        tt_arena_reset(&arena);
    }
    tt_buf_release(&text);
    tt_arena_release(&arena);
}

/* A soft hyphen changes nothing but the way that is taken, from the short one to the general one. */
static void test_random_soft_hyphens(void **state)
{
    (void)state;
    uint32_t seed = 2;
    tt_arena arena = {0};
    tt_buf plain = {0}, soft = {0}, a = {0}, b = {0};
    for (int i = 0; i < 30000; i++) {
        tt_tokens x, y;
        random_text(&seed, N_ASCII_BITS, &plain);
        tt_buf_reset(&soft);
        for (size_t k = 0; k < plain.n; k++) {
            tt_buf_char(&soft, plain.p[k]);
            if (!tt_cp_space((unsigned char)plain.p[k]) && random_next(&seed) % 2)
                tt_buf_text(&soft, SHY);
        }
        assert_int_equal(tt_tokenize_str((tt_str){plain.p, plain.n}, &arena, &x, NULL), 0);
        assert_int_equal(tt_tokenize_str((tt_str){soft.p, soft.n}, &arena, &y, NULL), 0);
        for (size_t k = 0; k < y.n; k++) { /* a possessive is longer there: as long as its key */
            assert_true(!y.v[k].possessive || y.v[k].possessive >= 2);
            y.v[k].possessive = y.v[k].fold_possessive;
        }
        show(&x, &a);
        show(&y, &b);
        if (strcmp(a.p, b.p) != 0)
            fail_msg("%s: %s, %s", plain.p, a.p, b.p);
        for (size_t k = 0; k < x.n; k++)
            assert_true(tt_str_eq((tt_str){x.v[k].nfkc, x.v[k].n_nfkc}, (tt_str){y.v[k].nfkc, y.v[k].n_nfkc}));
        tt_arena_reset(&arena);
    }
    tt_buf_release(&plain);
    tt_buf_release(&soft);
    tt_buf_release(&a);
    tt_buf_release(&b);
    tt_arena_release(&arena);
}

/* Cut into runs at random: without barriers all is as in one run; with one at a place, as two strings. */
static void test_random_runs(void **state)
{
    (void)state;
    uint32_t seed = 3;
    tt_arena arena = {0};
    tt_buf text = {0}, want = {0}, got = {0};
    for (int i = 0; i < 10000; i++) {
        tt_tokens whole, cut;
        fixture f;
        begin(&f);
        add_block(&f, TT_ZONE_TEXT);
        random_text(&seed, N_BITS, &text);
        for (size_t at = 0, end; at < text.n; at = end) {
            char piece[8] = "";
            uint32_t cp;
            end = at + tt_utf8_decode(text.p + at, text.n - at, &cp);
            memcpy(piece, text.p + at, end - at);
            if (at > 0 && (f.doc.n_runs == MAX_RUNS || random_next(&seed) % 2)) { /* goes on the run before */
                memcpy(f.vis + f.doc.n_vis, piece, end - at);
                f.runs[f.doc.n_runs - 1].n += (uint32_t)(end - at);
                f.doc.n_vis += (uint32_t)(end - at);
            } else {
                add_run(&f, piece, TT_ZONE_TEXT, at == 0);
            }
        }
        assert_int_equal(tt_tokenize_str((tt_str){text.p, text.n}, &arena, &whole, NULL), 0);
        assert_int_equal(tt_tokenize(&f.doc, &arena, &cut, NULL), 0);
        show(&whole, &want);
        show(&cut, &got);
        assert_string_equal(got.p, want.p);
        for (size_t k = 0; k < cut.n; k++) {
            const tt_run *run = &f.runs[cut.v[k].run];
            assert_true(run->vis <= cut.v[k].vis && cut.v[k].vis < run->vis + run->n);
        }
        if (f.doc.n_runs < 2)
            continue;
        tt_run *second = &f.runs[1 + random_next(&seed) % (f.doc.n_runs - 1)];
        second->barrier = true;
        tt_tokens left, right;
        assert_int_equal(tt_tokenize(&f.doc, &arena, &cut, NULL), 0);
        assert_int_equal(tt_tokenize_str((tt_str){text.p, second->vis}, &arena, &left, NULL), 0);
        assert_int_equal(tt_tokenize_str((tt_str){text.p + second->vis, text.n - second->vis}, &arena, &right, NULL),
                         0);
        assert_int_equal(cut.n, left.n + right.n);
        for (size_t k = 0; k < cut.n; k++) {
            const tt_token *t = k < left.n ? &left.v[k] : &right.v[k - left.n];
            assert_int_equal(cut.v[k].vis, t->vis + (k < left.n ? 0 : second->vis));
            assert_int_equal(cut.v[k].n, t->n);
            assert_int_equal(cut.v[k].barrier, t->barrier);
            assert_int_equal(cut.v[k].first, t->first);
            assert_int_equal(cut.v[k].inner, t->inner);
        }
        tt_arena_reset(&arena);
    }
    tt_buf_release(&text);
    tt_buf_release(&want);
    tt_buf_release(&got);
    tt_arena_release(&arena);
}

/* ---- cost ---- */

/* A megabyte each of what would be slow if anything were read again and again. */
static void test_long_input(void **state)
{
    (void)state;
    static const struct {
        const char *name, *bit;
        size_t n_tokens; /* for each */
    } cases[] = {
        {"one word", "a", 0},
        {"marks", "\xCC\x81\xCC\xA3", 0},
        {"underscores", "_", 0},
        {"soft hyphens", SHY, 0},
        {"joiners", "👩" ZWJ, 0},
        {"flags", "🇩🇪", 1},
        {"joints", "a.", 2},
        {"elisions", "l’", 2},
        {"possessives", "x’s", 0},
        {"no joint", "a." SHY, 2},
        {"blanks with marks", " \xCC\x81", 1},
        {"narrow blanks", "a" NNBSP, 1},
        {"signs", ".", 1},
        {"numbers", "1,", 0},
        {"quotes", "'", 1},
    };
    tt_buf text = {0};
    tt_arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_tokens tokens;
        size_t times = 1000000 / strlen(cases[i].bit);
        tt_buf_reset(&text);
        for (size_t k = 0; k < times; k++)
            tt_buf_text(&text, cases[i].bit);
        assert_int_equal(tt_tokenize_str((tt_str){text.p, text.n}, &arena, &tokens, NULL), 0);
        if (tokens.n > cases[i].n_tokens * times + 2 || tokens.n + 2 < cases[i].n_tokens * times)
            fail_msg("%s: %zu tokens", cases[i].name, tokens.n);
        tt_arena_reset(&arena);
    }
    tt_buf_release(&text);
    tt_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_segments),
        cmocka_unit_test(test_random_soft_hyphens),
        cmocka_unit_test(test_random_runs),
        cmocka_unit_test(test_long_input),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
