/* scan: Markdown in one pass over the bytes, for the constructs that it knows whole; what holds anything else is left to
 * md4c, of which the scanner gives the same calls of the flow. How it works: lines make blocks (scan_block.c) up to a
 * place where no container is open: a region. Each block of text of the region is looked through for marks
 * (scan_inline.c). Where all was understood, the region is written into the flow (scan.c); else its bytes go to the
 * `reader`, which is md4c. */
#ifndef TT_PARSE_SCAN_H
#define TT_PARSE_SCAN_H

#include "base/bytes.h"
#include "parse/flow.h"

/* Reads bytes from..to, which are lines, as a document of their own. What lies between *cursor and the first text that is
 * seen has not been looked at for what link.c finds; *cursor is set to the end of the last text. 0 or TT_ENOMEM. */
typedef int tt_scan_reader(void *ctx, size_t from, size_t to, size_t *cursor);

/* The text from body_at on. *kept: what an earlier scan has left, NULL: nothing; it takes back what this one leaves (`kept`
 * may be NULL). *n_left: bytes that went to the reader. 0, TT_ENOMEM, or TT_SCAN_WHOLE: what was written
 * into the flow is of no use, since the text holds what can be read only as a whole (definitions, template tags,
 * footnotes, what the guard of md4c would change). */
enum { TT_SCAN_WHOLE = 1 };
typedef struct tt_scan tt_scan;
int tt_scan_markdown(tt_scan **kept, tt_flow *flow, const tt_text *text, size_t body_at, tt_scan_reader *reader,
                     void *ctx, size_t *n_left);

void tt_scan_free(tt_scan *s); /* what is kept; NULL is allowed */

/* ---- between the parts of the scanner ---- */

typedef struct tt_scan_line {
    uint32_t at, end; /* without container marks, indentation and blanks at the end */
} tt_scan_line;

typedef enum tt_scan_kind {
    TT_SCAN_QUOTE,
    TT_SCAN_QUOTE_END,
    TT_SCAN_LIST,
    TT_SCAN_LIST_END,
    TT_SCAN_ITEM,
    TT_SCAN_ITEM_END,
    TT_SCAN_RULE,
    TT_SCAN_HEADING,
    TT_SCAN_PARAGRAPH,
    TT_SCAN_CODE
} tt_scan_kind;

/* A block, or the begin or end of a container, in the order of the text. */
typedef struct tt_scan_node {
    uint8_t kind;
    uint8_t level;     /* of a heading */
    bool loose;        /* list */
    bool behind_blank; /* a blank line stands before it */
    uint32_t line, n_lines;
    uint32_t mark, n_marks; /* of a heading or paragraph: its marks */
} tt_scan_node;

typedef enum tt_scan_mark_kind {
    TT_MARK_NONE, /* has turned out to be text */
    TT_MARK_RICH, /* behind here the text may have an entity, an escape or a URL */
    TT_MARK_DELIMITER,
    TT_MARK_BRACKET,
    TT_MARK_EM_BEGIN,
    TT_MARK_EM_END,
    TT_MARK_LINK_BEGIN,
    TT_MARK_LINK_END, /* a..b: target; the mark behind it may be its title */
    TT_MARK_IMAGE_BEGIN,
    TT_MARK_IMAGE_END,
    TT_MARK_TITLE, /* a..b */
    TT_MARK_CODE,  /* a..b: what is seen */
    TT_MARK_AUTOLINK,
    TT_MARK_BREAK /* a: the line end */
} tt_scan_mark_kind;

/* Bytes at..end are markup. */
typedef struct tt_scan_mark {
    uint32_t at, end, a, b;
    uint8_t kind, c;
    bool opens, closes; /* of a delimiter */
    bool as_seen;       /* of a link: nothing in its target is to be decoded */
} tt_scan_mark;

typedef struct tt_scan_container {
    char c; /* > - + * . ) */
    uint32_t mark_indent, contents_indent, start, node;
} tt_scan_container;

typedef enum tt_scan_line_kind { TT_LINE_BLANK, TT_LINE_TEXT, TT_LINE_FENCED, TT_LINE_INDENTED } tt_scan_line_kind;

typedef struct tt_scan_bracket {
    uint32_t mark, n_delimiters;
    bool image;
} tt_scan_bracket;

struct tt_scan {
    tt_flow *flow;
    const char *p;
    size_t n;
    size_t body_at;
    size_t at;        /* lines before it have been read */
    size_t region_at; /* where the region begins */
    int rc;           /* of the reader */
    bool whole;       /* TT_SCAN_WHOLE */
    bool odd;         /* the region is for the reader */
    size_t n_left;
    tt_scan_reader *reader;
    void *ctx;
    size_t cursor;    /* the end of the last text that is seen */
    bool reader_last; /* link.c has to look at what stands behind `cursor`; else what it would find are: */
    tt_span *targets_due;
    size_t n_targets_due, cap_targets_due;

