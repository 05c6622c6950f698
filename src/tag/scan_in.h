/* scan_in: what the files of the scan share. Used by scan.c, scan_cut.c and scan_walk.c alone.
 *
 * The visible text is taken in parts of some kilobytes. A part is made of pieces: a piece lies in one block and one final
 * zone without a barrier, and no word reaches over its ends. Bit i of a map is byte part->from + i. */
#ifndef TT_TAG_SCAN_IN_H
#define TT_TAG_SCAN_IN_H

#include "tag/scan.h"
#include "tag/sieve.h"
#include "tag/token.h"
#include "tag/walk.h"

typedef struct tt_piece_of {
    uint32_t from, to; /* in vis */
    uint32_t end;      /* of the stretch: a long one is taken in several pieces, cut behind white space */
    uint32_t block, run;
    uint8_t zone;
} tt_piece_of;

/* Of a word: its key is not as it stands; it is to be looked at, whatever the sieve says; a pattern may begin with it. */
enum { TT_WORD_ODD = 1, TT_WORD_ASKED = 2, TT_WORD_PATTERN = 4 };

typedef struct tt_part_of {
    uint32_t from, to; /* in vis */
    size_t n_bits;     /* items of each map, less the one behind the end */
    size_t cap_bits;
    uint64_t *maps; /* all of the following */
    uint64_t *word; /* bytes of words, as the reference cuts tokens; it begins as wordbits' `alnum` */
    uint64_t *mid, *under, *high;
    uint64_t *cut;   /* a word that goes on here is another one */
    uint64_t *joint; /* a token begins here that is no word of its own (`org` in `Google.org`) */
    uint64_t *odd;   /* the key is not the bytes as they stand, or there is an apostrophe */
    uint64_t *hard;  /* the reference counts and matches */
    uint64_t *asked; /* the reference matches */
    uint64_t *start; /* the words' first bytes */
    uint32_t *rank;  /* words that begin before item i of a map */
    tt_piece_of *pieces;
    size_t n_pieces, cap_pieces;
    uint32_t *starts, *ends; /* of words, in vis */
    uint64_t *hashes;        /* one more than words */
    uint8_t *flags;          /* TT_WORD_… */
    uint32_t *passed;        /* words to look closer at */
    size_t n_words, cap_words, n_passed;
} tt_part_of;

/* A place that the fast walk has reached. */
typedef struct tt_spot {
    uint32_t node, end;
    uint32_t word; /* the next one */
    bool first;    /* one word leads here: the one before */
} tt_spot;

struct tt_scan_state {
    const tt_lexicon *lex;
    tt_sieve sieve;
    uint64_t *drops; /* bits of the entries of the topic `-` */
    bool has_exact;  /* there are terms with case as written */
    tt_wordbits_how how;
    tt_walk walk;
    tt_cutting cutting;
    size_t cut_first; /* the token at hand */
    bool cut_here;    /* `cutting` is of this doc */
    tt_part_of part;
    uint8_t *classes; /* of characters below 0x10000, made as they are met */
    tt_buf key;
    tt_spot *spots;
    size_t n_spots, cap_spots;

    /* of the call */
    const tt_doc *doc;
    unsigned zones;
    uint32_t *words;
    int (*hit)(void *ctx, const tt_mention *mention);
    void *ctx;
    uint32_t block, run; /* where the next stretch begins; run 0: with the block */
    tt_piece_of ahead;   /* the next piece, or the rest of a long one */
    bool has_ahead;
    uint32_t chunk_at, chunk_from; /* the last answer of tt_scan_chunk */
    uint32_t cut_run, hit_run;     /* runs only go forward */
    uint32_t taken;                /* where the last match's last token ends, in vis */
};

/* ---- bits ---- */

static inline bool tt_bit(const uint64_t *map, size_t i)
{
    return map[i >> 6] >> (i & 63) & 1;
}

static inline void tt_bit_set(uint64_t *map, size_t i)
{
    map[i >> 6] |= (uint64_t)1 << (i & 63);
}

void tt_bits_set(uint64_t *map, size_t from, size_t to);
void tt_bits_clear(uint64_t *map, size_t from, size_t to);

/* The first bit from `from` on that is set, with `flip` UINT64_MAX one that is not; n: none before n. */
static inline size_t tt_bits_find(const uint64_t *map, uint64_t flip, size_t from, size_t n)
{
    if (from >= n)
        return n;
    size_t i = from >> 6;
    uint64_t x = (map[i] ^ flip) & UINT64_MAX << (from & 63);
    while (x == 0) {
        if (++i << 6 >= n)
            return n;
        x = map[i] ^ flip;
    }
    size_t at = (i << 6) + (size_t)__builtin_ctzll(x);
    return at < n ? at : n;
}

static inline size_t tt_bits_next(const uint64_t *map, size_t from, size_t n)
{
    return tt_bits_find(map, 0, from, n);
}

/* ---- steps ---- */

/* The part's bytes -> the maps `word` to `asked`. */
int tt_scan_cut(tt_scan_state *s);

/* Keys of the odd words, and who is asked on their account. */
int tt_scan_odd(tt_scan_state *s);

/* Matches of the part, counts of what is hard. 0, what `hit` returned, or TT_ENOMEM. */
int tt_scan_match(tt_scan_state *s);

/* Begin of the run of bytes without white space of ASCII that holds `at`, not before the piece; `at` only rises. */
uint32_t tt_scan_chunk(tt_scan_state *s, const tt_piece_of *piece, uint32_t at);

#endif
