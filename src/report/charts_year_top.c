/* In: the topics of a year. Out: its top topics by share and by rate, risers and fallers. Not here: other charts of a year
 * (charts_year_*.c), gnuplot's language (plot_dots.c). */
#include "report/charts_year.h"

#include "base/stats.h"

#include <math.h>
#include <stdlib.h>

/* What the chart says besides: what is incomplete, what the hollow marks are. Onto m->text. */
static void notes(const tt_year *y, size_t n, size_t of)
{
    tt_maker *m = y->m;
    tt_year_incomplete(y);
    if (!y->has_before) {
        tt_buf_str(&m->text, y->before);
        tt_buf_char(&m->text, ' ');
    }
    if (of > n)
        tt_buf_f(&m->text, "Shown: %zu of %zu topics. ", n, of);
}

static void hollow(const tt_year *y, const char *how)
{
    tt_maker *m = y->m;
    if (!y->has_before)
        return;
    tt_buf_text(&m->text, "; hollow: ");
    tt_buf_str(&m->text, y->before);
    tt_buf_text(&m->text, how);
    tt_buf_text(&m->text, " (");
    tt_summary_counted(&m->text, y->n_before, "issue", "issues");
    tt_buf_char(&m->text, ')');
}

static tt_str year_text(const tt_year *y, int year)
{
    tt_buf_f(&y->m->text, "%d", year);
    return tt_maker_keep(y->m);
}

static void draw(const tt_year *y, tt_figure *f, const tt_plot_head *head, const tt_dot *v, size_t n, const char *unit)
{
    const tt_dots dots = {.v = v,
                          .n = n,
                          .unit = unit,
                          .now = y->has_before ? year_text(y, y->year) : (tt_str){"", 0},
                          .then = y->has_before ? year_text(y, y->year - 1) : (tt_str){"", 0}};
    if (y->m->text.failed)
        return;
    tt_plot_dots(&y->m->text, head, &dots);
    f->script = tt_maker_keep(y->m);
}

/* ---- by share ---- */

static void share_of(const tt_year *y, const tt_year_topic *t)
{
    tt_summary_count(&y->m->text, t->now->issues_with);
    tt_buf_text(&y->m->text, " of ");
    tt_summary_counted(&y->m->text, y->period->issues, "issue", "issues");
}

/* A lead is said only where the intervals of the first two do not meet. */
static tt_str share_title(const tt_year *y)
{
    tt_maker *m = y->m;
    const tt_year_topic *a = &y->topics[0], *b = y->n_topics > 1 ? &y->topics[1] : NULL;
    size_t same = 1;
    while (same < y->n_topics && y->topics[same].now->issues_with == a->now->issues_with)
        same++;
    tt_year_topic_name(y, a);
    if (!b || a->now->share_low > b->now->share_high) {
        tt_buf_f(&m->text, b ? " led %d: in " : " stood alone in %d: in ", y->year);
        share_of(y, a);
    } else if (same == 1) {
        tt_buf_text(&m->text, " was in ");
        share_of(y, a);
        tt_buf_f(&m->text, " of %d, ", y->year);
        tt_year_topic_name(y, b);
        tt_buf_f(&m->text, " in %u: no clear lead", b->now->issues_with);
    } else {
        tt_buf_text(&m->text, same == 2 ? " and " : ", ");
        tt_year_topic_name(y, b);
        if (same > 2)
            tt_buf_f(&m->text, " and %zu more", same - 2);
        tt_buf_f(&m->text, " share the lead in %d: each in ", y->year);
        share_of(y, a);
    }
    return tt_maker_keep(m);
}

