/* In: an HTML text. Out: the stretches of it that are no text: hidden elements, what a page has around its article, what a
 * mail says about itself. Not here: names and words that tell so (service.c), zones (page.c). */
#include "parse/scope.h"

#include "base/unicode.h"
#include "parse/service.h"
#include "parse/tree.h"

enum { SAID_BYTES = 4 * TT_SERVICE_LETTERS }; /* of a block that are looked at */

typedef enum mark { MARK_NONE, MARK_HIDES, MARK_ASKS, MARK_NOTE, MARK_LINK, MARK_REGION } mark;

/* An article or main that is in no hidden element. */
typedef struct region {
    size_t at, end, letters;
    bool main;
    uint32_t around; /* the region that it stands in, + 1 */
} region;

typedef struct finder {
    tt_tree tree;
    tt_scope *out;
    size_t letters;  /* seen so far, less those that turned out to be hidden */
    size_t hidden;   /* the outermost open element that hides, + 1; 0: none */
    bool page;       /* a whole one, not a piece */
    region *regions; /* in the order of their start */
    size_t n_regions, cap_regions;
    uint32_t around; /* the innermost open one, + 1 */
    tt_buf said;     /* words of the block, in lower case */
    size_t block_at, block_letters;
    size_t link_from; /* in `said` */
    bool service;     /* a link of the block is one of those */
    tt_buf scratch;
    bool failed;
} finder;

/* ---- stretches ---- */

static bool add_span(tt_scope *s, size_t at, size_t end)
{
    if (at >= end)
        return true;
    if (tt_grow(&s->v, &s->cap, s->n + 1, sizeof *s->v) != TT_OK)
        return false;
    s->v[s->n++] = (tt_span){.at = (uint32_t)at, .n = (uint32_t)(end - at)};
    return true;
}

/* What was found inside before is part of it. */
static void hide(finder *f, size_t at, size_t end)
{
    while (f->out->n > 0 && f->out->v[f->out->n - 1].at >= at)
        f->out->n--;
    f->failed = !add_span(f->out, at, end) || f->failed;
}

/* ---- text ---- */

static size_t count_letters(tt_str s)
{
    size_t n = 0, len;
    uint32_t cp;
    for (size_t i = 0; i < s.n; i += len ? len : 1) {
        len = tt_utf8_decode(s.p + i, s.n - i, &cp);
        n += len > 0 && tt_cp_letter(cp);
    }
    return n;
}

static void say(finder *f, tt_str s)
{
    tt_buf *said = &f->said;
    for (size_t i = 0; i < s.n && said->n < SAID_BYTES; i++) {
        char c = s.p[i];
        if ((unsigned char)c <= ' ')
            c = ' ';
        else if (c == '\xE2' && s.n - i > 2 && memcmp(s.p + i, "’", 3) == 0) {
            c = '\'';
            i += 2;
        } else if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (c != ' ' || (said->n > 0 && said->p[said->n - 1] != ' '))
            tt_buf_char(said, c);
    }
}

static void see_text(finder *f)
{
    const tt_tag *tag = &f->tree.tag;
    tt_str s = {f->tree.tags.p + tag->at, tag->end - tag->at};
    if (f->hidden)
        return;
    if (memchr(s.p, '&', s.n)) {
        tt_buf_reset(&f->scratch);
        tt_tag_decode(s, &f->scratch);
        s = (tt_str){f->scratch.p, f->scratch.n};
    }
    size_t letters = count_letters(s);
    f->letters += letters;
    f->block_letters += letters;
    if (f->block_letters < TT_SERVICE_LETTERS)
        say(f, s);
}

/* The block ends before byte `at`; the next one begins at `next`. */
static void end_block(finder *f, size_t at, size_t next)
{
    if (f->block_letters > 0 && f->block_letters < TT_SERVICE_LETTERS && !f->hidden &&
        (f->service || tt_service_block((tt_str){f->said.p, f->said.n}))) {
        hide(f, f->block_at, at);
        f->letters -= f->block_letters;
    }
    f->block_at = next;
    f->block_letters = 0;
    f->link_from = 0;
    f->service = false;
    tt_buf_reset(&f->said);
}

