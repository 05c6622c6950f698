/* service: by which names and words HTML tells that something is no text: attributes of elements, usual words of mails. */
#ifndef TT_PARSE_SERVICE_H
#define TT_PARSE_SERVICE_H

#include "base/tags.h"

typedef enum tt_told {
    TT_TOLD_NOTHING,
    TT_TOLD_HIDDEN, /* not seen, or put there by a platform */
    TT_TOLD_ASKS,   /* a cookie bar, if it is short */
    TT_TOLD_HEADER, /* of a page */
    TT_TOLD_APART,  /* of a page: navigation, comments */
    TT_TOLD_MAIN,
    TT_TOLD_ARTICLE,
    TT_TOLD_SERVICE, /* a link to what a mail offers about itself */
    TT_TOLD_NOTE,    /* a link inside the text: a footnote's mark, if it has no letter */
    TT_TOLD_LINK     /* another link */
} tt_told;

/* What the attributes of an OPEN tag tell; of several the first in the order above, nothing last. */
tt_told tt_service_told(const tt_tags *tags, const tt_tag *tag);

/* Words in lower case, white space collapsed and trimmed. A block that holds such a phrase, a link whose whole text it is. */
bool tt_service_block(tt_str words);
bool tt_service_link(tt_str words);

#endif
