/* In: a text. Out: the text with its mojibake repaired, and a fix for each repaired character. Not here: how likely a
 * single sequence is damage (damage_windows.c, damage_mac.c).
 *
 * Three steps, each linear: look through the text for sequences whose bytes in one of the code pages are valid UTF-8,
 * and have each judged with its neighbours; let sequences without a gap between them, and then the text as a whole,
 * decide what a sequence alone leaves open; write what is left. Text damaged twice goes through it twice. */
#include "read/mojibake.h"

#include <string.h>

#include "base/unicode.h"
#include "read/codepage.h"
#include "read/damage.h"

typedef struct hit {
    uint32_t at; /* in the text as it was before this round */
    uint32_t cp;
    uint8_t n_bytes, n_chars; /* that stand there */
    uint8_t page, doubt, kind;
    bool odd;
} hit;

typedef struct search {
    const char *p;
    size_t n;
    bool c1_real;
    hit *v; /* rising, not overlapping */
    size_t n_v, cap_v;
    size_t n_other; /* characters beyond ASCII in no hit */
    size_t n_c1;    /* C1 controls among them */
    size_t n_sure[TT_N_PAGES];
} search;

/* ---- one sequence ---- */

/* Takes the byte's length as a lead of UTF-8, and the code point of the sequence; 0: none. */
static unsigned lead_length(uint8_t b)
{
    return b < 0xC2 ? 0 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : b < 0xF5 ? 4 : 0;
}

/* Reads up to `want` characters from `at` on that are bytes of the page, all but the first being tails. Returns how many
 * it read and sets *end behind them. */
static unsigned read_bytes(const search *s, size_t at, tt_page page, unsigned want, tt_suspect *out, size_t *end)
{
    unsigned got = 0;
    while (got < want && at < s->n && (unsigned char)s->p[at] >= 0x80) {
        size_t len = tt_utf8_decode(s->p + at, s->n - at, &out->c[got]);
        out->b[got] = tt_page_byte(page, out->c[got]);
        if (len == 0 || (got > 0 && (out->b[got] & 0xC0) != 0x80))
            break;
        at += len;
        got++;
    }
    *end = at;
    return got;
}

static uint32_t char_before(const search *s, size_t *at)
{
    uint32_t cp = 0;
    if (*at > 0) {
        *at = tt_utf8_back(s->p, *at);
        tt_utf8_decode(s->p + *at, s->n - *at, &cp);
    }
    return cp;
}

static uint32_t char_after(const search *s, size_t *at)
{
    uint32_t cp = 0;
    if (*at < s->n)
        *at += tt_utf8_decode(s->p + *at, s->n - *at, &cp);
    return cp;
}

/* Whether a hit at `at` would go on a run of its page that is at least so likely. */
static bool goes_on(const search *s, size_t at, tt_page page, tt_doubt least)
{
    const hit *last = s->n_v > 0 ? &s->v[s->n_v - 1] : NULL;
    return last && last->at + last->n_bytes == at && last->page == page && last->doubt >= least;
}

/* A neighbour that is damage itself says nothing about the sequence: none. */
static void set_neighbours(const search *s, size_t at, size_t end, tt_page page, tt_suspect *out)
{
    if (!goes_on(s, at, page, TT_DOUBT_LIKELY)) {
        out->before = char_before(s, &at);
        out->before2 = char_before(s, &at);
    }
    out->after = char_after(s, &end);
    out->after2 = char_after(s, &end);
}

