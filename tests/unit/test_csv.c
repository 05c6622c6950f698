/* read/reader_csv, read/reader_beehiiv: which files are taken, what becomes of their rows, places, broken rows, no memory. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "read/reader.h"
#include "fail_alloc.h"

static const tt_columns usual;

/* The name of the format that a file is taken for, "" for none. */
static const char *taken(const char *name, const char *bytes, const tt_columns *columns)
{
    tt_head head = {tt_str_of(name), tt_str_of(bytes), true};
    const tt_reader *r = tt_reader_of(&head, columns);
    return r ? r->name : "";
}

static void test_is(void **state)
{
    (void)state;
    static const struct {
        const char *name, *bytes, *want;
    } t[] = {
        {"rows.csv", "id,date,title,text\n", "csv"},
        {"rows.csv",
         "\xEF\xBB\xBF"
         "Text\r\nx",
         "csv"},
        {"rows.csv", "\"Publish Date\",\"Body\"\n", "csv"},
        {"rows.CSV", "date;content-html\n", "csv"},
        {"rows.tsv", "date\tmarkdown\n", "csv"},
        {"-", "date,text\n", "csv"},
        {"rows", "title,text", "csv"},
        {"-", "text\n", ""}, /* the first line of a text */
        {"notes", "Text, and more of it\n", ""},
        {"notes.txt", "Text\n\nThe title is missing, the date too.\n", ""},
        {"subscribers.csv", "email,name,created_at,status\n", ""},
        {"issues.csv", "path,date,number,title\n", ""},
        {"posts.csv", "post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle,podcast_url\n", ""},
        {"lexicon.csv", "topic,term,case,also,label,type,broader,note\n", ""},
        {"links.csv", "issue,date,section,url,domain,text,target_issue\n", ""},
        {"mentions.csv", "path,line,column,issue,number,date,section,zone,topic,via,term,surface,before,after\n", ""},
        {"a.csv", "", ""},
        {"a.csv", "\n\ntext\n", ""},
        {"posts.csv", "id,web_title,status,content_tags,url,web_subtitle,content_html,created_at\n", "beehiiv"},
        {"posts.csv", "id,web_title,status,created_at\n", ""},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++)
        if (strcmp(taken(t[i].name, t[i].bytes, &usual), t[i].want) != 0)
            fail_msg("%s `%s`: %s", t[i].name, t[i].bytes, taken(t[i].name, t[i].bytes, &usual));
    tt_columns story = {.text = "story"};
    assert_string_equal(taken("a.csv", "id,Story\n", &story), "csv");
    assert_string_equal(taken("-", "story\n", &story), "csv");
    assert_string_equal(taken("a.csv", "id,text\n", &story), "");
    assert_string_equal(taken("posts.csv", "web_title,content_html\n", &story), "beehiiv");
    assert_string_equal(taken("posts.csv", "web_title,content_html,story\n", &story), "csv");
}

/* ---- records ---- */

static void tell(void *ctx, tt_level level, const tt_err *err)
{
    (void)level;
    tt_buf_f(ctx, "(%zu %s)", err->line, err->text);
}

typedef struct drip {
    tt_str s;
    size_t at;
} drip;

static int one_byte(void *ctx, char *to, size_t n, size_t *got, tt_err *err)
{
    drip *d = ctx;
    (void)err;
    *got = n && d->at < d->s.n;
    if (*got)
        *to = d->s.p[d->at++];
    return 0;
}

static const char *const bodies[] = {"guess", "markdown", "text", "html"};

static void show_record(const tt_record *r, tt_buf *out)
{
    char day[TT_DATE_SIZE];
    tt_day_format(r->date, day);
    tt_buf_f(out, "%.*s@%zu %s", (int)r->name.n, r->name.p, r->line, bodies[r->body]);
    if (day[0])
        tt_buf_f(out, " %s", day);
    if (r->number >= 0)
        tt_buf_f(out, " #%d", (int)r->number);
    if (r->title.n)
        tt_buf_f(out, " <%.*s>", (int)r->title.n, r->title.p);
    if (r->section.n)
        tt_buf_f(out, " {%.*s}", (int)r->section.n, r->section.p);
    tt_buf_f(out, "%s%s%s [%.*s]", r->draft ? " draft" : "", r->left_out ? " " : "", r->left_out ? r->left_out : "",
             (int)r->text.n, r->text.p ? r->text.p : "");
    for (size_t i = 0; i < r->n_loci; i++)
        tt_buf_f(out, "%u=%u:%u ", r->loci[i].nth, r->loci[i].line, r->loci[i].column);
    tt_buf_char(out, '\n');
}

