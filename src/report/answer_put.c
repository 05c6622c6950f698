/* In: numbers, texts, periods. Out: the cells and lines that a screen is made of. Not here: what is said of a side
 * (answer_say.c), which pieces stand on a screen (answer_text.c, answer_two.c). */
#include "report/answer_put.h"

#include "base/unicode.h"
#include "report/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- numbers ---- */

void tt_put_percent(tt_buf *to, double share)
{
    const long whole = lround(100 * share);
    if (whole == 0 && share > 0)
        tt_buf_text(to, "<1 %");
    else if (whole == 100 && share < 1)
        tt_buf_text(to, ">99 %");
    else
        tt_buf_f(to, "%ld %%", whole);
}

void tt_put_tenths(tt_buf *to, double x)
{
    const long long tenths = llround(10 * x);
    tt_buf_f(to, "%s%lld.%lld", tenths < 0 ? "-" : "", llabs(tenths) / 10, llabs(tenths) % 10);
}

void tt_put_range(tt_buf *to, double low, double high, bool percent)
{
    if (percent) {
        tt_buf_f(to, "%ld–%ld %%", lround(100 * low), lround(100 * high));
        return;
    }
    tt_put_tenths(to, low);
    tt_buf_text(to, "–");
    tt_put_tenths(to, high);
}

void tt_put_counted(tt_buf *to, uint64_t n, const char *one, const char *more)
{
    tt_buf_f(to, "%llu %s", (unsigned long long)n, n == 1 ? one : more);
}

/* ---- texts ---- */

size_t tt_put_width(const tt_buf *cell)
{
    return cell->n ? tt_utf8_columns(cell->p, cell->n) : 0;
}

static void blanks(tt_buf *to, size_t n)
{
    while (n--)
        tt_buf_char(to, ' ');
}

void tt_put_right(tt_buf *to, const tt_buf *cell, size_t width)
{
    const size_t n = tt_put_width(cell);
    const bool joins = to->n && to->p[to->n - 1] != ' ' && to->p[to->n - 1] != '\n';
    blanks(to, n < width ? width - n : joins); /* too wide: it moves the line rather than join what stands before */
    tt_buf_add(to, cell->p ? cell->p : "", cell->n);
}

void tt_put_cut(tt_buf *to, tt_str s, size_t most)
{
    size_t n = 0, columns = 0, last = 0;
    while (n < s.n && columns <= most) {
        uint32_t cp;
        size_t len = tt_utf8_decode(s.p + n, s.n - n, &cp);
        len = len ? len : 1;
        columns += tt_utf8_columns(s.p + n, len);
        n += len;
        last = columns < most ? n : last; /* where … would follow */
    }
    if (columns <= most) {
        tt_text_escape(to, s);
    } else {
        tt_text_escape(to, (tt_str){s.p, last});
        tt_buf_text(to, "…");
    }
}

void tt_put_issue(tt_buf *to, const tt_issue *issue)
{
    char day[TT_DATE_SIZE];
    if (issue->number >= 0)
        tt_buf_f(to, "#%lld", (long long)issue->number);
    else
        tt_put_cut(to, issue->issue, 30);
    if (tt_day_format(issue->date, day) && issue->date != TT_NO_DATE)
        tt_buf_f(to, ", %s", day);
}

