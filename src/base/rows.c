/* In: CSV text, or fields. Out: rows with places, or CSV text. Not here: what columns mean.
 * Rows without a quote are cut here; libcsv reads every other one, and gives the same for these. */
#include "base/rows.h"

#include "base/unicode.h"

#include <csv.h>
#include <string.h>

/* libcsv's csv.h shows its state but keeps the names of the values to itself: 0 before a row, 1 before a field, 2 in a
 * field, 3 behind a quote in a quoted one. */
enum { ROW_NOT_BEGUN = 0, FIELD_NOT_BEGUN = 1, FIELD_BEGUN = 2 };
enum { BLOCK = 64 * 1024 }; /* of libcsv's growing buffer */

/* Offsets are those of the window, which begins with the row. */
struct tt_rowstream {
    tt_input *in;
    struct csv_parser csv;
    char delimiter;
    size_t at;                 /* of the next byte to feed */
    size_t mark, line, column; /* the place of byte `mark` */
    size_t begin, field_line, field_column;
    tt_field *fields;
    size_t *begins, *starts; /* of each field: in the window; in `text`, whose buffer may move */
    size_t n, cap_f, cap_b, cap_s;
    tt_buf text;
    tt_row row;
    size_t n_first, n_last;       /* fields of the first row, and of the last one that was given */
    bool plain;                   /* the row was cut here: its texts stand in the window */
    bool row_done, started, lost; /* lost: behind a broken row, looking for one that is as long as the first */
    bool cut;                     /* the window begins amid a line that is to be passed over */
    unsigned retries;
    tt_err *err;
    int rc;
    size_t too_many_line, too_many_column;
};

static void on_field(void *p, size_t n, void *ctx)
{
    tt_rowstream *s = ctx;
    if (s->rc != 0 || s->too_many_line)
        return;
    if (s->n >= TT_MAX_FIELDS) {
        s->too_many_line = s->field_line;
        s->too_many_column = s->field_column;
        return;
    }
    if (tt_grow(&s->fields, &s->cap_f, s->n + 1, sizeof *s->fields) != 0 ||
        tt_grow(&s->begins, &s->cap_b, s->n + 1, sizeof *s->begins) != 0 ||
        tt_grow(&s->starts, &s->cap_s, s->n + 1, sizeof *s->starts) != 0) {
        s->rc = tt_fail_memory(s->err);
        return;
    }
    s->begins[s->n] = s->begin;
    s->starts[s->n] = s->text.n;
    s->fields[s->n++] = (tt_field){{NULL, n}, s->field_line, s->field_column, (size_t)s->in->at + s->begin};
    tt_buf_add(&s->text, p ? p : "", n);
}

static void on_row(int c, void *ctx)
{
    tt_rowstream *s = ctx;
    (void)c;
    s->row_done = true;
}

static int begin_csv(tt_rowstream *s)
{
    if (csv_init(&s->csv, CSV_STRICT | CSV_STRICT_FINI) != 0)
        return TT_ENOMEM;
    csv_set_realloc_func(&s->csv, tt_realloc);
    csv_set_free_func(&s->csv, tt_free);
    csv_set_delim(&s->csv, (unsigned char)s->delimiter);
    csv_set_blk_size(&s->csv, BLOCK);
    return 0;
}

int tt_rowstream_new(tt_rowstream **out, tt_input *in, char delimiter, tt_err *err)
{
    tt_rowstream *s = *out = tt_calloc(1, sizeof *s);
    if (!s)
        return tt_fail_memory(err);
    s->in = in;
    s->delimiter = delimiter;
    s->line = s->column = 1;
    if (begin_csv(s) != 0) {
        tt_free(s);
        *out = NULL;
        return tt_fail_memory(err);
    }
    return 0;
}

void tt_rowstream_free(tt_rowstream *s)
{
    if (!s)
        return;
    csv_free(&s->csv);
    tt_buf_release(&s->text);
    tt_free(s->fields);
    tt_free(s->begins);
    tt_free(s->starts);
    tt_free(s);
}

