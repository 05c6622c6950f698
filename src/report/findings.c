/* In: findings, in order. Out: lines, or JSON. Not here: what is found (tag/). */
#include "report/findings.h"

#include "base/json.h"

/* ---- lines ---- */

static void put(tt_buf *to, tt_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        unsigned char next = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;
        if (c < 0x20 || c == 0x7F)
            tt_buf_f(to, "\\x%02x", c);
        else if (c == 0xC2 && next >= 0x80 && next <= 0x9F)
            tt_buf_f(to, "\\x%02x", (unsigned char)s.p[++i]);
        else
            tt_buf_char(to, (char)c);
    }
}

static void put_place(tt_buf *to, tt_str path, size_t line, size_t column)
{
    put(to, path);
    if (line)
        tt_buf_f(to, ":%zu:%zu", line, column ? column : 1);
    tt_buf_text(to, ": ");
}

int tt_findings_text(tt_buf *to, const tt_finding *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        put_place(to, v[i].file, v[i].line, v[i].column);
        tt_buf_text(to, v[i].error ? "error: " : "warning: ");
        put(to, v[i].text);
        tt_buf_char(to, '\n');
        for (size_t k = 0; k < v[i].n_witnesses; k++) {
            const tt_witness *w = &v[i].witnesses[k];
            put_place(to, w->path, w->line, w->column);
            tt_buf_text(to, "note: ");
            put(to, w->before);
            tt_buf_char(to, '[');
            put(to, w->surface);
            tt_buf_char(to, ']');
            put(to, w->after);
            tt_buf_char(to, '\n');
        }
    }
    return to->failed ? TT_ENOMEM : 0;
}

/* ---- JSON ---- */

static void add_place(tt_json *j, tt_json_item *to, tt_str path, size_t line, size_t column)
{
    tt_json_add_str(j, to, "file", path);
    tt_json_add_uint(j, to, "line", line);
    tt_json_add_uint(j, to, "column", column);
}

static int put_finding(tt_buf *to, const tt_finding *f)
{
    tt_json j;
    tt_json_new(&j);
    add_place(&j, j.root, f->file, f->line, f->column);
    tt_json_add_text(&j, j.root, "severity", f->error ? "error" : "warning");
    tt_json_add_text(&j, j.root, "code", f->code);
    tt_json_add_str(&j, j.root, "message", f->text);
    tt_json_item *places = tt_json_add_array(&j, j.root, "places");
    for (size_t i = 0; i < f->n_witnesses; i++) {
        const tt_witness *w = &f->witnesses[i];
        tt_json_item *place = tt_json_add_object(&j, places, NULL);
        add_place(&j, place, w->path, w->line, w->column);
        tt_json_add_str(&j, place, "before", w->before);
        tt_json_add_str(&j, place, "text", w->surface);
        tt_json_add_str(&j, place, "after", w->after);
    }
    return tt_json_print(&j, to, false, 0);
}

int tt_findings_json(tt_buf *to, const tt_finding *v, size_t n)
{
    tt_json j;
    size_t n_errors = 0;
    for (size_t i = 0; i < n; i++)
        n_errors += v[i].error;
    tt_json_new(&j);
    tt_json_add_uint(&j, j.root, "schema_version", TT_SCHEMA_VERSION);
    tt_json_add_text(&j, j.root, "program", "tagtrend");
    tt_json_add_text(&j, j.root, "version", TT_VERSION);
    tt_json_add_uint(&j, j.root, "errors", n_errors);
    tt_json_add_uint(&j, j.root, "warnings", n - n_errors);
    int rc = tt_json_print(&j, to, false, 1);
    tt_buf_text(to, ",\"findings\":[");
    for (size_t i = 0; i < n && rc == 0; i++) {
        tt_buf_text(to, i ? ",\n" : "\n");
        rc = put_finding(to, &v[i]);
    }
    tt_buf_text(to, "\n]}\n");
    return rc == 0 && !to->failed ? 0 : TT_ENOMEM;
}
