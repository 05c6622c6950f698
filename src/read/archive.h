/* archive: paths -> the files that are issues, in sorted order, with what the side file says of them. Opens and reads
 * no issue itself. */
#ifndef TT_READ_ARCHIVE_H
#define TT_READ_ARCHIVE_H

#include "base/file.h"
#include "base/pack_list.h"

/* What a file is, by its ending. */
typedef enum tt_kind {
    TT_KIND_NONE,
    TT_KIND_MARKDOWN,
    TT_KIND_TEXT,   /* Markdown or plain text, or a mail: by content */
    TT_KIND_MARKUP, /* Org, reStructuredText, AsciiDoc */
    TT_KIND_FORMAT  /* of a format that a reader knows, or of none: by content */
} tt_kind;

typedef struct tt_source {
    tt_str path;  /* opens; "-": standard input */
    tt_str rel;   /* relative to the archive argument */
    tt_str issue; /* name of the issue */
    uint32_t archive;
    bool named;          /* an archive argument itself: read even if it is a draft */
    uint8_t kind;        /* tt_kind */
    tt_str side_title;   /* of the side file; empty: none */
    int64_t side_number; /* -1 */
    int32_t side_date;   /* TT_NO_DATE */

    /* of a member of a pack */
    uint32_t pack;   /* from 1; 0: it is a file */
    uint32_t member; /* its number in there */
    bool is_held;    /* `held` are its bytes */
    tt_str held;

    /* what an export's table says of it */
    tt_str format, given_title; /* empty: nothing is said */
    int64_t given_number;       /* -1 */
    int32_t given_date;         /* TT_NO_DATE */
    bool given_draft;
    const char *given_out; /* a literal: why it is no issue, or NULL */
} tt_source;

typedef struct tt_packed {
    tt_str path;
    bool single; /* one compressed file */
    tt_pack_list list;
} tt_packed;

typedef struct tt_sources {
    tt_arena arena;
    tt_source *v; /* by archive, then path */
    size_t n, cap;
    tt_packed *packs;
    size_t n_packs, cap_packs;
    uint64_t held; /* bytes of all packs */
    int spool;     /* a file that holds standard input; -1: it is no source */
} tt_sources;

void tt_sources_init(tt_sources *s);
int tt_sources_walk(tt_sources *out, const tt_options *opt, const char *const *paths, size_t n_paths,
                    const tt_sink *sink, tt_err *err);
void tt_sources_release(tt_sources *s);

#endif
