/* In: cells, a selection, a topic. Out: its totals, its series, its sections and issues. Not here: the text (run_ask.c),
 * what is printed of it (report/answer*.c), statistics of a series (overall.c). */
#include "trend/answer.h"

#include "base/stats.h"
#include "trend/period.h"

#include <stdlib.h>
#include <string.h>

struct summing {
    const tt_facts *in;
    const tt_filter *f;
    uint32_t topic;
    tt_ratio words, with;
    tt_point all;
    tt_section_sum *sections; /* by section */
    tt_busy *busy;
    size_t n_busy;
};

/* Parts p to p_end and cells c to c_end are those of one issue. */
static int add_issue(struct summing *s, uint32_t issue, size_t p, size_t p_end, size_t c, size_t c_end)
{
    const tt_cells *v = s->in->cells;
    uint64_t words = 0, mentions = 0;
    bool any = !s->f->sections_named;
    for (; p < p_end; p++) {
        if (!s->f->section[v->parts[p].section])
            continue;
        any = true;
        words += v->parts[p].words;
        s->sections[v->parts[p].section].words += v->parts[p].words;
    }
    for (; c < c_end; c++) {
        if (v->cells[c].topic != s->topic || !s->f->section[v->cells[c].section])
            continue;
        mentions += v->cells[c].mentions;
        s->sections[v->cells[c].section].mentions += v->cells[c].mentions;
        s->sections[v->cells[c].section].issues_with++;
    }
    if (!any)
        return 0;
    s->all.issues++;
    s->all.words += words;
    tt_ratio_add(&s->words, 0, (double)words);
    if (mentions == 0)
        return 0;
    if (mentions > UINT32_MAX - s->all.mentions)
        return TT_ELIMIT;
    s->all.mentions += (uint32_t)mentions;
    s->all.issues_with++;
    tt_ratio_add(&s->with, (double)mentions, (double)words);
    s->busy[s->n_busy++] = (tt_busy){issue, (uint32_t)mentions};
    return 0;
}

static int add_all(struct summing *s)
{
    const tt_cells *v = s->in->cells;
    size_t p = 0, c = 0;
    int rc = 0;
    for (uint32_t issue = 0; issue < s->in->n_issues && rc == 0; issue++) {
        const size_t p0 = p, c0 = c;
        while (p < v->n_parts && v->parts[p].issue == issue)
            p++;
        while (c < v->n_cells && v->cells[c].issue == issue)
            c++;
        if (s->f->issue[issue])
            rc = add_issue(s, issue, p0, p, c0, c);
    }
    tt_point_finish(&s->all, &s->words, &s->with);
    return rc;
}

/* ---- order ---- */

struct named {
    tt_section_sum sum;
    tt_str name;
};

static int by_mentions(const void *x, const void *y)
{
    const struct named *a = x, *b = y;
    if (a->sum.mentions != b->sum.mentions)
        return a->sum.mentions > b->sum.mentions ? -1 : 1;
    return tt_str_cmp(a->name, b->name);
}

static int order_sections(tt_answer *out, const struct summing *s, tt_arena *arena)
{
    struct named *v = tt_alloc((s->in->n_sections + 1) * sizeof *v);
    size_t n = 0;
    out->sections = tt_arena_array(arena, s->in->n_sections + 1, sizeof *out->sections);
    if (!v || !out->sections) {
        tt_free(v);
        return TT_ENOMEM;
    }
    for (uint32_t i = 0; i < s->in->n_sections; i++)
        if (s->sections[i].mentions) {
            v[n] = (struct named){s->sections[i], s->in->sections[i]};
            v[n++].sum.section = i;
        }
    if (n > 1)
        qsort(v, n, sizeof *v, by_mentions);
    for (size_t i = 0; i < n; i++)
        out->sections[i] = v[i].sum;
    out->n_sections = n;
    tt_free(v);
    return 0;
}

struct ranked {
    tt_busy busy;
    uint32_t order;
};

