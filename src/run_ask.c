/* In: an open archive whose options have a query. Out: the answer: what the cells say of it, and what only the text can
 * tell: what it stands beside, its latest places, and where the hits are that do not count. Not here: what a query means
 * (tag/query), the numbers (trend/answer, trend/overall), the screen (report/answer*). */
#include "report/answer.h"
#include "report/summary.h"
#include "run_query.h"
#include "trend/answer.h"
#include "trend/overall.h"

#include "base/unicode.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* A side, being gathered: one group of one query. */
struct side {
    size_t query;
    unsigned group;
    tt_reply_side *out;
    uint32_t *both, *other; /* by topic of the lexicon: paragraphs */
    uint32_t *stamp;        /* by topic: the paragraph that was counted last, plus 1 */
    bool *has;              /* by block of the issue */
    uint32_t *holders;      /* by topic: places of a term that count for it */
    uint32_t *held;         /* by topic: the last of these, plus 1 */
    uint32_t n_spots;       /* passed so far */
    bool *wanted;           /* by issue: its places are quoted */
    size_t *quoted;         /* by issue: rows of quotes up to and with it, as they were read */
    uint32_t example_order; /* of the issue that the example is from */
    uint32_t cut;           /* of these issues the one that has places before those that are quoted */
    uint64_t skip;          /* how many */
    tt_str letters;         /* the label as one would grep it; empty: none */
};

struct asking {
    tt_archive *a;
    const tt_ask_options *how;
    tt_facts facts;
    tt_filter filter;
    int year; /* the query says "in 2020"; else 0 */
    tt_arena arena;
    struct tt_reading r;
    tt_tokens tokens;
    uint32_t issue; /* in hand */
    tt_match_state *match;
    tt_asking q[2];
    struct side side[2];
    size_t n_sides;
    tt_reply reply;
    uint64_t n_paragraphs;
    uint32_t no;        /* of the paragraph in hand, rising over all issues */
    uint32_t *in_block; /* counted words of each block */
    struct seen_mention {
        uint32_t first, last, block, first_topic, n_topics;
        bool counted;
    } * seen; /* the lexicon's mentions of the issue */
    size_t n_seen, cap_seen;
    uint32_t *topics; /* of all of them */
    size_t n_topics, cap_topics;
    uint32_t *some, *by;
    tt_err *err;
};

/* ---- the issue in hand ---- */

static bool in_section(const struct asking *k, uint32_t block)
{
    return k->filter.section[k->r.doc.blocks[block].section];
}

static int see(void *ctx, const tt_mention *m)
{
    struct asking *k = ctx;
    const tt_token *t = &k->tokens.v[m->first];
    const size_t n_topics = k->a->lex->n_topics;
    for (size_t i = 0; i < k->a->n_queries; i++)
        if (tt_asking_hit(&k->q[i], m, k->err) != 0)
            return TT_ENOMEM;
    size_t n = tt_mention_topics(k->a->lex, m, k->some, k->by, n_topics);
    if (tt_grow(&k->seen, &k->cap_seen, k->n_seen + 1, sizeof *k->seen) != 0 ||
        tt_grow(&k->topics, &k->cap_topics, k->n_topics + n, sizeof *k->topics) != 0)
        return tt_fail_memory(k->err);
    k->seen[k->n_seen++] = (struct seen_mention){m->first,    m->last,
                                                 t->block,    (uint32_t)k->n_topics,
                                                 (uint32_t)n, tt_run_counted(k->a, t->zone) && in_section(k, t->block)};
    for (size_t i = 0; i < n; i++)
        k->topics[k->n_topics++] = k->some[i];
    return 0;
}

