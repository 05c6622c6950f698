/* In: where tables come from. Out: what stands around their rows in JSON; datapackage.json, tagtrend.json. The only file
 * that knows cJSON. Not here: rows and single strings (json_text.c), what the tables hold (tables.c), hashes
 * (base/digest). */
#include "report/json.h"

#include "base/unicode.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- cJSON with tt_str and one sticky failure ---- */

/* An item that is being filled. Where cJSON says NULL, `failed` is set and the rest does nothing. */
typedef struct tt_json {
    cJSON *root;
    tt_buf scratch; /* strings with a NUL behind them */
    bool failed;
} tt_json;

static cJSON *checked(tt_json *j, cJSON *item)
{
    if (!item)
        j->failed = true;
    return item;
}

/* Owns `item` from here on, but not `key`, which must live until end(); key NULL: into an array. Returns it, or NULL. */
static cJSON *add(tt_json *j, cJSON *to, const char *key, cJSON *item)
{
    bool ok = to && checked(j, item) && (key ? cJSON_AddItemToObjectCS(to, key, item) : cJSON_AddItemToArray(to, item));
    if (ok)
        return item;
    j->failed = true;
    cJSON_Delete(item);
    return NULL;
}

/* The scratch text; "" after a failure. */
static const char *text_of(tt_json *j, tt_str s)
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

static void add_str(tt_json *j, cJSON *to, const char *key, tt_str s)
{
    add(j, to, key, cJSON_CreateString(text_of(j, s)));
}

/* NULL: null */
static void add_text(tt_json *j, cJSON *to, const char *key, const char *text)
{
    if (text)
        add_str(j, to, key, tt_str_of(text));
    else
        add(j, to, key, cJSON_CreateNull());
}

static void add_uint(tt_json *j, cJSON *to, const char *key, uint64_t n)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRIu64, n);
    add(j, to, key, cJSON_CreateRaw(digits));
}

static void add_bool(tt_json *j, cJSON *to, const char *key, bool b)
{
    add(j, to, key, cJSON_CreateBool(b));
}

/* Prints the root and frees all; `less` characters at the end are left out. */
static int end(tt_json *j, tt_buf *to, bool pretty, size_t less)
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

static void begin(tt_json *j)
{
    *j = (tt_json){0};
    j->root = checked(j, cJSON_CreateObject());
}

/* ---- provenance ---- */

static int by_text(const void *x, const void *y)
{
    return strcmp(*(const char *const *)x, *(const char *const *)y);
}

/* Sorted and each once, since their order changes no number. */
static void add_set(tt_json *j, cJSON *to, const char *key, const char *const *v, size_t n)
{
    cJSON *array = add(j, to, key, cJSON_CreateArray());
    const char **sorted = tt_alloc((n + 1) * sizeof *sorted);
    if (!sorted)
        j->failed = true;
    if (!sorted || !array) {
        tt_free(sorted);
        return;
    }
    for (size_t i = 0; i < n; i++)
        sorted[i] = v[i];
    if (n > 1)
        qsort(sorted, n, sizeof *sorted, by_text);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || strcmp(sorted[i], sorted[i - 1]) != 0)
            add_text(j, array, NULL, sorted[i]);
    tt_free(sorted);
}

static int by_year(const void *x, const void *y)
{
    int a = *(const int *)x, b = *(const int *)y;
    return (a > b) - (a < b);
}

static void add_years(tt_json *j, cJSON *to, const tt_select *sel)
{
    char digits[24];
    cJSON *array = add(j, to, "years", cJSON_CreateArray());
    int *sorted = tt_alloc((sel->n_years + 1) * sizeof *sorted);
    if (!sorted)
        j->failed = true;
    for (size_t i = 0; sorted && i < sel->n_years; i++)
        sorted[i] = sel->years[i];
    if (sorted && sel->n_years > 1)
        qsort(sorted, sel->n_years, sizeof *sorted, by_year);
    for (size_t i = 0; sorted && i < sel->n_years; i++) {
        if (i && sorted[i] == sorted[i - 1])
            continue;
        snprintf(digits, sizeof digits, "%d", sorted[i]);
        add(j, array, NULL, cJSON_CreateRaw(digits));
    }
    tt_free(sorted);
}

static void add_date(tt_json *j, cJSON *to, const char *key, bool has, int32_t day)
{
    char text[TT_DATE_SIZE];
    tt_day_format(day, text);
    add_text(j, to, key, has ? text : NULL);
}

