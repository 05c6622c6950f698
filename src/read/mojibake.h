/* mojibake: UTF-8 that was read as Mac Roman, Windows-1252 or Latin-1, once or twice, back to what it was. */
#ifndef TT_READ_MOJIBAKE_H
#define TT_READ_MOJIBAKE_H

#include "base/str.h"

/* Repairs the text in place (a repair never makes it longer) and sets its fixes, which must be empty, and n_repaired.
 * 0 or TT_ENOMEM: then the text is still valid and belongs to the caller. */
int tt_mojibake_repair(tt_text *text);

#endif
