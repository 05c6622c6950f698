/* In: cells and a filter. Out: totals, first, last, peak year and longest gap of each topic. Not here: series by period
 * (series.c). */
#include "trend/series.h"

enum { N_YEARS = 10000 }; /* years 1 to 9999 */

/* What is known of a topic while issues pass by in order of date. */
typedef struct tt_run_of {
    uint64_t mentions;
    uint32_t issues_with;
    uint32_t seen; /* the issue counted last, plus 1 */
    int32_t first, last, gap;
    int year;               /* the year in hand; 0: none */
    uint32_t with;          /* issues of that year that have it */
    int peak;               /* best year before it; 0: none */
    uint32_t peak_with, of; /* its share */
} tt_run_of;

typedef struct tt_summing {
    const tt_facts *in;
    const tt_filter *f;
    uint32_t *issues;   /* by year */
    size_t *first_cell; /* by issue */
    tt_run_of *topics;  /* by id */
} tt_summing;

static int year_of(int32_t day)
{
    int y, m, d;
    tt_day_split(day, &y, &m, &d);
    return y > 0 && y < N_YEARS ? y : 0;
}

/* Issues by year: with sections named, those that have one of them. */
static void count_issues(tt_summing *s)
{
    const tt_cells *c = s->in->cells;
    size_t p = 0;
    for (size_t i = 0; i < s->in->n_issues; i++) {
        bool any = !s->f->sections_named;
        for (; p < c->n_parts && c->parts[p].issue == i; p++)
            any = any || s->f->section[c->parts[p].section];
        if (any && s->f->issue[i] && s->in->issues[i].date != TT_NO_DATE)
            s->issues[year_of(s->in->issues[i].date)]++;
    }
}

/* Shares are compared as fractions, so that equals are equal; the earliest of equals stays. */
static void close_year(const tt_summing *s, tt_run_of *t)
{
    if (t->year == 0)
        return;
    uint32_t of = s->issues[t->year];
    if (t->peak == 0 || (uint64_t)t->with * t->of > (uint64_t)t->peak_with * of) {
        t->peak = t->year;
        t->peak_with = t->with;
        t->of = of;
    }
    t->year = 0;
    t->with = 0;
}

static void add_date(const tt_summing *s, tt_run_of *t, int32_t date)
{
    int year = year_of(date);
    if (t->first == TT_NO_DATE)
        t->first = date;
    else if (date - t->last > t->gap)
        t->gap = date - t->last;
    t->last = date;
    if (year != t->year)
        close_year(s, t);
    t->year = year;
    t->with++;
}

/* Issues come by rank: by date, the undated last. */
static void add_issue(tt_summing *s, uint32_t issue)
{
    const tt_cells *c = s->in->cells;
    int32_t date = s->in->issues[issue].date;
    for (size_t i = s->first_cell[issue]; i < c->n_cells && c->cells[i].issue == issue; i++) {
        const tt_cell *cell = &c->cells[i];
        tt_run_of *t = &s->topics[cell->topic];
        if (!s->f->section[cell->section] || !s->f->topic[cell->topic])
            continue;
        t->mentions += cell->mentions;
        if (t->seen == issue + 1)
            continue;
        t->seen = issue + 1;
        t->issues_with++;
        if (date != TT_NO_DATE)
            add_date(s, t, date);
    }
}

static int write_sums(tt_summing *s, tt_topic_sum *out, size_t *n)
{
    *n = 0;
    for (uint32_t id = 0; id < s->in->n_topics; id++) {
        tt_run_of *t = &s->topics[id];
        if (t->mentions == 0 && !(s->f->topics_named && s->f->topic[id]))
            continue;
        if (t->mentions > UINT32_MAX)
            return TT_ELIMIT;
        close_year(s, t);
        out[(*n)++] = (tt_topic_sum){id, (uint32_t)t->mentions, t->issues_with, t->first, t->last, t->peak, t->gap};
    }
    return 0;
}

static int make(tt_summing *s, tt_topic_sum *out, size_t *n)
{
    const tt_cells *c = s->in->cells;
    for (size_t i = 0; i < s->in->n_topics; i++)
        s->topics[i] = (tt_run_of){.first = TT_NO_DATE, .last = TT_NO_DATE, .gap = -1};
    for (size_t i = 0, at = 0; i < s->in->n_issues; i++) {
        while (at < c->n_cells && c->cells[at].issue < i)
            at++;
        s->first_cell[i] = at;
    }
    count_issues(s);
    for (size_t rank = 0; rank < s->in->n_issues; rank++)
        if (s->f->issue[s->in->order[rank]])
            add_issue(s, s->in->order[rank]);
    return write_sums(s, out, n);
}

int tt_topic_sums(const tt_facts *in, const tt_filter *f, tt_arena *arena, tt_topic_sum **out, size_t *n, tt_err *err)
{
    tt_summing s = {.in = in, .f = f};
    s.issues = tt_calloc(N_YEARS, sizeof *s.issues);
    s.first_cell = tt_calloc(in->n_issues + 1, sizeof *s.first_cell);
    s.topics = tt_calloc(in->n_topics + 1, sizeof *s.topics);
    *out = tt_arena_array(arena, in->n_topics, sizeof **out);
    int rc = s.issues && s.first_cell && s.topics && *out ? make(&s, *out, n) : TT_ENOMEM;
    tt_free(s.issues);
    tt_free(s.first_cell);
    tt_free(s.topics);
    if (rc == TT_ELIMIT)
        return tt_fail(err, rc, NULL, 0, 0, "a topic has more than %lu mentions; read the archive in parts",
                       (unsigned long)UINT32_MAX);
    return rc == 0 ? 0 : tt_fail_memory(err);
}
