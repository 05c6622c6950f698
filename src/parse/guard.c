/* In: the copy of the text that md4c will read. Out: the same, without what takes md4c more than linear time: containers
 * deeper than TT_MAX_NESTING, brackets in brackets likewise, tables of too many columns, paragraphs of very many brackets
 * on very many lines, huge reference definitions used very often. Not here: anything that a document made by people has. */
#include "parse/mask.h"

typedef struct guard {
    char *p;
    size_t n;
    size_t long_definitions;  /* bytes of lines that look like definitions and are longer than TT_MAX_DEFINITION */
    size_t n_brackets;        /* all of them */
    uint8_t *heights, height; /* see limit_height */
    size_t n_heights, cap_heights;
} guard;

static bool is_marker(const char *p, size_t n, size_t i, size_t *len)
{
    size_t digits = i;
    while (digits < n && digits - i < 10 && p[digits] >= '0' && p[digits] <= '9')
        digits++;
    if (digits > i && digits < n && (p[digits] == '.' || p[digits] == ')'))
        *len = digits - i + 1;
    else if (p[i] == '-' || p[i] == '*' || p[i] == '+')
        *len = 1;
    else
        return false;
    return i + *len >= n || p[i + *len] == ' ' || p[i + *len] == '\t' || p[i + *len] == '\n';
}

/* A container takes a `>`, or a list marker, or, on the lines below it, two columns: so no line can be deeper than this
 * sum, and the marker at which it passes the limit is taken out. */
static void limit_depth(guard *g, size_t at, size_t end)
{
    size_t twice = 0, len; /* twice the depth that is possible */
    for (size_t i = at; i < end;) {
        if (g->p[i] == ' ') {
            twice++;
            i++;
        } else if (g->p[i] == '\t') {
            twice += 4;
            i++;
        } else if (g->p[i] == '>' || is_marker(g->p, end, i, &len)) {
            twice += 2;
            if (twice > 2 * TT_MAX_NESTING) {
                size_t dot = g->p[i] >= '0' && g->p[i] <= '9' ? i + len - 1 : i;
                g->p[dot] = TT_MASK_CHAR;
                return;
            }
            i += g->p[i] == '>' ? 1 : len;
        } else {
            return;
        }
    }
}

/* The line under a table's head: nothing but - : | and blanks. */
static bool is_table_line(const guard *g, size_t at, size_t end, size_t *columns, size_t *dash)
{
    *columns = 1;
    *dash = end;
    for (size_t i = at; i < end; i++) {
        if (g->p[i] == '|')
            ++*columns;
        else if (g->p[i] == '-')
            *dash = i;
        else if (g->p[i] != ':' && g->p[i] != ' ' && g->p[i] != '\t' && g->p[i] != '>')
            return false;
    }
    return *columns > 1 && *dash < end;
}

static void limit_columns(guard *g, size_t at, size_t end)
{
    size_t columns, dash;
    if (is_table_line(g, at, end, &columns, &dash) && columns > TT_MAX_COLUMNS)
        g->p[dash] = TT_MASK_CHAR;
}

static bool is_definition(const guard *g, size_t at, size_t end)
{
    while (at < end && (g->p[at] == ' ' || g->p[at] == '>'))
        at++;
    if (at == end || g->p[at] != '[')
        return false;
    const char *close = memchr(g->p + at, ']', end - at < 1000 ? end - at : 1000);
    return close && close + 1 < g->p + end && close[1] == ':';
}

static void no_brackets(guard *g, size_t at, size_t end)
{
    for (size_t i = at; i < end; i++) {
        if (g->p[i] == '[' || g->p[i] == ']')
            g->p[i] = TT_MASK_CHAR;
    }
}

static void each_line(guard *g, size_t from, void (*visit)(guard *g, size_t at, size_t end))
{
    for (size_t at = from; at < g->n;) {
        const char *nl = memchr(g->p + at, '\n', g->n - at);
        size_t end = nl ? (size_t)(nl - g->p) : g->n;
        visit(g, at, end);
        at = end + 1;
    }
}

