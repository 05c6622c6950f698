/* pack_list: the members of a pack as a list, and their bytes held in memory where they are few. */
#ifndef TT_BASE_PACK_LIST_H
#define TT_BASE_PACK_LIST_H

#include "base/pack.h"

enum { TT_PACK_HELD = 64 << 20 }; /* bytes: what is usual for `max` */

/* One member. What is held can be read in any order, by tt_input_memory. */
typedef struct tt_held {
    tt_member member;
    tt_str bytes;      /* if `held` */
    bool held;         /* false: not wanted, left out, broken, or the pack is too large to be held */
    const tt_err *err; /* why it is broken, or NULL */
} tt_held;

typedef struct tt_pack_list {
    tt_arena arena, bytes;
    tt_held *v; /* in the order of the pack */
    size_t n, cap;
    uint64_t held;  /* bytes */
    bool too_large; /* the wanted ones are more than `max`: none is held */
} tt_pack_list;

/* Lists all members that are left of `p`, and holds the data of those that `want` (NULL: all) says yes to if they are not
 * more than `max` bytes together. Negative as tt_pack_next: *out is what stood before. Whatever is returned,
 * tt_pack_list_release. */
int tt_pack_load(tt_pack *p, bool (*want)(void *ctx, const tt_member *member), void *ctx, uint64_t max,
                 tt_pack_list *out, tt_err *err);
void tt_pack_list_release(tt_pack_list *list);

#endif
