/* In: the lines of a heading or paragraph. Out: its marks: emphasis, links, images, code, breaks, as md4c resolves them.
 * Not here: what the marks do to the doc (scan.c). Whatever is not known whole makes the region odd; what only the whole
 * text can tell makes the scan end (tt_scan.whole). */
#include "parse/parse.h"
#include "parse/scan.h"

#include "base/unicode.h"
#include "parse/url.h"

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_alnum(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9');
}

static bool is_punct(char c)
{
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

static bool is_white(char c)
{
    return c == ' ' || c == '\t' || c == '\v' || c == '\f';
}

tt_scan_mark *tt_scan_add_mark(tt_scan *s, tt_scan_mark_kind kind, size_t at, size_t end)
{
    if (s->n_marks == s->cap_marks && tt_grow(&s->marks, &s->cap_marks, s->n_marks + 1, sizeof *s->marks) != TT_OK) {
        s->failed = true;
        return NULL;
    }
    tt_scan_mark *mark = &s->marks[s->n_marks++];
    *mark = (tt_scan_mark){.kind = (uint8_t)kind, .at = (uint32_t)at, .end = (uint32_t)end};
    return mark;
}

/* ---- emphasis ---- */

typedef enum side { SIDE_WHITE, SIDE_PUNCT, SIDE_OTHER, SIDE_UNKNOWN } side;

/* By ranges in which every character is of one kind, whatever the version of Unicode. */
static side side_of(uint32_t cp)
{
    static const struct {
        uint32_t first, last;
        side is;
    } ranges[] = {{0xA0, 0xA0, SIDE_WHITE},       {0xA1, 0xA1, SIDE_PUNCT},       {0xA2, 0xA6, SIDE_OTHER},
                  {0xA7, 0xA7, SIDE_PUNCT},       {0xA8, 0xAA, SIDE_OTHER},       {0xAB, 0xAB, SIDE_PUNCT},
                  {0xAC, 0xB5, SIDE_OTHER},       {0xB6, 0xB7, SIDE_PUNCT},       {0xB8, 0xBA, SIDE_OTHER},
                  {0xBB, 0xBB, SIDE_PUNCT},       {0xBC, 0xBE, SIDE_OTHER},       {0xBF, 0xBF, SIDE_PUNCT},
                  {0xC0, 0x36F, SIDE_OTHER},      {0x391, 0x3A1, SIDE_OTHER},     {0x3A3, 0x3CE, SIDE_OTHER},
                  {0x400, 0x52F, SIDE_OTHER},     {0x2000, 0x200A, SIDE_WHITE},   {0x200B, 0x200F, SIDE_OTHER},
                  {0x2010, 0x2027, SIDE_PUNCT},   {0x202F, 0x202F, SIDE_WHITE},   {0x2030, 0x2043, SIDE_PUNCT},
                  {0x2070, 0x2071, SIDE_OTHER},   {0x20A0, 0x20BF, SIDE_OTHER},   {0x2100, 0x218B, SIDE_OTHER},
                  {0x2190, 0x2307, SIDE_OTHER},   {0x2500, 0x2767, SIDE_OTHER},   {0x2794, 0x27BF, SIDE_OTHER},
                  {0x3000, 0x3000, SIDE_WHITE},   {0x3001, 0x3003, SIDE_PUNCT},   {0x3008, 0x3011, SIDE_PUNCT},
                  {0x3041, 0x3096, SIDE_OTHER},   {0x30A1, 0x30FA, SIDE_OTHER},   {0x4E00, 0x9FA5, SIDE_OTHER},
                  {0xAC00, 0xD7A3, SIDE_OTHER},   {0xFE0F, 0xFE0F, SIDE_OTHER},   {0xFEFF, 0xFEFF, SIDE_OTHER},
                  {0xFF01, 0xFF03, SIDE_PUNCT},   {0xFF08, 0xFF09, SIDE_PUNCT},   {0xFF0C, 0xFF0C, SIDE_PUNCT},
                  {0xFF0E, 0xFF0E, SIDE_PUNCT},   {0xFF1A, 0xFF1B, SIDE_PUNCT},   {0xFF1F, 0xFF1F, SIDE_PUNCT},
                  {0x1F300, 0x1F64F, SIDE_OTHER}, {0x1F680, 0x1F6C5, SIDE_OTHER}, {0x1F900, 0x1F9FF, SIDE_OTHER}};
    if (cp < 0x80)
        return is_punct((char)cp) ? SIDE_PUNCT : is_white((char)cp) ? SIDE_WHITE : SIDE_OTHER;
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        if (cp <= ranges[i].last)
            return cp >= ranges[i].first ? ranges[i].is : SIDE_UNKNOWN;
    }
    return SIDE_UNKNOWN;
}

