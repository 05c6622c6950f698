/* In: a text that is HTML, a page or a piece of one. Out: its doc. Not here: which elements are open (tree.c), what is no
 * text (scope.c), attributes (html.c), captions and bold paragraphs (flow.c). */
#include "parse/html.h"
#include "parse/parse.h"
#include "parse/scope.h"
#include "parse/tree.h"

typedef struct page {
    tt_flow flow;
    tt_html html;
    tt_mask mask;
    tt_scope scope;
    size_t next; /* span of the scope that is to come, or that we are in */
    tt_tree tree;
    bool broken; /* the last thing seen is a line break */
} page;

/* A table without borders is there for the layout: its cells hold paragraphs. */
static bool is_layout(const page *p)
{
    tt_str name, value;
    for (size_t at = 0; tt_tag_attribute(&p->tree.tags, &p->tree.tag, &at, &name, &value);)
        if (tt_str_is_nocase(name, "cellpadding") || tt_str_is_nocase(name, "cellspacing") ||
            (tt_str_is_nocase(name, "role") &&
             (tt_str_is_nocase(value, "presentation") || tt_str_is_nocase(value, "none"))))
            return true;
    return false;
}

enum { IS_LAYOUT = 1 }; /* mark of a table and what stands in it */

/* What the element that was opened makes of text that stands in it. */
static void enter(page *p)
{
    static const tt_node outside;
    tt_node *node = &p->tree.v[p->tree.n - 1];
    const tt_node *around = p->tree.n > 1 ? node - 1 : &outside;
    tt_flow_html *in = &node->inside;
    *in = around->inside;
    node->mark = around->mark;
    switch (node->element->role) {
    case TT_ROLE_EM:
        in->em = 1;
        break;
    case TT_ROLE_STRONG:
        in->strong = 1;
        break;
    case TT_ROLE_QUOTE:
        in->quote++;
        in->item = in->cell = false;
        break;
    case TT_ROLE_LIST:
        in->list++;
        in->item = in->cell = false;
        break;
    case TT_ROLE_ITEM:
        in->item = true;
        in->cell = false;
        break;
    case TT_ROLE_TABLE:
        in->item = in->cell = false;
        if (strcmp(node->element->name, "table") == 0)
            node->mark = is_layout(p) ? IS_LAYOUT : 0;
        break;
    case TT_ROLE_CELL:
        in->cell = node->mark != IS_LAYOUT;
        break;
    case TT_ROLE_PARAGRAPH:
        in->item = in->cell = false;
        break;
    case TT_ROLE_HEADING:
        in->level = node->element->name[1] - '0';
        in->item = in->cell = false; /* mail is laid out in tables that do not say so */
        break;
    case TT_ROLE_PRE:
        in->pre = true;
        break;
    case TT_ROLE_CAPTION:
        in->caption = true;
        break;
    default:
        break;
    }
}

/* Text that follows stands in the innermost open element. */
static void place(page *p)
{
    static const tt_flow_html outside;
    bool link = p->flow.html.link;
    p->flow.html = p->tree.n > 0 ? p->tree.v[p->tree.n - 1].inside : outside;
    p->flow.html.link = link;
    p->flow.kind = p->flow.html.item ? TT_BLOCK_ITEM : p->flow.html.cell ? TT_BLOCK_CELL : TT_BLOCK_PARAGRAPH;
}

static void on_closed(void *ctx, tt_tree *tree, const tt_node *node, size_t end)
{
    page *p = ctx;
    (void)tree;
    (void)end;
    if (node->element->role == TT_ROLE_LINK)
        tt_flow_html_link_end(&p->flow, false);
    if (node->element->is & TT_EL_BLOCK)
        tt_flow_end(&p->flow);
}

