/* In: random lexicons and random text from an alphabet that provokes collisions. Out: TAP: the matcher agrees with a
 * naive one, which goes back and forth over single characters and knows no trie, no spellings and no words of a lexicon.
 * Not here: what single rules mean (test_match.c). */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/rows.h"
#include "base/unicode.h"
#include "tag/match.h"
#include "tag/token.h"

enum { MAX_CHARS = 1000, MAX_TERMS = 12, MAX_TERM = 80, MAX_UNITS = 40 };

/* ---- text as characters ---- */

struct ch {
    uint32_t cp;
    uint32_t token;
    bool begins, ends; /* the token's first, last one */
    bool possessive;
};

struct text {
    tt_tokens tokens;
    struct ch v[2][MAX_CHARS]; /* folded; as written */
    size_t n[2];
};

static void flatten(struct text *t, unsigned how)
{
    size_t n = 0;
    for (uint32_t i = 0; i < t->tokens.n; i++) {
        const tt_token *tok = &t->tokens.v[i];
        const char *key = how ? tok->nfkc : tok->fold;
        size_t size = how ? tok->n_nfkc : tok->n_fold;
        for (size_t at = 0, len; at < size; at += len) {
            struct ch c = {.token = i, .begins = at == 0, .possessive = at + tok->fold_possessive >= size};
            len = tt_utf8_decode(key + at, size - at, &c.cp);
            c.ends = at + len == size;
            assert_true(n < MAX_CHARS);
            t->v[how][n++] = c;
        }
    }
    t->n[how] = n;
}

/* ---- the naive matcher ---- */

struct unit {
    uint32_t cp;
    bool quoted;
};

struct naive {
    const struct text *t;
    unsigned how; /* 0: ignores case */
    size_t start;
    struct unit units[MAX_UNITS];
    size_t n_units;
    size_t end; /* best: 1 + end in vis, 0: none */
    uint32_t last;
};

static bool is(const struct unit *u, uint32_t cp)
{
    return !u->quoted && u->cp == cp;
}

static bool word_char(const struct naive *m, size_t i)
{
    const tt_token *t = &m->t->tokens.v[m->t->v[m->how][i].token];
    return t->kind == TT_TOKEN_WORD || t->inner;
}

/* Both characters, one behind the other or the same, are of one word, with no possessive between them. */
static bool one_word(const struct naive *m, size_t i, size_t k)
{
    const struct ch *v = m->t->v[m->how];
    for (; i < k; i++) {
        const tt_token *next = &m->t->tokens.v[v[i + 1].token];
        if (v[i].possessive || (v[i + 1].begins && (!next->inner || next->space_before || next->barrier)))
            return false;
    }
    return true;
}

/* May character i come next, behind white space or not? */
static bool comes(const struct naive *m, size_t i, bool gap)
{
    if (i >= m->t->n[m->how])
        return false;
    const struct ch *c = &m->t->v[m->how][i];
    const tt_token *t = &m->t->tokens.v[c->token];
    if (i == m->start)
        return c->begins;
    return c->begins ? !t->barrier && t->space_before == gap : !gap;
}

static bool alnum_at(const struct naive *m, size_t i)
{
    uint32_t cp = m->t->v[m->how][i].cp;
    return tt_cp_letter(cp) || tt_cp_digit(cp);
}

static void end_here(struct naive *m, size_t i)
{
    const struct ch *v = m->t->v[m->how];
    const tt_token *t = &m->t->tokens.v[v[i - 1].token];
    bool bare = !v[i - 1].ends;
    if (bare && !(v[i].possessive && !v[i - 1].possessive))
        return;
    if (t->no_end)
        return;
    if (!bare && alnum_at(m, i - 1) && comes(m, i, false)) {
        if (v[i].cp == '+' && comes(m, i + 1, false) && v[i + 1].cp == '+')
            return;
        if (v[i].cp == '#' && !(comes(m, i + 1, false) && alnum_at(m, i + 1)))
            return;
    }
    size_t end = (size_t)t->vis + t->n - (bare ? t->possessive : 0) + 1;
    if (end > m->end) {
        m->end = end;
        m->last = v[i - 1].token;
    }
}

static uint32_t folded(uint32_t cp, unsigned how)
{
    if (cp == 0x2019)
        return '\'';
    return how == 0 && cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
}

