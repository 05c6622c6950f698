/* In: bytes. Out: bit maps of their classes. Not here: what is made of them (tag/scan).
 *
 * Each machine's code does 64 bytes at p; the last ones are copied, so that nothing behind the text is read. */
#include "tag/wordbits.h"

#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define HAS_AVX2 1
#include <immintrin.h>
#elif defined(__aarch64__) && defined(__ARM_NEON) && defined(__GNUC__)
#define HAS_NEON 1
#include <arm_neon.h>
#endif

enum { BLOCK = 64, BEHIND = TT_NEEDLE_BYTES - 1 };

/* The four maps of 64 bytes. */
struct bits {
    uint64_t alnum, mid, under, high;
};

static bool is_mid(unsigned char c)
{
    return c == '\'' || c == ',' || c == '.' || c == ':' || c == ';';
}

/* n items. */
static void fill_plain(const char *p, size_t n, const tt_wordbits *to)
{
    for (size_t k = 0; k < n; k++, p += BLOCK) {
        struct bits b = {0};
        for (unsigned i = 0; i < BLOCK; i++) {
            unsigned char c = (unsigned char)p[i];
            b.alnum |= (uint64_t)((unsigned char)((c | 0x20) - 'a') < 26 || (unsigned char)(c - '0') < 10) << i;
            b.mid |= (uint64_t)is_mid(c) << i;
            b.under |= (uint64_t)(c == '_') << i;
            b.high |= (uint64_t)(c >= 0x80) << i;
        }
        to->alnum[k] = b.alnum;
        to->mid[k] = b.mid;
        to->under[k] = b.under;
        to->high[k] = b.high;
    }
}

static uint64_t find_plain(const tt_needles *t, const char *p)
{
    uint64_t found = 0;
    for (unsigned i = 0; i < BLOCK; i++) {
        unsigned groups = 0xFF;
        for (unsigned k = 0; k < TT_NEEDLE_BYTES; k++) {
            unsigned char c = (unsigned char)p[i + k];
            groups &= t->low[k][c & 15] & t->high[k][c >> 4];
        }
        found |= (uint64_t)(groups != 0) << i;
    }
    return found;
}

#if HAS_AVX2
TT_SIMD_CODE static inline uint32_t mask_of(__m256i v)
{
    return (uint32_t)_mm256_movemask_epi8(v);
}

TT_SIMD_CODE static inline __m256i load(const char *p)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

/* Bytes within from..from + n - 1, n at most 128: moved to the lowest signed numbers. */
TT_SIMD_CODE static inline __m256i within(__m256i v, char from, char n)
{
    __m256i moved = _mm256_sub_epi8(v, _mm256_set1_epi8((char)(from + -128)));
    return _mm256_cmpgt_epi8(_mm256_set1_epi8((char)(n - 128)), moved);
}

TT_SIMD_CODE static inline __m256i is(__m256i v, char c)
{
    return _mm256_cmpeq_epi8(v, _mm256_set1_epi8(c));
}

struct masks {
    uint32_t alnum, mid, under, high;
};

TT_SIMD_CODE static inline struct masks masks_of(const char *p)
{
    __m256i v = load(p);
    __m256i letter = within(_mm256_or_si256(v, _mm256_set1_epi8(0x20)), 'a', 26);
    __m256i mid = _mm256_or_si256(_mm256_or_si256(is(v, '\''), is(v, ',')), within(v, ':', 2));
    return (struct masks){mask_of(_mm256_or_si256(letter, within(v, '0', 10))),
                          mask_of(_mm256_or_si256(mid, is(v, '.'))), mask_of(is(v, '_')), mask_of(v)};
}

TT_SIMD_CODE static inline struct bits bits_of(const char *p)
{
    struct masks a = masks_of(p), b = masks_of(p + 32);
    return (struct bits){(uint64_t)b.alnum << 32 | a.alnum, (uint64_t)b.mid << 32 | a.mid,
                         (uint64_t)b.under << 32 | a.under, (uint64_t)b.high << 32 | a.high};
}

TT_SIMD_CODE static void fill_simd(const char *p, size_t n, const tt_wordbits *to)
{
    for (size_t i = 0; i < n; i++) {
        struct bits b = bits_of(p + i * BLOCK);
        to->alnum[i] = b.alnum;
        to->mid[i] = b.mid;
        to->under[i] = b.under;
        to->high[i] = b.high;
    }
}

TT_SIMD_CODE static inline __m256i table_of(const uint8_t table[16])
{
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)table));
}

TT_SIMD_CODE static uint64_t find_simd(const tt_needles *t, const char *p)
{
    uint32_t part[2];
    const __m256i nibble = _mm256_set1_epi8(15);
    for (unsigned half = 0; half < 2; half++) {
        __m256i groups = _mm256_set1_epi8(-1);
        for (unsigned k = 0; k < TT_NEEDLE_BYTES; k++) {
            __m256i v = load(p + half * 32 + k);
            __m256i low = _mm256_shuffle_epi8(table_of(t->low[k]), _mm256_and_si256(v, nibble));
            __m256i high = _mm256_shuffle_epi8(table_of(t->high[k]), _mm256_and_si256(_mm256_srli_epi16(v, 4), nibble));
            groups = _mm256_and_si256(groups, _mm256_and_si256(low, high));
        }
        part[half] = ~mask_of(is(groups, 0));
    }
    return (uint64_t)part[1] << 32 | part[0];
}

