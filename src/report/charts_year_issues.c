/* In: the issues of a year and their parts. Out: the mix of sections per issue, the length of issues. Not here: other
 * charts of a year (charts_year_*.c), gnuplot's language (plot_time.c, plot_bump.c). */
#include "report/charts_year.h"

#include "base/stats.h"

#include <math.h>
#include <stdlib.h>

/* An issue and where its parts stand. */
struct issue {
    uint32_t issue, order;
    size_t part, n_parts;
    uint64_t words; /* of the selected sections */
};

static bool picked(const bool *v, size_t i)
{
    return !v || v[i];
}

static int by_order(const void *x, const void *y)
{
    const struct issue *a = x, *b = y;
    return (a->order > b->order) - (a->order < b->order);
}

/* Selected issues of a period that have one of the selected sections, by date. */
static struct issue *issues_of(const tt_year *y, const tt_period *p, size_t *n)
{
    tt_maker *m = y->m;
    const tt_facts *f = m->in->facts;
    struct issue *v = tt_maker_array(m, f->n_issues, sizeof *v);
    size_t part = 0;
    *n = 0;
    for (uint32_t i = 0; i < f->n_issues && v; i++) {
        struct issue one = {.issue = i, .order = f->issues[i].order, .part = part};
        bool any = m->s->all_sections;
        for (; part < f->cells->n_parts && f->cells->parts[part].issue == i; part++) {
            one.n_parts++;
            if (!picked(m->in->picked.section, f->cells->parts[part].section))
                continue;
            any = true;
            one.words += f->cells->parts[part].words;
        }
        int32_t date = f->issues[i].date;
        if (any && picked(m->in->picked.issue, i) && date != TT_NO_DATE && date >= p->start && date <= p->end)
            v[(*n)++] = one;
    }
    if (*n > 1)
        qsort(v, *n, sizeof *v, by_order);
    return v;
}

/* "#50", or its title. */
static void issue_name(const tt_year *y, uint32_t issue)
{
    const tt_issue *i = &y->m->in->facts->issues[issue];
    if (i->number >= 0)
        tt_buf_f(&y->m->text, "#%lld", (long long)i->number);
    else
        tt_maker_name(y->m, i->title);
}

static void issue_cells(const tt_year *y, tt_cells_out *out, uint32_t issue)
{
    char day[TT_DATE_SIZE];
    issue_name(y, issue);
    tt_year_cell(y, out);
    tt_day_format(y->m->in->facts->issues[issue].date, day);
    tt_buf_text(&y->m->text, day);
    tt_year_cell(y, out);
}

/* ---- sections ---- */

struct section {
    uint32_t id;
    uint64_t words;
    tt_str name;
};

static int by_words(const void *x, const void *y)
{
    const struct section *a = x, *b = y;
    if (a->words != b->words)
        return a->words > b->words ? -1 : 1;
    return tt_str_cmp(a->name, b->name);
}

/* Sections that have words in the year, most first. */
static struct section *sections_of(const tt_year *y, const struct issue *issues, size_t n_issues, size_t *n)
{
    const tt_facts *f = y->m->in->facts;
    struct section *v = tt_maker_array(y->m, f->n_sections, sizeof *v);
    *n = 0;
    if (!v)
        return NULL;
    for (uint32_t i = 0; i < f->n_sections; i++)
        v[i] = (struct section){i, 0, f->sections[i]};
    for (size_t i = 0; i < n_issues; i++)
        for (size_t k = 0; k < issues[i].n_parts; k++) {
            const tt_part *p = &f->cells->parts[issues[i].part + k];
            if (picked(y->m->in->picked.section, p->section))
                v[p->section].words += p->words;
        }
    if (f->n_sections)
        qsort(v, f->n_sections, sizeof *v, by_words);
    while (*n < f->n_sections && v[*n].words)
        ++*n;
    return v;
}

struct mix {
    const struct issue *issues;
    size_t n_issues;
    const struct section *sections;
    size_t n_sections, n_rows;
    tt_str *rows, *names, *ticks;
    bool *complete;
    double *value;
    uint64_t *words; /* row x issue */
};

static bool new_mix(tt_maker *m, struct mix *x)
{
    size_t n = x->n_rows * x->n_issues;
    x->rows = tt_maker_array(m, x->n_rows, sizeof *x->rows);
    x->names = tt_maker_array(m, x->n_issues, sizeof *x->names);
    x->ticks = tt_maker_array(m, x->n_issues, sizeof *x->ticks);
    x->complete = tt_maker_array(m, x->n_issues, sizeof *x->complete);
    x->value = tt_maker_array(m, n, sizeof *x->value);
    x->words = tt_maker_array(m, n, sizeof *x->words);
    for (size_t i = 0; i < n && !m->text.failed; i++) {
        x->words[i] = 0;
        x->value[i] = NAN;
    }
    return !m->text.failed;
}

