/* In: strings of a document of Ghost's editors. Out: HTML or Markdown with places. Not here: the order of what is written
 * (ghost_lexical.c, ghost_mobiledoc.c). Names of cards' fields are those of Ghost's editor Koenig. */
#include "read/ghost_pen.h"

#include "read/jfile.h"
#include "read/md_html.h"

int tt_pen_refuse(tt_pen *p, const char *why)
{
    p->why = why;
    return TT_EINPUT;
}

/* The text of a string of the document, into p->text. */
static void read_string(tt_pen *p, const tt_jscan_value *v)
{
    tt_place place = p->place;
    tt_loci_reset(&p->text);
    tt_place_string(&place, v->raw, &p->text);
}

void tt_pen_mark(tt_pen *p, const tt_jscan_value *v)
{
    tt_place_to(&p->place, (size_t)(v->raw.p - p->json->text.p));
}

void tt_pen_put(tt_pen *p, const char *markup)
{
    if (!p->markdown)
        tt_loci_text(p->out, markup);
}

void tt_pen_string(tt_pen *p, const tt_jscan_value *v, tt_pen_how how)
{
    static const char *const before[] = {"", "<pre><code>", "", "<figcaption>", "<img alt=\"", "<h4>", ""};
    static const char *const after[] = {"", "</code></pre>\n", "\n", "</figcaption>\n", "\">", "</h4>\n", ""};
    if (!tt_jfile_has_text(v))
        return;
    p->any = true;
    if (p->markdown && how != TT_PEN_MARKDOWN) {
        p->mixed = true;
        return;
    }
    read_string(p, v);
    tt_loci_text(p->out, before[how]);
    tt_place place;
    tt_place_loci(&place, &p->text);
    if (how == TT_PEN_TEXT || how == TT_PEN_CODE || how == TT_PEN_ALT)
        tt_place_html(&place, place.text.n, p->out);
    else if (how == TT_PEN_MARKDOWN && !p->markdown)
        tt_md_html(&place, p->out);
    else
        tt_place_copy(&place, place.text.n, p->out);
    tt_loci_text(p->out, after[how]);
    if (p->markdown)
        tt_loci_text(p->out, "\n\n");
}

/* What cards say, in the order of reading. What is HTML in the editor is copied as such. */
static const struct {
    const char *name;
    tt_pen_how how;
    const char *before, *after;
} card_fields[] = {{"heading", TT_PEN_HEADING, "", ""},
                   {"header", TT_PEN_HEADING, "", ""},
                   {"productTitle", TT_PEN_HEADING, "", ""},
                   {"fileTitle", TT_PEN_TEXT, "<p>", "</p>\n"},
                   {"alt", TT_PEN_ALT, "", ""},
                   {"html", TT_PEN_HTML, "", ""},
                   {"markdown", TT_PEN_MARKDOWN, "", ""},
                   {"code", TT_PEN_CODE, "", ""},
                   {"calloutText", TT_PEN_HTML, "<div>", "</div>\n"},
                   {"content", TT_PEN_HTML, "<div>", "</div>\n"},
                   {"subheading", TT_PEN_HTML, "<p>", "</p>\n"},
                   {"subheader", TT_PEN_HTML, "<p>", "</p>\n"},
                   {"textValue", TT_PEN_HTML, "<div>", "</div>\n"},
                   {"productDescription", TT_PEN_HTML, "<div>", "</div>\n"},
                   {"fileCaption", TT_PEN_TEXT, "<p>", "</p>\n"},
                   {"disclaimer", TT_PEN_HTML, "<p>", "</p>\n"},
                   {"caption", TT_PEN_CAPTION, "", ""}};
enum { N_CARD_FIELDS = sizeof card_fields / sizeof *card_fields };

/* A card's fields; `payload` is an object. Pictures of a gallery and a bookmark's title have objects of their own. */
void tt_pen_card(tt_pen *p, const tt_jscan_value *payload)
{
    enum { METADATA = N_CARD_FIELDS, IMAGES, N };
    const char *names[N] = {[METADATA] = "metadata", [IMAGES] = "images"};
    static const char *const bookmark[] = {"title", "description"}, *const image[] = {"alt"};
    tt_jscan_value v[N], of[2];
    for (size_t i = 0; i < N_CARD_FIELDS; i++)
        names[i] = card_fields[i].name;
    tt_jfile_members(payload, names, N, v);
    tt_jfile_members(&v[METADATA], bookmark, 2, of);
    for (size_t i = 0; i < 2; i++)
        if (tt_jfile_has_text(&of[i])) {
            tt_pen_put(p, "<p>");
            tt_pen_string(p, &of[i], TT_PEN_TEXT);
            tt_pen_put(p, "</p>\n");
        }
    tt_jscan s;
    tt_jscan_value item;
    tt_jscan_init(&s, v[IMAGES].raw);
    if (v[IMAGES].kind == TT_JSCAN_ARRAY && tt_jscan_next(&s, &item) == TT_JSCAN_ARRAY)
        while (tt_jscan_next(&s, &item) == TT_JSCAN_OBJECT && tt_jscan_skip(&s, &item)) {
            tt_jfile_members(&item, image, 1, of);
            tt_pen_string(p, &of[0], TT_PEN_ALT);
        }
    for (size_t i = 0; i < N_CARD_FIELDS; i++)
        if (tt_jfile_has_text(&v[i])) {
            tt_pen_put(p, card_fields[i].before);
            tt_pen_string(p, &v[i], card_fields[i].how);
            tt_pen_put(p, card_fields[i].after);
        }
}

void tt_pen_link(tt_pen *p, const tt_jscan_value *url)
{
    if (p->markdown || !tt_jfile_has_text(url)) {
        tt_pen_put(p, "<a>");
        return;
    }
    tt_place place;
    read_string(p, url);
    tt_pen_put(p, "<a href=\"");
    tt_place_loci(&place, &p->text);
    tt_place_html(&place, place.text.n, p->out);
    tt_pen_put(p, "\">");
}
