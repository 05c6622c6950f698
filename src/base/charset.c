/* In: bytes and the label of their encoding. Out: UTF-8. Not here: UTF-8, UTF-16 and Windows-1252, which read/decode reads
 * without a label. */
#include "base/charset.h"

#include <errno.h>
#include <iconv.h>

static const struct {
    const char *label, *name; /* name: iconv's */
} labels[] = {
    {"866", "CP866"},
    {"big5", "BIG5-HKSCS"},
    {"big5-hkscs", "BIG5-HKSCS"},
    {"chinese", "GB18030"},
    {"cn-big5", "BIG5-HKSCS"},
    {"cp1250", "CP1250"},
    {"cp1251", "CP1251"},
    {"cp1253", "CP1253"},
    {"cp1254", "CP1254"},
    {"cp1255", "CP1255"},
    {"cp1256", "CP1256"},
    {"cp1257", "CP1257"},
    {"cp1258", "CP1258"},
    {"cp866", "CP866"},
    {"euc-jp", "EUC-JP"},
    {"euc-kr", "UHC"},
    {"gb18030", "GB18030"},
    {"gb2312", "GB18030"},
    {"gb_2312-80", "GB18030"},
    {"gbk", "GB18030"},
    {"ibm866", "CP866"},
    {"iso-2022-jp", "ISO-2022-JP"},
    {"iso-8859-10", "ISO-8859-10"},
    {"iso-8859-11", "CP874"},
    {"iso-8859-13", "ISO-8859-13"},
    {"iso-8859-14", "ISO-8859-14"},
    {"iso-8859-15", "ISO-8859-15"},
    {"iso-8859-16", "ISO-8859-16"},
    {"iso-8859-2", "ISO-8859-2"},
    {"iso-8859-3", "ISO-8859-3"},
    {"iso-8859-4", "ISO-8859-4"},
    {"iso-8859-5", "ISO-8859-5"},
    {"iso-8859-6", "ISO-8859-6"},
    {"iso-8859-7", "ISO-8859-7"},
    {"iso-8859-8", "ISO-8859-8"},
    {"iso-8859-8-i", "ISO-8859-8"},
    {"iso-8859-9", "CP1254"},
    {"koi8", "KOI8-R"},
    {"koi8-r", "KOI8-R"},
    {"koi8-u", "KOI8-U"},
    {"ks_c_5601-1987", "UHC"},
    {"latin2", "ISO-8859-2"},
    {"latin5", "CP1254"},
    {"macintosh", "MACINTOSH"},
    {"ms_kanji", "CP932"},
    {"shift-jis", "CP932"},
    {"shift_jis", "CP932"},
    {"sjis", "CP932"},
    {"tis-620", "CP874"},
    {"windows-1250", "CP1250"},
    {"windows-1251", "CP1251"},
    {"windows-1253", "CP1253"},
    {"windows-1254", "CP1254"},
    {"windows-1255", "CP1255"},
    {"windows-1256", "CP1256"},
    {"windows-1257", "CP1257"},
    {"windows-1258", "CP1258"},
    {"windows-31j", "CP932"},
    {"windows-874", "CP874"},
    {"windows-949", "UHC"},
    {"x-cp1250", "CP1250"},
    {"x-cp1251", "CP1251"},
    {"x-euc-jp", "EUC-JP"},
    {"x-gbk", "GB18030"},
    {"x-sjis", "CP932"},
};

static const char *name_of(tt_str label)
{
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (tt_str_is_nocase(label, labels[i].label))
            return labels[i].name;
    return NULL;
}

/* Some charsets (CP1255, CP1258) hold a letter back until they know that no mark follows it. */
static void flush(iconv_t cd, tt_buf *out)
{
    enum { ROOM = 64 };
    char *room = tt_buf_room(out, ROOM), *to = room;
    size_t free_bytes = ROOM;
    if (!room)
        return;
    iconv(cd, NULL, NULL, &to, &free_bytes);
    tt_buf_wrote(out, to);
}

static int convert(iconv_t cd, tt_str bytes, tt_buf *out)
{
    enum { ROOM = 4096 };
    char *from = (char *)(uintptr_t)bytes.p; /* iconv's prototype lacks a const; it does not write there */
    size_t left = bytes.n;
    while (left > 0) {
        char *room = tt_buf_room(out, ROOM), *to = room;
        size_t free_bytes = ROOM;
        if (!room)
            return TT_ENOMEM;
        size_t rc = iconv(cd, &from, &left, &to, &free_bytes);
        const int why = rc == (size_t)-1 ? errno : 0;
        tt_buf_wrote(out, to);
        if (why != EILSEQ && why != EINVAL)
            continue;
        flush(cd, out);
        tt_buf_text(out, "\xEF\xBF\xBD");
        from++;
        left--;
    }
    flush(cd, out);
    return out->failed ? TT_ENOMEM : TT_OK;
}

int tt_charset_convert(tt_str label, tt_str bytes, tt_buf *out)
{
    const char *name = name_of(tt_str_trim(label));
    if (!name)
        return TT_EUSAGE;
    iconv_t cd = iconv_open("UTF-8", name);
    if (cd == (iconv_t)-1)
        return errno == ENOMEM ? TT_ENOMEM : TT_EPROGRAM;
    int rc = convert(cd, bytes, out);
    iconv_close(cd);
    return rc;
}

bool tt_charset_escapes(tt_str label)
{
    return tt_str_is_nocase(tt_str_trim(label), "iso-2022-jp");
}
