/* In: JSON. Out: its values one by one, with their bytes. Not here: trees (json), places of characters (jtext), what keys
 * mean. The grammar's names are those of RFC 8259. */
#include "base/jscan.h"

#include <string.h>

#include "base/unicode.h"

enum { BEFORE, AFTER_OPEN, AFTER_COMMA, AFTER_VALUE, DEAD };

void tt_jscan_init(tt_jscan *s, tt_str json)
{
    *s = (tt_jscan){.p = json.p, .n = json.n};
}

static tt_jscan_kind broken(tt_jscan *s, size_t at, const char *why)
{
    s->cut = at >= s->n;
    s->at = at < s->n ? at : s->n;
    s->why = s->cut ? "it ends too early" : why;
    s->state = DEAD;
    return TT_JSCAN_BROKEN;
}

static void skip_space(tt_jscan *s)
{
    while (s->at < s->n && (s->p[s->at] == ' ' || s->p[s->at] == '\n' || s->p[s->at] == '\r' || s->p[s->at] == '\t'))
        s->at++;
}

/* ---- strings ---- */

#if defined(__GNUC__)
typedef unsigned char lanes __attribute__((vector_size(16))); /* what x86-64 and ARM have without asking */

/* Where the first byte that is not 0 stands in memory, of 8. */
static inline size_t first_of(uint64_t bytes)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return (size_t)__builtin_ctzll(bytes) / 8;
#else
    return (size_t)__builtin_clzll(bytes) / 8;
#endif
}

/* Where a quote, a backslash or a control character is among the 16 bytes at p; 16: none is. */
static inline size_t special_of_16(const char *p)
{
    lanes b;
    memcpy(&b, p, sizeof b);
    lanes hit = (lanes)((b == (unsigned char)'"') | (b == (unsigned char)'\\') | (b < (unsigned char)0x20));
    uint64_t two[2];
    memcpy(two, &hit, sizeof two);
    return two[0] ? first_of(two[0]) : two[1] ? 8 + first_of(two[1]) : 16;
}
#endif

/* Where the next of them stands; n: nowhere. */
static size_t find_special(const char *p, size_t at, size_t n)
{
#if defined(__GNUC__)
    for (size_t k; n - at >= 16; at += 16)
        if ((k = special_of_16(p + at)) < 16)
            return at + k;
#endif
    while (at < n && p[at] != '"' && p[at] != '\\' && (unsigned char)p[at] >= 0x20)
        at++;
    return at;
}

static int hex_of(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static bool is_simple(char c)
{
    switch (c) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
        return true;
    default:
        return false;
    }
}

/* Behind the backslash at `at`. False: it begins no escape, or the text ends in it; s is broken then. */
static bool check_escape(tt_jscan *s, size_t *at)
{
    size_t i = *at + 1;
    if (i < s->n && is_simple(s->p[i])) {
        *at = i + 1;
        return true;
    }
    bool fine = i < s->n && s->p[i] == 'u';
    for (size_t k = 1; fine && k <= 4; k++)
        if (i + k >= s->n)
            i = s->n;
        else if (hex_of(s->p[i + k]) < 0)
            fine = false;
    if (i >= s->n || !fine) {
        broken(s, i >= s->n ? s->n : *at, "a backslash that begins no escape");
        return false;
    }
    *at = i + 5;
    return true;
}

/* The string whose quote is at s->at. */
static bool take_string(tt_jscan *s, tt_str *raw)
{
    size_t from = s->at + 1, at = from;
    for (;;) {
        at = find_special(s->p, at, s->n);
        if (at < s->n && s->p[at] == '"')
            break;
        if (at >= s->n || s->p[at] != '\\') {
            broken(s, at, "a control character in a string; it should be an escape");
            return false;
        }
        if (!check_escape(s, &at))
            return false;
    }
    *raw = (tt_str){s->p + from, at - from};
    s->at = at + 1;
    return true;
}

/* ---- numbers and words ---- */

static size_t digits(const tt_jscan *s, size_t at)
{
    while (at < s->n && s->p[at] >= '0' && s->p[at] <= '9')
        at++;
    return at;
}

