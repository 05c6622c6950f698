/* In: a paragraph of Org, reStructuredText or AsciiDoc. Out: its text, links, images, code and marks. Not here: lines. */
#include "parse/markup.h"

enum { TARGET_MAX = 2048 /* bytes of a link's target; a longer one is text */ };

/* Marks of emphasis: where the one that is open ends, and whether a search for its end was in vain (then there is none
 * further on either). */
enum { N_MARKS = 3 };
typedef struct mark {
    const char *text;
    bool strong, in_word;
    size_t end; /* 0: not open */
    bool none;
} mark;

typedef struct piece {
    tt_markup_doc *m;
    const char *p;
    size_t i, end, done; /* all before `done` has been given on */
    int how;
    mark marks[N_MARKS];
    bool no_code, no_angle, no_square, no_paren; /* nothing further on closes one of these */
} piece;

static void give(piece *x, size_t to)
{
    if (to > x->done)
        tt_flow_text(&x->m->flow, x->done, to - x->done, x->how, true);
    x->done = to;
}

/* The first `text` from `at` on; 0: none, and *none is set so that nobody looks again. */
static size_t find(const piece *x, size_t at, const char *text, bool *none)
{
    const char *hit = *none || at >= x->end ? NULL : memmem(x->p + at, x->end - at, text, strlen(text));
    *none = hit == NULL;
    return hit ? (size_t)(hit - x->p) : 0;
}

