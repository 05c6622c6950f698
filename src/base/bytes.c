/* In: text and a set of bytes. Out: bits that tell where they stand; letters and digits alone. Not here: what they mean. */
#include "base/bytes.h"

#include <string.h>

void tt_bytes_find_plain(const tt_bytes_set *set, const char *p, size_t n, uint64_t *bits)
{
    bool in[256];
    for (size_t c = 0; c < 256; c++)
        in[c] = (set->low[c & 15] & set->high[c >> 4]) != 0;
    for (size_t at = 0; at < n; at += 64) {
        uint64_t word = 0;
        for (size_t i = 0; i < 64 && at + i < n; i++)
            word |= (uint64_t)in[(unsigned char)p[at + i]] << i;
        bits[at / 64] = word;
    }
}

size_t tt_bytes_letters_plain(const char *p, size_t n, bool digits, char *to, size_t *n_letters)
{
    size_t kept = 0, letters = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)p[i] | 0x20; /* a digit has this bit */
        bool letter = c >= 'a' && c <= 'z';
        to[kept] = (char)c;
        kept += letter || (digits && (unsigned char)(p[i] - '0') < 10);
        letters += letter;
    }
    *n_letters = letters;
    return kept;
}

#if defined(__x86_64__)
#include <immintrin.h>

__attribute__((target("avx2"))) static uint32_t find_32(__m256i low, __m256i high, const char *p)
{
    const __m256i nibble = _mm256_set1_epi8(15);
    __m256i text = _mm256_loadu_si256((const __m256i *)(const void *)p);
    __m256i row = _mm256_shuffle_epi8(low, _mm256_and_si256(text, nibble));
    __m256i column = _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(text, 4), nibble));
    __m256i none = _mm256_cmpeq_epi8(_mm256_and_si256(row, column), _mm256_setzero_si256());
    return ~(uint32_t)_mm256_movemask_epi8(none);
}

__attribute__((target("avx2"))) static void find_avx2(const tt_bytes_set *set, const char *p, size_t n, uint64_t *bits)
{
    const __m256i low = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)set->low));
    const __m256i high = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)set->high));
    size_t at = 0;
    for (; n - at >= 64; at += 64)
        bits[at / 64] = (uint64_t)find_32(low, high, p + at + 32) << 32 | find_32(low, high, p + at);
    if (at < n) {
        char rest[64] = {0};
        memcpy(rest, p + at, n - at);
        uint64_t word = (uint64_t)find_32(low, high, rest + 32) << 32 | find_32(low, high, rest);
        bits[at / 64] = word & (UINT64_MAX >> (64 - (n - at)));
    }
}

void tt_bytes_find(const tt_bytes_set *set, const char *p, size_t n, uint64_t *bits)
{
    if (__builtin_cpu_supports("avx2"))
        find_avx2(set, p, n, bits);
    else
        tt_bytes_find_plain(set, p, n, bits);
}

#define WITH_PEXT __attribute__((target("avx2,bmi2,popcnt")))

/* 0xFF for each byte of from..from + n - 1: moved to the lowest signed numbers. */
WITH_PEXT static inline __m256i within(__m256i v, char from, char n)
{
    __m256i moved = _mm256_sub_epi8(v, _mm256_set1_epi8((char)(from + -128)));
    return _mm256_cmpgt_epi8(_mm256_set1_epi8((char)(n - 128)), moved);
}

WITH_PEXT static inline char *press(uint64_t text, uint64_t keep, char *to)
{
    text = _pext_u64(text, keep);
    memcpy(to, &text, sizeof text);
    return to + (size_t)__builtin_popcountll(keep) / 8;
}

WITH_PEXT static size_t letters_pext(const char *p, size_t n, bool digits, char *to, size_t *n_letters)
{
    const __m256i case_bit = _mm256_set1_epi8(0x20); /* a digit has it */
    const __m256i wanted = _mm256_set1_epi8(digits ? -1 : 0);
    char last[32] = {0}, *const from = to;
    size_t letters = 0;
    for (size_t at = 0; at < n; at += sizeof last) {
        const bool whole = n - at >= sizeof last;
        if (!whole)
            memcpy(last, p + at, n - at);
        __m256i v = _mm256_loadu_si256((const __m256i *)(const void *)(whole ? p + at : last));
        __m256i text = _mm256_or_si256(v, case_bit), letter = within(text, 'a', 26);
        __m256i keep = _mm256_or_si256(letter, _mm256_and_si256(within(v, '0', 10), wanted));
        __m128i t[2] = {_mm256_castsi256_si128(text), _mm256_extracti128_si256(text, 1)};
        __m128i k[2] = {_mm256_castsi256_si128(keep), _mm256_extracti128_si256(keep, 1)};
        letters += (size_t)__builtin_popcount((unsigned)_mm256_movemask_epi8(letter));
        for (int i = 0; i < 2; i++) {
            to = press((uint64_t)_mm_cvtsi128_si64(t[i]), (uint64_t)_mm_cvtsi128_si64(k[i]), to);
            to = press((uint64_t)_mm_extract_epi64(t[i], 1), (uint64_t)_mm_extract_epi64(k[i], 1), to);
        }
    }
    *n_letters = letters;
    return (size_t)(to - from);
}

size_t tt_bytes_letters(const char *p, size_t n, bool digits, char *to, size_t *n_letters)
{
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt"))
        return letters_pext(p, n, digits, to, n_letters);
    return tt_bytes_letters_plain(p, n, digits, to, n_letters);
}
#else
void tt_bytes_find(const tt_bytes_set *set, const char *p, size_t n, uint64_t *bits)
{
    tt_bytes_find_plain(set, p, n, bits);
}

size_t tt_bytes_letters(const char *p, size_t n, bool digits, char *to, size_t *n_letters)
{
    return tt_bytes_letters_plain(p, n, digits, to, n_letters);
}
#endif

void tt_finder_init(tt_finder *f, const tt_bytes_set *set, const char *p, size_t n)
{
    f->set = set;
    f->p = p;
    f->n = n;
    f->base = f->end = 0;
}

size_t tt_finder_far(tt_finder *f, size_t at, size_t end)
{
    for (; at < end; at = f->end) {
        if (at < f->base || at >= f->end) {
            f->base = at;
            f->end = f->n - at > TT_FINDER_BYTES ? at + TT_FINDER_BYTES : f->n;
            tt_bytes_find(f->set, f->p + f->base, f->end - f->base, f->bits);
        }
        size_t last = (end < f->end ? end : f->end) - f->base;
        size_t i = (at - f->base) / 64, n_words = (last + 63) / 64;
        uint64_t word = f->bits[i] & (UINT64_MAX << ((at - f->base) & 63));
        while (word == 0 && ++i < n_words)
            word = f->bits[i];
        if (word)
            return f->base + i * 64 + (size_t)__builtin_ctzll(word);
    }
    return end;
}
