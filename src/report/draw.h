/* draw: runs gnuplot on a script of report/plot. Nothing is written: the picture comes back as bytes. */
#ifndef TT_REPORT_DRAW_H
#define TT_REPORT_DRAW_H

#include "base/mem.h"
#include "base/str.h"

enum { TT_DRAW_MAX = 64 * 1024 * 1024 }; /* bytes of one picture */

/* What the machine's fonts lack, among the rare characters of a script. */
typedef struct tt_draw_fonts {
    bool lacking;   /* a character that no font has, or nobody could say */
    uint32_t first; /* the first such */
} tt_draw_fonts;
int tt_draw_fonts_ask(tt_draw_fonts *out, tt_str script, tt_err *err);

/* Appends the picture that `folder`/NAME.gp draws, an SVG or a PNG; `plain` shows rare characters as U+25A1.
 * TT_EPROGRAM where gnuplot is missing, fails, or draws half a picture: the message says what to do. */
int tt_draw(const char *folder, const char *name, bool png, bool plain, tt_buf *out, tt_err *err);

#endif
