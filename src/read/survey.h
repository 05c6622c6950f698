/* survey: what only the whole archive knows: numbers and dates to infer, the order of issues, recurring section names,
 * boilerplate. Gathered issue by issue, mergeable from parts in any order with the same result, then finished once. */
#ifndef TT_READ_SURVEY_H
#define TT_READ_SURVEY_H

#include "base/str.h"

enum {
    TT_RECURRING_NAME = 2, /* issues that bear a heading: it is a known section name */
    TT_RECURRING_REST = 2, /* issues whose titles are the same but for a number at their end */
    TT_BOILERPLATE = 5,    /* issues that have a block, and half of those from the first to the last that has it */
    TT_SECTION_LEVELS = 7  /* 0: lines and bold paragraphs; 1 to 6: headings */
};

enum { TT_FAR_DAYS = 20 * 366 }; /* neighbouring issues farther apart than this are told: a year may be mistyped */

struct tt_survey {
    tt_arena arena;   /* every string below */
    tt_issue *issues; /* after finish: by archive, then path */
    size_t n_issues, cap_issues;
    tt_heading *headings;
    size_t n_headings, cap_headings;
    struct tt_survey_block {
        uint64_t hash;
        uint32_t issue;
    } * blocks; /* one for each block with 40 letters or more */
    size_t n_blocks, cap_blocks;

    /* from here on after tt_survey_finish */
    bool finished;
    bool single;      /* an archive of one issue: every name is known */
    tt_str *sections; /* names by id; 0 (none), 1 (intro), 2 (other), then known names in order of issue and place */
    size_t n_sections;
    struct tt_named {
        tt_str key; /* folded name */
        uint32_t section;
    } * named; /* by key, n_sections of them */
    struct tt_known {
        uint8_t level;
        uint32_t section;
        tt_str key;
    } * known; /* by level, key */
    size_t n_known;
    uint64_t *boilerplate; /* rising */
    size_t n_boilerplate;
    uint32_t *order;        /* order[rank] = issue */
    double median_interval; /* days between neighbouring dated issues (distinct days); 0: fewer than 2 days */
};

void tt_survey_init(tt_survey *s);
void tt_survey_release(tt_survey *s);

/* Adds one issue with its headings (their `issue` is set here) and block hashes; strings are copied. */
int tt_survey_add(tt_survey *s, const tt_issue *issue, const tt_heading *headings, size_t n_headings,
                  const uint64_t *blocks, size_t n_blocks, tt_err *err);

/* Adds all that `part` holds to `into`. Neither may be finished. */
int tt_survey_merge(tt_survey *into, const tt_survey *part, tt_err *err);

/* Sorts issues, decides numbers, infers dates (unless no_infer), ranks, and finds known section names and boilerplate.
 * Undated issues, inferred dates and numbers that do not rise with the dates are told to the sink. */
int tt_survey_finish(tt_survey *s, bool no_infer, const tt_sink *sink, tt_err *err);

/* Takes issues out of a finished survey, drop[i] those that go; the others are ranked anew. What was found in all of them
 * (section names, boilerplate, inferred dates) stays. 0 or TT_ENOMEM. */
int tt_survey_drop(tt_survey *s, const bool *drop, tt_err *err);

bool tt_survey_boilerplate(const tt_survey *s, uint64_t hash);
/* The id of a section name known at a level, or TT_SECTION_NONE. In an archive of one issue every name is known. */
uint32_t tt_survey_section(const tt_survey *s, int level, tt_str key);
uint32_t tt_survey_section_named(const tt_survey *s, tt_str name); /* ignoring case; UINT32_MAX: none, or no memory */

#endif
