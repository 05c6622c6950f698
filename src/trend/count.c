/* In: words and mentions of the sections of issues, in the order of the text. Out: tt_cells, sorted, each key once.
 * Not here: what a mention counts for (tag/match and run close that), periods and rates (series.c). */
#include "trend/count.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* How far tt_cells_part looks back for its section. Beyond that it begins another part, which tt_cells_finish joins:
 * so the cost of a call does not grow with the number of sections. */
enum { LOOK_BACK = 32 };

int tt_cells_part(tt_cells *c, uint32_t issue, uint32_t section, uint32_t words, uint32_t places, uint32_t *nth)
{
    size_t stop = c->n_parts > LOOK_BACK ? c->n_parts - LOOK_BACK : 0;
    for (size_t i = c->n_parts; i > stop && c->parts[i - 1].issue == issue; i--) {
        tt_part *p = &c->parts[i - 1];
        if (p->section != section)
            continue;
        if (p->words > UINT32_MAX - words || p->places > UINT32_MAX - places)
            return TT_ELIMIT;
        p->words += words;
        p->places += places;
        *nth = p->nth;
        return 0;
    }
    if (tt_grow(&c->parts, &c->cap_parts, c->n_parts + 1, sizeof *c->parts) != 0)
        return TT_ENOMEM;
    const tt_part *last = c->n_parts ? &c->parts[c->n_parts - 1] : NULL;
    *nth = last && last->issue == issue ? last->nth + 1 : 0;
    c->parts[c->n_parts++] = (tt_part){issue, *nth, section, words, places};
    return 0;
}

int tt_cells_add(tt_cells *c, uint32_t issue, uint32_t nth, uint32_t section, uint32_t topic, uint32_t mentions)
{
    if (mentions == 0)
        return 0;
    if (tt_grow(&c->cells, &c->cap_cells, c->n_cells + 1, sizeof *c->cells) != 0)
        return TT_ENOMEM;
    c->cells[c->n_cells++] = (tt_cell){issue, nth, section, topic, mentions};
    return 0;
}

int tt_cells_merge(tt_cells *into, const tt_cells *part)
{
    if (tt_grow(&into->parts, &into->cap_parts, into->n_parts + part->n_parts, sizeof *into->parts) != 0 ||
        tt_grow(&into->cells, &into->cap_cells, into->n_cells + part->n_cells, sizeof *into->cells) != 0)
        return TT_ENOMEM;
    for (size_t i = 0; i < part->n_parts; i++)
        into->parts[into->n_parts++] = part->parts[i];
    for (size_t i = 0; i < part->n_cells; i++)
        into->cells[into->n_cells++] = part->cells[i];
    return 0;
}

void tt_cells_release(tt_cells *c)
{
    tt_free(c->parts);
    tt_free(c->cells);
    *c = (tt_cells){0};
}

/* ---- finish ---- */

