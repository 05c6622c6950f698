/* read/mojibake, through read/decode: what is repaired, and what real text is left alone. The strings of the tables are
 * what stands on disk; nothing is changed where `want` is NULL. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/unicode.h"
#include "read/codepage.h"
#include "read/decode.h"

typedef struct sample {
    const char *name, *in, *want;
    size_t n_fixes, n_repaired;
} sample;

/* ---- damage ---- */

static const sample damaged[] = {
    /* Mac Roman */
    {"apostrophe", "OpenAI‚Äôs", "OpenAI’s", 1, 1},
    {"apostrophe alone", "‚Äô", "’", 1, 1},
    {"quotation marks", "‚ÄúHi,‚Äù she said", "“Hi,” she said", 2, 2},
    {"dash", "this ‚Äî that", "this — that", 1, 1},
    {"ellipsis and bullet", "‚Ä¢ and so on‚Ä¶", "• and so on…", 2, 2},
    {"small letter", "caf√©", "café", 1, 1},
    {"small letter alone", "√©", "é", 1, 1},
    {"capital", "√âcole", "École", 1, 1},
    {"times", "3√ó4", "3×4", 1, 1},
    {"times alone", "√ó", "×", 1, 1},
    {"signs of mathematics in words", "K√∂ln, s√∏n, fran√ßais", "Köln, søn, français", 3, 3},
    {"no-break space and degree", "10¬†¬∞C", "10\u00A0°C", 2, 1},
    {"Polish", "wi≈õnia siostrƒô Szko≈Çy", "wiśnia siostrę Szkoły", 3, 3},
    {"emoji", "\uF8FFüîå", "🔌", 1, 1},
    {"emoji without its private-use lead", "Plug üîå in", "Plug 🔌 in", 1, 1},
    {"emoji without it, several", "üéâüéâ", "🎉🎉", 2, 1},
    {"flag with joiner and variation selector", "\uF8FFüè≥Ô∏è‚Äç\uF8FFüåà!", "🏳️‍🌈!", 4, 1},
    {"check mark, star, lightning", "‚úÖ ‚≠ê ‚ö° x", "✅ ⭐ ⚡ x", 3, 3},
    {"arrow and trade mark", "a ‚Üí b‚Ñ¢", "a → b™", 2, 2},
    {"Cyrillic", "–ü—Ä–∏–≤–µ—Ç", "Привет", 6, 1},
    {"Greek", "Œ±Œ≤Œ≥ of œÄ", "αβγ of π", 4, 2},
    {"Chinese", "‰∏≠Êñá", "中文", 2, 1},
    {"Vietnamese", "ƒë∆∞·ª£c", "được", 3, 1},
    {"decomposed accent", "cafeÃÅ", "cafe\u0301", 1, 1},

    /* Windows-1252 */
    {"apostrophe", "itâ€™s", "it’s", 1, 1},
    {"apostrophe alone", "â€™", "’", 1, 1},
    {"quotation marks, one with a control", "â€œHiâ€\xC2\x9D", "“Hi”", 2, 2},
    {"dash between blanks", "this â€” that", "this — that", 1, 1},
    {"small letter alone", "Ã©", "é", 1, 1},
    {"quoted in a clean sentence", "The word café shows as cafÃ© then.", "The word café shows as café then.", 1, 1},
    {"grave, a no-break space", "voilÃ\u00A0!", "voilà!", 1, 1},
    {"soft hyphen", "adÃ\u00ADos", "adíos", 1, 1},
    {"capitals", "Ã–sterreich, Ãœbung, Ã…land", "Österreich, Übung, Åland", 3, 3},
    {"inside capitals", "FRANÃ‡AIS", "FRANÇAIS", 1, 1},
    {"times", "2560Ã—1440", "2560×1440", 1, 1},
    {"no-break space", "word.Â\u00A0Next 5Â\u00A0km", "word.\u00A0Next 5\u00A0km", 2, 2},
    {"Polish, Czech, Turkish", "Å›wiat, Å¡koda, \u00C4\u0178", "świat, škoda, ğ", 3, 3},
    {"Romanian", "È™i", "și", 1, 1},
    {"ligature", "cÅ“ur", "cœur", 1, 1},
    {"emoji", "ðŸ”Œ", "🔌", 1, 1},
    {"emoji with a control", "â\xC2\x9D¤ï¸\xC2\x8F", "❤️", 2, 1},
    {"arrow", "see â†’ there", "see → there", 1, 1},
    {"trade mark", "BrandÂ® and Brandâ„¢", "Brand® and Brand™", 2, 2},
    {"Cyrillic", "ÐŸÑ€Ð¸Ð²ÐµÑ‚", "Привет", 6, 1},
    {"Greek", "Î±-Fold", "α-Fold", 1, 1},
    {"Chinese", "ä¸\u00ADæ–‡", "中文", 2, 1},
    {"Vietnamese", "Ä‘Æ°á»£c", "được", 3, 1},
    {"Hebrew", "×©×œ×•×\xC2\x9D", "שלום", 4, 1},
    {"byte-order mark", "ï»¿# Title", "# Title", 1, 1},
    {"byte-order mark alone", "ï»¿", "", 0, 1},
    {"replacement character", "aï¿½b", "a\uFFFDb", 1, 1},

    /* Latin-1 */
    {"apostrophe", "itâ\xC2\x80\xC2\x99s", "it’s", 1, 1},
    {"letter", "Ã©", "é", 1, 1},
    {"capital",
     "Ã\xC2\x89"
     "cole",
     "École", 1, 1},
    {"emoji", "ð\xC2\x9F\xC2\x94\xC2\x8C", "🔌", 1, 1},

    /* twice */
    {"Windows-1252 twice", "itÃ¢â‚¬â„¢s", "it’s", 1, 1},
    {"letter twice", "cafÃƒÂ©", "café", 1, 1},
    {"with a control", "HiÃ¢â‚¬Â\xC2\x9D", "Hi”", 1, 1},
    {"Latin-1, then Windows-1252", "itÃ¢Â€Â™s", "it’s", 1, 1},
    {"Mac Roman twice", "it‚Äö√Ñ√¥s", "it’s", 1, 1},
    {"emoji twice", "Ã°Å¸â€\xC2\x9DÅ’", "🔌", 1, 1},
    {"once and twice", "Ã¢â‚¬â„¢ â€™", "’ ’", 2, 2},

    /* the text as a whole decides what a sequence alone leaves open */
    {"doubtful alone", "MYÃ–S", NULL, 0, 0},
    {"doubtful among damage", "MYÃ–S tÃ¤mÃ¤ on pÃ¤ivÃ¤", "MYÖS tämä on päivä", 5, 5},
    {"doubtful in real text", "“MYÃ–S” tämä on päivä", NULL, 0, 0},
    {"another damage: Windows-1252 read as Latin-1, whose controls are its punctuation",
     "it\xC2\x92s \xC2\x93not\u00E9\xC2\x94\xC2\x85 libert\u00E9\xC2\x85\u00A0»", NULL, 0, 0},
    {"one byte lost", "OpenAI‚Äs â€s Ã s", NULL, 0, 0},
    {"runs", "‚Äô‚Äô ‚Äô", "’’ ’", 3, 2},
};

