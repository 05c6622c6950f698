/* rows: CSV in and out. The only file that knows libcsv. */
#ifndef TT_BASE_ROWS_H
#define TT_BASE_ROWS_H

#include "base/input.h"
#include "base/loci.h"

enum {
    TT_MAX_ROW = 64 << 20, /* bytes of one row of a stream */
    TT_ROW_RETRIES = 16    /* rows that swallow the rest of a stream, and behind which it is read on all the same */
};

typedef struct tt_field {
    tt_str text;   /* white space around an unquoted field is gone */
    size_t line;   /* where it begins, from 1 */
    size_t column; /* in characters, from 1 */
    size_t at;     /* the same as a byte of the data, the byte-order mark counted */
} tt_field;

typedef struct tt_row {
    const tt_field *fields;
    size_t n; /* an empty line is no row */
    size_t line;
} tt_row;

/* Calls `row` for each row of `data` (CSV as in RFC 4180; UTF-8, with or without byte-order mark; LF, CR LF or CR).
 * Stops when `row` returns other than 0, and returns that. A quote that does not end or stands amid a field: TT_EINPUT
 * with line and column. What a row points to lives for the call. */
int tt_rows_read(const char *path, tt_str data, int (*row)(void *ctx, const tt_row *row, tt_err *err), void *ctx,
                 tt_err *err);

/* The same, a row at a time, from a file of any length: what is held is one row. in->path is the path of messages. `in`
 * stands at the file's start, outlives the stream and is used by nobody else. */
typedef struct tt_rowstream tt_rowstream;
int tt_rowstream_new(tt_rowstream **out, tt_input *in, char delimiter, tt_err *err);
void tt_rowstream_free(tt_rowstream *s); /* NULL is allowed */

enum { TT_ROW_END = 0, TT_ROW = 1, TT_ROW_BROKEN = 2 };
/* TT_ROW: *row lives until the next call. TT_ROW_BROKEN: err says where and why; what follows can be read: up to the next
 * row that has as many fields as the file's first one or the last one that was given, lines are taken as parts of the
 * broken one. Negative: nothing can
 * follow. NUL characters are handed on. */
int tt_rowstream_next(tt_rowstream *s, const tt_row **row, tt_err *err);
/* Appends the text of field i of the present row, in pieces that each tell their place in the file: a doubled quote ends
 * one. */
void tt_rowstream_loci(const tt_rowstream *s, size_t i, tt_loci *to);

/* Appends one field as CSV: quoted only where it must be (`,`, `"`, line ends, or white space at its ends). With
 * `guard`, a field that a spreadsheet would run (begins with = + - @ tab CR) gets a ' first. */
void tt_rows_field(tt_buf *out, tt_str text, bool guard);

#endif
