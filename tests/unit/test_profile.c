/* The stages of --profile, with a clock that counts how often it is read. */
#include "base/profile.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static double tick(void *ctx)
{
    return ++*(double *)ctx;
}

static const char *const paths[] = {"tests/archive"}, *const lexicon[] = {"lexicons"};

static uint64_t bytes_of(const tt_profile *p, tt_stage stage)
{
    return p->stages[stage].bytes;
}

/* Makes the table `kind` of the sample; returns the ticks of the clock. */
static double run(tt_table_kind kind, const char *query, tt_profile *profile, double *clock)
{
    tt_options opt;
    tt_archive *a = NULL;
    tt_err err = {0};
    FILE *out = tmpfile();
    tt_options_init(&opt);
    opt.lexicon = lexicon;
    opt.n_lexicon = 1;
    opt.query = query;
    opt.profile = profile;
    assert_non_null(out);
    assert_int_equal(tt_archive_open(&a, &opt, paths, 1, NULL, &err), 0);
    assert_int_equal(tt_archive_table(a, kind, &(tt_select){0}, &(tt_output){0}, out, &err), 0);
    if (profile)
        assert_int_equal(bytes_of(profile, TT_STAGE_WRITE), ftell(out));
    tt_archive_free(a);
    fclose(out);
    return *clock;
}

static void test_stages(void **state)
{
    static const struct {
        const char *name;
        tt_table_kind kind;
        const char *query;
        unsigned reads; /* of each issue */
    } cases[] = {
        {"counts", TT_TABLE_COUNTS, NULL, 2},
        {"of a query", TT_TABLE_COUNTS, "openai", 2},
        {"mentions", TT_TABLE_MENTIONS, NULL, 3},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double clock = 0, sum = 0;
        tt_profile p = {.now = tick, .ctx = &clock};
        const double all = run(cases[i].kind, cases[i].query, &p, &clock);
        for (int s = 0; s < TT_N_STAGES; s++) {
            sum += p.stages[s].seconds;
            if (s != TT_STAGE_WRITE && !(p.stages[s].seconds >= 1))
                fail_msg("%s: stage %d took no time", cases[i].name, s);
        }
        /* start and stop are two readings, a tick apart: where stages lay in each other, more would come */
        if (fabs(2 * sum - all) > 0.5)
            fail_msg("%s: stages took %g of %g ticks", cases[i].name, sum, all);
        assert_int_equal(bytes_of(&p, TT_STAGE_READ), bytes_of(&p, TT_STAGE_DECODE));
        assert_true(bytes_of(&p, TT_STAGE_FRONT) + bytes_of(&p, TT_STAGE_PARSE) > 0);
        assert_int_equal(bytes_of(&p, TT_STAGE_LAY), (cases[i].reads - 1) * bytes_of(&p, TT_STAGE_SURVEY));
        assert_int_equal(bytes_of(&p, TT_STAGE_SCAN), bytes_of(&p, TT_STAGE_LAY));
    }
}

static void test_off(void **state)
{
    double clock = 0;
    tt_profile p = {.now = tick, .ctx = &clock};
    (void)state;
    assert_true(run(TT_TABLE_COUNTS, NULL, NULL, &clock) < 1);
    assert_true(tt_profile_start(NULL) < 1);
    tt_profile_stop(NULL, TT_STAGE_READ, 0, 5);
    tt_profile_merge(NULL, &p);
    assert_true(clock < 1);
}

static void test_merge(void **state)
{
    double clock = 0;
    tt_profile a = {.now = tick, .ctx = &clock}, b = a;
    (void)state;
    tt_profile_stop(&a, TT_STAGE_SCAN, tt_profile_start(&a), 10);
    tt_profile_stop(&b, TT_STAGE_SCAN, tt_profile_start(&b), 5);
    tt_profile_merge(&a, &b);
    assert_int_equal(bytes_of(&a, TT_STAGE_SCAN), 15);
    assert_true(fabs(a.stages[TT_STAGE_SCAN].seconds - 2) < 0.1);
    assert_int_equal(bytes_of(&a, TT_STAGE_COUNT), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_stages), cmocka_unit_test(test_off),
                                       cmocka_unit_test(test_merge)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
