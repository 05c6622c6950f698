/* In: an open archive and a selection. Out: tables on a FILE, the set of files of a report. Not here: how a table looks
 * (report/), what is in it (trend/count, report/tables). */
#include "base/unicode.h"
#include "report/report.h"
#include "run_query.h"
#include "trend/change.h"
#include "trend/overall.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- tables ---- */

tt_facts tt_run_facts(const tt_archive *a)
{
    return (tt_facts){.issues = a->survey.issues,
                      .n_issues = a->survey.n_issues,
                      .order = a->survey.order,
                      .sections = a->survey.sections,
                      .n_sections = a->survey.n_sections,
                      .topics = a->topics,
                      .n_topics = a->n_topics,
                      .n_asked = a->n_topics - a->lex->n_topics,
                      .cells = &a->cells,
                      .links = a->links.v,
                      .n_links = a->has_targets ? a->links.n : 0,
                      .median_interval = a->survey.median_interval};
}

int tt_run_targets(tt_archive *a, tt_err *err)
{
    if (a->opt.no_links)
        return tt_fail(err, TT_EUSAGE, NULL, 0, 0, "no links were gathered: no_links is for all but links and report");
    if (a->has_targets)
        return 0;
    a->has_targets = true;
    return tt_links_finish(&a->links, a->survey.issues, a->survey.n_issues) == 0 ? 0 : tt_fail_memory(err);
}

static tt_provenance provenance_of(const tt_archive *a, const tt_select *sel)
{
    return (tt_provenance){a->totals, a->lexicon_hash, a->input_hash, &a->opt, sel};
}

/* What a table is made with. */
struct job {
    tt_archive *a;
    tt_facts facts;
    tt_select select; /* with what the query says */
    tt_filter filter;
    tt_picked picked;
    tt_arena arena;
    tt_writer *writer;
    tt_buf text;
    FILE *to;
    tt_err *err;
};

static int flush(struct job *j)
{
    if (j->text.failed)
        return tt_fail_memory(j->err);
    if (j->text.n && fwrite(j->text.p, 1, j->text.n, j->to) != j->text.n)
        return tt_fail(j->err, TT_EIO, NULL, 0, 0, "cannot write: %s", strerror(errno));
    if (j->a->opt.profile)
        j->a->opt.profile->stages[TT_STAGE_WRITE].bytes += j->text.n;
    tt_buf_reset(&j->text);
    return 0;
}

static int write_whole(struct job *j, const tt_table *t, const tt_output *how, const tt_select *sel)
{
    const tt_provenance from = provenance_of(j->a, sel);
    int rc = tt_writer_new(&j->writer, how, &from, t->columns, t->n_columns, t->name.p, &j->text, j->err);
    if (rc == 0)
        rc = tt_writer_rows(j->writer, t, j->err);
    if (rc == 0) {
        rc = tt_writer_end(j->writer, j->err);
        j->writer = NULL;
    }
    return rc == 0 ? flush(j) : rc;
}

static int make_table(struct job *j, tt_table_kind kind, const tt_output *how, tt_table *t)
{
    tt_series series = {0};
    tt_topic_sum *sums = NULL;
    tt_overall *overall = NULL;
    size_t n_sums = 0, n_overall = 0;
    int rc = 0;
    switch (kind) {
    case TT_TABLE_ISSUES:
        return tt_tables_issues(t, &j->facts, &j->picked, false, j->err);
    case TT_TABLE_COUNTS:
        return tt_tables_counts(t, &j->facts, &j->picked, j->err);
    case TT_TABLE_LINKS:
        return tt_tables_links(t, &j->facts, &j->picked, j->err);
    case TT_TABLE_TOPICS:
        rc = tt_topic_sums(&j->facts, &j->filter, &j->arena, &sums, &n_sums, j->err);
        return rc == 0 ? tt_tables_topics(t, &j->facts, sums, n_sums, j->err) : rc;
    case TT_TABLE_TRENDS:
        rc = tt_series_make(&series, &j->facts, &j->filter, &j->arena, j->err);
        if (rc == 0 && how->wide != TT_WIDE_NO)
            return tt_tables_wide(t, &j->facts, &series, how->wide, how->measure, &j->arena, j->err);
        return rc == 0 ? tt_tables_trends(t, &j->facts, &series, j->err) : rc;
    case TT_TABLE_OVERALL:
        rc = tt_overall_make(&j->facts, &j->filter, &j->arena, &overall, &n_overall, j->err);
        return rc == 0 ? tt_tables_overall(t, &j->facts, overall, n_overall, j->err) : rc;
    case TT_TABLE_MENTIONS:
    case TT_TABLE_CHANGE:
        break;
    }
    return tt_fail(j->err, TT_EUSAGE, NULL, 0, 0, "there is no such table");
}

