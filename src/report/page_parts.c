/* In: texts, pictures, figures. Out: the parts of which every page is made. Not here: which parts stand on a page (page.c,
 * page_year.c), numbers (summary.c, charts*.c, review.c). */
#include "report/page.h"

#include "base/unicode.h"

#include <string.h>

/* Text and background keep 7 : 1, marks 4.5 : 1, in both schemes. In the dark a picture is turned to its negative, with
 * the hues turned back: no script, and what stands in cells keeps its contrast. */
static const char style[] =
    ":root{color-scheme:light dark;--ink:#1f1f1f;--soft:#555;--ground:#fff;--line:#d9d9d9;--band:#f4f4f4;"
    "--link:#00558a}\n"
    "@media (prefers-color-scheme:dark){:root{--ink:#ececec;--soft:#b5b5b5;--ground:#141414;--line:#3a3d42;"
    "--band:#202224;--link:#8cc8f5}}\n"
    "*{box-sizing:border-box}\n"
    "body{margin:0;background:var(--ground);color:var(--ink);overflow-wrap:anywhere;"
    "font:1rem/1.55 \"DejaVu Sans\",system-ui,Helvetica,Arial,sans-serif}\n"
    "main{max-width:64rem;margin:0 auto;padding:1.5rem 1rem 3rem}\n"
    "h1{font-size:1.9rem;line-height:1.2;margin:.3rem 0 .5rem;font-weight:600}\n"
    "h2{font-size:1.35rem;margin:2.8rem 0 .8rem;font-weight:600;border-top:1px solid var(--line);padding-top:1rem}\n"
    "h3{font-size:1.05rem;line-height:1.35;margin:0 0 .4rem;font-weight:600}\n"
    "p,ul,ol{max-width:46rem;margin:.4rem 0}\n"
    "ul{padding-left:1.2rem}\n"
    "li{margin:.25rem 0}\n"
    "a{color:var(--link)}\n"
    "nav{font-size:.9rem}\n"
    "nav a{display:inline-block;padding:.3rem .8rem .3rem 0}\n"
    "code{font-family:\"DejaVu Sans Mono\",ui-monospace,monospace;font-size:.85em;background:var(--band);"
    "padding:.1em .3em;border-radius:3px}\n"
    ".note,figcaption,footer{color:var(--soft);font-size:.9rem}\n"
    ".big{display:grid;grid-template-columns:repeat(auto-fit,minmax(8rem,1fr));gap:1rem;margin:1.2rem 0;padding:0}\n"
    ".big div{border-top:3px solid var(--link);padding-top:.4rem}\n"
    ".big dt{color:var(--soft);font-size:.9rem}\n"
    ".big dd{margin:0;font-size:1.6rem;font-variant-numeric:tabular-nums}\n"
    ".cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,27rem),1fr));gap:2rem 2.5rem}\n"
    ".cards>*{min-width:0}\n"
    ".text{columns:27rem 2;column-gap:2.5rem}\n"
    ".passage{break-inside:avoid;padding-bottom:1.4rem}\n"
    ".passage p,.passage ul{max-width:none}\n"
    "figure{margin:0}\n"
    ".chart{border:1px solid var(--line);border-radius:6px;background:#fff;overflow:hidden}\n"
    ".chart svg{color:#000;display:block;width:100%;max-width:36rem;height:auto;margin:0 auto}\n"
    "@media screen and (prefers-color-scheme:dark){.chart{background:var(--ground)}"
    ".chart svg{filter:invert(.92) hue-rotate(180deg)}}\n"
    "figcaption{margin:.5rem 0 .3rem}\n"
    "details{margin:.3rem 0}\n"
    "summary{cursor:pointer;font-size:.9rem;padding:.2rem 0}\n"
    ".table{overflow-x:auto;margin:.5rem 0}\n"
    "table{border-collapse:collapse;font-size:.85rem;font-variant-numeric:tabular-nums}\n"
    "th,td{padding:.25rem .9rem .25rem 0;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap}\n"
    "th{font-weight:600}\n"
    "th:first-child,td.left,th.left{text-align:left}\n"
    "tbody th:first-child{white-space:normal;min-width:7rem}\n"
    "td:last-child,th:last-child{padding-right:0}\n"
    ".open td.left{white-space:normal;min-width:14rem}\n"
    ".switch{border:0;margin:0 0 .6rem;padding:0;display:flex;flex-wrap:wrap;gap:.2rem .4rem;align-items:baseline}\n"
    ".switch legend{padding:0;font-size:.9rem;color:var(--soft)}\n"
    ".switch label{cursor:pointer;padding:.35rem .5rem .35rem 0}\n"
    ".by-rate{display:none}\n"
    ".pair:has(#by-rate:checked) .by-rate{display:block}\n"
    ".pair:has(#by-rate:checked) .by-share{display:none}\n"
    "@supports not selector(:has(a)){.switch{display:none}.by-rate{display:block;margin-top:2rem}}\n"
    ":focus-visible{outline:3px solid var(--link);outline-offset:2px}\n"
    "footer{margin-top:3rem;border-top:1px solid var(--line);padding-top:1rem}\n"
    "@page{margin:15mm}\n"
    "@media print{:root{color-scheme:light;--ink:#000;--soft:#333;--ground:#fff;--line:#bbb;--band:#f4f4f4;--link:#000}"
    "body{font-size:10pt}main{max-width:none;padding:0}nav,.switch,details:not([open]){display:none}"
    ".by-rate{display:block}.pair:has(#by-rate:checked) .by-share{display:block}"
    ".cards{grid-template-columns:1fr 1fr;gap:1rem 1.5rem}figure{break-inside:avoid}h2,h3{break-after:avoid}"
    ".chart{border:0}a{color:inherit}}\n";

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
void tt_page_foreign(tt_buf *to, tt_str s)
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

