/* suggestions: rows of `suggest` -> a table with the columns of a lexicon, ready to be pasted into one. */
#ifndef TT_REPORT_SUGGESTIONS_H
#define TT_REPORT_SUGGESTIONS_H

#include "report/table.h"

/* Where an example stands. */
typedef struct tt_suggestion_place {
    tt_str issue;
    size_t line, column;
} tt_suggestion_place;

const tt_column *tt_suggestions_columns(size_t *n);

/* Fills a fresh table, which the caller releases; after a failure there is nothing to release. places[i] is of v[i]. The
 * note of a topic's first row: `14 mentions in 9 issues; e.g. 2020/012.md:34:59`. */
int tt_suggestions_table(tt_table *t, const tt_suggestion *v, const tt_suggestion_place *places, size_t n, tt_err *err);

#endif