/* What is not complete, and so was compared with fewer days, is told, and stands above a table for people. */
static int write_change(struct job *j, const tt_output *how, const tt_select *sel)
{
    tt_comparison c;
    tt_table t = {0};
    tt_select made = *sel;
    int rc = tt_change_make(&c, &j->facts, &j->filter, sel->change[0], sel->change[1], &j->arena, j->err);
    if (rc != 0)
        return rc;
    if (c.note.n) {
        tt_tell(j->a->sink, TT_NOTE, NULL, 0, 0, "%.*s", (int)c.note.n, c.note.p);
        if (how->format == TT_FORMAT_TEXT)
            tt_buf_f(&j->text, "%.*s\n\n", (int)c.note.n, c.note.p);
    }
    for (int s = 0; s < 2; s++)
        made.change[s] = c.side[s].period.label;
    rc = tt_tables_change(&t, &j->facts, &c, j->err);
    if (rc == 0)
        rc = write_whole(j, &t, how, &made);
    tt_table_release(&t);
    return rc;
}

/* ---- mentions: the files are read once more ---- */

/* A row: a place, and the topic that it is one of. */
struct found {
    uint32_t topic, via; /* via: TT_DROP: the topic is the entry's own */
    tt_str term;
    uint32_t first, vis, n, at;
    size_t line, column; /* on disk */
};

struct finding {
    struct job *j;
    struct tt_reading *r;
    const tt_tokens *tokens;
    tt_asking asking[2]; /* instead of the lexicon's topics */
    struct found *v;
    size_t n, cap;
    uint32_t *topics, *by;
    uint64_t n_words, n_places; /* of all issues, in any section */
};

static bool is_selected(const struct finding *f, uint32_t token)
{
    const tt_token *t = &f->tokens->v[token];
    return tt_run_counted(f->j->a, t->zone) && f->j->filter.section[f->r->doc.blocks[t->block].section];
}

static int keep(struct finding *f, struct found row)
{
    if (tt_grow(&f->v, &f->cap, f->n + 1, sizeof *f->v) != 0)
        return tt_fail_memory(f->j->err);
    f->v[f->n++] = row;
    return 0;
}

static int keep_mention(void *ctx, const tt_mention *m)
{
    struct finding *f = ctx;
    const tt_archive *a = f->j->a;
    int rc = 0;
    for (size_t i = 0; i < a->n_queries; i++)
        if (tt_asking_hit(&f->asking[i], m, f->j->err) != 0)
            return TT_ENOMEM;
    if (!tt_run_counted(a, f->tokens->v[m->first].zone))
        return 0;
    f->n_places++;
    if (a->n_queries || !is_selected(f, m->first))
        return 0;
    size_t n = tt_mention_topics(a->lex, m, f->topics, f->by, a->lex->n_topics);
    for (size_t k = 0; k < n && rc == 0; k++) {
        const tt_entry *e = &a->lex->entries[f->by[k]];
        uint32_t via = e->topic == f->topics[k] ? TT_DROP : e->topic;
        if (f->j->filter.topic[f->topics[k]])
            rc = keep(f, (struct found){f->topics[k], via, e->term, m->first, m->vis, m->n, m->at, 0, 0});
    }
    return rc;
}

