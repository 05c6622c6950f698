/* In: pieces of text in order of reading. Out: a tt_doc: visible text, runs that map it to the source, blocks.
 * Not here: any syntax but entities, backslashes and bare URLs. */
#include "parse/doc.h"

#include "base/entity.h"
#include "base/unicode.h"
#include "parse/url.h"

typedef struct aside {
    size_t at, n;
    tt_zone zone;
} aside;

struct tt_doc_builder {
    tt_arena *arena;
    const tt_text *text;
    tt_doc_builder **kept; /* takes the builder back; may be NULL */
    char *vis;             /* in the arena */
    size_t n_vis, cap_vis;
    tt_run *runs;
    size_t n_runs, cap_runs;
    tt_block *blocks;
    size_t n_blocks, cap_blocks;
    aside *asides; /* those of the open block, or of none since the last one ended */
    size_t n_asides, cap_asides;
    tt_anchor *anchors;
    size_t n_anchors, cap_anchors;
    tt_anchor anchor;            /* the link that is open */
    bool in_anchor, anchor_seen; /* seen: it has text */
    uint32_t first_end;          /* end of the first block of the link that is open; 0: it has not ended */
    tt_buf url;
    bool open;    /* blocks[n_blocks - 1] is open */
    bool barrier; /* before the next piece */
    bool failed;
};

enum { SMALL = 64 }; /* vis has room for as much behind what is in it */

/* Nearly always what is seen is no longer than the text. */
static int begin_vis(tt_doc_builder *b)
{
    b->n_vis = 0;
    b->cap_vis = b->text->n + 1 + SMALL;
    b->vis = tt_arena_alloc(b->arena, b->cap_vis);
    return b->vis ? TT_OK : TT_ENOMEM;
}

int tt_doc_builder_again(tt_doc_builder **out, tt_doc_builder **kept, tt_arena *arena, const tt_text *text)
{
    tt_doc_builder *b = kept && *kept ? *kept : tt_calloc(1, sizeof *b);
    *out = b;
    if (!b)
        return TT_ENOMEM;
    if (kept)
        *kept = NULL;
    b->kept = kept;
    b->arena = arena;
    b->text = text;
    b->n_runs = b->n_blocks = b->n_asides = b->n_anchors = 0;
    b->in_anchor = b->anchor_seen = b->open = b->barrier = b->failed = false;
    b->first_end = 0;
    b->failed = begin_vis(b) != TT_OK;
    return TT_OK;
}

int tt_doc_builder_new(tt_doc_builder **out, tt_arena *arena, const tt_text *text)
{
    return tt_doc_builder_again(out, NULL, arena, text);
}

void tt_doc_builder_free(tt_doc_builder *b)
{
    if (!b)
        return;
    if (b->kept && !*b->kept && !tt_doc_failed(b)) {
        *b->kept = b;
        return;
    }
    tt_free(b->runs);
    tt_free(b->blocks);
    tt_free(b->asides);
    tt_free(b->anchors);
    tt_buf_release(&b->url);
    tt_free(b);
}

void tt_doc_builder_drop(tt_doc_builder **kept)
{
    if (*kept)
        (*kept)->kept = NULL;
    tt_doc_builder_free(*kept);
    *kept = NULL;
}

bool tt_doc_failed(const tt_doc_builder *b)
{
    return b->failed || b->url.failed;
}

static void add_block(tt_doc_builder *b, tt_block_kind kind, int level, bool nested, size_t at)
{
    if (tt_doc_failed(b))
        return;
    if (b->n_blocks == b->cap_blocks &&
        (b->n_blocks >= UINT32_MAX - 1 ||
         tt_grow(&b->blocks, &b->cap_blocks, b->n_blocks + 1, sizeof *b->blocks) != TT_OK)) {
        b->failed = true;
        return;
    }
    b->blocks[b->n_blocks++] = (tt_block){.first_run = (uint32_t)b->n_runs,
                                          .at = (uint32_t)at,
                                          .kind = (uint8_t)kind,
                                          .level = (uint8_t)level,
                                          .nested = nested,
                                          .overlay = TT_ZONE_TEXT};
    b->open = true;
    b->barrier = true;
}

