/* In: a file's bytes. Out: its elements and texts, as libxml2 tells them, with places. Not here: what they mean; where
 * they stand (xml_lex.c). */
#include "base/xml.h"

#include <libxml/SAX2.h>
#include <libxml/encoding.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>

#include "base/entity.h"
#include "base/xml_lex.h"

enum { STEP = 64 * 1024 };

typedef struct event {
    tt_xml_event e;
    size_t text, attributes; /* where they stand in `hold` and `attributes`: these move while they grow */
} event;

typedef struct value {
    size_t at;
    tt_xml_attribute a;
} value;

struct tt_xml {
    tt_input *in, converted;
    tt_buf whole; /* what `converted` reads */
    xmlParserCtxtPtr parser;
    tt_xml_lex lex;
    size_t step;
    size_t depth;

    event *events; /* of the last step */
    size_t n_events, cap_events, given;
    tt_buf hold;
    value *values;
    size_t n_values, cap_values;
    tt_xml_attribute *shown; /* of the event that was given last */
    size_t cap_shown;

    tt_intern names; /* of entities that the file declares */
    tt_intern texts; /* what they stand for */
    uint32_t text_of[TT_XML_MAX_ENTITIES];
    xmlEntity entity; /* the one that is asked for */
    char expansion[TT_XML_MAX_ENTITY + 1];

    bool memory, done;
    int fault; /* libxml2's number of the error */
    int rc;    /* told when all events have been given */
    tt_err err;
};

#if LIBXML_VERSION >= 21200
typedef const xmlError *error_ptr;
#else
typedef xmlErrorPtr error_ptr;
#endif

static void stop(tt_xml *x)
{
    if (x->parser)
        xmlStopParser(x->parser);
}

static void no_memory(tt_xml *x)
{
    x->memory = true;
    stop(x);
}

/* ---- what libxml2 calls ---- */

static void on_error(void *ctx, error_ptr e)
{
    tt_xml *x = ctx;
    if (e->code == XML_ERR_NO_MEMORY)
        x->memory = true;
    if (e->level != XML_ERR_FATAL || x->rc != 0)
        return;
    x->fault = e->code;
    tt_str why = tt_str_trim(tt_str_of(e->message));
    x->rc = tt_fail(&x->err, TT_EINPUT, x->in->path, e->line > 0 ? (size_t)e->line : 0, 0,
                    "broken XML (%.*s); what stands before was read: repair the file or export it again",
                    (int)(why.n < 200 ? why.n : 200), why.p ? why.p : "");
}

static tt_str view(const xmlChar *text)
{
    return tt_str_of((const char *)text);
}

static event *add_event(tt_xml *x, tt_xml_kind kind, const tt_xml_mark *at)
{
    if (tt_grow(&x->events, &x->cap_events, x->n_events + 1, sizeof *x->events) != 0) {
        no_memory(x);
        return NULL;
    }
    event *e = &x->events[x->n_events++];
    *e = (event){
        .e = {.kind = kind, .line = at->line, .column = at->column}, .text = x->hold.n, .attributes = x->n_values};
    return e;
}

static void on_open(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *ns, int n_ns,
                    const xmlChar **namespaces, int n, int n_default, const xmlChar **attributes)
{
    tt_xml *x = ctx;
    (void)prefix, (void)n_ns, (void)namespaces, (void)n_default;
    tt_xml_mark at = tt_xml_lex_tag(&x->lex, TT_XML_MARK_OPEN);
    event *e = add_event(x, TT_XML_OPEN, &at);
    if (!e)
        return;
    e->e.name = view(name);
    e->e.ns = view(ns);
    e->e.n_attributes = (size_t)n;
    if (tt_grow(&x->values, &x->cap_values, x->n_values + (size_t)n, sizeof *x->values) != 0) {
        no_memory(x);
        return;
    }
    for (int i = 0; i < n; i++, attributes += 5) {
        size_t len = (size_t)(attributes[4] - attributes[3]);
        x->values[x->n_values++] = (value){x->hold.n, {view(attributes[2]), view(attributes[0]), {NULL, len}}};
        tt_buf_add(&x->hold, (const char *)attributes[3], len);
    }
    if (++x->depth > TT_XML_MAX_DEPTH && x->rc == 0) {
        x->n_events--;
        x->rc = tt_fail(&x->err, TT_ELIMIT, x->in->path, at.line, at.column,
                        "more than %d elements inside each other; leave the file out with --exclude", TT_XML_MAX_DEPTH);
        stop(x);
    }
}

