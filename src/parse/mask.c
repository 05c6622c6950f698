/* In: a text. Out: where template tags and footnote marks stand, a copy without them. Not here: Markdown itself. */
#include "parse/mask.h"

#include "parse/url.h"

enum { MAX_LABEL = 100 };

typedef enum closer { CLOSE_ANGLE, CLOSE_PERCENT, CLOSE_BRACES, CLOSE_LIQUID, N_CLOSERS } closer;
static const char *const closers[N_CLOSERS] = {">}}", "%}}", "}}", "%}"};

/* Tags that hold what is no text, by the name of the tag and the word in the one that ends it. */
enum { N_PAIRS = 4 };
static const struct {
    const char *name, *end, *opener;
    bool code;
} pairs[N_PAIRS] = {{"highlight", "endhighlight", "{%", true},
                    {"codeblock", "endcodeblock", "{%", true},
                    {"comment", "endcomment", "{%", false},
                    {"highlight", "/highlight", "{{", true}};

/* `none_before[c]`: a search for closer c has already come up to this byte in vain. */
typedef struct finder {
    const char *p;
    size_t n;
    size_t none_before[N_CLOSERS];
    size_t fence_before[N_PAIRS]; /* a tag before this byte has a code fence between it and its end */
    size_t next_end[N_PAIRS];     /* found last */
    size_t searched[N_PAIRS];     /* up to here */
} finder;

/* A template tag holds no blank line and no line that begins a code fence. */
static bool ends_paragraph(const char *p, size_t n, size_t newline)
{
    size_t i = newline + 1;
    while (i < n && (p[i] == ' ' || p[i] == '\t'))
        i++;
    return i >= n || p[i] == '\n' || (n - i >= 3 && (memcmp(p + i, "```", 3) == 0 || memcmp(p + i, "~~~", 3) == 0));
}

/* End of the tag that opens at `at`, or 0. */
static size_t tag_end(finder *f, size_t at)
{
    const char *p = f->p;
    closer c = CLOSE_LIQUID;
    if (p[at + 1] == '{')
        c = at + 2 < f->n && p[at + 2] == '<'   ? CLOSE_ANGLE
            : at + 2 < f->n && p[at + 2] == '%' ? CLOSE_PERCENT
                                                : CLOSE_BRACES;
    size_t len = strlen(closers[c]), i = at + 2;
    if (at < f->none_before[c])
        return 0;
    for (; i < f->n; i++) {
        if (p[i] == closers[c][0] && f->n - i >= len && memcmp(p + i, closers[c], len) == 0)
            return i + len;
        if (p[i] == '\n' && ends_paragraph(p, f->n, i))
            break;
    }
    f->none_before[c] = i;
    return 0;
}

static bool is_alnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool opens_fence(const char *p, size_t n, size_t at)
{
    while (at < n && (p[at] == ' ' || p[at] == '\t'))
        at++;
    return n - at >= 3 && (memcmp(p + at, "```", 3) == 0 || memcmp(p + at, "~~~", 3) == 0);
}

/* Where the next tag that ends pair k begins, from `from` on; 0: nowhere. Each byte is searched once. */
static size_t next_end(finder *f, size_t k, size_t from)
{
    const char *word = pairs[k].end;
    while (f->next_end[k] < from) {
        size_t at = f->searched[k] > from ? f->searched[k] : from;
        const char *hit = memmem(f->p + at, f->n - at, word, strlen(word));
        if (!hit) {
            f->searched[k] = f->n;
            return 0;
        }
        size_t to = (size_t)(hit - f->p), least = to - from > 8 ? to - 8 : from;
        f->searched[k] = to + 1;
        while (to > least && memcmp(f->p + to, pairs[k].opener, 2) != 0)
            to--;
        size_t behind = f->searched[k] - 1 + strlen(word);
        if (memcmp(f->p + to, pairs[k].opener, 2) == 0 && behind < f->n && !is_alnum(f->p[behind]))
            f->next_end[k] = to;
    }
    return f->next_end[k];
}

