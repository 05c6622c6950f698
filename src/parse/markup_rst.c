/* In: lines of reStructuredText. Out: blocks. Not here: what stands in a line (markup_inline.c). */
#include "parse/markup.h"

#include "base/unicode.h"

/* The character of a line that is nothing but one punctuation mark, 3 times or more; 0: it is none. */
static char adornment(const tt_markup_doc *m, const tt_markup_line *l)
{
    size_t end = l->end;
    while (end > l->at && m->p[end - 1] == ' ')
        end--;
    if (l->text != l->at || end - l->at < 3 || !strchr("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", m->p[l->at]))
        return 0;
    return tt_markup_repeats(m, l->at, end) == end - l->at ? m->p[l->at] : 0;
}

static int level_of(tt_markup_doc *m, char c, bool over)
{
    size_t i = 0;
    while (i < m->n_styles && !(m->styles[i][0] == c && m->styles[i][1] == over))
        i++;
    if (i == TT_MARKUP_STYLES)
        return TT_MARKUP_STYLES;
    if (i == m->n_styles) {
        m->styles[i][0] = c;
        m->styles[i][1] = over;
        m->n_styles++;
    }
    return (int)i + 1;
}

/* A heading at line l: its level and text, and where the line behind it begins; 0: none. */
static size_t heading_at(tt_markup_doc *m, const tt_markup_line *l, int *level, tt_markup_line *text)
{
    tt_markup_line next = tt_markup_line_at(m, l->end + 1);
    char over = adornment(m, l), under;
    *text = over ? next : *l;
    if (l->end >= m->n || text->text == text->end || (!over && l->text != l->at) || (over && adornment(m, &next)))
        return 0;
    if (over)
        next = tt_markup_line_at(m, next.end + 1);
    under = next.at <= m->n ? adornment(m, &next) : 0;
    if (!under || (over && over != under))
        return 0;
    size_t n = next.end - next.at;
    if (n < 4 && n < tt_utf8_count(m->p + text->text, text->end - text->text))
        return 0;
    *level = level_of(m, under, over != 0);
    return next.end + 1;
}

void tt_markup_rst_front(tt_markup_doc *m, size_t body_at)
{
    for (size_t at = 0; at < body_at;) {
        tt_markup_line l = tt_markup_line_at(m, at), text;
        int level;
        if (heading_at(m, &l, &level, &text) > 0)
            return;
        at = l.end + 1;
    }
}

/* Where the lines end that are blank or indented by at least `indent`. */
static size_t end_of_indented(const tt_markup_doc *m, size_t at, size_t indent)
{
    while (at < m->n) {
        tt_markup_line l = tt_markup_line_at(m, at);
        if (l.text != l.end && l.text - l.at < indent)
            break;
        at = l.end + 1;
    }
    return at < m->n ? at : m->n;
}

static bool is_one_of(tt_str name, const char *const *names)
{
    for (; *names; names++)
        if (tt_str_is_nocase(name, *names))
            return true;
    return false;
}

/* `:name: value` at a line's first character: where the value begins; 0: it is none. */
static size_t field_at(const tt_markup_doc *m, const tt_markup_line *l)
{
    size_t i = l->text + 1;
    if (m->p[l->text] != ':')
        return 0;
    while (i < l->end && m->p[i] != ':')
        i++;
    return i > l->text + 1 && i < l->end && (i + 1 == l->end || m->p[i + 1] == ' ') ? i + 1 : 0;
}

/* The options below a directive; those of an image tell its description. Returns where its content begins. */
static size_t options(tt_markup_doc *m, size_t at, bool image, size_t indent)
{
    while (at < m->n) {
        tt_markup_line l = tt_markup_line_at(m, at);
        size_t value = l.text < l.end && l.text - l.at > indent ? field_at(m, &l) : 0;
        if (value == 0)
            break;
        if (image && tt_markup_starts(m, l.text, l.end, ":alt:")) {
            tt_flow_image_begin(&m->flow);
            tt_flow_text(&m->flow, value, l.end - value, TT_DOC_ENTITIES, true);
            tt_flow_image_end(&m->flow);
        } else {
            tt_markup_aside(m, image && tt_markup_starts(m, l.text, l.end, ":target:") ? TT_ZONE_URL : TT_ZONE_META,
                            l.text, l.end);
        }
        at = l.end + 1;
    }
    return at;
}

