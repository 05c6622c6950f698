/* plot_frame: what all charts share: the opening of a script, text at a place, the axis of periods. Used by plot*.c
 * alone. Places are pixels of the SVG from its upper left corner unless said otherwise. */
#ifndef TT_REPORT_PLOT_FRAME_H
#define TT_REPORT_PLOT_FRAME_H

#include "report/plot.h"

/* Margins of the plot inside the picture, in pixels. */
typedef struct tt_frame {
    int height, left, right, top, bottom;
} tt_frame;

enum { TT_FRAME_TOP = 84, TT_FRAME_EDGE = 24 }; /* room for title, subtitle and note; empty at the sides */

/* Terminal, output, margins, title lines. After it the script knows ink, soft, pale, grid (colours) and the functions
 * sx(pixels), sy(pixels), which give places on the screen. */
void tt_frame_begin(tt_buf *to, const tt_plot_head *head, const tt_frame *f);
void tt_frame_end(tt_buf *to);

/* `set label`: `at` is gnuplot's place, such as "screen sx(24), screen sy(30)"; `how` is what follows it. */
void tt_frame_label(tt_buf *to, tt_str text, const char *at, const char *how);

/* Six significant digits in any locale; NaN for what is not there. */
void tt_frame_num(tt_buf *to, double x);

/* Width of a label in pixels as DejaVu Sans of that size would have it, cut as tt_plot_label cuts it. */
int tt_frame_width(tt_str text, int size);
int tt_frame_widest(const tt_str *texts, size_t n, int size);

/* The step of an axis from 0 to `max` per cent, and *top, its end: a multiple of the step. */
double tt_frame_step(double max, double *top);

/* Names of periods 0 to n - 1 (x axis, one unit each, `px` pixels wide) at `y` pixels, * at incomplete ones; those that
 * would not fit are left out. Quarters take two lines. */
void tt_frame_periods(tt_buf *to, const tt_grid *g, double px, int y);

bool tt_frame_two_lines(const tt_grid *g);

/* Without a note its line is not left empty. */
int tt_frame_top(const tt_plot_head *head, int margin);

/* Grey bands behind the incomplete periods. */
void tt_frame_bands(tt_buf *to, const tt_grid *g);

/* Places for n labels of one column: y[i], in pixels, is moved as little as keeps them `gap` apart and within low to
 * high. n <= TT_PLOT_LINES. */
void tt_frame_spread(double *y, size_t n, double gap, double low, double high);

extern const char *const tt_frame_colors[TT_PLOT_LINES];

#endif