/* ---- real text ---- */

static const char *const real[] = {
    /* French: capitals before quotation marks and apostrophes, no-break spaces before » */
    "BEYONCÉ’S",
    "“OLÉ…”",
    "« liberté\u00A0» et « à\u00A0», « voilà…\u00A0»",
    "« cliché…», « café…”, «é»…",
    "L’École, …été, –été, «Été», «été», “été”, ‘été’",
    "Où… là… œuvre, ŒUVRE, NŒUD, NESCAFÉ® NESCAFÉ™ NESCAFÉ²",
    "la lettre Â\u00A0: « Â\u00A0»",
    /* German: „ “ ‚ ‘ around umlauts */
    "„MENÜ“ und „Ä“, „Ö“, „Ü“, ‚Ä‘, ‚Ö‘, »Ä« und »MENÜ«",
    "„Ääh, ich weiß nicht“",
    "‚Ääh‘",
    "‚ÄÖÜ‘ und „ÄÖÜ“, A–Ä–Ö–Ü",
    "Spaß“ Fuß… groß– ‚ß‘",
    /* Danish, Norwegian, Swedish, Finnish, Icelandic, Estonian */
    "PÅ’",
    "‘PÅ’, »PÅ«, »BLÅ«, Å\u00A0gjøre, Å–Ä–Ö",
    "“Titta på…” sade han",
    "”ÄITIÄ”n",
    "LEIÐ… BORÐ” VIÐ—",
    "„áætlun“ og ‚óánægja‘",
    "„Öö“ ja „Öö…“, ‚öö‘",
    "Ø…Ø…Ø! Ø±0.1",
    "1.4Å–1.6Å, 2.3 Å±0.1, 5 Å³",
    /* Portuguese, Spanish, Italian */
    "AMANHû, IRMÃ…, MAÇÔ, AMANHÖ, NÃO, AÇÃO",
    "Não é…” disse",
    "“Ñ” «Ñ» Ñ…Ñ…",
    "José…¿vienes? qué…¡no! «está»… «está»—dijo",
    "COSÌ… LUNEDÌ’ PERÒ”",
    /* Turkish, Romanian, Albanian */
    "“hâlâ…” dedi, “hâlâ”…",
    "ATATÜRK’ÜN İŞÇİ’NİN “TÜRKÇE”nin “Ö”nün",
    "‚üç‘ üç™",
    "„Î” și „Â”, COBORÂ…",
    "SHQIPËRISË… ËSHTË”",
    /* Czech, Slovak, Polish, Hungarian */
    "spíš… též… říš… kříž…",
    "PŘÍŠTÍ TÝŽDEŇ DÉŠŤ VÝŠKA KÔŠ MÔŽE NÔŽ ÚŽASNÝ",
    "„ŻÓŁĆ” i „Łódź”… gęś",
    "„ÉÉ”, „éé”, „öő”…",
    /* Vietnamese, Greek, Russian, Chinese, Japanese */
    "“Đã” ĐÃ… XÔ” Ưu tiên, Ấy là ngôi nhà…",
    "“Ω” «άλφα»… ΜΕΝΟΎ…",
    "«мир»… – да",
    "北京大学…“中文”、《书》",
    "日本語「テスト」…",
    /* mathematics, units, signs */
    "√π",
    "2√π, ≈π, ≈£5, ∆π, ∆µ, ƒ(x), 0–∞, √∑x², 2·∫µ dx, ∆°C, ¬p",
    "†‡§¶",
    "–•–• •–•, a–é–è–ê–à",
    "€£¥, 4\u00A0×\u00A0100, 2×”",
    /* lists of characters */
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß",
    "àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ",
};

