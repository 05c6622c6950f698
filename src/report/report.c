/* In: facts, series and sums of a selection, a folder. Out: the files of the set, each whole or not at all, tagtrend.json
 * last. Not here: what stands in them (tables, csv, json, plot, page), running gnuplot (draw.c). */
#include "report/report.h"

#include "base/file.h"
#include "report/charts.h"
#include "report/csv.h"
#include "report/gallery.h"
#include "report/markdown.h"
#include "report/page.h"
#include "report/plot.h"

#include <stdlib.h>
#include <string.h>

enum { ISSUES, COUNTS, YEARS, MONTHS, SECTIONS, WIDE, TOPICS, LINKS, N_TABLES };

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
    [LINKS] = {"links.csv", "one row for each link, and for each text that names another issue", "links"},
};

struct making {
    tt_set set;
    const tt_report_in *in;
    tt_buf all; /* tagtrend.json, which grows table by table */
    const char *title;
    tt_table table; /* the one being written, or a piece of it */
    bool first;     /* no row of it stands in `all` yet */
    tt_resource resources[N_TABLES];
    tt_summary summary;
    tt_figure figures[TT_N_FIGURES];
    tt_str svgs[TT_N_FIGURES];
    tt_year_charts *years;
    size_t n_years;
    tt_year_review *reviews; /* beside them, as the cards are */
    tt_figure *cards;
};

/* ---- tables ---- */

enum { PIECE = 128 }; /* rows of a trends table at a time: as many as stay near the processor */

static const tt_series *series_of(const struct making *s, size_t i)
{
    return i == YEARS      ? s->in->by_year
           : i == MONTHS   ? s->in->by_month
           : i == SECTIONS ? s->in->by_year_and_section
                           : NULL;
}

/* All of the table; of trends, none of it yet. On failure there is nothing to release. */
static int fill_table(struct making *s, size_t i, tt_table *t)
{
    const tt_report_in *in = s->in;
    switch (i) {
    case ISSUES:
        return tt_tables_issues(t, in->facts, &in->picked, true, s->set.err);
    case COUNTS:
        return tt_tables_counts(t, in->facts, &in->picked, s->set.err);
    case WIDE:
        return tt_tables_wide(t, in->facts, in->by_month, TT_WIDE_TOPICS_ACROSS, TT_MEASURE_MENTIONS, &s->set.arena,
                              s->set.err);
    case LINKS:
        return tt_tables_links(t, in->facts, &in->picked, s->set.err);
    case TOPICS:
        return tt_tables_topics(t, in->facts, in->sums, in->n_sums, s->set.err);
    default:
        tt_tables_trends_begin(t);
        return 0;
    }
}

/* What s->table holds, as CSV, and as rows of tagtrend.json if it stands there. */
static int write_rows(struct making *s, size_t i)
{
    if (s->table.failed)
        return tt_fail_memory(s->set.err);
    tt_csv_rows(&s->set.text, &s->table, false);
    if (files[i].name && tt_json_rows(&s->all, &s->table, TT_JSON_ARRAYS, &s->first) != 0)
        return tt_fail_memory(s->set.err);
    return 0;
}

static int write_table(struct making *s, size_t i)
{
    const tt_table *t = &s->table;
    const tt_series *series = series_of(s, i);
    int rc = 0;
    s->first = true;
    if (files[i].name && tt_json_set_table(&s->all, files[i].name, t->columns, t->n_columns, i == 0) != 0)
        return tt_fail_memory(s->set.err);
    tt_csv_header(&s->set.text, t->columns, t->n_columns, false);
    if (!series)
        rc = write_rows(s, i);
    for (size_t at = 0; series && at < series->n_points && rc == 0; at += PIECE) {
        tt_tables_trends_some(&s->table, s->in->facts, series, at, PIECE);
        rc = write_rows(s, i);
    }
    if (rc == 0 && files[i].name && tt_json_set_table_end(&s->all) != 0)
        rc = tt_fail_memory(s->set.err);
    return rc == 0 ? tt_set_put(&s->set, files[i].path) : rc;
}

static void describe_table(struct making *s, size_t i)
{
    const tt_set_file *f = &s->set.files[s->set.n_files - 1];
    tt_resource *r = &s->resources[i];
    *r = (tt_resource){.path = f->path,
                       .title = files[i].title,
                       .columns = s->table.columns,
                       .n_columns = s->table.n_columns,
                       .n_bytes = f->n_bytes};
    memcpy(r->digest, f->digest, sizeof f->digest);
}

