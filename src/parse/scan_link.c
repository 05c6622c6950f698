/* In: brackets of a block, and what stands behind them. Out: marks of links and images of the form [a](b "c"). Not here:
 * other forms, which make the region odd; references, for which there is no definition (tt_scan.whole). */
#include "parse/scan.h"

#include "base/unicode.h"

static bool is_alnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* A target that is a URL from its first byte on, as tt_url_at has it: `scheme://` and more. *to: where more begins. */
static bool is_url(const char *p, size_t at, size_t end, size_t *to)
{
    enum { SCHEME_MAX = 30 };
    size_t i = at;
    while (i < end && i - at < SCHEME_MAX && is_alnum(p[i]))
        i++;
    *to = i + 3;
    return i - at > 1 && (p[at] < '0' || p[at] > '9') && end - i > 3 && memcmp(p + i, "://", 3) == 0;
}

/* No URL that begins before the target at `at` reaches into it: white space stands between. */
static bool begins_apart(const tt_scan_leaf *b, size_t at)
{
    enum { FAR = 300 };
    size_t i = at;
    while (i > b->line->at && at - i < FAR && (unsigned char)b->s->p[i - 1] > ' ') {
        if (b->s->p[--i] == ':')
            return false;
    }
    return at - i < FAR;
}

/* In the target from `at` on, runs of * _ ~ at i: true where md4c sees no mark in them: amid a word, or amid a URL, where
 * they are masked (mask.c). *to: the end of the run. */
static bool is_harmless(const tt_scan_leaf *b, size_t at, size_t i, size_t *to)
{
    const char *p = b->s->p;
    size_t k = i;
    bool lines = true;
    for (; k < b->line->end && (p[k] == '*' || p[k] == '_' || p[k] == '~'); k++)
        lines = lines && p[k] == '_';
    *to = k;
    if (k == b->line->end || !is_alnum(p[k]) || i == at)
        return false;
    if (lines && is_alnum(p[i - 1]))
        return true;
    if (!memchr("/=?#@+-%&", p[i - 1], 9) || (i - 1 > at && p[i - 2] == '\\') || !begins_apart(b, at))
        return false;
    return is_url(p, at, b->line->end, &k) && i > k && tt_utf8_ascii(p, at, i) == i;
}

/* Whether & and escapes in a target are masked all, as in a URL, or none: md4c shows the masked ones of a mixture. */
static bool is_even(const char *p, size_t at, size_t end, bool ascii)
{
    size_t to;
    if (is_url(p, at, end, &to))
        return p[end - 1] != ';' && (ascii || !(memchr(p + at, '&', end - at) || memchr(p + at, '\\', end - at)));
    return !memchr(p + at, ':', end - at) || !(memchr(p + at, '&', end - at) || memchr(p + at, '\\', end - at));
}

typedef struct target {
    size_t at, end;
    size_t doubt; /* where md4c may see a mark of emphasis in it; 0: nowhere */
    bool coded;   /* it may have an entity or an escape */
} target;

/* The target that begins at t->at; false: none that is known. */
static bool find_target(const tt_scan_leaf *b, target *t)
{
    tt_scan *s = b->s;
    const char *p = s->p;
    size_t depth = 0, i = t->at, from = i, to;
    bool ascii = true;
    while ((i = tt_finder_next(&s->targets, i, b->line->end)) < b->line->end) {
        switch (p[i]) {
        case ')':
        case ' ':
            if (depth == 0 || p[i] == ' ') {
                t->end = i;
                return depth == 0 && i > t->at && is_even(p, t->at, i, ascii);
            }
            depth--;
            i++;
            break;
        case '(':
            if (++depth > 32)
                return false;
            i++;
            break;
        case '\\':
            if (i + 1 == b->line->end || !memchr("!#$%&()*+,-./:;=?@^_~", p[i + 1], 21))
                return false;
            t->coded = true;
            i += 2;
            break;
        case '*':
        case '_':
        case '~':
            if (!is_harmless(b, t->at, i, &to) && !t->doubt)
                t->doubt = i;
            i = to;
            break;
        case ';':
            if (memmem(p + from, i - from, "&#", 2))
                return false;
            t->coded = true;
            from = ++i;
            break;
        default:
            if ((unsigned char)p[i] < 0x80)
                return false;
            ascii = false;
            i++;
        }
    }
    return false;
}

