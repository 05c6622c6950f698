/* In: a pack (zip, tar, a compressed file). Out: its members as sources, as if it were a folder. A small one is held
 * unpacked, so that its members can be read in any order. Not here: how packs are read (base/pack), folders (archive.c). */
#include "base/pack_list.h"
#include "read/walk.h"

#include <string.h>

typedef struct packing {
    tt_walking *w;
    const tt_pack *pack;
    bool single;   /* known once a member is */
    size_t n_path; /* bytes of the pack's own path */
    const tt_pack_list *list;
    tt_intern reports; /* folders of reports, with `/` at their ends */
} packing;

static bool is_report(tt_str name)
{
    return tt_str_ends(name, TT_S("/tagtrend.json"));
}

/* Notes the folders of reports, of which nothing is read. */
static int find_reports(packing *p)
{
    for (size_t i = 0; i < p->list->n; i++) {
        tt_str at = p->list->v[i].member.name;
        uint32_t id;
        if (is_report(at) && tt_intern_add(&p->reports, (tt_str){at.p, at.n - strlen("tagtrend.json")}, &id) != 0)
            return tt_fail_memory(p->w->err);
    }
    return 0;
}

static bool in_report(const packing *p, tt_str name)
{
    uint32_t id;
    for (size_t i = 0; p->reports.n > 0 && i < name.n; i++)
        if (name.p[i] == '/' && tt_intern_find(&p->reports, (tt_str){name.p, i + 1}, &id))
            return true;
    return false;
}

/* Puts the path of a member in hand, and says why it is left out, or NULL. */
static const char *why_not(packing *p, tt_str name)
{
    tt_walking *w = p->w;
    size_t depth = 0;
    w->path.n = p->n_path;
    if (p->single)
        return tt_walk_kind(name) == TT_KIND_NONE ? "of no known kind" : NULL;
    for (size_t at = 0, end; at < name.n; at = end + 1) {
        const char *slash = memchr(name.p + at, '/', name.n - at);
        end = slash ? (size_t)(slash - name.p) : name.n;
        tt_buf_char(&w->path, '/');
        size_t last = w->path.n;
        tt_buf_add(&w->path, name.p + at, end - at);
        if (w->path.failed)
            return NULL;
        if (++depth > TT_MAX_DEPTH)
            return "too many folders deep";
        if (strcmp(w->path.p + last, "__MACOSX") == 0)
            return "what a Mac adds";
        const char *why = tt_walk_why_not(w, w->path.p + last, slash ? TT_FILE_FOLDER : TT_FILE_REGULAR, false);
        if (why)
            return why;
    }
    return NULL;
}

static bool is_wanted(void *ctx, const tt_member *member)
{
    packing *p = ctx;
    p->single = tt_pack_single(p->pack);
    const char *why = why_not(p, member->name);
    bool table = tt_str_ends(member->name, TT_S(".csv"));
    return !why || table;
}

static int add_member(packing *p, const tt_held *held, uint32_t pack)
{
    tt_walking *w = p->w;
    const tt_member *m = &held->member;
    const char *why = m->lost ? (tt_walk_kind(m->name) == TT_KIND_NONE ? m->left_out : NULL) : why_not(p, m->name);
    if (!why && in_report(p, m->name))
        why = "a report of tagtrend";
    bool lost = !why && m->lost && !w->path.failed;
    why = why ? why : m->left_out;
    if (w->path.failed)
        return tt_fail_memory(w->err);
    if (why) {
        tt_tell(w->sink, lost ? TT_SKIPPED : TT_DETAIL, m->path, 0, 0, "%s: %s", lost ? "skipped" : "left out", why);
        return 0;
    }
    if (held->err) {
        tt_tell(w->sink, TT_SKIPPED, held->err->path[0] ? held->err->path : m->path, held->err->line, 0, "skipped: %s",
                held->err->text);
        return 0;
    }
    int rc = tt_walk_add(w, tt_walk_kind(m->name));
    if (rc != 0)
        return rc;
    tt_source *s = &w->out->v[w->out->n - 1];
    s->pack = pack;
    s->member = (uint32_t)m->nth;
    s->is_held = held->held;
    s->held = held->bytes;
    return 0;
}

static int add_members(packing *p, uint32_t pack)
{
    int rc = find_reports(p);
    tt_walking *w = p->w;
    if (p->single && w->n_root > p->n_path) /* named itself: it is called by its last component */
        for (w->n_root = p->n_path; w->n_root > 0 && w->path.p[w->n_root - 1] != '/';)
            w->n_root--;
    for (size_t i = 0; rc == 0 && i < p->list->n; i++)
        rc = add_member(p, &p->list->v[i], pack);
    p->w->path.n = p->n_path;
    if (p->w->path.p)
        p->w->path.p[p->n_path] = '\0';
    return rc;
}

/* Room for one more pack, empty. */
static int new_pack(tt_walking *w, tt_packed **out)
{
    tt_sources *to = w->out;
    if (tt_grow(&to->packs, &to->cap_packs, to->n_packs + 1, sizeof *to->packs) != 0)
        return tt_fail_memory(w->err);
    *out = &to->packs[to->n_packs++];
    **out = (tt_packed){0};
    return tt_str_dup(&to->arena, (tt_str){w->path.p, w->path.n}, &(*out)->path) == 0 ? 0 : tt_fail_memory(w->err);
}

/* `rc` is of the pack itself: told, unless it was named and nothing of it can be read. */
static int tell_broken(tt_walking *w, bool named, size_t n_before, int rc, const tt_err *why)
{
    if (rc == 0)
        return 0;
    if (rc == TT_ENOMEM || (named && w->out->n == n_before))
        return tt_fail(w->err, rc, why->path[0] ? why->path : w->path.p, why->line, 0, "%s", why->text);
    tt_tell(w->sink, TT_SKIPPED, why->path[0] ? why->path : w->path.p, why->line, 0,
            w->out->n == n_before ? "skipped: %s" : "the rest is skipped: %s", why->text);
    return 0;
}

int tt_walk_pack(tt_walking *w, bool named, int spool)
{
    tt_input in = {.fd = -1};
    tt_pack *pack = NULL;
    tt_packed *packed = NULL;
    tt_err why = {0};
    const size_t n_before = w->out->n;
    int rc = new_pack(w, &packed);
    if (rc != 0)
        return rc;
    uint32_t nth = (uint32_t)w->out->n_packs; /* from 1 */
    packing p = {.w = w, .n_path = w->path.n, .list = &packed->list};
    if (spool >= 0)
        tt_input_spooled(&in, "standard input", spool);
    else
        rc = tt_input_open(&in, w->path.p, &why);
    if (rc == 0)
        rc = tt_pack_open(&pack, &in, packed->path.p, NULL, &why);
    if (rc == 0) {
        p.pack = pack;
        uint64_t room = TT_PACK_HELD - w->out->held;
        rc = tt_pack_load(pack, is_wanted, &p, room, &packed->list, &why);
        w->out->held += packed->list.held;
    }
    packed->single = p.single;
    tt_pack_free(pack);
    tt_input_close(&in);
    w->path.n = p.n_path;
    w->path.p[p.n_path] = '\0';
    int added = rc == TT_ENOMEM ? 0 : add_members(&p, nth);
    tt_intern_release(&p.reports);
    return added != 0 ? added : tell_broken(w, named, n_before, rc, &why);
}
