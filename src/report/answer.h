/* answer: what `ask` prints: a screen of text for people, or JSON. */
#ifndef TT_REPORT_ANSWER_H
#define TT_REPORT_ANSWER_H

#include "report/tables.h"

enum {
    TT_ANSWER_WIDTH = 100, /* columns of the screen */
    TT_ANSWER_LINES = 40,  /* of a screen: what would pass it is put more briefly */
    TT_ANSWER_QUOTES = 5,  /* latest mentions; of two sides, two each */
    TT_ANSWER_PERIODS = 8, /* periods that have a line each; more: the last ones, and all as a line of bars */
    TT_ANSWER_TWO = 6      /* the same of two sides */
};

typedef enum tt_asked_kind { TT_ASKED_TOPIC, TT_ASKED_ENTRY, TT_ASKED_TERM, TT_ASKED_TOGETHER } tt_asked_kind;

/* One thing that was asked for. */
typedef struct tt_asked {
    tt_asked_kind kind;
    tt_str label;   /* as people read it */
    uint32_t topic; /* of facts->topics: what it is counted under */
    uint32_t
        holder; /* ENTRY: the lexicon's topic that holds it; TERM: the one that most of its places count for; TT_DROP */
    bool dropped; /* the lexicon lists it as no mention of anything */
    uint32_t mentions, issues_with;
} tt_asked;

/* What is said of one side. Lists are whole; the screen shows their beginning. */
typedef struct tt_reply_side {
    tt_asked asked;
    const tt_asked *parts; /* of several together */
    size_t n_parts;
    tt_answer answer;
    tt_overall overall;
    uint64_t elsewhere; /* mentions outside the selection */
    const tt_beside *beside;
    size_t n_beside;
    uint64_t n_paragraphs; /* that have it */
    uint32_t zones[TT_N_ZONES];
    uint32_t inside;       /* hits of the label as bare letters that no place above has: inside longer words */
    uint32_t taken;        /* the same, whole words: in a longer match, in other case, or no term */
    tt_str example;        /* one of the longer words */
    uint32_t held;         /* places of a TERM that count for asked.holder */
    const uint32_t *close; /* nothing was found: topics that may have been meant */
    size_t n_close;
    tt_table quotes; /* rows of `mentions`, in order of time: the latest, or all */
    tt_str command;  /* what shows every mention */
} tt_reply_side;

typedef struct tt_reply {
    tt_str program; /* as commands name it */
    const tt_facts *facts;
    const tt_provenance *from;
    unsigned zones;   /* counted */
    tt_reply_side side[2];
    size_t n_sides;
    bool is_share;
    tt_share_row *share; /* by period, and behind them over all */
    uint32_t issues_both;      /* issues that have both sides */
    uint64_t n_paragraphs; /* of the selection, with counted words */
    uint64_t paragraphs_both;
    tt_str incomplete; /* "2021 runs to 10 October", or empty */
    bool found;
    bool all;          /* every mention, not the latest alone */
    size_t context;    /* characters on each side of a mention; 0: as many as the screen has */
    bool color, links; /* OSC 8 */
    tt_str rest;       /* as in tt_ask_options */
    tt_str folder;     /* real path that `path` is relative to, for links; empty: none */
} tt_reply;

/* to->failed: no memory. */
void tt_answer_text(tt_buf *to, const tt_reply *r);
int tt_answer_json(tt_buf *to, const tt_reply *r);

/* Appends `s` as one word of a shell. */
void tt_answer_word(tt_buf *to, tt_str s);

#endif
