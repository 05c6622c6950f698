/* In: words that passed the sieve, and places that the reference is asked about. Out: mentions, leftmost, then longest.
 * Not here: how they were found (scan.c, scan_cut.c), the rules of matching (walk.c, glob.c).
 *
 * Most words that pass are plain: ASCII, followed by words and signs of ASCII. For these the trie is walked over the
 * words at hand, as tt_walk_from does over tokens. At anything else the reference decides: it cuts tokens from the last
 * white space on, as many as it asks for. */
#include "tag/match.h"
#include "tag/scan_in.h"

#include <string.h>

enum { AHEAD = 6 }; /* tokens that are cut beyond the one at hand at first */

static int emit(tt_scan_state *s, const tt_piece_of *x, uint32_t run, uint32_t vis)
{
    tt_walk *w = &s->walk;
    if (tt_walk_gather(w) != 0)
        return TT_ENOMEM;
    for (size_t i = 0; i < w->n_entries; i++)
        if (tt_bit(s->drops, w->entries[i]))
            return 0;
    const tt_mention mention = {
        .vis = vis,
        .n = (uint32_t)(w->found_end - vis),
        .at = tt_match_place(&s->doc->runs[run], vis),
        .entries = w->entries,
        .n_entries = (uint32_t)w->n_entries,
        .block = x->block,
        .zone = x->zone,
    };
    return s->hit(s->ctx, &mention);
}

/* ---- the reference ---- */

/* Tokens from `from` on, where a segment begins. */
static void open_at(tt_scan_state *s, const tt_piece_of *x, uint32_t from)
{
    tt_cutting *c = &s->cutting;
    if (s->cut_here && c->end == x->end && from < c->at) {
        size_t n = s->cut_first;
        while (n < c->tokens.n && c->tokens.v[n].vis < from)
            n++;
        s->cut_first = n;
        return;
    }
    while (s->cut_run + 1 < s->doc->n_runs && s->doc->runs[s->cut_run + 1].vis <= from)
        s->cut_run++;
    tt_cutting_begin(c, s->doc, x->block, s->cut_run, x->zone, from, x->end);
    s->cut_here = true;
    s->cut_first = 0;
    s->walk.n_tokens = 0;
}

/* Cuts n tokens more, and forgets those before cut_first. */
static int cut_more(tt_scan_state *s, size_t n)
{
    tt_cutting *c = &s->cutting;
    if (s->cut_first)
        tt_cutting_drop(c, s->cut_first);
    s->cut_first = 0;
    if (tt_cutting_more(c, c->tokens.n + n) != 0)
        return TT_ENOMEM;
    return tt_walk_text(&s->walk, &c->tokens);
}

/* The longest matches from token cut_first on. */
static int walk_from(tt_scan_state *s)
{
    const tt_cutting *c = &s->cutting;
    int rc = tt_walk_from(&s->walk, s->cut_first);
    while (rc == 0 && s->walk.ran_out && c->at < c->end) {
        rc = cut_more(s, c->tokens.n - s->cut_first + AHEAD);
        rc = rc == 0 ? tt_walk_from(&s->walk, s->cut_first) : rc;
    }
    return rc;
}

static int match_token(tt_scan_state *s, const tt_piece_of *x)
{
    if (walk_from(s) != 0)
        return TT_ENOMEM;
    const tt_token *t = &s->cutting.tokens.v[s->cut_first], *last = &s->cutting.tokens.v[s->walk.found_last];
    if (s->walk.n_found == 0)
        return 0;
    s->taken = last->vis + last->n;
    return emit(s, x, t->run, t->vis);
}

/* All tokens that begin in from..to - 1; a segment begins at `segment`. */
static int ask(tt_scan_state *s, const tt_piece_of *x, uint32_t segment, uint32_t from, uint32_t to)
{
    const tt_part_of *p = &s->part;
    tt_cutting *c = &s->cutting;
    int rc = 0;
    open_at(s, x, segment);
    for (; rc == 0; s->cut_first++) {
        if (s->cut_first + 2 > c->tokens.n && c->at < c->end && cut_more(s, AHEAD + (to - from) / 8 % 256) != 0)
            return TT_ENOMEM;
        if (s->cut_first >= c->tokens.n)
            return 0;
        const tt_token *t = &c->tokens.v[s->cut_first];
        if (t->vis >= to)
            return 0;
        if (t->vis < from)
            continue;
        s->words[x->block] += t->kind == TT_TOKEN_WORD && t->first && tt_bit(p->hard, t->vis - p->from);
        if (t->vis >= s->taken)
            rc = match_token(s, x);
    }
    return rc;
}

