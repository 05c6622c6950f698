/* sight: between gather.c and sight.c: the second pass. */
#ifndef TT_TAG_SIGHT_H
#define TT_TAG_SIGHT_H

#include "tag/gather.h"

/* What a unit's capital says: no part of any name or expression; an ordinary word; a capital that may be the sentence's,
 * but is most likely its own; its own. */
typedef enum tt_worth { TT_WORTH_NO, TT_WORTH_LOWER, TT_WORTH_WEAK, TT_WORTH_STRONG } tt_worth;

/* A unit in the second pass. */
typedef struct tt_sight {
    const tt_unit *u;
    uint32_t word;
    tt_worth worth;
    bool joiner, number, the;
} tt_sight;

/* What is known of one place of a group. */
typedef struct tt_sighting {
    tt_worth worth;
    bool free, bound, numbered, shaped; /* numbered: a number behind it makes another name of it, GPT 3 */
    uint32_t issue;
    bool before;
} tt_sighting;

/* The unit's capital is its own: it has the shape of a name, or stands in mid-sentence. */
bool tt_gather_strong(const tt_unit *u);

/* The end of the sentence that begins at i, and whether it stood before, word for word. */
int tt_gather_sentence(tt_gather *g, const tt_units *units, size_t i, size_t *end, bool *again);

/* The group of n units, made where it is new. 0 or TT_ENOMEM. */
int tt_gather_group_of(tt_gather *g, const tt_sight *p, size_t n, uint32_t *id);

/* Counts one place. 0 or TT_ENOMEM. */
int tt_gather_sight(tt_gather *g, const tt_sight *p, size_t n, const tt_sighting *s);

#endif
