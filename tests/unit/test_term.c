/* In: terms, right and wrong. Out: TAP: their spellings; column, byte and message of mistakes. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "fail_alloc.h"

#include "tag/lexicon.h"
#include "tag/term.h"

/* ---- spellings ---- */

/* Pieces joined by nothing `.`, white space `_`, either it or a hyphen `~`; a hyphen is <->, a pattern stands in braces
 * with * and *1 (one at least) in it. */
static int show(void *ctx, const tt_piece *pieces, size_t n)
{
    tt_buf *out = ctx;
    tt_buf_text(out, out->n ? " / " : "");
    for (size_t i = 0; i < n; i++) {
        const tt_piece *p = &pieces[i];
        if (i == 0)
            assert_int_equal(p->join, TT_JOIN_DIRECT);
        else
            tt_buf_char(out, ".~_"[p->join == TT_JOIN_DIRECT ? 0 : p->join == TT_JOIN_ANY ? 1 : 2]);
        tt_buf_text(out, p->kind == TT_PIECE_GLOB ? "{" : p->kind == TT_PIECE_HYPHEN ? "<->" : "");
        for (size_t k = 0; k < p->key.n; k++) {
            unsigned char c = (unsigned char)p->key.p[k];
            if (c < TT_GLOB_HYPHEN)
                tt_buf_char(out, (char)c);
            else
                tt_buf_text(out, c == TT_GLOB_HYPHEN ? "<->" : c == TT_GLOB_ANY ? "*" : "*1");
        }
        tt_buf_text(out, p->kind == TT_PIECE_GLOB ? "}" : "");
    }
    return 0;
}

struct spelling_row {
    const char *name, *in, *want;
};

static const struct spelling_row spelling_rows[] = {
    {"a word", "OpenAI", "openai"},
    {"edges", "  OpenAI\u00A0", "openai"},
    {"a space", "New  York", "new~york"},
    {"other white space", "New\u00A0\t York", "new~york"},
    {"U+200B", "New\u200BYork", "new~york"},
    {"a quoted space", "New\\  York", "new_york"},
    {"a hyphen", "GPT-3", "gpt3 / gpt~3"},
    {"all hyphens", "a‐b", "ab / a~b"},
    {"signs", "AT&T", "at.&.t"},
    {"C++", "C++", "c.+.+"},
    {"a dot at the beginning", ".NET", "..net"},
    {"a dot inside", "Node.js", "node...js"},
    {"ideographs", "人工智能", "人.工.智.能"},
    {"a possessive", "Moore’s law", "moore's~law"},
    {"optional", "GAN(s)", "gan / gans"},
    {"optional with a hyphen", "COVID(-19)", "covid / covid19 / covid~19"},
    {"nested", "a(b(c))", "a / ab / abc"},
    {"two", "a(b)c(d)", "ac / acd / abc / abcd"},
    {"optional white space", "data( )base", "database / data~base"},
    {"white space falls together", "a (b) c", "a~c / a~b~c"},
    {"and away at the edges", "(the )a( b)", "a / a~b / the~a / the~a~b"},
    {"a star", "decarboni*", "{decarboni*}"},
    {"stars", "*ga**n*", "{*ga*n*}"},
    {"after a hyphen", "GPT-*", "{gpt<->*1}"},
    {"before a hyphen", "*-shot", "{*<->shot}"},
    {"between hyphens", "a-*-b", "{a<->*1<->b}"},
    {"another hyphen", "GPT-3*", "{gpt3*} / gpt~{3*}"},
    {"after a quoted hyphen", "GPT\\-*", "{gpt-*1}"},
    {"after an optional hyphen", "GPT(-)*", "{gpt*} / {gpt<->*1}"},
    {"in a phrase", "auto* car", "{auto*}~car"},
    {"behind one", "self driv*", "self~{driv*}"},
    {"between signs", "AT&*", "{at&*}"},
    {"underscores at the edge", "__init__", "init"},
    {"underscores of a pattern", "_init_*", "{init_*}"},
    {"an underscore between stars", "ab_*_c", "{ab_*_c}"},
    {"quoted", "\\(\\*\\)\\\\\\-\\a", "(.*.).\\.-.a"},
    {"separators beside each other", "A - B",
     "a_<->.b / a_<->_b / a_<->.<->.b / a.<->_b / a.<->.<->.b / a.<->_<->.b / a.<->.<->_b / a.<->.<->.<->.b"},
    {"an emoji", "👩‍💻", "👩💻"},
    {"folded", "STRASSE Σ ﬁ", "strasse~σ~fi"},
};

