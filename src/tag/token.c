/* In: a doc, or a bare string. Out: its tokens with keys to match by (COUNTING 5). Not here: the word boundaries
 * themselves (tag/wordbreak.c), where a word is cut (tag/cut.c), properties and keys (base/unicode), what tokens match
 * (tag/match).
 *
 * The text falls into stretches that no word reaches over (barriers, blocks, changes of the final zone), a stretch into
 * segments, a segment into tokens. A segment of ASCII without a sign inside takes a short way; add_segment gives the
 * same for any. */
#include "tag/token.h"

#include <string.h>

#include "base/unicode.h"
#include "tag/cut.h"

typedef struct tokenizer {
    const tt_doc *doc;
    tt_arena *arena;
    const char *p; /* doc->vis */
    tt_token *v;   /* on the heap while it grows */
    size_t n, cap;
    tt_buf key;          /* scratch */
    uint32_t block, run; /* where the last token stands; runs only go forward */
    uint8_t zone;
    bool barrier, space; /* what stands before the next token */
    bool word;           /* the segment at hand has had a word token */
} tokenizer;

/* ---- characters ---- */

enum { LOWER = 1, UPPER = 2, DIGIT = 4, UNDERSCORE = 8, BLANK = 16, MID = 32, HIGH = 64 };
enum { ALNUM = LOWER | UPPER | DIGIT, WORDLIKE = ALNUM | UNDERSCORE };

/* Of ASCII: white space, what goes on a word, and ' , . : ; that may do so between two letters or digits. */
/* clang-format off */
static const uint8_t classes[128] = {
     0,  0,  0,  0,  0,  0,  0,  0,  0, 16, 16, 16, 16, 16,  0,  0,
     0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,
    16,  0,  0,  0,  0,  0,  0, 32,  0,  0,  0,  0, 32,  0, 32,  0,
     4,  4,  4,  4,  4,  4,  4,  4,  4,  4, 32, 32,  0,  0,  0,  0,
     0,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,
     2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  0,  0,  0,  0,  8,
     0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,
     1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  0,  0,  0,  0,  0
};
/* clang-format on */

static unsigned class_of(char c)
{
    unsigned char b = (unsigned char)c;
    return b < 0x80 ? classes[b] : HIGH;
}

/* U+200B separates words as a blank does. */
static bool is_blank(uint32_t cp)
{
    return cp == 0x200b || tt_cp_space(cp);
}

/* ---- tokens ---- */

/* Adds a token without keys at s..e; NULL: no memory. */
static tt_token *new_token(tokenizer *t, size_t s, size_t e, tt_token_kind kind)
{
    if (tt_grow(&t->v, &t->cap, t->n + 1, sizeof *t->v) != 0)
        return NULL;
    const tt_run *runs = t->doc->runs;
    while (s - runs[t->run].vis >= runs[t->run].n)
        t->run++;
    tt_token *tok = &t->v[t->n++];
    *tok = (tt_token){.vis = (uint32_t)s,
                      .n = (uint32_t)(e - s),
                      .run = t->run,
                      .block = t->block,
                      .kind = (uint8_t)kind,
                      .zone = t->zone,
                      .space_before = t->space,
                      .barrier = t->barrier};
    t->space = t->barrier = false;
    return tok;
}

/* ASCII that is its own NFKC: s..e is a word of letters, digits and inner underscores, or one sign. */
static int add_ascii(tokenizer *t, size_t s, size_t e, unsigned seen)
{
    bool word = (seen & ALNUM) != 0;
    tt_token *tok = new_token(t, s, e, word ? TT_TOKEN_WORD : TT_TOKEN_SYMBOL);
    if (!tok)
        return TT_ENOMEM;
    tok->first = word;
    tok->hyphen = t->p[s] == '-';
    tok->nfkc = tok->fold = t->p + s;
    tok->n_nfkc = tok->n_fold = tok->n;
    if (!(seen & UPPER))
        return TT_OK;
    char *lower = tt_arena_dup(t->arena, t->p + s, e - s);
    if (!lower)
        return TT_ENOMEM;
    for (size_t i = 0; i < e - s; i++)
        if (class_of(lower[i]) & UPPER)
            lower[i] |= 0x20;
    tok->fold = lower;
    return TT_OK;
}

/* Puts the key of s..e at *out: `like` itself where it is equal to that, else a copy. */
static int make_key(tokenizer *t, const tt_token *tok, bool fold, tt_str like, const char **out, uint32_t *n_out)
{
    tt_buf_reset(&t->key);
    if (tt_unicode_key(t->p + tok->vis, tok->n, fold, &t->key) != TT_OK)
        return TT_ENOMEM;
    bool same = t->key.n == like.n && memcmp(t->key.p, like.p, like.n) == 0;
    *out = same ? like.p : tt_arena_dup(t->arena, t->key.p, t->key.n);
    *n_out = (uint32_t)t->key.n;
    return *out ? TT_OK : TT_ENOMEM;
}