/* Judges what begins at `at` in a page. False: no sequence there. */
static bool suspect_at(const search *s, size_t at, uint32_t first, tt_page page, hit *out)
{
    uint8_t lead = tt_page_byte(page, first);
    tt_suspect sus = {.c1_real = s->c1_real};
    sus.lost = page == TT_PAGE_MAC && lead == 0x9F; /* F0 9F begins nearly all emoji */
    sus.n = sus.lost ? 3 : lead_length(lead);
    size_t end;
    if (sus.n == 0 || read_bytes(s, at, page, sus.n, &sus, &end) < sus.n)
        return false;
    char utf8[TT_UTF8_MAX] = {(char)0xF0};
    for (unsigned i = 0; i < sus.n; i++)
        utf8[i + sus.lost] = (char)sus.b[i];
    if (tt_utf8_decode(utf8, sus.n + sus.lost, &sus.cp) == 0)
        return false;
    sus.kind = tt_kind_of(sus.cp);
    if (sus.kind == TT_KIND_NONE)
        return false;
    set_neighbours(s, at, end, page, &sus);
    tt_doubt doubt = sus.lost                  ? tt_damage_lost(&sus)
                     : page == TT_PAGE_WINDOWS ? tt_damage_windows(&sus)
                                               : tt_damage_mac(&sus);
    *out = (hit){.at = (uint32_t)at,
                 .cp = sus.cp,
                 .n_bytes = (uint8_t)(end - at),
                 .n_chars = (uint8_t)sus.n,
                 .page = (uint8_t)page,
                 .doubt = (uint8_t)doubt,
                 .kind = (uint8_t)sus.kind,
                 .odd = sus.odd};
    return doubt != TT_DOUBT_REAL;
}

bool tt_mojibake_may_be(const char *p, size_t n)
{
    uint8_t before[TT_N_PAGES] = {0};
    for (size_t at = 0, len; at < n; at += len ? len : 1) {
        uint32_t cp = 0;
        len = tt_utf8_decode(p + at, n - at, &cp);
        for (int page = 0; page < TT_N_PAGES; page++) {
            uint8_t byte = tt_page_byte((tt_page)page, cp);
            if ((byte & 0xC0) == 0x80 && (before[page] >= 0xC2 || before[page] == 0x9F))
                return true;
            before[page] = byte;
        }
    }
    return false;
}

static bool starts_at(const search *s, size_t at, tt_page page, hit *out)
{
    uint32_t cp;
    return at < s->n && tt_utf8_decode(s->p + at, s->n - at, &cp) > 1 && suspect_at(s, at, cp, page, out);
}

/* Of two likely sequences at one place the one that goes on a run, then the one of the page that the text had more of so
 * far; else the likelier one; but a likely longer one wins where the shorter would leave its last character alone. */
static const hit *better(const search *s, const hit *win, const hit *mac)
{
    if (goes_on(s, win->at, TT_PAGE_WINDOWS, TT_DOUBT_LIKELY))
        return win;
    if (goes_on(s, mac->at, TT_PAGE_MAC, TT_DOUBT_LIKELY))
        return mac;
    if (win->doubt >= TT_DOUBT_LIKELY && mac->doubt >= TT_DOUBT_LIKELY) {
        if (goes_on(s, mac->at, TT_PAGE_MAC, TT_DOUBT_GROUP))
            return mac;
        if (s->n_sure[TT_PAGE_WINDOWS] != s->n_sure[TT_PAGE_MAC])
            return s->n_sure[TT_PAGE_WINDOWS] > s->n_sure[TT_PAGE_MAC] ? win : mac;
    }
    const hit *longer = win->n_chars > mac->n_chars ? win : mac, *shorter = longer == win ? mac : win;
    hit next;
    if (longer->n_chars > shorter->n_chars && longer->doubt >= TT_DOUBT_LIKELY &&
        !(starts_at(s, shorter->at + shorter->n_bytes, (tt_page)shorter->page, &next) && next.doubt >= TT_DOUBT_LIKELY))
        return longer;
    return mac->doubt > win->doubt ? mac : win;
}

/* `É‚Äô` is É and a damaged ’, although É‚ is a sequence of Windows-1252. */
static bool cuts_other(const search *s, const hit *h)
{
    hit other;
    size_t last = h->at + h->n_bytes - 3u; /* ‚ and „ take three bytes */
    if (h->page != TT_PAGE_WINDOWS || h->n_chars != 2 || h->n_bytes != 5)
        return false;
    if (h->doubt == TT_DOUBT_SURE && starts_at(s, h->at + h->n_bytes, TT_PAGE_WINDOWS, &other))
        return false; /* Ñ‚Ñ† is Cyrillic */
    return starts_at(s, last, TT_PAGE_MAC, &other) && other.n_chars > 2 && other.doubt == TT_DOUBT_SURE;
}

