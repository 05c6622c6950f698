/* In: links and namings, the archive's names, what URLs may mean (refer.c). Out: the target of each link; texts that name
 * an issue stay as rows, others go. Not here: reading texts (links.c) and URLs.
 *
 * Which places and words are the newsletter's own shows in the archive: a place is where a URL that surely means an issue
 * lies, or where number and text agree; a word is its name, its initials, or what stands in such a link's text. */
#include "trend/refer.h"

#include "trend/links.h"

enum {
    OFTEN = 2,  /* agreements that make a place or a word ours */
    ENOUGH = 3, /* issues that links to one domain name by number, to make it ours */
};

/* Of a word right before numbers. */
typedef struct word {
    uint32_t uses;    /* in all */
    uint32_t fits;    /* with an issue's number */
    uint32_t others;  /* of which another issue's */
    uint32_t learned; /* in the text of a link to that issue */
} word;

typedef struct finish {
    tt_links *l;
    const tt_issue *issues;
    size_t n_issues;
    tt_refer *refer;
    tt_aimed *aimed;   /* by link */
    bool *accepted;    /* by naming */
    uint32_t *word_of; /* by naming; UINT32_MAX: none */
    bool *own;         /* by place */
    uint32_t *agree;   /* by place: texts of links whose number is the URL's */
    tt_intern words;
    word *stats;        /* by word */
    bool *names_itself; /* by issue: its text has its own number behind the name */
    size_t n_name_themselves;
    tt_buf scratch;
} finish;

static tt_str before_of(const tt_naming *n)
{
    return (tt_str){n->text.p, n->n_before};
}

static uint32_t issue_of(const finish *f, const tt_naming *n)
{
    return tt_refer_number(f->refer, f->l->v[n->link].issue, n->number);
}

static const tt_issue *home_of(const finish *f, const tt_naming *n)
{
    return &f->issues[f->l->v[n->link].issue];
}

/* ---- URLs ---- */

typedef struct site {
    uint32_t links;  /* to the domain, each URL once: one that stands in every issue says no more than another */
    uint32_t fits;   /* of them, to a folder of issues with the number of an earlier issue */
    uint32_t issues; /* of these, different ones */
} site;

static bool fits(const finish *f, size_t i)
{
    const tt_aimed *a = &f->aimed[i];
    return a->aim == TT_AIM_NUMBER && a->named && a->issue != TT_NO_ISSUE &&
           f->issues[a->issue].number < f->issues[f->l->v[i].issue].number;
}

/* A domain bears no name of ours and no URL there says a title: still it is ours where its links lead to earlier issues
 * more often than not. Those to a tracker of bugs have numbers too, but others as well. */
static int learn_sites(finish *f)
{
    tt_intern domains = {0}, pairs = {0}, urls = {0};
    const tt_links *l = f->l;
    uint32_t *site_of = tt_calloc(l->n + 1, sizeof *site_of);
    site *v = tt_calloc(l->hosts.n + 1, sizeof *v); /* there are no more domains than hosts */
    int rc = site_of && v ? 0 : TT_ENOMEM;
    for (size_t i = 0; i < l->n && rc == 0; i++) {
        const size_t before = pairs.n, urls_before = urls.n;
        uint32_t id, pair[2];
        if (l->v[i].domain.n == 0)
            continue;
        rc = tt_intern_add(&domains, l->v[i].domain, &site_of[i]);
        if (rc == 0)
            rc = tt_intern_add(&urls, l->v[i].url, &id);
        if (rc != 0 || urls.n == urls_before)
            continue;
        v[site_of[i]].links++;
        if (!fits(f, i))
            continue;
        pair[0] = site_of[i];
        pair[1] = f->aimed[i].issue;
        rc = tt_intern_add(&pairs, (tt_str){(const char *)pair, sizeof pair}, &id);
        v[site_of[i]].fits++;
        v[site_of[i]].issues += pairs.n > before;
    }
    for (size_t i = 0; i < l->n && rc == 0; i++)
        if (l->v[i].domain.n && fits(f, i) && v[site_of[i]].issues >= ENOUGH &&
            2 * v[site_of[i]].fits >= v[site_of[i]].links)
            f->own[f->aimed[i].place] = true;
    tt_free(site_of);
    tt_free(v);
    tt_intern_release(&domains);
    tt_intern_release(&pairs);
    tt_intern_release(&urls);
    return rc;
}

