/* In: a part's bytes as bits of letters, digits and signs. Out: bits of words as the reference cuts them (COUNTING 5), and
 * of what is left to it. Not here: words from bits (scan.c), the rules themselves (wordbreak.c, cut.c, token.c).
 *
 * ASCII by its bits: runs of letters and digits, what joins them (WB6, 7, 11, 12), underscores inside. Of other
 * characters those are known that neither join nor are joined otherwise than their class says; all others, and signs
 * whose key is another sign, make hard what stands around them between white space. */
#include "tag/scan_in.h"

#include <string.h>

#include "base/unicode.h"
#include "tag/cut.h"

/* Of characters outside ASCII. */
enum class {
    UNKNOWN, /* not met yet */
    HARD,
    BLANK,
    SIGN,     /* joins nothing, its key is itself */
    LETTER,   /* goes on words; its key is itself */
    CASED,    /* … another one */
    OWN,      /* a word by itself: ideographs; its key is itself */
    OWN_ODD,  /* … another one: ² */
    KATAKANA, /* goes on words of its like */
    QUOTE,    /* ‘ and ’: MidNumLet */
    DOT       /* ·: MidLetter, where a token is cut */
};

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* ---- classes ---- */

/* A letter or digit. Where there are needles, ASCII has no part in its key: they are sought in the text as it stands. */
static int class_of_alnum(tt_scan_state *s, uint32_t cp, enum class same, enum class other, uint8_t *class)
{
    char utf8[TT_UTF8_MAX];
    bool ascii = false;
    if (tt_cp_folded(cp)) {
        *class = (uint8_t)same;
        return 0;
    }
    tt_buf_reset(&s->key);
    if (tt_unicode_key(utf8, tt_utf8_encode(cp, utf8), true, &s->key) != 0)
        return TT_ENOMEM;
    for (size_t i = 0; i < s->key.n; i++)
        ascii |= (unsigned char)s->key.p[i] < 0x80;
    *class = (uint8_t)(ascii && s->sieve.n_needles ? HARD : other);
    return 0;
}

static uint8_t class_of_sign(const tt_scan_state *s, uint32_t cp)
{
    if (tt_cp_space(cp) || cp == 0x200b)
        return BLANK;
    if (tt_cp_mark(cp))
        return HARD;
    return !tt_cp_folded(cp) && (s->sieve.n_needles || s->sieve.has_high_signs) ? HARD : SIGN;
}

static int find_class(tt_scan_state *s, uint32_t cp, uint8_t *class)
{
    tt_wb wb = tt_cp_wb(cp);
    bool letter = tt_cp_letter(cp);
    *class = HARD;
    if (tt_cp_vanishes(cp) || !tt_cp_boundary(cp))
        return 0;
    if (wb == TT_WB_OTHER && (letter || tt_cp_digit(cp)))
        return class_of_alnum(s, cp, OWN, OWN_ODD, class);
    if (wb == TT_WB_ALETTER && letter)
        return class_of_alnum(s, cp, LETTER, CASED, class);
    if (wb == TT_WB_OTHER || wb == TT_WB_WSEGSPACE || wb == TT_WB_NEWLINE)
        *class = class_of_sign(s, cp);
    else if (wb == TT_WB_KATAKANA && letter && tt_cp_folded(cp))
        *class = KATAKANA;
    else if (cp == 0x2018 || cp == 0x2019)
        *class = QUOTE;
    else if (cp == 0xb7)
        *class = DOT;
    return 0;
}

/* Jamo make syllables with those before them, though each is a boundary to other letters. */
static bool is_jamo(uint32_t cp)
{
    return (cp >= 0x1100 && cp <= 0x11ff) || (cp >= 0xa960 && cp <= 0xa97f) || (cp >= 0xd7b0 && cp <= 0xd7ff);
}

static int class_of(tt_scan_state *s, uint32_t cp, uint8_t *class)
{
    *class = cp < 0x10000 ? s->classes[cp] : UNKNOWN;
    if (*class != UNKNOWN)
        return 0;
    if (is_jamo(cp))
        *class = HARD;
    else if (find_class(s, cp, class) != 0)
        return TT_ENOMEM;
    if (cp < 0x10000)
        s->classes[cp] = *class;
    return 0;
}

/* ---- neighbours ---- */

enum side { NEITHER, ALETTER, NUMERIC };

