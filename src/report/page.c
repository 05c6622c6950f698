/* In: summary, figures, pictures, years, the list of tables. Out: index.html. Not here: numbers (summary.c, charts.c), the
 * page of a year (page_year.c), which files there are (report.c). */
#include "report/page.h"

static void totals(tt_buf *to, const tt_summary *s)
{
    tt_buf_text(to, "<p>");
    tt_summary_counted(to, s->n_issues, "issue", "issues");
    if (s->first != TT_NO_DATE) {
        tt_buf_text(to, s->first == s->last ? " of " : " from ");
        tt_summary_day(to, s->lang, s->first, true);
        if (s->first != s->last) {
            tt_buf_text(to, " to ");
            tt_summary_day(to, s->lang, s->last, true);
        }
    }
    tt_buf_text(to, ", ");
    tt_summary_counted(to, s->words, "word", "words");
    if (s->all_topics) {
        tt_buf_text(to, ", ");
        tt_summary_counted(to, s->mentions, "mention", "mentions");
        tt_buf_text(to, " of ");
    } else {
        tt_buf_text(to, ", ");
    }
    tt_summary_counted(to, s->n_ranked, "topic", "topics");
    tt_buf_text(to, ".");
    if (s->n_undated) {
        tt_buf_char(to, ' ');
        tt_summary_counted(to, s->n_undated, "issue has no date: it counts", "issues have no date: they count");
        tt_buf_text(to, " in the totals, but in no period.");
    }
    if (s->year.incomplete.n) {
        tt_buf_text(to, " Incomplete: ");
        tt_page_text(to, s->year.incomplete);
        tt_buf_char(to, '.');
    }
    tt_buf_text(to, "</p>\n");
}

/* A year's page, and in a line what is in it. */
static void year(tt_buf *to, const tt_year_review *r)
{
    tt_buf_f(to, "<li><a href=\"%04d/index.html\">%d in review</a>: ", r->year, r->year);
    tt_summary_counted(to, r->issues, "issue", "issues");
    tt_buf_text(to, ", ");
    tt_summary_counted(to, r->words, "word", "words");
    for (size_t i = 0; i < r->n_topics && i < 3; i++) {
        tt_buf_text(to, i ? ", " : "; in most issues: ");
        tt_page_foreign(to, r->topics[i].name);
        tt_buf_f(to, i ? " (%u)" : " (in %u)", r->topics[i].issues);
    }
    if (r->note.n) {
        tt_buf_text(to, ". ");
        tt_page_text(to, r->note);
    }
    tt_buf_text(to, ".</li>\n");
}

static void tables(tt_buf *to, const tt_page *p)
{
    tt_buf_text(to, "<h2>The tables</h2>\n<ul>\n");
    for (size_t i = 0; i < p->n_tables; i++) {
        tt_buf_f(to, "<li><a href=\"%s\">%s</a>: ", p->tables[i].path, p->tables[i].path);
        tt_page_text(to, tt_str_of(p->tables[i].title));
        tt_buf_text(to, "</li>\n");
    }
    tt_buf_text(to,
                "<li><a href=\"datapackage.json\">datapackage.json</a>: the types and keys of the columns</li>\n"
                "<li><a href=\"tagtrend.json\">tagtrend.json</a>: everything in one file, each table as its fields and "
                "its rows, with how it was counted and the SHA-256 of each file</li>\n</ul>\n");
}

static void check(tt_buf *to, const tt_page *p)
{
    tt_str id = p->summary->n_ranked ? p->in->facts->topics[p->summary->ranked[0].topic].id : TT_S("ID");
    tt_buf_text(to, "<h2>To check a number</h2>\n<p>Each mention has a place in the text. <code>tagtrend mentions "
                    "--topic ");
    tt_page_text(to, id);
    tt_buf_text(to, "</code> on the archive, with the same options, prints them all with file, line and column: one "
                    "row for each of the ");
    if (p->summary->n_ranked)
        tt_summary_counted(to, p->summary->ranked[0].mentions, "mention", "mentions");
    else
        tt_buf_text(to, "mentions");
    tt_buf_text(
        to,
        " that <a href=\"topics.csv\">topics.csv</a> gives for that topic. Any other number comes from such "
        "rows: <a href=\"counts.csv\">counts.csv</a> has them by issue and section. A mention that counts for several "
        "topics has a row for each; the number at the top counts it once.</p>\n");
}

void tt_page_write(tt_buf *to, const tt_page *p)
{
    tt_page_begin(to, p->in->title, 0);
    tt_buf_text(to, "<h1>");
    tt_page_foreign(to, p->in->title);
    tt_buf_text(to, "</h1>\n");
    totals(to, p->summary);
    tt_page_selection(to, p->in->from->select);
    if (p->no_charts)
        tt_buf_text(to,
                    "<p class=\"note\">Made with <code>--no-charts</code>: the numbers of each chart stand here, the "
                    "pictures are left out.</p>\n");
    if (p->n_years) {
        tt_buf_text(to, "<h2>The years</h2>\n<ul>\n");
        for (size_t i = p->n_years; i-- > 0;)
            year(to, &p->years[i]);
        tt_buf_text(to, "</ul>\n");
    }
    tt_buf_text(to, "<h2>The charts</h2>\n<div class=\"cards\">\n");
    for (size_t i = 0; i < TT_N_FIGURES; i++)
        tt_page_figure(to, &p->figures[i], p->svgs[i], p->no_charts ? 0 : tt_page_pictures(p->in), "");
    tt_buf_text(to, "</div>\n");
    tt_page_left_out(to, p->figures, TT_N_FIGURES);
    tables(to, p);
    check(to, p);
    tt_page_end(to);
}
