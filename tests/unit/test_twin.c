/* twin: copies among random texts, against a comparison of all with all. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "fail_alloc.h"
#include "trend/twin.h"

static uint32_t seed;

static uint32_t next_random(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (uint32_t)((uint64_t)(seed >> 8) * below >> 24);
}

typedef struct words {
    uint64_t v[4000];
    size_t n;
} words;

static void add_word(words *w, uint32_t id)
{
    char text[16];
    int n = snprintf(text, sizeof text, "w%u", id);
    assert_true(w->n < sizeof w->v / sizeof *w->v);
    w->v[w->n++] = tt_hash(text, (size_t)n, 0);
}

static void add_random(words *w, size_t n, uint32_t vocabulary)
{
    while (n-- > 0)
        add_word(w, next_random(vocabulary));
}

static void add_copy(words *w, const words *from, size_t at, size_t n)
{
    for (size_t i = 0; i < n; i++)
        w->v[w->n++] = from->v[at + i];
}

static void sketch(tt_twins *t, const words *w, uint32_t issue)
{
    for (size_t i = 0; i < w->n; i++)
        tt_twins_word(t, w->v[i]);
    assert_int_equal(tt_twins_end(t, issue), 0);
}

/* ---- exact comparison ---- */

static double naive_share(const words *a, const words *b)
{
    size_t covered = 0;
    for (size_t i = 0; i < a->n; i++) {
        bool in = false;
        size_t run = a->n < TT_TWIN_SHINGLE ? a->n : TT_TWIN_SHINGLE;
        for (size_t from = i + 1 > run ? i + 1 - run : 0; from <= i && from + run <= a->n; from++)
            for (size_t k = 0; k + run <= b->n && !(run < TT_TWIN_SHINGLE && b->n != run); k++)
                in = in || memcmp(a->v + from, b->v + k, run * sizeof *a->v) == 0;
        covered += in;
    }
    return a->n ? (double)covered / (double)a->n : 0;
}

static void test_compare(void **state)
{
    (void)state;
    static words a, b;
    seed = 7;
    for (int i = 0; i < 400; i++) {
        double share_a, share_b;
        a.n = b.n = 0;
        add_random(&a, next_random(i % 2 ? 12 : 80), i % 3 ? 3 : 1000);
        add_random(&b, next_random(i % 2 ? 12 : 80), i % 3 ? 3 : 1000);
        size_t at = next_random((uint32_t)a.n + 1);
        add_copy(&b, &a, at, next_random((uint32_t)(a.n - at) + 1));
        add_random(&b, next_random(9), 1000);
        assert_int_equal(tt_twin_compare(a.v, a.n, b.v, b.n, &share_a, &share_b), 0);
        assert_true(share_a == naive_share(&a, &b)); /* the same division of the same numbers */
        assert_true(share_b == naive_share(&b, &a));
    }
}

/* ---- pairs ---- */

enum { N_TEXTS = 60, SMALL = N_TEXTS / 3 };
static words texts[N_TEXTS];

/* Issues, stories that stand in one of them, and rewritten issues. */
static void make_texts(void)
{
    for (uint32_t i = 0; i < N_TEXTS; i++) {
        words *w = &texts[i], *of = &texts[i % SMALL];
        w->n = 0;
        if (i < SMALL) {
            add_random(w, 200 + next_random(1800), 5000);
        } else if (i < 2 * SMALL) { /* a story of a tenth or more of its issue, some words of its own */
            size_t n = of->n / 10 + next_random((uint32_t)of->n / 2);
            add_random(w, next_random(20), 5000);
            add_copy(w, of, next_random((uint32_t)(of->n - n)), n);
        } else { /* every 30th word is another one */
            for (size_t k = 0; k < of->n; k++) {
                if (next_random(30) == 0)
                    add_random(w, 1, 5000);
                else
                    w->v[w->n++] = of->v[k];
            }
        }
    }
}

static const tt_twin_pair *pair_of(const tt_twin_pair *pairs, size_t n, uint32_t a, uint32_t b)
{
    for (size_t i = 0; i < n; i++)
        if (pairs[i].a == a && pairs[i].b == b)
            return &pairs[i];
    return NULL;
}

