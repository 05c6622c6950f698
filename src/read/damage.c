/* In: characters. Out: what kind they are of. Not here: the judgements (damage_windows.c, damage_mac.c). */
#include "read/damage.h"

#include "base/unicode.h"

typedef struct range {
    uint32_t first, last;
    tt_kind kind;
} range;

/* Sorted. What is missing is TT_KIND_NONE: above all blocks that real text runs into by accident, such as Syriac,
 * Thaana and NKo (`Ü…`, `ß“` in Windows-1252), Samaritan (`à »` with a no-break space) and Mongolian (`á »`). U+F8FF is
 * the apple of Mac Roman, which text damaged twice holds. */
static const range ranges[] = {
    {0x80, 0x9F, TT_KIND_CONTROL},      {0xA0, 0x2FF, TT_KIND_LATIN},        {0x300, 0x36F, TT_KIND_MARK},
    {0x370, 0x377, TT_KIND_GREEK},      {0x37A, 0x37F, TT_KIND_GREEK},       {0x384, 0x38A, TT_KIND_GREEK},
    {0x38C, 0x38C, TT_KIND_GREEK},      {0x38E, 0x3A1, TT_KIND_GREEK},       {0x3A3, 0x3FF, TT_KIND_GREEK},
    {0x400, 0x52F, TT_KIND_CYRILLIC},   {0x531, 0x556, TT_KIND_ARMENIAN},    {0x559, 0x58F, TT_KIND_ARMENIAN},
    {0x591, 0x5C7, TT_KIND_HEBREW},     {0x5D0, 0x5EA, TT_KIND_HEBREW},      {0x5F0, 0x5F4, TT_KIND_HEBREW},
    {0x606, 0x6FF, TT_KIND_ARABIC},     {0x900, 0x109F, TT_KIND_SOUTH},      {0x10A0, 0x10FF, TT_KIND_SOUTH},
    {0x1100, 0x11FF, TT_KIND_EAST},     {0x1200, 0x139F, TT_KIND_SOUTH},     {0x1780, 0x17FF, TT_KIND_SOUTH},
    {0x1C90, 0x1CBF, TT_KIND_SOUTH},    {0x1D00, 0x1DBF, TT_KIND_LATIN},     {0x1DC0, 0x1DFF, TT_KIND_MARK},
    {0x1E00, 0x1EFF, TT_KIND_LATIN},    {0x1F00, 0x1FFE, TT_KIND_GREEK},     {0x2000, 0x2064, TT_KIND_SYMBOL},
    {0x2066, 0x2071, TT_KIND_SYMBOL},   {0x2074, 0x208E, TT_KIND_SYMBOL},    {0x2090, 0x209C, TT_KIND_LATIN},
    {0x20A0, 0x20C0, TT_KIND_SYMBOL},   {0x20D0, 0x20F0, TT_KIND_MARK},      {0x2100, 0x218B, TT_KIND_SYMBOL},
    {0x2190, 0x2426, TT_KIND_SYMBOL},   {0x2440, 0x244A, TT_KIND_SYMBOL},    {0x2460, 0x2B73, TT_KIND_SYMBOL},
    {0x2B76, 0x2BFF, TT_KIND_SYMBOL},   {0x2C60, 0x2C7F, TT_KIND_LATIN},     {0x2DE0, 0x2DFF, TT_KIND_CYRILLIC},
    {0x2E00, 0x2E5D, TT_KIND_SYMBOL},   {0x2E80, 0x2FD5, TT_KIND_EAST},      {0x2FF0, 0x2FFB, TT_KIND_EAST},
    {0x3000, 0x303F, TT_KIND_EAST},     {0x3041, 0x3096, TT_KIND_EAST},      {0x3099, 0x30FF, TT_KIND_EAST},
    {0x3105, 0x312F, TT_KIND_EAST},     {0x3131, 0x318E, TT_KIND_EAST},      {0x3190, 0x31E3, TT_KIND_EAST},
    {0x31F0, 0xA48C, TT_KIND_EAST},     {0xA640, 0xA69F, TT_KIND_CYRILLIC},  {0xA720, 0xA7FF, TT_KIND_LATIN},
    {0xA8E0, 0xA8FF, TT_KIND_SOUTH},    {0xAB30, 0xAB6B, TT_KIND_LATIN},     {0xAC00, 0xD7A3, TT_KIND_EAST},
    {0xF8FF, 0xF8FF, TT_KIND_SYMBOL},   {0xF900, 0xFAD9, TT_KIND_EAST},      {0xFB00, 0xFB06, TT_KIND_LATIN},
    {0xFB13, 0xFB17, TT_KIND_ARMENIAN}, {0xFB1D, 0xFB4F, TT_KIND_HEBREW},    {0xFB50, 0xFDFF, TT_KIND_ARABIC},
    {0xFE00, 0xFE0F, TT_KIND_SYMBOL},   {0xFE20, 0xFE2F, TT_KIND_MARK},      {0xFE30, 0xFE6B, TT_KIND_EAST},
    {0xFE70, 0xFEFC, TT_KIND_ARABIC},   {0xFEFF, 0xFEFF, TT_KIND_SYMBOL},    {0xFF01, 0xFFEE, TT_KIND_EAST},
    {0xFFFC, 0xFFFD, TT_KIND_SYMBOL},   {0x1D400, 0x1D7FF, TT_KIND_PICTURE}, {0x1F000, 0x1FBFF, TT_KIND_PICTURE},
    {0x20000, 0x323AF, TT_KIND_EAST},   {0xE0020, 0xE007F, TT_KIND_TAG},     {0xE0100, 0xE01EF, TT_KIND_TAG},
};

tt_kind tt_kind_of(uint32_t cp)
{
    size_t low = 0, n = sizeof ranges / sizeof *ranges;
    while (n > 0) {
        size_t half = n / 2;
        const range *r = &ranges[low + half];
        if (r->last < cp) {
            low += half + 1;
            n -= half + 1;
        } else if (r->first > cp) {
            n = half;
        } else {
            return r->kind;
        }
    }
    return TT_KIND_NONE;
}

bool tt_damage_lower(uint32_t cp)
{
    return cp < 0x530 && tt_cp_letter(cp) && !tt_cp_upper(cp);
}

bool tt_damage_quote(uint32_t cp)
{
    return cp == '"' || cp == '\'' || cp == 0xAB || cp == 0xBB || (cp >= 0x2018 && cp <= 0x201F) || cp == 0x2039 ||
           cp == 0x203A;
}

bool tt_damage_blank(uint32_t cp)
{
    return cp == 0 || cp == ' ' || cp == '\t' || cp == '\n';
}
