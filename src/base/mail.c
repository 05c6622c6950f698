/* In: fields and contents of mail as they stand in the file. Out: what they say, in UTF-8, with places. Not here: transfer encodings (transfer.c), where a
 * header ends and parts begin (read/message_parts.c), which part counts (read/message.c). */
#include "base/mail.h"

#include "base/transfer.h"
#include "base/unicode.h"

#include <errno.h>
#include <gmime/gmime.h>
#include <pthread.h>
#include <signal.h>

static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD */

/* ---- fields ---- */

static void say_nothing(const char *domain, GLogLevelFlags level, const char *text, void *ctx)
{
    (void)domain;
    (void)level;
    (void)text;
    (void)ctx;
}

static void start(void)
{
    const GLogLevelFlags all = G_LOG_LEVEL_MASK;
    struct sigaction pipe;
    bool kept = sigaction(SIGPIPE, NULL, &pipe) == 0;
    g_log_set_handler("gmime", all, say_nothing, NULL);
    g_mime_init();
    if (kept)
        sigaction(SIGPIPE, &pipe, NULL); /* GIO makes the program deaf to it */
}

static void start_once(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, start);
}

/* Its own set of options for each call: the charsets of raw bytes would else be those of the locale. NULL is never given
 * back: GLib ends the program before. */
static GMimeParserOptions *begin(void)
{
    static const char *const charsets[] = {"utf-8", "windows-1252", NULL};
    start_once();
    GMimeParserOptions *options = g_mime_parser_options_new();
    g_mime_parser_options_set_fallback_charsets(options, (const char **)charsets);
    return options;
}

/* As a C string of at most TT_MAIL_FIELD bytes. */
static char *short_copy(tt_arena *arena, tt_str s)
{
    return tt_arena_dup(arena, s.p ? s.p : "", s.n < TT_MAIL_FIELD ? s.n : TT_MAIL_FIELD);
}

static int keep(tt_arena *arena, const char *text, bool lower, tt_str *out)
{
    *out = (tt_str){0};
    if (!text)
        return 0;
    size_t n = strlen(text);
    char *p = tt_arena_dup(arena, text, n);
    if (!p)
        return TT_ENOMEM;
    for (size_t i = 0; lower && i < n; i++)
        p[i] = p[i] >= 'A' && p[i] <= 'Z' ? (char)(p[i] - 'A' + 'a') : p[i];
    *out = (tt_str){p, n};
    return 0;
}

static tt_mail_coding coding_of(tt_str s)
{
    static const struct {
        const char *name;
        tt_mail_coding coding;
    } names[] = {{"", TT_MAIL_AS_IS},       {"7bit", TT_MAIL_AS_IS},    {"8bit", TT_MAIL_AS_IS},
                 {"binary", TT_MAIL_AS_IS}, {"base64", TT_MAIL_BASE64}, {"quoted-printable", TT_MAIL_QUOTED}};
    s = tt_str_trim(s);
    tt_str word = tt_str_cut(&s, ';');
    word = tt_str_trim(tt_str_cut(&word, '('));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (tt_str_is_nocase(word, names[i].name))
            return names[i].coding;
    return TT_MAIL_UNREAD;
}

static int read_type(tt_arena *arena, GMimeParserOptions *options, const char *text, tt_mail_type *out)
{
    GMimeContentType *type = g_mime_content_type_parse(options, text);
    char *name = g_mime_content_type_get_mime_type(type);
    const char *format = g_mime_content_type_get_parameter(type, "format");
    const char *delsp = g_mime_content_type_get_parameter(type, "delsp");
    const char *boundary = g_mime_content_type_get_parameter(type, "boundary");
    if (boundary && boundary[0] == '"') /* its closing quote is missing */
        boundary++;
    out->flowed = format && tt_str_is_nocase(tt_str_of(format), "flowed");
    out->delsp = delsp && tt_str_is_nocase(tt_str_of(delsp), "yes");
    out->named = g_mime_content_type_get_parameter(type, "name") != NULL;
    int rc = keep(arena, name, true, &out->type);
    if (rc == 0)
        rc = keep(arena, boundary, false, &out->boundary);
    if (rc == 0)
        rc = keep(arena, g_mime_content_type_get_parameter(type, "charset"), false, &out->charset);
    g_free(name);
    g_object_unref(type);
    return rc;
}

