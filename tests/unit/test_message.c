/* message, reader_mail, reader_mbox, reader_mailchimp: mails by hand, in the forms that mail programs write. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "fail_alloc.h"
#include "read/message.h"
#include "read/readers.h"
#include "show_mail.h"

#define HEAD "From: A <a@x.org>\nDate: Tue, 3 Mar 2020 23:30:00 -0800 (PST)\nSubject: S\n"
#define FROM "From a@x.org Wed Mar  4 07:30:00 2020\n"
#define PLAIN "Content-Type: text/plain; charset=utf-8\n"
#define HTML "Content-Type: text/html; charset=utf-8\n"
#define QP "Content-Transfer-Encoding: quoted-printable\n"
#define MULTI(kind) "Content-Type: multipart/" kind "; boundary=b\n"
#define WORDS "<p>Enough words of a newsletter to be more than next to nothing.</p>\n"

/* ---- running a reader ---- */

/* Gives one byte at a time. */
static int drip(void *ctx, char *to, size_t n, size_t *got, tt_err *err)
{
    tt_str *rest = ctx;
    (void)err;
    *got = n > 0 && rest->n > 0;
    if (*got) {
        *to = *rest->p++;
        rest->n--;
    }
    return 0;
}

static void show_record(const tt_record *r, tt_buf *out)
{
    char date[TT_DATE_SIZE];
    assert_true(r->text.n == 0 || !r->loci || (r->n_loci > 0 && r->loci[0].nth == 0));
    tt_day_format(r->date, date);
    tt_buf_text(out, "[");
    tt_buf_str(out, r->name);
    tt_buf_f(out, "] %s `", date);
    tt_buf_str(out, r->title);
    tt_buf_f(out, "`%s%s%s %s\n", r->draft ? " draft" : "", r->left_out ? " out: " : "", r->left_out ? r->left_out : "",
             r->body == TT_BODY_HTML ? "html" : "text");
    tt_buf_str(out, r->text);
}

/* Reads a file with the reader that `is` chooses, and gives the status at the end. Texts and places go into the records'
 * own memory, so each is looked at while it is there. */
static int read_all(tt_input *in, const char *path, const tt_head *head, tt_buf *out, tt_err *err)
{
    const tt_reader *reader = tt_reader_of(head, &(tt_columns){0});
    void *state = NULL;
    if (!reader) {
        tt_buf_text(out, "no format");
        return 0;
    }
    int rc = reader->open(&(tt_reading_in){.in = in, .path = path}, &state, err);
    while (rc >= 0) {
        tt_record r = {.number = -1, .date = TT_NO_DATE};
        rc = reader->next(state, &r, err);
        if (rc == TT_RECORD)
            show_record(&r, out);
        else if (rc == TT_RECORD_BROKEN)
            tt_buf_f(out, "broken %s:%zu: %s\n", err->path, err->line, err->text);
        else
            break;
    }
    reader->close(state);
    return rc;
}

static tt_head head_of(const char *path, tt_str file)
{
    return (tt_head){tt_str_of(path), {file.p, file.n < TT_HEAD ? file.n : TT_HEAD}, file.n <= TT_HEAD};
}

static int read_file(const char *path, tt_str file, bool in_drops, tt_buf *out, tt_err *err)
{
    tt_input in;
    tt_head head = head_of(path, file);
    tt_str rest = file;
    if (in_drops)
        tt_input_from(&in, path, drip, &rest);
    else
        tt_input_memory(&in, path, file);
    int rc = read_all(&in, path, &head, out, err);
    tt_input_close(&in);
    return rc;
}

static void check(const char *name, const char *path, const char *file, const char *want)
{
    for (int drops = 0; drops < 2; drops++) {
        tt_buf out = {0};
        tt_err err;
        print_message("# %s\n", name);
        assert_int_equal(read_file(path, tt_str_of(file), drops, &out, &err), 0);
        assert_string_equal(out.p ? out.p : "", want);
        tt_buf_release(&out);
    }
}

/* ---- which body ---- */