/* The first paragraph below a figure is its caption. */
static size_t caption(tt_markup_doc *m, size_t at, size_t indent)
{
    tt_markup_line l = {0};
    for (; at < m->n; at = l.end + 1) {
        l = tt_markup_line_at(m, at);
        if (l.text == l.end ? m->open : l.text - l.at <= indent)
            break;
        if (l.text < l.end)
            tt_markup_add(m, &l, l.text, TT_BLOCK_PARAGRAPH);
    }
    m->flow.html.caption = true;
    tt_markup_flush(m);
    m->flow.html.caption = false;
    return at < m->n ? at : m->n;
}

static size_t directive(tt_markup_doc *m, const tt_markup_line *l, size_t name_at, size_t name_end)
{
    static const char *const code[] = {"code-block", "code",    "sourcecode", "parsed-literal",
                                       "math",       "doctest", "testcode",   NULL};
    static const char *const meta[] = {"raw",  "meta",  "contents",       "toctree", "include", "highlight",
                                       "role", "index", "literalinclude", "post",    "more",    NULL};
    static const char *const quote[] = {"epigraph", "pull-quote", "highlights", NULL};
    static const char *const text[] = {"note",      "warning", "tip",      "important",  "caution",    "danger",
                                       "attention", "error",   "hint",     "seealso",    "admonition", "topic",
                                       "sidebar",   "rubric",  "epigraph", "pull-quote", NULL};
    tt_str name = {m->p + name_at, name_end - name_at};
    size_t indent = l->text - l->at, argument = name_end + 2, next = l->end + 1;
    bool image = is_one_of(name, (const char *const[]){"image", "figure", NULL});
    m->item = is_one_of(name, quote) ? 0 : indent + 1;
    tt_markup_aside(m, TT_ZONE_META, l->text, argument < l->end ? argument : l->end);
    if (image) {
        tt_flow_leaf(&m->flow, TT_BLOCK_PARAGRAPH, 0);
        tt_markup_aside(m, TT_ZONE_URL, argument, l->end);
        next = options(m, next, true, indent);
        tt_flow_end(&m->flow);
        return tt_str_is_nocase(name, "figure") ? caption(m, next, indent) : next;
    }
    if (is_one_of(name, text) && argument < l->end) {
        tt_markup_add(m, l, argument, TT_BLOCK_PARAGRAPH);
        return next;
    }
    tt_markup_aside(m, TT_ZONE_META, argument, l->end);
    bool raw = is_one_of(name, meta), is_code = is_one_of(name, code);
    next = options(m, next, false, indent);
    if (!raw && !is_code)
        return next;
    size_t end = end_of_indented(m, next, indent + 1);
    if (is_code)
        tt_markup_code(m, next, end);
    else
        tt_markup_aside(m, TT_ZONE_META, next, end);
    return end;
}

/* `.. ` and what follows it. */
static size_t explicit(tt_markup_doc *m, const tt_markup_line *l)
{
    size_t at = l->text + 2, end = l->end;
    tt_markup_flush(m);
    while (at < end && m->p[at] == ' ')
        at++;
    if (at < end && (m->p[at] == '_' || m->p[at] == '[')) {
        char close = m->p[at] == '_' ? ':' : ']';
        const char *hit = memchr(m->p + at, close, end - at);
        size_t value = hit ? (size_t)(hit - m->p) + 1 : end;
        tt_markup_aside(m, TT_ZONE_META, l->text, value);
        if (close == ':')
            tt_markup_aside(m, TT_ZONE_URL, value, end);
        else if (value < end)
            tt_markup_add(m, l, value, TT_BLOCK_PARAGRAPH);
        m->item = close == ']' ? l->text - l->at + 1 : 0;
        return l->end + 1;
    }
    size_t name = at;
    while (name < end && m->p[name] != ' ' && m->p[name] != ':' && m->p[name] != '|')
        name++;
    if (name > at && end - name >= 2 && m->p[name] == ':' && m->p[name + 1] == ':')
        return directive(m, l, at, name);
    end = end_of_indented(m, l->end + 1, l->text - l->at + 1); /* a comment, or a substitution */
    tt_markup_aside(m, TT_ZONE_META, l->text, end);
    return end;
}

