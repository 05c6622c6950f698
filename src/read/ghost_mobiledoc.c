/* In: a Mobiledoc document, version 0.3. Out: its text. Not here: cards (ghost_pen.c). */
#include "read/ghost_doc.h"
#include "read/ghost_pen.h"
#include "read/jfile.h"

#include <string.h>

/* The elements of an array, cards or markups, which are named by their index. */
typedef struct part {
    tt_jscan_value v;
    tt_place place;
} part;

typedef struct parts {
    part *v;
    size_t n;
} parts;

static bool begin(tt_jscan *s, const tt_jscan_value *array)
{
    tt_jscan_value v;
    tt_jscan_init(s, array->raw);
    return array->kind == TT_JSCAN_ARRAY && tt_jscan_next(s, &v) == TT_JSCAN_ARRAY;
}

/* The next value of an array, whole. */
static bool take(tt_jscan *s, tt_jscan_value *v)
{
    tt_jscan_kind kind = tt_jscan_next(s, v);
    if (kind == TT_JSCAN_ARRAY || kind == TT_JSCAN_OBJECT)
        return tt_jscan_skip(s, v);
    return kind != TT_JSCAN_CLOSE && kind != TT_JSCAN_BROKEN;
}

static int list_parts(tt_pen *p, const tt_jscan_value *array, parts *out)
{
    tt_jscan s;
    tt_jscan_value v;
    size_t n = 0;
    *out = (parts){0};
    if (!begin(&s, array))
        return 0;
    while (take(&s, &v))
        n++;
    out->v = tt_arena_array(&p->arena, n, sizeof *out->v);
    if (!out->v)
        return TT_ENOMEM;
    tt_place start = p->place;
    for (begin(&s, array); take(&s, &v);) {
        if (v.kind == TT_JSCAN_ARRAY)
            tt_pen_mark(p, &v);
        out->v[out->n++] = (part){v, p->place};
    }
    p->place = start;
    return 0;
}

typedef struct mobiledoc {
    parts cards, markups;
    size_t open[TT_GHOST_NESTING]; /* markups that are open */
    size_t n_open;
} mobiledoc;

/* Opens (or closes) the tag of a markup: ["a",["href","https://…"]]. */
static void put_markup(tt_pen *p, const mobiledoc *m, size_t index, bool open)
{
    static const struct {
        const char *name, *open, *close;
    } tags[] = {{"a", "", "</a>"},
                {"code", "<code>", "</code>"},
                {"strong", "<strong>", "</strong>"},
                {"b", "<strong>", "</strong>"},
                {"em", "<em>", "</em>"},
                {"i", "<em>", "</em>"}};
    tt_jscan s, attributes;
    tt_jscan_value tag, v, name = {0}, href = {0};
    if (index >= m->markups.n || !begin(&s, &m->markups.v[index].v) || !take(&s, &tag))
        return;
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (tt_jfile_is(&tag, tags[i].name))
            tt_pen_put(p, open ? tags[i].open : tags[i].close);
    if (!open || !tt_jfile_is(&tag, "a"))
        return;
    if (take(&s, &v) && begin(&attributes, &v))
        while (take(&attributes, &name) && take(&attributes, &v))
            if (tt_jfile_is(&name, "href"))
                href = v;
    p->n_href += href.raw.n;
    if (p->n_href > p->json->text.n) /* many short marks may name one long address */
        href.kind = TT_JSCAN_NONE;
    tt_place here = p->place;
    p->place = m->markups.v[index].place;
    tt_pen_link(p, &href);
    p->place = here;
}

