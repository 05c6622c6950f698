/* In: a post. Out: HTML without shortcodes and with paragraphs. Not here: HTML itself (parse). */
#include "read/wordpress_body.h"

#include "read/feed.h"

typedef struct body {
    const tt_loci *from;
    tt_loci *to;
    const char *p;
    size_t n, i;         /* of the post; how far it has been copied */
    size_t locus, nth;   /* the one behind i; characters before i */
    size_t line, column; /* of i */
    bool moved;          /* what comes next does not stand right behind what was added last */
    bool blocks;         /* a post of blocks: no paragraphs of our own */
    tt_intern closed;    /* names of shortcodes that have an end */
    enum { CAPTION_NONE, CAPTION_BEGUN, CAPTION_IMAGE, CAPTION_TEXT } caption;
} body;

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

static bool at(const body *b, size_t i, const char *text)
{
    size_t n = strlen(text);
    return b->n - i >= n && memcmp(b->p + i, text, n) == 0;
}

/* ---- copying, with places ---- */

/* Up to byte `end` of the post. */
static void copy_to(body *b, size_t end)
{
    const tt_loci *from = b->from;
    size_t start = b->i;
    for (size_t len; b->i < end; b->i += len) {
        if (b->locus < from->n && from->v[b->locus].nth == b->nth) {
            tt_loci_add(b->to, b->p + start, b->i - start);
            start = b->i;
            b->line = from->v[b->locus].line;
            b->column = from->v[b->locus++].column;
            b->moved = true;
        }
        if (b->moved)
            tt_loci_at(b->to, b->line, b->column);
        b->moved = false;
        len = 1;
        while (b->i + len < end && ((unsigned char)b->p[b->i + len] & 0xC0) == 0x80)
            len++;
        tt_feed_pass(&b->line, &b->column, b->p + b->i, len);
        b->nth++;
    }
    tt_loci_add(b->to, b->p + start, end - start);
}

static void add(body *b, const char *text)
{
    tt_loci_text(b->to, text);
    b->moved = true;
}

/* ---- shortcodes ---- */

typedef struct shortcode {
    tt_str name;
    size_t end; /* behind `]` */
    bool closing, attributes;
} shortcode;

/* The `=` at byte i stands behind a name that stands behind a space: `[see http://x.example/?a=b]` has no attribute. */
static bool is_attribute(const body *b, size_t i)
{
    size_t k = i;
    while (is_name_char(b->p[k - 1]))
        k--;
    return k < i && is_space(b->p[k - 1]);
}

/* `[name]`, `[name a="b"]`, `[name/]` or `[/name]` at byte i. */
static bool shortcode_at(const body *b, size_t i, shortcode *out)
{
    *out = (shortcode){.closing = i + 1 < b->n && b->p[i + 1] == '/'};
    if (i > 0 && b->p[i - 1] == '[') /* [[name]] stands for itself */
        return false;
    size_t from = i + 1 + out->closing, end = from;
    while (end < b->n && is_name_char(b->p[end]))
        end++;
    out->name = (tt_str){b->p + from, end - from};
    if (end == from || end == b->n || !(b->p[end] == ']' || b->p[end] == '/' || is_space(b->p[end])))
        return false;
    char quote = '\0';
    for (; end < b->n && b->p[end] != '[' && (quote || b->p[end] != ']'); end++) {
        char c = b->p[end];
        out->attributes = out->attributes || (c == '=' && is_attribute(b, end));
        if (c == '-' && b->n - end > 1 && b->p[end + 1] == '-') /* would end the comment */
            return false;
        if (c == '<' && !quote) /* `[via <a href="u">a site</a>]` */
            return false;
        if ((c == '"' || c == '\'') && (quote == c || b->p[end - 1] == '='))
            quote = quote == c ? '\0' : c;
    }
    out->end = end + 1;
    return end < b->n && b->p[end] == ']';
}

static bool is_one_of(tt_str name, const char *const *names)
{
    for (; *names; names++)
        if (tt_str_is(name, *names))
            return true;
    return false;
}

static const char *const codes[] = {"code",       "sourcecode", "source", "highlight", "php", "python", "js",
                                    "javascript", "css",        "html",   "xml",       "sql", "bash",   "shell",
                                    "ruby",       "java",       "cpp",    "csharp",    NULL};

static bool is_shortcode(const body *b, const shortcode *s)
{
    static const char *const own[] = {"gallery", "caption",        "wp_caption", "embed",      "audio",
                                      "video",   "playlist",       "more",       "youtube",    "vimeo",
                                      "tweet",   "contact-form-7", "subscribe",  "subscribe2", NULL};
    uint32_t id;
    return s->closing || s->attributes || is_one_of(s->name, own) || tt_intern_find(&b->closed, s->name, &id);
}

static int find_closed(body *b)
{
    shortcode s;
    uint32_t id;
    for (size_t i = 0; i < b->n; i++) {
        const char *hit = memchr(b->p + i, '[', b->n - i);
        if (!hit)
            return 0;
        i = (size_t)(hit - b->p);
        if (shortcode_at(b, i, &s) && s.closing && tt_intern_add(&b->closed, s.name, &id) != 0)
            return TT_ENOMEM;
    }
    return 0;
}

