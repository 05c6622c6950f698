/* query: what `ask` and --query are asked, as topics and terms: a topic, a term of the lexicon, any text in the term
 * language, several of these together (` + `), or the share of the first in both (` / `).
 *
 *     openai                      ->  topic openai
 *     GPT-3                       ->  topic gpt-3 (by its label), or else the lexicon's term GPT-3
 *     capsule net*                ->  a term of its own
 *     gpt + bert                  ->  topics gpt and bert, together
 *     + gpt + bert                ->  the same, though `gpt + bert` as a whole stand somewhere
 *     how often did I cover GPT?  ->  topic gpt
 *
 * What a text means may hang on what the archive has (`TCP / IP` is a term where it stands there, else two), so a query
 * has several ways of being understood: the first that finds anything holds. */
#ifndef TT_TAG_QUERY_H
#define TT_TAG_QUERY_H

#include "tag/match.h"

enum {
    TT_MAX_QUERY = 1000, /* bytes */
    TT_MAX_PARTS = 32,   /* of one way, in all */
    TT_MAX_WAYS = 4,
    TT_MOST_CLOSE = 3 /* topics that "did you mean" names */
};

typedef enum tt_part_kind {
    TT_PART_TOPIC, /* `topic` */
    TT_PART_ENTRY, /* places that these entries of the lexicon win */
    TT_PART_TERM   /* a lexicon of its own, of one term */
} tt_part_kind;

typedef struct tt_query_part {
    tt_part_kind kind;
    tt_str text; /* as asked; ENTRY: as the lexicon writes it */
    uint32_t
        topic; /* the topic, or the one that holds the entry; TERM: that of an entry with this very text; or TT_DROP */
    bool dropped;      /* the lexicon lists the text as no mention of anything */
    uint32_t *entries; /* ENTRY */
    size_t n_entries;
    tt_lexicon *own; /* TERM */
    uint32_t index;  /* topic that it is counted under: its own, or one behind those of the lexicon */
} tt_query_part;

/* One way of understanding: one group, or two: the share of the first in both. */
typedef struct tt_way {
    tt_str text; /* without filler words */
    tt_query_part *parts;
    size_t n_parts;
    size_t n_first;    /* parts of the first group; n_parts: there is one group */
    uint32_t index[3]; /* first group, second group, both: topics that they are counted under */
    int year;          /* "… in 2020"; 0: none */
} tt_way;

typedef struct tt_query {
    tt_str text;
    tt_way ways[TT_MAX_WAYS];
    size_t n_ways;
    size_t chosen; /* set once the archive has been counted */
} tt_query;

/* `next` is the first index that is free, and is moved on. Texts and ways live in `arena`; tt_query_release frees the
 * lexicons of single terms. TT_EUSAGE: empty, too long, or no term. */
int tt_query_make(tt_query *out, const tt_lexicon *lex, tt_str text, uint32_t *next, tt_arena *arena, tt_err *err);
void tt_query_release(tt_query *q);

/* `s` case-folded, without white space, hyphens and underscores: what is forgiven in a name. 0 or TT_ENOMEM. */
int tt_query_fold(tt_str s, tt_buf *out);

/* Topics whose id, label or a term is near to what was asked: the nearest, each once; `occurs` (by topic) puts those
 * that the archive has before others that are as near. Returns how many there are; TT_ENOMEM by *rc. */
size_t tt_query_close(const tt_lexicon *lex, tt_str text, const bool *occurs, uint32_t out[TT_MOST_CLOSE], int *rc);

#endif
