/* In: RSS 2.0 (0.9x too) and RSS 1.0, which is RDF. Out: a record an item. Not here: further pages: they are files of
 * their own. */
#include "read/feed.h"
#include "read/readers.h"

#define NS_RSS_1 "http://purl.org/rss/1.0/"
#define NS_RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

/* RSS 2.0 has no namespace; these stand for it in files that gave it one. */
static bool is_rss(tt_str ns)
{
    static const char *const names[] = {NS_RSS_1, "http://backend.userland.com/rss2",
                                        "http://blogs.law.harvard.edu/tech/rss",
                                        "http://my.netscape.com/rdf/simple/0.9/"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (tt_str_is(ns, names[i]))
            return true;
    return ns.n == 0;
}

static bool is_root(const tt_xml_event *e)
{
    return (is_rss(e->ns) && tt_str_is(e->name, "rss")) ||
           (e->ns.n > 0 && is_rss(e->ns) && (tt_str_is(e->name, "channel") || tt_str_is(e->name, "item")));
}

static bool is(const tt_head *head, const tt_columns *columns)
{
    (void)columns;
    return tt_feed_is(head, is_root);
}

static bool item(const tt_xml_event *e)
{
    return is_rss(e->ns) && tt_str_is(e->name, "item");
}

static tt_feed_field field(const tt_xml_event *e, tt_feed_how *how)
{
    static const struct {
        const char *name;
        tt_feed_field field;
    } plain[] = {{"title", TT_FEED_TITLE},  {"link", TT_FEED_NAME},        {"guid", TT_FEED_ID},
                 {"pubDate", TT_FEED_DATE}, {"category", TT_FEED_SECTION}, {"description", TT_FEED_SUMMARY}};
    if (tt_xml_is(e, TT_NS_CONTENT, "encoded")) {
        how->body = TT_BODY_HTML;
        return TT_FEED_CONTENT;
    }
    if (tt_xml_is(e, TT_NS_DC, "date"))
        return TT_FEED_DATE_ELSE;
    if (tt_xml_is(e, TT_NS_DC, "subject"))
        return TT_FEED_SECTION;
    for (size_t i = 0; is_rss(e->ns) && i < sizeof plain / sizeof *plain; i++)
        if (tt_str_is(e->name, plain[i].name))
            return plain[i].field;
    return TT_FEED_NONE;
}

/* An id is there to tell items apart, and mostly an address. */
static const tt_feed_format format = {item, field, NULL, true};

static int open_rss(const tt_reading_in *in, void **state, tt_err *err)
{
    return tt_feed_open(&format, in, state, err);
}

const tt_reader tt_reader_rss = {"rss", is, open_rss, tt_feed_next, tt_feed_close};
