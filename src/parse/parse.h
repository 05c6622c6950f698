/* parse: text -> doc (COUNTING 3). One function a format, all of the same form. */
#ifndef TT_PARSE_PARSE_H
#define TT_PARSE_PARSE_H

#include "parse/section.h"

/* Memory that one parse leaves to the next. {0} is an empty one. */
typedef struct tt_parse_scratch {
    struct tt_doc_builder *builder;
    struct tt_scan *scan;
} tt_parse_scratch;
void tt_parse_scratch_release(tt_parse_scratch *scratch);

/* What lies before the body: `body_at` bytes of front matter, in it the title's value (n_title 0: none). */
typedef struct tt_parse_in {
    const tt_text *text;
    size_t body_at, title_at, n_title;
    const tt_section_names *names; /* plain text: lines of their own that are section names; may be NULL */
    tt_parse_scratch *scratch;     /* may be NULL */
} tt_parse_in;

/* By the scanner (scan.h), and md4c for what that leaves; only this file knows md4c. */
int tt_parse_markdown(const tt_parse_in *in, tt_arena *arena, tt_doc *out, tt_err *err);
int tt_parse_html(const tt_parse_in *in, tt_arena *arena, tt_doc *out, tt_err *err); /* a page, or a piece of one */
/* The same doc, all of it by md4c: what the tests hold tt_parse_markdown to. */
int tt_parse_markdown_reference(const tt_parse_in *in, tt_arena *arena, tt_doc *out, tt_err *err);
int tt_parse_plain(const tt_parse_in *in, tt_arena *arena, tt_doc *out, tt_err *err);

/* Org, reStructuredText, AsciiDoc: their headings, quotes, code, comments, lists, tables, links and images; anything else is
 * text. Levels of headings are 1 to 6; those of reStructuredText in the order in which their forms appear. */
typedef enum tt_markup { TT_MARKUP_ORG, TT_MARKUP_RST, TT_MARKUP_ASCIIDOC } tt_markup;
int tt_parse_markup(const tt_parse_in *in, tt_markup kind, tt_arena *arena, tt_doc *out, tt_err *err);

/* .txt, .text and no ending: Markdown where the text has front matter (told by the caller), a `# ` heading or `](`. */
bool tt_parse_looks_markdown(const tt_text *text, bool has_front);

#endif
