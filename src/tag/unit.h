/* unit: tokens -> units, the words that names and expressions are made of. A unit is what stands between white space
 * and punctuation: `GPT-3`, `state-of-the-art`, `TensorFlow.js`, `C++`, `#AIethics`, `@arxiv`. */
#ifndef TT_TAG_UNIT_H
#define TT_TAG_UNIT_H

#include "base/str.h"

enum {
    TT_UNIT_BREAK = 1 << 0,     /* punctuation, a possessive or uncounted text stands before it: no name reaches over */
    TT_UNIT_START = 1 << 1,     /* begins a sentence, block, quotation: its capital may be the sentence's */
    TT_UNIT_SENTENCE = 1 << 2,  /* begins a sentence; every such unit is also a START */
    TT_UNIT_TITLE = 1 << 3,     /* stands where nearly every word has a capital: a title, a cry */
    TT_UNIT_CAPITAL = 1 << 4,   /* has a capital letter */
    TT_UNIT_SHAPED = 1 << 5,    /* has the shape of a name wherever it stands: iPhone, OpenAI, GPT-3, NLP */
    TT_UNIT_SHOUTED = 1 << 6,   /* all its letters are capitals, two at least */
    TT_UNIT_NUMBER = 1 << 7,    /* begins with a digit and has no capital, or is an amount: 2020, 1.5, 100k, $5B */
    TT_UNIT_TAG = 1 << 8,       /* hashtag or handle */
    TT_UNIT_FUNCTION = 1 << 9,  /* function word */
    TT_UNIT_ORDINARY = 1 << 10, /* common word, or an adverb */
    TT_UNIT_CALENDAR = 1 << 11, /* day, month, nationality, title: capitals do not make it a name */
    TT_UNIT_JOINER = 1 << 12,   /* may stand inside a name: of, de, & */
    TT_UNIT_COVERED = 1 << 13,  /* a mention of the lexicon, or a `-` entry, has it */
    TT_UNIT_BRACKETED = 1 << 14, /* stands alone in ( ): maybe an abbreviation of what is before */
    TT_UNIT_POSSESSIVE = 1 << 15 /* has 's, which is not in its text */
};

typedef struct tt_unit {
    uint32_t first, last; /* tokens */
    uint32_t at;          /* first byte in text->data */
    uint32_t flags;       /* TT_UNIT_… */
    uint32_t block;
    tt_str text; /* NFKC, case as written, possessive left out */
    tt_str fold; /* the same case-folded */
    tt_str key;  /* fold without hyphens and diacritics: what spellings have in common */
} tt_unit;

typedef struct tt_units {
    tt_unit *v;
    size_t n;
} tt_units;

/* Which tokens count, and which are taken; by token, NULL: all, none. */
typedef struct tt_unit_marks {
    const bool *counted, *covered;
} tt_unit_marks;

/* All units of the tokens that count, in order, in `arena`. 0 or TT_ENOMEM. */
int tt_units_make(const tt_doc *doc, const tt_tokens *tokens, const tt_unit_marks *marks, tt_arena *arena,
                  tt_units *out);

#endif
