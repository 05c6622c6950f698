/* date: dates as authors write them (COUNTING 1). The calendar itself is in base/str.h. */
#ifndef TT_READ_DATE_H
#define TT_READ_DATE_H

#include "base/str.h"

typedef enum tt_date_result { TT_DATE_OK, TT_DATE_UNKNOWN, TT_DATE_AMBIGUOUS, TT_DATE_IMPOSSIBLE } tt_date_result;

/* A metadata value: ISO 8601 with or without time and zone, RFC 822, 2020/10/11, 20201011, 2 January 2020,
 * January 2, 2020 (months in three letters too, ordinals as in 2nd too, a weekday before it allowed). 03/04/2019 is
 * ambiguous, 2020-02-30 impossible. The calendar day as written: no time-zone shift. */
tt_date_result tt_date_parse(tt_str text, int32_t *day);

/* The first full YYYY-MM-DD or YYYY-M-D (no digit before or after it) in a path: in its last component first, then in
 * folders from the innermost out. TT_NO_DATE: none. */
int32_t tt_date_in_path(tt_str path);

#endif
