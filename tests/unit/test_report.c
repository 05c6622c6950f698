/* report/report: the set of files: complete, whole, the same again; what goes wrong. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "base/digest.h"
#include "base/file.h"
#include "fail_alloc.h"
#include "report_world.h"

static char folder[] = "/tmp/tagtrend-report-XXXXXX";
static tt_world world;

static const char *const csvs[] = {
    "counts.csv",         "issues.csv",      "topics.csv", "trends-by-month.csv", "trends-by-section.csv",
    "trends-by-year.csv", "trends-wide.csv", "links.csv"};
enum { N_TABLES = sizeof csvs / sizeof *csvs };

static const char *const charts[] = {"section-mix", "top-topics", "topics-by-period", "topics-over-time"};

static const char *path_of(const char *set, const char *name)
{
    static char path[TT_MAX_PATH];
    snprintf(path, sizeof path, "%s/%s/%s", folder, set, name);
    return path;
}

static bool there(const char *set, const char *name)
{
    return tt_file_kind_of(path_of(set, name)) != TT_FILE_MISSING;
}

static int report(const char *set, size_t n, size_t undated, size_t n_topics, bool no_charts, const tt_sink *sink,
                  tt_err *err)
{
    memset(&world, 0, sizeof world);
    int rc = world_make(&world, n, undated, n_topics, NULL, err);
    if (rc == 0)
        rc = tt_report_write(path_of(set, ""), no_charts, &world.in, sink, err);
    world_release(&world);
    return rc;
}

static tt_buf slurp(const char *set, const char *name)
{
    tt_buf b = {0};
    if (tt_file_read(path_of(set, name), 1 << 26, &b, NULL) != 0)
        fail_msg("cannot read %s", path_of(set, name));
    return b;
}

static void save(const char *set, const char *name, const char *text)
{
    char path[TT_MAX_PATH];
    snprintf(path, sizeof path, "%s", path_of(set, name));
    assert_int_equal(tt_file_write(path, text, strlen(text), NULL), 0);
}

/* Takes a whole folder away, two levels deep. */
static void clear(const char *path)
{
    tt_names names = {0};
    tt_folder_list(path, &names, NULL);
    for (size_t i = 0; i < names.n; i++) {
        tt_buf b = {0};
        tt_buf_f(&b, "%s/%s", path, names.v[i]);
        if (tt_file_kind_of(b.p) == TT_FILE_FOLDER)
            clear(b.p);
        else
            remove(b.p);
        tt_buf_release(&b);
    }
    tt_names_release(&names);
    rmdir(path);
}

static const char *folder_of(const char *set)
{
    static char path[TT_MAX_PATH];
    snprintf(path, sizeof path, "%s/%s", folder, set);
    return path;
}

/* With that ending; "": all. */
static size_t files_below(const char *path, const char *ending)
{
    tt_names names = {0};
    size_t n = 0;
    assert_int_equal(tt_folder_list(path, &names, NULL), 0);
    for (size_t i = 0; i < names.n; i++) {
        tt_buf b = {0};
        tt_buf_f(&b, "%s/%s", path, names.v[i]);
        n += tt_file_kind_of(b.p) == TT_FILE_FOLDER ? files_below(b.p, ending)
                                                    : tt_str_ends(tt_str_of(b.p), tt_str_of(ending));
        tt_buf_release(&b);
    }
    tt_names_release(&names);
    return n;
}

/* tagtrend.json lists each file of the folder but itself, by name, with its size and hash. Returns how many. */
static size_t check_set(const char *set)
{
    tt_buf json = slurp(set, "tagtrend.json");
    cJSON *all = cJSON_Parse(json.p);
    const cJSON *f, *files = cJSON_GetObjectItem(all, "files");
    const char *before = "";
    size_t n = 0;
    assert_non_null(files);
    cJSON_ArrayForEach(f, files)
    {
        char digest[TT_DIGEST_SIZE];
        const char *path = cJSON_GetObjectItem(f, "path")->valuestring;
        const cJSON *hash = cJSON_GetObjectItem(f, "hash");
        tt_buf b = slurp(set, path);
        tt_digest_of(b.p, b.n, digest);
        assert_non_null(hash);
        assert_memory_equal(hash->valuestring, "sha256:", 7);
        assert_string_equal(hash->valuestring + 7, digest);
        assert_int_equal((size_t)cJSON_GetObjectItem(f, "bytes")->valuedouble, b.n);
        assert_true(strcmp(before, path) < 0);
        before = path;
        n++;
        tt_buf_release(&b);
    }
    assert_int_equal(files_below(folder_of(set), ""), n + 1);
    cJSON_Delete(all);
    tt_buf_release(&json);
    return n;
}

