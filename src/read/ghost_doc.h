/* ghost_doc: the documents of Ghost's editors (Lexical, Mobiledoc), JSON inside a JSON string, as HTML or Markdown. */
#ifndef TT_READ_GHOST_DOC_H
#define TT_READ_GHOST_DOC_H

#include "base/jscan.h"
#include "base/loci.h"
#include "read/reader.h"

enum { TT_GHOST_NESTING = 64 }; /* nodes inside each other; what lies deeper is refused */

/* Makes the text of the document `json`, with its places, in `out`, which is emptied first: as Markdown where it is of
 * Markdown cards alone, else as HTML. Nothing is in it: it holds no text. TT_EINPUT: *why, a literal, says what is wrong with it; TT_ENOMEM. */
int tt_ghost_lexical(const tt_loci *json, tt_loci *out, tt_body *body, const char **why);
int tt_ghost_mobiledoc(const tt_loci *json, tt_loci *out, tt_body *body, const char **why);

#endif
