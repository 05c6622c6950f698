/* In: groups of the second pass. Out: those that may be topics, with the groups that are a part of them. Not here: their
 * order and which parts fall away (trend/rank.c), their rows (spell.c). */
#include "tag/candidate.h"

#include "base/unicode.h"

#include <string.h>

enum {
    FREE = 4,  /* a quarter of its places by itself: less, and it is a part of longer names */
    TWICE = 2, /* a name that stands once is no topic */
    MORE = 2,  /* issues, or places, that an expression needs beyond the floor */
    SMALL = 3  /* a floor below it is that of a small archive */
};

/* ---- names ---- */

/* Places of the group in lower case, in the very spelling of its main form: `windows` for Windows, not `window`. */
static int lower_places(tt_gather *g, const tt_gather_group *group, uint32_t *lower)
{
    const tt_gather_form *main_form = NULL;
    *lower = 0;
    for (uint32_t f = group->first_form; f; f = g->forms[f - 1].next)
        if (!main_form || g->forms[f - 1].names > main_form->names)
            main_form = &g->forms[f - 1];
    if (!main_form)
        return 0;
    tt_buf_reset(&g->key);
    if (tt_unicode_key(main_form->text.p, main_form->text.n, true, &g->key) != 0)
        return TT_ENOMEM;
    if (group->n_units == 1) {
        *lower = g->words[group->words[0]].lower;
        return 0;
    }
    for (uint32_t f = group->first_form; f; f = g->forms[f - 1].next) {
        const tt_gather_form *form = &g->forms[f - 1];
        tt_buf_reset(&g->text);
        if (tt_unicode_key(form->text.p, form->text.n, true, &g->text) != 0)
            return TT_ENOMEM;
        if (g->text.n == g->key.n && memcmp(g->text.p, g->key.p, g->key.n) == 0)
            *lower += form->lower;
    }
    return 0;
}

static bool all_ordinary(const tt_gather *g, const tt_gather_group *group)
{
    const uint32_t common = TT_UNIT_FUNCTION | TT_UNIT_ORDINARY | TT_UNIT_CALENDAR | TT_UNIT_NUMBER;
    for (size_t i = 0; i < group->n_units; i++)
        if (!(g->words[group->words[i]].flags & common))
            return false;
    return true;
}

/* Mostly written with capitals that are its own. */
static bool is_name(const tt_gather *g, const tt_gather_group *group, uint32_t lower)
{
    uint32_t names = group->strong + group->weak;
    if (group->strong == 0)
        return lower == 0 && names > 0 && !all_ordinary(g, group);
    if (group->n_words == 1)
        return group->strong > lower;
    return names > lower;
}

/* A single letter is no name, `C++` is one. */
static bool is_word(const tt_gather *g, const tt_gather_group *group)
{
    tt_str key = g->word_keys.v[group->words[0]];
    return tt_utf8_count(key.p, key.n) > 1;
}

/* It stands outside of titles, too. */
static bool stands(const tt_gather_group *group)
{
    return group->strong > 0 && group->free + group->bound > 0;
}

/* By itself in a good part of its places. In titles, where nothing is by itself, a single word is taken as it is. */
static bool is_free(const tt_gather_group *group)
{
    if (group->free == 0)
        return group->strong + group->bound == 0 && group->n_words == 1;
    return FREE * group->free >= group->free + group->bound;
}

/* In issues enough; a word that may be a part of a longer name in issues that do not have the longer one before it. */
static bool is_common_enough(const tt_gather *g, const tt_gather_group *group, uint32_t floor)
{
    if (group->strong + group->weak < TWICE)
        return false;
    if (group->n_words > 1)
        return group->issues[TT_IN_NAME] >= floor;
    return group->issues[stands(group) ? TT_IN_ALONE : TT_IN_NAME] >= floor && is_word(g, group);
}

/* ---- candidates ---- */

typedef struct maker {
    tt_gather *g;
    tt_arena *arena;
    tt_candidate *v; /* on the heap while it grows */
    size_t n, cap;
    uint32_t *number_of; /* by group: candidate + 1 */
} maker;

