/* rows: CSV in and out. The only file that knows libcsv. */
#ifndef TT_BASE_ROWS_H
#define TT_BASE_ROWS_H

#include "base/str.h"

typedef struct tt_field {
    tt_str text;   /* white space around an unquoted field is gone */
    size_t line;   /* where it begins, from 1 */
    size_t column; /* in characters, from 1 */
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

/* Appends one field as CSV: quoted only where it must be (`,`, `"`, line ends, or white space at its ends). With
 * `guard`, a field that a spreadsheet would run (begins with = + - @ tab CR) gets a ' first. */
void tt_rows_field(tt_buf *out, tt_str text, bool guard);

#endif
