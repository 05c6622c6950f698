/* read/join: the tables of Substack and Buttondown laid over the files beside them. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "read/join.h"
#include "fail_alloc.h"

#define SUBSTACK "post_id,post_date,is_published,email_sent_at,inbox_sent_at,type,audience,title,subtitle,podcast_url\n"
#define BUTTONDOWN "id,publish_date,subject,secondary_id,slug,status,email_type\n"

static void test_is(void **state)
{
    (void)state;
    assert_true(tt_join_is(TT_S(SUBSTACK)));
    assert_true(tt_join_is(TT_S("\xEF\xBB\xBF\"post_id\",\"post_date\",\"is_published\"\r\n1")));
    assert_true(tt_join_is(TT_S(BUTTONDOWN)));
    assert_false(tt_join_is(TT_S("")));
    assert_false(tt_join_is(TT_S("post_id,timestamp,email,post_type,country\n"))); /* opens of a post */
    assert_false(tt_join_is(TT_S("email,active_subscription,created_at\n")));
    assert_false(tt_join_is(TT_S("path,date,number,title\n")));
    assert_false(tt_join_is(TT_S("id,subject,text\n")));
}

static void tell(void *ctx, tt_level level, const tt_err *err)
{
    static const char *const levels[] = {"detail", "note", "skipped"};
    tt_buf_f(ctx, "%s %s:%zu: %s\n", levels[level], err->path, err->line, err->text);
}

static int show(tt_str csv, const char *const *names, tt_buf *out, tt_err *err)
{
    tt_str files[16];
    size_t n_files = 0, n;
    tt_arena arena = {0};
    tt_join *v;
    tt_sink sink = {.tell = tell, .ctx = out};
    for (; names[n_files]; n_files++)
        files[n_files] = tt_str_of(names[n_files]);
    tt_buf_text(out, "");
    int rc = tt_join_read(csv, "t.csv", files, n_files, &arena, &sink, &v, &n, err);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        char day[TT_DATE_SIZE];
        tt_day_format(v[i].date, day);
        tt_buf_f(out, "%.*s=%s@%zu <%.*s> %s #%d%s%s%s\n", (int)v[i].rel.n, v[i].rel.p, v[i].format, v[i].line,
                 (int)v[i].title.n, v[i].title.p ? v[i].title.p : "", day, (int)v[i].number, v[i].draft ? " draft" : "",
                 v[i].left_out ? " " : "", v[i].left_out ? v[i].left_out : "");
    }
    tt_arena_release(&arena);
    return rc != 0 ? rc : out->failed ? tt_fail_memory(err) : 0;
}

