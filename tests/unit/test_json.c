/* report/json: what is written, that cJSON reads the same back, and what happens without memory. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "report/json.h"
#include "fail_alloc.h"

#define COLUMN(name, type, key)                                                                                        \
    {                                                                                                                  \
        {name, sizeof(name) - 1}, type, key                                                                            \
    }
static const tt_column columns[] = {COLUMN("t", TT_TYPE_TEXT, true), COLUMN("i", TT_TYPE_INT, false),
                                    COLUMN("r", TT_TYPE_REAL, false), COLUMN("d", TT_TYPE_DATE, false),
                                    COLUMN("f", TT_TYPE_FLAG, false)};

static const char *const globs[] = {"z*", "a*", "z*"};
static const char *const topics[] = {"openai", "gpt"};
static const char *const sections[] = {"\"Apps\""};
static const char *const paths[] = {"/home/somebody/lexicon"};
static const int years[] = {2021, 2019, 2021};
static const tt_options options = {.lexicon = paths,
                                   .n_lexicon = 1,
                                   .side = "/home/somebody/side.csv",
                                   .include = globs,
                                   .n_include = 3,
                                   .zones = TT_ZONES_DEFAULT,
                                   .no_repair = true};
static const tt_select selection = {.has_from = true,
                                    .from = 18321,
                                    .years = years,
                                    .n_years = 3,
                                    .topics = topics,
                                    .n_topics = 2,
                                    .not_sections = sections,
                                    .n_not_sections = 1,
                                    .by = TT_BY_QUARTER,
                                    .by_section = true};
static const tt_provenance from = {.totals = {.n_read = 68, .n_skipped = 1, .n_undated = 2, .n_repaired = 3},
                                   .lexicon_hash = "abc",
                                   .input_hash = "def",
                                   .options = &options,
                                   .select = &selection};
#define OPTIONS                                                                                                        \
    "\"options\":{\"zones\":[\"caption\",\"quote\",\"heading\",\"text\"],\"infer\":true,\"repair\":false,"             \
    "\"drafts\":false,\"include\":[\"a*\",\"z*\"],\"exclude\":[],\"from\":\"2020-02-29\",\"to\":null,"                 \
    "\"years\":[2019,2021],\"topics\":[\"gpt\",\"openai\"],\"sections\":[],\"not_sections\":[\"\\\"Apps\\\"\"],"       \
    "\"by\":\"quarter\",\"by_section\":true}"
#define COUNTS                                                                                                         \
    "\"lexicon_hash\":\"abc\",\"input_hash\":\"def\",\"issues_read\":68,\"issues_skipped\":1,\"issues_undated\":2,"    \
    "\"issues_repaired\":3"

static void fill(tt_table *t)
{
    tt_table_init(t, "kinds", columns, 5);
    tt_table_text(t, TT_S("a"));
    tt_table_int(t, INT64_MAX);
    tt_table_real(t, 1 / 3.0);
    tt_table_date(t, 18321);
    tt_table_flag(t, true);
    tt_table_text(t, TT_S(""));
    tt_table_int(t, -1);
    tt_table_real(t, 1e15);
    tt_table_date(t, TT_NO_DATE);
    tt_table_flag(t, false);
    for (int i = 0; i < 5; i++)
        tt_table_empty(t);
}
#define ROW_1 "{\"t\":\"a\",\"i\":9223372036854775807,\"r\":0.333333,\"d\":\"2020-02-29\",\"f\":1}"
#define ROW_2 "{\"t\":null,\"i\":-1,\"r\":1000000000000000,\"d\":null,\"f\":0}"
#define ROW_3 "{\"t\":null,\"i\":null,\"r\":null,\"d\":null,\"f\":null}"

static void test_document(void **state)
{
    tt_table t;
    tt_buf to = {0};
    bool first = true;
    (void)state;
    fill(&t);
    assert_int_equal(tt_json_begin(&to, "kinds", &from), 0);
    assert_int_equal(tt_json_rows(&to, &t, TT_JSON_OBJECTS, &first), 0);
    assert_false(first);
    assert_int_equal(tt_json_rows(&to, &t, TT_JSON_OBJECTS, &first), 0);
    assert_int_equal(tt_json_end(&to), 0);
    assert_string_equal(to.p, "{\"schema_version\":1,\"program\":\"tagtrend\",\"version\":\"" TT_VERSION
                              "\",\"table\":\"kinds\"," OPTIONS "," COUNTS ",\"rows\":[\n" ROW_1 ",\n" ROW_2 ",\n" ROW_3
                              ",\n" ROW_1 ",\n" ROW_2 ",\n" ROW_3 "\n]}\n");
    cJSON *back = cJSON_Parse(to.p);
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(back, "rows")), 6);
    cJSON_Delete(back);
    tt_buf_release(&to);
    tt_table_release(&t);
}

static void test_no_rows_no_options(void **state)
{
    static const tt_provenance bare = {.lexicon_hash = NULL};
    tt_table t;
    tt_buf to = {0};
    bool first = true;
    (void)state;
    tt_table_init(&t, "kinds", columns, 5);
    assert_int_equal(tt_json_begin(&to, "kinds", &bare), 0);
    assert_int_equal(tt_json_rows(&to, &t, TT_JSON_OBJECTS, &first), 0);
    assert_true(first);
    assert_int_equal(tt_json_end(&to), 0);
    assert_non_null(strstr(to.p, ",\"options\":{},\"lexicon_hash\":null,\"input_hash\":null,"));
    assert_non_null(strstr(to.p, ",\"rows\":[\n]}\n"));
    cJSON *back = cJSON_Parse(to.p);
    assert_non_null(back);
    cJSON_Delete(back);
    tt_buf_release(&to);
}

static void test_lines(void **state)
{
    tt_table t;
    tt_buf to = {0};
    bool first = true;
    (void)state;
    fill(&t);
    assert_int_equal(tt_json_rows(&to, &t, TT_JSON_LINES, &first), 0);
    assert_string_equal(to.p, ROW_1 "\n" ROW_2 "\n" ROW_3 "\n");
    tt_buf_release(&to);
    tt_table_release(&t);
}

static void test_strings(void **state)
{
    static const struct {
        const char *in, *want;
    } cases[] = {{"\"><script>", "\\\"><script>"},
                 {"back\\slash / slash", "back\\\\slash / slash"},
                 {"\b\f\n\r\t", "\\b\\f\\n\\r\\t"},
                 {"\x01\x1b\x1f", "\\u0001\\u001b\\u001f"},
                 {"\xF0\x9F\x94\x8C plug", "\xF0\x9F\x94\x8C plug"},
                 {"Z\xC3\xBCrich \xE2\x80\x99", "Z\xC3\xBCrich \xE2\x80\x99"},
                 {"bad \xFF\xC3(", "bad \xEF\xBF\xBD\xEF\xBF\xBD("},
                 {"1", "1"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_column column = {tt_str_of(cases[i].in), TT_TYPE_TEXT, false}; /* as a key too */
        tt_table t;
        tt_buf to = {0}, want = {0};
        bool first = true;
        tt_table_init(&t, "x", &column, 1);
        tt_table_text(&t, tt_str_of(cases[i].in));
        assert_int_equal(tt_json_rows(&to, &t, TT_JSON_LINES, &first), 0);
        tt_buf_f(&want, "{\"%s\":\"%s\"}\n", cases[i].want, cases[i].want);
        assert_string_equal(to.p, want.p);
        cJSON *back = cJSON_Parse(to.p);
        if (!strchr(cases[i].in, '\xFF'))
            assert_string_equal(cJSON_GetObjectItem(back, cases[i].in)->valuestring, cases[i].in);
        cJSON_Delete(back);
        tt_buf_release(&to);
        tt_buf_release(&want);
        tt_table_release(&t);
    }
}

