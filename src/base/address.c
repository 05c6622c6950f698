/* In: a URL as written. Out: its parts; the same URL without tracking parameters. Not here: whose site it is (domain.c),
 * which issue it means (trend/refer.c). */
#include "base/address.h"

/* Parameters that tell whence a reader came or who it is, and change nothing of what is shown. Collected from what the
 * senders themselves document, and from the lists of ClearURLs and of Firefox's query stripping. One that is common
 * under other meanings (`ref`, `source`, `s`) stands here for the sites alone where it is known to be this. */
static const struct parameter {
    const char *name;
    bool prefix;      /* every name that begins so */
    const char *site; /* NULL: everywhere; else this host and those under it */
} parameters[] = {
    {"utm_", true, NULL},   /* Google Analytics, and nearly all mail services */
    {"gclid", false, NULL}, /* Google Ads, with the next five */
    {"gclsrc", false, NULL},
    {"dclid", false, NULL},
    {"gbraid", false, NULL},
    {"wbraid", false, NULL},
    {"_ga", false, NULL},
    {"_gl", false, NULL},
    {"fbclid", false, NULL}, /* Facebook, with the next two */
    {"fb_action_ids", false, NULL},
    {"fb_source", false, NULL},
    {"igshid", false, NULL}, /* Instagram */
    {"igsh", false, NULL},
    {"msclkid", false, NULL},   /* Microsoft Advertising */
    {"twclid", false, NULL},    /* Twitter */
    {"ref_src", false, NULL},   /* Twitter: where a post was embedded */
    {"ref_url", false, NULL},   /* Twitter, the same */
    {"ttclid", false, NULL},    /* TikTok */
    {"li_fat_id", false, NULL}, /* LinkedIn */
    {"yclid", false, NULL},     /* Yandex */
    {"_openstat", false, NULL}, /* Yandex */
    {"mc_cid", false, NULL},    /* Mailchimp: campaign */
    {"mc_eid", false, NULL},    /* Mailchimp: reader */
    {"_hsenc", false, NULL},    /* HubSpot, with the next three */
    {"_hsmi", false, NULL},
    {"__hssc", false, NULL},
    {"__hstc", false, NULL},
    {"hsCtaTracking", false, NULL},
    {"mkt_tok", false, NULL}, /* Marketo */
    {"vero_id", false, NULL}, /* Vero */
    {"vero_conv", false, NULL},
    {"oly_enc_id", false, NULL}, /* Omeda */
    {"oly_anon_id", false, NULL},
    {"ck_subscriber_id", false, NULL}, /* ConvertKit */
    {"ml_subscriber", false, NULL},    /* MailerLite */
    {"ml_subscriber_hash", false, NULL},
    {"__s", false, NULL},         /* Drip */
    {"dm_i", false, NULL},        /* dotdigital */
    {"mtm_", true, NULL},         /* Matomo */
    {"pk_campaign", false, NULL}, /* Matomo, formerly Piwik, with the next five */
    {"pk_kwd", false, NULL},
    {"pk_source", false, NULL},
    {"pk_medium", false, NULL},
    {"pk_content", false, NULL},
    {"piwik_", true, NULL},
    {"s", false, "twitter.com"}, /* the button by which a post was shared, and by whom */
    {"t", false, "twitter.com"},
    {"s", false, "x.com"},
    {"t", false, "x.com"},
    {"feature", false, "youtube.com"},
    {"feature", false, "youtu.be"},
    {"si", false, "youtube.com"},
    {"si", false, "youtu.be"},
    {"si", false, "spotify.com"},
    {"source", false, "medium.com"},
    {"smid", false, "nytimes.com"},
    {"CMP", false, "theguardian.com"},
    {"ref", false, "producthunt.com"},
    {"ref", false, "amazon.com"},
    {"ref_", false, "amazon.com"},
    {"trk", false, "linkedin.com"},
    {"trackingId", false, "linkedin.com"},
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* RFC 3986, 3.1 */
static size_t scheme_of(tt_str url)
{
    size_t n = 0;
    while (n < url.n && (is_letter(url.p[n]) || (n > 0 && ((url.p[n] >= '0' && url.p[n] <= '9') || url.p[n] == '+' ||
                                                           url.p[n] == '-' || url.p[n] == '.'))))
        n++;
    return n > 0 && n < url.n && url.p[n] == ':' ? n : 0;
}

/* [user@]host[:port] */
static tt_str host_of(tt_str authority)
{
    for (size_t i = authority.n; i > 0; i--) {
        if (authority.p[i - 1] == '@') {
            authority = (tt_str){authority.p + i, authority.n - i};
            break;
        }
    }
    if (authority.n > 0 && authority.p[0] == '[') {
        const char *close = memchr(authority.p, ']', authority.n);
        return close ? (tt_str){authority.p, (size_t)(close - authority.p) + 1} : authority;
    }
    return tt_str_cut(&authority, ':');
}

/* Takes what stands before ?, # or, if it ends so, a slash. */
static tt_str take(tt_str *rest, bool slash)
{
    size_t n = 0;
    while (n < rest->n && rest->p[n] != '?' && rest->p[n] != '#' && !(slash && rest->p[n] == '/'))
        n++;
    tt_str out = {rest->p, n};
    *rest = (tt_str){rest->p + n, rest->n - n};
    return out;
}

tt_address tt_address_split(tt_str url)
{
    tt_address a = {0};
    size_t scheme = scheme_of(url);
    tt_str rest = url;
    if (scheme > 0) {
        a.scheme = (tt_str){url.p, scheme};
        rest = (tt_str){url.p + scheme + 1, url.n - scheme - 1};
    }
    if (tt_str_starts(rest, TT_S("//"))) {
        a.has_host = true;
        rest = (tt_str){rest.p + 2, rest.n - 2};
        a.host = host_of(take(&rest, true));
    }
    a.path = take(&rest, false);
    if (rest.n > 0 && rest.p[0] == '?') {
        rest = (tt_str){rest.p + 1, rest.n - 1};
        a.query = tt_str_cut(&rest, '#');
        if (a.query.p + a.query.n < url.p + url.n) /* it was there */
            rest = (tt_str){rest.p - 1, rest.n + 1};
    }
    a.fragment = rest;
    return a;
}

static bool is_under(tt_str host, const char *site)
{
    size_t n = strlen(site);
    return host.n >= n && tt_str_is_nocase((tt_str){host.p + host.n - n, n}, site) &&
           (host.n == n || host.p[host.n - n - 1] == '.');
}

static bool is_tracking(tt_str name, tt_str host)
{
    for (size_t i = 0; i < sizeof parameters / sizeof *parameters; i++) {
        const struct parameter *p = &parameters[i];
        tt_str head = name;
        if (p->prefix && name.n > strlen(p->name))
            head.n = strlen(p->name);
        if (tt_str_is_nocase(head, p->name) && (!p->site || is_under(host, p->site)))
            return true;
    }
    return false;
}

void tt_address_clean(tt_str url, const tt_address *a, tt_buf *out)
{
    size_t n_kept = 0;
    if (a->query.n == 0) {
        tt_buf_str(out, url);
        return;
    }
    tt_buf_add(out, url.p, (size_t)(a->query.p - url.p) - 1);
    for (tt_str rest = a->query; rest.n > 0;) {
        tt_str pair = tt_str_cut(&rest, '&'), value = pair, name = tt_str_cut(&value, '=');
        if (is_tracking(name, a->host))
            continue;
        tt_buf_char(out, n_kept++ ? '&' : '?');
        tt_buf_str(out, pair);
    }
    tt_buf_str(out, a->fragment);
}
