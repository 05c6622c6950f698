/* review: a year in sentences, as a model that the page (page_year.c) and review.md (markdown.c) both print. */
#ifndef TT_REPORT_REVIEW_H
#define TT_REPORT_REVIEW_H

#include "report/charts.h"

enum {
    TT_WORDS_A_MINUTE =
        238,           /* silent reading of English non-fiction: M. Brysbaert, J. of Memory and Language 109 (2019) */
    TT_REVIEW_TOP = 5, /* topics that a passage names */
    TT_REVIEW_BEFORE = 10,     /* issues that must stand before a year, for a topic to be called new in it */
    TT_REVIEW_QUIET = 3,       /* issues that had a topic, for its silence to be told */
    TT_REVIEW_TITLE_CHARS = 72 /* of an issue's title; a longer one is cut at a comma, else between words */
};

typedef enum tt_span_kind {
    TT_SPAN_TEXT, /* ours */
    TT_SPAN_PAGE, /* ours, for the page alone */
    TT_SPAN_NAME, /* foreign: a topic's label */
    TT_SPAN_ISSUE /* foreign: number and title of an issue */
} tt_span_kind;

typedef struct tt_span {
    tt_span_kind kind;
    tt_str text;
    tt_str url; /* of an issue, foreign: where another issue says that it is, http(s):// …; empty: none says */
} tt_span;

/* A paragraph, or an item of a list. */
typedef struct tt_line {
    bool item;
    const tt_span *v;
    size_t n;
} tt_line;

/* What opens a number: the command prints so many rows, on the archive with the same lexicon. */
typedef struct tt_open {
    tt_str name; /* foreign, a topic's label; may be empty */
    const char *what;
    uint64_t rows;
    uint32_t issues; /* that have them, where that says something; else 0 */
    tt_str command;
} tt_open;

typedef struct tt_passage {
    const char *id, *heading;
    const char *figure; /* the chart that shows it; NULL: none */
    const tt_line *lines;
    const tt_open *opens;
    size_t n_lines, n_opens;
} tt_passage;

typedef struct tt_year_review {
    int year;
    tt_str title; /* of the newsletter; foreign */
    tt_str note;  /* "2021 is incomplete: it runs to 10 October", or empty */
    tt_str days;  /* of that year: "17 January to 10 October", else empty */
    uint32_t issues;
    uint64_t words, mentions;
    tt_str reading; /* "1 h 30 min" */
    tt_passage *v;
    size_t n;
    tt_open *topics; /* every topic of the year: most issues first */
    size_t n_topics;
} tt_year_review;

/* `whole` is the summary of all years that `in` tells of. All in the arena. */
int tt_year_review_make(tt_year_review *out, const tt_year_charts *c, const tt_report_in *in, tt_arena *arena,
                        tt_err *err);

/* YEAR/card.png, 1200 x 630: what the year's five topics are, by share of issues. A figure of YEAR/charts that is drawn
 * into the folder above. No script: the year has no topic. */
int tt_year_card_make(tt_figure *out, const tt_year_review *r, const tt_report_in *in, tt_arena *arena, tt_err *err);

#endif
