/* In: units, issue by issue, twice. Out: words and groups with counts. Not here: which groups are topics (candidate.c),
 * their order (trend/rank.c). */
#include "tag/gather.h"

#include <string.h>

void tt_gather_release(tt_gather *g)
{
    tt_intern_release(&g->word_keys);
    tt_intern_release(&g->group_keys);
    tt_intern_release(&g->form_keys);
    tt_free(g->words);
    tt_free(g->groups);
    tt_free(g->forms);
    tt_free(g->aliases);
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
static int next_sentence(tt_gather *g, const tt_units *units, size_t i, size_t *end, bool *again)
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

static bool is_strong(const tt_unit *u)
{
    return (u->flags & TT_UNIT_SHAPED) || !(u->flags & (TT_UNIT_START | TT_UNIT_TITLE));
}

static int learn_unit(tt_gather *g, const tt_unit *u, uint32_t issue)
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
    else if (is_strong(u))
        w->strong++;
    else
        w->weak++;
    w->issues += w->issues == 0 || w->last_issue != issue;
    w->last_issue = issue;
    w->flags = u->flags;
    return 0;
}

int tt_gather_learn(tt_gather *g, const tt_units *units, uint32_t issue)
{
    bool again;
    int rc = 0;
    for (size_t i = 0, end; i < units->n && rc == 0; i = end) {
        rc = next_sentence(g, units, i, &end, &again);
        for (; rc == 0 && !again && i < end; i++)
            rc = learn_unit(g, &units->v[i], issue);
    }
    return rc;
}

/* ---- second pass: what a unit is worth ---- */

typedef enum worth { NO, LOWER, WEAK, STRONG } worth;

/* A unit in the second pass. */
typedef struct place {
    const tt_unit *u;
    uint32_t word;
    worth worth; /* NO: ends every name and expression */
    bool joiner, number, the;
} place;

/* A capital that may be the sentence's is taken for the word's own where the archive writes the word so in
 * mid-sentence, or never in lower case. */
static worth capital_worth(const tt_unit *u, const tt_gather_word *w)
{
    if (is_strong(u))
        return STRONG;
    if (w->strong)
        return w->strong >= w->lower ? WEAK : LOWER;
    bool verb = u->fold.n > 5 && (tt_str_ends(u->fold, TT_S("ing")) || tt_str_ends(u->fold, TT_S("ed")));
    return w->lower || verb || (u->flags & (TT_UNIT_ORDINARY | TT_UNIT_CALENDAR)) ? LOWER : WEAK;
}

static place place_of(tt_gather *g, const tt_unit *u)
{
    place p = {.u = u, .worth = NO};
    if (!tt_intern_find(&g->word_keys, u->key, &p.word))
        return p;
    const tt_gather_word *w = &g->words[p.word];
    p.joiner = (u->flags & TT_UNIT_JOINER) != 0 && !(u->flags & TT_UNIT_CAPITAL);
    p.the = tt_str_is(u->fold, "the");
    p.number = (u->flags & TT_UNIT_NUMBER) && !(u->flags & TT_UNIT_CAPITAL) && u->text.n <= 3;
    if (w->issues < 2 || (u->flags & TT_UNIT_NUMBER) || ((u->flags & TT_UNIT_FUNCTION) && !p.joiner && !p.the))
        p.worth = NO;
    else if (u->flags & TT_UNIT_TAG)
        p.worth = STRONG;
    else
        p.worth = u->flags & TT_UNIT_CAPITAL ? capital_worth(u, w) : LOWER;
    return p;
}

/* ---- second pass: groups and forms ---- */

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

static int find_group(tt_gather *g, const place *p, size_t n, uint32_t *id)
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

static int add_form(tt_gather *g, const place *p, size_t n, uint32_t group, bool name)
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

/* What is known of one place of a group. */
typedef struct sighting {
    worth worth;
    bool free, bound, shaped;
    uint32_t issue;
    bool before;
} sighting;

static void count_issue(tt_gather_group *group, tt_gather_in which, uint32_t issue)
{
    group->issues[which] += group->last[which] != issue;
    group->last[which] = issue;
}

static void count_name(tt_gather_group *group, const sighting *s)
{
    group->free += s->free;
    group->bound += s->bound;
    count_issue(group, TT_IN_NAME, s->issue);
    if (s->free)
        count_issue(group, TT_IN_FREE, s->issue);
    if (s->free && group->last_bound != s->issue)
        count_issue(group, TT_IN_ALONE, s->issue);
    if (s->bound)
        group->last_bound = s->issue;
}

