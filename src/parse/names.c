/* In: texts of headings, sections.csv. Out: names, keys, and the section that a name belongs to. Not here: which names
 * recur in the archive (the survey), and what a section holds (section.c). */
#include "parse/section.h"

#include "base/rows.h"
#include "base/unicode.h"

struct tt_section_names {
    tt_arena arena;
    tt_intern own;   /* keys of the sections' names; ids are sections */
    tt_str *spelled; /* by section */
    size_t cap_spelled;
    tt_intern exact;         /* keys of headings */
    uint32_t *exact_section; /* by id in `exact` */
    size_t cap_exact;
    struct pattern {
        tt_str key; /* holds `*` */
        uint32_t section;
    } * patterns;
    size_t n_patterns, cap_patterns;
};

int tt_section_names_new(tt_section_names **out, tt_err *err)
{
    *out = tt_calloc(1, sizeof **out);
    return *out ? TT_OK : tt_fail_memory(err);
}

void tt_section_names_free(tt_section_names *names)
{
    if (!names)
        return;
    tt_intern_release(&names->own);
    tt_intern_release(&names->exact);
    tt_free(names->spelled);
    tt_free(names->exact_section);
    tt_free(names->patterns);
    tt_arena_release(&names->arena);
    tt_free(names);
}

/* `*` against any characters; goes back to the last `*` alone, so the time is at most the product of the lengths. */
static bool glob(tt_str pattern, tt_str s)
{
    size_t i = 0, k = 0, star = SIZE_MAX, mark = 0;
    while (k < s.n) {
        if (i < pattern.n && pattern.p[i] == '*') {
            star = i++;
            mark = k;
        } else if (i < pattern.n && pattern.p[i] == s.p[k]) {
            i++;
            k++;
        } else if (star != SIZE_MAX) {
            i = star + 1;
            k = ++mark;
        } else {
            return false;
        }
    }
    while (i < pattern.n && pattern.p[i] == '*')
        i++;
    return i == pattern.n;
}

bool tt_section_names_find(const tt_section_names *names, tt_str key, tt_str *section)
{
    uint32_t id;
    if (!names || key.n == 0)
        return false;
    if (tt_intern_find(&names->own, key, &id)) {
        *section = names->spelled[id];
        return true;
    }
    if (tt_intern_find(&names->exact, key, &id)) {
        *section = names->spelled[names->exact_section[id]];
        return true;
    }
    for (size_t i = 0; i < names->n_patterns; i++) {
        if (glob(names->patterns[i].key, key)) {
            *section = names->spelled[names->patterns[i].section];
            return true;
        }
    }
    return false;
}

/* ---- reading ---- */

typedef struct reader {
    tt_section_names *names;
    const char *path;
    const tt_sink *sink;
    size_t section, heading; /* columns */
    bool has_header;
} reader;

static int read_header(reader *r, const tt_row *row, tt_err *err)
{
    r->section = r->heading = row->n;
    for (size_t i = 0; i < row->n; i++) {
        if (tt_str_is_nocase(row->fields[i].text, "section"))
            r->section = i;
        else if (tt_str_is_nocase(row->fields[i].text, "heading"))
            r->heading = i;
    }
    r->has_header = true;
    if (r->section == row->n || r->heading == row->n)
        return tt_fail(err, TT_EINPUT, r->path, row->line, 1,
                       "the first line must name the columns section and heading");
    return TT_OK;
}

static int add_own(tt_section_names *names, tt_str name, uint32_t *section)
{
    tt_str key;
    size_t n = names->own.n;
    if (tt_section_key(&names->arena, name, &key) != TT_OK || tt_intern_add(&names->own, key, section) != TT_OK ||
        tt_grow(&names->spelled, &names->cap_spelled, names->own.n, sizeof *names->spelled) != TT_OK)
        return TT_ENOMEM;
    if (names->own.n > n)
        names->spelled[*section] = name;
    return TT_OK;
}

