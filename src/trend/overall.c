/* In: cells and a filter. Out: the numbers of a topic's whole series. Not here: formulas (base/series_stats.c), where a
 * topic occurs (life.c), the numbers of each period (series.c). */
#include "trend/overall.h"

#include "base/series_stats.h"
#include "trend/life.h"
#include "trend/period.h"

/* What all topics share. Periods without an issue, or without words, are there with 0. */
typedef struct tt_ground {
    const tt_facts *in;
    const tt_filter *f;
    tt_arena *arena;
    tt_timeline time;
    uint64_t words;     /* of all issues */
    tt_periods periods; /* of the trend */
    uint64_t *words_in; /* by period */
    double *place;      /* by period: on the axis of time, in periods */
    tt_periods batches; /* of the bursts */
    uint32_t *issues_in;
    /* of the topic in hand */
    uint32_t *by_issue;  /* mentions, by place in time.issues */
    uint64_t *by_period; /* mentions */
    tt_batch *by_batch;
    double *x, *y;
    tt_stretch *stretches;
} tt_ground;

/* ---- what all topics share ---- */

static int make_periods(tt_ground *g, tt_err *err)
{
    tt_filter finer = *g->f;
    int rc = tt_periods_make(&g->periods, g->in, g->f, g->arena, err);
    if (rc != 0)
        return rc;
    finer.by = finer.by == TT_BY_YEAR ? TT_BY_MONTH : finer.by;
    g->batches = g->periods;
    return finer.by == g->f->by ? 0 : tt_periods_make(&g->batches, g->in, &finer, g->arena, err);
}

static int make_room(tt_ground *g)
{
    g->words_in = tt_calloc(g->periods.n + 1, sizeof *g->words_in);
    g->place = tt_calloc(g->periods.n + 1, sizeof *g->place);
    g->issues_in = tt_calloc(g->batches.n + 1, sizeof *g->issues_in);
    g->by_issue = tt_calloc(g->time.n + 1, sizeof *g->by_issue);
    g->by_period = tt_calloc(g->periods.n + 1, sizeof *g->by_period);
    g->by_batch = tt_calloc(g->batches.n + 1, sizeof *g->by_batch);
    g->x = tt_calloc(g->periods.n + 1, sizeof *g->x);
    g->y = tt_calloc(g->periods.n + 1, sizeof *g->y);
    g->stretches = tt_calloc(g->batches.n / 2 + 1, sizeof *g->stretches);
    return g->words_in && g->place && g->issues_in && g->by_issue && g->by_period && g->by_batch && g->x && g->y &&
                   g->stretches
               ? 0
               : TT_ENOMEM;
}

static void release(tt_ground *g)
{
    tt_free(g->words_in);
    tt_free(g->place);
    tt_free(g->issues_in);
    tt_free(g->by_issue);
    tt_free(g->by_period);
    tt_free(g->by_batch);
    tt_free(g->x);
    tt_free(g->y);
    tt_free(g->stretches);
}

/* `only` as in tt_timeline_make. After a failure there is something to release too. */
static int lay_ground(tt_ground *g, const tt_facts *in, const tt_filter *f, uint32_t only, tt_arena *arena, tt_err *err)
{
    *g = (tt_ground){.in = in, .f = f, .arena = arena};
    int rc = tt_timeline_make(&g->time, in, f, only, arena, err);
    if (rc == 0)
        rc = make_periods(g, err);
    if (rc != 0)
        return rc;
    if (make_room(g) != 0)
        return tt_fail_memory(err);
    for (size_t at = 0; at < g->time.n; at++) {
        const uint32_t issue = g->time.issues[at];
        g->words += g->time.words[at];
        if (at >= g->time.n_dated)
            continue;
        g->words_in[g->periods.of_issue[issue]] += g->time.words[at];
        g->issues_in[g->batches.of_issue[issue]]++;
    }
    for (size_t i = 0; i < g->periods.n; i++)
        g->place[i] = f->by == TT_BY_ISSUE ? (double)i : tt_period_ordinal(f->by, g->periods.v[i].start);
    return 0;
}

/* ---- one topic ---- */

/* Spreads the topic's hits over issues, periods and batches. */
static void spread(tt_ground *g, tt_overall *o)
{
    for (size_t i = 0; i < g->periods.n; i++)
        g->by_period[i] = 0;
    for (size_t i = 0; i < g->batches.n; i++)
        g->by_batch[i] = (tt_batch){0, g->issues_in[i]};
    for (size_t i = 0; i < g->time.n; i++)
        g->by_issue[i] = 0;
    for (size_t i = g->time.first[o->topic]; i < g->time.first[o->topic + 1]; i++) {
        const tt_issue_hit *hit = &g->time.hits[i];
        g->by_issue[hit->at] = hit->mentions;
        o->mentions += hit->mentions;
        o->issues_with++;
        if (hit->at >= g->time.n_dated)
            continue;
        g->by_period[g->periods.of_issue[g->time.issues[hit->at]]] += hit->mentions;
        g->by_batch[g->batches.of_issue[g->time.issues[hit->at]]].r++;
    }
}

