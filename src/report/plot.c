/* In: foreign text, bars. Out: gnuplot scripts: strings that print as they are, the frame of every chart, bar charts.
 * Not here: what is charted (charts.c), lines and cells over time (plot_time.c), running gnuplot (draw.c). */
#include "report/plot.h"

#include "base/str.h"
#include "base/unicode.h"
#include "report/plot_frame.h"

#include <math.h>
#include <string.h>

/* ---- text ---- */

/* The next character of s at *at; what XML 1.0 does not allow, or is no UTF-8, is U+FFFD, white space a blank. */
static uint32_t next_char(tt_str s, size_t *at)
{
    uint32_t cp = 0xFFFD;
    size_t n = tt_utf8_decode(s.p + *at, s.n - *at, &cp);
    if (n == 0)
        cp = 0xFFFD;
    *at += n ? n : 1;
    if ((cp >= 0x09 && cp <= 0x0D) || cp == 0x85 || cp == 0x2028 || cp == 0x2029)
        return ' ';
    if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || (cp & 0xFFFE) == 0xFFFE)
        return 0xFFFD;
    return cp;
}

static void add_char(tt_buf *to, uint32_t cp)
{
    char utf8[TT_UTF8_MAX];
    tt_buf_add(to, utf8, tt_utf8_encode(cp, utf8));
}

/* U+2060 WORD JOINER: takes no room. */
static void add_joiner(tt_buf *to)
{
    tt_buf_text(to, "\xE2\x81\xA0");
}

/* In single quotes nothing is read but a quote, and that gnuplot reads wrongly in more than one way: its scanner takes
 * the doubled quote of `'''a'` for the end of an empty string, its search for macros loses count at "'". So a quote is
 * written as tt_q, a string of the script's opening, joined by dots. */
static void add_quoted(tt_buf *to, tt_str s, bool more, bool plain)
{
    uint32_t before = 0, before2 = 0;
    tt_buf_char(to, '\'');
    for (size_t at = 0; at < s.n;) {
        uint32_t cp = next_char(s, &at);
        if ((cp == 'x' && before == '#' && before2 == '&') || (cp == '>' && before == ']' && before2 == ']'))
            add_joiner(to);
        if (cp == '\'')
            tt_buf_text(to, "'.tt_q.'");
        else
            add_char(to, plain && tt_plot_rare(cp) ? 0x25A1 : cp);
        before2 = before;
        before = cp;
    }
    if (more)
        tt_buf_text(to, "…");
    tt_buf_char(to, '\'');
}

static void add_string(tt_buf *to, tt_str s, bool more)
{
    bool rare = false, joined = s.n && memchr(s.p, '\'', s.n);
    for (size_t at = 0; at < s.n && !rare;)
        rare = tt_plot_rare(next_char(s, &at));
    if (rare || joined)
        tt_buf_char(to, '(');
    if (rare) {
        tt_buf_text(to, "tt_plain ? ");
        add_quoted(to, s, more, true);
        tt_buf_text(to, " : ");
    }
    add_quoted(to, s, more, false);
    if (rare || joined)
        tt_buf_char(to, ')');
}

bool tt_plot_rare(uint32_t cp)
{
    if (cp < 0x530 || cp == 0xFEFF || cp == 0xFFFD || tt_cp_vanishes(cp))
        return false;
    return !((cp >= 0x1E00 && cp < 0x2300) || cp == 0x25A1 || (cp >= 0xFE00 && cp < 0xFE10));
}

void tt_plot_string(tt_buf *to, tt_str s)
{
    add_string(to, s, false);
}

