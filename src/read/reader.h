/* reader: one file as the reader of its format sees it: a sequence of records, each of which is an issue.
 *
 * A reader is one small file src/read/reader_NAME.c, and a row in readers.c. It is chosen by content: `is` looks at the
 * head of a file. Readers take bytes and give records; they know nothing of the archive, of zones and of counting. */
#ifndef TT_READ_READER_H
#define TT_READ_READER_H

#include "base/input.h"
#include "base/loci.h"

/* What a record's text is written in. GUESS: HTML where it begins with a tag, or has one and nothing of Markdown; else
 * Markdown or plain text as COUNTING 1 says of .txt. */
typedef enum tt_body { TT_BODY_GUESS, TT_BODY_MARKDOWN, TT_BODY_TEXT, TT_BODY_HTML } tt_body;

/* One issue. {0} but for number -1 and date TT_NO_DATE before each call of `next`; what it points to lives until the next
 * call for the same reader. Texts may be in any encoding that decode takes; entities in title and section have been
 * decoded where the format has them. */
typedef struct tt_record {
    tt_str name; /* what stands behind `path#`; empty: the file itself is the issue, as a saved page or a mail is */
    tt_body body;
    tt_str text;          /* not decoded; empty: there is nothing to count */
    const tt_locus *loci; /* of text; NULL: it stands in the file just as it is, from its first byte on */
    size_t n_loci;
    tt_str title;   /* empty: none */
    int64_t number; /* -1: none */
    int32_t date;   /* TT_NO_DATE: none. The author's calendar day as written: no time-zone shift */
    tt_str
        section; /* the format's own section or first category: holds where the text has no sections itself; empty: none */
    bool draft;           /* not published: read with --drafts only */
    const char *left_out; /* a literal that says why it is no issue ("a page", "an attachment"), or NULL */
    size_t line;          /* of the file, where the record begins, for messages; 0: no telling */
} tt_record;

enum { TT_HEAD = 64 * 1024 }; /* bytes of a file that `is` sees at most */

typedef struct tt_head {
    tt_str name;  /* last component of the path, "-" for standard input */
    tt_str bytes; /* the file's first ones */
    bool whole;   /* they are all */
} tt_head;

/* The columns of rows that the user named; NULL: by the names that are usual. */
typedef struct tt_columns {
    const char *text, *date, *title, *section;
} tt_columns;

typedef struct tt_reading_in {
    tt_input *in;     /* at the file's start */
    const char *path; /* for messages */
    tt_columns columns;
    const tt_sink *sink; /* for notes (an ambiguous date); NULL: the file has been read before, and they were told */
} tt_reading_in;

enum { TT_RECORD_END = 0, TT_RECORD = 1, TT_RECORD_BROKEN = 2 };

typedef struct tt_reader {
    const char *name; /* as `issues` shows it */
    bool (*is)(const tt_head *head, const tt_columns *columns);
    /* Makes the reader. `in` outlives it. 0, or an error: the file is skipped. */
    int (*open)(const tt_reading_in *in, void **state, tt_err *err);
    /* TT_RECORD: *out is one. TT_RECORD_BROKEN: one is skipped, err says which (path, line) and why, and what follows can
     * still be read. TT_RECORD_END: that was all. Negative: err says why nothing can follow (truncated, a limit); what
     * was given before stands. */
    int (*next)(void *state, tt_record *out, tt_err *err);
    void (*close)(void *state); /* NULL is allowed */
} tt_reader;

/* The first format in the order of readers.c whose `is` says yes, or NULL: no known format. */
const tt_reader *tt_reader_of(const tt_head *head, const tt_columns *columns);

/* Parses a date as metadata has it, as tt_date_parse does, into *out; what is none (`03/04/2019`) is told to the sink as
 * a note with path and line, and *out is TT_NO_DATE. An empty text is no date and nothing is told. */
void tt_reader_date(const tt_reading_in *in, tt_str text, size_t line, int32_t *out);

#endif
