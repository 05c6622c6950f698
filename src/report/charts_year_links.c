/* In: the links of a year's issues. Out: the sites that most issues link, the earlier issues that most issues refer to.
 * Not here: which links there are and what they mean (trend/links), gnuplot's language (plot.c). */
#include "report/charts_year.h"

#include "base/stats.h"

#include <stdlib.h>

/* A site or an issue that is linked. */
struct target {
    tt_str name;     /* of a site */
    uint32_t issue;  /* or the issue */
    uint32_t issues; /* of the year that link it */
    uint32_t links;
    uint32_t seen; /* the last of these issues, + 1 */
};

/* The links of a site in the whole archive, and how many of them mean an issue. */
struct site {
    uint32_t links, own;
};

enum { OWN_PART = 4 }; /* a site is the newsletter's own where a quarter of its links mean its issues */

struct targets {
    struct site *sites; /* by name */
    tt_intern all;
    size_t cap_sites;
    struct target *v;
    size_t n, cap;
    tt_intern names;
    uint32_t *at; /* by issue: its place in v, + 1 */
};

static bool picked(const bool *v, size_t i)
{
    return !v || v[i];
}

static int by_issues(const void *x, const void *y)
{
    const struct target *a = x, *b = y;
    if (a->issues != b->issues)
        return a->issues > b->issues ? -1 : 1;
    if (a->links != b->links)
        return a->links > b->links ? -1 : 1;
    int c = tt_str_cmp(a->name, b->name);
    return c ? c : (a->issue > b->issue) - (a->issue < b->issue);
}

static void find_sites(tt_maker *m, struct targets *t)
{
    const tt_facts *f = m->in->facts;
    for (size_t i = 0; i < f->n_links && !m->text.failed; i++) {
        size_t n = t->all.n;
        uint32_t id = 0;
        if (!f->links[i].domain.n)
            continue;
        if (tt_intern_add(&t->all, f->links[i].domain, &id) != 0 ||
            tt_grow(&t->sites, &t->cap_sites, t->all.n, sizeof *t->sites) != 0) {
            m->text.failed = true;
            return;
        }
        if (t->all.n > n)
            t->sites[id] = (struct site){0, 0};
        t->sites[id].links++;
        t->sites[id].own += f->links[i].target != TT_NO_ISSUE;
    }
}

static bool is_own(const struct targets *t, tt_str domain)
{
    uint32_t id;
    return tt_intern_find(&t->all, domain, &id) && t->sites[id].own &&
           t->sites[id].own >= t->sites[id].links / OWN_PART;
}

/* Where a link counts; v[n] where it is new. NULL: nowhere, or no memory. */
static struct target *target_of(tt_maker *m, struct targets *t, const tt_link *link, bool sites)
{
    uint32_t id = 0;
    if (sites ? !link->domain.n || link->target != TT_NO_ISSUE || is_own(t, link->domain) : link->target == TT_NO_ISSUE)
        return NULL;
    if (sites) {
        if (tt_intern_add(&t->names, link->domain, &id) != 0)
            m->text.failed = true;
    } else {
        id = t->at[link->target] ? t->at[link->target] - 1 : (uint32_t)t->n;
        t->at[link->target] = id + 1;
    }
    if (m->text.failed || id < t->n)
        return m->text.failed ? NULL : &t->v[id];
    if (tt_grow(&t->v, &t->cap, t->n + 1, sizeof *t->v) != 0) {
        m->text.failed = true;
        return NULL;
    }
    t->v[t->n] = (struct target){.name = link->domain, .issue = link->target};
    return &t->v[t->n++];
}

static void gather(const tt_year *y, struct targets *t, bool sites)
{
    tt_maker *m = y->m;
    const tt_facts *f = m->in->facts;
    t->at = tt_calloc(f->n_issues + 1, sizeof *t->at);
    m->text.failed |= !t->at;
    if (sites)
        find_sites(m, t);
    for (size_t i = 0; i < f->n_links && !m->text.failed; i++) {
        const tt_link *link = &f->links[i];
        int32_t date = f->issues[link->issue].date;
        if (date == TT_NO_DATE || date < y->period->start || date > y->period->end ||
            !picked(m->in->picked.issue, link->issue) || !picked(m->in->picked.section, link->section))
            continue;
        struct target *to = target_of(m, t, link, sites);
        if (!to)
            continue;
        to->links++;
        to->issues += to->seen != link->issue + 1;
        to->seen = link->issue + 1;
    }
    if (t->n > 1 && !m->text.failed)
        qsort(t->v, t->n, sizeof *t->v, by_issues);
}

static void release(struct targets *t)
{
    tt_intern_release(&t->names);
    tt_intern_release(&t->all);
    tt_free(t->sites);
    tt_free(t->v);
    tt_free(t->at);
}

/* "nytimes.com", "#42", or "#42: its title" */
static tt_str name_of(const tt_year *y, const struct target *t, bool sites, bool with_title)
{
    tt_maker *m = y->m;
    const tt_issue *i = sites ? NULL : &m->in->facts->issues[t->issue];
    if (sites)
        tt_maker_name(m, t->name);
    else if (i->number < 0)
        tt_maker_name(m, i->title);
    else
        tt_buf_f(&m->text, "#%lld", (long long)i->number);
    /* a title that begins with the number says it itself */
    if (!sites && i->number >= 0 && with_title && !tt_str_starts(i->title, (tt_str){m->text.p, m->text.n})) {
        tt_buf_text(&m->text, ": ");
        tt_maker_name(m, i->title);
    } else if (!sites && i->number >= 0 && with_title && !m->text.failed) {
        tt_buf_reset(&m->text);
        tt_maker_name(m, i->title);
    }
    return tt_maker_keep(m);
}

