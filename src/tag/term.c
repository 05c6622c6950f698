/* In: a term. Out: its spellings, each a row of pieces, or what is wrong with it and where.
 * Not here: how a spelling is cut into tokens (spelling.c), what is looked for with it (compile.c, match.c). */
#include "tag/term.h"

#include "base/unicode.h"
#include "tag/spelling.h"

/* The term as written, quotes resolved. */
enum atom_kind { CHAR, SPACE, ONLY_SPACE, HYPHEN, ONLY_HYPHEN, STAR, OPEN, CLOSE };

struct atom {
    uint8_t kind;
    uint8_t n;       /* bytes */
    uint16_t at;     /* in the term */
    uint16_t closed; /* of OPEN: index of its CLOSE */
};

struct expansion {
    tt_str term;
    bool exact;
    tt_spelling_fn *each;
    void *ctx;
    struct atom atoms[TT_MAX_TERM + 1]; /* n_atoms */
    struct atom line[TT_MAX_TERM + 1];  /* a choice of optional parts */
    struct atom tidy[TT_MAX_TERM + 1];  /* the same, white space and stars in single ones */
    tt_op ops[TT_MAX_TERM + 1];         /* a choice for each separator of `tidy` */
    size_t n_atoms, n_line, n_tidy, n_ops;
    size_t n_spellings;
    tt_arena arena; /* of one spelling */
    size_t at;
    tt_err *err;
};

static int wrong(struct expansion *x, int code, size_t at, const char *text)
{
    x->at = at;
    return tt_fail(x->err, code, NULL, 0, tt_utf8_count(x->term.p, at) + 1, "%s", text);
}

/* ---- reading ---- */

static uint8_t kind_of(uint32_t cp)
{
    switch (cp) {
    case '*':
        return STAR;
    case '(':
        return OPEN;
    case ')':
        return CLOSE;
    default:
        /* U+200B separates words (COUNTING 5) though it is no white space */
        if (tt_cp_space(cp) || cp == 0x200B)
            return SPACE;
        return tt_cp_hyphen(cp) ? HYPHEN : CHAR;
    }
}

static int read_atoms(struct expansion *x)
{
    bool quoted = false;
    for (size_t at = 0; at < x->term.n;) {
        uint32_t cp = 0;
        size_t n = tt_utf8_decode(x->term.p + at, x->term.n - at, &cp);
        if (n == 0)
            return wrong(x, TT_EINPUT, at, "a byte that is not UTF-8; save the file as UTF-8");
        uint8_t kind = kind_of(cp);
        if (kind != SPACE && (cp < 0x20 || (cp >= 0x7F && cp < 0xA0)))
            return wrong(x, TT_EINPUT, at, "a control character; take it out");
        if (quoted)
            kind = kind == SPACE ? ONLY_SPACE : CHAR;
        quoted = !quoted && cp == '\\';
        if (!quoted)
            x->atoms[x->n_atoms++] = (struct atom){kind, (uint8_t)n, (uint16_t)at, 0};
        at += n;
    }
    if (quoted)
        return wrong(x, TT_EINPUT, x->term.n - 1, "nothing follows the last \\; write \\\\ for a backslash");
    return 0;
}

/* Pairs the brackets; those still open are linked through `closed`. */
static int pair_brackets(struct expansion *x)
{
    size_t open = x->n_atoms;
    for (size_t i = 0; i < x->n_atoms; i++) {
        struct atom *a = &x->atoms[i];
        if (a->kind == OPEN) {
            a->closed = (uint16_t)open;
            open = i;
        } else if (a->kind == CLOSE) {
            if (open == x->n_atoms)
                return wrong(x, TT_EINPUT, a->at, "this ) closes nothing; write \\) for a bracket");
            if (open + 1 == i)
                return wrong(x, TT_EINPUT, x->atoms[open].at,
                             "nothing stands in these brackets; write \\(\\) for brackets");
            size_t outer = x->atoms[open].closed;
            x->atoms[open].closed = (uint16_t)i;
            open = outer;
        }
    }
    if (open != x->n_atoms)
        return wrong(x, TT_EINPUT, x->atoms[open].at,
                     "this ( is not closed; write ) behind the optional part, or \\( for a bracket");
    return 0;
}

