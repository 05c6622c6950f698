/* In: archive arguments and options. Out: an open tt_archive: lexicon, survey, cells. Knows the order of the rooms:
 *     read/decode -> parse/markdown -> tag/token -> tag/match -> trend/count -> report/…
 * It goes over the files twice: once to survey, once to count or, for `mentions`, to tell the places; what an issue takes
 * in memory is given back before the next one.
 * Not here: any rule of counting, each stands in its room; what is made of an open archive (run_out.c). */
#include "run_query.h"

#include <stdlib.h>
#include <string.h>

#ifndef TT_DATADIR
#define TT_DATADIR "/usr/local/share/tagtrend"
#endif

void tt_options_init(tt_options *opt)
{
    *opt = (tt_options){.zones = TT_ZONES_DEFAULT};
}

/* ---- one issue, from bytes to a doc with sections ---- */

static void reading_reset(struct tt_reading *r)
{
    tt_text_release(&r->text);
    tt_arena_reset(&r->arena);
    tt_buf_reset(&r->bytes);
}

void tt_reading_release(struct tt_reading *r)
{
    reading_reset(r);
    tt_arena_release(&r->arena);
    tt_buf_release(&r->bytes);
}

static int read_bytes(tt_archive *a, const tt_source *s, tt_buf *to, tt_err *err)
{
    if (!tt_str_is(s->path, "-"))
        return tt_file_read(s->path.p, TT_MAX_FILE, to, err);
    if (!a->stdin_read) {
        int rc = tt_file_read("-", TT_MAX_FILE, &a->stdin_bytes, err);
        if (rc != 0)
            return rc;
        a->stdin_read = true;
    }
    tt_buf_str(to, (tt_str){a->stdin_bytes.p, a->stdin_bytes.n});
    return to->failed ? tt_fail_memory(err) : 0;
}

static int parse(tt_archive *a, const tt_source *s, struct tt_reading *r, tt_err *err)
{
    tt_parse_in in = {&r->text, r->front.body_at, r->front.title_at, r->front.n_title, a->names};
    r->markdown = s->markdown || tt_parse_looks_markdown(&r->text, r->front.kind != TT_FRONT_NONE);
    return r->markdown ? tt_parse_markdown(&in, &r->arena, &r->doc, err) : tt_parse_plain(&in, &r->arena, &r->doc, err);
}

/* Reads one file up to its title and headings. `quiet`: it has been read before, its warnings were told. */
static int read_issue(tt_archive *a, const tt_source *s, struct tt_reading *r, bool quiet, tt_err *err)
{
    int rc;
    reading_reset(r);
    if ((rc = read_bytes(a, s, &r->bytes, err)) != 0)
        return rc;
    r->hash = tt_hash(r->bytes.p, r->bytes.n, 0);
    if ((rc = tt_decode(r->bytes.p, r->bytes.n, !a->opt.no_repair, &r->text, err)) != 0 ||
        (rc = tt_front_read(&r->text, s->path.p, &r->arena, &r->front, quiet ? NULL : a->sink, err)) != 0 ||
        (rc = parse(a, s, r, err)) != 0)
        return rc;
    rc = tt_title_find(&r->text, &r->front, &r->doc, s->side_title, s->rel, &r->arena, &r->title);
    if (rc == 0)
        rc = tt_section_headings(&r->doc, a->names, r->title.block, &r->arena, &r->headings, &r->block_of,
                                 &r->n_headings);
    return rc == TT_ENOMEM ? tt_fail_memory(err) : rc;
}

/* ---- first pass: the survey ---- */

static void date_of(const tt_source *s, const struct tt_reading *r, tt_issue *to)
{
    to->date = s->side_date;
    to->date_source = TT_DATE_SIDE;
    if (to->date == TT_NO_DATE) {
        to->date = r->front.date;
        to->date_source = TT_DATE_METADATA;
    }
    if (to->date == TT_NO_DATE) {
        to->date = tt_date_in_path(s->rel);
        to->date_source = TT_DATE_NAME;
    }
    if (to->date == TT_NO_DATE)
        to->date_source = TT_DATE_NONE;
}

