/* In: a LIWC dictionary: between two lines that begin with % numbers and names of categories, below them words with
 * the numbers of theirs. Out: rows. LIWC ignores case; a * at the end of a word stands for any ending. */
#include "tag/importer.h"

#include <string.h>

struct reader {
    tt_importer *im;
    tt_intern numbers; /* of categories: id -> topics */
    uint32_t *topics;
    size_t cap_topics;
    uint32_t *of; /* topics of a word */
    size_t n_of, cap_of;
    tt_buf term;
};

/* The next word of a line, up to white space. */
static tt_str next_word(tt_str *rest)
{
    *rest = tt_str_trim(*rest);
    size_t n = 0;
    while (n < rest->n && rest->p[n] != ' ' && rest->p[n] != '\t')
        n++;
    tt_str word = {rest->p, n};
    *rest = tt_str_trim((tt_str){rest->p + n, rest->n - n});
    return word;
}

/* `12<tab>posemo<tab>(Positive Emotions)`: what stands behind the name is for people. */
static int on_category(struct reader *r, tt_str line)
{
    tt_origin at = tt_importer_place(r->im, (size_t)(line.p - r->im->data.p));
    tt_str number = next_word(&line), name = tt_str_trim(tt_str_cut(&line, '\t'));
    int64_t n;
    uint32_t id;
    if (!tt_num_parse(number, &n) || name.n == 0) {
        tt_importer_skip(r->im, at, "left out: no category; write its number, a tab and its name");
        return 0;
    }
    size_t known = r->numbers.n;
    if (tt_intern_add(&r->numbers, number, &id) != 0 ||
        tt_grow(&r->topics, &r->cap_topics, r->numbers.n, sizeof *r->topics) != 0)
        return TT_ENOMEM;
    if (r->numbers.n == known) {
        tt_importer_skip(r->im, at, "left out: the number %.*s is taken; give this category another one", (int)number.n,
                         number.p);
        return 0;
    }
    return tt_importer_topic(r->im, number, name, TT_S(""), TT_NO_PARENT, at, &r->topics[id]);
}

/* A word ends at a tab, since it may hold blanks; where there is no tab, at a blank. */
static int on_word(struct reader *r, tt_str line)
{
    tt_origin at = tt_importer_place(r->im, (size_t)(line.p - r->im->data.p));
    bool tabbed = memchr(line.p, '\t', line.n) != NULL;
    tt_str word = tabbed ? tt_str_trim(tt_str_cut(&line, '\t')) : next_word(&line);
    r->n_of = 0;
    for (line = tt_str_trim(line); line.n;) {
        tt_str number = next_word(&line);
        uint32_t id;
        if (!tt_intern_find(&r->numbers, number, &id)) {
            tt_importer_skip(r->im, at, "left out: `%.*s`: `%.*s` is no number of a category; a term cannot say more",
                             (int)word.n, word.p, (int)number.n, number.p);
            return 0;
        }
        if (tt_grow(&r->of, &r->cap_of, r->n_of + 1, sizeof *r->of) != 0)
            return TT_ENOMEM;
        r->of[r->n_of++] = r->topics[id];
    }
    if (r->n_of == 0) {
        tt_importer_skip(r->im, at, "left out: `%.*s` has no category; write the number of one behind it", (int)word.n,
                         word.p);
        return 0;
    }
    tt_buf_reset(&r->term);
    tt_importer_quote(&r->term, word, true);
    if (r->term.failed)
        return TT_ENOMEM;
    return tt_importer_row(r->im, r->of, r->n_of, (tt_str){r->term.p, r->term.n}, false, at);
}

static int read_lines(struct reader *r)
{
    tt_str rest = r->im->data;
    int marks = 0, rc = 0;
    while (rest.n && rc == 0) {
        tt_str line = tt_str_trim(tt_str_cut(&rest, '\n'));
        if (line.n == 0)
            continue;
        if (line.p[0] == '%' && marks < 2)
            marks++;
        else if (marks == 0)
            break;
        else
            rc = marks == 1 ? on_category(r, line) : on_word(r, line);
    }
    if (rc == 0 && marks < 2)
        return tt_fail(r->im->err, TT_EINPUT, r->im->path, 1, 1,
                       "no LIWC dictionary: its categories stand at the beginning between two lines of %%");
    return rc;
}

int tt_import_liwc(tt_importer *im)
{
    struct reader r = {.im = im};
    int rc = read_lines(&r);
    tt_intern_release(&r.numbers);
    tt_free(r.topics);
    tt_free(r.of);
    tt_buf_release(&r.term);
    return rc;
}
