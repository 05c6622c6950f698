/* address: the parts of a URL as people write them, and what in it only tells whence a reader came. */
#ifndef TT_BASE_ADDRESS_H
#define TT_BASE_ADDRESS_H

#include "base/str.h"

/* Pieces of the URL, as written (RFC 3986; nothing is decoded). A part that is not there is empty. */
typedef struct tt_address {
    tt_str scheme;   /* without its colon; empty: relative */
    bool has_host;   /* `//` is there */
    tt_str host;     /* without user and port; of an IPv6 address with its brackets */
    tt_str path;     /* up to ? or # */
    tt_str query;    /* without ? */
    tt_str fragment; /* with # */
} tt_address;
tt_address tt_address_split(tt_str url);

/* Appends the URL, of which `a` are the parts, without the tracking parameters of its query; nothing else changes. The
 * table is in address.c. */
void tt_address_clean(tt_str url, const tt_address *a, tt_buf *out);

#endif
