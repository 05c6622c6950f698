/* In: lexicons and texts, each sentence of COUNTING 5 to 7 as rows of a table. Out: TAP.
 * Not here: the matcher against a naive one on random text (test_naive.c). */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "tag/match.h"
#include "tag/token.h"

#define HEADER "topic,term,case,also,broader\n"

/* ---- a doc from a string: \1 begins a run behind a barrier, \2 a block, \3 a run in a quote ---- */

enum { MAX_RUNS = 32 };

struct text {
    tt_doc doc;
    tt_run runs[MAX_RUNS];
    tt_block blocks[MAX_RUNS];
    char vis[4096];
};

static void text_of(struct text *t, const char *from)
{
    memset(t, 0, sizeof *t);
    t->doc = (tt_doc){.vis = t->vis, .runs = t->runs, .blocks = t->blocks};
    for (const char *p = from; *p || p == from; p += *p != '\0') {
        bool mark = *p >= 1 && *p <= 3;
        if (p == from || *p == 2) {
            assert_true(t->doc.n_blocks < MAX_RUNS);
            t->blocks[t->doc.n_blocks++] =
                (tt_block){.first_run = t->doc.n_runs, .kind = TT_BLOCK_PARAGRAPH, .overlay = TT_ZONE_TEXT};
        }
        if (p == from || mark) {
            assert_true(t->doc.n_runs < MAX_RUNS);
            t->blocks[t->doc.n_blocks - 1].n_runs++;
            t->runs[t->doc.n_runs++] = (tt_run){.vis = t->doc.n_vis,
                                                .at = t->doc.n_vis + 100,
                                                .zone = *p == 3 ? TT_ZONE_QUOTE : TT_ZONE_TEXT,
                                                .barrier = *p == 1};
        }
        if (!mark && *p) {
            assert_true(t->doc.n_vis < sizeof t->vis);
            t->vis[t->doc.n_vis++] = *p;
            t->runs[t->doc.n_runs - 1].n++;
            t->runs[t->doc.n_runs - 1].n_src++;
        }
        if (!*p)
            break;
    }
}

/* ---- running ---- */

static tt_lexicon *lexicon_of(const char *rows)
{
    tt_lexicon_builder *b = NULL;
    tt_lexicon *lex = NULL;
    tt_err err = {0};
    char csv[4096];
    snprintf(csv, sizeof csv, "%s%s", strncmp(rows, "topic,", 6) == 0 ? "" : HEADER, rows);
    assert_int_equal(tt_lexicon_builder_new(&b, NULL, &err), 0);
    assert_int_equal(tt_lexicon_add(b, "test.csv", tt_str_of(csv), &err), 0);
    if (tt_lexicon_finish(b, &lex, &err) != 0)
        fail_msg("%s:%zu:%zu: %s", err.path, err.line, err.column, err.text);
    return lex;
}

struct told {
    const tt_lexicon *lex;
    const tt_doc *doc;
    tt_buf out;
};

/* surface>topic+topic, mentions joined by ` | `. */
static int on_hit(void *ctx, const tt_mention *m)
{
    struct told *t = ctx;
    uint32_t topics[16], by[16];
    size_t n = tt_mention_topics(t->lex, m, topics, by, 16);
    tt_buf_text(&t->out, t->out.n ? " | " : "");
    tt_buf_add(&t->out, t->doc->vis + m->vis, m->n);
    for (size_t i = 0; i < n; i++) {
        tt_buf_text(&t->out, i ? "+" : ">");
        tt_buf_str(&t->out, t->lex->topics[topics[i]].id);
        assert_true(by[i] < t->lex->n_entries);
    }
    assert_true(m->n_entries > 0);
    return 0;
}

static void match(const tt_lexicon *lex, const tt_doc *doc, int (*hit)(void *, const tt_mention *), void *ctx)
{
    tt_arena arena = {0};
    tt_tokens tokens = {0};
    tt_match_state *m = NULL;
    tt_err err = {0};
    assert_int_equal(tt_tokenize(doc, &arena, &tokens, &err), 0);
    assert_int_equal(tt_match_state_new(&m, lex, &err), 0);
    assert_int_equal(tt_match(m, doc, &tokens, hit, ctx, &err), 0);
    tt_match_state_free(m);
    tt_arena_release(&arena);
}

