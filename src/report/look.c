/* In: names of palettes and languages. Out: colours, names of months. Not here: where they are used (plot*.c,
 * summary.c). */
#include "report/look.h"

#include <math.h>
#include <string.h>

/* ---- colours ---- */

/* Each colour has 3 : 1 on white or more. `default` is after Okabe and Ito (2008), `tol` after Tol's muted scheme (2021):
 * both stay distinct with any of the three colour blindnesses. */
static const struct {
    const char *name;
    tt_palette palette;
} palettes[] = {
    {"default", {{"#0072B2", "#CF7A00", "#5B2A6E", "#3A9BD9", "#00573F", "#D55E00", "#3F3F3F", "#8A8A8A"}}},
    {"tol", {{"#332288", "#CC6677", "#882255", "#3B9A8B", "#11602D", "#A87B00", "#3D5A80", "#8A8A8A"}}},
    {"grey", {{"#3B3B3B", "#838383", "#525252", "#919191", "#474747", "#777777", "#303030", "#8C8C8C"}}},
};

enum { N_PALETTES = sizeof palettes / sizeof *palettes };

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static int channel(const tt_color c, int i)
{
    return hex_digit(c[1 + 2 * i]) * 16 + hex_digit(c[2 + 2 * i]);
}

static bool is_color(tt_str s)
{
    if (s.n != 7 || s.p[0] != '#')
        return false;
    for (size_t i = 1; i < 7; i++)
        if (hex_digit(s.p[i]) < 0)
            return false;
    return true;
}

static int fail(const char *text, tt_err *err)
{
    return tt_fail(err, TT_EUSAGE, NULL, 0, 0,
                   "--palette takes default, tol, grey, or 1 to %d colours such as #0072B2,#D55E00, not `%s`",
                   TT_LOOK_COLORS, text);
}

int tt_palette_parse(tt_palette *out, const char *text, tt_err *err)
{
    size_t n = 0;
    for (size_t i = 0; i < N_PALETTES; i++)
        if (!text || strcmp(palettes[i].name, text) == 0) {
            *out = palettes[i].palette;
            return 0;
        }
    for (tt_str rest = tt_str_of(text), one; rest.n || n == 0; n++) {
        bool more = rest.n && memchr(rest.p, ',', rest.n);
        one = tt_str_trim(tt_str_cut(&rest, ','));
        if (n == TT_LOOK_COLORS || !is_color(one) || (more && !rest.n))
            return fail(text, err);
        memcpy(out->series[n], one.p, 7);
        out->series[n][7] = '\0';
    }
    for (size_t i = n; i < TT_LOOK_COLORS; i++)
        memcpy(out->series[i], out->series[i % n], sizeof(tt_color));
    return 0;
}

void tt_color_mix(tt_color out, const tt_color a, const tt_color b, double share)
{
    static const char digits[] = "0123456789ABCDEF";
    tt_color made = "#";
    for (int i = 0; i < 3; i++) {
        int v = (int)lround(share * channel(a, i) + (1 - share) * channel(b, i));
        made[1 + 2 * i] = digits[v >> 4 & 15];
        made[2 + 2 * i] = digits[v & 15];
    }
    memcpy(out, made, sizeof(tt_color));
}

bool tt_color_dark(const tt_color c)
{
    static const double weight[3] = {0.2126, 0.7152, 0.0722};
    double luminance = 0;
    for (int i = 0; i < 3; i++) {
        double v = channel(c, i) / 255.0;
        luminance += weight[i] * (v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4));
    }
    return 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05;
}

/* ---- months ---- */

/* Names as CLDR has them in dates (`format`, wide and abbreviated), without the dots of abbreviations. */
static const tt_lang langs[] = {
    {"en",
     {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
      "December"},
     {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}},
    {"cs",
     {"ledna", "února", "března", "dubna", "května", "června", "července", "srpna", "září", "října", "listopadu",
      "prosince"},
     {"led", "úno", "bře", "dub", "kvě", "čvn", "čvc", "srp", "zář", "říj", "lis", "pro"}},
    {"da",
     {"januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november",
      "december"},
     {"jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"}},
    {"de",
     {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
      "Dezember"},
     {"Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"}},
    {"es",
     {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
      "diciembre"},
     {"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"}},
    {"fi",
     {"tammikuuta", "helmikuuta", "maaliskuuta", "huhtikuuta", "toukokuuta", "kesäkuuta", "heinäkuuta", "elokuuta",
      "syyskuuta", "lokakuuta", "marraskuuta", "joulukuuta"},
     {"tam", "hel", "maa", "huh", "tou", "kes", "hei", "elo", "syy", "lok", "mar", "jou"}},
    {"fr",
     {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
      "décembre"},
     {"janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc"}},
    {"it",
     {"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre",
      "novembre", "dicembre"},
     {"gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"}},
    {"ja",
     {"1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"},
     {"1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"}},
    {"nb",
     {"januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
      "desember"},
     {"jan", "feb", "mars", "apr", "mai", "juni", "juli", "aug", "sep", "okt", "nov", "des"}},
    {"nl",
     {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
      "december"},
     {"jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"}},
    {"pl",
     {"stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września", "października",
      "listopada", "grudnia"},
     {"sty", "lut", "mar", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź", "lis", "gru"}},
    {"pt",
     {"janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro",
      "dezembro"},
     {"jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"}},
    {"ru",
     {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
      "декабря"},
     {"янв", "февр", "мар", "апр", "мая", "июн", "июл", "авг", "сент", "окт", "нояб", "дек"}},
    {"sv",
     {"januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
      "december"},
     {"jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec"}},
    {"tr",
     {"Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık"},
     {"Oca", "Şub", "Mar", "Nis", "May", "Haz", "Tem", "Ağu", "Eyl", "Eki", "Kas", "Ara"}},
    {"zh",
     {"1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"},
     {"1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"}},
};

int tt_lang_find(const tt_lang **out, const char *code, tt_err *err)
{
    enum { N = sizeof langs / sizeof *langs };
    char all[N * 4 + 1];
    size_t n = 0;
    for (size_t i = 0; i < N; i++) {
        if (!code || strcmp(langs[i].code, code) == 0) {
            *out = &langs[i];
            return 0;
        }
        int more = snprintf(all + n, sizeof all - n, "%s%s", i ? ", " : "", langs[i].code);
        n += more > 0 ? (size_t)more : 0;
    }
    return tt_fail(err, TT_EUSAGE, NULL, 0, 0, "--lang takes one of %s, not `%s`", all, code);
}
