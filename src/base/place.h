/* place: copying pieces of a text into another one so that each character keeps its place in the file. The text copied
 * from is the file itself, or has been taken out of it before (a JSON text inside a JSON string). */
#ifndef TT_BASE_PLACE_H
#define TT_BASE_PLACE_H

#include "base/loci.h"

/* A look-up that moves forward only; a copy of it is a mark to come back to. Characters are counted as tt_locus says. */
typedef struct tt_place {
    tt_str text;
    size_t at;           /* byte of text */
    size_t line, column; /* where that stands in the file */

    const tt_locus *loci; /* private from here on; NULL: text is of the file itself */
    size_t n_loci, locus;
    uint32_t nth;
} tt_place;

void tt_place_file(tt_place *p, tt_str text, size_t line); /* text begins at the start of that line */
/* A text whose line ends, if any, are each followed by a locus or by the end. *of must outlive it. */
void tt_place_loci(tt_place *p, const tt_loci *of);
void tt_place_to(tt_place *p, size_t at); /* p->at <= at <= text.n */

/* Each adds to `out` with its places, and moves there: */
void tt_place_copy(tt_place *p, size_t to, tt_loci *out); /* bytes p->at..to as they are */
void tt_place_html(tt_place *p, size_t to, tt_loci *out); /* the same as text of HTML: & < > " become entities */
/* What a JSON string says whose bytes between the quotes, `raw`, are in p->text. CR LF and CR become LF. */
void tt_place_string(tt_place *p, tt_str raw, tt_loci *out);

#endif
