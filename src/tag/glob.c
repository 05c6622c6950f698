/* In: tokens, the patterns below a node of the trie. Out: where they fit, told to walk.c.
 * Not here: tokens that stand there literally (walk.c).
 *
 * All patterns run at once over the bytes of the tokens' keys, as a set of live nodes. A `*` covers characters of one
 * word of UAX #29 (which may be several tokens) and no possessive.
 *
 * A `*` that covers the rest of a word from place p reaches all that the same `*` would reach from a later place of the
 * same word. If it began at an earlier start, every match of the later start would have been one of the earlier start,
 * no shorter; then the later start stands inside that match and is none. So a `*` is run once in each word. */
#include "tag/walk.h"

#include <string.h>

static void key_of(const tt_walk *w, size_t token, const char **key, size_t *n)
{
    const tt_token *t = &w->tokens[token];
    *key = w->root == TT_ROOT_EXACT ? t->nfkc : t->fold;
    *n = w->root == TT_ROOT_EXACT ? t->n_nfkc : t->n_fold;
}

/* Adds a node, and the stars right behind it, to the set of step w->step. */
static void add(tt_walk *w, tt_live_set *set, uint32_t node, uint32_t live)
{
    const tt_node *n = &w->m->nodes[node];
    if (w->marks[n->glob] == w->step) {
        set->v[w->slots[n->glob]].flags |= live;
        return;
    }
    w->marks[n->glob] = w->step;
    w->slots[n->glob] = (uint32_t)set->n;
    set->v[set->n++] = (tt_live){node, live};
    if (n->flags & TT_NODE_TO_STAR && (n->flags & TT_NODE_SOME) == 0)
        add(w, set, tt_matcher_edge(w->m, node, TT_EDGE_BYTE, TT_GLOB_ANY), TT_LIVE_FRESH);
    if (n->flags & TT_NODE_TO_SOME)
        add(w, set, tt_matcher_edge(w->m, node, TT_EDGE_BYTE, TT_GLOB_SOME), TT_LIVE_FRESH);
}

/* Whether a star may begin to cover characters here. */
static bool may_begin(tt_walk *w, uint32_t node, size_t token, size_t byte)
{
    tt_star *s = &w->stars[w->m->nodes[node].glob];
    uint64_t at = (uint64_t)token << 32 | byte;
    if (s->text == w->text && s->chain == w->chains[token] && s->at <= at)
        return false;
    *s = (tt_star){at, w->text, w->chains[token]};
    return true;
}

static void step(tt_walk *w, size_t token, size_t byte, uint8_t c, bool cover)
{
    w->step++;
    w->next.n = 0;
    for (size_t i = 0; i < w->now.n; i++) {
        tt_live live = w->now.v[i];
        unsigned flags = w->m->nodes[live.node].flags;
        if (tt_node_may_follow(&w->m->nodes[live.node], c)) {
            uint32_t child = tt_matcher_edge(w->m, live.node, TT_EDGE_BYTE, c);
            if (child != TT_NO_NODE)
                add(w, &w->next, child, 0);
        }
        if (!cover || live.flags == 0)
            continue;
        if (flags & TT_NODE_STAR && (live.flags & TT_LIVE_IN || may_begin(w, live.node, token, byte)))
            add(w, &w->next, live.node, TT_LIVE_IN);
        if (flags & TT_NODE_SOME) {
            uint32_t star = tt_matcher_edge(w->m, live.node, TT_EDGE_BYTE, TT_GLOB_ANY);
            if (may_begin(w, star, token, byte))
                add(w, &w->next, star, TT_LIVE_IN);
        }
    }
    tt_live_set swap = w->now;
    w->now = w->next;
    w->next = swap;
}

/* Tells all patterns that fit up to here. */
static int tell_ends(tt_walk *w, size_t token, bool bare)
{
    int rc = 0;
    for (size_t i = 0; i < w->now.n && rc == 0; i++) {
        uint32_t node = w->now.v[i].node;
        unsigned flags = w->m->nodes[node].flags;
        if ((flags & (TT_NODE_ENDS | TT_NODE_SPACE | TT_NODE_ANY)) == 0)
            continue;
        if (flags & TT_NODE_ENDS)
            rc = tt_walk_found(w, node, token, bare);
        if (rc == 0 && !bare)
            rc = tt_walk_pattern_end(w, node, token);
    }
    return rc;
}

