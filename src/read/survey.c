/* survey: gathered issue by issue, merged from parts, finished once.
 * In: issues with their headings and block hashes, in any order. Out: the archive as a whole: the same whatever the
 * order and the parts.
 * Not here: numbers and dates that are inferred (infer.c), recurring names and boilerplate (recur.c), reading. */
#include "read/survey.h"

#include "base/unicode.h"
#include "read/infer.h"
#include "read/recur.h"

#include <string.h>

void tt_survey_init(tt_survey *s)
{
    *s = (tt_survey){0};
}

void tt_survey_release(tt_survey *s)
{
    tt_arena_release(&s->arena);
    tt_free(s->issues);
    tt_free(s->headings);
    tt_free(s->blocks);
    tt_free(s->sections);
    tt_free(s->named);
    tt_free(s->known);
    tt_free(s->boilerplate);
    tt_free(s->order);
    *s = (tt_survey){0};
}

/* ---- gathering ---- */

static int make_room(tt_survey *s, size_t n_issues, size_t n_headings, size_t n_blocks, tt_err *err)
{
    if (s->finished)
        return tt_fail(err, TT_EUSAGE, NULL, 0, 0, "a finished survey takes no more issues");
    if (n_issues > (size_t)TT_MAX_ISSUES || s->n_issues > (size_t)TT_MAX_ISSUES - n_issues)
        return tt_fail(err, TT_ELIMIT, NULL, 0, 0, "more than %d issues; read the archive in parts", TT_MAX_ISSUES);
    if (tt_grow(&s->issues, &s->cap_issues, s->n_issues + n_issues, sizeof(*s->issues)) != 0 ||
        tt_grow(&s->headings, &s->cap_headings, s->n_headings + n_headings, sizeof(*s->headings)) != 0 ||
        tt_grow(&s->blocks, &s->cap_blocks, s->n_blocks + n_blocks, sizeof(*s->blocks)) != 0)
        return tt_fail_memory(err);
    return 0;
}

static int copy_issue(tt_survey *s, const tt_issue *from)
{
    tt_issue to = *from;
    if (tt_str_dup(&s->arena, from->issue, &to.issue) != 0 || tt_str_dup(&s->arena, from->path, &to.path) != 0 ||
        tt_str_dup(&s->arena, from->rel, &to.rel) != 0 || tt_str_dup(&s->arena, from->title, &to.title) != 0 ||
        tt_str_dup(&s->arena, from->format, &to.format) != 0 || tt_str_dup(&s->arena, from->section, &to.section) != 0)
        return TT_ENOMEM;
    s->issues[s->n_issues++] = to;
    return 0;
}

static int copy_heading(tt_survey *s, const tt_heading *from, uint32_t issue)
{
    tt_heading to = *from;
    to.issue = issue;
    if (tt_str_dup(&s->arena, from->name, &to.name) != 0 || tt_str_dup(&s->arena, from->key, &to.key) != 0)
        return TT_ENOMEM;
    s->headings[s->n_headings++] = to;
    return 0;
}

/* What a failure leaves is whole: counts go back, only the arena keeps a few strings. */
static int undo(tt_survey *s, size_t n_issues, size_t n_headings, size_t n_blocks, tt_err *err)
{
    s->n_issues = n_issues;
    s->n_headings = n_headings;
    s->n_blocks = n_blocks;
    return tt_fail_memory(err);
}

int tt_survey_add(tt_survey *s, const tt_issue *issue, const tt_heading *headings, size_t n_headings,
                  const uint64_t *blocks, size_t n_blocks, tt_err *err)
{
    int rc = make_room(s, 1, n_headings, n_blocks, err);
    if (rc != 0)
        return rc;
    size_t was_issues = s->n_issues, was_headings = s->n_headings, was_blocks = s->n_blocks;
    uint32_t id = (uint32_t)s->n_issues;
    rc = copy_issue(s, issue);
    for (size_t i = 0; rc == 0 && i < n_headings; i++)
        rc = copy_heading(s, &headings[i], id);
    for (size_t i = 0; rc == 0 && i < n_blocks; i++)
        s->blocks[s->n_blocks++] = (struct tt_survey_block){blocks[i], id};
    return rc == 0 ? 0 : undo(s, was_issues, was_headings, was_blocks, err);
}

