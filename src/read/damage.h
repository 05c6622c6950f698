/* damage: how likely is it that a sequence of characters is one UTF-8 character that was read in a wrong code page, and
 * not the real text that it could be too? Judges one sequence with its neighbours; what the whole text says is weighed
 * in mojibake.c. */
#ifndef TT_READ_DAMAGE_H
#define TT_READ_DAMAGE_H

#include "read/codepage.h"

/* From real text to damage. GROUP: never alone, only in one run with what is sure. WEAK: real text as likely as not;
 * taken where the text is full of sure ones and holds next to nothing else beyond ASCII. LIKELY: real text only by a
 * rare accident; taken unless the text holds more other characters beyond ASCII than sure ones. */
typedef enum tt_doubt { TT_DOUBT_REAL, TT_DOUBT_GROUP, TT_DOUBT_WEAK, TT_DOUBT_LIKELY, TT_DOUBT_SURE } tt_doubt;

/* What a sequence stands for, as far as the judgement needs it. NONE: nothing that a newsletter holds (unassigned,
 * controls, private use, scripts of scholars), so the sequence is real. */
typedef enum tt_kind {
    TT_KIND_NONE,
    TT_KIND_CONTROL, /* U+0080 to U+009F: comes up between the two repairs of text that was damaged twice */
    TT_KIND_LATIN,
    TT_KIND_MARK, /* combining */
    TT_KIND_GREEK,
    TT_KIND_CYRILLIC,
    TT_KIND_ARMENIAN,
    TT_KIND_HEBREW,
    TT_KIND_ARABIC,
    TT_KIND_SOUTH, /* scripts of India and South-East Asia, Georgian, Ethiopic */
    TT_KIND_EAST,  /* Chinese, Japanese, Korean, with their punctuation */
    TT_KIND_SYMBOL,
    TT_KIND_PICTURE, /* emoji, letters of mathematics */
    TT_KIND_TAG,     /* tags of flags */
    TT_N_KINDS
} tt_kind;
tt_kind tt_kind_of(uint32_t cp);

typedef struct tt_suspect {
    uint32_t c[4]; /* the characters that stand there */
    uint8_t b[4];  /* their bytes in the page: valid UTF-8 */
    unsigned n;    /* 2 to 4 */
    bool lost;     /* page Mac Roman: the first byte, F0, is gone (see tt_damage_lost) */
    uint32_t cp;   /* what they stand for */
    tt_kind kind;
    uint32_t before2, before, after, after2; /* neighbours in the text; 0: none */
    bool c1_real;                            /* the text has stray C1 controls: they are misread punctuation */
    bool odd; /* set by the judgement: holds a character that real text would not have at that place */
} tt_suspect;

tt_doubt tt_damage_windows(tt_suspect *s);
tt_doubt tt_damage_mac(tt_suspect *s);

/* `n` of 3 for the two, three bytes behind F0: Mac Roman shows F0 as U+F8FF, a private-use character that many tools
 * drop, and 🔌 becomes `üîå`. */
tt_doubt tt_damage_lost(tt_suspect *s);

/* Shared by the judgements. */
#define TT_BYTE(b) (UINT64_C(1) << ((b)-0x80))
static inline bool tt_byte_in(uint64_t set, uint8_t b) /* b from 0x80 to 0xBF */
{
    return set >> (b & 0x3F) & 1;
}
bool tt_damage_lower(uint32_t cp); /* a letter that is no capital, of a script with capitals */
bool tt_damage_quote(uint32_t cp); /* a quotation mark of any kind */
bool tt_damage_blank(uint32_t cp); /* none (0), blank, tab or line end */

#endif
