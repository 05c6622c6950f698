/* recur: section names and blocks that come back from issue to issue.
 * In: headings and block hashes of a survey. Out: known names with their ids, hashes of boilerplate.
 * Not here: how a heading becomes a name and a block a hash, and what is laid over a document (parse/section). */
#include "base/unicode.h"
#include "read/recur.h"

/* ---- section names ---- */

typedef struct key_state {
    uint32_t last[TT_SECTION_LEVELS];  /* the issue that was counted last, + 1 */
    uint8_t issues[TT_SECTION_LEVELS]; /* that bear it, up to TT_RECURRING_NAME */
    bool known[TT_SECTION_LEVELS];
    bool any; /* known at some level */
    bool has_section;
    uint32_t section;
    tt_str listed; /* its name in sections.csv */
} key_state;

typedef struct names {
    tt_survey *s;
    tt_intern keys;
    uint32_t *key_of; /* heading -> key */
    key_state *states;
    size_t cap_sections;
} names;

static bool usable(const tt_heading *h)
{
    return h->key.n > 0 && h->level < TT_SECTION_LEVELS;
}

static int intern_keys(names *n)
{
    const tt_survey *s = n->s;
    n->key_of = tt_calloc(s->n_headings + 1, sizeof(*n->key_of));
    if (n->key_of == NULL)
        return TT_ENOMEM;
    for (size_t i = 0; i < s->n_headings; i++)
        if (usable(&s->headings[i]) && tt_intern_add(&n->keys, s->headings[i].key, &n->key_of[i]) != 0)
            return TT_ENOMEM;
    n->states = tt_calloc(n->keys.n + 1, sizeof(*n->states));
    return n->states != NULL ? 0 : TT_ENOMEM;
}

/* A name is known at a level where it is listed, or where headings of that level bear it in at least 2 issues. A line
 * (level 0) opens a section only where it is listed. An archive of one issue has no recurring names: all are known. */
static void count_names(names *n)
{
    const tt_survey *s = n->s;
    for (size_t i = 0; i < s->n_headings; i++) {
        const tt_heading *h = &s->headings[i];
        if (!usable(h))
            continue;
        key_state *k = &n->states[n->key_of[i]];
        if (h->listed && k->listed.n == 0)
            k->listed = h->name;
        if (k->last[h->level] != h->issue + 1 && k->issues[h->level] < TT_RECURRING_NAME)
            k->issues[h->level]++;
        k->last[h->level] = h->issue + 1;
        bool recurs = h->level > 0 && (k->issues[h->level] >= TT_RECURRING_NAME || s->n_issues == 1);
        if (h->listed || recurs)
            k->known[h->level] = k->any = true;
    }
}

static int add_section(names *n, tt_str name, uint32_t *id)
{
    tt_survey *s = n->s;
    if (tt_grow(&s->sections, &n->cap_sections, s->n_sections + 1, sizeof(*s->sections)) != 0)
        return TT_ENOMEM;
    *id = (uint32_t)s->n_sections;
    s->sections[s->n_sections++] = name;
    return 0;
}

/* (none), (intro), (other) first; a heading that is called so shares their ids. */
static int add_fixed(names *n)
{
    static const char *const fixed[] = {"(none)", "(intro)", "(other)"};
    for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++) {
        uint32_t id, key;
        if (add_section(n, tt_str_of(fixed[i]), &id) != 0)
            return TT_ENOMEM;
        if (!tt_intern_find(&n->keys, tt_str_of(fixed[i]), &key))
            continue;
        n->states[key].has_section = true;
        n->states[key].section = id;
    }
    return 0;
}

/* Gives ids in order of issues and place; a name that is not listed is spelled as where it stands first. */
static int number_names(names *n)
{
    const tt_survey *s = n->s;
    size_t *first = tt_calloc(s->n_issues + 1, sizeof(*first));
    if (first == NULL)
        return TT_ENOMEM;
    for (size_t i = 0; i < s->n_headings; i++)
        first[s->headings[i].issue + 1]++;
    for (size_t i = 0; i < s->n_issues; i++)
        first[i + 1] += first[i];
    int rc = add_fixed(n);
    for (size_t rank = 0; rc == 0 && rank < s->n_issues; rank++) {
        uint32_t issue = s->order[rank];
        for (size_t i = first[issue]; rc == 0 && i < first[issue + 1]; i++) {
            key_state *k = &n->states[n->key_of[i]];
            if (!usable(&s->headings[i]) || !k->any || k->has_section)
                continue;
            k->has_section = true;
            rc = add_section(n, k->listed.n > 0 ? k->listed : s->headings[i].name, &k->section);
        }
    }
    tt_free(first);
    return rc;
}

static int known_cmp(const void *a, const void *b)
{
    const struct tt_known *x = a, *y = b;
    return x->level != y->level ? (x->level < y->level ? -1 : 1) : tt_str_cmp(x->key, y->key);
}

