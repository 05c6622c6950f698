/* In: a WordPress export (WXR). Out: a record a post. Not here: the text of posts (wordpress_body.c); further files of an
 * export that was split: they are files of their own. */
#include "read/feed.h"
#include "read/readers.h"
#include "read/wordpress_body.h"

/* http://wordpress.org/export/1.2/ */
static bool is_wp(tt_str ns)
{
    static const char start[] = "http://wordpress.org/export/";
    return tt_str_starts(ns, (tt_str){start, sizeof start - 1}) && !tt_str_ends(ns, TT_S("excerpt/"));
}

static bool is_root(const tt_xml_event *e)
{
    return is_wp(e->ns);
}

static bool is(const tt_head *head, const tt_columns *columns)
{
    (void)columns;
    return tt_feed_is(head, is_root);
}

static bool item(const tt_xml_event *e)
{
    return tt_xml_is(e, "", "item");
}

static tt_feed_field wp_field(tt_str name)
{
    static const struct {
        const char *name;
        tt_feed_field field;
    } names[] = {{"post_id", TT_FEED_ID},
                 {"post_name", TT_FEED_NAME},
                 {"post_date", TT_FEED_DATE},
                 {"status", TT_FEED_STATUS},
                 {"post_type", TT_FEED_TYPE}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (tt_str_is(name, names[i].name))
            return names[i].field;
    return TT_FEED_NONE;
}

/* `Uncategorized` says that there is no category. */
static tt_feed_field field(const tt_xml_event *e, tt_feed_how *how)
{
    how->body = TT_BODY_HTML;
    if (is_wp(e->ns))
        return wp_field(e->name);
    if (tt_xml_is(e, TT_NS_CONTENT, "encoded"))
        return TT_FEED_CONTENT;
    if (tt_str_is(e->name, "encoded") && tt_str_ends(e->ns, TT_S("/excerpt/")))
        return TT_FEED_SUMMARY;
    if (tt_xml_is(e, "", "title"))
        return TT_FEED_TITLE;
    if (tt_xml_is(e, "", "pubDate"))
        return TT_FEED_DATE_ELSE;
    return tt_xml_is(e, "", "category") && tt_str_is(tt_xml_attr(e, "domain"), "category") &&
                   !tt_str_is(tt_xml_attr(e, "nicename"), "uncategorized")
               ? TT_FEED_SECTION
               : TT_FEED_NONE;
}

static int finish(tt_feed *f, tt_record *out)
{
    static const struct {
        const char *type, *why;
    } types[] = {{"page", "a page"},
                 {"attachment", "an attachment"},
                 {"nav_menu_item", "a menu item"},
                 {"revision", "a revision"}};
    tt_str type = tt_feed_text(f, TT_FEED_TYPE), status = tt_feed_text(f, TT_FEED_STATUS);
    if (type.n > 0 && !tt_str_is(type, "post"))
        out->left_out = "no post";
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (tt_str_is(type, types[i].type))
            out->left_out = types[i].why;
    out->draft = !out->left_out && status.n > 0 && !tt_str_is(status, "publish");
    tt_loci *date = &f->fields[TT_FEED_DATE];
    if (tt_str_starts(tt_feed_text(f, TT_FEED_DATE), TT_S("0000"))) /* never published */
        tt_loci_reset(date);
    if (out->left_out || out->text.n == 0)
        return 0;
    const tt_loci *from = &f->fields[tt_feed_text(f, TT_FEED_CONTENT).n > 0 ? TT_FEED_CONTENT : TT_FEED_SUMMARY];
    tt_loci_reset(&f->body);
    if (tt_wordpress_body(from, &f->body) != 0)
        return TT_ENOMEM;
    out->text = (tt_str){f->body.text.p, f->body.text.n};
    out->loci = f->body.v;
    out->n_loci = f->body.n;
    return 0;
}

static const tt_feed_format format = {item, field, finish, false};

static int open_wordpress(const tt_reading_in *in, void **state, tt_err *err)
{
    return tt_feed_open(&format, in, state, err);
}

const tt_reader tt_reader_wordpress = {"wordpress", is, open_wordpress, tt_feed_next, tt_feed_close};
