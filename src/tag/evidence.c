/* In: issues as tokens. Out: what is counted of each entry and topic, and the places that show it. Not here: what makes
 * a finding of it (evidence_tell.c). */
#include "tag/evidence.h"

#include "base/unicode.h"
#include "tag/evidence_in.h"
#include "tag/term.h"

#include <string.h>

/* ---- letters ---- */

static tt_shape shape_of(tt_str s)
{
    size_t n_lower = 0, n_upper = 0;
    uint32_t cp;
    for (size_t i = 0, n; i < s.n; i += n ? n : 1) {
        n = tt_utf8_decode(s.p + i, s.n - i, &cp);
        n_upper += n && tt_cp_upper(cp);
        n_lower += n && tt_cp_letter(cp) && !tt_cp_upper(cp);
    }
    if (n_upper == 0)
        return n_lower ? TT_SHAPE_LOWER : TT_SHAPE_NONE;
    return n_lower == 0 && n_upper > 1 ? TT_SHAPE_UPPER : TT_SHAPE_MIXED;
}

static bool upper_at(tt_str s, size_t at)
{
    uint32_t cp = 0;
    return at < s.n && tt_utf8_decode(s.p + at, s.n - at, &cp) != 0 && tt_cp_upper(cp);
}

/* A capital and then none, as any word has at a sentence's begin. */
static bool is_title(tt_str s)
{
    uint32_t cp = 0;
    size_t n = tt_utf8_decode(s.p, s.n, &cp);
    return n != 0 && tt_cp_upper(cp) && shape_of((tt_str){s.p + n, s.n - n}) != TT_SHAPE_MIXED &&
           shape_of((tt_str){s.p + n, s.n - n}) != TT_SHAPE_UPPER;
}

/* ---- counting ---- */

static int show(tt_evidence *ev, uint32_t verdict, uint32_t token, uint32_t vis, uint32_t n)
{
    tt_judgement *v = &ev->verdicts[verdict - 1];
    tt_witness *w = &v->witnesses[v->n_witnesses];
    if (v->n_witnesses == TT_EVIDENCE_PLACES)
        return 0;
    int rc = ev->witness(ev->ctx, token, vis, n, w);
    if (rc != 0 || tt_str_dup(&ev->arena, w->path, &w->path) != 0 ||
        tt_str_dup(&ev->arena, w->before, &w->before) != 0 || tt_str_dup(&ev->arena, w->surface, &w->surface) != 0 ||
        tt_str_dup(&ev->arena, w->after, &w->after) != 0)
        return TT_ENOMEM;
    v->n_witnesses++;
    return 0;
}

static int clue(tt_evidence *ev, uint32_t entry, tt_clue kind, uint32_t token, uint32_t vis, uint32_t n)
{
    tt_suspect *s = &ev->suspects[entry];
    if (!ev->second)
        s->n[kind]++;
    else if (s->verdict && s->wanted >> kind & 1)
        return show(ev, s->verdict, token, vis, n);
    return 0;
}

/* ---- places of terms ---- */

static int on_topics(tt_evidence *ev, const tt_mention *m)
{
    size_t n = tt_mention_topics(ev->lex, m, ev->of, ev->by, ev->lex->n_topics);
    for (size_t i = 0; i < n; i++) {
        tt_gathering *g = &ev->topics[ev->of[i]];
        if (!ev->second) {
            g->n++;
            g->n_issue++;
            if (g->n_issue > g->n_peak) {
                g->n_peak = g->n_issue;
                g->peak = ev->issue;
            }
        } else if (g->verdict && g->peak == ev->issue && show(ev, g->verdict, m->first, m->vis, m->n) != 0) {
            return TT_ENOMEM;
        }
    }
    return 0;
}

static int on_mention(void *ctx, const tt_mention *m)
{
    tt_evidence *ev = ctx;
    memset(ev->used + m->first, 1, m->last - m->first + 1);
    if ((ev->zones >> ev->tokens->v[m->first].zone & 1) == 0)
        return 0;
    for (uint32_t i = 0; i < m->n_entries; i++)
        if (ev->lex->entries[m->entries[i]].topic == TT_DROP)
            return 0;
    bool lower = shape_of((tt_str){ev->doc->vis + m->vis, m->n}) == TT_SHAPE_LOWER;
    for (uint32_t i = 0; i < m->n_entries; i++) {
        uint32_t e = m->entries[i];
        if (clue(ev, e, TT_CLUE_MATCH, m->first, m->vis, m->n) != 0 ||
            (lower && ev->suspects[e].shape > TT_SHAPE_LOWER &&
             clue(ev, e, TT_CLUE_LOWER, m->first, m->vis, m->n) != 0))
            return TT_ENOMEM;
    }
    return on_topics(ev, m);
}

