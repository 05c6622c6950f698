/* In: two labels of periods. Out: the days of each that are compared, and a sentence where they are not all. Not here:
 * which days an archive reaches (period.c), what is counted in them (change.c). */
#include "trend/pair.h"

#include "trend/period.h"

#include <string.h>

/* ---- labels ---- */

static const char *const kinds[] = {
    [TT_BY_YEAR] = "year", [TT_BY_QUARTER] = "quarter", [TT_BY_MONTH] = "month", [TT_BY_WEEK] = "week"};

/* Takes n digits. */
static bool take(const char **p, size_t n, int *out)
{
    *out = 0;
    for (; n > 0; n--, (*p)++) {
        if (**p < '0' || **p > '9')
            return false;
        *out = *out * 10 + (**p - '0');
    }
    return true;
}

/* The first Monday to Sunday that lies mostly in a year holds its 4 January (ISO 8601). */
static bool week_day(int year, int week, int32_t *day)
{
    bool ok = tt_day_of(year, 1, 4, day);
    *day += 7 * (week - 1);
    return ok && week >= 1 && week <= 53;
}

/* 2019, 2020-Q3, 2020-07, 2020-W28. The label that comes back must be the one that was given: few years have a W53. */
static bool read_label(const char *label, tt_by *by, tt_period *out)
{
    const char *p = label;
    int year, nth = 1;
    int32_t day = 0;
    bool ok = take(&p, 4, &year);
    *by = TT_BY_YEAR;
    if (ok && *p == '-') {
        p++;
        *by = *p == 'Q' || *p == 'q' ? TT_BY_QUARTER : *p == 'W' || *p == 'w' ? TT_BY_WEEK : TT_BY_MONTH;
        p += *by != TT_BY_MONTH;
        ok = take(&p, *by == TT_BY_QUARTER ? 1 : 2, &nth);
    }
    ok = ok && *p == '\0';
    if (ok && *by == TT_BY_WEEK)
        ok = week_day(year, nth, &day);
    else if (ok)
        ok = tt_day_of(year, *by == TT_BY_QUARTER ? 3 * nth - 2 : nth, 1, &day);
    if (ok)
        tt_period_of(*by, tt_period_ordinal(*by, day), out);
    return ok && tt_str_is_nocase(tt_str_of(out->label), label);
}

static int read_labels(tt_side_of_change side[2], tt_by *by, const char *const labels[2], tt_err *err)
{
    tt_by kind[2];
    for (int s = 0; s < 2; s++)
        if (!read_label(labels[s], &kind[s], &side[s].period))
            return tt_fail(err, TT_EUSAGE, NULL, 0, 0,
                           "`%.40s` is no period; periods are written 2019, 2020-Q3, 2020-07 or 2020-W28", labels[s]);
    if (kind[0] != kind[1])
        return tt_fail(err, TT_EUSAGE, NULL, 0, 0, "%s is a %s and %s is a %s; two periods of one kind can be compared",
                       side[0].period.label, kinds[kind[0]], side[1].period.label, kinds[kind[1]]);
    if (side[0].period.start == side[1].period.start)
        return tt_fail(err, TT_EUSAGE, NULL, 0, 0, "%s cannot be compared with itself", side[0].period.label);
    if (side[0].period.start > side[1].period.start)
        return tt_fail(err, TT_EUSAGE, NULL, 0, 0, "the earlier period comes first: --change %s..%s",
                       side[1].period.label, side[0].period.label);
    *by = kind[0];
    return 0;
}

/* ---- the same days of both ---- */

enum { NO_BOUND = INT32_MAX };

/* Where a day stands in its period: in a year by month and day, so that 10 October is the same in any; else by days. */
static int32_t place_of(tt_by by, const tt_period *p, int32_t day)
{
    int y, m, d;
    if (by != TT_BY_YEAR)
        return day - p->start;
    tt_day_split(day, &y, &m, &d);
    return m * 32 + d;
}

/* The day at a place; `end`: where there is none (29 February) the one before, else the one after. */
static int32_t day_at(tt_by by, const tt_period *p, int32_t place, bool end)
{
    int y, m, d;
    int32_t day = p->start;
    if (by != TT_BY_YEAR)
        return place < p->end - p->start ? p->start + place : p->end;
    tt_day_split(p->start, &y, &m, &d);
    if (tt_day_of(y, place / 32, place % 32, &day))
        return day;
    tt_day_of(y, 3, 1, &day);
    return end ? day - 1 : day;
}

