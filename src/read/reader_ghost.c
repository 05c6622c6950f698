/* In: Ghost's export, with `db` or without, and the answers of its Content API. Out: a record for each post. Not here: the
 * documents of Ghost's editors (ghost_doc.c). */
#include "read/ghost_doc.h"
#include "read/jfile.h"
#include "read/readers.h"

#include <stdlib.h>
#include <string.h>

/* posts_tags: a post has a tag; `order` is its place among the post's tags. */
typedef struct bond {
    tt_str post, tag; /* ids as they stand in the file: digits or letters */
    int64_t order;
    size_t nth; /* in the file */
} bond;

typedef struct tag {
    tt_str id;
    tt_jscan_value name;
} tag;

typedef struct ghost {
    tt_jfile f;
    bond *bonds; /* by post and order */
    tag *tags;   /* by id; internal ones are left aside */
    size_t n_bonds, cap_bonds, n_tags, cap_tags;
} ghost;

enum field { ID, TITLE, SLUG, STATUS, TYPE, PAGE, DATE, CREATED, HTML, LEXICAL, MOBILEDOC, MARKDOWN, PLAIN, TAGS, N };
static const char *const fields[N] = {"id",        "title",        "slug",       "status", "type",
                                      "page",      "published_at", "created_at", "html",   "lexical",
                                      "mobiledoc", "markdown",     "plaintext",  "tags"};

static bool is_ghost(const tt_head *head, const tt_columns *columns)
{
    enum { DB, DB_META, DATA, META, POSTS, POST_HTML, POST_LEXICAL, POST_MOBILE, POST_PLAIN, N_PATHS };
    static const char *const paths[N_PATHS] = {"db[].data",        "db[].meta.exported_on", "data",
                                               "meta.exported_on", "data.posts[].slug",     "posts[].html",
                                               "posts[].lexical",  "posts[].mobiledoc",     "posts[].plaintext"};
    (void)columns;
    uint32_t seen = tt_jfile_seen(head, paths, N_PATHS);
    uint32_t bodies = 1u << POST_HTML | 1u << POST_LEXICAL | 1u << POST_MOBILE | 1u << POST_PLAIN;
    uint32_t bare = 1u << DATA | 1u << META;
    return (seen & (1u << DB | 1u << DB_META | 1u << POSTS | bodies)) || (seen & bare) == bare;
}

/* ---- tags ---- */

static bool is_internal(const tt_jscan_value *name, const tt_jscan_value *visibility)
{
    return tt_jfile_is(visibility, "internal") || (tt_jfile_has_text(name) && name->raw.p[0] == '#');
}

static int add_tag(ghost *g, tt_jscan *s)
{
    static const char *const names[] = {"id", "name", "visibility"};
    tt_jscan_value v[3];
    if (!tt_jfile_fields(s, names, 3, v))
        return TT_EINPUT;
    if (!tt_jfile_has_text(&v[1]) || is_internal(&v[1], &v[2]))
        return 0;
    if (tt_grow(&g->tags, &g->cap_tags, g->n_tags + 1, sizeof *g->tags) != 0)
        return TT_ENOMEM;
    g->tags[g->n_tags++] = (tag){v[0].raw, v[1]};
    return 0;
}

static int add_bond(ghost *g, tt_jscan *s)
{
    static const char *const names[] = {"post_id", "tag_id", "sort_order"};
    tt_jscan_value v[3];
    if (!tt_jfile_fields(s, names, 3, v))
        return TT_EINPUT;
    if (tt_grow(&g->bonds, &g->cap_bonds, g->n_bonds + 1, sizeof *g->bonds) != 0)
        return TT_ENOMEM;
    g->bonds[g->n_bonds] = (bond){v[0].raw, v[1].raw, tt_jfile_number(&v[2]), g->n_bonds};
    g->n_bonds++;
    return 0;
}

static int by_post(const void *a, const void *b)
{
    const bond *x = a, *y = b;
    int c = tt_str_cmp(x->post, y->post);
    if (c == 0)
        c = (x->order > y->order) - (x->order < y->order);
    return c ? c : (x->nth > y->nth) - (x->nth < y->nth);
}

