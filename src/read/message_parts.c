/* In: the bytes of a mail. Out: its fields, and its parts as a tree. Not here: which of them count (message.c), what
 * fields and contents say (base/mail.c). */
#include "read/message_parts.h"

/* ---- a header ---- */

size_t tt_message_lines(const char *p, size_t n)
{
    size_t lines = 0;
    for (size_t i = 0; i < n; i++)
        lines += p[i] == '\n' || (p[i] == '\r' && !(i + 1 < n && p[i + 1] == '\n'));
    return lines;
}

static size_t line_end(tt_str s, size_t at)
{
    const char *lf = at < s.n ? memchr(s.p + at, '\n', s.n - at) : NULL;
    return lf ? (size_t)(lf - s.p) + 1 : s.n;
}

static bool is_empty(const char *p, size_t n)
{
    return n == 0 || p[0] == '\n' || (p[0] == '\r' && (n == 1 || p[1] == '\n'));
}

static bool is_from(const char *p, size_t n)
{
    return (n >= 5 && memcmp(p, "From ", 5) == 0) || (n >= 6 && memcmp(p, ">From ", 6) == 0);
}

tt_field_result tt_message_field_next(tt_str s, size_t *at, tt_str *name, tt_str *value)
{
    size_t begin = *at, end, n = 0;
    while (begin < s.n && is_from(s.p + begin, s.n - begin))
        begin = line_end(s, begin);
    end = line_end(s, begin);
    if (begin == s.n || is_empty(s.p + begin, end - begin)) {
        *at = end;
        return TT_FIELD_END;
    }
    while (begin + n < end && s.p[begin + n] > ' ' && s.p[begin + n] < 0x7F && s.p[begin + n] != ':')
        n++;
    size_t colon = begin + n;
    while (colon < end && n > 0 && (s.p[colon] == ' ' || s.p[colon] == '\t'))
        colon++;
    if (n == 0 || colon == end || s.p[colon] != ':')
        return TT_FIELD_NONE;
    while (end < s.n && (s.p[end] == ' ' || s.p[end] == '\t') && !is_empty(s.p + end, s.n - end))
        end = line_end(s, end);
    *name = (tt_str){s.p + begin, n};
    *value = tt_str_trim((tt_str){s.p + colon + 1, end - colon - 1});
    *at = end;
    return TT_FIELD;
}

/* Fields of a part. */
typedef struct header {
    tt_str type, disposition, coding;
    bool located;
} header;

static void note_part_field(header *h, tt_str name, tt_str value)
{
    if (tt_str_is_nocase(name, "Content-Type"))
        h->type = value;
    else if (tt_str_is_nocase(name, "Content-Disposition"))
        h->disposition = value;
    else if (tt_str_is_nocase(name, "Content-Transfer-Encoding"))
        h->coding = value;
    else if (tt_str_is_nocase(name, "Content-ID") || tt_str_is_nocase(name, "Content-Location"))
        h->located = true;
}