static const struct {
    const char *csv, *files[12], *want;
} cases[] = {
    {SUBSTACK "101.first,2021-03-04T15:00:00.000Z,true,,,newsletter,everyone,\"First, with a comma\",Sub,\n"
              "102.second,,false,,,newsletter,everyone,Second,,\n"
              "103.about,2021-03-05T23:59:59.000Z,true,,,page,everyone,About,,\n"
              "104.talk,2021-03-06T10:00:00.000Z,true,,,podcast,everyone,Talk,,http://x\n"
              "105.lost,2021-03-07T10:00:00.000Z,true,,,newsletter,everyone,Lost,,\n"
              "106.lost,2021-03-08T10:00:00.000Z,true,,,thread,everyone,Lost too,,\n"
              "107.draft,,false,,,newsletter,everyone,Never written,,\n"
              "108,2021-03-09T10:00:00.000Z,true,,,newsletter,everyone,By number,,\n"
              "109.old-slug,2021-03-10T10:00:00.000Z,true,,,newsletter,everyone,Renamed,,\n"
              "101.first,2021-03-04T15:00:00.000Z,true,,,newsletter,everyone,Again,Sub,\n",
     {"posts/101.first.html", "posts/102.second.html", "posts/103.about.html", "posts/104.talk.html",
      "posts/108.slug.html", "posts/109.new-slug.html", "posts/110.no-row.html", "posts/101.opens.csv",
      "email_list.csv", "other/101.first.html", "posts/deep/101.first.html", NULL},
     "detail t.csv:6: there is no file posts/105.lost.html\n"
     "detail t.csv:7: there is no file posts/106.lost.html\n"
     "detail t.csv:8: there is no file posts/107.draft.html\n"
     "note t.csv:11: posts/101.first.html has a row already (line 2); the first one counts\n"
     "note t.csv:6: 2 published rows have no file in posts/, the first is `105.lost`; is the export whole?\n"
     "detail t.csv:0: no row is about posts/110.no-row.html\n"
     "posts/101.first.html=substack@2 <First, with a comma> 2021-03-04 #-1\n"
     "posts/102.second.html=substack@3 <Second>  #-1 draft\n"
     "posts/103.about.html=substack@4 <About> 2021-03-05 #-1 a page\n"
     "posts/104.talk.html=substack@5 <Talk> 2021-03-06 #-1\n"
     "posts/108.slug.html=substack@9 <By number> 2021-03-09 #-1\n"
     "posts/109.new-slug.html=substack@10 <Renamed> 2021-03-10 #-1\n"
     "posts/110.no-row.html=substack@0 <>  #-1\n"},
    {BUTTONDOWN "em_1,2022-01-05T12:00:00Z,Hello,12,hello,sent,public\n"
                "em_2,2022-01-12T12:00:00Z,Later,13,later,scheduled,public\n"
                "em_3,2022-01-19T12:00:00Z,Imported,,,imported,public\n"
                "em_4,,Draft,,draft,draft,public\n"
                "em_5,2022-02-01,Gone,14,gone,deleted,public\n"
                "em_6,01/02/2022,\"One \"\"more\"\"\",x,more,sent,public\n",
     {"emails/hello.md", "emails/later.md", "emails/em_3.md", "emails/draft.md", "emails/gone.md", "emails/more.md",
      "subscribers.csv", NULL},
     "note t.csv:7: the date `01/02/2022` is ambiguous; write it as 2020-10-11\n"
     "emails/hello.md=buttondown@2 <Hello> 2022-01-05 #12\n"
     "emails/later.md=buttondown@3 <Later> 2022-01-12 #13 draft\n"
     "emails/em_3.md=buttondown@4 <Imported> 2022-01-19 #-1\n"
     "emails/draft.md=buttondown@5 <Draft>  #-1 draft\n"
     "emails/gone.md=buttondown@6 <Gone> 2022-02-01 #14 deleted\n"
     "emails/more.md=buttondown@7 <One \"more\">  #-1\n"},
    /* one bad row; one published row without a file */
    {SUBSTACK "1.a,2021-03-04,true,,,newsletter,x,A \"b\",,\n"
              "2.b,2021-03-05,TRUE,,,newsletter,x,B,,\n"
              "3.c,2021-03-06,true,,,newsletter,x,C,,\n",
     {"posts/2.b.html", NULL},
     "skipped t.csv:2: a quote stands amid a field; write the field in quotes and a quote in it twice\n"
     "detail t.csv:4: there is no file posts/3.c.html\n"
     "note t.csv:4: 1 published row has no file in posts/, the first is `3.c`; is the export whole?\n"
     "posts/2.b.html=substack@3 <B> 2021-03-05 #-1\n"},
    {SUBSTACK, {NULL}, ""},
};

static void test_join(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_buf out = {0};
        tt_err err = {0};
        assert_int_equal(show(tt_str_of(cases[i].csv), cases[i].files, &out, &err), 0);
        if (strcmp(out.p, cases[i].want) != 0)
            fail_msg("case %zu: got\n%s\nwant\n%s", i, out.p, cases[i].want);
        tt_buf_release(&out);
    }
    tt_buf out = {0};
    tt_err err = {0};
    assert_int_equal(show(TT_S("id,text\n"), cases[0].files, &out, &err), TT_EINPUT);
    assert_non_null(strstr(err.text, "no table of an export"));
    tt_buf_release(&out);
}

static void test_truncated(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++)
        for (size_t n = strlen(i ? BUTTONDOWN : SUBSTACK); n < strlen(cases[i].csv); n++) {
            tt_buf out = {0};
            tt_err err = {0};
            char *copy = malloc(n);
            memcpy(copy, cases[i].csv, n);
            assert_int_equal(show((tt_str){copy, n}, cases[i].files, &out, &err), 0);
            free(copy);
            tt_buf_release(&out);
        }
}

static size_t current;

static int run(void)
{
    tt_buf out = {0};
    tt_err err = {0};
    int rc = show(tt_str_of(cases[current].csv), cases[current].files, &out, &err);
    tt_buf_release(&out);
    return rc;
}

static void test_no_memory(void **state)
{
    (void)state;
    for (current = 0; current < sizeof cases / sizeof *cases; current++)
        assert_true(fail_each(run, TT_ENOMEM) > 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_is),
        cmocka_unit_test(test_join),
        cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_no_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
