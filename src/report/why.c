/* In: the explanation of a line, as data. Out: text for people, or JSON. Not here: how it is found (tag/why.c), which
 * line it is (run_why.c). */
#include "report/why.h"

#include "base/json.h"
#include "report/json.h"
#include "report/text.h"

#define BOLD "\x1b[1m"
#define PLAIN "\x1b[0m"

/* ---- what becomes of a place ---- */

typedef enum result { COUNTED, NOT_COUNTED, USED_UP, REFUSED, NO_WORD } result;

static bool is_dropped(const tt_why_in *in, const tt_why_hit *h)
{
    for (uint32_t i = 0; i < h->hit.n_entries; i++)
        if (in->entries[h->hit.entries[i]].topic == TT_DROP)
            return true;
    return false;
}

/* Whether what is found here counts, whatever its topics are. */
static bool place_counts(const tt_why_in *in, const tt_why_hit *h)
{
    return h->zone_counts && h->section_selected && in->issue_selected;
}

static size_t rows_of(const tt_why_in *in, const tt_why_hit *h)
{
    size_t n = 0;
    for (size_t i = 0; i < h->n_topics && place_counts(in, h); i++)
        n += h->topics[i].selected;
    return n;
}

static result result_of(const tt_why_in *in, const tt_why_hit *h)
{
    switch (h->hit.fate) {
    case TT_FATE_WON:
        return is_dropped(in, h) ? USED_UP : rows_of(in, h) ? COUNTED : NOT_COUNTED;
    case TT_FATE_WORD:
        return NO_WORD;
    default:
        return REFUSED;
    }
}

size_t tt_why_rows(const tt_why_in *in)
{
    size_t n = 0;
    for (size_t i = 0; i < in->n_hits; i++)
        n += in->hits[i].line == in->line ? rows_of(in, &in->hits[i]) : 0;
    return n;
}

/* The hits that lost their place to hit i, and what is refused inside it, come right behind it: *k goes from one to the
 * next; false: there is none. */
static bool next_loser(const tt_why_in *in, size_t i, size_t *k)
{
    return ++*k < in->n_hits && in->hits[*k].hit.by == i;
}

static tt_str topic_id(const tt_why_in *in, uint32_t topic)
{
    return topic == TT_DROP ? TT_S("-") : in->topics[topic].id;
}

/* ---- text ---- */

static void put_part(tt_buf *to, tt_str s)
{
    tt_buf_char(to, '`');
    tt_text_escape(to, s);
    tt_buf_char(to, '`');
}

/* `term` of topic (file:line) */
static void put_entry(tt_buf *to, const tt_why_in *in, uint32_t entry)
{
    const tt_entry *e = &in->entries[entry];
    put_part(to, e->term);
    tt_buf_text(to, " of ");
    tt_buf_str(to, topic_id(in, e->topic));
    tt_buf_text(to, " (");
    tt_text_escape(to, e->file);
    tt_buf_f(to, ":%zu)", e->line);
}

static void put_head(tt_buf *to, const tt_why_in *in)
{
    static const char *const sources[] = {[TT_DATE_NONE] = "none",
                                          [TT_DATE_INFERRED] = "inferred",
                                          [TT_DATE_NAME] = "name",
                                          [TT_DATE_METADATA] = "metadata",
                                          [TT_DATE_SIDE] = "side file"};
    char date[TT_DATE_SIZE];
    const tt_issue *is = in->issue;
    tt_text_escape(to, in->path);
    tt_buf_f(to, ":%zu: ", in->line);
    tt_text_escape(to, in->text);
    tt_buf_text(to, "\nissue ");
    tt_text_escape(to, is->issue);
    if (is->number >= 0)
        tt_buf_f(to, ", number %lld", (long long)is->number);
    tt_day_format(is->date, date);
    if (is->date == TT_NO_DATE)
        tt_buf_text(to, ", no date");
    else
        tt_buf_f(to, ", %s (%s)", date, sources[is->date_source]);
    tt_buf_text(to, ", section ");
    tt_text_escape(to, in->section);
    tt_buf_f(to, "\n%s", in->what);
    for (int z = TT_N_ZONES; z-- > 0;)
        if (in->zones >> z & 1)
            tt_buf_f(to, ", zone %s%s", tt_zone_name((tt_zone)z), in->counted >> z & 1 ? "" : " (not counted)");
    tt_buf_text(to, "\n");
}

