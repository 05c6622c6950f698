/* spelling: one spelling of a term -> pieces, cut by the same tokeniser as text. Used by term.c alone. */
#ifndef TT_TAG_SPELLING_H
#define TT_TAG_SPELLING_H

#include "tag/term.h"

typedef enum tt_op_kind {
    TT_OP_CHAR,   /* stands there literally */
    TT_OP_SPACE,  /* one run of white space */
    TT_OP_JOIN,   /* one run of white space or one hyphen */
    TT_OP_HYPHEN, /* one hyphen */
    TT_OP_STAR    /* characters within one word */
} tt_op_kind;

typedef struct tt_op {
    uint8_t kind; /* tt_op_kind */
    uint8_t n;    /* bytes of a CHAR; of a HYPHEN 1 where one stands in the term, 0 where a space does */
    uint16_t at;  /* of a CHAR in the term */
} tt_op;

/* Cuts a spelling into pieces, in `arena`. SPACE and JOIN stand at neither end. *n may be 0: nothing there that a text
 * can have. 0 or TT_ENOMEM. */
int tt_spelling_cut(tt_str term, const tt_op *ops, size_t n_ops, bool exact, tt_arena *arena, const tt_piece **pieces,
                    size_t *n);

#endif
