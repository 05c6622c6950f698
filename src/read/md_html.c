/* In: a piece of Markdown. Out: blocks and links of it as HTML. Not here: Markdown itself (parse/markdown). */
#include "read/md_html.h"

#include <string.h>

/* The first `c` in from..end, or `end`. */
static size_t find(const tt_place *p, char c, size_t from, size_t end)
{
    const char *hit = from < end ? memchr(p->text.p + from, c, end - from) : NULL;
    return hit ? (size_t)(hit - p->text.p) : end;
}

/* `[text](target)` or `![text](target)`, whose brackets and parentheses are at these places. */
static void put_link(tt_place *p, bool image, size_t open, size_t close, size_t paren, tt_loci *out)
{
    size_t target_end = find(p, ' ', close + 2, paren); /* a title may follow */
    if (image) {
        tt_loci_text(out, "<img alt=\"");
        tt_place_to(p, open + 1);
        tt_place_html(p, close, out);
        tt_loci_text(out, "\">");
    } else {
        tt_place target = *p;
        tt_loci_text(out, "<a href=\"");
        tt_place_to(&target, close + 2);
        tt_place_html(&target, target_end, out);
        tt_loci_text(out, "\">");
        tt_place_to(p, open + 1);
        tt_place_html(p, close, out);
        tt_loci_text(out, "</a>");
    }
    tt_place_to(p, paren + 1);
}

/* The rest of a line. A bracket is looked for once, however many stand open before it. */
static void put_line(tt_place *p, size_t end, tt_loci *out)
{
    size_t close = 0;
    bool closed = true; /* a parenthesis that closes may still stand in the line */
    while (p->at < end) {
        size_t open = find(p, '[', p->at, end);
        if (close < open)
            close = find(p, ']', open, end);
        if (close >= end)
            break;
        bool target = closed && close + 1 < end && p->text.p[close + 1] == '(';
        size_t paren = target ? find(p, ')', close + 2, end) : end;
        if (paren == end) {
            closed = closed && !target;
            tt_place_html(p, close + 1, out);
            continue;
        }
        bool image = open > p->at && p->text.p[open - 1] == '!';
        tt_place_html(p, image ? open - 1 : open, out);
        put_link(p, image, open, close, paren, out);
    }
    tt_place_html(p, end, out);
}

/* The level of an ATX heading, or 0; *text is set behind its marks. */
static size_t heading_of(tt_str line, size_t *text)
{
    size_t n = 0;
    while (n < line.n && n < 7 && line.p[n] == '#')
        n++;
    *text = n;
    return n >= 1 && n <= 6 && (n == line.n || line.p[n] == ' ') ? n : 0;
}

void tt_md_html(tt_place *p, tt_loci *out)
{
    static const char *const open[] = {"", "<h1>", "<h2>", "<h3>", "<h4>", "<h5>", "<h6>"};
    static const char *const close[] = {"", "</h1>\n", "</h2>\n", "</h3>\n", "</h4>\n", "</h5>\n", "</h6>\n"};
    bool paragraph = false;
    while (p->at < p->text.n) {
        size_t end = find(p, '\n', p->at, p->text.n), behind;
        tt_str line = {p->text.p + p->at, end - p->at};
        size_t level = heading_of(line, &behind);
        bool text = level == 0 && tt_str_trim(line).n > 0;
        tt_loci_text(out, paragraph ? text ? "\n" : "</p>\n" : text ? "<p>" : "");
        if (level > 0)
            tt_place_to(p, p->at + behind);
        tt_loci_text(out, open[level]);
        if (level > 0 || text)
            put_line(p, end, out);
        tt_loci_text(out, close[level]);
        tt_place_to(p, end < p->text.n ? end + 1 : end);
        paragraph = text;
    }
    tt_loci_text(out, paragraph ? "</p>\n" : "");
}