/* "…" at i, in which nothing has a meaning. Returns where its closing mark stands, 0: not so. */
static size_t title_end(const tt_scan_leaf *b, size_t i)
{
    const char *p = b->s->p;
    if (i >= b->line->end || p[i] != '"')
        return 0;
    for (size_t k = i + 1; k < b->line->end; k++) {
        if (p[k] == '"')
            return k;
        if (memchr("[]`<\\*_~{&", p[k], 10))
            return 0;
    }
    return 0;
}

/* What md4c may take for emphasis in a target. */
static void doubt_target(tt_scan_leaf *b, const target *t)
{
    tt_scan *s = b->s;
    for (size_t i = t->doubt, past; i < t->end; i = past) {
        size_t first = s->n_delimiters;
        past = s->p[i] == '~'                     ? tt_scan_tilde(b, i)
               : s->p[i] == '*' || s->p[i] == '_' ? tt_scan_delimiter(b, i)
                                                  : i + 1;
        if (s->n_delimiters > first)
            s->marks[s->delimiters[first]].end = s->marks[s->delimiters[first]].at; /* see tt_scan_pair */
    }
}

/* `](` at `at`: the link or image whose bracket is `open`. Returns its end, 0: not known. */
static size_t end_link(tt_scan_leaf *b, size_t at, const tt_scan_bracket *open)
{
    tt_scan *s = b->s;
    target t = {.at = at + 2};
    if (!find_target(b, &t))
        return 0;
    size_t close = t.end, title = 0;
    if (s->p[close] == ' ') {
        title = title_end(b, t.end + 1);
        close = title + 1;
        if (title == 0 || close >= b->line->end || s->p[close] != ')')
            return 0;
    }
    tt_scan_pair(s, open->n_delimiters);
    s->marks[open->mark].kind = open->image ? TT_MARK_IMAGE_BEGIN : TT_MARK_LINK_BEGIN;
    tt_scan_mark *mark = tt_scan_add_mark(s, open->image ? TT_MARK_IMAGE_END : TT_MARK_LINK_END, at, close + 1);
    if (mark) {
        mark->a = (uint32_t)t.at;
        mark->b = (uint32_t)t.end;
        mark->as_seen = !t.coded;
    }
    if (title > 0 && (mark = tt_scan_add_mark(s, TT_MARK_TITLE, close + 1, close + 1)) != NULL) {
        mark->a = (uint32_t)t.end + 2;
        mark->b = (uint32_t)title;
    }
    if (t.doubt)
        doubt_target(b, &t);
    return close + 1;
}

void tt_scan_count_bracket(tt_scan *s, bool opens)
{
    s->stretch_brackets++;
    if (opens)
        s->stretch_depth++;
    else if (s->stretch_depth > 0)
        s->stretch_depth--;
    if (s->stretch_depth > TT_MAX_NESTING)
        s->whole = true;
}

/* [ at `at`; behind `from` nothing has been taken. */
size_t tt_scan_open_bracket(tt_scan_leaf *b, size_t from, size_t at)
{
    tt_scan *s = b->s;
    bool image = at > from && s->p[at - 1] == '!';
    tt_scan_count_bracket(s, true);
    if (at + 1 < s->n && s->p[at + 1] == '^')
        s->whole = true;
    if (s->n_brackets == s->cap_brackets &&
        tt_grow(&s->brackets, &s->cap_brackets, s->n_brackets + 1, sizeof *s->brackets) != TT_OK) {
        s->failed = true;
        return at + 1;
    }
    if (tt_scan_add_mark(s, TT_MARK_BRACKET, at - image, at + 1))
        s->brackets[s->n_brackets++] = (tt_scan_bracket){(uint32_t)s->n_marks - 1, (uint32_t)s->n_delimiters, image};
    return at + 1;
}

size_t tt_scan_close_bracket(tt_scan_leaf *b, size_t at)
{
    tt_scan *s = b->s;
    size_t end = at + 1;
    tt_scan_count_bracket(s, false);
    if (b->from_bracket && end < s->n && s->p[end] == ':')
        s->whole = true; /* it may be a definition */
    if (s->n_brackets == 0)
        return end;
    tt_scan_bracket open = s->brackets[--s->n_brackets];
    s->marks[open.mark].kind = TT_MARK_NONE;
    bool dead = s->n_brackets < s->dead_brackets && !open.image;
    if (s->dead_brackets > s->n_brackets)
        s->dead_brackets = s->n_brackets;
    if (dead || end >= b->line->end || s->p[end] != '(')
        return end;
    size_t link = end_link(b, at, &open);
    if (link == 0) {
        s->odd = true;
        return end;
    }
    if (!open.image)
        s->dead_brackets = s->n_brackets;
    return link;
}