/* ---- places ---- */

/* Moves line:column over n bytes, counted as tt_locus says: CR LF and CR are line ends too, and a byte that is not UTF-8
 * is a character. */
static void move(const char *p, size_t n, size_t *line, size_t *column)
{
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        size_t len = (unsigned char)p[i] < 0x80 ? 1 : tt_utf8_decode(p + i, n - i, &cp);
        if (p[i] == '\n' || (p[i] == '\r' && !(i + 1 < n && p[i + 1] == '\n'))) {
            ++*line;
            *column = 1;
        } else
            *column += p[i] != '\r';
        i += len ? len : 1;
    }
}

static void mark(tt_rowstream *s, size_t to)
{
    move(s->in->p + s->mark, to - s->mark, &s->line, &s->column);
    s->mark = to;
}

static void begin_field(tt_rowstream *s, size_t at)
{
    mark(s, at);
    s->begin = at;
    s->field_line = s->line;
    s->field_column = s->column;
}

/* The window begins at byte `at` from here on: a row, or nothing. */
static void begin_row(tt_rowstream *s, size_t at)
{
    mark(s, at);
    tt_input_take(s->in, at);
    s->at = s->mark = 0;
    s->n = 0;
    s->row_done = s->plain = false;
    s->too_many_line = 0;
    tt_buf_reset(&s->text);
    begin_field(s, 0);
}

/* ---- broken rows ---- */

/* Goes on at byte `at`, the start of a line or with `cut` amid one that is passed over, with a parser that knows nothing
 * of the row. */
static int retry(tt_rowstream *s, size_t at, bool cut)
{
    csv_free(&s->csv);
    if (begin_csv(s) != 0)
        return tt_fail_memory(s->err);
    begin_row(s, at);
    s->cut = cut;
    s->lost = true;
    return TT_ROW_BROKEN;
}

/* Whether a line ends in the window behind byte `at`; *behind is where the next one begins, else how far the window has
 * been looked through. A CR at its end may have an LF behind it. */
static bool find_line(const tt_rowstream *s, size_t at, size_t *behind)
{
    const char *p = s->in->p;
    size_t n = s->in->n;
    while (at < n && p[at] != '\n' && p[at] != '\r')
        at++;
    *behind = at;
    if (at == n || (p[at] == '\r' && at + 1 == n && !s->in->end))
        return false;
    *behind = at + (at + 1 < n && p[at] == '\r' && p[at + 1] == '\n') + 1;
    return true;
}

/* The quote that is wrong, byte `at`, may be the first of the next row, where one before it was not closed: so it is tried
 * from the start of the line on which it stands. Each line is read twice at most. */
static int broken_quote(tt_rowstream *s, size_t at)
{
    size_t start = at;
    mark(s, at);
    tt_fail(s->err, TT_EINPUT, s->in->path, s->line, s->column,
            "a quote stands amid a field; write the field in quotes and a quote in it twice");
    while (start > 0 && s->in->p[start - 1] != '\n' && s->in->p[start - 1] != '\r')
        start--;
    if (start > 0) { /* back to where the line begins: its place is known */
        s->mark = start;
        s->column = 1;
        return retry(s, start, false);
    }
    bool found = find_line(s, at, &start);
    return retry(s, start, !found);
}

/* A quote that is not closed swallows all that follows. It is read again from the second line on, a few times only. */
static int swallowed(tt_rowstream *s, int code)
{
    if (code == TT_EINPUT)
        tt_fail(s->err, code, s->in->path, s->field_line, s->field_column, "a quote does not end; close it with \"");
    else
        tt_fail(s->err, code, s->in->path, s->field_line, s->field_column,
                "a row is longer than %d MiB; is a quote not closed?", TT_MAX_ROW >> 20);
    if (s->retries++ >= TT_ROW_RETRIES)
        return code;
    size_t second;
    bool found = find_line(s, 0, &second);
    s->mark = 0;
    s->line = s->row.line;
    s->column = 1;
    return retry(s, second, !found);
}

