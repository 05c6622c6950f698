/* In: tokens, and which of them count. Out: units with what their shape and place say. Not here: which units make a name
 * (gather.c), English words (common.c). */
#include "tag/unit.h"

#include "base/unicode.h"
#include "tag/common.h"

#include <string.h>

enum { UNIT_TOKENS = 16 }; /* tokens of one unit; a longer chain of hyphens falls apart */

typedef struct maker {
    const tt_doc *doc;
    const tt_tokens *tokens;
    const tt_unit_marks *marks;
    tt_arena *arena;
    tt_buf buf;
    tt_unit *v; /* on the heap while it grows */
    size_t n, cap;
    uint32_t pending; /* flags of the next unit */
    bool bracket;     /* `(` stands right before the next unit */
    bool amount;      /* a currency sign does */
} maker;

/* ---- what may follow what ---- */

static bool counts(const maker *m, size_t i)
{
    return !m->marks->counted || m->marks->counted[i];
}

/* Token i stands right behind the one before it, and counts like that. */
static const tt_token *direct(const maker *m, size_t i)
{
    const tt_token *v = m->tokens->v;
    if (i == 0 || i >= m->tokens->n || v[i].space_before || v[i].barrier || v[i].block != v[i - 1].block ||
        !counts(m, i))
        return NULL;
    return &v[i];
}

static uint32_t sign_of(const tt_token *t)
{
    uint32_t cp = 0;
    if (t->kind == TT_TOKEN_SYMBOL && t->n_nfkc)
        tt_utf8_decode(t->nfkc, t->n_nfkc, &cp);
    return cp;
}

static bool direct_word(const maker *m, size_t i)
{
    const tt_token *t = direct(m, i);
    return t && t->kind == TT_TOKEN_WORD;
}

/* `C++`, `Google+`; `C#`: signs that end a unit. */
static size_t end_signs(const maker *m, size_t last)
{
    const tt_token *word = &m->tokens->v[last], *t = direct(m, last + 1);
    uint32_t sign = t ? sign_of(t) : 0;
    size_t to = last;
    if (sign == '+')
        for (to++; to < last + 2 && (t = direct(m, to + 1)) && sign_of(t) == '+';)
            to++;
    else if (sign == '#' && word->n_nfkc <= 2)
        to++;
    return to > last && direct_word(m, to + 1) ? last : to;
}

/* The last token of the unit that begins with word `i`. */
static size_t unit_end(const maker *m, size_t i)
{
    size_t last = i;
    while (last - i < UNIT_TOKENS && !m->tokens->v[last].possessive) {
        const tt_token *t = direct(m, last + 1);
        if (!t || !direct_word(m, last + 2))
            break;
        uint32_t sign = sign_of(t);
        const tt_token *next = &m->tokens->v[last + 2];
        bool joint = sign == '.' && t->inner && next->inner;
        bool letters = sign == '/' && m->tokens->v[last].n_nfkc == 1 && next->n_nfkc == 1;
        if (!joint && !letters && !t->hyphen && sign != '&')
            break;
        last += 2;
    }
    return end_signs(m, last);
}

/* ---- signs between units ---- */

static bool is_initial_or_title(const tt_unit *u)
{
    static const char *const titles[] = {"mr", "mrs", "ms", "dr", "prof", "st", "jr", "vs"};
    if ((u->flags & TT_UNIT_CAPITAL) && tt_utf8_count(u->text.p, u->text.n) == 1)
        return true;
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        if (tt_str_is(u->fold, titles[i]))
            return true;
    return false;
}

/* The full stop of `J.` and `Dr.` belongs to the unit: a term must have it, too. */
static int add_stop(maker *m, size_t i)
{
    tt_unit *u = &m->v[m->n - 1];
    tt_buf_reset(&m->buf);
    tt_buf_str(&m->buf, u->text);
    tt_buf_char(&m->buf, '.');
    u->last = (uint32_t)i;
    return m->buf.failed ? TT_ENOMEM : tt_str_dup(m->arena, (tt_str){m->buf.p, m->buf.n}, &u->text);
}

static int on_sign(maker *m, size_t i)
{
    static const uint32_t ends[] = {'.', '!', '?', ':', 0x2026, '|', 0x2022, 0x3002, 0xff01, 0xff1f};
    static const uint32_t quotes[] = {0x201c, 0x201e, 0xab, 0x2018, 0x2039, '"', 0xbb};
    const tt_token *t = &m->tokens->v[i];
    uint32_t sign = sign_of(t);
    bool first = m->n == 0 || m->v[m->n - 1].block != t->block;
    if (sign == '.' && !first && direct(m, i) && m->v[m->n - 1].last + 1 == i && is_initial_or_title(&m->v[m->n - 1]))
        return add_stop(m, i);
    m->pending |= TT_UNIT_BREAK;
    m->bracket = sign == '(';
    m->amount = sign == '$' || sign == 0x20ac || sign == 0xa3;
    for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
        if (sign == ends[k])
            m->pending |= TT_UNIT_START | TT_UNIT_SENTENCE;
    for (size_t k = 0; k < sizeof quotes / sizeof *quotes; k++)
        if (sign == quotes[k] && (sign != '"' || t->space_before || first))
            m->pending |= TT_UNIT_START;
    return 0;
}