/* The rest of the tag <svg, from `at` on; of a view that begins at 0 0 the upper `cut` pixels go,
 * and with them width and height, which stand before it and would keep its shape. Returns where it ends. */
static size_t svg_head(tt_buf *to, tt_str svg, size_t at, const char *name, int cut)
{
    static const char mark[] = "viewBox=\"0 0 ";
    const size_t end = find(svg, at, ">");
    tt_str tag = {svg.p + at, end - at};
    const size_t view = find(tag, 0, mark);
    if (cut > 0 && view < tag.n) {
        tt_str size = {tag.p + view + sizeof mark - 1, tag.n - view - (sizeof mark - 1)};
        const tt_str width = tt_str_cut(&size, ' '), height = tt_str_cut(&size, '"');
        int64_t h = 0;
        if (tt_num_parse(height, &h) && h > cut) {
            tt_buf_f(to, " viewBox=\"0 %d %.*s %d\"", cut, (int)width.n, width.p, (int)(h - cut));
            tag = size;
        }
    }
    svg_tag(to, tag, name);
    return end;
}

void tt_page_svg(tt_buf *to, tt_str svg, const char *name, tt_str alt, int head)
{
    size_t at = find(svg, 0, "<svg");
    if (at == svg.n)
        return;
    tt_buf_text(to, "<svg role=\"img\" aria-label=\"");
    tt_page_text(to, alt);
    tt_buf_char(to, '"');
    at += 4;
    at = svg_head(to, svg, at, name, head);
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

/* ---- parts ---- */

void tt_page_begin(tt_buf *to, tt_str title, int year)
{
    tt_buf_text(to, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                    "style-src 'unsafe-inline'; img-src data:\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<link rel=\"icon\" href=\"data:,\">\n<title>");
    if (year)
        tt_buf_f(to, "%d in review: ", year);
    tt_page_text(to, title);
    tt_buf_text(to, "</title>\n<style>\n");
    tt_buf_text(to, style);
    tt_buf_text(to, "</style>\n</head>\n<body>\n<main>\n");
}

void tt_page_end(tt_buf *to)
{
    tt_buf_text(to, TT_PAGE_MARK TT_VERSION ".</footer>\n</main>\n</body>\n</html>\n");
}

static void names(tt_buf *to, const char *before, const char *const *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        tt_buf_text(to, i ? ", " : before);
        tt_page_foreign(to, tt_str_of(v[i]));
    }
}

