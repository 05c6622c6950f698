/* In: the bytes of a mail. Out: its fields and its one body. Not here: finding the parts (message_parts.c), the lines of
 * plain text (message_text.c). */
#include "read/message.h"

#include "read/message_parts.h"
#include "read/message_text.h"

/* ---- which parts count ---- */

typedef struct choice {
    uint32_t part;
    bool quoted;
} choice;

typedef struct choosing {
    const tt_message_in *in;
    tt_message *m;
    choice *v; /* a part stands in it once at most */
    size_t n;
    tt_err *err;
} choosing;

static int decode_part(const choosing *c, const tt_message_part *p, tt_loci *out)
{
    const tt_mail_content content = {.bytes = p->content,
                                     .line = p->line,
                                     .coding = p->type.coding,
                                     .charset = p->type.charset,
                                     .unescape = c->in->mailbox};
    return tt_mail_decode(&content, out);
}

/* Where what begins at `at` ends: a tag, a comment, or an element that shows no words of its own. */
static size_t skip_markup(tt_str s, size_t at)
{
    static const struct {
        const char *begin, *end;
    } pairs[] = {{"<!--", "-->"},         {"<a ", "</a"},        {"<a\n", "</a"},
                 {"<script", "</script"}, {"<style", "</style"}, {"<title", "</title"}};
    const char *end = ">";
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        size_t n = strlen(pairs[i].begin);
        if (s.n - at >= n && tt_str_is_nocase((tt_str){s.p + at, n}, pairs[i].begin))
            end = pairs[i].end;
    }
    size_t n = strlen(end);
    for (size_t i = at + 1; i + n <= s.n; i++)
        if (s.p[i] == end[0] && tt_str_is_nocase((tt_str){s.p + i, n}, end))
            return i + n;
    return s.n;
}

/* Bytes of what looks like `&nbsp;`; 0: nothing does. */
static size_t entity_length(tt_str s, size_t at)
{
    enum { MOST = 12 };
    for (size_t n = 1; n < MOST && at + n < s.n && s.p[at + n] > ' '; n++)
        if (s.p[at + n] == ';')
            return n + 1;
    return 0;
}

/* Letters, or for other scripts than ASCII bytes: enough to tell a text from next to nothing. */
static int64_t letters_of(tt_str s, bool html)
{
    int64_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (html && c == '<') {
            i = skip_markup(s, i) - 1;
            continue;
        }
        size_t name = html && c == '&' ? entity_length(s, i) : 0;
        if (name > 0) {
            i += name - 1;
            continue;
        }
        n += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
    }
    return n;
}

static int weigh(choosing *c, size_t from, size_t end, int64_t *weight)
{
    *weight = 0;
    for (size_t i = from; i < end; i++) {
        tt_message_part *p = &c->m->parts[c->v[i].part];
        if (p->weight == TT_PART_UNWEIGHED) {
            tt_loci_reset(&c->m->scratch);
            if (decode_part(c, p, &c->m->scratch) != 0)
                return TT_ENOMEM;
            p->weight = letters_of((tt_str){c->m->scratch.text.p, c->m->scratch.text.n}, p->kind == TT_PART_HTML);
        }
        *weight += p->weight;
    }
    return 0;
}

static int choose(choosing *c, uint32_t part, bool quoted);

static bool has_html(const choosing *c, size_t from)
{
    for (size_t i = from; i < c->n; i++)
        if (c->m->parts[c->v[i].part].kind == TT_PART_HTML)
            return true;
    return false;
}

typedef struct range {
    size_t from, end;
} range;

