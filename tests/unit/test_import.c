/* In: lexicons in other formats, right and wrong. Out: TAP: the CSV that is made of them, what is told and where; JSON
 * and YAML as base/ reads them. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "fail_alloc.h"

#include "base/json.h"
#include "base/yaml.h"
#include "tag/import.h"
#include "tag/lexicon.h"

#define HEADER "topic,term,case,also,label,type,broader\n"

static void on_message(void *ctx, tt_level level, const tt_err *err)
{
    static const char *const names[] = {"detail", "note", "skipped"};
    assert_string_equal(err->rule, "import");
    tt_buf_f(ctx, "%s %zu:%zu %s\n", names[level], err->line, err->column, err->text);
}

/* ---- kinds ---- */

static void kinds(void **state)
{
    static const struct {
        const char *name;
        tt_import_kind want;
    } rows[] = {
        {"a.csv", TT_IMPORT_CSV},         {"a", TT_IMPORT_CSV},
        {".yml", TT_IMPORT_CSV},          {"a.yml", TT_IMPORT_QUANTEDA},
        {"d/a.YAML", TT_IMPORT_QUANTEDA}, {"a.dic", TT_IMPORT_LIWC},
        {"a.jsonl", TT_IMPORT_SPACY},     {"a.json", TT_IMPORT_FLASHTEXT},
        {"a.json.csv", TT_IMPORT_CSV},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(tt_import_kind_of(tt_str_of(rows[i].name)), rows[i].want);
}

/* ---- what is made ---- */

#define LONG_LIST                                                                                                      \
    "\"0\",\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\""

/* `want`: the CSV behind its header, each row with @line:column of its origin. */
static const struct {
    const char *name, *file, *data, *want, *told;
} rows[] = {
    {"quanteda: lists and single patterns", "q.yml", "A b: [x, Yy*]\nc:\n  - two  words\nd: one\n",
     "a-b,x,,,A b,,@1:7\na-b,Yy*,,,,,@1:10\nc,two words,,,c,,@3:5\nd,one,,,d,,@4:4\n", ""},
    {"quanteda: names in names", "q.yml", "A:\n  B:\n    C: [x]\n  D: [y]\n",
     "c,x,,,C,,b@3:9\nd,y,,,D,,a@4:7\na,x,,,A,,@3:9\nb,x,,,B,,a@3:9\n", ""},
    {"quanteda: one name at two places", "q.yml", "A:\n  x: [p]\nB:\n  x: [q]\n",
     "x,p,,,x,,a@2:7\nx-2,q,,,x,,b@4:7\na,p,,,A,,@2:7\nb,q,,,B,,@4:7\n", ""},
    {"quanteda: names whose ids are alike", "q.yml", "C++: [p]\nC#: [q]\n\"C, D\": [r]\n\xC3\xA9: [s]\n",
     "c,p,,,C++,,@1:7\nc-2,q,,,C#,,@2:6\nc-d,r,,,\"C, D\",,@3:10\ntopic,s,,,\xC3\xA9,,@4:5\n", ""},
    {"quanteda: what has a meaning in terms", "q.yml", "a: ['x-y (z) \\', '(', un-*]\n",
     "a,x\\-y \\(z\\) \\\\,,,a,,@1:5\na,\\(,,,,,@1:18\na,un\\-*,,,,,@1:23\n", ""},
    {"quanteda: what cannot be said", "q.yml", "a: [wom?n, \"*\", ok]\n", "a,ok,,,a,,@1:17\n",
     "skipped 1:5 left out: `wom?n`: ? stands for one character, which a term cannot say; write a row for each "
     "spelling\nskipped 1:12 left out: `*`: a * needs at least two other characters around it; write \\* for an "
     "asterisk\n"},
    {"quanteda: names without a term", "q.yml", "a: []\nb:\nc: ~\nd: {}\n", "",
     "detail 1:1 left out: this name has no term (give it one or take it out)\n"
     "detail 2:1 left out: this name has no term (give it one or take it out)\n"
     "detail 3:1 left out: this name has no term (give it one or take it out)\n"
     "detail 4:1 left out: this name has no term (give it one or take it out)\n"},
    {"quanteda: byte-order mark, CR LF", "q.yml",
     "\xEF\xBB\xBF"
     "a:\r\n  - x\r\n",
     "a,x,,,a,,@2:5\n", ""},
    {"LIWC", "l.dic", "%\n1\tpos\t(Positive)\n2\tneg\n%\nhappy*\t1\nso so\t1\t2\nsad 2\n\n",
     "pos,happy*,,,pos,,@5:1\npos,so so,,neg,,,@6:1\nneg,sad,,,neg,,@7:1\n", ""},
    {"LIWC: a category in also alone", "l.dic", "%\n1 a\n2 b\n%\nx\t1 2\n", "a,x,,b,a,,@5:1\nb,x,,,b,,@5:1\n", ""},
    {"LIWC: what cannot be said", "l.dic", "%\n1\ta\n1\tb\nc\n%\nlike\t(02)1\nw\n*\t1\n:)\t1\n", "a,:\\),,,a,,@9:1\n",
     "skipped 3:1 left out: the number 1 is taken; give this category another one\n"
     "skipped 4:1 left out: no category; write its number, a tab and its name\n"
     "skipped 6:1 left out: `like`: `(02)1` is no number of a category; a term cannot say more\n"
     "skipped 7:1 left out: `w` has no category; write the number of one behind it\n"
     "skipped 8:1 left out: `*`: a * needs at least two other characters around it; write \\* for an asterisk\n"},
    {"spaCy: texts", "s.jsonl",
     "{\"label\":\"ORG\",\"pattern\":\"Open-AI *\"}\n\n{\"pattern\":\"X Y\",\"label\":\"GPE\",\"id\":\"X y\"}\n",
     "org,Open\\-AI \\*,exact,,ORG,org,@1:16\nx-y,X Y,exact,,X y,gpe,@3:2\n", ""},
    {"spaCy: one id on two lines", "s.jsonl",
     "{\"label\":\"A\",\"pattern\":\"x\",\"id\":\"i\"}\n{\"label\":\"B\",\"pattern\":\"y\",\"id\":\"i\"}\n",
     "i,x,exact,,i,a,@1:14\ni,y,exact,,,,@2:14\n", ""},
    {"spaCy: tokens", "s.jsonl",
     "{\"label\":\"A\",\"pattern\":[{\"LOWER\":\"san\"},{\"LOWER\":\"f\"}]}\n{\"label\":\"A\",\"pattern\":[{\"TEXT\":"
     "\"AT\"},{\"ORTH\":\"&\"},{\"ORTH\":\"T\"}]}\n{\"label\":\"A\",\"pattern\":[{\"LOWER\":\"v\"},{\"ORTH\":\"2\"}]}"
     "\n",
     "a,san f,,,A,a,@1:14\na,AT&T,exact,,,,@2:14\na,v 2,,,,,@3:14\n", ""},
    {"spaCy: optional tokens", "s.jsonl",
     "{\"label\":\"A\",\"pattern\":[{\"LOWER\":\"the\",\"OP\":\"?\"},{\"LOWER\":\"x\"},{\"LOWER\":\"y\",\"OP\":\"?\"}]}"
     "\n",
     "a,(the )x( y),,,A,a,@1:14\n", ""},
    {"spaCy: IN", "s.jsonl",
     "{\"label\":\"A\",\"pattern\":[{\"LOWER\":{\"IN\":[\"a\",\"b\"]}},{\"LOWER\":{\"IN\":[\"c\",\"d\"]}}]}\n",
     "a,a c,,,A,a,@1:14\na,a d,,,,,@1:14\na,b c,,,,,@1:14\na,b d,,,,,@1:14\n", ""},
    {"spaCy: too many", "s.jsonl",
     "{\"label\":\"A\",\"pattern\":[{\"LOWER\":{\"IN\":[" LONG_LIST "]}},{\"LOWER\":{\"IN\":[" LONG_LIST "]}}]}\n", "",
     "skipped 1:14 left out: it has more than 256 spellings; write it in several lines\n"},
    {"spaCy: what cannot be said", "s.jsonl",
     "{\"label\":\"A\",\"pattern\":[{\"LOWER\":{\"REGEX\":\"x\"}}]}\n{\"label\":\"A\",\"pattern\":[{\"POS\":\"X\"}]}\n"
     "{\"label\":\"A\",\"pattern\":[{\"LOWER\":\"x\",\"OP\":\"+\"}]}\n{\"label\":\"A\",\"pattern\":[{}]}\n{\"label\":"
     "\"A\",\"pattern\":[]}\n"
     "{\"label\":\"A\",\"pattern\":7}\n{\"label\":\"A\",\"pattern\":[{\"LOWER\":\"a\"},{\"TEXT\":\"B\"}]}\n"
     "{\"label\":\"A\",\"pattern\":[{\"LOWER\":{\"IN\":[]}}]}\n{\"label\":\"A\",\"pattern\":[{\"LOWER\":{\"IN\":[1]}}]}"
     "\n{\"label\":\"A\"}\n[\n[]\n",
     "",
     "skipped 1:14 left out: a term cannot say REGEX, NOT_IN and their like; write the texts themselves\n"
     "skipped 2:14 left out: a term can say LOWER, TEXT or ORTH and OP ? of a token, nothing else\n"
     "skipped 3:14 left out: a term can say LOWER, TEXT or ORTH and OP ? of a token, nothing else\n"
     "skipped 4:14 left out: a token says no text; a term is made of texts\n"
     "skipped 5:14 left out: its pattern is neither a text nor a list of tokens\n"
     "skipped 6:14 left out: its pattern is neither a text nor a list of tokens\n"
     "skipped 7:14 left out: some tokens ignore case and some do not; a term does one or the other\n"
     "skipped 8:14 left out: a list of texts is empty\n"
     "skipped 9:14 left out: a term cannot say REGEX, NOT_IN and their like; write the texts themselves\n"
     "skipped 10:1 left out: no pattern; write {\"label\": \xE2\x80\xA6, \"pattern\": \xE2\x80\xA6}\n"
     "skipped 11:1 left out: the JSON is broken here; correct it\n"
     "skipped 12:1 left out: no pattern; write {\"label\": \xE2\x80\xA6, \"pattern\": \xE2\x80\xA6}\n"},
    {"flashtext", "f.json", "{\"C++\": [\"c++\", \"x-y\"],\n \"a\": [\"(b)\"]}\n",
     "c,c++,,,C++,,@1:10\nc,x\\-y,,,,,@1:17\na,\\(b\\),,,a,,@2:8\n", ""},
    {"flashtext: what cannot be said", "f.json", "{\"a\": \"x\", \"b\": [1, \"\", \"y\\u0007\"]}\n", "",
     "skipped 1:2 left out: `a` has no list; write {\"name\": [\"alias\", \xE2\x80\xA6]}\n"
     "skipped 1:12 left out: an alias behind this is no text; write it in quotes\n"
     "skipped 1:21 left out: ``: the term is empty; write what to look for\n"
     "skipped 1:25 left out: `y\x07`: a control character; take it out\n"
     "detail 1:12 left out: this name has no term (give it one or take it out)\n"},
};

static void show(const tt_imported *made, tt_buf *out)
{
    tt_str rest = {made->csv.p, made->csv.n};
    tt_str_cut(&rest, '\n');
    for (size_t i = 0; rest.n; i++) {
        assert_true(i < made->n_origins);
        tt_buf_str(out, tt_str_cut(&rest, '\n'));
        tt_buf_f(out, "@%zu:%zu\n", made->origins[i].line, made->origins[i].column);
    }
    tt_buf_text(out, "");
}

static void imports(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tt_buf told = {0}, out = {0};
        const tt_sink sink = {on_message, NULL, &told};
        tt_imported made = {0};
        tt_err err = {0};
        int rc = tt_import(tt_import_kind_of(tt_str_of(rows[i].file)), rows[i].file, tt_str_of(rows[i].data), &sink,
                           &made, &err);
        if (rc != 0)
            fail_msg("%s: %s", rows[i].name, err.text);
        tt_buf_text(&told, "");
        show(&made, &out);
        if (strcmp(out.p ? out.p : "", rows[i].want) != 0 || strcmp(told.p ? told.p : "", rows[i].told) != 0)
            fail_msg("%s: got\n%s%swant\n%s%s", rows[i].name, out.p ? out.p : "", told.p ? told.p : "", rows[i].want,
                     rows[i].told);
        tt_buf_release(&told);
        tt_buf_release(&out);
        tt_imported_release(&made);
    }
}

