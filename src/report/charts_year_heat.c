/* In: a year's topics, series by month and by section. Out: its two heat maps: topics by month, topics by section. Not
 * here: other charts of a year (charts_year_*.c), gnuplot's language (plot_heat.c). */
#include "report/charts_year.h"

#include <math.h>
#include <stdlib.h>

/* A matrix being filled. `count` is what cells are made of. */
struct matrix {
    size_t n_rows, n_columns;
    tt_str *rows, *columns, *ticks, *text;
    bool *complete;
    double *value;
    uint64_t *count, *of; /* of: by row and column */
};

static bool new_matrix(tt_maker *m, struct matrix *x, size_t n_rows, size_t n_columns)
{
    size_t n = n_rows * n_columns;
    *x = (struct matrix){.n_rows = n_rows,
                         .n_columns = n_columns,
                         .rows = tt_maker_array(m, n_rows, sizeof *x->rows),
                         .columns = tt_maker_array(m, n_columns, sizeof *x->columns),
                         .ticks = tt_maker_array(m, n_columns, sizeof *x->ticks),
                         .text = tt_maker_array(m, n, sizeof *x->text),
                         .complete = tt_maker_array(m, n_columns, sizeof *x->complete),
                         .value = tt_maker_array(m, n, sizeof *x->value),
                         .count = tt_maker_array(m, n, sizeof *x->count),
                         .of = tt_maker_array(m, n, sizeof *x->of)};
    if (m->text.failed)
        return false;
    for (size_t i = 0; i < n; i++) {
        x->count[i] = x->of[i] = 0;
        x->value[i] = NAN;
        x->text[i] = (tt_str){"", 0};
    }
    for (size_t j = 0; j < n_columns; j++)
        x->complete[j] = true;
    return true;
}

/* by topic: its row; n: none */
static size_t *rows_of(const tt_year *y, struct matrix *x)
{
    const tt_facts *facts = y->m->in->facts;
    size_t *row = tt_maker_array(y->m, facts->n_topics, sizeof *row);
    for (size_t i = 0; i < facts->n_topics && row; i++)
        row[i] = x->n_rows;
    for (size_t i = 0; i < x->n_rows && row; i++) {
        row[y->topics[i].topic] = i;
        x->rows[i] = facts->topics[y->topics[i].topic].label;
    }
    return row;
}

/* `2 of 3` in each cell; a column that is incomplete has an asterisk. */
static void matrix_cells(const tt_year *y, tt_figure *f, const struct matrix *x, const char *head)
{
    tt_maker *m = y->m;
    tt_str *v = tt_maker_cells(m, f, x->n_rows + 1, x->n_columns + 1);
    if (!v)
        return;
    v[0] = tt_str_of(head);
    for (size_t j = 0; j < x->n_columns; j++) {
        tt_buf_str(&m->text, x->columns[j]);
        tt_buf_text(&m->text, x->complete[j] ? "" : "*");
        v[j + 1] = tt_maker_keep(m);
    }
    for (size_t i = 0; i < x->n_rows; i++) {
        v[(i + 1) * (x->n_columns + 1)] = x->rows[i];
        for (size_t j = 0; j < x->n_columns; j++) {
            size_t at = i * x->n_columns + j;
            if (x->of[at]) {
                tt_summary_count(&m->text, x->count[at]);
                tt_buf_text(&m->text, " of ");
                tt_summary_count(&m->text, x->of[at]);
            } else {
                tt_buf_text(&m->text, "–");
            }
            v[(i + 1) * (x->n_columns + 1) + j + 1] = tt_maker_keep(m);
        }
    }
}

static void draw(const tt_year *y, tt_figure *f, const tt_plot_head *head, const struct matrix *x, bool upright)
{
    const tt_grid grid = {.rows = x->rows,
                          .n_rows = x->n_rows,
                          .periods = x->columns,
                          .ticks = upright ? NULL : x->ticks,
                          .complete = x->complete,
                          .n_periods = x->n_columns,
                          .value = x->value,
                          .text = upright ? NULL : x->text,
                          .upright = upright};
    if (y->m->text.failed)
        return;
    tt_plot_heat(&y->m->text, head, &grid);
    f->script = tt_maker_keep(y->m);
}