static int add_pattern(tt_section_names *names, tt_str heading, uint32_t section)
{
    tt_str key;
    if (tt_section_key(&names->arena, tt_str_trim(heading), &key) != TT_OK ||
        tt_grow(&names->patterns, &names->cap_patterns, names->n_patterns + 1, sizeof *names->patterns) != TT_OK)
        return TT_ENOMEM;
    names->patterns[names->n_patterns++] = (struct pattern){key, section};
    return TT_OK;
}

static int add_heading(reader *r, const tt_field *field, uint32_t section)
{
    tt_section_names *names = r->names;
    tt_str name, key;
    uint32_t id;
    size_t n = names->exact.n;
    if (memchr(field->text.p, '*', field->text.n))
        return add_pattern(names, field->text, section);
    if (tt_section_name(&names->arena, field->text, &name) != TT_OK ||
        tt_section_key(&names->arena, name, &key) != TT_OK)
        return TT_ENOMEM;
    if (key.n == 0)
        return TT_OK;
    if (tt_intern_add(&names->exact, key, &id) != TT_OK ||
        tt_grow(&names->exact_section, &names->cap_exact, names->exact.n, sizeof *names->exact_section) != TT_OK)
        return TT_ENOMEM;
    if (names->exact.n > n)
        names->exact_section[id] = section;
    else if (names->exact_section[id] != section)
        tt_tell(r->sink, TT_NOTE, r->path, field->line, field->column,
                "heading \"%.*s\" is listed for section \"%.*s\" already; that one holds", (int)name.n, name.p,
                (int)names->spelled[names->exact_section[id]].n, names->spelled[names->exact_section[id]].p);
    return TT_OK;
}

static int read_row(void *ctx, const tt_row *row, tt_err *err)
{
    reader *r = ctx;
    tt_str name;
    uint32_t section;
    if (!r->has_header)
        return read_header(r, row, err);
    size_t last = r->section > r->heading ? r->section : r->heading;
    if (row->n <= last)
        return tt_fail(err, TT_EINPUT, r->path, row->line, 1, "this line lacks a section or a heading");
    const tt_field *own = &row->fields[r->section], *heading = &row->fields[r->heading];
    if (tt_section_name(&r->names->arena, own->text, &name) != TT_OK)
        return tt_fail_memory(err);
    if (name.n == 0)
        return tt_fail(err, TT_EINPUT, r->path, own->line, own->column, "the section's name is empty");
    if (heading->text.n == 0)
        return tt_fail(err, TT_EINPUT, r->path, heading->line, heading->column, "the heading is empty");
    if (add_own(r->names, name, &section) != TT_OK || add_heading(r, heading, section) != TT_OK)
        return tt_fail_memory(err);
    return TT_OK;
}

int tt_section_names_read(tt_section_names *names, const char *path, tt_str csv, const tt_sink *sink, tt_err *err)
{
    reader r = {.names = names, .path = path, .sink = sink};
    return tt_rows_read(path, csv, read_row, &r, err);
}

/* ---- a heading's name ---- */

/* 1️⃣, #️⃣: a digit, # or * that is drawn as an emoji. */
static bool is_keycap(const char *p, size_t n, size_t at)
{
    return n - at >= 7 && memcmp(p + at + 1, "\xEF\xB8\x8F\xE2\x83\xA3", 6) == 0;
}

/* Emoji and characters that vanish are left out, white space is collapsed. */
static void clean(tt_str text, tt_buf *out)
{
    uint32_t cp;
    bool blank = false;
    for (size_t i = 0, len; i < text.n; i += len) {
        len = tt_utf8_decode(text.p + i, text.n - i, &cp);
        if (len == 0)
            len = 1;
        else if (tt_cp_space(cp))
            blank = true;
        else if (tt_cp_emoji(cp) || tt_cp_vanishes(cp) || is_keycap(text.p, text.n, i))
            continue;
        else {
            if (blank && out->n > 0)
                tt_buf_char(out, ' ');
            blank = false;
            tt_buf_add(out, text.p + i, len);
        }
    }
}

static bool is_word(uint32_t cp)
{
    return tt_cp_letter(cp) || tt_cp_digit(cp) || tt_cp_mark(cp) || cp == '$' || (cp >= 0xA2 && cp <= 0xA5) ||
           (cp >= 0x20A0 && cp <= 0x20CF);
}

