/* csv: RFC 4180, LF, header always (CONTRACT). */
#ifndef TT_REPORT_CSV_H
#define TT_REPORT_CSV_H

#include "report/table.h"

void tt_csv_header(tt_buf *to, const tt_column *columns, size_t n, bool spreadsheet);
void tt_csv_rows(tt_buf *to, const tt_table *t, bool spreadsheet);

#endif
