/* In: a mailbox (mboxo, mboxrd: mails behind `From ` lines). Out: a record for each mail, as they come. Not here: what a
 * mail says (message.c). */
#include "read/reader_mail.h"

#include "read/readers.h"

/* ---- `From ` lines ---- */

static size_t line_end(tt_str s, size_t at)
{
    const char *lf = at < s.n ? memchr(s.p + at, '\n', s.n - at) : NULL;
    return lf ? (size_t)(lf - s.p) + 1 : s.n;
}

static bool is_digits(tt_str s, size_t least, size_t most)
{
    int64_t value;
    return s.n >= least && s.n <= most && tt_num_parse(s, &value);
}

static bool is_one_of(tt_str word, const char *names)
{
    for (size_t i = 0; word.n == 3 && names[i]; i += 3)
        if (memcmp(word.p, names + i, 3) == 0)
            return true;
    return false;
}

/* A date as asctime has it (`Mon Jan  5 10:00:00 2004`), zones before or behind the year allowed. */
static bool has_date(tt_str s)
{
    tt_str words[16];
    size_t n = 0;
    while (s.n > 0 && n < sizeof words / sizeof *words) {
        tt_str word = tt_str_trim(tt_str_cut(&s, ' '));
        if (word.n > 0)
            words[n++] = word;
    }
    for (size_t i = 0; i + 4 < n; i++) {
        tt_str hours = words[i + 3], rest = hours;
        if (!is_one_of(words[i], "MonTueWedThuFriSatSun") ||
            !is_one_of(words[i + 1], "JanFebMarAprMayJunJulAugSepOctNovDec") || !is_digits(words[i + 2], 1, 2) ||
            !is_digits(tt_str_cut(&rest, ':'), 1, 2) || rest.n == 0)
            continue;
        for (size_t k = i + 4; k < n; k++)
            if (is_digits(words[k], 4, 4))
                return true;
    }
    return false;
}

static bool is_field(tt_str s, size_t at)
{
    tt_str name, value, line = {s.p + at, line_end(s, at) - at};
    size_t begin = 0;
    return tt_message_field_next(line, &begin, &name, &value) == TT_FIELD;
}

/* Whether a mail begins at `at`, the start of a line that is there whole, with the one behind it. A line with a date does
 * where a blank one stands before it or a field behind it; one without (`From -`, as Thunderbird has it) needs both. */
static bool is_from(tt_str s, size_t at, bool blank_before)
{
    if (s.n - at < 5 || memcmp(s.p + at, "From ", 5) != 0)
        return false;
    size_t end = line_end(s, at);
    tt_str rest = tt_str_trim((tt_str){s.p + at + 5, end - at - 5});
    bool field = is_field(s, end);
    if (has_date(rest))
        return blank_before || field;
    return blank_before && field && (rest.n == 0 || tt_str_is(rest, "-"));
}

static bool is_blank_line(tt_str s, size_t at, size_t end)
{
    return end - at == 1 || (end - at == 2 && s.p[at] == '\r');
}

static bool is_mbox(const tt_head *head, const tt_columns *columns)
{
    size_t at = 0;
    tt_str s = head->bytes;
    (void)columns;
    while (at < s.n && (s.p[at] == '\n' || s.p[at] == '\r'))
        at++;
    return is_from(s, at, true);
}

/* ---- the reader ---- */

typedef struct mbox {
    tt_reading_in in;
    tt_message message;
    size_t line; /* where the window begins */
    size_t nth;  /* mails so far, broken ones too */
    char name[TT_INT_SIZE];
} mbox;

static int open_mbox(const tt_reading_in *in, void **state, tt_err *err)
{
    mbox *b = tt_calloc(1, sizeof *b);
    *state = b;
    if (!b)
        return tt_fail_memory(err);
    b->in = *in;
    b->line = 1;
    return 0;
}

static tt_str window(const mbox *b)
{
    return (tt_str){b->in.in->p, b->in.in->n};
}

static void take(mbox *b, size_t n)
{
    b->line += tt_message_lines(b->in.in->p, n);
    tt_input_take(b->in.in, n);
}

/* Makes the window reach over the line at `at` and *end the byte behind it. TT_ELIMIT: more than `max` bytes. */
static int see_line(mbox *b, size_t at, size_t max, size_t *end, tt_err *err)
{
    int rc = tt_input_until(b->in.in, '\n', at, max, end, err);
    *end += rc == 0 && *end < b->in.in->n;
    return rc;
}