/* The first one of each name counts. */
static void note_field(tt_message *m, tt_str name, tt_str value, size_t line)
{
    static const struct {
        const char *name;
        tt_message_field field;
    } names[] = {{"Date", TT_FIELD_DATE},
                 {"Subject", TT_FIELD_SUBJECT},
                 {"Message-ID", TT_FIELD_ID},
                 {"X-Mozilla-Status", TT_FIELD_MOZILLA},
                 {"X-Gmail-Labels", TT_FIELD_LABELS},
                 {"X-IMAP", TT_FIELD_FOLDER},
                 {"Snapshot-Content-Location", TT_FIELD_SAVED}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (m->lines[names[i].field] == 0 && tt_str_is_nocase(name, names[i].name)) {
            m->fields[names[i].field] = value;
            m->lines[names[i].field] = line;
        }
}

/* ---- the tree ---- */

typedef struct level {
    uint32_t part;
    tt_str boundary; /* empty: of a mail inside a mail, which ends with what is around it */
    bool digest;
} level;

typedef struct walk {
    const tt_message_in *in;
    tt_message *m;
    tt_err *err;
    size_t at, line; /* at the start of a line */
    level open[TT_MESSAGE_MAX_DEPTH];
    size_t depth;
    bool in_leaf; /* the last part is one and goes on */
} walk;

static int too_much(walk *w, const char *what, int most)
{
    return tt_fail(w->err, TT_ELIMIT, w->in->path, w->line, 0,
                   "the mail has %s %d; take it out of the archive, or save what it says as text", what, most);
}

static void take(walk *w, size_t to)
{
    w->line += tt_message_lines(w->in->bytes.p + w->at, to - w->at);
    w->at = to;
}

static int read_header(walk *w, header *h)
{
    bool root = w->m->n_parts == 0, any = false;
    size_t begin = w->at, most = begin + TT_MESSAGE_MAX_HEADER;
    tt_str s = {w->in->bytes.p, w->in->bytes.n < most ? w->in->bytes.n : most};
    *h = (header){0};
    for (;;) {
        tt_str name, value;
        size_t at = w->at;
        tt_field_result rc = tt_message_field_next(s, &at, &name, &value);
        if (rc != TT_FIELD && root && !any)
            return tt_fail(w->err, TT_EINPUT, w->in->path, w->line, 0,
                           "no mail begins here: its first line is no field such as `Date: …`");
        if (at == most && most < w->in->bytes.n)
            return too_much(w, "a header of more bytes than", TT_MESSAGE_MAX_HEADER);
        if (rc == TT_FIELD) {
            any = true;
            note_part_field(h, name, value);
            if (root)
                note_field(w->m, name, value, w->line);
        }
        take(w, at);
        if (rc != TT_FIELD)
            return 0;
    }
}

static tt_part_kind kind_of(const tt_mail_type *type, bool digest)
{
    static const struct {
        const char *type;
        tt_part_kind kind;
    } kinds[] = {{"text/plain", TT_PART_TEXT},
                 {"text/markdown", TT_PART_TEXT},
                 {"text/x-markdown", TT_PART_TEXT},
                 {"text/html", TT_PART_HTML},
                 {"application/xhtml+xml", TT_PART_HTML},
                 {"multipart/alternative", TT_PART_ALTERNATIVE},
                 {"multipart/related", TT_PART_RELATED},
                 {"multipart/signed", TT_PART_SIGNED},
                 {"multipart/encrypted", TT_PART_ENCRYPTED},
                 {"application/pkcs7-mime", TT_PART_ENCRYPTED},
                 {"application/x-pkcs7-mime", TT_PART_ENCRYPTED},
                 {"message/rfc822", TT_PART_MESSAGE},
                 {"message/global", TT_PART_MESSAGE}};
    tt_part_kind kind = tt_str_starts(type->type, TT_S("multipart/")) ? TT_PART_MIXED : TT_PART_OTHER;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (tt_str_is(type->type, kinds[i].type))
            kind = kinds[i].kind;
    if (type->type.n == 0)
        kind = digest ? TT_PART_MESSAGE : TT_PART_TEXT;
    bool leaf = kind == TT_PART_TEXT || kind == TT_PART_HTML;
    if ((leaf && type->coding == TT_MAIL_UNREAD) || (kind == TT_PART_MESSAGE && type->coding != TT_MAIL_AS_IS))
        return TT_PART_OTHER;
    return kind;
}

static bool is_multipart(const tt_message_part *p)
{
    return tt_str_starts(p->type.type, TT_S("multipart/"));
}

static int push(walk *w, uint32_t part, tt_str boundary, bool digest)
{
    if (w->depth == TT_MESSAGE_MAX_DEPTH)
        return too_much(w, "parts inside parts, deeper than", TT_MESSAGE_MAX_DEPTH);
    w->open[w->depth++] = (level){part, boundary, digest};
    return 0;
}

/* Reads the header of a part, and of the mail in it if it is one. */
static int open_part(walk *w)
{
    for (;;) {
        header h;
        tt_message *m = w->m;
        bool digest = w->depth > 0 && w->open[w->depth - 1].digest;
        int rc = read_header(w, &h);
        if (rc != 0)
            return rc;
        if (m->n_parts == TT_MESSAGE_MAX_PARTS)
            return too_much(w, "more parts than", TT_MESSAGE_MAX_PARTS);
        if (tt_grow(&m->parts, &m->cap_parts, m->n_parts + 1, sizeof *m->parts) != 0)
            return tt_fail_memory(w->err);
        uint32_t nth = (uint32_t)m->n_parts++;
        tt_message_part *p = &m->parts[nth];
        *p = (tt_message_part){.located = h.located,
                               .end = nth + 1,
                               .content = {w->in->bytes.p + w->at, w->in->bytes.n - w->at},
                               .line = w->line,
                               .weight = TT_PART_UNWEIGHED};
        if (tt_mail_type_read(&m->arena, h.type, h.disposition, h.coding, &p->type) != 0)
            return tt_fail_memory(w->err);
        p->kind = kind_of(&p->type, digest);
        w->in_leaf = false;
        if (is_multipart(p) && p->type.boundary.n > 0)
            return push(w, nth, p->type.boundary, tt_str_is(p->type.type, "multipart/digest"));
        if (is_multipart(p))
            p->kind = TT_PART_TEXT; /* without a boundary it is one piece */
        w->in_leaf = p->kind != TT_PART_MESSAGE;
        if (w->in_leaf)
            return 0;
        rc = push(w, nth, (tt_str){0}, false);
        if (rc != 0)
            return rc;
    }
}

/* Everything above `depth` levels ends before byte `end`. */
static void close_to(walk *w, size_t depth, size_t end)
{
    tt_message *m = w->m;
    if (w->in_leaf && m->n_parts > 0) {
        tt_message_part *p = &m->parts[m->n_parts - 1];
        size_t begin = (size_t)(p->content.p - w->in->bytes.p);
        p->content.n = end > begin ? end - begin : 0;
    }
    w->in_leaf = false;
    for (; w->depth > depth; w->depth--)
        m->parts[w->open[w->depth - 1].part].end = (uint32_t)m->n_parts;
}

/* Whether a line is a boundary of the level: `--boundary`, or `--boundary--`, which is the last. */
static bool is_boundary(tt_str line, tt_str boundary, bool *last)
{
    if (boundary.n == 0 || line.n < boundary.n + 2 || memcmp(line.p + 2, boundary.p, boundary.n) != 0)
        return false;
    tt_str rest = tt_str_trim((tt_str){line.p + 2 + boundary.n, line.n - 2 - boundary.n});
    *last = tt_str_is(rest, "--");
    return rest.n == 0 || *last;
}

static int at_line(walk *w)
{
    tt_str all = w->in->bytes, line = {all.p + w->at, line_end(all, w->at) - w->at};
    bool last;
    for (size_t i = line.n > 2 && line.p[0] == '-' && line.p[1] == '-' ? w->depth : 0; i > 0; i--) {
        if (!is_boundary(line, w->open[i - 1].boundary, &last))
            continue;
        size_t end = w->at;
        end -= end > 0 && all.p[end - 1] == '\n';
        end -= end > 0 && end < w->at && all.p[end - 1] == '\r';
        close_to(w, last ? i - 1 : i, end);
        take(w, w->at + line.n);
        return last ? 0 : open_part(w);
    }
    take(w, w->at + line.n);
    return 0;
}

/* A multipart whose parts never begin has lost them. */
static int check(walk *w)
{
    for (size_t i = 0; i < w->m->n_parts; i++) {
        const tt_message_part *p = &w->m->parts[i];
        if (is_multipart(p) && p->type.boundary.n > 0 && p->end == i + 1)
            return tt_fail(w->err, TT_EINPUT, w->in->path, p->line, 0,
                           "the mail's parts never begin: no line is `--%.*s`; it is cut off or damaged",
                           (int)(p->type.boundary.n < 80 ? p->type.boundary.n : 80), p->type.boundary.p);
    }
    return 0;
}

int tt_message_parts(const tt_message_in *in, tt_message *m, tt_err *err)
{
    walk w = {.in = in, .m = m, .err = err, .line = in->line};
    int rc = open_part(&w);
    while (rc == 0 && w.at < in->bytes.n)
        rc = at_line(&w);
    if (rc != 0)
        return rc;
    close_to(&w, 0, in->bytes.n);
    return check(&w);
}
