/* gather: units of all issues -> counted names and expressions. Two passes: the first learns how each word is written
 * over the archive (a capital in mid-sentence, in lower case, only where a sentence begins), the second counts what may
 * be a name or an expression. Memory is bounded by the distinct words and candidates. */
#ifndef TT_TAG_GATHER_H
#define TT_TAG_GATHER_H

#include "tag/unit.h"

enum {
    TT_GATHER_UNITS = 6,      /* units of the longest name, joiners counted */
    TT_GATHER_EXPRESSION = 4, /* words of the longest expression */
    TT_GATHER_SENTENCE = 5    /* units: a sentence so long that stands again, word for word, says nothing new */
};

/* A word as the archive writes it. */
typedef struct tt_gather_word {
    uint32_t strong; /* with a capital that is its own: in mid-sentence, or of a name's shape */
    uint32_t weak;   /* with a capital that may be the sentence's or the title's */
    uint32_t lower;
    uint32_t flags; /* TT_UNIT_… of its last place: FUNCTION, ORDINARY, CALENDAR */
} tt_gather_word;

/* One spelling of a group. */
typedef struct tt_gather_form {
    tt_str text;                  /* NFKC; one blank between units */
    uint32_t group, names, lower; /* places as a name, as ordinary words */
    uint32_t next;                /* form of the same group + 1; 0: none */
} tt_gather_form;

/* What a group's issues are counted for. */
typedef enum tt_gather_in {
    TT_IN_NAME, /* it stands there as a name */
    TT_IN_ANY,  /* … in any way */
    TT_IN_FREE, /* … as a name with no capital beside it */
    TT_IN_ALONE /* … and is not the part of a longer name that stood there before (Evans after Benedict Evans) */
} tt_gather_in;

/* Spellings that differ in case, hyphens, blanks, diacritics and a plural s alone. */
typedef struct tt_gather_group {
    uint32_t words[TT_GATHER_UNITS]; /* of the first place */
    uint8_t n_units, n_words;        /* joiners, `the` and numbers are no words */
    bool shaped;                     /* a word has the shape of a name */
    uint32_t strong, weak, lower;    /* places, by what its capitals say */
    uint32_t free, bound;            /* places as a name by itself, and beside a name (in a title: neither) */
    uint32_t issues[4];              /* by tt_gather_in */
    uint32_t last[4];                /* the last of each */
    uint32_t last_bound;             /* issue of the last place as a part of a longer name */
    uint32_t before[2];              /* places in the issues that a year is compared with */
    uint32_t first_form;
    uint32_t
        alias; /* the group that it is short for, or that is short for it, as the text first explains; + 1; 0: none */
    uint32_t example_issue, example_at; /* the first strong place, else the first */
    bool example_strong;
} tt_gather_group;

typedef struct tt_gather {
    tt_intern word_keys, group_keys, form_keys;
    tt_gather_word *words;
    size_t cap_words;
    tt_gather_group *groups;
    size_t cap_groups;
    tt_gather_form *forms;
    size_t cap_forms;
    uint64_t *seen; /* hashes of sentences; 0: empty slot */
    size_t n_seen, cap_seen;
    uint64_t n_units[2]; /* counted units of the second pass: selected, before */
    tt_buf key, text;    /* scratch */
} tt_gather;

void tt_gather_release(tt_gather *g); /* {0} is an empty one */

/* First pass, then second, in which `issue` rises. `before`: the issue is none of the selection, but of the years that it
 * is compared with. 0 or TT_ENOMEM. */
int tt_gather_learn(tt_gather *g, const tt_units *units);
int tt_gather_count(tt_gather *g, const tt_units *units, uint32_t issue, bool before);
void tt_gather_turn(tt_gather *g); /* between the passes */

/* The group of units `from`..`to` (of a group's words); false: none. */
bool tt_gather_part(tt_gather *g, const tt_gather_group *group, size_t from, size_t to, uint32_t *part);

#endif
