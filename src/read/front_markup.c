/* In: a text in Org, reStructuredText or AsciiDoc. Out: the values of its header. Not here: its body (parse/markup). */
#include "read/front.h"

typedef struct header {
    tt_front_in *in;
    const char *p;
    size_t n;
    size_t end; /* of the header so far; 0: nothing says yet that there is one */
} header;

typedef struct line {
    size_t at, next;
    tt_str text; /* trimmed */
} line;

static line line_at(const header *h, size_t at)
{
    const char *nl = memchr(h->p + at, '\n', h->n - at);
    size_t end = nl ? (size_t)(nl - h->p) : h->n;
    return (line){at, nl ? end + 1 : end, tt_str_trim((tt_str){h->p + at, end - at})};
}

static size_t place(const header *h, tt_str value)
{
    return (size_t)(value.p - h->p);
}

/* Site generators have names of their own for the same thing. *says: the key is one that only a header has. */
static int take(header *h, tt_str key, tt_str value, bool *says)
{
    static const char *const aliases[][2] = {{"revdate", "date"},
                                             {"page-date", "date"},
                                             {"jbake-date", "date"},
                                             {"hugo_date", "date"},
                                             {"doctitle", "title"},
                                             {"hugo_draft", "draft"},
                                             {"page-draft", "draft"},
                                             {"jbake-status", "status"},
                                             {"page-published", "published"},
                                             {"page-title", "title"},
                                             {"hugo_publishdate", "publishDate"}};
    static const char *const saying[] = {"title", "date", "slug", "draft", "status", "publishDate", "author"};
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (tt_str_is_nocase(key, aliases[i][0]))
            key = tt_str_of(aliases[i][1]);
    for (size_t i = 0; i < sizeof saying / sizeof *saying; i++)
        *says = *says || tt_str_is_nocase(key, saying[i]);
    size_t at = place(h, value), n = value.n;
    bool title = tt_str_is_nocase(key, "title");
    if (!title && value.n > 10 && (value.p[0] == '<' || value.p[0] == '[')) /* <2020-10-11 Sun> of Org */
        value = (tt_str){value.p + 1, 10};
    if (tt_str_is(value, "t")) /* of Org */
        value = TT_S("true");
    return tt_front_take(h->in, key, value, at, n);
}

/* `before` key `:` value: false: the line is none. */
static bool pair(tt_str text, const char *before, tt_str *key, tt_str *value)
{
    size_t n = strlen(before), i = n;
    if (!tt_str_starts(text, (tt_str){before, n}))
        return false;
    while (i < text.n && text.p[i] != ':' && text.p[i] != ' ')
        i++;
    if (i == n || i == text.n || text.p[i] != ':' || (i + 1 < text.n && text.p[i + 1] != ' '))
        return false;
    *key = (tt_str){text.p + n, i - n};
    *value = tt_str_trim((tt_str){text.p + i + 1, text.n - i - 1});
    return true;
}

/* ---- Org ---- */

static int read_org(header *h)
{
    bool says = false, drawer = false;
    size_t at = 0, end = 0;
    for (line l; at < h->n; at = l.next) {
        tt_str key, value;
        l = line_at(h, at);
        bool is_pair = pair(l.text, "#+", &key, &value);
        if (is_pair && (tt_str_is_nocase(key, "caption") || tt_str_is_nocase(key, "name")))
            break;
        if (is_pair && take(h, key, value, &says) != 0)
            return TT_ENOMEM;
        drawer = drawer || tt_str_is_nocase(l.text, ":properties:");
        bool comment = l.text.n > 0 && l.text.p[0] == '#' && (l.text.n == 1 || l.text.p[1] == ' ');
        if (!is_pair && !comment && !drawer && l.text.n > 0)
            break;
        drawer = drawer && !tt_str_is_nocase(l.text, ":end:");
        end = l.text.n > 0 ? l.next : end;
    }
    h->end = says && !drawer ? end : 0;
    return 0;
}

/* ---- reStructuredText ---- */

static bool is_adornment(tt_str s)
{
    size_t i = 0;
    while (i < s.n && s.p[i] == s.p[0])
        i++;
    return s.n >= 3 && i == s.n && strchr("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", s.p[0]);
}