static void on_close(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *ns)
{
    tt_xml *x = ctx;
    (void)prefix;
    tt_xml_mark at = tt_xml_lex_tag(&x->lex, TT_XML_MARK_CLOSE);
    event *e = add_event(x, TT_XML_CLOSE, &at);
    if (!e)
        return;
    e->e.name = view(name);
    e->e.ns = view(ns);
    x->depth--;
}

static void on_text(void *ctx, const xmlChar *text, int len)
{
    tt_xml *x = ctx;
    const char *p = (const char *)text;
    size_t n = (size_t)len, part;
    do {
        bool follows;
        tt_xml_mark at;
        part = tt_xml_lex_text(&x->lex, p, n, &at, &follows);
        event *last = x->n_events > 0 ? &x->events[x->n_events - 1] : NULL;
        if (!(follows && last && last->e.kind == TT_XML_TEXT)) {
            if (part == 0 || !(last = add_event(x, TT_XML_TEXT, &at)))
                return;
            last->e.follows = follows;
        }
        tt_buf_add(&x->hold, p, part);
        last->e.text.n += part;
        p += part;
        n -= part;
    } while (n > 0);
}

static void on_entity(void *ctx, const xmlChar *name, int type, const xmlChar *public_id, const xmlChar *system_id,
                      xmlChar *content)
{
    tt_xml *x = ctx;
    (void)public_id, (void)system_id;
    tt_str text = view(content);
    uint32_t id, id_text;
    if (type != XML_INTERNAL_GENERAL_ENTITY || text.n > TT_XML_MAX_ENTITY || x->names.n >= TT_XML_MAX_ENTITIES ||
        (text.n > 0 && (memchr(text.p, '&', text.n) || memchr(text.p, '<', text.n))) ||
        tt_intern_find(&x->names, view(name), &id))
        return; /* the first declaration holds */
    if (tt_intern_add(&x->texts, text, &id_text) != 0 || tt_intern_add(&x->names, view(name), &id) != 0)
        no_memory(x);
    else
        x->text_of[id] = id_text;
}

/* What an entity stands for: one that the file declares, or one of HTML. */
static bool expand(tt_xml *x, tt_str name, tt_str *out)
{
    char decoded[TT_ENTITY_MAX], reference[64];
    uint32_t id;
    size_t n;
    if (tt_intern_find(&x->names, name, &id)) {
        *out = x->texts.v[x->text_of[id]];
    } else {
        int len = snprintf(reference, sizeof reference, "&%.*s;", (int)(name.n < 40 ? name.n : 40), name.p);
        if (name.n >= 40 || tt_entity(reference, (size_t)len, decoded, &n) != (size_t)len)
            return false;
        *out = (tt_str){decoded, n};
    }
    memcpy(x->expansion, out->p, out->n);
    x->expansion[out->n] = '\0';
    return true;
}

/* As one of XML's own, so that libxml2 puts in its text and looks no further. In an attribute that would give its first
 * byte alone: there it is one of the file's. */
static xmlEntityPtr on_get_entity(void *ctx, const xmlChar *name)
{
    tt_xml *x = ctx;
    tt_str text;
    if (x->parser->inSubset != 0) /* libxml2 asks after each declaration, to keep its source there */
        return NULL;
    if (expand(x, view(name), &text)) {
        x->entity = (xmlEntity){.type = XML_ENTITY_DECL, .name = name, .content = BAD_CAST x->expansion};
        x->entity.length = (int)text.n;
        x->entity.etype = tt_xml_lex_in_text(&x->lex) ? XML_INTERNAL_PREDEFINED_ENTITY : XML_INTERNAL_GENERAL_ENTITY;
        return &x->entity;
    }
    if (x->rc == 0)
        x->rc =
            tt_fail(&x->err, TT_EINPUT, x->in->path, (size_t)xmlSAX2GetLineNumber(x->parser), 0,
                    "the entity `&%.100s;` is not read: only those of HTML are, and those that the file declares as "
                    "plain text of at most %d bytes; what stands before was read",
                    (const char *)name, TT_XML_MAX_ENTITY);
    stop(x);
    return NULL;
}

/* ---- encoding ---- */

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The encoding that `<?xml … encoding="…"?>` names; empty: none. */
static tt_str declared(tt_str head)
{
    static const char key[] = "encoding";
    const char *end = head.n >= 5 && memcmp(head.p, "<?xml", 5) == 0 ? memchr(head.p, '>', head.n) : NULL;
    const char *p = end ? memmem(head.p, (size_t)(end - head.p), key, sizeof key - 1) : NULL;
    if (!p)
        return (tt_str){0};
    p += sizeof key - 1;
    while (p < end && (is_space(*p) || *p == '='))
        p++;
    const char *close = p < end ? memchr(p + 1, *p, (size_t)(end - p - 1)) : NULL;
    return close ? (tt_str){p + 1, (size_t)(close - p - 1)} : (tt_str){0};
}