static tt_dot share_dot(const tt_year *y, const tt_year_topic *t, tt_cells_out *out)
{
    tt_maker *m = y->m;
    tt_dot dot = {.label = m->in->facts->topics[t->topic].label,
                  .value = t->now->share * 100,
                  .low = t->now->share_low * 100,
                  .high = t->now->share_high * 100,
                  .before = y->has_before ? 100.0 * t->issues_before / y->n_before : NAN};
    tt_plot_percent(&m->text, t->now->share);
    dot.note = tt_maker_keep(m);
    tt_year_cell_text(y, out, dot.label);
    tt_year_cell_count(y, out, t->now->issues_with);
    tt_year_cell_count(y, out, t->now->issues);
    tt_year_cell_text(y, out, dot.note);
    tt_plot_percent(&m->text, t->now->share_low);
    tt_buf_text(&m->text, " to ");
    tt_plot_percent(&m->text, t->now->share_high);
    tt_year_cell(y, out);
    if (y->has_before) {
        tt_year_cell_count(y, out, t->issues_before);
        tt_year_cell_count(y, out, y->n_before);
        tt_plot_percent(&m->text, (double)t->issues_before / y->n_before);
        tt_year_cell(y, out);
    }
    return dot;
}

void tt_year_top(const tt_year *y, tt_figure *f)
{
    static const char *const heads[] = {"Topic",         "Issues with it",        "Issues",        "Share",
                                        "95 % interval", "Issues with it before", "Issues before", "Share before"};
    tt_maker *m = y->m;
    tt_plot_head head;
    tt_dot v[TT_YEAR_TOP];
    size_t n = y->n_topics < TT_YEAR_TOP ? y->n_topics : TT_YEAR_TOP;
    tt_buf_f(&m->text, "Top topics of %d by share of issues", y->year);
    f->title = tt_maker_keep(m);
    if (!tt_year_bears(y, f))
        return;
    tt_cells_out out = tt_year_table(y, f, n, heads, y->has_before ? 8 : 5);
    for (size_t i = 0; i < n; i++)
        v[i] = share_dot(y, &y->topics[i], &out);
    tt_buf_text(&m->text, "Share of the ");
    tt_summary_counted(&m->text, y->period->issues, "issue", "issues");
    tt_buf_f(&m->text, " of %d with at least one mention; band: 95 %% interval (Wilson)", y->year);
    hollow(y, "");
    tt_str subtitle = tt_maker_keep(m), title = share_title(y);
    notes(y, n, y->n_topics);
    tt_year_words(y, f, &head, title, subtitle, "");
    draw(y, f, &head, v, n, "%");
}

/* ---- by rate ---- */

static int by_rate(const void *x, const void *y)
{
    const tt_year_topic *a = x, *b = y;
    if (a->now->per_10k > b->now->per_10k || a->now->per_10k < b->now->per_10k)
        return a->now->per_10k > b->now->per_10k ? -1 : 1;
    return (a->topic > b->topic) - (a->topic < b->topic);
}

static tt_str rate_title(const tt_year *y, const tt_year_topic *a, const tt_year_topic *b)
{
    tt_maker *m = y->m;
    tt_year_topic_name(y, a);
    bool leads = !b || (a->now->has_rate_ci && b->now->has_rate_ci && a->now->rate_low > b->now->rate_high);
    tt_buf_text(&m->text, leads ? " took the most room" : " had ");
    if (leads)
        tt_buf_f(&m->text, " in %d: ", y->year);
    tt_year_rate(m, a->now->per_10k);
    tt_buf_text(&m->text, " mentions per 10\u202F000 words");
    if (!leads) {
        tt_buf_f(&m->text, " in %d, ", y->year);
        tt_year_topic_name(y, b);
        tt_buf_char(&m->text, ' ');
        tt_year_rate(m, b->now->per_10k);
        tt_buf_text(&m->text, ": no clear lead");
    }
    return tt_maker_keep(m);
}

