/* tagtrend.h: the one public header of libtagtrend.
 *
 * The shortest whole program (tests/header.t compiles and runs it):
 *
 *     #include <stdio.h>
 *     #include <tagtrend.h>
 *
 *     int main(void)
 *     {
 *         tt_err err = {0};
 *         tt_options opt = {0};
 *         tt_archive *archive = NULL;
 *         const char *paths[] = {"tests/archive"};
 *         tt_options_init(&opt);
 *         opt.lexicon = (const char *[]){"lexicons"};
 *         opt.n_lexicon = 1;
 *         int rc = tt_archive_open(&archive, &opt, paths, 1, NULL, &err);
 *         if (rc == 0)
 *             rc = tt_archive_table(archive, TT_TABLE_TRENDS, &(tt_select){0}, &(tt_output){0}, stdout, &err);
 *         if (rc != 0)
 *             fprintf(stderr, "%s:%zu: %s\n", err.path, err.line, err.text);
 *         tt_archive_free(archive);
 *         return rc == 0 ? 0 : 2;
 *     }
 *
 * Conventions
 *   Status      Functions that can fail return int: 0, or one of the negative TT_E… below; what they make comes by
 *               pointer; the caller's own tt_err comes last and is filled on failure. The library never prints to the
 *               terminal, exits or aborts; warnings go to the caller's tt_sink.
 *   Text        UTF-8. A tt_str is a pointer and a length in bytes and need not end in NUL.
 *   Units       `at` is a byte offset into the decoded text, `vis` one into the visible text of a document, `n_` counts
 *               items, `per_10k` is per 10 000 words, shares run from 0 to 1, dates are days since 1970-01-01.
 *   Ownership   What a function makes belongs to the object named in its comment and dies with it.
 *   Threads     No global state. Different objects may be used by different threads.
 *
 * The data are the architecture: text -> doc (sections and zones) -> token -> mention -> cells -> series -> table, and
 * beside them the survey, which holds what only the whole archive knows. They stand below in that order.
 */
#ifndef TAGTREND_H
#define TAGTREND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define TT_VERSION "0.1.0"
#define TT_SCHEMA_VERSION 1

/* ---- limits: each is checked, gives an error that names it, and is tested on both sides ---- */
enum {
    TT_MAX_FILE = 1 << 30,    /* bytes of one issue, before and after decoding, and of a file that is read whole */
    TT_MAX_PATH = 4096,       /* bytes of a path, with its NUL */
    TT_MAX_DEPTH = 64,        /* folders below the archive's root */
    TT_MAX_ISSUES = 10000000, /* issues of one run */
    TT_MAX_TOPICS = 1 << 20,  /* topics of a lexicon */
    TT_MAX_BROADER = 1000,    /* topics that are broader than one topic, at whatever remove */
    TT_MAX_TERM = 1000,       /* bytes of one term */
    TT_MAX_VARIANTS = 256,    /* spellings that one term may stand for: 2 per ( ), 2 per - between words */
    TT_MAX_NESTING = 100,     /* depth of Markdown containers; what lies deeper is read as text of the deepest */
    TT_MAX_FIELDS = 1000      /* fields of a CSV row */
};

/* ---- errors and messages ---- */
enum {
    TT_OK = 0,
    TT_EUSAGE = -1, /* the call is wrong: bad option or argument */
    TT_EINPUT = -2, /* the input is broken */
    TT_EIO = -3,    /* the system said no: open, read, write, rename */
    TT_ENOMEM = -4,
    TT_ELIMIT = -5,  /* one of the limits above */
    TT_EPROGRAM = -6 /* an outside program (gnuplot) failed or is missing */
};

typedef struct tt_err {
    int code;               /* TT_E… */
    char path[TT_MAX_PATH]; /* the file, or "" */
    size_t line;            /* from 1; 0: no line */
    size_t column;          /* in characters from 1; 0: no column */
    char text[512];         /* one sentence: what is wrong and what to do; no line end, foreign text as it is */
    const char *rule;       /* about a lexicon: the code that `check` gives it, a literal; else NULL */
} tt_err;

typedef enum tt_level {
    TT_DETAIL, /* why something was left out: shown with -v */
    TT_NOTE,   /* worth knowing, changes no exit status: undated issues, ignored columns */
    TT_SKIPPED /* some input was not counted: exit status 1 */
} tt_level;

/* Where warnings go. `tell` may be NULL. `err` lives for the call only. */
typedef struct tt_sink {
    void (*tell)(void *ctx, tt_level level, const tt_err *err);
    void (*progress)(void *ctx, size_t done, size_t of); /* issues; may be NULL */
    void *ctx;
} tt_sink;

typedef struct tt_str {
    const char *p;
    size_t n;
} tt_str;

/* ---- dates ---- */
#define TT_NO_DATE INT32_MIN /* a day number that says: none */

typedef enum tt_date_source {
    TT_DATE_NONE,
    TT_DATE_INFERRED, /* interpolated from the issue numbers */
    TT_DATE_NAME,     /* YYYY-MM-DD in the file's or a folder's name */
    TT_DATE_METADATA,
    TT_DATE_SIDE /* the side file */
} tt_date_source;

