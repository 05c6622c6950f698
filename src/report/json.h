/* json: JSON, JSON Lines, datapackage.json, tagtrend.json. */
#ifndef TT_REPORT_JSON_H
#define TT_REPORT_JSON_H

#include "report/table.h"

/* {"schema_version":1,"program":"tagtrend","version":…,"table":…,"options":{…},"lexicon_hash":…,"input_hash":…,
 *  "issues_read":…,"issues_skipped":…,"issues_undated":…,"issues_repaired":…,"rows":[ … ]}, one row a line. */
int tt_json_begin(tt_buf *to, const char *name, const tt_provenance *from);
int tt_json_rows(tt_buf *to, const tt_table *t, bool lines, bool *first);
int tt_json_end(tt_buf *to);

/* One CSV file of a report, for datapackage.json. */
typedef struct tt_resource {
    const char *path; /* "counts.csv" */
    const char *title;
    const tt_column *columns;
    size_t n_columns;
    size_t n_bytes;
    char digest[65];
} tt_resource;
int tt_json_datapackage(tt_buf *to, const char *title, const tt_provenance *from, const tt_resource *r, size_t n);

/* tagtrend.json: provenance, every table in full, and the SHA-256 of each file of the set. */
typedef struct tt_set_file {
    const char *path;
    char digest[65];
    size_t n_bytes;
} tt_set_file;
int tt_json_everything(tt_buf *to, const char *title, const tt_provenance *from, const tt_table *const *tables,
                       size_t n_tables, const tt_set_file *files, size_t n_files);

#endif
