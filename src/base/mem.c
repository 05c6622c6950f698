/* In: sizes. Out: memory: arenas, buffers, growing arrays. Not here: policy; nothing aborts when there is none. */
#include "base/mem.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* Volatile, so that no compiler turns realloc(NULL, n) into malloc: tests put a realloc of their own before the C
 * library's to make the n-th allocation fail. */
static void *(*const volatile system_realloc)(void *, size_t) = realloc;

void *tt_realloc(void *p, size_t n)
{
    return system_realloc(p, n ? n : 1);
}

void *tt_alloc(size_t n)
{
    return tt_realloc(NULL, n);
}

void *tt_calloc(size_t n, size_t size)
{
    if (size && n > SIZE_MAX / size)
        return NULL;
    void *p = tt_alloc(n * size);
    if (p)
        memset(p, 0, n * size);
    return p;
}

void tt_free(void *p)
{
    free(p);
}

/* ---- arena ---- */

struct tt_chunk {
    struct tt_chunk *next;
    size_t n, cap;
    max_align_t data[];
};

enum { CHUNK_MIN = 16 * 1024, CHUNK_MAX = 4 * 1024 * 1024 };

/* `align` is a power of two, at most that of max_align_t. */
static void *take(tt_arena *a, size_t n, size_t align)
{
    if (n > SIZE_MAX / 2)
        return NULL;
    n = n ? n : 1;
    struct tt_chunk *c = a->chunks;
    if (c)
        c->n = (c->n + align - 1) & ~(align - 1);
    if (!c || c->n > c->cap || c->cap - c->n < n) {
        size_t cap = c ? c->cap * 2 : CHUNK_MIN;
        if (cap > CHUNK_MAX)
            cap = CHUNK_MAX;
        if (cap < n)
            cap = n;
        struct tt_chunk *fresh = tt_alloc(sizeof *fresh + cap);
        if (!fresh)
            return NULL;
        fresh->n = 0;
        fresh->cap = cap;
        fresh->next = c;
        a->chunks = c = fresh;
    }
    void *p = (char *)c->data + c->n;
    c->n += n;
    return p;
}

void *tt_arena_alloc(tt_arena *a, size_t n)
{
    return take(a, n, _Alignof(max_align_t));
}

void *tt_arena_array(tt_arena *a, size_t n, size_t size)
{
    if (size && n > SIZE_MAX / 2 / size)
        return NULL;
    return tt_arena_alloc(a, n * size);
}

char *tt_arena_dup(tt_arena *a, const char *p, size_t n)
{
    if (n == SIZE_MAX)
        return NULL;
    char *copy = take(a, n + 1, 1);
    if (!copy)
        return NULL;
    if (n)
        memcpy(copy, p, n);
    copy[n] = '\0';
    return copy;
}

void tt_arena_reset(tt_arena *a)
{
    struct tt_chunk *keep = a->chunks;
    if (!keep)
        return;
    for (struct tt_chunk *c = keep->next; c;) {
        struct tt_chunk *next = c->next;
        tt_free(c);
        c = next;
    }
    keep->next = NULL;
    keep->n = 0;
}

void tt_arena_release(tt_arena *a)
{
    tt_arena_reset(a);
    tt_free(a->chunks);
    a->chunks = NULL;
}

/* ---- buffer ---- */

static bool room(tt_buf *b, size_t more)
{
    if (b->failed)
        return false;
    if (more < b->cap - b->n)
        return true;
    if (more < SIZE_MAX / 2 - b->n && tt_grow(&b->p, &b->cap, b->n + more + 1, 1) == 0)
        return true;
    b->failed = true;
    return false;
}

void tt_buf_add(tt_buf *b, const char *p, size_t n)
{
    if (!room(b, n))
        return;
    if (n)
        memcpy(b->p + b->n, p, n);
    b->n += n;
    b->p[b->n] = '\0';
}

void tt_buf_str(tt_buf *b, tt_str s)
{
    tt_buf_add(b, s.p, s.n);
}

void tt_buf_text(tt_buf *b, const char *text)
{
    tt_buf_add(b, text, strlen(text));
}

void tt_buf_char(tt_buf *b, char c)
{
    char *p = tt_buf_room(b, 1);
    if (!p)
        return;
    *p = c;
    tt_buf_wrote(b, p + 1);
}

void tt_buf_f(tt_buf *b, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0)
        b->failed = true;
    else if (room(b, (size_t)n)) {
        vsnprintf(b->p + b->n, (size_t)n + 1, format, again);
        b->n += (size_t)n;
    }
    va_end(again);
}

char *tt_buf_widen(tt_buf *b, size_t n)
{
    return room(b, n) ? b->p + b->n : NULL;
}

void tt_buf_reset(tt_buf *b)
{
    b->n = 0;
    if (b->p)
        b->p[0] = '\0';
}

void tt_buf_release(tt_buf *b)
{
    tt_free(b->p);
    *b = (tt_buf){0};
}

/* ---- growing array ---- */

int tt_grow(void *p, size_t *cap, size_t need, size_t size)
{
    if (need <= *cap)
        return 0;
    size_t fresh = *cap < 8 ? 8 : *cap;
    while (fresh < need) {
        if (fresh > SIZE_MAX / 2)
            return TT_ENOMEM;
        fresh *= 2;
    }
    if (size && fresh > SIZE_MAX / 2 / size)
        return TT_ENOMEM;
    void *old;
    memcpy(&old, p, sizeof old);
    void *grown = tt_realloc(old, fresh * size);
    if (!grown)
        return TT_ENOMEM;
    memcpy(p, &grown, sizeof grown);
    *cap = fresh;
    return 0;
}
