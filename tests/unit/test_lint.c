/* In: lexicons of a few rows, and texts. Out: TAP: the findings of tag/lint and tag/evidence, their thresholds on both
 * sides, and what happens without memory. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "fail_alloc.h"

#include "tag/evidence.h"
#include "tag/lint.h"
#include "tag/sample.h"
#include "tag/token.h"

/* ---- samples ---- */

static int on_sample(void *ctx, tt_str text)
{
    tt_buf *out = ctx;
    tt_buf_text(out, out->n ? "|" : "");
    tt_buf_str(out, text);
    return 0;
}

static void samples(void **state)
{
    static const struct {
        const char *term, *want;
        bool fold;
    } rows[] = {
        {"OpenAI", "OpenAI", false},
        {"OpenAI", "openai", true},
        {"a b", "a b|a-b", false},
        {"GPT-3", "GPT3|GPT 3|GPT-3", false},
        {"GPT-*", "GPT-qzxj", false},
        {"*GAN*", "GAN|qzxjGANqzxj", false},
        {"robot(s)", "robot|robots", false},
        {"C++", "C++", false},
        {"a\\ b\\-c", "a b-c", false},
        {"x (", "", false},
        {"", "", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tt_buf out = {0};
        assert_int_equal(tt_samples(tt_str_of(rows[i].term), rows[i].fold, on_sample, &out), 0);
        tt_buf_text(&out, "");
        assert_string_equal(out.p ? out.p : "", rows[i].want);
        tt_buf_release(&out);
    }
}

/* ---- lint ---- */

static int make(tt_lexicon **lex, const char *rows, tt_err *err)
{
    tt_lexicon_builder *b = NULL;
    char csv[4096];
    snprintf(csv, sizeof csv, "topic,term,case,also,broader\n%s", rows);
    int rc = tt_lexicon_builder_new(&b, NULL, err);
    if (rc != 0)
        return rc;
    tt_lexicon_builder_lenient(b);
    rc = tt_lexicon_add(b, "t.csv", tt_str_of(csv), err);
    int finished = tt_lexicon_finish(b, lex, err);
    return rc != 0 ? rc : finished;
}

/* line:column code, one a line */
static int on_finding(void *ctx, const tt_finding *f)
{
    assert_false(f->error);
    assert_true(f->text.n > 0);
    tt_buf_f(ctx, "%zu:%zu %s\n", f->line, f->column, f->code);
    return ((tt_buf *)ctx)->failed ? TT_ENOMEM : 0;
}

static const struct {
    const char *name, *rows, *want;
} lint_rows[] = {
    {"nothing", "", ""},
    {"a fine lexicon", "a,OpenAI\nb,DeepMind\n", ""},
    {"the same row", "a,one\na,two\na,one\n", "4:3 twice\n"},
    {"three times: each later one", "a,one\na,one\na,one\n", "4:3 twice\n3:3 twice\n"},
    {"other case", "a,One\na,one\n", "3:3 twice\n"},
    {"exact beside one that ignores case", "a,One,exact\na,one\n", "2:3 twice\n"},
    {"exact in two cases", "a,One,exact\na,one,exact\n", ""},
    {"covered by optional parts", "a,robot(s)\na,robots\n", "3:3 twice\n"},
    {"not covered by one alone", "a,robot\na,robot(s)\n", "2:3 twice\n"},
    {"each has one of its own", "a,b(c)x\na,b(d)x\n", ""},
    {"a word that a pattern finds is kept", "a,climat*\na,climate\n", ""},
    {"a pattern that a pattern finds is not", "a,climat*\na,climate*\n", "3:3 twice\n"},
    {"it counts for more", "a,one\na,one,,b\nb,two\n", "2:3 twice\n"},
    {"under -", "-,one\n-,one\na,two\n", "3:3 twice\n"},
    {"two topics", "a,one\nb,one\n", "3:3 two-topics\n"},
    {"two topics by a pattern", "a,climat*\nb,climate\n", "3:3 two-topics\n"},
    {"two topics by one spelling", "a,robot(s)\nb,robots\n", "3:3 two-topics\n"},
    {"two topics, one broader", "a,one,,,b\nb,one\n", ""},
    {"two topics, one also", "a,one,,b\nb,one\n", ""},
    {"two topics in different case", "a,one,exact\nb,One,exact\n", ""},
    {"never", "a,one\n-,one\nb,x\n", "2:3 never\n"},
    {"sometimes", "a,one(s)\n-,one\nb,x\n", ""},
    {"never in this case only", "a,One\n-,One,exact\n", ""},
    {"holds", "g,Goog\np,Goog Photos\n", "3:3 holds\n"},
    {"holds at the end", "g,Goog\np,the Goog\n", "3:3 holds\n"},
    {"holds a longer one of its own", "g,Goog\np,Goog Pho,,-\np,Goog Pho X,,-\n", ""},
    {"holds another's term twice: once", "g,Goog\np,Goog and Goog\n", "3:3 holds\n"},
    {"holds two topics' terms", "g,Goog\nf,Face\np,Goog and Face\n", "4:3 holds\n4:3 holds\n"},
    {"holds, but counts for it", "g,Goog\np,Goog Photos,,g\nq,Goog Maps,,,g\n", ""},
    {"holds, deliberately", "g,Goog\np,Goog Photos,,-\n", ""},
    {"holds, under -", "g,Goog\n-,Goog Photos\n", ""},
    {"holds, but - takes it there", "g,Goog\n-,Goog Ventures\np,Goog Ventures Fund\n", ""},
    {"holds by a hyphen", "g,goog\np,non-goog\n", "3:3 holds\n"},
    {"holds a part of a word: no", "g,goog\np,googol x\n", ""},
    {"holds by a pattern", "g,*GAN*,exact\np,Big GANs\n", "3:3 holds\n"},
    {"a pattern holds", "g,GPT-3\np,GPT-3-*\n", "3:3 holds\n"},
    {"holds in another case", "g,goog,exact\np,Goog Photos\n", ""},
    {"rows with mistakes are left out", "a,one (\nB,one\na,one\n", ""},
};

static void lint(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof lint_rows / sizeof *lint_rows; i++) {
        tt_lexicon *lex = NULL;
        tt_err err = {0};
        tt_buf out = {0};
        assert_int_equal(make(&lex, lint_rows[i].rows, &err), 0);
        assert_int_equal(tt_lint(lex, on_finding, &out, &err), 0);
        tt_buf_text(&out, "");
        if (strcmp(out.p ? out.p : "", lint_rows[i].want) != 0)
            fail_msg("%s: got\n%swant\n%s", lint_rows[i].name, out.p ? out.p : "", lint_rows[i].want);
        tt_buf_release(&out);
        tt_lexicon_free(lex);
    }
}

