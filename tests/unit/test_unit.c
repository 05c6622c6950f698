/* tag/unit: what stands between blanks, and what its shape and place say. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tag/common.h"
#include "tag/token.h"
#include "tag/unit.h"

/* One text as a doc of one block. */
static int units_of(const char *text, tt_arena *arena, const tt_unit_marks *marks, tt_units *out)
{
    tt_tokens tokens = {0};
    tt_str s = tt_str_of(text);
    uint32_t n = (uint32_t)s.n;
    char *vis = tt_arena_dup(arena, s.p, s.n);
    tt_run *run = tt_arena_alloc(arena, sizeof *run);
    tt_block *block = tt_arena_alloc(arena, sizeof *block);
    tt_doc *doc = tt_arena_alloc(arena, sizeof *doc);
    *run = (tt_run){.n = n, .n_src = n, .zone = TT_ZONE_TEXT, .barrier = true};
    *block = (tt_block){.n_runs = 1, .kind = TT_BLOCK_PARAGRAPH, .overlay = TT_ZONE_TEXT};
    *doc = (tt_doc){.vis = vis, .n_vis = n, .runs = run, .n_runs = 1, .blocks = block, .n_blocks = 1};
    assert_int_equal(tt_tokenize(doc, arena, &tokens, NULL), 0);
    return tt_units_make(doc, &tokens, marks, arena, out);
}

/* `text:flags` of each unit; | where it breaks off, ^ start, T title, C capital, S shaped, N number, # tag, f function,
 * o ordinary, c calendar, j joiner, x covered, b bracketed, p possessive. */
static void show(const tt_units *u, tt_buf *out)
{
    static const struct {
        uint32_t flag;
        char c;
    } marks[] = {{TT_UNIT_BREAK, '|'},     {TT_UNIT_START, '^'},     {TT_UNIT_TITLE, 'T'},  {TT_UNIT_CAPITAL, 'C'},
                 {TT_UNIT_SHAPED, 'S'},    {TT_UNIT_NUMBER, 'N'},    {TT_UNIT_TAG, '#'},    {TT_UNIT_FUNCTION, 'f'},
                 {TT_UNIT_ORDINARY, 'o'},  {TT_UNIT_CALENDAR, 'c'},  {TT_UNIT_JOINER, 'j'}, {TT_UNIT_COVERED, 'x'},
                 {TT_UNIT_BRACKETED, 'b'}, {TT_UNIT_POSSESSIVE, 'p'}};
    for (size_t i = 0; i < u->n; i++) {
        tt_buf_text(out, i ? " " : "");
        tt_buf_str(out, u->v[i].text);
        tt_buf_char(out, ':');
        for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
            if (u->v[i].flags & marks[k].flag)
                tt_buf_char(out, marks[k].c);
    }
}