static int read_issue(struct asking *k, uint32_t issue)
{
    k->issue = issue;
    int rc = tt_run_read(k->a, issue, &k->r, &k->tokens, k->err);
    if (rc != 0)
        return rc;
    const size_t n = k->r.doc.n_blocks;
    k->in_block = tt_arena_array(&k->r.arena, n + 1, sizeof *k->in_block);
    if (!k->in_block)
        return tt_fail_memory(k->err);
    memset(k->in_block, 0, (n + 1) * sizeof *k->in_block);
    for (size_t i = 0; i < k->tokens.n; i++) {
        const tt_token *t = &k->tokens.v[i];
        k->in_block[t->block] += t->kind == TT_TOKEN_WORD && t->first && tt_run_counted(k->a, t->zone);
    }
    for (size_t s = 0; s < k->n_sides; s++) {
        k->side[s].has = tt_arena_array(&k->r.arena, n + 1, sizeof *k->side[s].has);
        if (!k->side[s].has)
            return tt_fail_memory(k->err);
        memset(k->side[s].has, 0, (n + 1) * sizeof *k->side[s].has);
    }
    k->n_seen = k->n_topics = 0;
    for (size_t i = 0; i < k->a->n_queries; i++)
        tt_asking_begin(&k->q[i]);
    const double start = tt_profile_start(k->r.profile);
    rc = tt_match(k->match, &k->r.doc, &k->tokens, see, k, k->err);
    tt_profile_stop(k->r.profile, TT_STAGE_SCAN, start, k->r.doc.n_vis);
    for (size_t i = 0; i < k->a->n_queries && rc == 0; i++)
        rc = tt_asking_end(&k->q[i], &k->r.doc, &k->tokens, k->err);
    return rc;
}

/* ---- places: zones, quotes ---- */

static const tt_spot *next_spot(const struct asking *k, const struct side *s, size_t *at, uint32_t *reach)
{
    size_t from, to;
    tt_asking_group(k->q[s->query].way, s->group, &from, &to);
    return tt_asking_next(&k->q[s->query], from, to, at, reach);
}

static int copy(struct asking *k, tt_str *s)
{
    return tt_str_dup(&k->arena, *s, s) != 0 ? tt_fail_memory(k->err) : 0;
}

static int quote(struct asking *k, struct side *s, uint32_t issue, const tt_spot *spot, tt_cursor *cursor)
{
    const tt_archive *a = k->a;
    const tt_token *t = &k->tokens.v[spot->first];
    const size_t limit = k->how->context ? k->how->context : TT_CONTEXT;
    tt_mention_row row = {.issue = &a->survey.issues[issue],
                          .path = a->survey.issues[issue].path,
                          .section = a->survey.sections[k->r.doc.blocks[t->block].section],
                          .zone = tt_str_of(tt_zone_name(t->zone)),
                          .topic = a->topics[s->out->asked.topic].id,
                          .via = spot->via == TT_DROP ? (tt_str){"", 0} : a->topics[spot->via].id,
                          .term = spot->term};
    if (issue == s->cut && s->skip) {
        s->skip--;
        return 0;
    }
    tt_text_place(&k->r.text, spot->at, cursor, &row.line, &row.column);
    if (tt_run_context(&k->r, t, spot->vis, spot->n, limit, &row.before, &row.surface, &row.after) != 0 ||
        copy(k, &row.before) != 0 || copy(k, &row.surface) != 0 || copy(k, &row.after) != 0)
        return tt_fail_memory(k->err);
    tt_tables_mention(&s->out->quotes, &row);
    return s->out->quotes.failed ? tt_fail_memory(k->err) : 0;
}

static int places(struct asking *k, struct side *s, uint32_t issue)
{
    size_t at = 0;
    uint32_t reach = 0;
    tt_cursor cursor = {0};
    int rc = 0;
    for (const tt_spot *spot; rc == 0 && (spot = next_spot(k, s, &at, &reach));) {
        const tt_token *t = &k->tokens.v[spot->first];
        if (!in_section(k, t->block))
            continue;
        s->out->zones[t->zone]++;
        if (!tt_run_counted(k->a, t->zone))
            continue;
        s->has[t->block] = true;
        if (s->wanted[issue])
            rc = quote(k, s, issue, spot, &cursor);
    }
    return rc;
}

