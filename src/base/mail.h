/* mail: how mail writes text (RFC 2045 to 2047, 2231): encoded words, parameters, transfer encodings, charsets. The only
 * file that knows GMime.
 *
 * GMime stands on GLib, which ends the program where memory is out. So GMime is handed single fields of at most
 * TT_MAIL_FIELD bytes and never a body: what it needs is a few kilobytes, whatever the mail. It is started at the first
 * call, once, by whichever thread comes first. What GMime has to grumble about is not printed. */
#ifndef TT_BASE_MAIL_H
#define TT_BASE_MAIL_H

#include "base/loci.h"

enum { TT_MAIL_FIELD = 16 * 1024 }; /* bytes of a header field; the rest of a longer one is not looked at */

typedef enum tt_mail_coding {
    TT_MAIL_AS_IS,  /* 7bit, 8bit, binary, none */
    TT_MAIL_QUOTED, /* quoted-printable */
    TT_MAIL_BASE64,
    TT_MAIL_UNREAD /* any other */
} tt_mail_coding;

/* What three fields say of a part. */
typedef struct tt_mail_type {
    tt_str type;     /* "text/html", in lower case; empty: the field is missing or broken */
    tt_str boundary; /* empty: none */
    tt_str charset;  /* as written; empty: none */
    tt_mail_coding coding;
    bool flowed, delsp; /* RFC 3676 */
    bool attachment;    /* Content-Disposition says so */
    bool named;         /* a file name is given */
} tt_mail_type;

/* Reads Content-Type, Content-Disposition and Content-Transfer-Encoding (empty: not there). 0 or TT_ENOMEM. */
int tt_mail_type_read(tt_arena *arena, tt_str type, tt_str disposition, tt_str coding, tt_mail_type *out);

/* The text of a field in UTF-8, encoded words decoded (`=?utf-8?Q?Caf=C3=A9?=` -> `Café`), white space collapsed and
 * trimmed, control characters as blanks. Raw bytes that are no UTF-8 are Windows-1252. 0 or TT_ENOMEM. */
int tt_mail_words(tt_arena *arena, tt_str value, tt_str *out);

/* The content of one part. */
typedef struct tt_mail_content {
    tt_str bytes;
    size_t line; /* of its first byte in the file; it stands in column 1 */
    tt_mail_coding coding;
    tt_str charset;
    bool unescape; /* from a mailbox: a line that begins with `>From `, `>>From ` … loses its first `>` */
} tt_mail_content;

/* Appends the text of a part to *out, with its places: 7bit, 8bit and quoted-printable to the column, base64 to the
 * column of the group of four that a piece begins in. The text is UTF-8, or for charsets that are unknown, missing,
 * ASCII, UTF-8 or Latin-1 the bytes as they are, which decode reads (valid UTF-8, else Windows-1252); so is a text whose
 * label cannot be right: it is valid UTF-8 beyond ASCII, or an eighth of its other bytes mean nothing in that charset.
 * Single bytes without meaning, and NUL, are U+FFFD. Linear time; memory in proportion to the bytes. 0 or TT_ENOMEM. */
int tt_mail_decode(const tt_mail_content *in, tt_loci *out);

#endif