static void test_flags(void **state)
{
    static const struct {
        const char *name, *in, *want;
    } cases[] = {
        {"sentence", "Otto bought a barometer.", "Otto:|^C bought:o a:f barometer:"},
        {"two sentences", "We met Otto. Kernel barks!", "We:|^Cf met:o Otto:C Kernel:|^C barks:"},
        {"an initial ends no sentence", "we met with old Yoshua J. Bengio",
         "we:|^f met:o with:fj old:o Yoshua:C J.:C Bengio:C"},
        {"a title neither", "met Dr. Quill", "met:|^o Dr.:Coc Quill:C"},
        {"shapes", "on iPhone NLP GPT-3 GANs 3D 5M v2",
         "on:|^Tfj iPhone:TCS NLP:TCS GPT-3:TCS GANs:TCS 3D:TCS 5M:TCN v2:T"},
        {"amounts and years", "for $5 in 2020", "for:|^f 5:|N in:f 2020:N"},
        {"joints", "of TensorFlow.js and C++ or C# at AT&T I/O",
         "of:|^Tfj TensorFlow.js:TCS and:Tf C++:TCS or:Tf C#:TCS at:Tf AT&T:TCS I/O:TCS"},
        {"adjectives made of names", "a ML-powered GAN-based thing", "a:|^f ML-powered:o GAN-based:o thing:o"},
        {"well-known compounds", "a well-known state-of-the-art", "a:|^f well-known:o state-of-the-art:o"},
        {"tags", "see #AIethics and @arxiv at a@b issue #4",
         "see:|^o #AIethics:CS# and:f @arxiv:# at:f a:f b:| issue:o 4:|N"},
        {"possessive", "of Google’s Lens", "of:|^Tfj Google:TCp Lens:|TC"},
        {"brackets", "the network (GAN) is", "the:|^f network: GAN:|CSb is:|f"},
        {"quote begins anew", "a “Model Weather” b", "a:|^f Model:|^C Weather:C b:|"},
        {"joiner with blanks", "at Procter & Gamble", "at:|^Tf Procter:TC &:Tfj Gamble:TC"},
        {"title", "Everyday Weather Models of Europe", "Everyday:|^TC Weather:TC Models:TC of:Tfj Europe:TC"},
        {"long title inside", "we read Some Big Weather Models Need Rain today",
         "we:|^f read:o Some:TCf Big:TCo Weather:TC Models:TC Need:TCo Rain:TC today:o"},
        {"a cry has no shapes", "GREAT NEWS TODAY", "GREAT:|^TCo NEWS:TCo TODAY:TCo"},
        {"calendar", "on Monday", "on:|^fj Monday:Coc"},
        {"elision", "de l’IA", "de:|^j IA:CS"},
        {"US is no pronoun", "in the US", "in:|^f the:f US:CS"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_arena arena = {0};
        tt_buf got = {0};
        tt_units u;
        assert_int_equal(units_of(cases[i].in, &arena, &(tt_unit_marks){NULL, NULL}, &u), 0);
        show(&u, &got);
        if (!tt_str_is((tt_str){got.p, got.n}, cases[i].want))
            fail_msg("%s: got %s, want %s", cases[i].name, got.p, cases[i].want);
        tt_buf_release(&got);
        tt_arena_release(&arena);
    }
}

static void test_marks(void **state)
{
    const bool counted[] = {true, false, true, true}, covered[] = {false, false, true, false};
    tt_arena arena = {0};
    tt_buf got = {0};
    tt_units u;
    (void)state;
    assert_int_equal(units_of("see Otto meet Kernel", &arena, &(tt_unit_marks){counted, covered}, &u), 0);
    show(&u, &got);
    assert_string_equal(got.p, "see:|^o meet:|ox Kernel:C");
    tt_buf_release(&got);
    tt_arena_release(&arena);
}

static void test_keys(void **state)
{
    static const struct {
        const char *in, *key;
    } cases[] = {
        {"DALL-E", "dalle"}, {"Malmö", "malmo"}, {"O’Reilly", "o'reilly"}, {"C++", "c++"}, {"Ελλάδα", "ελλαδα"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_arena arena = {0};
        tt_units u;
        assert_int_equal(units_of(cases[i].in, &arena, &(tt_unit_marks){NULL, NULL}, &u), 0);
        assert_int_equal(u.n, 1);
        if (!tt_str_is(u.v[0].key, cases[i].key))
            fail_msg("%s: got %.*s, want %s", cases[i].in, (int)u.v[0].key.n, u.v[0].key.p, cases[i].key);
        tt_arena_release(&arena);
    }
}

/* The tables are searched by halves: a word at each end and in the middle is found. */
static void test_common(void **state)
{
    static const struct {
        const char *word;
        unsigned want;
    } cases[] = {{"a", TT_COMMON_FUNCTION},
                 {"yourselves", TT_COMMON_FUNCTION},
                 {"don't", TT_COMMON_FUNCTION},
                 {"able", TT_COMMON_ORDINARY},
                 {"zone", TT_COMMON_ORDINARY},
                 {"monday", TT_COMMON_CALENDAR},
                 {"ad", TT_COMMON_CALENDAR},
                 {"machine", 0},
                 {"", 0}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if ((tt_common_word(tt_str_of(cases[i].word)) & cases[i].want) != cases[i].want ||
            (cases[i].want == 0 && tt_common_word(tt_str_of(cases[i].word)) != 0))
            fail_msg("%s: got %u", cases[i].word, tt_common_word(tt_str_of(cases[i].word)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_flags), cmocka_unit_test(test_marks),
                                       cmocka_unit_test(test_keys), cmocka_unit_test(test_common)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