/* ---- words that no term finds ---- */

static int on_same_word(tt_evidence *ev, uint32_t token, const tt_spelled *s)
{
    const tt_token *t = &ev->tokens->v[token];
    tt_str nfkc = {t->nfkc, t->n_nfkc};
    if (!ev->lex->entries[s->entry].exact || ev->suspects[s->entry].shape < TT_SHAPE_MIXED)
        return 0;
    tt_clue kind = shape_of(nfkc) == TT_SHAPE_LOWER ? TT_CLUE_PLAIN : is_title(nfkc) ? TT_CLUE_TITLE : TT_CLUE_OTHER;
    return clue(ev, s->entry, kind, token, t->vis, t->n);
}

/* What may follow the term in a longer word: an ending, or another part of a name in capitals. */
static bool is_ending(tt_str word, size_t at)
{
    uint32_t cp = 0;
    tt_utf8_decode(word.p + at, word.n - at, &cp);
    return tt_cp_upper(cp) || tt_cp_digit(cp) || tt_utf8_count(word.p + at, word.n - at) <= TT_EVIDENCE_ENDING;
}

/* Whether the word, as written, has the term at its begin or end as a reader sees it: capitals stand where the term has
 * them, and what is in capitals goes on in lower case (GANs). */
static bool shows(const tt_evidence *ev, const tt_spelled *s, tt_str word, bool at_end)
{
    tt_shape shape = (tt_shape)ev->suspects[s->entry].shape;
    if (shape == TT_SHAPE_NONE || word.n <= s->written.n)
        return false;
    if (at_end)
        return shape > TT_SHAPE_LOWER && upper_at(s->written, 0) && tt_str_ends(word, s->written) &&
               !upper_at(word, tt_utf8_back(word.p, word.n - s->written.n));
    if (!is_ending(word, s->written.n))
        return false;
    if (shape == TT_SHAPE_LOWER && !ev->lex->entries[s->entry].exact)
        return true;
    return tt_str_starts(word, s->written) && !(shape == TT_SHAPE_UPPER && upper_at(word, s->written.n));
}

static int on_part(tt_evidence *ev, uint32_t token, tt_str part, bool at_end)
{
    const tt_token *t = &ev->tokens->v[token];
    uint32_t word;
    if (!tt_intern_find(&ev->words, part, &word))
        return 0;
    for (uint32_t i = ev->heads[word]; i != 0; i = ev->spelled[i - 1].next) {
        const tt_spelled *s = &ev->spelled[i - 1];
        if (part.n == t->n_fold ? on_same_word(ev, token, s) != 0
                                : shows(ev, s, (tt_str){t->nfkc, t->n_nfkc}, at_end) &&
                                      clue(ev, s->entry, TT_CLUE_INSIDE, token, t->vis, t->n) != 0)
            return TT_ENOMEM;
    }
    return 0;
}

/* All beginnings and ends of a word, up to a length, are looked up. */
static int on_word(tt_evidence *ev, uint32_t token)
{
    const tt_token *t = &ev->tokens->v[token];
    tt_str fold = {t->fold, t->n_fold};
    size_t chars = 0;
    int rc = on_part(ev, token, fold, false);
    for (size_t at = 0; at < fold.n && rc == 0 && chars < TT_EVIDENCE_LONGEST; chars++) {
        uint32_t cp;
        size_t n = tt_utf8_decode(fold.p + at, fold.n - at, &cp);
        at += n ? n : 1;
        if (chars + 1 >= 2 && at < fold.n)
            rc = on_part(ev, token, (tt_str){fold.p, at}, false);
    }
    size_t at = fold.n;
    for (chars = 0; at > 0 && rc == 0 && chars < TT_EVIDENCE_LONGEST; chars++) {
        at = tt_utf8_back(fold.p, at);
        if (chars + 1 >= 2 && at > 0)
            rc = on_part(ev, token, (tt_str){fold.p + at, fold.n - at}, true);
    }
    return rc;
}

static int on_words(tt_evidence *ev)
{
    for (size_t i = 0; i < ev->tokens->n; i++) {
        const tt_token *t = &ev->tokens->v[i];
        bool counts = t->kind == TT_TOKEN_WORD && !ev->used[i] && (ev->zones >> t->zone & 1) && !t->fold_possessive;
        if (counts && on_word(ev, (uint32_t)i) != 0)
            return TT_ENOMEM;
    }
    return 0;
}

