/* In: the bytes of a file. Out: a tt_text: valid UTF-8 without byte-order mark and NUL, LF alone at line ends, mojibake
 * repaired; line and column on disk of any place in it. Not here: opening files; what is mojibake (mojibake.c). */
#include "read/decode.h"

#include <string.h>

#include "base/bytes.h"
#include "base/unicode.h"
#include "read/codepage.h"
#include "read/mojibake.h"

static const char utf8_mark[] = "\xEF\xBB\xBF";

static int too_large(tt_err *err)
{
    return tt_fail(err, TT_ELIMIT, NULL, 0, 0, "is larger than %d MiB; split it, or leave it out with --exclude",
                   TT_MAX_FILE >> 20);
}

static int has_nul(tt_err *err)
{
    return tt_fail(err, TT_EINPUT, NULL, 0, 0, "holds NUL characters, so it is no text; leave it out with --exclude");
}

static int start(tt_text *out, size_t n, const char *encoding, tt_err *err)
{
    if (n > TT_MAX_FILE)
        return too_large(err);
    out->data = tt_alloc(n + 1);
    if (!out->data)
        return tt_fail_memory(err);
    out->data[n] = '\0';
    out->n = n;
    out->encoding = encoding;
    return 0;
}

/* ---- UTF-8 and Windows-1252 ---- */

/* Walks the bytes and writes what they stand for to `out`, or only measures where it is NULL. Bytes that are no part of
 * valid UTF-8 are Windows-1252 each. */
static size_t read_bytes(const char *p, size_t n, char *out, bool *any_valid, bool *any_invalid)
{
    size_t to = 0;
    for (size_t at = 0; at < n;) {
        size_t end = tt_utf8_ascii(p, at, n);
        if (out)
            memcpy(out + to, p + at, end - at);
        to += end - at;
        at = end;
        while (at < n && (unsigned char)p[at] >= 0x80) {
            uint32_t cp;
            char utf8[TT_UTF8_MAX];
            size_t len = tt_utf8_decode(p + at, n - at, &cp), n_utf8 = len;
            const char *from = p + at;
            *any_valid = *any_valid || len > 0;
            *any_invalid = *any_invalid || len == 0;
            if (len == 0) {
                len = 1;
                n_utf8 = tt_utf8_encode(tt_windows_char((unsigned char)p[at]), utf8);
                from = utf8;
            }
            if (out)
                memcpy(out + to, from, n_utf8);
            to += n_utf8;
            at += len;
        }
    }
    return to;
}

/* What the bytes of a text are. */
struct look {
    bool nul, cr, valid, invalid; /* it has NUL, CR, valid UTF-8 beyond ASCII, bytes that are none */
    bool suspect;                 /* it may have mojibake */
};

/* The length of a valid character of two or three bytes that nothing more need be known of; 0: tt_utf8_decode tells. */
static size_t common_length(const char *p, size_t n)
{
    const unsigned char *b = (const unsigned char *)p;
    if (n < 3 || (b[1] & 0xC0) != 0x80)
        return 0;
    if (b[0] >= 0xC2 && b[0] < 0xE0)
        return 2;
    return b[0] > 0xE0 && b[0] < 0xED && (b[2] & 0xC0) == 0x80 ? 3 : 0;
}

/* From byte `at`, which is not ASCII, to the first that is. */
static size_t look_beyond(const char *p, size_t at, size_t n, struct look *out)
{
    size_t from = at, len = common_length(p + at, n - at);
    out->valid |= len > 0;
    if (len > 0 && (at + len == n || (unsigned char)p[at + len] < 0x80)) /* it stands alone, as most do */
        return at + len;
    for (; at < n && (unsigned char)p[at] >= 0x80; at += len ? len : 1) {
        uint32_t cp;
        len = tt_utf8_decode(p + at, n - at, &cp);
        out->valid |= len > 0;
        out->invalid |= len == 0;
    }
    out->suspect = out->suspect || tt_mojibake_may_be(p + from, at - from);
    return at;
}

/* NUL, CR, and what is not ASCII. */
static const tt_bytes_set looked_for = {
    .low = {1 | 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 2 | 4, 4, 4},
    .high = {1 | 2, 0, 0, 0, 0, 0, 0, 0, 4, 4, 4, 4, 4, 4, 4, 4},
};

/* Up to the first NUL: there is no text then. */
static struct look look_at(const char *p, size_t n)
{
    struct look out = {0};
    tt_finder f;
    tt_finder_init(&f, &looked_for, p, n);
    for (size_t at = 0; !out.nul && (at = tt_finder_next(&f, at, n)) < n;) {
        out.nul = p[at] == '\0';
        out.cr |= p[at] == '\r';
        at = (unsigned char)p[at] < 0x80 ? at + 1 : look_beyond(p, at, n, &out);
    }
    return out;
}

static int decode_bytes(const char *p, size_t n, tt_text *out, struct look *look, tt_err *err)
{
    while (n >= 3 && memcmp(p, utf8_mark, 3) == 0) { /* tools that join files leave several */
        p += 3;
        n -= 3;
    }
    *look = look_at(p, n);
    if (look->nul)
        return has_nul(err);
    bool valid = false, invalid = false;
    size_t size = look->invalid ? read_bytes(p, n, NULL, &valid, &invalid) : n;
    int rc = start(out, size, look->invalid && !look->valid ? "Windows-1252" : "UTF-8", err);
    if (rc != 0)
        return rc;
    if (look->invalid)
        read_bytes(p, n, out->data, &valid, &invalid);
    else if (n > 0)
        memcpy(out->data, p, n);
    return 0;
}

/* ---- UTF-16 ---- */

static uint32_t unit_at(const unsigned char *p, bool big)
{
    return big ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
}

