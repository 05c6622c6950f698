/* In: cells, one after another. Out: a table, and its rows in any of the formats. Not here: which rows (tables.c), the
 * formats themselves (csv.c, json.c, text.c). */
#include "report/table.h"

#include "base/unicode.h"
#include "report/csv.h"
#include "report/json.h"
#include "report/text.h"

#include <math.h>

/* ---- the public tables, in CONTRACT's order ---- */

#define COLUMN(name, type, key)                                                                                        \
    {                                                                                                                  \
        {name, sizeof(name) - 1}, type, key                                                                            \
    }
#define TEXT(name) COLUMN(name, TT_TYPE_TEXT, false)
#define KEY(name) COLUMN(name, TT_TYPE_TEXT, true)
#define INT(name) COLUMN(name, TT_TYPE_INT, false)
#define INT_KEY(name) COLUMN(name, TT_TYPE_INT, true)
#define REAL(name) COLUMN(name, TT_TYPE_REAL, false)
#define DATE(name) COLUMN(name, TT_TYPE_DATE, false)
#define FLAG(name) COLUMN(name, TT_TYPE_FLAG, false)

static const tt_column issues_columns[] = {KEY("issue"), INT("number"),   DATE("date"),   TEXT("date_source"),
                                           INT("year"),  TEXT("title"),   TEXT("format"), INT("sections"),
                                           INT("words"), INT("mentions"), INT("topics"),  INT("repaired"),
                                           TEXT("path")};

static const tt_column counts_columns[] = {KEY("issue"), INT("number"), DATE("date"), INT("year"),     KEY("section"),
                                           KEY("topic"), TEXT("label"), TEXT("type"), INT("mentions"), INT("words")};

static const tt_column trends_columns[] = {
    KEY("period"),       DATE("period_start"), DATE("period_end"),    FLAG("complete"), KEY("section"),
    KEY("topic"),        TEXT("label"),        TEXT("type"),          INT("mentions"),  INT("issues_with"),
    INT("issues"),       INT("words"),         REAL("per_10k_words"), REAL("rate_low"), REAL("rate_high"),
    REAL("issue_share"), REAL("share_low"),    REAL("share_high"),    FLAG("low_n")};

static const tt_column mentions_columns[] = {
    KEY("path"),  INT_KEY("line"), INT_KEY("column"), TEXT("issue"), INT("number"),   DATE("date"),   TEXT("section"),
    TEXT("zone"), KEY("topic"),    TEXT("via"),       TEXT("term"),  TEXT("surface"), TEXT("before"), TEXT("after")};

static const tt_column topics_columns[] = {
    KEY("topic"),       TEXT("label"),      TEXT("type"),      TEXT("broader"),     INT("mentions"),
    INT("issues_with"), DATE("first_date"), DATE("last_date"), TEXT("peak_period"), INT("longest_gap_days")};

static const tt_column overall_columns[] = {KEY("topic"),
                                            TEXT("label"),
                                            TEXT("type"),
                                            INT("mentions"),
                                            INT("issues_with"),
                                            INT("issues"),
                                            INT("words"),
                                            DATE("first_date"),
                                            DATE("last_date"),
                                            TEXT("status"),
                                            INT("comebacks"),
                                            INT("longest_gap_days"),
                                            INT("longest_streak_issues"),
                                            REAL("dispersion"),
                                            REAL("dispersion_norm"),
                                            INT("periods"),
                                            INT("kendall_s"),
                                            REAL("kendall_tau"),
                                            REAL("kendall_p"),
                                            TEXT("kendall_method"),
                                            REAL("slope"),
                                            REAL("slope_low"),
                                            REAL("slope_high"),
                                            TEXT("trend_note"),
                                            TEXT("bursts"),
                                            REAL("burst_weight"),
                                            REAL("burst_s"),
                                            REAL("burst_gamma"),
                                            TEXT("burst_note")};
/* clang-format off */
static const tt_column change_columns[] = {
    KEY("topic"), TEXT("label"), TEXT("type"), KEY("period_a"), KEY("period_b"),
    DATE("start_a"), DATE("end_a"), DATE("start_b"), DATE("end_b"),
    INT("mentions_a"), INT("mentions_b"), REAL("per_10k_words_a"), REAL("per_10k_words_b"),
    INT("issues_with_a"), INT("issues_with_b"), INT("issues_a"), INT("issues_b"),
    REAL("issue_share_a"), REAL("issue_share_b"), INT("words_a"), INT("words_b"),
    REAL("log2_ratio"), REAL("log2_low"), REAL("log2_high"), REAL("g2"), REAL("p"), REAL("p_adjusted"), TEXT("verdict")};
