/* join: exports that keep the texts in files of their own, and what is known of them in one table beside: Substack
 * (posts.csv, posts/ID.html) and Buttondown (emails.csv, emails/SLUG.md). */
#ifndef TT_READ_JOIN_H
#define TT_READ_JOIN_H

#include "base/str.h"

/* What the table says of one file. */
typedef struct tt_join {
    tt_str rel;           /* the file, as it was handed in */
    const char *format;   /* a literal: "substack", "buttondown" */
    tt_str title;         /* empty: none */
    int64_t number;       /* -1: none */
    int32_t date;         /* TT_NO_DATE: none; the day as written */
    bool draft;           /* not published */
    const char *left_out; /* a literal: why it is no issue ("a page"), or NULL */
    size_t line;          /* of the table; 0: no row is about the file */
} tt_join;

/* Whether a CSV file that begins so is such a table. */
bool tt_join_is(tt_str head);

/* Lays the table `csv`, whose path for messages is `path`, over `files`: paths relative to the table's folder. *out holds
 * every one of them that is a text of the export, in the order of `files`, whether a row is about it or not; files of
 * other kinds and in other folders are not its matter. What does not fit (rows without a file, files without a row, a
 * broken row, a date that is none) is told to the sink. Strings live in `arena`, rel where it did before. 0, TT_EINPUT (no
 * such table) or TT_ENOMEM. */
int tt_join_read(tt_str csv, const char *path, const tt_str *files, size_t n_files, tt_arena *arena,
                 const tt_sink *sink, tt_join **out, size_t *n, tt_err *err);

#endif
