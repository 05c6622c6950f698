/* In: the words of issues, as hashes. Out: pairs of issues that hold the same text. Not here: which words count, what
 * becomes of a copy. */
#include "trend/twin.h"

/* The hash of a run of words: spread over all 64 bits, since the smallest ones are kept. */
static inline uint64_t shingle(const uint64_t *words, size_t n)
{
    uint64_t h = n;
    for (size_t i = 0; i < n; i++) {
        h ^= words[i];
        h *= 0x9E3779B97F4A7C15u; /* 2^64 / golden ratio */
        h ^= h >> 32;
    }
    h *= 0xD6E8FEB86659FD93u;
    return h ^ h >> 32;
}

static int by_value(const void *a, const void *b)
{
    uint64_t x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return (x > y) - (x < y);
}

static void sort_few(uint64_t *v, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        uint64_t x = v[i];
        size_t k = i;
        for (; k > 0 && v[k - 1] > x; k--)
            v[k] = v[k - 1];
        v[k] = x;
    }
}

/* Quicksort whose inner loop has no branch that hangs on the values, which are hashes: several times as fast as qsort,
 * which is left what turns out to be in a bad order. */
static void sort(uint64_t *v, size_t n, unsigned depth)
{
    enum { FEW = 24, DEEP = 48 };
    while (n > FEW) {
        if (depth++ > DEEP) {
            qsort(v, n, sizeof *v, by_value);
            return;
        }
        uint64_t a = v[0], b = v[n / 2], c = v[n - 1];
        uint64_t low = a < b ? a : b, high = a < b ? b : a, pivot = c < low ? low : c > high ? high : c;
        size_t less = 0, equal;
        for (size_t i = 0; i < n; i++) { /* what is less goes to the front */
            uint64_t x = v[i];
            v[i] = v[less];
            v[less] = x;
            less += x < pivot;
        }
        equal = less;
        for (size_t i = less; i < n; i++) { /* what is equal behind it */
            uint64_t x = v[i];
            v[i] = v[equal];
            v[equal] = x;
            equal += x == pivot;
        }
        sort(v, less, depth);
        v += equal;
        n -= equal;
    }
    sort_few(v, n);
}

/* Sorts, and leaves each value once. Returns how many there are. */
static size_t unique(uint64_t *v, size_t n)
{
    size_t to = 0;
    sort(v, n, 0);
    for (size_t i = 0; i < n; i++)
        if (to == 0 || v[to - 1] != v[i])
            v[to++] = v[i];
    return to;
}

/* ---- sketches ---- */

/* Keeps the smallest ones. */
static void trim(tt_twins *t)
{
    t->n_found = unique(t->found, t->n_found);
    if (t->n_found <= TT_TWIN_KEEP)
        return;
    t->n_found = TT_TWIN_KEEP;
    t->limit = t->found[TT_TWIN_KEEP - 1];
    t->dropped = true;
}

static void add(tt_twins *t, uint64_t hash)
{
    if (t->dropped && hash >= t->limit)
        return;
    if (t->n_found == sizeof t->found / sizeof *t->found)
        trim(t);
    t->found[t->n_found++] = hash;
}

void tt_twins_word(tt_twins *t, uint64_t word)
{
    if (t->n_words < TT_TWIN_SHINGLE) {
        t->last[t->n_words] = word;
    } else {
        memmove(t->last, t->last + 1, sizeof t->last - sizeof *t->last);
        t->last[TT_TWIN_SHINGLE - 1] = word;
    }
    if (++t->n_words >= TT_TWIN_SHINGLE)
        add(t, shingle(t->last, TT_TWIN_SHINGLE));
}

int tt_twins_end(tt_twins *t, uint32_t issue)
{
    int rc = 0;
    if (t->n_words > 0 && t->n_words < TT_TWIN_SHINGLE)
        add(t, shingle(t->last, t->n_words));
    trim(t);
    if (t->n_found > 0) {
        rc = tt_grow(&t->sketches, &t->cap, t->n + 1, sizeof *t->sketches);
        if (rc == 0)
            rc = tt_grow(&t->values, &t->cap_values, t->n_values + t->n_found, sizeof *t->values);
    }
    if (rc == 0 && t->n_found > 0) {
        t->sketches[t->n++] = (tt_twin_sketch){issue, (uint32_t)t->n_found, t->n_values, !t->dropped};
        memcpy(t->values + t->n_values, t->found, t->n_found * sizeof *t->found);
        t->n_values += t->n_found;
    }
    t->n_words = t->n_found = 0;
    t->dropped = false;
    return rc;
}

