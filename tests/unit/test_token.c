/* token, cut: words and symbols of a string and of a doc (COUNTING 5). test_token_random.c goes on. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/unicode.h"
#include "fail_alloc.h"
#include "show_tokens.h"

/* ---- tokens of a string ---- */

static const struct {
    const char *name, *in, *want;
} strings[] = {
    {"empty", "", ""},
    {"white space alone", " \t\r\n" NNBSP ZWSP, ""},
    {"words", "Deep learning,  again", "deep learning|(,) again"},
    {"line break, no-break space",
     "a\nb\xC2\xA0"
     "c",
     "a b c"},
    {"digits and letters", "GPT3 1,000.5 v2", "gpt3 1,000.5 v2"},
    {"signs, one token each", "C++, AT&T...", "c|(+)|(+)|(,) at|(&)|t|(.)|(.)|(.)"},
    {"ideographs, one token each", "机器AI", "机|器|ai"},
    {"kana", "データ", "データ"},
    /* underscores */
    {"underscores at the edges", "_foo_ __init__", "foo init"},
    {"inside", "foo_bar", "foo_bar"},
    {"alone", "a ___ b _", "a (___) b (_)"},
    {"beside a sign", "_-_x", "(_)|(-)=|x"},
    {"other connectors", "‿foo‿", "foo"},
    {"with what vanishes", "_" SHY "foo" SHY "_", "foo"},
    /* what vanishes, what separates */
    {"soft hyphen", "Open" SHY "AI", "openai"},
    {"all that vanish",
     "a\xE1\xA0\x8E\xE2\x80\x8C\xE2\x80\x8D\xE2\x80\x8E\xE2\x80\x8F\xE2\x81\xA0\xEF\xBB\xBF"
     "b",
     "ab"},
    {"alone it is nothing", "a\n" SHY "\nb", "a b"},
    {"and no gap",
     "\xEF\xBB\xBF"
     "a(" SHY "b",
     "a|(()|b"},
    {"behind a blank", "a " SHY "b", "a b"},
    {"U+200B separates", "Open" ZWSP "AI", "open ai"},
    {"U+200B beside signs", "a" ZWSP "-" ZWSP "b", "a (-)= b"},
    {"narrow no-break space in a word", "New" NNBSP "York mot" NNBSP "!", "new york+ mot (!)"},
    {"a blank that bears a mark", "a \xCC\x81 b", "a (\xCC\x81) b"},
    {"marks at the beginning",
     "\xCC\x81"
     "a",
     "(\xCC\x81)|a"},
    /* joints */
    {"domain", "Google.org", "google|(.)+|org+"},
    {"script", "TensorFlow.js.", "tensorflow|(.)+|js+|(.)"},
    {"missing blank", "Hassabis.DeepMind", "hassabis|(.)+|deepmind+"},
    {"colon", "note:this", "note|(:)+|this+"},
    {"middle dot is a hyphen", "DALL·E", "dall|(·)+=|e+"},
    {"abbreviation", "U.S.A. today", "u|(.)+|s+|(.)+|a+|(.) today"},
    {"numbers stay whole", "3.5 12:30", "3.5 12|(:)|30"},
    {"letter and digit", "v.2 2.v", "v|(.)|2 2|(.)|v"},
    {"digit within a part", "gpt2.ai", "gpt2|(.)|ai"},
    {"with a mark on the letter", "cafe\xCC\x81.fr", "café|(.)+|fr+"},
    {"what vanishes around it", "a" SHY "." SHY "b", "a|(.)+|b+"},
    {"not between letters", "Ⅷ.a", "viii.a"},
    {"comma is none", "a,b", "a|(,)|b"},
    /* elision */
    {"French", "l’IA d'Apple", "l!|(')+|ia+ d!|(')+|apple+"},
    {"capitals", "L’IA QU’ON", "l!|(')+|ia+ qu!|(')+|on+"},
    {"cedilla", "ç’a Ç’A c\xCC\xA7’a", "ç!|(')+|a+ ç!|(')+|a+ ç!|(')+|a+"},
    {"twice", "d’aujourd’hui", "d!|(')+|aujourd+!|(')+|hui+"},
    {"Italian", "dell’intelligenza un'altra", "dell!|(')+|intelligenza+ un!|(')+|altra+"},
    {"before an accent", "l’été", "l!|(')+|été+"},
    {"then a joint", "l’Express.fr", "l!|(')+|express+|(.)+|fr+"},
    {"with a possessive", "l’Oréal’s", "l!|(')+|oréal's+$4"},
    {"what vanishes within", "l" SHY "’" SHY "IA", "l!|(')+|ia+"},
    {"no article", "O’Reilly don't we'll presque’a", "o'reilly don't we'll presque'a"},
    {"too long for one", "internationale’a", "internationale'a"},
    {"no letter behind", "l’ l’5 l’Ⅷ", "l|(') l|(')|5 l'viii"},
    {"only at the beginning", "foo.l’eau", "foo|(.)+|l'eau+"},
    {"a possessive is none", "Dell’s C's S’S dell's.com", "dell's$4 c's$2 s's$4 dell's$2|(.)+|com+"},
    {"but an s word is", "s’s’ouvre d’sable", "s!|(')+|s+!|(')+|ouvre+ d!|(')+|sable+"},
    /* possessive */
    {"straight and curly", "OpenAI's OpenAI’s", "openai's$2 openai's$4"},
    {"capitals", "OPENAI’S", "openai's$4"},
    {"what vanishes within", "x’" SHY "s" SHY, "x's$6"},
    {"nothing before it", "’s 's", "(')|s (')|s"},
    {"after a digit it is no part of the word", "GPT-3’s", "gpt|(-)=|3|(')|s"},
    {"after s alone it is a symbol", "analysts’ work", "analysts|(') work"},
    {"other endings", "don’t gas as", "don't gas as"},
    {"with a mark on the s", "x’s\xCC\x81", "x'ś"},
    {"after a joint", "Google.org’s", "google|(.)+|org's+$4"},
    /* hyphens */
    {"hyphens", "a-b a‐b a‑b a‒b a–b", "a|(-)=|b a|(‐)=|b a|(‐)=|b a|(‒)=|b a|(–)=|b"},
    {"longer dashes are none", "a—b a―b", "a|(—)|b a|(―)|b"},
    {"with what vanishes", "a-" SHY "b", "a|(-)=|b"},
    {"with more than that", "a-" ZWJ "🛑", "a|(-🛑)"},
    {"middle dot alone", "a · b", "a (·)= b"},
    /* emoji */
    {"sequence", "👩‍💻 x", "(👩💻) x"},
    {"flags", "🇩🇪🇫🇷", "(🇩🇪)|(🇫🇷)"},
    {"skin tone", "👍🏽!", "(👍🏽)|(!)"},
    {"joiner behind a blank", "a " ZWJ "🛑", "a (🛑)"},
    /* keys */
    {"Turkish", "İstanbul", "i\xCC\x87stanbul"},
    {"sharp s", "Straße", "strasse"},
    {"ligature", "ﬁne", "fine"},
    {"full width", "ＡＩ", "ai"},
    {"final sigma", "ΣΊΣΥΦΟΣ", "σίσυφοσ"},
};

