/* section: names, sections.csv, headings, sections and overlays of blocks, titles, hashes for boilerplate. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "fail_alloc.h"
#include "parse/parse.h"

static tt_arena arena;

static tt_text text_of(const char *in)
{
    return (tt_text){.data = (char *)(uintptr_t)in, .n = strlen(in), .encoding = "UTF-8"};
}

static void test_name(void **state)
{
    static const struct {
        const char *in, *want;
    } cases[] = {
        {"News", "News"},
        {"", ""},
        {" \U0001F39B ", ""},
        {"Machine Learning Research \U0001F39B", "Machine Learning Research"},
        {"\U0001F469\u200D\U0001F4BB People in AI \U0001F469\U0001F3FE\u200D\U0001F4BB", "People in AI"},
        {"Cool \u2728 Things", "Cool Things"},
        {"  Cool\t\n Things\u00A0! ", "Cool Things"},
        {"1\uFE0F\u20E3 First", "First"},
        {"\U0001F1F3\U0001F1F1 Dutch", "Dutch"},
        {"*** News: ***", "News"},
        {"“News”", "News"},
        {"What’s new?", "What’s new"},
        {"(News)", "News"},
        {"[News]:", "News"},
        {"News (Europe)", "News (Europe)"},
        {"News (Europe).", "News (Europe)"},
        {"News Europe)", "News Europe"},
        {"(Europe) News", "(Europe) News"},
        {"(Europe News", "Europe News"},
        {"【头条】", "头条"},
        {"头条（国际）", "头条（国际）"},
        {"C++", "C++"},
        {"C#!", "C#"},
        {"++ C ++", "C"},
        {"#37", "37"},
        {"$100 club", "$100 club"},
        {"soft\u00ADhyphen", "softhyphen"},
        {"))))((((", ""},
        {"Café", "Café"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_str name;
        print_message("# %s\n", cases[i].in);
        assert_int_equal(tt_section_name(&arena, tt_str_of(cases[i].in), &name), 0);
        assert_int_equal(name.n, strlen(cases[i].want));
        assert_memory_equal(name.p, cases[i].want, name.n);
    }
    tt_arena_release(&arena);
}

/* ---- sections.csv ---- */

typedef struct told {
    int n;
    tt_err last;
} told;

static void tell(void *ctx, tt_level level, const tt_err *err)
{
    told *t = ctx;
    assert_int_equal(level, TT_NOTE);
    t->n++;
    t->last = *err;
}

static const char *section_of(const tt_section_names *names, const char *heading)
{
    static char out[100];
    tt_str name, key, section;
    assert_int_equal(tt_section_name(&arena, tt_str_of(heading), &name), 0);
    assert_int_equal(tt_section_key(&arena, name, &key), 0);
    if (!tt_section_names_find(names, key, &section))
        return "-";
    snprintf(out, sizeof out, "%.*s", (int)section.n, section.p);
    return out;
}

static void test_names(void **state)
{
    static const char csv[] = "note,Section,heading\n"
                              ",ML Research,Machine Learning Tech\n"
                              ",ml research,ML \U0001F39B applied\n"
                              ",Climate,*climate*\n"
                              ",Quick Links,Quick * links\n"
                              ",Climate Talks,Panel*\n"
                              ",Other,Machine Learning Tech\n"
                              ",Machine Learning Tech Old,Nothing\n"
                              ",Late,Climate\n"
                              ",Empty,\U0001F39B\n";
    static const struct {
        const char *heading, *want;
    } cases[] = {
        {"machine learning TECH", "ML Research"},  /* the first row that lists it */
        {"ML research \U0001F39B", "ML Research"}, /* its own name, spelled as given first */
        {"ML applied!", "ML Research"},
        {"AI for the Climate Crisis", "Climate"},
        {"climate", "Climate"},             /* its own name goes before a heading of another */
        {"Climate talks", "Climate Talks"}, /* its own name goes before `*` */
        {"Panel 1", "Climate Talks"},
        {"panel", "Climate Talks"},
        {"Quick ML links", "Quick Links"},
        {"Quick links", "Quick Links"},
        {"Quicklinks", "-"},
        {"Quick ML links more", "-"},
        {"Machine Learning", "-"},
        {"", "-"},
    };
    told t = {0};
    const tt_sink sink = {.tell = tell, .ctx = &t};
    tt_section_names *names;
    tt_err err;
    (void)state;
    assert_int_equal(tt_section_names_new(&names, &err), 0);
    assert_string_equal(section_of(names, "News"), "-");
    assert_int_equal(tt_section_names_read(names, "s.csv", tt_str_of(csv), &sink, &err), 0);
    assert_int_equal(t.n, 1);
    assert_int_equal(t.last.line, 7);
    assert_int_equal(t.last.column, 8);
    assert_string_equal(t.last.path, "s.csv");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        print_message("# %s\n", cases[i].heading);
        assert_string_equal(section_of(names, cases[i].heading), cases[i].want);
    }
    assert_string_equal(section_of(NULL, "News"), "-");
    tt_section_names_free(names);
    tt_section_names_free(NULL);
    tt_arena_release(&arena);
}