static void check(const char *group, const char *name, const char *in, const char *want, size_t n_fixes,
                  size_t n_repaired)
{
    tt_text text;
    assert_int_equal(tt_decode(in, strlen(in), true, &text, NULL), 0);
    if (strcmp(text.data, want) != 0 || text.n != strlen(want))
        fail_msg("%s, %s: \"%s\" became \"%s\"", group, name, in, text.data);
    if (text.n_fixes != n_fixes || text.n_repaired != n_repaired)
        fail_msg("%s, %s: %zu fixes, %zu runs", group, name, text.n_fixes, text.n_repaired);
    tt_text_release(&text);
}

static void test_damaged(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
        const sample *s = &damaged[i];
        check("damage", s->name, s->in, s->want ? s->want : s->in, s->n_fixes, s->n_repaired);
    }
}

/* Each sample, each of its words, and all of them as one text. */
static void test_real(void **state)
{
    (void)state;
    tt_buf all = {0};
    for (size_t i = 0; i < sizeof real / sizeof *real; i++) {
        check("real text", "whole", real[i], real[i], 0, 0);
        tt_str rest = tt_str_of(real[i]);
        while (rest.n > 0) {
            tt_str part = tt_str_cut(&rest, ' ');
            char word[256];
            snprintf(word, sizeof word, "%.*s", (int)part.n, part.p);
            check("real text", "word", word, word, 0, 0);
        }
        tt_buf_text(&all, real[i]);
        tt_buf_char(&all, '\n');
    }
    assert_false(all.failed);
    check("real text", "all", all.p, all.p, 0, 0);
    tt_buf_release(&all);
}