/* ---- one unit ---- */

typedef struct shape {
    size_t upper, lower, digits, letters;
    bool inner, digit_first, sign;
} shape;

static void look_at(shape *s, tt_str token, bool first)
{
    for (size_t at = 0, k; at < token.n; at += k) {
        uint32_t cp;
        k = tt_utf8_decode(token.p + at, token.n - at, &cp);
        if (k == 0)
            return;
        bool upper = tt_cp_upper(cp), letter = tt_cp_letter(cp), digit = tt_cp_digit(cp);
        s->inner |= upper && at > 0;
        s->upper += upper;
        s->letters += letter;
        s->lower += letter && !upper;
        s->digits += digit;
        s->digit_first |= digit && first && at == 0;
        s->sign |= cp == '+' || cp == '#' || cp == '&';
    }
}

/* `3D`, `5G`, but no `5M`. */
static bool is_digit_name(const shape *s, tt_str fold)
{
    return s->digits == 1 && s->upper > 0 && s->lower == 0 && !strchr("kmbt", fold.p[fold.n - 1]);
}

/* `ML-powered`, `GAN-based`: an adjective, whatever capitals it begins with. */
static bool is_compound(tt_str text)
{
    size_t at = text.n;
    while (at > 0 && text.p[at - 1] >= 'a' && text.p[at - 1] <= 'z')
        at--;
    return at > 1 && text.p[at - 1] == '-' && text.n - at >= 4;
}

static uint32_t shape_flags(const shape *s, tt_str text, tt_str fold, bool amount)
{
    uint32_t flags = 0;
    if (amount || s->letters == 0 || (s->digit_first && !is_digit_name(s, fold)))
        return TT_UNIT_NUMBER | (s->upper ? TT_UNIT_CAPITAL : 0);
    if (is_compound(text))
        return TT_UNIT_ORDINARY;
    if (s->upper > 0)
        flags |= TT_UNIT_CAPITAL;
    if (s->upper > 1 && s->lower == 0)
        flags |= TT_UNIT_SHOUTED;
    if (s->upper > 0 && (s->inner || s->digits || s->sign || (flags & TT_UNIT_SHOUTED)))
        flags |= TT_UNIT_SHAPED;
    return flags;
}

static bool is_joiner(tt_str fold)
{
    static const char *const joiners[] = {"of",  "de", "del", "der", "den", "van", "von", "la", "le", "du",
                                          "dos", "da", "di",  "des", "zu",  "y",   "et",  "&",  "on", "with"};
    for (size_t i = 0; i < sizeof joiners / sizeof *joiners; i++)
        if (tt_str_is(fold, joiners[i]))
            return true;
    return false;
}

static bool is_adverb(tt_str fold)
{
    static const char *const nouns[] = {"family", "assembly", "anomaly", "monopoly", "supply", "reply", "italy"};
    if (fold.n < 5 || !tt_str_ends(fold, TT_S("ly")))
        return false;
    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++)
        if (tt_str_is(fold, nouns[i]))
            return false;
    return true;
}

static uint32_t word_flags(tt_str fold, uint32_t form)
{
    unsigned class = tt_common_word(fold);
    uint32_t flags = 0;
    tt_str rest = fold, part;
    bool all = true, function = false;
    if (class & TT_COMMON_CALENDAR)
        flags |= TT_UNIT_CALENDAR;
    if ((class & TT_COMMON_FUNCTION) && !(form & TT_UNIT_SHOUTED))
        flags |= TT_UNIT_FUNCTION;
    if ((class & TT_COMMON_ORDINARY) || (is_adverb(fold) && !(form & TT_UNIT_CAPITAL)))
        flags |= TT_UNIT_ORDINARY;
    if (is_joiner(fold))
        flags |= TT_UNIT_JOINER;
    if (!memchr(fold.p, '-', fold.n) || (form & TT_UNIT_CAPITAL))
        return flags;
    while (rest.n) { /* `state-of-the-art`, `well-known` */
        part = tt_str_cut(&rest, '-');
        class = tt_common_word(part);
        function |= (class & TT_COMMON_FUNCTION) != 0;
        all = all && class != 0;
    }
    return flags | (all || function ? TT_UNIT_ORDINARY : 0);
}

