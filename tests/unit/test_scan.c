/* In: texts of all kinds, lexicons. Out: TAP: the scan gives what tt_tokenize and tt_match give, to the byte.
 * Not here: what is right (test_token.c, test_match.c, test_naive.c). */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "fail_alloc.h"
#include "parse/parse.h"
#include "read/decode.h"
#include "tag/match.h"
#include "tag/scan.h"
#include "tag/token.h"

/* ---- random numbers: the same in each run ---- */

static uint64_t seed;

static uint64_t draw(uint64_t n)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (seed >> 11) % n;
}

/* ---- both ways ---- */

struct told {
    tt_buf out; /* numbers of each mention */
    size_t n;
    unsigned zones;
};

static int tell(void *ctx, const tt_mention *m)
{
    struct told *t = ctx;
    const uint32_t numbers[] = {m->vis, m->n, m->at, m->block, m->zone, m->n_entries};
    if (!(t->zones >> m->zone & 1))
        return 0;
    tt_buf_add(&t->out, (const char *)numbers, sizeof numbers);
    tt_buf_add(&t->out, (const char *)m->entries, m->n_entries * sizeof *m->entries);
    t->n++;
    return t->out.failed ? TT_ENOMEM : 0;
}

struct both {
    const tt_lexicon *lex;
    tt_match_state *match;
    tt_scan_state *scan;
    size_t n_mentions, n_words;
};

static void both_init(struct both *b, const tt_lexicon *lex)
{
    tt_err err = {0};
    *b = (struct both){.lex = lex};
    assert_int_equal(tt_match_state_new(&b->match, lex, &err), 0);
    assert_int_equal(tt_scan_state_new(&b->scan, lex, &err), 0);
}

static void both_release(struct both *b)
{
    tt_match_state_free(b->match);
    tt_scan_state_free(b->scan);
}

/* The first mention that the other one does not have, and the text around it. */
static void say(const char *how, const struct told *t, const struct told *other, const tt_doc *doc)
{
    for (size_t at = 0; at < t->out.n;) {
        uint32_t m[6];
        memcpy(m, t->out.p + at, sizeof m);
        size_t size = sizeof m + m[5] * sizeof m[0];
        if (at + size > other->out.n || memcmp(t->out.p + at, other->out.p + at, size) != 0) {
            uint32_t from = m[0] > 80 ? m[0] - 80 : 0,
                     to = m[0] + m[1] + 80 < doc->n_vis ? m[0] + m[1] + 80 : doc->n_vis;
            print_error("%s: %u `%.*s` at %u block %u zone %u entries %u\n  in `%.*s`\n", how, m[0], (int)m[1],
                        doc->vis + m[0], m[2], m[3], m[4], m[5], (int)(to - from), doc->vis + from);
            return;
        }
        at += size;
    }
}

/* Fails where the two differ. */
static void check(struct both *b, const tt_doc *doc, unsigned zones)
{
    tt_arena arena = {0};
    tt_tokens tokens = {0};
    tt_err err = {0};
    struct told want = {.zones = zones};
    uint32_t *words = calloc(doc->n_blocks + 1, sizeof *words);
    assert_non_null(words);
    assert_int_equal(tt_tokenize(doc, &arena, &tokens, &err), 0);
    assert_int_equal(tt_match(b->match, doc, &tokens, tell, &want, &err), 0);
    for (size_t i = 0; i < tokens.n; i++)
        words[tokens.v[i].block] +=
            tokens.v[i].kind == TT_TOKEN_WORD && tokens.v[i].first && zones >> tokens.v[i].zone & 1;
    for (int how = TT_WORDBITS_PLAIN; how <= (int)tt_wordbits_best(); how++) {
        struct told got = {.zones = ~0u};
        uint32_t *mine = calloc(doc->n_blocks + 1, sizeof *mine);
        assert_non_null(mine);
        tt_scan_state_how(b->scan, (tt_wordbits_how)how);
        assert_int_equal(tt_scan(b->scan, doc, zones, mine, tell, &got, &err), 0);
        bool same = got.out.n == want.out.n && (got.out.n == 0 || memcmp(got.out.p, want.out.p, got.out.n) == 0);
        for (uint32_t i = 0; i < doc->n_blocks; i++)
            if (words[i] != mine[i]) {
                print_error("block %u has %u words, not %u\n", i, words[i], mine[i]);
                same = false;
            }
        if (!same) {
            say("reference", &want, &got, doc);
            say(how ? "scan, simd" : "scan, plain", &got, &want, doc);
        }
        assert_true(same);
        tt_buf_release(&got.out);
        free(mine);
    }
    b->n_mentions += want.n;
    for (uint32_t i = 0; i < doc->n_blocks; i++)
        b->n_words += words[i];
    tt_buf_release(&want.out);
    tt_arena_release(&arena);
    free(words);
}

