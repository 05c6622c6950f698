/* importer: topics and rows of a lexicon in another format, while it is read. Used by the import_….c alone. */
#ifndef TT_TAG_IMPORTER_H
#define TT_TAG_IMPORTER_H

#include "tag/import.h"

enum { TT_NO_PARENT = -1 };

/* A topic. One without a row of its own gets one of what stands under it, since an id must have a row. */
typedef struct tt_made_topic {
    tt_str id, label, type;
    int64_t parent; /* TT_NO_PARENT: none */
    bool has_row;
    tt_str term; /* the first that counts for it */
    bool exact;
    tt_origin origin; /* of that, or of the topic */
} tt_made_topic;

typedef struct tt_importer {
    const char *path;
    tt_str data;
    const tt_sink *sink;
    tt_imported *made;
    tt_arena arena;
    tt_intern names; /* topic by its full name */
    tt_intern ids;   /* those that are taken */
    tt_intern slugs; /* what ids are made of */
    unsigned *uses;  /* by slug */
    size_t cap_uses;
    tt_made_topic *topics;
    size_t n_topics, cap_topics;
    size_t at, line, column; /* the place of the byte of `data` that was asked for last */
    tt_err *err;
} tt_importer;

/* One reader a format: calls the functions below. 0, TT_EINPUT with err filled, or TT_ENOMEM. */
int tt_import_quanteda(tt_importer *im);
int tt_import_liwc(tt_importer *im);
int tt_import_spacy(tt_importer *im);
int tt_import_flashtext(tt_importer *im);

tt_origin tt_importer_place(tt_importer *im, size_t at); /* of a byte of the data */

/* Tells what cannot be said in our CSV. */
void tt_importer_skip(tt_importer *im, tt_origin at, const char *format, ...) TT_PRINTF(3, 4);

/* The topic with that name, made where it is new: its id is made from the name, which stays as label. `full` tells it
 * from others with the same name. 0 or TT_ENOMEM. */
int tt_importer_topic(tt_importer *im, tt_str full, tt_str name, tt_str type, int64_t parent, tt_origin at,
                      uint32_t *topic);

/* A row: the term counts for topics[0] and also for the others. Told and left out where the term is not valid. */
int tt_importer_row(tt_importer *im, const uint32_t *topics, size_t n, tt_str term, bool exact, tt_origin at);

/* Appends text as a term that finds just that: white space in single blanks, \ before what has a meaning in a term. With
 * `stars` a * stays one. */
void tt_importer_quote(tt_buf *to, tt_str text, bool stars);

#endif
