/* In: the trie of a lexicon. Out: the tables that sift words. Not here: what passes them (tag/scan).
 *
 * What a term may begin with is read off the edges at the roots: a word goes into `single` or, where only further words
 * can follow it, with each of these into `pair`; a sign, and what follows it directly, is a needle; a pattern gives the
 * letters that it begins with, or, behind a leading star, needles. */
#include "tag/sieve.h"

#include <string.h>

#include "base/unicode.h"

enum { MIN_BITS = 15, MAX_BITS = 21, PREFIX_BITS = 15, PREFIX_MAX = 16 };

struct builder {
    tt_sieve *s;
    const tt_matcher *m;
    tt_edge *edges; /* by parent */
    uint32_t *from; /* of each node, its first edge; one more */
    tt_buf key;
    bool exact; /* the root at hand */
    char path[PREFIX_MAX];
    size_t n_path;
    int rc;
};

static unsigned kind_of(const tt_edge *e)
{
    return (unsigned)(e->key >> TT_LABEL_BITS) & 15;
}

static uint32_t value_of(const tt_edge *e)
{
    return (uint32_t)e->key & ((1u << TT_LABEL_BITS) - 1);
}

static bool is_alnum(unsigned char c)
{
    return (unsigned char)((c | 0x20) - 'a') < 26 || (unsigned char)(c - '0') < 10;
}

static bool is_upper(unsigned char c)
{
    return (unsigned char)(c - 'A') < 26;
}

/* ---- edges by parent ---- */

static int sort_edges(struct builder *b)
{
    const tt_matcher *m = b->m;
    b->edges = tt_alloc((m->n_edges + 1) * sizeof *b->edges);
    b->from = tt_calloc(m->n_nodes + 2, sizeof *b->from);
    if (!b->edges || !b->from)
        return TT_ENOMEM;
    for (size_t i = 0; i < m->n_slots; i++)
        if (m->edges[i].child != TT_NO_NODE)
            b->from[(m->edges[i].key >> 32) + 2]++;
    for (size_t i = 2; i < m->n_nodes + 2; i++)
        b->from[i] += b->from[i - 1];
    for (size_t i = 0; i < m->n_slots; i++)
        if (m->edges[i].child != TT_NO_NODE)
            b->edges[b->from[(m->edges[i].key >> 32) + 1]++] = m->edges[i];
    return 0;
}

static const tt_edge *edges_of(const struct builder *b, uint32_t node, const tt_edge **end)
{
    *end = b->edges + b->from[node + 1];
    return b->edges + b->from[node];
}

/* ---- bitmaps ---- */

static int bitmap_init(tt_arena *arena, tt_bitmap *b, unsigned bits)
{
    size_t size = ((size_t)1 << bits) / 8;
    b->shift = 64 - bits;
    b->v = tt_arena_alloc(arena, size);
    if (!b->v)
        return TT_ENOMEM;
    memset(b->v, 0, size);
    return 0;
}

/* A bit in 64 is set at most, up to the largest map. */
static unsigned bits_for(size_t n)
{
    unsigned bits = MIN_BITS;
    while (bits < MAX_BITS && ((size_t)1 << bits) / 64 < n)
        bits++;
    return bits;
}

static void bitmap_add(tt_bitmap *b, uint64_t hash)
{
    uint64_t i = hash >> b->shift;
    b->v[i >> 6] |= (uint64_t)1 << (i & 63);
}

/* ---- words ---- */

uint64_t tt_sieve_key(const char *key, size_t n)
{
    char eight[8] = {0};
    memcpy(eight, key, n < sizeof eight ? n : sizeof eight);
    return tt_sieve_hash(tt_sieve_load(eight), n);
}

static bool is_ascii(tt_str key)
{
    return tt_utf8_ascii(key.p, 0, key.n) == key.n;
}

/* Begins with a letter or digit. */
static bool is_word(tt_str key)
{
    uint32_t cp = 0;
    return key.n && tt_utf8_decode(key.p, key.n, &cp) && (tt_cp_letter(cp) || tt_cp_digit(cp));
}

/* The hash of a text's word that has this key: of its case-folded form. */
static uint64_t hash_of(struct builder *b, tt_str key)
{
    if (!b->exact || is_ascii(key))
        return tt_sieve_key(key.p, key.n);
    tt_buf_reset(&b->key);
    if (tt_unicode_key(key.p, key.n, true, &b->key) != 0)
        b->rc = TT_ENOMEM;
    return b->key.n ? tt_sieve_key(b->key.p, b->key.n) : 0;
}

