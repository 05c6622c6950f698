/* In: archive arguments and options. Out: an open tt_archive: lexicon, survey, cells. Knows the order of the rooms:
 *     read/decode -> parse/markdown -> tag/token -> tag/match -> trend/count -> report/…
 * Where nothing is asked, tag/scan stands for tag/token and tag/match.
 * It goes over the files twice: once to survey, once to count or, for `mentions`, to tell the places; what an issue takes
 * in memory is given back before the next one.
 * Not here: any rule of counting, each stands in its room; what is made of an open archive (run_out.c). */
#include "base/unicode.h"
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

/* ---- first pass: the survey ---- */

/* A date in the file's name is not that of each record in the file. */
static void date_of(const tt_source *s, const tt_record *rec, const struct tt_reading *r, tt_issue *to)
{
    to->date = rec->name.n ? TT_NO_DATE : s->side_date; /* the side file is about files */
    to->date_source = TT_DATE_SIDE;
    if (to->date == TT_NO_DATE) {
        to->date = r->front.date;
        to->date_source = TT_DATE_METADATA;
    }
    if (to->date == TT_NO_DATE) {
        to->date = tt_date_in_path(rec->name.n ? rec->name : s->rel);
        to->date_source = TT_DATE_NAME;
    }
    if (to->date == TT_NO_DATE)
        to->date_source = TT_DATE_NONE;
}

/* `path#record`; the record's name is the file's, so what is no UTF-8 in it is shown so. */
static int name_issue(const tt_source *s, const tt_record *rec, struct tt_reading *r, tt_str *out)
{
    tt_buf name = {0};
    *out = s->issue;
    if (rec->name.n == 0)
        return 0;
    tt_buf_str(&name, s->issue);
    tt_buf_char(&name, '#');
    tt_utf8_show(rec->name.p, rec->name.n, &name);
    int rc = name.failed ? TT_ENOMEM : tt_one_line(&r->arena, (tt_str){name.p, name.n}, false, out);
    tt_buf_release(&name);
    return rc;
}

/* The issue's headings, and behind them the format's own section, as if a line said it. */
static int headings_of(tt_archive *a, struct tt_reading *r, const tt_heading **out, size_t *n)
{
    *out = r->headings;
    *n = r->n_headings;
    if (r->section.n == 0)
        return 0;
    tt_heading *v = tt_arena_array(&r->arena, *n + 1, sizeof *v);
    tt_heading own = {.listed = true, .name = r->section};
    if (!v || tt_section_name(&r->arena, r->section, &own.name) != 0 ||
        tt_section_key(&r->arena, own.name, &own.key) != 0)
        return TT_ENOMEM;
    if (tt_section_names_find(a->names, own.key, &own.name) && tt_section_key(&r->arena, own.name, &own.key) != 0)
        return TT_ENOMEM;
    r->section = own.name;
    if (*n)
        memcpy(v, r->headings, *n * sizeof *v);
    v[*n] = own;
    *out = v;
    *n += own.key.n > 0;
    return 0;
}

static int survey_issue(tt_archive *a, const tt_record *rec, struct tt_reading *r, tt_survey *out, tt_err *err)
{
    const tt_source *s = &a->sources.v[r->source];
    tt_issue issue = {.issue = s->issue,
                      .path = s->path,
                      .rel = s->rel,
                      .archive = s->archive,
                      .source = r->source,
                      .record = r->opened.next - 1,
                      .title = r->title.text,
                      .title_source = (uint8_t)r->title.source,
                      .number = -1,
                      .number_given = s->side_number >= 0 && rec->name.n == 0 ? s->side_number : r->front.number,
                      .format = r->format,
                      .n_repaired = (uint32_t)r->text.n_repaired,
                      .hash = r->hash};
    const tt_heading *headings;
    size_t n_headings, n = 0;
    uint64_t *hashes = tt_arena_array(&r->arena, r->doc.n_blocks, sizeof *hashes);
    tt_buf scratch = {0};
    if (!hashes || name_issue(s, rec, r, &issue.issue) != 0 || headings_of(a, r, &headings, &n_headings) != 0)
        return tt_fail_memory(err);
    issue.section = r->section;
    date_of(s, rec, r, &issue);
    for (uint32_t b = 0; b < r->doc.n_blocks; b++)
        if (tt_section_block_hash(&r->doc, b, &scratch, &hashes[n]))
            n++;
    bool failed = scratch.failed;
    tt_buf_release(&scratch);
    if (failed)
        return tt_fail_memory(err);
    return tt_survey_add(out, &issue, headings, n_headings, hashes, n, err);
}