/* The month stands below its first issue. */
static void name_issues(const tt_year *y, struct mix *x)
{
    tt_maker *m = y->m;
    int before = 0, year, month, day;
    for (size_t j = 0; j < x->n_issues; j++) {
        tt_day_split(m->in->facts->issues[x->issues[j].issue].date, &year, &month, &day);
        x->ticks[j] = month == before ? (tt_str){"", 0} : tt_str_of(m->s->lang->shorts[month - 1]);
        x->complete[j] = true;
        before = month;
        issue_name(y, x->issues[j].issue);
        x->names[j] = tt_maker_keep(m);
    }
}

static void fill_mix(const tt_year *y, struct mix *x)
{
    tt_maker *m = y->m;
    const tt_facts *f = m->in->facts;
    size_t *row = tt_maker_array(m, f->n_sections, sizeof *row);
    if (!row)
        return;
    for (size_t i = 0; i < f->n_sections; i++)
        row[i] = x->n_rows - 1;
    for (size_t i = 0; i < x->n_rows; i++) {
        row[x->sections[i].id] = i;
        x->rows[i] = x->sections[i].name;
    }
    if (x->n_sections > x->n_rows) {
        tt_buf_f(&m->text, "%zu other sections", x->n_sections - x->n_rows + 1);
        x->rows[x->n_rows - 1] = tt_maker_keep(m);
    }
    for (size_t j = 0; j < x->n_issues; j++) {
        for (size_t k = 0; k < x->issues[j].n_parts; k++) {
            const tt_part *p = &f->cells->parts[x->issues[j].part + k];
            if (picked(m->in->picked.section, p->section))
                x->words[row[p->section] * x->n_issues + j] += p->words;
        }
        for (size_t i = 0; i < x->n_rows && x->issues[j].words; i++)
            x->value[i * x->n_issues + j] = (double)x->words[i * x->n_issues + j] / (double)x->issues[j].words;
    }
    name_issues(y, x);
}

/* A row for each issue: its name, its day, its words, then those of each section. */
static void mix_cells(const tt_year *y, tt_figure *f, const struct mix *x)
{
    tt_maker *m = y->m;
    const char *heads[TT_PLOT_LINES + 3] = {"Issue", "Date", "Words"};
    for (size_t i = 0; i < x->n_rows; i++)
        heads[i + 3] = "";
    tt_cells_out out = tt_year_table(y, f, x->n_issues, heads, x->n_rows + 3);
    if (m->text.failed)
        return;
    for (size_t i = 0; i < x->n_rows; i++)
        out.at[(ptrdiff_t)i - (ptrdiff_t)x->n_rows] = x->rows[i];
    for (size_t j = 0; j < x->n_issues; j++) {
        issue_cells(y, &out, x->issues[j].issue);
        tt_year_cell_count(y, &out, x->issues[j].words);
        for (size_t i = 0; i < x->n_rows; i++)
            tt_year_cell_count(y, &out, x->words[i * x->n_issues + j]);
    }
}

static void draw_mix(const tt_year *y, tt_figure *f, const tt_plot_head *head, const struct mix *x)
{
    const tt_grid grid = {.rows = x->rows,
                          .n_rows = x->n_rows,
                          .periods = x->names,
                          .ticks = x->ticks,
                          .complete = x->complete,
                          .n_periods = x->n_issues,
                          .value = x->value};
    if (y->m->text.failed)
        return;
    tt_plot_stack(&y->m->text, head, &grid, x->n_sections > x->n_rows);
    f->script = tt_maker_keep(y->m);
}

void tt_year_mix(const tt_year *y, tt_figure *f)
{
    tt_maker *m = y->m;
    struct mix x = {0};
    tt_plot_head head;
    uint64_t words = 0;
    tt_buf_f(&m->text, "Sections of the issues of %d", y->year);
    f->title = tt_maker_keep(m);
    f->csv = "counts.csv";
    x.issues = issues_of(y, y->period, &x.n_issues);
    x.sections = x.issues ? sections_of(y, x.issues, x.n_issues, &x.n_sections) : NULL;
    if (!x.sections)
        return;
    if (x.n_issues < 2)
        tt_buf_f(&m->text, "%d has one issue only", y->year);
    else if (x.n_sections < 2)
        tt_buf_f(&m->text, x.n_sections ? "all text of %d is in one section" : "the issues of %d have no words",
                 y->year);
    f->why = tt_maker_keep(m);
    if (f->why.n)
        return;
    x.n_rows = x.n_sections < TT_PLOT_LINES ? x.n_sections : TT_PLOT_LINES;
    if (!new_mix(m, &x))
        return;
    fill_mix(y, &x);
    mix_cells(y, f, &x);
    for (size_t i = 0; i < x.n_sections; i++)
        words += x.sections[i].words;
    tt_maker_name(m, x.sections[0].name);
    tt_buf_text(&m->text,
                x.sections[0].words * 2 > words ? " filled most of " : " had more room than any other section in ");
    tt_buf_f(&m->text, "%d: ", y->year);
    tt_plot_percent(&m->text, (double)x.sections[0].words / (double)words);
    tt_buf_text(&m->text, " of the words");
    tt_str title = tt_maker_keep(m);
    tt_buf_text(&m->text, "Share of the words of each issue, one column an issue (");
    tt_summary_counted(&m->text, x.n_issues, "issue", "issues");
    tt_buf_text(&m->text, ", ");
    tt_summary_counted(&m->text, words, "word", "words");
    tt_buf_char(&m->text, ')');
    tt_str subtitle = tt_maker_keep(m);
    tt_year_incomplete(y);
    tt_year_words(
        y, f, &head, title, subtitle,
        "(intro) is what stands before the first section, (none) an issue without sections, (other) a section "
        "whose name stands in one issue only.");
    draw_mix(y, f, &head, &x);
}

