/* In: a year's review, its charts and their pictures. Out: YEAR/index.html. Not here: what is said (review.c), the parts of
 * every page (page_parts.c). */
#include "report/page.h"

#include <string.h>

/* ---- the head ---- */

static void navigation(tt_buf *to, const tt_page *p, size_t i)
{
    tt_buf_text(to, "<nav aria-label=\"Years\"><a href=\"../index.html\">All years</a>");
    for (size_t k = 0; k < p->n_years; k++)
        if (k == i)
            tt_buf_f(to, " <a href=\"index.html\" aria-current=\"page\">%d</a>", p->years[k].year);
        else
            tt_buf_f(to, " <a href=\"../%04d/index.html\">%d</a>", p->years[k].year, p->years[k].year);
    tt_buf_text(to, "</nav>\n");
}

static void big_number(tt_buf *to, const char *name, uint64_t n)
{
    tt_buf_f(to, "<div><dt>%s</dt><dd>", name);
    tt_summary_count(to, n);
    tt_buf_text(to, "</dd></div>\n");
}

static void head(tt_buf *to, const tt_page *p, const tt_year_review *r)
{
    tt_buf_f(to, "<h1>%d in review: ", r->year);
    tt_page_foreign(to, r->title);
    tt_buf_text(to, "</h1>\n");
    if (r->note.n) {
        tt_buf_text(to, "<p class=\"note\">");
        tt_page_text(to, r->note);
        tt_buf_text(to, ".</p>\n");
    }
    tt_page_selection(to, p->in->from->select);
    if (p->no_charts)
        tt_buf_text(to,
                    "<p class=\"note\">Made with <code>--no-charts</code>: the numbers of each chart stand here, the "
                    "pictures are left out.</p>\n");
    tt_buf_text(to, "<dl class=\"big\">\n");
    big_number(to, r->issues == 1 ? "issue" : "issues", r->issues);
    big_number(to, r->words == 1 ? "word" : "words", r->words);
    tt_buf_text(to, "<div><dt>reading time</dt><dd>");
    tt_page_text(to, r->reading);
    tt_buf_text(to, "</dd></div>\n");
    big_number(to, r->n_topics == 1 ? "topic" : "topics", r->n_topics);
    tt_buf_text(to, "</dl>\n");
}

/* ---- sentences ---- */

static void line(tt_buf *to, const tt_line *l)
{
    for (size_t k = 0; k < l->n; k++) {
        const tt_span *s = &l->v[k];
        const bool strong = l->item && k == 0 && s->kind == TT_SPAN_NAME;
        if (s->url.n) {
            tt_buf_text(to, "<a href=\"");
            tt_page_text(to, s->url);
            tt_buf_text(to, "\">");
        }
        tt_buf_text(to, strong ? "<strong>" : s->kind == TT_SPAN_ISSUE ? "<cite>" : "");
        if (s->kind == TT_SPAN_TEXT || s->kind == TT_SPAN_PAGE)
            tt_page_text(to, s->text);
        else
            tt_page_foreign(to, s->text);
        tt_buf_text(to, strong ? "</strong>" : s->kind == TT_SPAN_ISSUE ? "</cite>" : "");
        tt_buf_text(to, s->url.n ? "</a>" : "");
    }
}

/* A row for each command. */
static void opens(tt_buf *to, const tt_open *v, size_t n, const char *label, bool issues)
{
    tt_buf_f(to, "<details><summary>%s</summary>\n", label);
    tt_buf_f(to, "<div class=\"table open\" role=\"group\" tabindex=\"0\" aria-label=\"%s\"><table>\n<thead><tr>",
             label);
    tt_buf_text(to, "<th scope=\"col\">What</th>");
    tt_buf_text(to, issues ? "<th scope=\"col\">Issues with it</th>" : "");
    tt_buf_text(to, "<th scope=\"col\">Rows</th><th scope=\"col\" class=\"left\">Command</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < n; i++) {
        tt_buf_text(to, "<tr><th scope=\"row\">");
        if (v[i].name.n)
            tt_page_foreign(to, v[i].name);
        else
            tt_buf_text(to, v[i].what);
        tt_buf_text(to, "</th>");
        if (issues)
            tt_buf_f(to, "<td>%u</td>", v[i].issues);
        tt_buf_text(to, "<td>");
        tt_summary_count(to, v[i].rows);
        tt_buf_text(to, "</td><td class=\"left\"><code>");
        tt_page_text(to, v[i].command);
        tt_buf_text(to, "</code></td></tr>\n");
    }
    tt_buf_text(to, "</tbody>\n</table></div></details>\n");
}

