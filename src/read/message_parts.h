/* message_parts: the parts of a mail, as a tree in the order they stand in. For message.c alone. */
#ifndef TT_READ_MESSAGE_PARTS_H
#define TT_READ_MESSAGE_PARTS_H

#include "read/message.h"

typedef enum tt_part_kind {
    TT_PART_OTHER,
    TT_PART_TEXT,
    TT_PART_HTML,
    TT_PART_ALTERNATIVE,
    TT_PART_RELATED,
    TT_PART_SIGNED,
    TT_PART_ENCRYPTED,
    TT_PART_MIXED,  /* any other multipart */
    TT_PART_MESSAGE /* a mail: its one child is that mail's root */
} tt_part_kind;

enum { TT_PART_UNWEIGHED = -1 };

typedef struct tt_message_part {
    tt_part_kind kind;
    tt_mail_type type;
    bool located;   /* it has a Content-ID or Content-Location: another part may show it */
    uint32_t end;   /* behind its last descendant: descendants stand behind their ancestor */
    tt_str content; /* without the line end before a boundary */
    size_t line;    /* of content */
    int64_t weight; /* letters, see message.c; TT_PART_UNWEIGHED at first */
} tt_message_part;

/* Fills m->fields, m->lines and m->parts; the root is the first part. One pass over the bytes. Errors as of
 * tt_message_read. */
int tt_message_parts(const tt_message_in *in, tt_message *m, tt_err *err);

#endif
