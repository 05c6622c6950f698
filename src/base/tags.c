/* In: HTML. Out: its tags, text, comments, one by one. Not here: elements and what they mean (parse/tree.c). */
#include "base/tags.h"

#include "base/entity.h"

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static size_t behind(const tt_tags *t, size_t from, char mark)
{
    const char *hit = from < t->n ? memchr(t->p + from, mark, t->n - from) : NULL;
    return hit ? (size_t)(hit - t->p) + 1 : t->n;
}

/* Behind `-->` or `--!>`; <!--> and <!---> are whole comments. */
static size_t comment_end(const tt_tags *t, size_t at)
{
    const char *p = t->p;
    size_t i = at + 4;
    if (i < t->n && p[i] == '>')
        return i + 1;
    if (i + 1 < t->n && p[i] == '-' && p[i + 1] == '>')
        return i + 2;
    for (const char *hit; i < t->n && (hit = memchr(p + i, '>', t->n - i)) != NULL;) {
        i = (size_t)(hit - p) + 1;
        size_t mark = i - 1 - (p[i - 2] == '!');
        if (mark >= at + 6 && p[mark - 1] == '-' && p[mark - 2] == '-')
            return i;
    }
    return t->n;
}

/* One step over the inside of a tag. */
typedef struct attribute {
    tt_str name, value;
    bool slash; /* none, but a `/` */
} attribute;

/* The attribute at or behind i; returns what is behind it. At `>` or the end nothing is taken. */
static size_t next_attribute(const char *p, size_t n, size_t i, attribute *out)
{
    *out = (attribute){0};
    while (i < n && is_blank(p[i]))
        i++;
    if (i < n && p[i] == '/') {
        out->slash = true;
        return i + 1;
    }
    size_t from = i;
    if (i < n && p[i] == '=') /* before a name it is part of it */
        i++;
    while (i < n && !is_blank(p[i]) && p[i] != '/' && p[i] != '>' && p[i] != '=')
        i++;
    out->name = (tt_str){p + from, i - from};
    size_t equals = i;
    while (equals < n && is_blank(p[equals]))
        equals++;
    if (i == from || equals >= n || p[equals] != '=')
        return i;
    i = equals + 1;
    while (i < n && is_blank(p[i]))
        i++;
    const char quote = i < n && (p[i] == '"' || p[i] == '\'') ? p[i++] : '\0';
    from = i;
    if (quote) {
        const char *hit = i < n ? memchr(p + i, quote, n - i) : NULL;
        i = hit ? (size_t)(hit - p) : n;
    } else {
        while (i < n && !is_blank(p[i]) && p[i] != '>')
            i++;
    }
    out->value = (tt_str){p + from, i - from};
    return i < n && quote ? i + 1 : i;
}