/* ---- lexicons ---- */

static tt_lexicon *lexicon_of(const char *csv)
{
    tt_lexicon_builder *b = NULL;
    tt_lexicon *lex = NULL;
    tt_err err = {0};
    assert_int_equal(tt_lexicon_builder_new(&b, NULL, &err), 0);
    assert_int_equal(tt_lexicon_add(b, "test.csv", tt_str_of(csv), &err), 0);
    if (tt_lexicon_finish(b, &lex, &err) != 0)
        fail_msg("%s:%zu:%zu: %s", err.path, err.line, err.column, err.text);
    return lex;
}

static tt_lexicon *curated(void)
{
    static const char *const names[] = {"climate",         "events",  "models",      "organizations",
                                        "people",          "places",  "products",    "publications",
                                        "research-themes", "society", "technologies"};
    tt_lexicon_builder *b = NULL;
    tt_lexicon *lex = NULL;
    tt_err err = {0};
    assert_int_equal(tt_lexicon_builder_new(&b, NULL, &err), 0);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[200];
        tt_buf csv = {0};
        snprintf(path, sizeof path, "lexicons/%s.csv", names[i]);
        assert_int_equal(tt_file_read(path, TT_MAX_FILE, &csv, &err), 0);
        assert_int_equal(tt_lexicon_add(b, path, (tt_str){csv.p, csv.n}, &err), 0);
        tt_buf_release(&csv);
    }
    assert_int_equal(tt_lexicon_finish(b, &lex, &err), 0);
    return lex;
}

/* ---- docs ---- */

enum { MAX_VIS = 70000, MAX_RUNS = 3000 };

struct text {
    tt_doc doc;
    tt_run runs[MAX_RUNS];
    tt_block blocks[MAX_RUNS];
    char vis[MAX_VIS];
};

/* A run is never without text. */
static void end_run(struct text *t)
{
    tt_doc *d = &t->doc;
    if (d->n_runs && t->runs[d->n_runs - 1].n == 0) {
        t->vis[d->n_vis++] = ' ';
        t->runs[d->n_runs - 1].n = t->runs[d->n_runs - 1].n_src = 1;
    }
}

static void begin_run(struct text *t, uint8_t zone, bool barrier)
{
    tt_doc *d = &t->doc;
    end_run(t);
    assert_true(d->n_runs < MAX_RUNS);
    t->runs[d->n_runs++] = (tt_run){.vis = d->n_vis, .at = d->n_vis + d->n_runs, .zone = zone, .barrier = barrier};
    t->blocks[d->n_blocks - 1].n_runs++;
}

static void begin_block(struct text *t, uint8_t overlay)
{
    tt_doc *d = &t->doc;
    assert_true(d->n_blocks < MAX_RUNS);
    end_run(t);
    t->blocks[d->n_blocks++] = (tt_block){.first_run = d->n_runs, .overlay = overlay};
    begin_run(t, TT_ZONE_TEXT, true);
}

