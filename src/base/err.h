/* err: filling a tt_err, telling a tt_sink. */
#ifndef TT_BASE_ERR_H
#define TT_BASE_ERR_H

#include "tagtrend.h"

#if defined(__GNUC__)
#define TT_PRINTF(f, a) __attribute__((format(printf, f, a)))
#else
#define TT_PRINTF(f, a)
#endif

/* Fills *err (which may be NULL) and returns `code`, so that a failing function can end with `return tt_fail(…)`.
 * `path` may be NULL; what does not fit is cut at a character's end. */
int tt_fail(tt_err *err, int code, const char *path, size_t line, size_t column, const char *format, ...)
    TT_PRINTF(6, 7);
int tt_fail_memory(tt_err *err);

/* Sends one message; `sink` and `sink->tell` may be NULL. */
void tt_tell(const tt_sink *sink, tt_level level, const char *path, size_t line, size_t column, const char *format, ...)
    TT_PRINTF(6, 7);
void tt_tell_err(const tt_sink *sink, tt_level level, const tt_err *err);

#endif
