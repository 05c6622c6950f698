/* In: spellings. Out: the trie. Not here: how it is walked (match.c). */
#include "tag/compile.h"

#include <string.h>

/* clang-format off */
const uint8_t tt_byte_bits[256] = {
    58, 59, 60, 61, 62, 63, 58, 59, 60, 61, 62, 63, 58, 59, 60, 61,
    62, 63, 58, 59, 60, 61, 62, 63, 58, 59, 60, 61, 62, 63, 58, 59,
    60, 61, 62, 63, 58, 59, 60, 61, 62, 63, 58, 59, 60, 61, 62, 63,
    52, 53, 54, 55, 56, 57, 52, 53, 54, 55, 62, 63, 58, 59, 60, 61,
    62, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40,
    41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 59, 60, 61, 62, 63,
    58,  0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14,
    15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 61, 62, 63, 58, 59,
    60, 61, 62, 63, 58, 59, 60, 61, 62, 63, 58, 59, 60, 61, 62, 63,
    58, 59, 60, 61, 62, 63, 58, 59, 60, 61, 62, 63, 58, 59, 60, 61,
    62, 63, 58, 59, 60, 61, 62, 63, 58, 59, 60, 61, 62, 63, 58, 59,
    60, 61, 62, 63, 58, 59, 60, 61, 62, 63, 58, 59, 60, 61, 62, 63,
    58, 59, 60, 61, 62, 63, 58, 59, 60, 61, 62, 63, 58, 59, 60, 61,
    62, 63, 58, 59, 60, 61, 62, 63, 58, 59, 60, 61, 62, 63, 58, 59,
    60, 61, 62, 63, 58, 59, 60, 61, 62, 63, 58, 59, 60, 61, 62, 63,
    58, 59, 60, 61, 62, 63, 58, 59, 60, 61, 62, 63, 58, 59, 60, 61,
};
/* clang-format on */

/* A lexicon is small, or it is of some thousand terms: sizes between are no use, and memory costs by being touched. */
enum { FIRST_SLOTS = 2048, SECOND_SLOTS = 32768 };

static uint64_t key_of(uint32_t node, unsigned kind, uint32_t value)
{
    return (uint64_t)node << 32 | (uint64_t)kind << TT_LABEL_BITS | value;
}

static size_t slot_of(const tt_matcher *m, uint64_t key)
{
    /* Fibonacci hashing: the upper bits of the product hang on all bits of the key */
    uint64_t h = (key ^ key >> 29) * 0x9E3779B97F4A7C15u;
    size_t i = (size_t)(h >> 32) & (m->n_slots - 1);
    while (m->edges[i].child != TT_NO_NODE && m->edges[i].key != key)
        i = (i + 1) & (m->n_slots - 1);
    return i;
}

uint32_t tt_matcher_edge(const tt_matcher *m, uint32_t node, unsigned kind, uint32_t value)
{
    return m->edges[slot_of(m, key_of(node, kind, value))].child;
}

static int widen(tt_matcher *m, size_t n_slots)
{
    tt_edge *old = m->edges, *fresh = tt_calloc(n_slots, sizeof *fresh);
    size_t n_old = m->n_slots;
    if (!fresh)
        return TT_ENOMEM;
    m->edges = fresh;
    m->n_slots = n_slots;
    for (size_t i = 0; i < n_old; i++)
        if (old[i].child != TT_NO_NODE)
            fresh[slot_of(m, old[i].key)] = old[i];
    tt_free(old);
    return 0;
}

/* The child of `node` by that label, made where it is missing. */
static int child_of(tt_matcher *m, uint32_t node, unsigned kind, uint32_t value, uint32_t *child)
{
    uint64_t key = key_of(node, kind, value);
    size_t i = slot_of(m, key);
    if (m->edges[i].child == TT_NO_NODE) {
        if (m->n_nodes >= UINT32_MAX)
            return TT_ELIMIT;
        if (tt_grow(&m->nodes, &m->cap_nodes, m->n_nodes + 1, sizeof *m->nodes) != 0)
            return TT_ENOMEM;
        if (m->n_edges + 1 > m->n_slots / 2) {
            if (widen(m, m->n_slots == FIRST_SLOTS ? SECOND_SLOTS : m->n_slots * 2) != 0)
                return TT_ENOMEM;
            i = slot_of(m, key);
        }
        m->nodes[m->n_nodes] = (tt_node){0};
        m->edges[i] = (tt_edge){key, (uint32_t)m->n_nodes++};
        m->n_edges++;
    }
    *child = m->edges[i].child;
    return 0;
}

static void set_flags(tt_matcher *m, uint32_t node, unsigned flags)
{
    m->nodes[node].flags |= flags;
}

static unsigned join_flag(uint8_t join)
{
    return join == TT_JOIN_DIRECT ? TT_NODE_DIRECT : join == TT_JOIN_SPACE ? TT_NODE_SPACE : TT_NODE_ANY;
}

uint32_t tt_matcher_word(const tt_matcher *m, const char *key, size_t n, uint64_t hash)
{
    uint32_t word = TT_NO_WORD;
    return tt_intern_find_hashed(&m->words, (tt_str){key, n}, hash, &word) ? word : TT_NO_WORD;
}

