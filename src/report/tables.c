/* In: facts, a series, sums. Out: the public tables but `mentions`, whose rows come one by one. Not here: which issues
 * and topics are selected, and the numbers themselves (trend/), formats (table.c). */
#include "report/tables.h"

#include <stdlib.h>

static bool picked(const bool *v, size_t i)
{
    return !v || v[i];
}

static int done(tt_table *t, tt_err *err)
{
    if (!t->failed)
        return 0;
    tt_table_release(t);
    return tt_fail_memory(err);
}

static void begin(tt_table *t, tt_table_kind kind)
{
    size_t n = 0;
    const tt_column *columns = tt_table_columns(kind, &n);
    tt_table_init(t, tt_table_name(kind), columns, n);
}

/* ---- issues and counts: by date, then name, undated last ---- */

/* An issue, and where its parts, cells and links begin. */
typedef struct tt_row_of {
    int32_t date;
    tt_str name;
    uint32_t issue;
    size_t part, cell, link;
} tt_row_of;

static int by_date(const void *x, const void *y)
{
    const tt_row_of *a = x, *b = y;
    bool a_none = a->date == TT_NO_DATE, b_none = b->date == TT_NO_DATE;
    if (a_none != b_none)
        return a_none ? 1 : -1;
    if (a->date != b->date)
        return a->date > b->date ? 1 : -1;
    int c = tt_str_cmp(a->name, b->name);
    return c ? c : (a->issue > b->issue) - (a->issue < b->issue);
}

/* The selected issues in order; NULL: no memory. The caller frees it. */
static tt_row_of *order_issues(const tt_facts *in, const tt_picked *p, size_t *n)
{
    const tt_cells *c = in->cells;
    tt_row_of *v = tt_calloc(in->n_issues + 1, sizeof *v);
    size_t part = 0, cell = 0, link = 0;
    *n = 0;
    for (uint32_t i = 0; v && i < in->n_issues; i++) {
        while (part < c->n_parts && c->parts[part].issue < i)
            part++;
        while (cell < c->n_cells && c->cells[cell].issue < i)
            cell++;
        while (link < in->n_links && in->links[link].issue < i)
            link++;
        if (picked(p->issue, i))
            v[(*n)++] = (tt_row_of){in->issues[i].date, in->issues[i].issue, i, part, cell, link};
    }
    if (*n > 1)
        qsort(v, *n, sizeof *v, by_date);
    return v;
}

static void put_number(tt_table *t, int64_t number)
{
    if (number < 0)
        tt_table_empty(t);
    else
        tt_table_int(t, number);
}

static void put_year(tt_table *t, int32_t date)
{
    int y, m, d;
    if (date == TT_NO_DATE) {
        tt_table_empty(t);
        return;
    }
    tt_day_split(date, &y, &m, &d);
    tt_table_int(t, y);
}

static tt_str date_source(const tt_issue *issue)
{
    static const char *const names[] = {[TT_DATE_NONE] = "none",
                                        [TT_DATE_INFERRED] = "inferred",
                                        [TT_DATE_NAME] = "name",
                                        [TT_DATE_METADATA] = "metadata",
                                        [TT_DATE_SIDE] = "side"};
    return tt_str_of(names[issue->date_source]);
}

typedef struct tt_issue_sum {
    uint64_t sections, words, places, topics;
} tt_issue_sum;

/* seen[topic] is the row that saw it last, plus 1. */
static tt_issue_sum sum_issue(const tt_facts *in, const tt_picked *p, const tt_row_of *row, size_t *seen, size_t mark)
{
    const tt_cells *c = in->cells;
    tt_issue_sum sum = {0};
    for (size_t i = row->part; i < c->n_parts && c->parts[i].issue == row->issue; i++) {
        const tt_part *part = &c->parts[i];
        if (!picked(p->section, part->section))
            continue;
        sum.sections += part->section != TT_SECTION_NONE && part->section != TT_SECTION_INTRO;
        sum.words += part->words;
        sum.places += part->places;
    }
    for (size_t i = row->cell; i < c->n_cells && c->cells[i].issue == row->issue; i++) {
        const tt_cell *cell = &c->cells[i];
        if (!picked(p->section, cell->section) || seen[cell->topic] == mark)
            continue;
        seen[cell->topic] = mark;
        sum.topics++;
    }
    return sum;
}

