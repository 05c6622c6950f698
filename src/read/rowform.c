/* In: rows and a table of column names. Out: records. Not here: how rows are cut (base/rows), the tables (reader_*.c). */
#include "read/rowform.h"

#include "base/rows.h"

#include <string.h>

_Static_assert(TT_ROW == (int)TT_RECORD && TT_ROW_BROKEN == (int)TT_RECORD_BROKEN && TT_ROW_END == (int)TT_RECORD_END,
               "what a row is, its record is");

enum { DATE, TITLE, SECTION, NUMBER, NAME, STATUS, IS_PUBLISHED, IS_DRAFT, N_ROLES };
enum { CHOICES = 16 }; /* columns of one role */

typedef struct choice {
    size_t v[CHOICES];
    size_t n;
} choice;

struct rows {
    tt_reading_in in;
    const tt_rowform *form;
    tt_rowstream *stream;
    size_t n_columns;
    choice text;
    tt_body body[CHOICES];
    choice role[N_ROLES];
    tt_loci loci;
    char line_name[TT_INT_SIZE];
};

/* ---- the header ---- */

static char plain(char c)
{
    return c == ' ' || c == '-' ? '_' : c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
}

static bool same_name(tt_str a, const char *b)
{
    size_t i = 0;
    while (i < a.n && b[i] && plain(a.p[i]) == plain(b[i]))
        i++;
    return i == a.n && !b[i];
}

static tt_str first_line(tt_str head)
{
    size_t n = 0;
    if (tt_str_starts(head, TT_S("\xEF\xBB\xBF")))
        head = (tt_str){head.p + 3, head.n - 3};
    while (n < head.n && head.p[n] != '\n' && head.p[n] != '\r')
        n++;
    return (tt_str){head.p, n};
}

char tt_rowform_delimiter(tt_str head)
{
    static const char delimiters[] = {',', ';', '\t'};
    tt_str line = first_line(head);
    size_t count[3] = {0}, best = 0;
    for (size_t i = 0; i < line.n; i++)
        for (size_t k = 0; k < 3; k++)
            count[k] += line.p[i] == delimiters[k];
    for (size_t k = 1; k < 3; k++)
        if (count[k] > count[best])
            best = k;
    return delimiters[best];
}

bool tt_rowform_has(tt_str head, const char *name)
{
    char delimiter = tt_rowform_delimiter(head);
    for (tt_str rest = first_line(head); rest.n;) {
        tt_str field = tt_str_trim(tt_str_cut(&rest, delimiter));
        if (field.n >= 2 && field.p[0] == '"' && field.p[field.n - 1] == '"')
            field = (tt_str){field.p + 1, field.n - 2};
        if (same_name(tt_str_trim(field), name))
            return true;
    }
    return false;
}

static bool find(const tt_row *header, const char *name, choice *to)
{
    for (size_t i = 0; i < header->n; i++)
        if (same_name(tt_str_trim(header->fields[i].text), name)) {
            if (to->n < CHOICES)
                to->v[to->n++] = i;
            return true;
        }
    return false;
}

/* A column that the user named stands alone: what is empty in it is empty. */
static bool find_named(struct rows *r, const tt_row *header, const char *named, choice *to)
{
    if (!named || find(header, named, to))
        return named;
    tt_tell(r->in.sink, TT_NOTE, r->in.path, header->line, 0, "there is no column `%s`; the usual ones are taken",
            named);
    return false;
}

static void choose(struct rows *r, const tt_row *header, int role, const char *named, const char *const *names)
{
    if (!find_named(r, header, named, &r->role[role]))
        for (size_t i = 0; names && names[i]; i++)
            find(header, names[i], &r->role[role]);
}

static int choose_text(struct rows *r, const tt_row *header, tt_err *err)
{
    const char *named = r->in.columns.text;
    bool there = find_named(r, header, named, &r->text);
    r->body[0] = TT_BODY_GUESS;
    for (const tt_text_column *t = r->form->text; t->name; t++)
        if (there ? same_name(tt_str_of(named), t->name) : find(header, t->name, &r->text))
            r->body[r->text.n - 1] = t->body;
    if (r->text.n)
        return 0;
    return tt_fail(err, TT_EINPUT, r->in.path, header->line, 0, "no column holds text; name it with --text-field");
}

static int read_header(struct rows *r, tt_err *err)
{
    const tt_rowform *f = r->form;
    const tt_row *header;
    int rc = tt_rowstream_next(r->stream, &header, err);
    if (rc == TT_ROW_END)
        return tt_fail(err, TT_EINPUT, r->in.path, 1, 0, "has no header row");
    if (rc != TT_ROW)
        return rc == TT_ROW_BROKEN ? TT_EINPUT : rc;
    r->n_columns = header->n;
    choose(r, header, DATE, r->in.columns.date, f->date);
    choose(r, header, TITLE, r->in.columns.title, f->title);
    choose(r, header, SECTION, r->in.columns.section, f->section);
    choose(r, header, NUMBER, NULL, f->number);
    choose(r, header, NAME, NULL, f->name);
    choose(r, header, STATUS, NULL, f->status);
    choose(r, header, IS_PUBLISHED, NULL, f->is_published);
    choose(r, header, IS_DRAFT, NULL, f->is_draft);
    return choose_text(r, header, err);
}