static side side_at(const tt_scan_leaf *b, size_t at)
{
    uint32_t cp = 0;
    if (at >= b->line->end)
        return SIDE_WHITE;
    if ((unsigned char)b->s->p[at] < 0x80)
        return side_of((unsigned char)b->s->p[at]);
    return tt_utf8_decode(b->s->p + at, b->s->n - at, &cp) ? side_of(cp) : SIDE_UNKNOWN;
}

static side side_before(const tt_scan_leaf *b, size_t at)
{
    if (at == b->line->at)
        return SIDE_WHITE;
    return side_at(b, (unsigned char)b->s->p[at - 1] < 0x80 ? at - 1 : tt_utf8_back(b->s->p, at));
}

size_t tt_scan_delimiter(tt_scan_leaf *b, size_t at)
{
    tt_scan *s = b->s;
    char c = s->p[at];
    size_t end = at + 1;
    while (end < b->line->end && s->p[end] == c)
        end++;
    if (c == '_' && at > b->line->at && end < b->line->end && is_alnum(s->p[at - 1]) && is_alnum(s->p[end]))
        return end;
    side left = side_before(b, at), right = side_at(b, end);
    if (left == SIDE_UNKNOWN || right == SIDE_UNKNOWN) {
        s->odd = true;
        return end;
    }
    if ((left == SIDE_WHITE && right == SIDE_WHITE) || (c == '_' && left == SIDE_OTHER && right == SIDE_OTHER))
        return end;
    if (s->n_delimiters == s->cap_delimiters &&
        tt_grow(&s->delimiters, &s->cap_delimiters, s->n_delimiters + 1, sizeof *s->delimiters) != TT_OK) {
        s->failed = true;
        return end;
    }
    tt_scan_mark *mark = tt_scan_add_mark(s, TT_MARK_DELIMITER, at, end);
    if (mark) {
        s->delimiters[s->n_delimiters++] = (uint32_t)s->n_marks - 1;
        mark->c = (uint8_t)c;
        mark->closes = left != SIDE_WHITE && left >= right;
        mark->opens = right != SIDE_WHITE && right >= left;
    }
    return end;
}

/* Pairs the runs from `from` on, which are then done with. Runs of different length are for md4c, and so are those in a
 * link's target, of no length here, where they find a partner: md4c does not leave them out. */
void tt_scan_pair(tt_scan *s, size_t from)
{
    if (s->n_delimiters == from)
        return;
    size_t open[2] = {0, 0}; /* how many openers of * and _ */
    s->n_openers = 0;
    if (tt_grow(&s->openers, &s->cap_openers, s->n_delimiters - from, sizeof *s->openers) != TT_OK)
        s->failed = true;
    for (size_t i = from; i < s->n_delimiters && !s->failed; i++) {
        tt_scan_mark *mark = &s->marks[s->delimiters[i]];
        bool is_line = mark->c == '_';
        mark->kind = TT_MARK_NONE;
        if (mark->closes && open[is_line] > 0) {
            tt_scan_mark *opener;
            do {
                opener = &s->marks[s->openers[--s->n_openers]];
                open[opener->c == '_']--;
            } while (opener->c != mark->c);
            if (opener->end - opener->at != mark->end - mark->at || mark->end == mark->at) {
                s->odd = true;
                break;
            }
            opener->kind = TT_MARK_EM_BEGIN;
            mark->kind = TT_MARK_EM_END;
        } else if (mark->opens) {
            s->openers[s->n_openers++] = s->delimiters[i];
            open[is_line]++;
        }
    }
    s->n_delimiters = from;
}

/* A run of ~: struck out is what md4c finds between two. */
size_t tt_scan_tilde(tt_scan_leaf *b, size_t at)
{
    const char *p = b->s->p;
    size_t end = at;
    while (end < b->line->end && p[end] == '~')
        end++;
    if (end - at > 2)
        return end;
    if (b->tilde && at > b->line->at && !is_white(p[at - 1]))
        b->s->odd = true;
    if (end < b->line->end && !is_white(p[end]))
        b->tilde = true;
    return end;
}