/* The last alternative with HTML, or the last one without. */
static int choose_best(choosing *c, uint32_t part, bool quoted)
{
    const tt_message_part *parts = c->m->parts;
    size_t begin = c->n;
    range html = {begin, begin}, text = html;
    for (uint32_t i = part + 1; i < parts[part].end; i = parts[i].end) {
        size_t from = c->n;
        int rc = choose(c, i, quoted);
        if (rc != 0)
            return rc;
        if (c->n > from)
            *(has_html(c, from) ? &html : &text) = (range){from, c->n};
    }
    range best = html.end > html.from ? html : text;
    if (html.end > html.from && text.end > text.from) {
        int64_t of_html, of_text;
        if (weigh(c, html.from, html.end, &of_html) != 0 || weigh(c, text.from, text.end, &of_text) != 0)
            return tt_fail_memory(c->err);
        if (of_html < TT_MESSAGE_LEAST && of_text > of_html)
            best = text;
    }
    c->n = begin + (best.end - best.from);
    if (best.end > best.from)
        memmove(c->v + begin, c->v + best.from, (best.end - best.from) * sizeof *c->v);
    return 0;
}

/* A file that hangs on a mail: it says so, or it has a name and is not the first thing there. */
static bool hangs_on(const tt_message_part *p, bool first)
{
    return p->type.attachment || (p->type.named && !first && p->kind != TT_PART_MESSAGE);
}

static int choose_parts(choosing *c, uint32_t part, bool quoted)
{
    const tt_message_part *parts = c->m->parts;
    tt_part_kind kind = parts[part].kind;
    uint32_t first = part + 1;
    int rc = 0;
    for (uint32_t i = first; rc == 0 && i < parts[part].end; i = parts[i].end) {
        if ((kind == TT_PART_SIGNED || kind == TT_PART_MESSAGE) && i > first)
            break;
        if (hangs_on(&parts[i], i == first) || (kind == TT_PART_RELATED && i > first && parts[i].located))
            continue;
        rc = choose(c, i, quoted || kind == TT_PART_MESSAGE);
    }
    return rc;
}

static int choose_leaf(choosing *c, uint32_t part, bool quoted)
{
    const tt_message_part *p = &c->m->parts[part];
    if (p->content.n > TT_MESSAGE_MAX_TEXT)
        return tt_fail(c->err, TT_ELIMIT, c->in->path, p->line, 0,
                       "the mail has a text of more than %d MiB; take it out of the archive, or save it as a file",
                       TT_MESSAGE_MAX_TEXT >> 20);
    c->v[c->n++] = (choice){part, quoted};
    return 0;
}

/* Depth is bounded by TT_MESSAGE_MAX_DEPTH. */
static int choose(choosing *c, uint32_t part, bool quoted)
{
    switch (c->m->parts[part].kind) {
    case TT_PART_OTHER:
        return 0;
    case TT_PART_ENCRYPTED:
        c->m->encrypted = true;
        return 0;
    case TT_PART_TEXT:
    case TT_PART_HTML:
        return choose_leaf(c, part, quoted);
    case TT_PART_ALTERNATIVE:
        return choose_best(c, part, quoted);
    case TT_PART_RELATED:
    case TT_PART_SIGNED:
    case TT_PART_MIXED:
    case TT_PART_MESSAGE:
        break;
    }
    return choose_parts(c, part, quoted);
}

/* ---- the body ---- */

static int add_part(const choosing *c, choice one)
{
    tt_message *m = c->m;
    const tt_message_part *p = &m->parts[one.part];
    tt_loci_reset(&m->scratch);
    if (decode_part(c, p, &m->scratch) != 0)
        return TT_ENOMEM;
    tt_loci_at(&m->body, p->line, 1); /* of what is put before it, and of all where the text begins */
    if (p->kind == TT_PART_TEXT) {
        const tt_message_text_in in = {.from = &m->scratch,
                                       .flowed = p->type.flowed,
                                       .delsp = p->type.delsp,
                                       .html = m->html,
                                       .quoted = one.quoted};
        return tt_message_text(&in, &m->body);
    }
    tt_loci_text(&m->body, one.quoted ? "<blockquote>" : "");
    tt_message_copy(&m->scratch, &m->body);
    tt_loci_text(&m->body, one.quoted ? "</blockquote>\n" : "\n");
    return m->body.text.failed ? TT_ENOMEM : 0;
}

