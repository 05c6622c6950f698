/* In: JSON files and their heads. Out: records with fields. Not here: what the fields of a format mean (reader_*.c), and
 * files that are read line by line (reader_jsonl.c). */
#include "read/jfile.h"

#include <string.h>

#include "base/entity.h"

/* ---- knowing a format ---- */

static bool is_open(char c)
{
    return c == '{' || c == '[';
}

static tt_str without_mark(tt_str text)
{
    while (text.n >= 3 && memcmp(text.p, "\xEF\xBB\xBF", 3) == 0)
        text = (tt_str){text.p + 3, text.n - 3};
    return text;
}

/* 0: no UTF-16; else 1 + the index of a unit's high byte. JSON begins with ASCII. */
static int utf16_of(tt_str text)
{
    bool mark = text.n >= 2 && (memcmp(text.p, "\xFF\xFE", 2) == 0 || memcmp(text.p, "\xFE\xFF", 2) == 0);
    const char *p = text.p + (mark ? 2 : 0);
    if (text.n < (mark ? 4u : 2u))
        return 0;
    return p[0] && !p[1] ? 2 : !p[0] && p[1] ? 1 : 0;
}

tt_str tt_jfile_head(const tt_head *head, char narrow[TT_HEAD / 2])
{
    tt_str text = without_mark(head->bytes);
    int utf16 = utf16_of(text);
    if (utf16) {
        size_t n = 0;
        for (size_t at = 0; at + 1 < text.n && n < TT_HEAD / 2; at += 2)
            narrow[n++] = text.p[at + (utf16 == 2 ? 0 : 1)];
        text = (tt_str){narrow, n};
        while (text.n > 0 && ((unsigned char)*text.p >= 0xFE)) /* half of a byte-order mark */
            text = (tt_str){text.p + 1, text.n - 1};
    }
    size_t at = 0;
    while (at < text.n && strchr(" \t\r\n", text.p[at]) && text.p[at])
        at++;
    return at < text.n && is_open(text.p[at]) ? text : (tt_str){0};
}

static bool starts_with(tt_str raw, const char *text)
{
    for (; *text && raw.n > 0; text++) {
        int32_t cp;
        size_t n = tt_jscan_escape(raw, &cp);
        if ((cp < 0 ? (unsigned char)*raw.p : cp) != (unsigned char)*text)
            return false;
        raw = (tt_str){raw.p + n, raw.n - n};
    }
    return *text == '\0';
}

/* Whether the value at `path` is what `want` asks for. */
static bool wanted(const char *path, const tt_jscan_value *v, const char *want)
{
    const char *equals = strchr(want, '=');
    if (!equals)
        return strcmp(path, want) == 0;
    size_t n = (size_t)(equals - want);
    return strlen(path) == n && memcmp(path, want, n) == 0 && v->kind == TT_JSCAN_STRING &&
           starts_with(v->raw, equals + 1);
}

uint32_t tt_jfile_seen(const tt_head *head, const char *const *paths, size_t n)
{
    char narrow[TT_HEAD / 2];
    tt_jscan s;
    tt_jfile_path path = {0};
    tt_jscan_value v;
    uint32_t seen = 0;
    tt_str text = tt_jfile_head(head, narrow);
    if (text.n == 0)
        return 0;
    tt_jscan_init(&s, text);
    for (;;) {
        tt_jscan_kind kind = tt_jfile_walk(&s, &path, &v);
        if (kind == TT_JSCAN_END)
            return seen;
        for (size_t i = 0; i < n; i++) /* a member that the head's end cuts is seen as well */
            if ((kind != TT_JSCAN_BROKEN || v.key.p) && wanted(path.text, &v, paths[i]))
                seen |= UINT32_C(1) << i;
        if (kind == TT_JSCAN_BROKEN)
            return seen | TT_JFILE_CUT;
    }
}

/* ---- the file ---- */

