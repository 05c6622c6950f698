/* In: a text and a title. Out: whether they are equal, a number aside. Not here: what an issue's title and number are. */
#include "parse/section.h"

#include "base/unicode.h"

typedef struct numbered {
    tt_str rest;   /* without the number form */
    tt_str number; /* its digits; empty: none */
} numbered;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits_at(tt_str s, size_t at)
{
    size_t i = at;
    while (i < s.n && is_digit(s.p[i]))
        i++;
    return i - at;
}

static tt_str from(tt_str s, size_t at)
{
    return (tt_str){s.p + at, s.n - at};
}

static bool is_year(tt_str digits)
{
    return digits.n == 4 && ((digits.p[0] == '1' && digits.p[1] == '9') || (digits.p[0] == '2' && digits.p[1] == '0'));
}

static size_t skip(tt_str s, size_t at, const char *chars)
{
    while (at < s.n && strchr(chars, s.p[at]) && s.p[at] != '\0')
        at++;
    return at;
}

/* `Issue `, `No. `, `第`: length with the blanks behind it, or 0. */
static size_t word_for_number(tt_str s)
{
    static const char *const words[] = {"issue", "number", "edition", "episode", "vol", "no", "nr"};
    if (tt_str_starts(s, TT_S("第")))
        return skip(s, strlen("第"), " ");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i]);
        if (s.n > n && tt_str_is_nocase((tt_str){s.p, n}, words[i]) && strchr(" .#", s.p[n]))
            return skip(s, n, ". ");
    }
    return 0;
}

/* A number form at the start. */
static bool leading(tt_str s, numbered *out)
{
    size_t at = word_for_number(s), end;
    bool marked = at > 0;
    if (at < s.n && s.p[at] == '#') {
        marked = true;
        at++;
    }
    size_t n = digits_at(s, at);
    tt_str number = {s.p + at, n};
    if (n == 0 || (is_year(number) && !marked))
        return false;
    end = skip(s, at + n, " ");
    if (tt_str_starts(from(s, end), TT_S("期")))
        end += strlen("期");
    bool ended = end == s.n || end > at + n || strchr(":.)-,|", s.p[end]);
    bool separated = end < s.n && strchr(":.)", s.p[end]) && (end + 1 == s.n || s.p[end + 1] == ' ');
    if (marked ? !ended : !separated)
        return false;
    *out = (numbered){from(s, end), number};
    return true;
}

/* A number form at the end. */
static bool trailing(tt_str s, numbered *out)
{
    size_t end = s.n;
    static const char *const closers[] = {"）", ")", "期"};
    for (size_t i = 0; i < sizeof closers / sizeof *closers; i++) {
        if (tt_str_ends((tt_str){s.p, end}, tt_str_of(closers[i])))
            end -= strlen(closers[i]);
        while (end > 0 && s.p[end - 1] == ' ')
            end--;
    }
    size_t at = end;
    while (at > 0 && is_digit(s.p[at - 1]))
        at--;
    tt_str number = {s.p + at, end - at}, rest = {s.p, at};
    bool marked = tt_str_ends(rest, TT_S("#")) || tt_str_ends(rest, TT_S("第 ")) || tt_str_ends(rest, TT_S("第"));
    if (number.n == 0 || (!marked && (is_year(number) || !tt_str_ends(rest, TT_S(" ")) || end < s.n)))
        return false;
    while (tt_str_ends(rest, TT_S(" ")))
        rest.n--;
    if (tt_str_ends(rest, TT_S("第")))
        rest.n -= strlen("第");
    *out = (numbered){rest, number};
    return true;
}

static bool same_letters(tt_str a, tt_str b, tt_buf *one, tt_buf *two)
{
    tt_buf_reset(one);
    tt_buf_reset(two);
    if (tt_unicode_alnum(a.p, a.n, false, one, NULL) != TT_OK || tt_unicode_alnum(b.p, b.n, false, two, NULL) != TT_OK)
        return false;
    return one->n > 0 && one->n == two->n && memcmp(one->p, two->p, one->n) == 0;
}

int tt_title_equal(tt_str text, tt_str title, bool *equal)
{
    numbered a[3], b[3];
    size_t n_a = 0, n_b = 0;
    tt_buf one = {0}, two = {0};
    text = tt_str_trim(text);
    title = tt_str_trim(title);
    a[n_a++] = (numbered){text, {0}};
    b[n_b++] = (numbered){title, {0}};
    n_a += leading(text, &a[n_a]);
    n_a += trailing(text, &a[n_a]);
    n_b += leading(title, &b[n_b]);
    n_b += trailing(title, &b[n_b]);
    *equal = false;
    for (size_t i = 0; i < n_a && !*equal; i++) {
        for (size_t k = 0; k < n_b && !*equal; k++) {
            if (a[i].number.n == 0 || b[k].number.n == 0 || tt_str_eq(a[i].number, b[k].number))
                *equal = same_letters(a[i].rest, b[k].rest, &one, &two);
        }
    }
    bool failed = one.failed || two.failed;
    tt_buf_release(&one);
    tt_buf_release(&two);
    return failed ? TT_ENOMEM : TT_OK;
}

/* In lower case, or 0: none of ASCII. */
static char letter_of(char c)
{
    c |= 0x20;
    return c >= 'a' && c <= 'z' ? c : 0;
}

tt_title_end tt_title_end_of(tt_str title)
{
    tt_title_end end = {.n = 0};
    numbered form;
    title = tt_str_trim(title);
    const size_t from = leading(title, &form) ? title.n - form.rest.n : 0;
    for (size_t i = title.n; i > from && end.n < sizeof end.letters && (unsigned char)title.p[i - 1] < 0x80; i--) {
        const char c = letter_of(title.p[i - 1]);
        if (c)
            end.letters[end.n++] = c;
    }
    return end;
}

bool tt_title_end_met(const tt_title_end *end, tt_str piece, size_t *n_met)
{
    for (size_t i = piece.n; i > 0 && *n_met < end->n; i--) {
        const char c = letter_of(piece.p[i - 1]);
        if ((unsigned char)piece.p[i - 1] >= 0x80)
            *n_met = end->n;
        else if (c && c != end->letters[(*n_met)++])
            return false;
    }
    return true;
}
