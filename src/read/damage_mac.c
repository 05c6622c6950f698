/* In: a sequence that Mac Roman makes UTF-8 of, with its neighbours. Out: how likely it is damage. Not here: what the
 * rest of the text says (mojibake.c).
 *
 * The leads are signs (¬ √ ƒ ≈ ∆, quotation marks, dashes, · ‚ „) and capitals (À Ã Õ Œ, Â Ê Á … Ô); the rest are
 * letters with accents and signs. Real text has them where a quotation opens (`„Äh“`, `«Été`, `‘Él`, `‚ÄÖÜ‘`), a dash
 * joins (`–é`), and in mathematics (`√π`, `≈ π`, `∆µ`, `–∞`). */
#include "read/damage.h"

#include "base/unicode.h"

/* Ä to ü, and ß Æ Ø æ ø */
#define LETTERS (UINT64_C(0xFFFFFFFF) | TT_BYTE(0xA7) | TT_BYTE(0xAE) | TT_BYTE(0xAF) | TT_BYTE(0xBE) | TT_BYTE(0xBF))

/* ≠ ∞ ± ≤ ≥ µ ∂ ∑ ∏ π ∫ Ω */
#define MATHS                                                                                                          \
    (TT_BYTE(0xAD) | TT_BYTE(0xB0) | TT_BYTE(0xB1) | TT_BYTE(0xB2) | TT_BYTE(0xB3) | TT_BYTE(0xB5) | TT_BYTE(0xB6) |   \
     TT_BYTE(0xB7) | TT_BYTE(0xB8) | TT_BYTE(0xB9) | TT_BYTE(0xBA) | TT_BYTE(0xBD))

/* What a root is drawn from: ∞ µ ∂ ∑ ∏ π ∫ Ω */
#define UNDER_ROOT (MATHS & ~(TT_BYTE(0xAD) | TT_BYTE(0xB1) | TT_BYTE(0xB2) | TT_BYTE(0xB3)))

/* What stands behind "about" without a blank: ¢ £ ¥ ° § • † */
#define MEASURES                                                                                                       \
    (TT_BYTE(0xA0) | TT_BYTE(0xA1) | TT_BYTE(0xA2) | TT_BYTE(0xA3) | TT_BYTE(0xA4) | TT_BYTE(0xA5) | TT_BYTE(0xB4))

/* Letters that stand side by side in words of German, the Nordic languages and Estonian (Ä Å É Ö Ü ä å é ö ü õ ß æ ø Æ
 * Ø), and in words of Icelandic, Hungarian, Czech and Slovak (á é í ó ú æ ö ü É Ö Ü Æ). */
#define NORTH                                                                                                          \
    (TT_BYTE(0x80) | TT_BYTE(0x81) | TT_BYTE(0x83) | TT_BYTE(0x85) | TT_BYTE(0x86) | TT_BYTE(0x8A) | TT_BYTE(0x8C) |   \
     TT_BYTE(0x8E) | TT_BYTE(0x9A) | TT_BYTE(0x9B) | TT_BYTE(0x9F) | TT_BYTE(0xA7) | TT_BYTE(0xAE) | TT_BYTE(0xAF) |   \
     TT_BYTE(0xBE) | TT_BYTE(0xBF))
#define ACUTE                                                                                                          \
    (TT_BYTE(0x83) | TT_BYTE(0x85) | TT_BYTE(0x86) | TT_BYTE(0x87) | TT_BYTE(0x8E) | TT_BYTE(0x92) | TT_BYTE(0x97) |   \
     TT_BYTE(0x9A) | TT_BYTE(0x9C) | TT_BYTE(0x9F) | TT_BYTE(0xAE) | TT_BYTE(0xBE))

/* Turkish: Ç ç ö Ö ü Ü */
#define TURKISH (TT_BYTE(0x82) | TT_BYTE(0x85) | TT_BYTE(0x86) | TT_BYTE(0x8D) | TT_BYTE(0x9A) | TT_BYTE(0x9F))

static bool is_letter(uint8_t b)
{
    return tt_byte_in(LETTERS, b);
}

/* Characters i and i + 1 of the sequence could begin a word. */
static bool is_pair(const tt_suspect *s, unsigned i)
{
    uint8_t a = s->b[i], b = s->b[i + 1];
    if (!(tt_byte_in(NORTH, a) && tt_byte_in(NORTH, b)) && !(tt_byte_in(ACUTE, a) && tt_byte_in(ACUTE, b)) &&
        !(tt_byte_in(TURKISH, a) && tt_byte_in(TURKISH, b)))
        return false;
    return !tt_cp_upper(s->c[i + 1]) || tt_cp_upper(s->c[i]);
}

