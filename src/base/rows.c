/* In: CSV text, or fields. Out: rows with places, or CSV text. Not here: what columns mean. */
#include "base/rows.h"

#include "base/unicode.h"

#include <csv.h>
#include <string.h>

struct reader {
    const char *path;
    tt_str data;
    size_t at, line, line_at; /* of the next byte to feed */
    size_t field_line, field_column;
    tt_field *fields;
    size_t *starts; /* of each field in `text`, whose buffer may move */
    size_t n, cap_f, cap_s;
    tt_buf text;
    size_t row_line;
    int (*row)(void *ctx, const tt_row *row, tt_err *err);
    void *ctx;
    tt_err *err;
    int rc;
};

static void on_field(void *p, size_t n, void *ctx)
{
    struct reader *r = ctx;
    if (r->rc != 0)
        return;
    if (r->n >= TT_MAX_FIELDS) {
        r->rc = tt_fail(r->err, TT_ELIMIT, r->path, r->field_line, r->field_column,
                        "more than %d fields in a row; is a quote missing before?", TT_MAX_FIELDS);
        return;
    }
    if (tt_grow(&r->fields, &r->cap_f, r->n + 1, sizeof *r->fields) != 0 ||
        tt_grow(&r->starts, &r->cap_s, r->n + 1, sizeof *r->starts) != 0) {
        r->rc = tt_fail_memory(r->err);
        return;
    }
    if (r->n == 0)
        r->row_line = r->field_line;
    r->starts[r->n] = r->text.n;
    r->fields[r->n++] = (tt_field){{NULL, n}, r->field_line, r->field_column};
    tt_buf_add(&r->text, p ? p : "", n);
}

static void on_row(int c, void *ctx)
{
    struct reader *r = ctx;
    (void)c;
    if (r->rc == 0 && r->text.failed)
        r->rc = tt_fail_memory(r->err);
    if (r->rc == 0) {
        for (size_t i = 0; i < r->n; i++)
            r->fields[i].text.p = r->text.p + r->starts[i];
        r->rc = r->row(r->ctx, &(tt_row){r->fields, r->n, r->row_line}, r->err);
    }
    r->n = 0;
    tt_buf_reset(&r->text);
}

/* libcsv's csv.h shows its state but keeps the names of the values to itself: 0 before a row, 1 before a field. */
enum { FIELD_NOT_BEGUN = 1 };

static size_t column_of(const struct reader *r, size_t at)
{
    return tt_utf8_count(r->data.p + r->line_at, at - r->line_at) + 1;
}

/* libcsv tells no places. It is fed up to the next character that may end a field, so that the field it then hands over
 * is known to begin behind the one before. */
static int feed(struct reader *r, struct csv_parser *csv)
{
    while (r->rc == 0 && r->at < r->data.n) {
        size_t end = r->at;
        while (end < r->data.n && !strchr(",\r\n", r->data.p[end]))
            end++;
        if (end < r->data.n)
            end++;
        size_t done = csv_parse(csv, r->data.p + r->at, end - r->at, on_field, on_row, r);
        if (r->rc != 0)
            break;
        if (done != end - r->at) {
            if (csv_error(csv) == CSV_ENOMEM)
                return r->rc = tt_fail_memory(r->err);
            return r->rc = tt_fail(r->err, TT_EINPUT, r->path, r->line, column_of(r, r->at + done),
                                   "a quote stands amid a field; write the field in quotes and a quote in it twice");
        }
        char last = r->data.p[end - 1];
        bool line_end = last == '\n' || (last == '\r' && !(end < r->data.n && r->data.p[end] == '\n'));
        r->at = end;
        if (line_end) {
            r->line++;
            r->line_at = end;
        }
        if (csv->pstate <= FIELD_NOT_BEGUN) {
            r->field_line = r->line;
            r->field_column = column_of(r, end);
        }
    }
    return r->rc;
}

int tt_rows_read(const char *path, tt_str data, int (*row)(void *ctx, const tt_row *row, tt_err *err), void *ctx,
                 tt_err *err)
{
    struct csv_parser csv;
    struct reader r = {.path = path, .line = 1, .field_line = 1, .field_column = 1, .row = row, .ctx = ctx, .err = err};
    if (data.n >= 3 && memcmp(data.p, "\xEF\xBB\xBF", 3) == 0)
        data = (tt_str){data.p + 3, data.n - 3};
    r.data = data;
    const char *nul = data.n ? memchr(data.p, '\0', data.n) : NULL;
    if (nul) { /* JSON and C strings would end there, CSV would not */
        size_t line = 1;
        for (const char *p = data.p; p < nul; p++)
            line += *p == '\n';
        return tt_fail(err, TT_EINPUT, path, line, 0, "a NUL character; save the file as UTF-8 text");
    }
    if (csv_init(&csv, CSV_STRICT | CSV_STRICT_FINI) != 0)
        return tt_fail_memory(err);
    csv_set_realloc_func(&csv, tt_realloc);
    csv_set_free_func(&csv, tt_free);
    if (feed(&r, &csv) == 0 && csv_fini(&csv, on_field, on_row, &r) != 0 && r.rc == 0)
        r.rc = tt_fail(err, TT_EINPUT, path, r.field_line, r.field_column, "a quote does not end; close it with \"");
    csv_free(&csv);
    tt_buf_release(&r.text);
    tt_free(r.fields);
    tt_free(r.starts);
    return r.rc;
}

/* What makes quotes needed wherever it stands. */
static bool is_special(char c)
{
    return c == ',' || c == '"' || c == '\n' || c == '\r';
}

static bool is_edge(char c)
{
    return c == ' ' || c == '\t';
}

static bool needs_quotes(tt_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (is_special(s.p[i]))
            return true;
    return s.n && (is_edge(s.p[0]) || is_edge(s.p[s.n - 1]));
}

void tt_rows_field(tt_buf *out, tt_str text, bool guard)
{
    bool run = guard && text.n && strchr("=+-@\t\r", text.p[0]) && text.p[0];
    if (!needs_quotes(text)) {
        if (run)
            tt_buf_char(out, '\'');
        tt_buf_str(out, text);
        return;
    }
    tt_buf field = {0};
    if (run)
        tt_buf_char(&field, '\'');
    tt_buf_str(&field, text);
    size_t n = csv_write(NULL, 0, field.p, field.n);
    char *quoted = field.failed ? NULL : tt_alloc(n);
    if (quoted)
        tt_buf_add(out, quoted, csv_write(quoted, n, field.p, field.n));
    else
        out->failed = true;
    tt_free(quoted);
    tt_buf_release(&field);
}
