/* In: lines of Org. Out: blocks. Not here: what stands in a line (markup_inline.c). */
#include "parse/markup.h"

/* From the line behind `at` to the first that starts with `mark`, which is taken too. */
static size_t end_of_block(const tt_markup_doc *m, size_t at, const char *mark, size_t *content_end)
{
    while (at < m->n) {
        tt_markup_line l = tt_markup_line_at(m, at);
        *content_end = l.at;
        at = l.end + 1;
        if (tt_markup_starts(m, l.text, l.end, mark))
            return at;
    }
    *content_end = m->n;
    return m->n;
}

/* #+begin_src, #+end_quote, #+caption: and the like. */
static size_t keyword(tt_markup_doc *m, const tt_markup_line *l)
{
    static const struct {
        const char *begin, *end;
        tt_zone zone;
    } raw[] = {{"#+begin_src", "#+end_src", TT_ZONE_CODE},
               {"#+begin_example", "#+end_example", TT_ZONE_CODE},
               {"#+begin_export", "#+end_export", TT_ZONE_META},
               {"#+begin_comment", "#+end_comment", TT_ZONE_META}};
    size_t next = l->end + 1, content_end;
    tt_markup_flush(m);
    if (tt_markup_starts(m, l->text, l->end, "#+caption:")) {
        m->flow.html.caption = true;
        tt_markup_add(m, l, l->text + strlen("#+caption:"), TT_BLOCK_PARAGRAPH);
        tt_markup_flush(m);
        m->flow.html.caption = false;
        return next;
    }
    tt_markup_aside(m, TT_ZONE_META, l->text, l->end);
    for (size_t i = 0; i < sizeof raw / sizeof *raw; i++) {
        if (!tt_markup_starts(m, l->text, l->end, raw[i].begin))
            continue;
        size_t from = next;
        next = end_of_block(m, from, raw[i].end, &content_end);
        if (raw[i].zone == TT_ZONE_CODE)
            tt_markup_code(m, from, content_end);
        else
            tt_markup_aside(m, TT_ZONE_META, from, content_end);
        return next;
    }
    if (tt_markup_starts(m, l->text, l->end, "#+begin_quote") || tt_markup_starts(m, l->text, l->end, "#+begin_verse"))
        m->flow.quote = 1;
    if (tt_markup_starts(m, l->text, l->end, "#+end_quote") || tt_markup_starts(m, l->text, l->end, "#+end_verse"))
        m->flow.quote = 0;
    return next;
}

/* `* TODO [#A] Text   :tag:other:` */
static size_t heading(tt_markup_doc *m, const tt_markup_line *l, size_t n_stars)
{
    static const char *const states[] = {"TODO ", "DONE "};
    size_t at = l->at + n_stars + 1, end = l->end;
    while (at < end && m->p[at] == ' ')
        at++;
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (end - at > 5 && memcmp(m->p + at, states[i], 5) == 0)
            at += 5;
    if (end - at > 4 && m->p[at] == '[' && m->p[at + 1] == '#' && m->p[at + 3] == ']')
        at += 4;
    size_t tags = end;
    while (tags > at && m->p[tags - 1] == ' ')
        tags--;
    size_t colon = tags;
    if (tags > at && m->p[tags - 1] == ':')
        while (colon > at && m->p[colon - 1] != ' ')
            colon--;
    if (colon > at && m->p[colon] == ':' && tags - colon > 2)
        end = colon;
    m->flow.quote = 0; /* a heading ends what was left open */
    tt_markup_heading(m, (int)n_stars, at, end);
    tt_markup_aside(m, TT_ZONE_META, end, tags > end ? tags : end);
    return l->end + 1;
}

/* :NAME: alone on its line */
static bool is_drawer(const tt_markup_doc *m, const tt_markup_line *l)
{
    size_t end = l->end;
    while (end > l->text && m->p[end - 1] == ' ')
        end--;
    return end - l->text > 2 && m->p[l->text] == ':' && m->p[end - 1] == ':' &&
           !memchr(m->p + l->text, ' ', end - l->text);
}

static bool is_planning(const tt_markup_doc *m, const tt_markup_line *l)
{
    static const char *const words[] = {"SCHEDULED: ", "DEADLINE: ", "CLOSED: ", "CLOCK: "};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (tt_markup_starts(m, l->text, l->end, words[i]))
            return true;
    return false;
}

size_t tt_markup_org(tt_markup_doc *m, const tt_markup_line *l)
{
    const char *p = m->p + l->text;
    size_t left = l->end - l->text, next = l->end + 1, content_end, n;
    if (l->text == l->at && *p == '*' && (n = tt_markup_repeats(m, l->at, l->end)) < left && p[n] == ' ')
        return heading(m, l, n);
    if (left > 1 && p[0] == '#' && p[1] == '+')
        return keyword(m, l);
    if (*p == '#' && (left == 1 || p[1] == ' ')) {
        tt_markup_flush(m);
        tt_markup_aside(m, TT_ZONE_META, l->text, l->end);
        return next;
    }
    if (is_drawer(m, l)) {
        tt_markup_flush(m);
        next = end_of_block(m, next, ":end:", &content_end);
        tt_markup_aside(m, TT_ZONE_META, l->at, next < m->n ? next : m->n);
        return next;
    }
    if (*p == ':' && (left == 1 || p[1] == ' ')) {
        tt_markup_code(m, l->text + 1, l->end);
        return next;
    }
    if (is_planning(m, l)) {
        tt_markup_flush(m);
        tt_markup_aside(m, TT_ZONE_META, l->text, l->end);
        return next;
    }
    if (*p == '|') {
        if (left < 2 || p[1] != '-')
            tt_markup_cells(m, l->text + 1, l->end);
        return next;
    }
    if (left >= 5 && tt_markup_repeats(m, l->text, l->end) == left && *p == '-') {
        tt_markup_flush(m);
        return next;
    }
    n = tt_markup_bullet(m, l, l->text > l->at ? "-+*" : "-+");
    tt_markup_add(m, l, l->text + n, n > 0 ? TT_BLOCK_ITEM : TT_BLOCK_PARAGRAPH);
    return next;
}
