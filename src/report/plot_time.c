/* In: a matrix of shares by period. Out: gnuplot scripts: lines, stacked bars; the axis of periods.
 * Not here: what is charted (charts_time.c), bars without time and the frame (plot.c), heat maps (plot_heat.c). */
#include "report/plot_frame.h"

#include "base/str.h"

#include <math.h>
#include <string.h>

/* ---- the axis of periods ---- */

static tt_str quarter_of(tt_str period)
{
    return period.n == 7 && period.p[5] == 'Q' ? (tt_str){period.p + 5, 2} : (tt_str){0};
}

static void period_label(tt_buf *to, tt_str text, bool complete, size_t i, int y)
{
    tt_buf at = {0}, name = {0};
    tt_buf_f(&at, "first %zu, screen sy(%d)", i, y);
    tt_buf_str(&name, text);
    tt_buf_text(&name, complete ? "" : "*");
    to->failed |= at.failed || name.failed;
    if (!to->failed)
        tt_frame_label(to, (tt_str){name.p, name.n}, at.p, "center font ',12' tc rgb soft");
    tt_buf_release(&at);
    tt_buf_release(&name);
}

/* Years at every 1st, 2nd, 5th … period, such that they fit; the ends that are incomplete always, and then none beside
 * them that would touch. */
static void one_line(tt_buf *to, const tt_grid *g, double px, int y)
{
    static const size_t steps[] = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10000};
    size_t step = 0, last = g->n_periods - 1;
    size_t need = (size_t)ceil((tt_frame_widest(g->periods, g->n_periods, 12) + 14) / px);
    while (step + 1 < sizeof steps / sizeof *steps && steps[step] < need)
        step++;
    for (size_t i = 0; i <= last; i++) {
        int64_t year = (int64_t)i;
        tt_num_parse(g->periods[i], &year);
        bool end = (i == 0 || i == last) && !g->complete[i];
        bool near = (!g->complete[0] && i < need) || (!g->complete[last] && last - i < need);
        if (end || (year % (int64_t)steps[step] == 0 && !near))
            period_label(to, g->periods[i], g->complete[i], i, y);
    }
}

bool tt_frame_two_lines(const tt_grid *g)
{
    return !g->ticks && quarter_of(g->periods[0]).n != 0;
}

/* True where every step-th of the given ticks has room beside the one before. */
static bool ticks_fit(const tt_grid *g, double px, size_t step)
{
    enum { APART = 3 };
    double free_from = -1e9;
    for (size_t i = 0, nth = 0; i < g->n_periods; i++) {
        double half = tt_frame_width(g->ticks[i], 12) / 2.0, x = ((double)i + 0.5) * px;
        if (!g->ticks[i].n || nth++ % step)
            continue;
        if (x - half < free_from)
            return false;
        free_from = x + half + APART;
    }
    return true;
}

/* Ticks that are given: all, or every 2nd, 3rd, 4th, 6th, 12th … of them. */
static void given_ticks(tt_buf *to, const tt_grid *g, double px, int y)
{
    size_t step = 1;
    while (step < g->n_periods && !ticks_fit(g, px, step))
        step = step < 4 ? step + 1 : step == 4 ? 6 : step * 2;
    for (size_t i = 0, nth = 0; i < g->n_periods; i++)
        if (g->ticks[i].n && nth++ % step == 0)
            period_label(to, g->ticks[i], g->complete[i], i, y);
}

void tt_frame_periods(tt_buf *to, const tt_grid *g, double px, int y)
{
    if (g->ticks) {
        given_ticks(to, g, px, y);
        return;
    }
    if (!tt_frame_two_lines(g)) {
        one_line(to, g, px, y);
        return;
    }
    enum { YEAR_WIDE = 36 };
    for (size_t i = 0; i < g->n_periods; i++) {
        tt_str quarter = quarter_of(g->periods[i]);
        period_label(to, quarter, g->complete[i], i, y);
        size_t next = i + (size_t)('5' - quarter.p[1]);
        bool room = next >= g->n_periods || (double)(next - i) * px >= YEAR_WIDE;
        if (quarter.p[1] == '1' || (i == 0 && room))
            period_label(to, (tt_str){g->periods[i].p, 4}, true, i, y + 16);
    }
}