static void begin_text(struct text *t)
{
    memset(&t->doc, 0, sizeof t->doc);
    t->doc = (tt_doc){.vis = t->vis, .runs = t->runs, .blocks = t->blocks};
    begin_block(t, TT_ZONE_TEXT);
}

static void put(struct text *t, tt_str s)
{
    tt_run *run = &t->runs[t->doc.n_runs - 1];
    if (t->doc.n_vis + s.n + 2 > sizeof t->vis)
        return;
    memcpy(t->vis + t->doc.n_vis, s.p, s.n);
    t->doc.n_vis += (uint32_t)s.n;
    run->n += (uint32_t)s.n;
    run->n_src += (uint32_t)s.n;
}

static void end_text(struct text *t)
{
    end_run(t);
}

/* ---- random text ---- */

static const char *const bits[] = {
    "a",
    "b",
    "art",
    "AI",
    "ai",
    "Ai",
    "GPT",
    "gpt",
    "3",
    "4",
    "new",
    "New",
    "york",
    "York",
    "times",
    "GAN",
    "StyleGAN",
    "organ",
    "node",
    "js",
    "google",
    "Google",
    "org",
    "net",
    "decarbonize",
    "decarb",
    "cloud",
    "computing",
    "l",
    "d",
    "IA",
    "aujourd",
    "hui",
    "qu",
    "s",
    "S",
    "t",
    "don",
    "it",
    "moore",
    "law",
    "q",
    "R",
    "C",
    "c",
    "x",
    "foo_bar",
    "_",
    "__",
    "1",
    "3.14",
    "3,000",
    "é",
    "É",
    "ä",
    "Ä",
    "ß",
    "été",
    "Москва",
    "москва",
    "МОСКВА",
    "Ω",
    "ω",
    "ς",
    "İ",
    "ſ",
    "ﬁ",
    "人工智能",
    "人",
    "能",
    "ひらがな",
    "カタカナ",
    "ー",
    "한국어",
    "ᄒ",
    "ᅡ",
    "ᆫ",
    "ไทย",
    "שלום",
    "العربية",
    "हिन्दी",
    "²",
    "½",
    "①",
    "Ａ",
    "１",
    "＋",
    "🤗",
    "👩‍🔬",
    "🇳🇱",
    "👍🏽",
    "☃️",
    "́",
    "a\xCC\x81",
    "e\xCC\x88",
    "\xC2\xAD",
    "\xE2\x80\x8D",
    "\xE2\x80\x8B",
    "\xE2\x80\x8E",
    "\xEF\xBB\xBF",
    "\xC2\xA0",
    "\xE2\x80\xAF",
    "\xE3\x80\x80",
    "\xE2\x80\x83",
    "\xC2\x85",
    "…",
    "“",
    "”",
    "‘",
    "’",
    "—",
    "–",
    "‐",
    "·",
    "‧",
    "€",
    "%",
    "\x01",
    "internationalization",
    "internationalisation",
};
static const char *const glue[] = {
    " ", " ",  " ",  " ", " ", " ",  " ",  "",   "",    "",    "  ", "\n",       "\t", "-",  "-",
    ".", ".",  ":",  ",", ";", "'",  "'s", "’s", "’",   "_",   "·",  "/",        "&",  "+",  "++",
    "#", "# ", "#5", "@", "!", "? ", ". ", ", ", "s' ", " - ", "–",  "\xC2\xA0", "(",  ") ", "*",
};

static tt_str any(const char *const *list, size_t n)
{
    return tt_str_of(list[draw(n)]);
}
#define ANY(list) any(list, sizeof list / sizeof *list)

