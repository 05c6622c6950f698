/* report/table, tables, csv, text: the model, the public tables, and what they look like. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "report/csv.h"
#include "report/tables.h"
#include "report/text.h"
#include "fail_alloc.h"

/* ---- a small archive: two dated issues of one day, one earlier, one undated ---- */

static const tt_str sections[] = {{"(none)", 6}, {"(intro)", 7}, {"(other)", 7}, {"Research", 8}, {"Apps", 4}};
enum { NONE, INTRO, OTHER, RESEARCH, APPS, N_SECTIONS };

static const tt_topic topics[] = {
    {.id = {"climate", 7}, .label = {"Climate", 7}, .type = {"theme", 5}},
    {.id = {"gpt", 3}, .label = {"GPT, all", 8}, .type = {"model", 5}, .broader_text = {"ai|openai", 9}},
    {.id = {"section", 7}, .label = {"Sections", 8}, .type = {"theme", 5}}};
enum { CLIMATE, GPT, SECTION, N_TOPICS };

static const tt_issue issues[] = {{.issue = {"b.md", 4},
                                   .path = {"in/b.md", 7},
                                   .rel = {"b.md", 4},
                                   .title = {"He said \"no\"", 12},
                                   .number = 12,
                                   .date = 18321, /* 2020-02-29 */
                                   .date_source = TT_DATE_METADATA,
                                   .format = {"markdown", 8},
                                   .n_repaired = 3,
                                   .order = 2},
                                  {.issue = {"u.txt", 5},
                                   .path = {"in/u.txt", 8},
                                   .rel = {"u.txt", 5},
                                   .title = {"", 0},
                                   .number = -1,
                                   .date = TT_NO_DATE,
                                   .format = {"text", 4},
                                   .order = 3},
                                  {.issue = {"a.md", 4},
                                   .path = {"in/a.md", 7},
                                   .rel = {"a.md", 4},
                                   .title = {"=1+1", 4},
                                   .number = 13,
                                   .date = 18321,
                                   .date_source = TT_DATE_NAME,
                                   .format = {"markdown", 8},
                                   .order = 1},
                                  {.issue = {"z.md", 4},
                                   .path = {"in/z.md", 7},
                                   .rel = {"z.md", 4},
                                   .title = {"old\nnews", 8},
                                   .number = 0,
                                   .date = 18320,
                                   .date_source = TT_DATE_INFERRED,
                                   .format = {"markdown", 8},
                                   .order = 0}};
enum { B, U, A, Z, N_ISSUES };
static const uint32_t order[] = {Z, A, B, U};

static tt_part parts[] = {{B, 0, INTRO, 10, 1}, {B, 1, RESEARCH, 20, 2}, {B, 2, APPS, 30, 0},
                          {U, 0, NONE, 5, 1},   {A, 0, APPS, 7, 2},      {A, 1, OTHER, 8, 0}};
static tt_cell cells[] = {{B, 0, INTRO, GPT, 1}, {B, 1, RESEARCH, CLIMATE, 1}, {B, 1, RESEARCH, GPT, 2},
                          {U, 0, NONE, GPT, 1},  {A, 0, APPS, CLIMATE, 2},     {A, 0, APPS, SECTION, 1}};
static const tt_cells all_cells = {.parts = parts, .n_parts = 6, .cells = cells, .n_cells = 6};

static const tt_facts facts = {.issues = issues,
                               .n_issues = N_ISSUES,
                               .order = order,
                               .sections = sections,
                               .n_sections = N_SECTIONS,
                               .topics = topics,
                               .n_topics = N_TOPICS,
                               .cells = &all_cells};

/* Writes with the given format; the caller releases the text. */
static tt_buf written(const tt_table *t, const tt_output *how)
{
    static const tt_provenance from = {.lexicon_hash = "l", .input_hash = "i"};
    tt_buf to = {0};
    tt_err err = {0};
    tt_writer *w = NULL;
    assert_int_equal(tt_writer_new(&w, how, &from, t->columns, t->n_columns, t->name.p, &to, &err), 0);
    assert_int_equal(tt_writer_rows(w, t, &err), 0);
    assert_int_equal(tt_writer_end(w, &err), 0);
    return to;
}

