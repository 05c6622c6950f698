/* In: a tag's attributes, the words of a short block. Out: what they tell. Not here: what follows from it (scope.c). */
#include "parse/service.h"

typedef enum match { WHOLE, START } match;

/* Names in `class`; of those in `id`, which headings have made of their own words, none. */
static const struct {
    const char *name;
    match match;
    tt_told told;
} names[] = {
    /* Substack puts these into the text of a post: a form to subscribe, a button, another post's title and beginning. */
    {"subscription-widget", START, TT_TOLD_HIDDEN}, /* -wrap, -wrap-editor */
    {"subscribe-widget", START, TT_TOLD_HIDDEN},
    {"button-wrapper", START, TT_TOLD_HIDDEN},
    {"captioned-button-wrap", START, TT_TOLD_HIDDEN}, /* "Thanks for reading! Share it" */
    {"embedded-post", START, TT_TOLD_HIDDEN},         /* -wrap: words of another post, counted there */
    {"digest-post-embed", START, TT_TOLD_HIDDEN},
    {"embedded-publication", START, TT_TOLD_HIDDEN},
    {"install-substack-app", START, TT_TOLD_HIDDEN},
    {"community-chat", START, TT_TOLD_HIDDEN},
    {"poll-embed", WHOLE, TT_TOLD_HIDDEN},
    {"paywall-jump", WHOLE, TT_TOLD_HIDDEN}, /* not `paywall`: schema.org has that for the text behind it */
    {"post-ufi", WHOLE, TT_TOLD_HIDDEN},     /* rows of buttons, as next */
    {"share-dialog", WHOLE, TT_TOLD_HIDDEN},
    /* Marks of footnotes: COUNTING 3 has them as meta. */
    {"footnote-anchor", WHOLE, TT_TOLD_HIDDEN}, /* Substack, in the text */
    {"footnote-number", WHOLE, TT_TOLD_HIDDEN}, /* Substack, at the note */
    {"footnote-ref", WHOLE, TT_TOLD_HIDDEN},    /* what Markdown is made into, as next */
    {"footnote-backref", WHOLE, TT_TOLD_HIDDEN},
    {"footnote-back", WHOLE, TT_TOLD_HIDDEN},
    /* Ghost, WordPress: forms, buttons, rows of buttons. */
    {"kg-signup-card", WHOLE, TT_TOLD_HIDDEN},
    {"kg-button-card", WHOLE, TT_TOLD_HIDDEN},
    {"wp-block-button", START, TT_TOLD_HIDDEN},
    {"wp-block-jetpack-subscriptions", START, TT_TOLD_HIDDEN},
    {"sharedaddy", WHOLE, TT_TOLD_HIDDEN},
    {"jp-relatedposts", WHOLE, TT_TOLD_HIDDEN},
    {"yarpp", START, TT_TOLD_HIDDEN},      /* related posts */
    {"mc4wp-form", START, TT_TOLD_HIDDEN}, /* Mailchimp's form for WordPress */
    {"sharethis-inline", START, TT_TOLD_HIDDEN},
    /* For screen readers: "skip to the content", "opens in a new window". */
    {"sr-only", WHOLE, TT_TOLD_HIDDEN},
    {"visually-hidden", WHOLE, TT_TOLD_HIDDEN},
    {"screen-reader-text", WHOLE, TT_TOLD_HIDDEN},
    /* What a mail shows in the list of mails and not in itself. */
    {"preheader", START, TT_TOLD_HIDDEN},
    {"mcnpreviewtext", WHOLE, TT_TOLD_HIDDEN},
    {"onetrust", START, TT_TOLD_ASKS}, /* a bar that asks for consent; see asks_consent for others */
    /* Around the text of a page. */
    {"post-footer", WHOLE, TT_TOLD_APART},
    {"comments", WHOLE, TT_TOLD_APART},
    {"comments-area", WHOLE, TT_TOLD_APART},
    {"comment-list", WHOLE, TT_TOLD_APART},
    {"breadcrumb", START, TT_TOLD_APART},
    {"skip-link", WHOLE, TT_TOLD_APART},
};

