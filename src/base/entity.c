/* In: text that begins with `&`. Out: what the HTML character reference there stands for. Not here: finding the `&`;
 * references without `;`, which HTML forgives in places and newsletters do not need. */
#include "base/entity.h"

#include <string.h>

#include "base/entity_table.h"
#include "base/unicode.h"

/* HTML 5, "numeric character reference end state": what 0x80 to 0x9F stand for; the five that Windows-1252 leaves out
 * stay. */
static const uint16_t numbers_80[32] = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
};

static unsigned digit_of(char c)
{
    unsigned d = (unsigned char)c - '0', letter = ((unsigned char)c | 0x20u) - 'a';
    return d < 10 ? d : letter < 6 ? letter + 10 : 99;
}

/* &#8217; and &#x27; */
static size_t read_number(const char *p, size_t n, char *out, size_t *n_out)
{
    bool hex = n > 2 && (p[2] == 'x' || p[2] == 'X');
    unsigned base = hex ? 16 : 10;
    uint32_t cp = 0;
    size_t first = hex ? 3 : 2, at = first;
    for (; at < n && digit_of(p[at]) < base; at++) {
        if (cp <= 0x10FFFF) /* above it stays above it */
            cp = cp * base + digit_of(p[at]);
    }
    if (at == first || at == n || p[at] != ';')
        return 0;
    if (cp >= 0x80 && cp < 0xA0)
        cp = numbers_80[cp - 0x80];
    if (cp == 0 || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        cp = 0xFFFD;
    *n_out = tt_utf8_encode(cp, out);
    return at + 1;
}

/* By bytes; `name` of the table ends in NUL, that of the text does not. */
static int compare(const char *p, size_t n, const char *name)
{
    size_t n_name = strlen(name);
    int order = memcmp(p, name, n < n_name ? n : n_name);
    return order != 0 ? order : n < n_name ? -1 : n > n_name;
}

static const struct tt_entity_row *find_name(const char *p, size_t n)
{
    size_t low = 0, left = sizeof tt_entity_table / sizeof *tt_entity_table;
    while (left > 0) {
        size_t half = left / 2;
        int order = compare(p, n, tt_entity_table[low + half].name);
        if (order == 0)
            return &tt_entity_table[low + half];
        if (order > 0) {
            low += half + 1;
            left -= half + 1;
        } else {
            left = half;
        }
    }
    return NULL;
}

size_t tt_entity(const char *p, size_t n, char out[TT_ENTITY_MAX], size_t *n_out)
{
    if (n < 4 || p[0] != '&') /* the shortest are &lt; and &#9; */
        return 0;
    if (p[1] == '#')
        return read_number(p, n, out, n_out);
    if (((unsigned char)p[1] | 0x20u) - 'a' >= 26u) /* every name begins with a letter */
        return 0;
    size_t most = n - 1 < TT_ENTITY_NAME_MAX + 1 ? n - 1 : TT_ENTITY_NAME_MAX + 1;
    const char *end = memchr(p + 1, ';', most);
    if (!end)
        return 0;
    const struct tt_entity_row *row = find_name(p + 1, (size_t)(end - p) - 1);
    if (!row)
        return 0;
    *n_out = tt_utf8_encode(row->first, out);
    if (row->second)
        *n_out += tt_utf8_encode(row->second, out + *n_out);
    return (size_t)(end - p) + 1;
}
