/* In: a text with its front matter told. Out: its doc, by CommonMark with tables, strikethrough and task lists. The only
 * file that knows md4c. Not here: what a piece of text is worth (flow.c), HTML (html.c), link targets (link.c).
 *
 * md4c's text pointers point into what it was given, so offsets come for free; what it does not report (markup, link
 * targets, definitions) lies in the gaps between two pieces, which link.c looks through. */
#include "parse/parse.h"

#include "base/entity.h"
#include "parse/html.h"
#include "parse/link.h"
#include "parse/scan.h"

#include <md4c.h>

typedef struct markdown {
    tt_flow flow;
    tt_html html;
    tt_mask mask;
    const char *work; /* what md4c reads; the length of the text */
    const char *gaps; /* where link.c looks: the same, or the text itself */
    size_t body_at;
    size_t n;
    size_t cursor;  /* all before it has been seen */
    size_t text_at; /* text that waits, text_at..cursor: pieces that go on in the source are one */
    bool text_waits;
    bool link_begins; /* behind the start of a link, before its text */
    bool in_code;     /* in a code block */
} markdown;

static void flush_text(markdown *m)
{
    if (!m->text_waits)
        return;
    m->text_waits = false;
    if (m->html.state == TT_HTML_RAW)
        tt_flow_aside(&m->flow, TT_ZONE_META, m->text_at, m->cursor - m->text_at);
    else
        tt_flow_text(&m->flow, m->text_at, m->cursor - m->text_at, TT_DOC_ENTITIES | TT_DOC_ESCAPES | TT_DOC_LINKS,
                     true);
}

static void skip_gap(markdown *m, size_t upto)
{
    if (upto > m->cursor)
        tt_link_gap(&m->flow, m->gaps, m->cursor, upto, false);
    m->cursor = upto;
}

/* A line end that md4c reports without a place: the next one. Returns its offset, or SIZE_MAX. */
static size_t next_newline(markdown *m)
{
    size_t at = tt_link_gap(&m->flow, m->gaps, m->cursor, m->n, true);
    m->cursor = at < m->n ? at + 1 : m->n;
    return at < m->n ? at : SIZE_MAX;
}

static void add_text(markdown *m, size_t at, size_t n)
{
    bool escaped = at > m->cursor && m->work[at - 1] == '\\'; /* the gap ends with the backslash of an escape */
    if (m->link_begins)
        m->flow.url = at > 0 && m->work[at - 1] == '<';
    m->link_begins = false;
    if (m->text_waits && (at == m->cursor || (escaped && at == m->cursor + 1))) {
        m->cursor = at + n;
        return;
    }
    flush_text(m);
    skip_gap(m, at - escaped);
    m->text_at = at - escaped;
    m->text_waits = true;
    m->cursor = at + n;
}

static void add_break(markdown *m)
{
    flush_text(m);
    size_t at = next_newline(m);
    if (at != SIZE_MAX)
        tt_flow_break(&m->flow, at, 1);
}

/* Text in code is taken from the text itself: nothing is hidden there, no entity or escape decoded. */
static void add_code(markdown *m, size_t at, size_t n)
{
    flush_text(m);
    skip_gap(m, at);
    tt_flow_text(&m->flow, at, n, 0, false);
    m->cursor = at + n;
}

static void add_html(markdown *m, size_t at, size_t n)
{
    flush_text(m);
    skip_gap(m, at);
    tt_html_feed(&m->html, at, n);
    m->cursor = at + n;
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *userdata)
{
    markdown *m = userdata;
    bool in_text = text >= m->work && text < m->work + m->n; /* else a constant of md4c: "\n", " ", indentation */
    size_t at = in_text ? (size_t)(text - m->work) : 0;
    if (in_text && at < m->cursor)
        return 0; /* never seen twice */
    switch (type) {
    case MD_TEXT_NORMAL:
    case MD_TEXT_ENTITY:
        if (in_text)
            add_text(m, at, size);
        break;
    case MD_TEXT_BR:
    case MD_TEXT_SOFTBR:
        add_break(m);
        break;
    case MD_TEXT_CODE:
        if (in_text)
            add_code(m, at, size);
        else if (size == 1 && (text[0] == '\n' || !m->in_code))
            add_break(m);
        break;
    case MD_TEXT_HTML:
        if (in_text) {
            add_html(m, at, size);
        } else if (text[0] == '\n') {
            flush_text(m);
            if ((at = next_newline(m)) != SIZE_MAX)
                tt_html_feed(&m->html, at, 1);
        }
        break;
    case MD_TEXT_NULLCHAR:
    case MD_TEXT_LATEXMATH:
        break; /* no NUL is in a text, and mathematics is not asked for */
    }
    return tt_doc_failed(m->flow.b) ? -1 : 0;
}