/* Width in thousandths of the font's size: ASCII as in DejaVu Sans, the rest roughly so. */
static int char_width(uint32_t cp)
{
    static const short ascii[] = {317,  400, 459, 837, 636, 950, 779, 274, 390, 390, 500, 837, 317, 360, 317, 336,
                                  636,  636, 636, 636, 636, 636, 636, 636, 636, 636, 336, 336, 837, 837, 837, 530,
                                  1000, 684, 686, 698, 770, 631, 575, 774, 751, 294, 294, 655, 557, 862, 748, 787,
                                  603,  787, 694, 634, 610, 731, 684, 988, 685, 610, 685, 390, 336, 390, 837, 500,
                                  500,  612, 634, 549, 634, 615, 352, 634, 633, 277, 277, 579, 277, 974, 633, 611,
                                  634,  634, 411, 520, 392, 633, 591, 817, 591, 591, 524, 636, 336, 636, 837};
    if (cp >= 0x20 && cp < 0x7F)
        return ascii[cp - 0x20];
    if (tt_cp_mark(cp) || tt_cp_vanishes(cp) || (cp >= 0x202A && cp <= 0x202F) || (cp >= 0x2066 && cp <= 0x2069))
        return cp == 0x202F ? 200 : 0;
    if (cp == 0xA0)
        return 317;
    return cp >= 0x1100 && (cp < 0x1E00 || cp > 0x2BFF) ? 1050 : 690;
}

/* How much of `s` a label shows: at most so many characters and so wide (thousandths of the font's size); a mark stays
 * with its letter. `*width` is what is shown, with its … */
static tt_str part_in(tt_str s, size_t chars, int room, bool *cut, int *width)
{
    enum { DOTS = 1000 };
    size_t n_chars = 0, fits = 0;
    int w = 0, w_fits = 0;
    *cut = false;
    for (size_t at = 0; at < s.n;) {
        size_t begin = at;
        uint32_t cp = next_char(s, &at);
        int own = char_width(cp);
        bool joins = own == 0 || (cp >= 0x1F3FB && cp <= 0x1F3FF);
        if (!joins && n_chars < chars && w + DOTS <= room) {
            fits = begin;
            w_fits = w;
        }
        n_chars += !joins;
        w += own;
        if (n_chars > chars || w > room || at > chars * 16) {
            *cut = true;
            *width = w_fits + DOTS;
            return tt_str_trim((tt_str){s.p, fits});
        }
    }
    *width = w;
    return s;
}

/* So many characters and their usual width. */
static tt_str part_of(tt_str s, size_t chars, bool *cut, int *width)
{
    return part_in(s, chars, (int)chars * 640, cut, width);
}

static tt_str label_part(tt_str s, bool *cut, int *width)
{
    return part_of(s, TT_PLOT_CHARS, cut, width);
}

void tt_plot_label(tt_buf *to, tt_str s)
{
    bool cut;
    int width;
    tt_str part = label_part(s, &cut, &width);
    add_string(to, part, cut);
}

void tt_frame_text(tt_buf *to, tt_str s, size_t chars)
{
    bool cut;
    int width;
    tt_str part = part_of(s, chars, &cut, &width);
    add_string(to, part, cut);
}

void tt_frame_fit(tt_buf *to, tt_str s, int pixels, int size)
{
    bool cut;
    int width;
    const int room = pixels * 1000 / size;
    const tt_str part = part_in(s, (size_t)room / 100 + 1, room, &cut, &width);
    add_string(to, part, cut);
}

int tt_frame_width(tt_str text, int size)
{
    bool cut;
    int width;
    label_part(text, &cut, &width);
    return (width * size + 999) / 1000;
}

int tt_frame_widest(const tt_str *texts, size_t n, int size)
{
    int widest = 0;
    for (size_t i = 0; i < n; i++) {
        int w = tt_frame_width(texts[i], size);
        widest = w > widest ? w : widest;
    }
    return widest;
}

void tt_frame_num(tt_buf *to, double x)
{
    char text[TT_NUM_SIZE];
    if (isnan(x)) {
        tt_buf_text(to, "NaN");
        return;
    }
    tt_buf_add(to, text, tt_num_format(x, text));
}

