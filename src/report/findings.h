/* findings: what `check` writes. */
#ifndef TT_REPORT_FINDINGS_H
#define TT_REPORT_FINDINGS_H

#include "base/mem.h"

/* A line path:line:column: error|warning: text each, below it one path:line:column: note: … for each witness. Control
 * characters are escaped: a terminal must not act on what a lexicon or an archive says. */
int tt_findings_text(tt_buf *to, const tt_finding *v, size_t n);

/* {"schema_version":1,"program":"tagtrend","version":…,"errors":…,"warnings":…,"findings":[
 *  {"file":…,"line":…,"column":…,"severity":…,"code":…,"message":…,"places":[
 *   {"file":…,"line":…,"column":…,"before":…,"text":…,"after":…}, …]}, … ]}, one finding a line. */
int tt_findings_json(tt_buf *to, const tt_finding *v, size_t n);

#endif
