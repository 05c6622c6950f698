/* unicode: UTF-8, properties, keys (COUNTING 5), letters and digits alone (COUNTING 3). */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/bytes.h"
#include "base/str.h"
#include "base/unicode.h"

#include "fail_alloc.h"

static const uint32_t last_cp = 0x10ffff;

static bool is_scalar(uint32_t cp)
{
    return cp < 0xd800 || cp > 0xdfff;
}

/* ---- UTF-8 ---- */

static void test_decode(void **state)
{
    (void)state;
    static const struct {
        const char *name, *in;
        size_t len;
        uint32_t cp;
    } cases[] = {
        {"ASCII", "a", 1, 'a'},
        {"two bytes, least", "\xC2\x80", 2, 0x80},
        {"three bytes, least", "\xE0\xA0\x80", 3, 0x800},
        {"below the surrogates", "\xED\x9F\xBF", 3, 0xd7ff},
        {"above the surrogates", "\xEE\x80\x80", 3, 0xe000},
        {"four bytes, least", "\xF0\x90\x80\x80", 4, 0x10000},
        {"last", "\xF4\x8F\xBF\xBF", 4, 0x10ffff},
        {"more behind", "\xC3\xA9zz", 2, 0xe9},
        {"tail alone", "\x80", 0, 0},
        {"overlong, two bytes", "\xC1\xBF", 0, 0},
        {"overlong, three bytes", "\xE0\x9F\xBF", 0, 0},
        {"overlong, four bytes", "\xF0\x8F\xBF\xBF", 0, 0},
        {"surrogate", "\xED\xA0\x80", 0, 0},
        {"last surrogate", "\xED\xBF\xBF", 0, 0},
        {"above the last", "\xF4\x90\x80\x80", 0, 0},
        {"no such lead", "\xF5\x80\x80\x80", 0, 0},
        {"cut off", "\xF0\x9F\x98", 0, 0},
        {"cut off after the lead", "\xE2", 0, 0},
        {"no tail", "\xC3z", 0, 0},
        {"second tail is none", "\xE2\x80z", 0, 0},
        {"third tail is none", "\xF0\x9F\x98z", 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t cp = 0;
        size_t len = tt_utf8_decode(cases[i].in, strlen(cases[i].in), &cp);
        if (len != cases[i].len || (len > 0 && cp != cases[i].cp))
            fail_msg("%s: %zu bytes, U+%04X", cases[i].name, len, cp);
    }
}

static void test_encode(void **state)
{
    (void)state;
    for (uint32_t cp = 0; cp <= last_cp; cp++) {
        char p[TT_UTF8_MAX];
        uint32_t back = 0;
        if (!is_scalar(cp))
            continue;
        size_t n = tt_utf8_encode(cp, p);
        if (tt_utf8_decode(p, n, &back) != n || back != cp)
            fail_msg("U+%04X", cp);
    }
}

static void test_valid(void **state)
{
    (void)state;
    char text[40];
    for (size_t at = 0; at < sizeof text; at++) { /* wherever the bad byte stands among the eights */
        memset(text, 'a', sizeof text);
        assert_true(tt_utf8_valid(text, sizeof text));
        text[at] = (char)0xC3;
        assert_false(tt_utf8_valid(text, sizeof text));
        if (at + 1 < sizeof text) {
            text[at + 1] = (char)0xA9;
            assert_true(tt_utf8_valid(text, sizeof text));
        }
    }
    assert_true(tt_utf8_valid("", 0));
    const char *s = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80";
    assert_int_equal(tt_utf8_count(s, strlen(s)), 4);
    assert_int_equal(tt_utf8_count(s, 0), 0);
    assert_int_equal(tt_utf8_back(s, 10), 6);
    assert_int_equal(tt_utf8_back(s, 6), 3);
    assert_int_equal(tt_utf8_back(s, 3), 1);
    assert_int_equal(tt_utf8_back(s, 1), 0);
}

/* ---- properties ---- */

static void test_word_break(void **state)
{
    (void)state;
    static const struct {
        uint32_t cp;
        tt_wb want;
    } cases[] = {
        {'!', TT_WB_OTHER},           {'\r', TT_WB_CR},          {'\n', TT_WB_LF},
        {0x85, TT_WB_NEWLINE},        {0x301, TT_WB_EXTEND},     {0x200d, TT_WB_ZWJ},
        {0xad, TT_WB_FORMAT},         {0x1f1e6, TT_WB_REGIONAL}, {0x30ab, TT_WB_KATAKANA},
        {0x5d0, TT_WB_HEBREW},        {'x', TT_WB_ALETTER},      {'\'', TT_WB_SINGLE_QUOTE},
        {'"', TT_WB_DOUBLE_QUOTE},    {'.', TT_WB_MIDNUMLET},    {0x2019, TT_WB_MIDNUMLET},
        {0xb7, TT_WB_MIDLETTER},      {',', TT_WB_MIDNUM},       {'7', TT_WB_NUMERIC},
        {'_', TT_WB_EXTENDNUMLET},    {' ', TT_WB_WSEGSPACE},    {0x4e2d, TT_WB_OTHER},
        {0x202f, TT_WB_EXTENDNUMLET}, {0xe0020, TT_WB_EXTEND},   {0x2ffff, TT_WB_OTHER},
        {0x30000, TT_WB_OTHER},       {0xdffff, TT_WB_OTHER},    {0xe1000, TT_WB_OTHER},
        {0x10ffff, TT_WB_OTHER},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (tt_cp_wb(cases[i].cp) != cases[i].want)
            fail_msg("U+%04X: %d", cases[i].cp, (int)tt_cp_wb(cases[i].cp));
}

/* One line a property: characters that have it, characters that have not. */
static void test_properties(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        bool (*has)(uint32_t cp);
        uint32_t yes[14], no[14];
    } cases[] = {
        {"pictographic", tt_cp_pictographic, {0x1f600, 0xa9, 0x2122, 0x2764}, {'a', '1', 0x1f1e6, 0x1f3fb, 0x4e2d}},
        {"letter",
         tt_cp_letter,
         {'a', 'Z', 0xe9, 0xdf, 0x1c5, 0x4e2d, 0xaa, 0x2b0},
         {'1', '_', 0x301, 0xbd, 0x24b6, '@', '['}},
        {"digit", tt_cp_digit, {'0', '9', 0xbd, 0x2460, 0x2167, 0x663}, {'a', '/', ':', 0x301, 0x4e2d}},
        {"mark", tt_cp_mark, {0x301, 0x903, 0x20e3, 0xfe0f}, {'a', '^', 0xa8, 0x200d}},
        {"upper", tt_cp_upper, {'A', 'Z', 0xc9, 0x1c5, 0x130}, {'a', '@', '[', 0xe9, 0x2167}},
        {"space",
         tt_cp_space,
         {' ', '\t', '\n', '\v', '\f', '\r', 0x85, 0xa0, 0x1680, 0x2009, 0x202f, 0x2028, 0x3000},
         {'a', 0x200b, 0x2060, 0xfeff, 0x180e, 0x1f}},
        {"emoji",
         tt_cp_emoji,
         {0x1f600, 0x1f1e6, 0x1f1ff, 0x1f3fb, 0x1f3ff, 0x200d, 0xfe0f, 0x20e3, 0xe0020, 0xe007f, 0x2764, 0x1f50c},
         {'#', '*', '0', '9', 0xa9, 0xae, 0x2122, 'a', 0x301, 0x4e2d}},
        {"vanishes",
         tt_cp_vanishes,
         {0xad, 0x180e, 0x200c, 0x200d, 0x200e, 0x200f, 0x2060, 0xfeff},
         {' ', 0x200b, 0x2010, 0x2061, 0x301, 0xfe0f}},
        {"hyphen",
         tt_cp_hyphen,
         {'-', 0x2010, 0x2011, 0x2012, 0x2013, 0xb7},
         {0x2014, 0x2015, 0xad, 0x2212, '_', 0x2022}},
        {"apostrophe", tt_cp_apostrophe, {'\'', 0x2019}, {0x2018, 0x2bc, '"', '`'}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t k = 0; k < 14; k++) {
            if (cases[i].yes[k] && !cases[i].has(cases[i].yes[k]))
                fail_msg("%s: U+%04X is one", cases[i].name, cases[i].yes[k]);
            if (cases[i].no[k] && cases[i].has(cases[i].no[k]))
                fail_msg("%s: U+%04X is none", cases[i].name, cases[i].no[k]);
        }
}

/* The tables, and the test of word boundaries, are of one version. */
static void test_version(void **state)
{
    (void)state;
    char line[80] = "", want[80];
    FILE *f = fopen("tests/spec/WordBreakTest.txt", "r");
    assert_non_null(f);
    assert_non_null(fgets(line, sizeof line, f));
    fclose(f);
    snprintf(want, sizeof want, "# WordBreakTest-%s.txt\n", tt_unicode_version());
    assert_string_equal(line, want);
}

/* ---- keys ---- */

static const struct {
    const char *name, *in, *nfkc, *fold;
} keys[] = {
    {"empty", "", "", ""},
    {"lower case", "openai", "openai", "openai"},
    {"ASCII", "OpenAI_2'S", "OpenAI_2'S", "openai_2's"},
    {"apostrophe", "OpenAI’s", "OpenAI's", "openai's"},
    {"accents", "Élysée", "Élysée", "élysée"},
    {"combining",
     "E\xCC\x81lyse\xCC\x81"
     "e",
     "Élysée", "élysée"},
    {"mark on the last ASCII letter", "cafe\xCC\x81", "café", "café"},
    {"order of marks", "a\xCC\x81\xCC\xA3", "ạ́", "ạ́"},
    {"Turkish capital with dot", "İstanbul", "İstanbul", "i\xCC\x87stanbul"},
    {"Turkish dotless", "ısı", "ısı", "ısı"},
    {"sharp s", "Straße", "Straße", "strasse"},
    {"capital sharp s", "STRAẞE", "STRAẞE", "strasse"},
    {"ligature", "ﬁne", "fine", "fine"},
    {"full width", "ＡＩ２", "AI2", "ai2"},
    {"half-width kana with its mark", "ｶﾞ", "ガ", "ガ"},
    {"final sigma", "Σίσυφος", "Σίσυφος", "σίσυφοσ"},
    {"iota below goes last", "ᾳ\xCC\x87", "ᾳ\xCC\x87", "α\xCC\x87ι"},
    {"Cyrillic", "Яндекс", "Яндекс", "яндекс"},
    {"Hangul from jamo", "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "한", "한"},
    {"Kelvin, angstrom", "KÅ", "KÅ", "kå"},
    {"superscript", "CO₂", "CO2", "co2"},
    {"soft hyphen",
     "Open\xC2\xAD"
     "AI",
     "OpenAI", "openai"},
    {"soft hyphen before a mark", "e\xC2\xAD\xCC\x81", "é", "é"},
    {"all that vanish",
     "a\xC2\xAD\xE1\xA0\x8E\xE2\x80\x8C\xE2\x80\x8D\xE2\x80\x8E\xE2\x80\x8F\xE2\x81\xA0\xEF\xBB\xBF"
     "b",
     "ab", "ab"},
    {"only what vanishes", "\xE2\x80\x8D", "", ""},
    {"emoji keeps its selector", "❤️", "❤️", "❤️"},
    {"emoji sequence without its joiner", "👩‍💻", "👩💻", "👩💻"},
    {"ideographs", "机器学习", "机器学习", "机器学习"},
    {"longest decomposition", "ﷺ", "صلى الله عليه وسلم", "صلى الله عليه وسلم"},
    {"not UTF-8", "a\xFF", "a\xEF\xBF\xBD", "a\xEF\xBF\xBD"},
};

static void test_keys(void **state)
{
    (void)state;
    tt_buf nfkc = {0}, fold = {0};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        tt_buf_reset(&nfkc);
        tt_buf_reset(&fold);
        tt_buf_text(&nfkc, "+"); /* a key is appended */
        tt_buf_text(&fold, "+");
        assert_int_equal(tt_unicode_key(keys[i].in, strlen(keys[i].in), false, &nfkc), 0);
        assert_int_equal(tt_unicode_key(keys[i].in, strlen(keys[i].in), true, &fold), 0);
        if (strcmp(nfkc.p + 1, keys[i].nfkc) != 0 || strcmp(fold.p + 1, keys[i].fold) != 0)
            fail_msg("%s: %s, %s", keys[i].name, nfkc.p + 1, fold.p + 1);
    }
    tt_buf_release(&nfkc);
    tt_buf_release(&fold);
}

static void key_of(const tt_buf *in, bool fold, tt_buf *out)
{
    tt_buf_reset(out);
    assert_int_equal(tt_unicode_key(in->p, in->n, fold, out), 0);
}

/* Each character: a key is its own key; folding NFKC is folding; the short ways (nothing to do, ASCII) and the long one
 * (a decomposed é goes before, so that there is something to do) agree. */
static void test_keys_are_stable(void **state)
{
    (void)state;
    tt_buf in = {0}, nfkc = {0}, fold = {0}, again = {0};
    for (uint32_t cp = 1; cp < 0x30000; cp++) {
        char p[TT_UTF8_MAX];
        if (!is_scalar(cp))
            continue;
        tt_buf_reset(&in);
        tt_buf_add(&in, p, tt_utf8_encode(cp, p));
        key_of(&in, false, &nfkc);
        key_of(&nfkc, false, &again);
        assert_memory_equal(nfkc.p ? nfkc.p : "", again.p ? again.p : "", nfkc.n);
        key_of(&in, true, &fold);
        key_of(&nfkc, true, &again);
        if (fold.n != again.n || memcmp(fold.p, again.p, fold.n) != 0)
            fail_msg("U+%04X: folding after NFKC differs", cp);
        key_of(&fold, true, &again);
        if (fold.n != again.n || memcmp(fold.p, again.p, fold.n) != 0)
            fail_msg("U+%04X: folding twice differs", cp);
        if (tt_cp_mark(cp))
            continue;
        tt_buf_reset(&again);
        tt_buf_text(&again, "e\xCC\x81!");
        tt_buf_str(&again, (tt_str){in.p, in.n});
        key_of(&again, true, &in);
        if (in.n != fold.n + 3 || memcmp(in.p + 3, fold.p, fold.n) != 0)
            fail_msg("U+%04X: the short way differs", cp);
    }
    tt_buf_release(&in);
    tt_buf_release(&nfkc);
    tt_buf_release(&fold);
    tt_buf_release(&again);
}

/* A megabyte of marks in the wrong order on one letter: were they ordered as a whole, this would take minutes. Up to 30
 * (Stream-Safe) the order is right. */
static void test_many_marks(void **state)
{
    (void)state;
    tt_buf in = {0}, out = {0};
    tt_buf_text(&in, "a");
    for (int i = 0; i < 250000; i++)
        tt_buf_text(&in, "\xCC\x81\xCC\xA3");
    key_of(&in, true, &out);
    assert_true(out.n > 990000 && out.n <= in.n + 1);
    size_t n = 0;
    assert_int_equal(tt_unicode_alnum(in.p, in.n, false, &out, &n), 0);
    assert_int_equal(n, 1);

    in.n = 1 + 30 * 2; /* the letter, 15 of each */
    key_of(&in, false, &out);
    tt_buf want = {0};
    tt_buf_text(&want, "ạ");
    for (int i = 0; i < 14; i++)
        tt_buf_text(&want, "\xCC\xA3");
    for (int i = 0; i < 15; i++)
        tt_buf_text(&want, "\xCC\x81");
    assert_int_equal(out.n, want.n);
    assert_memory_equal(out.p, want.p, want.n);
    tt_buf_release(&in);
    tt_buf_release(&out);
    tt_buf_release(&want);
}

/* ---- letters and digits alone ---- */

static void test_alnum(void **state)
{
    (void)state;
    static const struct {
        const char *name, *in, *alnum, *letters;
        size_t n_letters;
    } cases[] = {
        {"empty", "", "", "", 0},
        {"signs alone", " -- … !", "", "", 0},
        {"ASCII", "Issue #12: GPT-3!", "issue12gpt3", "issuegpt", 8},
        {"apostrophes", "OpenAI’s, OpenAI's", "openaisopenais", "openaisopenais", 14},
        {"accents", "Élysée", "élysée", "élysée", 6},
        {"marks go with their letter", "e\xCC\x81!\xCC\x81", "é", "é", 1},
        {"and with their digit",
         "1\xCC\x81"
         "a",
         "1\xCC\x81"
         "a",
         "a", 1},
        {"a mark at the beginning",
         "\xCC\x81"
         "a",
         "a", "a", 1},
        {"vanishing",
         "Op\xC2\xAD"
         "en",
         "open", "open", 4},
        {"vanishing before a mark", "e\xC2\xAD\xCC\x81", "é", "é", 1},
        {"emoji", "1️⃣ ☀️ sun 👩‍💻", "1sun", "sun", 3},
        {"fraction", "½ A", "12a", "a", 1},
        {"sign that looks like letters", "GPT™ Ⓐ", "gpt", "gpt", 3},
        {"full width", "Ａ１", "a1", "a", 1},
        {"sharp s", "Straße", "strasse", "strasse", 6},
        {"ideographs", "第 12 期。", "第12期", "第期", 2},
        {"a mark on the last of many", "naive cafe\xCC\x81 cafe", "naivecafécafe", "naivecafécafe", 13},
        {"what is left out ends no unit", "\u1100 \u1161", "가", "가", 2},
        {"a letter does", "\u1100x\u1161", "\u1100x\u1161", "\u1100x\u1161", 3},
    };
    tt_buf out = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int letters = 0; letters <= 1; letters++) {
            size_t n = 99, want_n = cases[i].n_letters;
            const char *want = letters ? cases[i].letters : cases[i].alnum;
            tt_buf_reset(&out);
            tt_buf_text(&out, "+");
            assert_int_equal(tt_unicode_alnum(cases[i].in, strlen(cases[i].in), letters, &out, &n), 0);
            if (strcmp(out.p + 1, want) != 0 || n != want_n)
                fail_msg("%s (%d): %s, %zu letters", cases[i].name, letters, out.p + 1, n);
        }
    assert_int_equal(tt_unicode_alnum("a", 1, true, &out, NULL), 0);
    tt_buf_release(&out);
}

/* ---- no memory ---- */

static int make_keys(void)
{
    tt_buf ascii = {0}, fold = {0}, alnum = {0};
    int rc = tt_unicode_key("OpenAI", 6, true, &ascii);
    if (!rc)
        rc = tt_unicode_key("STRAẞE’s", 12, true, &fold);
    if (!rc)
        rc = tt_unicode_alnum("Ⅷ e\xCC\x81", 7, false, &alnum, NULL);
    tt_buf_release(&ascii);
    tt_buf_release(&fold);
    tt_buf_release(&alnum);
    return rc;
}

static void test_no_memory(void **state)
{
    (void)state;
    assert_true(fail_each(make_keys, TT_ENOMEM) >= 3);
}

static void test_bare(void **state)
{
    static const struct {
        const char *in, *want;
    } cases[] = {{"", ""},         {"plain", "plain"}, {"Malmö", "Malmo"}, {"e\xCC\x81t\xC3\xA9", "ete"},
                 {"Ёлка", "Елка"}, {"Ǟ", "A"},         {"हिन्दी", "हिन्दी"}, {"한국어", "한국어"},
                 {"ßøł", "ßøł"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_buf got = {0};
        assert_int_equal(tt_unicode_bare(cases[i].in, strlen(cases[i].in), &got), 0);
        if (!tt_str_is((tt_str){got.p, got.n}, cases[i].want))
            fail_msg("%s: got %s, want %s", cases[i].in, got.p ? got.p : "", cases[i].want);
        tt_buf_release(&got);
    }
}

/* The fast way, the plain one and a loop by the definition, on bytes of all kinds, at every length and alignment. */
static void test_letters_alone(void **state)
{
    enum { MOST = 150 };
    static char text[MOST + 64], fast[MOST + TT_BYTES_BEHIND], plain[MOST + TT_BYTES_BEHIND], want[MOST];
    uint32_t seed = 7;
    (void)state;
    for (size_t round = 0; round < 4 * (size_t)MOST * 64; round++) {
        const size_t n = round % MOST, at = round / MOST % 64;
        const bool digits = round & 1;
        size_t n_want = 0, letters = 0, n_fast, n_plain;
        for (size_t i = 0; i < n; i++) {
            seed = seed * 1664525 + 1013904223;
            unsigned char c = (unsigned char)(seed >> 24);
            text[at + i] = (char)(seed >> 20 & 7 ? (c & 0x5F) | 0x20 : c); /* most are near letters */
            c = (unsigned char)text[at + i];
            bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (letter || (digits && c >= '0' && c <= '9'))
                want[n_want++] = (char)(letter ? c | 0x20 : c);
            letters += letter;
        }
        assert_int_equal(tt_bytes_letters(text + at, n, digits, fast, &n_fast), n_want);
        assert_int_equal(tt_bytes_letters_plain(text + at, n, digits, plain, &n_plain), n_want);
        assert_memory_equal(fast, want, n_want);
        assert_memory_equal(plain, want, n_want);
        assert_int_equal(n_fast, letters);
        assert_int_equal(n_plain, letters);
    }
}

/* A text of many stretches, ASCII and other, is the sum of what each character gives alone, where none acts on another. */
static void test_alnum_of_stretches(void **state)
{
    static const char *const pieces[] = {"a", "Z", " ", "7", "-", "\n", "é", "Ж", "字", "…", "’", "ß", "½"};
    uint32_t seed = 11;
    (void)state;
    for (size_t round = 0; round < 20000; round++) {
        tt_buf text = {0}, whole = {0}, sum = {0};
        size_t n_whole, n_sum = 0, n_one;
        const bool letters = round & 1;
        for (size_t i = 0; i < round % 120; i++) {
            seed = seed * 1664525 + 1013904223;
            const char *piece = pieces[(seed >> 24) % (seed >> 16 & 3 ? 6 : 13)];
            tt_buf_text(&text, piece);
            assert_int_equal(tt_unicode_alnum(piece, strlen(piece), letters, &sum, &n_one), 0);
            n_sum += n_one;
        }
        assert_int_equal(tt_unicode_alnum(text.p ? text.p : "", text.n, letters, &whole, &n_whole), 0);
        assert_int_equal(n_whole, n_sum);
        assert_int_equal(whole.n, sum.n);
        assert_true(whole.n == 0 || memcmp(whole.p, sum.p, sum.n) == 0);
        tt_buf_release(&text);
        tt_buf_release(&whole);
        tt_buf_release(&sum);
    }
}

/* Beside it the byte by byte way, at every length and place of the first byte that is not ASCII. */
static void test_ascii_stretch(void **state)
{
    enum { MOST = 100 };
    char text[MOST + 8];
    (void)state;
    for (size_t n = 0; n < MOST; n++)
        for (size_t at = 0; at < 8; at++)
            for (size_t high = at; high <= at + n; high++) {
                memset(text, 'x', sizeof text);
                if (high < at + n)
                    text[high] = (char)0x80;
                assert_int_equal(tt_utf8_ascii(text, at, at + n), high);
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decode),
        cmocka_unit_test(test_bare),
        cmocka_unit_test(test_encode),
        cmocka_unit_test(test_valid),
        cmocka_unit_test(test_word_break),
        cmocka_unit_test(test_properties),
        cmocka_unit_test(test_version),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_keys_are_stable),
        cmocka_unit_test(test_many_marks),
        cmocka_unit_test(test_alnum),
        cmocka_unit_test(test_letters_alone),
        cmocka_unit_test(test_no_memory),
        cmocka_unit_test(test_ascii_stretch),
        cmocka_unit_test(test_alnum_of_stretches),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
