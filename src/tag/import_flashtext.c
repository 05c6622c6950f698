/* In: flashtext's JSON, {"name": ["alias", …]}. Out: rows. flashtext ignores case; a name counts only where it is an
 * alias too. Not here: JSON (base/json). */
#include "base/json.h"
#include "tag/importer.h"

static int on_alias(tt_importer *im, uint32_t topic, const tt_json_node *alias)
{
    tt_buf term = {0};
    tt_origin at = tt_importer_place(im, alias->at);
    if (alias->kind != TT_JSON_STRING) {
        tt_importer_skip(im, at, "left out: an alias behind this is no text; write it in quotes");
        return 0;
    }
    tt_importer_quote(&term, alias->text, false);
    int rc = term.failed ? TT_ENOMEM : tt_importer_row(im, &topic, 1, (tt_str){term.p, term.n}, false, at);
    tt_buf_release(&term);
    return rc;
}

static int on_name(tt_importer *im, const tt_json_node *name)
{
    uint32_t topic;
    tt_origin at = tt_importer_place(im, name->at);
    if (name->kind != TT_JSON_ARRAY) {
        tt_importer_skip(im, at, "left out: `%.*s` has no list; write {\"name\": [\"alias\", …]}", (int)name->key.n,
                         name->key.p);
        return 0;
    }
    int rc = tt_importer_topic(im, name->key, name->key, TT_S(""), TT_NO_PARENT, at, &topic);
    for (const tt_json_node *alias = name->first; alias && rc == 0; alias = alias->next)
        rc = on_alias(im, topic, alias);
    return rc;
}

int tt_import_flashtext(tt_importer *im)
{
    tt_json_node *root = NULL;
    size_t at = 0;
    int rc = tt_json_parse(im->data, &im->arena, &root, &at);
    tt_origin o = tt_importer_place(im, at);
    if (rc == TT_EINPUT)
        return tt_fail(im->err, rc, im->path, o.line, o.column, "the JSON is broken here; correct it");
    if (rc == 0 && root->kind != TT_JSON_OBJECT)
        return tt_fail(im->err, TT_EINPUT, im->path, 1, 1,
                       "no flashtext dictionary: that is {\"name\": [\"alias\", …]}");
    for (const tt_json_node *name = rc == 0 ? root->first : NULL; name && rc == 0; name = name->next)
        rc = on_name(im, name);
    return rc;
}
