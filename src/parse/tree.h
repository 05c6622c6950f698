/* tree: a walk over HTML that knows which elements are open, by the HTML standard's rules for tags that are left out. */
#ifndef TT_PARSE_TREE_H
#define TT_PARSE_TREE_H

#include "base/tags.h"
#include "parse/element.h"
#include "parse/flow.h"

typedef enum tt_wall { TT_WALL_SCOPE, TT_WALL_LIST, TT_WALL_TABLE, TT_WALL_BLOCK, TT_N_WALLS } tt_wall;

/* An element that is open. */
typedef struct tt_node {
    const tt_element *element; /* never NULL */
    size_t at;                 /* its `<` */
    uint32_t id, below;        /* of its name or group; the one of that id that is open around it, + 1 */
    uint32_t wall[TT_N_WALLS]; /* the nearest wall of each kind around it, it among them */
    tt_flow_html inside;       /* the walker's: what it is to text that stands in it */
    size_t letters;            /* the walker's: how many stand before it */
    uint32_t mark;             /* the walker's */
} tt_node;

/* Told each element that ends, innermost first; `end` is the byte behind it. It is still the last of tree->v. */
typedef struct tt_tree tt_tree;
typedef void tt_closed_fn(void *ctx, tt_tree *tree, const tt_node *node, size_t end);

struct tt_tree {
    tt_tags tags;
    tt_tag tag;                /* the piece that tt_tree_next has come to */
    const tt_element *element; /* of an OPEN or CLOSE tag; never NULL */
    bool pushed;               /* an OPEN tag has opened v[n - 1]; else it has no content */
    tt_node *v;                /* what is open, from the outside in */
    size_t n, cap;
    tt_closed_fn *closed;
    void *ctx;

    uint32_t *top; /* private: by id, the innermost open one + 1 */
    size_t n_top, cap_top;
    size_t foreign;  /* of what is open: svg, math */
    tt_intern names; /* of elements without meaning */
    bool failed;     /* no memory: the walk has ended */
};

/* Bytes from..text->n. Release it even where a walk ends early. */
void tt_tree_init(tt_tree *t, const tt_text *text, size_t from, tt_closed_fn *closed, void *ctx);
void tt_tree_release(tt_tree *t);

/* The next piece; elements that it ends have been told. TT_TAG_END: all that was open has been told as ending there. */
tt_tag_kind tt_tree_next(tt_tree *t);

bool tt_tree_has(const tt_tree *t, const char *name); /* whether such an element, one that has a meaning, is open */

#endif