static int on_enter_block(MD_BLOCKTYPE type, void *detail, void *userdata)
{
    markdown *m = userdata;
    tt_flow *f = &m->flow;
    flush_text(m);
    switch (type) {
    case MD_BLOCK_QUOTE:
        tt_flow_leaf(f, TT_BLOCK_PARAGRAPH, 0);
        f->quote++;
        break;
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        tt_flow_leaf(f, TT_BLOCK_PARAGRAPH, 0);
        f->list++;
        break;
    case MD_BLOCK_LI:
        tt_flow_leaf(f, TT_BLOCK_ITEM, 0);
        break;
    case MD_BLOCK_HR:
        tt_flow_end(f);
        f->near_image = false;
        break;
    case MD_BLOCK_H:
        tt_flow_heading(f, (int)((const MD_BLOCK_H_DETAIL *)detail)->level);
        break;
    case MD_BLOCK_CODE:
        tt_flow_leaf(f, TT_BLOCK_CODE, 0);
        m->in_code = true;
        break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        tt_flow_leaf(f, TT_BLOCK_CELL, 0);
        break;
    case MD_BLOCK_DOC:
    case MD_BLOCK_HTML:
    case MD_BLOCK_P:
    case MD_BLOCK_TABLE:
    case MD_BLOCK_THEAD:
    case MD_BLOCK_TBODY:
    case MD_BLOCK_TR:
        tt_flow_leaf(f, TT_BLOCK_PARAGRAPH, 0);
        break;
    }
    return 0;
}

static int on_leave_block(MD_BLOCKTYPE type, void *detail, void *userdata)
{
    markdown *m = userdata;
    (void)detail;
    flush_text(m);
    tt_html_end(&m->html);
    tt_flow_leaf(&m->flow, TT_BLOCK_ITEM, 0); /* text outside blocks stands in a tight list item */
    m->in_code = false;
    if (type == MD_BLOCK_QUOTE)
        m->flow.quote--;
    else if (type == MD_BLOCK_UL || type == MD_BLOCK_OL)
        m->flow.list--;
    return 0;
}

static int on_enter_span(MD_SPANTYPE type, void *detail, void *userdata)
{
    markdown *m = userdata;
    (void)detail;
    flush_text(m);
    if (type == MD_SPAN_EM)
        m->flow.em++;
    else if (type == MD_SPAN_STRONG)
        m->flow.strong++;
    else if (type == MD_SPAN_A) {
        m->link_begins = true;
        tt_flow_link_begin(&m->flow);
    } else if (type == MD_SPAN_IMG)
        tt_flow_image_begin(&m->flow);
    return 0;
}

/* Where md4c had nothing to decode its attribute lies in what it was given, which tells its place in the text; else it is
 * a copy that has lost its escapes. */
static void end_link(markdown *m, const MD_ATTRIBUTE *href)
{
    tt_buf *to = &m->flow.href;
    if (href->text >= m->work && href->text < m->work + m->n) {
        tt_flow_link_end(&m->flow, (tt_str){m->flow.data + (href->text - m->work), href->size},
                         m->flow.url ? TT_DOC_ENTITIES : TT_DOC_ENTITIES | TT_DOC_ESCAPES);
        return;
    }
    tt_buf_reset(to);
    for (size_t i = 0; href->size > 0 && href->substr_offsets[i] < href->size; i++) {
        char decoded[TT_ENTITY_MAX];
        size_t n = 0;
        tt_str part = {href->text + href->substr_offsets[i], href->substr_offsets[i + 1] - href->substr_offsets[i]};
        if (href->substr_types[i] == MD_TEXT_ENTITY && tt_entity(part.p, part.n, decoded, &n) > 0)
            tt_buf_add(to, decoded, n);
        else
            tt_buf_str(to, part);
    }
    tt_flow_link_end(&m->flow, (tt_str){to->p, to->n}, 0);
}

static int on_leave_span(MD_SPANTYPE type, void *detail, void *userdata)
{
    markdown *m = userdata;
    flush_text(m);
    if (type == MD_SPAN_EM)
        m->flow.em--;
    else if (type == MD_SPAN_STRONG)
        m->flow.strong--;
    else if (type == MD_SPAN_A) {
        end_link(m, &((const MD_SPAN_A_DETAIL *)detail)->href);
        m->flow.url = m->link_begins = false;
    } else if (type == MD_SPAN_IMG)
        tt_flow_image_end(&m->flow);
    return 0;
}