static void test_strings(void **state)
{
    (void)state;
    tt_arena arena = {0};
    tt_buf got = {0};
    int n_wrong = 0;
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
        tt_tokens tokens;
        assert_int_equal(tt_tokenize_str(tt_str_of(strings[i].in), &arena, &tokens, NULL), 0);
        show(&tokens, &got);
        if (strcmp(got.p, strings[i].want) != 0) {
            print_error("%s: %s\n", strings[i].name, got.p);
            n_wrong++;
        }
    }
    assert_int_equal(n_wrong, 0);
    tt_buf_release(&got);
    tt_arena_release(&arena);
}

/* Surfaces leave out what the keys leave out at the edges; equal keys are stored once. */
static void test_surfaces_and_keys(void **state)
{
    (void)state;
    static const struct {
        const char *name, *in, *surface, *nfkc;
        bool shared; /* fold and nfkc are one */
    } cases[] = {
        {"lower case", "openai", "openai", "openai", true},
        {"upper case", "OpenAI", "OpenAI", "OpenAI", false},
        {"curly", "it’s", "it’s", "it's", true},
        {"curly, upper case", "OpenAI’s", "OpenAI’s", "OpenAI's", false},
        {"underscores", "_Foo_", "Foo", "Foo", false},
        {"soft hyphens", "a" SHY "b" SHY, "a" SHY "b", "ab", true},
        {"composed",
         "e\xCC\x81"
         "te\xCC\x81",
         "e\xCC\x81"
         "te\xCC\x81",
         "été", true},
        {"full width", "Ａ", "Ａ", "A", false},
        {"symbol", "…", "…", "...", true},
    };
    tt_arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_tokens tokens;
        assert_int_equal(tt_tokenize_str(tt_str_of(cases[i].in), &arena, &tokens, NULL), 0);
        assert_int_equal(tokens.n, 1);
        const tt_token *t = &tokens.v[0];
        if (!tt_str_is((tt_str){cases[i].in + t->vis, t->n}, cases[i].surface) ||
            !tt_str_is((tt_str){t->nfkc, t->n_nfkc}, cases[i].nfkc) || (t->fold == t->nfkc) != cases[i].shared)
            fail_msg("%s: %.*s", cases[i].name, (int)t->n_nfkc, t->nfkc);
    }
    tt_arena_release(&arena);
}