static void spellings(void **state)
{
    (void)state;
    size_t n_bad = 0;
    for (size_t i = 0; i < sizeof spelling_rows / sizeof *spelling_rows; i++) {
        const struct spelling_row *r = &spelling_rows[i];
        tt_buf out = {0};
        tt_err err = {0};
        int rc = tt_term_expand(tt_str_of(r->in), false, show, &out, NULL, &err);
        tt_buf_text(&out, "");
        if (rc != 0 || strcmp(out.p, r->want) != 0) {
            print_error("%s: `%s`\n  want %s\n  got  %s %s\n", r->name, r->in, r->want, out.p, err.text);
            n_bad++;
        }
        tt_buf_release(&out);
    }
    assert_int_equal(n_bad, 0);
}

static void as_written(void **state)
{
    (void)state;
    tt_buf out = {0};
    assert_int_equal(tt_term_expand(TT_S("GPT-Neo* ’s"), true, show, &out, NULL, NULL), 0);
    assert_string_equal(out.p, "{GPTNeo*}~'.s / GPT~{Neo*}~'.s");
    tt_buf_release(&out);
}

static int stop(void *ctx, const tt_piece *pieces, size_t n)
{
    (void)pieces, (void)n;
    ++*(int *)ctx;
    return -77;
}

static void ended_by_the_caller(void **state)
{
    (void)state;
    int n = 0;
    assert_int_equal(tt_term_expand(TT_S("a(b)(c)"), false, stop, &n, NULL, NULL), -77);
    assert_int_equal(n, 1);
}

/* ---- mistakes ---- */

struct mistake_row {
    const char *name, *in;
    int code;
    size_t at, column;
    const char *says; /* part of the message; NULL: the term is right */
};

static const struct mistake_row mistake_rows[] = {
    {"nothing", "", TT_EINPUT, 0, 1, "empty"},
    {"white space alone", " \t", TT_EINPUT, 0, 1, "empty"},
    {"a backslash at the end", "aé\\", TT_EINPUT, 3, 3, "nothing follows"},
    {"a backslash quoted", "a\\\\", 0, 0, 0, NULL},
    {"a bracket not closed", "é(b", TT_EINPUT, 2, 2, "not closed"},
    {"the inner of two", "(b(c)d", TT_EINPUT, 0, 1, "not closed"},
    {"a bracket not opened", "a)b(c)", TT_EINPUT, 1, 2, "closes nothing"},
    {"one too many", "a(b))", TT_EINPUT, 4, 5, "closes nothing"},
    {"quoted brackets", "a\\(b", 0, 0, 0, NULL},
    {"empty brackets", "main()", TT_EINPUT, 4, 5, "nothing stands in"},
    {"all optional", "(abc)", TT_EINPUT, 0, 1, "optional"},
    {"all optional and white space", "(abc) (d)", TT_EINPUT, 0, 1, "optional"},
    {"a star alone", "*", TT_EINPUT, 0, 1, "two other"},
    {"a star and one character", "a *b", TT_EINPUT, 2, 3, "two other"},
    {"a star and two", "a *bc", 0, 0, 0, NULL},
    {"a hyphen is a character", "a-*", 0, 0, 0, NULL},
    {"a star is none", "*a*", TT_EINPUT, 2, 3, "two other"},
    {"what vanishes is none", "a\u200D*", TT_EINPUT, 4, 3, "two other"},
    {"a star that an optional part leaves", "(ab)* cd", TT_EINPUT, 4, 5, "two other"},
    {"a quoted star", "\\*", 0, 0, 0, NULL},
    {"a hyphen at the beginning", "-ism", TT_EINPUT, 0, 1, "write \\-"},
    {"a hyphen at the end", "pro- ", TT_EINPUT, 3, 4, "write \\-"},
    {"a dash at the end", "pro –", TT_EINPUT, 4, 5, "write \\-"},
    {"a hyphen that an optional part leaves", "GPT-(3)", TT_EINPUT, 3, 4, "write \\-"},
    {"an optional hyphen at the edge", "GPT(-)", TT_EINPUT, 4, 5, "write \\-"},
    {"a hyphen alone", "-", TT_EINPUT, 0, 1, "write \\-"},
    {"a quoted hyphen", "\\-", 0, 0, 0, NULL},
    {"a control character", "a\001", TT_EINPUT, 1, 2, "control"},
    {"another", "\xC2\x80", TT_EINPUT, 0, 1, "control"},
    {"not UTF-8", "a\xFF", TT_EINPUT, 1, 2, "UTF-8"},
    {"what vanishes alone", "\u200D", TT_EINPUT, 0, 1, "nothing in this term"},
    {"a sign", "🔌", 0, 0, 0, NULL},
    {"256 spellings", "a(b)(c)(d)(e)(f)(g)(h)(i)", 0, 0, 0, NULL},
    {"256 spellings by hyphens", "a-b-c-d-e-f-g-h-i", 0, 0, 0, NULL},
    {"512 spellings", "a(b)(c)(d)(e)(f)(g)(h)(i)(j)", TT_ELIMIT, 0, 1, "256 spellings"},
    {"512 spellings by hyphens", "a-b-c-d-e-f-g-h-i-j", TT_ELIMIT, 0, 1, "256 spellings"},
};