static int cmp(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int by_section(const void *x, const void *y)
{
    const tt_part *a = x, *b = y;
    int c = cmp(a->issue, b->issue);
    c = c ? c : cmp(a->section, b->section);
    return c ? c : cmp(a->nth, b->nth);
}

/* Where parts of one issue come from several cells, two sections may claim one place: the smaller id goes first, so
 * that the order of merging does not show. */
static int by_place(const void *x, const void *y)
{
    const tt_part *a = x, *b = y;
    int c = cmp(a->issue, b->issue);
    c = c ? c : cmp(a->nth, b->nth);
    return c ? c : cmp(a->section, b->section);
}

static int cell_by_section(const void *x, const void *y)
{
    const tt_cell *a = x, *b = y;
    int c = cmp(a->issue, b->issue);
    c = c ? c : cmp(a->section, b->section);
    return c ? c : cmp(a->topic, b->topic);
}

static int cell_by_place(const void *x, const void *y)
{
    const tt_cell *a = x, *b = y;
    int c = cmp(a->issue, b->issue);
    c = c ? c : cmp(a->nth, b->nth);
    return c ? c : cmp(a->topic, b->topic);
}

_Static_assert(offsetof(tt_part, issue) == 0 && offsetof(tt_cell, issue) == 0, "sort reads it there");

static uint32_t issue_of(const char *v)
{
    uint32_t issue;
    memcpy(&issue, v, sizeof issue);
    return issue;
}

static bool is_sorted(const char *v, size_t n, size_t size, int (*order)(const void *, const void *))
{
    for (size_t i = 1; i < n; i++)
        if (order(v + (i - 1) * size, v + i * size) > 0)
            return false;
    return true;
}

/* Orders go by issue first, and issues are mostly counted one after the other: then each is sorted by itself. */
static void sort(void *all, size_t n, size_t size, int (*order)(const void *, const void *))
{
    char *v = all;
    bool rising = true;
    for (size_t i = 1; i < n && rising; i++)
        rising = issue_of(v + (i - 1) * size) <= issue_of(v + i * size);
    for (size_t from = 0, to = n; from < n; from = to, to = n) {
        if (rising)
            for (to = from + 1; to < n && issue_of(v + to * size) == issue_of(v + from * size);)
                to++;
        if (!is_sorted(v + from * size, to - from, size, order))
            qsort(v + from * size, to - from, size, order);
    }
}

/* One part for each issue and section, at the first of its places. */
static int join_parts(tt_cells *c)
{
    size_t n = 0;
    sort(c->parts, c->n_parts, sizeof *c->parts, by_section);
    for (size_t i = 0; i < c->n_parts; i++) {
        const tt_part *p = &c->parts[i];
        tt_part *last = n ? &c->parts[n - 1] : NULL;
        if (!last || last->issue != p->issue || last->section != p->section) {
            c->parts[n++] = *p;
            continue;
        }
        if (last->words > UINT32_MAX - p->words || last->places > UINT32_MAX - p->places)
            return TT_ELIMIT;
        last->words += p->words;
        last->places += p->places;
    }
    c->n_parts = n;
    return 0;
}

static int join_cells(tt_cells *c)
{
    size_t n = 0;
    sort(c->cells, c->n_cells, sizeof *c->cells, cell_by_section);
    for (size_t i = 0; i < c->n_cells; i++) {
        const tt_cell *p = &c->cells[i];
        tt_cell *last = n ? &c->cells[n - 1] : NULL;
        if (!last || cell_by_section(last, p) != 0) {
            c->cells[n++] = *p;
            continue;
        }
        if (last->mentions > UINT32_MAX - p->mentions)
            return TT_ELIMIT;
        last->mentions += p->mentions;
        last->nth = last->nth < p->nth ? last->nth : p->nth;
    }
    c->n_cells = n;
    return 0;
}

/* Places become 0, 1, … in each issue, and the cells take their part's. */
static void number(tt_cells *c)
{
    sort(c->parts, c->n_parts, sizeof *c->parts, by_place);
    for (size_t i = 0; i < c->n_parts; i++)
        c->parts[i].nth = i && c->parts[i - 1].issue == c->parts[i].issue ? c->parts[i - 1].nth + 1 : 0;
    sort(c->parts, c->n_parts, sizeof *c->parts, by_section);
    for (size_t i = 0, p = 0; i < c->n_cells && p < c->n_parts; i++) {
        tt_cell *cell = &c->cells[i];
        while (p + 1 < c->n_parts && (c->parts[p].issue != cell->issue || c->parts[p].section != cell->section))
            p++;
        cell->nth = c->parts[p].nth;
    }
    sort(c->parts, c->n_parts, sizeof *c->parts, by_place);
    sort(c->cells, c->n_cells, sizeof *c->cells, cell_by_place);
}

int tt_cells_finish(tt_cells *c)
{
    int rc = join_parts(c);
    if (rc == 0)
        rc = join_cells(c);
    if (rc == 0)
        number(c);
    return rc;
}
