/* The readers of JSON on the small exports of tests/json, each beside what is made of it (NAME.want: a line for each
 * record: its line in the file, what was found, `kind<body>`): which files they take, records, places; files that are cut
 * at every byte, changed at random, in UTF-16, nested deeply, longer than a head; and no memory. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/jscan.h"
#include "fail_alloc.h"
#include "read/ghost_doc.h"
#include "read/readers.h"
#include "show_records.h"

static const tt_columns usual;

/* `copied`: every character of the bodies stands in the file, or is an escape there; else tags were put between. */
static const struct {
    const char *what, *path, *name;
    bool copied;
} exports[] = {
    {"Ghost with db, four forms of one text", "ghost.json", "ghost.json", true},
    {"Ghost without db, tags before posts, ids that are numbers", "ghost-old.json", "ghost-old.json", true},
    {"Ghost's Content API", "ghost-api.json", "ghost-api.json", true},
    {"Lexical", "ghost-lexical.json", "ghost-lexical.json", false},
    {"Lexical of Markdown cards alone", "ghost-lexical-markdown.json", "ghost-lexical-markdown.json", false},
    {"Mobiledoc", "ghost-mobiledoc.json", "ghost-mobiledoc.json", false},
    {"Mobiledoc of one Markdown card", "ghost-mobiledoc-markdown.json", "ghost-mobiledoc-markdown.json", false},
    {"documents that are broken or hold nothing", "ghost-broken.json", "ghost-broken.json", true},
    {"Ghost, cut in the posts", "ghost-cut.json", "ghost-cut.json", true},
    {"Ghost, cut behind the posts", "ghost-cut-behind.json", "ghost-cut-behind.json", true},
    {"Ghost without posts", "ghost-none.json", "ghost-none.json", true},
    {"JSON Feed", "feed.json", "feed.json", true},
    {"JSON Feed whose items come first", "feed-items-first.json", "feed-items-first.json", true},
    {"a feed that is cut before its items", "feed-cut.json", "feed-cut.json", true},
    {"Curated, one issue", "curated.json", "curated.json", false},
    {"Curated, an array", "curated-array.json", "curated-array.json", false},
    {"Buttondown", "buttondown.json", "buttondown.json", true},
    {"Buttondown's API", "buttondown-api.json", "buttondown-api.json", true},
    {"rows", "rows.jsonl", "rows.jsonl", true},
    {"one row, by the file's name", "one-row.ndjson", "one-row.ndjson", true},
    {"one row on standard input", "stdin", "-", true},
    {"rows in a file without an ending", "rows", "rows", true},
    {"rows behind a byte-order mark", "rows-bom.jsonl", "rows-bom.jsonl", true},
    {"an array of rows", "rows.json", "rows.json", true},
    {"an array that goes on behind its end", "rows-more.json", "rows-more.json", true},
    {"package.json", "package.json", "package.json", true},
    {"a manifest", "manifest.json", "manifest.json", true},
    {"a row alone is no file of rows", "row.json", "row.json", true},
    {"rows without a text", "log.jsonl", "log.jsonl", true},
    {"an array of texts without more", "strings.json", "strings.json", true},
    {"an array of numbers", "numbers.json", "numbers.json", true},
    {"Markdown that begins with a link", "link.md", "link.md", true},
    {"a menu", "menu.json", "menu.json", true},
    {"no bytes", "nothing.json", "nothing.json", true},
};
enum { N_EXPORTS = sizeof exports / sizeof *exports };

static tt_buf files[N_EXPORTS], wants[N_EXPORTS];

static void read_file(const char *name, const char *more, tt_buf *to)
{
    char path[200], part[4096];
    snprintf(path, sizeof path, "tests/json/%s%s", name, more);
    FILE *f = fopen(path, "rb");
    if (!f)
        fail_msg("cannot open %s", path);
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
        tt_buf_add(to, part, n);
    fclose(f);
}

static tt_str file_of(size_t i)
{
    return (tt_str){files[i].p ? files[i].p : "", files[i].n};
}

static void test_exports(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_EXPORTS; i++)
        for (int slow = 0; slow < 2; slow++) {
            int rc;
            places sum = {0};
            char *got = show_file(exports[i].name, file_of(i), usual, slow == 1, &rc, &sum);
            if (strcmp(got ? got : "(none)\n", wants[i].p) != 0)
                fail_msg("%s%s: got\n%s\nwanted\n%s", exports[i].what, slow ? ", byte by byte" : "",
                         got ? got : "(none)", wants[i].p);
            if (sum.n_wrong > 0 || (exports[i].copied && sum.n_made > 0))
                fail_msg("%s: %zu characters stand elsewhere", exports[i].what, sum.n_made);
            assert_true(got == NULL || exports[i].copied || sum.n_true > 0);
            tt_free(got);
        }
}

