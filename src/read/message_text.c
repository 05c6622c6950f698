/* In: a plain-text part with its places. Out: the same without what is no part of an issue, lines joined that were broken
 * for transport, as text or as HTML. Not here: decoding it (base/mail.c), quotes in text (parse/plain.c). */
#include "read/message_text.h"

#include "base/unicode.h"
#include "read/message.h"

/* ---- copying with places ---- */

/* Stands at a byte of `from`, and knows its place. Goes forward only. */
typedef struct pen {
    const tt_loci *from;
    tt_loci *to;
    size_t at, locus, line, column;
    uint32_t nth;
} pen;

/* The place of the character that the pen stands at. */
static void settle(pen *p)
{
    for (; p->locus < p->from->n && p->from->v[p->locus].nth <= p->nth; p->locus++) {
        p->line = p->from->v[p->locus].line;
        p->column = p->from->v[p->locus].column;
    }
}

/* Over one character; returns its bytes. CR LF is one, as loci count. */
static size_t step(pen *p)
{
    const char *c = p->from->text.p + p->at;
    size_t n = p->from->text.n - p->at, len = 1;
    uint32_t cp;
    bool end = c[0] == '\n' || c[0] == '\r';
    if (c[0] == '\r' && n > 1 && c[1] == '\n')
        len = 2;
    else if ((unsigned char)c[0] >= 0x80 && (len = tt_utf8_decode(c, n, &cp)) == 0)
        len = 1;
    p->at += len;
    p->nth++;
    p->line += end;
    p->column = end ? 1 : p->column + 1;
    return len;
}

static const char *escape_of(char c)
{
    return c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '&' ? "&amp;" : NULL;
}

static void copy(pen *p, size_t at, size_t end, bool escape)
{
    for (settle(p); p->at < at; settle(p))
        step(p);
    if (p->at < end)
        tt_loci_at(p->to, p->line, p->column);
    while (p->at < end) {
        const char *c = p->from->text.p + p->at, *name = escape ? escape_of(*c) : NULL;
        size_t locus = p->locus, len = step(p);
        if (name)
            tt_loci_text(p->to, name);
        else
            tt_loci_add(p->to, c, len);
        settle(p);
        if ((name || p->locus != locus) && p->at < end)
            tt_loci_at(p->to, p->line, p->column);
    }
}

void tt_message_copy(const tt_loci *from, tt_loci *to)
{
    pen p = {.from = from, .to = to, .line = 1, .column = 1};
    copy(&p, 0, from->text.n, false);
}

/* ---- lines ---- */

typedef struct line {
    size_t at, end; /* without its line end */
    size_t text;    /* behind the marks of a quote */
    bool quoted, blank, out;
} line;

typedef struct lines {
    const char *p;
    line *v;
    size_t n, cap;
} lines;

static int cut_lines(const tt_loci *from, lines *s)
{
    const char *p = s->p = from->text.p;
    for (size_t at = 0; at < from->text.n;) {
        const char *lf = memchr(p + at, '\n', from->text.n - at);
        size_t next = lf ? (size_t)(lf - p) + 1 : from->text.n, end = lf ? next - 1 : next;
        end -= end > at && p[end - 1] == '\r';
        line l = {.at = at, .end = end, .text = at};
        while (l.text < end && (p[l.text] == '>' || (l.quoted && p[l.text] == ' '))) {
            l.quoted = true;
            l.text++;
        }
        size_t i = l.text;
        while (i < end && (p[i] == ' ' || p[i] == '\t'))
            i++;
        l.blank = i == end;
        if (tt_grow(&s->v, &s->cap, s->n + 1, sizeof *s->v) != 0)
            return TT_ENOMEM;
        s->v[s->n++] = l;
        at = next;
    }
    return 0;
}

static tt_str text_of(const lines *s, size_t i)
{
    return (tt_str){s->p + s->v[i].at, s->v[i].end - s->v[i].at};
}

/* Whether `phrase`, which is in lower case, stands in `text`; ’ is ' there. */
static bool has_phrase(tt_str text, const char *phrase)
{
    for (size_t i = 0; i < text.n; i++) {
        size_t k = i, m = 0;
        while (phrase[m] && k < text.n) {
            bool curly = text.n - k > 2 && memcmp(text.p + k, "\xE2\x80\x99", 3) == 0;
            char c = curly ? '\'' : text.p[k];
            c = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
            if (c != phrase[m])
                break;
            k += curly ? 3 : 1;
            m++;
        }
        if (!phrase[m])
            return true;
    }
    return false;
}

enum {
    NEAR_TOP = 6,    /* lines that are not blank */
    NEAR_END = 20,   /* the same */
    SHORT_LINE = 200 /* bytes: a longer one is prose that speaks of such things */
};

static const char *const top_phrases[] = {
    "view this email in your browser",
    "view this email in a browser",
    "view this email online",
    "view this newsletter in your browser",
    "view this post on the web",
    "view in your browser",
    "view in browser",
    "view it in your browser",
    "view this message in your browser",
    "read this email in your browser",
    "read this online",
    "open this email in your browser",
    "trouble viewing this email",
    "trouble reading this email",
    "email not displaying correctly",
    "view the web version",
    "view online version",
    NULL,
};

static const char *const end_phrases[] = {
    "unsubscribe from this list",
    "unsubscribe from these emails",
    "unsubscribe from this newsletter",
    "unsubscribe here",
    "unsubscribe at any time",
    "unsubscribe instantly",
    "click to unsubscribe",
    "to unsubscribe",
    "can unsubscribe",
    "update your preferences",
    "update your email preferences",
    "update subscription preferences",
    "manage your subscription",
    "manage your preferences",
    "manage your email preferences",
    "why did i get this",
    "you are receiving this email because",
    "you're receiving this email because",
    "you are receiving this because",
    "you're receiving this because",
    "you received this email because",
    "you received this message because you are subscribed",
    "to stop receiving",
    "our mailing address is",
    "was this email forwarded to you",
    "forward to a friend",
    NULL,
};