static size_t text_size(const tt_token *t, bool fold)
{
    return (fold ? t->n_fold : t->n_nfkc) - t->fold_possessive;
}

/* The tokens' keys one after the other; hyphens as `-`. One token's are taken as they are. */
static int join_tokens(maker *m, const tt_unit *u, bool fold, tt_str *out)
{
    const tt_token *v = m->tokens->v;
    if (u->first == u->last) {
        *out = (tt_str){fold ? v[u->first].fold : v[u->first].nfkc, text_size(&v[u->first], fold)};
        return 0;
    }
    tt_buf_reset(&m->buf);
    for (size_t i = u->first; i <= u->last; i++)
        if (v[i].hyphen)
            tt_buf_char(&m->buf, '-');
        else
            tt_buf_add(&m->buf, fold ? v[i].fold : v[i].nfkc, text_size(&v[i], fold));
    return m->buf.failed ? TT_ENOMEM : tt_str_dup(m->arena, (tt_str){m->buf.p, m->buf.n}, out);
}

static int make_key(maker *m, tt_str fold, tt_str *out)
{
    bool plain = true;
    for (size_t i = 0; i < fold.n && plain; i++)
        plain = (unsigned char)fold.p[i] < 0x80 && fold.p[i] != '-';
    *out = fold;
    if (plain)
        return 0;
    tt_buf_reset(&m->buf);
    if (tt_unicode_bare(fold.p, fold.n, &m->buf) != 0)
        return TT_ENOMEM;
    size_t n = 0;
    for (size_t i = 0; i < m->buf.n; i++)
        if (m->buf.p[i] != '-')
            m->buf.p[n++] = m->buf.p[i];
    return tt_str_dup(m->arena, (tt_str){m->buf.p, n}, out);
}

static bool covered(const maker *m, size_t first, size_t last)
{
    for (size_t i = first; m->marks->covered && i <= last; i++)
        if (m->marks->covered[i])
            return true;
    return false;
}

static uint32_t place_in_text(const tt_doc *doc, const tt_token *t)
{
    const tt_run *run = &doc->runs[t->run];
    return run->n == run->n_src ? run->at + (t->vis - run->vis) : run->at;
}

static int add_unit(maker *m, size_t first, size_t last, bool tag)
{
    const tt_token *v = m->tokens->v;
    shape s = {0};
    if (tt_grow(&m->v, &m->cap, m->n + 1, sizeof *m->v) != 0)
        return TT_ENOMEM;
    tt_unit *u = &m->v[m->n];
    *u = (tt_unit){.first = (uint32_t)first,
                   .last = (uint32_t)last,
                   .at = place_in_text(m->doc, &v[first]),
                   .flags = m->pending,
                   .block = v[first].block};
    if (join_tokens(m, u, false, &u->text) != 0 || join_tokens(m, u, true, &u->fold) != 0 ||
        make_key(m, u->fold, &u->key) != 0)
        return TT_ENOMEM;
    for (size_t i = first; i <= last; i++)
        look_at(&s, (tt_str){v[i].nfkc, text_size(&v[i], false)}, i == first);
    u->flags |= shape_flags(&s, u->text, u->fold, m->amount);
    u->flags |= word_flags(u->fold, u->flags);
    u->flags |= tag ? TT_UNIT_TAG : 0;
    u->flags |= v[last].possessive ? TT_UNIT_POSSESSIVE : 0;
    u->flags |= covered(m, first, last) ? TT_UNIT_COVERED : 0;
    if (m->bracket && last + 1 < m->tokens->n && sign_of(&v[last + 1]) == ')')
        u->flags |= TT_UNIT_BRACKETED;
    m->n++;
    m->pending = v[last].possessive || direct_word(m, last + 1) ? TT_UNIT_BREAK : 0;
    m->bracket = m->amount = false;
    return 0;
}

/* ---- all units ---- */

/* Token i is `#` or `@` and a name follows it. */
static bool begins_tag(const maker *m, size_t i)
{
    uint32_t sign = sign_of(&m->tokens->v[i]), cp = 0;
    if ((sign != '#' && sign != '@') || !direct_word(m, i + 1) || direct_word(m, i))
        return false;
    if (direct(m, i) && m->tokens->v[i - 1].kind == TT_TOKEN_WORD)
        return false;
    tt_utf8_decode(m->tokens->v[i + 1].nfkc, m->tokens->v[i + 1].n_nfkc, &cp);
    return tt_cp_letter(cp);
}

