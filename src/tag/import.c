/* In: a lexicon in another format. Out: our CSV with the origin of each row. Not here: the formats (import_….c). */
#include "tag/import.h"

#include "base/rows.h"
#include "base/unicode.h"
#include "tag/importer.h"
#include "tag/term.h"

#include <stdarg.h>
#include <string.h>

tt_import_kind tt_import_kind_of(tt_str name)
{
    static const struct {
        const char *ending;
        tt_import_kind kind;
    } kinds[] = {{".yml", TT_IMPORT_QUANTEDA},
                 {".yaml", TT_IMPORT_QUANTEDA},
                 {".dic", TT_IMPORT_LIWC},
                 {".jsonl", TT_IMPORT_SPACY},
                 {".json", TT_IMPORT_FLASHTEXT}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t n = strlen(kinds[i].ending);
        if (name.n > n && tt_str_is_nocase((tt_str){name.p + name.n - n, n}, kinds[i].ending))
            return kinds[i].kind;
    }
    return TT_IMPORT_CSV;
}

void tt_imported_release(tt_imported *made)
{
    tt_buf_release(&made->csv);
    tt_free(made->origins);
    *made = (tt_imported){0};
}

/* ---- places, messages ---- */

tt_origin tt_importer_place(tt_importer *im, size_t at)
{
    if (at > im->data.n)
        at = im->data.n;
    if (at < im->at) {
        im->line = im->column = 1;
        im->at = 0;
    }
    for (; im->at < at; im->at++) {
        char c = im->data.p[im->at];
        im->column += ((unsigned char)c & 0xC0) != 0x80;
        if (c == '\n') {
            im->line++;
            im->column = 1;
        }
    }
    return (tt_origin){im->line, im->column};
}

static void tell(tt_importer *im, tt_level level, tt_origin at, const char *text)
{
    tt_err e = {0};
    tt_fail(&e, TT_EINPUT, im->path, at.line, at.column, "%s", text);
    e.rule = "import";
    tt_tell_err(im->sink, level, &e);
}

void tt_importer_skip(tt_importer *im, tt_origin at, const char *format, ...)
{
    char text[sizeof((tt_err *)0)->text];
    va_list args;
    va_start(args, format);
    if (vsnprintf(text, sizeof text, format, args) < 0)
        text[0] = '\0';
    va_end(args);
    tell(im, TT_SKIPPED, at, text);
}

/* ---- topics ---- */

/* Lower-case letters and digits of ASCII, with a hyphen for anything between. */
static void put_slug(tt_buf *to, tt_str name)
{
    bool gap = false;
    size_t begin = to->n;
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        bool upper = c >= 'A' && c <= 'Z';
        if (!upper && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) {
            gap = true;
            continue;
        }
        if (gap && to->n > begin)
            tt_buf_char(to, '-');
        gap = false;
        tt_buf_char(to, upper ? (char)(c | 0x20) : c);
    }
    if (to->n == begin)
        tt_buf_text(to, "topic");
}

static int make_id(tt_importer *im, tt_str name, tt_str *id)
{
    tt_buf slug = {0};
    uint32_t taken, base = 0;
    put_slug(&slug, name);
    size_t n = slug.n, known = im->slugs.n;
    bool failed = slug.failed || tt_intern_add(&im->slugs, (tt_str){slug.p, slug.n}, &base) != 0 ||
                  tt_grow(&im->uses, &im->cap_uses, im->slugs.n, sizeof *im->uses) != 0;
    if (!failed && im->slugs.n > known)
        im->uses[base] = 1;
    while (!failed && !slug.failed && tt_intern_find(&im->ids, (tt_str){slug.p, slug.n}, &taken)) {
        slug.n = n;
        tt_buf_f(&slug, "-%u", ++im->uses[base]);
    }
    int rc = failed || slug.failed || tt_intern_add(&im->ids, (tt_str){slug.p, slug.n}, &taken) != 0 ||
                     tt_str_dup(&im->arena, (tt_str){slug.p, slug.n}, id) != 0
                 ? TT_ENOMEM
                 : 0;
    tt_buf_release(&slug);
    return rc;
}

