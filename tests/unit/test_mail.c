/* mail: words of fields, parameters, transfer encodings, charsets, and the places of what was decoded. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/mail.h"
#include "fail_alloc.h"
#include "show_mail.h"

static tt_arena arena;

static void test_words(void **state)
{
    static const struct {
        const char *in, *want;
    } cases[] = {
        {"", ""},
        {"plain  words\t here ", "plain words here"},
        {"=?utf-8?Q?Caf=C3=A9?= x", "Café x"},
        {"=?utf-8?B?w6k=?=\r\n =?utf-8?B?w6k=?=", "éé"},
        {"=?utf-8?B?SGVsbG8=?= =?utf-8?B?IHdvcmxk?= =?utf-8?b?IQ?= x", "Hello world! x"},
        {"=?utf-8?B?4oI=?= =?utf-8?B?rA==?=", "€"},
        {"=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本"},
        {"=?utf-8?B?YQ==", "=?utf-8?B?YQ=="},
        {"=?utf-8?B?\?= =?=?B?=?==?", "=?"},
        {"=?utf-8?Q?=E2=82?= =?utf-8?Q?=AC?=", "€"},
        {"=?iso-8859-1?Q?a=E9=20b?=", "aé b"},
        {"=?gb2312?B?xOO6ww==?=", "你好"},
        {"=?no-such-charset?Q?a=E9b?=", "aéb"},
        {"raw \xC3\xA9", "raw é"},
        {"raw \xE9\x93", "raw é“"},
        {"=?utf-8?Q?a=0Ab=00c?= \x01 d", "a b?c d"},
        {"=?utf-8?Q?cut off", "=?utf-8?Q?cut off"},
        {"a\r\n\tb", "a b"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_str out;
        assert_int_equal(tt_mail_words(&arena, tt_str_of(cases[i].in), &out), 0);
        if (!tt_str_is(out, cases[i].want))
            fail_msg("`%s` gave `%.*s`", cases[i].in, (int)out.n, out.p);
    }
    tt_arena_release(&arena);
}

/* What is longer than TT_MAIL_FIELD is cut there. */
static void test_long_field(void **state)
{
    static char field[2 * TT_MAIL_FIELD];
    tt_str out;
    (void)state;
    memset(field, 'a', sizeof field);
    assert_int_equal(tt_mail_words(&arena, (tt_str){field, TT_MAIL_FIELD}, &out), 0);
    assert_int_equal(out.n, TT_MAIL_FIELD);
    assert_int_equal(tt_mail_words(&arena, (tt_str){field, TT_MAIL_FIELD + 1}, &out), 0);
    assert_int_equal(out.n, TT_MAIL_FIELD);
    tt_arena_release(&arena);
}

