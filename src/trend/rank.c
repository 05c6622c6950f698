/* In: candidates with their counts and parts. Out: those that stay, best first. Not here: the formulas (stats.c), where
 * candidates come from (tag/candidate.c). */
#include "trend/rank.h"

#include "base/stats.h"

#include <stdlib.h>

/* Shares, tried on newsletters of several kinds. */
static const double MOST = 0.7;      /* of a part's issues in one longer candidate: it has no life of its own */
static const double RARE = 0.3;      /* of a part's mentions: so few an expression has that says nothing new */
static const double COHESION = 0.35; /* NPMI of an expression; by chance: 0 */
static const double GAIN = 6.63;     /* G2 of a year: 0.01 of the chi-squared distribution with 1 degree of freedom */

uint32_t tt_rank_floor(uint32_t n_issues)
{
    if (n_issues < 12)
        return n_issues < 4 ? 1 : 2;
    return n_issues > 200 * TT_RANK_FLOOR ? n_issues / 200 : TT_RANK_FLOOR;
}

/* What is known of a candidate's longer ones. */
typedef struct nesting {
    double nested;   /* issues in longer candidates */
    uint32_t longer; /* how many they are */
    uint32_t most;   /* issues of the one with most */
    bool stays;
} nesting;

typedef struct by_length {
    uint32_t n_words, i;
} by_length;

static int longest_first(const void *x, const void *y)
{
    const by_length *a = x, *b = y;
    if (a->n_words != b->n_words)
        return a->n_words < b->n_words ? 1 : -1;
    return (a->i > b->i) - (a->i < b->i);
}

/* From the longest to the shortest: what a candidate itself stands nested in longer ones is not told to its parts twice
 * (Frantzi et al., the procedure of 2.2). */
static void nest(const tt_candidate *v, const by_length *order, size_t n, nesting *nestings)
{
    for (size_t k = 0; k < n; k++) {
        const tt_candidate *c = &v[order[k].i];
        const nesting *own = &nestings[order[k].i];
        double alone = c->issues > own->nested ? c->issues - own->nested : 0;
        for (size_t p = 0; p < c->n_parts; p++) {
            nesting *part = &nestings[c->parts[p]];
            part->nested += alone;
            part->longer++;
            part->most = c->issues > part->most ? c->issues : part->most;
        }
    }
}

/* `machine learning model` is nothing but a model of machine learning: much rarer than the topic that it is made with.
 * With a name it is even more so: `Haskell program`. */
static bool is_composed(const tt_candidate *all, const tt_candidate *c)
{
    for (size_t i = 0; i < c->n_parts; i++)
        if (c->mentions < (all[c->parts[i]].name ? MOST : RARE) * all[c->parts[i]].mentions)
            return true;
    return false;
}

static bool stays(const tt_candidate *all, const tt_candidate *c, const nesting *nest, const tt_rank_in *in)
{
    if (c->name && !c->free)
        return false;
    if (nest->longer && nest->most >= MOST * c->issues)
        return false;
    if (c->name)
        return true;
    return !is_composed(all, c) && tt_npmi(c->mentions, c->n_each, c->n_words, in->words[0] + in->words[1]) >= COHESION;
}

static double score_of(const tt_candidate *c, const nesting *nest, const tt_rank_in *in)
{
    if (in->year)
        return tt_log_likelihood(c->mentions, c->before, in->words[0], in->words[1]);
    double value = tt_cvalue(c->n_words + 1, c->issues, nest->nested, nest->longer);
    if (!c->name)
        value *= tt_npmi(c->mentions, c->n_each, c->n_words, in->words[0]);
    return value;
}

typedef struct ranked {
    const tt_candidate *c;
    tt_str name;
} ranked;

static int best_first(const void *x, const void *y)
{
    const ranked *a = x, *b = y;
    if (a->c->score < b->c->score || a->c->score > b->c->score)
        return a->c->score < b->c->score ? 1 : -1;
    return tt_str_cmp(a->name, b->name);
}

static int sort(tt_candidate *v, size_t n, const tt_str *names)
{
    ranked *order = tt_calloc(n + 1, sizeof *order);
    tt_candidate *copy = tt_calloc(n + 1, sizeof *copy);
    for (size_t i = 0; order && copy && i < n; i++) {
        copy[i] = v[i];
        order[i] = (ranked){&copy[i], names[v[i].group]};
    }
    if (order && copy && n > 1)
        qsort(order, n, sizeof *order, best_first);
    for (size_t i = 0; order && copy && i < n; i++)
        v[i] = *order[i].c;
    int rc = order && copy ? 0 : TT_ENOMEM;
    tt_free(order);
    tt_free(copy);
    return rc;
}

int tt_rank(tt_candidate *v, size_t n, const tt_rank_in *in, size_t *n_kept)
{
    by_length *order = tt_calloc(n + 1, sizeof *order);
    nesting *nestings = tt_calloc(n + 1, sizeof *nestings);
    int rc = order && nestings ? 0 : TT_ENOMEM;
    *n_kept = 0;
    if (rc == 0) {
        for (size_t i = 0; i < n; i++)
            order[i] = (by_length){v[i].n_words, (uint32_t)i};
        if (n > 1)
            qsort(order, n, sizeof *order, longest_first);
        nest(v, order, n, nestings);
        for (size_t i = 0; i < n; i++) {
            v[i].score = score_of(&v[i], &nestings[i], in);
            nestings[i].stays = stays(v, &v[i], &nestings[i], in) && v[i].score > (in->year ? GAIN : 0);
        }
        for (size_t i = 0; i < n; i++)
            if (nestings[i].stays)
                v[(*n_kept)++] = v[i];
        rc = sort(v, *n_kept, in->names);
    }
    tt_free(order);
    tt_free(nestings);
    return rc;
}
