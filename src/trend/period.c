/* In: the days of issues. Out: periods without holes, and which issue is in which. Not here: what is counted in them
 * (series.c), the calendar (base/str). */
#include "trend/period.h"

#include <string.h>

/* ---- calendar periods as ordinals ---- */

static int32_t months(tt_by by)
{
    return by == TT_BY_YEAR ? 12 : by == TT_BY_QUARTER ? 3 : 1;
}

static int32_t floor_div(int32_t a, int32_t b)
{
    return a / b - (a % b < 0);
}

int32_t tt_period_ordinal(tt_by by, int32_t day)
{
    int y, m, d;
    if (by == TT_BY_WEEK)
        return floor_div(day + 3, 7); /* week 0 begins on Monday, 1969-12-29 */
    tt_day_split(day, &y, &m, &d);
    return (y * 12 + m - 1) / months(by);
}

static void week_of(int32_t ordinal, tt_period *out)
{
    int year, week, month, day;
    int32_t last = 0;
    out->start = ordinal * 7 - 3;
    out->end = out->start + 6;
    tt_day_split(out->end, &year, &month, &day);
    if (year > 9999 && tt_day_of(9999, 12, 31, &last)) /* a day of five-digit years cannot be written */
        out->end = last;
    tt_day_week(out->start, &year, &week);
    snprintf(out->label, sizeof out->label, "%04d-W%02d", year % 10000, week % 100);
}

void tt_period_of(tt_by by, int32_t ordinal, tt_period *out)
{
    if (by == TT_BY_WEEK) {
        week_of(ordinal, out);
        return;
    }
    int32_t first = ordinal * months(by), last = first + months(by) - 1;
    int year = first / 12, month = first % 12 + 1;
    tt_day_of(year, month, 1, &out->start);
    for (int d = 31; d >= 28 && !tt_day_of(last / 12, last % 12 + 1, d, &out->end); d--)
        continue;
    if (by == TT_BY_YEAR)
        snprintf(out->label, sizeof out->label, "%04d", year % 10000);
    else if (by == TT_BY_QUARTER)
        snprintf(out->label, sizeof out->label, "%04d-Q%d", year % 10000, ((month - 1) / 3 + 1) % 10);
    else
        snprintf(out->label, sizeof out->label, "%04d-%02d", year % 10000, month % 100);
}

/* ---- complete (COUNTING 1) ---- */

typedef struct tt_extent {
    int32_t first, last; /* dated issue of the whole archive */
    size_t n_dated;
    double slack; /* days that may be missing at an end */
} tt_extent;

static tt_extent extent_of(const tt_facts *in)
{
    tt_extent e = {.slack = TT_END_INTERVALS * in->median_interval};
    for (size_t i = 0; i < in->n_issues; i++) {
        int32_t date = in->issues[i].date;
        if (date == TT_NO_DATE)
            continue;
        if (e.n_dated == 0 || date < e.first)
            e.first = date;
        if (e.n_dated == 0 || date > e.last)
            e.last = date;
        e.n_dated++;
    }
    return e;
}

static int year_of(int32_t day)
{
    int y, m, d;
    tt_day_split(day, &y, &m, &d);
    return y;
}

/* A week may lie in two years, of which one is not named: that cuts it as --from and --to do. */
static bool is_cut(const tt_period *p, const tt_filter *f)
{
    return (f->has_from && f->from > p->start && f->from <= p->end) ||
           (f->has_to && f->to >= p->start && f->to < p->end) || !tt_filter_year(f, year_of(p->start)) ||
           !tt_filter_year(f, year_of(p->end));
}