static enum side sides_ascii(char before, char after)
{
    if ((unsigned char)((before | 0x20) - 'a') < 26 && (unsigned char)((after | 0x20) - 'a') < 26)
        return ALETTER;
    return (unsigned char)(before - '0') < 10 && (unsigned char)(after - '0') < 10 ? NUMERIC : NEITHER;
}

static int side_of(tt_scan_state *s, uint32_t cp, enum side *side)
{
    uint8_t class;
    *side = NEITHER;
    if (cp < 0x80) {
        *side = tt_cp_letter(cp) ? ALETTER : tt_cp_digit(cp) ? NUMERIC : NEITHER;
        return 0;
    }
    int rc = class_of(s, cp, &class);
    *side = class == LETTER || class == CASED ? ALETTER : NEITHER;
    return rc;
}

/* What stands on both sides of the sign at..at + n of a piece, if it is the same. */
static int sides(tt_scan_state *s, const tt_piece_of *x, uint32_t at, uint32_t n, enum side *both)
{
    const char *p = s->doc->vis;
    enum side after;
    uint32_t cp;
    *both = NEITHER;
    if (at <= x->from || at + n >= x->to)
        return 0;
    if ((unsigned char)p[at - 1] < 0x80 && (unsigned char)p[at + n] < 0x80) {
        *both = sides_ascii(p[at - 1], p[at + n]);
        return 0;
    }
    tt_cut_read(p, at, tt_utf8_back(p, at), &cp);
    if (side_of(s, cp, both) != 0)
        return TT_ENOMEM;
    tt_cut_read(p, x->to, at + n, &cp);
    if (side_of(s, cp, &after) != 0)
        return TT_ENOMEM;
    *both = *both == after ? after : NEITHER;
    return 0;
}

/* ---- what stands between white space ---- */

uint32_t tt_scan_chunk(tt_scan_state *s, const tt_piece_of *x, uint32_t at)
{
    uint32_t from = at;
    while (from > x->from && from != s->chunk_at && !is_blank(s->doc->vis[from - 1]))
        from--;
    if (from != s->chunk_at || from == x->from)
        s->chunk_from = from;
    s->chunk_at = at;
    return s->chunk_from;
}

/* Leaves what stands around at..to to the reference, with one blank before it, which a mark may follow. */
static uint32_t make_hard(tt_scan_state *s, const tt_piece_of *x, uint32_t at, uint32_t to)
{
    tt_part_of *t = &s->part;
    const char *p = s->doc->vis;
    while (at > x->from && !is_blank(p[at - 1]) && !tt_bit(t->hard, at - 1 - t->from))
        at--;
    at -= at > x->from && is_blank(p[at - 1]);
    while (to < x->to && !is_blank(p[to]))
        to++;
    tt_bits_set(t->hard, at - t->from, to - t->from);
    tt_bits_clear(t->word, at - t->from, to - t->from);
    tt_bits_clear(t->odd, at - t->from, to - t->from);
    return to;
}

/* Has the reference match from all places between white space and at. */
static void ask_up_to(tt_scan_state *s, const tt_piece_of *x, uint32_t at)
{
    tt_part_of *t = &s->part;
    uint32_t from = at;
    while (from > x->from && !is_blank(s->doc->vis[from - 1]) && !tt_bit(t->asked, from - 1 - t->from))
        from--;
    tt_bits_set(t->asked, from - t->from, at + 1 - t->from);
}

/* ---- signs of ASCII ---- */

static int join(tt_scan_state *s, const tt_piece_of *x, uint32_t at)
{
    tt_part_of *t = &s->part;
    char c = s->doc->vis[at];
    enum side both;
    if (sides(s, x, at, 1, &both) != 0)
        return TT_ENOMEM;
    if (both == ALETTER && (c == '.' || c == ':')) { /* WB6, 7; but COUNTING 5 cuts a token here */
        tt_bit_set(t->joint, at + 1 - t->from);
    } else if ((both == ALETTER && c == '\'') || (both == NUMERIC && c != ':')) { /* WB6, 7; WB11, 12 */
        tt_bit_set(t->word, at - t->from);
        if (c == '\'')
            tt_bit_set(t->odd, at - t->from);
    }
    return 0;
}

