/* In: an answer. Out: the same as JSON, whole: lists are not cut. Not here: text (answer_text.c). */
#include "base/json.h"
#include "report/answer.h"
#include "report/json.h"

/* ---- small tables: rows of the same model as all others ---- */

#define COL(name, type)                                                                                                \
    {                                                                                                                  \
        {name, sizeof(name) - 1}, TT_TYPE_##type, false                                                                \
    }
#define COUNT(v) (sizeof(v) / sizeof *(v))

static int put_rows(tt_buf *to, const char *key, const tt_table *t)
{
    bool first = true;
    tt_buf_text(to, ",\n");
    tt_json_string(to, tt_str_of(key));
    tt_buf_text(to, ":[");
    int rc = t->failed ? TT_ENOMEM : tt_json_rows(to, t, TT_JSON_OBJECTS, &first);
    tt_buf_text(to, "]");
    return rc;
}

static void put_issue(tt_table *t, const tt_reply *r, uint32_t issue)
{
    const tt_issue *v = issue == TT_NO_ISSUE ? NULL : &r->facts->issues[issue];
    tt_table_text(t, v ? v->issue : (tt_str){"", 0});
    if (v && v->number >= 0)
        tt_table_int(t, v->number);
    else
        tt_table_empty(t);
    tt_table_date(t, v ? v->date : TT_NO_DATE);
    tt_table_text(t, v ? v->title : (tt_str){"", 0});
}

#define ISSUE_COLUMNS COL("issue", TEXT), COL("number", INT), COL("date", DATE), COL("title", TEXT)

/* ---- what is said in one place ---- */

static const tt_column said[] = {COL("kind", TEXT),
                                 COL("topic", TEXT),
                                 COL("label", TEXT),
                                 COL("belongs_to", TEXT),
                                 COL("mentions", INT),
                                 COL("issues_with", INT),
                                 COL("issues", INT),
                                 COL("words", INT),
                                 COL("per_10k_words", REAL),
                                 COL("rate_low", REAL),
                                 COL("rate_high", REAL),
                                 COL("issue_share", REAL),
                                 COL("share_low", REAL),
                                 COL("share_high", REAL),
                                 COL("low_n", FLAG),
                                 COL("paragraphs_with", INT),
                                 COL("paragraphs", INT),
                                 COL("mentions_outside_selection", INT),
                                 COL("inside_longer_words", INT),
                                 COL("inside_longer_matches", INT),
                                 COL("places_of_holder", REAL),
                                 COL("command", TEXT)};

static void real_if(tt_table *t, bool has, double x)
{
    if (has)
        tt_table_real(t, x);
    else
        tt_table_empty(t);
}

static const char *kind_name(tt_asked_kind kind)
{
    static const char *const names[] = {[TT_ASKED_TOPIC] = "topic",
                                        [TT_ASKED_ENTRY] = "lexicon term",
                                        [TT_ASKED_TERM] = "term",
                                        [TT_ASKED_TOGETHER] = "together"};
    return names[kind];
}

static int put_said(tt_buf *to, const tt_reply *r, const tt_reply_side *s)
{
    const tt_point *p = &s->answer.all;
    const tt_topic *topic = &r->facts->topics[s->asked.topic];
    bool first = true;
    tt_table t;
    tt_table_init(&t, "ask", said, COUNT(said));
    tt_table_text(&t, tt_str_of(kind_name(s->asked.kind)));
    tt_table_text(&t, topic->id);
    tt_table_text(&t, s->asked.label);
    tt_table_text(&t, s->asked.kind != TT_ASKED_TOPIC && s->asked.holder < r->facts->n_topics
                          ? r->facts->topics[s->asked.holder].id
                          : (tt_str){"", 0});
    tt_table_int(&t, p->mentions);
    tt_table_int(&t, p->issues_with);
    tt_table_int(&t, p->issues);
    tt_table_int(&t, (int64_t)p->words);
    real_if(&t, p->has_rate, p->per_10k);
    real_if(&t, p->has_rate_ci, p->rate_low);
    real_if(&t, p->has_rate_ci, p->rate_high);
    real_if(&t, p->has_share, p->share);
    real_if(&t, p->has_share, p->share_low);
    real_if(&t, p->has_share, p->share_high);
    tt_table_flag(&t, p->low_n);
    tt_table_int(&t, (int64_t)s->n_paragraphs);
    tt_table_int(&t, (int64_t)r->n_paragraphs);
    tt_table_int(&t, (int64_t)s->elsewhere);
    tt_table_int(&t, s->inside);
    tt_table_int(&t, s->taken);
    real_if(&t, s->asked.kind == TT_ASKED_TERM, s->held);
    tt_table_text(&t, s->command);
    int rc = t.failed ? TT_ENOMEM : tt_json_rows(to, &t, TT_JSON_OBJECTS, &first);
    tt_table_release(&t);
    if (rc == 0 && to->n)
        to->p[--to->n] = '\0'; /* the object goes on */
    return rc;
}

