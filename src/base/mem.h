/* mem: the only place that asks for memory: arena (issue or run), buffer, growing array. Nothing here aborts. */
#ifndef TT_BASE_MEM_H
#define TT_BASE_MEM_H

#include "base/err.h"

/* As realloc, malloc and free. Every allocation of the library comes through here (tests make the n-th one fail). */
void *tt_realloc(void *p, size_t n);
void *tt_alloc(size_t n);
void *tt_calloc(size_t n, size_t size);
void tt_free(void *p);

/* Arena: memory that is given back as a whole. {0} is an empty one. Aligned for any type. NULL: no memory. */
typedef struct tt_arena {
    struct tt_chunk *chunks; /* newest first */
} tt_arena;
void *tt_arena_alloc(tt_arena *a, size_t n);
void *tt_arena_array(tt_arena *a, size_t n, size_t size); /* overflow is checked; not cleared */
char *tt_arena_dup(tt_arena *a, const char *p, size_t n); /* copy with a NUL behind it */
void tt_arena_reset(tt_arena *a);                         /* keeps one chunk for use again */
void tt_arena_release(tt_arena *a);

/* Buffer: bytes that grow. {0} is an empty one. Sticky: after a failed growth `failed` is set and all adding does
 * nothing, so that a writer asks once, at the end. */
typedef struct tt_buf {
    char *p; /* NULL while cap is 0; p[n] is NUL otherwise */
    size_t n, cap;
    bool failed;
} tt_buf;
void tt_buf_add(tt_buf *b, const char *p, size_t n);
void tt_buf_str(tt_buf *b, tt_str s);
void tt_buf_text(tt_buf *b, const char *text); /* up to its NUL */
void tt_buf_char(tt_buf *b, char c);
void tt_buf_f(tt_buf *b, const char *format, ...) TT_PRINTF(2, 3);
void tt_buf_reset(tt_buf *b); /* n = 0, failed stays */
void tt_buf_release(tt_buf *b);

/* For writers of many small pieces: where n more bytes may be written, NULL after a failure; then how far they were. */
char *tt_buf_widen(tt_buf *b, size_t n);
static inline char *tt_buf_room(tt_buf *b, size_t n)
{
    return !b->failed && n < b->cap - b->n ? b->p + b->n : tt_buf_widen(b, n);
}
static inline void tt_buf_wrote(tt_buf *b, char *end)
{
    b->n = (size_t)(end - b->p);
    *end = '\0';
}

/* Makes room for `need` items of `size` bytes in the array *p of capacity *cap (at least doubling). 0 or TT_ENOMEM. */
int tt_grow(void *p, size_t *cap, size_t need, size_t size);

#endif
