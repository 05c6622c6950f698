/* cut: where a word or sign may be cut for matching (COUNTING 5), as pure functions of its bytes p[s..e), which are
 * whole characters. Used by token.c alone. */
#ifndef TT_TAG_CUT_H
#define TT_TAG_CUT_H

#include "tagtrend.h"

/* The character at `at`, which is before `end`; its length is returned, at least 1. */
size_t tt_cut_read(const char *p, size_t end, size_t at, uint32_t *cp);

/* Leaves out what vanishes at both ends, and with `underscores` those, too (U+203F and its like among them). */
void tt_cut_trim(const char *p, size_t *s, size_t *e, bool underscores);

bool tt_cut_has_alnum(const char *p, size_t s, size_t e); /* a letter or digit: a word */
bool tt_cut_is_hyphen(const char *p, size_t s, size_t e); /* one of tt_cp_hyphen, and marks on it */

/* Bytes of `'s` or `’s` at the end of a word that has something before it; 0: none, or so much vanishes between the
 * two that the length does not fit a byte. */
uint8_t tt_cut_possessive(const char *p, size_t s, size_t e);

/* The apostrophe that ends an elided article at the word's beginning (`l’` of `l’IA`), and *next, the letter behind
 * it; e, and *next as it was: none. */
size_t tt_cut_elision(const char *p, size_t s, size_t e, size_t *next);

/* The first `.`, `:` or `·` of a word that stands between two letters, and *next, the letter behind it; e, and
 * *next as it was: none. */
size_t tt_cut_joint(const char *p, size_t s, size_t e, size_t *next);

#endif