/* Sets the path of a value that stands `level` containers deep. */
static void set_path(tt_jfile_path *path, size_t level, const tt_jscan_value *v)
{
    size_t n = path->ends[level], room = sizeof path->text - 1;
    tt_str add = v->key.p ? v->key : level > 0 ? TT_S("[]") : TT_S("");
    if (v->key.p && n > 0 && n < room)
        path->text[n++] = '.';
    if (add.n > room - n)
        add.n = room - n;
    if (add.n > 0)
        memcpy(path->text + n, add.p, add.n);
    path->text[n + add.n] = '\0';
    if (level < TT_JFILE_LEVELS)
        path->ends[level + 1] = n + add.n;
}

tt_jscan_kind tt_jfile_walk(tt_jscan *s, tt_jfile_path *path, tt_jscan_value *v)
{
    tt_jscan_kind kind;
    do
        kind = tt_jscan_next(s, v);
    while (kind == TT_JSCAN_CLOSE);
    if (kind == TT_JSCAN_END)
        return kind;
    bool open = kind == TT_JSCAN_OBJECT || kind == TT_JSCAN_ARRAY;
    size_t level = s->depth - (open ? 1 : 0);
    if (level <= TT_JFILE_LEVELS)
        set_path(path, level, v);
    if (open && level >= TT_JFILE_LEVELS && !tt_jscan_skip(s, v))
        return v->kind = TT_JSCAN_BROKEN;
    return kind;
}

int tt_jfile_begin(tt_jfile *f, const tt_reading_in *in, tt_err *err)
{
    *f = (tt_jfile){.in = *in};
    int rc = tt_input_more(in->in, TT_HEAD, err);
    if (rc != 0)
        return rc;
    tt_str text = without_mark((tt_str){in->in->p, in->in->n});
    tt_input_take(in->in, in->in->n - text.n);
    return utf16_of(text) ? tt_fail(err, TT_EINPUT, in->path, 0, 0,
                                    "is UTF-16; save it again as UTF-8, or leave it out with --exclude")
                          : 0;
}

int tt_jfile_open(tt_jfile *f, const tt_reading_in *in, tt_err *err)
{
    int rc = tt_jfile_begin(f, in, err);
    if (rc == 0)
        rc = tt_input_all(in->in, TT_MAX_FILE, err);
    if (rc != 0)
        return rc;
    f->data = (tt_str){in->in->p, in->in->n};
    tt_jscan_init(&f->scan, f->data);
    tt_place_file(&f->place, f->data, 1);
    return 0;
}

void tt_jfile_close(tt_jfile *f)
{
    tt_arena_release(&f->arena);
    tt_loci_release(&f->body);
    tt_loci_release(&f->inner);
    tt_buf_release(&f->scratch);
}

void tt_jfile_release(void *state)
{
    if (state)
        tt_jfile_close(state);
    tt_free(state);
}

int tt_jfile_open_array(const tt_reading_in *in, const char *path, const char *other, void **state, tt_err *err)
{
    tt_jfile_path at = {0};
    tt_jscan_value v;
    tt_jfile *f = *state = tt_calloc(1, sizeof *f);
    int rc = f ? tt_jfile_open(f, in, err) : tt_fail_memory(err);
    if (rc != 0) {
        tt_jfile_release(f);
        *state = NULL;
        return rc;
    }
    tt_jscan_kind kind;
    do
        kind = tt_jfile_walk(&f->scan, &at, &v);
    while (kind != TT_JSCAN_END && kind != TT_JSCAN_BROKEN &&
           !(kind == TT_JSCAN_ARRAY && (strcmp(at.text, path) == 0 || strcmp(at.text, other) == 0)));
    return 0;
}

int tt_jfile_broken(const tt_jfile *f, const tt_jscan *s, tt_err *err)
{
    tt_place place;
    tt_place_file(&place, f->data, 1);
    tt_place_to(&place, s->at);
    return tt_fail(err, TT_EINPUT, f->in.path, place.line, place.column,
                   "is broken JSON from here on: %s; mend it, or leave it out with --exclude", s->why);
}