/* Unit u on, character i on; `gap`: white space is due; `star`: the character before was covered by a star. */
static void try(struct naive *m, size_t u, size_t i, bool gap, bool star)
{
    const struct ch *v = m->t->v[m->how];
    if (u == m->n_units) {
        if (i > m->start && !gap)
            end_here(m, i);
        return;
    }
    const struct unit *at = &m->units[u];
    bool here = comes(m, i, gap);
    bool apart = here && star && !gap && word_char(m, i) && !one_word(m, i - 1, i);
    bool hyphen = !at->quoted && tt_cp_hyphen(at->cp);
    if (hyphen || is(at, ' ')) {
        bool only = hyphen && (is(at - 1, '*') || is(at + 1, '*'));
        if (here && !apart && m->t->tokens.v[v[i].token].hyphen)
            try(m, u + 1, i + 1, false, false);
        if (!only && !gap)
            try(m, u + 1, i, true, false);
        if (hyphen && !only)
            try(m, u + 1, i, gap, star);
    } else if (is(at, '*')) {
        if (!(u && tt_cp_hyphen(at[-1].cp)))
            try(m, u + 1, i, gap, false);
        if (!here || (i > m->start && !gap && word_char(m, i - 1) && word_char(m, i) && !one_word(m, i - 1, i)))
            return;
        for (size_t k = i; k < m->t->n[m->how] && word_char(m, k) && !v[k].possessive && one_word(m, i, k); k++)
            try(m, u + 1, k + 1, false, true);
    } else if (here && !apart && v[i].cp == folded(at->cp, m->how)) {
        try(m, u + 1, i + 1, false, false);
    }
}

/* All choices of optional parts: `from` is the rest of the term, the units so far are those taken. */
static void choose(struct naive *m, const char *from)
{
    uint32_t cp;
    size_t depth = 0, n_units = m->n_units;
    if (*from == '\0') {
        struct unit all[MAX_UNITS];
        size_t n_all = m->n_units, n = 0;
        memcpy(all, m->units, sizeof all);
        for (size_t i = 0; i < n_all; i++) {
            struct unit *before = n ? &m->units[n - 1] : NULL;
            if ((is(&all[i], ' ') && (!before || is(before, ' '))) || (is(&all[i], '*') && before && is(before, '*')))
                continue;
            m->units[n++] = all[i];
        }
        m->n_units = n - (n && is(&m->units[n - 1], ' '));
        m->units[m->n_units] = (struct unit){0, false};
        try(m, 0, m->start, false, false);
        memcpy(m->units, all, sizeof all);
        m->n_units = n_all;
        return;
    }
    if (*from == '(') {
        const char *p = from;
        do {
            depth += *p == '(';
            depth -= *p == ')';
            p += *p == '\\' ? 2 : 1;
        } while (depth);
        choose(m, p);
        choose(m, from + 1);
    } else if (*from == ')') {
        choose(m, from + 1);
    } else {
        bool quoted = *from == '\\';
        from += quoted;
        size_t n = tt_utf8_decode(from, strlen(from), &cp);
        assert_true(m->n_units + 1 < MAX_UNITS);
        m->units[m->n_units++] = (struct unit){cp, quoted};
        choose(m, from + n);
    }
    m->n_units = n_units;
}

/* ---- both told in the same way ---- */

struct term {
    char text[MAX_TERM];
    bool exact, drop;
};

static void tell(tt_buf *out, uint32_t first, size_t vis_end, const uint32_t *entries, size_t n)
{
    tt_buf_f(out, "%u-%zu:", (unsigned)first, vis_end);
    for (size_t i = 0; i < n; i++)
        tt_buf_f(out, "%u,", (unsigned)entries[i]);
    tt_buf_char(out, ' ');
}

static void match_naively(const struct term *terms, uint32_t n_terms, const struct text *t, tt_buf *out)
{
    for (uint32_t first = 0; first < t->tokens.n; first++) {
        uint32_t entries[MAX_TERMS], n = 0, last = first;
        size_t end = 0;
        bool drop = false;
        for (uint32_t e = 0; e < n_terms; e++) {
            struct naive m = {.t = t, .how = terms[e].exact};
            while (t->v[m.how][m.start].token < first)
                m.start++;
            choose(&m, terms[e].text);
            if (m.end > end) {
                end = m.end;
                last = m.last;
                n = 0;
                drop = false;
            }
            if (m.end && m.end == end) {
                entries[n++] = e;
                drop |= terms[e].drop;
            }
        }
        if (end && !drop)
            tell(out, first, end - 1, entries, n);
        first = last;
    }
}

