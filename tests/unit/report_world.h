/* report_world: a small archive made of numbers alone, for the tests of pages and reports. One issue a month from January
 * 2019 on, topics and sections with hostile names. */
#ifndef TT_TESTS_REPORT_WORLD_H
#define TT_TESTS_REPORT_WORLD_H

#include <string.h>

#include "report/report.h"
#include "trend/change.h"
#include "trend/count.h"
#include "trend/filter.h"
#include "trend/series.h"

enum { WORLD_MOST = 64, WORLD_TOPICS = 10, WORLD_SECTIONS = 12 };

#define WORLD_NAME "\"><script>alert('1')</script> & ](x) `touch made`"

typedef struct tt_world {
    tt_arena arena;
    tt_issue issues[WORLD_MOST];
    uint32_t order[WORLD_MOST];
    tt_str sections[WORLD_SECTIONS];
    tt_topic topics[WORLD_TOPICS];
    tt_cells cells;
    tt_options options;
    tt_provenance from;
    tt_facts facts;
    tt_filter filter;
    tt_series by[4];
    tt_link links[WORLD_MOST * 3];
    tt_comparison changes[WORLD_MOST];
    tt_report_in in;
} tt_world;

static void world_names(tt_world *w, size_t n_topics)
{
    static const char *const ids[WORLD_TOPICS] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"};
    static const char *const labels[WORLD_TOPICS] = {WORLD_NAME, "OpenAI", "_a^b {/Bold x}", "@x %s \\n",
                                                     "Größe",    "it's",   "\u202Ex\u202C",  "=cmd()",
                                                     "&amp;",    "Climate"};
    static const char *const types[WORLD_TOPICS] = {"theme",  "organization", "organization", "person", "person",
                                                    "person", "model",        "theme",        "theme",  "theme"};
    static const char *const names[WORLD_SECTIONS] = {"(none)", "(intro)", "(other)", WORLD_NAME, "Research", "Apps",
                                                      "<b>",    "Tools",   "Jobs",    "News",     "Events",   "Fun"};
    for (size_t i = 0; i < n_topics; i++)
        w->topics[i] = (tt_topic){.id = tt_str_of(ids[i]), .label = tt_str_of(labels[i]), .type = tt_str_of(types[i])};
    for (size_t i = 0; i < WORLD_SECTIONS; i++)
        w->sections[i] = tt_str_of(names[i]);
}

/* n issues, the last `undated` of them without a date; each has 3 sections of 12 and topic t in every (t + 1)th issue. */
static int world_count(tt_world *w, size_t n, size_t undated, size_t n_topics)
{
    for (uint32_t i = 0; i < n; i++) {
        int32_t day = TT_NO_DATE;
        uint32_t nth;
        if (i + undated < n)
            tt_day_of(2019 + (int)i / 12, (int)i % 12 + 1, 3, &day);
        w->issues[i] = (tt_issue){.issue = TT_S("x.md"),
                                  .path = TT_S("/home/somebody/x.md"),
                                  .rel = TT_S("x.md"),
                                  .title = TT_S(WORLD_NAME),
                                  .number = (int64_t)i,
                                  .date = day,
                                  .date_source = day == TT_NO_DATE ? TT_DATE_NONE : TT_DATE_NAME,
                                  .format = TT_S("markdown"),
                                  .order = i};
        w->order[i] = i;
        for (uint32_t k = 0; k < 3; k++) {
            if (tt_cells_part(&w->cells, i, (i + 4 * k + 3) % WORLD_SECTIONS, 100 + i + k, 2, &nth) != 0)
                return TT_ENOMEM;
            for (uint32_t t = 0; t < n_topics && k == 0; t++)
                if (i % (t + 1) == 0 &&
                    tt_cells_add(&w->cells, i, nth, (i + 4 * k + 3) % WORLD_SECTIONS, t, 1 + t % 2) != 0)
                    return TT_ENOMEM;
        }
    }
    return tt_cells_finish(&w->cells);
}