static int sight(tt_gather *g, const place *p, size_t n, const sighting *s)
{
    uint32_t id;
    bool name = s->worth >= WEAK;
    if (find_group(g, p, n, &id) != 0)
        return TT_ENOMEM;
    tt_gather_group *group = &g->groups[id];
    group->shaped |= s->shaped;
    if (s->before) {
        group->before[0] += name;
        group->before[1]++;
        return 0;
    }
    group->strong += s->worth == STRONG;
    group->weak += s->worth == WEAK;
    group->lower += s->worth == LOWER;
    count_issue(group, TT_IN_ANY, s->issue);
    if (name)
        count_name(group, s);
    if (group->issues[TT_IN_ANY] == 1 && group->strong + group->weak + group->lower == 1) {
        group->example_issue = s->issue;
        group->example_at = p->u->at;
    }
    if (s->worth == STRONG && !group->example_strong) {
        group->example_issue = s->issue;
        group->example_at = p->u->at;
        group->example_strong = true;
    }
    return add_form(g, p, n, id, name);
}

/* ---- second pass: what may be a name or an expression ---- */

static bool may_begin(const place *p)
{
    return p->worth != NO && !p->joiner;
}

static bool may_end(const place *p)
{
    return p->worth != NO && !p->joiner && !p->the;
}

static bool is_name_edge(const place *p)
{
    return p->worth >= WEAK && !(p->u->flags & TT_UNIT_FUNCTION);
}

/* Names are capitals and what joins two of them, `the` before them, a number behind them. */
static worth worth_of(const place *p, size_t n, bool *shaped)
{
    worth least = STRONG;
    size_t capitals = 0, others = 0;
    *shaped = false;
    for (size_t i = 0; i < n; i++) {
        if (p[i].joiner || p[i].number)
            continue;
        if (p[i].the && i == 0) {
            least = p[i].u->flags & TT_UNIT_CAPITAL ? (is_strong(p[i].u) ? STRONG : WEAK) : LOWER;
            continue;
        }
        capitals += p[i].worth >= WEAK;
        others += p[i].worth < WEAK;
        least = p[i].worth < least ? p[i].worth : least;
        *shaped |= (p[i].u->flags & TT_UNIT_SHAPED) != 0;
    }
    return others == 0 ? least : LOWER;
}

static bool fits_expression(const place *p, size_t n)
{
    if (n < 2 || n > TT_GATHER_EXPRESSION)
        return false;
    for (size_t i = 0; i < n; i++)
        if (p[i].joiner || p[i].number || p[i].the || (p[i].u->flags & TT_UNIT_TAG))
            return false;
    const uint32_t bad = TT_UNIT_ORDINARY | TT_UNIT_CALENDAR;
    return !(p[0].u->flags & bad) && !(p[n - 1].u->flags & bad);
}

/* Unit i of a sentence goes on what is before it. */
static bool goes_on(const place *p, size_t i, size_t of)
{
    return i > 0 && i < of && !(p[i].u->flags & TT_UNIT_BREAK);
}

/* What stands before units i.. and behind ..end; NULL: a break. Over a joiner that two names share (University of X). */
typedef struct neighbours {
    const place *before, *after;
} neighbours;

static bool is_of(const place *p)
{
    return p->joiner && !tt_str_is(p->u->fold, "on") && !tt_str_is(p->u->fold, "with");
}

static neighbours neighbours_of(const place *p, size_t i, size_t end, size_t of)
{
    neighbours n = {goes_on(p, i, of) ? &p[i - 1] : NULL, goes_on(p, end, of) ? &p[end] : NULL};
    if (n.before && is_of(n.before) && goes_on(p, i - 1, of) && is_name_edge(&p[i - 2]))
        n.before = &p[i - 2];
    if (n.after && is_of(n.after) && goes_on(p, end + 1, of) && is_name_edge(&p[end + 1]))
        n.after = &p[end + 1];
    return n;
}

static bool is_covered(const place *p)
{
    return p && (p->u->flags & TT_UNIT_COVERED);
}

/* In a title every word has a capital: one beside it says nothing. */
static bool is_in_title(const place *p)
{
    return p && (p->u->flags & TT_UNIT_TITLE) && (p->u->flags & TT_UNIT_CAPITAL);
}

/* The n units at p[i], of a sentence of `of`. */
static int consider(tt_gather *g, const place *p, size_t i, size_t n, size_t of, sighting *s)
{
    const neighbours beside = neighbours_of(p, i, i + n, of);
    bool names_all = true;
    if (is_covered(beside.before) || is_covered(beside.after))
        return 0;
    s->worth = worth_of(p + i, n, &s->shaped);
    for (size_t k = i; k < i + n; k++)
        names_all = names_all && (is_name_edge(&p[k]) || p[k].joiner || p[k].number || (p[k].the && k == i));
    if (!names_all && !fits_expression(p + i, n))
        return 0;
    if (names_all && n == 1 && (p[i].u->flags & (TT_UNIT_CALENDAR | TT_UNIT_FUNCTION)))
        return 0;
    s->bound = (beside.before && is_name_edge(beside.before)) || (beside.after && is_name_edge(beside.after));
    s->free = !s->bound && !is_in_title(beside.before) && !is_in_title(beside.after);
    return sight(g, p + i, n, s);
}

