/* front_yaml: YAML front matter.
 * In: what stands between the marks. Out: its top-level scalars, handed to tt_front_take.
 * Most front matter is lines of `key: scalar` and lists of plain scalars, which are read here; where anything else stands
 * in it, YAML's own reader has all of it.
 * Not here: where it ends and what the values mean (front.c), YAML itself (base/yaml). */
#include "base/yaml.h"
#include "read/front.h"

#include "base/unicode.h"

/* The stretch at..end of a scalar with its tag, anchor, quotes or block header taken off. */
static void trim_scalar(const char *p, tt_yaml_style style, size_t *at, size_t *end)
{
    while (*at < *end && (p[*at] == '!' || p[*at] == '&')) {
        while (*at < *end && p[*at] != ' ' && p[*at] != '\t' && p[*at] != '\n')
            ++*at;
        *at = tt_front_skip(p, *at, *end);
    }
    if (style == TT_YAML_BLOCK) {
        while (*at < *end && p[*at] != '\n')
            ++*at;
        *at = tt_front_skip(p, *at, *end);
    }
    while (*end > *at && (p[*end - 1] == ' ' || p[*end - 1] == '\t' || p[*end - 1] == '\n'))
        --*end;
    if (style == TT_YAML_QUOTED && *end - *at >= 2) {
        ++*at;
        --*end;
    }
}

enum { DONE = 1 };

/* Where the events stand: `depth` collections are open; in the outermost one, which must be a mapping, keys and values
 * take turns. */
typedef struct state {
    tt_front_in *in;
    int depth;
    bool is_value;
    tt_buf key;
} state;

static int take_scalar(state *st, const tt_yaml_event *e)
{
    size_t at = st->in->at + e->at, end = st->in->at + e->end;
    if (tt_yaml_is_null(e))
        return 0;
    trim_scalar(st->in->text->data, e->style, &at, &end);
    return tt_front_take(st->in, (tt_str){st->key.p, st->key.n}, e->text, at, end - at);
}

static void end_node(state *st)
{
    if (st->depth == 1)
        st->is_value = !st->is_value;
}

static int on_event(void *ctx, const tt_yaml_event *e)
{
    state *st = ctx;
    switch (e->kind) {
    case TT_YAML_MAP:
    case TT_YAML_LIST:
        if (st->depth == 1 && !st->is_value)
            tt_buf_reset(&st->key); /* a collection as key names nothing */
        if (++st->depth > TT_FRONT_MAX_NESTING) {
            tt_front_broken(st->in, st->in->at + e->at, "nested too deeply");
            return DONE;
        }
        return 0;
    case TT_YAML_MAP_END:
    case TT_YAML_LIST_END:
        if (--st->depth == 0)
            return DONE;
        end_node(st);
        return 0;
    case TT_YAML_ALIAS:
        if (!st->is_value && st->depth == 1)
            tt_buf_reset(&st->key);
        end_node(st);
        return 0;
    case TT_YAML_SCALAR:
        if (st->depth == 1 && !st->is_value) {
            tt_buf_reset(&st->key);
            tt_buf_str(&st->key, e->text);
        } else if (st->depth == 1 && take_scalar(st, e) != 0) {
            return TT_ENOMEM;
        }
        end_node(st);
        return st->key.failed ? TT_ENOMEM : 0;
    }
    return 0;
}

/* libyaml reads ahead and refuses all of it, also what stands before, for one character that YAML does not allow. So it
 * gets a copy in which another character of as many bytes stands for each. */
static const char *allowed(const tt_front_in *in)
{
    char *p = tt_arena_dup(in->arena, in->text->data + in->at, in->n);
    uint32_t cp;
    for (size_t i = 0, len; p && i < in->n; i += len) {
        len = tt_utf8_decode(p + i, in->n - i, &cp);
        if (len == 0)
            return p; /* texts are UTF-8 */
        if ((cp < 0x20 && cp != '\t' && cp != '\n') || (cp >= 0x7F && cp < 0xA0 && cp != 0x85) || (cp | 1) == 0xFFFF)
            memcpy(p + i, len == 1 ? " " : len == 2 ? "\xC2\xA0" : "\xEF\xBF\xBD", len);
    }
    return p;
}

int tt_front_yaml_whole(tt_front_in *in)
{
    const char *text = allowed(in);
    if (!text)
        return TT_ENOMEM;
    state st = {.in = in};
    size_t at = 0;
    const char *why = NULL;
    int rc = tt_yaml_read((tt_str){text, in->n}, on_event, &st, &at, &why);
    if (rc == TT_EINPUT)
        tt_front_broken(in, in->at + at, why);
    tt_buf_release(&st.key);
    return rc == TT_ENOMEM ? TT_ENOMEM : 0;
}