int tt_survey_merge(tt_survey *into, const tt_survey *part, tt_err *err)
{
    if (part->finished || into == part)
        return tt_fail(err, TT_EUSAGE, NULL, 0, 0, "a finished survey cannot be merged");
    int rc = make_room(into, part->n_issues, part->n_headings, part->n_blocks, err);
    if (rc != 0)
        return rc;
    size_t was_issues = into->n_issues, was_headings = into->n_headings, was_blocks = into->n_blocks;
    uint32_t base = (uint32_t)into->n_issues;
    for (size_t i = 0; rc == 0 && i < part->n_issues; i++)
        rc = copy_issue(into, &part->issues[i]);
    for (size_t i = 0; rc == 0 && i < part->n_headings; i++)
        rc = copy_heading(into, &part->headings[i], base + part->headings[i].issue);
    for (size_t i = 0; rc == 0 && i < part->n_blocks; i++)
        into->blocks[into->n_blocks++] = (struct tt_survey_block){part->blocks[i].hash, base + part->blocks[i].issue};
    return rc == 0 ? 0 : undo(into, was_issues, was_headings, was_blocks, err);
}

/* ---- finishing: names ---- */

static int name_cmp(const void *a, const void *b, void *ctx)
{
    const tt_issue *issues = ctx;
    const uint32_t i = *(const uint32_t *)a, k = *(const uint32_t *)b;
    const tt_issue *x = &issues[i], *y = &issues[k];
    if (x->archive != y->archive)
        return x->archive < y->archive ? -1 : 1;
    int c = tt_str_cmp(x->issue, y->issue);
    return c != 0 ? c : (i > k) - (i < k);
}

static bool same_file(const tt_issue *a, const tt_issue *b)
{
    return a->archive == b->archive && tt_str_eq(a->path, b->path);
}

/* Whether an issue of the file is called so by the file itself. */
static bool is_taken(const tt_survey *s, const uint32_t *by_name, const tt_issue *of, tt_str name)
{
    size_t low = 0, high = s->n_issues;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        const tt_issue *is = &s->issues[by_name[mid]];
        if (is->archive < of->archive || (is->archive == of->archive && tt_str_cmp(is->issue, name) < 0))
            low = mid + 1;
        else
            high = mid;
    }
    return low < s->n_issues && same_file(&s->issues[by_name[low]], of) &&
           tt_str_eq(s->issues[by_name[low]].issue, name);
}

/* The first of `name~nth`, `name~nth + 1`, … that the file does not have. */
static int name_apart(tt_survey *s, const uint32_t *by_name, const tt_issue *is, size_t *nth, tt_str *out)
{
    tt_buf name = {0};
    do {
        tt_buf_reset(&name);
        tt_buf_str(&name, is->issue);
        tt_buf_f(&name, "~%zu", ++*nth);
    } while (!name.failed && is_taken(s, by_name, is, (tt_str){name.p, name.n}));
    int rc = name.failed ? TT_ENOMEM : tt_str_dup(&s->arena, (tt_str){name.p, name.n}, out);
    tt_buf_release(&name);
    return rc;
}

/* Issues of one file that the file calls by one name: the second becomes `name~2`. */
static int tell_apart(tt_survey *s)
{
    uint32_t *by_name = tt_calloc(s->n_issues + 1, sizeof *by_name);
    tt_str *names = tt_calloc(s->n_issues + 1, sizeof *names); /* by_name is in order of the old ones meanwhile */
    int rc = by_name && names ? 0 : TT_ENOMEM;
    for (size_t i = 0; rc == 0 && i < s->n_issues; i++)
        by_name[i] = (uint32_t)i;
    if (rc == 0 && s->n_issues > 1)
        qsort_r(by_name, s->n_issues, sizeof *by_name, name_cmp, s->issues);
    for (size_t i = 1, nth = 1; rc == 0 && i < s->n_issues; i++) {
        const tt_issue *before = &s->issues[by_name[i - 1]], *is = &s->issues[by_name[i]];
        if (same_file(before, is) && tt_str_eq(before->issue, is->issue))
            rc = name_apart(s, by_name, is, &nth, &names[by_name[i]]);
        else
            nth = 1;
    }
    for (size_t i = 0; rc == 0 && i < s->n_issues; i++)
        if (names[i].n > 0)
            s->issues[i].issue = names[i];
    tt_free(by_name);
    tt_free(names);
    return rc;
}

/* ---- finishing: the order of issues ---- */

/* By archive, then path; those of one path by their place in it and their name, and what is the same in all of these by
 * its bytes. */
static int path_cmp(const void *a, const void *b, void *ctx)
{
    const tt_issue *issues = ctx;
    const tt_issue *x = &issues[*(const uint32_t *)a], *y = &issues[*(const uint32_t *)b];
    if (x->archive != y->archive)
        return x->archive < y->archive ? -1 : 1;
    int c = tt_str_cmp(x->path, y->path);
    if (c == 0)
        c = (x->record > y->record) - (x->record < y->record);
    if (c == 0)
        c = tt_str_cmp(x->issue, y->issue);
    return c != 0 ? c : (x->hash > y->hash) - (x->hash < y->hash);
}

