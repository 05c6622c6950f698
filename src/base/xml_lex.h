/* xml_lex: inside of xml: the bytes of an XML file made fit for libxml2, and where its tags, texts and references stand.
 * Independent of what libxml2 tells of places, which differs between its versions and is lost where it converts. */
#ifndef TT_BASE_XML_LEX_H
#define TT_BASE_XML_LEX_H

#include "base/input.h"

typedef enum tt_xml_mark_kind {
    TT_XML_MARK_OPEN,
    TT_XML_MARK_CLOSE, /* also of <a/>, behind its open */
    TT_XML_MARK_TEXT,
    TT_XML_MARK_REFERENCE
} tt_xml_mark_kind;

typedef struct tt_xml_mark {
    tt_xml_mark_kind kind;
    uint32_t line, column;
    size_t n; /* bytes of a text */
} tt_xml_mark;

/* {0} before init. `clean` is valid UTF-8 without byte-order mark, CR and characters that XML refuses; each of its
 * characters is one of the file, CR LF being one. */
typedef struct tt_xml_lex {
    tt_buf clean; /* of the last feed */

    tt_xml_mark *marks; /* read and not told by libxml2 yet */
    size_t n, cap, first;
    tt_xml_mark here; /* where the last text that was asked for ends */
    bool open_end;    /* the mark at the end may still grow */

    int state;
    uint32_t line, column; /* of the next character */
    tt_xml_mark tag;       /* that is being read */
    unsigned n_attributes, n_word, n_dash;
    char quote, word[8];
    bool slash, in_dtd, subset;
    unsigned dtd_depth;
} tt_xml_lex;

void tt_xml_lex_init(tt_xml_lex *x);
void tt_xml_lex_release(tt_xml_lex *x);

/* Takes about `n` bytes of the input's window, which holds more than a character of them or the file's end. TT_EINPUT: a
 * NUL; TT_ELIMIT: too many attributes; *clean* is then what stands before. */
int tt_xml_lex_feed(tt_xml_lex *x, tt_input *in, size_t n, tt_err *err);

/* The place of the tag that libxml2 tells of now; marks before it are done with. */
tt_xml_mark tt_xml_lex_tag(tt_xml_lex *x, tt_xml_mark_kind kind);

/* libxml2 tells of the text p: how many bytes of it stand in one piece, and where. *follows: right behind the text before. */
size_t tt_xml_lex_text(tt_xml_lex *x, const char *p, size_t n, tt_xml_mark *at, bool *follows);

bool tt_xml_lex_in_text(const tt_xml_lex *x); /* the next thing is a reference in a text (not in an attribute) */

#endif