/* The rules by which it won. */
static void put_rule(tt_buf *to, const tt_why_in *in, const tt_why_hit *h, uint32_t entry)
{
    bool dropped = is_dropped(in, h), drops = in->entries[entry].topic == TT_DROP;
    if (dropped && !drops) {
        tt_buf_text(to, " matched, but - has the same span and wins alone");
        return;
    }
    tt_buf_text(to, " won: ");
    if (h->hit.leftmost)
        tt_buf_text(to, h->hit.longest ? "it begins first, and is the longest that begins there" : "it begins first");
    else if (h->hit.longest)
        tt_buf_text(to, "it is the longest that begins here");
    else if (h->hit.n_entries == 1)
        tt_buf_text(to, "nothing else matches here");
    if (h->hit.n_entries == 1)
        return;
    if (h->hit.leftmost || h->hit.longest)
        tt_buf_text(to, "; ");
    tt_buf_text(to, dropped ? "of entries with the same span - wins alone"
                            : "entries with the same span count each for its topic");
}

static void put_path(tt_buf *to, const tt_why_in *in, const tt_why_topic *t)
{
    if (t->n_path < 2) {
        if (t->also)
            tt_buf_text(to, ", named in also");
        return;
    }
    tt_buf_text(to, t->also ? ", broader than what also names: " : ", broader: ");
    for (size_t i = 0; i < t->n_path; i++) {
        tt_buf_text(to, i ? " > " : "");
        tt_buf_str(to, in->topics[t->path[i]].id);
    }
}

/* Why nothing of the place counts, whatever its topics are. */
static void put_reasons(tt_buf *to, const tt_why_in *in, const tt_why_hit *h)
{
    const char *before = ": ";
    if (!h->zone_counts) {
        const char *zone = tt_zone_name((tt_zone)h->zone);
        tt_buf_f(to, "%szone %s is not counted (--zones +%s counts it)", before, zone, zone);
        before = "; ";
    }
    if (!in->issue_selected) {
        tt_buf_f(to, "%sthe issue %s", before,
                 in->issue->date == TT_NO_DATE ? "has no date, which --from, --to and --year ask for"
                                               : "lies outside --from, --to or --year");
        before = "; ";
    }
    if (!h->section_selected) {
        tt_buf_f(to, "%s--section or --not-section leaves out ", before);
        tt_text_escape(to, h->section);
    }
}

static void put_topics(tt_buf *to, const tt_why_in *in, const tt_why_hit *h)
{
    for (size_t i = 0; i < h->n_topics; i++) {
        const tt_why_topic *t = &h->topics[i];
        bool counts = place_counts(in, h) && t->selected;
        tt_buf_text(to, counts ? "    counts for " : "    would count for ");
        tt_buf_str(to, in->topics[t->topic].id);
        put_path(to, in, t);
        tt_buf_text(to, t->selected ? "\n" : ", but --topic leaves it out\n");
    }
}

static void put_loser(tt_buf *to, const tt_why_in *in, const tt_why_hit *h, uint32_t entry)
{
    static const char *const why[] = {[TT_FATE_WON] = "",
                                      [TT_FATE_SHORTER] = "lost: it begins there too and is shorter",
                                      [TT_FATE_INSIDE] = "lost: it begins later, inside this place",
                                      [TT_FATE_PLUS] = "refused: ++ follows",
                                      [TT_FATE_HASH] = "refused: # follows",
                                      [TT_FATE_ELISION] = "refused: an elided article is no end",
                                      [TT_FATE_WORD] = "stands inside a longer word; terms match whole words"};
    tt_buf_text(to, "    ");
    put_entry(to, in, entry);
    tt_buf_char(to, ' ');
    if (h->hit.fate == TT_FATE_SHORTER || h->hit.fate == TT_FATE_INSIDE) {
        tt_buf_text(to, "on ");
        put_part(to, h->surface);
        tt_buf_char(to, ' ');
    }
    tt_buf_text(to, why[h->hit.fate]);
    tt_buf_char(to, '\n');
}

