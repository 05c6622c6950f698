/* scan: doc + lexicon -> words by block and mentions, by the shortest way. What comes out is what tt_tokenize and
 * tt_match give, to the byte; these stay the reference (tests/unit/test_scan.c). */
#ifndef TT_TAG_SCAN_H
#define TT_TAG_SCAN_H

#include "tag/lexicon.h"
#include "tag/wordbits.h"

/* Per thread: the lexicon's sieve, and scratch. Its memory grows with the longest stretch of text, not with the doc. */
typedef struct tt_scan_state tt_scan_state;
int tt_scan_state_new(tt_scan_state **out, const tt_lexicon *lex, tt_err *err);
void tt_scan_state_free(tt_scan_state *s);                     /* NULL is allowed */
void tt_scan_state_how(tt_scan_state *s, tt_wordbits_how how); /* else tt_wordbits_best() */

/* Adds the words of UAX #29 of each block to `words` (n_blocks) and calls `hit` for each mention in order of place; only
 * where the final zone is in `zones` (bits). Places taken by `-` are not told. `first` and `last` of the mentions are 0;
 * what a mention points to lives for the call. 0, what `hit` returned when not 0, or TT_ENOMEM. */
int tt_scan(tt_scan_state *s, const tt_doc *doc, unsigned zones, uint32_t *words,
            int (*hit)(void *ctx, const tt_mention *mention), void *ctx, tt_err *err);

#endif
