/* In: the topics of a year, of one type; series by year. Out: the ten most covered with their ranks in all years. Not
 * here: other charts of a year (charts_year_*.c), gnuplot's language (plot_bump.c). */
#include "report/charts_year.h"

#include "base/stats.h"

#include <stdlib.h>

/* A type of topics as the charts name it. */
struct kind {
    const char *type, *one, *more;
};

/* A topic in a year, to be ranked. */
struct ranked {
    uint32_t topic, issues_with, mentions;
    uint32_t rank; /* from 1; equals have the same */
    bool shared;
};

struct ranks {
    const struct kind *kind;
    const tt_year_topic *top[TT_YEAR_RANKS];
    size_t n, n_all; /* shown; of the type in the year */
    size_t *years;   /* periods with issues enough */
    size_t n_years, review;
    tt_str left_out; /* names of years with too few issues */
};

static bool is_kind(const tt_year *y, const struct kind *kind, uint32_t topic)
{
    return tt_str_is_nocase(y->m->in->facts->topics[topic].type, kind->type);
}

static void pick(const tt_year *y, struct ranks *r)
{
    for (size_t i = 0; i < y->n_topics; i++) {
        if (!is_kind(y, r->kind, y->topics[i].topic))
            continue;
        if (r->n < TT_YEAR_RANKS)
            r->top[r->n++] = &y->topics[i];
        r->n_all++;
    }
}

/* "2011" or "2011 to 2015", behind what is there already. */
static void say_years(tt_buf *to, const tt_series *s, size_t first, size_t last)
{
    tt_buf_text(to, to->n ? ", " : "");
    tt_buf_str(to, s->periods[first].name);
    if (last > first) {
        tt_buf_text(to, last > first + 1 ? " to " : ", ");
        tt_buf_str(to, s->periods[last].name);
    }
}

static void find_years(const tt_year *y, struct ranks *r)
{
    tt_maker *m = y->m;
    const tt_series *s = m->in->by_year;
    size_t few = 0; /* years right before this one that have too few issues */
    r->years = tt_maker_array(m, s->n_periods, sizeof *r->years);
    for (size_t i = 0; i <= s->n_periods && r->years; i++) {
        const bool enough = i < s->n_periods && s->periods[i].issues >= TT_LEAST_ISSUES;
        if (few && (enough || i == s->n_periods))
            say_years(&m->text, s, i - few, i - 1);
        few = enough ? 0 : few + 1;
        if (!enough)
            continue;
        r->review = i == y->at ? r->n_years : r->review;
        r->years[r->n_years++] = i;
    }
    r->left_out = tt_maker_keep(m);
}

static int by_cover(const void *x, const void *y)
{
    const struct ranked *a = x, *b = y;
    if (a->issues_with != b->issues_with)
        return a->issues_with > b->issues_with ? -1 : 1;
    if (a->mentions != b->mentions)
        return a->mentions > b->mentions ? -1 : 1;
    return (a->topic > b->topic) - (a->topic < b->topic);
}

/* All topics of the type that occur in a period, ranked by their issues: the denominator is the same for all. The caller
 * frees. */
static struct ranked *rank_year(const tt_year *y, const struct kind *kind, size_t period, size_t *n)
{
    const tt_series *s = y->m->in->by_year;
    size_t n_topics = s->n_points / s->n_periods;
    const tt_point *p = s->points + period * n_topics;
    struct ranked *v = tt_calloc(n_topics + 1, sizeof *v);
    *n = 0;
    y->m->text.failed |= !v;
    for (size_t i = 0; i < n_topics && v; i++)
        if (p[i].issues_with && is_kind(y, kind, p[i].topic))
            v[(*n)++] = (struct ranked){p[i].topic, p[i].issues_with, p[i].mentions, 0, false};
    if (*n > 1)
        qsort(v, *n, sizeof *v, by_cover);
    for (size_t i = 0; i < *n; i++) {
        bool same = i > 0 && v[i].issues_with == v[i - 1].issues_with;
        v[i].rank = same ? v[i - 1].rank : (uint32_t)i + 1;
        v[i].shared = same || (i + 1 < *n && v[i].issues_with == v[i + 1].issues_with);
    }
    return v;
}