/* ---- the rest ---- */

/* Whether a backtick stands in the lines behind the one that is read. */
static bool more_ticks(const tt_scan_leaf *b)
{
    return b->line < b->last && memchr(b->s->p + b->line[1].at, '`', b->last->end - b->line[1].at);
}

/* What the brackets in code and the like mean to the guard; and what is masked there. */
static void pass(tt_scan *s, size_t at, size_t end)
{
    for (size_t i = at; i < end; i++) {
        if (s->p[i] == '[' || s->p[i] == ']')
            tt_scan_count_bracket(s, s->p[i] == '[');
        if (i + 1 < end &&
            ((s->p[i] == '[' && s->p[i + 1] == '^') || (s->p[i] == '{' && (s->p[i + 1] == '{' || s->p[i + 1] == '%'))))
            s->whole = true;
    }
}

/* Backticks at `at`: code that ends on the same line, or none. */
static size_t code(tt_scan_leaf *b, size_t at)
{
    tt_scan *s = b->s;
    const char *p = s->p;
    size_t open = at, len, i, close;
    while (open < b->line->end && p[open] == '`')
        open++;
    len = open - at;
    const bool kept = len < sizeof b->no_ticks / sizeof *b->no_ticks;
    const bool none = kept && b->no_ticks[len] == b->line;
    for (i = open; !none && i < b->line->end; i = close) {
        const char *tick = memchr(p + i, '`', b->line->end - i);
        if (!tick)
            break;
        i = (size_t)(tick - p);
        close = i;
        while (close < b->line->end && p[close] == '`')
            close++;
        if (close - i != len)
            continue;
        tt_scan_mark *mark = tt_scan_add_mark(s, TT_MARK_CODE, at, close);
        size_t from = open, to = i, k = open;
        while (k < to && p[k] == ' ')
            k++;
        if (k < to && p[from] == ' ' && p[to - 1] == ' ')
            from++, to--;
        if (mark) {
            mark->a = (uint32_t)from;
            mark->b = (uint32_t)to;
        }
        if (len > 2)
            s->odd = true;
        pass(s, open, i);
        return close;
    }
    if (kept)
        b->no_ticks[len] = b->line;
    if (more_ticks(b) || len > 2)
        s->odd = true;
    return open;
}

/* <http://…> at `at`; any other tag is for md4c. */
static size_t angle(tt_scan_leaf *b, size_t at)
{
    tt_scan *s = b->s;
    const char *p = s->p;
    size_t left = b->line->end - at, i;
    if (left < 2) { /* even a line end is such a first character */
        if (b->line < b->last && memchr(p + b->line[1].at, '>', b->line[1].end - b->line[1].at))
            s->odd = true;
        return at + 1;
    }
    if (!is_letter(p[at + 1]) && !memchr("/!?", p[at + 1], 3)) {
        /* no tag, but md4c takes any ASCII character for the first one of an address */
        b->unclosed = b->unclosed || !memchr(p + at, '>', left);
        s->odd = s->odd || !b->unclosed;
        return at + 1;
    }
    if (s->n_brackets > 0 || left < 10 || (memcmp(p + at, "<http://", 8) != 0 && memcmp(p + at, "<https://", 9) != 0)) {
        s->odd = true;
        return at + 1;
    }
    for (i = at + 1; i < b->line->end && p[i] != '>'; i++) {
        if ((unsigned char)p[i] <= ' ' || (unsigned char)p[i] >= 0x7F || memchr("<&;\\[]`{|\"*_~", p[i], 13)) {
            if (p[i] != '_' || !is_alnum(p[i - 1]) || !is_alnum(p[i + 1])) {
                s->odd = true;
                return at + 1;
            }
        }
    }
    if (i >= b->line->end) {
        s->odd = true;
        return at + 1;
    }
    tt_scan_mark *mark = tt_scan_add_mark(s, TT_MARK_AUTOLINK, at, i + 1);
    if (mark) {
        mark->a = (uint32_t)at + 1;
        mark->b = (uint32_t)i;
    }
    return i + 1;
}

