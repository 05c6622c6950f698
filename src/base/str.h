/* str: tt_str, the hash of the tables, interning, numbers as text. */
#ifndef TT_BASE_STR_H
#define TT_BASE_STR_H

#include "base/mem.h"

#define TT_S(literal) ((tt_str){literal, sizeof(literal) - 1})
tt_str tt_str_of(const char *text); /* text may be NULL: empty */
bool tt_str_eq(tt_str a, tt_str b);
int tt_str_cmp(tt_str a, tt_str b); /* by bytes, which is by code points */
bool tt_str_is(tt_str a, const char *text);
bool tt_str_is_nocase(tt_str a, const char *text); /* ASCII only */
bool tt_str_starts(tt_str a, tt_str with);
bool tt_str_ends(tt_str a, tt_str with);
tt_str tt_str_trim(tt_str a);             /* ASCII white space at both ends */
tt_str tt_str_cut(tt_str *rest, char at); /* takes up to `at` (or all), *rest goes on behind it */
/* Edit distance in bytes, neighbours swapped counting as one (optimal string alignment); SIZE_MAX: one of them is longer
 * than TT_DISTANCE_MAX, and nothing is near it. */
enum { TT_DISTANCE_MAX = 64 };
size_t tt_str_distance(tt_str a, tt_str b);
int tt_str_dup(tt_arena *a, tt_str s, tt_str *out);

uint64_t tt_hash(const char *p, size_t n, uint64_t seed); /* the same on every machine */
uint64_t tt_hash_long(const char *p, size_t n); /* the same on every machine; another one, for texts of any length */

/* Interning: strings to ids 0, 1, …, in order of adding. {0} is an empty one; the strings are copied. */
typedef struct tt_intern {
    tt_arena arena;
    tt_str *v;
    uint64_t *hashes;
    size_t n, cap_v, cap_h;
    uint32_t *slots; /* id + 1 */
    size_t n_slots;
} tt_intern;
int tt_intern_add(tt_intern *t, tt_str s, uint32_t *id);
bool tt_intern_find(const tt_intern *t, tt_str s, uint32_t *id);
bool tt_intern_find_hashed(const tt_intern *t, tt_str s, uint64_t hash, uint32_t *id); /* hash: tt_hash with seed 0 */
void tt_intern_release(tt_intern *t);

#define TT_NUM_SIZE 400
/* Six significant digits, never an exponent, `.` in any locale, no zeros at the end: 0.0001, 18.1, 123457, 0.333333.
 * -0 is 0. Returns the length. */
size_t tt_num_format(double x, char out[TT_NUM_SIZE]);

#define TT_INT_SIZE 24
size_t tt_int_format(int64_t x, char out[TT_INT_SIZE]); /* decimal; returns the length */

/* Decimal digits alone -> *out; false: empty, another character, or above INT64_MAX. */
bool tt_num_parse(tt_str s, int64_t *out);

/* Proleptic Gregorian calendar <-> days since 1970-01-01; years 1 to 9999. false: no such day. */
bool tt_day_of(int year, int month, int day, int32_t *out);
void tt_day_split(int32_t day, int *year, int *month, int *dom);
int tt_day_weekday(int32_t day);                           /* 1 Monday … 7 Sunday (ISO 8601) */
void tt_day_week(int32_t day, int *iso_year, int *week);   /* ISO 8601 */
size_t tt_day_format(int32_t day, char out[TT_DATE_SIZE]); /* 2020-10-11; TT_NO_DATE: ""; returns the length */
void tt_day_words(tt_buf *to, int32_t day, bool with_year); /* 10 October 2021, 10 October */

#endif
