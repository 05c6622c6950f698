/* In: HTML. Out: its pieces with the elements that are open around each, where each element ends. Not here: what is text
 * (scope.c), zones (page.c).
 *
 * The rules are those of the HTML standard (13.2.6.4, "in body" and the modes of tables), less what changes neither the
 * order of text nor what holds it: foster parenting and the adoption agency. Each is a look at the innermost element of a
 * name and the nearest wall, so that depth costs no time. */
#include "parse/tree.h"

static const tt_element no_meaning;

void tt_tree_init(tt_tree *t, const tt_text *text, size_t from, tt_closed_fn *closed, void *ctx)
{
    *t = (tt_tree){.tags = {.p = text->data, .n = text->n, .at = from}, .closed = closed, .ctx = ctx};
}

void tt_tree_release(tt_tree *t)
{
    tt_free(t->v);
    tt_free(t->top);
    tt_intern_release(&t->names);
    t->v = NULL;
    t->top = NULL;
}

static bool make_top(tt_tree *t, size_t need)
{
    if (need > t->n_top) {
        if (tt_grow(&t->top, &t->cap_top, need, sizeof *t->top) != TT_OK) {
            t->failed = true;
            return false;
        }
        memset(t->top + t->n_top, 0, (t->cap_top - t->n_top) * sizeof *t->top);
        t->n_top = t->cap_top;
    }
    return true;
}

/* Sets t->element and returns the id of the tag's name. */
static uint32_t identify(tt_tree *t)
{
    uint32_t id = 0;
    const tt_element *e = tt_element_of(t->tag.name);
    t->element = e ? e : &no_meaning;
    if (e)
        id = tt_element_id(e);
    else if (tt_intern_add(&t->names, tt_str_of(t->tag.name), &id) != TT_OK)
        t->failed = true;
    else
        id += tt_element_ids();
    return t->failed || !make_top(t, (size_t)id + 1) ? 0 : id;
}

static void pop(tt_tree *t, size_t end)
{
    const tt_node *last = &t->v[t->n - 1];
    t->closed(t->ctx, t, last, end);
    t->foreign -= (last->element->is & TT_EL_FOREIGN) != 0;
    t->top[last->id] = last->below;
    t->n--;
}

static uint32_t wall(const tt_tree *t, tt_wall which)
{
    return t->n > 0 ? t->v[t->n - 1].wall[which] : 0;
}

/* Ends the innermost element of an id, if no wall of that kind stands before it. */
static void end_element(tt_tree *t, uint32_t id, tt_wall which, size_t own_end)
{
    uint32_t found = id < t->n_top ? t->top[id] : 0;
    if (found == 0 || found < wall(t, which))
        return;
    while (t->n > found)
        pop(t, t->tag.at);
    pop(t, own_end);
}

static tt_wall wall_of(const tt_element *e)
{
    if (e->role == TT_ROLE_CELL || e->role == TT_ROLE_TABLE)
        return TT_WALL_TABLE;
    if (e->role == TT_ROLE_ITEM || e->group == TT_GROUP_TERM)
        return TT_WALL_LIST;
    return e->is & (TT_EL_BLOCK | TT_EL_SCOPE) ? TT_WALL_SCOPE : TT_WALL_BLOCK;
}

bool tt_tree_has(const tt_tree *t, const char *name)
{
    uint32_t id = tt_element_id(tt_element_of(name));
    return id < t->n_top && t->top[id] > 0;
}

static bool in_head(const tt_tree *t)
{
    return t->n > 0 && strcmp(t->v[t->n - 1].element->name, "head") == 0;
}

/* <html>, <head> and <body> stand once. */
static bool is_repeated(const tt_tree *t)
{
    const char *name = t->element->name;
    if (strcmp(name, "html") == 0 || strcmp(name, "body") == 0)
        return tt_tree_has(t, name);
    return strcmp(name, "head") == 0 && (tt_tree_has(t, "head") || tt_tree_has(t, "body"));
}

static void push(tt_tree *t, uint32_t id)
{
    static const uint16_t walls[TT_N_WALLS] = {TT_EL_SCOPE, TT_EL_LIST_SCOPE, TT_EL_TABLE_SCOPE,
                                               TT_EL_BLOCK | TT_EL_SCOPE};
    if (t->n >= UINT32_MAX - 1 || tt_grow(&t->v, &t->cap, t->n + 1, sizeof *t->v) != TT_OK) {
        t->failed = true;
        return;
    }
    tt_node *node = &t->v[t->n];
    *node = (tt_node){.element = t->element, .at = t->tag.at, .id = id, .below = t->top[id]};
    for (int i = 0; i < TT_N_WALLS; i++)
        node->wall[i] = t->element->is & walls[i] ? (uint32_t)t->n + 1 : wall(t, (tt_wall)i);
    t->n++;
    t->top[id] = (uint32_t)t->n;
    t->pushed = true;
    t->foreign += (t->element->is & TT_EL_FOREIGN) != 0;
}

static void open_tag(tt_tree *t)
{
    uint32_t id = identify(t);
    const tt_element *e = t->element;
    if (t->failed)
        return;
    if (in_head(t) && !(e->is & TT_EL_HEAD))
        end_element(t, tt_element_id(tt_element_of("head")), TT_WALL_SCOPE, t->tag.at);
    if (e->is & TT_EL_CLOSES_P)
        end_element(t, tt_element_id(tt_element_of("p")), TT_WALL_SCOPE, t->tag.at);
    if (e->is & TT_EL_CLOSES_OWN)
        end_element(t, id, wall_of(e), t->tag.at);
    if (e->role == TT_ROLE_TABLE && (e->is & TT_EL_CLOSES_OWN) && e->group == TT_GROUP_ROWS)
        end_element(t, tt_element_id(tt_element_of("tr")), TT_WALL_TABLE, t->tag.at);
    if (e->role == TT_ROLE_LINK)
        end_element(t, id, TT_WALL_BLOCK, t->tag.at);
    if (!(e->is & TT_EL_VOID) && !t->tag.empty && !is_repeated(t))
        push(t, id);
}

/* What comes behind </body> and </html> still stands in them. */
static void close_tag(tt_tree *t)
{
    uint32_t id = identify(t);
    const tt_element *e = t->element;
    if (!t->failed && strcmp(e->name, "body") != 0 && strcmp(e->name, "html") != 0)
        end_element(t, id, wall_of(e), t->tag.end);
}

static bool is_blank(const tt_tree *t)
{
    for (size_t i = t->tag.at; i < t->tag.end; i++)
        if (!strchr(" \t\n\f\r", t->tags.p[i]))
            return false;
    return true;
}

tt_tag_kind tt_tree_next(tt_tree *t)
{
    t->pushed = false;
    t->tags.foreign = t->foreign > 0;
    tt_tag_kind kind = tt_tags_next(&t->tags, &t->tag);
    if (kind == TT_TAG_OPEN)
        open_tag(t);
    else if (kind == TT_TAG_CLOSE)
        close_tag(t);
    else if (kind == TT_TAG_TEXT && in_head(t) && !is_blank(t))
        end_element(t, tt_element_id(tt_element_of("head")), TT_WALL_SCOPE, t->tag.at);
    while (!t->failed && kind == TT_TAG_END && t->n > 0)
        pop(t, t->tag.at);
    return t->failed ? TT_TAG_END : kind;
}
