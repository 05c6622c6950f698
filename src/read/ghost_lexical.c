/* In: a Lexical document. Out: its text. Not here: cards (ghost_pen.c). Names of nodes are those of Ghost's editor Koenig. */
#include "read/ghost_doc.h"
#include "read/ghost_pen.h"
#include "read/jfile.h"

static const struct {
    const char *type, *open, *close;
} elements[] = {{"paragraph", "<p>", "</p>\n"},
                {"quote", "<blockquote>", "</blockquote>\n"},
                {"extended-quote", "<blockquote>", "</blockquote>\n"},
                {"aside", "<blockquote>", "</blockquote>\n"},
                {"listitem", "<li>", "</li>\n"},
                {"linebreak", "<br>", ""},
                {"tab", " ", ""}};

enum node_field { TYPE, TAG, TEXT_OF, FORMAT, URL, LIST, CHILDREN, N_NODE };
static const char *const node_fields[] = {"type", "tag", "text", "format", "url", "listType", "children"};

/* The tags around a node's children: `<h2>`, and what closes it. */
static void tags_of(const tt_jscan_value *v, const char **open, const char **close)
{
    static const char *const headings[][2] = {{"<h1>", "</h1>\n"}, {"<h2>", "</h2>\n"}, {"<h3>", "</h3>\n"},
                                              {"<h4>", "</h4>\n"}, {"<h5>", "</h5>\n"}, {"<h6>", "</h6>\n"}};
    tt_str tag = v[TAG].raw;
    *open = *close = "";
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (tt_jfile_is(&v[TYPE], elements[i].type)) {
            *open = elements[i].open;
            *close = elements[i].close;
        }
    if (tt_jfile_is(&v[TYPE], "heading") || tt_jfile_is(&v[TYPE], "extended-heading")) {
        size_t level = tag.n == 2 && tag.p[1] >= '1' && tag.p[1] <= '6' ? (size_t)(tag.p[1] - '1') : 1;
        *open = headings[level][0];
        *close = headings[level][1];
    } else if (tt_jfile_is(&v[TYPE], "list")) {
        *open = tt_jfile_is(&v[LIST], "number") ? "<ol>" : "<ul>";
        *close = tt_jfile_is(&v[LIST], "number") ? "</ol>\n" : "</ul>\n";
    }
}

static int put_children(tt_pen *p, const tt_jscan_value *children);

static bool is_link(const tt_jscan_value *v)
{
    return tt_jfile_is(&v[TYPE], "link") || tt_jfile_is(&v[TYPE], "autolink") || tt_jfile_is(&v[TYPE], "at-link");
}

static int put_node(tt_pen *p, const tt_jscan_value *node)
{
    enum { BOLD = 1, CODE_BIT = 16 }; /* of Lexical's `format` */
    tt_jscan_value v[N_NODE];
    const char *open, *close;
    tt_pen_mark(p, node);
    tt_jfile_members(node, node_fields, N_NODE, v);
    if (v[CHILDREN].kind == TT_JSCAN_ARRAY) {
        tags_of(v, &open, &close);
        bool link = is_link(v);
        tt_pen_put(p, open);
        if (link)
            tt_pen_link(p, &v[URL]);
        int rc = put_children(p, &v[CHILDREN]);
        tt_pen_put(p, link ? "</a>" : close);
        return rc;
    }
    if (v[TEXT_OF].kind == TT_JSCAN_STRING) {
        int64_t format = tt_jfile_number(&v[FORMAT]);
        bool code = format > 0 && (format & CODE_BIT), bold = format > 0 && (format & BOLD);
        tt_pen_put(p, code ? "<code>" : bold ? "<strong>" : "");
        tt_pen_string(p, &v[TEXT_OF], TT_PEN_TEXT);
        tt_pen_put(p, code ? "</code>" : bold ? "</strong>" : "");
        return 0;
    }
    tags_of(v, &open, &close);
    tt_pen_put(p, open);
    tt_pen_card(p, node);
    return 0;
}

static int put_children(tt_pen *p, const tt_jscan_value *children)
{
    tt_jscan s;
    tt_jscan_value v;
    if (p->depth == TT_GHOST_NESTING)
        return tt_pen_refuse(p, "nodes are nested deeper than 64 levels");
    p->depth++;
    tt_jscan_init(&s, children->raw);
    tt_jscan_next(&s, &v);
    int rc = 0;
    while (rc == 0 && tt_jscan_next(&s, &v) == TT_JSCAN_OBJECT) {
        tt_jscan_skip(&s, &v);
        rc = put_node(p, &v);
    }
    p->depth--;
    return rc;
}

int tt_pen_lexical(tt_pen *p, const tt_jscan_value *doc)
{
    static const char *const names[] = {"root"}, *const of_root[] = {"children"};
    tt_jscan_value root, children;
    tt_jfile_members(doc, names, 1, &root);
    tt_jfile_members(&root, of_root, 1, &children);
    return children.kind == TT_JSCAN_ARRAY ? put_children(p, &children)
                                           : tt_pen_refuse(p, "it has no root with children");
}
