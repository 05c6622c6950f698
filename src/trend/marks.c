/* In: the issues of the survey. Out: each of them by what it can be found by. Not here: reading URLs (refer.c). */
#include "trend/marks.h"

#include "trend/calling.h"

#include <stdlib.h>

/* ---- paths ---- */

tt_str tt_path_last(tt_str path)
{
    for (size_t i = path.n; i > 0; i--)
        if (path.p[i - 1] == '/')
            return (tt_str){path.p + i, path.n - i};
    return path;
}

/* `3.5-ways` has no ending. */
static tt_str without_ending(tt_str path)
{
    enum { ENDING = 8 };
    tt_str part = tt_path_last(path);
    for (size_t i = part.n; i > 1 && part.n - i <= ENDING; i--) {
        char c = part.p[i - 1];
        if (c == '.')
            return (tt_str){path.p, path.n - (part.n - i) - 1};
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')))
            break;
    }
    return path;
}

tt_str tt_path_key(tt_str path)
{
    path = without_ending(path);
    if (tt_str_ends(path, TT_S("/index")))
        path.n -= strlen("/index");
    return path;
}

/* ---- looking up ---- */

static int by_key(const void *x, const void *y)
{
    const tt_mark *a = x, *b = y;
    int c = (a->archive > b->archive) - (a->archive < b->archive);
    if (c == 0)
        c = (a->number > b->number) - (a->number < b->number);
    return c ? c : tt_str_cmp(a->text, b->text);
}

static int by_key_and_order(const void *x, const void *y)
{
    const tt_mark *a = x, *b = y;
    int c = by_key(a, b);
    return c ? c : (a->order > b->order) - (a->order < b->order);
}

/* The index of the first mark that is not before the key. */
static size_t lower(const tt_mark_set *s, const tt_mark *key)
{
    size_t lo = 0, hi = s->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (by_key(&s->v[mid], key) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static uint32_t find(const tt_mark_set *s, const tt_mark *key, bool alone)
{
    size_t i = lower(s, key);
    if (i == s->n || by_key(&s->v[i], key) != 0)
        return TT_NO_ISSUE;
    return alone && i + 1 < s->n && by_key(&s->v[i + 1], key) == 0 ? TT_NO_ISSUE : s->v[i].issue;
}

uint32_t tt_marks_number(const tt_marks *m, uint32_t archive, int64_t number)
{
    return find(&m->numbers, &(tt_mark){.archive = archive, .number = number, .text = TT_S("")}, false);
}

uint32_t tt_marks_day(const tt_marks *m, uint32_t archive, int32_t day)
{
    return find(&m->days, &(tt_mark){.archive = archive, .number = day, .text = TT_S("")}, true);
}

uint32_t tt_marks_stem(const tt_marks *m, uint32_t archive, tt_str words)
{
    return find(&m->stems, &(tt_mark){.archive = archive, .text = words}, true);
}

uint32_t tt_marks_path(const tt_marks *m, uint32_t archive, tt_str key)
{
    return find(&m->paths, &(tt_mark){.archive = archive, .text = key}, true);
}

size_t tt_common(tt_str a, tt_str b)
{
    size_t n = 0;
    while (n < a.n && n < b.n && a.p[n] == b.p[n])
        n++;
    return n;
}

/* Titles that have most in common with the words stand beside where these would. */
uint32_t tt_marks_title(const tt_marks *m, uint32_t archive, tt_str words, bool *cut)
{
    const tt_mark_set *s = &m->titles;
    size_t i = lower(s, &(tt_mark){.archive = archive, .text = words}), best = 0, at = s->n, same = 0;
    for (size_t k = i > 2 ? i - 2 : 0; k < s->n && k < i + 2; k++) {
        size_t n = s->v[k].archive == archive ? tt_common(s->v[k].text, words) : 0;
        same = n > best ? 1 : same + (n == best);
        if (n > best) {
            best = n;
            at = k;
        }
    }
    if (at == s->n || same > 1 || best < TT_MOST_TITLE || (best < s->v[at].text.n && best < words.n))
        return TT_NO_ISSUE;
    *cut = best < s->v[at].text.n;
    return s->v[at].issue;
}

/* ---- making ---- */

static int keep(tt_marks *m, tt_mark_set *s, tt_mark k, tt_str text)
{
    if (tt_str_dup(&m->arena, text, &k.text) != 0)
        return TT_ENOMEM;
    s->v[s->n++] = k;
    return 0;
}

static void join_words(tt_buf *b)
{
    size_t n = 0;
    for (size_t i = 0; i < b->n; i++)
        if (b->p[i] != ' ')
            b->p[n++] = b->p[i];
    b->n = n;
}

static int add_issue(tt_marks *m, const tt_issue *is, tt_mark k, tt_buf *b)
{
    const tt_str file = tt_path_key(is->rel);
    tt_mark day = k, number = k;
    int64_t digits;
    bool at_end;
    int rc = keep(m, &m->paths, k, file);
    day.number = is->date;
    number.number = is->number;
    if (rc == 0 && is->date != TT_NO_DATE)
        rc = keep(m, &m->days, day, TT_S(""));
    if (rc == 0 && is->number >= 0)
        rc = keep(m, &m->numbers, number, TT_S(""));
    tt_buf_reset(b);
    if (rc == 0)
        rc = tt_calling_title(is, b, &at_end);
    join_words(b);
    if (rc == 0)
        rc = keep(m, &m->titles, k, (tt_str){b->p ? b->p : "", b->n});
    if (rc != 0)
        return rc;
    m->title_of[k.issue] = m->titles.v[m->titles.n - 1].text;
    tt_buf_reset(b);
    rc = tt_calling_words(tt_path_last(file), true, b);
    tt_str stem = {b->p, b->n};
    return rc == 0 && stem.n > 0 && !tt_num_parse(stem, &digits) ? keep(m, &m->stems, k, stem) : rc;
}

int tt_marks_make(tt_marks *m, const tt_issue *issues, size_t n)
{
    tt_mark_set *const sets[] = {&m->numbers, &m->days, &m->titles, &m->stems, &m->paths};
    tt_buf words = {0};
    int rc = 0;
    m->title_of = tt_arena_array(&m->arena, n + 1, sizeof *m->title_of);
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        if (!(sets[i]->v = tt_arena_array(&m->arena, n + 1, sizeof *sets[i]->v)) || !m->title_of)
            rc = TT_ENOMEM;
    for (uint32_t i = 0; rc == 0 && i < n; i++)
        rc = add_issue(m, &issues[i], (tt_mark){.archive = issues[i].archive, .order = issues[i].order, .issue = i},
                       &words);
    for (size_t i = 0; rc == 0 && i < sizeof sets / sizeof *sets; i++)
        if (sets[i]->n > 1)
            qsort(sets[i]->v, sets[i]->n, sizeof *sets[i]->v, by_key_and_order);
    tt_buf_release(&words);
    return rc;
}

void tt_marks_release(tt_marks *m)
{
    tt_arena_release(&m->arena);
    *m = (tt_marks){0};
}
