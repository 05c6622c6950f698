/* profile: the time of a stage, where somebody asked for it: else a branch. The clock is the caller's, since the library
 * reads none. Stages do not lie in each other. A tt_profile belongs to one thread; tt_profile_merge puts them together. */
#ifndef TT_BASE_PROFILE_H
#define TT_BASE_PROFILE_H

#include "tagtrend.h"

/* The clock's seconds; `p` NULL: off, 0. */
static inline double tt_profile_start(const tt_profile *p)
{
    return p ? p->now(p->ctx) : 0;
}

/* Adds the time since `start` and the bytes that the stage was given. */
static inline void tt_profile_stop(tt_profile *p, tt_stage stage, double start, size_t bytes)
{
    if (!p)
        return;
    p->stages[stage].seconds += p->now(p->ctx) - start;
    p->stages[stage].bytes += bytes;
}

/* Adds what another thread took; the seconds are then of threads, not of the clock on the wall. */
static inline void tt_profile_merge(tt_profile *to, const tt_profile *part)
{
    for (int i = 0; to && i < TT_N_STAGES; i++) {
        to->stages[i].seconds += part->stages[i].seconds;
        to->stages[i].bytes += part->stages[i].bytes;
    }
}

#endif