static tt_dot rate_dot(const tt_year *y, const tt_year_topic *t, tt_cells_out *out)
{
    tt_maker *m = y->m;
    bool ci = t->now->has_rate_ci;
    double before = y->words_before ? 1e4 * t->mentions_before / (double)y->words_before : NAN;
    tt_dot dot = {.label = m->in->facts->topics[t->topic].label,
                  .value = t->now->per_10k,
                  .low = ci ? t->now->rate_low : NAN,
                  .high = ci ? t->now->rate_high : NAN,
                  .before = y->has_before ? before : NAN};
    tt_year_rate(m, t->now->per_10k);
    dot.note = tt_maker_keep(m);
    tt_year_cell_text(y, out, dot.label);
    tt_year_cell_count(y, out, t->now->mentions);
    tt_year_cell_count(y, out, t->now->words);
    tt_year_cell_text(y, out, dot.note);
    if (ci) {
        tt_year_rate(m, t->now->rate_low);
        tt_buf_text(&m->text, " to ");
        tt_year_rate(m, t->now->rate_high);
    } else {
        tt_buf_text(&m->text, "–");
    }
    tt_year_cell(y, out);
    if (y->has_before) {
        tt_year_cell_count(y, out, t->mentions_before);
        tt_year_cell_count(y, out, y->words_before);
        tt_year_rate(m, y->words_before ? before : 0);
        tt_year_cell(y, out);
    }
    return dot;
}

void tt_year_top_rate(const tt_year *y, tt_figure *f)
{
    static const char *const heads[] = {
        "Topic",         "Mentions",        "Words",        "Per 10\u202F000 words",
        "95 % interval", "Mentions before", "Words before", "Per 10\u202F000 words before"};
    tt_maker *m = y->m;
    tt_plot_head head;
    tt_dot v[TT_YEAR_TOP];
    size_t n = y->n_topics < TT_YEAR_TOP ? y->n_topics : TT_YEAR_TOP;
    tt_buf_f(&m->text, "Top topics of %d by mentions per 10\u202F000 words", y->year);
    f->title = tt_maker_keep(m);
    if (!tt_year_bears(y, f))
        return;
    tt_year_topic *top = tt_maker_array(m, y->n_topics, sizeof *top);
    for (size_t i = 0; i < y->n_topics && top; i++)
        top[i] = y->topics[i];
    if (!top)
        return;
    if (!top[0].now->has_rate) {
        tt_buf_f(&m->text, "the issues of %d have no words", y->year);
        f->why = tt_maker_keep(m);
        return;
    }
    qsort(top, y->n_topics, sizeof *top, by_rate);
    tt_cells_out out = tt_year_table(y, f, n, heads, y->has_before ? 8 : 5);
    for (size_t i = 0; i < n; i++)
        v[i] = rate_dot(y, &top[i], &out);
    tt_buf_text(&m->text, "Mentions per 10\u202F000 of the ");
    tt_summary_count(&m->text, top[0].now->words);
    tt_buf_f(&m->text, " words of %d; band: 95 %% interval (issues as clusters)", y->year);
    hollow(y, "");
    tt_str subtitle = tt_maker_keep(m), title = rate_title(y, &top[0], y->n_topics > 1 ? &top[1] : NULL);
    notes(y, n, y->n_topics);
    tt_year_words(y, f, &head, title, subtitle, "");
    draw(y, f, &head, v, n, "");
}

/* ---- risers and fallers ---- */

static bool is_shown(const tt_change *c)
{
    return c->verdict == TT_VERDICT_UP || c->verdict == TT_VERDICT_DOWN || c->verdict == TT_VERDICT_NEW ||
           c->verdict == TT_VERDICT_GONE;
}

static bool rises(const tt_change *c)
{
    return c->verdict == TT_VERDICT_UP || c->verdict == TT_VERDICT_NEW;
}

/* Those that the data bear best: greatest evidence first. */
static int by_evidence(const void *x, const void *y)
{
    const tt_change *const *a = x, *const *b = y;
    if ((*a)->g2 > (*b)->g2 || (*a)->g2 < (*b)->g2)
        return (*a)->g2 > (*b)->g2 ? -1 : 1;
    return ((*a)->topic > (*b)->topic) - ((*a)->topic < (*b)->topic);
}

static int by_ratio(const void *x, const void *y)
{
    const tt_change *const *a = x, *const *b = y;
    if ((*a)->log2_ratio > (*b)->log2_ratio || (*a)->log2_ratio < (*b)->log2_ratio)
        return (*a)->log2_ratio > (*b)->log2_ratio ? -1 : 1;
    return ((*a)->topic > (*b)->topic) - ((*a)->topic < (*b)->topic);
}