/* A key need not end in NUL, nor a text. */
static void test_slices(void **state)
{
    static const char text[] = "keyvalue";
    static const tt_column column = {{text, 3}, TT_TYPE_TEXT, false};
    tt_table t;
    tt_buf to = {0};
    bool first = true;
    (void)state;
    tt_table_init(&t, "x", &column, 1);
    tt_table_text(&t, (tt_str){text + 3, 3});
    assert_int_equal(tt_json_rows(&to, &t, TT_JSON_LINES, &first), 0);
    assert_string_equal(to.p, "{\"key\":\"val\"}\n");
    tt_buf_release(&to);
    tt_table_release(&t);
}

#define DIGEST "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static const char *text_at(const cJSON *item, const char *key)
{
    const cJSON *v = cJSON_GetObjectItemCaseSensitive(item, key);
    return v && v->valuestring ? v->valuestring : "(none)";
}

static void test_datapackage(void **state)
{
    static const struct {
        const char *name, *type;
    } fields[] = {{"t", "string"}, {"i", "integer"}, {"r", "number"}, {"d", "date"}, {"f", "boolean"}};
    const tt_resource r[] = {{"trends-by-year.csv", "Trends", columns, 5, 1234, DIGEST},
                             {"counts.csv", "Counts", columns, 1, 0, DIGEST}};
    tt_buf to = {0}, again = {0};
    (void)state;
    assert_int_equal(tt_json_datapackage(&to, "A \"title\"", &from, r, 2), 0);
    assert_int_equal(tt_json_datapackage(&again, "A \"title\"", &from, r, 2), 0);
    assert_string_equal(to.p, again.p);
    assert_null(strstr(to.p, "somebody"));
    assert_int_equal(to.p[to.n - 1], '\n');
    cJSON *back = cJSON_Parse(to.p);
    assert_string_equal(text_at(back, "profile"), "tabular-data-package");
    assert_string_equal(text_at(back, "name"), "tagtrend");
    assert_string_equal(text_at(back, "title"), "A \"title\"");
    const cJSON *resources = cJSON_GetObjectItem(back, "resources");
    assert_int_equal(cJSON_GetArraySize(resources), 2);
    const cJSON *one = cJSON_GetArrayItem(resources, 0);
    assert_string_equal(text_at(one, "name"), "trends-by-year");
    assert_string_equal(text_at(one, "path"), "trends-by-year.csv");
    assert_string_equal(text_at(one, "profile"), "tabular-data-resource");
    assert_string_equal(text_at(one, "title"), "Trends");
    assert_string_equal(text_at(one, "format"), "csv");
    assert_string_equal(text_at(one, "mediatype"), "text/csv");
    assert_string_equal(text_at(one, "encoding"), "utf-8");
    assert_string_equal(text_at(one, "hash"), "sha256:" DIGEST);
    assert_int_equal(cJSON_GetObjectItem(one, "bytes")->valueint, 1234);
    const cJSON *schema = cJSON_GetObjectItem(one, "schema");
    for (int i = 0; i < 5; i++) {
        const cJSON *field = cJSON_GetArrayItem(cJSON_GetObjectItem(schema, "fields"), i);
        assert_string_equal(text_at(field, "name"), fields[i].name);
        assert_string_equal(text_at(field, "type"), fields[i].type);
        assert_int_equal(cJSON_HasObjectItem(field, "trueValues"), i == 4);
    }
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(schema, "fields")), 5);
    assert_string_equal(cJSON_GetArrayItem(cJSON_GetObjectItem(schema, "missingValues"), 0)->valuestring, "");
    const cJSON *key = cJSON_GetObjectItem(schema, "primaryKey");
    assert_int_equal(cJSON_GetArraySize(key), 1);
    assert_string_equal(cJSON_GetArrayItem(key, 0)->valuestring, "t");
    cJSON_Delete(back);
    tt_buf_release(&to);
    tt_buf_release(&again);
}