static bool at(const piece *x, size_t i, const char *text)
{
    size_t n = strlen(text);
    return x->end - i >= n && memcmp(x->p + i, text, n) == 0;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* Text up to here is given on; from..to is no text, and reading goes on behind `to`. */
static void skip(piece *x, tt_zone zone, size_t to)
{
    give(x, x->i);
    tt_markup_aside(x->m, zone, x->i, to);
    x->i = x->done = to;
}

/* A link with `text` at text..text_end and its target at url..url_end; what stands from i to `to` is all of it. */
static void link(piece *x, size_t text, size_t text_end, size_t url, size_t url_end, size_t to)
{
    tt_flow *f = &x->m->flow;
    give(x, x->i);
    bool link = tt_flow_link_begin(f);
    if (text < text_end)
        tt_flow_text(f, text, text_end - text, TT_DOC_ENTITIES, true);
    if (url < url_end && (text >= text_end || url > text || url_end < text))
        tt_markup_aside(x->m, TT_ZONE_URL, url, url_end);
    if (link)
        tt_flow_link_end(f, (tt_str){x->p + url, url_end - url}, 0);
    x->i = x->done = to;
}

static void code(piece *x, size_t from, size_t to, size_t next)
{
    give(x, x->i);
    if (from < to)
        tt_flow_text(&x->m->flow, from, to - from, 0, true);
    x->i = x->done = next;
}

/* ---- emphasis ---- */

static bool opens(const piece *x, const mark *k, size_t n)
{
    size_t i = x->i;
    return x->end - i > n && memcmp(x->p + i, k->text, n) == 0 && !is_space(x->p[i + n]) && x->p[i + n] != k->text[0] &&
           (k->in_word || i == 0 || !is_word(x->p[i - 1]));
}

static size_t closes(const piece *x, mark *k, size_t n)
{
    for (size_t i = x->i + n + 1; !k->none && i + n <= x->end; i++) {
        const char *hit = memchr(x->p + i, k->text[0], x->end - i);
        if (!hit)
            break;
        i = (size_t)(hit - x->p);
        if (at(x, i, k->text) && !is_space(x->p[i - 1]) && (k->in_word || i + n == x->end || !is_word(x->p[i + n])))
            return i;
    }
    k->none = true;
    return 0;
}

static bool emphasis(piece *x)
{
    tt_flow *f = &x->m->flow;
    for (size_t i = 0; i < N_MARKS && x->marks[i].text; i++) {
        mark *k = &x->marks[i];
        size_t n = strlen(k->text);
        unsigned *depth = k->strong ? &f->strong : &f->em;
        bool ends = k->end != 0 && x->i == k->end;
        if (!ends && (k->end != 0 || !opens(x, k, n) || (k->end = closes(x, k, n)) == 0))
            continue;
        give(x, x->i);
        *depth += ends ? -1u : 1u;
        if (ends)
            k->end = 0;
        x->i = x->done = x->i + n;
        return true;
    }
    return false;
}

/* ---- Org ---- */

/* [[url][text]], [[url]], [fn:1], =code=, ~code~ */
static bool org(piece *x)
{
    size_t i = x->i, close, middle;
    char c = x->p[i];
    if (at(x, i, "[[") && (close = find(x, i + 2, "]]", &x->no_square)) > 0) {
        const char *hit = memmem(x->p + i, close - i, "][", 2);
        middle = hit ? (size_t)(hit - x->p) : close;
        link(x, hit ? middle + 2 : close, close, i + 2, middle, close + 2);
        return true;
    }
    if (at(x, i, "[fn:") && (close = find(x, i + 4, "]", &x->no_paren)) > 0 && close - i < 60) {
        skip(x, TT_ZONE_META, close + 1);
        return true;
    }
    if ((c == '=' || c == '~') && (i == 0 || !is_word(x->p[i - 1])) && i + 2 < x->end && !is_space(x->p[i + 1])) {
        const char *hit = memchr(x->p + i + 1, c, x->end - i - 1 < 1000 ? x->end - i - 1 : 1000);
        close = hit ? (size_t)(hit - x->p) : 0;
        if (close > i + 1 && !is_space(x->p[close - 1]) && (close + 1 == x->end || !is_word(x->p[close + 1]))) {
            code(x, i + 1, close, close + 1);
            return true;
        }
    }
    return false;
}

/* ---- reStructuredText ---- */

/* ``code``, `text <url>`_, `text`_, :role:`text`, [1]_, |name| */
static bool rst(piece *x)
{
    size_t i = x->i, close;
    if (at(x, i, "``") && (close = find(x, i + 2, "``", &x->no_code)) > 0) {
        code(x, i + 2, close, close + 2);
        return true;
    }
    if (x->p[i] == '`' && (close = find(x, i + 1, "`", &x->no_angle)) > 0) {
        size_t to = close + 1, url = close;
        while (to < x->end && x->p[to] == '_')
            to++;
        while (url > i && x->p[url] != '<')
            url--;
        bool target = url > i && x->p[close - 1] == '>';
        if (target && to > close + 1)
            link(x, i + 1, url, url + 1, close - 1, to);
        else if (target) { /* of a role: the name of a place in the same documents */
            code(x, i + 1, url, url);
            skip(x, TT_ZONE_META, close);
            x->i = x->done = to;
        } else
            code(x, i + 1, close, to);
        return true;
    }
    if (x->p[i] == ':' && (i == 0 || !is_word(x->p[i - 1]))) { /* :role: before a backtick */
        size_t k = i + 1;
        while (k < x->end && k - i < 40 && (is_word(x->p[k]) || x->p[k] == '-' || x->p[k] == '.' || x->p[k] == ':'))
            k++;
        if (k > i + 2 && k < x->end && x->p[k] == '`' && x->p[k - 1] == ':') {
            skip(x, TT_ZONE_META, k);
            return true;
        }
    }
    if (x->p[i] == '[') {
        size_t k = i + 1;
        while (k < x->end && k - i < 60 && (is_word(x->p[k]) || strchr("#*-_", x->p[k])))
            k++;
        if (k > i + 1 && x->end - k >= 2 && x->p[k] == ']' && x->p[k + 1] == '_') {
            skip(x, TT_ZONE_META, k + 2);
            return true;
        }
    }
    return false;
}

/* ---- AsciiDoc ---- */

/* `]` that closes what opens before `from`, on this line and the next ones; 0: none. */
static size_t close_square(piece *x, size_t from)
{
    return find(x, from, "]", &x->no_square);
}

/* name:target[text] */
static bool macro(piece *x)
{
    static const struct {
        const char *name;
        enum { LINK, REFERENCE, IMAGE, TEXT, CODE } kind;
    } macros[] = {{"link:", LINK}, {"mailto:", LINK}, {"xref:", REFERENCE}, {"image:", IMAGE},      {"footnote:", TEXT},
                  {"kbd:", CODE},  {"btn:", TEXT},    {"menu:", TEXT},      {"footnoteref:", TEXT}, {"stem:", CODE}};
    for (size_t k = 0; k < sizeof macros / sizeof *macros; k++) {
        if (!at(x, x->i, macros[k].name))
            continue;
        size_t target = x->i + strlen(macros[k].name), open = target, close;
        while (open < x->end && open - target < TARGET_MAX && !is_space(x->p[open]) && x->p[open] != '[')
            open++;
        if (open >= x->end || x->p[open] != '[' || (close = close_square(x, open + 1)) == 0)
            return false;
        if (macros[k].kind == LINK || macros[k].kind == REFERENCE) {
            link(x, open + 1, close, macros[k].kind == LINK && k > 0 ? x->i : target, open, close + 1);
        } else if (macros[k].kind == IMAGE) {
            const char *comma = memchr(x->p + open, ',', close - open);
            give(x, x->i);
            tt_markup_image(x->m, target, open, open + 1, comma ? (size_t)(comma - x->p) : close);
            x->i = x->done = close + 1;
        } else {
            skip(x, TT_ZONE_META, open + 1);
            code(x, open + 1, close, close + 1);
        }
        return true;
    }
    return false;
}

/* url[text], <<id,text>>, `code`, +text+, {name}, [.role]#text# */
static bool asciidoc(piece *x)
{
    size_t i = x->i, close;
    char c = x->p[i];
    bool starts = i == 0 || !is_word(x->p[i - 1]);
    if (starts && (at(x, i, "http://") || at(x, i, "https://") || at(x, i, "ftp://"))) {
        size_t open = i;
        while (open < x->end && open - i < TARGET_MAX && !is_space(x->p[open]) && x->p[open] != '[' &&
               x->p[open] != '<')
            open++;
        if (open < x->end && x->p[open] == '[' && (close = close_square(x, open + 1)) > 0) {
            size_t to = close;
            if (close > open + 1 && x->p[close - 1] == '^') /* opens a window */
                to--;
            link(x, open + 1, to, i, open, close + 1);
            return true;
        }
        return false;
    }
    if (starts && c >= 'a' && c <= 'z' && macro(x))
        return true;
    if (at(x, i, "<<") && (close = find(x, i + 2, ">>", &x->no_angle)) > 0) {
        const char *comma = memchr(x->p + i, ',', close - i);
        size_t text = comma ? (size_t)(comma - x->p) + 1 : close;
        skip(x, TT_ZONE_META, text);
        code(x, text, close, close + 2);
        return true;
    }
    if (c == '`' && (close = find(x, i + 1, "`", &x->no_code)) > i + 1) {
        size_t from = i + 1, to = close;
        if (x->p[from] == '+' && x->p[to - 1] == '+' && to - from > 2)
            from++, to--;
        code(x, from, to, close + 1);
        return true;
    }
    if (c == '{' && (close = find(x, i + 1, "}", &x->no_paren)) > i + 1 && close - i < 60 &&
        !memchr(x->p + i, ' ', close - i)) {
        skip(x, TT_ZONE_META, close + 1);
        return true;
    }
    if (at(x, i, "[.") && (close = close_square(x, i)) > 0 && close + 1 < x->end && strchr("#*_`", x->p[close + 1])) {
        skip(x, TT_ZONE_META, close + 1);
        return true;
    }
    return false;
}

void tt_markup_inline(tt_markup_doc *m, size_t from, size_t end)
{
    static const mark marks[][N_MARKS] = {
        [TT_MARKUP_ORG] = {{"*", true, false, 0, false}, {"/", false, false, 0, false}, {"_", false, false, 0, false}},
        [TT_MARKUP_RST] = {{"**", true, false, 0, false}, {"*", false, false, 0, false}},
        [TT_MARKUP_ASCIIDOC] = {
            {"**", true, true, 0, false}, {"*", true, false, 0, false}, {"_", false, false, 0, false}}};
    piece x = {.m = m, .p = m->p, .i = from, .end = end, .done = from, .how = TT_DOC_ENTITIES | TT_DOC_LINKS};
    memcpy(x.marks, marks[m->kind], sizeof x.marks);
    if (m->kind == TT_MARKUP_RST)
        x.how |= TT_DOC_ESCAPES;
    while (x.i < end) {
        if (m->kind == TT_MARKUP_RST && x.p[x.i] == '\\' && x.i + 1 < end) {
            x.i += 2;
            continue;
        }
        bool done = m->kind == TT_MARKUP_ORG ? org(&x) : m->kind == TT_MARKUP_RST ? rst(&x) : asciidoc(&x);
        if (!done && !emphasis(&x))
            x.i++;
    }
    give(&x, end);
    m->flow.em = m->flow.strong = 0;
}