int tt_mail_type_read(tt_arena *arena, tt_str type, tt_str disposition, tt_str coding, tt_mail_type *out)
{
    *out = (tt_mail_type){.coding = coding_of(coding)};
    type = tt_str_trim(type);
    disposition = tt_str_trim(disposition);
    char *type_text = short_copy(arena, type), *disposition_text = short_copy(arena, disposition);
    if (!type_text || !disposition_text)
        return TT_ENOMEM;
    if (type.n == 0 && disposition.n == 0)
        return 0;
    GMimeParserOptions *options = begin();
    int rc = type.n && strchr(type_text, '/') ? read_type(arena, options, type_text, out) : 0;
    if (disposition.n) {
        GMimeContentDisposition *d = g_mime_content_disposition_parse(options, disposition_text);
        out->attachment = g_mime_content_disposition_is_attachment(d);
        out->named = out->named || g_mime_content_disposition_get_parameter(d, "filename") != NULL;
        g_object_unref(d);
    }
    g_mime_parser_options_free(options);
    return rc;
}

/* `=?charset?B?data?=` at byte `at`; *end is behind it. */
static bool is_base64_word(tt_str s, size_t at, tt_str *charset, tt_str *data, size_t *end)
{
    tt_str rest = {s.p + at, s.n - at};
    if (!tt_str_starts(rest, TT_S("=?")))
        return false;
    rest = (tt_str){rest.p + 2, rest.n - 2};
    *charset = tt_str_cut(&rest, '?');
    if (!tt_str_is_nocase(tt_str_cut(&rest, '?'), "b"))
        return false;
    *data = tt_str_cut(&rest, '?');
    *end = (size_t)(rest.p - s.p) + 1;
    return rest.n > 0 && rest.p[0] == '=';
}

/* GMime before 3.2.14 loses what stands behind a word in base64 that is padded (its issue 133), so it is given such words
 * as quoted-printable. */
static void put_words(tt_str s, tt_buf *out)
{
    for (size_t i = 0, end; i < s.n && !out->failed; i = end) {
        tt_str charset, data;
        tt_transfer bytes = {0};
        if (s.p[i] != '=' || !is_base64_word(s, i, &charset, &data, &end)) {
            tt_buf_char(out, s.p[i]);
            end = i + 1;
            continue;
        }
        const tt_mail_content in = {.bytes = data, .line = 1, .coding = TT_MAIL_BASE64};
        if (data.n > 0 && tt_transfer_undo(&in, &bytes) != 0)
            out->failed = true;
        tt_buf_text(out, "=?");
        tt_buf_str(out, charset);
        tt_buf_text(out, "?Q?");
        for (size_t k = 0; k < bytes.bytes.n; k++)
            tt_buf_f(out, "=%02X", (unsigned)(unsigned char)bytes.bytes.p[k]);
        tt_buf_text(out, "?=");
        tt_transfer_release(&bytes);
    }
}

int tt_mail_words(tt_arena *arena, tt_str value, tt_str *out)
{
    tt_buf text = {0};
    *out = (tt_str){0};
    put_words((tt_str){value.p, value.n < TT_MAIL_FIELD ? value.n : TT_MAIL_FIELD}, &text);
    if (text.failed) {
        tt_buf_release(&text);
        return TT_ENOMEM;
    }
    GMimeParserOptions *options = begin();
    char *words = g_mime_utils_header_decode_text(options, text.p ? text.p : "");
    g_mime_parser_options_free(options);
    tt_buf_release(&text);
    size_t n = strlen(words), to = 0;
    char *p = tt_arena_alloc(arena, n + 1);
    for (size_t i = 0; p && i < n; i++) {
        bool blank = (unsigned char)words[i] <= ' ' || words[i] == 0x7F;
        if (!blank)
            p[to++] = words[i];
        else if (to > 0 && p[to - 1] != ' ')
            p[to++] = ' ';
    }
    to -= p && to > 0 && p[to - 1] == ' ';
    g_free(words);
    *out = (tt_str){p, to};
    return p ? 0 : TT_ENOMEM;
}

/* ---- charsets ---- */