int tt_rowform_open(const tt_reading_in *in, const tt_rowform *form, void **state, tt_err *err)
{
    struct rows *r = *state = tt_calloc(1, sizeof *r);
    if (!r)
        return tt_fail_memory(err);
    r->in = *in;
    r->form = form;
    int rc = tt_input_more(in->in, TT_HEAD, err);
    if (rc == 0)
        rc = tt_rowstream_new(&r->stream, in->in, tt_rowform_delimiter((tt_str){in->in->p, in->in->n}), err);
    if (rc == 0)
        rc = read_header(r, err);
    if (rc != 0) {
        tt_rowform_close(r);
        *state = NULL;
    }
    return rc;
}

void tt_rowform_close(void *state)
{
    struct rows *r = state;
    if (!r)
        return;
    tt_rowstream_free(r->stream);
    tt_loci_release(&r->loci);
    tt_free(r);
}

/* ---- rows ---- */

/* Which column holds the first text of a role that is not empty, as a place in c->v; c->n: none does. */
static size_t filled(const tt_row *row, const choice *c)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->v[i] < row->n && tt_str_trim(row->fields[c->v[i]].text).n)
            return i;
    return c->n;
}

static tt_str value(const struct rows *r, const tt_row *row, int role)
{
    const choice *c = &r->role[role];
    size_t i = filled(row, c);
    return i < c->n ? tt_str_trim(row->fields[c->v[i]].text) : (tt_str){"", 0};
}

static bool is_one_of(tt_str s, const char *a, const char *b, const char *c)
{
    return tt_str_is_nocase(s, a) || tt_str_is_nocase(s, b) || tt_str_is_nocase(s, c);
}

static bool is_draft(const struct rows *r, const tt_row *row)
{
    tt_str status = value(r, row, STATUS);
    if (is_one_of(value(r, row, IS_PUBLISHED), "false", "0", "no") ||
        is_one_of(value(r, row, IS_DRAFT), "true", "1", "yes"))
        return true;
    return r->form->published ? !tt_str_is_nocase(status, r->form->published) : tt_str_is_nocase(status, "draft");
}

/* An unquoted comma shifts the columns, an unquoted line end cuts the row short: what stands where cannot be known. */
static int check_length(const struct rows *r, const tt_row *row, tt_err *err)
{
    for (size_t i = r->n_columns; i < row->n; i++)
        if (row->fields[i].text.n) {
            tt_fail(err, TT_EINPUT, r->in.path, row->fields[i].line, row->fields[i].column,
                    "the row has %zu fields, the header %zu; put text that holds the separator in quotes", row->n,
                    r->n_columns);
            return TT_RECORD_BROKEN;
        }
    for (size_t i = 0; i < r->text.n; i++)
        if (r->text.v[i] < row->n)
            return TT_RECORD;
    tt_fail(err, TT_EINPUT, r->in.path, row->line, 0,
            "the row has %zu fields, the header %zu, and ends before its text; put text with line ends in quotes",
            row->n, r->n_columns);
    return TT_RECORD_BROKEN;
}

static void take_number(tt_str text, int64_t *number)
{
    if (text.n && text.p[0] == '#')
        text = (tt_str){text.p + 1, text.n - 1};
    if (!tt_num_parse(text, number))
        *number = -1;
}

static void take_words(struct rows *r, const tt_row *row, tt_record *out)
{
    tt_str tags = value(r, row, SECTION);
    out->title = value(r, row, TITLE);
    out->section = r->form->tags ? tt_str_trim(tt_str_cut(&tags, ';')) : tags;
    out->draft = is_draft(r, row);
    out->name = value(r, row, NAME);
    if (out->name.n == 0)
        out->name = (tt_str){r->line_name, tt_int_format((int64_t)row->line, r->line_name)};
    take_number(value(r, row, NUMBER), &out->number);
    tt_reader_date(&r->in, value(r, row, DATE), row->line, &out->date);
}

int tt_rowform_next(void *state, tt_record *out, tt_err *err)
{
    struct rows *r = state;
    const tt_row *row;
    int rc = tt_rowstream_next(r->stream, &row, err);
    if (rc == TT_ROW)
        rc = check_length(r, row, err);
    if (rc != TT_RECORD)
        return rc;
    out->line = row->line;
    take_words(r, row, out);
    size_t i = filled(row, &r->text);
    if (i == r->text.n)
        return TT_RECORD;
    out->body = r->body[i];
    tt_loci_reset(&r->loci);
    tt_rowstream_loci(r->stream, r->text.v[i], &r->loci);
    if (r->loci.text.failed)
        return tt_fail_memory(err);
    out->text = (tt_str){r->loci.text.p, r->loci.text.n};
    out->loci = r->loci.v;
    out->n_loci = r->loci.n;
    return TT_RECORD;
}