static void passage(tt_buf *to, const tt_passage *p)
{
    bool item = false;
    tt_buf_f(to, "<div class=\"passage\" id=\"%s\">\n<h3>%s</h3>\n", p->id, p->heading);
    for (size_t i = 0; i < p->n_lines; i++) {
        const tt_line *l = &p->lines[i];
        if (l->item != item)
            tt_buf_text(to, item ? "</ul>\n" : "<ul>\n");
        item = l->item;
        tt_buf_text(to, item ? "<li>" : "<p>");
        line(to, l);
        tt_buf_text(to, item ? "</li>\n" : "</p>\n");
    }
    tt_buf_text(to, item ? "</ul>\n" : "");
    if (p->n_opens)
        opens(to, p->opens, p->n_opens, "Open these numbers", false);
    tt_buf_text(to, "</div>\n");
}

/* ---- charts ---- */

/* The two views of the top topics stand in one place, with a switch that needs no script. */
static void charts(tt_buf *to, const tt_year_charts *c, unsigned kinds)
{
    for (size_t i = 0; i < c->n; i++) {
        const bool both = i + 1 < c->n && strcmp(c->v[i].name, "top-topics") == 0 && c->v[i].script.n &&
                          strcmp(c->v[i + 1].name, "top-topics-rate") == 0 && c->v[i + 1].script.n;
        if (both) {
            tt_buf_text(to,
                        "<div class=\"pair\">\n<fieldset class=\"switch\"><legend>Top topics by</legend>"
                        "<input type=\"radio\" name=\"by\" id=\"by-share\" checked><label for=\"by-share\">share of "
                        "issues</label> <input type=\"radio\" name=\"by\" id=\"by-rate\"><label "
                        "for=\"by-rate\">rate</label></fieldset>\n<div class=\"by-share\">\n");
            tt_page_figure(to, &c->v[i], c->svgs[i], kinds, "../");
            tt_buf_text(to, "</div>\n<div class=\"by-rate\">\n");
            tt_page_figure(to, &c->v[i + 1], c->svgs[i + 1], kinds, "../");
            tt_buf_text(to, "</div>\n</div>\n");
            i++;
        } else {
            tt_page_figure(to, &c->v[i], c->svgs[i], kinds, "../");
        }
    }
}

void tt_page_year_write(tt_buf *to, const tt_page *p, size_t i)
{
    const tt_year_review *r = &p->years[i];
    tt_page_begin(to, r->title, r->year);
    navigation(to, p, i);
    head(to, p, r);
    tt_buf_text(to, "<h2>The year in sentences</h2>\n<div class=\"text\">\n");
    for (size_t k = 0; k < r->n; k++)
        passage(to, &r->v[k]);
    tt_buf_text(to, "</div>\n<h2>The charts</h2>\n<div class=\"cards\">\n");
    charts(to, &p->charts[i], p->no_charts ? 0 : tt_page_pictures(p->in));
    tt_buf_text(to, "</div>\n");
    tt_page_left_out(to, p->charts[i].v, p->charts[i].n);
    tt_buf_text(to,
                "<h2>To check a number</h2>\n<p>Each mention has a place in the text. The commands on this page "
                "print them with file, line and column: run them in the folder of the archive, or with its path at the "
                "end, and with the same lexicon (<code>-l</code>). A mention that counts for several topics has a row "
                "for each.</p>\n");
    if (r->n_topics)
        opens(to, r->topics, r->n_topics, "Every topic of the year", true);
    tt_buf_text(to, "<p>The tables: <a href=\"../index.html\">all years</a>. These sentences as Markdown: "
                    "<a href=\"review.md\">review.md</a>.");
    tt_buf_text(to, p->no_charts || !r->n_topics ? "" : " A card to share: <a href=\"card.png\">card.png</a>.");
    tt_buf_text(to, "</p>\n");
    tt_page_end(to);
}
