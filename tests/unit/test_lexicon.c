/* In: lexicon files, right and wrong. Out: TAP: topics and entries; each mistake with its place. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "fail_alloc.h"

#include "tag/lexicon.h"
#include "tag/match.h"
#include "tag/token.h"

/* ---- messages, one a line: level path:line:column: text ---- */

static void on_message(void *ctx, tt_level level, const tt_err *err)
{
    static const char *const names[] = {"detail", "note", "error"};
    tt_buf_f(ctx, "%s %s:%zu:%zu: %s\n", names[level], err->path, err->line, err->column, err->text);
}

/* Reads files of alternating name and text, up to NULL. */
static int read_files(const char *const *files, tt_buf *told, tt_lexicon **lex, tt_err *err)
{
    tt_sink sink = {.tell = on_message, .ctx = told};
    tt_lexicon_builder *b = NULL;
    int rc = tt_lexicon_builder_new(&b, told ? &sink : NULL, err);
    if (rc != 0)
        return rc;
    for (; *files && rc == 0; files += 2)
        rc = tt_lexicon_add(b, files[0], tt_str_of(files[1]), err);
    return tt_lexicon_finish(b, lex, err);
}

/* ---- what is read ---- */

/* Topics as `id label type broader-ids file:line`, entries as `term>topic counts`, one a line. */
static void show(const tt_lexicon *lex, tt_buf *out)
{
    for (size_t i = 0; i < lex->n_topics; i++) {
        const tt_topic *t = &lex->topics[i];
        tt_buf_f(out, "%.*s '%.*s' %.*s [%.*s] %.*s:%zu\n", (int)t->id.n, t->id.p, (int)t->label.n, t->label.p,
                 (int)t->type.n, t->type.p, (int)t->broader_text.n, t->broader_text.p, (int)t->file.n, t->file.p,
                 t->line);
        for (size_t k = 0; k < t->n_broader; k++)
            assert_true(t->broader[k] < lex->n_topics && (k == 0 || t->broader[k] > t->broader[k - 1]));
    }
    for (size_t i = 0; i < lex->n_entries; i++) {
        const tt_entry *e = &lex->entries[i];
        tt_buf_f(out, "%.*s>", (int)e->term.n, e->term.p);
        tt_buf_text(out, e->exact ? "exact:" : "");
        if (e->topic == TT_DROP)
            tt_buf_text(out, "-");
        else
            tt_buf_str(out, lex->topics[e->topic].id);
        for (size_t k = 0; k < e->n_counts; k++)
            tt_buf_f(out, " %.*s", (int)lex->topics[e->counts[k]].id.n, lex->topics[e->counts[k]].id.p);
        tt_buf_f(out, " %.*s:%zu\n", (int)e->file.n, e->file.p, e->line);
    }
}

struct read_row {
    const char *name;
    const char *files[9];
    const char *want, *told;
};