/* The reader of the whole file on its first n bytes. */
static int read_part(size_t i, size_t n, tt_str file, tt_buf *out)
{
    tt_head head = head_of(exports[i].name, file);
    const tt_reader *reader = tt_reader_of(&head, &usual);
    if (!reader)
        return 0;
    char *exact = malloc(n ? n : 1); /* so that the sanitizer sees each byte too far */
    assert_non_null(exact);
    memcpy(exact, file.p, n);
    tt_input in;
    tt_input_memory(&in, exports[i].name, (tt_str){exact, n});
    tt_reading_in from = {&in, exports[i].name, usual, &note_sink};
    int rc = read_records(reader, &from, out, file, NULL);
    tt_input_close(&in);
    free(exact);
    return rc;
}

static void test_truncated(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_EXPORTS; i++) {
        tt_str file = file_of(i);
        tt_head head = head_of(exports[i].name, file);
        const tt_reader *reader = tt_reader_of(&head, &usual);
        size_t content = tt_str_trim(file).n;
        for (size_t n = 0; reader && n < content; n++) {
            tt_buf out = {0};
            int rc = read_part(i, n, file, &out);
            bool lines = strcmp(reader->name, "jsonl") == 0;
            bool whole =
                rc == 0 && tt_str_ends(tt_str_trim((tt_str){file.p, n}), TT_S("]")); /* what goes on behind its end */
            if (lines ? rc != 0 : rc >= 0 && !whole)
                fail_msg("%s, first %zu bytes: %d\n%s", exports[i].what, n, rc, out.p);
            tt_buf_release(&out);
        }
    }
}

static uint32_t seed = 1;

static uint32_t any(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
}

/* Changed files end somehow, and give no place that is not in the file. */
static void test_mutated(void **state)
{
    static const char bytes[] = "\"\\{}[]:,0a<&\n\r\t \xE2\x80u";
    (void)state;
    for (size_t i = 0; i < N_EXPORTS; i++)
        for (int round = 0; round < 200 && files[i].n > 0; round++) {
            char *copy = malloc(files[i].n);
            assert_non_null(copy);
            memcpy(copy, files[i].p, files[i].n);
            for (uint32_t n = 1 + any(3); n > 0; n--)
                copy[any((uint32_t)files[i].n)] = bytes[any(sizeof bytes)];
            tt_buf out = {0};
            tt_str file = file_of(i);
            tt_head head = head_of(exports[i].name, file);
            const tt_reader *reader = tt_reader_of(&head, &usual);
            head.bytes.p = copy;
            tt_reader_of(&head, &usual);
            tt_input in;
            tt_input_memory(&in, exports[i].name, (tt_str){copy, files[i].n});
            tt_reading_in from = {&in, exports[i].name, usual, &note_sink};
            places sum;
            if (reader)
                read_records(reader, &from, &out, (tt_str){copy, files[i].n}, &sum);
            tt_input_close(&in);
            tt_buf_release(&out);
            free(copy);
        }
}

/* ---- heads ---- */

static void check_head(const char *name, tt_str file, const char *want)
{
    tt_head head = head_of(name, file);
    const tt_reader *reader = tt_reader_of(&head, &usual);
    const char *got = reader ? reader->name : "none";
    if (strcmp(got, want) != 0)
        fail_msg("%.60s: got %s, wanted %s", file.p, got, want);
}

