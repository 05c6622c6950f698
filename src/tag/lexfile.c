/* In: a CSV file of terms. Out: topics and entries of a builder, terms in its matcher; all that is wrong with the rows.
 * Not here: the term language (term.c), what ids of other topics mean (topics.c). */
#include "base/rows.h"
#include "base/unicode.h"
#include "tag/builder.h"

#include <string.h>

enum column { TOPIC, TERM, CASE, ALSO, LABEL, TYPE, BROADER, NOTE, N_COLUMNS };
static const char *const column_names[N_COLUMNS] = {"topic", "term", "case",    "also",
                                                    "label", "type", "broader", "note"};
enum { ABSENT = -1 };

struct place {
    size_t line, column;
};

/* Byte `offset` of the field that begins at `field`: its place, and where it stands in the file. */
struct reached {
    struct place field, place;
    size_t offset, at;
    bool quoted;
};

/* A file being read. */
struct file {
    tt_lexicon_builder *b;
    tt_str name, stem;
    const char *path; /* name with a NUL */
    int columns[N_COLUMNS];
    size_t n_columns;         /* of the header; 0: not read yet */
    const tt_origin *origins; /* of a CSV that an import made: by line, from the second on; else NULL */
    const tt_row *row;
    tt_str texts[N_COLUMNS]; /* of the row, trimmed; empty where it has none */
    uint32_t topic;          /* of the row before, or TT_DROP */
    tt_str type;             /* the one given last, in the lexicon's arena */
    tt_str data;             /* without byte-order mark */
    struct reached last;     /* where place_of came to */
    tt_err mistake;          /* of a term; set anew before it is read, and large */
};

/* ---- places ---- */

/* Where byte `offset` of a field's text stands in the file: behind blanks and the quote that it may begin with; quotes
 * in a quoted field are doubled there. */
static struct reached field_begin(const struct file *f, const tt_field *field)
{
    struct reached r = {{field->line, field->column}, {field->line, field->column}, 0, field->at, false};
    for (; r.at < f->data.n && (f->data.p[r.at] == ' ' || f->data.p[r.at] == '\t'); r.at++)
        r.place.column++;
    r.quoted = r.at < f->data.n && f->data.p[r.at] == '"';
    r.at += r.quoted;
    r.place.column += r.quoted;
    return r;
}

/* Goes on from where the last call came to, so that the places of all ids of one field take linear time. */
static struct place place_of(struct file *f, const tt_field *field, size_t offset)
{
    struct reached *r = &f->last;
    uint32_t cp;
    if (f->origins && field->line > 1)
        return (struct place){f->origins[field->line - 2].line, f->origins[field->line - 2].column};
    if (r->field.line != field->line || r->field.column != field->column || offset < r->offset)
        *r = field_begin(f, field);
    for (size_t n = 0; r->offset < offset && r->at < f->data.n; r->offset += n) {
        n = tt_utf8_decode(f->data.p + r->at, f->data.n - r->at, &cp);
        bool ends_line = cp == '\n' || (cp == '\r' && !(r->at + 1 < f->data.n && f->data.p[r->at + 1] == '\n'));
        r->at += n + (r->quoted && cp == '"');
        r->place.line += ends_line;
        r->place.column = ends_line ? 1 : r->place.column + 1 + (r->quoted && cp == '"');
    }
    return r->place;
}

/* The row's field of that column; NULL where the row is too short or the file has no such column. */
static const tt_field *field_of(const struct file *f, enum column c)
{
    int i = f->columns[c];
    return i != ABSENT && (size_t)i < f->row->n ? &f->row->fields[i] : NULL;
}

static void take_row(struct file *f, const tt_row *row)
{
    f->row = row;
    for (int c = 0; c < N_COLUMNS; c++) {
        const tt_field *field = field_of(f, (enum column)c);
        f->texts[c] = field && field->text.n ? tt_str_trim(field->text) : (tt_str){"", 0};
    }
}

static tt_str text_of(const struct file *f, enum column c)
{
    return f->texts[c];
}

/* Where a column of the row stands, at a byte of its trimmed text. */
static struct place spot(struct file *f, enum column c, size_t at)
{
    const tt_field *field = field_of(f, c);
    if (field)
        return place_of(f, field, (size_t)(tt_str_trim(field->text).p - field->text.p) + at);
    return f->origins ? place_of(f, &f->row->fields[0], 0) : (struct place){f->row->line, 1};
}

