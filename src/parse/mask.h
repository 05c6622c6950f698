/* mask: stretches that Markdown must not look into (template tags, footnote marks), and a copy of the text in which they
 * are hidden. The copy has the length of the text, so offsets are the same. */
#ifndef TT_PARSE_MASK_H
#define TT_PARSE_MASK_H

#include "base/str.h"

/* Stands for each hidden byte: it has no meaning in Markdown, may stand in a link target, and is no space. */
#define TT_MASK_CHAR ','

typedef struct tt_span {
    uint32_t at, n;
    bool code; /* what {% highlight %} holds; else meta */
} tt_span;

typedef struct tt_mask {
    char *work; /* the text's bytes, hidden ones replaced; NUL behind them */
    size_t n_work;
    tt_span *v; /* rising, apart */
    size_t n, cap;
    size_t hint; /* where the last look-up ended */
} tt_mask;

/* Hides, from byte `from` on: {{< … >}}, {{% … %}}, {{ … }}, {% … %} that end before the next blank line or code fence,
 * what stands between highlight (codeblock, comment) and its end where no fence lies between them, and the marks [^1] and [^1]: of footnotes. Release *m also after a failure. 0 or TT_ENOMEM. */
int tt_mask_init(tt_mask *m, const tt_text *text, size_t from);
/* The same for HTML, without a copy: {{ … }}, {% … %} and the merge tags *|NAME|* of mails. */
int tt_mask_html(tt_mask *m, const tt_text *text, size_t from);
void tt_mask_release(tt_mask *m);

/* The first hidden stretch that ends behind `at`, or NULL. O(1) where calls come with rising `at`. */
const tt_span *tt_mask_next(tt_mask *m, size_t at);

/* Changes the copy, nothing else, where md4c would need more than linear time: what is replaced is read as plain text,
 * with the characters that stand in the text itself. 0 or TT_ENOMEM. */
int tt_mask_guard(tt_mask *m, size_t from);

/* Changes the copy, nothing else: marks of emphasis that would open amid a bare URL (https://x.org/_a_/b) lose their
 * meaning, as in GFM, where the URL goes before emphasis; so do its entities and escapes. */
void tt_mask_urls(tt_mask *m, size_t from);

/* Limits of the guard. */
enum {
    TT_MAX_COLUMNS = 128,            /* columns of a table */
    TT_MAX_DEFINITION = 4096,        /* bytes of a line with a link's reference definition, where such lines are many */
    TT_MAX_BRACKET_LINES = 20000000, /* brackets × lines of one paragraph */
};

#endif