/* The places of each group of the query. */
static int keep_asked(struct finding *f, tt_asking *q)
{
    int rc = 0;
    for (unsigned g = TT_GROUP_FIRST; g <= TT_GROUP_SECOND && rc == 0; g++) {
        size_t from, to, at = 0;
        uint32_t reach = 0;
        if (g == TT_GROUP_SECOND && q->way->index[g] == q->way->index[TT_GROUP_FIRST])
            break;
        tt_asking_group(q->way, g, &from, &to);
        for (const tt_spot *s; rc == 0 && (s = tt_asking_next(q, from, to, &at, &reach));)
            if (is_selected(f, s->first))
                rc = keep(f, (struct found){q->way->index[g], s->via, s->term, s->first, s->vis, s->n, s->at, 0, 0});
    }
    return rc;
}

static int by_place(const void *x, const void *y)
{
    const struct found *a = x, *b = y;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    if (a->vis != b->vis)
        return a->vis < b->vis ? -1 : 1;
    return (a->topic > b->topic) - (a->topic < b->topic);
}

/* The text with every run of white space as one blank, at most `limit` characters counted from its end (`tail`) or its
 * beginning. In the issue's arena. */
static int excerpt(tt_arena *arena, tt_str s, bool tail, size_t limit, tt_str *out)
{
    size_t room = limit < s.n / TT_UTF8_MAX ? limit * TT_UTF8_MAX : s.n;
    char *p = tt_arena_alloc(arena, room + 1);
    size_t from = tail ? room : 0, to = from;
    bool blank = false; /* the last one that was taken */
    if (!p)
        return TT_ENOMEM;
    for (size_t chars = 0, at = tail ? s.n : 0; chars < limit && (tail ? at > 0 : at < s.n);) {
        uint32_t cp = 0;
        size_t begin = tail ? tt_utf8_back(s.p, at) : at;
        size_t len = tt_utf8_decode(s.p + begin, s.n - begin, &cp);
        len = tail ? at - begin : len ? len : 1;
        at = tail ? begin : begin + len;
        bool space = tt_cp_space(cp);
        if (space && blank)
            continue;
        blank = space;
        len = space ? 1 : len;
        memcpy(p + (tail ? from - len : to), space ? " " : s.p + begin, len);
        from -= tail ? len : 0;
        to += tail ? 0 : len;
        chars++;
    }
    *out = (tt_str){p + from, to - from};
    return 0;
}

int tt_run_context(struct tt_reading *r, const tt_token *first, uint32_t vis, uint32_t n, size_t limit, tt_str *before,
                   tt_str *surface, tt_str *after)
{
    const tt_doc *doc = &r->doc;
    const tt_block *b = &doc->blocks[first->block];
    const tt_run *last = &doc->runs[b->first_run + b->n_runs - 1];
    uint32_t from = doc->runs[b->first_run].vis, to = last->vis + last->n;
    /* 4 bytes a character, and white space that falls together: a bounded piece is enough but for long blanks */
    const uint32_t most = 64 * (uint32_t)limit;
    if (vis - from > most) {
        from = vis - most;
        while (((unsigned char)doc->vis[from] & 0xC0) == 0x80)
            from++;
    }
    if (to - (vis + n) > most) {
        to = vis + n + most;
        while (((unsigned char)doc->vis[to] & 0xC0) == 0x80)
            to--;
    }
    if (excerpt(&r->arena, (tt_str){doc->vis + vis, n}, false, SIZE_MAX, surface) != 0 ||
        excerpt(&r->arena, (tt_str){doc->vis + from, vis - from}, true, limit, before) != 0 ||
        excerpt(&r->arena, (tt_str){doc->vis + vis + n, to - vis - n}, false, limit, after) != 0)
        return TT_ENOMEM;
    return 0;
}

static int by_line(const void *x, const void *y)
{
    const struct found *a = x, *b = y;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    return a->column != b->column ? (a->column < b->column ? -1 : 1) : by_place(x, y);
}

