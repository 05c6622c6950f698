/* digest: SHA-256, as text. The only file that knows nettle. */
#ifndef TT_BASE_DIGEST_H
#define TT_BASE_DIGEST_H

#include "base/str.h"

#define TT_DIGEST_SIZE 65 /* 64 hexadecimal digits and a NUL */

typedef struct tt_digest tt_digest;
int tt_digest_new(tt_digest **out, tt_err *err);
void tt_digest_add(tt_digest *d, const void *p, size_t n);
void tt_digest_end(tt_digest *d, char out[TT_DIGEST_SIZE]); /* frees d; out may be NULL */
void tt_digest_of(const void *p, size_t n, char out[TT_DIGEST_SIZE]);

#endif