/* ---- by month ---- */

/* Months of the year that the series has: columns of the map. */
static size_t months_of(const tt_year *y, size_t *first)
{
    const tt_series *s = y->m->in->by_month;
    size_t n = 0;
    for (size_t i = 0; i < s->n_periods; i++)
        if (s->periods[i].start >= y->period->start && s->periods[i].start <= y->period->end) {
            *first = n ? *first : i;
            n++;
        }
    return n;
}

static void fill_months(const tt_year *y, struct matrix *x, size_t first)
{
    tt_maker *m = y->m;
    const tt_series *s = m->in->by_month;
    size_t n_topics = s->n_periods ? s->n_points / s->n_periods : 0;
    size_t *row = rows_of(y, x);
    for (size_t j = 0; j < x->n_columns && row; j++) {
        const tt_period *p = &s->periods[first + j];
        int year, month, day;
        tt_day_split(p->start, &year, &month, &day);
        x->columns[j] = tt_str_of(m->s->lang->months[month - 1]);
        x->ticks[j] = tt_str_of(m->s->lang->shorts[month - 1]);
        x->complete[j] = p->complete;
        for (size_t i = 0; i < x->n_rows; i++) {
            size_t at = i * x->n_columns + j;
            x->of[at] = p->issues;
            x->value[at] = p->issues ? 0 : NAN;
            x->text[at] = p->issues ? (tt_str){"", 0} : TT_S("–");
        }
        for (size_t k = 0; k < n_topics; k++) {
            const tt_point *point = &s->points[(first + j) * n_topics + k];
            if (row[point->topic] == x->n_rows || !point->issues_with)
                continue;
            size_t at = row[point->topic] * x->n_columns + j;
            x->count[at] = point->issues_with;
            x->value[at] = point->share;
            tt_summary_count(&m->text, point->issues_with);
            x->text[at] = tt_maker_keep(m);
        }
    }
}

/* Which topic was there in the most months; the first of equals covers most issues. */
static tt_str months_title(const tt_year *y, const struct matrix *x)
{
    tt_maker *m = y->m;
    size_t best = 0, most = 0, with_issues = 0, all = 0;
    for (size_t j = 0; j < x->n_columns; j++)
        with_issues += x->of[j] != 0;
    for (size_t i = 0; i < x->n_rows; i++) {
        size_t n = 0;
        for (size_t j = 0; j < x->n_columns; j++)
            n += x->count[i * x->n_columns + j] != 0;
        if (n > most) {
            most = n;
            best = i;
        }
        all += n == with_issues;
    }
    bool gap = with_issues < x->n_columns;
    tt_year_topic_name(y, &y->topics[best]);
    if (all == 2)
        for (size_t i = best + 1; i < x->n_rows; i++) {
            size_t n = 0;
            for (size_t j = 0; j < x->n_columns; j++)
                n += x->count[i * x->n_columns + j] != 0;
            if (n == with_issues) {
                tt_buf_text(&m->text, " and ");
                tt_year_topic_name(y, &y->topics[i]);
            }
        }
    if (all > 2)
        tt_buf_f(&m->text, " and %zu more", all - 1);
    if (all)
        tt_buf_f(&m->text, " came in every month of %d%s", y->year, gap ? " that has an issue" : "");
    else
        tt_buf_f(&m->text, " came in %zu of the %zu months of %d%s, no topic in more", most, with_issues, y->year,
                 gap ? " that have an issue" : "");
    return tt_maker_keep(m);
}

