/* In: what was counted. Out: findings. Not here: counting and places (evidence.c). */
#include "tag/evidence.h"
#include "tag/evidence_in.h"

/* ---- judging ---- */

static bool add_verdict(tt_evidence *ev, const char *code, uint32_t *verdict)
{
    if (tt_grow(&ev->verdicts, &ev->cap_verdicts, ev->n_verdicts + 1, sizeof *ev->verdicts) != 0) {
        ev->failed = true;
        return false;
    }
    ev->verdicts[ev->n_verdicts] = (tt_judgement){.code = code};
    *verdict = (uint32_t)++ev->n_verdicts;
    return true;
}

static bool small(const tt_evidence *ev)
{
    return ev->lex->n_entries <= TT_EVIDENCE_SMALL;
}

/* Where the word in lower case is about too, a capital at its begin says nothing. */
static uint32_t n_other_case(const tt_suspect *s)
{
    return s->n[TT_CLUE_OTHER] + (s->n[TT_CLUE_PLAIN] ? 0 : s->n[TT_CLUE_TITLE]);
}

static const char *judge_entry(const tt_evidence *ev, uint32_t entry, tt_suspect *s)
{
    const tt_entry *e = &ev->lex->entries[entry];
    uint32_t matches = s->n[TT_CLUE_MATCH], lower = s->n[TT_CLUE_LOWER];
    if (e->topic == TT_DROP)
        return NULL;
    s->wanted = 1u << TT_CLUE_LOWER;
    if (!e->exact && s->shape == TT_SHAPE_UPPER && lower >= 2)
        return "acronym";
    if (!e->exact && s->shape == TT_SHAPE_MIXED && lower >= TT_EVIDENCE_FEW && lower > matches / 2)
        return "case";
    s->wanted = 1u << TT_CLUE_OTHER | (s->n[TT_CLUE_PLAIN] ? 0 : 1u << TT_CLUE_TITLE);
    if (n_other_case(s) >= TT_EVIDENCE_FEW && n_other_case(s) > matches && matches > 0)
        return "case";
    s->wanted = 1u << TT_CLUE_INSIDE;
    if (s->n[TT_CLUE_INSIDE] >= TT_EVIDENCE_FEW && s->n[TT_CLUE_INSIDE] > matches)
        return "inside";
    s->wanted = 0;
    return matches == 0 && small(ev) ? "unused" : NULL;
}

size_t tt_evidence_judge(tt_evidence *ev, size_t n_issues)
{
    ev->second = true;
    ev->n_issues = n_issues;
    for (uint32_t i = 0; i < ev->lex->n_entries; i++) {
        const char *code = judge_entry(ev, i, &ev->suspects[i]);
        if (code && !add_verdict(ev, code, &ev->suspects[i].verdict))
            break;
    }
    for (size_t i = 0; i < ev->lex->n_topics; i++) {
        tt_gathering *g = &ev->topics[i];
        bool bunched = n_issues >= TT_EVIDENCE_FEW && g->n >= (small(ev) ? TT_EVIDENCE_FEW : TT_EVIDENCE_STORY) &&
                       (uint64_t)g->n_peak * 10 >= (uint64_t)g->n * 9;
        if (bunched && !add_verdict(ev, "bunched", &g->verdict))
            break;
    }
    return ev->n_verdicts;
}

/* ---- telling ---- */

