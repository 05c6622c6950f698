/* In: an open archive, FILE:LINE. Out: what could match in that line, and what became of it. Not here: how it is found
 * (tag/why.c), how it looks (report/why.c). */
#include "base/unicode.h"
#include "report/why.h"
#include "run.h"
#include "tag/why.h"

#include <stdlib.h>
#include <string.h>

struct place {
    tt_str file;
    size_t line, column;
    bool narrow; /* a column is given; else it is 0 */
    uint32_t source;
};

/* ---- FILE:LINE:COLUMN ---- */

/* Takes `:digits` off the end. */
static bool cut_number(tt_str *s, size_t *number)
{
    size_t at = s->n;
    int64_t value;
    while (at > 0 && s->p[at - 1] >= '0' && s->p[at - 1] <= '9')
        at--;
    if (at < 2 || s->p[at - 1] != ':' || !tt_num_parse((tt_str){s->p + at, s->n - at}, &value))
        return false;
    *number = (size_t)value;
    s->n = at - 1;
    return true;
}

static tt_str without_dots(tt_str path)
{
    while (path.n > 2 && path.p[0] == '.' && path.p[1] == '/') {
        path.p += 2;
        path.n -= 2;
    }
    return path;
}

/* How a file may be named, from the most exact way on. */
enum { BY_PATH, BY_REAL_PATH, BY_NAME, BY_END, N_WAYS };

static bool is_real_path(const tt_source *s, const char *real)
{
    char resolved[PATH_MAX];
    return real && realpath(s->path.p, resolved) && strcmp(resolved, real) == 0;
}

static bool ends_so(tt_str path, tt_str end)
{
    return path.n > end.n && path.p[path.n - end.n - 1] == '/' && tt_str_ends(path, end);
}

static bool fits(const tt_source *s, int way, tt_str file, const char *real)
{
    switch (way) {
    case BY_PATH:
        return tt_str_eq(without_dots(s->path), file);
    case BY_REAL_PATH:
        return is_real_path(s, real);
    case BY_NAME:
        return tt_str_eq(s->rel, file) || tt_str_eq(s->issue, file);
    default:
        return ends_so(s->path, file);
    }
}

static int several(const tt_archive *a, tt_str file, int way, const char *real, tt_err *err)
{
    enum { SHOWN = 4 };
    tt_buf names = {0};
    size_t n = 0;
    for (size_t i = 0; i < a->sources.n; i++) {
        if (!fits(&a->sources.v[i], way, file, real))
            continue;
        if (n < SHOWN)
            tt_buf_f(&names, "%s%s", n ? ", " : "", a->sources.v[i].path.p);
        n++;
    }
    if (n > SHOWN)
        tt_buf_f(&names, " and %zu more", n - SHOWN);
    int rc = names.failed ? tt_fail_memory(err)
                          : tt_fail(err, TT_EUSAGE, NULL, 0, 0, "`%.*s` fits several files (%s); name one of them",
                                    (int)file.n, file.p, names.p);
    tt_buf_release(&names);
    return rc;
}

/* TT_OK with *found false: the archive has no such file. */
static int find_file(const tt_archive *a, tt_str file, uint32_t *source, bool *found, tt_err *err)
{
    char real[PATH_MAX], copy[TT_MAX_PATH];
    const char *resolved = NULL;
    file = without_dots(file);
    *found = false;
    if (file.n < sizeof copy) {
        memcpy(copy, file.p, file.n);
        copy[file.n] = '\0';
        resolved = realpath(copy, real);
    }
    for (int way = BY_PATH; way < N_WAYS && !*found; way++)
        for (size_t i = 0; i < a->sources.n; i++) {
            if (!fits(&a->sources.v[i], way, file, resolved))
                continue;
            if (*found && !tt_str_eq(a->sources.v[i].path, a->sources.v[*source].path))
                return several(a, file, way, resolved, err);
            if (!*found)
                *source = (uint32_t)i;
            *found = true;
        }
    return 0;
}

