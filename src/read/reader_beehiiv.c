/* In: the posts.csv of a beehiiv export. Out: a record for each post. Not here: the title that stands in the HTML once more
 * and the tables that lay it out (parse/html); how rows become records (rowform.c). */
#include "read/readers.h"
#include "read/rowform.h"

static const tt_text_column text[] = {{"content_html", TT_BODY_HTML}, {NULL, TT_BODY_GUESS}};
static const char *const date[] = {"created_at", NULL};
static const char *const title[] = {"web_title", NULL};
static const char *const section[] = {"content_tags", NULL};
static const char *const name[] = {"id", "slug", "url", NULL};
static const char *const status[] = {"status", NULL};
static const tt_rowform form = {.text = text,
                                .date = date,
                                .title = title,
                                .section = section,
                                .name = name,
                                .status = status,
                                .published = "confirmed",
                                .tags = true};

static bool is(const tt_head *head, const tt_columns *columns)
{
    if (columns->text && tt_rowform_has(head->bytes, columns->text)) /* what the user says of columns is said of rows */
        return false;
    return tt_rowform_has(head->bytes, "web_title") && tt_rowform_has(head->bytes, "content_html");
}

static int open_beehiiv(const tt_reading_in *in, void **state, tt_err *err)
{
    return tt_rowform_open(in, &form, state, err);
}

const tt_reader tt_reader_beehiiv = {"beehiiv", is, open_beehiiv, tt_rowform_next, tt_rowform_close};
