/* term: the term language (COUNTING 6): one term -> the spellings that it stands for, cut as text is cut. */
#ifndef TT_TAG_TERM_H
#define TT_TAG_TERM_H

#include "base/mem.h"

/* What stands between a piece and the one before it; of a spelling's first piece it is DIRECT. */
typedef enum tt_join {
    TT_JOIN_DIRECT, /* nothing */
    TT_JOIN_SPACE,  /* one run of white space */
    TT_JOIN_ANY     /* one run of white space, or one hyphen with nothing beside it */
} tt_join;

typedef enum tt_piece_kind {
    TT_PIECE_TOKEN,  /* one token with this key */
    TT_PIECE_HYPHEN, /* one token that is a hyphen */
    TT_PIECE_GLOB    /* tokens without white space between them whose keys, one after the other, fit `key` */
} tt_piece_kind;

/* Marks in the key of a GLOB, which is UTF-8 otherwise, where these bytes never stand. */
enum {
    TT_GLOB_HYPHEN = 0xFD, /* one token that is a hyphen */
    TT_GLOB_SOME = 0xFE,   /* `*` behind a hyphen: one or more characters within one word */
    TT_GLOB_ANY = 0xFF     /* `*`: zero or more of them */
};

typedef struct tt_piece {
    tt_str key;
    uint8_t join; /* tt_join */
    uint8_t kind; /* tt_piece_kind */
} tt_piece;

/* Told each spelling; pieces live for the call. Returns 0, or a status that ends the expansion. */
typedef int tt_spelling_fn(void *ctx, const tt_piece *pieces, size_t n);

/* Expands a term: keys are case-folded, or with `exact` as written; `each` may be NULL. A spelling may be told twice.
 * Spellings that stand before a mistake have been told already when it is found.
 *
 *     tt_term_expand("GPT-3", …)  ->  [gpt ANY 3] [gpt3]
 *     tt_term_expand("GPT-*", …)  ->  [GLOB gpt HYPHEN SOME]
 *
 * TT_EINPUT (a mistake in the term), TT_ELIMIT (TT_MAX_TERM, TT_MAX_VARIANTS): err->text says what to do, err->column
 * is the character from 1, *at (may be NULL) the byte. TT_ENOMEM. */
int tt_term_expand(tt_str term, bool exact, tt_spelling_fn *each, void *ctx, size_t *at, tt_err *err);

#endif