/* [0, [markups that open], number that close behind it, text]; an atom (1) is a line break. */
static void put_marker(tt_pen *p, mobiledoc *m, const tt_jscan_value *marker)
{
    tt_jscan s, opens;
    tt_jscan_value type, list, closes, text, index;
    tt_pen_mark(p, marker);
    if (!begin(&s, marker) || !take(&s, &type) || !take(&s, &list) || !take(&s, &closes) || !take(&s, &text))
        return;
    if (begin(&opens, &list))
        while (take(&opens, &index) && m->n_open < TT_GHOST_NESTING) {
            m->open[m->n_open] = (size_t)tt_jfile_number(&index);
            put_markup(p, m, m->open[m->n_open++], true);
        }
    if (text.kind == TT_JSCAN_STRING)
        tt_pen_string(p, &text, TT_PEN_TEXT);
    else
        tt_pen_put(p, "<br>");
    for (int64_t n = tt_jfile_number(&closes); n > 0 && m->n_open > 0; n--)
        put_markup(p, m, m->open[--m->n_open], false);
}

static void put_markers(tt_pen *p, mobiledoc *m, const tt_jscan_value *markers)
{
    tt_jscan s;
    tt_jscan_value v;
    m->n_open = 0;
    if (begin(&s, markers))
        while (take(&s, &v))
            put_marker(p, m, &v);
    while (m->n_open > 0)
        put_markup(p, m, m->open[--m->n_open], false);
}

static void put_tagged(tt_pen *p, mobiledoc *m, const tt_jscan_value *tag, const tt_jscan_value *content, bool list)
{
    static const char *const names[] = {"h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "aside", "ul", "ol"};
    const char *name = "p";
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (tt_jfile_is(tag, names[i]))
            name = names[i];
    if (strcmp(name, "aside") == 0)
        name = "blockquote";
    tt_pen_put(p, "<");
    tt_pen_put(p, name);
    tt_pen_put(p, ">");
    tt_jscan s;
    tt_jscan_value item;
    if (!list) {
        put_markers(p, m, content);
    } else if (begin(&s, content)) {
        while (take(&s, &item)) {
            tt_pen_put(p, "<li>");
            put_markers(p, m, &item);
            tt_pen_put(p, "</li>\n");
        }
    }
    tt_pen_put(p, "</");
    tt_pen_put(p, name);
    tt_pen_put(p, ">\n");
}

/* ["markdown", {…}]. A card that stands a second time is left out: it is the same text, and a small document may name a
 * large card any number of times. */
static void put_card_at(tt_pen *p, mobiledoc *m, const tt_jscan_value *index)
{
    tt_jscan s;
    tt_jscan_value name, payload;
    int64_t i = tt_jfile_number(index);
    if (i < 0 || (uint64_t)i >= m->cards.n || !begin(&s, &m->cards.v[i].v))
        return;
    tt_place here = p->place;
    p->place = m->cards.v[i].place;
    if (take(&s, &name) && take(&s, &payload))
        tt_pen_card(p, &payload);
    p->place = here;
    m->cards.v[i].v.kind = TT_JSCAN_NONE;
}

int tt_pen_mobiledoc(tt_pen *p, const tt_jscan_value *doc)
{
    enum { MARKUP = 1, LIST_SECTION = 3, CARD = 10 };
    enum { CARDS, MARKUPS, SECTIONS, N };
    static const char *const names[] = {"cards", "markups", "sections"};
    tt_jscan_value v[N], section, type, first, second;
    tt_jscan s, inner;
    mobiledoc m = {0};
    tt_jfile_members(doc, names, N, v);
    if (!begin(&s, &v[SECTIONS]))
        return tt_pen_refuse(p, "it has no sections");
    if (list_parts(p, &v[CARDS], &m.cards) != 0 || list_parts(p, &v[MARKUPS], &m.markups) != 0)
        return TT_ENOMEM;
    while (take(&s, &section)) {
        if (!begin(&inner, &section) || !take(&inner, &type) || !take(&inner, &first))
            continue;
        int64_t kind = tt_jfile_number(&type);
        if (kind == CARD)
            put_card_at(p, &m, &first);
        else if ((kind == MARKUP || kind == LIST_SECTION) && take(&inner, &second))
            put_tagged(p, &m, &first, &second, kind == LIST_SECTION);
    }
    return 0;
}
