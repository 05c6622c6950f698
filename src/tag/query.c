/* In: a question as text, a lexicon. Out: ways of understanding it. Not here: which way holds, which only the archive
 * can tell (run_query.c); what lies near (close.c). */
#include "tag/query.h"

#include "base/unicode.h"

#include <string.h>

/* ---- names, forgiving ---- */

/* Case-folded, without white space and hyphens: `Self-driving cars` -> selfdrivingcars. 0 or TT_ENOMEM. */
int tt_query_fold(tt_str s, tt_buf *out)
{
    tt_buf key = {0};
    tt_buf_reset(out);
    int rc = tt_utf8_valid(s.p, s.n) ? tt_unicode_key(s.p, s.n, true, &key) : 0;
    for (size_t i = 0, n; i < key.n; i += n) {
        uint32_t cp = 0;
        n = tt_utf8_decode(key.p + i, key.n - i, &cp);
        n = n ? n : 1;
        if (!tt_cp_space(cp) && !tt_cp_hyphen(cp) && cp != '_')
            tt_buf_add(out, key.p + i, n);
    }
    tt_buf_release(&key);
    return rc != 0 || out->failed ? TT_ENOMEM : 0;
}

struct names {
    const tt_lexicon *lex;
    tt_buf folded; /* of what is asked */
    tt_buf other;
    bool failed;
};

static bool same(struct names *k, tt_str s)
{
    /* most names differ in their length by more than blanks and hyphens can explain */
    if (k->failed || s.n < k->folded.n / 3)
        return false;
    k->failed = tt_query_fold(s, &k->other) != 0;
    return !k->failed && k->folded.n && tt_str_eq((tt_str){k->folded.p, k->folded.n}, (tt_str){k->other.p, k->other.n});
}

/* By id, then by label as written, then forgiving either. */
static bool find_topic(struct names *k, tt_str text, uint32_t *topic)
{
    const tt_lexicon *lex = k->lex;
    if (tt_lexicon_topic(lex, text, topic))
        return true;
    for (uint32_t i = 0; i < lex->n_topics; i++)
        if (tt_str_eq(lex->topics[i].label, text)) {
            *topic = i;
            return true;
        }
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < lex->n_topics; i++)
            if (same(k, pass ? lex->topics[i].label : lex->topics[i].id)) {
                *topic = i;
                return true;
            }
    return false;
}

/* ---- parts ---- */

struct making {
    const tt_lexicon *lex;
    tt_query *q;
    uint32_t *next;
    tt_arena *arena;
    struct names names;
    tt_err *err;
    int year; /* of the ways that are made next */
};

/* A field of CSV in quotes. */
static void put_field(tt_buf *to, tt_str s)
{
    tt_buf_char(to, '"');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            tt_buf_char(to, '"');
        tt_buf_char(to, s.p[i]);
    }
    tt_buf_char(to, '"');
}

static int make_own(struct making *m, tt_query_part *part)
{
    tt_lexicon_builder *b = NULL;
    tt_buf csv = {0};
    tt_buf_text(&csv, "topic,term\nquery,");
    put_field(&csv, part->text);
    tt_buf_char(&csv, '\n');
    int rc = csv.failed ? tt_fail_memory(m->err) : tt_lexicon_builder_new(&b, NULL, m->err);
    if (rc == 0)
        rc = tt_lexicon_add(b, "query.csv", (tt_str){csv.p, csv.n}, m->err);
    if (b) {
        tt_err later = {0};
        int finished = tt_lexicon_finish(b, &part->own, rc == 0 ? m->err : &later);
        rc = rc == 0 ? finished : rc;
    }
    tt_buf_release(&csv);
    return rc;
}

