/* page: index.html and YEAR/index.html, each one file that asks nobody for anything. */
#ifndef TT_REPORT_PAGE_H
#define TT_REPORT_PAGE_H

#include "report/json.h"
#include "report/review.h"

/* ---- parts (page_parts.c) ---- */

/* Appends `s` as text of HTML, fit for attributes in double quotes too; what HTML forbids becomes U+FFFD. */
void tt_page_text(tt_buf *to, tt_str s);

/* Foreign text in the flow of a line: its direction of writing ends with it. */
void tt_page_foreign(tt_buf *to, tt_str s);

/* Appends gnuplot's SVG as an element of HTML: without its prologue and its own title, all ids preceded by `name`, read
 * aloud as `alt`, without the upper `head` pixels. Nothing where there is no <svg. */
void tt_page_svg(tt_buf *to, tt_str svg, const char *name, tt_str alt, int head);

/* In every page. */
#define TT_PAGE_MARK "<footer>Counted by tagtrend "

/* <!DOCTYPE html> to <main>, </main> to </html>. `year` 0: of all years. */
void tt_page_begin(tt_buf *to, tt_str title, int year);
void tt_page_end(tt_buf *to);

/* What the selection leaves out, years aside: they have pages of their own. */
void tt_page_selection(tt_buf *to, const tt_select *s);

/* Kinds of pictures that the report has beside each script: 1 << tt_picture each. */
unsigned tt_page_pictures(const tt_report_in *in);

/* Links to a chart's pictures of these kinds and to its script; `folder` is that of the charts, as seen from the page. */
void tt_page_chart_links(tt_buf *to, unsigned kinds, const char *folder, const char *name);

/* A figure with its picture, caption, links and numbers; nothing where it is left out. `kinds` 0: there are no files of it.
 * `tables`: where the tables are, "" or "../". */
void tt_page_figure(tt_buf *to, const tt_figure *f, tt_str svg, unsigned kinds, const char *tables);

/* Which figures are left out, and why. */
void tt_page_left_out(tt_buf *to, const tt_figure *v, size_t n);

/* ---- pages ---- */

typedef struct tt_page {
    const tt_report_in *in;
    const tt_summary *summary;
    const tt_figure *figures; /* TT_N_FIGURES */
    const tt_str *svgs;       /* beside them; empty: none */
    bool no_charts;
    const tt_resource *tables;
    size_t n_tables;
    const tt_year_review *years;  /* rising */
    const tt_year_charts *charts; /* beside them */
    size_t n_years;
} tt_page;

/* to->failed: no memory */
void tt_page_write(tt_buf *to, const tt_page *page);

/* YEAR/index.html of page->years[i]. */
void tt_page_year_write(tt_buf *to, const tt_page *page, size_t i);

#endif