/* clang-format on */
static const tt_column links_columns[] = {TEXT("issue"),  DATE("date"), TEXT("section"),     TEXT("url"),
                                          TEXT("domain"), TEXT("text"), TEXT("target_issue")};

#define COUNT(v) (sizeof(v) / sizeof *(v))

static const struct schema {
    const char *name;
    const tt_column *columns;
    size_t n;
} schemas[] = {[TT_TABLE_ISSUES] = {"issues", issues_columns, COUNT(issues_columns)},
               [TT_TABLE_COUNTS] = {"counts", counts_columns, COUNT(counts_columns)},
               [TT_TABLE_TRENDS] = {"trends", trends_columns, COUNT(trends_columns)},
               [TT_TABLE_MENTIONS] = {"mentions", mentions_columns, COUNT(mentions_columns)},
               [TT_TABLE_TOPICS] = {"topics", topics_columns, COUNT(topics_columns)},
               [TT_TABLE_OVERALL] = {"trends-overall", overall_columns, COUNT(overall_columns)},
               [TT_TABLE_CHANGE] = {"change", change_columns, COUNT(change_columns)},
               [TT_TABLE_LINKS] = {"links", links_columns, COUNT(links_columns)}};

const tt_column *tt_table_columns(tt_table_kind kind, size_t *n)
{
    *n = schemas[kind].n;
    return schemas[kind].columns;
}

const char *tt_table_name(tt_table_kind kind)
{
    return schemas[kind].name;
}

/* ---- the model ---- */

void tt_table_init(tt_table *t, const char *name, const tt_column *columns, size_t n_columns)
{
    *t = (tt_table){.name = tt_str_of(name), .columns = columns, .n_columns = n_columns};
}

void tt_table_release(tt_table *t)
{
    tt_free(t->values);
    tt_arena_release(&t->own);
    *t = (tt_table){0};
}

void tt_table_clear(tt_table *t)
{
    t->n_values = t->n_rows = t->n_begun = 0;
    tt_arena_reset(&t->own);
}

static void put(tt_table *t, tt_value v)
{
    if (t->failed || (t->n_values == t->cap_values &&
                      tt_grow(&t->values, &t->cap_values, t->n_values + 1, sizeof *t->values) != 0)) {
        t->failed = true;
        return;
    }
    t->values[t->n_values++] = v;
    if (++t->n_begun == t->n_columns) {
        t->n_begun = 0;
        t->n_rows++;
    }
}

/* The cell of the same column stands in the row before, and holds this very text, so that it is known to be valid. */
static bool is_above(const tt_table *t, tt_str s)
{
    const tt_value *above = t->n_values >= t->n_columns ? &t->values[t->n_values - t->n_columns] : NULL;
    return above && above->s.p == s.p && above->s.n == s.n;
}

bool tt_table_valid(tt_arena *a, tt_str *s)
{
    static const char unknown[] = "\xEF\xBF\xBD"; /* U+FFFD */
    if (tt_utf8_valid(s->p, s->n))
        return true;
    char *copy = tt_arena_array(a, s->n, sizeof unknown - 1);
    size_t n = 0;
    if (!copy)
        return false;
    for (size_t i = 0; i < s->n;) {
        uint32_t cp;
        size_t k = tt_utf8_decode(s->p + i, s->n - i, &cp);
        for (size_t j = 0; j < (k ? k : sizeof unknown - 1); j++)
            copy[n++] = k ? s->p[i + j] : unknown[j];
        i += k ? k : 1;
    }
    *s = (tt_str){copy, n};
    return true;
}

void tt_table_text(tt_table *t, tt_str s)
{
    if (s.n && !is_above(t, s) && !tt_table_valid(&t->own, &s))
        t->failed = true;
    put(t, (tt_value){.empty = s.n == 0, .s = s});
}

void tt_table_copy(tt_table *t, tt_str s)
{
    if (tt_str_dup(&t->own, s, &s) != 0)
        t->failed = true;
    tt_table_text(t, s);
}

