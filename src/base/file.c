/* In: paths. Out: bytes of whole files, names of folders, whole files written. Not here: what the bytes mean. */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int fail_errno(tt_err *err, const char *path, const char *what)
{
    return tt_fail(err, errno == ENOMEM ? TT_ENOMEM : TT_EIO, path, 0, 0, "cannot %s: %s", what, strerror(errno));
}

tt_file_kind tt_file_kind_of(const char *path)
{
    struct stat s;
    if (stat(path, &s) != 0)
        return TT_FILE_MISSING;
    return S_ISREG(s.st_mode) ? TT_FILE_REGULAR : S_ISDIR(s.st_mode) ? TT_FILE_FOLDER : TT_FILE_OTHER;
}

static int read_all(int fd, const char *path, size_t max, tt_buf *out, tt_err *err)
{
    size_t start = out->n;
    size_t step = 64 * 1024, size = 0; /* 0: not known */
    struct stat s;
    if (fstat(fd, &s) == 0 && S_ISREG(s.st_mode) && s.st_size > 0) {
        if ((uint64_t)s.st_size > max)
            return tt_fail(err, TT_ELIMIT, path, 0, 0, "larger than %zu bytes; split it or leave it out with --exclude",
                           max);
        size = (size_t)s.st_size;
        step = size + 1; /* so that what was added meanwhile is seen */
    }
    for (;;) {
        if (tt_grow(&out->p, &out->cap, out->n + step + 1, 1) != 0)
            return tt_fail_memory(err);
        ssize_t n = read(fd, out->p + out->n, step);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail_errno(err, path, "read");
        out->n += (size_t)n;
        out->p[out->n] = '\0';
        if (n == 0 || (size > 0 && out->n - start == size))
            return 0;
        if (out->n - start > max)
            return tt_fail(err, TT_ELIMIT, path, 0, 0, "larger than %zu bytes; split it or leave it out with --exclude",
                           max);
        step = 64 * 1024;
    }
}

int tt_file_read(const char *path, size_t max, tt_buf *out, tt_err *err)
{
    if (strcmp(path, "-") == 0)
        return read_all(STDIN_FILENO, "standard input", max, out, err);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return fail_errno(err, path, "open");
    int rc = read_all(fd, path, max, out, err);
    close(fd);
    return rc;
}

static int by_bytes(const void *a, const void *b)
{
    const char *const *x = a;
    const char *const *y = b;
    return strcmp(*x, *y);
}

static int add_name(tt_names *out, const char *name)
{
    size_t n = strlen(name) + 1;
    char *copy = tt_alloc(n);
    if (!copy || tt_grow(&out->v, &out->cap, out->n + 1, sizeof *out->v) != 0) {
        tt_free(copy);
        return TT_ENOMEM;
    }
    memcpy(copy, name, n);
    out->v[out->n++] = copy;
    return 0;
}

int tt_folder_list(const char *path, tt_names *out, tt_err *err)
{
    int rc = 0;
    DIR *d = opendir(path);
    if (!d)
        return fail_errno(err, path, "open the folder");
    errno = 0;
    for (struct dirent *e; rc == 0 && (e = readdir(d)); errno = 0)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0 && add_name(out, e->d_name) != 0)
            rc = tt_fail_memory(err);
    if (rc == 0 && errno)
        rc = fail_errno(err, path, "read the folder");
    closedir(d);
    if (rc == 0 && out->n)
        qsort(out->v, out->n, sizeof *out->v, by_bytes);
    return rc;
}

void tt_names_release(tt_names *names)
{
    for (size_t i = 0; i < names->n; i++)
        tt_free(names->v[i]);
    tt_free(names->v);
    *names = (tt_names){0};
}

int tt_folder_make(const char *path, tt_err *err)
{
    tt_buf b = {0};
    int rc = 0;
    tt_buf_text(&b, path);
    if (b.failed) {
        tt_buf_release(&b);
        return tt_fail_memory(err);
    }
    if (b.n == 0) /* "" and a name behind it would be a path at the root */
        rc = tt_fail(err, TT_EUSAGE, NULL, 0, 0, "the folder to write into has no name; give it one");
    for (size_t i = 1; rc == 0 && i <= b.n; i++) {
        if (i < b.n && b.p[i] != '/')
            continue;
        char c = b.p[i];
        b.p[i] = '\0';
        if (mkdir(b.p, 0777) != 0 && (errno != EEXIST || tt_file_kind_of(b.p) != TT_FILE_FOLDER))
            rc = fail_errno(err, b.p, "make the folder");
        b.p[i] = c;
    }
    tt_buf_release(&b);
    return rc;
}

static int write_all(int fd, const char *p, size_t n)
{
    while (n) {
        ssize_t done = write(fd, p, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return TT_EIO;
        p += done;
        n -= (size_t)done;
    }
    return 0;
}

int tt_file_write(const char *path, const char *p, size_t n, tt_err *err)
{
    tt_buf temp = {0};
    int rc = 0;
    tt_buf_f(&temp, "%s.tmp%ld", path, (long)getpid());
    if (temp.failed) {
        tt_buf_release(&temp);
        return tt_fail_memory(err);
    }
    int fd = open(temp.p, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
        rc = fail_errno(err, path, "write");
    if (fd >= 0) {
        if (write_all(fd, p, n) != 0)
            rc = fail_errno(err, path, "write");
        if (close(fd) != 0 && rc == 0)
            rc = fail_errno(err, path, "write");
        if (rc == 0 && rename(temp.p, path) != 0)
            rc = fail_errno(err, path, "rename to");
        if (rc != 0)
            unlink(temp.p);
    }
    tt_buf_release(&temp);
    return rc;
}