static void broken(void **state)
{
    static const struct {
        const char *file, *data;
        size_t line, column;
    } all[] = {
        {"q.yml", "a: [b\n", 2, 1},
        {"q.yml", "- a\n", 1, 1},
        {"q.yml", "word\n", 1, 1},
        {"q.yml", "a: &x [b]\nc: *x\n", 2, 4},
        {"q.yml", "a:\n  - [b]\n", 2, 5},
        {"q.yml", "? [a]\n: b\n", 1, 3},
        {"q.yml", "a: [caf\xE9]\n", 1, 8},
        {"l.dic", "happy\t1\n", 1, 1},
        {"l.dic", "%\n1\ta\n", 1, 1},
        {"l.dic", "", 1, 1},
        {"f.json", "[1]\n", 1, 1},
        {"f.json", "{\"a\":\n[}\n", 2, 2},
        {"f.json", "", 1, 1},
        {"f.json", "{} x", 1, 4},
    };
    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        tt_imported made = {0};
        tt_err err = {0};
        assert_int_equal(tt_import(tt_import_kind_of(tt_str_of(all[i].file)), all[i].file, tt_str_of(all[i].data), NULL,
                                   &made, &err),
                         TT_EINPUT);
        if (err.line != all[i].line || err.column != all[i].column)
            fail_msg("%s `%s`: %zu:%zu %s", all[i].file, all[i].data, err.line, err.column, err.text);
        tt_imported_release(&made);
    }
}