/* Sorts by place on disk, where a text that was put together from pieces may stand in another order. */
static void sort_found(struct finding *f)
{
    tt_cursor cursor = {0};
    if (f->n == 0)
        return;
    qsort(f->v, f->n, sizeof *f->v, by_place);
    for (size_t i = 0; i < f->n; i++)
        tt_text_place(&f->r->text, f->v[i].at, &cursor, &f->v[i].line, &f->v[i].column);
    if (f->r->text.n_loci > 0)
        qsort(f->v, f->n, sizeof *f->v, by_line);
}

static int mention_rows(struct finding *f, uint32_t issue, tt_table *t)
{
    const tt_archive *a = f->j->a;
    sort_found(f);
    tt_mention_row row = {.issue = &a->survey.issues[issue], .path = a->survey.issues[issue].path};
    for (size_t i = 0; i < f->n; i++) {
        const struct found *m = &f->v[i];
        const tt_token *token = &f->tokens->v[m->first];
        if (i == 0 || m->vis != f->v[i - 1].vis || m->n != f->v[i - 1].n) {
            row.section = a->survey.sections[f->r->doc.blocks[token->block].section];
            row.zone = tt_str_of(tt_zone_name(token->zone));
            row.line = m->line;
            row.column = m->column;
            if (tt_run_context(f->r, token, m->vis, m->n, TT_CONTEXT, &row.before, &row.surface, &row.after) != 0)
                return tt_fail_memory(f->j->err);
        }
        row.topic = a->topics[m->topic].id;
        row.via = m->via == TT_DROP ? (tt_str){"", 0} : a->topics[m->via].id;
        row.term = m->term;
        tt_tables_mention(t, &row);
    }
    return t->failed ? tt_fail_memory(f->j->err) : 0;
}

/* All rows of an issue that has been read. */
static int find_mentions(struct finding *f, tt_match_state *match)
{
    const size_t n = f->j->a->n_queries;
    f->n = 0;
    for (size_t i = 0; i < n; i++)
        tt_asking_begin(&f->asking[i]);
    const double start = tt_profile_start(f->r->profile);
    int rc = tt_match(match, &f->r->doc, f->tokens, keep_mention, f, f->j->err);
    tt_profile_stop(f->r->profile, TT_STAGE_SCAN, start, f->r->doc.n_vis);
    for (size_t i = 0; i < n && rc == 0; i++) {
        rc = tt_asking_end(&f->asking[i], &f->r->doc, f->tokens, f->j->err);
        rc = rc == 0 ? keep_asked(f, &f->asking[i]) : rc;
    }
    return rc;
}

static void count_words(struct finding *f)
{
    for (size_t i = 0; i < f->tokens->n; i++) {
        const tt_token *t = &f->tokens->v[i];
        f->n_words += t->kind == TT_TOKEN_WORD && t->first && tt_run_counted(f->j->a, t->zone);
    }
}

static int by_issue_path(const void *x, const void *y)
{
    const tt_issue *const *a = x, *const *b = y;
    int c = tt_str_cmp((*a)->path, (*b)->path);
    c = c ? c : ((*a)->archive > (*b)->archive) - ((*a)->archive < (*b)->archive);
    return c ? c : ((*a)->record > (*b)->record) - ((*a)->record < (*b)->record);
}

static int mention_issues(struct job *j, struct finding *f, tt_match_state *match, tt_table *t)
{
    tt_archive *a = j->a;
    tt_tokens tokens = {0};
    f->tokens = &tokens;
    const tt_issue **order = tt_arena_array(&j->arena, a->survey.n_issues, sizeof *order);
    if (!order)
        return tt_fail_memory(j->err);
    for (size_t i = 0; i < a->survey.n_issues; i++)
        order[i] = &a->survey.issues[i];
    if (a->survey.n_issues)
        qsort(order, a->survey.n_issues, sizeof *order, by_issue_path);
    for (size_t i = 0; i < a->survey.n_issues; i++) {
        uint32_t issue = (uint32_t)(order[i] - a->survey.issues);
        int rc;
        if (!j->filter.issue[issue])
            continue;
        tt_table_clear(t);
        if ((rc = tt_run_read(a, issue, f->r, &tokens, j->err)) != 0 || (rc = find_mentions(f, match)) != 0 ||
            (rc = mention_rows(f, issue, t)) != 0 || (rc = tt_writer_rows(j->writer, t, j->err)) != 0 ||
            (rc = flush(j)) != 0)
            return rc;
        count_words(f);
    }
    if (a->opt.no_counts) {
        a->totals.n_words = f->n_words;
        a->totals.n_mentions = f->n_places;
    }
    return 0;
}