static void change_rate(const tt_year *y, const tt_change *c, int side)
{
    uint64_t words = y->change->side[side].words;
    tt_year_rate(y->m, words ? 1e4 * c->mentions[side] / (double)words : 0);
}

static tt_dot change_dot(const tt_year *y, const tt_change *c, tt_cells_out *out)
{
    tt_maker *m = y->m;
    tt_dot dot = {.label = m->in->facts->topics[c->topic].label,
                  .value = c->log2_ratio,
                  .before = NAN,
                  .low = c->low,
                  .high = c->high,
                  .second = !rises(c)};
    tt_year_cell_text(y, out, dot.label);
    tt_year_cell_text(y, out, tt_str_of(tt_verdict_name((tt_verdict)c->verdict)));
    for (int side = 0; side < 2; side++) {
        tt_year_cell_count(y, out, c->mentions[side]);
        change_rate(y, c, side);
        tt_year_cell(y, out);
    }
    tt_year_rate(m, exp2(c->low));
    tt_buf_text(&m->text, " to ");
    tt_year_rate(m, exp2(c->high));
    tt_year_cell(y, out);
    if (c->verdict == TT_VERDICT_NEW || c->verdict == TT_VERDICT_GONE) {
        tt_buf_text(&m->text, tt_verdict_name((tt_verdict)c->verdict));
    } else {
        change_rate(y, c, 0);
        tt_buf_text(&m->text, " → ");
        change_rate(y, c, 1);
    }
    dot.note = tt_maker_keep(m);
    return dot;
}

/* What is said of the one with the most evidence: that it leads where its interval meets no other one's of its verdict,
 * else that it has the most mentions of them, if it has. */
static void find_lead(const tt_change *const *v, size_t n, bool *leads, bool *most)
{
    const tt_change *best = v[0];
    const int side = rises(best);
    *leads = *most = true;
    for (size_t i = 1; i < n; i++) {
        if (v[i]->verdict != best->verdict)
            continue;
        *leads &= rises(best) ? best->low > v[i]->high : best->high < v[i]->low;
        *most &= best->mentions[side] > v[i]->mentions[side];
    }
}

/* "GPT-3 led the newcomers of 2020: 3 topics rose, 2 fell, 5 are new", or "5 topics are new, 2 are gone in 2020; most
 * mentions of the new: GPT-3" */
static tt_str change_title(const tt_year *y, const size_t n[TT_VERDICT_GONE + 1], const tt_change *const *v,
                           size_t n_all)
{
    static const struct {
        tt_verdict verdict;
        const char *one, *more;
    } words[] = {{TT_VERDICT_UP, "rose", "rose"},
                 {TT_VERDICT_DOWN, "fell", "fell"},
                 {TT_VERDICT_NEW, "is new", "are new"},
                 {TT_VERDICT_GONE, "is gone", "are gone"}};
    tt_maker *m = y->m;
    const tt_change *best = v[0];
    bool any = false, leads, most;
    find_lead(v, n_all, &leads, &most);
    if (leads) {
        tt_maker_name(m, m->in->facts->topics[best->topic].label);
        tt_buf_f(&m->text,
                 best->verdict == TT_VERDICT_UP     ? " rose most clearly in %d: "
                 : best->verdict == TT_VERDICT_DOWN ? " fell most clearly in %d: "
                 : best->verdict == TT_VERDICT_NEW  ? " led the newcomers of %d: "
                                                    : " dropped out of %d most clearly: ",
                 y->year);
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t k = n[words[i].verdict];
        if (!k)
            continue;
        tt_buf_f(&m->text,
                 any      ? ", %zu %s"
                 : k == 1 ? "%zu topic %s"
                          : "%zu topics %s",
                 k, k == 1 ? words[i].one : words[i].more);
        any = true;
    }
    if (!leads)
        tt_buf_f(&m->text, " in %d", y->year);
    if (!leads && most) {
        tt_buf_f(&m->text, "; most mentions of %s: ",
                 best->verdict == TT_VERDICT_UP     ? "what rose"
                 : best->verdict == TT_VERDICT_DOWN ? "what fell, before"
                 : best->verdict == TT_VERDICT_NEW  ? "the new"
                                                    : "the gone, before");
        tt_maker_name(m, m->in->facts->topics[best->topic].label);
    }
    return tt_maker_keep(m);
}