static void tell_skipped(tt_archive *a, const tt_source *s, const tt_err *why)
{
    a->totals.n_skipped++;
    tt_tell(a->sink, TT_SKIPPED, why->path[0] ? why->path : s->path.p, why->line, why->column, "skipped: %s",
            why->text);
}

static void tell_left_out(tt_archive *a, const tt_source *s, const tt_record *rec, const char *why)
{
    const char *name = rec->name.n ? rec->name.p : "";
    tt_tell(a->sink, TT_DETAIL, s->path.p, rec->line, 0, "%.*s%sleft out: %s",
            (int)(rec->name.n < 200 ? rec->name.n : 200), name, rec->name.n ? ": " : "", why);
}

/* One record into *out, unless it is no issue. A negative status is about this record alone, but for TT_ENOMEM. */
static int survey_record(tt_archive *a, const tt_record *rec, struct tt_reading *r, tt_survey *out, tt_digest *digest,
                         tt_err *err)
{
    const tt_source *s = &a->sources.v[r->source];
    struct tt_seen *seen = &a->seen[r->source];
    if (rec->left_out) {
        tell_left_out(a, s, rec, rec->left_out);
        return 0;
    }
    int rc = tt_run_record(a, rec, r, false, err);
    if (rc != 0)
        return rc;
    if (r->front.draft && !a->opt.drafts && !(s->named && rec->name.n == 0)) {
        seen->state = seen->state == TT_SEEN_NOT ? TT_SEEN_DRAFT : seen->state;
        a->totals.n_drafts++;
        tell_left_out(a, s, rec, "a draft; --drafts reads it");
        return 0;
    }
    seen->state = TT_SEEN_ISSUE;
    const double start = tt_profile_start(r->profile);
    a->n_bytes += rec->text.n;
    if (digest)
        tt_digest_add(digest, rec->text.p, rec->text.n);
    rc = survey_issue(a, rec, r, out, err);
    tt_profile_stop(r->profile, TT_STAGE_SURVEY, start, r->doc.n_vis);
    return rc;
}

static void tell_unknown(tt_archive *a, const tt_source *s)
{
    const bool asked = s->named;
    const char *what = s->named ? "skipped" : "left out";
    if (a->opt.text_field)
        tt_tell(a->sink, asked ? TT_SKIPPED : TT_DETAIL, s->path.p, 0, 0,
                "%s: of no known format, and no rows with a column `%.100s`", what, a->opt.text_field);
    else
        tt_tell(a->sink, asked ? TT_SKIPPED : TT_DETAIL, s->path.p, 0, 0,
                "%s: of no known format; rows are read where --text-field names their text", what);
}

/* Surveys one file into *out. What cannot be read is told and skipped. */
static int survey_source(tt_archive *a, uint32_t i, struct tt_reading *r, tt_survey *out, tt_err *err)
{
    const tt_source *s = &a->sources.v[i];
    tt_digest *digest = NULL;
    tt_record rec;
    tt_err why = {0};
    int rc = a->opt.no_input_hash ? 0 : tt_digest_new(&digest, err);
    if (rc != 0)
        return rc;
    if (s->given_out) {
        tt_digest_end(digest, a->seen[i].digest);
        tell_left_out(a, s, &(tt_record){0}, s->given_out);
        return 0;
    }
    rc = tt_run_open(a, i, r, false, &why);
    bool unknown = rc == TT_OPEN_UNKNOWN;
    while (rc == 0) {
        int got = tt_run_next(r, &rec, &why);
        if (got == TT_RECORD_END)
            break;
        rc = got < 0 ? got : 0;
        int one = got == TT_RECORD ? survey_record(a, &rec, r, out, digest, &why) : TT_EINPUT;
        if (rc == 0 && one == TT_ENOMEM)
            rc = one;
        if (rc == 0 && one != 0)
            tell_skipped(a, s, &why);
        if (rc == 0) /* else it is told below */
            why = (tt_err){0};
    }
    tt_digest_end(digest, a->seen[i].digest);
    if (rc == TT_ENOMEM)
        return tt_fail_memory(err);
    if (rc < 0) {
        a->seen[i].state = a->seen[i].state == TT_SEEN_NOT ? TT_SEEN_SKIPPED : a->seen[i].state;
        tell_skipped(a, s, &why);
    }
    if (unknown)
        tell_unknown(a, s);
    return 0;
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
    tt_digest_end(d, a->input_hash_buf);
    a->input_hash = a->input_hash_buf;
    return rc;
}