/* Room for the longest file and for tagtrend.json, so that they need not move as they grow. */
static bool make_room(struct making *s)
{
    enum { CSV_ROW = 120, JSON_ROW = 150 }; /* bytes of a usual row of trends; longer ones cost a move, no more */
    size_t most = 0, all = 0;
    for (size_t i = 0; i < N_TABLES; i++) {
        const tt_series *series = series_of(s, i);
        size_t n = series ? series->n_points : 0;
        most = n > most ? n : most;
        all += n;
    }
    return tt_buf_widen(&s->set.text, most * CSV_ROW) && tt_buf_widen(&s->all, all * JSON_ROW);
}

static int write_tables(struct making *s)
{
    if (!make_room(s))
        return tt_fail_memory(s->set.err);
    int rc = tt_json_set_begin(&s->all, s->title, s->in->from) != 0 ? tt_fail_memory(s->set.err) : 0;
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

/* The page last: by it a folder is known. */
static const char *const year_files[] = {"review.md", "card.png", "index.html"};

static bool is_year(const char *name)
{
    size_t n = 0;
    while (name[n] >= '0' && name[n] <= '9')
        n++;
    return n == 4 && !name[n];
}

/* The folder of a year is of an earlier run: its page says so, or, where that run came to no page, a script. A site may
 * have folders of that name, too. */
static int is_ours(struct making *s, const char *year, const char *charts, bool *ours)
{
    tt_set *set = &s->set;
    const char *page = tt_set_name(set, "%s/index.html", year), *path = page ? tt_set_path(set, page) : NULL;
    *ours = false;
    if (!path)
        return tt_fail_memory(set->err);
    if (tt_file_kind_of(path) != TT_FILE_MISSING)
        return tt_set_has(set, page, TT_PAGE_MARK, ours);
    int rc = 0;
    for (size_t i = 0; rc == 0 && !*ours && tt_year_figure_name(i); i++) {
        const char *script = tt_set_name(set, "%s/%s.gp", charts, tt_year_figure_name(i));
        rc = script ? tt_set_has(set, script, TT_PLOT_MARK, ours) : tt_fail_memory(set->err);
    }
    return rc;
}

/* What an earlier run has of a year that this one has not. Only our own names go, and folders that are then empty. */
static int remove_year(struct making *s, const char *year)
{
    const char *charts = tt_set_name(&s->set, "%s/charts", year);
    bool ours = false;
    int rc = charts ? is_ours(s, year, charts, &ours) : tt_fail_memory(s->set.err);
    if (rc != 0 || !ours)
        return rc;
    for (size_t i = 0; rc == 0 && tt_year_figure_name(i); i++)
        rc = tt_gallery_remove(&s->set, charts, tt_year_figure_name(i));
    if (rc == 0)
        rc = tt_gallery_remove(&s->set, charts, "card");
    for (size_t i = 0; rc == 0 && i < sizeof year_files / sizeof *year_files; i++) {
        const char *name = tt_set_name(&s->set, "%s/%s", year, year_files[i]);
        rc = name ? tt_set_remove(&s->set, name) : tt_fail_memory(s->set.err);
    }
    const char *path = rc == 0 ? tt_set_path(&s->set, charts) : NULL,
               *folder = path ? tt_set_path(&s->set, year) : NULL;
    if (rc == 0 && !folder)
        return tt_fail_memory(s->set.err);
    if (rc == 0) {
        remove(path);
        remove(folder);
    }
    return rc;
}

static int remove_other_years(struct making *s)
{
    tt_names names = {0};
    int rc = tt_folder_list(s->set.folder, &names, s->set.err);
    for (size_t i = 0; i < names.n && rc == 0; i++) {
        int64_t year = 0;
        bool ours = false;
        if (!is_year(names.v[i]) || !tt_num_parse(tt_str_of(names.v[i]), &year))
            continue;
        for (size_t k = 0; k < s->n_years; k++)
            ours |= s->years[k].year == year;
        if (!ours)
            rc = remove_year(s, names.v[i]);
    }
    tt_names_release(&names);
    return rc;
}

static int write_charts(struct making *s, bool no_charts)
{
    tt_set *set = &s->set;
    tt_room *rooms = tt_arena_array(&set->arena, 2 * s->n_years + 1, sizeof *rooms);
    if (!rooms)
        return tt_fail_memory(set->err);
    rooms[0] = (tt_room){"charts", s->figures, TT_N_FIGURES, s->svgs};
    for (size_t i = 0; i < s->n_years; i++) {
        tt_year_charts *y = &s->years[i];
        const char *folder = tt_set_name(set, "%04d/charts", y->year);
        if (!folder)
            return tt_fail_memory(set->err);
        rooms[2 * i + 1] = (tt_room){folder, y->v, y->n, y->svgs};
        rooms[2 * i + 2] = (tt_room){folder, &s->cards[i], 1, NULL};
    }
    int rc = remove_other_years(s);
    if (rc == 0)
        rc = tt_gallery_write(set, rooms, 2 * s->n_years + 1, tt_page_pictures(s->in), no_charts);
    return rc;
}

/* ---- the set ---- */

/* What is said of the years is made before anything is written. */
static int make_reviews(struct making *s)
{
    tt_set *set = &s->set;
    int rc = 0;
    s->reviews = tt_arena_array(&set->arena, s->n_years, sizeof *s->reviews);
    s->cards = tt_arena_array(&set->arena, s->n_years, sizeof *s->cards);
    if (!s->reviews || !s->cards)
        return tt_fail_memory(set->err);
    for (size_t i = 0; i < s->n_years && rc == 0; i++) {
        rc = tt_year_review_make(&s->reviews[i], &s->years[i], s->in, &set->arena, set->err);
        if (rc == 0)
            rc = tt_year_card_make(&s->cards[i], &s->reviews[i], s->in, &set->arena, set->err);
    }
    return rc;
}

static int write_year(struct making *s, const tt_page *page, size_t i)
{
    tt_set *set = &s->set;
    const int year = s->reviews[i].year;
    const char *folder = tt_set_name(set, "%s/%04d", set->folder, year),
               *html = tt_set_name(set, "%04d/index.html", year), *md = tt_set_name(set, "%04d/review.md", year);
    if (!folder || !html || !md)
        return tt_fail_memory(set->err);
    int rc = tt_folder_make(folder, set->err);
    if (rc != 0)
        return rc;
    tt_page_year_write(&set->text, page, i);
    rc = tt_set_put(set, html);
    if (rc != 0)
        return rc;
    tt_markdown_review(&set->text, &s->reviews[i], &s->years[i], page->no_charts ? 0 : tt_page_pictures(s->in));
    return tt_set_put(set, md);
}

static int write_pages(struct making *s, bool no_charts)
{
    const tt_page page = {.in = s->in,
                          .summary = &s->summary,
                          .figures = s->figures,
                          .svgs = s->svgs,
                          .no_charts = no_charts,
                          .tables = s->resources,
                          .n_tables = N_TABLES,
                          .years = s->reviews,
                          .charts = s->years,
                          .n_years = s->n_years};
    int rc = tt_json_datapackage(&s->set.text, s->title, s->in->from, s->resources, N_TABLES);
    if (rc != 0)
        return tt_fail_memory(s->set.err);
    rc = tt_set_put(&s->set, "datapackage.json");
    if (rc != 0)
        return rc;
    for (size_t i = 0; i < s->n_years && rc == 0; i++)
        rc = write_year(s, &page, i);
    if (rc != 0)
        return rc;
    tt_page_write(&s->set.text, &page);
    return tt_set_put(&s->set, "index.html");
}

static int by_path(const void *x, const void *y)
{
    const tt_set_file *a = x, *b = y;
    return strcmp(a->path, b->path);
}

static int write_everything(struct making *s)
{
    qsort(s->set.files, s->set.n_files, sizeof *s->set.files, by_path);
    if (tt_json_set_end(&s->all, s->set.files, s->set.n_files) != 0)
        return tt_fail_memory(s->set.err);
    return tt_set_write(&s->set, "tagtrend.json", &s->all);
}

static int write_set(struct making *s, bool no_charts)
{
    tt_set *set = &s->set;
    int rc = tt_folder_make(set->folder, set->err);
    if (rc == 0)
        rc = tt_summary_make(&s->summary, s->in, &set->arena, set->err);
    if (rc == 0)
        rc = tt_charts_make(s->figures, &s->summary, s->in, &set->arena, set->err);
    if (rc == 0)
        rc = tt_year_charts_make(&s->years, &s->n_years, &s->summary, s->in, &set->arena, set->err);
    if (rc == 0)
        rc = make_reviews(s);
    if (rc == 0)
        rc = write_tables(s);
    if (rc == 0)
        rc = write_charts(s, no_charts);
    if (rc == 0)
        rc = write_pages(s, no_charts);
    return rc == 0 ? write_everything(s) : rc;
}

int tt_report_write(const char *folder, bool no_charts, const tt_report_in *in, const tt_sink *sink, tt_err *err)
{
    struct making *s = tt_calloc(1, sizeof *s);
    if (!s)
        return tt_fail_memory(err);
    tt_str title = in->title;
    s->set = (tt_set){.folder = folder, .sink = sink, .err = err};
    s->in = in;
    int rc = TT_ENOMEM;
    if (tt_table_valid(&s->set.arena, &title) && (s->title = tt_arena_dup(&s->set.arena, title.p, title.n)))
        rc = write_set(s, no_charts);
    else
        tt_fail_memory(err);
    tt_buf_release(&s->all);
    tt_set_release(&s->set);
    tt_free(s);
    return rc;
}