static const struct read_row read_rows[] = {
    {"a row",
     {"lex/organization.csv", "topic,term,case,also,label,type,broader,note\nopenai,OpenAI,,,,,,x\n"},
     "openai 'OpenAI' organization [] lex/organization.csv:2\nOpenAI>openai openai lex/organization.csv:2\n",
     ""},
    {"columns in any order, some absent",
     {"a.csv", "term,topic\nOpenAI,openai\n"},
     "openai 'OpenAI' a [] a.csv:2\nOpenAI>openai openai a.csv:2\n",
     ""},
    {"other columns: one note a file",
     {"a.csv", "topic,wikidata,term,,url\nx,Q1,X,,u\ny,Q2,Y,,u\n", "b.csv", "topic,term,term,Note\nz,Z,z,n\n"},
     "x 'X' a [] a.csv:2\ny 'Y' a [] a.csv:3\nz 'Z' b [] b.csv:2\nX>x x a.csv:2\nY>y y a.csv:3\nZ>z z b.csv:2\n",
     "note a.csv:1:7: ignored: wikidata, url; the columns are topic, term, case, also, label, type, broader, note\n"
     "note b.csv:1:12: ignored: term; the columns are topic, term, case, also, label, type, broader, note\n"},
    {"byte-order mark, CR LF, quotes, blanks, empty rows, short rows",
     {"a.csv", "\xEF\xBB\xBFtopic,term,case\r\n x , \"a, b\" \r\n\r\n,,\r\nx,c\r\ny,d,exact\r\n"},
     "x 'a, b' a [] a.csv:2\ny 'd' a [] a.csv:6\na, b>x x a.csv:2\nc>x x a.csv:5\nd>exact:y y a.csv:6\n",
     ""},
    {"topics sorted by id, entries as read",
     {"b.csv", "topic,term\nz,1\na-b,2\n", "a.csv", "topic,term\na,3\nz,4\n"},
     "a '3' a [] a.csv:2\na-b '2' b [] b.csv:3\nz '1' b [] b.csv:2\n"
     "1>z z b.csv:2\n2>a-b a-b b.csv:3\n3>a a a.csv:2\n4>z z a.csv:3\n",
     ""},
    {"first label and type given count",
     {"a.csv", "topic,term,label,type\nx,1,,\nx,2,L,\nx,3,M,T\n", "b.csv", "topic,term,label,type\nx,4,N,U\ny,5,,\n"},
     "x 'L' T [] a.csv:2\ny '5' b [] b.csv:3\n1>x x a.csv:2\n2>x x a.csv:3\n3>x x a.csv:4\n4>x x b.csv:2\n5>y y "
     "b.csv:3\n",
     "detail a.csv:4:5: the label `M` is left out, since `L` was given before (keep one)\n"
     "detail b.csv:2:5: the label `N` is left out, since `L` was given before (keep one)\n"
     "detail b.csv:2:7: the type `U` is left out, since `T` was given before (keep one)\n"},
    {"a type given in a later file counts before the stem",
     {"a.csv", "topic,term\nx,1\n", "b.csv", "topic,term,type\nx,2,T\n"},
     "x '1' T [] a.csv:2\n1>x x a.csv:2\n2>x x b.csv:2\n",
     ""},
    {"the stem of a name",
     {"l/a.b.csv", "topic,term\nx,1\n", ".csv", "topic,term\ny,1\n", "noend", "topic,term\nz,1\n"},
     "x '1' a.b [] l/a.b.csv:2\ny '1' .csv [] .csv:2\nz '1' noend [] noend:2\n1>x x l/a.b.csv:2\n1>y y .csv:2\n1>z z "
     "noend:2\n",
     ""},
    {"- is no topic",
     {"a.csv", "topic,term,also,label\n-,Amazon rainforest,-,x\nb,B,-,\n"},
     "b 'B' a [] a.csv:3\nAmazon rainforest>- a.csv:2\nB>b b a.csv:3\n",
     ""},
    {"also and broader",
     {"a.csv", "topic,term,also,broader\nd,D,b|d, c | b |b\nc,C,,a\nb,B,,\na,A,c,\n"},
     "a 'A' a [] a.csv:5\nb 'B' a [] a.csv:4\nc 'C' a [a] a.csv:3\nd 'D' a [b|c] a.csv:2\n"
     "D>d a b c d a.csv:2\nC>c a c a.csv:3\nB>b b a.csv:4\nA>a a c a.csv:5\n",
     ""},
    {"broader unites over files and rows",
     {"a.csv", "topic,term,broader\nx,1,b\nb,2,\n", "c.csv", "topic,term,broader\nx,3,a\na,4,\nx,5,a|b\n"},
     "a '4' c [] c.csv:3\nb '2' a [] a.csv:3\nx '1' a [a|b] a.csv:2\n"
     "1>x a b x a.csv:2\n2>b b a.csv:3\n3>x a b x c.csv:2\n4>a a c.csv:3\n5>x a b x c.csv:4\n",
     ""},
    {"a diamond is no circle",
     {"a.csv", "topic,term,broader\na,1,b|c\nb,2,d\nc,3,d\nd,4,\n"},
     "a '1' a [b|c] a.csv:2\nb '2' a [d] a.csv:3\nc '3' a [d] a.csv:4\nd '4' a [] a.csv:5\n"
     "1>a a b c d a.csv:2\n2>b b d a.csv:3\n3>c c d a.csv:4\n4>d d a.csv:5\n",
     ""},
    {"a header alone", {"a.csv", "topic,term\n"}, "", ""},
    {"no file", {NULL}, "", ""},
};