struct row {
    const char *name, *lexicon, *text, *want;
};

static void run_rows(const struct row *rows, size_t n)
{
    size_t n_bad = 0;
    for (size_t i = 0; i < n; i++) {
        struct text text;
        tt_lexicon *lex = lexicon_of(rows[i].lexicon);
        struct told told = {lex, &text.doc, {0}};
        text_of(&text, rows[i].text);
        match(lex, &text.doc, on_hit, &told);
        tt_buf_text(&told.out, "");
        assert_false(told.out.failed);
        if (strcmp(told.out.p, rows[i].want) != 0) {
            print_error("%s: in `%s`\n  want `%s`\n  got  `%s`\n", rows[i].name, rows[i].text, rows[i].want,
                        told.out.p);
            n_bad++;
        }
        tt_buf_release(&told.out);
        tt_lexicon_free(lex);
    }
    assert_int_equal(n_bad, 0);
}

/* ---- COUNTING 5 ---- */

static const struct row word_rows[] = {
    {"whole words", "a,art\n", "art cart arty party art.", "art>a | art>a"},
    {"case is ignored", "a,OpenAI\n", "openai OPENAI OpenAI", "openai>a | OPENAI>a | OpenAI>a"},
    {"case folding", "a,Straße\n", "STRASSE strasse Straße", "STRASSE>a | strasse>a | Straße>a"},
    {"compatibility forms", "a,GPT\n", "ＧＰＴ", "ＧＰＴ>a"},
    {"combining marks", "a,café\n", "cafe\u0301 cafe", "cafe\u0301>a"},
    {"exact", "a,AI,exact\n", "AI ai Ai", "AI>a"},
    {"exact, compatibility forms", "a,AI,exact\n", "ＡＩ ａｉ", "ＡＩ>a"},
    {"exact in a phrase", "a,Apple Watch,exact\n", "Apple Watch apple watch Apple watch", "Apple Watch>a"},
    {"exact and not", "a,Meta,exact\nb,meta\n", "Meta meta", "Meta>a+b | meta>b"},
    {"exact fails, a shorter one holds", "a,Big Apple,exact\nb,big\n", "big apple Big Apple", "big>b | Big Apple>a"},
    {"exact pattern", "a,DALL*,exact\n", "DALLas dallas DALL", "DALLas>a | DALL>a"},
    {"underscores at the edges", "a,OpenAI\n", "_OpenAI_ __OpenAI", "OpenAI>a | OpenAI>a"},
    {"underscore inside", "a,open\n", "open_ai", ""},
    {"a term's underscores", "a,_OpenAI_\n", "OpenAI", "OpenAI>a"},
    {"what vanishes", "a,OpenAI\n", "Open\u00ADAI Open\u200DAI \uFEFFOpenAI",
     "Open\u00ADAI>a | Open\u200DAI>a | OpenAI>a"},
    {"U+200B separates", "a,OpenAI\nb,open ai\n", "Open\u200BAI", "Open\u200BAI>b"},
    {"possessive", "a,Google\n", "Google's Google’s GOOGLE’S", "Google>a | Google>a | GOOGLE>a"},
    {"possessive after s", "a,Andreas\n", "Andreas' Andreas’", "Andreas>a | Andreas>a"},
    {"possessive of a phrase", "a,Google Brain\n", "Google Brain’s", "Google Brain>a"},
    {"no possessive inside", "a,Google AI\n", "Google’s AI", ""},
    {"a term with 's needs it", "a,Moore's law\n", "Moore’s law Moore's Law Moore law Moores law",
     "Moore’s law>a | Moore's Law>a"},
    {"a term that ends in 's", "a,McDonald's\n", "McDonald’s McDonald", "McDonald’s>a"},
    {"both, the longer wins", "a,McDonald's\nb,McDonald\n", "McDonald’s McDonald", "McDonald’s>a | McDonald>b"},
    {"exact possessive", "a,AI,exact\n", "AI’s ai’s", "AI>a"},
    {"a word may end at . : ·", "a,Google\nb,col\n", "Google.org Google:Maps col·lecció",
     "Google>a | Google>a | col>b"},
    {"a word may start there", "a,DeepMind\nb,js\n", "Hassabis.DeepMind Node.js", "DeepMind>a | js>b"},
    {"a term with a dot", "a,Google.org\nb,TensorFlow.js\n", "Google.org Tensorflow.js, google .org",
     "Google.org>a | Tensorflow.js>b"},
    {"a term that begins with a dot", "a,.NET\n", ".NET ASP.NET NET", ".NET>a | .NET>a"},
    {"not between digits", "a,5\n", "3.5 5", "5>a"},
    {"after an elision", "a,IA\nb,Apple\n", "l’IA d’Apple l'ia", "IA>a | Apple>b | ia>a"},
    {"no end at an elision", "a,L\nb,d\n", "l’IA d’Apple", ""},
    {"a term with an elision", "a,L'Oréal\n", "L’Oréal l'oréal Oréal", "L’Oréal>a | l'oréal>a"},
    {"apostrophes are the same", "a,O'Reilly\nb,Xi’an\n", "O’Reilly Xi'an", "O’Reilly>a | Xi'an>b"},
    {"ideographs are words each", "a,智能\n", "人工智能是", "智能>a"},
};

