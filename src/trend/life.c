/* In: cells and a filter. Out: the issues that have a topic, and the story they tell. Not here: numbers by period
 * (series.c), statistics over them (overall.c). */
#include "trend/life.h"

/* ---- timeline ---- */

typedef struct tt_laying {
    const tt_facts *in;
    const tt_filter *f;
    uint32_t topic;
    tt_timeline *out;
    size_t *first_part, *first_cell; /* by issue */
    uint32_t *seen;                  /* by topic: place of the issue counted last, plus 1 */
    uint64_t *mentions;              /* by topic, in all */
} tt_laying;

static bool counts(const tt_laying *l, const tt_cell *c)
{
    return l->f->section[c->section] && (l->topic == TT_ALL_TOPICS ? l->f->topic[c->topic] : c->topic == l->topic);
}

/* Takes the issue where it takes part; its words are those of the selected sections. */
static void add_issue(tt_laying *l, uint32_t issue)
{
    const tt_cells *c = l->in->cells;
    uint64_t words = 0;
    bool any = !l->f->sections_named;
    for (size_t p = l->first_part[issue]; p < c->n_parts && c->parts[p].issue == issue; p++)
        if (l->f->section[c->parts[p].section]) {
            any = true;
            words += c->parts[p].words;
        }
    if (!any || !l->f->issue[issue])
        return;
    l->out->issues[l->out->n] = issue;
    l->out->words[l->out->n++] = words;
    l->out->n_dated += l->in->issues[issue].date != TT_NO_DATE;
}

/* Hits of each topic are counted in first[topic + 1], then laid from first[topic] on. */
static void count_hits(tt_laying *l)
{
    const tt_cells *c = l->in->cells;
    tt_timeline *t = l->out;
    for (size_t at = 0; at < t->n; at++)
        for (size_t i = l->first_cell[t->issues[at]]; i < c->n_cells && c->cells[i].issue == t->issues[at]; i++) {
            uint32_t topic = c->cells[i].topic;
            if (!counts(l, &c->cells[i]))
                continue;
            t->first[topic + 1] += l->seen[topic] != at + 1;
            l->seen[topic] = (uint32_t)at + 1;
        }
    for (size_t topic = 0; topic < l->in->n_topics; topic++) {
        t->first[topic + 1] += t->first[topic];
        l->seen[topic] = 0;
    }
}

/* `next` is where a topic's next hit goes. */
static int lay_hits(tt_laying *l, size_t *next)
{
    const tt_cells *c = l->in->cells;
    tt_timeline *t = l->out;
    for (size_t topic = 0; topic < l->in->n_topics; topic++)
        next[topic] = t->first[topic];
    for (size_t at = 0; at < t->n; at++)
        for (size_t i = l->first_cell[t->issues[at]]; i < c->n_cells && c->cells[i].issue == t->issues[at]; i++) {
            const tt_cell *cell = &c->cells[i];
            if (!counts(l, cell))
                continue;
            l->mentions[cell->topic] += cell->mentions;
            if (l->mentions[cell->topic] > UINT32_MAX)
                return TT_ELIMIT;
            if (l->seen[cell->topic] != at + 1)
                t->hits[next[cell->topic]++] = (tt_issue_hit){.at = (uint32_t)at};
            l->seen[cell->topic] = (uint32_t)at + 1;
            t->hits[next[cell->topic] - 1].mentions += cell->mentions;
        }
    return 0;
}

static int lay(tt_laying *l, tt_arena *arena)
{
    const tt_cells *c = l->in->cells;
    tt_timeline *t = l->out;
    for (size_t i = 0, part = 0, cell = 0; i < l->in->n_issues; i++) {
        while (part < c->n_parts && c->parts[part].issue < i)
            part++;
        while (cell < c->n_cells && c->cells[cell].issue < i)
            cell++;
        l->first_part[i] = part;
        l->first_cell[i] = cell;
    }
    for (size_t topic = 0; topic <= l->in->n_topics; topic++)
        t->first[topic] = 0;
    for (size_t rank = 0; rank < l->in->n_issues; rank++)
        add_issue(l, l->in->order[rank]);
    count_hits(l);
    t->hits = tt_arena_array(arena, t->first[l->in->n_topics], sizeof *t->hits);
    size_t *next = tt_calloc(l->in->n_topics + 1, sizeof *next);
    int rc = t->hits && next ? lay_hits(l, next) : TT_ENOMEM;
    tt_free(next);
    return rc;
}