/* A root or a florin sign before a sign of mathematics: damage inside a word (`s√∏n`, `K√∂ln`), formula alone. */
static tt_doubt judge_maths(const tt_suspect *s)
{
    bool before = tt_cp_letter(s->before), after = tt_cp_letter(s->after);
    if (before && after)
        return tt_cp_letter(s->before2) || tt_cp_letter(s->after2) ? TT_DOUBT_SURE : TT_DOUBT_LIKELY;
    if (s->b[1] == 0xB9 || s->b[1] == 0xB7) /* sin√π, √∑x */
        return TT_DOUBT_WEAK;
    if ((after && tt_cp_letter(s->after2)) || (before && tt_cp_letter(s->before2)))
        return TT_DOUBT_LIKELY;
    return TT_DOUBT_WEAK;
}

static tt_doubt judge_about(const tt_suspect *s) /* ≈: ś, š, ż, ł … */
{
    bool maths = tt_byte_in(MATHS, s->b[1]);
    if (tt_cp_letter(s->before)) {
        if (maths)
            return tt_cp_letter(s->after) ? TT_DOUBT_SURE : TT_DOUBT_WEAK;
        return tt_cp_digit(s->after) ? TT_DOUBT_WEAK : TT_DOUBT_SURE;
    }
    if (tt_cp_letter(s->after) && tt_cp_letter(s->after2))
        return TT_DOUBT_LIKELY;
    return maths || tt_byte_in(MEASURES, s->b[1]) ? TT_DOUBT_WEAK : TT_DOUBT_LIKELY;
}

static tt_doubt judge_increment(const tt_suspect *s) /* ∆: ư, ơ */
{
    bool maths = tt_byte_in(MATHS, s->b[1]);
    if (tt_cp_letter(s->before) && (!maths || tt_cp_letter(s->after)))
        return TT_DOUBT_SURE;
    return maths || s->b[1] == 0xA1 ? TT_DOUBT_WEAK : TT_DOUBT_LIKELY; /* ∆°C */
}

/* Leads C2 to C6: signs. */
static tt_doubt judge_sign(const tt_suspect *s)
{
    bool before_letter = tt_cp_letter(s->before), before_digit = tt_cp_digit(s->before);
    switch (s->b[0]) {
    case 0xC2: /* ¬ */
        if (s->kind == TT_KIND_CONTROL)
            return TT_DOUBT_GROUP;
        return tt_byte_in(MATHS, s->b[1]) && !before_letter && !before_digit ? TT_DOUBT_LIKELY : TT_DOUBT_SURE;
    case 0xC3: /* √, also a tick before a word: √Été */
        if (tt_byte_in(UNDER_ROOT, s->b[1]))
            return judge_maths(s);
        return is_letter(s->b[1]) && !before_letter && !before_digit ? TT_DOUBT_LIKELY : TT_DOUBT_SURE;
    case 0xC4: /* ƒ */
        return tt_byte_in(MATHS, s->b[1]) ? judge_maths(s) : TT_DOUBT_SURE;
    case 0xC5:
        return judge_about(s);
    default:
        return judge_increment(s);
    }
}

static tt_doubt judge_two(tt_suspect *s)
{
    bool letter = is_letter(s->b[1]);
    s->odd = !letter;
    switch (s->b[0]) {
    case 0xC2:
    case 0xC3:
    case 0xC4:
    case 0xC5:
    case 0xC6:
        return judge_sign(s);
    case 0xC7: /* « »: ș, ț */
    case 0xC8:
        return letter && tt_cp_letter(s->before) && tt_cp_letter(s->after) ? TT_DOUBT_LIKELY : TT_DOUBT_WEAK;
    case 0xC9: /* … no-break space */
    case 0xCA:
        return letter && tt_cp_letter(s->before) ? TT_DOUBT_WEAK : TT_DOUBT_GROUP;
    case 0xCC: /* Ã: marks, as in the decomposed names of files */
        if (letter && tt_damage_lower(s->before))
            return TT_DOUBT_SURE;
        return letter && tt_cp_letter(s->before) ? TT_DOUBT_WEAK : TT_DOUBT_GROUP;
    case 0xCE: /* Œ œ: Greek */
    case 0xCF:
        return !letter || (s->b[0] == 0xCF && tt_cp_upper(s->c[1])) ? TT_DOUBT_SURE : TT_DOUBT_LIKELY;
    case 0xD0: /* dashes: Cyrillic, whose most common letters show as signs of mathematics; `a–é–è` and `–•–•` are real */
    case 0xD1:
        s->odd = tt_byte_in(MATHS, s->b[1]);
        return TT_DOUBT_WEAK;
    case 0xD2: /* “ ” ‘ ’ */
    case 0xD3:
    case 0xD4:
    case 0xD5:
        s->odd = false;
        return TT_DOUBT_GROUP;
    default: /* À Õ ÷ ◊ ÿ Ÿ ⁄ € ‹ › ﬁ ﬂ */
        s->odd = s->b[0] >= 0xD6;
        return TT_DOUBT_GROUP;
    }
}

