/* In: what to write, or JSON text. Out: JSON text, or a tree of nodes with places. Not here: what keys mean. */
#include "base/json.h"

#include "base/unicode.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- out ---- */

static cJSON *checked(tt_json *j, cJSON *item)
{
    if (!item)
        j->failed = true;
    return item;
}

/* Owns `item` from here on, but not `key`. Returns it, or NULL. */
static cJSON *add(tt_json *j, cJSON *to, const char *key, cJSON *item)
{
    bool ok = to && checked(j, item) && (key ? cJSON_AddItemToObjectCS(to, key, item) : cJSON_AddItemToArray(to, item));
    if (ok)
        return item;
    j->failed = true;
    cJSON_Delete(item);
    return NULL;
}

const char *tt_json_text_of(tt_json *j, tt_str s)
{
    tt_buf_reset(&j->scratch);
    for (size_t i = 0; i < s.n;) {
        uint32_t cp;
        size_t n = tt_utf8_decode(s.p + i, s.n - i, &cp);
        if (n)
            tt_buf_add(&j->scratch, s.p + i, n);
        else
            tt_buf_text(&j->scratch, "\xEF\xBF\xBD");
        i += n ? n : 1;
    }
    if (j->scratch.failed)
        j->failed = true;
    return j->scratch.p && !j->scratch.failed ? j->scratch.p : "";
}

tt_json_item *tt_json_add_object(tt_json *j, tt_json_item *to, const char *key)
{
    return add(j, to, key, cJSON_CreateObject());
}

tt_json_item *tt_json_add_array(tt_json *j, tt_json_item *to, const char *key)
{
    return add(j, to, key, cJSON_CreateArray());
}

void tt_json_add_str(tt_json *j, tt_json_item *to, const char *key, tt_str s)
{
    add(j, to, key, cJSON_CreateString(tt_json_text_of(j, s)));
}

void tt_json_add_text(tt_json *j, tt_json_item *to, const char *key, const char *text)
{
    if (text)
        tt_json_add_str(j, to, key, tt_str_of(text));
    else
        add(j, to, key, cJSON_CreateNull());
}

void tt_json_add_raw(tt_json *j, tt_json_item *to, const char *key, const char *number)
{
    add(j, to, key, cJSON_CreateRaw(number));
}

void tt_json_add_uint(tt_json *j, tt_json_item *to, const char *key, uint64_t n)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRIu64, n);
    tt_json_add_raw(j, to, key, digits);
}

void tt_json_add_bool(tt_json *j, tt_json_item *to, const char *key, bool b)
{
    add(j, to, key, cJSON_CreateBool(b));
}

void tt_json_new(tt_json *j)
{
    *j = (tt_json){0};
    j->root = checked(j, cJSON_CreateObject());
}

void tt_json_new_str(tt_json *j, tt_str s)
{
    *j = (tt_json){0};
    j->root = checked(j, cJSON_CreateString(tt_json_text_of(j, s)));
}

int tt_json_print(tt_json *j, tt_buf *to, bool pretty, size_t less)
{
    char *text = j->failed ? NULL : pretty ? cJSON_Print(j->root) : cJSON_PrintUnformatted(j->root);
    if (text)
        tt_buf_add(to, text, strlen(text) - less);
    cJSON_free(text);
    cJSON_Delete(j->root);
    tt_buf_release(&j->scratch);
    *j = (tt_json){0};
    return text && !to->failed ? 0 : TT_ENOMEM;
}

/* ---- in ---- */

/* cJSON tells no places. Its strings and keys, in order of the text, are those that a scan for quotes finds. */
struct scan {
    tt_str data;
    size_t at;   /* behind the last string */
    size_t last; /* where that began */
    tt_arena *arena;
};

static size_t next_string(struct scan *s)
{
    while (s->at < s->data.n && s->data.p[s->at] != '"')
        s->at++;
    s->last = s->at++;
    while (s->at < s->data.n && s->data.p[s->at] != '"')
        s->at += s->data.p[s->at] == '\\' ? 2 : 1;
    s->at++;
    return s->last;
}

static tt_json_kind kind_of(const cJSON *item)
{
    return cJSON_IsString(item)   ? TT_JSON_STRING
           : cJSON_IsArray(item)  ? TT_JSON_ARRAY
           : cJSON_IsObject(item) ? TT_JSON_OBJECT
           : cJSON_IsTrue(item)   ? TT_JSON_TRUE
                                  : TT_JSON_OTHER;
}

/* Copies a tree; cJSON refuses what is nested deeper than CJSON_NESTING_LIMIT. */
static int copy(struct scan *s, const cJSON *item, tt_json_node **out)
{
    tt_json_node *n = tt_arena_alloc(s->arena, sizeof *n);
    if (!n)
        return TT_ENOMEM;
    *n = (tt_json_node){.kind = kind_of(item), .at = s->last};
    if (item->string) {
        n->at = next_string(s);
        if (tt_str_dup(s->arena, tt_str_of(item->string), &n->key) != 0)
            return TT_ENOMEM;
    }
    if (n->kind == TT_JSON_STRING) {
        size_t at = next_string(s);
        n->at = item->string ? n->at : at;
        if (tt_str_dup(s->arena, tt_str_of(item->valuestring), &n->text) != 0)
            return TT_ENOMEM;
    }
    tt_json_node **to = &n->first;
    for (const cJSON *child = item->child; child; child = child->next, to = &(*to)->next)
        if (copy(s, child, to) != 0)
            return TT_ENOMEM;
    *out = n;
    return 0;
}

/* cJSON ends a text at \u0000 without a word. Returns where one stands, or data.n. */
static size_t find_nul(tt_str data)
{
    for (size_t i = 0; i + 6 <= data.n; i++) {
        if (data.p[i] != '\\')
            continue;
        if (memcmp(data.p + i, "\\u0000", 6) == 0)
            return i;
        i++;
    }
    return data.n;
}

int tt_json_parse(tt_str data, tt_arena *arena, tt_json_node **out, size_t *at)
{
    const char *end = NULL;
    cJSON *root = cJSON_ParseWithLengthOpts(data.p ? data.p : "", data.n, &end, false);
    struct scan s = {.data = data, .arena = arena};
    *at = end && data.p ? (size_t)(end - data.p) : 0;
    if (!root)
        return TT_EINPUT;
    size_t behind = *at;
    while (behind < data.n && ((unsigned char)data.p[behind] <= ' '))
        behind++;
    *at = behind;
    size_t nul = find_nul(data);
    if (nul < data.n)
        *at = nul;
    int rc = behind < data.n || nul < data.n ? TT_EINPUT : copy(&s, root, out);
    cJSON_Delete(root);
    return rc;
}
