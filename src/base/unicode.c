/* In: UTF-8, code points. Out: characters, their properties, keys to compare words by. Not here: where words begin and
 * end (tag/token), names of entities (base/entity). The only file that includes utf8proc. */
#include "base/unicode.h"

#include "base/bytes.h"

#include <endian.h>
#include <string.h>

#include <utf8proc.h>

#include "base/unicode_table.h"

/* ---- UTF-8 ---- */

static bool is_tail(unsigned char b)
{
    return (b & 0xc0) == 0x80;
}

size_t tt_utf8_decode(const char *p, size_t n, uint32_t *cp)
{
    const unsigned char *b = (const unsigned char *)p;
    if (b[0] < 0x80) {
        *cp = b[0];
        return 1;
    }
    if (b[0] < 0xc2 || b[0] > 0xf4 || n < 2 || !is_tail(b[1]))
        return 0;
    if (b[0] < 0xe0) {
        *cp = (b[0] & 0x1fu) << 6 | (b[1] & 0x3fu);
        return 2;
    }
    if (n < 3 || !is_tail(b[2]))
        return 0;
    if (b[0] < 0xf0) {
        *cp = (b[0] & 0x0fu) << 12 | (b[1] & 0x3fu) << 6 | (b[2] & 0x3fu);
        return *cp >= 0x800 && (*cp < 0xd800 || *cp > 0xdfff) ? 3 : 0;
    }
    if (n < 4 || !is_tail(b[3]))
        return 0;
    *cp = (b[0] & 0x07u) << 18 | (b[1] & 0x3fu) << 12 | (b[2] & 0x3fu) << 6 | (b[3] & 0x3fu);
    return *cp >= 0x10000 && *cp <= 0x10ffff ? 4 : 0;
}

size_t tt_utf8_encode(uint32_t cp, char out[TT_UTF8_MAX])
{
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xc0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3f));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xe0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
        out[2] = (char)(0x80 | (cp & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
    out[3] = (char)(0x80 | (cp & 0x3f));
    return 4;
}

/* Eight bytes at a time. */
size_t tt_utf8_ascii(const char *p, size_t at, size_t n)
{
    for (uint64_t x[4]; n - at >= sizeof x; at += sizeof x) {
        memcpy(x, p + at, sizeof x);
        if ((x[0] | x[1] | x[2] | x[3]) & UINT64_C(0x8080808080808080))
            break;
    }
    for (uint64_t eight; n - at >= sizeof eight; at += sizeof eight) {
        memcpy(&eight, p + at, sizeof eight);
        if (eight & UINT64_C(0x8080808080808080))
            return at + (size_t)__builtin_ctzll(le64toh(eight) & UINT64_C(0x8080808080808080)) / 8;
    }
    while (at < n && (unsigned char)p[at] < 0x80)
        at++;
    return at;
}

bool tt_utf8_valid(const char *p, size_t n)
{
    size_t i = 0;
    while ((i = tt_utf8_ascii(p, i, n)) < n) {
        uint32_t cp;
        size_t len = tt_utf8_decode(p + i, n - i, &cp);
        if (len == 0)
            return false;
        i += len;
    }
    return true;
}

size_t tt_utf8_count(const char *p, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += !is_tail((unsigned char)p[i]);
    return count;
}

size_t tt_utf8_columns(const char *p, size_t n)
{
    size_t columns = 0;
    for (size_t i = 0; i < n;) {
        uint32_t cp = 0;
        size_t len = tt_utf8_decode(p + i, n - i, &cp);
        columns += len == 0 || cp < 0x80 ? 1 : (size_t)utf8proc_charwidth((utf8proc_int32_t)cp);
        i += len ? len : 1;
    }
    return columns;
}

void tt_utf8_show(const char *p, size_t n, tt_buf *to)
{
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        size_t len = tt_utf8_decode(p + i, n - i, &cp);
        tt_buf_add(to, len ? p + i : "\xEF\xBF\xBD", len ? len : 3);
        i += len ? len : 1;
    }
}

size_t tt_utf8_back(const char *p, size_t at)
{
    at--;
    while (at > 0 && is_tail((unsigned char)p[at]))
        at--;
    return at;
}

/* ---- properties ---- */

