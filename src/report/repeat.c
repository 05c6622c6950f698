/* In: rows of a table. Out: their text. Not here: the text of a cell (csv.c, json_text.c). */
#include "report/repeat.h"

#include <string.h>

static bool same(const tt_value *a, const tt_value *b)
{
    return a->i == b->i && a->s.p == b->s.p && a->s.n == b->s.n && a->empty == b->empty &&
           memcmp(&a->d, &b->d, sizeof a->d) == 0;
}

/* Appends a part of the buffer to it. */
static void copy(tt_buf *to, size_t at, size_t n)
{
    char *p = tt_buf_room(to, n);
    if (!p)
        return;
    memcpy(p, to->p + at, n);
    tt_buf_wrote(to, p + n);
}

void tt_repeat_row(tt_repeat *r, tt_buf *to, const tt_table *t, size_t row, tt_put_cell *put, const void *ctx)
{
    const size_t n = t->n_columns;
    const tt_value *v = t->values + row * n;
    const bool repeats = n <= TT_REPEAT_COLUMNS;
    for (size_t i = 0; i < n; i++) {
        const size_t from = i, begins = to->n;
        while (repeats && row > 0 && i < n && same(&v[i], &v[i] - n))
            i++;
        if (i > from) { /* cells from to i - 1; at[i] is still of the row before */
            const size_t old = r->at[from];
            copy(to, old, r->at[i] - old);
            for (size_t k = from; k < i; k++)
                r->at[k] += begins - old;
        }
        if (i == n)
            break;
        if (repeats)
            r->at[i] = to->n;
        put(to, t, i, &v[i], ctx);
    }
    if (repeats)
        r->at[n] = to->n;
}