/* ---- paragraphs ---- */

/* Topics that have a place of their own in paragraphs, one that is not the side's too. */
static void beside(struct asking *k, struct side *s)
{
    size_t at = 0;
    uint32_t reach = 0;
    const tt_spot *spot = next_spot(k, s, &at, &reach);
    for (size_t i = 0; i < k->n_seen; i++) {
        const struct seen_mention *m = &k->seen[i];
        for (; spot && spot->last < m->first; s->n_spots++)
            spot = next_spot(k, s, &at, &reach);
        if (!m->counted)
            continue;
        if (spot && spot->first <= m->last) { /* the same place: beside nothing */
            for (uint32_t t = m->first_topic; t < m->first_topic + m->n_topics; t++) {
                s->holders[k->topics[t]] += s->held[k->topics[t]] != s->n_spots + 1;
                s->held[k->topics[t]] = s->n_spots + 1;
            }
            continue;
        }
        if (!k->in_block[m->block]) /* signs without a word: no paragraph that is counted */
            continue;
        for (uint32_t t = m->first_topic; t < m->first_topic + m->n_topics; t++) {
            const uint32_t topic = k->topics[t], mark = k->no + m->block + 1;
            if (s->stamp[topic] == mark)
                continue;
            s->stamp[topic] = mark;
            s->other[topic]++;
            s->both[topic] += s->has[m->block];
        }
    }
    s->n_spots++;
}

static void paragraphs(struct asking *k)
{
    const uint32_t n = k->r.doc.n_blocks;
    for (size_t s = 0; s < k->n_sides; s++)
        beside(k, &k->side[s]);
    for (uint32_t b = 0; b < n; b++) {
        if (!k->in_block[b] || !in_section(k, b))
            continue;
        k->n_paragraphs++;
        for (size_t s = 0; s < k->n_sides; s++)
            k->side[s].out->n_paragraphs += k->side[s].has[b];
        k->reply.paragraphs_both += k->n_sides == 2 && k->side[0].has[b] && k->side[1].has[b];
    }
    k->no += n;
}

/* ---- letters: what grep would find besides ---- */

static bool is_word(tt_str text, size_t at, bool before)
{
    uint32_t cp = 0;
    if (before ? at == 0 : at >= text.n)
        return false;
    if (before)
        at = tt_utf8_back(text.p, at);
    tt_utf8_decode(text.p + at, text.n - at, &cp);
    return tt_cp_letter(cp) || tt_cp_digit(cp) || cp == '_';
}

static bool same_letters(const char *p, tt_str letters)
{
    for (size_t i = 0; i < letters.n; i++) {
        const char a = p[i], b = letters.p[i];
        if ((a >= 'A' && a <= 'Z' ? a + 32 : a) != (b >= 'A' && b <= 'Z' ? b + 32 : b))
            return false;
    }
    return true;
}

/* The longer word around a hit: the first one of the earliest issue. */
static int keep_example(struct asking *k, struct side *s, tt_str text, size_t from, size_t to)
{
    const uint32_t order = k->facts.issues[k->issue].order;
    if (s->out->example.n && order >= s->example_order)
        return 0;
    s->example_order = order;
    while (is_word(text, from, true))
        from = tt_utf8_back(text.p, from);
    while (is_word(text, to, false)) {
        uint32_t cp;
        to += tt_utf8_decode(text.p + to, text.n - to, &cp);
    }
    s->out->example = (tt_str){text.p + from, to - from};
    return copy(k, &s->out->example);
}

/* Byte behind the last token of a place, in the text. */
static size_t end_of(const struct asking *k, const tt_spot *spot)
{
    const tt_token *t = &k->tokens.v[spot->last];
    const tt_run *run = &k->r.doc.runs[t->run];
    return run->n == run->n_src ? run->at + (t->vis - run->vis) + t->n : (size_t)run->at + run->n_src;
}

static int by_at(const void *x, const void *y)
{
    const uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
    return (a > b) - (a < b);
}

