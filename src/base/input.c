/* In: a file, standard input, memory or a function. Out: its bytes through a window. Not here: what they mean. */
#include "base/input.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STEP = 64 * 1024 };

static int fail_read(tt_input *in, const char *what, tt_err *err)
{
    return tt_fail(err, errno == ENOMEM ? TT_ENOMEM : TT_EIO, in->path, 0, 0, "cannot %s: %s", what, strerror(errno));
}

static int read_fd(void *ctx, char *to, size_t n, size_t *got, tt_err *err)
{
    tt_input *in = ctx;
    ssize_t done;
    do
        done = read(in->fd, to, n);
    while (done < 0 && errno == EINTR);
    if (done < 0)
        return fail_read(in, "read", err);
    *got = (size_t)done;
    return 0;
}

int tt_input_open(tt_input *in, const char *path, tt_err *err)
{
    *in = (tt_input){.path = path, .fd = -1, .read = read_fd};
    in->ctx = in;
    if (strcmp(path, "-") == 0) {
        in->path = "standard input";
        in->fd = STDIN_FILENO;
        return 0;
    }
    in->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    return in->fd < 0 ? fail_read(in, "open", err) : 0;
}

static int read_spooled(void *ctx, char *to, size_t n, size_t *got, tt_err *err)
{
    tt_input *in = ctx;
    ssize_t done;
    do
        done = pread(in->fd, to, n, (off_t)in->offset);
    while (done < 0 && errno == EINTR);
    if (done < 0)
        return fail_read(in, "read", err);
    in->offset += (uint64_t)done;
    *got = (size_t)done;
    return 0;
}

void tt_input_spooled(tt_input *in, const char *path, int fd)
{
    *in = (tt_input){.path = path, .fd = fd, .read = read_spooled};
    in->ctx = in;
}

static int copy(int from, int to)
{
    char block[STEP];
    for (;;) {
        ssize_t n = read(from, block, sizeof block);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n == 0 ? 0 : TT_EIO;
        for (ssize_t at = 0; at < n;) {
            ssize_t done = write(to, block + at, (size_t)(n - at));
            if (done < 0 && errno != EINTR)
                return TT_EIO;
            at += done > 0 ? done : 0;
        }
    }
}

int tt_input_spool(int *fd, tt_err *err)
{
    FILE *file = tmpfile();
    *fd = file ? dup(fileno(file)) : -1;
    int rc = *fd < 0 ? TT_EIO : copy(STDIN_FILENO, *fd);
    if (rc != 0)
        rc = tt_fail(err, errno == ENOMEM ? TT_ENOMEM : TT_EIO, "standard input", 0, 0,
                     "cannot be kept in a temporary file: %s; give a file instead", strerror(errno));
    if (file)
        fclose(file);
    if (rc != 0 && *fd >= 0)
        close(*fd);
    *fd = rc == 0 ? *fd : -1;
    return rc;
}

void tt_input_memory(tt_input *in, const char *path, tt_str bytes)
{
    *in = (tt_input){.path = path, .p = bytes.p, .n = bytes.n, .end = true, .fd = -1};
}

void tt_input_from(tt_input *in, const char *path, tt_input_fn *read, void *ctx)
{
    *in = (tt_input){.path = path, .read = read, .ctx = ctx, .fd = -1};
}

void tt_input_close(tt_input *in)
{
    if (in->read == read_fd && in->fd > STDIN_FILENO)
        close(in->fd);
    tt_buf_release(&in->buf);
    *in = (tt_input){.fd = -1};
}

/* Drops what was taken, so that there is room for `want` bytes and no more is kept than that. */
static int make_room(tt_input *in, size_t want, tt_err *err)
{
    if (in->from > 0 && in->buf.p) {
        memmove(in->buf.p, in->p, in->n);
        in->buf.n = in->n;
        in->from = 0;
    }
    if (tt_grow(&in->buf.p, &in->buf.cap, want + STEP, 1) != 0)
        return tt_fail_memory(err);
    in->p = in->buf.p;
    return 0;
}

