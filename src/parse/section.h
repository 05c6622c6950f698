/* section: names of sections, sections.csv, and laying sections, titles and boilerplate over a doc (COUNTING 3, 4). */
#ifndef TT_PARSE_SECTION_H
#define TT_PARSE_SECTION_H

#include "base/str.h"

enum { TT_MAX_SECTION_LINE = 1000 }; /* bytes of a line or bold paragraph that may be a section's name */

/* sections.csv: `section,heading`; a heading may hold `*`, which stands for any characters or none. */
typedef struct tt_section_names tt_section_names;
int tt_section_names_new(tt_section_names **out, tt_err *err); /* empty */
/* Adds the rows of a file. TT_EINPUT: no such columns, or an empty cell; a heading that is listed for two sections stays
 * with the first, with a note to the sink. */
int tt_section_names_read(tt_section_names *names, const char *path, tt_str csv, const tt_sink *sink, tt_err *err);
void tt_section_names_free(tt_section_names *names);
/* The section that a heading belongs to by its key (tt_section_key of its name): *section = its name. false: not listed.
 * A section's own name is always listed for it; whole headings go before those with `*`. `names` may be NULL. */
bool tt_section_names_find(const tt_section_names *names, tt_str key, tt_str *section);

/* A heading's or line's text without emoji and surrounding punctuation (a closing bracket only where it is unpaired, an
 * opening one where it is unpaired or goes around all), white space collapsed. In `arena`. `C++` keeps its `++`. */
int tt_section_name(tt_arena *arena, tt_str text, tt_str *name);
int tt_section_key(tt_arena *arena, tt_str name, tt_str *key); /* NFKC case-folded */

/* The headings of a doc that may open a section: not nested, not the title's block (UINT32_MAX: none). For a doc
 * without headings: paragraphs that are wholly bold, or lines of plain text, whose text is listed, as level 0. A heading
 * of emoji alone has an empty name and key: it is no name, but ends the section before it.
 * `out` gets as many as doc has blocks at most; `block_of[i]` their blocks. In `arena`. */
int tt_section_headings(const tt_doc *doc, const tt_section_names *names, uint32_t title_block, tt_arena *arena,
                        tt_heading **out, uint32_t **block_of, size_t *n);

/* What the survey knows, seen through functions so that rooms stay apart. */
typedef struct tt_section_lookup {
    void *ctx;
    uint32_t (*known)(void *ctx, int level, tt_str key); /* id, or TT_SECTION_NONE */
    uint32_t (*named)(void *ctx, tt_str name);           /* id of a listed section's name, or UINT32_MAX */
    bool (*boilerplate)(void *ctx, uint64_t hash);       /* NULL: nothing is */
    bool single; /* an archive of one issue: every name is known, at the level that COUNTING 4 says */
} tt_section_lookup;

/* Sets block.section and block.overlay (section, title, boilerplate) of every block. `title` is the title; a
 * block equal to it, its number aside, is title. */
int tt_section_lay(tt_doc *doc, const tt_text *text, const tt_heading *headings, const uint32_t *block_of,
                   size_t n_headings, const tt_section_lookup *look, tt_str title, tt_arena *arena, tt_err *err);

/* Hash of a block's letters (url, alt and meta left out, case-folded) for the boilerplate rule; false: not a paragraph
 * or list item, fewer than 40 letters, or no memory (scratch->failed). */
bool tt_section_block_hash(const tt_doc *doc, uint32_t block, tt_buf *scratch, uint64_t *hash);

/* Equal to the title, its number aside: letters and digits alone are the same, with or without a number form (`#37:`,
 * `Issue 12`, `No. 12`, `第 12 期`, `12.` at the start, `#12`, `12`, `（第 12 期）` at the end) on either side; two
 * numbers that differ are no match. The empty text equals nothing. 0 or TT_ENOMEM. */
int tt_title_equal(tt_str text, tt_str title, bool *equal);

/* The last letters of a title, in lower case and from the last one back, that each text equal to it ends in. No number
 * form has letters behind the title, and none takes away one of these. n 0: nothing can be told, as where other letters
 * than those of ASCII stand at its end. */
typedef struct tt_title_end {
    char letters[8];
    size_t n;
} tt_title_end;
tt_title_end tt_title_end_of(tt_str title);
/* Goes back over a piece of text, from its last byte; *n_met letters of the end were met behind it. Returns whether the
 * text may still be equal; where a byte above 0x7F is met nothing can be told, and *n_met becomes end->n. */
bool tt_title_end_met(const tt_title_end *end, tt_str piece, size_t *n_met);

#endif