/* The tag at..end holds what goes to the returned byte, where the tag that ends it begins; 0: it holds nothing. */
static size_t pair_end(finder *f, size_t at, size_t end, bool *code)
{
    const char *p = f->p;
    size_t name = at + 2;
    while (name < end && strchr("<%- ", p[name]))
        name++;
    for (size_t k = 0; k < N_PAIRS; k++) {
        size_t n = strlen(pairs[k].name);
        if (memcmp(p + at, pairs[k].opener, 2) != 0 || end - name < n + 2 || memcmp(p + name, pairs[k].name, n) != 0 ||
            is_alnum(p[name + n]))
            continue;
        size_t to = next_end(f, k, end);
        if (to <= end || at < f->fence_before[k])
            return 0;
        for (size_t i = end; i < to; i++) {
            const char *nl = memchr(p + i, '\n', to - i);
            if (!nl)
                break;
            i = (size_t)(nl - p);
            if (opens_fence(p, to, i + 1)) {
                f->fence_before[k] = i;
                return 0;
            }
        }
        *code = pairs[k].code;
        return to;
    }
    return 0;
}

/* End of the footnote mark that opens at `at`, or 0: `[^label]`, with the colon where it opens a definition. */
static size_t footnote_end(const char *p, size_t n, size_t at)
{
    size_t i = at + 2;
    while (i < n && i - at < MAX_LABEL && (unsigned char)p[i] > ' ' && p[i] != ']' && p[i] != '[')
        i++;
    if (i >= n || p[i] != ']' || i == at + 2 || (at > 0 && p[at - 1] == '\\'))
        return 0;
    i++;
    size_t line = at;
    while (line > 0 && at - line < 4 && p[line - 1] == ' ')
        line--;
    bool opens_line = line == 0 || p[line - 1] == '\n';
    if (i < n && p[i] == ':' && opens_line)
        return i + 1;
    return i < n && p[i] == '(' ? 0 : i; /* [^x](y) is a link */
}

static int hide(tt_mask *m, size_t at, size_t end, bool code)
{
    if (tt_grow(&m->v, &m->cap, m->n + 1, sizeof *m->v) != TT_OK)
        return TT_ENOMEM;
    m->v[m->n++] = (tt_span){(uint32_t)at, (uint32_t)(end - at), code};
    memset(m->work + at, TT_MASK_CHAR, end - at);
    return TT_OK;
}

/* A footnote goes on in lines that are indented: not code, but text. Returns the length of the indentation, 0: none. */
static size_t note_indent(const char *p, size_t n, size_t at, bool *in_note)
{
    size_t i = at;
    while (i < n && i - at < 4 && p[i] == ' ')
        i++;
    if (i < n && i - at < 4 && p[i] == '\t')
        i++;
    bool indented = i - at == 4 || (i > at && p[i - 1] == '\t');
    size_t text = i;
    while (text < n && (p[text] == ' ' || p[text] == '\t'))
        text++;
    bool blank = text >= n || p[text] == '\n';
    *in_note = blank || indented;
    return indented && !blank ? i - at : 0;
}

int tt_mask_init(tt_mask *m, const tt_text *text, size_t from)
{
    *m = (tt_mask){.n_work = text->n};
    m->work = tt_alloc(text->n + 1);
    if (!m->work)
        return TT_ENOMEM;
    memcpy(m->work, text->data, text->n);
    m->work[text->n] = '\0';
    finder f = {.p = text->data, .n = text->n};
    bool in_note = false;
    for (size_t i = from; i < f.n;) {
        size_t end = 0, indent = 0, held = 0;
        bool code = false, tag = false;
        if (in_note && i > from && f.p[i - 1] == '\n' && (indent = note_indent(f.p, f.n, i, &in_note)) > 0)
            end = i + indent;
        else if (f.n - i > 1 && f.p[i] == '{' && (f.p[i + 1] == '{' || f.p[i + 1] == '%'))
            end = tag_end(&f, i), tag = end > 0;
        else if (f.n - i > 1 && f.p[i] == '[' && f.p[i + 1] == '^')
            end = footnote_end(f.p, f.n, i);
        if (end == 0) {
            i++;
            continue;
        }
        in_note = indent > 0 || in_note || f.p[end - 1] == ':';
        if (hide(m, i, end, false) != TT_OK)
            return TT_ENOMEM;
        held = tag ? pair_end(&f, i, end, &code) : 0;
        i = end;
        if (held > 0) {
            if (hide(m, end, held, code) != TT_OK)
                return TT_ENOMEM;
            i = held;
        }
    }
    return TT_OK;
}

