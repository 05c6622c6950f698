/* review_make: what the passages of review.c and review_story.c share. Used by them alone. */
#ifndef TT_REPORT_REVIEW_MAKE_H
#define TT_REPORT_REVIEW_MAKE_H

#include "report/review.h"
#include "report/review_say.h"

/* A topic of the year. */
typedef struct tt_year_of {
    uint32_t topic, mentions, issues;
} tt_year_of;

typedef struct tt_reviewing {
    tt_teller t;
    int year;
    const tt_series *series; /* by year */
    size_t at;               /* the year's period */
    const tt_period *period;
    const tt_story *story;
    const tt_comparison *change; /* NULL: none */
    tt_year_of *topics;          /* with a mention: most issues, then most mentions, then lowest id first */
    size_t n_topics;
    uint32_t *mentions; /* in the year, by topic */
} tt_reviewing;

/* review.c: ranges of days, and the commands that open a topic or issues. */
uint32_t tt_review_issues_from(const tt_reviewing *r, int32_t from, int32_t to);
void tt_review_open_topic(tt_reviewing *r, uint32_t topic);
tt_range tt_review_side_range(const tt_reviewing *r, int side);
tt_range tt_review_whole_year(const tt_reviewing *r);

/* review_story.c: a passage each. */
void tt_review_say_back(tt_reviewing *r);
void tt_review_say_busiest(tt_reviewing *r);
void tt_review_say_first(tt_reviewing *r);
void tt_review_say_pair(tt_reviewing *r);
void tt_review_say_quiet(tt_reviewing *r);
void tt_review_say_streak(tt_reviewing *r);

#endif
