/* pack: archive files (zip, tar) and compressed files (gzip, zstd, xz, bzip2), read as folders without unpacking to disk.
 * The only file that knows libarchive.
 *
 * A pack is walked from its first member to its last; the data of the present one are read through a tt_input:
 *
 *     while ((rc = tt_pack_next(pack, &member, &err)) == TT_PACK_MEMBER)
 *         if (!member.left_out) {
 *             tt_pack_data(pack, &in);
 *             … tt_input_more(&in, …) …
 *             tt_input_close(&in);
 *         }
 *
 * Going back means to open again (tt_input_seek(in, 0), tt_pack_open): in a zip that costs its directory, since what is
 * not asked for is not unpacked; in a tar.gz everything before the member is unpacked again. What is small is held whole
 * instead: base/pack_list.h. Formats and filters of libarchive alone: no outside program is ever started. Where there is no
 * memory, libarchive ends the program in a few places that put names and messages together. */
#ifndef TT_BASE_PACK_H
#define TT_BASE_PACK_H

#include "base/input.h"

enum {
    TT_MAX_PACK_RATIO = 1000, /* bytes unpacked for each byte packed, */
    TT_PACK_SMALL = 64 << 20, /* once more than these are unpacked */
    TT_MAX_PACK_GIB = 64,     /* unpacked by one walk */
    TT_MAX_MEMBERS = 1000000, /* of one pack, folders too */
};

/* {0} in a field: none of that kind is asked for. */
typedef struct tt_pack_limits {
    uint64_t member; /* bytes of one member; not of a single compressed file, which may be a long stream of rows */
    uint64_t total;
    uint64_t small;
    uint64_t ratio;
} tt_pack_limits;

typedef struct tt_member {
    tt_str name; /* relative path: UTF-8, no empty, `.` or `..` parts, no drive; a byte that is not UTF-8 as %XX */
    tt_str raw;  /* as it stands in the pack */
    const char
        *path;    /* for messages and mentions: the pack's path, `/`, name; of a single compressed file its own path */
    int64_t size; /* unpacked, as the pack says, which may lie; -1: not said */
    size_t nth;   /* from 0, folders not counted */
    const char *left_out; /* a literal: why it cannot be read (encrypted, a link, `..` in its name), or NULL */
    bool lost;            /* what cannot be read may be an issue: no link, no device */
} tt_member;

typedef struct tt_pack tt_pack;

/* By content: the first bytes of a zip, of a tar (ustar), of a compressed file. 512 bytes are enough. Office documents and
 * e-books are zips too: their names tell. */
bool tt_pack_is(tt_str head);

/* Opens the pack that begins where the window of `in` stands. `in` outlives the pack and is used by nobody else; `path` is
 * what messages call it. A zip that comes through a pipe is read whole first (TT_MAX_FILE). `limits` NULL: those above. */
int tt_pack_open(tt_pack **out, tt_input *in, const char *path, const tt_pack_limits *limits, tt_err *err);
bool tt_pack_single(const tt_pack *p); /* one compressed file: its one member is named by the stem */
void tt_pack_free(tt_pack *p);         /* NULL is allowed; not `in` */

enum { TT_PACK_END = 0, TT_PACK_MEMBER = 1 };
/* The next member that is no folder. Negative: nothing can follow (truncated, a limit), what was given before stands.
 * What *out points to lives until the next call. */
int tt_pack_next(tt_pack *p, tt_member *out, tt_err *err);
/* Makes `in` read the present member, which has no left_out, from its first byte; once for a member. What is broken in it
 * (a wrong checksum, an unknown method) is TT_EINPUT, and the next member can still be asked for. */
void tt_pack_data(tt_pack *p, tt_input *in);

#endif
