/* infer: numbers from titles that are the same but for a number, dates from numbers.
 * In: the sorted issues of a survey. Out: their numbers, and dates with the source `inferred`.
 * Not here: number forms (number.c), dates that somebody wrote (front.c, date.c), the order of issues (survey.c). */
#include "base/unicode.h"
#include "read/infer.h"
#include "read/meta.h"

/* ---- numbers ---- */

#define NO_REST UINT32_MAX

/* What stands beside a number at the end of the title [0], or of its first part [1]. */
typedef struct rests {
    uint32_t id[2];
} rests;

/* The id of a title without its last number, letters and digits alone; NO_REST where there is none. */
static int rest_id(tt_str title, bool part, tt_intern *keys, tt_buf *scratch, uint32_t *id)
{
    int64_t number;
    tt_str rest;
    size_t n_letters;
    *id = NO_REST;
    if (!tt_number_trailing(title, part, &number, &rest))
        return 0;
    tt_buf_reset(scratch);
    int rc = tt_unicode_alnum(rest.p, rest.n, false, scratch, &n_letters);
    if (rc == 0 && scratch->n > 0) /* the empty text equals nothing */
        rc = tt_intern_add(keys, (tt_str){scratch->p, scratch->n}, id);
    return rc;
}

static int gather_rests(const tt_survey *s, rests *of, tt_intern *keys)
{
    tt_buf scratch = {0};
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < s->n_issues; i++)
        for (int part = 0; rc == 0 && part < 2; part++)
            rc = rest_id(s->issues[i].title, part == 1, keys, &scratch, &of[i].id[part]);
    tt_buf_release(&scratch);
    return rc;
}

/* The first form that is found (COUNTING 1, Number). */
static int64_t number_of(const tt_issue *issue, const rests *r, const uint32_t *n_issues)
{
    int64_t number;
    tt_str rest;
    if (issue->number_given >= 0)
        return issue->number_given;
    bool bare = issue->title_source >= TT_TITLE_HEADING; /* heading, metadata, side file */
    if (tt_number_leading(issue->title, bare, &number) > 0)
        return number;
    for (int part = 0; part < 2; part++)
        if (r->id[part] != NO_REST && n_issues[r->id[part]] >= TT_RECURRING_REST &&
            tt_number_trailing(issue->title, part == 1, &number, &rest))
            return number;
    return tt_number_in_stem(issue->path, &number) ? number : -1;
}

int tt_infer_numbers(tt_survey *s)
{
    tt_intern keys = {0};
    uint32_t *n_issues = NULL;
    rests *of = tt_calloc(s->n_issues + 1, sizeof(*of));
    int rc = of != NULL ? gather_rests(s, of, &keys) : TT_ENOMEM;
    if (rc == 0 && (n_issues = tt_calloc(keys.n + 1, sizeof(*n_issues))) == NULL)
        rc = TT_ENOMEM;
    for (size_t i = 0; rc == 0 && i < s->n_issues; i++) {
        if (of[i].id[0] != NO_REST)
            n_issues[of[i].id[0]]++;
        if (of[i].id[1] != NO_REST && of[i].id[1] != of[i].id[0])
            n_issues[of[i].id[1]]++;
    }
    for (size_t i = 0; rc == 0 && i < s->n_issues; i++)
        s->issues[i].number = number_of(&s->issues[i], &of[i], n_issues);
    tt_intern_release(&keys);
    tt_free(n_issues);
    tt_free(of);
    return rc;
}

/* ---- dates ---- */

/* An issue with a number and a date that somebody wrote. */
typedef struct anchor {
    int32_t number, date;
    uint32_t issue;
    uint32_t before; /* in the chain that ends here: the anchor before it, NO_ANCHOR: none */
    bool in_chain;
} anchor;

#define NO_ANCHOR UINT32_MAX

/* By number; dates of one number fall, so that a chain that rises in dates takes one of them at most. */
static int anchor_cmp(const void *a, const void *b)
{
    const anchor *x = a, *y = b;
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    if (x->date != y->date)
        return x->date > y->date ? -1 : 1;
    return (x->issue > y->issue) - (x->issue < y->issue);
}

