/* In: text and marks as a parser of markup meets them. Out: blocks and zones in the builder; captions and bold
 * paragraphs, which show only when the block ends. Not here: the syntax of anything. */
#include "parse/flow.h"

#include "base/unicode.h"

int tt_flow_init(tt_flow *f, tt_doc_builder **kept, tt_arena *arena, const tt_text *text, tt_mask *mask)
{
    *f = (tt_flow){.data = text->data, .mask = mask, .kind = TT_BLOCK_PARAGRAPH};
    return tt_doc_builder_again(&f->b, kept, arena, text);
}

void tt_flow_release(tt_flow *f)
{
    tt_doc_builder_free(f->b);
    tt_buf_release(&f->image);
    tt_buf_release(&f->scratch);
    tt_buf_release(&f->href);
    f->b = NULL;
}

int tt_flow_finish(tt_flow *f, tt_doc *out, tt_err *err)
{
    int rc = TT_ENOMEM;
    if (f->b) {
        tt_flow_html_link_end(f, true);
        tt_flow_end(f);
        bool failed = f->image.failed || f->scratch.failed || f->href.failed;
        if (!failed) {
            rc = tt_doc_finish(f->b, out, err);
            f->b = NULL;
        }
    }
    tt_flow_release(f);
    return rc == TT_OK ? TT_OK : tt_fail_memory(err);
}

static tt_zone zone_here(const tt_flow *f)
{
    if (f->url)
        return TT_ZONE_URL;
    if (f->kind == TT_BLOCK_CODE || f->html.pre)
        return TT_ZONE_CODE;
    if (f->alt > 0)
        return TT_ZONE_ALT;
    if (f->html.caption)
        return TT_ZONE_CAPTION;
    if (f->quote + f->html.quote > 0)
        return TT_ZONE_QUOTE;
    if (f->kind == TT_BLOCK_HEADING || f->html.level > 0)
        return TT_ZONE_HEADING;
    return TT_ZONE_TEXT;
}