/* Walks the decoded bytes and writes what they stand for, with a locus wherever the place is not the next one. */
typedef struct writer {
    const tt_transfer *d;
    tt_loci *out;
    size_t at;                     /* bytes of d that are done */
    size_t mark;                   /* of the place below */
    size_t line, column;           /* of d's byte `at` */
    size_t next_line, next_column; /* that *out would give what comes now */
} writer;

static void go_to(writer *w, size_t at)
{
    const tt_transfer *d = w->d;
    while (w->mark + 1 < d->n && d->marks[w->mark + 1].at <= at) {
        w->mark++;
        w->at = d->marks[w->mark].at;
        w->line = d->marks[w->mark].line;
        w->column = d->marks[w->mark].column;
    }
    tt_transfer_advance(d->bytes.p + w->at, at - w->at, &w->line, &w->column);
    w->at = at;
}

/* Writes one or more characters that begin at byte `at` of d. */
static void write_chars(writer *w, size_t at, const char *p, size_t n)
{
    go_to(w, at);
    if (w->line != w->next_line || w->column != w->next_column)
        tt_loci_at(w->out, w->line, w->column);
    w->next_line = w->line;
    w->next_column = w->column;
    for (size_t i = 0, len; i < n; i += len) {
        len = tt_transfer_char(p + i, n - i);
        if (p[i] == '\0')
            tt_loci_text(w->out, replacement);
        else
            tt_loci_add(w->out, p + i, len);
    }
    tt_transfer_advance(p, n, &w->next_line, &w->next_column);
}

static void write_bytes(writer *w)
{
    tt_str s = w->d->bytes;
    for (size_t i = 0, len; i < s.n; i += len) {
        len = tt_transfer_char(s.p + i, s.n - i);
        write_chars(w, i, s.p + i, len);
    }
}

/* GMime knows the usual misnomers; these it does not. What a sender calls by the name of a standard is its superset in
 * the WHATWG's Encoding Standard. */