static void reading(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof read_rows / sizeof *read_rows; i++) {
        const struct read_row *r = &read_rows[i];
        tt_buf told = {0}, out = {0};
        tt_lexicon *lex = NULL;
        tt_err err = {0};
        int rc = read_files(r->files, &told, &lex, &err);
        if (rc != 0)
            fail_msg("%s: %s:%zu:%zu: %s", r->name, err.path, err.line, err.column, err.text);
        show(lex, &out);
        tt_buf_text(&out, "");
        tt_buf_text(&told, "");
        if (strcmp(out.p, r->want) != 0 || strcmp(told.p, r->told) != 0)
            fail_msg("%s:\n%s%s", r->name, told.p, out.p);
        tt_lexicon_free(lex);
        tt_buf_release(&told);
        tt_buf_release(&out);
    }
    tt_lexicon_free(NULL);
}

/* ---- mistakes ---- */

struct mistake_row {
    const char *name;
    const char *files[5];
    int code;
    const char *told; /* each line: the beginning of a message */
};

static const struct mistake_row mistake_rows[] = {
    {"an empty file", {"a.csv", ""}, TT_EINPUT, "error a.csv:1:1: the file is empty"},
    {"no topic column", {"a.csv", "term,label\nx,y\n"}, TT_EINPUT, "error a.csv:1:1: no column `topic`"},
    {"no term column", {"a.csv", "\ntopic,label\nx,y\n"}, TT_EINPUT, "error a.csv:2:1: no column `term`"},
    {"an empty topic", {"a.csv", "topic,term\n,x\n"}, TT_EINPUT, "error a.csv:2:1: the topic is empty"},
    {"an empty term", {"a.csv", "topic,term\nx,\n"}, TT_EINPUT, "error a.csv:2:3: the term is empty"},
    {"no term", {"a.csv", "topic,term\nx\n"}, TT_EINPUT, "error a.csv:2:1: the term is empty"},
    {"no id", {"a.csv", "topic,term\n Open AI,x\n"}, TT_EINPUT, "error a.csv:2:2: `Open AI` is no id"},
    {"capitals", {"a.csv", "topic,term\nOpenAI,x\n"}, TT_EINPUT, "error a.csv:2:1: `OpenAI` is no id"},
    {"no case", {"a.csv", "topic,term,case\nx,y, Exact\n"}, TT_EINPUT, "error a.csv:2:6: `Exact` is no way"},
    {"all of them, and the first is returned",
     {"a.csv", "topic,term,case\nX,*,no\n,(,\ny,-,\n", "b.csv", "topic,term\nz,)\n"},
     TT_EINPUT,
     "error a.csv:2:1: `X` is no id\n"
     "error a.csv:2:5: `no` is no way\n"
     "error a.csv:2:3: a * needs\n"
     "error a.csv:3:1: the topic is empty\n"
     "error a.csv:3:2: this ( is not closed\n"
     "error a.csv:4:3: a hyphen stands at the edge\n"
     "error b.csv:2:3: this ) closes nothing"},
    {"a place in a term",
     {"a.csv", "topic,term\né,é\nx,  éé) \n"},
     TT_EINPUT,
     "error a.csv:2:1: `é` is no id\nerror a.csv:3:7: this ) closes"},
    {"a place in a quoted term", {"a.csv", "topic,term\nx, \"é,)\"\n"}, TT_EINPUT, "error a.csv:2:7: this ) closes"},
    {"a place behind doubled quotes",
     {"a.csv", "topic,term\nx,\"\"\"a\"\")\"\n"},
     TT_EINPUT,
     "error a.csv:2:9: this ) closes"},
    {"a place behind a line break",
     {"a.csv", "topic,term\nx,\"a\r\nbc )\"\ny,(\n"},
     TT_EINPUT,
     "error a.csv:3:4: this ) closes\nerror a.csv:4:3: this ( is not"},
    {"a place behind a byte-order mark",
     {"a.csv", "\xEF\xBB\xBF"
               "topic,term\r\rx,)\r"},
     TT_EINPUT,
     "error a.csv:3:3: this ) closes"},
    {"too many spellings",
     {"a.csv", "topic,term\nx,a-b-c-d-e-f-g-h-i-j\n"},
     TT_EINPUT,
     "error a.csv:2:3: the term stands for more than 256"},
    {"a comma not quoted",
     {"a.csv", "topic,term\nx,Acme, Inc.\n"},
     TT_EINPUT,
     "error a.csv:2:8: 3 fields where the header has 2"},
    {"empty fields too many are none",
     {"a.csv", "topic,term\nx,a,,\ny,)\n"},
     TT_EINPUT,
     "error a.csv:3:3: this ) closes"},
    {"a quote amid a field",
     {"a.csv", "topic,term\nx,(\ny,a\"b\nz,)\n", "b.csv", "topic,term\nx,)\n"},
     TT_EINPUT,
     "error a.csv:2:3: this ( is not\nerror a.csv:3:4: a quote stands amid\nerror b.csv:2:3: this )"},
    {"not UTF-8",
     {"a.csv", "topic,term\nx,\xC3\xA9\xE9\n", "b.csv", "topic,term\r\xFF"},
     TT_EINPUT,
     "error a.csv:2:4: a byte that is not UTF-8\nerror b.csv:2:1: a byte that is not UTF-8"},
    {"unknown ids",
     {"a.csv", "topic,term,also,broader\nx,a,y, x | z\n", "b.csv", "topic,term,also\nw,b,\"x|v\"\n"},
     TT_EINPUT,
     "error a.csv:2:5: no topic has the id `y`\nerror b.csv:2:8: no topic has the id `v`\n"
     "error a.csv:2:12: no topic has the id `z`\nerror a.csv:2:8: `broader` goes in a circle: x > x"},
    {"wrong ids",
     {"a.csv", "topic,term,also,broader\nx,a,x||A,-\ny,b,-|x,x|\n"},
     TT_EINPUT,
     "error a.csv:2:7: an id is missing\nerror a.csv:2:8: `A` is no\nerror a.csv:2:10: `-` is no\n"
     "error a.csv:3:5: `-` is no\nerror a.csv:3:11: an id is missing"},
    {"- counts for nobody",
     {"a.csv", "topic,term,also,broader\n-,a,x,\n-,b,,x\nx,c,,\n"},
     TT_EINPUT,
     "error a.csv:2:5: `x` has no topic\nerror a.csv:3:6: `x` has no topic"},
    {"a broken row still makes its topic known",
     {"a.csv", "topic,term,also\nx,),\ny,b,x\n"},
     TT_EINPUT,
     "error a.csv:2:3: this )"},
    {"a topic of itself",
     {"a.csv", "topic,term,broader\nx,a,x\n"},
     TT_EINPUT,
     "error a.csv:2:5: `broader` goes in a circle: x > x;"},
    {"circles",
     {"a.csv", "topic,term,broader\na,1,b\nb,2,c\nc,3,b|d\nd,4,\ne,5,f\nf,6,e\n"},
     TT_EINPUT,
     "error a.csv:4:5: `broader` goes in a circle: b > c > b;\nerror a.csv:7:5: `broader` goes in a circle: e > f > "
     "e;"},
};