static void flush_asides(tt_doc_builder *b)
{
    for (size_t i = 0; i < b->n_asides; i++) {
        aside a = b->asides[i];
        add_block(b, TT_BLOCK_ASIDE, 0, false, a.at);
        tt_doc_push(b, a.zone, a.at, a.n, NULL, a.n);
        b->open = false;
    }
    b->n_asides = 0;
}

void tt_doc_begin(tt_doc_builder *b, tt_block_kind kind, int level, bool nested, size_t at)
{
    if (b->open)
        tt_doc_end(b);
    flush_asides(b);
    add_block(b, kind, level, nested, at);
}

void tt_doc_end(tt_doc_builder *b)
{
    if (tt_doc_failed(b) || !b->open)
        return;
    b->open = false;
    if (b->blocks[b->n_blocks - 1].n_runs == 0)
        b->n_blocks--;
    else if (b->in_anchor && b->anchor_seen && b->first_end == 0)
        b->first_end = (uint32_t)b->n_vis;
    flush_asides(b);
}

/* The link that is open begins here. One without text that stands between two blocks is in the next one, be it the aside of
 * its URL. */
static void place_anchor(tt_doc_builder *b)
{
    b->anchor_seen = true;
    b->anchor.vis = (uint32_t)b->n_vis;
    b->anchor.block = (uint32_t)(b->open ? b->n_blocks - 1 : b->n_blocks);
    b->anchor.run = (uint32_t)b->n_runs;
}

/* Room for n more bytes in vis. */
static bool widen_vis(tt_doc_builder *b, size_t n)
{
    if (n + SMALL <= b->cap_vis - b->n_vis)
        return true;
    size_t cap = 2 * b->cap_vis + n + SMALL;
    char *wider = b->n_vis + n <= UINT32_MAX ? tt_arena_alloc(b->arena, cap) : NULL;
    if (!wider) {
        b->failed = true;
        return false;
    }
    memcpy(wider, b->vis, b->n_vis);
    b->vis = wider;
    b->cap_vis = cap;
    return true;
}

void tt_doc_push(tt_doc_builder *b, tt_zone zone, size_t at, size_t n_src, const char *p, size_t n)
{
    if (n == 0 || tt_doc_failed(b) || !b->open || !widen_vis(b, n))
        return;
    tt_block *block = &b->blocks[b->n_blocks - 1];
    tt_run *last = block->n_runs > 0 ? &b->runs[b->n_runs - 1] : NULL;
    size_t vis = b->n_vis;
    if (b->in_anchor && !b->anchor_seen && block->kind != TT_BLOCK_ASIDE)
        place_anchor(b);
    if (!p && n <= SMALL && at + SMALL <= b->text->n)
        memcpy(b->vis + vis, b->text->data + at, SMALL); /* of known length: a few moves, and no call */
    else
        memcpy(b->vis + vis, p ? p : b->text->data + at, n);
    b->n_vis += n;
    if (last && !b->barrier && !p && last->zone == zone && last->n == last->n_src && last->at + last->n == at) {
        last->n += (uint32_t)n;
        last->n_src += (uint32_t)n_src;
        return;
    }
    if (b->n_runs == b->cap_runs &&
        (b->n_vis > UINT32_MAX || tt_grow(&b->runs, &b->cap_runs, b->n_runs + 1, sizeof *b->runs) != TT_OK)) {
        b->failed = true;
        return;
    }
    bool barrier = b->barrier || !last || b->runs[b->n_runs - 1].zone != zone;
    b->runs[b->n_runs++] = (tt_run){.vis = (uint32_t)vis,
                                    .n = (uint32_t)n,
                                    .at = (uint32_t)at,
                                    .n_src = (uint32_t)n_src,
                                    .zone = (uint8_t)zone,
                                    .barrier = barrier};
    block->n_runs++;
    b->barrier = false;
}

void tt_doc_barrier(tt_doc_builder *b)
{
    b->barrier = true;
}

void tt_doc_aside(tt_doc_builder *b, tt_zone zone, size_t at, size_t n)
{
    if (n == 0 || tt_doc_failed(b))
        return;
    aside *last = b->n_asides > 0 ? &b->asides[b->n_asides - 1] : NULL;
    if (last && last->zone == zone && last->at + last->n == at) {
        last->n += n;
        return;
    }
    if (b->n_asides == b->cap_asides &&
        tt_grow(&b->asides, &b->cap_asides, b->n_asides + 1, sizeof *b->asides) != TT_OK) {
        b->failed = true;
        return;
    }
    b->asides[b->n_asides++] = (aside){at, n, zone};
}

