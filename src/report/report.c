/* In: facts, series and sums of a selection, a folder. Out: the files of the set, each whole or not at all, tagtrend.json
 * last. Not here: what stands in them (tables, csv, json, plot, page), running gnuplot (draw.c). */
#include "report/report.h"

#include "base/digest.h"
#include "base/file.h"
#include "report/charts.h"
#include "report/csv.h"
#include "report/draw.h"
#include "report/json.h"
#include "report/page.h"

#include <stdlib.h>
#include <string.h>

enum { ISSUES, COUNTS, YEARS, MONTHS, SECTIONS, WIDE, TOPICS, N_TABLES };

/* In the order of the set. `name` is the table's in tagtrend.json; NULL: not there, since trends-by-month holds it. */
static const struct {
    const char *path, *title, *name;
} files[N_TABLES] = {
    [ISSUES] = {"issues.csv", "one row for each issue", "issues"},
    [COUNTS] = {"counts.csv", "mentions by issue, section and topic", "counts"},
    [YEARS] = {"trends-by-year.csv", "each topic by year: mentions, rate and share of issues, with 95 % intervals",
               "trends-by-year"},
    [MONTHS] = {"trends-by-month.csv", "the same by month", "trends-by-month"},
    [SECTIONS] = {"trends-by-section.csv", "the same by year and section", "trends-by-section"},
    [WIDE] = {"trends-wide.csv", "mentions, months down and topics across", NULL},
    [TOPICS] = {"topics.csv", "one row for each topic: totals, first, last, peak, longest gap", "topics"},
};

enum { MOST_FILES = N_TABLES + 3 * TT_N_FIGURES + 2 };

struct set {
    const char *folder;
    const tt_report_in *in;
    const tt_sink *sink;
    tt_err *err;
    tt_arena arena;
    tt_buf text; /* the file being made */
    tt_buf all;  /* tagtrend.json, which grows table by table */
    const char *title;
    tt_table table; /* the one being written, or a piece of it */
    bool first;     /* no row of it stands in `all` yet */
    tt_resource resources[N_TABLES];
    tt_set_file files[MOST_FILES];
    size_t n_files;
    tt_summary summary;
    tt_figure figures[TT_N_FIGURES];
    tt_str svgs[TT_N_FIGURES];
};

/* "folder/name" in the arena. */
static const char *path_of(struct set *s, const char *name)
{
    tt_buf b = {0};
    tt_buf_f(&b, "%s/%s", s->folder, name);
    const char *out = b.failed ? NULL : tt_arena_dup(&s->arena, b.p, b.n);
    tt_buf_release(&b);
    return out;
}

static int write_file(struct set *s, const char *name, const tt_buf *text)
{
    const char *path = path_of(s, name);
    if (text->failed || !path)
        return tt_fail_memory(s->err);
    return tt_file_write(path, text->p ? text->p : "", text->n, s->err);
}

/* Writes s->text as the file `name`, empties it, and lists the file for tagtrend.json. */
static int put(struct set *s, const char *name)
{
    int rc = write_file(s, name, &s->text);
    if (rc == 0) {
        tt_set_file *f = &s->files[s->n_files++];
        f->path = name;
        f->n_bytes = s->text.n;
        tt_digest_of(s->text.p ? s->text.p : "", s->text.n, f->digest);
    }
    tt_buf_reset(&s->text);
    return rc;
}

/* ---- tables ---- */

enum { PIECE = 128 }; /* rows of a trends table at a time: as many as stay near the processor */

static const tt_series *series_of(const struct set *s, size_t i)
{
    return i == YEARS      ? s->in->by_year
           : i == MONTHS   ? s->in->by_month
           : i == SECTIONS ? s->in->by_year_and_section
                           : NULL;
}

/* All of the table; of trends, none of it yet. On failure there is nothing to release. */
static int fill_table(struct set *s, size_t i, tt_table *t)
{
    const tt_report_in *in = s->in;
    switch (i) {
    case ISSUES:
        return tt_tables_issues(t, in->facts, &in->picked, true, s->err);
    case COUNTS:
        return tt_tables_counts(t, in->facts, &in->picked, s->err);
    case WIDE:
        return tt_tables_wide(t, in->facts, in->by_month, TT_WIDE_TOPICS_ACROSS, TT_MEASURE_MENTIONS, &s->arena,
                              s->err);
    case TOPICS:
        return tt_tables_topics(t, in->facts, in->sums, in->n_sums, s->err);
    default:
        tt_tables_trends_begin(t);
        return 0;
    }
}

