/* In: bytes of an XML file. Out: clean UTF-8, and marks: where each tag, text and reference stands. Not here: whether the
 * file is well-formed, which libxml2 says; in one that is not, marks may be wrong until it stops. */
#include "base/xml_lex.h"

#include "base/entity.h"
#include "base/unicode.h"
#include "base/xml.h"

enum state {
    IN_TEXT,
    IN_REFERENCE,
    BEHIND_LT,
    IN_TAG,
    IN_VALUE,
    IN_END_TAG,
    BEHIND_BANG, /* <! and what tells what it is */
    IN_COMMENT,
    IN_CDATA,
    IN_PI,
    IN_DTD,
    IN_DTD_VALUE,
    IN_DTD_LT
};

void tt_xml_lex_init(tt_xml_lex *x)
{
    *x = (tt_xml_lex){.line = 1, .column = 1};
}

void tt_xml_lex_release(tt_xml_lex *x)
{
    tt_buf_release(&x->clean);
    tt_free(x->marks);
    *x = (tt_xml_lex){0};
}

/* ---- marks ---- */

static void add_mark(tt_xml_lex *x, tt_xml_mark_kind kind, tt_xml_mark at)
{
    at.kind = kind;
    if (x->first > 0 && x->first == x->n)
        x->first = x->n = 0;
    if (x->n == x->cap && x->first > x->n / 2) {
        memmove(x->marks, x->marks + x->first, (x->n - x->first) * sizeof *x->marks);
        x->n -= x->first;
        x->first = 0;
    }
    if (tt_grow(&x->marks, &x->cap, x->n + 1, sizeof *x->marks) != 0)
        x->clean.failed = true;
    else
        x->marks[x->n++] = at;
}

static tt_xml_mark here(const tt_xml_lex *x)
{
    return (tt_xml_mark){.line = x->line, .column = x->column};
}

/* A text goes on with n more bytes. */
static void add_text(tt_xml_lex *x, size_t n)
{
    if (!x->open_end || x->first == x->n)
        add_mark(x, TT_XML_MARK_TEXT, here(x));
    x->open_end = true;
    if (!x->clean.failed)
        x->marks[x->n - 1].n += n;
}

static void end_text(tt_xml_lex *x, size_t without)
{
    if (x->open_end && !x->clean.failed && x->first < x->n)
        x->marks[x->n - 1].n -= without;
    x->open_end = false;
}

/* ---- the grammar ---- */

static void lex_tag(tt_xml_lex *x, char c)
{
    if (c == '"' || c == '\'') {
        x->quote = c;
        x->state = IN_VALUE;
    } else if (c == '>') {
        if (x->slash)
            add_mark(x, TT_XML_MARK_CLOSE, x->tag);
        x->state = IN_TEXT;
    }
    x->n_attributes += c == '=';
    x->slash = c == '/';
}

/* <!-- or <![CDATA[ or a declaration. */
static void lex_bang(tt_xml_lex *x, char c)
{
    static const char dashes[] = "--", cdata[] = "[CDATA[";
    x->word[x->n_word++] = c;
    if (memcmp(x->word, dashes, x->n_word < 2 ? x->n_word : 2) == 0) {
        x->n_dash = 0;
        if (x->n_word == 2)
            x->state = IN_COMMENT;
    } else if (!x->in_dtd && memcmp(x->word, cdata, x->n_word) == 0) {
        x->n_dash = 0;
        if (x->n_word == 7)
            x->state = IN_CDATA;
    } else {
        x->dtd_depth += x->in_dtd;
        x->in_dtd = true;
        x->state = IN_DTD;
    }
}

static void lex_dtd(tt_xml_lex *x, char c)
{
    if (c == '"' || c == '\'') {
        x->quote = c;
        x->state = IN_DTD_VALUE;
    } else if (c == '<') {
        x->state = IN_DTD_LT;
    } else if (c == '[' || c == ']') {
        x->subset = c == '[';
    } else if (c == '>' && x->dtd_depth > 0) {
        x->dtd_depth--;
    } else if (c == '>' && !x->subset) {
        x->in_dtd = false;
        x->state = IN_TEXT;
    }
}

