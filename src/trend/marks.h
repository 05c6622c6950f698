/* marks: what the issues of an archive can be found by: number, day, title, file. All look within one archive argument. */
#ifndef TT_TREND_MARKS_H
#define TT_TREND_MARKS_H

#include "base/str.h"

enum {
    TT_LEAST_TITLE = 6, /* letters and digits that a title has, to be told by */
    TT_MOST_TITLE = 12  /* that are enough to tell a title by its beginning */
};

typedef struct tt_mark {
    uint32_t archive;
    int64_t number; /* or day */
    tt_str text;
    uint32_t order, issue;
} tt_mark;

/* Sorted by archive, number, text; those of equal keys by date. */
typedef struct tt_mark_set {
    tt_mark *v;
    size_t n;
} tt_mark_set;

/* Titles and stems are words as one (tt_calling_words), a title's number aside. {0} is an empty one. */
typedef struct tt_marks {
    tt_mark_set numbers, days, titles, stems, paths;
    tt_str *title_of; /* by issue */
    tt_arena arena;
} tt_marks;

int tt_marks_make(tt_marks *m, const tt_issue *issues, size_t n); /* 0 or TT_ENOMEM; release it in any case */
void tt_marks_release(tt_marks *m);

/* The issue, or TT_NO_ISSUE. Of several with one number it is the first; of several with one day, stem or path none. */
uint32_t tt_marks_number(const tt_marks *m, uint32_t archive, int64_t number);
uint32_t tt_marks_day(const tt_marks *m, uint32_t archive, int32_t day);
uint32_t tt_marks_stem(const tt_marks *m, uint32_t archive, tt_str words);
uint32_t tt_marks_path(const tt_marks *m, uint32_t archive, tt_str key); /* tt_path_key of a path in the archive */

/* The title that goes as far with the words as any, at least TT_MOST_TITLE, if it goes so to its own end (an id may
 * follow) or to that of the words (*cut: it goes on behind them), and no other does. */
uint32_t tt_marks_title(const tt_marks *m, uint32_t archive, tt_str words, bool *cut);

size_t tt_common(tt_str a, tt_str b); /* bytes that two begin with */
tt_str tt_path_last(tt_str path);     /* what stands behind the last slash */
tt_str tt_path_key(tt_str path);      /* without an ending (letters, not many), and without /index */

#endif