static int survey_issue(const tt_source *s, struct tt_reading *r, tt_survey *out, tt_err *err)
{
    tt_issue issue = {.issue = s->issue,
                      .path = s->path,
                      .rel = s->rel,
                      .archive = s->archive,
                      .title = r->title.text,
                      .title_source = (uint8_t)r->title.source,
                      .number = -1,
                      .number_given = s->side_number >= 0 ? s->side_number : r->front.number,
                      .format = r->markdown ? TT_S("markdown") : TT_S("text"),
                      .n_repaired = (uint32_t)r->text.n_repaired,
                      .hash = r->hash};
    uint64_t *hashes = tt_arena_array(&r->arena, r->doc.n_blocks, sizeof *hashes);
    size_t n = 0;
    tt_buf scratch = {0};
    if (!hashes)
        return tt_fail_memory(err);
    date_of(s, r, &issue);
    for (uint32_t b = 0; b < r->doc.n_blocks; b++)
        if (tt_section_block_hash(&r->doc, b, &scratch, &hashes[n]))
            n++;
    bool failed = scratch.failed;
    tt_buf_release(&scratch);
    if (failed)
        return tt_fail_memory(err);
    return tt_survey_add(out, &issue, r->headings, r->n_headings, hashes, n, err);
}

/* Surveys one file into *out. A file that cannot be read is told and skipped. */
static int survey_source(tt_archive *a, uint32_t i, struct tt_reading *r, tt_survey *out, tt_err *err)
{
    const tt_source *s = &a->sources.v[i];
    tt_err why = {0};
    int rc = read_issue(a, s, r, false, &why);
    if (rc == TT_ENOMEM)
        return tt_fail_memory(err);
    if (rc != 0) {
        a->seen[i].state = TT_SEEN_SKIPPED;
        tt_tell(a->sink, TT_SKIPPED, why.path[0] ? why.path : s->path.p, why.line, why.column, "skipped: %s", why.text);
        return 0;
    }
    if (r->front.draft && !a->opt.drafts && !s->named) {
        a->seen[i].state = TT_SEEN_DRAFT;
        tt_tell(a->sink, TT_DETAIL, s->path.p, 0, 0, "left out: a draft; --drafts reads it");
        return 0;
    }
    a->seen[i].state = TT_SEEN_ISSUE;
    tt_digest_of(r->bytes.p, r->bytes.n, a->seen[i].digest);
    return survey_issue(s, r, out, err);
}

int tt_run_survey(tt_archive *a, const uint32_t *sources, size_t n, struct tt_reading *r, tt_survey *out, tt_err *err)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < n; i++) {
        rc = survey_source(a, sources ? sources[i] : (uint32_t)i, r, out, err);
        if (a->sink && a->sink->progress)
            a->sink->progress(a->sink->ctx, i + 1, 2 * n);
    }
    return rc;
}

/* One sum over all that was read: names, what the side file says, contents. */
static int digest_input(tt_archive *a, tt_err *err)
{
    tt_digest *d = NULL;
    int rc = tt_digest_new(&d, err);
    for (size_t i = 0; rc == 0 && i < a->sources.n; i++) {
        const tt_source *s = &a->sources.v[i];
        char side[64];
        if (a->seen[i].state != TT_SEEN_ISSUE)
            continue;
        int n = snprintf(side, sizeof side, "|%lld|%ld|", (long long)s->side_number, (long)s->side_date);
        tt_digest_add(d, s->issue.p, s->issue.n + 1);
        tt_digest_add(d, s->side_title.p ? s->side_title.p : "", s->side_title.n);
        tt_digest_add(d, side, (size_t)n);
        tt_digest_add(d, a->seen[i].digest, sizeof a->seen[i].digest);
    }
    tt_digest_end(d, a->input_hash);
    return rc;
}

