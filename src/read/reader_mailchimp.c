/* In: the HTML of a campaign as Mailchimp's export has it. Out: a record. Not here: merge tags, preheader and footer, which
 * are masked where HTML is parsed; the date, which stands in the file's name. */
#include "read/reader.h"

#include "base/entity.h"
#include "read/readers.h"

/* The first place from `from` on where `word`, in lower case, stands in any case; s.n: nowhere. */
static size_t find(tt_str s, size_t from, const char *word)
{
    size_t n = strlen(word);
    for (size_t i = from; i + n <= s.n; i++)
        if ((s.p[i] | 0x20) == (word[0] | 0x20) && tt_str_is_nocase((tt_str){s.p + i, n}, word))
            return i;
    return s.n;
}

/* Mailchimp's own names of classes, attributes and merge tags; of two that others might use too both must stand there. */
static bool is_mailchimp(const tt_head *head, const tt_columns *columns)
{
    static const char *const sure[] = {"*|mc:subject|*", "mcntextblock", "mcntextcontent", "mcnpreviewtext",
                                       "mc:repeatable",  "mc:edit=",     "mcetext",        "*|mc_preview_text|*"};
    tt_str s = head->bytes;
    (void)columns;
    if (find(s, 0, "<html") == s.n && find(s, 0, "<table") == s.n)
        return false;
    for (size_t i = 0; i < sizeof sure / sizeof *sure; i++)
        if (find(s, 0, sure[i]) < s.n)
            return true;
    return find(s, 0, "templatecontainer") < s.n && find(s, 0, "mailchimp") < s.n;
}

typedef struct mailchimp {
    tt_reading_in in;
    tt_buf title;
    bool done;
} mailchimp;

static int open_mailchimp(const tt_reading_in *in, void **state, tt_err *err)
{
    mailchimp *m = tt_calloc(1, sizeof *m);
    *state = m;
    if (!m)
        return tt_fail_memory(err);
    m->in = *in;
    return 0;
}

/* <title> with its entities decoded; none where a merge tag (`*|MC:SUBJECT|*`) stands in it. */
static void read_title(mailchimp *m, tt_str s)
{
    size_t at = find(s, 0, "<title"), end = find(s, at, "</title");
    const char *open = at < s.n ? memchr(s.p + at, '>', end - at) : NULL;
    if (!open || end == s.n)
        return;
    tt_str title = tt_str_trim((tt_str){open + 1, (size_t)(s.p + end - open) - 1});
    if (find(title, 0, "*|") < title.n)
        return;
    for (size_t i = 0; i < title.n;) {
        char text[TT_ENTITY_MAX];
        size_t n = 0, len = title.p[i] == '&' ? tt_entity(title.p + i, title.n - i, text, &n) : 0;
        if (len)
            tt_buf_add(&m->title, text, n);
        else
            tt_buf_char(&m->title, title.p[i] == '\n' || title.p[i] == '\r' ? ' ' : title.p[i]);
        i += len ? len : 1;
    }
}

static int next_mailchimp(void *state, tt_record *out, tt_err *err)
{
    mailchimp *m = state;
    if (m->done)
        return TT_RECORD_END;
    m->done = true;
    int rc = tt_input_all(m->in.in, TT_MAX_FILE, err);
    if (rc != 0)
        return rc;
    out->body = TT_BODY_HTML;
    out->text = (tt_str){m->in.in->p, m->in.in->n};
    out->line = 1;
    read_title(m, out->text);
    if (m->title.failed)
        return tt_fail_memory(err);
    out->title = (tt_str){m->title.p, m->title.n};
    return TT_RECORD;
}

static void close_mailchimp(void *state)
{
    mailchimp *m = state;
    if (!m)
        return;
    tt_buf_release(&m->title);
    tt_free(m);
}

const tt_reader tt_reader_mailchimp = {"mailchimp", is_mailchimp, open_mailchimp, next_mailchimp, close_mailchimp};
