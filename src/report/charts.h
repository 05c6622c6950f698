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
    bool above; /* no chart: one PNG, in the folder above that of the scripts, whatever kinds of pictures are wanted */
    int head;   /* pixels of the picture that its title takes: what stands below stands alone as well */
} tt_figure;

extern const char *const tt_figure_names[TT_N_FIGURES];

int tt_charts_make(tt_figure out[TT_N_FIGURES], const tt_summary *s, const tt_report_in *in, tt_arena *arena,
                   tt_err *err);

/* The charts of one year: files YEAR/charts/NAME.gp. Names are the same each year, and in the same order; a figure
 * without script says why. `svgs` stand beside the figures: empty until they are drawn. */
typedef struct tt_year_charts {
    int year;
    const tt_period *period; /* of in->by_year */
    tt_figure *v;
    size_t n;
    tt_str *svgs;
} tt_year_charts;

const char *tt_year_figure_name(size_t i); /* of v[i]; NULL: there are no more */

/* One for each year of the selection that has an issue, rising. */
int tt_year_charts_make(tt_year_charts **out, size_t *n, const tt_summary *s, const tt_report_in *in, tt_arena *arena,
                        tt_err *err);

#endif