/* ‚ and „ open quotations: what follows must not begin a word. */
static tt_doubt judge_quoted(tt_suspect *s)
{
    bool single = s->b[0] == 0xE2, signs = !is_letter(s->b[1]) || !is_letter(s->b[2]);
    s->odd = signs || !is_pair(s, 1);
    if (s->odd)
        return signs || single ? TT_DOUBT_SURE : TT_DOUBT_LIKELY;
    if (!single)
        return tt_damage_lower(s->before) ? TT_DOUBT_LIKELY : TT_DOUBT_WEAK;
    if (tt_cp_letter(s->before) || tt_cp_digit(s->before))
        return TT_DOUBT_SURE;
    return tt_cp_letter(s->after) || tt_damage_quote(s->after) ? TT_DOUBT_WEAK : TT_DOUBT_LIKELY;
}

static tt_doubt judge_capital(tt_suspect *s) /* Â Ê Á Ë È Í Î Ï Ì Ó Ô */
{
    bool letters = is_letter(s->b[1]) && is_letter(s->b[2]);
    s->odd = !letters;
    if (s->cp == 0xFEFF || (s->cp & ~1u) == 0xFE0E || tt_byte_in(MATHS, s->b[1]) || tt_byte_in(MATHS, s->b[2]))
        return TT_DOUBT_SURE;
    return letters && !tt_damage_lower(s->before) ? TT_DOUBT_WEAK : TT_DOUBT_LIKELY;
}

static tt_doubt judge_three(tt_suspect *s)
{
    bool letters = is_letter(s->b[1]) && is_letter(s->b[2]);
    s->odd = true;
    switch (s->b[0]) {
    case 0xE0: /* ‡, as in `†‡§¶` */
        return TT_DOUBT_GROUP;
    case 0xE1: /* ·: Vietnamese shows as ·∫ and ·ª; 2·∫µ is a formula */
        if (s->b[1] == 0xBA && tt_byte_in(MATHS, s->b[2]))
            return tt_cp_letter(s->before) || tt_cp_letter(s->after) ? TT_DOUBT_LIKELY : TT_DOUBT_WEAK;
        if (s->b[1] == 0xBA || s->b[1] == 0xBB)
            return TT_DOUBT_SURE;
        return is_letter(s->b[1]) || is_letter(s->b[2]) ? TT_DOUBT_LIKELY : TT_DOUBT_WEAK;
    case 0xE2:
    case 0xE3:
        return judge_quoted(s);
    case 0xE4: /* ‰ */
        return letters ? TT_DOUBT_LIKELY : TT_DOUBT_SURE;
    default:
        return judge_capital(s);
    }
}

tt_doubt tt_damage_mac(tt_suspect *s)
{
    if (s->n == 2)
        return judge_two(s);
    if (s->n == 3)
        return judge_three(s);
    s->odd = true; /* an apple with three characters behind it */
    return s->kind == TT_KIND_TAG ? TT_DOUBT_GROUP : TT_DOUBT_SURE;
}

tt_doubt tt_damage_lost(tt_suspect *s)
{
    s->odd = true;
    if (s->kind != TT_KIND_PICTURE || s->b[0] != 0x9F || tt_cp_letter(s->before) || tt_cp_digit(s->before))
        return TT_DOUBT_REAL;
    if (!is_letter(s->b[2]) && (tt_byte_in(NORTH, s->b[1]) || tt_byte_in(TURKISH, s->b[1]))) /* üç™ */
        return TT_DOUBT_REAL;
    return is_pair(s, 1) ? TT_DOUBT_REAL : TT_DOUBT_SURE;
}
