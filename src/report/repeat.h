/* repeat: rows as text, cell by cell; what stands as in the row before is copied from there. Of a row of trends that says
 * "no mention" all but the topic's name does. */
#ifndef TT_REPORT_REPEAT_H
#define TT_REPORT_REPEAT_H

#include "report/table.h"

enum { TT_REPEAT_COLUMNS = 32 }; /* of tables with more, all cells are put */

/* Appends a cell and what stands behind it. The text depends on the value and the column alone. */
typedef void tt_put_cell(tt_buf *to, const tt_table *t, size_t column, const tt_value *v, const void *ctx);

/* Where the cells of the row put last begin in the buffer; [n_columns]: where that row ends. */
typedef struct tt_repeat {
    size_t at[TT_REPEAT_COLUMNS + 1];
} tt_repeat;

/* Row 0 first, then each in turn, into the same buffer. */
void tt_repeat_row(tt_repeat *r, tt_buf *to, const tt_table *t, size_t row, tt_put_cell *put, const void *ctx);

#endif