static void end_link(finder *f)
{
    if (f->link_from > f->said.n || f->block_letters >= TT_SERVICE_LETTERS)
        return;
    tt_str words = tt_str_trim((tt_str){f->said.p ? f->said.p + f->link_from : NULL, f->said.n - f->link_from});
    f->service = f->service || (words.n > 0 && tt_service_link(words));
}

/* ---- elements ---- */

static void end_region(finder *f, size_t letters, size_t end)
{
    region *r = &f->regions[f->around - 1];
    r->end = end;
    r->letters = letters;
    f->around = r->around;
}

static void on_closed(void *ctx, tt_tree *tree, const tt_node *node, size_t end)
{
    finder *f = ctx;
    const bool hides = f->hidden == tree->n;
    if (node->element->is & TT_EL_BLOCK && (!f->hidden || hides)) {
        if (hides)
            f->block_at = end;
        else
            end_block(f, tree->tag.at, end);
    }
    if (hides) {
        f->hidden = 0;
        hide(f, node->at, end);
    }
    if (f->hidden || hides)
        return;
    const size_t letters = f->letters - node->letters;
    if (node->mark == MARK_REGION)
        end_region(f, letters, end);
    else if (node->mark == MARK_LINK || node->mark == MARK_NOTE)
        end_link(f);
    if ((node->mark == MARK_NOTE && letters == 0) || (node->mark == MARK_ASKS && letters < TT_ASKS_LETTERS)) {
        hide(f, node->at, end);
        f->letters = node->letters;
    }
}

static void begin_region(finder *f, tt_node *node, bool is_main)
{
    if (tt_grow(&f->regions, &f->cap_regions, f->n_regions + 1, sizeof *f->regions) != TT_OK) {
        f->failed = true;
        return;
    }
    f->regions[f->n_regions++] = (region){.at = node->at, .main = is_main, .around = f->around};
    f->around = (uint32_t)f->n_regions;
    node->mark = MARK_REGION;
}

/* A page's own header and footer; those of an article, a section or a quotation belong to the text, but that an article's
 * footer has buttons and links to other articles. */
static bool is_apart(const finder *f, const tt_element *e, tt_told told)
{
    if (!f->page)
        return false;
    if (e->role == TT_ROLE_HEADER || told == TT_TOLD_HEADER)
        return f->around == 0 && !tt_tree_has(&f->tree, "section");
    if (e->role == TT_ROLE_FOOTER)
        return !tt_tree_has(&f->tree, "blockquote") && !tt_tree_has(&f->tree, "figure");
    return (e->is & TT_EL_PAGE_HIDDEN) || told == TT_TOLD_APART;
}

static void open_element(finder *f)
{
    tt_node *node = &f->tree.v[f->tree.n - 1];
    const tt_element *e = node->element;
    node->letters = f->letters;
    f->page = f->page || strcmp(e->name, "html") == 0 || strcmp(e->name, "head") == 0 || strcmp(e->name, "body") == 0;
    if (f->hidden || strcmp(e->name, "html") == 0 || strcmp(e->name, "body") == 0)
        return;
    const tt_told told = tt_service_told(&f->tree.tags, &f->tree.tag);
    const bool form = strcmp(e->name, "form") == 0;
    if (told == TT_TOLD_HIDDEN || (e->is & TT_EL_HIDDEN && !form)) {
        node->mark = MARK_HIDES;
        f->hidden = f->tree.n;
    } else if (e->role == TT_ROLE_MAIN || e->role == TT_ROLE_ARTICLE || told == TT_TOLD_MAIN ||
               told == TT_TOLD_ARTICLE) {
        begin_region(f, node, e->role == TT_ROLE_MAIN || told == TT_TOLD_MAIN);
    } else if (is_apart(f, e, told)) {
        node->mark = MARK_HIDES;
        f->hidden = f->tree.n;
    } else if (form || told == TT_TOLD_ASKS) {
        node->mark = MARK_ASKS;
    } else if (told == TT_TOLD_NOTE || told == TT_TOLD_LINK || told == TT_TOLD_SERVICE) {
        f->service = f->service || told == TT_TOLD_SERVICE;
        node->mark = told == TT_TOLD_NOTE ? MARK_NOTE : MARK_LINK;
        f->link_from = f->said.n;
    }
}