static void add_select(tt_json *j, cJSON *to, const tt_select *sel)
{
    static const char *const by[] = {[TT_BY_YEAR] = "year",
                                     [TT_BY_QUARTER] = "quarter",
                                     [TT_BY_MONTH] = "month",
                                     [TT_BY_WEEK] = "week",
                                     [TT_BY_ISSUE] = "issue"};
    add_date(j, to, "from", sel->has_from, sel->from);
    add_date(j, to, "to", sel->has_to, sel->to);
    add_years(j, to, sel);
    add_set(j, to, "topics", sel->topics, sel->n_topics);
    add_set(j, to, "sections", sel->sections, sel->n_sections);
    add_set(j, to, "not_sections", sel->not_sections, sel->n_not_sections);
    add_text(j, to, "by", by[sel->by]);
    add_bool(j, to, "by_section", sel->by_section);
}

/* What changes numbers. The lexicon is told by its hash, the side file by that of the input: paths of this machine
 * would tell nobody else anything. */
static void add_options(tt_json *j, const tt_provenance *from)
{
    const tt_options *o = from->options;
    cJSON *to = add(j, j->root, "options", cJSON_CreateObject());
    if (o) {
        cJSON *zones = add(j, to, "zones", cJSON_CreateArray());
        for (int z = 0; z < TT_N_ZONES; z++)
            if (o->zones & (1u << z))
                add_text(j, zones, NULL, tt_zone_name((tt_zone)z));
        add_bool(j, to, "infer", !o->no_infer);
        add_bool(j, to, "repair", !o->no_repair);
        add_bool(j, to, "drafts", o->drafts);
        add_set(j, to, "include", o->include, o->n_include);
        add_set(j, to, "exclude", o->exclude, o->n_exclude);
    }
    if (from->select)
        add_select(j, to, from->select);
}

static void add_program(tt_json *j)
{
    add_uint(j, j->root, "schema_version", TT_SCHEMA_VERSION);
    add_text(j, j->root, "program", "tagtrend");
    add_text(j, j->root, "version", TT_VERSION);
}

static void add_provenance(tt_json *j, const tt_provenance *from)
{
    add_options(j, from);
    add_text(j, j->root, "lexicon_hash", from->lexicon_hash);
    add_text(j, j->root, "input_hash", from->input_hash);
    add_uint(j, j->root, "issues_read", from->totals.n_read);
    add_uint(j, j->root, "issues_skipped", from->totals.n_skipped);
    add_uint(j, j->root, "issues_undated", from->totals.n_undated);
    add_uint(j, j->root, "issues_repaired", from->totals.n_repaired);
}

/* ---- tables ---- */

int tt_json_begin(tt_buf *to, const char *name, const tt_provenance *from)
{
    tt_json j;
    begin(&j);
    add_program(&j);
    add_text(&j, j.root, "table", name);
    add_provenance(&j, from);
    if (end(&j, to, false, 1) != 0)
        return TT_ENOMEM;
    tt_buf_text(to, ",\"rows\":[");
    return to->failed ? TT_ENOMEM : 0;
}

int tt_json_end(tt_buf *to)
{
    tt_buf_text(to, "\n]}\n");
    return to->failed ? TT_ENOMEM : 0;
}

/* ---- datapackage.json: Frictionless Data Package, version 1 ---- */

static void add_schema_field(tt_json *j, cJSON *fields, const tt_column *c)
{
    static const char *const types[] = {[TT_TYPE_TEXT] = "string",
                                        [TT_TYPE_INT] = "integer",
                                        [TT_TYPE_REAL] = "number",
                                        [TT_TYPE_DATE] = "date",
                                        [TT_TYPE_FLAG] = "boolean"};
    static const char *const yes[] = {"1"}, *const no[] = {"0"};
    cJSON *field = add(j, fields, NULL, cJSON_CreateObject());
    add_str(j, field, "name", c->name);
    add_text(j, field, "type", types[c->type]);
    if (c->type == TT_TYPE_FLAG) {
        add_set(j, field, "trueValues", yes, 1);
        add_set(j, field, "falseValues", no, 1);
    }
}

