/* In: a text, a stretch of it, a lexicon. Out: every place there where an entry could match, with its fate. The winners
 * come from the matcher itself, what else begins at each token from its walk, which keeps all ends.
 * Not here: zones and selections (run_why.c), how it is told (report/why.c). */
#include "tag/why.h"

#include "base/unicode.h"
#include "tag/match.h"
#include "tag/walk.h"

#include <stdlib.h>
#include <string.h>

struct why {
    const tt_lexicon *lex;
    const tt_doc *doc;
    const tt_tokens *tokens;
    uint32_t from, to;
    tt_arena *arena;
    bool *near; /* by block: reaches from..to */
    tt_walk walk;
    tt_hit *won; /* what the matcher told, in blocks that are near */
    size_t n_won, cap_won;
    tt_hit *v;
    size_t n, cap;
    size_t at_won;      /* in `won`: the first that does not end before the token in hand */
    uint32_t has_place; /* in `v`: the winner that holds the token in hand, or TT_NO_HIT */
};

/* ---- places in the text ---- */

static uint32_t begin_of(const tt_doc *doc, const tt_token *t)
{
    const tt_run *run = &doc->runs[t->run];
    return run->n == run->n_src ? run->at + (t->vis - run->vis) : run->at;
}

/* Behind the last byte of what ends at `vis`, which is not before the token's first byte. */
static uint32_t end_of(const tt_doc *doc, const tt_token *t, uint32_t vis)
{
    const tt_run *run = &doc->runs[t->run];
    while (run->vis + run->n < vis)
        run++;
    return run->n == run->n_src ? run->at + (vis - run->vis) : run->at + run->n_src;
}

static bool touches(const struct why *w, uint32_t at, uint32_t end)
{
    return at < w->to && end > w->from;
}

static int find_near(struct why *w)
{
    w->near = tt_arena_array(w->arena, w->doc->n_blocks + 1, sizeof *w->near);
    if (!w->near)
        return TT_ENOMEM;
    for (uint32_t b = 0; b < w->doc->n_blocks; b++) {
        const tt_block *block = &w->doc->blocks[b];
        uint32_t at = UINT32_MAX, end = 0;
        for (uint32_t i = block->first_run; i < block->first_run + block->n_runs; i++) {
            const tt_run *run = &w->doc->runs[i];
            at = run->at < at ? run->at : at;
            end = run->at + run->n_src > end ? run->at + run->n_src : end;
        }
        w->near[b] = touches(w, at, end);
    }
    return 0;
}

/* ---- hits ---- */

static int keep_entries(struct why *w, tt_hit *hit, const uint32_t *entries, size_t n)
{
    uint32_t *copy = tt_arena_array(w->arena, n + 1, sizeof *copy);
    if (!copy)
        return TT_ENOMEM;
    memcpy(copy, entries, n * sizeof *copy);
    hit->entries = copy;
    hit->n_entries = (uint32_t)n;
    return 0;
}

static int push(struct why *w, const tt_hit *hit)
{
    if (tt_grow(&w->v, &w->cap, w->n + 1, sizeof *w->v) != 0)
        return TT_ENOMEM;
    w->v[w->n++] = *hit;
    return 0;
}

static int on_mention(void *ctx, const tt_mention *m)
{
    struct why *w = ctx;
    const tt_token *last = &w->tokens->v[m->last];
    tt_hit hit = {.first = m->first,
                  .last = m->last,
                  .vis = m->vis,
                  .n = m->n,
                  .at = m->at,
                  .fate = TT_FATE_WON,
                  .by = TT_NO_HIT};
    if (!w->near[last->block])
        return 0;
    hit.end = end_of(w->doc, &w->tokens->v[m->first], m->vis + m->n);
    if (tt_grow(&w->won, &w->cap_won, w->n_won + 1, sizeof *w->won) != 0 ||
        keep_entries(w, &hit, m->entries, m->n_entries) != 0)
        return TT_ENOMEM;
    w->won[w->n_won++] = hit;
    return 0;
}

static tt_fate refusal_of(const struct why *w, uint32_t last)
{
    const tt_token *t = &w->tokens->v[last];
    if (t->no_end)
        return TT_FATE_ELISION;
    return t[1].nfkc[0] == '+' ? TT_FATE_PLUS : TT_FATE_HASH;
}

/* What ends so and begins at token `start` is no winner: says why, and keeps it with the entries in w->walk. */
static int lose(struct why *w, uint32_t start, const tt_walk_end *e)
{
    const tt_token *first = &w->tokens->v[start], *last = &w->tokens->v[e->last];
    tt_hit *winner = w->has_place == TT_NO_HIT ? NULL : &w->v[w->has_place];
    tt_hit hit = {.first = start,
                  .last = e->last,
                  .vis = first->vis,
                  .n = (uint32_t)e->end - first->vis,
                  .at = begin_of(w->doc, first),
                  .end = end_of(w->doc, first, (uint32_t)e->end),
                  .by = w->has_place};
    if (!tt_walk_may_end(&w->walk, e->last, e->end < last->vis + last->n)) {
        hit.fate = (uint8_t)refusal_of(w, e->last);
    } else if (winner) {
        hit.fate = winner->first == start ? TT_FATE_SHORTER : TT_FATE_INSIDE;
        winner->longest |= winner->first == start;
        winner->leftmost |= winner->first != start;
    } else {
        return 0; /* cannot be: the matcher would have told it */
    }
    return keep_entries(w, &hit, w->walk.entries, w->walk.n_entries) != 0 ? TT_ENOMEM : push(w, &hit);
}

