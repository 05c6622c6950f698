/* base/pack: zip, tar and compressed files: their members in every way of reading, hostile ones, truncation, no memory. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <archive.h>
#include <archive_entry.h>

#include "base/pack_list.h"
#include "fail_alloc.h"

/* ---- packs made by libarchive ---- */

typedef struct file {
    const char *name, *text;
    unsigned type;      /* 0: AE_IFREG */
    const char *target; /* of a link */
} file;

static const file issues[] = {{"posts/", NULL, AE_IFDIR, NULL},
                              {"posts/2.md", "two\n", 0, NULL},
                              {"posts/1.md", "one \xC3\xA9\n", 0, NULL},
                              {"empty.md", "", 0, NULL},
                              {"posts.csv", "id\n1\n", 0, NULL}};
enum { N_ISSUES = 5 };
#define SHOWN "posts/2.md=two\n|posts/1.md=one \xC3\xA9\n|empty.md=|posts.csv=id\n1\n|"

typedef int filter(struct archive *);
typedef struct kind {
    const char *name;
    filter *format, *compress;
} kind;
static const kind kinds[] = {{"zip", archive_write_set_format_zip, archive_write_add_filter_none},
                             {"tar", archive_write_set_format_ustar, archive_write_add_filter_none},
                             {"pax", archive_write_set_format_pax, archive_write_add_filter_none},
                             {"gnutar", archive_write_set_format_gnutar, archive_write_add_filter_none},
                             {"tar.gz", archive_write_set_format_ustar, archive_write_add_filter_gzip},
                             {"tar.zst", archive_write_set_format_pax, archive_write_add_filter_zstd},
                             {"tar.xz", archive_write_set_format_ustar, archive_write_add_filter_xz},
                             {"tar.bz2", archive_write_set_format_ustar, archive_write_add_filter_bzip2}};
enum { N_KINDS = sizeof kinds / sizeof *kinds, ROOM = 4 << 20 };

static tt_buf made;

static tt_str make(const kind *k, const file *files, size_t n, const char *options)
{
    struct archive *a = archive_write_new();
    size_t used = 0;
    free(made.p);
    made = (tt_buf){.p = malloc(ROOM), .cap = ROOM};
    assert_int_equal(k->format(a), ARCHIVE_OK);
    assert_int_equal(k->compress(a), ARCHIVE_OK);
    if (options)
        assert_int_equal(archive_write_set_options(a, options), ARCHIVE_OK);
    if (options && strstr(options, "encryption"))
        archive_write_set_passphrase(a, "secret");
    assert_int_equal(archive_write_open_memory(a, made.p, ROOM, &used), ARCHIVE_OK);
    for (size_t i = 0; i < n; i++) {
        struct archive_entry *e = archive_entry_new();
        archive_entry_set_pathname(e, files[i].name);
        archive_entry_set_filetype(e, files[i].type ? files[i].type : AE_IFREG);
        archive_entry_set_perm(e, 0644);
        archive_entry_set_size(e, files[i].text ? (la_int64_t)strlen(files[i].text) : 0);
        if (files[i].type == AE_IFLNK)
            archive_entry_set_symlink(e, files[i].target);
        else if (files[i].target)
            archive_entry_set_hardlink(e, files[i].target);
        assert_true(archive_write_header(a, e) >= ARCHIVE_WARN);
        if (files[i].text)
            archive_write_data(a, files[i].text, strlen(files[i].text));
        archive_entry_free(e);
    }
    assert_int_equal(archive_write_close(a), ARCHIVE_OK);
    archive_write_free(a);
    made.n = used;
    return (tt_str){made.p, used};
}

static tt_str squeeze(filter *compress, const char *p, size_t n)
{
    struct archive *a = archive_write_new();
    struct archive_entry *e = archive_entry_new();
    size_t used = 0;
    free(made.p);
    made = (tt_buf){.p = malloc(ROOM), .cap = ROOM};
    archive_write_set_format_raw(a);
    compress(a);
    assert_int_equal(archive_write_open_memory(a, made.p, ROOM, &used), ARCHIVE_OK);
    archive_entry_set_pathname(e, "x");
    archive_entry_set_filetype(e, AE_IFREG);
    archive_entry_set_size(e, (la_int64_t)n);
    assert_int_equal(archive_write_header(a, e), ARCHIVE_OK);
    if (n)
        archive_write_data(a, p, n);
    archive_entry_free(e);
    assert_int_equal(archive_write_close(a), ARCHIVE_OK);
    archive_write_free(a);
    made.n = used;
    return (tt_str){made.p, used};
}

