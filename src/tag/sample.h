/* sample: texts that a term finds, one or a few for each of its spellings. Used by lint.c alone. */
#ifndef TT_TAG_SAMPLE_H
#define TT_TAG_SAMPLE_H

#include "base/mem.h"

/* Told each sample, which lives for the call. 0, or a status that ends it. */
typedef int tt_sample_fn(void *ctx, tt_str text);

/* Samples of a term, in the case as written, or with `fold` case-folded. What may be white space or a hyphen is once
 * one and once the other; a `*` is once nothing and once letters that no other term has. The same text may be told
 * twice. A term with a mistake has those that stand before it. 0, TT_ENOMEM, or what `each` returned.
 *
 *     robot-arm(s)   ->   robot arm, robot-arm, robotarm, robot arms, robot-arms, robotarms
 */
int tt_samples(tt_str term, bool fold, tt_sample_fn *each, void *ctx);

#endif
