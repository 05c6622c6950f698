/* In: lexicons and texts; the sample archive. Out: TAP. What `--why` tells of each hit, and that over every line of the
 * archive the places that it says count are the rows of `mentions`. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "fail_alloc.h"
#include "tag/token.h"
#include "tag/why.h"

#define HEADER "topic,term,case,also,broader\n"

/* ---- hits ---- */

static int lexicon_of(const char *rows, tt_lexicon **out)
{
    tt_lexicon_builder *b = NULL;
    tt_err err = {0};
    char csv[2048];
    snprintf(csv, sizeof csv, "%s%s", HEADER, rows);
    *out = NULL;
    int rc = tt_lexicon_builder_new(&b, NULL, &err);
    if (rc != 0)
        return rc;
    rc = tt_lexicon_add(b, "test.csv", tt_str_of(csv), &err);
    int finished = tt_lexicon_finish(b, out, &err);
    return rc == 0 ? finished : rc;
}

/* A block for each paragraph, told apart by \2; bytes of the text are those of the visible one. */
enum { MAX_BLOCKS = 4 };

struct text {
    tt_doc doc;
    tt_run runs[MAX_BLOCKS];
    tt_block blocks[MAX_BLOCKS];
    char vis[512];
};

static void text_of(struct text *t, const char *from)
{
    memset(t, 0, sizeof *t);
    snprintf(t->vis, sizeof t->vis, "%s", from);
    t->doc = (tt_doc){.vis = t->vis, .n_vis = (uint32_t)strlen(t->vis), .runs = t->runs, .blocks = t->blocks};
    for (uint32_t at = 0; at < t->doc.n_vis; t->doc.n_blocks = ++t->doc.n_runs) {
        uint32_t i = t->doc.n_runs, n = (uint32_t)strcspn(t->vis + at, "\2");
        n += t->vis[at + n] != '\0';
        assert_true(i < MAX_BLOCKS);
        t->runs[i] = (tt_run){.vis = at, .n = n, .at = at, .n_src = n, .zone = TT_ZONE_TEXT};
        t->blocks[i] = (tt_block){.first_run = i, .n_runs = 1, .at = at, .overlay = TT_ZONE_TEXT};
        at += n;
    }
}

static const char *const fates[] = {"won", "shorter", "inside", "++", "#", "elision", "word"};

/* surface:fate[:leftmost][:longest]=topic+topic, those that lost in ( ) behind the winner. Told are the hits that touch
 * the line on which the text has its `{`, which is taken out; without one the whole. */
static int explain(const char *rows, const char *from, tt_buf *out)
{
    tt_arena arena = {0};
    tt_tokens tokens = {0};
    tt_lexicon *lex = NULL;
    tt_hit *hits = NULL;
    size_t n = 0;
    struct text text;
    char plain[512];
    const char *mark = strchr(from, '{');
    uint32_t begin = 0, end = UINT32_MAX;
    snprintf(plain, sizeof plain, "%.*s%s", mark ? (int)(mark - from) : 0, from, mark ? mark + 1 : from);
    if (mark) {
        begin = (uint32_t)(mark - from);
        end = begin + (uint32_t)strcspn(plain + begin, "\n\2");
    }
    text_of(&text, plain);
    int rc = lexicon_of(rows, &lex);
    if (rc == 0)
        rc = tt_tokenize(&text.doc, &arena, &tokens, NULL);
    if (rc == 0)
        rc = tt_why(lex, &text.doc, &tokens, begin, end, &arena, &hits, &n, NULL);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        const tt_hit *h = &hits[i];
        bool lost = h->by != TT_NO_HIT;
        assert_true(!lost || (h->by < i && hits[h->by].fate == TT_FATE_WON));
        tt_buf_f(out, "%s%s%.*s:%s%s%s",
                 lost ? " ("
                 : i  ? " | "
                      : "",
                 h->fate == TT_FATE_WORD ? "in " : "", (int)h->n, text.vis + h->vis, fates[h->fate],
                 h->leftmost ? ":leftmost" : "", h->longest ? ":longest" : "");
        if (h->fate == TT_FATE_WORD)
            tt_buf_f(out, ":%.*s", (int)h->part.n, h->part.p);
        for (uint32_t e = 0; e < h->n_entries; e++) {
            uint32_t topic = lex->entries[h->entries[e]].topic;
            tt_buf_text(out, e ? "+" : "=");
            tt_buf_str(out, topic == TT_DROP ? TT_S("-") : lex->topics[topic].id);
        }
        tt_buf_text(out, lost ? ")" : "");
    }
    tt_buf_text(out, "");
    tt_lexicon_free(lex);
    tt_arena_release(&arena);
    return rc == 0 && out->failed ? TT_ENOMEM : rc;
}

