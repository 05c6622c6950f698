/* In: rows with a value, a value before, an interval. Out: gnuplot scripts of dot charts. Not here: what is charted
 * (charts_year*.c), the frame (plot.c). */
#include "report/plot_frame.h"

#include "base/str.h"

#include <math.h>
#include <stdlib.h>

enum { DOT_ROW = 24, DOT_BOTTOM = 34, DOT_NAMES = 20, DOT_LEAST = 2 };

/* ---- dots ---- */

static tt_frame dots_frame(const tt_plot_head *head, const tt_dots *d, bool named)
{
    int label = 0, note = 0;
    for (size_t i = 0; i < d->n; i++) {
        int l = tt_frame_width(d->v[i].label, 13), r = tt_frame_width(d->v[i].note, 12);
        label = l > label ? l : label;
        note = r > note ? r : note;
    }
    int top = tt_plot_head_height(head) + (named ? DOT_NAMES : 0);
    return (tt_frame){.height = top + (int)d->n * DOT_ROW + DOT_BOTTOM,
                      .left = TT_FRAME_EDGE + label + 14,
                      .right = TT_FRAME_EDGE + note + 14,
                      .top = top,
                      .bottom = DOT_BOTTOM};
}

static void dot_data(tt_buf *to, const tt_dots *d)
{
    tt_buf_text(to, "# row, value, before, low, high, colour\n$dots << EOD\n");
    for (size_t i = 0; i < d->n; i++) {
        const double v[] = {d->v[i].value, d->v[i].before, d->v[i].low, d->v[i].high};
        tt_buf_f(to, "%zu", i + 1);
        for (size_t j = 0; j < 4; j++) {
            tt_buf_char(to, ' ');
            tt_frame_num(to, v[j]);
        }
        tt_buf_f(to, " %d\n", d->v[i].second ? 2 : 1);
    }
    tt_buf_text(to, "EOD\n");
}

static void dot_labels(tt_buf *to, const tt_dots *d, const tt_frame *f)
{
    tt_buf at = {0};
    for (size_t i = 0; i < d->n && !to->failed; i++) {
        tt_buf_reset(&at);
        tt_buf_f(&at, "screen sx(%d), first %zu", f->left - 14, i + 1);
        tt_frame_label(to, d->v[i].label, at.failed ? "" : at.p, "right tc rgb ink");
        tt_buf_reset(&at);
        tt_buf_f(&at, "screen sx(W - %d), first %zu", TT_FRAME_EDGE, i + 1);
        if (d->v[i].note.n)
            tt_frame_label(to, d->v[i].note, at.failed ? "" : at.p, "right font ',12' tc rgb ink");
        to->failed |= at.failed;
    }
    tt_buf_release(&at);
}

/* The first row that has both marks, and both somewhat apart, else the first with both; n: none. */
static size_t named_row(const tt_dots *d)
{
    if (!d->now.n)
        return d->n;
    for (size_t i = 0; i < d->n; i++)
        if (!isnan(d->v[i].before) && !isnan(d->v[i].value))
            return i;
    return d->n;
}

static void mark_name(tt_buf *to, tt_str name, double x, bool left, const char *color, const tt_frame *f)
{
    tt_buf at = {0}, how = {0};
    tt_buf_text(&at, "first ");
    tt_frame_num(&at, x);
    tt_buf_f(&at, ", screen sy(%d)", f->top - 8);
    tt_buf_f(&how, "%s font ',12' tc rgb %s", left ? "right offset char -0.2,0" : "left offset char 0.2,0", color);
    to->failed |= at.failed || how.failed;
    if (!to->failed)
        tt_frame_label(to, name, at.p, how.p);
    tt_buf_release(&at);
    tt_buf_release(&how);
}

