/* tag/query and tag/close: how a question is understood, and which topics lie near one that found nothing. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include "fail_alloc.h"
#include "tag/query.h"

#define HEAD "topic,term,case,also,label,type,broader,note\n"

static const char lexicon[] = HEAD "openai,OpenAI,,,OpenAI,,,\n"
                                   "gpt,GPT,,,GPT,,,\n"
                                   "gpt,GPT-3,,,,,,\n"
                                   "gpt,generative pre-trained transformer,,,,,,\n"
                                   "gpt-2,GPT-2,,,GPT-2,,gpt,\n"
                                   "self-driving,self-driving car(s),,,Self-driving,,,\n"
                                   "machine-learning,ML,,,Machine learning,,,\n"
                                   "amazon,Amazon,,,,,,\n"
                                   "-,Amazon rainforest,,,,,,\n"
                                   "-,both ways,,,,,,\n"
                                   "paths,both ways,,,Paths,,,\n"
                                   "bert,BERT model,,,Muppet,,,\n"
                                   "muppet,Kermit,,,BERT,,,\n"
                                   "tcp,TCP / IP,,,The protocol,,,\n"
                                   "left,shared name,,,Left,,,\n"
                                   "right,shared name,,,Right,,,\n"
                                   "cafe,caf\xC3\xA9,,,Caf\xC3\xA9,,,\n";

static tt_lexicon *lex;

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

static int open_lexicon(void **state)
{
    (void)state;
    return lexicon_of(lexicon, &lex);
}

static int close_lexicon(void **state)
{
    (void)state;
    tt_lexicon_free(lex);
    return 0;
}

/* ---- ways ---- */

static void show_part(tt_buf *to, const tt_query_part *p)
{
    static const char *const kinds[] = {
        [TT_PART_TOPIC] = "topic ", [TT_PART_ENTRY] = "entry ", [TT_PART_TERM] = "term "};
    tt_buf_text(to, kinds[p->kind]);
    tt_buf_str(to, p->kind == TT_PART_TOPIC ? lex->topics[p->topic].id : p->text);
    for (size_t i = 0; p->kind == TT_PART_ENTRY && i < p->n_entries; i++) {
        tt_buf_text(to, i ? "," : "@");
        tt_buf_str(to, lex->topics[lex->entries[p->entries[i]].topic].id);
    }
    tt_buf_text(to, p->dropped ? " (dropped)" : "");
    assert_true((p->kind == TT_PART_TERM) == (p->own != NULL));
    assert_true((p->kind == TT_PART_TOPIC) == (p->index < lex->n_topics));
}

/* `topic gpt + topic bert / term x [2020] | ...`: ways in the order in which they are tried. */
static int show(const char *text, tt_buf *to)
{
    tt_arena arena = {0};
    tt_query q;
    tt_err err = {0};
    const uint32_t first = (uint32_t)lex->n_topics;
    uint32_t next = first;
    int rc = tt_query_make(&q, lex, tt_str_of(text), &next, &arena, &err);
    if (rc == 0) {
        assert_true(q.n_ways > 0 && q.n_ways <= TT_MAX_WAYS && q.chosen == 0);
        bool used[2 * TT_MAX_PARTS + 8] = {false};
        for (size_t i = 0; i < q.n_ways; i++) {
            const tt_way *w = &q.ways[i];
            tt_buf_text(to, i ? " | " : "");
            for (size_t k = 0; k < w->n_parts; k++) {
                tt_buf_text(to, k == 0 ? "" : k == w->n_first ? " / " : " + ");
                show_part(to, &w->parts[k]);
                if (w->parts[k].index < first)
                    continue;
                assert_true(w->parts[k].index < next && !used[w->parts[k].index - first]); /* each its own */
                used[w->parts[k].index - first] = true;
            }
            for (size_t g = 0; g < 3; g++)
                assert_true(w->index[g] < next);
            if (w->n_first == w->n_parts)
                assert_true(w->index[0] == w->index[1] && w->index[0] == w->index[2]);
            else
                assert_true(w->index[2] != w->index[0] && w->index[2] != w->index[1]);
            if (w->n_first == 1)
                assert_int_equal(w->index[0], w->parts[0].index);
            if (w->year)
                tt_buf_f(to, " [%d]", w->year);
        }
        tt_query_release(&q);
        assert_int_equal(q.n_ways, 0);
    } else {
        tt_buf_text(to, err.text);
    }
    tt_arena_release(&arena);
    return rc;
}

