/* why: the explanation of one line (`mentions --why`), as text for people and as JSON. */
#ifndef TT_REPORT_WHY_H
#define TT_REPORT_WHY_H

#include "report/table.h"

/* A topic that a place counts for, or would. */
typedef struct tt_why_topic {
    uint32_t topic, entry;
    bool also;            /* by what the entry names, or what is broader than that; else by its own topic */
    const uint32_t *path; /* topics: from the entry's own, or what `also` names, up to this one */
    size_t n_path;
    bool selected; /* --topic leaves it in */
} tt_why_topic;

/* A hit, and what only who reads the archive knows of it. */
typedef struct tt_why_hit {
    tt_hit hit;
    size_t line, column, end_line, end_column; /* on disk; the end is its last character */
    tt_str surface, section;
    uint8_t zone;
    bool zone_counts, section_selected;
    const tt_why_topic *topics; /* of a winner that `-` does not take */
    size_t n_topics;
} tt_why_hit;

typedef struct tt_why_in {
    tt_str path;
    size_t line, column; /* column 0: the whole line */
    tt_str text;         /* of the line, after decoding */
    const char *what;    /* "paragraph" */
    unsigned zones;      /* bit 1 << tt_zone for each that the line has … */
    unsigned counted;    /* … and for each that counts */
    const tt_issue *issue;
    bool issue_selected;
    tt_str section;
    const tt_entry *entries;
    const tt_topic *topics;
    const tt_why_hit *hits; /* as tt_why orders them */
    size_t n_hits;
} tt_why_in;

/* Rows of `mentions` that come of it: places that begin in the line. */
size_t tt_why_rows(const tt_why_in *in);

int tt_why_text(tt_buf *to, const tt_why_in *in, bool color);
int tt_why_json(tt_buf *to, const tt_why_in *in, const tt_provenance *from);

#endif