static int write_set(tt_buf *to, const tt_table *const *tables, size_t n_tables, const tt_set_file *files,
                     size_t n_files)
{
    int rc = tt_json_set_begin(to, "T", &from);
    for (size_t i = 0; i < n_tables && rc == 0; i++) {
        bool first = true;
        rc = tt_json_set_table(to, tables[i]->name.p, tables[i]->columns, tables[i]->n_columns, i == 0);
        if (rc == 0)
            rc = tt_json_rows(to, tables[i], TT_JSON_ARRAYS, &first);
        if (rc == 0)
            rc = tt_json_set_table_end(to);
    }
    return rc == 0 ? tt_json_set_end(to, files, n_files) : rc;
}

#define FIELDS "\"fields\":[\"t\",\"i\",\"r\",\"d\",\"f\"]"

static void test_set(void **state)
{
    const tt_set_file files[] = {{"counts.csv", DIGEST, 12}, {"charts/top.gp", DIGEST, 0}};
    tt_table t, none;
    tt_buf to = {0};
    (void)state;
    fill(&t);
    tt_table_init(&none, "empty", columns, 5);
    assert_int_equal(write_set(&to, (const tt_table *const[]){&t, &none}, 2, files, 2), 0);
    assert_string_equal(to.p, "{\"schema_version\":1,\"program\":\"tagtrend\",\"version\":\"" TT_VERSION
                              "\",\"title\":\"T\"," OPTIONS "," COUNTS ",\n\"tables\":[\n"
                              "{\"name\":\"kinds\"," FIELDS ",\"rows\":[\n"
                              "[\"a\",9223372036854775807,0.333333,\"2020-02-29\",1],\n"
                              "[null,-1,1000000000000000,null,0],\n"
                              "[null,null,null,null,null]\n]},\n"
                              "{\"name\":\"empty\"," FIELDS ",\"rows\":[\n]}\n],\n\"files\":[\n"
                              "{\"path\":\"counts.csv\",\"bytes\":12,\"hash\":\"sha256:" DIGEST "\"},\n"
                              "{\"path\":\"charts/top.gp\",\"bytes\":0,\"hash\":\"sha256:" DIGEST "\"}\n]}\n");
    cJSON *back = cJSON_Parse(to.p);
    assert_non_null(back);
    cJSON_Delete(back);
    tt_buf_release(&to);
    tt_table_release(&t);
}

/* ---- strings against cJSON ---- */

static uint32_t random_number(uint32_t *seed) /* Marsaglia's xorshift */
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    return *seed ^= *seed << 5;
}

