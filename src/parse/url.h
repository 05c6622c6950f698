/* url: bare URLs in running text (COUNTING 3). */
#ifndef TT_PARSE_URL_H
#define TT_PARSE_URL_H

#include "base/str.h"

/* `colon` points at a `:` in p[0..n). Where it ends the scheme of a bare URL (mailto, or any with `//`), of
 * which p[*from..*to) is all, returns true. The URL ends as in GFM's extended autolinks: at white space or `<`, without
 * punctuation and unpaired closing brackets at its end; and at `>`, quotation marks and CJK punctuation. */
bool tt_url_at(const char *p, size_t n, size_t colon, size_t *from, size_t *to);

#endif
