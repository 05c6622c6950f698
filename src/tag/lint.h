/* lint: what is doubtful about a lexicon on its own: terms that are there twice, that stand under two topics, that can
 * never count, or that take another topic's places. */
#ifndef TT_TAG_LINT_H
#define TT_TAG_LINT_H

#include "tag/lexicon.h"

/* Tells each finding, by entry. The time is linear in the number of spellings. 0, what `found` returned, or TT_ENOMEM.
 * Codes: twice, two-topics, never, holds. */
int tt_lint(const tt_lexicon *lex, tt_finding_fn *found, void *ctx, tt_err *err);

#endif
