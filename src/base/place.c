/* In: a text and where it stands. Out: pieces of it with the places of their characters. Not here: what they mean. */
#include "base/place.h"

#include <string.h>

#include "base/jscan.h"
#include "base/unicode.h"

void tt_place_file(tt_place *p, tt_str text, size_t line)
{
    *p = (tt_place){.text = text, .line = line, .column = 1};
}

void tt_place_loci(tt_place *p, const tt_loci *of)
{
    *p = (tt_place){.text = {of->text.p, of->text.n}, .loci = of->v, .n_loci = of->n, .line = 1, .column = 1};
    tt_place_to(p, 0);
}

/* Characters without line ends among them, each byte that is not UTF-8 being one. */
static size_t count(const char *p, size_t n)
{
    size_t chars = 0;
    for (size_t at = 0; at < n;) {
        size_t end = tt_utf8_ascii(p, at, n);
        chars += end - at;
        for (at = end; at < n && (unsigned char)p[at] >= 0x80; chars++) {
            uint32_t cp;
            size_t len = tt_utf8_decode(p + at, n - at, &cp);
            at += len ? len : 1;
        }
    }
    return chars;
}

/* Moves within a stretch of the file that has no LF. */
static void walk_line(tt_place *p, size_t at)
{
    while (p->at < at) {
        const char *from = p->text.p + p->at, *cr = memchr(from, '\r', at - p->at);
        size_t n = cr ? (size_t)(cr - from) : at - p->at;
        p->column += count(from, n);
        p->at += n;
        if (!cr)
            break;
        p->at++;
        if (p->at < p->text.n && p->text.p[p->at] == '\n')
            continue; /* CR LF is one line end */
        p->line++;
        p->column = 1;
    }
}

static void walk_file(tt_place *p, size_t at)
{
    while (p->at < at) {
        const char *from = p->text.p + p->at, *lf = memchr(from, '\n', at - p->at);
        walk_line(p, lf ? (size_t)(lf - p->text.p) : at);
        if (!lf)
            break;
        p->at++;
        p->line++;
        p->column = 1;
    }
}

void tt_place_to(tt_place *p, size_t at)
{
    if (!p->loci) {
        walk_file(p, at);
        return;
    }
    p->nth += (uint32_t)count(p->text.p + p->at, at - p->at);
    p->at = at;
    while (p->locus + 1 < p->n_loci && p->loci[p->locus + 1].nth <= p->nth)
        p->locus++;
    p->line = p->loci[p->locus].line;
    p->column = p->loci[p->locus].column + (p->nth - p->loci[p->locus].nth);
}

/* A stretch of the file without line ends, copied. */
static void copy_plain(tt_place *p, size_t to, tt_loci *out)
{
    const char *from = p->text.p + p->at;
    size_t n = to - p->at, chars = count(from, n);
    if (n == 0)
        return;
    tt_loci_at(out, p->line, p->column);
    tt_loci_add_counted(out, from, n, chars);
    p->column += chars;
    p->at = to;
}

/* The end of what follows p->at and has no locus of its own, at most `to`. */
static size_t stretch_end(const tt_place *p, size_t to)
{
    if (!p->loci || p->locus + 1 >= p->n_loci)
        return to;
    size_t at = p->at;
    for (uint32_t nth = p->nth; at < to && nth < p->loci[p->locus + 1].nth; nth++) {
        uint32_t cp;
        size_t len = tt_utf8_decode(p->text.p + at, p->text.n - at, &cp);
        at += len ? len : 1;
    }
    return at < to ? at : to;
}

void tt_place_copy(tt_place *p, size_t to, tt_loci *out)
{
    while (p->at < to) {
        const char *from = p->text.p + p->at;
        size_t line = p->line, column = p->column, n = stretch_end(p, to) - p->at;
        tt_loci_at(out, line, column);
        tt_place_to(p, p->at + n);
        tt_loci_add(out, from, n);
    }
}

static const char *entity_of(char c)
{
    return c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '"' ? "&quot;" : NULL;
}

void tt_place_html(tt_place *p, size_t to, tt_loci *out)
{
    while (p->at < to) {
        size_t at = p->at;
        while (at < to && !entity_of(p->text.p[at]))
            at++;
        tt_place_copy(p, at, out);
        if (at == to)
            break;
        tt_loci_at(out, p->line, p->column);
        tt_loci_text(out, entity_of(p->text.p[at]));
        tt_place_to(p, at + 1);
    }
}

/* The character of the escape that begins at p->at, before `end`. A string has no other line ends. */
static void put_escape(tt_place *p, size_t end, tt_loci *out)
{
    int32_t cp, next;
    char utf8[TT_UTF8_MAX];
    tt_str rest = {p->text.p + p->at, end - p->at};
    size_t n = tt_jscan_escape(rest, &cp);
    if (cp == '\r' && n < rest.n) {
        size_t n_next = tt_jscan_escape((tt_str){rest.p + n, rest.n - n}, &next);
        n += next == '\n' ? n_next : 0;
    }
    tt_loci_at(out, p->line, p->column);
    tt_loci_add_counted(out, utf8, tt_utf8_encode(cp == '\r' ? '\n' : (uint32_t)cp, utf8), 1);
    if (p->loci) {
        tt_place_to(p, p->at + n);
    } else {
        p->at += n;
        p->column += n;
    }
}

void tt_place_string(tt_place *p, tt_str raw, tt_loci *out)
{
    tt_place_to(p, (size_t)(raw.p - p->text.p));
    for (size_t end = p->at + raw.n; p->at < end;) {
        const char *from = p->text.p + p->at, *hit = memchr(from, '\\', end - p->at);
        size_t to = hit ? (size_t)(hit - p->text.p) : end;
        if (p->loci)
            tt_place_copy(p, to, out);
        else
            copy_plain(p, to, out);
        if (hit)
            put_escape(p, end, out);
    }
}
