/* html: tags, comments and text of HTML that stands in Markdown, fed in pieces as they lie in the source. */
#ifndef TT_PARSE_HTML_H
#define TT_PARSE_HTML_H

#include "parse/flow.h"

typedef enum tt_html_state {
    TT_HTML_TEXT,
    TT_HTML_COMMENT,
    TT_HTML_DECLARATION, /* <!DOCTYPE …>, <? … > */
    TT_HTML_TAG,         /* between attributes */
    TT_HTML_NAME,        /* of an attribute */
    TT_HTML_EQUALS,      /* behind = */
    TT_HTML_VALUE,       /* of an attribute */
    TT_HTML_RAW          /* in <script> or <style> */
} tt_html_state;

enum { TT_HTML_NAME_SIZE = 16 }; /* longer names are cut: none of them matters */

typedef struct tt_html {
    tt_flow *flow;
    const char *p; /* what is scanned: the text, or its copy with hidden stretches */
    tt_html_state state;
    char tag[TT_HTML_NAME_SIZE], attribute[TT_HTML_NAME_SIZE];
    bool closing;    /* </… */
    char quote;      /* around the value, or '\0' */
    size_t tag_at;   /* its `<` */
    size_t meta_at;  /* from here on all is meta and not pushed yet */
    bool value_text; /* the value is seen: alt */
    bool alt_done;   /* the image had an alt */
    bool href_value; /* the value is where a link leads: href of <a> */
    bool href_done;  /* the link had one */
} tt_html;

/* Bytes at..at+n, which follow what was fed before but for markup of containers. State is kept in between. */
void tt_html_feed(tt_html *h, size_t at, size_t n);
/* The block of HTML ends: what is open in the syntax (a tag, a comment) ends. Elements stay open. */
void tt_html_end(tt_html *h);

#endif