/* Tells an error about a column of the row, at a byte of its trimmed text; `which` is quoted before it if not empty. */
static void tell(struct file *f, enum column c, size_t at, tt_str which, const char *what)
{
    tt_err e = {0};
    struct place p = spot(f, c, at);
    if (which.n)
        tt_fail(&e, TT_EINPUT, f->path, p.line, p.column, "`%.*s` %s", (int)which.n, which.p, what);
    else
        tt_fail(&e, TT_EINPUT, f->path, p.line, p.column, "%s", what);
    e.rule = column_names[c];
    tt_builder_tell(f->b, &e);
}

/* ---- header ---- */

static int find_column(tt_str name)
{
    for (int c = 0; c < N_COLUMNS; c++)
        if (tt_str_is_nocase(name, column_names[c]))
            return c;
    return ABSENT;
}

static int read_header(struct file *f, const tt_row *row, tt_err *err)
{
    tt_buf ignored = {0};
    size_t column = 0;
    f->n_columns = row->n;
    for (int c = 0; c < N_COLUMNS; c++)
        f->columns[c] = ABSENT;
    for (size_t i = 0; i < row->n; i++) {
        tt_str name = tt_str_trim(row->fields[i].text);
        int c = find_column(name);
        if (c != ABSENT && f->columns[c] == ABSENT) {
            f->columns[c] = (int)i;
        } else if (name.n) {
            column = ignored.n ? column : row->fields[i].column;
            tt_buf_text(&ignored, ignored.n ? ", " : "");
            tt_buf_str(&ignored, name);
        }
    }
    bool failed = ignored.failed;
    if (ignored.n && !failed)
        tt_tell(f->b->sink, TT_NOTE, f->path, row->line, column,
                "ignored: %s; the columns are topic, term, case, also, label, type, broader, note", ignored.p);
    tt_buf_release(&ignored);
    if (failed)
        return tt_fail_memory(err);
    if (f->columns[TOPIC] == ABSENT || f->columns[TERM] == ABSENT)
        return tt_fail(err, TT_EINPUT, f->path, row->line, 1, "no column `%s`; the header must name topic and term",
                       f->columns[TOPIC] == ABSENT ? "topic" : "term");
    return 0;
}

/* ---- rows ---- */

static bool is_id(tt_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '-'))
            return false;
    return s.n != 0;
}

/* The row's topic, made where it is new; TT_DROP for `-`. *fine is false where there is none. */
static int read_topic(struct file *f, uint32_t *topic, bool *fine, tt_err *err)
{
    tt_lexicon_builder *b = f->b;
    tt_str id = text_of(f, TOPIC);
    *topic = f->topic;
    *fine = true;
    if (*topic != TT_DROP && tt_str_eq(id, b->topics[*topic].topic.id)) /* mostly rows of a topic stand together */
        return 0;
    *topic = f->topic = TT_DROP;
    *fine = is_id(id);
    if (id.n == 0)
        tell(f, TOPIC, 0, id, "the topic is empty; give an id, or - for what is no mention");
    else if (!*fine)
        tell(f, TOPIC, 0, id, "is no id; use lower-case letters, digits and hyphens");
    else if (!tt_str_is(id, "-")) {
        if (tt_intern_add(&b->ids, id, topic) != 0 ||
            tt_grow(&b->topics, &b->cap_topics, b->ids.n, sizeof *b->topics) != 0)
            return tt_fail_memory(err);
        if (b->ids.n > TT_MAX_TOPICS)
            return tt_fail(err, TT_ELIMIT, f->path, f->row->line, 1, "more than %d topics; leave some out",
                           TT_MAX_TOPICS);
        if (b->n_topics < b->ids.n) {
            tt_draft *d = &b->topics[b->n_topics++];
            *d = (tt_draft){.topic = {.file = f->name, .line = spot(f, TOPIC, 0).line}, .stem = f->stem};
            if (tt_str_dup(&b->lex->arena, id, &d->topic.id) != 0)
                return tt_fail_memory(err);
        }
        f->topic = *topic;
    }
    return 0;
}

/* One that the topic has already and that reads otherwise. */
static void tell_other(struct file *f, enum column c, tt_str text, tt_str known)
{
    if (text.n == 0 || known.n == 0 || tt_str_eq(text, known))
        return;
    tt_err e = {0};
    struct place p = spot(f, c, 0);
    tt_fail(&e, TT_OK, f->path, p.line, p.column, "the %s `%.*s` is left out, since `%.*s` was given before (keep one)",
            column_names[c], (int)text.n, text.p, (int)known.n, known.p);
    e.rule = column_names[c];
    tt_tell_err(f->b->sink, TT_DETAIL, &e);
}