static int by_end(const void *a, const void *b)
{
    const tt_walk_end *x = a, *y = b;
    return (x->end < y->end) - (x->end > y->end);
}

/* Those of the entries that end at the nodes of ends from..to. */
static int gather(struct why *w, const tt_walk_end *from, const tt_walk_end *to)
{
    tt_walk *walk = &w->walk;
    walk->n_found = (size_t)(to - from);
    if (tt_grow(&walk->found, &walk->cap_found, walk->n_found, sizeof *walk->found) != 0)
        return TT_ENOMEM;
    for (size_t i = 0; i < walk->n_found; i++)
        walk->found[i] = from[i].node;
    return tt_walk_gather(walk);
}

/* All that begins at a token, the longest first, but for the winner. */
static int lose_all(struct why *w, uint32_t start)
{
    const tt_hit *winner = w->has_place == TT_NO_HIT ? NULL : &w->v[w->has_place];
    size_t won_end = winner && winner->first == start ? (size_t)winner->vis + winner->n : 0;
    if (tt_walk_from(&w->walk, start) != 0)
        return TT_ENOMEM;
    const tt_walk_end *behind = w->walk.all + w->walk.n_all;
    if (w->walk.n_all > 1)
        qsort(w->walk.all, w->walk.n_all, sizeof *w->walk.all, by_end);
    for (const tt_walk_end *e = w->walk.all, *next; e < behind; e = next) {
        for (next = e + 1; next < behind && next->end == e->end;)
            next++;
        if (e->end != won_end && (gather(w, e, next) != 0 || lose(w, start, e) != 0))
            return TT_ENOMEM;
    }
    return 0;
}

/* ---- terms inside longer words ---- */

/* Of the parts that begin in one word at one byte the longest that is a term, told where it is not inside the part
 * before it. */
struct part {
    uint32_t token;
    unsigned root;
    tt_str key;
    size_t told_to; /* byte of the key where the part before it ends */
};

static uint32_t ends_with(const struct why *w, unsigned root, const char *key, size_t n)
{
    const tt_matcher *m = w->lex->matcher;
    uint32_t word = tt_matcher_word(m, key, n, tt_hash(key, n, 0));
    if (word == TT_NO_WORD || (m->begins[word] & 1u << root) == 0)
        return TT_NO_NODE;
    uint32_t node = tt_matcher_edge(m, root, TT_EDGE_TOKEN + TT_JOIN_DIRECT, word);
    return node != TT_NO_NODE && (m->nodes[node].flags & TT_NODE_ENDS) != 0 ? node : TT_NO_NODE;
}

static int keep_part(struct why *w, const struct part *p, size_t at, size_t n, uint32_t node)
{
    const tt_token *t = &w->tokens->v[p->token];
    tt_hit hit = {.first = p->token,
                  .last = p->token,
                  .vis = t->vis,
                  .n = t->n,
                  .at = begin_of(w->doc, t),
                  .end = end_of(w->doc, t, t->vis + t->n),
                  .fate = TT_FATE_WORD,
                  .by = TT_NO_HIT,
                  .part = {p->key.p + at, n}};
    const tt_walk_end end = {.node = node};
    if (gather(w, &end, &end + 1) != 0 || keep_entries(w, &hit, w->walk.entries, w->walk.n_entries) != 0)
        return TT_ENOMEM;
    return push(w, &hit);
}

/* The longest term that begins at byte `at` of the word and is not all of it. */
static int part_from(struct why *w, struct part *p, size_t at)
{
    const size_t least = p->root == TT_ROOT_EXACT ? TT_WHY_PART_EXACT : TT_WHY_PART;
    size_t n_best = 0, chars = 0;
    uint32_t best = TT_NO_NODE, cp;
    for (size_t end = at; end < p->key.n;) {
        end += tt_utf8_decode(p->key.p + end, p->key.n - end, &cp);
        if (++chars < least || end - at == p->key.n)
            continue;
        uint32_t node = ends_with(w, p->root, p->key.p + at, end - at);
        if (node != TT_NO_NODE) {
            best = node;
            n_best = end - at;
        }
    }
    if (best == TT_NO_NODE || at + n_best <= p->told_to)
        return 0;
    p->told_to = at + n_best;
    return keep_part(w, p, at, n_best, best);
}

