/* token: doc -> tokens (COUNTING 5): UAX #29 words over the visible text, with keys for matching. */
#ifndef TT_TAG_TOKEN_H
#define TT_TAG_TOKEN_H

#include "base/str.h"

/* All tokens of a doc, in order of `vis`. Final zones are read from run.zone and block.overlay. In `arena`; keys that
 * are as the text stands point into doc->vis. On failure (TT_ENOMEM) *out is empty.
 *
 *     l’IA de _Google.org’s_   ->   l (no_end)  ’  IA  de  Google  .  org’s (possessive)
 *
 * White space inside a word of UAX #29 (U+202F) parts it: what follows has `inner` and `space_before`. */
int tt_tokenize(const tt_doc *doc, tt_arena *arena, tt_tokens *out, tt_err *err);

/* The same for a bare string (terms of the lexicon, tests): one block, one run, zone text. It is copied into `arena`.
 * TT_ELIMIT above TT_MAX_FILE bytes. */
int tt_tokenize_str(tt_str s, tt_arena *arena, tt_tokens *out, tt_err *err);

/* UAX #29 alone: the end of the segment that begins at `at` (0 <= at < n). In wordbreak.c. */
size_t tt_word_next(const char *p, size_t n, size_t at);

#endif
