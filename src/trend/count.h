/* count: cells, the mentions of a topic in a section of an issue, beside their denominators. Cells of parts of an
 * archive merge, in any order, into the same cells. */
#ifndef TT_TREND_COUNT_H
#define TT_TREND_COUNT_H

#include "base/str.h"

/* Cells of one issue are gathered, then closed; parts of archives merge. {0} is empty. */

/* Adds to the part of that section, or begins it. `nth` is what tt_cells_add wants; it is the section's order of
 * appearance in the issue, but may leave numbers out until tt_cells_finish numbers the parts anew. */
int tt_cells_part(tt_cells *c, uint32_t issue, uint32_t section, uint32_t words, uint32_t places, uint32_t *nth);
/* To a part that was begun; in any order within the issue; 0 mentions make no cell. */
int tt_cells_add(tt_cells *c, uint32_t issue, uint32_t nth, uint32_t section, uint32_t topic, uint32_t mentions);
int tt_cells_merge(tt_cells *into, const tt_cells *part);
/* Sorts, and adds up parts of the same issue and section and cells of the same key. TT_ELIMIT: a sum
 * does not fit. Finishing what is finished changes nothing. */
int tt_cells_finish(tt_cells *c);
void tt_cells_release(tt_cells *c);

#endif