/* Adds a token with its keys at s..e, of a segment of any kind. What vanishes at its ends is left out; where nothing
 * remains, there is no token. */
static int add_token(tokenizer *t, size_t s, size_t e, tt_token_kind kind, bool no_end)
{
    tt_cut_trim(t->p, &s, &e, false);
    if (s == e)
        return TT_OK;
    tt_token *tok = new_token(t, s, e, kind);
    if (!tok)
        return TT_ENOMEM;
    bool word = kind == TT_TOKEN_WORD;
    tok->inner = t->word;
    tok->first = word && !t->word;
    t->word |= word;
    tok->no_end = no_end;
    tok->hyphen = !word && tt_cut_is_hyphen(t->p, s, e);
    tok->possessive = word ? tt_cut_possessive(t->p, s, e) : 0;
    tok->fold_possessive = tok->possessive ? 2 : 0;
    int rc = make_key(t, tok, false, (tt_str){t->p + s, e - s}, &tok->nfkc, &tok->n_nfkc);
    return rc ? rc : make_key(t, tok, true, (tt_str){tok->nfkc, tok->n_nfkc}, &tok->fold, &tok->n_fold);
}

/* A word of UAX #29, its underscores left out: elided articles (`l’`, also `d’aujourd’`), then parts between joints. */
static int add_word(tokenizer *t, size_t s, size_t e)
{
    int rc = TT_OK;
    bool article = true;
    while (!rc && s < e) {
        size_t next = e;
        size_t at = article ? tt_cut_elision(t->p, s, e, &next) : e;
        article = at < e;
        if (!article)
            at = tt_cut_joint(t->p, s, e, &next);
        rc = add_token(t, s, at, TT_TOKEN_WORD, article);
        if (!rc)
            rc = add_token(t, at, next, TT_TOKEN_SYMBOL, false);
        s = next;
    }
    return rc;
}

/* ---- segments ---- */

/* A part of a segment without white space. */
static int add_part(tokenizer *t, size_t s, size_t e)
{
    size_t from = s, to = e;
    tt_cut_trim(t->p, &from, &to, true);
    if (from == to) /* underscores alone are a symbol, what vanishes is nothing */
        return add_token(t, s, e, TT_TOKEN_SYMBOL, false);
    return tt_cut_has_alnum(t->p, from, to) ? add_word(t, from, to) : add_token(t, from, to, TT_TOKEN_SYMBOL, false);
}

/* Any segment of UAX #29. White space in it (a blank that bears a mark; U+202F, which goes on words) stands between
 * parts, of which only the first word counts as one. */
static int add_segment(tokenizer *t, size_t s, size_t e)
{
    uint32_t cp;
    int rc = TT_OK;
    t->word = false;
    for (size_t i = s, len; i < e && !rc; i += len) {
        len = tt_cut_read(t->p, e, i, &cp);
        if (is_blank(cp)) {
            rc = add_part(t, s, i);
            t->space = true;
            s = i + len;
        }
    }
    return rc ? rc : add_part(t, s, e);
}

/* The end of the segment at s, where ASCII alone tells it and nothing in it needs add_segment; else 0. What follows may
 * be a mark that goes on the segment, if it is not ASCII. */
static size_t ascii_segment(const char *p, size_t s, size_t end, unsigned *seen)
{
    unsigned class = class_of(p[s]);
    size_t e = s + 1;
    *seen = class;
    if (class & HIGH)
        return 0;
    if (class & WORDLIKE)
        while (e < end && (class_of(p[e]) & WORDLIKE))
            *seen |= class_of(p[e++]);
    if ((*seen & UNDERSCORE) && (p[s] == '_' || p[e - 1] == '_'))
        return 0;
    if (e == end)
        return e;
    class = class_of(p[e]);
    if (class & HIGH)
        return 0;
    if ((*seen & WORDLIKE) && (class & MID) && e + 1 < end && (class_of(p[e + 1]) & (WORDLIKE | HIGH)))
        return 0;
    return e;
}

/* Segments from *s on until there are `most` tokens. */
static int add_some(tokenizer *t, size_t *s, size_t end, size_t most)
{
    int rc = TT_OK;
    while (*s < end && !rc && t->n < most) {
        unsigned seen;
        size_t e = ascii_segment(t->p, *s, end, &seen);
        if (e == 0) {
            e = tt_word_next(t->p, end, *s);
            rc = add_segment(t, *s, e);
        } else if (seen & BLANK) {
            t->space = true;
        } else {
            rc = add_ascii(t, *s, e, seen);
        }
        *s = e;
    }
    return rc;
}