/* The entries whose term it is, ignoring case, blanks and hyphens; all of one spelling. */
static int find_entries(struct making *m, tt_query_part *part)
{
    const tt_lexicon *lex = m->lex;
    size_t n = 0;
    tt_str spelling = {"", 0};
    uint32_t *v = tt_arena_array(m->arena, lex->n_entries + 1, sizeof *v);
    if (!v)
        return tt_fail_memory(m->err);
    for (int pass = 0; pass < 2 && n == 0; pass++) /* as written, then forgiving */
        for (uint32_t i = 0; i < lex->n_entries; i++) {
            const tt_entry *e = &lex->entries[i];
            if (n           ? !tt_str_eq(e->term, spelling)
                : pass == 0 ? !tt_str_eq(e->term, part->text)
                            : !same(&m->names, e->term))
                continue;
            if (e->topic == TT_DROP) {
                part->dropped = true;
                continue;
            }
            spelling = e->term;
            v[n++] = i;
        }
    part->entries = v;
    part->n_entries = n;
    if (n) {
        part->kind = TT_PART_ENTRY;
        part->text = spelling;
        part->topic = lex->entries[v[0]].topic;
    }
    return m->names.failed ? tt_fail_memory(m->err) : 0;
}

/* A term that is none is a failure of the caller's choice: *good says. */
static int make_part(struct making *m, tt_str text, tt_query_part *part, bool *good, tt_err *why)
{
    *part = (tt_query_part){.kind = TT_PART_TERM, .text = text, .topic = TT_DROP};
    *good = true;
    if (tt_query_fold(text, &m->names.folded) != 0)
        return tt_fail_memory(m->err);
    if (find_topic(&m->names, text, &part->topic)) {
        part->kind = TT_PART_TOPIC;
        part->index = part->topic;
        return 0;
    }
    int rc = m->names.failed ? tt_fail_memory(m->err) : find_entries(m, part);
    if (rc == 0 && part->kind == TT_PART_TERM) {
        rc = tt_term_check(text, NULL, why);
        if (rc == TT_EINPUT || rc == TT_ELIMIT) {
            *good = false;
            return 0;
        }
        rc = rc == 0 ? make_own(m, part) : tt_fail_memory(m->err);
    }
    part->index = rc == 0 ? (*m->next)++ : 0;
    return rc;
}

/* ---- ways ---- */

static bool is_plain(const tt_query_part *p)
{
    return p->kind != TT_PART_TERM;
}

static tt_way *add_way(struct making *m, tt_str text, size_t n_parts)
{
    tt_way *w = &m->q->ways[m->q->n_ways];
    *w = (tt_way){.text = text, .year = m->year, .parts = tt_arena_array(m->arena, n_parts, sizeof *w->parts)};
    if (!w->parts)
        return NULL;
    memset(w->parts, 0, n_parts * sizeof *w->parts);
    m->q->n_ways++;
    return w;
}

/* The whole text as one thing. *decided: the lexicon knows it, so that no other way is looked for. */
static int whole_way(struct making *m, tt_str text, bool *decided, tt_err *why)
{
    bool good = false;
    tt_way *w = add_way(m, text, 1);
    if (!w)
        return tt_fail_memory(m->err);
    w->n_parts = w->n_first = 1;
    int rc = make_part(m, text, &w->parts[0], &good, why);
    if (rc != 0)
        return rc;
    *decided = good && is_plain(&w->parts[0]);
    if (!good)
        m->q->n_ways--;
    w->index[0] = w->index[1] = w->index[2] = w->parts[0].index;
    return 0;
}

/* The text up to " + " or " / "; *rest goes on behind it, *sign is which. */
static tt_str next_piece(tt_str *rest, char *sign)
{
    for (size_t i = 0; i + 2 < rest->n; i++)
        if (rest->p[i] == ' ' && (rest->p[i + 1] == '+' || rest->p[i + 1] == '/') && rest->p[i + 2] == ' ') {
            tt_str piece = {rest->p, i};
            *sign = rest->p[i + 1];
            *rest = (tt_str){rest->p + i + 3, rest->n - i - 3};
            return tt_str_trim(piece);
        }
    tt_str last = tt_str_trim(*rest);
    *rest = (tt_str){"", 0};
    *sign = '\0';
    return last;
}

/* How many pieces there are, and how many shares; 0: nothing to split. */
static size_t count_pieces(tt_str text, size_t *n_shares)
{
    size_t n = 0;
    char sign;
    *n_shares = 0;
    do {
        tt_str piece = next_piece(&text, &sign);
        if (piece.n == 0)
            return 0;
        n++;
        *n_shares += sign == '/';
    } while (sign);
    return n;
}

