/* In: the head of a file. Out: the format that it is of. Not here: the readers, each in its own reader_*.c. */
#include "read/reader.h"

#include "read/date.h"
#include "read/readers.h"

/* The most particular ones first. */
static const tt_reader *const formats[] = {
    &tt_reader_ghost,
    &tt_reader_jsonfeed,
    &tt_reader_curated,
    &tt_reader_buttondown_json,
    &tt_reader_wordpress,
    &tt_reader_rss,
    &tt_reader_atom, /* XML */
    &tt_reader_mailchimp,
    &tt_reader_page, /* HTML */
    &tt_reader_mbox,
    &tt_reader_mail,
    &tt_reader_jsonl,
    &tt_reader_json, /* rows */
    &tt_reader_beehiiv,
    &tt_reader_csv,
    NULL,
};

const tt_reader *tt_reader_of(const tt_head *head, const tt_columns *columns)
{
    for (size_t i = 0; formats[i]; i++)
        if (formats[i]->is(head, columns))
            return formats[i];
    return NULL;
}

void tt_reader_date(const tt_reading_in *in, tt_str text, size_t line, int32_t *out)
{
    static const char *const why[] = {[TT_DATE_AMBIGUOUS] = "is ambiguous",
                                      [TT_DATE_IMPOSSIBLE] = "is no day of the calendar",
                                      [TT_DATE_UNKNOWN] = "is no date"};
    text = tt_str_trim(text);
    *out = TT_NO_DATE;
    if (text.n == 0)
        return;
    tt_date_result status = tt_date_parse(text, out);
    if (status == TT_DATE_OK)
        return;
    *out = TT_NO_DATE;
    tt_tell(in->sink, TT_NOTE, in->path, line, 0, "the date `%.*s` %s; write it as 2020-10-11",
            (int)(text.n < 100 ? text.n : 100), text.p, why[status]);
}