/* ---- 1. text: what decode makes of a file's bytes ---- */

/* One repaired character. Columns are counted as on disk, where it took `n_disk` characters. */
typedef struct tt_fix {
    uint32_t at;     /* its first byte in tt_text.data */
    uint32_t n_disk; /* characters that it takes on disk (2 or more) */
} tt_fix;

/* Where a text that was taken out of a file of many issues (a row, an export, a mail) stands in that file. Character
 * `nth` of the text as it was handed to decode (from 0; CR LF is one, each byte that is not UTF-8 is one) stands at
 * line:column (from 1; column in characters); those behind it, up to the next locus, follow it there one by one, a line
 * end beginning the next line. */
typedef struct tt_locus {
    uint32_t nth, line, column;
} tt_locus;

/* Valid UTF-8 without byte-order mark and NUL, line ends are LF alone. Nothing rewrites it after decode. Owner: the
 * tt_text (tt_text_release in read/decode.h), but for the loci. `n_repaired` counts maximal runs of repaired
 * characters. */
typedef struct tt_text {
    char *data; /* with a NUL at data[n] */
    size_t n;
    tt_fix *fixes; /* rising by `at` */
    size_t n_fixes;
    size_t n_repaired;
    const char *encoding; /* "UTF-8", "UTF-16LE", "UTF-16BE", "Windows-1252" */
    const tt_locus *loci; /* rising by nth, the first 0; the record's. NULL: the text is a file's from its start on */
    size_t n_loci;
} tt_text;

/* ---- 2. doc: a text cut into blocks, runs and zones ---- */

/* In the order of precedence: where several zones fit a stretch, the first holds. COUNTING 3. */
typedef enum tt_zone {
    TT_ZONE_META,
    TT_ZONE_URL,
    TT_ZONE_CODE,
    TT_ZONE_ALT,
    TT_ZONE_TITLE,
    TT_ZONE_SECTION,
    TT_ZONE_BOILERPLATE,
    TT_ZONE_CAPTION,
    TT_ZONE_QUOTE,
    TT_ZONE_HEADING,
    TT_ZONE_TEXT,
    TT_N_ZONES
} tt_zone;

#define TT_ZONES_DEFAULT                                                                                               \
    ((1u << TT_ZONE_TEXT) | (1u << TT_ZONE_QUOTE) | (1u << TT_ZONE_CAPTION) | (1u << TT_ZONE_HEADING))

/* A stretch of visible text that stands in one piece in the source. Runs of a block follow each other in `vis` without
 * gap. If `n_src` == `n` byte i of the run is text byte at + i; else (an entity, a line break seen as a blank, text
 * whose quote marks were taken out) every byte of it belongs to `at`. A run never splits a UTF-8 character. */
typedef struct tt_run {
    uint32_t vis;   /* first byte in doc->vis */
    uint32_t n;     /* bytes in doc->vis, at least 1 */
    uint32_t at;    /* first byte in text->data */
    uint32_t n_src; /* bytes in text->data */
    uint8_t zone;   /* tt_zone of the run itself: meta, url, code, alt, caption, quote, heading or text */
    bool barrier;   /* no word or phrase reaches over its start (image, URL, change of zone, table cell) */
} tt_run;

typedef enum tt_block_kind {
    TT_BLOCK_PARAGRAPH, /* also a block of plain text, a paragraph of HTML, a loose list item's paragraph */
    TT_BLOCK_ITEM,      /* the text that stands in a tight list item itself */
    TT_BLOCK_HEADING,
    TT_BLOCK_CELL, /* of a table */
    TT_BLOCK_CODE,
    TT_BLOCK_FRONT, /* front matter */
    TT_BLOCK_ASIDE  /* what does not stand in the flow of reading: link targets, tags, comments */
} tt_block_kind;

/* A piece of the text that no phrase crosses. A block's final zone for a run is the smaller (stronger) of run.zone and
 * block.overlay. */
typedef struct tt_block {
    uint32_t first_run, n_runs; /* into doc->runs */
    uint32_t at;                /* where the block begins in text->data; blocks rise by it, asides follow theirs */
    uint8_t kind;               /* tt_block_kind */
    uint8_t level;              /* of a heading, 1 to 6; else 0 */
    bool nested;                /* inside a quote or a list */
    bool strong;                /* a paragraph that is wholly bold */
    uint8_t overlay;            /* title, section, boilerplate, or TT_ZONE_TEXT: none; laid by parse/section */
    uint32_t section;           /* id in the survey; set by parse/section */
} tt_block;

/* A link as a reader can click it: not in code, comments and image descriptions. Its text is what stands in vis..vis + n
 * outside asides. */
typedef struct tt_anchor {
    uint32_t vis, n; /* in doc->vis; n 0: nothing of it is seen */
    uint32_t block;  /* in which it begins */
    uint32_t run;    /* first one of its text, if n */
    uint8_t zone;    /* of what is around it: caption, quote, heading, text, or code (in <pre>) */
    tt_str url;      /* entities and escapes decoded, else as written; lives as long as the text and the arena */
} tt_anchor;