/* A term of the lexicon, sometimes with a fault. */
static void put_term(struct text *t, const tt_lexicon *lex)
{
    tt_str term = lex->entries[draw(lex->n_entries)].term;
    uint64_t fault = draw(8);
    for (size_t i = 0; i < term.n; i++) {
        char c = term.p[i];
        bool letter = (unsigned char)((c | 0x20) - 'a') < 26;
        if (c == '*') {
            put(t, draw(2) ? ANY(bits) : TT_S("ing"));
            continue;
        }
        if (c == '(' || c == ')' || c == '\\')
            continue;
        if (fault == 0 && letter)
            c = (char)(c ^ 0x20);
        else if (fault == 1 && (unsigned char)c < 0x80 && draw(term.n) == 0)
            continue;
        else if (fault == 2 && (c == ' ' || c == '-') && draw(2))
            c = c == ' ' ? '-' : ' ';
        put(t, (tt_str){&c, 1});
        if (fault == 3 && draw(term.n) == 0 && (unsigned char)c < 0x80 &&
            (i + 1 == term.n || (unsigned char)term.p[i + 1] < 0x80))
            put(t, ANY(bits));
    }
}

static void random_text(struct text *t, const tt_lexicon *lex, size_t n, unsigned breaks)
{
    begin_text(t);
    for (size_t i = 0; i < n; i++) {
        uint64_t what = draw(100);
        if (what < breaks && t->doc.n_runs + 4 < MAX_RUNS) {
            static const uint8_t zones[] = {TT_ZONE_TEXT, TT_ZONE_QUOTE, TT_ZONE_CODE, TT_ZONE_URL, TT_ZONE_ALT};
            if (what % 3 == 0)
                begin_block(t, draw(6) ? TT_ZONE_TEXT : TT_ZONE_BOILERPLATE);
            else
                begin_run(t, draw(2) ? TT_ZONE_TEXT : zones[draw(5)], draw(2));
        }
        if (draw(4) == 0)
            put_term(t, lex);
        else
            put(t, ANY(bits));
        put(t, ANY(glue));
    }
    end_text(t);
}

static const char small_csv[] = "topic,term,case,also\n"
                                "a,AI,exact,\n"
                                "b,art,,\n"
                                "c,New York,,\n"
                                "c,New York Times,,\n"
                                "-,Amazon rainforest,,\n"
                                "-,New York art,,\n"
                                "d,GPT-3,,\n"
                                "d,GPT-*,,\n"
                                "e,*GAN*,exact,\n"
                                "f,decarboni*,,\n"
                                "g,node.js,,\n"
                                "g,.net,,\n"
                                "h,C++,,\n"
                                "h,C,exact,\n"
                                "h,C#,,\n"
                                "i,Q&A,,\n"
                                "j,moore's law,,\n"
                                "j,it's,,\n"
                                "k,IA,,\n"
                                "k,l'IA,,\n"
                                "l,été,,\n"
                                "l,École,,\n"
                                "m,москва,,\n"
                                "n,人工智能,,\n"
                                "n,人,,\n"
                                "o,🤗,,\n"
                                "p,3.14,,\n"
                                "p,cloud comput*,,\n"
                                "q,google.org,,\n"
                                "r,foo_bar,,\n"
                                "s,internationalization,,\n"
                                "t,AI art(s),,\n"
                                "u,art,exact,\n"
                                "v,% of AI,,\n"
                                "w,カタカナ,,\n"
                                "x,½,,\n";
/* What is rarer: each sieve of its own. */
static const char *const odd_csvs[] = {
    small_csv,
    "topic,term\na,*n't\nb,*fi*\n",
    "topic,term\na,*-art\nb,*-gan*\n",
    "topic,term\na,*äa*\nb,ét*\n",
    "topic,term\na,'s art\nb,'art\nc,’*art\n",
    "topic,term\na,\\-art\nb,\\–\n",
    "topic,term\na,…\nb,...\nc,\\·\n",
    "topic,term\na,€a*\nb,€ 3\nc,#art\nd,@*art\n",
    "topic,term\na,ai*\nb,3*4\nc,a*\\-b\nd,go*gle.o*\n",
    "topic,term,case\na,AI,exact\na,Ai,exact\nb,ai,\nc,GAN art,exact\nd,Москва,exact\ne,ai GAN,\n",
    "topic,term\na,art\n",
    "topic,term\na,art - ai\nb,art (ai )gan\nc,new-york-times\nd,new york-art\n",
    "topic,term\na,qu'ai\nb,d'art\nc,s\nd,don't\ne,l\n",
    "topic,term\na,² a\nb,① ②\nc,ω\nd,ß\ne,ss\nf,fi\n",
};

