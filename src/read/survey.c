/* survey: gathered issue by issue, merged from parts, finished once.
 * In: issues with their headings and block hashes, in any order. Out: the archive as a whole: the same whatever the
 * order and the parts.
 * Not here: numbers and dates that are inferred (infer.c), recurring names and boilerplate (recur.c), reading. */
#include "read/survey.h"

#include "base/unicode.h"
#include "read/infer.h"
#include "read/recur.h"

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
        tt_str_dup(&s->arena, from->format, &to.format) != 0)
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

/* ---- finishing: the order of issues ---- */

/* By archive, then path; records of one path by name, and what is the same in all of these by its bytes. */
static int path_cmp(const void *a, const void *b, void *ctx)
{
    const tt_issue *issues = ctx;
    const tt_issue *x = &issues[*(const uint32_t *)a], *y = &issues[*(const uint32_t *)b];
    if (x->archive != y->archive)
        return x->archive < y->archive ? -1 : 1;
    int c = tt_str_cmp(x->path, y->path);
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

static void tell_undated(const tt_survey *s, const tt_sink *sink)
{
    for (size_t i = 0; i < s->n_issues; i++)
        if (s->issues[i].date == TT_NO_DATE)
            tt_tell(sink, TT_NOTE, s->issues[i].path.p, 0, 0,
                    "no date; give one in the side file, front matter or file name");
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
    int rc = sort_issues(s);
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