/* Each file has a text longer than a head where LONG stands. */
static void test_long_heads(void **state)
{
    static const struct {
        const char *name, *before, *after, *want;
    } cases[] = {
        {"a.json", "{\"db\":[{\"data\":{\"posts\":[{\"html\":\"", "\"}]}}]}", "ghost"},
        {"a.json", "{\"db\":[{\"data\":{\"mobiledoc_revisions\":[{\"mobiledoc\":\"", "\"}],\"posts\":[]}}]}", "ghost"},
        {"a.json", "{\"meta\":{\"exported_on\":1},\"data\":{\"benefits\":[\"", "\"],\"posts\":[]}}", "ghost"},
        {"a.json", "{\"posts\":[{\"lexical\":\"", "\",\"slug\":\"x\"}]}", "ghost"},
        {"a.json", "{\"posts\":[{\"feature_image\":\"", "\"}]}", "none"},
        {"a.json", "{\"items\":[{\"content_text\":\"", "\"}],\"version\":\"https://jsonfeed.org/version/1\"}",
         "jsonfeed"},
        {"a.json", "{\"categories\":[{\"name\":\"A\",\"items\":[{\"url\":\"u\",\"description\":\"",
         "\"}]}],\"number\":1}", "curated"},
        {"a.json", "[{\"subject\":\"s\",\"body\":\"", "\",\"secondary_id\":1}]", "buttondown"},
        {"a.json", "[{\"body\":\"", "\",\"subject\":\"s\"}]", "none"},
        {"a.json", "[{\"subject\":\"s\",\"body\":\"a\",\"date\":\"\"},{\"subject\":\"", "\"}]", "json"},
        {"a.json", "[{\"date\":\"\",\"body\":\"", "\"}]", "json"},
        {"a.jsonl", "{\"text\":\"", "\"}\n", "jsonl"},
        {"a.jsonl", "{\"x\":\"", "\",\"text\":\"a\"}\n", "jsonl"},
        {"-", "{\"text\":\"", "\"}\n", "jsonl"},
        {"-", "{\"x\":\"", "\"}\n", "none"},
        {"a.json", "{\"text\":\"", "\"}\n", "none"},
        {"a.json", "{\"text\":\"a\"}\n{\"text\":\"", "\"}\n", "jsonl"},
        {"package.json", "{\"name\":\"x\",\"text\":{\"a\":\"", "\"}}", "none"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_buf file = {0};
        tt_buf_text(&file, cases[i].before);
        for (int k = 0; k < TT_HEAD; k++)
            tt_buf_char(&file, 'x');
        tt_buf_text(&file, cases[i].after);
        check_head(cases[i].name, (tt_str){file.p, file.n}, cases[i].want);
        tt_buf_release(&file);
    }
}

static void test_whole_heads(void **state)
{
    static const struct {
        const char *name, *file, *want;
    } cases[] = {
        {"-", "{\n \"text\": \"a\"\n}\n", "none"},
        {"a.jsonl", "nonsense\n{\"text\":\"a\"}\n", "none"},
        {"a.jsonl", "{nonsense\n{\"text\":\"a\"}\n", "jsonl"},
        {"a.json", "{\"text\":\"a\"}\n[1]\n", "none"},
        {"a.json", "{\"text\":\"a\"}\n\n{\"text\":\"b\"}", "jsonl"},
        {"a.json", "{\"text\":1}\n{\"text\":2}", "none"},
        {"a.json", "[{\"text\":\"a\",\"date\":1}] x", "json"},
        {"a.json", "[1,{\"text\":\"a\",\"date\":1}]", "none"},
        {"a.json", "[[{\"text\":\"a\",\"date\":1}]]", "none"},
        {"a.json", "[{\"t\\u0065xt\":\"a\",\"Date\":1}]", "json"},
        {"a.json", "{\"version\":\"https:\\/\\/jsonfeed.org\\/version\\/1\"}", "jsonfeed"},
        {"a.json", "{\"version\":\"1\",\"items\":[]}", "none"},
        {"a.json", "{\"number\":1,\"published_at\":\"x\"}", "none"},
        {"a.json", "{\"number\":1,\"published_at\":\"x\",\"categories\":[]}", "curated"},
        {"a.json", "{\"posts\":[{\"html\":\"x\"}]} {}", "ghost"},
        {"a.json", " \n\t{\"db\":[{\"data\":{}}]}", "ghost"},
        {"a.json", "{", "none"},
        {"a.json", "[", "none"},
        {"a.json", "\xEF\xBB\xBF", "none"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_head(cases[i].name, tt_str_of(cases[i].file), cases[i].want);
}

static void test_columns(void **state)
{
    static const tt_columns own = {.text = "Story", .date = "when", .title = "name", .section = "kind"};
    static const char file[] = "{\"Story\":\"a\",\"text\":\"b\",\"when\":\"2020-01-02\",\"date\":\"2021-01-02\","
                               "\"name\":\"N\",\"title\":\"T\",\"kind\":\"K\",\"section\":\"S\"}\n{\"text\":\"b\"}\n";
    static const tt_columns html = {.text = "html"};
    int rc;
    (void)state;
    char *got = show_file("a.jsonl", tt_str_of(file), own, false, &rc, NULL);
    assert_string_equal(got, "jsonl\n1 name=1 title=N section=K date=2020-01-02 guess<a>\n"
                             "2 name=2 left out: a row without text guess<>\n");
    tt_free(got);
    got = show_file("a.json", TT_S("[{\"html\":\"a\",\"text\":\"b\"}]"), html, false, &rc, NULL);
    assert_string_equal(got, "json\n1 name=1 html<a>\n");
    tt_free(got);
    assert_null(show_file("a.jsonl", TT_S("{\"text\":\"b\"}\n"), own, false, &rc, NULL));
}

static void test_utf16(void **state)
{
    static const char *const names[] = {"ghost.json", "curated.json", "rows.jsonl", "rows.json", "package.json"};
    (void)state;
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        for (int form = 0; form < 4; form++) { /* 1: big-endian, 2: with a mark */
            tt_buf in = {0}, out = {0};
            read_file(names[k], "", &in);
            if (form & 2)
                tt_buf_add(&out, form & 1 ? "\xFE\xFF" : "\xFF\xFE", 2);
            for (size_t i = 0; i < in.n; i++) {
                char unit[2] = {form & 1 ? 0 : in.p[i], form & 1 ? in.p[i] : 0};
                tt_buf_add(&out, unit, 2);
            }
            int rc;
            char *got = show_file(names[k], (tt_str){out.p, out.n}, usual, form & 1, &rc, NULL);
            if (k == 4)
                assert_null(got);
            else
                assert_non_null(strstr(got ? got : "", "is UTF-16; save it again as UTF-8"));
            assert_true(k == 4 || rc == TT_EINPUT);
            tt_free(got);
            tt_buf_release(&in);
            tt_buf_release(&out);
        }
}

/* ---- limits ---- */

static void repeat(tt_buf *to, const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        tt_buf_text(to, text);
}

static char *show_buf(const char *name, tt_buf *file, int *rc)
{
    char *got = show_file(name, (tt_str){file->p, file->n}, usual, false, rc, NULL);
    tt_buf_release(file);
    return got;
}

static void test_nesting(void **state)
{
    (void)state;
    for (size_t more = 0; more < 2; more++) {
        tt_buf file = {0};
        int rc;
        size_t n = TT_JSCAN_DEPTH - 1 + more;
        tt_buf_text(&file, "{\"text\":\"a\",\"x\":");
        repeat(&file, "[", n);
        repeat(&file, "]", n);
        tt_buf_text(&file, "}\n{\"text\":\"b\"}\n");
        char *got = show_buf("a.jsonl", &file, &rc);
        assert_int_equal(rc, TT_RECORD_END);
        assert_string_equal(
            got, more ? "jsonl\nbroken: a.jsonl:1:1016: the row is broken: it is nested deeper than 1000 levels;"
                        " mend it\n2 name=2 guess<b>\n"
                      : "jsonl\n1 name=1 guess<a>\n2 name=2 guess<b>\n");
        tt_free(got);
    }
    for (size_t more = 0; more < 2; more++) { /* the root's children are the first level */
        tt_buf file = {0};
        int rc;
        size_t n = TT_GHOST_NESTING - 1 + more;
        tt_buf_text(&file, "{\"posts\":[{\"slug\":\"s\",\"lexical\":\"{\\\"root\\\":{\\\"children\\\":[");
        repeat(&file, "{\\\"children\\\":[", n);
        tt_buf_text(&file, "{\\\"text\\\":\\\"a\\\"}");
        repeat(&file, "]}", n);
        tt_buf_text(&file, "]}}\"}]}");
        char *got = show_buf("a.json", &file, &rc);
        assert_string_equal(got, more ? "ghost\nbroken: a.json:1:0: the document of the post `s` is broken: "
                                        "nodes are nested deeper than 64 levels; export it again\n"
                                      : "ghost\n1 name=s html<a>\n");
        tt_free(got);
    }
}

/* Each takes minutes where a loop is not linear. */
static void test_linear(void **state)
{
    enum { MANY = 200000 };
    static const struct {
        const char *name, *before, *part, *after;
    } cases[] = {
        {"a.json", "{\"number\":1,\"published_at\":\"2020-01-02\",\"categories\":[{\"items\":[{\"markdown\":\"",
         "[![a](", "\"}]}]}"},
        {"a.json", "{\"number\":1,\"published_at\":\"2020-01-02\",\"categories\":[{\"items\":[{\"markdown\":\"", "[",
         "]\"}]}]}"},
        {"a.json", "{\"number\":1,\"published_at\":\"2020-01-02\",\"categories\":[{\"items\":[{}",
         ",\n{\"title\":\"a\\n\",\r\"url\":\"b\"}", "]}]}"},
        {"a.json", "{\"number\":1,\"published_at\":\"2020-01-02\",\"categories\":[{}",
         ",{\"items\":[{}],\"name\":\"a\"}", "]}"},
        {"a.json", "{\"posts\":[{\"id\":1,\"html\":\"a\"}],\"posts_tags\":[{}", ",{\"post_id\":1,\"tag_id\":2}", "]}"},
        {"a.json", "{\"posts\":[{\"id\":1,\"html\":\"a\"}", ",{\"id\":1,\r\"html\":\"b\"}", "]}"},
        {"a.jsonl", "{\"text\":\"", "\\n\\ud83d", "\"}\n"},
        {"a.jsonl", "{\"text\":\"a\"}\n", "\r \n", ""},
        {"a.jsonl", "{\"text\":\"a\"}\n", "{\n", ""},
        {"a.jsonl", "{\"text\":\"a\"", ",\"text\":\"b\"", "}\n"},
        {"a.json", "{\"posts\":[{\"html\":\"a\",\"lexical\":\"", "{\\\"root\\\":", "\"}]}"},
        {"a.json", "{\"posts\":[{\"lexical\":\"{\\\"root\\\":{\\\"children\\\":[{}", ",{\\\"text\\\":\\\"a\\\"}",
         "]}}\"}]}"},
        {"a.json",
         "{\"posts\":[{\"mobiledoc\":\"{\\\"cards\\\":[[\\\"html\\\",{\\\"html\\\":\\\"a\\\"}]],\\\"sections\\\":[[]",
         ",[10,0]", "]}\"}]}"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_buf file = {0};
        int rc;
        tt_buf_text(&file, cases[i].before);
        repeat(&file, cases[i].part, MANY);
        tt_buf_text(&file, cases[i].after);
        char *got = show_buf(cases[i].name, &file, &rc);
        assert_non_null(got);
        tt_free(got);
    }
}

/* A long address that many short marks name is not written out each time. */
static void test_amplification(void **state)
{
    tt_buf file = {0};
    int rc;
    (void)state;
    tt_buf_text(&file, "{\"posts\":[{\"mobiledoc\":\"{\\\"markups\\\":[[\\\"a\\\",[\\\"href\\\",\\\"");
    repeat(&file, "x", 100000);
    tt_buf_text(&file, "\\\"]]],\\\"sections\\\":[[1,\\\"p\\\",[[0,[],0,\\\"\\\"]");
    repeat(&file, ",[0,[0],1,\\\"a\\\"]", 10000);
    tt_buf_text(&file, "]]]}\"}]}");
    size_t n = file.n;
    char *got = show_buf("a.json", &file, &rc);
    assert_true(strlen(got) < 2 * n);
    tt_free(got);
}

/* ---- no memory ---- */

static size_t failing; /* the export that is read */

static int read_whole(void)
{
    tt_str file = file_of(failing);
    tt_head head = head_of(exports[failing].name, file);
    const tt_reader *reader = tt_reader_of(&head, &usual);
    tt_input in;
    drip d = {file};
    void *state = NULL;
    tt_err err = {0};
    if (!reader)
        return 0;
    tt_input_from(&in, exports[failing].name, drip_byte, &d);
    tt_reading_in from = {&in, exports[failing].name, usual, NULL};
    int rc = reader->open(&from, &state, &err);
    bool more = rc == 0;
    while (more) {
        tt_record r = {.number = -1, .date = TT_NO_DATE};
        rc = reader->next(state, &r, &err);
        more = rc > 0;
    }
    reader->close(state);
    tt_input_close(&in);
    return rc == TT_EINPUT ? 0 : rc;
}

static void test_no_memory(void **state)
{
    (void)state;
    for (failing = 0; failing < N_EXPORTS; failing++)
        fail_each(read_whole, TT_ENOMEM);
    tt_reader_json.close(NULL);
    tt_reader_jsonl.close(NULL);
    tt_reader_ghost.close(NULL);
    tt_reader_curated.close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exports),       cmocka_unit_test(test_truncated),   cmocka_unit_test(test_mutated),
        cmocka_unit_test(test_long_heads),    cmocka_unit_test(test_whole_heads), cmocka_unit_test(test_columns),
        cmocka_unit_test(test_utf16),         cmocka_unit_test(test_nesting),     cmocka_unit_test(test_linear),
        cmocka_unit_test(test_amplification), cmocka_unit_test(test_no_memory),
    };
    for (size_t i = 0; i < N_EXPORTS; i++) {
        read_file(exports[i].path, "", &files[i]);
        read_file(exports[i].path, ".want", &wants[i]);
    }
    cmocka_set_message_output(CM_OUTPUT_TAP);
    int rc = cmocka_run_group_tests(tests, NULL, NULL);
    for (size_t i = 0; i < N_EXPORTS; i++) {
        tt_buf_release(&files[i]);
        tt_buf_release(&wants[i]);
    }
    tt_buf_release(&notes);
    return rc;
}