/* The nodes that a hyphen leads to wait until the token's bytes, which may be meant literally too, are over. */
static void take_hyphen(tt_walk *w, size_t token)
{
    w->n_behind = 0;
    for (size_t i = 0; w->tokens[token].hyphen && i < w->now.n; i++)
        if (w->m->nodes[w->now.v[i].node].flags & TT_NODE_HYPHEN)
            w->behind[w->n_behind++] = tt_matcher_edge(w->m, w->now.v[i].node, TT_EDGE_BYTE, TT_GLOB_HYPHEN);
}

static bool is_word(const tt_token *t)
{
    return t->kind == TT_TOKEN_WORD || t->inner;
}

/* Between two words, or a word and a sign. What a star covers belongs to the same word as the letters beside it: one
 * that has covered something is over and may be followed by a sign alone; one that has not may still cover a word that
 * begins here behind a sign. */
static void end_word(tt_walk *w, size_t token)
{
    bool after = is_word(&w->tokens[token]), before = is_word(&w->tokens[token + 1]);
    size_t kept = 0;
    for (size_t i = 0; i < w->now.n; i++) {
        tt_live live = w->now.v[i];
        if (before && live.flags == TT_LIVE_IN)
            continue;
        live.flags = after ? 0 : live.flags & TT_LIVE_FRESH;
        w->now.v[kept++] = live;
    }
    w->now.n = kept;
}

/* A star that has begun and stands alone goes on over all bytes that none of its patterns goes on with. Returns where
 * that ends, at `body` at most. */
static size_t skip(const tt_walk *w, const char *key, size_t i, size_t body)
{
    const tt_node *n = &w->m->nodes[w->now.v[0].node];
    if (w->now.n == 1 && n->flags & TT_NODE_STAR && w->now.v[0].flags & TT_LIVE_IN)
        while (i < body && !tt_node_may_follow(n, (uint8_t)key[i]))
            i++;
    return i;
}

static int run_token(tt_walk *w, size_t token)
{
    const tt_token *t = &w->tokens[token];
    const char *key;
    size_t n;
    key_of(w, token, &key, &n);
    size_t body = n > t->fold_possessive ? n - t->fold_possessive : n;
    bool word = is_word(t);
    take_hyphen(w, token);
    for (size_t i = 0; w->now.n; i++) {
        if (word && i < body)
            i = skip(w, key, i, body);
        if (i == n)
            break;
        if (i == body && tell_ends(w, token, true) != 0)
            return TT_ENOMEM;
        step(w, token, i, (uint8_t)key[i], word && i < body);
    }
    for (size_t i = 0; i < w->n_behind; i++)
        add(w, &w->now, w->behind[i], 0);
    return tell_ends(w, token, false);
}

static void begin(tt_walk *w, uint32_t glob)
{
    w->step++;
    w->now.n = 0;
    add(w, &w->now, glob, 0);
}

/* Token `t` has been run: runs those that follow it directly. */
static int go_on(tt_walk *w, size_t t)
{
    while (w->now.n && tt_walk_direct(w, t + 1)) {
        if (w->chains[t + 1] != w->chains[t])
            end_word(w, t);
        if (w->now.n && run_token(w, ++t) != 0)
            return TT_ENOMEM;
    }
    return 0;
}

int tt_glob_run(tt_walk *w, uint32_t glob, size_t first)
{
    begin(w, glob);
    return run_token(w, first) != 0 ? TT_ENOMEM : go_on(w, first);
}

/* ---- at the root ---- */