/* Owner: the arena that was given to the parser; one arena an issue, reset after it. */
typedef struct tt_doc {
    char *vis; /* visible text, all zones; pieces of different blocks are separated by barriers alone */
    uint32_t n_vis;
    tt_run *runs;
    uint32_t n_runs;
    tt_block *blocks;
    uint32_t n_blocks;
    tt_anchor *anchors; /* rising by vis */
    uint32_t n_anchors;
    bool plain; /* read as plain text: has no Markdown headings */
    uint32_t n_by_md4c; /* bytes of the text that were left to md4c; the doc does not depend on it */
} tt_doc;

/* ---- 3. token ---- */

typedef enum tt_token_kind {
    TT_TOKEN_WORD,  /* has a letter or digit */
    TT_TOKEN_SYMBOL /* any other segment that is not white space: one sign, or one emoji sequence */
} tt_token_kind;

/* A unit of matching. A word of UAX #29 is one token, or several where COUNTING 5 lets a match start or end inside it:
 * `Google.org` gives `Google` `.` `org`, of which only the first has `first` set, so the sum of `first` over WORD
 * tokens is the number of words. Zero-width characters and edge underscores stand in `vis` but not in the keys. */
typedef struct tt_token {
    uint32_t vis, n;  /* surface in doc->vis, edge underscores left out */
    uint32_t run;     /* run that holds its first byte */
    uint32_t block;   /* its block */
    const char *fold; /* NFKC, case-folded, ’ as ' ; n_fold bytes, no NUL */
    const char *nfkc; /* NFKC, case as written, ’ as ' ; equal pointers where they do not differ */
    uint32_t n_fold, n_nfkc;
    uint8_t kind;            /* tt_token_kind */
    uint8_t zone;            /* final zone */
    bool first;              /* begins a word of UAX #29; for a symbol false */
    bool inner;              /* goes on the UAX #29 word of the token before */
    bool space_before;       /* white space stands between it and the token before */
    bool barrier;            /* no match reaches from the token before to this one */
    bool hyphen;             /* a symbol that the term language takes for a hyphen: U+002D, U+2010 to U+2013, U+00B7 */
    bool no_end;             /* an elided article (`l’` in `l’IA`): no match may end here */
    uint8_t possessive;      /* bytes of `'s` or `’s` at the end of the surface; 0: none */
    uint8_t fold_possessive; /* bytes of the same in fold and nfkc (2) ; 0: none */
} tt_token;

typedef struct tt_tokens {
    tt_token *v;
    size_t n;
} tt_tokens;

/* ---- 4. lexicon and mention ---- */

#define TT_DROP UINT32_MAX /* the topic `-`: the place is used up and counts for nobody */

typedef struct tt_topic {
    tt_str id, label, type;
    tt_str broader_text; /* ids of its broader topics, sorted, joined by `|` */
    uint32_t *broader;   /* topics, rising */
    size_t n_broader;
    tt_str file;
    size_t line; /* of the row that names it first */
} tt_topic;

typedef struct tt_entry {
    tt_str term;
    uint32_t topic; /* or TT_DROP */
    bool exact;
    bool alone;       /* `also` is -: deliberately nobody else */
    uint32_t *counts; /* every topic that it counts for: own, also, broader of any; rising; empty for TT_DROP */
    size_t n_counts;
    tt_str file;
    size_t line, column; /* of the term */
} tt_entry;

typedef struct tt_lexicon tt_lexicon; /* topics sorted by id, entries in order of reading, the compiled matcher */

/* One place in the text. Its topics are the union of the entries' `counts`. */
typedef struct tt_mention {
    uint32_t first, last;    /* tokens; 0 where there are none (tag/scan) */
    uint32_t vis, n;         /* surface in doc->vis, possessive left out */
    uint32_t at;             /* first byte in text->data */
    const uint32_t *entries; /* entries that match this very span, rising; never only TT_DROP */
    uint32_t n_entries;
    uint32_t block; /* in which it stands */
    uint8_t zone;   /* final zone */
} tt_mention;

/* ---- hit: a place where an entry could match, and what became of it (`mentions --why`) ---- */

typedef enum tt_fate {
    TT_FATE_WON,     /* a mention, or a place taken by `-` */
    TT_FATE_SHORTER, /* begins with the winner `by`, and ends before it */
    TT_FATE_INSIDE,  /* begins inside `by`, which began earlier */
    TT_FATE_PLUS,    /* refused: `++` follows */
    TT_FATE_HASH,    /* refused: `#` follows, and no letter or digit behind it */
    TT_FATE_ELISION, /* refused: an elided article (`l’`) ends no match */
    TT_FATE_WORD     /* stands inside a longer word: no match, but what a search for letters finds */
} tt_fate;

#define TT_NO_HIT UINT32_MAX

typedef struct tt_hit {
    uint32_t first, last;    /* tokens */
    uint32_t vis, n;         /* surface in doc->vis, possessive left out; WORD: the whole word */
    uint32_t at, end;        /* first byte in text->data, and the one behind its last */
    const uint32_t *entries; /* rising */
    uint32_t n_entries;
    uint8_t fate;    /* tt_fate */
    bool leftmost;   /* WON: others begin inside it */
    bool longest;    /* WON: others begin with it and are shorter */
    uint32_t by;     /* SHORTER, INSIDE: the hit that has the place; else TT_NO_HIT */
    tt_str part;     /* WORD: what stands inside, folded as the term is */
} tt_hit;

