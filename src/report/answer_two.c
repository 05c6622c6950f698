/* In: an answer of two sides. Out: the screen that sets them side by side. Not here: one side (answer_text.c). */
#include "report/answer_put.h"

enum { NAME = TT_ANSWER_LABEL, MENTIONS = 8, WITH = 8, SHARE = 7, RATE = 8, GAP = 3, FIRST = 18 };

/* With --vs there is room for the interval of the share. */
enum { RANGE = 10 };

static void put_cells(tt_buf *to, const tt_point *p, bool range, tt_buf *cell)
{
    tt_buf_f(to, "%*u", MENTIONS, p->mentions);
    tt_buf_reset(cell);
    tt_buf_f(cell, "%u/%u", p->issues_with, p->issues);
    tt_put_right(to, cell, WITH);
    tt_buf_reset(cell);
    if (p->has_share)
        tt_put_percent(cell, p->share);
    tt_put_right(to, cell, SHARE);
    tt_buf_reset(cell);
    if (p->has_share && range)
        tt_put_range(cell, p->share_low, p->share_high, true);
    tt_put_right(to, cell, range ? RANGE : 0);
    tt_buf_reset(cell);
    if (p->has_rate)
        tt_put_tenths(cell, p->per_10k);
    tt_put_right(to, cell, RATE);
}

static void put_share(tt_buf *to, const tt_share_row *s, tt_buf *cell)
{
    tt_buf_reset(cell);
    if (s->has)
        tt_put_percent(cell, s->share);
    if (s->has_ci) {
        tt_buf_text(cell, " (");
        tt_put_range(cell, s->low, s->high, true);
        tt_buf_char(cell, ')');
    }
    tt_put_right(to, cell, FIRST);
}

static void end_row(tt_buf *to)
{
    while (to->n && to->p[to->n - 1] == ' ')
        to->p[--to->n] = '\0';
    tt_buf_char(to, '\n');
}

static void put_head(tt_buf *to, const tt_reply *r, tt_buf *cell)
{
    const int range = r->is_share ? 0 : RANGE, width = MENTIONS + WITH + SHARE + range + RATE;
    tt_buf_f(to, "%-*s", NAME, "");
    for (size_t i = 0; i < 2; i++) {
        tt_buf_reset(cell);
        tt_put_cut(cell, r->side[i].asked.label, (size_t)width - 2);
        tt_put_right(to, cell, (size_t)width + (i ? GAP : 0));
    }
    tt_buf_text(to, r->is_share ? "     first of both" : "");
    tt_buf_char(to, '\n');
    tt_buf_f(to, "%-*s", NAME, "");
    for (size_t i = 0; i < 2; i++)
        tt_buf_f(to, "%*s%*s%*s%*s%*s", MENTIONS + (i ? GAP : 0), "mentions", WITH, "issues", SHARE, "share", range,
                 range ? "95 %" : "", RATE, "per 10k");
    tt_buf_text(to, r->is_share ? "            (95 %)" : "");
    tt_buf_char(to, '\n');
}

static void put_row(tt_buf *to, const tt_reply *r, const tt_point *first, const tt_point *second,
                    const tt_share_row *share, tt_buf *cell)
{
    put_cells(to, first, !r->is_share, cell);
    tt_buf_f(to, "%*s", GAP, "");
    put_cells(to, second, !r->is_share, cell);
    if (r->is_share)
        put_share(to, share, cell);
    end_row(to);
}

static void put_periods(tt_buf *to, const tt_reply *r)
{
    const tt_answer *a = &r->side[0].answer, *b = &r->side[1].answer;
    const tt_series *s = &a->series;
    tt_buf cell = {0};
    put_head(to, r, &cell);
    for (size_t i = tt_put_first_period(s, TT_ANSWER_TWO); i < s->n_points && !to->failed; i++) {
        tt_put_period(to, &s->periods[i], &cell);
        put_row(to, r, &s->points[i], &b->series.points[i], r->share ? &r->share[i] : NULL, &cell);
    }
    tt_buf_f(to, "%-*s", NAME, "all");
    put_row(to, r, &a->all, &b->all, r->share ? &r->share[s->n_points] : NULL, &cell);
    tt_put_below(to, r, a);
    to->failed |= cell.failed;
    tt_buf_release(&cell);
}

static void put_met(tt_buf *to, const tt_reply *r)
{
    tt_buf_f(to, "Both in ");
    tt_put_counted(to, r->issues_both, "issue", "issues");
    tt_buf_f(to, " of %u, in ", r->side[0].answer.all.issues);
    tt_put_counted(to, r->paragraphs_both, "paragraph", "paragraphs");
    tt_buf_text(to, r->is_share ? "; a place that counts for both stands in both columns.\n" : ".\n");
}

void tt_answer_two(tt_buf *to, const tt_reply *r)
{
    for (size_t i = 0; i < 2; i++) {
        tt_put_sentence(to, r, &r->side[i]);
        if (!r->found)
            tt_put_ledger_line(to, r, &r->side[i]);
    }
    if (!r->found)
        return;
    tt_buf_char(to, '\n');
    put_periods(to, r);
    put_met(to, r);
    for (size_t i = 0; i < 2; i++) {
        if (r->side[i].answer.all.mentions == 0 && tt_put_ledger_rows(r, &r->side[i]) == 0)
            continue;
        tt_buf_char(to, '\n');
        tt_put_cut(to, r->side[i].asked.label, 60);
        tt_buf_char(to, '\n');
        tt_put_life(to, r, &r->side[i]);
        tt_put_quotes(to, r, &r->side[i]);
        tt_put_ledger_line(to, r, &r->side[i]);
        tt_put_command(to, &r->side[i]);
    }
}