static int look_inside(struct why *w, uint32_t token)
{
    const tt_token *t = &w->tokens->v[token];
    if (t->kind != TT_TOKEN_WORD || !touches(w, begin_of(w->doc, t), end_of(w->doc, t, t->vis + t->n)) ||
        tt_utf8_count(t->nfkc, t->n_nfkc) > TT_WHY_WORD)
        return 0;
    for (unsigned root = 0; root < TT_N_ROOTS; root++) {
        struct part p = {.token = token, .root = root};
        p.key = root == TT_ROOT_EXACT ? (tt_str){t->nfkc, t->n_nfkc} : (tt_str){t->fold, t->n_fold};
        p.key.n -= p.key.n > t->fold_possessive ? t->fold_possessive : 0;
        for (size_t at = 0; at < p.key.n;) {
            uint32_t cp;
            if (part_from(w, &p, at) != 0)
                return TT_ENOMEM;
            at += tt_utf8_decode(p.key.p + at, p.key.n - at, &cp);
        }
    }
    return 0;
}

/* ---- the whole ---- */

static int at_token(struct why *w, uint32_t i)
{
    while (w->at_won < w->n_won && w->won[w->at_won].last < i)
        w->at_won++;
    if (w->at_won == w->n_won || w->won[w->at_won].first > i)
        w->has_place = TT_NO_HIT;
    if (w->at_won < w->n_won && w->won[w->at_won].first == i) {
        w->has_place = (uint32_t)w->n;
        if (push(w, &w->won[w->at_won]) != 0)
            return TT_ENOMEM;
    }
    size_t before = w->n;
    if (lose_all(w, i) != 0)
        return TT_ENOMEM;
    return w->has_place == TT_NO_HIT && w->n == before ? look_inside(w, i) : 0;
}

/* A hit that is kept: where the one that has its place stands in the text, and both in w->v. */
struct kept {
    uint32_t at, lead, hit;
};

static int by_place(const void *a, const void *b)
{
    const struct kept *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    if (x->lead != y->lead)
        return x->lead < y->lead ? -1 : 1;
    return (x->hit > y->hit) - (x->hit < y->hit);
}

/* Keeps what touches the stretch, and the winners that took its place, in order of the text: link targets come behind
 * their paragraph in w->v. */
static int pick(struct why *w, tt_hit **out, size_t *n)
{
    bool *keep = tt_arena_array(w->arena, w->n + 1, sizeof *keep);
    struct kept *kept = tt_arena_array(w->arena, w->n + 1, sizeof *kept);
    tt_hit *hits = tt_arena_array(w->arena, w->n + 1, sizeof *hits);
    if (!keep || !kept || !hits)
        return TT_ENOMEM;
    memset(keep, 0, w->n + 1);
    for (size_t i = 0; i < w->n; i++)
        if (touches(w, w->v[i].at, w->v[i].end)) {
            keep[i] = true;
            if (w->v[i].by != TT_NO_HIT)
                keep[w->v[i].by] = true;
        }
    *n = 0;
    for (uint32_t i = 0; i < w->n; i++) {
        uint32_t lead = w->v[i].by == TT_NO_HIT ? i : w->v[i].by;
        if (keep[i])
            kept[(*n)++] = (struct kept){w->v[lead].at, lead, i};
    }
    if (*n)
        qsort(kept, *n, sizeof *kept, by_place);
    for (size_t i = 0, lead = 0; i < *n; i++) { /* who has the place stood before those who lost it, and still does */
        hits[i] = w->v[kept[i].hit];
        if (hits[i].by == TT_NO_HIT)
            lead = i;
        else
            hits[i].by = (uint32_t)lead;
    }
    *out = hits;
    return 0;
}

static int find_winners(struct why *w, tt_err *err)
{
    tt_match_state *match = NULL;
    int rc = tt_match_state_new(&match, w->lex, err);
    if (rc == 0) {
        tt_match_tell_drops(match);
        rc = tt_match(match, w->doc, w->tokens, on_mention, w, err);
    }
    tt_match_state_free(match);
    return rc;
}

static int find_all(struct why *w, tt_hit **out, size_t *n)
{
    w->walk.keep_all = true;
    if (tt_walk_text(&w->walk, w->tokens) != 0)
        return TT_ENOMEM;
    for (uint32_t i = 0; i < w->tokens->n; i++)
        if (w->near[w->tokens->v[i].block] && at_token(w, i) != 0)
            return TT_ENOMEM;
    return pick(w, out, n);
}

int tt_why(const tt_lexicon *lex, const tt_doc *doc, const tt_tokens *tokens, uint32_t from, uint32_t to,
           tt_arena *arena, tt_hit **out, size_t *n, tt_err *err)
{
    struct why w = {
        .lex = lex, .doc = doc, .tokens = tokens, .from = from, .to = to, .arena = arena, .has_place = TT_NO_HIT};
    int rc = tt_walk_init(&w.walk, lex->matcher);
    if (rc != 0 || find_near(&w) != 0 || find_winners(&w, NULL) != 0 || find_all(&w, out, n) != 0)
        rc = tt_fail_memory(err);
    tt_walk_release(&w.walk);
    tt_free(w.won);
    tt_free(w.v);
    return rc;
}