/* 64 levels are read, 65 are not. */
static void nesting(void **state)
{
    (void)state;
    for (int n = 64; n <= 65; n++) {
        char data[65 * 66] = "";
        size_t len = 0;
        for (int i = 0; i < n; i++)
            len += (size_t)snprintf(data + len, sizeof data - len, "{a: ");
        len += (size_t)snprintf(data + len, sizeof data - len, "x");
        for (int i = 0; i < n; i++)
            len += (size_t)snprintf(data + len, sizeof data - len, "}");
        tt_imported made = {0};
        assert_int_equal(tt_import(TT_IMPORT_QUANTEDA, "q.yml", tt_str_of(data), NULL, &made, NULL),
                         n == 64 ? 0 : TT_EINPUT);
        assert_int_equal(made.n_origins, n == 64 ? 64 : 0);
        tt_imported_release(&made);
    }
}

/* ---- as a lexicon: entries know where they come from ---- */

static void as_lexicon(void **state)
{
    tt_lexicon_builder *b = NULL;
    tt_lexicon *lex = NULL;
    tt_err err = {0};
    (void)state;
    assert_int_equal(tt_lexicon_builder_new(&b, NULL, &err), 0);
    assert_int_equal(tt_lexicon_add(b, "d/q.yml", TT_S("A:\n  b: [x,\n   y]\n"), &err), 0);
    assert_int_equal(tt_lexicon_finish(b, &lex, &err), 0);
    assert_int_equal(lex->n_topics, 2);
    assert_int_equal(lex->n_entries, 3);
    assert_int_equal(lex->entries[1].line, 3);
    assert_int_equal(lex->entries[1].column, 4);
    assert_int_equal(lex->entries[1].n_counts, 2);
    assert_true(tt_str_is(lex->topics[1].label, "b"));
    assert_true(tt_str_is(lex->topics[1].type, "q"));
    tt_lexicon_free(lex);
}