static size_t name_end(const tt_tags *t, size_t i, char name[TT_TAG_NAME])
{
    size_t n = 0;
    for (; i < t->n && t->p[i] != '>' && t->p[i] != '/' && !is_blank(t->p[i]); i++) {
        char c = t->p[i];
        if (n + 1 < TT_TAG_NAME)
            name[n++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    name[n] = '\0';
    return i;
}

/* At a letter behind `<` or `</`. */
static size_t tag_end(tt_tags *t, size_t i, tt_tag *out)
{
    bool slash = false;
    i = out->attributes = name_end(t, i, out->name);
    while (i < t->n && t->p[i] != '>') {
        attribute a;
        i = next_attribute(t->p, t->n, i, &a);
        slash = a.slash || (slash && a.name.n == 0);
    }
    out->empty = slash && i < t->n && t->p[i - 1] == '/';
    return i < t->n ? i + 1 : i;
}

/* In these elements a tag is text, but for their own end tag. */
static bool is_raw(const char *name)
{
    static const char *const names[] = {"script", "style", "title", "textarea", "iframe", "noembed", "noframes", "xmp"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

static size_t raw_end(const tt_tags *t)
{
    size_t len = strlen(t->raw);
    for (size_t i = t->at;;) {
        const char *hit = i < t->n ? memchr(t->p + i, '<', t->n - i) : NULL;
        if (!hit)
            return t->n;
        i = (size_t)(hit - t->p);
        if (t->n - i > len + 2 && t->p[i + 1] == '/' && tt_str_is_nocase((tt_str){t->p + i + 2, len}, t->raw) &&
            (is_blank(t->p[i + 2 + len]) || t->p[i + 2 + len] == '>' || t->p[i + 2 + len] == '/'))
            return i;
        i++;
    }
}

/* Markup at `<`; the kind TEXT: it is none. */
static size_t markup(tt_tags *t, size_t at, tt_tag *out)
{
    const char *p = t->p;
    size_t i = at + 1;
    *out = (tt_tag){.kind = TT_TAG_OTHER, .at = at};
    if (t->n - at >= 4 && memcmp(p + at, "<!--", 4) == 0)
        return comment_end(t, at);
    if (i < t->n && (p[i] == '!' || p[i] == '?'))
        return behind(t, i, '>');
    if (i < t->n && is_letter(p[i])) {
        out->kind = TT_TAG_OPEN;
        return tag_end(t, i, out);
    }
    if (i + 1 < t->n && p[i] == '/') {
        if (!is_letter(p[i + 1]))
            return behind(t, i, '>');
        out->kind = TT_TAG_CLOSE;
        return tag_end(t, i + 1, out);
    }
    out->kind = TT_TAG_TEXT;
    return at + 1;
}

static tt_tag_kind next_raw(tt_tags *t, tt_tag *out)
{
    bool shown = strcmp(t->raw, "title") == 0 || strcmp(t->raw, "textarea") == 0;
    size_t end = raw_end(t);
    *out = (tt_tag){.kind = shown ? TT_TAG_TEXT : TT_TAG_OTHER, .at = t->at, .end = end};
    t->raw[0] = '\0';
    t->at = end;
    return out->kind;
}

static tt_tag_kind take(tt_tags *t, tt_tag *out, size_t end)
{
    out->end = t->at = end;
    if (out->kind == TT_TAG_OPEN && !out->empty && !t->foreign && is_raw(out->name))
        memcpy(t->raw, out->name, TT_TAG_NAME);
    return out->kind;
}

tt_tag_kind tt_tags_next(tt_tags *t, tt_tag *out)
{
    if (t->raw[0] != '\0' && t->at < t->n && next_raw(t, out) != TT_TAG_END && out->end > out->at)
        return out->kind;
    if (t->at >= t->n) {
        *out = (tt_tag){.kind = TT_TAG_END, .at = t->n, .end = t->n};
        return TT_TAG_END;
    }
    const size_t from = t->at;
    for (size_t i = from; i < t->n;) {
        const char *hit = memchr(t->p + i, '<', t->n - i);
        if (!hit)
            break;
        i = (size_t)(hit - t->p);
        if (i == from) {
            size_t end = markup(t, i, out);
            if (out->kind != TT_TAG_TEXT)
                return take(t, out, end);
            i = end;
            continue;
        }
        char next = i + 1 < t->n ? t->p[i + 1] : ' ';
        if (is_letter(next) || next == '!' || next == '?' || (next == '/' && i + 2 < t->n)) {
            *out = (tt_tag){.kind = TT_TAG_TEXT, .at = from};
            return take(t, out, i);
        }
        i++;
    }
    *out = (tt_tag){.kind = TT_TAG_TEXT, .at = from};
    return take(t, out, t->n);
}

bool tt_tag_attribute(const tt_tags *t, const tt_tag *tag, size_t *at, tt_str *name, tt_str *value)
{
    size_t i = *at ? *at : tag->attributes, end = tag->end;
    while (i < end && t->p[i] != '>') {
        attribute a;
        i = next_attribute(t->p, end, i, &a);
        if (a.name.n == 0)
            continue;
        *at = i;
        *name = a.name;
        *value = a.value;
        return true;
    }
    return false;
}

void tt_tag_decode(tt_str raw, tt_buf *out)
{
    char decoded[TT_ENTITY_MAX];
    size_t from = 0, len, n;
    for (size_t i = 0; i < raw.n;) {
        const char *hit = memchr(raw.p + i, '&', raw.n - i);
        i = hit ? (size_t)(hit - raw.p) : raw.n;
        len = hit ? tt_entity(hit, raw.n - i, decoded, &n) : 0;
        if (len == 0) {
            i += hit != NULL;
            continue;
        }
        tt_buf_add(out, raw.p + from, i - from);
        tt_buf_add(out, decoded, n);
        from = i += len;
    }
    if (raw.n > from)
        tt_buf_add(out, raw.p + from, raw.n - from);
}
