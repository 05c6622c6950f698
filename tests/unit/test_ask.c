/* In: a plain-text issue. Out: TAP. A whole answer where memory is lacking. What it says is tested by tests/ask.t and tests/cli. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include "fail_alloc.h"
#include "tagtrend.h"

static struct {
    const char *query, *vs;
    tt_select select;
    tt_output how;
} asked;

static int open_and_ask(tt_archive **a, bool ask)
{
    static const char *const lexicon[] = {"tests/cli/mentions-grep/in/lexicons"};
    static const char *const path = "tests/archive/2020/020-from-the-mail.txt"; /* md4c 0.4.8 itself frees twice */
    tt_options opt;
    tt_err err = {0};
    bool found;
    FILE *f = tmpfile();
    assert_non_null(f);
    tt_options_init(&opt);
    opt.lexicon = lexicon;
    opt.n_lexicon = 1;
    opt.query = asked.query;
    opt.vs = asked.vs;
    int rc = *a ? 0 : tt_archive_open(a, &opt, &path, 1, NULL, &err);
    if (rc == 0 && ask)
        rc = tt_archive_ask(*a, &(tt_ask_options){.all = true}, &asked.select, &asked.how, f, &found, &err);
    fclose(f);
    return rc;
}

static tt_archive *opened;

static int ask_opened(void)
{
    return open_and_ask(&opened, true);
}

static int open_and_free(void)
{
    tt_archive *a = NULL;
    int rc = open_and_ask(&a, false);
    tt_archive_free(a);
    return rc;
}

static void test_memory(void **state)
{
    static const struct {
        const char *query, *vs;
    } queries[] = {{"gpt / the + wea*", NULL}, {"the", "zzyzx in 2020"}, {"gpt-3 + (the )weather", "how often did I cover opnai?"}};
    (void)state;
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        asked.query = queries[i].query;
        asked.vs = queries[i].vs;
        assert_true(fail_each(open_and_free, TT_ENOMEM) > 100);
        for (int json = 0; json < 2; json++) {
            asked.how.format = json ? TT_FORMAT_JSON : TT_FORMAT_TEXT;
            asked.select.by = json ? TT_BY_ISSUE : TT_BY_YEAR;
            assert_int_equal(open_and_ask(&opened, false), 0);
            assert_true(fail_each(ask_opened, TT_ENOMEM) > 50);
            tt_archive_free(opened);
            opened = NULL;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_memory)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
