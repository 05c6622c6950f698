/* In: a summary, series, parts. Out: the charts over time: lines, heat map, sections. Not here: gnuplot's language
 * (plot_time.c), bars and what all charts share (charts.c). */
#include "report/charts_maker.h"

#include "report/plot.h"

#include <math.h>
#include <stdlib.h>

static tt_str topic_label(const tt_maker *m, uint32_t topic)
{
    return m->in->facts->topics[topic].label;
}

static const char *number_word(size_t n)
{
    static const char *const words[] = {"", "one", "two", "three", "four", "five", "six", "seven", "eight"};
    return n < sizeof words / sizeof *words ? words[n] : "";
}

/* ---- fractions ---- */

/* A grid and the fractions behind it. */
struct fractions {
    tt_grid grid;
    double *share;
    uint64_t *of, *all; /* numerator, denominator */
};

static bool new_fractions(tt_maker *m, struct fractions *x, size_t n_rows)
{
    const tt_series *t = m->axis->series;
    size_t n = n_rows * t->n_periods;
    tt_str *rows = tt_maker_array(m, n_rows, sizeof *rows), *periods = tt_maker_array(m, t->n_periods, sizeof *periods);
    bool *complete = tt_maker_array(m, t->n_periods, sizeof *complete);
    *x = (struct fractions){.share = tt_maker_array(m, n, sizeof *x->share),
                            .of = tt_maker_array(m, n, sizeof *x->of),
                            .all = tt_maker_array(m, n, sizeof *x->all)};
    if (m->text.failed)
        return false;
    for (size_t i = 0; i < n; i++) {
        x->share[i] = NAN;
        x->of[i] = x->all[i] = 0;
    }
    for (size_t j = 0; j < t->n_periods; j++) {
        periods[j] = t->periods[j].name;
        complete[j] = t->periods[j].complete;
    }
    x->grid = (tt_grid){.rows = rows,
                        .n_rows = n_rows,
                        .periods = periods,
                        .complete = complete,
                        .n_periods = t->n_periods,
                        .value = x->share};
    return true;
}

static void divide(struct fractions *x)
{
    for (size_t i = 0; i < x->grid.n_rows * x->grid.n_periods; i++)
        if (x->all[i])
            x->share[i] = (double)x->of[i] / (double)x->all[i];
}

/* The first n of the ranked topics by period. */
static bool topic_fractions(tt_maker *m, struct fractions *x, size_t n)
{
    const tt_series *t = m->axis->series;
    size_t n_topics = m->in->facts->n_topics;
    size_t *row_of = tt_maker_array(m, n_topics, sizeof *row_of);
    if (!row_of || !new_fractions(m, x, n))
        return false;
    tt_str *rows = tt_maker_array(m, n, sizeof *rows);
    if (!rows)
        return false;
    for (size_t i = 0; i < n_topics; i++)
        row_of[i] = n;
    for (size_t i = 0; i < n; i++) {
        row_of[m->s->ranked[i].topic] = i;
        rows[i] = topic_label(m, m->s->ranked[i].topic);
    }
    x->grid.rows = rows;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < t->n_periods; j++)
            x->all[i * t->n_periods + j] = t->periods[j].issues;
    for (size_t k = 0; k < t->n_points; k++) {
        const tt_point *p = &t->points[k];
        if (p->section != TT_ALL_SECTIONS || row_of[p->topic] == n)
            continue;
        size_t at = row_of[p->topic] * t->n_periods + p->period;
        x->of[at] = p->issues_with;
        x->all[at] = p->issues;
    }
    divide(x);
    return true;
}

