/* transfer: transfer encodings of mail (RFC 2045) undone, with places. For mail.c alone. */
#ifndef TT_BASE_TRANSFER_H
#define TT_BASE_TRANSFER_H

#include "base/mail.h"

/* From byte `at` of the bytes on, these follow line:column of the file one by one, up to the next mark. */
typedef struct tt_transfer_mark {
    size_t at;
    uint32_t line, column;
} tt_transfer_mark;

typedef struct tt_transfer {
    tt_str bytes;
    tt_transfer_mark *marks; /* rising by at; the first is 0 unless there are no bytes */
    size_t n, cap;
    tt_buf buf; /* where the bytes are not those of the file */
    bool failed;
} tt_transfer;

/* Undoes the encoding of in->bytes, of which there is at least one; what *out holds may point into them. What is labelled
 * base64 and cannot be is left as it is. 0 or TT_ENOMEM: then *out is empty. */
int tt_transfer_undo(const tt_mail_content *in, tt_transfer *out);
void tt_transfer_release(tt_transfer *t);

/* Bytes of the character at p (n > 0): CR LF is one, and so is a byte that is no UTF-8, as decode has it. */
size_t tt_transfer_char(const char *p, size_t n);
/* Moves a place behind n bytes. */
void tt_transfer_advance(const char *p, size_t n, size_t *line, size_t *column);

#endif
