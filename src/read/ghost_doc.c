/* In: a document of one of Ghost's editors, as JSON with places. Out: its text as HTML or Markdown, with places. Not here:
 * which of a post's texts counts (reader_ghost.c), nodes and sections (ghost_lexical.c, ghost_mobiledoc.c). */
#include "read/ghost_doc.h"

#include "read/ghost_pen.h"

/* Whether it is JSON as a whole; the rest need not ask again. */
static int check(tt_pen *p, tt_jscan_value *doc)
{
    tt_jscan s;
    tt_jscan_value end;
    tt_jscan_init(&s, (tt_str){p->json->text.p, p->json->text.n});
    tt_jscan_kind kind = tt_jscan_next(&s, doc);
    if (kind == TT_JSCAN_OBJECT && tt_jscan_skip(&s, doc) && tt_jscan_next(&s, &end) == TT_JSCAN_END)
        return 0;
    return tt_pen_refuse(p, s.why ? s.why : "it is no object");
}

/* Tags that stand before any text have the place of the document. */
static void begin_body(tt_pen *p)
{
    tt_loci_reset(p->out);
    tt_place_loci(&p->place, p->json);
    if (p->json->n > 0)
        tt_loci_at(p->out, p->json->v[0].line, p->json->v[0].column);
}

static int write_both(const tt_loci *json, tt_loci *out, tt_body *body, const char **why,
                      int (*write)(tt_pen *p, const tt_jscan_value *doc))
{
    tt_pen p = {.json = json, .out = out, .markdown = true};
    tt_jscan_value doc;
    int rc = check(&p, &doc);
    begin_body(&p);
    if (rc == 0)
        rc = write(&p, &doc);
    *body = p.mixed ? TT_BODY_HTML : TT_BODY_MARKDOWN;
    if (rc == 0 && p.mixed) {
        p.markdown = false;
        begin_body(&p);
        rc = write(&p, &doc);
    }
    if (rc == 0 && !p.any)
        tt_loci_reset(out);
    if (rc == 0 && (out->text.failed || p.text.text.failed))
        rc = TT_ENOMEM;
    tt_arena_release(&p.arena);
    tt_loci_release(&p.text);
    *why = p.why;
    return rc;
}

int tt_ghost_lexical(const tt_loci *json, tt_loci *out, tt_body *body, const char **why)
{
    return write_both(json, out, body, why, tt_pen_lexical);
}

int tt_ghost_mobiledoc(const tt_loci *json, tt_loci *out, tt_body *body, const char **why)
{
    return write_both(json, out, body, why, tt_pen_mobiledoc);
}