static void test_pairs(void **state)
{
    (void)state;
    seed = 3;
    for (int round = 0; round < 10; round++) {
        tt_twins t = {0}, part = {0};
        tt_twin_pair *pairs, *again;
        size_t n, n_again;
        make_texts();
        for (uint32_t i = 0; i < N_TEXTS; i++)
            sketch(&t, &texts[i], i);
        assert_int_equal(tt_twins_pairs(&t, 0.5, &pairs, &n), 0);
        for (uint32_t a = 0; a < N_TEXTS; a++) {
            for (uint32_t b = a + 1; b < N_TEXTS; b++) {
                double share_a, share_b;
                const tt_twin_pair *p = pair_of(pairs, n, a, b);
                tt_twin_compare(texts[a].v, texts[a].n, texts[b].v, texts[b].n, &share_a, &share_b);
                if (share_a >= 0.5 || share_b >= 0.5)
                    assert_non_null(p);
                if (share_a == 0 && share_b == 0)
                    assert_null(p);
                if (p && a % SMALL == b % SMALL && a < SMALL && b < 2 * SMALL)
                    assert_true(p->share_b > 0.5 && p->share_a < share_a + 0.3 && p->share_a > share_a - 0.3);
            }
        }
        /* in parts, and in another order */
        tt_twins_release(&t);
        for (uint32_t i = N_TEXTS; i-- > 0;)
            sketch(i % 2 ? &t : &part, &texts[i], i);
        assert_int_equal(tt_twins_merge(&t, &part), 0);
        assert_int_equal(tt_twins_pairs(&t, 0.5, &again, &n_again), 0);
        assert_int_equal(n, n_again);
        assert_memory_equal(pairs, again, n * sizeof *pairs);
        tt_free(pairs);
        tt_free(again);
        tt_twins_release(&t);
        tt_twins_release(&part);
    }
}

static void test_short(void **state)
{
    (void)state;
    static words a, b;
    tt_twins t = {0};
    tt_twin_pair *pairs;
    size_t n;
    a.n = b.n = 0;
    add_random(&a, 3, 1000);
    add_copy(&b, &a, 0, 2);
    assert_int_equal(tt_twins_pairs(&t, 0.5, &pairs, &n), 0);
    assert_int_equal(n, 0);
    sketch(&t, &a, 0);
    sketch(&t, &b, 1);
    sketch(&t, &(words){.n = 0}, 2);
    sketch(&t, &a, 3);
    assert_int_equal(t.n, 3);
    assert_int_equal(tt_twins_pairs(&t, 0.5, &pairs, &n), 0);
    assert_int_equal(n, 1);
    assert_true(pairs[0].a == 0 && pairs[0].b == 3 && pairs[0].share_a == 1 && pairs[0].share_b == 1);
    tt_free(pairs);
    tt_twins_release(&t);
}

/* Many copies of one text: each is paired with the next one, not with all. */
static void test_crowd(void **state)
{
    (void)state;
    static words a;
    for (uint32_t more = 0; more < 2; more++) {
        tt_twins t = {0};
        tt_twin_pair *pairs;
        size_t n;
        const size_t copies = TT_TWIN_CROWD + more;
        a.n = 0;
        add_random(&a, 300, 5000);
        for (uint32_t i = 0; i < copies; i++)
            sketch(&t, &a, i);
        assert_int_equal(tt_twins_pairs(&t, 0.9, &pairs, &n), 0);
        assert_int_equal(n, more ? copies - 1 : copies * (copies - 1) / 2);
        tt_free(pairs);
        tt_twins_release(&t);
    }
}

/* 20 000 issues of 300 words, half of them copies. */
static void test_large(void **state)
{
    (void)state;
    static words a;
    tt_twins t = {0};
    tt_twin_pair *pairs;
    size_t n;
    for (uint32_t i = 0; i < 20000; i++) {
        a.n = 0;
        for (uint32_t k = 0; k < 300; k++)
            add_word(&a, i / 2 * 300 + k);
        sketch(&t, &a, i);
    }
    assert_int_equal(tt_twins_pairs(&t, 0.5, &pairs, &n), 0);
    assert_int_equal(n, 10000);
    tt_free(pairs);
    tt_twins_release(&t);
}

static int all(void)
{
    static words a;
    tt_twins t = {0}, part = {0};
    tt_twin_pair *pairs = NULL;
    size_t n;
    double x, y;
    int rc = 0;
    seed = 1;
    a.n = 0;
    add_random(&a, 400, 1000);
    for (uint32_t i = 0; rc == 0 && i < 40; i++) {
        for (size_t k = 0; k < a.n; k++)
            tt_twins_word(i % 2 ? &t : &part, a.v[k]);
        rc = tt_twins_end(i % 2 ? &t : &part, i);
    }
    if (rc == 0)
        rc = tt_twins_merge(&t, &part);
    if (rc == 0)
        rc = tt_twins_pairs(&t, 0.5, &pairs, &n);
    if (rc == 0)
        rc = tt_twin_compare(a.v, a.n, a.v, 10, &x, &y);
    tt_free(pairs);
    tt_twins_release(&t);
    tt_twins_release(&part);
    return rc;
}

static void test_no_memory(void **state)
{
    (void)state;
    assert_true(fail_each(all, TT_ENOMEM) > 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_compare), cmocka_unit_test(test_pairs), cmocka_unit_test(test_short),
        cmocka_unit_test(test_crowd),   cmocka_unit_test(test_large), cmocka_unit_test(test_no_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
