/* In: tables. Out: CSV as in RFC 4180 with LF, UTF-8. Not here: quoting (base/rows), the text of a value (table.c). */
#include "report/csv.h"

#include "base/rows.h"
#include "report/repeat.h"

void tt_csv_header(tt_buf *to, const tt_column *columns, size_t n, bool spreadsheet)
{
    if (spreadsheet)
        tt_buf_text(to, "\xEF\xBB\xBF");
    for (size_t i = 0; i < n; i++) {
        if (i)
            tt_buf_char(to, ',');
        tt_rows_field(to, columns[i].name, spreadsheet);
    }
    tt_buf_char(to, '\n');
}

/* A number below 0 is no formula, so texts alone are guarded. */
static void put_cell(tt_buf *to, const tt_table *t, size_t column, const tt_value *v, const void *spreadsheet)
{
    const tt_column *c = &t->columns[column];
    const char behind = column + 1 < t->n_columns ? ',' : '\n';
    if (c->type == TT_TYPE_TEXT && !v->empty) {
        tt_rows_field(to, v->s, *(const bool *)spreadsheet);
        tt_buf_char(to, behind);
        return;
    }
    char *p = tt_buf_room(to, TT_NUM_SIZE + 1);
    if (!p)
        return;
    if (!v->empty)
        p = tt_value_put(c, v, p);
    *p++ = behind;
    tt_buf_wrote(to, p);
}

void tt_csv_rows(tt_buf *to, const tt_table *t, bool spreadsheet)
{
    tt_repeat repeat;
    for (size_t row = 0; row < t->n_rows; row++)
        tt_repeat_row(&repeat, to, t, row, put_cell, &spreadsheet);
}
