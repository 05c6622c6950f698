/* In: what went wrong. Out: a filled tt_err, or a message to a tt_sink. Not here: printing (cli/ui.c). */
#include "base/err.h"

#include <stdarg.h>
#include <string.h>

/* Copies as much as fits and ends at a character's end. */
static void put(char *to, size_t size, const char *from)
{
    size_t n = strlen(from);
    if (n >= size) {
        n = size - 1;
        while (n > 0 && ((unsigned char)from[n] & 0xC0) == 0x80)
            n--;
    }
    memcpy(to, from, n);
    to[n] = '\0';
}

static void fill(tt_err *err, int code, const char *path, size_t line, size_t column, const char *format, va_list args)
{
    char text[2 * sizeof err->text];
    if (vsnprintf(text, sizeof text, format, args) < 0)
        text[0] = '\0';
    err->code = code;
    err->rule = NULL;
    err->line = line;
    err->column = column;
    put(err->path, sizeof err->path, path ? path : "");
    put(err->text, sizeof err->text, text);
}

int tt_fail(tt_err *err, int code, const char *path, size_t line, size_t column, const char *format, ...)
{
    if (err) {
        va_list args;
        va_start(args, format);
        fill(err, code, path, line, column, format, args);
        va_end(args);
    }
    return code;
}

int tt_fail_memory(tt_err *err)
{
    return tt_fail(err, TT_ENOMEM, NULL, 0, 0, "out of memory; close other programs or read a smaller archive");
}

void tt_tell(const tt_sink *sink, tt_level level, const char *path, size_t line, size_t column, const char *format, ...)
{
    if (!sink || !sink->tell)
        return;
    tt_err err;
    va_list args;
    va_start(args, format);
    fill(&err, level == TT_SKIPPED ? TT_EINPUT : TT_OK, path, line, column, format, args);
    va_end(args);
    sink->tell(sink->ctx, level, &err);
}

void tt_tell_err(const tt_sink *sink, tt_level level, const tt_err *err)
{
    if (sink && sink->tell)
        sink->tell(sink->ctx, level, err);
}
