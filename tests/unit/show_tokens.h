/* show_tokens: what the tests of tokens share: signs that cannot be seen, tokens as text, docs made by hand. */
#ifndef TT_TESTS_SHOW_TOKENS_H
#define TT_TESTS_SHOW_TOKENS_H

#include <string.h>

#include "tag/token.h"

#define SHY "\xC2\xAD"       /* soft hyphen */
#define ZWSP "\xE2\x80\x8B"  /* U+200B */
#define NNBSP "\xE2\x80\xAF" /* U+202F */
#define ZWJ "\xE2\x80\x8D"

/* Writes tokens as `fold`, symbols as `(fold)`, joined by a blank where white space stands between, else by `|`; behind
 * each `+` inner, `!` no_end, `=` hyphen, `$n` a possessive of n bytes. */
static inline void show(const tt_tokens *tokens, tt_buf *out)
{
    tt_buf_reset(out);
    tt_buf_text(out, "");
    for (size_t i = 0; i < tokens->n; i++) {
        const tt_token *t = &tokens->v[i];
        bool word = t->kind == TT_TOKEN_WORD;
        tt_buf_text(out, t->space_before ? " " : i > 0 ? "|" : "");
        tt_buf_text(out, t->barrier && i > 0 ? "/" : "");
        tt_buf_text(out, word ? "" : "(");
        tt_buf_add(out, t->fold, t->n_fold);
        tt_buf_text(out, word ? "" : ")");
        tt_buf_text(out, t->inner ? "+" : "");
        tt_buf_text(out, t->no_end ? "!" : "");
        tt_buf_text(out, t->hyphen ? "=" : "");
        if (t->possessive)
            tt_buf_f(out, "$%d", t->possessive);
        assert_int_equal(t->fold_possessive, t->possessive ? 2 : 0);
        assert_int_equal(t->first, word && !t->inner);
    }
}

enum { MAX_RUNS = 64 };

typedef struct fixture {
    char vis[512];
    tt_run runs[MAX_RUNS];
    tt_block blocks[8];
    tt_doc doc;
} fixture;

static inline void begin(fixture *f)
{
    memset(f, 0, sizeof *f);
    f->doc = (tt_doc){.vis = f->vis, .runs = f->runs, .blocks = f->blocks};
}

static inline void add_block(fixture *f, tt_zone overlay)
{
    f->blocks[f->doc.n_blocks++] = (tt_block){.first_run = f->doc.n_runs, .overlay = (uint8_t)overlay};
}

static inline void add_run(fixture *f, const char *text, tt_zone zone, bool barrier)
{
    uint32_t n = (uint32_t)strlen(text);
    tt_doc *doc = &f->doc;
    memcpy(f->vis + doc->n_vis, text, n);
    doc->runs[doc->n_runs++] =
        (tt_run){.vis = doc->n_vis, .n = n, .at = doc->n_vis, .n_src = n, .zone = (uint8_t)zone, .barrier = barrier};
    doc->blocks[doc->n_blocks - 1].n_runs++;
    doc->n_vis += n;
}

#endif