/* A copy on one line, so that each row of the CSV is a line. */
static int one_line(tt_importer *im, tt_str text, tt_str *out)
{
    tt_buf line = {0};
    text = tt_str_trim(text);
    for (size_t i = 0; i < text.n; i++)
        tt_buf_char(&line, (unsigned char)text.p[i] < 0x20 ? ' ' : text.p[i]);
    int rc = line.failed ? TT_ENOMEM : tt_str_dup(&im->arena, (tt_str){line.p, line.n}, out);
    tt_buf_release(&line);
    return rc;
}

int tt_importer_topic(tt_importer *im, tt_str full, tt_str name, tt_str type, int64_t parent, tt_origin at,
                      uint32_t *topic)
{
    tt_made_topic t = {.parent = parent, .origin = at};
    if (tt_intern_add(&im->names, full, topic) != 0)
        return TT_ENOMEM;
    if (*topic < im->n_topics)
        return 0;
    if (tt_grow(&im->topics, &im->cap_topics, im->n_topics + 1, sizeof *im->topics) != 0 ||
        one_line(im, name, &t.label) != 0 || one_line(im, type, &t.type) != 0 || make_id(im, name, &t.id) != 0)
        return TT_ENOMEM;
    im->topics[im->n_topics++] = t;
    return 0;
}

/* ---- rows ---- */

void tt_importer_quote(tt_buf *to, tt_str text, bool stars)
{
    text = tt_str_trim(text);
    for (size_t i = 0, n; i < text.n; i += n) {
        uint32_t cp = 0;
        n = tt_utf8_decode(text.p + i, text.n - i, &cp);
        n = n ? n : 1;
        if (cp == ' ' || (cp >= '\t' && cp <= '\r')) {
            if (to->n && to->p[to->n - 1] != ' ')
                tt_buf_char(to, ' ');
            continue;
        }
        if (cp == '\\' || cp == '(' || cp == ')' || (cp == '*' && !stars) || tt_cp_hyphen(cp))
            tt_buf_char(to, '\\');
        tt_buf_add(to, text.p + i, n);
    }
}

static int put_row(tt_importer *im, uint32_t topic, const uint32_t *also, size_t n, tt_str term, bool exact,
                   tt_origin at)
{
    tt_imported *made = im->made;
    tt_made_topic *t = &im->topics[topic];
    tt_buf *to = &made->csv;
    if (tt_grow(&made->origins, &made->cap_origins, made->n_origins + 1, sizeof *made->origins) != 0)
        return TT_ENOMEM;
    made->origins[made->n_origins++] = at;
    tt_buf_str(to, t->id);
    tt_buf_char(to, ',');
    tt_rows_field(to, term, false);
    tt_buf_text(to, exact ? ",exact," : ",,");
    for (size_t i = 0; i < n; i++) {
        tt_buf_text(to, i ? "|" : "");
        tt_buf_str(to, im->topics[also[i]].id);
    }
    tt_buf_char(to, ',');
    tt_rows_field(to, t->has_row ? TT_S("") : t->label, false);
    tt_buf_char(to, ',');
    tt_rows_field(to, t->has_row ? TT_S("") : t->type, false);
    tt_buf_char(to, ',');
    tt_buf_str(to, t->has_row || t->parent == TT_NO_PARENT ? TT_S("") : im->topics[t->parent].id);
    tt_buf_char(to, '\n');
    t->has_row = true;
    return to->failed ? TT_ENOMEM : 0;
}

