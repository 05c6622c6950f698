/* page: index.html, one file that asks nobody for anything. */
#ifndef TT_REPORT_PAGE_H
#define TT_REPORT_PAGE_H

#include "report/charts.h"
#include "report/json.h"

/* Appends `s` as text of HTML, fit for attributes in double quotes too; what HTML forbids becomes U+FFFD. */
void tt_page_text(tt_buf *to, tt_str s);

/* Appends gnuplot's SVG as an element of HTML: without its prologue and its own title, all ids preceded by `name`, read
 * aloud as `alt`. Nothing where there is no <svg. */
void tt_page_svg(tt_buf *to, tt_str svg, const char *name, tt_str alt);

typedef struct tt_page {
    const tt_report_in *in;
    const tt_summary *summary;
    const tt_figure *figures; /* TT_N_FIGURES */
    const tt_str *svgs;       /* beside them; empty: none */
    bool no_charts;
    const tt_resource *tables;
    size_t n_tables;
} tt_page;

/* to->failed: no memory */
void tt_page_write(tt_buf *to, const tt_page *page);

#endif
