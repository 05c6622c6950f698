/* markdown: YEAR/review.md, to be pasted into an issue. CommonMark; what stands in it is the same as on the page. */
#ifndef TT_REPORT_MARKDOWN_H
#define TT_REPORT_MARKDOWN_H

#include "report/review.h"

/* Appends `s` as text of Markdown that shows as it is: nothing in it is markup, a link, a tag or an entity, also at the
 * beginning of a line. Line ends become a blank, control characters U+FFFD; marks that turn the direction of writing go,
 * and text from right to left is isolated. */
void tt_markdown_text(tt_buf *to, tt_str s);

/* Appends an http(s) URL as the target of a link: each byte that is not a letter, a digit or one of -._~/:?#=;,+% as %XX,
 * & as &amp;. */
void tt_markdown_url(tt_buf *to, tt_str url);

/* `kinds`: the pictures that there are, 1 << tt_picture each; 0: none. */
void tt_markdown_review(tt_buf *to, const tt_year_review *r, const tt_year_charts *c, unsigned kinds);

#endif