/* ---- plain words ---- */

/* What follows a place: a word of the part or a sign of ASCII. */
struct next {
    uint32_t start, end, word_after;
    uint32_t words[TT_N_ROOTS]; /* of the matcher */
    bool first, word, space, hyphen;
};

enum { NOTHING, PLAIN, ASK }; /* ASK: the reference */

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_alnum(char c)
{
    return (unsigned char)((c | 0x20) - 'a') < 26 || (unsigned char)(c - '0') < 10;
}

/* Word k has characters outside ASCII. */
static bool is_high(const tt_part_of *t, uint32_t k)
{
    size_t from = t->starts[k] - t->from, to = t->ends[k] - t->from;
    for (size_t i = from >> 6; i <= (to - 1) >> 6; i++)
        if (t->high[i] & t->word[i])
            return tt_bits_next(t->high, from, to) < to;
    return false;
}

static bool is_small(const char *p, size_t n)
{
    bool small = true;
    for (size_t i = 0; i < n; i++)
        small &= (unsigned char)(p[i] - 'A') >= 26;
    return small;
}

/* Word k as the matcher knows it: its numbers, and the nodes that it leads to from the roots. */
struct known {
    uint32_t words[TT_N_ROOTS], nodes[TT_N_ROOTS];
};

static void look_exact(const tt_scan_state *s, const tt_sieve_word *w, const char *p, struct known *out)
{
    bool other = w->cased != TT_NO_WORD && memcmp(p, w->key, w->n) == 0;
    out->words[TT_ROOT_EXACT] = other ? w->cased : TT_NO_WORD;
    out->nodes[TT_ROOT_EXACT] = other ? w->cased_node : TT_NO_NODE;
    if (other || !w->many_cased)
        return;
    uint32_t word = tt_matcher_word(s->walk.m, p, w->n, tt_hash(p, w->n, 0));
    out->words[TT_ROOT_EXACT] = word;
    if (word != TT_NO_WORD)
        out->nodes[TT_ROOT_EXACT] = tt_matcher_edge(s->walk.m, TT_ROOT_EXACT, TT_EDGE_TOKEN + TT_JOIN_DIRECT, word);
}

/* False: the word is not of ASCII alone, or odd. */
static bool look_up(const tt_scan_state *s, uint32_t k, struct known *out)
{
    const tt_part_of *t = &s->part;
    const char *p = s->doc->vis + t->starts[k];
    size_t n = t->ends[k] - t->starts[k];
    *out = (struct known){.words = {TT_NO_WORD, TT_NO_WORD}};
    if (t->flags[k] & TT_WORD_ODD || is_high(t, k))
        return false;
    const tt_sieve_word *w = tt_sieve_find(&s->sieve, p, n, t->hashes[k]);
    if (!w)
        return true;
    for (uint32_t root = 0; root < TT_N_ROOTS; root++) {
        out->words[root] = w->word;
        out->nodes[root] = w->nodes[root];
    }
    if (s->has_exact && !is_small(p, n))
        look_exact(s, w, p, out);
    return true;
}

