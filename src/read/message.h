/* message: one mail (RFC 5322, MIME): its fields, and the one body that counts.
 *
 * Of multipart/alternative the HTML counts, or the plain text where the HTML says next to nothing (fewer than
 * TT_MESSAGE_LEAST letters outside links) and the plain text says more. Of multipart/signed the first part counts, of
 * multipart/related the first and those that no page can show (without Content-ID and Content-Location), of any other
 * multipart all in order. Parts that are text/plain, text/html or their like count; attachments do not. A mail inside a
 * mail is quoted.
 *
 * Plain text alone stays plain text; beside HTML it becomes paragraphs and <blockquote>s. In it lines that format=flowed
 * broke are joined, and left out are a signature (`-- ` and up to TT_MESSAGE_SIGNATURE lines below), the footer of a
 * mailing list, and near the top and the end lines such as `View this email in your browser`. */
#ifndef TT_READ_MESSAGE_H
#define TT_READ_MESSAGE_H

#include "base/mail.h"

enum {
    TT_MESSAGE_MAX = 64 << 20,       /* bytes of one mail */
    TT_MESSAGE_MAX_HEADER = 1 << 20, /* bytes of a header, of the mail or of a part */
    TT_MESSAGE_MAX_TEXT = 16 << 20,  /* bytes of a part that counts, as they stand in the file */
    TT_MESSAGE_MAX_PARTS = 1000,     /* parts of a mail, multiparts among them */
    TT_MESSAGE_MAX_DEPTH = 50,       /* parts inside parts */
    TT_MESSAGE_LEAST = 40,           /* letters of HTML */
    TT_MESSAGE_SIGNATURE = 20,       /* lines below `-- ` */
    TT_MESSAGE_ID_MAX = 200          /* bytes of a Message-ID that serves as a name */
};

/* Fields that a reader asks for; unfolded, else as written. */
typedef enum tt_message_field {
    TT_FIELD_DATE,
    TT_FIELD_SUBJECT, /* words decoded */
    TT_FIELD_ID,      /* without <>; empty where it is no name: longer than TT_MESSAGE_ID_MAX, or with other characters
                         than visible ASCII */
    TT_FIELD_MOZILLA, /* X-Mozilla-Status: hexadecimal flags */
    TT_FIELD_LABELS,  /* X-Gmail-Labels */
    TT_FIELD_FOLDER,  /* X-IMAP: what a mail server itself keeps in a mailbox (X-IMAPbase stands in true mails) */
    TT_FIELD_SAVED,   /* Snapshot-Content-Location: a page that a browser saved as a mail */
    TT_N_FIELDS
} tt_message_field;

typedef struct tt_message {
    tt_str fields[TT_N_FIELDS];
    size_t lines[TT_N_FIELDS]; /* where they begin; 0: not there */
    bool html;                 /* the body is; else it is plain text */
    bool encrypted;            /* a part that would count is, and so is not in the body */
    tt_loci body;              /* .text empty: there is none */

    tt_arena arena; /* private from here on */
    struct tt_message_part *parts;
    size_t n_parts, cap_parts;
    tt_loci scratch;
} tt_message;

typedef struct tt_message_in {
    tt_str bytes;
    const char *path; /* for messages */
    size_t line;      /* of the first byte in the file */
    bool mailbox;     /* it stands in one: `>From ` at the start of a line stands for `From ` */
} tt_message_in;

/* Reads one mail into *m ({0}, or used before: then what it held is gone). What *m points to lives as long as in->bytes
 * and until the next call. TT_EINPUT, TT_ELIMIT: the mail is broken, err says where and how; TT_ENOMEM. */
int tt_message_read(const tt_message_in *in, tt_message *m, tt_err *err);
void tt_message_release(tt_message *m);

/* The next field of a header at byte *at of `s`: its name, and its value with the line ends in it; *at goes behind it.
 * TT_FIELD: one is there; TT_FIELD_NONE: a line that is none, *at stays; TT_FIELD_END: a blank line, which *at goes
 * behind, or the end of `s`. Lines that a mailbox puts into headers (`From `, `>From `) are passed over. */
typedef enum tt_field_result { TT_FIELD_END, TT_FIELD, TT_FIELD_NONE } tt_field_result;
tt_field_result tt_message_field_next(tt_str s, size_t *at, tt_str *name, tt_str *value);

/* Line ends in p: LF, CR LF, or CR. */
size_t tt_message_lines(const char *p, size_t n);

/* A subject without `Re:`, `Fwd:`, `AW:` and their like before it. */
tt_str tt_message_title(tt_str subject);

#endif
