/* permute: how often chance alone would part the issues as unevenly as they are. */
#ifndef TT_TREND_PERMUTE_H
#define TT_TREND_PERMUTE_H

#include "base/str.h"

/* Mentions of a topic in an issue. */
typedef struct tt_dealt {
    uint32_t topic, mentions;
} tt_dealt;

/* n_issues issues, the first n_first of which stand on the first side, 0 < n_first < n_issues; issue i has the hits
 * first[i] to first[i + 1], a topic at most once. Both sides have words. */
typedef struct tt_permute_in {
    uint32_t n_issues, n_first;
    uint64_t words[2]; /* of the sides */
    const size_t *first;
    const tt_dealt *hits;
    size_t n_topics; /* none has more than UINT32_MAX mentions */
} tt_permute_in;

enum {
    TT_PERMUTE_MOST = 9999,      /* random permutations; where there are no more ways in all, each is taken once */
    TT_PERMUTE_ENOUGH = 400,     /* of those that are at least as uneven: then p is known to a twentieth of it */
    TT_PERMUTE_LEAST = 999,      /* however large the archive is */
    TT_PERMUTE_WORK = 200000000, /* issues, hits and topics visited in all: above it there are fewer permutations */
    TT_PERMUTE_SEED = 1993       /* of SplitMix64 */
};

/* p[t] for each topic: of the ways to deal the issues' mentions to two sides of as many issues, the share whose G2
 * (Dunning 1993) is at least that of the way it is, which is one of them. An issue's mentions stay together; the words of
 * the sides stay where they are. All ways where there are at most TT_PERMUTE_MOST + 1; else N random ones and
 * p = (1 + n) / (1 + N), which is never 0 (B. Phipson, G. K. Smyth, "Permutation p-values should never be zero", 2010);
 * for a topic that has TT_PERMUTE_ENOUGH of them after M < N, p = TT_PERMUTE_ENOUGH / M, and it is tried no further
 * (J. Besag, P. Clifford, "Sequential Monte Carlo p-values", Biometrika 78, 1991).
 * The same for the same input on every machine: integers choose and compare. TT_ENOMEM. */
int tt_permute(const tt_permute_in *in, double *p);

#endif
