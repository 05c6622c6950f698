/* In: suggestions. Out: a table in the lexicon's columns. Not here: which there are (tag/), formats (table.c). */
#include "report/suggestions.h"

#define TEXT(name)                                                                                                     \
    {                                                                                                                  \
        {name, sizeof(name) - 1}, TT_TYPE_TEXT, false                                                                  \
    }

static const tt_column columns[] = {TEXT("topic"), TEXT("term"), TEXT("case"),    TEXT("also"),
                                    TEXT("label"), TEXT("type"), TEXT("broader"), TEXT("note")};

const tt_column *tt_suggestions_columns(size_t *n)
{
    *n = sizeof columns / sizeof *columns;
    return columns;
}

static void put_note(tt_table *t, const tt_suggestion *s, const tt_suggestion_place *place)
{
    tt_buf note = {0};
    tt_buf_f(&note, "%u mention%s", (unsigned)s->mentions, s->mentions == 1 ? "" : "s");
    if (s->issues) {
        tt_buf_f(&note, " in %u issue%s; e.g. ", (unsigned)s->issues, s->issues == 1 ? "" : "s");
        tt_buf_str(&note, place->issue);
        tt_buf_f(&note, ":%zu:%zu", place->line, place->column);
    }
    if (s->known && s->label.n)
        tt_buf_text(&note, "; the lexicon has a topic of this id");
    if (note.failed)
        t->failed = true;
    else
        tt_table_copy(t, (tt_str){note.p, note.n});
    tt_buf_release(&note);
}

int tt_suggestions_table(tt_table *t, const tt_suggestion *v, const tt_suggestion_place *places, size_t n, tt_err *err)
{
    tt_table_init(t, "suggestions", columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n && !t->failed; i++) {
        tt_table_text(t, v[i].topic);
        tt_table_text(t, v[i].term);
        tt_table_text(t, v[i].exact ? TT_S("exact") : TT_S(""));
        tt_table_empty(t);
        tt_table_text(t, v[i].label);
        tt_table_text(t, v[i].type);
        tt_table_empty(t);
        put_note(t, &v[i], &places[i]);
    }
    if (!t->failed)
        return 0;
    tt_table_release(t);
    return tt_fail_memory(err);
}