static int write_mentions(struct job *j, const tt_output *how, const tt_select *sel)
{
    struct tt_reading r = {0};
    struct finding f = {.j = j, .r = &r};
    const tt_provenance from = provenance_of(j->a, sel);
    tt_match_state *match = NULL;
    tt_table t;
    size_t n_columns;
    const tt_column *columns = tt_table_columns(TT_TABLE_MENTIONS, &n_columns);
    tt_table_init(&t, tt_table_name(TT_TABLE_MENTIONS), columns, n_columns);
    f.topics = tt_arena_array(&j->arena, j->a->lex->n_topics + 1, sizeof *f.topics);
    f.by = tt_arena_array(&j->arena, j->a->lex->n_topics + 1, sizeof *f.by);
    int rc = f.topics && f.by ? 0 : tt_fail_memory(j->err);
    for (size_t i = 0; i < j->a->n_queries && rc == 0; i++)
        rc = tt_asking_init(&f.asking[i], j->a, tt_run_way(j->a, i), j->err);
    if (rc == 0)
        rc = tt_match_state_new(&match, j->a->lex, j->err);
    if (rc == 0)
        rc = tt_writer_new(&j->writer, how, &from, columns, n_columns, t.name.p, &j->text, j->err);
    if (rc == 0)
        rc = mention_issues(j, &f, match, &t);
    if (rc == 0) {
        rc = tt_writer_end(j->writer, j->err);
        j->writer = NULL;
    }
    if (rc == 0)
        rc = flush(j);
    for (size_t i = 0; i < j->a->n_queries; i++)
        tt_asking_release(&f.asking[i]);
    tt_match_state_free(match);
    tt_table_release(&t);
    tt_free(f.v);
    tt_reading_release(&r);
    return rc;
}

static int begin_job(struct job *j, tt_archive *a, const tt_select *sel, tt_err *err)
{
    *j = (struct job){.a = a, .err = err};
    j->facts = tt_run_facts(a);
    tt_run_select(a, sel, &j->select);
    int rc = tt_filter_make(&j->filter, &j->facts, &j->select, &j->arena, err);
    if (rc == 0)
        tt_run_pick(a, &j->filter);
    j->picked = (tt_picked){j->filter.issue, j->filter.section, j->filter.topic};
    return rc;
}

static void end_job(struct job *j)
{
    if (j->writer) {
        tt_err ignored = {0};
        tt_writer_end(j->writer, &ignored);
    }
    tt_buf_release(&j->text);
    tt_arena_release(&j->arena);
}

int tt_archive_table(tt_archive *a, tt_table_kind kind, const tt_select *sel, const tt_output *how, FILE *to,
                     tt_err *err)
{
    struct job j;
    tt_table t = {0};
    if (how->format == TT_FORMAT_GREP && kind != TT_TABLE_MENTIONS)
        return tt_fail(err, TT_EUSAGE, NULL, 0, 0, "the format grep is for mentions only");
    if (kind == TT_TABLE_CHANGE && (sel->by_section || sel->has_by))
        return tt_fail(err, TT_EUSAGE, NULL, 0, 0, "--%s does not go with --change",
                       sel->by_section ? "by-section" : "by");
    if (a->opt.no_counts && kind != TT_TABLE_MENTIONS)
        return tt_fail(err, TT_EUSAGE, NULL, 0, 0, "nothing was counted: no_counts is for mentions only");
    if (how->wide != TT_WIDE_NO && kind != TT_TABLE_TRENDS)
        return tt_fail(err, TT_EUSAGE, NULL, 0, 0, "--wide is for trends only");
    if (kind == TT_TABLE_OVERALL && sel->by_section)
        return tt_fail(err, TT_EUSAGE, NULL, 0, 0,
                       "a row of --overall is one topic; choose --section, not --by-section");
    int rc = kind == TT_TABLE_LINKS ? tt_run_targets(a, err) : 0;
    if (rc != 0)
        return rc;
    rc = begin_job(&j, a, sel, err);
    j.to = to;
    if (rc == 0 && kind == TT_TABLE_MENTIONS) {
        rc = write_mentions(&j, how, &j.select);
    } else if (rc == 0 && kind == TT_TABLE_CHANGE) {
        rc = write_change(&j, how, &j.select);
    } else if (rc == 0) {
        rc = make_table(&j, kind, how, &t);
        if (rc == 0)
            rc = write_whole(&j, &t, how, &j.select);
        tt_table_release(&t);
    }
    end_job(&j);
    return rc;
}