static void same(const char *a, const char *b, const char *name)
{
    tt_buf x = slurp(a, name), y = slurp(b, name);
    if (x.n != y.n || memcmp(x.p, y.p, x.n) != 0)
        fail_msg("%s differs", name);
    tt_buf_release(&x);
    tt_buf_release(&y);
}

enum { N_YEARS = 4 }; /* of 40 issues: each has index.html, review.md, card.png and its script */

static void test_set(void **state)
{
    (void)state;
    tt_err err = {0};
    char name[80];
    if (report("one", 40, 1, WORLD_TOPICS, false, NULL, &err) != 0)
        fail_msg("%s: %s", err.path, err.text);
    size_t n_charts = files_below(folder_of("one"), ".gp") - N_YEARS; /* a year's card has a script, too */
    assert_true(n_charts >= 4 + 3 * 8); /* 4 over all years, 8 and more for each of the three that have issues enough */
    assert_int_equal(check_set("one"), N_TABLES + 3 * n_charts + 4 * N_YEARS + 2);
    assert_true(there("one", "2020/charts/top-topics.svg"));
    assert_true(there("one", "2022/charts/issue-length.png"));
    assert_false(there("one", "2022/charts/top-topics.gp")); /* 3 issues */
    for (size_t i = 0; i < N_TABLES; i++)
        assert_true(there("one", csvs[i]));
    assert_int_equal(report("deep/er", 40, 1, WORLD_TOPICS, false, NULL, &err), 0);
    for (size_t i = 0; i < N_TABLES; i++)
        same("one", "deep/er", csvs[i]);
    for (size_t i = 0; i < 4; i++)
        for (size_t k = 0; k < 3; k++) {
            static const char *const endings[] = {"gp", "svg", "png"};
            snprintf(name, sizeof name, "charts/%s.%s", charts[i], endings[k]);
            same("one", "deep/er", name);
        }
    same("one", "deep/er", "datapackage.json");
    same("one", "deep/er", "index.html");
    same("one", "deep/er", "tagtrend.json");
    tt_buf page = slurp("one", "index.html");
    assert_non_null(strstr(page.p, "<svg role=\"img\""));
    assert_null(strstr(page.p, "somebody")); /* paths are relative to the archive */
    assert_null(strstr(page.p, folder));
    tt_buf_release(&page);
    page = slurp("one", "issues.csv");
    assert_null(strstr(page.p, "somebody"));
    tt_buf_release(&page);
}

/* What an earlier run drew and this one does not goes; what is not ours stays. */
static void test_without_charts(void **state)
{
    (void)state;
    assert_int_equal(report("plain", 40, 1, 3, true, NULL, NULL), 0);
    assert_false(there("plain", "charts"));
    assert_true(there("plain", "2020/review.md"));
    assert_int_equal(check_set("plain"), N_TABLES + 2 * N_YEARS + 2);
    assert_int_equal(tt_folder_make(path_of("plain", "charts"), NULL), 0);
    save("plain", "charts/top-topics.svg", "old");
    save("plain", "charts/section-mix.gp", "old");
    save("plain", "charts/mine.svg", "mine");
    save("plain", "notes.txt", "mine");
    assert_int_equal(report("plain", 40, 1, 3, true, NULL, NULL), 0);
    assert_false(there("plain", "charts/top-topics.svg"));
    assert_false(there("plain", "charts/section-mix.gp"));
    assert_true(there("plain", "charts/mine.svg"));
    assert_true(there("plain", "notes.txt"));
}

