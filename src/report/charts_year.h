/* charts_year: what the charts of one year share. Used by charts_year*.c alone. */
#ifndef TT_REPORT_CHARTS_YEAR_H
#define TT_REPORT_CHARTS_YEAR_H

#include "report/charts_maker.h"
#include "report/plot.h"

enum { TT_YEAR_TOP = 15, TT_YEAR_HEAT = 20, TT_YEAR_RANKS = 10 };

/* A topic of the year. */
typedef struct tt_year_topic {
    uint32_t topic;
    const tt_point *now; /* of by_year */
    /* The year before, or the same days of it where this year is not complete. */
    uint32_t mentions_before, issues_before;
} tt_year_topic;

typedef struct tt_year {
    tt_maker *m; /* m->in: of every year */
    int year;
    size_t at; /* of in->by_year's periods */
    const tt_period *period;
    /* What the year is compared with. */
    bool has_before; /* with issues enough */
    tt_str before;   /* "2020" or "2020 to 10 October"; where it has not, a sentence that says why */
    uint32_t n_before;
    uint64_t words_before;
    tt_year_topic *topics; /* with a mention: most issues, then most mentions, then lowest id first */
    size_t n_topics;
    const tt_comparison *change; /* with the year before; NULL: none */
} tt_year;

/* Fills in what is the same for every chart, and a `why` where the year has fewer than TT_LEAST_ISSUES issues, or no topic.
 * true: go on. */
bool tt_year_bears(const tt_year *y, tt_figure *f);

void tt_year_topic_name(const tt_year *y, const tt_year_topic *t);

/* "Incomplete: 2021 runs to 10 October." onto m->text, if it is. */
void tt_year_incomplete(const tt_year *y);

/* Head, caption and alternative text of a figure that will be drawn: title and subtitle are set; the note is taken from
 * m->text. `seen` says how the chart shows things: for the caption alone. */
void tt_year_words(const tt_year *y, tt_figure *f, tt_plot_head *head, tt_str title, tt_str subtitle, const char *seen);

/* Six significant digits at most, as text reads: 25.1 */
void tt_year_rate(tt_maker *m, double rate);

/* The heads of a table, then its cells row after row. */
typedef struct tt_cells_out {
    tt_str *at, *end;
} tt_cells_out;
tt_cells_out tt_year_table(const tt_year *y, tt_figure *f, size_t n_rows, const char *const *heads, size_t n_columns);
void tt_year_cell(const tt_year *y, tt_cells_out *out); /* takes m->text */
void tt_year_cell_count(const tt_year *y, tt_cells_out *out, uint64_t n);
void tt_year_cell_text(const tt_year *y, tt_cells_out *out, tt_str s);

void tt_year_top(const tt_year *y, tt_figure *f);
void tt_year_top_rate(const tt_year *y, tt_figure *f);
void tt_year_risers(const tt_year *y, tt_figure *f);
void tt_year_months(const tt_year *y, tt_figure *f);
void tt_year_sections(const tt_year *y, tt_figure *f);
void tt_year_organizations(const tt_year *y, tt_figure *f);
void tt_year_people(const tt_year *y, tt_figure *f);
void tt_year_models(const tt_year *y, tt_figure *f);
void tt_year_mix(const tt_year *y, tt_figure *f);
void tt_year_sites(const tt_year *y, tt_figure *f);
void tt_year_referred(const tt_year *y, tt_figure *f);
void tt_year_length(const tt_year *y, tt_figure *f);

#endif
