/* In: the bytes of an archive file. Out: its members, and their bytes. Not here: which of them are issues. */
#include "base/pack.h"

#include "base/unicode.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <string.h>

/* From KIND_GZIP on compressed, a tar or not. */
typedef enum pack_kind { KIND_NONE, KIND_ZIP, KIND_TAR, KIND_GZIP, KIND_ZSTD, KIND_XZ, KIND_BZIP2 } pack_kind;

struct tt_pack {
    struct archive *a;
    tt_input *in;
    const char *path;
    tt_pack_limits limits;
    pack_kind kind;
    bool exhausted;               /* the input's end has been seen; */
    size_t zeros;                 /* so many zeros stood before it, or TAR_BLOCK and more */
    bool seekable, single, ended; /* ended: the present member has been read to its end, or there is none */
    locale_t utf8;
    uint64_t size;  /* of the pack; UINT64_MAX: not known */
    size_t lent;    /* bytes of the window that libarchive has */
    uint64_t given; /* bytes of members, of all and of the present one */
    uint64_t member;
    int64_t said; /* size of the present one; -1 */
    size_t n_headers, n_members;
    tt_buf name, raw, full;
    char *scratch; /* for what is passed over */
    int rc;        /* of a callback, */
    tt_err *err;   /* which fills this */
};

enum { SCRATCH = 64 * 1024, TAR_MAGIC = 257, TAR_BLOCK = 512 };

static pack_kind kind_of(tt_str head)
{
    static const struct {
        tt_str magic;
        size_t at;
        pack_kind kind;
    } magics[] = {
        {{"PK\3\4", 4}, 0, KIND_ZIP},
        {{"PK\5\6", 4}, 0, KIND_ZIP}, /* without members */
        {{"PK\7\10PK\3\4", 8}, 0, KIND_ZIP},
        {{"ustar", 5}, TAR_MAGIC, KIND_TAR},
        {{"\x1F\x8B\x08", 3}, 0, KIND_GZIP},
        {{"\x28\xB5\x2F\xFD", 4}, 0, KIND_ZSTD},
        {{"\xFD"
          "7zXZ\0",
          6},
         0,
         KIND_XZ},
        {{"1AY&SY", 6}, 4, KIND_BZIP2},
        {{"\x17rE8P\x90", 6}, 4, KIND_BZIP2}, /* of nothing */
    };
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (head.n >= magics[i].at + magics[i].magic.n &&
            memcmp(head.p + magics[i].at, magics[i].magic.p, magics[i].magic.n) == 0 &&
            (magics[i].kind != KIND_BZIP2 || memcmp(head.p, "BZh", 3) == 0))
            return magics[i].kind;
    return KIND_NONE;
}

bool tt_pack_is(tt_str head)
{
    return kind_of(head) != KIND_NONE;
}

/* ---- what libarchive asks of the input ---- */

/* A tar that was cut between two members has no blocks of zeros at its end, which libarchive does not ask for. */
static void watch_end(tt_pack *p, const char *bytes, size_t n)
{
    size_t zeros = 0;
    while (zeros < n && zeros < TAR_BLOCK && bytes[n - zeros - 1] == 0)
        zeros++;
    p->zeros = zeros == n ? p->zeros + zeros : zeros;
    p->exhausted = n == 0;
}

static la_ssize_t on_read(struct archive *a, void *ctx, const void **out)
{
    tt_pack *p = ctx;
    tt_input_take(p->in, p->lent);
    p->lent = 0;
    p->rc = tt_input_more(p->in, 1, p->err);
    if (p->rc != 0) {
        archive_set_error(a, EIO, "no more bytes");
        return -1;
    }
    *out = p->in->p;
    p->lent = p->in->n;
    watch_end(p, p->in->p, p->lent);
    return (la_ssize_t)p->lent;
}

static bool go(tt_pack *p, uint64_t to)
{
    p->lent = 0;
    p->zeros = 0;
    p->rc = tt_input_seek(p->in, to, p->err);
    return p->rc == 0;
}

static la_int64_t on_seek(struct archive *a, void *ctx, la_int64_t by, int whence)
{
    tt_pack *p = ctx;
    uint64_t from = whence == SEEK_SET ? 0 : whence == SEEK_END ? p->size : p->in->at + p->lent;
    uint64_t to = from + (uint64_t)by;
    if ((by < 0 && (uint64_t)-by > from) || to > p->size || !go(p, to)) {
        archive_set_error(a, EIO, "a place outside the file");
        return ARCHIVE_FATAL;
    }
    return (la_int64_t)to;
}

