/* In: the content of a part of a mail as it stands in the file. Out: its bytes with the transfer encoding undone, and
 * where they stand. Not here: what characters the bytes are (mail.c). */
#include "base/transfer.h"

#include "base/unicode.h"

/* ---- places ---- */

static void put_mark(tt_transfer *d, size_t line, size_t column)
{
    if (d->n > 0 && d->marks[d->n - 1].at == d->buf.n)
        d->n--;
    if (d->failed || tt_grow(&d->marks, &d->cap, d->n + 1, sizeof *d->marks) != 0) {
        d->failed = true;
        return;
    }
    d->marks[d->n++] = (tt_transfer_mark){d->buf.n, (uint32_t)line, (uint32_t)column};
}

size_t tt_transfer_char(const char *p, size_t n)
{
    uint32_t cp;
    if ((unsigned char)p[0] < 0x80)
        return p[0] == '\r' && n > 1 && p[1] == '\n' ? 2 : 1;
    size_t len = tt_utf8_decode(p, n, &cp);
    return len ? len : 1;
}

void tt_transfer_advance(const char *p, size_t n, size_t *line, size_t *column)
{
    for (size_t i = 0; i < n; i += tt_transfer_char(p + i, n - i)) {
        if (p[i] == '\n' || p[i] == '\r') {
            ++*line;
            *column = 1;
        } else {
            ++*column;
        }
    }
}

/* ---- transfer encodings ---- */

static bool is_escaped_from(const char *p, size_t n)
{
    size_t i = 0;
    while (i < n && p[i] == '>')
        i++;
    return i > 0 && n - i >= 5 && memcmp(p + i, "From ", 5) == 0;
}

static size_t line_end(tt_str s, size_t at)
{
    const char *lf = memchr(s.p + at, '\n', s.n - at);
    return lf ? (size_t)(lf - s.p) + 1 : s.n;
}

/* Nothing is undone but `>From `. */
static void undo_nothing(const tt_mail_content *in, tt_transfer *d)
{
    size_t line = in->line, column = 1, from = 0;
    put_mark(d, line, column);
    d->bytes = in->bytes;
    if (!in->unescape)
        return;
    for (size_t at = 0, end; at < in->bytes.n; at = end) {
        end = line_end(in->bytes, at);
        if (!is_escaped_from(in->bytes.p + at, end - at))
            continue;
        tt_transfer_advance(in->bytes.p + from, at - from, &line, &column);
        tt_buf_add(&d->buf, in->bytes.p + from, at - from);
        put_mark(d, line, 2);
        column = 2;
        from = at + 1;
    }
    if (from > 0) {
        tt_buf_add(&d->buf, in->bytes.p + from, in->bytes.n - from);
        d->bytes = (tt_str){d->buf.p, d->buf.n};
    }
}

