/* run_query: a query over the archive: which of an issue's places are its. Used by run.c, which counts them beside the
 * lexicon's topics, and by run_out.c and run_ask.c, which show them. */
#ifndef TT_RUN_QUERY_H
#define TT_RUN_QUERY_H

#include "run.h"

/* A place that a part of the query has, in whatever zone. */
typedef struct tt_spot {
    uint32_t first, last; /* tokens */
    uint32_t vis, n, at;  /* as in tt_mention */
    uint32_t part;        /* of the way */
    tt_str term;
    uint32_t via; /* TOPIC: the entry's own topic where it is another; else TT_DROP */
} tt_spot;

enum { TT_GROUP_FIRST, TT_GROUP_SECOND, TT_GROUP_BOTH };

/* One way of a query, being matched issue by issue. */
typedef struct tt_asking {
    const tt_archive *a;
    const tt_way *way;
    tt_match_state **match; /* by part; NULL: not a TERM */
    uint32_t *topics, *by;  /* scratch */
    tt_spot *spots;         /* of the issue: by first token, the longer first */
    size_t n, cap;
    uint32_t part; /* whose own matcher runs */
    const tt_tokens *tokens;
} tt_asking;

int tt_asking_init(tt_asking *q, const tt_archive *a, const tt_way *way, tt_err *err); /* on failure too, release */
void tt_asking_release(tt_asking *q);

/* For each issue: begin, a hit for each mention of the lexicon, end. */
void tt_asking_begin(tt_asking *q);
int tt_asking_hit(tt_asking *q, const tt_mention *m, tt_err *err);
int tt_asking_end(tt_asking *q, const tt_doc *doc, const tt_tokens *tokens, tt_err *err);

/* The next place of parts `from` to `to` - 1 behind *at, which begins at 0; NULL: no more. Places overlap in none: the
 * leftmost holds, then the longest. *reach is kept up; 0 at the beginning. */
const tt_spot *tt_asking_next(const tt_asking *q, size_t from, size_t to, size_t *at, uint32_t *reach);

/* Parts of a group: from *from to *to - 1. */
void tt_asking_group(const tt_way *way, unsigned group, size_t *from, size_t *to);

/* Adds the issue's counted places to the cells, under the indices that are not the lexicon's own. */
int tt_asking_count(tt_asking *q, uint32_t issue, const tt_doc *doc, tt_cells *cells, tt_err *err);

/* Makes a->queries and a->topics of the options; a->queries[i].chosen once all is counted. */
int tt_run_ask(tt_archive *a, tt_err *err);
int tt_run_choose(tt_archive *a, tt_err *err);

/* The selection as asked: "… in 2020" holds where it names no dates itself; *out points to `sel` and the queries. */
void tt_run_select(const tt_archive *a, const tt_select *sel, tt_select *out);

/* What is asked for instead of all topics: the query's groups. */
void tt_run_pick(const tt_archive *a, tt_filter *f);

static inline const tt_way *tt_run_way(const tt_archive *a, size_t query)
{
    return &a->queries[query].ways[a->queries[query].chosen];
}

#endif
