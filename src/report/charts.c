/* In: a summary, series and parts. Out: the four charts: script, words, and their numbers as a table. Not here: charts
 * over time (charts_time.c), gnuplot's language (plot.c), running it (draw.c), HTML (page.c). */
#include "report/charts_maker.h"

#include "base/stats.h"
#include "base/unicode.h"
#include "report/plot.h"

const char *const tt_figure_names[TT_N_FIGURES] = {"top-topics", "topics-over-time", "topics-by-period", "section-mix"};

tt_str tt_maker_keep(tt_maker *m)
{
    return tt_summary_keep(&m->text, m->arena);
}

tt_str tt_maker_text(tt_maker *m, const char *text)
{
    tt_buf_text(&m->text, text);
    return tt_maker_keep(m);
}

void *tt_maker_array(tt_maker *m, size_t n, size_t size)
{
    void *p = tt_arena_array(m->arena, n + 1, size);
    m->text.failed |= !p;
    return p;
}

tt_str *tt_maker_cells(tt_maker *m, tt_figure *f, size_t n_rows, size_t n_columns)
{
    tt_str *v = n_columns && n_rows > SIZE_MAX / n_columns ? NULL : tt_maker_array(m, n_rows * n_columns, sizeof *v);
    m->text.failed |= !v;
    f->cells = v;
    f->n_rows = n_rows;
    f->n_columns = n_columns;
    return v;
}

void tt_maker_undated(tt_maker *m, const char *verb_one, const char *verb_more)
{
    if (!m->s->n_undated)
        return;
    tt_summary_counted(&m->text, m->s->n_undated, "issue without a date ", "issues without a date ");
    tt_buf_text(&m->text, m->s->n_undated == 1 ? verb_one : verb_more);
    tt_buf_char(&m->text, '.');
}

