/* In: issues, then URLs. Out: which issue a URL may mean, and how surely. Not here: what texts say of it, and which place
 * is the newsletter's own (target.c). */
#include "trend/refer.h"

#include "base/address.h"
#include "trend/marks.h"

struct tt_refer {
    const tt_issue *issues;
    tt_calling *calling;
    tt_marks marks;
    tt_intern places;
    tt_buf folder, key; /* of the URL that is looked at */
};

int tt_refer_new(tt_refer **out, const tt_issue *issues, size_t n, tt_calling *calling)
{
    tt_refer *r = *out = tt_calloc(1, sizeof *r);
    if (!r)
        return TT_ENOMEM;
    r->issues = issues;
    r->calling = calling;
    return tt_marks_make(&r->marks, issues, n);
}

void tt_refer_free(tt_refer *r)
{
    if (!r)
        return;
    tt_marks_release(&r->marks);
    tt_intern_release(&r->places);
    tt_buf_release(&r->folder);
    tt_buf_release(&r->key);
    tt_free(r);
}

size_t tt_refer_places(const tt_refer *r)
{
    return r->places.n;
}

uint32_t tt_refer_number(const tt_refer *r, uint32_t from, int64_t number)
{
    return tt_marks_number(&r->marks, r->issues[from].archive, number);
}

/* ---- paths ---- */

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* Appends a path, %20 decoded, `.` and `..` resolved against what stands in `out`, which is a folder without a slash. */
static void resolve(tt_str path, tt_buf *out)
{
    if (tt_str_starts(path, TT_S("/")))
        tt_buf_reset(out);
    while (path.n > 0) {
        tt_str part = tt_str_cut(&path, '/');
        if (part.n == 0 || tt_str_is(part, "."))
            continue;
        if (tt_str_is(part, "..")) {
            while (out->n > 0 && out->p[out->n - 1] != '/')
                out->n--;
            out->n -= out->n > 0;
            continue;
        }
        if (out->n > 0)
            tt_buf_char(out, '/');
        if (!memchr(part.p, '%', part.n)) {
            tt_buf_str(out, part);
            continue;
        }
        for (size_t i = 0; i < part.n; i++) {
            int high = part.p[i] == '%' && i + 2 < part.n ? hex(part.p[i + 1]) : -1;
            int low = high >= 0 ? hex(part.p[i + 2]) : -1;
            tt_buf_char(out, low >= 0 ? (char)(high * 16 + low) : part.p[i]);
            i += low >= 0 ? 2 : 0;
        }
    }
}

/* The file that a tag of a site generator names: `{{< ref "042.md" >}}`, `{% post_url 2020-01-14-x %}`; else the URL's
 * path. */
static tt_str target_of(tt_str url, const tt_address *a, bool *tag)
{
    *tag = tt_str_starts(url, TT_S("{{")) || tt_str_starts(url, TT_S("{%"));
    if (!*tag)
        return a->path;
    size_t from = 0, to = url.n;
    const char *quote = memchr(url.p, '"', url.n);
    if (quote) {
        tt_str rest = {quote + 1, url.n - (size_t)(quote - url.p) - 1};
        rest = tt_str_cut(&rest, '"');
        return tt_str_cut(&rest, '#');
    }
    while (to > 0 && strchr("%}>", url.p[to - 1]))
        to--;
    tt_str inner = tt_str_trim((tt_str){url.p, to});
    for (size_t i = inner.n; i > from; i--)
        if (inner.p[i - 1] == ' ')
            from = i;
    return (tt_str){inner.p + from, inner.n - from};
}

/* ---- the last part ---- */

static bool has_digit(tt_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= '0' && s.p[i] <= '9')
            return true;
    return false;
}

static bool all_digits(tt_str s)
{
    int64_t n;
    return tt_num_parse(s, &n);
}

