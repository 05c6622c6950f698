/* draw: runs gnuplot on a script of report/plot. Nothing is written: the picture comes back as bytes. */
#ifndef TT_REPORT_DRAW_H
#define TT_REPORT_DRAW_H

#include "base/mem.h"
#include "base/str.h"

enum {
    TT_DRAW_MAX = 64 * 1024 * 1024, /* bytes of one picture */
    TT_DRAW_AT_ONCE = 4             /* gnuplots that may run at a time: while one draws, another is read */
};

extern const char *const tt_picture_endings[TT_N_PICTURES]; /* "svg", … */

/* What the machine's fonts hold: asked once, where the first script has a rare character. {0} has not asked. */
typedef struct tt_draw_fonts {
    tt_buf list; /* of fc-list */
    bool asked;
} tt_draw_fonts;

/* *lacking: the first rare character of the script that no font has, or of which nobody could say; 0: none. */
int tt_draw_fonts_ask(tt_draw_fonts *fonts, tt_str script, uint32_t *lacking, tt_err *err);
void tt_draw_fonts_release(tt_draw_fonts *fonts);

/* Appends the picture that `folder`/NAME.gp draws; `plain` shows rare characters as U+25A1. TT_EPROGRAM where gnuplot is
 * missing, fails, or draws half a picture: the message says what to do. */
int tt_draw(const char *folder, const char *name, tt_picture kind, bool plain, tt_buf *out, tt_err *err);

/* The same in two steps, so that several are drawn at a time: what was begun is ended, or cancelled. `folder` and `name`
 * live until then. */
typedef struct tt_drawing tt_drawing;
int tt_draw_begin(tt_drawing **out, const char *folder, const char *name, tt_picture kind, bool plain, tt_err *err);
int tt_draw_end(tt_drawing *d, tt_buf *out, tt_err *err); /* frees d */
void tt_draw_cancel(tt_drawing *d);                       /* NULL is allowed */

#endif
