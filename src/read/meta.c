/* meta: the title of an issue (COUNTING 1).
 * In: a text, its front matter, its document. Out: the title, where it comes from, and the heading that bears it.
 * Not here: number forms (number.c), front matter (front.c), the zone title (parse/section). */
#include "base/unicode.h"
#include "read/front.h"

/* ---- the heading that is the title ---- */

static bool is_body(const tt_block *b)
{
    return b->kind != TT_BLOCK_FRONT && b->kind != TT_BLOCK_ASIDE && b->kind != TT_BLOCK_CODE;
}

static bool is_seen(const tt_run *r)
{
    return r->zone != TT_ZONE_META && r->zone != TT_ZONE_URL && r->zone != TT_ZONE_ALT;
}

/* The lone level-1 heading before which no heading stands. */
static uint32_t lone_heading(const tt_doc *doc)
{
    uint32_t found = UINT32_MAX;
    bool any = false;
    for (uint32_t i = 0; i < doc->n_blocks; i++) {
        const tt_block *b = &doc->blocks[i];
        if (b->kind != TT_BLOCK_HEADING || b->nested)
            continue;
        if (b->level == 1 && any)
            return UINT32_MAX;
        if (b->level == 1)
            found = i;
        any = true;
    }
    return found;
}

static int heading_text(const tt_doc *doc, uint32_t block, tt_arena *arena, tt_str *out)
{
    tt_buf b = {0};
    const tt_block *h = &doc->blocks[block];
    for (uint32_t i = 0; i < h->n_runs; i++) {
        const tt_run *r = &doc->runs[h->first_run + i];
        if (is_seen(r))
            tt_buf_add(&b, doc->vis + r->vis, r->n);
    }
    int rc = b.failed ? TT_ENOMEM : tt_one_line(arena, (tt_str){b.p, b.n}, false, out);
    tt_buf_release(&b);
    return rc;
}

static tt_str without_number(tt_str title)
{
    int64_t number;
    size_t n = tt_number_leading(title, true, &number);
    return (tt_str){title.p + n, title.n - n};
}

/* Letters and digits alike, case-folded; the empty text equals nothing (COUNTING 3). */
static int is_equal(tt_str a, tt_str b, bool *equal)
{
    tt_buf x = {0}, y = {0};
    size_t unused;
    int rc = tt_unicode_alnum(a.p, a.n, false, &x, &unused);
    if (rc == 0)
        rc = tt_unicode_alnum(b.p, b.n, false, &y, &unused);
    *equal = rc == 0 && x.n > 0 && tt_str_eq((tt_str){x.p, x.n}, (tt_str){y.p, y.n});
    tt_buf_release(&x);
    tt_buf_release(&y);
    return rc;
}

static int is_title(tt_str heading, tt_str metadata, bool *yes)
{
    *yes = metadata.n == 0;
    if (*yes)
        return 0;
    int rc = is_equal(heading, metadata, yes);
    return rc != 0 || *yes ? rc : is_equal(without_number(heading), without_number(metadata), yes);
}

/* ---- the line that is the title ---- */

typedef struct lines {
    const tt_text *text;
    tt_buf line;      /* what is seen of the line that is being read */
    size_t first, at; /* source bytes: where it was first seen, and how far it has been read */
    int n;            /* lines done */
    tt_arena *arena;
    tt_str title; /* found: the line with a number form, or else the first line, if that will do */
    bool done;
    bool apart; /* an end tag of HTML follows the line, as a blank line does elsewhere */
} lines;

/* `- `, `* `, `+ `, `1. `, `1) ` at the start of the source line that holds byte `at`, quote marks aside. */
static bool is_item(const tt_text *text, size_t at)
{
    const char *p = text->data;
    size_t i = at;
    while (i > 0 && p[i - 1] != '\n')
        i--;
    while (i < text->n && (p[i] == ' ' || p[i] == '\t' || p[i] == '>'))
        i++;
    size_t from = i;
    while (i < text->n && p[i] >= '0' && p[i] <= '9')
        i++;
    if (i >= text->n)
        return false;
    bool mark = i > from ? p[i] == '.' || p[i] == ')' : p[i] == '-' || p[i] == '*' || p[i] == '+';
    if (i == from && (unsigned char)p[i] == 0xE2 && text->n - i > 2 && memcmp(p + i, "•", 3) == 0) {
        mark = true;
        i += 2;
    }
    return mark && i + 1 < text->n && (p[i + 1] == ' ' || p[i + 1] == '\t');
}

/* Whether the line after the one that holds byte `at` is there and blank, or begins with an end tag of HTML. */
static bool blank_after(const tt_text *text, size_t at)
{
    const char *end = at < text->n ? memchr(text->data + at, '\n', text->n - at) : NULL;
    if (end == NULL)
        return false;
    size_t i = (size_t)(end - text->data) + 1;
    while (i < text->n && (text->data[i] == ' ' || text->data[i] == '\t'))
        i++;
    return i < text->n && (text->data[i] == '\n' || tt_str_starts((tt_str){text->data + i, text->n - i}, TT_S("</")));
}