/* What s->table holds, as CSV, and as rows of tagtrend.json if it stands there. */
static int write_rows(struct set *s, size_t i)
{
    if (s->table.failed)
        return tt_fail_memory(s->err);
    tt_csv_rows(&s->text, &s->table, false);
    if (files[i].name && tt_json_rows(&s->all, &s->table, TT_JSON_ARRAYS, &s->first) != 0)
        return tt_fail_memory(s->err);
    return 0;
}

static int write_table(struct set *s, size_t i)
{
    const tt_table *t = &s->table;
    const tt_series *series = series_of(s, i);
    int rc = 0;
    s->first = true;
    if (files[i].name && tt_json_set_table(&s->all, files[i].name, t->columns, t->n_columns, i == 0) != 0)
        return tt_fail_memory(s->err);
    tt_csv_header(&s->text, t->columns, t->n_columns, false);
    if (!series)
        rc = write_rows(s, i);
    for (size_t at = 0; series && at < series->n_points && rc == 0; at += PIECE) {
        tt_tables_trends_some(&s->table, s->in->facts, series, at, PIECE);
        rc = write_rows(s, i);
    }
    if (rc == 0 && files[i].name && tt_json_set_table_end(&s->all) != 0)
        rc = tt_fail_memory(s->err);
    return rc == 0 ? put(s, files[i].path) : rc;
}

static void describe_table(struct set *s, size_t i)
{
    const tt_set_file *f = &s->files[s->n_files - 1];
    tt_resource *r = &s->resources[i];
    *r = (tt_resource){.path = f->path,
                       .title = files[i].title,
                       .columns = s->table.columns,
                       .n_columns = s->table.n_columns,
                       .n_bytes = f->n_bytes};
    memcpy(r->digest, f->digest, sizeof f->digest);
}

/* Room for the longest file and for tagtrend.json, so that they need not move as they grow. */
static bool make_room(struct set *s)
{
    enum { CSV_ROW = 120, JSON_ROW = 150 }; /* bytes of a usual row of trends; longer ones cost a move, no more */
    size_t most = 0, all = 0;
    for (size_t i = 0; i < N_TABLES; i++) {
        const tt_series *series = series_of(s, i);
        size_t n = series ? series->n_points : 0;
        most = n > most ? n : most;
        all += n;
    }
    return tt_buf_widen(&s->text, most * CSV_ROW) && tt_buf_widen(&s->all, all * JSON_ROW);
}

static int write_tables(struct set *s)
{
    if (!make_room(s))
        return tt_fail_memory(s->err);
    int rc = tt_json_set_begin(&s->all, s->title, s->in->from) != 0 ? tt_fail_memory(s->err) : 0;
    for (size_t i = 0; i < N_TABLES && rc == 0; i++) {
        rc = fill_table(s, i, &s->table);
        if (rc != 0)
            return rc;
        rc = write_table(s, i);
        if (rc == 0)
            describe_table(s, i);
        tt_table_release(&s->table);
    }
    return rc;
}

/* ---- charts ---- */

static const char *const endings[] = {"gp", "svg", "png"};

/* "charts/NAME.ENDING" in the arena. */
static const char *chart_name(struct set *s, const char *figure, const char *ending)
{
    tt_buf b = {0};
    tt_buf_f(&b, "charts/%s.%s", figure, ending);
    const char *out = b.failed ? NULL : tt_arena_dup(&s->arena, b.p, b.n);
    tt_buf_release(&b);
    return out;
}

/* A chart of an earlier run that this one does not make would contradict the tables. Only our own names go. */
static int remove_stale(struct set *s, const char *figure)
{
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const char *name = chart_name(s, figure, endings[i]);
        const char *path = name ? path_of(s, name) : NULL;
        if (!path)
            return tt_fail_memory(s->err);
        if (tt_file_kind_of(path) == TT_FILE_REGULAR && remove(path) != 0)
            return tt_fail(s->err, TT_EIO, path, 0, 0, "cannot remove this chart of an earlier run; remove it by hand");
    }
    return 0;
}

