/* trend_world: a small archive by hand for tests of trend/: issues with a date, their words and mentions. To be included
 * by one file of a test program. */
#ifndef TT_TESTS_TREND_WORLD_H
#define TT_TESTS_TREND_WORLD_H

#include <stdlib.h>

#include "trend/count.h"
#include "trend/filter.h"

enum { ANNA, BERT, CLIP, WORLD_TOPICS, WORLD_MAX = 1001 };
enum { WORLD_NONE, WORLD_INTRO, WORLD_OTHER, WORLD_NEWS };

struct world {
    tt_issue issues[WORLD_MAX];
    char names[WORLD_MAX][8];
    uint32_t order[WORLD_MAX];
    tt_cells cells;
    tt_facts facts;
    tt_filter filter;
    tt_arena arena;
    tt_err err;
};

static const tt_str world_sections[] = {{"(none)", 6}, {"(intro)", 7}, {"(other)", 7}, {"News", 4}};
static const tt_topic world_topics[WORLD_TOPICS] = {{.id = {"anna", 4}, .label = {"Anna", 4}},
                                                    {.id = {"bert", 4}, .label = {"Bert", 4}},
                                                    {.id = {"clip", 4}, .label = {"Clip", 4}}};

static int32_t world_day(const char *date)
{
    char *p;
    int32_t out = TT_NO_DATE;
    int y = (int)strtol(date, &p, 10), m = (int)strtol(p + 1, &p, 10), d = (int)strtol(p + 1, &p, 10);
    assert_true(tt_day_of(y, m, d, &out));
    return out;
}

/* date NULL: undated */
static uint32_t world_issue(struct world *w, const char *date, uint32_t section, uint32_t words, uint32_t a, uint32_t b,
                            uint32_t c)
{
    const uint32_t i = (uint32_t)w->facts.n_issues++, mentions[WORLD_TOPICS] = {a, b, c};
    uint32_t nth;
    assert_true(i < WORLD_MAX);
    snprintf(w->names[i], sizeof w->names[i], "%04u", i);
    w->issues[i] = (tt_issue){.issue = {w->names[i], 4}, .date = date ? world_day(date) : TT_NO_DATE, .number = -1};
    assert_int_equal(tt_cells_part(&w->cells, i, section, words, a + b + c, &nth), 0);
    for (uint32_t t = 0; t < WORLD_TOPICS; t++)
        assert_int_equal(tt_cells_add(&w->cells, i, nth, section, t, mentions[t]), 0);
    return i;
}

/* Adds a section to the issue that was added last. */
static void world_part(struct world *w, uint32_t section, uint32_t words, uint32_t a)
{
    const uint32_t i = (uint32_t)w->facts.n_issues - 1;
    uint32_t nth;
    assert_int_equal(tt_cells_part(&w->cells, i, section, words, a, &nth), 0);
    assert_int_equal(tt_cells_add(&w->cells, i, nth, section, 0, a), 0);
}

static int world_by_date(const void *x, const void *y, void *ctx)
{
    const struct world *w = ctx;
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
    int32_t da = w->issues[a].date, db = w->issues[b].date;
    if ((da == TT_NO_DATE) != (db == TT_NO_DATE))
        return da == TT_NO_DATE ? 1 : -1;
    return da != db ? (da > db) - (da < db) : (a > b) - (a < b);
}

static void world_begin(struct world *w)
{
    *w = (struct world){.facts = {.sections = world_sections,
                                  .n_sections = sizeof world_sections / sizeof *world_sections,
                                  .topics = world_topics,
                                  .n_topics = WORLD_TOPICS,
                                  .median_interval = 30}};
    w->facts.issues = w->issues;
    w->facts.order = w->order;
    w->facts.cells = &w->cells;
}

/* sel may be NULL */
static void world_end(struct world *w, const tt_select *sel)
{
    assert_int_equal(tt_cells_finish(&w->cells), 0);
    for (uint32_t i = 0; i < w->facts.n_issues; i++)
        w->order[i] = i;
    qsort_r(w->order, w->facts.n_issues, sizeof *w->order, world_by_date, w);
    if (tt_filter_make(&w->filter, &w->facts, sel, &w->arena, &w->err) != 0)
        fail_msg("%s", w->err.text);
}

static void world_release(struct world *w)
{
    tt_cells_release(&w->cells);
    tt_arena_release(&w->arena);
}

#endif
