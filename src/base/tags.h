/* tags: HTML cut into tags, text and the rest, as the HTML standard's tokenizer cuts it. No tree, no meaning. */
#ifndef TT_BASE_TAGS_H
#define TT_BASE_TAGS_H

#include "base/str.h"

typedef enum tt_tag_kind {
    TT_TAG_END,   /* that was all */
    TT_TAG_TEXT,  /* entities not decoded */
    TT_TAG_OPEN,  /* <a …> */
    TT_TAG_CLOSE, /* </a> */
    TT_TAG_OTHER  /* a comment, <!…>, <?…>, what stands in <script>, <style>, <iframe> and their like */
} tt_tag_kind;

enum { TT_TAG_NAME = 24 }; /* longer names are cut: no element that matters has one */

/* One piece: bytes at..end. Pieces follow each other without gap. */
typedef struct tt_tag {
    tt_tag_kind kind;
    size_t at, end;
    char name[TT_TAG_NAME]; /* OPEN, CLOSE: in lower case */
    size_t attributes;      /* where the name ends */
    bool empty;             /* <a … /> */
} tt_tag;

/* {p, n} begins. A tag or comment that does not end goes up to the end of p. Linear. */
typedef struct tt_tags {
    const char *p;
    size_t n, at;
    bool foreign;          /* set by the caller: in <svg> and <math> no element hides tags that stand in it */
    char raw[TT_TAG_NAME]; /* the element in which tags are text; empty: none */
} tt_tags;

tt_tag_kind tt_tags_next(tt_tags *t, tt_tag *out);

/* The attributes of a tag one by one: *at is 0 at first. Value: without quotes, entities not decoded; empty: none. */
bool tt_tag_attribute(const tt_tags *t, const tt_tag *tag, size_t *at, tt_str *name, tt_str *value);

/* Text or an attribute's value with its entities decoded, appended to `out`. */
void tt_tag_decode(tt_str raw, tt_buf *out);

#endif