void tt_plot_percent(tt_buf *to, double share)
{
    double p = share * 100;
    if (p > 0 && p < 0.1) {
        tt_buf_text(to, "<0.1\u00A0%");
        return;
    }
    bool whole = p == 0 || p == 100 || (p >= 9.95 && p < 99.5);
    double shown = whole ? round(p) : round(p * 10) / 10;
    if (p < 100 && shown >= 100)
        tt_buf_text(to, ">99.9");
    else
        tt_frame_num(to, shown);
    tt_buf_text(to, "\u00A0%");
}

/* ---- frame ---- */

/* No apostrophe, backquote or @ stands in a comment: gnuplot would read it. The folder is made to begin with / or ./
 * since an output that begins with | is a pipe. A PNG has 2 pixels for one of the SVG, a PDF 72 points for 96. */
static const char opening[] =
    "reset\n"
    "if (!exists('tt_png')) { tt_png = 0 }\n"
    "if (!exists('tt_pdf')) { tt_pdf = 0 }\n"
    "if (!exists('tt_plain')) { tt_plain = 0 }\n"
    "if (!exists('tt_stdout')) { tt_stdout = 0 }\n"
    "if (!exists('ARG0')) { ARG0 = '' }\n"
    "tt_q = \"\\047\"\n"
    "tt_slash = 0\n"
    "do for [tt_i = 1:strlen(ARG0)] { if (ARG0[tt_i:tt_i] eq '/') { tt_slash = tt_i } }\n"
    "tt_folder = tt_slash ? ARG0[1:tt_slash] : ''\n"
    "if (tt_folder[1:1] ne '/') { tt_folder = './'.tt_folder }\n"
    "set encoding utf8\n"
    "if (tt_png) {\n"
    "    set terminal pngcairo size 2*W,2*H font 'DejaVu Sans,13' fontscale 1.5 linewidth 2 pointscale 2.6 "
    "noenhanced butt background '#FFFFFF'\n"
    "} else { if (tt_pdf) {\n"
    "    set terminal pdfcairo size W/96.0,H/96.0 font 'DejaVu Sans,13' fontscale 0.5625 linewidth 1.5 pointscale 0.95 "
    "noenhanced butt background '#FFFFFF'\n"
    "} else {\n"
    "    set terminal svg size W,H fixed font 'DejaVu Sans, Verdana, Helvetica, Arial, sans-serif,13' "
    "noenhanced butt background '#FFFFFF' name tt_name\n"
    "} }\n"
    "tt_ending = tt_png ? '.png' : tt_pdf ? '.pdf' : '.svg'\n"
    "if (tt_stdout) { set output } else { set output tt_folder.tt_file.tt_ending }\n"
    "sx(x) = x / real(W)\n"
    "sy(y) = 1 - y / real(H)\n"
    "ink = '#1F1F1F'; soft = '#5A5A5A'; pale = '#D4D4D4'; line = '#E6E6E6'\n"
    "unset key; unset colorbox; unset border; unset xtics; unset ytics\n"
    "set style fill solid 1 noborder\n";

void tt_frame_label(tt_buf *to, tt_str text, const char *at, const char *how)
{
    tt_buf_text(to, "set label ");
    tt_plot_label(to, text);
    tt_buf_f(to, " at %s %s\n", at, how);
}

/* ---- the head: lines of whole words ---- */

enum { TITLE = 17, TITLE_LINE = 22, SMALL = 12, SMALL_LINE = 17, HEAD_ABOVE = 8, HEAD_BELOW = 12, HEAD_LINES = 8 };

/* The first line of *rest that fits, cut off *rest. What has no blank is cut where it must be. */
static tt_str next_line(tt_str *rest, int size)
{
    const int room = (TT_PLOT_WIDTH - 2 * TT_FRAME_EDGE) * 1000 / size;
    size_t fits = 0, blank = 0;
    int width = 0;
    for (size_t at = 0; at < rest->n;) {
        size_t begin = at;
        uint32_t cp = next_char(*rest, &at);
        if (cp == ' ')
            blank = begin;
        width += char_width(cp);
        if (width > room && cp != ' ')
            break;
        fits = at;
    }
    size_t end = fits == rest->n ? fits : blank ? blank : fits ? fits : rest->n;
    tt_str out = tt_str_trim((tt_str){rest->p, end});
    *rest = tt_str_trim((tt_str){rest->p + end, rest->n - end});
    return out;
}