static const struct {
    const char *role;
    tt_told told;
} roles[] = {
    {"navigation", TT_TOLD_APART},   {"contentinfo", TT_TOLD_APART},   {"complementary", TT_TOLD_APART},
    {"search", TT_TOLD_APART},       {"dialog", TT_TOLD_APART},        {"alertdialog", TT_TOLD_APART},
    {"menu", TT_TOLD_APART},         {"menubar", TT_TOLD_APART},       {"toolbar", TT_TOLD_APART},
    {"banner", TT_TOLD_HEADER},      {"main", TT_TOLD_MAIN},           {"article", TT_TOLD_ARTICLE},
    {"doc-noteref", TT_TOLD_HIDDEN}, {"doc-backlink", TT_TOLD_HIDDEN},
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f';
}

static bool starts(tt_str s, const char *with)
{
    size_t n = strlen(with);
    return s.n >= n && tt_str_is_nocase((tt_str){s.p, n}, with);
}

static bool ends(tt_str s, const char *with)
{
    size_t n = strlen(with);
    return s.n >= n && tt_str_is_nocase((tt_str){s.p + s.n - n, n}, with);
}

/* `cookie-bar`, `cookieConsent`, `gdpr_notice`, `consent-dialog`; not `cookie-recipes`. */
static bool asks_consent(tt_str name)
{
    static const char *const begins[] = {"cookie", "consent", "gdpr", "eu-cookie"};
    static const char *const what[] = {"banner",  "bar",    "notice", "consent", "popup",   "overlay", "modal",
                                       "message", "dialog", "wall",   "box",     "wrapper", "info",    "container"};
    bool may = false;
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        may = may || (starts(name, begins[i]) && name.n > strlen(begins[i]));
    for (size_t i = 0; may && i < sizeof what / sizeof *what; i++)
        if (ends(name, what[i]))
            return true;
    return false;
}

static tt_told by_class(tt_str name)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (starts(name, names[i].name) && (names[i].match == START || name.n == strlen(names[i].name)))
            return names[i].told;
    return asks_consent(name) ? TT_TOLD_ASKS : TT_TOLD_NOTHING;
}

static tt_told by_id(tt_str name)
{
    if (tt_str_is_nocase(name, "comments") || tt_str_is_nocase(name, "disqus_thread"))
        return TT_TOLD_APART;
    return asks_consent(name) || starts(name, "onetrust") ? TT_TOLD_ASKS : TT_TOLD_NOTHING;
}

static tt_told by_role(tt_str role)
{
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (tt_str_is_nocase(role, roles[i].role))
            return roles[i].told;
    return TT_TOLD_NOTHING;
}

static tt_told first_of(tt_told a, tt_told b)
{
    return a == TT_TOLD_NOTHING || (b != TT_TOLD_NOTHING && b < a) ? b : a;
}

static tt_told each_word(tt_str value, tt_told (*tell)(tt_str))
{
    tt_told told = TT_TOLD_NOTHING;
    for (size_t i = 0, from; i < value.n; i++) {
        for (from = i; i < value.n && !is_blank(value.p[i]);)
            i++;
        if (i > from)
            told = first_of(told, tell((tt_str){value.p + from, i - from}));
    }
    return told;
}

/* `display: none`, `visibility: hidden`, and what mails say beside it. */
static bool style_hides(tt_str style)
{
    static const char *const hides[] = {"display:none", "visibility:hidden", "mso-hide:all"};
    while (style.n > 0) {
        tt_str rule = tt_str_cut(&style, ';');
        char bare[32];
        size_t n = 0;
        for (size_t i = 0; i < rule.n && rule.p[i] != '!' && n < sizeof bare; i++)
            if (!is_blank(rule.p[i]))
                bare[n++] = rule.p[i];
        for (size_t i = 0; i < sizeof hides / sizeof *hides; i++)
            if (tt_str_is_nocase((tt_str){bare, n}, hides[i]))
                return true;
    }
    return false;
}

