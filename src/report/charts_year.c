/* In: a summary, series by year. Out: for each year its set of charts; what they share. Not here: the charts themselves
 * (charts_year_*.c), gnuplot's language (plot*.c). */
#include "report/charts_year.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* In the order of the page. */
static const struct {
    const char *name;
    void (*make)(const tt_year *, tt_figure *);
} figures[] = {
    {"top-topics", tt_year_top},
    {"top-topics-rate", tt_year_top_rate},
    {"risers-and-fallers", tt_year_risers},
    {"topics-by-month", tt_year_months},
    {"organizations", tt_year_organizations},
    {"people", tt_year_people},
    {"models", tt_year_models},
    {"section-mix", tt_year_mix},
    {"issue-length", tt_year_length},
    {"topics-by-section", tt_year_sections},
    {"most-linked-sites", tt_year_sites},
    {"issues-referred-to", tt_year_referred},
};

enum { N_FIGURES = sizeof figures / sizeof *figures };

const char *tt_year_figure_name(size_t i)
{
    return i < N_FIGURES ? figures[i].name : NULL;
}

/* ---- words ---- */

void tt_year_topic_name(const tt_year *y, const tt_year_topic *t)
{
    tt_maker_name(y->m, y->m->in->facts->topics[t->topic].label);
}

void tt_year_incomplete(const tt_year *y)
{
    tt_buf *text = &y->m->text;
    const tt_summary *s = y->m->s;
    if (y->period->complete || s->last == TT_NO_DATE)
        return;
    bool starts = s->first > y->period->start, ends = s->last < y->period->end;
    tt_buf_f(text, "%d is incomplete: it ", y->year);
    if (starts && s->first <= y->period->end) {
        tt_buf_text(text, "starts on ");
        tt_summary_day(text, s->lang, s->first, false);
        tt_buf_text(text, ends ? " and " : ". ");
    }
    if (ends) {
        tt_buf_text(text, "runs to ");
        tt_summary_day(text, s->lang, s->last, false);
        tt_buf_text(text, ". ");
    }
}

void tt_year_words(const tt_year *y, tt_figure *f, tt_plot_head *head, tt_str title, tt_str subtitle, const char *seen)
{
    tt_maker *m = y->m;
    *head = (tt_plot_head){.name = f->name,
                           .title = title,
                           .subtitle = subtitle,
                           .note = tt_str_trim(tt_maker_keep(m)),
                           .colors = m->in->colors};
    f->title = title;
    f->head = tt_plot_head_height(head);
    tt_buf_str(&m->text, subtitle);
    tt_buf_text(&m->text, ". ");
    tt_buf_str(&m->text, head->note);
    tt_buf_text(&m->text, head->note.n && seen[0] ? " " : "");
    tt_buf_text(&m->text, seen);
    f->caption = tt_str_trim(tt_maker_keep(m));
    tt_buf_str(&m->text, title);
    tt_buf_text(&m->text, ". ");
    tt_buf_str(&m->text, subtitle);
    tt_buf_text(&m->text, ". The numbers stand in the table below.");
    f->alt = tt_maker_keep(m);
}

void tt_year_rate(tt_maker *m, double rate)
{
    char text[TT_NUM_SIZE];
    double unit = rate >= 99.95 ? 1 : rate >= 9.995 ? 10 : 100;
    tt_buf_add(&m->text, text, tt_num_format(round(rate * unit) / unit, text));
}

/* ---- tables ---- */

tt_cells_out tt_year_table(const tt_year *y, tt_figure *f, size_t n_rows, const char *const *heads, size_t n_columns)
{
    tt_cells_out out = {0};
    tt_str *v = tt_maker_cells(y->m, f, n_rows + 1, n_columns);
    if (!v)
        return out;
    for (size_t i = 0; i < (n_rows + 1) * n_columns; i++)
        v[i] = (tt_str){"", 0};
    for (size_t i = 0; i < n_columns; i++)
        v[i] = tt_str_of(heads[i]);
    return (tt_cells_out){v + n_columns, v + (n_rows + 1) * n_columns};
}

void tt_year_cell_text(const tt_year *y, tt_cells_out *out, tt_str s)
{
    (void)y;
    if (out->at < out->end)
        *out->at++ = s;
}

void tt_year_cell(const tt_year *y, tt_cells_out *out)
{
    tt_year_cell_text(y, out, tt_maker_keep(y->m));
}

void tt_year_cell_count(const tt_year *y, tt_cells_out *out, uint64_t n)
{
    tt_summary_count(&y->m->text, n);
    tt_year_cell(y, out);
}

/* ---- the year ---- */

bool tt_year_bears(const tt_year *y, tt_figure *f)
{
    tt_maker *m = y->m;
    if (y->period->issues < TT_LEAST_ISSUES) {
        tt_buf_f(&m->text, "%d has ", y->year);
        tt_summary_counted(&m->text, y->period->issues, "issue", "issues");
        tt_buf_f(&m->text, ", fewer than %d, too few for shares", TT_LEAST_ISSUES);
        f->why = tt_maker_keep(m);
        return false;
    }
    if (!y->n_topics) {
        tt_buf_f(&m->text, "no topic of the lexicon occurs in %d", y->year);
        f->why = tt_maker_keep(m);
        return false;
    }
    return true;
}

static int by_cover(const void *x, const void *y)
{
    const tt_year_topic *a = x, *b = y;
    if (a->now->issues_with != b->now->issues_with)
        return a->now->issues_with > b->now->issues_with ? -1 : 1;
    if (a->now->mentions != b->now->mentions)
        return a->now->mentions > b->now->mentions ? -1 : 1;
    return (a->topic > b->topic) - (a->topic < b->topic);
}