static unsigned flags_of(uint32_t cp)
{
    if (cp >= TT_UC_LOW) {
        if (cp < TT_UC_HIGH || cp >= TT_UC_END)
            return tt_uc_flags[0];
        cp -= TT_UC_HIGH - TT_UC_LOW;
    }
    return tt_uc_flags[tt_uc_kinds[tt_uc_blocks[cp / TT_UC_SIZE] * TT_UC_SIZE + cp % TT_UC_SIZE]];
}

tt_wb tt_cp_wb(uint32_t cp)
{
    return (tt_wb)(flags_of(cp) & TT_UC_WB);
}

bool tt_cp_pictographic(uint32_t cp)
{
    return (flags_of(cp) & TT_UC_PICTOGRAPHIC) != 0;
}

bool tt_cp_space(uint32_t cp)
{
    return (flags_of(cp) & TT_UC_SPACE) != 0;
}

static utf8proc_category_t category(uint32_t cp)
{
    return utf8proc_category((utf8proc_int32_t)cp);
}

static bool ascii_lower(uint32_t cp)
{
    return cp - 'a' < 26;
}

static bool ascii_upper(uint32_t cp)
{
    return cp - 'A' < 26;
}

static bool ascii_digit(uint32_t cp)
{
    return cp - '0' < 10;
}

bool tt_cp_letter(uint32_t cp)
{
    if (cp < 0x80)
        return ascii_lower(cp | 0x20);
    utf8proc_category_t c = category(cp);
    return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO;
}

bool tt_cp_digit(uint32_t cp)
{
    if (cp < 0x80)
        return ascii_digit(cp);
    utf8proc_category_t c = category(cp);
    return c >= UTF8PROC_CATEGORY_ND && c <= UTF8PROC_CATEGORY_NO;
}

bool tt_cp_mark(uint32_t cp)
{
    if (cp < 0x80)
        return false;
    utf8proc_category_t c = category(cp);
    return c >= UTF8PROC_CATEGORY_MN && c <= UTF8PROC_CATEGORY_ME;
}

bool tt_cp_upper(uint32_t cp)
{
    if (cp < 0x80)
        return ascii_upper(cp);
    utf8proc_category_t c = category(cp);
    return c == UTF8PROC_CATEGORY_LU || c == UTF8PROC_CATEGORY_LT;
}

bool tt_cp_emoji(uint32_t cp)
{
    if (cp < 0x80 || cp == 0xa9 || cp == 0xae || cp == 0x2122)
        return false;
    return (cp >= 0x1f1e6 && cp <= 0x1f1ff) || (cp >= 0x1f3fb && cp <= 0x1f3ff) || cp == 0x200d || cp == 0xfe0f ||
           cp == 0x20e3 || (cp >= 0xe0020 && cp <= 0xe007f) || tt_cp_pictographic(cp);
}

bool tt_cp_vanishes(uint32_t cp)
{
    return cp == 0xad || cp == 0x180e || (cp >= 0x200c && cp <= 0x200f) || cp == 0x2060 || cp == 0xfeff;
}

bool tt_cp_hyphen(uint32_t cp)
{
    return cp == '-' || (cp >= 0x2010 && cp <= 0x2013) || cp == 0xb7;
}

bool tt_cp_apostrophe(uint32_t cp)
{
    return cp == '\'' || cp == 0x2019;
}

bool tt_cp_boundary(uint32_t cp)
{
    return (flags_of(cp) & TT_UC_BOUNDARY) != 0;
}

bool tt_cp_folded(uint32_t cp)
{
    return cp < 0x80 ? !ascii_upper(cp) : (flags_of(cp) & TT_UC_FOLD) != 0;
}

const char *tt_unicode_version(void)
{
    return TT_UC_VERSION;
}

/* ---- keys ---- */

/* A text is normalised unit by unit: a unit is a character with TT_UC_BOUNDARY and those without it that follow, so no
 * unit acts on another. Nearly all are one character that stays as it is. UNIT_MAX cuts a longer one: utf8proc orders
 * marks by bubble sort, in quadratic time, so the run that it sees must be bounded. 30 marks after a letter are what
 * Unicode's Stream-Safe Text Format (UAX #15) allows; only longer runs, which no language has, may keep their order of
 * marks across the cut. EXPANSION is the longest decomposition of one character, U+FDFA (case folded or not). */