static int join_all(tt_scan_state *s)
{
    tt_part_of *t = &s->part;
    uint64_t before = 0;
    size_t piece = 0;
    for (size_t i = 0; i < t->n_bits; i++) {
        uint64_t word = t->word[i] | t->high[i];
        uint64_t after = i + 1 < t->n_bits ? t->word[i + 1] | t->high[i + 1] : 0;
        uint64_t between = t->mid[i] & (word << 1 | before) & (word >> 1 | after << 63);
        before = word >> 63;
        for (; between; between &= between - 1) {
            uint32_t at = t->from + (uint32_t)i * 64 + (uint32_t)__builtin_ctzll(between);
            while (at >= t->pieces[piece].to)
                piece++;
            if (join(s, &t->pieces[piece], at) != 0)
                return TT_ENOMEM;
        }
    }
    return 0;
}

/* Underscores inside a word are part of it, others of none. */
static void join_underscores(tt_scan_state *s)
{
    tt_part_of *t = &s->part;
    const char *p = s->doc->vis;
    size_t n = t->to - t->from, piece = 0;
    for (size_t i = tt_bits_next(t->under, 0, n), e; i < n; i = tt_bits_next(t->under, e, n)) {
        while (t->from + i >= t->pieces[piece].to)
            piece++;
        const tt_piece_of *x = &t->pieces[piece];
        size_t from = x->from - t->from, to = x->to - t->from;
        e = tt_bits_find(t->under, UINT64_MAX, i, to);
        bool high = (i > from && (unsigned char)p[t->from + i - 1] >= 0x80) ||
                    (e < to && (unsigned char)p[t->from + e] >= 0x80);
        if (high)
            make_hard(s, x, t->from + (uint32_t)i, t->from + (uint32_t)e);
        else if (i > from && e < to && tt_bit(t->word, i - 1) && tt_bit(t->word, e))
            tt_bits_set(t->word, i, e);
    }
}

/* ---- other characters ---- */

struct high {
    uint32_t at, n;
    uint32_t cp;
    uint8_t class;
    uint32_t katakana; /* where the last one of them ends */
};

static int cut_quote(tt_scan_state *s, const tt_piece_of *x, const struct high *h)
{
    tt_part_of *t = &s->part;
    enum side both;
    size_t i = h->at - t->from;
    if (sides(s, x, h->at, h->n, &both) != 0)
        return TT_ENOMEM;
    if (h->class == DOT) {
        if (both == ALETTER)
            tt_bit_set(t->joint, i + h->n);
        return 0;
    }
    if (both != NEITHER) {
        tt_bits_set(t->word, i, i + h->n);
        tt_bit_set(t->odd, i);
    }
    return 0;
}

static int cut_high(tt_scan_state *s, const tt_piece_of *x, struct high *h)
{
    tt_part_of *t = &s->part;
    size_t i = h->at - t->from;
    switch (h->class) {
    case LETTER:
    case CASED:
        tt_bits_set(t->word, i, i + h->n);
        if (h->class == CASED)
            tt_bit_set(t->odd, i);
        return 0;
    case OWN:
    case OWN_ODD:
    case KATAKANA:
        tt_bits_set(t->word, i, i + h->n);
        tt_bit_set(t->cut, i + h->n);
        if (h->class == KATAKANA && h->katakana == h->at && h->at > x->from)
            t->cut[i >> 6] &= ~((uint64_t)1 << (i & 63));
        else
            tt_bit_set(t->cut, i);
        if (h->class == OWN_ODD)
            tt_bit_set(t->odd, i);
        if (h->class == KATAKANA)
            h->katakana = h->at + h->n;
        return 0;
    case QUOTE:
    case DOT:
        return cut_quote(s, x, h);
    default:
        return 0;
    }
}

/* A term may begin with it, or a pattern fit inside. */
static bool is_asked(const tt_sieve *v, const struct high *h)
{
    if (h->class == BLANK)
        return false;
    if (h->cp == 0x2019 && tt_needles_begin(&v->needles, '\''))
        return true;
    bool sign = h->class == SIGN || h->class == QUOTE || h->class == DOT;
    return v->beyond || (sign && v->has_high_signs && tt_sieve_high_sign(v, h->cp));
}

