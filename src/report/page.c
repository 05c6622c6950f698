/* In: summary, figures, pictures, the list of tables. Out: index.html. Not here: numbers (summary.c, charts.c), which
 * files there are (report.c). */
#include "report/page.h"

#include "base/unicode.h"

#include <string.h>

/* Text and background keep 7 : 1, marks 4.5 : 1, in both schemes; pictures have a light ground of their own. */
static const char style[] =
    ":root{color-scheme:light "
    "dark;--ink:#1f1f1f;--soft:#555;--ground:#fff;--line:#d9d9d9;--band:#f4f4f4;--link:#00558a}\n"
    "@media (prefers-color-scheme:dark){:root{--ink:#ececec;--soft:#b5b5b5;--ground:#16181b;--line:#3a3d42;"
    "--band:#1f2226;--link:#8cc8f5}}\n"
    "*{box-sizing:border-box}\n"
    "body{margin:0;background:var(--ground);color:var(--ink);"
    "font:1rem/1.55 \"DejaVu Sans\",system-ui,Helvetica,Arial,sans-serif}\n"
    "main{max-width:58rem;margin:0 auto;padding:2rem 1rem 3rem}\n"
    "h1{font-size:1.9rem;line-height:1.2;margin:0 0 .5rem;font-weight:600;overflow-wrap:anywhere}\n"
    "h2{font-size:1.25rem;margin:2.5rem 0 .5rem;font-weight:600}\n"
    "p,ul,ol{max-width:44rem}\n"
    "a{color:var(--link)}\n"
    "code{font-family:\"DejaVu Sans Mono\",ui-monospace,monospace;font-size:.9em;background:var(--band);"
    "padding:.1em .3em;border-radius:3px}\n"
    ".note,figcaption,footer{color:var(--soft);font-size:.9rem}\n"
    "figure{margin:2.5rem 0 0}\n"
    ".chart{overflow-x:auto;background:#fff;border:1px solid var(--line);border-radius:6px}\n"
    ".chart svg{display:block;width:100%;min-width:40rem;height:auto}\n"
    "figcaption{margin:.6rem 0 .3rem;max-width:44rem}\n"
    "details{margin:.3rem 0}\n"
    "summary{cursor:pointer;font-size:.9rem}\n"
    ".table{overflow-x:auto;margin:.5rem 0}\n"
    "table{border-collapse:collapse;font-size:.85rem;font-variant-numeric:tabular-nums}\n"
    "th,td{padding:.25rem .7rem .25rem 0;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap}\n"
    "th{font-weight:600}\n"
    "th:first-child{text-align:left}\n"
    "li{margin:.25rem 0}\n"
    "footer{margin-top:3rem;border-top:1px solid var(--line);padding-top:1rem}\n"
    "@media print{body{background:#fff;color:#000;font-size:10pt}main{max-width:none;padding:0}"
    "figure{break-inside:avoid}.chart{border:0;overflow:visible}.chart svg{min-width:0}a{color:inherit}}\n";

/* ---- text and SVG ---- */

static bool forbidden(uint32_t cp)
{
    return (cp < 0x20 && cp != '\t' && cp != '\n') || (cp >= 0x7F && cp < 0xA0) || (cp & 0xFFFE) == 0xFFFE ||
           (cp >= 0xFDD0 && cp <= 0xFDEF);
}

void tt_page_text(tt_buf *to, tt_str s)
{
    for (size_t at = 0; at < s.n;) {
        uint32_t cp = 0xFFFF;
        size_t n = tt_utf8_decode(s.p + at, s.n - at, &cp);
        if (n == 0 || forbidden(cp))
            tt_buf_text(to, "\uFFFD");
        else if (cp == '&')
            tt_buf_text(to, "&amp;");
        else if (cp == '<')
            tt_buf_text(to, "&lt;");
        else if (cp == '>')
            tt_buf_text(to, "&gt;");
        else if (cp == '"')
            tt_buf_text(to, "&quot;");
        else if (cp == '\'')
            tt_buf_text(to, "&#39;");
        else
            tt_buf_add(to, s.p + at, n);
        at += n ? n : 1;
    }
}

/* Foreign text in the flow of a line: its direction of writing ends with it. */
static void foreign(tt_buf *to, tt_str s)
{
    tt_buf_text(to, "<bdi>");
    tt_page_text(to, s);
    tt_buf_text(to, "</bdi>");
}