/* ---- rows ---- */

/* Sets *end behind the next byte that may end a field, or inside quotes behind the next quote, or at the end of all. */
static int find_end(tt_rowstream *s, size_t *end)
{
    tt_input *in = s->in;
    bool quoted = s->csv.quoted && s->csv.pstate == FIELD_BEGUN;
    size_t i = s->at;
    for (;;) {
        const char *p = in->p, *hit = quoted && i < in->n ? memchr(p + i, '"', in->n - i) : NULL;
        if (quoted)
            i = hit ? (size_t)(hit - p) : in->n;
        else
            while (i < in->n && p[i] != s->delimiter && p[i] != '\n' && p[i] != '\r')
                i++;
        if (i < in->n || in->end || i > TT_MAX_ROW)
            break;
        int rc = tt_input_more(in, in->n + 1, s->err);
        if (rc != 0)
            return rc;
    }
    *end = i < in->n ? i + 1 : i;
    return 0;
}

/* libcsv tells no places. It is fed up to the next character that may end a field, so that the field it then hands over
 * is known to begin behind the one before. 0, or what ends the row: TT_ROW, TT_ROW_BROKEN, negative. */
static int feed(tt_rowstream *s)
{
    size_t end;
    int rc = find_end(s, &end);
    if (rc != 0)
        return rc;
    if (end > TT_MAX_ROW)
        return swallowed(s, TT_ELIMIT);
    size_t done = csv_parse(&s->csv, s->in->p + s->at, end - s->at, on_field, on_row, s);
    if (s->rc != 0)
        return s->rc;
    if (done != end - s->at)
        return csv_error(&s->csv) == CSV_ENOMEM ? tt_fail_memory(s->err) : broken_quote(s, s->at + done);
    bool cr = end > s->at && s->in->p[end - 1] == '\r';
    s->at = end;
    if (cr && s->csv.pstate == ROW_NOT_BEGUN) { /* its LF is neither an empty line nor part of the next row */
        rc = tt_input_more(s->in, end + 1, s->err);
        if (rc != 0)
            return rc;
        s->at += end < s->in->n && s->in->p[end] == '\n';
    }
    if (s->row_done)
        return TT_ROW;
    if (s->csv.pstate == ROW_NOT_BEGUN)
        begin_row(s, s->at);
    else if (s->csv.pstate == FIELD_NOT_BEGUN)
        begin_field(s, s->at);
    return 0;
}

static int end_of_input(tt_rowstream *s)
{
    int rc = csv_fini(&s->csv, on_field, on_row, s);
    if (s->rc != 0)
        return s->rc;
    return rc != 0 ? swallowed(s, TT_EINPUT) : s->row_done ? TT_ROW : TT_ROW_END;
}

/* ---- rows without a quote ---- */

enum { COMMA = 1, LINE_END = 2, QUOTE = 4, BLANK = 8, HIGH = 16 };
enum { SPECIAL = COMMA | LINE_END | QUOTE };

static const uint8_t classes[128] = {[','] = COMMA, ['\r'] = LINE_END, ['\n'] = LINE_END,
                                     ['"'] = QUOTE, [' '] = BLANK,      ['\t'] = BLANK};

static unsigned class_of(char c)
{
    return (unsigned char)c < 0x80 ? classes[(unsigned char)c] : HIGH;
}

