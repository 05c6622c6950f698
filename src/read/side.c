/* In: the side file. Out: titles, numbers and dates of sources. Not here: what goes before what (survey.c, run.c). */
#include "read/side.h"

#include "base/rows.h"
#include "read/date.h"

enum { PATH, DATE, NUMBER, TITLE, N_COLUMNS };

struct side {
    const char *path;
    bool named, header_seen, none;
    size_t column[N_COLUMNS]; /* SIZE_MAX: not there */
    tt_source *v;
    size_t n;
    tt_intern by_rel;
    uint32_t *of; /* of[id of a path] = index in v */
    bool *seen;
    tt_arena *arena;
    const tt_sink *sink;
};

static int read_header(struct side *s, const tt_row *row, tt_err *err)
{
    static const char *const names[N_COLUMNS] = {"path", "date", "number", "title"};
    s->header_seen = true;
    for (int c = 0; c < N_COLUMNS; c++) {
        s->column[c] = SIZE_MAX;
        for (size_t i = 0; i < row->n; i++)
            if (s->column[c] == SIZE_MAX && tt_str_is_nocase(row->fields[i].text, names[c]))
                s->column[c] = i;
    }
    if (s->column[PATH] != SIZE_MAX)
        return 0;
    if (s->named)
        return tt_fail(err, TT_EINPUT, s->path, row->line, 0,
                       "the side file has no column `path`; its header must be path,date,number,title");
    s->none = true;
    return 0;
}

static const tt_field *field(const struct side *s, const tt_row *row, int c)
{
    static const tt_field none = {{"", 0}, 0, 0, 0};
    return s->column[c] < row->n ? &row->fields[s->column[c]] : &none;
}

static void set_date(const struct side *s, tt_source *to, const tt_field *f)
{
    if (f->text.n == 0)
        return;
    switch (tt_date_parse(f->text, &to->side_date)) {
    case TT_DATE_OK:
        return;
    case TT_DATE_AMBIGUOUS:
        tt_tell(s->sink, TT_NOTE, s->path, f->line, f->column, "the date `%.*s` is ambiguous; write it as 2020-10-11",
                (int)f->text.n, f->text.p);
        break;
    case TT_DATE_IMPOSSIBLE:
        tt_tell(s->sink, TT_NOTE, s->path, f->line, f->column, "there is no day `%.*s`; write it as 2020-10-11",
                (int)f->text.n, f->text.p);
        break;
    case TT_DATE_UNKNOWN:
        tt_tell(s->sink, TT_NOTE, s->path, f->line, f->column, "`%.*s` is no date; write it as 2020-10-11",
                (int)f->text.n, f->text.p);
        break;
    }
    to->side_date = TT_NO_DATE;
}

static int on_row(void *ctx, const tt_row *row, tt_err *err)
{
    struct side *s = ctx;
    uint32_t id;
    if (!s->header_seen)
        return read_header(s, row, err);
    if (s->none)
        return 0;
    const tt_field *path = field(s, row, PATH);
    tt_str rel = path->text;
    while (tt_str_starts(rel, TT_S("./")))
        rel = (tt_str){rel.p + 2, rel.n - 2};
    if (!tt_intern_find(&s->by_rel, rel, &id)) {
        tt_tell(s->sink, TT_DETAIL, s->path, row->line, 0, "`%.*s` is not among the files read", (int)rel.n, rel.p);
        return 0;
    }
    uint32_t i = s->of[id];
    if (s->seen[i]) {
        tt_tell(s->sink, TT_NOTE, s->path, row->line, 0, "`%.*s` has a row already; the first one counts", (int)rel.n,
                rel.p);
        return 0;
    }
    s->seen[i] = true;
    tt_source *to = &s->v[i];
    const tt_field *number = field(s, row, NUMBER);
    if (number->text.n && !tt_num_parse(number->text, &to->side_number)) {
        to->side_number = -1;
        tt_tell(s->sink, TT_NOTE, s->path, number->line, number->column, "`%.*s` is no number; write digits alone",
                (int)number->text.n, number->text.p);
    }
    set_date(s, to, field(s, row, DATE));
    return tt_str_dup(s->arena, field(s, row, TITLE)->text, &to->side_title) == 0 ? 0 : tt_fail_memory(err);
}

int tt_side_read(const char *path, bool named, tt_source *v, size_t n, tt_arena *arena, const tt_sink *sink,
                 tt_err *err)
{
    struct side s = {.path = path, .named = named, .v = v, .n = n, .arena = arena, .sink = sink};
    tt_buf data = {0};
    uint32_t id;
    int rc = tt_file_read(path, TT_MAX_FILE, &data, err);
    s.seen = tt_calloc(n + 1, sizeof *s.seen);
    s.of = tt_calloc(n + 1, sizeof *s.of);
    if (rc == 0 && (!s.seen || !s.of))
        rc = tt_fail_memory(err);
    for (size_t i = n; rc == 0 && i-- > 0;) { /* backwards, so that the first of equal ones stays */
        if (tt_intern_add(&s.by_rel, v[i].rel, &id) != 0)
            rc = tt_fail_memory(err);
        else
            s.of[id] = (uint32_t)i;
    }
    if (rc == 0)
        rc = tt_rows_read(path, (tt_str){data.p, data.n}, on_row, &s, err);
    tt_intern_release(&s.by_rel);
    tt_free(s.seen);
    tt_free(s.of);
    tt_buf_release(&data);
    return rc;
}
