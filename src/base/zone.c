/* In: names of zones, a bound of time as text. Out: tt_zone, sets of zones, days; names of zones, statuses, verdicts.
 * Not here: which zone a text belongs to (parse/), dates as authors write them (read/date.c). */
#include "base/str.h"

static const char *const names[TT_N_ZONES] = {"meta",        "url",     "code",  "alt",     "title", "section",
                                              "boilerplate", "caption", "quote", "heading", "text"};

const char *tt_zone_name(tt_zone zone)
{
    return zone < TT_N_ZONES ? names[zone] : "";
}

const char *tt_status_name(tt_status status)
{
    static const char *const statuses[] = {[TT_STATUS_NONE] = "",
                                           [TT_STATUS_QUIET] = "quiet",
                                           [TT_STATUS_NEW] = "new",
                                           [TT_STATUS_BACK] = "back",
                                           [TT_STATUS_CURRENT] = "current"};
    return statuses[status];
}

const char *tt_verdict_name(tt_verdict verdict)
{
    static const char *const verdicts[] = {"too few", "steady", "up", "down", "new", "gone"};
    return verdict <= TT_VERDICT_GONE ? verdicts[verdict] : "";
}

int tt_zones_parse(const char *text, unsigned *zones, tt_err *err)
{
    tt_str rest = tt_str_trim(tt_str_of(text));
    bool changes = rest.n && (rest.p[0] == '+' || rest.p[0] == '-');
    unsigned set = changes ? *zones : 0;
    if (rest.n == 0)
        return tt_fail(err, TT_EUSAGE, NULL, 0, 0,
                       "no zone is named; write for example --zones text,quote or --zones +title");
    while (rest.n) {
        tt_str word = tt_str_trim(tt_str_cut(&rest, ','));
        bool plus = word.n && word.p[0] == '+', minus = word.n && word.p[0] == '-';
        tt_str name = plus || minus ? (tt_str){word.p + 1, word.n - 1} : word;
        unsigned bit = 0;
        for (int z = 0; z < TT_N_ZONES; z++)
            if (tt_str_is_nocase(name, names[z]))
                bit = 1u << z;
        if (tt_str_is_nocase(name, "all"))
            bit = (1u << TT_N_ZONES) - 1;
        if (!bit)
            return tt_fail(err, TT_EUSAGE, NULL, 0, 0,
                           "`%.*s` is no zone; the zones are text, quote, caption, heading, section, title, alt, code, "
                           "url, meta, boilerplate, and all",
                           (int)name.n, name.p);
        if (changes && !plus && !minus)
            return tt_fail(err, TT_EUSAGE, NULL, 0, 0, "put + or - before every zone or before none (`%.*s` has none)",
                           (int)name.n, name.p);
        if (!changes && (plus || minus))
            return tt_fail(err, TT_EUSAGE, NULL, 0, 0, "put + or - before every zone or before none (`%.*s` has one)",
                           (int)name.n, name.p);
        set = minus ? set & ~bit : set | bit;
    }
    if (!set)
        return tt_fail(err, TT_EUSAGE, NULL, 0, 0, "no zone is left to count; name at least one");
    *zones = set;
    return 0;
}

/* Digits at *at, between `least` and `most` of them. */
static bool digits(tt_str s, size_t *at, size_t least, size_t most, int *out)
{
    size_t n = 0;
    *out = 0;
    for (; *at + n < s.n && n < most && s.p[*at + n] >= '0' && s.p[*at + n] <= '9'; n++)
        *out = *out * 10 + (s.p[*at + n] - '0');
    *at += n;
    return n >= least;
}

int tt_date_parse_bound(const char *text, bool end, int32_t *out)
{
    tt_str s = tt_str_of(text);
    size_t at = 0;
    int y, m = end ? 12 : 1, d = 1;
    bool has_day = false;
    if (!digits(s, &at, 4, 4, &y))
        return TT_EUSAGE;
    if (at < s.n) {
        if (s.p[at++] != '-' || !digits(s, &at, 1, 2, &m))
            return TT_EUSAGE;
        if (at < s.n) {
            if (s.p[at++] != '-' || !digits(s, &at, 1, 2, &d) || at < s.n)
                return TT_EUSAGE;
            has_day = true;
        }
    }
    if (!end || has_day)
        return tt_day_of(y, m, d, out) ? 0 : TT_EUSAGE;
    for (d = 31; d > 27; d--)
        if (tt_day_of(y, m, d, out))
            return 0;
    return TT_EUSAGE;
}
