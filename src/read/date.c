/* date: dates as authors write them.
 * In: a metadata value or a path. Out: the calendar day as written.
 * Not here: which date of an issue counts (front.c), dates inferred from numbers (infer.c), the calendar (base/str). */
#include "read/date.h"

typedef struct scan {
    const char *p, *end;
} scan;

typedef struct ymd {
    int year, month, day;
} ymd;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool at_digit(const scan *s)
{
    return s->p < s->end && is_digit(*s->p);
}

static bool take(scan *s, char c)
{
    if (s->p == s->end || *s->p != c)
        return false;
    s->p++;
    return true;
}

static bool skip_space(scan *s)
{
    const char *from = s->p;
    while (s->p < s->end && is_space(*s->p))
        s->p++;
    return s->p > from;
}

/* All digits that stand here; returns how many. The value is of use only up to 8 of them. */
static size_t take_number(scan *s, int *value)
{
    const char *from = s->p;
    *value = 0;
    while (at_digit(s)) {
        if (s->p - from < 8)
            *value = *value * 10 + (*s->p - '0');
        s->p++;
    }
    return (size_t)(s->p - from);
}

/* A number of one or two digits, with nothing more of it behind. */
static bool take_short(scan *s, int *value)
{
    size_t n = take_number(s, value);
    return n == 1 || n == 2;
}

static tt_str take_word(scan *s)
{
    const char *from = s->p;
    while (s->p < s->end && is_alpha(*s->p))
        s->p++;
    return (tt_str){from, (size_t)(s->p - from)};
}

/* Whether `word` is `name` or its first letters, `least` at least; `rest` are the letters of the full name. */
static bool is_name(tt_str word, const char *name, size_t least)
{
    size_t n = strlen(name);
    if (word.n != n && word.n != least)
        return false;
    for (size_t i = 0; i < word.n; i++)
        if ((word.p[i] | 0x20) != name[i])
            return false;
    return true;
}

static int month_of(tt_str word)
{
    static const char *const names[] = {"january", "february", "march",     "april",   "may",      "june",
                                        "july",    "august",   "september", "october", "november", "december"};
    for (int i = 0; i < 12; i++)
        if (is_name(word, names[i], 3))
            return i + 1;
    return is_name(word, "september", 4) ? 9 : 0;
}

