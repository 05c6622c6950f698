/* read/decode: encodings, line ends, failures, places. Mojibake: test_mojibake.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

#include <cmocka.h>

#include "base/unicode.h"
#include "fail_alloc.h"
#include "read/decode.h"

#define BYTES(literal) literal, sizeof(literal) - 1

static const struct {
    const char *name, *in;
    size_t n;
    const char *want, *encoding;
} encodings[] = {
    {"empty", BYTES(""), "", "UTF-8"},
    {"ASCII", BYTES("plain\n"), "plain\n", "UTF-8"},
    {"no line end", BYTES("a"), "a", "UTF-8"},
    {"UTF-8", BYTES("Où 北 🔌\n"), "Où 北 🔌\n", "UTF-8"},
    {"UTF-8 with mark", BYTES("\xEF\xBB\xBFOù"), "Où", "UTF-8"},
    {"mark alone", BYTES("\xEF\xBB\xBF"), "", "UTF-8"},
    {"two marks", BYTES("\xEF\xBB\xBF\xEF\xBB\xBF---"), "---", "UTF-8"},
    {"half a mark", BYTES("\xEF\xBB"), "ï»", "Windows-1252"},
    {"mark inside", BYTES("a\xEF\xBB\xBF"), "a\xEF\xBB\xBF", "UTF-8"},
    {"UTF-16LE",
     BYTES("\xFF\xFE"
           "a\0\xE9\0\x19\x20"),
     "aé’", "UTF-16LE"},
    {"UTF-16BE", BYTES("\xFE\xFF\0a\0\xE9\x20\x19"), "aé’", "UTF-16BE"},
    {"UTF-16LE pair", BYTES("\xFF\xFE\x3D\xD8\x0C\xDD!\0"), "🔌!", "UTF-16LE"},
    {"UTF-16BE pair", BYTES("\xFE\xFF\xD8\x3D\xDD\x0C\0!"), "🔌!", "UTF-16BE"},
    {"UTF-16 empty", BYTES("\xFF\xFE"), "", "UTF-16LE"},
    {"UTF-16 CR LF", BYTES("\xFE\xFF\0a\0\r\0\n\0b"), "a\nb", "UTF-16BE"},
    {"UTF-16 U+0D0A is no line end", BYTES("\xFE\xFF\x0D\x0A"), "\u0D0A", "UTF-16BE"},
    {"Windows-1252", BYTES("caf\xE9 \x93x\x94 \x80"), "café “x” €", "Windows-1252"},
    {"Windows-1252, undefined bytes", BYTES("\x81 \x8D \x8F \x90 \x9D"), "\xC2\x81 \xC2\x8D \xC2\x8F \xC2\x90 \xC2\x9D",
     "Windows-1252"},
    {"Windows-1252, all of 80 to 9F", BYTES("\x82\x83\x84\x85\x86\x87\x88\x89\x8A\x8B\x8C\x8E\x91\x92\x95\x96\x97"),
     "‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’•–—", "Windows-1252"},
    {"Windows-1252, the rest", BYTES("\x98\x99\x9A\x9B\x9C\x9E\x9F\xA0\xFF"), "˜™š›œžŸ\u00A0ÿ", "Windows-1252"},
    {"one valid sequence", BYTES("\xC3\xA9 caf\xE9 \x93x\x94"), "é café “x”", "UTF-8"},
    {"invalid byte before a valid sequence", BYTES("\xE9\xC3\xA9"), "éé", "UTF-8"},
    {"overlong", BYTES("é \xC0\xAF"), "é À¯", "UTF-8"},
    {"surrogate in UTF-8", BYTES("é \xED\xA0\x80"), "é í\u00A0€", "UTF-8"},
    {"above U+10FFFF", BYTES("é \xF4\x90\x80\x80"), "é ô\xC2\x90€€", "UTF-8"},
    {"cut off at the end", BYTES("é \xE2\x80"), "é â€", "UTF-8"},
    {"lone tail", BYTES("é\x80"), "é€", "UTF-8"},
    {"behind eight of ASCII", BYTES("12345678\xC3\xA9\x92 12345678"), "12345678é’ 12345678", "UTF-8"},
    {"CR LF", BYTES("a\r\nb\r\n"), "a\nb\n", "UTF-8"},
    {"CR", BYTES("a\rb\r"), "a\nb\n", "UTF-8"},
    {"CR CR LF", BYTES("a\r\r\nb"), "a\n\nb", "UTF-8"},
    {"LF CR", BYTES("a\n\rb"), "a\n\nb", "UTF-8"},
    {"CR alone", BYTES("\r"), "\n", "UTF-8"},
    {"mixed line ends", BYTES("\r\n\na\rb\n\r\n"), "\n\na\nb\n\n", "UTF-8"},
};

static void test_encodings(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++) {
        tt_text text;
        assert_int_equal(tt_decode(encodings[i].in, encodings[i].n, false, &text, NULL), 0);
        if (strcmp(text.data, encodings[i].want) != 0 || strlen(text.data) != text.n ||
            strcmp(text.encoding, encodings[i].encoding) != 0)
            fail_msg("%s: got \"%s\" (%s)", encodings[i].name, text.data, text.encoding);
        assert_true(tt_utf8_valid(text.data, text.n));
        assert_int_equal(text.n_fixes, 0);
        assert_int_equal(text.n_repaired, 0);
        tt_text_release(&text);
        assert_null(text.data);
    }
}

static char small[4]; /* NUL first, so that nothing behind it is looked at */