static int end_line(lines *l)
{
    tt_str line = {l->line.p, l->line.n};
    int rc = l->line.failed ? TT_ENOMEM : tt_one_line(l->arena, line, false, &line);
    tt_buf_reset(&l->line);
    if (rc != 0 || line.n == 0)
        return rc;
    size_t n = tt_utf8_count(line.p, line.n);
    int64_t number;
    if (n < TT_TITLE_FORM_MAX && !is_item(l->text, l->first) && tt_number_leading(line, false, &number) > 0) {
        l->title = line;
        l->done = true;
    } else if (l->n == 0 && n < TT_TITLE_LINE_MAX && (l->apart || blank_after(l->text, l->at))) {
        l->title = line;
    }
    if (++l->n == TT_TITLE_LINES)
        l->done = true;
    return 0;
}

/* Bytes of a line beyond this do not matter: it is too long for a title. */
enum { LINE_BYTES = TT_TITLE_FORM_MAX * 4 + 4096 };

static void see(lines *l, size_t at, const char *p, size_t n)
{
    if (l->line.n == 0)
        l->first = at;
    if (l->line.n < LINE_BYTES)
        tt_buf_add(&l->line, p, n);
}

/* Goes on to source byte `at`, which ends the line if a line end lies before it. */
static int move_to(lines *l, size_t at)
{
    if (at <= l->at)
        return 0;
    int rc = 0;
    if (memchr(l->text->data + l->at, '\n', at - l->at) != NULL)
        rc = end_line(l);
    l->at = at;
    return rc;
}

/* What a run shows, byte by byte where it stands so in the source, since it may hold line ends. */
static int see_run(lines *l, const tt_doc *doc, const tt_run *r)
{
    int rc = move_to(l, r->at);
    const char *vis = doc->vis + r->vis;
    if (r->n_src != r->n && l->text->data[r->at] != '\n')
        see(l, r->at, vis, r->n);
    for (uint32_t i = 0; rc == 0 && !l->done && r->n_src == r->n && i < r->n;) {
        uint32_t from = i;
        while (i < r->n && l->text->data[r->at + i] != '\n')
            i++;
        see(l, r->at + from, vis + from, i - from);
        l->at = r->at + i > l->at ? r->at + i : l->at;
        if (i < r->n) {
            i++;
            rc = move_to(l, (size_t)r->at + i);
        }
    }
    return rc;
}

/* In HTML it is end tags that end lines, wherever line ends stand. */
static int end_at_tag(lines *l, size_t next)
{
    l->apart = l->line.n > 0 && next > l->at && memmem(l->text->data + l->at, next - l->at, "</", 2);
    int rc = l->apart ? end_line(l) : 0;
    l->apart = false;
    return rc;
}

/* The first of ten non-empty lines that has a number form and is no list item; else a first line under 120 characters
 * with a blank line after it. A line is what is seen of it: an image or a comment alone is none. */
static int title_line(const tt_text *text, size_t body_at, const tt_doc *doc, tt_arena *arena, tt_str *out)
{
    lines l = {.text = text, .at = body_at, .arena = arena};
    int rc = 0;
    for (uint32_t i = 0; rc == 0 && !l.done && i < doc->n_blocks; i++) {
        const tt_block *b = &doc->blocks[i];
        if (!is_body(b) || b->at < body_at)
            continue;
        rc = end_at_tag(&l, b->at);
        if (l.line.n > 0)
            tt_buf_char(&l.line, ' ');
        for (uint32_t k = 0; rc == 0 && !l.done && k < b->n_runs; k++) {
            const tt_run *r = &doc->runs[b->first_run + k];
            if (is_seen(r))
                rc = see_run(&l, doc, r);
        }
    }
    if (rc == 0 && !l.done)
        rc = end_line(&l);
    *out = l.title;
    tt_buf_release(&l.line);
    return rc;
}

/* ---- all of it ---- */

int tt_title_find(const tt_text *text, const tt_front *front, const tt_doc *doc, tt_str side, tt_str path,
                  tt_arena *arena, tt_title *out)
{
    *out = (tt_title){.block = UINT32_MAX};
    tt_str heading = {0};
    uint32_t lone = lone_heading(doc);
    int rc = lone != UINT32_MAX ? heading_text(doc, lone, arena, &heading) : 0;
    bool yes = false;
    if (rc == 0 && heading.n > 0)
        rc = is_title(heading, front->title, &yes);
    if (rc != 0)
        return rc;
    if (yes)
        out->block = lone;
    out->source = side.n > 0           ? TT_TITLE_SIDE
                  : front->title.n > 0 ? TT_TITLE_METADATA
                  : heading.n > 0      ? TT_TITLE_HEADING
                                       : TT_TITLE_LINE;
    switch (out->source) {
    case TT_TITLE_SIDE:
        return tt_one_line(arena, side, false, &out->text);
    case TT_TITLE_METADATA:
        out->text = front->title;
        return 0;
    case TT_TITLE_HEADING:
        out->text = heading;
        return 0;
    default:
        break;
    }
    rc = title_line(text, front->body_at, doc, arena, &out->text);
    if (rc != 0 || out->text.n > 0)
        return rc;
    out->source = TT_TITLE_STEM;
    return tt_one_line(arena, tt_path_stem(path), false, &out->text);
}