/* Reads the number in front of a part (`9-openai`, `014`, `issue-100`) and takes it off. Years are none. */
static bool take_number(tt_str *part, int64_t *number)
{
    tt_str rest = *part;
    size_t word = 0, end;
    while (word < rest.n &&
           ((rest.p[word] >= 'a' && rest.p[word] <= 'z') || (rest.p[word] >= 'A' && rest.p[word] <= 'Z')))
        word++;
    char lower_case[16];
    if (word > 0 && word < sizeof lower_case) {
        for (size_t i = 0; i < word; i++)
            lower_case[i] = (char)(rest.p[i] | 0x20);
        if (!tt_calling_is_number_word((tt_str){lower_case, word}))
            return false;
    } else if (word > 0) {
        return false;
    }
    while (word > 0 && word < rest.n && strchr("-_.# ", rest.p[word]))
        word++;
    for (end = word; end < rest.n && rest.p[end] >= '0' && rest.p[end] <= '9'; end++)
        ;
    if (!tt_num_parse((tt_str){rest.p + word, end - word}, number) || (*number >= 1900 && *number <= 2099))
        return false;
    if (end < rest.n && ((rest.p[end] >= 'a' && rest.p[end] <= 'z') || (rest.p[end] >= 'A' && rest.p[end] <= 'Z')))
        return false;
    *part = (tt_str){rest.p + end, rest.n - end};
    return true;
}

/* YYYY-MM-DD or YYYY/MM/DD at p. */
static bool read_day(tt_str s, char between, int32_t *day)
{
    int64_t y, m, d;
    return s.n >= 10 && s.p[4] == between && s.p[7] == between && tt_num_parse((tt_str){s.p, 4}, &y) &&
           tt_num_parse((tt_str){s.p + 5, 2}, &m) && tt_num_parse((tt_str){s.p + 8, 2}, &d) &&
           tt_day_of((int)y, (int)m, (int)d, day);
}

