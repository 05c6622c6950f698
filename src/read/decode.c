/* In: the bytes of a file. Out: a tt_text: valid UTF-8 without byte-order mark and NUL, LF alone at line ends, mojibake
 * repaired; line and column on disk of any place in it. Not here: opening files; what is mojibake (mojibake.c). */
#include "read/decode.h"

#include <string.h>

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

static int decode_bytes(const char *p, size_t n, tt_text *out, tt_err *err)
{
    while (n >= 3 && memcmp(p, utf8_mark, 3) == 0) { /* tools that join files leave several */
        p += 3;
        n -= 3;
    }
    if (n > 0 && memchr(p, '\0', n))
        return has_nul(err);
    bool valid = false, invalid = false;
    size_t size = read_bytes(p, n, NULL, &valid, &invalid);
    int rc = start(out, size, invalid && !valid ? "Windows-1252" : "UTF-8", err);
    if (rc != 0)
        return rc;
    if (invalid)
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
    int rc = little || big ? decode_units(p, n, big, out, err) : decode_bytes(p, n, out, err);
    if (rc != 0)
        return rc;
    join_line_ends(out);
    if (repair && tt_mojibake_repair(out) != 0) {
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

void tt_text_place(const tt_text *text, size_t at, tt_cursor *cursor, size_t *line, size_t *column)
{
    tt_cursor c = cursor ? *cursor : (tt_cursor){0};
    if (at > text->n)
        at = text->n;
    while (at > 0 && at < text->n && ((unsigned char)text->data[at] & 0xC0) == 0x80)
        at--;
    if (c.line == 0 || at < c.at)
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
