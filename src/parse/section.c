/* In: a doc, its headings, what the survey knows. Out: each block's section and overlay (title, section, boilerplate).
 * Not here: names (names.c), title equality (title.c), which names and blocks recur (the survey). */
#include "parse/section.h"

#include "base/unicode.h"

enum { MIN_LETTERS = 40 /* COUNTING 3: boilerplate */ };

static bool is_shown(const tt_run *r)
{
    return r->zone != TT_ZONE_META && r->zone != TT_ZONE_URL && r->zone != TT_ZONE_ALT;
}

/* What a block shows: its visible text without meta, url and alt. In `vis` where it stands in one piece, else copied to
 * `scratch`. */
static tt_str shown(const tt_doc *doc, const tt_block *block, tt_buf *scratch)
{
    const tt_run *runs = doc->runs + block->first_run;
    uint32_t n_shown = 0;
    for (uint32_t i = 0; i < block->n_runs; i++)
        n_shown += is_shown(&runs[i]);
    if (n_shown == 0)
        return (tt_str){0};
    if (n_shown == block->n_runs) {
        const tt_run *last = &runs[block->n_runs - 1];
        return (tt_str){doc->vis + runs->vis, last->vis + last->n - runs->vis};
    }
    tt_buf_reset(scratch);
    for (uint32_t i = 0; i < block->n_runs; i++) {
        if (is_shown(&runs[i]))
            tt_buf_add(scratch, doc->vis + runs[i].vis, runs[i].n);
        else
            tt_buf_char(scratch, ' ');
    }
    return (tt_str){scratch->p, scratch->n};
}

/* ---- headings ---- */

typedef struct gather {
    const tt_doc *doc;
    const tt_section_names *names;
    tt_arena *arena;
    tt_heading *out;
    uint32_t *block_of;
    size_t n;
    tt_buf scratch;
} gather;

/* Adds a block as heading; with `only_listed` only where its name is in sections.csv. */
static int add_heading(gather *g, uint32_t block, int level, bool only_listed)
{
    tt_str text = shown(g->doc, &g->doc->blocks[block], &g->scratch), name, key, section;
    if (g->scratch.failed)
        return TT_ENOMEM;
    if (only_listed && text.n > TT_MAX_SECTION_LINE)
        return TT_OK;
    if (tt_section_name(g->arena, text, &name) != TT_OK || tt_section_key(g->arena, name, &key) != TT_OK)
        return TT_ENOMEM;
    bool listed = tt_section_names_find(g->names, key, &section);
    if (only_listed && !listed)
        return TT_OK;
    if (listed && tt_section_key(g->arena, section, &key) != TT_OK)
        return TT_ENOMEM;
    g->block_of[g->n] = block;
    g->out[g->n++] =
        (tt_heading){.level = (uint8_t)level, .listed = listed, .name = listed ? section : name, .key = key};
    return TT_OK;
}

static int gather_headings(gather *g, uint32_t title_block)
{
    const tt_block *blocks = g->doc->blocks;
    for (uint32_t i = 0; i < g->doc->n_blocks; i++) {
        if (blocks[i].kind == TT_BLOCK_HEADING && !blocks[i].nested && i != title_block &&
            add_heading(g, i, blocks[i].level, false) != TT_OK)
            return TT_ENOMEM;
    }
    if (g->n > 0 || !g->names)
        return TT_OK;
    for (uint32_t i = 0; i < g->doc->n_blocks; i++) {
        bool may = blocks[i].kind == TT_BLOCK_PARAGRAPH && !blocks[i].nested && (g->doc->plain || blocks[i].strong);
        if (may && add_heading(g, i, 0, true) != TT_OK)
            return TT_ENOMEM;
    }
    return TT_OK;
}