static la_int64_t on_skip(struct archive *a, void *ctx, la_int64_t by)
{
    tt_pack *p = ctx;
    uint64_t at = p->in->at + p->lent;
    uint64_t left = p->seekable && p->size > at ? p->size - at : 0;
    if (by <= 0 || left == 0)
        return 0;
    if ((uint64_t)by < left)
        left = (uint64_t)by;
    if (!go(p, at + left)) {
        archive_set_error(a, EIO, "a place outside the file");
        return ARCHIVE_FATAL;
    }
    return (la_int64_t)left;
}

/* ---- opening ---- */

static int fail_broken(tt_pack *p, const char *path, tt_err *err)
{
    const char *why = archive_error_string(p->a);
    if (p->rc != 0)
        return p->rc;
    if (archive_errno(p->a) == ENOMEM)
        return tt_fail_memory(err);
    return tt_fail(err, TT_EINPUT, path, 0, 0, "cannot be unpacked from here on (%s); make or export it anew",
                   why ? why : "broken");
}

/* A filter that libarchive was built without would be left to a program: it says so by a warning. */
static bool support(struct archive *a, pack_kind kind)
{
    int rc = ARCHIVE_FATAL;
    switch (kind) {
    case KIND_ZIP:
        return archive_read_support_format_zip(a) == ARCHIVE_OK;
    case KIND_GZIP:
        rc = archive_read_support_filter_gzip(a);
        break;
    case KIND_ZSTD:
        rc = archive_read_support_filter_zstd(a);
        break;
    case KIND_XZ:
        rc = archive_read_support_filter_xz(a);
        break;
    case KIND_BZIP2:
        rc = archive_read_support_filter_bzip2(a);
        break;
    case KIND_TAR:
        return archive_read_support_format_tar(a) == ARCHIVE_OK;
    case KIND_NONE:
        break;
    }
    return rc == ARCHIVE_OK && archive_read_support_format_tar(a) == ARCHIVE_OK &&
           archive_read_support_format_raw(a) == ARCHIVE_OK && archive_read_support_format_empty(a) == ARCHIVE_OK;
}

/* libarchive hands names over in the charset of the thread's locale, in which names may be lost. So its calls that make
 * names run in a locale of their own. */
static locale_t enter(tt_pack *p)
{
    return p->utf8 ? uselocale(p->utf8) : (locale_t)0;
}

static void leave(locale_t before)
{
    if (before)
        uselocale(before);
}

static int start(tt_pack *p, tt_err *err)
{
    if (!support(p->a, p->kind))
        return archive_errno(p->a) == ENOMEM
                   ? tt_fail_memory(err)
                   : tt_fail(err, TT_EINPUT, p->path, 0, 0,
                             "this build of libarchive cannot unpack it by itself; unpack it first");
    if (p->kind == KIND_ZIP && !p->seekable) { /* its directory stands at its end */
        int rc = tt_input_all(p->in, TT_MAX_FILE, err);
        if (rc != 0)
            return rc;
        p->seekable = true;
    }
    p->size = UINT64_MAX;
    if (p->seekable && !tt_input_size(p->in, &p->size))
        p->seekable = false;
    p->err = err;
    archive_read_set_callback_data(p->a, p);
    archive_read_set_read_callback(p->a, on_read);
    archive_read_set_skip_callback(p->a, on_skip);
    if (p->seekable)
        archive_read_set_seek_callback(p->a, on_seek);
    locale_t before = enter(p);
    int rc = archive_read_open1(p->a);
    leave(before);
    if (rc != ARCHIVE_OK)
        return fail_broken(p, p->path, err);
    if (p->kind >= KIND_GZIP &&
        archive_filter_code(p->a, 0) == ARCHIVE_FILTER_NONE) /* no more than the magic is right */
        return tt_fail(err, TT_EINPUT, p->path, 0, 0, "is a compressed file that is broken at its start; make it anew");
    return 0;
}

int tt_pack_open(tt_pack **out, tt_input *in, const char *path, const tt_pack_limits *limits, tt_err *err)
{
    static const tt_pack_limits usual = {TT_MAX_FILE, (uint64_t)TT_MAX_PACK_GIB << 30, TT_PACK_SMALL,
                                         TT_MAX_PACK_RATIO};
    *out = NULL;
    int rc = tt_input_more(in, 512, err);
    if (rc != 0)
        return rc;
    pack_kind kind = kind_of((tt_str){in->p, in->n});
    if (kind == KIND_NONE)
        return tt_fail(err, TT_EINPUT, path, 0, 0, "is no zip, tar, gz, zst, xz or bz2");
    tt_pack *p = tt_calloc(1, sizeof *p);
    if (!p)
        return tt_fail_memory(err);
    *p = (tt_pack){.in = in, .path = path, .limits = limits ? *limits : usual, .kind = kind, .ended = true};
    p->seekable = tt_input_size(in, &p->size);
    p->utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    p->a = archive_read_new();
    p->scratch = tt_alloc(SCRATCH);
    rc = p->a && p->scratch ? start(p, err) : tt_fail_memory(err);
    if (rc != 0) {
        tt_pack_free(p);
        return rc;
    }
    *out = p;
    return 0;
}

