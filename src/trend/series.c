/* In: cells and a filter. Out: one point for each period, section and topic, with rates, shares and intervals. Not here:
 * formulas (stats.c), periods (period.c), totals of topics (sums.c). */
#include "trend/series.h"

#include "trend/period.h"
#include "base/stats.h"

#include <stdlib.h>

#define NO_SLOT UINT32_MAX

/* A denominator: a section, or all, in a period. */
typedef struct tt_base {
    uint32_t issues;
    uint64_t words;
    tt_ratio words_of; /* n, w and ww of its issues */
} tt_base;

typedef struct tt_work {
    const tt_facts *in;
    const tt_filter *f;
    tt_periods periods;
    uint32_t *section_slot, *topic_slot; /* by id: place in the output, or NO_SLOT */
    uint32_t *sections, *topics;         /* by slot: id */
    size_t n_sections, n_topics;
    tt_base *bases;   /* period x section */
    uint32_t *sum_of; /* by point: place in `sums`; 0: it has no mention, as most have none */
    tt_ratio *sums;   /* of the issues that have the topic; the first is of none */
    size_t n_sums, cap_sums;
    uint64_t *mentions; /* by topic slot, of the unit in hand; else 0 */
    uint32_t *touched;  /* topic slots that are not 0 there */
    tt_point *points;
    size_t n_points;
} tt_work;

int tt_series_size(size_t n_periods, size_t n_sections, size_t n_topics, size_t *out, tt_err *err)
{
    size_t n = n_periods;
    const size_t factors[] = {n_sections, n_topics};
    for (size_t i = 0; i < 2; i++) {
        if (factors[i] && n > TT_MAX_POINTS / factors[i])
            return tt_fail(err, TT_ELIMIT, NULL, 0, 0,
                           "%zu periods x %zu sections x %zu topics are more than %d rows; choose longer periods or "
                           "fewer topics",
                           n_periods, n_sections, n_topics, TT_MAX_POINTS);
        n *= factors[i];
    }
    *out = n;
    return 0;
}

/* ---- what occurs ---- */

struct named {
    tt_str name;
    uint32_t id;
};

static int by_name(const void *x, const void *y)
{
    const struct named *a = x, *b = y;
    int c = tt_str_cmp(a->name, b->name);
    return c ? c : (a->id > b->id) - (a->id < b->id);
}

/* Gives slots in order of name to the sections that are marked with 0 in section_slot. */
static int order_sections(tt_work *w, tt_arena *arena)
{
    size_t n = 0;
    struct named *v = tt_alloc((w->in->n_sections + 1) * sizeof *v);
    w->sections = tt_arena_array(arena, w->in->n_sections + 1, sizeof *w->sections);
    if (!v || !w->sections) {
        tt_free(v);
        return TT_ENOMEM;
    }
    for (uint32_t id = 0; id < w->in->n_sections; id++)
        if (w->section_slot[id] == 0)
            v[n++] = (struct named){w->in->sections[id], id};
    if (n > 1)
        qsort(v, n, sizeof *v, by_name);
    for (uint32_t slot = 0; slot < n; slot++) {
        w->sections[slot] = v[slot].id;
        w->section_slot[v[slot].id] = slot;
    }
    w->n_sections = n;
    tt_free(v);
    return 0;
}

/* Topics stand by id already. */
static int order_topics(tt_work *w, tt_arena *arena)
{
    w->topics = tt_arena_array(arena, w->in->n_topics + 1, sizeof *w->topics);
    if (!w->topics)
        return TT_ENOMEM;
    for (uint32_t id = 0; id < w->in->n_topics; id++) {
        if (w->f->topics_named)
            w->topic_slot[id] = w->f->topic[id] ? 0 : NO_SLOT;
        if (w->topic_slot[id] == NO_SLOT)
            continue;
        w->topic_slot[id] = (uint32_t)w->n_topics;
        w->topics[w->n_topics++] = id;
    }
    return 0;
}

