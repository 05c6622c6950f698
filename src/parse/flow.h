/* flow: between a parser and the builder. Knows where in the document the text stands (quote, list, HTML element,
 * emphasis, image description) and what that makes of it: kind of block, zone, caption, bold paragraph. */
#ifndef TT_PARSE_FLOW_H
#define TT_PARSE_FLOW_H

#include "parse/doc.h"
#include "parse/mask.h"

/* What HTML elements add; the scanner of tags sets it. */
typedef struct tt_flow_html {
    unsigned quote, list; /* depths */
    unsigned em, strong;  /* depths; end with the block */
    bool pre, caption;    /* in <pre>, <figcaption> */
    bool item, cell;      /* in <li>, <td> */
    bool link;            /* in <a href> */
    int level;            /* of <h1> … <h6>; 0: none */
} tt_flow_html;

typedef struct tt_flow {
    tt_doc_builder *b;
    const char *data; /* the text */
    tt_mask *mask;    /* NULL: none */
    tt_buf image;     /* letters of the last image's description */
    tt_buf scratch;
    tt_buf href; /* of the HTML link that is open */

    tt_block_kind kind; /* of the block that the next text opens */
    int level;
    unsigned quote, list;     /* depths of Markdown's containers */
    unsigned em, strong, alt; /* depths of spans */
    bool url;                 /* in an autolink: all is URL */
    tt_flow_html html;

    bool open;           /* a block is open */
    bool near_image;     /* no text since the last image, before `rest` */
    bool alt_seen;       /* the image has a description: alt_run */
    uint32_t alt_run;    /* first run of it */
    uint32_t rest;       /* first run of the block, or behind its last image */
    bool text_em;        /* since `rest`: text in emphasis that is not strong alone */
    bool text_plain;     /* since `rest`: text outside emphasis */
    bool text_strong;    /* since `rest`: text that is in both */
    bool bold, not_bold; /* in the block: words inside, words outside strong */
} tt_flow;

/* `kept` as in tt_doc_builder_again; may be NULL. */
int tt_flow_init(tt_flow *f, tt_doc_builder **kept, tt_arena *arena, const tt_text *text, tt_mask *mask);
int tt_flow_finish(tt_flow *f, tt_doc *out, tt_err *err); /* releases the flow; failed or not */
void tt_flow_release(tt_flow *f); /* where finish is not reached */

/* The next text opens a block of this kind; one that is open ends. */
void tt_flow_leaf(tt_flow *f, tt_block_kind kind, int level);
void tt_flow_heading(tt_flow *f, int level); /* of Markdown: what was left open in HTML ends here at the latest */
void tt_flow_end(tt_flow *f);

/* Text as it is read; `how` as in tt_doc_text. Leading white space of a block is dropped. With `masked`, hidden stretches
 * are meta. */
void tt_flow_text(tt_flow *f, size_t at, size_t n, int how, bool masked);
void tt_flow_plain(tt_flow *f, size_t at, size_t n); /* tt_flow_text, where nothing is to be decoded, found or hidden */
void tt_flow_break(tt_flow *f, size_t at, size_t n_src); /* a line break: one blank */
void tt_flow_aside(tt_flow *f, tt_zone zone, size_t at, size_t n);
/* A link, of which `url` is as written, in the source's terms (`how` as in tt_doc_text). One of HTML ends where another
 * link begins; with `cut` nothing in the source says where. */
bool tt_flow_link_begin(tt_flow *f); /* false: there is no link in a link, nor in an image's description */
void tt_flow_link_end(tt_flow *f, tt_str url, int how);
void tt_flow_html_link_end(tt_flow *f, bool cut);

void tt_flow_image_begin(tt_flow *f); /* text up to the end is its description */
void tt_flow_image_end(tt_flow *f);

#endif