/* Label and type: the first one given counts. */
static int describe_topic(struct file *f, uint32_t topic)
{
    tt_draft *d = &f->b->topics[topic];
    tt_arena *arena = &f->b->lex->arena;
    tt_str label = text_of(f, LABEL), type = text_of(f, TYPE);
    tt_str term = f->b->entries[f->b->n_entries - 1].term; /* of this row, and kept */
    int rc = 0;
    tell_other(f, LABEL, label, d->topic.label);
    tell_other(f, TYPE, type, d->topic.type);
    if (label.n && !d->topic.label.n && tt_str_eq(label, term))
        d->topic.label = term;
    else if (label.n && !d->topic.label.n)
        rc = tt_str_dup(arena, label, &d->topic.label);
    if (rc == 0 && type.n && !d->topic.type.n) {
        if (!tt_str_eq(type, f->type)) /* mostly topics of a type stand together */
            rc = tt_str_dup(arena, type, &f->type);
        d->topic.type = f->type;
    }
    if (!d->term.n)
        d->term = term;
    return rc;
}

static int add_ref(struct file *f, enum column c, uint32_t owner, tt_str id, size_t at, tt_err *err)
{
    tt_refs *refs = c == ALSO ? &f->b->also : &f->b->broader;
    struct place p = spot(f, c, at);
    tt_ref ref = {.file = f->name, .line = p.line, .column = p.column, .owner = owner, .order = (uint32_t)refs->n};
    if (tt_grow(&refs->v, &refs->cap, refs->n + 1, sizeof *refs->v) != 0 ||
        tt_str_dup(&f->b->lex->arena, id, &ref.id) != 0)
        return tt_fail_memory(err);
    refs->v[refs->n++] = ref;
    return 0;
}

/* `also` or `broader`: ids joined by |. A - behind the ids of `also` says as alone: deliberately nobody else. */
static int read_ids(struct file *f, enum column c, uint32_t topic, uint32_t owner, tt_err *err)
{
    tt_str all = text_of(f, c);
    if (all.n == 0 || (c == ALSO && tt_str_is(all, "-")))
        return 0;
    if (topic == TT_DROP) {
        tell(f, c, 0, all, "has no topic to go with; a row whose topic is - leaves this field empty");
        return 0;
    }
    for (size_t from = 0, at = 0; at <= all.n; at++) {
        if (at < all.n && all.p[at] != '|')
            continue;
        tt_str id = tt_str_trim((tt_str){all.p + from, at - from});
        size_t where = (size_t)(id.p - all.p);
        if (id.n == 0)
            tell(f, c, where, id, "an id is missing here; write ids joined by | and nothing else");
        else if (c == ALSO && tt_str_is(id, "-") && at == all.n)
            return 0;
        else if (!is_id(id) || tt_str_is(id, "-"))
            tell(f, c, where, id, "is no topic's id; write ids joined by | and nothing else");
        else if (add_ref(f, c, owner, id, where, err) != 0)
            return TT_ENOMEM;
        from = at + 1;
    }
    return 0;
}

struct spellings {
    tt_matcher *matcher;
    uint32_t entry;
    bool exact;
    tt_err *err;
};

static int on_spelling(void *ctx, const tt_piece *pieces, size_t n)
{
    struct spellings *s = ctx;
    return tt_matcher_add(s->matcher, s->entry, s->exact, pieces, n, s->err);
}

/* With `keep`, the term's spellings go to the matcher. */
static int read_term(struct file *f, tt_entry *e, bool keep, tt_err *err)
{
    struct place p = spot(f, TERM, 0);
    tt_str term = text_of(f, TERM), how = text_of(f, CASE);
    tt_err *mistake = &f->mistake;
    size_t at = 0;
    e->line = p.line;
    e->column = p.column;
    e->exact = tt_str_is(how, "exact");
    e->alone = tt_str_is(text_of(f, ALSO), "-") || tt_str_ends(text_of(f, ALSO), TT_S("|-"));
    if (how.n && !e->exact)
        tell(f, CASE, 0, how, "is no way to compare; write exact or nothing");
    struct spellings s = {f->b->lex->matcher, (uint32_t)f->b->n_entries, e->exact, mistake};
    int rc = tt_term_expand(term, e->exact, keep ? on_spelling : NULL, &s, &at, mistake);
    if (rc == TT_ENOMEM || tt_str_dup(&f->b->lex->arena, term, &e->term) != 0)
        return tt_fail_memory(err);
    if (rc != 0)
        tell(f, TERM, at, TT_S(""), mistake->text);
    return 0;
}