static void open_block(tt_flow *f, size_t at)
{
    tt_block_kind kind = f->kind;
    int level = kind == TT_BLOCK_HEADING ? f->level : 0;
    if (kind == TT_BLOCK_PARAGRAPH || kind == TT_BLOCK_ITEM) {
        if (f->html.pre) {
            kind = TT_BLOCK_CODE;
        } else if (f->html.level > 0) {
            kind = TT_BLOCK_HEADING;
            level = f->html.level;
        } else if (f->html.cell) {
            kind = TT_BLOCK_CELL;
        } else if (f->html.item) {
            kind = TT_BLOCK_ITEM;
        }
    }
    tt_doc_begin(f->b, kind, level, f->quote + f->list + f->html.quote + f->html.list > 0, at);
    f->open = true;
    f->rest = tt_doc_here(f->b);
    f->bold = f->not_bold = false;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

static bool has_text(const char *p, size_t n)
{
    size_t i = 0;
    while (i < n && is_blank(p[i]))
        i++;
    return i < n;
}

static bool has_word(const char *p, size_t n)
{
    uint32_t cp;
    for (size_t i = 0; i < n;) {
        size_t len = tt_utf8_decode(p + i, n - i, &cp);
        if (len == 0)
            return false;
        if (tt_cp_letter(cp) || tt_cp_digit(cp))
            return true;
        i += len;
    }
    return false;
}

/* Remembers in what emphasis the text stands. */
static void note_emphasis(tt_flow *f, size_t at, size_t n)
{
    const char *p = f->data + at;
    bool strong = f->strong + f->html.strong > 0, em = f->em + f->html.em > 0;
    bool *bold = strong ? &f->bold : &f->not_bold;
    bool *text = !em ? &f->text_plain : strong ? &f->text_strong : &f->text_em;
    if (!*bold)
        *bold = has_word(p, n);
    if (!*text)
        *text = has_text(p, n);
}

/* Before text: its block is open. Returns the length of the blanks at *at that are not seen. */
static size_t before_text(tt_flow *f, size_t at, size_t n)
{
    size_t blanks = 0;
    if (!f->open) {
        while (blanks < n && is_blank(f->data[at + blanks]) && f->kind != TT_BLOCK_CODE)
            blanks++;
        if (blanks == n)
            return n;
        open_block(f, at + blanks);
    }
    if (n == 0)
        return 0;
    if (f->alt > 0 && !f->alt_seen) {
        f->alt_seen = true;
        f->alt_run = tt_doc_here(f->b);
    }
    if (f->alt == 0)
        note_emphasis(f, at + blanks, n - blanks);
    return blanks;
}

void tt_flow_plain(tt_flow *f, size_t at, size_t n)
{
    size_t blanks = before_text(f, at, n);
    tt_doc_push(f->b, zone_here(f), at + blanks, n - blanks, NULL, n - blanks);
}

static void text_part(tt_flow *f, size_t at, size_t n, int how)
{
    size_t blanks = before_text(f, at, n);
    if (blanks == n)
        return;
    tt_zone zone = zone_here(f);
    if (zone == TT_ZONE_URL)
        tt_doc_push(f->b, zone, at + blanks, n - blanks, NULL, n - blanks);
    else
        tt_doc_text(f->b, zone, at + blanks, n - blanks, how);
}

/* Cuts [at, end) at hidden stretches: *to is the end of the first part, *masked tells whether it is one, of that zone. */
static void next_part(tt_mask *mask, size_t at, size_t end, size_t *to, bool *masked, tt_zone *zone)
{
    const tt_span *s = mask ? tt_mask_next(mask, at) : NULL;
    *masked = s && s->at <= at;
    if (*masked)
        *zone = s->code ? TT_ZONE_CODE : TT_ZONE_META;
    *to = end;
    if (*masked && s->at + s->n < end)
        *to = s->at + s->n;
    else if (s && !*masked && s->at < end)
        *to = s->at;
}

void tt_flow_text(tt_flow *f, size_t at, size_t n, int how, bool masked)
{
    for (size_t end = at + n, to; at < end; at = to) {
        bool hidden;
        tt_zone zone;
        next_part(masked ? f->mask : NULL, at, end, &to, &hidden, &zone);
        if (hidden) {
            tt_doc_barrier(f->b);
            tt_doc_aside(f->b, zone, at, to - at);
        } else {
            text_part(f, at, to - at, how);
        }
    }
}

void tt_flow_aside(tt_flow *f, tt_zone zone, size_t at, size_t n)
{
    for (size_t end = at + n, to; at < end; at = to) {
        bool hidden;
        tt_zone held = zone;
        next_part(f->mask, at, end, &to, &hidden, &held);
        tt_doc_aside(f->b, held, at, to - at);
    }
}

void tt_flow_break(tt_flow *f, size_t at, size_t n_src)
{
    if (f->open)
        tt_doc_push(f->b, zone_here(f), at, n_src, n_src == 1 && f->data[at] == '\n' ? NULL : "\n", 1);
}

bool tt_flow_link_begin(tt_flow *f)
{
    tt_flow_html_link_end(f, true);
    return f->alt == 0 && tt_doc_anchor_begin(f->b, zone_here(f));
}

void tt_flow_link_end(tt_flow *f, tt_str url, int how)
{
    if (f->alt == 0)
        tt_doc_anchor_end(f->b, url, how, false);
}

void tt_flow_html_link_end(tt_flow *f, bool cut)
{
    if (f->html.link)
        tt_doc_anchor_end(f->b, (tt_str){f->href.p, f->href.n}, TT_DOC_ENTITIES, cut);
    f->html.link = false;
}

void tt_flow_image_begin(tt_flow *f)
{
    if (f->alt++ > 0)
        return;
    tt_doc_barrier(f->b);
    f->alt_seen = false;
}

void tt_flow_image_end(tt_flow *f)
{
    if (f->alt == 0 || --f->alt > 0)
        return;
    tt_buf_reset(&f->image);
    if (f->alt_seen)
        tt_doc_letters(f->b, f->alt_run, tt_doc_here(f->b), &f->image);
    tt_doc_barrier(f->b);
    f->rest = tt_doc_here(f->b);
    f->near_image = true;
    f->text_em = f->text_plain = f->text_strong = false;
}

/* COUNTING 3: a paragraph, or the rest of the image's paragraph, right after an image, that is wholly in single emphasis
 * or equals the image's description. */
static bool is_caption(tt_flow *f)
{
    if (!f->near_image || (f->kind != TT_BLOCK_PARAGRAPH && f->kind != TT_BLOCK_ITEM) || f->html.level > 0)
        return false;
    if (f->text_em && !f->text_plain)
        return true;
    tt_buf_reset(&f->scratch);
    tt_doc_letters(f->b, f->rest, tt_doc_here(f->b), &f->scratch);
    return f->image.n > 0 && f->image.n == f->scratch.n && memcmp(f->image.p, f->scratch.p, f->image.n) == 0;
}

void tt_flow_end(tt_flow *f)
{
    if (f->open && (f->text_em || f->text_plain || f->text_strong)) {
        if (is_caption(f))
            tt_doc_rezone(f->b, f->rest, TT_ZONE_CAPTION);
        f->near_image = false;
    }
    if (f->open) {
        tt_doc_strong(f->b, f->kind == TT_BLOCK_PARAGRAPH && f->bold && !f->not_bold);
        tt_doc_end(f->b);
    }
    f->open = false;
    f->text_em = f->text_plain = f->text_strong = false;
    f->html.em = f->html.strong = 0;
}

void tt_flow_leaf(tt_flow *f, tt_block_kind kind, int level)
{
    tt_flow_end(f);
    f->kind = kind;
    f->level = level;
}

void tt_flow_heading(tt_flow *f, int level)
{
    tt_flow_leaf(f, TT_BLOCK_HEADING, level);
    if (f->quote + f->list == 0) {
        tt_flow_html_link_end(f, true);
        f->html = (tt_flow_html){0};
    }
}