/* Begin and end of each place of the side in the text, by begin. */
static int spans(struct asking *k, struct side *s, uint32_t (**out)[2], size_t *n)
{
    size_t at = 0;
    uint32_t reach = 0;
    uint32_t(*v)[2] = tt_arena_array(&k->r.arena, k->q[s->query].n + 1, sizeof *v);
    *n = 0;
    if (!v)
        return tt_fail_memory(k->err);
    for (const tt_spot *spot; (spot = next_spot(k, s, &at, &reach)); ++*n) {
        v[*n][0] = spot->at;
        v[*n][1] = (uint32_t)end_of(k, spot);
    }
    if (*n > 1)
        qsort(v, *n, sizeof *v, by_at);
    *out = v;
    return 0;
}

static int letters(struct asking *k, struct side *s)
{
    const tt_str text = {k->r.text.data, k->r.text.n}, want = s->letters;
    uint32_t(*taken)[2] = NULL;
    size_t n = 0, next = 0;
    if (want.n == 0 || k->filter.sections_named) /* letters outside of blocks are in no section */
        return 0;
    int rc = spans(k, s, &taken, &n);
    const char low = (char)(want.p[0] | 32), high = (char)(want.p[0] & ~32);
    for (size_t at = 0; rc == 0 && at + want.n <= text.n; at++) {
        if ((text.p[at] != low && text.p[at] != high && text.p[at] != want.p[0]) || !same_letters(text.p + at, want))
            continue;
        while (next < n && taken[next][1] <= at)
            next++;
        const size_t end = at + want.n;
        if (next < n && taken[next][0] < end) {
            at = taken[next][1] > at ? taken[next][1] - 1 : at;
            continue;
        }
        if (is_word(text, at, true) || is_word(text, end, false)) {
            s->out->inside++;
            rc = keep_example(k, s, text, at, end);
        } else {
            s->out->taken++;
        }
        at = end - 1;
    }
    return rc;
}

/* ---- what is quoted ---- */

/* Marks the issues that hold the latest places, and how many places of them come before these. Undated issues count as
 * the earliest. */
static int want(struct asking *k, struct side *s)
{
    const size_t most = k->how->all ? SIZE_MAX : k->n_sides == 2 ? 2 : TT_ANSWER_QUOTES;
    const tt_answer *a = &s->out->answer;
    uint64_t sum = 0;
    uint32_t *mentions = tt_calloc(k->facts.n_issues + 1, sizeof *mentions);
    if (!mentions)
        return tt_fail_memory(k->err);
    for (size_t i = 0; i < a->n_busy; i++)
        mentions[a->busy[i].issue] = a->busy[i].mentions;
    for (int undated = 0; undated < 2; undated++)
        for (size_t rank = k->facts.n_issues; rank-- > 0 && sum < most;) {
            const uint32_t issue = k->facts.order[rank];
            if (mentions[issue] && (k->facts.issues[issue].date == TT_NO_DATE) == undated) {
                s->wanted[issue] = true;
                s->cut = issue;
                sum += mentions[issue];
            }
        }
    s->skip = sum > most ? sum - most : 0;
    tt_free(mentions);
    return 0;
}

/* ---- sides ---- */

static tt_asked asked_part(const struct asking *k, const tt_query_part *p)
{
    tt_asked out = {.topic = p->index, .holder = p->topic, .dropped = p->dropped};
    out.kind = p->kind == TT_PART_TOPIC ? TT_ASKED_TOPIC : p->kind == TT_PART_ENTRY ? TT_ASKED_ENTRY : TT_ASKED_TERM;
    out.label = k->a->topics[p->index].label;
    return out;
}

static void sum_parts(const struct asking *k, tt_asked *v, size_t n)
{
    const tt_cells *c = k->facts.cells;
    for (size_t i = 0; i < n; i++) {
        uint32_t last = UINT32_MAX;
        for (size_t j = 0; j < c->n_cells; j++) {
            const tt_cell *cell = &c->cells[j];
            if (cell->topic != v[i].topic || !k->filter.issue[cell->issue] || !k->filter.section[cell->section])
                continue;
            v[i].mentions += cell->mentions;
            v[i].issues_with += cell->issue != last;
            last = cell->issue;
        }
    }
}