static void test_types(void **state)
{
    static const struct {
        const char *type, *disposition, *coding, *want;
    } cases[] = {
        {"", "", "", "||| 0"},
        {"text", "", "", "||| 0"},
        {";;;", "", "", "||| 0"},
        {"Text/HTML; Charset=\"UTF-8\"", "", "Quoted-Printable", "text/html||UTF-8| 1"},
        {"multipart/mixed; boundary=a=b", "", "7BIT", "multipart/mixed|a=b|| 0"},
        {"multipart/mixed;\r\n boundary=\"a b\"", "", "", "multipart/mixed|a b|| 0"},
        {"multipart/mixed; boundary*0=ab; boundary*1=cd", "", "", "multipart/mixed|abcd|| 0"},
        {"multipart/mixed; boundary=\"abc", "", "", "multipart/mixed|abc|| 0"},
        {"text/plain; format=Flowed; delsp=Yes", "", "base64 ", "text/plain|||fd 2"},
        {"text/plain; name=\"a.txt\"", "inline", "binary", "text/plain|||n 0"},
        {"text/plain", "attachment; filename=a.txt", "x-uuencode", "text/plain|||an 3"},
        {"", "ATTACHMENT", "8bit (of course)", "|||a 0"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_mail_type t;
        tt_buf shown = {0};
        assert_int_equal(tt_mail_type_read(&arena, tt_str_of(cases[i].type), tt_str_of(cases[i].disposition),
                                           tt_str_of(cases[i].coding), &t),
                         0);
        tt_buf_str(&shown, t.type);
        tt_buf_char(&shown, '|');
        tt_buf_str(&shown, t.boundary);
        tt_buf_char(&shown, '|');
        tt_buf_str(&shown, t.charset);
        tt_buf_f(&shown, "|%s%s%s%s %d", t.flowed ? "f" : "", t.delsp ? "d" : "", t.attachment ? "a" : "",
                 t.named ? "n" : "", (int)t.coding);
        assert_string_equal(shown.p, cases[i].want);
        tt_buf_release(&shown);
    }
    tt_arena_release(&arena);
}

static void decode(const char *bytes, size_t n, tt_mail_coding coding, const char *charset, tt_loci *out)
{
    const tt_mail_content in = {
        .bytes = {bytes, n}, .line = 1, .coding = coding, .charset = tt_str_of(charset), .unescape = true};
    assert_int_equal(tt_mail_decode(&in, out), 0);
}

static void test_codings(void **state)
{
    static const struct {
        tt_mail_coding coding;
        const char *in, *want;
    } cases[] = {
        {TT_MAIL_AS_IS, "a\r\nb=20", "a\r\nb=20"},
        {TT_MAIL_AS_IS, ">From a\n>>From b\n> From c\n>Fromage\nx >From d",
         "From a\n>From b\n> From c\n>Fromage\nx >From d"},
        {TT_MAIL_QUOTED, "a=3Db=\r\nc \r\nd=20\ne",
         "a=b"
         "c\nd \ne"},
        {TT_MAIL_QUOTED, "a=\n", "a"},
        {TT_MAIL_QUOTED, "a= \t\nb", "ab"},
        {TT_MAIL_QUOTED, "a=zz =4 =", "a=zz =4 "},
        {TT_MAIL_QUOTED, "=C3=A9=e9", "\xC3\xA9\xE9"},
        {TT_MAIL_QUOTED, ">From a\nb=\n>From c", "From a\nb>From c"},
        {TT_MAIL_BASE64, "YWJjCmRl\nZg==\n", "abc\ndef"},
        {TT_MAIL_BASE64, "YWI=YWI=", "abab"},
        {TT_MAIL_BASE64, "YW\r\nJj", "abc"},
        {TT_MAIL_BASE64, "YWJj*ZGVmZGVmZGVm", "abcdefdefdef"}, /* fewer than a tenth are no base64: passed over */
        {TT_MAIL_BASE64, "This is no base64.", "This is no base64."},
        {TT_MAIL_BASE64, "Y", ""},
        {TT_MAIL_BASE64, "====", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_loci out = {0};
        decode(cases[i].in, strlen(cases[i].in), cases[i].coding, "", &out);
        print_message("# %s\n", cases[i].in);
        assert_string_equal(out.text.p ? out.text.p : "", cases[i].want);
        tt_loci_release(&out);
    }
}

#define WESTERN                                                                                                        \
    "Gr\xF6\xDF"                                                                                                       \
    "e caf\xE9 \x93quoted\x94"

static void test_charsets(void **state)
{
    static const struct {
        const char *name, *charset, *in, *want;
    } cases[] = {
        {"none", "", "a\xE9", "a\xE9"},
        {"unknown", "x-no-such", "a\xE9", "a\xE9"},
        {"a name that is no name", "utf-16//IGNORE", "a\xE9", "a\xE9"},
        {"UTF-8", "utf-8", "é\xFF", "é\xFF"},
        {"Latin-1 is read by decode", "ISO-8859-1", "\x93\xE9", "\x93\xE9"},
        {"Latin-2", "iso-8859-2", "za\xBF\xF3\xB3\xE6", "zażółć"},
        {"Cyrillic", "koi8-r", "\xF0\xD2\xC9\xD7\xC5\xD4", "Привет"},
        {"Shift JIS with NEC's signs", "Shift_JIS", "\x93\xFA\x96\x7B\x87\x40", "日本①"},
        {"a misnomer", "x-sjis", "\x93\xFA\x96\x7B", "日本"},
        {"GB 2312 is GB 18030", "gb2312", "\xE9\x46", "镕"},
        {"Korean", "ks_c_5601-1987", "\xC7\xD1\xB1\xDB", "한글"},
        {"Big5", "big5", "\xA4\xA4\xA4\xE5", "中文"},
        {"a last letter that iconv holds back", "windows-1255", "\xF9\xEC\xE5\xED", "שלום"},
        {"the same of Vietnamese", "windows-1258", "Vi\xEA\xF2t, a", "Việt, a"},
        {"escapes", "iso-2022-jp", "\x1B$B$\"\x1B(Ba\x1B$B$$\x1B(B", "あaい"},
        {"UTF-7", "unicode-1-1-utf-7", "a+AOk-b", "aéb"},
        {"wrong: it is UTF-8", "gb2312", "Größe", "Größe"},
        {"wrong: a lot of it means nothing", "shift_jis", WESTERN, WESTERN},
        {"one byte that means nothing", "koi8-u\0", "\xF0", "П"},
        {"one of many", "euc-jp", "\xC6\xFC\xCB\xDC\xC6\xFC\xCB\xDC\xC6\xFC\xCB\xDC\xC6\xFC\xCB\xDC\xFF",
         "日本日本日本日本\xEF\xBF\xBD"},
        {"UTF-16 without a NUL is none", "utf-16", "plain ASCII", "plain ASCII"},
        {"line ends", "koi8-r", "\xF0\r\n\r\xF0\n", "П\r\n\rП\n"},
        {"a cut character", "euc-jp", "\xC6\xFC\xCB\xDC\xC6\xFC\xCB\xDC\xC6\xFC\xCB\xDC\xC6\xFC\xCB\xDC\xC6",
         "日本日本日本日本\xEF\xBF\xBD"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_loci out = {0};
        print_message("# %s\n", cases[i].name);
        decode(cases[i].in, strlen(cases[i].in), TT_MAIL_AS_IS, cases[i].charset, &out);
        assert_string_equal(out.text.p, cases[i].want);
        tt_loci_release(&out);
    }
}

static void test_nul(void **state)
{
    static const struct {
        const char *charset, *in;
        size_t n;
        const char *want;
    } cases[] = {
        {"", "a\0b", 3,
         "a\xEF\xBF\xBD"
         "b"},
        {"koi8-r", "\xF0\0", 2, "П\xEF\xBF\xBD"},
        {"utf-16le", "a\0\r\0\n\0\xE9\0", 8, "a\r\né"},
        {"",
         "\xFF\xFE"
         "a\0b\0",
         6, "ab"},
        {"utf-8", "\xFE\xFF\0a\0b", 6, "ab"},
        {"utf-16", "\xFF\xFE"
                   "a\0b\0\n",
         7, "ab\xEF\xBF\xBD"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_loci out = {0};
        decode(cases[i].in, cases[i].n, TT_MAIL_AS_IS, cases[i].charset, &out);
        assert_string_equal(out.text.p, cases[i].want);
        tt_loci_release(&out);
    }
}

/* Words of files in 7bit, 8bit and quoted-printable stand where the file has them, character by character. */
static void test_places(void **state)
{
    static const struct {
        tt_mail_coding coding;
        const char *charset, *in, *words;
    } cases[] = {
        {TT_MAIL_AS_IS, "utf-8", "alpha é beta\r\ngamma\n\n>From delta\nlast", "alpha beta gamma delta last"},
        {TT_MAIL_AS_IS, "", "\xE9\xE9 beta\r\rgamma", "beta gamma"},
        {TT_MAIL_AS_IS, "shift_jis", "\x93\xFA alpha \x96\x7B beta\r\n\x93\xFA gamma", "alpha beta gamma"},
        {TT_MAIL_AS_IS, "iso-2022-jp", "\x1B$B$\"\x1B(Balpha\x1B$B$$\x1B(B beta\r\ngamma", "alpha beta gamma"},
        {TT_MAIL_QUOTED, "utf-8",
         "alpha =E2=80=99 beta=\r\n gamma =3D delta  \r\nepsilon =\nzeta=E2=80=\n=99 eta\n>From theta iota",
         "alpha beta gamma delta epsilon zeta eta theta iota"},
        {TT_MAIL_QUOTED, "koi8-r", "=F0=D2 alpha =C9\nbeta \xF0 gamma", "alpha beta gamma"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_loci out = {0};
        tt_str file = tt_str_of(cases[i].in);
        decode(file.p, file.n, cases[i].coding, cases[i].charset, &out);
        check_places(file, (tt_str){out.text.p, out.text.n}, out.v, out.n, cases[i].words);
        tt_loci_release(&out);
    }
}

/* Base64: `alpha beta\ngamma delta` in two lines. Pieces stand at the letter that their first byte begins in. */
static void test_places_of_base64(void **state)
{
    static const struct {
        const char *word;
        size_t line, column;
    } want[] = {{"alpha", 1, 1}, {"gamma", 2, 3}, {"delta", 2, 9}};
    tt_loci out = {0};
    (void)state;
    decode("YWxwaGEgYmV0\r\nYQpnYW1tYSBkZWx0YQ==", 34, TT_MAIL_BASE64, "", &out);
    assert_string_equal(out.text.p, "alpha beta\ngamma delta");
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        size_t line, column;
        const char *hit = strstr(out.text.p, want[i].word);
        place_at((tt_str){out.text.p, out.text.n}, out.v, out.n, (size_t)(hit - out.text.p), &line, &column);
        assert_int_equal(line, want[i].line);
        assert_int_equal(column, want[i].column);
    }
    tt_loci_release(&out);
}

static int everything(void)
{
    tt_str words;
    tt_mail_type type;
    tt_loci out = {0};
    const tt_mail_content in[] = {
        {TT_S("a =E2=80=99 =\nb\n"), 1, TT_MAIL_QUOTED, TT_S("utf-8"), false},
        {TT_S("YWxwaGEgYmV0\r\nYQpnYW1tYSBkZWx0YQ=="), 1, TT_MAIL_BASE64, TT_S("koi8-r"), false},
        {TT_S("a\n>From b\n\x93\xFA\n>From c"), 1, TT_MAIL_AS_IS, TT_S("shift_jis"), true},
    };
    int rc = tt_mail_words(&arena, TT_S("=?utf-8?Q?Caf=C3=A9?="), &words);
    if (rc == 0)
        rc = tt_mail_type_read(&arena, TT_S("text/plain; charset=x; boundary=y"), TT_S("inline"), TT_S("7bit"), &type);
    for (size_t i = 0; rc == 0 && i < 3; i++)
        rc = tt_mail_decode(&in[i], &out);
    tt_loci_release(&out);
    tt_arena_release(&arena);
    return rc;
}

static void test_no_memory(void **state)
{
    (void)state;
    assert_true(fail_each(everything, TT_ENOMEM) > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),   cmocka_unit_test(test_long_field),       cmocka_unit_test(test_types),
        cmocka_unit_test(test_codings), cmocka_unit_test(test_charsets),         cmocka_unit_test(test_nul),
        cmocka_unit_test(test_places),  cmocka_unit_test(test_places_of_base64), cmocka_unit_test(test_no_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
