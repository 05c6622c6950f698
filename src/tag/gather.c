/* In: units of the first pass; places of the second. Out: words, and groups of spellings, with counts. Not here: which
 * units make a name (sight.c), which groups are topics (candidate.c). */
#include "tag/sight.h"

#include <string.h>

void tt_gather_release(tt_gather *g)
{
    tt_intern_release(&g->word_keys);
    tt_intern_release(&g->group_keys);
    tt_intern_release(&g->form_keys);
    tt_free(g->words);
    tt_free(g->groups);
    tt_free(g->forms);
    tt_free(g->seen);
    tt_buf_release(&g->key);
    tt_buf_release(&g->text);
    *g = (tt_gather){0};
}

/* ---- sentences that were there before ---- */

static int widen_seen(tt_gather *g)
{
    size_t cap = g->cap_seen ? 2 * g->cap_seen : 1024;
    uint64_t *v = tt_calloc(cap, sizeof *v);
    if (!v)
        return TT_ENOMEM;
    for (size_t i = 0; i < g->cap_seen; i++)
        if (g->seen[i]) {
            size_t at = g->seen[i] & (cap - 1);
            while (v[at])
                at = (at + 1) & (cap - 1);
            v[at] = g->seen[i];
        }
    tt_free(g->seen);
    g->seen = v;
    g->cap_seen = cap;
    return 0;
}

static int see(tt_gather *g, uint64_t hash, bool *again)
{
    if (2 * (g->n_seen + 1) > g->cap_seen && widen_seen(g) != 0)
        return TT_ENOMEM;
    hash += hash == 0;
    size_t at = hash & (g->cap_seen - 1);
    while (g->seen[at] && g->seen[at] != hash)
        at = (at + 1) & (g->cap_seen - 1);
    *again = g->seen[at] == hash;
    g->n_seen += !*again;
    g->seen[at] = hash;
    return 0;
}

/* The end of the sentence that begins at i, and whether it stood before, word for word. */
int tt_gather_sentence(tt_gather *g, const tt_units *units, size_t i, size_t *end, bool *again)
{
    uint64_t hash = 1;
    *again = false;
    for (*end = i; *end == i || (*end < units->n && !(units->v[*end].flags & TT_UNIT_SENTENCE)); ++*end)
        hash = tt_hash(units->v[*end].key.p, units->v[*end].key.n, hash);
    return *end - i < TT_GATHER_SENTENCE ? 0 : see(g, hash, again);
}

void tt_gather_turn(tt_gather *g)
{
    if (g->seen)
        memset(g->seen, 0, g->cap_seen * sizeof *g->seen);
    g->n_seen = 0;
}

/* ---- first pass ---- */

bool tt_gather_strong(const tt_unit *u)
{
    return (u->flags & TT_UNIT_SHAPED) || !(u->flags & (TT_UNIT_START | TT_UNIT_TITLE));
}

static int learn_unit(tt_gather *g, const tt_unit *u)
{
    uint32_t id;
    size_t known = g->word_keys.n;
    if (tt_intern_add(&g->word_keys, u->key, &id) != 0 ||
        tt_grow(&g->words, &g->cap_words, g->word_keys.n, sizeof *g->words) != 0)
        return TT_ENOMEM;
    tt_gather_word *w = &g->words[id];
    if (id == known)
        *w = (tt_gather_word){0};
    if (!(u->flags & (TT_UNIT_CAPITAL | TT_UNIT_TAG)))
        w->lower++;
    else if (tt_gather_strong(u))
        w->strong++;
    else
        w->weak++;
    w->flags = u->flags;
    return 0;
}

int tt_gather_learn(tt_gather *g, const tt_units *units)
{
    bool again;
    int rc = 0;
    for (size_t i = 0, end; i < units->n && rc == 0; i = end) {
        rc = tt_gather_sentence(g, units, i, &end, &again);
        for (; rc == 0 && !again && i < end; i++)
            rc = learn_unit(g, &units->v[i]);
    }
    return rc;
}

/* ---- groups and forms ---- */

static const uint32_t NONE = UINT32_MAX; /* no issue */

/* A plural's end in a key of letters: `gans` -> `gan`, `classes` -> `class`, `families` -> `famili`, as `family` does;
 * not `glass`, `corpus`, `axis`. */
static size_t without_plural(char *p, size_t n)
{
    tt_str key = {p, n};
    if (n > 4 && tt_str_ends(key, TT_S("ies")))
        return n - 2;
    if (n > 4 && p[n - 1] == 'y' && !strchr("aeiou", p[n - 2])) {
        p[n - 1] = 'i';
        return n;
    }
    if (n > 5 && (tt_str_ends(key, TT_S("sses")) || tt_str_ends(key, TT_S("xes")) || tt_str_ends(key, TT_S("ches")) ||
                  tt_str_ends(key, TT_S("shes"))))
        return n - 2;
    if (n < 4 || p[n - 1] != 's' || p[n - 2] < 'a' || p[n - 2] > 'z' || strchr("siu", p[n - 2]))
        return n;
    return n - 1;
}

