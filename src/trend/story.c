/* In: the timeline of all years, a year. Out: its streaks, its busiest issue, its pair of topics, and what tt_review_make
 * tells. Not here: how it is said (report/review.c). */
#include "trend/story.h"

#include "base/stats.h"

#include <stdlib.h>
#include <string.h>

/* Places `begin` to `end` of the timeline are the year's. */
typedef struct tt_telling {
    const tt_story_in *in;
    const tt_timeline *t;
    size_t begin, end;
    tt_arena *arena;
    tt_story *out;
} tt_telling;

/* The hits of a topic in the year. */
static size_t hits_of(const tt_telling *y, uint32_t topic, const tt_issue_hit **hits)
{
    const tt_timeline *t = y->t;
    size_t from = t->first[topic], to = t->first[topic + 1];
    while (from < to && t->hits[from].at < y->begin)
        from++;
    while (to > from && t->hits[to - 1].at >= y->end)
        to--;
    *hits = t->hits + from;
    return to - from;
}

/* ---- streaks ---- */

typedef struct tt_ranked_streak {
    tt_streak s;
    uint64_t mentions;
} tt_ranked_streak;

static tt_ranked_streak streak_of(const tt_telling *y, uint32_t topic)
{
    const tt_issue_hit *hits;
    const size_t n = hits_of(y, topic, &hits);
    tt_ranked_streak out = {.s = {topic, 0, TT_NO_ISSUE, TT_NO_ISSUE}};
    for (size_t i = 0, begin = 0; i < n; i++) {
        if (i && hits[i].at != hits[i - 1].at + 1)
            begin = i;
        out.mentions += hits[i].mentions;
        if (i - begin + 1 <= out.s.issues)
            continue;
        out.s.issues = (uint32_t)(i - begin + 1);
        out.s.from = y->t->issues[hits[begin].at];
        out.s.to = y->t->issues[hits[i].at];
    }
    return out;
}

static int by_mentions(const void *x, const void *y)
{
    const tt_ranked_streak *a = x, *b = y;
    if (a->mentions != b->mentions)
        return a->mentions > b->mentions ? -1 : 1;
    return (a->s.topic > b->s.topic) - (a->s.topic < b->s.topic);
}

static int find_streaks(tt_telling *y)
{
    const size_t n_topics = y->in->facts->n_topics;
    tt_ranked_streak *v = tt_calloc(n_topics + 1, sizeof *v);
    uint32_t longest = 2;
    size_t n = 0;
    if (!v)
        return TT_ENOMEM;
    for (uint32_t topic = 0; topic < n_topics; topic++) {
        const tt_ranked_streak one = streak_of(y, topic);
        if (one.s.issues < longest)
            continue;
        n = one.s.issues > longest ? 0 : n;
        longest = one.s.issues;
        v[n++] = one;
    }
    if (n)
        qsort(v, n, sizeof *v, by_mentions);
    y->out->streaks = tt_arena_array(y->arena, n, sizeof *y->out->streaks);
    for (size_t i = 0; i < n && y->out->streaks; i++)
        y->out->streaks[i] = v[i].s;
    y->out->n_streaks = n;
    tt_free(v);
    return y->out->streaks ? 0 : TT_ENOMEM;
}

/* ---- the busiest issue ---- */

/* Places of each issue, in the selected sections. */
static int find_busiest(tt_telling *y)
{
    const tt_facts *facts = y->in->facts;
    const tt_filter *f = y->in->filter;
    tt_story *out = y->out;
    uint32_t *places = tt_calloc(facts->n_issues + 1, sizeof *places);
    if (!places)
        return TT_ENOMEM;
    for (size_t i = 0; i < facts->cells->n_parts; i++)
        if (f->section[facts->cells->parts[i].section])
            places[facts->cells->parts[i].issue] += facts->cells->parts[i].places;
    size_t best = y->end;
    for (size_t at = y->begin; at < y->end; at++) {
        const uint32_t n = places[y->t->issues[at]];
        out->places += n;
        out->n_busiest = n > out->busiest_places ? 1 : out->n_busiest + (n == out->busiest_places);
        if (n > out->busiest_places) {
            out->busiest_places = n;
            best = at;
        }
    }
    tt_free(places);
    if (best == y->end || f->topics_named)
        return 0;
    out->busiest = y->t->issues[best];
    out->busiest_words = y->t->words[best];
    for (uint32_t topic = 0; topic < facts->n_topics; topic++) {
        const tt_issue_hit *hits;
        const size_t n = hits_of(y, topic, &hits);
        for (size_t i = 0; i < n; i++)
            out->busiest_topics += hits[i].at == best;
    }
    return 0;
}

/* ---- the pair of the year ---- */

/* A topic that may be one of a pair. `bits`: the issues that have it. */
typedef struct tt_partner {
    uint32_t topic, issues;
    uint64_t *bits;
} tt_partner;

static int by_issues(const void *x, const void *y)
{
    const tt_partner *a = x, *b = y;
    if (a->issues != b->issues)
        return a->issues > b->issues ? -1 : 1;
    return (a->topic > b->topic) - (a->topic < b->topic);
}

