/* html: a saved page, or a piece of HTML in a file of its own.
 * In: the file. Out: one record: its bytes as they are, with title, date and section as the page's head tells them. Not
 * here: what of the page is text (parse/scope.c). */
#include "base/charset.h"
#include "base/tags.h"
#include "base/unicode.h"
#include "read/decode.h"
#include "read/front.h"
#include "read/readers.h"

/* ---- is it a page ---- */

static bool has_ending(tt_str name, const char *ending)
{
    size_t n = strlen(ending);
    return name.n > n && tt_str_is_nocase((tt_str){name.p + name.n - n, n}, ending);
}

static bool any_ending(tt_str name, const char *const *endings)
{
    for (; *endings; endings++)
        if (has_ending(name, *endings))
            return true;
    return false;
}

static bool starts(tt_str s, const char *text)
{
    size_t n = strlen(text);
    return s.n >= n && tt_str_is_nocase((tt_str){s.p, n}, text);
}

static tt_str behind(tt_str s, const char *mark)
{
    const char *hit = memmem(s.p, s.n, mark, strlen(mark));
    size_t n = hit ? (size_t)(hit - s.p) + strlen(mark) : s.n;
    return (tt_str){s.p + n, s.n - n};
}

/* What begins the markup: white space, <?xml … ?> and comments left out. */
static tt_str first_markup(tt_str s)
{
    if (starts(s, "\xEF\xBB\xBF"))
        s = (tt_str){s.p + 3, s.n - 3};
    for (;;) {
        s = tt_str_trim(s);
        if (starts(s, "<?xml"))
            s = behind(s, "?>");
        else if (starts(s, "<!--"))
            s = behind(s, "-->");
        else
            return s;
    }
}

static bool is_tag(tt_str s, const char *name)
{
    size_t n = strlen(name);
    return starts(s, name) && s.n > n && strchr(" \t\r\n\f>", s.p[n]) && s.p[n] != '\0';
}

static bool begins_page(tt_str s)
{
    s = first_markup(s);
    return is_tag(s, "<!doctype html") || is_tag(s, "<html") || is_tag(s, "<head") || is_tag(s, "<body");
}

/* UTF-16's ASCII characters, of the first ones. */
static tt_str narrow(tt_str s, char *to, size_t room)
{
    size_t n = 0;
    bool big = s.p[0] == '\xFE';
    for (size_t i = 2; i + 1 < s.n && n < room; i += 2)
        if (s.p[i + !big] == '\0')
            to[n++] = s.p[i + big];
    return (tt_str){to, n};
}

static bool is_page(const tt_head *head, const tt_columns *columns)
{
    static const char *const markdown[] = {".md", ".markdown", ".mkd", ".mdown", NULL};
    static const char *const html[] = {".html", ".htm", ".xhtml", ".xht", NULL};
    char ascii[1024];
    tt_str bytes = head->bytes;
    (void)columns;
    if (any_ending(head->name, markdown))
        return false;
    if (bytes.n >= 2 && (memcmp(bytes.p, "\xFF\xFE", 2) == 0 || memcmp(bytes.p, "\xFE\xFF", 2) == 0))
        bytes = narrow(bytes, ascii, sizeof ascii);
    if (begins_page(bytes))
        return true;
    bytes = first_markup(bytes);
    return any_ending(head->name, html) && !is_tag(bytes, "<rss") && !is_tag(bytes, "<feed") &&
           !is_tag(bytes, "<rdf:rdf");
}

/* ---- encoding ---- */

/* The value of charset= in `text/html; charset=koi8-r`, of encoding= in <?xml … ?>. */
static tt_str label_in(tt_str s, const char *key)
{
    size_t n = strlen(key);
    for (size_t i = 0; i + n < s.n; i++) {
        if (!tt_str_is_nocase((tt_str){s.p + i, n}, key))
            continue;
        for (i += n; i < s.n && strchr(" \t=\"'", s.p[i]) && s.p[i] != '\0';)
            i++;
        size_t from = i;
        while (i < s.n && (unsigned char)s.p[i] > ' ' && !strchr(";\"'?>", s.p[i]))
            i++;
        return (tt_str){s.p + from, i - from};
    }
    return (tt_str){0};
}

