/* In: topics and entries as read. Out: topics sorted by id with their broader ones, entries with all that they count
 * for (COUNTING 7). Not here: reading (lexfile.c). */
#include "tag/builder.h"

#include <stdlib.h>
#include <string.h>

struct tie {
    tt_lexicon_builder *b;
    tt_topic *topics; /* by id, n */
    size_t n;
    uint32_t *rank; /* number while reading -> number by id */
    /* walk over `broader` */
    uint8_t *state; /* 0 new, 1 on the path, 2 done */
    uint32_t *path; /* topics from the start of the walk on, n_path */
    uint32_t *next; /* of each: which of its broader ones comes next */
    size_t n_path;
    /* everything that a topic counts for */
    uint32_t **closure;
    size_t *n_closure;
    uint64_t *mark; /* by topic: the union that took it last */
    uint64_t union_no;
    uint32_t *set; /* n_set of at most n */
    size_t n_set;
};

/* ---- sorting, looking up ---- */

static int by_id(const void *a, const void *b)
{
    const tt_draft *const *x = a, *const *y = b;
    return tt_str_cmp((*x)->topic.id, (*y)->topic.id);
}

static int by_number(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static int by_owner_topic(const void *a, const void *b)
{
    const tt_ref *x = a, *y = b;
    int c = by_number(&x->owner, &y->owner);
    c = c ? c : by_number(&x->topic, &y->topic);
    return c ? c : by_number(&x->order, &y->order);
}

static int sort_topics(struct tie *t)
{
    tt_lexicon_builder *b = t->b;
    t->n = b->n_topics;
    t->topics = tt_arena_array(&b->lex->arena, t->n, sizeof *t->topics);
    t->rank = tt_calloc(t->n, sizeof *t->rank);
    const tt_draft **sorted = tt_calloc(t->n, sizeof *sorted);
    if (!t->topics || !t->rank || !sorted) {
        tt_free(sorted);
        return TT_ENOMEM;
    }
    for (size_t i = 0; i < t->n; i++)
        sorted[i] = &b->topics[i];
    if (t->n)
        qsort(sorted, t->n, sizeof *sorted, by_id);
    for (uint32_t i = 0; i < t->n; i++) {
        const tt_draft *d = sorted[i];
        t->topics[i] = d->topic;
        if (t->topics[i].label.n == 0)
            t->topics[i].label = d->term;
        if (t->topics[i].type.n == 0)
            t->topics[i].type = d->stem;
        t->rank[d - b->topics] = i; /* drafts stand as their ids were numbered */
    }
    tt_free(sorted);
    b->lex->topics = t->topics;
    b->lex->n_topics = t->n;
    return 0;
}

/* Sets the topics of references; those that name none are told and taken out. */
static void resolve(struct tie *t, tt_refs *refs, const char *rule)
{
    size_t kept = 0;
    for (size_t i = 0; i < refs->n; i++) {
        tt_ref *r = &refs->v[i];
        uint32_t read = 0;
        /* an id may have been taken in before the memory for its topic was lacking */
        if (tt_intern_find(&t->b->ids, r->id, &read) && read < t->n) {
            r->topic = t->rank[read];
            refs->v[kept++] = *r;
            continue;
        }
        tt_err e = {0};
        tt_fail(&e, TT_EINPUT, r->file.p, r->line, r->column,
                "no topic has the id `%.*s`; correct it, or give that topic a row", (int)r->id.n, r->id.p);
        e.rule = rule;
        tt_builder_tell(t->b, &e);
    }
    refs->n = kept;
}

/* ---- broader ---- */

static int fill_broader(struct tie *t)
{
    tt_refs *refs = &t->b->broader;
    tt_arena *arena = &t->b->lex->arena;
    tt_buf text = {0};
    int rc = 0;
    for (size_t i = 0; i < refs->n; i++)
        refs->v[i].owner = t->rank[refs->v[i].owner];
    if (refs->n)
        qsort(refs->v, refs->n, sizeof *refs->v, by_owner_topic);
    uint32_t *all = tt_arena_array(arena, refs->n, sizeof *all);
    if (!all)
        return TT_ENOMEM;
    for (size_t i = 0, end; i < refs->n && rc == 0; i = end) {
        tt_topic *topic = &t->topics[refs->v[i].owner];
        topic->broader = all + i;
        tt_buf_reset(&text);
        for (end = i; end < refs->n && refs->v[end].owner == refs->v[i].owner; end++) {
            uint32_t broader = refs->v[end].topic;
            if (topic->n_broader && topic->broader[topic->n_broader - 1] == broader)
                continue;
            tt_buf_text(&text, topic->n_broader ? "|" : "");
            tt_buf_str(&text, t->topics[broader].id);
            topic->broader[topic->n_broader++] = broader;
        }
        rc = text.failed ? TT_ENOMEM : tt_str_dup(arena, (tt_str){text.p, text.n}, &topic->broader_text);
    }
    tt_buf_release(&text);
    return rc;
}

/* The reference by which `owner` names `topic` as broader; broader refs are sorted by both. */
static const tt_ref *find_ref(const tt_refs *refs, uint32_t owner, uint32_t topic)
{
    size_t lo = 0, hi = refs->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        const tt_ref *r = &refs->v[mid];
        if (r->owner < owner || (r->owner == owner && r->topic < topic))
            lo = mid + 1;
        else
            hi = mid;
    }
    return &refs->v[lo];
}