int tt_section_headings(const tt_doc *doc, const tt_section_names *names, uint32_t title_block, tt_arena *arena,
                        tt_heading **out, uint32_t **block_of, size_t *n)
{
    gather g = {.doc = doc, .names = names, .arena = arena};
    g.out = tt_arena_array(arena, doc->n_blocks, sizeof *g.out);
    g.block_of = tt_arena_array(arena, doc->n_blocks, sizeof *g.block_of);
    int rc = g.out && g.block_of ? gather_headings(&g, title_block) : TT_ENOMEM;
    tt_buf_release(&g.scratch);
    *out = g.out;
    *block_of = g.block_of;
    *n = g.n;
    return rc;
}

/* ---- sections ---- */

enum { N_LEVELS = 7 /* 0: lines and bold paragraphs; 1 to 6 */ };

static uint32_t id_of(const tt_heading *h, const tt_section_lookup *look)
{
    uint32_t id = UINT32_MAX;
    if (h->listed)
        id = look->named(look->ctx, h->name);
    if ((id == UINT32_MAX || id == TT_SECTION_NONE) && h->key.n > 0)
        id = look->known(look->ctx, h->level, h->key);
    return id == UINT32_MAX ? TT_SECTION_NONE : id;
}

/* The level whose headings open sections, or N_LEVELS: none does. */
static int section_level(const tt_heading *headings, size_t n, const tt_section_lookup *look)
{
    size_t at_level[N_LEVELS] = {0};
    int shallowest = N_LEVELS;
    for (size_t i = 0; i < n; i++) {
        int level = headings[i].level;
        if (!look->single && level < shallowest && id_of(&headings[i], look) != TT_SECTION_NONE)
            shallowest = level;
        at_level[level]++;
    }
    if (!look->single)
        return shallowest;
    for (int level = 0; level < N_LEVELS; level++) {
        if (at_level[level] > 1)
            return level;
        if (at_level[level] == 1 && shallowest == N_LEVELS)
            shallowest = level;
    }
    return shallowest;
}

/* Sections that are open, the outer ones first; levels rise. */
typedef struct stack {
    struct {
        int level;
        uint32_t section;
    } v[N_LEVELS + 1];
    int n;
} stack;

/* A heading ends what is of its own level or deeper, and may open a section. Returns whether its name is one. */
static bool meet(stack *s, const tt_heading *h, int section_at, const tt_section_lookup *look)
{
    uint32_t id = id_of(h, look);
    bool opens = h->level == section_at || (h->level > section_at && h->listed && id != TT_SECTION_NONE);
    /* the section level's own sections end at that level alone: a shallower heading opens nothing */
    while (s->n > 1 && s->v[s->n - 1].level >= h->level && (s->v[s->n - 1].level > section_at || opens))
        s->n--;
    if (!opens)
        return false;
    s->v[s->n].level = h->level;
    s->v[s->n++].section = id == TT_SECTION_NONE ? TT_SECTION_OTHER : id;
    return id != TT_SECTION_NONE;
}

static void lay_sections(tt_doc *doc, const tt_heading *headings, const uint32_t *block_of, size_t n,
                         const tt_section_lookup *look)
{
    int level = section_level(headings, n, look);
    stack open = {.n = 1};
    open.v[0].section = level == N_LEVELS ? TT_SECTION_NONE : TT_SECTION_INTRO;
    for (size_t i = 0, h = 0; i < doc->n_blocks; i++) {
        if (h < n && block_of[h] == i) {
            if (level < N_LEVELS && meet(&open, &headings[h], level, look))
                doc->blocks[i].overlay = TT_ZONE_SECTION;
            h++;
        }
        doc->blocks[i].section = open.v[open.n - 1].section;
    }
}

/* ---- title and boilerplate ---- */

/* A title to compare blocks with. */
typedef struct heard {
    tt_str title;
    size_t n_key; /* bytes of its letters and digits, case-folded */
    tt_title_end end;
} heard;

/* Whether what a block shows ends as the title does: few do. */
static bool ends_alike(const tt_doc *doc, const tt_block *b, const tt_title_end *end)
{
    size_t n_met = 0;
    for (uint32_t i = b->first_run + b->n_runs; i > b->first_run && n_met < end->n; i--) {
        const tt_run *r = &doc->runs[i - 1];
        if (is_shown(r) && !tt_title_end_met(end, (tt_str){doc->vis + r->vis, r->n}, &n_met))
            return false;
    }
    return n_met == end->n;
}

