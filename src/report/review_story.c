/* In: the story of a year. Out: its passages: first-timers, comebacks, silences, streak, pair, busiest issue. Not here: size,
 * what is most covered, up and down (review.c), what the story is (trend/story). */
#include "report/review_make.h"

#include <math.h>
#include <stdlib.h>

#define PAIR_WORTH 0.05 /* below this p of its own, a pair that does not hold among so many is named all the same */

/* ---- new, back, quiet ---- */

static int by_weight(const void *x, const void *y)
{
    const tt_turn *a = x, *b = y;
    if (a->issues != b->issues)
        return a->issues > b->issues ? -1 : 1;
    if (a->gap.days != b->gap.days) /* of comebacks */
        return a->gap.days > b->gap.days ? -1 : 1;
    return (a->topic > b->topic) - (a->topic < b->topic);
}

/* A copy in the given order; NULL: no memory. */
static tt_turn *sorted(tt_teller *t, const tt_turn *v, size_t n, int (*by)(const void *, const void *))
{
    tt_turn *out = tt_arena_array(t->arena, n, sizeof *out);
    t->text.failed |= !out;
    for (size_t i = 0; i < n && out; i++)
        out[i] = v[i];
    if (n && out)
        qsort(out, n, sizeof *out, by);
    return out;
}

void tt_review_say_first(tt_reviewing *r)
{
    tt_teller *t = &r->t;
    const tt_review *w = &r->story->review;
    const tt_turn *v = sorted(t, w->first, w->n_first, by_weight);
    if (w->n_before < TT_REVIEW_BEFORE) {
        if (w->n_before == 0)
            tt_buf_f(&t->text, "No issue stands before %d, so what is new in it cannot be said.", r->year);
        else
            tt_buf_f(&t->text, "Only %u issue%s before %d: too few to say what is new in it.", w->n_before,
                     w->n_before == 1 ? " stands" : "s stand", r->year);
        tt_say_passage(t, "first", "First-timers", NULL);
        return;
    }
    if (w->n_first == 0)
        tt_buf_f(&t->text, "Every topic of %d had been mentioned before.", r->year);
    else
        tt_say_counted(t, w->n_first, "topic was mentioned for the first time in the archive",
                       "topics were mentioned for the first time in the archive");
    if (w->n_first)
        tt_buf_text(&t->text, w->n_first > TT_REVIEW_TOP ? ". In most issues since:" : ":");
    tt_say_line(t, false);
    for (size_t i = 0; v && i < w->n_first && i < TT_REVIEW_TOP; i++) {
        tt_say_topic(t, v[i].topic);
        tt_buf_text(&t->text, ": in ");
        tt_say_counted(t, v[i].issues, "issue, ", "issues, first in ");
        tt_say_issue(t, v[i].gap.to);
        tt_say_line(t, true);
        tt_review_open_topic(r, v[i].topic);
    }
    tt_say_passage(t, "first", "First-timers", NULL);
}

/* "14 months", "2 years and 3 months" */
static void say_absence(tt_teller *t, int32_t days)
{
    const int months = (int)lround(days / 30.4369); /* 365.2425 / 12 */
    if (months < 24) {
        tt_buf_f(&t->text, "%d months", months);
        return;
    }
    tt_buf_f(&t->text, "%d years", months / 12);
    if (months % 12)
        tt_buf_f(&t->text, " and %d month%s", months % 12, months % 12 == 1 ? "" : "s");
}

void tt_review_say_back(tt_reviewing *r)
{
    tt_teller *t = &r->t;
    const tt_review *w = &r->story->review;
    const tt_turn *v = sorted(t, w->back, w->n_back, by_weight);
    if (w->n_back == 0)
        return;
    tt_say_counted(t, w->n_back, "topic was back after a year or more", "topics were back after a year or more");
    tt_buf_text(&t->text, w->n_back > TT_REVIEW_TOP ? ". In most issues since:" : ":");
    tt_say_line(t, false);
    for (size_t i = 0; v && i < w->n_back && i < TT_REVIEW_TOP; i++) {
        tt_say_topic(t, v[i].topic);
        tt_buf_text(&t->text, ": after ");
        say_absence(t, v[i].gap.days);
        tt_buf_text(&t->text, " in ");
        tt_say_issue(t, v[i].gap.to);
        tt_buf_text(&t->text, "; before that in ");
        tt_say_number(t, v[i].gap.from);
        tt_say_line(t, true);
        tt_review_open_topic(r, v[i].topic);
    }
    tt_say_passage(t, "back", "Comebacks", NULL);
}