static int next_of(const tt_scan_state *s, const tt_piece_of *x, const tt_spot *spot, struct next *out)
{
    const tt_part_of *t = &s->part;
    const char *p = s->doc->vis;
    uint32_t at = spot->end;
    while (at < x->end && is_blank(p[at]))
        at++;
    if (at == x->end)
        return NOTHING;
    out->first = false;
    out->space = at > spot->end;
    out->hyphen = p[at] == '-';
    out->word = is_alnum(p[at]);
    out->start = at;
    if (out->word) {
        struct known known;
        uint32_t k = spot->word;
        if (k >= t->n_words || t->starts[k] != at || t->flags[k] & TT_WORD_ODD)
            return ASK;
        bool pattern = (s->walk.m->nodes[spot->node].flags & TT_NODE_GLOB) != 0;
        if (spot->first && !pattern && !tt_bitmap_has(&s->sieve.pair, tt_sieve_pair(t->hashes[k - 1], t->hashes[k])))
            return NOTHING;
        if (!look_up(s, k, &known))
            return ASK;
        memcpy(out->words, known.words, sizeof out->words);
        out->end = t->ends[k];
        out->word_after = k + 1;
        return PLAIN;
    }
    if ((unsigned char)p[at] >= 0x80 || p[at] == '_')
        return ASK;
    out->end = at + 1;
    out->word_after = spot->word;
    out->words[TT_ROOT_FOLD] = out->words[TT_ROOT_EXACT] = s->sieve.signs[(unsigned char)p[at]];
    return PLAIN;
}

/* tt_walk_may_end, where ASCII alone follows. */
static int may_end(const tt_scan_state *s, const tt_piece_of *x, uint32_t end)
{
    const char *p = s->doc->vis + end;
    if (end == x->end || !((unsigned char)*p >= 0x80 || *p == '+' || *p == '#' || *p == '_'))
        return PLAIN;
    /* U+2000 to 203F: quotes and dashes */
    return x->end - end >= 2 && (unsigned char)p[0] == 0xe2 && (unsigned char)p[1] == 0x80 ? PLAIN : ASK;
}

static int reach(tt_scan_state *s, const tt_piece_of *x, uint32_t node, const struct next *at)
{
    tt_walk *w = &s->walk;
    unsigned flags = w->m->nodes[node].flags;
    if (flags & TT_NODE_ENDS && at->end >= w->found_end) {
        if (may_end(s, x, at->end) != PLAIN)
            return ASK;
        if (at->end > w->found_end)
            w->n_found = 0;
        if (w->n_found == w->cap_found && tt_grow(&w->found, &w->cap_found, w->n_found + 1, sizeof *w->found) != 0)
            return TT_ENOMEM;
        w->found[w->n_found++] = node;
        w->found_end = at->end;
    }
    if (flags & (TT_NODE_DIRECT | TT_NODE_SPACE | TT_NODE_ANY)) {
        if (s->n_spots == s->cap_spots && tt_grow(&s->spots, &s->cap_spots, s->n_spots + 1, sizeof *s->spots) != 0)
            return TT_ENOMEM;
        s->spots[s->n_spots++] = (tt_spot){node, at->end, at->word_after, at->first};
    }
    return PLAIN;
}

/* Patterns below `glob`, at a word of ASCII that ends at to->end. Those that are letters and a star at their end are
 * walked here, where nothing follows that the star might cover, too; others, if the word begins as they do, are asked.
 * A star that leads is left to `asked` at the root. */
static int walk_pattern(tt_scan_state *s, const tt_piece_of *x, uint32_t glob, const struct next *to)
{
    const tt_matcher *m = s->walk.m;
    const unsigned hard =
        TT_NODE_ENDS | TT_NODE_DIRECT | TT_NODE_SPACE | TT_NODE_ANY | TT_NODE_TO_SOME | TT_NODE_HYPHEN;
    const char *p = s->doc->vis;
    for (uint32_t at = to->start, node = glob;; at++) {
        unsigned flags = m->nodes[node].flags;
        if (flags & hard)
            return ASK;
        if (flags & TT_NODE_TO_STAR && at > to->start) {
            uint32_t star = tt_matcher_edge(m, node, TT_EDGE_BYTE, TT_GLOB_ANY);
            const tt_node *n = &m->nodes[star];
            if (n->bytes || n->flags != (TT_NODE_STAR | TT_NODE_ENDS) || may_end(s, x, to->end) != PLAIN ||
                (to->end < x->end && memchr(".:'", p[to->end], 3)) || (unsigned char)p[to->end - 1] >= 0x80)
                return ASK;
            int rc = reach(s, x, star, to);
            if (rc != PLAIN)
                return rc;
        }
        if (at == to->end) /* the pattern may go on with what follows directly */
            return m->nodes[node].bytes && at < x->end && !is_blank(p[at]) ? ASK : PLAIN;
        uint8_t c = (uint8_t)p[at];
        c = s->walk.root == TT_ROOT_FOLD && (uint8_t)(c - 'A') < 26 ? c | 0x20 : c;
        node = tt_node_may_follow(&m->nodes[node], c) ? tt_matcher_edge(m, node, TT_EDGE_BYTE, c) : TT_NO_NODE;
        if (node == TT_NO_NODE)
            return PLAIN;
    }
}

