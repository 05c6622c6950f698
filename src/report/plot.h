/* plot: charts as gnuplot scripts with their data inside. plot*.c are the only files that know gnuplot's language;
 * report/figure.c runs them. Each script draws NAME.svg beside itself, wherever it is run; with `-e "tt_png=1"` before its
 * name it draws NAME.png instead, with `-e "tt_stdout=1"` it draws to standard output. Foreign text reaches a script
 * only through tt_plot_string, and only as the text of `set label`: gnuplot reads \n and \101 in strings that it plots
 * `with labels`, and % in the names of tics. */
#ifndef TT_REPORT_PLOT_H
#define TT_REPORT_PLOT_H

#include "base/mem.h"

enum {
    TT_PLOT_WIDTH = 860,   /* pixels of each SVG; a PNG has twice as many */
    TT_PLOT_CHARS = 28,    /* characters of a label; a longer one ends in … (fewer where they are wide, as Han is) */
    TT_PLOT_LINES = 8,     /* lines, and parts of a stack: as many as there are colours */
    TT_PLOT_LABELLED = 26, /* a cell or bar at least this wide (pixels) holds its number */
};

/* Appends `s` as a gnuplot expression, a string that prints as it is: nothing in it is run, substituted, or read as markup. Line ends
 * and tabs become a blank, what XML 1.0 forbids U+FFFD. Where the SVG terminal would not escape what XML needs escaped
 * (`&#x`, `]]>`), an invisible U+2060 stands within. Has it rare characters, then `tt_plain=1` shows them as U+25A1. */
void tt_plot_string(tt_buf *to, tt_str s);

/* A character that the usual fonts may lack. gnuplot's PNG terminal draws one that no font has as a blot over the whole
 * picture, so whoever runs a script asks the machine's fonts first. */
bool tt_plot_rare(uint32_t cp);

/* As tt_plot_string, cut to TT_PLOT_CHARS. */
void tt_plot_label(tt_buf *to, tt_str s);

/* Appends a share (0 to 1) as it is read: `44 %`, `4.4 %`, `<0.1 %`, with no-break spaces. `100 %` and `0 %` are exact. */
void tt_plot_percent(tt_buf *to, double share);

typedef struct tt_plot_head {
    const char *name; /* of the files: lower-case letters and hyphens */
    tt_str title, subtitle;
    tt_str note; /* a second line of the subtitle: what is incomplete; may be empty */
} tt_plot_head;

typedef struct tt_bar {
    tt_str label;
    double value; /* share, 0 to 1 */
    double low, high;
    bool has_ci;
    tt_str note; /* printed at the bar */
} tt_bar;

/* n > 0 */
void tt_plot_bars(tt_buf *to, const tt_plot_head *head, const tt_bar *bars, size_t n);

/* Matrices are row after row: value[i * n_periods + j], shares from 0 to 1; NAN: nothing there. n_rows and n_periods
 * are above 0. */
typedef struct tt_grid {
    const tt_str *rows;
    size_t n_rows;
    const tt_str *periods; /* 2020, 2020-Q3 */
    const bool *complete;
    size_t n_periods;
    const double *value;
} tt_grid;

/* At most TT_PLOT_LINES rows; at least 2 periods. */
void tt_plot_lines(tt_buf *to, const tt_plot_head *head, const tt_grid *g);
void tt_plot_heat(tt_buf *to, const tt_plot_head *head, const tt_grid *g);
/* At most TT_PLOT_LINES rows, each period's sum is 1 or all of it NAN; the last row is grey if `rest` is set. */
void tt_plot_stack(tt_buf *to, const tt_plot_head *head, const tt_grid *g, bool rest);

#endif