/* As read_bytes; sets *broken at a surrogate without its other half, and *nul. */
static size_t read_units(const unsigned char *p, size_t n, bool big, char *out, bool *broken, bool *nul)
{
    size_t to = 0;
    for (size_t at = 0; at + 1 < n; at += 2) {
        uint32_t cp = unit_at(p + at, big);
        if (cp >= 0xD800 && cp <= 0xDFFF) {
            uint32_t low = cp < 0xDC00 && at + 3 < n ? unit_at(p + at + 2, big) : 0;
            if (low < 0xDC00 || low > 0xDFFF) {
                *broken = true;
                return to;
            }
            cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
            at += 2;
        }
        *nul = *nul || cp == 0;
        char utf8[TT_UTF8_MAX];
        size_t len = tt_utf8_encode(cp, out ? out + to : utf8);
        to += len;
    }
    return to;
}

static int decode_units(const char *bytes, size_t n, bool big, tt_text *out, tt_err *err)
{
    const unsigned char *p = (const unsigned char *)bytes + 2;
    n -= 2;
    bool broken = n % 2 != 0, nul = false;
    size_t size = read_units(p, n, big, NULL, &broken, &nul);
    if (nul)
        return has_nul(err);
    if (broken)
        return tt_fail(err, TT_EINPUT, NULL, 0, 0,
                       "is broken UTF-16 (half a character); save it again as UTF-8, or leave it out with --exclude");
    int rc = start(out, size, big ? "UTF-16BE" : "UTF-16LE", err);
    if (rc == 0)
        read_units(p, n, big, out->data, &broken, &nul);
    return rc;
}

/* ---- the whole ---- */

/* CR LF and CR to LF. */
static void join_line_ends(tt_text *text)
{
    char *p = text->data, *end = p + text->n, *to, *cr;
    to = text->n > 0 ? memchr(p, '\r', text->n) : NULL;
    if (!to)
        return;
    for (char *from = to; from < end; from = cr) { /* `from` stands on a CR */
        *to++ = '\n';
        from += from + 1 < end && from[1] == '\n' ? 2 : 1;
        cr = from < end ? memchr(from, '\r', (size_t)(end - from)) : NULL;
        if (!cr)
            cr = end;
        memmove(to, from, (size_t)(cr - from));
        to += cr - from;
    }
    *to = '\0';
    text->n = (size_t)(to - p);
}

int tt_decode(const char *p, size_t n, bool repair, tt_text *out, tt_err *err)
{
    *out = (tt_text){0};
    if (n > TT_MAX_FILE)
        return too_large(err);
    bool little = n >= 2 && memcmp(p, "\xFF\xFE", 2) == 0, big = n >= 2 && memcmp(p, "\xFE\xFF", 2) == 0;
    struct look look = {.cr = true, .suspect = true}; /* of UTF-16 nothing is known */
    int rc = little || big ? decode_units(p, n, big, out, err) : decode_bytes(p, n, out, &look, err);
    if (rc != 0)
        return rc;
    if (look.cr)
        join_line_ends(out);
    if (repair && (look.suspect || look.invalid) && tt_mojibake_repair(out) != 0) {
        tt_text_release(out);
        return tt_fail_memory(err);
    }
    return 0;
}

void tt_text_release(tt_text *text)
{
    tt_free(text->data);
    tt_free(text->fixes);
    *text = (tt_text){0};
}

/* ---- places ---- */

/* Goes on from the cursor to byte `at`, character by character, from locus to locus. */
static void walk_loci(const tt_text *text, size_t at, tt_cursor *c)
{
    if (c->line == 0 || at < c->at)
        *c = (tt_cursor){.line = text->loci[0].line, .column = text->loci[0].column};
    while (c->at < at) {
        const char *p = text->data + c->at;
        size_t n = 1;
        while (c->at + n < text->n && ((unsigned char)p[n] & 0xC0) == 0x80)
            n++;
        bool fixed = c->fix < text->n_fixes && text->fixes[c->fix].at == c->at;
        size_t n_disk = fixed ? text->fixes[c->fix++].n_disk : 1;
        c->nth += n_disk;
        c->at += n;
        c->line += *p == '\n';
        c->column = *p == '\n' ? 1 : c->column + n_disk;
        for (; c->locus + 1 < text->n_loci && text->loci[c->locus + 1].nth <= c->nth; c->locus++) {
            c->line = text->loci[c->locus + 1].line;
            c->column = text->loci[c->locus + 1].column + (c->nth - text->loci[c->locus + 1].nth);
        }
    }
}

void tt_text_place(const tt_text *text, size_t at, tt_cursor *cursor, size_t *line, size_t *column)
{
    tt_cursor c = cursor ? *cursor : (tt_cursor){0};
    if (at > text->n)
        at = text->n;
    while (at > 0 && at < text->n && ((unsigned char)text->data[at] & 0xC0) == 0x80)
        at--;
    if (text->n_loci > 0)
        walk_loci(text, at, &c);
    else if (c.line == 0 || at < c.at)
        c = (tt_cursor){.line = 1, .column = 1};
    for (const char *lf; at > c.at && (lf = memchr(text->data + c.at, '\n', at - c.at)) != NULL;) {
        c.line++;
        c.column = 1;
        c.at = (size_t)(lf - text->data) + 1;
    }
    while (c.fix < text->n_fixes && text->fixes[c.fix].at < c.at)
        c.fix++;
    c.column += tt_utf8_count(text->data + c.at, at - c.at);
    for (; c.fix < text->n_fixes && text->fixes[c.fix].at < at; c.fix++)
        c.column += text->fixes[c.fix].n_disk - 1;
    c.at = at;
    *line = c.line;
    *column = c.column;
    if (cursor)
        *cursor = c;
}
