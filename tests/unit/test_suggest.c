/* tag/gather, tag/candidate, tag/spell and trend/rank together: small archives of made-up issues, one string each, a
 * paragraph a line, and the rows that come of them. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "fail_alloc.h"
#include "tag/candidate.h"
#include "tag/match.h"
#include "tag/token.h"
#include "trend/rank.h"

enum { MOST_ISSUES = 8 };

static int cover(void *ctx, const tt_mention *m)
{
    bool *covered = ctx;
    for (uint32_t i = m->first; i <= m->last; i++)
        covered[i] = true;
    return 0;
}

/* A block for each line; the arena holds it all. */
static int read_units(const char *text, tt_arena *arena, const tt_lexicon *lex, tt_units *out)
{
    tt_tokens tokens = {0};
    tt_str s = tt_str_of(text), rest = s;
    uint32_t n_blocks = 0;
    tt_run *runs = tt_arena_array(arena, 16, sizeof *runs);
    tt_block *blocks = tt_arena_array(arena, 16, sizeof *blocks);
    tt_doc *doc = tt_arena_alloc(arena, sizeof *doc);
    tt_match_state *match = NULL;
    if (!runs || !blocks || !doc)
        return TT_ENOMEM;
    while (rest.n) {
        tt_str line = tt_str_cut(&rest, '\n');
        uint32_t at = (uint32_t)(line.p - s.p), n = (uint32_t)line.n;
        runs[n_blocks] = (tt_run){.vis = at, .n = n, .at = at, .n_src = n, .zone = TT_ZONE_TEXT, .barrier = true};
        blocks[n_blocks] = (tt_block){
            .first_run = n_blocks, .n_runs = 1, .at = at, .kind = TT_BLOCK_PARAGRAPH, .overlay = TT_ZONE_TEXT};
        n_blocks++;
    }
    char *vis = tt_arena_dup(arena, s.p, s.n);
    if (!vis)
        return TT_ENOMEM;
    *doc = (tt_doc){
        .vis = vis, .n_vis = (uint32_t)s.n, .runs = runs, .n_runs = n_blocks, .blocks = blocks, .n_blocks = n_blocks};
    int rc = tt_tokenize(doc, arena, &tokens, NULL);
    bool *covered = rc == 0 ? tt_arena_array(arena, tokens.n + 1, sizeof *covered) : NULL;
    if (!covered)
        return TT_ENOMEM;
    memset(covered, 0, tokens.n + 1);
    rc = tt_match_state_new(&match, lex, NULL);
    if (rc == 0) {
        tt_match_tell_drops(match);
        rc = tt_match(match, doc, &tokens, cover, covered, NULL);
    }
    tt_match_state_free(match);
    return rc == 0 ? tt_units_make(doc, &tokens, &(tt_unit_marks){NULL, covered}, arena, out) : rc;
}

static int lexicon_of(const char *csv, tt_lexicon **out)
{
    tt_lexicon_builder *b = NULL;
    tt_err err = {0};
    int rc = tt_lexicon_builder_new(&b, NULL, &err);
    if (rc != 0)
        return rc;
    rc = tt_lexicon_add(b, "l.csv", tt_str_of(csv), &err);
    int finished = tt_lexicon_finish(b, out, &err);
    return rc == 0 ? finished : rc;
}

/* `topic,term,exact,mentions,issues` of each row, one after the other. The first `n_before` issues are the years that a
 * year is compared with. */
static int suggest(const char *const *issues, size_t n_before, const char *csv, tt_buf *out)
{
    tt_arena arena = {0};
    tt_gather g = {0};
    tt_lexicon *lex = NULL;
    tt_units units[MOST_ISSUES];
    tt_candidate *v = NULL;
    tt_suggestion *rows = NULL;
    size_t n = 0, n_issues = 0;
    tt_err err = {0};
    int rc = lexicon_of(csv, &lex);
    for (; rc == 0 && issues[n_issues]; n_issues++)
        rc = read_units(issues[n_issues], &arena, lex, &units[n_issues]);
    for (uint32_t i = 0; rc == 0 && i < n_issues; i++)
        rc = tt_gather_learn(&g, &units[i]);
    tt_gather_turn(&g);
    for (uint32_t i = 0; rc == 0 && i < n_issues; i++)
        rc = tt_gather_count(&g, &units[i], i, i < n_before);
    if (rc == 0)
        rc = tt_candidates_make(&g, tt_rank_floor((uint32_t)(n_issues - n_before)), &arena, &v, &n);
    const tt_rank_in in = {
        .year = n_before > 0, .words = {(double)g.n_units[0], (double)g.n_units[1]}, .names = g.group_keys.v};
    if (rc == 0)
        rc = tt_rank(v, n, &in, &n);
    if (rc == 0)
        rc = tt_candidates_spell(&g, v, n, lex, &arena, &rows, &n, &err);
    for (size_t i = 0; rc == 0 && i < n; i++)
        tt_buf_f(out, "%s%.*s,%.*s,%s,%u,%u", i ? "; " : "", (int)rows[i].topic.n, rows[i].topic.p, (int)rows[i].term.n,
                 rows[i].term.p, rows[i].exact ? "exact" : "", (unsigned)rows[i].mentions, (unsigned)rows[i].issues);
    tt_lexicon_free(lex);
    tt_gather_release(&g);
    tt_arena_release(&arena);
    return rc == 0 && out->failed ? TT_ENOMEM : rc;
}

