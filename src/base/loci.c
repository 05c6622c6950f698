/* In: pieces of a text and where they stand. Out: the text with its loci. Not here: looking places up (read/decode). */
#include "base/loci.h"

#include "base/unicode.h"

void tt_loci_reset(tt_loci *s)
{
    tt_buf_reset(&s->text);
    s->n = 0;
    s->counted = 0;
    s->nth = 0;
}

void tt_loci_release(tt_loci *s)
{
    tt_buf_release(&s->text);
    tt_free(s->v);
    *s = (tt_loci){0};
}

/* CR LF is one character, and so is each byte that belongs to no valid sequence: as decode reads them. */
static uint32_t count(const char *p, size_t n)
{
    uint32_t chars = 0;
    for (size_t i = 0; i < n; chars++) {
        uint32_t cp;
        size_t len = (unsigned char)p[i] < 0x80 ? 1 : tt_utf8_decode(p + i, n - i, &cp);
        len += p[i] == '\r' && i + 1 < n && p[i + 1] == '\n';
        i += len ? len : 1;
    }
    return chars;
}

void tt_loci_at(tt_loci *s, size_t line, size_t column)
{
    if (s->text.failed)
        return;
    if (s->text.n > s->counted)
        s->nth += count(s->text.p + s->counted, s->text.n - s->counted);
    s->counted = s->text.n;
    if (s->n > 0 && s->v[s->n - 1].nth == s->nth)
        s->n--;
    if (tt_grow(&s->v, &s->cap, s->n + 1, sizeof *s->v) != 0) {
        s->text.failed = true;
        return;
    }
    s->v[s->n++] = (tt_locus){s->nth, (uint32_t)line, (uint32_t)column};
}

void tt_loci_add(tt_loci *s, const char *p, size_t n)
{
    tt_buf_add(&s->text, p, n);
}

void tt_loci_add_counted(tt_loci *s, const char *p, size_t n, size_t chars)
{
    bool known = s->counted == s->text.n;
    tt_buf_add(&s->text, p, n);
    if (!known || s->text.failed)
        return;
    s->counted = s->text.n;
    s->nth += (uint32_t)chars;
}

void tt_loci_text(tt_loci *s, const char *text)
{
    tt_buf_text(&s->text, text);
}