static int add(maker *m, uint32_t id, bool name)
{
    const tt_gather_group *group = &m->g->groups[id];
    if (tt_grow(&m->v, &m->cap, m->n + 1, sizeof *m->v) != 0)
        return TT_ENOMEM;
    uint32_t *each = tt_arena_array(m->arena, group->n_units, sizeof *each);
    if (!each)
        return TT_ENOMEM;
    for (size_t i = 0; i < group->n_units; i++) {
        const tt_gather_word *w = &m->g->words[group->words[i]];
        each[i] = w->strong + w->weak + w->lower;
    }
    uint32_t names = group->strong + group->weak;
    uint32_t issues = group->issues[name ? TT_IN_NAME : TT_IN_ANY];
    if (name && group->n_words == 1 && stands(group)) /* a part of names is counted where it stands by itself */
        issues = group->issues[TT_IN_FREE];
    m->v[m->n++] = (tt_candidate){.group = id,
                                  .name = name,
                                  .free = is_free(group),
                                  .n_words = group->n_words,
                                  .mentions = name ? names : names + group->lower,
                                  .issues = issues,
                                  .before = group->before[name ? 0 : 1],
                                  .n_each = each};
    m->number_of[id] = (uint32_t)m->n;
    return 0;
}

/* An expression needs more than a name, which has capitals that speak for it; in a small archive, more places. */
static bool is_frequent(const tt_gather_group *group, uint32_t floor)
{
    const uint32_t issues = floor < SMALL ? floor : floor + MORE;
    return group->issues[TT_IN_ANY] >= issues && group->strong + group->weak + group->lower >= floor + MORE;
}

static int choose(maker *m, uint32_t floor)
{
    int rc = 0;
    for (uint32_t id = 0; rc == 0 && id < m->g->group_keys.n; id++) {
        const tt_gather_group *group = &m->g->groups[id];
        uint32_t lower = 0;
        if (group->issues[TT_IN_ANY] < floor || group->n_words == 0)
            continue;
        rc = lower_places(m->g, group, &lower);
        if (rc != 0)
            break;
        if (is_name(m->g, group, lower)) {
            if (is_common_enough(m->g, group, floor))
                rc = add(m, id, true);
        } else if (group->n_words > 1 && group->n_words == group->n_units && is_frequent(group, floor)) {
            rc = add(m, id, false);
        }
    }
    return rc;
}

/* The shorter runs of its units that are candidates themselves. */
static int find_parts(maker *m, tt_candidate *c)
{
    const tt_gather_group *group = &m->g->groups[c->group];
    uint32_t parts[TT_GATHER_UNITS * TT_GATHER_UNITS], id;
    size_t n = 0;
    for (size_t from = 0; from < group->n_units; from++)
        for (size_t to = from + 1; to <= group->n_units; to++) {
            if (to - from == group->n_units || !tt_gather_part(m->g, group, from, to, &id) || !m->number_of[id])
                continue;
            uint32_t part = m->number_of[id] - 1;
            bool again = &m->v[part] == c;
            for (size_t i = 0; i < n; i++)
                again = again || parts[i] == part;
            if (!again)
                parts[n++] = part;
        }
    uint32_t *own = tt_arena_array(m->arena, n, sizeof *own);
    if (!own)
        return TT_ENOMEM;
    memcpy(own, parts, n * sizeof *own);
    c->parts = own;
    c->n_parts = n;
    return 0;
}

int tt_candidates_make(tt_gather *g, uint32_t floor, tt_arena *arena, tt_candidate **out, size_t *n)
{
    maker m = {.g = g, .arena = arena};
    m.number_of = tt_calloc(g->group_keys.n + 1, sizeof *m.number_of);
    int rc = m.number_of ? choose(&m, floor) : TT_ENOMEM;
    for (size_t i = 0; rc == 0 && i < m.n; i++)
        rc = find_parts(&m, &m.v[i]);
    *out = NULL;
    *n = 0;
    if (rc == 0) {
        *out = tt_arena_array(arena, m.n + 1, sizeof **out);
        rc = *out ? 0 : TT_ENOMEM;
    }
    if (rc == 0) {
        if (m.n)
            memcpy(*out, m.v, m.n * sizeof **out);
        *n = m.n;
    }
    tt_free(m.v);
    tt_free(m.number_of);
    return rc;
}
