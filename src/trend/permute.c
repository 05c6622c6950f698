/* In: issues of two sides with their hits. Out: p by permutation of the issues. Not here: which issues and topics
 * (change.c), formulas (base/stats).
 *
 * Why issues: mentions bunch in issues, so that the chi-square distribution of G2, which takes each word for a draw of
 * its own, calls one long article a trend. Whole issues are what may change places where nothing has changed.
 *
 * Why the words stay: if they moved with the mentions, sides of another length would come out, and what a topic of one
 * long article is worth would hang on whether its side happens to have short issues. As it is, p errs to the large side
 * where the issues of one period are longer than those of the other.
 *
 * Why it is fast: with fixed words and a fixed sum G2 depends on the mentions of one side alone and rises from where the
 * rates are equal to both ends: two bounds a topic, found once, stand for it. One permutation serves all topics. */
#include "trend/permute.h"

#include "base/stats.h"

#include <math.h>

/* Mentions on the smaller side that are nearer to equal rates than those that are there; none where from > to. */
typedef struct tt_nearer {
    uint32_t from, to;
} tt_nearer;

typedef struct tt_permute_work {
    const tt_permute_in *in;
    uint32_t n_side, begin; /* the smaller side has n_side issues, from `begin` on */
    double words[2];        /* of it and of the other one */
    uint32_t *total;        /* by topic: mentions on both sides */
    tt_nearer *nearer;      /* by topic */
    uint32_t *mentions;     /* by topic: on the smaller side, of the permutation in hand */
    uint32_t *count;        /* by topic: permutations that are not nearer */
    uint32_t *issues;       /* n_side that are chosen, then the others */
    uint64_t random;
    /* random ways: hits by topic, and topics that are still tried */
    size_t *begins;   /* of a topic in `dealt`; one more than there are topics */
    tt_dealt *dealt;  /* `topic` is the issue here */
    uint32_t *live;   /* topics */
    size_t n_live;
    bool *on_side;    /* by issue */
} tt_permute_work;

static void add_side(tt_permute_work *w)
{
    const tt_permute_in *in = w->in;
    for (size_t t = 0; t < in->n_topics; t++)
        w->mentions[t] = 0;
    for (uint32_t i = 0; i < w->n_side; i++)
        for (size_t h = in->first[w->issues[i]]; h < in->first[w->issues[i] + 1]; h++)
            w->mentions[in->hits[h].topic] += in->hits[h].mentions;
}

static void try_side(tt_permute_work *w)
{
    add_side(w);
    for (size_t t = 0; t < w->in->n_topics; t++)
        w->count[t] += w->mentions[t] < w->nearer[t].from || w->mentions[t] > w->nearer[t].to;
}

static double g2(const tt_permute_work *w, uint32_t k, uint32_t of)
{
    return fabs(tt_log_likelihood(k, of - k, w->words[0], w->words[1]));
}

/* Of the counts from `low` to `high`, on which G2 falls (or rises), the first whose G2 is below (or not below) `least`. */
static uint32_t search(const tt_permute_work *w, uint32_t of, double least, uint32_t low, uint32_t high, bool rises)
{
    while (low < high) {
        const uint32_t mid = low + (high - low) / 2;
        if ((g2(w, mid, of) >= least) == rises)
            high = mid;
        else
            low = mid + 1;
    }
    return low;
}

/* Equal is what differs by no more than rounding may: 1e-9 of the value, and 1e-12 of the terms whose difference it is,
 * which double holds to 1e-16. So it hangs on no machine which of two equal ways is the larger one. */
static tt_nearer find_nearer(const tt_permute_work *w, uint32_t k, uint32_t of)
{
    const double found = g2(w, k, of), least = found - 1e-9 * found - 1e-12 * (1 + of * log(1.0 + of));
    const uint32_t equal = (uint32_t)(of * (w->words[0] / (w->words[0] + w->words[1]))); /* G2 falls up to here */
    const uint32_t from = search(w, of, least, 0, equal + 1, false);
    const uint32_t beyond = search(w, of, least, equal + 1, of, true);
    const bool to_end = equal >= of || g2(w, beyond, of) < least;
    if (to_end)
        return (tt_nearer){from, of};
    return beyond > 0 && beyond - 1 >= from ? (tt_nearer){from, beyond - 1} : (tt_nearer){1, 0};
}

static void observe(tt_permute_work *w)
{
    for (uint32_t i = 0; i < w->in->n_issues; i++)
        w->issues[i] = (w->begin + i) % w->in->n_issues;
    add_side(w);
    for (size_t t = 0; t < w->in->n_topics; t++)
        w->nearer[t] = find_nearer(w, w->mentions[t], w->total[t]);
}

/* ---- all ways ---- */

/* n over k, or limit + 1 where it is more. */
static uint64_t ways(uint32_t n, uint32_t k, uint64_t limit)
{
    uint64_t c = 1;
    for (uint32_t i = 1; i <= k; i++) {
        c = c * (n - k + i) / i; /* whole: it is n - k + i over i */
        if (c > limit)
            return limit + 1;
    }
    return c;
}

/* The next choice in lexical order. false: that was the last one. */
static bool next_choice(uint32_t *v, uint32_t k, uint32_t n)
{
    uint32_t i = k;
    while (i > 0 && v[i - 1] == n - k + i - 1)
        i--;
    if (i == 0)
        return false;
    v[i - 1]++;
    for (; i < k; i++)
        v[i] = v[i - 1] + 1;
    return true;
}

static void try_all(tt_permute_work *w)
{
    for (uint32_t i = 0; i < w->n_side; i++)
        w->issues[i] = i;
    do
        try_side(w);
    while (next_choice(w->issues, w->n_side, w->in->n_issues));
}

/* ---- random ways ---- */