static bool is_doctype(const finder *f)
{
    static const char begin[] = "<!doctype";
    const tt_tag *tag = &f->tree.tag;
    const size_t n = sizeof begin - 1;
    return tag->end - tag->at > n && tt_str_is_nocase((tt_str){f->tree.tags.p + tag->at, n}, begin);
}

static void walk(finder *f)
{
    tt_tag_kind kind;
    while (!f->failed && (kind = tt_tree_next(&f->tree)) != TT_TAG_END) {
        const tt_tag *tag = &f->tree.tag;
        bool is_tag = kind == TT_TAG_OPEN || kind == TT_TAG_CLOSE;
        if (kind == TT_TAG_TEXT)
            see_text(f);
        else if (kind == TT_TAG_OTHER && is_doctype(f))
            f->page = true;
        if (is_tag && (f->tree.element->is & TT_EL_BLOCK) && !f->hidden)
            end_block(f, tag->at, tag->end);
        if (f->tree.pushed)
            open_element(f);
    }
    f->failed = f->failed || f->tree.failed || f->said.failed || f->scratch.failed;
    if (!f->failed)
        end_block(f, f->tree.tags.n, f->tree.tags.n);
}

/* ---- the page's own text ---- */

/* The outermost one of main's articles or of all (main SIZE_MAX) with the most letters, how many there are, their sum. */
static size_t largest(const finder *f, size_t in, size_t *n, size_t *sum)
{
    size_t best = SIZE_MAX, behind = 0;
    *n = *sum = 0;
    for (size_t i = 0; i < f->n_regions; i++) {
        const region *r = &f->regions[i];
        if (r->main || r->letters == 0 || r->at < behind ||
            (in != SIZE_MAX && (r->at < f->regions[in].at || r->end > f->regions[in].end)))
            continue;
        behind = r->end;
        ++*n;
        *sum += r->letters;
        if (best == SIZE_MAX || r->letters > f->regions[best].letters)
            best = i;
    }
    return best;
}

/* The element that holds the page's text, or SIZE_MAX: its body does. Of several articles it is the one that has more
 * than half of their letters; where there is none such, all that stands in main, else the longest. One that holds next to
 * nothing of what is around it is a teaser or a frame that a script fills. */
static size_t own_text(const finder *f)
{
    size_t own = SIZE_MAX, n, sum;
    for (size_t i = 0; i < f->n_regions; i++)
        if (f->regions[i].main && (own == SIZE_MAX || f->regions[i].letters > f->regions[own].letters))
            own = i;
    if (own != SIZE_MAX && f->regions[own].letters == 0)
        own = SIZE_MAX;
    const size_t article = largest(f, own, &n, &sum);
    const size_t most = article != SIZE_MAX ? f->regions[article].letters : 0;
    if (article != SIZE_MAX && (own == SIZE_MAX || (most > sum / 2 && most >= f->regions[own].letters / 4)))
        own = article;
    return own != SIZE_MAX && f->regions[own].letters >= f->letters / 10 ? own : SIZE_MAX;
}

/* What is outside of it is no text. */
static int keep_only(finder *f, const region *own, size_t from)
{
    tt_scope found = *f->out, *out = f->out;
    *out = (tt_scope){0};
    bool ok = add_span(out, from, own->at);
    for (size_t i = 0; ok && i < found.n; i++) {
        size_t at = found.v[i].at;
        if (at >= own->at && at < own->end)
            ok = add_span(out, at, at + found.v[i].n);
    }
    ok = ok && add_span(out, own->end, f->tree.tags.n);
    tt_free(found.v);
    return ok ? TT_OK : TT_ENOMEM;
}

int tt_scope_find(tt_scope *s, const tt_text *text, size_t from)
{
    *s = (tt_scope){0};
    finder f = {.out = s, .block_at = from};
    tt_tree_init(&f.tree, text, from, on_closed, &f);
    walk(&f);
    int rc = f.failed ? TT_ENOMEM : TT_OK;
    size_t own = rc == TT_OK && f.page ? own_text(&f) : SIZE_MAX;
    if (own != SIZE_MAX)
        rc = keep_only(&f, &f.regions[own], from);
    tt_tree_release(&f.tree);
    tt_free(f.regions);
    tt_buf_release(&f.said);
    tt_buf_release(&f.scratch);
    return rc;
}

void tt_scope_release(tt_scope *s)
{
    tt_free(s->v);
    *s = (tt_scope){0};
}