/* ---- tokens of a doc ---- */

static void assert_tokens(const fixture *f, tt_arena *arena, tt_tokens *tokens, const char *want)
{
    tt_buf got = {0};
    assert_int_equal(tt_tokenize(&f->doc, arena, tokens, NULL), 0);
    show(tokens, &got);
    assert_string_equal(got.p, want);
    tt_buf_release(&got);
}

static void test_runs_and_blocks(void **state)
{
    (void)state;
    fixture f;
    tt_arena arena = {0};
    tt_tokens tokens;

    begin(&f);
    assert_tokens(&f, &arena, &tokens, "");

    add_block(&f, TT_ZONE_TEXT); /* **Open**AI is one word */
    add_run(&f, "Open", TT_ZONE_TEXT, true);
    add_run(&f, "AI and Goo", TT_ZONE_TEXT, false);
    add_run(&f, "gle.", TT_ZONE_TEXT, false);
    add_run(&f, "org", TT_ZONE_TEXT, false);
    add_block(&f, TT_ZONE_TEXT); /* no word reaches over a block's start, whatever its first run says */
    add_run(&f, "chart ", TT_ZONE_TEXT, false);
    assert_tokens(&f, &arena, &tokens, "openai and google|(.)+|org+|/chart");
    assert_true(tokens.v[0].barrier);
    static const uint32_t runs[] = {0, 1, 1, 2, 3, 4}, blocks[] = {0, 0, 0, 0, 0, 1};
    for (size_t i = 0; i < tokens.n; i++) {
        assert_int_equal(tokens.v[i].run, runs[i]);
        assert_int_equal(tokens.v[i].block, blocks[i]);
        assert_int_equal(tokens.v[i].zone, TT_ZONE_TEXT);
    }
    tt_arena_release(&arena);
}

static void test_barriers(void **state)
{
    (void)state;
    fixture f;
    tt_arena arena = {0};
    tt_tokens tokens;

    begin(&f); /* an image, a URL: a barrier, and a change of zone without one */
    add_block(&f, TT_ZONE_TEXT);
    add_run(&f, "deep", TT_ZONE_TEXT, true);
    add_run(&f, "fake", TT_ZONE_TEXT, true);
    add_run(&f, "code", TT_ZONE_CODE, false);
    add_run(&f, "d ", TT_ZONE_CODE, false);
    add_run(&f, " it’", TT_ZONE_TEXT, false);
    add_run(&f, " ", TT_ZONE_TEXT, true); /* a stretch without tokens */
    add_run(&f, "s", TT_ZONE_TEXT, true);
    assert_tokens(&f, &arena, &tokens, "deep|/fake|/coded /it|(') /s");
    static const uint8_t zones[] = {TT_ZONE_TEXT, TT_ZONE_TEXT, TT_ZONE_CODE, TT_ZONE_TEXT, TT_ZONE_TEXT, TT_ZONE_TEXT};
    for (size_t i = 0; i < tokens.n; i++)
        assert_int_equal(tokens.v[i].zone, zones[i]);

    begin(
        &f); /* the overlay wins over weaker zones, so that caption and text become one zone; not over stronger ones */
    add_block(&f, TT_ZONE_BOILERPLATE);
    add_run(&f, "news", TT_ZONE_CAPTION, true);
    add_run(&f, "letter", TT_ZONE_TEXT, false);
    add_run(&f, "url", TT_ZONE_URL, false);
    add_block(&f, TT_ZONE_TITLE);
    add_run(&f, "title", TT_ZONE_HEADING, true);
    assert_tokens(&f, &arena, &tokens, "newsletter|/url|/title");
    assert_int_equal(tokens.v[0].zone, TT_ZONE_BOILERPLATE);
    assert_int_equal(tokens.v[1].zone, TT_ZONE_URL);
    assert_int_equal(tokens.v[2].zone, TT_ZONE_TITLE);
    tt_arena_release(&arena);
}