/* Periods down, rows of the grid across: `44 % (12/27)`, *: incomplete. */
static void fraction_cells(tt_maker *m, tt_figure *f, const struct fractions *x, bool periods_down)
{
    size_t n_rows = x->grid.n_rows, n_periods = x->grid.n_periods;
    size_t down = periods_down ? n_periods : n_rows, across = periods_down ? n_rows : n_periods;
    tt_str *out = tt_maker_cells(m, f, down + 1, across + 1);
    if (!out)
        return;
    out[0] = tt_str_of(periods_down ? m->axis->unit[0] == 'q' ? "Quarter" : "Year" : "Topic");
    for (size_t j = 0; j < n_periods; j++) {
        tt_buf_str(&m->text, x->grid.periods[j]);
        tt_buf_text(&m->text, x->grid.complete[j] ? "" : "*");
        out[periods_down ? (j + 1) * (across + 1) : j + 1] = tt_maker_keep(m);
    }
    for (size_t i = 0; i < n_rows; i++)
        out[periods_down ? i + 1 : (i + 1) * (across + 1)] = x->grid.rows[i];
    for (size_t i = 0; i < n_rows; i++)
        for (size_t j = 0; j < n_periods; j++) {
            size_t at = i * n_periods + j;
            if (!x->all[at]) {
                tt_buf_text(&m->text, "–");
            } else {
                tt_plot_percent(&m->text, x->share[at]);
                tt_buf_text(&m->text, " (");
                tt_summary_count(&m->text, x->of[at]);
                tt_buf_char(&m->text, '/');
                tt_summary_count(&m->text, x->all[at]);
                tt_buf_char(&m->text, ')');
            }
            out[periods_down ? (j + 1) * (across + 1) + i + 1 : (i + 1) * (across + 1) + j + 1] = tt_maker_keep(m);
        }
}

static tt_str time_note(tt_maker *m)
{
    if (m->axis->incomplete.n) {
        tt_buf_text(&m->text, "Incomplete (*): ");
        tt_buf_str(&m->text, m->axis->incomplete);
        tt_buf_text(&m->text, ". ");
    }
    tt_maker_undated(m, "is left out", "are left out");
    return tt_maker_keep(m);
}

/* `seen` says how the chart shows things: for the caption alone. */
static void time_words(tt_maker *m, tt_figure *f, const tt_plot_head *head, const char *seen)
{
    f->title = head->title;
    f->head = tt_plot_head_height(head);
    tt_buf_str(&m->text, head->subtitle);
    tt_buf_text(&m->text, ". ");
    tt_buf_str(&m->text, head->note);
    tt_buf_text(&m->text, head->note.n && seen[0] ? " " : "");
    tt_buf_text(&m->text, seen);
    f->caption = tt_maker_keep(m);
    tt_buf_str(&m->text, head->title);
    tt_buf_text(&m->text, ". ");
    tt_buf_str(&m->text, head->subtitle);
    tt_buf_text(&m->text, ". The numbers stand in the table below.");
    f->alt = tt_maker_keep(m);
}

/* Why there is nothing to draw over time; empty: there is. */
static tt_str no_time(tt_maker *m, size_t least)
{
    size_t n = m->axis->series->n_periods;
    if (!n)
        return tt_maker_text(m, "no issue has a date");
    if (n >= least)
        return (tt_str){"", 0};
    tt_buf_f(&m->text, "all dated issues are of one %s", m->axis->unit);
    return tt_maker_keep(m);
}

static const char *nearest_csv(const tt_maker *m)
{
    return m->axis->unit[0] == 'q' ? "trends-by-month.csv" : "trends-by-year.csv";
}

/* A share of few issues is left out: it is none to compare. *n: periods that stay. */
static const double *comparable(tt_maker *m, const struct fractions *x, size_t *n)
{
    const size_t n_periods = x->grid.n_periods;
    double *v = tt_maker_array(m, x->grid.n_rows * n_periods, sizeof *v);
    *n = 0;
    for (size_t i = 0; v && i < x->grid.n_rows; i++)
        for (size_t j = 0; j < n_periods; j++) {
            bool enough = x->all[i * n_periods + j] >= TT_LEAST_ISSUES;
            v[i * n_periods + j] = enough ? x->share[i * n_periods + j] : NAN;
            *n += enough && i == 0;
        }
    return v;
}

