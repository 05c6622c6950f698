/* file: whole files in, whole files out, folders in sorted order. The only file that opens anything. */
#ifndef TT_BASE_FILE_H
#define TT_BASE_FILE_H

#include "base/str.h"

typedef enum tt_file_kind { TT_FILE_MISSING, TT_FILE_REGULAR, TT_FILE_FOLDER, TT_FILE_OTHER } tt_file_kind;
tt_file_kind tt_file_kind_of(const char *path); /* follows symbolic links */

/* Reads a whole file ("-": standard input) behind what `out` holds. TT_EIO, TT_ELIMIT (above `max` bytes), TT_ENOMEM. */
int tt_file_read(const char *path, size_t max, tt_buf *out, tt_err *err);

typedef struct tt_names {
    char **v; /* sorted by bytes */
    size_t n, cap;
} tt_names;
int tt_folder_list(const char *path, tt_names *out, tt_err *err); /* names without . and .. */
void tt_names_release(tt_names *names);
int tt_folder_make(const char *path, tt_err *err); /* with its parents; there already: fine */

/* Writes a file under a temporary name beside it and renames it: afterwards it is whole, old or new. */
int tt_file_write(const char *path, const char *p, size_t n, tt_err *err);

#endif