/* ---- COUNTING 6: separators ---- */

static const struct row join_rows[] = {
    {"a space is a run of white space", "a,New York\n", "New York New  York New\u00A0York New\tYork",
     "New York>a | New  York>a | New\u00A0York>a | New\tYork>a"},
    {"a line break", "a,New York\n", "New\nYork New \n York", "New\nYork>a | New \n York>a"},
    {"a space is one hyphen", "a,New York\n", "New-York New\u2010York New\u2011York New\u2012York New–York",
     "New-York>a | New\u2010York>a | New\u2011York>a | New\u2012York>a | New–York>a"},
    {"a space is not nothing", "a,New York\n", "NewYork", ""},
    {"never a longer dash", "a,New York\n", "New—York New―York", ""},
    {"not a hyphen and a space", "a,New York\n", "New- York New -York New - York New--York", ""},
    {"white space in the term", "a,\"  New   York  \"\n", "New York", "New York>a"},
    {"nothing else between", "a,New York\n", "New, York New/York New (York)", ""},
    {"a hyphen", "a,GPT-3\n", "GPT-3 GPT 3 GPT3 GPT–3 GPT\n3", "GPT-3>a | GPT 3>a | GPT3>a | GPT–3>a | GPT\n3>a"},
    {"a hyphen is one thing", "a,GPT-3\n", "GPT - 3 GPT- 3 GPT--3 GPT_3 GPT—3", ""},
    {"a dash in the term", "a,GPT–3\n", "GPT-3 GPT3", "GPT-3>a | GPT3>a"},
    {"the middle dot is a hyphen", "a,DALL-E\n", "DALL·E DALL-E DALLE DALL E",
     "DALL·E>a | DALL-E>a | DALLE>a | DALL E>a"},
    {"in the term too", "a,DALL·E\n", "DALL·E DALL-E", "DALL·E>a | DALL-E>a"},
    {"several hyphens", "a,state-of-the-art\n", "state of the art state-of-the-art stateoftheart state-of the-art",
     "state of the art>a | state-of-the-art>a | stateoftheart>a | state-of the-art>a"},
    {"a quoted hyphen is itself", "a,GPT\\-3\n", "GPT-3 GPT 3 GPT3 GPT–3", "GPT-3>a"},
    {"a quoted space is white space", "a,New\\ York\n", "New York New-York", "New York>a"},
    {"a quoted hyphen at the edge", "a,\\-ism\n", "-ism x-ism ism", "-ism>a | -ism>a"},
    {"hyphen and spaces", "a,A - B\n", "A - B A-B A--B A -B A B A -- B", "A - B>a | A--B>a | A -B>a"},
    {"two hyphens", "a,A--B\n", "A--B A-B A B AB A- B A - B", "A--B>a | A-B>a | A B>a | AB>a | A- B>a"},
    {"no phrase over a block", "a,New York\n", "New\2York", ""},
    {"nor over a barrier", "a,New York\nb,GPT-3\n", "New \1York GPT\1-3 GPT-\0013", ""},
    {"nor over a change of zone", "a,New York\n", "New \3York", ""},
    {"no word either", "a,OpenAI\nb,Open\n", "Open\1AI", "Open>b"},
    {"symbols stand directly", "a,AT&T\nb,Q&A\n", "AT&T AT & T at&t Q&A", "AT&T>a | at&t>a | Q&A>b"},
    {"a sign alone", "a,🔌\n", "x🔌y 🔌", "🔌>a | 🔌>a"},
    {"an emoji of several characters", "a,👩‍💻\n", "👩‍💻 👩 💻", "👩‍💻>a"},
};