/* NULL: there is nothing to show, and f->why says so. */
static const tt_change **find_changes(const tt_year *y, tt_figure *f, size_t *n)
{
    tt_maker *m = y->m;
    const tt_comparison *c = y->change;
    const tt_change **v = tt_maker_array(m, c ? c->n : 0, sizeof *v);
    *n = 0;
    for (size_t i = 0; c && i < c->n && v; i++)
        if (is_shown(&c->v[i]))
            v[(*n)++] = &c->v[i];
    if (*n)
        return v;
    if (!y->at)
        tt_buf_f(&m->text, "%d is the first year of the archive", y->year);
    else if (!c || c->side[0].issues < TT_LEAST_ISSUES)
        tt_buf_f(&m->text, "%d has fewer than %d issues to compare with", y->year - 1, TT_LEAST_ISSUES);
    else
        tt_buf_f(&m->text, "no topic rose or fell from %d to %d by more than chance explains", y->year - 1, y->year);
    f->why = tt_maker_keep(m);
    return NULL;
}

void tt_year_risers(const tt_year *y, tt_figure *f)
{
    static const char *const heads[] = {"Topic",
                                        "Verdict",
                                        "Mentions before",
                                        "Per 10\u202F000 words before",
                                        "Mentions now",
                                        "Per 10\u202F000 words now",
                                        "Ratio, 95 % interval"};
    tt_maker *m = y->m;
    tt_plot_head head;
    tt_dot dots[TT_PLOT_ROWS];
    size_t n_all, by[TT_VERDICT_GONE + 1] = {0};
    tt_buf_f(&m->text, "Risers and fallers of %d", y->year);
    f->title = tt_maker_keep(m);
    if (!tt_year_bears(y, f))
        return;
    const tt_change **v = find_changes(y, f, &n_all);
    if (!v)
        return;
    for (size_t i = 0; i < n_all; i++)
        by[v[i]->verdict]++;
    qsort(v, n_all, sizeof *v, by_evidence);
    const tt_str title = change_title(y, by, v, n_all);
    size_t n = n_all < TT_YEAR_HEAT ? n_all : TT_YEAR_HEAT;
    bool rates = false; /* at the right of some row stand two, not its verdict alone */
    qsort(v, n, sizeof *v, by_ratio);
    tt_cells_out out = tt_year_table(y, f, n, heads, 7);
    for (size_t i = 0; i < n; i++) {
        dots[i] = change_dot(y, v[i], &out);
        rates |= v[i]->verdict == TT_VERDICT_UP || v[i]->verdict == TT_VERDICT_DOWN;
    }
    tt_buf_text(&m->text, "Mentions per 10\u202F000 words, ");
    tt_buf_f(&m->text, "%d over %d, with 95 %% interval, log scale%s", y->year, y->year - 1,
             rates ? "; at the right: before → now" : "");
    const tt_str subtitle = tt_maker_keep(m);
    tt_buf_f(&m->text,
             "Up and down: beyond what chance explains (permutation of issues, false discovery rate 5 %%). New: not in "
             "%d%s, though perhaps earlier; gone: not in %d, however few issues of %d had it.",
             y->year - 1, y->change->note.n ? " (in those days)" : "", y->year, y->year - 1);
    const char *seen = tt_maker_keep(m).p;
    if (y->change->note.n) {
        tt_buf_str(&m->text, y->change->note);
        tt_buf_text(&m->text, ". ");
    }
    if (n_all > n)
        tt_buf_f(&m->text, "Shown: the %zu of %zu with the most evidence. ", n, n_all);
    tt_year_words(y, f, &head, title, subtitle, m->text.failed ? "" : seen);
    const tt_dots chart = {.v = dots, .n = n, .unit = "", .ratio = true};
    if (m->text.failed)
        return;
    tt_plot_dots(&m->text, &head, &chart);
    f->script = tt_maker_keep(m);
}