static void mistakes(void **state)
{
    (void)state;
    size_t n_bad = 0;
    for (size_t i = 0; i < sizeof mistake_rows / sizeof *mistake_rows; i++) {
        const struct mistake_row *r = &mistake_rows[i];
        tt_err err = {0};
        size_t at = 0;
        int rc = tt_term_check(tt_str_of(r->in), &at, &err);
        if (rc != r->code || at != r->at || err.column != r->column || (r->says && !strstr(err.text, r->says))) {
            print_error("%s: `%s`: %d at %zu, column %zu: %s\n", r->name, r->in, rc, at, err.column, err.text);
            n_bad++;
        }
    }
    assert_int_equal(n_bad, 0);
}

static void longest(void **state)
{
    (void)state;
    char term[TT_MAX_TERM + 1];
    tt_err err = {0};
    memset(term, 'a', sizeof term);
    assert_int_equal(tt_term_check((tt_str){term, TT_MAX_TERM}, NULL, &err), 0);
    assert_int_equal(tt_term_check((tt_str){term, TT_MAX_TERM + 1}, NULL, &err), TT_ELIMIT);
    assert_non_null(strstr(err.text, "1000 bytes"));

    /* as many brackets and hyphens as fit: told at once, not after all spellings */
    for (size_t i = 0; i < TT_MAX_TERM; i++)
        term[i] = "a(b)"[i % 4];
    assert_int_equal(tt_term_check((tt_str){term, TT_MAX_TERM}, NULL, &err), TT_ELIMIT);
    for (size_t i = 0; i < TT_MAX_TERM; i++)
        term[i] = i % 2 ? '-' : 'a';
    assert_int_equal(tt_term_check((tt_str){term, TT_MAX_TERM - 1}, NULL, &err), TT_ELIMIT);
    for (size_t i = 0; i < TT_MAX_TERM; i++)
        term[i] = i < 400 ? '(' : i < 600 ? 'a' : ')';
    assert_int_equal(tt_term_check((tt_str){term, TT_MAX_TERM}, NULL, &err), TT_EINPUT);
    term[0] = term[TT_MAX_TERM - 1] = 'a';
    assert_int_equal(tt_term_check((tt_str){term, TT_MAX_TERM}, NULL, &err), TT_ELIMIT);
}

/* ---- memory ---- */

static int expand_all(void)
{
    tt_err err = {0};
    int rc = tt_term_check(TT_S("é(b)-c dd* “é*x”"), NULL, &err);
    if (rc != 0)
        assert_int_equal(err.code, rc);
    return rc;
}

static void no_memory(void **state)
{
    (void)state;
    assert_true(fail_each(expand_all, TT_ENOMEM) > 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings), cmocka_unit_test(as_written), cmocka_unit_test(ended_by_the_caller),
        cmocka_unit_test(mistakes),  cmocka_unit_test(longest),    cmocka_unit_test(no_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