static int on_hit(void *ctx, const tt_mention *m)
{
    tell(ctx, m->first, m->vis + m->n, m->entries, m->n_entries);
    return 0;
}

/* ---- chance: the same on every machine ---- */

static uint32_t chance(uint64_t *state, uint32_t n)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33) % n;
}

struct alphabet {
    const char *terms[64], *texts[64];
};

/* Everything that a rule speaks of. */
static const struct alphabet wide = {
    {"a",  "a",  "b",  "s",  "l", "A", "1", "ab",  "x",   " ",   " ",  "-",   "-",   "-*", "*-", ".",
     "'",  "’",  "'s", "’s", "*", "*", "*", "*",   "(",   "(",   ")",  ")",   "+",   "++", "#",  "&",
     "人", "工", "·",  "–",  ":", ",", "🔌", "\\-", "\\*", "\\(", "l'", "a.b", "a b", "C",  "c"},
    {"a", "a", "a", "b", "b", "s",  "l",  "A",   "B",   "1",   "2",   "ab", "x",  " ",   " ",  " ",   "  ", "-",
     "-", ".", ".", "'", "’", "'s", "’s", "_",   "*",   "(",   ")",   "+",  "++", "#",   "&",  "人",  "工", "·",
     "–", "—", ":", ",", "🔌", "\n", "l'", "l’a", "a.b", "a b", "a-b", "C",  "c",  "C++", "C#", "xab", "'S", "\u00A0"}};

/* Little more than stars and long words, so that what a star covered once is met again. */
static const struct alphabet narrow = {
    {"a", "a", "b", "b", ".", "*", "*", "*", "*", " ", "-", "·", "'s", "人", "&", "aa"},
    {"a", "a", "a", "b", "b", ".", ".", ".", "·", " ", "-", "'s", "人", "&", "a.b", "a·b", "b.a.b"}};

static void pick(uint64_t *state, const char *const *parts, uint32_t n, tt_buf *out)
{
    uint32_t n_parts = 0;
    while (n_parts < 64 && parts[n_parts])
        n_parts++;
    while (n--)
        tt_buf_text(out, parts[chance(state, n_parts)]);
}

/* A term that the language allows. */
static void pick_term(uint64_t *state, const struct alphabet *alphabet, struct term *t)
{
    tt_buf text = {0};
    do {
        tt_buf_reset(&text);
        pick(state, alphabet->terms, 1 + chance(state, 7), &text);
    } while (tt_term_check((tt_str){text.p, text.n}, NULL, NULL) != 0);
    assert_true(text.n < sizeof t->text);
    memcpy(t->text, text.p, text.n + 1);
    tt_buf_release(&text);
    t->exact = chance(state, 4) == 0;
    t->drop = chance(state, 10) == 0;
}

static tt_lexicon *compile(const struct term *terms, uint32_t n)
{
    tt_buf csv = {0};
    tt_lexicon_builder *b = NULL;
    tt_lexicon *lex = NULL;
    tt_err err = {0};
    tt_buf_text(&csv, "topic,term,case\n");
    for (uint32_t i = 0; i < n; i++) {
        tt_buf_f(&csv, "%s,", terms[i].drop ? "-" : "t");
        tt_rows_field(&csv, tt_str_of(terms[i].text), false);
        tt_buf_text(&csv, terms[i].exact ? ",exact\n" : ",\n");
    }
    assert_int_equal(tt_lexicon_builder_new(&b, NULL, &err), 0);
    assert_int_equal(tt_lexicon_add(b, "random.csv", (tt_str){csv.p, csv.n}, &err), 0);
    if (tt_lexicon_finish(b, &lex, &err) != 0)
        fail_msg("%zu:%zu: %s", err.line, err.column, err.text);
    tt_buf_release(&csv);
    return lex;
}

/* Whether an article is elided hangs on what stands around it: `s's` alone bears a possessive, in `s's's` an article is
 * cut off, in `b:l'a` none is, and an underscore that falls away parts what would be a word without it. There a term is
 * cut in another way than the same letters in the text; such words are left out. */
static bool hangs_on_context(const tt_tokens *t)
{
    for (size_t i = 0; i < t->n; i++) {
        const tt_token *v = &t->v[i];
        if (v->no_end && i + 2 < t->n && (v[2].no_end || v[2].possessive))
            return true;
        if (i > 0 && !v->space_before && v[-1].vis + v[-1].n != v->vis)
            return true;
        if (v->inner && v->kind == TT_TOKEN_WORD && memchr(v->fold, '\'', v->n_fold - v->fold_possessive))
            return true;
    }
    return false;
}

