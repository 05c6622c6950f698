/* In: YAML text. Out: its events. Not here: what keys and values mean. */
#include "base/yaml.h"

#include <yaml.h>

/* libyaml counts in characters; byte offsets are found by walking on from the last one asked for. */
struct place {
    tt_str data;
    size_t chars, bytes;
};

static size_t bytes_at(struct place *from, size_t chars)
{
    const char *p = from->data.p;
    while (from->chars < chars && from->bytes < from->data.n) {
        from->bytes++;
        while (from->bytes < from->data.n && ((unsigned char)p[from->bytes] & 0xC0) == 0x80)
            from->bytes++;
        from->chars++;
    }
    return from->bytes;
}

bool tt_yaml_is_null(const tt_yaml_event *e)
{
    return e->kind == TT_YAML_SCALAR && e->style == TT_YAML_PLAIN &&
           (e->text.n == 0 || tt_str_is(e->text, "~") || tt_str_is_nocase(e->text, "null"));
}

static tt_yaml_style style_of(yaml_scalar_style_t style)
{
    if (style == YAML_SINGLE_QUOTED_SCALAR_STYLE || style == YAML_DOUBLE_QUOTED_SCALAR_STYLE)
        return TT_YAML_QUOTED;
    return style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE ? TT_YAML_BLOCK : TT_YAML_PLAIN;
}

/* false: an event that nobody is told. */
static bool kind_of(yaml_event_type_t type, tt_yaml_kind *kind)
{
    switch (type) {
    case YAML_MAPPING_START_EVENT:
        *kind = TT_YAML_MAP;
        return true;
    case YAML_MAPPING_END_EVENT:
        *kind = TT_YAML_MAP_END;
        return true;
    case YAML_SEQUENCE_START_EVENT:
        *kind = TT_YAML_LIST;
        return true;
    case YAML_SEQUENCE_END_EVENT:
        *kind = TT_YAML_LIST_END;
        return true;
    case YAML_SCALAR_EVENT:
        *kind = TT_YAML_SCALAR;
        return true;
    case YAML_ALIAS_EVENT:
        *kind = TT_YAML_ALIAS;
        return true;
    default:
        return false;
    }
}

static int broken(const yaml_parser_t *parser, struct place *from, size_t *at, const char **why)
{
    if (parser->error == YAML_MEMORY_ERROR)
        return TT_ENOMEM;
    *at = parser->error == YAML_READER_ERROR ? parser->problem_offset : bytes_at(from, parser->problem_mark.index);
    *why = parser->problem ? parser->problem : "YAML";
    return TT_EINPUT;
}

int tt_yaml_read(tt_str data, int (*event)(void *ctx, const tt_yaml_event *e), void *ctx, size_t *at, const char **why)
{
    yaml_parser_t parser;
    struct place from = {.data = data};
    int rc = 0;
    bool done = false;
    if (!yaml_parser_initialize(&parser))
        return TT_ENOMEM;
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)data.p, data.n);
    while (rc == 0 && !done) {
        yaml_event_t e;
        tt_yaml_event told = {0};
        if (!yaml_parser_parse(&parser, &e)) {
            rc = broken(&parser, &from, at, why);
            break;
        }
        done = e.type == YAML_STREAM_END_EVENT || e.type == YAML_DOCUMENT_END_EVENT;
        if (kind_of(e.type, &told.kind)) {
            if (told.kind == TT_YAML_SCALAR) {
                told.style = style_of(e.data.scalar.style);
                told.text = (tt_str){(const char *)e.data.scalar.value, e.data.scalar.length};
            }
            told.at = bytes_at(&from, e.start_mark.index);
            told.end = bytes_at(&from, e.end_mark.index);
            rc = event(ctx, &told);
        }
        yaml_event_delete(&e);
    }
    yaml_parser_delete(&parser);
    return rc;
}
