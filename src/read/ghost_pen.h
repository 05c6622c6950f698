/* ghost_pen: what writes the text of a document of Ghost's editors: strings, links and cards. For ghost_*.c alone. */
#ifndef TT_READ_GHOST_PEN_H
#define TT_READ_GHOST_PEN_H

#include "base/jscan.h"
#include "base/place.h"

/* The pen writes into `out`. Markdown cards are copied where the document has nothing else; else all is HTML. */
typedef struct tt_pen {
    const tt_loci *json;
    tt_loci *out;
    tt_place place; /* a mark before what is written next: rises from node to node */
    tt_loci text;   /* one string */
    tt_arena arena;
    bool markdown;
    bool mixed; /* wrote as Markdown, and there was something that is none */
    bool any;
    const char *why;
    size_t depth;
    size_t n_href; /* bytes of addresses written for markups */
} tt_pen;

/* What a string is. HTML, CAPTION and HEADING are HTML in the editor and copied as such. */
typedef enum tt_pen_how {
    TT_PEN_TEXT,
    TT_PEN_CODE,
    TT_PEN_HTML,
    TT_PEN_CAPTION,
    TT_PEN_ALT,
    TT_PEN_HEADING,
    TT_PEN_MARKDOWN
} tt_pen_how;

int tt_pen_refuse(tt_pen *p, const char *why); /* TT_EINPUT; `why` is a literal */
/* Moves the mark to a value; those behind it are then found without a walk from the start. */
void tt_pen_mark(tt_pen *p, const tt_jscan_value *v);
void tt_pen_put(tt_pen *p, const char *markup); /* a tag; of Markdown it is none */
void tt_pen_string(tt_pen *p, const tt_jscan_value *v, tt_pen_how how);
void tt_pen_link(tt_pen *p, const tt_jscan_value *url);     /* opens it; `url` may be none */
void tt_pen_card(tt_pen *p, const tt_jscan_value *payload); /* the fields of an object */

/* The documents, of which the whole is valid JSON. 0, TT_EINPUT or TT_ENOMEM. */
int tt_pen_lexical(tt_pen *p, const tt_jscan_value *doc);
int tt_pen_mobiledoc(tt_pen *p, const tt_jscan_value *doc);

#endif
