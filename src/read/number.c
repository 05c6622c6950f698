/* number: the number of an issue as titles and file names write it.
 * In: a title, a heading, a line or a path. Out: the number, and the title without it.
 * Not here: which of the forms counts, and what only the whole archive tells (infer.c). */
#include "base/unicode.h"
#include "read/meta.h"

/* Reads the character at *at of s without moving; 0 at the end. Texts are valid UTF-8; other bytes stand for themselves. */
static uint32_t peek(tt_str s, size_t at, size_t *len)
{
    uint32_t cp = 0;
    *len = 0;
    if (at >= s.n)
        return 0;
    *len = tt_utf8_decode(s.p + at, s.n - at, &cp);
    if (*len == 0) {
        *len = 1;
        cp = 0xFFFD;
    }
    return cp;
}

static uint32_t peek_back(tt_str s, size_t at, size_t *len)
{
    *len = 0;
    if (at == 0)
        return 0;
    size_t from = tt_utf8_back(s.p, at);
    size_t whole;
    uint32_t cp = peek(s, from, &whole);
    *len = at - from;
    return cp;
}

static size_t skip_space(tt_str s, size_t at)
{
    size_t len;
    while (tt_cp_space(peek(s, at, &len)) && len > 0)
        at += len;
    return at;
}

static size_t trim_end(tt_str s, size_t end)
{
    size_t len;
    while (tt_cp_space(peek_back(s, end, &len)) && len > 0)
        end -= len;
    return end;
}

static bool starts_at(tt_str s, size_t at, const char *with)
{
    size_t n = strlen(with);
    return s.n - at >= n && memcmp(s.p + at, with, n) == 0;
}

static bool starts_nocase(tt_str s, size_t at, const char *with)
{
    size_t n = strlen(with);
    return s.n - at >= n && tt_str_is_nocase((tt_str){s.p + at, n}, with);
}

static size_t digits_end(tt_str s, size_t at)
{
    while (at < s.n && s.p[at] >= '0' && s.p[at] <= '9')
        at++;
    return at;
}

static bool is_year(int64_t number)
{
    return number >= 1900 && number <= 2099;
}

/* White space, punctuation (any sign that is no letter, digit or mark) or the end stands at `at`. */
static bool is_edge(tt_str s, size_t at)
{
    size_t len;
    uint32_t cp = peek(s, at, &len);
    return len == 0 || !(tt_cp_letter(cp) || tt_cp_digit(cp) || tt_cp_mark(cp));
}

/* An edge behind a number: as above, but `3.5` and `1,000` are other numbers. */
static bool is_number_edge(tt_str s, size_t at)
{
    if (at + 1 < s.n && (s.p[at] == '.' || s.p[at] == ',') && s.p[at + 1] >= '0' && s.p[at + 1] <= '9')
        return false;
    return is_edge(s, at);
}

/* Signs that part a number from the title proper. Those of `spaced` do it only before white space or the end: in
 * `#12 -5 degrees` and `#12 .NET` they belong to the title. */
static size_t skip_separator(tt_str s, size_t at)
{
    static const struct {
        const char *sign;
        bool spaced;
    } signs[] = {{":", false},  {"：", false}, {"|", false}, {"｜", false}, {"–", false}, {"—", false},
                 {"、", false}, {"·", false},  {"-", true},  {".", true},   {",", true}};
    at = skip_space(s, at);
    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
        if (!starts_at(s, at, signs[i].sign))
            continue;
        size_t behind = at + strlen(signs[i].sign);
        size_t next = skip_space(s, behind);
        return signs[i].spaced && next == behind && behind < s.n ? at : next;
    }
    return at;
}

/* `第 12 期` at `at`: returns its end, or 0. */
static size_t chinese(tt_str s, size_t at, int64_t *number)
{
    if (!starts_at(s, at, "第"))
        return 0;
    size_t from = skip_space(s, at + strlen("第"));
    size_t to = digits_end(s, from);
    size_t end = skip_space(s, to);
    if (!starts_at(s, end, "期") || !tt_num_parse((tt_str){s.p + from, to - from}, number) || is_year(*number))
        return 0;
    return end + strlen("期");
}

/* `#12`, `Issue 12`, `Issue #12`, `No. 12` at `at`: returns its end, or 0. */
static size_t marked(tt_str s, size_t at, int64_t *number)
{
    size_t from = at;
    bool word = true;
    if (starts_nocase(s, at, "issue"))
        from = at + strlen("issue");
    else if (starts_nocase(s, at, "no."))
        from = at + strlen("no.");
    else
        word = false;
    if (word) {
        size_t behind = skip_space(s, from);
        if (behind == from && !starts_at(s, from, "#") && s.p[from - 1] != '.')
            return 0; /* Issue12 */
        from = behind;
    }
    bool hash = starts_at(s, from, "#");
    if (hash)
        from++;
    if (!hash && !word)
        return 0;
    size_t to = digits_end(s, from);
    if (!tt_num_parse((tt_str){s.p + from, to - from}, number) || (!hash && is_year(*number)))
        return 0;
    return is_number_edge(s, to) ? to : 0;
}