static int survey_all(tt_archive *a, struct tt_reading *r, tt_err *err)
{
    size_t n = 0;
    a->seen = tt_calloc(a->sources.n + 1, sizeof *a->seen);
    a->source_of = tt_calloc(a->sources.n + 1, sizeof *a->source_of);
    if (!a->seen || !a->source_of)
        return tt_fail_memory(err);
    int rc = tt_run_survey(a, NULL, a->sources.n, r, &a->survey, err);
    for (size_t i = 0; rc == 0 && i < a->sources.n; i++) {
        a->totals.n_skipped += a->seen[i].state == TT_SEEN_SKIPPED;
        a->totals.n_drafts += a->seen[i].state == TT_SEEN_DRAFT;
        if (a->seen[i].state == TT_SEEN_ISSUE)
            a->source_of[n++] = (uint32_t)i; /* the survey sorts as the walk did: by archive, then path */
    }
    if (rc == 0)
        rc = digest_input(a, err);
    return rc == 0 ? tt_survey_finish(&a->survey, a->opt.no_infer, a->sink, err) : rc;
}

/* ---- second pass: tokens, mentions, cells ---- */

static uint32_t look_known(void *ctx, int level, tt_str key)
{
    return tt_survey_section(ctx, level, key);
}

static uint32_t look_named(void *ctx, tt_str name)
{
    return tt_survey_section_named(ctx, name);
}

static bool look_boilerplate(void *ctx, uint64_t hash)
{
    return tt_survey_boilerplate(ctx, hash);
}

int tt_run_read(tt_archive *a, uint32_t issue, struct tt_reading *r, tt_tokens *tokens, tt_err *err)
{
    const tt_issue *is = &a->survey.issues[issue];
    const tt_section_lookup look = {&a->survey, look_known, look_named, look_boilerplate, a->survey.n_issues == 1};
    int rc = read_issue(a, &a->sources.v[a->source_of[issue]], r, true, err);
    if (rc == 0 && r->hash != is->hash)
        rc = tt_fail(err, TT_EINPUT, is->path.p, 0, 0, "changed while it was being read; run again");
    if (rc == 0)
        rc = tt_section_lay(&r->doc, &r->text, r->headings, r->block_of, r->n_headings, &look, r->title.text, &r->arena,
                            err);
    return rc == 0 ? tt_tokenize(&r->doc, &r->arena, tokens, err) : rc;
}

struct counting {
    tt_archive *a;
    struct tt_reading *r;
    const tt_tokens *tokens;
    tt_cells *cells;
    uint32_t issue;
    uint32_t *words;       /* by block */
    uint32_t *topics, *by; /* scratch, one for each topic */
    tt_asking asking[2 * TT_MAX_WAYS];
    size_t n_asking;
    tt_err *err;
};

bool tt_run_counted(const tt_archive *a, unsigned zone)
{
    return (a->opt.zones >> zone) & 1;
}

static int count_mention(void *ctx, const tt_mention *m)
{
    struct counting *c = ctx;
    const tt_token *t = &c->tokens->v[m->first];
    const uint32_t section = c->r->doc.blocks[t->block].section;
    uint32_t nth;
    for (size_t i = 0; i < c->n_asking; i++)
        if (tt_asking_hit(&c->asking[i], m, c->err) != 0)
            return TT_ENOMEM;
    if (!tt_run_counted(c->a, t->zone))
        return 0;
    if (tt_cells_part(c->cells, c->issue, section, 0, 1, &nth) != 0)
        return tt_fail_memory(c->err);
    size_t n = tt_mention_topics(c->a->lex, m, c->topics, c->by, c->a->lex->n_topics);
    for (size_t i = 0; i < n; i++)
        if (tt_cells_add(c->cells, c->issue, nth, section, c->topics[i], 1) != 0)
            return tt_fail_memory(c->err);
    return 0;
}