/* Of the lines, the one that moved most from the first complete period with issues enough to the last. */
static tt_str line_title(tt_maker *m, const tt_grid *g)
{
    size_t first = g->n_periods, last = 0, best = 0;
    double most = -1;
    for (size_t j = 0; j < g->n_periods; j++)
        if (g->complete[j] && !isnan(g->value[j])) {
            first = first == g->n_periods ? j : first;
            last = j;
        }
    if (first >= last) {
        tt_buf_f(&m->text, g->n_rows == 1 ? "The most covered topic over time" : "The %s most covered topics over time",
                 number_word(g->n_rows));
        return tt_maker_keep(m);
    }
    for (size_t i = 0; i < g->n_rows; i++) {
        double change = fabs(g->value[i * g->n_periods + last] - g->value[i * g->n_periods + first]);
        if (change > most) {
            most = change;
            best = i;
        }
    }
    if (g->n_rows > 1)
        tt_buf_f(&m->text, "Of the top %s, ", number_word(g->n_rows));
    tt_maker_name(m, g->rows[best]);
    tt_buf_text(&m->text, g->n_rows > 1 ? " moved most: from " : " went from ");
    tt_plot_percent(&m->text, g->value[best * g->n_periods + first]);
    tt_buf_text(&m->text, " of the issues in ");
    tt_buf_str(&m->text, g->periods[first]);
    tt_buf_text(&m->text, " to ");
    tt_plot_percent(&m->text, g->value[best * g->n_periods + last]);
    tt_buf_text(&m->text, " in ");
    tt_buf_str(&m->text, g->periods[last]);
    return tt_maker_keep(m);
}

static void line_words(tt_maker *m, tt_figure *f, tt_plot_head *head, bool gaps)
{
    tt_buf_f(&m->text, "Share of the issues of each %s with at least one mention", m->axis->unit);
    if (gaps)
        tt_buf_f(&m->text, "; no point: fewer than %d issues", TT_LEAST_ISSUES);
    head->subtitle = tt_maker_keep(m);
    head->note = time_note(m);
    time_words(m, f, head, m->axis->incomplete.n ? "What is incomplete is hollow, dashed, and on grey." : "");
}

void tt_make_lines(tt_maker *m, tt_figure *f)
{
    struct fractions x;
    tt_plot_head head = {.name = f->name, .colors = m->in->colors};
    size_t n = m->s->n_ranked < TT_PLOT_LINES ? m->s->n_ranked : TT_PLOT_LINES;
    f->csv = nearest_csv(m);
    tt_buf_f(&m->text, n <= 1 ? "The most covered topic over time" : "The %s most covered topics over time",
             number_word(n));
    head.title = f->title = tt_maker_keep(m);
    f->why = n ? no_time(m, 2) : tt_maker_text(m, "no topic of the lexicon occurs");
    if (f->why.n || !topic_fractions(m, &x, n))
        return;
    size_t n_enough;
    x.grid.value = comparable(m, &x, &n_enough);
    if (!m->text.failed && n_enough < 2) {
        tt_buf_f(&m->text, "fewer than two %ss have %d issues or more", m->axis->unit, TT_LEAST_ISSUES);
        f->why = tt_maker_keep(m);
        return;
    }
    fraction_cells(m, f, &x, true);
    if (!m->text.failed)
        head.title = line_title(m, &x.grid);
    line_words(m, f, &head, n_enough < x.grid.n_periods);
    if (m->text.failed)
        return;
    tt_plot_lines(&m->text, &head, &x.grid);
    f->script = tt_maker_keep(m);
}