/* Bytes from..to of the copy, which are lines. What stands behind the last text is left. */
static int run_md4c(markdown *m, size_t from, size_t to)
{
    const MD_PARSER parser = {
        .flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS,
        .enter_block = on_enter_block,
        .leave_block = on_leave_block,
        .enter_span = on_enter_span,
        .leave_span = on_leave_span,
        .text = on_text,
    };
    m->n = to;
    int rc = md_parse(m->work + from, (MD_SIZE)(to - from), &parser, m);
    flush_text(m);
    return rc == 0 ? TT_OK : TT_ENOMEM; /* md4c fails for want of memory, or where a callback did */
}

static int begin(markdown *m, const tt_parse_in *in, tt_arena *arena)
{
    int rc = tt_flow_init(&m->flow, in->scratch ? &in->scratch->builder : NULL, arena, in->text, &m->mask);
    m->html = (tt_html){.flow = &m->flow, .p = in->text->data};
    if (rc == TT_OK)
        tt_doc_front(m->flow.b, in->body_at, in->title_at, in->n_title);
    return rc;
}

/* The whole text by md4c. */
static int read_whole(markdown *m, const tt_parse_in *in, tt_arena *arena)
{
    int rc = tt_mask_init(&m->mask, in->text, in->body_at);
    if (rc == TT_OK) {
        tt_mask_urls(&m->mask, in->body_at);
        rc = tt_mask_guard(&m->mask, in->body_at);
    }
    if (rc == TT_OK)
        rc = begin(m, in, arena);
    m->work = m->gaps = m->html.p = m->mask.work;
    m->cursor = in->body_at;
    if (rc == TT_OK)
        rc = run_md4c(m, in->body_at, in->text->n);
    if (rc == TT_OK)
        skip_gap(m, in->text->n);
    return rc;
}

/* A region for tt_scan_markdown: it has nothing to hide, nor to guard against. What md4c makes of some lists depends on the
 * low byte of offsets (scan_block.c), so line ends before the region bring each to where it is in the whole text. They
 * replace bytes of the copy that have been read; link.c, which looks back, looks into the text. */
static int read_region(void *ctx, size_t from, size_t to, size_t *cursor)
{
    markdown *m = ctx;
    const size_t before = (from - m->body_at) & 0xFF;
    m->cursor = *cursor;
    if (!m->mask.work) {
        m->mask.work = tt_alloc(m->n + 1);
        if (!m->mask.work)
            return TT_ENOMEM;
        memcpy(m->mask.work, m->flow.data, m->n + 1);
        m->work = m->html.p = m->mask.work;
        m->gaps = m->flow.data;
    }
    m->mask.n_work = to;
    tt_mask_urls(&m->mask, from);
    memset(m->mask.work + from - before, '\n', before);
    int rc = run_md4c(m, from - before, to);
    *cursor = m->cursor;
    return rc;
}

static int finish(markdown *m, int rc, tt_doc *out, tt_err *err)
{
    if (m->flow.b) {
        int finished = tt_flow_finish(&m->flow, out, err);
        rc = rc == TT_OK ? finished : rc;
    }
    tt_mask_release(&m->mask);
    return rc == TT_OK ? TT_OK : tt_fail_memory(err);
}

int tt_parse_markdown_reference(const tt_parse_in *in, tt_arena *arena, tt_doc *out, tt_err *err)
{
    markdown m = {0};
    int rc = finish(&m, read_whole(&m, in, arena), out, err);
    if (rc == TT_OK)
        out->n_by_md4c = (uint32_t)(in->text->n - in->body_at);
    return rc;
}

int tt_parse_markdown(const tt_parse_in *in, tt_arena *arena, tt_doc *out, tt_err *err)
{
    markdown m = {.n = in->text->n, .body_at = in->body_at};
    size_t n_left = 0;
    int rc = begin(&m, in, arena);
    if (rc == TT_OK)
        rc = tt_scan_markdown(in->scratch ? &in->scratch->scan : NULL, &m.flow, in->text, in->body_at, read_region, &m,
                              &n_left);
    if (rc != TT_SCAN_WHOLE) {
        rc = finish(&m, rc, out, err);
        if (rc == TT_OK)
            out->n_by_md4c = (uint32_t)n_left;
        return rc;
    }
    tt_flow_release(&m.flow);
    tt_mask_release(&m.mask);
    return tt_parse_markdown_reference(in, arena, out, err);
}

void tt_parse_scratch_release(tt_parse_scratch *scratch)
{
    tt_doc_builder_drop(&scratch->builder);
    tt_scan_free(scratch->scan);
    scratch->scan = NULL;
}

bool tt_parse_looks_markdown(const tt_text *text, bool has_front)
{
    const char *p = text->data;
    if (has_front)
        return true;
    for (size_t i = 0; i + 1 < text->n; i++) {
        bool line_start = i == 0 || p[i - 1] == '\n';
        if ((p[i] == ']' && p[i + 1] == '(') || (line_start && p[i] == '#' && p[i + 1] == ' '))
            return true;
    }
    return false;
}
