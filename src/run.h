/* run: what the two files that know every room share: an open archive, and an issue being read. */
#ifndef TT_RUN_H
#define TT_RUN_H

#include "base/digest.h"
#include "base/profile.h"
#include "parse/parse.h"
#include "read/archive.h"
#include "read/date.h"
#include "read/decode.h"
#include "read/front.h"
#include "read/meta.h"
#include "read/open.h"
#include "read/survey.h"
#include "tag/match.h"
#include "tag/query.h"
#include "tag/scan.h"
#include "tag/token.h"
#include "trend/count.h"
#include "trend/filter.h"
#include "trend/links.h"
#include "trend/series.h"
#include "trend/twin.h"

#include <limits.h>

/* What became of a source. */
typedef enum tt_seen_state { TT_SEEN_NOT, TT_SEEN_ISSUE, TT_SEEN_SKIPPED, TT_SEEN_DRAFT } tt_seen_state;

struct tt_seen {
    tt_seen_state state;
    char digest[TT_DIGEST_SIZE]; /* of an issue's bytes, where the input's is wanted */
};

struct tt_archive {
    tt_options opt;
    const tt_sink *sink;
    tt_sink sink_copy;
    tt_lexicon *lex;
    tt_topic *topics; /* the lexicon's, and behind them what is asked for; in query_arena */
    size_t n_topics;
    tt_query queries[2]; /* opt.query, opt.vs */
    size_t n_queries;
    tt_arena query_arena;
    tt_section_names *names;
    tt_sources sources;
    struct tt_seen *seen; /* by source */
    tt_survey survey;
    uint64_t n_bytes;     /* of all issues */
    tt_twins twins;       /* sketches of the issues */
    uint32_t *twin_words; /* words of each issue that are compared; NULL: none was sketched */
    tt_cells cells;
    tt_links links;
    bool has_targets; /* the links have */
    tt_totals totals;
    char lexicon_hash[TT_DIGEST_SIZE];
    const char *input_hash; /* NULL: not wanted */
    char input_hash_buf[TT_DIGEST_SIZE];
    tt_str name; /* last component of the first argument */
    char name_buf[PATH_MAX];
};

/* One issue, from bytes to a doc with sections. {0} is empty. */
struct tt_reading {
    tt_arena arena;
    tt_parse_scratch scratch;
    tt_opened opened; /* the issue's source, its record the last one given */
    uint32_t source;
    tt_str format, section; /* as in tt_issue */
    tt_text text;
    tt_front front;
    tt_doc doc;
    tt_title title;
    tt_heading *headings;
    uint32_t *block_of;
    size_t n_headings;
    uint64_t hash;
    tt_profile *profile; /* tt_run_open sets it to the options' where it is NULL; a further thread has its own */
};

void tt_reading_release(struct tt_reading *r);

/* Reads the lexicons and section names of a->opt into *a. With `lenient` a lexicon of all that is right comes out in
 * spite of mistakes. */
int tt_run_lexicon(tt_archive *a, bool lenient, tt_err *err);

/* Surveys n of the archive's sources (NULL: the first n) into *out, which is not finished yet: surveys of parts merge. */
int tt_run_survey(tt_archive *a, const uint32_t *sources, size_t n, struct tt_reading *r, tt_survey *out, tt_err *err);

/* Counts n issues of the finished survey (NULL: the first n) into *out, which is not finished yet: cells merge. Their
 * links go into `links`, which has begun; NULL: they are not gathered. */
int tt_run_count(tt_archive *a, const uint32_t *issues, size_t n, struct tt_reading *r, tt_cells *out, tt_links *links,
                 tt_err *err);

/* Opens a source for its records. With `quiet` it has been read before, and its warnings were told. 0, a failure, or
 * TT_OPEN_UNKNOWN. */
int tt_run_open(tt_archive *a, uint32_t source, struct tt_reading *r, bool quiet, tt_err *err);

/* As tt_opened_next. */
int tt_run_next(struct tt_reading *r, tt_record *out, tt_err *err);

/* Makes a doc with title and headings of a record of r's source, which must stay as it is meanwhile. */
int tt_run_record(tt_archive *a, const tt_record *rec, struct tt_reading *r, bool quiet, tt_err *err);

/* Reads an issue of the survey again, lays sections and zones over it, and cuts it into tokens (NULL: not
 * wanted). */
int tt_run_read(tt_archive *a, uint32_t issue, struct tt_reading *r, tt_tokens *tokens, tt_err *err);

/* Issues that hold the same text (run_twin.c): whether they are looked for while counting, which costs too much in large
 * archives; a sketch of one issue, its sections laid; the pairs told, once all are sketched; or all sketched, and what is a
 * copy taken out of the survey. */
enum { TT_MAX_TWIN_BYTES = 64 << 20 };
bool tt_run_sketches(const tt_archive *a);
int tt_run_sketch(tt_archive *a, const tt_doc *doc, uint32_t issue, tt_err *err);
int tt_run_tell_twins(tt_archive *a, struct tt_reading *r, tt_err *err);
int tt_run_drop_twins(tt_archive *a, struct tt_reading *r, tt_err *err);

/* What stands at vis..vis + n, beginning in `first`, and `limit` characters (at most TT_MOST_CONTEXT) on both sides,
 * white space collapsed; in r->arena. 0 or TT_ENOMEM. */
enum { TT_CONTEXT = 40, TT_MOST_CONTEXT = 1000 };
int tt_run_context(struct tt_reading *r, const tt_token *first, uint32_t vis, uint32_t n, size_t limit, tt_str *before,
                   tt_str *surface, tt_str *after);

/* All that was counted, for series, tables and filters. Of links only after tt_run_targets, which most tables do not need
 * and so is done when it is asked for; TT_EUSAGE: none were gathered. */
tt_facts tt_run_facts(const tt_archive *a);
int tt_run_targets(tt_archive *a, tt_err *err);

/* The story of each period of `years` that has an issue, beside the periods; the filter names no years. In the arena. */
int tt_run_stories(tt_archive *a, const tt_facts *facts, const tt_filter *whole, const tt_series *years, tt_arena *arena,
                   tt_story **out, tt_err *err);

/* True where a zone counts. */
bool tt_run_counted(const tt_archive *a, unsigned zone);

#endif
