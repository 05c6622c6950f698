/* link: what stands in the source between two pieces that Markdown shows: link targets, labels, reference definitions,
 * the info string of a code fence. Markup that is nothing of these (**, >, |) has no zone. */
#ifndef TT_PARSE_LINK_H
#define TT_PARSE_LINK_H

#include "parse/flow.h"

/* Looks through p[from..to), of which nothing is shown, and pushes what it finds as asides. With `stop_at_newline` it
 * goes up to the first line end that is not inside a link target and returns its offset, or `to`. */
size_t tt_link_gap(tt_flow *f, const char *p, size_t from, size_t to, bool stop_at_newline);

#endif