static void test_off(void **state)
{
    (void)state;
    static const char in[] = "OpenAI‚Äôs â€™";
    tt_text text;
    assert_int_equal(tt_decode(in, sizeof in - 1, false, &text, NULL), 0);
    assert_string_equal(text.data, in);
    assert_int_equal(text.n_fixes + text.n_repaired, 0);
    tt_text_release(&text);
}

static void test_fixes(void **state)
{
    (void)state;
    static const char in[] = "a‚Äô‚Äî Ã¢â‚¬â„¢\uF8FFüîå";
    static const tt_fix want[] = {{1, 3}, {4, 3}, {8, 8}, {11, 4}};
    tt_text text;
    assert_int_equal(tt_decode(in, sizeof in - 1, true, &text, NULL), 0);
    assert_string_equal(text.data, "a’— ’🔌");
    assert_int_equal(text.n_fixes, sizeof want / sizeof *want);
    for (size_t i = 0; i < text.n_fixes; i++) {
        assert_int_equal(text.fixes[i].at, want[i].at);
        assert_int_equal(text.fixes[i].n_disk, want[i].n_disk);
    }
    assert_int_equal(text.n_repaired, 2);
    tt_text_release(&text);
}

/* ---- any text ---- */

/* UTF-8 as a page shows it. Bytes that show as nothing there stay out of the samples. */
static void damage(tt_page page, const char *in, tt_buf *out)
{
    for (; *in; in++) {
        uint32_t cp = (unsigned char)*in;
        for (uint32_t c = 0x80; cp >= 0x80 && c < 0x10000; c++) {
            if (tt_page_byte(page, c) == (unsigned char)*in) {
                cp = c;
                break;
            }
        }
        char utf8[TT_UTF8_MAX];
        tt_buf_add(out, utf8, tt_utf8_encode(cp, utf8));
    }
}

/* What either page makes of a text comes back, once and twice, except where the text itself reads as damage. */
static void test_there_and_back(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "It’s “Noël” in Zürich — 5 × 3 → 15 🎉, señor; voilà…",
        "Ĝis la revido, ĉiuj ŝatas ĵaŭdon. Łódź, żółć, gęś. Příliš žluťoučký kůň.",
        "Şişli'de güneş ığdır. Türkçe öğren.",
        "Съешь ещё этих мягких французских булок, да выпей чаю.",
        "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία.",
        "Do bạch kim rất quý nên sẽ dùng để lắp vô xương.",
        "色は匂へど散りぬるを、我が世誰ぞ常ならむ。",
        "天地玄黃，宇宙洪荒。日月盈昃，辰宿列張。",
        "다람쥐 헌 쳇바퀴에 타고파",
        "👩🏽‍🚀 🇳🇱 🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F ❤️ 1️⃣",
    };
    for (size_t i = 0; i < 2 * (sizeof texts / sizeof *texts); i++) {
        tt_page page = i % 2 ? TT_PAGE_MAC : TT_PAGE_WINDOWS;
        tt_buf once = {0}, twice = {0};
        damage(page, texts[i / 2], &once);
        damage(page, once.p, &twice);
        for (int n = 1; n <= 2; n++) {
            const char *in = n == 1 ? once.p : twice.p;
            tt_text text;
            assert_int_equal(tt_decode(in, strlen(in), true, &text, NULL), 0);
            if (strcmp(text.data, texts[i / 2]) != 0)
                fail_msg("page %d, %d times: \"%s\"", (int)page, n, text.data);
            tt_text_release(&text);
        }
        tt_buf_release(&once);
        tt_buf_release(&twice);
    }
}