/* Adds the field from..end of the window, blanks at its ends left out, which begins in column `column`. */
static int add_plain(tt_rowstream *s, size_t from, size_t end, size_t column)
{
    const char *p = s->in->p;
    size_t b = from, e = end;
    while (b < e && class_of(p[b]) == BLANK)
        b++;
    while (e > b && class_of(p[e - 1]) == BLANK)
        e--;
    if ((s->n >= s->cap_f && tt_grow(&s->fields, &s->cap_f, s->n + 1, sizeof *s->fields) != 0) ||
        (s->n >= s->cap_b && tt_grow(&s->begins, &s->cap_b, s->n + 1, sizeof *s->begins) != 0))
        return tt_fail_memory(s->err);
    s->begins[s->n] = from;
    s->fields[s->n++] = (tt_field){{p + b, e - b}, s->line, column, (size_t)s->in->at + from};
    return 0;
}

/* Takes the row that begins with the window, where it is plain: its line ends in the window, it has no quote and not too
 * many fields. TT_ROW, or negative; 0: libcsv must read it, and nothing is changed. */
static int plain_row(tt_rowstream *s)
{
    const char *p = s->in->p;
    size_t from = 0, end = 0, n = s->in->n, line = s->line, column = s->column;
    if (s->delimiter != ',')
        return 0;
    for (;; from = ++end) {
        unsigned class = 0, seen = 0;
        for (; end < n && !((class = class_of(p[end])) & SPECIAL); end++)
            seen |= class;
        if (end == n || end >= TT_MAX_ROW || class == QUOTE || s->n >= TT_MAX_FIELDS) {
            s->n = 0;
            return 0;
        }
        if (add_plain(s, from, end, column) != 0)
            return TT_ENOMEM;
        if (class == LINE_END)
            break;
        if (seen & HIGH)
            move(p + from, end - from, &line, &column);
        else
            column += end - from;
        column++;
    }
    bool cr = p[end] == '\r', empty = s->n == 1 && s->fields[0].text.n == 0;
    if (empty || (cr && end + 1 == n)) { /* no row; an LF may follow */
        s->n = 0;
        return 0;
    }
    s->at = s->mark = end + 1 + (cr && p[end + 1] == '\n');
    s->row.line = s->line++;
    s->column = 1;
    s->plain = true;
    return TT_ROW;
}

/* ---- all rows ---- */

static int next_row(tt_rowstream *s)
{
    begin_row(s, s->at);
    for (;;) {
        if (s->at == 0) {
            int plain = plain_row(s);
            if (plain != 0)
                return plain;
            s->row.line = s->line;
        }
        int rc = tt_input_more(s->in, s->at + 1, s->err);
        if (rc != 0)
            return rc;
        if (s->at == s->in->n)
            return end_of_input(s);
        rc = feed(s);
        if (rc != 0)
            return rc;
    }
}

/* Drops what is left of a line. */
static int pass_line(tt_rowstream *s)
{
    while (s->cut) {
        size_t behind;
        int rc = tt_input_more(s->in, 2, s->err);
        if (rc != 0)
            return rc;
        s->cut = !find_line(s, 0, &behind) && !s->in->end;
        begin_row(s, behind);
    }
    return 0;
}

int tt_rowstream_next(tt_rowstream *s, const tt_row **row, tt_err *err)
{
    int rc;
    bool silent;
    tt_err ignored;
    if (!s->started) {
        s->started = true;
        rc = tt_input_more(s->in, 3, err);
        if (rc != 0)
            return rc;
        if (s->in->n >= 3 && memcmp(s->in->p, "\xEF\xBB\xBF", 3) == 0)
            tt_input_take(s->in, 3);
    }
    do { /* behind a broken row, what is no row as the first one is a part of it */
        silent = s->lost;
        s->err = silent ? &ignored : err;
        rc = pass_line(s);
        if (rc == 0)
            rc = next_row(s);
        if (rc < 0 && silent && err)
            *err = ignored;
    } while (silent &&
             (rc == TT_ROW_BROKEN || (rc == TT_ROW && s->n_first && s->n != s->n_first && s->n != s->n_last)));
    if (rc != TT_ROW)
        return rc;
    s->lost = false;
    if (s->text.failed)
        return tt_fail_memory(err);
    if (s->too_many_line) {
        tt_fail(err, TT_ELIMIT, s->in->path, s->too_many_line, s->too_many_column,
                "more than %d fields in a row; is a quote missing before?", TT_MAX_FIELDS);
        return TT_ROW_BROKEN;
    }
    for (size_t i = 0; i < s->n && !s->plain; i++)
        s->fields[i].text.p = s->text.p + s->starts[i];
    s->row.fields = s->fields;
    s->row.n = s->n;
    if (!s->n_first)
        s->n_first = s->n;
    s->n_last = s->n;
    *row = &s->row;
    return TT_ROW;
}