/* ---- finding: what `check` has to say about a lexicon ---- */

/* A place in the text that shows it. */
typedef struct tt_witness {
    tt_str path;
    size_t line, column;
    tt_str before, surface, after; /* white space collapsed */
} tt_witness;

typedef struct tt_finding {
    bool error;       /* else a warning */
    const char *code; /* a literal: the man page lists them */
    tt_str file;
    size_t line, column; /* from 1 */
    tt_str text;         /* what is wrong (what to do) */
    const tt_witness *witnesses;
    size_t n_witnesses;
} tt_finding;

/* Told each finding, whose texts live for the call. 0, or a status that ends the search. */
typedef int tt_finding_fn(void *ctx, const tt_finding *finding);

/* ---- survey: what only the whole archive knows ---- */

enum { TT_SECTION_NONE = 0, TT_SECTION_INTRO = 1, TT_SECTION_OTHER = 2 }; /* (none), (intro), (other) */

typedef enum tt_title_source {
    TT_TITLE_STEM,
    TT_TITLE_LINE,
    TT_TITLE_HEADING,
    TT_TITLE_METADATA,
    TT_TITLE_SIDE
} tt_title_source;

typedef struct tt_issue {
    tt_str issue;     /* its name: path relative to the archive argument, after its last component if several, and
                       * `#` with the record's name where the file holds many */
    tt_str path;      /* of the file, as walked: it opens */
    tt_str rel;       /* relative to the archive: for files of `report` */
    uint32_t archive; /* which archive argument */
    tt_str title;
    uint8_t title_source;
    int64_t number;       /* -1: none */
    int64_t number_given; /* by side file or metadata; -1: none */
    int32_t date;         /* TT_NO_DATE: none */
    uint8_t date_source;
    tt_str format;    /* what it was taken for: markdown, text, html, ghost … */
    tt_str section;   /* the format's own; holds where the text has none; empty: none */
    uint32_t source;  /* the file that it stands in, by order of walking … */
    uint32_t record;  /* … and which issue of it, from 0 */
    uint32_t n_repaired;
    uint64_t hash;  /* of the bytes on disk */
    uint32_t order; /* rank by date, number, path; undated ones last */
} tt_issue;

/* A heading that may open a section (not nested, not the issue's title). */
typedef struct tt_heading {
    uint32_t issue; /* index in survey->issues */
    uint8_t level;
    bool listed; /* in sections.csv: `name` is the name given there */
    tt_str name; /* without emoji and surrounding punctuation, spelled as there */
    tt_str key;  /* name, case-folded: what is compared */
} tt_heading;

typedef struct tt_survey tt_survey; /* read/survey.h */

/* ---- 5. cells and series ---- */

/* A section of an issue: the denominators. */
typedef struct tt_part {
    uint32_t issue;
    uint32_t nth;     /* 0, 1, …: order of appearance in the issue */
    uint32_t section; /* id in the survey; once an issue: what stands under one name at two places is one part */
    uint32_t words;
    uint32_t places; /* mentions as places: each once, however many topics it counts for */
} tt_part;

/* Mentions of a topic in a section of an issue; never 0. */
typedef struct tt_cell {
    uint32_t issue, nth, section, topic;
    uint32_t mentions;
} tt_cell;

typedef struct tt_cells {
    tt_part *parts; /* by issue, nth */
    size_t n_parts, cap_parts;
    tt_cell *cells; /* by issue, nth, topic */
    size_t n_cells, cap_cells;
} tt_cells;

#define TT_NO_ISSUE UINT32_MAX

/* A link of an issue, or, with an empty URL, a text that names another issue by its number (`DT #42`). */
typedef struct tt_link {
    uint32_t issue, section;
    uint32_t target; /* the issue that it means, never its own; TT_NO_ISSUE: none */
    tt_str url;      /* without tracking parameters */
    tt_str domain;   /* registered domain; empty: a mail address, a place in the archive, no URL */
    tt_str text;     /* as it is seen, white space collapsed */
} tt_link;

#define TT_DATE_SIZE 16 /* bytes of a date or period as text, with its NUL */

typedef enum tt_by { TT_BY_YEAR, TT_BY_QUARTER, TT_BY_MONTH, TT_BY_WEEK, TT_BY_ISSUE } tt_by;

/* Which part of the archive a table is about. {0} takes all of it, by year. */
typedef struct tt_select {
    bool has_from, has_to;
    int32_t from, to; /* inclusive */
    const int *years; /* any of them */
    size_t n_years;
    const char *const *topics; /* ids, any of them; one that the lexicon lacks is an error */
    size_t n_topics;
    const char *const *sections; /* names, any of them, ignoring case */
    size_t n_sections;
    const char *const *not_sections;
    size_t n_not_sections;
    tt_by by;
    bool has_by; /* `report` chooses the period of its charts itself where this is not set */
    bool by_section;
    const char *change[2]; /* labels of the periods that TT_TABLE_CHANGE compares; NULL: the last two complete years */
} tt_select;