static void put_issue(tt_table *t, const tt_issue *issue, const tt_issue_sum *sum, bool rel)
{
    tt_table_text(t, issue->issue);
    put_number(t, issue->number);
    tt_table_date(t, issue->date);
    tt_table_text(t, date_source(issue));
    put_year(t, issue->date);
    tt_table_text(t, issue->title);
    tt_table_text(t, issue->format);
    tt_table_int(t, (int64_t)sum->sections);
    tt_table_int(t, (int64_t)sum->words);
    tt_table_int(t, (int64_t)sum->places);
    tt_table_int(t, (int64_t)sum->topics);
    tt_table_int(t, issue->n_repaired);
    tt_table_text(t, rel ? issue->rel : issue->path);
}

int tt_tables_issues(tt_table *t, const tt_facts *in, const tt_picked *p, bool rel, tt_err *err)
{
    size_t n = 0;
    begin(t, TT_TABLE_ISSUES);
    tt_row_of *rows = order_issues(in, p, &n);
    size_t *seen = tt_calloc(in->n_topics + 1, sizeof *seen);
    if (!rows || !seen)
        t->failed = true;
    for (size_t i = 0; i < n && !t->failed; i++) {
        tt_issue_sum sum = sum_issue(in, p, &rows[i], seen, i + 1);
        put_issue(t, &in->issues[rows[i].issue], &sum, rel);
    }
    tt_free(rows);
    tt_free(seen);
    return done(t, err);
}

static void put_topic(tt_table *t, const tt_topic *topic)
{
    tt_table_text(t, topic->id);
    tt_table_text(t, topic->label);
    tt_table_text(t, topic->type);
}

/* Parts stand by nth, cells by nth and topic: topics are sorted by id. */
static void put_counts(tt_table *t, const tt_facts *in, const tt_picked *p, const tt_row_of *row)
{
    const tt_cells *c = in->cells;
    const tt_issue *issue = &in->issues[row->issue];
    for (size_t i = row->cell, part = row->part; i < c->n_cells && c->cells[i].issue == row->issue; i++) {
        const tt_cell *cell = &c->cells[i];
        while (part < c->n_parts && c->parts[part].issue == row->issue && c->parts[part].nth < cell->nth)
            part++;
        if (!picked(p->section, cell->section) || !picked(p->topic, cell->topic))
            continue;
        tt_table_text(t, issue->issue);
        put_number(t, issue->number);
        tt_table_date(t, issue->date);
        put_year(t, issue->date);
        tt_table_text(t, in->sections[cell->section]);
        put_topic(t, &in->topics[cell->topic]);
        tt_table_int(t, cell->mentions);
        tt_table_int(t, part < c->n_parts ? c->parts[part].words : 0);
    }
}

int tt_tables_counts(tt_table *t, const tt_facts *in, const tt_picked *p, tt_err *err)
{
    size_t n = 0;
    begin(t, TT_TABLE_COUNTS);
    tt_row_of *rows = order_issues(in, p, &n);
    if (!rows)
        t->failed = true;
    for (size_t i = 0; i < n && !t->failed; i++)
        put_counts(t, in, p, &rows[i]);
    tt_free(rows);
    return done(t, err);
}

/* ---- links ---- */

static void put_links(tt_table *t, const tt_facts *in, const tt_picked *p, const tt_row_of *row)
{
    const tt_issue *issue = &in->issues[row->issue];
    for (size_t i = row->link; i < in->n_links && in->links[i].issue == row->issue; i++) {
        const tt_link *l = &in->links[i];
        if (!picked(p->section, l->section))
            continue;
        tt_table_text(t, issue->issue);
        tt_table_date(t, issue->date);
        tt_table_text(t, in->sections[l->section]);
        tt_table_text(t, l->url);
        tt_table_text(t, l->domain);
        tt_table_text(t, l->text);
        tt_table_text(t, l->target == TT_NO_ISSUE ? TT_S("") : in->issues[l->target].issue);
    }
}

int tt_tables_links(tt_table *t, const tt_facts *in, const tt_picked *p, tt_err *err)
{
    size_t n = 0;
    begin(t, TT_TABLE_LINKS);
    tt_row_of *rows = order_issues(in, p, &n);
    if (!rows)
        t->failed = true;
    for (size_t i = 0; i < n && !t->failed; i++)
        put_links(t, in, p, &rows[i]);
    tt_free(rows);
    return done(t, err);
}

/* ---- trends and topics ---- */

static void put_real(tt_table *t, bool has, double x)
{
    if (has)
        tt_table_real(t, x);
    else
        tt_table_empty(t);
}

