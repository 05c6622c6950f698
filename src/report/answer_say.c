/* In: a side of an answer. Out: what is said of it: the sentence, gaps and trend, its places, the ledger, the command. Not
 * here: numbers and cells (answer_put.c), which pieces stand on a screen (answer_text.c, answer_two.c). */
#include "report/answer_put.h"

#include "base/unicode.h"
#include "report/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- the sentence ---- */

static void put_end(tt_buf *to, const tt_facts *f, const char *name, uint32_t issue)
{
    tt_buf_text(to, name);
    tt_put_issue(to, &f->issues[issue]);
    tt_buf_text(to, " “");
    tt_put_cut(to, f->issues[issue].title, 22);
    tt_buf_text(to, "”");
}

static void put_span(tt_buf *to, const tt_answer *a)
{
    char from[TT_DATE_SIZE], till[TT_DATE_SIZE];
    if (a->from == TT_NO_DATE)
        return;
    tt_day_format(a->from, from);
    tt_day_format(a->to, till);
    tt_buf_f(to, " from %s to %s", from, till);
}

static void put_holder(tt_buf *to, const tt_reply *r, const tt_reply_side *s)
{
    const tt_topic *t = s->held ? &r->facts->topics[s->asked.holder] : NULL;
    tt_buf_text(to, "A term of its own");
    if (!t) {
        tt_buf_text(to, ": no topic of the lexicon has these places.");
    } else if (2 * s->held < s->answer.all.mentions) {
        tt_buf_f(to, "; no topic has half of these places; ");
        tt_buf_str(to, t->id);
        tt_buf_f(to, " has the most, %u.", s->held);
    } else {
        tt_buf_f(to,
                 s->held < s->answer.all.mentions ? "; %u of these places count for the topic "
                 : s->held == 1                   ? "; its place counts for the topic "
                                                  : "; all %u places count for the topic ",
                 s->held);
        tt_buf_str(to, t->id);
        tt_buf_text(to, " (`tagtrend ask ");
        tt_buf_str(to, t->id);
        tt_buf_text(to, "`).");
    }
}

/* How it was understood, where that is not plain. */
static void put_understood(tt_buf *to, const tt_reply *r, const tt_reply_side *s)
{
    const tt_topic *t = s->asked.holder < r->facts->n_topics ? &r->facts->topics[s->asked.holder] : NULL;
    if (s->n_parts > 1) {
        tt_buf_text(to, "Together, each place once:");
        for (size_t i = 0; i < s->n_parts; i++) {
            tt_buf_text(to, i ? ", " : " ");
            tt_put_cut(to, s->parts[i].label, 30);
            tt_buf_f(to, " %u", s->parts[i].mentions);
        }
        tt_buf_char(to, '.');
    } else if (s->asked.dropped) {
        tt_buf_text(to, "The lexicon lists it under `-`, as no mention of anything; here it is counted on its own.");
    } else if (s->asked.kind == TT_ASKED_ENTRY && t) {
        tt_buf_text(to, "A term of the topic ");
        tt_buf_str(to, t->id);
        tt_buf_text(to, " (`tagtrend ask ");
        tt_buf_str(to, t->id);
        tt_buf_text(to, "` answers for all of it).");
    } else if (s->asked.kind == TT_ASKED_TERM && s->answer.all.mentions) {
        put_holder(to, r, s);
    } else if (s->asked.kind == TT_ASKED_TOPIC && t && t->broader_text.n) {
        tt_buf_text(to, "It belongs to ");
        tt_str rest = t->broader_text;
        for (bool first = true; rest.n; first = false) {
            tt_buf_text(to, first ? "" : ", ");
            tt_buf_str(to, tt_str_cut(&rest, '|'));
        }
        tt_buf_text(to, ", and counts there too.");
    }
}

static void put_count(tt_buf *to, const tt_reply_side *s)
{
    const tt_answer *a = &s->answer;
    tt_put_cut(to, s->asked.label, 60);
    tt_buf_text(to, a->all.mentions ? ": " : ": no mention in ");
    if (a->all.mentions) {
        tt_put_counted(to, a->all.mentions, "mention in ", "mentions in ");
        tt_buf_f(to, "%u of ", a->all.issues_with);
    }
    tt_put_counted(to, a->all.issues, "issue", "issues");
    if (a->all.mentions && a->all.has_share) {
        tt_buf_text(to, " (");
        tt_put_percent(to, a->all.share);
        tt_buf_text(to, ")");
    }
    put_span(to, a);
    if (a->all.mentions && a->all.has_rate) {
        tt_buf_text(to, ", ");
        tt_put_tenths(to, a->all.per_10k);
        tt_buf_text(to, " per 10 000 words");
    }
    tt_buf_char(to, '.');
}