static int stop(void *ctx, const tt_finding *f)
{
    (void)f;
    ++*(int *)ctx;
    return TT_EIO;
}

static void stopped(void **state)
{
    tt_lexicon *lex = NULL;
    tt_err err = {0};
    int n = 0;
    (void)state;
    assert_int_equal(make(&lex, "a,one\na,one\na,one\nb,one\nc,one x\n", &err), 0);
    assert_int_equal(tt_lint(lex, stop, &n, &err), TT_EIO);
    assert_int_equal(n, 1);
    tt_lexicon_free(lex);
}

/* ---- evidence ---- */

struct issue {
    tt_doc doc;
    tt_run run;
    tt_block block;
    tt_arena arena;
    tt_tokens tokens;
};

static int witness(void *ctx, uint32_t token, uint32_t vis, uint32_t n, tt_witness *out)
{
    const struct issue *is = ctx;
    assert_int_equal(is->tokens.v[token].vis, vis);
    *out = (tt_witness){TT_S("x.md"), 1, vis + 1, TT_S(""), {is->doc.vis + vis, n}, TT_S("")};
    return 0;
}

static int read_issues(tt_evidence *ev, struct issue *is, const char *const *texts, size_t n, tt_err *err)
{
    int rc = 0;
    for (size_t i = 0; i < n && rc == 0; i++) {
        char vis[1000];
        snprintf(vis, sizeof vis, "%s", texts[i]);
        uint32_t len = (uint32_t)strlen(vis);
        is->run = (tt_run){.n = len, .n_src = len, .zone = TT_ZONE_TEXT};
        is->block = (tt_block){.n_runs = 1, .overlay = TT_ZONE_TEXT};
        is->doc =
            (tt_doc){.vis = vis, .n_vis = len, .runs = &is->run, .n_runs = 1, .blocks = &is->block, .n_blocks = 1};
        tt_arena_reset(&is->arena);
        rc = tt_tokenize(&is->doc, &is->arena, &is->tokens, err);
        if (rc == 0)
            rc = tt_evidence_read(ev, (uint32_t)i, &is->doc, &is->tokens, TT_ZONES_DEFAULT, err);
    }
    return rc;
}

