/* front_yaml: YAML front matter.
 * In: what stands between the marks. Out: its top-level scalars, handed to tt_front_take.
 * Not here: where it ends and what the values mean (front.c), YAML itself (base/yaml). */
#include "base/yaml.h"
#include "read/front.h"

#include "base/unicode.h"

/* The stretch at..end of a scalar with its tag, anchor, quotes or block header taken off. */
static void trim_scalar(const char *p, tt_yaml_style style, size_t *at, size_t *end)
{
    while (*at < *end && (p[*at] == '!' || p[*at] == '&')) {
        while (*at < *end && p[*at] != ' ' && p[*at] != '\t' && p[*at] != '\n')
            ++*at;
        *at = tt_front_skip(p, *at, *end);
    }
    if (style == TT_YAML_BLOCK) {
        while (*at < *end && p[*at] != '\n')
            ++*at;
        *at = tt_front_skip(p, *at, *end);
    }
    while (*end > *at && (p[*end - 1] == ' ' || p[*end - 1] == '\t' || p[*end - 1] == '\n'))
        --*end;
    if (style == TT_YAML_QUOTED && *end - *at >= 2) {
        ++*at;
        --*end;
    }
}

enum { DONE = 1 };

/* Where the events stand: `depth` collections are open; in the outermost one, which must be a mapping, keys and values
 * take turns. */
typedef struct state {
    tt_front_in *in;
    int depth;
    bool is_value;
    tt_buf key;
} state;

static int take_scalar(state *st, const tt_yaml_event *e)
{
    size_t at = st->in->at + e->at, end = st->in->at + e->end;
    if (tt_yaml_is_null(e))
        return 0;
    trim_scalar(st->in->text->data, e->style, &at, &end);
    return tt_front_take(st->in, (tt_str){st->key.p, st->key.n}, e->text, at, end - at);
}

static void end_node(state *st)
{
    if (st->depth == 1)
        st->is_value = !st->is_value;
}

static int on_event(void *ctx, const tt_yaml_event *e)
{
    state *st = ctx;
    switch (e->kind) {
    case TT_YAML_MAP:
    case TT_YAML_LIST:
        if (st->depth == 1 && !st->is_value)
            tt_buf_reset(&st->key); /* a collection as key names nothing */
        if (++st->depth > TT_FRONT_MAX_NESTING) {
            tt_front_broken(st->in, st->in->at + e->at, "nested too deeply");
            return DONE;
        }
        return 0;
    case TT_YAML_MAP_END:
    case TT_YAML_LIST_END:
        if (--st->depth == 0)
            return DONE;
        end_node(st);
        return 0;
    case TT_YAML_ALIAS:
        if (!st->is_value && st->depth == 1)
            tt_buf_reset(&st->key);
        end_node(st);
        return 0;
    case TT_YAML_SCALAR:
        if (st->depth == 1 && !st->is_value) {
            tt_buf_reset(&st->key);
            tt_buf_str(&st->key, e->text);
        } else if (st->depth == 1 && take_scalar(st, e) != 0) {
            return TT_ENOMEM;
        }
        end_node(st);
        return st->key.failed ? TT_ENOMEM : 0;
    }
    return 0;
}

/* libyaml reads ahead and refuses all of it, also what stands before, for one character that YAML does not allow. So it
 * gets a copy in which another character of as many bytes stands for each. */
static const char *allowed(const tt_front_in *in)
{
    char *p = tt_arena_dup(in->arena, in->text->data + in->at, in->n);
    uint32_t cp;
    for (size_t i = 0, len; p && i < in->n; i += len) {
        len = tt_utf8_decode(p + i, in->n - i, &cp);
        if (len == 0)
            return p; /* texts are UTF-8 */
        if ((cp < 0x20 && cp != '\t' && cp != '\n') || (cp >= 0x7F && cp < 0xA0 && cp != 0x85) || (cp | 1) == 0xFFFF)
            memcpy(p + i, len == 1 ? " " : len == 2 ? "\xC2\xA0" : "\xEF\xBF\xBD", len);
    }
    return p;
}

int tt_front_yaml(tt_front_in *in)
{
    const char *text = allowed(in);
    if (!text)
        return TT_ENOMEM;
    state st = {.in = in};
    size_t at = 0;
    const char *why = NULL;
    int rc = tt_yaml_read((tt_str){text, in->n}, on_event, &st, &at, &why);
    if (rc == TT_EINPUT)
        tt_front_broken(in, in->at + at, why);
    tt_buf_release(&st.key);
    return rc == TT_ENOMEM ? TT_ENOMEM : 0;
}
