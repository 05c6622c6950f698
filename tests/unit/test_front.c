/* front: front matter in its three forms. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "fail_alloc.h"
#include "read/front.h"

/* ---- what a sink heard ---- */

static struct heard {
    int n;
    tt_level level;
    tt_err last;
} heard;

static void hear(void *ctx, tt_level level, const tt_err *err)
{
    (void)ctx;
    heard.n++;
    heard.level = level;
    heard.last = *err;
}

static const tt_sink sink = {.tell = hear};

static tt_text text_of(const char *in)
{
    return (tt_text){.data = (char *)(uintptr_t)in, .n = strlen(in), .encoding = "UTF-8"};
}

/* ---- front matter ---- */

typedef struct front_case {
    const char *in;
    tt_front_kind kind;
    const char *body; /* begins there */
    const char *title, *source;
    long long number;
    const char *date;
    bool draft;
    int told;       /* messages */
    size_t line;    /* of the last one */
    const char *of; /* in its text */
} front_case;

static void expect_front(const front_case *c)
{
    tt_arena arena = {0};
    tt_text text = text_of(c->in);
    tt_front f;
    char date[TT_DATE_SIZE];
    tt_err err = {0};
    heard = (struct heard){0};
    assert_int_equal(tt_front_read(&text, "a.md", &arena, &f, &sink, &err), 0);
    assert_int_equal(tt_front_there(&text), f.kind != TT_FRONT_NONE);
    tt_day_format(f.date, date);
    const char *title = c->title != NULL ? c->title : "";
    const char *source = c->source != NULL ? c->source : title;
    if (f.kind != c->kind || strcmp(c->in + f.body_at, c->body) != 0)
        fail_msg("%s: kind %d, body at %zu", c->in, (int)f.kind, f.body_at);
    if (!tt_str_is(f.title, title) || !tt_str_is((tt_str){text.data + f.title_at, f.n_title}, source))
        fail_msg("%s: title `%.*s` from `%.*s`", c->in, (int)f.title.n, f.title.p, (int)f.n_title,
                 text.data + f.title_at);
    if (f.number != c->number || strcmp(date, c->date != NULL ? c->date : "") != 0 || f.draft != c->draft)
        fail_msg("%s: number %lld, date %s, draft %d", c->in, (long long)f.number, date, (int)f.draft);
    if (heard.n != c->told || heard.last.line != c->line || (c->of != NULL && strstr(heard.last.text, c->of) == NULL))
        fail_msg("%s: %d messages, line %zu: %s", c->in, heard.n, heard.last.line, heard.last.text);
    if (heard.n > 0) {
        assert_int_equal(heard.level, strstr(heard.last.text, "broken") ? TT_SKIPPED : TT_NOTE);
        assert_string_equal(heard.last.path, "a.md");
    }
    tt_arena_release(&arena);
}

#define Y TT_FRONT_YAML
#define T TT_FRONT_TOML
#define L TT_FRONT_LINES
#define NONE TT_FRONT_NONE

