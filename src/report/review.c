/* In: series, changes and the story of a year. Out: what is worth saying of it, passage by passage, with the commands that
 * open its numbers. Not here: marking up (page_year.c, markdown.c), counting (trend/). */
#include "report/review.h"

#include "report/review_make.h"

#include <stdlib.h>

enum { MOST_MISSING = 5 }; /* numbers of missing issues that are named */

tt_range tt_review_whole_year(const tt_reviewing *r)
{
    return (tt_range){r->year, TT_NO_DATE, TT_NO_DATE};
}

tt_range tt_review_side_range(const tt_reviewing *r, int side)
{
    const tt_period *p = &r->change->side[side].period;
    return (tt_range){r->year, p->start, p->end};
}

void tt_review_open_topic(tt_reviewing *r, uint32_t topic)
{
    tt_say_open(&r->t, tt_open_mentions(&r->t, &topic, 1, tt_review_whole_year(r), r->mentions[topic]));
}

/* Rows of `tagtrend issues`, which lists those without a word in the selected sections, too. */
uint32_t tt_review_issues_from(const tt_reviewing *r, int32_t from, int32_t to)
{
    const tt_facts *f = r->t.in->facts;
    uint32_t n = 0;
    for (size_t i = 0; i < f->n_issues; i++) {
        const int32_t day = f->issues[i].date;
        n += day != TT_NO_DATE && day >= from && day <= to && (!r->t.in->picked.issue || r->t.in->picked.issue[i]);
    }
    return n;
}

/* ---- size ---- */

static void say_minutes(tt_buf *to, uint64_t words)
{
    const uint64_t minutes = (words + TT_WORDS_A_MINUTE / 2) / TT_WORDS_A_MINUTE;
    if (minutes == 0) {
        tt_buf_text(to, "<\u00A01\u00A0min");
        return;
    }
    if (minutes >= 60)
        tt_buf_f(to, "%llu\u00A0h ", (unsigned long long)(minutes / 60));
    tt_buf_f(to, "%llu\u00A0min", (unsigned long long)(minutes % 60));
}

static void say_side(tt_teller *t, const tt_side_of_change *side)
{
    tt_say_counted(t, side->issues, "issue", "issues");
    tt_buf_text(&t->text, " with ");
    tt_say_counted(t, side->words, "word", "words");
}

/* The same days of the year before where this year is not complete. */
static void say_year_before(tt_reviewing *r)
{
    tt_teller *t = &r->t;
    const tt_comparison *c = r->change;
    if (!c) {
        tt_buf_text(&t->text, r->at ? " No issue of the year before has the same days."
                                    : " It is the first year of the archive, so there is nothing to compare it with.");
        return;
    }
    if (c->note.n) {
        tt_buf_char(&t->text, ' ');
        tt_buf_str(&t->text, c->note);
        tt_buf_text(&t->text, " (");
        say_side(t, &c->side[0]);
        if (c->side[1].issues != r->story->issues) {
            tt_buf_text(&t->text, " there, ");
            say_side(t, &c->side[1]);
            tt_buf_text(&t->text, " here");
        }
        tt_buf_text(&t->text, ").");
        return;
    }
    tt_buf_f(&t->text, " %d had ", r->year - 1);
    say_side(t, &c->side[0]);
    tt_buf_char(&t->text, '.');
}

