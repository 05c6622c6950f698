/* In: an answer. Out: one screen of text, each number of which can be opened with the command at its end. Not here: the
 * pieces (answer_put.c), two sides (answer_two.c), JSON (answer_json.c). */
#include "report/answer_put.h"

#include "report/text.h"

/* ---- periods ---- */

enum { NAME = TT_ANSWER_LABEL, MENTIONS = 9, WITH = 13, SHARE = 7, INTERVAL = 10, RATE = 12, RATES = 13, BAR = 14 };

static void put_head(tt_buf *to)
{
    tt_buf_f(to, "%-*s%*s%*s%*s%*s%*s%*s\n", NAME, "", MENTIONS, "mentions", WITH, "issues with", SHARE, "share",
             INTERVAL, "95 %", RATE, "per 10 000", RATES, "95 %");
}

static void put_row(tt_buf *to, const tt_period *period, const tt_point *p, double most)
{
    tt_buf cell = {0};
    tt_put_period(to, period, &cell);
    tt_buf_f(to, "%*u", MENTIONS, p->mentions);
    tt_buf_reset(&cell);
    tt_buf_f(&cell, "%u of %u", p->issues_with, p->issues);
    tt_put_right(to, &cell, WITH);
    tt_buf_reset(&cell);
    if (p->has_share)
        tt_put_percent(&cell, p->share);
    tt_put_right(to, &cell, SHARE);
    tt_buf_reset(&cell);
    if (p->has_share)
        tt_put_range(&cell, p->share_low, p->share_high, true);
    tt_put_right(to, &cell, INTERVAL);
    tt_buf_reset(&cell);
    if (p->has_rate)
        tt_put_tenths(&cell, p->per_10k);
    tt_put_right(to, &cell, RATE);
    tt_buf_reset(&cell);
    if (p->has_rate_ci)
        tt_put_range(&cell, p->rate_low, p->rate_high, false);
    tt_put_right(to, &cell, RATES);
    if (p->has_rate && p->mentions) {
        tt_buf_text(to, "  ");
        tt_put_bar(to, p->per_10k / most, BAR);
    }
    while (to->n && to->p[to->n - 1] == ' ')
        to->p[--to->n] = '\0';
    tt_buf_char(to, '\n');
    to->failed |= cell.failed;
    tt_buf_release(&cell);
}

static void put_periods(tt_buf *to, const tt_series *s)
{
    const size_t first = tt_put_first_period(s, TT_ANSWER_PERIODS);
    double most = 0;
    if (s->n_points == 0)
        return;
    for (size_t i = first; i < s->n_points; i++)
        if (s->points[i].has_rate && s->points[i].per_10k > most)
            most = s->points[i].per_10k;
    put_head(to);
    for (size_t i = first; i < s->n_points && !to->failed; i++)
        put_row(to, &s->periods[i], &s->points[i], most);
    if (first) {
        tt_put_sparkline(to, s);
        tt_buf_f(to, "%-*s%zu, of which the last %d stand above; `tagtrend trends` lists all\n", NAME, "", s->n_periods,
                 TT_ANSWER_PERIODS);
    }
}

/* ---- where and with what ---- */

enum { SECTIONS = 5, BESIDES = 5, BUSIEST = 4 };

static void put_sections(tt_buf *to, const tt_reply *r, const tt_reply_side *s)
{
    tt_put_list l;
    tt_buf piece = {0};
    uint32_t rest = 0;
    const size_t n = s->answer.n_sections;
    if (n == 0 || (n == 1 && s->answer.sections[0].section <= TT_SECTION_OTHER))
        return;
    tt_put_list_begin(&l, to, "By section");
    for (size_t i = 0; i < n; i++) {
        const tt_section_sum *sum = &s->answer.sections[i];
        if (i >= SECTIONS) {
            rest += sum->mentions;
            continue;
        }
        tt_buf_reset(&piece);
        tt_put_cut(&piece, r->facts->sections[sum->section], 40);
        tt_buf_f(&piece, " %u", sum->mentions);
        tt_put_list_piece(&l, &piece);
    }
    tt_buf_reset(&piece);
    if (rest) {
        tt_put_counted(&piece, n - SECTIONS, "other section", "other sections");
        tt_buf_f(&piece, " %u", rest);
        tt_put_list_piece(&l, &piece);
    }
    tt_put_list_end(&l);
    to->failed |= piece.failed;
    tt_buf_release(&piece);
}