/* The denominators. A section is there when its heading is, or when it has a counted word or mention. */
static int count_words(struct counting *c)
{
    const tt_doc *doc = &c->r->doc;
    for (size_t i = 0; i < c->tokens->n; i++) {
        const tt_token *t = &c->tokens->v[i];
        c->words[t->block] += t->kind == TT_TOKEN_WORD && t->first && tt_run_counted(c->a, t->zone);
    }
    for (uint32_t b = 0; b < doc->n_blocks; b++) {
        const tt_block *block = &doc->blocks[b];
        bool opens = block->overlay == TT_ZONE_SECTION ||
                     (block->kind == TT_BLOCK_HEADING && block->section == TT_SECTION_OTHER);
        uint32_t nth;
        if ((opens || c->words[b]) && tt_cells_part(c->cells, c->issue, block->section, c->words[b], 0, &nth) != 0)
            return tt_fail_memory(c->err);
    }
    return 0;
}

static int count_issue(struct counting *c, tt_match_state *match)
{
    size_t size = c->r->doc.n_blocks * sizeof *c->words;
    c->words = tt_arena_alloc(&c->r->arena, size);
    if (!c->words)
        return tt_fail_memory(c->err);
    memset(c->words, 0, size);
    for (size_t i = 0; i < c->n_asking; i++)
        tt_asking_begin(&c->asking[i]);
    int rc = count_words(c);
    rc = rc == 0 ? tt_match(match, &c->r->doc, c->tokens, count_mention, c, c->err) : rc;
    for (size_t i = 0; i < c->n_asking && rc == 0; i++) {
        rc = tt_asking_end(&c->asking[i], &c->r->doc, c->tokens, c->err);
        rc = rc == 0 ? tt_asking_count(&c->asking[i], c->issue, &c->r->doc, c->cells, c->err) : rc;
    }
    return rc;
}

static int begin_asking(struct counting *c)
{
    int rc = 0;
    for (size_t i = 0; i < c->a->n_queries; i++)
        for (size_t k = 0; k < c->a->queries[i].n_ways && rc == 0; k++)
            rc = tt_asking_init(&c->asking[c->n_asking++], c->a, &c->a->queries[i].ways[k], c->err);
    return rc;
}

int tt_run_count(tt_archive *a, const uint32_t *issues, size_t n, struct tt_reading *r, tt_cells *out, tt_links *links,
                 tt_err *err)
{
    tt_match_state *match = NULL;
    tt_tokens tokens = {0};
    size_t n_topics = a->lex->n_topics + 1;
    struct counting c = {.a = a, .r = r, .tokens = &tokens, .cells = out, .err = err};
    int rc = tt_match_state_new(&match, a->lex, err);
    c.topics = tt_calloc(n_topics, sizeof *c.topics);
    c.by = tt_calloc(n_topics, sizeof *c.by);
    if (rc == 0 && (!c.topics || !c.by))
        rc = tt_fail_memory(err);
    if (rc == 0)
        rc = begin_asking(&c);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        c.issue = issues ? issues[i] : (uint32_t)i;
        rc = tt_run_read(a, c.issue, r, &tokens, err);
        if (rc == 0)
            rc = count_issue(&c, match);
        if (rc == 0 && links && tt_links_add(links, &r->doc, c.issue, a->opt.zones) != 0)
            rc = tt_fail_memory(err);
        if (a->sink && a->sink->progress)
            a->sink->progress(a->sink->ctx, n + i + 1, 2 * n);
    }
    for (size_t i = 0; i < c.n_asking; i++)
        tt_asking_release(&c.asking[i]);
    tt_free(c.topics);
    tt_free(c.by);
    tt_match_state_free(match);
    return rc;
}

static int count_all(tt_archive *a, struct tt_reading *r, tt_err *err)
{
    if (tt_links_begin(&a->links, a->survey.issues, a->survey.n_issues, a->name) != 0)
        return tt_fail_memory(err);
    int rc = tt_run_count(a, NULL, a->survey.n_issues, r, &a->cells, &a->links, err);
    if (rc != 0)
        return rc;
    rc = tt_cells_finish(&a->cells);
    if (rc == TT_ELIMIT)
        return tt_fail(err, rc, NULL, 0, 0, "too many mentions for one run; read the archive in parts");
    return rc == 0 ? tt_run_choose(a, err) : tt_fail_memory(err);
}

