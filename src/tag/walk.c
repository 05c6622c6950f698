/* In: tokens, the trie, a start. Out: the nodes where the longest matches from there end.
 * Not here: patterns (glob.c), entries and mentions (match.c). */
#include "tag/walk.h"

#include "base/unicode.h"

#include <stdlib.h>
#include <string.h>

bool tt_walk_direct(tt_walk *w, size_t token)
{
    if (token >= w->n_tokens) {
        w->ran_out = true;
        return false;
    }
    return !w->tokens[token].space_before && !w->tokens[token].barrier;
}

/* ---- where a match may end ---- */

static bool is_sign(const tt_token *t, char sign)
{
    return t->n_nfkc == 1 && t->nfkc[0] == sign;
}

static bool alnum(uint32_t cp)
{
    return tt_cp_letter(cp) || tt_cp_digit(cp);
}

static bool ends_alnum(const tt_token *t)
{
    uint32_t cp = 0;
    if (t->n_nfkc == 0)
        return false;
    size_t at = tt_utf8_back(t->nfkc, t->n_nfkc);
    tt_utf8_decode(t->nfkc + at, t->n_nfkc - at, &cp);
    return alnum(cp) || tt_cp_mark(cp);
}

static bool begins_alnum(const tt_token *t)
{
    uint32_t cp = 0;
    return t->n_nfkc && tt_utf8_decode(t->nfkc, t->n_nfkc, &cp) != 0 && alnum(cp);
}

bool tt_walk_may_end(tt_walk *w, size_t last, bool bare)
{
    const tt_token *t = &w->tokens[last];
    if (t->no_end)
        return false;
    if (bare || !tt_walk_direct(w, last + 1) || !ends_alnum(t))
        return true;
    bool more = tt_walk_direct(w, last + 2);
    if (is_sign(t + 1, '+'))
        return !(more && is_sign(t + 2, '+'));
    if (is_sign(t + 1, '#'))
        return more && begins_alnum(t + 2);
    return true;
}

int tt_walk_found(tt_walk *w, uint32_t node, size_t last, bool bare)
{
    const tt_token *t = &w->tokens[last];
    size_t end = (size_t)t->vis + t->n - (bare ? t->possessive : 0);
    if (w->keep_all) {
        if (tt_grow(&w->all, &w->cap_all, w->n_all + 1, sizeof *w->all) != 0)
            return TT_ENOMEM;
        w->all[w->n_all++] = (tt_walk_end){end, node, (uint32_t)last};
        return 0;
    }
    if ((w->n_found && end < w->found_end) || end >= w->limit || !tt_walk_may_end(w, last, bare))
        return 0;
    if (end > w->found_end)
        w->n_found = 0;
    if (tt_grow(&w->found, &w->cap_found, w->n_found + 1, sizeof *w->found) != 0)
        return TT_ENOMEM;
    w->found[w->n_found++] = node;
    w->found_end = end;
    w->found_last = (uint32_t)last;
    return 0;
}

/* ---- places to go on from ---- */

static int push(tt_walk *w, uint32_t node, size_t last)
{
    if (tt_grow(&w->queue, &w->cap_queue, w->n_queue + 1, sizeof *w->queue) != 0)
        return TT_ENOMEM;
    w->queue[w->n_queue++] = (tt_place){node, (uint32_t)last};
    return 0;
}

int tt_walk_pattern_end(tt_walk *w, uint32_t node, size_t last)
{
    bool more = (w->m->nodes[node].flags & (TT_NODE_SPACE | TT_NODE_ANY)) != 0;
    return more ? push(w, node, last) : 0;
}

/* ---- steps ---- */

static int reach(tt_walk *w, uint32_t node, size_t last)
{
    unsigned flags = w->m->nodes[node].flags;
    int rc = flags & TT_NODE_ENDS ? tt_walk_found(w, node, last, false) : 0;
    if (rc == 0 && flags & (TT_NODE_DIRECT | TT_NODE_SPACE | TT_NODE_ANY))
        rc = push(w, node, last);
    return rc;
}

