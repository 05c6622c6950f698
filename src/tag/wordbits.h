/* wordbits: bytes -> bit maps, 64 bytes at a time: what counts words and finds where terms may begin (tag/scan). The one
 * seam to the machine: x86-64 with AVX2 and aarch64 have code of their own, plain C gives the same bits. */
#ifndef TT_TAG_WORDBITS_H
#define TT_TAG_WORDBITS_H

#include "tagtrend.h"

typedef enum tt_wordbits_how { TT_WORDBITS_PLAIN, TT_WORDBITS_SIMD } tt_wordbits_how;

/* What this machine can do. */
tt_wordbits_how tt_wordbits_best(void);

/* Before a function that is called only where that is TT_WORDBITS_SIMD. */
#if defined(__x86_64__) && defined(__GNUC__)
#define TT_SIMD_CODE __attribute__((target("avx2,bmi,bmi2,popcnt")))
#else
#define TT_SIMD_CODE
#endif

/* Byte i is bit i % 64 of item i / 64. Each has (n + 63) / 64 items; bits behind the last byte are 0. */
typedef struct tt_wordbits {
    uint64_t *alnum; /* letters and digits of ASCII */
    uint64_t *mid;   /* ' , . : ; which may stand inside a word */
    uint64_t *under; /* _ */
    uint64_t *high;  /* not ASCII */
} tt_wordbits;
void tt_wordbits_fill(tt_wordbits_how how, const char *p, size_t n, const tt_wordbits *to);

/* Up to eight groups of needles of three bytes. Byte j of a needle of group g may be b where both nibbles say so: bit g
 * of low[j][b & 15] and of high[j][b >> 4]. What stands behind the text is 0. */
enum { TT_NEEDLE_BYTES = 3 };
typedef struct tt_needles {
    uint8_t low[TT_NEEDLE_BYTES][16], high[TT_NEEDLE_BYTES][16];
} tt_needles;

static inline bool tt_needles_begin(const tt_needles *t, char c) /* one may begin with this byte */
{
    return (t->low[0][c & 15] & t->high[0][(unsigned char)c >> 4]) != 0;
}

/* Sets the bits of `to`, (n + 63) / 64 items, where a needle may begin: all places where one does, and some more. */
void tt_wordbits_find(tt_wordbits_how how, const tt_needles *needles, const char *p, size_t n, uint64_t *to);

#endif