static tt_str section_name(const tt_facts *in, uint32_t section)
{
    return section == TT_ALL_SECTIONS ? TT_S("(all)") : in->sections[section];
}

static void put_period(tt_table *t, const tt_period *p)
{
    tt_table_text(t, p->name);
    tt_table_date(t, p->start);
    tt_table_date(t, p->end);
    tt_table_flag(t, p->complete);
}

static void put_point(tt_table *t, const tt_facts *in, const tt_series *series, const tt_point *p)
{
    put_period(t, &series->periods[p->period]);
    tt_table_text(t, section_name(in, p->section));
    put_topic(t, &in->topics[p->topic]);
    tt_table_int(t, p->mentions);
    tt_table_int(t, p->issues_with);
    tt_table_int(t, p->issues);
    tt_table_int(t, (int64_t)p->words);
    put_real(t, p->has_rate, p->per_10k);
    put_real(t, p->has_rate_ci, p->rate_low);
    put_real(t, p->has_rate_ci, p->rate_high);
    put_real(t, p->has_share, p->share);
    put_real(t, p->has_share, p->share_low);
    put_real(t, p->has_share, p->share_high);
    tt_table_flag(t, p->low_n);
}

void tt_tables_trends_begin(tt_table *t)
{
    begin(t, TT_TABLE_TRENDS);
}

void tt_tables_trends_some(tt_table *t, const tt_facts *in, const tt_series *series, size_t first, size_t n)
{
    const size_t left = series->n_points - first;
    tt_table_clear(t);
    for (size_t i = 0; i < n && i < left && !t->failed; i++)
        put_point(t, in, series, &series->points[first + i]);
}

int tt_tables_trends(tt_table *t, const tt_facts *in, const tt_series *series, tt_err *err)
{
    tt_tables_trends_begin(t);
    tt_tables_trends_some(t, in, series, 0, series->n_points);
    return done(t, err);
}

int tt_tables_topics(tt_table *t, const tt_facts *in, const tt_topic_sum *sums, size_t n, tt_err *err)
{
    char year[TT_DATE_SIZE];
    begin(t, TT_TABLE_TOPICS);
    for (size_t i = 0; i < n && !t->failed; i++) {
        const tt_topic_sum *s = &sums[i];
        put_topic(t, &in->topics[s->topic]);
        tt_table_text(t, in->topics[s->topic].broader_text);
        tt_table_int(t, s->mentions);
        tt_table_int(t, s->issues_with);
        tt_table_date(t, s->first);
        tt_table_date(t, s->last);
        snprintf(year, sizeof year, "%04d", s->peak_year);
        tt_table_copy(t, s->peak_year ? tt_str_of(year) : TT_S(""));
        if (s->longest_gap < 0)
            tt_table_empty(t);
        else
            tt_table_int(t, s->longest_gap);
    }
    return done(t, err);
}

/* ---- over the whole series ---- */

static int32_t date_of(const tt_facts *in, uint32_t issue)
{
    return issue == TT_NO_ISSUE ? TT_NO_DATE : in->issues[issue].date;
}

static void put_life(tt_table *t, const tt_facts *in, const tt_life *life)
{
    tt_table_date(t, date_of(in, life->first));
    tt_table_date(t, date_of(in, life->last));
    tt_table_text(t, tt_str_of(tt_status_name(life->status)));
    tt_table_int(t, (int64_t)life->n_comebacks);
    put_number(t, life->longest_gap.days);
    tt_table_int(t, life->streak);
}

static void put_trend(tt_table *t, const tt_overall *o)
{
    tt_table_int(t, o->periods);
    if (o->has_trend)
        tt_table_int(t, o->kendall_s);
    else
        tt_table_empty(t);
    put_real(t, o->has_trend, o->kendall_tau);
    put_real(t, o->has_trend, o->kendall_p);
    tt_table_text(t, !o->has_trend ? TT_S("") : o->kendall_exact ? TT_S("exact") : TT_S("normal"));
    put_real(t, o->has_trend, o->slope);
    put_real(t, o->has_trend, o->slope_low);
    put_real(t, o->has_trend, o->slope_high);
    tt_table_text(t, o->trend_note);
}