static size_t slot_of(const tt_sieve *s, const char *p, size_t n, uint64_t hash)
{
    size_t i = (size_t)(hash >> s->word_shift);
    for (;; i = (i + 1) & (s->n_slots - 1)) {
        const tt_sieve_word *w = &s->words[i];
        if (w->n == 0)
            return i;
        if (w->hash != hash || w->n != n)
            continue;
        size_t k = n < TT_SIEVE_WHOLE ? 8 : 0; /* the hash tells the first eight bytes */
        while (k < n && (p[k] | 0x20) == (w->key[k] | 0x20))
            k++;
        if (k >= n)
            return i;
    }
}

const tt_sieve_word *tt_sieve_find(const tt_sieve *s, const char *p, size_t n, uint64_t hash)
{
    const tt_sieve_word *w = &s->words[slot_of(s, p, n, hash)];
    return w->n ? w : NULL;
}

static void add_word(const tt_matcher *m, tt_sieve_word *w, tt_str key, uint32_t id)
{
    bool small = true;
    for (size_t i = 0; i < key.n; i++)
        small &= !is_upper((unsigned char)key.p[i]);
    if (small) {
        w->word = id;
        for (uint32_t root = 0; root < TT_N_ROOTS; root++)
            w->nodes[root] = tt_matcher_edge(m, root, TT_EDGE_TOKEN + TT_JOIN_DIRECT, id);
        return;
    }
    w->many_cased = w->cased != TT_NO_WORD;
    w->key = key.p;
    w->cased = id;
    w->cased_node = tt_matcher_edge(m, TT_ROOT_EXACT, TT_EDGE_TOKEN + TT_JOIN_DIRECT, id);
}

/* All words of ASCII that begin with a letter or digit; the signs by themselves. */
static int add_words(struct builder *b)
{
    tt_sieve *s = b->s;
    unsigned bits = 6;
    while (((size_t)1 << bits) < 2 * b->m->words.n + 1)
        bits++;
    s->n_slots = (size_t)1 << bits;
    s->word_shift = 64 - bits;
    s->words = tt_calloc(s->n_slots, sizeof *s->words);
    if (!s->words)
        return TT_ENOMEM;
    for (unsigned c = 0; c < 128; c++)
        s->signs[c] = TT_NO_WORD;
    for (uint32_t id = 0; id < b->m->words.n; id++) {
        tt_str key = b->m->words.v[id];
        if (key.n == 0 || !is_ascii(key))
            continue;
        if (!is_alnum((unsigned char)key.p[0])) {
            if (key.n == 1)
                s->signs[(unsigned char)key.p[0]] = id;
            continue;
        }
        uint64_t hash = tt_sieve_key(key.p, key.n);
        tt_sieve_word *w = &s->words[slot_of(s, key.p, key.n, hash)];
        if (w->n == 0)
            *w = (tt_sieve_word){
                .hash = hash, .key = key.p, .n = (uint32_t)key.n, .word = TT_NO_WORD, .cased = TT_NO_WORD};
        add_word(b->m, w, key, id);
    }
    return 0;
}

/* ---- needles ---- */

/* Groups are shared by all needles whose first bytes are alike in their lower bits. */
static void set_needle(struct builder *b, const int bytes[TT_NEEDLE_BYTES])
{
    tt_needles *t = &b->s->needles;
    uint8_t group = (uint8_t)(1u << (bytes[0] & 7));
    b->s->n_needles++;
    for (unsigned k = 0; k < TT_NEEDLE_BYTES; k++)
        for (int c = 0; c < 256; c++) {
            int lower = c >= 'A' && c <= 'Z' ? c | 0x20 : c;
            if (bytes[k] >= 0 && c != bytes[k] && (b->exact || lower != bytes[k]))
                continue;
            t->low[k][c & 15] |= group;
            t->high[k][c >> 4] |= group;
        }
}

/* Underscores at a word's edge stand in no key: they may come between a sign and a letter. */
static void add_needle(struct builder *b, const int bytes[TT_NEEDLE_BYTES])
{
    set_needle(b, bytes);
    for (unsigned k = 0; k + 1 < TT_NEEDLE_BYTES && bytes[k] >= 0 && bytes[k + 1] >= 0; k++)
        if (is_alnum((uint8_t)bytes[k]) != is_alnum((uint8_t)bytes[k + 1])) {
            int apart[TT_NEEDLE_BYTES] = {bytes[0], k ? bytes[1] : '_', k ? '_' : -1};
            set_needle(b, apart);
        }
}

static void add_high_sign(struct builder *b, uint32_t cp)
{
    b->s->has_high_signs = true;
    b->s->high_signs[cp % 1024 / 64] |= (uint64_t)1 << (cp % 64);
}

static void add_high_hyphens(struct builder *b)
{
    add_high_sign(b, 0xb7);
    for (uint32_t cp = 0x2010; cp <= 0x2013; cp++)
        add_high_sign(b, cp);
}

bool tt_sieve_high_sign(const tt_sieve *s, uint32_t cp)
{
    return s->high_signs[cp % 1024 / 64] >> (cp % 64) & 1;
}