static int by_number(const void *x, const void *y)
{
    const int64_t *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

static bool is_of_year(const tt_reviewing *r, size_t issue)
{
    const int32_t day = r->t.in->facts->issues[issue].date;
    return day != TT_NO_DATE && day >= r->period->start && day <= r->period->end &&
           (!r->t.in->picked.issue || r->t.in->picked.issue[issue]);
}

/* " (#31, #42 and #48 are not in the archive)": numbers that no issue has, between the least and the greatest of the year.
 * More of them than the year has issues are no gaps: its numbers do not count issues (20200105). */
static void say_missing(tt_reviewing *r)
{
    tt_teller *t = &r->t;
    const tt_facts *f = t->in->facts;
    int64_t *v = tt_arena_array(t->arena, f->n_issues, sizeof *v), low = -1, high = -1;
    uint64_t missing = 0, said = 0;
    size_t n = 0, n_year = 0;
    t->text.failed |= !v;
    for (size_t i = 0; i < f->n_issues && v; i++) {
        const int64_t number = f->issues[i].number;
        if (number < 0)
            continue;
        v[n++] = number;
        if (!is_of_year(r, i))
            continue;
        low = n_year == 0 || number < low ? number : low;
        high = n_year == 0 || number > high ? number : high;
        n_year++;
    }
    if (n_year == 0)
        return;
    qsort(v, n, sizeof *v, by_number);
    for (size_t i = 1; i < n; i++)
        if (v[i] > low && v[i] <= high && v[i] > v[i - 1])
            missing += (uint64_t)(v[i] - v[i - 1] - 1);
    if (missing == 0 || missing > n_year)
        return;
    for (size_t i = 1; i < n; i++)
        for (int64_t k = v[i - 1] + 1; v[i] > low && v[i] <= high && k < v[i] && said < MOST_MISSING; k++) {
            tt_buf_text(&t->text, said == 0 ? " (" : said + 1 == missing ? " and " : ", ");
            tt_buf_f(&t->text, "#%lld", (long long)k);
            said++;
        }
    if (missing > said)
        tt_buf_f(&t->text, " and %llu more", (unsigned long long)(missing - said));
    tt_buf_text(&t->text, missing == 1 ? " is not in the archive)" : " are not in the archive)");
}

static void say_size(tt_reviewing *r)
{
    tt_teller *t = &r->t;
    const tt_story *s = r->story;
    tt_buf_f(&t->text, "%d %s ", r->year, r->period->complete ? "had" : "has");
    tt_say_counted(t, s->issues, "issue", "issues");
    say_missing(r);
    tt_buf_text(&t->text, " with ");
    tt_say_counted(t, s->words, "word", "words");
    tt_buf_text(&t->text, ": ");
    say_minutes(&t->text, s->words);
    tt_buf_f(&t->text, " of reading at %d words a minute.", TT_WORDS_A_MINUTE);
    if (s->busiest != TT_NO_ISSUE) {
        tt_buf_text(&t->text, " ");
        tt_say_counted(t, r->n_topics, "topic was", "topics were");
        tt_buf_text(&t->text, " mentioned, at ");
        tt_say_counted(t, s->places, "place", "places");
        tt_buf_text(&t->text, " in all.");
    }
    say_year_before(r);
    tt_say_open(t, tt_open_issues(t, tt_review_whole_year(r), tt_review_issues_from(r, r->period->start, r->period->end)));
    tt_say_passage(t, "size", "The year in numbers", NULL);
}

/* ---- most covered ---- */

static int by_mentions(const void *x, const void *y)
{
    const tt_year_of *a = x, *b = y;
    if (a->mentions != b->mentions)
        return a->mentions > b->mentions ? -1 : 1;
    return (a->topic > b->topic) - (a->topic < b->topic);
}

/* Those whose issues are fewer than the last one's that is named are left out, ties aside: "…" would say nothing. */
static void say_covered(tt_reviewing *r)
{
    tt_teller *t = &r->t;
    const size_t n = r->n_topics < TT_REVIEW_TOP ? r->n_topics : TT_REVIEW_TOP;
    if (n == 0) {
        tt_buf_f(&t->text, "No topic of the lexicon occurs in %d.", r->year);
        tt_say_passage(t, "covered", "Most covered", NULL);
        return;
    }
    tt_buf_text(&t->text, "In most issues: ");
    for (size_t i = 0; i < n; i++) {
        tt_say_between(t, i, n);
        tt_say_topic(t, r->topics[i].topic);
        if (i)
            tt_buf_f(&t->text, " (%u)", r->topics[i].issues);
        else
            tt_buf_f(&t->text, " (%u of %u)", r->topics[i].issues, r->story->issues);
        tt_review_open_topic(r, r->topics[i].topic);
    }
    tt_buf_text(&t->text, ". Most often: ");
    tt_year_of *often = tt_arena_array(t->arena, r->n_topics, sizeof *often);
    t->text.failed |= !often;
    for (size_t i = 0; i < r->n_topics && often; i++)
        often[i] = r->topics[i];
    if (often)
        qsort(often, r->n_topics, sizeof *often, by_mentions);
    for (size_t i = 0; i < n && often; i++) {
        bool opened = false;
        tt_say_between(t, i, n);
        tt_say_topic(t, often[i].topic);
        tt_buf_text(&t->text, " (");
        tt_say_count(t, often[i].mentions);
        tt_buf_text(&t->text, i ? ")" : often[i].mentions == 1 ? " mention)" : " mentions)");
        for (size_t k = 0; k < n; k++)
            opened |= r->topics[k].topic == often[i].topic;
        if (!opened)
            tt_review_open_topic(r, often[i].topic);
    }
    tt_buf_char(&t->text, '.');
    tt_say_passage(t, "covered", "Most covered", "top-topics");
}

/* ---- up and down ---- */

static int by_evidence(const void *x, const void *y)
{
    const tt_change *const *a = x, *const *b = y;
    if ((*a)->g2 > (*b)->g2 || (*a)->g2 < (*b)->g2)
        return (*a)->g2 > (*b)->g2 ? -1 : 1;
    return ((*a)->topic > (*b)->topic) - ((*a)->topic < (*b)->topic);
}

static void say_moved(tt_reviewing *r, tt_verdict verdict, const char *one, const char *more)
{
    tt_teller *t = &r->t;
    const tt_comparison *c = r->change;
    const tt_change **v = tt_arena_array(t->arena, c->n, sizeof *v);
    size_t n = 0;
    t->text.failed |= !v;
    for (size_t i = 0; i < c->n && v; i++)
        if (c->v[i].verdict == verdict)
            v[n++] = &c->v[i];
    if (n == 0)
        return;
    qsort(v, n, sizeof *v, by_evidence);
    tt_say_counted(t, n, one, more);
    tt_buf_text(&t->text, n > TT_REVIEW_TOP ? ", most clearly:" : ":");
    tt_say_line(t, false);
    for (size_t i = 0; i < n && i < TT_REVIEW_TOP; i++) {
        tt_say_topic(t, v[i]->topic);
        tt_buf_text(&t->text, ": ");
        tt_say_count(t, v[i]->mentions[1]);
        tt_buf_text(&t->text, v[i]->mentions[1] == 1 ? " mention after " : " mentions after ");
        tt_say_count(t, v[i]->mentions[0]);
        tt_buf_text(&t->text, ", ");
        for (int side = 1; side >= 0; side--) {
            tt_say_rate(t, c->side[side].words ? 1e4 * v[i]->mentions[side] / (double)c->side[side].words : 0);
            tt_buf_text(&t->text, side ? " per 10\u202F000 words after " : "");
        }
        tt_say_line(t, true);
        for (int side = 1; side >= 0; side--)
            if (v[i]->mentions[side])
                tt_say_open(t, tt_open_mentions(t, &v[i]->topic, 1, tt_review_side_range(r, side), v[i]->mentions[side]));
    }
}

static void say_change(tt_reviewing *r)
{
    tt_teller *t = &r->t;
    const tt_comparison *c = r->change;
    size_t n = 0;
    if (!c || c->side[0].issues < TT_LEAST_ISSUES || c->side[1].issues < TT_LEAST_ISSUES)
        return;
    for (size_t i = 0; i < c->n; i++)
        n += c->v[i].verdict == TT_VERDICT_UP || c->v[i].verdict == TT_VERDICT_DOWN;
    if (n == 0) {
        tt_buf_f(&t->text, "No topic of both years rose or fell from %d to %d by more than chance explains.",
                 r->year - 1, r->year);
    } else {
        say_moved(r, TT_VERDICT_UP, "topic rose", "topics rose");
        say_moved(r, TT_VERDICT_DOWN, "topic fell", "topics fell");
    }
    tt_say_passage(t, "change", "Up and down", "risers-and-fallers");
}

/* ---- the year ---- */

static int by_cover(const void *x, const void *y)
{
    const tt_year_of *a = x, *b = y;
    if (a->issues != b->issues)
        return a->issues > b->issues ? -1 : 1;
    return by_mentions(x, y);
}

/* The points of a period hold each topic once. */
static void rank(tt_reviewing *r)
{
    const tt_series *s = r->series;
    const size_t n = s->n_periods ? s->n_points / s->n_periods : 0, n_all = r->t.in->facts->n_topics;
    const tt_point *v = s->points + r->at * n;
    r->topics = tt_arena_array(r->t.arena, n, sizeof *r->topics);
    r->mentions = tt_arena_array(r->t.arena, n_all, sizeof *r->mentions);
    r->t.text.failed |= !r->topics || !r->mentions;
    if (r->t.text.failed)
        return;
    for (size_t i = 0; i < n_all; i++)
        r->mentions[i] = 0;
    for (size_t i = 0; i < n; i++) {
        r->mentions[v[i].topic] = v[i].mentions;
        if (v[i].mentions)
            r->topics[r->n_topics++] = (tt_year_of){v[i].topic, v[i].mentions, v[i].issues_with};
    }
    if (r->n_topics)
        qsort(r->topics, r->n_topics, sizeof *r->topics, by_cover);
}

static void say_few(tt_reviewing *r)
{
    tt_teller *t = &r->t;
    tt_buf_text(&t->text, "In ");
    tt_say_counted(t, r->story->issues, "issue", "issues");
    tt_buf_text(&t->text, " nothing can be said of changes, silences, streaks and pairs.");
    tt_say_passage(t, "few", "Too few issues for more", NULL);
}

static void say_all(tt_reviewing *r)
{
    const bool few = r->story->issues < TT_LEAST_ISSUES;
    say_size(r);
    say_covered(r);
    if (!few)
        say_change(r);
    tt_review_say_first(r);
    tt_review_say_back(r);
    if (few) {
        say_few(r);
        return;
    }
    tt_review_say_quiet(r);
    tt_review_say_streak(r);
    tt_review_say_pair(r);
    tt_review_say_busiest(r);
}

static void list_topics(tt_reviewing *r, tt_year_review *out)
{
    out->topics = tt_arena_array(r->t.arena, r->n_topics, sizeof *out->topics);
    r->t.text.failed |= !out->topics;
    for (size_t i = 0; i < r->n_topics && out->topics; i++) {
        out->topics[i] = tt_open_mentions(&r->t, &r->topics[i].topic, 1, tt_review_whole_year(r), r->topics[i].mentions);
        out->topics[i].issues = r->topics[i].issues;
        out->n_topics++;
    }
}

static void say_note(tt_reviewing *r, tt_year_review *out)
{
    const tt_summary s = {.lang = r->t.lang};
    tt_buf *text = &r->t.text;
    int32_t first = TT_NO_DATE, last = TT_NO_DATE;
    const tt_facts *f = r->t.in->facts;
    for (size_t i = 0; i < f->n_issues; i++) {
        const int32_t day = f->issues[i].date;
        if (!is_of_year(r, i))
            continue;
        first = first == TT_NO_DATE || day < first ? day : first;
        last = last == TT_NO_DATE || day > last ? day : last;
    }
    if (r->period->complete || first == TT_NO_DATE)
        return;
    tt_summary_day(text, s.lang, first, false);
    if (last != first) {
        tt_buf_text(text, " to ");
        tt_summary_day(text, s.lang, last, false);
    }
    out->days = tt_summary_keep(text, r->t.arena);
    tt_buf_f(text, "%d is incomplete: its issues are of ", r->year);
    tt_buf_str(text, out->days);
    out->note = tt_summary_keep(text, r->t.arena);
}

int tt_year_review_make(tt_year_review *out, const tt_year_charts *c, const tt_report_in *in, tt_arena *arena,
                        tt_err *err)
{
    static const tt_story none = {.busiest = TT_NO_ISSUE};
    const tt_report_in *all = in->all ? in->all : in;
    tt_reviewing r = {.t = {.in = all, .select = in->from->select, .lang = in->lang, .arena = arena},
                      .year = c->year,
                      .series = all->by_year,
                      .period = c->period,
                      .at = (size_t)(c->period - all->by_year->periods)};
    r.story = all->stories ? &all->stories[r.at] : &none;
    r.change = all->changes && all->changes[r.at].n && r.at ? &all->changes[r.at] : NULL;
    *out = (tt_year_review){.year = c->year,
                            .title = in->title,
                            .issues = r.story->issues,
                            .words = r.story->words,
                            .mentions = r.story->places};
    rank(&r);
    tt_teller_urls(&r.t);
    if (!r.t.text.failed) {
        say_note(&r, out);
        say_minutes(&r.t.text, r.story->words);
        out->reading = tt_summary_keep(&r.t.text, arena);
        say_all(&r);
        list_topics(&r, out);
    }
    out->v = tt_arena_array(arena, r.t.n_passages, sizeof *out->v);
    for (size_t i = 0; i < r.t.n_passages && out->v; i++)
        out->v[out->n++] = r.t.passages[i];
    const bool failed = r.t.text.failed || !out->v;
    tt_teller_release(&r.t);
    return failed ? tt_fail_memory(err) : 0;
}
