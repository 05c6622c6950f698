/* table: the one model that all writers print. */
#ifndef TT_REPORT_TABLE_H
#define TT_REPORT_TABLE_H

#include "base/str.h"

typedef enum tt_type { TT_TYPE_TEXT, TT_TYPE_INT, TT_TYPE_REAL, TT_TYPE_DATE, TT_TYPE_FLAG } tt_type;

typedef struct tt_column {
    tt_str name;
    tt_type type;
    bool key; /* part of the primary key */
} tt_column;

typedef struct tt_value {
    bool empty;
    int64_t i; /* INT, FLAG; DATE: day */
    double d;
    tt_str s; /* not copied */
} tt_value;

typedef struct tt_table {
    tt_str name; /* "counts" */
    const tt_column *columns;
    size_t n_columns;
    tt_value *values; /* row after row */
    size_t n_values, cap_values;
    size_t n_rows;  /* whole ones */
    size_t n_begun; /* cells of the row that is not whole yet */
    tt_arena own;   /* texts that stand nowhere else */
    bool failed;    /* sticky: no memory */
} tt_table;

void tt_table_init(tt_table *t, const char *name, const tt_column *columns, size_t n_columns);
void tt_table_release(tt_table *t);
void tt_table_clear(tt_table *t); /* no rows; failed stays */
/* Cell by cell, row after row. */
void tt_table_text(tt_table *t, tt_str s); /* "" is empty; what is no UTF-8 in it (file names) becomes U+FFFD */
void tt_table_copy(tt_table *t, tt_str s); /* the same for a text that does not live as long as the table */
void tt_table_int(tt_table *t, int64_t i);
void tt_table_real(tt_table *t, double d);    /* infinite or not a number: empty */
void tt_table_date(tt_table *t, int32_t day); /* TT_NO_DATE: empty */
void tt_table_flag(tt_table *t, bool b);
void tt_table_empty(tt_table *t);

/* `s` itself, or a copy in the arena with U+FFFD for each byte that is no UTF-8. false: no memory. */
bool tt_table_valid(tt_arena *a, tt_str *s);

/* Writes the text of a cell that is neither TEXT nor empty, as CSV and JSON have it; returns its end. */
char *tt_value_put(const tt_column *c, const tt_value *v, char to[TT_NUM_SIZE]);
/* The text of any cell, without quotes; scratch holds numbers. */
tt_str tt_value_text(const tt_column *c, const tt_value *v, char scratch[TT_NUM_SIZE]);

/* The schema of each public table, in CONTRACT's order. */
const tt_column *tt_table_columns(tt_table_kind kind, size_t *n);
const char *tt_table_name(tt_table_kind kind);

/* What stands in front of the rows in JSON, and in tagtrend.json. */
typedef struct tt_provenance {
    tt_totals totals;
    const char *lexicon_hash, *input_hash;
    const tt_options *options;
    const tt_select *select; /* may be NULL */
} tt_provenance;

/* Writers: begin, any number of tables of the same columns, end. To a buffer that the caller flushes; `columns`, `from`
 * and `how` must live as long as the writer, tables only for the call. TT_EUSAGE: grep lines of a table that has no
 * places. After a failure of tt_writer_rows the caller still calls tt_writer_end (or tt_writer_free). */
typedef struct tt_writer tt_writer;
int tt_writer_new(tt_writer **out, const tt_output *how, const tt_provenance *from, const tt_column *columns,
                  size_t n_columns, const char *name, tt_buf *to, tt_err *err);
int tt_writer_rows(tt_writer *w, const tt_table *t, tt_err *err);
int tt_writer_end(tt_writer *w, tt_err *err); /* frees w */
void tt_writer_free(tt_writer *w);            /* without an end; NULL is allowed */

#endif
