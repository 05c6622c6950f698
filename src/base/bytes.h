/* bytes: where bytes of a set stand, as bits: 64 bytes of text are one word; letters and digits of ASCII alone. The one
 * place that knows SIMD for them. */
#ifndef TT_BASE_BYTES_H
#define TT_BASE_BYTES_H

#include "base/mem.h"

/* A set of bytes: c is in it where low[c & 15] and high[c >> 4] have a bit in common. Up to eight different rows. */
typedef struct tt_bytes_set {
    uint8_t low[16], high[16];
} tt_bytes_set;

/* bits[i / 64] bit i % 64 tells whether p[i] is in the set, for i < n; bits of the last word behind n are 0. With AVX2
 * where the processor has it, else as the plain form, which gives the same bits on every machine. */
void tt_bytes_find(const tt_bytes_set *set, const char *p, size_t n, uint64_t *bits);
void tt_bytes_find_plain(const tt_bytes_set *set, const char *p, size_t n, uint64_t *bits);

/* Writes the ASCII letters of p in lower case, and with `digits` these too, to `to`, which has room for n +
 * TT_BYTES_BEHIND bytes; returns how many. *n_letters: the letters among them. Bytes above 0x7F are left out. With AVX2
 * and BMI2 where the processor has them, else as the plain form, which writes the same. */
enum { TT_BYTES_BEHIND = 8 };
size_t tt_bytes_letters(const char *p, size_t n, bool digits, char *to, size_t *n_letters);
size_t tt_bytes_letters_plain(const char *p, size_t n, bool digits, char *to, size_t *n_letters);

/* A reader of such bits that looks at the text in pieces, so that they stay in the cache. Fast where it is asked with
 * rising places. */
enum { TT_FINDER_WORDS = 64, TT_FINDER_BYTES = TT_FINDER_WORDS * 64 };
typedef struct tt_finder {
    const tt_bytes_set *set;
    const char *p;
    size_t n;
    size_t base, end; /* the piece that `bits` tell of: [base, end) */
    uint64_t bits[TT_FINDER_WORDS];
} tt_finder;
void tt_finder_init(tt_finder *f, const tt_bytes_set *set, const char *p, size_t n);
size_t tt_finder_far(tt_finder *f, size_t at, size_t end); /* tt_finder_next, where the word of `at` has nothing more */

/* The first place in at..end, of those in the set; end or more: nowhere. end <= n. */
static inline size_t tt_finder_next(tt_finder *f, size_t at, size_t end)
{
    if (at >= f->base && at < f->end) {
        uint64_t word = f->bits[(at - f->base) / 64] >> ((at - f->base) & 63);
        if (word)
            return at + (size_t)__builtin_ctzll(word);
    }
    return tt_finder_far(f, at, end);
}

#endif
