/* markup: inside of the parser of Org, reStructuredText and AsciiDoc: what the three have in common. Each takes the text line by
 * line; a paragraph is gathered and read in one piece when it ends. */
#ifndef TT_PARSE_MARKUP_H
#define TT_PARSE_MARKUP_H

#include "parse/flow.h"
#include "parse/parse.h"

typedef struct tt_markup_line {
    size_t at, end; /* without its line end */
    size_t text;    /* its first character that is no blank; == end: a blank line */
} tt_markup_line;

enum { TT_MARKUP_STYLES = 6 };

typedef struct tt_markup_doc {
    tt_markup kind;
    tt_flow flow;
    tt_mask mask;
    const char *p; /* what is read: the text, or its copy with template tags hidden */
    size_t n;
    size_t from, to; /* the paragraph that is open */
    bool open;
    tt_block_kind leaf;

    size_t item;                      /* column where the text of the last list item begins; 0: none */
    bool after_literal;               /* reStructuredText: the paragraph before ends in `::` */
    char styles[TT_MARKUP_STYLES][2]; /* of headings: their character, and whether it stands above too */
    size_t n_styles;
    tt_str style;       /* AsciiDoc: `quote`, `source` … in brackets before a block */
    bool quoted, table; /* AsciiDoc: in a block of ____, of |=== */
} tt_markup_doc;

tt_markup_line tt_markup_line_at(const tt_markup_doc *m, size_t at);
bool tt_markup_starts(const tt_markup_doc *m, size_t at, size_t end, const char *text); /* ignoring case */
size_t tt_markup_repeats(const tt_markup_doc *m, size_t at,
                         size_t end); /* how often the character at `at` stands there */
size_t tt_markup_bullet(const tt_markup_doc *m, const tt_markup_line *l,
                        const char *marks); /* length of `- `, `1. `, `1) `; 0: none */

/* The line from `from` on goes on the open paragraph, or with a leaf that is none opens another. */
void tt_markup_add(tt_markup_doc *m, const tt_markup_line *l, size_t from, tt_block_kind leaf);
void tt_markup_flush(tt_markup_doc *m); /* the paragraph ends */
void tt_markup_heading(tt_markup_doc *m, int level, size_t at, size_t end);
void tt_markup_code(tt_markup_doc *m, size_t at, size_t end);
void tt_markup_aside(tt_markup_doc *m, tt_zone zone, size_t at, size_t end);
void tt_markup_cells(tt_markup_doc *m, size_t at, size_t end); /* between `|` */
void tt_markup_image(tt_markup_doc *m, size_t url, size_t url_end, size_t alt, size_t alt_end);

void tt_markup_inline(tt_markup_doc *m, size_t at, size_t end); /* links, images, emphasis, code, footnote marks */

/* Each takes a line that is not blank, and those that belong to it; returns where the next one begins. */
size_t tt_markup_org(tt_markup_doc *m, const tt_markup_line *l);
size_t tt_markup_rst(tt_markup_doc *m, const tt_markup_line *l);
size_t tt_markup_asciidoc(tt_markup_doc *m, const tt_markup_line *l);

void tt_markup_rst_front(tt_markup_doc *m, size_t body_at); /* the form of a title that stands in the front matter */

#endif