static int make_chart(struct set *s, size_t i)
{
    const tt_figure *f = &s->figures[i];
    tt_draw_fonts fonts;
    const char *names[3], *folder = path_of(s, "charts");
    if (!folder)
        return tt_fail_memory(s->err);
    for (size_t k = 0; k < 3; k++)
        if (!(names[k] = chart_name(s, f->name, endings[k])))
            return tt_fail_memory(s->err);
    tt_buf_str(&s->text, f->script);
    int rc = put(s, names[0]);
    if (rc == 0)
        rc = tt_draw(folder, f->name, false, false, &s->text, s->err);
    if (rc != 0)
        return rc;
    s->svgs[i] = tt_summary_keep(&s->text, &s->arena);
    tt_buf_str(&s->text, s->svgs[i]);
    rc = put(s, names[1]);
    if (rc == 0)
        rc = tt_draw_fonts_ask(&fonts, f->script, s->err);
    if (rc != 0)
        return rc;
    if (fonts.lacking)
        tt_tell(s->sink, TT_NOTE, names[2], 0, 0,
                "no font here has U+%04X: its script is drawn as boxes; install one, such as fonts-noto-cjk",
                (unsigned)fonts.first);
    rc = tt_draw(folder, f->name, true, fonts.lacking, &s->text, s->err);
    return rc == 0 ? put(s, names[2]) : rc;
}

static int write_charts(struct set *s, bool no_charts)
{
    const char *folder = path_of(s, "charts");
    if (!folder)
        return tt_fail_memory(s->err);
    int rc = no_charts ? 0 : tt_folder_make(folder, s->err);
    for (size_t i = 0; i < TT_N_FIGURES && rc == 0; i++) {
        const tt_figure *f = &s->figures[i];
        if (!f->script.n)
            tt_tell(s->sink, TT_DETAIL, NULL, 0, 0, "the chart %s is left out: %.*s", f->name, (int)f->why.n, f->why.p);
        rc = no_charts || !f->script.n ? remove_stale(s, f->name) : make_chart(s, i);
    }
    return rc;
}

/* ---- the set ---- */

static int write_page(struct set *s, bool no_charts)
{
    const tt_page page = {s->in, &s->summary, s->figures, s->svgs, no_charts, s->resources, N_TABLES};
    int rc = tt_json_datapackage(&s->text, s->title, s->in->from, s->resources, N_TABLES);
    if (rc != 0)
        return tt_fail_memory(s->err);
    rc = put(s, "datapackage.json");
    if (rc != 0)
        return rc;
    tt_page_write(&s->text, &page);
    return put(s, "index.html");
}

static int by_path(const void *x, const void *y)
{
    const tt_set_file *a = x, *b = y;
    return strcmp(a->path, b->path);
}

static int write_everything(struct set *s)
{
    qsort(s->files, s->n_files, sizeof *s->files, by_path);
    if (tt_json_set_end(&s->all, s->files, s->n_files) != 0)
        return tt_fail_memory(s->err);
    return write_file(s, "tagtrend.json", &s->all);
}

static int write_set(struct set *s, bool no_charts)
{
    int rc = tt_folder_make(s->folder, s->err);
    if (rc == 0)
        rc = tt_summary_make(&s->summary, s->in, &s->arena, s->err);
    if (rc == 0)
        rc = tt_charts_make(s->figures, &s->summary, s->in, &s->arena, s->err);
    if (rc == 0)
        rc = write_tables(s);
    if (rc == 0)
        rc = write_charts(s, no_charts);
    if (rc == 0)
        rc = write_page(s, no_charts);
    return rc == 0 ? write_everything(s) : rc;
}

int tt_report_write(const char *folder, bool no_charts, const tt_report_in *in, const tt_sink *sink, tt_err *err)
{
    struct set *s = tt_calloc(1, sizeof *s);
    if (!s)
        return tt_fail_memory(err);
    tt_str title = in->title;
    s->folder = folder;
    s->in = in;
    s->sink = sink;
    s->err = err;
    int rc = TT_ENOMEM;
    if (tt_table_valid(&s->arena, &title) && (s->title = tt_arena_dup(&s->arena, title.p, title.n)))
        rc = write_set(s, no_charts);
    else
        tt_fail_memory(err);
    tt_buf_release(&s->text);
    tt_buf_release(&s->all);
    tt_arena_release(&s->arena);
    tt_free(s);
    return rc;
}
