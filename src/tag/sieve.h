/* sieve: the compiled lexicon -> small tables that tell, for nearly every word of a text, that no term begins there.
 * They may say yes in vain, never no in vain (tests/unit/test_scan.c). Used by tag/scan. */
#ifndef TT_TAG_SIEVE_H
#define TT_TAG_SIEVE_H

#include "tag/compile.h"
#include "tag/wordbits.h"

/* A set of hashes: the upper bits of one choose a bit. */
typedef struct tt_bitmap {
    uint64_t *v;
    unsigned shift; /* 64 - log2 of the number of bits */
} tt_bitmap;

static inline bool tt_bitmap_has(const tt_bitmap *b, uint64_t hash)
{
    uint64_t i = hash >> b->shift;
    return b->v[i >> 6] >> (i & 63) & 1;
}

/* A key of ASCII letters, digits and what stands inside words, as the fast way looks it up. Nodes are those that the
 * roots' edges lead to, or TT_NO_NODE. */
typedef struct tt_sieve_word {
    uint64_t hash;   /* of the key, case aside */
    const char *key; /* case aside; the word in other letters, if there is one */
    uint32_t n;      /* 0: an empty slot */
    uint32_t word;   /* of the matcher: the key in small letters; or TT_NO_WORD */
    uint32_t nodes[TT_N_ROOTS];
    uint32_t cased, cased_node; /* the same of the word in other letters; it is in TT_ROOT_EXACT */
    bool many_cased;            /* there are several of these: ask the matcher */
} tt_sieve_word;

/* What a pattern begins with, letters and digits of ASCII. */
typedef struct tt_sieve_prefix {
    const char *key; /* in tt_sieve.arena */
    uint32_t n;
    uint32_t next; /* + 1; of the same hash */
    bool exact;    /* case as written */
} tt_sieve_prefix;

enum { TT_PREFIX_HASHED = 4 }; /* bytes of a prefix that are hashed, at most */

typedef struct tt_sieve {
    tt_arena arena;
    const tt_matcher *m;
    tt_bitmap first;      /* words that a term begins with */
    tt_bitmap single;     /* those where one word is enough to look closer */
    tt_bitmap pair;       /* tt_sieve_pair of all first words and the words that may follow */
    tt_sieve_word *words; /* n_slots, a power of two */
    unsigned word_shift;
    size_t n_slots;

    tt_bitmap begins[TT_PREFIX_HASHED + 1]; /* by length: the first bytes of patterns; v NULL: none so short */
    tt_sieve_prefix *prefixes;
    uint32_t *by_begin; /* index into prefixes + 1, by the upper bits of the hash */
    size_t n_prefixes, cap_prefixes;

    tt_needles needles; /* signs that terms begin with, and letters inside patterns with a leading star */
    size_t n_needles;
    uint64_t high_signs[16]; /* of signs outside ASCII that terms begin with: bit cp % 1024 */
    bool has_high_signs;
    bool beyond;         /* words with characters outside ASCII are to be looked at all: a pattern may fit inside */
    bool all;            /* a pattern may fit anywhere */
    uint32_t signs[128]; /* of each sign of ASCII: the word of the matcher, or TT_NO_WORD */
} tt_sieve;

int tt_sieve_init(tt_sieve *s, const tt_matcher *m); /* 0 or TT_ENOMEM; on failure too, tt_sieve_release */
void tt_sieve_release(tt_sieve *s);

/* ---- hashes ---- */

/* Eight bytes as a number whose lowest bits are the first byte. */
static inline uint64_t tt_sieve_load(const char *p)
{
    uint64_t x;
    __builtin_memcpy(&x, p, sizeof x);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    x = __builtin_bswap64(x);
#endif
    return x;
}

/* Of a word of n > 0 bytes whose first eight are `eight`: whatever stands behind them falls away (as BMI2's bzhi does it,
 * which so is all that is made of this), and letters are alike in either case. Of words of one length below
 * TT_SIEVE_WHOLE no two that differ in their first eight letters or digits share it. Upper bits hang on all of them. */
enum { TT_SIEVE_WHOLE = 32 };
static inline uint64_t tt_sieve_hash(uint64_t eight, size_t n)
{
    unsigned bits = (unsigned)n * 8 & 255;
    uint64_t kept = eight | UINT64_C(0x2020202020202020);
    kept = bits < 64 ? kept & ~(UINT64_MAX << bits) : kept;
    return (kept ^ (uint64_t)n << 56) * UINT64_C(0xD6E8FEB86659FD93);
}

static inline uint64_t tt_sieve_pair(uint64_t first, uint64_t second)
{
    return first ^ (second << 3 | second >> 61);
}

uint64_t tt_sieve_key(const char *key, size_t n); /* tt_sieve_hash of any n > 0 bytes */

/* ---- exact answers ---- */

/* A word of ASCII letters, digits and what stands inside words, by its hash; NULL: no term has it, whatever its case. */
const tt_sieve_word *tt_sieve_find(const tt_sieve *s, const char *p, size_t n, uint64_t hash);

/* Whether a pattern begins as the word does. With `any_case` those with case as written fit in any. */
bool tt_sieve_begins(const tt_sieve *s, const char *p, size_t n, bool any_case);

bool tt_sieve_high_sign(const tt_sieve *s, uint32_t cp); /* a term may begin with this sign */

#endif