/* ---- pieces ---- */

static int add_token(tt_matcher *m, uint32_t *node, const tt_piece *p)
{
    uint32_t word = TT_WORD_HYPHEN;
    if (p->kind == TT_PIECE_TOKEN) {
        size_t known = m->words.n;
        if (tt_intern_add(&m->words, p->key, &word) != 0 ||
            tt_grow(&m->begins, &m->cap_begins, m->words.n, sizeof *m->begins) != 0)
            return TT_ENOMEM;
        if (word >= TT_NO_WORD)
            return TT_ELIMIT;
        if (m->words.n > known)
            m->begins[word] = 0;
        if (*node < TT_N_ROOTS)
            m->begins[word] |= (uint8_t)(1u << *node);
    }
    set_flags(m, *node, join_flag(p->join));
    return child_of(m, *node, TT_EDGE_TOKEN + p->join, word, node);
}

static void number_glob(tt_matcher *m, uint32_t node)
{
    if (m->nodes[node].glob == 0)
        m->nodes[node].glob = (uint32_t)++m->n_globs;
}

/* One byte or mark of a pattern. A SOME is a node that waits for a character, and a STAR behind it. */
static int add_byte(tt_matcher *m, uint32_t *node, uint8_t byte)
{
    uint32_t parent = *node;
    unsigned has = 0, is = 0;
    if (byte == TT_GLOB_HYPHEN)
        has = TT_NODE_HYPHEN;
    else if (byte == TT_GLOB_ANY)
        has = TT_NODE_TO_STAR, is = TT_NODE_STAR;
    else if (byte == TT_GLOB_SOME)
        has = TT_NODE_TO_SOME, is = TT_NODE_SOME;
    else
        m->nodes[parent].bytes |= tt_byte_bit(byte);
    int rc = child_of(m, parent, TT_EDGE_BYTE, byte, node);
    if (rc != 0)
        return rc;
    set_flags(m, parent, has);
    set_flags(m, *node, is);
    number_glob(m, *node);
    return byte == TT_GLOB_SOME ? add_byte(m, node, TT_GLOB_ANY) : 0;
}

static int add_glob(tt_matcher *m, uint32_t *node, const tt_piece *p)
{
    uint32_t root = *node;
    set_flags(m, root, join_flag(p->join) | TT_NODE_GLOB);
    int rc = child_of(m, root, TT_EDGE_GLOB, p->join, node);
    if (rc == 0)
        number_glob(m, *node);
    for (size_t i = 0; i < p->key.n && rc == 0; i++)
        rc = add_byte(m, node, (uint8_t)p->key.p[i]);
    return rc;
}

static int add_end(tt_matcher *m, uint32_t node, uint32_t entry)
{
    tt_node *at = &m->nodes[node];
    if (at->end != 0 && m->ends[at->end - 1].entry == entry)
        return 0; /* another spelling of the same entry came here */
    if (m->n_ends >= UINT32_MAX - 1)
        return TT_ELIMIT;
    if (tt_grow(&m->ends, &m->cap_ends, m->n_ends + 1, sizeof *m->ends) != 0)
        return TT_ENOMEM;
    m->ends[m->n_ends] = (tt_end){entry, at->end};
    at->end = (uint32_t)++m->n_ends;
    at->flags |= TT_NODE_ENDS;
    return 0;
}

int tt_matcher_add(tt_matcher *m, uint32_t entry, bool exact, const tt_piece *pieces, size_t n, tt_err *err)
{
    uint32_t node = exact ? TT_ROOT_EXACT : TT_ROOT_FOLD;
    int rc = 0;
    for (size_t i = 0; i < n && rc == 0; i++)
        rc = pieces[i].kind == TT_PIECE_GLOB ? add_glob(m, &node, &pieces[i]) : add_token(m, &node, &pieces[i]);
    if (rc == 0)
        rc = add_end(m, node, entry);
    if (rc == TT_ENOMEM)
        return tt_fail_memory(err);
    if (rc != 0)
        return tt_fail(err, rc, NULL, 0, 0, "the lexicon has more terms than the matcher can number; split it");
    return 0;
}

int tt_matcher_new(tt_matcher **out, tt_err *err)
{
    tt_matcher *m = tt_calloc(1, sizeof *m);
    if (!m || widen(m, FIRST_SLOTS) != 0 || tt_grow(&m->nodes, &m->cap_nodes, TT_N_ROOTS, sizeof *m->nodes) != 0) {
        tt_matcher_free(m);
        return tt_fail_memory(err);
    }
    for (; m->n_nodes < TT_N_ROOTS; m->n_nodes++)
        m->nodes[m->n_nodes] = (tt_node){0};
    *out = m;
    return 0;
}

void tt_matcher_free(tt_matcher *m)
{
    if (!m)
        return;
    tt_intern_release(&m->words);
    tt_free(m->begins);
    tt_free(m->nodes);
    tt_free(m->ends);
    tt_free(m->edges);
    tt_free(m);
}