/* ---- lists ---- */

static int put_ends(tt_buf *to, const tt_reply *r, const char *key, const uint32_t *issues, size_t n)
{
    static const tt_column columns[] = {ISSUE_COLUMNS};
    tt_table t;
    tt_table_init(&t, key, columns, COUNT(columns));
    for (size_t i = 0; i < n; i++)
        if (issues[i] != TT_NO_ISSUE)
            put_issue(&t, r, issues[i]);
    int rc = put_rows(to, key, &t);
    tt_table_release(&t);
    return rc;
}

static int put_busiest(tt_buf *to, const tt_reply *r, const tt_reply_side *s)
{
    static const tt_column columns[] = {ISSUE_COLUMNS, COL("mentions", INT)};
    tt_table t;
    tt_table_init(&t, "busiest", columns, COUNT(columns));
    for (size_t i = 0; i < s->answer.n_busy; i++) {
        put_issue(&t, r, s->answer.busy[i].issue);
        tt_table_int(&t, s->answer.busy[i].mentions);
    }
    int rc = put_rows(to, "busiest", &t);
    tt_table_release(&t);
    return rc;
}

static int put_sections(tt_buf *to, const tt_reply *r, const tt_reply_side *s)
{
    static const tt_column columns[] = {COL("section", TEXT), COL("mentions", INT), COL("issues_with", INT),
                                        COL("words", INT), COL("per_10k_words", REAL)};
    tt_table t;
    tt_table_init(&t, "sections", columns, COUNT(columns));
    for (size_t i = 0; i < s->answer.n_sections; i++) {
        const tt_section_sum *v = &s->answer.sections[i];
        tt_table_text(&t, r->facts->sections[v->section]);
        tt_table_int(&t, v->mentions);
        tt_table_int(&t, v->issues_with);
        tt_table_int(&t, (int64_t)v->words);
        real_if(&t, v->words != 0, 10000.0 * v->mentions / (double)v->words);
    }
    int rc = put_rows(to, "sections", &t);
    tt_table_release(&t);
    return rc;
}

static int put_beside(tt_buf *to, const tt_reply *r, const tt_reply_side *s)
{
    static const tt_column columns[] = {COL("topic", TEXT),          COL("label", TEXT),
                                        COL("paragraphs_both", INT), COL("paragraphs_with", INT),
                                        COL("times_chance", REAL),   COL("g2", REAL)};
    tt_table t;
    tt_table_init(&t, "comes_with", columns, COUNT(columns));
    for (size_t i = 0; i < s->n_beside; i++) {
        const tt_beside *b = &s->beside[i];
        tt_table_text(&t, r->facts->topics[b->topic].id);
        tt_table_text(&t, r->facts->topics[b->topic].label);
        tt_table_int(&t, b->both);
        tt_table_int(&t, b->other);
        tt_table_real(&t, b->times);
        tt_table_real(&t, b->g2);
    }
    int rc = put_rows(to, "comes_with", &t);
    tt_table_release(&t);
    return rc;
}

static int put_parts(tt_buf *to, const tt_reply *r, const tt_reply_side *s)
{
    static const tt_column columns[] = {COL("kind", TEXT), COL("topic", TEXT), COL("label", TEXT), COL("mentions", INT),
                                        COL("issues_with", INT)};
    tt_table t;
    tt_table_init(&t, "parts", columns, COUNT(columns));
    for (size_t i = 0; i < s->n_parts; i++) {
        const tt_asked *p = &s->parts[i];
        tt_table_text(&t, tt_str_of(kind_name(p->kind)));
        tt_table_text(&t, r->facts->topics[p->topic].id);
        tt_table_text(&t, p->label);
        tt_table_int(&t, p->mentions);
        tt_table_int(&t, p->issues_with);
    }
    int rc = put_rows(to, "parts", &t);
    tt_table_release(&t);
    return rc;
}

static int put_zones(tt_buf *to, const tt_reply *r, const tt_reply_side *s)
{
    static const tt_column columns[] = {COL("zone", TEXT), COL("counted", FLAG), COL("hits", INT)};
    tt_table t;
    tt_table_init(&t, "zones", columns, COUNT(columns));
    for (unsigned z = 0; z < TT_N_ZONES; z++) {
        tt_table_text(&t, tt_str_of(tt_zone_name((tt_zone)z)));
        tt_table_flag(&t, r->zones >> z & 1);
        tt_table_int(&t, s->zones[z]);
    }
    int rc = put_rows(to, "zones", &t);
    tt_table_release(&t);
    return rc;
}

