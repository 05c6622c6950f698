/* In: cells, a filter, two periods. Out: for each topic its counts on both sides and what their difference is worth. Not
 * here: which days are compared (pair.c), the permutations (permute.c), other formulas (base/stats). */
#include "trend/change.h"

#include "base/stats.h"
#include "trend/pair.h"
#include "trend/permute.h"
#include "trend/series.h"

#include <math.h>
#include <string.h>

#define NO_UNIT UINT32_MAX

/* A topic on a side. */
typedef struct tt_count {
    uint64_t mentions;
    uint32_t issues_with;
    tt_ratio sums; /* of the issues that have it */
} tt_count;

typedef struct tt_changing {
    const tt_facts *in;
    const tt_filter *f;
    tt_comparison *out;
    uint32_t *unit_of; /* by issue: the units are the issues of both sides by date, so that the earlier side is first */
    uint64_t *words_of;  /* by issue, of the selected sections */
    uint64_t *words;     /* by unit */
    size_t *first, *end; /* by unit: its hits */
    tt_dealt *hits;        /* by issue; topics are those of the lexicon, later slots of those that are tested */
    size_t n_hits, cap_hits;
    tt_ratio words_sums[2]; /* n, w and ww of the sides' issues */
    tt_count *counts;       /* topic x side */
    uint64_t *mentions;     /* by topic, of the issue in hand; else 0 */
    uint32_t *touched;      /* topics that are not 0 there */
    uint32_t *slot;         /* by topic: of those that are tested */
    double *p, *p_adjusted; /* by slot */
    tt_p_value *sorted;
} tt_changing;

/* ---- which issues ---- */

static int side_of(const tt_changing *c, uint32_t issue)
{
    const int32_t date = c->in->issues[issue].date;
    for (int s = 0; s < 2 && c->f->issue[issue] && date != TT_NO_DATE; s++)
        if (c->out->side[s].period.start <= date && date <= c->out->side[s].period.end)
            return s;
    return -1;
}

/* Words of each issue; with sections named, only issues that have one of them take part. */
static void find_issues(tt_changing *c)
{
    const tt_cells *v = c->in->cells;
    size_t p = 0;
    for (uint32_t i = 0; i < c->in->n_issues; i++) {
        bool any = !c->f->sections_named;
        for (; p < v->n_parts && v->parts[p].issue == i; p++) {
            if (!c->f->section[v->parts[p].section])
                continue;
            any = true;
            c->words_of[i] += v->parts[p].words;
        }
        c->unit_of[i] = any && side_of(c, i) >= 0 ? 0 : NO_UNIT;
    }
}

static uint32_t number_units(tt_changing *c)
{
    uint32_t n = 0;
    for (size_t rank = 0; rank < c->in->n_issues; rank++) {
        const uint32_t issue = c->in->order[rank];
        if (c->unit_of[issue] == NO_UNIT)
            continue;
        const int s = side_of(c, issue);
        c->unit_of[issue] = n;
        c->words[n++] = c->words_of[issue];
        c->out->side[s].issues++;
        c->out->side[s].words += c->words_of[issue];
        tt_ratio_add(&c->words_sums[s], 0, (double)c->words_of[issue]);
    }
    for (int s = 0; s < 2; s++)
        c->out->side[s].period.issues = c->out->side[s].issues;
    return n;
}

/* ---- counting ---- */

static int add_hit(tt_changing *c, uint32_t topic, uint64_t mentions, int s, double words)
{
    tt_count *count = &c->counts[2 * topic + (size_t)s];
    if (mentions > UINT32_MAX - c->counts[2 * topic].mentions - c->counts[2 * topic + 1].mentions)
        return TT_ELIMIT;
    if (tt_grow(&c->hits, &c->cap_hits, c->n_hits + 1, sizeof *c->hits) != 0)
        return TT_ENOMEM;
    c->hits[c->n_hits++] = (tt_dealt){topic, (uint32_t)mentions};
    count->mentions += mentions;
    count->issues_with++;
    tt_ratio_add(&count->sums, (double)mentions, words);
    return 0;
}

/* Cells from..to are those of the issue. */
static int count_issue(tt_changing *c, uint32_t issue, size_t from, size_t to)
{
    const uint32_t unit = c->unit_of[issue];
    const int s = side_of(c, issue);
    size_t n = 0;
    int rc = 0;
    for (size_t i = from; i < to; i++) {
        const tt_cell *cell = &c->in->cells->cells[i];
        if (!c->f->section[cell->section] || !c->f->topic[cell->topic])
            continue;
        if (c->mentions[cell->topic] == 0)
            c->touched[n++] = cell->topic;
        c->mentions[cell->topic] += cell->mentions;
    }
    c->first[unit] = c->n_hits;
    for (size_t i = 0; i < n && rc == 0; i++) {
        rc = add_hit(c, c->touched[i], c->mentions[c->touched[i]], s, (double)c->words[unit]);
        c->mentions[c->touched[i]] = 0;
    }
    c->end[unit] = c->n_hits;
    return rc;
}

