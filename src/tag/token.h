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

/* Tokens of one stretch, which no word reaches over (no barrier, one block and final zone), made as they are wanted. {0}
 * is an empty one. Block, zone and run of the tokens are right; of the first one space_before and barrier say nothing. */
typedef struct tt_cutting {
    tt_tokens tokens; /* so far; they live until the next begin or drop */
    size_t at, end;   /* in vis: what is not cut yet */
    size_t cap;
    const tt_doc *doc;
    tt_buf key;
    tt_arena arena;
    uint32_t block, run;
    uint8_t zone;
    bool space;
} tt_cutting;

/* Begins at `at`, where a segment of UAX #29 begins; `run`: one that does not begin behind it. */
void tt_cutting_begin(tt_cutting *c, const tt_doc *doc, uint32_t block, uint32_t run, uint8_t zone, size_t at, size_t end);
int tt_cutting_more(tt_cutting *c, size_t n); /* until there are n tokens, or all; a segment is cut whole. 0 or TT_ENOMEM */
void tt_cutting_drop(tt_cutting *c, size_t n); /* the first n tokens */
void tt_cutting_release(tt_cutting *c);

/* UAX #29 alone: the end of the segment that begins at `at` (0 <= at < n). In wordbreak.c. */
size_t tt_word_next(const char *p, size_t n, size_t at);

#endif
