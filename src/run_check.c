/* In: lexicons, and perhaps an archive. Out: what is wrong or doubtful about them, on a FILE. Not here: what a finding
 * is (tag/lint.c, tag/evidence.c), how it looks (report/findings.c). */
#include "report/findings.h"
#include "run.h"
#include "tag/evidence.h"
#include "tag/import.h"
#include "tag/lint.h"

#include <stdlib.h>
#include <string.h>

struct check {
    tt_arena arena; /* of the findings */
    tt_finding *v;
    size_t n, cap;
    bool failed; /* no memory */
    const tt_sink *sink;
    bool has_archive;
    tt_err *err;
};

/* ---- findings are kept ---- */

static int keep_witnesses(struct check *c, tt_finding *f)
{
    tt_witness *v = tt_arena_array(&c->arena, f->n_witnesses, sizeof *v);
    if (!v)
        return TT_ENOMEM;
    for (size_t i = 0; i < f->n_witnesses; i++) {
        v[i] = f->witnesses[i];
        if (tt_str_dup(&c->arena, v[i].path, &v[i].path) != 0 ||
            tt_str_dup(&c->arena, v[i].before, &v[i].before) != 0 ||
            tt_str_dup(&c->arena, v[i].surface, &v[i].surface) != 0 ||
            tt_str_dup(&c->arena, v[i].after, &v[i].after) != 0)
            return TT_ENOMEM;
    }
    f->witnesses = v;
    return 0;
}

static int keep(void *ctx, const tt_finding *finding)
{
    struct check *c = ctx;
    tt_finding f = *finding;
    if (tt_grow(&c->v, &c->cap, c->n + 1, sizeof *c->v) != 0 || tt_str_dup(&c->arena, f.file, &f.file) != 0 ||
        tt_str_dup(&c->arena, f.text, &f.text) != 0 || keep_witnesses(c, &f) != 0) {
        c->failed = true;
        return tt_fail_memory(c->err);
    }
    c->v[c->n++] = f;
    return 0;
}

static void keep_err(struct check *c, bool error, const tt_err *e)
{
    const tt_finding f = {.error = error,
                          .code = e->rule ? e->rule : "csv",
                          .file = tt_str_of(e->path),
                          .line = e->line,
                          .column = e->column,
                          .text = tt_str_of(e->text)};
    keep(c, &f);
}

/* What is told while the lexicon is read: mistakes are errors, second labels warnings. The rest is told again when the
 * archive is opened. */
static void on_message(void *ctx, tt_level level, const tt_err *e)
{
    struct check *c = ctx;
    if (level == TT_SKIPPED)
        keep_err(c, true, e);
    else if (e->rule)
        keep_err(c, false, e);
    else if (!c->has_archive)
        tt_tell_err(c->sink, level, e);
}

static int by_place(const void *x, const void *y)
{
    const tt_finding *a = x, *b = y;
    int c = tt_str_cmp(a->file, b->file);
    if (c == 0)
        c = (a->line > b->line) - (a->line < b->line);
    if (c == 0)
        c = (a->column > b->column) - (a->column < b->column);
    if (c == 0)
        c = (int)b->error - (int)a->error;
    return c ? c : tt_str_cmp(a->text, b->text);
}

/* ---- check ---- */

static int check_lexicon(struct check *c, const tt_options *opt)
{
    const tt_sink sink = {on_message, NULL, c};
    tt_archive *a = tt_calloc(1, sizeof *a);
    if (!a)
        return tt_fail_memory(c->err);
    a->opt = *opt;
    a->sink = &sink;
    int rc = tt_run_lexicon(a, true, c->err);
    if (rc == TT_EINPUT && c->err->line) { /* of sections.csv */
        keep_err(c, true, c->err);
        rc = 0;
    }
    if (rc == 0 && a->lex)
        rc = tt_lint(a->lex, keep, c, c->err);
    tt_archive_free(a);
    return c->failed ? tt_fail_memory(c->err) : rc;
}

/* ---- what the archive says ---- */

struct hearing {
    tt_archive *a;
    struct tt_reading r;
    tt_tokens tokens;
    uint32_t issue;
    tt_evidence *evidence;
};

