/* In: pieces of HTML. Out: visible text, image descriptions, URLs and meta in the flow; which elements are open.
 * Not here: where HTML begins (markdown.c), trees, and repair of broken nesting. */
#include "parse/html.h"

typedef enum element {
    EL_INLINE,
    EL_LINK,
    EL_BLOCK,
    EL_BREAK,
    EL_IMAGE,
    EL_EM,
    EL_STRONG,
    EL_QUOTE,
    EL_LIST,
    EL_ITEM,
    EL_CELL,
    EL_ROW,
    EL_HEADING,
    EL_PRE,
    EL_CAPTION,
    EL_RAW
} element;

static const struct {
    char name[12];
    uint8_t element;
} elements[] = {
    {"a", EL_LINK},
    {"address", EL_BLOCK},
    {"article", EL_BLOCK},
    {"aside", EL_BLOCK},
    {"b", EL_STRONG},
    {"blockquote", EL_QUOTE},
    {"body", EL_BLOCK},
    {"br", EL_BREAK},
    {"caption", EL_BLOCK},
    {"center", EL_BLOCK},
    {"dd", EL_BLOCK},
    {"details", EL_BLOCK},
    {"div", EL_BLOCK},
    {"dl", EL_BLOCK},
    {"dt", EL_BLOCK},
    {"em", EL_EM},
    {"fieldset", EL_BLOCK},
    {"figcaption", EL_CAPTION},
    {"figure", EL_BLOCK},
    {"footer", EL_BLOCK},
    {"form", EL_BLOCK},
    {"h1", EL_HEADING},
    {"h2", EL_HEADING},
    {"h3", EL_HEADING},
    {"h4", EL_HEADING},
    {"h5", EL_HEADING},
    {"h6", EL_HEADING},
    {"head", EL_BLOCK},
    {"header", EL_BLOCK},
    {"hr", EL_BLOCK},
    {"html", EL_BLOCK},
    {"i", EL_EM},
    {"iframe", EL_BLOCK},
    {"img", EL_IMAGE},
    {"legend", EL_BLOCK},
    {"li", EL_ITEM},
    {"main", EL_BLOCK},
    {"nav", EL_BLOCK},
    {"ol", EL_LIST},
    {"option", EL_BLOCK},
    {"p", EL_BLOCK},
    {"pre", EL_PRE},
    {"script", EL_RAW},
    {"section", EL_BLOCK},
    {"strong", EL_STRONG},
    {"style", EL_RAW},
    {"summary", EL_BLOCK},
    {"table", EL_ROW},
    {"tbody", EL_ROW},
    {"td", EL_CELL},
    {"tfoot", EL_ROW},
    {"th", EL_CELL},
    {"thead", EL_ROW},
    {"title", EL_BLOCK},
    {"tr", EL_ROW},
    {"ul", EL_LIST},
    {"video", EL_BLOCK},
};

static element element_of(const char *name)
{
    size_t lo = 0, hi = sizeof elements / sizeof *elements;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int order = strcmp(name, elements[mid].name);
        if (order == 0)
            return elements[mid].element;
        if (order < 0)
            hi = mid;
        else
            lo = mid + 1;
    }
    return EL_INLINE;
}

static void count(unsigned *depth, bool closing)
{
    if (!closing)
        ++*depth;
    else if (*depth > 0)
        --*depth;
}

static bool is_block(element e)
{
    return e != EL_INLINE && e != EL_LINK && e != EL_BREAK && e != EL_IMAGE && e != EL_EM && e != EL_STRONG;
}

/* A whole tag has been read. */
static void apply_tag(tt_html *h)
{
    tt_flow *f = h->flow;
    tt_flow_html *in = &f->html;
    element e = element_of(h->tag);
    if (is_block(e))
        tt_flow_end(f);
    switch (e) {
    case EL_LINK:
        if (h->closing) {
            tt_flow_html_link_end(f, false);
        } else if (h->href_done) {
            in->link = tt_flow_link_begin(f);
        }
        break;
    case EL_EM:
        count(&in->em, h->closing);
        break;
    case EL_STRONG:
        count(&in->strong, h->closing);
        break;
    case EL_QUOTE:
        count(&in->quote, h->closing);
        break;
    case EL_LIST:
        count(&in->list, h->closing);
        in->item = false;
        break;
    case EL_ITEM:
        in->item = !h->closing;
        break;
    case EL_CELL:
        in->cell = !h->closing;
        break;
    case EL_ROW:
        in->cell = false;
        break;
    case EL_HEADING:
        in->level = h->closing ? 0 : h->tag[1] - '0';
        break;
    case EL_PRE:
        in->pre = !h->closing;
        break;
    case EL_CAPTION:
        in->caption = !h->closing;
        break;
    case EL_IMAGE:
        if (!h->alt_done && !h->closing) {
            tt_flow_image_begin(f);
            tt_flow_image_end(f);
        }
        break;
    case EL_RAW:
        if (!h->closing)
            h->state = TT_HTML_RAW;
        break;
    case EL_INLINE:
    case EL_BLOCK:
    case EL_BREAK:
        break;
    }
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f';
}

