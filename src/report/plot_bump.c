/* In: ranks by period; values by day. Out: gnuplot scripts: a bump chart, lines by day. Not here: what is charted
 * (charts_year*.c), the frame (plot.c), the axis of periods (plot_time.c). */
#include "report/plot_frame.h"

#include "base/str.h"

#include <math.h>

/* ---- ranks ---- */

enum { BUMP_ROW = 27, BUMP_TOP = 26, BUMP_BOTTOM = 12 };

static uint8_t place_of(const tt_bump *b, size_t i, size_t j)
{
    return b->place[i * b->n_periods + j];
}

static bool occurs(const tt_bump *b, size_t i, size_t j)
{
    return b->rank[i * b->n_periods + j].n != 0;
}

/* Rows are coloured in their order at the review; what is beyond the colours is grey. */
static int color_of(const tt_bump *b, size_t i)
{
    int place = place_of(b, i, b->review);
    return place <= TT_PLOT_LINES ? place : 0;
}

/* From period j to the next: thin and dashed where the row is missing on either side. */
static void bump_line(tt_buf *to, const tt_bump *b, size_t i, size_t j)
{
    bool whole = occurs(b, i, j) && occurs(b, i, j + 1);
    int color = color_of(b, i);
    tt_buf_f(to, "set arrow from first %zu, first %d to first %zu, first %d nohead back lw %s lc rgb ", j,
             place_of(b, i, j), j + 1, place_of(b, i, j + 1), whole ? "2.4" : "1 dt (3,4)");
    if (color)
        tt_buf_f(to, "color[%d]\n", color);
    else
        tt_buf_text(to, "'#8A8A8A'\n");
}

/* Where there is no room for all marks, only those of the review are there; the others are dots. */
static bool has_mark(const tt_bump *b, size_t i, size_t j, bool all)
{
    return occurs(b, i, j) && (all || j == b->review);
}

static void bump_data(tt_buf *to, const tt_bump *b, double px, bool all)
{
    tt_buf_text(to, "# period, place, colour (0: grey), half width of the mark (0: none), 1 where the row occurs\n"
                    "$marks << EOD\n");
    for (size_t i = 0; i < b->n_rows; i++)
        for (size_t j = 0; j < b->n_periods; j++) {
            double half = tt_frame_width(b->rank[i * b->n_periods + j], 12) / 2.0 + 6;
            tt_buf_f(to, "%zu %d %d ", j, place_of(b, i, j), color_of(b, i));
            tt_frame_num(to, has_mark(b, i, j, all) ? half / px : 0);
            tt_buf_f(to, " %d\n", occurs(b, i, j));
        }
    tt_buf_text(to, "EOD\n");
}

static void bump_marks(tt_buf *to, const tt_bump *b, const tt_palette *colors, bool all)
{
    tt_buf at = {0};
    for (size_t i = 0; i < b->n_rows; i++)
        for (size_t j = 0; j < b->n_periods && !to->failed; j++) {
            int color = color_of(b, i);
            if (!has_mark(b, i, j, all))
                continue;
            tt_buf_reset(&at);
            tt_buf_f(&at, "first %zu, first %d", j, place_of(b, i, j));
            bool white = color == 0 || tt_color_dark(colors->series[color - 1]);
            tt_frame_label(to, b->rank[i * b->n_periods + j], at.failed ? "" : at.p,
                           white ? "center front font ',12' tc rgb '#FFFFFF'"
                                 : "center front font ',12' tc rgb '#000000'");
            to->failed |= at.failed;
        }
    tt_buf_release(&at);
}

static void bump_labels(tt_buf *to, const tt_bump *b, int right)
{
    tt_buf at = {0};
    for (size_t i = 0; i < b->n_rows && !to->failed; i++) {
        tt_buf_reset(&at);
        tt_buf_f(&at, "screen sx(W - %d), first %d", right - 6, place_of(b, i, b->n_periods - 1));
        tt_frame_label(to, b->rows[i], at.failed ? "" : at.p, "left front tc rgb ink");
        to->failed |= at.failed;
    }
    tt_buf_release(&at);
}

