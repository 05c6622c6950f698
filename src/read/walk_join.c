/* In: sources of an archive. Out: what the tables of exports (posts.csv of Substack, emails.csv of Buttondown) say of them.
 * Not here: the tables themselves (join.c), the side file (side.c). */
#include "base/pack_list.h"
#include "read/join.h"
#include "read/walk.h"

#include <string.h>

static tt_str folder_of(tt_str path)
{
    size_t n = path.n;
    while (n > 0 && path.p[n - 1] != '/')
        n--;
    return (tt_str){path.p, n};
}

/* The table's bytes: held, or read whole; empty where it is no such table, or is in a pack too large to be held. */
static int bytes_of(const tt_source *s, tt_buf *file, tt_str *out)
{
    tt_err ignored = {0}; /* what cannot be read is told when it is read as a source */
    *out = s->held;
    if (s->is_held || s->pack)
        return 0;
    int rc = tt_file_read(s->path.p, TT_MAX_FILE, file, &ignored);
    *out = (tt_str){file->p, file->n};
    return rc == TT_ENOMEM ? rc : 0;
}

static void take(tt_source *to, const tt_join *from)
{
    to->format = tt_str_of(from->format);
    to->given_title = from->title;
    to->given_number = from->number;
    to->given_date = from->date;
    to->given_draft = from->draft;
    to->given_out = from->left_out;
}

static int join_folder(tt_walking *w, size_t first, tt_source *table, tt_str csv)
{
    tt_sources *to = w->out;
    tt_str folder = folder_of(table->path);
    size_t n_files = 0, n = 0, k = 0, n_here = 0;
    tt_join *joins = NULL;
    for (size_t i = first; i < to->n; i++)
        n_here += tt_str_starts(to->v[i].path, folder);
    tt_str *files = tt_arena_array(&to->arena, n_here + 1, sizeof *files);
    size_t *of = tt_arena_array(&to->arena, n_here + 1, sizeof *of);
    if (!files || !of)
        return tt_fail_memory(w->err);
    for (size_t i = first; i < to->n; i++) {
        tt_str path = to->v[i].path;
        if (!tt_str_starts(path, folder) || to->v[i].format.n > 0)
            continue;
        of[n_files] = i;
        files[n_files++] = (tt_str){path.p + folder.n, path.n - folder.n};
    }
    int rc = tt_join_read(csv, table->path.p, files, n_files, &to->arena, w->sink, &joins, &n, w->err);
    if (rc == TT_EINPUT) { /* told when it is read as a source */
        *w->err = (tt_err){0};
        return 0;
    }
    if (rc == 0)
        table->given_out = "the table of an export";
    for (size_t i = 0; rc == 0 && i < n; i++) {
        while (k < n_files && files[k].p != joins[i].rel.p)
            k++;
        if (k < n_files)
            take(&to->v[of[k]], &joins[i]);
    }
    return rc;
}

int tt_walk_join(tt_walking *w, size_t first)
{
    tt_buf file = {0};
    int rc = 0;
    for (size_t i = first; rc == 0 && i < w->out->n; i++) {
        tt_source *s = &w->out->v[i];
        tt_str csv;
        if (s->kind != TT_KIND_FORMAT || !tt_str_ends(s->path, TT_S(".csv")))
            continue;
        tt_buf_reset(&file);
        rc = bytes_of(s, &file, &csv);
        if (rc != 0)
            rc = tt_fail_memory(w->err);
        else if (csv.n && tt_join_is(csv))
            rc = join_folder(w, first, s, csv);
    }
    tt_buf_release(&file);
    return rc;
}