static int hex_of(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

/* One line without what stands behind its last visible character; true: its end is a soft one. */
static bool undo_quoted_line(const char *p, size_t n, size_t at, size_t line, tt_transfer *d)
{
    size_t column = 1, none = 0, run = 0; /* run: where literal characters begin */
    if (at > 0)
        tt_transfer_advance(p, at, &none, &column);
    bool soft = n > at && p[n - 1] == '=';
    for (size_t i = run = at; i <= n; i++) {
        bool end = i == n || (soft && i == n - 1);
        bool code = !end && p[i] == '=' && n - i > 2 && hex_of(p[i + 1]) >= 0 && hex_of(p[i + 2]) >= 0;
        if (!end && !code)
            continue;
        tt_buf_add(&d->buf, p + run, i - run);
        tt_transfer_advance(p + run, i - run, &none, &column);
        if (end)
            break;
        tt_buf_char(&d->buf, (char)(hex_of(p[i + 1]) << 4 | hex_of(p[i + 2])));
        column += 3;
        put_mark(d, line, column);
        run = i + 3;
        i += 2;
    }
    return soft;
}

static void undo_quoted(const tt_mail_content *in, tt_transfer *d)
{
    tt_str s = in->bytes;
    size_t line = in->line, column = 1;
    bool soft = false;
    for (size_t at = 0, end; at < s.n; at = end) {
        end = line_end(s, at);
        size_t n = end - at, skip = !soft && in->unescape && is_escaped_from(s.p + at, n);
        size_t bare = n;
        while (bare > 0 && strchr(" \t\r\n", s.p[at + bare - 1]) && s.p[at + bare - 1])
            bare--;
        put_mark(d, line, 1 + skip);
        soft = undo_quoted_line(s.p + at, bare, skip, line, d);
        if (!soft && s.p[end - 1] == '\n') {
            if (bare < n - 1) /* blanks before the end are no part of the text */
                put_mark(d, line, 1);
            tt_buf_char(&d->buf, '\n');
        }
        tt_transfer_advance(s.p + at, n, &line, &column);
    }
    d->bytes = (tt_str){d->buf.p, d->buf.n};
}

static int base64_of(char c)
{
    return c >= 'A' && c <= 'Z'   ? c - 'A'
           : c >= 'a' && c <= 'z' ? c - 'a' + 26
           : c >= '0' && c <= '9' ? c - '0' + 52
           : c == '+'             ? 62
           : c == '/'             ? 63
                                  : -1;
}

/* Whether the label is right: prose has blanks and points amid its lines. */
static bool is_base64(tt_str s)
{
    size_t others = 0;
    for (size_t i = 0; i < s.n; i++)
        others += base64_of(s.p[i]) < 0 && s.p[i] != '\r' && s.p[i] != '\n' && s.p[i] != '=';
    return others <= s.n / 10;
}

/* What is no letter of base64 is passed over, and a group that `=` ends is followed by a new one: parts that were joined
 * have such. A byte begins in the letter before the one that completes it. */
static void undo_base64(const tt_mail_content *in, tt_transfer *d)
{
    tt_str s = in->bytes;
    size_t line = in->line, column = 1, letter_line = 0, letter_column = 0, marked_line = 0;
    uint32_t bits = 0;
    unsigned n_bits = 0;
    for (size_t i = 0, len; i < s.n; i += len) {
        int value = base64_of(s.p[i]);
        len = tt_transfer_char(s.p + i, s.n - i);
        if (value >= 0) {
            bits = (bits << 6 | (uint32_t)value) & 0xFFFF;
            n_bits += 6;
            if (n_bits >= 8) {
                n_bits -= 8;
                if (d->n == 0 || letter_line != marked_line || d->buf.p[d->buf.n - 1] == '\n')
                    put_mark(d, marked_line = letter_line, letter_column);
                tt_buf_char(&d->buf, (char)(bits >> n_bits & 0xFF));
                d->failed = d->failed || d->buf.failed;
                if (d->failed)
                    return;
            }
            letter_line = line;
            letter_column = column;
        } else if (s.p[i] == '=') {
            n_bits = 0;
        }
        tt_transfer_advance(s.p + i, len, &line, &column);
    }
    d->bytes = (tt_str){d->buf.p, d->buf.n};
}

int tt_transfer_undo(const tt_mail_content *in, tt_transfer *d)
{
    *d = (tt_transfer){0};
    if (in->coding == TT_MAIL_QUOTED)
        undo_quoted(in, d);
    else if (in->coding == TT_MAIL_BASE64 && is_base64(in->bytes))
        undo_base64(in, d);
    else
        undo_nothing(in, d);
    d->failed = d->failed || d->buf.failed;
    if (!d->failed)
        return 0;
    tt_transfer_release(d);
    return TT_ENOMEM;
}

void tt_transfer_release(tt_transfer *d)
{
    tt_buf_release(&d->buf);
    tt_free(d->marks);
    *d = (tt_transfer){0};
}
