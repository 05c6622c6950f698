/* jscan: JSON as a stream of values with their bytes, for files of which no tree is made. Strict (RFC 8259), without
 * memory of its own, at the speed of memchr in long strings. base/json has trees, and writes. */
#ifndef TT_BASE_JSCAN_H
#define TT_BASE_JSCAN_H

#include "base/str.h"

enum { TT_JSCAN_DEPTH = 1000 }; /* arrays and objects inside each other */

typedef enum tt_jscan_kind {
    TT_JSCAN_NONE,
    TT_JSCAN_OBJECT, /* begins */
    TT_JSCAN_ARRAY,  /* begins */
    TT_JSCAN_CLOSE,  /* the innermost of them ends */
    TT_JSCAN_STRING,
    TT_JSCAN_NUMBER,
    TT_JSCAN_TRUE,
    TT_JSCAN_FALSE,
    TT_JSCAN_NULL,
    TT_JSCAN_END,   /* of the text; nothing but white space is behind it */
    TT_JSCAN_BROKEN /* at scan.at; scan.why says what. All further calls say so again */
} tt_jscan_kind;

typedef struct tt_jscan_value {
    tt_jscan_kind kind;
    tt_str raw; /* as it stands: a string's bytes between its quotes, a bracket, all of a number */
    tt_str key; /* in an object: its bytes between the quotes. p NULL: in an array, or the outermost */
} tt_jscan_value;

typedef struct tt_jscan {
    const char *p;
    size_t n;
    size_t at; /* behind the last value; of a broken text, where it is broken */
    size_t depth;
    const char *why; /* a literal, behind "is broken JSON: "; NULL: nothing is wrong */
    bool cut;        /* broken because it ends too early */
    uint8_t state;   /* private from here on */
    uint64_t objects[(TT_JSCAN_DEPTH + 63) / 64];
} tt_jscan;

void tt_jscan_init(tt_jscan *s, tt_str json); /* which must outlive it */
/* The next value. On BROKEN, v->key is that of the member whose value is broken, if its name was read. */
tt_jscan_kind tt_jscan_next(tt_jscan *s, tt_jscan_value *v);
/* Goes behind the object or array that *v began, and makes v->raw all of it: a JSON text of its own. false: broken. */
bool tt_jscan_skip(tt_jscan *s, tt_jscan_value *v);

/* Takes one character off the front of a string's bytes (not empty): *cp is what an escape stands for, or -1 where none
 * stands there and `taken` is one byte as it is. Half a surrogate pair and \u0000 are U+FFFD. */
size_t tt_jscan_escape(tt_str raw, int32_t *cp);
bool tt_jscan_is(tt_str raw, const char *text);        /* its text is `text`, which is ASCII */
bool tt_jscan_is_nocase(tt_str raw, const char *text); /* ASCII only */
void tt_jscan_text(tt_str raw, tt_buf *to);            /* adds its text */

#endif
