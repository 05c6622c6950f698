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

void tt_csv_rows(tt_buf *to, const tt_table *t, bool spreadsheet)
{
    char scratch[TT_NUM_SIZE];
    const tt_value *v = t->values;
    for (size_t row = 0; row < t->n_rows; row++) {
        for (size_t i = 0; i < t->n_columns; i++, v++) {
            if (i)
                tt_buf_char(to, ',');
            /* a number below 0 is no formula */
            bool guard = spreadsheet && t->columns[i].type == TT_TYPE_TEXT;
            tt_rows_field(to, tt_value_text(&t->columns[i], v, scratch), guard);
        }
        tt_buf_char(to, '\n');
    }
}