int tt_twins_merge(tt_twins *into, const tt_twins *part)
{
    if (tt_grow(&into->sketches, &into->cap, into->n + part->n, sizeof *into->sketches) != 0 ||
        tt_grow(&into->values, &into->cap_values, into->n_values + part->n_values, sizeof *into->values) != 0)
        return TT_ENOMEM;
    for (size_t i = 0; i < part->n; i++) {
        tt_twin_sketch s = part->sketches[i];
        s.first += into->n_values;
        into->sketches[into->n++] = s;
    }
    if (part->n_values > 0)
        memcpy(into->values + into->n_values, part->values, part->n_values * sizeof *part->values);
    into->n_values += part->n_values;
    return 0;
}

void tt_twins_release(tt_twins *t)
{
    tt_free(t->sketches);
    tt_free(t->values);
    *t = (tt_twins){0};
}

/* ---- pairs ---- */

static tt_twin_pair estimate(const tt_twins *t, const tt_twin_sketch *a, const tt_twin_sketch *b)
{
    const uint64_t *x = t->values + a->first, *y = t->values + b->first;
    uint64_t limit = UINT64_MAX;
    size_t n_x = 0, n_y = 0, both = 0;
    if (!a->all)
        limit = x[a->n - 1];
    if (!b->all && y[b->n - 1] < limit)
        limit = y[b->n - 1];
    while ((n_x < a->n && x[n_x] <= limit) || (n_y < b->n && y[n_y] <= limit)) {
        bool left = n_x < a->n && x[n_x] <= limit, right = n_y < b->n && y[n_y] <= limit;
        bool same = left && right && x[n_x] == y[n_y];
        both += same;
        bool step_x = same || (left && (!right || x[n_x] < y[n_y]));
        n_y += same || !step_x;
        n_x += step_x;
    }
    return (tt_twin_pair){a->issue, b->issue, n_x ? (double)both / (double)n_x : 0,
                          n_y ? (double)both / (double)n_y : 0};
}

/* A hash, and the sketch that has it. */
typedef struct entry {
    uint64_t value;
    uint32_t sketch;
} entry;

static int by_entry(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    int order = (x->value > y->value) - (x->value < y->value);
    return order ? order : (x->sketch > y->sketch) - (x->sketch < y->sketch);
}

static int by_issue(const void *a, const void *b)
{
    const tt_twin_sketch *x = a, *y = b;
    return (x->issue > y->issue) - (x->issue < y->issue);
}

typedef struct keys {
    uint64_t *v; /* first sketch << 32 | second one */
    size_t n, cap;
} keys;

/* The same pair comes with each hash that it shares: they are made one before there is more room. */
static int add_key(keys *k, uint32_t a, uint32_t b)
{
    if (k->n == k->cap) {
        k->n = unique(k->v, k->n);
        if (tt_grow(&k->v, &k->cap, k->n * 2 + 1, sizeof *k->v) != 0)
            return TT_ENOMEM;
    }
    k->v[k->n++] = (uint64_t)a << 32 | b;
    return 0;
}

/* Pairs that share a hash, as indexes into sketches. */
static int share_hash(const tt_twin_sketch *sketches, const tt_twins *t, keys *out)
{
    entry *e = tt_alloc((t->n_values + 1) * sizeof *e);
    size_t n = 0;
    int rc = e ? 0 : TT_ENOMEM;
    for (size_t i = 0; rc == 0 && i < t->n; i++)
        for (size_t k = 0; k < sketches[i].n; k++)
            e[n++] = (entry){t->values[sketches[i].first + k], (uint32_t)i};
    if (n > 0)
        qsort(e, n, sizeof *e, by_entry);
    for (size_t i = 0, end; rc == 0 && i < n; i = end) {
        for (end = i + 1; end < n && e[end].value == e[i].value;)
            end++;
        size_t reach = end - i > TT_TWIN_CROWD ? 1 : TT_TWIN_CROWD;
        for (size_t a = i; rc == 0 && a < end; a++)
            for (size_t b = a + 1; rc == 0 && b < end && b - a <= reach; b++)
                rc = add_key(out, e[a].sketch, e[b].sketch);
    }
    tt_free(e);
    if (rc == 0)
        out->n = unique(out->v, out->n);
    return rc;
}

