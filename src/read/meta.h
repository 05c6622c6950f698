/* meta: front matter, title and number of one issue (COUNTING 1). Knows texts and documents, not the archive. */
#ifndef TT_READ_META_H
#define TT_READ_META_H

#include "base/str.h"

enum {
    TT_TITLE_LINE_MAX = 120,  /* characters of a first line that is a title: fewer than these */
    TT_TITLE_FORM_MAX = 250,  /* of a line that begins with a number form: a longer one is a paragraph */
    TT_TITLE_LINES = 10,      /* lines that are looked at for a number form */
    TT_FRONT_MAX_NESTING = 64 /* of YAML collections: what lies deeper is broken front matter */
};

typedef enum tt_front_kind { TT_FRONT_NONE, TT_FRONT_YAML, TT_FRONT_TOML, TT_FRONT_LINES, TT_FRONT_MARKUP } tt_front_kind;

typedef struct tt_front {
    tt_front_kind kind;
    size_t body_at;           /* byte where the body begins; 0 with TT_FRONT_NONE */
    size_t title_at, n_title; /* where the title's value stands in the text, quotes left out; n_title 0: none */
    tt_str title;             /* decoded: escapes, entities, one line; empty: none */
    int64_t number;           /* -1: none */
    int32_t date;             /* TT_NO_DATE: none */
    bool draft;               /* draft: true, Status: draft, published: false */
} tt_front;

/* Reads the front matter of a text; in a path that ends in .org, .rst, .adoc or .asciidoc also the header of these. What cannot be understood in it (broken YAML, an ambiguous date) is told to the
 * sink with path and line and the rest is taken. Strings of *out live in `arena`. 0 or TT_ENOMEM. */
int tt_front_read(const tt_text *text, const char *path, tt_arena *arena, tt_front *out, const tt_sink *sink,
                  tt_err *err);

/* True where front matter of any kind begins the text (decides whether .txt is Markdown). */
bool tt_front_there(const tt_text *text);

typedef struct tt_title {
    tt_str text;
    tt_title_source source;
    uint32_t block; /* the lone level-1 heading that is the title, whatever the source, and so opens no section: no
                     * heading stands before it, and the metadata have no title or one equal to it, its number aside;
                     * UINT32_MAX: none */
} tt_title;

/* The title of an issue: `side` (empty: none), metadata, a lone level-1 heading before which no heading stands, the
 * first of ten non-empty lines that has a number form and is no list item, a first line under 120 characters with a
 * blank line after it, the stem of `path`. In `arena`. */
int tt_title_find(const tt_text *text, const tt_front *front, const tt_doc *doc, tt_str side, tt_str path,
                  tt_arena *arena, tt_title *out);

/* Number forms at the start of a title: `#12`, `Issue 12`, `Issue #12`, `No. 12`, `第 12 期`, and with `bare` also
 * `12.` and `12:`; each followed by white space, punctuation or the end; 1900 to 2099 are years unless after `#`.
 * Returns the bytes that the form takes, with the separators after it (`: `, ` - `), and sets *number; 0: none. */
size_t tt_number_leading(tt_str title, bool bare, int64_t *number);

/* A number at the end of a title, or with `part` at the end of its first part (before `: `, ` - `, ` – `, ` — `, ` | `,
 * `：`): `#12`, `12`, `（第 12 期）`, in brackets or not. Sets *number and *rest, which points into the title: it, or its
 * first part, without the number (what must be the same in at least 2 issues). */
bool tt_number_trailing(tt_str title, bool part, int64_t *number, tt_str *rest);

/* A number in a file's stem: all digits, or issue, no, nr, number, edition, vol, episode + separator + digits. */
bool tt_number_in_stem(tt_str path, int64_t *number);

/* The last component of a path without its ending; points into it. */
tt_str tt_path_stem(tt_str path);

#endif