/* The label that a page gives to its own encoding, in its first bytes; empty: none. */
static tt_str label_of(tt_str bytes)
{
    tt_tags tags = {.p = bytes.p, .n = bytes.n < TT_HEAD ? bytes.n : TT_HEAD};
    tt_tag tag;
    tt_str name, value, label = {0};
    while (label.n == 0 && tt_tags_next(&tags, &tag) != TT_TAG_END) {
        if (tag.kind == TT_TAG_OTHER && starts((tt_str){bytes.p + tag.at, tag.end - tag.at}, "<?xml"))
            label = label_in((tt_str){bytes.p + tag.at, tag.end - tag.at}, "encoding");
        if (tag.kind != TT_TAG_OPEN || strcmp(tag.name, "meta") != 0)
            continue;
        for (size_t at = 0; tt_tag_attribute(&tags, &tag, &at, &name, &value);) {
            if (tt_str_is_nocase(name, "charset"))
                label = value;
            else if (tt_str_is_nocase(name, "content") && label.n == 0)
                label = label_in(value, "charset");
        }
    }
    return label;
}

/* ---- what the page tells of itself ---- */

/* Where a date stands, in order of preference. */
typedef enum date_place {
    DATE_PUBLISHED, /* article:published_time, and itemprop=datePublished */
    DATE_META,      /* date, dc.date and their like */
    DATE_LD,        /* JSON-LD */
    DATE_ARTICLE,   /* <time> in the article */
    DATE_PAGE,      /* <time> in a page */
    N_DATES
} date_place;

typedef struct found {
    tt_str text; /* as written; empty: not there */
    size_t at;
} found;

typedef struct page {
    tt_reading_in in;
    tt_arena arena;
    tt_buf converted; /* the file in UTF-8, where it is in an encoding that decode does not know */
    tt_text text;     /* decoded, for what follows */
    tt_tags tags;
    tt_tag tag;
    bool done;

    found dates[N_DATES];
    tt_str og_title, card_title, section, title;
    tt_buf heading;            /* of the h1 that is open, or of the last one */
    unsigned n_h1, n_own_h1;   /* in the page, in articles and main */
    unsigned article, foreign; /* depths */
    bool in_h1;                /* one that may be the title */
    bool whole;                /* not a piece */
} page;

static void take(tt_str *to, tt_str value)
{
    if (to->n == 0)
        *to = value;
}

static void take_date(page *p, date_place place, tt_str value)
{
    if (p->dates[place].text.n == 0)
        p->dates[place] = (found){value, p->tag.at};
}

static void see_meta(page *p)
{
    static const char *const dates[] = {"date",           "dc.date",         "dc.date.issued", "dcterms.date",
                                        "dcterms.issued", "dcterms.created", "pubdate",        "publish-date"};
    tt_str name, value, key = {0}, content = {0};
    for (size_t at = 0; tt_tag_attribute(&p->tags, &p->tag, &at, &name, &value);) {
        if (tt_str_is_nocase(name, "property") || tt_str_is_nocase(name, "name") || tt_str_is_nocase(name, "itemprop"))
            take(&key, tt_str_trim(value));
        else if (tt_str_is_nocase(name, "content"))
            content = tt_str_trim(value);
    }
    if (tt_str_is_nocase(key, "og:title"))
        take(&p->og_title, content);
    else if (tt_str_is_nocase(key, "twitter:title"))
        take(&p->card_title, content);
    else if (tt_str_is_nocase(key, "article:section"))
        take(&p->section, content);
    else if (tt_str_is_nocase(key, "article:published_time") || tt_str_is_nocase(key, "datePublished"))
        take_date(p, DATE_PUBLISHED, content);
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        if (tt_str_is_nocase(key, dates[i]))
            take_date(p, DATE_META, content);
}