/* Each line of `want` begins the line of `told` of the same number. */
static bool same_lines(const char *told, const char *want)
{
    while (*want) {
        size_t n = strcspn(want, "\n");
        if (strncmp(told, want, n) != 0)
            return false;
        told += strcspn(told, "\n") + 1;
        want += n + (want[n] == '\n');
    }
    return *told == '\0';
}

static void mistakes(void **state)
{
    (void)state;
    size_t n_bad = 0;
    for (size_t i = 0; i < sizeof mistake_rows / sizeof *mistake_rows; i++) {
        const struct mistake_row *r = &mistake_rows[i];
        tt_buf told = {0}, first = {0};
        tt_lexicon *lex = NULL;
        tt_err err = {0};
        int rc = read_files(r->files, &told, &lex, &err);
        tt_buf_text(&told, "");
        tt_buf_f(&first, "error %s:%zu:%zu: %s\n", err.path, err.line, err.column, err.text);
        if (rc != r->code || lex || !same_lines(told.p, r->told) || strncmp(told.p, first.p, first.n) != 0) {
            print_error("%s: %d\ntold:\n%swant:\n%s\nfirst:\n%s", r->name, rc, told.p, r->told, first.p);
            n_bad++;
        }
        tt_buf_release(&told);
        tt_buf_release(&first);
        tt_lexicon_free(lex);
        assert_int_equal(read_files(r->files, NULL, &lex, NULL), r->code); /* nobody listens */
    }
    assert_int_equal(n_bad, 0);
}