static bool is_weekday(tt_str word)
{
    static const char *const names[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (is_name(word, names[i], 3) || ((i == 1 || i == 3) && is_name(word, names[i], 4)))
            return true;
    return is_name(word, "thursday", 5);
}

/* `Sunday, `: taken where it is one; its truth is not checked, the day of the month is what the author looked up. */
static void skip_weekday(scan *s)
{
    scan t = *s;
    if (!is_weekday(take_word(&t)))
        return;
    take(&t, '.');
    bool comma = take(&t, ',');
    if (skip_space(&t) || comma)
        *s = t;
}

/* `st`, `nd`, `rd`, `th` after a day. */
static void skip_ordinal(scan *s)
{
    scan t = *s;
    tt_str w = take_word(&t);
    if (tt_str_is_nocase(w, "st") || tt_str_is_nocase(w, "nd") || tt_str_is_nocase(w, "rd") ||
        tt_str_is_nocase(w, "th"))
        *s = t;
}

/* What separates the parts of a date with a month in letters: white space, one of `,` `.` `-` `/`, or both. */
static bool skip_separator(scan *s)
{
    bool any = skip_space(s);
    if (s->p < s->end && (*s->p == ',' || *s->p == '.' || *s->p == '-' || *s->p == '/')) {
        s->p++;
        any = true;
        skip_space(s);
    }
    return any;
}

/* A time of day with its zone: at least `HH:MM`, or after a T also `HH` and `HHMM`. What follows it is not looked at
 * but for being of the characters that zones are written with. */
static bool is_time(scan s, bool after_t)
{
    int value;
    size_t n = take_number(&s, &value);
    if (n == 0 || n > (after_t ? 6u : 2u))
        return false;
    if (!after_t && (!take(&s, ':') || !at_digit(&s)))
        return false;
    for (; s.p < s.end; s.p++)
        if (!is_digit(*s.p) && !is_alpha(*s.p) && !is_space(*s.p) && strchr(":.,+-/_()", *s.p) == NULL)
            return false;
    return true;
}

static bool is_zone(scan s)
{
    if (s.end - s.p == 1)
        return *s.p == 'Z' || *s.p == 'z';
    if (s.end - s.p != 6 || (*s.p != '+' && *s.p != '-'))
        return false;
    return is_digit(s.p[1]) && is_digit(s.p[2]) && s.p[3] == ':' && is_digit(s.p[4]) && is_digit(s.p[5]);
}

/* Whether what follows the day is nothing, or a time or zone. */
static bool tail_ok(scan s, bool *has_time)
{
    *has_time = false;
    if (s.p == s.end || is_zone(s))
        return true;
    if (take(&s, 'T') || take(&s, 't'))
        return *has_time = is_time(s, true);
    bool comma = take(&s, ',');
    if (!skip_space(&s) && !comma)
        return false;
    scan t = s;
    if (tt_str_is_nocase(take_word(&t), "at") && skip_space(&t))
        s = t;
    return *has_time = is_time(s, false);
}

/* 2020-10-11, 2020/10/11, 2020-Oct-11, 2020 October 11: the year is read. */
static tt_date_result year_first(scan *s, ymd *d)
{
    char sep = s->p < s->end ? *s->p : 0;
    scan t = *s;
    if ((sep == '-' || sep == '/' || sep == '.') && (t.p++, at_digit(&t))) {
        if (!take_short(&t, &d->month) || !take(&t, sep) || !take_short(&t, &d->day))
            return TT_DATE_UNKNOWN;
        *s = t;
        return TT_DATE_OK;
    }
    if (!skip_separator(s) || (d->month = month_of(take_word(s))) == 0 || !skip_separator(s) || !take_short(s, &d->day))
        return TT_DATE_UNKNOWN;
    return TT_DATE_OK;
}

/* 03/04/2019 and its like: the day is read. Only what could be both is called ambiguous; the others are refused too,
 * so that an archive is not read by halves. */
static tt_date_result all_digits(scan *s, char sep, int first)
{
    int second, year;
    if (!take_short(s, &second) || !take(s, sep))
        return TT_DATE_UNKNOWN;
    size_t n = take_number(s, &year);
    if (n != 2 && n != 4)
        return TT_DATE_UNKNOWN;
    return first >= 1 && first <= 12 && second >= 1 && second <= 12 ? TT_DATE_AMBIGUOUS : TT_DATE_UNKNOWN;
}

/* 2 January 2020, 2nd of Jan. 2020, 11-Oct-2020, 11 Oct 20 10:00 (RFC 822): the day is read. */
static tt_date_result day_first(scan *s, ymd *d)
{
    if (s->p < s->end && (*s->p == '-' || *s->p == '/' || *s->p == '.')) {
        scan t = {s->p + 1, s->end};
        if (at_digit(&t))
            return all_digits(&t, *s->p, d->day);
    }
    skip_ordinal(s);
    if (!skip_separator(s))
        return TT_DATE_UNKNOWN;
    scan t = *s;
    if (tt_str_is_nocase(take_word(&t), "of") && skip_space(&t))
        *s = t;
    d->month = month_of(take_word(s));
    if (d->month == 0 || !skip_separator(s))
        return TT_DATE_UNKNOWN;
    bool has_time;
    size_t n = take_number(s, &d->year);
    if (n == 2 && tail_ok(*s, &has_time) && has_time) {
        d->year += d->year < 50 ? 2000 : 1900; /* RFC 2822, 4.3 */
        return TT_DATE_OK;
    }
    return n == 4 ? TT_DATE_OK : TT_DATE_UNKNOWN;
}

/* January 2, 2020; Jan. 2nd 2020. */
static tt_date_result month_first(scan *s, ymd *d)
{
    d->month = month_of(take_word(s));
    if (d->month == 0 || !skip_separator(s) || !take_short(s, &d->day))
        return TT_DATE_UNKNOWN;
    skip_ordinal(s);
    return skip_separator(s) && take_number(s, &d->year) == 4 ? TT_DATE_OK : TT_DATE_UNKNOWN;
}

tt_date_result tt_date_parse(tt_str text, int32_t *day)
{
    *day = TT_NO_DATE;
    text = tt_str_trim(text);
    scan s = {text.p, text.p + text.n};
    ymd d = {0};
    skip_weekday(&s);
    tt_date_result r = TT_DATE_UNKNOWN;
    if (at_digit(&s)) {
        int value;
        size_t n = take_number(&s, &value);
        if (n == 8) {
            d = (ymd){value / 10000, value / 100 % 100, value % 100};
            r = TT_DATE_OK;
        } else if (n == 4) {
            d.year = value;
            r = year_first(&s, &d);
        } else if (n <= 2) {
            d.day = value;
            r = day_first(&s, &d);
        }
    } else {
        r = month_first(&s, &d);
    }
    bool has_time;
    if (r != TT_DATE_OK)
        return r;
    if (!tail_ok(s, &has_time))
        return TT_DATE_UNKNOWN;
    return tt_day_of(d.year, d.month, d.day, day) ? TT_DATE_OK : TT_DATE_IMPOSSIBLE;
}

/* The first date in one name. */
static int32_t date_in_name(tt_str name)
{
    for (const char *p = name.p, *end = name.p + name.n; end - p >= 8; p++) {
        if (!is_digit(*p) || (p > name.p && is_digit(p[-1])))
            continue;
        scan s = {p, end};
        ymd d;
        int32_t day;
        if (take_number(&s, &d.year) == 4 && take(&s, '-') && take_short(&s, &d.month) && take(&s, '-') &&
            take_short(&s, &d.day) && tt_day_of(d.year, d.month, d.day, &day))
            return day;
    }
    return TT_NO_DATE;
}

int32_t tt_date_in_path(tt_str path)
{
    while (path.n > 0) {
        size_t from = path.n;
        while (from > 0 && path.p[from - 1] != '/')
            from--;
        int32_t day = date_in_name((tt_str){path.p + from, path.n - from});
        if (day != TT_NO_DATE)
            return day;
        path.n = from > 0 ? from - 1 : 0;
    }
    return TT_NO_DATE;
}
