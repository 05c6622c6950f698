/* jfile: what the readers of JSON share: knowing a format by its head, going from record to record, and taking what
 * records are made of out of values. */
#ifndef TT_READ_JFILE_H
#define TT_READ_JFILE_H

#include "base/jscan.h"
#include "base/place.h"
#include "read/reader.h"

/* ---- knowing a format ---- */

#define TT_JFILE_CUT (UINT32_C(1) << 31)

/* The head's text without a byte-order mark; of UTF-16 its characters below 256, so that `is` knows what tt_jfile_open will
 * refuse. Empty: what begins there is no array or object. */
tt_str tt_jfile_head(const tt_head *head, char narrow[TT_HEAD / 2]);
/* Bit i: a value stands at paths[i] ("data.posts[].html"), up to five levels down; with `=` behind the path its text
 * begins as what follows. TT_JFILE_CUT: the head ends before the text does. 0: it is no JSON text. */
uint32_t tt_jfile_seen(const tt_head *head, const char *const *paths, size_t n);

/* ---- the file ---- */

enum { TT_JFILE_LEVELS = 5 };

/* Where a value stands, as in tt_jfile_seen; too long a path is cut, and equals none that matters. */
typedef struct tt_jfile_path {
    char text[96];
    size_t ends[TT_JFILE_LEVELS + 1];
} tt_jfile_path;
/* The next value that is no deeper than TT_JFILE_LEVELS, and its path. CLOSE is passed over. */
tt_jscan_kind tt_jfile_walk(tt_jscan *s, tt_jfile_path *path, tt_jscan_value *v);

typedef struct tt_jfile {
    tt_reading_in in;
    tt_str data;    /* without a byte-order mark; of a file that is read whole all of it */
    tt_jscan scan;  /* in the array of the records, or before the one */
    tt_place place; /* rises: the record's first byte */
    tt_arena arena; /* of the record, as what follows */
    tt_loci body, inner;
    tt_buf scratch;
} tt_jfile;

/* Makes the file empty, its input standing behind a byte-order mark. TT_EINPUT: UTF-16. */
int tt_jfile_begin(tt_jfile *f, const tt_reading_in *in, tt_err *err);
/* The same, reads the whole file, and sets `scan` to its start. */
int tt_jfile_open(tt_jfile *f, const tt_reading_in *in, tt_err *err);
void tt_jfile_close(tt_jfile *f);
/* For formats whose records are the elements of one array, at either path ("": the outermost), or of none: makes the
 * file the reader's state. */
int tt_jfile_open_array(const tt_reading_in *in, const char *path, const char *other, void **state, tt_err *err);
void tt_jfile_release(void *state); /* of such a reader; NULL is allowed */
/* "is broken JSON", at the place where `s`, a scan of f->data, says so. Returns TT_EINPUT. */
int tt_jfile_broken(const tt_jfile *f, const tt_jscan *s, tt_err *err);

/* The values of the members that have these names, of the object that was just begun; of arrays and objects all the text.
 * Of a name that stands twice the last holds, as in JavaScript. false: broken. */
bool tt_jfile_fields(tt_jscan *s, const char *const *names, size_t n, tt_jscan_value *values);
/* The same for a value that is an object, raw; not one: nothing is found. Values that were checked before. */
void tt_jfile_members(const tt_jscan_value *object, const char *const *names, size_t n, tt_jscan_value *values);

/* The next record, which must be an object: its fields, f->place, out->line, an empty body that begins there. As
 * tt_reader.next. */
int tt_jfile_record(tt_jfile *f, const char *const *names, size_t n, tt_jscan_value *values, tt_record *out,
                    tt_err *err);

/* ---- values ---- */

bool tt_jfile_has_text(const tt_jscan_value *v); /* a string that is not empty */
bool tt_jfile_is_true(const tt_jscan_value *v);  /* true, 1, "true" */
bool tt_jfile_is(const tt_jscan_value *v, const char *text);
/* The text of a string, HTML's entities decoded, or the digits of a number; else empty. In the record's arena. */
int tt_jfile_text(tt_jfile *f, const tt_jscan_value *v, tt_str *out);
/* A date as text, or a time as seconds or milliseconds since 1970 (then the day in UTC). */
int tt_jfile_date(tt_jfile *f, const tt_jscan_value *v, tt_record *out);
int64_t tt_jfile_number(const tt_jscan_value *v); /* -1: none */

/* Adds a string of the record to its body, as it is; or as text of HTML, between `before` and `after`. */
void tt_jfile_add(tt_jfile *f, const tt_jscan_value *v);
void tt_jfile_add_html(tt_jfile *f, const char *before, const tt_jscan_value *v, const char *after);
/* Hands the body out. 0 or TT_ENOMEM. */
int tt_jfile_done(tt_jfile *f, tt_record *out, tt_err *err);

#endif
