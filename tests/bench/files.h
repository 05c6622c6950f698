/* files: what the drivers share: the files below the paths of the command line, sorted, and the bytes of each. A failure
 * ends the program, with a line on standard error. */
#ifndef BENCH_FILES_H
#define BENCH_FILES_H

#include <ftw.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

/* Bytes that grow; used again from file to file. */
typedef struct bytes {
    char *p;
    size_t n, cap;
} bytes;

static char **files_v;
static size_t files_n, files_cap;

static inline void die(const char *what, const char *about)
{
    fprintf(stderr, "bench: %s: %s\n", about, what);
    exit(2);
}

static inline void *grown(void *p, size_t size)
{
    void *q = realloc(p, size ? size : 1);
    if (!q)
        die("no memory", "driver");
    return q;
}

static inline void room(bytes *b, size_t more)
{
    if (b->n + more <= b->cap)
        return;
    b->cap = 2 * (b->n + more);
    b->p = grown(b->p, b->cap);
}

static inline void add(bytes *b, const char *p, size_t n)
{
    room(b, n);
    memcpy(b->p + b->n, p, n);
    b->n += n;
}

static int files_found(const char *path, const struct stat *s, int kind, struct FTW *where)
{
    (void)s;
    (void)where;
    if (kind != FTW_F)
        return 0;
    if (files_n == files_cap)
        files_v = grown(files_v, (files_cap = 2 * files_cap + 64) * sizeof *files_v);
    files_v[files_n] = strdup(path);
    return files_v[files_n++] ? 0 : 1;
}

static int files_by_name(const void *x, const void *y)
{
    return strcmp(*(char *const *)x, *(char *const *)y);
}

/* Fills files_v with the files below `paths`, each of them in order of name. */
static inline void files_walk(char **paths, int n)
{
    for (int i = 0; i < n; i++) {
        const size_t from = files_n;
        if (nftw(paths[i], files_found, 32, FTW_PHYS) != 0)
            die("cannot be read", paths[i]);
        if (files_n > from)
            qsort(files_v + from, files_n - from, sizeof *files_v, files_by_name);
    }
}

static inline void files_read(const char *path, bytes *b)
{
    struct stat s;
    FILE *f = fopen(path, "rb");
    if (!f || fstat(fileno(f), &s) != 0)
        die("cannot be read", path);
    setvbuf(f, NULL, _IONBF, 0);
    b->n = 0;
    room(b, (size_t)s.st_size + 1);
    b->n = fread(b->p, 1, (size_t)s.st_size, f);
    fclose(f);
}

/* CLOCK_MONOTONIC, or CLOCK_PROCESS_CPUTIME_ID, which other work on the machine does not lengthen. */
static inline double seconds(clockid_t which)
{
    struct timespec t;
    clock_gettime(which, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

#endif
