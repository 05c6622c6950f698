/* In: a text without markup. Out: its doc: blocks, quotes (`> `), repeated descriptions, lines that name a section.
 * Not here: what a section is (section.c). */
#include "parse/parse.h"

#include "base/unicode.h"
#include "parse/doc.h"

enum { LONG_LINE = 100 /* characters: COUNTING 4 */ };

typedef struct plain {
    const tt_parse_in *in;
    tt_doc_builder *b;
    tt_arena names;   /* names of lines, thrown away at the end */
    tt_buf last, now; /* letters of the block before and of this one */
    bool each_line;   /* each line is a block */
    bool open, quoted;
} plain;

typedef struct line {
    size_t at, end; /* without its line end */
    size_t text;    /* behind the marks of a quote */
    bool quoted, blank;
} line;

static line line_at(const tt_text *text, size_t at)
{
    const char *p = text->data, *nl = memchr(p + at, '\n', text->n - at);
    line l = {.at = at, .end = nl ? (size_t)(nl - p) : text->n, .text = at};
    while (l.text < l.end && (p[l.text] == '>' || (l.quoted && p[l.text] == ' '))) {
        l.quoted = true;
        l.text++;
    }
    size_t i = l.text;
    while (i < l.end && (p[i] == ' ' || p[i] == '\t' || p[i] == '\f'))
        i++;
    l.blank = i == l.end;
    return l;
}

static bool most_lines_are_long(const tt_text *text, size_t from)
{
    size_t n_lines = 0, n_long = 0;
    for (size_t at = from; at < text->n;) {
        line l = line_at(text, at);
        n_lines += !l.blank;
        n_long += !l.blank && l.end - l.at > LONG_LINE && tt_utf8_count(text->data + l.at, l.end - l.at) > LONG_LINE;
        at = l.end + 1;
    }
    return 2 * n_long > n_lines;
}

/* A line that is a section's name stands alone. */
static int is_name(plain *p, const line *l, bool *yes)
{
    tt_str text = {p->in->text->data + l->text, l->end - l->text}, name, key, section;
    *yes = false;
    if (!p->in->names || text.n > TT_MAX_SECTION_LINE)
        return TT_OK;
    tt_arena_reset(&p->names);
    if (tt_section_name(&p->names, text, &name) != TT_OK || tt_section_key(&p->names, name, &key) != TT_OK)
        return TT_ENOMEM;
    *yes = tt_section_names_find(p->in->names, key, &section);
    return TT_OK;
}

static void end_block(plain *p)
{
    if (!p->open)
        return;
    p->open = false;
    tt_buf_reset(&p->now);
    tt_doc_letters(p->b, tt_doc_open_run(p->b), tt_doc_here(p->b), &p->now);
    if (p->now.n > 0 && p->now.n == p->last.n && memcmp(p->now.p, p->last.p, p->now.n) == 0)
        tt_doc_rezone(p->b, tt_doc_open_run(p->b), TT_ZONE_ALT);
    tt_doc_end(p->b);
    tt_buf swap = p->last;
    p->last = p->now;
    p->now = swap;
}

static void add_line(plain *p, const line *l)
{
    tt_zone zone = l->quoted ? TT_ZONE_QUOTE : TT_ZONE_TEXT;
    if (p->open && p->quoted != l->quoted)
        end_block(p);
    if (p->open)
        tt_doc_push(p->b, zone, l->at - 1, 1, NULL, 1); /* the line end before it */
    else
        tt_doc_begin(p->b, TT_BLOCK_PARAGRAPH, 0, l->quoted, l->text);
    p->open = true;
    p->quoted = l->quoted;
    tt_doc_text(p->b, zone, l->text, l->end - l->text, TT_DOC_ENTITIES | TT_DOC_LINKS);
}

static int add_body(plain *p)
{
    const tt_text *text = p->in->text;
    for (size_t at = p->in->body_at; at < text->n;) {
        line l = line_at(text, at);
        at = l.end + 1;
        bool alone = p->each_line;
        if (!l.blank && !alone && is_name(p, &l, &alone) != TT_OK)
            return TT_ENOMEM;
        if (l.blank || alone)
            end_block(p);
        if (!l.blank)
            add_line(p, &l);
        if (alone)
            end_block(p);
    }
    end_block(p);
    return TT_OK;
}

int tt_parse_plain(const tt_parse_in *in, tt_arena *arena, tt_doc *out, tt_err *err)
{
    plain p = {.in = in};
    if (tt_doc_builder_new(&p.b, arena, in->text) != TT_OK)
        return tt_fail_memory(err);
    p.each_line = most_lines_are_long(in->text, in->body_at);
    tt_doc_front(p.b, in->body_at, in->title_at, in->n_title);
    int rc = add_body(&p);
    if (p.last.failed || p.now.failed)
        rc = TT_ENOMEM;
    tt_arena_release(&p.names);
    tt_buf_release(&p.last);
    tt_buf_release(&p.now);
    if (rc != TT_OK) {
        tt_doc_builder_free(p.b);
        return tt_fail_memory(err);
    }
    rc = tt_doc_finish(p.b, out, err);
    if (rc == TT_OK)
        out->plain = true;
    return rc;
}
