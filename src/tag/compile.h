/* compile: spellings of terms -> one trie over tokens, with the patterns of `*` as bytes in it. What match.c walks.
 *
 * A node is a place in a term, an edge what may come next. All edges stand in one hash table, keyed by node and label;
 * a label says how a token is joined to the one before and which key it has, as an id of `words`. A pattern hangs from
 * a GLOB edge as a trie of bytes; below its last byte the trie of tokens goes on. Terms that ignore case and terms
 * marked `exact` have a root each: the first is walked with the tokens' `fold`, the second with `nfkc`. */
#ifndef TT_TAG_COMPILE_H
#define TT_TAG_COMPILE_H

#include "base/str.h"
#include "tag/term.h"

enum { TT_ROOT_FOLD = 0, TT_ROOT_EXACT = 1, TT_N_ROOTS = 2 }; /* the first nodes */

enum { TT_NO_NODE = 0 }; /* what tt_matcher_edge returns for "none": no edge leads to a root */

/* Labels: what follows, and its value. */
typedef enum tt_edge_kind {
    TT_EDGE_TOKEN,                    /* + tt_join: a token with key `value`, or TT_WORD_HYPHEN */
    TT_EDGE_GLOB = TT_EDGE_TOKEN + 3, /* a pattern, joined as `value` says */
    TT_EDGE_BYTE                      /* in a pattern: a byte of a key, or one of TT_GLOB_… */
} tt_edge_kind;

enum { TT_LABEL_BITS = 28, TT_WORD_HYPHEN = (1 << TT_LABEL_BITS) - 1, TT_NO_WORD = TT_WORD_HYPHEN - 1 };

/* What a node has, so that the table is asked only where there is something. */
enum {
    TT_NODE_ENDS = 1 << 0,    /* terms end here */
    TT_NODE_DIRECT = 1 << 1,  /* tokens or patterns joined by DIRECT follow */
    TT_NODE_SPACE = 1 << 2,   /* … by SPACE */
    TT_NODE_ANY = 1 << 3,     /* … by ANY */
    TT_NODE_GLOB = 1 << 4,    /* patterns follow */
    TT_NODE_STAR = 1 << 5,    /* a TT_GLOB_ANY leads here: stays while a word goes on */
    TT_NODE_SOME = 1 << 6,    /* a TT_GLOB_SOME leads here: waits for the word's first character */
    TT_NODE_TO_STAR = 1 << 7, /* has a child STAR */
    TT_NODE_TO_SOME = 1 << 8, /* has a child SOME */
    TT_NODE_HYPHEN = 1 << 9   /* in a pattern: a TT_GLOB_HYPHEN follows */
};

typedef struct tt_node {
    uint64_t bytes; /* in a pattern: tt_byte_bit(c) for each byte c of a child by BYTE; marks aside */
    uint32_t end;   /* newest in `ends`, + 1; 0: none */
    uint32_t glob;  /* in a pattern: number of the node among those of patterns; else 0 */
    uint32_t flags; /* TT_NODE_… */
} tt_node;

typedef struct tt_end {
    uint32_t entry;
    uint32_t next; /* as tt_node.end */
} tt_end;

typedef struct tt_edge {
    uint64_t key;   /* node << 32 | label */
    uint32_t child; /* TT_NO_NODE: an empty slot */
} tt_edge;

typedef struct tt_matcher {
    tt_intern words;
    uint8_t *begins; /* by word: bit 1 << root where it begins a term */
    tt_node *nodes;
    tt_end *ends;
    tt_edge *edges; /* n_slots, a power of two */
    size_t n_nodes, n_ends, n_edges, n_slots, n_globs;
    size_t cap_begins, cap_nodes, cap_ends;
} tt_matcher;

int tt_matcher_new(tt_matcher **out, tt_err *err);
void tt_matcher_free(tt_matcher *m); /* NULL is allowed */

/* Adds a spelling of an entry. Entries are added in rising order, all spellings of one together. TT_ENOMEM, TT_ELIMIT. */
int tt_matcher_add(tt_matcher *m, uint32_t entry, bool exact, const tt_piece *pieces, size_t n, tt_err *err);

uint32_t tt_matcher_edge(const tt_matcher *m, uint32_t node, unsigned kind, uint32_t value);

/* Of 64 bits one for each byte, shared where it hurts least: each letter has its own, digits share six, signs and
 * what is not ASCII the other six. */
extern const uint8_t tt_byte_bits[256];
static inline uint64_t tt_byte_bit(uint8_t byte)
{
    return (uint64_t)1 << tt_byte_bits[byte];
}

/* In a pattern: may a byte follow? False is sure. */
static inline bool tt_node_may_follow(const tt_node *n, uint8_t byte)
{
    return (n->bytes & tt_byte_bit(byte)) != 0;
}

/* `hash` is tt_hash of the key with seed 0. TT_NO_WORD: no term has it. */
uint32_t tt_matcher_word(const tt_matcher *m, const char *key, size_t n, uint64_t hash);

#endif