static bool is_punct(char c)
{
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

/* ---- links ---- */

bool tt_doc_anchor_begin(tt_doc_builder *b, tt_zone zone)
{
    if (b->in_anchor)
        return false;
    b->anchor = (tt_anchor){.zone = (uint8_t)zone};
    b->in_anchor = true;
    b->anchor_seen = false;
    b->first_end = 0;
    return true;
}

/* No entity (which ends in a semicolon), escape or white space. */
static bool is_as_seen(tt_str raw)
{
    size_t i = 0;
    while (i < raw.n && (unsigned char)raw.p[i] > ' ' && raw.p[i] != ';' && raw.p[i] != '\\')
        i++;
    return i == raw.n;
}

/* Where there is nothing to decode, the URL is where it stands. */
static void keep_url(tt_doc_builder *b, tt_str raw, int how, tt_str *out)
{
    char decoded[TT_ENTITY_MAX];
    size_t n, len;
    *out = raw;
    if (how & TT_DOC_AS_SEEN)
        return;
    if (raw.p >= b->text->data && raw.p < b->text->data + b->text->n && is_as_seen(raw))
        return;
    tt_buf_reset(&b->url);
    for (size_t i = 0; i < raw.n; i += len) {
        len = 1;
        if (raw.p[i] == '&' && (how & TT_DOC_ENTITIES) && (n = tt_entity(raw.p + i, raw.n - i, decoded, &len)) > 0) {
            tt_buf_add(&b->url, decoded, len);
            len = n;
        } else if (raw.p[i] == '\\' && (how & TT_DOC_ESCAPES) && i + 1 < raw.n && is_punct(raw.p[i + 1])) {
            tt_buf_char(&b->url, raw.p[i + 1]);
            len = 2;
        } else {
            len = 1;
            if (raw.p[i] != '\n' && raw.p[i] != '\t')
                tt_buf_char(&b->url, raw.p[i]);
        }
    }
    *out = tt_str_trim((tt_str){b->url.p, b->url.n});
    if (b->url.failed || tt_str_dup(b->arena, *out, out) != TT_OK)
        b->failed = true;
}

void tt_doc_anchor_end(tt_doc_builder *b, tt_str url, int how, bool cut)
{
    if (!b->in_anchor || tt_doc_failed(b))
        return;
    tt_anchor *a = &b->anchor;
    if (!b->anchor_seen)
        place_anchor(b);
    a->n = (cut && b->first_end ? b->first_end : (uint32_t)b->n_vis) - a->vis;
    b->in_anchor = false;
    keep_url(b, url, how, &a->url);
    if (b->n_anchors == b->cap_anchors &&
        tt_grow(&b->anchors, &b->cap_anchors, b->n_anchors + 1, sizeof *b->anchors) != TT_OK)
        b->failed = true;
    else
        b->anchors[b->n_anchors++] = *a;
}

static void push_plain(tt_doc_builder *b, tt_zone zone, size_t from, size_t to)
{
    tt_doc_push(b, zone, from, to - from, NULL, to - from);
}

void tt_doc_text(tt_doc_builder *b, tt_zone zone, size_t at, size_t n, int how)
{
    const char *p = b->text->data;
    const size_t end = at + n;
    size_t done = at; /* all before it is pushed */
    char out[TT_ENTITY_MAX];
    size_t n_out, len, from, to;
    for (size_t i = at; i < end;) {
        if (p[i] == '&' && (how & TT_DOC_ENTITIES) && (len = tt_entity(p + i, end - i, out, &n_out)) > 0) {
            push_plain(b, zone, done, i);
            tt_doc_push(b, zone, i, len, out, n_out);
            done = i += len;
        } else if (p[i] == '\\' && (how & TT_DOC_ESCAPES) && i + 1 < end && is_punct(p[i + 1])) {
            push_plain(b, zone, done, i);
            done = i + 1;
            i += 2;
        } else if (p[i] == ':' && zone > TT_ZONE_URL && tt_url_at(p + done, end - done, i - done, &from, &to)) {
            from += done;
            to += done;
            push_plain(b, zone, done, from);
            b->barrier = true;
            if ((how & TT_DOC_LINKS) && !b->in_anchor && zone > TT_ZONE_ALT) {
                tt_doc_anchor_begin(b, zone);
                push_plain(b, TT_ZONE_URL, from, to);
                tt_doc_anchor_end(b, (tt_str){p + from, to - from}, how, false);
            } else {
                push_plain(b, TT_ZONE_URL, from, to);
            }
            b->barrier = true;
            done = i = to;
        } else {
            i++;
        }
    }
    push_plain(b, zone, done, end);
}

void tt_doc_strong(tt_doc_builder *b, bool strong)
{
    if (b->open && !tt_doc_failed(b))
        b->blocks[b->n_blocks - 1].strong = strong;
}

uint32_t tt_doc_here(const tt_doc_builder *b)
{
    return (uint32_t)b->n_runs;
}

uint32_t tt_doc_open_run(const tt_doc_builder *b)
{
    return b->n_blocks > 0 && b->open ? b->blocks[b->n_blocks - 1].first_run : tt_doc_here(b);
}

void tt_doc_rezone(tt_doc_builder *b, uint32_t from, tt_zone zone)
{
    for (size_t i = from; i < b->n_runs && b->open; i++) {
        tt_run *r = &b->runs[i];
        if (r->zone > zone)
            r->zone = (uint8_t)zone;
        if (i == from)
            r->barrier = true;
    }
    for (size_t i = b->n_anchors; i > 0 && b->open && from < b->n_runs; i--) {
        tt_anchor *a = &b->anchors[i - 1];
        if (a->block != b->n_blocks - 1 || a->vis < b->runs[from].vis)
            break;
        if (a->zone > zone)
            a->zone = (uint8_t)zone;
    }
}

void tt_doc_letters(tt_doc_builder *b, uint32_t from, uint32_t to, tt_buf *out)
{
    size_t n_letters;
    if (tt_doc_failed(b) || from >= to)
        return;
    const tt_run *first = &b->runs[from], *last = &b->runs[to - 1];
    if (tt_unicode_alnum(b->vis + first->vis, last->vis + last->n - first->vis, false, out, &n_letters) != TT_OK)
        b->failed = true;
}

void tt_doc_front(tt_doc_builder *b, size_t body_at, size_t title_at, size_t n_title)
{
    if (n_title == 0 || title_at + n_title > body_at)
        title_at = body_at, n_title = 0;
    const struct {
        size_t at, end;
        tt_zone zone;
    } parts[] = {{0, title_at, TT_ZONE_META},
                 {title_at, title_at + n_title, TT_ZONE_TITLE},
                 {title_at + n_title, body_at, TT_ZONE_META}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].at == parts[i].end)
            continue;
        tt_doc_begin(b, TT_BLOCK_FRONT, 0, false, parts[i].at);
        tt_doc_text(b, parts[i].zone, parts[i].at, parts[i].end - parts[i].at, TT_DOC_ENTITIES);
        tt_doc_end(b);
    }
}

