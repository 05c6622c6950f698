/* rowform: a file of rows (CSV) as records: which columns hold what. The readers that are made of a table of column names
 * (reader_csv, reader_beehiiv) stand on it. */
#ifndef TT_READ_ROWFORM_H
#define TT_READ_ROWFORM_H

#include "read/reader.h"

typedef struct tt_text_column {
    const char *name; /* NULL ends the list */
    tt_body body;
} tt_text_column;

/* Names of columns, best first, NULL ends. In each row the first one that is not empty counts. They are written in lower
 * case with `_`; a file may have capitals, blanks and hyphens there. */
typedef struct tt_rowform {
    const tt_text_column *text;
    const char *const *date;
    const char *const *title;
    const char *const *section;
    const char *const *number;
    const char *const *name;
    const char *const *status;       /* a state: `published` or `draft` as below */
    const char *published;           /* the one status that is none of a draft; NULL: only `draft` is one */
    const char *const *is_published; /* false, 0, no: a draft */
    const char *const *is_draft;     /* true, 1, yes: a draft */
    bool tags;                       /* section is a list joined by `;`, of which the first counts */
} tt_rowform;

/* What stands between the columns: the most frequent of `,` `;` tab in the first line. */
char tt_rowform_delimiter(tt_str head);
/* Whether the first line of a file has a column of this name. */
bool tt_rowform_has(tt_str head, const char *name);

/* The three calls of a tt_reader. A column that the user named takes the place of the form's; one that is not there is told
 * as a note. */
int tt_rowform_open(const tt_reading_in *in, const tt_rowform *form, void **state, tt_err *err);
int tt_rowform_next(void *state, tt_record *out, tt_err *err);
void tt_rowform_close(void *state);

#endif