static int aim_all(finish *f)
{
    tt_links *l = f->l;
    for (size_t i = 0; i < l->n; i++) {
        f->aimed[i] = (tt_aimed){.issue = TT_NO_ISSUE, .place = UINT32_MAX};
        if (l->v[i].url.n && tt_refer_aim(f->refer, l->v[i].url, l->v[i].domain, l->v[i].issue, &f->aimed[i]) != 0)
            return TT_ENOMEM;
    }
    const size_t places = tt_refer_places(f->refer) + 1;
    f->own = tt_calloc(places, sizeof *f->own);
    f->agree = tt_calloc(places, sizeof *f->agree);
    if (!f->own || !f->agree)
        return TT_ENOMEM;
    for (size_t i = 0; i < l->n; i++)
        if (f->aimed[i].aim == TT_AIM_SURE && f->aimed[i].place != UINT32_MAX)
            f->own[f->aimed[i].place] = true;
    return learn_sites(f);
}

static bool is_own(const finish *f, const tt_aimed *a)
{
    return a->place != UINT32_MAX && f->own[a->place];
}

/* The URL names an issue as ours are named; *issue may be none: it is not in this archive. */
static bool names_issue(const finish *f, const tt_aimed *a, uint32_t *issue)
{
    *issue = a->issue;
    switch (a->aim) {
    case TT_AIM_SURE:
        return true;
    case TT_AIM_NUMBER:
    case TT_AIM_PART:
        return a->folder || is_own(f, a);
    case TT_AIM_TITLE:
        return a->ours || is_own(f, a);
    case TT_AIM_ELSEWHERE:
        break;
    }
    return false;
}

/* ---- names and words ---- */

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_blank(char c)
{
    return c == ' ';
}

/* The words at the end that begin with a capital: `welcome to Dynamically Typed` -> `Dynamically Typed`. */
static tt_str capitalised(tt_str s)
{
    size_t from = s.n, at = s.n;
    while (at > 0) {
        size_t word_at = at;
        while (word_at > 0 && !is_blank(s.p[word_at - 1]))
            word_at--;
        if (!is_capital(s.p[word_at]))
            break;
        from = word_at;
        at = word_at > 0 ? word_at - 1 : 0;
    }
    return (tt_str){s.p + from, s.n - from};
}

typedef struct phrase {
    uint32_t uses;
    uint32_t own;  /* with the number of the issue that it stands in */
    uint32_t last; /* of these issues the last, plus 1 */
} phrase;

/* What two issues call themselves, `welcome to Dynamically Typed #37` in the one of number 37, and that is seldom used
 * with another number, is a name. */
static int learn_names(finish *f)
{
    tt_intern seen = {0};
    phrase *v = NULL;
    size_t cap = 0;
    int rc = 0;
    for (size_t i = 0; i < f->l->n_namings && rc == 0; i++) {
        const tt_naming *n = &f->l->namings[i];
        const uint32_t home = f->l->v[n->link].issue;
        tt_str name = capitalised(before_of(n));
        uint32_t id;
        const size_t before = seen.n;
        if (!n->hash || name.n == 0)
            continue;
        if (tt_intern_add(&seen, name, &id) != 0 || tt_grow(&v, &cap, seen.n, sizeof *v) != 0) {
            rc = TT_ENOMEM;
            break;
        }
        if (seen.n > before)
            v[id] = (phrase){0};
        v[id].uses++;
        if (f->issues[home].number == n->number && v[id].last != home + 1) {
            v[id].own++;
            v[id].last = home + 1;
        }
    }
    for (uint32_t i = 0; i < seen.n && rc == 0; i++)
        if (v[i].own >= OFTEN && 2 * v[i].own > v[i].uses)
            rc = tt_calling_add(&f->l->calling, seen.v[i]);
    tt_free(v);
    tt_intern_release(&seen);
    return rc;
}

