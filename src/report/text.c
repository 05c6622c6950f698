/* In: tables. Out: text for people: aligned columns, or lines as of grep. Not here: CSV (csv.c), JSON (json.c). */
#include "report/text.h"

#include "base/unicode.h"

#define BOLD "\x1b[1m"
#define PLAIN "\x1b[0m"
#define PATH_COLOR "\x1b[35m" /* as grep has them */
#define LINE_COLOR "\x1b[32m"
#define MATCH_COLOR "\x1b[1;31m"

static size_t escape_char(tt_buf *to, const char *p, size_t n, uint32_t cp)
{
    size_t before = to->n;
    /* these turn the direction of what follows, and could show a line as another one */
    const bool turns = (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
    if (cp >= 0x20 && cp != 0x7F && !(cp >= 0x80 && cp < 0xA0) && !turns) {
        tt_buf_add(to, p, n);
        return 1;
    }
    if (cp == '\t')
        tt_buf_text(to, "\\t");
    else if (cp == '\n')
        tt_buf_text(to, "\\n");
    else if (cp == '\r')
        tt_buf_text(to, "\\r");
    else if (cp < 0x80)
        tt_buf_f(to, "\\x%02x", (unsigned)cp);
    else
        tt_buf_f(to, "\\u%04x", (unsigned)cp);
    return to->n - before;
}

size_t tt_text_escape(tt_buf *to, tt_str s)
{
    size_t width = 0;
    for (size_t i = 0; i < s.n;) {
        uint32_t cp = 0;
        size_t n = tt_utf8_decode(s.p + i, s.n - i, &cp);
        if (n == 0) {
            tt_buf_text(to, "\xEF\xBF\xBD");
            width++;
            i++;
            continue;
        }
        width += escape_char(to, s.p + i, n, cp);
        i += n;
    }
    return width;
}

/* ---- aligned ---- */

void tt_aligned_add(tt_aligned *a, const tt_table *t)
{
    char scratch[TT_NUM_SIZE];
    size_t n = t->n_rows * t->n_columns;
    if (a->failed || tt_grow(&a->cells, &a->cap, a->n + n, sizeof *a->cells) != 0) {
        a->failed = true;
        return;
    }
    for (size_t i = 0; i < n; i++) {
        size_t width = tt_text_escape(&a->text, tt_value_text(&t->columns[i % t->n_columns], &t->values[i], scratch));
        a->cells[a->n++] = (struct tt_aligned_cell){a->text.n, width};
    }
}

static void pad(tt_buf *to, size_t n)
{
    while (n--)
        tt_buf_char(to, ' ');
}

/* Blanks are owed until something follows them, so that no line ends in one. */
static void put_cell(tt_buf *to, tt_str s, size_t width, size_t of, bool right, size_t *owed)
{
    size_t fill = of - width;
    if (right)
        *owed += fill;
    if (width) {
        pad(to, *owed);
        tt_buf_str(to, s);
        *owed = 0;
    }
    if (!right)
        *owed += fill;
    *owed += 2;
}

static bool is_right(tt_type type)
{
    return type == TT_TYPE_INT || type == TT_TYPE_REAL || type == TT_TYPE_FLAG;
}

static void write_header(const tt_aligned *a, const size_t *widths, tt_buf *to, bool color)
{
    tt_buf name = {0};
    size_t owed = 0;
    if (color)
        tt_buf_text(to, BOLD);
    for (size_t i = 0; i < a->n_columns; i++) {
        tt_buf_reset(&name);
        size_t width = tt_text_escape(&name, a->columns[i].name);
        put_cell(to, (tt_str){name.p, name.n}, width, widths[i], is_right(a->columns[i].type), &owed);
    }
    if (color)
        tt_buf_text(to, PLAIN);
    tt_buf_char(to, '\n');
    to->failed = to->failed || name.failed;
    tt_buf_release(&name);
}

static void find_widths(const tt_aligned *a, size_t *widths)
{
    tt_buf name = {0};
    for (size_t i = 0; i < a->n_columns; i++) {
        tt_buf_reset(&name);
        widths[i] = tt_text_escape(&name, a->columns[i].name);
    }
    for (size_t i = 0; i < a->n; i++)
        if (a->cells[i].width > widths[i % a->n_columns])
            widths[i % a->n_columns] = a->cells[i].width;
    tt_buf_release(&name);
}

void tt_aligned_write(tt_aligned *a, tt_buf *to, bool color)
{
    size_t *widths = tt_calloc(a->n_columns, sizeof *widths);
    if (!widths || a->failed || a->text.failed) {
        to->failed = true;
        tt_free(widths);
        return;
    }
    find_widths(a, widths);
    write_header(a, widths, to, color);
    size_t at = 0, owed = 0;
    for (size_t i = 0; i < a->n; i++) {
        const struct tt_aligned_cell *c = &a->cells[i];
        size_t column = i % a->n_columns;
        put_cell(to, (tt_str){a->text.p + at, c->end - at}, c->width, widths[column], is_right(a->columns[column].type),
                 &owed);
        at = c->end;
        if (column + 1 == a->n_columns) {
            tt_buf_char(to, '\n');
            owed = 0;
        }
    }
    tt_free(widths);
}

void tt_aligned_release(tt_aligned *a)
{
    tt_buf_release(&a->text);
    tt_free(a->cells);
    *a = (tt_aligned){0};
}

/* ---- grep ---- */

enum { PATH, LINE, COLUMN, BEFORE, SURFACE, AFTER, N_PLACES };

static bool find_places(const tt_column *columns, size_t n, size_t at[N_PLACES])
{
    static const char *const names[N_PLACES] = {"path", "line", "column", "before", "surface", "after"};
    for (size_t i = 0; i < N_PLACES; i++) {
        for (at[i] = 0; at[i] < n && !tt_str_is(columns[at[i]].name, names[i]);)
            at[i]++;
        if (at[i] == n)
            return false;
    }
    return true;
}

bool tt_grep_fits(const tt_column *columns, size_t n)
{
    size_t at[N_PLACES];
    return find_places(columns, n, at);
}

static void put_colored(tt_buf *to, tt_str s, const char *color)
{
    if (color)
        tt_buf_text(to, color);
    tt_text_escape(to, s);
    if (color)
        tt_buf_text(to, PLAIN);
}

void tt_grep_rows(tt_buf *to, const tt_table *t, bool color)
{
    static const char *const colors[N_PLACES] = {
        [PATH] = PATH_COLOR, [LINE] = LINE_COLOR, [COLUMN] = LINE_COLOR, [SURFACE] = MATCH_COLOR};
    char scratch[TT_NUM_SIZE];
    size_t at[N_PLACES];
    if (!find_places(t->columns, t->n_columns, at))
        return;
    for (size_t row = 0; row < t->n_rows; row++) {
        for (size_t i = 0; i < N_PLACES; i++) {
            const tt_value *v = &t->values[row * t->n_columns + at[i]];
            put_colored(to, tt_value_text(&t->columns[at[i]], v, scratch), color ? colors[i] : NULL);
            if (i <= COLUMN)
                tt_buf_char(to, ':');
            if (i == COLUMN) /* so that a text which begins with digits is no part of the place */
                tt_buf_char(to, ' ');
        }
        tt_buf_char(to, '\n');
    }
}