static bool find_at(const search *s, size_t at, uint32_t cp, hit *out)
{
    hit win, mac;
    bool is_win = suspect_at(s, at, cp, TT_PAGE_WINDOWS, &win), is_mac = suspect_at(s, at, cp, TT_PAGE_MAC, &mac);
    if (!is_win && !is_mac)
        return false;
    *out = !is_win ? mac : !is_mac ? win : *better(s, &win, &mac);
    return !cuts_other(s, out);
}

/* A hit that goes on a run is at least as likely as the run so far. */
static int add_hit(search *s, hit h)
{
    if (h.doubt < TT_DOUBT_SURE && goes_on(s, h.at, (tt_page)h.page, TT_DOUBT_LIKELY))
        h.doubt = s->v[s->n_v - 1].doubt;
    s->n_sure[h.page] += h.doubt == TT_DOUBT_SURE;
    if (tt_grow(&s->v, &s->cap_v, s->n_v + 1, sizeof *s->v) != 0)
        return TT_ENOMEM;
    s->v[s->n_v++] = h;
    return 0;
}

static int search_text(search *s)
{
    s->n_v = s->n_other = s->n_c1 = 0;
    memset(s->n_sure, 0, sizeof s->n_sure);
    for (size_t at = 0; (at = tt_utf8_ascii(s->p, at, s->n)) < s->n;) {
        uint32_t cp = 0;
        size_t len = tt_utf8_decode(s->p + at, s->n - at, &cp);
        hit h;
        bool alone = at + len >= s->n || (unsigned char)s->p[at + len] < 0x80; /* a sequence has two or more */
        if (!alone && find_at(s, at, cp, &h)) {
            if (add_hit(s, h) != 0)
                return TT_ENOMEM;
            len = h.n_bytes;
        } else {
            s->n_other++;
            s->n_c1 += cp >= 0x80 && cp < 0xA0;
        }
        at += len > 0 ? len : 1;
    }
    return 0;
}

/* ---- neighbours and the whole text ---- */

/* What hits first to end - 1, without a gap between them and of one page, say of each other: one that is sure makes all
 * sure; so do two letters of one other script, where a character in them is out of place; else all are as likely as the
 * likeliest. */
static void judge_group(hit *first, hit *end)
{
    size_t of_kind[TT_N_KINDS] = {0};
    bool odd[TT_N_KINDS] = {false};
    tt_doubt most = TT_DOUBT_REAL;
    for (const hit *h = first; h < end; h++) {
        of_kind[h->kind]++;
        odd[h->kind] = odd[h->kind] || h->odd;
        if (h->doubt > most)
            most = (tt_doubt)h->doubt;
    }
    for (int kind = TT_KIND_GREEK; kind <= TT_KIND_EAST; kind++) {
        if (of_kind[kind] >= 2 && odd[kind])
            most = TT_DOUBT_SURE;
    }
    for (hit *h = first; h < end; h++)
        h->doubt = (uint8_t)most;
}

static bool follows(const hit *a, const hit *b)
{
    return a->page == b->page && a->at + a->n_bytes == b->at;
}

/* Keeps the hits that are damage. Returns their number. */
static size_t decide(search *s)
{
    size_t kept = 0;
    for (size_t i = 0, k; i < s->n_v; i = k) {
        k = i + 1;
        while (k < s->n_v && follows(&s->v[k - 1], &s->v[k]))
            k++;
        judge_group(s->v + i, s->v + k);
    }
    size_t n_group = 0, n_weak = 0; /* characters in hits that count as real until the text says otherwise */
    memset(s->n_sure, 0, sizeof s->n_sure);
    for (size_t i = 0; i < s->n_v; i++) {
        const hit *h = &s->v[i];
        s->n_sure[h->page] += h->doubt == TT_DOUBT_SURE;
        n_group += h->doubt == TT_DOUBT_GROUP ? h->n_chars : 0;
        n_weak += h->doubt == TT_DOUBT_WEAK ? h->n_chars : 0;
    }
    for (size_t i = 0; i < s->n_v; i++) {
        size_t sure = s->n_sure[s->v[i].page];
        tt_doubt doubt = (tt_doubt)s->v[i].doubt;
        bool all_damaged = sure > 0 && s->n_other + n_group <= sure / 4;
        bool take = doubt == TT_DOUBT_SURE || (doubt >= TT_DOUBT_WEAK && all_damaged) ||
                    (doubt == TT_DOUBT_LIKELY && s->n_other + n_group + n_weak <= sure);
        if (take)
            s->v[kept++] = s->v[i];
    }
    return s->n_v = kept;
}

