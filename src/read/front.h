/* front: inside of front matter: what its three forms (YAML, TOML, lines) have in common. meta.h is what others see. */
#ifndef TT_READ_FRONT_H
#define TT_READ_FRONT_H

#include "read/meta.h"

/* The keys that are read, dates in order of preference. */
typedef enum tt_front_key {
    TT_FRONT_TITLE,
    TT_FRONT_NUMBER,
    TT_FRONT_ISSUE,
    TT_FRONT_DATE,
    TT_FRONT_PUBLISH_DATE,
    TT_FRONT_PUBLISHED,
    TT_FRONT_PUB_DATE,
    TT_FRONT_DRAFT,
    TT_FRONT_STATUS,
    TT_FRONT_N_KEYS
} tt_front_key;

typedef struct tt_front_value {
    tt_str text;  /* escapes of its form decoded, entities not; n 0: not there */
    size_t at, n; /* where it stands in the text, quotes left out */
} tt_front_value;

typedef struct tt_front_in {
    const tt_text *text;
    const char *path;
    tt_arena *arena;
    const tt_sink *sink;
    size_t at, n; /* what stands between the marks */
    tt_front_value values[TT_FRONT_N_KEYS];
} tt_front_in;

/* Takes a value if its key is one of those above (ignoring case) and has none yet. `value` is copied. 0 or TT_ENOMEM. */
int tt_front_take(tt_front_in *in, tt_str key, tt_str value, size_t at, size_t n);

/* Tells the sink that the front matter is broken at byte `at` of the text: what stands before it has been taken. */
void tt_front_broken(const tt_front_in *in, size_t at, const char *why);

/* One reader a form; each calls tt_front_take for every value at the top level. 0 or TT_ENOMEM. */
int tt_front_yaml(tt_front_in *in);
int tt_front_yaml_short(tt_front_in *in); /* 1: done; 0: it is not simple enough, and nothing was taken; TT_ENOMEM */
int tt_front_yaml_whole(tt_front_in *in); /* by YAML's own reader, whatever there is */
int tt_front_toml(tt_front_in *in);
int tt_front_lines(tt_front_in *in);
/* The header of Org, reStructuredText or AsciiDoc, by the path's ending: *body_at is where it ends, 0: there is none. */
int tt_front_markup(tt_front_in *in, size_t *body_at);

/* `at` or the first byte behind white space and line ends, at most `end`. */
size_t tt_front_skip(const char *p, size_t at, size_t end);

/* Text on one line: white space collapsed and trimmed, NUL replaced, with `entities` these decoded. In `arena`. */
int tt_one_line(tt_arena *arena, tt_str text, bool entities, tt_str *out);

#endif
