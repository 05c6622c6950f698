/* In: the emails.json of a Buttondown export, or an answer of its API (`results`). Out: a record for each email. Not here:
 * emails.csv and the Markdown files beside it. */
#include "read/jfile.h"
#include "read/readers.h"

#include <string.h>

enum field { ID, SUBJECT, BODY, DATE, CREATED, NUMBER, STATUS, SLUG, N };
static const char *const fields[N] = {"id",           "subject", "body", "publish_date", "creation_date",
                                      "secondary_id", "status",  "slug"};

/* The array's first element is longer than the head, so that what it lacks may stand behind it. */
static bool first_is_cut(const tt_head *head)
{
    char narrow[TT_HEAD / 2];
    tt_jscan s;
    tt_jscan_value v;
    tt_jscan_init(&s, tt_jfile_head(head, narrow));
    return tt_jscan_next(&s, &v) == TT_JSCAN_ARRAY && tt_jscan_next(&s, &v) == TT_JSCAN_OBJECT &&
           !tt_jscan_skip(&s, &v);
}

static bool is_buttondown(const tt_head *head, const tt_columns *columns)
{
    /* `secondary_id` is Buttondown's own name; it may stand behind a body that is longer than the head. */
    enum { BODIES = 1, SUBJECTS = 2, IDS = 4, OF_ONE = 3 };
    static const char *const paths[] = {"[].body",        "[].subject",        "[].secondary_id",
                                        "results[].body", "results[].subject", "results[].secondary_id"};
    (void)columns;
    uint32_t seen = tt_jfile_seen(head, paths, 6), mine = BODIES | SUBJECTS;
    uint32_t has = (seen & mine) == mine ? seen : seen >> OF_ONE;
    bool cut = (seen & TT_JFILE_CUT) && ((seen & mine) != mine || first_is_cut(head));
    return (has & mine) == mine && ((has & IDS) || cut);
}

/* `<!-- buttondown-editor-mode: plaintext -->` at the start: its bytes, and what the mode is; 0: none. The text may go on
 * right behind it, which Markdown would read as HTML. */
static size_t mode_of(tt_str text, tt_str *mode)
{
    static const char start[] = "<!-- buttondown-editor-mode:";
    size_t n = strlen(start);
    tt_str trimmed = tt_str_trim(text);
    *mode = (tt_str){0};
    if (!tt_str_starts(trimmed, (tt_str){start, n}))
        return 0;
    const char *end = memmem(trimmed.p + n, trimmed.n - n, "-->", 3);
    if (!end || memchr(trimmed.p, '\n', (size_t)(end - trimmed.p)))
        return 0;
    *mode = tt_str_trim((tt_str){trimmed.p + n, (size_t)(end - trimmed.p) - n});
    return (size_t)(end + 3 - text.p);
}

static bool begins_with_tag(tt_str text)
{
    text = tt_str_trim(text);
    char c = text.n > 1 && text.p[0] == '<' ? text.p[1] : ' ';
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '!';
}

/* Markdown, in which HTML may stand, unless it begins as HTML does: the fancy editor writes both. */
static void add_body(tt_jfile *f, const tt_jscan_value *body, tt_record *out)
{
    tt_jfile_add(f, body);
    tt_str text = {f->body.text.p, f->body.text.n}, mode;
    size_t n = text.n ? mode_of(text, &mode) : 0;
    if (n > 0) {
        tt_loci whole = f->body;
        tt_place place;
        f->body = f->inner;
        f->inner = whole;
        tt_loci_reset(&f->body);
        tt_place_loci(&place, &f->inner);
        tt_place_to(&place, n);
        tt_place_copy(&place, place.text.n, &f->body);
        text = (tt_str){f->body.text.p, f->body.text.n};
    }
    bool html =
        (n > 0 && tt_str_is(mode, "naked")) || (begins_with_tag(text) && !(n > 0 && tt_str_is(mode, "plaintext")));
    out->body = html ? TT_BODY_HTML : TT_BODY_MARKDOWN;
}

static int next(void *state, tt_record *out, tt_err *err)
{
    tt_jfile *f = state;
    tt_jscan_value v[N];
    int rc = tt_jfile_record(f, fields, N, v, out, err);
    if (rc != TT_RECORD)
        return rc;
    add_body(f, &v[BODY], out);
    out->number = tt_jfile_number(&v[NUMBER]);
    out->draft =
        tt_jfile_is(&v[STATUS], "draft") || tt_jfile_is(&v[STATUS], "scheduled") || tt_jfile_is(&v[STATUS], "paused");
    out->left_out = tt_jfile_is(&v[STATUS], "deleted") ? "deleted" : NULL;
    if (tt_jfile_text(f, &v[SUBJECT], &out->title) != 0 ||
        tt_jfile_text(f, tt_jfile_has_text(&v[SLUG]) ? &v[SLUG] : &v[ID], &out->name) != 0 ||
        tt_jfile_date(f, tt_jfile_has_text(&v[DATE]) ? &v[DATE] : &v[CREATED], out) != 0)
        return tt_fail_memory(err);
    return tt_jfile_done(f, out, err);
}

static int open(const tt_reading_in *in, void **state, tt_err *err)
{
    return tt_jfile_open_array(in, "", "results", state, err);
}

const tt_reader tt_reader_buttondown_json = {"buttondown", is_buttondown, open, next, tt_jfile_release};