static void test_random(void **state)
{
    static struct text text;
    (void)state;
    for (size_t i = 0; i < sizeof odd_csvs / sizeof *odd_csvs; i++) {
        struct both b;
        tt_lexicon *lex = lexicon_of(odd_csvs[i]);
        both_init(&b, lex);
        seed = 88172645463325252u + i;
        for (size_t round = 0; round < 1000; round++) {
            random_text(&text, lex, 1 + draw(round % 50 ? 40 : 400), (unsigned)draw(12));
            check(&b, &text.doc, round % 3 ? ~0u : TT_ZONES_DEFAULT);
        }
        assert_true(b.n_mentions > 100);
        both_release(&b);
        tt_lexicon_free(lex);
    }
}

/* ---- places ---- */

/* Each text at each place of a map's item, and over the ends of parts. */
static void test_alignment(void **state)
{
    static struct text text;
    static const size_t far[] = {0, 16300, 16384, 32700};
    struct both b;
    tt_lexicon *lex = lexicon_of(small_csv);
    (void)state;
    both_init(&b, lex);
    seed = 6;
    for (size_t f = 0; f < sizeof far / sizeof *far; f++)
        for (size_t shift = 0; shift < 70; shift++) {
            begin_text(&text);
            for (size_t i = 0; i < far[f] + shift; i++)
                put(&text, f == 2 ? TT_S("x") : i % 7 ? TT_S("w") : TT_S(" "));
            put(&text, TT_S(" New York Times, AI’s GPT-3 "));
            if (shift % 3 == 0)
                begin_run(&text, TT_ZONE_QUOTE, false);
            put(&text, TT_S("StyleGAN’s New York. It's node.js "));
            put_term(&text, lex);
            put(&text, TT_S(" C++ и москва 人工智能 👩‍🔬 decarbonizing"));
            end_text(&text);
            check(&b, &text.doc, ~0u);
        }
    assert_true(b.n_mentions > 1000);
    both_release(&b);
    tt_lexicon_free(lex);
}

/* Pieces of a byte or two, next to each other. */
static void test_small_pieces(void **state)
{
    static struct text text;
    struct both b;
    tt_lexicon *lex = lexicon_of("topic,term\na,a\nb,b c\nc,'s\nd,*bc*\ne,é\n");
    (void)state;
    both_init(&b, lex);
    seed = 7;
    for (size_t round = 0; round < 300; round++) {
        static const char *const small[] = {"a", "b", "c", " ", "é", "'", ".", "_", "a.a", "🤗", "b c", "́", "s"};
        begin_text(&text);
        for (size_t i = 0; i < 200; i++) {
            if (draw(3) == 0)
                begin_block(&text, TT_ZONE_TEXT);
            else if (draw(2))
                begin_run(&text, draw(4) ? TT_ZONE_TEXT : TT_ZONE_URL, draw(2));
            put(&text, ANY(small));
        }
        end_text(&text);
        check(&b, &text.doc, round % 2 ? ~0u : TT_ZONES_DEFAULT);
    }
    assert_true(b.n_mentions > 1000);
    both_release(&b);
    tt_lexicon_free(lex);
}

/* ---- what is long ---- */