/* ---- the short way ---- */

/* Lines of the front matter, from p to end. What is not surely read as YAML's own reader does makes it none of ours. */
typedef struct lines {
    tt_front_in *in;
    const char *p, *end;
} lines;

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Of characters that neither end a line for YAML nor are refused by it. */
static bool is_plain_text(const char *p, const char *end)
{
    for (; p < end; p++) {
        const unsigned char c = (unsigned char)*p, next = p + 1 < end ? (unsigned char)p[1] : 0;
        if (c < 0x20 || c == 0x7F || c == 0xEF || (c == 0xC2 && next < 0xA0))
            return false;
        if (c == 0xE2 && next == 0x80 && p + 2 < end && ((unsigned char)p[2] | 1) == 0xA9)
            return false; /* U+2028, U+2029 */
    }
    return true;
}

/* A plain scalar of one line, blanks at its end taken off: no `: `, no ` #`, no indicator at its start. */
static bool is_plain_scalar(const char *p, const char *end)
{
    if (!is_word(*p) && *p != '/' && *p != '(' && (unsigned char)*p < 0x80)
        return false;
    for (const char *c = p; c < end; c++)
        if ((*c == ':' && (c + 1 == end || c[1] == ' ')) || (*c == '#' && c > p && c[-1] == ' '))
            return false;
    return true;
}

/* The value at p..end, blanks at both ends taken off: its text is what stands between quotes. */
static bool take_quotes(const char **p, const char **end, bool *quoted)
{
    const char quote = **p;
    *quoted = quote == '"' || quote == '\'';
    if (!*quoted)
        return is_plain_scalar(*p, *end);
    if (*end - *p < 2 || (*end)[-1] != quote)
        return false;
    ++*p;
    --*end;
    const size_t n = (size_t)(*end - *p);
    return !memchr(*p, quote, n) && (quote == '\'' || !memchr(*p, '\\', n));
}

/* `- scalar` lines of one indentation. */
static bool skip_list(lines *l)
{
    size_t indent = SIZE_MAX;
    while (l->p < l->end && (*l->p == ' ' || *l->p == '-')) {
        const char *p = l->p, *end = memchr(p, '\n', (size_t)(l->end - p));
        if (!end)
            return false;
        while (*p == ' ')
            p++;
        const size_t own = (size_t)(p - l->p);
        if (indent == SIZE_MAX)
            indent = own;
        if (own != indent || *p != '-' || p[1] != ' ')
            return false;
        l->p = end + 1;
        for (p++; *p == ' ';)
            p++;
        while (end > p && end[-1] == ' ')
            end--;
        bool quoted;
        if (p == end || !is_plain_text(p, end) || !take_quotes(&p, &end, &quoted))
            return false;
    }
    return true;
}

/* 1: read; 0: none of ours; or TT_ENOMEM. */
static int take_line(lines *l)
{
    const char *key = l->p, *colon = key, *end = memchr(key, '\n', (size_t)(l->end - key));
    enum { KEY_MAX = 100 };
    while (is_word(*colon) || (colon > key && *colon == '-'))
        colon++;
    if (!end || colon == key || colon - key > KEY_MAX || *colon != ':' || (colon[1] != ' ' && colon[1] != '\n'))
        return 0;
    const char *p = colon + 1;
    l->p = end + 1;
    while (*p == ' ')
        p++;
    while (end > p && end[-1] == ' ')
        end--;
    if (p == end)
        return skip_list(l);
    bool quoted;
    if (!is_plain_text(p, end) || !take_quotes(&p, &end, &quoted))
        return 0;
    const tt_str value = {p, (size_t)(end - p)};
    if (!quoted && tt_yaml_is_null(&(tt_yaml_event){TT_YAML_SCALAR, TT_YAML_PLAIN, value, 0, 0}))
        return 1;
    return tt_front_take(l->in, (tt_str){key, (size_t)(colon - key)}, value, (size_t)(p - l->in->text->data), value.n)
               ? TT_ENOMEM
               : 1;
}

int tt_front_yaml_short(tt_front_in *in)
{
    const char *p = in->text->data + in->at;
    lines l = {in, p, p + in->n};
    int rc = 1;
    while (rc == 1 && l.p < l.end)
        rc = take_line(&l);
    if (rc == 0)
        memset(in->values, 0, sizeof in->values);
    return rc;
}

int tt_front_yaml(tt_front_in *in)
{
    int rc = tt_front_yaml_short(in);
    return rc == 0 ? tt_front_yaml_whole(in) : rc < 0 ? rc : 0;
}