void tt_year_months(const tt_year *y, tt_figure *f)
{
    tt_maker *m = y->m;
    struct matrix x;
    tt_plot_head head;
    size_t first = 0, n_columns = months_of(y, &first);
    uint32_t least = UINT32_MAX, most = 0;
    tt_buf_f(&m->text, "Topics of %d by month", y->year);
    f->title = tt_maker_keep(m);
    f->csv = "trends-by-month.csv";
    if (!tt_year_bears(y, f))
        return;
    if (n_columns < 2) {
        tt_buf_f(&m->text, "all issues of %d are of one month", y->year);
        f->why = tt_maker_keep(m);
        return;
    }
    if (!new_matrix(m, &x, y->n_topics < TT_YEAR_HEAT ? y->n_topics : TT_YEAR_HEAT, n_columns))
        return;
    fill_months(y, &x, first);
    matrix_cells(y, f, &x, "Topic");
    for (size_t j = 0; j < n_columns; j++) {
        uint32_t n = (uint32_t)x.of[j];
        most = n > most ? n : most;
        least = n && n < least ? n : least;
    }
    tt_buf_text(&m->text, "Issues of each month with at least one mention; shade: their share of the month’s issues");
    if (least == most)
        tt_buf_f(&m->text, " (%u each)", most);
    else
        tt_buf_f(&m->text, " (%u to %u)", least, most);
    tt_str subtitle = tt_maker_keep(m), title = months_title(y, &x);
    for (size_t j = 0; j < n_columns; j++)
        if (!x.complete[j]) {
            tt_buf_text(&m->text, "Hatched: ");
            tt_buf_str(&m->text, x.columns[j]);
            tt_buf_text(&m->text, " is incomplete. ");
        }
    if (y->n_topics > x.n_rows)
        tt_buf_f(&m->text, "Shown: %zu of %zu topics.", x.n_rows, y->n_topics);
    tt_year_words(y, f, &head, title, subtitle, "");
    draw(y, f, &head, &x, false);
}

/* ---- by section ---- */

struct section {
    uint32_t id;
    uint64_t mentions;
    tt_str name;
};

static int by_mentions(const void *x, const void *y)
{
    const struct section *a = x, *b = y;
    if (a->mentions != b->mentions)
        return a->mentions > b->mentions ? -1 : 1;
    return tt_str_cmp(a->name, b->name);
}

/* The points of the year, section by section. */
static const tt_point *section_points(const tt_year *y, size_t *n)
{
    const tt_series *s = y->m->in->by_year_and_section;
    *n = s->n_periods ? s->n_points / s->n_periods : 0;
    return s->points + y->at * *n;
}

/* Sections with a mention of one of the rows' topics, most mentions first. */
static struct section *sections_of(const tt_year *y, const size_t *row, size_t n_rows, size_t *n)
{
    const tt_facts *facts = y->m->in->facts;
    struct section *v = tt_maker_array(y->m, facts->n_sections, sizeof *v);
    size_t n_points;
    const tt_point *p = section_points(y, &n_points);
    *n = 0;
    if (!v || !row)
        return NULL;
    for (uint32_t i = 0; i < facts->n_sections; i++)
        v[i] = (struct section){i, 0, facts->sections[i]};
    for (size_t i = 0; i < n_points; i++)
        if (p[i].section < facts->n_sections && row[p[i].topic] < n_rows)
            v[p[i].section].mentions += p[i].mentions;
    if (facts->n_sections)
        qsort(v, facts->n_sections, sizeof *v, by_mentions);
    while (*n < facts->n_sections && v[*n].mentions)
        ++*n;
    return v;
}

enum { MOST_SECTIONS = 8 };

/* What does not fit is added up in the last column. */
static void fill_sections(const tt_year *y, struct matrix *x, const struct section *v, size_t n, const size_t *row)
{
    tt_maker *m = y->m;
    size_t n_points, *column = tt_maker_array(m, m->in->facts->n_sections, sizeof *column);
    const tt_point *p = section_points(y, &n_points);
    if (!column)
        return;
    for (size_t i = 0; i < m->in->facts->n_sections; i++)
        column[i] = x->n_columns - 1;
    for (size_t j = 0; j < x->n_columns; j++) {
        column[v[j].id] = j;
        x->columns[j] = v[j].name;
    }
    if (n > x->n_columns) {
        tt_buf_f(&m->text, "%zu other sections", n - x->n_columns + 1);
        x->columns[x->n_columns - 1] = tt_maker_keep(m);
    }
    for (size_t i = 0; i < n_points; i++)
        if (p[i].section < m->in->facts->n_sections && row[p[i].topic] < x->n_rows)
            x->count[row[p[i].topic] * x->n_columns + column[p[i].section]] += p[i].mentions;
    for (size_t i = 0; i < x->n_rows; i++) {
        uint64_t all = 0;
        for (size_t j = 0; j < x->n_columns; j++)
            all += x->count[i * x->n_columns + j];
        for (size_t j = 0; j < x->n_columns && all; j++) {
            size_t at = i * x->n_columns + j;
            x->of[at] = all;
            x->value[at] = (double)x->count[at] / (double)all;
        }
    }
}