static void *to_arena(tt_arena *arena, const void *p, size_t n, size_t size)
{
    void *copy = tt_arena_array(arena, n, size);
    if (copy && n > 0)
        memcpy(copy, p, n * size);
    return copy;
}

int tt_doc_finish(tt_doc_builder *b, tt_doc *out, tt_err *err)
{
    tt_doc_end(b);
    flush_asides(b);
    bool ok = !tt_doc_failed(b);
    for (size_t i = b->n_anchors; i > 0 && b->anchors[i - 1].block >= b->n_blocks; i--) {
        if (b->n_blocks == 0)
            b->n_anchors--; /* a link of nothing to nowhere */
        else
            b->anchors[i - 1].block = (uint32_t)b->n_blocks - 1;
    }
    if (ok) {
        *out = (tt_doc){.vis = b->vis,
                        .n_vis = (uint32_t)b->n_vis,
                        .runs = to_arena(b->arena, b->runs, b->n_runs, sizeof *b->runs),
                        .n_runs = (uint32_t)b->n_runs,
                        .blocks = to_arena(b->arena, b->blocks, b->n_blocks, sizeof *b->blocks),
                        .n_blocks = (uint32_t)b->n_blocks,
                        .anchors = to_arena(b->arena, b->anchors, b->n_anchors, sizeof *b->anchors),
                        .n_anchors = (uint32_t)b->n_anchors};
        ok = out->runs && out->blocks && out->anchors;
    }
    tt_doc_builder_free(b);
    return ok ? TT_OK : tt_fail_memory(err);
}
