/* infer: what numbers and dates of issues tell about each other (COUNTING 1). Part of tt_survey_finish: the issues are
 * sorted by archive, then path. */
#ifndef TT_READ_INFER_H
#define TT_READ_INFER_H

#include "read/survey.h"

enum {
    TT_INFER_BEYOND = 26,           /* numbers beyond the last dated issue that a date is inferred for */
    TT_INFER_MAX_NUMBER = 999999999 /* a number above it (a time stamp, say) is a name: no date is inferred from it */
};

/* Sets `number` of every issue. 0 or TT_ENOMEM. */
int tt_infer_numbers(tt_survey *s);

/* Sets date and date_source of issues that have a number and no date. 0 or TT_ENOMEM. */
int tt_infer_dates(tt_survey *s, const tt_sink *sink);

#endif