static int show(const char *name, tt_str bytes, bool dripping, const tt_columns *columns, tt_buf *out, tt_err *err)
{
    tt_head head = {tt_str_of(name), bytes, true};
    const tt_reader *reader = tt_reader_of(&head, columns);
    tt_sink sink = {.tell = tell, .ctx = out};
    drip d = {bytes, 0};
    tt_input in;
    void *state = NULL;
    assert_non_null(reader);
    if (dripping)
        tt_input_from(&in, name, one_byte, &d);
    else
        tt_input_memory(&in, name, bytes);
    tt_buf_text(out, "");
    tt_reading_in reading = {.in = &in, .path = name, .columns = *columns, .sink = &sink};
    int rc = reader->open(&reading, &state, err);
    while (rc == 0) {
        tt_record r = {.number = -1, .date = TT_NO_DATE};
        rc = reader->next(state, &r, err);
        if (rc == TT_RECORD)
            show_record(&r, out);
        else if (rc == TT_RECORD_BROKEN)
            tt_buf_f(out, "!%zu:%zu %s\n", err->line, err->column, err->text);
        else
            break;
        rc = 0;
    }
    reader->close(state);
    tt_input_close(&in);
    return rc != 0 ? rc : out->failed ? tt_fail_memory(err) : 0;
}

static void check(const char *name, const char *bytes, const tt_columns *columns, const char *want)
{
    for (int dripping = 0; dripping < 2; dripping++) {
        tt_buf out = {0};
        tt_err err = {0};
        if (show(name, tt_str_of(bytes), dripping, columns, &out, &err) != 0)
            tt_buf_f(&out, "E%zu %s\n", err.line, err.text);
        if (strcmp(out.p, want) != 0)
            fail_msg("`%s`: got\n%s\nwant\n%s", bytes, out.p, want);
        tt_buf_release(&out);
    }
}

static void test_records(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *want;
    } t[] = {
        {"id,date,title,section,number,text\n"
         "a,2020-01-02,One,News,1,\"say \"\"hi\"\" to\nall\"\n"
         ",2020-01-03T23:30:00-08:00,Two,,#2,plain\n",
         "a@2 guess 2020-01-02 #1 <One> {News} [say \"hi\" to\nall]0=2:26 5=2:32 8=2:36 \n"
         "4@4 guess 2020-01-03 #2 <Two> [plain]0=4:36 \n"},
        {"Slug;Publish Date;Subject;content_html;plaintext\n"
         "x;2020/1/2;S;<p>a</p>;a\n"
         "y;2020-01-03;S;;b\n"
         "z;2020-01-04;S;;\n",
         "x@2 html 2020-01-02 <S> [<p>a</p>]0=2:14 \n"
         "y@3 text 2020-01-03 <S> [b]0=3:17 \n"
         "z@4 guess 2020-01-04 <S> []\n"},
        {"markdown,html,text,published_at\na,b,c,\n,b,c,\n,,c,\n", "2@2 markdown [a]0=2:1 \n3@3 html [b]0=3:2 \n"
                                                                   "4@4 guess [c]0=4:3 \n"},
        /* drafts, in each way of saying it; a date that is none is told */
        {"id,text,status,draft,published,date\na,x,Draft,,,\nb,x,,yes,,\nc,x,,,false,\nd,x,published,no,2020-05-06,\n"
         "e,x,,,,03/04/2019\n",
         "a@2 guess draft [x]0=2:3 \nb@3 guess draft [x]0=3:3 \n(4 the date `false` is no date; write it as "
         "2020-10-11)c@4 guess draft [x]0=4:3 \nd@5 guess 2020-05-06 [x]0=5:3 \n(6 the date `03/04/2019` is "
         "ambiguous; write it as 2020-10-11)e@6 guess [x]0=6:3 \n"},
        /* one bad row does not stop the rest */
        {"id,title,text\na,t,one, two\nb,t,\"x \"y\" z\"\nc\nd,t,ok\n",
         "!2:9 the row has 4 fields, the header 3; put text that holds the separator in quotes\n"
         "!3:9 a quote stands amid a field; write the field in quotes and a quote in it twice\n"
         "d@5 guess <t> [ok]0=5:5 \n"},
        {"id,title,text\nc\nd,t,ok\n", "!2:0 the row has 1 fields, the header 3, and ends before its text; put text "
                                       "with line ends in quotes\nd@3 guess <t> [ok]0=3:5 \n"},
        {"id,title,text\na,t,\"open\nb,t,x\nc,t,y\n", "!2:5 a quote does not end; close it with \"\n"
                                                      "b@3 guess <t> [x]0=3:5 \nc@4 guess <t> [y]0=4:5 \n"},
        {"id,title,text\n", ""},
        {"text,title,\"x\"y\n", "E1 a quote stands amid a field; write the field in quotes and a quote in it twice\n"},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++)
        check("f.csv", t[i].bytes, &usual, t[i].want);
}