static int survey_all(tt_archive *a, struct tt_reading *r, tt_err *err)
{
    a->seen = tt_calloc(a->sources.n + 1, sizeof *a->seen);
    if (!a->seen)
        return tt_fail_memory(err);
    int rc = tt_run_survey(a, NULL, a->sources.n, r, &a->survey, err);
    const double start = tt_profile_start(a->opt.profile);
    if (rc == 0 && !a->opt.no_input_hash)
        rc = digest_input(a, err);
    if (rc == 0)
        rc = tt_survey_finish(&a->survey, a->opt.no_infer, a->sink, err);
    tt_profile_stop(a->opt.profile, TT_STAGE_SURVEY, start, 0);
    return rc == 0 && a->opt.duplicates == TT_DUPLICATES_DROP ? tt_run_drop_twins(a, r, err) : rc;
}

/* ---- second pass: tokens, mentions, cells ---- */

/* A mention in a section, or, behind it, one of its topics. */
struct found {
    uint32_t section, topic; /* TT_DROP: the mention */
};

struct counting {
    tt_archive *a;
    struct tt_reading *r;
    const tt_tokens *tokens; /* where something is asked; else the scan takes their place */
    tt_scan_state *scan;
    struct found *found; /* of an issue: parts are numbered by their words first */
    size_t n_found, cap_found;
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
    const uint32_t section = c->r->doc.blocks[m->block].section;
    for (size_t i = 0; i < c->n_asking; i++)
        if (tt_asking_hit(&c->asking[i], m, c->err) != 0)
            return TT_ENOMEM;
    if (!tt_run_counted(c->a, m->zone))
        return 0;
    size_t n = tt_mention_topics(c->a->lex, m, c->topics, c->by, c->a->lex->n_topics);
    if (tt_grow(&c->found, &c->cap_found, c->n_found + 1 + n, sizeof *c->found) != 0)
        return tt_fail_memory(c->err);
    c->found[c->n_found++] = (struct found){section, TT_DROP};
    for (size_t i = 0; i < n; i++)
        c->found[c->n_found++] = (struct found){section, c->topics[i]};
    return 0;
}

static int count_found(struct counting *c)
{
    uint32_t nth = 0;
    int rc = 0;
    for (size_t i = 0; i < c->n_found && rc == 0; i++) {
        const struct found *f = &c->found[i];
        rc = f->topic == TT_DROP ? tt_cells_part(c->cells, c->issue, f->section, 0, 1, &nth)
                                 : tt_cells_add(c->cells, c->issue, nth, f->section, f->topic, 1);
    }
    return rc == 0 ? 0 : tt_fail_memory(c->err);
}

