/* review_say: sentences made of spans, and the commands that open their numbers. Used by review*.c alone. */
#ifndef TT_REPORT_REVIEW_SAY_H
#define TT_REPORT_REVIEW_SAY_H

#include "report/review.h"

typedef struct tt_teller {
    const tt_report_in *in;  /* of every year */
    const tt_select *select; /* what the report selects */
    const tt_lang *lang;
    tt_arena *arena;
    tt_str *urls; /* by issue, from tt_teller_urls */
    tt_buf text;  /* ours, since the last span; text.failed: no memory anywhere */
    tt_span *spans;
    tt_line *lines;
    tt_open *opens;
    tt_passage *passages;
    size_t n_spans, cap_spans, n_lines, cap_lines, n_opens, cap_opens, n_passages, cap_passages;
} tt_teller;

void tt_teller_release(tt_teller *t);

/* Where issues are in the web, as far as other issues link them: the URL that the first of these by date has first.
 * Nothing is guessed from how the others look. */
void tt_teller_urls(tt_teller *t);

/* Ours goes onto t->text; these put foreign text behind it. */
void tt_say_topic(tt_teller *t, uint32_t topic);
void tt_say_issue(tt_teller *t, uint32_t issue);
void tt_say_number(tt_teller *t, uint32_t issue); /* of its issue the number alone, if it has one */
void tt_say_end(tt_teller *t);                    /* what was said so far stands in both */
void tt_say_on_page(tt_teller *t);                /* what was said since stands on the page alone */
void tt_say_count(tt_teller *t, uint64_t n);
void tt_say_counted(tt_teller *t, uint64_t n, const char *one, const char *more);
void tt_say_rate(tt_teller *t, double per_10k);        /* 3 digits at most: 25.1 */
void tt_say_between(tt_teller *t, size_t i, size_t n); /* before the i-th of n: "", ", " or " and " */

/* What was said since the last call becomes a line; nothing said, no line. */
void tt_say_line(tt_teller *t, bool item);
/* The lines since the last call become a passage, with their commands; without lines there is none. */
void tt_say_passage(tt_teller *t, const char *id, const char *heading, const char *figure);

/* `tagtrend mentions` of the topics, between two days, or (from TT_NO_DATE) in `year`. */
typedef struct tt_range {
    int year;
    int32_t from, to;
} tt_range;
tt_open tt_open_mentions(tt_teller *t, const uint32_t *topics, size_t n, tt_range range, uint64_t rows);
/* `tagtrend issues` */
tt_open tt_open_issues(tt_teller *t, tt_range range, uint64_t rows);
void tt_say_open(tt_teller *t, tt_open open);

#endif