void tt_pack_free(tt_pack *p)
{
    if (!p)
        return;
    archive_read_free(p->a);
    if (p->utf8)
        freelocale(p->utf8);
    tt_buf_release(&p->name);
    tt_buf_release(&p->raw);
    tt_buf_release(&p->full);
    tt_free(p->scratch);
    tt_free(p);
}

bool tt_pack_single(const tt_pack *p)
{
    return p->single;
}

/* ---- names ---- */

static void add_valid(tt_buf *to, tt_str s)
{
    for (size_t i = 0; i < s.n;) {
        uint32_t cp;
        size_t n = tt_utf8_decode(s.p + i, s.n - i, &cp);
        if (n)
            tt_buf_add(to, s.p + i, n);
        else
            tt_buf_f(to, "%%%02X", (unsigned)(unsigned char)s.p[i]);
        i += n ? n : 1;
    }
}

static bool is_drive(tt_str part)
{
    return part.n == 2 && part.p[1] == ':' && ((part.p[0] | 32) >= 'a' && (part.p[0] | 32) <= 'z');
}

/* Fills name from raw. Why the member cannot be used, or NULL. */
static const char *clean(tt_pack *p)
{
    tt_str rest = {p->raw.p, p->raw.n};
    bool first = true, out = false;
    tt_buf_reset(&p->name);
    while (rest.n) {
        size_t n = 0;
        while (n < rest.n && rest.p[n] != '/' && !(rest.p[n] == '\\' && p->kind == KIND_ZIP))
            n++;
        tt_str part = {rest.p, n};
        rest = n < rest.n ? (tt_str){rest.p + n + 1, rest.n - n - 1} : (tt_str){NULL, 0};
        if (part.n == 0 || tt_str_is(part, ".") || (first && is_drive(part)))
            continue;
        out = out || tt_str_is(part, "..");
        first = false;
        if (p->name.n)
            tt_buf_char(&p->name, '/');
        add_valid(&p->name, part);
    }
    if (out)
        return "its name leads out of the archive";
    if (p->name.n == 0)
        return "it has no name";
    return p->name.n + strlen(p->path) + 1 < TT_MAX_PATH ? NULL : "its name is too long";
}

/* The pack's name without `.gz`: what a single compressed file holds. */
static tt_str stem_of(tt_str path)
{
    static const char *const endings[] = {".gz", ".zst", ".xz", ".bz2"};
    for (size_t i = path.n; i-- > 0;)
        if (path.p[i] == '/') {
            path = (tt_str){path.p + i + 1, path.n - i - 1};
            break;
        }
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t n = strlen(endings[i]);
        if (path.n > n && tt_str_is_nocase((tt_str){path.p + path.n - n, n}, endings[i]))
            return (tt_str){path.p, path.n - n};
    }
    return path;
}

static int set_name(tt_pack *p, struct archive_entry *e, tt_member *out, tt_err *err)
{
    const char *raw = archive_entry_pathname(e);
    tt_str stem = stem_of(tt_str_of(p->path));
    tt_buf_reset(&p->raw);
    tt_buf_reset(&p->full);
    tt_buf_str(&p->raw, p->single ? stem : tt_str_of(raw));
    const char *why = clean(p);
    tt_buf_text(&p->full, p->path);
    if (!p->single) {
        tt_buf_char(&p->full, '/');
        tt_buf_add(&p->full, p->name.p ? p->name.p : "", p->name.n);
    }
    if (p->raw.failed || p->name.failed || p->full.failed)
        return tt_fail_memory(err);
    *out = (tt_member){.name = {p->name.p ? p->name.p : "", p->name.n},
                       .raw = {p->raw.p ? p->raw.p : "", p->raw.n},
                       .path = p->full.p,
                       .size = p->said,
                       .left_out = why,
                       .lost = why != NULL};
    return 0;
}

/* ---- members ---- */

static const char *reason(struct archive_entry *e)
{
    if (archive_entry_is_encrypted(e))
        return "it is encrypted";
    if (archive_entry_hardlink(e))
        return "it is a second name of another file";
    switch (archive_entry_filetype(e)) {
    case AE_IFREG:
        return NULL;
    case AE_IFLNK:
        return "it is a symbolic link";
    default:
        return "it is no regular file";
    }
}