static int by_id(const void *a, const void *b)
{
    return tt_str_cmp(((const tag *)a)->id, ((const tag *)b)->id);
}

/* Reads the elements of the array that was just begun. */
static int add_all(ghost *g, tt_jscan *s, int (*add)(ghost *g, tt_jscan *s))
{
    tt_jscan_value v;
    int rc = 0;
    for (tt_jscan_kind kind = tt_jscan_next(s, &v); rc == 0 && kind != TT_JSCAN_CLOSE && kind != TT_JSCAN_BROKEN;
         kind = tt_jscan_next(s, &v)) {
        if (kind == TT_JSCAN_OBJECT)
            rc = add(g, s);
        else if (kind == TT_JSCAN_ARRAY)
            tt_jscan_skip(s, &v);
    }
    return rc == TT_ENOMEM ? rc : 0;
}

static const tag *find_tag(const ghost *g, tt_str id)
{
    tag key = {.id = id};
    return g->n_tags ? bsearch(&key, g->tags, g->n_tags, sizeof *g->tags, by_id) : NULL;
}

/* The name of the post's first tag that is not internal, or a value of kind NONE. */
static tt_jscan_value primary_tag(const ghost *g, const tt_jscan_value *v)
{
    size_t low = 0, high = g->n_bonds;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (tt_str_cmp(g->bonds[mid].post, v[ID].raw) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    for (; low < g->n_bonds && tt_str_eq(g->bonds[low].post, v[ID].raw); low++) {
        const tag *t = find_tag(g, g->bonds[low].tag);
        if (t)
            return t->name;
    }
    return (tt_jscan_value){0};
}

/* The same of the Content API, where a post has its tags with it: objects, in order. */
static tt_jscan_value own_tag(const tt_jscan_value *tags)
{
    static const char *const names[] = {"name", "visibility"};
    tt_jscan s;
    tt_jscan_value item, v[2];
    tt_jscan_init(&s, tags->raw);
    if (tags->kind == TT_JSCAN_ARRAY && tt_jscan_next(&s, &item) == TT_JSCAN_ARRAY)
        while (tt_jscan_next(&s, &item) == TT_JSCAN_OBJECT && tt_jfile_fields(&s, names, 2, v))
            if (tt_jfile_has_text(&v[0]) && !is_internal(&v[0], &v[1]))
                return v[0];
    return (tt_jscan_value){0};
}

/* ---- posts ---- */

static int text_of(ghost *g, const tt_jscan_value *v, tt_record *out, const char **why)
{
    static const struct {
        enum field field;
        tt_body body;
        int (*write)(const tt_loci *json, tt_loci *out, tt_body *body, const char **why);
    } bodies[] = {{HTML, TT_BODY_HTML, NULL},
                  {LEXICAL, TT_BODY_HTML, tt_ghost_lexical},
                  {MOBILEDOC, TT_BODY_HTML, tt_ghost_mobiledoc},
                  {MARKDOWN, TT_BODY_MARKDOWN, NULL},
                  {PLAIN, TT_BODY_TEXT, NULL}};
    tt_jfile *f = &g->f;
    *why = NULL;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        const tt_jscan_value *value = &v[bodies[i].field];
        if (!tt_jfile_has_text(value))
            continue;
        out->body = bodies[i].body;
        tt_loci_reset(&f->body);
        if (!bodies[i].write) {
            tt_jfile_add(f, value);
        } else {
            tt_place place = f->place;
            tt_loci_reset(&f->inner);
            tt_place_string(&place, value->raw, &f->inner);
            if (f->inner.text.failed || bodies[i].write(&f->inner, &f->body, &out->body, why) == TT_ENOMEM)
                return TT_ENOMEM;
            if (*why)
                tt_loci_reset(&f->body);
        }
        if (f->body.text.failed)
            return TT_ENOMEM;
        if (f->body.text.n > 0) {
            *why = NULL;
            break;
        }
    }
    return 0;
}

static bool is_published(const tt_jscan_value *status)
{
    return !tt_jfile_has_text(status) || tt_jfile_is(status, "published") || tt_jfile_is(status, "sent");
}

