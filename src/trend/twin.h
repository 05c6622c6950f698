/* twin: issues that hold the same text: whole copies, and stories that stand again in another issue.
 *
 * Each issue leaves a sketch of fixed size: the TT_TWIN_KEEP smallest hashes of its shingles, every run of
 * TT_TWIN_SHINGLE words (Broder 1997, "On the resemblance and containment of documents"). Below the smaller of the
 * largest hashes of two sketches both hold all there is; so the share of one's hashes there that the other has too
 * estimates how much of it stands in the other. Of a copy inside an issue r times as large about TT_TWIN_KEEP / r hashes
 * show: one of a hundredth of it is missed once in four times, one of a twentieth hardly ever. Pairs that look alike are then
 * compared word by word. */
#ifndef TT_TREND_TWIN_H
#define TT_TREND_TWIN_H

#include "base/str.h"

enum {
    TT_TWIN_SHINGLE = 5, /* words */
    TT_TWIN_KEEP = 128,  /* hashes an issue: 1 KiB */
    TT_TWIN_CROWD = 32 /* issues that share a hash of which each is paired with each; beyond, each with the next one */
};

typedef struct tt_twin_sketch {
    uint32_t issue, n;
    size_t first; /* into values */
    bool all;     /* these are all hashes that the issue has */
} tt_twin_sketch;

/* {0} is empty. Sketches of parts of an archive merge, in any order, into the same pairs. */
typedef struct tt_twins {
    tt_twin_sketch *sketches;
    size_t n, cap;
    uint64_t *values; /* of each sketch rising, each once */
    size_t n_values, cap_values;

    uint64_t last[TT_TWIN_SHINGLE]; /* private from here on: the issue that is being read */
    size_t n_words;
    uint64_t found[4 * TT_TWIN_KEEP], limit; /* hashes above it are not kept */
    size_t n_found;
    bool dropped;
} tt_twins;

/* The next word of the issue, as a hash of its key (tt_hash): only of what is to be compared. */
void tt_twins_word(tt_twins *t, uint64_t word);
/* The issue ends. `issue` orders it among the others; an issue without words leaves nothing. 0 or TT_ENOMEM. */
int tt_twins_end(tt_twins *t, uint32_t issue);
int tt_twins_merge(tt_twins *into, const tt_twins *part); /* no issue is open in either; 0 or TT_ENOMEM */
void tt_twins_release(tt_twins *t);

typedef struct tt_twin_pair {
    uint32_t a, b;           /* issues, a < b */
    double share_a, share_b; /* of each one, that stands in the other; estimated */
} tt_twin_pair;

/* Pairs of which one stands in the other by a share of `least` (0 to 1) perhaps, by a, b: those with an estimate of half of
 * it or more, so that none is lost by chance. *out is the caller's to tt_free. O(n log n). 0 or TT_ENOMEM. */
int tt_twins_pairs(const tt_twins *t, double least, tt_twin_pair **out, size_t *n);

/* Exactly: *share_a is the share of a's words that are part of a run of TT_TWIN_SHINGLE words which b has too, *share_b the
 * other way round; 0 for an issue without words. Shorter texts are a run as a whole. O(n_a + n_b). 0 or TT_ENOMEM. */
int tt_twin_compare(const uint64_t *a, size_t n_a, const uint64_t *b, size_t n_b, double *share_a, double *share_b);

#endif
