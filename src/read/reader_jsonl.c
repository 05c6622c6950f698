/* In: rows: JSON Lines (also standard input), or one array of objects. Out: a record for each row, by the names of its
 * members. Not here: formats whose members have names of their own. */
#include "read/jfile.h"
#include "read/readers.h"

#include <string.h>

/* ---- the names of members ---- */

enum field { TEXT, DATE, TITLE, SECTION, NUMBER, NAME, DRAFT, STATUS, SENT, N };

/* The best first, within a field. */
static const struct {
    const char *name;
    enum field field;
    tt_body body;
} usual[] = {{"content_html", TEXT, TT_BODY_HTML},
             {"html", TEXT, TT_BODY_HTML},
             {"body_html", TEXT, TT_BODY_HTML},
             {"html_content", TEXT, TT_BODY_HTML},
             {"content_markdown", TEXT, TT_BODY_MARKDOWN},
             {"body_markdown", TEXT, TT_BODY_MARKDOWN},
             {"markdown", TEXT, TT_BODY_MARKDOWN},
             {"md", TEXT, TT_BODY_MARKDOWN},
             {"content", TEXT, TT_BODY_GUESS},
             {"body", TEXT, TT_BODY_GUESS},
             {"text", TEXT, TT_BODY_GUESS},
             {"content_text", TEXT, TT_BODY_TEXT},
             {"body_text", TEXT, TT_BODY_TEXT},
             {"plaintext", TEXT, TT_BODY_TEXT},
             {"plain_text", TEXT, TT_BODY_TEXT},
             {"date", DATE, 0},
             {"published_at", DATE, 0},
             {"date_published", DATE, 0},
             {"published", DATE, 0},
             {"publish_date", DATE, 0},
             {"pub_date", DATE, 0},
             {"pubdate", DATE, 0},
             {"post_date", DATE, 0},
             {"sent_at", DATE, 0},
             {"created_at", DATE, 0},
             {"title", TITLE, 0},
             {"subject", TITLE, 0},
             {"headline", TITLE, 0},
             {"section", SECTION, 0},
             {"category", SECTION, 0},
             {"number", NUMBER, 0},
             {"issue_number", NUMBER, 0},
             {"issue", NUMBER, 0},
             {"secondary_id", NUMBER, 0},
             {"id", NAME, 0},
             {"slug", NAME, 0},
             {"url", NAME, 0},
             {"draft", DRAFT, 0},
             {"status", STATUS, 0},
             {"is_published", SENT, 0},
             {"published", SENT, 0}};
enum { N_USUAL = sizeof usual / sizeof *usual };

/* What a row has; `rank` says how good the name is (index of `usual`). */
typedef struct row {
    tt_jscan_value v[N];
    size_t rank[N];
    bool text_there; /* a member for the text, whatever it holds */
    bool odd;        /* which is an array or an object */
} row;

static const char *named(const tt_columns *c, enum field field)
{
    return field == TEXT      ? c->text
           : field == DATE    ? c->date
           : field == TITLE   ? c->title
           : field == SECTION ? c->section
                              : NULL;
}

/* Whether a value can be what a field asks for. */
static bool fits(enum field field, const tt_jscan_value *v)
{
    bool number = v->kind == TT_JSCAN_NUMBER, text = tt_jfile_has_text(v);
    bool word = v->kind == TT_JSCAN_TRUE || v->kind == TT_JSCAN_FALSE;
    return field == DRAFT || field == SENT ? text || number || word
           : field == TEXT                 ? text
           : field == SECTION              ? text || v->kind == TT_JSCAN_ARRAY
           : field == NUMBER               ? tt_jfile_number(v) >= 0
           : field == DATE                 ? text || (number && v->raw.n >= sizeof "20201011" - 1)
                                           : text || number;
}

static void offer(row *r, enum field field, size_t rank, const tt_jscan_value *v)
{
    r->text_there |= field == TEXT;
    r->odd |= field == TEXT && (v->kind == TT_JSCAN_ARRAY || v->kind == TT_JSCAN_OBJECT);
    if (!fits(field, v) || (r->v[field].kind != TT_JSCAN_NONE && r->rank[field] < rank))
        return;
    r->v[field] = *v;
    r->rank[field] = rank;
}