static void see_time(page *p)
{
    tt_str name, value;
    for (size_t at = 0; tt_tag_attribute(&p->tags, &p->tag, &at, &name, &value);)
        if (tt_str_is_nocase(name, "datetime"))
            take_date(p, p->article ? DATE_ARTICLE : DATE_PAGE, tt_str_trim(value));
}

/* The first "datePublished": "…" of a script with JSON-LD: an object of a page names its own before those it refers to. */
static void see_ld(page *p)
{
    static const char key[] = "\"datePublished\"";
    tt_str s = behind((tt_str){p->text.data + p->tag.at, p->tag.end - p->tag.at}, key);
    s = tt_str_trim(s);
    if (s.n == 0 || s.p[0] != ':')
        return;
    s = tt_str_trim((tt_str){s.p + 1, s.n - 1});
    if (s.n == 0 || s.p[0] != '"')
        return;
    s = (tt_str){s.p + 1, s.n - 1};
    take_date(p, DATE_LD, tt_str_cut(&s, '"'));
}

static bool is_ld(page *p)
{
    tt_str name, value;
    for (size_t at = 0; tt_tag_attribute(&p->tags, &p->tag, &at, &name, &value);)
        if (tt_str_is_nocase(name, "type") && tt_str_is_nocase(tt_str_trim(value), "application/ld+json"))
            return true;
    return false;
}

static void count(unsigned *depth, bool opens)
{
    if (opens)
        ++*depth;
    else if (*depth > 0)
        --*depth;
}

static void see_tag(page *p)
{
    const char *name = p->tag.name;
    const bool opens = p->tag.kind == TT_TAG_OPEN;
    if (strcmp(name, "html") == 0 || strcmp(name, "head") == 0 || strcmp(name, "body") == 0)
        p->whole = true;
    else if (strcmp(name, "article") == 0 || strcmp(name, "main") == 0)
        count(&p->article, opens);
    else if (strcmp(name, "svg") == 0 || strcmp(name, "math") == 0)
        count(&p->foreign, opens && !p->tag.empty);
    else if (strcmp(name, "meta") == 0 && opens)
        see_meta(p);
    else if (strcmp(name, "time") == 0 && opens)
        see_time(p);
    else if (strcmp(name, "h1") == 0 && opens) {
        /* one in the article goes before one of the page */
        if (p->article > 0 && p->n_own_h1++ == 0)
            tt_buf_reset(&p->heading);
        p->n_h1++;
        p->in_h1 = p->article > 0 || p->n_own_h1 == 0;
    } else if (strcmp(name, "h1") == 0) {
        p->in_h1 = false;
    }
}

static void see_page(page *p)
{
    bool ld = false, in_title = false;
    tt_tag_kind kind;
    p->tags = (tt_tags){.p = p->text.data, .n = p->text.n};
    while ((kind = tt_tags_next(&p->tags, &p->tag)) != TT_TAG_END) {
        tt_str s = {p->text.data + p->tag.at, p->tag.end - p->tag.at};
        if (kind == TT_TAG_TEXT && in_title)
            take(&p->title, s);
        else if (kind == TT_TAG_TEXT && p->in_h1)
            tt_buf_str(&p->heading, s);
        else if (kind == TT_TAG_OTHER && ld)
            see_ld(p);
        else if (kind == TT_TAG_OTHER && starts(s, "<!doctype"))
            p->whole = true;
        if (kind == TT_TAG_OPEN || kind == TT_TAG_CLOSE)
            see_tag(p);
        in_title = kind == TT_TAG_OPEN && p->foreign == 0 && strcmp(p->tag.name, "title") == 0;
        ld = kind == TT_TAG_OPEN && strcmp(p->tag.name, "script") == 0 && is_ld(p);
        p->tags.foreign = p->foreign > 0;
    }
}

/* ---- the record ---- */

/* og:title, else the lone h1 of the article, else <title>, without the name of the site where the lone h1 of the page
 * shows which part that is. */
