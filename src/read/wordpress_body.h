/* wordpress_body: the text of a post as WordPress keeps it, made plain HTML.
 *
 * Shortcodes (`[gallery ids="1,2"]`) become comments: a word in brackets is one where its name is one of WordPress' own,
 * where it has attributes, or where its end (`[/name]`) stands in the post; `[sic]` is text. [caption] makes the text
 * behind its image a <figcaption>, [code] and its like make <pre>. A blank line begins a paragraph (<p>), but not in
 * posts of blocks (`<!-- wp:paragraph -->`), in <pre>, <script>, <style> and where a block element follows. */
#ifndef TT_READ_WORDPRESS_BODY_H
#define TT_READ_WORDPRESS_BODY_H

#include "base/loci.h"

/* Appends to `to`, which is empty. Each character of the post keeps its place. 0 or TT_ENOMEM. */
int tt_wordpress_body(const tt_loci *from, tt_loci *to);

#endif