static void test_hits(void **state)
{
    static const struct {
        const char *name, *lexicon, *text, *want;
    } rows[] = {
        {"nothing", "a,x\n", "y z", ""},
        {"blank", "a,x\n", " ", ""},
        {"alone", "a,art\n", "an art.", "art:won=a"},
        {"longest", "a,New York\nb,New York Times\nc,New\n", "New York Times",
         "New York Times:won:longest=b (New York:shorter=a) (New:shorter=c)"},
        {"leftmost", "a,the New\nb,New York\n", "the New York", "the New:won:leftmost=a (New York:inside=b)"},
        {"both", "a,Google Photos\nb,Photos\nc,Google\n", "Google Photos",
         "Google Photos:won:leftmost:longest=a (Google:shorter=c) (Photos:inside=b)"},
        {"same span", "a,Meta\nb,meta,exact\nc,Meta,exact\n", "Meta", "Meta:won=a+c"},
        {"two terms of one topic", "a,GPT-3\na,GPT-*\n", "GPT-3", "GPT-3:won=a+a"},
        {"a `-` wins alone", "a,Amazon\n-,Amazon\n", "Amazon", "Amazon:won=a+-"},
        {"used up", "a,Amazon\n-,Amazon rainforest\n", "Amazon rainforest",
         "Amazon rainforest:won:longest=- (Amazon:shorter=a)"},
        {"before ++", "a,C,exact\n", "C C++ C+", "C:won=a | C:++=a | C:won=a"},
        {"before #", "a,C,exact\n", "C# C#5", "C:#=a | C:won=a"},
        {"refused, and a shorter one holds", "a,Visual C\nb,Visual\n", "Visual C++", "Visual:won=b (Visual C:++=a)"},
        {"refused inside a winner", "a,C\nb,C\\+\\+\n", "C++", "C++:won=b (C:++=a)"},
        {"an elided article", "a,l\nb,IA\n", "l’IA", "l:elision=a | IA:won=b"},
        {"possessive", "a,Google\nb,Google's\n", "Google’s", "Google’s:won:longest=b (Google:shorter=a)"},
        {"possessive is left out", "a,Google\n", "Google’s", "Google:won=a"},
        {"inside a word", "a,gan\n", "organization", "in organization:word:gan=a"},
        {"inside a word, exact", "a,AI,exact\n", "OpenAI openai", "in OpenAI:word:AI=a"},
        {"inside a word, too short", "a,ai\n", "said", ""},
        {"inside a word, the longest", "a,gan\nb,organ\nc,rga\n", "organize", "in organize:word:organ=b"},
        {"inside a word, two", "a,face\nb,book\n", "facebooks", "in facebooks:word:face=a | in facebooks:word:book=b"},
        {"inside a word that wins", "a,gan\nb,organ\n", "organ gan", "organ:won=b | gan:won=a"},
        {"inside a word before a possessive", "a,gan\n", "Morgan's", "in Morgan's:word:gan=a"},
        {"the line only", "a,x\n", "x1 x\n{x x2\nx", "x:won=a"},
        {"over the line's end", "a,New York\n", "New\n{York x", "New\nYork:won=a"},
        {"over the line's begin", "a,New York\n", "{x New\nYork", "New\nYork:won=a"},
        {"lost to one on another line", "a,the New\nb,New York\n", "the New\n{York",
         "the New:won:leftmost=a (New\nYork:inside=b)"},
        {"patterns", "a,*GAN*,exact\nb,StyleGAN\n", "StyleGAN2 StyleGAN", "StyleGAN2:won=a | StyleGAN:won=a+b"},
        {"a pattern at all ends", "a,*aa*\n", "aa.aa",
         "aa.aa:won:leftmost:longest=a (aa.:shorter=a) (aa:shorter=a) (aa:inside=a)"},
        {"no other paragraph", "a,New York\nb,New\n", "New\2{York", ""},
    };
    size_t n_bad = 0;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tt_buf out = {0};
        assert_int_equal(explain(rows[i].lexicon, rows[i].text, &out), 0);
        if (strcmp(out.p, rows[i].want) != 0) {
            print_error("%s\n  want `%s`\n  got  `%s`\n", rows[i].name, rows[i].want, out.p);
            n_bad++;
        }
        tt_buf_release(&out);
    }
    assert_int_equal(n_bad, 0);
}

