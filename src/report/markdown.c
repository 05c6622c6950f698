/* In: a year's review, its charts. Out: review.md. Not here: what is said (review.c), the page (page_year.c). */
#include "report/markdown.h"

#include "base/unicode.h"

#include <string.h>

/* ---- text ---- */

/* The letters of scripts that go from right to left, by their blocks. */
static bool right_to_left(uint32_t cp)
{
    return (cp >= 0x590 && cp < 0x900) || (cp >= 0xFB1D && cp < 0xFE00) || (cp >= 0xFE70 && cp < 0xFEFF) ||
           (cp >= 0x10800 && cp < 0x11000) || (cp >= 0x1E800 && cp < 0x1F000);
}

/* Marks that turn or isolate what follows: unpaired ones would reach over the rest of the line. */
static bool turns(uint32_t cp)
{
    return cp == 0x200E || cp == 0x200F || cp == 0x061C || (cp >= 0x202A && cp <= 0x202E) ||
           (cp >= 0x2066 && cp <= 0x2069);
}

static uint32_t next_char(tt_str s, size_t *at)
{
    uint32_t cp = 0xFFFD;
    const size_t n = tt_utf8_decode(s.p + *at, s.n - *at, &cp);
    *at += n ? n : 1;
    if (n == 0)
        return 0xFFFD;
    if ((cp >= 0x09 && cp <= 0x0D) || cp == 0x85 || cp == 0x2028 || cp == 0x2029)
        return ' ';
    return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) ? 0xFFFD : cp;
}

/* What is markup wherever it stands, in CommonMark and in GitHub's and Pandoc's dialects; and what is it at the beginning
 * of a line. */
static bool needs_escape(uint32_t cp, uint32_t next, bool first)
{
    static const char anywhere[] = "\\`*_[]<>|~$^{}@", begins[] = "#+-=:!";
    if (cp == '&') /* an entity, unless a blank follows */
        return next != ' ';
    return cp > 0 && cp < 0x80 && (strchr(anywhere, (int)cp) || (first && strchr(begins, (int)cp)));
}

/* `2020. A year` at the beginning of a line would be a list. */
static bool is_list_number(tt_str s)
{
    size_t n = 0;
    while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
        n++;
    return n > 0 && n < s.n && (s.p[n] == '.' || s.p[n] == ')');
}

void tt_markdown_text(tt_buf *to, tt_str s)
{
    const bool begins = to->n == 0 || to->p[to->n - 1] == '\n';
    bool isolate = false, first = begins, number = begins && is_list_number(s);
    for (size_t at = 0; at < s.n && !isolate;)
        isolate = right_to_left(next_char(s, &at));
    tt_buf_text(to, isolate ? "\u2068" : ""); /* FIRST STRONG ISOLATE … POP DIRECTIONAL ISOLATE */
    for (size_t at = 0; at < s.n;) {
        char utf8[TT_UTF8_MAX];
        const uint32_t cp = next_char(s, &at);
        size_t after = at;
        const uint32_t next = at < s.n ? next_char(s, &after) : ' ';
        if (turns(cp))
            continue;
        if (needs_escape(cp, next, first) || (number && (cp == '.' || cp == ')'))) {
            tt_buf_char(to, '\\');
            number = false;
        }
        tt_buf_add(to, utf8, tt_utf8_encode(cp, utf8));
        first = false;
    }
    tt_buf_text(to, isolate ? "\u2069" : "");
}

void tt_markdown_url(tt_buf *to, tt_str url)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/:?#=;,+%";
    for (size_t i = 0; i < url.n; i++)
        if (url.p[i] == '&')
            tt_buf_text(to, "&amp;");
        else if (url.p[i] && strchr(plain, url.p[i]))
            tt_buf_char(to, url.p[i]);
        else
            tt_buf_f(to, "%%%02X", (unsigned char)url.p[i]);
}

/* ---- the review ---- */

static void span(tt_buf *to, const tt_span *s, bool strong)
{
    switch (s->kind) {
    case TT_SPAN_NAME:
        tt_buf_text(to, strong ? "**" : "");
        tt_markdown_text(to, s->text);
        tt_buf_text(to, strong ? "**" : "");
        break;
    case TT_SPAN_ISSUE:
        tt_buf_text(to, s->url.n ? "[" : "");
        tt_markdown_text(to, s->text);
        if (s->url.n) {
            tt_buf_text(to, "](");
            tt_markdown_url(to, s->url);
            tt_buf_char(to, ')');
        }
        break;
    case TT_SPAN_PAGE:
        break;
    case TT_SPAN_TEXT:
        tt_buf_str(to, s->text);
        break;
    }
}

/* The name that an item begins with is strong. */
static void passage(tt_buf *to, const tt_passage *p)
{
    bool item = false;
    tt_buf_f(to, "### %s\n\n", p->heading);
    for (size_t i = 0; i < p->n_lines; i++) {
        const tt_line *l = &p->lines[i];
        if (i && !(item && l->item))
            tt_buf_char(to, '\n');
        item = l->item;
        tt_buf_text(to, item ? "- " : "");
        for (size_t k = 0; k < l->n; k++)
            span(to, &l->v[k], item && k == 0);
        tt_buf_char(to, '\n');
    }
    tt_buf_char(to, '\n');
}

enum { SHOWN = 1 << TT_PICTURE_PNG | 1 << TT_PICTURE_SVG }; /* pictures that a page of Markdown shows */

/* A picture and, below it, what it shows. */
static void picture(tt_buf *to, const tt_figure *f, unsigned kinds)
{
    if (!f->script.n || !(kinds & SHOWN))
        return;
    tt_buf_text(to, "![");
    tt_markdown_text(to, f->title);
    tt_buf_f(to, "](charts/%s.%s)\n\n*", f->name, kinds >> TT_PICTURE_PNG & 1 ? "png" : "svg");
    tt_markdown_text(to, f->title);
    tt_buf_text(to, ".* ");
    tt_markdown_text(to, f->caption);
    tt_buf_text(to, "\n\n");
}

static bool has_picture_of(const tt_year_review *r, const char *name)
{
    for (size_t i = 0; i < r->n; i++)
        if (r->v[i].figure && strcmp(r->v[i].figure, name) == 0)
            return true;
    return false;
}

void tt_markdown_review(tt_buf *to, const tt_year_review *r, const tt_year_charts *c, unsigned kinds)
{
    tt_buf_text(to, "## ");
    tt_markdown_text(to, r->title);
    tt_buf_f(to, ": %d in review\n\n", r->year);
    if (r->note.n) {
        tt_markdown_text(to, r->note);
        tt_buf_text(to, ".\n\n");
    }
    for (size_t i = 0; i < r->n; i++) {
        passage(to, &r->v[i]);
        for (size_t k = 0; k < c->n && r->v[i].figure; k++)
            if (strcmp(c->v[k].name, r->v[i].figure) == 0)
                picture(to, &c->v[k], kinds);
    }
    for (size_t k = 0; k < c->n; k++)
        if (strcmp(c->v[k].name, "top-topics-rate") != 0 && !has_picture_of(r, c->v[k].name))
            picture(to, &c->v[k], kinds);
    if (kinds && !(kinds & SHOWN))
        tt_buf_text(to, "The charts stand in [charts](charts/) as PDF, which Markdown does not show.\n\n");
    tt_buf_f(to,
             "Counted by tagtrend: each number can be opened with a command that stands beside it on [the page of "
             "%d](index.html).\n",
             r->year);
}