static int next(void *state, tt_record *out, tt_err *err)
{
    ghost *g = state;
    tt_jfile *f = &g->f;
    tt_jscan_value v[N];
    const char *why;
    int rc = tt_jfile_record(f, fields, N, v, out, err);
    if (rc != TT_RECORD)
        return rc;
    tt_jscan_value section = v[TAGS].kind == TT_JSCAN_ARRAY ? own_tag(&v[TAGS]) : primary_tag(g, v);
    bool dated = tt_jfile_has_text(&v[DATE]) || v[DATE].kind == TT_JSCAN_NUMBER;
    out->draft = !is_published(&v[STATUS]);
    out->left_out = tt_jfile_is(&v[TYPE], "page") || tt_jfile_is_true(&v[PAGE]) ? "a page" : NULL;
    if (tt_jfile_text(f, &v[TITLE], &out->title) != 0 || tt_jfile_text(f, &section, &out->section) != 0 ||
        tt_jfile_text(f, tt_jfile_has_text(&v[SLUG]) ? &v[SLUG] : &v[ID], &out->name) != 0 ||
        tt_jfile_date(f, dated ? &v[DATE] : &v[CREATED], out) != 0 || text_of(g, v, out, &why) != 0)
        return tt_fail_memory(err);
    if (why) {
        tt_fail(err, TT_EINPUT, f->in.path, out->line, 0,
                "the document of the post `%.*s` is broken: %s; export it again", (int)out->name.n,
                out->name.p ? out->name.p : "", why);
        return TT_RECORD_BROKEN;
    }
    return tt_jfile_done(f, out, err);
}

/* What stands behind one of the prefixes in the path, or NULL. */
static const char *table_of(const char *path)
{
    static const char *const prefixes[] = {"db[].data.", "data."};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (strncmp(path, prefixes[i], strlen(prefixes[i])) == 0)
            return path + strlen(prefixes[i]);
    return path;
}

/* Finds the posts, and reads the tags wherever they stand. What is broken is told when `next` comes there. */
static int look_through(ghost *g)
{
    tt_jscan s = g->f.scan;
    tt_jfile_path path = {0};
    tt_jscan_value v;
    bool found = false;
    int rc = 0;
    for (;;) {
        tt_jscan_kind kind = tt_jfile_walk(&s, &path, &v);
        if (rc != 0 || kind == TT_JSCAN_BROKEN || kind == TT_JSCAN_END)
            break;
        const char *table = table_of(path.text);
        if (kind != TT_JSCAN_ARRAY || strcmp(path.text, "db") == 0)
            continue;
        if (strcmp(table, "tags") == 0) {
            rc = add_all(g, &s, add_tag);
        } else if (strcmp(table, "posts_tags") == 0) {
            rc = add_all(g, &s, add_bond);
        } else {
            if (!found && strcmp(table, "posts") == 0) {
                found = true;
                g->f.scan = s;
            }
            tt_jscan_skip(&s, &v);
        }
    }
    if (!found)
        g->f.scan = s;
    if (g->n_tags)
        qsort(g->tags, g->n_tags, sizeof *g->tags, by_id);
    if (g->n_bonds)
        qsort(g->bonds, g->n_bonds, sizeof *g->bonds, by_post);
    return rc;
}

static void release(void *state)
{
    ghost *g = state;
    if (!g)
        return;
    tt_jfile_close(&g->f);
    tt_free(g->bonds);
    tt_free(g->tags);
    tt_free(g);
}

static int open(const tt_reading_in *in, void **state, tt_err *err)
{
    ghost *g = *state = tt_calloc(1, sizeof *g);
    if (!g)
        return tt_fail_memory(err);
    int rc = tt_jfile_open(&g->f, in, err);
    if (rc == 0 && look_through(g) != 0)
        rc = tt_fail_memory(err);
    if (rc == 0)
        return 0;
    release(g);
    *state = NULL;
    return rc;
}

const tt_reader tt_reader_ghost = {"ghost", is_ghost, open, next, release};
