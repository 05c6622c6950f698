/* In: Markdown. Out: the calls of the flow that md4c's events make, for each region that was understood; the others go to
 * the reader. Not here: blocks (scan_block.c), text (scan_inline.c). */
#include "parse/scan.h"

#include "parse/link.h"

enum { HOW = TT_DOC_ENTITIES | TT_DOC_ESCAPES | TT_DOC_LINKS };

/* * _ ` [ ] \ < & : ~ { */
static const tt_bytes_set specials = {
    .low = {[0x0] = 1, [0x6] = 2, [0xA] = 2 | 4, [0xB] = 8 | 16, [0xC] = 4 | 8, [0xD] = 8, [0xE] = 16, [0xF] = 8},
    .high = {[2] = 2, [3] = 4, [5] = 8, [6] = 1, [7] = 16}};

/* Control characters, blank, ( ) * " ; < > [ \ ] _ ` | ~ {, U+007F and what is not ASCII */
static const tt_bytes_set targets = {
    .low = {[0x0] = 1 | 2 | 16 | 64,
            [0x1] = 1 | 64,
            [0x2] = 1 | 2 | 64,
            [0x3] = 1 | 64,
            [0x4] = 1 | 64,
            [0x5] = 1 | 64,
            [0x6] = 1 | 64,
            [0x7] = 1 | 64,
            [0x8] = 1 | 2 | 64,
            [0x9] = 1 | 2 | 64,
            [0xA] = 1 | 2 | 64,
            [0xB] = 1 | 4 | 8 | 32 | 64,
            [0xC] = 1 | 4 | 8 | 32 | 64,
            [0xD] = 1 | 8 | 64,
            [0xE] = 1 | 4 | 32 | 64,
            [0xF] = 1 | 8 | 32 | 64},
    .high = {1, 1, 2, 4, 0, 8, 16, 32, 64, 64, 64, 64, 64, 64, 64, 64},
};

/* ---- a region that was understood ---- */

/* A target becomes an aside when the next text comes, which may be in another block: links that have no text are placed
 * by it (doc.c). */
static void owe_target(tt_scan *s, size_t at, size_t n)
{
    if (s->n_targets_due == s->cap_targets_due &&
        tt_grow(&s->targets_due, &s->cap_targets_due, s->n_targets_due + 1, sizeof *s->targets_due) != TT_OK)
        s->failed = true;
    else
        s->targets_due[s->n_targets_due++] = (tt_span){.at = (uint32_t)at, .n = (uint32_t)n};
}

static void put_targets(tt_scan *s, size_t upto)
{
    if (s->reader_last)
        tt_link_gap(s->flow, s->p, s->cursor, upto, false);
    for (size_t i = 0; i < s->n_targets_due && !s->reader_last; i++)
        tt_doc_aside(s->flow->b, TT_ZONE_URL, s->targets_due[i].at, s->targets_due[i].n);
    s->n_targets_due = 0;
    s->reader_last = false;
}

/* Before text that is seen, at..end. */
static void see(tt_scan *s, size_t at, size_t end)
{
    if (s->n_targets_due > 0 || s->reader_last)
        put_targets(s, at);
    s->cursor = end;
}

static void put_text(tt_scan *s, size_t at, size_t end, bool rich)
{
    if (at >= end)
        return;
    see(s, at, end);
    if (rich)
        tt_flow_text(s->flow, at, end - at, HOW, false);
    else
        tt_flow_plain(s->flow, at, end - at);
}