static const char *charset_of(const char *name)
{
    static const char *const names[][2] = {{"big5", "BIG5-HKSCS"},
                                           {"euc-kr", "CP949"},
                                           {"gb2312", "GB18030"},
                                           {"gb_2312-80", "GB18030"},
                                           {"gbk", "GB18030"},
                                           {"iso-8859-11", "CP874"},
                                           {"iso-8859-9", "CP1254"},
                                           {"ks_c_5601-1987", "CP949"},
                                           {"shift_jis", "CP932"},
                                           {"tis-620", "CP874"},
                                           {"unicode-1-1-utf-7", "UTF-7"},
                                           {"windows-31j", "CP932"},
                                           {"x-gbk", "GB18030"},
                                           {"x-mac-roman", "MACINTOSH"},
                                           {"x-sjis", "CP932"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (tt_str_is_nocase(tt_str_of(name), names[i][0]))
            return names[i][1];
    return name;
}

enum { CHARSET_SIZE = 40 };

/* false: the bytes are left to decode. */
static bool open_charset(tt_str label, iconv_t *cd)
{
    static const char *const ours[] = {"utf-8",      "utf8",   "us-ascii",     "ascii",
                                       "iso-8859-1", "latin1", "windows-1252", "cp1252"};
    char name[CHARSET_SIZE];
    label = tt_str_trim(label);
    if (label.n == 0 || label.n >= sizeof name)
        return false;
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (tt_str_is_nocase(label, ours[i]))
            return false;
    for (size_t i = 0; i < label.n; i++)
        if (!((label.p[i] >= '0' && label.p[i] <= '9') || (label.p[i] >= 'A' && label.p[i] <= 'Z') ||
              (label.p[i] >= 'a' && label.p[i] <= 'z') || strchr("-_:.", label.p[i])))
            return false;
    memcpy(name, label.p, label.n);
    name[label.n] = '\0';
    start_once();
    *cd = g_mime_iconv_open("UTF-8", charset_of(name));
    return *cd != (iconv_t)-1;
}

/* Converts from byte *at on until a character comes out; *begin is where it begins, *n its bytes, 0: the end, or what
 * stands there means nothing. An escape sequence gives nothing. */
static void convert(iconv_t cd, tt_str s, size_t *at, size_t *begin, char *out, size_t room, size_t *n)
{
    enum { MOST = 16 }; /* bytes of a character with escape sequences; no charset needs more */
    *n = 0;
    for (size_t len = 1; *n == 0 && len <= MOST && len <= s.n - *at;) {
        char *from = (char *)(uintptr_t)(s.p + *at), *to = out;
        *begin = *at;
        size_t left = len, free = room;
        size_t rc = g_mime_iconv(cd, &from, &left, &to, &free);
        *n = room - free;
        *at += len - left;
        if (rc == (size_t)-1 && errno != EINVAL)
            return;
        len = left + 1;
    }
}

/* Returns how many bytes meant nothing. */
static size_t write_charset(writer *w, iconv_t cd)
{
    tt_str s = w->d->bytes;
    size_t bad = 0, cr_at = 0;
    bool cr = false; /* held back: with the LF behind it, it is one character */
    for (size_t at = 0; at < s.n && !w->out->text.failed;) {
        char out[64];
        size_t begin, n;
        convert(cd, s, &at, &begin, out + 1, sizeof out - 1, &n);
        char *p = out + 1;
        if (n == 0 && at < s.n) {
            bad++;
            begin = at++;
            memcpy(p, replacement, n = 3);
        }
        if (cr && n > 0 && p[0] == '\n') {
            *--p = '\r';
            n++;
            begin = cr_at;
        } else if (cr) {
            write_chars(w, cr_at, "\r", 1);
        }
        cr = n == 1 && p[0] == '\r';
        if (cr)
            cr_at = begin;
        else if (n > 0)
            write_chars(w, begin, p, n);
    }
    if (cr)
        write_chars(w, cr_at, "\r", 1);
    char held[64], *to = held; /* CP1255 and CP1258 hold a letter back until they know that no mark follows it */
    size_t room = sizeof held;
    g_mime_iconv(cd, NULL, NULL, &to, &room);
    if (to > held)
        write_chars(w, s.n - 1, held, (size_t)(to - held));
    return bad;
}

static size_t count_high(tt_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += (unsigned char)s.p[i] >= 0x80;
    return n;
}

/* Text that begins with a mark of UTF-16 is that, whatever its label; without a NUL none is, for blanks and line ends have
 * one. */
static tt_str label_of(tt_str label, tt_str bytes)
{
    bool wide = label.n > 5 && tt_str_is_nocase((tt_str){label.p, 5}, "utf-1");
    wide = wide || (label.n > 5 && tt_str_is_nocase((tt_str){label.p, 5}, "utf-3"));
    if (wide && !memchr(bytes.p, '\0', bytes.n))
        return (tt_str){0};
    bool marked = bytes.n > 1 && (memcmp(bytes.p, "\xFF\xFE", 2) == 0 || memcmp(bytes.p, "\xFE\xFF", 2) == 0);
    return marked ? TT_S("UTF-16") : label;
}

static void write_text(const tt_transfer *d, tt_str label, tt_loci *out)
{
    iconv_t cd;
    const writer begin = {.d = d, .out = out, .line = d->marks[0].line, .column = d->marks[0].column};
    const tt_loci was = *out;
    size_t high = count_high(d->bytes);
    writer w = begin;
    bool is_utf8 = high > 0 && tt_utf8_valid(d->bytes.p, d->bytes.n);
    if (!is_utf8 && open_charset(label_of(label, d->bytes), &cd)) {
        size_t bad = write_charset(&w, cd);
        g_mime_iconv_close(cd);
        if (bad == 0 || bad < high / 8 || memchr(d->bytes.p, '\0', d->bytes.n))
            return; /* with NULs it is UTF-16 or UTF-32, and only damaged */
        out->text.n = was.text.n;
        out->n = was.n;
        out->counted = was.counted;
        out->nth = was.nth;
        w = begin;
    }
    write_bytes(&w);
}

int tt_mail_decode(const tt_mail_content *in, tt_loci *out)
{
    tt_transfer d;
    if (in->bytes.n == 0)
        return out->text.failed ? TT_ENOMEM : 0;
    if (tt_transfer_undo(in, &d) != 0)
        return TT_ENOMEM;
    if (d.n > 0)
        write_text(&d, in->charset, out);
    tt_transfer_release(&d);
    return out->text.failed ? TT_ENOMEM : 0;
}