/* ---- report ---- */

int tt_report_options_check(const tt_report_options *how, tt_err *err)
{
    tt_palette colors;
    const tt_lang *lang;
    int rc = tt_palette_parse(&colors, how->palette, err);
    return rc == 0 ? tt_lang_find(&lang, how->lang, err) : rc;
}

/* What a report is made from. */
struct counted {
    tt_series series[4]; /* by year, quarter, month; by year and section */
    tt_topic_sum *sums;
    size_t n_sums;
};

static int count_all(struct job *j, tt_filter *f, struct counted *c)
{
    static const tt_by by[3] = {TT_BY_YEAR, TT_BY_QUARTER, TT_BY_MONTH};
    int rc = 0;
    for (int i = 0; rc == 0 && i < 4; i++) {
        f->by = i < 3 ? by[i] : TT_BY_YEAR;
        f->by_section = i == 3;
        rc = tt_series_make(&c->series[i], &j->facts, f, &j->arena, j->err);
    }
    f->by_section = false;
    return rc == 0 ? tt_topic_sums(&j->facts, f, &j->arena, &c->sums, &c->n_sums, j->err) : rc;
}

static void take_counted(tt_report_in *in, const struct counted *c, const tt_filter *f)
{
    in->picked = (tt_picked){f->issue, f->section, f->topic};
    in->by_year = &c->series[0];
    in->by_quarter = &c->series[1];
    in->by_month = &c->series[2];
    in->by_year_and_section = &c->series[3];
    in->sums = c->sums;
    in->n_sums = c->n_sums;
}

/* The same of all years, for what a year is compared with. */
static int count_whole(struct job *j, const tt_select *sel, struct counted *c, tt_report_in *out)
{
    tt_filter f;
    tt_select whole = *sel;
    whole.years = NULL;
    whole.n_years = 0;
    int rc = tt_filter_make(&f, &j->facts, &whole, &j->arena, j->err);
    if (rc == 0)
        rc = count_all(j, &f, c);
    if (rc == 0)
        take_counted(out, c, &f);
    return rc;
}

/* Each year of the report with the one before it, where both have an issue; and what is to be told of it. */
static int compare_years(struct job *j, const tt_select *sel, tt_report_in *all)
{
    tt_filter f;
    tt_select whole = *sel;
    const tt_series *s = all->by_year;
    tt_story *stories = NULL;
    tt_comparison *v = tt_arena_array(&j->arena, s->n_periods + 1, sizeof *v);
    whole.years = NULL;
    whole.n_years = 0;
    int rc = v ? tt_filter_make(&f, &j->facts, &whole, &j->arena, j->err) : tt_fail_memory(j->err);
    for (size_t i = 0; i < s->n_periods && rc == 0; i++) {
        int64_t year = 0;
        v[i] = (tt_comparison){.n = 0};
        tt_num_parse(s->periods[i].name, &year);
        if (i == 0 || !s->periods[i].issues || !s->periods[i - 1].issues || !tt_filter_year(&j->filter, (int)year))
            continue;
        rc = tt_change_make(&v[i], &j->facts, &f, s->periods[i - 1].label, s->periods[i].label, &j->arena, j->err);
        if (rc == TT_EUSAGE) { /* no day in common */
            v[i] = (tt_comparison){.n = 0};
            rc = 0;
        }
    }
    all->changes = v;
    if (rc == 0)
        rc = tt_run_stories(j->a, &j->facts, &f, s, &j->arena, &stories, j->err);
    all->stories = stories;
    return rc;
}