static int make_all(maker *m)
{
    const tt_token *v = m->tokens->v;
    int rc = 0;
    for (size_t i = 0; i < m->tokens->n && rc == 0; i++) {
        size_t last = i;
        bool sign = v[i].kind == TT_TOKEN_SYMBOL;
        if (i == 0 || v[i].block != v[i - 1].block || v[i].barrier)
            m->pending |= TT_UNIT_BREAK | TT_UNIT_START | TT_UNIT_SENTENCE;
        if (!counts(m, i)) {
            m->pending |= TT_UNIT_BREAK;
        } else if (sign && begins_tag(m, i)) {
            last = i + 1;
            rc = add_unit(m, i, last, true);
        } else if (sign && sign_of(&v[i]) == '&' && m->n && m->pending == 0) {
            rc = add_unit(m, i, i, false);
            if (rc == 0)
                m->v[m->n - 1].flags = TT_UNIT_FUNCTION | TT_UNIT_JOINER;
        } else if (sign) {
            rc = on_sign(m, i);
        } else if (v[i].no_end && direct(m, i + 1) && v[i + 1].inner) {
            last = i + 1; /* `l’`: an article */
        } else {
            last = unit_end(m, i);
            rc = add_unit(m, i, last, false);
        }
        i = last;
    }
    return rc;
}

/* ---- what the neighbours say ---- */

static bool is_content(const tt_unit *u)
{
    return !(u->flags & (TT_UNIT_FUNCTION | TT_UNIT_NUMBER | TT_UNIT_JOINER));
}

/* A sentence in which four of five words have a capital is a title; one in capitals alone says nothing of shapes. */
static void mark_title(tt_unit *v, size_t n)
{
    size_t content = 0, capital = 0, shouted = 0;
    for (size_t i = 0; i < n; i++) {
        content += is_content(&v[i]);
        capital += is_content(&v[i]) && (v[i].flags & TT_UNIT_CAPITAL);
        shouted += is_content(&v[i]) && (v[i].flags & TT_UNIT_SHOUTED);
    }
    bool title = content >= 2 && 5 * capital >= 4 * content, cry = content >= 3 && shouted == content;
    for (size_t i = 0; i < n && title; i++)
        v[i].flags = (v[i].flags | TT_UNIT_TITLE) & ~(cry ? (uint32_t)TT_UNIT_SHAPED : 0);
}

enum { TITLE_WORDS = 5 }; /* a run of so many capitals is a title inside a sentence */

static void mark_inner_titles(tt_unit *v, size_t n)
{
    for (size_t i = 0; i < n;) {
        size_t end = i, content = 0;
        for (; end < n && (end == i || !(v[end].flags & TT_UNIT_BREAK)); end++) {
            if (is_content(&v[end]) && !(v[end].flags & TT_UNIT_CAPITAL))
                break;
            content += is_content(&v[end]);
        }
        for (size_t k = i; k < end && content >= TITLE_WORDS; k++)
            v[k].flags |= TT_UNIT_TITLE;
        i = end > i ? end : i + 1;
    }
}

/* The text of a link or of emphasis that begins here and is no name: `wrote [Building a thing](…)`. */
static bool begins_phrase(const tt_doc *doc, const tt_tokens *tokens, const tt_unit *u, const tt_unit *end)
{
    const tt_token *t = &tokens->v[u->first];
    const tt_run *run = &doc->runs[t->run];
    if (t->run == 0 || t->vis != run->vis || t->run == doc->blocks[t->block].first_run)
        return false;
    const tt_run *before = run - 1;
    if (before->n != before->n_src || before->at + before->n_src >= run->at)
        return false;
    for (const tt_unit *k = u + 1; k < end && tokens->v[k->first].run == t->run; k++)
        if (!(k->flags & (TT_UNIT_CAPITAL | TT_UNIT_JOINER | TT_UNIT_NUMBER)))
            return true;
    return false;
}

int tt_units_make(const tt_doc *doc, const tt_tokens *tokens, const tt_unit_marks *marks, tt_arena *arena,
                  tt_units *out)
{
    maker m = {.doc = doc, .tokens = tokens, .marks = marks, .arena = arena};
    int rc = make_all(&m);
    for (size_t i = 0, end; i < m.n && rc == 0; i = end) {
        for (end = i + 1; end < m.n && !(m.v[end].flags & TT_UNIT_SENTENCE);)
            end++;
        mark_title(m.v + i, end - i);
        mark_inner_titles(m.v + i, end - i);
        for (size_t k = i; k < end; k++)
            if ((m.v[k].flags & TT_UNIT_CAPITAL) && begins_phrase(doc, tokens, &m.v[k], m.v + end))
                m.v[k].flags |= TT_UNIT_START;
    }
    *out = (tt_units){0};
    if (rc == 0 && m.n > 0) {
        out->v = tt_arena_array(arena, m.n, sizeof *m.v);
        if (out->v)
            memcpy(out->v, m.v, m.n * sizeof *m.v);
        else
            rc = TT_ENOMEM;
    }
    out->n = rc == 0 ? m.n : 0;
    tt_free(m.v);
    tt_buf_release(&m.buf);
    return rc;
}
