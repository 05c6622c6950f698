/* mojibake: UTF-8 that was read as Mac Roman, Windows-1252 or Latin-1, once or twice, back to what it was. */
#ifndef TT_READ_MOJIBAKE_H
#define TT_READ_MOJIBAKE_H

#include "base/str.h"

/* Repairs the text in place (a repair never makes it longer) and sets its fixes, which must be empty, and n_repaired.
 * 0 or TT_ENOMEM: then the text is still valid and belongs to the caller. */
int tt_mojibake_repair(tt_text *text);

/* Of n bytes of characters beyond ASCII that stand side by side: false where none of them is mojibake, whatever is around
 * them. A text without a stretch where this is true is not changed by a repair. */
bool tt_mojibake_may_be(const char *p, size_t n);

#endif