    /* blocks */
    tt_scan_line *lines;
    size_t n_lines, cap_lines;
    tt_scan_node *nodes;
    size_t n_nodes, cap_nodes;
    tt_scan_container *containers;
    size_t n_containers, cap_containers;
    tt_scan_line_kind pivot; /* of the block that is open */
    bool block_open;         /* nodes[n_nodes - 1] takes more lines */
    bool behind_blank, loosening, two_blanks;
    char fence;
    size_t fence_length;

    /* text */
    tt_scan_mark *marks;
    size_t n_marks, cap_marks;
    uint32_t *delimiters; /* marks that may be emphasis, of the block that is looked through */
    size_t n_delimiters, cap_delimiters;
    uint32_t *openers;
    size_t n_openers, cap_openers;
    tt_scan_bracket *brackets;
    size_t n_brackets, cap_brackets;
    size_t dead_brackets;                                  /* those before cannot begin a link: one stands in them */
    size_t stretch_lines, stretch_brackets, stretch_depth; /* since a blank line, as the guard counts */
    bool failed;
    tt_finder specials, targets;
};

/* Reads lines up to the end of the text; calls tt_scan_region at the end of each region. */
void tt_scan_blocks(tt_scan *s);
void tt_scan_region(tt_scan *s, size_t to);

/* Reading a line: `i` is where the reading stands, `column` counts blanks and marks up to it. */
typedef struct tt_scan_place {
    size_t at, i, end;
    uint32_t indent, column;
    size_t n_parents, n_old;
    bool brother, children;
    tt_scan_line_kind pivot;
} tt_scan_place;

/* Of scan_line.c; each looks at l->i. */
enum { TT_CODE_INDENT = 4 };
void tt_scan_indent(const tt_scan *s, tt_scan_place *l);  /* goes over blanks */
void tt_scan_parents(const tt_scan *s, tt_scan_place *l); /* which of the open containers the line is in */
bool tt_scan_is_rule(const tt_scan *s, const tt_scan_place *l);
bool tt_scan_is_underline(const tt_scan *s, const tt_scan_place *l);
size_t tt_scan_container_mark(const tt_scan *s, const tt_scan_place *l,
                              tt_scan_container *c); /* its end; 0: none there */
void tt_scan_enter(const tt_scan *s, tt_scan_place *l, tt_scan_container *c, size_t mark_end); /* goes behind it */
bool tt_scan_is_heading(const tt_scan *s, const tt_scan_place *l, size_t *behind, uint8_t *level);
size_t tt_scan_opening_fence(const tt_scan *s, const tt_scan_place *l); /* its length; 0: none there */
bool tt_scan_closing_fence(const tt_scan *s, const tt_scan_place *l);
bool tt_scan_is_task(const tt_scan *s, const tt_scan_place *l); /* `[ ] ` or `[x] ` */

/* Of scan_left.c. The end of what may belong together with the line at `at`: a line behind a blank one that closes every
 * block, by its first letter, where none goes on over blank lines. */
size_t tt_scan_unread(const tt_scan *s, size_t at);
/* Whether the guard changes the line (guard.c): deeper than TT_MAX_NESTING, or of more columns than TT_MAX_COLUMNS. */
bool tt_scan_guarded(const tt_scan *s, size_t at, size_t end);
bool tt_scan_table_line(const tt_scan *s, size_t at, size_t end); /* may stand under the head of a table */
/* Whether in from..to, which goes to the reader, stands what only the whole text can tell: masks, definitions, what the
 * guard would change. */
bool tt_scan_needs_whole(const tt_scan *s, size_t from, size_t to);

/* The text of a block that is looked through; `line` is the one that is read. */
typedef struct tt_scan_leaf {
    tt_scan *s;
    const tt_scan_line *line, *last;
    bool from_bracket; /* the block begins with [ */
    bool unclosed;     /* no > stands in what is left of the line */
    bool tilde;        /* a ~ was met that may begin something */
    size_t url_to;     /* colon() has looked at what stands before */
    const tt_scan_line *no_ticks[64]; /* by length of a run of backticks: the line of which no other such run is left */
} tt_scan_leaf;

/* NULL: no memory, as s->failed tells. */
tt_scan_mark *tt_scan_add_mark(tt_scan *s, tt_scan_mark_kind kind, size_t at, size_t end);
size_t tt_scan_delimiter(tt_scan_leaf *b, size_t at); /* a run of * or _ at `at`; returns its end */
size_t tt_scan_tilde(tt_scan_leaf *b, size_t at);     /* the same of ~ */
/* Pairs the runs of emphasis from `from` on, which are then done with. */
void tt_scan_pair(tt_scan *s, size_t from);
/* Of scan_link.c: a [ at `at`, where nothing behind `from` has been taken; a ]. They return where the text goes on. */
size_t tt_scan_open_bracket(tt_scan_leaf *b, size_t from, size_t at);
size_t tt_scan_close_bracket(tt_scan_leaf *b, size_t at);
void tt_scan_count_bracket(tt_scan *s, bool opens); /* as the guard counts; one that means nothing too */

/* Looks through the text of a block. Sets s->odd or s->whole where it must. */
void tt_scan_inline(tt_scan *s, tt_scan_node *node);

#endif
