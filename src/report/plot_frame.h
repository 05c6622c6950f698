/* plot_frame: what all charts share: the opening of a script, text at a place, the axis of periods. Used by plot*.c
 * alone. Places are pixels of the SVG from its upper left corner unless said otherwise. */
#ifndef TT_REPORT_PLOT_FRAME_H
#define TT_REPORT_PLOT_FRAME_H

#include "report/plot.h"

/* Margins of the plot inside the picture, in pixels. */
typedef struct tt_frame {
    int height, left, right, top, bottom;
} tt_frame;

enum { TT_FRAME_EDGE = 12 }; /* empty at the sides */

/* Terminal, output, margins, title lines. After it the script knows ink, soft, pale, line (colours), color[1] to color[8], and the functions
 * sx(pixels), sy(pixels), which give places on the screen. */
void tt_frame_begin(tt_buf *to, const tt_plot_head *head, const tt_frame *f);
/* Terminal, output and colours alone, for what is no chart: the script has set tt_file, tt_name, W and H. */
void tt_frame_open(tt_buf *to, const tt_plot_head *head);
void tt_frame_end(tt_buf *to);
tt_palette tt_frame_palette(const tt_plot_head *head);

/* `set label`: `at` is gnuplot's place, such as "screen sx(24), screen sy(30)"; `how` is what follows it. */
void tt_frame_label(tt_buf *to, tt_str text, const char *at, const char *how);

/* As tt_plot_label, but cut to so many characters. */
void tt_frame_text(tt_buf *to, tt_str s, size_t chars);

/* Cut only where it is wider than so many pixels in a font of that size. */
void tt_frame_fit(tt_buf *to, tt_str s, int pixels, int size);

/* Six significant digits in any locale; NaN for what is not there. */
void tt_frame_num(tt_buf *to, double x);

/* Width of a label in pixels as DejaVu Sans of that size would have it, cut as tt_plot_label cuts it. */
int tt_frame_width(tt_str text, int size);
int tt_frame_widest(const tt_str *texts, size_t n, int size);

/* The step of an axis from 0 to `max`, 1, 2 or 5 (25 of per cents) and zeros, and *top, its end: a multiple of the
 * step. */
double tt_frame_step(double max, double *top);

/* Names of periods 0 to n - 1 (x axis, one unit each, `px` pixels wide) at `y` pixels, * at incomplete ones; those that
 * would not fit are left out. Quarters take two lines. */
void tt_frame_periods(tt_buf *to, const tt_grid *g, double px, int y);

bool tt_frame_two_lines(const tt_grid *g);

/* Hatches first x0 to x1: behind everything, or thinly in front of the plot. */
void tt_frame_hatch(tt_buf *to, double x0, double x1, bool front);
/* Each incomplete period. */
void tt_frame_bands(tt_buf *to, const tt_grid *g, bool front);

/* Places for n labels of one column: y[i], in pixels, is moved as little as keeps them `gap` apart and within low to
 * high. n <= TT_PLOT_LINES. */
void tt_frame_spread(double *y, size_t n, double gap, double low, double high);

#endif