/* What libcsv made of a field is the raw text without the blanks and quotes around it, with every `""` as `"`. */
void tt_rowstream_loci(const tt_rowstream *s, size_t i, tt_loci *to)
{
    const tt_field *f = &s->fields[i];
    const char *raw = s->in->p + s->begins[i];
    size_t left = f->text.n, line = f->line, column = f->column;
    if (left == 0)
        return;
    while (*raw == ' ' || (*raw == '\t' && s->delimiter != '\t')) {
        raw++;
        column++;
    }
    bool quoted = *raw == '"';
    raw += quoted;
    column += quoted;
    for (;;) {
        const char *quote = quoted ? memchr(raw, '"', left) : NULL;
        size_t n = quote ? (size_t)(quote - raw) + 1 : left;
        tt_loci_at(to, line, column);
        tt_loci_add(to, raw, n);
        left -= n;
        if (left == 0)
            return;
        move(raw, n, &line, &column);
        column++; /* the second quote */
        raw += n + 1;
    }
}

int tt_rows_read(const char *path, tt_str data, int (*row)(void *ctx, const tt_row *row, tt_err *err), void *ctx,
                 tt_err *err)
{
    tt_input in;
    tt_rowstream *s;
    tt_err why = {0};
    const tt_row *one;
    const char *nul = data.n ? memchr(data.p, '\0', data.n) : NULL;
    if (nul) { /* JSON and C strings would end there, CSV would not */
        size_t line = 1;
        for (const char *p = data.p; p < nul; p++)
            line += *p == '\n';
        return tt_fail(err, TT_EINPUT, path, line, 0, "a NUL character; save the file as UTF-8 text");
    }
    tt_input_memory(&in, path, data);
    int rc = tt_rowstream_new(&s, &in, ',', err);
    while (rc == 0 && (rc = tt_rowstream_next(s, &one, &why)) == TT_ROW) {
        rc = row(ctx, one, err);
        if (rc != 0) {
            tt_rowstream_free(s);
            return rc;
        }
    }
    if (rc != 0 && s) {
        rc = why.code;
        if (err)
            *err = why;
    }
    tt_rowstream_free(s);
    return rc;
}

/* What makes quotes needed wherever it stands. */
static bool is_special(char c)
{
    return c == ',' || c == '"' || c == '\n' || c == '\r';
}

static bool is_edge(char c)
{
    return c == ' ' || c == '\t';
}

static bool needs_quotes(tt_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (is_special(s.p[i]))
            return true;
    return s.n && (is_edge(s.p[0]) || is_edge(s.p[s.n - 1]));
}

void tt_rows_field(tt_buf *out, tt_str text, bool guard)
{
    bool run = guard && text.n && strchr("=+-@\t\r", text.p[0]) && text.p[0];
    if (!needs_quotes(text)) {
        if (run)
            tt_buf_char(out, '\'');
        tt_buf_str(out, text);
        return;
    }
    tt_buf field = {0};
    if (run)
        tt_buf_char(&field, '\'');
    tt_buf_str(&field, text);
    size_t n = csv_write(NULL, 0, field.p, field.n);
    char *quoted = field.failed ? NULL : tt_alloc(n);
    if (quoted)
        tt_buf_add(out, quoted, csv_write(quoted, n, field.p, field.n));
    else
        out->failed = true;
    tt_free(quoted);
    tt_buf_release(&field);
}
