/* In: a matrix of shares by period, or by any other columns. Out: the gnuplot script of a heat map. Not here: what is
 * charted (charts_time.c, charts_year_heat.c), the frame (plot.c), the axis of periods (plot_time.c). */
#include "report/plot_frame.h"

#include <math.h>
#include <string.h>

enum { HEAT_ROW = 22, HEAT_CELL = 60, HEAT_BOTTOM = 12, HEAT_SCALE = 34, UPRIGHT_LINE = 15 };

/* What cell `at` holds; nothing: an empty text. */
static void cell_text(tt_buf *text, const tt_grid *g, size_t at)
{
    double v = g->value[at];
    if (g->text)
        tt_buf_str(text, g->text[at]);
    else if (isnan(v))
        tt_buf_text(text, "–");
    else if (v > 0 && v < 0.005)
        tt_buf_text(text, "<1");
    else if (v > 0)
        tt_frame_num(text, round(v * 100));
}

/* Pixels that the longest text of a cell needs. */
static int widest_cell(tt_buf *to, const tt_grid *g)
{
    tt_buf text = {0};
    int widest = 0;
    for (size_t i = 0; i < g->n_rows * g->n_periods && !text.failed; i++) {
        tt_buf_reset(&text);
        cell_text(&text, g, i);
        int w = text.n ? tt_frame_width((tt_str){text.p, text.n}, 12) : 0;
        widest = w > widest ? w : widest;
    }
    to->failed |= text.failed;
    tt_buf_release(&text);
    return widest;
}

static void heat_cells(tt_buf *to, const tt_grid *g, double max, bool labelled)
{
    tt_buf text = {0}, at = {0};
    for (size_t i = 0; i < g->n_rows && !to->failed; i++)
        for (size_t j = 0; j < g->n_periods && !to->failed; j++) {
            double v = g->value[i * g->n_periods + j];
            if (!labelled && !isnan(v))
                continue;
            tt_buf_reset(&text);
            tt_buf_reset(&at);
            cell_text(&text, g, i * g->n_periods + j);
            tt_buf_f(&at, "first %zu, first %zu", j, i + 1);
            to->failed |= text.failed || at.failed;
            if (!to->failed && text.n)
                tt_frame_label(to, (tt_str){text.p, text.n}, at.p,
                               v > max * 0.55 ? "center front font ',12' tc rgb '#FFFFFF'"
                                              : "center front font ',12' tc rgb ink");
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
        tt_buf_f(to, "set label '0\u00A0%%' at screen sx(%d), screen sy(H - 12) left font ',12' tc rgb soft\n",
                 f->left);
        tt_buf_text(to, "set label ");
        tt_plot_string(to, (tt_str){text.p, text.n});
        tt_buf_f(to, " at screen sx(%d), screen sy(H - 12) right font ',12' tc rgb soft\n", f->left + STEPS * STEP);
    }
    tt_buf_release(&text);
}

static void heat_data(tt_buf *to, const tt_grid *g)
{
    tt_buf_text(to, "# row, then per cent for each column\n$data << EOD\n");
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
            tt_frame_label(to, g->rows[i], at.p, "right offset char -0.7,0 tc rgb ink");
    }
    tt_buf_release(&at);
}

/* ---- headings that stand upright, in one line or two ---- */

/* Cuts a long name at the blank nearest to its middle. */
static tt_str second_line(tt_str *name)
{
    size_t best = name->n, middle = name->n / 2;
    for (size_t i = 1; i + 1 < name->n; i++)
        if (name->p[i] == ' ' && (best == name->n || (i > middle ? i - middle : middle - i) <
                                                         (best > middle ? best - middle : middle - best)))
            best = i;
    tt_str rest = best == name->n ? (tt_str){"", 0} : (tt_str){name->p + best + 1, name->n - best - 1};
    name->n = best;
    return rest;
}

enum { UPRIGHT_WIDE = 110 }; /* pixels from which a heading takes two lines */

