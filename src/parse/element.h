/* element: what the elements of HTML are to a page: where they end by themselves, what they make of the text in them. */
#ifndef TT_PARSE_ELEMENT_H
#define TT_PARSE_ELEMENT_H

#include "base/str.h"

typedef enum tt_role {
    TT_ROLE_NONE,
    TT_ROLE_EM,
    TT_ROLE_STRONG,
    TT_ROLE_LINK,
    TT_ROLE_BREAK,
    TT_ROLE_RULE,
    TT_ROLE_PARAGRAPH, /* p, div: what stands in it is no item or cell itself */
    TT_ROLE_QUOTE,
    TT_ROLE_LIST,
    TT_ROLE_ITEM,
    TT_ROLE_TABLE,
    TT_ROLE_CELL,
    TT_ROLE_HEADING,
    TT_ROLE_PRE,
    TT_ROLE_CAPTION,
    TT_ROLE_ARTICLE,
    TT_ROLE_MAIN,
    TT_ROLE_HEADER,
    TT_ROLE_FOOTER
} tt_role;

/* A sum of these. "Closes": of the HTML standard's rules for start tags in a body. */
enum {
    TT_EL_VOID = 1,          /* has no content */
    TT_EL_BLOCK = 2,         /* begins and ends a block; end tags of inline elements do not reach over it */
    TT_EL_CLOSES_P = 4,      /* its start tag ends a paragraph */
    TT_EL_SCOPE = 8,         /* a wall: what is open outside is not ended from inside */
    TT_EL_LIST_SCOPE = 16,   /* a wall for li, dt and dd */
    TT_EL_TABLE_SCOPE = 32,  /* a wall for cells and rows */
    TT_EL_CLOSES_OWN = 64,   /* its start tag ends an element of its group */
    TT_EL_HIDDEN = 128,      /* no text of a document: scripts, forms, navigation */
    TT_EL_PAGE_HIDDEN = 256, /* in a whole page, where it is the page's and not the text's; a piece keeps it */
    TT_EL_HEAD = 512,        /* may stand in <head>, which any other one ends */
    TT_EL_FOREIGN = 1024     /* svg, math */
};

/* Elements of one group end each other. */
typedef enum tt_group {
    TT_GROUP_NONE,
    TT_GROUP_TERM, /* dt, dd */
    TT_GROUP_HEADING,
    TT_GROUP_ROWS, /* thead, tbody, tfoot */
    TT_GROUP_CELL, /* td, th */
    TT_N_GROUPS
} tt_group;

typedef struct tt_element {
    char name[12];
    uint8_t group; /* tt_group */
    uint8_t role;
    uint16_t is;
} tt_element;

/* Of a name in lower case; NULL: an element without meaning here, as <span> and <my-card>. */
const tt_element *tt_element_of(const char *name);

uint32_t tt_element_id(const tt_element *element); /* of its group, else of itself; below tt_element_ids */
uint32_t tt_element_ids(void);

#endif
