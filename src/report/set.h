/* set: the folder that a report fills: writes files, each whole or not at all, and lists them for tagtrend.json. */
#ifndef TT_REPORT_SET_H
#define TT_REPORT_SET_H

#include "report/json.h"

typedef struct tt_set {
    const char *folder;
    const tt_sink *sink;
    tt_err *err;
    tt_arena arena; /* of the run: names and texts that outlive a call */
    tt_buf text;    /* the file being made */
    tt_set_file *files;
    size_t n_files, cap_files;
} tt_set;

void tt_set_release(tt_set *s);

/* Text in the arena, made as printf does; NULL: no memory. */
const char *tt_set_name(tt_set *s, const char *format, ...) TT_PRINTF(2, 3);

/* "FOLDER/name" in the arena; NULL: no memory. */
const char *tt_set_path(tt_set *s, const char *name);

/* Writes `text` as the file `name`, which is in the set's folder and is not listed. */
int tt_set_write(tt_set *s, const char *name, const tt_buf *text);

/* Writes s->text as the file `name`, empties it, and lists the file. `name` must live as long as the set. */
int tt_set_put(tt_set *s, const char *name);

/* Removes the file `name` of an earlier run, if there is one: what this run does not make would contradict the tables. */
int tt_set_remove(tt_set *s, const char *name);

/* *has: there is a file `name`, and `mark` stands in it. */
int tt_set_has(tt_set *s, const char *name, const char *mark, bool *has);

#endif
