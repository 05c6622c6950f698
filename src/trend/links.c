/* In: docs with sections and zones. Out: rows of links, each URL clean and with its domain; numbers in texts that may be
 * those of issues. Not here: what a link is (parse/), which issue it means (refer.c). */
#include "trend/links.h"

#include "base/address.h"
#include "base/domain.h"
#include "base/unicode.h"

int tt_links_begin(tt_links *l, const tt_issue *issues, size_t n_issues, tt_str archive)
{
    *l = (tt_links){0};
    return tt_calling_learn(&l->calling, issues, n_issues, archive);
}

void tt_links_release(tt_links *l)
{
    tt_calling_release(&l->calling);
    tt_free(l->v);
    tt_free(l->namings);
    tt_free(l->domains);
    tt_intern_release(&l->hosts);
    tt_arena_release(&l->arena);
    tt_buf_release(&l->scratch);
    *l = (tt_links){0};
}

typedef struct adding {
    tt_links *l;
    const tt_doc *doc;
    uint32_t issue;
    unsigned zones;
    uint32_t next;      /* anchor that has no row yet */
    uint32_t end;       /* of the last anchor's text, in vis */
    bool has_row;       /* it has one, the last of all so far */
    bool named;         /* it has a naming */
    uint32_t named_end; /* where the last naming of the doc ends, in vis; 0: there is none */
} adding;

static bool counted(const adding *a, unsigned zone)
{
    return (a->zones >> zone) & 1;
}

/* ---- rows ---- */

static int domain_of(tt_links *l, tt_str host, tt_str *out)
{
    uint32_t id;
    size_t before = l->hosts.n;
    if (tt_intern_add(&l->hosts, host, &id) != 0 || tt_grow(&l->domains, &l->cap_domains, l->hosts.n, sizeof *out) != 0)
        return TT_ENOMEM;
    if (l->hosts.n > before) {
        tt_buf_reset(&l->scratch);
        tt_domain(host, &l->scratch);
        l->domains[id] = (tt_str){0};
        if (l->scratch.failed || tt_str_dup(&l->arena, (tt_str){l->scratch.p, l->scratch.n}, &l->domains[id]) != 0)
            return TT_ENOMEM;
    }
    *out = l->domains[id];
    return 0;
}

static int add_row(tt_links *l, const tt_link *row)
{
    if (tt_grow(&l->v, &l->cap, l->n + 1, sizeof *l->v) != 0 || l->n >= TT_NO_ISSUE)
        return TT_ENOMEM;
    l->v[l->n++] = *row;
    return 0;
}

/* Appends a stretch of text, each run of white space as one blank, none at the beginning. */
static void collapse(tt_buf *to, const char *p, size_t n)
{
    char *out = tt_buf_room(to, n);
    if (!out)
        return;
    for (size_t i = 0, len; i < n; i += len) {
        uint32_t cp = (unsigned char)p[i];
        len = 1;
        if (cp >= 0x80) {
            len = tt_utf8_decode(p + i, n - i, &cp);
            len = len ? len : 1;
        }
        if (cp > ' ' && (cp < 0x80 || !tt_cp_space(cp)))
            for (size_t k = 0; k < len; k++)
                *out++ = p[i + k];
        else if (out > to->p && out[-1] != ' ')
            *out++ = ' ';
    }
    tt_buf_wrote(to, out);
}

/* Pieces of different blocks, and an image's description and what is beside it, have a blank between them. */
static void anchor_text(const tt_doc *doc, const tt_anchor *a, tt_buf *to)
{
    const uint32_t end = a->vis + a->n;
    uint32_t b = a->block;
    tt_buf_reset(to);
    for (uint32_t i = a->run; i < doc->n_runs && a->n > 0 && doc->runs[i].vis < end; i++) {
        const tt_run *r = &doc->runs[i];
        const uint32_t from = r->vis > a->vis ? r->vis : a->vis, upto = r->vis + r->n < end ? r->vis + r->n : end;
        bool other_block = false;
        while (i >= doc->blocks[b].first_run + doc->blocks[b].n_runs) {
            b++;
            other_block = true;
        }
        if (doc->blocks[b].kind == TT_BLOCK_ASIDE)
            continue;
        if (other_block || (i > a->run && (r->zone == TT_ZONE_ALT) != (r[-1].zone == TT_ZONE_ALT)))
            collapse(to, " ", 1);
        collapse(to, doc->vis + from, upto - from);
    }
    if (to->n > 0 && to->p[to->n - 1] == ' ')
        to->n--;
}

static bool is_wanted(const adding *a, const tt_anchor *anchor)
{
    const uint8_t overlay = a->doc->blocks[anchor->block].overlay;
    if (overlay == TT_ZONE_BOILERPLATE)
        return counted(a, TT_ZONE_BOILERPLATE);
    return anchor->zone != TT_ZONE_CODE &&
           (overlay == TT_ZONE_TITLE || overlay == TT_ZONE_SECTION || counted(a, anchor->zone));
}