static int by_busy(const void *x, const void *y)
{
    const struct ranked *a = x, *b = y;
    if (a->busy.mentions != b->busy.mentions)
        return a->busy.mentions > b->busy.mentions ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

static int order_issues(tt_answer *out, const struct summing *s)
{
    struct ranked *v = tt_alloc((s->n_busy + 1) * sizeof *v);
    if (!v)
        return TT_ENOMEM;
    for (size_t i = 0; i < s->n_busy; i++)
        v[i] = (struct ranked){s->busy[i], s->in->issues[s->busy[i].issue].order};
    if (s->n_busy > 1)
        qsort(v, s->n_busy, sizeof *v, by_busy);
    for (size_t i = 0; i < s->n_busy; i++)
        s->busy[i] = v[i].busy;
    out->busy = s->busy;
    out->n_busy = s->n_busy;
    tt_free(v);
    return 0;
}

/* Of the selection, and of the issues that have the topic. */
static void find_ends(tt_answer *out, const struct summing *s)
{
    out->first = out->last = TT_NO_ISSUE;
    out->from = out->to = TT_NO_DATE;
    for (size_t i = 0; i < s->in->n_issues; i++) {
        const uint32_t issue = s->in->order[i];
        if (!s->f->issue[issue] || s->in->issues[issue].date == TT_NO_DATE)
            continue;
        out->from = out->from == TT_NO_DATE ? s->in->issues[issue].date : out->from;
        out->to = s->in->issues[issue].date;
    }
    for (size_t i = 0; i < s->n_busy; i++) {
        const tt_issue *v = s->in->issues;
        const uint32_t issue = s->busy[i].issue;
        if (v[issue].date == TT_NO_DATE)
            continue;
        if (out->first == TT_NO_ISSUE || v[issue].order < v[out->first].order)
            out->first = issue;
        if (out->last == TT_NO_ISSUE || v[issue].order > v[out->last].order)
            out->last = issue;
    }
}

/* ---- all of it ---- */

static int make_series(tt_answer *out, const tt_facts *in, const tt_filter *f, uint32_t topic, tt_arena *arena,
                       tt_err *err)
{
    tt_filter one = *f;
    bool *topics = tt_arena_array(arena, in->n_topics + 1, sizeof *topics);
    if (!topics)
        return tt_fail_memory(err);
    for (size_t i = 0; i < in->n_topics; i++)
        topics[i] = i == topic;
    one.topic = topics;
    one.topics_named = true;
    one.by_section = false;
    return tt_series_make(&out->series, in, &one, arena, err);
}

int tt_answer_make(tt_answer *out, const tt_facts *in, const tt_filter *f, uint32_t topic, tt_arena *arena, tt_err *err)
{
    struct summing s = {.in = in, .f = f, .topic = topic};
    *out = (tt_answer){.first = TT_NO_ISSUE};
    s.sections = tt_calloc(in->n_sections + 1, sizeof *s.sections);
    s.busy = tt_arena_array(arena, in->n_issues + 1, sizeof *s.busy);
    int rc = s.sections && s.busy ? add_all(&s) : TT_ENOMEM;
    if (rc == 0)
        rc = order_sections(out, &s, arena);
    if (rc == 0)
        rc = order_issues(out, &s);
    tt_free(s.sections);
    if (rc == TT_ELIMIT)
        return tt_fail(err, rc, NULL, 0, 0, "a topic has more than %lu mentions; read the archive in parts",
                       (unsigned long)UINT32_MAX);
    if (rc != 0)
        return tt_fail_memory(err);
    s.all.topic = topic;
    s.all.section = TT_ALL_SECTIONS;
    out->all = s.all;
    find_ends(out, &s);
    return make_series(out, in, f, topic, arena, err);
}

/* ---- a share ---- */

static tt_share_row share_of(const tt_point *first, const tt_point *both, const tt_ratio *ratio)
{
    tt_share_row row = {.first = first->mentions, .both = both->mentions, .has = both->mentions > 0};
    if (row.has)
        row.share = (double)first->mentions / both->mentions;
    row.has_ci = row.both >= TT_MIN_MENTIONS && ratio->n >= TT_MIN_ISSUES &&
                 tt_ratio_ci(ratio, &row.low, &row.high) && row.low < row.high; /* alike in all: no width */
    row.low /= 10000;
    row.high = row.high / 10000 < 1 ? row.high / 10000 : 1;
    return row;
}

int tt_share_make(tt_share_row **out, const tt_facts *in, const tt_filter *f, const tt_answer *first, uint32_t both,
                  tt_arena *arena, tt_err *err)
{
    tt_answer a;
    tt_periods periods;
    int rc = tt_answer_make(&a, in, f, both, arena, err);
    if (rc == 0)
        rc = tt_periods_make(&periods, in, f, arena, err);
    if (rc != 0)
        return rc;
    const size_t n = a.series.n_points;
    tt_share_row *v = tt_arena_array(arena, n + 1, sizeof *v);
    tt_ratio *ratio = tt_arena_array(arena, n + 1, sizeof *ratio);
    uint32_t *mentions = tt_arena_array(arena, in->n_issues + 1, sizeof *mentions); /* of the first */
    if (!v || !ratio || !mentions)
        return tt_fail_memory(err);
    memset(ratio, 0, (n + 1) * sizeof *ratio);
    memset(mentions, 0, (in->n_issues + 1) * sizeof *mentions);
    for (size_t i = 0; i < first->n_busy; i++)
        mentions[first->busy[i].issue] = first->busy[i].mentions;
    for (size_t i = 0; i < a.n_busy; i++) {
        const tt_busy *b = &a.busy[i];
        const uint32_t period = periods.of_issue[b->issue];
        tt_ratio_add(&ratio[n], mentions[b->issue], b->mentions);
        if (period != TT_NO_PERIOD)
            tt_ratio_add(&ratio[period], mentions[b->issue], b->mentions);
    }
    for (size_t p = 0; p < n; p++)
        v[p] = share_of(&first->series.points[p], &a.series.points[p], &ratio[p]);
    v[n] = share_of(&first->all, &a.all, &ratio[n]);
    *out = v;
    return 0;
}

/* ---- what stands beside it ---- */

static int by_g2(const void *x, const void *y)
{
    const tt_beside *a = x, *b = y;
    if (a->g2 != b->g2)
        return a->g2 > b->g2 ? -1 : 1;
    return (a->topic > b->topic) - (a->topic < b->topic);
}

size_t tt_beside_rank(tt_beside *out, const uint32_t *both, const uint32_t *other, size_t n_topics, uint64_t n,
                      uint64_t n_asked)
{
    size_t kept = 0;
    for (uint32_t i = 0; i < n_topics; i++) {
        if (both[i] < TT_BESIDE_FLOOR)
            continue;
        const double chance = (double)n_asked * other[i] / (double)n;
        const double g2 = tt_log_likelihood_2x2(both[i], (double)n_asked - both[i], (double)other[i] - both[i],
                                                (double)n - (double)n_asked - other[i] + both[i]);
        if (both[i] > chance && g2 >= TT_BESIDE_G2)
            out[kept++] = (tt_beside){i, both[i], other[i], both[i] / chance, g2};
    }
    if (kept > 1)
        qsort(out, kept, sizeof *out, by_g2);
    return kept;
}
