/* In: Atom 1.0 and 0.3, also as Blogger exports it. Out: a record an entry. Not here: further pages: they are files of
 * their own. */
#include "read/feed.h"
#include "read/readers.h"

static bool is_atom(tt_str ns)
{
    return tt_str_is(ns, "http://www.w3.org/2005/Atom") || tt_str_is(ns, "http://purl.org/atom/ns#");
}

static bool is_root(const tt_xml_event *e)
{
    return is_atom(e->ns) && (tt_str_is(e->name, "feed") || tt_str_is(e->name, "entry"));
}

static bool is(const tt_head *head, const tt_columns *columns)
{
    (void)columns;
    return tt_feed_is(head, is_root);
}

static bool item(const tt_xml_event *e)
{
    return is_atom(e->ns) && tt_str_is(e->name, "entry");
}

/* How the text of a title, a summary or a content is written (RFC 4287, 3.1.1 and 4.1.3); false: it is no text. */
static bool text_how(const tt_xml_event *e, tt_feed_how *how)
{
    tt_str type = tt_xml_attr(e, "type"), mode = tt_xml_attr(e, "mode");
    how->body = TT_BODY_TEXT;
    if (tt_str_is(type, "xhtml") || tt_str_is(type, "application/xhtml+xml") || tt_str_is(mode, "xml")) {
        how->body = TT_BODY_HTML;
        how->markup = true;
    } else if (tt_str_is(type, "html") || tt_str_is(type, "text/html")) {
        how->body = TT_BODY_HTML;
    } else if (tt_str_is(type, "text/markdown") || tt_str_is(type, "text/x-markdown")) {
        how->body = TT_BODY_MARKDOWN;
    } else if (type.n > 0 && !tt_str_is(type, "text") && !tt_str_is(type, "text/plain")) {
        return false;
    }
    return true;
}

/* Blogger says in a category what an entry is. */
static tt_feed_field category(const tt_xml_event *e, tt_feed_how *how)
{
    tt_str scheme = tt_xml_attr(e, "scheme"), term = tt_xml_attr(e, "term"), label = tt_xml_attr(e, "label");
    bool kind = tt_str_ends(scheme, TT_S("#kind"));
    how->value = label.n > 0 && !kind ? label : term;
    return how->value.n == 0 ? TT_FEED_NONE : kind ? TT_FEED_TYPE : TT_FEED_SECTION;
}

static tt_feed_field field(const tt_xml_event *e, tt_feed_how *how)
{
    static const struct {
        const char *name;
        tt_feed_field field;
        bool text;
    } plain[] = {
        {"id", TT_FEED_ID, false},        {"published", TT_FEED_DATE, false},    {"issued", TT_FEED_DATE, false},
        {"created", TT_FEED_DATE, false}, {"updated", TT_FEED_DATE_ELSE, false}, {"modified", TT_FEED_DATE_ELSE, false},
        {"title", TT_FEED_TITLE, true},   {"content", TT_FEED_CONTENT, true},    {"summary", TT_FEED_SUMMARY, true}};
    if (tt_str_is(e->name, "control") &&
        (tt_str_is(e->ns, "http://purl.org/atom/app#") || tt_str_is(e->ns, "http://www.w3.org/2007/app")))
        return TT_FEED_STATUS;
    if (!is_atom(e->ns))
        return TT_FEED_NONE;
    if (tt_str_is(e->name, "category"))
        return category(e, how);
    if (tt_str_is(e->name, "link") && tt_str_is(tt_xml_attr(e, "rel"), "alternate") && tt_xml_attr(e, "href").n > 0) {
        how->value = tt_xml_attr(e, "href");
        return TT_FEED_NAME;
    }
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (tt_str_is(e->name, plain[i].name))
            return !plain[i].text || text_how(e, how) ? plain[i].field : TT_FEED_NONE;
    return TT_FEED_NONE;
}

static int finish(tt_feed *f, tt_record *out)
{
    static const struct {
        const char *kind, *why;
    } kinds[] = {
        {"#comment", "a comment"}, {"#page", "a page"}, {"#template", "a template"}, {"#settings", "a setting"}};
    tt_str type = tt_feed_text(f, TT_FEED_TYPE), status = tt_feed_text(f, TT_FEED_STATUS);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (tt_str_ends(type, tt_str_of(kinds[i].kind)))
            out->left_out = kinds[i].why;
    out->draft = status.n > 0 && memmem(status.p, status.n, ">yes<", 5) != NULL;
    return 0;
}

static const tt_feed_format format = {item, field, finish, true};

static int open_atom(const tt_reading_in *in, void **state, tt_err *err)
{
    return tt_feed_open(&format, in, state, err);
}

const tt_reader tt_reader_atom = {"atom", is, open_atom, tt_feed_next, tt_feed_close};