static void put_place(tt_buf *to, const tt_why_in *in, size_t i, bool color)
{
    static const char *const results[] = {[COUNTED] = "counts",
                                          [NOT_COUNTED] = "does not count",
                                          [USED_UP] = "is used up by - and counts for nobody",
                                          [REFUSED] = "is refused",
                                          [NO_WORD] = "is no match"};
    const tt_why_hit *h = &in->hits[i];
    tt_buf_f(to, "\n%zu:%zu ", h->line, h->column);
    tt_buf_text(to, color ? BOLD : "");
    tt_text_escape(to, h->surface);
    tt_buf_text(to, color ? PLAIN : "");
    tt_buf_f(to, " %s", results[result_of(in, h)]);
    if (result_of(in, h) == NOT_COUNTED)
        put_reasons(to, in, h);
    tt_buf_char(to, '\n');
    for (uint32_t e = 0; e < h->hit.n_entries; e++) {
        if (h->hit.fate != TT_FATE_WON) {
            put_loser(to, in, h, h->hit.entries[e]);
            continue;
        }
        tt_buf_text(to, "    ");
        put_entry(to, in, h->hit.entries[e]);
        put_rule(to, in, h, h->hit.entries[e]);
        tt_buf_char(to, '\n');
    }
    put_topics(to, in, h);
    for (size_t k = i; next_loser(in, i, &k);)
        for (uint32_t e = 0; e < in->hits[k].hit.n_entries; e++)
            put_loser(to, in, &in->hits[k], in->hits[k].hit.entries[e]);
}

int tt_why_text(tt_buf *to, const tt_why_in *in, bool color)
{
    const char *what = in->column ? "place" : "line";
    size_t n = tt_why_rows(in);
    put_head(to, in);
    for (size_t i = 0; i < in->n_hits; i++)
        if (in->hits[i].hit.by == TT_NO_HIT)
            put_place(to, in, i, color);
    if (in->n_hits == 0)
        tt_buf_f(to, "\nNo entry of the lexicon matches anything in this %s (%s).\n", what, in->what);
    else
        tt_buf_f(to, "\nThis %s has %zu row%s of mentions.\n", what, n, n == 1 ? "" : "s");
    return to->failed ? TT_ENOMEM : 0;
}

/* ---- JSON ---- */

static const char *const fates[] = {
    [TT_FATE_WON] = "won",          [TT_FATE_SHORTER] = "shorter",  [TT_FATE_INSIDE] = "inside",
    [TT_FATE_PLUS] = "before-plus", [TT_FATE_HASH] = "before-hash", [TT_FATE_ELISION] = "elision",
    [TT_FATE_WORD] = "in-word"};

static void add_entries(tt_json *j, tt_json_item *to, const tt_why_in *in, const tt_why_hit *h)
{
    bool dropped = is_dropped(in, h);
    tt_json_item *array = tt_json_add_array(j, to, "entries");
    for (uint32_t i = 0; i < h->hit.n_entries; i++) {
        const tt_entry *e = &in->entries[h->hit.entries[i]];
        tt_json_item *item = tt_json_add_object(j, array, NULL);
        bool wins = h->hit.fate == TT_FATE_WON && (!dropped || e->topic == TT_DROP);
        tt_json_add_str(j, item, "topic", topic_id(in, e->topic));
        tt_json_add_str(j, item, "term", e->term);
        tt_json_add_str(j, item, "file", e->file);
        tt_json_add_uint(j, item, "line", e->line);
        tt_json_add_bool(j, item, "won", wins);
    }
}

static void add_topic(tt_json *j, tt_json_item *to, const tt_why_in *in, const tt_why_hit *h, const tt_why_topic *t)
{
    const tt_entry *e = &in->entries[t->entry];
    tt_json_item *item = tt_json_add_object(j, to, NULL);
    tt_json_add_str(j, item, "topic", in->topics[t->topic].id);
    if (e->topic == t->topic)
        tt_json_add_text(j, item, "via", NULL);
    else
        tt_json_add_str(j, item, "via", in->topics[e->topic].id);
    tt_json_add_str(j, item, "term", e->term);
    tt_json_add_text(j, item, "by", t->n_path > 1 ? "broader" : t->also ? "also" : "own");
    tt_json_item *path = tt_json_add_array(j, item, "path");
    for (size_t i = 0; i < t->n_path; i++)
        tt_json_add_str(j, path, NULL, in->topics[t->path[i]].id);
    tt_json_add_bool(j, item, "selected", t->selected);
    tt_json_add_bool(j, item, "counted", place_counts(in, h) && t->selected);
}

static void add_place(tt_json *j, tt_json_item *to, const tt_why_hit *h)
{
    tt_json_add_uint(j, to, "line", h->line);
    tt_json_add_uint(j, to, "column", h->column);
    tt_json_add_uint(j, to, "end_line", h->end_line);
    tt_json_add_uint(j, to, "end_column", h->end_column);
    tt_json_add_str(j, to, "surface", h->surface);
    tt_json_add_text(j, to, "zone", tt_zone_name((tt_zone)h->zone));
    tt_json_add_str(j, to, "section", h->section);
}