static int find_slots(tt_work *w, tt_arena *arena)
{
    const tt_cells *c = w->in->cells;
    w->section_slot = tt_arena_array(arena, w->in->n_sections + 1, sizeof *w->section_slot);
    w->topic_slot = tt_arena_array(arena, w->in->n_topics + 1, sizeof *w->topic_slot);
    if (!w->section_slot || !w->topic_slot)
        return TT_ENOMEM;
    for (size_t i = 0; i < w->in->n_sections; i++)
        w->section_slot[i] = NO_SLOT;
    for (size_t i = 0; i < w->in->n_topics; i++)
        w->topic_slot[i] = NO_SLOT;
    for (size_t i = 0; i < c->n_parts; i++)
        if (w->f->issue[c->parts[i].issue] && w->f->section[c->parts[i].section])
            w->section_slot[c->parts[i].section] = 0;
    for (size_t i = 0; i < c->n_cells; i++)
        if (w->f->issue[c->cells[i].issue] && w->f->section[c->cells[i].section] && w->f->topic[c->cells[i].topic])
            w->topic_slot[c->cells[i].topic] = 0;
    if (order_topics(w, arena) != 0)
        return TT_ENOMEM;
    if (w->f->by_section)
        return order_sections(w, arena);
    w->n_sections = 1;
    return 0;
}

/* ---- counting ---- */

static int add_mentions(tt_work *w, size_t at, uint64_t mentions, uint64_t words)
{
    tt_point *p = &w->points[at];
    if (mentions > UINT32_MAX - p->mentions)
        return TT_ELIMIT;
    if (w->sum_of[at] == 0) {
        if (tt_grow(&w->sums, &w->cap_sums, w->n_sums + 1, sizeof *w->sums) != 0)
            return TT_ENOMEM;
        w->sum_of[at] = (uint32_t)w->n_sums;
        w->sums[w->n_sums++] = (tt_ratio){0};
    }
    p->mentions += (uint32_t)mentions;
    p->issues_with++;
    tt_ratio_add(&w->sums[w->sum_of[at]], (double)mentions, (double)words);
    return 0;
}

/* A unit is what one issue gives to one base: all of its selected sections, or one. Cells first to end belong to it. */
static int add_unit(tt_work *w, size_t base, uint64_t words, size_t first, size_t end)
{
    size_t n = 0;
    w->bases[base].issues++;
    w->bases[base].words += words;
    tt_ratio_add(&w->bases[base].words_of, 0, (double)words);
    for (size_t i = first; i < end; i++) {
        const tt_cell *c = &w->in->cells->cells[i];
        if (!w->f->section[c->section] || !w->f->topic[c->topic])
            continue;
        uint32_t slot = w->topic_slot[c->topic];
        if (w->mentions[slot] == 0)
            w->touched[n++] = slot;
        w->mentions[slot] += c->mentions;
    }
    int rc = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t m = w->mentions[w->touched[i]];
        w->mentions[w->touched[i]] = 0;
        if (rc == 0)
            rc = add_mentions(w, base * w->n_topics + w->touched[i], m, words);
    }
    return rc;
}

/* Parts p to p_end and cells c to c_end are those of one issue. */
static int add_issue(tt_work *w, uint32_t issue, size_t p, size_t p_end, size_t c, size_t c_end)
{
    const tt_part *parts = w->in->cells->parts;
    const tt_cell *cells = w->in->cells->cells;
    const uint32_t period = w->periods.of_issue[issue];
    const size_t c_all = c;
    uint64_t words = 0;
    bool any = false;
    int rc = 0;
    if (period == TT_NO_PERIOD)
        return 0;
    for (size_t i = p; i < p_end && rc == 0; i++) {
        size_t first = c;
        while (c < c_end && cells[c].nth == parts[i].nth)
            c++;
        if (!w->f->section[parts[i].section])
            continue;
        any = true;
        words += parts[i].words;
        if (w->f->by_section)
            rc = add_unit(w, period * w->n_sections + w->section_slot[parts[i].section], parts[i].words, first, c);
    }
    if (rc == 0 && !w->f->by_section && (any || !w->f->sections_named))
        rc = add_unit(w, period, words, c_all, c_end);
    return rc;
}

static int count(tt_work *w)
{
    const tt_cells *v = w->in->cells;
    size_t p = 0, c = 0;
    int rc = 0;
    for (uint32_t issue = 0; issue < w->in->n_issues && rc == 0; issue++) {
        const size_t p0 = p, c0 = c;
        while (p < v->n_parts && v->parts[p].issue == issue)
            p++;
        while (c < v->n_cells && v->cells[c].issue == issue)
            c++;
        rc = add_issue(w, issue, p0, p, c0, c);
    }
    return rc;
}