/* The last topic of the path names `topic`, which stands on the path, as broader. */
static int tell_circle(struct tie *t, uint32_t topic)
{
    tt_buf names = {0};
    tt_err e = {0};
    size_t i = t->n_path;
    const tt_ref *r = find_ref(&t->b->broader, t->path[t->n_path - 1], topic);
    while (t->path[i - 1] != topic)
        i--;
    for (; i <= t->n_path; i++) {
        tt_buf_str(&names, t->topics[t->path[i - 1]].id);
        tt_buf_text(&names, " > ");
    }
    tt_buf_str(&names, t->topics[topic].id);
    if (!names.failed) {
        tt_fail(&e, TT_EINPUT, r->file.p, r->line, r->column, "`broader` goes in a circle: %s; take one of these out",
                names.p);
        e.rule = "broader";
        tt_builder_tell(t->b, &e);
    }
    bool failed = names.failed;
    tt_buf_release(&names);
    return failed ? TT_ENOMEM : 0;
}

/* ---- what counts for what ---- */

static void begin_union(struct tie *t)
{
    t->union_no++;
    t->n_set = 0;
}

static void unite(struct tie *t, const uint32_t *topics, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (t->mark[topics[i]] != t->union_no) {
            t->mark[topics[i]] = t->union_no;
            t->set[t->n_set++] = topics[i];
        }
}

static int end_union(struct tie *t, uint32_t **out, size_t *n)
{
    qsort(t->set, t->n_set, sizeof *t->set, by_number);
    *out = tt_arena_array(&t->b->lex->arena, t->n_set, sizeof **out);
    if (!*out)
        return TT_ENOMEM;
    memcpy(*out, t->set, t->n_set * sizeof **out);
    *n = t->n_set;
    return 0;
}

/* The topic itself and all above it, those of its broader ones being known. */
static int close_topic(struct tie *t, uint32_t topic)
{
    const tt_topic *v = &t->topics[topic];
    begin_union(t);
    unite(t, &topic, 1);
    for (size_t i = 0; i < v->n_broader; i++)
        unite(t, t->closure[v->broader[i]], t->n_closure[v->broader[i]]);
    if (t->n_set > TT_MAX_BROADER + 1) {
        tt_err e = {0};
        tt_fail(&e, TT_ELIMIT, v->file.p, v->line, 0,
                "more than %d topics are broader than `%.*s`; leave out some of `broader`", TT_MAX_BROADER,
                (int)v->id.n, v->id.p);
        tt_builder_tell(t->b, &e);
        begin_union(t);
        unite(t, &topic, 1);
    }
    return end_union(t, &t->closure[topic], &t->n_closure[topic]);
}

