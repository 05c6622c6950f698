/* front: front matter: whether there is any, where it ends, and what its values mean (COUNTING 1).
 * In: a text. Out: tt_front.
 * Not here: the syntax of YAML and TOML (front_yaml.c, front_toml.c), titles from the body (meta.c), forms of dates
 * (date.c). */
#include "read/front.h"

#include "base/entity.h"
#include "base/unicode.h"
#include "read/date.h"

/* ---- where it stands ---- */

typedef struct extent {
    tt_front_kind kind;
    size_t at, n; /* between the marks */
    size_t body_at;
} extent;

/* The line at `at`, without its LF; *next is where the following one begins. */
static tt_str line_at(const tt_text *text, size_t at, size_t *next)
{
    const char *p = text->data + at;
    const char *end = at < text->n ? memchr(p, '\n', text->n - at) : NULL;
    size_t n = end != NULL ? (size_t)(end - p) : text->n - at;
    *next = at + n + (end != NULL ? 1 : 0);
    return (tt_str){p, n};
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_mark(tt_str line, const char *mark)
{
    while (line.n > 0 && is_blank(line.p[line.n - 1]))
        line.n--;
    return tt_str_is(line, mark);
}

static bool is_key_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.' || (unsigned char)c >= 0x80;
}

/* Bytes of the key of `key:` or `"key":`, followed by white space or the end; 0: the line is none. With `spaces` these
 * may stand inside. */
static size_t key_of(tt_str line, bool spaces)
{
    size_t i = 0;
    char quote = line.n > 0 && (line.p[0] == '"' || line.p[0] == '\'') && !spaces ? line.p[0] : 0;
    if (quote != 0)
        i++;
    size_t from = i;
    while (i < line.n && (is_key_char(line.p[i]) || (spaces && line.p[i] == ' ' && i > from)))
        i++;
    if (i == from || line.p[from] == '-')
        return 0;
    if (quote != 0 && (i >= line.n || line.p[i++] != quote))
        return 0;
    size_t key = i;
    while (i < line.n && is_blank(line.p[i]) && !spaces)
        i++;
    if (i >= line.n || line.p[i] != ':' || (i + 1 < line.n && !is_blank(line.p[i + 1])))
        return 0;
    return key;
}

/* Finds the closing mark from `from` on; false: front matter that does not end is none. */
static bool find_end(const tt_text *text, size_t from, const char *mark, const char *other, extent *e)
{
    for (size_t at = from, next; at < text->n; at = next) {
        tt_str line = line_at(text, at, &next);
        if (!is_mark(line, mark) && !is_mark(line, other))
            continue;
        e->at = from;
        e->n = at - from;
        e->body_at = next;
        return true;
    }
    return false;
}

/* `key =` or `[table]`, comments and blank lines before it. */
static bool begins_toml(const tt_text *text, size_t at)
{
    for (size_t next; at < text->n; at = next) {
        tt_str line = tt_str_trim(line_at(text, at, &next));
        if (line.n == 0 || line.p[0] == '#')
            continue;
        return line.p[0] == '[' || is_mark(line, "+++") || memchr(line.p, '=', line.n) != NULL;
    }
    return false;
}

/* `Key: value` lines down to a blank line or the end, one of them Title or Date. */
static bool find_lines(const tt_text *text, extent *e)
{
    bool named = false;
    size_t at = 0;
    size_t next = 0;
    for (; at < text->n; at = next) {
        tt_str line = line_at(text, at, &next);
        if (tt_str_trim(line).n == 0)
            break;
        if (at > 0 && is_blank(line.p[0]))
            continue;
        size_t n = key_of(line, true);
        if (n == 0)
            return false;
        named =
            named || tt_str_is_nocase((tt_str){line.p, n}, "title") || tt_str_is_nocase((tt_str){line.p, n}, "date");
    }
    *e = (extent){TT_FRONT_LINES, 0, at, at < text->n ? next : text->n};
    return named;
}

static extent find_front(const tt_text *text)
{
    extent e = {TT_FRONT_NONE, 0, 0, 0};
    if (text->n == 0)
        return e;
    size_t next;
    tt_str first = line_at(text, 0, &next);
    if (is_mark(first, "---")) {
        size_t unused;
        if (next < text->n && key_of(line_at(text, next, &unused), false) > 0 && find_end(text, next, "---", "...", &e))
            e.kind = TT_FRONT_YAML;
    } else if (is_mark(first, "+++")) {
        if (begins_toml(text, next) && find_end(text, next, "+++", "+++", &e))
            e.kind = TT_FRONT_TOML;
    } else if (!find_lines(text, &e)) {
        e = (extent){TT_FRONT_NONE, 0, 0, 0};
    }
    return e;
}

