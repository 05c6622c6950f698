/* text: an aligned table for people, and lines as of grep -n. */
#ifndef TT_REPORT_TEXT_H
#define TT_REPORT_TEXT_H

#include "report/table.h"

/* Appends `s` so that a terminal shows it and does nothing else: control characters and those that turn the direction of
 * writing as \t, \n, \x1b, \u009b, \u202e. Returns the
 * characters appended. */
size_t tt_text_escape(tt_buf *to, tt_str s);

/* Widths are known only at the end, so the rows are kept. {0} but for the columns is empty. */
typedef struct tt_aligned {
    const tt_column *columns;
    size_t n_columns;
    tt_buf text; /* of all cells, one behind the other */
    struct tt_aligned_cell {
        size_t end; /* in `text` */
        size_t width;
    } * cells; /* row after row */
    size_t n, cap;
    bool failed;
} tt_aligned;
void tt_aligned_add(tt_aligned *a, const tt_table *t);
/* Header, then rows; numbers to the right, two blanks between columns, none at the end of a line, nothing cut. */
void tt_aligned_write(tt_aligned *a, tt_buf *to, bool color);
void tt_aligned_release(tt_aligned *a);

/* `path:line:column: ` and what stands before, the surface, what stands after: for the columns of `mentions`. */
bool tt_grep_fits(const tt_column *columns, size_t n);
void tt_grep_rows(tt_buf *to, const tt_table *t, bool color);

#endif
