/* In: queries, and the places that the lexicon and terms of their own have in an issue. Out: the places of each query,
 * and cells of them. Not here: what a query means (tag/query), what is told of it (run_ask.c). */
#include "run_query.h"

#include <stdlib.h>

/* ---- the places of an issue ---- */

int tt_asking_init(tt_asking *q, const tt_archive *a, const tt_way *way, tt_err *err)
{
    *q = (tt_asking){.a = a, .way = way};
    q->match = tt_calloc(way->n_parts, sizeof *q->match);
    q->topics = tt_calloc(a->lex->n_topics + 1, sizeof *q->topics);
    q->by = tt_calloc(a->lex->n_topics + 1, sizeof *q->by);
    if (!q->match || !q->topics || !q->by)
        return tt_fail_memory(err);
    for (size_t i = 0; i < way->n_parts; i++) {
        int rc = way->parts[i].own ? tt_match_state_new(&q->match[i], way->parts[i].own, err) : 0;
        if (rc != 0)
            return rc;
    }
    return 0;
}

void tt_asking_release(tt_asking *q)
{
    for (size_t i = 0; q->match && i < q->way->n_parts; i++)
        tt_match_state_free(q->match[i]);
    tt_free(q->match);
    tt_free(q->topics);
    tt_free(q->by);
    tt_free(q->spots);
    *q = (tt_asking){0};
}

void tt_asking_begin(tt_asking *q)
{
    q->n = 0;
}

static int add(tt_asking *q, const tt_mention *m, size_t part, tt_str term, uint32_t via, tt_err *err)
{
    if (tt_grow(&q->spots, &q->cap, q->n + 1, sizeof *q->spots) != 0)
        return tt_fail_memory(err);
    q->spots[q->n++] = (tt_spot){m->first, m->last, m->vis, m->n, m->at, (uint32_t)part, term, via};
    return 0;
}

/* The entry of the mention that is one of the part's: both lists rise. */
static const tt_entry *entry_of(const tt_asking *q, const tt_query_part *p, const tt_mention *m)
{
    for (size_t i = 0, k = 0; i < m->n_entries && k < p->n_entries;) {
        if (p->entries[k] == m->entries[i])
            return &q->a->lex->entries[p->entries[k]];
        if (p->entries[k] < m->entries[i])
            k++;
        else
            i++;
    }
    return NULL;
}

int tt_asking_hit(tt_asking *q, const tt_mention *m, tt_err *err)
{
    const tt_lexicon *lex = q->a->lex;
    size_t n = SIZE_MAX;
    int rc = 0;
    for (size_t i = 0; i < q->way->n_parts && rc == 0; i++) {
        const tt_query_part *p = &q->way->parts[i];
        if (p->kind == TT_PART_ENTRY) {
            const tt_entry *e = entry_of(q, p, m);
            rc = e ? add(q, m, i, e->term, TT_DROP, err) : 0;
        } else if (p->kind == TT_PART_TOPIC) {
            n = n == SIZE_MAX ? tt_mention_topics(lex, m, q->topics, q->by, lex->n_topics) : n;
            for (size_t k = 0; k < n && q->topics[k] <= p->topic && rc == 0; k++) {
                const tt_entry *e = &lex->entries[q->by[k]];
                if (q->topics[k] == p->topic)
                    rc = add(q, m, i, e->term, e->topic == p->topic ? TT_DROP : e->topic, err);
            }
        }
    }
    return rc;
}

struct own {
    tt_asking *q;
    tt_err *err;
};

static int own_hit(void *ctx, const tt_mention *m)
{
    struct own *o = ctx;
    return add(o->q, m, o->q->part, o->q->way->parts[o->q->part].text, TT_DROP, o->err);
}

static int by_place(const void *x, const void *y)
{
    const tt_spot *a = x, *b = y;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    if (a->last != b->last)
        return a->last > b->last ? -1 : 1;
    return (a->part > b->part) - (a->part < b->part);
}

int tt_asking_end(tt_asking *q, const tt_doc *doc, const tt_tokens *tokens, tt_err *err)
{
    struct own own = {q, err};
    int rc = 0;
    for (size_t i = 0; i < q->way->n_parts && rc == 0; i++) {
        q->part = (uint32_t)i;
        rc = q->match[i] ? tt_match(q->match[i], doc, tokens, own_hit, &own, err) : 0;
    }
    if (rc == 0 && q->n > 1)
        qsort(q->spots, q->n, sizeof *q->spots, by_place);
    q->tokens = tokens;
    return rc;
}

const tt_spot *tt_asking_next(const tt_asking *q, size_t from, size_t to, size_t *at, uint32_t *reach)
{
    while (*at < q->n) {
        const tt_spot *s = &q->spots[(*at)++];
        if (s->part < from || s->part >= to || s->first < *reach)
            continue;
        *reach = s->last + 1;
        return s;
    }
    return NULL;
}

void tt_asking_group(const tt_way *way, unsigned group, size_t *from, size_t *to)
{
    const bool one = way->n_first == way->n_parts;
    *from = group == TT_GROUP_SECOND && !one ? way->n_first : 0;
    *to = group == TT_GROUP_FIRST ? way->n_first : way->n_parts;
}

/* ---- cells ---- */