void tt_table_int(tt_table *t, int64_t i)
{
    put(t, (tt_value){.i = i});
}

void tt_table_real(tt_table *t, double d)
{
    put(t, isfinite(d) ? (tt_value){.d = d} : (tt_value){.empty = true});
}

void tt_table_date(tt_table *t, int32_t day)
{
    put(t, (tt_value){.empty = day == TT_NO_DATE, .i = day});
}

void tt_table_flag(tt_table *t, bool b)
{
    put(t, (tt_value){.i = b});
}

void tt_table_empty(tt_table *t)
{
    put(t, (tt_value){.empty = true});
}

char *tt_value_put(const tt_column *c, const tt_value *v, char to[TT_NUM_SIZE])
{
    switch (c->type) {
    case TT_TYPE_TEXT:
        break;
    case TT_TYPE_REAL:
        return to + tt_num_format(v->d, to);
    case TT_TYPE_DATE:
        return to + tt_day_format((int32_t)v->i, to);
    case TT_TYPE_INT:
    case TT_TYPE_FLAG:
        return to + tt_int_format(v->i, to);
    }
    return to;
}

tt_str tt_value_text(const tt_column *c, const tt_value *v, char scratch[TT_NUM_SIZE])
{
    if (v->empty)
        return (tt_str){"", 0};
    return c->type == TT_TYPE_TEXT ? v->s : (tt_str){scratch, (size_t)(tt_value_put(c, v, scratch) - scratch)};
}

/* ---- writers ---- */

struct tt_writer {
    tt_output how;
    tt_buf *to;
    tt_aligned aligned;
    bool first; /* no row was written yet */
};

int tt_writer_new(tt_writer **out, const tt_output *how, const tt_provenance *from, const tt_column *columns,
                  size_t n_columns, const char *name, tt_buf *to, tt_err *err)
{
    if (how->format == TT_FORMAT_GREP && !tt_grep_fits(columns, n_columns))
        return tt_fail(err, TT_EUSAGE, NULL, 0, 0,
                       "the format grep is for `mentions`; choose csv, json, jsonl or text");
    tt_writer *w = tt_calloc(1, sizeof *w);
    if (!w)
        return tt_fail_memory(err);
    w->how = *how;
    w->to = to;
    w->first = true;
    w->aligned = (tt_aligned){.columns = columns, .n_columns = n_columns};
    int rc = 0;
    if (how->format == TT_FORMAT_CSV)
        tt_csv_header(to, columns, n_columns, how->spreadsheet);
    else if (how->format == TT_FORMAT_JSON)
        rc = tt_json_begin(to, name, from);
    if (rc != 0 || to->failed) {
        tt_writer_free(w);
        return tt_fail_memory(err);
    }
    *out = w;
    return 0;
}

int tt_writer_rows(tt_writer *w, const tt_table *t, tt_err *err)
{
    bool failed = t->failed;
    tt_json_shape lines = w->how.format == TT_FORMAT_JSON ? TT_JSON_OBJECTS : TT_JSON_LINES;
    switch (w->how.format) {
    case TT_FORMAT_CSV:
        tt_csv_rows(w->to, t, w->how.spreadsheet);
        break;
    case TT_FORMAT_JSON:
    case TT_FORMAT_JSONL:
        failed = tt_json_rows(w->to, t, lines, &w->first) != 0 || failed;
        break;
    case TT_FORMAT_TEXT:
        tt_aligned_add(&w->aligned, t);
        failed = w->aligned.failed || w->aligned.text.failed || failed;
        break;
    case TT_FORMAT_GREP:
        tt_grep_rows(w->to, t, w->how.color);
        break;
    }
    return failed || w->to->failed ? tt_fail_memory(err) : 0;
}

int tt_writer_end(tt_writer *w, tt_err *err)
{
    tt_buf *to = w->to;
    int rc = 0;
    if (w->how.format == TT_FORMAT_JSON)
        rc = tt_json_end(to);
    else if (w->how.format == TT_FORMAT_TEXT)
        tt_aligned_write(&w->aligned, to, w->how.color);
    tt_writer_free(w);
    return rc != 0 || to->failed ? tt_fail_memory(err) : 0;
}

void tt_writer_free(tt_writer *w)
{
    if (!w)
        return;
    tt_aligned_release(&w->aligned);
    tt_free(w);
}