static uint32_t next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

/* ASCII keeps its place on disk whatever is repaired around it, and the text stays valid. */
static void check_places(const char *in, size_t n)
{
    tt_text raw, text;
    assert_int_equal(tt_decode(in, n, false, &raw, NULL), 0);
    assert_int_equal(tt_decode(in, n, true, &text, NULL), 0);
    assert_true(tt_utf8_valid(text.data, text.n));
    assert_int_equal(text.data[text.n], 0);
    assert_true(text.n_repaired <= text.n_fixes + 1);
    for (size_t i = 0; i < text.n_fixes; i++) {
        assert_true(text.fixes[i].n_disk >= 2 && text.fixes[i].at < text.n);
        assert_true(i == 0 || text.fixes[i - 1].at < text.fixes[i].at);
    }
    tt_cursor a = {0}, b = {0};
    for (size_t i = 0, k = 0;; i++, k++) {
        size_t line, column, want_line, want_column;
        while (i < raw.n && (unsigned char)raw.data[i] >= 0x80)
            i++;
        while (k < text.n && (unsigned char)text.data[k] >= 0x80)
            k++;
        assert_int_equal(raw.data[i], text.data[k]);
        tt_text_place(&raw, i, &a, &want_line, &want_column);
        tt_text_place(&text, k, &b, &line, &column);
        assert_int_equal(line, want_line);
        if (k > 0 && text.n > 0) /* a byte-order mark that went stands before the first character */
            assert_int_equal(column, want_column);
        if (i >= raw.n)
            break;
    }
    tt_text_release(&raw);
    tt_text_release(&text);
}

static void test_random(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "Ã",    "©",    "â", "€", "™", "‚", "Ä", "ô", "√",      "ó",        "\uF8FF",   "ü", "î", "å",  "ð",
        "Ÿ",    "”",    "Œ", "…", "É", "’", "š", "Â", "\u00A0", "\xC2\x80", "\xC2\x99", "ï", "»", "¿",  "–",
        "∏",    "Ô",    "è", "Û", "†", "Å", "ß", "é", "北",     "🔌",        "a",        "B", " ", "\n", "1",
        "\xE9", "\x92", "·", "ª", "£", "¬", "≈", "Ð", "¸",      "ä",        "\u00AD",   "Ë", "¶"};
    uint64_t seed = 1;
    for (int round = 0; round < 20000; round++) {
        char in[256];
        size_t n = 0, want = next(&seed) % 40, of = 3 + next(&seed) % (sizeof pieces / sizeof *pieces - 3);
        size_t from = next(&seed) % (sizeof pieces / sizeof *pieces);
        for (size_t i = 0; i < want; i++) {
            const char *piece = pieces[(from + next(&seed) % of) % (sizeof pieces / sizeof *pieces)];
            memcpy(in + n, piece, strlen(piece));
            n += strlen(piece);
        }
        check_places(in, n);
    }
}

/* ---- corpus ---- */

static void read_into(tt_buf *out, const char *corpus, const char *name)
{
    char path[TT_MAX_PATH];
    snprintf(path, sizeof path, "%s/%s", corpus, name);
    assert_int_equal(tt_file_read(path, TT_MAX_FILE, out, NULL), 0);
}

/* The lines of a text that two copies have in common, whatever tool saved them: from the line that begins with `from`
 * on, without empty lines, bullets and the line ends at the end. */
