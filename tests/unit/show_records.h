/* show_records: what a reader makes of bytes, as lines of text, and whether each character of a body stands where its
 * loci say. For tests of readers of JSON. */
#ifndef TT_TESTS_SHOW_RECORDS_H
#define TT_TESTS_SHOW_RECORDS_H

#include <stdlib.h>
#include <string.h>

#include "base/unicode.h"
#include "read/reader.h"

static tt_buf notes; /* what the reader told */

static void take_note(void *ctx, tt_level level, const tt_err *err)
{
    (void)ctx;
    tt_buf_f(&notes, "note %d %s:%zu: %s\n", (int)level, err->path, err->line, err->text);
}

static const tt_sink note_sink = {.tell = take_note};

static tt_head head_of(const char *name, tt_str bytes)
{
    tt_head head = {tt_str_of(name), bytes, bytes.n <= TT_HEAD};
    head.bytes.n = head.whole ? bytes.n : TT_HEAD;
    return head;
}

static void show_str(tt_buf *to, const char *name, tt_str s)
{
    if (s.n == 0)
        return;
    tt_buf_f(to, " %s=", name);
    tt_buf_str(to, s);
}

static void show_record(tt_buf *to, const tt_record *r)
{
    static const char *const kinds[] = {"guess", "markdown", "text", "html"};
    char day[TT_DATE_SIZE];
    tt_buf_f(to, "%zu", r->line);
    show_str(to, "name", r->name);
    show_str(to, "title", r->title);
    show_str(to, "section", r->section);
    if (r->number >= 0)
        tt_buf_f(to, " number=%d", (int)r->number);
    tt_day_format(r->date, day);
    if (r->date != TT_NO_DATE)
        tt_buf_f(to, " date=%s", day);
    if (r->draft)
        tt_buf_text(to, " draft");
    if (r->left_out)
        tt_buf_f(to, " left out: %s", r->left_out);
    tt_buf_f(to, " %s<", kinds[r->body]);
    tt_buf_str(to, r->text);
    tt_buf_text(to, ">\n");
}

/* The byte of the file at line:column. */
static size_t byte_at(tt_str file, size_t line, size_t column)
{
    size_t at = 0;
    if (file.n >= 3 && memcmp(file.p, "\xEF\xBB\xBF", 3) == 0)
        at = 3;
    for (; line > 1 && at < file.n; at++)
        line -= file.p[at] == '\n' || (file.p[at] == '\r' && (at + 1 == file.n || file.p[at + 1] != '\n'));
    for (; column > 1 && at < file.n; column--) {
        uint32_t cp;
        size_t n = tt_utf8_decode(file.p + at, file.n - at, &cp);
        at += n ? n : 1;
    }
    return at;
}

/* Characters of the body that stand in the file as they are, or as an escape: `n_true`; others (tags that were put in):
 * `n_made`; those of them that are neither white space nor in a tag or entity: `n_wrong`. */
typedef struct places {
    size_t n_true, n_made, n_wrong;
} places;

static places check_places(tt_str file, const tt_record *r)
{
    places count = {0};
    size_t locus = 0, nth = 0;
    char in = 0; /* `<` or `&`: in a tag, an entity */
    if (r->text.n > 0)
        assert_true(r->n_loci > 0 && r->loci[0].nth == 0);
    for (size_t i = 1; i < r->n_loci; i++)
        assert_true(r->loci[i - 1].nth < r->loci[i].nth);
    for (size_t at = 0; at < r->text.n; nth++) {
        uint32_t cp;
        size_t n = tt_utf8_decode(r->text.p + at, r->text.n - at, &cp);
        n = n ? n : 1;
        while (locus + 1 < r->n_loci && r->loci[locus + 1].nth <= nth)
            locus++;
        size_t byte = byte_at(file, r->loci[locus].line, r->loci[locus].column + (nth - r->loci[locus].nth));
        bool same = byte + n <= file.n && memcmp(file.p + byte, r->text.p + at, n) == 0;
        char c = r->text.p[at];
        bool ours = same || (byte < file.n && file.p[byte] == '\\');
        in = in == 0 && (c == '<' || c == '&') ? c : in;
        count.n_true += ours;
        count.n_made += !ours;
        count.n_wrong += !ours && in == 0 && c != '\n' && c != ' ';
        in = (in == '<' && c == '>') || (in == '&' && c == ';') ? 0 : in;
        at += n;
    }
    return count;
}

typedef struct drip {
    tt_str left;
} drip;

static int drip_byte(void *ctx, char *to, size_t n, size_t *got, tt_err *err)
{
    drip *d = ctx;
    (void)err;
    *got = n > 0 && d->left.n > 0;
    if (*got)
        *to = *d->left.p;
    d->left = (tt_str){d->left.p + *got, d->left.n - *got};
    return 0;
}

static int read_records(const tt_reader *reader, const tt_reading_in *in, tt_buf *to, tt_str file, places *sum)
{
    void *state;
    tt_err err = {0};
    int rc = reader->open(in, &state, &err);
    if (rc != 0) {
        tt_buf_f(to, "open: %s:%zu:%zu: %s\n", err.path, err.line, err.column, err.text);
        return rc;
    }
    for (;;) {
        tt_record r = {.number = -1, .date = TT_NO_DATE};
        err = (tt_err){0};
        rc = reader->next(state, &r, &err);
        if (rc == TT_RECORD && sum) {
            places p = check_places(file, &r);
            sum->n_true += p.n_true;
            sum->n_made += p.n_made;
            sum->n_wrong += p.n_wrong;
        }
        if (rc == TT_RECORD)
            show_record(to, &r);
        else if (rc != TT_RECORD_END)
            tt_buf_f(to, "%s: %s:%zu:%zu: %s\n", rc < 0 ? "end" : "broken", err.path, err.line, err.column, err.text);
        if (rc < 0 || rc == TT_RECORD_END)
            break;
    }
    reader->close(state);
    return rc;
}

/* All records of a file as lines, with what went wrong; with `one`, the file comes byte by byte. NULL: no known format.
 * The returned text is the caller's. *rc is the last status. `sum` (may be NULL): their characters. */
static char *show_file(const char *name, tt_str file, tt_columns columns, bool one, int *rc, places *sum)
{
    tt_head head = head_of(name, file);
    const tt_reader *reader = tt_reader_of(&head, &columns);
    tt_buf out = {0};
    tt_input in;
    drip d = {file};
    tt_buf_reset(&notes);
    if (!reader) {
        *rc = 0;
        return NULL;
    }
    if (one)
        tt_input_from(&in, name, drip_byte, &d);
    else
        tt_input_memory(&in, name, file);
    tt_reading_in from = {&in, name, columns, &note_sink};
    tt_buf_f(&out, "%s\n", reader->name);
    *rc = read_records(reader, &from, &out, file, sum);
    if (notes.n > 0)
        tt_buf_str(&out, (tt_str){notes.p, notes.n});
    tt_input_close(&in);
    return out.p;
}

#endif