static const struct {
    const char *name, *in, *want;
} bodies[] = {
    {"plain", HEAD "\nbody\n", "text\nbody\n"},
    {"CR LF", "From: a\r\nDate: 3 Mar 2020\r\nSubject: S\r\n\r\na\r\nb\r\n", "text\na\nb\n"},
    {"HTML", HEAD HTML "\n" WORDS, "html\n" WORDS},
    {"alternative: HTML",
     HEAD MULTI("alternative") "\npreamble\n--b\n" PLAIN "\ntext\n--b\n" HTML "\n" WORDS "\n--b--\nepilogue\n",
     "html\n" WORDS},
    {"alternative: HTML first", HEAD MULTI("alternative") "\n--b\n" HTML "\n" WORDS "\n--b\n" PLAIN "\ntext\n--b--\n",
     "html\n" WORDS},
    {"alternative: HTML is a mere link",
     HEAD MULTI("alternative") "\n--b\n" PLAIN "\nthe text\n--b\n" HTML
                               "\n<title>long title here</title><style>p { color: red }</style>&nbsp;<!-- much to say "
                               "--><p>See <a href=\"https://x.org\">the whole newsletter in your browser "
                               "today</a></p>\n--b--\n",
     "text\nthe text\n"},
    {"alternative: empty HTML", HEAD MULTI("alternative") "\n--b\n" PLAIN "\nx\n--b\n" HTML "\n\n--b--\n", "text\nx\n"},
    {"alternative: both say nothing", HEAD MULTI("alternative") "\n--b\n" PLAIN "\n\n--b\n" HTML "\n<p>\n--b--\n",
     "html\n<p>"},
    {"alternative: text alone",
     HEAD MULTI("alternative") "\n--b\n" PLAIN "\ntext\n--b\nContent-Type: text/calendar\n\nBEGIN\n--b--\n",
     "text\ntext\n"},
    {"alternative with related",
     HEAD MULTI("alternative") "\n--b\n" PLAIN "\ntext\n--b\nContent-Type: multipart/related; boundary=c\n\n--c\n" HTML
                               "\n" WORDS
                               "\n--c\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\nAAAA\n--c\n" HTML
                               "Content-ID: <frame>\n\n<p>frame\n--c--\n--b--\n",
     "html\n" WORDS},
    {"mixed: text, then a footer in HTML",
     HEAD MULTI("mixed") "\n--b\n" PLAIN "\na < b\n\n> q & r\n> s\n\nc\n--b\n" HTML "\n<p>foot\n--b--\n",
     "html\n<p>a &lt; b\n</p>\n\n<blockquote><p>q &amp; r\ns\n</p>\n\n</blockquote>\n<p>c\n</p>\n<p>foot\n"},
    {"mixed: attachments",
     HEAD MULTI("mixed") "\n--b\n" PLAIN "\na\n--b\n" PLAIN "Content-Disposition: attachment\n\nb\n--b\n"
                         "Content-Type: text/plain; name=c.txt\n\nc\n--b\nContent-Type: text/csv\n\nd,e\n--b\n" PLAIN
                         "\nf\n--b--\n",
     "text\na\nf\n"},
    {"a first part with a name counts", HEAD MULTI("mixed") "\n--b\nContent-Type: text/plain; name=c.txt\n\nc\n--b--\n",
     "text\nc\n"},
    {"signed", HEAD MULTI("signed") "\n--b\n" PLAIN "\na\n--b\n" PLAIN "\nsignature\n--b--\n", "text\na\n"},
    {"forwarded",
     HEAD MULTI("mixed") "\n--b\n" PLAIN
                         "\na\n--b\nContent-Type: message/rfc822\n\nSubject: of another\nFrom: b\n\nb\nc\n--b--\n",
     "text\na\n> b\n> c\n"},
    {"forwarded HTML", HEAD "Content-Type: message/rfc822\n\n" HTML "\n<p>b\n",
     "html\n<blockquote><p>b\n</blockquote>\n"},
    {"digest", HEAD MULTI("digest") "\n--b\n\nSubject: x\n\none\n--b\n\nSubject: y\n\ntwo\n--b--\n",
     "text\n> one\n> two\n"},
    {"no boundary", HEAD "Content-Type: multipart/mixed\n\nall of it\n", "text\nall of it\n"},
    {"cut off", HEAD MULTI("mixed") "\n--b\n" PLAIN "\na\nb", "text\na\nb\n"},
    {"a boundary that begins with another",
     HEAD MULTI("mixed") "\n--b\n\na\n--bb\n--b \nContent-Type: text/plain\n\nc\n--b--\n", "text\na\n--bb\nc\n"},
    {"an inner part that does not end",
     HEAD MULTI("mixed") "\n--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\na\n--b\n\nb\n--b--\n",
     "text\na\nb\n"},
    {"unknown encoding", HEAD "Content-Transfer-Encoding: x-uuencode\n\nbegin\n", "text\n"},
    {"wrong label", HEAD "Content-Type: text/plain; charset=big5\n\nGrößer und größer\n", "text\nGrößer und größer\n"},
    {"Markdown is text", HEAD "Content-Type: text/markdown\n\n# a\n", "text\n# a\n"},
};

