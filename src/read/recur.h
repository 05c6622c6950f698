/* recur: what recurs over the archive: section names and boilerplate (COUNTING 3 and 4). Part of tt_survey_finish: the
 * issues are sorted and ranked, headings stand by issue and place. */
#ifndef TT_READ_RECUR_H
#define TT_READ_RECUR_H

#include "read/survey.h"

int tt_recur_sections(tt_survey *s);    /* sets sections, named, known. 0 or TT_ENOMEM */
int tt_recur_boilerplate(tt_survey *s); /* sets boilerplate; uses up blocks. 0 or TT_ENOMEM */

#endif