static void normalize(const char *p, size_t n, const char *from, tt_buf *out)
{
    tt_str rest = {p, n};
    bool on = false;
    while (rest.n > 0) {
        tt_str line = tt_str_cut(&rest, '\n');
        on = on || tt_str_starts(line, tt_str_of(from));
        if (!on || line.n == 0)
            continue;
        bool bullet = tt_str_starts(line, TT_S("- ")) || tt_str_starts(line, TT_S("* "));
        tt_buf_text(out, bullet ? "- " : "");
        tt_buf_add(out, line.p + (bullet ? 2 : 0), line.n - (bullet ? 2 : 0));
        tt_buf_char(out, '\n');
    }
}

static const struct {
    const char *seed, *clean, *from; /* from NULL: equal byte for byte */
} twins[] = {
    {"seeds/001_577b563070d714f3.txt", "dynamically-typed/050.md", NULL},
    {"seeds/000_a8acf112c3c1c180.txt", "dynamically-typed/019.md", "Hey everyone"},
    {"seeds/004_12c5a99397b7e134.txt", "dynamically-typed/012.md", "Hey everyone"},
};

static void check_twins(const char *corpus)
{
    for (size_t i = 0; i < sizeof twins / sizeof *twins; i++) {
        tt_buf seed = {0}, clean = {0}, a = {0}, b = {0};
        tt_text text;
        read_into(&seed, corpus, twins[i].seed);
        read_into(&clean, corpus, twins[i].clean);
        assert_int_equal(tt_decode(seed.p, seed.n, true, &text, NULL), 0);
        assert_true(text.n_repaired > 50);
        if (!twins[i].from) {
            assert_int_equal(text.n, clean.n);
            assert_memory_equal(text.data, clean.p, clean.n);
        } else {
            normalize(text.data, text.n, twins[i].from, &a);
            normalize(clean.p, clean.n, twins[i].from, &b);
            assert_true(a.n > 5000 && !a.failed && !b.failed);
            assert_string_equal(a.p, b.p);
        }
        check_places(seed.p, seed.n);
        tt_text_release(&text);
        tt_buf_release(&seed);
        tt_buf_release(&clean);
        tt_buf_release(&a);
        tt_buf_release(&b);
    }
}

/* No file of a clean archive is changed. Returns how many it looked at. */
static size_t check_clean(const char *folder)
{
    tt_names names = {0};
    size_t n_files = 0;
    assert_int_equal(tt_folder_list(folder, &names, NULL), 0);
    for (size_t i = 0; i < names.n; i++) {
        char path[TT_MAX_PATH];
        assert_true(snprintf(path, sizeof path, "%s/%s", folder, names.v[i]) < (int)sizeof path);
        if (tt_file_kind_of(path) == TT_FILE_FOLDER) {
            n_files += check_clean(path);
            continue;
        }
        tt_buf in = {0};
        tt_text text;
        assert_int_equal(tt_file_read(path, TT_MAX_FILE, &in, NULL), 0);
        assert_int_equal(tt_decode(in.p, in.n, true, &text, NULL), 0);
        if (text.n_fixes > 0)
            fail_msg("%s: %zu fixes", path, text.n_fixes);
        n_files++;
        tt_text_release(&text);
        tt_buf_release(&in);
    }
    tt_names_release(&names);
    return n_files;
}

static void test_corpus(void **state)
{
    (void)state;
    const char *corpus = getenv("TAGTREND_CORPUS");
    if (!corpus || !*corpus) {
        print_message("# skipped: TAGTREND_CORPUS is not set, so no archive at hand is looked at\n");
        return;
    }
    check_twins(corpus);
    char path[TT_MAX_PATH];
    snprintf(path, sizeof path, "%s/dynamically-typed", corpus);
    assert_true(check_clean(path) >= 68);
    snprintf(path, sizeof path, "%s/haskell-weekly", corpus);
    assert_true(check_clean(path) >= 157);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_damaged), cmocka_unit_test(test_real),           cmocka_unit_test(test_off),
        cmocka_unit_test(test_fixes),   cmocka_unit_test(test_there_and_back), cmocka_unit_test(test_random),
        cmocka_unit_test(test_corpus),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
