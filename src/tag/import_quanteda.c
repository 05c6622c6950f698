/* In: a quanteda dictionary in YAML: a map of names to lists of patterns, or to maps of the same kind. Out: rows; a name
 * in a name has it as broader topic. quanteda ignores case. Not here: YAML (base/yaml). */
#include "base/yaml.h"
#include "tag/importer.h"

#include <string.h>

enum { MAX_NESTING = 64 };

/* An open collection, and what its items count for. */
struct level {
    bool is_map;
    bool is_value; /* of a map: a value comes next */
    int64_t topic; /* of the collection; TT_NO_PARENT: the outermost */
    uint32_t key;  /* of a map: topic of the key at hand */
    size_t n_full; /* length of its name in `full` */
};

struct reader {
    tt_importer *im;
    struct level levels[MAX_NESTING];
    size_t depth;
    tt_buf full; /* names from the outermost one on, each with a NUL behind it */
    tt_buf term;
};

static int wrong(struct reader *r, size_t at, const char *why)
{
    tt_origin o = tt_importer_place(r->im, at);
    return tt_fail(r->im->err, TT_EINPUT, r->im->path, o.line, o.column, "%s", why);
}

static int on_name(struct reader *r, struct level *l, const tt_yaml_event *e)
{
    r->full.n = l->n_full;
    tt_buf_str(&r->full, e->text);
    tt_buf_add(&r->full, "", 1);
    if (r->full.failed)
        return TT_ENOMEM;
    l->is_value = true;
    return tt_importer_topic(r->im, (tt_str){r->full.p, r->full.n}, e->text, TT_S(""), l->topic,
                             tt_importer_place(r->im, e->at), &l->key);
}

static int on_term(struct reader *r, uint32_t topic, const tt_yaml_event *e)
{
    tt_origin at = tt_importer_place(r->im, e->at);
    if (tt_yaml_is_null(e))
        return 0;
    if (memchr(e->text.p, '?', e->text.n)) {
        tt_importer_skip(r->im, at,
                         "left out: `%.*s`: ? stands for one character, which a term cannot say; write a row "
                         "for each spelling",
                         (int)e->text.n, e->text.p);
        return 0;
    }
    tt_buf_reset(&r->term);
    tt_importer_quote(&r->term, e->text, true);
    if (r->term.failed)
        return TT_ENOMEM;
    return tt_importer_row(r->im, &topic, 1, (tt_str){r->term.p, r->term.n}, false, at);
}

static int on_scalar(struct reader *r, struct level *l, const tt_yaml_event *e)
{
    if (l->is_map && !l->is_value)
        return on_name(r, l, e);
    l->is_value = false;
    return on_term(r, l->is_map ? l->key : (uint32_t)l->topic, e);
}

static int open_level(struct reader *r, struct level *l, const tt_yaml_event *e)
{
    struct level next = {.is_map = e->kind == TT_YAML_MAP, .topic = TT_NO_PARENT, .n_full = r->full.n};
    if (r->depth == MAX_NESTING)
        return wrong(r, e->at, "nested too deeply; a dictionary has at most 64 levels");
    if (!l && !next.is_map)
        return wrong(r, e->at, "no quanteda dictionary: that is a map of names to lists of patterns");
    if (l && l->is_map && !l->is_value)
        return wrong(r, e->at, "a list or map stands as a name; write a name");
    if (l) {
        next.topic = l->is_map ? (int64_t)l->key : l->topic;
        l->is_value = false;
    }
    if (l && !l->is_map)
        return wrong(r, e->at, "a list holds a list or map; write patterns there, and names in the map around it");
    r->levels[r->depth++] = next;
    return 0;
}

static int on_event(void *ctx, const tt_yaml_event *e)
{
    struct reader *r = ctx;
    struct level *l = r->depth ? &r->levels[r->depth - 1] : NULL;
    switch (e->kind) {
    case TT_YAML_MAP:
    case TT_YAML_LIST:
        return open_level(r, l, e);
    case TT_YAML_MAP_END:
    case TT_YAML_LIST_END:
        r->depth--;
        return 0;
    case TT_YAML_ALIAS:
        return wrong(r, e->at, "an alias; write out what it stands for");
    case TT_YAML_SCALAR:
        if (!l)
            return tt_yaml_is_null(e)
                       ? 0
                       : wrong(r, e->at, "no quanteda dictionary: that is a map of names to lists of patterns");
        return on_scalar(r, l, e);
    }
    return 0;
}

int tt_import_quanteda(tt_importer *im)
{
    struct reader r = {.im = im};
    size_t at = 0;
    const char *why = NULL;
    int rc = tt_yaml_read(im->data, on_event, &r, &at, &why);
    if (rc == TT_EINPUT && why)
        rc = wrong(&r, at, why);
    tt_buf_release(&r.full);
    tt_buf_release(&r.term);
    return rc;
}