/* ---- length ---- */

static double median_of(tt_maker *m, const struct issue *v, size_t n)
{
    double *w = tt_maker_array(m, n, sizeof *w);
    for (size_t i = 0; i < n && w; i++)
        w[i] = (double)v[i].words;
    return w && n ? tt_median(w, n) : 0;
}

/* A year that is not complete is compared with the same days of the one before. */
static tt_str length_title(const tt_year *y, double median)
{
    tt_maker *m = y->m;
    const tt_period *p = !y->has_before        ? NULL
                         : y->period->complete ? &m->in->by_year->periods[y->at - 1]
                                               : &y->change->side[0].period;
    size_t n = 0;
    tt_buf_f(&m->text, "The median issue of %d had ", y->year);
    tt_summary_counted(&m->text, (uint64_t)llround(median), "word", "words");
    const struct issue *v = p ? issues_of(y, p, &n) : NULL;
    double before = v ? median_of(m, v, n) : 0;
    if (before > 0 && y->period->issues >= TT_LEAST_ISSUES) {
        double change = median / before - 1;
        if (fabs(change) < 0.005)
            tt_buf_text(&m->text, ", as many as in ");
        else {
            tt_buf_text(&m->text, ", ");
            tt_plot_percent(&m->text, fabs(change));
            tt_buf_text(&m->text, change > 0 ? " more than in " : " fewer than in ");
        }
        tt_buf_str(&m->text, y->before);
    }
    return tt_maker_keep(m);
}

void tt_year_length(const tt_year *y, tt_figure *f)
{
    static const char *const heads[] = {"Issue", "Date", "Words"};
    tt_maker *m = y->m;
    tt_plot_head head;
    size_t n, longest = 0, shortest = 0;
    tt_buf_f(&m->text, "Length of the issues of %d", y->year);
    f->title = tt_maker_keep(m);
    f->csv = "issues.csv";
    const struct issue *v = issues_of(y, y->period, &n);
    tt_day_value *days = tt_maker_array(m, n, sizeof *days);
    if (!v || !days)
        return;
    if (n < 2) {
        tt_buf_f(&m->text, n ? "%d has one issue only" : "%d has no issue", y->year);
        f->why = tt_maker_keep(m);
        return;
    }
    tt_cells_out out = tt_year_table(y, f, n, heads, 3);
    for (size_t i = 0; i < n; i++) {
        days[i] = (tt_day_value){m->in->facts->issues[v[i].issue].date, (double)v[i].words, {"", 0}};
        longest = v[i].words > v[longest].words ? i : longest;
        shortest = v[i].words < v[shortest].words ? i : shortest;
        issue_cells(y, &out, v[i].issue);
        tt_year_cell_count(y, &out, v[i].words);
    }
    double median = median_of(m, v, n);
    issue_name(y, v[longest].issue);
    tt_buf_text(&m->text, ": ");
    tt_summary_count(&m->text, v[longest].words);
    days[longest].text = tt_maker_keep(m);
    tt_buf_text(&m->text, "Words of each issue, by day (");
    tt_summary_counted(&m->text, n, "issue", "issues");
    tt_buf_text(&m->text, ", ");
    tt_summary_count(&m->text, v[shortest].words);
    tt_buf_text(&m->text, " to ");
    tt_summary_counted(&m->text, v[longest].words, "word", "words");
    tt_buf_text(&m->text, "); dashed: the median");
    tt_str subtitle = tt_maker_keep(m), title = length_title(y, median);
    tt_year_incomplete(y);
    if (!y->period->complete && m->s->last != TT_NO_DATE && m->s->last < y->period->end)
        tt_buf_text(&m->text, "Hatched: later days.");
    tt_year_words(y, f, &head, title, subtitle, "");
    tt_buf_text(&m->text, "median ");
    tt_summary_count(&m->text, (uint64_t)llround(median));
    const tt_str median_text = tt_maker_keep(m);
    const bool ends = !y->period->complete && m->s->last != TT_NO_DATE && m->s->last < y->period->end;
    const tt_days chart = {.v = days,
                           .n = n,
                           .first = y->period->start,
                           .last = y->period->end,
                           .median = median,
                           .median_text = median_text,
                           .months = m->s->lang->shorts,
                           .ends = ends ? m->s->last : y->period->end,
                           .beyond = TT_S("no data")};
    if (m->text.failed)
        return;
    tt_plot_days(&m->text, &head, &chart);
    f->script = tt_maker_keep(m);
}
