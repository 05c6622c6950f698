/* In: an XML file and what its format calls item and field. Out: records. Not here: the formats (reader_*.c), XML. */
#include "read/feed.h"

#include "base/entity.h"

/* ---- a field as it is read ---- */

typedef struct capture {
    tt_feed_field field;
    size_t depth; /* elements that are open inside the item */
    bool text;    /* the last event was text of this field */
} capture;

void tt_feed_pass(size_t *line, size_t *column, const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        *column += ((unsigned char)p[i] & 0xC0) != 0x80;
        if (p[i] == '\n') {
            ++*line;
            *column = 1;
        }
    }
}

static const char *escape_of(char c)
{
    return c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&quot;";
}

/* Text that is none of HTML, as HTML: what stands behind an escape begins a new locus. */
static void add_escaped(tt_loci *to, const tt_xml_event *e)
{
    size_t line = e->line, column = e->column, done = 0;
    for (size_t i = 0; i <= e->text.n; i++) {
        bool special = i < e->text.n && (e->text.p[i] == '&' || e->text.p[i] == '<' || e->text.p[i] == '>');
        if (i < e->text.n && !special)
            continue;
        if (i > done) {
            tt_loci_at(to, line, column);
            tt_loci_add(to, e->text.p + done, i - done);
            tt_feed_pass(&line, &column, e->text.p + done, i - done);
        }
        if (special) {
            tt_loci_at(to, line, column++);
            tt_loci_text(to, escape_of(e->text.p[i]));
        }
        done = i + 1;
    }
}

static void add_text(tt_feed *f, capture *c, const tt_xml_event *e)
{
    tt_loci *to = &f->fields[c->field];
    if (f->how[c->field].markup) {
        add_escaped(to, e);
        return;
    }
    if (!c->text || !e->follows)
        tt_loci_at(to, e->line, e->column);
    if (tt_str_is(e->text, "\r")) /* &#13;, mostly before a line end, with which it would be one character */
        tt_loci_text(to, " ");
    else
        tt_loci_add(to, e->text.p, e->text.n);
    c->text = true;
}

/* An element inside a field is HTML that has not been escaped. */
static void add_tag(tt_feed *f, capture *c, const tt_xml_event *e)
{
    tt_loci *to = &f->fields[c->field];
    c->text = false;
    tt_loci_at(to, e->line, e->column);
    tt_loci_text(to, e->kind == TT_XML_CLOSE ? "</" : "<");
    tt_loci_add(to, e->name.p, e->name.n);
    for (size_t i = 0; i < e->n_attributes; i++) {
        const tt_xml_attribute *a = &e->attributes[i];
        tt_loci_text(to, " ");
        tt_loci_add(to, a->name.p, a->name.n);
        tt_loci_text(to, "=\"");
        for (size_t k = 0; k < a->value.n; k++) {
            if (strchr("&<>\"", a->value.p[k]))
                tt_loci_text(to, escape_of(a->value.p[k]));
            else
                tt_loci_add(to, a->value.p + k, 1);
        }
        tt_loci_text(to, "\"");
    }
    tt_loci_text(to, ">");
}

static void begin_field(tt_feed *f, capture *c, const tt_xml_event *e)
{
    tt_feed_how how = {.body = TT_BODY_GUESS};
    c->field = f->format->field(e, &how);
    c->text = false;
    if (c->field == TT_FEED_NONE || tt_feed_text(f, c->field).n > 0) {
        c->field = TT_FEED_NONE;
        return;
    }
    tt_loci_reset(&f->fields[c->field]);
    f->how[c->field] = how;
    if (how.value.p) {
        tt_loci_at(&f->fields[c->field], e->line, e->column);
        tt_loci_add(&f->fields[c->field], how.value.p, how.value.n);
        c->field = TT_FEED_NONE;
    }
}

