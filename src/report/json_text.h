/* json_text: strings and rows as JSON, written directly: tables are long, and a tree of each row would cost more than all
 * else. What is small and has structure is json.c's. */
#ifndef TT_REPORT_JSON_TEXT_H
#define TT_REPORT_JSON_TEXT_H

#include "report/table.h"

/* Appends `s` as a JSON string with its quotes, byte for byte as cJSON does; each byte that is no UTF-8 becomes U+FFFD,
 * and NUL, at which cJSON would end, \u0000. */
void tt_json_string(tt_buf *to, tt_str s);

typedef enum tt_json_shape {
    TT_JSON_OBJECTS, /* {"topic":"gpt","mentions":3}, in an array, one a line */
    TT_JSON_LINES,   /* the same without commas and array */
    TT_JSON_ARRAYS   /* ["gpt",3], in an array, one a line: the names stand elsewhere, once */
} tt_json_shape;

/* Appends rows; *first says that none stands before them, and is kept up. 0 or TT_ENOMEM. */
int tt_json_rows(tt_buf *to, const tt_table *t, tt_json_shape shape, bool *first);

#endif