static void begin_bang(tt_xml_lex *x)
{
    x->n_word = 0;
    x->state = BEHIND_BANG;
}

static void lex_lt(tt_xml_lex *x, char c)
{
    if (c == '!') {
        begin_bang(x);
    } else if (c == '?') {
        x->n_dash = 0;
        x->state = IN_PI;
    } else if (c == '/') {
        add_mark(x, TT_XML_MARK_CLOSE, x->tag);
        x->state = IN_END_TAG;
    } else {
        add_mark(x, TT_XML_MARK_OPEN, x->tag);
        x->n_attributes = 0;
        x->slash = false;
        x->state = IN_TAG;
    }
}

/* One character of `n` bytes, of which c is the first. */
static void lex(tt_xml_lex *x, char c, size_t n)
{
    switch (x->state) {
    case IN_TEXT:
        if (c == '<' || c == '&') {
            end_text(x, 0);
            x->tag = here(x);
            x->state = c == '<' ? BEHIND_LT : IN_REFERENCE;
        } else {
            add_text(x, n);
        }
        break;
    case IN_REFERENCE:
        if (c == ';') {
            add_mark(x, TT_XML_MARK_REFERENCE, x->tag);
            x->state = IN_TEXT;
        }
        break;
    case BEHIND_LT:
        lex_lt(x, c);
        break;
    case IN_TAG:
        lex_tag(x, c);
        break;
    case IN_VALUE:
        if (c == x->quote)
            x->state = IN_TAG;
        break;
    case IN_END_TAG:
        if (c == '>')
            x->state = IN_TEXT;
        break;
    case BEHIND_BANG:
        lex_bang(x, c);
        break;
    case IN_COMMENT:
        if (c == '>' && x->n_dash >= 2)
            x->state = x->in_dtd ? IN_DTD : IN_TEXT;
        x->n_dash = c == '-' ? x->n_dash + 1 : 0;
        break;
    case IN_CDATA:
        if (c == '>' && x->n_dash >= 2) {
            end_text(x, 2);
            x->state = IN_TEXT;
        } else {
            add_text(x, n);
        }
        x->n_dash = c == ']' ? x->n_dash + 1 : 0;
        break;
    case IN_PI:
        if (c == '>' && x->n_dash > 0)
            x->state = x->in_dtd ? IN_DTD : IN_TEXT;
        x->n_dash = c == '?';
        break;
    case IN_DTD:
        lex_dtd(x, c);
        break;
    case IN_DTD_VALUE:
        if (c == x->quote)
            x->state = IN_DTD;
        break;
    case IN_DTD_LT:
        x->n_dash = 0;
        if (c == '!')
            begin_bang(x);
        else
            x->state = c == '?' ? IN_PI : IN_DTD;
        break;
    }
    x->line += c == '\n';
    x->column = c == '\n' ? 1 : x->column + 1;
}

/* ---- bytes to characters ---- */

/* What the file's next character is in clean UTF-8: *from points to it, *n is its length there. Returns the bytes that it takes in the
 * file, 0: more of it must be read. */
static size_t next_char(const tt_input *in, size_t i, char buf[TT_ENTITY_MAX], const char **from, size_t *n)
{
    const char *p = in->p + i;
    size_t left = in->n - i;
    unsigned char c = (unsigned char)*p;
    uint32_t cp;
    *from = p;
    *n = 1;
    if (c == '\r') {
        *from = "\n";
        return left > 1 ? 1 + (p[1] == '\n') : in->end ? 1 : 0;
    }
    if (c < 0x20 && c != '\t' && c != '\n' && c != '\0')
        *from = " ";
    if (c < 0x80)
        return 1;
    if (left < TT_UTF8_MAX && !in->end)
        return 0;
    size_t len = tt_utf8_decode(p, left, &cp);
    *n = len;
    if (len > 0 && cp != 0xFFFE && cp != 0xFFFF)
        return len;
    if (len > 0) {
        *from = "\xEF\xBF\xBD";
        return len;
    }
    char reference[16]; /* 128 to 159 are Windows-1252 in HTML */
    int n_reference = snprintf(reference, sizeof reference, "&#%u;", c);
    tt_entity(reference, (size_t)n_reference, buf, n);
    *from = buf;
    return 1;
}