static void test_understood(void **state)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        /* id, then label as written, then either, forgiving */
        {"openai", "topic openai"},
        {"  openai \n", "topic openai"},
        {"OpenAI", "topic openai"},
        {"OPENAI", "topic openai"},
        {"open-ai", "topic openai"},
        {"Open AI", "topic openai"},
        {"open_ai", "topic openai"},
        {"bert", "topic bert"},
        {"BERT", "topic muppet"},
        {"Muppet", "topic bert"},
        {"muppet", "topic muppet"},
        {"Machine Learning", "topic machine-learning"},
        {"self driving", "topic self-driving"},
        {"CAFE\xCC\x81", "topic cafe"},
        {"gpt\xE2\x80\x91"
         "2",
         "topic gpt-2"},
        /* a term of the lexicon, as written, then forgiving; all entries of one spelling */
        {"GPT-3", "entry GPT-3@gpt"},
        {"gpt3", "entry GPT-3@gpt"},
        {"Generative Pre Trained Transformer", "entry generative pre-trained transformer@gpt"},
        {"ml", "entry ML@machine-learning"},
        {"self-driving car(s)", "entry self-driving car(s)@self-driving"},
        {"shared name", "entry shared name@left,right"},
        {"Shared-Name", "entry shared name@left,right"},
        {"TCP / IP", "entry TCP / IP@tcp"},
        {"both ways", "entry both ways@paths (dropped)"},
        /* a term of its own */
        {"capsule net*", "term capsule net*"},
        {"OpenAI's", "term OpenAI's"},
        {"self driving cars", "term self driving cars"},
        {"Amazon rainforest", "term Amazon rainforest (dropped)"},
        {"C, \"quoted\"", "term C, \"quoted\""},
        {"\xE5\xBC\xBA\xE5\x8C\x96\xE5\xAD\xA6\xE4\xB9\xA0", "term \xE5\xBC\xBA\xE5\x8C\x96\xE5\xAD\xA6\xE4\xB9\xA0"},
        /* split, the whole before it */
        {"gpt + bert", "term gpt + bert | topic gpt + topic bert"},
        {"GPT-3  +  x y", "term GPT-3  +  x y | entry GPT-3@gpt + term x y"},
        {"gpt / openai", "term gpt / openai | topic gpt / topic openai"},
        {"gpt + gpt-3 / a + b", "term gpt + gpt-3 / a + b | topic gpt + entry GPT-3@gpt / term a + term b"},
        {"A+B", "term A+B"},
        {"A/B test", "term A/B test"},
        {"gpt + ", "term gpt +"},
        {" / gpt", "term / gpt"},
        {"gpt +  + bert", "term gpt +  + bert"},
        {"gpt + *", "`*` is no term: a * needs at least two other characters around it; write \\* for an asterisk"},
        {"gpt / (", "`(` is no term: this ( is not closed; write ) behind the optional part, or \\( for a bracket"},
        {"GAN (s + x)", "term GAN (s + x)"}, /* in pieces no term, but as a whole */
        {"a / b / c", "a query has at most one ` / `: the share of the first in both"},
        /* a leading + takes the parts at once */
        {"+ gpt + bert", "topic gpt + topic bert"},
        {"+ gpt / bert", "topic gpt / topic bert"},
        {"+ gpt", "topic gpt"},
        {"+", "term +"},
        /* marks around it, and the sign at its end */
        {"OpenAI?", "term OpenAI? | topic openai"},
        {"\xE2\x80\x9Cgpt + bert\xE2\x80\x9D", "term \xE2\x80\x9Cgpt + bert\xE2\x80\x9D | term gpt + bert | topic gpt + topic bert"},
        /* filler words go, but only where a question begins, and after the whole text */
        {"how often did I cover OpenAI", "term how often did I cover OpenAI | topic openai"},
        {"How many times have we mentioned the GPT-3?",
         "term How many times have we mentioned the GPT-3? | entry GPT-3@gpt"},
        {"what about gpt + bert?", "term what about gpt + bert? | term gpt + bert | topic gpt + topic bert"},
        {"which issues mention Open AI", "term which issues mention Open AI | topic openai"},
        {"when did I first mention GPT-2?", "term when did I first mention GPT-2? | topic gpt-2"},
        {"how often has openai been mentioned so far",
         "term how often has openai been mentioned so far | topic openai"},
        {"how often was capsule net* covered", "term how often was capsule net* covered | term capsule net*"},
        {"how often did I cover openai in 2020?", "term how often did I cover openai in 2020? | topic openai [2020]"},
        {"how often did I cover x / y in 2020",
         "term how often did I cover x / y in 2020 | term x / y [2020] | term x / term y [2020]"},
        {"how often in 2020 did I cover openai",
         "term how often in 2020 did I cover openai | term in 2020 did I cover openai"},
        {"how often did I cover", "term how often did I cover | term cover"},
        {"the openai", "term the openai"},
        {"openai in 2020", "term openai in 2020 | topic openai [2020]"},
        {"how", "term how"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_buf got = {0};
        show(cases[i].text, &got);
        if (strcmp(got.p, cases[i].want) != 0)
            fail_msg("%s:\n got: %s\nwant: %s", cases[i].text, got.p, cases[i].want);
        tt_buf_release(&got);
    }
}