/* The very rows that `trends` and `trends --overall` give. */
static int put_series(tt_buf *to, const tt_reply *r, const tt_reply_side *s)
{
    tt_err err;
    tt_table t = {0};
    int rc = tt_tables_trends(&t, r->facts, &s->answer.series, &err);
    rc = rc == 0 ? put_rows(to, "periods", &t) : rc;
    tt_table_release(&t);
    t = (tt_table){0};
    if (rc == 0)
        rc = tt_tables_overall(&t, r->facts, &s->overall, 1, &err);
    rc = rc == 0 ? put_rows(to, "overall", &t) : rc;
    tt_table_release(&t);
    return rc;
}

static int put_close(tt_buf *to, const tt_reply *r, const tt_reply_side *s)
{
    static const tt_column columns[] = {COL("topic", TEXT), COL("label", TEXT)};
    tt_table t;
    tt_table_init(&t, "did_you_mean", columns, COUNT(columns));
    for (size_t i = 0; i < s->n_close; i++) {
        tt_table_text(&t, r->facts->topics[s->close[i]].id);
        tt_table_text(&t, r->facts->topics[s->close[i]].label);
    }
    int rc = put_rows(to, "did_you_mean", &t);
    tt_table_release(&t);
    return rc;
}

static int put_side(tt_buf *to, const tt_reply *r, const tt_reply_side *s)
{
    const tt_life *life = &s->overall.life;
    const uint32_t gap[2] = {life->longest_gap.from, life->longest_gap.to};
    const uint32_t streak[2] = {life->streak_from, life->streak_to};
    int rc = put_said(to, r, s);
    rc = rc == 0 ? put_parts(to, r, s) : rc;
    rc = rc == 0 ? put_ends(to, r, "first", &s->answer.first, 1) : rc;
    rc = rc == 0 ? put_ends(to, r, "last", &s->answer.last, 1) : rc;
    rc = rc == 0 ? put_series(to, r, s) : rc;
    rc = rc == 0 ? put_sections(to, r, s) : rc;
    rc = rc == 0 ? put_beside(to, r, s) : rc;
    rc = rc == 0 ? put_busiest(to, r, s) : rc;
    rc = rc == 0 ? put_ends(to, r, "longest_gap_between", gap, life->longest_gap.days < 0 ? 0 : 2) : rc;
    rc = rc == 0 ? put_ends(to, r, "longest_streak_between", streak, life->streak ? 2 : 0) : rc;
    rc = rc == 0 ? put_zones(to, r, s) : rc;
    rc = rc == 0 ? put_rows(to, r->all ? "mentions_rows" : "latest", &s->quotes) : rc;
    rc = rc == 0 ? put_close(to, r, s) : rc;
    tt_buf_text(to, "}");
    return rc;
}

/* ---- both ---- */

static int put_share(tt_buf *to, const tt_reply *r)
{
    static const tt_column columns[] = {COL("period", TEXT),         COL("first", INT),      COL("both", INT),
                                        COL("share_of_first", REAL), COL("share_low", REAL), COL("share_high", REAL)};
    const tt_series *series = &r->side[0].answer.series;
    tt_table t;
    tt_table_init(&t, "share", columns, COUNT(columns));
    for (size_t i = 0; i <= series->n_points; i++) {
        const bool all = i == series->n_points;
        const tt_share_row *v = &r->share[i];
        tt_table_text(&t, all ? TT_S("(all)") : series->periods[i].name);
        tt_table_int(&t, v->first);
        tt_table_int(&t, v->both);
        real_if(&t, v->has, v->share);
        real_if(&t, v->has_ci, v->low);
        real_if(&t, v->has_ci, v->high);
    }
    int rc = put_rows(to, "share", &t);
    tt_table_release(&t);
    return rc;
}

int tt_answer_json(tt_buf *to, const tt_reply *r)
{
    int rc = tt_json_begin(to, "ask", r->from);
    for (size_t i = 0; i < r->n_sides && rc == 0; i++) {
        tt_buf_text(to, i ? "," : "");
        rc = put_side(to, r, &r->side[i]);
    }
    tt_buf_text(to, "\n],\n\"found\":");
    tt_buf_text(to, r->found ? "true" : "false");
    tt_buf_text(to, ",\"incomplete\":");
    tt_json_string(to, r->incomplete);
    if (r->n_sides == 2)
        tt_buf_f(to, ",\"issues_both\":%u,\"paragraphs_both\":%llu", r->issues_both,
                 (unsigned long long)r->paragraphs_both);
    if (rc == 0 && r->is_share)
        rc = put_share(to, r);
    tt_buf_text(to, "}\n");
    return rc == 0 && !to->failed ? 0 : TT_ENOMEM;
}
