/* side: the side file `path,date,number,title` laid over the files of an archive (COUNTING 1). */
#ifndef TT_READ_SIDE_H
#define TT_READ_SIDE_H

#include "read/archive.h"

/* Reads the CSV file at `path` and sets the side_ fields of `v`, n sources sorted by path. Without `named` a file that
 * has no `path` column is no side file and nothing happens. What is wrong in a row is told to the sink with its line.
 * Titles live in `arena`. */
int tt_side_read(const char *path, bool named, tt_source *v, size_t n, tt_arena *arena, const tt_sink *sink,
                 tt_err *err);

#endif
