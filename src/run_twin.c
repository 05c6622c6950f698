/* In: a finished survey. Out: pairs of issues that hold the same text, told; with --drop-duplicates one of each pair leaves
 * the survey. Not here: sketches and the exact comparison (trend/twin).
 *
 * What is compared are the words of text, headings and captions: boilerplate, quotes, titles and names of sections stand in
 * many issues anyway. A word here is a run of letters and digits of ASCII and of all other characters but general
 * punctuation: this need not be UAX #29, it must be cheap and the same on both sides. */
#include "run.h"

#include <stdlib.h>
#include <string.h>

enum {
    WORDS_AT_ONCE = 16 << 20, /* words of the pairs that are compared in one go, 8 bytes each */
    LEAST_WORDS = 20,         /* of an issue: shorter ones are alike by chance */
    PAIRS_SHOWN = 5,
    PAIRS_COMPARED = 200 /* where they are only told, and not all */
};

static const double shown_share = 0.5; /* of the words of one, that stand in the other: a pair is told */
static const double twin_share = 0.8;  /* it is the same text again: --drop-duplicates leaves it out */

/* ---- words ---- */

static uint64_t mix(uint64_t h, unsigned char c)
{
    return (h ^ c) * 0x9E3779B97F4A7C15u;
}

/* U+2000 to U+206F: dashes and quotation marks, which one copy has curly and the other straight. */
static bool is_mark(const unsigned char *p, size_t n)
{
    return n >= 3 && p[0] == 0xE2 && (p[1] == 0x80 || (p[1] == 0x81 && p[2] <= 0xAF));
}

/* What of a word: an ASCII letter in lower case, a digit, a byte that is not ASCII; else 0. */
static unsigned char folded(unsigned char c)
{
    static const unsigned char table[128] = {
        ['0'] = '0', '1', '2', '3', '4', '5', '6', '7', '8', '9',
        ['A'] = 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm',
        'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z',
        ['a'] = 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm',
        'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z',
    };
    return c < 0x80 ? table[c] : c;
}

typedef int word_fn(void *ctx, uint64_t word);

static int words_of_run(const unsigned char *p, size_t n, word_fn *word, void *ctx)
{
    for (size_t i = 0; i < n;) {
        uint64_t h = 0;
        for (unsigned char c; i < n && (c = folded(p[i])) != 0 && !is_mark(p + i, n - i); i++)
            h = mix(h, c);
        if (h != 0 && word(ctx, h ^ h >> 29) != 0)
            return TT_ENOMEM;
        if (i < n)
            i += p[i] >= 0x80 ? 3 : 1;
    }
    return 0;
}

static int words_of(const tt_doc *doc, word_fn *word, void *ctx)
{
    for (uint32_t b = 0; b < doc->n_blocks; b++) {
        const tt_block *block = &doc->blocks[b];
        if (block->overlay != TT_ZONE_TEXT)
            continue;
        for (uint32_t i = block->first_run; i < block->first_run + block->n_runs; i++) {
            const tt_run *run = &doc->runs[i];
            bool compared = run->zone == TT_ZONE_TEXT || run->zone == TT_ZONE_HEADING || run->zone == TT_ZONE_CAPTION;
            if (compared && words_of_run((const unsigned char *)doc->vis + run->vis, run->n, word, ctx) != 0)
                return TT_ENOMEM;
        }
    }
    return 0;
}

/* ---- sketches ---- */

struct sketching {
    tt_twins *twins;
    uint32_t n_words;
};

static int sketch_word(void *ctx, uint64_t word)
{
    struct sketching *s = ctx;
    tt_twins_word(s->twins, word);
    s->n_words++;
    return 0;
}

int tt_run_sketch(tt_archive *a, const tt_doc *doc, uint32_t issue, tt_err *err)
{
    struct sketching s = {.twins = &a->twins};
    if (!a->twin_words) {
        a->twin_words = tt_calloc(a->survey.n_issues + 1, sizeof *a->twin_words);
        if (!a->twin_words)
            return tt_fail_memory(err);
    }
    if (words_of(doc, sketch_word, &s) != 0 || tt_twins_end(&a->twins, issue) != 0)
        return tt_fail_memory(err);
    a->twin_words[issue] = s.n_words;
    return 0;
}

