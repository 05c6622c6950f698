/* look: what the user may choose of a report's looks: the colours of its charts, the language of its months. */
#ifndef TT_REPORT_LOOK_H
#define TT_REPORT_LOOK_H

#include "base/str.h"

enum { TT_LOOK_COLORS = 8 };

typedef char tt_color[8]; /* "#0072B2" */

/* Series in order of use: neighbours differ in lightness, so that they are told apart in grey. */
typedef struct tt_palette {
    tt_color series[TT_LOOK_COLORS];
} tt_palette;

/* NAME, or 1 to 8 colours `#rrggbb` joined by commas, which then come round again. TT_EUSAGE names what there is. NULL:
 * default. */
int tt_palette_parse(tt_palette *out, const char *text, tt_err *err);

/* `share` of a and the rest of b, channel by channel. */
void tt_color_mix(tt_color out, const tt_color a, const tt_color b, double share);

/* True where white text on it has more contrast than black (relative luminance, WCAG 2.1). */
bool tt_color_dark(const tt_color c);

typedef struct tt_lang {
    const char *code;       /* "de" */
    const char *months[12]; /* as in a date: `3 de junio` has `junio` */
    const char *shorts[12];
} tt_lang;

/* TT_EUSAGE lists the codes there are. NULL: en. */
int tt_lang_find(const tt_lang **out, const char *code, tt_err *err);

#endif