static int check_limits(tt_pack *p, tt_err *err)
{
    const tt_pack_limits *l = &p->limits;
    const char *path = p->full.n ? p->full.p : p->path;
    int64_t passed = p->kind == KIND_ZIP ? 0 : archive_filter_bytes(p->a, 0);
    uint64_t total = passed > 0 && (uint64_t)passed > p->given ? (uint64_t)passed : p->given;
    uint64_t packed = p->size != UINT64_MAX ? p->size : p->in->at + p->lent;
    if (l->member && !p->single && (p->member > l->member || (p->said > 0 && (uint64_t)p->said > l->member)))
        return tt_fail(err, TT_ELIMIT, path, 0, 0, "unpacks to more than %llu bytes; split it or leave it out",
                       (unsigned long long)l->member);
    if (l->ratio && total > l->small && total / l->ratio >= packed)
        return tt_fail(err, TT_ELIMIT, path, 0, 0,
                       "unpacks to more than %llu times its size; unpack it by hand if it is right",
                       (unsigned long long)l->ratio);
    if (l->total && total > l->total)
        return tt_fail(err, TT_ELIMIT, path, 0, 0, "the archive unpacks to more than %llu bytes; split it",
                       (unsigned long long)l->total);
    return 0;
}

static int read_member(void *ctx, char *to, size_t n, size_t *got, tt_err *err)
{
    tt_pack *p = ctx;
    *got = 0;
    if (p->ended)
        return 0;
    p->err = err;
    p->rc = p->member == 0 ? check_limits(p, err) : 0;
    if (p->rc != 0)
        return p->rc;
    la_ssize_t done = archive_read_data(p->a, to, n);
    if (done < 0)
        return fail_broken(p, p->full.p, err);
    p->ended = done == 0;
    p->member += (uint64_t)done;
    p->given += (uint64_t)done;
    int rc = check_limits(p, err);
    *got = rc == 0 ? (size_t)done : 0;
    return rc;
}

/* libarchive would unpack the rest of a member in one go, however much it is; a limit has to be seen in between. */
static int pass_over(tt_pack *p, tt_err *err)
{
    uint64_t member = p->limits.member;
    int64_t said = p->said;
    int rc = 0;
    if (p->kind < KIND_GZIP)
        return 0;
    p->limits.member = 0; /* nobody asked for it */
    while (rc == 0 && !p->ended) {
        size_t got;
        rc = read_member(p, p->scratch, SCRATCH, &got, err);
    }
    p->limits.member = member;
    p->said = said;
    return rc;
}

static int next_header(tt_pack *p, struct archive_entry **e, tt_err *err)
{
    if (++p->n_headers > TT_MAX_MEMBERS)
        return tt_fail(err, TT_ELIMIT, p->path, 0, 0, "has more than %d members; split it", TT_MAX_MEMBERS);
    p->err = err;
    p->rc = 0;
    locale_t before = enter(p);
    int rc = archive_read_next_header(p->a, e);
    leave(before);
    if (rc == ARCHIVE_EOF && p->kind == KIND_TAR && p->exhausted && p->zeros < TAR_BLOCK)
        return tt_fail(err, TT_EINPUT, p->path, 0, 0, "ends too early: a part of the tar is missing; make it anew");
    if (rc == ARCHIVE_EOF)
        return TT_PACK_END;
    if (rc != ARCHIVE_OK && rc != ARCHIVE_WARN)
        return fail_broken(p, p->path, err);
    p->single = archive_format(p->a) == ARCHIVE_FORMAT_RAW;
    p->said = archive_entry_size_is_set(*e) ? archive_entry_size(*e) : -1;
    p->member = 0;
    p->ended = false;
    return TT_PACK_MEMBER;
}

int tt_pack_next(tt_pack *p, tt_member *out, tt_err *err)
{
    struct archive_entry *e;
    for (;;) {
        int rc = pass_over(p, err);
        if (rc == 0)
            rc = next_header(p, &e, err);
        if (rc != TT_PACK_MEMBER)
            return rc;
        if (archive_entry_filetype(e) == AE_IFDIR)
            continue;
        rc = set_name(p, e, out, err);
        if (rc != 0)
            return rc;
        if (!out->left_out && !p->single)
            out->left_out = reason(e);
        out->lost = out->lost || archive_entry_is_encrypted(e);
        out->nth = p->n_members++;
        return TT_PACK_MEMBER;
    }
}

void tt_pack_data(tt_pack *p, tt_input *in)
{
    tt_input_from(in, p->full.p, read_member, p);
}