static void add_winner(tt_json *j, tt_json_item *to, const tt_why_in *in, const tt_why_hit *h)
{
    tt_json_item *rules = tt_json_add_array(j, to, "rules");
    if (h->hit.leftmost)
        tt_json_add_text(j, rules, NULL, "leftmost");
    if (h->hit.longest)
        tt_json_add_text(j, rules, NULL, "longest");
    if (h->hit.n_entries > 1)
        tt_json_add_text(j, rules, NULL, is_dropped(in, h) ? "drop-wins" : "same-span");
    tt_json_add_bool(j, to, "zone_counted", h->zone_counts);
    tt_json_add_bool(j, to, "section_selected", h->section_selected);
    tt_json_item *topics = tt_json_add_array(j, to, "topics");
    for (size_t i = 0; i < h->n_topics; i++)
        add_topic(j, topics, in, h, &h->topics[i]);
}

static void add_hit(tt_json *j, tt_json_item *to, const tt_why_in *in, size_t i)
{
    static const char *const results[] = {[COUNTED] = "counted",
                                          [NOT_COUNTED] = "not-counted",
                                          [USED_UP] = "used-up",
                                          [REFUSED] = "refused",
                                          [NO_WORD] = "in-word"};
    const tt_why_hit *h = &in->hits[i];
    tt_json_item *item = tt_json_add_object(j, to, NULL);
    add_place(j, item, h);
    tt_json_add_text(j, item, "result", results[result_of(in, h)]);
    tt_json_add_text(j, item, "fate", fates[h->hit.fate]);
    if (h->hit.fate == TT_FATE_WORD)
        tt_json_add_str(j, item, "part", h->hit.part);
    add_entries(j, item, in, h);
    add_winner(j, item, in, h);
    tt_json_item *losers = tt_json_add_array(j, item, "others");
    for (size_t k = i; next_loser(in, i, &k);) {
        tt_json_item *loser = tt_json_add_object(j, losers, NULL);
        add_place(j, loser, &in->hits[k]);
        tt_json_add_text(j, loser, "fate", fates[in->hits[k].hit.fate]);
        add_entries(j, loser, in, &in->hits[k]);
    }
}

static void add_zones(tt_json *j, tt_json_item *to, const tt_why_in *in)
{
    tt_json_item *zones = tt_json_add_array(j, to, "zones");
    for (int z = TT_N_ZONES; z-- > 0;)
        if (in->zones >> z & 1) {
            tt_json_item *zone = tt_json_add_object(j, zones, NULL);
            tt_json_add_text(j, zone, "zone", tt_zone_name((tt_zone)z));
            tt_json_add_bool(j, zone, "counted", in->counted >> z & 1);
        }
}

int tt_why_json(tt_buf *to, const tt_why_in *in, const tt_provenance *from)
{
    char date[TT_DATE_SIZE];
    tt_json j;
    if (tt_json_begin(to, "why", from) != 0)
        return TT_ENOMEM;
    tt_buf_char(to, '\n');
    tt_json_new(&j);
    tt_json_add_str(&j, j.root, "path", in->path);
    tt_json_add_uint(&j, j.root, "line", in->line);
    if (in->column)
        tt_json_add_uint(&j, j.root, "column", in->column);
    else
        tt_json_add_text(&j, j.root, "column", NULL);
    tt_json_add_str(&j, j.root, "text", in->text);
    tt_json_add_text(&j, j.root, "what", in->what);
    add_zones(&j, j.root, in);
    tt_json_add_str(&j, j.root, "issue", in->issue->issue);
    if (in->issue->number >= 0)
        tt_json_add_uint(&j, j.root, "number", (uint64_t)in->issue->number);
    else
        tt_json_add_text(&j, j.root, "number", NULL);
    tt_day_format(in->issue->date, date);
    tt_json_add_text(&j, j.root, "date", in->issue->date == TT_NO_DATE ? NULL : date);
    tt_json_add_bool(&j, j.root, "issue_selected", in->issue_selected);
    tt_json_add_str(&j, j.root, "section", in->section);
    tt_json_add_uint(&j, j.root, "mentions", tt_why_rows(in));
    tt_json_item *places = tt_json_add_array(&j, j.root, "places");
    for (size_t i = 0; i < in->n_hits; i++)
        if (in->hits[i].hit.by == TT_NO_HIT)
            add_hit(&j, places, in, i);
    if (tt_json_print(&j, to, false, 0) != 0)
        return TT_ENOMEM;
    return tt_json_end(to);
}
