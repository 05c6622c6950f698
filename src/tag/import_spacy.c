/* In: patterns of spaCy's EntityRuler, a JSON object a line. Out: rows. A pattern that is a text matches as written; one
 * that is a list says for each token LOWER (any case), TEXT or ORTH (as written), each a text or {"IN": […]}, and
 * "OP": "?" for one that may be missing. Between two tokens of letters or digits stands a blank, beside signs nothing.
 * Not here: JSON (base/json). */
#include "base/json.h"
#include "base/unicode.h"
#include "tag/importer.h"

enum { EITHER_CASE, LOWER, EXACT };

struct reader {
    tt_importer *im;
    tt_origin at;
    tt_arena arena; /* of a line */
    tt_str *terms;  /* the pattern's spellings so far */
    size_t n;
    int how;         /* EITHER_CASE: as yet nothing depends on it */
    bool words;      /* the last token is of letters or digits */
    bool blank;      /* an optional token that stands first has its blank with it */
    bool sign;       /* an optional sign behind a word: with it no blank follows, without it one does */
    const char *why; /* the pattern cannot be said */
};

static const tt_json_node *find(const tt_json_node *object, const char *key)
{
    for (const tt_json_node *n = object->first; n; n = n->next)
        if (tt_str_is(n->key, key))
            return n;
    return NULL;
}

static bool has_alnum(tt_str s, bool letters)
{
    uint32_t cp;
    for (size_t i = 0, n; i < s.n; i += n ? n : 1) {
        n = tt_utf8_decode(s.p + i, s.n - i, &cp);
        if (n && (tt_cp_letter(cp) || (!letters && tt_cp_digit(cp))))
            return true;
    }
    return false;
}

/* The attribute that says the text; NULL, and why, where a term cannot say it. */
static const tt_json_node *read_token(struct reader *r, const tt_json_node *token, int *how, bool *optional)
{
    const tt_json_node *text = NULL;
    *optional = false;
    for (const tt_json_node *a = token->kind == TT_JSON_OBJECT ? token->first : NULL; a; a = a->next) {
        bool lower = tt_str_is(a->key, "LOWER");
        if (tt_str_is(a->key, "OP") && a->kind == TT_JSON_STRING && tt_str_is(a->text, "?")) {
            *optional = true;
        } else if (!text && (lower || tt_str_is(a->key, "TEXT") || tt_str_is(a->key, "ORTH"))) {
            text = a;
            *how = lower ? LOWER : EXACT;
        } else {
            r->why = "a term can say LOWER, TEXT or ORTH and OP ? of a token, nothing else";
            return NULL;
        }
    }
    if (!text)
        r->why = "a token says no text; a term is made of texts";
    return text;
}

/* Appends one spelling of a token to one of the pattern so far. */
static int join(struct reader *r, tt_str before, tt_str token, bool optional, tt_str *out)
{
    tt_buf term = {0};
    bool word = has_alnum(token, false);
    bool gap = before.n && r->words && word && !r->blank;
    tt_buf_str(&term, before);
    if (optional)
        tt_buf_char(&term, '(');
    if (gap)
        tt_buf_char(&term, ' ');
    tt_buf one = {0};
    tt_importer_quote(&one, token, false);
    tt_buf_str(&term, (tt_str){one.p, one.n});
    if (optional)
        tt_buf_text(&term, before.n == 0 && word ? " )" : ")");
    int rc = term.failed || one.failed ? TT_ENOMEM : tt_str_dup(&r->arena, (tt_str){term.p, term.n}, out);
    tt_buf_release(&one);
    tt_buf_release(&term);
    return rc;
}

/* All spellings so far with all of the token's texts. */
static int multiply(struct reader *r, const tt_json_node *first, size_t n, bool optional)
{
    size_t n_terms = r->n * n, k = 0;
    bool word = n && has_alnum(first->text, false);
    if (word && r->sign) {
        r->why = "a sign between two words may be missing; write a line with it and one without";
        return 0;
    }
    if (n == 0 || n_terms > TT_MAX_VARIANTS) {
        r->why = n ? "it has more than 256 spellings; write it in several lines" : "a list of texts is empty";
        return 0;
    }
    tt_str *terms = tt_arena_array(&r->arena, n_terms, sizeof *terms);
    if (!terms)
        return TT_ENOMEM;
    for (size_t i = 0; i < r->n; i++)
        for (const tt_json_node *t = first; t && k < n_terms && k < (i + 1) * n; t = t->next)
            if (join(r, r->terms[i], t->text, optional, &terms[k++]) != 0)
                return TT_ENOMEM;
    r->sign = optional && !word && (r->words || r->sign);
    r->words = word;
    r->blank = optional && r->terms[0].n == 0;
    r->terms = terms;
    r->n = n_terms;
    return 0;
}