tt_wordbits_how tt_wordbits_best(void)
{
    bool all = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
               __builtin_cpu_supports("popcnt");
    return all ? TT_WORDBITS_SIMD : TT_WORDBITS_PLAIN;
}

#elif HAS_NEON

/* One bit of each byte, which is 0 or 0xFF: weights within eight bytes, added up in pairs. */
static inline uint64_t mask_of(const uint8x16_t v[4])
{
    static const uint8_t weights[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    uint8x16_t w = vld1q_u8(weights);
    uint8x16_t a = vpaddq_u8(vandq_u8(v[0], w), vandq_u8(v[1], w));
    uint8x16_t b = vpaddq_u8(vandq_u8(v[2], w), vandq_u8(v[3], w));
    a = vpaddq_u8(a, b);
    a = vpaddq_u8(a, a);
    return vgetq_lane_u64(vreinterpretq_u64_u8(a), 0);
}

static inline uint8x16_t within(uint8x16_t v, uint8_t from, uint8_t n)
{
    return vcltq_u8(vsubq_u8(v, vdupq_n_u8(from)), vdupq_n_u8(n));
}

static inline uint8x16_t is(uint8x16_t v, uint8_t c)
{
    return vceqq_u8(v, vdupq_n_u8(c));
}

static void fill_simd(const char *p, size_t n, const tt_wordbits *to)
{
    uint8x16_t alnum[4], mid[4], under[4], high[4];
    for (size_t k = 0; k < n; k++, p += BLOCK) {
        for (unsigned i = 0; i < 4; i++) {
            uint8x16_t v = vld1q_u8((const uint8_t *)p + i * 16);
            alnum[i] = vorrq_u8(within(vorrq_u8(v, vdupq_n_u8(0x20)), 'a', 26), within(v, '0', 10));
            mid[i] = vorrq_u8(vorrq_u8(is(v, '\''), is(v, ',')), vorrq_u8(is(v, '.'), within(v, ':', 2)));
            under[i] = is(v, '_');
            high[i] = vcgeq_u8(v, vdupq_n_u8(0x80));
        }
        to->alnum[k] = mask_of(alnum);
        to->mid[k] = mask_of(mid);
        to->under[k] = mask_of(under);
        to->high[k] = mask_of(high);
    }
}

static uint64_t find_simd(const tt_needles *t, const char *p)
{
    uint8x16_t found[4];
    for (unsigned i = 0; i < 4; i++) {
        uint8x16_t groups = vdupq_n_u8(0xFF);
        for (unsigned k = 0; k < TT_NEEDLE_BYTES; k++) {
            uint8x16_t v = vld1q_u8((const uint8_t *)p + i * 16 + k);
            uint8x16_t low = vqtbl1q_u8(vld1q_u8(t->low[k]), vandq_u8(v, vdupq_n_u8(15)));
            uint8x16_t high = vqtbl1q_u8(vld1q_u8(t->high[k]), vshrq_n_u8(v, 4));
            groups = vandq_u8(groups, vandq_u8(low, high));
        }
        found[i] = vtstq_u8(groups, groups);
    }
    return mask_of(found);
}

tt_wordbits_how tt_wordbits_best(void)
{
    return TT_WORDBITS_SIMD;
}

#else

#define fill_simd fill_plain
#define find_simd find_plain

tt_wordbits_how tt_wordbits_best(void)
{
    return TT_WORDBITS_PLAIN;
}

#endif

void tt_wordbits_fill(tt_wordbits_how how, const char *p, size_t n, const tt_wordbits *to)
{
    void (*const fill)(const char *, size_t, const tt_wordbits *) = how == TT_WORDBITS_SIMD ? fill_simd : fill_plain;
    const size_t whole = n / BLOCK;
    char last[BLOCK] = {0};
    fill(p, whole, to);
    if (n % BLOCK == 0)
        return;
    memcpy(last, p + whole * BLOCK, n % BLOCK);
    fill(last, 1, &(tt_wordbits){to->alnum + whole, to->mid + whole, to->under + whole, to->high + whole});
}

void tt_wordbits_find(tt_wordbits_how how, const tt_needles *needles, const char *p, size_t n, uint64_t *to)
{
    uint64_t (*const find)(const tt_needles *, const char *) = how == TT_WORDBITS_SIMD ? find_simd : find_plain;
    for (size_t i = 0; i < n; i += BLOCK) {
        char last[BLOCK + BEHIND] = {0};
        size_t left = n - i;
        if (left < sizeof last)
            memcpy(last, p + i, left);
        uint64_t found = find(needles, left < sizeof last ? last : p + i);
        to[i / BLOCK] = left < BLOCK ? found & (((uint64_t)1 << left) - 1) : found;
    }
}