/* All that was counted, as plain arrays: what series and tables are made from. */
typedef struct tt_facts {
    const tt_issue *issues;
    size_t n_issues;
    const uint32_t *order;  /* order[rank] = issue */
    const tt_str *sections; /* names by id */
    size_t n_sections;
    const tt_topic *topics; /* the lexicon's by id, and behind them what is asked for */
    size_t n_topics;
    size_t n_asked; /* of n_topics: those behind */
    const tt_cells *cells;
    const tt_link *links; /* by issue, then place */
    size_t n_links;
    double median_interval; /* days; 0: fewer than 2 dated issues */
} tt_facts;

typedef struct tt_period {
    char label[TT_DATE_SIZE]; /* 2020, 2020-Q3, 2020-07, 2020-W28; empty by issue: name is the issue's */
    tt_str name;              /* label, or the issue's name */
    int32_t start, end;       /* first and last day */
    bool complete;
    uint32_t issues; /* selected, dated, in it */
} tt_period;

#define TT_ALL_SECTIONS UINT32_MAX

typedef struct tt_point {
    uint32_t period, section, topic; /* section: id or TT_ALL_SECTIONS */
    uint32_t mentions, issues_with, issues;
    uint64_t words;
    bool has_rate, has_rate_ci, has_share;
    double per_10k, rate_low, rate_high;
    double share, share_low, share_high;
    bool low_n;
} tt_point;

typedef struct tt_series {
    tt_period *periods;
    size_t n_periods;
    tt_point *points; /* by period, section (name), topic */
    size_t n_points;
} tt_series;

/* ---- change: two periods compared, topic by topic; the statistics are those of trend/change.h ---- */

typedef enum tt_verdict {
    TT_VERDICT_TOO_FEW, /* a side has fewer than 5 issues, or both together fewer than 5 mentions */
    TT_VERDICT_STEADY,
    TT_VERDICT_UP, /* p_adjusted < 0.05 */
    TT_VERDICT_DOWN,
    TT_VERDICT_NEW, /* no mention in the earlier period: a fact, whatever p is */
    TT_VERDICT_GONE /* none in the later one */
} tt_verdict;

/* A side of a comparison. */
typedef struct tt_side_of_change {
    tt_period period; /* start and end are the days that are compared, issues those of the selection in them */
    bool cut;         /* has fewer days than are there of it: the other side is not complete */
    uint32_t issues;
    uint64_t words;
} tt_side_of_change;

/* One row of the table `change`. */
typedef struct tt_change {
    uint32_t topic;
    uint32_t mentions[2], issues_with[2];
    bool has_ratio;               /* the verdict is not `too few`; else the six numbers below say nothing */
    double log2_ratio, low, high; /* of the rates, later over earlier, 0.5 added to both counts; 95 % interval */
    double g2, p, p_adjusted;     /* p: permutation of issues; adjusted: Benjamini-Hochberg over all with has_ratio */
    uint8_t verdict;              /* tt_verdict */
} tt_change;

typedef struct tt_comparison {
    tt_side_of_change side[2]; /* earlier, later */
    tt_str note;  /* "2021 runs to 10 October 2021: compared with 1 January to 10 October 2020", or empty */
    tt_change *v; /* by topic: all that occur on either side, with --topic all that were named */
    size_t n;
} tt_comparison;

/* One row of `topics`, over the selection. */
typedef struct tt_topic_sum {
    uint32_t topic, mentions, issues_with;
    int32_t first, last; /* TT_NO_DATE: only undated issues */
    int peak_year;       /* 0: none */
    int32_t longest_gap; /* days between neighbouring dated issues that have it; -1: fewer than 2 */
} tt_topic_sum;

/* ---- a topic over the whole series (trend/life.h, trend/overall.h; formulas in base/series_stats.h) ---- */

enum { TT_LIFE_DAYS = 365 }; /* a gap of so many days is an absence, so many days at the end are the present */

/* From one issue to another one. */
typedef struct tt_gap {
    uint32_t from, to; /* issues, or TT_NO_ISSUE */
    int32_t days;      /* between their dates; -1: there is none */
} tt_gap;

/* What became of a topic by the end of the selection; in this order, the first that fits. */
typedef enum tt_status {
    TT_STATUS_NONE,   /* no dated issue has it */
    TT_STATUS_QUIET,  /* not in the last TT_LIFE_DAYS days */
    TT_STATUS_NEW,    /* first in the last TT_LIFE_DAYS days of a selection that is longer than that */
    TT_STATUS_BACK,   /* a comeback in the last TT_LIFE_DAYS days */
    TT_STATUS_CURRENT /* none of these */
} tt_status;

/* Over the dated issues of the selection, in order of date. */
typedef struct tt_life {
    tt_status status;
    uint32_t first, last; /* issues, or TT_NO_ISSUE */
    tt_gap *comebacks;    /* gaps of TT_LIFE_DAYS days or more, in order */
    size_t n_comebacks;
    tt_gap longest_gap;              /* between neighbouring issues that have it; the earliest of equals */
    uint32_t streak;                 /* most issues in a row that have it; the earliest of equals */
    uint32_t streak_from, streak_to; /* issues, or TT_NO_ISSUE */
} tt_life;