/* The points of a period: topics stand in the same order in each. */
static const tt_point *points_of(const tt_series *s, size_t period, size_t *n)
{
    *n = s->n_periods ? s->n_points / s->n_periods : 0;
    return s->points + period * *n;
}

/* What the year before had: all of it where this year is complete, else the same days. */
static void add_before(tt_year *y, const tt_point *now, size_t n)
{
    const tt_comparison *c = y->change;
    size_t k = 0;
    for (size_t i = 0; i < y->n_topics; i++) {
        tt_year_topic *t = &y->topics[i];
        if (y->period->complete && y->at) {
            const tt_point *before = now + (t->now - now) - (ptrdiff_t)n;
            t->mentions_before = before->mentions;
            t->issues_before = before->issues_with;
        } else if (!y->period->complete && c) {
            while (k < c->n && c->v[k].topic < t->topic)
                k++;
            if (k < c->n && c->v[k].topic == t->topic) {
                t->mentions_before = c->v[k].mentions[0];
                t->issues_before = c->v[k].issues_with[0];
            }
        }
    }
}

/* Topics that occur, with what they were before, still in the order of their ids; then by cover. */
static void rank(tt_year *y)
{
    size_t n;
    const tt_point *now = points_of(y->m->in->by_year, y->at, &n);
    y->topics = tt_maker_array(y->m, n, sizeof *y->topics);
    for (size_t i = 0; i < n && y->topics; i++)
        if (now[i].mentions)
            y->topics[y->n_topics++] = (tt_year_topic){.topic = now[i].topic, .now = &now[i]};
    add_before(y, now, n);
    if (y->n_topics)
        qsort(y->topics, y->n_topics, sizeof *y->topics, by_cover);
}

/* Words of a period: any of its points has them. */
static uint64_t words_of(const tt_series *s, size_t period)
{
    size_t n;
    const tt_point *v = points_of(s, period, &n);
    return n ? v[0].words : 0;
}

static void find_before(tt_year *y)
{
    tt_maker *m = y->m;
    const tt_series *s = m->in->by_year;
    const tt_period *p = y->at ? &s->periods[y->at - 1] : NULL;
    if (!p) {
        y->before = tt_maker_text(m, "It is the first year of the archive.");
        return;
    }
    y->n_before = y->period->complete ? p->issues : y->change ? y->change->side[0].issues : 0;
    y->words_before = y->period->complete ? words_of(s, y->at - 1) : y->change ? y->change->side[0].words : 0;
    y->has_before = y->n_before >= TT_LEAST_ISSUES;
    tt_buf_f(&m->text, "%d", y->year - 1);
    if (!y->period->complete && y->change && m->s->last < y->period->end) {
        tt_buf_text(&m->text, " to ");
        tt_summary_day(&m->text, m->s->lang, m->s->last, false);
    }
    if (!y->has_before) {
        tt_buf_text(&m->text, " has ");
        tt_summary_counted(&m->text, y->n_before, "issue", "issues");
        tt_buf_text(&m->text, ", too few to compare with.");
    } else if (!p->complete && y->period->complete && m->s->first > p->start) {
        tt_buf_text(&m->text, " from ");
        tt_summary_day(&m->text, m->s->lang, m->s->first, false);
    }
    y->before = tt_maker_keep(m);
}

static void make_year(tt_year_charts *out, tt_maker *m, size_t at)
{
    const tt_series *s = m->in->by_year;
    tt_year y = {.m = m, .at = at, .period = &s->periods[at]};
    int month, day;
    tt_day_split(y.period->start, &y.year, &month, &day);
    if (at && m->in->changes && m->in->changes[at].n)
        y.change = &m->in->changes[at];
    *out = (tt_year_charts){.year = y.year,
                            .period = y.period,
                            .v = tt_maker_array(m, N_FIGURES, sizeof *out->v),
                            .n = N_FIGURES,
                            .svgs = tt_maker_array(m, N_FIGURES, sizeof *out->svgs)};
    if (m->text.failed)
        return;
    find_before(&y);
    rank(&y);
    for (size_t i = 0; i < N_FIGURES && !m->text.failed; i++) {
        out->v[i] = (tt_figure){.name = figures[i].name, .csv = "trends-by-year.csv"};
        out->svgs[i] = (tt_str){"", 0};
        figures[i].make(&y, &out->v[i]);
    }
}

int tt_year_charts_make(tt_year_charts **out, size_t *n, const tt_summary *s, const tt_report_in *in, tt_arena *arena,
                        tt_err *err)
{
    const tt_series *chosen = in->by_year;
    tt_summary whole = *s;
    tt_maker m = {.in = in->all ? in->all : in, .s = &whole, .arena = arena};
    int rc = in->all ? tt_summary_make(&whole, in->all, arena, err) : 0;
    *n = 0;
    *out = tt_maker_array(&m, chosen->n_periods, sizeof **out);
    for (size_t i = 0; i < chosen->n_periods && rc == 0 && !m.text.failed; i++)
        if (chosen->periods[i].issues)
            make_year(&(*out)[(*n)++], &m, tt_summary_period(m.in->by_year, chosen->periods[i].start));
    bool failed = m.text.failed;
    tt_buf_release(&m.text);
    return rc != 0 ? rc : failed ? tt_fail_memory(err) : 0;
}