/* Compares only what is not too long by its ASCII letters and digits alone: each gives a byte of the key. */
static int is_title(const tt_doc *doc, const tt_block *b, const heard *t, tt_buf *scratch, bool *equal)
{
    enum { NUMBER_FORM = 64 };
    *equal = false;
    if (t->n_key == 0 || b->kind == TT_BLOCK_ASIDE || b->kind == TT_BLOCK_FRONT || b->kind == TT_BLOCK_CODE ||
        !ends_alike(doc, b, &t->end))
        return TT_OK;
    tt_str s = shown(doc, b, scratch);
    size_t n = 0;
    for (size_t i = 0; i < s.n && n <= t->n_key + NUMBER_FORM; i++)
        n += (s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'A' && s.p[i] <= 'Z') || (s.p[i] >= 'a' && s.p[i] <= 'z');
    return s.n == 0 || n > t->n_key + NUMBER_FORM ? TT_OK : tt_title_equal(s, t->title, equal);
}

static int lay_overlays(tt_doc *doc, const tt_section_lookup *look, const heard *title, tt_buf *scratch)
{
    for (uint32_t i = 0; i < doc->n_blocks; i++) {
        tt_block *b = &doc->blocks[i];
        bool equal;
        uint64_t hash;
        if (is_title(doc, b, title, scratch, &equal) != TT_OK)
            return TT_ENOMEM;
        if (equal)
            b->overlay = TT_ZONE_TITLE;
        else if (b->overlay == TT_ZONE_TEXT && look->boilerplate && tt_section_block_hash(doc, i, scratch, &hash) &&
                 look->boilerplate(look->ctx, hash))
            b->overlay = TT_ZONE_BOILERPLATE;
    }
    return scratch->failed ? TT_ENOMEM : TT_OK;
}

int tt_section_lay(tt_doc *doc, const tt_text *text, const tt_heading *headings, const uint32_t *block_of,
                   size_t n_headings, const tt_section_lookup *look, tt_str title, tt_arena *arena, tt_err *err)
{
    tt_buf scratch = {0};
    (void)text;
    (void)arena;
    for (uint32_t i = 0; i < doc->n_blocks; i++)
        doc->blocks[i].overlay = TT_ZONE_TEXT;
    lay_sections(doc, headings, block_of, n_headings, look);
    int rc = tt_unicode_alnum(title.p, title.n, false, &scratch, NULL);
    if (rc == TT_OK)
        rc = lay_overlays(doc, look, &(heard){title, scratch.n, tt_title_end_of(title)}, &scratch);
    tt_buf_release(&scratch);
    return rc == TT_OK ? TT_OK : tt_fail_memory(err);
}

bool tt_section_block_hash(const tt_doc *doc, uint32_t block, tt_buf *scratch, uint64_t *hash)
{
    const tt_block *b = &doc->blocks[block];
    if (b->kind != TT_BLOCK_PARAGRAPH && b->kind != TT_BLOCK_ITEM)
        return false;
    size_t n_letters = 0, n_bytes = 0;
    for (uint32_t i = 0; i < b->n_runs; i++)
        n_bytes += doc->runs[b->first_run + i].n;
    if (n_bytes < MIN_LETTERS)
        return false;
    tt_buf_reset(scratch);
    for (uint32_t i = b->first_run, end = b->first_run + b->n_runs; i < end;) {
        uint32_t first = i;
        size_t more = 0;
        while (i < end && is_shown(&doc->runs[i]))
            i++;
        if (i > first &&
            tt_unicode_alnum(doc->vis + doc->runs[first].vis,
                             doc->runs[i - 1].vis + doc->runs[i - 1].n - doc->runs[first].vis, true, scratch, &more))
            return false;
        n_letters += more;
        i += i == first;
    }
    if (n_letters < MIN_LETTERS || scratch->failed)
        return false;
    *hash = tt_hash_long(scratch->p, scratch->n);
    return true;
}
