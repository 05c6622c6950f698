/* In: facts, series, sums of a selection. Out: its totals, its most covered topics, its axis of time, in words where the
 * charts and the page say them. Not here: charts (charts.c), HTML (page.c). */
#include "report/summary.h"

#include <stdlib.h>

static bool picked(const bool *v, size_t i)
{
    return !v || v[i];
}

static bool all_picked(const bool *v, size_t n)
{
    for (size_t i = 0; v && i < n; i++)
        if (!v[i])
            return false;
    return true;
}

/* ---- words ---- */

tt_str tt_summary_keep(tt_buf *b, tt_arena *arena)
{
    tt_str out = {"", 0};
    char *copy = b->failed ? NULL : tt_arena_dup(arena, b->p ? b->p : "", b->n);
    if (copy)
        out = (tt_str){copy, b->n};
    b->failed |= !copy;
    tt_buf_reset(b);
    return out;
}

void tt_summary_day(tt_buf *to, const tt_lang *lang, int32_t day, bool with_year)
{
    int y, m, d;
    if (!lang) {
        tt_day_words(to, day, with_year);
        return;
    }
    tt_day_split(day, &y, &m, &d);
    tt_buf_f(to, "%d %s", d, lang->months[m - 1]);
    if (with_year)
        tt_buf_f(to, " %d", y);
}

void tt_summary_count(tt_buf *to, uint64_t n)
{
    char digits[24]; /* the longest has 20 */
    size_t k = 0;
    bool parted = n > 9999;
    do
        digits[k++] = (char)('0' + n % 10);
    while (n /= 10);
    while (k-- > 0) {
        tt_buf_char(to, digits[k]);
        if (parted && k > 0 && k % 3 == 0)
            tt_buf_text(to, "\u202F");
    }
}

void tt_summary_counted(tt_buf *to, uint64_t n, const char *one, const char *more)
{
    tt_summary_count(to, n);
    tt_buf_f(to, " %s", n == 1 ? one : more);
}

/* ---- sizes ---- */

static void count_issue(tt_summary *s, int32_t date)
{
    s->n_issues++;
    if (date == TT_NO_DATE) {
        s->n_undated++;
        return;
    }
    if (s->first == TT_NO_DATE || date < s->first)
        s->first = date;
    if (s->last == TT_NO_DATE || date > s->last)
        s->last = date;
}

static void count(tt_summary *s, const tt_report_in *in)
{
    const tt_facts *f = in->facts;
    bool all_sections = s->all_sections = all_picked(in->picked.section, f->n_sections);
    size_t p = 0;
    for (size_t i = 0; i < f->n_issues; i++) {
        bool any = all_sections;
        for (; p < f->cells->n_parts && f->cells->parts[p].issue == i; p++) {
            const tt_part *part = &f->cells->parts[p];
            if (!picked(in->picked.issue, i) || !picked(in->picked.section, part->section))
                continue;
            any = true;
            s->words += part->words;
            s->mentions += part->places;
        }
        if (any && picked(in->picked.issue, i))
            count_issue(s, f->issues[i].date);
    }
}

static int by_cover(const void *x, const void *y)
{
    const tt_topic_sum *a = x, *b = y;
    if (a->issues_with != b->issues_with)
        return a->issues_with > b->issues_with ? -1 : 1;
    if (a->mentions != b->mentions)
        return a->mentions > b->mentions ? -1 : 1;
    return (a->topic > b->topic) - (a->topic < b->topic);
}

static int rank(tt_summary *s, const tt_report_in *in, tt_arena *arena)
{
    s->ranked = tt_arena_array(arena, in->n_sums + 1, sizeof *s->ranked);
    if (!s->ranked)
        return TT_ENOMEM;
    for (size_t i = 0; i < in->n_sums; i++)
        if (in->sums[i].issues_with)
            s->ranked[s->n_ranked++] = in->sums[i];
    if (s->n_ranked)
        qsort(s->ranked, s->n_ranked, sizeof *s->ranked, by_cover);
    return 0;
}

/* ---- time ---- */

size_t tt_summary_period(const tt_series *s, int32_t day)
{
    size_t low = 0, high = s->n_periods;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->periods[middle].end < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low < s->n_periods && s->periods[low].start <= day ? low : s->n_periods;
}

/* Only the ends of a series are ever incomplete (COUNTING 1). */
static void say_incomplete(tt_buf *to, const tt_lang *lang, const tt_series *time, int32_t first, int32_t last, size_t i)
{
    const tt_period *p = &time->periods[i];
    const bool holds_first = i == 0 && first != TT_NO_DATE && first >= p->start && first <= p->end;
    const bool holds_last = i + 1 == time->n_periods && last != TT_NO_DATE && last >= p->start && last <= p->end;
    if (p->complete)
        return;
    if (to->n)
        tt_buf_text(to, "; ");
    tt_buf_str(to, p->name);
    if (holds_first && holds_last) {
        tt_buf_text(to, " runs from ");
        tt_summary_day(to, lang, first, false);
        tt_buf_text(to, " to ");
        tt_summary_day(to, lang, last, false);
    } else if (holds_first) {
        tt_buf_text(to, " starts on ");
        tt_summary_day(to, lang, first, false);
    } else if (holds_last) {
        tt_buf_text(to, " runs to ");
        tt_summary_day(to, lang, last, false);
    }
}

tt_str tt_summary_incomplete(const tt_series *time, const tt_lang *lang, int32_t first, int32_t last, tt_buf *text,
                             tt_arena *arena)
{
    if (time->n_periods)
        say_incomplete(text, lang, time, first, last, 0);
    if (time->n_periods > 1)
        say_incomplete(text, lang, time, first, last, time->n_periods - 1);
    return tt_summary_keep(text, arena);
}

static tt_axis axis(const tt_summary *s, const tt_series *time, const char *unit, tt_buf *text, tt_arena *arena)
{
    return (tt_axis){time, unit, tt_summary_incomplete(time, s->lang, s->first, s->last, text, arena)};
}

static size_t well_filled(const tt_series *time)
{
    size_t n = 0;
    for (size_t i = 0; i < time->n_periods; i++)
        n += time->periods[i].issues >= TT_LEAST_ISSUES;
    return n;
}

int tt_summary_make(tt_summary *out, const tt_report_in *in, tt_arena *arena, tt_err *err)
{
    tt_buf text = {0};
    *out = (tt_summary){
        .first = TT_NO_DATE, .last = TT_NO_DATE, .all_topics = all_picked(in->picked.topic, in->facts->n_topics)};
    out->lang = in->lang;
    if (!out->lang)
        tt_lang_find(&out->lang, NULL, err);
    count(out, in);
    int rc = rank(out, in, arena);
    tt_axis quarter = axis(out, in->by_quarter, "quarter", &text, arena);
    out->year = axis(out, in->by_year, "year", &text, arena);
    out->fine = in->by_quarter->n_periods <= TT_MOST_QUARTERS ? quarter : out->year;
    out->coarse = well_filled(in->by_year) >= TT_LEAST_YEARS ? out->year : out->fine;
    if (in->has_by) {
        out->fine = in->by == TT_BY_QUARTER ? quarter
                    : in->by == TT_BY_MONTH ? axis(out, in->by_month, "month", &text, arena)
                                            : out->year;
        out->coarse = out->fine;
    }
    if (text.failed)
        rc = TT_ENOMEM;
    tt_buf_release(&text);
    return rc == 0 ? 0 : tt_fail_memory(err);
}