static int follow(tt_scan_state *s, const tt_piece_of *x, uint32_t node, tt_join join, const struct next *to)
{
    const tt_matcher *m = s->walk.m;
    unsigned kind = TT_EDGE_TOKEN + (unsigned)join;
    uint32_t word = to->words[s->walk.root], child = TT_NO_NODE;
    int rc = PLAIN;
    if (m->nodes[node].flags & TT_NODE_GLOB) {
        uint32_t glob = tt_matcher_edge(m, node, TT_EDGE_GLOB, join);
        if (glob != TT_NO_NODE && (!to->word || m->nodes[glob].flags & TT_NODE_TO_STAR))
            return ASK;
        rc = glob != TT_NO_NODE ? walk_pattern(s, x, glob, to) : PLAIN;
        if (rc != PLAIN)
            return rc;
    }
    if (word != TT_NO_WORD)
        child = tt_matcher_edge(m, node, kind, word);
    if (child != TT_NO_NODE)
        rc = reach(s, x, child, to);
    if (rc != PLAIN || !to->hyphen)
        return rc;
    child = tt_matcher_edge(m, node, kind, TT_WORD_HYPHEN);
    return child != TT_NO_NODE ? reach(s, x, child, to) : PLAIN;
}

static int extend(tt_scan_state *s, const tt_piece_of *x, const tt_spot *spot)
{
    unsigned flags = s->walk.m->nodes[spot->node].flags;
    struct next to, behind;
    bool blank = spot->end < x->end && is_blank(s->doc->vis[spot->end]);
    if (!(flags & (blank ? TT_NODE_SPACE | TT_NODE_ANY : TT_NODE_DIRECT | TT_NODE_ANY)))
        return PLAIN;
    int rc = next_of(s, x, spot, &to);
    if (rc != PLAIN)
        return rc == NOTHING ? PLAIN : rc;
    if (to.space) {
        rc = flags & TT_NODE_SPACE ? follow(s, x, spot->node, TT_JOIN_SPACE, &to) : PLAIN;
        return rc == PLAIN && flags & TT_NODE_ANY ? follow(s, x, spot->node, TT_JOIN_ANY, &to) : rc;
    }
    rc = flags & TT_NODE_DIRECT ? follow(s, x, spot->node, TT_JOIN_DIRECT, &to) : PLAIN;
    if (rc != PLAIN || !(flags & TT_NODE_ANY) || !to.hyphen)
        return rc;
    rc = next_of(s, x, &(tt_spot){spot->node, to.end, to.word_after, spot->first}, &behind);
    if (rc != PLAIN)
        return rc == NOTHING ? PLAIN : rc;
    return behind.space ? PLAIN : follow(s, x, spot->node, TT_JOIN_ANY, &behind);
}

/* The longest matches of one root: from `node` on, behind the first word, and those of patterns that begin with it. */
static int walk_root(tt_scan_state *s, const tt_piece_of *x, uint32_t node, const struct next *first, bool pattern)
{
    int rc = PLAIN;
    s->n_spots = 0;
    if (node != TT_NO_NODE)
        rc = reach(s, x, node, first);
    if (rc == PLAIN && pattern) {
        uint32_t glob = tt_matcher_edge(s->walk.m, s->walk.root, TT_EDGE_GLOB, TT_JOIN_DIRECT);
        rc = glob != TT_NO_NODE ? walk_pattern(s, x, glob, first) : PLAIN;
    }
    for (size_t i = 0; i < s->n_spots && rc == PLAIN; i++) {
        tt_spot spot = s->spots[i];
        rc = extend(s, x, &spot);
    }
    return rc;
}

