/* In: a term. Out: texts that it finds. Not here: what a spelling is (term.c), what else finds these texts (lint.c). */
#include "tag/sample.h"

#include "tag/term.h"

struct sampler {
    tt_sample_fn *each;
    void *ctx;
    tt_buf text;
    bool has_any, has_star; /* of the spelling */
    int rc;
};

static const char covered[] = "qzxj"; /* what a * stands for */

static void put_glob(struct sampler *s, tt_str key, bool filled)
{
    for (size_t i = 0; i < key.n; i++) {
        switch ((uint8_t)key.p[i]) {
        case TT_GLOB_HYPHEN:
            tt_buf_char(&s->text, '-');
            break;
        case TT_GLOB_SOME:
            tt_buf_text(&s->text, covered);
            break;
        case TT_GLOB_ANY:
            s->has_star = true;
            tt_buf_text(&s->text, filled ? covered : "");
            break;
        default:
            tt_buf_char(&s->text, key.p[i]);
        }
    }
}

static int tell(struct sampler *s, const tt_piece *pieces, size_t n, bool hyphens, bool filled)
{
    tt_buf_reset(&s->text);
    for (size_t i = 0; i < n; i++) {
        if (pieces[i].join != TT_JOIN_DIRECT) {
            s->has_any |= pieces[i].join == TT_JOIN_ANY;
            tt_buf_char(&s->text, hyphens && pieces[i].join == TT_JOIN_ANY ? '-' : ' ');
        }
        if (pieces[i].kind == TT_PIECE_TOKEN)
            tt_buf_str(&s->text, pieces[i].key);
        else if (pieces[i].kind == TT_PIECE_HYPHEN)
            tt_buf_char(&s->text, '-');
        else
            put_glob(s, pieces[i].key, filled);
    }
    return s->text.failed ? TT_ENOMEM : s->each(s->ctx, (tt_str){s->text.p, s->text.n});
}

static int on_spelling(void *ctx, const tt_piece *pieces, size_t n)
{
    struct sampler *s = ctx;
    s->has_any = s->has_star = false;
    s->rc = tell(s, pieces, n, false, false);
    if (s->rc == 0 && s->has_any)
        s->rc = tell(s, pieces, n, true, false);
    if (s->rc == 0 && s->has_star)
        s->rc = tell(s, pieces, n, false, true);
    return s->rc;
}

int tt_samples(tt_str term, bool fold, tt_sample_fn *each, void *ctx)
{
    struct sampler s = {.each = each, .ctx = ctx};
    int rc = tt_term_expand(term, !fold, on_spelling, &s, NULL, NULL);
    tt_buf_release(&s.text);
    return s.rc != 0 || rc == TT_ENOMEM ? (s.rc ? s.rc : rc) : 0;
}