/* What the comparison says of a topic; by topic. NULL: nothing. */
static const tt_change *change_of(const tt_comparison *c, uint32_t topic)
{
    size_t low = 0, high = c->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (c->v[middle].topic < topic)
            low = middle + 1;
        else
            high = middle;
    }
    return low < c->n && c->v[low].topic == topic ? &c->v[low] : NULL;
}

/* In TT_REVIEW_QUIET issues of the days that are compared, and in none of the year. */
static size_t find_quiet(const tt_reviewing *r, tt_turn *v)
{
    const tt_review *w = &r->story->review;
    size_t n = 0;
    for (size_t i = 0; i < w->n_quiet; i++) {
        const tt_change *c = change_of(r->change, w->quiet[i].topic);
        if (!c || c->issues_with[0] < TT_REVIEW_QUIET)
            continue;
        v[n] = w->quiet[i];
        v[n++].issues = c->issues_with[0];
    }
    return n;
}

void tt_review_say_quiet(tt_reviewing *r)
{
    tt_teller *t = &r->t;
    const tt_comparison *c = r->change;
    if (!c || c->side[0].issues < TT_LEAST_ISSUES || c->side[1].issues < TT_LEAST_ISSUES)
        return;
    tt_turn *all = tt_arena_array(t->arena, r->story->review.n_quiet, sizeof *all);
    t->text.failed |= !all;
    const size_t n = all ? find_quiet(r, all) : 0;
    const tt_turn *v = sorted(t, all, n, by_weight);
    const char *where = c->side[0].cut ? "of the same days of " : "of ";
    if (n == 0)
        tt_buf_f(&t->text, "Every topic that was in %d issues or more %s%d is there in %d, too.", TT_REVIEW_QUIET,
                 where, r->year - 1, r->year);
    else
        tt_say_counted(t, n, "topic was", "topics were");
    if (n)
        tt_buf_f(&t->text, " in %d issues or more %s%d and in none of %d%s", TT_REVIEW_QUIET, where, r->year - 1,
                 r->year, n > TT_REVIEW_TOP ? ". In most of them:" : ":");
    tt_say_line(t, false);
    for (size_t i = 0; v && i < n && i < TT_REVIEW_TOP; i++) {
        const tt_change *was = change_of(c, v[i].topic);
        tt_say_topic(t, v[i].topic);
        tt_buf_f(&t->text, ": in %u, last in ", v[i].issues);
        tt_say_issue(t, v[i].gap.from);
        tt_say_line(t, true);
        tt_say_open(t, tt_open_mentions(t, &v[i].topic, 1, tt_review_side_range(r, 0), was->mentions[0]));
    }
    tt_say_passage(t, "quiet", "Gone quiet", NULL);
}

/* ---- streak, busiest issue, pair ---- */

void tt_review_say_streak(tt_reviewing *r)
{
    tt_teller *t = &r->t;
    const tt_story *s = r->story;
    const size_t n = s->n_streaks < TT_REVIEW_QUIET ? s->n_streaks : TT_REVIEW_QUIET;
    if (n == 0)
        return;
    for (size_t i = 0; i < n; i++) {
        if (n < s->n_streaks)
            tt_buf_text(&t->text, i ? ", " : "");
        else
            tt_say_between(t, i, n);
        tt_say_topic(t, s->streaks[i].topic);
        tt_review_open_topic(r, s->streaks[i].topic);
    }
    if (n < s->n_streaks)
        tt_buf_f(&t->text, " and %zu more", s->n_streaks - n);
    tt_buf_text(&t->text, s->n_streaks == 1 ? " was in " : " were each in ");
    if (s->streaks[0].issues == s->issues) {
        tt_buf_f(&t->text, "every one of the %u issues.", s->issues);
    } else {
        tt_buf_f(&t->text, "%u issues in a row, the longest streak of %d", s->streaks[0].issues, r->year);
        if (s->n_streaks == 1) {
            tt_buf_text(&t->text, ": from ");
            tt_say_number(t, s->streaks[0].from);
            tt_buf_text(&t->text, " to ");
            tt_say_number(t, s->streaks[0].to);
        }
        tt_buf_char(&t->text, '.');
    }
    tt_say_passage(t, "streak", "The longest streak", NULL);
}