/* ---- packs made by hand: a zip of stored members, so that each byte of it can be wrong ---- */

static void put(tt_buf *b, uint64_t x, int n)
{
    for (int i = 0; i < n; i++)
        tt_buf_char(b, (char)(x >> 8 * i));
}

static uint32_t crc_of(tt_str s)
{
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < s.n; i++) {
        crc ^= (unsigned char)s.p[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (0xEDB88320u & -(crc & 1));
    }
    return ~crc;
}

#define L(literal)                                                                                                     \
    {                                                                                                                  \
        literal, sizeof(literal) - 1                                                                                   \
    }

typedef struct stored {
    tt_str name, bytes;
    uint32_t crc_off; /* what its checksum is wrong by */
    unsigned method;  /* 0: stored */
    bool utf8;
} stored;

static void stored_head(tt_buf *b, const stored *s)
{
    put(b, s->utf8 ? 1u << 11 : 0, 2);
    put(b, s->method, 2);
    put(b, 0x21, 4); /* time, date */
    put(b, crc_of(s->bytes) + s->crc_off, 4);
    put(b, s->bytes.n, 4);
    put(b, s->bytes.n, 4);
    put(b, s->name.n, 2);
    put(b, 0, 2);
}

static tt_str store(const stored *v, size_t n)
{
    size_t at[8];
    tt_buf b = {0};
    for (size_t i = 0; i < n; i++) {
        at[i] = b.n;
        put(&b, 0x04034B50, 4);
        put(&b, 20, 2);
        stored_head(&b, &v[i]);
        tt_buf_str(&b, v[i].name);
        tt_buf_str(&b, v[i].bytes);
    }
    size_t directory = b.n;
    for (size_t i = 0; i < n; i++) {
        put(&b, 0x02014B50, 4);
        put(&b, 3 << 8 | 20, 2); /* made on Unix */
        put(&b, 20, 2);
        stored_head(&b, &v[i]);
        put(&b, 0, 6); /* comment, disk, internal */
        put(&b, 0100644u << 16, 4);
        put(&b, at[i], 4);
        tt_buf_str(&b, v[i].name);
    }
    size_t size = b.n - directory;
    put(&b, 0x06054B50, 4);
    put(&b, 0, 4);
    put(&b, n, 2);
    put(&b, n, 2);
    put(&b, size, 4);
    put(&b, directory, 4);
    put(&b, 0, 2);
    free(made.p);
    made = b;
    return (tt_str){b.p, b.n};
}

/* ---- reading ---- */

static tt_str drip;
static size_t dripped;

static int one_byte(void *ctx, char *to, size_t n, size_t *got, tt_err *err)
{
    (void)ctx;
    (void)err;
    *got = n && dripped < drip.n;
    if (*got)
        *to = drip.p[dripped++];
    return 0;
}

/* Appends `name=bytes|` for each member, `name!why|` for what cannot be read. */
static int show(tt_input *in, const char *path, const tt_pack_limits *limits, tt_buf *out, tt_err *err)
{
    tt_pack *pack;
    tt_member m;
    int rc = tt_pack_open(&pack, in, path, limits, err);
    if (rc != 0)
        return rc;
    size_t nth = 0;
    while ((rc = tt_pack_next(pack, &m, err)) == TT_PACK_MEMBER) {
        tt_input data;
        tt_err why = {0};
        assert_int_equal(m.nth, nth++);
        tt_buf_str(out, m.name);
        if (m.left_out) {
            tt_buf_f(out, "!%s|", m.left_out);
            continue;
        }
        tt_pack_data(pack, &data);
        int broken = tt_input_all(&data, TT_MAX_FILE, &why);
        if (broken == TT_ENOMEM)
            rc = tt_fail_memory(err);
        else if (broken != 0)
            tt_buf_f(out, "!%d %s: %s|", broken, why.path, why.text);
        else {
            tt_buf_char(out, '=');
            tt_buf_add(out, data.p, data.n);
            tt_buf_char(out, '|');
        }
        tt_input_close(&data);
        if (rc < 0)
            break;
    }
    tt_pack_free(pack);
    return rc < 0 ? rc : out->failed ? tt_fail_memory(err) : 0;
}