/* A sign that neither a pattern nor what follows a leading star begins with. */
static bool is_strange_sign(const tt_walk *w, uint32_t glob, uint32_t star, size_t token)
{
    const tt_node *root = &w->m->nodes[glob], *behind = &w->m->nodes[star];
    const char *key;
    size_t n;
    key_of(w, token, &key, &n);
    if (is_word(&w->tokens[token]) || n == 0 || tt_node_may_follow(root, (uint8_t)key[0]))
        return false;
    return star == TT_NO_NODE || !(tt_node_may_follow(behind, (uint8_t)key[0]) ||
                                   (w->tokens[token].hyphen && behind->flags & TT_NODE_HYPHEN));
}

/* What stands behind the word cannot make a match of it, where all that is live is a leading star. */
static bool ends_here(tt_walk *w, uint32_t glob, uint32_t star, size_t token)
{
    const tt_token *next = &w->tokens[token] + 1;
    return !tt_walk_direct(w, token + 1) || (next->kind == TT_TOKEN_WORD && !next->inner) ||
           is_strange_sign(w, glob, star, token + 1);
}

/* The slot of a word; NULL for one that is not remembered. */
static tt_seen *seen_slot(const tt_walk *w, size_t token, size_t n)
{
    const tt_token *t = &w->tokens[token];
    if (!w->seen || n == 0 || n > TT_SEEN_KEY || t->inner || t->fold_possessive || t->kind != TT_TOKEN_WORD)
        return NULL;
    return &w->seen[(w->hashes[w->root][token] + w->root) & (TT_SEEN_SLOTS - 1)];
}

int tt_glob_begin(tt_walk *w, uint32_t glob, size_t first)
{
    const char *key;
    size_t n;
    uint32_t star = w->leading[w->root];
    key_of(w, first, &key, &n);
    if (star == TT_NO_NODE ? n == 0 || !tt_node_may_follow(&w->m->nodes[glob], (uint8_t)key[0])
                           : is_strange_sign(w, glob, star, first))
        return 0;
    tt_seen *seen = star == TT_NO_NODE ? NULL : seen_slot(w, first, n);
    if (seen && seen->n == n && seen->root == w->root && memcmp(seen->key, key, n) == 0 &&
        ends_here(w, glob, star, first))
        return 0;
    begin(w, glob);
    if (run_token(w, first) != 0)
        return TT_ENOMEM;
    /* one that fitted would be live beside the star */
    if (seen && w->now.n == 1 && w->now.v[0].node == star) {
        seen->n = (uint8_t)n;
        seen->root = (uint8_t)w->root;
        memcpy(seen->key, key, n);
    }
    return go_on(w, first);
}

static uint32_t leading_star(const tt_matcher *m, uint32_t root)
{
    bool has = (m->nodes[root].flags & TT_NODE_GLOB) != 0;
    uint32_t glob = has ? tt_matcher_edge(m, root, TT_EDGE_GLOB, TT_JOIN_DIRECT) : TT_NO_NODE;
    has = glob != TT_NO_NODE && (m->nodes[glob].flags & TT_NODE_TO_STAR) != 0;
    return has ? tt_matcher_edge(m, glob, TT_EDGE_BYTE, TT_GLOB_ANY) : TT_NO_NODE;
}

int tt_glob_init(tt_walk *w)
{
    size_t n = w->m->n_globs + 1;
    if (n == 1)
        return 0;
    w->now.v = tt_calloc(n, sizeof *w->now.v);
    w->next.v = tt_calloc(n, sizeof *w->next.v);
    w->behind = tt_calloc(n, sizeof *w->behind);
    w->marks = tt_calloc(n, sizeof *w->marks);
    w->slots = tt_calloc(n, sizeof *w->slots);
    w->stars = tt_calloc(n, sizeof *w->stars);
    w->seen = tt_calloc(TT_SEEN_SLOTS, sizeof *w->seen);
    for (uint32_t root = 0; root < TT_N_ROOTS; root++)
        w->leading[root] = leading_star(w->m, root);
    return w->now.v && w->next.v && w->behind && w->marks && w->slots && w->stars && w->seen ? 0 : TT_ENOMEM;
}

void tt_glob_release(tt_walk *w)
{
    tt_free(w->now.v);
    tt_free(w->next.v);
    tt_free(w->behind);
    tt_free(w->marks);
    tt_free(w->slots);
    tt_free(w->stars);
    tt_free(w->seen);
}