/* ---- COUNTING 6: `*` ---- */

static const struct row star_rows[] = {
    {"at the end", "a,decarboni*\n", "decarbonise decarbonization decarboni decarbon",
     "decarbonise>a | decarbonization>a | decarboni>a"},
    {"at both ends", "a,*GAN*\n", "StyleGAN GANs BigGAN-deep GAN gain elegant",
     "StyleGAN>a | GANs>a | BigGAN>a | GAN>a | elegant>a"},
    {"in the middle", "a,neur*al\n", "neural neuronal neur neurally", "neural>a | neuronal>a"},
    {"after a space nothing will do", "a,few *shot\nb,big - *net\n", "few-shot big - net big--net",
     "few-shot>a | big - net>b | big--net>b"},
    {"several", "a,*a*cd*\n", "xaxcdx acd xacx", "xaxcdx>a | acd>a"},
    {"after a hyphen at least one", "a,GPT-*\n", "GPT-3 GPT-Neo GPT- GPT-, GPT GPT3 GPT 3", "GPT-3>a | GPT-Neo>a"},
    {"after a quoted hyphen, too", "a,GPT\\-*\n", "GPT-3 GPT-", "GPT-3>a"},
    {"next to * only a hyphen", "a,GPT-*\nb,*-shot\n", "GPT–4 GPT - 4 few-shot few shot few- shot",
     "GPT–4>a | few-shot>b"},
    {"before a hyphen zero or more", "a,*-shot\n", "one-shot -shot", "one-shot>a | -shot>a"},
    {"hyphens beside and elsewhere", "a,GPT-3*\n", "GPT-3b GPT 3b GPT3b GPT-3",
     "GPT-3b>a | GPT 3b>a | GPT3b>a | GPT-3>a"},
    {"hyphens on both sides", "a,GPT-*-x\n", "GPT-3-x GPT--x GPT-3x", "GPT-3-x>a"},
    {"within one word", "a,Open*\n", "Open AI Open-AI Open/AI", "Open>a | Open>a | Open>a"},
    {"a word of UAX #29, dots and all", "a,Goog*\n", "Google.org Google. Goog:le",
     "Google.org>a | Google>a | Goog:le>a"},
    {"to the end of a word's part", "a,*gle\n", "Google.org x.Google", "Google>a | x.Google>a"},
    {"never a possessive", "a,GAN*\n", "GAN’s GANs' GANs’s", "GAN>a | GANs>a | GANs>a"},
    {"no possessive inside", "a,Goo* AI\n", "Google’s AI Goog AI", "Goog AI>a"},
    {"a possessive that is meant", "a,Mc*'s\n", "McDonald’s McDonald", "McDonald’s>a"},
    {"in a phrase", "a,auto* car(s)\n", "autonomous cars auto car autonomous’s cars automatic",
     "autonomous cars>a | auto car>a"},
    {"later in a phrase", "a,self driv*\n", "self-driving self driven selfdriving", "self-driving>a | self driven>a"},
    {"two words with stars", "a,*net* *learn*\n", "subnets relearning net learn net",
     "subnets relearning>a | net learn>a"},
    {"beside signs", "a,AT&*\n", "AT&T AT& AT", "AT&T>a | AT&>a"},
    {"words of one ideograph", "a,*工智*\n", "人工智能", "工智>a"},
    {"one word alone, not its neighbour", "a,GPT*\nb,*abc\n", "GPT是 GPTs是 是abc 是xabc",
     "GPT>a | GPTs>a | abc>b | xabc>b"},
    {"after an elision", "a,intelligen*\n", "l’intelligence", "intelligence>a"},
    {"a quoted star", "a,F\\*ck\n", "F*ck Fxck", "F*ck>a"},
    {"folded", "a,*straß*\n", "HAUPTSTRASSE Straßen", "HAUPTSTRASSE>a | Straßen>a"},
    {"an underscore in a pattern", "a,tf_*\n", "tf_layers tf tf_", "tf_layers>a"},
    {"longest wins over patterns", "a,deep*\nb,deep learning\n", "deepest deep learning",
     "deepest>a | deep learning>b"},
    {"the same word twice", "a,*gan*\n", "began zoo began zoo", "began>a | began>a"},
};