/* The topics with the most issues; v has room for all topics. */
static int find_partners(const tt_telling *y, tt_partner *v, size_t *n)
{
    const size_t n_words = (y->end - y->begin + 63) / 64;
    *n = 0;
    for (uint32_t topic = 0; topic < y->in->facts->n_topics; topic++) {
        const tt_issue_hit *hits;
        const size_t issues = hits_of(y, topic, &hits);
        if (issues >= TT_PAIR_ISSUES)
            v[(*n)++] = (tt_partner){.topic = topic, .issues = (uint32_t)issues};
    }
    if (*n)
        qsort(v, *n, sizeof *v, by_issues);
    *n = *n < TT_PAIR_TOPICS ? *n : TT_PAIR_TOPICS;
    for (size_t i = 0; i < *n; i++) {
        const tt_issue_hit *hits;
        const size_t issues = hits_of(y, v[i].topic, &hits);
        v[i].bits = tt_arena_array(y->arena, n_words, sizeof *v[i].bits);
        if (!v[i].bits)
            return TT_ENOMEM;
        memset(v[i].bits, 0, n_words * sizeof *v[i].bits);
        for (size_t k = 0; k < issues; k++)
            v[i].bits[(hits[k].at - y->begin) / 64] |= (uint64_t)1 << (hits[k].at - y->begin) % 64;
    }
    return 0;
}

/* apart[i * n + j]: the lexicon counts some term for both. `at` is a topic's place among the partners, plus 1. */
static void mark_shared(const tt_story_in *in, const uint32_t *at, bool *apart, size_t n)
{
    for (size_t e = 0; e < in->n_entries; e++) {
        uint32_t own[TT_PAIR_TOPICS];
        size_t k = 0;
        for (size_t c = 0; c < in->entries[e].n_counts; c++)
            if (at[in->entries[e].counts[c]])
                own[k++] = at[in->entries[e].counts[c]] - 1;
        for (size_t i = 0; i < k; i++)
            for (size_t j = 0; j < k; j++)
                apart[own[i] * n + own[j]] = true;
    }
}

/* `climate` is held by `climate-change`, at hyphens. */
static bool holds(tt_str id, tt_str part)
{
    for (size_t at = 0; at + part.n <= id.n; at++)
        if ((at == 0 || id.p[at - 1] == '-') && (at + part.n == id.n || id.p[at + part.n] == '-') &&
            memcmp(id.p + at, part.p, part.n) == 0)
            return true;
    return false;
}

static uint32_t in_both(const tt_partner *a, const tt_partner *b, size_t n_words)
{
    uint32_t n = 0;
    for (size_t i = 0; i < n_words; i++)
        n += (uint32_t)__builtin_popcountll(a->bits[i] & b->bits[i]);
    return n;
}

static void choose_pair(const tt_telling *y, const tt_partner *v, const bool *apart, size_t n)
{
    const tt_topic *topics = y->in->facts->topics;
    tt_story *out = y->out;
    const uint32_t all = out->issues;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++) {
            const tt_str a = topics[v[i].topic].id, b = topics[v[j].topic].id;
            if (apart[i * n + j] || holds(a, b) || holds(b, a))
                continue;
            out->n_pairs++;
            const uint32_t both = in_both(&v[i], &v[j], (y->end - y->begin + 63) / 64);
            const uint32_t only[2] = {v[i].issues - both, v[j].issues - both};
            if (both < TT_PAIR_ISSUES || (uint64_t)both * all <= (uint64_t)v[i].issues * v[j].issues)
                continue;
            const double g2 = tt_log_likelihood_2x2(both, only[0], only[1], all - both - only[0] - only[1]);
            if (g2 > out->pair.g2)
                out->pair = (tt_topic_pair){.topic = {v[i].topic, v[j].topic},
                                            .issues_with = {v[i].issues, v[j].issues},
                                            .both = both,
                                            .g2 = g2};
        }
}

static int find_pair(tt_telling *y)
{
    tt_story *out = y->out;
    const size_t n_topics = y->in->facts->n_topics;
    tt_partner *v = tt_calloc(n_topics + 1, sizeof *v);
    uint32_t *at = tt_calloc(n_topics + 1, sizeof *at);
    bool *apart = NULL;
    size_t n = 0;
    int rc = v && at ? find_partners(y, v, &n) : TT_ENOMEM;
    if (rc == 0 && !(apart = tt_calloc(n * n + 1, sizeof *apart)))
        rc = TT_ENOMEM;
    if (rc == 0) {
        for (size_t i = 0; i < n; i++)
            at[v[i].topic] = (uint32_t)i + 1;
        mark_shared(y->in, at, apart, n);
        choose_pair(y, v, apart, n);
    }
    if (out->pair.g2 > 0) {
        const tt_topic_pair *p = &out->pair;
        const uint32_t b = p->issues_with[0] - p->both, c = p->issues_with[1] - p->both;
        out->pair.p = tt_fisher_upper(p->both, b, c, out->issues - p->both - b - c);
        out->pair_holds = out->pair.p * (double)out->n_pairs < TT_PAIR_LEVEL;
    }
    tt_free(v);
    tt_free(at);
    tt_free(apart);
    return rc;
}

/* ---- all of it ---- */

int tt_story_make(tt_story *out, const tt_story_in *in, tt_arena *arena, tt_err *err)
{
    const tt_timeline *t = in->timeline;
    tt_telling y = {.in = in, .t = t, .arena = arena, .out = out};
    *out = (tt_story){.busiest = TT_NO_ISSUE};
    while (y.begin < t->n_dated && in->facts->issues[t->issues[y.begin]].date < in->from)
        y.begin++;
    for (y.end = y.begin; y.end < t->n_dated && in->facts->issues[t->issues[y.end]].date <= in->to; y.end++)
        out->words += t->words[y.end];
    out->issues = (uint32_t)(y.end - y.begin);
    int rc = tt_review_make(t, in->facts, in->before, in->from, in->to, arena, &out->review, err);
    if (rc != 0)
        return rc;
    if (find_streaks(&y) != 0 || find_busiest(&y) != 0 || find_pair(&y) != 0)
        return tt_fail_memory(err);
    return 0;
}
