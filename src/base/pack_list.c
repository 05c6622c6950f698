/* In: a pack. Out: a list of its members, with their bytes where they are few. Not here: how a pack is read (pack.c). */
#include "base/pack_list.h"

#include <string.h>

/* Appends a copy of `m`. NULL: no memory. */
static tt_held *add_member(tt_pack_list *list, const tt_member *m)
{
    char *path = tt_arena_dup(&list->arena, m->path, strlen(m->path));
    tt_held h = {.member = *m};
    if (!path || tt_str_dup(&list->arena, m->name, &h.member.name) != 0 ||
        tt_str_dup(&list->arena, m->raw, &h.member.raw) != 0 ||
        tt_grow(&list->v, &list->cap, list->n + 1, sizeof *list->v) != 0)
        return NULL;
    h.member.path = path;
    list->v[list->n] = h;
    return &list->v[list->n++];
}

static void let_go(tt_pack_list *list)
{
    list->too_large = true;
    list->held = 0;
    for (size_t i = 0; i < list->n; i++) {
        list->v[i].held = false;
        list->v[i].bytes = (tt_str){NULL, 0};
    }
    tt_arena_release(&list->bytes);
}

static int keep_err(tt_pack_list *list, tt_held *h, const tt_err *why, tt_err *err)
{
    tt_err *kept = tt_arena_alloc(&list->arena, sizeof *kept);
    if (!kept)
        return tt_fail_memory(err);
    *kept = *why;
    h->err = kept;
    return 0;
}

/* Reads the present member into the list. A broken one breaks only itself. */
static int hold(tt_pack *p, tt_pack_list *list, tt_held *h, uint64_t max, tt_err *err)
{
    tt_input in;
    tt_err why = {0};
    int rc = 0;
    tt_pack_data(p, &in);
    while (rc == 0 && !in.end && in.n <= max - list->held)
        rc = tt_input_more(&in, in.n + 1, &why);
    if (rc == TT_ENOMEM)
        rc = tt_fail_memory(err);
    else if (rc != 0)
        rc = keep_err(list, h, &why, err);
    else if (in.n > max - list->held)
        let_go(list);
    else {
        list->held += in.n;
        h->held = true;
        rc = tt_str_dup(&list->bytes, (tt_str){in.p, in.n}, &h->bytes) == 0 ? 0 : tt_fail_memory(err);
    }
    tt_input_close(&in);
    return rc;
}

int tt_pack_load(tt_pack *p, bool (*want)(void *ctx, const tt_member *member), void *ctx, uint64_t max,
                 tt_pack_list *out, tt_err *err)
{
    tt_member m;
    int rc;
    *out = (tt_pack_list){0};
    while ((rc = tt_pack_next(p, &m, err)) == TT_PACK_MEMBER) {
        tt_held *h = add_member(out, &m);
        rc = h ? 0 : tt_fail_memory(err);
        if (rc == 0 && !m.left_out && !out->too_large && (!want || want(ctx, &m)))
            rc = hold(p, out, h, max, err);
        if (rc != 0)
            break;
    }
    return rc;
}

void tt_pack_list_release(tt_pack_list *list)
{
    tt_arena_release(&list->arena);
    tt_arena_release(&list->bytes);
    tt_free(list->v);
    *list = (tt_pack_list){0};
}
