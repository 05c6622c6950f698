/* In: a spelling as characters, separators and stars. Out: pieces whose keys are those of tokens.
 * Not here: which spellings a term has (term.c). */
#include "tag/spelling.h"

#include "base/unicode.h"
#include "tag/token.h"

struct cutter {
    tt_str term;
    const tt_op *ops;
    bool exact;
    tt_arena *arena;
    tt_piece *pieces;
    size_t n;
    uint8_t join; /* of the piece to come */
    bool glob;    /* the stretch has a `*`: its keys go to `key` */
    tt_buf key;
};

/* Characters and stars of a stretch between hyphens. A star is cut as if it were a letter, so that underscores beside
 * it belong to its word. */
struct plain {
    char *text;
    uint8_t *stars; /* mark of a star's stand-in, by byte; else 0 */
    size_t n;
};

static void put(struct cutter *c, tt_piece_kind kind, tt_str key)
{
    c->pieces[c->n] = (tt_piece){key, c->n ? c->join : TT_JOIN_DIRECT, (uint8_t)kind};
    c->n++;
    c->join = TT_JOIN_DIRECT;
}

/* A hyphen as the term has it, quoted or not. */
static bool is_hyphen(const struct cutter *c, const tt_op *op)
{
    uint32_t cp = 0;
    return (op->kind == TT_OP_HYPHEN && op->n) ||
           (op->kind == TT_OP_CHAR && tt_utf8_decode(c->term.p + op->at, op->n, &cp) != 0 && tt_cp_hyphen(cp));
}

static int collect(struct cutter *c, size_t i, size_t end, struct plain *out)
{
    size_t room = (end - i) * TT_UTF8_MAX;
    out->text = tt_arena_alloc(c->arena, room);
    out->stars = tt_arena_alloc(c->arena, room);
    out->n = 0;
    if (!out->text || !out->stars)
        return TT_ENOMEM;
    for (; i < end; i++) {
        const tt_op *op = &c->ops[i];
        if (op->kind == TT_OP_STAR) {
            out->stars[out->n] = i > 0 && is_hyphen(c, op - 1) ? TT_GLOB_SOME : TT_GLOB_ANY;
            out->text[out->n++] = 'x';
            continue;
        }
        for (size_t k = 0; k < op->n; k++) {
            out->stars[out->n] = 0;
            out->text[out->n++] = c->term.p[op->at + k];
        }
    }
    return 0;
}

/* Adds a token's key, with marks for the stars in it. */
static int add_to_glob(struct cutter *c, const struct plain *plain, const tt_token *t)
{
    size_t at = t->vis, end = t->vis + t->n;
    while (at < end) {
        size_t from = at;
        while (at < end && plain->stars[at] == 0)
            at++;
        if (from == t->vis && at == end)
            tt_buf_add(&c->key, c->exact ? t->nfkc : t->fold, c->exact ? t->n_nfkc : t->n_fold);
        else if (at > from && tt_unicode_key(plain->text + from, at - from, !c->exact, &c->key) != 0)
            return TT_ENOMEM;
        while (at < end && plain->stars[at] != 0)
            tt_buf_char(&c->key, (char)plain->stars[at++]);
    }
    return 0;
}

/* Letters and digits of ASCII alone are one token, whose key needs no tokeniser. *key is where it stands, or NULL: it is
 * something else. 0 or TT_ENOMEM. */
static int cut_ascii(struct cutter *c, size_t i, size_t end, char **key)
{
    *key = NULL;
    for (size_t k = i; k < end; k++) {
        const tt_op *op = &c->ops[k];
        uint32_t cp = op->kind == TT_OP_CHAR ? (unsigned char)c->term.p[op->at] : 0x80;
        if (cp >= 0x80 || !(tt_cp_letter(cp) || tt_cp_digit(cp)))
            return 0;
    }
    char *to = tt_arena_alloc(c->arena, end - i);
    if (!to)
        return TT_ENOMEM;
    for (size_t k = i; k < end; k++) {
        char byte = c->term.p[c->ops[k].at];
        to[k - i] = c->exact ? byte : (char)(byte | 0x20); /* digits have that bit */
    }
    *key = to;
    return 0;
}

static int cut_plain(struct cutter *c, size_t i, size_t end)
{
    struct plain plain = {0};
    tt_tokens tokens = {0};
    char *ascii = NULL;
    if (i == end)
        return 0;
    if (!c->glob && cut_ascii(c, i, end, &ascii) != 0)
        return TT_ENOMEM;
    if (ascii) {
        put(c, TT_PIECE_TOKEN, (tt_str){ascii, end - i});
        return 0;
    }
    if (collect(c, i, end, &plain) != 0 || tt_tokenize_str((tt_str){plain.text, plain.n}, c->arena, &tokens, NULL) != 0)
        return TT_ENOMEM;
    for (size_t k = 0; k < tokens.n; k++) {
        const tt_token *t = &tokens.v[k];
        if (c->glob && add_to_glob(c, &plain, t) != 0)
            return TT_ENOMEM;
        if (!c->glob)
            put(c, TT_PIECE_TOKEN, c->exact ? (tt_str){t->nfkc, t->n_nfkc} : (tt_str){t->fold, t->n_fold});
    }
    return 0;
}

/* A stretch without white space: ops i to end - 1. */
static int cut_stretch(struct cutter *c, size_t i, size_t end)
{
    c->glob = false;
    for (size_t k = i; k < end; k++)
        c->glob |= c->ops[k].kind == TT_OP_STAR;
    tt_buf_reset(&c->key);
    for (size_t from = i; i <= end; i++) {
        if (i < end && c->ops[i].kind != TT_OP_HYPHEN)
            continue;
        if (cut_plain(c, from, i) != 0)
            return TT_ENOMEM;
        if (i < end && c->glob)
            tt_buf_char(&c->key, (char)TT_GLOB_HYPHEN);
        else if (i < end)
            put(c, TT_PIECE_HYPHEN, TT_S(""));
        from = i + 1;
    }
    if (c->glob) {
        const char *key = tt_arena_dup(c->arena, c->key.p, c->key.n);
        if (!key || c->key.failed)
            return TT_ENOMEM;
        put(c, TT_PIECE_GLOB, (tt_str){key, c->key.n});
    }
    return 0;
}

int tt_spelling_cut(tt_str term, const tt_op *ops, size_t n_ops, bool exact, tt_arena *arena, const tt_piece **pieces,
                    size_t *n)
{
    struct cutter c = {.term = term, .ops = ops, .exact = exact, .arena = arena};
    int rc = 0;
    /* a token has a byte at least */
    c.pieces = tt_arena_array(arena, n_ops * TT_UTF8_MAX, sizeof *c.pieces);
    if (!c.pieces)
        return TT_ENOMEM;
    for (size_t i = 0, from = 0; i <= n_ops && rc == 0; i++) {
        if (i < n_ops && ops[i].kind != TT_OP_SPACE && ops[i].kind != TT_OP_JOIN)
            continue;
        rc = cut_stretch(&c, from, i);
        /* a stretch of which nothing stays joins nothing */
        if (i < n_ops)
            c.join = ops[i].kind == TT_OP_SPACE ? TT_JOIN_SPACE : TT_JOIN_ANY;
        from = i + 1;
    }
    tt_buf_release(&c.key);
    *pieces = c.pieces;
    *n = c.n;
    return rc;
}
