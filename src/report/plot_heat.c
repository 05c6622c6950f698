/* In: a matrix of shares by period. Out: the gnuplot script of a heat map. Not here: what is charted (charts_time.c), the
 * frame (plot.c), the axis of periods (plot_time.c). */
#include "report/plot_frame.h"

#include <math.h>

enum { HEAT_ROW = 24, HEAT_CELL = 74, HEAT_TOP = 128, HEAT_BOTTOM = 20, HEAT_SCALE = 34 };

static void heat_cells(tt_buf *to, const tt_grid *g, double max, bool labelled)
{
    tt_buf text = {0}, at = {0};
    for (size_t i = 0; i < g->n_rows && !to->failed; i++)
        for (size_t j = 0; j < g->n_periods && !to->failed; j++) {
            double v = g->value[i * g->n_periods + j];
            if (v == 0 || (!labelled && !isnan(v)))
                continue;
            tt_buf_reset(&text);
            tt_buf_reset(&at);
            if (isnan(v))
                tt_buf_text(&text, "–");
            else if (v < 0.005)
                tt_buf_text(&text, "<1");
            else
                tt_frame_num(&text, round(v * 100));
            tt_buf_f(&at, "first %zu, first %zu", j, i + 1);
            to->failed |= text.failed || at.failed;
            if (!to->failed)
                tt_frame_label(to, (tt_str){text.p, text.n}, at.p,
                               v > max * 0.62 ? "center front font ',11' tc rgb '#FFFFFF'"
                                              : "center front font ',11' tc rgb ink");
        }
    tt_buf_release(&text);
    tt_buf_release(&at);
}

/* A scale of five steps under a map whose cells hold no numbers. */
static void heat_scale(tt_buf *to, const tt_frame *f, double max)
{
    enum { STEPS = 5, STEP = 36 };
    tt_buf text = {0};
    for (int i = 0; i < STEPS; i++) {
        tt_buf_f(to,
                 "set object rectangle from screen sx(%d), screen sy(H - 22) to screen sx(%d), screen sy(H - 34) "
                 "fs solid noborder fc palette frac %d / 4.0\n",
                 f->left + i * STEP, f->left + (i + 1) * STEP, i);
    }
    tt_plot_percent(&text, max);
    to->failed |= text.failed;
    if (!to->failed) {
        tt_buf_f(to, "set label '0\u00A0%%' at screen sx(%d), screen sy(H - 12) left font ',11' tc rgb soft\n",
                 f->left);
        tt_buf_text(to, "set label ");
        tt_plot_string(to, (tt_str){text.p, text.n});
        tt_buf_f(to, " at screen sx(%d), screen sy(H - 12) right font ',11' tc rgb soft\n", f->left + STEPS * STEP);
    }
    tt_buf_release(&text);
}

static void heat_data(tt_buf *to, const tt_grid *g)
{
    tt_buf_text(to, "# row, then per cent for each period\n$data << EOD\n");
    for (size_t i = 0; i < g->n_rows; i++) {
        tt_buf_f(to, "%zu", i + 1);
        for (size_t j = 0; j < g->n_periods; j++) {
            tt_buf_char(to, ' ');
            tt_frame_num(to, g->value[i * g->n_periods + j] * 100);
        }
        tt_buf_char(to, '\n');
    }
    tt_buf_text(to, "EOD\n");
}

static void heat_rows(tt_buf *to, const tt_grid *g)
{
    tt_buf at = {0};
    for (size_t i = 0; i < g->n_rows && !to->failed; i++) {
        tt_buf_reset(&at);
        tt_buf_f(&at, "first -0.5, first %zu", i + 1);
        to->failed |= at.failed;
        if (!to->failed)
            tt_frame_label(to, g->rows[i], at.p, "right offset char -0.8,0 tc rgb ink");
    }
    tt_buf_release(&at);
}

void tt_plot_heat(tt_buf *to, const tt_plot_head *head, const tt_grid *g)
{
    int left = TT_FRAME_EDGE + tt_frame_widest(g->rows, g->n_rows, 13) + 10;
    double cell = (double)(TT_PLOT_WIDTH - left - TT_FRAME_EDGE) / (double)g->n_periods;
    cell = cell > HEAT_CELL ? HEAT_CELL : cell;
    bool labelled = cell >= TT_PLOT_LABELLED;
    int above = tt_frame_top(head, HEAT_TOP);
    tt_frame f = {.height = above + HEAT_ROW * (int)g->n_rows + HEAT_BOTTOM + (labelled ? 0 : HEAT_SCALE),
                  .left = left,
                  .right = TT_PLOT_WIDTH - left - (int)(cell * (double)g->n_periods),
                  .top = above,
                  .bottom = HEAT_BOTTOM + (labelled ? 0 : HEAT_SCALE)};
    double max = 0;
    for (size_t i = 0; i < g->n_rows * g->n_periods; i++)
        max = fmax(max, g->value[i]);
    max = max > 0 ? max : 1;
    tt_frame_begin(to, head, &f);
    heat_data(to, g);
    tt_buf_f(to, "set xrange [-0.5:%zu.5]\nset yrange [%zu.5:0.5]\n", g->n_periods - 1, g->n_rows);
    tt_buf_text(to, "set palette defined (0 '#EDF4FA', 0.5 '#5B9DCB', 1 '#0B3C6F')\nset cbrange [0:");
    tt_frame_num(to, max * 100);
    tt_buf_text(to, "]\n");
    heat_rows(to, g);
    tt_frame_periods(to, g, cell, tt_frame_two_lines(g) ? above - 28 : above - 12);
    heat_cells(to, g, max, labelled);
    if (!labelled)
        heat_scale(to, &f, max);
    tt_buf_f(to,
             "plot for [k=0:%zu] $data using (k):1:(k-0.5):(k+0.5):($1-0.5):($1+0.5):(column(k+2)) with boxxyerror "
             "fc palette fs solid border rgb '#FFFFFF'\n",
             g->n_periods - 1);
    tt_frame_end(to);
}