static void add_schema(tt_json *j, cJSON *to, const tt_resource *r)
{
    cJSON *schema = add(j, to, "schema", cJSON_CreateObject());
    cJSON *fields = add(j, schema, "fields", cJSON_CreateArray());
    for (size_t i = 0; i < r->n_columns; i++)
        add_schema_field(j, fields, &r->columns[i]);
    cJSON *missing = add(j, schema, "missingValues", cJSON_CreateArray());
    add_text(j, missing, NULL, "");
    cJSON *key = add(j, schema, "primaryKey", cJSON_CreateArray());
    for (size_t i = 0; i < r->n_columns; i++)
        if (r->columns[i].key)
            add_str(j, key, NULL, r->columns[i].name);
}

static void add_hash(tt_json *j, cJSON *to, const char *key, const char *digest)
{
    char text[8 + 65];
    snprintf(text, sizeof text, "sha256:%.64s", digest);
    add_text(j, to, key, text);
}

static void add_resource(tt_json *j, cJSON *to, const tt_resource *r)
{
    cJSON *item = add(j, to, NULL, cJSON_CreateObject());
    tt_str name = tt_str_of(r->path);
    if (tt_str_ends(name, TT_S(".csv")))
        name.n -= sizeof ".csv" - 1;
    add_str(j, item, "name", name);
    add_text(j, item, "path", r->path);
    add_text(j, item, "profile", "tabular-data-resource");
    add_text(j, item, "title", r->title);
    add_text(j, item, "format", "csv");
    add_text(j, item, "mediatype", "text/csv");
    add_text(j, item, "encoding", "utf-8");
    add_uint(j, item, "bytes", r->n_bytes);
    add_hash(j, item, "hash", r->digest);
    add_schema(j, item, r);
}

int tt_json_datapackage(tt_buf *to, const char *title, const tt_provenance *from, const tt_resource *r, size_t n)
{
    tt_json j;
    begin(&j);
    add_text(&j, j.root, "profile", "tabular-data-package");
    add_text(&j, j.root, "name", "tagtrend");
    add_text(&j, j.root, "title", title ? title : "");
    add_text(&j, j.root, "program", "tagtrend");
    add_text(&j, j.root, "program_version", TT_VERSION); /* "version" would be that of the data */
    add_provenance(&j, from);
    cJSON *resources = add(&j, j.root, "resources", cJSON_CreateArray());
    for (size_t i = 0; i < n; i++)
        add_resource(&j, resources, &r[i]);
    int rc = end(&j, to, true, 0);
    tt_buf_char(to, '\n');
    return rc == 0 && !to->failed ? 0 : TT_ENOMEM;
}

/* ---- tagtrend.json ---- */

static int put_files(tt_buf *to, const tt_set_file *files, size_t n)
{
    int rc = 0;
    for (size_t i = 0; i < n && rc == 0; i++) {
        tt_json j;
        begin(&j);
        add_text(&j, j.root, "path", files[i].path);
        add_uint(&j, j.root, "bytes", files[i].n_bytes);
        add_hash(&j, j.root, "hash", files[i].digest);
        tt_buf_text(to, i ? ",\n" : "\n");
        rc = end(&j, to, false, 0);
    }
    return rc;
}

int tt_json_set_begin(tt_buf *to, const char *title, const tt_provenance *from)
{
    tt_json j;
    begin(&j);
    add_program(&j);
    add_text(&j, j.root, "title", title ? title : "");
    add_provenance(&j, from);
    int rc = end(&j, to, false, 1);
    tt_buf_text(to, ",\n\"tables\":[");
    return rc == 0 && !to->failed ? 0 : TT_ENOMEM;
}

int tt_json_set_table(tt_buf *to, const char *name, const tt_column *columns, size_t n, bool first)
{
    tt_buf_text(to, first ? "\n{\"name\":" : ",\n{\"name\":");
    tt_json_string(to, tt_str_of(name));
    tt_buf_text(to, ",\"fields\":[");
    for (size_t i = 0; i < n; i++) {
        if (i)
            tt_buf_char(to, ',');
        tt_json_string(to, columns[i].name);
    }
    tt_buf_text(to, "],\"rows\":[");
    return to->failed ? TT_ENOMEM : 0;
}

int tt_json_set_table_end(tt_buf *to)
{
    tt_buf_text(to, "\n]}");
    return to->failed ? TT_ENOMEM : 0;
}

int tt_json_set_end(tt_buf *to, const tt_set_file *files, size_t n)
{
    tt_buf_text(to, "\n],\n\"files\":[");
    int rc = put_files(to, files, n);
    tt_buf_text(to, "\n]}\n");
    return rc == 0 && !to->failed ? 0 : TT_ENOMEM;
}