/* Bytes of text in which nothing begins or ends, for which there is a short way. */
static size_t plain_run(const tt_xml_lex *x, const char *p, size_t n)
{
    size_t i = 0;
    if (x->state == IN_TEXT || x->state == IN_CDATA)
        while (i < n && p[i] >= ' ' && (unsigned char)p[i] < 0x80 && p[i] != '<' && p[i] != '>' && p[i] != '&' &&
               p[i] != ']')
            i++;
    return i;
}

int tt_xml_lex_feed(tt_xml_lex *x, tt_input *in, size_t n, tt_err *err)
{
    size_t i = 0, len, n_clean;
    int rc = 0;
    tt_buf_reset(&x->clean);
    if (in->at == 0)
        while (in->n - i >= 3 && memcmp(in->p + i, "\xEF\xBB\xBF", 3) == 0)
            i += 3;
    for (; rc == 0 && i < in->n && i < n && !x->clean.failed; i += len) {
        char buf[TT_ENTITY_MAX];
        const char *p;
        len = plain_run(x, in->p + i, (in->n < n ? in->n : n) - i);
        if (len > 0) {
            add_text(x, len);
            x->column += (uint32_t)len;
            x->n_dash = 0;
            tt_buf_add(&x->clean, in->p + i, len);
            continue;
        }
        len = next_char(in, i, buf, &p, &n_clean);
        if (len == 0)
            break;
        if (*p == '\0')
            rc = tt_fail(err, TT_EINPUT, in->path, x->line, x->column,
                         "holds NUL characters, so it is no text; leave it out with --exclude");
        else
            lex(x, *p, n_clean);
        if (x->state == IN_TAG && x->n_attributes > TT_XML_MAX_ATTRIBUTES)
            rc = tt_fail(err, TT_ELIMIT, in->path, x->tag.line, x->tag.column,
                         "more than %d attributes in a tag; leave the file out with --exclude", TT_XML_MAX_ATTRIBUTES);
        if (rc == 0)
            tt_buf_add(&x->clean, p, n_clean);
    }
    tt_input_take(in, i);
    return x->clean.failed ? tt_fail_memory(err) : rc;
}

/* ---- what libxml2 tells ---- */

tt_xml_mark tt_xml_lex_tag(tt_xml_lex *x, tt_xml_mark_kind kind)
{
    while (x->first < x->n && x->marks[x->first].kind != kind)
        x->first++;
    if (x->first < x->n)
        x->here = x->marks[x->first++];
    x->here.kind = kind;
    return x->here;
}

/* Moves a place over a text. */
static void pass(tt_xml_mark *at, const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (p[i] == '\n') {
            at->line++;
            at->column = 1;
        } else {
            at->column += ((unsigned char)p[i] & 0xC0) != 0x80;
        }
    }
}

size_t tt_xml_lex_text(tt_xml_lex *x, const char *p, size_t n, tt_xml_mark *at, bool *follows)
{
    while (x->first < x->n && x->marks[x->first].kind == TT_XML_MARK_TEXT && x->marks[x->first].n == 0)
        x->first++;
    tt_xml_mark *m = x->first < x->n ? &x->marks[x->first] : NULL;
    *follows = false;
    if (!m || (m->kind != TT_XML_MARK_TEXT && m->kind != TT_XML_MARK_REFERENCE)) {
        *at = x->here;
        return n;
    }
    *at = *m;
    if (m->kind == TT_XML_MARK_REFERENCE) {
        x->first++;
        return n;
    }
    *follows = x->here.kind == TT_XML_MARK_TEXT && x->here.line == m->line && x->here.column == m->column;
    if (n > m->n)
        n = m->n;
    m->n -= n;
    pass(m, p, n);
    x->here = *m;
    x->first += m->n == 0;
    return n;
}

bool tt_xml_lex_in_text(const tt_xml_lex *x)
{
    return x->first < x->n && x->marks[x->first].kind == TT_XML_MARK_REFERENCE;
}