/* From behind the item's tag to its end. */
static int read_item(tt_feed *f, tt_err *err)
{
    capture c = {0};
    tt_xml_event e;
    int rc;
    for (size_t i = 0; i < TT_FEED_N_FIELDS; i++)
        tt_loci_reset(&f->fields[i]);
    while ((rc = tt_xml_next(f->xml, &e, err)) == 0 && e.kind != TT_XML_END) {
        if (e.kind == TT_XML_CLOSE && c.depth == 0)
            return 0;
        c.depth -= e.kind == TT_XML_CLOSE;
        if (e.kind == TT_XML_OPEN && c.depth == 0)
            begin_field(f, &c, &e);
        else if (c.field != TT_FEED_NONE && f->fields[c.field].text.n > TT_MAX_FILE)
            c.field = TT_FEED_NONE; /* decode refuses it */
        else if (c.field != TT_FEED_NONE && e.kind == TT_XML_TEXT)
            add_text(f, &c, &e);
        else if (c.field != TT_FEED_NONE && c.depth > 0)
            add_tag(f, &c, &e);
        c.depth += e.kind == TT_XML_OPEN;
        if (c.depth == 0)
            c.field = TT_FEED_NONE;
    }
    return rc;
}

/* ---- a record ---- */

tt_str tt_feed_text(const tt_feed *f, tt_feed_field field)
{
    return tt_str_trim((tt_str){f->fields[field].text.p, f->fields[field].text.n});
}

/* One line; of HTML the text alone. A `<` that opens no tag stays. */
static tt_str plain(tt_buf *to, tt_str from, bool html)
{
    bool gap = false;
    size_t closed = from.n; /* behind the last `>`: no tag ends there, and none is looked for */
    while (closed > 0 && from.p[closed - 1] != '>')
        closed--;
    tt_buf_reset(to);
    for (size_t i = 0, len; i < from.n; i += len) {
        char c = from.p[i], decoded[TT_ENTITY_MAX];
        size_t n = len = 1;
        const char *p = from.p + i, *end;
        if (html && c == '<' && i + 1 < closed && (p[1] == '/' || ((p[1] | 0x20) >= 'a' && (p[1] | 0x20) <= 'z')) &&
            (end = memchr(p, '>', closed - i)) != NULL) {
            len = (size_t)(end - p) + 1;
            continue;
        }
        if (html && c == '&' && (len = tt_entity(p, from.n - i, decoded, &n)) > 0)
            p = decoded;
        else
            len = 1;
        if ((unsigned char)*p <= ' ') {
            gap = to->n > 0;
            continue;
        }
        if (gap)
            tt_buf_char(to, ' ');
        gap = false;
        tt_buf_add(to, p, n);
    }
    return (tt_str){to->p, to->n};
}

/* The record's name: its own, its id, or how many items came before it. */
static tt_str name_of(tt_feed *f)
{
    tt_str name = tt_feed_text(f, TT_FEED_NAME), id = tt_feed_text(f, TT_FEED_ID);
    plain(&f->name, id.n > 0 && (f->format->id_names || name.n == 0) ? id : name, false);
    if (f->name.n == 0)
        tt_buf_f(&f->name, "%zu", f->n_items);
    return (tt_str){f->name.p, f->name.n};
}

/* The same id, or without one the same address and title. */
static int is_again(tt_feed *f, bool *again)
{
    tt_str id = tt_feed_text(f, TT_FEED_ID), name = tt_feed_text(f, TT_FEED_NAME);
    uint32_t n;
    *again = false;
    if (id.n == 0 && name.n == 0)
        return 0;
    tt_buf_reset(&f->key);
    tt_buf_str(&f->key, id);
    if (id.n == 0) {
        tt_buf_str(&f->key, name);
        tt_buf_char(&f->key, '\n');
        tt_buf_str(&f->key, tt_feed_text(f, TT_FEED_TITLE));
    }
    if (f->key.failed)
        return TT_ENOMEM;
    *again = tt_intern_find(&f->seen, (tt_str){f->key.p, f->key.n}, &n);
    return *again ? 0 : tt_intern_add(&f->seen, (tt_str){f->key.p, f->key.n}, &n);
}