static bool has_any(tt_str text, const char *const *phrases)
{
    for (size_t i = 0; text.n <= SHORT_LINE && phrases[i]; i++)
        if (has_phrase(text, phrases[i]))
            return true;
    return false;
}

/* A line that says nothing but `Unsubscribe`, or that with its link. */
static bool is_unsubscribe(tt_str text)
{
    text = tt_str_trim(text);
    while (text.n > 0 && strchr("<>[]()*|-_:", text.p[0]) && text.p[0])
        text = tt_str_trim((tt_str){text.p + 1, text.n - 1});
    if (text.n < 11 || !tt_str_is_nocase((tt_str){text.p, 11}, "unsubscribe"))
        return false;
    tt_str rest = tt_str_trim((tt_str){text.p + 11, text.n - 11});
    return rest.n < 4 || has_phrase(rest, "://");
}

static void leave_out_phrases(lines *s)
{
    size_t seen = 0;
    for (size_t i = 0; i < s->n && seen < NEAR_TOP; i++) {
        seen += !s->v[i].blank;
        s->v[i].out = !s->v[i].quoted && has_any(text_of(s, i), top_phrases);
    }
    seen = 0;
    for (size_t i = s->n; i > 0 && seen < NEAR_END; i--) {
        line *l = &s->v[i - 1];
        seen += !l->blank;
        if (l->quoted)
            continue;
        l->out = l->out || is_unsubscribe(text_of(s, i - 1));
        if (!has_any(text_of(s, i - 1), end_phrases))
            continue;
        for (size_t k = i - 1; k < s->n && !s->v[k].blank; k++) /* the reason, or the address */
            s->v[k].out = true;
    }
}

/* The line under which a signature or the footer of a mailing list stands. */
static bool is_last_mark(const lines *s, size_t i)
{
    tt_str text = text_of(s, i);
    if (tt_str_is(text, "-- "))
        return true;
    size_t n = 0;
    while (n < text.n && text.p[n] == '_')
        n++;
    return n >= 30 && n == text.n && i + 1 < s->n && has_phrase(text_of(s, i + 1), "mailing list");
}

static void leave_out_end(lines *s)
{
    while (s->n > 0 && s->v[s->n - 1].blank)
        s->n--;
    size_t least = s->n > TT_MESSAGE_SIGNATURE ? s->n - TT_MESSAGE_SIGNATURE - 1 : 0, end = s->n;
    for (size_t i = s->n; i > least; i--)
        if (is_last_mark(s, i - 1))
            end = i - 1;
    s->n = end;
}

/* ---- writing ---- */

typedef struct text_writer {
    const tt_message_text_in *in;
    pen pen;
    bool paragraph, quote; /* open elements of HTML */
} text_writer;

static void close_elements(text_writer *w, bool quote_too)
{
    if (w->paragraph)
        tt_loci_text(w->pen.to, "</p>\n");
    w->paragraph = false;
    if (w->quote && quote_too) {
        tt_loci_text(w->pen.to, "</blockquote>\n");
        w->quote = false;
    }
}

static void begin_line(text_writer *w, const line *l)
{
    bool quoted = l->quoted || w->in->quoted;
    if (!w->in->html) {
        if (w->in->quoted)
            tt_loci_text(w->pen.to, "> ");
        return;
    }
    if (quoted != w->quote)
        close_elements(w, true);
    if (quoted && !w->quote)
        tt_loci_text(w->pen.to, "<blockquote>");
    w->quote = quoted;
    if (!w->paragraph)
        tt_loci_text(w->pen.to, "<p>");
    w->paragraph = true;
}

/* Whether the line goes on in the next one (RFC 3676 4.1, 4.5). */
static bool goes_on(const text_writer *w, const lines *s, size_t i)
{
    const line *l = &s->v[i], *next = l + 1;
    if (!w->in->flowed || i + 1 == s->n || next->out || next->blank || l->end == l->text || s->p[l->end - 1] != ' ')
        return false;
    return l->quoted == next->quoted && !tt_str_is(text_of(s, i), "-- ");
}

static void write_lines(text_writer *w, const lines *s)
{
    bool joined = false;
    for (size_t i = 0; i < s->n; i++) {
        const line *l = &s->v[i];
        if (l->out)
            continue;
        if (l->blank) {
            if (w->in->html)
                close_elements(w, false);
            else
                copy(&w->pen, l->at, l->text, false);
        } else {
            size_t at = joined || w->in->html ? l->text : l->at;
            bool on = goes_on(w, s, i);
            if (!joined)
                begin_line(w, l);
            else if (s->p[at] == ' ') /* stuffed (4.4) */
                at++;
            copy(&w->pen, at, l->end - (on && w->in->delsp), w->in->html);
            joined = on;
        }
        if (!joined)
            tt_loci_text(w->pen.to, "\n");
    }
    close_elements(w, true);
}

int tt_message_text(const tt_message_text_in *in, tt_loci *to)
{
    lines s = {0};
    text_writer w = {.in = in, .pen = {.from = in->from, .to = to, .line = 1, .column = 1}};
    int rc = cut_lines(in->from, &s);
    if (rc == 0) {
        leave_out_end(&s);
        leave_out_phrases(&s);
        write_lines(&w, &s);
    }
    tt_free(s.v);
    return rc != 0 || to->text.failed ? TT_ENOMEM : 0;
}