enum { UNIT_MAX = 32, EXPANSION = 18, DECOMPOSED_MAX = UNIT_MAX * EXPANSION };

typedef enum keep { KEEP_ALL, KEEP_ALNUM, KEEP_LETTERS } keep;

typedef struct folder {
    tt_buf *out;
    bool fold;
    keep keep;      /* what of a normalised unit goes to `out` */
    size_t n_cp;    /* characters in the unit */
    unsigned flags; /* of its first character */
    size_t n;       /* bytes of the unit */
    char unit[UNIT_MAX * TT_UTF8_MAX];
} folder;

enum { NFKD = UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE };
enum { NFKC = UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE };

/* `cps` has room for DECOMPOSED_MAX + 1; the result lies there, as UTF-8. The unit was encoded here, so it is valid, and
 * by the choice of DECOMPOSED_MAX it fits: were it not so, 0 is returned. */
static size_t normalise(const char *p, size_t n, int how, utf8proc_int32_t *cps)
{
    utf8proc_option_t options = (utf8proc_option_t)how;
    utf8proc_ssize_t got =
        utf8proc_decompose((const utf8proc_uint8_t *)p, (utf8proc_ssize_t)n, cps, DECOMPOSED_MAX, options);
    if (got < 0 || got > DECOMPOSED_MAX)
        return 0;
    got = utf8proc_reencode(cps, got, options);
    return got < 0 ? 0 : (size_t)got;
}

/* A unit that normalisation may change. Folding comes after a decomposition, as in Unicode's identifier caseless match
 * (D147): U+0345 becomes a letter, and must have gone behind the other marks before. */
static size_t normalise_unit(const folder *f, utf8proc_int32_t *cps)
{
    if (!f->fold)
        return normalise(f->unit, f->n, NFKC, cps);
    char apart[DECOMPOSED_MAX * TT_UTF8_MAX];
    size_t n = normalise(f->unit, f->n, NFKD, cps);
    memcpy(apart, cps, n);
    return normalise(apart, n, NFKC | UTF8PROC_CASEFOLD, cps);
}

static void emit(folder *f, const char *p, size_t n)
{
    if (f->keep == KEEP_ALL) {
        tt_buf_add(f->out, p, n);
        return;
    }
    for (size_t i = 0, len; i < n; i += len) { /* ½ becomes 1⁄2, of which the digits stay */
        uint32_t cp;
        len = tt_utf8_decode(p + i, n - i, &cp);
        if (len == 0)
            return;
        if (tt_cp_letter(cp) || tt_cp_mark(cp) || (f->keep == KEEP_ALNUM && tt_cp_digit(cp)))
            tt_buf_add(f->out, p + i, len);
    }
}

static void flush(folder *f)
{
    if (f->n == 0)
        return;
    if (f->n == 1) { /* ASCII */
        tt_buf_char(f->out, (char)(f->fold && ascii_upper((unsigned char)f->unit[0]) ? f->unit[0] | 0x20 : f->unit[0]));
    } else if (f->n_cp == 1 && (f->flags & (f->fold ? TT_UC_FOLD : TT_UC_NFKC))) {
        tt_buf_add(f->out, f->unit, f->n);
    } else {
        utf8proc_int32_t cps[DECOMPOSED_MAX + 1];
        size_t n = normalise_unit(f, cps);
        emit(f, (const char *)cps, n);
    }
    f->n = f->n_cp = 0;
}

static void put(folder *f, uint32_t cp)
{
    unsigned flags = flags_of(cp);
    if ((flags & TT_UC_BOUNDARY) || f->n_cp == UNIT_MAX)
        flush(f);
    if (f->n_cp == 0)
        f->flags = flags;
    f->n += tt_utf8_encode(cp, f->unit + f->n);
    f->n_cp++;
}

/* Decodes; what is not UTF-8 (callers promise that it is) counts as U+FFFD, one byte each. */
static size_t decode(const char *p, size_t n, uint32_t *cp)
{
    size_t len = tt_utf8_decode(p, n, cp);
    if (len > 0)
        return len;
    *cp = 0xfffd;
    return 1;
}