/* Puts headings in order of their issues, those of one issue as they stand (counting sort). */
static int sort_headings(tt_survey *s)
{
    size_t *next = tt_calloc(s->n_issues + 1, sizeof(*next));
    tt_heading *sorted = tt_calloc(s->n_headings + 1, sizeof(*sorted));
    if (next == NULL || sorted == NULL) {
        tt_free(next);
        tt_free(sorted);
        return TT_ENOMEM;
    }
    for (size_t i = 0; i < s->n_headings; i++)
        next[s->headings[i].issue + 1]++;
    for (size_t i = 0; i < s->n_issues; i++)
        next[i + 1] += next[i];
    for (size_t i = 0; i < s->n_headings; i++)
        sorted[next[s->headings[i].issue]++] = s->headings[i];
    tt_free(next);
    tt_free(s->headings);
    s->headings = sorted;
    s->cap_headings = s->n_headings + 1;
    return 0;
}

static int sort_issues(tt_survey *s)
{
    uint32_t *from = tt_calloc(s->n_issues + 1, sizeof(*from)); /* new index -> old */
    uint32_t *to = tt_calloc(s->n_issues + 1, sizeof(*to));
    tt_issue *sorted = tt_calloc(s->n_issues + 1, sizeof(*sorted));
    int rc = from != NULL && to != NULL && sorted != NULL ? 0 : TT_ENOMEM;
    if (rc == 0) {
        for (size_t i = 0; i < s->n_issues; i++)
            from[i] = (uint32_t)i;
        qsort_r(from, s->n_issues, sizeof(*from), path_cmp, s->issues);
        for (size_t i = 0; i < s->n_issues; i++) {
            sorted[i] = s->issues[from[i]];
            to[from[i]] = (uint32_t)i;
        }
        for (size_t i = 0; i < s->n_headings; i++)
            s->headings[i].issue = to[s->headings[i].issue];
        for (size_t i = 0; i < s->n_blocks; i++)
            s->blocks[i].issue = to[s->blocks[i].issue];
        tt_issue *old = s->issues;
        s->issues = sorted;
        s->cap_issues = s->n_issues + 1;
        sorted = old;
    }
    tt_free(from);
    tt_free(to);
    tt_free(sorted);
    return rc == 0 ? sort_headings(s) : rc;
}

/* By date, number, path; undated issues and, on one day, those without number last. */
static int rank_cmp(const void *a, const void *b, void *ctx)
{
    const tt_issue *issues = ctx;
    uint32_t i = *(const uint32_t *)a, k = *(const uint32_t *)b;
    const tt_issue *x = &issues[i], *y = &issues[k];
    if (x->date != y->date) {
        if (x->date == TT_NO_DATE || y->date == TT_NO_DATE)
            return x->date == TT_NO_DATE ? 1 : -1;
        return x->date < y->date ? -1 : 1;
    }
    if (x->number != y->number) {
        if (x->number < 0 || y->number < 0)
            return x->number < 0 ? 1 : -1;
        return x->number < y->number ? -1 : 1;
    }
    int c = tt_str_cmp(x->path, y->path);
    return c != 0 ? c : (i > k) - (i < k);
}

static int rank_issues(tt_survey *s)
{
    s->order = tt_calloc(s->n_issues + 1, sizeof(*s->order));
    if (s->order == NULL)
        return TT_ENOMEM;
    for (size_t i = 0; i < s->n_issues; i++)
        s->order[i] = (uint32_t)i;
    qsort_r(s->order, s->n_issues, sizeof(*s->order), rank_cmp, s->issues);
    for (size_t i = 0; i < s->n_issues; i++)
        s->issues[s->order[i]].order = (uint32_t)i;
    return 0;
}

