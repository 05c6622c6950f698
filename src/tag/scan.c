/* In: a doc, a lexicon. Out: words by block, mentions, told in order. Not here: which bytes make a word (scan_cut.c), what
 * is made of the words that pass the sieve (scan_walk.c), the sieve itself (sieve.c).
 *
 * The text is taken in parts: bit maps of its bytes, from these the words' starts and ends, a hash for each word, and the
 * sieve. Few words pass; what starts there is decided by the trie. Stretches of text with characters that join others
 * (marks, emoji sequences, scripts that write no white space) are `hard` and go to the reference whole. */
#include "tag/scan_in.h"

#include <string.h>

enum { PART = 16384, N_MAPS = 10 };
enum {
    AT_ONCE = 16,
    ROOM_BEHIND = 64
}; /* most items of a map have no more words; and what may be written behind them */

/* ---- bits ---- */

static uint64_t below(size_t i)
{
    return ((uint64_t)1 << (i & 63)) - 1;
}

void tt_bits_set(uint64_t *map, size_t from, size_t to)
{
    if (from >= to)
        return;
    size_t a = from >> 6, b = to >> 6;
    if (a == b) {
        map[a] |= below(to) & ~below(from);
        return;
    }
    map[a] |= ~below(from);
    for (size_t i = a + 1; i < b; i++)
        map[i] = UINT64_MAX;
    map[b] |= below(to);
}

void tt_bits_clear(uint64_t *map, size_t from, size_t to)
{
    if (from >= to)
        return;
    size_t a = from >> 6, b = to >> 6;
    if (a == b) {
        map[a] &= ~(below(to) & ~below(from));
        return;
    }
    map[a] &= below(from);
    for (size_t i = a + 1; i < b; i++)
        map[i] = 0;
    map[b] &= ~below(to);
}

/* ---- pieces ---- */

