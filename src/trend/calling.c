/* In: titles, paths, texts before numbers. Out: the names that an archive goes by. Not here: which text means which issue
 * (refer.c). */
#include "trend/calling.h"

#include "base/unicode.h"

void tt_calling_release(tt_calling *c)
{
    tt_intern_release(&c->names);
    tt_intern_release(&c->joined);
    tt_intern_release(&c->initials);
    tt_intern_release(&c->heads);
    tt_buf_release(&c->scratch);
    *c = (tt_calling){0};
}

/* ---- words ---- */

/* From text in lower case without marks of Latin letters. */
static void put_words(const char *p, size_t n, bool joined, tt_buf *out)
{
    const size_t start = out->n;
    char *to = tt_buf_room(out, n);
    if (!to)
        return;
    for (size_t i = 0, len; i < n; i += len) {
        uint32_t cp = (unsigned char)p[i];
        len = 1;
        if (cp >= 0x80) {
            len = tt_utf8_decode(p + i, n - i, &cp);
            len = len ? len : 1;
        }
        const bool ascii = (cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9') || (cp >= 'A' && cp <= 'Z');
        if (ascii)
            *to++ = (char)(cp >= 'A' && cp <= 'Z' ? cp | 0x20 : cp);
        else if (cp >= 0x80 && (tt_cp_letter(cp) || tt_cp_digit(cp) || tt_cp_mark(cp)))
            for (size_t k = 0; k < len; k++)
                *to++ = p[i + k];
        else if (!joined && !tt_cp_apostrophe(cp) && to > out->p + start && to[-1] != ' ')
            *to++ = ' ';
    }
    tt_buf_wrote(out, to);
    if (out->n > start && out->p[out->n - 1] == ' ')
        out->n--;
}

int tt_calling_words(tt_str text, bool joined, tt_buf *out)
{
    tt_buf bare = {0}, key = {0};
    int rc = 0;
    if (tt_utf8_ascii(text.p, 0, text.n) == text.n) {
        put_words(text.p, text.n, joined, out);
    } else {
        rc = tt_unicode_bare(text.p, text.n, &bare);
        if (rc == 0)
            rc = tt_unicode_key(bare.p, bare.n, true, &key);
        if (rc == 0)
            put_words(key.p, key.n, joined, out);
    }
    tt_buf_release(&bare);
    tt_buf_release(&key);
    return rc != 0 || out->failed ? TT_ENOMEM : 0;
}

static tt_str last_word(tt_str words)
{
    size_t at = words.n;
    while (at > 0 && words.p[at - 1] != ' ')
        at--;
    return (tt_str){words.p + at, words.n - at};
}

/* Without the last word and the blank before it. */
static tt_str but_last(tt_str words)
{
    words.n -= last_word(words).n;
    words.n -= words.n > 0;
    return words;
}

static size_t count_words(tt_str words)
{
    size_t n = words.n > 0;
    for (size_t i = 0; i < words.n; i++)
        n += words.p[i] == ' ';
    return n;
}

static const char *number_word(tt_str word)
{
    static const char *const words[] = {"issue", "edition", "number", "no", "nr", "vol", "volume", "newsletter"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (tt_str_is(word, words[i]))
            return words[i];
    return NULL;
}

bool tt_calling_is_number_word(tt_str word)
{
    return number_word(word) != NULL;
}

static bool is_number(tt_str word, int64_t number)
{
    int64_t n;
    return tt_num_parse(word, &n) && n == number;
}

/* ---- titles ---- */

/* The title's words parted: those without number and number word, the number word, where the number stood. */
typedef struct parted {
    tt_str rest, word;
    bool numbered, at_end;
} parted;

static parted part_title(tt_str words, int64_t number)
{
    parted p = {.rest = words};
    tt_str rest = words, first = tt_str_cut(&rest, ' '), behind = rest, second = tt_str_cut(&behind, ' ');
    if (number < 0 || words.n == 0)
        return p;
    p.numbered = true;
    if (number_word(first) && is_number(second, number)) {
        p.rest = behind;
        p.word = first;
    } else if (is_number(first, number)) {
        p.rest = rest;
    } else if (is_number(last_word(words), number)) {
        p.at_end = true;
        p.rest = but_last(words);
        if (number_word(last_word(p.rest))) {
            p.word = last_word(p.rest);
            p.rest = but_last(p.rest);
        }
    } else {
        p.numbered = false;
    }
    return p;
}

int tt_calling_title(const tt_issue *issue, tt_buf *out, bool *at_end)
{
    tt_buf words = {0};
    int rc = tt_calling_words(issue->title, false, &words);
    parted p = part_title((tt_str){words.p, words.n}, issue->number);
    tt_buf_str(out, p.rest);
    *at_end = p.at_end;
    tt_buf_release(&words);
    return rc != 0 || out->failed ? TT_ENOMEM : 0;
}

/* ---- learning ---- */

static int add_head(tt_calling *c, tt_str word)
{
    uint32_t id;
    return word.n > 0 ? tt_intern_add(&c->heads, word, &id) : 0;
}

static int add_initials(tt_calling *c, tt_str name)
{
    uint32_t id;
    tt_buf initials = {0};
    size_t n = 0;
    for (; name.n > 0; n++) {
        tt_str word = tt_str_cut(&name, ' ');
        tt_buf_char(&initials, word.p[0]);
    }
    int rc = initials.failed ? TT_ENOMEM : 0;
    if (rc == 0 && n > 1)
        rc = tt_intern_add(&c->initials, (tt_str){initials.p, initials.n}, &id);
    if (rc == 0 && n > 1)
        rc = add_head(c, (tt_str){initials.p, initials.n});
    tt_buf_release(&initials);
    return rc;
}

int tt_calling_add(tt_calling *c, tt_str name)
{
    uint32_t id;
    tt_buf words = {0}, joined = {0};
    int rc = tt_calling_words(name, false, &words);
    tt_str w = {words.p, words.n};
    if (w.n > 0 && number_word(last_word(w)))
        w = but_last(w);
    if (rc == 0)
        rc = tt_calling_words(w, true, &joined);
    if (rc == 0 && w.n > 0)
        rc = tt_intern_add(&c->names, w, &id);
    if (rc == 0 && w.n > 0)
        rc = tt_intern_add(&c->joined, (tt_str){joined.p, joined.n}, &id);
    if (rc == 0 && w.n > 0)
        rc = add_initials(c, w);
    tt_buf_release(&words);
    tt_buf_release(&joined);
    return rc;
}

/* `seen` counts what is the same in several titles, the number aside: at the second time it is a name. */
static int learn_title(tt_calling *c, const tt_issue *issue, tt_intern *seen)
{
    uint32_t id;
    tt_buf words = {0};
    int rc = tt_calling_words(issue->title, false, &words);
    parted p = part_title((tt_str){words.p, words.n}, issue->number);
    if (rc == 0 && p.numbered)
        rc = add_head(c, p.word);
    if (rc == 0 && p.at_end && p.rest.n > 0) {
        const bool again = tt_intern_find(seen, p.rest, &id);
        rc = tt_intern_add(seen, p.rest, &id);
        if (rc == 0 && again)
            rc = tt_calling_add(c, p.rest);
        if (rc == 0 && again && !p.word.n)
            rc = add_head(c, last_word(p.rest));
    }
    if (rc == 0 && issue->number >= 0 && memmem(issue->title.p, issue->title.n, "第", strlen("第")))
        rc = add_head(c, TT_S("第"));
    tt_buf_release(&words);
    return rc;
}

/* The last part of a path, without its ending, is a number word and the number. */
static int learn_path(tt_calling *c, const tt_issue *issue)
{
    tt_buf words = {0};
    tt_str path = issue->rel;
    for (size_t i = path.n; i > 0; i--)
        if (path.p[i - 1] == '/') {
            path = (tt_str){path.p + i, path.n - i};
            break;
        }
    tt_str stem = tt_str_cut(&path, '.');
    int rc = tt_calling_words(stem, false, &words);
    tt_str rest = {words.p, words.n}, first = tt_str_cut(&rest, ' ');
    if (rc == 0 && number_word(first) && is_number(rest, issue->number))
        rc = add_head(c, first);
    tt_buf_release(&words);
    return rc;
}

int tt_calling_learn(tt_calling *c, const tt_issue *issues, size_t n, tt_str archive)
{
    tt_intern seen = {0};
    tt_buf words = {0};
    int rc = tt_calling_words(archive, false, &words);
    if (rc == 0 && count_words((tt_str){words.p, words.n}) > 1) /* one word may be `content` or `posts` */
        rc = tt_calling_add(c, archive);
    for (size_t i = 0; i < n && rc == 0; i++) {
        rc = learn_title(c, &issues[i], &seen);
        if (rc == 0)
            rc = learn_path(c, &issues[i]);
    }
    tt_buf_release(&words);
    tt_intern_release(&seen);
    return rc;
}

/* ---- asking ---- */

static size_t capitals_at_end(tt_str text)
{
    size_t n = 0;
    for (size_t i = text.n;
         i > 0 && ((text.p[i - 1] >= 'A' && text.p[i - 1] <= 'Z') || (text.p[i - 1] >= 'a' && text.p[i - 1] <= 'z'));
         i--)
        n += text.p[i - 1] <= 'Z';
    return n;
}

size_t tt_calling_ends(tt_calling *c, tt_str before, bool *initials)
{
    uint32_t id;
    tt_buf_reset(&c->scratch);
    *initials = false;
    if (tt_calling_words(before, false, &c->scratch) != 0)
        c->scratch.failed = true;
    tt_str w = {c->scratch.p, c->scratch.n};
    if (c->scratch.failed || w.n == 0)
        return 0;
    const tt_str last = last_word(w);
    *initials = capitals_at_end(before) > 1 && tt_intern_find(&c->initials, last, &id);
    if (*initials)
        return 1;
    if (number_word(last))
        w = but_last(w);
    for (size_t at = 0; at < w.n; at++)
        if ((at == 0 || w.p[at - 1] == ' ') && tt_intern_find(&c->names, (tt_str){w.p + at, w.n - at}, &id))
            return count_words(c->names.v[id]);
    return 0;
}

bool tt_calling_is_domain(tt_calling *c, tt_str domain)
{
    uint32_t id;
    tt_buf_reset(&c->scratch);
    if (tt_calling_words(tt_str_cut(&domain, '.'), true, &c->scratch) != 0)
        c->scratch.failed = true;
    return c->scratch.n > 0 && tt_intern_find(&c->joined, (tt_str){c->scratch.p, c->scratch.n}, &id);
}