/* Releases the table. */
static void expect(tt_table *t, const tt_output *how, const char *want)
{
    tt_buf got = written(t, how);
    assert_string_equal(got.p, want);
    tt_buf_release(&got);
    tt_table_release(t);
}

static const tt_output as_csv = {.format = TT_FORMAT_CSV};

/* ---- the model ---- */

#define COLUMN(name, type)                                                                                             \
    {                                                                                                                  \
        {name, sizeof(name) - 1}, type, false                                                                          \
    }
static const tt_column kinds[] = {COLUMN("t", TT_TYPE_TEXT), COLUMN("i", TT_TYPE_INT), COLUMN("r", TT_TYPE_REAL),
                                  COLUMN("d", TT_TYPE_DATE), COLUMN("f", TT_TYPE_FLAG)};

static void row(tt_table *t, const char *text, int64_t i, double r, int32_t d, bool f)
{
    tt_table_text(t, tt_str_of(text));
    tt_table_int(t, i);
    tt_table_real(t, r);
    tt_table_date(t, d);
    tt_table_flag(t, f);
}

static void test_values(void **state)
{
    tt_table t;
    (void)state;
    tt_table_init(&t, "kinds", kinds, 5);
    row(&t, "", INT64_MIN, 0, TT_NO_DATE, false);
    row(&t, "x", INT64_MAX, 1 / 3.0, 0, true);
    row(&t, " ", -1, 1e15, 18321, true);
    row(&t, "n", 0, NAN, -1, false);
    row(&t, "n", 0, INFINITY, 2932896, false);
    row(&t, "n", 0, -0.0, 2932896, false);
    row(&t, "n", 0, 0.00012345678, 0, false);
    for (int i = 0; i < 5; i++)
        tt_table_empty(&t);
    assert_int_equal(t.n_rows, 8);
    expect(&t, &as_csv,
           "t,i,r,d,f\n"
           ",-9223372036854775808,0,,0\n"
           "x,9223372036854775807,0.333333,1970-01-01,1\n"
           "\" \",-1,1000000000000000,2020-02-29,1\n"
           "n,0,,1969-12-31,0\n"
           "n,0,,9999-12-31,0\n"
           "n,0,0,9999-12-31,0\n"
           "n,0,0.000123457,1970-01-01,0\n"
           ",,,,\n");
}

static void test_rows_and_clear(void **state)
{
    char text[] = "gone";
    tt_table t;
    (void)state;
    tt_table_init(&t, "kinds", kinds, 2);
    tt_table_copy(&t, tt_str_of(text));
    assert_int_equal(t.n_rows, 0); /* half a row is none */
    tt_table_int(&t, 1);
    assert_int_equal(t.n_rows, 1);
    memset(text, 'x', 4);
    tt_buf b = written(&t, &as_csv);
    assert_string_equal(b.p, "t,i\ngone,1\n");
    tt_buf_release(&b);
    tt_table_clear(&t);
    assert_int_equal(t.n_rows, 0);
    expect(&t, &as_csv, "t,i\n");
}