static void close_key(tt_buf *key)
{
    if (!key->failed && key->n)
        key->n = without_plural(key->p, key->n);
}

/* The last unit says in its capitals whether its s is a plural's: GPUs, but not AWS. */
static void close_key_of(tt_buf *key, const tt_unit *last)
{
    const char *end = last->text.p + last->text.n;
    if (last->text.n > 2 && end[-1] == 's' && end[-2] >= 'A' && end[-2] <= 'Z' && !key->failed)
        key->n--;
    else if (last->text.n && (end[-1] == 's' || end[-1] == 'y'))
        close_key(key);
}

static tt_str str_of(const tt_buf *b)
{
    return (tt_str){b->p, b->n};
}

bool tt_gather_part(tt_gather *g, const tt_gather_group *group, size_t from, size_t to, uint32_t *part)
{
    tt_buf_reset(&g->key);
    for (size_t i = from; i < to; i++)
        tt_buf_str(&g->key, g->word_keys.v[group->words[i]]);
    if (g->key.failed)
        return false;
    if (tt_intern_find(&g->group_keys, str_of(&g->key), part))
        return true;
    close_key(&g->key);
    return tt_intern_find(&g->group_keys, str_of(&g->key), part);
}

int tt_gather_group_of(tt_gather *g, const tt_sight *p, size_t n, uint32_t *id)
{
    size_t known = g->group_keys.n;
    tt_buf_reset(&g->key);
    for (size_t i = 0; i < n; i++)
        tt_buf_str(&g->key, p[i].u->key);
    close_key_of(&g->key, p[n - 1].u);
    if (g->key.failed || tt_intern_add(&g->group_keys, str_of(&g->key), id) != 0 ||
        tt_grow(&g->groups, &g->cap_groups, g->group_keys.n, sizeof *g->groups) != 0)
        return TT_ENOMEM;
    if (*id < known)
        return 0;
    tt_gather_group *group = &g->groups[*id];
    *group = (tt_gather_group){.n_units = (uint8_t)n, .last = {NONE, NONE, NONE, NONE}, .last_bound = NONE};
    for (size_t i = 0; i < n; i++) {
        group->words[i] = p[i].word;
        group->n_words = (uint8_t)(group->n_words + !(p[i].joiner || p[i].number || p[i].the));
    }
    return 0;
}

static int add_form(tt_gather *g, const tt_sight *p, size_t n, uint32_t group, bool name)
{
    uint32_t id;
    size_t known = g->form_keys.n;
    tt_buf_reset(&g->text);
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            tt_buf_char(&g->text, ' ');
        tt_buf_str(&g->text, p[i].u->text);
    }
    if (g->text.failed || tt_intern_add(&g->form_keys, str_of(&g->text), &id) != 0 ||
        tt_grow(&g->forms, &g->cap_forms, g->form_keys.n, sizeof *g->forms) != 0)
        return TT_ENOMEM;
    if (id == known) {
        g->forms[id] = (tt_gather_form){.text = g->form_keys.v[id], .group = group};
        g->forms[id].next = g->groups[group].first_form;
        g->groups[group].first_form = id + 1;
    }
    g->forms[id].names += name;
    g->forms[id].lower += !name;
    return 0;
}

static void count_issue(tt_gather_group *group, tt_gather_in which, uint32_t issue)
{
    group->issues[which] += group->last[which] != issue;
    group->last[which] = issue;
}

static void count_name(tt_gather_group *group, const tt_sighting *s)
{
    group->free += s->free;
    group->bound += s->bound || s->numbered;
    count_issue(group, TT_IN_NAME, s->issue);
    if (s->free)
        count_issue(group, TT_IN_FREE, s->issue);
    if (s->free && group->last_bound != s->issue)
        count_issue(group, TT_IN_ALONE, s->issue);
    if (s->bound)
        group->last_bound = s->issue;
}

int tt_gather_sight(tt_gather *g, const tt_sight *p, size_t n, const tt_sighting *s)
{
    uint32_t id;
    bool name = s->worth >= TT_WORTH_WEAK;
    if (tt_gather_group_of(g, p, n, &id) != 0)
        return TT_ENOMEM;
    tt_gather_group *group = &g->groups[id];
    group->shaped |= s->shaped;
    if (s->before) {
        group->before[0] += name;
        group->before[1]++;
        return 0;
    }
    group->strong += s->worth == TT_WORTH_STRONG;
    group->weak += s->worth == TT_WORTH_WEAK;
    group->lower += s->worth == TT_WORTH_LOWER;
    count_issue(group, TT_IN_ANY, s->issue);
    if (name)
        count_name(group, s);
    if (group->issues[TT_IN_ANY] == 1 && group->strong + group->weak + group->lower == 1) {
        group->example_issue = s->issue;
        group->example_at = p->u->at;
    }
    if (s->worth == TT_WORTH_STRONG && !group->example_strong) {
        group->example_issue = s->issue;
        group->example_at = p->u->at;
        group->example_strong = true;
    }
    return add_form(g, p, n, id, name);
}
