/* In: a line of Markdown. Out: what it may begin or end: its indentation, marks of containers, headings, fences, rules. Not
 * here: what that makes of the blocks that are open (scan_block.c). */
#include "parse/scan.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

void tt_scan_indent(const tt_scan *s, tt_scan_place *l)
{
    uint32_t column = l->column;
    for (; l->i < l->end && is_blank(s->p[l->i]); l->i++)
        column = s->p[l->i] == '\t' ? (column + 4) & ~3u : column + 1;
    l->indent = column - l->column;
    l->column = column;
}

void tt_scan_parents(const tt_scan *s, tt_scan_place *l)
{
    for (; l->n_parents < s->n_containers; l->n_parents++) {
        const tt_scan_container *c = &s->containers[l->n_parents];
        if (c->c == '>' && l->indent < TT_CODE_INDENT && l->i < l->end && s->p[l->i] == '>') {
            l->i++;
            l->column++;
            tt_scan_indent(s, l);
            l->indent -= l->indent > 0;
        } else if (c->c != '>' && l->indent >= c->contents_indent) {
            l->indent -= c->contents_indent;
        } else {
            break;
        }
    }
    if (l->i == l->end) {
        while (l->n_parents < s->n_containers && s->containers[l->n_parents].c != '>')
            l->n_parents++;
    }
}

bool tt_scan_is_rule(const tt_scan *s, const tt_scan_place *l)
{
    char c = s->p[l->i];
    size_t n = 0, i = l->i;
    if (c != '-' && c != '_' && c != '*')
        return false;
    for (; i < l->end && (s->p[i] == c || is_blank(s->p[i])); i++)
        n += s->p[i] == c;
    return n >= 3 && i == l->end;
}

bool tt_scan_is_underline(const tt_scan *s, const tt_scan_place *l)
{
    char c = s->p[l->i];
    size_t i = l->i;
    if (c != '=' && c != '-')
        return false;
    while (i < l->end && s->p[i] == c)
        i++;
    while (i < l->end && s->p[i] == ' ')
        i++;
    return i == l->end;
}

/* A container's mark at l->i. Returns its end, 0: none there. */
size_t tt_scan_container_mark(const tt_scan *s, const tt_scan_place *l, tt_scan_container *c)
{
    size_t i = l->i;
    *c = (tt_scan_container){.mark_indent = l->indent};
    if (i >= l->end || l->indent >= TT_CODE_INDENT)
        return 0;
    if (s->p[i] == '>') {
        c->c = '>';
        c->contents_indent = l->indent + 1;
        return i + 1;
    }
    if (s->p[i] != '-' && s->p[i] != '+' && s->p[i] != '*') {
        while (i < l->end && i - l->i < 9 && s->p[i] >= '0' && s->p[i] <= '9')
            c->start = c->start * 10 + (uint32_t)(s->p[i++] - '0');
        if (i == l->i || i == l->end || (s->p[i] != '.' && s->p[i] != ')'))
            return 0;
    }
    if (i + 1 < l->end && !is_blank(s->p[i + 1]))
        return 0;
    c->c = s->p[i];
    c->contents_indent = l->indent + (uint32_t)(i - l->i) + 1;
    return i + 1;
}

/* Behind a container's mark: some of the white space belongs to it. */
void tt_scan_enter(const tt_scan *s, tt_scan_place *l, tt_scan_container *c, size_t mark_end)
{
    l->i = mark_end;
    l->column += c->contents_indent - c->mark_indent;
    tt_scan_indent(s, l);
    if (l->i == l->end) {
        c->contents_indent++;
    } else if (l->indent <= TT_CODE_INDENT) {
        c->contents_indent += l->indent;
        l->indent = 0;
    } else {
        c->contents_indent++;
        l->indent--;
    }
}

bool tt_scan_is_heading(const tt_scan *s, const tt_scan_place *l, size_t *behind, uint8_t *level)
{
    size_t i = l->i;
    while (i < l->end && s->p[i] == '#' && i - l->i < 7)
        i++;
    *level = (uint8_t)(i - l->i);
    *behind = i;
    return i > l->i && i - l->i <= 6 && l->indent < TT_CODE_INDENT && (i == l->end || is_blank(s->p[i]));
}

size_t tt_scan_opening_fence(const tt_scan *s, const tt_scan_place *l)
{
    char c = s->p[l->i];
    size_t i = l->i;
    if (c != '`' && c != '~')
        return 0;
    while (i < l->end && s->p[i] == c)
        i++;
    size_t n = i - l->i;
    return n < 3 || (c == '`' && memchr(s->p + i, '`', l->end - i)) ? 0 : n;
}

bool tt_scan_closing_fence(const tt_scan *s, const tt_scan_place *l)
{
    size_t i = l->i;
    while (i < l->end && s->p[i] == s->fence)
        i++;
    if (i - l->i < s->fence_length)
        return false;
    while (i < l->end && s->p[i] == ' ')
        i++;
    return i == l->end;
}

/* In an item at l: `[ ] ` or `[x] `. */
bool tt_scan_is_task(const tt_scan *s, const tt_scan_place *l)
{
    size_t i = l->i;
    return l->end - i >= 3 && s->p[i] == '[' && s->p[i + 2] == ']' && memchr("xX ", s->p[i + 1], 3) &&
           (l->end - i == 3 || is_blank(s->p[i + 3]));
}
