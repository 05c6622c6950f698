/* show_doc: a doc as text, and what every doc must be. To be included by one file of a test program, behind cmocka.
 *
 * A block is a line: kind (P I H1 C K F A: paragraph, item, heading, cell, code, front matter, aside), `*` nested, `!`
 * bold; then its runs as ` zone:text`, zones as m u c a T s b C q h t; runs that differ in nothing but their place in
 * the source are one, a barrier inside a block is ` |`. Line ends are shown as `/`. */
#ifndef TT_TESTS_SHOW_DOC_H
#define TT_TESTS_SHOW_DOC_H

#include "base/unicode.h"

static void show_run(const tt_doc *doc, uint32_t i, bool first, tt_buf *out)
{
    const tt_run *r = &doc->runs[i];
    if (first || r->barrier || r->zone != r[-1].zone) {
        tt_buf_text(out, r->barrier && !first ? " |" : " ");
        tt_buf_char(out, "mucaTsbCqht"[r->zone]);
        tt_buf_char(out, ':');
    }
    for (uint32_t k = 0; k < r->n; k++) {
        char c = doc->vis[r->vis + k];
        tt_buf_char(out, c == '\n' ? '/' : c);
    }
}

static void show_doc(const tt_doc *doc, tt_buf *out)
{
    for (uint32_t b = 0; b < doc->n_blocks; b++) {
        const tt_block *block = &doc->blocks[b];
        if (b > 0)
            tt_buf_char(out, '\n');
        tt_buf_char(out, "PIHCKFA"[block->kind]);
        if (block->kind == TT_BLOCK_HEADING)
            tt_buf_char(out, (char)('0' + block->level));
        tt_buf_text(out, block->nested ? "*" : "");
        tt_buf_text(out, block->strong ? "!" : "");
        for (uint32_t i = 0; i < block->n_runs; i++)
            show_run(doc, block->first_run + i, i == 0, out);
    }
    tt_buf_add(out, "", 0);
}

/* Runs follow each other in vis, rise in the source, lie apart there, show it as it is, and split no character. */
static void check_run(const tt_text *text, const tt_doc *doc, uint32_t i, bool first)
{
    const tt_run *r = &doc->runs[i];
    assert_true(r->n > 0 && r->n_src > 0);
    assert_int_equal(r->vis, i == 0 ? 0 : r[-1].vis + r[-1].n);
    assert_true((size_t)r->at + r->n_src <= text->n);
    assert_true(first || r->at >= r[-1].at + r[-1].n_src);
    assert_true(r->barrier || (!first && r->zone == r[-1].zone));
    assert_true(tt_utf8_valid(doc->vis + r->vis, r->n));
    assert_true(tt_utf8_valid(text->data + r->at, r->n_src));
    if (r->n > 1 && r->n == r->n_src)
        assert_memory_equal(doc->vis + r->vis, text->data + r->at, r->n);
    if (r->n == 1 && r->n_src == 1 && doc->vis[r->vis] != '\n')
        assert_int_equal(doc->vis[r->vis], text->data[r->at]);
}

static void check_doc(const tt_text *text, const tt_doc *doc)
{
    uint32_t run = 0, at = 0;
    for (uint32_t b = 0; b < doc->n_blocks; b++) {
        const tt_block *block = &doc->blocks[b];
        assert_true(block->n_runs > 0);
        assert_int_equal(block->first_run, run);
        assert_true(block->at <= doc->runs[run].at);
        assert_int_equal(block->overlay, TT_ZONE_TEXT);
        if (block->kind != TT_BLOCK_ASIDE) {
            assert_true(block->at >= at);
            at = block->at;
        }
        for (uint32_t i = 0; i < block->n_runs; i++, run++)
            check_run(text, doc, run, i == 0);
    }
    assert_int_equal(run, doc->n_runs);
    assert_int_equal(doc->n_vis, run == 0 ? 0 : doc->runs[run - 1].vis + doc->runs[run - 1].n);
}

static tt_text text_of(const char *in)
{
    return (tt_text){.data = (char *)(uintptr_t)in, .n = strlen(in), .encoding = "UTF-8"};
}

#endif