/* The name of the encoding that libxml2 must convert from, or an empty one: the bytes are read as they are. A label that
 * names two bytes a character is wrong where it can be read. */
static tt_str foreign(tt_str head)
{
    static const char *const ours[] = {"utf-8",      "utf8",      "us-ascii",        "ascii",  "iso-8859-1", "latin1",
                                       "iso_8859-1", "iso8859-1", "windows-1252",    "cp1252", "utf-16",     "utf-16le",
                                       "utf-16be",   "ucs-2",     "iso-10646-ucs-2", "ucs-4",  "utf-32"};
    const unsigned char *p = (const unsigned char *)head.p;
    if (head.n >= 4 && ((p[0] == 0xFF && p[1] == 0xFE) || (p[0] == '<' && p[1] == 0)))
        return TT_S("UTF-16LE");
    if (head.n >= 4 && ((p[0] == 0xFE && p[1] == 0xFF) || (p[0] == 0 && p[1] == '<')))
        return TT_S("UTF-16BE");
    if (head.n >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0)
        return (tt_str){0};
    tt_str name = declared(head);
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (tt_str_is_nocase(name, ours[i]))
            return (tt_str){0};
    return name;
}

static int convert_all(tt_xml *x, xmlCharEncodingHandlerPtr handler, const char *name, tt_err *err)
{
    tt_input *in = x->in;
    int rc = tt_input_all(in, TT_XML_MAX_CONVERTED, err);
    if (rc != 0)
        return rc;
    xmlBufferPtr from = xmlBufferCreateSize(in->n + 16), to = xmlBufferCreateSize(in->n + in->n / 2 + 64);
    if (!from || !to || xmlBufferAdd(from, (const xmlChar *)in->p, (int)in->n) != 0)
        x->memory = true;
    int done = x->memory ? 0 : xmlCharEncInFunc(handler, to, from);
    if (!x->memory && (done < 0))
        rc = tt_fail(err, TT_EINPUT, in->path, 0, 0,
                     "is not in the encoding %s that it names; correct the name, or save the file as UTF-8", name);
    else if (!x->memory)
        tt_buf_add(&x->whole, (const char *)xmlBufferContent(to), (size_t)xmlBufferLength(to));
    xmlBufferFree(from);
    xmlBufferFree(to);
    if (x->memory || x->whole.failed)
        return tt_fail_memory(err);
    tt_input_take(in, in->n);
    tt_input_memory(&x->converted, in->path, (tt_str){x->whole.p, x->whole.n});
    x->in = &x->converted;
    return rc;
}

static int set_encoding(tt_xml *x, tt_err *err)
{
    int rc = tt_input_more(x->in, 1024, err);
    if (rc != 0)
        return rc;
    tt_str from = foreign((tt_str){x->in->p, x->in->n});
    if (from.n == 0)
        return 0;
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)(from.n < 60 ? from.n : 60), from.p);
    xmlCharEncodingHandlerPtr handler = xmlFindCharEncodingHandler(name);
    if (!handler)
        return x->memory ? tt_fail_memory(err)
                         : tt_fail(err, TT_EINPUT, x->in->path, 1, 0,
                                   "the encoding `%s` is not known; save the file as UTF-8", name);
    rc = convert_all(x, handler, name, err);
    xmlCharEncCloseFunc(handler);
    return rc;
}

/* ---- the whole ---- */

/* Errors that libxml2 tells of no parser would go to the terminal: they are ours while it runs, in this thread. */
typedef struct listening {
    xmlStructuredErrorFunc before;
    void *ctx;
} listening;

static listening listen_begin(tt_xml *x)
{
    listening old = {xmlStructuredError, xmlStructuredErrorContext};
    xmlSetStructuredErrorFunc(x, on_error);
    return old;
}

static void listen_end(listening old)
{
    xmlSetStructuredErrorFunc(old.ctx, old.before);
}

