/* answer_put: pieces of text that answer_text.c and answer_two.c print: answer_put.c makes cells and lines, answer_say.c
 * what is said of a side. Used by them alone. */
#ifndef TT_REPORT_ANSWER_PUT_H
#define TT_REPORT_ANSWER_PUT_H

#include "report/answer.h"

enum { TT_ANSWER_LABEL = 13 }; /* columns of the names on the left */

void tt_put_percent(tt_buf *to, double share); /* `54 %`; `<1 %`, `>99 %` where it is not quite 0 or 100 */
void tt_put_tenths(tt_buf *to, double x);      /* 17.6 */
void tt_put_range(tt_buf *to, double low, double high, bool percent); /* `43-66 %`, `6.6-31.6` */
void tt_put_cut(tt_buf *to, tt_str s, size_t most);   /* escaped; wider than `most` columns: ends in … */
void tt_put_issue(tt_buf *to, const tt_issue *issue); /* `#50, 2020-10-11`, or its name where it has no number */
void tt_put_right(tt_buf *to, const tt_buf *cell,
                  size_t width); /* blanks before it, at least one between cells; the caller empties the cell */
size_t tt_put_width(const tt_buf *cell);                  /* columns */
void tt_put_bar(tt_buf *to, double part, size_t columns); /* part 0 to 1, in eighths of a column */
void tt_put_wrapped(tt_buf *to, const tt_buf *text);      /* a line, broken at blanks where it is too wide */
void tt_put_counted(tt_buf *to, uint64_t n, const char *one, const char *more);

/* `name` on the left, then pieces joined by " · ", broken between them at TT_ANSWER_WIDTH. */
typedef struct tt_put_list {
    tt_buf *to;
    size_t column; /* of the line being written; 0: nothing yet */
} tt_put_list;
void tt_put_list_begin(tt_put_list *l, tt_buf *to, const char *name);
void tt_put_list_piece(tt_put_list *l, const tt_buf *piece);
void tt_put_list_end(tt_put_list *l);

/* The opening sentence, and the notes on how the side was understood. */
void tt_put_sentence(tt_buf *to, const tt_reply *r, const tt_reply_side *s);
/* Gaps, streak, spread, trend, bursts. */
void tt_put_life(tt_buf *to, const tt_reply *r, const tt_reply_side *s);
void tt_put_quotes(tt_buf *to, const tt_reply *r, const tt_reply_side *s);
void tt_put_ledger(tt_buf *to, const tt_reply *r, const tt_reply_side *s);
size_t tt_put_ledger_rows(const tt_reply *r, const tt_reply_side *s); /* lines below the first one of it */
void tt_put_ledger_line(tt_buf *to, const tt_reply *r, const tt_reply_side *s);
void tt_put_command(tt_buf *to, const tt_reply_side *s);

/* Periods that have a line: from *from on. */
size_t tt_put_first_period(const tt_series *s, size_t most);
void tt_put_period(tt_buf *to, const tt_period *period, tt_buf *cell); /* the name of a row */
void tt_put_below(tt_buf *to, const tt_reply *r, const tt_answer *a);  /* incomplete periods, undated issues */
void tt_put_sparkline(tt_buf *to, const tt_series *s);

/* answer_two.c: two sides. */
void tt_answer_two(tt_buf *to, const tt_reply *r);

#endif