static int upright_height(const tt_grid *g)
{
    int most = 0;
    for (size_t j = 0; j < g->n_periods; j++) {
        tt_str name = g->periods[j];
        if (tt_frame_width(name, 12) > UPRIGHT_WIDE) {
            int w = tt_frame_width(second_line(&name), 12);
            most = w > most ? w : most;
        }
        int w = tt_frame_width(name, 12);
        most = w > most ? w : most;
    }
    return most + 10;
}

static void upright_line(tt_buf *to, tt_str text, size_t j, double off, double px, int y)
{
    tt_buf at = {0};
    tt_buf_text(&at, "first ");
    tt_frame_num(&at, (double)j + off / px);
    tt_buf_f(&at, ", screen sy(%d)", y);
    to->failed |= at.failed;
    if (!to->failed)
        tt_frame_label(to, text, at.p, "left rotate by 90 font ',12' tc rgb soft");
    tt_buf_release(&at);
}

static void upright_names(tt_buf *to, const tt_grid *g, double px, int y)
{
    for (size_t j = 0; j < g->n_periods; j++) {
        tt_str name = g->periods[j], more = {"", 0};
        if (px >= 2 * UPRIGHT_LINE && tt_frame_width(name, 12) > UPRIGHT_WIDE)
            more = second_line(&name);
        upright_line(to, name, j, more.n ? -UPRIGHT_LINE / 2.0 : 0, px, y);
        if (more.n)
            upright_line(to, more, j, UPRIGHT_LINE / 2.0, px, y);
    }
}

static void ramp(tt_buf *to, const tt_plot_head *head)
{
    const tt_palette colors = tt_frame_palette(head);
    tt_color low, middle, high;
    tt_color_mix(low, colors.series[0], "#FFFFFF", 0.07);
    tt_color_mix(middle, colors.series[0], "#FFFFFF", 0.6);
    tt_color_mix(high, colors.series[0], "#000000", 0.62);
    tt_buf_f(to, "set palette defined (0 '%s', 0.5 '%s', 1 '%s')\nset cbrange [0:", low, middle, high);
}

void tt_plot_heat(tt_buf *to, const tt_plot_head *head, const tt_grid *g)
{
    int left = TT_FRAME_EDGE + tt_frame_widest(g->rows, g->n_rows, 13) + 10;
    double cell = (double)(TT_PLOT_WIDTH - left - TT_FRAME_EDGE) / (double)g->n_periods;
    cell = cell > HEAT_CELL ? HEAT_CELL : cell;
    bool labelled = cell >= widest_cell(to, g) + 5;
    int names = g->upright ? upright_height(g) : tt_frame_two_lines(g) ? 38 : 22;
    int above = tt_plot_head_height(head) + names;
    int below = HEAT_BOTTOM + (labelled ? 0 : HEAT_SCALE);
    tt_frame f = {.height = above + HEAT_ROW * (int)g->n_rows + below,
                  .left = left,
                  .right = TT_PLOT_WIDTH - left - (int)(cell * (double)g->n_periods),
                  .top = above,
                  .bottom = below};
    double max = 0;
    for (size_t i = 0; i < g->n_rows * g->n_periods; i++)
        max = fmax(max, g->value[i]);
    max = max > 0 ? max : 1;
    tt_frame_begin(to, head, &f);
    heat_data(to, g);
    tt_buf_f(to, "set xrange [-0.5:%zu.5]\nset yrange [%zu.5:0.5]\n", g->n_periods - 1, g->n_rows);
    ramp(to, head);
    tt_frame_num(to, max * 100);
    tt_buf_text(to, "]\n");
    heat_rows(to, g);
    if (g->upright)
        upright_names(to, g, cell, above - 6);
    else
        tt_frame_periods(to, g, cell, above - names + 10);
    heat_cells(to, g, max, labelled);
    tt_frame_bands(to, g, true);
    if (!labelled)
        heat_scale(to, &f, max);
    tt_buf_f(to,
             "plot for [k=0:%zu] $data using (k):1:(k-0.5):(k+0.5):($1-0.5):($1+0.5):(column(k+2)) with boxxyerror "
             "fc palette fs solid border rgb '#FFFFFF'\n",
             g->n_periods - 1);
    tt_frame_end(to);
}