/* ---- writing ---- */

/* The fixes of this round: those of the round before, moved, and one for each hit, which takes on disk what its
 * characters took. `out` has room for all. Returns their number. */
static size_t write_fixes(const tt_text *text, const search *s, tt_fix *out)
{
    size_t n = 0, old = 0, gone = 0; /* bytes that vanished before this place */
    for (size_t i = 0; i <= s->n_v; i++) {
        size_t at = i < s->n_v ? s->v[i].at : text->n;
        for (; old < text->n_fixes && text->fixes[old].at < at; old++)
            out[n++] = (tt_fix){(uint32_t)(text->fixes[old].at - gone), text->fixes[old].n_disk};
        if (i == s->n_v)
            break;
        const hit *h = &s->v[i];
        char utf8[TT_UTF8_MAX];
        uint32_t n_disk = h->n_chars;
        for (; old < text->n_fixes && text->fixes[old].at < at + h->n_bytes; old++)
            n_disk += text->fixes[old].n_disk - 1;
        out[n++] = (tt_fix){(uint32_t)(at - gone), n_disk};
        gone += h->n_bytes - tt_utf8_encode(h->cp, utf8);
    }
    return n;
}

static void write_text(tt_text *text, const search *s)
{
    size_t to = 0, from = 0;
    for (size_t i = 0; i < s->n_v; i++) {
        const hit *h = &s->v[i];
        memmove(text->data + to, text->data + from, h->at - from);
        to += h->at - from;
        to += tt_utf8_encode(h->cp, text->data + to);
        from = h->at + h->n_bytes;
    }
    memmove(text->data + to, text->data + from, text->n - from + 1);
    text->n = to + text->n - from;
}

static int apply(tt_text *text, const search *s)
{
    tt_fix *fixes = NULL;
    size_t cap = 0;
    if (tt_grow(&fixes, &cap, text->n_fixes + s->n_v, sizeof *fixes) != 0)
        return TT_ENOMEM;
    size_t n = write_fixes(text, s, fixes);
    write_text(text, s);
    tt_free(text->fixes);
    text->fixes = fixes;
    text->n_fixes = n;
    return 0;
}

static size_t count_runs(const tt_text *text)
{
    size_t runs = 0, end = SIZE_MAX;
    for (size_t i = 0; i < text->n_fixes; i++) {
        uint32_t cp, at = text->fixes[i].at;
        runs += at != end;
        end = at + tt_utf8_decode(text->data + at, text->n - at, &cp);
    }
    return runs;
}

/* A byte-order mark that was damaged goes like any other; the first character then takes its place on disk too. */
static void drop_mark(tt_text *text)
{
    if (text->n_fixes == 0 || text->fixes[0].at != 0 || text->n < 3 || memcmp(text->data, "\xEF\xBB\xBF", 3) != 0)
        return;
    text->n -= 3;
    memmove(text->data, text->data + 3, text->n + 1);
    for (size_t i = 1; i < text->n_fixes; i++)
        text->fixes[i].at -= 3;
    if (text->n > 0 && (text->n_fixes == 1 || text->fixes[1].at != 0)) {
        text->fixes[0].n_disk++;
        return;
    }
    if (text->n_fixes > 1)
        text->fixes[1].n_disk += text->fixes[0].n_disk;
    text->n_fixes--;
    memmove(text->fixes, text->fixes + 1, text->n_fixes * sizeof *text->fixes);
}

int tt_mojibake_repair(tt_text *text)
{
    search s = {0};
    int rc = 0;
    for (int round = 0; round < 2; round++) {
        s.p = text->data;
        s.n = text->n;
        s.c1_real = false;
        rc = search_text(&s);
        if (rc == 0 && s.n_c1 > 0 && s.n_v > 0) {
            s.c1_real = true;
            rc = search_text(&s);
        }
        if (rc != 0 || decide(&s) == 0)
            break;
        rc = apply(text, &s);
        if (rc != 0)
            break;
    }
    tt_free(s.v);
    if (rc != 0)
        return rc;
    text->n_repaired = count_runs(text);
    drop_mark(text);
    return 0;
}