/* ---- separators: white space and hyphens ---- */

static bool is_separator(uint8_t kind)
{
    return kind == SPACE || kind == ONLY_SPACE || kind == HYPHEN || kind == ONLY_HYPHEN;
}

static int tell(struct expansion *x)
{
    const tt_piece *pieces = NULL;
    size_t n = 0;
    if (++x->n_spellings > TT_MAX_VARIANTS)
        return wrong(x, TT_ELIMIT, 0, "the term stands for more than 256 spellings; write it in several rows");
    tt_arena_reset(&x->arena);
    if (tt_spelling_cut(x->term, x->ops, x->n_ops, x->exact, &x->arena, &pieces, &n) != 0)
        return tt_fail_memory(x->err);
    if (n == 0)
        return wrong(x, TT_EINPUT, 0, "nothing in this term can stand in a text; write a word or a sign");
    return x->each ? x->each(x->ctx, pieces, n) : 0;
}

static int separators(struct expansion *x, size_t i);

/* Goes on behind separator `i` with one of the things that it may be: an op, or nothing. */
static int choose(struct expansion *x, size_t i, int op)
{
    size_t n_ops = x->n_ops;
    int rc = 0;
    if (op == TT_OP_SPACE && n_ops && x->ops[n_ops - 1].kind == TT_OP_SPACE)
        return 0; /* a run of white space does not follow another one */
    if (op >= 0)
        x->ops[x->n_ops++] = (tt_op){(uint8_t)op, x->tidy[i].kind == ONLY_HYPHEN, 0};
    rc = separators(x, i + 1);
    x->n_ops = n_ops;
    return rc;
}

/* All choices from `tidy[i]` on. A separator that stands alone keeps its choice of white space or hyphen for the text
 * (TT_OP_JOIN); beside others each is told apart, since `a - b` is also `a-b` but never `a` and two runs of white
 * space. */
static int separators(struct expansion *x, size_t i)
{
    int rc = 0;
    while (i < x->n_tidy && (x->tidy[i].kind == CHAR || x->tidy[i].kind == STAR)) {
        uint8_t kind = x->tidy[i].kind == STAR ? TT_OP_STAR : TT_OP_CHAR;
        x->ops[x->n_ops++] = (tt_op){kind, x->tidy[i].n, x->tidy[i].at};
        i++;
    }
    if (i == x->n_tidy)
        return tell(x);
    bool alone = !is_separator(x->tidy[i - 1].kind) && !is_separator(x->tidy[i + 1].kind);
    switch (x->tidy[i].kind) {
    case ONLY_SPACE:
        return choose(x, i, TT_OP_SPACE);
    case ONLY_HYPHEN:
        return choose(x, i, TT_OP_HYPHEN);
    case HYPHEN:
        rc = choose(x, i, -1);
        break;
    default:
        break;
    }
    if (rc == 0 && alone)
        rc = choose(x, i, TT_OP_JOIN);
    if (rc == 0 && !alone)
        rc = choose(x, i, TT_OP_SPACE);
    if (rc == 0 && !alone)
        rc = choose(x, i, TT_OP_HYPHEN);
    return rc;
}

/* ---- optional parts ---- */

/* Single stars and runs of white space, none at the ends. */
static void tidy_line(struct expansion *x)
{
    x->n_tidy = 0;
    for (size_t i = 0; i < x->n_line; i++) {
        struct atom *last = x->n_tidy ? &x->tidy[x->n_tidy - 1] : NULL;
        bool space = x->line[i].kind == SPACE || x->line[i].kind == ONLY_SPACE;
        if (space && !last)
            continue;
        if (space && (last->kind == SPACE || last->kind == ONLY_SPACE)) {
            if (x->line[i].kind == ONLY_SPACE)
                last->kind = ONLY_SPACE;
            continue;
        }
        if (x->line[i].kind == STAR && last && last->kind == STAR)
            continue;
        x->tidy[x->n_tidy++] = x->line[i];
    }
    if (x->n_tidy && (x->tidy[x->n_tidy - 1].kind == SPACE || x->tidy[x->n_tidy - 1].kind == ONLY_SPACE))
        x->n_tidy--;
}

