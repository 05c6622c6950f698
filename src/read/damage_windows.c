/* In: a sequence that Windows-1252 or Latin-1 makes UTF-8 of, with its neighbours. Out: how likely it is damage.
 * Not here: what the rest of the text says (mojibake.c).
 *
 * The lead is always a letter (À to ô), the rest mostly signs. Real text has such a pair where a word ends in the letter
 * and a sign follows that closes, joins or comes after: `CAFÉ…`, `„Ä“`, `PÅ’`, `« liberté »`, `“hâlâ…”`. A sign that real
 * text never has behind a letter (`Ã©`, `Å¡`, `â€`), or a capital behind a small letter (`perÃ²`), gives damage away. */
#include "read/damage.h"

#include <string.h>

#include "base/unicode.h"

/* Behind a letter in real text: … † ‡ ‹ ‘ ’ “ ” • – — ™ › no-break space « soft hyphen ® ² ³ ´ · ¹ » and, in words of
 * Czech, Slovak and Estonian, Š Ž š ž. */
#define HACEK (TT_BYTE(0x8A) | TT_BYTE(0x8E) | TT_BYTE(0x9A) | TT_BYTE(0x9E))
#define BEHIND_LETTER                                                                                                  \
    (TT_BYTE(0x85) | TT_BYTE(0x86) | TT_BYTE(0x87) | TT_BYTE(0x8B) | TT_BYTE(0x91) | TT_BYTE(0x92) | TT_BYTE(0x93) |   \
     TT_BYTE(0x94) | TT_BYTE(0x95) | TT_BYTE(0x96) | TT_BYTE(0x97) | TT_BYTE(0x99) | TT_BYTE(0x9B) | TT_BYTE(0xA0) |   \
     TT_BYTE(0xAB) | TT_BYTE(0xAD) | TT_BYTE(0xAE) | TT_BYTE(0xB2) | TT_BYTE(0xB3) | TT_BYTE(0xB4) | TT_BYTE(0xB7) |   \
     TT_BYTE(0xB9) | TT_BYTE(0xBB) | HACEK)

/* Behind punctuation besides: € ‚ „ Œ œ ¡ £ ¥ § © ± µ ¶ ¼ ½ ¾ ¿ */
#define BEHIND_SIGN                                                                                                    \
    (BEHIND_LETTER | TT_BYTE(0x80) | TT_BYTE(0x82) | TT_BYTE(0x84) | TT_BYTE(0x8C) | TT_BYTE(0x9C) | TT_BYTE(0xA1) |   \
     TT_BYTE(0xA3) | TT_BYTE(0xA5) | TT_BYTE(0xA7) | TT_BYTE(0xA9) | TT_BYTE(0xB1) | TT_BYTE(0xB5) | TT_BYTE(0xB6) |   \
     TT_BYTE(0xBC) | TT_BYTE(0xBD) | TT_BYTE(0xBE) | TT_BYTE(0xBF))

/* Between two letters in real text: … ‘ ’ • – — no-break space, soft hyphen ´ · and the letters; behind punctuation also
 * what opens a quotation or a sentence: ‚ „ ‹ “ ¡ « ¿ */
#define JOINS                                                                                                          \
    (TT_BYTE(0x85) | TT_BYTE(0x91) | TT_BYTE(0x92) | TT_BYTE(0x95) | TT_BYTE(0x96) | TT_BYTE(0x97) | TT_BYTE(0xA0) |   \
     TT_BYTE(0xAD) | TT_BYTE(0xB4) | TT_BYTE(0xB7) | HACEK)
#define JOINS_OR_OPENS                                                                                                 \
    (JOINS | TT_BYTE(0x82) | TT_BYTE(0x84) | TT_BYTE(0x8B) | TT_BYTE(0x93) | TT_BYTE(0xA1) | TT_BYTE(0xAB) |           \
     TT_BYTE(0xBF))

/* Of these, what may stand between one letter and a word in small letters: ’ — no-break space ´ and the letters */
#define JOINS_WORDS (TT_BYTE(0x92) | TT_BYTE(0x97) | TT_BYTE(0xA0) | TT_BYTE(0xB4) | HACEK)

/* Whether character i of the sequence is one that real text does not have behind its forerunner. A C1 control is none,
 * unless the text has stray ones, which then are the punctuation of Windows-1252. */
static bool is_odd(const tt_suspect *s, unsigned i)
{
    if (s->c[i] < 0xA0 && !s->c1_real)
        return true;
    bool letter = i == 1 || tt_byte_in(HACEK, s->b[i - 1]);
    return !tt_byte_in(letter ? BEHIND_LETTER : BEHIND_SIGN, s->b[i]);
}

static bool is_any(uint32_t cp, const char *of)
{
    return cp > 0 && cp < 0x80 && strchr(of, (int)cp);
}

/* Â with a sign that could stand behind it, and no letter before: no-break space, « ® ² ³ ´ · ¹ » */
static tt_doubt judge_latin1_sign(const tt_suspect *s)
{
    if (tt_cp_digit(s->before) || is_any(s->before, ".,;:!?)%"))
        return TT_DOUBT_SURE;
    if (s->b[1] == 0xA0 && (s->after == 0xBB || is_any(s->after, ":;!?"))) /* « Â » and Â : in French */
        return TT_DOUBT_WEAK;
    return tt_damage_blank(s->before) ? TT_DOUBT_LIKELY : TT_DOUBT_WEAK;
}