typedef struct tt_burst {
    tt_str from, to; /* names of the first and last period */
    double weight;
} tt_burst;

/* One row of `trends --overall`. Texts and arrays live in the arena that it was made with. */
typedef struct tt_overall {
    uint32_t topic, mentions, issues_with, issues;
    uint64_t words;
    tt_life life;
    bool has_dispersion, has_dispersion_norm;
    double dispersion, dispersion_norm; /* DP and DPnorm, parts are issues */
    uint32_t periods;                   /* complete ones with words: the points of the trend */
    bool has_trend;
    int64_t kendall_s;
    double kendall_tau, kendall_p;
    bool kendall_exact;
    double slope, slope_low, slope_high; /* per_10k_words per period */
    tt_str trend_note;                   /* why there is no trend, else empty */
    tt_burst *bursts;                    /* in order of time */
    size_t n_bursts;
    double burst_weight; /* the largest; 0: no burst */
    double burst_s, burst_gamma;
    tt_str burst_note; /* why no burst can be told, else empty */
} tt_overall;

/* ---- answer: what `ask` says of one topic over a selection ---- */

/* A section of the selection that has the topic. */
typedef struct tt_section_sum {
    uint32_t section, mentions, issues_with;
    uint64_t words; /* of the section, in all selected issues */
} tt_section_sum;

typedef struct tt_busy {
    uint32_t issue, mentions;
} tt_busy;

typedef struct tt_answer {
    tt_point all;         /* of the selection as a whole, undated issues too */
    uint32_t first, last; /* dated issues that have it, or TT_NO_ISSUE */
    int32_t from, to;     /* dates of the selection's first and last issue, or TT_NO_DATE */
    tt_series series;     /* one point for each period */
    tt_section_sum *sections; /* most mentions first, then by name */
    size_t n_sections;
    tt_busy *busy; /* every issue that has it: most mentions first, then in order */
    size_t n_busy;
} tt_answer;

/* The first's share of both, in a period or over all: mentions against mentions. */
typedef struct tt_share_row {
    uint32_t first, both;
    bool has, has_ci;
    double share, low, high;
} tt_share_row;

/* A topic that stands beside another one. */
typedef struct tt_beside {
    uint32_t topic;
    uint32_t both;  /* paragraphs that have both */
    uint32_t other; /* paragraphs that have it */
    double times;   /* both, against what chance would give */
    double g2;
} tt_beside;

/* ---- the story of a year (trend/life.h, trend/story.h) ---- */

/* What happened to a topic in a range of days. */
typedef struct tt_turn {
    uint32_t topic;
    uint32_t issues; /* that have it: in the range; for one that went quiet, in the range before */
    tt_gap gap;      /* first: `to` alone, the issue; back: `to` brought it back; quiet: `from` alone, the last one */
} tt_turn;

/* A year's review, or that of any range. By topic. */
typedef struct tt_review {
    uint32_t n_before; /* dated issues before the range; with 0 every topic is a first-timer, which says nothing */
    tt_turn *first;    /* never before */
    tt_turn *back;     /* came back after TT_LIFE_DAYS days or more; the first such return in the range */
    tt_turn *quiet;    /* in an issue of the range before, in none of this one */
    size_t n_first, n_back, n_quiet;
} tt_review;

/* Issues of the year in a row that have it. */
typedef struct tt_streak {
    uint32_t topic, issues;
    uint32_t from, to; /* issues */
} tt_streak;

/* Two topics that stand in the same issues. */
typedef struct tt_topic_pair {
    uint32_t topic[2], issues_with[2], both; /* the topic with more issues first */
    double g2, p;                            /* one-sided, of this pair alone */
} tt_topic_pair;

typedef struct tt_story {
    uint32_t issues; /* dated, selected, with a selected section; all else is 0 where there are none */
    uint64_t words, places;
    tt_review review;
    tt_streak *streaks; /* the longest, if it has 2 issues or more; of equals all, most mentions first */
    size_t n_streaks;
    uint32_t busiest; /* most places; the earliest of equals; TT_NO_ISSUE: no place, or not all topics are selected */
    uint32_t n_busiest; /* that have so many places */
    uint32_t busiest_places, busiest_topics;
    uint64_t busiest_words;
    size_t n_pairs; /* that were looked at; pair is the one with the most evidence, if there is any */
    tt_topic_pair pair;
    bool pair_holds; /* p n_pairs < 0.05: beyond what chance makes of so many pairs */
} tt_story;

/* ---- candidates: what the archive has and the lexicon lacks ---- */

/* A name or expression. Found by tag/candidate, ranked by trend/rank. */
typedef struct tt_candidate {
    uint32_t group; /* of the one who found it */
    bool name;      /* else an expression in lower case */
    bool free;      /* stands mostly by itself, not beside another capital */
    uint32_t n_words, mentions, issues;
    uint32_t before;        /* mentions in the issues that a year is compared with */
    const uint32_t *n_each; /* places of each of its words */
    const uint32_t *parts;  /* candidates that are a part of it */
    size_t n_parts;
    double score; /* set by ranking */
} tt_candidate;