/* The topic that came in the most periods; the first of equals covers most issues. */
static tt_str heat_title(tt_maker *m, const struct fractions *x)
{
    size_t n_periods = x->grid.n_periods, best = 0, most = 0, last = 0, all = 0, filled = 0;
    for (size_t j = 0; j < n_periods; j++)
        filled += x->all[j] != 0;
    for (size_t i = 0; i < x->grid.n_rows; i++) {
        size_t n = 0;
        for (size_t j = 0; j < n_periods; j++)
            n += x->of[i * n_periods + j] != 0;
        best = n > most ? i : best;
        most = n > most ? n : most;
        all += n == filled;
        last = n == filled ? i : last;
    }
    tt_maker_name(m, x->grid.rows[best]);
    if (all == 2) {
        tt_buf_text(&m->text, " and ");
        tt_maker_name(m, x->grid.rows[last]);
    }
    if (all > 2)
        tt_buf_f(&m->text, " and %zu more", all - 1);
    if (all)
        tt_buf_f(&m->text, " came in every %s%s", m->axis->unit, filled < n_periods ? " that has an issue" : "");
    else
        tt_buf_f(&m->text, " came in %zu of %zu %ss, no topic in more", most, filled, m->axis->unit);
    return tt_maker_keep(m);
}

void tt_make_heat(tt_maker *m, tt_figure *f)
{
    struct fractions x;
    tt_plot_head head = {.name = f->name, .colors = m->in->colors};
    size_t n = m->s->n_ranked < TT_TOP_ROWS ? m->s->n_ranked : TT_TOP_ROWS;
    f->csv = nearest_csv(m);
    tt_buf_f(&m->text, "When each topic was covered, by %s", m->axis->unit);
    head.title = f->title = tt_maker_keep(m);
    f->why = n ? no_time(m, 2) : tt_maker_text(m, "no topic of the lexicon occurs");
    if (f->why.n || !topic_fractions(m, &x, n))
        return;
    fraction_cells(m, f, &x, false);
    bool gap = false;
    uint32_t least = UINT32_MAX, most = 0;
    for (size_t j = 0; j < x.grid.n_periods; j++) {
        uint32_t n_issues = m->axis->series->periods[j].issues;
        gap |= n_issues == 0;
        most = n_issues > most ? n_issues : most;
        least = n_issues && n_issues < least ? n_issues : least;
    }
    tt_str *text = tt_maker_array(m, n * x.grid.n_periods, sizeof *text);
    for (size_t i = 0; i < n * x.grid.n_periods && text; i++) {
        if (x.of[i] || !x.all[i])
            tt_buf_f(&m->text, x.all[i] ? "%llu" : "–", (unsigned long long)x.of[i]);
        text[i] = tt_maker_keep(m);
    }
    x.grid.text = text;
    tt_buf_f(&m->text, "Issues of each %s with at least one mention; shade: their share of its %u to %u issues%s",
             m->axis->unit, least, most, gap ? "; –: no issue" : "");
    head.subtitle = tt_maker_keep(m);
    head.title = heat_title(m, &x);
    head.note = time_note(m);
    time_words(m, f, &head, "");
    if (m->text.failed)
        return;
    tt_plot_heat(&m->text, &head, &x.grid);
    f->script = tt_maker_keep(m);
}

/* ---- sections ---- */

struct section_words {
    uint32_t section;
    uint64_t words;
    tt_str name;
};

static int by_words(const void *x, const void *y)
{
    const struct section_words *a = x, *b = y;
    if (a->words != b->words)
        return a->words > b->words ? -1 : 1;
    return tt_str_cmp(a->name, b->name);
}

/* The period of a part that is selected and dated; n_periods: of none. */
static size_t part_period(const tt_maker *m, const tt_part *p)
{
    const tt_picked *k = &m->in->picked;
    int32_t date = m->in->facts->issues[p->issue].date;
    if (date == TT_NO_DATE || (k->issue && !k->issue[p->issue]) || (k->section && !k->section[p->section]))
        return m->axis->series->n_periods;
    return tt_summary_period(m->axis->series, date);
}