/* The run of characters around a `*` has at least two others. */
static int check_stars(struct expansion *x)
{
    size_t others = 0, star = x->n_tidy;
    for (size_t i = 0; i <= x->n_tidy; i++) {
        uint8_t kind = i < x->n_tidy ? x->tidy[i].kind : SPACE;
        uint32_t cp = 0;
        if (kind == SPACE || kind == ONLY_SPACE) {
            if (star < x->n_tidy && others < 2)
                return wrong(x, TT_EINPUT, x->tidy[star].at,
                             "a * needs at least two other characters around it; write \\* for an asterisk");
            others = 0;
            star = x->n_tidy;
        } else if (kind == STAR) {
            star = i;
        } else {
            tt_utf8_decode(x->term.p + x->tidy[i].at, x->tidy[i].n, &cp);
            others += !tt_cp_vanishes(cp);
        }
    }
    return 0;
}

static int check_line(struct expansion *x)
{
    tidy_line(x);
    if (x->n_tidy == 0)
        return wrong(x, TT_EINPUT, 0,
                     x->n_spellings || x->n_line < x->n_atoms
                         ? "all of the term is optional; leave something outside the brackets"
                         : "the term is empty; write what to look for");
    const struct atom *first = &x->tidy[0], *last = &x->tidy[x->n_tidy - 1];
    if (first->kind == HYPHEN || last->kind == HYPHEN)
        return wrong(x, TT_EINPUT, first->kind == HYPHEN ? first->at : last->at,
                     "a hyphen stands at the edge of the term; write \\- for a hyphen");
    int rc = check_stars(x);
    for (size_t i = 1; i + 1 < x->n_tidy; i++)
        if (x->tidy[i].kind == HYPHEN && (x->tidy[i - 1].kind == STAR || x->tidy[i + 1].kind == STAR))
            x->tidy[i].kind = ONLY_HYPHEN;
    return rc;
}

/* All choices from `atoms[i]` on: each part in brackets is left out and taken. */
static int optional_parts(struct expansion *x, size_t i)
{
    for (; i < x->n_atoms; i++) {
        const struct atom *a = &x->atoms[i];
        if (a->kind == OPEN) {
            size_t n_line = x->n_line;
            int rc = optional_parts(x, (size_t)a->closed + 1);
            if (rc != 0)
                return rc;
            x->n_line = n_line;
        } else if (a->kind != CLOSE) {
            x->line[x->n_line++] = *a;
        }
    }
    int rc = check_line(x);
    x->n_ops = 0;
    return rc != 0 ? rc : separators(x, 0);
}

static int expand(struct expansion *x)
{
    if (x->term.n > TT_MAX_TERM)
        return wrong(x, TT_ELIMIT, 0, "the term is longer than 1000 bytes; is a quote missing?");
    int rc = read_atoms(x);
    if (rc == 0)
        rc = pair_brackets(x);
    return rc != 0 ? rc : optional_parts(x, 0);
}

/* Without setting its large arrays, which are written before they are read. */
static void begin(struct expansion *x, tt_str term, bool exact, tt_spelling_fn *each, void *ctx, tt_err *err)
{
    x->term = term;
    x->exact = exact;
    x->each = each;
    x->ctx = ctx;
    x->err = err;
    x->n_atoms = x->n_line = x->n_tidy = x->n_ops = x->n_spellings = x->at = 0;
    x->arena = (tt_arena){0};
}

/* ---- the short way ---- */

enum { PLAIN_MAX = 128, PLAIN_PARTS = 16, PLAIN_HYPHENS = 4, PLAIN_OPTIONAL = 2 };

/* ASCII letters and digits with single blanks and hyphens between, which most terms are: the parts one after the other,
 * so that what stands on both sides of a hyphen is also one key. */
struct plain {
    char keys[PLAIN_MAX];
    uint8_t ends[PLAIN_PARTS]; /* of each part in `keys` */
    bool hyphen[PLAIN_PARTS];  /* a hyphen follows the part, not a blank */
    size_t n, n_hyphens;
};