/* One row of `suggest`: a term of a new topic. */
typedef struct tt_suggestion {
    tt_str topic, term, label, type; /* label, type: of the topic's first row, else empty */
    bool exact, known;               /* known: the lexicon has a topic of this id */
    uint32_t mentions, issues;       /* of the term's group */
    uint32_t issue, at;              /* an example */
    double score;
} tt_suggestion;

/* ---- 6. table ---- */

typedef enum tt_table_kind {
    TT_TABLE_ISSUES,
    TT_TABLE_COUNTS,
    TT_TABLE_TRENDS,
    TT_TABLE_MENTIONS,
    TT_TABLE_TOPICS,
    TT_TABLE_OVERALL, /* of `trends`: a row for each topic over its whole series */
    TT_TABLE_CHANGE,  /* of `trends`: two periods compared */
    TT_TABLE_LINKS
} tt_table_kind;

typedef enum tt_format { TT_FORMAT_CSV, TT_FORMAT_JSON, TT_FORMAT_JSONL, TT_FORMAT_TEXT, TT_FORMAT_GREP } tt_format;
typedef enum tt_wide { TT_WIDE_NO, TT_WIDE_TOPICS_ACROSS, TT_WIDE_PERIODS_ACROSS } tt_wide;
typedef enum tt_measure { TT_MEASURE_MENTIONS, TT_MEASURE_RATE, TT_MEASURE_SHARE } tt_measure;

/* How a table is written. {0} is CSV. */
typedef struct tt_output {
    tt_format format;
    tt_wide wide; /* trends only */
    tt_measure measure;
    bool spreadsheet; /* byte-order mark, and ' before cells that a spreadsheet would run; CSV only */
    bool color;
} tt_output;

/* ---- verbs ---- */

/* What is done about issues that hold the same text. */
typedef enum tt_duplicates {
    TT_DUPLICATES_TELL,     /* the sink is told of the first pairs, and all are counted */
    TT_DUPLICATES_TELL_ALL, /* of every pair */
    TT_DUPLICATES_DROP,     /* one of each pair is read */
    TT_DUPLICATES_IGNORE
} tt_duplicates;
/* Where a run's time goes, in the order of a run. */
typedef enum tt_stage {
    TT_STAGE_LEXICON,
    TT_STAGE_WALK,
    TT_STAGE_READ,
    TT_STAGE_DECODE,
    TT_STAGE_FRONT,
    TT_STAGE_PARSE,
    TT_STAGE_SURVEY, /* title, headings, hashes of blocks and of the input, dates */
    TT_STAGE_LAY,
    TT_STAGE_SCAN, /* words and mentions */
    TT_STAGE_COUNT,
    TT_STAGE_WRITE, /* tables, charts, pages */
    TT_N_STAGES
} tt_stage;

typedef struct tt_stage_sum {
    double seconds;
    uint64_t bytes;
} tt_stage_sum;

/* The caller gives the clock, zeroes the rest and reads it after the run. Bytes are those that a stage was given (of WRITE:
 * gave; read, decode and front: of files, then of visible text); an issue that is read twice is there twice. What lies
 * between the stages is not in it. WRITE's seconds are the caller's to take: it calls what writes. */
typedef struct tt_profile {
    double (*now)(void *ctx); /* seconds since any moment */
    void *ctx;
    tt_stage_sum stages[TT_N_STAGES];
} tt_profile;

typedef struct tt_options {
    const char *const *lexicon; /* files or folders; none: `./lexicons` if there, else the installed set */
    size_t n_lexicon;
    const char *section_names;  /* NULL: sections.csv of the lexicon folder, if there */
    const char *side;           /* NULL: issues.csv with a `path` column at the archive's root, if there */
    const char *const *include; /* globs over the path relative to the archive, or its last component */
    size_t n_include;
    const char *const *exclude;
    size_t n_exclude;
    unsigned zones; /* bit 1 << tt_zone each */
    bool no_infer, no_repair, drafts;
    tt_duplicates duplicates;
    const char *text_field, *date_field, *title_field, *section_field; /* columns of rows; NULL: by the usual names */
    const char *query; /* NULL, or what tables are about instead of the lexicon's topics: see tt_archive_ask */
    const char *vs;    /* of `ask`: a second one beside it; NULL: none */
    bool no_counts; /* survey only: all that `mentions` needs. Other tables and `report` are then refused; totals have
                     * words and mentions once `mentions` was written, of the issues that it went over */
    bool no_links; /* links are not gathered, which takes time; the table of links and `report` are then refused */
    bool no_input_hash; /* nor the SHA-256 of what is read, which JSON carries: its `input_hash` is then null */
    tt_profile *profile; /* NULL: not wanted */
} tt_options;

typedef struct tt_archive tt_archive; /* a lexicon, a survey and the cells: all that tables are made of */

typedef struct tt_totals {
    size_t n_read, n_skipped, n_undated, n_inferred, n_repaired, n_drafts;
    uint64_t n_words, n_mentions; /* places */
} tt_totals;

typedef enum tt_picture { TT_PICTURE_SVG, TT_PICTURE_PNG, TT_PICTURE_PDF, TT_N_PICTURES } tt_picture;