static void put_bursts(tt_table *t, const tt_overall *o)
{
    tt_buf text = {0};
    for (size_t i = 0; i < o->n_bursts; i++) {
        tt_buf_text(&text, i ? "|" : "");
        tt_buf_str(&text, o->bursts[i].from);
        tt_buf_text(&text, "..");
        tt_buf_str(&text, o->bursts[i].to);
    }
    t->failed = t->failed || text.failed;
    tt_table_copy(t, (tt_str){text.p ? text.p : "", text.n});
    tt_buf_release(&text);
    put_real(t, o->n_bursts > 0, o->burst_weight);
    tt_table_real(t, o->burst_s);
    tt_table_real(t, o->burst_gamma);
    tt_table_text(t, o->burst_note);
}

int tt_tables_overall(tt_table *t, const tt_facts *in, const tt_overall *v, size_t n, tt_err *err)
{
    begin(t, TT_TABLE_OVERALL);
    for (size_t i = 0; i < n && !t->failed; i++) {
        const tt_overall *o = &v[i];
        put_topic(t, &in->topics[o->topic]);
        tt_table_int(t, o->mentions);
        tt_table_int(t, o->issues_with);
        tt_table_int(t, o->issues);
        tt_table_int(t, (int64_t)o->words);
        put_life(t, in, &o->life);
        put_real(t, o->has_dispersion, o->dispersion);
        put_real(t, o->has_dispersion_norm, o->dispersion_norm);
        put_trend(t, o);
        put_bursts(t, o);
    }
    return done(t, err);
}

/* ---- change ---- */

static void put_change(tt_table *t, const tt_facts *in, const tt_comparison *c, const tt_change *v)
{
    const tt_side_of_change *side = c->side;
    put_topic(t, &in->topics[v->topic]);
    for (int s = 0; s < 2; s++)
        tt_table_text(t, side[s].period.name);
    for (int s = 0; s < 2; s++) {
        tt_table_date(t, side[s].period.start);
        tt_table_date(t, side[s].period.end);
    }
    for (int s = 0; s < 2; s++)
        tt_table_int(t, v->mentions[s]);
    for (int s = 0; s < 2; s++)
        put_real(t, side[s].words > 0, 10000.0 * v->mentions[s] / (double)side[s].words);
    for (int s = 0; s < 2; s++)
        tt_table_int(t, v->issues_with[s]);
    for (int s = 0; s < 2; s++)
        tt_table_int(t, side[s].issues);
    for (int s = 0; s < 2; s++)
        put_real(t, side[s].issues > 0, (double)v->issues_with[s] / side[s].issues);
    for (int s = 0; s < 2; s++)
        tt_table_int(t, (int64_t)side[s].words);
    const double numbers[] = {v->log2_ratio, v->low, v->high, v->g2, v->p, v->p_adjusted};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        put_real(t, v->has_ratio, numbers[i]);
    tt_table_text(t, tt_str_of(tt_verdict_name((tt_verdict)v->verdict)));
}

int tt_tables_change(tt_table *t, const tt_facts *in, const tt_comparison *c, tt_err *err)
{
    begin(t, TT_TABLE_CHANGE);
    for (size_t i = 0; i < c->n && !t->failed; i++)
        put_change(t, in, c, &c->v[i]);
    return done(t, err);
}

/* ---- trends across ---- */

/* Points are period x section x topic without holes (trend/series.h). */
typedef struct tt_cube {
    const tt_point *points;
    size_t n_periods, n_sections, n_topics;
} tt_cube;

static tt_cube cube_of(const tt_series *s)
{
    tt_cube c = {.points = s->points, .n_periods = s->n_points ? s->n_periods : 0};
    while (c.n_topics < s->n_points && s->points[c.n_topics].period == 0 &&
           s->points[c.n_topics].section == s->points[0].section)
        c.n_topics++;
    if (c.n_topics)
        c.n_sections = s->n_points / s->n_periods / c.n_topics;
    return c;
}

static const tt_point *point_of(const tt_cube *c, size_t period, size_t section, size_t topic)
{
    return &c->points[(period * c->n_sections + section) * c->n_topics + topic];
}

/* One column of numbers; its name is told from those of the `n` columns in front. */
static bool make_column(tt_column *out, const tt_column *front, size_t n, tt_str name, const char *kind,
                        tt_measure measure, tt_arena *arena)
{
    *out = (tt_column){name, measure == TT_MEASURE_MENTIONS ? TT_TYPE_INT : TT_TYPE_REAL, false};
    if (!tt_table_valid(arena, &out->name))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!tt_str_eq(front[i].name, name))
            continue;
        tt_buf text = {0};
        tt_buf_f(&text, "%s:%.*s", kind, (int)name.n, name.p);
        bool ok = !text.failed && tt_str_dup(arena, (tt_str){text.p, text.n}, &out->name) == 0;
        tt_buf_release(&text);
        return ok;
    }
    return true;
}