void tt_review_say_busiest(tt_reviewing *r)
{
    tt_teller *t = &r->t;
    const tt_story *s = r->story;
    if (s->busiest == TT_NO_ISSUE)
        return;
    const int32_t day = t->in->facts->issues[s->busiest].date;
    const bool alone = s->n_busiest == 1;
    if (!alone) {
        tt_say_counted(t, s->n_busiest, "issue", "issues");
        tt_buf_text(&t->text, " mention topics at ");
        tt_say_counted(t, s->busiest_places, "place", "places");
        tt_buf_text(&t->text, " each, none at more. The first: ");
    }
    tt_say_issue(t, s->busiest);
    tt_buf_text(&t->text, " (");
    tt_summary_day(&t->text, t->lang, day, false);
    if (alone) {
        tt_buf_text(&t->text, ") mentions topics at ");
        tt_say_counted(t, s->busiest_places, "place", "places");
        tt_buf_text(&t->text, ", more than any other: ");
    } else {
        tt_buf_text(&t->text, "), ");
    }
    tt_say_counted(t, s->busiest_topics, "topic", "topics");
    tt_buf_text(&t->text, " in ");
    tt_say_counted(t, s->busiest_words, "word", "words");
    tt_buf_char(&t->text, '.');
    tt_say_open(t, tt_open_issues(t, (tt_range){r->year, day, day}, tt_review_issues_from(r, day, day)));
    tt_say_passage(t, "busiest", "The busiest issue", NULL);
}

/* Names, the four counts, what chance has: the ratio of the sums, as for independent topics. */
static void say_together(tt_reviewing *r)
{
    tt_teller *t = &r->t;
    const tt_story *s = r->story;
    const tt_topic_pair *p = &s->pair;
    tt_say_topic(t, p->topic[0]);
    tt_buf_text(&t->text, " and ");
    tt_say_topic(t, p->topic[1]);
    tt_buf_f(&t->text, ", both in %u of the %u issues. ", p->both, s->issues);
    for (int i = 0; i < 2; i++) {
        tt_say_topic(t, p->topic[i]);
        tt_buf_f(&t->text, i ? " in %u" : " in %u, ", p->issues_with[i]);
    }
    tt_buf_text(&t->text, ", which makes ");
    tt_say_rate(t, (double)p->issues_with[0] * p->issues_with[1] / s->issues);
    tt_buf_text(&t->text, " by chance");
    tt_say_end(t);
    tt_buf_text(&t->text, " (log-likelihood by issue: ");
    tt_say_rate(t, p->g2);
    tt_buf_text(&t->text, ")");
    tt_say_on_page(t);
    tt_buf_char(&t->text, '.');
    tt_say_open(t, tt_open_mentions(t, p->topic, 2, tt_review_whole_year(r),
                                    (uint64_t)r->mentions[p->topic[0]] + r->mentions[p->topic[1]]));
}

void tt_review_say_pair(tt_reviewing *r)
{
    tt_teller *t = &r->t;
    const tt_story *s = r->story;
    if (s->n_pairs == 0) {
        tt_buf_text(&t->text, "There are no two topics in 5 issues each, so that none can be called a pair.");
    } else if (!s->pair_holds && s->pair.g2 > 0) {
        tt_buf_text(&t->text, "Of ");
        tt_say_counted(t, s->n_pairs, "pair", "pairs");
        tt_buf_text(&t->text, " of topics none stands in the same issues by more than chance explains.");
        if (s->pair.p < PAIR_WORTH) {
            tt_buf_text(&t->text, " The closest: ");
            say_together(r);
        }
    } else if (s->pair_holds) {
        tt_buf_text(&t->text, "Closest together, of ");
        tt_say_counted(t, s->n_pairs, "pair", "pairs");
        tt_buf_text(&t->text, " of topics, and by more than chance explains: ");
        say_together(r);
    } else {
        tt_buf_text(&t->text, "No two topics stand together in 5 issues more often than chance has it.");
    }
    tt_say_passage(t, "pair", "The pair of the year", NULL);
}