/* The longest matches that begin with word k: PLAIN, ASK or TT_ENOMEM. */
static int walk_plain(tt_scan_state *s, const tt_piece_of *x, uint32_t k)
{
    tt_walk *w = &s->walk;
    const struct next first = {
        .start = s->part.starts[k], .end = s->part.ends[k], .word_after = k + 1, .first = true, .word = true};
    const bool pattern = (s->part.flags[k] & TT_WORD_PATTERN) != 0;
    struct known known;
    int rc = PLAIN;
    w->n_found = 0;
    w->found_end = 0;
    if (!look_up(s, k, &known))
        return ASK;
    for (w->root = 0; w->root < TT_N_ROOTS && rc == PLAIN; w->root++)
        if (known.nodes[w->root] != TT_NO_NODE || pattern)
            rc = walk_root(s, x, known.nodes[w->root], &first, pattern);
    return rc;
}

static int match_word(tt_scan_state *s, const tt_piece_of *x, uint32_t k)
{
    const tt_part_of *t = &s->part;
    uint32_t from = t->starts[k], to = t->ends[k];
    int rc = walk_plain(s, x, k);
    if (rc == ASK) {
        bool own = (unsigned char)s->doc->vis[from] >= 0x80 && tt_bit(t->cut, from - t->from);
        return ask(s, x, own ? from : tt_scan_chunk(s, x, from), from, to);
    }
    if (rc == TT_ENOMEM || s->walk.n_found == 0)
        return rc == TT_ENOMEM ? rc : 0;
    s->taken = (uint32_t)s->walk.found_end;
    s->hit_run = s->hit_run < x->run ? x->run : s->hit_run;
    while (s->hit_run + 1 < s->doc->n_runs && s->doc->runs[s->hit_run + 1].vis <= from)
        s->hit_run++;
    return emit(s, x, s->hit_run, from);
}

/* ---- a part ---- */

/* What is asked before byte `to` of the part, from byte *at on. */
static int ask_before(tt_scan_state *s, const tt_piece_of *x, size_t *at, size_t to)
{
    const tt_part_of *t = &s->part;
    size_t end = x->to - t->from;
    int rc = 0;
    for (*at = tt_bits_next(t->asked, *at, end); rc == 0 && *at < to; *at = tt_bits_next(t->asked, *at, end)) {
        size_t from = *at;
        *at = tt_bits_find(t->asked, UINT64_MAX, from, end);
        rc = ask(s, x, t->from + (uint32_t)from, t->from + (uint32_t)from, t->from + (uint32_t)*at);
    }
    return rc;
}

/* The first bytes of word k have been asked: what is left of it. An odd one may be several tokens. */
static int ask_rest(tt_scan_state *s, const tt_piece_of *x, uint32_t k)
{
    const tt_part_of *t = &s->part;
    size_t to = t->ends[k] - t->from;
    uint32_t from = t->from + (uint32_t)tt_bits_find(t->asked, UINT64_MAX, t->starts[k] - t->from, to);
    bool left = t->flags[k] & TT_WORD_ODD && from < t->ends[k];
    return left ? ask(s, x, tt_scan_chunk(s, x, t->starts[k]), from, t->ends[k]) : 0;
}

int tt_scan_match(tt_scan_state *s)
{
    const tt_part_of *t = &s->part;
    size_t i = 0;
    int rc = 0;
    for (size_t n = 0; n < t->n_pieces && rc == 0; n++) {
        const tt_piece_of *x = &t->pieces[n];
        size_t asked = x->from - t->from;
        s->cut_run = s->cut_run < x->run ? x->run : s->cut_run;
        for (; rc == 0 && i < t->n_passed && t->starts[t->passed[i]] < x->to; i++) {
            uint32_t k = t->passed[i], from = t->starts[k];
            rc = ask_before(s, x, &asked, from - t->from + 1);
            if (rc == 0 && tt_bit(t->asked, from - t->from))
                rc = ask_rest(s, x, k);
            else if (rc == 0 && (from >= s->taken || t->flags[k] & TT_WORD_ODD))
                rc = match_word(s, x, k);
        }
        if (rc == 0)
            rc = ask_before(s, x, &asked, x->to - t->from);
    }
    return rc;
}