/* A word of a longer name that the lexicon has: Evans in Benedict Evans. */
static int bind_covered(tt_gather *g, const place *p, size_t i, size_t of, uint32_t issue)
{
    uint32_t id;
    bool longer = (goes_on(p, i, of) && is_covered(&p[i - 1])) || (goes_on(p, i + 1, of) && is_covered(&p[i + 1]));
    if (!longer || !is_name_edge(&p[i]))
        return 0;
    if (find_group(g, p + i, 1, &id) != 0)
        return TT_ENOMEM;
    g->groups[id].last_bound = issue;
    return 0;
}

/* All that begins at unit i of a sentence. */
static int from_unit(tt_gather *g, const place *p, size_t i, size_t of, sighting *s)
{
    int rc = 0;
    bool the = p[i].the && goes_on(p, i + 1, of) && p[i + 1].worth >= WEAK;
    if (is_covered(&p[i]))
        return bind_covered(g, p, i, of, s->issue);
    if (!may_begin(&p[i]) || (p[i].the && !the))
        return 0;
    for (size_t n = 1; rc == 0 && n <= TT_GATHER_UNITS && i + n <= of; n++) {
        const place *last = &p[i + n - 1];
        if (n > 1 && (last->u->flags & TT_UNIT_BREAK))
            break;
        if (last->u->flags & TT_UNIT_COVERED)
            break;
        if (last->number && n > 1 && last[-1].worth >= WEAK && !last[-1].the)
            return consider(g, p, i, n, of, s);
        if (last->joiner) { /* only between two capitals */
            if (last[-1].worth < WEAK || !goes_on(p, i + n, of) || p[i + n].worth < WEAK)
                break;
            continue;
        }
        if (last->worth == NO || (n > 1 && last->the))
            break;
        if (may_end(last))
            rc = consider(g, p, i, n, of, s);
    }
    return rc;
}

/* ---- second pass: abbreviations that are explained ---- */

static char lower_of(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* How many letters at the end of abbreviation[0..left) a word stands for: one for each of its parts (in CNN `self-made`
 * would be two), else one for its first; 0: none. */
static size_t letters_of(tt_str word, const char *abbreviation, size_t left)
{
    size_t n = 0;
    for (size_t at = word.n; at > 0; at--)
        if (at == 1 || word.p[at - 2] == '-') {
            if (n == left || lower_of(abbreviation[left - 1 - n]) != word.p[at - 1])
                return word.p[0] == lower_of(abbreviation[left - 1]);
            n++;
        }
    return n;
}

/* The first of the units before k whose words begin with the letters of `abbreviation`, in order; function words may
 * stand between them. k: there is none. */
static size_t full_form(const place *p, size_t k, tt_str abbreviation)
{
    size_t at = k, left = abbreviation.n;
    if (left > 1 && abbreviation.p[left - 1] == 's') /* GANs */
        left--;
    while (left > 0) {
        if (at == 0 || (at < k && (p[at].u->flags & TT_UNIT_BREAK)))
            return k;
        const tt_unit *u = p[--at].u;
        size_t n = letters_of(u->fold, abbreviation.p, left);
        if (n == 0 && !(u->flags & TT_UNIT_FUNCTION))
            return k;
        left -= n;
    }
    return at;
}

static int explain(tt_gather *g, const place *p, size_t k)
{
    tt_gather_alias a;
    const tt_unit *u = p[k].u;
    size_t from = (u->flags & TT_UNIT_BRACKETED) && (u->flags & TT_UNIT_SHAPED) ? full_form(p, k, u->text) : k;
    if (k - from < 2 || k - from > TT_GATHER_UNITS)
        return 0;
    if (find_group(g, p + from, k - from, &a.full) != 0 || find_group(g, p + k, 1, &a.abbreviation) != 0 ||
        tt_grow(&g->aliases, &g->cap_aliases, g->n_aliases + 1, sizeof *g->aliases) != 0)
        return TT_ENOMEM;
    g->aliases[g->n_aliases++] = a;
    return 0;
}

int tt_gather_count(tt_gather *g, const tt_units *units, uint32_t issue, bool before)
{
    sighting s = {.issue = issue, .before = before};
    place *p = tt_calloc(units->n + 1, sizeof *p);
    bool again;
    int rc = p ? 0 : TT_ENOMEM;
    for (size_t i = 0; rc == 0 && i < units->n; i++)
        p[i] = place_of(g, &units->v[i]);
    for (size_t i = 0, end; i < units->n && rc == 0; i = end) {
        rc = next_sentence(g, units, i, &end, &again);
        if (again)
            continue;
        g->n_units[before] += end - i;
        for (size_t k = i; rc == 0 && k < end; k++)
            rc = from_unit(g, p + i, k - i, end - i, &s);
        for (size_t k = i; rc == 0 && k < end; k++)
            rc = explain(g, p + i, k - i);
    }
    tt_free(p);
    return rc;
}