/* A member goes to each field that it is a name of, the user's names alone where there are some. */
static void sort_in(row *r, const tt_columns *columns, const tt_jscan_value *v)
{
    for (enum field field = TEXT; field <= SECTION; field++) {
        const char *name = named(columns, field);
        if (name && tt_jscan_is(v->key, name))
            offer(r, field, N_USUAL, v);
    }
    for (size_t i = 0; i < N_USUAL; i++)
        if (!named(columns, usual[i].field) && tt_jscan_is_nocase(v->key, usual[i].name))
            offer(r, usual[i].field, i, v);
}

static tt_body body_of(const row *r, const tt_columns *columns)
{
    if (r->v[TEXT].kind == TT_JSCAN_NONE)
        return TT_BODY_GUESS;
    if (r->rank[TEXT] < N_USUAL)
        return usual[r->rank[TEXT]].body;
    for (size_t i = 0; columns->text && i < N_USUAL; i++)
        if (usual[i].field == TEXT && strcmp(columns->text, usual[i].name) == 0)
            return usual[i].body;
    return TT_BODY_GUESS;
}

/* ---- knowing rows ---- */

typedef struct look {
    bool text, other; /* a member for the text; one for another field */
} look;

static void look_at(look *l, const tt_columns *columns, const tt_jscan_value *v)
{
    row r = {0};
    tt_jscan_value string = {TT_JSCAN_STRING, TT_S("1"), v->key};
    if (v->kind != TT_JSCAN_STRING && v->kind != TT_JSCAN_NUMBER && v->kind != TT_JSCAN_BROKEN)
        return;
    sort_in(&r, columns, &string);
    l->text |= r.v[TEXT].kind != TT_JSCAN_NONE && v->kind != TT_JSCAN_NUMBER;
    for (enum field field = DATE; field <= NUMBER; field++)
        l->other |= r.v[field].kind != TT_JSCAN_NONE;
    l->other |= columns->text && r.v[TEXT].kind != TT_JSCAN_NONE;
}

/* Looks at the members of the object that was just begun. */
static tt_jscan_kind look_through(tt_jscan *s, look *l, const tt_columns *columns)
{
    tt_jscan_value v;
    for (;;) {
        tt_jscan_kind kind = tt_jscan_next(s, &v);
        if (kind == TT_JSCAN_CLOSE)
            return kind;
        if (v.key.p)
            look_at(l, columns, &v);
        if (kind == TT_JSCAN_BROKEN)
            return kind;
        if ((kind == TT_JSCAN_OBJECT || kind == TT_JSCAN_ARRAY) && !tt_jscan_skip(s, &v))
            return TT_JSCAN_BROKEN;
    }
}

static bool is_array(const tt_head *head, const tt_columns *columns)
{
    char narrow[TT_HEAD / 2];
    tt_jscan s;
    tt_jscan_value v;
    look l = {0};
    tt_str text = tt_jfile_head(head, narrow);
    tt_jscan_init(&s, text);
    if (text.n == 0 || tt_jscan_next(&s, &v) != TT_JSCAN_ARRAY)
        return false;
    tt_jscan_kind kind = tt_jscan_next(&s, &v);
    for (bool first = true; kind != TT_JSCAN_CLOSE && kind != TT_JSCAN_BROKEN; first = false) {
        if (first && kind != TT_JSCAN_OBJECT)
            return false;
        if (kind == TT_JSCAN_OBJECT)
            look_through(&s, &l, columns);
        else if (kind == TT_JSCAN_ARRAY)
            tt_jscan_skip(&s, &v);
        kind = tt_jscan_next(&s, &v);
    }
    return (kind == TT_JSCAN_CLOSE || s.cut) && l.text && l.other;
}