bool tt_run_sketches(const tt_archive *a)
{
    return a->opt.duplicates <= TT_DUPLICATES_TELL_ALL && a->n_bytes <= TT_MAX_TWIN_BYTES;
}

/* ---- the exact comparison ---- */

struct keeping {
    uint64_t *v;
    size_t n, cap;
};

static int keep_word(void *ctx, uint64_t word)
{
    struct keeping *k = ctx;
    if (tt_grow(&k->v, &k->cap, k->n + 1, sizeof *k->v) != 0)
        return TT_ENOMEM;
    k->v[k->n++] = word;
    return 0;
}

static int by_number(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Reads the n issues once, in order, and keeps their words: at[i] is where those of issue i begin. */
static int keep_words(tt_archive *a, struct tt_reading *r, uint32_t *issues, size_t n, struct keeping *k, size_t *at,
                      tt_err *err)
{
    int rc = 0;
    if (n > 1)
        qsort(issues, n, sizeof *issues, by_number);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        if (i > 0 && issues[i] == issues[i - 1])
            continue;
        at[issues[i]] = k->n;
        rc = tt_run_read(a, issues[i], r, NULL, err);
        if (rc == 0 && words_of(&r->doc, keep_word, k) != 0)
            rc = tt_fail_memory(err);
        if (rc == 0 && k->n - at[issues[i]] != a->twin_words[issues[i]])
            rc = tt_fail(err, TT_EINPUT, a->survey.issues[issues[i]].path.p, 0, 0,
                         "changed while it was being read; run again");
    }
    return rc;
}

static int compare_some(tt_archive *a, struct tt_reading *r, tt_twin_pair *pairs, size_t n, size_t *at, tt_err *err)
{
    uint32_t *issues = tt_alloc((2 * n + 1) * sizeof *issues);
    struct keeping k = {0};
    if (!issues)
        return tt_fail_memory(err);
    for (size_t i = 0; i < n; i++) {
        issues[2 * i] = pairs[i].a;
        issues[2 * i + 1] = pairs[i].b;
    }
    int rc = keep_words(a, r, issues, 2 * n, &k, at, err);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        tt_twin_pair *p = &pairs[i];
        if (tt_twin_compare(k.v + at[p->a], a->twin_words[p->a], k.v + at[p->b], a->twin_words[p->b], &p->share_a,
                            &p->share_b) != 0)
            rc = tt_fail_memory(err);
    }
    tt_free(k.v);
    tt_free(issues);
    return rc;
}

/* As many pairs at once as there is room for their words. */
static int compare_all(tt_archive *a, struct tt_reading *r, tt_twin_pair *pairs, size_t n, tt_err *err)
{
    size_t *at = tt_calloc(a->survey.n_issues + 1, sizeof *at);
    int rc = at ? 0 : tt_fail_memory(err);
    for (size_t i = 0, to; rc == 0 && i < n; i = to) {
        uint64_t words = 0;
        for (to = i; to < n; to++) {
            words += (uint64_t)a->twin_words[pairs[to].a] + a->twin_words[pairs[to].b];
            if (to > i && words > WORDS_AT_ONCE)
                break;
        }
        rc = compare_some(a, r, pairs + i, to - i, at, err);
    }
    tt_free(at);
    return rc;
}

/* ---- which one stays ---- */

/* The copy with the earlier date, then the longer one, then the first path: issues stand in order of path. */
static bool goes_before(const tt_archive *a, uint32_t x, uint32_t y)
{
    int32_t dx = a->survey.issues[x].date, dy = a->survey.issues[y].date;
    if (dx != dy && (dx == TT_NO_DATE || dy == TT_NO_DATE))
        return dy == TT_NO_DATE;
    if (dx != dy)
        return dx < dy;
    if (a->twin_words[x] != a->twin_words[y])
        return a->twin_words[x] > a->twin_words[y];
    return x < y;
}

