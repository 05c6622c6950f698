/* parse: text -> doc (COUNTING 3). One function a format, all of the same form. */
#ifndef TT_PARSE_PARSE_H
#define TT_PARSE_PARSE_H

#include "parse/section.h"

/* What lies before the body: `body_at` bytes of front matter, in it the title's value (n_title 0: none). */
typedef struct tt_parse_in {
    const tt_text *text;
    size_t body_at, title_at, n_title;
    const tt_section_names *names; /* plain text: lines of their own that are section names; may be NULL */
} tt_parse_in;

int tt_parse_markdown(const tt_parse_in *in, tt_arena *arena, tt_doc *out, tt_err *err); /* only file that knows md4c */
int tt_parse_plain(const tt_parse_in *in, tt_arena *arena, tt_doc *out, tt_err *err);

/* .txt, .text and no ending: Markdown where the text has front matter (told by the caller), a `# ` heading or `](`. */
bool tt_parse_looks_markdown(const tt_text *text, bool has_front);

#endif