void tt_plot_bump(tt_buf *to, const tt_plot_head *head, const tt_bump *b)
{
    const tt_palette colors = tt_frame_palette(head);
    int above = tt_plot_head_height(head) + BUMP_TOP;
    const tt_grid axis = {.periods = b->periods, .complete = b->complete, .n_periods = b->n_periods};
    tt_frame f = {.height = above + BUMP_ROW * (int)b->n_rows + BUMP_BOTTOM,
                  .left = TT_FRAME_EDGE,
                  .right = TT_FRAME_EDGE + tt_frame_widest(b->rows, b->n_rows, 13) + 6,
                  .top = above,
                  .bottom = BUMP_BOTTOM};
    double px = (double)(TT_PLOT_WIDTH - f.left - f.right) / (double)b->n_periods;
    bool all = px >= tt_frame_widest(b->rank, b->n_rows * b->n_periods, 12) + 16;
    tt_frame_begin(to, head, &f);
    bump_data(to, b, px, all);
    tt_buf_f(to, "set xrange [-0.5:%zu.5]\nset yrange [%zu.5:0.5]\n", b->n_periods - 1, b->n_rows);
    tt_frame_bands(to, &axis, false);
    tt_frame_periods(to, &axis, px, above - 12);
    tt_buf_f(to, "set arrow from first %zu - 0.3, graph 1 to first %zu + 0.3, graph 1 nohead front lw 2 lc rgb ink\n",
             b->review, b->review);
    for (size_t i = 0; i < b->n_rows; i++)
        for (size_t j = 0; j + 1 < b->n_periods; j++)
            bump_line(to, b, i, j);
    bump_marks(to, b, &colors, all);
    bump_labels(to, b, f.right);
    tt_buf_text(
        to, "hue(k) = k ? color[k] : '#767676'\n"
            "plot $marks using ($5 == 1 ? NaN : $1):2 with points pt 7 ps 0.5 lc rgb '#8A8A8A', \\\n"
            "     for [k=0:8] $marks using ($5 == 1 && $4 == 0 && $3 == k ? $1 : NaN):2 with points pt 7 ps 0.9 lc "
            "rgb hue(k), \\\n"
            "     for [k=0:8] $marks using ($4 > 0 && $3 == k ? $1 : NaN):2:($1-$4):($1+$4):($2-0.35):($2+0.35) with "
            "boxxyerror fc rgb hue(k)\n");
    tt_frame_end(to);
}

/* ---- values by day ---- */

enum { DAYS_PLOT = 220, DAYS_LEFT = 56, DAYS_BOTTOM = 34, DAYS_TOP = 16 };

/* The name of each month at its middle. */
static void month_ticks(tt_buf *to, const tt_days *d, const tt_frame *f)
{
    int year, month, day;
    tt_buf at = {0};
    tt_day_split(d->first, &year, &month, &day);
    for (int32_t start; tt_day_of(year, month, 1, &start) && start <= d->last && !to->failed; month++) {
        int32_t middle = start + 15;
        if (middle >= d->first && middle <= d->last) {
            tt_buf_reset(&at);
            tt_buf_f(&at, "first %d, screen sy(%d)", middle, f->height - f->bottom + 14);
            tt_frame_label(to, tt_str_of(d->months[month - 1]), at.failed ? "" : at.p, "center font ',12' tc rgb soft");
            to->failed |= at.failed;
        }
        if (month == 12) {
            month = 0;
            year++;
        }
    }
    tt_buf_release(&at);
}