static void test_bodies(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        tt_buf want = {0};
        tt_buf_f(&want, "[] 2020-03-03 `S` %s", bodies[i].want);
        check(bodies[i].name, "a.eml", bodies[i].in, want.p);
        tt_buf_release(&want);
    }
}

/* ---- lines of plain text ---- */

#define FLOWED "Content-Type: text/plain; format=flowed\n"
#define TEN_LINES "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n"

static const struct {
    const char *name, *in, *want;
} texts[] = {
    {"signature", "\na\n\n-- \nme\n", "a\n\n"},
    {"no signature without the blank", "\na\n--\nme\n", "a\n--\nme\n"},
    {"a signature of 20 lines", "\na\n-- \n" TEN_LINES TEN_LINES, "a\n"},
    {"21 lines are none", "\na\n-- \n" TEN_LINES TEN_LINES "21\n", "a\n-- \n" TEN_LINES TEN_LINES "21\n"},
    {"the footer of a list", "\na\n________________________________\nx mailing list\nx@x.org\n", "a\n"},
    {"a line of underscores", "\na\n________________________________\nb\n", "a\n________________________________\nb\n"},
    {"browser", "\nView this email in your browser (https://x.org)\n\na\n", "\na\n"},
    {"browser further down", "\n1\n2\n3\n4\n5\n6\nView this email in your browser\nb\n",
     "1\n2\n3\n4\n5\n6\nView this email in your browser\nb\n"},
    {"a long line is prose",
     "\nYou may view this email in your browser, which is what many readers of newsletters do, and this line goes on "
     "for so "
     "long that it is plain that it is no link to anything but a sentence of the newsletter that it stands in.\n",
     "You may view this email in your browser, which is what many readers of newsletters do, and this line goes on for "
     "so "
     "long that it is plain that it is no link to anything but a sentence of the newsletter that it stands in.\n"},
    {"footer",
     "\na\n\nYou’re receiving this email because you\nsigned up at our site.\n\nOur mailing address is:\nX, 1 "
     "Street\n\nUnsubscribe <https://x.org>\n",
     "a\n\n\n\n"},
    {"unsubscribe in a sentence", "\nUnsubscribe buttons are hard to find.\n",
     "Unsubscribe buttons are hard to find.\n"},
    {"in a quote it stays", "\n> To unsubscribe, write.\n", "> To unsubscribe, write.\n"},
    {"flowed", FLOWED "\na \nb\nc \n\nd\n", "a b\nc \n\nd\n"},
    {"flowed, delsp", "Content-Type: text/plain; format=flowed; delsp=yes\n\nfoo \nbar\n", "foobar\n"},
    {"flowed quotes", FLOWED "\n> a \n> b \nc\n", "> a b \nc\n"},
    {"flowed, stuffed", FLOWED "\n >a \n  b\n", " >a  b\n"},
    {"flowed signature", FLOWED "\na \n-- \nme\n", "a \n"},
    {"not flowed", PLAIN "\na \nb\n", "a \nb\n"},
};

