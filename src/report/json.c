/* In: where tables come from. Out: what stands around their rows in JSON; datapackage.json, tagtrend.json. Not here: JSON
 * itself (base/json), rows and single strings (json_text.c), what the tables hold (tables.c), hashes
 * (base/digest). */
#include "report/json.h"

#include "base/json.h"

#include <stdlib.h>
#include <string.h>

/* ---- provenance ---- */

static int by_text(const void *x, const void *y)
{
    return strcmp(*(const char *const *)x, *(const char *const *)y);
}

/* Sorted and each once, since their order changes no number. */
static void add_set(tt_json *j, tt_json_item *to, const char *key, const char *const *v, size_t n)
{
    tt_json_item *array = tt_json_add_array(j, to, key);
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
            tt_json_add_text(j, array, NULL, sorted[i]);
    tt_free(sorted);
}

static int by_year(const void *x, const void *y)
{
    int a = *(const int *)x, b = *(const int *)y;
    return (a > b) - (a < b);
}

static void add_years(tt_json *j, tt_json_item *to, const tt_select *sel)
{
    char digits[24];
    tt_json_item *array = tt_json_add_array(j, to, "years");
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
        tt_json_add_raw(j, array, NULL, digits);
    }
    tt_free(sorted);
}

static void add_date(tt_json *j, tt_json_item *to, const char *key, bool has, int32_t day)
{
    char text[TT_DATE_SIZE];
    tt_day_format(day, text);
    tt_json_add_text(j, to, key, has ? text : NULL);
}

static void add_select(tt_json *j, tt_json_item *to, const tt_select *sel)
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
    if (sel->change[0] && sel->change[1]) { /* in the order of time */
        tt_json_item *array = tt_json_add_array(j, to, "change");
        for (int s = 0; s < 2; s++)
            tt_json_add_text(j, array, NULL, sel->change[s]);
        return;
    }
    tt_json_add_text(j, to, "by", by[sel->by]);
    tt_json_add_bool(j, to, "by_section", sel->by_section);
}

/* What changes numbers. The lexicon is told by its hash, the side file by that of the input: paths of this machine
 * would tell nobody else anything. */
static void add_options(tt_json *j, const tt_provenance *from)
{
    const tt_options *o = from->options;
    tt_json_item *to = tt_json_add_object(j, j->root, "options");
    if (o) {
        tt_json_item *zones = tt_json_add_array(j, to, "zones");
        for (int z = 0; z < TT_N_ZONES; z++)
            if (o->zones & (1u << z))
                tt_json_add_text(j, zones, NULL, tt_zone_name((tt_zone)z));
        tt_json_add_bool(j, to, "infer", !o->no_infer);
        tt_json_add_bool(j, to, "repair", !o->no_repair);
        tt_json_add_bool(j, to, "drafts", o->drafts);
        add_set(j, to, "include", o->include, o->n_include);
        add_set(j, to, "exclude", o->exclude, o->n_exclude);
        if (o->query)
            tt_json_add_text(j, to, "query", o->query);
        if (o->vs)
            tt_json_add_text(j, to, "vs", o->vs);
    }
    if (from->select)
        add_select(j, to, from->select);
}

static void add_program(tt_json *j)
{
    tt_json_add_uint(j, j->root, "schema_version", TT_SCHEMA_VERSION);
    tt_json_add_text(j, j->root, "program", "tagtrend");
    tt_json_add_text(j, j->root, "version", TT_VERSION);
}

static void add_provenance(tt_json *j, const tt_provenance *from)
{
    add_options(j, from);
    tt_json_add_text(j, j->root, "lexicon_hash", from->lexicon_hash);
    tt_json_add_text(j, j->root, "input_hash", from->input_hash);
    tt_json_add_uint(j, j->root, "issues_read", from->totals.n_read);
    tt_json_add_uint(j, j->root, "issues_skipped", from->totals.n_skipped);
    tt_json_add_uint(j, j->root, "issues_undated", from->totals.n_undated);
    tt_json_add_uint(j, j->root, "issues_repaired", from->totals.n_repaired);
}

/* ---- tables ---- */