static int on_token(struct reader *r, const tt_json_node *token)
{
    int how = EXACT;
    bool optional;
    const tt_json_node *text = read_token(r, token, &how, &optional), *first = text;
    tt_json_node alone;
    size_t n = 0;
    if (!text)
        return 0;
    if (text->kind == TT_JSON_OBJECT && text->first && !text->first->next && tt_str_is(text->first->key, "IN") &&
        text->first->kind == TT_JSON_ARRAY) {
        first = text->first->first;
    } else {
        alone = *text;
        alone.next = NULL;
        first = &alone;
    }
    for (const tt_json_node *t = first; t; t = t->next, n++) {
        if (t->kind != TT_JSON_STRING) {
            r->why = "a term cannot say REGEX, NOT_IN and their like; write the texts themselves";
            return 0;
        }
        if (!has_alnum(t->text, true))
            continue;
        if (r->how != EITHER_CASE && r->how != how)
            r->why = "some tokens ignore case and some do not; a term does one or the other";
        r->how = how;
    }
    return r->why ? 0 : multiply(r, first, n, optional);
}

static int on_pattern(struct reader *r, tt_str name, tt_str type, const tt_json_node *pattern)
{
    uint32_t topic = 0;
    tt_str empty = {"", 0};
    int rc = 0;
    r->terms = &empty;
    r->n = 1;
    r->how = EITHER_CASE;
    r->words = r->blank = r->sign = false;
    r->why =
        pattern->kind == TT_JSON_ARRAY && pattern->first ? NULL : "its pattern is neither a text nor a list of tokens";
    if (pattern->kind == TT_JSON_STRING) {
        r->why = NULL;
        r->how = EXACT;
        rc = join(r, empty, pattern->text, false, &empty);
    }
    for (const tt_json_node *t = pattern->kind == TT_JSON_ARRAY ? pattern->first : NULL; t && rc == 0 && !r->why;
         t = t->next)
        rc = on_token(r, t);
    if (r->why)
        tt_importer_skip(r->im, r->at, "left out: %s", r->why);
    else if (rc == 0)
        rc = tt_importer_topic(r->im, name, name, type, TT_NO_PARENT, r->at, &topic);
    for (size_t i = 0; i < r->n && rc == 0 && !r->why; i++)
        rc = tt_importer_row(r->im, &topic, 1, r->terms[i], r->how == EXACT, r->at);
    return rc;
}

static int on_line(struct reader *r, tt_str line)
{
    tt_json_node *root = NULL;
    size_t at = 0, begin = (size_t)(line.p - r->im->data.p);
    int rc = tt_json_parse(line, &r->arena, &root, &at);
    if (rc == TT_EINPUT) {
        tt_importer_skip(r->im, tt_importer_place(r->im, begin + at), "left out: the JSON is broken here; correct it");
        return 0;
    }
    if (rc != 0)
        return rc;
    r->at = tt_importer_place(r->im, begin);
    const tt_json_node *label = find(root, "label"), *pattern = find(root, "pattern"), *id = find(root, "id");
    if (!label || label->kind != TT_JSON_STRING || !pattern || (id && id->kind != TT_JSON_STRING)) {
        tt_importer_skip(r->im, r->at, "left out: no pattern; write {\"label\": …, \"pattern\": …}");
        return 0;
    }
    r->at = tt_importer_place(r->im, begin + pattern->at);
    tt_str name = id && id->text.n ? id->text : label->text;
    tt_buf type = {0};
    for (size_t i = 0; i < label->text.n; i++) {
        char c = label->text.p[i];
        tt_buf_char(&type, c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c);
    }
    rc = type.failed ? TT_ENOMEM : on_pattern(r, name, (tt_str){type.p, type.n}, pattern);
    tt_buf_release(&type);
    return rc;
}

int tt_import_spacy(tt_importer *im)
{
    struct reader r = {.im = im};
    tt_str rest = im->data;
    int rc = 0;
    while (rest.n && rc == 0) {
        tt_str line = tt_str_trim(tt_str_cut(&rest, '\n'));
        if (line.n == 0)
            continue;
        tt_arena_reset(&r.arena);
        rc = on_line(&r, line);
    }
    tt_arena_release(&r.arena);
    return rc;
}