static bool is_issues_folder(tt_str word)
{
    static const char *const words[] = {"issue",       "issues",  "edition",  "editions", "newsletter",
                                        "newsletters", "archive", "archives", "number",   "numbers",
                                        "post",        "posts",   "blog",     "p"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (tt_str_is_nocase(word, words[i]))
            return true;
    return false;
}

/* Host and folder, each run of digits as one 0, so that the folders of years are one place. */
static int place_of(tt_refer *r, tt_str host, tt_str folder, uint32_t *id)
{
    tt_buf *b = &r->key;
    tt_buf_reset(b);
    tt_buf_str(b, host);
    tt_buf_char(b, '/');
    char *to = tt_buf_room(b, folder.n);
    if (!to)
        return TT_ENOMEM;
    for (size_t i = 0; i < folder.n; i++) {
        const bool digit = folder.p[i] >= '0' && folder.p[i] <= '9';
        if (!digit || to[-1] != '0')
            *to++ = digit ? '0' : folder.p[i];
    }
    tt_buf_wrote(b, to);
    return b->failed ? TT_ENOMEM : tt_intern_add(&r->places, (tt_str){b->p, b->n}, id);
}

/* The last of a path's folders that is not all digits. */
static tt_str named_folder(tt_str folder)
{
    tt_str name = {0};
    while (folder.n > 0) {
        tt_str part = tt_str_cut(&folder, '/');
        if (part.n > 0 && !all_digits(part))
            name = part;
    }
    return name;
}

/* By number, and the title behind it. */
static int aim_by_number(tt_refer *r, tt_str part, uint32_t from, tt_aimed *out)
{
    int64_t number;
    if (!take_number(&part, &number))
        return 0;
    out->aim = TT_AIM_NUMBER;
    out->issue = tt_refer_number(r, from, number);
    if (out->issue == TT_NO_ISSUE)
        return 0;
    const tt_str title = r->marks.title_of[out->issue];
    const size_t enough = title.n < TT_MOST_TITLE ? title.n : TT_MOST_TITLE;
    tt_buf_reset(&r->key);
    if (tt_calling_words(part, true, &r->key) != 0)
        return TT_ENOMEM;
    if (enough >= TT_LEAST_TITLE && tt_common(title, (tt_str){r->key.p, r->key.n}) >= enough)
        out->aim = TT_AIM_SURE;
    return 0;
}

/* `this-week-in-rust-308`: title and number as one. */
static uint32_t find_numbered_title(const tt_refer *r, tt_str key, uint32_t from)
{
    size_t n = key.n;
    int64_t number;
    while (n > 0 && key.p[n - 1] >= '0' && key.p[n - 1] <= '9')
        n--;
    if (n < TT_LEAST_TITLE || !tt_num_parse((tt_str){key.p + n, key.n - n}, &number))
        return TT_NO_ISSUE;
    uint32_t issue = tt_refer_number(r, from, number);
    return issue != TT_NO_ISSUE && tt_str_eq(r->marks.title_of[issue], (tt_str){key.p, n}) ? issue : TT_NO_ISSUE;
}

/* The day that a part is, or the three last parts are. */
static bool is_day(tt_str folder, tt_str part, int32_t *day)
{
    const size_t year_and_month = strlen("2020/10");
    if (part.n == strlen("2020-10-11"))
        return read_day(part, '-', day);
    if (part.n != strlen("11") || folder.n < year_and_month)
        return false;
    return read_day((tt_str){part.p - year_and_month - 1, 10}, '/', day) &&
           (folder.n == year_and_month || folder.p[folder.n - year_and_month - 1] == '/');
}

/* By the file's name, title and number as one, title, date. `part` stands behind `folder` and a slash. */
static int aim_by_part(tt_refer *r, tt_str folder, tt_str part, uint32_t from, tt_aimed *out)
{
    const uint32_t archive = r->issues[from].archive;
    uint32_t issue;
    int32_t day;
    bool cut = false;
    tt_buf_reset(&r->key);
    if (tt_calling_words(part, true, &r->key) != 0)
        return TT_ENOMEM;
    tt_str key = {r->key.p, r->key.n};
    if ((issue = tt_marks_stem(&r->marks, archive, key)) != TT_NO_ISSUE) {
        out->aim = key.n >= TT_MOST_TITLE && has_digit(key) ? TT_AIM_SURE : TT_AIM_TITLE;
    } else if ((issue = find_numbered_title(r, key, from)) != TT_NO_ISSUE) {
        out->aim = TT_AIM_SURE;
    } else if ((issue = tt_marks_title(&r->marks, archive, key, &cut)) != TT_NO_ISSUE) {
        out->aim = cut ? TT_AIM_PART : TT_AIM_TITLE;
    } else if (is_day(folder, part, &day) && (issue = tt_marks_day(&r->marks, archive, day)) != TT_NO_ISSUE) {
        out->aim = TT_AIM_PART;
    } else {
        return 0;
    }
    out->issue = issue;
    return 0;
}

int tt_refer_aim(tt_refer *r, tt_str url, tt_str domain, uint32_t from, tt_aimed *out)
{
    const tt_address a = tt_address_split(url);
    const tt_issue *is = &r->issues[from];
    bool tag;
    tt_str path = target_of(url, &a, &tag);
    *out = (tt_aimed){.issue = TT_NO_ISSUE, .place = UINT32_MAX};
    const bool relative = tag || (!a.has_host && !a.scheme.n);
    if (path.n == 0 || (!relative && !a.has_host))
        return 0; /* in this issue, a mail address and the like, a site's home */
    tt_buf *b = &r->folder;
    tt_buf_reset(b);
    if (relative) { /* to the folder of this issue */
        tt_str name = tt_path_last(is->rel);
        tt_buf_add(b, is->rel.p, is->rel.n - name.n - (is->rel.n > name.n));
    }
    resolve(path, b);
    if (b->failed)
        return TT_ENOMEM;
    tt_str whole = {b->p, b->n};
    if (relative && (out->issue = tt_marks_path(&r->marks, is->archive, tt_path_key(whole))) != TT_NO_ISSUE) {
        out->aim = TT_AIM_SURE;
        return 0;
    }
    whole = tt_path_key(whole);
    const tt_str part = tt_path_last(whole), folder = {whole.p, whole.n - part.n - (whole.n > part.n)};
    const bool www = tt_str_starts(a.host, TT_S("www."));
    if (place_of(r, www ? (tt_str){a.host.p + 4, a.host.n - 4} : a.host, folder, &out->place) != 0)
        return TT_ENOMEM;
    out->ours = relative || tt_calling_is_domain(r->calling, domain);
    tt_str name = named_folder(folder);
    out->named = is_issues_folder(name);
    out->folder = out->ours && (name.n == 0 || out->named || relative);
    int32_t day;
    int rc = is_day(folder, part, &day) ? 0 : aim_by_number(r, part, from, out);
    const tt_aimed by_number = *out;
    if (rc == 0 && out->aim != TT_AIM_SURE)
        rc = aim_by_part(r, folder, part, from, out);
    if (by_number.aim == TT_AIM_NUMBER && out->aim != TT_AIM_SURE)
        *out = by_number;
    return rc != 0 || r->calling->scratch.failed ? TT_ENOMEM : 0;
}