/* Years that an earlier run had and this one has not go with their folders; what is not ours stays. */
static void test_other_years(void **state)
{
    (void)state;
    assert_int_equal(report("years", 30, 0, 3, false, NULL, NULL), 0);
    assert_true(there("years", "2021/charts/issue-length.svg"));
    assert_true(there("years", "2021/index.html"));
    assert_true(there("years", "2021/card.png"));
    save("years", "2020/mine.txt", "mine");
    assert_int_equal(tt_folder_make(path_of("years", "20200"), NULL), 0);
    assert_int_equal(report("years", 12, 0, 3, false, NULL, NULL), 0);
    assert_true(there("years", "2019/charts/issue-length.svg"));
    assert_false(there("years", "2021"));
    assert_false(there("years", "2020/charts"));
    assert_true(there("years", "2020/mine.txt"));
    assert_false(there("years", "2020/index.html"));
    assert_false(there("years", "2020/review.md"));
    assert_false(there("years", "2020/card.png"));
    assert_true(there("years", "20200"));
    assert_int_equal(report("years", 12, 0, 3, true, NULL, NULL), 0);
    assert_false(there("years", "2019/charts/issue-length.svg"));
}

/* Kinds of pictures that are not wanted any more go; the page has its SVGs in any case. */
static void test_pictures(void **state)
{
    (void)state;
    memset(&world, 0, sizeof world);
    assert_int_equal(report("kinds", 12, 0, 2, false, NULL, NULL), 0);
    assert_int_equal(world_make(&world, 12, 0, 2, NULL, NULL), 0);
    world.in.pictures = 1u << TT_PICTURE_PDF;
    assert_int_equal(tt_report_write(path_of("kinds", ""), false, &world.in, NULL, NULL), 0);
    world_release(&world);
    size_t n = files_below(folder_of("kinds"), ".gp");
    assert_true(n > 4);
    n--; /* the card, which is a PNG always */
    assert_int_equal(files_below(folder_of("kinds"), ".pdf"), n);
    assert_int_equal(files_below(folder_of("kinds"), ".svg"), 0);
    assert_int_equal(files_below(folder_of("kinds"), ".png"), 1);
    assert_int_equal(check_set("kinds"), N_TABLES + 2 * n + 4 + 2);
    tt_buf page = slurp("kinds", "index.html");
    assert_non_null(strstr(page.p, "<svg role=\"img\""));
    assert_non_null(strstr(page.p, "<a href=\"charts/top-topics.pdf\">PDF</a>"));
    assert_null(strstr(page.p, "charts/top-topics.png"));
    tt_buf_release(&page);
}

static void count_told(void *ctx, tt_level level, const tt_err *err)
{
    if (level == TT_DETAIL && strstr(err->text, "left out"))
        ++*(size_t *)ctx;
}

static void test_small_archives(void **state)
{
    (void)state;
    static const struct {
        size_t n, undated, topics, n_charts;
    } cases[] = {{0, 0, 0, 0}, {1, 1, 1, 1}, {1, 0, 1, 2}, {3, 0, 1, 4}, {14, 0, 0, 7}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t left_out = 0;
        const tt_sink sink = {.tell = count_told, .ctx = &left_out};
        print_message("# %zu issues, %zu topics\n", cases[i].n, cases[i].topics);
        assert_int_equal(report("small", cases[i].n, cases[i].undated, cases[i].topics, false, &sink, NULL), 0);
        const size_t n_years = cases[i].n > 12 ? 2 : cases[i].n > cases[i].undated,
                     n_cards = cases[i].topics ? n_years : 0;
        assert_int_equal(files_below(folder_of("small"), ".gp"), cases[i].n_charts + n_cards);
        assert_int_equal(check_set("small"), N_TABLES + 2 + 3 * cases[i].n_charts + 2 * n_years + 2 * n_cards);
        assert_int_equal(left_out, 4 + n_years * 13 - cases[i].n_charts - n_cards);
    }
}

/* ---- what goes wrong ---- */

static void test_nowhere_to_write(void **state)
{
    (void)state;
    tt_err err = {0};
    memset(&world, 0, sizeof world);
    assert_int_equal(world_make(&world, 14, 0, 2, NULL, &err), 0);
    assert_int_equal(tt_report_write("/dev/null/x", true, &world.in, NULL, &err), TT_EIO);
    assert_int_equal(tt_folder_make(path_of("taken", "topics.csv"), NULL), 0); /* a folder where a file should be */
    assert_int_equal(tt_report_write(path_of("taken", ""), true, &world.in, NULL, &err), TT_EIO);
    assert_non_null(strstr(err.path, "topics.csv"));
    assert_false(there("taken", "tagtrend.json"));
    world_release(&world);
}