/* Where `find` begins in s from `at` on; s.n: nowhere. */
static size_t find(tt_str s, size_t at, const char *what)
{
    size_t n = strlen(what);
    for (; at + n <= s.n; at++)
        if (s.p[at] == what[0] && memcmp(s.p + at, what, n) == 0)
            return at;
    return s.n;
}

/* One tag, `<` to `>`: ids, and what refers to them, get `name-` before them. gnuplot writes < in text as &lt; and no
 * foreign text into attributes, so what stands between < and > is its own. */
static void svg_tag(tt_buf *to, tt_str tag, const char *name)
{
    static const char *const marks[] = {" id=\"", " id='", "href='#", "href=\"#", "url(#"};
    for (size_t at = 0; at < tag.n;) {
        size_t n = 0;
        for (size_t i = 0; i < sizeof marks / sizeof *marks && !n; i++)
            if (tt_str_starts((tt_str){tag.p + at, tag.n - at}, tt_str_of(marks[i])))
                n = strlen(marks[i]);
        tt_buf_add(to, tag.p + at, n ? n : 1);
        if (n)
            tt_buf_f(to, "%s-", name);
        at += n ? n : 1;
    }
}

void tt_page_svg(tt_buf *to, tt_str svg, const char *name, tt_str alt)
{
    size_t at = find(svg, 0, "<svg");
    if (at == svg.n)
        return;
    tt_buf_text(to, "<svg role=\"img\" aria-label=\"");
    tt_page_text(to, alt);
    tt_buf_char(to, '"');
    at += 4;
    while (at < svg.n) {
        tt_str rest = {svg.p + at, svg.n - at};
        bool title = tt_str_starts(rest, TT_S("<title>")), desc = tt_str_starts(rest, TT_S("<desc>"));
        if (title || desc) {
            at = find(svg, at, title ? "</title>" : "</desc>");
            at = find(svg, at, ">");
            at += at < svg.n;
        } else if (svg.p[at] == '<') {
            size_t end = find(svg, at, ">");
            svg_tag(to, (tt_str){svg.p + at, end - at}, name);
            at = end;
        } else {
            size_t end = find(svg, at, "<");
            tt_buf_add(to, svg.p + at, end - at);
            at = end;
        }
    }
}

/* ---- the page ---- */

static void head(tt_buf *to, const tt_page *p)
{
    tt_buf_text(to, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                    "style-src 'unsafe-inline'; img-src data:\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<link rel=\"icon\" href=\"data:,\">\n<title>");
    tt_page_text(to, p->in->title);
    tt_buf_text(to, "</title>\n<style>\n");
    tt_buf_text(to, style);
    tt_buf_text(to, "</style>\n</head>\n<body>\n<main>\n<h1>");
    foreign(to, p->in->title);
    tt_buf_text(to, "</h1>\n");
}