static int ascii_key(const char *p, size_t n, bool fold, tt_buf *out)
{
    size_t at = out->n;
    tt_buf_add(out, p, n);
    if (out->failed)
        return TT_ENOMEM;
    if (fold)
        for (size_t i = at; i < out->n; i++)
            if (ascii_upper((unsigned char)out->p[i]))
                out->p[i] |= 0x20;
    return TT_OK;
}

int tt_unicode_key(const char *p, size_t n, bool fold, tt_buf *out)
{
    size_t i = tt_utf8_ascii(p, 0, n);
    if (i == n)
        return ascii_key(p, n, fold, out);
    i = i > 0 ? i - 1 : 0; /* the last ASCII character may bear a mark */
    if (ascii_key(p, i, fold, out) != TT_OK)
        return TT_ENOMEM;
    folder f = {.out = out, .fold = fold, .keep = KEEP_ALL};
    while (i < n) {
        uint32_t cp;
        i += decode(p + i, n - i, &cp);
        if (!tt_cp_vanishes(cp))
            put(&f, tt_cp_apostrophe(cp) ? '\'' : cp);
    }
    flush(&f);
    return out->failed ? TT_ENOMEM : TT_OK;
}

static bool ascii_kept(const folder *f, unsigned char c)
{
    return ascii_lower(c | 0x20u) || (f->keep == KEEP_ALNUM && ascii_digit(c));
}

/* Of ASCII what tt_unicode_alnum keeps. Returns how many letters; no memory: f->out->failed. */
static size_t put_ascii(folder *f, const char *p, size_t n)
{
    size_t i = 0, letters = 0;
    while (i < n && !ascii_kept(f, (unsigned char)p[i]))
        i++;
    if (i < n) /* what is left out ends no unit */
        flush(f);
    char *to = tt_buf_room(f->out, n + TT_BYTES_BEHIND);
    if (to)
        tt_buf_wrote(f->out, to + tt_bytes_letters(p + i, n - i, f->keep == KEEP_ALNUM, to, &letters));
    return letters;
}

int tt_unicode_alnum(const char *p, size_t n, bool letters_only, tt_buf *out, size_t *n_letters)
{
    folder f = {.out = out, .fold = true, .keep = letters_only ? KEEP_LETTERS : KEEP_ALNUM};
    bool kept = false; /* the last base character: its marks go with it */
    size_t letters = 0;
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        size_t end = tt_utf8_ascii(p, i, n);
        end -= end < n && end > i; /* the last ASCII character may bear a mark */
        if (end > i) {
            letters += put_ascii(&f, p + i, end - i);
            i = end;
            continue;
        }
        i += decode(p + i, n - i, &cp);
        bool letter = tt_cp_letter(cp);
        if (letter || (!letters_only && tt_cp_digit(cp))) {
            letters += letter;
            kept = true;
            put(&f, cp);
        } else if (tt_cp_mark(cp)) {
            if (kept && !tt_cp_emoji(cp))
                put(&f, cp);
        } else if (!tt_cp_vanishes(cp)) {
            kept = false;
        }
    }
    flush(&f);
    if (n_letters)
        *n_letters = letters;
    return out->failed ? TT_ENOMEM : TT_OK;
}

static bool is_accent(utf8proc_int32_t cp)
{
    return cp >= 0x300 && cp <= 0x36f;
}

int tt_unicode_bare(const char *p, size_t n, tt_buf *out)
{
    for (size_t i = 0, k; i < n; i += k) {
        utf8proc_int32_t parts[DECOMPOSED_MAX];
        uint32_t cp;
        int class = 0;
        k = decode(p + i, n - i, &cp);
        utf8proc_ssize_t got = cp < 0x80 ? 0
                                         : utf8proc_decompose_char((utf8proc_int32_t)cp, parts, DECOMPOSED_MAX,
                                                                   UTF8PROC_DECOMPOSE, &class);
        bool bears = got > 1 && got <= DECOMPOSED_MAX && is_accent(parts[1]);
        char utf8[TT_UTF8_MAX];
        if (bears)
            tt_buf_add(out, utf8, tt_utf8_encode((uint32_t)parts[0], utf8));
        else if (!is_accent((utf8proc_int32_t)cp))
            tt_buf_add(out, p + i, k);
    }
    return out->failed ? TT_ENOMEM : TT_OK;
}
