/* story: what is worth a sentence about a year.
 *
 * The pair of the year: of two topics that both stand in TT_PAIR_ISSUES issues of the year or more, and together in so many,
 * more often than chance has it, the pair with the largest G2 (Dunning 1993) over the four cells "issues with both, with one
 * alone, with the other alone, with neither". Topics that count together by the lexicon (one is broader of the other, or a
 * term counts for both) are no pair, nor are those of which one's id holds the other's (`gpt` and `gpt-2`). p is Fisher's
 * exact test (1922), upper side; the pair holds where p times the pairs looked at is below 0.05 (Bonferroni). Of more than
 * TT_PAIR_TOPICS such topics those with the most issues are looked at. */
#ifndef TT_TREND_STORY_H
#define TT_TREND_STORY_H

#include "trend/life.h"

enum { TT_PAIR_ISSUES = 5, TT_PAIR_TOPICS = 256 };
#define TT_PAIR_LEVEL 0.05

typedef struct tt_story_in {
    const tt_facts *facts;
    const tt_filter *filter;     /* without years: what came before must be seen */
    const tt_timeline *timeline; /* of all its topics */
    const tt_entry *entries;     /* of the lexicon */
    size_t n_entries;
    int32_t before, from, to; /* the year before begins; first and last day of the year */
} tt_story_in;

/* Arrays are in the arena. */
int tt_story_make(tt_story *out, const tt_story_in *in, tt_arena *arena, tt_err *err);

#endif