/* cJSON writes what is no UTF-8 as it is, so it is told the text with U+FFFD. */
static void same_as_cjson(tt_str s)
{
    tt_arena arena = {0};
    tt_str valid = s;
    tt_buf to = {0};
    assert_true(tt_table_valid(&arena, &valid));
    char *text = tt_arena_dup(&arena, valid.p, valid.n);
    cJSON *item = cJSON_CreateString(text);
    char *want = cJSON_PrintUnformatted(item);
    tt_json_string(&to, s);
    assert_string_equal(to.p, want);
    assert_int_equal(to.n, strlen(want));
    cJSON_free(want);
    cJSON_Delete(item);
    tt_buf_release(&to);
    tt_arena_release(&arena);
}

static void test_strings_are_as_of_cjson(void **state)
{
    static const char *const pieces[] = {"\xC3\xBC",
                                         "\xE2\x80\xA8",
                                         "\xF0\x9F\x94\x8C",
                                         "\xED\xA0\x80",
                                         "\xF4\x90\x80\x80",
                                         "\xEF\xBF\xBE",
                                         "\xC2\x85",
                                         "\"",
                                         "\\",
                                         "/",
                                         "plain text of some length",
                                         "\x7F"};
    char text[64];
    uint32_t seed = 20181125;
    (void)state;
    for (unsigned c = 1; c < 256; c++)
        for (unsigned d = 1; d < 256; d++) {
            const char two[] = {(char)c, (char)d};
            same_as_cjson((tt_str){two, 2});
        }
    for (int i = 0; i < 100000; i++) { /* bytes; then bytes among characters */
        size_t n = random_number(&seed) % 24;
        tt_buf b = {0};
        for (size_t k = 0; k < n; k++)
            text[k] = (char)(random_number(&seed) % 255 + 1);
        same_as_cjson((tt_str){text, n});
        for (size_t k = 0; k < n; k++)
            if (random_number(&seed) % 4)
                tt_buf_text(&b, pieces[random_number(&seed) % (sizeof pieces / sizeof *pieces)]);
            else
                tt_buf_char(&b, (char)(random_number(&seed) % 255 + 1));
        same_as_cjson((tt_str){b.p, b.n});
        tt_buf_release(&b);
    }
    tt_buf nul = {0}; /* where cJSON would end */
    tt_json_string(&nul, (tt_str){"a\0b", 3});
    assert_string_equal(nul.p, "\"a\\u0000b\"");
    tt_buf_release(&nul);
}

/* ---- memory ---- */

static int write_all(void)
{
    const tt_resource r = {"counts.csv", "Counts", columns, 5, 1, DIGEST};
    const tt_set_file file = {"counts.csv", DIGEST, 12};
    static tt_table t; /* filled before memory ends */
    tt_buf to = {0};
    bool first = true;
    long left = fail_after;
    fail_after = -1;
    fill(&t);
    fail_after = left;
    int rc = tt_json_begin(&to, "kinds", &from);
    if (rc == 0)
        rc = tt_json_rows(&to, &t, TT_JSON_OBJECTS, &first);
    if (rc == 0)
        rc = tt_json_end(&to);
    if (rc == 0)
        rc = tt_json_datapackage(&to, "T", &from, &r, 1);
    if (rc == 0)
        rc = write_set(&to, (const tt_table *const[]){&t}, 1, &file, 1);
    tt_buf_release(&to);
    tt_table_release(&t);
    return rc;
}

static void test_no_memory_of_ours(void **state)
{
    (void)state;
    assert_true(fail_each(write_all, TT_ENOMEM) > 5);
}

static long cjson_after;

static void *cjson_malloc(size_t n)
{
    if (cjson_after == 0) {
        has_failed = true;
        return NULL;
    }
    cjson_after--;
    return malloc(n);
}

/* cJSON asks for its memory itself; only a test may set hooks, which are global. */
static void test_no_memory_of_cjson(void **state)
{
    long i = 0;
    cJSON_Hooks hooks = {cjson_malloc, free};
    (void)state;
    cJSON_InitHooks(&hooks);
    for (;; i++) {
        cjson_after = i;
        has_failed = false;
        int rc = write_all();
        assert_int_equal(rc, has_failed ? TT_ENOMEM : 0);
        if (!has_failed)
            break;
    }
    cJSON_InitHooks(NULL);
    assert_true(i > 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_document),
        cmocka_unit_test(test_no_rows_no_options),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_strings),
        cmocka_unit_test(test_slices),
        cmocka_unit_test(test_datapackage),
        cmocka_unit_test(test_set),
        cmocka_unit_test(test_strings_are_as_of_cjson),
        cmocka_unit_test(test_no_memory_of_ours),
        cmocka_unit_test(test_no_memory_of_cjson),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
