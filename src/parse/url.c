/* In: text and a colon in it. Out: the bare URL around the colon. Not here: link targets of Markdown (link.c). */
#include "parse/url.h"

#include "base/unicode.h"

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* The scheme that ends at the colon and begins at *from; *needs: what must follow the colon. */
static bool scheme_before(const char *p, size_t colon, size_t *from, const char **needs)
{
    static const struct {
        const char *name, *needs;
    } schemes[] = {{"http", "//"}, {"https", "//"}, {"ftp", "//"}, {"mailto", ""}};
    enum { SCHEME_MAX = 32 };
    size_t at = colon;
    while (at > 0 && colon - at < 7 && is_word(p[at - 1]))
        at--;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        if (tt_str_is_nocase((tt_str){p + at, colon - at}, schemes[i].name)) {
            *from = at;
            *needs = schemes[i].needs;
            return true;
        }
    }
    /* any other (RFC 3986, 3.1), such as sftp or git+ssh, has // behind it too */
    for (at = colon; at > 0 && colon - at < SCHEME_MAX && (is_word(p[at - 1]) || strchr("+.-", p[at - 1])); at--)
        ;
    while (at < colon && !is_word(p[at]))
        at++;
    *from = at;
    *needs = "//";
    return colon - at > 1 && (p[at] < '0' || p[at] > '9');
}

/* Characters that no URL goes over, ASCII aside: white space, quotation marks, CJK punctuation and full-width forms of
 * it, behind which Chinese and Japanese go on without a blank. */
static bool ends_url(uint32_t cp)
{
    return tt_cp_space(cp) || cp == 0xAB || cp == 0xBB || cp == 0x200B || (cp >= 0x2018 && cp <= 0x201F) ||
           cp == 0x2039 || cp == 0x203A || (cp >= 0x3001 && cp <= 0x3003) || (cp >= 0x3008 && cp <= 0x3011) ||
           (cp >= 0xFF01 && cp <= 0xFF0F) || (cp >= 0xFF1A && cp <= 0xFF1F);
}

static size_t run_end(const char *p, size_t n, size_t at)
{
    while (at < n) {
        unsigned char c = (unsigned char)p[at];
        if (c <= ' ' || c == '<' || c == '>' || c == 0x7F)
            break;
        if (c < 0x80) {
            at++;
            continue;
        }
        uint32_t cp;
        size_t len = tt_utf8_decode(p + at, n - at, &cp);
        if (len == 0 || ends_url(cp))
            break;
        at += len;
    }
    return at;
}

/* Cuts what GFM cuts from the end. `open` counts opening less closing brackets, so that each byte is looked at once. */
static size_t trim_end(const char *p, size_t at, size_t end)
{
    long round = 0, square = 0;
    for (size_t i = at; i < end; i++) {
        round += (p[i] == '(') - (p[i] == ')');
        square += (p[i] == '[') - (p[i] == ']');
    }
    for (; end > at; end--) {
        char c = p[end - 1];
        if (c == ')' && round < 0)
            round++;
        else if (c == ']' && square < 0)
            square++;
        else if (c == ';') { /* &quot; and the like at the end are no part of it */
            size_t amp = end - 1;
            while (amp > at && is_word(p[amp - 1]))
                amp--;
            if (amp > at && amp < end - 1 && p[amp - 1] == '&')
                end = amp;
        } else if (!strchr("?!.,:*_~'\"", c) || c == '\0')
            break;
    }
    return end;
}

bool tt_url_at(const char *p, size_t n, size_t colon, size_t *from, size_t *to)
{
    const char *needs;
    if (!scheme_before(p, colon, from, &needs))
        return false;
    size_t at = colon + 1, len = strlen(needs);
    if (n - at < len || memcmp(p + at, needs, len) != 0)
        return false;
    at += len;
    *to = trim_end(p, at, run_end(p, n, at));
    return *to > at;
}