int tt_timeline_make(tt_timeline *out, const tt_facts *in, const tt_filter *f, uint32_t topic, tt_arena *arena,
                     tt_err *err)
{
    tt_laying l = {.in = in, .f = f, .topic = topic, .out = out};
    *out = (tt_timeline){.issues = tt_arena_array(arena, in->n_issues, sizeof *out->issues),
                         .words = tt_arena_array(arena, in->n_issues, sizeof *out->words),
                         .first = tt_arena_array(arena, in->n_topics + 1, sizeof *out->first)};
    l.first_part = tt_calloc(in->n_issues + 1, sizeof *l.first_part);
    l.first_cell = tt_calloc(in->n_issues + 1, sizeof *l.first_cell);
    l.seen = tt_calloc(in->n_topics + 1, sizeof *l.seen);
    l.mentions = tt_calloc(in->n_topics + 1, sizeof *l.mentions);
    bool ok = out->issues && out->words && out->first && l.first_part && l.first_cell && l.seen && l.mentions;
    int rc = ok ? lay(&l, arena) : TT_ENOMEM;
    tt_free(l.first_part);
    tt_free(l.first_cell);
    tt_free(l.seen);
    tt_free(l.mentions);
    if (rc == TT_ELIMIT)
        return tt_fail(err, rc, NULL, 0, 0, "a topic has more than %lu mentions; read the archive in parts",
                       (unsigned long)UINT32_MAX);
    return rc == 0 ? 0 : tt_fail_memory(err);
}

/* ---- the life of a topic ---- */

static int32_t date_at(const tt_timeline *t, const tt_facts *in, uint32_t at)
{
    return in->issues[t->issues[at]].date;
}

/* Hits in dated issues: they come before the others. */
static size_t dated_hits(const tt_timeline *t, uint32_t topic, const tt_issue_hit **hits)
{
    size_t n = t->first[topic + 1] - t->first[topic];
    *hits = t->hits + t->first[topic];
    while (n && (*hits)[n - 1].at >= t->n_dated)
        n--;
    return n;
}

static tt_gap gap_between(const tt_timeline *t, const tt_facts *in, const tt_issue_hit *from, const tt_issue_hit *to)
{
    return (tt_gap){t->issues[from->at], t->issues[to->at], date_at(t, in, to->at) - date_at(t, in, from->at)};
}

static void add_gap(tt_life *life, tt_gap gap)
{
    if (gap.days > life->longest_gap.days)
        life->longest_gap = gap;
    if (gap.days >= TT_LIFE_DAYS)
        life->comebacks[life->n_comebacks++] = gap;
}

/* Hits with neighbouring places are a streak. */
static void find_streak(const tt_timeline *t, const tt_issue_hit *hits, size_t n, tt_life *life)
{
    size_t begin = 0;
    for (size_t i = 0; i < n; i++) {
        if (i && hits[i].at != hits[i - 1].at + 1)
            begin = i;
        if (i - begin + 1 <= life->streak)
            continue;
        life->streak = (uint32_t)(i - begin + 1);
        life->streak_from = t->issues[hits[begin].at];
        life->streak_to = t->issues[hits[i].at];
    }
}

static tt_status status_of(const tt_timeline *t, const tt_facts *in, const tt_life *life)
{
    const int32_t end = date_at(t, in, (uint32_t)t->n_dated - 1), past = end - TT_LIFE_DAYS;
    if (in->issues[life->last].date <= past)
        return TT_STATUS_QUIET;
    if (in->issues[life->first].date > past && date_at(t, in, 0) <= past)
        return TT_STATUS_NEW;
    if (life->n_comebacks && in->issues[life->comebacks[life->n_comebacks - 1].to].date > past)
        return TT_STATUS_BACK;
    return TT_STATUS_CURRENT;
}