static int show_memory(tt_str bytes, const char *path, const tt_pack_limits *limits, tt_buf *out, tt_err *err)
{
    tt_input in;
    tt_buf_text(out, "");
    tt_input_memory(&in, path, bytes);
    int rc = show(&in, path, limits, out, err);
    tt_input_close(&in);
    return rc;
}

#define SHOWS(bytes, path, want)                                                                                       \
    do {                                                                                                               \
        tt_buf got_ = {0};                                                                                             \
        tt_err err_ = {0};                                                                                             \
        int rc_ = show_memory(bytes, path, NULL, &got_, &err_);                                                        \
        if (rc_ != 0)                                                                                                  \
            fail_msg("%s: %s", path, err_.text);                                                                       \
        assert_string_equal(got_.p, want);                                                                             \
        tt_buf_release(&got_);                                                                                         \
    } while (0)

static void test_is(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_KINDS; i++)
        assert_true(tt_pack_is(make(&kinds[i], issues, N_ISSUES, NULL)));
    assert_true(tt_pack_is(TT_S("PK\5\6")));
    assert_true(tt_pack_is(TT_S("BZh9\x17rE8P\x90")));
    assert_false(tt_pack_is(TT_S("")));
    assert_false(tt_pack_is(TT_S("PK")));
    assert_false(tt_pack_is(TT_S("PKs are keys\n")));
    assert_false(tt_pack_is(TT_S("BZh9 is no bzip2")));
    assert_false(tt_pack_is(TT_S("1234"
                                 "1AY&SY")));
    tt_err err = {0};
    tt_buf out = {0};
    assert_int_equal(show_memory(TT_S("# A heading"), "a.zip", NULL, &out, &err), TT_EINPUT);
    assert_non_null(strstr(err.text, "is no zip"));
    tt_buf_release(&out);
}

static void test_members(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_KINDS; i++) {
        tt_str bytes = make(&kinds[i], issues, N_ISSUES, NULL);
        SHOWS(bytes, kinds[i].name, SHOWN);
        tt_input in; /* through a pipe, byte by byte */
        tt_buf out = {0};
        tt_err err = {0};
        drip = bytes;
        dripped = 0;
        tt_input_from(&in, "-", one_byte, NULL);
        assert_int_equal(show(&in, "-", NULL, &out, &err), 0);
        assert_string_equal(out.p, SHOWN);
        tt_input_close(&in);
        tt_buf_release(&out);
    }
}

/* A file; standard input that is a file too, and begins amid it; and back to the start. */
static void test_file(void **state)
{
    (void)state;
    char path[] = "/tmp/tagtrend-pack-XXXXXX";
    int fd = mkstemp(path);
    tt_str bytes = make(&kinds[0], issues, N_ISSUES, NULL);
    tt_err err = {0};
    uint64_t size;
    tt_input in;
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "0123456789", 10), 10);
    assert_int_equal(write(fd, bytes.p, bytes.n), bytes.n);
    int before = dup(STDIN_FILENO);
    for (int round = 0; round < 2; round++) {
        assert_int_equal(lseek(fd, 10, SEEK_SET), 10);
        assert_int_equal(dup2(fd, STDIN_FILENO), STDIN_FILENO);
        assert_int_equal(tt_input_open(&in, "-", &err), 0);
        assert_true(tt_input_size(&in, &size));
        assert_int_equal(size, bytes.n);
        for (int again = 0; again < 2; again++) {
            tt_buf out = {0};
            assert_int_equal(tt_input_seek(&in, 0, &err), 0);
            assert_int_equal(show(&in, "-", NULL, &out, &err), 0);
            assert_string_equal(out.p, SHOWN);
            tt_buf_release(&out);
        }
        tt_input_close(&in);
        if (round == 0) { /* longer than the window, and with a comment behind, so that places are sought */
            char *pad = calloc(1, 300000);
            pwrite(fd, bytes.p, bytes.n, 10);
            free(pad);
        }
    }
    dup2(before, STDIN_FILENO);
    close(before);
    close(fd);
    unlink(path);
}