static size_t gather_anchors(const tt_survey *s, size_t from, size_t to, anchor *out)
{
    size_t n = 0;
    for (size_t i = from; i < to; i++) {
        const tt_issue *issue = &s->issues[i];
        if (issue->date != TT_NO_DATE && issue->date_source != TT_DATE_INFERRED && issue->number >= 0 &&
            issue->number <= TT_INFER_MAX_NUMBER)
            out[n++] = (anchor){(int32_t)issue->number, issue->date, (uint32_t)i, NO_ANCHOR, false};
    }
    return n;
}

/* Marks the longest chain that rises strictly in number and date (patience sorting, O(n log n)). `ends[k]` is the anchor
 * with the earliest date that a chain of k + 1 ends with. */
static void mark_chain(anchor *v, size_t n, uint32_t *ends)
{
    size_t n_ends = 0;
    for (size_t i = 0; i < n; i++) {
        size_t low = 0, high = n_ends;
        while (low < high) {
            size_t mid = low + (high - low) / 2;
            if (v[ends[mid]].date < v[i].date)
                low = mid + 1;
            else
                high = mid;
        }
        v[i].before = low > 0 ? ends[low - 1] : NO_ANCHOR;
        if (low == n_ends)
            n_ends++;
        ends[low] = (uint32_t)i;
    }
    for (uint32_t at = n_ends > 0 ? ends[n_ends - 1] : NO_ANCHOR; at != NO_ANCHOR; at = v[at].before)
        v[at].in_chain = true;
}

/* Names the anchors that are not in the chain. One that says just what its neighbour in the chain says (an issue that is
 * there twice) contradicts nothing. */
static void tell_others(const tt_survey *s, const anchor *v, size_t n, const tt_sink *sink)
{
    for (size_t from = 0, to; from < n; from = to) {
        bool in_chain = false;
        for (to = from; to < n && v[to].number == v[from].number && v[to].date == v[from].date; to++)
            in_chain = in_chain || v[to].in_chain;
        for (size_t i = from; !in_chain && i < to; i++) {
            char date[TT_DATE_SIZE];
            tt_day_format(v[i].date, date);
            tt_tell(sink, TT_NOTE, s->issues[v[i].issue].path.p, 0, 0,
                    "number %d and date %s do not rise with those of the other issues; not used to infer dates",
                    (int)v[i].number, date);
        }
    }
}

/* Days per number between two neighbours of the chain, as a fraction. */
typedef struct interval {
    int64_t days, numbers;
} interval;

static int interval_cmp(const void *a, const void *b)
{
    const interval *x = a, *y = b;
    int64_t left = x->days * y->numbers, right = y->days * x->numbers; /* below 2^22 * 2^30 */
    return (left > right) - (left < right);
}

/* The median, an even count's as the mean of the middle two; n > 0. v is sorted. */
static interval median_of(interval *v, size_t n)
{
    qsort(v, n, sizeof(*v), interval_cmp);
    interval a = v[(n - 1) / 2], b = v[n / 2];
    if (n % 2 == 1)
        return a;
    return (interval){a.days * b.numbers + b.days * a.numbers, 2 * a.numbers * b.numbers};
}

/* a / b to the nearest whole number, half up; b > 0. */
static int64_t round_half_up(int64_t a, int64_t b)
{
    int64_t up = 2 * a + b;
    int64_t q = up / (2 * b);
    return up % (2 * b) < 0 ? q - 1 : q;
}

/* The anchors of the chain alone, by number. */
typedef struct chain {
    const anchor *v;
    size_t n;
    interval median; /* of n > 1 anchors */
} chain;

static int32_t as_day(int64_t day)
{
    int32_t first, last;
    bool ok = tt_day_of(1, 1, 1, &first) && tt_day_of(9999, 12, 31, &last);
    return ok && day >= first && day <= last ? (int32_t)day : TT_NO_DATE;
}

/* Beyond the ends: at most 26 numbers, and at most half of the dated range of numbers away. `by` is below 0 before the
 * first anchor. */
static int32_t beyond(const chain *c, const anchor *end, int64_t by)
{
    int64_t away = by < 0 ? -by : by;
    if (c->n < 2 || away > TT_INFER_BEYOND || 2 * away > (int64_t)c->v[c->n - 1].number - c->v[0].number)
        return TT_NO_DATE;
    return as_day(end->date + round_half_up(by * c->median.days, c->median.numbers));
}