static int explain_some(void)
{
    tt_buf out = {0};
    int rc = explain("a,New York\nb,New York Times\nc,York\nd,gan,,a,\n", "New York Times organ C++", &out);
    tt_buf_release(&out);
    return rc;
}

static void test_memory(void **state)
{
    (void)state;
    assert_true(fail_each(explain_some, TT_ENOMEM) > 20);
}

/* A long word costs its length and no square of it. */
static void test_long_word(void **state)
{
    enum { N = 40000 };
    tt_arena arena = {0};
    tt_tokens tokens = {0};
    tt_lexicon *lex = NULL;
    tt_hit *hits = NULL;
    size_t n = 0;
    char *vis = malloc(2 * N);
    tt_run run = {.n = 2 * N - 1, .n_src = 2 * N - 1, .zone = TT_ZONE_TEXT};
    tt_block block = {.n_runs = 1, .overlay = TT_ZONE_TEXT};
    (void)state;
    assert_non_null(vis);
    for (size_t i = 0; i < 2 * N; i++)
        vis[i] = i % 2 ? '.' : 'a';
    const tt_doc doc = {.vis = vis, .n_vis = 2 * N - 1, .runs = &run, .n_runs = 1, .blocks = &block, .n_blocks = 1};
    assert_int_equal(lexicon_of("a,a.a*\nb,*a.a\nc,a.a\n", &lex), 0);
    assert_int_equal(tt_tokenize(&doc, &arena, &tokens, NULL), 0);
    assert_int_equal(tokens.n, 2 * N - 1);
    assert_int_equal(tt_why(lex, &doc, &tokens, 0, UINT32_MAX, &arena, &hits, &n, NULL), 0);
    assert_int_equal(hits[0].n, 2 * N - 1);
    assert_true(n > N);
    tt_lexicon_free(lex);
    tt_arena_release(&arena);
    free(vis);
}

/* ---- ways to topics ---- */