static int witness(void *ctx, uint32_t token, uint32_t vis, uint32_t n, tt_witness *out)
{
    struct hearing *h = ctx;
    const tt_token *t = &h->tokens.v[token];
    const tt_run *run = &h->r.doc.runs[t->run];
    tt_cursor cursor = {0};
    out->path = h->a->survey.issues[h->issue].path;
    tt_text_place(&h->r.text, run->n == run->n_src ? run->at + (t->vis - run->vis) : run->at, &cursor, &out->line,
                  &out->column);
    return tt_run_context(&h->r, t, vis, n, TT_CONTEXT, &out->before, &out->surface, &out->after);
}

static int hear_issues(struct hearing *h, tt_err *err)
{
    int rc = 0;
    for (h->issue = 0; h->issue < h->a->survey.n_issues && rc == 0; h->issue++) {
        rc = tt_run_read(h->a, h->issue, &h->r, &h->tokens, err);
        const double start = tt_profile_start(h->r.profile);
        if (rc == 0)
            rc = tt_evidence_read(h->evidence, h->issue, &h->r.doc, &h->tokens, h->a->opt.zones, err);
        tt_profile_stop(h->r.profile, TT_STAGE_SCAN, start, rc == 0 ? h->r.doc.n_vis : 0);
    }
    return rc;
}

static int check_archive(struct check *c, const tt_options *opt, const char *const *paths, size_t n_paths)
{
    struct hearing h = {0};
    int rc = tt_archive_open(&h.a, opt, paths, n_paths, c->sink, c->err);
    if (rc == 0)
        rc = tt_evidence_new(&h.evidence, h.a->lex, witness, &h, c->err);
    if (rc == 0)
        rc = hear_issues(&h, c->err);
    if (rc == 0 && tt_evidence_judge(h.evidence, h.a->survey.n_issues) > 0)
        rc = hear_issues(&h, c->err);
    if (rc == 0)
        rc = tt_evidence_tell(h.evidence, keep, c, c->sink, c->err);
    tt_evidence_free(h.evidence);
    tt_reading_release(&h.r);
    tt_archive_free(h.a);
    return rc;
}

static int write_findings(const struct check *c, const tt_output *how, FILE *to)
{
    tt_buf text = {0};
    int rc = how->format == TT_FORMAT_JSON ? tt_findings_json(&text, c->v, c->n) : tt_findings_text(&text, c->v, c->n);
    if (rc != 0)
        tt_fail_memory(c->err);
    else if (text.n && fwrite(text.p, 1, text.n, to) != text.n)
        rc = tt_fail(c->err, TT_EIO, NULL, 0, 0, "cannot write the output");
    tt_buf_release(&text);
    return rc;
}

int tt_check(const tt_options *opt, const char *const *paths, size_t n_paths, const tt_output *how, const tt_sink *sink,
             FILE *to, size_t *n_errors, tt_err *err)
{
    struct check c = {.sink = sink, .has_archive = n_paths > 0, .err = err};
    *n_errors = 0;
    int rc = check_lexicon(&c, opt);
    for (size_t i = 0; i < c.n; i++)
        *n_errors += c.v[i].error;
    if (rc == 0 && *n_errors == 0 && n_paths > 0)
        rc = check_archive(&c, opt, paths, n_paths);
    if (c.n)
        qsort(c.v, c.n, sizeof *c.v, by_place);
    if (rc == 0)
        rc = write_findings(&c, how, to);
    tt_free(c.v);
    tt_arena_release(&c.arena);
    return rc;
}

/* ---- convert ---- */

int tt_convert(const char *path, const tt_sink *sink, FILE *to, tt_err *err)
{
    tt_imported made = {0};
    tt_buf data = {0};
    tt_import_kind kind = tt_import_kind_of(tt_str_of(path));
    if (kind == TT_IMPORT_CSV && !tt_str_ends(tt_str_of(path), TT_S(".csv")))
        return tt_fail(err, TT_EINPUT, path, 0, 0,
                       "its ending tells no kind of lexicon; name it .yml, .dic, .jsonl, .json or .csv");
    int rc = tt_file_read(path, TT_MAX_FILE, &data, err);
    if (rc == 0 && kind != TT_IMPORT_CSV)
        rc = tt_import(kind, path, (tt_str){data.p, data.n}, sink, &made, err);
    const tt_buf *csv = kind == TT_IMPORT_CSV ? &data : &made.csv;
    if (rc == 0 && csv->n && fwrite(csv->p, 1, csv->n, to) != csv->n)
        rc = tt_fail(err, TT_EIO, NULL, 0, 0, "cannot write the output");
    tt_imported_release(&made);
    tt_buf_release(&data);
    return rc;
}