/* The topic that is most at home in one section, of those with mentions enough. */
static tt_str sections_title(const tt_year *y, const struct matrix *x)
{
    enum { ENOUGH = 10 };
    tt_maker *m = y->m;
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < x->n_rows * x->n_columns; i++)
        if (x->of[i] >= ENOUGH && (best == SIZE_MAX || x->value[i] > x->value[best]))
            best = i;
    if (best == SIZE_MAX || x->value[best] <= 0.5) {
        if (y->n_topics > x->n_rows)
            tt_buf_f(&m->text, "None of the %zu most covered topics of %d has", x->n_rows, y->year);
        else
            tt_buf_f(&m->text, "No topic of %d has", y->year);
        tt_buf_text(&m->text, " most of its mentions in one section");
        if (best == SIZE_MAX)
            tt_buf_f(&m->text, ", or %d mentions", ENOUGH);
        return tt_maker_keep(m);
    }
    tt_buf_text(&m->text, "Most at home");
    if (y->n_topics > x->n_rows)
        tt_buf_f(&m->text, " of the %zu most covered topics", x->n_rows);
    tt_buf_text(&m->text, ": ");
    tt_year_topic_name(y, &y->topics[best / x->n_columns]);
    tt_buf_text(&m->text, ", with ");
    tt_plot_percent(&m->text, x->value[best]);
    tt_buf_f(&m->text, " of %d mentions in ", (int)x->of[best]);
    tt_maker_name(m, x->columns[best % x->n_columns]);
    return tt_maker_keep(m);
}

void tt_year_sections(const tt_year *y, tt_figure *f)
{
    tt_maker *m = y->m;
    struct matrix x = {.n_rows = y->n_topics < TT_YEAR_TOP ? y->n_topics : TT_YEAR_TOP};
    tt_plot_head head;
    size_t n = 0;
    tt_buf_f(&m->text, "Where each topic of %d lives", y->year);
    f->title = tt_maker_keep(m);
    f->csv = "trends-by-section.csv";
    if (!tt_year_bears(y, f))
        return;
    x.rows = tt_maker_array(m, x.n_rows, sizeof *x.rows);
    size_t *row = x.rows ? rows_of(y, &x) : NULL;
    const struct section *v = sections_of(y, row, x.n_rows, &n);
    if (!v)
        return;
    if (n < 2) {
        tt_buf_f(&m->text, "all mentions of %d stand in one section", y->year);
        f->why = tt_maker_keep(m);
        return;
    }
    tt_str *rows = x.rows;
    if (!new_matrix(m, &x, x.n_rows, n < MOST_SECTIONS ? n : MOST_SECTIONS))
        return;
    x.rows = rows;
    fill_sections(y, &x, v, n, row);
    matrix_cells(y, f, &x, "Topic");
    tt_buf_f(&m->text, "Per cent of each topic’s mentions in %d, by section", y->year);
    tt_str subtitle = tt_maker_keep(m), title = sections_title(y, &x);
    tt_year_incomplete(y);
    if (y->n_topics > x.n_rows)
        tt_buf_f(&m->text, "Shown: %zu of %zu topics.", x.n_rows, y->n_topics);
    tt_year_words(
        y, f, &head, title, subtitle,
        "(intro) is what stands before the first section, (none) an issue without sections, (other) a section "
        "whose name stands in one issue only.");
    draw(y, f, &head, &x, true);
}