static int find_title(page *p, tt_str *out)
{
    tt_str heading = {0}, title = {0};
    bool own = p->n_own_h1 == 1, lone = own || (p->n_own_h1 == 0 && p->n_h1 == 1);
    int rc = p->heading.failed ? TT_ENOMEM : TT_OK;
    if (rc == TT_OK && lone)
        rc = tt_one_line(&p->arena, (tt_str){p->heading.p, p->heading.n}, true, &heading);
    if (rc == TT_OK)
        rc = tt_one_line(&p->arena, p->og_title.n > 0 ? p->og_title : p->card_title, true, out);
    if (rc == TT_OK)
        rc = tt_one_line(&p->arena, p->title, true, &title);
    if (rc != TT_OK || out->n > 0)
        return rc;
    *out = heading.n > 0 && (own || memmem(title.p, title.n, heading.p, heading.n)) ? heading : title;
    return TT_OK;
}

static void find_date(const page *p, int32_t *out)
{
    for (int i = 0; i < N_DATES && *out == TT_NO_DATE; i++) {
        size_t line = 0, column;
        if (p->dates[i].text.n == 0 || (i == DATE_PAGE && !p->whole))
            continue;
        tt_text_place(&p->text, p->dates[i].at, NULL, &line, &column);
        tt_reader_date(&p->in, p->dates[i].text, line, out);
    }
}

/* Where the page says that it is in another encoding than those that decode can tell by itself, and is no valid UTF-8. */
static int convert(page *p, tt_str *bytes)
{
    tt_str label = label_of(*bytes);
    bool marked = bytes->n >= 2 && (memcmp(bytes->p, "\xFF\xFE", 2) == 0 || memcmp(bytes->p, "\xFE\xFF", 2) == 0);
    bool escapes = tt_charset_escapes(label) && memchr(bytes->p, '\x1B', bytes->n);
    if (label.n == 0 || marked || (!escapes && tt_utf8_valid(bytes->p, bytes->n)))
        return TT_OK;
    int rc = tt_charset_convert(label, *bytes, &p->converted);
    if (rc == TT_ENOMEM)
        return rc;
    if (rc == TT_OK)
        *bytes = (tt_str){p->converted.p, p->converted.n};
    else if (rc == TT_EPROGRAM)
        tt_tell(p->in.sink, TT_NOTE, p->in.path, 1, 0,
                "this system cannot read the encoding `%.*s`, so letters may be wrong; save the page as UTF-8",
                (int)(label.n < 40 ? label.n : 40), label.p);
    return TT_OK;
}

static int read_page(page *p, tt_record *out, tt_err *err)
{
    int rc = tt_input_all(p->in.in, TT_MAX_FILE, err);
    if (rc != TT_OK)
        return rc;
    out->body = TT_BODY_HTML;
    out->line = 1;
    out->text = (tt_str){p->in.in->p, p->in.in->n};
    if (convert(p, &out->text) != TT_OK)
        return tt_fail_memory(err);
    rc = tt_decode(out->text.p, out->text.n, false, &p->text, err);
    if (rc == TT_EINPUT || rc == TT_ELIMIT)
        return TT_RECORD; /* no text: who decodes it says so */
    if (rc != TT_OK)
        return rc;
    see_page(p);
    if (find_title(p, &out->title) != TT_OK || tt_one_line(&p->arena, p->section, true, &out->section) != TT_OK)
        return tt_fail_memory(err);
    find_date(p, &out->date);
    return TT_RECORD;
}

static int open_page(const tt_reading_in *in, void **state, tt_err *err)
{
    page *p = tt_calloc(1, sizeof *p);
    *state = p;
    if (!p)
        return tt_fail_memory(err);
    p->in = *in;
    return TT_OK;
}

static int next_page(void *state, tt_record *out, tt_err *err)
{
    page *p = state;
    if (p->done)
        return TT_RECORD_END;
    p->done = true;
    return read_page(p, out, err);
}

static void close_page(void *state)
{
    page *p = state;
    if (!p)
        return;
    tt_arena_release(&p->arena);
    tt_buf_release(&p->converted);
    tt_buf_release(&p->heading);
    tt_text_release(&p->text);
    tt_free(p);
}

const tt_reader tt_reader_page = {
    .name = "html", .is = is_page, .open = open_page, .next = next_page, .close = close_page};