void tt_put_bar(tt_buf *to, double part, size_t columns)
{
    static const char *const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    long n = lround(part * (double)columns * 8);
    if (n == 0 && part > 0)
        n = 1;
    for (; n >= 8; n -= 8)
        tt_buf_text(to, "█");
    tt_buf_text(to, eighths[n < 0 ? 0 : n]);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

void tt_put_wrapped(tt_buf *to, const tt_buf *text)
{
    tt_str rest = {text->p ? text->p : "", text->n};
    size_t column = 0;
    while (rest.n) {
        tt_str word = tt_str_cut(&rest, ' ');
        while (rest.n && word.n && is_digit(rest.p[0]) && is_digit(word.p[word.n - 1])) /* 10 000 */
            word.n += 1 + tt_str_cut(&rest, ' ').n;
        const size_t width = tt_utf8_columns(word.p, word.n);
        if (column && column + 1 + width > TT_ANSWER_WIDTH) {
            tt_buf_char(to, '\n');
            column = 0;
        } else if (column) {
            tt_buf_char(to, ' ');
            column++;
        }
        tt_buf_str(to, word);
        column += width;
    }
    tt_buf_char(to, '\n');
    to->failed |= text->failed;
}

/* ---- lists ---- */

void tt_put_list_begin(tt_put_list *l, tt_buf *to, const char *name)
{
    *l = (tt_put_list){to, 0};
    tt_buf_f(to, "%-*s", TT_ANSWER_LABEL, name);
}

void tt_put_list_piece(tt_put_list *l, const tt_buf *piece)
{
    const size_t width = tt_put_width(piece);
    if (l->column && TT_ANSWER_LABEL + l->column + 3 + width > TT_ANSWER_WIDTH) {
        tt_buf_char(l->to, '\n');
        blanks(l->to, TT_ANSWER_LABEL);
        l->column = 0;
    } else if (l->column) {
        tt_buf_text(l->to, " · ");
        l->column += 3;
    }
    tt_buf_add(l->to, piece->p ? piece->p : "", piece->n);
    l->column += width;
}

void tt_put_list_end(tt_put_list *l)
{
    tt_buf_char(l->to, '\n');
}

/* ---- periods ---- */

size_t tt_put_first_period(const tt_series *s, size_t most)
{
    return s->n_periods > most ? s->n_periods - most : 0;
}

void tt_put_period(tt_buf *to, const tt_period *period, tt_buf *cell)
{
    char day[TT_DATE_SIZE];
    tt_day_format(period->start, day);
    tt_buf_reset(cell);
    tt_put_cut(cell, period->label[0] ? period->name : tt_str_of(day), TT_ANSWER_LABEL - 2);
    tt_buf_text(cell, period->complete ? "" : "*");
    tt_buf_add(to, cell->p ? cell->p : "", cell->n);
    for (size_t n = tt_put_width(cell); n < TT_ANSWER_LABEL; n++)
        tt_buf_char(to, ' ');
}

/* What the rows above it do not hold, and why they are not whole. */
void tt_put_below(tt_buf *to, const tt_reply *r, const tt_answer *a)
{
    uint32_t mentions = 0, issues = 0;
    for (size_t i = 0; i < a->series.n_points; i++) {
        mentions += a->series.points[i].mentions;
        issues += a->series.points[i].issues;
    }
    if (r->incomplete.n) {
        tt_buf_text(to, "* not complete: ");
        tt_buf_str(to, r->incomplete);
        tt_buf_text(to, ".\n");
    }
    if (a->series.n_points && issues < a->all.issues) {
        tt_buf_text(to, "In no period: ");
        tt_put_counted(to, a->all.issues - issues, "issue without a date, with ", "issues without a date, with ");
        tt_put_counted(to, a->all.mentions - mentions, "mention", "mentions");
        tt_buf_text(to, ".\n");
    }
}

void tt_put_sparkline(tt_buf *to, const tt_series *s)
{
    static const char *const levels[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    enum { MOST = TT_ANSWER_WIDTH - TT_ANSWER_LABEL };
    const size_t step = (s->n_periods + MOST - 1) / MOST;
    double most = 0;
    for (size_t i = 0; i < s->n_points; i++)
        if (s->points[i].has_rate && s->points[i].per_10k > most)
            most = s->points[i].per_10k;
    tt_buf_f(to, "%-*s", TT_ANSWER_LABEL, "All periods");
    for (size_t i = 0; i < s->n_points; i += step) {
        double top = -1;
        for (size_t k = i; k < i + step && k < s->n_points; k++)
            if (s->points[k].has_rate && s->points[k].per_10k > top)
                top = s->points[k].per_10k;
        if (top <= 0)
            tt_buf_text(to, top < 0 ? " " : "·");
        else
            tt_buf_text(to, levels[(size_t)(top / most * 7.999)]);
    }
    tt_buf_char(to, '\n');
}