static void add_totals(tt_archive *a)
{
    a->totals.n_read = a->survey.n_issues;
    for (size_t i = 0; i < a->survey.n_issues; i++) {
        const tt_issue *is = &a->survey.issues[i];
        a->totals.n_undated += is->date == TT_NO_DATE;
        a->totals.n_inferred += is->date_source == TT_DATE_INFERRED;
        a->totals.n_repaired += is->n_repaired > 0;
    }
    for (size_t i = 0; i < a->cells.n_parts; i++) {
        a->totals.n_words += a->cells.parts[i].words;
        a->totals.n_mentions += a->cells.parts[i].places;
    }
}

/* ---- lexicon and section names ---- */

static int load_names(tt_archive *a, const char *path, tt_digest *d, tt_err *err)
{
    tt_buf csv = {0};
    int rc = tt_file_read(path, TT_MAX_FILE, &csv, err);
    if (rc == 0) {
        tt_digest_add(d, csv.p, csv.n);
        rc = tt_section_names_read(a->names, path, (tt_str){csv.p, csv.n}, a->sink, err);
    }
    tt_buf_release(&csv);
    return rc;
}

static int load_file(tt_lexicon_builder *b, const char *path, tt_err *err)
{
    tt_buf csv = {0};
    int rc = tt_file_read(path, TT_MAX_FILE, &csv, err);
    if (rc == 0)
        rc = tt_lexicon_add(b, path, (tt_str){csv.p, csv.n}, err);
    tt_buf_release(&csv);
    return rc;
}

static int load_folder(tt_archive *a, tt_lexicon_builder *b, const char *path, tt_digest *d, tt_err *err)
{
    tt_names names = {0};
    tt_buf file = {0};
    size_t n_files = 0;
    int rc = tt_folder_list(path, &names, err);
    for (size_t i = 0; rc == 0 && i < names.n; i++) {
        if (names.v[i][0] == '.' || !tt_str_ends(tt_str_of(names.v[i]), TT_S(".csv")))
            continue;
        bool sections = strcmp(names.v[i], "sections.csv") == 0;
        tt_buf_reset(&file);
        tt_buf_f(&file, "%s/%s", path, names.v[i]);
        if (file.failed)
            rc = tt_fail_memory(err);
        else if (!sections)
            rc = load_file(b, file.p, err);
        else if (!a->opt.section_names)
            rc = load_names(a, file.p, d, err);
        n_files += !sections;
    }
    if (rc == 0 && n_files == 0)
        rc = tt_fail(err, TT_EINPUT, path, 0, 0, "no .csv file is in this folder, so there is no lexicon");
    tt_names_release(&names);
    tt_buf_release(&file);
    return rc;
}

int tt_run_lexicon(tt_archive *a, bool lenient, tt_err *err)
{
    static const char *const here[] = {"lexicons"}, *const installed[] = {TT_DATADIR "/lexicons"};
    const char *const *paths = a->opt.lexicon;
    size_t n = a->opt.n_lexicon;
    tt_lexicon_builder *b = NULL;
    tt_digest *d = NULL;
    if (n == 0) {
        paths = tt_file_kind_of(here[0]) == TT_FILE_FOLDER ? here : installed;
        n = 1;
        if (paths == installed && tt_file_kind_of(installed[0]) != TT_FILE_FOLDER)
            return tt_fail(err, TT_EUSAGE, NULL, 0, 0, "there is no lexicon: name one with -l FILE or -l FOLDER");
    }
    int rc = tt_digest_new(&d, err);
    if (rc == 0)
        rc = tt_section_names_new(&a->names, err);
    if (rc == 0)
        rc = tt_lexicon_builder_new(&b, a->sink, err);
    if (rc == 0 && lenient)
        tt_lexicon_builder_lenient(b);
    if (rc == 0 && a->opt.section_names)
        rc = load_names(a, a->opt.section_names, d, err);
    for (size_t i = 0; rc == 0 && i < n; i++)
        rc = tt_file_kind_of(paths[i]) == TT_FILE_FOLDER ? load_folder(a, b, paths[i], d, err)
                                                         : load_file(b, paths[i], err);
    if (b) { /* finishing frees it, also after a failure, whose error stays */
        tt_err later = {0};
        int finished = tt_lexicon_finish(b, &a->lex, rc == 0 ? err : &later);
        rc = rc == 0 ? finished : rc;
    }
    if (rc == 0)
        tt_digest_add(d, a->lex->digest, strlen(a->lex->digest));
    tt_digest_end(d, a->lexicon_hash);
    return rc;
}