static tt_jscan_kind take_number(tt_jscan *s, tt_jscan_value *v)
{
    static const char why[] = "a number that is none";
    size_t from = s->at, at = from + (s->p[from] == '-'), end = digits(s, at);
    if (end == at || (s->p[at] == '0' && end > at + 1))
        return broken(s, end == at ? at : at + 1, why);
    if (end < s->n && s->p[end] == '.') {
        at = end + 1;
        end = digits(s, at);
        if (end == at)
            return broken(s, at, why);
    }
    if (end < s->n && (s->p[end] == 'e' || s->p[end] == 'E')) {
        at = end + 1;
        at += at < s->n && (s->p[at] == '+' || s->p[at] == '-');
        end = digits(s, at);
        if (end == at)
            return broken(s, at, why);
    }
    s->at = end;
    v->raw = (tt_str){s->p + from, end - from};
    return v->kind = TT_JSCAN_NUMBER;
}

static tt_jscan_kind take_word(tt_jscan *s, tt_jscan_value *v)
{
    static const struct {
        const char *text;
        size_t n;
        tt_jscan_kind kind;
    } words[] = {{"true", 4, TT_JSCAN_TRUE}, {"false", 5, TT_JSCAN_FALSE}, {"null", 4, TT_JSCAN_NULL}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = s->n - s->at < words[i].n ? s->n - s->at : words[i].n;
        if (memcmp(s->p + s->at, words[i].text, n) != 0)
            continue;
        if (n < words[i].n)
            return broken(s, s->n, "");
        v->raw = (tt_str){s->p + s->at, n};
        s->at += n;
        return v->kind = words[i].kind;
    }
    return broken(s, s->at, "a value is missing");
}

/* ---- structure ---- */

static bool in_object(const tt_jscan *s)
{
    return s->depth > 0 && (s->objects[(s->depth - 1) / 64] >> ((s->depth - 1) % 64) & 1);
}

static tt_jscan_kind take_open(tt_jscan *s, tt_jscan_value *v)
{
    if (s->depth == TT_JSCAN_DEPTH)
        return broken(s, s->at, "it is nested deeper than 1000 levels");
    bool object = s->p[s->at] == '{';
    uint64_t bit = UINT64_C(1) << (s->depth % 64), *word = &s->objects[s->depth / 64];
    *word = object ? *word | bit : *word & ~bit;
    s->depth++;
    s->state = AFTER_OPEN;
    v->raw = (tt_str){s->p + s->at++, 1};
    return v->kind = object ? TT_JSCAN_OBJECT : TT_JSCAN_ARRAY;
}

static tt_jscan_kind take_value(tt_jscan *s, tt_jscan_value *v)
{
    if (s->at == s->n)
        return broken(s, s->n, "");
    char c = s->p[s->at];
    s->state = AFTER_VALUE;
    if (c == '{' || c == '[')
        return take_open(s, v);
    if (c == '"')
        return v->kind = take_string(s, &v->raw) ? TT_JSCAN_STRING : TT_JSCAN_BROKEN;
    if (c == '-' || (c >= '0' && c <= '9'))
        return take_number(s, v);
    return take_word(s, v);
}

/* The name of a member and its colon. */
static bool take_key(tt_jscan *s, tt_jscan_value *v)
{
    tt_str key;
    if (s->at == s->n || s->p[s->at] != '"') {
        broken(s, s->at, "a name in quotes is missing");
        return false;
    }
    if (!take_string(s, &key))
        return false;
    skip_space(s);
    if (s->at == s->n || s->p[s->at] != ':') {
        broken(s, s->at, "a colon is missing");
        return false;
    }
    s->at++;
    skip_space(s);
    v->key = key;
    return true;
}