/* What `report` needs besides. */
typedef struct tt_report_options {
    const char *folder; /* made where it is missing */
    const char *title;  /* NULL: the archive's name */
    bool no_charts;
    const char *palette; /* a name, or colours `#rrggbb` joined by commas; NULL: default */
    const char *lang;    /* code of the language of the months; NULL: en */
    unsigned pictures;   /* kinds written beside each script: 1 << tt_picture each; 0: svg and png */
} tt_report_options;

void tt_options_init(tt_options *opt);

/* Reads, surveys and counts `paths` (`-`: standard input; none: the current folder). Warnings go to `sink`, which may be
 * NULL. On success the caller frees *out; what `opt` and `paths` point to must live as long. Files that could not be read
 * are skipped and told to the sink. Fails on a broken lexicon, an archive argument that cannot be opened, or no memory. */
int tt_archive_open(tt_archive **out, const tt_options *opt, const char *const *paths, size_t n_paths,
                    const tt_sink *sink, tt_err *err);
void tt_archive_free(tt_archive *archive); /* NULL is allowed */
void tt_archive_totals(const tt_archive *archive, tt_totals *out);

/* Writes one table to `to`. The caller checks and closes `to`. `mentions` reads the files again; one that changed
 * meanwhile is an error, since its numbers would no longer add up. `change` tells the sink which period is not complete,
 * and is not for `by`, `by_section` and `wide`. */
int tt_archive_table(tt_archive *archive, tt_table_kind kind, const tt_select *sel, const tt_output *how, FILE *to,
                     tt_err *err);

/* How an answer is given. {0}: the latest mentions alone. */
typedef struct tt_ask_options {
    bool all;         /* every mention */
    size_t context;   /* characters on each side of a mention; 0: as many as a screen has room for */
    bool links;       /* to a terminal that has hyperlinks (OSC 8) */
    const char *program; /* as the commands in the answer name it; NULL: tagtrend */
    const char *rest; /* options and archives, quoted for a shell, that the commands in the answer repeat; may be NULL */
} tt_ask_options;

/* Answers opt.query, and opt.vs beside it, of an archive that was opened with it: text for people, or TT_FORMAT_JSON. A query
 * is a topic's id or label (case, spaces and hyphens forgiven), a term of the lexicon, any text in the term language,
 * several of these together (` + `), or the share of the first in both (` / `); words such as "how often did I cover" are
 * dropped. *found: there is a mention. */
int tt_archive_ask(tt_archive *archive, const tt_ask_options *options, const tt_select *sel, const tt_output *how, FILE *to,
                   bool *found, tt_err *err);

/* Explains one line of a file: what could match in it, what did, by which rule, and what it counts for. `place` is
 * FILE:LINE or FILE:LINE:COLUMN, the file as `mentions` names it or relative to the archive, the line as on disk. Writes
 * text, or JSON whose rows hold one object. `sel` takes nothing out: what it would leave out is told as such. Needs no
 * counts. TT_EUSAGE: no such file, line or column. */
int tt_archive_why(tt_archive *archive, const char *place, const tt_select *sel, const tt_output *how, FILE *to,
                   tt_err *err);

/* TT_EUSAGE where `how` names a palette or a language that is not there: the message lists them. A report asks itself;
 * this is for who wants to know before an archive is read. */
int tt_report_options_check(const tt_report_options *how, tt_err *err);

/* Writes the set of files that CONTRACT lists under "report writes" into a folder, each whole or not at all. */
int tt_archive_report(tt_archive *archive, const tt_report_options *how, const tt_select *sel, tt_err *err);

/* Examines the lexicons of `opt`, and with `paths` what the archive says about them, and writes the findings to `to`, by
 * file, line and column: TT_FORMAT_JSON, or lines path:line:column: error|warning: text. *n_errors is how many of them
 * are errors. 0 also where there are some; fails where a file cannot be read. */
int tt_check(const tt_options *opt, const char *const *paths, size_t n_paths, const tt_output *how, const tt_sink *sink,
             FILE *to, size_t *n_errors, tt_err *err);

/* Writes a lexicon of any format that can be read as CSV. What our CSV cannot say is told as TT_SKIPPED. */
int tt_convert(const char *path, const tt_sink *sink, FILE *to, tt_err *err);

/* Writes what the archive has and the lexicon lacks as rows of a lexicon, best first; with `sel->years` what those years
 * write more about than the years before. Reads the files again, as `mentions` does. */
int tt_archive_suggest(tt_archive *archive, const tt_select *sel, const tt_output *how, FILE *to, tt_err *err);

/* Small helpers that a front end needs. */
int tt_date_parse_bound(const char *text, bool end, int32_t *out);  /* 2019, 2019-06, 2019-06-30 -> first or last day */
int tt_zones_parse(const char *text, unsigned *zones, tt_err *err); /* `text,quote` or `+title,-quote` onto *zones */
const char *tt_zone_name(tt_zone zone);
const char *tt_status_name(tt_status status); /* quiet, new, back, current; none: "" */
const char *tt_verdict_name(tt_verdict verdict); /* `too few`, `steady`, … */

#endif