/* `12.` or `12:` at `at`: returns its end, or 0. */
static size_t bare_form(tt_str s, size_t at, int64_t *number)
{
    size_t to = digits_end(s, at);
    if (to >= s.n || (s.p[to] != '.' && s.p[to] != ':') || !is_edge(s, to + 1))
        return 0;
    if (!tt_num_parse((tt_str){s.p + at, to - at}, number) || is_year(*number))
        return 0;
    return to + 1;
}

size_t tt_number_leading(tt_str title, bool bare, int64_t *number)
{
    int64_t found = -1;
    size_t at = skip_space(title, 0);
    size_t end = chinese(title, at, &found);
    if (end > 0 && !is_edge(title, end))
        end = 0;
    if (end == 0)
        end = marked(title, at, &found);
    if (end == 0 && bare)
        end = bare_form(title, at, &found);
    if (end == 0)
        return 0;
    *number = found;
    return skip_separator(title, end);
}

/* The title's first part: what stands before the first `: `, ` - `, ` – `, ` — `, ` | ` or `：`. */
static bool first_part(tt_str title, tt_str *part)
{
    static const char *const signs[] = {": ", " - ", " – ", " — ", " | ", "：", NULL};
    for (size_t at = 0; at < title.n; at++)
        for (size_t i = 0; signs[i] != NULL; i++)
            if (title.p[at] == signs[i][0] && starts_at(title, at, signs[i])) {
                *part = (tt_str){title.p, at};
                return true;
            }
    return false;
}

/* Takes one closing bracket off the end, telling the bracket that must open. */
static size_t take_closing(tt_str s, size_t end, const char **opening)
{
    static const char *const pairs[][2] = {{"(", ")"}, {"[", "]"}, {"（", "）"}, {"【", "】"}};
    *opening = NULL;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        if (!tt_str_ends((tt_str){s.p, end}, tt_str_of(pairs[i][1])))
            continue;
        *opening = pairs[i][0];
        return trim_end(s, end - strlen(pairs[i][1]));
    }
    return end;
}

/* Takes `sign` off the end of s before *end. */
static bool take_back(tt_str s, size_t *end, const char *sign)
{
    if (!tt_str_ends((tt_str){s.p, *end}, tt_str_of(sign)))
        return false;
    *end -= strlen(sign);
    return true;
}

bool tt_number_trailing(tt_str title, bool part, int64_t *number, tt_str *rest)
{
    if (part && !first_part(title, &title))
        return false;
    const char *opening;
    size_t end = take_closing(title, trim_end(title, title.n), &opening);
    bool mark = take_back(title, &end, "期"); /* of `第 12 期`: its end */
    size_t to = mark ? trim_end(title, end) : end;
    size_t from = to;
    while (from > 0 && title.p[from - 1] >= '0' && title.p[from - 1] <= '9')
        from--;
    int64_t found;
    if (!tt_num_parse((tt_str){title.p + from, to - from}, &found))
        return false;
    end = mark ? trim_end(title, from) : from;
    if (mark && !take_back(title, &end, "第"))
        return false;
    bool hash = !mark && take_back(title, &end, "#");
    if (!hash && is_year(found))
        return false;
    size_t len;
    uint32_t before = peek_back(title, end, &len);
    if (opening != NULL) {
        end = trim_end(title, end);
        if (!take_back(title, &end, opening))
            return false;
    } else if (!mark && len > 0 && !tt_cp_space(before) &&
               (!hash || tt_cp_letter(before) || tt_cp_digit(before) || tt_cp_mark(before))) {
        return false; /* GPT-3, C#12, v2.5: the number of something else */
    }
    *number = found;
    *rest = (tt_str){title.p, trim_end(title, end)};
    return true;
}

tt_str tt_path_stem(tt_str path)
{
    size_t from = path.n;
    while (from > 0 && path.p[from - 1] != '/')
        from--;
    tt_str stem = {path.p + from, path.n - from};
    for (size_t i = stem.n; i > 1; i--)
        if (stem.p[i - 1] == '.') {
            stem.n = i - 1;
            break;
        }
    return stem;
}

bool tt_number_in_stem(tt_str path, int64_t *number)
{
    static const char *const words[] = {"issue", "no", "nr", "number", "edition", "vol", "episode", NULL};
    tt_str stem = tt_path_stem(path);
    if (tt_num_parse(stem, number))
        return true;
    for (size_t i = 0; words[i] != NULL; i++) {
        size_t at = strlen(words[i]);
        if (!starts_nocase(stem, 0, words[i]))
            continue;
        size_t from = at;
        while (from < stem.n && strchr("-_ .#", stem.p[from]) != NULL)
            from++;
        if (from > at && tt_num_parse((tt_str){stem.p + from, stem.n - from}, number))
            return true;
    }
    return false;
}
