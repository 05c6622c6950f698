/* In: the topics of a year. Out: the script of a card to share. Not here: which topics (review_card.c), charts (plot.c). */
#include "report/plot.h"

#include "report/plot_frame.h"

/* Half of the pixels of the PNG. Topics are large: seen 300 pixels wide their letters are 13 high. */
enum {
    CARD_WIDTH = 600,
    CARD_HEIGHT = 315,
    CARD_EDGE = 30,
    CARD_TITLE_Y = 38,
    CARD_ROWS_Y = 74,
    CARD_ROW = 40,
    CARD_BAR = 34,
    CARD_NOTE_Y = 293,
    CARD_COUNT = 100, /* room for `22 of 23` */
    CARD_LABEL_CHARS = 30,
    CARD_TITLE_CHARS = 34,
    CARD_NOTE_CHARS = 90
};

static void label(tt_buf *to, tt_str text, size_t chars, int x, int y, const char *how)
{
    tt_buf_text(to, "set label ");
    tt_frame_text(to, text, chars);
    tt_buf_f(to, " at screen sx(%d), screen sy(%d) %s\n", x, y, how);
}

static void row(tt_buf *to, const tt_bar *bar, double most, size_t i)
{
    const int top = CARD_ROWS_Y + (int)i * CARD_ROW, full = CARD_WIDTH - 2 * CARD_EDGE - CARD_COUNT;
    const int width = (int)(full * (most > 0 ? bar->value / most : 0));
    tt_buf_f(to,
             "set object rectangle from screen sx(%d), screen sy(%d) to screen sx(%d), screen sy(%d) behind fs solid 1 "
             "noborder fc rgb bar\n",
             CARD_EDGE, top + CARD_BAR, CARD_EDGE + (width > 4 ? width : 4), top);
    label(to, bar->label, CARD_LABEL_CHARS, CARD_EDGE + 10, top + CARD_BAR / 2, "left front font ',22' tc rgb ink");
    label(to, bar->note, TT_PLOT_CHARS, CARD_WIDTH - CARD_EDGE, top + CARD_BAR / 2,
          "right front font ',16' tc rgb ink");
}

void tt_plot_card(tt_buf *to, const tt_plot_head *head, const tt_card *card)
{
    const tt_palette colors = tt_frame_palette(head);
    tt_color bar;
    tt_color_mix(bar, colors.series[0], "#FFFFFF", 0.28);
    tt_buf_f(to,
             "# %s: for gnuplot 5.4 or newer; all data stand in this file.\n"
             "# gnuplot %s.gp draws %s.png in the folder above this one.\n"
             "tt_file = '../%s'; tt_name = '%s'\nW = %d; H = %d\ntt_png = 1\n",
             head->name, head->name, head->name, head->name, head->name, CARD_WIDTH, CARD_HEIGHT);
    tt_frame_open(to, head);
    tt_buf_f(
        to,
        "bar = '%s'\nset lmargin at screen 0; set rmargin at screen 1; set bmargin at screen 0; set tmargin at "
        "screen 1\n"
        "set object rectangle from screen 0, screen 0 to screen sx(10), screen 1 behind fs solid 1 noborder fc rgb "
        "color[1]\n",
        bar);
    label(to, card->title, CARD_TITLE_CHARS, CARD_EDGE, CARD_TITLE_Y,
          "left front font 'DejaVu Sans Bold,20' tc rgb ink");
    label(to, card->year, TT_PLOT_CHARS, CARD_WIDTH - CARD_EDGE, CARD_TITLE_Y,
          "right front font 'DejaVu Sans Bold,34' tc rgb color[1]");
    double most = 0;
    for (size_t i = 0; i < card->n; i++)
        most = card->v[i].value > most ? card->v[i].value : most;
    for (size_t i = 0; i < card->n && i < TT_CARD_ROWS; i++)
        row(to, &card->v[i], most, i);
    label(to, card->note, CARD_NOTE_CHARS, CARD_EDGE, CARD_NOTE_Y, "left front font ',12' tc rgb soft");
    tt_buf_text(to, "set xrange [0:1]; set yrange [0:1]\nplot 2\n");
    tt_frame_end(to);
}