/* The topic, and all above it, have a term now. */
static int note_term(tt_importer *im, uint32_t topic, tt_str term, bool exact, tt_origin at)
{
    tt_str copy = {NULL, 0};
    for (int64_t i = topic; i != TT_NO_PARENT && im->topics[i].term.n == 0; i = im->topics[i].parent) {
        if (!copy.p && tt_str_dup(&im->arena, term, &copy) != 0)
            return TT_ENOMEM;
        im->topics[i].term = copy;
        im->topics[i].exact = exact;
        im->topics[i].origin = at;
    }
    return 0;
}

int tt_importer_row(tt_importer *im, const uint32_t *topics, size_t n, tt_str term, bool exact, tt_origin at)
{
    tt_err mistake = {0};
    int rc = tt_term_expand(term, exact, NULL, NULL, NULL, &mistake);
    if (rc == TT_ENOMEM)
        return rc;
    if (rc != 0) {
        tt_importer_skip(im, at, "left out: `%.*s`: %s", (int)term.n, term.p, mistake.text);
        return 0;
    }
    for (size_t i = 0; i < n; i++)
        if (note_term(im, topics[i], term, exact, at) != 0)
            return TT_ENOMEM;
    return put_row(im, topics[0], topics + 1, n - 1, term, exact, at);
}

/* Rows of topics that are named by others alone. */
static int put_rest(tt_importer *im)
{
    int rc = 0;
    for (size_t i = 0; i < im->n_topics && rc == 0; i++) {
        const tt_made_topic *t = &im->topics[i];
        if (t->term.n == 0)
            tell(im, TT_DETAIL, t->origin, "left out: this name has no term (give it one or take it out)");
        else if (!t->has_row)
            rc = put_row(im, (uint32_t)i, NULL, 0, t->term, t->exact, t->origin);
    }
    return rc;
}

/* ---- a file ---- */

static int check_utf8(tt_importer *im)
{
    uint32_t cp;
    for (size_t at = 0, n; at < im->data.n; at += n) {
        n = tt_utf8_decode(im->data.p + at, im->data.n - at, &cp);
        if (n == 0) {
            tt_origin o = tt_importer_place(im, at);
            return tt_fail(im->err, TT_EINPUT, im->path, o.line, o.column,
                           "a byte that is not UTF-8; save the file as UTF-8");
        }
        if (cp == 0) {
            tt_origin o = tt_importer_place(im, at);
            return tt_fail(im->err, TT_EINPUT, im->path, o.line, o.column,
                           "a NUL character; save the file as UTF-8 text");
        }
    }
    return 0;
}

static int read_kind(tt_importer *im, tt_import_kind kind)
{
    switch (kind) {
    case TT_IMPORT_QUANTEDA:
        return tt_import_quanteda(im);
    case TT_IMPORT_LIWC:
        return tt_import_liwc(im);
    case TT_IMPORT_SPACY:
        return tt_import_spacy(im);
    case TT_IMPORT_FLASHTEXT:
        return tt_import_flashtext(im);
    case TT_IMPORT_CSV:
        break;
    }
    return 0;
}

int tt_import(tt_import_kind kind, const char *name, tt_str data, const tt_sink *sink, tt_imported *made, tt_err *err)
{
    tt_importer im = {.path = name, .data = data, .sink = sink, .made = made, .line = 1, .column = 1, .err = err};
    if (data.n >= 3 && memcmp(data.p, "\xEF\xBB\xBF", 3) == 0)
        im.data = (tt_str){data.p + 3, data.n - 3};
    tt_buf_text(&made->csv, "topic,term,case,also,label,type,broader\n");
    int rc = check_utf8(&im);
    if (rc == 0)
        rc = read_kind(&im, kind);
    if (rc == 0)
        rc = put_rest(&im);
    tt_intern_release(&im.names);
    tt_intern_release(&im.ids);
    tt_intern_release(&im.slugs);
    tt_free(im.uses);
    tt_free(im.topics);
    tt_arena_release(&im.arena);
    return rc == TT_ENOMEM || made->csv.failed ? tt_fail_memory(err) : rc;
}
