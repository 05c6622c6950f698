/* In: an open archive, one of its sources. Out: its issues, each from bytes to a doc with titles and headings, and for an
 * issue of the survey its sections, zones and tokens. Not here: what is gathered and counted (run.c). */
#include "run.h"

#include <string.h>

static void reading_reset(struct tt_reading *r)
{
    tt_text_release(&r->text);
    tt_arena_reset(&r->arena);
}

void tt_reading_release(struct tt_reading *r)
{
    reading_reset(r);
    tt_parse_scratch_release(&r->scratch);
    tt_opened_release(&r->opened);
    tt_arena_release(&r->arena);
}

int tt_run_open(tt_archive *a, uint32_t source, struct tt_reading *r, bool quiet, tt_err *err)
{
    const tt_opening how = {.columns = {a->opt.text_field, a->opt.date_field, a->opt.title_field, a->opt.section_field},
                            .sources = &a->sources,
                            .sink = quiet ? NULL : a->sink};
    r->source = source;
    if (!r->profile)
        r->profile = a->opt.profile;
    const double start = tt_profile_start(r->profile);
    int rc = tt_opened_begin(&r->opened, &how, &a->sources.v[source], err);
    tt_profile_stop(r->profile, TT_STAGE_READ, start, 0);
    return rc;
}

int tt_run_next(struct tt_reading *r, tt_record *out, tt_err *err)
{
    const double start = tt_profile_start(r->profile);
    int rc = tt_opened_next(&r->opened, out, err);
    tt_profile_stop(r->profile, TT_STAGE_READ, start, rc == TT_RECORD ? out->text.n : 0);
    return rc;
}

/* ---- a record becomes a doc ---- */

