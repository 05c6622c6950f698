/* charset: texts in encodings that read/decode does not know, by the labels that the web has for them. The only file that
 * knows iconv. */
#ifndef TT_BASE_CHARSET_H
#define TT_BASE_CHARSET_H

#include "base/str.h"

/* Appends the UTF-8 of bytes in the encoding of that label (`koi8-r`, `Shift_JIS`; the WHATWG's Encoding Standard: gb2312
 * is read as gb18030); each byte that is none in it becomes U+FFFD. TT_EUSAGE: an unknown label, or one of the encodings
 * that decode tells by itself (UTF-8, UTF-16, Windows-1252, Latin-1): nothing is done. TT_EPROGRAM: the system has no
 * such table. TT_ENOMEM: out->failed. */
int tt_charset_convert(tt_str label, tt_str bytes, tt_buf *out);

/* The encoding is told by escape characters, so that its bytes look like ASCII (ISO-2022-JP). */
bool tt_charset_escapes(tt_str label);

#endif