/* What one would grep: the label of a single part, if it has no sign of the term language. */
static tt_str plain_letters(const tt_asked *asked)
{
    for (size_t i = 0; i < asked->label.n; i++)
        if (strchr("*()\\", asked->label.p[i]))
            return (tt_str){"", 0};
    return asked->label;
}

static int put_command(struct asking *k, struct side *s)
{
    const tt_asked_kind kind = s->out->asked.kind;
    const tt_str id = k->a->topics[s->out->asked.topic].id;
    tt_buf b = {0}, query = {0};
    tt_answer_word(&b, k->reply.program);
    tt_buf_text(&b, kind == TT_ASKED_TOPIC ? " mentions --topic " : " mentions --query ");
    tt_buf_f(&query, "%s%.*s", kind == TT_ASKED_TOGETHER ? "+ " : "", (int)id.n, id.p);
    tt_answer_word(&b, (tt_str){query.p ? query.p : "", query.n});
    b.failed |= query.failed;
    tt_buf_release(&query);
    if (k->year)
        tt_buf_f(&b, " --year %d", k->year);
    if (k->how->rest && k->how->rest[0])
        tt_buf_f(&b, " %s", k->how->rest);
    int rc = b.failed ? TT_ENOMEM : tt_str_dup(&k->arena, (tt_str){b.p, b.n}, &s->out->command);
    tt_buf_release(&b);
    return rc == 0 ? 0 : tt_fail_memory(k->err);
}

static int begin_side(struct asking *k, size_t query, unsigned group)
{
    const tt_way *way = tt_run_way(k->a, query);
    struct side *s = &k->side[k->n_sides];
    tt_reply_side *out = s->out = &k->reply.side[k->n_sides++];
    size_t from, to, n_topics = k->a->lex->n_topics + 1, n_columns;
    const tt_column *columns = tt_table_columns(TT_TABLE_MENTIONS, &n_columns);
    s->query = query;
    s->group = group;
    tt_asking_group(way, group, &from, &to);
    tt_asked *parts = tt_arena_array(&k->arena, to - from, sizeof *parts);
    s->both = tt_arena_array(&k->arena, 5 * n_topics, sizeof *s->both);
    s->wanted = tt_arena_array(&k->arena, k->facts.n_issues + 1, sizeof *s->wanted);
    tt_table_init(&out->quotes, tt_table_name(TT_TABLE_MENTIONS), columns, n_columns);
    if (!parts || !s->both || !s->wanted)
        return tt_fail_memory(k->err);
    memset(s->both, 0, 5 * n_topics * sizeof *s->both);
    memset(s->wanted, 0, (k->facts.n_issues + 1) * sizeof *s->wanted);
    s->other = s->both + n_topics;
    s->stamp = s->other + n_topics;
    s->holders = s->stamp + n_topics;
    s->held = s->holders + n_topics;
    for (size_t i = from; i < to; i++)
        parts[i - from] = asked_part(k, &way->parts[i]);
    sum_parts(k, parts, to - from);
    out->parts = parts;
    out->n_parts = to - from;
    out->asked = parts[0];
    s->letters = plain_letters(&parts[0]);
    if (to - from > 1) {
        const uint32_t topic = way->index[group];
        out->asked = (tt_asked){
            .kind = TT_ASKED_TOGETHER, .label = k->a->topics[topic].label, .topic = topic, .holder = TT_DROP};
        s->letters = (tt_str){"", 0};
    }
    int rc = tt_answer_make(&out->answer, &k->facts, &k->filter, out->asked.topic, &k->arena, k->err);
    if (rc == 0)
        rc = tt_overall_topic(&k->facts, &k->filter, out->asked.topic, &k->arena, &out->overall, k->err);
    for (size_t i = 0; i < k->facts.cells->n_cells; i++)
        out->elsewhere += k->facts.cells->cells[i].topic == out->asked.topic ? k->facts.cells->cells[i].mentions : 0;
    out->elsewhere -= out->answer.all.mentions;
    return rc == 0 ? put_command(k, s) : rc;
}