static bool occurs(const tt_facts *f, uint32_t topic)
{
    for (size_t i = 0; i < f->cells->n_cells; i++)
        if (f->cells->cells[i].topic == topic)
            return true;
    return false;
}

/* Reads as more than one thing. */
static bool several(tt_str s)
{
    static const char *const signs[] = {" and ", " or ", " vs ", " vs. ", " versus ", ",", "/", "&"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (memmem(s.p, s.n, signs[i], strlen(signs[i])))
            return true;
    return false;
}

/* "Did you mean …", where nothing was found. */
static void put_close(tt_buf *to, const tt_reply *r, const tt_reply_side *s)
{
    if (s->answer.all.mentions || s->asked.kind == TT_ASKED_TOPIC || s->asked.kind == TT_ASKED_ENTRY || s->elsewhere)
        return;
    if (s->n_close == 0) {
        tt_buf_text(to, several(s->asked.label) ? "Several topics? `a + b` counts them together, --vs sets two side by side.\n"
                                                : "Nothing in the lexicon is near it; `tagtrend topics` lists what the "
                                                  "archive has.\n");
        return;
    }
    for (size_t i = 0; i < s->n_close; i++) {
        const tt_topic *t = &r->facts->topics[s->close[i]];
        tt_buf_text(to, i ? "          or " : "Did you mean ");
        tt_put_cut(to, t->label, 40);
        if (!occurs(r->facts, s->close[i])) {
            tt_buf_text(to, "? It has no mention either.\n");
            continue;
        }
        tt_buf_text(to, "?  tagtrend ask ");
        tt_answer_word(to, t->id);
        tt_buf_text(to, r->rest.n ? " " : "");
        tt_text_escape(to, r->rest);
        tt_buf_char(to, '\n');
    }
}

void tt_put_sentence(tt_buf *to, const tt_reply *r, const tt_reply_side *s)
{
    const tt_answer *a = &s->answer;
    tt_buf line = {0};
    put_count(&line, s);
    tt_put_wrapped(to, &line);
    tt_buf_reset(&line);
    put_understood(&line, r, s);
    if (line.n)
        tt_put_wrapped(to, &line);
    if (a->all.mentions == 0 && s->elsewhere)
        tt_buf_f(to, "Outside this selection it has %llu.\n", (unsigned long long)s->elsewhere);
    put_close(to, r, s);
    tt_buf_reset(&line);
    if (a->first != TT_NO_ISSUE) {
        put_end(&line, r->facts, a->all.issues_with == 1 ? "Only in " : "First in ", a->first);
        if (a->all.issues_with > 1)
            put_end(&line, r->facts, ", last in ", a->last);
        tt_buf_char(&line, '.');
        tt_put_wrapped(to, &line);
    }
    to->failed |= line.failed;
    tt_buf_release(&line);
}

/* ---- over time ---- */

/* Both are dated, so that one without a number needs no name. */
static void put_dated(tt_buf *to, const tt_issue *issue)
{
    char day[TT_DATE_SIZE];
    tt_day_format(issue->date, day);
    if (issue->number >= 0)
        tt_buf_f(to, "#%lld, ", (long long)issue->number);
    tt_buf_text(to, day);
}

static void put_span_of(tt_buf *to, const tt_facts *f, uint32_t from, uint32_t till)
{
    tt_buf_text(to, " (");
    put_dated(to, &f->issues[from]);
    tt_buf_text(to, " to ");
    put_dated(to, &f->issues[till]);
    tt_buf_char(to, ')');
}

static void put_gaps(tt_buf *to, const tt_facts *f, const tt_life *v, bool brief)
{
    static const char *const status[] = {[TT_STATUS_NONE] = "",
                                         [TT_STATUS_QUIET] = "not in the last year",
                                         [TT_STATUS_NEW] = "new in the last year",
                                         [TT_STATUS_BACK] = "came back in the last year after a year or more",
                                         [TT_STATUS_CURRENT] = ""};
    tt_put_list l;
    tt_buf piece = {0};
    if (v->first == TT_NO_ISSUE || v->first == v->last)
        return;
    tt_put_list_begin(&l, to, "Gaps");
    if (v->longest_gap.days >= 0) {
        tt_buf_f(&piece, "longest %d days", (int)v->longest_gap.days);
        put_span_of(&piece, f, v->longest_gap.from, v->longest_gap.to);
        tt_put_list_piece(&l, &piece);
    }
    if (v->streak > 1 && !brief) {
        tt_buf_reset(&piece);
        tt_buf_f(&piece, "longest streak %u issues in a row", v->streak);
        put_span_of(&piece, f, v->streak_from, v->streak_to);
        tt_put_list_piece(&l, &piece);
    }
    if (status[v->status][0]) {
        tt_buf_reset(&piece);
        tt_buf_text(&piece, status[v->status]);
        tt_put_list_piece(&l, &piece);
    }
    tt_put_list_end(&l);
    to->failed |= piece.failed;
    tt_buf_release(&piece);
}

static void put_hundredths(tt_buf *to, double x)
{
    const long long n = llround(100 * x);
    tt_buf_f(to, "%s%lld.%02lld", n < 0 ? "-" : "", llabs(n) / 100, llabs(n) % 100);
}

static void put_trend(tt_buf *to, const tt_overall *o)
{
    if (!o->has_trend) {
        tt_buf_text(to, "trend: ");
        tt_buf_str(to, o->trend_note);
        return;
    }
    tt_buf_text(to, "trend of the rate: ");
    tt_put_tenths(to, o->slope);
    tt_buf_text(to, " a period (");
    tt_put_tenths(to, o->slope_low);
    tt_buf_text(to, " to ");
    tt_put_tenths(to, o->slope_high);
    tt_buf_text(to, "), Mann-Kendall p ");
    if (o->kendall_p < 0.005)
        tt_buf_text(to, "< 0.01");
    else
        put_hundredths(to, o->kendall_p);
}

static void put_bursts(tt_buf *to, const tt_overall *o)
{
    enum { MOST = 3 };
    if (o->n_bursts == 0) {
        tt_buf_text(to, o->burst_note.n ? "bursts cannot show: " : "no burst");
        tt_buf_str(to, o->burst_note);
        return;
    }
    tt_buf_text(to, o->n_bursts == 1 ? "burst " : "bursts ");
    for (size_t i = 0; i < o->n_bursts && i < MOST; i++) {
        const tt_burst *b = &o->bursts[i];
        tt_buf_text(to, i ? ", " : "");
        tt_put_cut(to, b->from, 18); /* by issue it is a name from outside */
        if (!tt_str_eq(b->from, b->to)) {
            tt_buf_text(to, " to ");
            tt_put_cut(to, b->to, 18);
        }
    }
    tt_buf_text(to, o->n_bursts > MOST ? ", …" : "");
    tt_buf_text(to, " (Kleinberg, s ");
    tt_buf_f(to, "%d, γ %d)", (int)o->burst_s, (int)o->burst_gamma);
}

void tt_put_life(tt_buf *to, const tt_reply *r, const tt_reply_side *s)
{
    const bool brief = r->n_sides == 2; /* what has to be left out of half a screen */
    const tt_overall *o = &s->overall;
    tt_put_list l;
    tt_buf piece = {0};
    if (s->answer.all.mentions == 0)
        return;
    put_gaps(to, r->facts, &o->life, brief);
    tt_put_list_begin(&l, to, "Over time");
    if (o->has_dispersion_norm) {
        tt_buf_text(&piece, "spread DP ");
        put_hundredths(&piece, o->dispersion_norm);
        tt_buf_text(&piece, " (0 even, 1 all in one issue)");
        tt_put_list_piece(&l, &piece);
    }
    tt_buf_reset(&piece);
    put_trend(&piece, o);
    tt_put_list_piece(&l, &piece);
    if (!brief || o->n_bursts) {
        tt_buf_reset(&piece);
        put_bursts(&piece, o);
        tt_put_list_piece(&l, &piece);
    }
    tt_put_list_end(&l);
    to->failed |= piece.failed;
    tt_buf_release(&piece);
}

/* ---- concordance ---- */

static tt_str cell(const tt_table *t, size_t row, size_t column)
{
    return t->values[row * t->n_columns + column].s;
}

/* As a URL has it: all but letters, digits and a few signs as %XX. */
static void put_url(tt_buf *to, tt_str path)
{
    for (size_t i = 0; i < path.n; i++) {
        const unsigned char c = (unsigned char)path.p[i];
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
                           c == '-' || c == '.' || c == '_' || c == '~';
        if (plain)
            tt_buf_char(to, (char)c);
        else
            tt_buf_f(to, "%%%02X", c);
    }
}

enum { PATH, LINE, COLUMN, ISSUE, NUMBER, DATE, SECTION, ZONE, TOPIC, VIA, TERM, SURFACE, BEFORE, AFTER };

static void put_place(tt_buf *to, const tt_reply *r, const tt_table *t, size_t row)
{
    const tt_str path = cell(t, row, PATH);
    const bool link = r->links && r->folder.n && !tt_str_is(path, "-");
    if (link) {
        tt_buf_text(to, "\x1b]8;;file://");
        if (path.n && path.p[0] != '/') {
            put_url(to, r->folder);
            tt_buf_char(to, '/');
        }
        put_url(to, path);
        tt_buf_text(to, "\x1b\\");
    }
    tt_text_escape(to, path);
    tt_buf_f(to, ":%lld", (long long)t->values[row * t->n_columns + LINE].i);
    if (link)
        tt_buf_text(to, "\x1b]8;;\x1b\\");
}

/* The last `most` columns, or the first. */
static tt_str side_of(tt_str s, size_t most, bool last)
{
    size_t at = last ? s.n : 0;
    while (last ? at > 0 : at < s.n) {
        uint32_t cp;
        const size_t to = last ? tt_utf8_back(s.p, at) : at + tt_utf8_decode(s.p + at, s.n - at, &cp);
        const size_t columns = last ? tt_utf8_columns(s.p + to, s.n - to) : tt_utf8_columns(s.p, to);
        if (columns > most)
            break;
        at = to;
    }
    return last ? (tt_str){s.p + at, s.n - at} : (tt_str){s.p, at};
}

static void put_quote(tt_buf *to, const tt_reply *r, const tt_table *t, size_t row, size_t width)
{
    const tt_str surface = cell(t, row, SURFACE);
    const size_t used = width + tt_utf8_columns(surface.p, surface.n);
    tt_buf before = {0};
    size_t room = width;
    tt_text_escape(&before, side_of(cell(t, row, BEFORE), width, true));
    tt_put_right(to, &before, width);
    if (r->context == 0 && used + room > TT_ANSWER_WIDTH)
        room = used < TT_ANSWER_WIDTH ? TT_ANSWER_WIDTH - used : 0;
    tt_buf_text(to, r->color ? "\x1b[1;31m" : "");
    tt_text_escape(to, surface);
    tt_buf_text(to, r->color ? "\x1b[0m" : "");
    tt_text_escape(to, side_of(cell(t, row, AFTER), room, false));
    while (to->n && to->p[to->n - 1] == ' ')
        to->p[--to->n] = '\0';
    tt_buf_char(to, '\n');
    to->failed |= before.failed;
    tt_buf_release(&before);
}

static void put_where(tt_buf *to, const tt_reply *r, const tt_table *t, size_t row)
{
    char day[TT_DATE_SIZE] = "";
    const tt_value *v = &t->values[row * t->n_columns];
    tt_buf_text(to, "  ");
    if (!v[DATE].empty) {
        tt_day_format((int32_t)v[DATE].i, day);
        tt_buf_f(to, "%s ", day);
    }
    if (!v[NUMBER].empty)
        tt_buf_f(to, "#%lld ", (long long)v[NUMBER].i);
    tt_put_cut(to, cell(t, row, SECTION), 30);
    tt_buf_text(to, "  ");
    put_place(to, r, t, row);
    tt_buf_char(to, '\n');
}

void tt_put_quotes(tt_buf *to, const tt_reply *r, const tt_reply_side *s)
{
    const tt_table *t = &s->quotes;
    const size_t width = r->context ? r->context : 40;
    if (t->n_rows == 0)
        return;
    if (t->n_rows == s->answer.all.mentions)
        tt_buf_text(to, t->n_rows == 1 ? "The mention\n" : "All mentions\n");
    else
        tt_buf_f(to, "Latest %zu of %u mentions (--all: every one)\n", t->n_rows, s->answer.all.mentions);
    for (size_t i = 0; i < t->n_rows; i++) {
        put_where(to, r, t, i);
        put_quote(to, r, t, i, width);
    }
}

/* ---- the ledger ---- */

static void put_hits(tt_buf *to, size_t n, const char *name, const char *what)
{
    if (n)
        tt_buf_f(to, "%*zu  %-12s %s\n", TT_ANSWER_LABEL - 2, n, name, what);
}

static uint64_t not_counted(const tt_reply *r, const tt_reply_side *s)
{
    uint64_t n = (uint64_t)s->inside + s->taken;
    for (unsigned z = 0; z < TT_N_ZONES; z++)
        n += r->zones >> z & 1 ? 0 : s->zones[z];
    return n;
}

size_t tt_put_ledger_rows(const tt_reply *r, const tt_reply_side *s)
{
    size_t n = (s->inside > 0) + (size_t)(s->taken > 0);
    for (unsigned z = 0; z < TT_N_ZONES; z++)
        n += !(r->zones >> z & 1) && s->zones[z];
    return n;
}

void tt_put_ledger(tt_buf *to, const tt_reply *r, const tt_reply_side *s)
{
    static const char *const what[TT_N_ZONES] = {[TT_ZONE_META] = "front matter, comments, tags",
                                                 [TT_ZONE_URL] = "link targets and bare URLs",
                                                 [TT_ZONE_CODE] = "code blocks",
                                                 [TT_ZONE_ALT] =
                                                     "image descriptions, nearly always the caption once more",
                                                 [TT_ZONE_TITLE] = "the issue's title",
                                                 [TT_ZONE_SECTION] = "names of sections",
                                                 [TT_ZONE_BOILERPLATE] = "what stands the same in most issues",
                                                 [TT_ZONE_CAPTION] = "captions",
                                                 [TT_ZONE_QUOTE] = "block quotes",
                                                 [TT_ZONE_HEADING] = "headings",
                                                 [TT_ZONE_TEXT] = "text"};
    const uint64_t n = not_counted(r, s);
    if (n == 0)
        return;
    tt_buf_f(to, "Not counted: %llu more (mentions --zones NAME lists those of a zone)\n", (unsigned long long)n);
    for (unsigned z = 0; z < TT_N_ZONES; z++)
        if (!(r->zones >> z & 1))
            put_hits(to, s->zones[z], tt_zone_name((tt_zone)z), what[z]);
    put_hits(to, s->taken, "-", "where no term of it matches: in a longer name or phrase, or in other case");
    if (s->inside) {
        tt_buf such = {0};
        tt_buf_text(&such, "inside a longer word, such as ");
        tt_put_cut(&such, s->example, 40);
        put_hits(to, s->inside, "-", such.p ? such.p : "");
        to->failed |= such.failed;
        tt_buf_release(&such);
    }
}

void tt_put_ledger_line(tt_buf *to, const tt_reply *r, const tt_reply_side *s)
{
    tt_put_list l;
    tt_buf piece = {0};
    if (not_counted(r, s) == 0)
        return;
    tt_put_list_begin(&l, to, "Not counted");
    for (unsigned z = 0; z < TT_N_ZONES; z++) {
        if (r->zones >> z & 1 || s->zones[z] == 0)
            continue;
        tt_buf_reset(&piece);
        tt_buf_f(&piece, "%s %u", tt_zone_name((tt_zone)z), s->zones[z]);
        tt_put_list_piece(&l, &piece);
    }
    if (s->taken) {
        tt_buf_reset(&piece);
        tt_buf_f(&piece, "where no term matches %u", s->taken);
        tt_put_list_piece(&l, &piece);
    }
    if (s->inside) {
        tt_buf_reset(&piece);
        tt_buf_f(&piece, "inside longer words %u", s->inside);
        tt_put_list_piece(&l, &piece);
    }
    tt_put_list_end(&l);
    to->failed |= piece.failed;
    tt_buf_release(&piece);
}

void tt_put_command(tt_buf *to, const tt_reply_side *s)
{
    if (s->answer.all.mentions) {
        tt_buf_text(to, "To open each: ");
        tt_text_escape(to, s->command);
        tt_buf_char(to, '\n');
    }
}
