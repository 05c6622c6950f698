/* In: a segment of UAX #29. Out: the places where COUNTING 5 cuts it: edges, possessive, elided article, joints between
 * letters. Not here: what is made of the parts (tag/token.c). Each function is linear, and reads what it is given once
 * or twice. */
#include "tag/cut.h"

#include <string.h>

#include "base/unicode.h"

size_t tt_cut_read(const char *p, size_t end, size_t at, uint32_t *cp)
{
    size_t len = tt_utf8_decode(p + at, end - at, cp);
    if (len > 0)
        return len;
    *cp = 0xfffd; /* callers promise UTF-8 */
    return 1;
}

/* Belongs to the character before it; whatever vanishes does. */
static bool is_tied(uint32_t cp)
{
    if (cp < 0x80)
        return false;
    tt_wb wb = tt_cp_wb(cp);
    return wb == TT_WB_EXTEND || wb == TT_WB_FORMAT || wb == TT_WB_ZWJ || tt_cp_vanishes(cp);
}

/* The first character from `at` on that is not tied to one before; `e`, and *cp 0, where there is none. */
static size_t next_base(const char *p, size_t e, size_t at, uint32_t *cp)
{
    while (at < e) {
        size_t len = tt_cut_read(p, e, at, cp);
        if (!is_tied(*cp))
            return at;
        at += len;
    }
    *cp = 0;
    return e;
}

static bool is_joint(uint32_t cp)
{
    return cp == '.' || cp == ':' || cp == 0xb7;
}

/* ---- edges ---- */

static bool is_trimmed(uint32_t cp, bool underscores)
{
    return tt_cp_vanishes(cp) || (underscores && tt_cp_wb(cp) == TT_WB_EXTENDNUMLET);
}

void tt_cut_trim(const char *p, size_t *s, size_t *e, bool underscores)
{
    uint32_t cp;
    while (*s < *e) {
        size_t len = tt_cut_read(p, *e, *s, &cp);
        if (!is_trimmed(cp, underscores))
            break;
        *s += len;
    }
    while (*s < *e) {
        size_t last = tt_utf8_back(p, *e);
        tt_cut_read(p, *e, last, &cp);
        if (!is_trimmed(cp, underscores))
            break;
        *e = last;
    }
}

bool tt_cut_has_alnum(const char *p, size_t s, size_t e)
{
    while (s < e) {
        uint32_t cp;
        s += tt_cut_read(p, e, s, &cp);
        if (tt_cp_letter(cp) || tt_cp_digit(cp))
            return true;
    }
    return false;
}

bool tt_cut_is_hyphen(const char *p, size_t s, size_t e)
{
    uint32_t cp, next;
    s += tt_cut_read(p, e, s, &cp);
    return tt_cp_hyphen(cp) && next_base(p, e, s, &next) == e;
}

uint8_t tt_cut_possessive(const char *p, size_t s, size_t e)
{
    uint32_t cp;
    size_t at = tt_utf8_back(p, e);
    if (p[at] != 's' && p[at] != 'S')
        return 0;
    do {
        if (at == s)
            return 0;
        at = tt_utf8_back(p, at);
        if (e - at > UINT8_MAX)
            return 0;
        tt_cut_read(p, e, at, &cp);
    } while (tt_cp_vanishes(cp));
    return at > s && tt_cp_apostrophe(cp) ? (uint8_t)(e - at) : 0;
}

/* ---- elision ---- */

/* Words that lose their vowel before one that begins with a vowel, case-folded; Catalan d, l, m, n, s, t are among the
 * French ones. */
/* clang-format off */
static const char *const elisions[] = {
    /* French */ "c", "ç", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu",
                 "quelqu", "entr", "aujourd",
    /* Italian */ "un", "dell", "all", "dall", "nell", "sull", "coll", "gl", "quell", "quest", "bell", "sant"
};
/* clang-format on */
enum { ELISION_MAX = 8 }; /* bytes, more than any of them has */

static bool is_elision(const char *word, size_t n)
{
    for (size_t i = 0; i < sizeof elisions / sizeof *elisions; i++)
        if (strlen(elisions[i]) == n && memcmp(elisions[i], word, n) == 0)
            return true;
    return false;
}

/* Adds a character to the folded article; false: no article has it, or it has become too long. */
static bool add_folded(char word[ELISION_MAX + 2], size_t *n, uint32_t cp)
{
    if (tt_cp_vanishes(cp))
        return true;
    bool cedilla = cp == 0x327 && *n > 0 && word[*n - 1] == 'c'; /* ç in two characters */
    if (cp < 0x80 && tt_cp_letter(cp))
        word[(*n)++] = (char)(cp | 0x20);
    else if (cp == 0xe7 || cp == 0xc7 || cedilla)
        *n = (cedilla ? *n - 1 : *n) + tt_utf8_encode(0xe7, word + (cedilla ? *n - 1 : *n));
    else
        return false;
    return *n <= ELISION_MAX;
}

/* Whether the letter at `at` is the `s` of a possessive: `Dell’s` is no elision. */
static bool is_possessive_s(const char *p, size_t e, size_t at)
{
    uint32_t after;
    if (p[at] != 's' && p[at] != 'S')
        return false;
    return next_base(p, e, at + 1, &after) == e || is_joint(after);
}

size_t tt_cut_elision(const char *p, size_t s, size_t e, size_t *next)
{
    char word[ELISION_MAX + 2];
    uint32_t cp;
    size_t n = 0, at = s, len = 0;
    for (; at < e; at += len) {
        len = tt_cut_read(p, e, at, &cp);
        if (tt_cp_apostrophe(cp))
            break;
        if (!add_folded(word, &n, cp))
            return e;
    }
    if (at == e || !is_elision(word, n))
        return e;
    size_t letter = next_base(p, e, at + len, &cp);
    if (!tt_cp_letter(cp) || is_possessive_s(p, e, letter))
        return e;
    *next = letter;
    return at;
}

/* ---- joints ---- */

size_t tt_cut_joint(const char *p, size_t s, size_t e, size_t *next)
{
    uint32_t cp, base = 0, after;
    for (size_t len; s < e; s += len) {
        len = tt_cut_read(p, e, s, &cp);
        if (is_joint(cp) && tt_cp_letter(base)) {
            size_t letter = next_base(p, e, s + len, &after);
            if (tt_cp_letter(after)) {
                *next = letter;
                return s;
            }
        }
        if (!is_tied(cp))
            base = cp;
    }
    return e;
}