static const struct {
    const char *name, *in;
    size_t n;
    int want;
    const char *says;
} failures[] = {
    {"NUL", BYTES("a\0b"), TT_EINPUT, "NUL"},
    {"NUL at the end", BYTES("ab\0"), TT_EINPUT, "--exclude"},
    {"NUL behind a mark", BYTES("\xEF\xBB\xBF\0"), TT_EINPUT, "NUL"},
    {"UTF-16 without mark", BYTES("a\0b\0"), TT_EINPUT, "NUL"},
    {"UTF-16 with NUL",
     BYTES("\xFF\xFE"
           "a\0\0\0"),
     TT_EINPUT, "NUL"},
    {"UTF-32", BYTES("\xFF\xFE\0\0a\0\0\0"), TT_EINPUT, "NUL"},
    {"UTF-16, odd",
     BYTES("\xFF\xFE"
           "a"),
     TT_EINPUT, "UTF-16"},
    {"UTF-16, odd behind text", BYTES("\xFE\xFF\0a\0"), TT_EINPUT, "UTF-16"},
    {"high surrogate at the end", BYTES("\xFE\xFF\xD8\x3D"), TT_EINPUT, "UTF-16"},
    {"high surrogate alone", BYTES("\xFE\xFF\xD8\x3D\0a"), TT_EINPUT, "UTF-16"},
    {"two high surrogates", BYTES("\xFE\xFF\xD8\x3D\xD8\x3D"), TT_EINPUT, "UTF-16"},
    {"low surrogate alone", BYTES("\xFE\xFF\xDD\x0C\0a"), TT_EINPUT, "UTF-16"},
    {"above the limit", small, (size_t)TT_MAX_FILE + 1, TT_ELIMIT, "1024 MiB"},
};

/* As large as may be: pages that are never touched but for the first. */
static void test_at_the_limit(void **state)
{
    (void)state;
    tt_text text;
    tt_err err = {0};
    void *zeros = mmap(NULL, TT_MAX_FILE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    assert_true(zeros != MAP_FAILED);
    assert_int_equal(tt_decode(zeros, TT_MAX_FILE, true, &text, &err), TT_EINPUT);
    assert_non_null(strstr(err.text, "NUL"));
    munmap(zeros, TT_MAX_FILE);
}

static void test_failures(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++) {
        tt_text text;
        tt_err err = {0};
        int rc = tt_decode(failures[i].in, failures[i].n, true, &text, &err);
        if (rc != failures[i].want || err.code != rc || !strstr(err.text, failures[i].says))
            fail_msg("%s: %d \"%s\"", failures[i].name, rc, err.text);
        assert_null(text.data);
        assert_null(text.fixes);
    }
}

static int run_decode(void)
{
    static const char in[] = "\xEF\xBB\xBF# Caf\xC3\xA9 \x93\r\nOpenAI‚Äôs caf√© Ã¢â‚¬â„¢\r\n";
    tt_text text;
    tt_err err = {0};
    int rc = tt_decode(in, sizeof in - 1, true, &text, &err);
    if (rc == 0)
        assert_string_equal(text.data, "# Café “\nOpenAI’s café ’\n");
    else
        assert_true(err.code == rc && !text.data && !text.fixes);
    tt_text_release(&text);
    return rc;
}

static void test_memory(void **state)
{
    (void)state;
    assert_true(fail_each(run_decode, TT_ENOMEM) >= 4);
}

/* ---- places ---- */

