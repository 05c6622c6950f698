/* In: strings, numbers, days. Out: the same compared, hashed, interned, as text. Not here: Unicode (unicode.c), dates as
 * authors write them (read/date.c). */
#include "base/str.h"

#include <endian.h>
#include <string.h>

tt_str tt_str_of(const char *text)
{
    return (tt_str){text, text ? strlen(text) : 0};
}

bool tt_str_eq(tt_str a, tt_str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

int tt_str_cmp(tt_str a, tt_str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.p, b.p, n) : 0;
    return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool tt_str_is(tt_str a, const char *text)
{
    return tt_str_eq(a, tt_str_of(text));
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool tt_str_is_nocase(tt_str a, const char *text)
{
    if (strlen(text) != a.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (lower(a.p[i]) != lower(text[i]))
            return false;
    return true;
}

bool tt_str_starts(tt_str a, tt_str with)
{
    return a.n >= with.n && (with.n == 0 || memcmp(a.p, with.p, with.n) == 0);
}

bool tt_str_ends(tt_str a, tt_str with)
{
    return a.n >= with.n && (with.n == 0 || memcmp(a.p + a.n - with.n, with.p, with.n) == 0);
}

static bool blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

tt_str tt_str_trim(tt_str a)
{
    while (a.n && blank(a.p[0]))
        a.p++, a.n--;
    while (a.n && blank(a.p[a.n - 1]))
        a.n--;
    return a;
}

tt_str tt_str_cut(tt_str *rest, char at)
{
    const char *hit = rest->n ? memchr(rest->p, at, rest->n) : NULL;
    tt_str head = *rest;
    if (hit) {
        head.n = (size_t)(hit - rest->p);
        rest->p = hit + 1;
        rest->n -= head.n + 1;
    } else {
        rest->p += rest->n;
        rest->n = 0;
    }
    return head;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t tt_str_distance(tt_str a, tt_str b)
{
    size_t rows[3][TT_DISTANCE_MAX + 1];
    if (a.n > TT_DISTANCE_MAX || b.n > TT_DISTANCE_MAX)
        return SIZE_MAX;
    for (size_t j = 0; j <= b.n; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        size_t *now = rows[i % 3];
        const size_t *last = rows[(i - 1) % 3], *before = rows[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= b.n; j++) {
            now[j] = smaller(last[j - 1] + (a.p[i - 1] != b.p[j - 1]), smaller(last[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1])
                now[j] = smaller(now[j], before[j - 2] + 1);
        }
    }
    return rows[a.n % 3][b.n];
}

int tt_str_dup(tt_arena *a, tt_str s, tt_str *out)
{
    const char *copy = tt_arena_dup(a, s.p, s.n);
    if (!copy)
        return TT_ENOMEM;
    *out = (tt_str){copy, s.n};
    return 0;
}

/* ---- hash: 64-bit multiply-and-fold over words read in little-endian order ---- */

static uint64_t load(const char *p, size_t n)
{
    uint64_t x = 0;
    if (n)
        memcpy(&x, p, n);
    return le64toh(x);
}

static uint64_t mix(uint64_t x)
{
    /* finaliser of MurmurHash3 (Appleby, public domain), variant 13 of Stafford */
    x ^= x >> 30;
    x *= 0xBF58476D1CE4E5B9u;
    x ^= x >> 27;
    x *= 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

uint64_t tt_hash(const char *p, size_t n, uint64_t seed)
{
    uint64_t h = mix(seed ^ (n * 0x9E3779B97F4A7C15u));
    while (n >= 8) {
        h = mix(h ^ load(p, 8)) + 0x9E3779B97F4A7C15u;
        p += 8;
        n -= 8;
    }
    return mix(h ^ load(p, n));
}

/* Rounds and merging of XXH64 (Collet, public specification), four lanes side by side; the end by tt_hash. */
enum { LANES = 4 };

static uint64_t turn(uint64_t lane, const char *p)
{
    lane += load(p, 8) * 0xC2B2AE3D27D4EB4Fu;
    lane = lane << 31 | lane >> 33;
    return lane * 0x9E3779B185EBCA87u;
}

uint64_t tt_hash_long(const char *p, size_t n)
{
    uint64_t v[LANES] = {0x60EA27EEADC0B5D6u, 0xC2B2AE3D27D4EB4Fu, 0, 0x61C8864E7A143579u}, h = n;
    if (n < LANES * 8)
        return tt_hash(p, n, 0);
    for (; n >= LANES * 8; n -= LANES * 8)
        for (size_t i = 0; i < LANES; i++, p += 8)
            v[i] = turn(v[i], p);
    for (size_t i = 0; i < LANES; i++)
        h = mix(h ^ v[i]) + 0x9E3779B97F4A7C15u;
    return tt_hash(p, n, h);
}

/* ---- interning ---- */

static size_t slot_of(const tt_intern *t, tt_str s, uint64_t h)
{
    size_t i = (size_t)h & (t->n_slots - 1);
    while (t->slots[i]) {
        uint32_t id = t->slots[i] - 1;
        if (t->hashes[id] == h && tt_str_eq(t->v[id], s))
            break;
        i = (i + 1) & (t->n_slots - 1);
    }
    return i;
}

static int widen(tt_intern *t)
{
    size_t n = t->n_slots ? t->n_slots * 2 : 64;
    uint32_t *slots = tt_calloc(n, sizeof *slots);
    if (!slots)
        return TT_ENOMEM;
    tt_free(t->slots);
    t->slots = slots;
    t->n_slots = n;
    for (size_t id = 0; id < t->n; id++)
        slots[slot_of(t, t->v[id], t->hashes[id])] = (uint32_t)id + 1;
    return 0;
}

int tt_intern_add(tt_intern *t, tt_str s, uint32_t *id)
{
    if (t->n + 1 > t->n_slots / 2 && widen(t) != 0)
        return TT_ENOMEM;
    uint64_t h = tt_hash(s.p, s.n, 0);
    size_t i = slot_of(t, s, h);
    if (!t->slots[i]) {
        if (t->n >= UINT32_MAX - 1 || tt_grow(&t->v, &t->cap_v, t->n + 1, sizeof *t->v) != 0 ||
            tt_grow(&t->hashes, &t->cap_h, t->n + 1, sizeof *t->hashes) != 0 ||
            tt_str_dup(&t->arena, s, &t->v[t->n]) != 0)
            return TT_ENOMEM;
        t->hashes[t->n] = h;
        t->slots[i] = (uint32_t)++t->n;
    }
    *id = t->slots[i] - 1;
    return 0;
}

bool tt_intern_find(const tt_intern *t, tt_str s, uint32_t *id)
{
    return tt_intern_find_hashed(t, s, tt_hash(s.p, s.n, 0), id);
}

bool tt_intern_find_hashed(const tt_intern *t, tt_str s, uint64_t hash, uint32_t *id)
{
    if (!t->n_slots)
        return false;
    size_t i = slot_of(t, s, hash);
    if (!t->slots[i])
        return false;
    *id = t->slots[i] - 1;
    return true;
}

void tt_intern_release(tt_intern *t)
{
    tt_arena_release(&t->arena);
    tt_free(t->v);
    tt_free(t->hashes);
    tt_free(t->slots);
    *t = (tt_intern){0};
}

/* ---- numbers ---- */

static char *put_digits(uint64_t x, char *to)
{
    char digits[TT_INT_SIZE];
    size_t n = 0;
    do
        digits[n++] = (char)('0' + x % 10);
    while (x /= 10);
    while (n)
        *to++ = digits[--n];
    return to;
}

size_t tt_int_format(int64_t x, char out[TT_INT_SIZE])
{
    char *to = out;
    if (x < 0)
        *to++ = '-';
    to = put_digits(x < 0 ? 0 - (uint64_t)x : (uint64_t)x, to);
    *to = '\0';
    return (size_t)(to - out);
}

/* Six digits, 100000 to 999999, or 0; the first of them stands for 10^exponent. */
typedef struct tt_six {
    uint32_t digits;
    int exponent;
} tt_six;

/* The quick way to six digits, for x > 0. All powers in `tens` are doubles, so scaling by one of them rounds once: `s`
 * is wrong by at most 2^-53 of itself, less than 2e-10. Where s is not within 1e-6 of the middle between two whole
 * numbers, the one nearest to s is so the one nearest to the true value. s may have been taken for less than 100000, or
 * not, by that error; then both ways give 100000. false: another way must tell. */
static bool six_digits(double x, tt_six *out)
{
    static const double tens[] = {1e0, 1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7, 1e8,
                                  1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16};
    int e = 0;
    double s;
    if (!(x >= 1e-10 && x < 1e15))
        return false;
    if (x >= 1) {
        while (x >= tens[e + 1])
            e++;
        s = e <= 5 ? x * tens[5 - e] : x / tens[e - 5];
    } else {
        do
            s = x * tens[5 - --e];
        while (s < 100000);
    }
    uint32_t digits = (uint32_t)s;
    double rest = s - digits;
    if (rest > 0.5 - 1e-6 && rest < 0.5 + 1e-6)
        return false;
    digits += rest > 0.5;
    *out = digits == 1000000 ? (tt_six){100000, e + 1} : (tt_six){digits, e};
    return true;
}

/* The same for any finite number: out of %e, whose decimal point depends on the locale. */
static tt_six six_of_printf(double x)
{
    char e[48];
    tt_six out = {0};
    snprintf(e, sizeof e, "%.5e", x);
    const char *p = e;
    for (; *p && *p != 'e'; p++)
        if (*p >= '0' && *p <= '9')
            out.digits = out.digits * 10 + (uint32_t)(*p - '0');
    if (*p == 'e') {
        bool minus = p[1] == '-';
        for (p += 2; *p >= '0' && *p <= '9'; p++)
            out.exponent = out.exponent * 10 + (*p - '0');
        out.exponent = minus ? -out.exponent : out.exponent;
    }
    return out;
}

/* Digits d₁d₂… without zeros at the end, the point where the exponent has it. */
static char *put_six(tt_six six, char *to)
{
    char digits[6];
    int n = 6;
    for (int i = 5; i >= 0; i--, six.digits /= 10)
        digits[i] = (char)('0' + six.digits % 10);
    while (n > 1 && digits[n - 1] == '0')
        n--;
    if (six.exponent < 0) {
        *to++ = '0';
        *to++ = '.';
        for (int i = -1; i > six.exponent; i--)
            *to++ = '0';
    }
    for (int i = 0; i < n || i <= six.exponent; i++) {
        if (six.exponent >= 0 && i == six.exponent + 1)
            *to++ = '.';
        *to++ = i < n ? digits[i] : '0';
    }
    return to;
}

size_t tt_num_format(double x, char out[TT_NUM_SIZE])
{
    char *to = out;
    double size = x < 0 ? -x : x;
    tt_six six;
    if (x < 0)
        *to++ = '-';
    if (size < 1000000 && size == (double)(uint32_t)size) {
        to = put_digits((uint32_t)size, to);
    } else if (size == size) { /* else not a number: not available */
        if (!six_digits(size, &six))
            six = six_of_printf(size);
        to = six.digits ? put_six(six, to) : out;
        if (to == out)
            *to++ = '0';
    }
    *to = '\0';
    return (size_t)(to - out);
}

bool tt_num_parse(tt_str s, int64_t *out)
{
    int64_t x = 0;
    if (s.n == 0)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        int d = s.p[i] - '0';
        if (x > (INT64_MAX - d) / 10)
            return false;
        x = x * 10 + d;
    }
    *out = x;
    return true;
}

/* ---- calendar: days from civil and back as in H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" ---- */

bool tt_day_of(int year, int month, int day, int32_t *out)
{
    static const int last[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1)
        return false;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (day > last[month - 1] + (month == 2 && leap))
        return false;
    int y = year - (month <= 2);
    int era = y / 400; /* y >= 0 */
    int of_era = y - era * 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    *out = era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
    return true;
}

void tt_day_split(int32_t day, int *year, int *month, int *dom)
{
    int z = day + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int of_era = z - era * 146097;
    int yoe = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int doy = of_era - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    *dom = doy - (153 * mp + 2) / 5 + 1;
    *month = mp < 10 ? mp + 3 : mp - 9;
    *year = yoe + era * 400 + (*month <= 2);
}

int tt_day_weekday(int32_t day)
{
    int w = (day + 3) % 7; /* 1970-01-01 was a Thursday */
    return (w < 0 ? w + 7 : w) + 1;
}

void tt_day_week(int32_t day, int *iso_year, int *week)
{
    /* the week belongs to the year of its Thursday */
    int32_t thursday = day + 4 - tt_day_weekday(day);
    int month, dom;
    int32_t first = 0;
    tt_day_split(thursday, iso_year, &month, &dom);
    if (!tt_day_of(*iso_year, 1, 1, &first))
        first = thursday;
    *week = (thursday - first) / 7 + 1;
}

static char *put_two(int x, char *to)
{
    *to++ = (char)('0' + x / 10);
    *to++ = (char)('0' + x % 10);
    return to;
}

void tt_day_words(tt_buf *to, int32_t day, bool with_year)
{
    static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                         "July",    "August",   "September", "October", "November", "December"};
    int y, m, d;
    tt_day_split(day, &y, &m, &d);
    tt_buf_f(to, "%d %s", d, months[m - 1]);
    if (with_year)
        tt_buf_f(to, " %d", y);
}

size_t tt_day_format(int32_t day, char out[TT_DATE_SIZE])
{
    int y, m, d;
    char *to = out;
    if (day != TT_NO_DATE) {
        tt_day_split(day, &y, &m, &d);
        y = y < 0 ? 0 : y % 10000; /* no date is outside 1 to 9999 */
        to = put_two(y % 100, put_two(y / 100, to));
        *to++ = '-';
        to = put_two(m, to);
        *to++ = '-';
        to = put_two(d, to);
    }
    *to = '\0';
    return (size_t)(to - out);
}
