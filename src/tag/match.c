/* In: tokens, a lexicon. Out: mentions, leftmost, then longest (COUNTING 7), told one by one.
 * Not here: how terms are found (walk.c, glob.c), which zones count (trend). */
#include "tag/match.h"

#include "tag/walk.h"

#include <stdlib.h>

struct tt_match_state {
    const tt_lexicon *lex;
    tt_walk walk;
    bool tell_drops;
};

int tt_match_state_new(tt_match_state **out, const tt_lexicon *lex, tt_err *err)
{
    tt_match_state *m = tt_calloc(1, sizeof *m);
    if (!m)
        return tt_fail_memory(err);
    m->lex = lex;
    if (tt_walk_init(&m->walk, lex->matcher) != 0) {
        tt_match_state_free(m);
        return tt_fail_memory(err);
    }
    *out = m;
    return 0;
}

void tt_match_state_free(tt_match_state *m)
{
    if (!m)
        return;
    tt_walk_release(&m->walk);
    tt_free(m);
}

static int by_number(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

void tt_match_tell_drops(tt_match_state *m)
{
    m->tell_drops = true;
}

static bool dropped(const tt_match_state *m)
{
    for (size_t i = 0; i < m->walk.n_entries; i++)
        if (m->lex->entries[m->walk.entries[i]].topic == TT_DROP)
            return true;
    return false;
}

uint32_t tt_match_place(const tt_run *run, uint32_t vis)
{
    return run->n == run->n_src ? run->at + (vis - run->vis) : run->at;
}

int tt_match(tt_match_state *m, const tt_doc *doc, const tt_tokens *tokens,
             int (*hit)(void *ctx, const tt_mention *mention), void *ctx, tt_err *err)
{
    if (tt_walk_text(&m->walk, tokens) != 0)
        return tt_fail_memory(err);
    for (size_t i = 0; i < tokens->n; i++) {
        if (tt_walk_from(&m->walk, i) != 0)
            return tt_fail_memory(err);
        if (m->walk.n_found == 0)
            continue;
        if (tt_walk_gather(&m->walk) != 0)
            return tt_fail_memory(err);
        const tt_token *first = &tokens->v[i];
        tt_mention mention = {
            .first = (uint32_t)i,
            .last = m->walk.found_last,
            .vis = first->vis,
            .n = (uint32_t)(m->walk.found_end - first->vis),
            .at = tt_match_place(&doc->runs[first->run], first->vis),
            .block = first->block,
            .zone = first->zone,
            .entries = m->walk.entries,
            .n_entries = (uint32_t)m->walk.n_entries,
        };
        i = m->walk.found_last;
        int rc = !m->tell_drops && dropped(m) ? 0 : hit(ctx, &mention);
        if (rc != 0)
            return rc;
    }
    return 0;
}

static bool counts_for(const tt_entry *e, uint32_t topic)
{
    return e->n_counts && bsearch(&topic, e->counts, e->n_counts, sizeof topic, by_number) != NULL;
}

/* The entry that a mention counts for `topic` by. */
static uint32_t counted_by(const tt_lexicon *lex, const tt_mention *m, uint32_t topic)
{
    uint32_t first = UINT32_MAX;
    for (uint32_t i = 0; i < m->n_entries; i++) {
        if (lex->entries[m->entries[i]].topic == topic)
            return m->entries[i];
        if (first == UINT32_MAX && counts_for(&lex->entries[m->entries[i]], topic))
            first = m->entries[i];
    }
    return first;
}

/* Merges the entries' lists: each time the smallest topic above the one before. One entry, as nearly all mentions have,
 * is its own list. */
size_t tt_mention_topics(const tt_lexicon *lex, const tt_mention *m, uint32_t *topics, uint32_t *by, size_t cap)
{
    if (m->n_entries == 1) {
        const tt_entry *e = &lex->entries[m->entries[0]];
        for (size_t i = 0; i < e->n_counts && i < cap; i++) {
            topics[i] = e->counts[i];
            by[i] = m->entries[0];
        }
        return e->n_counts;
    }
    size_t n = 0;
    for (uint32_t above = 0;; n++) {
        uint32_t topic = TT_DROP;
        for (uint32_t i = 0; i < m->n_entries; i++) {
            const tt_entry *e = &lex->entries[m->entries[i]];
            size_t lo = 0, hi = e->n_counts;
            while (lo < hi) {
                size_t mid = lo + (hi - lo) / 2;
                if (e->counts[mid] < above)
                    lo = mid + 1;
                else
                    hi = mid;
            }
            if (lo < e->n_counts && e->counts[lo] < topic)
                topic = e->counts[lo];
        }
        if (topic == TT_DROP)
            return n;
        if (n < cap) {
            topics[n] = topic;
            by[n] = counted_by(lex, m, topic);
        }
        above = topic + 1;
    }
}
