/* In: tables. Out: CSV as in RFC 4180 with LF, UTF-8. Not here: quoting (base/rows), the text of a value (table.c). */
#include "report/csv.h"

#include "base/rows.h"

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

/* A cell and what stands behind it. A number below 0 is no formula, so `guard` is for texts alone. */
static void put_cell(tt_buf *to, const tt_column *c, const tt_value *v, bool guard, char behind)
{
    if (c->type == TT_TYPE_TEXT && !v->empty) {
        tt_rows_field(to, v->s, guard);
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
    const tt_value *v = t->values;
    for (size_t row = 0; row < t->n_rows; row++)
        for (size_t i = 0; i < t->n_columns; i++, v++)
            put_cell(to, &t->columns[i], v, spreadsheet, i + 1 < t->n_columns ? ',' : '\n');
}
