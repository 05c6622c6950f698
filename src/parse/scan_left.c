/* In: lines that the scanner does not read. Out: how far they go, and whether md4c must have the whole text. Not here: what
 * md4c makes of them (markdown.c). */
#include "parse/scan.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static size_t line_end(const tt_scan *s, size_t at)
{
    const char *nl = memchr(s->p + at, '\n', s->n - at);
    return nl ? (size_t)(nl - s->p) : s->n;
}

/* `<` at i may begin a block of HTML that a blank line does not end. */
static bool is_long_html(const char *p, size_t n, size_t i)
{
    static const char *const names[] = {"script", "pre", "style", "textarea"};
    if (i + 1 >= n || p[i] != '<')
        return false;
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        size_t len = strlen(names[k]);
        if (n - i > len && tt_str_is_nocase((tt_str){p + i + 1, len}, names[k]))
            return true;
    }
    return p[i + 1] == '!' || p[i + 1] == '?';
}

static bool is_fence(const char *p, size_t n, size_t i)
{
    return n - i >= 3 && (p[i] == '`' || p[i] == '~') && p[i + 1] == p[i] && p[i + 2] == p[i];
}

/* The line at `at` holds what may go on over blank lines. */
static bool is_long(const tt_scan *s, size_t at)
{
    while (at < s->n && (is_blank(s->p[at]) || strchr(">*+-.)0123456789", s->p[at])) && s->p[at] != '\0')
        at++;
    return at < s->n && (is_fence(s->p, s->n, at) || is_long_html(s->p, s->n, at));
}

size_t tt_scan_unread(const tt_scan *s, size_t at)
{
    bool blank = false;
    for (size_t end; at < s->n; at = end < s->n ? end + 1 : s->n) {
        end = line_end(s, at);
        if (blank && (is_letter(s->p[at]) || (unsigned char)s->p[at] >= 0x80))
            break;
        if (is_long(s, at))
            return s->n;
        size_t i = at;
        while (i < end && is_blank(s->p[i]))
            i++;
        blank = i == end;
    }
    return at;
}

static bool is_marker(const tt_scan *s, size_t i, size_t end, size_t *len)
{
    size_t k = i;
    while (k < end && k - i < 10 && s->p[k] >= '0' && s->p[k] <= '9')
        k++;
    if (k == i ? s->p[i] != '-' && s->p[i] != '*' && s->p[i] != '+' : k == end || (s->p[k] != '.' && s->p[k] != ')'))
        return false;
    *len = k - i + 1;
    return i + *len >= end || is_blank(s->p[i + *len]);
}

static bool is_mark(char c)
{
    return is_blank(c) || c == '>' || c == '-' || c == '+' || c == '*' || c == '.' || c == ')' ||
           (c >= '0' && c <= '9');
}

bool tt_scan_guarded(const tt_scan *s, size_t at, size_t end)
{
    enum { NEAR = TT_MAX_NESTING / 2 }; /* a byte stands for two levels at most */
    size_t twice = 0, len, pipes = 0, i = at;
    if (end - at <= NEAR)
        return false;
    for (; i < end && is_mark(s->p[at + NEAR - 1]); i += len) {
        len = 1;
        if (is_blank(s->p[i]))
            twice += s->p[i] == ' ' ? 1 : 4;
        else if (s->p[i] == '>' || is_marker(s, i, end, &len))
            twice += 2;
        else
            break;
        if (twice > 2 * TT_MAX_NESTING)
            return true;
    }
    if (end - at <= TT_MAX_COLUMNS || !memchr("|-: \t>", s->p[end - 1], 6))
        return false;
    for (i = at; i < end && memchr("|-: \t>", s->p[i], 6); i++)
        pipes += s->p[i] == '|';
    return i == end && pipes >= TT_MAX_COLUMNS; /* in one column more */
}

bool tt_scan_table_line(const tt_scan *s, size_t i, size_t end)
{
    bool pipe = false;
    for (; i < end; i++) {
        pipe = pipe || s->p[i] == '|';
        if (s->p[i] == '\0' || !strchr("|:- \t\v\f", s->p[i]))
            return false;
    }
    return pipe;
}

bool tt_scan_needs_whole(const tt_scan *s, size_t from, size_t to)
{
    const char *p = s->p;
    size_t n_lines = s->stretch_lines + 1, n_brackets = s->stretch_brackets, depth = s->stretch_depth;
    bool line_start = true, bracket_line = false, definition = false;
    for (size_t i = from; i < to; i++) {
        char c = p[i], next = i + 1 < s->n ? p[i + 1] : '\0';
        n_lines += c == '\n';
        bracket_line = bracket_line || (line_start && c == '[');
        definition = definition || (c == ']' && next == ':');
        line_start = c == '\n' || (line_start && c != '\0' && strchr(" \t>-+*.)0123456789", c));
        if ((c == '{' && (next == '{' || next == '%')) || (c == '[' && next == '^'))
            return true;
        n_brackets += c == '[' || c == ']';
        if (c == '[')
            depth++;
        else if (c == ']' && depth > 0)
            depth--;
        if (depth > TT_MAX_NESTING)
            return true;
    }
    return (bracket_line && definition) || n_brackets > TT_MAX_BRACKET_LINES / n_lines;
}