/* Of a key: stands so in the text, where there is no other than ASCII. ’ is an apostrophe, too. */
static bool is_plain(uint32_t byte)
{
    return byte < 0x80 && byte != '\'';
}

/* What may stand directly behind a sign that terms begin with. */
static void add_sign(struct builder *b, uint32_t node, uint8_t sign)
{
    const tt_node *n = &b->m->nodes[node];
    int bytes[TT_NEEDLE_BYTES] = {sign, -1, -1};
    if (n->flags & (TT_NODE_ENDS | TT_NODE_SPACE | TT_NODE_ANY | TT_NODE_GLOB)) {
        add_needle(b, bytes);
        return;
    }
    const tt_edge *end, *e = edges_of(b, node, &end);
    for (; e < end; e++) {
        uint32_t word = value_of(e);
        tt_str key = word < b->m->words.n ? b->m->words.v[word] : TT_S("");
        bytes[1] = key.n && is_plain((uint8_t)key.p[0]) ? (uint8_t)key.p[0] : -1;
        add_needle(b, bytes);
    }
}

/* ---- terms that begin with a word or a sign ---- */

static void add_first(struct builder *b, tt_str key, uint32_t node)
{
    tt_sieve *s = b->s;
    const tt_node *n = &b->m->nodes[node];
    uint64_t hash = hash_of(b, key);
    bool single = (n->flags & (TT_NODE_ENDS | TT_NODE_GLOB)) != 0;
    const tt_edge *end, *e = edges_of(b, node, &end);
    bitmap_add(&s->first, hash);
    for (; e < end; e++) {
        uint32_t word = value_of(e);
        if (word < b->m->words.n && is_word(b->m->words.v[word]))
            bitmap_add(&s->pair, tt_sieve_pair(hash, hash_of(b, b->m->words.v[word])));
        else
            single = true;
    }
    if (single)
        bitmap_add(&s->single, hash);
}

static void add_token(struct builder *b, uint32_t word, uint32_t node)
{
    uint32_t cp = '-';
    tt_str key = word < b->m->words.n ? b->m->words.v[word] : TT_S("-");
    if (word == TT_WORD_HYPHEN)
        add_high_hyphens(b);
    if (is_word(key))
        add_first(b, key, node);
    else if (key.n && tt_utf8_decode(key.p, key.n, &cp) && cp < 0x80)
        add_sign(b, node, (uint8_t)cp);
    else
        add_high_sign(b, cp);
}

/* ---- patterns ---- */

/* The three bytes behind a leading star, or fewer where something else than a byte may follow. */
static void add_inner(struct builder *b, uint32_t node, int bytes[TT_NEEDLE_BYTES], unsigned depth)
{
    const tt_node *n = &b->m->nodes[node];
    const unsigned other = TT_NODE_ENDS | TT_NODE_DIRECT | TT_NODE_SPACE | TT_NODE_ANY | TT_NODE_GLOB;
    bool marks = (n->flags & (TT_NODE_TO_STAR | TT_NODE_TO_SOME)) != 0 && depth > 0;
    if (depth == TT_NEEDLE_BYTES || n->flags & other || marks) {
        b->s->all |= depth == 0;
        add_needle(b, bytes);
        return;
    }
    const tt_edge *end, *e = edges_of(b, node, &end);
    for (; e < end; e++) {
        uint32_t byte = value_of(e);
        if (depth > 0 && !is_plain(byte)) {
            add_needle(b, bytes);
        } else if (byte == TT_GLOB_HYPHEN) {
            add_high_hyphens(b);
            bytes[0] = '-';
            add_inner(b, e->child, bytes, 1);
            bytes[0] = -1;
        } else if (byte >= 0x80) {
            b->s->beyond = true;
        } else {
            bytes[depth] = (int)byte;
            if (is_plain(byte))
                add_inner(b, e->child, bytes, depth + 1);
            else
                add_needle(b, bytes);
            bytes[depth] = -1;
        }
    }
}

static void add_prefix(struct builder *b)
{
    tt_sieve *s = b->s;
    uint32_t n = (uint32_t)b->n_path;
    unsigned k = n < TT_PREFIX_HASHED ? n : TT_PREFIX_HASHED;
    if (tt_grow(&s->prefixes, &s->cap_prefixes, s->n_prefixes + 1, sizeof *s->prefixes) != 0 ||
        (!s->begins[k].v && bitmap_init(&s->arena, &s->begins[k], PREFIX_BITS) != 0)) {
        b->rc = TT_ENOMEM;
        return;
    }
    uint64_t hash = tt_sieve_key(b->path, k);
    uint32_t *head = &s->by_begin[hash >> (64 - PREFIX_BITS)];
    const char *key = tt_arena_dup(&s->arena, b->path, n);
    if (!key) {
        b->rc = TT_ENOMEM;
        return;
    }
    bitmap_add(&s->begins[k], hash);
    s->prefixes[s->n_prefixes] = (tt_sieve_prefix){key, n, *head, b->exact};
    *head = (uint32_t)++s->n_prefixes;
}