static uint8_t final_zone(const tt_block *block, const tt_run *run)
{
    return run->zone < block->overlay ? run->zone : block->overlay;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Where a long stretch is cut: behind white space, before ASCII, so that no segment of UAX #29 reaches over. */
static uint32_t cut_at(const char *p, uint32_t from, uint32_t end)
{
    uint32_t at = from + PART;
    while (at > from + PART / 2 && !(is_blank(p[at - 1]) && (unsigned char)p[at] < 0x80))
        at--;
    if (at > from + PART / 2)
        return at;
    for (at = from + PART + 1; at < end && !(is_blank(p[at - 1]) && (unsigned char)p[at] < 0x80); at++)
        ;
    return at;
}

/* The next piece in a zone that is wanted; false: the doc is over. */
static bool next_piece(tt_scan_state *s, tt_piece_of *out)
{
    const tt_run *runs = s->doc->runs;
    for (; s->block < s->doc->n_blocks; s->block++, s->run = 0) {
        const tt_block *block = &s->doc->blocks[s->block];
        uint32_t end = block->first_run + block->n_runs;
        for (uint32_t run = s->run ? s->run : block->first_run, to; run < end; run = to) {
            uint8_t zone = final_zone(block, &runs[run]);
            for (to = run + 1; to < end && !runs[to].barrier && final_zone(block, &runs[to]) == zone; to++)
                ;
            s->run = to;
            if (!(s->zones >> zone & 1))
                continue;
            *out = (tt_piece_of){.from = runs[run].vis, .block = s->block, .run = run, .zone = zone};
            out->to = out->end = runs[to - 1].vis + runs[to - 1].n;
            if (to >= end) {
                s->block++;
                s->run = 0;
            }
            return true;
        }
    }
    return false;
}

/* Takes pieces until the part is full. s->ahead is the one that did not fit, or the rest of one that was cut. */
static int fill_pieces(tt_scan_state *s)
{
    tt_part_of *t = &s->part;
    for (t->n_pieces = 0;;) {
        tt_piece_of *x = &s->ahead;
        if (!s->has_ahead && !(s->has_ahead = next_piece(s, x)))
            return 0;
        if (t->n_pieces && (x->from < t->to || x->end - t->from > PART))
            return 0;
        if (tt_grow(&t->pieces, &t->cap_pieces, t->n_pieces + 1, sizeof *t->pieces) != 0)
            return TT_ENOMEM;
        uint32_t to = x->end - x->from > PART ? cut_at(s->doc->vis, x->from, x->end) : x->end;
        t->from = t->n_pieces ? t->from : x->from;
        t->to = to;
        t->pieces[t->n_pieces] = *x;
        t->pieces[t->n_pieces++].to = to;
        s->has_ahead = to < x->end;
        x->from = to;
        if (s->has_ahead) {
            while (s->doc->runs[x->run].vis + s->doc->runs[x->run].n <= to)
                x->run++;
            return 0;
        }
    }
}

/* ---- a part ---- */

static int make_room(tt_part_of *t)
{
    size_t bytes = t->to - t->from;
    t->n_bits = (bytes + 63) / 64;
    if (t->n_bits + 1 > t->cap_bits) {
        size_t n = t->n_bits + 1 > PART / 64 + 1 ? t->n_bits + 1 : PART / 64 + 1;
        tt_free(t->maps);
        tt_free(t->rank);
        t->cap_bits = 0;
        t->maps = tt_alloc(n * N_MAPS * sizeof *t->maps);
        t->rank = tt_alloc(n * sizeof *t->rank);
        if (!t->maps || !t->rank)
            return TT_ENOMEM;
        uint64_t **maps[N_MAPS] = {&t->word,  &t->mid, &t->under, &t->high,  &t->cut,
                                   &t->joint, &t->odd, &t->hard,  &t->asked, &t->start};
        for (size_t i = 0; i < N_MAPS; i++)
            *maps[i] = t->maps + i * n;
        t->cap_bits = n;
    }
    size_t words = t->cap_bits * 64;
    if (words <= t->cap_words)
        return 0;
    tt_free(t->starts);
    tt_free(t->ends);
    tt_free(t->hashes);
    tt_free(t->flags);
    tt_free(t->passed);
    t->cap_words = 0;
    t->starts = tt_alloc((words + ROOM_BEHIND) * sizeof *t->starts);
    t->ends = tt_alloc((words + ROOM_BEHIND) * sizeof *t->ends);
    t->hashes = tt_alloc((words + 1) * sizeof *t->hashes);
    t->flags = tt_alloc(words + 1);
    t->passed = tt_alloc((words + 1) * sizeof *t->passed);
    if (!t->starts || !t->ends || !t->hashes || !t->flags || !t->passed)
        return TT_ENOMEM;
    t->cap_words = words;
    return 0;
}

static void part_release(tt_part_of *t)
{
    tt_free(t->maps);
    tt_free(t->rank);
    tt_free(t->pieces);
    tt_free(t->starts);
    tt_free(t->ends);
    tt_free(t->hashes);
    tt_free(t->flags);
    tt_free(t->passed);
}

/* ---- loops over all words: made twice, plain and TT_SIMD_CODE ---- */

#define EVERY_WAY static inline __attribute__((always_inline))

/* Places of the bits that are set. Writes AT_ONCE always, so that no branch hangs on how many there are. */
EVERY_WAY uint32_t *list_bits(uint64_t bits, uint32_t at, uint32_t *to)
{
    const uint64_t none = (uint64_t)1 << 63; /* __builtin_ctzll of 0 is not defined */
    unsigned n = (unsigned)__builtin_popcountll(bits);
#pragma GCC unroll 16
    for (unsigned i = 0; i < AT_ONCE; i++, bits &= bits - 1)
        to[i] = at + (uint32_t)__builtin_ctzll(bits | none);
    if (n > AT_ONCE)
        for (unsigned i = AT_ONCE; i < n; i++, bits &= bits - 1)
            to[i] = at + (uint32_t)__builtin_ctzll(bits);
    return to + n;
}

/* Where words start and end, from the bits of their bytes. */
EVERY_WAY void list_words(tt_part_of *t)
{
    uint32_t *start = t->starts, *end = t->ends;
    uint64_t carry = 0;
    t->word[t->n_bits] = 0;
    for (size_t i = 0; i <= t->n_bits; i++) {
        uint64_t word = t->word[i], before = word << 1 | carry;
        uint64_t starts = word & (~before | t->cut[i]), ends = before & (~word | t->cut[i]);
        uint32_t at = t->from + (uint32_t)i * 64;
        t->start[i] = starts;
        t->rank[i] = (uint32_t)(start - t->starts);
        carry = word >> 63;
        if ((word | before) == 0)
            continue;
        start = list_bits(starts, at, start);
        end = list_bits(ends, at, end);
    }
    t->n_words = (size_t)(start - t->starts);
}

/* Eight bytes are read at each word: only of the first n there are as many. */
EVERY_WAY void hash_words(tt_part_of *t, const char *p, size_t n)
{
    const uint32_t *starts = t->starts, *ends = t->ends;
    uint64_t *hashes = t->hashes;
    for (size_t k = 0; k < n; k++)
        hashes[k] = tt_sieve_hash(tt_sieve_load(p + starts[k]), ends[k] - starts[k]);
}

EVERY_WAY void sift_words(tt_part_of *t, const tt_sieve *v)
{
    const tt_bitmap single = v->single, pair = v->pair;
    const uint64_t *hashes = t->hashes;
    const uint8_t *flags = t->flags;
    uint32_t *passed = t->passed;
    for (size_t i = 0; i < t->n_words; i++) {
        *passed = (uint32_t)i;
        unsigned one = tt_bitmap_has(&single, hashes[i]);
        unsigned two = tt_bitmap_has(&pair, tt_sieve_pair(hashes[i], hashes[i + 1]));
        passed += one | two | (flags[i] & TT_WORD_ASKED) / TT_WORD_ASKED;
    }
    t->n_passed = (size_t)(passed - t->passed);
}

/* Bits from..to - 1 of words that are not the later tokens of one. */
EVERY_WAY uint32_t count_starts(const tt_part_of *t, size_t from, size_t to)
{
    size_t a = from >> 6, b = to >> 6;
    unsigned n = 0;
    for (size_t i = a; i <= b; i++) {
        uint64_t x = t->start[i] & ~t->joint[i];
        x = i == a ? x & ~below(from) : x;
        x = i == b ? x & below(to) : x;
        n += (unsigned)__builtin_popcountll(x);
    }
    return n;
}

EVERY_WAY void count_words(const tt_part_of *t, uint32_t *words)
{
    for (size_t i = 0; i < t->n_pieces; i++)
        words[t->pieces[i].block] += count_starts(t, t->pieces[i].from - t->from, t->pieces[i].to - t->from);
}

/* Fills `passed` with the words whose first k bytes may begin a pattern. */
EVERY_WAY void begin_words(tt_part_of *t, const tt_bitmap *begins, const char *p, size_t n_vis, unsigned k)
{
    const tt_bitmap map = *begins;
    const uint32_t *starts = t->starts;
    uint32_t *passed = t->passed;
    size_t n = t->n_words, i = 0;
    while (n > 0 && (size_t)starts[n - 1] + 8 > n_vis)
        n--;
    for (; i < n; i++) {
        *passed = (uint32_t)i;
        passed += tt_bitmap_has(&map, tt_sieve_hash(tt_sieve_load(p + starts[i]), k));
    }
    for (; i < t->n_words; i++)
        *passed++ = (uint32_t)i;
    t->n_passed = (size_t)(passed - t->passed);
}

static void begin_plain(tt_part_of *t, const tt_bitmap *begins, const char *p, size_t n_vis, unsigned k)
{
    begin_words(t, begins, p, n_vis, k);
}

TT_SIMD_CODE static void begin_simd(tt_part_of *t, const tt_bitmap *begins, const char *p, size_t n_vis, unsigned k)
{
    begin_words(t, begins, p, n_vis, k);
}

static void list_plain(tt_part_of *t, uint32_t *words)
{
    list_words(t);
    count_words(t, words);
}

TT_SIMD_CODE static void list_simd(tt_part_of *t, uint32_t *words)
{
    list_words(t);
    count_words(t, words);
}

static void hash_plain(tt_part_of *t, const char *p, size_t n)
{
    hash_words(t, p, n);
}

TT_SIMD_CODE static void hash_simd(tt_part_of *t, const char *p, size_t n)
{
    hash_words(t, p, n);
}

static void hash_all(tt_scan_state *s)
{
    tt_part_of *t = &s->part;
    const char *p = s->doc->vis;
    size_t n = t->n_words;
    t->hashes[n] = 0;
    while (n > 0 && (size_t)t->starts[n - 1] + 8 > s->doc->n_vis) {
        n--;
        t->hashes[n] = tt_sieve_key(p + t->starts[n], t->ends[n] - t->starts[n]);
    }
    (s->how == TT_WORDBITS_SIMD ? hash_simd : hash_plain)(t, p, n);
}

static void sift_plain(tt_part_of *t, const tt_sieve *v)
{
    sift_words(t, v);
}

TT_SIMD_CODE static void sift_simd(tt_part_of *t, const tt_sieve *v)
{
    sift_words(t, v);
}

/* Words with which a pattern may begin: those whose first k bytes pass, then the exact answer. */
static void sift_patterns(tt_scan_state *s)
{
    tt_part_of *t = &s->part;
    const char *p = s->doc->vis;
    for (unsigned k = 1; k <= TT_PREFIX_HASHED; k++) {
        if (!s->sieve.begins[k].v)
            continue;
        (s->how == TT_WORDBITS_SIMD ? begin_simd : begin_plain)(t, &s->sieve.begins[k], p, s->doc->n_vis, k);
        for (size_t i = 0; i < t->n_passed; i++) {
            size_t word = t->passed[i], at = t->starts[word], n = t->ends[word] - at;
            if (!(t->flags[word] & TT_WORD_ODD) && tt_sieve_begins(&s->sieve, p + at, n, false))
                t->flags[word] |= TT_WORD_PATTERN | TT_WORD_ASKED;
        }
    }
}

static int do_part(tt_scan_state *s)
{
    tt_part_of *t = &s->part;
    if (make_room(t) != 0)
        return TT_ENOMEM;
    const tt_wordbits bits = {t->word, t->mid, t->under, t->high};
    tt_wordbits_fill(s->how, s->doc->vis + t->from, t->to - t->from, &bits);
    if (tt_scan_cut(s) != 0)
        return TT_ENOMEM;
    (s->how == TT_WORDBITS_SIMD ? list_simd : list_plain)(t, s->words);
    hash_all(s);
    memset(t->flags, 0, t->n_words + 1);
    if (tt_scan_odd(s) != 0)
        return TT_ENOMEM;
    if (s->sieve.n_prefixes)
        sift_patterns(s);
    (s->how == TT_WORDBITS_SIMD ? sift_simd : sift_plain)(t, &s->sieve);
    return tt_scan_match(s);
}

/* ---- state ---- */

int tt_scan_state_new(tt_scan_state **out, const tt_lexicon *lex, tt_err *err)
{
    tt_scan_state *s = tt_calloc(1, sizeof *s);
    if (!s)
        return tt_fail_memory(err);
    s->lex = lex;
    s->how = tt_wordbits_best();
    s->has_exact = lex->matcher->nodes[TT_ROOT_EXACT].flags != 0;
    s->classes = tt_calloc(0x10000, 1);
    s->drops = tt_calloc(lex->n_entries / 64 + 1, sizeof *s->drops);
    for (size_t i = 0; s->drops && i < lex->n_entries; i++)
        if (lex->entries[i].topic == TT_DROP)
            tt_bit_set(s->drops, i);
    if (!s->classes || !s->drops || tt_sieve_init(&s->sieve, lex->matcher) != 0 ||
        tt_walk_init(&s->walk, lex->matcher) != 0) {
        tt_scan_state_free(s);
        return tt_fail_memory(err);
    }
    *out = s;
    return 0;
}

void tt_scan_state_free(tt_scan_state *s)
{
    if (!s)
        return;
    tt_sieve_release(&s->sieve);
    tt_walk_release(&s->walk);
    tt_cutting_release(&s->cutting);
    part_release(&s->part);
    tt_free(s->classes);
    tt_free(s->drops);
    tt_buf_release(&s->key);
    tt_free(s->spots);
    tt_free(s);
}

void tt_scan_state_how(tt_scan_state *s, tt_wordbits_how how)
{
    s->how = how;
}

int tt_scan(tt_scan_state *s, const tt_doc *doc, unsigned zones, uint32_t *words,
            int (*hit)(void *ctx, const tt_mention *mention), void *ctx, tt_err *err)
{
    int rc = 0;
    s->doc = doc;
    s->zones = zones;
    s->words = words;
    s->hit = hit;
    s->ctx = ctx;
    s->block = s->run = s->taken = s->cut_run = s->hit_run = 0;
    s->has_ahead = s->cut_here = false;
    s->chunk_at = s->chunk_from = UINT32_MAX;
    do {
        rc = fill_pieces(s) != 0 ? TT_ENOMEM : s->part.n_pieces ? do_part(s) : 0;
    } while (rc == 0 && s->part.n_pieces);
    return rc == TT_ENOMEM ? tt_fail_memory(err) : rc;
}
