/* In: UTF-8, a place where a segment begins. Out: where it ends, by the default word boundaries of UAX #29. Not here:
 * what we make of segments (tag/token.c), the property tables (base/unicode).
 *
 * Rules that look at what follows skip the characters of WB4 that stand between, and those are read once more when the
 * segment goes on or the next one begins: each byte is read three times at most, so the whole is linear. */
#include "tag/token.h"

#include "base/unicode.h"

typedef struct state {
    tt_wb before; /* the character before `prev`, where prev is a Mid… or a quote */
    tt_wb prev;   /* the last one that WB4 does not skip, or the first of the segment */
    tt_wb raw;    /* the last one of all */
    bool pair;    /* prev is a regional indicator that makes a pair with the one before it */
} state;

static bool is_letter(tt_wb wb) /* AHLetter */
{
    return wb == TT_WB_ALETTER || wb == TT_WB_HEBREW;
}

static bool is_skipped(tt_wb wb) /* WB4 */
{
    return wb == TT_WB_EXTEND || wb == TT_WB_FORMAT || wb == TT_WB_ZWJ;
}

static bool is_line_end(tt_wb wb)
{
    return wb == TT_WB_CR || wb == TT_WB_LF || wb == TT_WB_NEWLINE;
}

/* Reads the character at `at`, which must be before n. What is not UTF-8 counts as one sign a byte. */
static size_t read_char(const char *p, size_t n, size_t at, uint32_t *cp, tt_wb *wb)
{
    size_t len = tt_utf8_decode(p + at, n - at, cp);
    if (len == 0) {
        *cp = 0xfffd;
        len = 1;
    }
    *wb = tt_cp_wb(*cp);
    return len;
}

/* The first character from `at` on that WB4 does not skip; other where the text ends. */
static tt_wb peek(const char *p, size_t n, size_t at)
{
    while (at < n) {
        uint32_t cp;
        tt_wb wb;
        at += read_char(p, n, at, &cp, &wb);
        if (!is_skipped(wb))
            return wb;
    }
    return TT_WB_OTHER;
}

/* Whether a letter, digit or sign of class `wb` goes on the segment. `p`, `n`, `next`: what follows it. */
static bool joins(const state *st, tt_wb wb, const char *p, size_t n, size_t next)
{
    tt_wb prev = st->prev;
    switch (wb) {
    case TT_WB_ALETTER:
    case TT_WB_HEBREW:
        if (is_letter(prev) || prev == TT_WB_NUMERIC || prev == TT_WB_EXTENDNUMLET) /* WB5, WB10, WB13b */
            return true;
        if (prev == TT_WB_MIDLETTER || prev == TT_WB_MIDNUMLET || prev == TT_WB_SINGLE_QUOTE) /* WB7 */
            return is_letter(st->before);
        return wb == TT_WB_HEBREW && prev == TT_WB_DOUBLE_QUOTE && st->before == TT_WB_HEBREW; /* WB7c */
    case TT_WB_NUMERIC:
        if (prev == TT_WB_NUMERIC || is_letter(prev) || prev == TT_WB_EXTENDNUMLET) /* WB8, WB9, WB13b */
            return true;
        return (prev == TT_WB_MIDNUM || prev == TT_WB_MIDNUMLET || prev == TT_WB_SINGLE_QUOTE) &&
               st->before == TT_WB_NUMERIC; /* WB11 */
    case TT_WB_KATAKANA:
        return prev == TT_WB_KATAKANA || prev == TT_WB_EXTENDNUMLET; /* WB13, WB13b */
    case TT_WB_EXTENDNUMLET:
        return is_letter(prev) || prev == TT_WB_NUMERIC || prev == TT_WB_KATAKANA ||
               prev == TT_WB_EXTENDNUMLET; /* WB13a */
    case TT_WB_REGIONAL:
        return prev == TT_WB_REGIONAL && !st->pair; /* WB15, WB16: `at` never stands amid a pair */
    case TT_WB_SINGLE_QUOTE:
        if (prev == TT_WB_HEBREW) /* WB7a */
            return true;
        /* fall through */
    case TT_WB_MIDNUMLET:
        if (is_letter(prev)) /* WB6 */
            return is_letter(peek(p, n, next));
        return prev == TT_WB_NUMERIC && peek(p, n, next) == TT_WB_NUMERIC; /* WB12 */
    case TT_WB_MIDLETTER:
        return is_letter(prev) && is_letter(peek(p, n, next)); /* WB6 */
    case TT_WB_MIDNUM:
        return prev == TT_WB_NUMERIC && peek(p, n, next) == TT_WB_NUMERIC; /* WB12 */
    case TT_WB_DOUBLE_QUOTE:
        return prev == TT_WB_HEBREW && peek(p, n, next) == TT_WB_HEBREW; /* WB7b */
    default:
        return false; /* WB999 */
    }
}

size_t tt_word_next(const char *p, size_t n, size_t at)
{
    uint32_t cp;
    state st = {.before = TT_WB_OTHER};
    at += read_char(p, n, at, &cp, &st.prev);
    st.raw = st.prev;
    if (st.prev == TT_WB_CR && at < n && p[at] == '\n')
        return at + 1; /* WB3 */
    if (is_line_end(st.prev))
        return at; /* WB3a */
    while (at < n) {
        tt_wb wb;
        size_t next = at + read_char(p, n, at, &cp, &wb);
        if (is_line_end(wb))
            return at;                                                         /* WB3b */
        if (!is_skipped(wb)) {                                                 /* else WB4 */
            bool whole = (st.raw == TT_WB_ZWJ && tt_cp_pictographic(cp)) ||    /* WB3c */
                         (st.raw == TT_WB_WSEGSPACE && wb == TT_WB_WSEGSPACE); /* WB3d */
            if (!whole && !joins(&st, wb, p, n, next))
                return at;
            st.pair = wb == TT_WB_REGIONAL && st.prev == TT_WB_REGIONAL;
            st.before = st.prev;
            st.prev = wb;
        }
        st.raw = wb;
        at = next;
    }
    return n; /* WB2 */
}