/* tt_cut_read, the shorter way for most. */
static inline uint32_t read_high(const char *p, uint32_t end, uint32_t at, uint32_t *cp)
{
    const unsigned char *b = (const unsigned char *)p + at;
    if ((b[0] & 0xf0) == 0xe0 && b[0] != 0xe0 && b[0] != 0xed && end - at > 2 && (b[1] & 0xc0) == 0x80 &&
        (b[2] & 0xc0) == 0x80) {
        *cp = (b[0] & 0x0fu) << 12 | (b[1] & 0x3fu) << 6 | (b[2] & 0x3fu);
        return 3;
    }
    if (b[0] >= 0xc2 && b[0] < 0xe0 && end - at > 1 && (b[1] & 0xc0) == 0x80) {
        *cp = (b[0] & 0x1fu) << 6 | (b[1] & 0x3fu);
        return 2;
    }
    return (uint32_t)tt_cut_read(p, end, at, cp);
}

static int cut_all_high(tt_scan_state *s)
{
    tt_part_of *t = &s->part;
    size_t n = t->to - t->from, piece = 0;
    struct high h = {.katakana = UINT32_MAX};
    for (size_t i = tt_bits_next(t->high, 0, n); i < n; i = tt_bits_next(t->high, h.at + h.n - t->from, n)) {
        h.at = t->from + (uint32_t)i;
        while (h.at >= t->pieces[piece].to)
            piece++;
        const tt_piece_of *x = &t->pieces[piece];
        h.n = read_high(s->doc->vis, x->to, h.at, &h.cp);
        if (tt_bit(t->hard, i))
            continue;
        h.class = h.cp < 0x10000 ? s->classes[h.cp] : UNKNOWN;
        if (h.class == UNKNOWN && class_of(s, h.cp, &h.class) != 0)
            return TT_ENOMEM;
        if (h.class >= LETTER && cut_high(s, x, &h) != 0)
            return TT_ENOMEM;
        if (h.class == HARD)
            h.n = make_hard(s, x, h.at, h.at + h.n) - h.at;
        else if (is_asked(&s->sieve, &h))
            ask_up_to(s, x, h.at);
    }
    return 0;
}

/* ---- all of it ---- */

static void ask_needles(tt_scan_state *s)
{
    tt_part_of *t = &s->part;
    size_t n = t->to - t->from, piece = 0;
    uint64_t *found = t->start; /* not in use yet */
    tt_wordbits_find(s->how, &s->sieve.needles, s->doc->vis + t->from, n, found);
    for (size_t i = tt_bits_next(found, 0, n); i < n; i = tt_bits_next(found, i + 1, n)) {
        while (t->from + i >= t->pieces[piece].to)
            piece++;
        if (t->from + i >= t->pieces[piece].from)
            ask_up_to(s, &t->pieces[piece], t->from + (uint32_t)i);
    }
}

/* Only pieces have words, and none reaches over their ends. */
static void bound_pieces(tt_part_of *t)
{
    uint64_t *const maps[] = {t->word, t->mid, t->under, t->high};
    uint32_t at = t->from;
    for (size_t i = 0; i < t->n_pieces; i++) {
        const tt_piece_of *x = &t->pieces[i];
        for (size_t k = 0; k < sizeof maps / sizeof *maps && at < x->from; k++)
            tt_bits_clear(maps[k], at - t->from, x->from - t->from);
        tt_bit_set(t->cut, x->from - t->from);
        tt_bit_set(t->cut, x->to - t->from);
        at = x->to;
    }
}

int tt_scan_cut(tt_scan_state *s)
{
    tt_part_of *t = &s->part;
    uint64_t *const maps[] = {t->cut, t->joint, t->odd, t->hard, t->asked};
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        memset(maps[i], 0, (t->n_bits + 1) * sizeof **maps);
    bound_pieces(t);
    if (join_all(s) != 0)
        return TT_ENOMEM;
    join_underscores(s);
    if (cut_all_high(s) != 0)
        return TT_ENOMEM;
    if (s->sieve.all)
        tt_bits_set(t->asked, 0, t->to - t->from);
    else if (s->sieve.n_needles)
        ask_needles(s);
    for (size_t i = 0; i < t->n_bits; i++)
        t->asked[i] |= t->hard[i];
    return 0;
}

/* ---- words whose key is not what stands there ---- */

/* The last word that begins before byte `at` of the part; false: none. */
static bool word_before(const tt_part_of *t, size_t at, size_t *word)
{
    uint64_t below = ((uint64_t)1 << (at & 63)) - 1;
    size_t n = t->rank[at >> 6] + (size_t)__builtin_popcountll(t->start[at >> 6] & below);
    *word = n - 1;
    return n > 0;
}