/* Column j: who stands where. What does not occur stands below, in the order of the review. */
static void fill_column(const tt_year *y, const struct ranks *r, size_t j, uint8_t *place, tt_str *rank)
{
    tt_maker *m = y->m;
    size_t n, next = 1;
    struct ranked *v = rank_year(y, r->kind, r->years[j], &n);
    for (size_t i = 0; i < r->n; i++) {
        place[i * r->n_years + j] = 0;
        rank[i * r->n_years + j] = (tt_str){"", 0};
    }
    for (size_t k = 0; k < n && v; k++)
        for (size_t i = 0; i < r->n; i++)
            if (r->top[i]->topic == v[k].topic) {
                place[i * r->n_years + j] = (uint8_t)next++;
                tt_buf_f(&m->text, "%s%u", v[k].shared ? "=" : "", v[k].rank);
                rank[i * r->n_years + j] = tt_maker_keep(m);
            }
    for (size_t i = 0; i < r->n; i++)
        if (!place[i * r->n_years + j])
            place[i * r->n_years + j] = (uint8_t)next++;
    tt_free(v);
}

/* ---- words ---- */

static tt_str title_of(const tt_year *y, const struct ranks *r)
{
    tt_maker *m = y->m;
    const tt_point *a = r->top[0]->now, *b = r->n > 1 ? r->top[1]->now : NULL;
    size_t same = 1;
    while (same < r->n && r->top[same]->now->issues_with == a->issues_with)
        same++;
    tt_year_topic_name(y, r->top[0]);
    if (!b || a->share_low > b->share_high) {
        tt_buf_f(&m->text, " led the %s of %d: in %u of ", r->kind->more, y->year, a->issues_with);
        tt_summary_counted(&m->text, y->period->issues, "issue", "issues");
    } else if (same == 1) {
        tt_buf_f(&m->text, " was in %u of ", a->issues_with);
        tt_summary_counted(&m->text, y->period->issues, "issue", "issues");
        tt_buf_f(&m->text, " of %d, ", y->year);
        tt_year_topic_name(y, r->top[1]);
        tt_buf_f(&m->text, " in %u: no clear lead among the %s", b->issues_with, r->kind->more);
    } else {
        tt_buf_text(&m->text, same == 2 ? " and " : ", ");
        tt_year_topic_name(y, r->top[1]);
        if (same > 2)
            tt_buf_f(&m->text, same == r->n && r->n_all > r->n ? " and others" : " and %zu more", same - 2);
        tt_buf_f(&m->text, " share the first place among the %s of %d: each in %u of ", r->kind->more, y->year,
                 a->issues_with);
        tt_summary_counted(&m->text, y->period->issues, "issue", "issues");
    }
    return tt_maker_keep(m);
}

static void notes(const tt_year *y, const struct ranks *r)
{
    tt_maker *m = y->m;
    const tt_series *s = m->in->by_year;
    for (size_t j = 0, n = 0; j < r->n_years; j++)
        if (!s->periods[r->years[j]].complete) {
            tt_buf_text(&m->text, n++ ? ", " : "Incomplete (*): ");
            tt_buf_str(&m->text, s->periods[r->years[j]].name);
            tt_buf_text(&m->text, ". ");
        }
    if (r->left_out.n) {
        tt_buf_str(&m->text, r->left_out);
        tt_buf_f(&m->text, ": fewer than %d issues, no ranks. ", TT_LEAST_ISSUES);
    }
    if (r->n_all > r->n) {
        tt_buf_f(&m->text, "Shown: %zu of %zu %s", r->n, r->n_all, r->kind->more);
        size_t last = r->top[r->n - 1]->now->issues_with, equal = 0, k = 0;
        for (size_t i = 0; i < y->n_topics; i++)
            if (is_kind(y, r->kind, y->topics[i].topic) && k++ >= r->n)
                equal += y->topics[i].now->issues_with == last;
        if (equal)
            tt_buf_f(&m->text, "; %zu more have as many issues as the last one", equal);
        tt_buf_text(&m->text, ". ");
    }
}

/* ---- charts ---- */

static void cells(const tt_year *y, tt_figure *f, const struct ranks *r, const tt_str *rank)
{
    tt_maker *m = y->m;
    const tt_series *s = m->in->by_year;
    tt_str *v = tt_maker_cells(m, f, r->n + 1, r->n_years + 3);
    size_t w = r->n_years + 3;
    if (!v)
        return;
    tt_buf_text(&m->text, r->kind->one);
    v[0] = tt_maker_keep(m);
    v[1] = TT_S("Issues with it");
    v[2] = TT_S("Issues");
    for (size_t j = 0; j < r->n_years; j++) {
        tt_buf_text(&m->text, "Rank in ");
        tt_buf_str(&m->text, s->periods[r->years[j]].name);
        tt_buf_text(&m->text, s->periods[r->years[j]].complete ? "" : "*");
        v[j + 3] = tt_maker_keep(m);
    }
    for (size_t i = 0; i < r->n; i++) {
        v[(i + 1) * w] = m->in->facts->topics[r->top[i]->topic].label;
        tt_summary_count(&m->text, r->top[i]->now->issues_with);
        v[(i + 1) * w + 1] = tt_maker_keep(m);
        tt_summary_count(&m->text, y->period->issues);
        v[(i + 1) * w + 2] = tt_maker_keep(m);
        for (size_t j = 0; j < r->n_years; j++)
            v[(i + 1) * w + 3 + j] = rank[i * r->n_years + j].n ? rank[i * r->n_years + j] : TT_S("–");
    }
}