/* What is lower-case ASCII is not copied. */
static void test_keys_in_place(void **state)
{
    (void)state;
    fixture f;
    tt_arena arena = {0};
    tt_tokens tokens;
    begin(&f);
    add_block(&f, TT_ZONE_TEXT);
    add_run(&f, "chart don't Big", TT_ZONE_TEXT, true);
    assert_tokens(&f, &arena, &tokens, "chart don't big");
    assert_ptr_equal(tokens.v[0].fold, f.vis);
    assert_ptr_equal(tokens.v[1].fold, f.vis + 6);
    assert_ptr_equal(tokens.v[2].nfkc, f.vis + 12);
    tt_arena_release(&arena);
}

/* ---- limits, no memory ---- */

/* An article and its apostrophe with half a megabyte of nothing between; a possessive too long for its field. */
static void test_long_gaps(void **state)
{
    (void)state;
    tt_buf text = {0};
    tt_arena arena = {0};
    tt_tokens tokens;
    for (int gap = 124; gap <= 140; gap++) { /* ’ and s take 4 bytes of their own */
        tt_buf_reset(&text);
        tt_buf_text(&text, "l");
        for (int k = 0; k < 250000; k++)
            tt_buf_text(&text, SHY);
        tt_buf_text(&text, "’IA’");
        for (int k = 0; k < gap; k++)
            tt_buf_text(&text, SHY);
        tt_buf_text(&text, "s");
        assert_int_equal(tt_tokenize_str((tt_str){text.p, text.n}, &arena, &tokens, NULL), 0);
        assert_int_equal(tokens.n, 3);
        assert_true(tokens.v[0].no_end);
        assert_int_equal(tokens.v[2].possessive, 2 * gap + 4 <= UINT8_MAX ? 2 * gap + 4 : 0);
        tt_arena_reset(&arena);
    }
    tt_buf_release(&text);
    tt_arena_release(&arena);
}

static void test_limit(void **state)
{
    (void)state;
    tt_arena arena = {0};
    tt_tokens tokens;
    tt_err err = {0};
    assert_int_equal(tt_tokenize_str((tt_str){"a", (size_t)TT_MAX_FILE + 1}, &arena, &tokens, &err), TT_ELIMIT);
    assert_int_equal(err.code, TT_ELIMIT);
    assert_int_equal(tokens.n, 0);
    fail_after = 0;
    void *p = tt_alloc(1);
    if (!p) /* else a compiler has made malloc of it, which would succeed and read what is not there */
        assert_int_equal(tt_tokenize_str((tt_str){"a", TT_MAX_FILE}, &arena, &tokens, &err), TT_ENOMEM);
    fail_after = -1;
    tt_free(p);
    tt_arena_release(&arena);
}

static int tokenize_long(void)
{
    tt_arena arena = {0};
    tt_buf text = {0};
    tt_tokens tokens;
    tt_err err = {0};
    for (int i = 0; i < 700; i++)
        tt_buf_text(&text, "l’Été d’OpenAI Google.org’s ﬁne " SHY "STRAẞE… 👩‍💻 ");
    int rc = text.failed ? TT_ENOMEM : tt_tokenize_str((tt_str){text.p, text.n}, &arena, &tokens, &err);
    if (!text.failed && rc) {
        assert_int_equal(err.code, TT_ENOMEM);
        assert_int_equal(tokens.n, 0);
    }
    tt_buf_release(&text);
    tt_arena_release(&arena);
    return rc;
}

static void test_no_memory(void **state)
{
    (void)state;
    assert_true(fail_each(tokenize_long, TT_ENOMEM) > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_strings),         cmocka_unit_test(test_surfaces_and_keys),
        cmocka_unit_test(test_runs_and_blocks), cmocka_unit_test(test_barriers),
        cmocka_unit_test(test_keys_in_place),   cmocka_unit_test(test_long_gaps),
        cmocka_unit_test(test_limit),           cmocka_unit_test(test_no_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
