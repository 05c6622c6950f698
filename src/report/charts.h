/* charts: chooses the data of each chart and says in words what is seen. Drawing is report/plot's language, run by
 * report/draw. */
#ifndef TT_REPORT_CHARTS_H
#define TT_REPORT_CHARTS_H

#include "report/summary.h"

enum { TT_N_FIGURES = 4, TT_TOP_BARS = 15, TT_TOP_ROWS = 20 };

/* A chart and what the page says beside it. Texts live in the arena. */
typedef struct tt_figure {
    const char *name; /* of its files: charts/NAME.gp */
    tt_str title;
    tt_str script;       /* empty: the data do not bear it */
    tt_str why;          /* then this says so */
    tt_str caption;      /* what is counted, of what, and what is incomplete */
    tt_str alt;          /* for who does not see it */
    const char *csv;     /* the table that has these numbers, or the nearest */
    const tt_str *cells; /* the numbers drawn: n_rows of n_columns; the first row is the head */
    size_t n_rows, n_columns;
} tt_figure;

extern const char *const tt_figure_names[TT_N_FIGURES];

int tt_charts_make(tt_figure out[TT_N_FIGURES], const tt_summary *s, const tt_report_in *in, tt_arena *arena,
                   tt_err *err);

#endif
