/* In: units of the second pass. Out: every place that may be a name or an expression, told to gather.c. Not here: what
 * is counted of it (gather.c), which groups are topics (candidate.c). */
#include "tag/sight.h"

#include <string.h>

/* ---- what a unit is worth ---- */

/* A capital that may be the sentence's is taken for the word's own where the archive writes the word so in
 * mid-sentence, or never in lower case. */
static tt_worth capital_worth(const tt_unit *u, const tt_gather_word *w)
{
    if (tt_gather_strong(u))
        return TT_WORTH_STRONG;
    if (w->strong)
        return w->strong >= w->lower ? TT_WORTH_WEAK : TT_WORTH_LOWER;
    bool verb = u->fold.n > 5 && (tt_str_ends(u->fold, TT_S("ing")) || tt_str_ends(u->fold, TT_S("ed")));
    return w->lower || verb || (u->flags & (TT_UNIT_ORDINARY | TT_UNIT_CALENDAR)) ? TT_WORTH_LOWER : TT_WORTH_WEAK;
}

static tt_sight place_of(tt_gather *g, const tt_unit *u)
{
    tt_sight p = {.u = u, .worth = TT_WORTH_NO};
    if (!tt_intern_find(&g->word_keys, u->key, &p.word))
        return p;
    const tt_gather_word *w = &g->words[p.word];
    p.joiner = (u->flags & TT_UNIT_JOINER) != 0 && !(u->flags & TT_UNIT_CAPITAL);
    p.the = tt_str_is(u->fold, "the");
    p.number = (u->flags & TT_UNIT_NUMBER) && !(u->flags & TT_UNIT_CAPITAL) && u->text.n <= 3;
    const bool once = w->strong + w->weak + w->lower < 2; /* so is all that holds it */
    if (once || (u->flags & TT_UNIT_NUMBER) || ((u->flags & TT_UNIT_FUNCTION) && !p.joiner && !p.the))
        p.worth = TT_WORTH_NO;
    else if (u->flags & TT_UNIT_TAG)
        p.worth = TT_WORTH_STRONG;
    else
        p.worth = u->flags & TT_UNIT_CAPITAL ? capital_worth(u, w) : TT_WORTH_LOWER;
    return p;
}

/* ---- what may be a name or an expression ---- */

static bool may_begin(const tt_sight *p)
{
    return p->worth != TT_WORTH_NO && !p->joiner;
}

static bool may_end(const tt_sight *p)
{
    return p->worth != TT_WORTH_NO && !p->joiner && !p->the;
}

static bool is_name_edge(const tt_sight *p)
{
    return p->worth >= TT_WORTH_WEAK && !(p->u->flags & TT_UNIT_FUNCTION);
}

/* Names are capitals and what joins two of them, `the` before them, a number behind them. */
static tt_worth worth_of(const tt_sight *p, size_t n, bool *shaped)
{
    tt_worth least = TT_WORTH_STRONG;
    size_t others = 0;
    *shaped = false;
    for (size_t i = 0; i < n; i++) {
        if (p[i].joiner || p[i].number)
            continue;
        if (p[i].the && i == 0) {
            least = p[i].u->flags & TT_UNIT_CAPITAL ? (tt_gather_strong(p[i].u) ? TT_WORTH_STRONG : TT_WORTH_WEAK)
                                                    : TT_WORTH_LOWER;
            continue;
        }
        others += p[i].worth < TT_WORTH_WEAK;
        least = p[i].worth < least ? p[i].worth : least;
        *shaped |= (p[i].u->flags & TT_UNIT_SHAPED) != 0;
    }
    return others == 0 ? least : TT_WORTH_LOWER;
}

static bool fits_expression(const tt_sight *p, size_t n)
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
static bool goes_on(const tt_sight *p, size_t i, size_t of)
{
    return i > 0 && i < of && !(p[i].u->flags & TT_UNIT_BREAK);
}

/* What stands before units i.. and behind ..end; NULL: a break. Over a joiner that two names share (University of X). */
typedef struct neighbours {
    const tt_sight *before, *after;
} neighbours;

static bool is_of(const tt_sight *p)
{
    return p->joiner && !tt_str_is(p->u->fold, "on") && !tt_str_is(p->u->fold, "with");
}

static neighbours neighbours_of(const tt_sight *p, size_t i, size_t end, size_t of)
{
    neighbours n = {goes_on(p, i, of) ? &p[i - 1] : NULL, goes_on(p, end, of) ? &p[end] : NULL};
    if (n.before && is_of(n.before) && goes_on(p, i - 1, of) && is_name_edge(&p[i - 2]))
        n.before = &p[i - 2];
    if (n.after && is_of(n.after) && goes_on(p, end + 1, of) && is_name_edge(&p[end + 1]))
        n.after = &p[end + 1];
    return n;
}