static int list_known(names *n)
{
    tt_survey *s = n->s;
    size_t cap = 0;
    for (size_t key = 0; key < n->keys.n; key++) {
        const key_state *k = &n->states[key];
        for (uint8_t level = 0; level < TT_SECTION_LEVELS; level++) {
            if (!k->known[level])
                continue;
            if (tt_grow(&s->known, &cap, s->n_known + 1, sizeof(*s->known)) != 0)
                return TT_ENOMEM;
            struct tt_known *to = &s->known[s->n_known];
            *to = (struct tt_known){.level = level, .section = k->section};
            if (tt_str_dup(&s->arena, n->keys.v[key], &to->key) != 0)
                return TT_ENOMEM;
            s->n_known++;
        }
    }
    if (s->n_known > 0)
        qsort(s->known, s->n_known, sizeof(*s->known), known_cmp);
    return 0;
}

static int named_cmp(const void *a, const void *b)
{
    const struct tt_named *x = a, *y = b;
    int c = tt_str_cmp(x->key, y->key);
    return c != 0 ? c : (x->section > y->section) - (x->section < y->section);
}

static int list_named(tt_survey *s)
{
    tt_buf key = {0};
    int rc = 0;
    s->named = tt_calloc(s->n_sections, sizeof(*s->named));
    if (s->named == NULL)
        return TT_ENOMEM;
    for (size_t i = 0; rc == 0 && i < s->n_sections; i++) {
        tt_buf_reset(&key);
        rc = tt_unicode_key(s->sections[i].p, s->sections[i].n, true, &key);
        if (rc == 0)
            rc = tt_str_dup(&s->arena, (tt_str){key.p, key.n}, &s->named[i].key);
        s->named[i].section = (uint32_t)i;
    }
    tt_buf_release(&key);
    if (rc == 0)
        qsort(s->named, s->n_sections, sizeof(*s->named), named_cmp);
    return rc;
}

int tt_recur_sections(tt_survey *s)
{
    names n = {.s = s};
    int rc = intern_keys(&n);
    if (rc == 0) {
        count_names(&n);
        rc = number_names(&n);
    }
    if (rc == 0)
        rc = list_known(&n);
    if (rc == 0)
        rc = list_named(s);
    tt_intern_release(&n.keys);
    tt_free(n.key_of);
    tt_free(n.states);
    return rc;
}

/* ---- boilerplate ---- */

static int block_cmp(const void *a, const void *b, void *ctx)
{
    const struct tt_survey_block *x = a, *y = b;
    const tt_issue *issues = ctx;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    uint32_t i = issues[x->issue].order, k = issues[y->issue].order;
    return (i > k) - (i < k);
}

/* Leaves out blocks whose hash is there too few times for boilerplate, by a count for each hash and those that share its
 * slot: in most archives nearly all. */
static int leave_out_rare(tt_survey *s)
{
    size_t n_slots = 1024, n = 0;
    while (n_slots < 2 * s->n_blocks)
        n_slots *= 2;
    uint8_t *counts = tt_calloc(n_slots, 1);
    if (!counts)
        return TT_ENOMEM;
    for (size_t i = 0; i < s->n_blocks; i++) {
        uint8_t *count = &counts[s->blocks[i].hash & (n_slots - 1)];
        *count = (uint8_t)(*count + (*count < TT_BOILERPLATE));
    }
    for (size_t i = 0; i < s->n_blocks; i++)
        if (counts[s->blocks[i].hash & (n_slots - 1)] >= TT_BOILERPLATE)
            s->blocks[n++] = s->blocks[i];
    s->n_blocks = n;
    tt_free(counts);
    return 0;
}

/* In at least 5 issues, and in at least half of the issues from the first to the last that has it. */
int tt_recur_boilerplate(tt_survey *s)
{
    size_t cap = 0;
    if (leave_out_rare(s) != 0)
        return TT_ENOMEM;
    if (s->n_blocks > 0)
        qsort_r(s->blocks, s->n_blocks, sizeof(*s->blocks), block_cmp, s->issues);
    for (size_t from = 0, to; from < s->n_blocks; from = to) {
        uint32_t first = s->issues[s->blocks[from].issue].order;
        uint32_t last = first;
        uint64_t n = 1;
        for (to = from + 1; to < s->n_blocks && s->blocks[to].hash == s->blocks[from].hash; to++) {
            uint32_t rank = s->issues[s->blocks[to].issue].order;
            n += rank != last;
            last = rank;
        }
        if (n < TT_BOILERPLATE || n * 2 < (uint64_t)(last - first) + 1)
            continue;
        if (tt_grow(&s->boilerplate, &cap, s->n_boilerplate + 1, sizeof(*s->boilerplate)) != 0)
            return TT_ENOMEM;
        s->boilerplate[s->n_boilerplate++] = s->blocks[from].hash;
    }
    return 0;
}
