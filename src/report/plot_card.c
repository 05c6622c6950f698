/* In: the topics of a year. Out: the script of a card to share. Not here: which topics (review_card.c), charts (plot.c). */
#include "report/plot.h"

#include "report/plot_frame.h"

/* Half of the pixels of the PNG. Topics are large: seen 300 pixels wide their letters are 13 high. */
enum {
    CARD_WIDTH = 600,
    CARD_HEIGHT = 315,
    CARD_EDGE = 30,
    CARD_TITLE_Y = 36,
    CARD_ROWS_Y = 68,
    CARD_ROW = 39,
    CARD_BAR = 33,
    CARD_NOTE_Y = 278,
    CARD_CAVEAT_Y = 299,
    CARD_GAP = 14,   /* between a bar or a label and the count */
    CARD_BOLD = 110, /* per cent: how wide bold letters are */
    CARD_INSIDE = CARD_WIDTH - 2 * CARD_EDGE
};

/* Cut where it is wider than so many pixels. */
static void label(tt_buf *to, tt_str text, int pixels, int size, int x, int y, const char *how)
{
    tt_buf_text(to, "set label ");
    tt_frame_fit(to, text, pixels, size);
    tt_buf_f(to, " at screen sx(%d), screen sy(%d) %s\n", x, y, how);
}

/* Counts stand in a column of their own, `counts` pixels wide. */
static void row(tt_buf *to, const tt_bar *bar, double most, int counts, size_t i)
{
    const int top = CARD_ROWS_Y + (int)i * CARD_ROW, full = CARD_INSIDE - counts - CARD_GAP;
    const int width = (int)(full * (most > 0 ? bar->value / most : 0));
    tt_buf_f(to,
             "set object rectangle from screen sx(%d), screen sy(%d) to screen sx(%d), screen sy(%d) behind fs solid 1 "
             "noborder fc rgb bar\n",
             CARD_EDGE, top + CARD_BAR, CARD_EDGE + (width > 4 ? width : 4), top);
    label(to, bar->label, full - 10, 22, CARD_EDGE + 10, top + CARD_BAR / 2, "left front font ',22' tc rgb ink");
    label(to, bar->note, CARD_INSIDE / 2, 16, CARD_WIDTH - CARD_EDGE, top + CARD_BAR / 2,
          "right front font ',16' tc rgb ink");
}

static int widest_count(const tt_card *card)
{
    int widest = 0;
    for (size_t i = 0; i < card->n && i < TT_CARD_ROWS; i++) {
        const int w = tt_frame_width(card->v[i].note, 16);
        widest = w > widest ? w : widest;
    }
    return widest;
}

void tt_plot_card(tt_buf *to, const tt_plot_head *head, const tt_card *card)
{
    const tt_palette colors = tt_frame_palette(head);
    tt_color bar;
    tt_color_mix(bar, colors.series[0], "#FFFFFF", 0.28);
    tt_buf_f(to,
             "# %s: " TT_PLOT_MARK "\n"
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
    const int year = tt_frame_width(card->year, 34) * CARD_BOLD / 100;
    label(to, card->title, (CARD_INSIDE - year - CARD_GAP) * 100 / CARD_BOLD, 20, CARD_EDGE, CARD_TITLE_Y,
          "left front font 'DejaVu Sans Bold,20' tc rgb ink");
    label(to, card->year, CARD_INSIDE / 2, 34, CARD_WIDTH - CARD_EDGE, CARD_TITLE_Y,
          "right front font 'DejaVu Sans Bold,34' tc rgb color[1]");
    double most = 0;
    for (size_t i = 0; i < card->n; i++)
        most = card->v[i].value > most ? card->v[i].value : most;
    for (size_t i = 0; i < card->n && i < TT_CARD_ROWS; i++)
        row(to, &card->v[i], most, widest_count(card), i);
    label(to, card->note, CARD_INSIDE, 14, CARD_EDGE, CARD_NOTE_Y, "left front font ',14' tc rgb soft");
    if (card->caveat.n)
        label(to, card->caveat, CARD_INSIDE, 14, CARD_EDGE, CARD_CAVEAT_Y, "left front font ',14' tc rgb soft");
    tt_buf_text(to, "set xrange [0:1]; set yrange [0:1]\nplot 2\n");
    tt_frame_end(to);
}
