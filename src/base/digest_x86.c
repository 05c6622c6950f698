/* In: whole blocks of a message. Out: the state of SHA-256 behind them, some six times as fast as plain C: the tables of a
 * report are megabytes. Not here: what is no whole block, and machines without the instructions (libmd, in digest.c). */
#include "base/digest_x86.h"

#if defined(__x86_64__) && defined(__has_include)
#if __has_include(<sys/platform/x86.h>)
#define HAS_SHA
#endif
#endif

#ifndef HAS_SHA

bool tt_sha256_blocks(uint32_t state[8], const uint8_t *p, size_t n)
{
    (void)state;
    (void)p;
    (void)n;
    return false;
}

#else

#include <immintrin.h>
#include <sys/platform/x86.h>

#define WITH_SHA __attribute__((target("sha,sse4.1,ssse3")))

/* FIPS 180-4, 4.2.2 */
static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static __m128i load(const void *p)
{
    return _mm_loadu_si128(p);
}

/* The state as the instructions want it: a, b, e, f and c, d, g, h, the first uppermost. */
typedef struct tt_halves {
    __m128i abef, cdgh;
} tt_halves;

WITH_SHA static tt_halves halves_of(const uint32_t state[8])
{
    __m128i cdab = _mm_shuffle_epi32(load(state), 0xB1), efgh = _mm_shuffle_epi32(load(state + 4), 0x1B);
    return (tt_halves){_mm_alignr_epi8(cdab, efgh, 8), _mm_blend_epi16(efgh, cdab, 0xF0)};
}

WITH_SHA static void state_of(tt_halves h, uint32_t state[8])
{
    __m128i feba = _mm_shuffle_epi32(h.abef, 0x1B), dchg = _mm_shuffle_epi32(h.cdgh, 0xB1);
    _mm_storeu_si128((void *)state, _mm_blend_epi16(feba, dchg, 0xF0));
    _mm_storeu_si128((void *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

/* Four rounds with the words w of the message; returns the words that stand 16 further on, for which the three groups
 * behind w are needed. */
WITH_SHA static inline __m128i four_rounds(tt_halves *h, const uint32_t *k, __m128i w, __m128i w4, __m128i w8,
                                           __m128i w12)
{
    __m128i sum = _mm_add_epi32(w, load(k));
    h->cdgh = _mm_sha256rnds2_epu32(h->cdgh, h->abef, sum);
    h->abef = _mm_sha256rnds2_epu32(h->abef, h->cdgh, _mm_shuffle_epi32(sum, 0x0E));
    __m128i next = _mm_add_epi32(_mm_sha256msg1_epu32(w, w4), _mm_alignr_epi8(w12, w8, 4));
    return _mm_sha256msg2_epu32(next, w12);
}

WITH_SHA static tt_halves take_block(tt_halves h, const uint8_t *p)
{
    const __m128i big_endian = _mm_set_epi64x(0x0C0D0E0F08090A0B, 0x0405060700010203);
    const tt_halves before = h;
    __m128i w0 = _mm_shuffle_epi8(load(p), big_endian), w4 = _mm_shuffle_epi8(load(p + 16), big_endian);
    __m128i w8 = _mm_shuffle_epi8(load(p + 32), big_endian), w12 = _mm_shuffle_epi8(load(p + 48), big_endian);
    for (size_t i = 0; i < 64; i += 16) {
        w0 = four_rounds(&h, constants + i, w0, w4, w8, w12);
        w4 = four_rounds(&h, constants + i + 4, w4, w8, w12, w0);
        w8 = four_rounds(&h, constants + i + 8, w8, w12, w0, w4);
        w12 = four_rounds(&h, constants + i + 12, w12, w0, w4, w8);
    }
    return (tt_halves){_mm_add_epi32(h.abef, before.abef), _mm_add_epi32(h.cdgh, before.cdgh)};
}

WITH_SHA static void take_blocks(uint32_t state[8], const uint8_t *p, size_t n)
{
    tt_halves h = halves_of(state);
    for (; n > 0; n--, p += 64)
        h = take_block(h, p);
    state_of(h, state);
}

/* The C library has asked the processor when the program began. */
bool tt_sha256_blocks(uint32_t state[8], const uint8_t *p, size_t n)
{
    if (!x86_cpu_active(x86_cpu_SHA) || !x86_cpu_active(x86_cpu_SSE4_1))
        return false;
    take_blocks(state, p, n);
    return true;
}

#endif
