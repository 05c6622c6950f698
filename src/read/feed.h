/* feed: what the XML formats have in common: a file of items, each with fields (title, date, texts). */
#ifndef TT_READ_FEED_H
#define TT_READ_FEED_H

#include "base/xml.h"
#include "read/reader.h"

typedef enum tt_feed_field {
    TT_FEED_NONE,
    TT_FEED_TITLE,
    TT_FEED_DATE,
    TT_FEED_DATE_ELSE, /* where there is no other */
    TT_FEED_ID,
    TT_FEED_NAME,
    TT_FEED_SECTION,
    TT_FEED_CONTENT,
    TT_FEED_SUMMARY, /* where there is no content */
    TT_FEED_STATUS,
    TT_FEED_TYPE,
    TT_FEED_N_FIELDS
} tt_feed_field;

/* What a field's text is. */
typedef struct tt_feed_how {
    tt_body body;
    bool markup;  /* elements in it are HTML, and its text is none */
    tt_str value; /* p not NULL: this is the text, from an attribute */
} tt_feed_how;

typedef struct tt_feed tt_feed;

typedef struct tt_feed_format {
    bool (*item)(const tt_xml_event *e);
    tt_feed_field (*field)(const tt_xml_event *e, tt_feed_how *how); /* of an element right in an item */
    int (*finish)(tt_feed *f, tt_record *out); /* NULL, or what is particular: status, type, body; 0 or TT_ENOMEM */
    bool id_names;                             /* the id is the record's name, and its own name stands in for it */
} tt_feed_format;

struct tt_feed {
    const tt_feed_format *format;
    tt_reading_in in;
    tt_xml *xml;
    tt_loci fields[TT_FEED_N_FIELDS]; /* of the item: the first of each kind that is not blank */
    tt_feed_how how[TT_FEED_N_FIELDS];
    tt_loci body; /* for `finish` */
    tt_buf title, section, name, key;
    tt_intern seen;
    size_t n_items, line;
};

/* As in tt_reader; `tt_feed_is` says whether an element that `root` takes stands before the end of the first item. */
bool tt_feed_is(const tt_head *head, bool (*root)(const tt_xml_event *e));
int tt_feed_open(const tt_feed_format *format, const tt_reading_in *in, void **state, tt_err *err);
int tt_feed_next(void *state, tt_record *out, tt_err *err);
void tt_feed_close(void *state);

tt_str tt_feed_text(const tt_feed *f, tt_feed_field field);               /* trimmed; empty: none */
void tt_feed_pass(size_t *line, size_t *column, const char *p, size_t n); /* moves a place over a text */

#define TT_NS_CONTENT "http://purl.org/rss/1.0/modules/content/"
#define TT_NS_DC "http://purl.org/dc/elements/1.1/"

#endif
