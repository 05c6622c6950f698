/* In: issues as Curated (curated.co) exports them, one JSON object each, or an array of them. Out: a record for each issue,
 * its categories as headings, its items below them. An issue's summary is what lists of issues show, and not counted. */
#include "read/jfile.h"
#include "read/md_html.h"
#include "read/readers.h"

#include <string.h>

enum field { NUMBER, TITLE, DATE, STATE, CATEGORIES, N };
static const char *const fields[N] = {"number", "title", "published_at", "state", "categories"};

static bool is_curated(const tt_head *head, const tt_columns *columns)
{
    enum { NUMBERED = 1, DATED = 2, SORTED = 4, NAMED = 8, LINKED = 16, ALL = 31, OF_ONE = 5 };
    static const char *const paths[] = {
        "number",    "published_at",    "categories",    "categories[].name",    "categories[].items[].url",
        "[].number", "[].published_at", "[].categories", "[].categories[].name", "[].categories[].items[].url"};
    (void)columns;
    uint32_t seen = tt_jfile_seen(head, paths, 10), one = seen & ALL, many = seen >> OF_ONE & ALL;
    uint32_t has = one ? one : many;
    return (has & SORTED) && ((has & (NUMBERED | DATED)) == (NUMBERED | DATED) ||
                              ((seen & TT_JFILE_CUT) && (has & (NAMED | LINKED)) == (NAMED | LINKED)));
}

/* ---- items ---- */

enum form { HTML, ANY, MARKDOWN };

/* The same text in several forms, best first; it is counted once. ANY: HTML where a tag stands in it. */
static const struct {
    const char *name;
    enum form form;
} forms[] = {{"description_html", HTML}, {"html", HTML},
             {"description", ANY},       {"description_markdown", MARKDOWN},
             {"markdown", MARKDOWN},     {"description_text", MARKDOWN},
             {"text", MARKDOWN}};
enum { N_FORMS = sizeof forms / sizeof *forms };

static bool has_tag(tt_str raw)
{
    for (const char *p = raw.p, *end = raw.p + raw.n; p && (p = memchr(p, '<', (size_t)(end - p))) != NULL; p++)
        if (p + 1 < end && ((p[1] >= 'a' && p[1] <= 'z') || (p[1] >= 'A' && p[1] <= 'Z') || p[1] == '/'))
            return true;
    return false;
}

/* A text that may be HTML, as a block of it. */
static void add_block(tt_jfile *f, const tt_jscan_value *v, enum form form)
{
    tt_place place = f->place;
    if (!tt_jfile_has_text(v))
        return;
    if (form == HTML || (form == ANY && has_tag(v->raw))) {
        tt_loci_text(&f->body, "<div>");
        tt_jfile_add(f, v);
        tt_loci_text(&f->body, "</div>\n");
        return;
    }
    tt_loci_reset(&f->inner);
    tt_place_string(&place, v->raw, &f->inner);
    tt_place_loci(&place, &f->inner);
    tt_md_html(&place, &f->body);
}

static void add_item(tt_jfile *f, const tt_jscan_value *item)
{
    enum { ITEM_TITLE = N_FORMS, URL, FOOTER, N_ITEM };
    const char *names[N_ITEM] = {[ITEM_TITLE] = "title", [URL] = "url", [FOOTER] = "footer"};
    tt_jscan_value v[N_ITEM];
    for (size_t i = 0; i < N_FORMS; i++)
        names[i] = forms[i].name;
    tt_jfile_members(item, names, N_ITEM, v);
    if (tt_jfile_has_text(&v[ITEM_TITLE])) {
        tt_loci_text(&f->body, "<h3>");
        tt_jfile_add_html(f, "<a href=\"", &v[URL], "\">");
        tt_jfile_add_html(f, "", &v[ITEM_TITLE], tt_jfile_has_text(&v[URL]) ? "</a>" : "");
        tt_loci_text(&f->body, "</h3>\n");
    }
    for (size_t i = 0; i < N_FORMS; i++)
        if (tt_jfile_has_text(&v[i])) {
            add_block(f, &v[i], forms[i].form);
            break;
        }
    add_block(f, &v[FOOTER], ANY);
}

/* A category and its items; one without items says nothing, and no reader has seen it. */
static void add_category(tt_jfile *f, const tt_jscan_value *category)
{
    static const char *const names[] = {"name", "items"};
    tt_jscan s;
    tt_jscan_value item, v[2];
    tt_jfile_members(category, names, 2, v);
    tt_jscan_init(&s, v[1].raw);
    if (v[1].kind != TT_JSCAN_ARRAY || tt_jscan_next(&s, &item) != TT_JSCAN_ARRAY)
        return;
    tt_place at = f->place;
    for (bool first = true; tt_jscan_next(&s, &item) == TT_JSCAN_OBJECT && tt_jscan_skip(&s, &item); first = false) {
        if (first)
            tt_jfile_add_html(f, "<h2>", &v[0], "</h2>\n");
        tt_place_to(&f->place, (size_t)(item.raw.p - f->data.p));
        add_item(f, &item);
    }
    f->place = at;
}

static void add_categories(tt_jfile *f, const tt_jscan_value *categories)
{
    tt_jscan s;
    tt_jscan_value category;
    tt_place issue = f->place;
    tt_jscan_init(&s, categories->raw);
    if (categories->kind != TT_JSCAN_ARRAY || tt_jscan_next(&s, &category) != TT_JSCAN_ARRAY)
        return;
    while (tt_jscan_next(&s, &category) == TT_JSCAN_OBJECT && tt_jscan_skip(&s, &category)) {
        tt_place_to(&f->place, (size_t)(category.raw.p - f->data.p));
        add_category(f, &category);
    }
    f->place = issue;
}

static int next(void *state, tt_record *out, tt_err *err)
{
    tt_jfile *f = state;
    tt_jscan_value v[N];
    int rc = tt_jfile_record(f, fields, N, v, out, err);
    if (rc != TT_RECORD)
        return rc;
    out->body = TT_BODY_HTML;
    out->number = tt_jfile_number(&v[NUMBER]);
    out->draft = tt_jfile_is(&v[STATE], "draft");
    add_categories(f, &v[CATEGORIES]);
    bool one = f->scan.depth == 0; /* the file is this issue */
    if (tt_jfile_text(f, &v[TITLE], &out->title) != 0 || (!one && tt_jfile_text(f, &v[NUMBER], &out->name) != 0) ||
        tt_jfile_date(f, &v[DATE], out) != 0)
        return tt_fail_memory(err);
    return tt_jfile_done(f, out, err);
}

static int open(const tt_reading_in *in, void **state, tt_err *err)
{
    int rc = tt_jfile_open_array(in, "", "", state, err);
    tt_jfile *f = *state;
    if (rc == 0 && f->scan.depth == 0) /* no array: one issue */
        tt_jscan_init(&f->scan, f->data);
    return rc;
}

const tt_reader tt_reader_curated = {"curated", is_curated, open, next, tt_jfile_release};
