/* In: what was asked and not found. Out: topics that may have been meant. Not here: what is asked (query.c). */
#include "tag/query.h"

struct close {
    size_t far;
    bool occurs;
    uint32_t topic;
};

static bool nearer(const struct close *a, const struct close *b)
{
    if (a->occurs != b->occurs && (a->far <= 1) == (b->far <= 1))
        return a->occurs;
    if (a->far != b->far)
        return a->far < b->far;
    return a->topic < b->topic;
}

/* Into the best, each topic once. */
static void offer(struct close *best, size_t *n, struct close c)
{
    for (size_t i = 0; i < *n; i++)
        if (best[i].topic == c.topic) {
            if (!nearer(&c, &best[i]))
                return;
            for (; i + 1 < *n; i++)
                best[i] = best[i + 1];
            --*n;
            break;
        }
    size_t at = *n;
    while (at > 0 && nearer(&c, &best[at - 1]))
        at--;
    if (at == TT_MOST_CLOSE)
        return;
    if (*n < TT_MOST_CLOSE)
        ++*n;
    for (size_t i = *n - 1; i > at; i--)
        best[i] = best[i - 1];
    best[at] = c;
}

size_t tt_query_close(const tt_lexicon *lex, tt_str text, const bool *occurs, uint32_t out[TT_MOST_CLOSE], int *rc)
{
    tt_buf asked = {0}, name = {0};
    struct close best[TT_MOST_CLOSE];
    size_t n = 0;
    *rc = tt_query_fold(text, &asked);
    const tt_str want = {asked.p ? asked.p : "", asked.n};
    const size_t most = want.n <= 3 ? 1 : want.n <= 6 ? 2 : 3; /* letters that may be wrong */
    for (size_t i = 0; *rc == 0 && i < lex->n_topics + lex->n_topics + lex->n_entries; i++) {
        const tt_entry *e = i < 2 * lex->n_topics ? NULL : &lex->entries[i - 2 * lex->n_topics];
        uint32_t topic = e ? e->topic : (uint32_t)(i % lex->n_topics);
        if (topic == TT_DROP)
            continue;
        tt_str s = e ? e->term : i < lex->n_topics ? lex->topics[topic].id : lex->topics[topic].label;
        if ((s.n > want.n ? s.n - want.n : want.n - s.n) > most + 4) /* blanks and hyphens fall away */
            continue;
        *rc = tt_query_fold(s, &name);
        if (*rc != 0 || name.n == 0)
            continue;
        size_t far = tt_str_distance(want, (tt_str){name.p, name.n});
        if (far <= most && far < want.n)
            offer(best, &n, (struct close){far, occurs[topic], topic});
    }
    while (n > 1 && best[n - 1].far > best[0].far)
        n--;
    for (size_t i = 0; i < n; i++)
        out[i] = best[i].topic;
    tt_buf_release(&asked);
    tt_buf_release(&name);
    return n;
}
