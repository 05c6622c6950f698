/* common: the English words that are part of no topic's edge, as static tables. */
#ifndef TT_TAG_COMMON_H
#define TT_TAG_COMMON_H

#include "tagtrend.h"

enum {
    TT_COMMON_FUNCTION = 1 << 0, /* `the`, `with`, `actually`: an expression ends before it */
    TT_COMMON_ORDINARY = 1 << 1, /* `use`, `recent`, `example`: stands at no edge of an expression */
    TT_COMMON_CALENDAR = 1 << 2  /* `monday`, `dutch`, `ceo`: capitals do not make it a name */
};

/* The classes of a word, case-folded, `'` as apostrophe; 0: none. */
unsigned tt_common_word(tt_str fold);

#endif
