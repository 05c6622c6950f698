/* gallery: the charts of a report as files: script and pictures of each figure, some drawn at a time. */
#ifndef TT_REPORT_GALLERY_H
#define TT_REPORT_GALLERY_H

#include "report/charts.h"
#include "report/set.h"

/* The figures of one folder. */
typedef struct tt_room {
    const char *folder; /* "charts", "2020/charts" */
    const tt_figure *v;
    size_t n;
    tt_str *svgs; /* beside them; set here to what was drawn, in the set's arena */
} tt_room;

/* Writes NAME.gp and the pictures of `kinds` (1 << tt_picture each) of every figure that has a script, and removes what an
 * earlier run has of the others. Each room's SVGs are made in any case, for the page. With `none` nothing is drawn. */
int tt_gallery_write(tt_set *s, const tt_room *rooms, size_t n, unsigned kinds, bool none);

/* Removes what an earlier run has of a chart in `folder`. */
int tt_gallery_remove(tt_set *s, const char *folder, const char *figure);

#endif
