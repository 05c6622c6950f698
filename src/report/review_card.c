/* In: a year's review. Out: its card as a figure. Not here: what a card looks like (plot_card.c). */
#include "report/charts_maker.h"
#include "report/plot.h"
#include "report/review.h"

int tt_year_card_make(tt_figure *out, const tt_year_review *r, const tt_report_in *in, tt_arena *arena, tt_err *err)
{
    tt_maker m = {.in = in, .arena = arena};
    tt_bar rows[TT_CARD_ROWS];
    tt_card card = {.title = r->title, .v = rows};
    const tt_plot_head head = {.name = "card", .colors = in->colors};
    *out = (tt_figure){.name = "card", .above = true};
    for (; card.n < TT_CARD_ROWS && card.n < r->n_topics; card.n++) {
        const tt_open *t = &r->topics[card.n];
        tt_buf_f(&m.text, "%u of %u", t->issues, r->issues);
        rows[card.n] = (tt_bar){
            .label = t->name, .value = r->issues ? (double)t->issues / r->issues : 0, .note = tt_maker_keep(&m)};
    }
    tt_buf_f(&m.text, r->days.n ? "%d*" : "%d", r->year);
    card.year = tt_maker_keep(&m);
    tt_buf_text(&m.text, "The topics in the most issues, of ");
    tt_summary_count(&m.text, r->issues);
    card.note = tt_maker_keep(&m);
    if (r->days.n) {
        tt_buf_f(&m.text, "* %d is incomplete: ", r->year);
        tt_buf_str(&m.text, r->days);
        card.caveat = tt_maker_keep(&m);
    }
    out->title = card.note;
    if (card.n)
        tt_plot_card(&m.text, &head, &card);
    else
        out->why = TT_S("no topic of the lexicon occurs in it");
    if (card.n)
        out->script = tt_maker_keep(&m);
    const bool failed = m.text.failed;
    tt_buf_release(&m.text);
    return failed ? tt_fail_memory(err) : 0;
}