tt_jscan_kind tt_jscan_next(tt_jscan *s, tt_jscan_value *v)
{
    *v = (tt_jscan_value){.kind = TT_JSCAN_BROKEN};
    if (s->state == DEAD)
        return TT_JSCAN_BROKEN;
    skip_space(s);
    bool end = s->at == s->n, object = in_object(s);
    if (s->depth == 0 && s->state != BEFORE)
        return v->kind = end ? TT_JSCAN_END : broken(s, s->at, "something is behind its end");
    if (s->depth == 0)
        return v->kind = take_value(s, v);
    if (!end && s->state != AFTER_COMMA && s->p[s->at] == (object ? '}' : ']')) {
        s->depth--;
        s->state = AFTER_VALUE;
        v->raw = (tt_str){s->p + s->at++, 1};
        return v->kind = TT_JSCAN_CLOSE;
    }
    if (s->state == AFTER_VALUE) {
        if (end || s->p[s->at] != ',')
            return broken(s, s->at, "a comma is missing");
        s->at++;
        s->state = AFTER_COMMA;
        skip_space(s);
    }
    if (object && !take_key(s, v))
        return TT_JSCAN_BROKEN;
    return v->kind = take_value(s, v);
}

bool tt_jscan_skip(tt_jscan *s, tt_jscan_value *v)
{
    tt_jscan_value inner;
    const char *from = v->raw.p;
    for (size_t outside = s->depth - 1; s->depth > outside;)
        if (tt_jscan_next(s, &inner) == TT_JSCAN_BROKEN)
            return false;
    v->raw = (tt_str){from, (size_t)(s->p + s->at - from)};
    return true;
}

/* ---- the text of strings ---- */

static uint32_t hex4(const char *p)
{
    uint32_t v = 0;
    for (int i = 0; i < 4; i++)
        v = v << 4 | (uint32_t)hex_of(p[i]);
    return v;
}

static char simple_of(char c)
{
    switch (c) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return c;
    }
}

size_t tt_jscan_escape(tt_str raw, int32_t *cp)
{
    *cp = -1;
    if (raw.p[0] != '\\')
        return 1;
    if (raw.p[1] != 'u') {
        *cp = simple_of(raw.p[1]);
        return 2;
    }
    uint32_t unit = hex4(raw.p + 2), low = 0;
    bool high = unit >= 0xD800 && unit < 0xDC00;
    if (high && raw.n >= 12 && raw.p[6] == '\\' && raw.p[7] == 'u')
        low = hex4(raw.p + 8);
    if (high && low >= 0xDC00 && low < 0xE000) {
        *cp = (int32_t)(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
        return 12;
    }
    *cp = unit == 0 || (unit >= 0xD800 && unit < 0xE000) ? 0xFFFD : (int32_t)unit;
    return 6;
}

static bool equal(tt_str raw, const char *text, bool nocase)
{
    while (raw.n > 0 && *text) {
        int32_t cp;
        size_t n = tt_jscan_escape(raw, &cp);
        cp = cp < 0 ? (unsigned char)raw.p[0] : cp;
        int32_t want = (unsigned char)*text++;
        if (nocase && cp >= 'A' && cp <= 'Z')
            cp += 'a' - 'A';
        if (nocase && want >= 'A' && want <= 'Z')
            want += 'a' - 'A';
        if (cp != want)
            return false;
        raw = (tt_str){raw.p + n, raw.n - n};
    }
    return raw.n == 0 && *text == '\0';
}

bool tt_jscan_is(tt_str raw, const char *text)
{
    return equal(raw, text, false);
}

bool tt_jscan_is_nocase(tt_str raw, const char *text)
{
    return equal(raw, text, true);
}

void tt_jscan_text(tt_str raw, tt_buf *to)
{
    while (raw.n > 0) {
        const char *hit = memchr(raw.p, '\\', raw.n);
        size_t n = hit ? (size_t)(hit - raw.p) : raw.n;
        tt_buf_add(to, raw.p, n);
        raw = (tt_str){raw.p + n, raw.n - n};
        if (raw.n == 0)
            break;
        int32_t cp;
        char utf8[TT_UTF8_MAX];
        n = tt_jscan_escape(raw, &cp);
        tt_buf_add(to, utf8, tt_utf8_encode((uint32_t)cp, utf8));
        raw = (tt_str){raw.p + n, raw.n - n};
    }
}