int tt_json_begin(tt_buf *to, const char *name, const tt_provenance *from)
{
    tt_json j;
    tt_json_new(&j);
    add_program(&j);
    tt_json_add_text(&j, j.root, "table", name);
    add_provenance(&j, from);
    if (tt_json_print(&j, to, false, 1) != 0)
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

static void add_schema_field(tt_json *j, tt_json_item *fields, const tt_column *c)
{
    static const char *const types[] = {[TT_TYPE_TEXT] = "string",
                                        [TT_TYPE_INT] = "integer",
                                        [TT_TYPE_REAL] = "number",
                                        [TT_TYPE_DATE] = "date",
                                        [TT_TYPE_FLAG] = "boolean"};
    static const char *const yes[] = {"1"}, *const no[] = {"0"};
    tt_json_item *field = tt_json_add_object(j, fields, NULL);
    tt_json_add_str(j, field, "name", c->name);
    tt_json_add_text(j, field, "type", types[c->type]);
    if (c->type == TT_TYPE_FLAG) {
        add_set(j, field, "trueValues", yes, 1);
        add_set(j, field, "falseValues", no, 1);
    }
}

static void add_schema(tt_json *j, tt_json_item *to, const tt_resource *r)
{
    tt_json_item *schema = tt_json_add_object(j, to, "schema");
    tt_json_item *fields = tt_json_add_array(j, schema, "fields");
    for (size_t i = 0; i < r->n_columns; i++)
        add_schema_field(j, fields, &r->columns[i]);
    tt_json_item *missing = tt_json_add_array(j, schema, "missingValues");
    tt_json_add_text(j, missing, NULL, "");
    tt_json_item *key = tt_json_add_array(j, schema, "primaryKey");
    for (size_t i = 0; i < r->n_columns; i++)
        if (r->columns[i].key)
            tt_json_add_str(j, key, NULL, r->columns[i].name);
}

static void add_hash(tt_json *j, tt_json_item *to, const char *key, const char *digest)
{
    char text[8 + 65];
    snprintf(text, sizeof text, "sha256:%.64s", digest);
    tt_json_add_text(j, to, key, text);
}

static void add_resource(tt_json *j, tt_json_item *to, const tt_resource *r)
{
    tt_json_item *item = tt_json_add_object(j, to, NULL);
    tt_str name = tt_str_of(r->path);
    if (tt_str_ends(name, TT_S(".csv")))
        name.n -= sizeof ".csv" - 1;
    tt_json_add_str(j, item, "name", name);
    tt_json_add_text(j, item, "path", r->path);
    tt_json_add_text(j, item, "profile", "tabular-data-resource");
    tt_json_add_text(j, item, "title", r->title);
    tt_json_add_text(j, item, "format", "csv");
    tt_json_add_text(j, item, "mediatype", "text/csv");
    tt_json_add_text(j, item, "encoding", "utf-8");
    tt_json_add_uint(j, item, "bytes", r->n_bytes);
    add_hash(j, item, "hash", r->digest);
    add_schema(j, item, r);
}

int tt_json_datapackage(tt_buf *to, const char *title, const tt_provenance *from, const tt_resource *r, size_t n)
{
    tt_json j;
    tt_json_new(&j);
    tt_json_add_text(&j, j.root, "profile", "tabular-data-package");
    tt_json_add_text(&j, j.root, "name", "tagtrend");
    tt_json_add_text(&j, j.root, "title", title ? title : "");
    tt_json_add_text(&j, j.root, "program", "tagtrend");
    tt_json_add_text(&j, j.root, "program_version", TT_VERSION); /* "version" would be that of the data */
    add_provenance(&j, from);
    tt_json_item *resources = tt_json_add_array(&j, j.root, "resources");
    for (size_t i = 0; i < n; i++)
        add_resource(&j, resources, &r[i]);
    int rc = tt_json_print(&j, to, true, 0);
    tt_buf_char(to, '\n');
    return rc == 0 && !to->failed ? 0 : TT_ENOMEM;
}

/* ---- tagtrend.json ---- */

static int put_files(tt_buf *to, const tt_set_file *files, size_t n)
{
    int rc = 0;
    for (size_t i = 0; i < n && rc == 0; i++) {
        tt_json j;
        tt_json_new(&j);
        tt_json_add_text(&j, j.root, "path", files[i].path);
        tt_json_add_uint(&j, j.root, "bytes", files[i].n_bytes);
        add_hash(&j, j.root, "hash", files[i].digest);
        tt_buf_text(to, i ? ",\n" : "\n");
        rc = tt_json_print(&j, to, false, 0);
    }
    return rc;
}

int tt_json_set_begin(tt_buf *to, const char *title, const tt_provenance *from)
{
    tt_json j;
    tt_json_new(&j);
    add_program(&j);
    tt_json_add_text(&j, j.root, "title", title ? title : "");
    add_provenance(&j, from);
    int rc = tt_json_print(&j, to, false, 1);
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