/* ---- opening and closing ---- */

/* `.` and `..` name nothing: what they stand for does. In the caller's buffer. */
static tt_str name_of(const char *path, char real[PATH_MAX])
{
    tt_str s = tt_str_of(path);
    size_t n = s.n;
    while (n > 1 && s.p[n - 1] == '/')
        n--;
    if ((tt_str_ends((tt_str){s.p, n}, TT_S("/.")) || tt_str_ends((tt_str){s.p, n}, TT_S("/..")) ||
         tt_str_eq((tt_str){s.p, n}, TT_S(".")) || tt_str_eq((tt_str){s.p, n}, TT_S(".."))) &&
        realpath(path, real))
        s = tt_str_of(real);
    while (s.n > 1 && s.p[s.n - 1] == '/')
        s.n--;
    for (size_t i = s.n; i > 0; i--)
        if (s.p[i - 1] == '/' && i < s.n)
            return (tt_str){s.p + i, s.n - i};
    return s;
}

int tt_archive_open(tt_archive **out, const tt_options *opt, const char *const *paths, size_t n_paths,
                    const tt_sink *sink, tt_err *err)
{
    static const char *const here[] = {"."};
    struct tt_reading r = {0};
    tt_archive *a = tt_calloc(1, sizeof *a);
    *out = NULL;
    if (!a)
        return tt_fail_memory(err);
    a->opt = *opt;
    if (sink) {
        a->sink_copy = *sink;
        a->sink = &a->sink_copy;
    }
    tt_survey_init(&a->survey);
    if (n_paths == 0) {
        paths = here;
        n_paths = 1;
    }
    a->name = name_of(paths[0], a->name_buf);
    int rc = tt_run_lexicon(a, false, err);
    if (rc == 0)
        rc = tt_run_ask(a, err);
    if (rc == 0)
        rc = tt_sources_walk(&a->sources, &a->opt, paths, n_paths, a->sink, err);
    if (rc == 0)
        rc = survey_all(a, &r, err);
    if (rc == 0 && !a->opt.no_counts)
        rc = count_all(a, &r, err);
    tt_reading_release(&r);
    if (rc != 0) {
        tt_archive_free(a);
        return rc;
    }
    add_totals(a);
    if (a->opt.no_counts && a->sink && a->sink->progress) /* what follows goes to the reader as it is found */
        a->sink->progress(a->sink->ctx, 1, 1);
    *out = a;
    return 0;
}

void tt_archive_free(tt_archive *a)
{
    if (!a)
        return;
    for (size_t i = 0; i < a->n_queries; i++)
        tt_query_release(&a->queries[i]);
    tt_arena_release(&a->query_arena);
    tt_cells_release(&a->cells);
    tt_links_release(&a->links);
    tt_survey_release(&a->survey);
    tt_sources_release(&a->sources);
    tt_lexicon_free(a->lex);
    tt_section_names_free(a->names);
    tt_buf_release(&a->stdin_bytes);
    tt_free(a->source_of);
    tt_free(a->seen);
    tt_free(a);
}

void tt_archive_totals(const tt_archive *a, tt_totals *out)
{
    *out = a->totals;
}
