/* In: an open archive and a selection. Out: rows of a lexicon for what it lacks. Goes over the files three times more:
 *     tag/unit -> tag/gather (words) -> tag/gather (names) -> tag/candidate -> trend/rank -> tag/spell -> report/…
 * and once more for the lines of the examples. Not here: any rule of the search, each stands in its room. */
#include "report/suggestions.h"
#include "run.h"
#include "tag/candidate.h"
#include "trend/rank.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct job {
    tt_archive *a;
    tt_filter filter, before; /* the selection; the years that it is compared with */
    int first_year;           /* of --year; INT_MAX: none was named */
    tt_arena arena;
    struct tt_reading reading;
    tt_match_state *match;
    tt_gather gather;
    uint32_t n_issues; /* of the selection */
    tt_err *err;
};

/* ---- the passes ---- */

static int cover(void *ctx, const tt_mention *m)
{
    bool *covered = ctx;
    for (uint32_t i = m->first; i <= m->last; i++)
        covered[i] = true;
    return 0;
}

static int units_of(struct job *j, uint32_t issue, bool covering, tt_units *units)
{
    struct tt_reading *r = &j->reading;
    tt_tokens tokens = {0};
    int rc = tt_run_read(j->a, issue, r, &tokens, j->err);
    if (rc != 0)
        return rc;
    bool *counted = tt_arena_array(&r->arena, tokens.n + 1, sizeof *counted);
    bool *covered = tt_arena_array(&r->arena, tokens.n + 1, sizeof *covered);
    if (!counted || !covered)
        return tt_fail_memory(j->err);
    for (size_t i = 0; i < tokens.n; i++)
        counted[i] =
            tt_run_counted(j->a, tokens.v[i].zone) && j->filter.section[r->doc.blocks[tokens.v[i].block].section];
    memset(covered, 0, tokens.n + 1);
    const double start = tt_profile_start(r->profile);
    if (covering)
        rc = tt_match(j->match, &r->doc, &tokens, cover, covered, j->err);
    tt_profile_stop(r->profile, TT_STAGE_SCAN, start, r->doc.n_vis);
    if (rc != 0)
        return rc;
    const tt_unit_marks marks = {counted, covered};
    return tt_units_make(&r->doc, &tokens, &marks, &r->arena, units) == 0 ? 0 : tt_fail_memory(j->err);
}

static bool is_before(const struct job *j, uint32_t issue)
{
    int year, month, day;
    if (j->first_year == INT_MAX || !j->before.issue[issue] || j->a->survey.issues[issue].date == TT_NO_DATE)
        return false;
    tt_day_split(j->a->survey.issues[issue].date, &year, &month, &day);
    return year < j->first_year;
}

/* One pass over the issues of the selection, and those that it is compared with. */
static int pass(struct job *j, bool count)
{
    for (uint32_t i = 0; i < j->a->survey.n_issues; i++) {
        bool selected = j->filter.issue[i];
        tt_units units;
        if (!selected && !is_before(j, i))
            continue;
        int rc = units_of(j, i, count, &units);
        if (rc != 0)
            return rc;
        rc = count ? tt_gather_count(&j->gather, &units, i, !selected) : tt_gather_learn(&j->gather, &units);
        if (rc != 0)
            return tt_fail_memory(j->err);
    }
    tt_gather_turn(&j->gather);
    return 0;
}

/* ---- examples ---- */

struct asked {
    uint32_t issue, at;
    size_t row;
};

static int by_place(const void *x, const void *y)
{
    const struct asked *a = x, *b = y;
    if (a->issue != b->issue)
        return a->issue < b->issue ? -1 : 1;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

static int find_places(struct job *j, const tt_suggestion *v, size_t n, tt_suggestion_place *places)
{
    struct asked *asked = tt_arena_array(&j->arena, n + 1, sizeof *asked);
    tt_cursor cursor = {0};
    tt_tokens tokens;
    if (!asked)
        return tt_fail_memory(j->err);
    for (size_t i = 0; i < n; i++)
        asked[i] = (struct asked){v[i].issue, v[i].at, i};
    if (n > 1)
        qsort(asked, n, sizeof *asked, by_place);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || asked[i].issue != asked[i - 1].issue) {
            int rc = tt_run_read(j->a, asked[i].issue, &j->reading, &tokens, j->err);
            if (rc != 0)
                return rc;
            cursor = (tt_cursor){0};
        }
        tt_suggestion_place *p = &places[asked[i].row];
        p->issue = j->a->survey.issues[asked[i].issue].issue;
        tt_text_place(&j->reading.text, asked[i].at, &cursor, &p->line, &p->column);
    }
    return 0;
}