static void totals(tt_buf *to, const tt_summary *s)
{
    tt_buf_text(to, "<p>");
    tt_summary_counted(to, s->n_issues, "issue", "issues");
    if (s->first != TT_NO_DATE) {
        tt_buf_text(to, s->first == s->last ? " of " : " from ");
        tt_summary_day(to, s->first, true);
        if (s->first != s->last) {
            tt_buf_text(to, " to ");
            tt_summary_day(to, s->last, true);
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

static void names(tt_buf *to, const char *before, const char *const *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        tt_buf_text(to, i ? ", " : before);
        foreign(to, tt_str_of(v[i]));
    }
}

/* What the selection leaves out is said, or the numbers would be read as those of the whole archive. */
static void selection(tt_buf *to, const tt_select *s)
{
    char day[TT_DATE_SIZE];
    if (!s || !(s->has_from || s->has_to || s->n_years || s->n_topics || s->n_sections || s->n_not_sections))
        return;
    tt_buf_text(to, "<p class=\"note\">Only a part of the archive is counted");
    const char *sep = ": ";
    if (s->has_from) {
        tt_day_format(s->from, day);
        tt_buf_f(to, "%sfrom %s", sep, day);
        sep = "; ";
    }
    if (s->has_to) {
        tt_day_format(s->to, day);
        tt_buf_f(to, "%sto %s", sep, day);
        sep = "; ";
    }
    for (size_t i = 0; i < s->n_years; i++) {
        tt_buf_f(to, i ? ", %s%d" : "%syear %d", i ? "" : sep, s->years[i]);
        sep = "; ";
    }
    tt_buf_text(to, s->n_topics ? sep : "");
    names(to, "topics ", s->topics, s->n_topics);
    sep = s->n_topics ? "; " : sep;
    tt_buf_text(to, s->n_sections ? sep : "");
    names(to, "sections ", s->sections, s->n_sections);
    sep = s->n_sections ? "; " : sep;
    tt_buf_text(to, s->n_not_sections ? sep : "");
    names(to, "without the sections ", s->not_sections, s->n_not_sections);
    tt_buf_text(to, ".</p>\n");
}

static void numbers(tt_buf *to, const tt_figure *f)
{
    tt_buf_text(to, "<details><summary>The numbers</summary>\n<div class=\"table\"><table>\n");
    for (size_t i = 0; i < f->n_rows; i++) {
        tt_buf_text(to, i == 0 ? "<thead><tr>" : i == 1 ? "<tbody>\n<tr>" : "<tr>");
        for (size_t j = 0; j < f->n_columns; j++) {
            bool th = i == 0 || j == 0;
            tt_buf_text(to, !th ? "<td>" : i == 0 ? "<th scope=\"col\">" : "<th scope=\"row\">");
            if (th)
                foreign(to, f->cells[i * f->n_columns + j]);
            else
                tt_page_text(to, f->cells[i * f->n_columns + j]);
            tt_buf_text(to, th ? "</th>" : "</td>");
        }
        tt_buf_text(to, i == 0 ? "</tr></thead>\n" : "</tr>\n");
    }
    tt_buf_text(to, f->n_rows > 1 ? "</tbody>\n</table></div></details>\n" : "</table></div></details>\n");
}

static void figure(tt_buf *to, const tt_page *p, size_t i)
{
    const tt_figure *f = &p->figures[i];
    tt_buf_f(to, "<figure id=\"%s\">\n", f->name);
    if (!f->script.n) {
        tt_buf_text(to, "<figcaption><strong>");
        tt_page_text(to, f->title);
        tt_buf_text(to, "</strong>: left out, since ");
        tt_page_text(to, f->why);
        tt_buf_text(to, ".</figcaption>\n</figure>\n");
        return;
    }
    if (p->svgs[i].n) {
        tt_buf_text(to, "<div class=\"chart\" role=\"group\" tabindex=\"0\">");
        tt_page_svg(to, p->svgs[i], f->name, f->alt);
        tt_buf_text(to, "</div>\n");
    }
    tt_buf_text(to, "<figcaption><strong>");
    tt_page_text(to, f->title);
    tt_buf_text(to, ".</strong> ");
    tt_page_text(to, f->caption);
    tt_buf_f(to, " Table: <a href=\"%s\">%s</a>.", f->csv, f->csv);
    if (!p->no_charts)
        tt_buf_f(to,
                 " Chart: <a href=\"charts/%s.svg\">SVG</a>, <a href=\"charts/%s.png\">PNG</a>, "
                 "<a href=\"charts/%s.gp\">gnuplot script</a>.",
                 f->name, f->name, f->name);
    tt_buf_text(to, "</figcaption>\n");
    numbers(to, f);
    tt_buf_text(to, "</figure>\n");
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
    tt_buf_text(to,
                " that <a href=\"topics.csv\">topics.csv</a> gives for that topic. Any other number comes from such "
                "rows: <a href=\"counts.csv\">counts.csv</a> has them by issue and section. A mention that counts for several "
                "topics has a row for each; the number at the top counts it once.</p>\n");
}

void tt_page_write(tt_buf *to, const tt_page *p)
{
    head(to, p);
    totals(to, p->summary);
    selection(to, p->in->from->select);
    if (p->no_charts)
        tt_buf_text(to,
                    "<p class=\"note\">Made with <code>--no-charts</code>: the numbers of each chart stand here, the "
                    "pictures are left out.</p>\n");
    for (size_t i = 0; i < TT_N_FIGURES; i++)
        figure(to, p, i);
    tables(to, p);
    check(to, p);
    tt_buf_text(to, "<footer>Counted by tagtrend " TT_VERSION ".</footer>\n</main>\n</body>\n</html>\n");
}
