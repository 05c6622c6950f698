/* decode: bytes of a file -> tt_text (COUNTING 2): encoding, line ends, mojibake. */
#ifndef TT_READ_DECODE_H
#define TT_READ_DECODE_H

#include "base/str.h"

/* Fills *out from n bytes. With `repair`, mojibake is repaired (Mac Roman, Windows-1252, Latin-1, once or twice).
 * TT_EINPUT: NUL characters in the text or a broken UTF-16; TT_ELIMIT: more than TT_MAX_FILE; TT_ENOMEM. On failure
 * *out is empty. */
int tt_decode(const char *p, size_t n, bool repair, tt_text *out, tt_err *err);
void tt_text_release(tt_text *text);

/* Line and column on disk of byte `at` of a text, both from 1, in characters; a byte-order mark is none; with loci, those
 * of the file that the text was taken from. A byte inside a
 * character has the place of the character, one behind the text that of its end. A cursor makes rising look-ups linear:
 * {0} at first, then handed in again with an `at` that is not smaller (a smaller one starts over). `cursor` may be
 * NULL. */
typedef struct tt_cursor {
    size_t at, line, column, fix;
    size_t locus, nth; /* with loci: the one behind, characters before `at` */
} tt_cursor;
void tt_text_place(const tt_text *text, size_t at, tt_cursor *cursor, size_t *line, size_t *column);

#endif