/* ---- JSON and YAML ---- */

static void json_places(void **state)
{
    static const char data[] = " {\"a\\\"b\": [\"x\", 1, {\"c\": \"\\u00e9\"}], \"d\": true}";
    tt_arena arena = {0};
    tt_json_node *root = NULL;
    size_t at = 0;
    (void)state;
    assert_int_equal(tt_json_parse(tt_str_of(data), &arena, &root, &at), 0);
    const tt_json_node *list = root->first, *d = list->next, *x = list->first, *c = x->next->next->first;
    assert_true(root->kind == TT_JSON_OBJECT && list->kind == TT_JSON_ARRAY && d->kind == TT_JSON_TRUE);
    assert_true(tt_str_is(list->key, "a\"b") && list->at == 2 && tt_str_is(d->key, "d") && d->next == NULL);
    assert_true(x->kind == TT_JSON_STRING && tt_str_is(x->text, "x") && data[x->at + 1] == 'x');
    assert_true(x->next->kind == TT_JSON_OTHER && tt_str_is(c->text, "\xC3\xA9") && data[c->at + 1] == 'c');
    tt_arena_release(&arena);
}

static int count_event(void *ctx, const tt_yaml_event *e)
{
    tt_buf_f(ctx, "%d@%zu ", (int)e->kind, e->at);
    return e->kind == TT_YAML_ALIAS ? 7 : 0;
}

static void yaml_events(void **state)
{
    tt_buf out = {0};
    size_t at = 0;
    const char *why = NULL;
    (void)state;
    assert_int_equal(tt_yaml_read(TT_S("\xC3\xA9: [x, 'y']\n---\nz\n"), count_event, &out, &at, &why), 0);
    assert_string_equal(out.p, "0@0 4@0 2@4 4@5 4@8 3@11 1@13 ");
    assert_int_equal(tt_yaml_read(TT_S("a: *b\n"), count_event, &out, &at, &why), 7);
    assert_int_equal(tt_yaml_read(TT_S("a: [b"), count_event, &out, &at, &why), TT_EINPUT);
    assert_int_equal(at, 5);
    assert_non_null(why);
    tt_buf_release(&out);
}

/* ---- no memory ---- */

static size_t current;

static int import_one(void)
{
    tt_imported made = {0};
    tt_err err = {0};
    int rc = tt_import(tt_import_kind_of(tt_str_of(rows[current].file)), rows[current].file,
                       tt_str_of(rows[current].data), NULL, &made, &err);
    tt_imported_release(&made);
    return rc;
}

static void no_memory(void **state)
{
    (void)state;
    for (current = 0; current < sizeof rows / sizeof *rows; current++)
        assert_true(fail_each(import_one, TT_ENOMEM) > 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds),       cmocka_unit_test(imports),    cmocka_unit_test(broken),
        cmocka_unit_test(nesting),     cmocka_unit_test(as_lexicon), cmocka_unit_test(json_places),
        cmocka_unit_test(yaml_events), cmocka_unit_test(no_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
