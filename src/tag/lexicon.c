/* In: CSV files, and what others have (import.c). Out: a lexicon, or all that is wrong with them.
 * Not here: a file's rows (lexfile.c), how topics hang together (topics.c), finding files (the caller). */
#include "tag/lexicon.h"

#include "tag/builder.h"

#include <string.h>

void tt_builder_tell(tt_lexicon_builder *b, const tt_err *err)
{
    tt_tell_err(b->sink, TT_SKIPPED, err);
    if (b->first.code == 0)
        b->first = *err;
}

static void free_builder(tt_lexicon_builder *b)
{
    if (b->digest)
        tt_digest_end(b->digest, NULL);
    tt_intern_release(&b->ids);
    tt_free(b->topics);
    tt_free(b->entries);
    tt_free(b->also.v);
    tt_free(b->broader.v);
    tt_lexicon_free(b->lex);
    tt_free(b);
}

int tt_lexicon_builder_new(tt_lexicon_builder **out, const tt_sink *sink, tt_err *err)
{
    tt_lexicon_builder *b = tt_calloc(1, sizeof *b);
    if (!b)
        return tt_fail_memory(err);
    b->sink = sink;
    b->lex = tt_calloc(1, sizeof *b->lex);
    if (!b->lex || tt_matcher_new(&b->lex->matcher, err) != 0 || tt_digest_new(&b->digest, err) != 0) {
        free_builder(b);
        return tt_fail_memory(err);
    }
    *out = b;
    return 0;
}

void tt_lexicon_builder_lenient(tt_lexicon_builder *b)
{
    b->lenient = true;
}

static void digest(tt_lexicon_builder *b, const char *name, tt_str data)
{
    const char *slash = strrchr(name, '/');
    tt_str base = tt_str_of(slash && slash[1] ? slash + 1 : name);
    tt_digest_add(b->digest, base.p, base.n + 1);
    tt_digest_add(b->digest, data.p, data.n);
    tt_digest_add(b->digest, "", 1);
}

int tt_lexicon_add(tt_lexicon_builder *b, const char *name, tt_str data, tt_err *err)
{
    tt_err mistake = {0};
    tt_imported made = {0};
    tt_import_kind kind = tt_import_kind_of(tt_str_of(name));
    int rc = 0;
    digest(b, name, data);
    if (kind == TT_IMPORT_CSV) {
        rc = tt_lexfile_read(b, name, data, NULL, &mistake);
    } else {
        rc = tt_import(kind, name, data, b->sink, &made, &mistake);
        if (rc == 0)
            rc = tt_lexfile_read(b, name, (tt_str){made.csv.p, made.csv.n}, made.origins, &mistake);
    }
    tt_imported_release(&made);
    if (rc != 0) {
        mistake.rule = kind == TT_IMPORT_CSV ? "csv" : "import";
        tt_builder_tell(b, &mistake);
    }
    return rc == TT_ENOMEM ? tt_fail_memory(err) : 0;
}

int tt_lexicon_finish(tt_lexicon_builder *b, tt_lexicon **out, tt_err *err)
{
    int rc = tt_topics_tie(b);
    if (rc != 0) {
        tt_fail_memory(err);
    } else if (b->first.code != 0 && !b->lenient) {
        rc = b->first.code;
        if (err)
            *err = b->first;
    } else {
        tt_digest_end(b->digest, b->lex->digest);
        b->digest = NULL;
        *out = b->lex;
        b->lex = NULL;
    }
    free_builder(b);
    return rc;
}

void tt_lexicon_free(tt_lexicon *lex)
{
    if (!lex)
        return;
    tt_matcher_free(lex->matcher);
    tt_free(lex->entries);
    tt_arena_release(&lex->arena);
    tt_free(lex);
}

bool tt_lexicon_topic(const tt_lexicon *lex, tt_str id, uint32_t *topic)
{
    size_t lo = 0, hi = lex->n_topics;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int c = tt_str_cmp(lex->topics[mid].id, id);
        if (c == 0) {
            *topic = (uint32_t)mid;
            return true;
        }
        if (c < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return false;
}

int tt_term_check(tt_str term, size_t *at, tt_err *err)
{
    return tt_term_expand(term, false, NULL, NULL, at, err);
}