#define EMPTY "topic,term\n"

static void test_rows(void **state)
{
    static const struct {
        const char *name;
        const char *issues[MOST_ISSUES];
        const char *lexicon, *want;
    } cases[] = {
        {"a name in mid-sentence",
         {"We asked Otto today.", "Nobody but Otto barked.", "He saw Otto again.", "x", NULL},
         EMPTY,
         "otto,Otto,,3,3"},
        {"a sentence's first word is no name",
         {"Barometers fall.", "Barometers rise. We like barometers.", "Barometers stay.", "x", NULL},
         EMPTY,
         ""},
        {"a first word that is a name elsewhere counts",
         {"Otto barked.", "Otto slept. We like Otto.", "Otto ate.", "x", NULL},
         EMPTY,
         "otto,Otto,,4,3"},
        {"a title's capitals are weak",
         {"Falling Barometers Everywhere", "Falling Barometers Again, or falling barometers",
          "When barometers are falling", "x", NULL},
         EMPTY,
         ""},
        {"an ordinary word too: exact",
         {"we use Stack and a stack of hay", "we like Stack", "we use Stack a lot", "x", NULL},
         EMPTY,
         "stack,Stack,exact,3,3"},
        {"a part of a longer name falls away",
         {"we met Mrs Quill", "we saw Mrs Quill", "with Mrs Quill today", "x", NULL},
         EMPTY,
         "mrs-quill,Mrs Quill,,3,3"},
        {"an initial's full stop is in the term",
         {"we met Ada J. Quill", "we saw Ada J. Quill", "with Ada J. Quill today", "x", NULL},
         EMPTY,
         "ada-j-quill,Ada J. Quill,,3,3"},
        {"a surname after the full name",
         {"we met Ada Quill. We like Quill.", "we saw Ada Quill, and Quill left", "with Ada Quill when Quill came", "x",
          NULL},
         EMPTY,
         "ada-quill,Ada Quill,,3,3"},
        {"hyphen, blank, nothing",
         {"we use GPT-3 now", "with GPT 3 today", "or GPT3 even and GPT 3", "also GPT-3", NULL},
         EMPTY,
         "gpt-3,GPT-3,,5,4"},
        {"data set and dataset",
         {"our Deep-Sea and Deep Sea", "a DeepSea, Deep-sea thing", "so DeepSea", "the DeepSea", NULL},
         EMPTY,
         "deepsea,Deep-Sea,,5,4"},
        {"plural", {"two GANs", "one GAN", "more GANs again", "a GAN", NULL}, EMPTY, "gan,GAN(s),,4,4"},
        {"diacritics are a row of their own",
         {"in Malmö today", "to Malmö again", "from Malmo then", "x", NULL},
         EMPTY,
         "malmo,Malmö,,2,2; malmo,Malmo,,1,0"},
        {"an abbreviation that is explained",
         {"a Rain Cloud Index (RCI) rose", "the RCI fell", "our RCI again", "this Rain Cloud Index and the RCI", NULL},
         EMPTY,
         "rain-cloud-index,Rain Cloud Index,,2,2; rain-cloud-index,RCI,,4,0"},
        {"expression",
         {"a weather balloon rose, the weather balloon fell", "one weather balloon", "weather balloons again",
          "two weather balloons", "the balloon and the weather", NULL},
         EMPTY,
         "weather-balloon,weather balloon(s),,5,4"},
        {"joined names",
         {"the University of Bergen says", "a University of Bergen paper", "by Procter & Gamble and",
          "with Procter & Gamble or", NULL},
         EMPTY,
         "procter-and-gamble,Procter & Gamble,,2,2; university-of-bergen,University of Bergen,,2,2"},
        {"handles and tags",
         {"see @otto and #WeatherAI", "ask @otto for #WeatherAI", "x", "x", NULL},
         EMPTY,
         "weatherai,#WeatherAI,,2,2; otto,@otto,,2,2"},
        {"the lexicon has it", {"we met Otto", "we saw Otto", "with Otto", "x", NULL}, "topic,term\notto,Otto\n", ""},
        {"so has a - entry", {"we met Otto", "we saw Otto", "with Otto", "x", NULL}, "topic,term\n-,Otto\n", ""},
        {"a long sentence twice",
         {"this newsletter is written by Otto Quill", "this newsletter is written by Otto Quill",
          "this newsletter is written by Otto Quill", "x", NULL},
         EMPTY,
         ""},
        {"days, titles and single letters",
         {"on Monday the CEO had plan B", "by Monday our CEO got plan B", "the Monday CEO of plan B", "x", NULL},
         EMPTY,
         ""},
        {"signs of the term language",
         {"we use C* here", "the AT&T way", "some AT&T here", "x", NULL},
         EMPTY,
         "at-and-t,AT&T,,2,2"},
        {"no Latin letter",
         {"это Отто там", "вот Отто тут", "где Отто был", "x", NULL},
         EMPTY,
         "name-d69cd7cd,Отто,,3,3"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_buf got = {0};
        assert_int_equal(suggest(cases[i].issues, 0, cases[i].lexicon, &got), 0);
        if (!tt_str_is((tt_str){got.p, got.n}, cases[i].want))
            fail_msg("%s: got %s, want %s", cases[i].name, got.p ? got.p : "", cases[i].want);
        tt_buf_release(&got);
    }
}

/* Quill stands as often before: no gain. */
static void test_year(void **state)
{
    static const char *const issues[] = {"Hello Quill. We met Quill and Quill and then a Quill there",
                                         "Hello Quill. We saw Quill and Quill and some Quill there",
                                         "now Otto came, and Otto, with Otto, so Otto, by Quill, from Quill",
                                         "then Otto left, and Otto, for Otto, as Otto, to Quill, or Quill", NULL};
    tt_buf got = {0};
    (void)state;
    assert_int_equal(suggest(issues, 2, EMPTY, &got), 0);
    assert_string_equal(got.p, "otto,Otto,,8,2");
    tt_buf_release(&got);
}

static int run_small(void)
{
    static const char *const issues[] = {"a Rain Cloud Index (RCI) and two weather balloons, or Malmö",
                                         "the RCI in Malmo", "three weather balloons", NULL};
    tt_buf got = {0};
    int rc = suggest(issues, 0, EMPTY, &got);
    tt_buf_release(&got);
    return rc;
}

static void test_no_memory(void **state)
{
    (void)state;
    assert_true(fail_each(run_small, TT_ENOMEM) > 50);
}

static void test_floor(void **state)
{
    static const struct {
        uint32_t issues, want;
    } cases[] = {{0, 1}, {3, 1}, {4, 2}, {11, 2}, {12, 3}, {600, 3}, {601, 3}, {800, 4}, {20000, 100}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(tt_rank_floor(cases[i].issues), cases[i].want);
}

/* Frantzi et al.: a term that stands in longer ones. 0 holds 1, which stands alone in 4 of 10 issues; 2 stands inside 3
 * only. */
static void test_rank(void **state)
{
    static const uint32_t one[] = {1}, two[] = {2}, each[] = {20, 20, 20};
    static const tt_str names[] = {{"a", 1}, {"b", 1}, {"c", 1}, {"d", 1}};
    tt_candidate v[] = {
        {.group = 0,
         .name = true,
         .free = true,
         .n_words = 2,
         .mentions = 6,
         .issues = 6,
         .n_each = each,
         .parts = one,
         .n_parts = 1},
        {.group = 1, .name = true, .free = true, .n_words = 1, .mentions = 20, .issues = 10, .n_each = each},
        {.group = 2, .name = true, .free = true, .n_words = 1, .mentions = 6, .issues = 6, .n_each = each},
        {.group = 3,
         .name = true,
         .free = true,
         .n_words = 3,
         .mentions = 5,
         .issues = 5,
         .n_each = each,
         .parts = two,
         .n_parts = 1},
    };
    const tt_rank_in in = {.words = {1000, 0}, .names = names};
    size_t n = 0;
    (void)state;
    assert_int_equal(tt_rank(v, 4, &in, &n), 0);
    assert_int_equal(n, 3);
    assert_int_equal(v[0].group, 3); /* log2 4 * 5 = 10 */
    assert_int_equal(v[1].group, 0); /* log2 3 * 6 = 9.5 */
    assert_int_equal(v[2].group, 1); /* log2 2 * (10 - 6) = 4 */
    assert_true(v[0].score == 10 && v[2].score == 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_year),
                                       cmocka_unit_test(test_floor), cmocka_unit_test(test_rank),
                                       cmocka_unit_test(test_no_memory)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
