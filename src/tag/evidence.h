/* evidence: what an archive says about the terms of a lexicon.
 *
 * The issues are read twice: the first time all is counted, then judged, and the second time the places are gathered
 * that show what was found, so that memory hangs on the lexicon alone. */
#ifndef TT_TAG_EVIDENCE_H
#define TT_TAG_EVIDENCE_H

#include "tag/lexicon.h"

/* What makes a finding; each is tested on both sides. */
enum {
    TT_EVIDENCE_PLACES = 3,  /* places that are shown */
    TT_EVIDENCE_FEW = 5,     /* fewer places, or issues, prove nothing */
    TT_EVIDENCE_SMALL = 200, /* entries of a lexicon that its owner knows one by one: each that never matches is told */
    TT_EVIDENCE_STORY = 20,  /* of a larger one: mentions in one issue that are more than a story told once */
    TT_EVIDENCE_WORD = 4,    /* characters of a term that is looked for inside longer words */
    TT_EVIDENCE_LONGEST = 40, /* of these, at most */
    TT_EVIDENCE_ENDING = 3    /* characters in lower case that may follow it there: coal is not in coalition */
};

typedef struct tt_evidence tt_evidence;

/* Fills *out for what stands at vis..vis + n of the issue being read, beginning in `token`. Texts live until the issue is
 * read to its end. */
typedef int tt_witness_fn(void *ctx, uint32_t token, uint32_t vis, uint32_t n, tt_witness *out);

int tt_evidence_new(tt_evidence **out, const tt_lexicon *lex, tt_witness_fn *witness, void *ctx, tt_err *err);
void tt_evidence_free(tt_evidence *ev); /* NULL is allowed */

/* One issue, all of them in the same order both times. `zones` are those that count: 1 << tt_zone each. */
int tt_evidence_read(tt_evidence *ev, uint32_t issue, const tt_doc *doc, const tt_tokens *tokens, unsigned zones,
                     tt_err *err);

/* Between the two times. Returns the number of findings: with none the second time can be spared. */
size_t tt_evidence_judge(tt_evidence *ev, size_t n_issues);

/* Tells the findings: bunched, case, acronym, inside, unused. Of a large lexicon the terms that never match are told to
 * `sink`: as one TT_NOTE, and each as TT_DETAIL. 0, what `found` returned, or TT_ENOMEM. */
int tt_evidence_tell(tt_evidence *ev, tt_finding_fn *found, void *ctx, const tt_sink *sink, tt_err *err);

#endif