/* A file that is called so, or standard input, may be of a single row; a single object in any other is none. */
static bool is_lines(const tt_head *head, const tt_columns *columns)
{
    char narrow[TT_HEAD / 2];
    bool ending = tt_str_ends(head->name, TT_S(".jsonl")) || tt_str_ends(head->name, TT_S(".ndjson"));
    bool called = ending || tt_str_is(head->name, "-");
    tt_str rest = tt_jfile_head(head, narrow);
    look l = {0};
    for (size_t n_rows = 0; rest.n > 0;) {
        bool whole = head->whole || memchr(rest.p, '\n', rest.n);
        tt_jscan s;
        tt_jscan_value v;
        tt_str line = tt_str_trim(tt_str_cut(&rest, '\n'));
        if (line.n == 0)
            continue;
        tt_jscan_init(&s, line);
        bool object = tt_jscan_next(&s, &v) == TT_JSCAN_OBJECT;
        bool good = object && look_through(&s, &l, columns) == TT_JSCAN_CLOSE && tt_jscan_next(&s, &v) == TT_JSCAN_END;
        if (!called && (!object || (n_rows == 0 && !good)))
            return false;
        if (++n_rows > 1 || called)
            if (l.text && (good || !whole || n_rows > 1))
                return true;
        if (!whole)
            return ending && s.cut && n_rows == 1;
    }
    return false;
}

/* ---- rows ---- */

typedef struct rows {
    tt_jfile f;
    size_t line;   /* of what is next */
    size_t n_last; /* bytes of the window that the last record was made of */
    size_t nth;    /* of an array: rows before */
} rows;

static int broken_row(const rows *r, size_t line, size_t column, const char *why, tt_err *err)
{
    tt_fail(err, TT_EINPUT, r->f.in.path, line, column, "the row is broken: %s; mend it", why);
    return TT_RECORD_BROKEN;
}

/* Where the scan of the row says that it is broken. */
static int broken_json(const rows *r, const tt_jscan *s, tt_err *err)
{
    tt_place place = r->f.place;
    tt_place_to(&place, s->at);
    return broken_row(r, place.line, place.column, s->why, err);
}

static tt_jscan_value section_of(const row *r)
{
    tt_jscan s;
    tt_jscan_value v = r->v[SECTION];
    if (v.kind != TT_JSCAN_ARRAY)
        return v;
    tt_jscan_init(&s, r->v[SECTION].raw);
    tt_jscan_next(&s, &v);
    return tt_jscan_next(&s, &v) == TT_JSCAN_STRING ? v : (tt_jscan_value){0};
}

static bool is_draft(const row *r)
{
    const tt_jscan_value *sent = &r->v[SENT];
    return tt_jfile_is_true(&r->v[DRAFT]) || tt_jfile_is(&r->v[STATUS], "draft") ||
           tt_jfile_is(&r->v[STATUS], "scheduled") || sent->kind == TT_JSCAN_FALSE || tt_jfile_is(sent, "false") ||
           (sent->kind == TT_JSCAN_NUMBER && tt_str_is(sent->raw, "0"));
}

/* Makes the record of the row that was just begun, at f->place; `nth` is its name where it has none. */
static int make_record(rows *r, tt_jscan *s, size_t nth, tt_record *out, tt_err *err)
{
    tt_jfile *f = &r->f;
    const tt_columns *columns = &f->in.columns;
    row of = {0};
    tt_jscan_value v;
    tt_jscan_kind kind;
    while ((kind = tt_jscan_next(s, &v)) != TT_JSCAN_CLOSE) {
        if (kind == TT_JSCAN_BROKEN || ((kind == TT_JSCAN_OBJECT || kind == TT_JSCAN_ARRAY) && !tt_jscan_skip(s, &v)))
            return TT_EINPUT;
        sort_in(&of, columns, &v);
    }
    tt_jscan_value section = section_of(&of), text = of.v[TEXT];
    char digits[TT_INT_SIZE];
    tt_str number = {digits, tt_int_format((int64_t)nth, digits)};
    out->body = body_of(&of, columns);
    out->number = tt_jfile_number(&of.v[NUMBER]);
    out->draft = is_draft(&of);
    if (of.odd && text.kind == TT_JSCAN_NONE)
        return broken_row(r, out->line, 0, "its text is no string", err);
    out->left_out = of.text_there ? NULL : "a row without text";
    tt_jfile_add(f, &text);
    if (tt_jfile_text(f, &of.v[TITLE], &out->title) != 0 || tt_jfile_text(f, &section, &out->section) != 0 ||
        tt_jfile_text(f, &of.v[NAME], &out->name) != 0 || tt_jfile_date(f, &of.v[DATE], out) != 0 ||
        (out->name.n == 0 && tt_str_dup(&f->arena, number, &out->name) != 0))
        return tt_fail_memory(err);
    return tt_jfile_done(f, out, err);
}

