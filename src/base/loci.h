/* loci: a text that is made of pieces of a file, with the place of each piece. Readers of formats build bodies with it. */
#ifndef TT_BASE_LOCI_H
#define TT_BASE_LOCI_H

#include "base/str.h"

/* {0} is empty. Sticky as tt_buf: ask text.failed once, at the end. Characters are counted as tt_locus says. */
typedef struct tt_loci {
    tt_buf text;
    tt_locus *v;
    size_t n, cap;
    size_t counted; /* bytes of text that `nth` covers */
    uint32_t nth;
} tt_loci;

void tt_loci_reset(tt_loci *s); /* keeps the memory */
void tt_loci_release(tt_loci *s);

/* What is added next stands at line:column of the file and goes on from there character by character. */
void tt_loci_at(tt_loci *s, size_t line, size_t column);
void tt_loci_add(tt_loci *s, const char *p, size_t n);
void tt_loci_text(tt_loci *s, const char *text);
/* tt_loci_add for bytes that the caller has counted: they are `chars` characters, and begin and end none of CR LF. */
void tt_loci_add_counted(tt_loci *s, const char *p, size_t n, size_t chars);

#endif
