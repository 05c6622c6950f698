/* In: a lexicon. Out: findings about its entries. Each entry's samples (sample.c) are run through the compiled matcher:
 * over the whole sample to see who else finds it, and with that whole forbidden to see whose places it takes.
 * Not here: what a text says about the entries (evidence.c), mistakes in the rows (lexfile.c). */
#include "tag/lint.h"

#include "tag/sample.h"
#include "tag/token.h"
#include "tag/walk.h"

#include <string.h>

enum { MAX_OTHERS = 16 }; /* that one entry is compared with: thousands may have the same term */

/* What is known of an entry's samples so far. */
struct tally {
    uint32_t entry;
    size_t n_samples, n_dropped; /* n_dropped: a `-` entry takes it */
    uint32_t dropped_by;
    uint32_t twins[MAX_OTHERS]; /* entries of the same topic that find all samples so far */
    size_t n_twins;
};

struct lint {
    const tt_lexicon *lex;
    tt_walk walk;
    tt_arena arena; /* of one sample */
    tt_tokens tokens;
    struct tally tally;
    bool upper;        /* samples are in capitals */
    tt_buf capitals;   /* one of these */
    bool fold;         /* samples are case-folded: they say nothing of places that are taken */
    uint32_t *counted; /* by topic: number of the sample that counts for it */
    uint32_t *held;    /* by topic: entry + 1 that was found to hold one of its terms */
    uint32_t sample;
    tt_intern pairs; /* of entries that were told together */
    tt_buf text;
    tt_finding_fn *found;
    void *ctx;
    tt_err *err;
};

static const tt_entry *entry_of(const struct lint *l, uint32_t i)
{
    return &l->lex->entries[i];
}

/* ---- telling ---- */

static void put_term(struct lint *l, uint32_t i)
{
    tt_buf_char(&l->text, '`');
    tt_buf_str(&l->text, entry_of(l, i)->term);
    tt_buf_char(&l->text, '`');
}

/* `term` (file:line) */
static void put_place(struct lint *l, uint32_t i)
{
    put_term(l, i);
    tt_buf_f(&l->text, " (%s:%zu)", entry_of(l, i)->file.p, entry_of(l, i)->line);
}

static void put_topic(struct lint *l, uint32_t topic)
{
    tt_buf_str(&l->text, topic == TT_DROP ? TT_S("-") : l->lex->topics[topic].id);
}

/* Tells what stands in l->text, and empties it. */
static int tell(struct lint *l, const char *code, uint32_t entry)
{
    const tt_entry *e = entry_of(l, entry);
    const tt_finding f = {
        .code = code, .file = e->file, .line = e->line, .column = e->column, .text = {l->text.p, l->text.n}};
    int rc = l->text.failed ? tt_fail_memory(l->err) : l->found(l->ctx, &f);
    tt_buf_reset(&l->text);
    return rc;
}

/* *known: a finding about these two was told before. */
static int remember_pair(struct lint *l, uint32_t a, uint32_t b, bool *known)
{
    uint32_t pair[2] = {a < b ? a : b, a < b ? b : a}, id;
    size_t n = l->pairs.n;
    if (tt_intern_add(&l->pairs, (tt_str){(const char *)pair, sizeof pair}, &id) != 0)
        return tt_fail_memory(l->err);
    *known = l->pairs.n == n;
    return 0;
}

static int tell_two_topics(struct lint *l, uint32_t a, uint32_t b)
{
    uint32_t later = a > b ? a : b, earlier = a > b ? b : a;
    bool known = false;
    if (remember_pair(l, a, b, &known) != 0)
        return TT_ENOMEM;
    if (known)
        return 0;
    put_term(l, later);
    tt_buf_text(&l->text, " of ");
    put_topic(l, entry_of(l, later)->topic);
    tt_buf_text(&l->text, " finds what ");
    put_place(l, earlier);
    tt_buf_text(&l->text, " of ");
    put_topic(l, entry_of(l, earlier)->topic);
    tt_buf_text(&l->text, " finds, and counts for both (give it to one, or name the other in also or broader)");
    return tell(l, "two-topics", later);
}

static int tell_holds(struct lint *l, uint32_t entry, uint32_t inner)
{
    put_term(l, entry);
    tt_buf_text(&l->text, " of ");
    put_topic(l, entry_of(l, entry)->topic);
    tt_buf_text(&l->text, " takes the place of ");
    put_place(l, inner);
    tt_buf_text(&l->text, " from ");
    put_topic(l, entry_of(l, inner)->topic);
    tt_buf_text(&l->text, " (put ");
    put_topic(l, entry_of(l, inner)->topic);
    tt_buf_text(&l->text, " into also or broader, or - into also if this is meant)");
    return tell(l, "holds", entry);
}

