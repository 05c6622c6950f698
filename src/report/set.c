/* In: a folder, files as bytes. Out: the files there, and their list. Not here: which files there are (report.c,
 * gallery.c). */
#include "report/set.h"

#include "base/digest.h"
#include "base/file.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void tt_set_release(tt_set *s)
{
    tt_buf_release(&s->text);
    tt_free(s->files);
    tt_arena_release(&s->arena);
}

const char *tt_set_name(tt_set *s, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    char *out = n < 0 ? NULL : tt_arena_alloc(&s->arena, (size_t)n + 1);
    if (out)
        vsnprintf(out, (size_t)n + 1, format, again);
    va_end(again);
    va_end(args);
    return out;
}

const char *tt_set_path(tt_set *s, const char *name)
{
    return tt_set_name(s, "%s/%s", s->folder, name);
}

int tt_set_write(tt_set *s, const char *name, const tt_buf *text)
{
    const char *path = tt_set_path(s, name);
    if (text->failed || !path)
        return tt_fail_memory(s->err);
    return tt_file_write(path, text->p ? text->p : "", text->n, s->err);
}

int tt_set_put(tt_set *s, const char *name)
{
    int rc = tt_grow(&s->files, &s->cap_files, s->n_files + 1, sizeof *s->files);
    if (rc != 0)
        return tt_fail_memory(s->err);
    rc = tt_set_write(s, name, &s->text);
    if (rc == 0) {
        tt_set_file *f = &s->files[s->n_files++];
        f->path = name;
        f->n_bytes = s->text.n;
        tt_digest_of(s->text.p ? s->text.p : "", s->text.n, f->digest);
    }
    tt_buf_reset(&s->text);
    return rc;
}

int tt_set_remove(tt_set *s, const char *name)
{
    const char *path = tt_set_path(s, name);
    if (!path)
        return tt_fail_memory(s->err);
    if (tt_file_kind_of(path) == TT_FILE_REGULAR && remove(path) != 0)
        return tt_fail(s->err, TT_EIO, path, 0, 0, "cannot remove this file of an earlier run; remove it by hand");
    return 0;
}

int tt_set_has(tt_set *s, const char *name, const char *mark, bool *has)
{
    enum { MOST = 64 * 1024 * 1024 }; /* bytes; what is larger, or cannot be read, has none */
    const char *path = tt_set_path(s, name);
    tt_buf text = {0};
    tt_err why = {0};
    *has = false;
    if (!path)
        return tt_fail_memory(s->err);
    int rc = tt_file_kind_of(path) == TT_FILE_REGULAR ? tt_file_read(path, MOST, &text, &why) : TT_EIO;
    *has = rc == 0 && text.n && memmem(text.p, text.n, mark, strlen(mark));
    tt_buf_release(&text);
    return rc == TT_ENOMEM ? tt_fail_memory(s->err) : 0;
}
