/* open: a source, opened: the issues in it, one after the other. */
#ifndef TT_READ_OPEN_H
#define TT_READ_OPEN_H

#include "read/archive.h"
#include "read/reader.h"

/* {0}: nothing is open. The memory is used again by the next source. */
typedef struct tt_opened {
    const tt_source *source; /* NULL: none */
    const char *format;      /* its reader's name; NULL: the file is one text */
    uint32_t next;           /* number of the record that comes next, from 0 */

    tt_input in; /* private from here on */
    const tt_reader *reader;
    void *state;
    tt_buf bytes;
    tt_pack *pack; /* stays open from member to member */
    tt_input pack_in;
    uint32_t nth_pack, member; /* the one that was read last */
} tt_opened;

/* What an archive's sources are opened with. */
typedef struct tt_opening {
    tt_columns columns;
    const tt_sources *sources;
    const tt_sink *sink; /* for notes; NULL: they were told */
} tt_opening;

/* Opens `s`, which outlives it; what was open is closed. TT_OPEN_UNKNOWN: it is of no known format. */
enum { TT_OPEN_UNKNOWN = 1 };
int tt_opened_begin(tt_opened *o, const tt_opening *how, const tt_source *s, tt_err *err);
int tt_opened_next(tt_opened *o, tt_record *out, tt_err *err); /* as tt_reader.next */
void tt_opened_end(tt_opened *o);                              /* closes; keeps the memory */
void tt_opened_release(tt_opened *o);                          /* any state */

#endif