/* End of a template tag or merge tag that opens at `at` in HTML, or 0: no other tag and no blank line stands in it. */
static size_t tag_end_in_html(const char *p, size_t n, size_t at, const char *ends_with, size_t *none_before)
{
    const size_t len = strlen(ends_with);
    size_t i = at + 2;
    if (at < *none_before)
        return 0;
    for (; i < n && p[i] != '<' && !(p[i] == '\n' && i + 1 < n && p[i + 1] == '\n'); i++)
        if (p[i] == ends_with[0] && n - i >= len && memcmp(p + i, ends_with, len) == 0)
            return i + len;
    *none_before = i;
    return 0;
}

int tt_mask_html(tt_mask *m, const tt_text *text, size_t from)
{
    enum { BRACES, LIQUID, MERGE, N };
    static const char *const ends[N] = {"}}", "%}", "|*"};
    size_t none_before[N] = {0};
    const char *p = text->data;
    *m = (tt_mask){0};
    for (size_t i = from; i + 2 < text->n; i++) {
        int which = p[i] == '{' && p[i + 1] == '{'   ? BRACES
                    : p[i] == '{' && p[i + 1] == '%' ? LIQUID
                    : p[i] == '*' && p[i + 1] == '|' && p[i + 2] >= 'A' && p[i + 2] <= 'Z' ? MERGE
                                                                                           : N;
        size_t end = which < N ? tag_end_in_html(p, text->n, i, ends[which], &none_before[which]) : 0;
        if (end == 0)
            continue;
        if (tt_grow(&m->v, &m->cap, m->n + 1, sizeof *m->v) != TT_OK)
            return TT_ENOMEM;
        m->v[m->n++] = (tt_span){.at = (uint32_t)i, .n = (uint32_t)(end - i)};
        i = end - 1;
    }
    return TT_OK;
}


/* & and escapes go too, so that md4c has nothing to decode in a link's target and shows where it stands (markdown.c). Of
 * emphasis only runs of marks that can open and cannot close, so that emphasis around the URL stays; and only up to what may end
 * the URL in Markdown: an unpaired bracket, a quotation mark, the end of a cell. */
static void mask_url(char *p, size_t at, size_t end)
{
    /* a quotation mark may end an attribute, a backtick code, where the backslash escapes nothing */
    static const char escaped[] = "!#$%&()*+,-./:;<=>?@[]^_{}~\\";
    long round = 0, square = 0;
    size_t and_at = end; /* the last & */
    for (size_t i = at + 1, k; i < end; i = k) {
        k = i + 1;
        const bool behind_and = and_at + 1 == i;
        if (p[i] == '&' || (p[i] == '\\' && k < end && p[k] != '\0' && strchr(escaped, p[k]))) {
            and_at = p[i] == '&' ? i : and_at;
            k += p[i] == '\\';
            memset(p + i, TT_MASK_CHAR, k - i);
            continue;
        }
        round += (p[i] == '(') - (p[i] == ')');
        square += (p[i] == '[') - (p[i] == ']');
        if (round < 0 || square < 0 || p[i] == '"' || p[i] == '|' || p[i] == '`')
            return;
        if (p[i] != '*' && p[i] != '_' && p[i] != '~')
            continue;
        while (k < end && (p[k] == '*' || p[k] == '_' || p[k] == '~'))
            k++;
        if (k < end && is_alnum(p[k]) && (behind_and || memchr("/=?#@+-%", p[i - 1], 8)))
            memset(p + i, TT_MASK_CHAR, k - i);
    }
}

void tt_mask_urls(tt_mask *m, size_t from)
{
    for (size_t i = from, at, to; i < m->n_work; i++) {
        const char *colon = memchr(m->work + i, ':', m->n_work - i);
        if (!colon)
            return;
        i = (size_t)(colon - m->work);
        if (tt_url_at(m->work + from, m->n_work - from, i - from, &at, &to)) {
            mask_url(m->work, at + from, to + from);
            i = to + from - 1;
        }
    }
}

void tt_mask_release(tt_mask *m)
{
    tt_free(m->work);
    tt_free(m->v);
    *m = (tt_mask){0};
}

const tt_span *tt_mask_next(tt_mask *m, size_t at)
{
    while (m->hint > 0 && m->v[m->hint - 1].at + m->v[m->hint - 1].n > at)
        m->hint--;
    while (m->hint < m->n && m->v[m->hint].at + m->v[m->hint].n <= at)
        m->hint++;
    return m->hint < m->n ? &m->v[m->hint] : NULL;
}