/* Units without end, each a megabyte or so: linear, and equal. */
static void test_long(void **state)
{
    static const char *const units[] = {"a.",      "l'",   "_",    "a_",   "'",    "1,",         "x",
                                        "人",      "🤗", "ga",   "gan",  ".net", "é.",         "a\xCC\x81",
                                        "ไทย",     "New ", "New-", "AI+",  "GPT-", "decarboni ", "%",
                                        "人🤗", "’s",   "AI’s", "l’IA", "·",    "カ"};
    tt_lexicon *lex = lexicon_of(small_csv);
    struct both b;
    (void)state;
    both_init(&b, lex);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        tt_buf vis = {0};
        while (vis.n < 150000)
            tt_buf_text(&vis, units[i]);
        tt_run run = {.n = (uint32_t)vis.n, .n_src = (uint32_t)vis.n, .zone = TT_ZONE_TEXT, .barrier = true};
        tt_block block = {.n_runs = 1, .overlay = TT_ZONE_TEXT};
        tt_doc doc = {
            .vis = vis.p, .n_vis = (uint32_t)vis.n, .runs = &run, .n_runs = 1, .blocks = &block, .n_blocks = 1};
        check(&b, &doc, ~0u);
        tt_buf_release(&vis);
    }
    both_release(&b);
    tt_lexicon_free(lex);
}

/* ---- bits ---- */

static void test_wordbits(void **state)
{
    enum { N = 300, ITEMS = (N + 63) / 64 };
    (void)state;
    seed = 5;
    if (tt_wordbits_best() == TT_WORDBITS_PLAIN)
        print_message("# this machine has plain C alone\n");
    for (size_t round = 0; round < 3000; round++) {
        uint64_t maps[2][5][ITEMS];
        tt_needles needles;
        char text[N];
        size_t n = draw(N + 1), skip = draw(n + 1);
        for (size_t i = 0; i < N; i++)
            text[i] = draw(3) ? "aZ09_'.,:; -\x80\xFF/@[`{"[draw(20)] : (char)draw(256);
        for (size_t i = 0; i < sizeof needles; i++)
            ((uint8_t *)&needles)[i] = (uint8_t)(draw(256) & draw(256));
        memset(maps, 0, sizeof maps);
        for (int how = 0; how < 2; how++) {
            uint64_t(*m)[ITEMS] = maps[how];
            tt_wordbits_how as = how ? tt_wordbits_best() : TT_WORDBITS_PLAIN;
            tt_wordbits_fill(as, text + skip, n - skip, &(tt_wordbits){m[0], m[1], m[2], m[3]});
            tt_wordbits_find(as, &needles, text + skip, n - skip, m[4]);
        }
        assert_memory_equal(maps[0], maps[1], sizeof maps[0]);
        for (size_t i = 0; i < n - skip; i++) {
            unsigned char c = (unsigned char)text[skip + i];
            bool alnum = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
            bool is[4] = {alnum, c && strchr("',.:;", c) != NULL, c == '_', c >= 0x80};
            for (size_t k = 0; k < 4; k++)
                assert_int_equal(maps[0][k][i / 64] >> (i % 64) & 1, is[k]);
        }
    }
}

/* ---- lexicons of many terms ---- */

