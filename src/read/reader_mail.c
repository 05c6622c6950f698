/* In: a file with one mail: .eml, a file of a Maildir, a page that a browser saved as .mht. Out: a record. Not here:
 * mailboxes (reader_mbox.c), MIME (message.c). */
#include "read/reader_mail.h"

#include "read/readers.h"

/* ---- what it is ---- */

bool tt_mail_is_header(tt_str bytes, bool whole)
{
    enum { FROM, DATE, RECEIVED, SUBJECT, MIME, ID, TITLE, N };
    static const char *const names[N] = {"From", "Date", "Received", "Subject", "MIME-Version", "Message-ID", "Title"};
    bool has[N] = {false};
    tt_str name, value;
    tt_field_result rc;
    size_t at = 0;
    while ((rc = tt_message_field_next(bytes, &at, &name, &value)) == TT_FIELD)
        for (size_t i = 0; i < N; i++)
            has[i] = has[i] || tt_str_is_nocase(name, names[i]);
    bool mail = (has[FROM] && has[DATE]) || (has[RECEIVED] && has[SUBJECT]) || has[MIME] || has[ID];
    bool cut = !whole && rc == TT_FIELD_NONE && !memchr(bytes.p + at, '\n', bytes.n - at);
    return (rc == TT_FIELD_END || cut) && mail && (!has[TITLE] || has[RECEIVED]);
}

static bool is_mail(const tt_head *head, const tt_columns *columns)
{
    (void)columns;
    return tt_mail_is_header(head->bytes, head->whole);
}

/* ---- the record ---- */

static bool has_label(tt_str labels, const char *label)
{
    while (labels.n > 0)
        if (tt_str_is_nocase(tt_str_trim(tt_str_cut(&labels, ',')), label))
            return true;
    return false;
}

/* Mozilla's flag for a mail that was deleted, and is there only until the mailbox is compacted. */
static bool is_expunged(tt_str flags)
{
    const char c = flags.n == 4 ? flags.p[3] : '0';
    return c == '8' || c == '9' || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

void tt_mail_record(const tt_reading_in *in, const tt_message *m, tt_record *out)
{
    tt_str labels = m->fields[TT_FIELD_LABELS];
    out->body = m->html ? TT_BODY_HTML : TT_BODY_TEXT;
    out->text = (tt_str){m->body.text.p, m->body.text.n};
    out->loci = m->body.v;
    out->n_loci = m->body.n;
    out->title = tt_message_title(m->fields[TT_FIELD_SUBJECT]);
    if (m->lines[TT_FIELD_SAVED] == 0) /* else it is the day of saving */
        tt_reader_date(in, m->fields[TT_FIELD_DATE], m->lines[TT_FIELD_DATE], &out->date);
    out->draft = has_label(labels, "Drafts") || has_label(labels, "Draft");
    if (is_expunged(m->fields[TT_FIELD_MOZILLA]))
        out->left_out = "a deleted mail";
    else if (has_label(labels, "Trash"))
        out->left_out = "a mail in the trash";
    else if (has_label(labels, "Spam"))
        out->left_out = "a mail marked as spam";
    else if (m->lines[TT_FIELD_FOLDER])
        out->left_out = "a mail server's own data";
    else if (m->encrypted && m->body.text.n == 0)
        out->left_out = "an encrypted mail";
}

/* ---- the reader ---- */

typedef struct mail {
    tt_reading_in in;
    tt_message message;
    bool done;
} mail;

static int open_mail(const tt_reading_in *in, void **state, tt_err *err)
{
    mail *m = tt_calloc(1, sizeof *m);
    *state = m;
    if (!m)
        return tt_fail_memory(err);
    m->in = *in;
    return 0;
}

/* Maildir tells in the file's name what became of a mail: `:2,DFPRST`. Where a name cannot hold a colon, it is `;` or
 * `!`. */
static void read_flags(const char *path, tt_record *out)
{
    const char *mark = strrchr(path, ',');
    if (!mark || mark - path < 2 || mark[-1] != '2' || !strchr(":;!", mark[-2]) || strchr(mark, '/'))
        return;
    if (strchr(mark, 'D'))
        out->draft = true;
    if (strchr(mark, 'T'))
        out->left_out = "a mail in the trash";
}

static int next_mail(void *state, tt_record *out, tt_err *err)
{
    mail *m = state;
    if (m->done)
        return TT_RECORD_END;
    m->done = true;
    int rc = tt_input_all(m->in.in, TT_MESSAGE_MAX, err);
    if (rc != 0)
        return rc;
    const tt_message_in in = {.bytes = {m->in.in->p, m->in.in->n}, .path = m->in.path, .line = 1};
    rc = tt_message_read(&in, &m->message, err);
    if (rc != 0)
        return rc == TT_ENOMEM ? rc : TT_RECORD_BROKEN;
    tt_mail_record(&m->in, &m->message, out);
    read_flags(m->in.path, out);
    out->line = 1;
    return TT_RECORD;
}

static void close_mail(void *state)
{
    mail *m = state;
    if (!m)
        return;
    tt_message_release(&m->message);
    tt_free(m);
}

const tt_reader tt_reader_mail = {"mail", is_mail, open_mail, next_mail, close_mail};