/* SplitMix64: G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014. */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* 0 to n - 1, each as likely: D. Lemire, "Fast random integer generation in an interval", ACM TOMACS 29 (2019). */
static uint32_t random_below(uint64_t *state, uint32_t n)
{
    uint64_t x = (next_random(state) >> 32) * n;
    if ((uint32_t)x < n) {
        const uint32_t short_of = (0 - n) % n;
        while ((uint32_t)x < short_of)
            x = (next_random(state) >> 32) * n;
    }
    return (uint32_t)(x >> 32);
}

static void turn_hits(tt_permute_work *w)
{
    const tt_permute_in *in = w->in;
    for (size_t h = 0; h < in->first[in->n_issues]; h++)
        w->begins[in->hits[h].topic + 1]++;
    for (size_t t = 0; t < in->n_topics; t++)
        w->begins[t + 1] += w->begins[t];
    for (uint32_t i = in->n_issues; i-- > 0;)
        for (size_t h = in->first[i]; h < in->first[i + 1]; h++) /* from the end of a topic's place to its beginning */
            w->dealt[--w->begins[in->hits[h].topic + 1]] = (tt_dealt){i, in->hits[h].mentions};
    for (size_t t = 0; t < in->n_topics; t++)
        w->begins[t] = w->begins[t + 1];
    w->begins[in->n_topics] = in->first[in->n_issues];
    for (uint32_t t = 0; t < in->n_topics; t++)
        w->live[w->n_live++] = t;
}

/* The first steps of a Fisher-Yates shuffle: they choose the smaller side. */
static void deal(tt_permute_work *w)
{
    for (uint32_t i = 0; i < w->n_side; i++)
        w->on_side[w->issues[i]] = false;
    for (uint32_t i = 0; i < w->n_side; i++) {
        const uint32_t j = i + random_below(&w->random, w->in->n_issues - i), kept = w->issues[i];
        w->issues[i] = w->issues[j];
        w->issues[j] = kept;
        w->on_side[w->issues[i]] = true;
    }
}

static void try_random(tt_permute_work *w, uint32_t n, double *p)
{
    turn_hits(w);
    for (uint32_t done = 1; done <= n && w->n_live; done++) {
        size_t kept = 0;
        deal(w);
        for (size_t i = 0; i < w->n_live; i++) {
            const uint32_t t = w->live[i];
            uint32_t mentions = 0;
            for (size_t h = w->begins[t]; h < w->begins[t + 1]; h++)
                mentions += w->on_side[w->dealt[h].topic] ? w->dealt[h].mentions : 0;
            w->count[t] += mentions < w->nearer[t].from || mentions > w->nearer[t].to;
            if (w->count[t] < TT_PERMUTE_ENOUGH || done == n)
                w->live[kept++] = t;
            else
                p[t] = TT_PERMUTE_ENOUGH / (double)done;
        }
        w->n_live = kept;
    }
    for (size_t i = 0; i < w->n_live; i++)
        p[w->live[i]] = (1 + (double)w->count[w->live[i]]) / (1 + (double)n);
}

static uint32_t n_random(const tt_permute_in *in)
{
    const uint64_t each = (uint64_t)in->n_issues + in->first[in->n_issues] + in->n_topics, n = TT_PERMUTE_WORK / each;
    return n < TT_PERMUTE_LEAST ? TT_PERMUTE_LEAST : n > TT_PERMUTE_MOST ? TT_PERMUTE_MOST : (uint32_t)n;
}

static void run(tt_permute_work *w, double *p)
{
    const tt_permute_in *in = w->in;
    const uint32_t n = n_random(in);
    const uint64_t all = ways(in->n_issues, w->n_side, n + 1);
    for (size_t h = 0; h < in->first[in->n_issues]; h++)
        w->total[in->hits[h].topic] += in->hits[h].mentions;
    observe(w);
    if (all <= n + 1) {
        try_all(w);
        for (size_t t = 0; t < in->n_topics; t++)
            p[t] = w->count[t] / (double)all;
        return;
    }
    w->random = TT_PERMUTE_SEED;
    try_random(w, n, p);
}

int tt_permute(const tt_permute_in *in, double *p)
{
    const bool first = in->n_first <= in->n_issues - in->n_first;
    tt_permute_work w = {.in = in,
                         .n_side = first ? in->n_first : in->n_issues - in->n_first,
                         .begin = first ? 0 : in->n_first,
                         .words = {(double)in->words[!first], (double)in->words[first]}};
    w.total = tt_calloc(in->n_topics + 1, sizeof *w.total);
    w.nearer = tt_calloc(in->n_topics + 1, sizeof *w.nearer);
    w.mentions = tt_calloc(in->n_topics + 1, sizeof *w.mentions);
    w.count = tt_calloc(in->n_topics + 1, sizeof *w.count);
    w.issues = tt_calloc(in->n_issues, sizeof *w.issues);
    w.begins = tt_calloc(in->n_topics + 2, sizeof *w.begins);
    w.dealt = tt_calloc(in->first[in->n_issues] + 1, sizeof *w.dealt);
    w.live = tt_calloc(in->n_topics + 1, sizeof *w.live);
    w.on_side = tt_calloc(in->n_issues, sizeof *w.on_side);
    const bool ok =
        w.total && w.nearer && w.mentions && w.count && w.issues && w.begins && w.dealt && w.live && w.on_side;
    if (ok)
        run(&w, p);
    tt_free(w.total);
    tt_free(w.nearer);
    tt_free(w.mentions);
    tt_free(w.count);
    tt_free(w.issues);
    tt_free(w.begins);
    tt_free(w.dealt);
    tt_free(w.live);
    tt_free(w.on_side);
    return ok ? 0 : TT_ENOMEM;
}