static void put_beside(tt_buf *to, const tt_reply *r, const tt_reply_side *s)
{
    tt_put_list l;
    tt_buf piece = {0};
    if (s->n_beside == 0)
        return;
    tt_put_list_begin(&l, to, "Comes with");
    for (size_t i = 0; i < s->n_beside && i < BESIDES; i++) {
        const tt_beside *b = &s->beside[i];
        tt_buf_reset(&piece);
        tt_put_cut(&piece, r->facts->topics[b->topic].label, 40);
        tt_buf_f(&piece, i ? " %u" : " (in %u of its ", b->both);
        if (i == 0) {
            tt_put_counted(&piece, s->n_paragraphs, "paragraph, ", "paragraphs, ");
            tt_put_tenths(&piece, b->times);
            tt_buf_text(&piece, " × chance)");
        } else {
            tt_buf_text(&piece, " (");
            tt_put_tenths(&piece, b->times);
            tt_buf_text(&piece, " ×)");
        }
        tt_put_list_piece(&l, &piece);
    }
    tt_put_list_end(&l);
    to->failed |= piece.failed;
    tt_buf_release(&piece);
}

static void put_busiest(tt_buf *to, const tt_reply *r, const tt_reply_side *s)
{
    tt_put_list l;
    tt_buf piece = {0};
    if (s->answer.n_busy < 2)
        return;
    tt_put_list_begin(&l, to, "Busiest");
    for (size_t i = 0; i < s->answer.n_busy && i < BUSIEST; i++) {
        tt_buf_reset(&piece);
        tt_put_issue(&piece, &r->facts->issues[s->answer.busy[i].issue]);
        tt_buf_f(&piece, ": %u", s->answer.busy[i].mentions);
        tt_put_list_piece(&l, &piece);
    }
    tt_put_list_end(&l);
    to->failed |= piece.failed;
    tt_buf_release(&piece);
}

/* ---- the screen ---- */

static size_t n_lines(const tt_buf *text)
{
    size_t n = 0;
    for (size_t i = 0; i < text->n; i++)
        n += text->p[i] == '\n';
    return n;
}

static void put_one(tt_buf *to, const tt_reply *r, const tt_reply_side *s)
{
    tt_put_sentence(to, r, s);
    if (!r->found) {
        tt_put_ledger(to, r, s);
        return;
    }
    tt_buf_char(to, '\n');
    put_periods(to, &s->answer.series);
    tt_put_below(to, r, &s->answer);
    tt_buf_char(to, '\n');
    put_sections(to, r, s);
    put_beside(to, r, s);
    put_busiest(to, r, s);
    tt_put_life(to, r, s);
    tt_buf_char(to, '\n');
    tt_put_quotes(to, r, s);
    if (n_lines(to) + tt_put_ledger_rows(r, s) + 2 <= TT_ANSWER_LINES || r->all)
        tt_put_ledger(to, r, s);
    else
        tt_put_ledger_line(to, r, s);
    tt_put_command(to, s);
}

void tt_answer_text(tt_buf *to, const tt_reply *r)
{
    if (r->n_sides == 1)
        put_one(to, r, &r->side[0]);
    else
        tt_answer_two(to, r);
}

void tt_answer_word(tt_buf *to, tt_str s)
{
    bool plain = s.n != 0;
    for (size_t i = 0; i < s.n; i++) {
        const unsigned char c = (unsigned char)s.p[i];
        plain = plain && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80 ||
                          c == '-' || c == '_' || c == '.' || c == '/' || c == '=' || c == ',' || c == '+' || c == ':');
    }
    if (plain) {
        tt_buf_str(to, s);
        return;
    }
    tt_buf_char(to, '\'');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\'')
            tt_buf_text(to, "'\\''");
        else
            tt_buf_char(to, s.p[i]);
    }
    tt_buf_char(to, '\'');
}
