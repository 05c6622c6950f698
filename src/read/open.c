/* In: a source. Out: its records: a text is one, a file of a format as many as its reader finds. Not here: which files
 * are sources (archive.c), the readers. */
#include "read/open.h"

#include <string.h>

static bool is_stdin(const tt_source *s)
{
    return tt_str_is(s->path, "-");
}

static int open_file(tt_input *in, tt_str path, const tt_opening *how, tt_err *err)
{
    if (!tt_str_is(path, "-"))
        return tt_input_open(in, path.p, err);
    tt_input_spooled(in, "standard input", how->sources->spool);
    return 0;
}

static tt_str last_component(tt_str path)
{
    for (size_t i = path.n; i > 0; i--)
        if (path.p[i - 1] == '/')
            return (tt_str){path.p + i, path.n - i};
    return path;
}

static void end_pack(tt_opened *o)
{
    tt_pack_free(o->pack);
    tt_input_close(&o->pack_in);
    o->pack = NULL;
    o->nth_pack = 0;
}

/* Goes on to a member of a pack that is too large to be held: from the one before it, or from the start. */
static int open_member(tt_opened *o, const tt_opening *how, tt_err *err)
{
    const tt_source *s = o->source;
    const tt_packed *packed = &how->sources->packs[s->pack - 1];
    tt_member member = {.nth = SIZE_MAX};
    int rc = 0;
    if (o->pack && (o->nth_pack != s->pack || o->member >= s->member))
        end_pack(o);
    if (!o->pack) {
        rc = open_file(&o->pack_in, packed->path, how, err);
        if (rc == 0)
            rc = tt_pack_open(&o->pack, &o->pack_in, packed->path.p, NULL, err);
        o->nth_pack = s->pack;
    }
    while (rc == 0 && member.nth != s->member) {
        rc = tt_pack_next(o->pack, &member, err);
        if (rc == TT_PACK_END)
            return tt_fail(err, TT_EINPUT, s->path.p, 0, 0, "changed while it was being read; run again");
        rc = rc > 0 ? 0 : rc;
    }
    if (rc != 0)
        return rc;
    o->member = s->member;
    tt_pack_data(o->pack, &o->in);
    return 0;
}

static int open_input(tt_opened *o, const tt_opening *how, tt_err *err)
{
    const tt_source *s = o->source;
    if (s->is_held) {
        tt_input_memory(&o->in, s->path.p, s->held);
        return 0;
    }
    return s->pack ? open_member(o, how, err) : open_file(&o->in, s->path, how, err);
}

/* A text without ending, or .txt, may be a mail or a page; what only looks like a table is a text. */
static bool may_be(const tt_source *s, const tt_reader *reader, const tt_columns *columns)
{
    bool rows = strcmp(reader->name, "csv") == 0 || strcmp(reader->name, "beehiiv") == 0;
    return s->kind != TT_KIND_TEXT || !rows || columns->text || is_stdin(s);
}

static int begin_reader(tt_opened *o, const tt_opening *how, tt_err *err)
{
    const tt_reading_in in = {&o->in, is_stdin(o->source) ? "standard input" : o->source->path.p, how->columns,
                              how->sink};
    o->format = o->reader->name;
    return o->reader->open(&in, &o->state, err);
}

int tt_opened_begin(tt_opened *o, const tt_opening *how, const tt_source *s, tt_err *err)
{
    tt_opened_end(o);
    o->source = s;
    bool text = s->kind == TT_KIND_MARKDOWN || s->kind == TT_KIND_MARKUP;
    if (text && !s->pack)
        return 0;
    int rc = open_input(o, how, err);
    if (rc == 0 && text)
        return 0;
    if (rc == 0)
        rc = tt_input_more(&o->in, TT_HEAD, err);
    if (rc != 0)
        return rc;
    const tt_head head = {
        last_component(s->path), {o->in.p, o->in.n < TT_HEAD ? o->in.n : TT_HEAD}, o->in.end && o->in.n <= TT_HEAD};
    o->reader = tt_reader_of(&head, &how->columns);
    if (o->reader && !may_be(s, o->reader, &how->columns))
        o->reader = NULL;
    if (o->reader)
        return begin_reader(o, how, err);
    const bool rows = how->columns.text && is_stdin(s); /* are asked for */
    return s->kind == TT_KIND_TEXT && !rows ? 0 : TT_OPEN_UNKNOWN;
}

/* The whole file is one issue. */
static int next_text(tt_opened *o, tt_record *out, tt_err *err)
{
    const tt_source *s = o->source;
    int rc;
    if (o->next++ > 0)
        return TT_RECORD_END;
    if (s->kind == TT_KIND_TEXT || s->pack) {
        rc = tt_input_all(&o->in, TT_MAX_FILE, err);
        out->text = (tt_str){o->in.p, o->in.n};
    } else {
        tt_buf_reset(&o->bytes);
        rc = tt_file_read(s->path.p, TT_MAX_FILE, &o->bytes, err);
        out->text = (tt_str){o->bytes.p, o->bytes.n};
    }
    out->body = s->kind == TT_KIND_MARKDOWN ? TT_BODY_MARKDOWN : TT_BODY_GUESS;
    if (rc < 0)
        o->member = UINT32_MAX;
    return rc == 0 ? TT_RECORD : rc;
}

int tt_opened_next(tt_opened *o, tt_record *out, tt_err *err)
{
    *out = (tt_record){.number = -1, .date = TT_NO_DATE};
    if (!o->reader)
        return next_text(o, out, err);
    int rc = o->reader->next(o->state, out, err);
    if (rc < 0)
        o->member = UINT32_MAX; /* a pack that a member broke is opened anew for the next one */
    o->next += rc == TT_RECORD || rc == TT_RECORD_BROKEN;
    return rc;
}

void tt_opened_end(tt_opened *o)
{
    if (o->reader && o->state)
        o->reader->close(o->state);
    tt_input_close(&o->in);
    *o = (tt_opened){
        .bytes = o->bytes, .pack = o->pack, .pack_in = o->pack_in, .nth_pack = o->nth_pack, .member = o->member};
}

void tt_opened_release(tt_opened *o)
{
    tt_opened_end(o);
    end_pack(o);
    tt_buf_release(&o->bytes);
    *o = (tt_opened){0};
}