/* Ends of the axis. */
static void ratio_axis(tt_buf *to, const tt_dots *d, int width)
{
    enum { APART = 52 }; /* pixels from one number to the next */
    double most = 1;
    for (size_t i = 0; i < d->n; i++) {
        most = fmax(most, fabs(d->v[i].value));
        most = fmax(most, isnan(d->v[i].low) ? 0 : fmax(fabs(d->v[i].low), fabs(d->v[i].high)));
    }
    int k = (int)ceil(most), step = (APART * (2 * k + 1) + width - 1) / width;
    tt_buf_f(to, "set xrange [%d.25:%d.25]\n", -k, k);
    tt_buf_text(to, "set xtics (");
    for (int i = -(k / step) * step; i <= k; i += step) {
        if (i == 0)
            tt_buf_text(to, "'same' 0");
        else if (abs(i) < 31)
            tt_buf_f(to, "'%s%ld' %d", i < 0 ? "÷" : "×", 1L << abs(i), i);
        tt_buf_text(to, i + step <= k ? ", " : "");
    }
    tt_buf_text(to, ") scale 0 font ',12' tc rgb soft\nset grid xtics back lt 1 lw 1 lc rgb line\n"
                    "set arrow from first 0, graph 0 to first 0, graph 1 nohead back lw 1 lc rgb soft\n");
}

static void plain_axis(tt_buf *to, const tt_dots *d)
{
    double max = 0, top;
    for (size_t i = 0; i < d->n; i++) {
        max = fmax(max, d->v[i].value);
        max = fmax(max, isnan(d->v[i].before) ? 0 : d->v[i].before);
        max = fmax(max, isnan(d->v[i].high) ? 0 : d->v[i].high);
    }
    double step = tt_frame_step(max, &top);
    tt_buf_text(to, "set xrange [0:");
    tt_frame_num(to, max > 0 ? max * 1.02 : top);
    tt_buf_text(to, "]\nset xtics 0,");
    tt_frame_num(to, step);
    tt_buf_f(to, " scale 0 format '%%g%s' font ',12' tc rgb soft\nset grid xtics back lt 1 lw 1 lc rgb line\n",
             d->unit[0] == '%' ? "\u00A0%%" : d->unit);
}

void tt_plot_dots(tt_buf *to, const tt_plot_head *head, const tt_dots *d)
{
    size_t named = named_row(d);
    const tt_frame f = dots_frame(head, d, named == 0);
    const tt_palette colors = tt_frame_palette(head);
    tt_color band[2];
    for (int i = 0; i < 2; i++)
        tt_color_mix(band[i], colors.series[i], "#FFFFFF", 0.25);
    tt_frame_begin(to, head, &f);
    dot_data(to, d);
    tt_buf_f(to, "array band[2] = ['%s', '%s']\nset yrange [%zu.5:0.5]\n", band[0], band[1], d->n);
    if (d->ratio)
        ratio_axis(to, d, TT_PLOT_WIDTH - f.left - f.right);
    else
        plain_axis(to, d);
    dot_labels(to, d, &f);
    if (named == 0) {
        bool less = d->v[0].value < d->v[0].before;
        mark_name(to, d->now, d->v[0].value, less, "color[1]", &f);
        mark_name(to, d->then, d->v[0].before, !less, "soft", &f);
    }
    tt_buf_text(
        to, "shade(k) = int(column(6)) == k ? 0 : NaN\n"
            "plot for [k=1:2] $dots using ($4+shade(k)):1:4:5:($1-0.22):($1+0.22) with boxxyerror fc rgb band[k], \\\n"
            "     $dots using 3:1:($2-$3):(0) with vectors nohead lw 1.2 lc rgb soft, \\\n"
            "     $dots using 3:1 with points pt 7 ps 0.75 lc rgb soft, \\\n"
            "     $dots using 3:1 with points pt 7 ps 0.5 lc rgb '#FFFFFF', \\\n"
            "     for [k=1:2] $dots using ($2+shade(k)):1 with points pt 7 ps 0.95 lc rgb color[k]\n");
    tt_frame_end(to);
}