/* From here on `gnuplot` is the script, or is nowhere; NULL, NULL: as before. */
static void set_gnuplot(const char *script, const char *where)
{
    static char before[TT_MAX_PATH];
    char path[TT_MAX_PATH];
    if (!where) {
        setenv("PATH", before, 1);
        return;
    }
    snprintf(before, sizeof before, "%s", getenv("PATH") ? getenv("PATH") : "");
    assert_int_equal(tt_folder_make(path_of(where, ""), NULL), 0);
    snprintf(path, sizeof path, "%s", path_of(where, "gnuplot"));
    remove(path);
    if (script) {
        assert_int_equal(tt_file_write(path, script, strlen(script), NULL), 0);
        assert_int_equal(chmod(path, 0755), 0);
    }
    setenv("PATH", path_of(where, ""), 1);
}

static int with_gnuplot(const char *script, const char *set, tt_err *err)
{
    set_gnuplot(script, "bin");
    int rc = report(set, 40, 0, 2, false, NULL, err);
    set_gnuplot(NULL, NULL);
    return rc;
}

static void test_gnuplot_fails(void **state)
{
    (void)state;
    static const struct {
        const char *name, *script, *want;
    } cases[] = {
        {"missing", NULL, "install gnuplot-nox or use --no-charts"},
        {"fails", "#!/bin/sh\necho broken >&2\nexit 2\n", "status 2: broken"},
        {"half a picture", "#!/bin/sh\nprintf '<?xml'\n", "without a whole picture"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_err err = {0};
        print_message("# %s\n", cases[i].name);
        assert_int_equal(with_gnuplot(cases[i].script, "broken", &err), TT_EPROGRAM);
        if (!strstr(err.text, cases[i].want))
            fail_msg("%s", err.text);
        assert_true(there("broken", "topics.csv"));
        assert_false(there("broken", "tagtrend.json")); /* the set is not complete */
        assert_false(there("broken", "charts/top-topics.svg"));
    }
}

/* A failed run leaves the picture of an earlier one whole; the next completes the set. */
static void test_again_after_failure(void **state)
{
    (void)state;
    tt_err err = {0};
    assert_int_equal(report("again", 40, 0, 2, false, NULL, &err), 0);
    assert_int_equal(with_gnuplot("#!/bin/sh\nprintf '<?xml'\n", "again", &err), TT_EPROGRAM);
    tt_buf svg = slurp("again", "charts/top-topics.svg");
    assert_non_null(strstr(svg.p, "</svg>"));
    tt_buf_release(&svg);
    assert_int_equal(report("again", 40, 0, 2, false, NULL, &err), 0);
    size_t n_charts = files_below(folder_of("again"), ".gp") - N_YEARS;
    assert_int_equal(check_set("again"), N_TABLES + 3 * n_charts + 4 * N_YEARS + 2);
}

static int plain(void)
{
    return report("memory", 3, 1, 2, true, NULL, NULL);
}

static int drawn(void)
{
    return report("memory", 3, 0, 1, false, NULL, NULL);
}

static void test_no_memory(void **state)
{
    (void)state;
    assert_true(fail_each(plain, TT_ENOMEM) > 20);
    set_gnuplot("#!/bin/sh\ncase \"$3\" in *tt_png=1*) printf '\\211PNG\\r\\n\\032\\nIEND\\256B`\\202' ;;\n"
                "*) printf '<?xml?><svg></svg>' ;; esac\n",
                "fast");
    long n = fail_each(drawn, TT_ENOMEM);
    set_gnuplot(NULL, NULL);
    assert_true(n > 40);
    assert_true(there("memory", "charts/section-mix.png"));
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    clear(folder);
    return tt_file_kind_of(folder) == TT_FILE_MISSING ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_set),
        cmocka_unit_test(test_without_charts),
        cmocka_unit_test(test_other_years),
        cmocka_unit_test(test_pictures),
        cmocka_unit_test(test_small_archives),
        cmocka_unit_test(test_nowhere_to_write),
        cmocka_unit_test(test_gnuplot_fails),
        cmocka_unit_test(test_again_after_failure),
        cmocka_unit_test(test_no_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