static bool is_complete(const tt_period *p, const tt_extent *e, const tt_filter *f)
{
    bool has_first = p->start <= e->first && e->first <= p->end;
    bool has_last = p->start <= e->last && e->last <= p->end;
    if (is_cut(p, f) || ((has_first || has_last) && e->n_dated < TT_MIN_DATED))
        return false;
    return !(has_first && e->first - p->start > e->slack) && !(has_last && p->end + 1 - e->last > e->slack);
}

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static int32_t most(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

void tt_period_reach(const tt_facts *in, const tt_filter *f, const tt_period *p, int32_t *first, int32_t *last)
{
    const tt_extent e = extent_of(in);
    const int year = year_of(p->start), next = year_of(p->end);
    int32_t day = p->start;
    *first = p->start;
    *last = p->end;
    if (p->start < e.first && e.first <= p->end && (e.first - p->start > e.slack || e.n_dated < TT_MIN_DATED))
        *first = e.first;
    if (p->start <= e.last && e.last < p->end && (p->end + 1 - e.last > e.slack || e.n_dated < TT_MIN_DATED))
        *last = e.last;
    if (next > year && tt_day_of(next, 1, 1, &day)) { /* a week */
        *first = tt_filter_year(f, year) ? *first : most(*first, day);
        *last = tt_filter_year(f, next) ? *last : least(*last, day - 1);
    }
    if (f->has_from)
        *first = least(most(*first, f->from), p->end);
    if (f->has_to)
        *last = most(least(*last, f->to), p->start);
}

/* ---- the periods of a selection ---- */

static bool takes_part(const tt_facts *in, const tt_filter *f, size_t issue)
{
    return f->issue[issue] && in->issues[issue].date != TT_NO_DATE;
}

static int by_issue(tt_periods *out, const tt_facts *in, const tt_filter *f, tt_arena *arena, tt_err *err)
{
    size_t n = 0;
    for (size_t i = 0; i < in->n_issues; i++)
        n += takes_part(in, f, i);
    out->v = tt_arena_array(arena, n, sizeof *out->v);
    if (!out->v)
        return tt_fail_memory(err);
    for (size_t rank = 0; rank < in->n_issues; rank++) {
        const tt_issue *issue = &in->issues[in->order[rank]];
        if (!takes_part(in, f, in->order[rank]))
            continue;
        out->of_issue[in->order[rank]] = (uint32_t)out->n;
        out->v[out->n++] =
            (tt_period){.name = issue->issue, .start = issue->date, .end = issue->date, .complete = true, .issues = 1};
    }
    return 0;
}

static bool year_named(const tt_period *p, const tt_filter *f)
{
    return tt_filter_year(f, year_of(p->start)) || tt_filter_year(f, year_of(p->end));
}

static int by_calendar(tt_periods *out, const tt_facts *in, const tt_filter *f, tt_arena *arena, tt_err *err)
{
    int32_t first = INT32_MAX, last = INT32_MIN;
    for (size_t i = 0; i < in->n_issues; i++) {
        if (!takes_part(in, f, i))
            continue;
        int32_t ordinal = tt_period_ordinal(f->by, in->issues[i].date);
        first = ordinal < first ? ordinal : first;
        last = ordinal > last ? ordinal : last;
    }
    size_t n = first > last ? 0 : (size_t)(last - first) + 1;
    uint32_t *index = tt_arena_array(arena, n, sizeof *index); /* of an ordinal, from `first` */
    out->v = tt_arena_array(arena, n, sizeof *out->v);
    if (!index || !out->v)
        return tt_fail_memory(err);
    const tt_extent extent = extent_of(in);
    for (size_t i = 0; i < n; i++) {
        tt_period *p = &out->v[out->n];
        *p = (tt_period){0};
        tt_period_of(f->by, first + (int32_t)i, p);
        index[i] = (uint32_t)out->n;
        if (!year_named(p, f))
            continue;
        p->complete = is_complete(p, &extent, f);
        p->name = tt_str_of(p->label);
        out->n++;
    }
    for (size_t i = 0; i < in->n_issues; i++) {
        if (!takes_part(in, f, i))
            continue;
        out->of_issue[i] = index[tt_period_ordinal(f->by, in->issues[i].date) - first];
        out->v[out->of_issue[i]].issues++;
    }
    return 0;
}

int tt_periods_make(tt_periods *out, const tt_facts *in, const tt_filter *f, tt_arena *arena, tt_err *err)
{
    *out = (tt_periods){.of_issue = tt_arena_array(arena, in->n_issues, sizeof *out->of_issue)};
    if (!out->of_issue)
        return tt_fail_memory(err);
    for (size_t i = 0; i < in->n_issues; i++)
        out->of_issue[i] = TT_NO_PERIOD;
    return f->by == TT_BY_ISSUE ? by_issue(out, in, f, arena, err) : by_calendar(out, in, f, arena, err);
}
