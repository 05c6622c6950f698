/* In: words of ours and foreign ones, topics, ranges of days. Out: passages of spans; commands. Not here: what is worth
 * saying (review.c), how it is marked up (page_year.c, markdown.c). */
#include "report/review_say.h"

#include "base/unicode.h"

#include <math.h>
#include <string.h>

void tt_teller_release(tt_teller *t)
{
    tt_buf_release(&t->text);
    tt_free(t->spans);
    tt_free(t->lines);
    tt_free(t->opens);
    tt_free(t->passages);
}

static bool is_web(tt_str url)
{
    return tt_str_starts(url, TT_S("http://")) || tt_str_starts(url, TT_S("https://"));
}

void tt_teller_urls(tt_teller *t)
{
    const tt_facts *f = t->in->facts;
    uint32_t *from = tt_arena_array(t->arena, f->n_issues, sizeof *from); /* order of the issue that says it, + 1 */
    t->urls = tt_arena_array(t->arena, f->n_issues, sizeof *t->urls);
    if (!from || !t->urls) {
        t->text.failed = true;
        return;
    }
    for (size_t i = 0; i < f->n_issues; i++) {
        t->urls[i] = (tt_str){"", 0};
        from[i] = 0;
    }
    for (size_t i = 0; i < f->n_links; i++) {
        const tt_link *l = &f->links[i];
        const uint32_t order = f->issues[l->issue].order + 1;
        if (l->target == TT_NO_ISSUE || !is_web(l->url) || (from[l->target] && from[l->target] <= order))
            continue;
        from[l->target] = order;
        t->urls[l->target] = l->url;
    }
}

/* ---- spans ---- */

static void add_span(tt_teller *t, tt_span span)
{
    if (tt_grow(&t->spans, &t->cap_spans, t->n_spans + 1, sizeof *t->spans) != 0)
        t->text.failed = true;
    else
        t->spans[t->n_spans++] = span;
}

static void end_text(tt_teller *t)
{
    if (t->text.n)
        add_span(t, (tt_span){.kind = TT_SPAN_TEXT, .text = tt_summary_keep(&t->text, t->arena)});
}

void tt_say_on_page(tt_teller *t)
{
    if (t->text.n)
        add_span(t, (tt_span){.kind = TT_SPAN_PAGE, .text = tt_summary_keep(&t->text, t->arena)});
}

void tt_say_end(tt_teller *t)
{
    end_text(t);
}

void tt_say_topic(tt_teller *t, uint32_t topic)
{
    end_text(t);
    add_span(t, (tt_span){.kind = TT_SPAN_NAME, .text = t->in->facts->topics[topic].label});
}

/* At most TT_REVIEW_TITLE_CHARS: up to the last comma in the second half, else to the last blank, if there is one. */
static tt_str cut_title(tt_str s, bool *cut)
{
    size_t at = 0, blank = 0, comma = 0;
    *cut = false;
    for (size_t n = 0; at < s.n; n++) {
        uint32_t cp = 0;
        const size_t len = tt_utf8_decode(s.p + at, s.n - at, &cp);
        if (n == TT_REVIEW_TITLE_CHARS) {
            *cut = true;
            break;
        }
        if (cp == ' ')
            blank = at;
        if (cp == ',' && n >= TT_REVIEW_TITLE_CHARS / 2)
            comma = at;
        at += len ? len : 1;
    }
    return *cut ? (tt_str){s.p, comma ? comma : blank ? blank : at} : s;
}

/* True where the title says the number itself, as a whole number. */
static bool has_number(tt_str title, const char *digits, size_t n)
{
    for (size_t at = 0; at + n <= title.n; at++) {
        const bool starts = at == 0 || title.p[at - 1] < '0' || title.p[at - 1] > '9';
        const bool ends = at + n == title.n || title.p[at + n] < '0' || title.p[at + n] > '9';
        if (starts && ends && memcmp(title.p + at, digits, n) == 0)
            return true;
    }
    return false;
}

static void add_issue(tt_teller *t, uint32_t issue)
{
    const tt_str url = t->urls ? t->urls[issue] : (tt_str){"", 0};
    add_span(t, (tt_span){TT_SPAN_ISSUE, tt_summary_keep(&t->text, t->arena), url});
}

void tt_say_issue(tt_teller *t, uint32_t issue)
{
    const tt_issue *i = &t->in->facts->issues[issue];
    char digits[TT_INT_SIZE];
    bool cut;
    const tt_str title = tt_str_trim(cut_title(i->title, &cut));
    end_text(t);
    if (i->number >= 0 && !has_number(title, digits, tt_int_format(i->number, digits)))
        tt_buf_f(&t->text, title.n ? "#%s: " : "#%s", digits);
    tt_buf_str(&t->text, title);
    tt_buf_text(&t->text, cut ? "…" : "");
    if (!t->text.n)
        tt_buf_str(&t->text, i->rel);
    add_issue(t, issue);
}

void tt_say_number(tt_teller *t, uint32_t issue)
{
    const tt_issue *i = &t->in->facts->issues[issue];
    char digits[TT_INT_SIZE];
    if (i->number < 0) {
        tt_say_issue(t, issue);
        return;
    }
    end_text(t);
    tt_int_format(i->number, digits);
    tt_buf_f(&t->text, "#%s", digits);
    add_issue(t, issue);
}

void tt_say_count(tt_teller *t, uint64_t n)
{
    tt_summary_count(&t->text, n);
}

void tt_say_counted(tt_teller *t, uint64_t n, const char *one, const char *more)
{
    tt_summary_counted(&t->text, n, one, more);
}