static void put_mark(tt_scan *s, const tt_scan_mark *mark)
{
    tt_flow *f = s->flow;
    unsigned n = mark->end - mark->at;
    tt_str target = {s->p + mark->a, mark->b - mark->a};
    switch ((tt_scan_mark_kind)mark->kind) {
    case TT_MARK_EM_BEGIN:
        f->em += n & 1;
        f->strong += n >> 1;
        break;
    case TT_MARK_EM_END:
        f->em -= n & 1;
        f->strong -= n >> 1;
        break;
    case TT_MARK_LINK_BEGIN:
        tt_flow_link_begin(f);
        break;
    case TT_MARK_LINK_END:
        tt_flow_link_end(f, target, mark->as_seen ? TT_DOC_AS_SEEN : TT_DOC_ENTITIES | TT_DOC_ESCAPES);
        owe_target(s, mark->a, target.n);
        break;
    case TT_MARK_IMAGE_BEGIN:
        tt_flow_image_begin(f);
        break;
    case TT_MARK_IMAGE_END:
        tt_flow_image_end(f);
        owe_target(s, mark->a, target.n);
        break;
    case TT_MARK_TITLE:
        owe_target(s, mark->a, target.n);
        break;
    case TT_MARK_CODE:
        see(s, mark->a, mark->b);
        tt_flow_text(f, mark->a, target.n, 0, false);
        break;
    case TT_MARK_AUTOLINK:
        tt_flow_link_begin(f);
        f->url = true;
        see(s, mark->a, mark->b);
        tt_flow_text(f, mark->a, target.n, HOW, false);
        tt_flow_link_end(f, target, TT_DOC_ENTITIES);
        f->url = false;
        break;
    case TT_MARK_BREAK:
        if (f->open) {
            see(s, mark->a, mark->a + 1);
            tt_flow_break(f, mark->a, 1);
        }
        break;
    case TT_MARK_NONE:
    case TT_MARK_RICH:
    case TT_MARK_DELIMITER:
    case TT_MARK_BRACKET:
        break;
    }
}

static void put_leaf(tt_scan *s, const tt_scan_node *node)
{
    const tt_scan_mark *mark = s->marks + node->mark, *end = mark + node->n_marks;
    size_t at = s->lines[node->line].at;
    bool rich = false;
    for (; mark < end; mark++) {
        if (mark->kind == TT_MARK_RICH)
            rich = true;
        if (mark->kind <= TT_MARK_BRACKET)
            continue;
        put_text(s, at, mark->at, rich);
        rich = false;
        put_mark(s, mark);
        at = mark->end;
    }
    put_text(s, at, s->lines[node->line + node->n_lines - 1].end, rich);
}

/* `tight`: text stands in the item itself. */
static void put_node(tt_scan *s, const tt_scan_node *node, bool tight)
{
    tt_flow *f = s->flow;
    switch ((tt_scan_kind)node->kind) {
    case TT_SCAN_QUOTE:
        tt_flow_leaf(f, TT_BLOCK_PARAGRAPH, 0);
        f->quote++;
        break;
    case TT_SCAN_LIST:
        tt_flow_leaf(f, TT_BLOCK_PARAGRAPH, 0);
        f->list++;
        break;
    case TT_SCAN_QUOTE_END:
    case TT_SCAN_LIST_END:
        tt_flow_leaf(f, TT_BLOCK_ITEM, 0);
        if (node->kind == TT_SCAN_QUOTE_END)
            f->quote--;
        else
            f->list--;
        break;
    case TT_SCAN_ITEM:
    case TT_SCAN_ITEM_END:
        tt_flow_leaf(f, TT_BLOCK_ITEM, 0);
        break;
    case TT_SCAN_RULE:
        tt_flow_leaf(f, TT_BLOCK_ITEM, 0);
        f->near_image = false;
        break;
    case TT_SCAN_HEADING:
        tt_flow_heading(f, node->level);
        put_leaf(s, node);
        tt_flow_leaf(f, TT_BLOCK_ITEM, 0);
        break;
    case TT_SCAN_PARAGRAPH:
        if (!tight)
            tt_flow_leaf(f, TT_BLOCK_PARAGRAPH, 0);
        put_leaf(s, node);
        if (!tight)
            tt_flow_leaf(f, TT_BLOCK_ITEM, 0);
        break;
    case TT_SCAN_CODE:
        break; /* for the reader */
    }
}