int tt_twins_pairs(const tt_twins *t, double least, tt_twin_pair **out, size_t *n)
{
    keys k = {0};
    size_t cap = 0;
    *out = NULL;
    *n = 0;
    tt_twin_sketch *sketches = tt_alloc((t->n + 1) * sizeof *sketches);
    if (!sketches)
        return TT_ENOMEM;
    if (t->n > 0)
        memcpy(sketches, t->sketches, t->n * sizeof *sketches);
    if (t->n > 0)
        qsort(sketches, t->n, sizeof *sketches, by_issue);
    int rc = share_hash(sketches, t, &k);
    for (size_t i = 0; rc == 0 && i < k.n; i++) {
        tt_twin_pair pair = estimate(t, &sketches[k.v[i] >> 32], &sketches[k.v[i] & UINT32_MAX]);
        if (pair.share_a < least / 2 && pair.share_b < least / 2)
            continue;
        rc = tt_grow(out, &cap, *n + 1, sizeof **out);
        if (rc == 0)
            (*out)[(*n)++] = pair;
    }
    tt_free(k.v);
    tt_free(sketches);
    if (rc != 0) {
        tt_free(*out);
        *out = NULL;
        *n = 0;
    }
    return rc;
}

/* ---- exactly ---- */

typedef struct set {
    uint64_t *slots; /* 0: free */
    size_t mask;
} set;

static uint64_t shingle_at(const uint64_t *words, size_t n, size_t i)
{
    uint64_t h = shingle(words + i, n < TT_TWIN_SHINGLE ? n : TT_TWIN_SHINGLE);
    return h ? h : 1;
}

static size_t n_shingles(size_t n)
{
    return n == 0 ? 0 : n < TT_TWIN_SHINGLE ? 1 : n - TT_TWIN_SHINGLE + 1;
}

static bool holds(const set *s, uint64_t h, size_t *slot)
{
    size_t i = (size_t)h & s->mask;
    while (s->slots[i] != 0 && s->slots[i] != h)
        i = (i + 1) & s->mask;
    *slot = i;
    return s->slots[i] == h;
}

static int set_of(set *s, const uint64_t *words, size_t n)
{
    size_t size = 16, slot;
    while (size < 2 * n)
        size *= 2;
    *s = (set){tt_calloc(size, sizeof *s->slots), size - 1};
    if (!s->slots)
        return TT_ENOMEM;
    for (size_t i = 0; i < n_shingles(n); i++) {
        uint64_t h = shingle_at(words, n, i);
        if (!holds(s, h, &slot))
            s->slots[slot] = h;
    }
    return 0;
}

/* Of a's words, those in a run that is in `other`. */
static double share_of(const uint64_t *a, size_t n, const set *other)
{
    size_t covered = 0, done = 0, slot; /* words before `done` have been counted */
    for (size_t i = 0; i < n_shingles(n); i++) {
        if (!holds(other, shingle_at(a, n, i), &slot))
            continue;
        size_t end = i + (n < TT_TWIN_SHINGLE ? n : TT_TWIN_SHINGLE);
        covered += end - (done > i ? done : i);
        done = end;
    }
    return n ? (double)covered / (double)n : 0;
}

int tt_twin_compare(const uint64_t *a, size_t n_a, const uint64_t *b, size_t n_b, double *share_a, double *share_b)
{
    set x = {0}, y = {0};
    int rc = set_of(&x, a, n_a);
    if (rc == 0)
        rc = set_of(&y, b, n_b);
    *share_a = *share_b = 0;
    if (rc == 0) {
        *share_a = share_of(a, n_a, &y);
        *share_b = share_of(b, n_b, &x);
    }
    tt_free(x.slots);
    tt_free(y.slots);
    return rc;
}
