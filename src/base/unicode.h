/* unicode: UTF-8, character properties, normalisation and folding. The only file that knows utf8proc; word-break
 * properties and emoji come from tables generated from Debian's unicode-data (unicode_table.h, which names its version
 * and is made by `make tables`). */
#ifndef TT_BASE_UNICODE_H
#define TT_BASE_UNICODE_H

#include "base/mem.h"

#define TT_UTF8_MAX 4

/* Decodes the character at p (n > 0 bytes are there). Returns its length and sets *cp; 0: not valid UTF-8 there
 * (overlong, surrogate, above U+10FFFF, cut off). */
size_t tt_utf8_decode(const char *p, size_t n, uint32_t *cp);
size_t tt_utf8_encode(uint32_t cp, char out[TT_UTF8_MAX]); /* cp must be a scalar value */
size_t tt_utf8_ascii(const char *p, size_t at, size_t n); /* where the next byte above 0x7F stands; n: nowhere */
bool tt_utf8_valid(const char *p, size_t n);
size_t tt_utf8_count(const char *p, size_t n); /* characters; p is valid */
size_t tt_utf8_columns(const char *p, size_t n); /* of a terminal: East Asian wide ones take 2, marks none */
size_t tt_utf8_back(const char *p, size_t at); /* start of the character that ends before `at` > 0 */

void tt_utf8_show(const char *p, size_t n, tt_buf *to); /* appends; what is not valid becomes U+FFFD */

/* UAX #29 Word_Break. */
typedef enum tt_wb {
    TT_WB_OTHER,
    TT_WB_CR,
    TT_WB_LF,
    TT_WB_NEWLINE,
    TT_WB_EXTEND,
    TT_WB_ZWJ,
    TT_WB_FORMAT,
    TT_WB_REGIONAL,
    TT_WB_KATAKANA,
    TT_WB_HEBREW,
    TT_WB_ALETTER,
    TT_WB_SINGLE_QUOTE,
    TT_WB_DOUBLE_QUOTE,
    TT_WB_MIDNUMLET,
    TT_WB_MIDLETTER,
    TT_WB_MIDNUM,
    TT_WB_NUMERIC,
    TT_WB_EXTENDNUMLET,
    TT_WB_WSEGSPACE
} tt_wb;
tt_wb tt_cp_wb(uint32_t cp);
bool tt_cp_pictographic(uint32_t cp); /* Extended_Pictographic */
bool tt_cp_letter(uint32_t cp);       /* General_Category L* */
bool tt_cp_digit(uint32_t cp);        /* N* */
bool tt_cp_mark(uint32_t cp);         /* M* */
bool tt_cp_upper(uint32_t cp);        /* Lu, Lt */
bool tt_cp_space(uint32_t cp);        /* White_Space; not U+200B */
bool tt_cp_emoji(
    uint32_t cp); /* pictographs and what joins them: Extended_Pictographic but no digit, #, *, ©, ®, ™; regional
                                           indicators, skin tones, U+200D, U+FE0F, U+20E3, tags */
bool tt_cp_vanishes(uint32_t cp);     /* U+00AD 180E 200C to 200F 2060 FEFF: COUNTING 5 */
bool tt_cp_hyphen(uint32_t cp);       /* U+002D, U+2010 to U+2013, U+00B7: the term language's hyphens */
bool tt_cp_apostrophe(uint32_t cp);   /* ' and ’ */
bool tt_cp_boundary(uint32_t cp);     /* its key does not hang on the character before it */
bool tt_cp_folded(uint32_t cp);       /* its key, case folded, is itself */
const char *tt_unicode_version(void); /* of the tables: "15.0.0" */

/* Appends the NFKC form of the word at p (valid UTF-8) to `out`: characters that vanish left out, ’ as '; with `fold`
 * also case-folded (Unicode full case folding, NFKC again after it). 0 or TT_ENOMEM. Pure ASCII takes a short way. */
int tt_unicode_key(const char *p, size_t n, bool fold, tt_buf *out);

/* Appends letters and digits alone (letters only, if so wanted), NFKC case-folded; marks go with their letter. What
 * COUNTING 3 calls "equal" and "the same". *n_letters (may be NULL) is set to the number of letters in p. */
int tt_unicode_alnum(const char *p, size_t n, bool letters_only, tt_buf *out, size_t *n_letters);

/* Appends p without the marks of Latin, Greek and Cyrillic (U+0300 to 036F): `Malmö` -> `Malmo`. What has no such mark
 * stays as it is, and so do marks that other scripts spell with. 0 or TT_ENOMEM. */
int tt_unicode_bare(const char *p, size_t n, tt_buf *out);

#endif
