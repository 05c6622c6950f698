/* rank: candidates -> an order, and which of them fall away. */
#ifndef TT_TREND_RANK_H
#define TT_TREND_RANK_H

#include "base/str.h"

typedef struct tt_rank_in {
    bool year;           /* keyness: by how much more often than in the years before */
    double words[2];     /* of the selection, of the years before */
    uint32_t n_issues;   /* of the selection */
    const tt_str *names; /* by group: breaks ties */
} tt_rank_in;

/* Issues below which a candidate is no topic: 3 (TT_RANK_FLOOR), with fewer than 12 issues 2, with fewer than 4 one; in
 * archives of more than 600 issues one in 200. */
enum { TT_RANK_FLOOR = 3 };
uint32_t tt_rank_floor(uint32_t n_issues);

/* Sets the scores and moves the candidates that stay to the front, best first; returns how many. A part that stands
 * almost only inside one longer candidate falls away, and so does an expression whose words meet by chance.
 *
 *     score = C-value over issues: log2 (words + 1) (issues - mean over longer candidates), for an expression times its
 *             NPMI; with `year` the log-likelihood against the years before
 *
 * Parts are indices into `v`. TT_ENOMEM. */
int tt_rank(tt_candidate *v, size_t n, const tt_rank_in *in, size_t *n_kept);

#endif
