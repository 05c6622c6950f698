/* In: ranked candidates and their spellings. Out: rows of a lexicon: ids, terms in the term language, labels. Not here:
 * which candidates there are (candidate.c), what a row says in its note (report/suggestions.c). */
#include "base/unicode.h"
#include "tag/candidate.h"

#include <stdlib.h>
#include <string.h>

enum {
    ORDINARY = 5, /* a fifth of a name's places in lower case: an ordinary word, too */
    PLURAL = 3    /* a third of a capitalised name's places with, or without, a plural s: the same name */
};
enum { ROWS = 8, FORMS = 64 }; /* of one topic, at most; the spellings with most places come first */

typedef struct speller {
    tt_gather *g;
    const tt_lexicon *lex;
    tt_arena *arena;
    tt_suggestion *v; /* on the heap while it grows */
    size_t n, cap;
    tt_intern ids;
    bool *told; /* by group */
    tt_buf buf, squeezed;
} speller;

/* ---- forms of a group ---- */

/* A form, with what spellings that one term finds have in common: no blanks, no hyphens, no plural s. */
typedef struct form {
    tt_str text, common;
    uint32_t places;
    bool plural;
    bool taken;
} form;

static int most_places_first(const void *x, const void *y)
{
    const form *a = x, *b = y;
    if (a->places != b->places)
        return a->places < b->places ? 1 : -1;
    return tt_str_cmp(a->text, b->text);
}

static int squeeze(speller *s, tt_str text, bool exact, form *f)
{
    tt_buf_reset(&s->buf);
    tt_buf_reset(&s->squeezed);
    if (exact)
        tt_buf_str(&s->buf, text);
    else if (tt_unicode_key(text.p, text.n, true, &s->buf) != 0)
        return TT_ENOMEM;
    for (size_t i = 0; i < s->buf.n; i++)
        if (s->buf.p[i] != ' ' && s->buf.p[i] != '-')
            tt_buf_char(&s->squeezed, s->buf.p[i]);
    if (s->buf.failed || s->squeezed.failed)
        return TT_ENOMEM;
    f->plural = s->squeezed.n > 2 && s->squeezed.p[s->squeezed.n - 1] == 's' && text.p[text.n - 1] == 's';
    return tt_str_dup(s->arena, (tt_str){s->squeezed.p, s->squeezed.n}, &f->common);
}

/* The spellings as a name, or all of an expression, most frequent first. */
static int forms_of(speller *s, const tt_gather_group *group, bool name, bool exact, form *v, size_t *n)
{
    form *all = NULL;
    size_t n_all = 0, cap = 0;
    int rc = 0;
    for (uint32_t f = group->first_form; f && rc == 0; f = s->g->forms[f - 1].next) {
        const tt_gather_form *from = &s->g->forms[f - 1];
        uint32_t places = name ? from->names : from->names + from->lower;
        if (places == 0)
            continue;
        if (tt_grow(&all, &cap, n_all + 1, sizeof *all) != 0)
            rc = TT_ENOMEM;
        else
            all[n_all++] = (form){.text = from->text, .places = places};
    }
    if (n_all > 1)
        qsort(all, n_all, sizeof *all, most_places_first);
    *n = n_all < FORMS ? n_all : FORMS;
    for (size_t i = 0; i < *n && rc == 0; i++) {
        v[i] = all[i];
        rc = squeeze(s, v[i].text, exact, &v[i]);
    }
    tt_free(all);
    return rc;
}

/* ---- one term for several forms ---- */

static size_t joints(tt_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == ' ' || s.p[i] == '-';
    return n;
}

/* The same but for a plural s. */
static bool alike(const form *a, const form *b)
{
    const form *more = a->common.n > b->common.n ? a : b, *less = more == a ? b : a;
    if (more->common.n - less->common.n > 1 || memcmp(more->common.p, less->common.p, less->common.n) != 0)
        return false;
    return more->common.n == less->common.n || (more->plural && !less->plural);
}

/* What v[0] and the forms like it have between them. */
typedef struct family {
    size_t joints_most, joints_least;
    size_t singular;    /* bytes of `common` without the plural s */
    uint32_t places[2]; /* of the singular, of the plural */
} family;

static family family_of(const form *v, size_t n)
{
    family all = {.joints_most = joints(v->text), .joints_least = joints(v->text), .singular = v->common.n};
    for (size_t i = 1; i < n; i++)
        if (!v[i].taken && alike(v, &v[i]) && v[i].common.n < all.singular)
            all.singular = v[i].common.n;
    for (size_t i = 0; i < n; i++) {
        if (v[i].taken || !alike(v, &v[i]))
            continue;
        size_t here = joints(v[i].text);
        all.joints_most = here > all.joints_most ? here : all.joints_most;
        all.joints_least = here < all.joints_least ? here : all.joints_least;
        all.places[v[i].common.n > all.singular] += v[i].places;
    }
    return all;
}