/* A colon. Where it may be that of a bare URL, that has no bytes that mean something in Markdown. */
static void colon(tt_scan_leaf *b, size_t at)
{
    tt_scan *s = b->s;
    const char *p = s->p;
    size_t left = b->line->end - at;
    if (at >= b->line->at + 6 && (p[at - 1] | 0x20) == 'o' && tt_str_is_nocase((tt_str){p + at - 6, 6}, "mailto"))
        s->odd = true;
    if (left < 4 || p[at + 1] != '/' || p[at + 2] != '/')
        return;
    tt_scan_add_mark(s, TT_MARK_RICH, at, at);
    long round = 0;
    if (at < b->url_to) /* what follows has been looked at */
        return;
    for (size_t i = at + 3; i < b->line->end && (unsigned char)p[i] > ' '; i++) {
        b->url_to = i;
        round += (p[i] == '(') - (p[i] == ')');
        if (round < 0 || memchr("\"`|]<>", p[i], 6)) /* to here the URL is masked */
            return;
        if (p[i] == '_' && is_alnum(p[i - 1]) && i + 1 < b->line->end && is_alnum(p[i + 1]))
            continue;
        if (memchr("*_~[\\", p[i], 5))
            s->odd = true;
    }
}

/* Returns where the text goes on; *text_end is set where a backslash ends the line. */
static size_t special(tt_scan_leaf *b, size_t from, size_t at, size_t *text_end)
{
    tt_scan *s = b->s;
    char next = at + 1 < s->n ? s->p[at + 1] : '\0';
    switch (s->p[at]) {
    case '*':
    case '_':
        return tt_scan_delimiter(b, at);
    case '[':
        return tt_scan_open_bracket(b, from, at);
    case ']':
        return tt_scan_close_bracket(b, at);
    case '`':
        return code(b, at);
    case '<':
        return angle(b, at);
    case '~':
        return tt_scan_tilde(b, at);
    case '&':
        tt_scan_add_mark(s, TT_MARK_RICH, at, at);
        return at + 1;
    case ':':
        colon(b, at);
        return at + 1;
    case '{':
        if (next == '{' || next == '%')
            s->whole = true;
        return at + 1;
    case '\\':
        if (next == '\n' && b->line < b->last)
            *text_end = at;
        if (!is_punct(next))
            return at + 1;
        tt_scan_add_mark(s, TT_MARK_RICH, at, at);
        if (next == '{' && at + 2 < s->n && (s->p[at + 2] == '{' || s->p[at + 2] == '%'))
            s->whole = true;
        if (next == '[' || next == ']') {
            tt_scan_count_bracket(s, next == '[');
            if (at + 2 < s->n && s->p[at + 2] == (next == '[' ? '^' : ':'))
                s->whole = true;
        }
        return at + 2;
    default:
        return at + 1;
    }
}

static void scan_line(tt_scan_leaf *b)
{
    tt_scan *s = b->s;
    size_t end = b->line->end, text_end = end, from = b->line->at, at;
    b->unclosed = false;
    while (from < end && (at = tt_finder_next(&s->specials, from, end)) < end && !s->odd && !s->whole && !s->failed)
        from = special(b, from, at, &text_end);
    if (b->line == b->last)
        return;
    size_t newline = end;
    while (s->p[newline] != '\n')
        newline++;
    tt_scan_mark *mark = tt_scan_add_mark(s, TT_MARK_BREAK, text_end, b->line[1].at);
    if (mark)
        mark->a = (uint32_t)newline;
}

void tt_scan_inline(tt_scan *s, tt_scan_node *node)
{
    tt_scan_leaf b = {.s = s, .line = s->lines + node->line};
    b.last = b.line + node->n_lines - 1;
    b.from_bracket = b.line->at < b.line->end && s->p[b.line->at] == '[';
    if (node->behind_blank)
        s->stretch_lines = s->stretch_brackets = s->stretch_depth = 0;
    s->stretch_lines += node->n_lines + 1;
    s->n_delimiters = s->n_brackets = s->dead_brackets = 0;
    node->mark = (uint32_t)s->n_marks;
    for (; b.line <= b.last && !s->odd && !s->whole && !s->failed; b.line++)
        scan_line(&b);
    while (s->n_brackets > 0)
        s->marks[s->brackets[--s->n_brackets].mark].kind = TT_MARK_NONE;
    tt_scan_pair(s, 0);
    node->n_marks = (uint32_t)s->n_marks - node->mark;
    if (s->stretch_brackets > TT_MAX_BRACKET_LINES / s->stretch_lines)
        s->whole = true;
}