/* Writes the lines (to NULL: counts them). Returns where the next one would begin. */
static int head_lines(tt_buf *to, tt_str text, int y, int size, int line, const char *how)
{
    tt_str rest = tt_str_trim(text);
    for (int i = 0; rest.n && i < HEAD_LINES; i++, y += line) {
        tt_str one = i + 1 < HEAD_LINES ? next_line(&rest, size) : rest;
        if (i + 1 == HEAD_LINES)
            rest = (tt_str){0};
        if (!to)
            continue;
        tt_buf_text(to, "set label ");
        tt_plot_string(to, one);
        tt_buf_f(to, " at screen sx(%d), screen sy(%d) left %s\n", TT_FRAME_EDGE, y + line / 2, how);
    }
    return y;
}

static int head_all(tt_buf *to, const tt_plot_head *head)
{
    int y = head_lines(to, head->title, HEAD_ABOVE, TITLE, TITLE_LINE, "font ',17' tc rgb ink");
    y = head_lines(to, head->subtitle, y + 2, SMALL, SMALL_LINE, "font ',12' tc rgb soft");
    y = head_lines(to, head->note, y, SMALL, SMALL_LINE, "font ',12' tc rgb soft");
    return y + HEAD_BELOW;
}

int tt_plot_head_height(const tt_plot_head *head)
{
    return head_all(NULL, head);
}

tt_palette tt_frame_palette(const tt_plot_head *head)
{
    tt_palette colors;
    tt_palette_parse(&colors, NULL, NULL);
    return head->colors ? *head->colors : colors;
}

void tt_frame_open(tt_buf *to, const tt_plot_head *head)
{
    const tt_palette colors = tt_frame_palette(head);
    tt_buf_text(to, opening);
    tt_buf_text(to, "array color[8] = [");
    for (size_t i = 0; i < TT_PLOT_LINES; i++)
        tt_buf_f(to, "%s'%s'", i ? ", " : "", colors.series[i]);
    tt_buf_text(to, "]\n");
}

void tt_frame_begin(tt_buf *to, const tt_plot_head *head, const tt_frame *f)
{
    tt_buf_f(to,
             "# %s: " TT_PLOT_MARK "\n"
             "# gnuplot %s.gp draws %s.svg beside this file; gnuplot -e \"tt_png=1\" %s.gp draws %s.png, tt_pdf=1 "
             "%s.pdf.\n"
             "tt_file = '%s'; tt_name = '",
             head->name, head->name, head->name, head->name, head->name, head->name, head->name);
    for (const char *p = head->name; *p; p++)
        tt_buf_char(to, *p == '-' ? '_' : *p); /* the SVG terminal wants letters, digits and _ */
    tt_buf_f(to, "'\nW = %d; H = %d\n", TT_PLOT_WIDTH, f->height);
    tt_frame_open(to, head);
    tt_buf_f(to,
             "set lmargin at screen sx(%d); set rmargin at screen sx(W - %d)\n"
             "set tmargin at screen sy(%d); set bmargin at screen sy(H - %d)\n",
             f->left, f->right, f->top, f->bottom);
    head_all(to, head);
}

void tt_frame_end(tt_buf *to)
{
    tt_buf_text(to, "unset output\n");
}

void tt_frame_hatch(tt_buf *to, double x0, double x1, bool front)
{
    tt_buf_text(to, "set object rectangle from first ");
    tt_frame_num(to, x0);
    tt_buf_text(to, ", graph 0 to first ");
    tt_frame_num(to, x1);
    tt_buf_text(to, front ? ", graph 1 front fs transparent pattern 5 noborder fc rgb '#70B8B8B8'\n"
                          : ", graph 1 behind fs pattern 5 noborder fc rgb pale\n");
}