static int count(tt_changing *c)
{
    const tt_cells *v = c->in->cells;
    size_t at = 0;
    int rc = 0;
    for (uint32_t issue = 0; issue < c->in->n_issues && rc == 0; issue++) {
        const size_t from = at;
        while (at < v->n_cells && v->cells[at].issue == issue)
            at++;
        if (c->unit_of[issue] != NO_UNIT)
            rc = count_issue(c, issue, from, at);
    }
    return rc;
}

/* ---- what the difference is worth ---- */

/* Variance of the logarithm of a side's rate. */
static double log_variance(const tt_changing *c, uint32_t topic, int s)
{
    const tt_ratio *words = &c->words_sums[s], *with = &c->counts[2 * topic + (size_t)s].sums;
    const double m = (double)c->counts[2 * topic + (size_t)s].mentions + 0.5;
    const tt_ratio r = {words->n, with->m, words->w, with->mm, words->ww, with->mw};
    const double clustered = r.n > 1 ? tt_ratio_spread(&r) / (m * m) : 0;
    return clustered > 1 / m ? clustered : 1 / m;
}

static void compare(const tt_changing *c, tt_change *v)
{
    const double m[2] = {v->mentions[0], v->mentions[1]};
    const double w[2] = {(double)c->out->side[0].words, (double)c->out->side[1].words};
    const double half = TT_Z95 * sqrt(log_variance(c, v->topic, 0) + log_variance(c, v->topic, 1)) / log(2);
    v->log2_ratio = log2((m[1] + 0.5) / w[1] / ((m[0] + 0.5) / w[0]));
    v->low = v->log2_ratio - half;
    v->high = v->log2_ratio + half;
    v->g2 = fabs(tt_log_likelihood(m[0], m[1], w[0], w[1]));
}

static bool is_enough(const tt_comparison *out, const tt_change *v)
{
    return out->side[0].issues >= TT_MIN_ISSUES && out->side[1].issues >= TT_MIN_ISSUES && out->side[0].words > 0 &&
           out->side[1].words > 0 && (uint64_t)v->mentions[0] + v->mentions[1] >= TT_MIN_MENTIONS;
}

/* The rows, and how many of them are tested. */
static uint32_t make_rows(tt_changing *c)
{
    uint32_t n_tested = 0;
    c->out->n = 0;
    for (uint32_t t = 0; t < c->in->n_topics; t++) {
        const tt_count *k = &c->counts[2 * t];
        c->slot[t] = NO_UNIT;
        if (k[0].mentions + k[1].mentions == 0 && !(c->f->topics_named && c->f->topic[t]))
            continue;
        tt_change *v = &c->out->v[c->out->n++];
        *v = (tt_change){.topic = t,
                         .mentions = {(uint32_t)k[0].mentions, (uint32_t)k[1].mentions},
                         .issues_with = {k[0].issues_with, k[1].issues_with},
                         .verdict = TT_VERDICT_TOO_FEW};
        v->has_ratio = is_enough(c->out, v);
        if (!v->has_ratio)
            continue;
        c->slot[t] = n_tested++;
        compare(c, v);
    }
    return n_tested;
}

/* Hits by unit and of tested topics alone. NULL: no memory; the caller frees it. c->first becomes that of the new ones. */
static tt_dealt *tested_hits(tt_changing *c, uint32_t n_units)
{
    tt_dealt *v = tt_alloc((c->n_hits + 1) * sizeof *v);
    size_t n = 0;
    for (uint32_t u = 0; v && u < n_units; u++) {
        const size_t from = c->first[u];
        c->first[u] = n;
        for (size_t i = from; i < c->end[u]; i++)
            if (c->slot[c->hits[i].topic] != NO_UNIT)
                v[n++] = (tt_dealt){c->slot[c->hits[i].topic], c->hits[i].mentions};
    }
    c->first[n_units] = n;
    return v;
}

static tt_verdict verdict_of(const tt_change *v)
{
    if (v->mentions[0] == 0)
        return TT_VERDICT_NEW;
    if (v->mentions[1] == 0)
        return TT_VERDICT_GONE;
    if (v->p_adjusted >= TT_CHANGE_LEVEL)
        return TT_VERDICT_STEADY;
    return v->log2_ratio > 0 ? TT_VERDICT_UP : TT_VERDICT_DOWN;
}