/* ---- one sample ---- */

static bool counts_for(const tt_entry *e, uint32_t topic)
{
    for (size_t i = 0; i < e->n_counts; i++)
        if (e->counts[i] == topic)
            return true;
    return false;
}

/* Whether `twin` finds for the same topics as the entry, or more. */
static bool covers(const struct lint *l, uint32_t twin)
{
    const tt_entry *a = entry_of(l, l->tally.entry), *b = entry_of(l, twin);
    if (a->topic != b->topic || twin == l->tally.entry)
        return false;
    for (size_t i = 0; i < a->n_counts; i++)
        if (!counts_for(b, a->counts[i]))
            return false;
    return true;
}

static bool has(const uint32_t *v, size_t n, uint32_t x)
{
    for (size_t i = 0; i < n; i++)
        if (v[i] == x)
            return true;
    return false;
}

static void keep_twins(struct lint *l)
{
    struct tally *t = &l->tally;
    const tt_walk *w = &l->walk;
    size_t kept = 0;
    if (t->n_samples == 0) {
        for (size_t i = 0; i < w->n_entries && kept < MAX_OTHERS; i++)
            if (covers(l, w->entries[i]))
                t->twins[kept++] = w->entries[i];
    } else {
        for (size_t i = 0; i < t->n_twins; i++)
            if (has(w->entries, w->n_entries, t->twins[i]))
                t->twins[kept++] = t->twins[i];
    }
    t->n_twins = kept;
}

/* Everyone who finds the whole sample is in l->walk.entries. */
static int compare_whole(struct lint *l)
{
    const tt_walk *w = &l->walk;
    const tt_entry *own = entry_of(l, l->tally.entry);
    for (size_t i = 0; i < w->n_entries; i++) {
        const tt_entry *e = entry_of(l, w->entries[i]);
        for (size_t k = 0; k < e->n_counts; k++)
            l->counted[e->counts[k]] = l->sample;
    }
    size_t n_told = 0;
    for (size_t i = 0; i < w->n_entries && n_told < MAX_OTHERS; i++) {
        const tt_entry *e = entry_of(l, w->entries[i]);
        if (e->topic == own->topic || counts_for(own, e->topic) || counts_for(e, own->topic))
            continue;
        int rc = tell_two_topics(l, l->tally.entry, w->entries[i]);
        if (rc != 0)
            return rc;
        n_told++;
    }
    return 0;
}

/* Whose places the sample takes: what is found in it when nothing may take the whole. */
static int look_inside(struct lint *l, size_t whole)
{
    tt_walk *w = &l->walk;
    int rc = 0;
    for (size_t i = 0; i < l->tokens.n && rc == 0; i++) {
        w->limit = i == 0 ? whole : SIZE_MAX;
        w->text++; /* a * must not remember what it covered without the limit */
        if (tt_walk_from(w, i) != 0 || tt_walk_gather(w) != 0)
            rc = tt_fail_memory(l->err);
        bool dropped = false;
        for (size_t k = 0; k < w->n_entries; k++)
            dropped |= entry_of(l, w->entries[k])->topic == TT_DROP;
        for (size_t k = 0; k < w->n_entries && rc == 0 && !dropped; k++) {
            uint32_t topic = entry_of(l, w->entries[k])->topic;
            if (l->counted[topic] == l->sample || l->held[topic] == l->tally.entry + 1)
                continue;
            l->held[topic] = l->tally.entry + 1;
            rc = tell_holds(l, l->tally.entry, w->entries[k]);
        }
        if (w->n_found)
            i = w->found_last;
    }
    w->limit = SIZE_MAX;
    return rc;
}

static int on_sample(void *ctx, tt_str text)
{
    struct lint *l = ctx;
    struct tally *t = &l->tally;
    const tt_entry *own = entry_of(l, t->entry);
    uint32_t dropped_by = TT_DROP;
    tt_arena_reset(&l->arena);
    l->walk.n_entries = 0;
    if (tt_tokenize_str(text, &l->arena, &l->tokens, l->err) != 0 || tt_walk_text(&l->walk, &l->tokens) != 0 ||
        (l->tokens.n && (tt_walk_from(&l->walk, 0) != 0 || tt_walk_gather(&l->walk) != 0)))
        return tt_fail_memory(l->err);
    bool found = l->tokens.n && has(l->walk.entries, l->walk.n_entries, t->entry);
    if (l->upper && !found)
        return 0;
    keep_twins(l);
    for (size_t i = 0; i < l->walk.n_entries && found; i++)
        if (entry_of(l, l->walk.entries[i])->topic == TT_DROP)
            dropped_by = l->walk.entries[i];
    t->n_samples++;
    t->n_dropped += dropped_by != TT_DROP;
    if (dropped_by != TT_DROP)
        t->dropped_by = dropped_by;
    if (!found || l->fold || own->topic == TT_DROP || dropped_by != TT_DROP)
        return 0;
    size_t whole = l->walk.found_end;
    l->sample++;
    int rc = compare_whole(l);
    return rc == 0 && !own->alone ? look_inside(l, whole) : rc;
}