/* line:column code [surface …], one a line */
static int on_evidence(void *ctx, const tt_finding *f)
{
    tt_buf *out = ctx;
    tt_buf_f(out, "%zu:%zu %s", f->line, f->column, f->code);
    for (size_t i = 0; i < f->n_witnesses; i++)
        tt_buf_f(out, " %.*s", (int)f->witnesses[i].surface.n, f->witnesses[i].surface.p);
    tt_buf_text(out, "\n");
    return out->failed ? TT_ENOMEM : 0;
}

static int gather(const char *rows, const char *const *texts, size_t n, tt_buf *out, const tt_sink *sink)
{
    tt_lexicon *lex = NULL;
    tt_evidence *ev = NULL;
    struct issue is = {0};
    tt_err err = {0};
    int rc = make(&lex, rows, &err);
    if (rc == 0)
        rc = tt_evidence_new(&ev, lex, witness, &is, &err);
    if (rc == 0)
        rc = read_issues(ev, &is, texts, n, &err);
    if (rc == 0 && tt_evidence_judge(ev, n) > 0)
        rc = read_issues(ev, &is, texts, n, &err);
    if (rc == 0)
        rc = tt_evidence_tell(ev, on_evidence, out, sink, &err);
    tt_evidence_free(ev);
    tt_lexicon_free(lex);
    tt_arena_release(&is.arena);
    tt_buf_text(out, "");
    return rc;
}

static const struct {
    const char *name, *rows;
    const char *texts[6];
    const char *want;
} evidence_rows[] = {
    {"all is well", "a,one\n", {"one two"}, ""},
    {"unused", "a,one\na,two\n-,three\n", {"two"}, "2:3 unused\n"},
    {"five in lower case",
     "a,Notion\n",
     {"Notion notion notion notion notion notion"},
     "2:3 case notion notion notion\n"},
    {"four in lower case", "a,Notion\n", {"notion notion notion notion"}, ""},
    {"half in lower case", "a,No\n", {"No No No No No no no no no no"}, ""},
    {"lower case, exact", "a,Notion,exact\n", {"Notion notion notion notion notion notion"}, ""},
    {"lower case, as written", "a,notion\n", {"notion notion notion notion notion"}, ""},
    {"lower case of a phrase", "a,Big Notion\n", {"big notion, big notion, big notion, big notion, big notion"}, ""},
    {"acronym", "a,CLIP\n", {"CLIP CLIP CLIP CLIP clip clip"}, "2:3 acronym clip clip\n"},
    {"acronym once in lower case", "a,CLIP\n", {"CLIP clip"}, ""},
    {"acronym, exact", "a,CLIP,exact\n", {"CLIP clip clip clip clip clip clip"}, ""},
    {"other case",
     "a,PyTorch,exact\n",
     {"PyTorch Pytorch Pytorch PYTORCH PYTORCH PYTORCH"},
     "2:3 case Pytorch Pytorch PYTORCH\n"},
    {"other case where the word is common", "a,CLAP,exact\n", {"CLAP Clap Clap Clap Clap Clap Clap clap"}, ""},
    {"other case four times", "a,PyTorch,exact\n", {"PyTorch Pytorch Pytorch Pytorch Pytorch"}, ""},
    {"inside", "a,robot\n", {"robot robots robots robots robots robotics"}, "2:3 inside robots robots robots\n"},
    {"inside four times", "a,robot\n", {"robot robots robots robots robots"}, ""},
    {"inside, as often as alone",
     "a,robot\n",
     {"robot robot robot robot robot robots robots robots robots robots"},
     ""},
    {"inside, found by another", "a,robot\nb,robots\n", {"robot robots robots robots robots robots robots"}, ""},
    {"inside, taken by -", "a,robot\n-,robots\n", {"robot robots robots robots robots robots robots"}, ""},
    {"inside of other words", "a,coal\n", {"coal coalition coalition coalition coalition coalition coalition"}, ""},
    {"inside, short", "a,cat\n", {"cat cats cats cats cats cats cats"}, ""},
    {"inside, capitals and an ending",
     "a,GAN,exact\n",
     {"GAN GANs GANs GANs GANs GANs"},
     "2:3 inside GANs GANs GANs\n"},
    {"inside, capitals that go on", "a,GAN,exact\n", {"GAN GANG GANG GANG GANG GANG"}, ""},
    {"inside, at the end",
     "a,GAN,exact\n",
     {"GAN BigGAN BigGAN BigGAN BigGAN BigGAN"},
     "2:3 inside BigGAN BigGAN BigGAN\n"},
    {"inside, at the end of one in capitals", "a,GAN,exact\n", {"GAN ORGAN ORGAN ORGAN ORGAN ORGAN"}, ""},
    {"inside, at the end in lower case", "a,form\n", {"form platform platform platform platform platform"}, ""},
    {"bunched", "a,one\n", {"x", "one one one one one", "x", "x", "x"}, "2:1 bunched one one one\n"},
    {"bunched: four", "a,one\n", {"x", "one one one one", "x", "x", "x"}, ""},
    {"bunched: four issues", "a,one\n", {"x", "one one one one one", "x", "x"}, ""},
    {"bunched: nine tenths",
     "a,one\n",
     {"one", "one one one one one one one one one", "x", "x", "x"},
     "2:1 bunched one one one\n"},
    {"bunched: less", "a,one\n", {"one", "one one one one one one one one", "x", "x", "x"}, ""},
};