bool tt_jfile_fields(tt_jscan *s, const char *const *names, size_t n, tt_jscan_value *values)
{
    tt_jscan_value v;
    for (size_t i = 0; i < n; i++)
        values[i] = (tt_jscan_value){0};
    for (;;) {
        tt_jscan_kind kind = tt_jscan_next(s, &v);
        if (kind == TT_JSCAN_CLOSE || kind == TT_JSCAN_BROKEN)
            return kind == TT_JSCAN_CLOSE;
        if ((kind == TT_JSCAN_OBJECT || kind == TT_JSCAN_ARRAY) && !tt_jscan_skip(s, &v))
            return false;
        for (size_t i = 0; i < n; i++)
            if (tt_jscan_is(v.key, names[i]))
                values[i] = v;
    }
}

void tt_jfile_members(const tt_jscan_value *object, const char *const *names, size_t n, tt_jscan_value *values)
{
    tt_jscan s;
    tt_jscan_value v;
    for (size_t i = 0; i < n; i++)
        values[i] = (tt_jscan_value){0};
    if (object->kind != TT_JSCAN_OBJECT)
        return;
    tt_jscan_init(&s, object->raw);
    tt_jscan_next(&s, &v);
    tt_jfile_fields(&s, names, n, values);
}

int tt_jfile_record(tt_jfile *f, const char *const *names, size_t n, tt_jscan_value *values, tt_record *out,
                    tt_err *err)
{
    tt_jscan_value v;
    tt_arena_reset(&f->arena);
    tt_loci_reset(&f->body);
    tt_jscan_kind kind = tt_jscan_next(&f->scan, &v);
    if (kind == TT_JSCAN_CLOSE || kind == TT_JSCAN_END) {
        while (kind != TT_JSCAN_END && kind != TT_JSCAN_BROKEN)
            kind = tt_jscan_next(&f->scan, &v);
        return kind == TT_JSCAN_END ? TT_RECORD_END : tt_jfile_broken(f, &f->scan, err);
    }
    if (kind == TT_JSCAN_BROKEN)
        return tt_jfile_broken(f, &f->scan, err);
    tt_place_to(&f->place, (size_t)(v.raw.p - f->data.p) - (kind == TT_JSCAN_STRING ? 1 : 0));
    out->line = f->place.line;
    tt_loci_at(&f->body, f->place.line, f->place.column);
    if (kind == TT_JSCAN_OBJECT)
        return tt_jfile_fields(&f->scan, names, n, values) ? TT_RECORD : tt_jfile_broken(f, &f->scan, err);
    if (kind == TT_JSCAN_ARRAY && !tt_jscan_skip(&f->scan, &v))
        return tt_jfile_broken(f, &f->scan, err);
    tt_fail(err, TT_EINPUT, f->in.path, f->place.line, f->place.column,
            "this record is no JSON object; mend it");
    return TT_RECORD_BROKEN;
}

/* ---- values ---- */

bool tt_jfile_has_text(const tt_jscan_value *v)
{
    return v->kind == TT_JSCAN_STRING && v->raw.n > 0;
}

bool tt_jfile_is(const tt_jscan_value *v, const char *text)
{
    return v->kind == TT_JSCAN_STRING && tt_jscan_is_nocase(v->raw, text);
}

bool tt_jfile_is_true(const tt_jscan_value *v)
{
    return v->kind == TT_JSCAN_TRUE || (v->kind == TT_JSCAN_NUMBER && tt_str_is(v->raw, "1")) || tt_jfile_is(v, "true");
}

