/* In: CSV whose columns have the usual names, or those that the user named. Out: a record for each row. Not here: how rows
 * become records (rowform.c); exports of one program, which know their columns better (reader_beehiiv.c). */
#include "read/readers.h"
#include "read/rowform.h"

/* Of several bodies the one that tells most about the text: sections, quotes, captions. */
static const tt_text_column text[] = {{"markdown", TT_BODY_MARKDOWN},
                                      {"content_markdown", TT_BODY_MARKDOWN},
                                      {"body_markdown", TT_BODY_MARKDOWN},
                                      {"content_html", TT_BODY_HTML},
                                      {"body_html", TT_BODY_HTML},
                                      {"html", TT_BODY_HTML},
                                      {"content", TT_BODY_GUESS},
                                      {"body", TT_BODY_GUESS},
                                      {"text", TT_BODY_GUESS},
                                      {"content_text", TT_BODY_TEXT},
                                      {"body_text", TT_BODY_TEXT},
                                      {"plaintext", TT_BODY_TEXT},
                                      {"plain_text", TT_BODY_TEXT},
                                      {NULL, TT_BODY_GUESS}};
static const char *const date[] = {"date",           "published_at", "published", "publish_date", "pub_date",
                                   "date_published", "post_date",    "sent_at",   "created_at",   NULL};
static const char *const title[] = {"title", "subject", "headline", NULL};
static const char *const section[] = {"section", "category", NULL};
static const char *const number[] = {"number", "issue", "issue_number", "secondary_id", NULL};
static const char *const name[] = {"id", "slug", "url", NULL};
static const char *const status[] = {"status", NULL};
static const char *const is_published[] = {"is_published", "published", NULL};
static const char *const is_draft[] = {"draft", "is_draft", NULL};
static const tt_rowform form = {.text = text,
                                .date = date,
                                .title = title,
                                .section = section,
                                .number = number,
                                .name = name,
                                .status = status,
                                .is_published = is_published,
                                .is_draft = is_draft};

static bool has_any(tt_str head, const char *const *names)
{
    for (size_t i = 0; names[i]; i++)
        if (tt_rowform_has(head, names[i]))
            return true;
    return false;
}

static bool is_named_csv(tt_str name_of_file)
{
    size_t n = name_of_file.n;
    tt_str ending = n >= 4 ? (tt_str){name_of_file.p + n - 4, 4} : (tt_str){"", 0};
    return tt_str_is_nocase(ending, ".csv") || tt_str_is_nocase(ending, ".tsv");
}

/* `target_issue`: our own table of links has columns `text` and `date` too. Where the name does not say CSV, one column is
 * not enough: the first line of a text may well be `Text`. */
static bool is(const tt_head *head, const tt_columns *columns)
{
    bool has_text = columns->text && tt_rowform_has(head->bytes, columns->text);
    if (tt_rowform_has(head->bytes, "target_issue"))
        return false;
    for (size_t i = 0; !columns->text && !has_text && text[i].name; i++)
        has_text = tt_rowform_has(head->bytes, text[i].name);
    if (!has_text || is_named_csv(head->name))
        return has_text;
    return columns->text || has_any(head->bytes, date) || has_any(head->bytes, title);
}

static int open_csv(const tt_reading_in *in, void **state, tt_err *err)
{
    return tt_rowform_open(in, &form, state, err);
}

const tt_reader tt_reader_csv = {"csv", is, open_csv, tt_rowform_next, tt_rowform_close};
