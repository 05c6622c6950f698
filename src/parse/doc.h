/* doc: building a tt_doc. The parsers push pieces; the builder makes runs, blocks and barriers of them. */
#ifndef TT_PARSE_DOC_H
#define TT_PARSE_DOC_H

#include "base/str.h"

/* One at a time: begin a block, push its pieces in order of reading, end it. A block without a piece is dropped. Aside
 * pieces (link targets, tags) may be pushed at any time; each becomes a block of its own behind the block that is open,
 * those that go on in the source in one zone become one. Sticky error: nothing is done after it, finish reports it. */
typedef struct tt_doc_builder tt_doc_builder;

int tt_doc_builder_new(tt_doc_builder **out, tt_arena *arena, const tt_text *text);
/* The same with the memory of an earlier builder: *kept, where it is not NULL. When the builder is done with, it goes back
 * to *kept, which outlives it. */
int tt_doc_builder_again(tt_doc_builder **out, tt_doc_builder **kept, tt_arena *arena, const tt_text *text);
void tt_doc_builder_drop(tt_doc_builder **kept); /* frees what is kept */
void tt_doc_builder_free(tt_doc_builder *b); /* where finish is not reached; NULL is allowed */
bool tt_doc_failed(const tt_doc_builder *b);
void tt_doc_begin(tt_doc_builder *b, tt_block_kind kind, int level, bool nested, size_t at);
/* n_src source bytes at `at` are seen as n bytes `p` (p NULL: just as they stand, n == n_src). Adjacent pieces that go
 * on in the source become one run. A change of zone is a barrier. */
void tt_doc_push(tt_doc_builder *b, tt_zone zone, size_t at, size_t n_src, const char *p, size_t n);
void tt_doc_barrier(tt_doc_builder *b); /* before the next piece */
void tt_doc_aside(tt_doc_builder *b, tt_zone zone, size_t at, size_t n);

/* As tt_doc_push of text bytes at..at+n. Bare URLs (scheme to the end of the URL) go into zone url behind a barrier on
 * both sides, unless the zone is stronger than url. `how` is a sum of: */
enum {
    TT_DOC_ENTITIES = 1, /* &amp; is decoded */
    TT_DOC_ESCAPES = 2,  /* a backslash before ASCII punctuation is not seen, and takes its meaning from it */
    TT_DOC_LINKS = 4,    /* a bare URL is a link, where it is in zone url and in no other link */
    TT_DOC_AS_SEEN = 8   /* of a link's URL: it stands in the text and has nothing to decode */
};
void tt_doc_text(tt_doc_builder *b, tt_zone zone, size_t at, size_t n, int how);

/* What is pushed between the two is the text of a link. There is no link in a link: nothing happens at a second begin,
 * which returns false, or at an end without a begin. `how` is about the URL, of which white space and line ends go. With `cut` the link has no
 * end in the source: its text goes no further than the block in which it begins. */
bool tt_doc_anchor_begin(tt_doc_builder *b, tt_zone zone);
void tt_doc_anchor_end(tt_doc_builder *b, tt_str url, int how, bool cut);

void tt_doc_strong(tt_doc_builder *b, bool strong); /* of the open block */
void tt_doc_end(tt_doc_builder *b);

/* For decisions that need what came before (captions, repeats). `from`, `to` are runs: values of tt_doc_here. */
uint32_t tt_doc_here(const tt_doc_builder *b);                      /* index of the next run */
uint32_t tt_doc_open_run(const tt_doc_builder *b);                  /* of the open block's first run */
void tt_doc_rezone(tt_doc_builder *b, uint32_t from, tt_zone zone); /* to the block's end, where zones are weaker */
void tt_doc_letters(tt_doc_builder *b, uint32_t from, uint32_t to, tt_buf *out); /* letters and digits, case-folded */

/* Bytes 0..body_at as front matter: zone meta, the title's value zone title; entities decoded. */
void tt_doc_front(tt_doc_builder *b, size_t body_at, size_t title_at, size_t n_title);

int tt_doc_finish(tt_doc_builder *b, tt_doc *out, tt_err *err); /* frees the builder; doc lives in the arena */

#endif