/* Of `a:3:5` the file may be `a`, or `a:3`. */
static int find_place(const tt_archive *a, const char *text, struct place *out, tt_err *err)
{
    struct place tries[2];
    size_t n = 0, last, before;
    bool found = false;
    int rc = 0;
    tt_str s = tt_str_of(text);
    s.n -= tt_str_ends(s, TT_S(":")); /* as `-f grep` prints it */
    if (!cut_number(&s, &last))
        return tt_fail(err, TT_EUSAGE, NULL, 0, 0, "a place is FILE:LINE or FILE:LINE:COLUMN, not `%s`", text);
    tt_str shorter = s;
    if (cut_number(&shorter, &before))
        tries[n++] = (struct place){.file = shorter, .line = before, .narrow = true, .column = last};
    tries[n++] = (struct place){.file = s, .line = last};
    for (size_t i = 0; i < n && rc == 0 && !found; i++) {
        *out = tries[i];
        rc = find_file(a, out->file, &out->source, &found, err);
    }
    if (rc == 0 && !found)
        return tt_fail(err, TT_EUSAGE, NULL, 0, 0,
                       "no file of the archive is `%.*s`; name the archive that holds it (-v says what was left out)",
                       (int)tries[0].file.n, tries[0].file.p);
    if (rc == 0 && (out->line == 0 || (out->narrow && out->column == 0)))
        return tt_fail(err, TT_EUSAGE, NULL, 0, 0, "lines and columns are counted from 1, not as in `%s`", text);
    return rc;
}

/* ---- the line ---- */

struct job {
    tt_archive *a;
    tt_filter filter;
    tt_arena arena;
    struct tt_reading r;
    tt_tokens tokens;
    uint32_t issue;
    uint32_t from, to;           /* bytes of the line, its end left out */
    uint32_t look_from, look_to; /* … and those that are asked for */
    tt_cursor cursor;            /* hits come nearly in order of place */
    tt_why_in in;
    tt_err *err;
};

/* Of a text with loci: what of it stands on the line, which may be all (a string of JSON is one line on disk). */
static bool find_locus_line(struct job *j, size_t wanted)
{
    const tt_text *text = &j->r.text;
    tt_cursor cursor = {0};
    size_t line, column, from = SIZE_MAX, to = 0;
    for (size_t at = 0; at < text->n; at++) {
        if (((unsigned char)text->data[at] & 0xC0) == 0x80)
            continue;
        tt_text_place(text, at, &cursor, &line, &column);
        if (line != wanted)
            continue;
        from = from == SIZE_MAX ? at : from;
        to = at + 1;
    }
    while (to > 0 && to < text->n && ((unsigned char)text->data[to] & 0xC0) == 0x80)
        to++;
    j->from = j->look_from = (uint32_t)from;
    j->to = j->look_to = (uint32_t)to;
    return from != SIZE_MAX;
}

static int find_line(struct job *j, const struct place *p)
{
    const tt_text *text = &j->r.text;
    if (text->n_loci > 0)
        return find_locus_line(j, p->line)
                   ? 0
                   : tt_fail(j->err, TT_EUSAGE, j->in.path.p, 0, 0, "no text of an issue stands on line %zu", p->line);
    size_t at = 0, lines = 1;
    for (const char *lf; lines < p->line && (lf = memchr(text->data + at, '\n', text->n - at)) != NULL; lines++)
        at = (size_t)(lf - text->data) + 1;
    if (lines < p->line || at == text->n) {
        lines -= at == text->n;
        return tt_fail(j->err, TT_EUSAGE, j->in.path.p, 0, 0, "it has %zu line%s; there is no line %zu", lines,
                       lines == 1 ? "" : "s", p->line);
    }
    const char *lf = memchr(text->data + at, '\n', text->n - at);
    j->from = j->look_from = (uint32_t)at;
    j->to = j->look_to = lf ? (uint32_t)(lf - text->data) : (uint32_t)text->n;
    return 0;
}

/* Narrows to the character that takes the column on disk. */
static int find_column(struct job *j, size_t column)
{
    tt_cursor cursor = {0};
    size_t line = 1, behind = 1;
    for (uint32_t at = j->from, next; column && at < j->to; at = next) {
        for (next = at + 1; next < j->to && ((unsigned char)j->r.text.data[next] & 0xC0) == 0x80;)
            next++;
        tt_text_place(&j->r.text, next, &cursor, &line, &behind);
        if (column < behind) {
            j->look_from = at;
            j->look_to = next;
            return 0;
        }
    }
    if (column == 0)
        return 0;
    return tt_fail(j->err, TT_EUSAGE, j->in.path.p, j->in.line, 0, "it has %zu column%s; there is no column %zu",
                   behind - 1, behind == 2 ? "" : "s", column);
}

/* ---- what the line is ---- */

static bool run_is_here(const struct job *j, const tt_run *run)
{
    return run->at < j->to && run->at + run->n_src > j->from;
}