/* Words and phrases of the text, a third of them phrases; some with a fault, some patterns, some with case. */
static tt_lexicon *random_lexicon(const tt_doc *doc, size_t n)
{
    tt_lexicon_builder *b = NULL;
    tt_lexicon *lex = NULL;
    tt_err err = {0};
    tt_buf csv = {0};
    tt_buf_text(&csv, "topic,term,case\n");
    for (size_t i = 0; i < n; i++) {
        size_t at = draw(doc->n_vis), words = draw(3) ? 1 : 2 + draw(3), from = csv.n;
        tt_buf_f(&csv, "t%zu,\"", i % (n / 2 + 1));
        while (at > 0 && (doc->vis[at - 1] & 0x80 || doc->vis[at - 1] > ' '))
            at--;
        size_t begin = csv.n;
        for (; at < doc->n_vis && words && csv.n - begin < 200; at++) {
            char c = doc->vis[at];
            words -= c == ' ';
            if (words && (c & 0x80 || c > ' ') && !strchr("\"*()\\-|", c))
                tt_buf_add(&csv, &c, 1);
            else if (words && c == ' ')
                tt_buf_text(&csv, " ");
        }
        uint64_t how = draw(30);
        if (how < 3 && csv.n - begin > 3 && (unsigned char)csv.p[csv.n - 1] < 0x80)
            csv.p[csv.n - 1] = (char)('a' + draw(26));
        if (csv.n - begin < 3 || (unsigned char)csv.p[begin] < '0') {
            csv.n = from;
            continue;
        }
        tt_buf_text(&csv, how == 4 ? "*\",\n" : how == 5 ? "\",exact\n" : "\",\n");
    }
    assert_false(csv.failed);
    assert_int_equal(tt_lexicon_builder_new(&b, NULL, &err), 0);
    tt_lexicon_builder_lenient(b);
    assert_int_equal(tt_lexicon_add(b, "random.csv", (tt_str){csv.p, csv.n}, &err), 0);
    assert_int_equal(tt_lexicon_finish(b, &lex, &err), 0);
    assert_true(lex->n_entries > n / 4);
    tt_buf_release(&csv);
    return lex;
}

/* Each term alone: no sieve may lose one. */
static void check_terms(struct both *b, const tt_lexicon *lex)
{
    static struct text text;
    for (size_t i = 0; i < lex->n_entries;) {
        begin_text(&text);
        for (; i < lex->n_entries && text.doc.n_vis + 3000 < MAX_VIS && text.doc.n_blocks + 2 < MAX_RUNS; i++) {
            put(&text, lex->entries[i].term);
            begin_block(&text, TT_ZONE_TEXT);
        }
        end_text(&text);
        check(b, &text.doc, ~0u);
    }
    assert_true(b->n_mentions > lex->n_entries / 2);
}

static void check_lexicon(const tt_lexicon *lex)
{
    static struct text text;
    struct both b;
    both_init(&b, lex);
    check_terms(&b, lex);
    for (size_t round = 0; round < 150; round++) {
        random_text(&text, lex, 150, 4);
        check(&b, &text.doc, ~0u);
    }
    both_release(&b);
}

static void test_curated(void **state)
{
    tt_lexicon *lex = curated();
    (void)state;
    seed = 9;
    check_lexicon(lex);
    tt_lexicon_free(lex);
}

static void test_many_terms(void **state)
{
    static struct text text;
    static const size_t sizes[] = {50, 1000, 10000};
    tt_lexicon *from = curated();
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        seed = 10 + i;
        random_text(&text, from, 6000, 2);
        tt_lexicon *lex = random_lexicon(&text.doc, sizes[i]);
        check_lexicon(lex);
        tt_lexicon_free(lex);
    }
    tt_lexicon_free(from);
}

/* ---- archives ---- */

enum { ARCHIVE_MAX = 12 << 20 };

/* All files below, each parsed as its ending says, up to ARCHIVE_MAX bytes. */
static void check_folder(struct both *b, const char *folder, size_t *bytes, unsigned depth)
{
    tt_names names = {0};
    tt_err err = {0};
    char path[4096];
    assert_int_equal(tt_folder_list(folder, &names, &err), 0);
    for (size_t i = 0; i < names.n && *bytes < ARCHIVE_MAX; i++) {
        tt_text text = {0};
        tt_arena arena = {0};
        tt_buf file = {0};
        tt_doc doc;
        snprintf(path, sizeof path, "%s/%s", folder, names.v[i]);
        if (tt_file_kind_of(path) == TT_FILE_FOLDER && depth < 4)
            check_folder(b, path, bytes, depth + 1);
        if (tt_file_kind_of(path) == TT_FILE_FOLDER || tt_file_read(path, TT_MAX_FILE, &file, &err) != 0)
            continue;
        if (tt_decode(file.p, file.n, true, &text, &err) == 0) {
            tt_parse_in in = {.text = &text};
            bool markdown = tt_str_ends(tt_str_of(names.v[i]), TT_S(".md"));
            *bytes += file.n;
            assert_int_equal(
                markdown ? tt_parse_markdown(&in, &arena, &doc, &err) : tt_parse_plain(&in, &arena, &doc, &err), 0);
            check(b, &doc, TT_ZONES_DEFAULT);
        }
        tt_buf_release(&file);
        tt_text_release(&text);
        tt_arena_release(&arena);
    }
    tt_names_release(&names);
}