/* ---- the rest ---- */

static void looking_up(void **state)
{
    (void)state;
    const char *const files[] = {"a.csv", "topic,term\nc,1\na,2\nb-b,3\n", NULL};
    tt_lexicon *lex = NULL;
    uint32_t topic = 9;
    assert_int_equal(read_files(files, NULL, &lex, NULL), 0);
    assert_true(tt_lexicon_topic(lex, TT_S("a"), &topic));
    assert_int_equal(topic, 0);
    assert_true(tt_lexicon_topic(lex, TT_S("b-b"), &topic));
    assert_int_equal(topic, 1);
    assert_true(tt_lexicon_topic(lex, TT_S("c"), &topic));
    assert_int_equal(topic, 2);
    topic = 9;
    assert_false(tt_lexicon_topic(lex, TT_S("b"), &topic));
    assert_false(tt_lexicon_topic(lex, TT_S("d"), &topic));
    assert_false(tt_lexicon_topic(lex, TT_S(""), &topic));
    assert_int_equal(topic, 9);
    tt_lexicon_free(lex);
}

static void digest_of(const char *const *files, char out[TT_DIGEST_SIZE])
{
    tt_lexicon *lex = NULL;
    assert_int_equal(read_files(files, NULL, &lex, NULL), 0);
    memcpy(out, lex->digest, TT_DIGEST_SIZE);
    tt_lexicon_free(lex);
}

static void digest(void **state)
{
    (void)state;
    char a[TT_DIGEST_SIZE], b[TT_DIGEST_SIZE];
    char want[TT_DIGEST_SIZE];
    static const char bytes[] = "x.csv\0topic,term\nx,1\n";
    digest_of((const char *const[]){"x.csv", "topic,term\nx,1\n", NULL}, a);
    tt_digest_of(bytes, sizeof bytes, want);
    assert_string_equal(a, want);
    digest_of((const char *const[]){"another/folder/x.csv", "topic,term\nx,1\n", NULL}, b);
    assert_string_equal(a, b); /* wherever it lies */
    digest_of((const char *const[]){"y.csv", "topic,term\nx,1\n", NULL}, b);
    assert_string_not_equal(a, b); /* its name is the default type */
    digest_of((const char *const[]){"x.csv", "topic,term\nx,2\n", NULL}, b);
    assert_string_not_equal(a, b);
}

/* A chain of broader topics much longer than a stack of calls may be deep. */
static void long_chain(void **state)
{
    (void)state;
    enum { N = 2000 };
    tt_buf csv = {0};
    tt_lexicon *lex = NULL;
    tt_buf_text(&csv, "topic,term,broader\n");
    for (int i = 0; i < N; i++)
        tt_buf_f(&csv, "t%04d,w%d,t%04d\n", i, i, (i + 1) % N);
    const char *files[] = {"a.csv", csv.p, NULL};
    assert_int_equal(read_files(files, NULL, &lex, NULL), TT_EINPUT);
    for (int n = TT_MAX_BROADER + 1; n <= TT_MAX_BROADER + 2; n++) { /* the last topic that is right, and one more */
        tt_buf_reset(&csv);
        tt_buf_text(&csv, "topic,term,broader\n");
        for (int i = 0; i + 1 < n; i++)
            tt_buf_f(&csv, "t%04d,w%d,t%04d\n", i, i, i + 1);
        tt_buf_f(&csv, "t%04d,w\n", n - 1);
        files[1] = csv.p;
        tt_err err = {0};
        bool right = n == TT_MAX_BROADER + 1;
        assert_int_equal(read_files(files, NULL, &lex, &err), right ? 0 : TT_ELIMIT);
        if (!right) {
            assert_int_equal(err.line, 2);
            continue;
        }
        assert_int_equal(lex->entries[0].n_counts, n);
        assert_int_equal(lex->entries[n - 1].n_counts, 1);
        tt_lexicon_free(lex);
    }
    tt_buf_release(&csv);
}