static void test_names_broken(void **state)
{
    static const struct {
        const char *in;
        size_t line, column;
    } cases[] = {
        {"section,name\n", 1, 1},        {"heading\n", 1, 1},
        {"section,heading\nA\n", 2, 1},  {"section,heading\n,b\n", 2, 1},
        {"section,heading\na,\n", 2, 3}, {"section,heading\n\"!\",b\n", 2, 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_section_names *names;
        tt_err err = {0};
        assert_int_equal(tt_section_names_new(&names, &err), 0);
        assert_int_equal(tt_section_names_read(names, "s.csv", tt_str_of(cases[i].in), NULL, &err), TT_EINPUT);
        assert_int_equal(err.line, cases[i].line);
        assert_int_equal(err.column, cases[i].column);
        tt_section_names_free(names);
    }
}

/* ---- headings and sections: what an archive knows is made up ---- */

/* One issue. `known` are names at levels, as `2:News|3:Links`; ids count from 10. `boiler` is a block's text. */
typedef struct issue {
    const char *name, *in;
    const char *csv; /* behind the header line; NULL: no names */
    const char *known;
    const char *title;
    const char *want; /* for each block but asides: letter of the overlay (T s b -) and section */
    bool plain, single, title_block;
} issue;

static uint32_t known_at(void *ctx, int level, tt_str key)
{
    const issue *is = ctx;
    uint32_t id = 10;
    tt_str rest = tt_str_of(is->known), name, want;
    for (; rest.n > 0; id++) {
        name = tt_str_cut(&rest, '|');
        bool here = name.p[0] - '0' == level;
        name = (tt_str){name.p + 2, name.n - 2};
        assert_int_equal(tt_section_key(&arena, name, &want), 0);
        if (here && tt_str_eq(want, key))
            return id;
    }
    return TT_SECTION_NONE;
}

static uint32_t named(void *ctx, tt_str name)
{
    tt_str key;
    assert_int_equal(tt_section_key(&arena, name, &key), 0);
    for (int level = 0; level < 7; level++) {
        uint32_t id = known_at(ctx, level, key);
        if (id != TT_SECTION_NONE)
            return id;
    }
    return UINT32_MAX;
}

static uint64_t boiler;

static bool is_boilerplate(void *ctx, uint64_t hash)
{
    (void)ctx;
    return hash == boiler;
}

static void parse_issue(const issue *is, const tt_text *text, const tt_section_names *names, tt_doc *doc)
{
    tt_parse_in in = {.text = text, .names = names};
    tt_err err;
    int rc = is->plain ? tt_parse_plain(&in, &arena, doc, &err) : tt_parse_markdown(&in, &arena, doc, &err);
    assert_int_equal(rc, 0);
}

static void show_sections(const tt_doc *doc, tt_buf *out)
{
    tt_buf_text(out, "");
    for (uint32_t b = 0; b < doc->n_blocks; b++) {
        const tt_block *block = &doc->blocks[b];
        if (block->kind == TT_BLOCK_ASIDE)
            continue;
        tt_buf_f(out, "%s%c%u", out->n > 0 ? " " : "", "mucaTsbCqh-"[block->overlay], (unsigned)block -> section);
    }
}

static void check_issue(const issue *is)
{
    tt_text text = text_of(is->in);
    tt_section_names *names;
    tt_doc doc;
    tt_err err;
    tt_heading *headings;
    uint32_t *block_of;
    size_t n;
    tt_buf csv = {0}, shown = {0};
    print_message("# %s\n", is->name);
    tt_buf_text(&csv, "section,heading\n");
    tt_buf_text(&csv, is->csv ? is->csv : "");
    assert_int_equal(tt_section_names_new(&names, &err), 0);
    assert_int_equal(tt_section_names_read(names, "s.csv", (tt_str){csv.p, csv.n}, NULL, &err), 0);
    parse_issue(is, &text, names, &doc);
    assert_int_equal(
        tt_section_headings(&doc, names, is->title_block ? 0 : UINT32_MAX, &arena, &headings, &block_of, &n), 0);
    const tt_section_lookup look = {(void *)(uintptr_t)is, known_at, named, is_boilerplate, is->single};
    assert_int_equal(tt_section_lay(&doc, &text, headings, block_of, n, &look, tt_str_of(is->title), &arena, &err), 0);
    show_sections(&doc, &shown);
    assert_string_equal(shown.p, is->want);
    tt_buf_release(&csv);
    tt_buf_release(&shown);
    tt_section_names_free(names);
    tt_arena_release(&arena);
}

static void test_sections(void **state)
{
    /* (none) 0, (intro) 1, (other) 2, names from 10 */
    static const issue cases[] = {
        {.name = "no headings", .in = "a\n\nb", .known = "2:News", .want = "-0 -0"},
        {.name = "no known name", .in = "a\n\n## b\n\nc", .known = "", .want = "-0 -0 -0"},
        {.name = "sections",
         .in = "a\n\n## News\n\nb\n\n## Links\n\nc",
         .known = "2:News|2:Links",
         .want = "-1 s10 -10 s11 -11"},
        {.name = "other",
         .in = "## news!\n\na\n\n## b\n\nc\n\n## News\n\nd",
         .known = "2:News",
         .want = "s10 -10 -2 -2 s10 -10"},
        {.name = "a deeper known name opens none",
         .in = "## News\n\n### Links\n\na",
         .known = "2:News|3:Links",
         .want = "s10 -10 -10"},
        {.name = "a deeper listed one does",
         .in = "## News\n\n### Links\n\na\n\n### b\n\nc\n\n## d\n\ne",
         .csv = "Links,Links\n",
         .known = "2:News|3:Links",
         .want = "s10 s11 -11 -10 -10 -2 -2"},
        {.name = "it ends at a shallower level between",
         .in = "## News\n\n#### Links\n\na\n\n### b\n\nc",
         .csv = "Links,Links\n",
         .known = "2:News|4:Links",
         .want = "s10 s11 -11 -10 -10"},
        {.name = "not at a deeper level",
         .in = "## News\n\n### Links\n\n#### b\n\nc",
         .csv = "Links,Links\n",
         .known = "2:News|3:Links",
         .want = "s10 s11 -11 -11"},
        {.name = "listed in listed",
         .in = "## News\n### Links\n#### Jobs\na\n### b\nc",
         .csv = "Links,L*\nJobs,J\n",
         .known = "2:News|3:Links|4:Jobs",
         .want = "s10 s11 s12 -12 -10 -10"},
        {.name = "listed before the first section",
         .in = "### Links\n\na\n\n## News\n\nb",
         .csv = "Links,Links\n",
         .known = "2:News|3:Links",
         .want = "s11 -11 s10 -10"},
        {.name = "a shallower heading opens and ends none",
         .in = "## News\n\na\n\n# b\n\nc\n\n## d",
         .known = "2:News",
         .want = "s10 -10 -10 -10 -2"},
        {.name = "a listed name that changed",
         .in = "## ML Tech\n\na",
         .csv = "ML Research,ML Tech\n",
         .known = "2:ML Research",
         .want = "s10 -10"},
        {.name = "headings in quotes and lists",
         .in = "## News\n\n> ## Links\n\n- ## Links\n\na",
         .known = "2:News|2:Links",
         .want = "s10 -10 -10 -10"},
        {.name = "the title's heading",
         .in = "# News\n\na\n\n# News\n\nb",
         .known = "1:News",
         .title_block = true,
         .want = "-1 -1 s10 -10"},
        {.name = "a heading of emoji alone",
         .in = "## News\n\na\n\n## \U0001F39B\n\nb",
         .known = "2:News",
         .want = "s10 -10 -2 -2"},
        {.name = "asides", .in = "[a](x)\n\n## News\n\n[b](y)", .known = "2:News", .want = "-1 s10 -10"},
        {.name = "one issue: the level that occurs twice",
         .in = "# a\n\n## b\n\n## c\n\nd",
         .single = true,
         .known = "1:a|2:b|2:c",
         .want = "-1 s11 s12 -12"},
        {.name = "one issue: else the shallowest",
         .in = "## a\n\n### b\n\nc",
         .single = true,
         .known = "2:a|3:b",
         .want = "s10 -10 -10"},
        {.name = "one issue without headings", .in = "a", .single = true, .known = "", .want = "-0"},
        {.name = "bold paragraphs",
         .in = "a\n\n**News** \u2728\n\nb\n\n**c**\n\nd\n\n- **Links**\n",
         .csv = "News,Neues\nLinks,x\n",
         .known = "0:News|0:Links",
         .want = "-1 s10 -10 -10 -10 -10"},
        {.name = "bold paragraphs beside headings",
         .in = "## News\n\n**Links**\n\nb",
         .csv = "Links,x\n",
         .known = "2:News|0:Links",
         .want = "s10 -10 -10"},
        {.name = "lines of plain text",
         .in = "a\nNews\nb\n> News\nc",
         .plain = true,
         .csv = "News,x\n",
         .known = "0:News",
         .want = "-1 s10 -10 -10 -10"},
        {.name = "plain text without listed names",
         .in = "News\n\na",
         .plain = true,
         .known = "0:News",
         .want = "-0 -0"},
    };
    (void)state;
    boiler = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_issue(&cases[i]);
}

static void test_headings(void **state)
{
    tt_text text = text_of("# T\n\n## *New* [News](x) ![alt](y) \u2728\n\n### a\n");
    tt_parse_in in = {.text = &text};
    tt_doc doc;
    tt_err err;
    tt_heading *h;
    uint32_t *block_of;
    size_t n;
    (void)state;
    assert_int_equal(tt_parse_markdown(&in, &arena, &doc, &err), 0);
    assert_int_equal(tt_section_headings(&doc, NULL, 0, &arena, &h, &block_of, &n), 0);
    assert_int_equal(n, 2);
    assert_int_equal(h[0].level, 2);
    assert_false(h[0].listed);
    assert_true(tt_str_is(h[0].name, "New News"));
    assert_true(tt_str_is(h[0].key, "new news"));
    assert_int_equal(block_of[0], 1);
    assert_int_equal(h[1].level, 3);
    tt_arena_release(&arena);
}

static void test_overlays(void **state)
{
    static const char letters[] = "Forty letters are the least, 7 times: that is what the rule says.";
    static const issue cases[] = {
        {.name = "title in blocks",
         .in = "# My title!\n\nmy TITLE\n\n[My](x) title\n\nmy title and more\n\n- My title",
         .known = "",
         .title = "My title",
         .want = "T0 T0 T0 -0 T0"},
        {.name = "title goes before section",
         .in = "## News\n\na",
         .known = "2:News",
         .title = "news",
         .want = "T10 -10"},
        {.name = "no code, no empty title",
         .in = "    my title\n\n!\n",
         .known = "",
         .title = "my title",
         .want = "-0 -0"},
        {.name = "the empty title", .in = "!\n\na", .known = "", .title = "?", .want = "-0 -0"},
        {.name = "boilerplate",
         .in = "Forty letters are the least, 8 times: that is what the rule says\n\n"
               "> *Forty* [letters](x) are the least, times: that is what the rule says.\n\n"
               "## Forty letters are the least, times: that is what the rule says.\n\n"
               "Forty letters are the least, 7 times: that is what the rules say.",
         .known = "",
         .title = "",
         .want = "b0 b0 -0 -0"},
        {.name = "title goes before boilerplate", .in = letters, .known = "", .title = letters, .want = "T0"},
    };
    tt_text text = text_of(letters);
    tt_parse_in in = {.text = &text};
    tt_doc doc;
    tt_err err;
    tt_buf scratch = {0};
    (void)state;
    assert_int_equal(tt_parse_markdown(&in, &arena, &doc, &err), 0);
    assert_true(tt_section_block_hash(&doc, 0, &scratch, &boiler));
    tt_buf_release(&scratch);
    tt_arena_release(&arena);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_issue(&cases[i]);
}

static void test_block_hash(void **state)
{
    static const struct {
        const char *in;
        bool want;
        bool same; /* as the first one */
    } cases[] = {
        {"abcdefghij abcdefghij abcdefghij abcdefghij", true, true},
        {"Abcdefghij! Abcdefghij, 12 abcdefghij\nabcdefghij", true, true},
        {"- abcdefghij abcdefghij abcdefghij **abcdef**ghij", true, true},
        {"abcdefghij abcdefghij ![alt](x) abcdefghij http://x.y abcdefghij", true, true},
        {"abcdefghij abcdefghij abcdefghij abcdefghi", false, false},
        {"abcdefghij abcdefghij abcdefghij abcdefghi 12345", false, false},
        {"abcdefghij abcdefghij abcdefghij abcdefghijk", true, false},
        {"# abcdefghij abcdefghij abcdefghij abcdefghij", false, false},
        {"    abcdefghij abcdefghij abcdefghij abcdefghij", false, false},
        {"|abcdefghij abcdefghij abcdefghij abcdefghij|\n|---|", false, false},
        {"> abcdefghij abcdefghij abcdefghij abcdefghij", true, true},
        {"äbcdefghij abcdefghij abcdefghij abcdefghij", true, false},
    };
    uint64_t first = 0;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_text text = text_of(cases[i].in);
        tt_parse_in in = {.text = &text};
        tt_doc doc;
        tt_err err;
        tt_buf scratch = {0};
        uint64_t hash = 0;
        print_message("# %s\n", cases[i].in);
        assert_int_equal(tt_parse_markdown(&in, &arena, &doc, &err), 0);
        assert_int_equal(tt_section_block_hash(&doc, 0, &scratch, &hash), cases[i].want);
        if (i == 0)
            first = hash;
        assert_int_equal(cases[i].want && hash == first, cases[i].same);
        tt_buf_release(&scratch);
        tt_arena_release(&arena);
    }
}