/* File names need not be UTF-8; tables are. */
static void test_invalid_utf8(void **state)
{
    static const struct {
        const char *in, *want;
    } cases[] = {{"a\xFFz", "a\xEF\xBF\xBDz"},
                 {"\xC3", "\xEF\xBF\xBD"},
                 {"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"}, /* a surrogate */
                 {"\xF0\x9F\x98\x80\xF0", "\xF0\x9F\x98\x80\xEF\xBF\xBD"},
                 {"caf\xC3\xA9", "caf\xC3\xA9"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_table t;
        tt_buf want = {0};
        tt_table_init(&t, "kinds", kinds, 1);
        tt_table_text(&t, tt_str_of(cases[i].in));
        tt_buf_f(&want, "t\n%s\n", cases[i].want);
        expect(&t, &as_csv, want.p);
        tt_buf_release(&want);
    }
}

/* ---- CSV ---- */

static void test_csv_fields(void **state)
{
    static const struct {
        const char *in, *csv, *spreadsheet;
    } cases[] = {{"plain", "plain", "plain"},
                 {"a,b", "\"a,b\"", "\"a,b\""},
                 {"say \"hi\"", "\"say \"\"hi\"\"\"", "\"say \"\"hi\"\"\""},
                 {"two\nlines", "\"two\nlines\"", "\"two\nlines\""},
                 {"two\r\nlines", "\"two\r\nlines\"", "\"two\r\nlines\""},
                 {"# no comment", "# no comment", "# no comment"},
                 {"=1+1", "=1+1", "'=1+1"},
                 {"+1", "+1", "'+1"},
                 {"-1", "-1", "'-1"},
                 {"@x", "@x", "'@x"},
                 {"\tx", "\"\tx\"", "\"'\tx\""},
                 {"\rx", "\"\rx\"", "\"'\rx\""},
                 {"=A,1", "\"=A,1\"", "\"'=A,1\""},
                 {"x=1", "x=1", "x=1"},
                 {"\"><script>", "\"\"\"><script>\"", "\"\"\"><script>\""},
                 {"\xF0\x9F\x94\x8C", "\xF0\x9F\x94\x8C", "\xF0\x9F\x94\x8C"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int guard = 0; guard < 2; guard++) {
            tt_table t;
            tt_buf want = {0};
            tt_table_init(&t, "kinds", kinds, 2);
            tt_table_text(&t, tt_str_of(cases[i].in));
            tt_table_int(&t, -5); /* a number is never guarded */
            tt_buf_f(&want, "%st,i\n%s,-5\n", guard ? "\xEF\xBB\xBF" : "", guard ? cases[i].spreadsheet : cases[i].csv);
            expect(&t, &(tt_output){.spreadsheet = guard}, want.p);
            tt_buf_release(&want);
        }
}

static void test_csv_header(void **state)
{
    static const tt_column odd[] = {COLUMN("a,b", TT_TYPE_TEXT), COLUMN("=x", TT_TYPE_INT)};
    tt_table t;
    (void)state;
    tt_table_init(&t, "odd", odd, 2);
    expect(&t, &as_csv, "\"a,b\",=x\n");
    tt_table_init(&t, "odd", odd, 2);
    expect(&t, &(tt_output){.spreadsheet = true}, "\xEF\xBB\xBF\"a,b\",'=x\n");
}

/* ---- the public tables ---- */

static void test_schemas(void **state)
{
    static const struct {
        tt_table_kind kind;
        const char *name, *columns;
    } cases[] = {{TT_TABLE_ISSUES, "issues",
                  "issue,number,date,date_source,year,title,format,sections,words,mentions,topics,repaired,path\n"},
                 {TT_TABLE_COUNTS, "counts", "issue,number,date,year,section,topic,label,type,mentions,words\n"},
                 {TT_TABLE_TRENDS, "trends",
                  "period,period_start,period_end,complete,section,topic,label,type,mentions,issues_with,issues,words,"
                  "per_10k_words,rate_low,rate_high,issue_share,share_low,share_high,low_n\n"},
                 {TT_TABLE_MENTIONS, "mentions",
                  "path,line,column,issue,number,date,section,zone,topic,via,term,surface,before,after\n"},
                 {TT_TABLE_TOPICS, "topics",
                  "topic,label,type,broader,mentions,issues_with,first_date,last_date,peak_period,longest_gap_days\n"},
                 {TT_TABLE_OVERALL, "trends-overall",
                  "topic,label,type,mentions,issues_with,issues,words,first_date,last_date,status,comebacks,"
                  "longest_gap_days,longest_streak_issues,dispersion,dispersion_norm,periods,kendall_s,kendall_tau,"
                  "kendall_p,kendall_method,slope,slope_low,slope_high,trend_note,bursts,burst_weight,burst_s,"
                  "burst_gamma,burst_note\n"},
                 {TT_TABLE_LINKS, "links", "issue,date,section,url,domain,text,target_issue\n"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t n = 0;
        tt_buf b = {0};
        const tt_column *columns = tt_table_columns(cases[i].kind, &n);
        tt_csv_header(&b, columns, n, false);
        assert_string_equal(b.p, cases[i].columns);
        assert_string_equal(tt_table_name(cases[i].kind), cases[i].name);
        tt_buf_release(&b);
    }
}

static void test_issues(void **state)
{
    tt_table t;
    tt_err err = {0};
    (void)state;
    assert_int_equal(tt_tables_issues(&t, &facts, &(tt_picked){0}, false, &err), 0);
    expect(&t, &as_csv,
           "issue,number,date,date_source,year,title,format,sections,words,mentions,topics,repaired,path\n"
           "z.md,0,2020-02-28,inferred,2020,\"old\nnews\",markdown,0,0,0,0,0,in/z.md\n"
           "a.md,13,2020-02-29,name,2020,=1+1,markdown,2,15,2,2,0,in/a.md\n"
           "b.md,12,2020-02-29,metadata,2020,\"He said \"\"no\"\"\",markdown,2,60,3,2,3,in/b.md\n"
           "u.txt,,,none,,,text,0,5,1,1,0,in/u.txt\n");
}

static void test_issues_of_a_selection(void **state)
{
    static const bool issue[] = {true, true, false, true};
    static const bool section[] = {false, false, false, true, true};
    tt_table t;
    tt_err err = {0};
    (void)state;
    assert_int_equal(tt_tables_issues(&t, &facts, &(tt_picked){.issue = issue, .section = section}, true, &err), 0);
    expect(&t, &as_csv,
           "issue,number,date,date_source,year,title,format,sections,words,mentions,topics,repaired,path\n"
           "z.md,0,2020-02-28,inferred,2020,\"old\nnews\",markdown,0,0,0,0,0,z.md\n"
           "b.md,12,2020-02-29,metadata,2020,\"He said \"\"no\"\"\",markdown,2,50,2,2,3,b.md\n"
           "u.txt,,,none,,,text,0,0,0,0,0,u.txt\n");
}

static void test_links(void **state)
{
    static const bool issue[] = {true, true, false, true}, section[] = {false, false, false, true, true};
    static const tt_link links[] = {
        {0, 3, TT_NO_ISSUE, {"=x", 2}, {"x.org", 5}, {"a,b", 3}},
        {0, 0, TT_NO_ISSUE, {"y", 1}, {"", 0}, {"", 0}},
        {1, 3, 0, {"", 0}, {"", 0}, {"DT #1", 5}},
        {2, 3, TT_NO_ISSUE, {"z", 1}, {"", 0}, {"c", 1}},
        {3, 4, 2, {"w", 1}, {"w.org", 5}, {"d", 1}},
    };
    tt_facts with = facts;
    tt_table t;
    tt_err err = {0};
    (void)state;
    with.links = links;
    with.n_links = sizeof links / sizeof *links;
    assert_int_equal(tt_tables_links(&t, &with, &(tt_picked){0}, &err), 0);
    expect(&t, &as_csv,
           "issue,date,section,url,domain,text,target_issue\n"
           "z.md,2020-02-28,Apps,w,w.org,d,a.md\n"
           "a.md,2020-02-29,Research,z,,c,\n"
           "b.md,2020-02-29,Research,=x,x.org,\"a,b\",\n"
           "b.md,2020-02-29,(none),y,,,\n"
           "u.txt,,Research,,,DT #1,b.md\n");
    assert_int_equal(tt_tables_links(&t, &with, &(tt_picked){.issue = issue, .section = section}, &err), 0);
    expect(&t, &(tt_output){.spreadsheet = true},
           "\xEF\xBB\xBFissue,date,section,url,domain,text,target_issue\n"
           "z.md,2020-02-28,Apps,w,w.org,d,a.md\n"
           "b.md,2020-02-29,Research,'=x,x.org,\"a,b\",\n"
           "u.txt,,Research,,,DT #1,b.md\n");
    assert_int_equal(tt_tables_links(&t, &facts, &(tt_picked){0}, &err), 0);
    expect(&t, &as_csv, "issue,date,section,url,domain,text,target_issue\n");
}

static void test_counts(void **state)
{
    static const bool issue[] = {true, false, false, true}, section[] = {true, true, true, true, false};
    static const bool gpt[] = {false, true, false};
    tt_table t;
    tt_err err = {0};
    (void)state;
    assert_int_equal(tt_tables_counts(&t, &facts, &(tt_picked){0}, &err), 0);
    expect(&t, &as_csv,
           "issue,number,date,year,section,topic,label,type,mentions,words\n"
           "a.md,13,2020-02-29,2020,Apps,climate,Climate,theme,2,7\n"
           "a.md,13,2020-02-29,2020,Apps,section,Sections,theme,1,7\n"
           "b.md,12,2020-02-29,2020,(intro),gpt,\"GPT, all\",model,1,10\n"
           "b.md,12,2020-02-29,2020,Research,climate,Climate,theme,1,20\n"
           "b.md,12,2020-02-29,2020,Research,gpt,\"GPT, all\",model,2,20\n"
           "u.txt,,,,(none),gpt,\"GPT, all\",model,1,5\n");
    assert_int_equal(tt_tables_counts(&t, &facts, &(tt_picked){issue, section, gpt}, &err), 0);
    expect(&t, &as_csv,
           "issue,number,date,year,section,topic,label,type,mentions,words\n"
           "b.md,12,2020-02-29,2020,(intro),gpt,\"GPT, all\",model,1,10\n"
           "b.md,12,2020-02-29,2020,Research,gpt,\"GPT, all\",model,2,20\n");
}

static tt_period periods[] = {{.name = {"2019", 4}, .start = 17897, .end = 18261, .complete = false, .issues = 0},
                              {.name = {"2020", 4}, .start = 18262, .end = 18627, .complete = true, .issues = 5}};

/* 2 periods x 2 sections x 2 topics */
static tt_point points[8];

static tt_series small_series(void)
{
    for (uint32_t i = 0; i < 8; i++) {
        tt_point *p = &points[i];
        *p = (tt_point){.period = i / 4, .section = i / 2 % 2 ? RESEARCH : APPS, .topic = i % 2 ? SECTION : GPT};
        p->low_n = i != 7;
        if (i < 4)
            continue;
        p->mentions = i;
        p->issues = p->issues_with = 5;
        p->words = 5000000000u;
        p->has_rate = p->has_share = true;
        p->per_10k = i / 3.0;
        p->share = 1;
        p->share_low = 0.5;
        p->share_high = 1;
    }
    points[7].has_rate_ci = true;
    points[7].rate_low = 0;
    points[7].rate_high = 7.5;
    return (tt_series){periods, 2, points, 8};
}

static void test_trends(void **state)
{
    tt_table t;
    tt_err err = {0};
    tt_series s = small_series();
    (void)state;
    s.n_points = 1;
    points[0].section = TT_ALL_SECTIONS;
    assert_int_equal(tt_tables_trends(&t, &facts, &s, &err), 0);
    expect(&t, &as_csv,
           "period,period_start,period_end,complete,section,topic,label,type,mentions,issues_with,issues,words,"
           "per_10k_words,rate_low,rate_high,issue_share,share_low,share_high,low_n\n"
           "2019,2019-01-01,2019-12-31,0,(all),gpt,\"GPT, all\",model,0,0,0,0,,,,,,,1\n");
    s = small_series();
    s.points = points + 6;
    s.n_points = 2;
    assert_int_equal(tt_tables_trends(&t, &facts, &s, &err), 0);
    expect(&t, &as_csv,
           "period,period_start,period_end,complete,section,topic,label,type,mentions,issues_with,issues,words,"
           "per_10k_words,rate_low,rate_high,issue_share,share_low,share_high,low_n\n"
           "2020,2020-01-01,2020-12-31,1,Research,gpt,\"GPT, all\",model,6,5,5,5000000000,2,,,1,0.5,1,1\n"
           "2020,2020-01-01,2020-12-31,1,Research,section,Sections,theme,7,5,5,5000000000,2.33333,0,7.5,1,0.5,1,0\n");
}

static void test_topics(void **state)
{
    static const tt_topic_sum sums[] = {{CLIMATE, 3, 2, 18000, 18321, 2020, 321},
                                        {GPT, 4, 1, TT_NO_DATE, TT_NO_DATE, 0, -1},
                                        {SECTION, 0, 0, TT_NO_DATE, TT_NO_DATE, 0, 0}};
    tt_table t;
    tt_err err = {0};
    (void)state;
    assert_int_equal(tt_tables_topics(&t, &facts, sums, 3, &err), 0);
    expect(&t, &as_csv,
           "topic,label,type,broader,mentions,issues_with,first_date,last_date,peak_period,longest_gap_days\n"
           "climate,Climate,theme,,3,2,2019-04-14,2020-02-29,2020,321\n"
           "gpt,\"GPT, all\",model,ai|openai,4,1,,,,\n"
           "section,Sections,theme,,0,0,,,,0\n");
}

static void test_wide(void **state)
{
    static const struct {
        tt_wide wide;
        tt_measure measure;
        const char *want;
    } cases[] = {{TT_WIDE_TOPICS_ACROSS, TT_MEASURE_MENTIONS,
                  "period,period_start,period_end,complete,section,gpt,topic:section\n"
                  "2019,2019-01-01,2019-12-31,0,Apps,0,0\n"
                  "2019,2019-01-01,2019-12-31,0,Research,0,0\n"
                  "2020,2020-01-01,2020-12-31,1,Apps,4,5\n"
                  "2020,2020-01-01,2020-12-31,1,Research,6,7\n"},
                 {TT_WIDE_TOPICS_ACROSS, TT_MEASURE_SHARE,
                  "period,period_start,period_end,complete,section,gpt,topic:section\n"
                  "2019,2019-01-01,2019-12-31,0,Apps,,\n"
                  "2019,2019-01-01,2019-12-31,0,Research,,\n"
                  "2020,2020-01-01,2020-12-31,1,Apps,1,1\n"
                  "2020,2020-01-01,2020-12-31,1,Research,1,1\n"},
                 {TT_WIDE_PERIODS_ACROSS, TT_MEASURE_RATE,
                  "section,topic,label,type,2019,2020\n"
                  "Apps,gpt,\"GPT, all\",model,,1.33333\n"
                  "Apps,section,Sections,theme,,1.66667\n"
                  "Research,gpt,\"GPT, all\",model,,2\n"
                  "Research,section,Sections,theme,,2.33333\n"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_arena arena = {0};
        tt_table t;
        tt_err err = {0};
        tt_series s = small_series();
        assert_int_equal(tt_tables_wide(&t, &facts, &s, cases[i].wide, cases[i].measure, &arena, &err), 0);
        expect(&t, &as_csv, cases[i].want);
        tt_arena_release(&arena);
    }
}

static void test_wide_of_nothing(void **state)
{
    static const struct {
        tt_wide wide;
        const char *want;
    } cases[] = {{TT_WIDE_TOPICS_ACROSS, "period,period_start,period_end,complete,section\n"},
                 {TT_WIDE_PERIODS_ACROSS, "section,topic,label,type,2019,2020\n"}};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        tt_arena arena = {0};
        tt_table t;
        tt_err err = {0};
        tt_series s = {.periods = periods, .n_periods = 2};
        assert_int_equal(tt_tables_wide(&t, &facts, &s, cases[i].wide, TT_MEASURE_MENTIONS, &arena, &err), 0);
        expect(&t, &as_csv, cases[i].want);
        tt_arena_release(&arena);
    }
}

/* ---- text for people ---- */

static void mention(tt_table *t, const char *before, const char *surface, const char *after)
{
    size_t n = 0;
    const tt_column *columns = tt_table_columns(TT_TABLE_MENTIONS, &n);
    tt_table_init(t, "mentions", columns, n);
    tt_tables_mention(t, &(tt_mention_row){.path = TT_S("in/b.md"),
                                           .line = 7,
                                           .column = 31,
                                           .issue = &issues[B],
                                           .section = TT_S("Apps"),
                                           .zone = TT_S("text"),
                                           .topic = TT_S("gpt"),
                                           .via = TT_S(""),
                                           .term = TT_S("GPT-*"),
                                           .surface = tt_str_of(surface),
                                           .before = tt_str_of(before),
                                           .after = tt_str_of(after)});
}

static void test_mentions(void **state)
{
    tt_table t;
    (void)state;
    mention(&t, "trained ", "GPT-3", ", and");
    expect(&t, &as_csv,
           "path,line,column,issue,number,date,section,zone,topic,via,term,surface,before,after\n"
           "in/b.md,7,31,b.md,12,2020-02-29,Apps,text,gpt,,GPT-*,GPT-3,\"trained \",\", and\"\n");
    mention(&t, "trained ", "GPT-3", ", and");
    expect(&t, &(tt_output){.format = TT_FORMAT_GREP}, "in/b.md:7:31: trained GPT-3, and\n");
    mention(&t, "a\x1b]0;x\x07 ", "GPT-3", "\xC2\x9B\x7F");
    expect(&t, &(tt_output){.format = TT_FORMAT_GREP}, "in/b.md:7:31: a\\x1b]0;x\\x07 GPT-3\\u009b\\x7f\n");
    mention(&t, "a ", "GPT-3", " b");
    expect(&t, &(tt_output){.format = TT_FORMAT_GREP, .color = true},
           "\x1b[35min/b.md\x1b[0m:\x1b[32m7\x1b[0m:\x1b[32m31\x1b[0m: a \x1b[1;31mGPT-3\x1b[0m b\n");
}

static void test_grep_is_for_mentions(void **state)
{
    tt_writer *w = NULL;
    tt_buf to = {0};
    tt_err err = {0};
    size_t n = 0;
    const tt_column *columns = tt_table_columns(TT_TABLE_COUNTS, &n);
    (void)state;
    assert_int_equal(tt_writer_new(&w, &(tt_output){.format = TT_FORMAT_GREP}, NULL, columns, n, "counts", &to, &err),
                     TT_EUSAGE);
    assert_non_null(strstr(err.text, "mentions"));
    assert_null(w);
    assert_int_equal(to.n, 0);
}

static void test_aligned(void **state)
{
    tt_table t;
    (void)state;
    tt_table_init(&t, "kinds", kinds, 5);
    row(&t, "Z\xC3\xBCrich", 7, 0.5, 18321, true);
    row(&t, "a\tb\nc\rd\x1b[31m", -1234, 12.25, TT_NO_DATE, false);
    row(&t, "", 0, NAN, 0, false);
    expect(&t, &(tt_output){.format = TT_FORMAT_TEXT},
           "t                       i      r  d           f\n"
           "Z\xC3\xBCrich                  7    0.5  2020-02-29  1\n"
           "a\\tb\\nc\\rd\\x1b[31m  -1234  12.25              0\n"
           "                        0         1970-01-01  0\n");
    tt_table_init(&t, "kinds", kinds, 1); /* no blanks at the end of a line */
    tt_table_text(&t, TT_S("abc"));
    tt_table_text(&t, TT_S("a"));
    tt_table_text(&t, TT_S(""));
    expect(&t, &(tt_output){.format = TT_FORMAT_TEXT}, "t\nabc\na\n\n");
    tt_table_init(&t, "kinds", kinds, 2);
    expect(&t, &(tt_output){.format = TT_FORMAT_TEXT, .color = true}, "\x1b[1mt  i\x1b[0m\n");
}

/* Widths are those of all tables that one writer gets, and it keeps nothing of them. */
static void test_many_tables(void **state)
{
    static const struct {
        tt_format format;
        const char *want;
    } cases[] = {{TT_FORMAT_CSV, "t,i\na,1\nlonger,22\n"},
                 {TT_FORMAT_TEXT, "t        i\na        1\nlonger  22\n"},
                 {TT_FORMAT_JSONL, "{\"t\":\"a\",\"i\":1}\n{\"t\":\"longer\",\"i\":22}\n"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[] = "a";
        tt_table t;
        tt_buf to = {0};
        tt_err err = {0};
        tt_writer *w = NULL;
        tt_table_init(&t, "kinds", kinds, 2);
        assert_int_equal(tt_writer_new(&w, &(tt_output){.format = cases[i].format}, NULL, kinds, 2, "kinds", &to, &err),
                         0);
        assert_int_equal(tt_writer_rows(w, &t, &err), 0); /* none */
        tt_table_text(&t, tt_str_of(text));
        tt_table_int(&t, 1);
        assert_int_equal(tt_writer_rows(w, &t, &err), 0);
        tt_table_clear(&t);
        text[0] = 'X';
        tt_table_text(&t, TT_S("longer"));
        tt_table_int(&t, 22);
        assert_int_equal(tt_writer_rows(w, &t, &err), 0);
        assert_int_equal(tt_writer_end(w, &err), 0);
        assert_string_equal(to.p, cases[i].want);
        tt_buf_release(&to);
        tt_table_release(&t);
    }
}

/* ---- memory ---- */

static int write_in(tt_format format, const tt_table *t)
{
    static const tt_provenance from = {.lexicon_hash = "l"};
    tt_buf to = {0};
    tt_err err = {0};
    tt_writer *w = NULL;
    int rc = tt_writer_new(&w, &(tt_output){.format = format}, &from, t->columns, t->n_columns, "x", &to, &err);
    if (rc == 0)
        rc = tt_writer_rows(w, t, &err);
    if (rc == 0)
        rc = tt_writer_end(w, &err);
    else
        tt_writer_free(w);
    tt_buf_release(&to);
    assert_int_equal(err.code, rc);
    return rc;
}

static int without_memory(void)
{
    static const tt_topic_sum sums[] = {{CLIMATE, 3, 2, 18000, 18321, 2020, 321}};
    const tt_picked all = {0};
    const tt_series s = small_series();
    tt_arena arena = {0};
    tt_table t[6] = {{.n_columns = 0}};
    tt_err err = {0};
    int rc = tt_tables_issues(&t[0], &facts, &all, false, &err);
    if (rc == 0)
        rc = tt_tables_counts(&t[1], &facts, &all, &err);
    if (rc == 0)
        rc = tt_tables_trends(&t[2], &facts, &s, &err);
    if (rc == 0)
        rc = tt_tables_topics(&t[3], &facts, sums, 1, &err);
    if (rc == 0)
        rc = tt_tables_wide(&t[4], &facts, &s, TT_WIDE_TOPICS_ACROSS, TT_MEASURE_RATE, &arena, &err);
    if (rc == 0) {
        mention(&t[5], "a\xFF", "b", "c");
        rc = t[5].failed ? TT_ENOMEM : 0;
    }
    for (int i = 0; i < 6 && rc == 0; i++)
        for (tt_format f = TT_FORMAT_CSV; f <= TT_FORMAT_TEXT && rc == 0; f++)
            rc = write_in(f, &t[i]);
    if (rc == 0)
        rc = write_in(TT_FORMAT_GREP, &t[5]);
    for (int i = 0; i < 6; i++)
        tt_table_release(&t[i]);
    tt_arena_release(&arena);
    return rc;
}

static void test_no_memory(void **state)
{
    (void)state;
    assert_true(fail_each(without_memory, TT_ENOMEM) > 30);
}

/* What failed while a table was filled shows when it is written. */
static void test_a_failed_table_is_not_written(void **state)
{
    tt_table t;
    tt_buf to = {0};
    tt_err err = {0};
    tt_writer *w = NULL;
    (void)state;
    tt_table_init(&t, "kinds", kinds, 2);
    t.failed = true;
    tt_table_int(&t, 1);
    assert_int_equal(t.n_values, 0);
    assert_int_equal(tt_writer_new(&w, &as_csv, NULL, kinds, 2, "kinds", &to, &err), 0);
    assert_int_equal(tt_writer_rows(w, &t, &err), TT_ENOMEM);
    tt_writer_free(w);
    tt_writer_free(NULL);
    tt_buf_release(&to);
    tt_table_release(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),       cmocka_unit_test(test_rows_and_clear),
        cmocka_unit_test(test_invalid_utf8), cmocka_unit_test(test_csv_fields),
        cmocka_unit_test(test_csv_header),   cmocka_unit_test(test_schemas),
        cmocka_unit_test(test_issues),       cmocka_unit_test(test_issues_of_a_selection),
        cmocka_unit_test(test_links),        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_trends),       cmocka_unit_test(test_topics),
        cmocka_unit_test(test_wide),         cmocka_unit_test(test_wide_of_nothing),
        cmocka_unit_test(test_mentions),     cmocka_unit_test(test_grep_is_for_mentions),
        cmocka_unit_test(test_aligned),      cmocka_unit_test(test_many_tables),
        cmocka_unit_test(test_no_memory),    cmocka_unit_test(test_a_failed_table_is_not_written),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
