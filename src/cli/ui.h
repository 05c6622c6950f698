/* ui: the only writer to standard error. */
#ifndef TT_CLI_UI_H
#define TT_CLI_UI_H

#include "tagtrend.h"

typedef struct tt_ui {
    bool quiet, verbose;
    bool terminal;       /* standard error is one: progress is shown */
    size_t n_skipped;    /* messages that make exit status 1 */
    char *first;         /* the first of them, so that a failure is not told twice */
    double start, shown; /* seconds */
    bool line_open;      /* a progress line stands there */
} tt_ui;

void tt_ui_init(tt_ui *ui, bool quiet, bool verbose);
void tt_ui_release(tt_ui *ui);
tt_sink tt_ui_sink(tt_ui *ui);
void tt_ui_fail(tt_ui *ui, const tt_err *err); /* why the run ends */
/* --profile. `now` for tt_profile; the table of stages, at the end of a run. */
double tt_ui_now(void *unused);
void tt_ui_profile(tt_ui *ui, const tt_profile *profile);

void tt_ui_say(tt_ui *ui, const char *text);   /* a closing remark; not with -q */

#endif