static int note(tt_arena *arena, tt_str *out, const char *format, size_t a, int b)
{
    tt_buf text = {0};
    tt_buf_f(&text, format, a, b);
    int rc = text.failed ? TT_ENOMEM : tt_str_dup(arena, (tt_str){text.p, text.n}, out);
    tt_buf_release(&text);
    return rc;
}

static int find_trend(tt_ground *g, tt_overall *o)
{
    tt_kendall k;
    tt_slope s;
    size_t n = 0;
    for (size_t i = 0; i < g->periods.n; i++) {
        if (!g->periods.v[i].complete || g->words_in[i] == 0)
            continue;
        g->x[n] = g->place[i];
        g->y[n++] = 10000.0 * (double)g->by_period[i] / (double)g->words_in[i];
    }
    o->periods = (uint32_t)n;
    if (n < TT_TREND_MIN)
        return note(g->arena, &o->trend_note,
                    n == 1 ? "%zu complete period; needs %d" : "%zu complete periods; needs %d", n, TT_TREND_MIN);
    if (n > TT_TREND_MAX)
        return note(g->arena, &o->trend_note, "%zu complete periods; takes %d at most", n, TT_TREND_MAX);
    int rc = tt_mann_kendall(g->y, n, &k);
    if (rc == 0)
        rc = tt_theil_sen(g->x, g->y, n, &s);
    if (rc == TT_EUSAGE) {
        o->trend_note = TT_S("the same rate in all complete periods");
        return 0;
    }
    if (rc != 0)
        return rc;
    o->has_trend = true;
    o->kendall_s = k.s;
    o->kendall_tau = k.tau;
    o->kendall_p = k.p;
    o->kendall_exact = k.exact;
    o->slope = s.slope;
    o->slope_low = s.low;
    o->slope_high = s.high;
    return 0;
}

static int find_bursts(tt_ground *g, tt_overall *o)
{
    o->burst_s = TT_BURST_S;
    o->burst_gamma = TT_BURST_GAMMA;
    int rc = tt_bursts(g->by_batch, g->batches.n, TT_BURST_S, TT_BURST_GAMMA, g->stretches, &o->n_bursts);
    if (rc == TT_EUSAGE) {
        o->burst_note = TT_S("in half of the issues or more");
        return 0;
    }
    if (rc != 0)
        return rc;
    o->bursts = tt_arena_array(g->arena, o->n_bursts, sizeof *o->bursts);
    if (!o->bursts)
        return TT_ENOMEM;
    for (size_t i = 0; i < o->n_bursts; i++) {
        const tt_stretch *s = &g->stretches[i];
        o->bursts[i] = (tt_burst){g->batches.v[s->first].name, g->batches.v[s->last].name, s->weight};
        if (s->weight > o->burst_weight)
            o->burst_weight = s->weight;
    }
    return 0;
}

static int one_topic(tt_ground *g, uint32_t topic, tt_overall *o)
{
    *o = (tt_overall){.topic = topic, .issues = (uint32_t)g->time.n, .words = g->words};
    spread(g, o);
    const tt_dispersion d = tt_dispersion_of(g->by_issue, g->time.words, g->time.n);
    o->has_dispersion = d.has;
    o->has_dispersion_norm = d.has_norm;
    o->dispersion = d.dp;
    o->dispersion_norm = d.norm;
    int rc = tt_life_of(&g->time, g->in, topic, g->arena, &o->life);
    if (rc == 0)
        rc = find_trend(g, o);
    return rc == 0 ? find_bursts(g, o) : rc;
}

int tt_overall_topic(const tt_facts *in, const tt_filter *f, uint32_t topic, tt_arena *arena, tt_overall *out,
                     tt_err *err)
{
    tt_ground g;
    int rc = lay_ground(&g, in, f, topic, arena, err);
    if (rc == 0 && one_topic(&g, topic, out) != 0)
        rc = tt_fail_memory(err);
    release(&g);
    return rc;
}

int tt_overall_make(const tt_facts *in, const tt_filter *f, tt_arena *arena, tt_overall **out, size_t *n, tt_err *err)
{
    tt_ground g;
    *n = 0;
    *out = tt_arena_array(arena, in->n_topics, sizeof **out);
    if (!*out)
        return tt_fail_memory(err);
    int rc = lay_ground(&g, in, f, TT_ALL_TOPICS, arena, err);
    for (uint32_t topic = 0; rc == 0 && topic < in->n_topics; topic++) {
        const bool occurs = g.time.first[topic + 1] > g.time.first[topic];
        if (!occurs && !(f->topics_named && f->topic[topic]))
            continue;
        if (one_topic(&g, topic, &(*out)[(*n)++]) != 0)
            rc = tt_fail_memory(err);
    }
    release(&g);
    return rc;
}