void tt_frame_bands(tt_buf *to, const tt_grid *g, bool front)
{
    for (size_t i = 0; i < g->n_periods; i++)
        if (!g->complete[i])
            tt_frame_hatch(to, (double)i - 0.5, (double)i + 0.5, front);
}

void tt_frame_spread(double *y, size_t n, double gap, double low, double high)
{
    size_t order[TT_PLOT_LINES];
    for (size_t i = 0; i < n; i++) {
        size_t j = i;
        for (; j > 0 && y[order[j - 1]] > y[i]; j--)
            order[j] = order[j - 1];
        order[j] = i;
    }
    double least = low;
    for (size_t i = 0; i < n; i++, least += gap)
        if (y[order[i]] < least)
            y[order[i]] = least;
        else
            least = y[order[i]];
    double most = high;
    for (size_t i = n; i-- > 0; most -= gap)
        if (y[order[i]] > most)
            y[order[i]] = most;
        else
            most = y[order[i]];
}

/* ---- parts of scripts ---- */

/* $data: a row for each period: its number, whether it is complete, then a column for each row of the grid. */
static void data(tt_buf *to, const tt_grid *g, bool add_up)
{
    tt_buf_f(to, "# period, complete, then per cent%s\n$data << EOD\n", add_up ? " up to and with each part" : "");
    for (size_t j = 0; j < g->n_periods; j++) {
        double sum = 0;
        tt_buf_f(to, "%zu %d%s", j, g->complete[j], add_up ? " 0" : "");
        for (size_t i = 0; i < g->n_rows; i++) {
            double v = g->value[i * g->n_periods + j];
            sum += v;
            tt_buf_char(to, ' ');
            tt_frame_num(to, 100 * (add_up ? sum : v));
        }
        tt_buf_char(to, '\n');
    }
    tt_buf_text(to, "EOD\n");
}

static void y_axis(tt_buf *to, double top, double step)
{
    tt_buf_text(to, "set yrange [0:");
    tt_frame_num(to, top);
    tt_buf_text(to, "]\nset ytics 0,");
    tt_frame_num(to, step);
    tt_buf_text(to, " scale 0 format '%g\u00A0%%' font ',12' tc rgb soft\nset grid ytics back lt 1 lw 1 lc rgb line\n");
}

/* Label k of the column at the right, at y pixels, tied by a line of its colour to (x, v) in the plot; v NAN: there is
 * nothing to tie it to, and a short line beside it shows its colour. */
static void side_label(tt_buf *to, tt_str name, size_t k, double x, double v, int right, double y)
{
    tt_buf at = {0};
    if (isnan(v)) {
        tt_buf_f(to, "set arrow from screen sx(W - %d), screen sy(", right - 8);
        tt_frame_num(to, y);
        tt_buf_char(to, ')');
    } else {
        tt_buf_text(to, "set arrow from first ");
        tt_frame_num(to, x);
        tt_buf_text(to, ", first ");
        tt_frame_num(to, v);
    }
    tt_buf_f(to, " to screen sx(W - %d), screen sy(", right - 18);
    tt_frame_num(to, y);
    tt_buf_f(to, ") nohead front lw %d lc rgb color[%zu]\n", isnan(v) ? 2 : 1, k + 1);
    tt_buf_f(&at, "screen sx(W - %d), screen sy(", right - 23);
    tt_frame_num(&at, y);
    tt_buf_char(&at, ')');
    to->failed |= at.failed;
    if (!to->failed)
        tt_frame_label(to, name, at.p, "left front tc rgb ink");
    tt_buf_release(&at);
}

/* ---- lines ---- */

enum { LINES_PLOT = 300, LINES_LEFT = 56, LINES_BOTTOM = 46, LABEL_GAP = 17 };