static int test(tt_changing *c, uint32_t n_units, uint32_t n_tested)
{
    tt_dealt *hits = tested_hits(c, n_units);
    if (!hits)
        return TT_ENOMEM;
    const tt_side_of_change *side = c->out->side;
    const tt_permute_in in = {n_units, side[0].issues, {side[0].words, side[1].words}, c->first, hits, n_tested};
    int rc = tt_permute(&in, c->p);
    tt_free(hits);
    if (rc != 0)
        return rc;
    for (uint32_t i = 0; i < n_tested; i++)
        c->sorted[i] = (tt_p_value){c->p[i], i};
    tt_p_adjust(c->sorted, n_tested);
    for (uint32_t i = 0; i < n_tested; i++)
        c->p_adjusted[c->sorted[i].of] = c->sorted[i].p;
    for (size_t i = 0; i < c->out->n; i++) {
        tt_change *v = &c->out->v[i];
        if (!v->has_ratio)
            continue;
        v->p = c->p[c->slot[v->topic]];
        v->p_adjusted = c->p_adjusted[c->slot[v->topic]];
        v->verdict = (uint8_t)verdict_of(v);
    }
    return 0;
}

/* ---- all of it ---- */

static void *zeros(tt_arena *a, size_t n, size_t size)
{
    void *p = tt_arena_array(a, n + 1, size);
    if (p)
        memset(p, 0, (n + 1) * size);
    return p;
}

static bool make_room(tt_changing *c, tt_arena *own, tt_arena *arena)
{
    const size_t issues = c->in->n_issues, topics = c->in->n_topics;
    c->unit_of = zeros(own, issues, sizeof *c->unit_of);
    c->words_of = zeros(own, issues, sizeof *c->words_of);
    c->words = zeros(own, issues, sizeof *c->words);
    c->first = zeros(own, issues, sizeof *c->first);
    c->end = zeros(own, issues, sizeof *c->end);
    c->counts = zeros(own, 2 * topics, sizeof *c->counts);
    c->mentions = zeros(own, topics, sizeof *c->mentions);
    c->touched = zeros(own, topics, sizeof *c->touched);
    c->slot = zeros(own, topics, sizeof *c->slot);
    c->p = zeros(own, topics, sizeof *c->p);
    c->p_adjusted = zeros(own, topics, sizeof *c->p_adjusted);
    c->sorted = zeros(own, topics, sizeof *c->sorted);
    c->out->v = tt_arena_array(arena, topics, sizeof *c->out->v);
    return c->unit_of && c->words_of && c->words && c->first && c->end && c->counts && c->mentions && c->touched &&
           c->slot && c->p && c->p_adjusted && c->sorted && c->out->v;
}

/* Says too which days there are, so that the user can name others. */
static int no_issues(const tt_changing *c, tt_err *err)
{
    const tt_period *none = &c->out->side[c->out->side[0].issues > 0].period;
    int32_t first = TT_NO_DATE, last = TT_NO_DATE;
    tt_buf b = {0};
    for (size_t rank = 0; rank < c->in->n_issues; rank++) {
        const uint32_t issue = c->in->order[rank];
        if (!c->f->issue[issue] || c->in->issues[issue].date == TT_NO_DATE)
            continue;
        first = first == TT_NO_DATE ? c->in->issues[issue].date : first;
        last = c->in->issues[issue].date;
    }
    tt_buf_f(&b, "%s cannot be compared: no issue of the selection lies in ", none->label);
    tt_pair_days(&b, none->start, none->end);
    if (first != TT_NO_DATE) {
        tt_buf_text(&b, "; there are issues from ");
        tt_day_words(&b, first, true);
        tt_buf_text(&b, " to ");
        tt_day_words(&b, last, true);
    }
    int rc = b.failed ? tt_fail_memory(err) : tt_fail(err, TT_EUSAGE, NULL, 0, 0, "%s", b.p);
    tt_buf_release(&b);
    return rc;
}

static int make(tt_changing *c, tt_err *err)
{
    find_issues(c);
    const uint32_t n_units = number_units(c);
    if (c->out->side[0].issues == 0 || c->out->side[1].issues == 0)
        return no_issues(c, err);
    int rc = count(c);
    if (rc == 0) {
        const uint32_t n_tested = make_rows(c);
        rc = n_tested ? test(c, n_units, n_tested) : 0;
    }
    if (rc == TT_ELIMIT)
        return tt_fail(err, rc, NULL, 0, 0,
                       "a topic has more than %lu mentions in the two periods; choose shorter ones",
                       (unsigned long)UINT32_MAX);
    return rc == 0 ? 0 : tt_fail_memory(err);
}

int tt_change_make(tt_comparison *out, const tt_facts *in, const tt_filter *f, const char *earlier, const char *later,
                   tt_arena *arena, tt_err *err)
{
    tt_changing c = {.in = in, .f = f, .out = out};
    tt_arena own = {0};
    *out = (tt_comparison){0};
    int rc = tt_pair_make(out->side, &out->note, in, f, earlier, later, arena, err);
    if (rc == 0)
        rc = make_room(&c, &own, arena) ? make(&c, err) : tt_fail_memory(err);
    tt_free(c.hits);
    tt_arena_release(&own);
    return rc;
}