/* containers[] is free by now and holds, for each container that is open in the region, whether it is tight. */
static void put_region(tt_scan *s)
{
    size_t depth = 0;
    for (size_t i = 0; i < s->n_nodes; i++) {
        const tt_scan_node *node = &s->nodes[i];
        if (node->kind == TT_SCAN_QUOTE || node->kind == TT_SCAN_LIST)
            s->containers[depth++].start = node->kind == TT_SCAN_LIST && !node->loose;
        else if (node->kind == TT_SCAN_QUOTE_END || node->kind == TT_SCAN_LIST_END)
            depth--;
        put_node(s, node, depth > 0 && s->containers[depth - 1].start != 0);
    }
}

/* ---- the whole ---- */

void tt_scan_region(tt_scan *s, size_t to)
{
    s->n_marks = 0;
    for (size_t i = 0; i < s->n_nodes && !s->odd && !s->whole && !s->failed; i++) {
        if (s->nodes[i].kind == TT_SCAN_HEADING || s->nodes[i].kind == TT_SCAN_PARAGRAPH)
            tt_scan_inline(s, &s->nodes[i]);
    }
    if (s->whole || s->failed || s->rc != TT_OK)
        return;
    if (!s->odd) {
        put_region(s);
        return;
    }
    s->whole = tt_scan_needs_whole(s, s->region_at, to);
    if (s->whole)
        return;
    s->n_left += to - s->region_at;
    s->rc = s->reader(s->ctx, s->region_at, to, &s->cursor);
    s->n_targets_due = 0;
    s->reader_last = true;
}

/* Everything but the memory of arrays begins anew. */
static void begin(tt_scan *s, tt_flow *flow, const tt_text *text, size_t body_at)
{
    tt_scan old = *s;
    memset(s, 0, offsetof(tt_scan, specials));
    s->lines = old.lines;
    s->cap_lines = old.cap_lines;
    s->nodes = old.nodes;
    s->cap_nodes = old.cap_nodes;
    s->containers = old.containers;
    s->cap_containers = old.cap_containers;
    s->marks = old.marks;
    s->cap_marks = old.cap_marks;
    s->delimiters = old.delimiters;
    s->cap_delimiters = old.cap_delimiters;
    s->openers = old.openers;
    s->cap_openers = old.cap_openers;
    s->brackets = old.brackets;
    s->cap_brackets = old.cap_brackets;
    s->targets_due = old.targets_due;
    s->cap_targets_due = old.cap_targets_due;
    s->flow = flow;
    s->p = text->data;
    s->n = text->n;
    s->body_at = s->at = s->region_at = s->cursor = body_at;
    tt_finder_init(&s->specials, &specials, text->data, text->n);
    tt_finder_init(&s->targets, &targets, text->data, text->n);
}

void tt_scan_free(tt_scan *s)
{
    if (!s)
        return;
    tt_free(s->lines);
    tt_free(s->nodes);
    tt_free(s->containers);
    tt_free(s->marks);
    tt_free(s->delimiters);
    tt_free(s->openers);
    tt_free(s->brackets);
    tt_free(s->targets_due);
    tt_free(s);
}

int tt_scan_markdown(tt_scan **kept, tt_flow *flow, const tt_text *text, size_t body_at, tt_scan_reader *reader,
                     void *ctx, size_t *n_left)
{
    tt_scan *s = kept && *kept ? *kept : tt_calloc(1, sizeof *s);
    if (!s)
        return TT_ENOMEM;
    begin(s, flow, text, body_at);
    s->reader = reader;
    s->ctx = ctx;
    tt_scan_blocks(s);
    put_targets(s, s->n);
    int rc = s->failed ? TT_ENOMEM : s->rc != TT_OK ? s->rc : s->whole ? TT_SCAN_WHOLE : TT_OK;
    *n_left = s->n_left;
    if (kept)
        *kept = s;
    else
        tt_scan_free(s);
    return rc;
}
