/* show_mail: places of a text made of pieces, and records of a format as text. */
#ifndef TT_TESTS_SHOW_MAIL_H
#define TT_TESTS_SHOW_MAIL_H

#include <string.h>

#include "base/loci.h"
#include "base/unicode.h"

/* Where byte `at` of the text stands, as tt_locus defines it. */
static void place_at(tt_str text, const tt_locus *v, size_t n, size_t at, size_t *line, size_t *column)
{
    uint32_t nth = 0;
    *line = *column = 1;
    for (size_t i = 0, k = 0;; nth++) {
        for (; k < n && v[k].nth == nth; k++) {
            assert_true(k == 0 || v[k].nth > v[k - 1].nth);
            *line = v[k].line;
            *column = v[k].column;
        }
        if (i >= at)
            return;
        uint32_t cp;
        size_t len = tt_utf8_decode(text.p + i, text.n - i, &cp);
        bool end = text.p[i] == '\n' || text.p[i] == '\r';
        len = len ? len : 1;
        len += text.p[i] == '\r' && i + 1 < text.n && text.p[i + 1] == '\n';
        i += len;
        *line += end;
        *column = end ? 1 : *column + 1;
    }
}

/* Line and column of the only `word` in a file. */
static void place_in_file(tt_str file, const char *word, size_t *line, size_t *column)
{
    const char *hit = memmem(file.p, file.n, word, strlen(word));
    if (!hit)
        fail_msg("`%s` is not in the file", word);
    place_at(file, NULL, 0, (size_t)(hit - file.p), line, column);
}

/* Each of the words, which blanks separate, stands in the text and once in the file, and the places agree. */
static void check_places(tt_str file, tt_str text, const tt_locus *v, size_t n, const char *words)
{
    tt_str rest = tt_str_of(words);
    while (rest.n > 0) {
        tt_str w = tt_str_cut(&rest, ' ');
        char word[64];
        size_t line, column, want_line, want_column;
        assert_true(w.n < sizeof word);
        memcpy(word, w.p, w.n);
        word[w.n] = '\0';
        const char *hit = memmem(text.p, text.n, word, w.n);
        if (!hit)
            fail_msg("`%s` is not in the text: %.*s", word, (int)text.n, text.p);
        place_at(text, v, n, (size_t)(hit - text.p), &line, &column);
        place_in_file(file, word, &want_line, &want_column);
        if (line != want_line || column != want_column)
            fail_msg("`%s` is said to stand at %zu:%zu, but stands at %zu:%zu", word, line, column, want_line,
                     want_column);
    }
}

#endif