bool tt_front_there(const tt_text *text)
{
    return find_front(text).kind != TT_FRONT_NONE;
}

/* ---- what readers of the three forms call ---- */

size_t tt_front_skip(const char *p, size_t at, size_t end)
{
    while (at < end && (is_blank(p[at]) || p[at] == '\n'))
        at++;
    return at;
}

int tt_front_take(tt_front_in *in, tt_str key, tt_str value, size_t at, size_t n)
{
    static const char *const names[TT_FRONT_N_KEYS] = {"title",     "number",  "issue", "date",  "publishDate",
                                                       "published", "pubDate", "draft", "status"};
    for (size_t i = 0; i < TT_FRONT_N_KEYS; i++) {
        if (!tt_str_is_nocase(key, names[i]))
            continue;
        tt_front_value *v = &in->values[i];
        if (v->text.n > 0 || tt_str_trim(value).n == 0)
            return 0;
        v->at = at;
        v->n = n;
        return tt_str_dup(in->arena, value, &v->text);
    }
    return 0;
}

static size_t line_of(const tt_text *text, size_t at)
{
    size_t line = 1;
    for (size_t i = 0; i < at && i < text->n; i++)
        line += text->data[i] == '\n';
    return line;
}

void tt_front_broken(const tt_front_in *in, size_t at, const char *why)
{
    tt_tell(in->sink, TT_SKIPPED, in->path, line_of(in->text, at), 0,
            "broken front matter (%s); what stands from here to its end is not read", why);
}

/* `Key: value` lines; a line that begins with white space goes on the value before it. */
int tt_front_lines(tt_front_in *in)
{
    const tt_text *text = in->text;
    size_t end = in->at + in->n;
    for (size_t at = in->at, next; at < end; at = next) {
        tt_str line = line_at(text, at, &next);
        size_t n_key = key_of(line, true);
        while (next < end && is_blank(text->data[next]))
            line_at(text, next, &next);
        size_t from = tt_front_skip(text->data, at + n_key + 1, next);
        tt_str value = tt_str_trim((tt_str){text->data + from, next - from});
        if (tt_front_take(in, (tt_str){line.p, n_key}, value, from, value.n) != 0)
            return TT_ENOMEM;
    }
    return 0;
}

/* ---- what the values mean ---- */

/* Visible ASCII with single blanks between: it stays as it is. */
static bool is_one_line(tt_str s, bool entities)
{
    for (size_t i = 0; i < s.n; i++) {
        const unsigned char c = (unsigned char)s.p[i];
        const bool inner = i > 0 && i + 1 < s.n && s.p[i - 1] != ' ';
        if (c < ' ' || c >= 0x7F || (c == ' ' && !inner) || (c == '&' && entities))
            return false;
    }
    return true;
}

int tt_one_line(tt_arena *arena, tt_str text, bool entities, tt_str *out)
{
    tt_buf b = {0};
    if (is_one_line(text, entities))
        return tt_str_dup(arena, (tt_str){text.n ? text.p : "", text.n}, out);
    bool gap = false;
    for (size_t i = 0, len; i < text.n; i += len) {
        char decoded[TT_ENTITY_MAX];
        size_t n = 0;
        const char *p = text.p + i;
        uint32_t cp;
        len = entities && *p == '&' ? tt_entity(p, text.n - i, decoded, &n) : 0;
        if (len > 0) {
            p = decoded;
        } else {
            n = len = tt_utf8_decode(p, text.n - i, &cp);
            if (len == 0)
                n = len = 1;
        }
        if (tt_utf8_decode(p, n, &cp) == n && tt_cp_space(cp)) {
            gap = true;
            continue;
        }
        if (gap && b.n > 0)
            tt_buf_char(&b, ' ');
        gap = false;
        if (*p == '\0')
            tt_buf_text(&b, "\xEF\xBF\xBD");
        else
            tt_buf_add(&b, p, n);
    }
    int rc = b.failed ? TT_ENOMEM : tt_str_dup(arena, (tt_str){b.p != NULL ? b.p : "", b.n}, out);
    tt_buf_release(&b);
    return rc;
}

static bool is_true(tt_str s)
{
    return tt_str_is_nocase(s, "true") || tt_str_is_nocase(s, "yes") || tt_str_is_nocase(s, "on");
}

