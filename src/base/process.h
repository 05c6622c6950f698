/* process: runs another program, without a shell. */
#ifndef TT_BASE_PROCESS_H
#define TT_BASE_PROCESS_H

#include "base/mem.h"

enum {
    TT_PROCESS_SILENCE = 60000,    /* milliseconds without output or end, after which the program is killed */
    TT_PROCESS_MESSAGE = 64 * 1024 /* bytes of standard error that are kept; the rest is read and dropped */
};

typedef struct tt_process {
    const char *const *argv; /* ends in NULL; argv[0] is looked for in PATH; it lives until the end */
    const char *folder;      /* where it runs; NULL: the current one */
    size_t max_out;          /* bytes of standard output: more is an error */
    int silence;             /* milliseconds; 0: TT_PROCESS_SILENCE */
} tt_process;

typedef enum tt_process_end {
    TT_PROCESS_EXITED,
    TT_PROCESS_MISSING, /* no such program */
    TT_PROCESS_KILLED,  /* by a signal */
    TT_PROCESS_SILENT,  /* killed here, after `silence` */
    TT_PROCESS_TOO_LONG /* killed here, after max_out */
} tt_process_end;

typedef struct tt_ended {
    tt_process_end how;
    int status; /* exit status, or the signal */
} tt_ended;

/* Runs the program and appends what it prints to `out` and `messages`. Its standard input is /dev/null; its environment
 * is LC_ALL=C, TZ=UTC0 and a fixed PATH, nothing else; all signals have their usual effect. 0 however the program ended; fails
 * (TT_EIO, TT_ENOMEM) where the system gives no pipe, process or memory: then nothing of it runs any more. */
int tt_process_run(const tt_process *p, tt_buf *out, tt_buf *messages, tt_ended *ended, tt_err *err);

/* The same in two steps, so that several programs run at a time: the first begins it, the second reads to its end and
 * frees *out, whatever it returns. What begins and is not finished must be cancelled: killed, waited for, freed. */
typedef struct tt_running tt_running;
int tt_process_start(tt_running **out, const tt_process *p, tt_err *err);
int tt_process_finish(tt_running *r, tt_buf *out, tt_buf *messages, tt_ended *ended, tt_err *err);
void tt_process_cancel(tt_running *r); /* NULL is allowed */

#endif