static void test_seek(void **state)
{
    (void)state;
    tt_input in;
    tt_err err = {0};
    uint64_t size;
    tt_input_memory(&in, "m", TT_S("0123456789"));
    tt_input_take(&in, 7);
    assert_int_equal(tt_input_seek(&in, 2, &err), 0);
    assert_int_equal(*in.p, '2');
    assert_int_equal(in.n, 8);
    assert_int_equal(tt_input_seek(&in, 10, &err), 0);
    assert_int_equal(in.n, 0);
    assert_int_equal(tt_input_seek(&in, 11, &err), TT_EINPUT);
    assert_true(tt_input_size(&in, &size));
    assert_int_equal(size, 10);
    drip = TT_S("0123456789");
    dripped = 0;
    tt_input_from(&in, "pipe", one_byte, NULL);
    assert_false(tt_input_size(&in, &size));
    assert_int_equal(tt_input_more(&in, 3, &err), 0);
    tt_input_take(&in, 3);
    assert_int_equal(tt_input_seek(&in, 1, &err), 0); /* still held */
    assert_int_equal(*in.p, '1');
    tt_input_take(&in, in.n);
    assert_int_equal(tt_input_more(&in, 1, &err), 0);
    assert_int_equal(tt_input_seek(&in, 0, &err), TT_EINPUT);
    assert_non_null(strstr(err.text, "gone"));
    tt_input_close(&in);
}

