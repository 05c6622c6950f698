/* yaml: YAML as events with places. The only file that knows libyaml. Aliases are never followed and collections never
 * built, so that no document can grow in memory. */
#ifndef TT_BASE_YAML_H
#define TT_BASE_YAML_H

#include "base/str.h"

typedef enum tt_yaml_kind {
    TT_YAML_MAP,
    TT_YAML_MAP_END,
    TT_YAML_LIST,
    TT_YAML_LIST_END,
    TT_YAML_SCALAR,
    TT_YAML_ALIAS
} tt_yaml_kind;

typedef enum tt_yaml_style { TT_YAML_PLAIN, TT_YAML_QUOTED, TT_YAML_BLOCK } tt_yaml_style;

typedef struct tt_yaml_event {
    tt_yaml_kind kind;
    tt_yaml_style style; /* of a SCALAR */
    tt_str text;         /* of a SCALAR, decoded; lives for the call */
    size_t at, end;      /* bytes in the data, with tag, anchor and quotes */
} tt_yaml_event;

bool tt_yaml_is_null(const tt_yaml_event *e); /* a plain scalar that says: nothing */

/* Calls `event` for each event of the first document, until it returns other than 0, which is returned. TT_EINPUT:
 * broken, *at is the byte where and *why says what in static words; TT_ENOMEM. */
int tt_yaml_read(tt_str data, int (*event)(void *ctx, const tt_yaml_event *e), void *ctx, size_t *at, const char **why);

#endif
