/* In: the table of an export and the names of its files. Out: title, date, number and state of each file. Not here: the
 * files, and which folder has such a table (archive.c). */
#include "read/join.h"

#include "base/rows.h"
#include "read/reader.h"
#include "read/rowform.h"

#include <string.h>

enum { KEY, TITLE, DATE, NUMBER, STATE, TYPE, OTHER_KEY, N_ROLES };

typedef struct state {
    const char *value;
    bool draft;
    const char *left_out;
} state;

typedef struct format {
    const char *name, *folder;
    const char *endings[5];
    const char *columns[N_ROLES]; /* NULL: there is none */
    const char *marks[4];         /* columns by which the table is known */
    state states[8];              /* in STATE, */
    state types[4];               /* in TYPE */
    bool files_prefixed;          /* a file may have more behind its key: posts/123.a-title.html, the key 123 */
} format;

static const format formats[] = {
    {.name = "substack",
     .folder = "posts/",
     .endings = {".html", ".htm", NULL},
     .columns = {[KEY] = "post_id", [TITLE] = "title", [DATE] = "post_date", [STATE] = "is_published", [TYPE] = "type"},
     .marks = {"post_id", "post_date", "is_published", NULL},
     .states = {{"false", true, NULL}, {"0", true, NULL}, {NULL, false, NULL}},
     .types = {{"page", false, "a page"}, {NULL, false, NULL}},
     .files_prefixed = true},
    {.name = "buttondown",
     .folder = "emails/",
     .endings = {".md", ".markdown", ".html", ".txt", NULL},
     .columns = {[KEY] = "slug",
                 [TITLE] = "subject",
                 [DATE] = "publish_date",
                 [NUMBER] = "secondary_id",
                 [STATE] = "status",
                 [OTHER_KEY] = "id"},
     .marks = {"subject", "publish_date", "slug", NULL},
     .states = {{"draft", true, NULL},
                {"scheduled", true, NULL},
                {"about_to_send", true, NULL},
                {"paused", true, NULL},
                {"errored", true, NULL},
                {"deleted", false, "deleted"},
                {NULL, false, NULL}}},
};

struct table {
    const format *format;
    tt_reading_in in; /* for messages about dates */
    size_t column[N_ROLES];
    tt_join *v;
    size_t n;
    tt_intern keys; /* of files */
    uint32_t *of;   /* of[id of a key] = index in v */
    tt_arena *arena;
    size_t n_missing, missing_line; /* published rows without a file */
    tt_str missing;
};

static const format *format_of(tt_str head)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        bool all = true;
        for (size_t k = 0; formats[i].marks[k]; k++)
            all = all && tt_rowform_has(head, formats[i].marks[k]);
        if (all)
            return &formats[i];
    }
    return NULL;
}

bool tt_join_is(tt_str head)
{
    return format_of(head) != NULL;
}

/* ---- files ---- */

/* The key of a file of the export: its name in the folder without ending. Empty: it is none. */
static tt_str key_of(const format *f, tt_str rel)
{
    tt_str none = {NULL, 0};
    if (!tt_str_starts(rel, tt_str_of(f->folder)))
        return none;
    rel = (tt_str){rel.p + strlen(f->folder), rel.n - strlen(f->folder)};
    if (rel.n && memchr(rel.p, '/', rel.n))
        return none;
    for (size_t i = 0; f->endings[i]; i++) {
        size_t n = strlen(f->endings[i]);
        if (rel.n > n && tt_str_is_nocase((tt_str){rel.p + rel.n - n, n}, f->endings[i]))
            return (tt_str){rel.p, rel.n - n};
    }
    return none;
}

static int add_key(struct table *t, tt_str key, uint32_t file)
{
    uint32_t id;
    size_t before = t->keys.n;
    if (tt_intern_add(&t->keys, key, &id) != 0)
        return TT_ENOMEM;
    if (t->keys.n > before)
        t->of[id] = file;
    return 0;
}

static int list_files(struct table *t, const tt_str *files, size_t n_files)
{
    t->v = tt_arena_array(t->arena, n_files + 1, sizeof *t->v);
    t->of = tt_calloc(2 * n_files + 1, sizeof *t->of);
    if (!t->v || !t->of)
        return TT_ENOMEM;
    for (size_t i = 0; i < n_files; i++) {
        tt_str key = key_of(t->format, files[i]);
        if (key.n == 0)
            continue;
        t->v[t->n] = (tt_join){.rel = files[i], .format = t->format->name, .number = -1, .date = TT_NO_DATE};
        if (add_key(t, key, (uint32_t)t->n++) != 0)
            return TT_ENOMEM;
    }
    for (size_t i = 0; i < t->n && t->format->files_prefixed; i++) { /* whole keys go before beginnings of them */
        tt_str rest = key_of(t->format, t->v[i].rel);
        if (add_key(t, tt_str_cut(&rest, '.'), (uint32_t)i) != 0)
            return TT_ENOMEM;
    }
    return 0;
}

/* ---- rows ---- */

static void read_header(struct table *t, const tt_row *row)
{
    for (int c = 0; c < N_ROLES; c++) {
        t->column[c] = SIZE_MAX;
        for (size_t i = 0; i < row->n && t->format->columns[c]; i++)
            if (t->column[c] == SIZE_MAX && tt_str_is_nocase(tt_str_trim(row->fields[i].text), t->format->columns[c]))
                t->column[c] = i;
    }
}