/* Patterns from `node` on, whose letters so far are b->path. */
static void add_pattern(struct builder *b, uint32_t node)
{
    const tt_node *n = &b->m->nodes[node];
    const unsigned other = TT_NODE_ENDS | TT_NODE_DIRECT | TT_NODE_SPACE | TT_NODE_ANY | TT_NODE_TO_STAR |
                           TT_NODE_TO_SOME | TT_NODE_HYPHEN;
    const tt_edge *end, *e = edges_of(b, node, &end);
    bool ends = n->flags & other || b->n_path == PREFIX_MAX;
    for (const tt_edge *x = e; x < end; x++)
        ends |= !is_alnum((uint8_t)value_of(x));
    if (b->n_path && ends) {
        add_prefix(b);
        return;
    }
    for (; e < end; e++) {
        uint8_t byte = (uint8_t)value_of(e);
        int bytes[TT_NEEDLE_BYTES] = {byte, -1, -1};
        if (is_alnum(byte)) {
            b->path[b->n_path++] = (char)byte;
            add_pattern(b, e->child);
            b->n_path--;
        } else if (byte == TT_GLOB_ANY || byte == TT_GLOB_SOME) {
            bytes[0] = -1;
            add_inner(b, byte == TT_GLOB_ANY ? e->child : tt_matcher_edge(b->m, e->child, TT_EDGE_BYTE, TT_GLOB_ANY),
                      bytes, 0);
        } else if (byte == TT_GLOB_HYPHEN) {
            bytes[0] = '-';
            add_needle(b, bytes);
            add_high_hyphens(b);
        } else if (byte < 0x80) {
            add_needle(b, bytes);
        } else {
            b->s->beyond = true;
        }
    }
}

bool tt_sieve_begins(const tt_sieve *s, const char *p, size_t n, bool any_case)
{
    for (unsigned k = 1; k <= TT_PREFIX_HASHED && k <= n; k++) {
        if (!s->begins[k].v)
            continue;
        uint64_t hash = tt_sieve_key(p, k);
        if (!tt_bitmap_has(&s->begins[k], hash))
            continue;
        for (uint32_t at = s->by_begin[hash >> (64 - PREFIX_BITS)]; at; at = s->prefixes[at - 1].next) {
            const tt_sieve_prefix *x = &s->prefixes[at - 1];
            bool exact = x->exact && !any_case;
            size_t i = x->n <= n ? 0 : x->n + 1;
            while (i < x->n && (exact ? p[i] == x->key[i] : (p[i] | 0x20) == (x->key[i] | 0x20)))
                i++;
            if (i == x->n)
                return true;
        }
    }
    return false;
}

/* ---- all of it ---- */

static void add_root(struct builder *b, uint32_t root)
{
    const tt_edge *end, *e = edges_of(b, root, &end);
    b->exact = root == TT_ROOT_EXACT;
    b->n_path = 0;
    for (; e < end && b->rc == 0; e++)
        if (kind_of(e) < TT_EDGE_GLOB)
            add_token(b, value_of(e), e->child);
        else
            add_pattern(b, e->child);
}

static int make_room(tt_sieve *s, const tt_matcher *m)
{
    unsigned bits = bits_for(m->words.n);
    s->by_begin = tt_calloc((size_t)1 << PREFIX_BITS, sizeof *s->by_begin);
    return s->by_begin && bitmap_init(&s->arena, &s->first, bits) == 0 &&
                   bitmap_init(&s->arena, &s->single, bits) == 0 &&
                   bitmap_init(&s->arena, &s->pair, bits_for(m->n_edges)) == 0
               ? 0
               : TT_ENOMEM;
}

int tt_sieve_init(tt_sieve *s, const tt_matcher *m)
{
    struct builder b = {.s = s, .m = m};
    *s = (tt_sieve){.m = m};
    b.rc = make_room(s, m);
    if (b.rc == 0)
        b.rc = sort_edges(&b);
    if (b.rc == 0)
        b.rc = add_words(&b);
    for (uint32_t root = 0; root < TT_N_ROOTS && b.rc == 0; root++)
        add_root(&b, root);
    tt_free(b.edges);
    tt_free(b.from);
    tt_buf_release(&b.key);
    return b.rc;
}

void tt_sieve_release(tt_sieve *s)
{
    tt_free(s->words);
    tt_free(s->prefixes);
    tt_free(s->by_begin);
    tt_arena_release(&s->arena);
    *s = (tt_sieve){0};
}
