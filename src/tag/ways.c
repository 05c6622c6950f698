/* In: an entry. Out: how it comes to count for each of its topics. Breadth first over `broader`, from its own topic and
 * then from what `also` must have named. Not here: which topics these are (topics.c). */
#include "tag/why.h"

#include <stdlib.h>
#include <string.h>

#define NOT_YET UINT32_MAX /* instead of the one before */
#define BEGINS (UINT32_MAX - 1)

static int by_number(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

struct climb {
    const tt_lexicon *lex;
    const tt_entry *e;
    uint32_t *before; /* by place in e->counts: the place that leads there */
    uint32_t *queue;
    uint32_t *steps;
    size_t n_queue, done;
};

/* Where a topic stands in e->counts, which holds all that is broader than any of them. */
static uint32_t place_of(const tt_entry *e, uint32_t topic)
{
    const uint32_t *at = bsearch(&topic, e->counts, e->n_counts, sizeof topic, by_number);
    return at ? (uint32_t)(at - e->counts) : NOT_YET;
}

static void reach(struct climb *c, uint32_t place, uint32_t before)
{
    if (place == NOT_YET || c->before[place] != NOT_YET)
        return;
    c->before[place] = before;
    c->steps[place] = before == BEGINS ? 1 : c->steps[before] + 1;
    c->queue[c->n_queue++] = place;
}

static void climb(struct climb *c)
{
    for (; c->done < c->n_queue; c->done++) {
        const tt_topic *t = &c->lex->topics[c->e->counts[c->queue[c->done]]];
        for (size_t i = 0; i < t->n_broader; i++)
            reach(c, place_of(c->e, t->broader[i]), c->queue[c->done]);
    }
}

/* Begins with the topics not reached that are not broader than another such topic: `also` names these. */
static void begin_also(struct climb *c, bool *above)
{
    for (size_t i = 0; i < c->e->n_counts; i++) {
        const tt_topic *t = &c->lex->topics[c->e->counts[i]];
        for (size_t k = 0; c->before[i] == NOT_YET && k < t->n_broader; k++) {
            uint32_t place = place_of(c->e, t->broader[k]);
            if (place != NOT_YET)
                above[place] = true;
        }
    }
    for (size_t i = 0, n = c->e->n_counts; i < n; i++)
        if (c->before[i] == NOT_YET && !above[i])
            reach(c, (uint32_t)i, BEGINS);
}

static int write_ways(const struct climb *c, tt_route *ways, tt_arena *arena)
{
    for (uint32_t i = 0; i < c->e->n_counts; i++) {
        size_t n = c->steps[i];
        uint32_t *path = tt_arena_array(arena, n, sizeof *path);
        if (!path)
            return TT_ENOMEM;
        for (uint32_t at = i, k = (uint32_t)n; k > 0; at = c->before[at])
            path[--k] = c->e->counts[at];
        tt_way_kind kind = n > 1 ? TT_WAY_BROADER : c->e->counts[i] == c->e->topic ? TT_WAY_OWN : TT_WAY_ALSO;
        ways[i] = (tt_route){(uint8_t)kind, path, n};
    }
    return 0;
}

tt_route *tt_why_ways(const tt_lexicon *lex, const tt_entry *e, tt_arena *arena)
{
    size_t n = e->n_counts;
    struct climb c = {.lex = lex, .e = e};
    tt_route *ways = tt_arena_array(arena, n + 1, sizeof *ways);
    bool *above = tt_arena_array(arena, n + 1, sizeof *above);
    c.before = tt_arena_array(arena, n + 1, sizeof *c.before);
    c.queue = tt_arena_array(arena, n + 1, sizeof *c.queue);
    c.steps = tt_arena_array(arena, n + 1, sizeof *c.steps);
    if (!ways || !above || !c.before || !c.queue || !c.steps)
        return NULL;
    memset(above, 0, n + 1);
    memset(c.before, 0xFF, (n + 1) * sizeof *c.before);
    if (n)
        reach(&c, place_of(e, e->topic), BEGINS);
    climb(&c);
    begin_also(&c, above);
    climb(&c);
    return write_ways(&c, ways, arena) == 0 ? ways : NULL;
}