int tt_life_of(const tt_timeline *t, const tt_facts *in, uint32_t topic, tt_arena *arena, tt_life *out)
{
    static const tt_gap none = {TT_NO_ISSUE, TT_NO_ISSUE, -1};
    const tt_issue_hit *hits;
    const size_t n = dated_hits(t, topic, &hits);
    size_t n_comebacks = 0;
    *out = (tt_life){.first = TT_NO_ISSUE,
                     .last = TT_NO_ISSUE,
                     .longest_gap = none,
                     .streak_from = TT_NO_ISSUE,
                     .streak_to = TT_NO_ISSUE};
    if (n == 0)
        return 0;
    for (size_t i = 1; i < n; i++)
        n_comebacks += gap_between(t, in, &hits[i - 1], &hits[i]).days >= TT_LIFE_DAYS;
    out->comebacks = tt_arena_array(arena, n_comebacks, sizeof *out->comebacks);
    if (!out->comebacks)
        return TT_ENOMEM;
    for (size_t i = 1; i < n; i++)
        add_gap(out, gap_between(t, in, &hits[i - 1], &hits[i]));
    out->first = t->issues[hits[0].at];
    out->last = t->issues[hits[n - 1].at];
    find_streak(t, hits, n, out);
    out->status = status_of(t, in, out);
    return 0;
}

/* ---- a range of days ---- */

/* Hits of a topic in two ranges that follow each other: from the first of `before`, and from the first of `in`. */
typedef struct tt_parted {
    const tt_issue_hit *hits;
    size_t before, in, end;
} tt_parted;

static tt_parted part_hits(const tt_timeline *t, const tt_facts *in, uint32_t topic, const int32_t days[3])
{
    tt_parted p;
    const size_t n = dated_hits(t, topic, &p.hits);
    size_t i = 0;
    while (i < n && date_at(t, in, p.hits[i].at) < days[0])
        i++;
    p.before = i;
    while (i < n && date_at(t, in, p.hits[i].at) < days[1])
        i++;
    p.in = i;
    while (i < n && date_at(t, in, p.hits[i].at) <= days[2])
        i++;
    p.end = i;
    return p;
}

static void review_topic(const tt_timeline *t, const tt_facts *in, uint32_t topic, const int32_t days[3],
                         tt_review *out)
{
    const tt_parted p = part_hits(t, in, topic, days);
    const uint32_t here = (uint32_t)(p.end - p.in), before = (uint32_t)(p.in - p.before);
    if (here && p.in == 0)
        out->first[out->n_first++] = (tt_turn){topic, here, {TT_NO_ISSUE, t->issues[p.hits[0].at], -1}};
    for (size_t i = p.in ? p.in : 1; i < p.end; i++) {
        tt_gap gap = gap_between(t, in, &p.hits[i - 1], &p.hits[i]);
        if (gap.days < TT_LIFE_DAYS)
            continue;
        out->back[out->n_back++] = (tt_turn){topic, here, gap};
        break;
    }
    if (before && !here)
        out->quiet[out->n_quiet++] = (tt_turn){topic, before, {t->issues[p.hits[p.in - 1].at], TT_NO_ISSUE, -1}};
}

int tt_review_make(const tt_timeline *t, const tt_facts *in, int32_t before, int32_t from, int32_t to, tt_arena *arena,
                   tt_review *out, tt_err *err)
{
    const int32_t days[3] = {before, from, to};
    *out = (tt_review){.first = tt_arena_array(arena, in->n_topics, sizeof *out->first),
                       .back = tt_arena_array(arena, in->n_topics, sizeof *out->back),
                       .quiet = tt_arena_array(arena, in->n_topics, sizeof *out->quiet)};
    if (!out->first || !out->back || !out->quiet)
        return tt_fail_memory(err);
    for (uint32_t at = 0; at < t->n_dated && date_at(t, in, at) < from; at++)
        out->n_before++;
    for (uint32_t topic = 0; topic < in->n_topics; topic++)
        review_topic(t, in, topic, days, out);
    return 0;
}