/* Addresses that say it in any language: merge tags of Mailchimp and others, Mailchimp's own addresses. */
static const char *const service_links[] = {
    "*|ARCHIVE|*",    "*|UNSUB|*",     "*|UPDATE_PROFILE|*",          "*|FORWARD|*",
    "{{ unsubscribe", "{{unsubscribe", "list-manage.com/unsubscribe", "list-manage.com/profile",
};

static tt_told by_href(tt_str href)
{
    href = tt_str_trim(href);
    for (size_t i = 0; href.n > 0 && i < sizeof service_links / sizeof *service_links; i++)
        if (memmem(href.p, href.n, service_links[i], strlen(service_links[i])))
            return TT_TOLD_SERVICE;
    return href.n > 1 && href.p[0] == '#' ? TT_TOLD_NOTE : TT_TOLD_LINK;
}

tt_told tt_service_told(const tt_tags *tags, const tt_tag *tag)
{
    tt_told told = TT_TOLD_NOTHING;
    tt_str name, value;
    const bool is_link = strcmp(tag->name, "a") == 0;
    const bool is_heading = tag->name[0] == 'h' && tag->name[1] >= '1' && tag->name[1] <= '6';
    for (size_t at = 0; tt_tag_attribute(tags, tag, &at, &name, &value);) {
        tt_told now = TT_TOLD_NOTHING;
        if (tt_str_is_nocase(name, "class") && !is_heading)
            now = each_word(value, by_class);
        else if (tt_str_is_nocase(name, "id") && !is_heading)
            now = by_id(tt_str_trim(value));
        else if (tt_str_is_nocase(name, "role"))
            now = each_word(value, by_role);
        else if (tt_str_is_nocase(name, "href") && is_link)
            now = by_href(value);
        else if (tt_str_is_nocase(name, "hidden") ||
                 (tt_str_is_nocase(name, "aria-hidden") && tt_str_is_nocase(value, "true")) ||
                 (tt_str_is_nocase(name, "style") && style_hides(value)))
            now = TT_TOLD_HIDDEN;
        told = first_of(told, now);
    }
    return told;
}

/* ---- words ---- */

bool tt_service_block(tt_str words)
{
    static const char *const phrases[] = {
        "view this email in your browser",
        "view this email in a browser",
        "view this email online",
        "view this message in your browser",
        "view this newsletter in your browser",
        "view it in your browser",
        "read this email in your browser",
        "open this email in your browser",
        "having trouble viewing this email",
        "having trouble reading this email",
        "email not displaying correctly",
        "unsubscribe from this list",
        "unsubscribe from this newsletter",
        "unsubscribe from these emails",
        "unsubscribe at any time",
        "click here to unsubscribe",
        "you can unsubscribe here",
        "no longer want to receive these emails",
        "no longer wish to receive these emails",
        "want to change how you receive these emails",
        "you are receiving this email because",
        "you're receiving this email because",
        "you received this email because",
    };
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
        if (memmem(words.p, words.n, phrases[i], strlen(phrases[i])))
            return true;
    return false;
}

bool tt_service_link(tt_str words)
{
    static const char *const links[] = {
        "unsubscribe",          "unsubscribe here",         "unsubscribe instantly", "unsubscribe from all",
        "view in browser",      "view in your browser",     "view online",           "view as a web page",
        "view as a webpage",    "view web version",         "read online",           "open in browser",
        "open in your browser", "update your preferences",  "manage preferences",    "manage your preferences",
        "manage subscription",  "manage your subscription", "email preferences",     "update subscription preferences",
        "update your profile",  "forward to a friend",      "why did i get this?",   "web version",
    };
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        if (tt_str_is(words, links[i]))
            return true;
    return false;
}