static int add_anchor(adding *a)
{
    tt_links *l = a->l;
    const tt_anchor *anchor = &a->doc->anchors[a->next++];
    tt_link row = {.issue = a->issue, .section = a->doc->blocks[anchor->block].section, .target = TT_NO_ISSUE};
    a->end = anchor->vis + anchor->n;
    a->has_row = is_wanted(a, anchor);
    a->named = false;
    if (!a->has_row)
        return 0;
    const tt_address parts = tt_address_split(anchor->url);
    if (domain_of(l, parts.host, &row.domain) != 0)
        return TT_ENOMEM;
    tt_buf_reset(&l->scratch);
    tt_address_clean(anchor->url, &parts, &l->scratch);
    if (l->scratch.failed || tt_str_dup(&l->arena, (tt_str){l->scratch.p, l->scratch.n}, &row.url) != 0)
        return TT_ENOMEM;
    anchor_text(a->doc, anchor, &l->scratch);
    if (l->scratch.failed || tt_str_dup(&l->arena, (tt_str){l->scratch.p, l->scratch.n}, &row.text) != 0)
        return TT_ENOMEM;
    return add_row(l, &row);
}

/* ---- numbers that may be those of issues ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Behind a number: no letter or digit, and no `.5`. */
static bool is_edge(tt_str s, size_t at)
{
    uint32_t cp;
    if (at + 1 < s.n && (s.p[at] == '.' || s.p[at] == ',') && is_digit(s.p[at + 1]))
        return false;
    return at >= s.n || tt_utf8_decode(s.p + at, s.n - at, &cp) == 0 ||
           !(tt_cp_letter(cp) || tt_cp_digit(cp) || tt_cp_mark(cp)) ||
           tt_str_starts((tt_str){s.p + at, s.n - at}, TT_S("期"));
}

static size_t trim_back(tt_str s, size_t end)
{
    while (end > 0) {
        size_t from = tt_utf8_back(s.p, end);
        uint32_t cp = 0;
        if (tt_utf8_decode(s.p + from, end - from, &cp) == 0 || !tt_cp_space(cp))
            break;
        end = from;
    }
    return end;
}

/* Nothing but what joins the items of a list, and not blanks alone. */
static bool joins(tt_str s)
{
    static const char *const words[] = {"and", "or", "see", "also"};
    bool joined = false;
    for (size_t i = 0; i < s.n;) {
        size_t n = 0;
        while (i + n < s.n && s.p[i + n] >= 'a' && s.p[i + n] <= 'z')
            n++;
        bool known = n == 0 && strchr(" ,&/()\n", s.p[i]) && s.p[i] != '\0';
        for (size_t k = 0; k < sizeof words / sizeof *words && n > 0; k++)
            known = known || tt_str_is((tt_str){s.p + i, n}, words[k]);
        if (!known)
            return false;
        joined = joined || n > 0 || strchr(",&/", s.p[i]);
        i += n ? n : 1;
    }
    return joined;
}

/* The end of `s`, from the start of a word on. */
static tt_str tail(tt_str s)
{
    size_t at = s.n > TT_NAMING_BEFORE ? s.n - TT_NAMING_BEFORE : 0;
    while (at > 0 && at < s.n && s.p[at - 1] != ' ' && s.p[at - 1] != '\n')
        at++; /* a word that is longer than all of it is none */
    return (tt_str){s.p + at, s.n - at};
}

/* A piece of text without a barrier in it. */
typedef struct piece {
    tt_str s;
    uint32_t vis, section;
} piece;

/* Keeps a naming whose form is the bytes at..to of the piece. Outside links it has a row of its own. */
static int add_naming(adding *a, const piece *p, size_t at, size_t to, tt_naming name)
{
    tt_links *l = a->l;
    const uint32_t vis = p->vis + (uint32_t)at;
    while (a->next < a->doc->n_anchors && a->doc->anchors[a->next].vis <= vis)
        if (add_anchor(a) != 0)
            return TT_ENOMEM;
    const bool inside = a->next > 0 && vis < a->end;
    if (inside && (!a->has_row || a->named))
        return 0;
    if (a->named_end >= p->vis && a->named_end <= vis && a->named_end > 0) {
        const size_t last = a->named_end - p->vis;
        name.chained = joins((tt_str){p->s.p + last, at - last});
    }
    tt_buf_reset(&l->scratch);
    tt_str before = tail((tt_str){p->s.p, trim_back(p->s, at)});
    collapse(&l->scratch, before.p, before.n);
    name.n_before = (uint8_t)l->scratch.n;
    if (before.p + before.n < p->s.p + at && l->scratch.n > 0)
        tt_buf_char(&l->scratch, ' ');
    collapse(&l->scratch, p->s.p + at, to - at);
    if (l->scratch.failed || tt_str_dup(&l->arena, (tt_str){l->scratch.p, l->scratch.n}, &name.text) != 0)
        return TT_ENOMEM;
    const tt_link row = {.issue = a->issue, .section = p->section, .target = TT_NO_ISSUE};
    if (!inside && add_row(l, &row) != 0)
        return TT_ENOMEM;
    name.link = (uint32_t)l->n - 1;
    a->named = inside;
    a->named_end = p->vis + (uint32_t)to;
    if (tt_grow(&l->namings, &l->cap_namings, l->n_namings + 1, sizeof name) != 0)
        return TT_ENOMEM;
    l->namings[l->n_namings++] = name;
    return 0;
}

