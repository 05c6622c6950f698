/* codepage: the upper halves of Windows-1252 (with Latin-1's controls where it leaves a byte undefined) and Mac Roman. */
#ifndef TT_READ_CODEPAGE_H
#define TT_READ_CODEPAGE_H

#include "base/str.h"

typedef enum tt_page { TT_PAGE_WINDOWS, TT_PAGE_MAC, TT_N_PAGES } tt_page;

/* The character of a byte from 0x80 on in Windows-1252; 81 8D 8F 90 9D give the control of the same number, as the
 * WHATWG's Encoding Standard has it. */
uint32_t tt_windows_char(unsigned char byte);

/* The byte, 0x80 to 0xFF, that shows as `cp` in a page; 0: none. The page TT_PAGE_WINDOWS takes Latin-1's U+0080 to
 * U+009F too, so that it stands for both: no character has two bytes in it. */
unsigned char tt_page_byte(tt_page page, uint32_t cp);

#endif