/* Where case is ignored, a term finds this too, and one that is exact in lower case does not. */
static int on_sample_upper(void *ctx, tt_str text)
{
    struct lint *l = ctx;
    tt_buf_reset(&l->capitals);
    for (size_t i = 0; i < text.n; i++)
        tt_buf_char(&l->capitals, text.p[i] >= 'a' && text.p[i] <= 'z' ? (char)(text.p[i] & ~0x20) : text.p[i]);
    return l->capitals.failed ? tt_fail_memory(l->err) : on_sample(l, (tt_str){l->capitals.p, l->capitals.n});
}

/* ---- one entry ---- */

static bool has_star(tt_str term)
{
    for (size_t i = 0; i < term.n; i++) {
        if (term.p[i] == '*')
            return true;
        i += term.p[i] == '\\';
    }
    return false;
}

/* A row that a pattern of the same topic finds too is kept for those who read the lexicon. */
static int judge_twins(struct lint *l)
{
    const struct tally *t = &l->tally;
    const tt_entry *a = entry_of(l, t->entry);
    bool star = has_star(a->term), known = false;
    for (size_t i = 0; i < t->n_twins; i++) {
        const tt_entry *b = entry_of(l, t->twins[i]);
        if (!star && has_star(b->term))
            continue;
        if (remember_pair(l, t->entry, t->twins[i], &known) != 0)
            return TT_ENOMEM;
        if (known)
            continue; /* that one finds no more than this */
        put_term(l, t->entry);
        tt_buf_text(&l->text, " of ");
        put_topic(l, a->topic);
        tt_buf_text(&l->text, " adds nothing: all that it finds is found by ");
        put_place(l, t->twins[i]);
        tt_buf_text(&l->text, " too (take it out)");
        return tell(l, "twice", t->entry);
    }
    return 0;
}

static int judge(struct lint *l)
{
    const struct tally *t = &l->tally;
    if (t->n_samples == 0)
        return 0; /* a mistake in the term: told when it was read */
    if (t->n_dropped == t->n_samples && entry_of(l, t->entry)->topic != TT_DROP) {
        put_term(l, t->entry);
        tt_buf_text(&l->text, " never counts: ");
        put_place(l, t->dropped_by);
        tt_buf_text(&l->text, " under - takes every place (take one of them out)");
        return tell(l, "never", t->entry);
    }
    return judge_twins(l);
}

static int lint_entry(struct lint *l, uint32_t entry)
{
    const tt_entry *e = entry_of(l, entry);
    struct tally *t = &l->tally;
    *t = (struct tally){.entry = entry};
    l->fold = false;
    int rc = tt_samples(e->term, false, on_sample, l);
    l->fold = true;
    if (rc == 0 && !e->exact)
        rc = tt_samples(e->term, true, on_sample, l);
    l->upper = true;
    if (rc == 0 && !e->exact)
        rc = tt_samples(e->term, true, on_sample_upper, l);
    l->upper = false;
    if (rc == TT_ENOMEM)
        return tt_fail_memory(l->err);
    return rc == 0 ? judge(l) : rc;
}

int tt_lint(const tt_lexicon *lex, tt_finding_fn *found, void *ctx, tt_err *err)
{
    tt_err own;
    struct lint l = {.lex = lex, .found = found, .ctx = ctx, .err = err ? err : &own};
    l.counted = tt_calloc(lex->n_topics + 1, sizeof *l.counted);
    l.held = tt_calloc(lex->n_topics + 1, sizeof *l.held);
    int rc = tt_walk_init(&l.walk, lex->matcher);
    if (rc != 0 || !l.counted || !l.held)
        rc = tt_fail_memory(l.err);
    for (size_t i = lex->n_entries; i > 0 && rc == 0; i--) /* of two that are the same, the later one is told */
        rc = lint_entry(&l, (uint32_t)i - 1);
    tt_walk_release(&l.walk);
    tt_arena_release(&l.arena);
    tt_intern_release(&l.pairs);
    tt_buf_release(&l.text);
    tt_buf_release(&l.capitals);
    tt_free(l.counted);
    tt_free(l.held);
    return rc;
}
