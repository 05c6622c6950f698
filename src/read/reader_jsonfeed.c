/* In: a JSON Feed (jsonfeed.org, versions 1 and 1.1). Out: a record for each item. Further pages (next_url) are files of
 * their own. */
#include "read/jfile.h"
#include "read/readers.h"

enum field { ID, TITLE, DATE, HTML, TEXT, SUMMARY, TAGS, N };
static const char *const fields[N] = {"id",      "title", "date_published", "content_html", "content_text",
                                      "summary", "tags"};

static bool is_feed(const tt_head *head, const tt_columns *columns)
{
    static const char *const paths[] = {"version=https://jsonfeed.org/version/", "version=http://jsonfeed.org/version/",
                                        "items[].content_html", "items[].content_text"};
    (void)columns;
    return (tt_jfile_seen(head, paths, 4) & ~TT_JFILE_CUT) != 0;
}

static tt_jscan_value first_tag(const tt_jscan_value *tags)
{
    tt_jscan s;
    tt_jscan_value v = {0};
    tt_jscan_init(&s, tags->raw);
    if (tags->kind == TT_JSCAN_ARRAY && tt_jscan_next(&s, &v) == TT_JSCAN_ARRAY &&
        tt_jscan_next(&s, &v) == TT_JSCAN_STRING)
        return v;
    return (tt_jscan_value){0};
}

static int next(void *state, tt_record *out, tt_err *err)
{
    tt_jfile *f = state;
    tt_jscan_value v[N];
    int rc = tt_jfile_record(f, fields, N, v, out, err);
    if (rc != TT_RECORD)
        return rc;
    tt_jscan_value tag = first_tag(&v[TAGS]);
    enum field body = tt_jfile_has_text(&v[HTML]) ? HTML : tt_jfile_has_text(&v[TEXT]) ? TEXT : SUMMARY;
    out->body = body == HTML ? TT_BODY_HTML : TT_BODY_TEXT;
    tt_jfile_add(f, &v[body]);
    if (tt_jfile_text(f, &v[ID], &out->name) != 0 || tt_jfile_text(f, &v[TITLE], &out->title) != 0 ||
        tt_jfile_text(f, &tag, &out->section) != 0 || tt_jfile_date(f, &v[DATE], out) != 0)
        return tt_fail_memory(err);
    return tt_jfile_done(f, out, err);
}

static int open(const tt_reading_in *in, void **state, tt_err *err)
{
    return tt_jfile_open_array(in, "items", "items", state, err);
}

const tt_reader tt_reader_jsonfeed = {"jsonfeed", is_feed, open, next, tt_jfile_release};
