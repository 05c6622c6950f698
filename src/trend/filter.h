/* filter: a selection, resolved against what was counted and checked. */
#ifndef TT_TREND_FILTER_H
#define TT_TREND_FILTER_H

#include "base/str.h"

typedef struct tt_filter {
    bool *issue, *section, *topic; /* by index */
    bool topics_named;             /* --topic was given: zeros are listed */
    bool sections_named;           /* --section or --not-section was: only issues that have one of them count */
    tt_by by;
    bool by_section;
    bool has_from, has_to;
    int32_t from, to;
    const int *years; /* the selection's own */
    size_t n_years;
} tt_filter;

/* `sel` NULL: all. An undated issue is in no range of dates: --from, --to and --year leave it out. TT_EUSAGE: a topic
 * (with what is close) or section that is not there, a range that ends before it begins. */
int tt_filter_make(tt_filter *out, const tt_facts *in, const tt_select *sel, tt_arena *arena, tt_err *err);

bool tt_filter_year(const tt_filter *f, int year); /* named, or none is */

#endif