/* The word right before the number, unless a sign stands between; digits are none. */
static int find_word(finish *f, size_t i)
{
    tt_str s = before_of(&f->l->namings[i]);
    size_t at = s.n;
    f->word_of[i] = UINT32_MAX;
    while (at > 0 && !is_blank(s.p[at - 1]))
        at--;
    tt_buf_reset(&f->scratch);
    if (tt_calling_words((tt_str){s.p + at, s.n - at}, false, &f->scratch) != 0)
        return TT_ENOMEM;
    const char end = s.n ? s.p[s.n - 1] : ' ';
    if (f->scratch.n == 0 || strchr("()[]{},;:!?\"'&/", end) || end == ' ')
        return 0;
    tt_str w = {f->scratch.p, f->scratch.n};
    for (size_t k = w.n; k > 0; k--)
        if (w.p[k - 1] == ' ') {
            w = (tt_str){w.p + k, w.n - k};
            break;
        }
    return w.p[0] >= '0' && w.p[0] <= '9' ? 0 : tt_intern_add(&f->words, w, &f->word_of[i]);
}

static int count_words(finish *f)
{
    const tt_links *l = f->l;
    for (size_t i = 0; i < l->n_namings; i++)
        if (find_word(f, i) != 0)
            return TT_ENOMEM;
    f->stats = tt_calloc(f->words.n + 1, sizeof *f->stats);
    if (!f->stats)
        return TT_ENOMEM;
    for (size_t i = 0; i < l->n_namings; i++) {
        const tt_naming *n = &l->namings[i];
        const uint32_t issue = issue_of(f, n);
        uint32_t target;
        if (f->word_of[i] == UINT32_MAX)
            continue;
        word *w = &f->stats[f->word_of[i]];
        w->uses++;
        w->fits += issue != TT_NO_ISSUE || n->number < home_of(f, n)->number;
        w->others += issue != TT_NO_ISSUE && issue != l->v[n->link].issue;
        w->learned += issue != TT_NO_ISSUE && names_issue(f, &f->aimed[n->link], &target) && target == issue;
    }
    return 0;
}

/* ---- texts ---- */

static bool is_name(finish *f, const tt_naming *n, bool *initials)
{
    return !n->chained && !n->chinese && tt_calling_ends(&f->l->calling, before_of(n), initials) > 0;
}

static int mark_named(finish *f)
{
    bool initials;
    for (size_t i = 0; i < f->l->n_namings; i++) {
        const tt_naming *n = &f->l->namings[i];
        const uint32_t home = f->l->v[n->link].issue;
        if (f->issues[home].number == n->number && !f->names_itself[home] && is_name(f, n, &initials) && !initials) {
            f->names_itself[home] = true;
            f->n_name_themselves++;
        }
    }
    return f->l->calling.scratch.failed ? TT_ENOMEM : 0;
}

/* Where most issues name themselves, and this one does not, its first naming by the full name is of itself, mistyped. */
static bool is_slip(finish *f, const tt_naming *n)
{
    const uint32_t home = f->l->v[n->link].issue;
    if (f->names_itself[home] || 2 * f->n_name_themselves <= f->n_issues || f->l->v[n->link].url.n)
        return false;
    f->names_itself[home] = true;
    return true;
}

static bool accept(finish *f, size_t i)
{
    const tt_naming *n = &f->l->namings[i];
    const uint32_t id = f->word_of[i];
    bool initials = false;
    if (n->chained && i > 0 && f->accepted[i - 1])
        return f->aimed[n->link].aim != TT_AIM_NUMBER; /* else the number is that of a page elsewhere */
    if (n->chinese)
        return true;
    if (is_name(f, n, &initials))
        return initials || !is_slip(f, n);
    if (id == UINT32_MAX)
        return false;
    const word *w = &f->stats[id];
    return 2 * w->fits > w->uses && (w->learned >= OFTEN || tt_calling_is_number_word(f->words.v[id]));
}

static void accept_all(finish *f)
{
    for (size_t i = 0; i < f->l->n_namings; i++) {
        const tt_naming *n = &f->l->namings[i];
        const tt_aimed *a = &f->aimed[n->link];
        f->accepted[i] = accept(f, i);
        if (f->accepted[i] && f->word_of[i] != UINT32_MAX && !tt_calling_is_number_word(f->words.v[f->word_of[i]]) &&
            a->aim == TT_AIM_NUMBER && a->issue != TT_NO_ISSUE && a->issue == issue_of(f, n) &&
            ++f->agree[a->place] >= OFTEN)
            f->own[a->place] = true;
    }
}