/* The next line that is not blank, in f->data; false in *any: that was all. */
static int take_line(rows *r, bool *any, tt_err *err)
{
    tt_input *in = r->f.in.in;
    *any = false;
    for (;;) {
        size_t n;
        tt_input_take(in, r->n_last);
        r->n_last = 0;
        int rc = tt_input_until(in, '\n', 0, TT_MAX_FILE, &n, err);
        if (rc != 0 || (n == 0 && in->n == 0))
            return rc;
        r->n_last = n < in->n ? n + 1 : n;
        r->f.data = (tt_str){in->p, n};
        tt_place_file(&r->f.place, r->f.data, r->line++);
        if (tt_str_trim(r->f.data).n > 0) {
            *any = true;
            return 0;
        }
    }
}

static int next_line(void *state, tt_record *out, tt_err *err)
{
    rows *r = state;
    tt_jfile *f = &r->f;
    tt_jscan s;
    tt_jscan_value v;
    bool any;
    int rc = take_line(r, &any, err);
    if (rc != 0 || !any)
        return rc != 0 ? rc : TT_RECORD_END;
    out->line = f->place.line;
    tt_arena_reset(&f->arena);
    tt_loci_reset(&f->body);
    tt_jscan_init(&s, f->data);
    tt_jscan_kind kind = tt_jscan_next(&s, &v);
    if (kind == TT_JSCAN_BROKEN)
        return broken_json(r, &s, err);
    if (kind != TT_JSCAN_OBJECT)
        return broken_row(r, out->line, 0, "it is no JSON object", err);
    rc = make_record(r, &s, out->line, out, err);
    return rc == TT_EINPUT || (rc == TT_RECORD && tt_jscan_next(&s, &v) != TT_JSCAN_END) ? broken_json(r, &s, err) : rc;
}

static int next_element(void *state, tt_record *out, tt_err *err)
{
    rows *r = state;
    tt_jfile *f = &r->f;
    r->nth++;
    int rc = tt_jfile_record(f, NULL, 0, NULL, out, err);
    if (rc != TT_RECORD)
        return rc;
    tt_jscan s;
    tt_jscan_value v;
    tt_jscan_init(&s, (tt_str){f->data.p + f->place.at, f->scan.at - f->place.at});
    tt_jscan_next(&s, &v);
    return make_record(r, &s, r->nth, out, err);
}

static void release(void *state)
{
    rows *r = state;
    if (r)
        tt_jfile_close(&r->f);
    tt_free(r);
}

static int open_lines(const tt_reading_in *in, void **state, tt_err *err)
{
    rows *r = *state = tt_calloc(1, sizeof *r);
    int rc = r ? tt_jfile_begin(&r->f, in, err) : tt_fail_memory(err);
    if (rc == 0) {
        r->line = 1;
        return 0;
    }
    release(r);
    *state = NULL;
    return rc;
}

static int open_array(const tt_reading_in *in, void **state, tt_err *err)
{
    tt_jscan_value v;
    rows *r = *state = tt_calloc(1, sizeof *r);
    int rc = r ? tt_jfile_open(&r->f, in, err) : tt_fail_memory(err);
    if (rc == 0) {
        tt_jscan_next(&r->f.scan, &v);
        return 0;
    }
    release(r);
    *state = NULL;
    return rc;
}

const tt_reader tt_reader_jsonl = {"jsonl", is_lines, open_lines, next_line, release};
const tt_reader tt_reader_json = {"json", is_array, open_array, next_element, release};