/* Evan and Evans are two names, Haskeller and Haskellers one, and of GPU and iPhone the shape tells. */
static bool one_number(const tt_gather_group *group, const family *all, bool name)
{
    uint32_t few = all->places[0] < all->places[1] ? all->places[0] : all->places[1];
    if (few == 0 || !name || group->shaped)
        return few == 0;
    return group->n_words > 1 || PLURAL * few < all->places[0] + all->places[1];
}

/* The term for v[0] and all that is like it: hyphens where a blank may be missing, (s) where both numbers occur. Marks
 * them as taken, and adds their places up. */
static int make_term(speller *s, const tt_gather_group *group, bool name, form *v, size_t n, tt_str *term,
                     uint32_t *places)
{
    const family all = family_of(v, n);
    const bool one = one_number(group, &all, name), plural = v->common.n > all.singular;
    const form *best = NULL;
    *places = one ? all.places[plural] : all.places[0] + all.places[1];
    for (size_t i = n; i-- > 0;) {
        if (v[i].taken || (i > 0 && !alike(v, &v[i])))
            continue;
        v[i].taken = i > 0; /* the first one last: the others are compared with it */
        bool number = (v[i].common.n > all.singular) == (one && plural);
        if (joints(v[i].text) == all.joints_most && number)
            best = &v[i];
    }
    v->taken = true;
    best = best ? best : v;
    tt_buf_reset(&s->buf);
    for (size_t i = 0; i < best->text.n; i++) {
        char c = best->text.p[i];
        if (memchr("*()\\", c, 4))
            tt_buf_char(&s->buf, '\\');
        tt_buf_char(&s->buf, c == ' ' && all.joints_least < all.joints_most ? '-' : c);
    }
    if (!one && best->common.n == all.singular)
        tt_buf_text(&s->buf, "(s)");
    return s->buf.failed ? TT_ENOMEM : tt_str_dup(s->arena, (tt_str){s->buf.p, s->buf.n}, term);
}

/* ---- ids and types ---- */

static void id_sign(tt_buf *id, char c)
{
    if (c == '+')
        tt_buf_text(id, "-plus");
    else if (c == '&')
        tt_buf_text(id, "-and-");
    else if (c == '#' && id->n)
        tt_buf_text(id, "-sharp");
    else
        tt_buf_char(id, '-');
}

/* `Simon Peyton Jones` -> simon-peyton-jones. A name without a Latin letter or digit gets its hash for one. */
static int make_id(speller *s, tt_str name, tt_suggestion *to)
{
    tt_buf_reset(&s->buf);
    tt_buf_reset(&s->squeezed);
    if (tt_unicode_key(name.p, name.n, true, &s->buf) != 0 || tt_unicode_bare(s->buf.p, s->buf.n, &s->squeezed) != 0)
        return TT_ENOMEM;
    tt_buf_reset(&s->buf);
    for (size_t i = 0; i < s->squeezed.n; i++) {
        char c = s->squeezed.p[i];
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            tt_buf_char(&s->buf, c);
        else
            id_sign(&s->buf, c);
    }
    size_t n = 0;
    for (size_t i = 0; i < s->buf.n; i++)
        if (s->buf.p[i] != '-' || (n > 0 && s->buf.p[n - 1] != '-'))
            s->buf.p[n++] = s->buf.p[i];
    while (n > 0 && s->buf.p[n - 1] == '-')
        n--;
    s->buf.n = n;
    if (n == 0)
        tt_buf_f(&s->buf, "name-%08x", (unsigned)tt_hash(name.p, name.n, 0));
    if (s->buf.failed)
        return TT_ENOMEM;
    uint32_t id, topic;
    size_t length = s->buf.n;
    for (int next = 2; tt_intern_find(&s->ids, (tt_str){s->buf.p, s->buf.n}, &id); next++) {
        s->buf.n = length;
        tt_buf_f(&s->buf, "-%d", next);
        if (s->buf.failed)
            return TT_ENOMEM;
    }
    if (tt_intern_add(&s->ids, (tt_str){s->buf.p, s->buf.n}, &id) != 0)
        return TT_ENOMEM;
    to->known = tt_lexicon_topic(s->lex, s->ids.v[id], &topic);
    return tt_str_dup(s->arena, s->ids.v[id], &to->topic);
}