static void evidence(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof evidence_rows / sizeof *evidence_rows; i++) {
        tt_buf out = {0};
        size_t n = 0;
        while (n < 6 && evidence_rows[i].texts[n])
            n++;
        assert_int_equal(gather(evidence_rows[i].rows, evidence_rows[i].texts, n, &out, NULL), 0);
        if (strcmp(out.p ? out.p : "", evidence_rows[i].want) != 0)
            fail_msg("%s: got\n%swant\n%s", evidence_rows[i].name, out.p ? out.p : "", evidence_rows[i].want);
        tt_buf_release(&out);
    }
}

static void on_note(void *ctx, tt_level level, const tt_err *err)
{
    if (level == TT_NOTE)
        tt_buf_text(ctx, err->text);
}

/* On both sides of TT_EVIDENCE_SMALL. */
static void large(void **state)
{
    static const char *const texts[] = {"one", "x", "x one one one one one one one one one one", "x", "x"};
    (void)state;
    for (int n = TT_EVIDENCE_SMALL; n <= TT_EVIDENCE_SMALL + 1; n++) {
        char rows[4000] = "";
        size_t len = (size_t)snprintf(rows, sizeof rows, "a,one\n");
        for (int i = 1; i < n; i++)
            len += (size_t)snprintf(rows + len, sizeof rows - len, "b,w%d\n", i);
        tt_buf out = {0}, notes = {0};
        const tt_sink sink = {on_note, NULL, &notes};
        assert_int_equal(gather(rows, texts, 5, &out, &sink), 0);
        bool small = n == TT_EVIDENCE_SMALL;
        assert_int_equal(strstr(out.p ? out.p : "", "unused") != NULL, small);
        assert_int_equal(strstr(out.p ? out.p : "", "bunched") != NULL, small);
        assert_string_equal(notes.p ? notes.p : "",
                            small ? "" : "200 of 201 terms never match in this archive; -v names them");
        tt_buf_release(&out);
        tt_buf_release(&notes);
    }
}

/* ---- no memory ---- */

static const char all_rows[] = "g,Goog\np,Goog Photos\na,one\na,one\nb,one\nc,Notion\nd,robot(s)\n";

static int lint_all(void)
{
    tt_lexicon *lex = NULL;
    tt_err err = {0};
    tt_buf out = {0};
    int rc = make(&lex, all_rows, &err);
    if (rc == 0)
        rc = tt_lint(lex, on_finding, &out, &err);
    tt_lexicon_free(lex);
    tt_buf_release(&out);
    return rc;
}

static int gather_all(void)
{
    static const char *const texts[] = {"notion notion notion notion notion one Goog Photos robots"};
    tt_buf out = {0};
    int rc = gather(all_rows, texts, 1, &out, NULL);
    tt_buf_release(&out);
    return rc;
}

static void no_memory(void **state)
{
    (void)state;
    assert_true(fail_each(lint_all, TT_ENOMEM) > 20);
    assert_true(fail_each(gather_all, TT_ENOMEM) > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(samples),  cmocka_unit_test(lint),  cmocka_unit_test(stopped),
        cmocka_unit_test(evidence), cmocka_unit_test(large), cmocka_unit_test(no_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
