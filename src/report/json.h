/* json: what stands around the rows in JSON; datapackage.json, tagtrend.json. */
#ifndef TT_REPORT_JSON_H
#define TT_REPORT_JSON_H

#include "report/json_text.h"

/* {"schema_version":1,"program":"tagtrend","version":…,"table":…,"options":{…},"lexicon_hash":…,"input_hash":…,
 *  "issues_read":…,"issues_skipped":…,"issues_undated":…,"issues_repaired":…,"rows":[ … ]}, one row a line: between the
 * two, tt_json_rows. */
int tt_json_begin(tt_buf *to, const char *name, const tt_provenance *from);
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

/* tagtrend.json: provenance, every table in full, and the SHA-256 of each file of the set:
 *     {"schema_version":1, …,
 *     "tables":[
 *     {"name":"topics","fields":["topic","mentions"],"rows":[
 *     ["gpt",3],
 *     ["openai",5]
 *     ]}
 *     ],
 *     "files":[ … ]}
 * Begin; for each table begin it, tt_json_rows as TT_JSON_ARRAYS (in one piece or in several), end it; end. */
int tt_json_set_begin(tt_buf *to, const char *title, const tt_provenance *from);
int tt_json_set_table(tt_buf *to, const char *name, const tt_column *columns, size_t n, bool first);
int tt_json_set_table_end(tt_buf *to);
typedef struct tt_set_file {
    const char *path;
    char digest[65];
    size_t n_bytes;
} tt_set_file;
int tt_json_set_end(tt_buf *to, const tt_set_file *files, size_t n);

#endif