/* A place where the term may stand: separators changed, stars filled, brackets taken or left as letters. */
static void pick_place(uint64_t *state, const char *term, tt_buf *out)
{
    static const char *const separators[] = {" ", "-", "–", "", "·", "  ", "\n", "—", " -"};
    static const char *const fill[] = {"", "a", "xb", "1", "a.b", "工", "A", "l’a"};
    for (; *term; term++) {
        bool quoted = *term == '\\';
        term += quoted;
        if (!quoted && (*term == ' ' || *term == '-'))
            tt_buf_text(out, separators[chance(state, 2) ? 0 : chance(state, 9)]);
        else if (!quoted && *term == '*')
            tt_buf_text(out, fill[chance(state, 8)]);
        else if (quoted || (*term != '(' && *term != ')'))
            tt_buf_char(out, *term);
    }
}

static void pick_text(uint64_t *state, const struct alphabet *alphabet, const struct term *terms, uint32_t n_terms,
                      tt_buf *out)
{
    for (uint32_t n = 1 + chance(state, 6); n; n--) {
        pick(state, alphabet->texts, chance(state, 4), out);
        pick_place(state, terms[chance(state, n_terms)].text, out);
    }
}

/* One text, by both. A few barriers are set where there are none. */
static bool agree(uint64_t *state, const struct alphabet *alphabet, tt_match_state *m, const struct term *terms,
                  uint32_t n_terms)
{
    static struct text t;
    tt_arena arena = {0};
    tt_buf vis = {0}, got = {0}, want = {0};
    pick_text(state, alphabet, terms, n_terms, &vis);
    tt_buf_text(&vis, "");
    assert_false(vis.failed);
    uint32_t n = (uint32_t)vis.n;
    tt_run run = {.n = n, .n_src = n, .zone = TT_ZONE_TEXT};
    tt_block block = {.n_runs = 1, .overlay = TT_ZONE_TEXT};
    tt_doc doc = {.vis = vis.p, .n_vis = n, .runs = &run, .n_runs = 1, .blocks = &block, .n_blocks = 1};
    assert_int_equal(tt_tokenize(&doc, &arena, &t.tokens, NULL), 0);
    for (size_t i = 0; i < t.tokens.n; i++)
        t.tokens.v[i].barrier |= !t.tokens.v[i].inner && chance(state, 30) == 0;
    if (!hangs_on_context(&t.tokens)) {
        flatten(&t, 0);
        flatten(&t, 1);
        match_naively(terms, n_terms, &t, &want);
        assert_int_equal(tt_match(m, &doc, &t.tokens, on_hit, &got, NULL), 0);
    }
    tt_buf_char(&want, '\n');
    tt_buf_char(&got, '\n');
    bool same = want.n == got.n && memcmp(want.p, got.p, got.n) == 0;
    if (!same) {
        print_error("text `%s`\nwant %sgot  %s", vis.p, want.p, got.p);
        for (uint32_t i = 0; i < n_terms; i++)
            print_error("%u `%s`%s%s\n", (unsigned)i, terms[i].text, terms[i].exact ? " exact" : "",
                        terms[i].drop ? " drop" : "");
    }
    tt_buf_release(&vis);
    tt_buf_release(&want);
    tt_buf_release(&got);
    tt_arena_release(&arena);
    return same;
}

static void run(const struct alphabet *alphabet)
{
    uint64_t state = 20201011;
    const char *more = getenv("TAGTREND_ROUNDS");
    int64_t rounds = 6000;
    if (more)
        assert_true(tt_num_parse(tt_str_of(more), &rounds));
    for (int64_t i = 0; i < rounds; i++) {
        struct term terms[MAX_TERMS];
        uint32_t n = 1 + chance(&state, MAX_TERMS);
        for (uint32_t k = 0; k < n; k++)
            pick_term(&state, alphabet, &terms[k]);
        tt_lexicon *lex = compile(terms, n);
        tt_match_state *m = NULL;
        assert_int_equal(tt_match_state_new(&m, lex, NULL), 0);
        for (int k = 0; k < 8; k++)
            assert_true(agree(&state, alphabet, m, terms, n));
        tt_match_state_free(m);
        tt_lexicon_free(lex);
    }
}

static void wide_alphabet(void **unused)
{
    (void)unused;
    run(&wide);
}

static void narrow_alphabet(void **unused)
{
    (void)unused;
    run(&narrow);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(wide_alphabet), cmocka_unit_test(narrow_alphabet)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
