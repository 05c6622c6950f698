/* walk: inside of the walk over an archive: what folders (archive.c) and packs (walk_pack.c) have in common. */
#ifndef TT_READ_WALK_H
#define TT_READ_WALK_H

#include "read/archive.h"

typedef struct tt_walking {
    tt_sources *out;
    const tt_options *opt;
    const tt_sink *sink;
    tt_err *err;
    uint32_t archive;
    tt_str prefix; /* of the issues' names: last component of the argument and /, where several are given */
    size_t n_root; /* bytes of the path before the part relative to the archive */
    tt_buf path;   /* in hand */
} tt_walking;

tt_kind tt_walk_kind(tt_str name);
bool tt_walk_is_pack(tt_str name); /* by its ending */

/* NULL: what is called `name`, the last component of the path in hand, is read; else a literal: why it is left out. */
const char *tt_walk_why_not(const tt_walking *w, const char *name, tt_file_kind kind, bool link);

/* The path in hand becomes a source, the last one of w->out. */
int tt_walk_add(tt_walking *w, tt_kind kind);

/* The path in hand, or with `spool` standard input, is a pack: its members become sources. What is broken in it is told. */
int tt_walk_pack(tt_walking *w, bool named, int spool);

/* Lays the tables of exports (posts.csv of Substack, emails.csv of Buttondown) over the sources from `first` on. */
int tt_walk_join(tt_walking *w, size_t first);

#endif
