/* match: tokens + lexicon -> mentions (COUNTING 6, 7): leftmost, then longest. */
#ifndef TT_TAG_MATCH_H
#define TT_TAG_MATCH_H

#include "tag/lexicon.h"

/* Per thread: scratch and the memory of words already looked at. */
typedef struct tt_match_state tt_match_state;
int tt_match_state_new(tt_match_state **out, const tt_lexicon *lex, tt_err *err);
void tt_match_state_free(tt_match_state *m);

/* From now on places taken by `-` are told too: for these `entries` holds one whose topic is TT_DROP. */
void tt_match_tell_drops(tt_match_state *m);

/* Calls `hit` for each mention in order of place; places taken by `-` are not told. 0, what `hit` returned when not 0,
 * or TT_ENOMEM. What the mention points to lives for the call. */
int tt_match(tt_match_state *m, const tt_doc *doc, const tt_tokens *tokens,
             int (*hit)(void *ctx, const tt_mention *mention), void *ctx, tt_err *err);

/* ---- between match.c and scan ---- */

uint32_t tt_match_place(const tt_run *run, uint32_t vis); /* in text->data: of a byte of the run */

/* The topics of a mention: union of its entries' counts, rising, and for each the entry that it counts by (one whose
 * own topic it is, else the first). `topics`, `by` have room for `cap`; returns how many there are. */
size_t tt_mention_topics(const tt_lexicon *lex, const tt_mention *m, uint32_t *topics, uint32_t *by, size_t cap);

#endif