/* From `start` upwards in depth; a topic is closed when all above it are. Without recursion: a chain of broader topics
 * may be as long as the lexicon. */
static int climb(struct tie *t, uint32_t start)
{
    int rc = 0;
    t->path[0] = start;
    t->next[0] = 0;
    t->n_path = 1;
    t->state[start] = 1;
    while (t->n_path && rc == 0) {
        uint32_t topic = t->path[t->n_path - 1], *next = &t->next[t->n_path - 1];
        if (*next == t->topics[topic].n_broader) {
            rc = close_topic(t, topic);
            t->state[topic] = 2;
            t->n_path--;
            continue;
        }
        uint32_t above = t->topics[topic].broader[(*next)++];
        if (t->state[above] == 1) {
            rc = tell_circle(t, above);
        } else if (t->state[above] == 0) {
            t->state[above] = 1;
            t->path[t->n_path] = above;
            t->next[t->n_path++] = 0;
        }
    }
    return rc;
}

static int close_topics(struct tie *t)
{
    int rc = 0;
    t->state = tt_calloc(t->n, sizeof *t->state);
    t->path = tt_calloc(t->n, sizeof *t->path);
    t->next = tt_calloc(t->n, sizeof *t->next);
    t->closure = tt_calloc(t->n, sizeof *t->closure);
    t->n_closure = tt_calloc(t->n, sizeof *t->n_closure);
    t->mark = tt_calloc(t->n, sizeof *t->mark);
    t->set = tt_calloc(t->n, sizeof *t->set);
    if (!t->state || !t->path || !t->next || !t->closure || !t->n_closure || !t->mark || !t->set)
        return TT_ENOMEM;
    for (uint32_t i = 0; i < t->n && rc == 0; i++)
        if (t->state[i] == 0)
            rc = climb(t, i);
    return rc;
}

static int count_entries(struct tie *t)
{
    tt_lexicon *lex = t->b->lex;
    const tt_refs *also = &t->b->also;
    size_t ref = 0;
    lex->n_entries = t->b->n_entries;
    lex->entries = t->b->entries; /* the lexicon's from now on */
    t->b->entries = NULL;
    for (size_t i = 0; i < lex->n_entries; i++) {
        tt_entry *e = &lex->entries[i];
        if (e->topic == TT_DROP)
            continue;
        e->topic = t->rank[e->topic];
        e->counts = t->closure[e->topic];
        e->n_counts = t->n_closure[e->topic];
        if (ref == also->n || also->v[ref].owner != i)
            continue;
        begin_union(t);
        unite(t, e->counts, e->n_counts);
        for (; ref < also->n && also->v[ref].owner == i; ref++)
            unite(t, t->closure[also->v[ref].topic], t->n_closure[also->v[ref].topic]);
        if (end_union(t, &e->counts, &e->n_counts) != 0)
            return TT_ENOMEM;
    }
    return 0;
}

int tt_topics_tie(tt_lexicon_builder *b)
{
    struct tie t = {.b = b};
    int rc = sort_topics(&t);
    if (rc == 0) {
        resolve(&t, &b->also, "also");
        resolve(&t, &b->broader, "broader");
        rc = fill_broader(&t);
    }
    if (rc == 0)
        rc = close_topics(&t);
    if (rc == 0 && (b->first.code == 0 || b->lenient))
        rc = count_entries(&t);
    tt_free(t.rank);
    tt_free(t.state);
    tt_free(t.path);
    tt_free(t.next);
    tt_free(t.closure);
    tt_free(t.n_closure);
    tt_free(t.mark);
    tt_free(t.set);
    return rc;
}