static bool is_covered(const tt_sight *p)
{
    return p && (p->u->flags & TT_UNIT_COVERED);
}

/* In a title every word has a capital: one beside it says nothing. */
static bool is_in_title(const tt_sight *p)
{
    return p && (p->u->flags & TT_UNIT_TITLE) && (p->u->flags & TT_UNIT_CAPITAL);
}

/* The n units at p[i], of a sentence of `of`. */
static int consider(tt_gather *g, const tt_sight *p, size_t i, size_t n, size_t of, tt_sighting *s)
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
    s->numbered = beside.after && beside.after->number;
    s->free = !s->bound && !s->numbered && !is_in_title(beside.before) && !is_in_title(beside.after);
    return tt_gather_sight(g, p + i, n, s);
}

/* A word of a longer name that the lexicon has: Evans in Benedict Evans. */
static int bind_covered(tt_gather *g, const tt_sight *p, size_t i, size_t of, uint32_t issue)
{
    uint32_t id;
    bool longer = (goes_on(p, i, of) && is_covered(&p[i - 1])) || (goes_on(p, i + 1, of) && is_covered(&p[i + 1]));
    if (!longer || !is_name_edge(&p[i]))
        return 0;
    if (tt_gather_group_of(g, p + i, 1, &id) != 0)
        return TT_ENOMEM;
    g->groups[id].last_bound = issue;
    return 0;
}

/* All that begins at unit i of a sentence. */
static int from_unit(tt_gather *g, const tt_sight *p, size_t i, size_t of, tt_sighting *s)
{
    int rc = 0;
    bool the = p[i].the && goes_on(p, i + 1, of) && p[i + 1].worth >= TT_WORTH_WEAK;
    if (is_covered(&p[i]))
        return bind_covered(g, p, i, of, s->issue);
    if (!may_begin(&p[i]) || (p[i].the && !the))
        return 0;
    for (size_t n = 1; rc == 0 && n <= TT_GATHER_UNITS && i + n <= of; n++) {
        const tt_sight *last = &p[i + n - 1];
        if (n > 1 && (last->u->flags & TT_UNIT_BREAK))
            break;
        if (last->u->flags & TT_UNIT_COVERED)
            break;
        if (last->number && n > 1 && last[-1].worth >= TT_WORTH_WEAK && !last[-1].the)
            return consider(g, p, i, n, of, s);
        if (last->joiner) { /* only between two capitals */
            if (last[-1].worth < TT_WORTH_WEAK || !goes_on(p, i + n, of) || p[i + n].worth < TT_WORTH_WEAK)
                break;
            continue;
        }
        if (last->worth == TT_WORTH_NO || (n > 1 && last->the))
            break;
        if (may_end(last))
            rc = consider(g, p, i, n, of, s);
    }
    return rc;
}

/* ---- abbreviations that are explained ---- */

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
static size_t full_form(const tt_sight *p, size_t k, tt_str abbreviation)
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

/* `Generative Pre-trained Transformer (GPT)`: the two belong together. */
static int explain(tt_gather *g, const tt_sight *p, size_t k)
{
    uint32_t full, abbreviation;
    const tt_unit *u = p[k].u;
    size_t from = (u->flags & TT_UNIT_BRACKETED) && (u->flags & TT_UNIT_SHAPED) ? full_form(p, k, u->text) : k;
    if (k - from < 2 || k - from > TT_GATHER_UNITS)
        return 0;
    if (tt_gather_group_of(g, p + from, k - from, &full) != 0 || tt_gather_group_of(g, p + k, 1, &abbreviation) != 0)
        return TT_ENOMEM;
    if (!g->groups[full].alias)
        g->groups[full].alias = abbreviation + 1;
    if (!g->groups[abbreviation].alias) /* it may be short for several: the commonest first, most likely */
        g->groups[abbreviation].alias = full + 1;
    return 0;
}

int tt_gather_count(tt_gather *g, const tt_units *units, uint32_t issue, bool before)
{
    tt_sighting s = {.issue = issue, .before = before};
    tt_sight *p = tt_calloc(units->n + 1, sizeof *p);
    bool again;
    int rc = p ? 0 : TT_ENOMEM;
    for (size_t i = 0; rc == 0 && i < units->n; i++)
        p[i] = place_of(g, &units->v[i]);
    for (size_t i = 0, end; i < units->n && rc == 0; i = end) {
        rc = tt_gather_sentence(g, units, i, &end, &again);
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