/* The columns of trends that both shapes keep, by name; then one for each topic or period. NULL: no memory. */
static tt_column *make_columns(const tt_facts *in, const tt_series *s, const tt_cube *c, bool topics_across,
                               tt_measure measure, tt_arena *arena, size_t *n)
{
    static const char *const by_period[] = {"period", "period_start", "period_end", "complete", "section"};
    static const char *const by_topic[] = {"section", "topic", "label", "type"};
    const char *const *front = topics_across ? by_period : by_topic;
    const size_t n_front = topics_across ? sizeof by_period / sizeof *by_period : sizeof by_topic / sizeof *by_topic;
    const size_t across = topics_across ? c->n_topics : s->n_periods;
    size_t n_trends = 0;
    const tt_column *trends = tt_table_columns(TT_TABLE_TRENDS, &n_trends);
    tt_column *v = tt_arena_array(arena, n_front + across, sizeof *v);
    for (size_t i = 0; v && i < n_front; i++)
        for (size_t j = 0; j < n_trends; j++)
            if (tt_str_is(trends[j].name, front[i]))
                v[i] = trends[j];
    for (size_t i = 0; v && i < across; i++) {
        tt_str name = topics_across ? in->topics[point_of(c, 0, 0, i)->topic].id : s->periods[i].name;
        if (!make_column(&v[n_front + i], v, n_front, name, topics_across ? "topic" : "period", measure, arena))
            return NULL;
    }
    *n = n_front + across;
    return v;
}

static void put_measure(tt_table *t, const tt_point *p, tt_measure measure)
{
    if (measure == TT_MEASURE_MENTIONS)
        tt_table_int(t, p->mentions);
    else if (measure == TT_MEASURE_RATE)
        put_real(t, p->has_rate, p->per_10k);
    else
        put_real(t, p->has_share, p->share);
}

static void put_topics_across(tt_table *t, const tt_facts *in, const tt_series *s, const tt_cube *c, tt_measure measure)
{
    for (size_t period = 0; period < c->n_periods; period++)
        for (size_t section = 0; section < c->n_sections && !t->failed; section++) {
            put_period(t, &s->periods[period]);
            tt_table_text(t, section_name(in, point_of(c, period, section, 0)->section));
            for (size_t topic = 0; topic < c->n_topics; topic++)
                put_measure(t, point_of(c, period, section, topic), measure);
        }
}

static void put_periods_across(tt_table *t, const tt_facts *in, const tt_cube *c, tt_measure measure)
{
    for (size_t section = 0; section < c->n_sections; section++)
        for (size_t topic = 0; topic < c->n_topics && !t->failed; topic++) {
            tt_table_text(t, section_name(in, point_of(c, 0, section, topic)->section));
            put_topic(t, &in->topics[point_of(c, 0, section, topic)->topic]);
            for (size_t period = 0; period < c->n_periods; period++)
                put_measure(t, point_of(c, period, section, topic), measure);
        }
}

int tt_tables_wide(tt_table *t, const tt_facts *in, const tt_series *series, tt_wide wide, tt_measure measure,
                   tt_arena *arena, tt_err *err)
{
    const bool topics_across = wide == TT_WIDE_TOPICS_ACROSS;
    const tt_cube cube = cube_of(series);
    size_t n = 0;
    const tt_column *columns = make_columns(in, series, &cube, topics_across, measure, arena, &n);
    if (!columns)
        return tt_fail_memory(err);
    tt_table_init(t, topics_across ? "trends-topics-across" : "trends-periods-across", columns, n);
    if (topics_across)
        put_topics_across(t, in, series, &cube, measure);
    else
        put_periods_across(t, in, &cube, measure);
    return done(t, err);
}

/* ---- mentions ---- */

void tt_tables_mention(tt_table *t, const tt_mention_row *row)
{
    tt_table_text(t, row->path);
    tt_table_int(t, (int64_t)row->line);
    tt_table_int(t, (int64_t)row->column);
    tt_table_text(t, row->issue->issue);
    put_number(t, row->issue->number);
    tt_table_date(t, row->issue->date);
    tt_table_text(t, row->section);
    tt_table_text(t, row->zone);
    tt_table_text(t, row->topic);
    tt_table_text(t, row->via);
    tt_table_text(t, row->term);
    tt_table_text(t, row->surface);
    tt_table_text(t, row->before);
    tt_table_text(t, row->after);
}
