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
    const char *title;
    tt_table tables[N_TABLES];
    size_t n_tables; /* filled ones: to be released */
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

/* Writes s->text as the file `name` and empties it. All but tagtrend.json are listed there. */
static int put(struct set *s, const char *name, bool listed)
{
    const char *path = path_of(s, name);
    if (s->text.failed || !path)
        return tt_fail_memory(s->err);
    int rc = tt_file_write(path, s->text.p ? s->text.p : "", s->text.n, s->err);
    if (rc == 0 && listed) {
        tt_set_file *f = &s->files[s->n_files++];
        f->path = name;
        f->n_bytes = s->text.n;
        tt_digest_of(s->text.p ? s->text.p : "", s->text.n, f->digest);
    }
    tt_buf_reset(&s->text);
    return rc;
}

/* ---- tables ---- */

static int fill_table(struct set *s, size_t i)
{
    const tt_report_in *in = s->in;
    tt_table *t = &s->tables[i];
    switch (i) {
    case ISSUES:
        return tt_tables_issues(t, in->facts, &in->picked, true, s->err);
    case COUNTS:
        return tt_tables_counts(t, in->facts, &in->picked, s->err);
    case YEARS:
        return tt_tables_trends(t, in->facts, in->by_year, s->err);
    case MONTHS:
        return tt_tables_trends(t, in->facts, in->by_month, s->err);
    case SECTIONS:
        return tt_tables_trends(t, in->facts, in->by_year_and_section, s->err);
    case WIDE:
        return tt_tables_wide(t, in->facts, in->by_month, TT_WIDE_TOPICS_ACROSS, TT_MEASURE_MENTIONS, &s->arena,
                              s->err);
    default:
        return tt_tables_topics(t, in->facts, in->sums, in->n_sums, s->err);
    }
}

static int write_tables(struct set *s)
{
    for (size_t i = 0; i < N_TABLES; i++) {
        int rc = fill_table(s, i);
        if (rc != 0)
            return rc;
        tt_table *t = &s->tables[i];
        s->n_tables = i + 1;
        t->name = tt_str_of(files[i].name);
        tt_csv_header(&s->text, t->columns, t->n_columns, false);
        tt_csv_rows(&s->text, t, false);
        rc = put(s, files[i].path, true);
        if (rc != 0)
            return rc;
        const tt_set_file *f = &s->files[s->n_files - 1];
        s->resources[i] = (tt_resource){.path = f->path,
                                        .title = files[i].title,
                                        .columns = t->columns,
                                        .n_columns = t->n_columns,
                                        .n_bytes = f->n_bytes};
        memcpy(s->resources[i].digest, f->digest, sizeof f->digest);
    }
    return 0;
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
    int rc = put(s, names[0], true);
    if (rc == 0)
        rc = tt_draw(folder, f->name, false, false, &s->text, s->err);
    if (rc != 0)
        return rc;
    s->svgs[i] = tt_summary_keep(&s->text, &s->arena);
    tt_buf_str(&s->text, s->svgs[i]);
    rc = put(s, names[1], true);
    if (rc == 0)
        rc = tt_draw_fonts_ask(&fonts, f->script, s->err);
    if (rc != 0)
        return rc;
    if (fonts.lacking)
        tt_tell(s->sink, TT_NOTE, names[2], 0, 0,
                "no font here has U+%04X: its script is drawn as boxes; install one, such as fonts-noto-cjk",
                (unsigned)fonts.first);
    rc = tt_draw(folder, f->name, true, fonts.lacking, &s->text, s->err);
    return rc == 0 ? put(s, names[2], true) : rc;
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
    rc = put(s, "datapackage.json", true);
    if (rc != 0)
        return rc;
    tt_page_write(&s->text, &page);
    return put(s, "index.html", true);
}

static int by_path(const void *x, const void *y)
{
    const tt_set_file *a = x, *b = y;
    return strcmp(a->path, b->path);
}

static int write_everything(struct set *s)
{
    const tt_table *tables[N_TABLES];
    size_t n = 0;
    for (size_t i = 0; i < N_TABLES; i++)
        if (files[i].name)
            tables[n++] = &s->tables[i];
    qsort(s->files, s->n_files, sizeof *s->files, by_path);
    if (tt_json_everything(&s->text, s->title, s->in->from, tables, n, s->files, s->n_files) != 0)
        return tt_fail_memory(s->err);
    return put(s, "tagtrend.json", false);
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
    for (size_t i = 0; i < s->n_tables; i++)
        tt_table_release(&s->tables[i]);
    tt_buf_release(&s->text);
    tt_arena_release(&s->arena);
    tt_free(s);
    return rc;
}
