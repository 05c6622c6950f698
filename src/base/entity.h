/* entity: HTML character references (the 2125 names of HTML 5 that end in `;`, decimal and hexadecimal ones). */
#ifndef TT_BASE_ENTITY_H
#define TT_BASE_ENTITY_H

#include "base/mem.h"

#define TT_ENTITY_MAX 8 /* bytes of UTF-8 that one reference may stand for */

/* p points to `&`, n bytes are there. Returns the length of the reference up to and with its `;` and writes what it
 * stands for; 0: none there (unknown, no `;`). &#0;, surrogates and what is above U+10FFFF give U+FFFD; 128 to 159 are
 * read as Windows-1252, as HTML does. */
size_t tt_entity(const char *p, size_t n, char out[TT_ENTITY_MAX], size_t *n_out);

#endif
