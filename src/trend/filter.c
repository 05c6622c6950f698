/* In: what the user selected, by name. Out: the same by index, checked. Not here: periods (period.c). */
#include "trend/filter.h"

#include "base/unicode.h"

#include <string.h>

bool tt_filter_year(const tt_filter *f, int year)
{
    for (size_t i = 0; i < f->n_years; i++)
        if (f->years[i] == year)
            return true;
    return f->n_years == 0;
}

/* ---- what is close to a name that is not there ---- */

/* Names the first topic that is nearest by id, or whose label it is. */
static int unknown_topic(const tt_facts *in, const char *id, tt_err *err)
{
    const tt_topic *best = NULL;
    size_t nearest = strlen(id) / 3 + 2; /* a third may be wrong */
    for (size_t i = 0; i < in->n_topics - in->n_asked; i++) {
        const tt_topic *t = &in->topics[i];
        bool same = tt_str_is_nocase(t->id, id) || tt_str_is_nocase(t->label, id);
        size_t d = same ? 0 : tt_str_distance(t->id, tt_str_of(id));
        if (d < nearest) {
            nearest = d;
            best = t;
        }
    }
    if (best)
        return tt_fail(err, TT_EUSAGE, NULL, 0, 0, "the lexicon has no topic \"%s\"; did you mean \"%.*s\"?", id,
                       (int)(best->id.n < TT_MAX_TERM ? best->id.n : TT_MAX_TERM), best->id.p);
    return tt_fail(err, TT_EUSAGE, NULL, 0, 0, "the lexicon has no topic \"%s\"; `topics` lists those that occur", id);
}

static int pick_topics(tt_filter *f, const tt_facts *in, const tt_select *sel, tt_err *err)
{
    for (size_t i = 0; i < in->n_topics; i++)
        f->topic[i] = sel->n_topics == 0;
    for (size_t i = 0; i < sel->n_topics; i++) {
        tt_str id = tt_str_of(sel->topics[i]);
        const size_t n = in->n_topics - in->n_asked; /* sorted by id */
        size_t low = 0, high = n;
        while (low < high) {
            size_t mid = low + (high - low) / 2;
            if (tt_str_cmp(in->topics[mid].id, id) < 0)
                low = mid + 1;
            else
                high = mid;
        }
        if (low == n || !tt_str_eq(in->topics[low].id, id))
            return unknown_topic(in, sel->topics[i], err);
        f->topic[low] = true;
    }
    f->topics_named = sel->n_topics != 0;
    return 0;
}

/* ---- sections ---- */

/* *key is the name as it is compared; "" where it is no UTF-8. It lives in `scratch`. */
static int fold(tt_buf *scratch, tt_str name, tt_str *key)
{
    tt_buf_reset(scratch);
    int rc = tt_utf8_valid(name.p, name.n) ? tt_unicode_key(name.p, name.n, true, scratch) : 0;
    *key = scratch->n ? (tt_str){scratch->p, scratch->n} : TT_S("");
    return rc;
}

/* Sets mark[id] for each section that bears one of the names, ignoring case, and clears the others. */
static int mark_sections(bool *mark, const tt_facts *in, const char *const *names, size_t n, tt_err *err)
{
    tt_intern wanted = {0};
    tt_buf scratch = {0};
    tt_str key;
    uint32_t id = 0;
    int rc = 0;
    for (size_t i = 0; i < n && rc == 0; i++) {
        rc = fold(&scratch, tt_str_of(names[i]), &key);
        if (rc == 0)
            rc = tt_intern_add(&wanted, key, &id);
    }
    bool *seen = rc == 0 ? tt_calloc(n, sizeof *seen) : NULL;
    if (!seen)
        rc = TT_ENOMEM;
    for (size_t i = 0; i < in->n_sections && rc == 0; i++) {
        rc = fold(&scratch, in->sections[i], &key);
        mark[i] = rc == 0 && key.n && tt_intern_find(&wanted, key, &id);
        if (mark[i])
            seen[id] = true;
    }
    for (size_t i = 0; i < n && rc == 0; i++) {
        rc = fold(&scratch, tt_str_of(names[i]), &key);
        if (rc == 0 && (!tt_intern_find(&wanted, key, &id) || !seen[id]))
            rc = tt_fail(err, TT_EUSAGE, NULL, 0, 0,
                         "the archive has no section \"%s\"; `trends --by-section` lists its sections", names[i]);
    }
    tt_free(seen);
    tt_buf_release(&scratch);
    tt_intern_release(&wanted);
    return rc == TT_ENOMEM ? tt_fail_memory(err) : rc;
}

static int pick_sections(tt_filter *f, const tt_facts *in, const tt_select *sel, tt_arena *arena, tt_err *err)
{
    f->sections_named = sel->n_sections != 0 || sel->n_not_sections != 0;
    for (size_t i = 0; i < in->n_sections; i++)
        f->section[i] = true;
    if (sel->n_sections) {
        int rc = mark_sections(f->section, in, sel->sections, sel->n_sections, err);
        if (rc != 0)
            return rc;
    }
    if (sel->n_not_sections) {
        bool *barred = tt_arena_array(arena, in->n_sections + 1, sizeof *barred);
        if (!barred)
            return tt_fail_memory(err);
        int rc = mark_sections(barred, in, sel->not_sections, sel->n_not_sections, err);
        for (size_t i = 0; i < in->n_sections && rc == 0; i++)
            f->section[i] = f->section[i] && !barred[i];
        return rc;
    }
    return 0;
}

/* ---- issues ---- */

static bool in_range(const tt_filter *f, int32_t date)
{
    int year, month, day;
    if (!f->has_from && !f->has_to && f->n_years == 0)
        return true;
    if (date == TT_NO_DATE || (f->has_from && date < f->from) || (f->has_to && date > f->to))
        return false;
    tt_day_split(date, &year, &month, &day);
    return tt_filter_year(f, year);
}

int tt_filter_make(tt_filter *out, const tt_facts *in, const tt_select *sel, tt_arena *arena, tt_err *err)
{
    static const tt_select all;
    sel = sel ? sel : &all;
    tt_filter f = {.by = sel->by,
                   .by_section = sel->by_section,
                   .has_from = sel->has_from,
                   .has_to = sel->has_to,
                   .from = sel->from,
                   .to = sel->to,
                   .years = sel->years,
                   .n_years = sel->n_years};
    if (f.has_from && f.has_to && f.from > f.to)
        return tt_fail(err, TT_EUSAGE, NULL, 0, 0, "--from is later than --to; exchange them");
    f.issue = tt_arena_array(arena, in->n_issues + 1, sizeof *f.issue);
    f.section = tt_arena_array(arena, in->n_sections + 1, sizeof *f.section);
    f.topic = tt_arena_array(arena, in->n_topics + 1, sizeof *f.topic);
    if (!f.issue || !f.section || !f.topic)
        return tt_fail_memory(err);
    for (size_t i = 0; i < in->n_issues; i++)
        f.issue[i] = in_range(&f, in->issues[i].date);
    int rc = pick_topics(&f, in, sel, err);
    if (rc == 0)
        rc = pick_sections(&f, in, sel, arena, err);
    if (rc == 0)
        *out = f;
    return rc;
}