/* Sections that have words, most words first. */
static struct section_words *rank_sections(tt_maker *m, size_t *n)
{
    const tt_facts *f = m->in->facts;
    struct section_words *v = tt_maker_array(m, f->n_sections, sizeof *v);
    *n = 0;
    if (!v)
        return NULL;
    for (uint32_t i = 0; i < f->n_sections; i++)
        v[i] = (struct section_words){i, 0, f->sections[i]};
    for (size_t i = 0; i < f->cells->n_parts; i++)
        if (part_period(m, &f->cells->parts[i]) < m->axis->series->n_periods)
            v[f->cells->parts[i].section].words += f->cells->parts[i].words;
    if (f->n_sections)
        qsort(v, f->n_sections, sizeof *v, by_words);
    while (*n < f->n_sections && v[*n].words)
        ++*n;
    return v;
}

/* Rows: the sections of most words; where there are more than fit, the last row is all the others. */
static bool section_fractions(tt_maker *m, struct fractions *x, const struct section_words *v, size_t n)
{
    const tt_facts *f = m->in->facts;
    size_t n_rows = n < TT_PLOT_LINES ? n : TT_PLOT_LINES, n_periods = m->axis->series->n_periods;
    size_t *row_of = tt_maker_array(m, f->n_sections, sizeof *row_of);
    tt_str *rows = tt_maker_array(m, n_rows, sizeof *rows);
    if (!row_of || !rows || !new_fractions(m, x, n_rows))
        return false;
    for (size_t i = 0; i < f->n_sections; i++)
        row_of[i] = n_rows - 1;
    for (size_t i = 0; i < n_rows; i++) {
        row_of[v[i].section] = i;
        rows[i] = v[i].name;
    }
    if (n > n_rows) {
        tt_buf_f(&m->text, "%zu other sections", n - n_rows + 1);
        rows[n_rows - 1] = tt_maker_keep(m);
    }
    x->grid.rows = rows;
    for (size_t i = 0; i < f->cells->n_parts; i++) {
        const tt_part *p = &f->cells->parts[i];
        size_t j = part_period(m, p);
        if (j == n_periods)
            continue;
        x->of[row_of[p->section] * n_periods + j] += p->words;
        for (size_t r = 0; r < n_rows; r++)
            x->all[r * n_periods + j] += p->words;
    }
    divide(x);
    return true;
}

void tt_make_sections(tt_maker *m, tt_figure *f)
{
    struct fractions x;
    tt_plot_head head = {.name = f->name, .title = TT_S("How much room each section has"), .colors = m->in->colors};
    size_t n;
    f->title = head.title;
    f->csv = "trends-by-section.csv";
    const struct section_words *v = rank_sections(m, &n);
    f->why = no_time(m, 1);
    if (!f->why.n && n < 2)
        f->why = tt_maker_text(m, n ? "all text is in one section" : "no dated issue has words");
    if (!v || f->why.n || !section_fractions(m, &x, v, n))
        return;
    fraction_cells(m, f, &x, true);
    uint64_t words = 0;
    for (size_t i = 0; i < n; i++)
        words += v[i].words;
    tt_maker_name(m, v[0].name);
    tt_buf_text(&m->text,
                v[0].words * 2 > words ? " fills most of the newsletter: " : " has more room than any other section: ");
    tt_plot_percent(&m->text, (double)v[0].words / (double)words);
    tt_buf_text(&m->text, " of all words");
    head.title = tt_maker_keep(m);
    tt_buf_f(&m->text, "Share of the words of each %s, per cent", m->axis->unit);
    head.subtitle = tt_maker_keep(m);
    head.note = time_note(m);
    time_words(m, f, &head,
               "(intro) is what stands before the first section, (none) an issue without sections, (other) a section "
               "whose name stands in one issue only.");
    if (m->text.failed)
        return;
    tt_plot_stack(&m->text, &head, &x.grid, n > TT_PLOT_LINES);
    f->script = tt_maker_keep(m);
}
