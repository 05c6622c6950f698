/* json: JSON out and in. The only file that knows cJSON. */
#ifndef TT_BASE_JSON_H
#define TT_BASE_JSON_H

#include "base/str.h"

/* ---- out ---- */

typedef struct cJSON tt_json_item;

/* A text in the making. Sticky: where memory is lacking, `failed` is set and the rest does nothing; what adds an item
 * then returns NULL, which is fine to add to. */
typedef struct tt_json {
    tt_json_item *root;
    tt_buf scratch;
    bool failed;
} tt_json;

void tt_json_new(tt_json *j); /* an object */
void tt_json_new_str(tt_json *j, tt_str s);

/* `key` NULL: into an array; it must live until tt_json_print. Bytes that are no UTF-8 become U+FFFD. */
tt_json_item *tt_json_add_object(tt_json *j, tt_json_item *to, const char *key);
tt_json_item *tt_json_add_array(tt_json *j, tt_json_item *to, const char *key);
void tt_json_add_str(tt_json *j, tt_json_item *to, const char *key, tt_str s);
void tt_json_add_text(tt_json *j, tt_json_item *to, const char *key, const char *text); /* NULL: null */
void tt_json_add_raw(tt_json *j, tt_json_item *to, const char *key, const char *number);
void tt_json_add_uint(tt_json *j, tt_json_item *to, const char *key, uint64_t n);
void tt_json_add_bool(tt_json *j, tt_json_item *to, const char *key, bool b);

const char *tt_json_text_of(tt_json *j, tt_str s); /* in scratch, with a NUL; "" after a failure */

/* Prints the root and frees all; `less` characters at the end are left out. 0 or TT_ENOMEM. */
int tt_json_print(tt_json *j, tt_buf *to, bool pretty, size_t less);

/* ---- in ---- */

typedef enum tt_json_kind { TT_JSON_OTHER, TT_JSON_TRUE, TT_JSON_STRING, TT_JSON_ARRAY, TT_JSON_OBJECT } tt_json_kind;

typedef struct tt_json_node {
    tt_json_kind kind; /* OTHER: a number, false or null */
    tt_str key;        /* in an object */
    tt_str text;       /* of a STRING */
    size_t at;         /* byte of its key, of a STRING in an array its own; else that of what stands before it */
    struct tt_json_node *first, *next;
} tt_json_node;

/* Reads one JSON text into `arena`. TT_EINPUT: broken, *at is the byte where; TT_ENOMEM. */
int tt_json_parse(tt_str data, tt_arena *arena, tt_json_node **out, size_t *at);

#endif