/* Whether the piece belongs to a stretch that is no text; *first: it is the first of it. */
static bool is_hidden(page *p, const tt_tag *tag, bool *first)
{
    const tt_scope *s = &p->scope;
    while (p->next < s->n && s->v[p->next].at + s->v[p->next].n <= tag->at)
        p->next++;
    *first = p->next < s->n && s->v[p->next].at == tag->at;
    return p->next < s->n && s->v[p->next].at <= tag->at;
}

static void add_meta(page *p, const tt_tag *tag)
{
    tt_flow_aside(&p->flow, TT_ZONE_META, tag->at, tag->end - tag->at);
}

static void add_tag(page *p, const tt_tag *tag)
{
    const tt_role role = (tt_role)p->tree.element->role;
    const bool again = p->broken;
    p->broken = role == TT_ROLE_BREAK && !p->flow.html.pre;
    if (p->tree.element->is & TT_EL_BLOCK)
        tt_flow_end(&p->flow);
    place(p);
    if (p->broken && again) { /* an empty line: what authors of mails have for paragraphs */
        tt_flow_end(&p->flow);
        add_meta(p, tag);
        return;
    }
    if (role == TT_ROLE_RULE)
        p->flow.near_image = false;
    tt_html_feed(&p->html, tag->at, tag->end - tag->at);
    tt_html_end(&p->html);
}

static bool is_blank(const page *p, const tt_tag *tag)
{
    for (size_t i = tag->at; i < tag->end; i++)
        if (!strchr(" \t\n\f", p->flow.data[i]))
            return false;
    return true;
}

static void add_piece(page *p, tt_tag_kind kind)
{
    const tt_tag *tag = &p->tree.tag;
    const bool is_tag = kind == TT_TAG_OPEN || kind == TT_TAG_CLOSE;
    bool first;
    if (is_hidden(p, tag, &first)) {
        if (first && is_tag && (p->tree.element->is & TT_EL_BLOCK))
            tt_flow_end(&p->flow);
        tt_doc_barrier(p->flow.b);
        add_meta(p, tag);
    } else if (is_tag) {
        add_tag(p, tag);
    } else if (kind == TT_TAG_TEXT) {
        p->broken = p->broken && is_blank(p, tag);
        tt_flow_text(&p->flow, tag->at, tag->end - tag->at, TT_DOC_ENTITIES | TT_DOC_LINKS, !p->flow.html.pre);
    } else {
        add_meta(p, tag);
    }
}

static int walk(page *p, const tt_text *text, size_t from)
{
    tt_tag_kind kind;
    tt_tree_init(&p->tree, text, from, on_closed, p);
    while (!tt_doc_failed(p->flow.b) && (kind = tt_tree_next(&p->tree)) != TT_TAG_END) {
        if (p->tree.pushed)
            enter(p);
        if (kind == TT_TAG_TEXT)
            place(p);
        add_piece(p, kind);
        place(p);
    }
    int rc = p->tree.failed ? TT_ENOMEM : TT_OK;
    tt_tree_release(&p->tree);
    return rc;
}

int tt_parse_html(const tt_parse_in *in, tt_arena *arena, tt_doc *out, tt_err *err)
{
    page p = {.next = 0};
    int rc = tt_mask_html(&p.mask, in->text, in->body_at);
    if (rc == TT_OK)
        rc = tt_scope_find(&p.scope, in->text, in->body_at);
    if (rc == TT_OK)
        rc = tt_flow_init(&p.flow, in->scratch ? &in->scratch->builder : NULL, arena, in->text, &p.mask);
    if (rc == TT_OK) {
        p.html = (tt_html){.flow = &p.flow, .p = in->text->data};
        tt_doc_front(p.flow.b, in->body_at, in->title_at, in->n_title);
        rc = walk(&p, in->text, in->body_at);
        int finished = tt_flow_finish(&p.flow, out, err);
        rc = rc == TT_OK ? finished : rc;
    }
    tt_scope_release(&p.scope);
    tt_mask_release(&p.mask);
    return rc == TT_OK ? TT_OK : tt_fail_memory(err);
}