int tt_input_more(tt_input *in, size_t want, tt_err *err)
{
    if (want > (size_t)TT_MAX_FILE + 1)
        return tt_fail(err, TT_ELIMIT, in->path, 0, 0,
                       "more than %d MiB in one piece; split it, or leave it out with --exclude", TT_MAX_FILE >> 20);
    if (in->n >= want || in->end)
        return 0;
    int rc = make_room(in, want, err);
    while (rc == 0 && in->n < want && !in->end) {
        size_t got = 0, room = in->buf.cap - in->buf.n;
        rc = in->read(in->ctx, in->buf.p + in->buf.n, room, &got, err);
        in->buf.n += got;
        in->n += got;
        in->end = rc == 0 && got == 0;
    }
    return rc;
}

/* Twice the window; where that is too much, as much as there may be, and beyond that one byte too many. */
static size_t grown(const tt_input *in)
{
    const size_t most = (size_t)TT_MAX_FILE + 1, twice = in->n + (in->n > STEP ? in->n : STEP);
    return twice <= most ? twice : in->n < most ? most : most + 1;
}

int tt_input_all(tt_input *in, size_t max, tt_err *err)
{
    int rc = 0;
    while (rc == 0 && !in->end) {
        if (in->n > max)
            return tt_fail(err, TT_ELIMIT, in->path, 0, 0,
                           "larger than %zu bytes; split it or leave it out with --exclude", max);
        rc = tt_input_more(in, grown(in), err);
    }
    return rc != 0 || in->n <= max ? rc
                                   : tt_fail(err, TT_ELIMIT, in->path, 0, 0,
                                             "larger than %zu bytes; split it or leave it out with --exclude", max);
}

int tt_input_until(tt_input *in, char mark, size_t from, size_t max, size_t *n, tt_err *err)
{
    for (;;) {
        const char *hit = from < in->n ? memchr(in->p + from, mark, in->n - from) : NULL;
        *n = hit ? (size_t)(hit - in->p) : in->n;
        if (*n > max)
            return tt_fail(err, TT_ELIMIT, in->path, 0, 0, "more than %zu bytes in one piece; split it", max);
        if (hit || in->end)
            return 0;
        from = in->n;
        int rc = tt_input_more(in, grown(in), err);
        if (rc != 0)
            return rc;
    }
}

void tt_input_take(tt_input *in, size_t n)
{
    in->p += n;
    in->n -= n;
    in->from += n;
    in->at += n;
}

bool tt_input_size(tt_input *in, uint64_t *size)
{
    struct stat s;
    *size = in->at + in->n;
    if (in->end)
        return true;
    if ((in->read != read_fd && in->read != read_spooled) || fstat(in->fd, &s) != 0 || !S_ISREG(s.st_mode))
        return false;
    off_t now = in->read == read_fd ? lseek(in->fd, 0, SEEK_CUR) : (off_t)in->offset;
    if (now < 0)
        return false;
    *size += s.st_size > now ? (uint64_t)(s.st_size - now) : 0;
    return true;
}

int tt_input_seek(tt_input *in, uint64_t at, tt_err *err)
{
    uint64_t first = in->at - in->from, size;
    if (at >= first && at <= in->at + in->n) {
        in->p = in->p ? in->p - in->from + (at - first) : NULL;
        in->n = (size_t)(in->at + in->n - at);
        in->from = (size_t)(at - first);
        in->at = at;
        return 0;
    }
    if ((in->read != read_fd && in->read != read_spooled) || !tt_input_size(in, &size) || at > size)
        return tt_fail(err, TT_EINPUT, in->path, 0, 0, "what was read is gone; give the file by its name, not by a pipe");
    /* standard input may have begun amid its file, so only the distance is known */
    off_t by = at < in->at + in->n ? -(off_t)(in->at + in->n - at) : (off_t)(at - in->at - in->n);
    if (in->read == read_spooled)
        in->offset = (uint64_t)((off_t)in->offset + by);
    else if (lseek(in->fd, by, SEEK_CUR) < 0)
        return fail_read(in, "go to another place of", err);
    in->p = in->buf.p;
    in->buf.n = 0;
    in->n = in->from = 0;
    in->at = at;
    in->end = false;
    return 0;
}
