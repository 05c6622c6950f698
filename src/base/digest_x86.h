/* digest_x86: SHA-256 by the instructions that processors have for it. Used by digest.c alone. */
#ifndef TT_BASE_DIGEST_X86_H
#define TT_BASE_DIGEST_X86_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* False, and nothing done: this machine has none. Takes n blocks of 64 bytes into the state (FIPS 180-4, 6.2.2). */
bool tt_sha256_blocks(uint32_t state[8], const uint8_t *p, size_t n);

#endif