static int add_stretch(tokenizer *t, size_t s, size_t end)
{
    return add_some(t, &s, end, SIZE_MAX);
}

/* ---- the doc ---- */

static uint8_t final_zone(const tt_block *block, const tt_run *run)
{
    return run->zone < block->overlay ? run->zone : block->overlay;
}

static int add_block(tokenizer *t, const tt_block *block)
{
    const tt_run *runs = t->doc->runs;
    uint32_t end = block->first_run + block->n_runs;
    int rc = TT_OK;
    for (uint32_t from = block->first_run, to; from < end && !rc; from = to) {
        t->zone = final_zone(block, &runs[from]);
        t->run = from;
        t->barrier = true;
        for (to = from + 1; to < end && !runs[to].barrier && final_zone(block, &runs[to]) == t->zone; to++)
            ;
        rc = add_stretch(t, runs[from].vis, (size_t)runs[to - 1].vis + runs[to - 1].n);
    }
    return rc;
}

int tt_tokenize(const tt_doc *doc, tt_arena *arena, tt_tokens *out, tt_err *err)
{
    tokenizer t = {.doc = doc, .arena = arena, .p = doc->vis};
    int rc = TT_OK;
    for (; t.block < doc->n_blocks && !rc; t.block++)
        rc = add_block(&t, &doc->blocks[t.block]);
    out->n = rc ? 0 : t.n;
    out->v = NULL;
    if (out->n > 0) {
        out->v = tt_arena_array(arena, t.n, sizeof *t.v);
        if (out->v)
            memcpy(out->v, t.v, t.n * sizeof *t.v);
        else
            rc = TT_ENOMEM;
    }
    tt_free(t.v);
    tt_buf_release(&t.key);
    if (!rc)
        return TT_OK;
    *out = (tt_tokens){0};
    return tt_fail_memory(err);
}

int tt_tokenize_str(tt_str s, tt_arena *arena, tt_tokens *out, tt_err *err)
{
    *out = (tt_tokens){0};
    if (s.n > TT_MAX_FILE)
        return tt_fail(err, TT_ELIMIT, NULL, 0, 0, "the text has %zu bytes, more than %d", s.n, (int)TT_MAX_FILE);
    if (s.n == 0)
        return TT_OK;
    char *vis = tt_arena_dup(arena, s.p, s.n);
    if (!vis)
        return tt_fail_memory(err);
    uint32_t n = (uint32_t)s.n;
    tt_run run = {.n = n, .n_src = n, .zone = TT_ZONE_TEXT, .barrier = true};
    tt_block block = {.n_runs = 1, .kind = TT_BLOCK_PARAGRAPH, .overlay = TT_ZONE_TEXT};
    tt_doc doc = {.vis = vis, .n_vis = n, .runs = &run, .n_runs = 1, .blocks = &block, .n_blocks = 1};
    return tt_tokenize(&doc, arena, out, err);
}

/* ---- one stretch ---- */

void tt_cutting_begin(tt_cutting *c, const tt_doc *doc, uint32_t block, uint32_t run, uint8_t zone, size_t at, size_t end)
{
    tt_arena_reset(&c->arena);
    c->tokens.n = 0;
    c->doc = doc;
    c->block = block;
    c->run = run;
    c->zone = zone;
    c->space = false;
    c->at = at;
    c->end = end;
}

int tt_cutting_more(tt_cutting *c, size_t n)
{
    tokenizer t = {.doc = c->doc,
                   .arena = &c->arena,
                   .p = c->doc->vis,
                   .v = c->tokens.v,
                   .n = c->tokens.n,
                   .cap = c->cap,
                   .key = c->key,
                   .block = c->block,
                   .run = c->run,
                   .zone = c->zone,
                   .space = c->space};
    int rc = add_some(&t, &c->at, c->end, n);
    c->tokens = (tt_tokens){t.v, t.n};
    c->cap = t.cap;
    c->key = t.key;
    c->run = t.run;
    c->space = t.space;
    return rc;
}

void tt_cutting_drop(tt_cutting *c, size_t n)
{
    c->tokens.n -= n;
    memmove(c->tokens.v, c->tokens.v + n, c->tokens.n * sizeof *c->tokens.v);
}

void tt_cutting_release(tt_cutting *c)
{
    tt_free(c->tokens.v);
    tt_buf_release(&c->key);
    tt_arena_release(&c->arena);
    *c = (tt_cutting){0};
}