/* ---- both sides ---- */

static void count_meetings(struct asking *k)
{
    const tt_answer *a = &k->reply.side[0].answer, *b = &k->reply.side[1].answer;
    bool *wanted = k->side[0].wanted; /* free again: all is quoted */
    memset(wanted, 0, k->facts.n_issues * sizeof *wanted);
    for (size_t i = 0; i < a->n_busy; i++)
        wanted[a->busy[i].issue] = true;
    for (size_t i = 0; i < b->n_busy; i++)
        k->reply.issues_both += wanted[b->busy[i].issue];
}

/* ---- all of it ---- */

static int begin(struct asking *k, const tt_select *sel)
{
    tt_select chosen = *sel;
    tt_archive *a = k->a;
    k->facts = tt_run_facts(a);
    chosen.by_section = false;
    int rc = tt_filter_make(&k->filter, &k->facts, &chosen, &k->arena, k->err);
    k->some = tt_arena_array(&k->arena, a->lex->n_topics + 1, sizeof *k->some);
    k->by = tt_arena_array(&k->arena, a->lex->n_topics + 1, sizeof *k->by);
    if (rc == 0 && (!k->some || !k->by))
        rc = tt_fail_memory(k->err);
    for (size_t i = 0; i < a->n_queries && rc == 0; i++) {
        const tt_way *way = tt_run_way(a, i);
        rc = tt_asking_init(&k->q[i], a, way, k->err);
        if (rc == 0 && way->n_first < way->n_parts && a->n_queries == 2)
            rc = tt_fail(k->err, TT_EUSAGE, NULL, 0, 0, "a share (` / `) has two sides already; leave --vs out");
        for (unsigned g = 0; rc == 0 && g < (way->n_first < way->n_parts ? 2 : 1); g++)
            rc = begin_side(k, i, g);
        k->reply.is_share |= way->n_first < way->n_parts;
    }
    return rc == 0 ? tt_match_state_new(&k->match, a->lex, k->err) : rc;
}

/* Issues are read as they stand in their files, which may hold the latest first; quotes go by date. */
static int sort_quotes(struct asking *k, struct side *s)
{
    tt_table *t = &s->out->quotes;
    tt_value *v = tt_arena_array(&k->arena, t->n_values + 1, sizeof *v);
    size_t n = 0;
    if (!v)
        return tt_fail_memory(k->err);
    for (size_t rank = 0; rank < k->facts.n_issues; rank++) {
        const uint32_t issue = k->facts.order[rank];
        const size_t from = (issue ? s->quoted[issue - 1] : 0) * t->n_columns, to = s->quoted[issue] * t->n_columns;
        if (to > from)
            memcpy(v + n, t->values + from, (to - from) * sizeof *v);
        n += to - from;
    }
    if (n)
        memcpy(t->values, v, n * sizeof *v);
    return 0;
}

static int gather(struct asking *k)
{
    int rc = 0;
    for (size_t s = 0; s < k->n_sides && rc == 0; s++) {
        rc = want(k, &k->side[s]);
        k->side[s].quoted = tt_arena_array(&k->arena, k->facts.n_issues + 1, sizeof *k->side[s].quoted);
        if (rc == 0 && !k->side[s].quoted)
            rc = tt_fail_memory(k->err);
    }
    for (uint32_t issue = 0; issue < k->facts.n_issues && rc == 0; issue++) {
        const bool selected = k->filter.issue[issue];
        rc = selected ? read_issue(k, issue) : 0;
        for (size_t s = 0; s < k->n_sides && rc == 0; s++) {
            rc = selected ? places(k, &k->side[s], issue) : 0;
            k->side[s].quoted[issue] = k->side[s].out->quotes.n_rows;
            rc = rc == 0 && selected ? letters(k, &k->side[s]) : rc;
        }
        if (rc == 0 && selected)
            paragraphs(k);
    }
    for (size_t s = 0; s < k->n_sides && rc == 0; s++)
        rc = sort_quotes(k, &k->side[s]);
    return rc;
}