/* The heading at line l: its text; *next is where the line behind it begins. */
static bool heading_at(const header *h, line l, tt_str *text, size_t *next)
{
    bool over = is_adornment(l.text);
    if (over && l.next < h->n)
        l = line_at(h, l.next);
    if (l.text.n == 0 || l.next >= h->n || is_adornment(l.text))
        return false;
    line under = line_at(h, l.next);
    *text = l.text;
    *next = under.next;
    return is_adornment(under.text) && under.text.p == h->p + under.at;
}

static int read_rst(header *h)
{
    bool says = false, heading = false, in_field = false;
    tt_str title = {0};
    size_t at = 0, end = 0;
    for (size_t next; at < h->n; at = next) {
        tt_str key, value;
        line l = line_at(h, at);
        next = l.next;
        bool indented = l.text.n > 0 && l.text.p > h->p + at;
        if (l.text.n == 0 || (indented && in_field)) {
            in_field = in_field && l.text.n > 0;
            end = in_field ? next : end;
        } else if (pair(l.text, ":", &key, &value) || pair(l.text, ".. ", &key, &value)) {
            if (value.n > 0 && take(h, key, value, &says) != 0)
                return TT_ENOMEM;
            in_field = true;
            end = next;
        } else if (heading || !heading_at(h, l, &title, &next)) {
            break;
        } else {
            heading = true;
        }
    }
    h->end = says ? end : 0;
    return says && heading && title.p < h->p + end ? take(h, TT_S("title"), title, &says) : 0;
}

/* ---- AsciiDoc ---- */

/* `v1.0, 2014-01-01: remark`, `2014-01-01`; false: it is none. */
static bool revision(tt_str text, tt_str *date)
{
    const char *comma = memchr(text.p, ',', text.n);
    bool version = text.n > 1 && text.p[0] == 'v' && text.p[1] >= '0' && text.p[1] <= '9';
    if (!version && !(text.n > 0 && text.p[0] >= '0' && text.p[0] <= '9'))
        return false;
    *date = comma && version ? tt_str_trim((tt_str){comma + 1, text.n - (size_t)(comma + 1 - text.p)}) : text;
    const char *colon = date->n > 0 ? memmem(date->p, date->n, ": ", 2) : NULL;
    if (colon)
        date->n = (size_t)(colon - date->p);
    return true;
}

/* Up to the first blank line behind the title. */
static int read_asciidoc(header *h)
{
    bool says = false, titled = false;
    size_t at = 0, end = 0, n_lines = 0;
    for (line l; at < h->n; at = l.next) {
        tt_str key, value, date;
        l = line_at(h, at);
        int rc = 0;
        if (l.text.n == 0 && titled)
            break;
        if (pair(l.text, ":", &key, &value)) {
            rc = value.n > 0 ? take(h, key, value, &says) : 0;
        } else if (!titled && l.text.n > 2 && l.text.p[0] == '=' && l.text.p[1] == ' ') {
            titled = true;
            rc = take(h, TT_S("title"), tt_str_trim((tt_str){l.text.p + 2, l.text.n - 2}), &says);
        } else if (titled && tt_str_starts(l.text, TT_S("//")) == false) {
            if (n_lines++ > 1)
                break;
            if (revision(l.text, &date) && date.n > 0)
                rc = take(h, TT_S("date"), date, &says);
        } else if (l.text.n > 0 && !tt_str_starts(l.text, TT_S("//"))) {
            break;
        }
        if (rc != 0)
            return rc;
        end = l.text.n > 0 ? l.next : end;
    }
    h->end = says ? end : 0;
    return 0;
}

int tt_front_markup(tt_front_in *in, size_t *body_at)
{
    static const struct {
        const char *ending;
        int (*read)(header *h);
    } kinds[] = {{".org", read_org}, {".rst", read_rst}, {".adoc", read_asciidoc}, {".asciidoc", read_asciidoc}};
    header h = {.in = in, .p = in->text->data, .n = in->text->n};
    tt_str path = tt_str_of(in->path);
    int rc = 0;
    *body_at = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && rc == 0; i++) {
        size_t n = strlen(kinds[i].ending);
        if (path.n > n && tt_str_is_nocase((tt_str){path.p + path.n - n, n}, kinds[i].ending))
            rc = kinds[i].read(&h);
    }
    *body_at = h.end;
    return rc;
}