/* ---- the numbers of a point ---- */

void tt_point_finish(tt_point *p, const tt_ratio *words_of, const tt_ratio *with)
{
    p->low_n = p->mentions < TT_MIN_MENTIONS || p->issues < TT_MIN_ISSUES;
    p->has_rate = p->words > 0;
    if (p->has_rate)
        p->per_10k = 10000.0 * p->mentions / (double)p->words;
    if (!p->low_n) {
        /* issues without the topic add nothing but words */
        tt_ratio r = {words_of->n, with->m, words_of->w, with->mm, words_of->ww, with->mw};
        p->has_rate_ci = tt_ratio_ci(&r, &p->rate_low, &p->rate_high);
    }
    p->has_share = p->issues > 0;
    if (p->has_share) {
        p->share = (double)p->issues_with / p->issues;
        tt_wilson(p->issues_with, p->issues, &p->share_low, &p->share_high);
    }
}

static void finish_point(tt_point *p, const tt_base *b, const tt_ratio *with)
{
    p->issues = b->issues;
    p->words = b->words;
    tt_point_finish(p, &b->words_of, with);
}

/* Most points of a long series have no mention: they share their numbers, which are made once for each base. */
static void finish(tt_work *w)
{
    size_t at = 0;
    for (uint32_t period = 0; period < w->periods.n; period++)
        for (size_t s = 0; s < w->n_sections; s++) {
            const tt_base *base = &w->bases[period * w->n_sections + s];
            tt_point none = {.period = period, .section = w->f->by_section ? w->sections[s] : TT_ALL_SECTIONS};
            finish_point(&none, base, &w->sums[0]);
            for (size_t t = 0; t < w->n_topics; t++, at++) {
                tt_point *p = &w->points[at];
                if (p->issues_with == 0) {
                    *p = none;
                } else {
                    p->period = none.period;
                    p->section = none.section;
                    finish_point(p, base, &w->sums[w->sum_of[at]]);
                }
                p->topic = w->topics[t];
            }
        }
}

static int make_points(tt_work *w, tt_arena *arena)
{
    w->points = tt_arena_array(arena, w->n_points, sizeof *w->points);
    w->bases = tt_calloc(w->periods.n * w->n_sections + 1, sizeof *w->bases);
    w->sum_of = tt_calloc(w->n_points + 1, sizeof *w->sum_of);
    w->mentions = tt_calloc(w->n_topics + 1, sizeof *w->mentions);
    w->touched = tt_calloc(w->n_topics + 1, sizeof *w->touched);
    int rc = TT_ENOMEM;
    if (w->points && w->bases && w->sum_of && w->mentions && w->touched &&
        tt_grow(&w->sums, &w->cap_sums, 1, sizeof *w->sums) == 0) {
        w->sums[w->n_sums++] = (tt_ratio){0};
        for (size_t i = 0; i < w->n_points; i++)
            w->points[i] = (tt_point){0};
        rc = count(w);
        if (rc == 0)
            finish(w);
    }
    tt_free(w->bases);
    tt_free(w->sum_of);
    tt_free(w->sums);
    tt_free(w->mentions);
    tt_free(w->touched);
    return rc;
}

int tt_series_make(tt_series *out, const tt_facts *in, const tt_filter *f, tt_arena *arena, tt_err *err)
{
    tt_work w = {.in = in, .f = f};
    int rc = tt_periods_make(&w.periods, in, f, arena, err);
    if (rc != 0)
        return rc;
    if (find_slots(&w, arena) != 0)
        return tt_fail_memory(err);
    rc = tt_series_size(w.periods.n, w.n_sections, w.n_topics, &w.n_points, err);
    if (rc != 0)
        return rc;
    rc = make_points(&w, arena);
    if (rc == TT_ELIMIT)
        return tt_fail(err, rc, NULL, 0, 0, "a topic has more than %lu mentions in a period; choose shorter periods",
                       (unsigned long)UINT32_MAX);
    if (rc != 0)
        return tt_fail_memory(err);
    *out = (tt_series){w.periods.v, w.periods.n, w.points, w.n_points};
    return 0;
}