static void test_title_equal(void **state)
{
    static const struct {
        const char *text, *title;
        bool want;
    } cases[] = {
        {"A title", "a  TITLE!", true},
        {"A title", "A title more", false},
        {"", "", false},
        {"!", "?", false},
        {"#37: A title", "A title", true},
        {"A title", "#37: A title", true},
        {"#37: A title", "37. A title", true},
        {"#37: A title", "#38: A title", false},
        {"Issue 12 – A title", "A title", true},
        {"Issue #12: A title", "A title", true},
        {"No. 12 A title", "A title", true},
        {"Vol. 3: A title", "A title", true},
        {"第 12 期：标题", "标题", true},
        {"第12期 标题", "标题", true},
        {"标题（第 12 期）", "标题", true},
        {"12. A title", "A title", true},
        {"12 A title", "A title", false},
        {"3.5 ways", "ways", false},
        {"2019: A title", "A title", false},
        {"#2019: A title", "A title", true},
        {"A title #12", "A title", true},
        {"A title 308", "A title", true},
        {"A title 308", "#308: A title", true},
        {"A title 308", "A title 307", false},
        {"A title 2019", "A title", false},
        {"A title (12)", "A title", false},
        {"Issue 12th A title", "A title", false},
        {"#12", "#12", true},
        {"#12", "#13", false},
        {"No way 12", "No way", true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool equal;
        print_message("# %s = %s\n", cases[i].text, cases[i].title);
        assert_int_equal(tt_title_equal(tt_str_of(cases[i].text), tt_str_of(cases[i].title), &equal), 0);
        assert_int_equal(equal, cases[i].want);
    }
}

/* What equals a title ends as it does, in whatever pieces it comes; most that does not is told apart. */
static void test_title_end(void **state)
{
    static const char *const texts[] = {"A title",
                                        "a  TITLE!",
                                        "A title more",
                                        "#37: A title",
                                        "37. A title",
                                        "Issue 12 – A title",
                                        "No. 12 title",
                                        "Vol. 3: A title",
                                        "标题",
                                        "第12期 标题",
                                        "标题（第 12 期）",
                                        "A title #12",
                                        "A title 308",
                                        "A title (12)",
                                        "Issue 12th A title",
                                        "#12",
                                        "No way 12",
                                        "No way",
                                        "Issue 12",
                                        "Issue 12: Issue",
                                        "12",
                                        "title",
                                        "Café",
                                        "Cafe\u0301",
                                        "Cafe",
                                        "The Café x",
                                        "the café X!",
                                        "A titl\u212A",
                                        "A TITLK",
                                        "",
                                        "e",
                                        "#1: e",
                                        "A title（第 12 期）",
                                        "title.",
                                        "A title\u0301",
                                        "第 12 期 A title"};
    enum { N = sizeof texts / sizeof *texts };
    size_t n_equal = 0, n_told = 0;
    (void)state;
    for (size_t i = 0; i < N; i++) {
        const tt_str title = tt_str_of(texts[i]);
        const tt_title_end end = tt_title_end_of(title);
        for (size_t k = 0; k < N; k++) {
            const tt_str text = tt_str_of(texts[k]);
            bool equal;
            assert_int_equal(tt_title_equal(text, title, &equal), 0);
            for (size_t cut = 0; cut <= text.n; cut++) {
                size_t n_met = 0;
                const bool may = tt_title_end_met(&end, (tt_str){text.p + cut, text.n - cut}, &n_met) &&
                                 tt_title_end_met(&end, (tt_str){text.p, cut}, &n_met) && n_met == end.n;
                if (equal && !may)
                    fail_msg("%s = %s, cut at %zu", texts[k], texts[i], cut);
                n_told += !may;
            }
            n_equal += equal;
        }
    }
    assert_true(n_equal > N + 20 && n_told > (size_t)N * N);
}

static int lay_all(void)
{
    tt_text text =
        text_of("# T\n\n## News \u2728 (a)\n\n**b**\n\n### Links\n\nlong enough to be hashed, which takes forty "
                "letters or more\n");
    tt_parse_in in = {.text = &text};
    const issue is = {.known = "2:News (a)|3:Links"};
    const tt_section_lookup look = {(void *)(uintptr_t)&is, known_at, named, is_boilerplate, false};
    tt_section_names *names = NULL;
    tt_heading *headings;
    uint32_t *block_of;
    size_t n;
    tt_doc doc;
    tt_err err;
    int rc = tt_section_names_new(&names, &err);
    if (rc == 0)
        rc = tt_section_names_read(names, "x", TT_S("section,heading\nLinks,Link*\nA,B\n"), NULL, &err);
    if (rc == 0)
        rc = tt_parse_markdown(&in, &arena, &doc, &err);
    if (rc == 0)
        rc = tt_section_headings(&doc, names, 0, &arena, &headings, &block_of, &n);
    if (rc == 0) /* no headings: the made-up look-up asks for memory too */
        rc = tt_section_lay(&doc, &text, headings, block_of, 0, &look, TT_S("T"), &arena, &err);
    tt_section_names_free(names);
    tt_arena_release(&arena);
    return rc;
}

static void test_no_memory(void **state)
{
    (void)state;
    assert_true(fail_each(lay_all, TT_ENOMEM) > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_name),       cmocka_unit_test(test_names),       cmocka_unit_test(test_names_broken),
        cmocka_unit_test(test_headings),   cmocka_unit_test(test_sections),    cmocka_unit_test(test_overlays),
        cmocka_unit_test(test_block_hash), cmocka_unit_test(test_title_equal), cmocka_unit_test(test_title_end),
        cmocka_unit_test(test_no_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