/* Opening and closing brackets by turns: the partner of i is i ^ 1. */
enum { N_BRACKETS = 16 };
static const uint32_t bracket_cps[N_BRACKETS] = {'(',    ')',    '[',    ']',    '{',    '}',    0x300C, 0x300D,
                                                 0x300E, 0x300F, 0x3010, 0x3011, 0x300A, 0x300B, 0xFF08, 0xFF09};

static size_t bracket_of(uint32_t cp)
{
    size_t i = 0;
    while (i < N_BRACKETS && bracket_cps[i] != cp)
        i++;
    return i;
}

/* A name that is being cut: s[at..end), and where each bracket stands first and last in all of s. */
typedef struct cutting {
    const char *s;
    size_t at, end;
    size_t first[N_BRACKETS], last[N_BRACKETS]; /* SIZE_MAX, 0: nowhere */
} cutting;

static void find_brackets(cutting *c)
{
    uint32_t cp;
    for (size_t i = 0; i < N_BRACKETS; i++) {
        c->first[i] = SIZE_MAX;
        c->last[i] = 0;
    }
    for (size_t i = c->at, len; i < c->end && (len = tt_utf8_decode(c->s + i, c->end - i, &cp)) > 0; i += len) {
        size_t k = bracket_of(cp);
        if (k == N_BRACKETS)
            continue;
        c->last[k] = i;
        if (c->first[k] == SIZE_MAX)
            c->first[k] = i;
    }
}

/* Cuts one character from the start; false: the name begins. `(Europe) News` keeps its brackets, `(News)` does not. */
static bool cut_start(cutting *c)
{
    uint32_t cp;
    size_t len = tt_utf8_decode(c->s + c->at, c->end - c->at, &cp), k = bracket_of(cp);
    if (len == 0 || is_word(cp))
        return false;
    if (k < N_BRACKETS && k % 2 == 0 && c->last[k ^ 1] > c->at && c->last[k ^ 1] != tt_utf8_back(c->s, c->end))
        return false;
    c->at += len;
    return true;
}

/* Cuts from the end; false: the name ends. A closing bracket stays where it has a partner, + and # behind a word. */
static bool cut_end(cutting *c)
{
    uint32_t cp, before;
    size_t at = tt_utf8_back(c->s, c->end), k;
    if (tt_utf8_decode(c->s + at, c->end - at, &cp) == 0 || is_word(cp))
        return false;
    if (cp == '+' || cp == '#') {
        while (at > c->at && (c->s[at - 1] == '+' || c->s[at - 1] == '#'))
            at--;
        size_t back = at > c->at ? tt_utf8_back(c->s, at) : at;
        if (back < at && tt_utf8_decode(c->s + back, at - back, &before) > 0 && is_word(before))
            return false;
    }
    k = bracket_of(cp);
    if (k < N_BRACKETS && k % 2 == 1 && c->first[k ^ 1] >= c->at && c->first[k ^ 1] < at)
        return false;
    c->end = at;
    return true;
}

int tt_section_name(tt_arena *arena, tt_str text, tt_str *name)
{
    tt_buf buf = {0};
    clean(text, &buf);
    cutting c = {.s = buf.p, .end = buf.n};
    find_brackets(&c);
    for (size_t n = SIZE_MAX; c.at < c.end && c.end - c.at < n;) { /* [News]: takes more than one turn */
        n = c.end - c.at;
        while (c.at < c.end && cut_end(&c))
            continue;
        while (c.at < c.end && cut_start(&c))
            continue;
    }
    const tt_str s = {buf.p ? buf.p + c.at : "", c.end - c.at};
    int rc = buf.failed ? TT_ENOMEM : tt_str_dup(arena, s, name);
    tt_buf_release(&buf);
    return rc;
}

int tt_section_key(tt_arena *arena, tt_str name, tt_str *key)
{
    tt_buf buf = {0};
    int rc = tt_unicode_key(name.p, name.n, true, &buf);
    if (rc == TT_OK)
        rc = tt_str_dup(arena, (tt_str){buf.p, buf.n}, key);
    tt_buf_release(&buf);
    return rc;
}
