/* plot: charts as gnuplot scripts with their data inside. plot*.c are the only files that know gnuplot's language;
 * report/draw.c runs them. Each script draws NAME.svg beside itself, wherever it is run; with `-e "tt_png=1"` before its
 * name it draws NAME.png instead, with `-e "tt_pdf=1"` NAME.pdf, with `-e "tt_stdout=1"` it draws to standard output. Foreign text reaches a script
 * only through tt_plot_string, and only as the text of `set label`: gnuplot reads \n and \101 in strings that it plots
 * `with labels`, and % in the names of tics. */
#ifndef TT_REPORT_PLOT_H
#define TT_REPORT_PLOT_H

/* In the first line of every script. */
#define TT_PLOT_MARK "for gnuplot 5.4 or newer; all data stand in this file."

#include "report/look.h"

/* A phone shows a picture 358 pixels wide: its smallest text (12) is then 9 pixels high. */
enum {
    TT_PLOT_WIDTH = 480, /* pixels of each SVG; a PNG has twice as many */
    TT_PLOT_CHARS = 24,  /* characters of a label; a longer one ends in … (fewer where they are wide, as Han is) */
    TT_PLOT_LINES = TT_LOOK_COLORS, /* lines, and parts of a stack: as many as there are colours */
    TT_PLOT_LABELLED = 21,          /* a cell or bar at least this wide (pixels) holds its number */
    TT_PLOT_ROWS = 24               /* rows of dots or of a heat map at most */
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
    tt_str note;              /* after the subtitle: what is incomplete; may be empty */
    const tt_palette *colors; /* NULL: default */
} tt_plot_head;

/* Pixels that title, subtitle and note take at the top: a page that says them itself may cut them off there. */
int tt_plot_head_height(const tt_plot_head *head);

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
    const tt_str *ticks; /* NULL: `periods`; else what stands at the axis, empty where nothing does */
    const tt_str *text;  /* what cells of a heat map hold; NULL: the value in per cent */
    bool upright;        /* a heat map's headings are long and stand upright */
} tt_grid;

/* At most TT_PLOT_LINES rows; at least 2 periods. */
void tt_plot_lines(tt_buf *to, const tt_plot_head *head, const tt_grid *g);
/* At most TT_PLOT_ROWS rows. */
void tt_plot_heat(tt_buf *to, const tt_plot_head *head, const tt_grid *g);
/* At most TT_PLOT_LINES rows, each period's sum is 1 or all of it NAN; the last row is grey if `rest` is set. */
void tt_plot_stack(tt_buf *to, const tt_plot_head *head, const tt_grid *g, bool rest);

/* A row of a dot chart: a value, what it was before, its interval. NAN: not there. */
typedef struct tt_dot {
    tt_str label;
    double value, before, low, high;
    bool second; /* in the second colour */
    tt_str note; /* printed at the right edge */
} tt_dot;

typedef struct tt_dots {
    const tt_dot *v;
    size_t n;         /* 1 to TT_PLOT_ROWS */
    const char *unit; /* behind the numbers of the axis: "\u00A0%", "" */
    bool ratio;       /* values are binary logarithms of ratios, around 0: the axis says ×2, ×4 */
    tt_str now, then; /* names of the marks, at the first row that has both; may be empty */
} tt_dots;

void tt_plot_dots(tt_buf *to, const tt_plot_head *head, const tt_dots *d);

/* Ranks by period. place[i * n_periods + j] is 1 to n_rows, each once in a period: where row i stands; rank is the text
 * in its mark, empty where the row does not occur there. Labels stand at the last period. */
typedef struct tt_bump {
    const tt_str *rows;
    size_t n_rows; /* at most 10 */
    const tt_str *periods;
    const bool *complete;
    size_t n_periods; /* 2 or more */
    const uint8_t *place;
    const tt_str *rank;
    size_t review; /* the period that the chart is about */
} tt_bump;

void tt_plot_bump(tt_buf *to, const tt_plot_head *head, const tt_bump *b);

/* Values by day: a line to each, its median, and texts at some. */
typedef struct tt_day_value {
    int32_t day; /* rising */
    double value;
    tt_str text; /* printed at its top; usually empty */
} tt_day_value;

typedef struct tt_days {
    const tt_day_value *v;
    size_t n;            /* above 0 */
    int32_t first, last; /* days of the axis */
    double median;
    tt_str median_text;
    const char *const *months; /* short names */
    int32_t ends;              /* the last day that anything is known of; what lies behind it is hatched */
    tt_str beyond;             /* what stands on the hatching; may be empty */
} tt_days;

void tt_plot_days(tt_buf *to, const tt_plot_head *head, const tt_days *d);

enum { TT_CARD_ROWS = 5 };

/* A card to share: 1200 x 630 pixels, always a PNG, drawn into the folder above. */
typedef struct tt_card {
    tt_str title;    /* of the newsletter; foreign */
    tt_str year;     /* "2020", "2021*" */
    tt_str note;     /* below: what the bars are */
    tt_str caveat;   /* below that: "* 2021 is incomplete: …"; may be empty */
    const tt_bar *v; /* label, value (0 to 1) and note; at most TT_CARD_ROWS */
    size_t n;
} tt_card;

void tt_plot_card(tt_buf *to, const tt_plot_head *head, const tt_card *card);

#endif