typedef struct tt_reach {
    int32_t first, last; /* what is there of a period */
    bool late, early;    /* begins after the period, ends before it */
} tt_reach;

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static int32_t most(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* Gives both sides the days that both have. false: there are none. */
static bool cut_sides(tt_side_of_change side[2], const tt_reach reach[2], tt_by by)
{
    int32_t first = 0, last = NO_BOUND;
    for (int s = 0; s < 2; s++) {
        if (reach[s].late)
            first = most(first, place_of(by, &side[s].period, reach[s].first));
        if (reach[s].early)
            last = least(last, place_of(by, &side[s].period, reach[s].last));
    }
    if (first > last)
        return false;
    for (int s = 0; s < 2; s++) {
        tt_period *p = &side[s].period;
        const int32_t start = first > 0 ? day_at(by, p, first, false) : p->start;
        p->end = last < NO_BOUND ? day_at(by, p, last, true) : p->end;
        p->start = start;
        side[s].cut = p->start != reach[s].first || p->end != reach[s].last;
    }
    return side[0].period.start <= side[0].period.end && side[1].period.start <= side[1].period.end;
}

/* ---- in words ---- */

void tt_pair_days(tt_buf *to, int32_t first, int32_t last)
{
    int y[2], m, d;
    tt_day_split(first, &y[0], &m, &d);
    tt_day_split(last, &y[1], &m, &d);
    if (first != last) {
        tt_day_words(to, first, y[0] != y[1]);
        tt_buf_text(to, " to ");
    }
    tt_day_words(to, last, true);
}

/* "2021 runs to 10 October 2021" */
static void put_reach(tt_buf *to, const char *label, const tt_reach *r)
{
    tt_buf_text(to, label);
    if (r->late && r->early) {
        tt_buf_text(to, r->first == r->last ? " has only " : " runs from ");
        tt_pair_days(to, r->first, r->last);
    } else if (r->late) {
        tt_buf_text(to, " begins on ");
        tt_day_words(to, r->first, true);
    } else if (r->early) {
        tt_buf_text(to, " runs to ");
        tt_day_words(to, r->last, true);
    } else {
        tt_buf_text(to, " is complete");
    }
}

static void put_reaches(tt_buf *to, const tt_side_of_change side[2], const tt_reach reach[2])
{
    bool any = false;
    for (int s = 0; s < 2; s++) {
        if (!reach[s].late && !reach[s].early)
            continue;
        tt_buf_text(to, any ? " and " : "");
        put_reach(to, side[s].period.label, &reach[s]);
        any = true;
    }
}

static void put_note(tt_buf *to, const tt_side_of_change side[2], const tt_reach reach[2])
{
    const bool part[2] = {reach[0].late || reach[0].early, reach[1].late || reach[1].early};
    if (!part[0] && !part[1])
        return;
    put_reaches(to, side, reach);
    tt_buf_text(to, part[0] && part[1] ? ": compared are " : ": compared with ");
    for (int s = 0; s < 2; s++) {
        if (part[s] && !part[!s])
            continue;
        tt_pair_days(to, side[s].period.start, side[s].period.end);
        if (s == 0 && part[1] && part[0])
            tt_buf_text(to, " and ");
    }
}

static int no_days(const tt_side_of_change side[2], const tt_reach reach[2], tt_err *err)
{
    tt_buf b = {0};
    put_reaches(&b, side, reach);
    int rc = b.failed ? tt_fail_memory(err)
                      : tt_fail(err, TT_EUSAGE, NULL, 0, 0,
                                "%s, so that they have no days in common; name other periods", b.p ? b.p : "");
    tt_buf_release(&b);
    return rc;
}

static tt_reach reach_of(const tt_facts *in, const tt_filter *f, const tt_period *p)
{
    tt_reach r;
    tt_period_reach(in, f, p, &r.first, &r.last);
    r.late = r.first > p->start;
    r.early = r.last < p->end;
    return r;
}

static int make_named(tt_side_of_change side[2], tt_str *note, const tt_facts *in, const tt_filter *f,
                      const char *const labels[2], tt_arena *arena, tt_err *err)
{
    tt_by by = TT_BY_YEAR;
    tt_reach reach[2];
    tt_buf words = {0};
    side[0] = side[1] = (tt_side_of_change){0};
    int rc = read_labels(side, &by, labels, err);
    if (rc != 0)
        return rc;
    for (int s = 0; s < 2; s++) {
        reach[s] = reach_of(in, f, &side[s].period);
        side[s].period.complete = !reach[s].late && !reach[s].early;
        if (tt_str_dup(arena, tt_str_of(side[s].period.label), &side[s].period.name) != 0)
            return tt_fail_memory(err);
    }
    if (!cut_sides(side, reach, by))
        return no_days(side, reach, err);
    put_note(&words, side, reach);
    rc = words.failed || tt_str_dup(arena, (tt_str){words.p ? words.p : "", words.n}, note) != 0 ? tt_fail_memory(err)
                                                                                                 : 0;
    tt_buf_release(&words);
    return rc;
}

/* ---- no labels: the last two complete years ---- */

/* The last two periods that have issues, as labels; `complete`: of those that are. false: fewer than two. */
static bool last_two(const tt_periods *p, bool complete, const char *labels[2])
{
    int want = 1;
    for (size_t i = p->n; i-- > 0 && want >= 0;)
        if (p->v[i].issues > 0 && (p->v[i].complete || !complete))
            labels[want--] = p->v[i].label;
    return want < 0;
}

/* Both sides have an issue. */
static bool has_issues(const tt_side_of_change side[2], const tt_facts *in, const tt_filter *f)
{
    bool any[2] = {false, false};
    for (size_t i = 0; i < in->n_issues; i++)
        for (int s = 0; s < 2 && f->issue[i] && in->issues[i].date != TT_NO_DATE; s++)
            any[s] = any[s] || (side[s].period.start <= in->issues[i].date && in->issues[i].date <= side[s].period.end);
    return any[0] && any[1];
}

/* The longest kind of period of which two can be compared: "; name two periods, for example --change 2020..2021" */
static int put_advice(tt_buf *to, const tt_facts *in, const tt_filter *f, tt_arena *arena, tt_err *err)
{
    for (tt_by by = TT_BY_YEAR; by <= TT_BY_WEEK; by++) {
        tt_filter g = *f;
        tt_periods periods;
        tt_side_of_change side[2];
        tt_str note;
        tt_err ignored = {0};
        const char *labels[2];
        g.by = by;
        int rc = tt_periods_make(&periods, in, &g, arena, err);
        if (rc != 0)
            return rc;
        if (!last_two(&periods, false, labels))
            continue;
        rc = make_named(side, &note, in, f, labels, arena, &ignored);
        if (rc == TT_ENOMEM)
            return tt_fail_memory(err);
        if (rc != 0 || !has_issues(side, in, f))
            continue;
        tt_buf_f(to, "; name two periods, for example --change %s..%s", labels[0], labels[1]);
        break;
    }
    return 0;
}

static int no_years(const tt_periods *years, const tt_facts *in, const tt_filter *f, tt_arena *arena, tt_err *err)
{
    enum { MOST = 5 }; /* years that are named; more than a few are not, or two of them would be complete */
    tt_buf b = {0};
    size_t n = 0;
    for (size_t i = 0; i < years->n; i++) {
        if (years->v[i].issues == 0 || n == MOST)
            continue;
        const tt_reach r = reach_of(in, f, &years->v[i]);
        tt_buf_text(&b, n++ ? ", " : "");
        put_reach(&b, years->v[i].label, &r);
    }
    int rc = n ? put_advice(&b, in, f, arena, err) : 0;
    if (rc == 0 && b.failed)
        rc = tt_fail_memory(err);
    else if (rc == 0 && n == 0)
        rc = tt_fail(err, TT_EUSAGE, NULL, 0, 0,
                     "no issue of the selection has a date, so that no periods can be compared");
    else if (rc == 0)
        rc = tt_fail(err, TT_EUSAGE, NULL, 0, 0, "there are no two complete years to compare: %s", b.p);
    tt_buf_release(&b);
    return rc;
}

int tt_pair_make(tt_side_of_change side[2], tt_str *note, const tt_facts *in, const tt_filter *f, const char *earlier,
                 const char *later, tt_arena *arena, tt_err *err)
{
    const char *labels[2] = {earlier, later};
    tt_filter by_year = *f;
    tt_periods years;
    *note = (tt_str){"", 0};
    if (earlier && later)
        return make_named(side, note, in, f, labels, arena, err);
    by_year.by = TT_BY_YEAR;
    int rc = tt_periods_make(&years, in, &by_year, arena, err);
    if (rc != 0)
        return rc;
    if (!last_two(&years, true, labels))
        return no_years(&years, in, f, arena, err);
    return make_named(side, note, in, f, labels, arena, err);
}