/* What follows the word is not known here: it is looked at, if a longer term may begin with it. */
static void ask_first(tt_scan_state *s, size_t at)
{
    size_t k;
    if (word_before(&s->part, at, &k) && tt_bitmap_has(&s->sieve.first, s->part.hashes[k]))
        s->part.flags[k] |= TT_WORD_ASKED;
}

/* `key` is that of word k, case aside; `elided`: it is cut behind an article. */
static void sift_odd(tt_scan_state *s, size_t k, tt_str key, bool possessive, bool elided)
{
    tt_part_of *t = &s->part;
    const tt_sieve *v = &s->sieve;
    uint64_t hash = tt_sieve_key(key.p, key.n), bare = hash;
    if (possessive && key.n > 2)
        bare = tt_sieve_key(key.p, key.n - 2);
    t->hashes[k] = hash;
    t->flags[k] |= TT_WORD_ODD;
    if (elided || tt_bitmap_has(&v->first, hash) || tt_bitmap_has(&v->single, bare) ||
        (v->n_prefixes && tt_sieve_begins(v, key.p, key.n, true)))
        t->flags[k] |= TT_WORD_ASKED;
    if (k == 0)
        return;
    uint64_t before = t->hashes[k - 1];
    if (elided ? tt_bitmap_has(&v->first, before) : tt_bitmap_has(&v->pair, tt_sieve_pair(before, bare)))
        t->flags[k - 1] |= TT_WORD_ASKED;
}

enum { SHORT_KEY = 40 };

/* A word of ASCII with one apostrophe, ' or ’, at `at`: most odd ones are. False: it is none. */
static bool sift_apostrophe(tt_scan_state *s, size_t k, size_t at)
{
    const char *p = s->doc->vis;
    size_t from = s->part.starts[k], to = s->part.ends[k], n = at - from, next;
    char key[SHORT_KEY];
    if (to - from > SHORT_KEY || n == 0)
        return false;
    size_t behind = at + (p[at] == '\'' ? 1 : 3);
    bool is = p[at] == '\'' || memcmp(p + at, "’", 3) == 0;
    unsigned char all = 0;
    for (size_t i = from; i < at; i++)
        all |= (unsigned char)p[i];
    for (size_t i = behind; i < to; i++)
        all |= (unsigned char)(p[i] == '\'' ? 0x80 : p[i]);
    if (!is || all >= 0x80)
        return false;
    memcpy(key, p + from, n);
    key[n] = '\'';
    memcpy(key + n + 1, p + behind, to - behind);
    bool possessive = to - behind == 1 && (p[behind] | 0x20) == 's';
    bool elided = !possessive && tt_cut_elision(p, from, to, &next) < to;
    sift_odd(s, k, (tt_str){key, n + 1 + to - behind}, possessive, elided);
    return true;
}

static int read_odd(tt_scan_state *s, size_t k)
{
    const char *p = s->doc->vis;
    size_t from = s->part.starts[k], to = s->part.ends[k], next;
    tt_buf_reset(&s->key);
    if (tt_unicode_key(p + from, to - from, true, &s->key) != 0)
        return TT_ENOMEM;
    if (s->key.n)
        sift_odd(s, k, (tt_str){s->key.p, s->key.n}, tt_cut_possessive(p, from, to) != 0,
                 tt_cut_elision(p, from, to, &next) < to);
    return 0;
}

int tt_scan_odd(tt_scan_state *s)
{
    tt_part_of *t = &s->part;
    size_t n = t->to - t->from, k;
    for (size_t i = tt_bits_next(t->odd, 0, n); i < n; i = tt_bits_next(t->odd, t->ends[k] - t->from, n))
        if (!word_before(t, i + 1, &k) || (!sift_apostrophe(s, k, t->from + i) && read_odd(s, k) != 0))
            return TT_ENOMEM;
    for (size_t i = tt_bits_next(t->hard, 0, n); i < n;) {
        ask_first(s, i);
        i = tt_bits_next(t->hard, tt_bits_find(t->hard, UINT64_MAX, i, n), n);
    }
    for (size_t i = 0; i < t->n_pieces; i++)
        if (t->pieces[i].to < t->pieces[i].end)
            ask_first(s, t->pieces[i].to - t->from);
    return 0;
}