/* The denominators. A section is there when its heading is, or when it has a counted word or mention. */
static int count_words(struct counting *c)
{
    const tt_doc *doc = &c->r->doc;
    for (size_t i = 0; c->tokens && i < c->tokens->n; i++) {
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
    c->n_found = 0;
    double start = tt_profile_start(c->r->profile);
    int rc = c->tokens ? tt_match(match, &c->r->doc, c->tokens, count_mention, c, c->err)
                       : tt_scan(c->scan, &c->r->doc, c->a->opt.zones, c->words, count_mention, c, c->err);
    tt_profile_stop(c->r->profile, TT_STAGE_SCAN, start, c->r->doc.n_vis);
    start = tt_profile_start(c->r->profile);
    rc = rc == 0 ? count_words(c) : rc;
    rc = rc == 0 ? count_found(c) : rc;
    for (size_t i = 0; i < c->n_asking && rc == 0; i++) {
        rc = tt_asking_end(&c->asking[i], &c->r->doc, c->tokens, c->err);
        rc = rc == 0 ? tt_asking_count(&c->asking[i], c->issue, &c->r->doc, c->cells, c->err) : rc;
    }
    tt_profile_stop(c->r->profile, TT_STAGE_COUNT, start, c->n_found * sizeof *c->found);
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
    struct counting c = {.a = a, .r = r, .tokens = a->n_queries ? &tokens : NULL, .cells = out, .err = err};
    int rc = a->n_queries ? tt_match_state_new(&match, a->lex, err) : tt_scan_state_new(&c.scan, a->lex, err);
    c.topics = tt_calloc(n_topics, sizeof *c.topics);
    c.by = tt_calloc(n_topics, sizeof *c.by);
    if (rc == 0 && (!c.topics || !c.by))
        rc = tt_fail_memory(err);
    if (rc == 0)
        rc = begin_asking(&c);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        c.issue = issues ? issues[i] : (uint32_t)i;
        rc = tt_run_read(a, c.issue, r, a->n_queries ? &tokens : NULL, err);
        if (rc == 0)
            rc = count_issue(&c, match);
        const double start = tt_profile_start(r->profile);
        if (rc == 0 && tt_run_sketches(a))
            rc = tt_run_sketch(a, &r->doc, c.issue, err);
        if (rc == 0 && links && tt_links_add(links, &r->doc, c.issue, a->opt.zones) != 0)
            rc = tt_fail_memory(err);
        tt_profile_stop(r->profile, TT_STAGE_COUNT, start, 0);
        if (a->sink && a->sink->progress)
            a->sink->progress(a->sink->ctx, n + i + 1, 2 * n);
    }
    for (size_t i = 0; i < c.n_asking; i++)
        tt_asking_release(&c.asking[i]);
    tt_free(c.topics);
    tt_free(c.by);
    tt_free(c.found);
    tt_scan_state_free(c.scan);
    tt_match_state_free(match);
    return rc;
}

static int count_all(tt_archive *a, struct tt_reading *r, tt_err *err)
{
    tt_links *links = a->opt.no_links ? NULL : &a->links;
    if (links && tt_links_begin(links, a->survey.issues, a->survey.n_issues, a->name) != 0)
        return tt_fail_memory(err);
    int rc = tt_run_count(a, NULL, a->survey.n_issues, r, &a->cells, links, err);
    if (rc == 0 && tt_run_sketches(a))
        rc = tt_run_tell_twins(a, r, err);
    if (rc != 0)
        return rc;
    const double start = tt_profile_start(a->opt.profile);
    rc = tt_cells_finish(&a->cells);
    tt_profile_stop(a->opt.profile, TT_STAGE_COUNT, start, 0);
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
    const double start = tt_profile_start(a->opt.profile);
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
    tt_profile_stop(a->opt.profile, TT_STAGE_LEXICON, start, 0);
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
    tt_sources_init(&a->sources);
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
    double start = tt_profile_start(a->opt.profile);
    if (rc == 0)
        rc = tt_run_ask(a, err);
    tt_profile_stop(a->opt.profile, TT_STAGE_LEXICON, start, 0);
    start = tt_profile_start(a->opt.profile);
    if (rc == 0)
        rc = tt_sources_walk(&a->sources, &a->opt, paths, n_paths, a->sink, err);
    tt_profile_stop(a->opt.profile, TT_STAGE_WALK, start, 0);
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
    tt_twins_release(&a->twins);
    tt_free(a->twin_words);
    tt_survey_release(&a->survey);
    tt_sources_release(&a->sources);
    tt_lexicon_free(a->lex);
    tt_section_names_free(a->names);
    tt_free(a->seen);
    tt_free(a);
}

void tt_archive_totals(const tt_archive *a, tt_totals *out)
{
    *out = a->totals;
}
