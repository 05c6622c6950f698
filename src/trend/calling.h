/* calling: what an archive calls its issues: by what name (`This Week in Rust 308`, `DT #42`), with what word before the
 * number (`issue 42`). Told by the titles, the files' names and the archive's; texts may add names. */
#ifndef TT_TREND_CALLING_H
#define TT_TREND_CALLING_H

#include "base/str.h"

typedef struct tt_calling {
    tt_intern names;    /* as words (see below), without a number word at their end */
    tt_intern joined;   /* the same as one word */
    tt_intern initials; /* of those of two words or more: `dt` */
    tt_intern heads;    /* words behind which a number without `#` is looked for: `issue`, `rust`, `第` */
    tt_buf scratch;
} tt_calling;

void tt_calling_release(tt_calling *c);

/* Appends the words of a text: letters and digits in lower case and without marks, apostrophes gone, all else one blank
 * between two: `Microsoft’s #1!` -> `microsofts 1`. With `joined` there are no blanks. 0 or TT_ENOMEM. */
int tt_calling_words(tt_str text, bool joined, tt_buf *out);

/* Names and heads from what the survey knows. 0 or TT_ENOMEM. */
int tt_calling_learn(tt_calling *c, const tt_issue *issues, size_t n, tt_str archive);
int tt_calling_add(tt_calling *c, tt_str name); /* a name as it stands in a text */

/* Appends the words of a title without the issue's number and the number word at it: `#50: Faces` -> `faces`, `This Week
 * in Rust 308` -> `this week in rust`. *at_end: the number was the last word. 0 or TT_ENOMEM. */
int tt_calling_title(const tt_issue *issue, tt_buf *out, bool *at_end);

bool tt_calling_is_number_word(tt_str word); /* issue, edition, …, in lower case */

/* How many words at the end of `before` are a name (a number word behind it not counted), or 1 for the initials of a name
 * of two words or more, with two capitals: `DT`, `TWiR`; 0: neither. On no memory c->scratch.failed is set. */
size_t tt_calling_ends(tt_calling *c, tt_str before, bool *initials);

/* The first label of a domain is a name: `dynamicallytyped.com`. */
bool tt_calling_is_domain(tt_calling *c, tt_str domain);

#endif
