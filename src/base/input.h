/* input: the bytes of one file as they come, seen through a window that slides over it. For files that are read in pieces
 * or once only: rows, mailboxes, standard input, members of a zip. */
#ifndef TT_BASE_INPUT_H
#define TT_BASE_INPUT_H

#include "base/str.h"

/* Reads at most n bytes into `to`; *got 0: the end. 0, TT_EIO, TT_EINPUT (a broken zip) or TT_ENOMEM. */
typedef int tt_input_fn(void *ctx, char *to, size_t n, size_t *got, tt_err *err);

typedef struct tt_input {
    const char *path; /* for messages; the caller's */
    const char *p;    /* the window: what was read and not taken yet */
    size_t n;
    uint64_t at; /* bytes before the window */
    bool end;    /* nothing follows the window */

    tt_buf buf; /* private from here on */
    size_t from;
    tt_input_fn *read;
    void *ctx;
    int fd;
    uint64_t offset; /* of a spooled file */
} tt_input;

int tt_input_open(tt_input *in, const char *path, tt_err *err);     /* a file, or "-": standard input */
void tt_input_memory(tt_input *in, const char *path, tt_str bytes); /* which must outlive it */
void tt_input_from(tt_input *in, const char *path, tt_input_fn *read, void *ctx);
/* A file that is open already, from its start on whatever its position is; several may read it. It stays open. */
void tt_input_spooled(tt_input *in, const char *path, int fd);
void tt_input_close(tt_input *in); /* any state, {0} too */

/* Makes the window at least `want` bytes long, or as long as the file is. TT_ELIMIT: `want` is above TT_MAX_FILE. What p
 * pointed to moves. */
int tt_input_more(tt_input *in, size_t want, tt_err *err);
/* Makes the window all that is left. TT_ELIMIT: above `max`. */
int tt_input_all(tt_input *in, size_t max, tt_err *err);
/* Makes the window reach over the next `mark` (from byte `from` of the window on) and sets *n to the bytes before it; no
 * such byte up to the end: *n is all and in->end holds. TT_ELIMIT: more than `max` bytes before it. */
int tt_input_until(tt_input *in, char mark, size_t from, size_t max, size_t *n, tt_err *err);
void tt_input_take(tt_input *in, size_t n); /* the window's first n bytes are done with; n <= in->n */

/* Copies standard input into a temporary file without a name, which can be read again; the caller closes *fd. */
int tt_input_spool(int *fd, tt_err *err);
/* How many bytes there are in all, as far as it is known: of memory, of a regular file, of what was read to its end. */
bool tt_input_size(tt_input *in, uint64_t *size);
/* Moves the window to byte `at`, forwards or back, not beyond the end: in memory and regular files, and else as far as the
 * bytes are still held (all of them, where tt_input_all was called before anything was taken). TT_EINPUT: they are not. */
int tt_input_seek(tt_input *in, uint64_t at, tt_err *err);

#endif