/* Bytes of a text that a message has room for: whole characters. */
static int shown(tt_str s)
{
    enum { MOST = 80 };
    size_t n = s.n < MOST ? s.n : MOST;
    while (n < s.n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
        n--;
    return (int)n;
}

static void drop_way(tt_query *q)
{
    tt_way *w = &q->ways[--q->n_ways];
    for (size_t i = 0; i < w->n_parts; i++)
        tt_lexicon_free(w->parts[i].own);
}

static int split_way(struct making *m, tt_str text, tt_err *why)
{
    size_t n_shares, n = count_pieces(text, &n_shares);
    char sign;
    if (n < 2)
        return 0;
    if (n > TT_MAX_PARTS)
        return tt_fail(m->err, TT_ELIMIT, NULL, 0, 0, "a query has at most %d parts", TT_MAX_PARTS);
    if (n_shares > 1)
        return tt_fail(m->err, TT_EUSAGE, NULL, 0, 0, "a query has at most one ` / `: the share of the first in both");
    tt_way *w = add_way(m, text, n);
    if (!w)
        return tt_fail_memory(m->err);
    do {
        bool good;
        tt_str piece = next_piece(&text, &sign);
        int rc = make_part(m, piece, &w->parts[w->n_parts], &good, why);
        w->n_parts++;
        if (rc != 0)
            return rc;
        if (!good && m->q->n_ways > 1) { /* as a whole it is a term */
            drop_way(m->q);
            return 0;
        }
        if (!good)
            return tt_fail(m->err, TT_EUSAGE, NULL, 0, 0, "`%.*s` is no term: %s", shown(piece), piece.p, why->text);
        if (sign == '/')
            w->n_first = w->n_parts;
    } while (sign);
    w->n_first = w->n_first ? w->n_first : w->n_parts;
    w->index[0] = w->n_first == 1 ? w->parts[0].index : (*m->next)++;
    w->index[1] = w->index[2] = w->index[0];
    if (w->n_first < w->n_parts) {
        w->index[1] = w->n_parts - w->n_first == 1 ? w->parts[w->n_first].index : (*m->next)++;
        w->index[2] = (*m->next)++;
    }
    return 0;
}

/* ---- filler words ---- */

static tt_str first_word(tt_str s)
{
    size_t n = 0;
    while (n < s.n && s.p[n] != ' ')
        n++;
    return (tt_str){s.p, n};
}

static tt_str last_word(tt_str s)
{
    size_t at = s.n;
    while (at > 0 && s.p[at - 1] != ' ')
        at--;
    return (tt_str){s.p + at, s.n - at};
}

static bool is_one_of(tt_str word, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (tt_str_is_nocase(word, words[i]))
            return true;
    return false;
}

static bool is_year(tt_str s, int *year)
{
    int64_t x;
    if (s.n != 4 || !tt_num_parse(s, &x) || x < 1000)
        return false;
    *year = (int)x;
    return true;
}

/* "How often did I cover OpenAI in 2020?" -> OpenAI, 2020. The text itself where it is no question. */
/* Between `begin` and `end`, if it is. */
static bool unwrap(tt_str *s, const char *begin, const char *end)
{
    const size_t n = strlen(begin), m = strlen(end);
    if (s->n < n + m || !tt_str_starts(*s, tt_str_of(begin)) || !tt_str_ends(*s, tt_str_of(end)))
        return false;
    *s = tt_str_trim((tt_str){s->p + n, s->n - n - m});
    return true;
}

/* Without quote marks around it and the sign that ends a sentence. */
static tt_str without_quotes(tt_str s)
{
    s = tt_str_trim(s);
    while (unwrap(&s, "", "?") || unwrap(&s, "", "!") || unwrap(&s, "", ".") || unwrap(&s, "\"", "\"") ||
           unwrap(&s, "“", "”") || unwrap(&s, "„", "“"))
        continue;
    return s;
}

static tt_str without_fillers(tt_str s, int *year)
{
    static const char *const questions[] = {"how",   "what",     "when", "where", "did",    "do",    "have",
                                            "which", "mentions", "show", "tell",  "number", "count", "mention"};
    static const char *const leading[] = {
        "how",      "what",    "when",      "where",  "did",     "do",    "does",  "have",    "has",     "had",
        "mentions", "show",    "tell",      "number", "count",   "often", "much",  "many",    "times",   "i",
        "we",       "you",     "they",      "cover",  "covered", "write", "wrote", "written", "mention", "mentioned",
        "talk",     "talked",  "about",     "on",     "of",      "the",   "a",     "an",      "report",  "reported",
        "been",     "discuss", "discussed", "was",    "were",    "is",    "are",   "me",      "ever",    "coverage",
        "covering", "writing", "there",     "issues", "say",     "said",  "which", "first",   "last"};
    static const char *const trailing[] = {"mentioned", "covered", "come", "came", "up", "appear", "appears",  "occur",
                                           "mentions",  "so",      "far",  "ever", "be", "been",   "discussed"};
    tt_str t = without_quotes(s);
    const bool question = is_one_of(first_word(t), questions, sizeof questions / sizeof *questions);
    for (tt_str w = first_word(t); question && w.n < t.n && is_one_of(w, leading, sizeof leading / sizeof *leading);
         w = first_word(t))
        t = question ? tt_str_trim((tt_str){t.p + w.n, t.n - w.n}) : t;
    for (;;) {
        tt_str w = last_word(t), rest = tt_str_trim((tt_str){t.p, t.n - w.n});
        int dated = 0;
        if (question && rest.n && is_one_of(w, trailing, sizeof trailing / sizeof *trailing))
            t = rest;
        else if (is_year(w, &dated) && tt_str_is_nocase(last_word(rest), "in") && rest.n > 2)
            t = tt_str_trim((tt_str){rest.p, rest.n - 2});
        else
            return t;
        *year = dated ? dated : *year;
    }
}

/* ---- all of it ---- */

static int make_ways(struct making *m, tt_str text, tt_err *why)
{
    bool decided = false;
    int year = 0;
    if (text.n > 2 && text.p[0] == '+' && text.p[1] == ' ') { /* its parts at once, whatever it means as a whole */
        const tt_str parts = tt_str_trim((tt_str){text.p + 2, text.n - 2});
        size_t n_shares;
        return count_pieces(parts, &n_shares) > 1 ? split_way(m, parts, why) : whole_way(m, parts, &decided, why);
    }
    int rc = whole_way(m, text, &decided, why);
    tt_str bare = without_fillers(text, &year);
    if (rc != 0 || decided)
        return rc;
    if (bare.n && !tt_str_eq(bare, text)) {
        tt_err of_bare = {0};
        m->year = year;
        rc = whole_way(m, bare, &decided, &of_bare);
        if (rc != 0 || decided)
            return rc;
    }
    return split_way(m, bare.n ? bare : text, why);
}

int tt_query_make(tt_query *out, const tt_lexicon *lex, tt_str text, uint32_t *next, tt_arena *arena, tt_err *err)
{
    tt_err why = {0};
    tt_str whole;
    *out = (tt_query){0};
    text = tt_str_trim(text);
    if (text.n == 0)
        return tt_fail(err, TT_EUSAGE, NULL, 0, 0, "the query is empty; name a topic or a term");
    if (text.n > TT_MAX_QUERY)
        return tt_fail(err, TT_ELIMIT, NULL, 0, 0, "the query is longer than %d bytes", TT_MAX_QUERY);
    if (!tt_utf8_valid(text.p, text.n))
        return tt_fail(err, TT_EUSAGE, NULL, 0, 0, "the query is no UTF-8");
    if (tt_str_dup(arena, text, &whole) != 0)
        return tt_fail_memory(err);
    out->text = whole;
    struct making m = {lex, out, next, arena, {.lex = lex}, err, 0};
    int rc = make_ways(&m, whole, &why);
    tt_buf_release(&m.names.folded);
    tt_buf_release(&m.names.other);
    if (rc == 0 && out->n_ways == 0)
        rc = tt_fail(err, TT_EUSAGE, NULL, 0, 0, "`%.*s` is no topic of the lexicon and no term: %s", shown(whole),
                     whole.p, why.text);
    if (rc != 0)
        tt_query_release(out);
    return rc;
}

void tt_query_release(tt_query *q)
{
    for (size_t i = 0; i < q->n_ways; i++)
        for (size_t k = 0; k < q->ways[i].n_parts; k++)
            tt_lexicon_free(q->ways[i].parts[k].own);
    *q = (tt_query){0};
}