static uint32_t by_word(const tt_walk *w, uint32_t node, tt_join join, uint32_t word)
{
    if (word == TT_NO_WORD || (node < TT_N_ROOTS && (w->m->begins[word] & 1u << node) == 0))
        return TT_NO_NODE;
    return tt_matcher_edge(w->m, node, TT_EDGE_TOKEN + (unsigned)join, word);
}

/* Goes on from `node` with token t, which is joined so. */
static int follow(tt_walk *w, uint32_t node, tt_join join, size_t t)
{
    uint32_t child = by_word(w, node, join, w->words[w->root][t]);
    int rc = child != TT_NO_NODE ? reach(w, child, t) : 0;
    child = by_word(w, node, join, w->bare[w->root][t]);
    if (rc == 0 && child != TT_NO_NODE && w->m->nodes[child].flags & TT_NODE_ENDS)
        rc = tt_walk_found(w, child, t, true);
    if (rc == 0 && node >= TT_N_ROOTS && w->tokens[t].hyphen) {
        child = tt_matcher_edge(w->m, node, TT_EDGE_TOKEN + (unsigned)join, TT_WORD_HYPHEN);
        rc = child != TT_NO_NODE ? reach(w, child, t) : 0;
    }
    if (rc == 0 && w->m->nodes[node].flags & TT_NODE_GLOB) {
        child = tt_matcher_edge(w->m, node, TT_EDGE_GLOB, join);
        if (child != TT_NO_NODE)
            rc = node < TT_N_ROOTS ? tt_glob_begin(w, child, t) : tt_glob_run(w, child, t);
    }
    return rc;
}

static int extend(tt_walk *w, uint32_t node, size_t last)
{
    unsigned flags = w->m->nodes[node].flags;
    size_t t = last + 1;
    if (t >= w->n_tokens) {
        w->ran_out = true;
        return 0;
    }
    if (w->tokens[t].barrier)
        return 0;
    if (w->tokens[t].space_before) {
        int rc = flags & TT_NODE_SPACE ? follow(w, node, TT_JOIN_SPACE, t) : 0;
        return rc == 0 && flags & TT_NODE_ANY ? follow(w, node, TT_JOIN_ANY, t) : rc;
    }
    int rc = flags & TT_NODE_DIRECT ? follow(w, node, TT_JOIN_DIRECT, t) : 0;
    if (rc == 0 && flags & TT_NODE_ANY && w->tokens[t].hyphen && tt_walk_direct(w, t + 1))
        rc = follow(w, node, TT_JOIN_ANY, t + 1);
    return rc;
}

int tt_walk_from(tt_walk *w, size_t start)
{
    int rc = 0;
    w->n_found = w->n_all = 0;
    w->found_end = 0;
    w->ran_out = false;
    for (w->root = 0; w->root < TT_N_ROOTS && rc == 0; w->root++) {
        if ((w->m->nodes[w->root].flags & TT_NODE_DIRECT) == 0)
            continue;
        w->n_queue = 0;
        rc = follow(w, w->root, TT_JOIN_DIRECT, start);
        /* in order of reaching: of two runs of one pattern the earlier one comes first and spares the later one */
        for (size_t i = 0; i < w->n_queue && rc == 0; i++)
            rc = extend(w, w->queue[i].node, w->queue[i].last);
    }
    return rc;
}

/* ---- entries ---- */