static int find_close(struct asking *k, struct side *s)
{
    const tt_lexicon *lex = k->a->lex;
    int rc = 0;
    uint32_t *close = tt_arena_array(&k->arena, TT_MOST_CLOSE, sizeof *close);
    bool *occurs = tt_arena_array(&k->arena, k->a->n_topics + 1, sizeof *occurs);
    if (!close || !occurs)
        return tt_fail_memory(k->err);
    memset(occurs, 0, (k->a->n_topics + 1) * sizeof *occurs);
    for (size_t i = 0; i < k->facts.cells->n_cells; i++)
        occurs[k->facts.cells->cells[i].topic] = true;
    for (size_t i = 0; i < s->out->n_parts && rc == 0; i++) { /* of several the nearest each, in the room there is */
        uint32_t near[TT_MOST_CLOSE];
        size_t n = tt_query_close(lex, s->out->parts[i].label, occurs, near, &rc);
        n = n && s->out->n_parts > 1 ? 1 : n;
        for (size_t j = 0; j < n && s->out->n_close < TT_MOST_CLOSE; j++) {
            bool there = false;
            for (size_t m = 0; m < s->out->n_close; m++)
                there |= close[m] == near[j];
            if (!there)
                close[s->out->n_close++] = near[j];
        }
    }
    s->out->close = close;
    return rc == 0 ? 0 : tt_fail_memory(k->err);
}

/* Of a term of its own: the topic that most of its places count for, the most special of equals. */
static void find_holder(const struct asking *k, struct side *s)
{
    const tt_lexicon *lex = k->a->lex;
    uint32_t best = TT_DROP;
    if (s->out->asked.kind != TT_ASKED_TERM)
        return;
    for (uint32_t i = 0; i < lex->n_topics; i++)
        if (s->holders[i] &&
            (best == TT_DROP || s->holders[i] > s->holders[best] ||
             (s->holders[i] == s->holders[best] && lex->topics[i].n_broader > lex->topics[best].n_broader)))
            best = i;
    s->out->asked.holder = best;
    s->out->held = best == TT_DROP ? 0 : s->holders[best];
}

static int finish(struct asking *k)
{
    tt_reply *r = &k->reply;
    tt_buf text = {0};
    int rc = 0;
    r->n_sides = k->n_sides;
    r->n_paragraphs = k->n_paragraphs;
    for (size_t s = 0; s < k->n_sides; s++) {
        struct side *side = &k->side[s];
        const size_t n_topics = k->a->lex->n_topics;
        tt_beside *v = tt_arena_array(&k->arena, n_topics + 1, sizeof *v);
        if (!v)
            return tt_fail_memory(k->err);
        for (size_t i = 0; i < n_topics; i++)
            side->both[i] = k->filter.topic[i] ? side->both[i] : 0;
        side->out->beside = v;
        side->out->n_beside =
            tt_beside_rank(v, side->both, side->other, n_topics, k->n_paragraphs, side->out->n_paragraphs);
        find_holder(k, side);
        r->found |= side->out->answer.all.mentions > 0;
    }
    if (r->is_share)
        rc = tt_share_make(&r->share, &k->facts, &k->filter, &r->side[0].answer,
                           tt_run_way(k->a, 0)->index[TT_GROUP_BOTH], &k->arena, k->err);
    if (rc == 0 && k->n_sides == 2)
        count_meetings(k);
    for (size_t s = 0; s < k->n_sides && rc == 0; s++)
        if (r->side[s].answer.all.mentions == 0 && r->side[s].asked.kind != TT_ASKED_TOPIC &&
            r->side[s].asked.kind != TT_ASKED_ENTRY && r->side[s].elsewhere == 0)
            rc = find_close(k, &k->side[s]);
    const tt_answer *a = &r->side[0].answer;
    const tt_lang *lang = NULL;
    if (rc == 0)
        rc = tt_lang_find(&lang, NULL, k->err);
    if (rc == 0)
        r->incomplete = tt_summary_incomplete(&a->series, lang, a->from, a->to, &text, &k->arena);
    const bool failed = text.failed;
    tt_buf_release(&text);
    return rc == 0 && failed ? tt_fail_memory(k->err) : rc;
}