static void front_extent(void **state)
{
    (void)state;
    static const front_case cases[] = {
        {"", NONE, "", .number = -1},
        {"text", NONE, "text", .number = -1},
        {"---\ntitle: A\n---\nbody", Y, "body", "A", .number = -1},
        {"--- \ntitle: A\n---\t\nbody", Y, "body", "A", .number = -1},
        {"---\ntitle: A\n...\nbody\n---\n", Y, "body\n---\n", "A", .number = -1},
        {"---\ntitle: A\n---", Y, "", "A", .number = -1},
        {"---\n\"title\": A\n---\n", Y, "", "A", .number = -1},
        {"---\ntitle:\n  A\n---\n", Y, "", "A", .number = -1},
        /* no key right behind the mark, or no end */
        {"---\n\ntitle: A\n---\n", NONE, "---\n\ntitle: A\n---\n", .number = -1},
        {"---\nA line.\n---\n", NONE, "---\nA line.\n---\n", .number = -1},
        {"---\nhttp://a\n---\n", NONE, "---\nhttp://a\n---\n", .number = -1},
        {"---\n- title: A\n---\n", NONE, "---\n- title: A\n---\n", .number = -1},
        {"---\ntitle: A\nbody", NONE, "---\ntitle: A\nbody", .number = -1},
        {"---\n", NONE, "---\n", .number = -1},
        {"---", NONE, "---", .number = -1},
        {" ---\ntitle: A\n---\n", NONE, " ---\ntitle: A\n---\n", .number = -1},
        {"----\ntitle: A\n----\n", NONE, "----\ntitle: A\n----\n", .number = -1},
        {"+++\ntitle = 'A'\n+++\nbody", T, "body", "A", .number = -1},
        {"+++\n\n# note\n[x]\n+++\nbody", T, "body", .number = -1},
        {"+++\n+++\nbody", T, "body", .number = -1},
        {"+++\ntitle = 'A'\nbody", NONE, "+++\ntitle = 'A'\nbody", .number = -1},
        {"+++\nNews\n+++\n", NONE, "+++\nNews\n+++\n", .number = -1},
        {"Title: A\n\nbody", L, "body", "A", .number = -1},
        {"Author: me\ndate: 2020-10-11\n \nbody", L, "body", .number = -1, .date = "2020-10-11"},
        {"Title: A", L, "", "A", .number = -1},
        {"Author: me\nPlace: here\n\nbody", NONE, "Author: me\nPlace: here\n\nbody", .number = -1},
        {"Title: A\nHello\n\n", NONE, "Title: A\nHello\n\n", .number = -1},
        {"\nTitle: A\n\n", NONE, "\nTitle: A\n\n", .number = -1},
        {" Title: A\n\n", NONE, " Title: A\n\n", .number = -1},
        {"Title:A\n\n", NONE, "Title:A\n\n", .number = -1},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        expect_front(&cases[i]);
}

static void front_yaml(void **state)
{
    (void)state;
    static const front_case cases[] = {
        {"---\ntitle: \"#19: Lyft&#x27;s \\u0041 \"\ndate: 2019-08-04\nnumber: 19\naliases:\n  - x\n---\n", Y, "",
         "#19: Lyft's A", "#19: Lyft&#x27;s \\u0041 ", .number = 19, .date = "2019-08-04"},
        {"---\ntitle: 'It''s   a\n  title'\n---\n", Y, "", "It's a title", "It''s   a\n  title", .number = -1},
        {"---\ntitle: plain\n  goes on\nissue: 7\n---\n", Y, "", "plain goes on", "plain\n  goes on", .number = 7},
        {"---\ntitle: |-\n  two\n  lines\ndate: 2020-10-11 10:00:00 -0800\n---\n", Y, "", "two lines", "two\n  lines",
         .number = -1, .date = "2020-10-11"},
        {"---\ntitle: >\n  folded\n\n  text\n\n---\n", Y, "", "folded text", "folded\n\n  text", .number = -1},
        {"---\ntitle: !!str &a  \"x\"\nother: *a\n---\n", Y, "", "x", "x", .number = -1},
        {"---\nä: é\ntitle: Über\n---\n", Y, "", "Über", .number = -1},
        {"---\nx: {title: no, date: 2020-01-01}\ntitle: yes it is\ny: [a, title: b]\n---\n", Y, "", "yes it is",
         .number = -1},
        {"---\nx:\n  title: no\n? [a]\n: title\n*a : b\ntitle: A\n---\n", Y, "", "A", .number = -1},
        {"---\ntitle: ~\ndate: null\n---\n", Y, "", .number = -1},
        {"---\ntitle: \"null\"\n---\n", Y, "", "null", .number = -1},
        {"---\ntitle: \"\"\n---\n", Y, "", .number = -1},
        {"---\ntitle: \"a\\0b\"\n---\n", Y, "",
         "a\xEF\xBF\xBD"
         "b",
         "a\\0b", .number = -1},
        {"---\nTITLE: A\ntitle: B\n---\n", Y, "", "A", .number = -1},
        {"---\ntitle: A # note\nnumber: \"#12\"\n---\n", Y, "", "A", .number = 12},
        /* the first date key of the order, whatever the order in the file */
        {"---\npubDate: 2020-01-04\npublished: 2020-01-03\npublishDate: 2020-01-02\ndate: 2020-01-01\n---\n", Y, "",
         .number = -1, .date = "2020-01-01"},
        {"---\npubDate: 2020-01-04\npublished: 2020-01-03\npublishdate: 2020-01-02\n---\n", Y, "", .number = -1,
         .date = "2020-01-02"},
        {"---\npubDate: 2020-01-04\npublished: 2020-01-03\n---\n", Y, "", .number = -1, .date = "2020-01-03"},
        {"---\npublished: true\npubDate: 4 Jan 2020\n---\n", Y, "", .number = -1, .date = "2020-01-04"},
        {"---\nissue: 8\nnumber: 9\n---\n", Y, "", .number = 9},
        {"---\nissue: the eighth\n---\n", Y, "", .number = -1},
        {"---\ndraft: true\n---\n", Y, "", .number = -1, .draft = true},
        {"---\ndraft: Yes\n---\n", Y, "", .number = -1, .draft = true},
        {"---\ndraft: false\n---\n", Y, "", .number = -1},
        {"---\nstatus: Draft\n---\n", Y, "", .number = -1, .draft = true},
        {"---\nstatus: published\n---\n", Y, "", .number = -1},
        {"---\npublished: false\n---\n", Y, "", .number = -1, .draft = true},
        {"---\npublished: true\n---\n", Y, "", .number = -1},
        /* what cannot be understood is told with its line, and the rest is taken */
        {"---\ntitle: A\ndate: 03/04/2019\nnumber: 3\n---\n", Y, "", "A", NULL, .number = 3, .told = 1, .line = 3,
         .of = "03/04/2019` is ambiguous"},
        {"---\ntitle: A\n\ndate: 2020-02-30\npublished: 2020-01-01\n---\n", Y, "", "A", NULL, .number = -1, .told = 1,
         .line = 4, .of = "no day of the calendar"},
        {"---\ndate: soon\n---\n", Y, "", .number = -1, .told = 1, .line = 2, .of = "`soon` is no date"},
        {"---\nnumber: 1.5\nissue: 4\n---\n", Y, "", .number = 4, .told = 1, .line = 2, .of = "`1.5`"},
        {"---\ntitle: A\ndate: 2020-01-01\nx: [\n---\nbody", Y, "body", "A", NULL, .number = -1, .date = "2020-01-01",
         .told = 1, .line = 5, .of = "broken front matter"},
        {"---\nnumber: 4\ntitle: Issue 4: all\ndate: 2020-01-01\n---\nbody", Y, "body", "Issue 4", .number = 4,
         .told = 1, .line = 3, .of = "broken front matter"},
        {"---\nnumber: 4\nx: a\001b\n---\n", Y, "", .number = 4},
        {"---\ntitle: a\xC2\x81z\n---\n", Y, "", "a z", "a\xC2\x81z", .number = -1},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        expect_front(&cases[i]);
}

static void front_toml(void **state)
{
    (void)state;
    static const front_case cases[] = {
        {"+++\ntitle = \"A \\\"b\\\" \\u00e9\\U0001F600\\t!\" # note\ndate = 2020-10-11T07:32:00-08:00\nnumber = 12\n"
         "draft = true\n+++\nbody",
         T, "body", "A \"b\" é😀 !", "A \\\"b\\\" \\u00e9\\U0001F600\\t!", .number = 12, .date = "2020-10-11",
         .draft = true},
        {"+++\ntitle = 'C:\\new &amp; old'\n+++\n", T, "", "C:\\new & old", "C:\\new &amp; old", .number = -1},
        {"+++\ntitle = \"\"\"\none \\\n   two\nthree\"\"\"\"\n+++\n", T, "", "one two three\"",
         "one \\\n   two\nthree\"", .number = -1},
        {"+++\ntitle = '''a'b'''\nnumber=3\n+++\n", T, "", "a'b", NULL, .number = 3},
        {"+++\n\"title\" = \"A\"\nx.title = \"B\"\n'date' = 2020-10-11\n+++\n", T, "", "A", NULL, .number = -1,
         .date = "2020-10-11"},
        {"+++\ntags = [\"a]\", 'b', # ]\n [1, 2]]\nx = {title = \"}\"}\ntitle = \"A\"\n[more]\ndate = "
         "2020-01-01\n+++\n",
         T, "", "A", .number = -1},
        {"+++\ndate = \"03/04/2019\"\ntitle = \"A\"\n+++\n", T, "", "A", NULL, .number = -1, .told = 1, .line = 2,
         .of = "ambiguous"},
        {"+++\ntitle = \"A\"\nnumber = \n+++\n", T, "", "A", NULL, .number = -1, .told = 1, .line = 3,
         .of = "without a value"},
        {"+++\ntitle = \"A\nnumber = 3\n+++\n", T, "", .number = -1, .told = 1, .line = 2, .of = "closing quote"},
        {"+++\nnumber = 3\ntitle \"A\"\n+++\n", T, "", .number = 3, .told = 1, .line = 3, .of = "without `=`"},
        {"+++\nnumber = 3\ntitle = \"\\q\"\n+++\n", T, "", .number = 3, .told = 1, .line = 3, .of = "escape"},
        {"+++\nnumber = 3\ntitle = \"\\uD800\"\n+++\n", T, "", .number = 3, .told = 1, .line = 3, .of = "no character"},
        {"+++\nnumber = 3\ntitle = \"\\u12\"\n+++\n", T, "", .number = 3, .told = 1, .line = 3, .of = "digits"},
        {"+++\nnumber = 3\ntitle = \"A\" \"B\"\n+++\n", T, "", "A", NULL, .number = 3, .told = 1, .line = 3,
         .of = "behind"},
        {"+++\nnumber = 3\nx = [1\n+++\n", T, "", .number = 3, .told = 1, .line = 4, .of = "bracket"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        expect_front(&cases[i]);
}

static void front_lines(void **state)
{
    (void)state;
    static const front_case cases[] = {
        {"Title: It&#x27;s: a title\nDate: Sun, 11 Oct 2020 10:00:00 +0200\nNumber: 3\nStatus: draft\n\nbody", L,
         "body", "It's: a title", "It&#x27;s: a title", .number = 3, .date = "2020-10-11", .draft = true},
        {"title:\n  goes\n\ton\nPlace of work: here\nissue: 4\n\n", L, "", "goes on", "goes\n\ton", .number = 4},
        {"DATE: 3/4/2019\nTitle: A\n\n", L, "", "A", NULL, .number = -1, .told = 1, .line = 1, .of = "ambiguous"},
        {"Title: \"A\"\n\n", L, "", "\"A\"", .number = -1},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        expect_front(&cases[i]);
}

/* A front matter with `n` brackets is read or refused in time linear in n; 64 levels are read, 65 are not. */
static void front_depth(void **state)
{
    (void)state;
    static const struct {
        int n, told;
    } cases[] = {{TT_FRONT_MAX_NESTING - 1, 0}, {TT_FRONT_MAX_NESTING, 1}, {100000, 1}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        tt_buf b = {0};
        tt_buf_text(&b, "---\ntitle: A\nx: ");
        for (int k = 0; k < cases[i].n; k++)
            tt_buf_char(&b, '[');
        for (int k = 0; k < cases[i].n; k++)
            tt_buf_char(&b, ']');
        tt_buf_text(&b, "\nnumber: 5\n---\n");
        tt_arena arena = {0};
        tt_text text = {.data = b.p, .n = b.n};
        tt_front f;
        tt_err err;
        heard = (struct heard){0};
        assert_int_equal(tt_front_read(&text, "a.md", &arena, &f, &sink, &err), 0);
        assert_int_equal(heard.n, cases[i].told);
        assert_true(tt_str_is(f.title, "A"));
        assert_int_equal(f.number, cases[i].told ? -1 : 5);
        tt_arena_release(&arena);
        tt_buf_release(&b);
    }
}

/* Any text is read without harm: every prefix of these, each byte in turn replaced by a sign. */
static void front_hostile(void **state)
{
    (void)state;
    static const char *const whole[] = {
        "---\ntitle: |\n  a\n  b\nx: [&a 1, *a, {b: 'c'}]\ndate: \"2020-01-01\"\n---\nbody",
        "+++\ntitle = \"\"\"a\\u00e9\\\n b\"\"\"\nx = [1, {a = 'b'}]\ndate = 2020-01-01\n+++\nbody",
        "Title: a\n  b\nDate: 2020-01-01\n\nbody",
    };
    static const char signs[] = "\"'[]{}:-#&*!|>%@`\\\n\t =+.\001\177";
    tt_err err;
    for (size_t i = 0; i < sizeof(whole) / sizeof(whole[0]); i++)
        for (size_t at = 0; at < strlen(whole[i]); at++)
            for (size_t k = 0; k < sizeof(signs); k++) {
                size_t n = k == sizeof(signs) - 1 ? at : strlen(whole[i]);
                char *copy = malloc(n + 1);
                assert_non_null(copy);
                memcpy(copy, whole[i], n);
                copy[n] = '\0';
                if (at < n)
                    copy[at] = signs[k];
                tt_arena arena = {0};
                tt_text text = {.data = copy, .n = n};
                tt_front f;
                assert_int_equal(tt_front_read(&text, "a.md", &arena, &f, NULL, &err), 0);
                assert_true(f.body_at <= n && f.title_at + f.n_title <= n);
                assert_true(f.n_title == 0 || f.title_at + f.n_title <= f.body_at);
                assert_int_equal(f.title.n > 0, f.n_title > 0);
                tt_arena_release(&arena);
                free(copy);
            }
}

/* ---- no memory ---- */

static const char *oom_in;

static int read_only(void)
{
    tt_arena arena = {0};
    tt_text text = text_of(oom_in);
    tt_front f;
    tt_err err;
    int rc = tt_front_read(&text, "a.md", &arena, &f, NULL, &err);
    assert_true(rc == 0 || err.code == rc);
    tt_arena_release(&arena);
    return rc;
}

static void no_memory(void **state)
{
    (void)state;
    static const char *const in[] = {"---\ntitle: A\nx: [b]\ndate: 2020-01-01\n---\n", "+++\ntitle = 'A'\n+++\nx\n",
                                     "Title: A\nDate: 2020-01-01\n\nx\n"};
    for (size_t i = 0; i < sizeof(in) / sizeof(in[0]); i++) {
        oom_in = in[i];
        assert_true(fail_each(read_only, TT_ENOMEM) > 0);
    }
}

/* ---- the short way through YAML and the whole one ---- */

static bool same_values(const tt_front_in *a, const tt_front_in *b)
{
    for (size_t i = 0; i < TT_FRONT_N_KEYS; i++)
        if (!tt_str_eq(a->values[i].text, b->values[i].text) || a->values[i].at != b->values[i].at ||
            a->values[i].n != b->values[i].n)
            return false;
    return true;
}

/* Where the short way takes it, the whole one takes the same and has nothing to say. Returns whether it did. */
static bool agree(const char *in, size_t n)
{
    tt_arena arena = {0};
    const tt_text text = {.data = (char *)(uintptr_t)in, .n = n, .encoding = "UTF-8"};
    tt_front_in simple = {.text = &text, .path = "a.md", .arena = &arena, .sink = &sink, .at = 4, .n = n - 8};
    tt_front_in whole = simple;
    heard = (struct heard){0};
    int took = tt_front_yaml_short(&simple);
    assert_int_equal(tt_front_yaml_whole(&whole), 0);
    if (took == 1 && (!same_values(&simple, &whole) || heard.n > 0))
        fail_msg("%s: %s", in, heard.n ? heard.last.text : "other values");
    for (size_t i = 0; i < TT_FRONT_N_KEYS && took != 1; i++)
        assert_int_equal(simple.values[i].text.n, 0);
    tt_arena_release(&arena);
    return took == 1;
}

static void yaml_short_way(void **state)
{
    static const struct {
        const char *in;
        bool is_short;
    } cases[] = {
        {"title: A b", true},
        {"title: 'A: b # c '", true},
        {"title: \"#1: Hello, World! \"  ", true},
        {"title:\naliases:\n  - /issues/1-a\n  - b\ndate: 2020-01-02", true},
        {"tags:\n- a\n- 'b: c'\ntitle: x", true},
        {"title: null\nnumber: 7\ntitle: B", true},
        {"title: Ünder “quotes”: yes", false}, /* ends in no `: `, but has one */
        {"title: Ünder “quotes”", true},
        {"title: http://a/b#c", true},
        {"title: ''\ntitle: x", true},
        {"title:   x   ", true},
        {"title: A\n  b", false},
        {"title: A # b", false},
        {"title: 'it''s'", false},
        {"title: \"a\\tb\"", false},
        {"title: 'a' b", false},
        {"title: [a, b]", false},
        {"title: {a: b}", false},
        {"title: &a b", false},
        {"title: *a", false},
        {"title: !t b", false},
        {"title: |\n  a", false},
        {"title: >\n  a", false},
        {"title: ~", false},
        {"title: - a", false},
        {"title: a\n\nnumber: 1", false},
        {"title:\n  a: b", false},
        {"title: a\n- b", false},
        {"tags:\n  - a\n - b", false},
        {"tags:\n  - a\n    b", false},
        {"tags:\n  - a: b", false},
        {"tags:\n  - - b", false},
        {"title: a\xE2\x80\xA8number: 2", false},
        {"title: a\xC2\x85number: 2", false},
        {"title: a\xEF\xBB\xBF", false},
        {"title: a\tb", false},
        {"title : a", false},
        {"\"title\": a", false},
        {"title:a", false},
        {"# c", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[200];
        int n = snprintf(text, sizeof text, "---\n%s\n---\n", cases[i].in);
        if (agree(text, (size_t)n) != cases[i].is_short)
            fail_msg("%s: not as told", cases[i].in);
    }
}

static void yaml_short_way_at_random(void **state)
{
    static const char *const pieces[] = {
        "title:", "date:", "number:", "draft:", "tags:", "issue:", " ",        " ",           "  ",   "\n", "\n", "\n",
        "\n",     "- ",    "  - ",    "a",      "7",     "Abc d",  "true",     "null",        "/x/y", "'",  "'",  "\"",
        "\"",     "#",     " #",      ":",      ": ",    "\\",     "&",        "*",           "!",    "|",  ">",  "[",
        "]",      "{",     "}",       ",",      "?",     "%",      "@",        "`",           "~",    "\t", "é",  "’",
        "字",     "-",     "---",     "...",    "(",     "_k-9: ", "\xC2\x85", "\xE2\x80\xA9"};
    static const char *const lines[] = {"title: A b\n",     "title: 'A: b'\n",       "date: 2020-01-02\n",
                                        "number: 12\n",     "tags:\n  - a\n  - b\n", "draft: true\n",
                                        "issue: \"x y\"\n", "tags:\n- a\n"};
    uint32_t seed = 3;
    size_t n_short = 0;
    (void)state;
    for (size_t round = 0; round < 60000; round++) {
        char text[400] = "---\n";
        size_t n = 4;
        for (size_t i = 0; i < 1 + round % 8; i++) {
            seed = seed * 1664525 + 1013904223;
            const char *piece = lines[(seed >> 24) % (sizeof lines / sizeof *lines)];
            size_t cut = round & 8 ? strlen(piece) : strlen(piece) - (seed >> 16) % 3;
            memcpy(text + n, piece, cut);
            n += cut;
            for (size_t k = (seed >> 8 & 3) && round & 16 ? 0 : (seed >> 12) % 4; k > 0; k--) {
                seed = seed * 1664525 + 1013904223;
                piece = pieces[(seed >> 20) % (sizeof pieces / sizeof *pieces)];
                memcpy(text + n, piece, strlen(piece));
                n += strlen(piece);
            }
        }
        memcpy(text + n, "\n---\n", 6);
        text[n + 5] = '\0';
        n_short += agree(text, n + 5);
    }
    assert_true(n_short > 2000);
}

/* A blank at the end takes the long way, and does not show. */
static void one_line(void **state)
{
    static const char *const pieces[] = {"a",  "Bc",    "7", " ", " ",        "  ",   "\n",
                                         "\t", "&amp;", "&", "é", "\xC2\xA0", "\x01", "#"};
    static const struct {
        const char *in;
        bool entities;
        const char *want;
    } cases[] = {{"", true, ""},         {"A b c", true, "A b c"}, {" a", false, "a"},
                 {"a  b", false, "a b"}, {"a&amp;b", true, "a&b"}, {"a&amp;b", false, "a&amp;b"},
                 {"a\nb ", true, "a b"}, {" ", false, ""}};
    tt_arena arena = {0};
    tt_str a, b;
    uint32_t seed = 5;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(tt_one_line(&arena, tt_str_of(cases[i].in), cases[i].entities, &a), 0);
        assert_string_equal(a.p, cases[i].want);
    }
    for (size_t round = 0; round < 5000; round++) {
        char text[100] = "";
        size_t n = 0;
        for (size_t i = 0; i < round % 9; i++) {
            seed = seed * 1664525 + 1013904223;
            const char *piece = pieces[(seed >> 24) % (sizeof pieces / sizeof *pieces)];
            memcpy(text + n, piece, strlen(piece) + 1);
            n += strlen(piece);
        }
        assert_int_equal(tt_one_line(&arena, tt_str_of(text), round & 1, &a), 0);
        memcpy(text + n, " ", 2);
        assert_int_equal(tt_one_line(&arena, tt_str_of(text), round & 1, &b), 0);
        assert_string_equal(a.p, b.p);
        assert_int_equal(a.n, b.n);
    }
    tt_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(front_extent),
        cmocka_unit_test(front_yaml),
        cmocka_unit_test(yaml_short_way),
        cmocka_unit_test(one_line),
        cmocka_unit_test(yaml_short_way_at_random),
        cmocka_unit_test(front_toml),
        cmocka_unit_test(front_lines),
        cmocka_unit_test(front_depth),
        cmocka_unit_test(front_hostile),
        cmocka_unit_test(no_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