/* Of a pair the one that is left out: a copy of the other, or a part of it. TT_NO_ISSUE: neither is. */
static uint32_t loser(const tt_archive *a, const tt_twin_pair *p)
{
    bool a_in_b = p->share_a >= twin_share, b_in_a = p->share_b >= twin_share;
    if (a_in_b && b_in_a)
        return goes_before(a, p->a, p->b) ? p->b : p->a;
    return a_in_b ? p->a : b_in_a ? p->b : TT_NO_ISSUE;
}

/* An issue is left out where one that stays holds its text, so that no text goes with all its copies: of A like B like C the
 * last may have nothing of the first. The issue that stays is known before those it drops; of a ring the first one stays. */
struct choice {
    uint64_t *edges; /* winner << 32 | loser, sorted */
    size_t n_edges;
    size_t *first;  /* edges of a winner, by issue; one more behind the last */
    uint32_t *open; /* winners of an issue that are not decided */
    uint32_t *queue;
    uint8_t *state;
};
enum { UNDECIDED, STAYS, GOES };

static int by_edge(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Decides i, and what that decides: each issue enters the queue once. */
static void decide(struct choice *c, uint32_t i)
{
    size_t n = 0;
    c->state[i] = STAYS;
    c->queue[n++] = i;
    for (size_t at = 0; at < n; at++) {
        uint32_t winner = c->queue[at];
        for (size_t e = c->first[winner]; e < c->first[winner + 1]; e++) {
            uint32_t lost = (uint32_t)c->edges[e];
            c->open[lost]--;
            if (c->state[lost] != UNDECIDED || (c->state[winner] == GOES && c->open[lost] > 0))
                continue;
            c->state[lost] = c->state[winner] == STAYS ? GOES : STAYS;
            c->queue[n++] = lost;
        }
    }
}

static void decide_all(struct choice *c, size_t n_issues)
{
    for (size_t e = 0, i = 0; i <= n_issues; i++) {
        while (e < c->n_edges && c->edges[e] >> 32 < i)
            e++;
        c->first[i] = e;
    }
    for (size_t e = 0; e < c->n_edges; e++)
        c->open[(uint32_t)c->edges[e]]++;
    for (uint32_t i = 0; i < n_issues; i++)
        if (c->state[i] == UNDECIDED && c->open[i] == 0)
            decide(c, i);
    for (uint32_t i = 0; i < n_issues; i++)
        if (c->state[i] == UNDECIDED)
            decide(c, i);
}

static int choose(const tt_archive *a, const tt_twin_pair *pairs, size_t n, bool *drop)
{
    const size_t n_issues = a->survey.n_issues;
    struct choice c = {tt_alloc((n + 1) * sizeof *c.edges),      0,
                       tt_calloc(n_issues + 1, sizeof *c.first), tt_calloc(n_issues + 1, sizeof *c.open),
                       tt_calloc(n_issues + 1, sizeof *c.queue), tt_calloc(n_issues + 1, sizeof *c.state)};
    bool room = c.edges && c.first && c.open && c.queue && c.state;
    for (size_t i = 0; room && i < n; i++) {
        uint32_t lost = loser(a, &pairs[i]);
        if (lost != TT_NO_ISSUE)
            c.edges[c.n_edges++] = (uint64_t)(lost == pairs[i].a ? pairs[i].b : pairs[i].a) << 32 | lost;
    }
    if (room && c.n_edges > 1)
        qsort(c.edges, c.n_edges, sizeof *c.edges, by_edge);
    if (room)
        decide_all(&c, n_issues);
    for (size_t i = 0; room && i < n_issues; i++)
        drop[i] = c.state[i] == GOES;
    tt_free(c.edges);
    tt_free(c.first);
    tt_free(c.open);
    tt_free(c.queue);
    tt_free(c.state);
    return room ? 0 : TT_ENOMEM;
}

/* `drop`: what is left out; NULL: nothing is. */
static void tell_pair(const tt_archive *a, const tt_twin_pair *p, const bool *drop)
{
    uint32_t lost = loser(a, p);
    bool swap = lost == p->b || (lost == TT_NO_ISSUE && p->share_b > p->share_a);
    const tt_issue *x = &a->survey.issues[swap ? p->b : p->a], *y = &a->survey.issues[swap ? p->a : p->b];
    double share = swap ? p->share_b : p->share_a;
    tt_tell(a->sink, TT_NOTE, x->path.p, 0, 0, "%.0f %% of the words of %.*s stand in %.*s too: %s", 100 * share,
            (int)(x->issue.n < 200 ? x->issue.n : 200), x->issue.p, (int)(y->issue.n < 200 ? y->issue.n : 200),
            y->issue.p,
            lost == TT_NO_ISSUE
                ? (drop && (drop[p->a] || drop[p->b]) ? "one is left out as a copy of a third" : "both are counted")
            : !drop      ? "counted twice; --drop-duplicates leaves it out"
            : drop[lost] ? "it is left out"
                         : "it stays, since the other one is left out");
}

static void tell_pairs(const tt_archive *a, const tt_twin_pair *pairs, size_t n, size_t more, const bool *drop)
{
    size_t told = 0;
    for (size_t i = 0; i < n; i++) {
        if (pairs[i].share_a < shown_share && pairs[i].share_b < shown_share)
            continue;
        if (told++ < PAIRS_SHOWN || a->opt.duplicates == TT_DUPLICATES_TELL_ALL)
            tell_pair(a, &pairs[i], drop);
        else
            more++;
    }
    if (more)
        tt_tell(a->sink, TT_NOTE, NULL, 0, 0, "%zu more pairs of issues hold much the same text; -v names them", more);
}

/* ---- the whole ---- */

/* *more: pairs that look alike beyond those that were compared. */
static int find_pairs(tt_archive *a, struct tt_reading *r, tt_twin_pair **pairs, size_t *n, size_t *more, tt_err *err)
{
    *more = 0;
    *pairs = NULL;
    *n = 0;
    if (!a->twin_words)
        return 0;
    if (tt_twins_pairs(&a->twins, shown_share, pairs, n) != 0)
        return tt_fail_memory(err);
    size_t to = 0;
    for (size_t i = 0; i < *n; i++)
        if (a->twin_words[(*pairs)[i].a] >= LEAST_WORDS && a->twin_words[(*pairs)[i].b] >= LEAST_WORDS)
            (*pairs)[to++] = (*pairs)[i];
    *n = to;
    if (a->opt.duplicates == TT_DUPLICATES_TELL && to > PAIRS_COMPARED) {
        *more = to - PAIRS_COMPARED;
        *n = PAIRS_COMPARED;
    }
    return compare_all(a, r, *pairs, *n, err);
}

int tt_run_tell_twins(tt_archive *a, struct tt_reading *r, tt_err *err)
{
    tt_twin_pair *pairs;
    size_t n, more;
    int rc = find_pairs(a, r, &pairs, &n, &more, err);
    if (rc == 0)
        tell_pairs(a, pairs, n, more, NULL);
    tt_free(pairs);
    return rc;
}

int tt_run_drop_twins(tt_archive *a, struct tt_reading *r, tt_err *err)
{
    tt_twin_pair *pairs = NULL;
    size_t n = 0, more = 0;
    bool *drop = tt_calloc(a->survey.n_issues + 1, sizeof *drop);
    int rc = drop ? 0 : tt_fail_memory(err);
    for (uint32_t i = 0; rc == 0 && i < a->survey.n_issues; i++) {
        rc = tt_run_read(a, i, r, NULL, err);
        rc = rc == 0 ? tt_run_sketch(a, &r->doc, i, err) : rc;
    }
    if (rc == 0)
        rc = find_pairs(a, r, &pairs, &n, &more, err);
    if (rc == 0 && choose(a, pairs, n, drop) != 0)
        rc = tt_fail_memory(err);
    if (rc == 0)
        tell_pairs(a, pairs, n, more, drop);
    if (rc == 0)
        rc = tt_survey_drop(&a->survey, drop, err);
    tt_free(pairs);
    tt_free(drop);
    return rc;
}