/* What the selection leaves out is said, or the numbers would be read as those of the whole archive. */
void tt_page_selection(tt_buf *to, const tt_select *s)
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
    tt_buf_text(to, "<details><summary>The numbers of this chart</summary>\n<div class=\"table\" role=\"group\" "
                    "tabindex=\"0\" aria-label=\"The numbers of this chart\"><table>\n");
    for (size_t i = 0; i < f->n_rows; i++) {
        tt_buf_text(to, i == 0 ? "<thead><tr>" : i == 1 ? "<tbody>\n<tr>" : "<tr>");
        for (size_t j = 0; j < f->n_columns; j++) {
            bool th = i == 0 || j == 0;
            tt_buf_text(to, !th ? "<td>" : i == 0 ? "<th scope=\"col\">" : "<th scope=\"row\">");
            if (th)
                tt_page_foreign(to, f->cells[i * f->n_columns + j]);
            else
                tt_page_text(to, f->cells[i * f->n_columns + j]);
            tt_buf_text(to, th ? "</th>" : "</td>");
        }
        tt_buf_text(to, i == 0 ? "</tr></thead>\n" : "</tr>\n");
    }
    tt_buf_text(to, f->n_rows > 1 ? "</tbody>\n</table></div></details>\n" : "</table></div></details>\n");
}

unsigned tt_page_pictures(const tt_report_in *in)
{
    return in->pictures ? in->pictures : 1u << TT_PICTURE_SVG | 1u << TT_PICTURE_PNG;
}

void tt_page_chart_links(tt_buf *to, unsigned kinds, const char *folder, const char *name)
{
    static const char *const names[TT_N_PICTURES] = {"SVG", "PNG", "PDF"};
    static const char *const endings[TT_N_PICTURES] = {"svg", "png", "pdf"};
    tt_buf_text(to, " Chart: ");
    for (int i = 0; i < TT_N_PICTURES; i++)
        if (kinds >> i & 1)
            tt_buf_f(to, "<a href=\"%s/%s.%s\">%s</a>, ", folder, name, endings[i], names[i]);
    tt_buf_f(to, "<a href=\"%s/%s.gp\">gnuplot script</a>.", folder, name);
}

enum { ABOVE = 8 }; /* pixels that stay above a picture without its title */

void tt_page_figure(tt_buf *to, const tt_figure *f, tt_str svg, unsigned kinds, const char *tables)
{
    if (!f->script.n)
        return;
    tt_buf_f(to, "<figure id=\"%s\">\n<h3>", f->name);
    tt_page_text(to, f->title);
    tt_buf_text(to, "</h3>\n");
    if (svg.n) {
        tt_buf_text(to, "<div class=\"chart\">");
        tt_page_svg(to, svg, f->name, f->alt, f->head - ABOVE);
        tt_buf_text(to, "</div>\n");
    }
    tt_buf_text(to, "<figcaption>");
    tt_page_text(to, f->caption);
    tt_buf_f(to, " Table: <a href=\"%s%s\">%s</a>.", tables, f->csv, f->csv);
    if (kinds)
        tt_page_chart_links(to, kinds, "charts", f->name);
    tt_buf_text(to, "</figcaption>\n");
    numbers(to, f);
    tt_buf_text(to, "</figure>\n");
}

/* Those that have one reason share a sentence. */
void tt_page_left_out(tt_buf *to, const tt_figure *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool said = v[i].script.n != 0;
        for (size_t k = 0; k < i && !said; k++)
            said = !v[k].script.n && tt_str_eq(v[k].why, v[i].why);
        if (said)
            continue;
        tt_buf_text(to, "<p class=\"note\">Left out: ");
        for (size_t k = i; k < n; k++) {
            if (v[k].script.n || !tt_str_eq(v[k].why, v[i].why))
                continue;
            tt_buf_text(to, k == i ? "" : "; ");
            tt_page_text(to, v[k].title);
        }
        tt_buf_text(to, ". The reason: ");
        tt_page_text(to, v[i].why);
        tt_buf_text(to, ".</p>\n");
    }
}
