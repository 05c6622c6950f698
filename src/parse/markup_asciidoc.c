/* In: lines of AsciiDoc. Out: blocks. Not here: what stands in a line (markup_inline.c). */
#include "parse/markup.h"

/* The line is nothing but 4 or more of one character (2 of `-`, 3 of `` ` ``). */
static bool is_delimiter(const tt_markup_doc *m, const tt_markup_line *l)
{
    size_t end = l->end;
    while (end > l->at && m->p[end - 1] == ' ')
        end--;
    size_t n = tt_markup_repeats(m, l->at, end);
    char c = m->p[l->at];
    if (n == 3 && c == '`')
        return true;
    if (c == '`')
        return n >= 3;
    return n == end - l->at && strchr("-.+_/=*", c) && (n >= 4 || (n == 2 && c == '-'));
}

/* From the line behind the delimiter to the same one again. */
static size_t raw_block(tt_markup_doc *m, const tt_markup_line *l, tt_zone zone)
{
    size_t n = tt_markup_repeats(m, l->at, l->end), from = l->end + 1, at = from, end = m->n;
    while (at < m->n) {
        tt_markup_line k = tt_markup_line_at(m, at);
        at = k.end + 1;
        if (k.end - k.at >= n && m->p[k.at] == m->p[l->at] && tt_markup_repeats(m, k.at, k.end) == n) {
            end = k.at;
            break;
        }
    }
    tt_markup_flush(m);
    if (from < end && zone == TT_ZONE_CODE)
        tt_markup_code(m, from, end);
    else if (from < end)
        tt_markup_aside(m, zone, from, end);
    return at;
}

static size_t delimiter(tt_markup_doc *m, const tt_markup_line *l)
{
    bool code = tt_str_is(m->style, "source") || tt_str_is(m->style, "listing");
    tt_markup_flush(m);
    tt_str style = m->style;
    m->style = (tt_str){0};
    m->item = 0;
    switch (m->p[l->at]) {
    case '.':
    case '`':
        return raw_block(m, l, TT_ZONE_CODE);
    case '-':
        if (l->end - l->at >= 4 || code)
            return raw_block(m, l, TT_ZONE_CODE);
        if (tt_str_is(style, "quote"))
            m->quoted = true;
        else
            m->quoted = false;
        break;
    case '+':
    case '/':
        return raw_block(m, l, TT_ZONE_META);
    case '_':
        m->quoted = !m->quoted;
        break;
    default:
        break;
    }
    m->flow.quote = m->quoted;
    return l->end + 1;
}

/* `[quote, who]`, `[source,ruby]`, `[[anchor]]`, `[NOTE]` alone on its line. */
static bool is_attributes(const tt_markup_doc *m, const tt_markup_line *l)
{
    size_t end = l->end;
    while (end > l->at && m->p[end - 1] == ' ')
        end--;
    return end - l->at > 2 && m->p[l->at] == '[' && m->p[end - 1] == ']' &&
           !memchr(m->p + l->at, ']', end - 1 - l->at - (m->p[l->at + 1] == '['));
}

static void attributes(tt_markup_doc *m, const tt_markup_line *l)
{
    size_t end = l->at + 1;
    tt_markup_flush(m);
    while (end < l->end && ((m->p[end] >= 'a' && m->p[end] <= 'z') || (m->p[end] >= 'A' && m->p[end] <= 'Z')))
        end++;
    m->style = (tt_str){m->p + l->at + 1, end - l->at - 1};
    tt_markup_aside(m, TT_ZONE_META, l->at, l->end);
}

/* `name::target[text]` alone on its line; false: it is none. */
static bool block_macro(tt_markup_doc *m, const tt_markup_line *l)
{
    size_t colon = l->at;
    while (colon < l->end && m->p[colon] >= 'a' && m->p[colon] <= 'z')
        colon++;
    if (colon == l->at || l->end - colon < 4 || m->p[colon] != ':' || m->p[colon + 1] != ':' || m->p[colon + 2] == ' ')
        return false;
    const char *open = memchr(m->p + colon, '[', l->end - colon);
    if (!open || m->p[l->end - 1] != ']')
        return false;
    size_t text = (size_t)(open - m->p) + 1;
    tt_markup_flush(m);
    if (!tt_markup_starts(m, l->at, l->end, "image::")) {
        tt_markup_aside(m, TT_ZONE_META, l->at, l->end);
        return true;
    }
    size_t end = text;
    while (end < l->end - 1 && m->p[end] != ',' && m->p[end] != ']')
        end++;
    tt_flow_leaf(&m->flow, TT_BLOCK_PARAGRAPH, 0);
    tt_markup_image(m, colon + 2, text - 1, text, end);
    tt_flow_end(&m->flow);
    return true;
}

