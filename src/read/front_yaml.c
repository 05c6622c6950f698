/* front_yaml: YAML front matter. The only file that knows libyaml.
 * In: what stands between the marks. Out: its top-level scalars, handed to tt_front_take.
 * Not here: where it ends and what the values mean (front.c). Aliases are never followed and collections never built,
 * so that no document can grow in memory. */
#include "read/front.h"

#include "base/unicode.h"

#include <yaml.h>

/* libyaml counts in characters; byte offsets are found by walking on from the last one asked for. */
typedef struct place {
    size_t chars, bytes;
} place;

static size_t bytes_at(const tt_front_in *in, place *from, size_t chars)
{
    const char *p = in->text->data + in->at;
    while (from->chars < chars && from->bytes < in->n) {
        from->bytes++;
        while (from->bytes < in->n && ((unsigned char)p[from->bytes] & 0xC0) == 0x80)
            from->bytes++;
        from->chars++;
    }
    return in->at + from->bytes;
}

/* The stretch at..end of a scalar with its tag, anchor, quotes or block header taken off. */
static void trim_scalar(const char *p, yaml_scalar_style_t style, size_t *at, size_t *end)
{
    while (*at < *end && (p[*at] == '!' || p[*at] == '&')) {
        while (*at < *end && p[*at] != ' ' && p[*at] != '\t' && p[*at] != '\n')
            ++*at;
        *at = tt_front_skip(p, *at, *end);
    }
    if (style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE) {
        while (*at < *end && p[*at] != '\n')
            ++*at;
        *at = tt_front_skip(p, *at, *end);
    }
    while (*end > *at && (p[*end - 1] == ' ' || p[*end - 1] == '\t' || p[*end - 1] == '\n'))
        --*end;
    if ((style == YAML_SINGLE_QUOTED_SCALAR_STYLE || style == YAML_DOUBLE_QUOTED_SCALAR_STYLE) && *end - *at >= 2) {
        ++*at;
        --*end;
    }
}

static bool is_null(const yaml_event_t *e, tt_str value)
{
    return e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
           (tt_str_is(value, "~") || tt_str_is_nocase(value, "null"));
}

static int take_scalar(tt_front_in *in, tt_str key, const yaml_event_t *e, place *from)
{
    tt_str value = {(const char *)e->data.scalar.value, e->data.scalar.length};
    if (is_null(e, value))
        return 0;
    size_t at = bytes_at(in, from, e->start_mark.index);
    size_t end = bytes_at(in, from, e->end_mark.index);
    trim_scalar(in->text->data, e->data.scalar.style, &at, &end);
    return tt_front_take(in, key, value, at, end - at);
}

static void tell_broken(tt_front_in *in, const yaml_parser_t *parser, place *from)
{
    size_t at = parser->error == YAML_READER_ERROR ? in->at + parser->problem_offset
                                                   : bytes_at(in, from, parser->problem_mark.index);
    tt_front_broken(in, at, parser->problem != NULL ? parser->problem : "YAML");
}

/* Where the events stand: `depth` collections are open; in the outermost one, which must be a mapping, keys and values
 * take turns. */
typedef struct state {
    int depth;
    bool is_value;
    bool done;
    tt_buf key;
    place from;
} state;

static void end_node(state *st)
{
    if (st->depth == 1)
        st->is_value = !st->is_value;
}

static int on_event(tt_front_in *in, const yaml_event_t *e, state *st)
{
    switch (e->type) {
    case YAML_MAPPING_START_EVENT:
    case YAML_SEQUENCE_START_EVENT:
        if (st->depth == 1 && !st->is_value)
            tt_buf_reset(&st->key); /* a collection as key names nothing */
        if (++st->depth > TT_FRONT_MAX_NESTING) {
            tt_front_broken(in, bytes_at(in, &st->from, e->start_mark.index), "nested too deeply");
            st->done = true;
        }
        return 0;
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        st->done = --st->depth == 0;
        end_node(st);
        return 0;
    case YAML_ALIAS_EVENT:
        if (!st->is_value && st->depth == 1)
            tt_buf_reset(&st->key);
        end_node(st);
        return 0;
    case YAML_SCALAR_EVENT:
        if (st->depth == 1 && !st->is_value) {
            tt_buf_reset(&st->key);
            tt_buf_add(&st->key, (const char *)e->data.scalar.value, e->data.scalar.length);
        } else if (st->depth == 1 && take_scalar(in, (tt_str){st->key.p, st->key.n}, e, &st->from) != 0) {
            return TT_ENOMEM;
        }
        end_node(st);
        return st->key.failed ? TT_ENOMEM : 0;
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_END_EVENT:
        st->done = true;
        return 0;
    default:
        return 0;
    }
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
    yaml_parser_t parser;
    state st = {0};
    int rc = 0;
    const char *text = allowed(in);
    if (!text || !yaml_parser_initialize(&parser))
        return TT_ENOMEM;
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, in->n);
    while (rc == 0 && !st.done) {
        yaml_event_t e;
        if (!yaml_parser_parse(&parser, &e)) {
            if (parser.error == YAML_MEMORY_ERROR)
                rc = TT_ENOMEM;
            else
                tell_broken(in, &parser, &st.from);
            break;
        }
        rc = on_event(in, &e, &st);
        yaml_event_delete(&e);
    }
    tt_buf_release(&st.key);
    yaml_parser_delete(&parser);
    return rc;
}