/* ---- limits ---- */

static int fate(const char *text, const char *want)
{
    tt_buf got = {0};
    int rc = show(text, &got);
    if (rc != 0 && !strstr(got.p, want))
        fail_msg("%s: %s", text, got.p);
    tt_buf_release(&got);
    return rc;
}

static void test_limits(void **state)
{
    char text[TT_MAX_QUERY + 64];
    (void)state;
    memset(text, 'x', sizeof text);
    text[TT_MAX_QUERY + 1] = '\0';
    assert_int_equal(fate(text, "longer than 1000 bytes"), TT_ELIMIT);
    text[TT_MAX_QUERY] = ' '; /* white space around it does not count */
    assert_int_equal(fate(text, ""), 0);
    text[TT_MAX_QUERY] = '\0';
    assert_int_equal(fate(text, ""), 0);
    for (int n = TT_MAX_PARTS; n <= TT_MAX_PARTS + 1; n++) {
        tt_buf many = {0};
        for (int i = 0; i < n; i++)
            tt_buf_text(&many, i == 0 ? "gpt" : i == 3 ? " / x" : " + y");
        assert_int_equal(fate(many.p, "at most 32 parts"), n == TT_MAX_PARTS ? 0 : TT_ELIMIT);
        tt_buf_release(&many);
    }
    assert_int_equal(fate("", "is empty"), TT_EUSAGE);
    assert_int_equal(fate(" \t\n", "is empty"), TT_EUSAGE);
    assert_int_equal(fate("\xFFx", "no UTF-8"), TT_EUSAGE);
    assert_int_equal(fate("\xC3", "no UTF-8"), TT_EUSAGE);
    assert_int_equal(fate("*", "at least two other characters"), TT_EUSAGE);
    assert_int_equal(fate("x\\", "backslash"), TT_EUSAGE);
    assert_int_equal(fate("(x)", "optional"), TT_EUSAGE);
    assert_int_equal(fate("x\x1B[31m", "control character"), TT_EUSAGE);
}

/* ---- no memory ---- */

static const char *asked;

static int make_once(void)
{
    tt_arena arena = {0};
    tt_query q;
    uint32_t next = (uint32_t)lex->n_topics;
    tt_err err = {0};
    int rc = tt_query_make(&q, lex, tt_str_of(asked), &next, &arena, &err);
    tt_query_release(&q);
    tt_arena_release(&arena);
    return rc;
}

static void test_no_memory(void **state)
{
    (void)state;
    asked = "how often did I cover open-ai + gpt3 / capsule net* in 2020?";
    assert_true(fail_each(make_once, TT_ENOMEM) > 20);
    asked = "GAN (s + x)"; /* a way that is dropped again */
    assert_true(fail_each(make_once, TT_ENOMEM) > 5);
}

/* ---- close ---- */