static const char *name_of(const tt_block *b)
{
    static const char *const names[] = {
        [TT_BLOCK_PARAGRAPH] = "paragraph", [TT_BLOCK_ITEM] = "list item",  [TT_BLOCK_HEADING] = "heading",
        [TT_BLOCK_CELL] = "table",          [TT_BLOCK_CODE] = "code block", [TT_BLOCK_FRONT] = "front matter",
        [TT_BLOCK_ASIDE] = "markup"};
    return names[b->kind];
}

static bool is_blank(tt_str s)
{
    for (size_t i = 0, n; i < s.n; i += n) {
        uint32_t cp = 0;
        n = tt_utf8_decode(s.p + i, s.n - i, &cp);
        if (n == 0 || !tt_cp_space(cp))
            return false;
    }
    return true;
}

/* A block that has text here says what the line is, one of the flow of reading before what stands aside. */
static void describe(struct job *j)
{
    const tt_doc *doc = &j->r.doc;
    const tt_block *is = NULL, *before = NULL;
    for (uint32_t b = 0; b < doc->n_blocks; b++) {
        const tt_block *block = &doc->blocks[b];
        bool here = false;
        for (uint32_t i = block->first_run; i < block->first_run + block->n_runs; i++) {
            const tt_run *run = &doc->runs[i];
            if (!run_is_here(j, run))
                continue;
            here = true;
            j->in.zones |= 1u << (run->zone < block->overlay ? run->zone : block->overlay);
        }
        if (here && (!is || (is->kind == TT_BLOCK_ASIDE && block->kind != TT_BLOCK_ASIDE)))
            is = block;
        if (block->at < j->to)
            before = block;
    }
    bool in_front = j->from < j->r.front.body_at;
    j->in.what = is_blank(j->in.text) ? "blank" : is ? name_of(is) : in_front ? "front matter" : "markup";
    before = is ? is : before;
    j->in.section = j->a->survey.sections[before ? before->section : TT_SECTION_NONE];
}

/* ---- hits ---- */

static bool is_dropped(const struct job *j, const tt_hit *hit)
{
    for (uint32_t i = 0; i < hit->n_entries; i++)
        if (j->a->lex->entries[hit->entries[i]].topic == TT_DROP)
            return true;
    return false;
}

static int add_topics(struct job *j, tt_why_hit *h)
{
    const tt_lexicon *lex = j->a->lex;
    const tt_mention m = {.entries = h->hit.entries, .n_entries = h->hit.n_entries};
    size_t n = tt_mention_topics(lex, &m, NULL, NULL, 0);
    uint32_t *topics = tt_arena_array(&j->arena, n + 1, sizeof *topics);
    uint32_t *by = tt_arena_array(&j->arena, n + 1, sizeof *by);
    tt_why_topic *v = tt_arena_array(&j->arena, n + 1, sizeof *v);
    if (!topics || !by || !v)
        return TT_ENOMEM;
    tt_mention_topics(lex, &m, topics, by, n);
    for (uint32_t e = 0; e < m.n_entries; e++) {
        const tt_entry *entry = &lex->entries[m.entries[e]];
        const tt_route *ways = tt_why_ways(lex, entry, &j->arena);
        if (!ways)
            return TT_ENOMEM;
        for (size_t i = 0, k = 0; i < n; i++) { /* both rise */
            while (k < entry->n_counts && entry->counts[k] < topics[i])
                k++;
            if (by[i] != m.entries[e] || k == entry->n_counts)
                continue;
            v[i] = (tt_why_topic){.topic = topics[i],
                                  .entry = by[i],
                                  .also = ways[k].path[0] != entry->topic,
                                  .path = ways[k].path,
                                  .n_path = ways[k].n,
                                  .selected = j->filter.topic[topics[i]]};
        }
    }
    h->topics = v;
    h->n_topics = n;
    return 0;
}

static int add_hit(struct job *j, const tt_hit *hit, tt_why_hit *h)
{
    const tt_token *first = &j->tokens.v[hit->first];
    uint32_t section = j->r.doc.blocks[first->block].section;
    tt_str before, after;
    *h = (tt_why_hit){.hit = *hit,
                      .zone = first->zone,
                      .zone_counts = tt_run_counted(j->a, first->zone),
                      .section = j->a->survey.sections[section],
                      .section_selected = j->filter.section[section]};
    size_t last = tt_utf8_back(j->r.text.data, hit->end);
    tt_text_place(&j->r.text, hit->at, &j->cursor, &h->line, &h->column);
    tt_cursor end = j->cursor;
    tt_text_place(&j->r.text, last, &end, &h->end_line, &h->end_column);
    if (tt_run_context(&j->r, first, hit->vis, hit->n, TT_CONTEXT, &before, &h->surface, &after) != 0)
        return TT_ENOMEM;
    return hit->fate == TT_FATE_WON && !is_dropped(j, hit) ? add_topics(j, h) : 0;
}

