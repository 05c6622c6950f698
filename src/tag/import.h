/* import: lexicons in formats that people already have -> our CSV, row by row with its origin. What comes out is read
 * by lexfile.c as any other CSV, so that a lexicon and its conversion are the same by construction.
 *
 *     quanteda dictionary   .yml .yaml   name: [word*, two words], nested names become broader topics
 *     LIWC dictionary       .dic         % categories % words with the numbers of theirs
 *     spaCy EntityRuler     .jsonl       {"label": …, "pattern": "text" or [{"LOWER": …}, …], "id": …} a line
 *     flashtext             .json        {"name": ["alias", …]}
 */
#ifndef TT_TAG_IMPORT_H
#define TT_TAG_IMPORT_H

#include "base/str.h"

typedef enum tt_import_kind {
    TT_IMPORT_CSV, /* nothing to import */
    TT_IMPORT_QUANTEDA,
    TT_IMPORT_LIWC,
    TT_IMPORT_SPACY,
    TT_IMPORT_FLASHTEXT
} tt_import_kind;

tt_import_kind tt_import_kind_of(tt_str name); /* by its ending */

/* Where a row comes from, from 1. */
typedef struct tt_origin {
    size_t line, column;
} tt_origin;

/* {0} is empty. The CSV has one line a row: origins[0] is that of its second line. */
typedef struct tt_imported {
    tt_buf csv;
    tt_origin *origins;
    size_t n_origins, cap_origins;
} tt_imported;
void tt_imported_release(tt_imported *made);

/* What our CSV cannot say is left out and told as TT_SKIPPED with its place and the rule "import". TT_EINPUT: the file is
 * broken; TT_ENOMEM. In both cases what came before stands in *made. */
int tt_import(tt_import_kind kind, const char *name, tt_str data, const tt_sink *sink, tt_imported *made, tt_err *err);

#endif