static void day_texts(tt_buf *to, const tt_days *d)
{
    tt_buf at = {0};
    for (size_t i = 0; i < d->n && !to->failed; i++) {
        if (!d->v[i].text.n)
            continue;
        bool late = d->v[i].day > d->first + (d->last - d->first) * 2 / 3;
        tt_buf_reset(&at);
        tt_buf_f(&at, "first %d, first ", d->v[i].day);
        tt_frame_num(&at, d->v[i].value);
        tt_frame_label(to, d->v[i].text, at.failed ? "" : at.p,
                       late ? "right front offset char 0.5,0.8 font ',12' tc rgb ink"
                            : "left front offset char -0.5,0.8 font ',12' tc rgb ink");
        to->failed |= at.failed;
    }
    tt_buf_release(&at);
}

/* Its text stands where it has room: at the right, and not where the hatching is narrow. */
static void days_beyond(tt_buf *to, const tt_days *d, const tt_frame *f)
{
    const double day = (double)(TT_PLOT_WIDTH - f->left - f->right) / (d->last - d->first + 6);
    tt_buf at = {0};
    if (d->ends >= d->last)
        return;
    tt_frame_hatch(to, d->ends + 3, d->last + 3, false);
    if (tt_frame_width(d->beyond, 12) > (d->last - d->ends) * day)
        return;
    tt_buf_f(&at, "first %d, graph 0.94", d->last + 2);
    tt_frame_label(to, d->beyond, at.failed ? "" : at.p, "right front font ',12' tc rgb soft");
    to->failed |= at.failed;
    tt_buf_release(&at);
}

void tt_plot_days(tt_buf *to, const tt_plot_head *head, const tt_days *d)
{
    int above = tt_plot_head_height(head) + DAYS_TOP;
    tt_frame f = {.height = above + DAYS_PLOT + DAYS_BOTTOM,
                  .left = DAYS_LEFT,
                  .right = TT_FRAME_EDGE + tt_frame_width(d->median_text, 12) + 8,
                  .top = above,
                  .bottom = DAYS_BOTTOM};
    double max = 0, top;
    for (size_t i = 0; i < d->n; i++)
        max = fmax(max, d->v[i].value);
    double step = tt_frame_step(max, &top);
    tt_frame_begin(to, head, &f);
    tt_buf_text(to, "# day since 1970-01-01, value\n$days << EOD\n");
    for (size_t i = 0; i < d->n; i++) {
        tt_buf_f(to, "%d ", d->v[i].day);
        tt_frame_num(to, d->v[i].value);
        tt_buf_char(to, '\n');
    }
    tt_buf_f(to, "EOD\nset xrange [%d:%d]\nset yrange [0:", d->first - 3, d->last + 3);
    tt_frame_num(to, max > 0 ? max * 1.04 : top);
    tt_buf_text(to, "]\nset ytics 0,");
    tt_frame_num(to, step);
    tt_buf_text(to, " scale 0 format '%g' font ',12' tc rgb soft\nset grid ytics back lt 1 lw 1 lc rgb line\n");
    month_ticks(to, d, &f);
    day_texts(to, d);
    days_beyond(to, d, &f);
    tt_buf_text(to, "set arrow from graph 0, first ");
    tt_frame_num(to, d->median);
    tt_buf_text(to, " to graph 1, first ");
    tt_frame_num(to, d->median);
    tt_buf_text(to, " nohead front lw 1.5 dt (6,4) lc rgb ink\n");
    tt_buf at = {0};
    tt_buf_text(&at, "graph 1, first ");
    tt_frame_num(&at, d->median);
    if (!at.failed)
        tt_frame_label(to, d->median_text, at.p, "left offset char 0.8,0 font ',12' tc rgb ink");
    to->failed |= at.failed;
    tt_buf_release(&at);
    double px = (double)(TT_PLOT_WIDTH - f.left - f.right) / (double)d->n;
    tt_buf_text(to, "plot $days using 1:2 with impulses lw ");
    tt_frame_num(to, px > 12 ? 6 : px > 6 ? 4 : px > 3 ? 2 : 1);
    tt_buf_text(to, " lc rgb color[1]\n");
    tt_frame_end(to);
}