/* The start of a line from which a mail begins, at or behind byte `at`, or the end. */
static int find_from(mbox *b, size_t at, size_t max, size_t *found, tt_err *err)
{
    bool blank = false;
    for (size_t end, next; at < b->in.in->n || !b->in.in->end; at = end) {
        int rc = see_line(b, at, max, &end, err);
        if (rc != 0)
            return rc;
        if (b->in.in->n - at >= 5 && memcmp(b->in.in->p + at, "From ", 5) == 0) {
            rc = see_line(b, end, max, &next, err);
            if (rc != 0)
                return rc;
            if (is_from(window(b), at, blank))
                break;
        }
        blank = is_blank_line(window(b), at, end);
    }
    *found = at;
    return 0;
}

/* Passes over a mail that is too large, piece by piece. */
static int pass_over(mbox *b, tt_err *err)
{
    enum { PIECE = 1 << 20 };
    bool first = true, inside = false, blank = false; /* inside: a line's start is gone already */
    for (;;) {
        int rc = tt_input_more(b->in.in, 2 * PIECE, err);
        if (rc != 0 || b->in.in->n == 0)
            return rc;
        const tt_str s = window(b);
        size_t at = 0, end;
        for (; at < s.n && (at < PIECE || b->in.in->end); at = end) {
            end = line_end(s, at);
            if (!first && !inside && is_from(s, at, blank)) {
                take(b, at);
                return 0;
            }
            blank = !inside && is_blank_line(s, at, end);
            inside = s.p[end - 1] != '\n';
            first = false;
        }
        take(b, at);
    }
}

/* The mail that begins with the window's first line, a `From ` one, and is n bytes with it. */
static int read_mail(mbox *b, size_t n, tt_record *out, tt_err *err)
{
    tt_str s = window(b);
    size_t begin = line_end(s, 0);
    const tt_message_in in = {
        .bytes = {s.p + begin, n - begin}, .path = b->in.path, .line = b->line + 1, .mailbox = true};
    int rc = tt_message_read(&in, &b->message, err);
    if (rc == TT_ENOMEM)
        return rc;
    if (rc != 0)
        return TT_RECORD_BROKEN;
    tt_mail_record(&b->in, &b->message, out);
    out->line = b->line;
    out->name = b->message.fields[TT_FIELD_ID];
    if (out->name.n == 0)
        out->name = (tt_str){b->name, tt_int_format((int64_t)b->nth, b->name)};
    return TT_RECORD;
}

static int too_large(mbox *b, tt_err *err)
{
    size_t line = b->line;
    int rc = pass_over(b, err);
    if (rc != 0)
        return rc;
    tt_fail(err, TT_ELIMIT, b->in.path, line, 0, "the mail is larger than %d MiB; take it out of the mailbox",
            TT_MESSAGE_MAX >> 20);
    return TT_RECORD_BROKEN;
}

static int skip_blank_lines(mbox *b, tt_err *err)
{
    int rc;
    while ((rc = tt_input_more(b->in.in, 1, err)) == 0 && b->in.in->n > 0 && strchr("\r\n", b->in.in->p[0]) &&
           b->in.in->p[0])
        take(b, 1);
    return rc;
}

static int next_mbox(void *state, tt_record *out, tt_err *err)
{
    mbox *b = state;
    size_t from = 0, n = 0;
    int rc = skip_blank_lines(b, err);
    if (rc != 0 || b->in.in->n == 0)
        return rc != 0 ? rc : TT_RECORD_END;
    b->nth++;
    rc = see_line(b, 0, TT_MESSAGE_MAX, &from, err);
    if (rc == 0)
        rc = find_from(b, from, TT_MESSAGE_MAX, &n, err);
    if (rc == TT_ELIMIT)
        return too_large(b, err);
    if (rc != 0)
        return rc;
    rc = read_mail(b, n, out, err);
    take(b, n);
    return rc;
}

static void close_mbox(void *state)
{
    mbox *b = state;
    if (!b)
        return;
    tt_message_release(&b->message);
    tt_free(b);
}

const tt_reader tt_reader_mbox = {"mbox", is_mbox, open_mbox, next_mbox, close_mbox};