/* The date of an issue number. An issue whose number is that of a dated one gets that date. */
static int32_t date_of(const chain *c, int64_t number)
{
    if (c->n == 0 || number < 0 || number > TT_INFER_MAX_NUMBER)
        return TT_NO_DATE;
    const anchor *first = &c->v[0], *last = &c->v[c->n - 1];
    if (number < first->number)
        return beyond(c, first, number - first->number);
    if (number > last->number)
        return beyond(c, last, number - last->number);
    size_t low = 0, high = c->n - 1; /* the last anchor whose number is not above */
    while (low < high) {
        size_t mid = low + (high - low + 1) / 2;
        if (c->v[mid].number <= number)
            low = mid;
        else
            high = mid - 1;
    }
    const anchor *a = &c->v[low];
    if (a->number == number)
        return a->date;
    int64_t days = (int64_t)a[1].date - a->date, numbers = (int64_t)a[1].number - a->number;
    return a->date + (int32_t)round_half_up((number - a->number) * days, numbers);
}

/* Keeps the chain alone in v and measures it. `scratch` has room for n - 1 intervals. */
static chain make_chain(anchor *v, size_t n, interval *scratch)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (v[i].in_chain)
            v[kept++] = v[i];
    chain c = {v, kept, {0, 1}};
    for (size_t i = 1; i < kept; i++)
        scratch[i - 1] = (interval){(int64_t)v[i].date - v[i - 1].date, (int64_t)v[i].number - v[i - 1].number};
    if (kept > 1)
        c.median = median_of(scratch, kept - 1);
    return c;
}

static void set_dates(tt_survey *s, size_t from, size_t to, const chain *c, const tt_sink *sink, size_t *n_inferred)
{
    for (size_t i = from; i < to; i++) {
        tt_issue *issue = &s->issues[i];
        if (issue->date != TT_NO_DATE)
            continue;
        int32_t day = date_of(c, issue->number);
        if (day == TT_NO_DATE)
            continue;
        char date[TT_DATE_SIZE];
        issue->date = day;
        issue->date_source = TT_DATE_INFERRED;
        ++*n_inferred;
        tt_day_format(day, date);
        tt_tell(sink, TT_DETAIL, issue->path.p, 0, 0, "date %s inferred from its number %lld", date,
                (long long)issue->number);
    }
}

/* One archive argument: the issues from..to. */
static int infer_in(tt_survey *s, size_t from, size_t to, const tt_sink *sink, size_t *n_inferred)
{
    size_t wanting = 0;
    for (size_t i = from; i < to; i++)
        wanting += s->issues[i].date == TT_NO_DATE && s->issues[i].number >= 0;
    if (wanting == 0)
        return 0;
    size_t room = to - from;
    anchor *v = tt_calloc(room, sizeof(*v));
    uint32_t *ends = tt_calloc(room, sizeof(*ends));
    interval *scratch = tt_calloc(room, sizeof(*scratch));
    int rc = v != NULL && ends != NULL && scratch != NULL ? 0 : TT_ENOMEM;
    if (rc == 0) {
        size_t n = gather_anchors(s, from, to, v);
        qsort(v, n, sizeof(*v), anchor_cmp);
        mark_chain(v, n, ends);
        tell_others(s, v, n, sink);
        chain c = make_chain(v, n, scratch);
        set_dates(s, from, to, &c, sink, n_inferred);
    }
    tt_free(v);
    tt_free(ends);
    tt_free(scratch);
    return rc;
}

int tt_infer_dates(tt_survey *s, const tt_sink *sink)
{
    size_t n_inferred = 0;
    int rc = 0;
    for (size_t from = 0, to; rc == 0 && from < s->n_issues; from = to) {
        for (to = from + 1; to < s->n_issues && s->issues[to].archive == s->issues[from].archive;)
            to++;
        rc = infer_in(s, from, to, sink, &n_inferred);
    }
    if (rc == 0 && n_inferred > 0)
        tt_tell(sink, TT_NOTE, NULL, 0, 0, "%zu %s from issue numbers (-v names them, --no-infer leaves them out)",
                n_inferred, n_inferred == 1 ? "date is inferred" : "dates are inferred");
    return rc;
}