static void test_single(void **state)
{
    (void)state;
    static const struct {
        filter *compress;
        const char *path, *want;
    } t[] = {{archive_write_add_filter_gzip, "dir/issues.jsonl.gz", "issues.jsonl=text\n|"},
             {archive_write_add_filter_zstd, "a.md.ZST", "a.md=text\n|"},
             {archive_write_add_filter_xz, "a.md.xz", "a.md=text\n|"},
             {archive_write_add_filter_bzip2, "a.md.bz2", "a.md=text\n|"},
             {archive_write_add_filter_gzip, "-", "-=text\n|"},
             {archive_write_add_filter_gzip, "noending", "noending=text\n|"},
             {archive_write_add_filter_gzip, "x/.gz", ".gz=text\n|"}};
    for (size_t i = 0; i < sizeof t / sizeof *t; i++)
        SHOWS(squeeze(t[i].compress, "text\n", 5), t[i].path, t[i].want);
    SHOWS(squeeze(archive_write_add_filter_gzip, "", 0), "e.gz", "");
    SHOWS(TT_S("PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), "empty.zip", "");

    tt_input in;
    tt_pack *pack;
    tt_member m;
    tt_err err = {0};
    tt_input_memory(&in, "d/a.md.gz", squeeze(archive_write_add_filter_gzip, "text\n", 5));
    assert_int_equal(tt_pack_open(&pack, &in, "d/a.md.gz", NULL, &err), 0);
    assert_int_equal(tt_pack_next(pack, &m, &err), TT_PACK_MEMBER);
    assert_true(tt_pack_single(pack));
    assert_string_equal(m.path, "d/a.md.gz");
    assert_int_equal(m.size, -1);
    tt_pack_free(pack);
}

static void test_names(void **state)
{
    (void)state;
    static const stored v[] = {{L("/abs/a.md"), L("1"), 0, 0, false},     {L("C:\\b\\c.md"), L("2"), 0, 0, false},
                               {L("./x//./d.md"), L("3"), 0, 0, false},   {L("p/../../e.md"), L("4"), 0, 0, false},
                               {L("..\\f.md"), L("5"), 0, 0, false},      {L("caf\xE9.md"), L("6"), 0, 0, false},
                               {L("caf\xC3\xA9.md"), L("7"), 0, 0, true}, {L("nul\0l.md"), L("8"), 0, 0, false}};
    static const char want[] = "abs/a.md=1|b/c.md=2|x/d.md=3|p/../../e.md!its name leads out of the archive|"
                               "../f.md!its name leads out of the archive|caf%E9.md=6|caf\xC3\xA9.md=7|nul=8|";
    SHOWS(store(v, 8), "z.zip", want);
    const char *locales[] = {"C", "C.UTF-8"}; /* the caller's locale neither counts nor changes */
    for (size_t i = 0; i < 2; i++) {
        locale_t mine = newlocale(LC_ALL_MASK, locales[i], (locale_t)0), before = uselocale(mine);
        SHOWS(store(v, 8), "z.zip", want);
        assert_ptr_equal(uselocale(before), mine);
        freelocale(mine);
    }
    static const file pax[] = {{"n\xC3\xA4me.md", "1", 0, NULL}, {"../x.md", "2", 0, NULL}, {"b\\c.md", "3", 0, NULL}};
    SHOWS(make(&kinds[1], pax, 3, NULL), "t.tar",
          "n\xC3\xA4me.md=1|../x.md!its name leads out of the archive|b\\c.md=3|");

    tt_buf name = {0}, want_long = {0};
    for (size_t i = 0; i < TT_MAX_PATH - 1 - strlen("z.zip/"); i++)
        tt_buf_char(&name, 'n');
    stored longest = {{name.p, name.n}, TT_S("x"), 0, 0, false};
    tt_buf_f(&want_long, "%s=x|", name.p);
    SHOWS(store(&longest, 1), "z.zip", want_long.p);
    tt_buf_char(&name, 'n');
    tt_buf_reset(&want_long);
    tt_buf_f(&want_long, "%s!its name is too long|", name.p);
    longest.name = (tt_str){name.p, name.n};
    SHOWS(store(&longest, 1), "z.zip", want_long.p);
    tt_buf_release(&name);
    tt_buf_release(&want_long);
}

static void test_left_out(void **state)
{
    (void)state;
    static const file files[] = {{"a.md", "a", 0, NULL},        {"link.md", NULL, AE_IFLNK, "/etc/passwd"},
                                 {"hard.md", NULL, 0, "a.md"},  {"pipe", NULL, AE_IFIFO, NULL},
                                 {"dev", NULL, AE_IFCHR, NULL}, {"b.md", "b", 0, NULL}};
    SHOWS(make(&kinds[1], files, 6, NULL), "t.tar",
          "a.md=a|link.md!it is a symbolic link|hard.md!it is a second name of another file|pipe!it is no regular file|"
          "dev!it is no regular file|b.md=b|");
    SHOWS(make(&kinds[0], files, 2, NULL), "z.zip", "a.md=a|link.md!it is a symbolic link|");
    SHOWS(make(&kinds[0], issues + 1, 2, "zip:encryption=zipcrypt"), "e.zip",
          "posts/2.md!it is encrypted|posts/1.md!it is encrypted|");
}

/* One member is broken, the others are read. */
static void test_broken_member(void **state)
{
    (void)state;
    static const stored v[] = {{L("a.md"), L("first"), 0, 0, false},
                               {L("b.md"), L("wrong"), 1, 0, false},
                               {L("c.md"), L("method"), 0, 77, false},
                               {L("d.md"), L("last"), 0, 0, false}};
    tt_buf out = {0};
    tt_err err = {0};
    assert_int_equal(show_memory(store(v, 4), "z.zip", NULL, &out, &err), 0);
    assert_non_null(strstr(out.p, "a.md=first|b.md!-2 z.zip/b.md: cannot be unpacked from here on (ZIP bad CRC"));
    assert_non_null(strstr(out.p, "|c.md!-2 z.zip/c.md: cannot be unpacked"));
    assert_non_null(strstr(out.p, "|d.md=last|"));
    tt_buf_release(&out);
}

/* Cut at every byte: never a crash, what is shown is the beginning of what there was, and a cut that loses a member is an
 * error. */
static void test_truncated(void **state)
{
    (void)state;
    for (size_t k = 0; k < N_KINDS; k++) {
        make(&kinds[k], issues, N_ISSUES, NULL);
        for (size_t n = 0; n < made.n; n += n < 2100 ? 1 : 97) {
            tt_buf out = {0};
            tt_err err = {0};
            char *copy = malloc(n + 1);
            memcpy(copy, made.p, n);
            int rc = show_memory((tt_str){copy, n}, kinds[k].name, NULL, &out, &err);
            bool all = strcmp(out.p, SHOWN) == 0;
            if (rc == 0 && !all && !strstr(out.p, "!"))
                fail_msg("%s cut at %zu: %s", kinds[k].name, n, out.p);
            if (rc != 0 && (err.text[0] == '\0' || strncmp(err.path, kinds[k].name, strlen(kinds[k].name)) != 0))
                fail_msg("%s cut at %zu says %s: %s", kinds[k].name, n, err.path, err.text);
            free(copy);
            tt_buf_release(&out);
        }
    }
}

static void test_limits(void **state)
{
    (void)state;
    static char same[1 << 20];
    static const file big[] = {{"small.md", "x", 0, NULL}, {"big.md", same, 0, NULL}, {"end.md", "y", 0, NULL}};
    memset(same, 'z', sizeof same - 1);
    static const struct {
        tt_pack_limits limits;
        const char *want; /* NULL: all is well */
    } t[] = {{{sizeof same - 1, 0, 0, 0}, NULL},
             {{sizeof same - 2, 0, 0, 0}, "unpacks to more than 1048574 bytes"},
             {{0, 2 << 20, 0, 0}, NULL},
             {{0, 1 << 19, 0, 0}, "the archive unpacks to more than 524288 bytes"},
             {{0, 0, 0, 100}, "unpacks to more than 100 times its size"},
             {{0, 0, 2 << 20, 100}, NULL},
             {{0, 0, 0, 5000}, NULL}};
    for (size_t k = 0; k < N_KINDS; k++) {
        if (strcmp(kinds[k].name, "zip") != 0 && strcmp(kinds[k].name, "tar.gz") != 0)
            continue;
        tt_str bytes = make(&kinds[k], big, 3, NULL);
        for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
            tt_buf out = {0};
            tt_err err = {0};
            int rc = show_memory(bytes, "b", &t[i].limits, &out, &err);
            tt_buf_text(&out, err.text);
            assert_int_equal(strncmp(out.p, "small.md=x|big.md", 17), 0);
            if (!t[i].want && (rc != 0 || !strstr(out.p, "|end.md=y|")))
                fail_msg("%s %zu: %s", kinds[k].name, i, out.p + 17);
            if (t[i].want && (!strstr(out.p, t[i].want) || !strstr(out.p, "!-5 b/big.md")))
                fail_msg("%s %zu: %s, not %s", kinds[k].name, i, out.p + 17, t[i].want);
            tt_buf_release(&out);
        }
    }
}

/* A gz of 256 MiB of one letter is refused by the usual limits after 64 MiB, also where nobody asks for its data. */
static void test_bomb(void **state)
{
    (void)state;
    size_t n = 256u << 20;
    char *same = malloc(n);
    memset(same, 'z', n);
    tt_str bytes = squeeze(archive_write_add_filter_zstd, same, n);
    free(same);
    assert_true(bytes.n < n / TT_MAX_PACK_RATIO);
    for (int asked = 0; asked < 2; asked++) {
        tt_pack *pack;
        tt_member m;
        tt_err err = {0};
        tt_input in, data = {0};
        tt_input_memory(&in, "bomb.gz", bytes);
        assert_int_equal(tt_pack_open(&pack, &in, "bomb.gz", NULL, &err), 0);
        assert_int_equal(tt_pack_next(pack, &m, &err), TT_PACK_MEMBER);
        int rc = 0;
        if (asked) {
            tt_pack_data(pack, &data);
            while (rc == 0 && !data.end) {
                rc = tt_input_more(&data, 1, &err);
                tt_input_take(&data, data.n);
            }
            assert_true(data.at >= TT_PACK_SMALL - (1 << 20) && data.at <= TT_PACK_SMALL + (1 << 20));
        } else
            rc = tt_pack_next(pack, &m, &err);
        assert_int_equal(rc, TT_ELIMIT);
        assert_string_equal(err.path, "bomb.gz");
        tt_input_close(&data);
        tt_pack_free(pack);
    }
}

static bool no_csv(void *ctx, const tt_member *m)
{
    (void)ctx;
    return !tt_str_ends(m->name, TT_S(".csv"));
}

static int load(tt_str bytes, uint64_t max, tt_pack_list *list, tt_err *err)
{
    tt_pack *pack;
    tt_input in;
    *list = (tt_pack_list){0};
    tt_input_memory(&in, "p", bytes);
    int rc = tt_pack_open(&pack, &in, "p", NULL, err);
    if (rc == 0)
        rc = tt_pack_load(pack, no_csv, NULL, max, list, err);
    tt_pack_free(rc == 0 || pack ? pack : NULL);
    return rc;
}

static void test_load(void **state)
{
    (void)state;
    for (size_t k = 0; k < N_KINDS; k++)
        for (uint64_t max = 10; max < 13; max++) { /* two\n and one é\n are 11 bytes */
            tt_pack_list list;
            tt_err err = {0};
            assert_int_equal(load(make(&kinds[k], issues, N_ISSUES, NULL), max, &list, &err), 0);
            assert_int_equal(list.n, 4);
            assert_int_equal(list.too_large, max < 11);
            assert_string_equal(list.v[1].member.path, "p/posts/1.md");
            assert_true(tt_str_is(list.v[3].member.name, "posts.csv"));
            assert_false(list.v[3].held);
            for (size_t i = 0; i < 3; i++)
                assert_int_equal(list.v[i].held, max >= 11);
            if (max >= 11)
                assert_true(tt_str_is(list.v[1].bytes, issues[2].text) && tt_str_is(list.v[0].bytes, "two\n") &&
                            list.v[2].bytes.n == 0);
            tt_pack_list_release(&list);
        }
    static const stored v[] = {{L("a.md"), L("first"), 0, 0, false},
                               {L("b.md"), L("wrong"), 1, 0, false},
                               {L("../c.md"), L("out"), 0, 0, false},
                               {L("d.md"), L("last"), 0, 0, false}};
    tt_pack_list list;
    tt_err err = {0};
    assert_int_equal(load(store(v, 4), TT_PACK_HELD, &list, &err), 0);
    assert_int_equal(list.n, 4);
    assert_true(list.v[0].held && !list.v[0].err);
    assert_true(!list.v[1].held && list.v[1].err && strcmp(list.v[1].err->path, "p/b.md") == 0);
    assert_true(!list.v[2].held && list.v[2].member.left_out);
    assert_true(list.v[3].held && tt_str_is(list.v[3].bytes, "last"));
    tt_pack_list_release(&list);
    tt_str cut = make(&kinds[1], issues, N_ISSUES, NULL);
    assert_int_equal(load((tt_str){cut.p, 2100}, TT_PACK_HELD, &list, &err), TT_EINPUT);
    assert_true(list.n >= 1 && list.v[0].held);
    tt_pack_list_release(&list);
}

/* ---- no memory: each allocation of ours fails in turn (libarchive's own would end the program in places) ---- */

static tt_str current;

static int run_show(void)
{
    tt_buf out = {0};
    tt_err err = {0};
    int rc = show_memory(current, "p", NULL, &out, &err);
    tt_buf_release(&out);
    return rc;
}

static int run_load(void)
{
    tt_pack_list list;
    tt_err err = {0};
    int rc = load(current, TT_PACK_HELD, &list, &err);
    tt_pack_list_release(&list);
    return rc;
}

static void test_no_memory(void **state)
{
    (void)state;
    fail_ours_only = true;
    for (size_t k = 0; k < N_KINDS; k++) {
        current = make(&kinds[k], issues, N_ISSUES, NULL);
        assert_true(fail_each(run_show, TT_ENOMEM) > 0);
        assert_true(fail_each(run_load, TT_ENOMEM) > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_is),        cmocka_unit_test(test_members),       cmocka_unit_test(test_file),
        cmocka_unit_test(test_seek),      cmocka_unit_test(test_single),        cmocka_unit_test(test_names),
        cmocka_unit_test(test_left_out),  cmocka_unit_test(test_broken_member), cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_limits),    cmocka_unit_test(test_bomb),          cmocka_unit_test(test_load),
        cmocka_unit_test(test_no_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    free(made.p);
    return failed;
}
