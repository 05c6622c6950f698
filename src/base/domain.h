/* domain: whose site a host is. The only file that knows libpsl. */
#ifndef TT_BASE_DOMAIN_H
#define TT_BASE_DOMAIN_H

#include "base/str.h"

/* Appends the registered domain of a URL's host by the public suffix list that libpsl was built with (no network), its
 * private part included, so that `you.github.io` is a site of its own: www.bbc.co.uk -> bbc.co.uk. In lower case, as it
 * is displayed: labels in punycode (xn--) are decoded. An IP address, a single name and a public suffix stay as they
 * are; nothing is appended for what cannot be a host. */
void tt_domain(tt_str host, tt_buf *out);

#endif