static int count_some(tt_asking *q, size_t from, size_t to, uint32_t index, uint32_t issue, const tt_doc *doc,
                      tt_cells *cells)
{
    size_t at = 0;
    uint32_t reach = 0, nth;
    int rc = 0;
    for (const tt_spot *s; rc == 0 && (s = tt_asking_next(q, from, to, &at, &reach));) {
        const tt_token *t = &q->tokens->v[s->first];
        const uint32_t section = doc->blocks[t->block].section;
        if (!tt_run_counted(q->a, t->zone))
            continue;
        rc = tt_cells_part(cells, issue, section, 0, 0, &nth);
        rc = rc == 0 ? tt_cells_add(cells, issue, nth, section, index, 1) : rc;
    }
    return rc;
}

int tt_asking_count(tt_asking *q, uint32_t issue, const tt_doc *doc, tt_cells *cells, tt_err *err)
{
    const tt_way *w = q->way;
    const size_t known = q->a->lex->n_topics;
    int rc = 0;
    for (size_t i = 0; i < w->n_parts && rc == 0; i++)
        if (w->parts[i].index >= known)
            rc = count_some(q, i, i + 1, w->parts[i].index, issue, doc, cells);
    for (unsigned g = 0; g < 3 && rc == 0; g++) {
        size_t from, to;
        tt_asking_group(w, g, &from, &to);
        /* a group of one part is counted as that part, all of one group as that group */
        if (to - from > 1 && (g == 0 || w->index[g] != w->index[0]))
            rc = count_some(q, from, to, w->index[g], issue, doc, cells);
    }
    return rc == 0 ? 0 : tt_fail_memory(err);
}

/* ---- queries of an archive ---- */

static void name_topic(tt_topic *t, tt_str text)
{
    *t = (tt_topic){.id = text, .label = text, .type = TT_S("query"), .broader_text = {"", 0}, .file = {"", 0}};
}

static int name_way(tt_archive *a, const tt_way *w)
{
    const size_t known = a->lex->n_topics;
    for (size_t i = 0; i < w->n_parts; i++)
        if (w->parts[i].index >= known)
            name_topic(&a->topics[w->parts[i].index], w->parts[i].text);
    for (unsigned g = 0; g < 3; g++) {
        size_t from, to;
        tt_buf text = {0};
        tt_str name;
        tt_asking_group(w, g, &from, &to);
        if (to - from < 2)
            continue;
        for (size_t i = from; i < to; i++) {
            const tt_query_part *p = &w->parts[i];
            tt_buf_text(&text, i == from ? "" : " + ");
            tt_buf_str(&text, p->kind == TT_PART_TOPIC ? a->lex->topics[p->topic].id : p->text);
        }
        int rc = text.failed ? TT_ENOMEM : tt_str_dup(&a->query_arena, (tt_str){text.p, text.n}, &name);
        tt_buf_release(&text);
        if (rc != 0)
            return rc;
        name_topic(&a->topics[w->index[g]], name);
    }
    return 0;
}

int tt_run_ask(tt_archive *a, tt_err *err)
{
    const char *const texts[2] = {a->opt.query, a->opt.vs};
    uint32_t next = (uint32_t)a->lex->n_topics;
    for (size_t i = 0; i < 2 && texts[i]; i++) {
        int rc = tt_query_make(&a->queries[i], a->lex, tt_str_of(texts[i]), &next, &a->query_arena, err);
        if (rc != 0)
            return rc;
        a->n_queries++;
    }
    a->n_topics = next;
    a->topics = tt_arena_array(&a->query_arena, a->n_topics + 1, sizeof *a->topics);
    if (!a->topics)
        return tt_fail_memory(err);
    for (size_t i = 0; i < a->lex->n_topics; i++)
        a->topics[i] = a->lex->topics[i];
    for (size_t i = a->lex->n_topics; i < a->n_topics; i++) /* not all are named: a way that was given up had some */
        name_topic(&a->topics[i], (tt_str){"", 0});
    for (size_t i = 0; i < a->n_queries; i++)
        for (size_t k = 0; k < a->queries[i].n_ways; k++)
            if (name_way(a, &a->queries[i].ways[k]) != 0)
                return tt_fail_memory(err);
    return 0;
}

int tt_run_choose(tt_archive *a, tt_err *err)
{
    bool *occurs = tt_calloc(a->n_topics + 1, sizeof *occurs);
    if (!occurs)
        return tt_fail_memory(err);
    for (size_t i = 0; i < a->cells.n_cells; i++)
        occurs[a->cells.cells[i].topic] = true;
    for (size_t i = 0; i < a->n_queries; i++) {
        tt_query *q = &a->queries[i];
        while (q->chosen + 1 < q->n_ways && !occurs[q->ways[q->chosen].index[TT_GROUP_BOTH]])
            q->chosen++;
    }
    tt_free(occurs);
    return 0;
}

void tt_run_select(const tt_archive *a, const tt_select *sel, tt_select *out)
{
    *out = *sel;
    for (size_t i = 0; i < a->n_queries && !out->n_years && !sel->has_from && !sel->has_to; i++) {
        const tt_way *way = tt_run_way(a, i);
        out->years = way->year ? &way->year : out->years;
        out->n_years = way->year != 0;
    }
}

void tt_run_pick(const tt_archive *a, tt_filter *f)
{
    if (a->n_queries == 0)
        return;
    for (size_t i = 0; i < a->n_topics; i++)
        f->topic[i] = false;
    for (size_t i = 0; i < a->n_queries; i++)
        for (unsigned g = TT_GROUP_FIRST; g <= TT_GROUP_SECOND; g++)
            f->topic[tt_run_way(a, i)->index[g]] = true;
    f->topics_named = true;
}