static int find_hits(struct job *j)
{
    tt_hit *hits;
    size_t n;
    int rc = tt_why(j->a->lex, &j->r.doc, &j->tokens, j->look_from, j->look_to, &j->arena, &hits, &n, j->err);
    if (rc != 0)
        return rc;
    tt_why_hit *v = tt_arena_array(&j->arena, n + 1, sizeof *v);
    for (size_t i = 0; v && i < n; i++)
        if (add_hit(j, &hits[i], &v[i]) != 0)
            v = NULL;
    if (!v)
        return tt_fail_memory(j->err);
    j->in.hits = v;
    j->in.n_hits = n;
    return 0;
}

/* ---- the whole ---- */

static int explain_issue(struct job *j, const struct place *p, uint32_t nth)
{
    const tt_issue *issue = &j->a->survey.issues[nth];
    int rc;
    j->issue = nth;
    j->in = (tt_why_in){.path = issue->path,
                        .line = p->line,
                        .column = p->column,
                        .issue = issue,
                        .issue_selected = j->filter.issue[nth],
                        .counted = j->a->opt.zones,
                        .entries = j->a->lex->entries,
                        .topics = j->a->lex->topics};
    if ((rc = tt_run_read(j->a, nth, &j->r, &j->tokens, j->err)) != 0 || (rc = find_line(j, p)) != 0)
        return rc;
    j->in.text = (tt_str){j->r.text.data + j->from, j->to - j->from};
    if ((rc = find_column(j, p->column)) != 0)
        return rc;
    describe(j);
    return find_hits(j);
}

/* Of a file of many issues, the first one that has text at the place. */
static int explain(struct job *j, const struct place *p)
{
    const tt_source *s = &j->a->sources.v[p->source];
    int rc = TT_EINPUT;
    for (uint32_t i = 0; i < j->a->survey.n_issues; i++) {
        if (j->a->survey.issues[i].source != p->source)
            continue;
        rc = explain_issue(j, p, i);
        if (rc != TT_EUSAGE)
            return rc;
    }
    if (rc == TT_EUSAGE)
        return rc;
    if (j->a->seen[p->source].state == TT_SEEN_DRAFT)
        return tt_fail(j->err, TT_EUSAGE, s->path.p, 0, 0, "a draft, which is left out; --drafts reads it");
    if (j->a->seen[p->source].state == TT_SEEN_ISSUE)
        return tt_fail(j->err, TT_EUSAGE, s->path.p, 0, 0,
                       "a copy of another issue, which --drop-duplicates leaves out");
    return tt_fail(j->err, TT_EINPUT, s->path.p, 0, 0, "it could not be read, so nothing of it counts");
}

static int write_out(struct job *j, const tt_select *sel, const tt_output *how, FILE *to)
{
    const tt_archive *a = j->a;
    const tt_provenance from = {a->totals, a->lexicon_hash, a->input_hash, &a->opt, sel};
    tt_buf text = {0};
    int rc = how->format == TT_FORMAT_JSON ? tt_why_json(&text, &j->in, &from) : tt_why_text(&text, &j->in, how->color);
    if (rc != 0)
        tt_fail_memory(j->err);
    else if (text.n && fwrite(text.p, 1, text.n, to) != text.n)
        rc = tt_fail(j->err, TT_EIO, NULL, 0, 0, "cannot write the output");
    tt_buf_release(&text);
    return rc;
}

int tt_archive_why(tt_archive *a, const char *place, const tt_select *sel, const tt_output *how, FILE *to, tt_err *err)
{
    struct job j = {.a = a, .err = err};
    const tt_facts facts = tt_run_facts(a);
    struct place p = {0};
    if (how->format != TT_FORMAT_TEXT && how->format != TT_FORMAT_JSON)
        return tt_fail(err, TT_EUSAGE, NULL, 0, 0, "--why writes text or json");
    int rc = tt_filter_make(&j.filter, &facts, sel, &j.arena, err);
    if (rc == 0)
        rc = find_place(a, place, &p, err);
    if (rc == 0)
        rc = explain(&j, &p);
    if (rc == 0)
        rc = write_out(&j, sel, how, to);
    tt_reading_release(&j.r);
    tt_arena_release(&j.arena);
    return rc;
}