/* Where the first `@` of the text stands on disk. */
static const struct {
    const char *name, *in;
    size_t n;
    size_t line, column;
} places[] = {
    {"first", BYTES("@"), 1, 1},
    {"column", BYTES("ab@"), 1, 3},
    {"line", BYTES("ab\n\nc@"), 3, 2},
    {"characters", BYTES("é北🔌@"), 1, 4},
    {"mark", BYTES("\xEF\xBB\xBF@"), 1, 1},
    {"CR LF", BYTES("ab\r\ncd\r\n@"), 3, 1},
    {"CR", BYTES("ab\rcd\r e@"), 3, 3},
    {"UTF-16", BYTES("\xFE\xFF\0a\0\r\0\n\xD8\x3D\xDD\x0C\0@"), 2, 2},
    {"Windows-1252", BYTES("\x93\xE9\x94@"), 1, 4},
    {"invalid bytes", BYTES("é\x93\x94@"), 1, 4},
    {"behind a repair", BYTES("OpenAI‚Äôs @"), 1, 12},
    {"before a repair", BYTES("@ OpenAI‚Äôs"), 1, 1},
    {"behind repairs", BYTES("\uF8FFüîå caf√© @"), 1, 12},
    {"repair on the line before", BYTES("OpenAI‚Äôs\nab@ ‚Äî"), 2, 3},
    {"repairs on both", BYTES("‚Äî\n‚Äî@‚Äî\n"), 2, 4},
    {"repaired twice", BYTES("Ã¢â‚¬â„¢@"), 1, 9},
    {"repaired twice and once", BYTES("Ã¢â‚¬â„¢ â€™@"), 1, 13},
    {"repaired mark", BYTES("ï»¿a@"), 1, 5},
    {"repaired mark belongs to the first character", BYTES("ï»¿@"), 1, 1},
    {"repaired mark, more text", BYTES("ï»¿ab\n@"), 2, 1},
    {"repaired mark and repair", BYTES("ï»¿â€™@"), 1, 7},
    {"mark repaired twice", BYTES("Ã¯Â»Â¿a@"), 1, 8},
};

static size_t find(const tt_text *text, char c)
{
    const char *p = memchr(text->data, c, text->n);
    assert_non_null(p);
    return (size_t)(p - text->data);
}

static void test_places(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        tt_text text;
        size_t line, column;
        assert_int_equal(tt_decode(places[i].in, places[i].n, true, &text, NULL), 0);
        tt_text_place(&text, find(&text, '@'), NULL, &line, &column);
        if (line != places[i].line || column != places[i].column)
            fail_msg("%s: %zu:%zu", places[i].name, line, column);
        tt_text_release(&text);
    }
}

static void test_inside_and_behind(void **state)
{
    (void)state;
    tt_text text;
    size_t line, column;
    assert_int_equal(tt_decode(BYTES("a北b\n"), true, &text, NULL), 0);
    for (size_t at = 1; at < 4; at++) {
        tt_text_place(&text, at, NULL, &line, &column);
        assert_int_equal(line, 1);
        assert_int_equal(column, 2);
    }
    tt_text_place(&text, 4, NULL, &line, &column);
    assert_int_equal(column, 3);
    tt_text_place(&text, text.n, NULL, &line, &column);
    assert_int_equal(line, 2);
    assert_int_equal(column, 1);
    tt_text_place(&text, text.n + 100, NULL, &line, &column);
    assert_int_equal(line, 2);
    tt_text_release(&text);

    assert_int_equal(tt_decode("", 0, true, &text, NULL), 0);
    tt_text_place(&text, 0, NULL, &line, &column);
    assert_int_equal(line, 1);
    assert_int_equal(column, 1);
    tt_text_release(&text);
}

/* A cursor gives what a fresh look gives, whichever way it goes and in whatever steps. */
static void test_cursor(void **state)
{
    (void)state;
    static const char in[] = "ï»¿# caf√©\r\n\r\nOpenAI‚Äôs ‚Äî Ã¢â‚¬â„¢ 北京\rüîå \x93x\x94\n\n‚Äî";
    tt_text text;
    assert_int_equal(tt_decode(in, sizeof in - 1, true, &text, NULL), 0);
    for (size_t step = 1; step < 9; step++) {
        tt_cursor cursor = {0};
        size_t at = 0;
        for (size_t i = 0; i < 3 * text.n; i++) { /* falls back now and then: n + 1 is no multiple of most steps */
            size_t line, column, want_line, want_column;
            tt_text_place(&text, at, &cursor, &line, &column);
            tt_text_place(&text, at, NULL, &want_line, &want_column);
            assert_int_equal(line, want_line);
            assert_int_equal(column, want_column);
            at = (at + step) % (text.n + 1);
        }
    }
    tt_text_release(&text);
}

/* Rising look-ups at every byte of 2 MB in one line: a minute where each began at the line's start. */
static void test_cursor_is_linear(void **state)
{
    (void)state;
    const size_t n = 2000000;
    char *in = malloc(n);
    assert_non_null(in);
    memset(in, 'x', n);
    tt_text text;
    assert_int_equal(tt_decode(in, n, true, &text, NULL), 0);
    tt_cursor cursor = {0};
    size_t line = 0, column = 0;
    for (size_t at = 0; at < n; at++)
        tt_text_place(&text, at, &cursor, &line, &column);
    assert_int_equal(line, 1);
    assert_int_equal(column, n);
    tt_text_release(&text);
    free(in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_encodings),
        cmocka_unit_test(test_failures),
        cmocka_unit_test(test_at_the_limit),
        cmocka_unit_test(test_memory),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_inside_and_behind),
        cmocka_unit_test(test_cursor),
        cmocka_unit_test(test_cursor_is_linear),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