/* ---- COUNTING 6: brackets, other characters ---- */

static const struct row part_rows[] = {
    {"optional end", "a,GAN(s)\n", "GAN GANs GANss", "GAN>a | GANs>a"},
    {"optional with a hyphen", "a,COVID(-19)\n", "COVID COVID-19 COVID19 COVID 19",
     "COVID>a | COVID-19>a | COVID19>a | COVID 19>a"},
    {"and another", "a,deep-fake(s)\n", "deepfake deep fakes deep-fakes", "deepfake>a | deep fakes>a | deep-fakes>a"},
    {"optional word", "a,(the )Economist\n", "the Economist Economist", "the Economist>a | Economist>a"},
    {"in the middle", "a,New( York) Times\n", "New York Times New Times", "New York Times>a | New Times>a"},
    {"nested", "a,A(B(C))\n", "A AB ABC AC", "A>a | AB>a | ABC>a"},
    {"with a star", "a,GPT(-*)\n", "GPT GPT-3 GPT-", "GPT>a | GPT-3>a | GPT>a"},
    {"quoted brackets", "a,f\\(x\\)\n", "f(x) f fx", "f(x)>a"},
    {"a quoted backslash", "a,C:\\\\x\n", "C:\\x", "C:\\x>a"},
    {"C++", "a,C++\nb,C\nc,C#\n", "C++ C C# C++17 C+ C, C#.", "C++>a | C>b | C#>c | C++>a | C>b | C>b | C#>c"},
    {"refused before ++ and #", "a,C\n", "C++ C# C+ C#5 C#x C # C ++ C's++", "C>a | C>a | C>a | C>a | C>a | C>a"},
    {"refused only after a letter or digit", "a,C+\n", "C+++ C+#", "C+>a | C+>a"},
    {"refused, a shorter one holds", "a,Visual C\nb,Visual\n", "Visual C++", "Visual>b"},
    {"not refused over a barrier", "a,C\n", "C\1++ C\2# C#\1x", "C>a | C>a"},
    {"a pattern is refused, too", "a,xC*\n", "xCa++ xCb", "xCb>a"},
    {"a colon and a slash", "a,TCP/IP\nb,r/x\n", "TCP/IP r/x", "TCP/IP>a | r/x>b"},
};

/* ---- COUNTING 7 ---- */

static const struct row place_rows[] = {
    {"leftmost", "a,New York\nb,York Times\n", "New York Times", "New York>a"},
    {"then longest", "a,New York\nb,New York Times\nc,New\n", "New York Times New York New",
     "New York Times>b | New York>a | New>c"},
    {"goes on behind it", "a,x x\n", "x x x x x", "x x>a | x x>a"},
    {"a long try that fails", "a,a b c d\nb,b c\nc,a\n", "a b c e", "a>c | b c>b"},
    {"- takes the place", "amazon,Amazon\n-,Amazon rainforest\n", "Amazon rainforest Amazon", "Amazon>amazon"},
    {"- wins on the same span", "a,Tesla V100\n-,Tesla V100\nt,Tesla\n", "Tesla V100 Tesla", "Tesla>t"},
    {"the same span counts for each", "a,Mercury\nb,mercury\n", "Mercury", "Mercury>a+b"},
    {"the same topic counts once", "a,Mercury\na,mercury\n", "Mercury", "Mercury>a"},
    {"one entry by two ways", "a,A-B(-B)\n", "A-B", "A-B>a"},
    {"a pattern and a word on one span", "a,GPT-*\nb,GPT-3\n", "GPT-3", "GPT-3>a+b"},
    {"also", "copilot,GitHub Copilot,,github|microsoft\ngithub,GitHub\nmicrosoft,Microsoft\n", "GitHub Copilot GitHub",
     "GitHub Copilot>copilot+github+microsoft | GitHub>github"},
    {"also nobody", "a,x,,-\n", "x", "x>a"},
    {"broader", "photos,Google Photos,,,google\ngoogle,Google,,,bigtech\nbigtech,big tech\n", "Google Photos Google",
     "Google Photos>bigtech+google+photos | Google>bigtech+google"},
    {"broader of also", "a,x,,b\nb,y,,,c\nc,z\n", "x", "x>a+b+c"},
    {"however many paths", "a,x,,,b|c\nb,y,,,d\nc,z,,,d\nd,w\n", "x", "x>a+b+c+d"},
    {"broader unites over rows", "a,x,,,b\na,xx,,,c\nb,y\nc,z\n", "x xx", "x>a+b+c | xx>a+b+c"},
    {"New York takes nothing", "nyt,New York Times\nny,New York\n", "New York Times", "New York Times>nyt"},
    {"an empty text", "a,x\n", "", ""},
    {"an empty lexicon", "", "x", ""},
};