static void test_corpus(void **state)
{
    const char *corpus = getenv("TAGTREND_CORPUS");
    tt_lexicon *lex = curated();
    struct both b;
    size_t bytes = 0;
    (void)state;
    both_init(&b, lex);
    check_folder(&b, "tests/archive", &bytes, 0);
    if (corpus)
        check_folder(&b, corpus, &bytes, 0);
    else
        print_message("# TAGTREND_CORPUS is not set: only the sample archive is read\n");
    print_message("# %zu bytes, %zu words, %zu mentions\n", bytes, b.n_words, b.n_mentions);
    assert_true(b.n_mentions > 20);
    both_release(&b);
    tt_lexicon_free(lex);
}

/* ---- failures ---- */

static const tt_lexicon *failing;

static int scan_once(void)
{
    static struct text text;
    uint32_t words[4] = {0};
    tt_scan_state *s = NULL;
    tt_err err = {0};
    struct told told = {.zones = ~0u};
    int rc = tt_scan_state_new(&s, failing, &err);
    begin_text(&text);
    put(&text,
        TT_S("AI’s New York art, StyleGAN École 人工智能 👩‍🔬 decarbonize GPT-3 cloud computing İ"));
    end_text(&text);
    if (rc == 0)
        rc = tt_scan(s, &text.doc, ~0u, words, tell, &told, &err);
    assert_true(rc == 0 || err.code == TT_ENOMEM);
    tt_scan_state_free(s);
    tt_buf_release(&told.out);
    return rc;
}

static void test_no_memory(void **state)
{
    tt_lexicon *lex = lexicon_of(small_csv);
    (void)state;
    failing = lex;
    assert_true(fail_each(scan_once, TT_ENOMEM) > 20);
    tt_lexicon_free(lex);
}

static int stop(void *ctx, const tt_mention *m)
{
    (void)m;
    return ++*(int *)ctx == 2 ? -77 : 0;
}

/* What `hit` returns ends the scan; a doc without text has nothing. */
static void test_stop(void **state)
{
    static struct text text;
    tt_lexicon *lex = lexicon_of("topic,term\na,art\n");
    tt_scan_state *s = NULL;
    tt_err err = {0};
    uint32_t words[1] = {0};
    int n = 0;
    (void)state;
    assert_int_equal(tt_scan_state_new(&s, lex, &err), 0);
    begin_text(&text);
    put(&text, TT_S("art art art art"));
    end_text(&text);
    assert_int_equal(tt_scan(s, &text.doc, ~0u, words, stop, &n, &err), -77);
    assert_int_equal(n, 2);
    assert_int_equal(tt_scan(s, &(tt_doc){0}, ~0u, words, stop, &n, &err), 0);
    assert_int_equal(n, 2);
    tt_scan_state_free(s);
    tt_scan_state_free(NULL);
    tt_lexicon_free(lex);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random),     cmocka_unit_test(test_alignment), cmocka_unit_test(test_small_pieces),
        cmocka_unit_test(test_long),       cmocka_unit_test(test_wordbits),  cmocka_unit_test(test_curated),
        cmocka_unit_test(test_many_terms), cmocka_unit_test(test_corpus),    cmocka_unit_test(test_no_memory),
        cmocka_unit_test(test_stop),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