double tt_frame_step(double max, double *top)
{
    enum { MOST = 4 };
    double step = 1e-6;
    max = max > 0 ? max : 1;
    for (int i = 0; max / step > MOST; i++)
        step *= i % 3 == 1 ? 2.5 : 2; /* 1, 2, 5, 10, … */
    if (step > 40 && step < 60 && max > 50)
        step = 25;
    double n = ceil(max / step - 1e-9);
    *top = step * (n < 1 ? 1 : n);
    return step;
}

/* ---- bars ---- */

enum { BAR_ROW = 24, BAR_GAP = 9, BAR_BOTTOM = 32 };

static tt_frame bars_frame(const tt_plot_head *head, const tt_bar *bars, size_t n)
{
    int label = 0, note = 0;
    for (size_t i = 0; i < n; i++) {
        int l = tt_frame_width(bars[i].label, 13), r = tt_frame_width(bars[i].note, 12);
        label = l > label ? l : label;
        note = r > note ? r : note;
    }
    int top = tt_plot_head_height(head);
    return (tt_frame){.height = top + (int)n * BAR_ROW + BAR_BOTTOM,
                      .left = TT_FRAME_EDGE + label + BAR_GAP,
                      .right = TT_FRAME_EDGE + note + BAR_GAP,
                      .top = top,
                      .bottom = BAR_BOTTOM};
}

/* Label at the foot of bar i, its numbers at its end: behind the interval. */
static void bar_labels(tt_buf *to, const tt_bar *bar, size_t i)
{
    tt_buf at = {0};
    double end = bar->has_ci && bar->high > bar->value ? bar->high : bar->value;
    tt_buf_f(&at, "first 0, first %zu", i + 1);
    tt_frame_label(to, bar->label, at.failed ? "" : at.p, "right offset char -0.8,0 tc rgb ink");
    tt_buf_reset(&at);
    tt_buf_text(&at, "first ");
    tt_frame_num(&at, end * 100);
    tt_buf_f(&at, ", first %zu", i + 1);
    tt_frame_label(to, bar->note, at.failed ? "" : at.p, "left offset char 0.8,0 font ',12' tc rgb ink");
    to->failed |= at.failed;
    tt_buf_release(&at);
}

void tt_plot_bars(tt_buf *to, const tt_plot_head *head, const tt_bar *bars, size_t n)
{
    tt_frame f = bars_frame(head, bars, n);
    double max = 0, top;
    for (size_t i = 0; i < n; i++)
        max = fmax(max, bars[i].has_ci ? fmax(bars[i].value, bars[i].high) : bars[i].value);
    double step = tt_frame_step(max * 100, &top);
    tt_frame_begin(to, head, &f);
    tt_buf_text(to, "# row, share, low, high: per cent of the issues\n$bars << EOD\n");
    for (size_t i = 0; i < n; i++) {
        const double v[] = {bars[i].value, bars[i].has_ci ? bars[i].low : NAN, bars[i].has_ci ? bars[i].high : NAN};
        tt_buf_f(to, "%zu", i + 1);
        for (size_t j = 0; j < 3; j++) {
            tt_buf_char(to, ' ');
            tt_frame_num(to, v[j] * 100);
        }
        tt_buf_char(to, '\n');
    }
    tt_buf_text(to, "EOD\n");
    for (size_t i = 0; i < n; i++)
        bar_labels(to, &bars[i], i);
    tt_buf_f(to, "set yrange [%zu.5:0.5]\nset xrange [0:", n);
    tt_frame_num(to, max > 0 ? max * 100 : top);
    tt_buf_text(to, "]\nset xtics 0,");
    tt_frame_num(to, step);
    tt_buf_text(to, " scale 0 format '%g\u00A0%%' font ',12' tc rgb soft\n"
                    "set grid xtics back lt 1 lw 1 lc rgb line\n"
                    "plot $bars using 2:1:(0):2:($1-0.34):($1+0.34) with boxxyerror fc rgb color[1], \\\n"
                    "     $bars using 3:1:($4-$3):(0) with vectors nohead lw 1.2 lc rgb ink\n");
    tt_frame_end(to);
}
