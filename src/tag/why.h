/* why: all that could match in a stretch of a text, what became of it and by which rule (COUNTING 6, 7). */
#ifndef TT_TAG_WHY_H
#define TT_TAG_WHY_H

#include "tag/lexicon.h"

enum {
    TT_WHY_WORD = 64,     /* characters of a word that is looked into for terms */
    TT_WHY_PART = 3,      /* characters of a term that is told where it stands inside a word, … */
    TT_WHY_PART_EXACT = 2 /* … and of one that is `exact` */
};

/* The hits that touch bytes from..to of the text, and those that took their place, in order of the text; right behind one
 * that has a place stand those that lost it. The winners are what tt_match tells. In `arena`. 0 or TT_ENOMEM. */
int tt_why(const tt_lexicon *lex, const tt_doc *doc, const tt_tokens *tokens, uint32_t from, uint32_t to,
           tt_arena *arena, tt_hit **out, size_t *n, tt_err *err);

/* How an entry comes to count for a topic: a shortest way there. */
typedef enum tt_way_kind { TT_WAY_OWN, TT_WAY_ALSO, TT_WAY_BROADER } tt_way_kind;

typedef struct tt_route {
    uint8_t kind;         /* of the last step; BROADER: than path[n - 2] */
    const uint32_t *path; /* topics, from the entry's own or, where `also` leads there, from that; the last one is it */
    size_t n;
} tt_route;

/* In ways.c: the ways to each of e->counts, in its order; in `arena`. NULL: no memory. What `also` names is not kept, so what
 * `broader` does not reach from the entry's own topic, nor from another such topic, is taken for it. */
tt_route *tt_why_ways(const tt_lexicon *lex, const tt_entry *e, tt_arena *arena);

#endif