/* Leads C2 to C5: U+0080 to U+017F. */
static tt_doubt judge_latin(const tt_suspect *s)
{
    uint8_t lead = s->b[0], last = s->b[1];
    bool after_letter = tt_cp_letter(s->before), after_digit = tt_cp_digit(s->before);
    if (s->kind == TT_KIND_CONTROL)
        return TT_DOUBT_GROUP;
    if (s->odd) /* `2.3 Å±0.1` */
        return lead == 0xC5 && last == 0xB1 && tt_cp_digit(s->after) ? TT_DOUBT_WEAK : TT_DOUBT_SURE;
    if (tt_damage_lower(s->before))
        return TT_DOUBT_SURE;
    if (tt_byte_in(HACEK, last) && lead != 0xC4) /* no language has Ã or Å before Š or Ž */
        return TT_DOUBT_SURE;
    if (tt_byte_in(HACEK, last) && !tt_cp_upper(s->c[1])) /* DOÄžAN */
        return TT_DOUBT_LIKELY;
    if (!tt_byte_in(JOINS, last) && tt_cp_letter(s->after)) /* FRANÃ‡AIS, ACCIÃ“N */
        return TT_DOUBT_LIKELY;
    if (after_letter)
        return TT_DOUBT_WEAK;
    if (lead == 0xC2)
        return judge_latin1_sign(s);
    if (lead == 0xC3 && after_digit) /* 3Ã—4 */
        return TT_DOUBT_SURE;
    if (lead == 0xC3 && last == 0x97 && tt_cp_digit(s->before2) && s->after == ' ' && tt_cp_digit(s->after2))
        return TT_DOUBT_LIKELY;
    if (lead == 0xC3 && last == 0xA0 && tt_damage_blank(s->before) && s->after == ' ') /* the French word à */
        return TT_DOUBT_LIKELY;
    if (s->after - 'a' < 26u && !tt_byte_in(JOINS_WORDS, last)) /* Ã–sterreich, Å“uvre */
        return TT_DOUBT_LIKELY;
    return TT_DOUBT_WEAK;
}

static tt_doubt judge_two(const tt_suspect *s)
{
    uint8_t lead = s->b[0];
    bool low = tt_damage_lower(s->before);
    if (lead <= 0xC5)
        return judge_latin(s);
    if (lead <= 0xCB) { /* rare Latin letters and modifiers; ư and ơ begin words of Vietnamese */
        if (s->odd)
            return low || lead == 0xC6 ? TT_DOUBT_SURE : TT_DOUBT_LIKELY;
        bool inside = !tt_byte_in(JOINS, s->b[1]) && tt_cp_letter(s->after); /* È™i */
        return low || inside ? TT_DOUBT_LIKELY : TT_DOUBT_WEAK;
    }
    if (lead == 0xCC) { /* a mark stands on a letter */
        if (low)
            return TT_DOUBT_SURE;
        return s->odd && tt_cp_letter(s->before) ? TT_DOUBT_LIKELY : TT_DOUBT_WEAK;
    }
    if (lead == 0xCD)
        return s->odd && low ? TT_DOUBT_LIKELY : TT_DOUBT_WEAK;
    if (lead <= 0xCF) { /* one Greek letter in a formula is common */
        if (s->odd)
            return TT_DOUBT_SURE;
        return low || tt_cp_digit(s->before) ? TT_DOUBT_LIKELY : TT_DOUBT_WEAK;
    }
    if (lead <= 0xD1)
        return s->odd ? TT_DOUBT_SURE : TT_DOUBT_WEAK;
    return TT_DOUBT_WEAK;
}

static tt_doubt judge_three(tt_suspect *s)
{
    bool symbol = s->kind == TT_KIND_SYMBOL;
    if (s->cp == 0xFEFF || (s->b[0] == 0xE2 && s->b[1] == 0x80)) { /* `ï»¿`, `â€` */
        s->odd = true;
        return TT_DOUBT_SURE;
    }
    if (s->odd)
        return is_odd(s, 1) || symbol || s->kind == TT_KIND_LATIN ? TT_DOUBT_SURE : TT_DOUBT_LIKELY;
    if (!tt_byte_in(JOINS_OR_OPENS, s->b[2]) && tt_cp_letter(s->after))
        return TT_DOUBT_LIKELY;
    if (symbol && (tt_damage_blank(s->before) || tt_cp_digit(s->before)))
        return TT_DOUBT_LIKELY;
    return TT_DOUBT_WEAK;
}

tt_doubt tt_damage_windows(tt_suspect *s)
{
    s->odd = false;
    for (unsigned i = 1; i < s->n; i++)
        s->odd = s->odd || is_odd(s, i);
    if (s->n == 2)
        return judge_two(s);
    if (s->n == 3)
        return judge_three(s);
    s->odd = true; /* ð or ó with three signs behind it */
    return s->kind == TT_KIND_PICTURE ? TT_DOUBT_SURE : s->kind == TT_KIND_EAST ? TT_DOUBT_WEAK : TT_DOUBT_GROUP;
}