static void test_ways(void **state)
{
    static const struct {
        const char *lexicon, *want; /* of the first entry */
    } rows[] = {
        {"a,x\n", "own a"},
        {"a,x,,,b\nb,y,,,c\nc,z\n", "own a; broader a>b; broader a>b>c"},
        {"a,x,,b,\nb,y\n", "own a; also b"},
        {"a,x,,b,\nb,y,,,c\nc,z\n", "own a; also b; broader b>c"},
        {"a,x,,b|c,\nb,y,,,c\nc,z\n", "own a; also b; broader b>c"},
        {"a,x,,b,c\nb,y,,,c\nc,z\n", "own a; also b; broader a>c"},
        {"d,x,,,b|c\nb,y,,,a\nc,z,,,a\na,v\n", "broader d>b>a; broader d>b; broader d>c; own d"},
        {"-,x\n", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tt_arena arena = {0};
        tt_lexicon *lex = NULL;
        tt_buf out = {0};
        assert_int_equal(lexicon_of(rows[i].lexicon, &lex), 0);
        const tt_entry *e = &lex->entries[0];
        const tt_route *ways = tt_why_ways(lex, e, &arena);
        assert_non_null(ways);
        for (size_t k = 0; k < e->n_counts; k++) {
            static const char *const kinds[] = {"own", "also", "broader"};
            tt_buf_f(&out, "%s%s", k ? "; " : "", kinds[ways[k].kind]);
            assert_int_equal(ways[k].path[ways[k].n - 1], e->counts[k]);
            for (size_t p = 0; p < ways[k].n; p++)
                tt_buf_f(&out, "%s%s", p ? ">" : " ", lex->topics[ways[k].path[p]].id.p);
        }
        tt_buf_text(&out, "");
        assert_string_equal(out.p, rows[i].want);
        tt_buf_release(&out);
        tt_lexicon_free(lex);
        tt_arena_release(&arena);
    }
}

/* ---- all lines of an archive: what is told to count = the rows of `mentions` ---- */

static char *slurp(FILE *f)
{
    long n = ftell(f);
    char *text = malloc((size_t)n + 1);
    assert_non_null(text);
    rewind(f);
    assert_int_equal(fread(text, 1, (size_t)n, f), n);
    text[n] = '\0';
    return text;
}

/* The JSON that follows `"key":`, between from and to. */
static tt_str field(const char *from, const char *to, const char *key)
{
    char name[32];
    snprintf(name, sizeof name, "\"%s\":", key);
    const char *at = strstr(from, name);
    if (!at || at >= to)
        return TT_S("");
    at += strlen(name);
    size_t n = 0;
    if (*at == '"')
        for (n = 1; at[n] != '"'; n++)
            n += at[n] == '\\';
    return (tt_str){at, *at == '"' ? n + 1 : strcspn(at, ",}")};
}

static void add_row(tt_buf *to, const char *place, const char *row, const char *end)
{
    static const char *const keys[] = {"line", "column", "surface", "zone", "section", "topic", "via", "term"};
    for (int i = 0; i < 8; i++) {
        tt_buf_str(to, field(i < 5 ? place : row, end, keys[i]));
        tt_buf_char(to, i < 7 ? ' ' : '\n');
    }
}

/* Rows of one file as lines, from its lines of `mentions`. */
static void rows_of_mentions(tt_buf *to, const char *jsonl, const char *path)
{
    for (const char *at = jsonl, *end; *at; at = end + 1) {
        end = strchr(at, '\n');
        tt_str p = field(at, end, "path");
        if (p.n == strlen(path) + 2 && memcmp(p.p + 1, path, p.n - 2) == 0)
            add_row(to, at, at, end);
    }
}

/* The same from what `--why` tells of one line: topics of places, those that begin in the line. */
static void rows_of_why(tt_buf *to, const char *json, size_t line)
{
    const char *place = NULL;
    char begin[48];
    snprintf(begin, sizeof begin, "{\"line\":%zu,", line);
    for (const char *at = strstr(json, "\"places\":"); (at = strchr(at, '{')) != NULL; at++) {
        const char *end = strchr(at, '}');
        if (strncmp(at, "{\"line\":", 8) == 0)
            place = at;
        else if (strncmp(at, "{\"topic\":", 9) == 0 && field(at, end, "via").n && place &&
                 strncmp(place, begin, strlen(begin)) == 0 && tt_str_is(field(at, end, "counted"), "true"))
            add_row(to, place, at, end);
    }
}

static size_t lines_of(const char *path)
{
    FILE *f = fopen(path, "rb");
    size_t n = 0;
    int before = '\n';
    assert_non_null(f);
    for (int c; (c = getc(f)) != EOF; before = c)
        n += c == '\n' ? before != '\r' : c == '\r';
    fclose(f);
    return n + (before != '\n' && before != '\r');
}

static void compare_file(tt_archive *a, const char *path, const char *mentions)
{
    tt_buf want = {0}, got = {0};
    char place[TT_MAX_PATH + 32];
    tt_err err = {0};
    size_t n = lines_of(path), n_told = 0, n_rows = 0;
    rows_of_mentions(&want, mentions, path);
    for (size_t line = 1; line <= n; line++) {
        FILE *f = tmpfile();
        assert_non_null(f);
        snprintf(place, sizeof place, "%s:%zu", path, line);
        if (tt_archive_why(a, place, &(tt_select){0}, &(tt_output){.format = TT_FORMAT_JSON}, f, &err) != 0)
            fail_msg("%s: %s", place, err.text);
        char *json = slurp(f);
        rows_of_why(&got, json, line);
        n_told += strtoul(field(json, json + strlen(json), "mentions").p, NULL, 10);
        free(json);
        fclose(f);
    }
    snprintf(place, sizeof place, "%s:%zu", path, n + 1);
    assert_int_equal(tt_archive_why(a, place, &(tt_select){0}, &(tt_output){.format = TT_FORMAT_JSON}, stderr, &err),
                     TT_EUSAGE);
    tt_buf_text(&want, "");
    tt_buf_text(&got, "");
    assert_string_equal(got.p, want.p);
    for (size_t i = 0; i < want.n; i++)
        n_rows += want.p[i] == '\n';
    assert_int_equal(n_told, n_rows);
    tt_buf_release(&want);
    tt_buf_release(&got);
}

static void compare_archive(const char *path, unsigned zones)
{
    tt_archive *a = NULL;
    tt_options opt = {0};
    tt_err err = {0};
    tt_options_init(&opt);
    opt.lexicon = (const char *const[]){"lexicons"};
    opt.n_lexicon = 1;
    opt.zones = zones;
    opt.no_counts = true;
    FILE *f = tmpfile();
    assert_non_null(f);
    assert_int_equal(tt_archive_open(&a, &opt, &path, 1, NULL, &err), 0);
    assert_int_equal(
        tt_archive_table(a, TT_TABLE_MENTIONS, &(tt_select){0}, &(tt_output){.format = TT_FORMAT_JSONL}, f, &err), 0);
    char *mentions = slurp(f);
    fclose(f);
    char last[TT_MAX_PATH] = "", here[TT_MAX_PATH];
    size_t n_files = 0;
    for (const char *at = mentions; *at; at = strchr(at, '\n') + 1) {
        tt_str p = field(at, strchr(at, '\n'), "path");
        snprintf(here, sizeof here, "%.*s", (int)p.n - 2, p.p + 1);
        if (strcmp(here, last) != 0) {
            compare_file(a, here, mentions);
            n_files++;
        }
        memcpy(last, here, sizeof last);
    }
    assert_true(n_files > 4);
    free(mentions);
    tt_archive_free(a);
}

static void test_all_lines(void **state)
{
    (void)state;
    compare_archive("tests/archive", TT_ZONES_DEFAULT);
    compare_archive("tests/archive", (1u << TT_N_ZONES) - 1);
}

static void test_all_lines_of_corpus(void **state)
{
    const char *corpus = getenv("TAGTREND_CORPUS");
    char path[TT_MAX_PATH];
    (void)state;
    if (!corpus) {
        print_message("# TAGTREND_CORPUS is not set: only the sample archive is read\n");
        return;
    }
    snprintf(path, sizeof path, "%s/dynamically-typed", corpus);
    compare_archive(path, TT_ZONES_DEFAULT);
}

/* Plain text: where memory is lacking md4c 0.4.8 itself frees twice. */
static tt_archive *opened;

static int explain_in_archive(void)
{
    tt_err err = {0};
    int rc = 0;
    FILE *f = tmpfile();
    for (int json = 0; f && rc == 0 && json < 2; json++)
        rc = tt_archive_why(opened, "020-from-the-mail.txt:15", &(tt_select){0},
                            &(tt_output){.format = json ? TT_FORMAT_JSON : TT_FORMAT_TEXT}, f, &err);
    fclose(f);
    return rc;
}

static void test_memory_of_archive(void **state)
{
    tt_options opt = {0};
    tt_err err = {0};
    const char *path = "tests/archive";
    (void)state;
    tt_options_init(&opt);
    opt.lexicon = (const char *const[]){"tests/cli/mentions-grep/in/lexicons"};
    opt.n_lexicon = 1;
    opt.no_counts = true;
    assert_int_equal(tt_archive_open(&opened, &opt, &path, 1, NULL, &err), 0);
    assert_true(fail_each(explain_in_archive, TT_ENOMEM) > 50);
    tt_archive_free(opened);
}

/* Other tables need what was not counted. */
static void test_no_counts(void **state)
{
    tt_archive *a = NULL;
    tt_options opt = {0};
    tt_err err = {0};
    tt_totals before, after;
    const char *path = "tests/archive";
    (void)state;
    tt_options_init(&opt);
    opt.lexicon = (const char *const[]){"lexicons"};
    opt.n_lexicon = 1;
    FILE *f = tmpfile();
    assert_non_null(f);
    assert_int_equal(tt_archive_open(&a, &opt, &path, 1, NULL, &err), 0);
    tt_archive_totals(a, &before);
    tt_archive_free(a);
    opt.no_counts = true;
    assert_int_equal(tt_archive_open(&a, &opt, &path, 1, NULL, &err), 0);
    assert_int_equal(tt_archive_table(a, TT_TABLE_COUNTS, &(tt_select){0}, &(tt_output){0}, f, &err), TT_EUSAGE);
    assert_int_equal(tt_archive_report(a, &(tt_report_options){.folder = "build"}, &(tt_select){0}, &err), TT_EUSAGE);
    assert_int_equal(tt_archive_table(a, TT_TABLE_MENTIONS, &(tt_select){0}, &(tt_output){0}, f, &err), 0);
    tt_archive_totals(a, &after);
    assert_int_equal(after.n_words, before.n_words);
    assert_int_equal(after.n_mentions, before.n_mentions);
    assert_int_equal(after.n_read, before.n_read);
    tt_archive_free(a);
    fclose(f);
}

/* A table's text; *rc is what came back. */
static void table_of(const tt_options *opt, tt_table_kind kind, tt_format format, char *to, size_t size, int *rc)
{
    tt_archive *a = NULL;
    tt_err err = {0};
    const char *path = "tests/archive";
    FILE *f = tmpfile();
    assert_non_null(f);
    assert_int_equal(tt_archive_open(&a, opt, &path, 1, NULL, &err), 0);
    *rc = tt_archive_table(a, kind, &(tt_select){0}, &(tt_output){.format = format}, f, &err);
    if (opt->no_links)
        assert_int_equal(tt_archive_report(a, &(tt_report_options){.folder = "build"}, &(tt_select){0}, &err),
                         TT_EUSAGE);
    rewind(f);
    to[fread(to, 1, size - 1, f)] = '\0';
    tt_archive_free(a);
    fclose(f);
}

/* What is not asked for is not there, and all else is as it was. */
static void test_no_links_or_hash(void **state)
{
    enum { SIZE = 1 << 20 };
    static char with[SIZE], without[SIZE];
    tt_options opt = {0}, less;
    int rc;
    (void)state;
    tt_options_init(&opt);
    opt.lexicon = (const char *const[]){"lexicons"};
    opt.n_lexicon = 1;
    less = opt;
    less.no_links = less.no_input_hash = true;
    table_of(&opt, TT_TABLE_COUNTS, TT_FORMAT_CSV, with, SIZE, &rc);
    assert_int_equal(rc, 0);
    table_of(&less, TT_TABLE_COUNTS, TT_FORMAT_CSV, without, SIZE, &rc);
    assert_int_equal(rc, 0);
    assert_string_equal(with, without);
    table_of(&opt, TT_TABLE_LINKS, TT_FORMAT_CSV, with, SIZE, &rc);
    assert_int_equal(rc, 0);
    table_of(&less, TT_TABLE_LINKS, TT_FORMAT_CSV, without, SIZE, &rc);
    assert_int_equal(rc, TT_EUSAGE);
    assert_string_equal(without, "");
    table_of(&opt, TT_TABLE_ISSUES, TT_FORMAT_JSON, with, SIZE, &rc);
    table_of(&less, TT_TABLE_ISSUES, TT_FORMAT_JSON, without, SIZE, &rc);
    assert_null(strstr(with, "\"input_hash\":null"));
    assert_non_null(strstr(without, "\"input_hash\":null"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hits),
        cmocka_unit_test(test_memory),
        cmocka_unit_test(test_long_word),
        cmocka_unit_test(test_ways),
        cmocka_unit_test(test_all_lines),
        cmocka_unit_test(test_all_lines_of_corpus),
        cmocka_unit_test(test_memory_of_archive),
        cmocka_unit_test(test_no_counts),
        cmocka_unit_test(test_no_links_or_hash),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