static void limit_line(guard *g, size_t at, size_t end)
{
    limit_depth(g, at, end);
    limit_columns(g, at, end);
    if (end - at > TT_MAX_DEFINITION && is_definition(g, at, end))
        g->long_definitions += end - at;
}

static void no_long_definition(guard *g, size_t at, size_t end)
{
    if (end - at > TT_MAX_DEFINITION && is_definition(g, at, end))
        no_brackets(g, at, end);
}

/* Brackets in brackets: md4c compares the whole of each pair with the definitions. `heights` holds, for each bracket that
 * is open, how many pairs deep the highest pair inside it is; `height` the same for what has been closed last. */
static int limit_height(guard *g, size_t at)
{
    if (g->p[at] == '[') {
        if (tt_grow(&g->heights, &g->cap_heights, g->n_heights + 1, 1) != TT_OK)
            return TT_ENOMEM;
        g->heights[g->n_heights++] = g->height;
        g->height = 0;
    } else if (g->p[at] == ']' && g->n_heights > 0) {
        uint8_t before = g->heights[--g->n_heights];
        uint8_t here = g->height < UINT8_MAX ? (uint8_t)(g->height + 1) : UINT8_MAX;
        g->height = here > before ? here : before;
        if (here > TT_MAX_NESTING)
            g->p[at] = TT_MASK_CHAR;
    }
    return TT_OK;
}

static bool is_blank_line(const guard *g, size_t at, size_t end)
{
    while (at < end && (g->p[at] == ' ' || g->p[at] == '\t' || g->p[at] == '>'))
        at++;
    return at == end;
}

/* A line that goes on no paragraph: a heading or the item of a bullet list. (An indented one may be code.) */
static bool opens_block(const guard *g, size_t at, size_t end)
{
    size_t i = at, len;
    while (i < end && i - at < 3 && g->p[i] == ' ')
        i++;
    if (i < end && is_marker(g->p, end, i, &len) && len == 1)
        return !is_blank_line(g, i + 1, end);
    return i < end && g->p[i] == '#';
}

/* Stretches of lines that may be one paragraph; of a table each line is one. */
static int limit_brackets(guard *g, size_t from)
{
    size_t start = from, lines = 0, brackets = 0, columns, dash;
    bool table = false;
    for (size_t at = from, end; at <= g->n; at = end + 1) {
        const char *nl = memchr(g->p + at, '\n', g->n - at);
        end = nl ? (size_t)(nl - g->p) : g->n;
        bool blank = is_blank_line(g, at, end);
        if (blank || table || opens_block(g, at, end)) {
            if (lines > 1 && brackets > TT_MAX_BRACKET_LINES / lines)
                no_brackets(g, start, at);
            start = at;
            lines = brackets = g->n_heights = 0;
            g->height = 0;
        }
        table = !blank && (table || is_table_line(g, at, end, &columns, &dash));
        lines++;
        for (size_t i = at; i < end; i++) {
            if (g->p[i] != '[' && g->p[i] != ']')
                continue;
            brackets++;
            g->n_brackets++;
            if (limit_height(g, i) != TT_OK)
                return TT_ENOMEM;
        }
    }
    if (lines > 1 && brackets > TT_MAX_BRACKET_LINES / lines)
        no_brackets(g, start, g->n);
    return TT_OK;
}

int tt_mask_guard(tt_mask *m, size_t from)
{
    guard g = {.p = m->work, .n = m->n_work};
    each_line(&g, from, limit_line);
    int rc = limit_brackets(&g, from);
    if (g.long_definitions > 0 && g.n_brackets > (size_t)TT_MAX_BRACKET_LINES / g.long_definitions)
        each_line(&g, from, no_long_definition);
    tt_free(g.heights);
    return rc;
}