/* Period of the last value in row i; n_periods: none. */
static size_t last_value(const tt_grid *g, size_t i)
{
    for (size_t j = g->n_periods; j-- > 0;)
        if (!isnan(g->value[i * g->n_periods + j]))
            return j;
    return g->n_periods;
}

static void line_labels(tt_buf *to, const tt_grid *g, const tt_frame *f, double top)
{
    double y[TT_PLOT_LINES];
    size_t n = g->n_periods;
    double high = f->height - f->bottom;
    for (size_t i = 0; i < g->n_rows; i++) {
        size_t j = last_value(g, i);
        y[i] = high - (j < n ? g->value[i * n + j] * 100 : 0) / top * (high - f->top);
    }
    tt_frame_spread(y, g->n_rows, LABEL_GAP, f->top, high);
    for (size_t i = 0; i < g->n_rows; i++) {
        size_t j = last_value(g, i);
        if (j < n)
            side_label(to, g->rows[i], i, (double)j, g->value[i * n + j] * 100, f->right, y[i]);
    }
}

/* Solid between complete periods, dashed to and between incomplete ones. */
static void line_plots(tt_buf *to, const tt_grid *g)
{
    size_t n = g->n_periods, first = 0, last = n - 1;
    while (first < last && !g->complete[first])
        first++;
    while (last > first && !g->complete[last])
        last--;
    tt_buf_f(to, "n = %zu; first = %zu; last = %zu\n", g->n_rows, first, last);
    tt_buf_text(
        to, "plot for [k=1:n] $data using 1:(column(k+2)) every ::0::first with lines lw 1.5 dt (8,5) lc rgb "
            "color[k], \\\n"
            "     for [k=1:n] $data using 1:(column(k+2)) every ::last with lines lw 1.5 dt (8,5) lc rgb color[k], "
            "\\\n"
            "     for [k=1:n] $data using 1:(column(k+2)) every ::first::last with lines lw 2.4 lc rgb color[k], "
            "\\\n"
            "     for [k=1:n] $data using 1:(column(k+2)) with points pt 7 ps 0.8 lc rgb color[k], \\\n"
            "     for [k=1:n] $data using 1:($2 == 1 ? NaN : column(k+2)) with points pt 7 ps 0.45 lc rgb '#FFFFFF'\n");
}

void tt_plot_lines(tt_buf *to, const tt_plot_head *head, const tt_grid *g)
{
    int above = tt_plot_head_height(head) + 8;
    tt_frame f = {.height = above + LINES_PLOT + LINES_BOTTOM,
                  .left = LINES_LEFT,
                  .right = TT_FRAME_EDGE + tt_frame_widest(g->rows, g->n_rows, 13) + 23,
                  .top = above,
                  .bottom = LINES_BOTTOM};
    double max = 0, top;
    for (size_t i = 0; i < g->n_rows * g->n_periods; i++)
        max = fmax(max, g->value[i]);
    double step = tt_frame_step(max * 100, &top);
    tt_frame_begin(to, head, &f);
    data(to, g, false);
    tt_buf_f(to, "set xrange [-0.5:%zu.5]\n", g->n_periods - 1);
    y_axis(to, top, step);
    tt_frame_bands(to, g, false);
    tt_frame_periods(to, g, (double)(TT_PLOT_WIDTH - f.left - f.right) / (double)g->n_periods,
                     f.height - f.bottom + 14);
    line_labels(to, g, &f, top);
    line_plots(to, g);
    tt_frame_end(to);
}

/* ---- stacked bars ---- */

enum { STACK_BAR = 84 };