#define TABLE_TEST(name, rows)                                                                                         \
    static void name(void **state)                                                                                     \
    {                                                                                                                  \
        (void)state;                                                                                                   \
        run_rows(rows, sizeof rows / sizeof *rows);                                                                    \
    }
TABLE_TEST(words, word_rows)
TABLE_TEST(joins, join_rows)
TABLE_TEST(stars, star_rows)
TABLE_TEST(parts, part_rows)
TABLE_TEST(places, place_rows)

/* ---- what a mention says ---- */

static int keep_one(void *ctx, const tt_mention *m)
{
    *(tt_mention *)ctx = *m;
    return 7;
}

static void mention_fields(void **state)
{
    (void)state;
    char vis[] = "see AT&T’s net";
    /* the & stands as &amp; in the source */
    tt_run runs[] = {{.vis = 0, .n = 6, .at = 10, .n_src = 6, .zone = TT_ZONE_TEXT},
                     {.vis = 6, .n = 1, .at = 16, .n_src = 5, .zone = TT_ZONE_TEXT},
                     {.vis = 7, .n = 10, .at = 21, .n_src = 10, .zone = TT_ZONE_TEXT}};
    tt_block block = {.n_runs = 3, .overlay = TT_ZONE_TEXT};
    tt_doc doc = {.vis = vis, .n_vis = sizeof vis - 1, .runs = runs, .n_runs = 3, .blocks = &block, .n_blocks = 1};
    tt_lexicon *lex = lexicon_of("a,AT&T\nb,&\n");
    tt_arena arena = {0};
    tt_tokens tokens = {0};
    tt_match_state *m = NULL;
    tt_mention got = {0};
    assert_int_equal(tt_tokenize(&doc, &arena, &tokens, NULL), 0);
    assert_int_equal(tt_match_state_new(&m, lex, NULL), 0);
    assert_int_equal(tt_match(m, &doc, &tokens, keep_one, &got, NULL), 7);
    assert_int_equal(got.first, 1);
    assert_int_equal(got.last, 3);
    assert_int_equal(got.vis, 4);
    assert_int_equal(got.n, 4);
    assert_int_equal(got.at, 14);
    assert_int_equal(got.n_entries, 1);

    /* a mention in an entity stands where the entity begins */
    tt_token *and = &tokens.v[2];
    assert_int_equal(and->run, 1);
    tt_tokens one = {and, 1};
    assert_int_equal(tt_match(m, &doc, &one, keep_one, &got, NULL), 7);
    assert_int_equal(got.at, 16);
    tt_match_state_free(m);
    tt_arena_release(&arena);
    tt_lexicon_free(lex);
}

static void topics_of_a_mention(void **state)
{
    (void)state;
    tt_lexicon *lex = lexicon_of("c,x,,a\na,x,,\nb,x,,a|c\n");
    uint32_t entries[] = {0, 1, 2}, topics[3] = {9, 9, 9}, by[3] = {9, 9, 9};
    tt_mention m = {.entries = entries, .n_entries = 3};
    assert_int_equal(tt_mention_topics(lex, &m, topics, by, 3), 3);
    assert_int_equal(topics[0], 0);
    assert_int_equal(topics[1], 1);
    assert_int_equal(topics[2], 2);
    assert_int_equal(by[0], 1); /* its own entry, not entry 0, which has it in `also` */
    assert_int_equal(by[1], 2);
    assert_int_equal(by[2], 0);

    /* no entry of its own: the first that counts for it; and too little room */
    m.n_entries = 1;
    topics[1] = by[1] = 9;
    assert_int_equal(tt_mention_topics(lex, &m, topics, by, 1), 2);
    assert_int_equal(topics[0], 0);
    assert_int_equal(by[0], 0);
    assert_int_equal(topics[1], 9);
    assert_int_equal(by[1], 9);
    tt_lexicon_free(lex);
}