/* ---- rows ---- */

/* The naming with its name: `see also DT #42` -> `DT #42`. */
static tt_str own_text(finish *f, size_t i)
{
    const tt_naming *n = &f->l->namings[i];
    tt_str s = before_of(n);
    bool initials;
    size_t at = s.n, words = is_name(f, n, &initials) ? tt_calling_ends(&f->l->calling, s, &initials) : 0;
    if (f->word_of[i] != UINT32_MAX && !n->chained && !n->chinese &&
        (words == 0 || tt_calling_is_number_word(f->words.v[f->word_of[i]])))
        words++;
    while (words > 0 && at > 0) {
        while (at > 0 && (is_blank(s.p[at - 1]) || s.p[at - 1] == '-'))
            at--;
        while (at > 0 && !is_blank(s.p[at - 1]) && !strchr("-([", s.p[at - 1]))
            at--;
        words--;
    }
    while (at < s.n && is_blank(s.p[at]))
        at++;
    if (at == s.n)
        while (at < n->text.n && is_blank(n->text.p[at]))
            at++;
    return (tt_str){n->text.p + at, n->text.n - at};
}

static void set_targets(finish *f)
{
    tt_links *l = f->l;
    size_t k = 0;
    for (size_t i = 0; i < l->n; i++) {
        tt_link *row = &l->v[i];
        uint32_t target = TT_NO_ISSUE;
        while (k < l->n_namings && l->namings[k].link < i)
            k++;
        const tt_naming *n = k < l->n_namings && l->namings[k].link == i ? &l->namings[k] : NULL;
        if (!names_issue(f, &f->aimed[i], &target)) {
            const bool bare = n && f->word_of[k] == UINT32_MAX && n->hash && is_own(f, &f->aimed[i]);
            target = n && (f->accepted[k] || bare) ? issue_of(f, n) : TT_NO_ISSUE;
        }
        if (n && !row->url.n)
            row->text = own_text(f, k);
        row->target = target == row->issue ? TT_NO_ISSUE : target;
    }
}

static void drop_rows(tt_links *l)
{
    size_t n = 0;
    for (size_t i = 0; i < l->n; i++)
        if (l->v[i].url.n || l->v[i].target != TT_NO_ISSUE)
            l->v[n++] = l->v[i];
    l->n = n;
    tt_free(l->namings);
    l->namings = NULL;
    l->n_namings = l->cap_namings = 0;
}

int tt_links_finish(tt_links *l, const tt_issue *issues, size_t n_issues)
{
    finish f = {.l = l, .issues = issues, .n_issues = n_issues};
    f.aimed = tt_calloc(l->n + 1, sizeof *f.aimed);
    f.accepted = tt_calloc(l->n_namings + 1, sizeof *f.accepted);
    f.word_of = tt_calloc(l->n_namings + 1, sizeof *f.word_of);
    f.names_itself = tt_calloc(n_issues + 1, sizeof *f.names_itself);
    int rc = f.aimed && f.accepted && f.word_of && f.names_itself ? 0 : TT_ENOMEM;
    if (rc == 0)
        rc = learn_names(&f); /* before URLs: a domain may bear the name */
    if (rc == 0)
        rc = tt_refer_new(&f.refer, issues, n_issues, &l->calling);
    if (rc == 0)
        rc = aim_all(&f);
    if (rc == 0)
        rc = count_words(&f);
    if (rc == 0)
        rc = mark_named(&f);
    if (rc == 0) {
        accept_all(&f);
        set_targets(&f);
        rc = l->calling.scratch.failed ? TT_ENOMEM : 0;
    }
    drop_rows(l);
    tt_refer_free(f.refer);
    tt_intern_release(&f.words);
    tt_buf_release(&f.scratch);
    tt_free(f.aimed);
    tt_free(f.accepted);
    tt_free(f.word_of);
    tt_free(f.own);
    tt_free(f.agree);
    tt_free(f.stats);
    tt_free(f.names_itself);
    return rc;
}
