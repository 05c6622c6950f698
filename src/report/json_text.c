/* In: strings, tables. Out: the same as JSON; numbers have the very characters that CSV has. Not here: documents
 * (json.c). */
#include "report/json_text.h"

#include "base/unicode.h"
#include "report/repeat.h"

#include <string.h>

/* ---- strings ---- */

static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

/* Eight bytes at a time: the upper bit of a byte of `bad` says that it is not ASCII, is one of the two, or (by borrowing)
 * below 0x20; a byte above such a one may be told wrongly, which changes nothing. */
static bool all_plain(const char *p, size_t n)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    size_t i = 0;
    for (uint64_t x; n - i >= sizeof x; i += sizeof x) {
        memcpy(&x, p + i, sizeof x);
        const uint64_t quote = x ^ '"' * ones, backslash = x ^ '\\' * ones;
        const uint64_t bad = x | ((quote - ones) & ~quote) | ((backslash - ones) & ~backslash) | (x - 0x20 * ones);
        if (bad & 0x80 * ones)
            return false;
    }
    while (i < n && is_plain((unsigned char)p[i]))
        i++;
    return i == n;
}

static void put_escape(tt_buf *to, unsigned char c)
{
    static const char hex[] = "0123456789abcdef", *const shorts = "b\bf\fn\nr\rt\t\"\"\\\\";
    for (const char *s = shorts; *s; s += 2)
        if ((unsigned char)s[1] == c) {
            const char two[] = {'\\', s[0]};
            tt_buf_add(to, two, sizeof two);
            return;
        }
    const char six[] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
    tt_buf_add(to, six, sizeof six);
}

/* One character that is not plain; returns its bytes. */
static size_t put_other(tt_buf *to, const char *p, size_t n)
{
    uint32_t cp;
    if ((unsigned char)*p < 0x80) {
        put_escape(to, (unsigned char)*p);
        return 1;
    }
    size_t len = tt_utf8_decode(p, n, &cp);
    if (len)
        tt_buf_add(to, p, len);
    else
        tt_buf_text(to, "\xEF\xBF\xBD");
    return len ? len : 1;
}

static void put_any(tt_buf *to, tt_str s)
{
    for (size_t i = 0; i < s.n;) {
        size_t from = i;
        while (i < s.n && is_plain((unsigned char)s.p[i]))
            i++;
        tt_buf_add(to, s.p + from, i - from);
        if (i < s.n)
            i += put_other(to, s.p + i, s.n - i);
    }
}

void tt_json_string(tt_buf *to, tt_str s)
{
    char *p = all_plain(s.p, s.n) ? tt_buf_room(to, s.n + 2) : NULL;
    if (p) {
        *p++ = '"';
        if (s.n)
            memcpy(p, s.p, s.n);
        p += s.n;
        *p++ = '"';
        tt_buf_wrote(to, p);
        return;
    }
    tt_buf_char(to, '"');
    put_any(to, s);
    tt_buf_char(to, '"');
}

/* ---- rows ---- */

/* Columns of a table as `"name":`, one behind the other; ends[i] is the end of the i-th. */
typedef struct tt_keys {
    tt_buf text;
    size_t *ends;
} tt_keys;

static int make_keys(tt_keys *k, const tt_table *t)
{
    k->ends = tt_alloc((t->n_columns + 1) * sizeof *k->ends);
    if (!k->ends)
        return TT_ENOMEM;
    for (size_t i = 0; i < t->n_columns; i++) {
        tt_json_string(&k->text, t->columns[i].name);
        tt_buf_char(&k->text, ':');
        k->ends[i] = k->text.n;
    }
    return k->text.failed ? TT_ENOMEM : 0;
}

static void put_value(tt_buf *to, const tt_column *c, const tt_value *v)
{
    if (v->empty) {
        tt_buf_add(to, "null", 4);
        return;
    }
    if (c->type == TT_TYPE_TEXT) {
        tt_json_string(to, v->s);
        return;
    }
    char *p = tt_buf_room(to, TT_NUM_SIZE + 2);
    if (!p)
        return;
    if (c->type == TT_TYPE_DATE)
        *p++ = '"';
    p = tt_value_put(c, v, p);
    if (c->type == TT_TYPE_DATE)
        *p++ = '"';
    tt_buf_wrote(to, p);
}

static void put_named(tt_buf *to, const tt_table *t, size_t column, const tt_value *v, const void *keys)
{
    const tt_keys *k = keys;
    const size_t begin = column ? k->ends[column - 1] : 0;
    tt_buf_add(to, k->text.p + begin, k->ends[column] - begin);
    put_value(to, &t->columns[column], v);
    tt_buf_char(to, column + 1 < t->n_columns ? ',' : '}');
}

static void put_bare(tt_buf *to, const tt_table *t, size_t column, const tt_value *v, const void *ctx)
{
    (void)ctx;
    put_value(to, &t->columns[column], v);
    tt_buf_char(to, column + 1 < t->n_columns ? ',' : ']');
}

int tt_json_rows(tt_buf *to, const tt_table *t, tt_json_shape shape, bool *first)
{
    tt_keys keys = {0};
    tt_repeat repeat;
    const bool arrays = shape == TT_JSON_ARRAYS, lines = shape == TT_JSON_LINES;
    int rc = arrays ? 0 : make_keys(&keys, t);
    for (size_t row = 0; row < t->n_rows && rc == 0; row++) {
        if (!lines)
            tt_buf_text(to, *first ? "\n" : ",\n");
        tt_buf_char(to, arrays ? '[' : '{');
        tt_repeat_row(&repeat, to, t, row, arrays ? put_bare : put_named, &keys);
        if (lines)
            tt_buf_char(to, '\n');
        *first = false;
    }
    tt_buf_release(&keys.text);
    tt_free(keys.ends);
    return rc == 0 && !to->failed ? 0 : TT_ENOMEM;
}
