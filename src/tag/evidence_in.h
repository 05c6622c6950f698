/* evidence_in: what evidence.c counts and evidence_tell.c judges. Used by these two alone. */
#ifndef TT_TAG_EVIDENCE_IN_H
#define TT_TAG_EVIDENCE_IN_H

#include "tag/evidence.h"
#include "tag/match.h"

/* What is counted of an entry. */
typedef enum tt_clue {
    TT_CLUE_MATCH,  /* a place of it */
    TT_CLUE_LOWER,  /* of these: in lower case, where the term has capitals */
    TT_CLUE_INSIDE, /* in a longer word that no term finds */
    TT_CLUE_OTHER,  /* exact: the word in another case, but neither in lower case nor as at a sentence's begin */
    TT_CLUE_TITLE,  /* exact: the word as at a sentence's begin */
    TT_CLUE_PLAIN,  /* exact: the word in lower case */
    TT_N_CLUES
} tt_clue;

/* How a term that is one word is written. */
typedef enum tt_shape { TT_SHAPE_NONE, TT_SHAPE_LOWER, TT_SHAPE_MIXED, TT_SHAPE_UPPER } tt_shape;

/* A finding in the making: its places are gathered the second time. */
typedef struct tt_judgement {
    const char *code; /* NULL: none */
    uint8_t n_witnesses;
    tt_witness witnesses[TT_EVIDENCE_PLACES];
} tt_judgement;

typedef struct tt_suspect {
    uint32_t n[TT_N_CLUES];
    uint8_t shape;    /* tt_shape; NONE: not one word */
    uint32_t verdict; /* in verdicts + 1; 0: none */
    unsigned wanted;  /* 1 << tt_clue: which places show it */
} tt_suspect;

typedef struct tt_gathering {
    uint32_t n, n_issue, n_peak; /* mentions in all, in the issue being read, in the one that has most */
    uint32_t peak;               /* that issue */
    uint32_t verdict;
} tt_gathering;

/* A spelling that is one word. */
typedef struct tt_spelled {
    uint32_t entry;
    uint32_t next; /* with the same folded key, + 1; 0: none */
    tt_str written;
} tt_spelled;

struct tt_evidence {
    const tt_lexicon *lex;
    tt_witness_fn *witness;
    void *ctx;
    tt_match_state *match;
    tt_arena arena;
    tt_intern words; /* folded keys */
    uint32_t *heads; /* by word: in spelled, + 1 */
    tt_spelled *spelled;
    size_t cap_heads, n_spelled, cap_spelled;
    tt_suspect *suspects; /* by entry */
    tt_gathering *topics; /* by topic */
    tt_judgement *verdicts;
    size_t n_verdicts, cap_verdicts;
    bool second;   /* the time */
    bool failed;   /* no memory for a verdict */
    uint8_t *used; /* by token: a term has it */
    size_t cap_used;
    uint32_t *of, *by; /* scratch, one for each topic */
    size_t n_issues;
    /* the issue being read */
    uint32_t issue;
    const tt_doc *doc;
    const tt_tokens *tokens;
    unsigned zones;
};

#endif
