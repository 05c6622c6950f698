/* scope: which stretches of an HTML text are no text of its author's: what is hidden, what belongs to the page or to the
 * mail around it. */
#ifndef TT_PARSE_SCOPE_H
#define TT_PARSE_SCOPE_H

#include "parse/mask.h"

enum {
    TT_SERVICE_LETTERS = 200, /* "view in browser", "unsubscribe": only blocks with fewer letters */
    TT_ASKS_LETTERS = 2000    /* a form or a cookie bar with more letters holds the text itself */
};

typedef struct tt_scope {
    tt_span *v; /* whole tags and whole texts; rising, apart */
    size_t n, cap;
} tt_scope;

/* Looks through bytes from..text->n. Release *s also after a failure. 0 or TT_ENOMEM. */
int tt_scope_find(tt_scope *s, const tt_text *text, size_t from);
void tt_scope_release(tt_scope *s);

#endif