/* `:name: value`, `:!name:` */
static bool is_attribute_entry(const tt_markup_doc *m, const tt_markup_line *l)
{
    size_t i = l->at + 1;
    while (i < l->end && m->p[i] != ':' && m->p[i] != ' ')
        i++;
    return m->p[l->at] == ':' && i > l->at + 1 && i < l->end && m->p[i] == ':' &&
           (i + 1 == l->end || m->p[i + 1] == ' ');
}

/* `* `, `** `, `- `, `. `, `1. `, `term:: `: where the text begins; 0: no list item. */
static size_t item_text(const tt_markup_doc *m, const tt_markup_line *l)
{
    size_t n = tt_markup_repeats(m, l->text, l->end), i = l->text + n;
    if (strchr("*.-", m->p[l->text]) && n <= 5 && i < l->end && m->p[i] == ' ')
        return i + 1;
    n = tt_markup_bullet(m, l, "");
    return n > 0 ? l->text + n : 0;
}

static void paragraph(tt_markup_doc *m, const tt_markup_line *l)
{
    bool quote = tt_str_is(m->style, "quote") || tt_str_is(m->style, "verse");
    bool code = tt_str_is(m->style, "source") || tt_str_is(m->style, "listing") || tt_str_is(m->style, "literal");
    bool first = !m->open;
    if (first && (code || (l->text > l->at && m->item == 0))) { /* up to the next blank line */
        m->leaf = TT_BLOCK_CODE;
        tt_markup_code(m, l->at, l->end);
        return;
    }
    if (first)
        m->flow.quote = m->quoted || quote;
    tt_markup_add(m, l, l->text, TT_BLOCK_PARAGRAPH);
}

size_t tt_markup_asciidoc(tt_markup_doc *m, const tt_markup_line *l)
{
    const char *p = m->p + l->at;
    size_t left = l->end - l->at, next = l->end + 1, n = tt_markup_repeats(m, l->at, l->end), text;
    bool first = !m->open;
    if (!m->open && m->flow.quote != m->quoted) /* the paragraph that [quote] stood before has ended */
        m->flow.quote = m->quoted;
    if (l->text == l->at && is_delimiter(m, l))
        return delimiter(m, l);
    if (left >= 4 && (p[0] == '|' || p[0] == ',') && p[1] == '=' && p[2] == '=' && p[3] == '=') {
        tt_markup_flush(m);
        m->table = !m->table;
    } else if (m->table) {
        const char *bar = memchr(p, '|', left);
        tt_markup_cells(m, bar && bar == p ? l->at + 1 : l->at, l->end);
    } else if (left > 1 && p[0] == '/' && p[1] == '/') {
        tt_markup_flush(m);
        tt_markup_aside(m, TT_ZONE_META, l->at, l->end);
    } else if ((p[0] == '=' || p[0] == '#') && n <= 6 && n < left && p[n] == ' ' && first) {
        m->quoted = false;
        m->flow.quote = 0;
        m->style = (tt_str){0};
        tt_markup_heading(m, (int)n, l->at + n + 1, l->end);
    } else if (first && l->text == l->at && is_attributes(m, l)) {
        attributes(m, l);
    } else if (first && is_attribute_entry(m, l)) {
        tt_markup_aside(m, TT_ZONE_META, l->at, l->end);
    } else if (l->text == l->at && block_macro(m, l)) {
        m->style = (tt_str){0};
    } else if (left == 1 && p[0] == '+') {
        tt_markup_flush(m);
    } else if (first && left == 3 && n == 3 && strchr("'<-*", p[0])) {
        m->item = 0;
    } else if ((text = item_text(m, l)) > 0) {
        tt_markup_add(m, l, text, TT_BLOCK_ITEM);
        m->item = text - l->at;
    } else if (first && p[0] == '.' && left > 1 && p[1] != ' ' && p[1] != '.') { /* a block's title */
        tt_markup_add(m, l, l->at + 1, TT_BLOCK_PARAGRAPH);
        tt_markup_flush(m);
    } else {
        paragraph(m, l);
        if (l->text == l->at && first)
            m->item = 0;
        tt_markup_line k = tt_markup_line_at(m, next);
        if (k.text == k.end)
            m->style = (tt_str){0};
    }
    return next;
}