static int print(struct asking *k, const tt_output *how, FILE *to)
{
    tt_buf text = {0};
    if (how->format == TT_FORMAT_JSON) {
        if (tt_answer_json(&text, &k->reply) != 0)
            text.failed = true;
    } else {
        tt_answer_text(&text, &k->reply);
    }
    int rc = text.failed ? tt_fail_memory(k->err) : 0;
    if (rc == 0 && text.n && fwrite(text.p, 1, text.n, to) != text.n)
        rc = tt_fail(k->err, TT_EIO, NULL, 0, 0, "cannot write: %s", strerror(errno));
    tt_buf_release(&text);
    return rc;
}

static void end(struct asking *k)
{
    for (size_t s = 0; s < k->n_sides; s++)
        tt_table_release(&k->reply.side[s].quotes);
    for (size_t i = 0; i < k->a->n_queries; i++)
        tt_asking_release(&k->q[i]);
    tt_match_state_free(k->match);
    tt_free(k->seen);
    tt_free(k->topics);
    tt_reading_release(&k->r);
    tt_arena_release(&k->arena);
}

/* "gpt in 2020" beside "bert in 2021" */
static bool two_years(const tt_archive *a)
{
    const int first = tt_run_way(a, 0)->year, second = a->n_queries == 2 ? tt_run_way(a, 1)->year : 0;
    return first && second && first != second;
}

int tt_archive_ask(tt_archive *a, const tt_ask_options *options, const tt_select *sel, const tt_output *how, FILE *to,
                   bool *found, tt_err *err)
{
    char real[PATH_MAX];
    *found = false;
    if (a->n_queries == 0)
        return tt_fail(err, TT_EUSAGE, NULL, 0, 0, "the archive was opened without a query");
    if (two_years(a))
        return tt_fail(err, TT_EUSAGE, NULL, 0, 0,
                       "the queries ask for two years, %d and %d; both sides have one selection, such as --year",
                       tt_run_way(a, 0)->year, tt_run_way(a, 1)->year);
    if (options->context > TT_MOST_CONTEXT)
        return tt_fail(err, TT_EUSAGE, NULL, 0, 0, "at most %d characters stand on each side of a mention",
                       TT_MOST_CONTEXT);
    struct asking *k = tt_calloc(1, sizeof *k);
    if (!k)
        return tt_fail_memory(err);
    tt_select chosen;
    tt_run_select(a, sel, &chosen);
    const tt_provenance from = {a->totals, a->lexicon_hash, a->input_hash, &a->opt, &chosen};
    k->year = chosen.n_years > sel->n_years ? chosen.years[0] : 0;
    k->a = a;
    k->how = options;
    k->err = err;
    k->reply = (tt_reply){.facts = &k->facts,
                          .from = &from,
                          .zones = a->opt.zones,
                          .all = options->all,
                          .context = options->context,
                          .program = tt_str_of(options->program ? options->program : "tagtrend"),
                          .rest = tt_str_of(options->rest),
                          .color = how->color,
                          .links = options->links};
    if (options->links && realpath(".", real))
        k->reply.folder = tt_str_of(real);
    int rc = begin(k, &chosen);
    if (rc == 0)
        rc = gather(k);
    if (rc == 0)
        rc = finish(k);
    if (rc == 0)
        rc = print(k, how, to);
    *found = rc == 0 && k->reply.found;
    end(k);
    tt_free(k);
    return rc;
}
