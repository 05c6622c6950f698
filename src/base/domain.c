/* In: a host. Out: the domain under which it is registered. Not here: URLs (address.c). */
#include "base/domain.h"

#include "base/unicode.h"

#include <libpsl.h>

/* RFC 3492: an overflow, a character that is none or a sign that is no digit make it no label of this kind. */
static bool decode_punycode(const char *p, size_t n, tt_buf *out)
{
    enum { BASE = 36, T_MIN = 1, T_MAX = 26, SKEW = 38, DAMP = 700, MOST = 63 /* a label's length: RFC 1034, 3.1 */ };
    uint32_t v[MOST], cp = 128, i = 0, bias = 72;
    size_t len = 0, at = 0;
    char utf8[TT_UTF8_MAX];
    if (n > MOST)
        return false;
    for (size_t k = n; k > 0 && len == 0; k--)
        if (p[k - 1] == '-')
            for (at = k; len < k - 1; len++)
                v[len] = (unsigned char)p[len];
    if (at == n)
        return false; /* nothing that needs it */
    while (at < n) {
        const uint32_t before = i;
        for (uint32_t w = 1, k = BASE;; k += BASE) {
            if (at == n)
                return false;
            char c = p[at++];
            uint32_t digit = c >= 'a' && c <= 'z'   ? (uint32_t)(c - 'a')
                             : c >= '0' && c <= '9' ? (uint32_t)(c - '0') + 26
                                                    : BASE;
            if (digit >= BASE || digit > (UINT32_MAX - i) / w)
                return false;
            i += digit * w;
            uint32_t t = k <= bias ? T_MIN : k >= bias + T_MAX ? T_MAX : k - bias;
            if (digit < t)
                break;
            if (w > UINT32_MAX / (BASE - t))
                return false;
            w *= BASE - t;
        }
        uint32_t delta = before == 0 ? i / DAMP : (i - before) / 2, k = 0;
        for (delta += delta / (uint32_t)(len + 1); delta > (BASE - T_MIN) * T_MAX / 2; k += BASE)
            delta /= BASE - T_MIN;
        bias = k + (BASE - T_MIN + 1) * delta / (delta + SKEW);
        cp += i / (uint32_t)(len + 1);
        i %= (uint32_t)(len + 1);
        if (len == MOST || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
            return false;
        memmove(v + i + 1, v + i, (len - i) * sizeof *v);
        v[i++] = cp;
        len++;
    }
    for (size_t k = 0; k < len; k++)
        tt_buf_add(out, utf8, tt_utf8_encode(v[k], utf8));
    return len > 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_ip(tt_str host)
{
    if (host.n > 0 && host.p[0] == '[')
        return true;
    for (size_t i = 0; i < host.n; i++)
        if (!is_digit(host.p[i]) && host.p[i] != '.')
            return false;
    return true;
}

static bool is_host(tt_str host)
{
    for (size_t i = 0; i < host.n; i++) {
        unsigned char c = (unsigned char)host.p[i];
        if (c < 0x80 && !is_digit(host.p[i]) && !(c >= 'a' && c <= 'z') && c != '-' && c != '.' && c != '_' &&
            c != '[' && c != ']' && c != ':')
            return false;
    }
    return host.n > 0;
}

/* In lower case (compatibility forms resolved, as browsers do), each label as it is displayed, without the last dot. */
static void display(tt_str host, tt_buf *out)
{
    tt_buf lower = {0};
    size_t from = out->n;
    if (tt_unicode_key(host.p, host.n, true, &lower) != TT_OK)
        out->failed = true;
    if (tt_str_ends((tt_str){lower.p, lower.n}, TT_S(".")))
        lower.n--;
    for (tt_str rest = {lower.p, lower.n}; rest.n > 0;) {
        tt_str label = tt_str_cut(&rest, '.');
        size_t at;
        if (out->n > from)
            tt_buf_char(out, '.');
        at = out->n;
        if (!tt_str_starts(label, TT_S("xn--")) || !decode_punycode(label.p + 4, label.n - 4, out)) {
            out->n = at;
            tt_buf_str(out, label);
        }
    }
    tt_buf_release(&lower);
}

void tt_domain(tt_str host, tt_buf *out)
{
    tt_buf shown = {0};
    display(host, &shown);
    tt_str s = {shown.p, shown.n};
    if (shown.failed) {
        out->failed = true;
    } else if (is_host(s)) {
        const char *domain = is_ip(s) ? NULL : psl_registrable_domain(psl_builtin(), shown.p);
        tt_buf_str(out, domain ? tt_str_of(domain) : s);
    }
    tt_buf_release(&shown);
}