static void add_name(char name[TT_HTML_NAME_SIZE], char c)
{
    size_t n = strlen(name);
    if (n + 1 < TT_HTML_NAME_SIZE) {
        name[n] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        name[n + 1] = '\0';
    }
}

static void flush_meta(tt_html *h, size_t upto)
{
    if (upto > h->meta_at)
        tt_flow_aside(h->flow, TT_ZONE_META, h->meta_at, upto - h->meta_at);
    h->meta_at = upto;
}

/* At `<`. Returns where the scan goes on; `<` that opens nothing is text. */
static size_t open_markup(tt_html *h, size_t at, size_t end, bool *is_text)
{
    const char *p = h->p;
    size_t i = at + 1;
    *is_text = false;
    h->tag_at = h->meta_at = at;
    h->tag[0] = h->attribute[0] = '\0';
    h->alt_done = h->value_text = h->href_done = h->href_value = false;
    if (end - at >= 4 && memcmp(p + at, "<!--", 4) == 0) {
        h->state = TT_HTML_COMMENT;
        return at + 4;
    }
    if (i < end && (p[i] == '!' || p[i] == '?')) {
        h->state = TT_HTML_DECLARATION;
        return i + 1;
    }
    h->closing = i < end && p[i] == '/';
    i += h->closing;
    if (i >= end || !is_letter(p[i])) {
        *is_text = true;
        return at + 1;
    }
    while (i < end && p[i] != '>' && p[i] != '/' && !is_blank(p[i]))
        add_name(h->tag, p[i++]);
    h->state = TT_HTML_TAG;
    return i;
}

static void close_tag(tt_html *h, size_t after)
{
    bool br = strcmp(h->tag, "br") == 0;
    h->state = TT_HTML_TEXT;
    if (br && h->meta_at == h->tag_at) { /* a blank, where it stands on one line: it is text, not meta */
        h->meta_at = after;
        if (h->flow->open)
            tt_flow_break(h->flow, h->tag_at, after - h->tag_at);
        else
            tt_flow_aside(h->flow, TT_ZONE_META, h->tag_at, after - h->tag_at);
        return;
    }
    flush_meta(h, after);
    apply_tag(h);
}

static bool is_url(const char *attribute)
{
    static const char *const names[] = {"href", "src", "srcset", "data-src", "poster", "action", "cite", "background"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(attribute, names[i]) == 0)
            return true;
    }
    return false;
}

static bool is_link_start(const tt_html *h)
{
    return !h->closing && strcmp(h->tag, "a") == 0;
}

static void begin_value(tt_html *h, size_t at)
{
    flush_meta(h, at);
    h->state = TT_HTML_VALUE;
    h->value_text = !h->closing && strcmp(h->tag, "img") == 0 && strcmp(h->attribute, "alt") == 0 && !h->alt_done;
    h->href_value = is_link_start(h) && !h->href_done && strcmp(h->attribute, "href") == 0;
    if (h->value_text)
        tt_flow_image_begin(h->flow);
}

static void value_part(tt_html *h, size_t upto)
{
    size_t n = upto - h->meta_at;
    if (h->value_text)
        tt_flow_text(h->flow, h->meta_at, n, TT_DOC_ENTITIES | TT_DOC_LINKS, true);
    else if (n > 0)
        tt_flow_aside(h->flow, is_url(h->attribute) ? TT_ZONE_URL : TT_ZONE_META, h->meta_at, n);
    if (h->href_value)
        tt_buf_add(&h->flow->href, h->flow->data + h->meta_at, n);
    h->meta_at = upto;
}