/* A row that is too long has most likely a comma that is not quoted. */
static bool check_width(struct file *f)
{
    for (size_t i = f->n_columns; i < f->row->n; i++)
        if (tt_str_trim(f->row->fields[i].text).n) {
            tt_err e = {0};
            tt_fail(&e, TT_EINPUT, f->path, f->row->fields[i].line, f->row->fields[i].column,
                    "%zu fields where the header has %zu; put a field that holds a comma in quotes", f->row->n,
                    f->n_columns);
            e.rule = "csv";
            tt_builder_tell(f->b, &e);
            return false;
        }
    return true;
}

static bool is_blank(const tt_row *row)
{
    for (size_t i = 0; i < row->n; i++)
        if (tt_str_trim(row->fields[i].text).n)
            return false;
    return true;
}

static int on_row(void *ctx, const tt_row *row, tt_err *err)
{
    struct file *f = ctx;
    tt_lexicon_builder *b = f->b;
    uint32_t topic = TT_DROP, entry = (uint32_t)b->n_entries;
    bool fine = true;
    if (f->n_columns == 0)
        return read_header(f, row, err);
    take_row(f, row);
    if ((text_of(f, TOPIC).n == 0 && is_blank(row)) || !check_width(f))
        return 0;
    if (tt_grow(&b->entries, &b->cap_entries, b->n_entries + 1, sizeof *b->entries) != 0)
        return tt_fail_memory(err);
    if (b->n_entries >= UINT32_MAX - 1)
        return tt_fail(err, TT_ELIMIT, f->path, row->line, 1, "more terms than can be numbered; leave some out");
    int rc = read_topic(f, &topic, &fine, err);
    if (rc != 0)
        return rc;
    tt_entry e = {.topic = topic, .file = f->name};
    if (read_term(f, &e, fine, err) != 0)
        return TT_ENOMEM;
    if (!fine)
        return 0;
    b->entries[b->n_entries++] = e;
    if (topic != TT_DROP && describe_topic(f, topic) != 0)
        return tt_fail_memory(err);
    rc = read_ids(f, ALSO, topic, entry, err);
    return rc != 0 ? rc : read_ids(f, BROADER, topic, topic, err);
}

/* ---- files ---- */

static tt_str last_component(tt_str name)
{
    for (size_t i = name.n; i > 0; i--)
        if (name.p[i - 1] == '/')
            return (tt_str){name.p + i, name.n - i};
    return name;
}

static tt_str stem_of(tt_str name)
{
    for (size_t i = name.n; i > 1; i--)
        if (name.p[i - 1] == '.')
            return (tt_str){name.p, i - 1};
    return name;
}

static int check_utf8(struct file *f, tt_err *err)
{
    uint32_t cp;
    size_t line = 1, begin = 0;
    if (tt_utf8_valid(f->data.p, f->data.n))
        return 0;
    for (size_t at = 0, n; at < f->data.n; at += n) {
        n = tt_utf8_decode(f->data.p + at, f->data.n - at, &cp);
        if (n == 0)
            return tt_fail(err, TT_EINPUT, f->path, line, tt_utf8_count(f->data.p + begin, at - begin) + 1,
                           "a byte that is not UTF-8; save the file as UTF-8");
        if (cp == '\n' || (cp == '\r' && !(at + 1 < f->data.n && f->data.p[at + 1] == '\n'))) {
            line++;
            begin = at + 1;
        }
    }
    return 0;
}

static int read_file(struct file *f, tt_err *err)
{
    int rc = check_utf8(f, err);
    if (rc == 0)
        rc = tt_rows_read(f->path, f->data, on_row, f, err);
    if (rc == 0 && f->n_columns == 0)
        rc = tt_fail(err, TT_EINPUT, f->path, 1, 1, "the file is empty; its first row must name the columns");
    return rc;
}

int tt_lexfile_read(tt_lexicon_builder *b, const char *name, tt_str csv, const tt_origin *origins, tt_err *err)
{
    struct file f = {.b = b, .data = csv, .topic = TT_DROP, .origins = origins};
    tt_str base = last_component(tt_str_of(name));
    if (csv.n >= 3 && memcmp(csv.p, "\xEF\xBB\xBF", 3) == 0)
        f.data = (tt_str){csv.p + 3, csv.n - 3};
    if (tt_str_dup(&b->lex->arena, tt_str_of(name), &f.name) != 0 ||
        tt_str_dup(&b->lex->arena, stem_of(base), &f.stem) != 0)
        return tt_fail_memory(err);
    f.path = f.name.p;
    return read_file(&f, err);
}
