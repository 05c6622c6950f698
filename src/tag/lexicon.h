/* lexicon: CSV -> topics, entries and a compiled matcher (COUNTING 6). */
#ifndef TT_TAG_LEXICON_H
#define TT_TAG_LEXICON_H

#include "base/digest.h"

struct tt_lexicon {
    tt_arena arena;   /* everything below but the matcher and the array of entries */
    tt_topic *topics; /* by id */
    size_t n_topics;
    tt_entry *entries; /* in order of reading */
    size_t n_entries;
    char digest[TT_DIGEST_SIZE]; /* SHA-256 over last components and bytes of its files, in order of reading */
    struct tt_matcher *matcher;
};

/* Collects files, then compiles. Every error of every file is told to the sink as TT_SKIPPED with file:line:column, and
 * the call that finishes fails with the first one. A column that is not known is told as TT_NOTE, once a file. */
typedef struct tt_lexicon_builder tt_lexicon_builder;
int tt_lexicon_builder_new(tt_lexicon_builder **out, const tt_sink *sink, tt_err *err);

/* Before the first file: errors are told, and a lexicon of all that is right comes out all the same. */
void tt_lexicon_builder_lenient(tt_lexicon_builder *b);

/* One file, CSV or what import.h reads, by the ending of `name`: `name` is shown in messages, the stem of its last component is the default type. `data` need not outlive
 * the call. 0 also where the file has errors; TT_ENOMEM, after which the builder is still to be finished. */
int tt_lexicon_add(tt_lexicon_builder *b, const char *name, tt_str data, tt_err *err);
int tt_lexicon_finish(tt_lexicon_builder *b, tt_lexicon **out, tt_err *err); /* frees the builder, come what may */
void tt_lexicon_free(tt_lexicon *lex);                                       /* NULL is allowed */

bool tt_lexicon_topic(const tt_lexicon *lex, tt_str id, uint32_t *topic);

/* The term language on its own: 0 where `term` is right; TT_EINPUT or TT_ELIMIT where not: err->text says what to do,
 * err->column is the character (from 1) and *at (may be NULL) the byte where it goes wrong. TT_ENOMEM. */
int tt_term_check(tt_str term, size_t *at, tt_err *err);

#endif