void tt_say_rate(tt_teller *t, double per_10k)
{
    char text[TT_NUM_SIZE];
    const double unit = per_10k >= 99.95 ? 1 : per_10k >= 9.995 ? 10 : 100;
    tt_buf_add(&t->text, text, tt_num_format(round(per_10k * unit) / unit, text));
}

void tt_say_between(tt_teller *t, size_t i, size_t n)
{
    tt_buf_text(&t->text, i == 0 ? "" : i + 1 == n ? " and " : ", ");
}

/* ---- lines and passages ---- */

static void *keep(tt_teller *t, const void *p, size_t n, size_t size)
{
    void *out = tt_arena_array(t->arena, n, size);
    if (!out)
        t->text.failed = true;
    else if (n)
        memcpy(out, p, n * size);
    return out;
}

void tt_say_line(tt_teller *t, bool item)
{
    end_text(t);
    if (t->n_spans == 0)
        return;
    const tt_line line = {item, keep(t, t->spans, t->n_spans, sizeof *t->spans), t->n_spans};
    t->n_spans = 0;
    if (tt_grow(&t->lines, &t->cap_lines, t->n_lines + 1, sizeof *t->lines) != 0)
        t->text.failed = true;
    else
        t->lines[t->n_lines++] = line;
}

void tt_say_passage(tt_teller *t, const char *id, const char *heading, const char *figure)
{
    tt_passage p = {.id = id, .heading = heading, .figure = figure, .n_lines = t->n_lines, .n_opens = t->n_opens};
    tt_say_line(t, false);
    p.n_lines = t->n_lines;
    p.lines = keep(t, t->lines, t->n_lines, sizeof *t->lines);
    p.opens = keep(t, t->opens, t->n_opens, sizeof *t->opens);
    t->n_lines = t->n_opens = 0;
    if (p.n_lines == 0)
        return;
    if (tt_grow(&t->passages, &t->cap_passages, t->n_passages + 1, sizeof *t->passages) != 0)
        t->text.failed = true;
    else
        t->passages[t->n_passages++] = p;
}

/* ---- commands ---- */

/* As one word of a shell. */
static void add_word(tt_buf *to, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+,./:=@%";
    const size_t n = strlen(word);
    if (n && strspn(word, plain) == n) {
        tt_buf_text(to, word);
        return;
    }
    tt_buf_char(to, '\'');
    for (; *word; word++)
        if (*word == '\'')
            tt_buf_text(to, "'\\''");
        else
            tt_buf_char(to, *word);
    tt_buf_char(to, '\'');
}

static void add_words(tt_buf *to, const char *option, const char *const *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        tt_buf_f(to, " --%s ", option);
        add_word(to, v[i]);
    }
}

static void add_day(tt_buf *to, const char *option, int32_t day)
{
    char text[TT_DATE_SIZE];
    tt_day_format(day, text);
    tt_buf_f(to, " --%s %s", option, text);
}

/* What the report was made with, as far as it changes numbers; paths are left to who runs it. */
static void add_options(tt_teller *t, tt_range range)
{
    const tt_options *o = t->in->from->options;
    const tt_select *s = t->select;
    tt_buf *to = &t->text;
    if (range.from != TT_NO_DATE) {
        add_day(to, "from", range.from);
        add_day(to, "to", range.to);
    } else {
        tt_buf_f(to, " --year %04d", range.year);
        if (s && s->has_from)
            add_day(to, "from", s->from);
        if (s && s->has_to)
            add_day(to, "to", s->to);
    }
    if (s) {
        add_words(to, "section", s->sections, s->n_sections);
        add_words(to, "not-section", s->not_sections, s->n_not_sections);
    }
    if (!o)
        return;
    if (o->zones != TT_ZONES_DEFAULT) {
        const char *separator = " --zones ";
        for (unsigned z = 0; z < TT_N_ZONES; z++)
            if (o->zones >> z & 1) {
                tt_buf_f(to, "%s%s", separator, tt_zone_name((tt_zone)z));
                separator = ",";
            }
    }
    tt_buf_text(to, o->no_infer ? " --no-infer" : "");
    tt_buf_text(to, o->no_repair ? " --no-repair" : "");
    tt_buf_text(to, o->drafts ? " --drafts" : "");
    add_words(to, "include", o->include, o->n_include);
    add_words(to, "exclude", o->exclude, o->n_exclude);
}

tt_open tt_open_mentions(tt_teller *t, const uint32_t *topics, size_t n, tt_range range, uint64_t rows)
{
    tt_open out = {.what = "mentions", .rows = rows};
    end_text(t);
    tt_buf_text(&t->text, "tagtrend mentions");
    for (size_t i = 0; i < n; i++) {
        tt_buf_text(&t->text, " --topic ");
        tt_buf_str(&t->text, t->in->facts->topics[topics[i]].id);
    }
    add_options(t, range);
    out.command = tt_summary_keep(&t->text, t->arena);
    if (n == 1)
        out.name = t->in->facts->topics[topics[0]].label;
    return out;
}

tt_open tt_open_issues(tt_teller *t, tt_range range, uint64_t rows)
{
    tt_open out = {.what = "issues", .rows = rows};
    end_text(t);
    tt_buf_text(&t->text, "tagtrend issues");
    add_options(t, range);
    out.command = tt_summary_keep(&t->text, t->arena);
    return out;
}

void tt_say_open(tt_teller *t, tt_open open)
{
    if (tt_grow(&t->opens, &t->cap_opens, t->n_opens + 1, sizeof *t->opens) != 0)
        t->text.failed = true;
    else
        t->opens[t->n_opens++] = open;
}