/* Letters of a script that goes from right to left, and the marks that turn the direction of what follows. */
static bool turns(uint32_t cp)
{
    return (cp >= 0x590 && cp < 0x900) || (cp >= 0xFB1D && cp < 0xFE00) || (cp >= 0xFE70 && cp < 0xFEFF) ||
           (cp >= 0x10800 && cp < 0x11000) || (cp >= 0x1E800 && cp < 0x1F000) || cp == 0x200E || cp == 0x200F ||
           (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
}

void tt_maker_name(tt_maker *m, tt_str name)
{
    enum { CHARS = 60 };
    size_t at = 0;
    bool isolate = false;
    for (size_t n = 0; at < name.n && n < CHARS; n++) {
        uint32_t cp = 0;
        size_t len = tt_utf8_decode(name.p + at, name.n - at, &cp);
        isolate |= turns(cp);
        at += len ? len : 1;
    }
    tt_buf_text(&m->text, isolate ? "\u2068" : ""); /* FIRST STRONG ISOLATE … POP DIRECTIONAL ISOLATE */
    tt_buf_str(&m->text, tt_str_trim((tt_str){name.p, at}));
    tt_buf_text(&m->text, at < name.n ? "…" : "");
    tt_buf_text(&m->text, isolate ? "\u2069" : "");
}

/* ---- top topics ---- */

static tt_bar top_bar(tt_maker *m, const tt_topic_sum *t, tt_str row[6])
{
    double n = (double)m->s->n_issues, k = t->issues_with;
    tt_bar bar = {.label = m->in->facts->topics[t->topic].label, .value = k / n, .has_ci = true};
    tt_wilson(t->issues_with, (uint32_t)m->s->n_issues, &bar.low, &bar.high);
    tt_plot_percent(&m->text, bar.value);
    row[4] = tt_maker_keep(m);
    tt_plot_percent(&m->text, bar.low);
    tt_buf_text(&m->text, " to ");
    tt_plot_percent(&m->text, bar.high);
    row[5] = tt_maker_keep(m);
    tt_summary_count(&m->text, t->mentions);
    row[1] = tt_maker_keep(m);
    tt_summary_count(&m->text, t->issues_with);
    row[2] = tt_maker_keep(m);
    tt_summary_count(&m->text, m->s->n_issues);
    row[3] = tt_maker_keep(m);
    row[0] = bar.label;
    tt_buf_str(&m->text, row[4]);
    tt_buf_text(&m->text, " · ");
    tt_summary_counted(&m->text, t->mentions, "mention", "mentions");
    bar.note = tt_maker_keep(m);
    return bar;
}

/* A lead is said only where the intervals of the first two do not meet. */
static tt_str top_title(tt_maker *m, const tt_bar *bars, size_t n)
{
    const tt_topic_sum *t = m->s->ranked;
    size_t same = 1;
    while (same < m->s->n_ranked && t[same].issues_with == t[0].issues_with)
        same++;
    tt_maker_name(m, bars[0].label);
    if (n > 1 && bars[0].low <= bars[1].high && same > 1) {
        tt_buf_text(&m->text, same == 2 ? " and " : ", ");
        tt_maker_name(m, bars[1].label);
        if (same > 2)
            tt_buf_f(&m->text, " and %zu more", same - 2);
        tt_buf_text(&m->text, " share the lead: each");
    } else if (n > 1 && bars[0].low > bars[1].high) {
        tt_buf_text(&m->text, " leads all topics:");
    } else {
        tt_buf_text(&m->text, " came");
    }
    tt_buf_text(&m->text, " in ");
    tt_summary_count(&m->text, t[0].issues_with);
    tt_buf_text(&m->text, " of ");
    tt_summary_counted(&m->text, m->s->n_issues, "issue", "issues");
    if (n > 1 && bars[0].low <= bars[1].high && same == 1) {
        tt_buf_text(&m->text, ", ");
        tt_maker_name(m, bars[1].label);
        tt_buf_text(&m->text, " in ");
        tt_summary_count(&m->text, t[1].issues_with);
        tt_buf_text(&m->text, ": no clear lead");
    }
    return tt_maker_keep(m);
}

static void top_words(tt_maker *m, tt_figure *f, tt_plot_head *head, const tt_bar *bars, size_t n, const tt_str *row)
{
    head->title = f->title = top_title(m, bars, n);
    tt_buf_text(&m->text, "Share of the ");
    tt_summary_counted(&m->text, m->s->n_issues, "issue", "issues");
    tt_buf_text(&m->text, " with at least one mention, and the number of mentions; line: 95 % interval (Wilson)");
    head->subtitle = tt_maker_keep(m);
    tt_maker_undated(m, "is counted too", "are counted too");
    if (m->s->n_ranked > n) {
        tt_buf_text(&m->text, m->text.n ? " " : "");
        tt_buf_f(&m->text, "Shown: %zu of %zu topics that occur.", n, m->s->n_ranked);
    }
    head->note = tt_maker_keep(m);
    tt_buf_str(&m->text, head->subtitle);
    tt_buf_text(&m->text, ". ");
    tt_buf_str(&m->text, head->note);
    f->caption = tt_maker_keep(m);
    tt_buf_str(&m->text, f->title);
    tt_buf_text(&m->text, ": ");
    for (size_t i = 0; i < n && i < 3; i++) {
        tt_buf_text(&m->text, i ? ", " : "");
        tt_buf_str(&m->text, row[i * 6]);
        tt_buf_char(&m->text, ' ');
        tt_buf_str(&m->text, row[i * 6 + 4]);
    }
    tt_buf_text(&m->text, ". Bars; their numbers stand in the table below.");
    f->alt = tt_maker_keep(m);
}

static void make_top(tt_maker *m, tt_figure *f)
{
    static const char *const heads[] = {"Topic", "Mentions", "Issues with it", "Issues", "Share", "95 % interval"};
    tt_bar bars[TT_TOP_BARS];
    tt_plot_head head = {.name = f->name, .colors = m->in->colors};
    size_t n = m->s->n_ranked < TT_TOP_BARS ? m->s->n_ranked : TT_TOP_BARS;
    f->title = TT_S("The topics that most issues cover");
    f->csv = "topics.csv";
    if (!n || !m->s->n_issues) {
        f->why = tt_maker_text(m, "no topic of the lexicon occurs");
        return;
    }
    tt_str *row = tt_maker_cells(m, f, n + 1, 6);
    for (size_t i = 0; i < 6 && row; i++)
        row[i] = tt_str_of(heads[i]);
    for (size_t i = 0; i < n && !m->text.failed; i++)
        bars[i] = top_bar(m, &m->s->ranked[i], row + (i + 1) * 6);
    if (m->text.failed)
        return;
    top_words(m, f, &head, bars, n, row + 6);
    f->head = tt_plot_head_height(&head);
    tt_plot_bars(&m->text, &head, bars, n);
    f->script = tt_maker_keep(m);
}

int tt_charts_make(tt_figure out[TT_N_FIGURES], const tt_summary *s, const tt_report_in *in, tt_arena *arena,
                   tt_err *err)
{
    static void (*const make[TT_N_FIGURES])(tt_maker *, tt_figure *) = {make_top, tt_make_lines, tt_make_heat,
                                                                        tt_make_sections};
    const tt_axis *const axes[TT_N_FIGURES] = {&s->year, &s->coarse, &s->fine, &s->coarse};
    tt_maker m = {in, s, NULL, arena, {0}};
    for (size_t i = 0; i < TT_N_FIGURES && !m.text.failed; i++) {
        out[i] = (tt_figure){.name = tt_figure_names[i]};
        m.axis = axes[i];
        make[i](&m, &out[i]);
    }
    bool failed = m.text.failed;
    tt_buf_release(&m.text);
    return failed ? tt_fail_memory(err) : 0;
}
