/* front_toml: TOML front matter, as much of it as the keys of an issue need.
 * In: what stands between the marks. Out: the strings, dates, integers and booleans at the top level, handed to
 * tt_front_take. Arrays and inline tables are passed over; everything behind the first [table] belongs to that table.
 * Not here: where front matter ends and what the values mean (front.c). */
#include "base/unicode.h"
#include "read/front.h"

typedef struct toml {
    const char *p;
    size_t at, end;
    const char *why; /* what is wrong; NULL: nothing */
} toml;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static char now(const toml *t)
{
    return t->at < t->end ? t->p[t->at] : '\0';
}

static void skip_blank(toml *t)
{
    while (t->at < t->end && is_blank(t->p[t->at]))
        t->at++;
}

static void skip_line(toml *t)
{
    while (t->at < t->end && t->p[t->at] != '\n')
        t->at++;
}

static bool starts(const toml *t, const char *with)
{
    size_t n = strlen(with);
    return t->end - t->at >= n && memcmp(t->p + t->at, with, n) == 0;
}

static void wrong(toml *t, const char *why)
{
    if (t->why == NULL)
        t->why = why;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    char l = (char)(c | 0x20);
    return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

/* \uXXXX or \UXXXXXXXX, behind the letter. */
static void take_code_point(toml *t, int n_digits, tt_buf *out)
{
    uint32_t cp = 0;
    for (int i = 0; i < n_digits; i++, t->at++) {
        int v = hex_value(now(t));
        if (v < 0) {
            wrong(t, "a \\u without its digits");
            return;
        }
        cp = cp << 4 | (uint32_t)v;
    }
    char bytes[TT_UTF8_MAX];
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        wrong(t, "a \\u that is no character");
    else
        tt_buf_add(out, bytes, tt_utf8_encode(cp, bytes));
}

/* What follows a backslash in a basic string. */
static void take_escape(toml *t, bool multi, tt_buf *out)
{
    static const char from[] = "btnfre\"\\";
    static const char to[] = "\b\t\n\f\r\033\"\\";
    char c = now(t);
    const char *hit = c != '\0' ? strchr(from, c) : NULL;
    if (hit != NULL) {
        t->at++;
        tt_buf_char(out, to[hit - from]);
    } else if (c == 'u' || c == 'U') {
        t->at++;
        take_code_point(t, c == 'u' ? 4 : 8, out);
    } else if (multi && (c == '\n' || is_blank(c))) {
        t->at = tt_front_skip(t->p, t->at, t->end); /* a line that ends in \ goes on at the next word */
    } else {
        wrong(t, "an unknown escape");
    }
}

/* A string at its opening quote: `"…"`, `'…'`, `"""…"""` or `'''…'''`. The value's place goes to *from, *to. */
static void take_string(toml *t, tt_buf *out, size_t *from, size_t *to)
{
    char quote = now(t);
    const char *triple = quote == '"' ? "\"\"\"" : "'''";
    bool multi = starts(t, triple);
    t->at += multi ? 3 : 1;
    if (multi && now(t) == '\n')
        t->at++;
    *from = t->at;
    while (t->at < t->end && t->why == NULL) {
        char c = t->p[t->at];
        if (multi ? starts(t, triple) : c == quote) {
            size_t more = 0; /* quotes right before the closing ones belong to the value */
            while (multi && more < 2 && t->at + more + 3 < t->end && t->p[t->at + more + 3] == quote)
                more++;
            tt_buf_add(out, t->p + t->at, more);
            *to = t->at + more;
            t->at += more + (multi ? 3 : 1);
            return;
        }
        if (c == '\n' && !multi)
            break;
        t->at++;
        if (c == '\\' && quote == '"')
            take_escape(t, multi, out);
        else
            tt_buf_char(out, c);
    }
    wrong(t, "a string without its closing quote");
}

/* An array or inline table at its opening bracket, with all that lies in it. */
static void skip_collection(toml *t, tt_buf *scratch)
{
    size_t depth = 0;
    while (t->at < t->end && t->why == NULL) {
        char c = t->p[t->at];
        if (c == '"' || c == '\'') {
            size_t from, to;
            tt_buf_reset(scratch);
            take_string(t, scratch, &from, &to);
            continue;
        }
        if (c == '#') {
            skip_line(t);
            continue;
        }
        t->at++;
        if (c == '[' || c == '{')
            depth++;
        else if ((c == ']' || c == '}') && --depth == 0)
            return;
    }
    wrong(t, "a bracket that is not closed");
}

/* A key, dotted ones as they stand: they name nothing at the top level. */
static void take_key(toml *t, tt_buf *key)
{
    tt_buf_reset(key);
    size_t from, to;
    if (now(t) == '"' || now(t) == '\'') {
        take_string(t, key, &from, &to);
    } else {
        from = t->at;
        while (t->at < t->end && strchr("= \t\n.\"'", t->p[t->at]) == NULL)
            t->at++;
        tt_buf_add(key, t->p + from, t->at - from);
    }
    skip_blank(t);
    if (t->why == NULL && now(t) == '.') {
        while (t->at < t->end && t->p[t->at] != '=' && t->p[t->at] != '\n')
            t->at++;
        tt_buf_reset(key);
    }
    if (now(t) != '=')
        wrong(t, "a line without `=`");
    else
        t->at++;
    skip_blank(t);
}

/* A value; false: nothing to take (a collection, or broken). */
static bool take_value(toml *t, tt_buf *value, size_t *from, size_t *to)
{
    char c = now(t);
    tt_buf_reset(value);
    if (c == '[' || c == '{') {
        skip_collection(t, value);
        return false;
    }
    if (c == '"' || c == '\'') {
        take_string(t, value, from, to);
        return t->why == NULL;
    }
    *from = t->at;
    while (t->at < t->end && t->p[t->at] != '\n' && t->p[t->at] != '#')
        t->at++;
    *to = t->at;
    while (*to > *from && is_blank(t->p[*to - 1]))
        --*to;
    if (*to == *from)
        wrong(t, "a key without a value");
    tt_buf_add(value, t->p + *from, *to - *from);
    return t->why == NULL;
}

int tt_front_toml(tt_front_in *in)
{
    toml t = {in->text->data, in->at, in->at + in->n, NULL};
    tt_buf key = {0}, value = {0};
    int rc = 0;
    while (rc == 0 && t.why == NULL) {
        t.at = tt_front_skip(t.p, t.at, t.end);
        if (t.at == t.end || now(&t) == '[')
            break;
        if (now(&t) == '#') {
            skip_line(&t);
            continue;
        }
        size_t from = 0, to = 0;
        take_key(&t, &key);
        if (t.why == NULL && take_value(&t, &value, &from, &to) && !key.failed && !value.failed)
            rc = tt_front_take(in, (tt_str){key.p, key.n}, (tt_str){value.p, value.n}, from, to - from);
        skip_blank(&t);
        if (now(&t) == '#')
            skip_line(&t);
        if (t.why == NULL && t.at < t.end && now(&t) != '\n')
            wrong(&t, "text behind a value");
    }
    if (t.why != NULL)
        tt_front_broken(in, t.at, t.why);
    if (key.failed || value.failed)
        rc = TT_ENOMEM;
    tt_buf_release(&key);
    tt_buf_release(&value);
    return rc;
}
