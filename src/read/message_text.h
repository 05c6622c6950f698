/* message_text: the plain text of a mail, line by line, as it goes into the body. For message.c alone. */
#ifndef TT_READ_MESSAGE_TEXT_H
#define TT_READ_MESSAGE_TEXT_H

#include "base/loci.h"

typedef struct tt_message_text_in {
    const tt_loci *from;
    bool flowed, delsp; /* RFC 3676 */
    bool html;          /* as paragraphs and <blockquote>s, else as lines */
    bool quoted;        /* all of it is a quote */
} tt_message_text_in;

/* Appends it to *to. 0 or TT_ENOMEM. */
int tt_message_text(const tt_message_text_in *in, tt_loci *to);

/* Appends all of `from` to *to as it is, with its places. Sticky as tt_loci_add. */
void tt_message_copy(const tt_loci *from, tt_loci *to);

#endif