static int day_cmp(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

/* Days between neighbouring issues of different days; an even count's median is the mean of the middle two. */
static int measure_interval(tt_survey *s)
{
    int32_t *days = tt_calloc(s->n_issues + 1, sizeof(*days));
    if (days == NULL)
        return TT_ENOMEM;
    size_t n = 0;
    for (size_t rank = 1; rank < s->n_issues; rank++) {
        int32_t before = s->issues[s->order[rank - 1]].date, date = s->issues[s->order[rank]].date;
        if (before != TT_NO_DATE && date != TT_NO_DATE && date != before)
            days[n++] = date - before;
    }
    qsort(days, n, sizeof(*days), day_cmp);
    s->median_interval = n == 0 ? 0 : ((double)days[(n - 1) / 2] + (double)days[n / 2]) / 2;
    tt_free(days);
    return 0;
}

/* Those of one file at once, which stand together; *i moves to the last one. */
static void tell_undated_records(const tt_survey *s, size_t *i, const tt_sink *sink)
{
    const tt_issue *first = &s->issues[*i];
    size_t n = 0, last = *i;
    for (size_t k = *i; k < s->n_issues && tt_str_eq(s->issues[k].path, first->path); k++)
        if (s->issues[k].date == TT_NO_DATE) {
            n++;
            last = k;
        }
    *i = last;
    if (n == 1)
        tt_tell(sink, TT_NOTE, first->path.p, 0, 0, "%s has no date; give it one in this file", first->issue.p);
    else
        tt_tell(sink, TT_NOTE, first->path.p, 0, 0,
                "%zu of its issues have no date, the first is %s; give them one in this file", n, first->issue.p);
}

static void tell_undated(const tt_survey *s, const tt_sink *sink)
{
    for (size_t i = 0; i < s->n_issues; i++) {
        const tt_issue *issue = &s->issues[i];
        if (issue->date != TT_NO_DATE)
            continue;
        if (tt_str_ends(issue->path, issue->issue) || tt_str_ends(issue->issue, issue->rel))
            tt_tell(sink, TT_NOTE, issue->path.p, 0, 0,
                    "no date; give one in the side file, front matter or file name");
        else
            tell_undated_records(s, &i, sink);
    }
}

/* A mistyped year would make hundreds of empty periods. */
static void tell_far(const tt_survey *s, const tt_sink *sink)
{
    for (size_t rank = 1; rank < s->n_issues; rank++) {
        const tt_issue *a = &s->issues[s->order[rank - 1]], *b = &s->issues[s->order[rank]];
        char from[TT_DATE_SIZE], to[TT_DATE_SIZE];
        if (b->date == TT_NO_DATE || b->date - a->date <= TT_FAR_DAYS)
            continue;
        tt_day_format(a->date, from);
        tt_day_format(b->date, to);
        tt_tell(sink, TT_NOTE, a->path.p, 0, 0,
                "dated %s, and the next issue, %s, %s; correct the year if one is mistyped", from, b->path.p, to);
    }
}

int tt_survey_finish(tt_survey *s, bool no_infer, const tt_sink *sink, tt_err *err)
{
    if (s->finished)
        return tt_fail(err, TT_EUSAGE, NULL, 0, 0, "the survey is finished already");
    s->single = s->n_issues == 1;
    int rc = sort_issues(s);
    if (rc == 0)
        rc = tell_apart(s);
    if (rc == 0)
        rc = tt_infer_numbers(s);
    if (rc == 0 && !no_infer)
        rc = tt_infer_dates(s, sink);
    if (rc == 0)
        rc = rank_issues(s);
    if (rc == 0)
        rc = measure_interval(s);
    if (rc == 0)
        rc = tt_recur_sections(s);
    if (rc == 0)
        rc = tt_recur_boilerplate(s);
    s->finished = true;
    if (rc != 0)
        return tt_fail_memory(err);
    tell_undated(s, sink);
    tell_far(s, sink);
    return 0;
}

int tt_survey_drop(tt_survey *s, const bool *drop, tt_err *err)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n_issues; i++)
        if (!drop[i])
            s->issues[n++] = s->issues[i];
    s->n_issues = n;
    s->n_headings = 0; /* known names have been made of them */
    tt_free(s->order);
    s->order = NULL;
    int rc = rank_issues(s);
    if (rc == 0)
        rc = measure_interval(s);
    return rc == 0 ? 0 : tt_fail_memory(err);
}

/* ---- asking ---- */

static int hash_cmp(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

bool tt_survey_boilerplate(const tt_survey *s, uint64_t hash)
{
    return s->n_boilerplate > 0 && bsearch(&hash, s->boilerplate, s->n_boilerplate, sizeof(hash), hash_cmp) != NULL;
}

uint32_t tt_survey_section(const tt_survey *s, int level, tt_str key)
{
    size_t low = 0, high = s->n_known;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        const struct tt_known *k = &s->known[mid];
        int c = k->level != level ? (k->level < level ? -1 : 1) : tt_str_cmp(k->key, key);
        if (c == 0)
            return k->section;
        if (c < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return TT_SECTION_NONE;
}

uint32_t tt_survey_section_named(const tt_survey *s, tt_str name)
{
    tt_buf key = {0};
    uint32_t found = UINT32_MAX;
    if (s->n_sections > 0 && tt_unicode_key(name.p, name.n, true, &key) == 0) {
        size_t low = 0, high = s->n_sections;
        while (low < high) {
            size_t mid = low + (high - low) / 2;
            if (tt_str_cmp(s->named[mid].key, (tt_str){key.p, key.n}) < 0)
                low = mid + 1;
            else
                high = mid;
        }
        if (low < s->n_sections && tt_str_eq(s->named[low].key, (tt_str){key.p, key.n}))
            found = s->named[low].section;
    }
    tt_buf_release(&key);
    return found;
}
