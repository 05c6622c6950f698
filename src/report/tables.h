/* tables: facts and series -> tables, in CONTRACT's columns and order. */
#ifndef TT_REPORT_TABLES_H
#define TT_REPORT_TABLES_H

#include "report/table.h"

/* Which issues, sections and topics are selected, by index (NULL: all). */
typedef struct tt_picked {
    const bool *issue, *section, *topic;
} tt_picked;

/* Each fills a fresh table (tt_table_init is done here), which the caller releases; after a failure there is nothing to
 * release. Texts are not copied: the table lives no longer than what it is made from. `rel`: paths relative to the
 * archive instead of as walked. Numbers of `issues` are those of the selected sections, whatever topics are. */
int tt_tables_issues(tt_table *t, const tt_facts *in, const tt_picked *p, bool rel, tt_err *err);
int tt_tables_counts(tt_table *t, const tt_facts *in, const tt_picked *p, tt_err *err);
int tt_tables_trends(tt_table *t, const tt_facts *in, const tt_series *series, tt_err *err);
/* The same in pieces, so that a long series need not stand in memory as a table: the first gives an empty one, the second
 * puts into it, in place of what it holds, the rows of points from `first` on, at most n. t->failed: no memory. */
void tt_tables_trends_begin(tt_table *t);
void tt_tables_trends_some(tt_table *t, const tt_facts *in, const tt_series *series, size_t first, size_t n);
int tt_tables_overall(tt_table *t, const tt_facts *in, const tt_overall *v, size_t n, tt_err *err);
int tt_tables_links(tt_table *t, const tt_facts *in, const tt_picked *p, tt_err *err); /* whatever topics are */
int tt_tables_topics(tt_table *t, const tt_facts *in, const tt_topic_sum *sums, size_t n, tt_err *err);

int tt_tables_change(tt_table *t, const tt_facts *in, const tt_comparison *c, tt_err *err);

/* Trends across: TOPICS_ACROSS has `period,period_start,period_end,complete,section` and a column for each topic of the
 * series; PERIODS_ACROSS has `section,topic,label,type` and a column for each period. Cells hold the measure. The
 * columns are made here and live in `arena`; one that would bear the name of a column before it is `topic:NAME` or
 * `period:NAME`. */
int tt_tables_wide(tt_table *t, const tt_facts *in, const tt_series *series, tt_wide wide, tt_measure measure,
                   tt_arena *arena, tt_err *err);

/* One row of `mentions`. */
typedef struct tt_mention_row {
    tt_str path;
    size_t line, column;
    const tt_issue *issue;
    tt_str section, zone, topic, via, term, surface, before, after;
} tt_mention_row;
void tt_tables_mention(tt_table *t, const tt_mention_row *row);

#endif
