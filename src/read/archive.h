/* archive: paths -> the files that are issues, in sorted order, with what the side file says of them. Opens and reads
 * no issue itself. */
#ifndef TT_READ_ARCHIVE_H
#define TT_READ_ARCHIVE_H

#include "base/file.h"

typedef struct tt_source {
    tt_str path;  /* opens; "-": standard input */
    tt_str rel;   /* relative to the archive argument */
    tt_str issue; /* name of the issue */
    uint32_t archive;
    bool named;         /* an archive argument itself: read even if it is a draft */
    bool markdown;       /* by its ending; else decided by content */
    tt_str side_title;   /* of the side file; empty: none */
    int64_t side_number; /* -1 */
    int32_t side_date;   /* TT_NO_DATE */
} tt_source;

typedef struct tt_sources {
    tt_arena arena;
    tt_source *v; /* by archive, then path */
    size_t n, cap;
} tt_sources;

int tt_sources_walk(tt_sources *out, const tt_options *opt, const char *const *paths, size_t n_paths,
                    const tt_sink *sink, tt_err *err);
void tt_sources_release(tt_sources *s);

#endif
