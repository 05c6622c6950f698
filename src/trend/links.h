/* links: where the issues of an archive lead, and which of them mean another issue. Gathered doc by doc, then finished
 * once, since only the whole archive shows how it calls and where it keeps its issues. */
#ifndef TT_TREND_LINKS_H
#define TT_TREND_LINKS_H

#include "trend/calling.h"

enum { TT_NAMING_BEFORE = 64 /* bytes that are kept of what stands before a number */ };

/* A number that may be an issue's, as a text writes it: `DT #42`, `issue 42`, `This Week in Rust 308`, `第 12 期`. */
typedef struct tt_naming {
    uint32_t link;    /* index in tt_links.v: of the link whose text it is in, or of a row without URL */
    uint8_t n_before; /* bytes of `text` that stand before the number, its `#` or 第 */
    bool hash;
    bool chained; /* stands in a list right behind the naming before it: `DT #6, #8 and #23` */
    bool chinese; /* 第 … 期 */
    int64_t number;
    tt_str text; /* with what stands before it in the same piece of text, from the start of a word on */
} tt_naming;

typedef struct tt_links {
    tt_link *v; /* by issue, place */
    size_t n, cap;
    tt_naming *namings; /* rising by link */
    size_t n_namings, cap_namings;
    tt_calling calling;
    tt_intern hosts;
    tt_str *domains; /* by host */
    size_t cap_domains;
    tt_arena arena;
    tt_buf scratch;
} tt_links;

/* Before the first doc: what the survey knows. `archive`: its name. Release also after a failure. 0 or TT_ENOMEM. */
int tt_links_begin(tt_links *l, const tt_issue *issues, size_t n_issues, tt_str archive);
void tt_links_release(tt_links *l);

/* Adds the links of a doc over which sections and zones are laid, and what in its counted text may name an issue. Issues
 * come in rising order. A link counts with the zone around it, whatever its own text is; those in titles and names of
 * sections always do. 0 or TT_ENOMEM. */
int tt_links_add(tt_links *l, const tt_doc *doc, uint32_t issue, unsigned zones);

/* Finds the targets (refer.c) and takes out rows without URL that have none. 0 or TT_ENOMEM. */
int tt_links_finish(tt_links *l, const tt_issue *issues, size_t n_issues);

#endif