/* Ids, the nearest first. `occur`: ids that the archive has. */
static void expect_close(const char *text, const char *occur, const char *want)
{
    uint32_t out[TT_MOST_CLOSE];
    bool occurs[32] = {false};
    tt_buf got = {0};
    int rc = 0;
    assert_true(lex->n_topics < 32);
    for (tt_str rest = tt_str_of(occur); rest.n;) {
        uint32_t topic;
        assert_true(tt_lexicon_topic(lex, tt_str_cut(&rest, ' '), &topic));
        occurs[topic] = true;
    }
    const size_t n = tt_query_close(lex, tt_str_of(text), occurs, out, &rc);
    assert_int_equal(rc, 0);
    assert_true(n <= TT_MOST_CLOSE);
    for (size_t i = 0; i < n; i++) {
        tt_buf_text(&got, i ? " " : "");
        tt_buf_str(&got, lex->topics[out[i]].id);
    }
    if (strcmp(got.p ? got.p : "", want) != 0)
        fail_msg("%s: got %s, want %s", text, got.p ? got.p : "", want);
    tt_buf_release(&got);
}

static void test_close(void **state)
{
    (void)state;
    expect_close("opnai", "", "openai");
    expect_close("opneai", "", "openai"); /* neighbours swapped: one */
    expect_close("Opn-AI", "", "openai"); /* forgiving */
    expect_close("machine larning", "", "machine-learning");
    expect_close("Kermot", "", "muppet");        /* by a term */
    expect_close("gpt-4", "", "gpt gpt-2");      /* one letter off each: id, term GPT-3, id */
    expect_close("gpt-4", "gpt-2", "gpt-2 gpt"); /* what the archive has goes before */
    expect_close("rihgt", "", "right");
    expect_close("both way", "", "paths"); /* an entry under `-` names nobody */
    expect_close("Amazon rainforst", "", "");
    expect_close("zzzzzz", "", "");
    expect_close("ab", "", "");                 /* all letters wrong is not near */
    expect_close("mx", "", "machine-learning"); /* short: one letter */
    expect_close("", "", "");
    char lengthy[200];
    memset(lengthy, 'o', sizeof lengthy - 1);
    lengthy[sizeof lengthy - 1] = '\0';
    expect_close(lengthy, "", "");
}

static int close_once(void)
{
    static const bool occurs[32];
    uint32_t out[TT_MOST_CLOSE];
    int rc = 0;
    tt_query_close(lex, tt_str_of("machine larning"), occurs, out, &rc);
    return rc;
}

static void test_close_no_memory(void **state)
{
    (void)state;
    assert_true(fail_each(close_once, TT_ENOMEM) > 1);
}

/* ---- distance ---- */

static void test_distance(void **state)
{
    static const struct {
        const char *a, *b;
        size_t want;
    } cases[] = {
        {"", "", 0},         {"", "abc", 3},     {"abc", "abc", 0}, {"abc", "abd", 1},        {"abc", "ac", 1},
        {"ac", "abc", 1},    {"ab", "ba", 1},    {"ca", "abc", 3},  {"kitten", "sitting", 3}, {"openai", "opnai", 1},
        {"abcd", "badc", 2}, {"flaw", "lawn", 2}};
    char a[TT_DISTANCE_MAX + 2];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(tt_str_distance(tt_str_of(cases[i].a), tt_str_of(cases[i].b)), cases[i].want);
        assert_int_equal(tt_str_distance(tt_str_of(cases[i].b), tt_str_of(cases[i].a)), cases[i].want);
    }
    memset(a, 'a', sizeof a);
    assert_int_equal(tt_str_distance((tt_str){a, TT_DISTANCE_MAX}, (tt_str){a, 1}), TT_DISTANCE_MAX - 1);
    assert_true(tt_str_distance((tt_str){a, TT_DISTANCE_MAX + 1}, (tt_str){a, 1}) == SIZE_MAX);
    assert_true(tt_str_distance((tt_str){a, 1}, (tt_str){a, TT_DISTANCE_MAX + 1}) == SIZE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_understood), cmocka_unit_test(test_limits),          cmocka_unit_test(test_no_memory),
        cmocka_unit_test(test_close),      cmocka_unit_test(test_close_no_memory), cmocka_unit_test(test_distance),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, open_lexicon, close_lexicon);
}