static tt_bar bar_of(const tt_year *y, const struct target *t, bool sites, tt_cells_out *out)
{
    tt_maker *m = y->m;
    tt_bar bar = {.label = name_of(y, t, sites, true), .value = (double)t->issues / y->period->issues, .has_ci = true};
    tt_wilson(t->issues, y->period->issues, &bar.low, &bar.high);
    tt_year_cell_text(y, out, bar.label);
    tt_year_cell_count(y, out, t->links);
    tt_year_cell_count(y, out, t->issues);
    tt_year_cell_count(y, out, y->period->issues);
    tt_plot_percent(&m->text, bar.value);
    tt_year_cell(y, out);
    tt_summary_count(&m->text, t->issues);
    tt_buf_text(&m->text, " · ");
    tt_summary_counted(&m->text, t->links, sites ? "link" : "time", sites ? "links" : "times");
    bar.note = tt_maker_keep(m);
    return bar;
}

/* "Most linked in 2020: nytimes.com, from 15 of 23 issues; twitter.com from 14: no clear lead" */
static tt_str title_of(const tt_year *y, const struct targets *t, bool sites)
{
    tt_maker *m = y->m;
    double low, high, next_low, next_high = 0;
    const struct target *a = &t->v[0], *b = t->n > 1 ? &t->v[1] : NULL;
    size_t same = 1;
    while (same < t->n && t->v[same].issues == a->issues)
        same++;
    tt_wilson(a->issues, y->period->issues, &low, &high);
    if (b)
        tt_wilson(b->issues, y->period->issues, &next_low, &next_high);
    const tt_str first = name_of(y, a, sites, false), second = b ? name_of(y, b, sites, false) : (tt_str){"", 0};
    tt_buf_f(&m->text, sites ? "Most linked in %d: " : "Most referred to in %d: ", y->year);
    tt_buf_str(&m->text, first);
    if (same > 1) {
        tt_buf_text(&m->text, same == 2 ? " and " : ", ");
        tt_buf_str(&m->text, second);
        if (same > 2)
            tt_buf_f(&m->text, " and %zu more", same - 2);
    }
    tt_buf_f(&m->text, same > 1 ? ", each from %u of " : ", from %u of ", a->issues);
    tt_summary_counted(&m->text, y->period->issues, "issue", "issues");
    if (same == 1 && b && low <= next_high) {
        tt_buf_text(&m->text, "; ");
        tt_buf_str(&m->text, second);
        tt_buf_f(&m->text, " from %u: no clear lead", b->issues);
    }
    return tt_maker_keep(m);
}

static void draw(const tt_year *y, tt_figure *f, const struct targets *t, bool sites)
{
    static const char *const site_heads[] = {"Site", "Links", "Issues with one", "Issues", "Share"};
    static const char *const issue_heads[] = {"Issue", "References", "Issues with one", "Issues", "Share"};
    tt_maker *m = y->m;
    tt_plot_head head;
    tt_bar bars[TT_YEAR_TOP];
    size_t n = t->n < TT_YEAR_TOP ? t->n : TT_YEAR_TOP;
    tt_cells_out out = tt_year_table(y, f, n, sites ? site_heads : issue_heads, 5);
    for (size_t i = 0; i < n; i++)
        bars[i] = bar_of(y, &t->v[i], sites, &out);
    tt_buf_text(&m->text, "Share of the ");
    tt_summary_counted(&m->text, y->period->issues, "issue", "issues");
    tt_buf_f(&m->text,
             sites ? " of %d that link the site; line: 95 %% interval (Wilson); numbers: issues and links"
                   : " of %d that refer to the issue; line: 95 %% interval (Wilson); numbers: issues and times",
             y->year);
    tt_str subtitle = tt_maker_keep(m), title = title_of(y, t, sites);
    tt_year_incomplete(y);
    if (t->n > n)
        tt_buf_f(&m->text, sites ? "Shown: %zu of %zu sites. " : "Shown: %zu of %zu issues. ", n, t->n);
    tt_year_words(
        y, f, &head, title, subtitle,
        sites
            ? "A site is a registered domain; the newsletter’s own, where links to its issues lead, is left out."
            : "References are links to an issue of this archive, and texts that name its number; what refers to issues "
              "that are not in the archive is left out.");
    if (m->text.failed)
        return;
    tt_plot_bars(&m->text, &head, bars, n);
    f->script = tt_maker_keep(m);
}

static void make(const tt_year *y, tt_figure *f, bool sites)
{
    tt_maker *m = y->m;
    struct targets t = {0};
    tt_buf_f(&m->text, sites ? "Most linked sites of %d" : "Issues referred to in %d", y->year);
    f->title = tt_maker_keep(m);
    f->csv = "links.csv";
    if (y->period->issues < TT_LEAST_ISSUES) {
        tt_year_bears(y, f);
        return;
    }
    gather(y, &t, sites);
    if (!m->text.failed && !t.n) {
        tt_buf_f(&m->text, sites ? "no issue of %d links a site" : "no issue of %d refers to another", y->year);
        f->why = tt_maker_keep(m);
    } else if (!m->text.failed) {
        draw(y, f, &t, sites);
    }
    release(&t);
}

void tt_year_sites(const tt_year *y, tt_figure *f)
{
    make(y, f, true);
}

void tt_year_referred(const tt_year *y, tt_figure *f)
{
    make(y, f, false);
}
