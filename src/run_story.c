/* In: an open archive, the series of its years. Out: the story of each. Not here: what is in it (trend/story.c), how it is
 * said (report/review.c). */
#include "run.h"
#include "trend/story.h"

/* The day on which the year before the one of `day` begins. */
static int32_t year_before(int32_t day)
{
    int year, month, dom;
    int32_t out = day;
    tt_day_split(day, &year, &month, &dom);
    tt_day_of(year - 1, 1, 1, &out);
    return out;
}

int tt_run_stories(tt_archive *a, const tt_facts *facts, const tt_filter *whole, const tt_series *years,
                   tt_arena *arena, tt_story **out, tt_err *err)
{
    tt_timeline timeline;
    tt_story_in in = {.facts = facts,
                      .filter = whole,
                      .timeline = &timeline,
                      .entries = a->lex->entries,
                      .n_entries = a->lex->n_entries};
    tt_story *v = *out = tt_arena_array(arena, years->n_periods, sizeof *v);
    if (!v)
        return tt_fail_memory(err);
    int rc = tt_timeline_make(&timeline, facts, whole, TT_ALL_TOPICS, arena, err);
    for (size_t i = 0; i < years->n_periods && rc == 0; i++) {
        v[i] = (tt_story){.busiest = TT_NO_ISSUE};
        in.from = years->periods[i].start;
        in.to = years->periods[i].end;
        in.before = year_before(in.from);
        if (years->periods[i].issues)
            rc = tt_story_make(&v[i], &in, arena, err);
    }
    return rc;
}