static void test_texts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        tt_buf in = {0}, want = {0};
        tt_buf_f(&in, HEAD "%s", texts[i].in);
        tt_buf_f(&want, "[] 2020-03-03 `S` text\n%s", texts[i].want);
        check(texts[i].name, "a.eml", in.p, want.p);
        tt_buf_release(&in);
        tt_buf_release(&want);
    }
}

/* ---- fields, and what is left out ---- */

static void test_fields(void **state)
{
    static const struct {
        const char *path, *in, *want;
    } cases[] = {
        {"a.eml",
         "From: a\nDate: 1 Jan 2021 00:10:00 +1300\nSubject: Re: Fwd: RE: [list] Caf=?utf-8?Q?=C3=A9?= "
         "=?utf-8?Q?s?=\n\n",
         "[] 2021-01-01 `[list] Cafés` text\n"},
        {"a.eml", "from: a\nDATE: Fri, 1 Jan 21 00:10 GMT\nsubject: =?utf-8?B?w6k=?=\n =?utf-8?B?w6g=?= x\n\n",
         "[] 2021-01-01 `éè x` text\n"},
        {"a.eml", "Message-ID: <a>\nDate: 03/04/2020\nSubject: Re\n\n", "[] `Re` text\n"},
        {"a.eml", "MIME-Version: 1.0\nDate:\n\n", "[] `` text\n"},
        {"a.eml", "Received: x\nSubject: Reading: a list\n\n", "[] `Reading: a list` text\n"},
        {"123.M1.host:2,S", HEAD "\n", "[] 2020-03-03 `S` text\n"},
        {"123.M1.host:2,DS", HEAD "\n", "[] 2020-03-03 `S` draft text\n"},
        {"new,x:2,D/123.M1.host", HEAD "\n", "[] 2020-03-03 `S` text\n"},
        {"123.M1.host;2,T", HEAD "\n", "[] 2020-03-03 `S` out: a mail in the trash text\n"},
        {"a.eml", HEAD "X-Mozilla-Status: 0009\n\n", "[] 2020-03-03 `S` out: a deleted mail text\n"},
        {"a.eml", HEAD "X-Mozilla-Status: 0011\n\n", "[] 2020-03-03 `S` text\n"},
        {"a.eml", HEAD "X-Gmail-Labels: Sent,Drafts\n\n", "[] 2020-03-03 `S` draft text\n"},
        {"a.eml", HEAD "X-Gmail-Labels: Unread, Spam\n\n", "[] 2020-03-03 `S` out: a mail marked as spam text\n"},
        {"a.eml", HEAD "X-Gmail-Labels: Trash\n\n", "[] 2020-03-03 `S` out: a mail in the trash text\n"},
        {"a.eml", HEAD "X-IMAP: 123 4\n\n", "[] 2020-03-03 `S` out: a mail server's own data text\n"},
        {"a.eml", HEAD "X-IMAPbase: 123 4\n\n", "[] 2020-03-03 `S` text\n"},
        {"a.eml", HEAD MULTI("encrypted") "\n--b\n\nx\n--b--\n", "[] 2020-03-03 `S` out: an encrypted mail text\n"},
        {"a.mht",
         "From: <Saved by Blink>\nSnapshot-Content-Location: https://x.org\nSubject: S\nDate: 3 Mar 2020\n" HTML
         "\n<p>a\n",
         "[] `S` html\n<p>a\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_buf want = {0};
        const char *gap = strstr(cases[i].want, "[] `"); /* no date */
        if (gap)
            tt_buf_f(&want, "[]  %s", cases[i].want + 3);
        else
            tt_buf_text(&want, cases[i].want);
        check(cases[i].path, cases[i].path, cases[i].in, want.p);
        tt_buf_release(&want);
    }
}

/* ---- what is no mail ---- */

static void test_is(void **state)
{
    static const struct {
        const char *name, *in, *want;
    } cases[] = {
        {"Pelican", "Title: x\nDate: 2020-01-01\nAuthor: a\n\ntext\n", NULL},
        {"Pelican with a From", "Title: x\nDate: 2020-01-01\nFrom: a\n\ntext\n", NULL},
        {"a mail with a title", "Received: x\nSubject: y\nTitle: x\n\ntext\n", "mail"},
        {"From and Subject", "From: a\nSubject: b\n\ntext\n", NULL},
        {"prose", "Dear all: this is\nno header\n", NULL},
        {"a header that ends in prose", "From: a\nDate: b\nprose\n", NULL},
        {"a header alone", "From: a\nDate: b\n", "mail"},
        {"YAML", "---\nDate: x\nFrom: y\n---\n", NULL},
        {"empty", "", NULL},
        {"NUL", "\0", NULL},
        {"mbox", FROM "Subject: x\n\n", "mbox"},
        {"mbox with blank lines before", "\r\n\n" FROM "Subject: x\n\n", "mbox"},
        {"mbox of Thunderbird", "From - Tue Mar 03 10:00:00 2020\nSubject: x\n", "mbox"},
        {"mbox without dates", "From - \nSubject: x\n", "mbox"},
        {"mbox of Takeout", "From 1660@xxx Tue Mar 03 10:00:00 +0000 2020\nX-GM-THRID: 1\n", "mbox"},
        {"a sentence", "From Tuesday on we meet.\nSubject: x\n", NULL},
        {"a sentence with a date", "From here Tue Mar 3 it is 2020\nx\n", NULL},
        {"campaign", "<!doctype html><html><body mc:edit=\"body\">", "mailchimp"},
        {"campaign with its subject", "<html><title>*|MC:SUBJECT|*</title>", "mailchimp"},
        {"campaign of the old kind", "<html><table id=\"templateContainer\"></table><a href=\"https://mailchimp.com\">",
         "mailchimp"},
        {"a page that speaks of it", "<html><p>templateContainer", "html"},
        {"a text that speaks of it", "mc:edit= is an attribute", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_head head = head_of("x", tt_str_of(cases[i].in));
        const tt_reader *reader = tt_reader_of(&head, &(tt_columns){0});
        print_message("# %s\n", cases[i].name);
        assert_string_equal(reader ? reader->name : "", cases[i].want ? cases[i].want : "");
    }
}

/* The head may end amid a field. */
static void test_long_head(void **state)
{
    tt_buf in = {0};
    (void)state;
    tt_buf_text(&in, HEAD "X-Long: ");
    while (in.n < TT_HEAD - 3)
        tt_buf_char(&in, 'a');
    tt_buf_text(&in, "\nX-Cut: b\n\nbody\n");
    tt_head head = head_of("x", (tt_str){in.p, in.n});
    assert_false(head.whole);
    assert_ptr_equal(tt_reader_of(&head, &(tt_columns){0}), &tt_reader_mail);
    head.whole = true;
    assert_null(tt_reader_of(&head, &(tt_columns){0}));
    tt_buf_release(&in);
}

/* ---- mailboxes ---- */

static void test_mbox(void **state)
{
    static const struct {
        const char *name, *in, *want;
    } cases[] = {
        {"two", FROM HEAD "Message-ID: <1@x.org>\n\none\n\n" FROM HEAD "\ntwo\n",
         "[1@x.org] 2020-03-03 `S` text\none\n[2] 2020-03-03 `S` text\ntwo\n"},
        {"escaped", FROM HEAD "\n>From me\n>>From you\n\n>From us\n",
         "[1] 2020-03-03 `S` text\nFrom me\n>From you\n\nFrom us\n"},
        {"escaped, quoted-printable", FROM HEAD QP "\n>From me=20\n", "[1] 2020-03-03 `S` text\nFrom me \n"},
        {"not escaped", FROM HEAD "\na\n\nFrom Tuesday on we meet.\nFrom b Wed Mar 4 07:30:00 2020\nwe do.\n",
         "[1] 2020-03-03 `S` text\na\n\nFrom Tuesday on we meet.\nFrom b Wed Mar 4 07:30:00 2020\nwe do.\n"},
        {"no blank line between", FROM HEAD "\none\n" FROM HEAD "\ntwo\n",
         "[1] 2020-03-03 `S` text\none\n[2] 2020-03-03 `S` text\ntwo\n"},
        {"no dates", "From -\n" HEAD "\none\n\nFrom \n" HEAD "\ntwo\nFrom \nthree\n",
         "[1] 2020-03-03 `S` text\none\n[2] 2020-03-03 `S` text\ntwo\nFrom \nthree\n"},
        {"blank lines at the end", FROM HEAD "\none\n\n\n\n" FROM HEAD "\ntwo\n\n\n",
         "[1] 2020-03-03 `S` text\none\n[2] 2020-03-03 `S` text\ntwo\n"},
        {"CR LF",
         "From a Wed Mar 4 07:30:00 2020\r\nSubject: a\r\n\r\none\r\n\r\nFrom a Wed Mar 4 07:30 PST 2020\r\nSubject: "
         "b\r\n\r\ntwo\r\n",
         "[1]  `a` text\none\n[2]  `b` text\ntwo\n"},
        {"a name that is none", FROM HEAD "Message-ID: <a b>\n\n", "[1] 2020-03-03 `S` text\n"},
        {"a `From ` line in the header", FROM ">From b\n" HEAD "\na\n", "[1] 2020-03-03 `S` text\na\n"},
        {"no blank line behind the header", FROM HEAD "and so it goes: on\nyes\n",
         "[1] 2020-03-03 `S` text\nand so it goes: on\nyes\n"},
        {"broken ones",
         FROM "no header\n\n" FROM HEAD "\ntwo\n\n" FROM HEAD MULTI("mixed") "\nnothing\n\n" FROM HEAD
                                                                             "\nfour\n\n" FROM,
         "broken x.mbox:2: no mail begins here: its first line is no field such as `Date: …`\n"
         "[2] 2020-03-03 `S` text\ntwo\n"
         "broken x.mbox:17: the mail's parts never begin: no line is `--b`; it is cut off or damaged\n"
         "[4] 2020-03-03 `S` text\nfour\n"
         "broken x.mbox:27: no mail begins here: its first line is no field such as `Date: …`\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(cases[i].name, "x.mbox", cases[i].in, cases[i].want);
}

static void test_mailchimp(void **state)
{
    (void)state;
    check("title", "a.html", "<html mc:edit=\"a\"><TITLE >A &amp;\nB</TITLE><p>c",
          "[]  `A & B` html\n<html mc:edit=\"a\"><TITLE >A &amp;\nB</TITLE><p>c");
    check("merge tag", "a.html", "<html><title>*|MC:SUBJECT|*</title>",
          "[]  `` html\n<html><title>*|MC:SUBJECT|*</title>");
    check("no title", "a.html", "<html mc:edit=\"a\"><title", "[]  `` html\n<html mc:edit=\"a\"><title");
}

/* ---- places ---- */

static void check_record_places(const char *path, const char *in, const char *words)
{
    tt_str file = tt_str_of(in);
    tt_head head = head_of(path, file);
    const tt_reader *reader = tt_reader_of(&head, &(tt_columns){0});
    tt_record r = {.number = -1, .date = TT_NO_DATE};
    tt_input input;
    void *reading;
    tt_err err;
    tt_input_memory(&input, path, file);
    assert_int_equal(reader->open(&(tt_reading_in){.in = &input, .path = path}, &reading, &err), 0);
    while (reader->next(reading, &r, &err) == TT_RECORD && !memmem(r.text.p, r.text.n, "alpha", 5))
        ;
    check_places(file, r.text, r.loci, r.n_loci, words);
    reader->close(reading);
    tt_input_close(&input);
}

static void test_places(void **state)
{
    (void)state;
    check_record_places(
        "x.mbox",
        FROM "Subject: x\n\nfirst\r\n\n" FROM HEAD "Content-Type: multipart/mixed; boundary=b\n\n--b\n" HTML QP
             "\nalpha =C3=A9=C3=A9 beta=\n gamma\n--b\n" PLAIN "\n>From delta\n> é < epsilon\n\n& zeta > eta\n--b--\n",
        "alpha beta gamma delta epsilon zeta eta");
    check_record_places("x.eml", HEAD FLOWED "\nView in browser\nalpha \nbeta\n> > gamma \n> > delta\n",
                        "alpha beta gamma delta");
    check_record_places("x.eml", HEAD "Content-Type: message/rfc822\n\nX: y\n\nalpha beta\r\n\tgamma\n",
                        "alpha beta gamma");
    check_record_places("x.eml", HEAD HTML QP "\n<p>alpha =E2=80=99\r\n beta=20\r\ngamma  \r\ndelta",
                        "alpha beta gamma delta");
}

/* ---- limits ---- */

static int read_buf(tt_buf *in, tt_buf *out, tt_err *err)
{
    assert_false(in->failed);
    return read_file("x.eml", (tt_str){in->p, in->n}, false, out, err);
}

static void check_limit(tt_buf *in, const char *want)
{
    tt_buf out = {0};
    tt_err err;
    assert_int_equal(read_buf(in, &out, &err), 0);
    assert_non_null(strstr(out.p, want));
    tt_buf_release(in);
    tt_buf_release(&out);
}

static void test_limits(void **state)
{
    tt_buf in = {0};
    (void)state;
    for (size_t more = 0; more < 2; more++) {
        tt_buf_text(&in, HEAD MULTI("mixed") "\n");
        for (size_t i = 1; i < TT_MESSAGE_MAX_PARTS + more; i++)
            tt_buf_text(&in, "--b\n\nx\n");
        check_limit(&in, more ? "broken x.eml:3005: the mail has more parts than 1000" : "text\nx\n");

        tt_buf_text(&in, HEAD);
        for (size_t i = 0; i < TT_MESSAGE_MAX_DEPTH + more; i++)
            tt_buf_f(&in, "Content-Type: multipart/mixed; boundary=b%zu\n\n--b%zu\n", i, i);
        tt_buf_text(&in, "\nx\n");
        check_limit(&in, more ? "the mail has parts inside parts, deeper than 50" : "text\nx\n");

        tt_buf_text(&in, HEAD "X: ");
        while (in.n < TT_MESSAGE_MAX_HEADER - 3 + more)
            tt_buf_char(&in, 'a');
        tt_buf_text(&in, "\n\nx\n");
        check_limit(&in, more ? "the mail has a header of more bytes than 1048576" : "text\nx\n");

        tt_buf_text(&in, HEAD "\n");
        while (in.n < sizeof HEAD + TT_MESSAGE_MAX_TEXT + more)
            tt_buf_text(&in, "a");
        check_limit(&in, more ? "the mail has a text of more than 16 MiB" : "text\naaa");
    }
}

/* A mail above the limit amid others, and a line without end in it. */
static void test_large(void **state)
{
    tt_buf in = {0}, out = {0};
    tt_err err;
    (void)state;
    tt_buf_text(&in, FROM HEAD "\none\n\n" FROM HEAD "\n");
    while (in.n < TT_MESSAGE_MAX / 2)
        tt_buf_text(&in, "\nFrom Tuesday on, a line of the mail that is too large.\n");
    while (in.n < TT_MESSAGE_MAX + 4096)
        tt_buf_text(&in, "no line end in what follows From here Tue Mar 3 10:00:00 2020 to the end");
    tt_buf_text(&in, "\n\n" FROM HEAD "\nthree\n");
    assert_false(in.failed);
    assert_int_equal(read_file("x.mbox", (tt_str){in.p, in.n}, false, &out, &err), 0);
    assert_string_equal(out.p, "[1] 2020-03-03 `S` text\none\n"
                               "broken x.mbox:8: the mail is larger than 64 MiB; take it out of the mailbox\n"
                               "[3] 2020-03-03 `S` text\nthree\n");
    tt_buf_reset(&out);
    in.p[4] = ':'; /* `From:`: the file is one mail */
    assert_int_equal(read_file("x.eml", (tt_str){in.p, in.n}, false, &out, &err), TT_ELIMIT);
    tt_buf_release(&in);
    tt_buf_release(&out);
}

/* ---- damage ---- */

static const char rich[] = FROM HEAD
    "Message-ID: <1@x>\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/alternative; "
    "boundary=\"c\"\n\n--c\n" FLOWED "\na \nb\n> q\n-- \ns\n--c\n" HTML QP
    "\n<p>caf=C3=A9 =\n&amp; more</p>\n--c--\n--b\n"
    "Content-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: base64\n\n8NLJ18XUCvDSydc=\n--b\n"
    "Content-Type: message/rfc822\n\nSubject: =?utf-8?B?w6k=?=\n\nTo unsubscribe, click\n--b--\n\n" FROM HEAD
    "\n>From the end\n";

/* Cut at every byte, and with a byte of every kind in every place: never a crash, and always an end. */
static void test_damage(void **state)
{
    static const char bytes[] = {'\0', '\n', '\r', '-', '=', '>', (char)0xFF, '<'};
    static char file[sizeof rich];
    (void)state;
    for (size_t n = 0; n < sizeof rich - 1; n++) {
        for (size_t k = 0; k <= sizeof bytes; k++) {
            tt_buf out = {0};
            tt_err err = {0};
            memcpy(file, rich, sizeof rich);
            if (k < sizeof bytes)
                file[n] = bytes[k];
            assert_true(
                read_file("x.mbox", (tt_str){file, k < sizeof bytes ? sizeof rich - 1 : n}, false, &out, &err) >= 0);
            tt_buf_release(&out);
        }
    }
}

static int fail_read(void *ctx, char *to, size_t n, size_t *got, tt_err *err)
{
    int *calls = ctx;
    if ((*calls)++ > 0)
        return tt_fail(err, TT_EIO, "x.mbox", 0, 0, "cannot read");
    *got = n < sizeof rich - 1 ? n : sizeof rich - 1;
    memcpy(to, rich, *got);
    return 0;
}

static void test_read_error(void **state)
{
    int calls = 0;
    tt_input in;
    tt_buf out = {0};
    tt_err err;
    tt_head head = head_of("x.mbox", tt_str_of(rich));
    (void)state;
    tt_input_from(&in, "x.mbox", fail_read, &calls);
    assert_int_equal(read_all(&in, "x.mbox", &head, &out, &err), TT_EIO);
    tt_input_close(&in);
    tt_buf_release(&out);
}

static const char *failing_path, *failing_file;

static int read_failing(void)
{
    tt_buf out = {0};
    tt_err err = {0};
    int rc = read_file(failing_path, tt_str_of(failing_file), false, &out, &err);
    if (out.failed && rc == 0)
        rc = TT_ENOMEM;
    tt_buf_release(&out);
    return rc;
}

static void test_no_memory(void **state)
{
    static const char *const files[][2] = {
        {"x.mbox", rich},
        {"x.eml", HEAD MULTI("alternative") "\n--b\n\nx\n--b\n" HTML "\n<a>\n--b--\n"},
        {"x.html", "<html mc:edit=\"\"><title>x</title>"}};
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        failing_path = files[i][0];
        failing_file = files[i][1];
        assert_true(fail_each(read_failing, TT_ENOMEM) > 2);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bodies),    cmocka_unit_test(test_texts),     cmocka_unit_test(test_fields),
        cmocka_unit_test(test_is),        cmocka_unit_test(test_long_head), cmocka_unit_test(test_mbox),
        cmocka_unit_test(test_mailchimp), cmocka_unit_test(test_places),    cmocka_unit_test(test_limits),
        cmocka_unit_test(test_large),     cmocka_unit_test(test_damage),    cmocka_unit_test(test_read_error),
        cmocka_unit_test(test_no_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
