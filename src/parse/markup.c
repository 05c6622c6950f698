/* In: a text in Org, reStructuredText or AsciiDoc. Out: its doc. Not here: the lines of each (markup_*.c), what stands in
 * a line (markup_inline.c), front matter (read/front). */
#include "parse/markup.h"

#include <strings.h>

tt_markup_line tt_markup_line_at(const tt_markup_doc *m, size_t at)
{
    const char *nl = at < m->n ? memchr(m->p + at, '\n', m->n - at) : NULL;
    tt_markup_line l = {at, nl ? (size_t)(nl - m->p) : m->n, at};
    while (l.text < l.end && (m->p[l.text] == ' ' || m->p[l.text] == '\t' || m->p[l.text] == '\f'))
        l.text++;
    return l;
}

bool tt_markup_starts(const tt_markup_doc *m, size_t at, size_t end, const char *text)
{
    size_t n = strlen(text);
    return at + n <= end && strncasecmp(m->p + at, text, n) == 0;
}

size_t tt_markup_repeats(const tt_markup_doc *m, size_t at, size_t end)
{
    size_t i = at;
    while (i < end && m->p[i] == m->p[at])
        i++;
    return i - at;
}

size_t tt_markup_bullet(const tt_markup_doc *m, const tt_markup_line *l, const char *marks)
{
    size_t i = l->text;
    while (i < l->end && m->p[i] >= '0' && m->p[i] <= '9')
        i++;
    bool yes = i > l->text ? i < l->end && (m->p[i] == '.' || m->p[i] == ')') : strchr(marks, m->p[i]) != NULL;
    return yes && i + 1 < l->end && m->p[i + 1] == ' ' ? i + 2 - l->text : 0;
}

void tt_markup_flush(tt_markup_doc *m)
{
    if (!m->open)
        return;
    m->open = false;
    m->flow.list = m->leaf == TT_BLOCK_ITEM;
    tt_flow_leaf(&m->flow, m->leaf, 0);
    tt_markup_inline(m, m->from, m->to);
    tt_flow_end(&m->flow);
    m->flow.list = 0;
}

void tt_markup_add(tt_markup_doc *m, const tt_markup_line *l, size_t from, tt_block_kind leaf)
{
    if (m->open && leaf == TT_BLOCK_PARAGRAPH) {
        m->to = l->end;
        return;
    }
    tt_markup_flush(m);
    m->open = true;
    m->from = from;
    m->to = l->end;
    m->leaf = leaf;
}

void tt_markup_heading(tt_markup_doc *m, int level, size_t at, size_t end)
{
    tt_markup_flush(m);
    tt_flow_leaf(&m->flow, TT_BLOCK_HEADING, level < 6 ? level : 6);
    tt_markup_inline(m, at, end);
    tt_flow_end(&m->flow);
    m->item = 0;
}

void tt_markup_code(tt_markup_doc *m, size_t at, size_t end)
{
    tt_markup_flush(m);
    if (at >= end)
        return;
    tt_flow_leaf(&m->flow, TT_BLOCK_CODE, 0);
    tt_flow_text(&m->flow, at, end - at, 0, false);
    tt_flow_end(&m->flow);
}

void tt_markup_aside(tt_markup_doc *m, tt_zone zone, size_t at, size_t end)
{
    if (at < end)
        tt_flow_aside(&m->flow, zone, at, end - at);
}

void tt_markup_cells(tt_markup_doc *m, size_t at, size_t end)
{
    tt_markup_flush(m);
    for (size_t i = at; i < end;) {
        const char *bar = memchr(m->p + i, '|', end - i);
        size_t to = bar ? (size_t)(bar - m->p) : end;
        tt_flow_leaf(&m->flow, TT_BLOCK_CELL, 0);
        tt_markup_inline(m, i, to);
        tt_flow_end(&m->flow);
        i = to + 1;
    }
}

void tt_markup_image(tt_markup_doc *m, size_t url, size_t url_end, size_t alt, size_t alt_end)
{
    tt_markup_aside(m, TT_ZONE_URL, url, url_end);
    tt_flow_image_begin(&m->flow);
    tt_flow_text(&m->flow, alt, alt_end - alt, TT_DOC_ENTITIES, true);
    tt_flow_image_end(&m->flow);
}

static void read_lines(tt_markup_doc *m, size_t at)
{
    while (at < m->n) {
        tt_markup_line l = tt_markup_line_at(m, at);
        if (l.text == l.end) {
            tt_markup_flush(m);
            at = l.end + 1;
            continue;
        }
        switch (m->kind) {
        case TT_MARKUP_ORG:
            at = tt_markup_org(m, &l);
            break;
        case TT_MARKUP_RST:
            at = tt_markup_rst(m, &l);
            break;
        case TT_MARKUP_ASCIIDOC:
            at = tt_markup_asciidoc(m, &l);
            break;
        }
    }
    tt_markup_flush(m);
}

int tt_parse_markup(const tt_parse_in *in, tt_markup kind, tt_arena *arena, tt_doc *out, tt_err *err)
{
    tt_markup_doc m = {.kind = kind, .n = in->text->n};
    int rc = tt_mask_init(&m.mask, in->text, in->body_at);
    if (rc == TT_OK)
        rc = tt_flow_init(&m.flow, in->scratch ? &in->scratch->builder : NULL, arena, in->text, &m.mask);
    if (rc == TT_OK) {
        m.p = m.mask.work;
        tt_doc_front(m.flow.b, in->body_at, in->title_at, in->n_title);
        if (kind == TT_MARKUP_RST)
            tt_markup_rst_front(&m, in->body_at);
        read_lines(&m, in->body_at);
        rc = tt_flow_finish(&m.flow, out, err);
    }
    tt_mask_release(&m.mask);
    return rc == TT_OK ? TT_OK : tt_fail_memory(err);
}
