/* survey_of: making small surveys in tests. To be included by one file of a test program, behind cmocka. */
#ifndef TT_TESTS_SURVEY_OF_H
#define TT_TESTS_SURVEY_OF_H

#include "read/survey.h"

/* ---- what a sink heard, one message a line: level path: text ---- */

static tt_buf heard; /* released by group_teardown */

static void hear(void *ctx, tt_level level, const tt_err *err)
{
    (void)ctx;
    tt_buf_f(&heard, "%d %s: %s\n", (int)level, err->path, err->text);
}

static const tt_sink sink = {.tell = hear};

/* ---- making surveys ---- */

static int32_t day_of(const char *date)
{
    int y, m, d;
    int32_t day = TT_NO_DATE;
    if (date != NULL && sscanf(date, "%d-%d-%d", &y, &m, &d) == 3)
        assert_true(tt_day_of(y, m, d, &day));
    return day;
}

static tt_issue issue_of(uint32_t archive, const char *path, long long number, const char *date)
{
    return (tt_issue){
        .issue = tt_str_of(path),
        .path = tt_str_of(path),
        .rel = tt_str_of(path),
        .archive = archive,
        .title = tt_str_of("Title"),
        .title_source = TT_TITLE_METADATA,
        .number = -1,
        .number_given = number,
        .date = day_of(date),
        .date_source = date != NULL ? TT_DATE_METADATA : TT_DATE_NONE,
        .format = TT_S("markdown"),
    };
}

static inline void add(tt_survey *s, tt_issue issue)
{
    tt_err err;
    assert_int_equal(tt_survey_add(s, &issue, NULL, 0, NULL, 0, &err), 0);
}

static inline void finish(tt_survey *s, bool no_infer)
{
    tt_err err;
    tt_buf_reset(&heard);
    tt_buf_text(&heard, "");
    assert_int_equal(tt_survey_finish(s, no_infer, &sink, &err), 0);
}

static int group_teardown(void **state)
{
    (void)state;
    tt_buf_release(&heard);
    return 0;
}

#endif
