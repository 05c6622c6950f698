/* charts_maker: what the charts of charts*.c share. Used by them alone. */
#ifndef TT_REPORT_CHARTS_MAKER_H
#define TT_REPORT_CHARTS_MAKER_H

#include "report/charts.h"

/* `text` is scratch, and carries failure: no memory anywhere sets text.failed. */
typedef struct tt_maker {
    const tt_report_in *in;
    const tt_summary *s;
    const tt_axis *axis; /* of the chart being made */
    tt_arena *arena;
    tt_buf text;
} tt_maker;

tt_str tt_maker_keep(tt_maker *m); /* m->text in the arena; it is empty again */
tt_str tt_maker_text(tt_maker *m, const char *text);
/* A name in a sentence, onto m->text: isolated where its direction of writing might spread, cut where it is long. */
void tt_maker_name(tt_maker *m, tt_str name);
void *tt_maker_array(tt_maker *m, size_t n, size_t size);
/* The figure's table, n_rows with the head. */
tt_str *tt_maker_cells(tt_maker *m, tt_figure *f, size_t n_rows, size_t n_columns);
/* "3 issues without a date are left out." onto m->text; nothing where all are dated. */
void tt_maker_undated(tt_maker *m, const char *verb_one, const char *verb_more);

void tt_make_lines(tt_maker *m, tt_figure *f);
void tt_make_heat(tt_maker *m, tt_figure *f);
void tt_make_sections(tt_maker *m, tt_figure *f);

#endif