int tt_evidence_read(tt_evidence *ev, uint32_t issue, const tt_doc *doc, const tt_tokens *tokens, unsigned zones,
                     tt_err *err)
{
    ev->issue = issue;
    ev->doc = doc;
    ev->tokens = tokens;
    ev->zones = zones;
    if (tt_grow(&ev->used, &ev->cap_used, tokens->n + 1, 1) != 0)
        return tt_fail_memory(err);
    memset(ev->used, 0, tokens->n + 1);
    for (size_t i = 0; i < ev->lex->n_topics; i++)
        ev->topics[i].n_issue = 0;
    int rc = tt_match(ev->match, doc, tokens, on_mention, ev, err);
    if (rc == 0)
        rc = on_words(ev);
    return rc == TT_ENOMEM ? tt_fail_memory(err) : rc;
}

/* ---- the terms that are one word ---- */

struct spelling {
    tt_evidence *ev;
    uint32_t entry;
};

static int on_spelling(void *ctx, const tt_piece *pieces, size_t n)
{
    struct spelling *s = ctx;
    tt_evidence *ev = s->ev;
    tt_spelled one = {.entry = s->entry};
    tt_buf fold = {0};
    uint32_t word;
    if (n != 1 || pieces[0].kind != TT_PIECE_TOKEN)
        return 0;
    size_t chars = tt_utf8_count(pieces[0].key.p, pieces[0].key.n);
    tt_shape shape = shape_of(pieces[0].key);
    if (ev->suspects[s->entry].shape == TT_SHAPE_NONE)
        ev->suspects[s->entry].shape = (uint8_t)shape;
    if (chars < (shape == TT_SHAPE_UPPER ? 2 : TT_EVIDENCE_WORD))
        return 0;
    bool failed = tt_unicode_key(pieces[0].key.p, pieces[0].key.n, true, &fold) != 0 ||
                  tt_intern_add(&ev->words, (tt_str){fold.p, fold.n}, &word) != 0 ||
                  tt_str_dup(&ev->arena, pieces[0].key, &one.written) != 0 ||
                  tt_grow(&ev->spelled, &ev->cap_spelled, ev->n_spelled + 1, sizeof one) != 0;
    tt_buf_release(&fold);
    size_t known = ev->cap_heads;
    if (failed || tt_grow(&ev->heads, &ev->cap_heads, ev->words.n, sizeof *ev->heads) != 0)
        return TT_ENOMEM;
    memset(ev->heads + known, 0, (ev->cap_heads - known) * sizeof *ev->heads);
    one.next = ev->heads[word];
    ev->spelled[ev->n_spelled++] = one;
    ev->heads[word] = (uint32_t)ev->n_spelled;
    return 0;
}

static int learn_words(tt_evidence *ev)
{
    for (size_t i = 0; i < ev->lex->n_entries; i++) {
        struct spelling s = {ev, (uint32_t)i};
        if (ev->lex->entries[i].topic != TT_DROP &&
            tt_term_expand(ev->lex->entries[i].term, true, on_spelling, &s, NULL, NULL) == TT_ENOMEM)
            return TT_ENOMEM;
    }
    return 0;
}

int tt_evidence_new(tt_evidence **out, const tt_lexicon *lex, tt_witness_fn *witness, void *ctx, tt_err *err)
{
    tt_evidence *ev = tt_calloc(1, sizeof *ev);
    if (!ev)
        return tt_fail_memory(err);
    *ev = (tt_evidence){.lex = lex, .witness = witness, .ctx = ctx};
    ev->suspects = tt_calloc(lex->n_entries + 1, sizeof *ev->suspects);
    ev->topics = tt_calloc(lex->n_topics + 1, sizeof *ev->topics);
    ev->of = tt_calloc(lex->n_topics + 1, sizeof *ev->of);
    ev->by = tt_calloc(lex->n_topics + 1, sizeof *ev->by);
    if (!ev->suspects || !ev->topics || !ev->of || !ev->by || tt_match_state_new(&ev->match, lex, err) != 0 ||
        learn_words(ev) != 0) {
        tt_evidence_free(ev);
        return tt_fail_memory(err);
    }
    tt_match_tell_drops(ev->match);
    *out = ev;
    return 0;
}

void tt_evidence_free(tt_evidence *ev)
{
    if (!ev)
        return;
    tt_match_state_free(ev->match);
    tt_arena_release(&ev->arena);
    tt_intern_release(&ev->words);
    tt_free(ev->heads);
    tt_free(ev->spelled);
    tt_free(ev->suspects);
    tt_free(ev->topics);
    tt_free(ev->verdicts);
    tt_free(ev->used);
    tt_free(ev->of);
    tt_free(ev->by);
    tt_free(ev);
}