static void test_named_columns(void **state)
{
    (void)state;
    static const tt_columns named = {.text = "story", .date = "when", .title = "What", .section = "part"};
    check("-", "story,text,when,date,what,part,title\ns,t,2020-01-01,2021-01-01,W,P,T\n,t,,2021-01-01,,,T\n", &named,
          "2@2 guess 2020-01-01 <W> {P} [s]0=2:1 \n3@3 guess []\n");
    check("-", "story,date\ns,2020-01-01\n", &named,
          "(1 there is no column `when`; the usual ones are taken)(1 there is no column `What`; the usual ones are "
          "taken)(1 there is no column `part`; the usual ones are taken)2@2 guess 2020-01-01 [s]0=2:1 \n");
    static const tt_columns html = {.text = "HTML"};
    check("f.csv", "html,text\n<b>,t\n", &html, "2@2 html [<b>]0=2:1 \n");
}

#define POSTS "id,web_title,status,audience,content_tags,url,web_subtitle,email_subject_line,content_html,created_at\n"

static void test_beehiiv(void **state)
{
    (void)state;
    check("posts.csv",
          POSTS "p1,First,confirmed,free,AI news; Tools,http://x/1,Sub,Mail,\"<table><tr><td><h1>First</h1></td></tr>"
                "</table>\",2023-05-01 23:45:12\n"
                "p2,Second,draft,free,,,,,<p>x</p>,2023-05-02 10:00:00\n"
                "p3,Third,archived,free,One,,,,<p>y</p>,2023-05-03T10:00:00Z\n"
                "p4,Fourth,Confirmed,free, ; b,,,,,\n",
          &usual,
          "p1@2 html 2023-05-01 <First> {AI news} [<table><tr><td><h1>First</h1></td></tr></table>]0=2:61 \n"
          "p2@3 html 2023-05-02 <Second> draft [<p>x</p>]0=3:26 \n"
          "p3@4 html 2023-05-03 <Third> {One} draft [<p>y</p>]0=4:31 \n"
          "p4@5 guess <Fourth> []\n");
}

/* Cut at every byte: what is shown is the beginning of what there was, but for the row that is cut. */
static void test_truncated(void **state)
{
    (void)state;
    static const char all[] = POSTS "p1,First,confirmed,free,a; b,u,s,m,\"<p>x \"\"y\"\"\n</p>\",2023-05-01\r\n"
                                    "p2,Second,draft,free,,,,,<p>\xC3\xA9</p>,2023-05-02\n";
    for (size_t n = sizeof POSTS - 1; n < sizeof all; n++) {
        tt_buf out = {0};
        tt_err err = {0};
        char *copy = malloc(n);
        memcpy(copy, all, n);
        assert_int_equal(show("posts.csv", (tt_str){copy, n}, n % 2, &usual, &out, &err), 0);
        if (n > strlen(POSTS) + 80)
            assert_int_equal(strncmp(out.p, "p1@2 html 2023-05-01 <First> {a} [<p>x \"y\"\n</p>]", 48), 0);
        free(copy);
        tt_buf_release(&out);
    }
}

static int run(void)
{
    static const char bytes[] = "id,date,text\na,2020-01-01,\"x \"\"y\"\"\"\nb,x\"\nc,2020-01-02,z\n,,d\n";
    tt_buf out = {0};
    tt_err err = {0};
    int rc = show("f.csv", (tt_str){bytes, sizeof bytes - 1}, true, &usual, &out, &err);
    tt_buf_release(&out);
    return rc;
}

static void test_no_memory(void **state)
{
    (void)state;
    assert_true(fail_each(run, TT_ENOMEM) > 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_is),      cmocka_unit_test(test_records),   cmocka_unit_test(test_named_columns),
        cmocka_unit_test(test_beehiiv), cmocka_unit_test(test_truncated), cmocka_unit_test(test_no_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