static tt_str value(const struct table *t, const tt_row *row, int role)
{
    return t->column[role] < row->n ? tt_str_trim(row->fields[t->column[role]].text) : (tt_str){"", 0};
}

static void take_state(const state *states, tt_str text, tt_join *to)
{
    for (; states->value; states++)
        if (tt_str_is_nocase(text, states->value)) {
            to->draft = to->draft || states->draft;
            to->left_out = to->left_out ? to->left_out : states->left_out;
        }
}

static tt_join *file_of(const struct table *t, const tt_row *row)
{
    uint32_t id;
    tt_str key = value(t, row, KEY), other = value(t, row, OTHER_KEY);
    if ((key.n && tt_intern_find(&t->keys, key, &id)) || (other.n && tt_intern_find(&t->keys, other, &id)))
        return &t->v[t->of[id]];
    if (t->format->files_prefixed && tt_intern_find(&t->keys, tt_str_cut(&key, '.'), &id)) /* the slug was changed */
        return &t->v[t->of[id]];
    return NULL;
}

static int read_row(struct table *t, const tt_row *row)
{
    tt_join made = {.number = -1, .date = TT_NO_DATE, .format = t->format->name, .line = row->line};
    take_state(t->format->states, value(t, row, STATE), &made);
    take_state(t->format->types, value(t, row, TYPE), &made);
    tt_join *file = file_of(t, row);
    if (!file) {
        tt_str key = value(t, row, KEY);
        bool counts = !made.draft && !made.left_out;
        tt_tell(t->in.sink, TT_DETAIL, t->in.path, row->line, 0, "there is no file %s%.*s%s", t->format->folder,
                (int)(key.n < 200 ? key.n : 200), key.p, t->format->endings[0]);
        if (counts && t->n_missing++ == 0) {
            t->missing_line = row->line;
            return tt_str_dup(t->arena, key, &t->missing);
        }
        return 0;
    }
    if (file->line) {
        tt_tell(t->in.sink, TT_NOTE, t->in.path, row->line, 0,
                "%.*s has a row already (line %zu); the first one counts", (int)(file->rel.n < 200 ? file->rel.n : 200),
                file->rel.p, file->line);
        return 0;
    }
    if (!tt_num_parse(value(t, row, NUMBER), &made.number))
        made.number = -1;
    tt_reader_date(&t->in, value(t, row, DATE), row->line, &made.date);
    made.rel = file->rel;
    *file = made;
    return tt_str_dup(t->arena, value(t, row, TITLE), &file->title);
}

static int read_rows(struct table *t, tt_str csv, tt_err *err)
{
    tt_input in;
    tt_rowstream *s;
    const tt_row *row;
    tt_err why = {0};
    bool header = true;
    tt_input_memory(&in, t->in.path, csv);
    int rc = tt_rowstream_new(&s, &in, tt_rowform_delimiter(csv), &why);
    while (rc == 0 && (rc = tt_rowstream_next(s, &row, &why)) > 0) {
        if (rc == TT_ROW_BROKEN) {
            tt_tell_err(t->in.sink, TT_SKIPPED, &why);
            rc = 0;
            continue;
        }
        rc = 0;
        if (header)
            read_header(t, row);
        else if (read_row(t, row) != 0)
            rc = tt_fail_memory(&why);
        header = false;
    }
    tt_rowstream_free(s);
    if (rc == TT_ENOMEM)
        return tt_fail_memory(err);
    if (rc != 0) /* the rows before stand */
        tt_tell_err(t->in.sink, TT_SKIPPED, &why);
    return 0;
}

static void tell_rest(const struct table *t)
{
    if (t->n_missing)
        tt_tell(t->in.sink, TT_NOTE, t->in.path, t->missing_line, 0,
                "%zu published row%s no file in %s, the first is `%.*s`; is the export whole?", t->n_missing,
                t->n_missing == 1 ? " has" : "s have", t->format->folder,
                (int)(t->missing.n < 200 ? t->missing.n : 200), t->missing.p);
    for (size_t i = 0; i < t->n; i++)
        if (!t->v[i].line)
            tt_tell(t->in.sink, TT_DETAIL, t->in.path, 0, 0, "no row is about %.*s",
                    (int)(t->v[i].rel.n < 200 ? t->v[i].rel.n : 200), t->v[i].rel.p);
}

int tt_join_read(tt_str csv, const char *path, const tt_str *files, size_t n_files, tt_arena *arena,
                 const tt_sink *sink, tt_join **out, size_t *n, tt_err *err)
{
    struct table t = {.format = format_of(csv), .in = {.path = path, .sink = sink}, .arena = arena};
    *out = NULL;
    *n = 0;
    if (!t.format)
        return tt_fail(err, TT_EINPUT, path, 1, 0,
                       "is no table of an export: it lacks the columns of Substack's "
                       "posts.csv and of Buttondown's emails.csv");
    int rc = list_files(&t, files, n_files) == 0 ? 0 : tt_fail_memory(err);
    if (rc == 0)
        rc = read_rows(&t, csv, err);
    if (rc == 0) {
        tell_rest(&t);
        *out = t.v;
        *n = t.n;
    }
    tt_intern_release(&t.keys);
    tt_free(t.of);
    return rc;
}
