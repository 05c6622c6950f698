/* walk: from one start token through the trie: all matches that begin there, the longest kept. Used by match.c and lint.c.
 *
 * Cost: a node is reached from a start at one token only, but for what follows a `*`, so a start costs as many look-ups
 * as the text goes along with terms. A `*` stays within one word, and what it covered there once is not run again from
 * a later start (see glob.c), so long words and chains like a.a.a.a cost no more than their length. */
#ifndef TT_TAG_WALK_H
#define TT_TAG_WALK_H

#include "tag/compile.h"

/* A place reached: `node`, by way of a match whose last token is `last`. */
typedef struct tt_place {
    uint32_t node, last;
} tt_place;

/* Where a match ends, in vis. */
typedef struct tt_walk_end {
    size_t end;
    uint32_t node, last; /* token */
} tt_walk_end;

enum { TT_LIVE_FRESH = 1, TT_LIVE_IN = 2 }; /* of a STAR: has covered nothing yet; covers characters of this word */

/* A node of a pattern that fits the bytes so far. */
typedef struct tt_live {
    uint32_t node;
    uint32_t flags; /* TT_LIVE_…; 0 for a STAR: its word is over, only what follows it may come */
} tt_live;

typedef struct tt_live_set {
    tt_live *v; /* room for all nodes of patterns */
    size_t n;
} tt_live_set;

/* Where a STAR covered its first character, once for each word. */
typedef struct tt_star {
    uint64_t at;    /* token << 32 | byte in its key */
    uint64_t text;  /* number of the text */
    uint32_t chain; /* of the token */
} tt_star;

enum { TT_SEEN_SLOTS = 8192, TT_SEEN_KEY = 22 };

/* A word that no pattern at the root fits and behind which none but a leading star is live. */
typedef struct tt_seen {
    uint8_t n; /* 0: empty slot */
    uint8_t root;
    char key[TT_SEEN_KEY];
} tt_seen;

typedef struct tt_walk {
    const tt_matcher *m;
    const tt_token *tokens;
    size_t n_tokens;
    uint64_t text; /* number of the text: rises with each */

    /* of each token */
    uint32_t *words[TT_N_ROOTS];  /* its key as a word of the matcher, or TT_NO_WORD */
    uint32_t *bare[TT_N_ROOTS];   /* the same without the possessive */
    uint64_t *hashes[TT_N_ROOTS]; /* of its key, by tt_hash with seed 0 */
    uint32_t *chains;             /* the first token of what one `*` may cover together with it */
    size_t cap_words[TT_N_ROOTS], cap_bare[TT_N_ROOTS], cap_hashes[TT_N_ROOTS], cap_chains;

    /* of a start */
    bool ran_out; /* it was asked what stands behind the last token */
    unsigned root;
    tt_place *queue; /* places to go on from */
    size_t n_queue, cap_queue;
    uint32_t *found; /* nodes where the longest matches end */
    size_t n_found, cap_found;
    bool keep_all;     /* all ends go to `all`, also those that tt_walk_may_end refuses, and `found` stays empty */
    size_t limit;      /* matches that end here or further on in vis are not found; SIZE_MAX: none */
    uint32_t *entries; /* tt_walk_gather: those of the longest matches */
    size_t n_entries, cap_entries;
    tt_walk_end *all;
    size_t n_all, cap_all;
    size_t found_end;    /* their end in vis */
    uint32_t found_last; /* their last token */

    /* of a run of patterns */
    tt_live_set now, next;
    uint32_t *behind; /* nodes that a hyphen leads to, once its token is over */
    size_t n_behind;
    uint64_t *marks; /* by node of patterns: step that put it into a set … */
    uint32_t *slots; /* … and where */
    uint64_t step;
    tt_star *stars;               /* by node of patterns */
    uint32_t leading[TT_N_ROOTS]; /* the star that patterns of the root begin with, or TT_NO_NODE */
    tt_seen *seen;                /* words that were run; TT_SEEN_SLOTS */
} tt_walk;

int tt_walk_init(tt_walk *w, const tt_matcher *m); /* on failure too, tt_walk_release */
void tt_walk_release(tt_walk *w);

/* Looks all tokens up. 0 or TT_ENOMEM. */
int tt_walk_text(tt_walk *w, const tt_tokens *tokens);

/* Fills `found` with the longest matches that begin at token `start`; n_found 0: none. 0 or TT_ENOMEM. */
int tt_walk_from(tt_walk *w, size_t start);

/* Fills `entries` with those that end at the nodes found: rising, each once. 0 or TT_ENOMEM. */
int tt_walk_gather(tt_walk *w);

/* Whether a match may end with token `last`, or with `bare` before its possessive: `C` is not in `C++` or `C#`, but in
 * `C#5`; an elided article ends nothing. */
bool tt_walk_may_end(tt_walk *w, size_t last, bool bare);

/* ---- between walk.c and glob.c ---- */

bool tt_walk_direct(tt_walk *w, size_t token); /* there is one, and it follows the one before directly */

/* A match ends with token `last`, or `bare`: with what stands before its possessive. */
int tt_walk_found(tt_walk *w, uint32_t node, size_t last, bool bare);

/* A pattern fits up to token `last`; what may come behind `node` is walked later. */
int tt_walk_pattern_end(tt_walk *w, uint32_t node, size_t last);

/* Makes room for runs of patterns. On failure too, tt_glob_release. */
int tt_glob_init(tt_walk *w);
void tt_glob_release(tt_walk *w);

/* Runs the patterns that hang from `glob` over the tokens from `first` on. */
int tt_glob_run(tt_walk *w, uint32_t glob, size_t first);

/* The same for those of the root, unless the word is known to fit none. */
int tt_glob_begin(tt_walk *w, uint32_t glob, size_t first);

#endif