/* The share of part i in bar j, where there is room for it. */
static void stack_numbers(tt_buf *to, const tt_palette *colors, const tt_grid *g, bool rest)
{
    tt_buf text = {0}, at = {0};
    for (size_t j = 0; j < g->n_periods && !to->failed; j++) {
        double sum = 0;
        for (size_t i = 0; i < g->n_rows && !to->failed; i++) {
            double v = g->value[i * g->n_periods + j];
            sum += v;
            if (!(v >= 0.05))
                continue;
            tt_buf_reset(&text);
            tt_buf_reset(&at);
            tt_frame_num(&text, round(v * 100));
            tt_buf_f(&at, "first %zu, first ", j);
            tt_frame_num(&at, (sum - v / 2) * 100);
            to->failed |= text.failed || at.failed;
            if (!to->failed)
                tt_frame_label(to, (tt_str){text.p, text.n}, at.p,
                               tt_color_dark(colors->series[i]) && !(rest && i + 1 == g->n_rows)
                                   ? "center front font ',12' tc rgb '#FFFFFF'"
                                   : "center front font ',12' tc rgb '#000000'");
        }
    }
    tt_buf_release(&text);
    tt_buf_release(&at);
}

/* Names at the middle of the parts of the last bar that is not empty. */
static void stack_labels(tt_buf *to, const tt_grid *g, const tt_frame *f, double half)
{
    double y[TT_PLOT_LINES], middle[TT_PLOT_LINES], sum = 0;
    double high = f->height - f->bottom;
    size_t j = last_value(g, 0);
    if (j == g->n_periods)
        return;
    for (size_t i = 0; i < g->n_rows; i++) {
        double v = g->value[i * g->n_periods + j];
        middle[i] = (sum + v / 2) * 100;
        sum += v;
        /* Equal places keep the order of the stack: a later part stands higher. */
        y[i] = high - middle[i] / 100 * (high - f->top) - (double)i * 1e-6;
    }
    tt_frame_spread(y, g->n_rows, LABEL_GAP, f->top + 6, high - 6);
    for (size_t i = 0; i < g->n_rows; i++)
        side_label(to, g->rows[i], i, (double)j + half, g->value[i * g->n_periods + j] > 0 ? middle[i] : NAN, f->right,
                   y[i]);
}

void tt_plot_stack(tt_buf *to, const tt_plot_head *head, const tt_grid *g, bool rest)
{
    int above = tt_plot_head_height(head) + 8;
    tt_frame f = {.height = above + LINES_PLOT + LINES_BOTTOM,
                  .left = LINES_LEFT,
                  .right = TT_FRAME_EDGE + tt_frame_widest(g->rows, g->n_rows, 13) + 23,
                  .top = above,
                  .bottom = LINES_BOTTOM};
    double px = (double)(TT_PLOT_WIDTH - f.left - f.right) / (double)g->n_periods;
    if (px > STACK_BAR / 0.7) { /* few bars: no wider than this, the rest stays empty at the right */
        px = STACK_BAR / 0.7;
        f.right = TT_PLOT_WIDTH - f.left - (int)(px * (double)g->n_periods);
    }
    double half = px < 16 ? 0.5 : 0.38;
    const tt_palette colors = tt_frame_palette(head);
    tt_frame_begin(to, head, &f);
    data(to, g, true);
    if (rest)
        tt_buf_f(to, "color[%zu] = '#C4C4C4'\n", g->n_rows);
    tt_buf_f(to, "set xrange [-0.5:%zu.5]\n", g->n_periods - 1);
    y_axis(to, 100, 25);
    tt_frame_bands(to, g, true);
    tt_frame_periods(to, g, px, f.height - f.bottom + 14);
    if (px * 2 * half >= TT_PLOT_LABELLED)
        stack_numbers(to, &colors, g, rest);
    stack_labels(to, g, &f, half);
    tt_buf_text(to, "half = ");
    tt_frame_num(to, half);
    tt_buf_f(to,
             "\nplot for [k=1:%zu] $data using 1:(0):($1-half):($1+half):(column(k+2)):(column(k+3)) with boxxyerror "
             "fc rgb color[k] fs solid %s\n",
             g->n_rows, px < 6 ? "noborder" : "border rgb '#FFFFFF'");
    tt_frame_end(to);
}
