/* md_html: Markdown that stands between pieces of HTML, as HTML. */
#ifndef TT_READ_MD_HTML_H
#define TT_READ_MD_HTML_H

#include "base/place.h"

/* Adds the rest of p->text, which is Markdown or plain text, to `out` as HTML with its places: ATX headings, paragraphs,
 * inline links and images. All other marks stay as text, where they are punctuation: what is counted is the same. A body
 * that is Markdown throughout is handed on as Markdown instead. */
void tt_md_html(tt_place *p, tt_loci *out);

#endif
