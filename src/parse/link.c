/* In: a stretch of Markdown that is not shown. Out: link targets and the like as asides. Not here: deciding what is a
 * link; md4c has done that, so what looks like a target here is one. */
#include "parse/link.h"

typedef struct gap {
    tt_flow *flow;
    const char *p;
    size_t to;
    bool unclosed; /* a target without an end was met: no more are looked for, so that the work stays linear */
} gap;

/* White space with at most one line end and the marks of containers behind it. */
static size_t skip_blank(const gap *g, size_t i)
{
    bool newline = false;
    for (; i < g->to; i++) {
        char c = g->p[i];
        if (c == '\n' && newline)
            break;
        if (c == '\n')
            newline = true;
        else if (c != ' ' && c != '\t' && (c != '>' || !newline))
            break;
    }
    return i;
}

/* End of a link's destination at i; *from, *to: without angle brackets. */
static size_t destination(const gap *g, size_t i, size_t *from, size_t *to)
{
    const char *p = g->p;
    if (i < g->to && p[i] == '<') {
        *from = ++i;
        while (i < g->to && p[i] != '>' && p[i] != '\n')
            i += p[i] == '\\' && i + 1 < g->to ? 2 : 1;
        *to = i;
        return i < g->to && p[i] == '>' ? i + 1 : i;
    }
    int depth = 0;
    *from = i;
    for (; i < g->to && (unsigned char)p[i] > ' '; i++) {
        if (p[i] == '\\' && i + 1 < g->to && (unsigned char)p[i + 1] > ' ')
            i++;
        else if (p[i] == '(')
            depth++;
        else if (p[i] == ')' && depth-- == 0)
            break;
    }
    *to = i;
    return i;
}

/* End of the title that begins at i, or i where there is none. */
static size_t title(const gap *g, size_t i, size_t *from, size_t *to)
{
    const char *p = g->p;
    if (i >= g->to || (p[i] != '"' && p[i] != '\'' && p[i] != '('))
        return i;
    char close = p[i] == '(' ? ')' : p[i];
    for (size_t k = i + 1; k < g->to; k++) {
        if (p[k] == '\\')
            k++;
        else if (p[k] == '\n' && k + 1 < g->to && p[k + 1] == '\n')
            return i;
        else if (p[k] == close) {
            *from = i + 1;
            *to = k;
            return k + 1;
        }
    }
    return i;
}

/* `](` stands before i: a target up to its `)`. Returns the offset behind it, or i where it has no end. */
static size_t target(gap *g, size_t i)
{
    size_t url_at, url_to, title_at = 0, title_to = 0;
    size_t end = destination(g, skip_blank(g, i), &url_at, &url_to);
    end = title(g, skip_blank(g, end), &title_at, &title_to);
    end = skip_blank(g, end);
    if (end >= g->to || g->p[end] != ')') {
        g->unclosed = true;
        return i;
    }
    tt_flow_aside(g->flow, TT_ZONE_URL, url_at, url_to - url_at);
    tt_flow_aside(g->flow, TT_ZONE_URL, title_at, title_to - title_at);
    return end + 1;
}

/* End of the label whose `[` stands before i, or i. */
static size_t label(gap *g, size_t i)
{
    enum { MAX_LABEL = 1000 }; /* CommonMark: 999 characters; in bytes, only what looks like one */
    for (size_t k = i; k < g->to && k - i < (size_t)MAX_LABEL * 4; k++) {
        if (g->p[k] == '\\')
            k++;
        else if (g->p[k] == '[')
            return i;
        else if (g->p[k] == ']')
            return k;
    }
    return i;
}

/* `[` at i opens a line: a reference definition, with the title that may stand on the line below. */
static size_t definition(gap *g, size_t i)
{
    size_t close = label(g, i + 1), url_at, url_to, title_at = 0, title_to = 0;
    if (close == i + 1 || close + 1 >= g->to || g->p[close + 1] != ':')
        return i;
    size_t end = destination(g, skip_blank(g, close + 2), &url_at, &url_to);
    size_t after = skip_blank(g, end), behind = title(g, after, &title_at, &title_to);
    tt_flow_aside(g->flow, TT_ZONE_URL, i + 1, close - i - 1);
    tt_flow_aside(g->flow, TT_ZONE_URL, url_at, url_to - url_at);
    if (behind == after || end == after)
        return end;
    tt_flow_aside(g->flow, TT_ZONE_URL, title_at, title_to - title_at);
    return behind;
}

/* ``` or ~~~ at i opens a line: the info string behind it is part of the code. */
static size_t info_string(gap *g, size_t i)
{
    char c = g->p[i];
    size_t at = i;
    while (at < g->to && g->p[at] == c)
        at++;
    while (at < g->to && (g->p[at] == ' ' || g->p[at] == '\t'))
        at++;
    size_t end = at;
    while (end < g->to && g->p[end] != '\n')
        end++;
    tt_flow_aside(g->flow, TT_ZONE_CODE, at, end - at);
    return end;
}

static bool is_fence(const gap *g, size_t i)
{
    char c = g->p[i];
    return (c == '`' || c == '~') && g->to - i >= 3 && g->p[i + 1] == c && g->p[i + 2] == c;
}

static bool is_container(char c)
{
    return c == ' ' || c == '\t' || c == '>' || c == '-' || c == '*' || c == '+' || (c >= '0' && c <= '9') ||
           c == '.' || c == ')';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* Words in a gap are none that Markdown shows: cells beyond the columns of a table, the x of a task. */
static size_t lost_words(gap *g, size_t i)
{
    size_t end = i;
    while (end < g->to && (is_letter(g->p[end]) || g->p[end] == ' '))
        end++;
    tt_flow_aside(g->flow, TT_ZONE_META, i, end - i);
    return end;
}

size_t tt_link_gap(tt_flow *f, const char *p, size_t from, size_t to, bool stop_at_newline)
{
    gap g = {.flow = f, .p = p, .to = to};
    bool line_start = from == 0 || p[from - 1] == '\n';
    for (size_t i = from; i < to;) {
        size_t next = i;
        if (p[i] == '\n') {
            if (stop_at_newline)
                return i;
            line_start = true;
            i++;
            continue;
        }
        if (line_start && p[i] == '[')
            next = definition(&g, i);
        else if (line_start && is_fence(&g, i))
            next = info_string(&g, i);
        else if (p[i] == ']' && i + 1 < to && p[i + 1] == '(' && !g.unclosed)
            next = target(&g, i + 2);
        else if (p[i] == ']' && i + 1 < to && p[i + 1] == '[') {
            next = label(&g, i + 2);
            tt_flow_aside(f, TT_ZONE_URL, i + 2, next - i - 2);
        } else if (p[i] == '\\')
            next = i + 1 < to && p[i + 1] != '\n' && (unsigned char)p[i + 1] < 0x80 ? i + 2 : i + 1;
        else if (is_letter(p[i]))
            next = lost_words(&g, i);
        line_start = line_start && is_container(p[i]);
        i = next > i ? next : i + 1;
    }
    return to;
}