static bool read_plain(tt_str line, bool exact, struct plain *out)
{
    size_t n = 0, from = 0;
    out->n = out->n_hyphens = 0;
    if (line.n == 0 || line.n > PLAIN_MAX)
        return false;
    for (size_t i = 0; i <= line.n; i++) {
        unsigned char c = i < line.n ? (unsigned char)line.p[i] : ' ';
        unsigned lower = c | 0x20u;
        if (lower - 'a' < 26 || (c >= '0' && c <= '9')) {
            out->keys[n++] = (char)(exact ? c : lower);
            continue;
        }
        if ((c != ' ' && c != '-') || n == from || out->n == PLAIN_PARTS)
            return false;
        from = n;
        out->hyphen[out->n] = c == '-';
        out->ends[out->n++] = (uint8_t)n;
        out->n_hyphens += c == '-';
    }
    return out->n_hyphens <= PLAIN_HYPHENS;
}

/* The parts in brackets whose bits are set in `taken`, of n the first one the highest, and what is outside; blanks as
 * tidy_line leaves them. */
static bool take_parts(tt_str term, size_t n, unsigned taken, char line[PLAIN_MAX], tt_str *out)
{
    size_t to = 0, seen = 0;
    bool take = true, inside = false;
    for (size_t i = 0; i < term.n; i++) {
        char c = term.p[i];
        if (c == '(' || c == ')') {
            if ((c == '(') == inside || (inside && term.p[i - 1] == '('))
                return false;
            inside = c == '(';
            seen += inside;
            take = !inside || (taken >> (n - seen) & 1);
        } else if (take && (c != ' ' || (to && line[to - 1] != ' '))) {
            line[to++] = c;
        }
    }
    while (to && line[to - 1] == ' ')
        to--;
    *out = (tt_str){line, to};
    return !inside;
}

/* Reads all choices of a term's parts in brackets. false: it is not of this kind, or wrong. */
static bool read_choices(tt_str term, bool exact, struct plain out[1 << PLAIN_OPTIONAL], size_t *n)
{
    char line[PLAIN_MAX];
    size_t n_parts = 0;
    tt_str taken;
    *n = 1;
    if (term.n > PLAIN_MAX || read_plain(term, exact, &out[0]))
        return term.n <= PLAIN_MAX;
    for (size_t i = 0; i < term.n; i++)
        n_parts += term.p[i] == '(';
    if (n_parts == 0 || n_parts > PLAIN_OPTIONAL)
        return false;
    for (*n = 0; *n < (size_t)1 << n_parts; ++*n)
        if (!take_parts(term, n_parts, (unsigned)*n, line, &taken) || !read_plain(taken, exact, &out[*n]))
            return false;
    return true;
}

/* One spelling: bit n_hyphens - 1 - k of `apart` says whether hyphen k is a joint or nothing. */
static int tell_plain(const struct plain *p, unsigned apart, tt_spelling_fn *each, void *ctx)
{
    tt_piece pieces[PLAIN_PARTS];
    size_t n = 0, from = 0, hyphen = p->n_hyphens;
    for (size_t i = 0; i < p->n; i++) {
        if (p->hyphen[i] && !(apart >> --hyphen & 1))
            continue;
        pieces[n] = (tt_piece){{p->keys + from, p->ends[i] - from}, n ? TT_JOIN_ANY : TT_JOIN_DIRECT, TT_PIECE_TOKEN};
        from = p->ends[i];
        n++;
    }
    return each(ctx, pieces, n);
}

static int expand_plain(const struct plain *p, tt_spelling_fn *each, void *ctx)
{
    int rc = 0;
    for (unsigned apart = 0; each && rc == 0 && apart < 1u << p->n_hyphens; apart++)
        rc = tell_plain(p, apart, each, ctx);
    return rc;
}

int tt_term_expand(tt_str term, bool exact, tt_spelling_fn *each, void *ctx, size_t *at, tt_err *err)
{
    struct plain plain[1 << PLAIN_OPTIONAL];
    struct expansion x;
    size_t n;
    int rc = 0;
    if (at)
        *at = 0;
    if (read_choices(term, exact, plain, &n)) {
        for (size_t i = 0; i < n && rc == 0; i++)
            rc = expand_plain(&plain[i], each, ctx);
        return rc;
    }
    begin(&x, term, exact, each, ctx, err);
    rc = expand(&x);
    tt_arena_release(&x.arena);
    if (at)
        *at = x.at;
    return rc;
}
