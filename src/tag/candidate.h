/* candidate: groups -> candidates for new topics, and the rows of a lexicon that they become. */
#ifndef TT_TAG_CANDIDATE_H
#define TT_TAG_CANDIDATE_H

#include "tag/gather.h"
#include "tag/lexicon.h"

/* The groups that stand in at least `floor` issues and are names (mostly with capitals of their own) or expressions, in
 * `arena`, with their parts. 0 or TT_ENOMEM. */
int tt_candidates_make(tt_gather *g, uint32_t floor, tt_arena *arena, tt_candidate **out, size_t *n);

/* Rows of a lexicon for each of the candidates, in their order; the rows of a topic stand together, its abbreviations
 * and other spellings below the first. Terms are in the term language; ids are unlike each other. 0 or TT_ENOMEM. */
int tt_candidates_spell(tt_gather *g, const tt_candidate *v, size_t n, const tt_lexicon *lex, tt_arena *arena,
                        tt_suggestion **out, size_t *n_out, tt_err *err);

#endif