static void end_value(tt_html *h, size_t at)
{
    value_part(h, at);
    if (h->value_text) {
        tt_flow_image_end(h->flow);
        h->alt_done = true;
    }
    h->href_done = h->href_done || h->href_value;
    h->value_text = h->href_value = false;
    h->state = TT_HTML_TAG;
}

/* One character inside a tag but outside values that are quoted. Returns where the scan goes on. */
static size_t in_tag(tt_html *h, size_t i)
{
    char c = h->p[i];
    if (c == '>') {
        close_tag(h, i + 1);
    } else if (h->state == TT_HTML_EQUALS && (c == '"' || c == '\'')) {
        h->quote = c;
        begin_value(h, i + 1);
    } else if (h->state == TT_HTML_EQUALS && !is_blank(c)) {
        h->quote = '\0';
        begin_value(h, i);
        return i;
    } else if (c == '=' && h->state != TT_HTML_EQUALS) {
        h->state = TT_HTML_EQUALS;
    } else if (is_blank(c) || c == '/') {
        h->state = h->state == TT_HTML_EQUALS ? TT_HTML_EQUALS : TT_HTML_TAG;
    } else {
        if (h->state == TT_HTML_TAG)
            h->attribute[0] = '\0';
        h->state = TT_HTML_NAME;
        add_name(h->attribute, c);
    }
    return i + 1;
}

static size_t in_value(tt_html *h, size_t i, size_t end)
{
    while (i < end && (h->quote ? h->p[i] != h->quote : !is_blank(h->p[i]) && h->p[i] != '>'))
        i++;
    if (i == end) {
        value_part(h, i);
        return i;
    }
    end_value(h, i);
    return i + (h->quote != '\0');
}

/* Up to `mark`, which ends the state; what was read is meta. */
static size_t skip_to(tt_html *h, size_t i, size_t end, const char *mark, bool take_mark)
{
    size_t len = strlen(mark);
    for (; i < end; i++) {
        if (h->p[i] != mark[0] || end - i < len || !tt_str_is_nocase((tt_str){h->p + i, len}, mark))
            continue;
        i += take_mark ? len : 0;
        flush_meta(h, i);
        h->state = TT_HTML_TEXT;
        return i;
    }
    flush_meta(h, end);
    return end;
}

static size_t in_text(tt_html *h, size_t at, size_t end)
{
    size_t i = at;
    while (i < end) {
        const char *open = memchr(h->p + i, '<', end - i);
        i = open ? (size_t)(open - h->p) : end;
        if (!open)
            break;
        bool is_text;
        size_t next = open_markup(h, i, end, &is_text);
        if (!is_text) {
            tt_flow_text(h->flow, at, i - at, TT_DOC_ENTITIES | TT_DOC_LINKS, true);
            if (h->state == TT_HTML_TAG && is_link_start(h)) {
                tt_flow_html_link_end(h->flow, false);
                tt_buf_reset(&h->flow->href);
            }
            return next;
        }
        i = next;
    }
    tt_flow_text(h->flow, at, end - at, TT_DOC_ENTITIES | TT_DOC_LINKS, true);
    return end;
}

void tt_html_feed(tt_html *h, size_t at, size_t n)
{
    const size_t end = at + n;
    h->meta_at = at;
    for (size_t i = at; i < end;) {
        switch (h->state) {
        case TT_HTML_TEXT:
            i = in_text(h, i, end);
            break;
        case TT_HTML_COMMENT:
            i = skip_to(h, i, end, "-->", true);
            break;
        case TT_HTML_DECLARATION:
            i = skip_to(h, i, end, ">", true);
            break;
        case TT_HTML_RAW:
            i = skip_to(h, i, end, h->tag[1] == 'c' ? "</script" : "</style", false);
            break;
        case TT_HTML_VALUE:
            i = in_value(h, i, end);
            break;
        case TT_HTML_TAG:
        case TT_HTML_NAME:
        case TT_HTML_EQUALS:
            i = in_tag(h, i);
            break;
        }
    }
    if (h->state != TT_HTML_TEXT && h->state != TT_HTML_VALUE)
        flush_meta(h, end);
}

void tt_html_end(tt_html *h)
{
    if (h->state == TT_HTML_VALUE && h->value_text)
        tt_flow_image_end(h->flow);
    h->state = TT_HTML_TEXT;
    h->value_text = h->href_value = false;
}