static size_t item_text(const tt_markup_doc *m, const tt_markup_line *l)
{
    if (tt_markup_starts(m, l->text, l->end, "#. "))
        return l->text + 3;
    size_t n = tt_markup_bullet(m, l, "-*+");
    return n > 0 ? l->text + n : 0;
}

/* Rows and borders of tables, line blocks; false: it is none. */
static bool table(tt_markup_doc *m, const tt_markup_line *l)
{
    size_t end = l->end;
    while (end > l->text && m->p[end - 1] == ' ')
        end--;
    size_t rest = l->text;
    while (rest < end && strchr("=+- ", m->p[rest]))
        rest++;
    if (rest == end && end - l->text > 3 &&
        (m->p[l->text] == '+' || memmem(m->p + l->text, end - l->text, "= =", 3) ||
         memmem(m->p + l->text, end - l->text, "=  =", 4))) {
        tt_markup_flush(m);
        return true;
    }
    if (m->p[l->text] != '|' || end - l->text < 2 || m->p[l->text + 1] != ' ')
        return false;
    if (m->p[end - 1] == '|')
        tt_markup_cells(m, l->text + 1, end);
    else
        tt_markup_add(m, l, l->text + 2, TT_BLOCK_ITEM);
    return true;
}

size_t tt_markup_rst(tt_markup_doc *m, const tt_markup_line *l)
{
    size_t indent = l->text - l->at, next, value;
    tt_markup_line text;
    int level;
    bool first = !m->open, literal = m->after_literal;
    m->after_literal = false;
    if (first && literal && indent > 0) {
        next = end_of_indented(m, l->at, indent);
        tt_markup_code(m, l->at, next);
        return next;
    }
    if (first && (next = heading_at(m, l, &level, &text)) > 0) {
        m->flow.quote = 0;
        tt_markup_heading(m, level, text.text, text.end);
        return next;
    }
    if (first && adornment(m, l)) /* a transition */
        return l->end + 1;
    if (first && indent < m->item)
        m->item = 0;
    if (first)
        m->flow.quote = indent > 0 && m->item == 0;
    if (tt_markup_starts(m, l->text, l->end, ".. ") ||
        (l->end - l->text == 2 && tt_markup_starts(m, l->text, l->end, "..")))
        return explicit(m, l);
    if (first && tt_markup_starts(m, l->text, l->end, ">>> ")) {
        for (next = l->end + 1; next < m->n; next = text.end + 1) {
            text = tt_markup_line_at(m, next);
            if (text.text == text.end)
                break;
        }
        tt_markup_code(m, l->at, next < m->n ? next : m->n);
        return next;
    }
    if (table(m, l))
        return l->end + 1;
    if ((value = item_text(m, l)) > 0) {
        m->flow.quote = 0;
        tt_markup_add(m, l, value, TT_BLOCK_ITEM);
        m->item = value - l->at;
    } else if ((value = field_at(m, l)) > 0) {
        tt_markup_flush(m);
        tt_markup_aside(m, TT_ZONE_META, l->text, value);
        if (value < l->end)
            tt_markup_add(m, l, value, TT_BLOCK_PARAGRAPH);
        m->item = indent + 1; /* it goes on in lines that are indented */
    } else {
        tt_markup_add(m, l, l->text, TT_BLOCK_PARAGRAPH);
    }
    m->after_literal = l->end - l->text >= 2 && memcmp(m->p + l->end - 2, "::", 2) == 0;
    return l->end + 1;
}