static bool is_false(tt_str s)
{
    return tt_str_is_nocase(s, "false") || tt_str_is_nocase(s, "no") || tt_str_is_nocase(s, "off");
}

/* At most 40 characters of a value, for a message. */
static int shown(tt_str s)
{
    size_t n = 0;
    for (size_t i = 0, len; i < 40 && n < s.n; i++, n += len) {
        uint32_t cp;
        len = tt_utf8_decode(s.p + n, s.n - n, &cp);
        if (len == 0)
            len = 1;
    }
    return (int)n;
}

/* The first date key that is there decides; a boolean (Jekyll's `published: true`) is no date. */
static void set_date(const tt_front_in *in, const tt_str *values, tt_front *out)
{
    for (int k = TT_FRONT_DATE; k <= TT_FRONT_PUB_DATE; k++) {
        tt_str v = values[k];
        if (v.n == 0 || is_true(v) || is_false(v))
            continue;
        const char *why = "is no date that can be read";
        switch (tt_date_parse(v, &out->date)) {
        case TT_DATE_OK:
            return;
        case TT_DATE_AMBIGUOUS:
            why = "is ambiguous: day and month could be either";
            break;
        case TT_DATE_IMPOSSIBLE:
            why = "is no day of the calendar";
            break;
        case TT_DATE_UNKNOWN:
            break;
        }
        tt_tell(in->sink, TT_NOTE, in->path, line_of(in->text, in->values[k].at), 0,
                "the date `%.*s` %s; write it as YYYY-MM-DD", shown(v), v.p, why);
        return;
    }
}

/* `number`, then `issue`; the latter only where it is a number: it may be anything else. */
static void set_number(const tt_front_in *in, const tt_str *values, tt_front *out)
{
    for (int k = TT_FRONT_NUMBER; k <= TT_FRONT_ISSUE; k++) {
        tt_str v = values[k];
        if (v.n > 0 && v.p[0] == '#')
            v = (tt_str){v.p + 1, v.n - 1};
        if (tt_num_parse(v, &out->number))
            return;
        out->number = -1;
        if (k == TT_FRONT_NUMBER && values[k].n > 0)
            tt_tell(in->sink, TT_NOTE, in->path, line_of(in->text, in->values[k].at), 0,
                    "the number `%.*s` is not a whole one; write it in digits alone", shown(values[k]), values[k].p);
    }
}

static int set_values(const tt_front_in *in, tt_front *out)
{
    tt_str values[TT_FRONT_N_KEYS];
    for (size_t i = 0; i < TT_FRONT_N_KEYS; i++)
        if (tt_one_line(in->arena, in->values[i].text, true, &values[i]) != 0)
            return TT_ENOMEM;
    if (values[TT_FRONT_TITLE].n > 0) {
        out->title = values[TT_FRONT_TITLE];
        out->title_at = in->values[TT_FRONT_TITLE].at;
        out->n_title = in->values[TT_FRONT_TITLE].n;
    }
    set_date(in, values, out);
    set_number(in, values, out);
    out->draft = is_true(values[TT_FRONT_DRAFT]) || is_false(values[TT_FRONT_PUBLISHED]) ||
                 tt_str_is_nocase(values[TT_FRONT_STATUS], "draft");
    return 0;
}

int tt_front_read(const tt_text *text, const char *path, tt_arena *arena, tt_front *out, const tt_sink *sink,
                  tt_err *err)
{
    *out = (tt_front){.number = -1, .date = TT_NO_DATE};
    extent e = find_front(text);
    tt_front_in in = {.text = text, .path = path, .arena = arena, .sink = sink, .at = e.at, .n = e.n};
    if (e.kind == TT_FRONT_NONE) {
        if (tt_front_markup(&in, &e.body_at) != 0)
            return tt_fail_memory(err);
        if (e.body_at == 0)
            return 0;
        e.kind = TT_FRONT_MARKUP;
    }
    out->kind = e.kind;
    out->body_at = e.body_at;
    int rc = e.kind == TT_FRONT_YAML    ? tt_front_yaml(&in)
             : e.kind == TT_FRONT_TOML  ? tt_front_toml(&in)
             : e.kind == TT_FRONT_LINES ? tt_front_lines(&in)
                                        : 0;
    if (rc == 0)
        rc = set_values(&in, out);
    return rc == 0 ? 0 : tt_fail_memory(err);
}