int tt_xml_new(tt_xml **out, tt_input *in, tt_err *err)
{
    static const xmlSAXHandler calls = {.initialized = XML_SAX2_MAGIC,
                                        .startElementNs = on_open,
                                        .endElementNs = on_close,
                                        .characters = on_text,
                                        .ignorableWhitespace = on_text,
                                        .cdataBlock = on_text,
                                        .entityDecl = on_entity,
                                        .getEntity = on_get_entity,
                                        .serror = on_error};
    tt_xml *x = *out = tt_calloc(1, sizeof *x);
    if (!x)
        return tt_fail_memory(err);
    x->in = in;
    x->step = STEP;
    tt_xml_lex_init(&x->lex);
    listening old = listen_begin(x);
    xmlSAXHandler sax = calls;
    x->parser = xmlCreatePushParserCtxt(&sax, x, NULL, 0, NULL);
    int rc = x->parser ? set_encoding(x, err) : tt_fail_memory(err);
    if (rc == 0)
        xmlCtxtUseOptions(x->parser, XML_PARSE_NOENT | XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_IGNORE_ENC);
    listen_end(old);
    if (rc != 0) {
        tt_xml_free(x);
        *out = NULL;
    }
    return rc;
}

void tt_xml_free(tt_xml *x)
{
    if (!x)
        return;
    if (x->parser) {
        xmlFreeDoc(x->parser->myDoc);
        x->parser->myDoc = NULL;
        xmlFreeParserCtxt(x->parser);
    }
    tt_xml_lex_release(&x->lex);
    tt_free(x->events);
    tt_free(x->values);
    tt_free(x->shown);
    tt_buf_release(&x->hold);
    tt_buf_release(&x->whole);
    tt_intern_release(&x->names);
    tt_intern_release(&x->texts);
    tt_free(x);
}

/* Hands libxml2 the next step of the file. Steps grow where they bring nothing, or a huge tag would take quadratic
 * time. */
static int feed(tt_xml *x)
{
    x->n_events = x->given = x->n_values = 0;
    tt_buf_reset(&x->hold);
    int rc = tt_input_more(x->in, x->step, &x->err);
    if (rc == 0)
        rc = tt_xml_lex_feed(&x->lex, x->in, x->step, &x->err);
    x->rc = rc;
    listening old = listen_begin(x);
    x->done = x->in->end && x->in->n == 0;
    if (x->lex.clean.n > 0)
        xmlParseChunk(x->parser, x->lex.clean.p, (int)x->lex.clean.n, 0);
    if (x->done && x->rc == 0 && !x->memory) {
        xmlParseChunk(x->parser, NULL, 0, 1);
        if (x->depth > 0 && x->fault == XML_ERR_DOCUMENT_END)
            tt_fail(&x->err, TT_EINPUT, x->in->path, x->lex.line, 0,
                    "the file ends too early (inside of an element); what stands before was read: export it again");
    }
    listen_end(old);
    x->step = x->n_events > 0 ? STEP : x->step * 2;
    if (!x->memory && !x->hold.failed && !x->lex.clean.failed)
        return x->rc;
    x->n_events = 0;
    return tt_fail_memory(&x->err);
}

static int show(tt_xml *x, const event *e, tt_xml_event *out)
{
    *out = e->e;
    if (out->kind == TT_XML_TEXT)
        out->text.p = x->hold.p + e->text;
    if (out->n_attributes == 0)
        return 0;
    if (tt_grow(&x->shown, &x->cap_shown, out->n_attributes, sizeof *x->shown) != 0)
        return TT_ENOMEM;
    for (size_t i = 0; i < out->n_attributes; i++) {
        const value *v = &x->values[e->attributes + i];
        x->shown[i] = v->a;
        x->shown[i].value.p = x->hold.p + v->at;
    }
    out->attributes = x->shown;
    return 0;
}

int tt_xml_next(tt_xml *x, tt_xml_event *out, tt_err *err)
{
    while (x->given == x->n_events) {
        if (x->rc == 0 && !x->done)
            x->rc = feed(x);
        else if (x->rc == 0) {
            *out = (tt_xml_event){.kind = TT_XML_END};
            return 0;
        }
        if (x->rc != 0 && x->given == x->n_events) {
            if (err)
                *err = x->err;
            return x->rc;
        }
    }
    int rc = show(x, &x->events[x->given++], out);
    return rc == 0 ? 0 : tt_fail_memory(err);
}

tt_str tt_xml_attr(const tt_xml_event *e, const char *name)
{
    for (size_t i = 0; i < e->n_attributes; i++)
        if (e->attributes[i].ns.n == 0 && tt_str_is(e->attributes[i].name, name))
            return e->attributes[i].value;
    return (tt_str){0};
}

bool tt_xml_is(const tt_xml_event *e, const char *ns, const char *name)
{
    return tt_str_is(e->name, name) && tt_str_is(e->ns, ns);
}