/* The word that ends at `end` is one of those that stand before a number. */
static bool has_head(const tt_links *l, tt_str s, size_t end)
{
    enum { LONGEST = 32 };
    char word[LONGEST];
    uint32_t id;
    size_t n = 0, from = end;
    while (from > 0 && end - from < LONGEST &&
           ((unsigned char)s.p[from - 1] >= 0x80 || (s.p[from - 1] >= 'a' && s.p[from - 1] <= 'z') ||
            (s.p[from - 1] >= 'A' && s.p[from - 1] <= 'Z')))
        from--;
    for (; from + n < end; n++)
        word[n] = s.p[from + n] >= 'A' && s.p[from + n] <= 'Z' ? (char)(s.p[from + n] - 'A' + 'a') : s.p[from + n];
    return n > 0 && tt_intern_find(&l->calling.heads, (tt_str){word, n}, &id);
}

/* The number at i, `#` aside. Returns where it ends, or 0 where it is none that may be an issue's; *at: its form. */
static size_t number_at(const tt_links *l, tt_str s, size_t i, size_t *at, tt_naming *name)
{
    size_t end = i;
    while (end < s.n && is_digit(s.p[end]))
        end++;
    *name = (tt_naming){.hash = i > 0 && s.p[i - 1] == '#'};
    *at = i - name->hash;
    if (end == i || !is_edge(s, end) || !tt_num_parse((tt_str){s.p + i, end - i}, &name->number))
        return 0;
    if (name->hash)
        return end;
    const size_t trimmed = trim_back(s, i);
    if (tt_str_ends((tt_str){s.p, trimmed}, TT_S("第"))) {
        size_t close = end;
        while (close < s.n && s.p[close] == ' ')
            close++;
        *at = trimmed - strlen("第");
        name->chinese = true;
        return tt_str_starts((tt_str){s.p + close, s.n - close}, TT_S("期")) ? close + strlen("期") : 0;
    }
    const bool dot = trimmed > 0 && s.p[trimmed - 1] == '.'; /* No. 12 */
    return trimmed < i && has_head(l, s, trimmed - dot) ? end : 0;
}

/* Where the next number begins, or s.n. Without words to look for, only `#` makes one. */
static size_t next_number(tt_str s, size_t i, bool each)
{
    while (!each && i < s.n) {
        const char *hash = memchr(s.p + i, '#', s.n - i);
        i = hash ? (size_t)(hash - s.p) + 1 : s.n;
        if (i < s.n && is_digit(s.p[i]))
            return i;
    }
    while (i < s.n && !is_digit(s.p[i]))
        i++;
    return i;
}

static int scan(adding *a, const piece *p)
{
    const bool each = a->l->calling.heads.n > 0;
    for (size_t i = next_number(p->s, 0, each); i < p->s.n; i = next_number(p->s, i, each)) {
        tt_naming name;
        size_t at, end = number_at(a->l, p->s, i, &at, &name);
        if (end > 0 && add_naming(a, p, at, end, name) != 0)
            return TT_ENOMEM;
        while (i < p->s.n && is_digit(p->s.p[i]))
            i++;
    }
    return 0;
}

static int scan_block(adding *a, const tt_block *b)
{
    const tt_doc *doc = a->doc;
    for (uint32_t i = b->first_run, end = b->first_run + b->n_runs, last; i < end; i = last) {
        const tt_run *r = &doc->runs[i];
        last = i + 1;
        while (last < end && !doc->runs[last].barrier)
            last++;
        const tt_run *z = &doc->runs[last - 1];
        const piece p = {{doc->vis + r->vis, z->vis + z->n - r->vis}, r->vis, b->section};
        if (r->zone > TT_ZONE_ALT && counted(a, r->zone < b->overlay ? r->zone : b->overlay) && scan(a, &p) != 0)
            return TT_ENOMEM;
    }
    return 0;
}

int tt_links_add(tt_links *l, const tt_doc *doc, uint32_t issue, unsigned zones)
{
    adding a = {.l = l, .doc = doc, .issue = issue, .zones = zones};
    for (uint32_t b = 0; b < doc->n_blocks; b++) {
        const tt_block *block = &doc->blocks[b];
        if (block->kind != TT_BLOCK_ASIDE && block->kind != TT_BLOCK_FRONT && block->kind != TT_BLOCK_CODE &&
            scan_block(&a, block) != 0)
            return TT_ENOMEM;
    }
    while (a.next < doc->n_anchors)
        if (add_anchor(&a) != 0)
            return TT_ENOMEM;
    return 0;
}
