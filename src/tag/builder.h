/* builder: a lexicon in the making. Used by lexicon.c, lexfile.c, which reads the rows, and topics.c,
 * which ties topics together. */
#ifndef TT_TAG_BUILDER_H
#define TT_TAG_BUILDER_H

#include "tag/compile.h"
#include "tag/import.h"
#include "tag/lexicon.h"

/* An id in `also` or `broader`, to be looked up when all files are read. */
typedef struct tt_ref {
    tt_str id, file;
    size_t line, column;
    uint32_t owner; /* also: entry; broader: topic */
    uint32_t order; /* of reading */
    uint32_t topic; /* set by tt_topics_tie */
} tt_ref;

typedef struct tt_refs {
    tt_ref *v;
    size_t n, cap;
} tt_refs;

/* A topic in the making. Numbers of topics are those of `ids` until tt_topics_tie sorts them. */
typedef struct tt_draft {
    tt_topic topic; /* broader and broader_text come last */
    tt_str term;    /* its first: the default label */
    tt_str stem;    /* of the file that names it first: the default type */
} tt_draft;

struct tt_lexicon_builder {
    tt_lexicon *lex;
    const tt_sink *sink;
    tt_digest *digest;
    tt_intern ids;
    tt_draft *topics;
    tt_entry *entries;
    size_t n_topics, cap_topics, n_entries, cap_entries;
    tt_refs also, broader; /* also: rising by owner */
    tt_err first;          /* the first error; code 0: none */
    bool lenient;          /* a lexicon comes out in spite of errors */
};

/* Tells an error to the sink and keeps the first one. */
void tt_builder_tell(tt_lexicon_builder *b, const tt_err *err);

/* Reads one CSV into the builder. What is wrong with single rows is told; what ends the file is returned. With `origins`
 * (one for each line but the first) places are told from there. */
int tt_lexfile_read(tt_lexicon_builder *b, const char *name, tt_str csv, const tt_origin *origins, tt_err *err);

/* Sorts the topics by id, finds what `also` and `broader` name, and fills lex->topics, lex->entries and their counts.
 * Unknown ids and circles are told. 0 or TT_ENOMEM. */
int tt_topics_tie(tt_lexicon_builder *b);

#endif