/* What a name's last word says for sure. */
static tt_str type_of(tt_str name)
{
    static const struct {
        const char *ending, *type;
    } known[] = {{" University", "organization"}, {" Institute", "organization"}, {" Foundation", "organization"},
                 {" Inc", "organization"},        {" Ltd", "organization"},       {" GmbH", "organization"},
                 {" Conference", "event"},        {" Summit", "event"},           {" Symposium", "event"},
                 {" Hackathon", "event"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (tt_str_ends(name, tt_str_of(known[i].ending)))
            return tt_str_of(known[i].type);
    return tt_str_starts(name, TT_S("University of ")) ? TT_S("organization") : TT_S("");
}

/* ---- rows ---- */

static int add_row(speller *s, const tt_suggestion *row, tt_err *err)
{
    if (tt_term_check(row->term, NULL, err) != 0) /* signs alone, or too long: no term can find it */
        return err->code == TT_ENOMEM ? TT_ENOMEM : 0;
    if (tt_grow(&s->v, &s->cap, s->n + 1, sizeof *s->v) != 0)
        return TT_ENOMEM;
    s->v[s->n++] = *row;
    return 0;
}

/* A single name that is also an ordinary word: it is found as written only. Lower case that is rare is the same name
 * written in haste. */
static bool needs_exact(const speller *s, const tt_gather_group *group, bool name)
{
    const uint32_t common = TT_UNIT_FUNCTION | TT_UNIT_ORDINARY | TT_UNIT_CALENDAR;
    const tt_gather_word *w = &s->g->words[group->words[0]];
    if (!name || group->n_words != 1)
        return false;
    if (group->n_units > 1)
        return group->lower > 0;
    return w->lower > 0 && ((w->flags & common) || ORDINARY * w->lower >= w->strong + w->weak);
}

/* The rows of one group under the topic of *row; the first row of a topic bears label and type. */
static int spell_group(speller *s, uint32_t id, bool name, tt_suggestion *row, tt_err *err)
{
    const tt_gather_group *group = &s->g->groups[id];
    form v[FORMS];
    size_t n = 0, rows = 0;
    row->exact = needs_exact(s, group, name);
    int rc = forms_of(s, group, name, row->exact, v, &n);
    for (size_t i = 0; rc == 0 && i < n && rows < ROWS; i++) {
        uint32_t places = 0;
        if (v[i].taken || (i > 0 && row->exact && 10 * v[i].places < v[0].places))
            continue;
        if (row->topic.n == 0) {
            row->label = v[i].text;
            row->type = name ? type_of(v[i].text) : TT_S("");
            rc = make_id(s, v[i].text, row);
        }
        if (rc == 0)
            rc = make_term(s, group, name, v + i, n - i, &row->term, &places);
        row->mentions = places;
        row->issues = row->issues < places ? row->issues : places;
        if (rc == 0)
            rc = add_row(s, row, err);
        row->label = row->type = TT_S("");
        row->issues = 0;
        rows++;
    }
    s->told[id] = true;
    return rc;
}

/* The abbreviation of a name, or what it is short for. */
static int spell_alias(speller *s, uint32_t id, tt_suggestion *row, tt_err *err)
{
    const uint32_t other = s->g->groups[id].alias - 1;
    if (s->g->groups[id].alias == 0 || s->told[other])
        return 0;
    const tt_gather_group *group = &s->g->groups[other];
    return spell_group(s, other, group->strong + group->weak > group->lower, row, err);
}

int tt_candidates_spell(tt_gather *g, const tt_candidate *v, size_t n, const tt_lexicon *lex, tt_arena *arena,
                        tt_suggestion **out, size_t *n_out, tt_err *err)
{
    speller s = {.g = g, .lex = lex, .arena = arena};
    s.told = tt_calloc(g->group_keys.n + 1, sizeof *s.told);
    int rc = s.told ? 0 : TT_ENOMEM;
    for (size_t i = 0; rc == 0 && i < n; i++) {
        const tt_gather_group *group = &g->groups[v[i].group];
        tt_suggestion row = {
            .issues = v[i].issues, .issue = group->example_issue, .at = group->example_at, .score = v[i].score};
        if (s.told[v[i].group])
            continue;
        rc = spell_group(&s, v[i].group, v[i].name, &row, err);
        if (rc == 0)
            rc = spell_alias(&s, v[i].group, &row, err);
    }
    *n_out = 0;
    *out = tt_arena_array(arena, s.n + 1, sizeof **out);
    if (rc == 0 && *out) {
        if (s.n)
            memcpy(*out, s.v, s.n * sizeof **out);
        *n_out = s.n;
    }
    rc = rc == 0 && !*out ? TT_ENOMEM : rc;
    tt_free(s.v);
    tt_free(s.told);
    tt_intern_release(&s.ids);
    tt_buf_release(&s.buf);
    tt_buf_release(&s.squeezed);
    return rc == TT_ENOMEM ? tt_fail_memory(err) : rc;
}