static void add_shortcode(body *b, const shortcode *s)
{
    uint32_t id;
    bool caption = tt_str_is(s->name, "caption") || tt_str_is(s->name, "wp_caption");
    bool code = is_one_of(s->name, codes) && tt_intern_find(&b->closed, s->name, &id);
    if (caption && b->caption == CAPTION_TEXT)
        add(b, "</figcaption>");
    if (caption)
        b->caption = s->closing ? CAPTION_NONE : CAPTION_BEGUN;
    if (code && s->closing)
        add(b, "</pre>");
    add(b, "<!--");
    copy_to(b, s->end);
    add(b, code && !s->closing ? "--><pre>" : "-->");
}

/* ---- tags and paragraphs ---- */

/* End of the tag or comment at byte i, at most the post's. */
static size_t tag_end(const body *b, size_t i)
{
    static const char *const whole[] = {"pre", "script", "style", NULL};
    const char *end;
    if (at(b, i, "<!--")) {
        end = memmem(b->p + i + 4, b->n - i - 4, "-->", 3);
        return end ? (size_t)(end - b->p) + 3 : b->n;
    }
    size_t k = i + 1, to;
    while (k < b->n && is_name_char(b->p[k]))
        k++;
    tt_str name = {b->p + i + 1, k - i - 1};
    for (char quote = '\0'; k < b->n && (quote || b->p[k] != '>'); k++)
        if ((b->p[k] == '"' || b->p[k] == '\'') && (quote == b->p[k] || b->p[k - 1] == '='))
            quote = quote ? '\0' : b->p[k];
    to = k < b->n ? k + 1 : b->n;
    if (!is_one_of(name, whole))
        return to;
    char close[16];
    int n_close = snprintf(close, sizeof close, "</%.*s", (int)name.n, name.p);
    end = memmem(b->p + to, b->n - to, close, (size_t)n_close);
    return end ? (size_t)(end - b->p) : b->n;
}

/* A tag of a block element, or a comment: what stands behind it begins its own paragraph. */
static bool is_block_tag(const body *b, size_t i)
{
    static const char *const names[] = {
        "p",      "div",        "ul",      "ol",      "li",     "dl",     "dt", "dd",   "table",  "thead",      "tbody",
        "tr",     "td",         "th",      "h1",      "h2",     "h3",     "h4", "h5",   "h6",     "blockquote", "pre",
        "figure", "figcaption", "section", "article", "header", "footer", "hr", "form", "script", "style",      NULL};
    i += 1 + at(b, i, "</");
    size_t end = i;
    while (end < b->n && is_name_char(b->p[end]))
        end++;
    return (i < b->n && b->p[i] == '!') || is_one_of((tt_str){b->p + i, end - i}, names);
}

static void add_tag(body *b)
{
    size_t i = b->i;
    bool image = at(b, i, "<img"), closing = at(b, i, "</");
    if (b->caption == CAPTION_IMAGE && !image && !closing) {
        add(b, "<figcaption>");
        b->caption = CAPTION_TEXT;
    }
    copy_to(b, tag_end(b, i));
    if (b->caption == CAPTION_BEGUN && image)
        b->caption = CAPTION_IMAGE;
}

/* A line end: with blank lines behind it, a paragraph. */
static void add_line_end(body *b)
{
    size_t i = b->i, n_lines = 0;
    for (; i < b->n && is_space(b->p[i]); i++)
        n_lines += b->p[i] == '\n';
    copy_to(b, i);
    if (n_lines > 1 && !b->blocks && i < b->n && !(b->p[i] == '<' && is_block_tag(b, i)))
        add(b, "<p>");
}

int tt_wordpress_body(const tt_loci *from, tt_loci *to)
{
    body b = {.from = from, .to = to, .p = from->text.p, .n = from->text.n, .line = 1, .column = 1};
    shortcode s;
    b.blocks = b.n > 0 && memmem(b.p, b.n, "<!-- wp:", 8) != NULL;
    int rc = find_closed(&b);
    while (rc == 0 && b.i < b.n) {
        char c = b.p[b.i];
        size_t end = b.i + 1;
        if (c == '<' && end < b.n && (is_name_char(b.p[end]) || b.p[end] == '/' || b.p[end] == '!')) {
            add_tag(&b);
            continue;
        }
        if (c == '[' && shortcode_at(&b, b.i, &s) && is_shortcode(&b, &s)) {
            add_shortcode(&b, &s);
            continue;
        }
        if (c == '\n') {
            add_line_end(&b);
            continue;
        }
        while (end < b.n && b.p[end] != '<' && b.p[end] != '[' && b.p[end] != '\n')
            end++;
        if (b.caption == CAPTION_IMAGE && tt_str_trim((tt_str){b.p + b.i, end - b.i}).n > 0) {
            add(&b, "<figcaption>");
            b.caption = CAPTION_TEXT;
        }
        copy_to(&b, end);
    }
    tt_intern_release(&b.closed);
    return rc != 0 || to->text.failed ? TT_ENOMEM : 0;
}