/* ---- cost ---- */

static int count_one(void *ctx, const tt_mention *m)
{
    (void)m;
    ++*(size_t *)ctx;
    return 0;
}

/* A text of `n` times `piece`, matched. Linear: these take milliseconds; with a square in them it would be hours. */
static size_t match_many(const char *rows, const char *piece, size_t n)
{
    tt_lexicon *lex = lexicon_of(rows);
    tt_buf text = {0};
    size_t hits = 0;
    for (size_t i = 0; i < n; i++)
        tt_buf_text(&text, piece);
    assert_false(text.failed);
    uint32_t n_vis = (uint32_t)text.n;
    tt_run run = {.n = n_vis, .n_src = n_vis, .zone = TT_ZONE_TEXT};
    tt_block block = {.n_runs = 1, .overlay = TT_ZONE_TEXT};
    tt_doc doc = {.vis = text.p, .n_vis = n_vis, .runs = &run, .n_runs = 1, .blocks = &block, .n_blocks = 1};
    match(lex, &doc, count_one, &hits);
    tt_buf_release(&text);
    tt_lexicon_free(lex);
    return hits;
}

static void linear(void **state)
{
    (void)state;
    assert_int_equal(match_many("a,a.*zz\n", "a.", 300000), 0);
    assert_int_equal(match_many("a,*zz\nb,*a*b*c*d*e\n", "a.", 300000), 0);
    assert_int_equal(match_many("a,*aa*\n", "a", 1000000), 1);
    assert_int_equal(match_many("a,aa*b\n", "a", 1000000), 0);
    assert_int_equal(
        match_many("a,xx* xx* xx* xx* xx* xx* xx* xx* xx* xx* xx* xx* xx* xx* xx* xx* xx* xx* xx* zz\n", "xx·", 20000),
        0);
    assert_int_equal(match_many("a,x-* yy\n", "x·", 300000), 0);
    assert_int_equal(match_many("a,a a a a a a a a b\n", "a ", 300000), 0);
    assert_int_equal(match_many("a,a-b-a-b-a-b-a-b-c\n", "a-b-", 100000), 0);
}

/* ---- memory ---- */

static void many_terms(void **state)
{
    (void)state;
    tt_buf csv = {0};
    tt_lexicon_builder *b = NULL;
    tt_lexicon *lex = NULL;
    struct text text;
    struct told told = {0};
    tt_buf_text(&csv, "topic,term\n");
    for (int i = 0; i < 20000; i++)
        tt_buf_f(&csv, "t%d,word%d x%d-y%d z%d*\n", i, i, i, i, i);
    assert_int_equal(tt_lexicon_builder_new(&b, NULL, NULL), 0);
    assert_int_equal(tt_lexicon_add(b, "a/many.csv", (tt_str){csv.p, csv.n}, NULL), 0);
    assert_int_equal(tt_lexicon_finish(b, &lex, NULL), 0);
    text_of(&text, "word17 x17-y17 z17s, word18 x17y18 z18, word19999-x19999y19999-z19999’s");
    told = (struct told){lex, &text.doc, {0}};
    match(lex, &text.doc, on_hit, &told);
    assert_string_equal(told.out.p, "word17 x17-y17 z17s>t17 | word19999-x19999y19999-z19999>t19999");
    tt_buf_release(&told.out);
    tt_buf_release(&csv);
    tt_lexicon_free(lex);
    tt_match_state_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words),
        cmocka_unit_test(joins),
        cmocka_unit_test(stars),
        cmocka_unit_test(parts),
        cmocka_unit_test(places),
        cmocka_unit_test(mention_fields),
        cmocka_unit_test(topics_of_a_mention),
        cmocka_unit_test(linear),
        cmocka_unit_test(many_terms),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