static void draw_bump(const tt_year *y, tt_figure *f, const tt_plot_head *head, const struct ranks *r,
                      const uint8_t *place, const tt_str *rank)
{
    tt_maker *m = y->m;
    const tt_series *s = m->in->by_year;
    tt_str rows[TT_YEAR_RANKS];
    tt_str *periods = tt_maker_array(m, r->n_years, sizeof *periods);
    bool *complete = tt_maker_array(m, r->n_years, sizeof *complete);
    if (m->text.failed)
        return;
    for (size_t i = 0; i < r->n; i++)
        rows[i] = m->in->facts->topics[r->top[i]->topic].label;
    for (size_t j = 0; j < r->n_years; j++) {
        periods[j] = s->periods[r->years[j]].name;
        complete[j] = s->periods[r->years[j]].complete;
    }
    const tt_bump bump = {rows, r->n, periods, complete, r->n_years, place, rank, r->review};
    tt_plot_bump(&m->text, head, &bump);
    f->script = tt_maker_keep(m);
}

static void draw_bars(const tt_year *y, tt_figure *f, const tt_plot_head *head, const struct ranks *r)
{
    tt_maker *m = y->m;
    tt_bar bars[TT_YEAR_RANKS];
    for (size_t i = 0; i < r->n; i++) {
        const tt_point *p = r->top[i]->now;
        bars[i] = (tt_bar){.label = m->in->facts->topics[p->topic].label,
                           .value = p->share,
                           .low = p->share_low,
                           .high = p->share_high,
                           .has_ci = true};
        tt_plot_percent(&m->text, p->share);
        bars[i].note = tt_maker_keep(m);
    }
    if (m->text.failed)
        return;
    tt_plot_bars(&m->text, head, bars, r->n);
    f->script = tt_maker_keep(m);
}

static void make(const tt_year *y, tt_figure *f, const struct kind *kind)
{
    tt_maker *m = y->m;
    struct ranks r = {.kind = kind};
    tt_plot_head head;
    tt_buf_f(&m->text, "The %s of %d", kind->more, y->year);
    f->title = tt_maker_keep(m);
    if (!tt_year_bears(y, f))
        return;
    pick(y, &r);
    if (r.n < 2) {
        tt_buf_f(&m->text, r.n ? "only one topic of the type %s occurs in %d" : "no topic of the type %s occurs in %d",
                 kind->type, y->year);
        f->why = tt_maker_keep(m);
        return;
    }
    find_years(y, &r);
    uint8_t *place = tt_maker_array(m, r.n * r.n_years, sizeof *place);
    tt_str *rank = tt_maker_array(m, r.n * r.n_years, sizeof *rank);
    if (m->text.failed)
        return;
    for (size_t j = 0; j < r.n_years && !m->text.failed; j++)
        fill_column(y, &r, j, place, rank);
    if (m->text.failed)
        return;
    cells(y, f, &r, rank);
    if (r.n_years > 1)
        tt_buf_f(
            &m->text,
            "Rank among all %s of each year by the share of its issues with a mention; = is a tie, a small mark no "
            "mention",
            kind->more);
    else
        tt_buf_f(&m->text, "Share of the %u issues of %d with at least one mention; line: 95 %% interval (Wilson)",
                 y->period->issues, y->year);
    tt_str subtitle = tt_maker_keep(m), title = title_of(y, &r);
    notes(y, &r);
    tt_year_words(y, f, &head, title, subtitle, "");
    if (r.n_years > 1)
        draw_bump(y, f, &head, &r, place, rank);
    else
        draw_bars(y, f, &head, &r);
}

void tt_year_organizations(const tt_year *y, tt_figure *f)
{
    static const struct kind kind = {"organization", "Organization", "organizations"};
    make(y, f, &kind);
}

void tt_year_people(const tt_year *y, tt_figure *f)
{
    static const struct kind kind = {"person", "Person", "people"};
    make(y, f, &kind);
}

void tt_year_models(const tt_year *y, tt_figure *f)
{
    static const struct kind kind = {"model", "Model", "models"};
    make(y, f, &kind);
}