/* A text that begins with a tag or comment, or has one and nothing of Markdown. Markdown may hold HTML too. */
static bool looks_html(const tt_text *text)
{
    bool first = true, tag = false;
    for (size_t i = 0; i + 1 < text->n; i++) {
        char c = text->data[i], next = text->data[i + 1];
        if (c == '<' && (next == '!' || next == '/' || (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z'))) {
            tag = true;
            break;
        }
        first = first && (c == ' ' || c == '\t' || c == '\n');
    }
    return tag && (first || !tt_parse_looks_markdown(text, false));
}

/* A text of the metadata: decoded as the body is, on one line. */
static int tidy(tt_archive *a, struct tt_reading *r, tt_str s, tt_str *out, tt_err *err)
{
    tt_text text = {0};
    *out = (tt_str){0};
    if (s.n == 0)
        return 0;
    int rc = tt_decode(s.p, s.n, !a->opt.no_repair, &text, err);
    if (rc == 0 && tt_one_line(&r->arena, (tt_str){text.data, text.n}, false, out) != 0)
        rc = tt_fail_memory(err);
    tt_text_release(&text);
    return rc;
}

/* What the format says goes before what stands in the text. */
static int read_metadata(tt_archive *a, const tt_source *s, const tt_record *rec, struct tt_reading *r, bool quiet,
                         tt_err *err)
{
    tt_str title;
    int rc = 0;
    r->front = (tt_front){.number = -1, .date = TT_NO_DATE};
    const bool page = rec->body == TT_BODY_HTML; /* one of Jekyll has front matter */
    if (rec->name.n == 0 && (!page || tt_str_starts((tt_str){r->text.data, r->text.n}, TT_S("---\n"))))
        rc = tt_front_read(&r->text, s->path.p, &r->arena, &r->front, quiet ? NULL : a->sink, err);
    if (rc == 0)
        rc = tidy(a, r, rec->title, &title, err);
    if (rc == 0)
        rc = tidy(a, r, rec->section, &r->section, err);
    if (rc != 0)
        return rc;
    if (title.n == 0 && rec->name.n == 0) {
        rc = tidy(a, r, s->given_title, &title, err);
        if (rc != 0)
            return rc;
    }
    if (title.n > 0) {
        r->front.title = title;
        r->front.n_title = 0;
    }
    int64_t number = rec->number >= 0 ? rec->number : s->given_number;
    int32_t date = s->given_date != TT_NO_DATE ? s->given_date : rec->date;
    r->front.number = number >= 0 ? number : r->front.number;
    r->front.date = date != TT_NO_DATE ? date : r->front.date;
    r->front.draft = r->front.draft || rec->draft || s->given_draft;
    return 0;
}

static int parse(tt_archive *a, const tt_source *s, tt_body body, struct tt_reading *r, tt_err *err)
{
    tt_parse_in in = {&r->text, r->front.body_at, r->front.title_at, r->front.n_title, a->names, &r->scratch};
    bool file = r->opened.format == NULL; /* of no format: what a tag in it means is for Markdown to say */
    if (body == TT_BODY_GUESS && !file && looks_html(&r->text))
        body = TT_BODY_HTML;
    if (body == TT_BODY_GUESS)
        body = tt_parse_looks_markdown(&r->text, r->front.kind != TT_FRONT_NONE) ? TT_BODY_MARKDOWN : TT_BODY_TEXT;
    r->format = r->opened.format           ? tt_str_of(r->opened.format)
                : body == TT_BODY_MARKDOWN ? TT_S("markdown")
                                           : TT_S("text");
    if (s->format.n > 0)
        r->format = s->format;
    if (s->kind == TT_KIND_MARKUP) {
        tt_markup markup = tt_str_ends(s->path, TT_S("org"))   ? TT_MARKUP_ORG
                           : tt_str_ends(s->path, TT_S("rst")) ? TT_MARKUP_RST
                                                               : TT_MARKUP_ASCIIDOC;
        static const char *const names[] = {"org", "rst", "asciidoc"};
        r->format = tt_str_of(names[markup]);
        return tt_parse_markup(&in, markup, &r->arena, &r->doc, err);
    }
    if (body == TT_BODY_HTML)
        return tt_parse_html(&in, &r->arena, &r->doc, err);
    return body == TT_BODY_MARKDOWN ? tt_parse_markdown(&in, &r->arena, &r->doc, err)
                                    : tt_parse_plain(&in, &r->arena, &r->doc, err);
}

int tt_run_record(tt_archive *a, const tt_record *rec, struct tt_reading *r, bool quiet, tt_err *err)
{
    const tt_source *s = &a->sources.v[r->source];
    double start = tt_profile_start(r->profile);
    int rc;
    reading_reset(r);
    r->hash = tt_hash_long(rec->text.p, rec->text.n);
    rc = tt_decode(rec->text.p, rec->text.n, !a->opt.no_repair, &r->text, err);
    tt_profile_stop(r->profile, TT_STAGE_DECODE, start, rec->text.n);
    if (rc != 0)
        return rc;
    r->text.loci = rec->loci;
    r->text.n_loci = rec->n_loci;
    start = tt_profile_start(r->profile);
    rc = read_metadata(a, s, rec, r, quiet, err);
    tt_profile_stop(r->profile, TT_STAGE_FRONT, start, r->front.body_at);
    if (rc != 0)
        return rc;
    start = tt_profile_start(r->profile);
    rc = parse(a, s, rec->body, r, err);
    tt_profile_stop(r->profile, TT_STAGE_PARSE, start, r->text.n - r->front.body_at);
    if (rc != 0)
        return rc;
    start = tt_profile_start(r->profile);
    rc = tt_title_find(&r->text, &r->front, &r->doc, rec->name.n ? (tt_str){0} : s->side_title,
                       rec->name.n ? rec->name : s->rel, &r->arena, &r->title);
    if (rc == 0)
        rc = tt_section_headings(&r->doc, a->names, r->title.block, &r->arena, &r->headings, &r->block_of,
                                 &r->n_headings);
    tt_profile_stop(r->profile, TT_STAGE_SURVEY, start, 0);
    return rc == TT_ENOMEM ? tt_fail_memory(err) : rc;
}

/* ---- an issue of the survey, read again ---- */

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

/* Goes to the issue's record: on from the one before it, or from the file's start. */
static int find_record(tt_archive *a, const tt_issue *is, struct tt_reading *r, tt_record *rec, tt_err *err)
{
    int rc = 0;
    if (r->opened.source != &a->sources.v[is->source] || r->opened.next > is->record)
        rc = tt_run_open(a, is->source, r, true, err);
    while (rc == 0 && r->opened.next <= is->record) {
        int got = tt_run_next(r, rec, err);
        rc = got < 0 ? got : 0;
        if (got == TT_RECORD_END || (got == TT_RECORD_BROKEN && r->opened.next == is->record + 1))
            break;
        if (got == TT_RECORD && r->opened.next == is->record + 1)
            return 0;
    }
    return rc < 0 ? rc : tt_fail(err, TT_EINPUT, is->path.p, 0, 0, "changed while it was being read; run again");
}

/* The format's own section holds where nothing in the text opens one: by the name that the survey has made of it. */
static void lay_given(tt_archive *a, struct tt_reading *r, tt_str name)
{
    for (uint32_t b = 0; b < r->doc.n_blocks; b++)
        if (r->doc.blocks[b].section != TT_SECTION_NONE)
            return;
    uint32_t section = tt_survey_section_named(&a->survey, name);
    for (uint32_t b = 0; b < r->doc.n_blocks && section != UINT32_MAX; b++)
        r->doc.blocks[b].section = section;
}

int tt_run_read(tt_archive *a, uint32_t issue, struct tt_reading *r, tt_tokens *tokens, tt_err *err)
{
    const tt_issue *is = &a->survey.issues[issue];
    const tt_section_lookup look = {&a->survey, look_known, look_named,
                                    a->survey.n_boilerplate ? look_boilerplate : NULL, a->survey.single};
    tt_record rec;
    int rc = find_record(a, is, r, &rec, err);
    if (rc == 0)
        rc = tt_run_record(a, &rec, r, true, err);
    if (rc == 0 && r->hash != is->hash)
        rc = tt_fail(err, TT_EINPUT, is->path.p, 0, 0, "changed while it was being read; run again");
    double start = tt_profile_start(r->profile);
    if (rc == 0)
        rc = tt_section_lay(&r->doc, &r->text, r->headings, r->block_of, r->n_headings, &look, r->title.text, &r->arena,
                            err);
    if (rc == 0 && is->section.n > 0)
        lay_given(a, r, is->section);
    tt_profile_stop(r->profile, TT_STAGE_LAY, start, rc == 0 ? r->doc.n_vis : 0);
    if (rc != 0 || !tokens)
        return rc;
    start = tt_profile_start(r->profile);
    rc = tt_tokenize(&r->doc, &r->arena, tokens, err);
    tt_profile_stop(r->profile, TT_STAGE_SCAN, start, 0);
    return rc;
}