/* A report of nothing would take the place of one that says something. */
static int check_selected(const struct job *j)
{
    const tt_facts *f = &j->facts;
    int32_t first = TT_NO_DATE, last = TT_NO_DATE;
    int from, to, month, day;
    for (size_t i = 0; i < f->n_issues && !j->filter.sections_named; i++)
        if (j->filter.issue[i])
            return 0;
    for (size_t i = 0; i < f->cells->n_parts && j->filter.sections_named; i++)
        if (j->filter.issue[f->cells->parts[i].issue] && j->filter.section[f->cells->parts[i].section])
            return 0;
    for (size_t i = 0; i < f->n_issues; i++) {
        const int32_t date = f->issues[i].date;
        if (date == TT_NO_DATE)
            continue;
        first = first == TT_NO_DATE || date < first ? date : first;
        last = last == TT_NO_DATE || date > last ? date : last;
    }
    if (first == TT_NO_DATE)
        return tt_fail(j->err, TT_EUSAGE, NULL, 0, 0, "no issue is in the selection; the archive has no dates");
    tt_day_split(first, &from, &month, &day);
    tt_day_split(last, &to, &month, &day);
    if (from == to)
        return tt_fail(j->err, TT_EUSAGE, NULL, 0, 0, "no issue is in the selection; the archive has %d", from);
    return tt_fail(j->err, TT_EUSAGE, NULL, 0, 0, "no issue is in the selection; the archive has %d to %d", from, to);
}

int tt_archive_report(tt_archive *a, const tt_report_options *how, const tt_select *sel, tt_err *err)
{
    struct job j;
    struct counted counted = {0}, counted_all = {0};
    tt_palette colors;
    if (a->opt.no_counts)
        return tt_fail(err, TT_EUSAGE, NULL, 0, 0, "nothing was counted: no_counts is for mentions only");
    if (a->survey.n_issues == 0)
        return tt_fail(err, TT_EINPUT, NULL, 0, 0,
                       "no issue was found, so no report is written; -v says why files were left out");
    if (sel->has_by && sel->by != TT_BY_YEAR && sel->by != TT_BY_QUARTER && sel->by != TT_BY_MONTH)
        return tt_fail(err, TT_EUSAGE, NULL, 0, 0, "the charts of a report go by year, quarter or month");
    int rc = tt_run_targets(a, err);
    if (rc != 0)
        return rc;
    rc = begin_job(&j, a, sel, err);
    const tt_provenance from = provenance_of(a, sel);
    tt_report_in in = {.title = how->title ? tt_str_of(how->title) : a->name,
                       .from = &from,
                       .by = sel->by,
                       .has_by = sel->has_by,
                       .facts = &j.facts,
                       .colors = &colors,
                       .pictures = how->pictures},
                 all;
    if (rc == 0)
        rc = tt_palette_parse(&colors, how->palette, err);
    if (rc == 0)
        rc = tt_lang_find(&in.lang, how->lang, err);
    if (rc == 0)
        rc = check_selected(&j);
    if (rc == 0)
        rc = count_all(&j, &j.filter, &counted);
    if (rc == 0) {
        take_counted(&in, &counted, &j.filter);
        all = in;
        if (sel->n_years) {
            rc = count_whole(&j, sel, &counted_all, &all);
            in.all = &all;
        }
    }
    if (rc == 0) {
        rc = compare_years(&j, sel, &all);
        in.changes = in.all ? NULL : all.changes;
        in.stories = in.all ? NULL : all.stories;
    }
    if (rc == 0)
        rc = tt_report_write(how->folder, how->no_charts, &in, a->sink, err);
    end_job(&j);
    return rc;
}