static void describe(const tt_suspect *s, const tt_entry *e, const char *code, tt_buf *to)
{
    uint32_t matches = s->n[TT_CLUE_MATCH];
    tt_buf_f(to, "`%.*s` ", (int)e->term.n, e->term.p);
    switch (code[0]) {
    case 'a':
        tt_buf_f(to,
                 "ignores case, and %u of its %u places are in lower case (exact in case, if these are another word)",
                 s->n[TT_CLUE_LOWER], matches);
        break;
    case 'c':
        if (e->exact)
            tt_buf_f(to,
                     "stands in another case %u times, and as written %u times (write it so too, or leave case empty)",
                     n_other_case(s), matches);
        else
            tt_buf_f(to,
                     "stands in lower case at %u of its %u places (exact in case, if these are another word; else "
                     "write it so)",
                     s->n[TT_CLUE_LOWER], matches);
        break;
    case 'i':
        tt_buf_f(
            to, "stands inside longer words that no term finds %u times, and alone %u times (add these, with (s) or *)",
            s->n[TT_CLUE_INSIDE], matches);
        break;
    default:
        tt_buf_text(to, "never matches in this archive (look for other spellings, or take it out)");
    }
}

static int tell_entry(tt_evidence *ev, uint32_t entry, tt_buf *text, tt_finding_fn *found, void *ctx, tt_err *err)
{
    const tt_entry *e = &ev->lex->entries[entry];
    const tt_judgement *v = &ev->verdicts[ev->suspects[entry].verdict - 1];
    tt_buf_reset(text);
    describe(&ev->suspects[entry], e, v->code, text);
    const tt_finding f = {.code = v->code,
                          .file = e->file,
                          .line = e->line,
                          .column = e->column,
                          .text = {text->p, text->n},
                          .witnesses = v->witnesses,
                          .n_witnesses = v->n_witnesses};
    return text->failed ? tt_fail_memory(err) : found(ctx, &f);
}

static int tell_topic(tt_evidence *ev, size_t topic, tt_buf *text, tt_finding_fn *found, void *ctx, tt_err *err)
{
    const tt_topic *t = &ev->lex->topics[topic];
    const tt_gathering *g = &ev->topics[topic];
    const tt_judgement *v = &ev->verdicts[g->verdict - 1];
    tt_buf_reset(text);
    tt_buf_f(text, "%u of the %u mentions of %.*s stand in one issue of %zu (look whether they mean it)", g->n_peak,
             g->n, (int)t->id.n, t->id.p, ev->n_issues);
    const tt_finding f = {.code = v->code,
                          .file = t->file,
                          .line = t->line,
                          .column = 1,
                          .text = {text->p, text->n},
                          .witnesses = v->witnesses,
                          .n_witnesses = v->n_witnesses};
    return text->failed ? tt_fail_memory(err) : found(ctx, &f);
}

/* Of a large lexicon, most terms never match in a small archive: nothing to act on one by one. */
static void note_unused(const tt_evidence *ev, const tt_sink *sink)
{
    size_t n = 0, n_terms = 0;
    if (small(ev))
        return;
    for (size_t i = 0; i < ev->lex->n_entries; i++) {
        const tt_entry *e = &ev->lex->entries[i];
        n_terms += e->topic != TT_DROP;
        if (e->topic == TT_DROP || ev->suspects[i].n[TT_CLUE_MATCH])
            continue;
        n++;
        tt_tell(sink, TT_DETAIL, e->file.p, e->line, e->column, "`%.*s` never matches in this archive", (int)e->term.n,
                e->term.p);
    }
    if (n)
        tt_tell(sink, TT_NOTE, NULL, 0, 0, "%zu of %zu terms never match in this archive; -v names them", n, n_terms);
}

int tt_evidence_tell(tt_evidence *ev, tt_finding_fn *found, void *ctx, const tt_sink *sink, tt_err *err)
{
    tt_buf text = {0};
    int rc = ev->failed ? tt_fail_memory(err) : 0;
    for (uint32_t i = 0; i < ev->lex->n_entries && rc == 0; i++)
        if (ev->suspects[i].verdict)
            rc = tell_entry(ev, i, &text, found, ctx, err);
    for (size_t i = 0; i < ev->lex->n_topics && rc == 0; i++)
        if (ev->topics[i].verdict)
            rc = tell_topic(ev, i, &text, found, ctx, err);
    tt_buf_release(&text);
    if (rc == 0)
        note_unused(ev, sink);
    return rc;
}