static void decode_entities(tt_buf *to, tt_str text)
{
    while (text.n > 0) {
        char utf8[TT_ENTITY_MAX];
        size_t n_out = 0, n = *text.p == '&' ? tt_entity(text.p, text.n, utf8, &n_out) : 0;
        if (n > 0) {
            tt_buf_add(to, utf8, n_out);
        } else {
            const char *next = memchr(text.p + 1, '&', text.n - 1);
            n = next ? (size_t)(next - text.p) : text.n;
            tt_buf_add(to, text.p, n);
        }
        text = (tt_str){text.p + n, text.n - n};
    }
}

int tt_jfile_text(tt_jfile *f, const tt_jscan_value *v, tt_str *out)
{
    *out = (tt_str){0};
    if (v->kind == TT_JSCAN_NUMBER)
        return tt_str_dup(&f->arena, v->raw, out);
    if (v->kind != TT_JSCAN_STRING)
        return 0;
    tt_buf_reset(&f->scratch);
    tt_jscan_text(v->raw, &f->scratch);
    size_t n = f->scratch.n;
    if (n == 0 || f->scratch.failed)
        return f->scratch.failed ? TT_ENOMEM : 0;
    if (!memchr(f->scratch.p, '&', n))
        return tt_str_dup(&f->arena, tt_str_trim((tt_str){f->scratch.p, n}), out);
    char *copy = tt_arena_dup(&f->arena, f->scratch.p, n);
    tt_buf_reset(&f->scratch);
    if (copy)
        decode_entities(&f->scratch, (tt_str){copy, n});
    if (!copy || f->scratch.failed)
        return TT_ENOMEM;
    return tt_str_dup(&f->arena, tt_str_trim((tt_str){f->scratch.p, f->scratch.n}), out);
}

/* 9 to 13 digits: a day since 1970, below 10^11 from seconds, else from milliseconds. */
static bool day_of_digits(tt_str text, int32_t *day)
{
    int64_t t;
    const char *point = text.n ? memchr(text.p, '.', text.n) : NULL;
    tt_str digits = {text.p, point ? (size_t)(point - text.p) : text.n};
    if (digits.n < 9 || digits.n > 13 || !tt_num_parse(digits, &t))
        return false;
    *day = (int32_t)((t < INT64_C(100000000000) ? t : t / 1000) / 86400);
    return true;
}

int tt_jfile_date(tt_jfile *f, const tt_jscan_value *v, tt_record *out)
{
    tt_str text;
    int rc = tt_jfile_text(f, v, &text);
    if (rc == 0 && !day_of_digits(text, &out->date))
        tt_reader_date(&f->in, text, out->line, &out->date);
    return rc;
}

int64_t tt_jfile_number(const tt_jscan_value *v)
{
    int64_t n;
    bool ok = (v->kind == TT_JSCAN_NUMBER || v->kind == TT_JSCAN_STRING) && tt_num_parse(tt_str_trim(v->raw), &n);
    return ok ? n : -1;
}

void tt_jfile_add(tt_jfile *f, const tt_jscan_value *v)
{
    tt_place place = f->place;
    if (v->kind == TT_JSCAN_STRING)
        tt_place_string(&place, v->raw, &f->body);
}

void tt_jfile_add_html(tt_jfile *f, const char *before, const tt_jscan_value *v, const char *after)
{
    tt_place place = f->place, inner;
    if (!tt_jfile_has_text(v))
        return;
    tt_loci_reset(&f->inner);
    tt_place_string(&place, v->raw, &f->inner);
    tt_loci_text(&f->body, before);
    tt_place_loci(&inner, &f->inner);
    tt_place_html(&inner, inner.text.n, &f->body);
    tt_loci_text(&f->body, after);
    f->body.text.failed |= f->inner.text.failed;
}

int tt_jfile_done(tt_jfile *f, tt_record *out, tt_err *err)
{
    if (f->body.text.failed)
        return tt_fail_memory(err);
    out->text = (tt_str){f->body.text.p, f->body.text.n};
    out->loci = f->body.v;
    out->n_loci = f->body.n;
    return TT_RECORD;
}