static int make_record(tt_feed *f, tt_record *out)
{
    bool again;
    tt_feed_field date = tt_feed_text(f, TT_FEED_DATE).n > 0 ? TT_FEED_DATE : TT_FEED_DATE_ELSE;
    tt_feed_field text = tt_feed_text(f, TT_FEED_CONTENT).n > 0 ? TT_FEED_CONTENT : TT_FEED_SUMMARY;
    const tt_loci *body = &f->fields[text];
    out->line = f->line;
    out->name = name_of(f);
    out->title = plain(&f->title, tt_feed_text(f, TT_FEED_TITLE), f->how[TT_FEED_TITLE].body != TT_BODY_TEXT);
    out->section = plain(&f->section, tt_feed_text(f, TT_FEED_SECTION), true);
    if (tt_feed_text(f, text).n > 0) {
        out->body = f->how[text].body;
        out->text = (tt_str){body->text.p, body->text.n};
        out->loci = body->v;
        out->n_loci = body->n;
    }
    int rc = f->format->finish ? f->format->finish(f, out) : 0;
    if (rc == 0 && (rc = is_again(f, &again)) == 0 && again)
        out->left_out = "the same item again";
    for (size_t i = 0; i < TT_FEED_N_FIELDS; i++)
        if (f->fields[i].text.failed)
            rc = TT_ENOMEM;
    if (rc != 0 || f->name.failed || f->title.failed || f->section.failed || f->body.text.failed)
        return TT_ENOMEM;
    if (!out->left_out)
        tt_reader_date(&f->in, tt_feed_text(f, date), f->fields[date].n > 0 ? f->fields[date].v[0].line : 0,
                       &out->date);
    return 0;
}

/* ---- the reader ---- */

bool tt_feed_is(const tt_head *head, bool (*root)(const tt_xml_event *e))
{
    tt_input in;
    tt_xml *x;
    tt_xml_event e;
    bool yes = false, in_item = false;
    tt_str bytes = head->bytes;
    while (bytes.n > 0 && strchr("\xEF\xBB\xBF\xFE\xFF \t\r\n", bytes.p[0]) != NULL)
        bytes.p++, bytes.n--;
    if (bytes.n == 0 || bytes.p[0] != '<')
        return false;
    tt_input_memory(&in, "", head->bytes);
    if (tt_xml_new(&x, &in, NULL) == 0)
        while (!yes && !in_item && tt_xml_next(x, &e, NULL) == 0 && e.kind != TT_XML_END) {
            yes = e.kind == TT_XML_OPEN && root(&e);
            in_item = e.kind == TT_XML_CLOSE && (tt_str_is(e.name, "item") || tt_str_is(e.name, "entry"));
        }
    tt_xml_free(x);
    return yes;
}

int tt_feed_open(const tt_feed_format *format, const tt_reading_in *in, void **state, tt_err *err)
{
    tt_feed *f = *state = tt_calloc(1, sizeof *f);
    if (!f)
        return tt_fail_memory(err);
    f->format = format;
    f->in = *in;
    int rc = tt_xml_new(&f->xml, in->in, err);
    if (rc == 0)
        return 0;
    tt_feed_close(f);
    *state = NULL;
    return rc;
}

int tt_feed_next(void *state, tt_record *out, tt_err *err)
{
    tt_feed *f = state;
    tt_xml_event e;
    int rc;
    while ((rc = tt_xml_next(f->xml, &e, err)) == 0 && e.kind != TT_XML_END) {
        if (e.kind != TT_XML_OPEN || !f->format->item(&e))
            continue;
        f->n_items++;
        f->line = e.line;
        rc = read_item(f, err);
        if (rc == 0 && make_record(f, out) != 0)
            rc = tt_fail_memory(err);
        return rc == 0 ? TT_RECORD : rc;
    }
    return rc == 0 ? TT_RECORD_END : rc;
}

void tt_feed_close(void *state)
{
    tt_feed *f = state;
    if (!f)
        return;
    tt_xml_free(f->xml);
    for (size_t i = 0; i < TT_FEED_N_FIELDS; i++)
        tt_loci_release(&f->fields[i]);
    tt_loci_release(&f->body);
    tt_buf_release(&f->title);
    tt_buf_release(&f->section);
    tt_buf_release(&f->name);
    tt_buf_release(&f->key);
    tt_intern_release(&f->seen);
    tt_free(f);
}