static int by_number(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

int tt_walk_gather(tt_walk *w)
{
    w->n_entries = 0;
    for (size_t i = 0; i < w->n_found; i++)
        for (uint32_t e = w->m->nodes[w->found[i]].end; e != 0; e = w->m->ends[e - 1].next) {
            if (tt_grow(&w->entries, &w->cap_entries, w->n_entries + 1, sizeof *w->entries) != 0)
                return TT_ENOMEM;
            w->entries[w->n_entries++] = w->m->ends[e - 1].entry;
        }
    if (w->n_found == 1) /* newest first, and each once */
        for (size_t i = 0, k = w->n_entries; i + 1 < k; i++) {
            uint32_t entry = w->entries[i];
            w->entries[i] = w->entries[--k];
            w->entries[k] = entry;
        }
    else if (w->n_entries)
        qsort(w->entries, w->n_entries, sizeof *w->entries, by_number);
    size_t kept = 0;
    for (size_t i = 0; i < w->n_entries; i++)
        if (kept == 0 || w->entries[kept - 1] != w->entries[i])
            w->entries[kept++] = w->entries[i];
    w->n_entries = kept;
    return 0;
}

/* ---- looking up ---- */

/* `like`: a root whose hashes are made already; what has one key for both is hashed once. */
static void look_up(tt_walk *w, unsigned root, unsigned like, size_t i)
{
    const tt_token *t = &w->tokens[i];
    const char *key = root == TT_ROOT_EXACT ? t->nfkc : t->fold;
    size_t n = root == TT_ROOT_EXACT ? t->n_nfkc : t->n_fold;
    uint64_t hash = like != root && t->nfkc == t->fold ? w->hashes[like][i] : tt_hash(key, n, 0);
    w->hashes[root][i] = hash;
    w->words[root][i] = tt_matcher_word(w->m, key, n, hash);
    w->bare[root][i] = TT_NO_WORD;
    if (t->fold_possessive != 0 && n > t->fold_possessive) {
        n -= t->fold_possessive;
        w->bare[root][i] = tt_matcher_word(w->m, key, n, tt_hash(key, n, 0));
    }
}

static int look_all_up(tt_walk *w, unsigned root, unsigned like)
{
    size_t n = w->n_tokens;
    if (tt_grow(&w->words[root], &w->cap_words[root], n, sizeof *w->words[root]) != 0 ||
        tt_grow(&w->bare[root], &w->cap_bare[root], n, sizeof *w->bare[root]) != 0 ||
        tt_grow(&w->hashes[root], &w->cap_hashes[root], n, sizeof *w->hashes[root]) != 0)
        return TT_ENOMEM;
    for (size_t i = 0; i < n; i++)
        look_up(w, root, like, i);
    return 0;
}

int tt_walk_text(tt_walk *w, const tt_tokens *tokens)
{
    w->tokens = tokens->v;
    w->n_tokens = tokens->n;
    w->text++;
    if (tt_grow(&w->chains, &w->cap_chains, tokens->n, sizeof *w->chains) != 0)
        return TT_ENOMEM;
    for (unsigned root = 0, like = TT_N_ROOTS; root < TT_N_ROOTS; root++) {
        if ((w->m->nodes[root].flags & TT_NODE_DIRECT) == 0)
            continue;
        like = like == TT_N_ROOTS ? root : like;
        if (look_all_up(w, root, like) != 0)
            return TT_ENOMEM;
    }
    for (size_t i = 0; i < tokens->n; i++) {
        const tt_token *t = &tokens->v[i];
        bool goes_on = i > 0 && t->inner && tt_walk_direct(w, i) && t[-1].fold_possessive == 0;
        w->chains[i] = goes_on ? w->chains[i - 1] : (uint32_t)i;
    }
    return 0;
}

int tt_walk_init(tt_walk *w, const tt_matcher *m)
{
    *w = (tt_walk){.m = m, .limit = SIZE_MAX};
    return tt_glob_init(w);
}

void tt_walk_release(tt_walk *w)
{
    for (unsigned root = 0; root < TT_N_ROOTS; root++) {
        tt_free(w->words[root]);
        tt_free(w->bare[root]);
        tt_free(w->hashes[root]);
    }
    tt_free(w->chains);
    tt_free(w->queue);
    tt_free(w->found);
    tt_free(w->entries);
    tt_free(w->all);
    tt_glob_release(w);
}