/* ---- the whole ---- */

static int search(struct job *j, tt_suggestion **v, size_t *n)
{
    tt_candidate *candidates = NULL;
    size_t n_candidates = 0;
    int rc = pass(j, false);
    if (rc == 0)
        rc = pass(j, true);
    if (rc != 0)
        return rc;
    const tt_rank_in in = {.year = j->first_year != INT_MAX && j->gather.n_units[1] > 0,
                           .words = {(double)j->gather.n_units[0], (double)j->gather.n_units[1]},
                           .n_issues = j->n_issues,
                           .names = j->gather.group_keys.v};
    if (tt_candidates_make(&j->gather, tt_rank_floor(j->n_issues), &j->arena, &candidates, &n_candidates) != 0 ||
        tt_rank(candidates, n_candidates, &in, &n_candidates) != 0)
        return tt_fail_memory(j->err);
    return tt_candidates_spell(&j->gather, candidates, n_candidates, j->a->lex, &j->arena, v, n, j->err);
}

static int write_rows(struct job *j, const tt_table *t, const tt_select *sel, const tt_output *how, FILE *to)
{
    const tt_provenance from = {j->a->totals, j->a->lexicon_hash, j->a->input_hash, &j->a->opt, sel};
    tt_writer *writer = NULL;
    tt_buf text = {0};
    int rc = tt_writer_new(&writer, how, &from, t->columns, t->n_columns, t->name.p, &text, j->err);
    if (rc == 0) {
        rc = tt_writer_rows(writer, t, j->err);
        tt_err later = {0};
        int ended = tt_writer_end(writer, rc == 0 ? j->err : &later);
        rc = rc == 0 ? ended : rc;
    }
    if (rc == 0 && text.n && fwrite(text.p, 1, text.n, to) != text.n)
        rc = tt_fail(j->err, TT_EIO, NULL, 0, 0, "cannot write the output");
    tt_buf_release(&text);
    return rc;
}

static int begin(struct job *j, const tt_select *sel)
{
    const tt_facts facts = tt_run_facts(j->a);
    tt_select all_years = *sel;
    all_years.n_years = 0;
    j->first_year = INT_MAX;
    for (size_t i = 0; i < sel->n_years; i++)
        j->first_year = sel->years[i] < j->first_year ? sel->years[i] : j->first_year;
    int rc = tt_filter_make(&j->filter, &facts, sel, &j->arena, j->err);
    if (rc == 0)
        rc = tt_filter_make(&j->before, &facts, &all_years, &j->arena, j->err);
    if (rc == 0)
        rc = tt_match_state_new(&j->match, j->a->lex, j->err);
    if (rc == 0)
        tt_match_tell_drops(j->match); /* what `-` takes is no candidate */
    for (uint32_t i = 0; rc == 0 && i < j->a->survey.n_issues; i++)
        j->n_issues += j->filter.issue[i];
    if (rc == 0 && sel->n_years && j->n_issues == 0)
        tt_tell(j->a->sink, TT_NOTE, NULL, 0, 0, "no issue lies in the years asked for; `tagtrend issues` lists all");
    return rc;
}

int tt_archive_suggest(tt_archive *a, const tt_select *sel, const tt_output *how, FILE *to, tt_err *err)
{
    struct job j = {.a = a, .err = err};
    tt_suggestion *v = NULL;
    tt_suggestion_place *places = NULL;
    size_t n = 0;
    int rc = begin(&j, sel);
    if (rc == 0)
        rc = search(&j, &v, &n);
    if (rc == 0) {
        places = tt_arena_array(&j.arena, n + 1, sizeof *places);
        rc = places ? find_places(&j, v, n, places) : tt_fail_memory(err);
    }
    if (rc == 0) {
        tt_table t;
        rc = tt_suggestions_table(&t, v, places, n, err);
        if (rc == 0) {
            rc = write_rows(&j, &t, sel, how, to);
            tt_table_release(&t);
        }
    }
    tt_match_state_free(j.match);
    tt_gather_release(&j.gather);
    tt_reading_release(&j.reading);
    tt_arena_release(&j.arena);
    return rc;
}