static void most_topics(void **state)
{
    (void)state;
    tt_buf csv = {0}, told = {0};
    tt_sink sink = {.tell = on_message, .ctx = &told};
    tt_lexicon_builder *b = NULL;
    tt_lexicon *lex = NULL;
    tt_err err = {0};
    tt_buf_text(&csv, "topic,term\n");
    for (int i = 0; i < TT_MAX_TOPICS; i++)
        tt_buf_f(&csv, "t%d,x\n", i);
    assert_int_equal(tt_lexicon_builder_new(&b, &sink, &err), 0);
    assert_int_equal(tt_lexicon_add(b, "a.csv", (tt_str){csv.p, csv.n}, &err), 0);
    assert_int_equal(told.n, 0);
    assert_int_equal(tt_lexicon_add(b, "b.csv", TT_S("topic,term\nt0,y\none-more,y\n"), &err), 0);
    assert_int_equal(tt_lexicon_finish(b, &lex, &err), TT_ELIMIT);
    assert_string_equal(told.p, "error b.csv:3:1: more than 1048576 topics; leave some out\n");
    tt_buf_release(&csv);
    tt_buf_release(&told);
}

/* ---- memory ---- */

static int on_hit(void *ctx, const tt_mention *m)
{
    (void)m;
    ++*(size_t *)ctx;
    return 0;
}

static int build_and_match(void)
{
    static const char *const files[] = {
        "a.csv", "topic,term,case,also,broader,x\na,a-b (c)*de*,,b,c\nb,x,exact,c,\nc,*foo*,,,b\n-,l’été,,,\nd,a,,,c\n",
        "b.csv", "topic,term\ne,a b c d e\n", NULL};
    char vis[] = "a b cdex, x Xfoox’s l’été l’hiver a b c d e a-b de";
    tt_run run = {.n = sizeof vis - 1, .n_src = sizeof vis - 1, .zone = TT_ZONE_TEXT};
    tt_block block = {.n_runs = 1, .overlay = TT_ZONE_TEXT};
    tt_doc doc = {.vis = vis, .n_vis = run.n, .runs = &run, .n_runs = 1, .blocks = &block, .n_blocks = 1};
    tt_lexicon *lex = NULL;
    tt_match_state *m = NULL;
    tt_tokens tokens = {0};
    tt_arena arena = {0};
    tt_err err = {0};
    size_t n = 0;
    int rc = read_files(files, NULL, &lex, &err);
    if (rc == 0)
        rc = tt_tokenize(&doc, &arena, &tokens, &err);
    if (rc == 0)
        rc = tt_match_state_new(&m, lex, &err);
    if (rc == 0)
        rc = tt_match(m, &doc, &tokens, on_hit, &n, &err);
    assert_int_equal(err.code, rc);
    if (rc == 0)
        assert_int_equal(n, 5);
    tt_match_state_free(m);
    tt_arena_release(&arena);
    tt_lexicon_free(lex);
    return rc;
}

static void no_memory(void **state)
{
    (void)state;
    assert_true(fail_each(build_and_match, TT_ENOMEM) > 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading),   cmocka_unit_test(mistakes),   cmocka_unit_test(looking_up),
        cmocka_unit_test(digest),    cmocka_unit_test(long_chain), cmocka_unit_test(most_topics),
        cmocka_unit_test(no_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
