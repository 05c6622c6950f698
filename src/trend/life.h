/* life: where topics occur, issue by issue; from it, when a topic came, paused, came back and went. */
#ifndef TT_TREND_LIFE_H
#define TT_TREND_LIFE_H

#include "trend/filter.h"

/* An issue that has the topic. */
typedef struct tt_issue_hit {
    uint32_t at; /* place in tt_timeline.issues */
    uint32_t mentions;
} tt_issue_hit;

/* The selected issues in order, and for each topic those that have it. */
typedef struct tt_timeline {
    uint32_t *issues; /* by rank: the dated ones by date, then the undated; with sections named, only those with one */
    uint64_t *words;  /* by place in `issues`: of the selected sections */
    size_t n, n_dated;
    tt_issue_hit *hits;  /* by topic, then by place */
    size_t *first; /* of a topic in `hits`; one more than there are topics, so that first[t + 1] is the end of t */
} tt_timeline;

#define TT_ALL_TOPICS UINT32_MAX

/* `topic`: the only one to look for, selected or not, or TT_ALL_TOPICS for all that are selected. TT_ELIMIT: a topic has
 * too many mentions. */
int tt_timeline_make(tt_timeline *out, const tt_facts *in, const tt_filter *f, uint32_t topic, tt_arena *arena,
                     tt_err *err);

/* `out->comebacks` is in the arena. 0 or TT_ENOMEM. */
int tt_life_of(const tt_timeline *t, const tt_facts *in, uint32_t topic, tt_arena *arena, tt_life *out);

/* From day `from` to day `to`; the range before is `before` to the day before `from`. The timeline must reach back, so it
 * comes from a filter without --from or years. `out` is in the arena. */
int tt_review_make(const tt_timeline *t, const tt_facts *in, int32_t before, int32_t from, int32_t to, tt_arena *arena,
                   tt_review *out, tt_err *err);

#endif
