/* xml: the elements and texts of an XML file, one after the other, with the place of each. xml.c alone knows libxml2's
 * XML parser.
 *
 * Nothing but the file itself is read: no DTD, no external entity, no network. Forgiving where files of this kind are
 * often wrong: control characters are blanks, bytes that are not UTF-8 are Windows-1252, names of HTML entities
 * (&nbsp;) are known. An entity that the file declares stands for plain text of TT_XML_MAX_ENTITY bytes at most. */
#ifndef TT_BASE_XML_H
#define TT_BASE_XML_H

#include "base/input.h"

enum {
    TT_XML_MAX_DEPTH = 1000,       /* elements inside each other */
    TT_XML_MAX_ATTRIBUTES = 1000,  /* of one tag: libxml2 2.9 compares each with each */
    TT_XML_MAX_ENTITY = 100,       /* bytes that an entity declared in the file stands for */
    TT_XML_MAX_ENTITIES = 1000,    /* that the file declares; further ones are unknown */
    TT_XML_MAX_CONVERTED = 1 << 28 /* bytes of a file in UTF-16 or a rare encoding, which is converted as a whole */
};

typedef enum tt_xml_kind { TT_XML_END, TT_XML_OPEN, TT_XML_CLOSE, TT_XML_TEXT } tt_xml_kind;

typedef struct tt_xml_attribute {
    tt_str ns, name, value; /* ns: URI or empty */
} tt_xml_attribute;

/* What it points to lives until the next call of tt_xml_next. */
typedef struct tt_xml_event {
    tt_xml_kind kind;
    tt_str ns, name; /* of an element: URI (empty: none), local name */
    const tt_xml_attribute *attributes;
    size_t n_attributes;
    tt_str text;  /* a piece of it, with entities decoded and LF alone at line ends */
    bool follows; /* the text goes on where the event before ended, character by character */
    size_t line,
        column; /* on disk, from 1, in characters: of the tag's `<`, the text's first character, the entity's `&` */
} tt_xml_event;

typedef struct tt_xml tt_xml;

/* `in` stands at the file's start and outlives it. Needs memory for a step of the file, not for all of it; for all where
 * it is in neither UTF-8 nor Windows-1252 (ISO 8859-1 and ASCII are read as that). */
int tt_xml_new(tt_xml **out, tt_input *in, tt_err *err);
void tt_xml_free(tt_xml *x); /* NULL is allowed */

/* The next event. Text has been cut at any place, but each reference is a piece of its own. Negative: nothing can follow;
 * the elements before the fault have been given. TT_EINPUT: not well-formed; TT_ELIMIT: one of those above. */
int tt_xml_next(tt_xml *x, tt_xml_event *out, tt_err *err);

tt_str tt_xml_attr(const tt_xml_event *e, const char *name); /* of no namespace; empty: none */
bool tt_xml_is(const tt_xml_event *e, const char *ns, const char *name);

#endif