static int make_body(const tt_message_in *in, tt_message *m, tt_err *err)
{
    choosing c = {.in = in, .m = m, .v = tt_arena_array(&m->arena, m->n_parts, sizeof(choice)), .err = err};
    int rc = c.v ? choose(&c, 0, false) : tt_fail_memory(err);
    if (rc != 0)
        return rc;
    m->html = has_html(&c, 0);
    if (m->html && c.n == 1 && !c.v[0].quoted)
        rc = decode_part(&c, &m->parts[c.v[0].part], &m->body);
    else
        for (size_t i = 0; rc == 0 && i < c.n; i++)
            rc = add_part(&c, c.v[i]);
    return rc == 0 ? 0 : tt_fail_memory(err);
}

/* ---- fields ---- */

static tt_str unfold(tt_arena *arena, tt_str value, int *rc)
{
    char *p = tt_arena_dup(arena, value.p ? value.p : "", value.n < TT_MAIL_FIELD ? value.n : TT_MAIL_FIELD);
    if (!p) {
        *rc = TT_ENOMEM;
        return (tt_str){0};
    }
    size_t n = value.n < TT_MAIL_FIELD ? value.n : TT_MAIL_FIELD;
    for (size_t i = 0; i < n; i++)
        p[i] = (unsigned char)p[i] < ' ' ? ' ' : p[i];
    return (tt_str){p, n};
}

static tt_str id_of(tt_str value)
{
    const char *open = value.n ? memchr(value.p, '<', value.n) : NULL;
    if (open)
        value = (tt_str){open + 1, value.n - (size_t)(open + 1 - value.p)};
    value = tt_str_trim(tt_str_cut(&value, '>'));
    bool name = value.n <= TT_MESSAGE_ID_MAX;
    for (size_t i = 0; name && i < value.n; i++)
        name = value.p[i] > ' ' && value.p[i] < 0x7F;
    return name ? value : (tt_str){0};
}

static int read_fields(tt_message *m)
{
    int rc = 0;
    tt_str subject = m->fields[TT_FIELD_SUBJECT];
    for (size_t i = 0; i < TT_N_FIELDS; i++)
        m->fields[i] = unfold(&m->arena, m->fields[i], &rc);
    if (rc == 0)
        rc = tt_mail_words(&m->arena, subject, &m->fields[TT_FIELD_SUBJECT]);
    m->fields[TT_FIELD_ID] = id_of(m->fields[TT_FIELD_ID]);
    return rc;
}

tt_str tt_message_title(tt_str subject)
{
    static const char *const marks[] = {"re", "fw", "fwd", "aw", "wg", "sv", "antw", "tr", "rv"};
    for (bool again = true; again;) {
        again = false;
        subject = tt_str_trim(subject);
        tt_str rest = subject, word = tt_str_cut(&rest, ':');
        for (size_t i = 0; word.n < subject.n && i < sizeof marks / sizeof *marks; i++)
            again = again || tt_str_is_nocase(word, marks[i]);
        if (again)
            subject = rest;
    }
    return subject;
}

/* ---- the whole ---- */

int tt_message_read(const tt_message_in *in, tt_message *m, tt_err *err)
{
    tt_arena_reset(&m->arena);
    tt_loci_reset(&m->body);
    m->body.text.failed = m->scratch.text.failed = false;
    memset(m->fields, 0, sizeof m->fields);
    memset(m->lines, 0, sizeof m->lines);
    m->n_parts = 0;
    m->html = m->encrypted = false;
    int rc = tt_message_parts(in, m, err);
    if (rc != 0)
        return rc;
    rc = read_fields(m);
    return rc == 0 ? make_body(in, m, err) : tt_fail_memory(err);
}

void tt_message_release(tt_message *m)
{
    tt_arena_release(&m->arena);
    tt_loci_release(&m->body);
    tt_loci_release(&m->scratch);
    tt_free(m->parts);
    *m = (tt_message){0};
}