/* Each issue links x.org, every second one a site of hostile name, every third from the fourth on the first issue. */
static size_t world_links(tt_world *w, size_t n)
{
    size_t k = 0;
    for (uint32_t i = 0; i < n; i++) {
        w->links[k++] = (tt_link){i, 3, TT_NO_ISSUE, TT_S("https://x.org/a"), TT_S("x.org"), TT_S("text")};
        if (i % 2)
            w->links[k++] = (tt_link){i, 3, TT_NO_ISSUE, TT_S("https://y/"), TT_S(WORLD_NAME), TT_S("text")};
        if (i > 3 && i % 3 == 0)
            w->links[k++] = (tt_link){i, 3, 0, TT_S("https://own.org/1"), TT_S("own.org"), TT_S("text")};
    }
    return k;
}

/* Each year with the one before it. */
static int world_changes(tt_world *w, tt_err *err)
{
    const tt_series *s = &w->by[0];
    int rc = 0;
    for (size_t i = 1; i < s->n_periods && rc == 0; i++)
        rc = tt_change_make(&w->changes[i], &w->facts, &w->filter, s->periods[i - 1].label, s->periods[i].label,
                            &w->arena, err);
    return rc;
}

static int world_series(tt_world *w, const tt_select *sel, tt_err *err)
{
    static const tt_by by[4] = {TT_BY_YEAR, TT_BY_QUARTER, TT_BY_MONTH, TT_BY_YEAR};
    int rc = 0;
    for (size_t i = 0; i < 4 && rc == 0; i++) {
        rc = tt_filter_make(&w->filter, &w->facts, sel, &w->arena, err);
        w->filter.by = by[i];
        w->filter.by_section = i == 3;
        if (rc == 0)
            rc = tt_series_make(&w->by[i], &w->facts, &w->filter, &w->arena, err);
    }
    return rc;
}

/* `w` is zero before. The caller calls world_release, also after a failure. */
static int world_make(tt_world *w, size_t n, size_t undated, size_t n_topics, const tt_select *sel, tt_err *err)
{
    tt_topic_sum *sums = NULL;
    size_t n_sums = 0;
    world_names(w, n_topics);
    int rc = world_count(w, n, undated, n_topics);
    w->facts = (tt_facts){.issues = w->issues,
                          .n_issues = n,
                          .order = w->order,
                          .sections = w->sections,
                          .n_sections = WORLD_SECTIONS,
                          .topics = w->topics,
                          .n_topics = n_topics,
                          .cells = &w->cells,
                          .links = w->links,
                          .n_links = world_links(w, n),
                          .median_interval = 30};
    if (rc == 0)
        rc = world_series(w, sel, err);
    if (rc == 0)
        rc = tt_topic_sums(&w->facts, &w->filter, &w->arena, &sums, &n_sums, err);
    if (rc == 0 && !(sel && sel->n_years))
        rc = world_changes(w, err);
    w->options = (tt_options){.zones = TT_ZONES_DEFAULT};
    w->from = (tt_provenance){.totals = {.n_read = n, .n_undated = undated},
                              .lexicon_hash = "abc",
                              .input_hash = "def",
                              .options = &w->options,
                              .select = sel};
    w->in = (tt_report_in){.title = TT_S(WORLD_NAME),
                           .from = &w->from,
                           .facts = &w->facts,
                           .picked = {w->filter.issue, w->filter.section, w->filter.topic},
                           .by_year = &w->by[0],
                           .by_quarter = &w->by[1],
                           .by_month = &w->by[2],
                           .by_year_and_section = &w->by[3],
                           .sums = sums,
                           .n_sums = n_sums,
                           .changes = w->changes};
    return rc;
}

static void world_release(tt_world *w)
{
    tt_cells_release(&w->cells);
    tt_arena_release(&w->arena);
}

#endif
