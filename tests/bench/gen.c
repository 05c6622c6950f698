/* In: archives of Markdown, a seed. Out: a big archive by repetition, or a lexicon of the archives' own words. The same
 * arguments give the same bytes.
 *     gen markdown|text|jsonl SEED BYTES FILES OUT ARCHIVE…   FILES files in the folder OUT (jsonl: rows of the file OUT)
 *     gen lexicon SEED TERMS 0 OUT ARCHIVE…                   OUT.csv for tagtrend, OUT.txt: a term a line
 * In each copy the dates are shifted and one word in twenty is another one; at least one in each block, the first one of
 * which is a made word that stands nowhere else, so that no block recurs. Headings stay: sections are known by them.
 * Not here: any measuring (run.pl). */
#include "files.h"

enum { ONE_IN = 20, LISTED = 4096, MOST_USUAL = 200, FIRST_DAY = 7305 }; /* day 7305: 1990-01-01 */

typedef struct span {
    const char *p;
    size_t n;
} span;

typedef struct source {
    span whole;
    size_t body; /* offset behind the front matter; 0: there is none */
} source;

typedef struct word {
    span s;
    size_t count;
} word;

static source *sources;
static size_t n_sources;
static word *vocabulary; /* words of the sources, by their first place */
static size_t n_vocabulary;
static uint64_t random_state;
static uint32_t made_seed, n_made;

/* ---- chance ---- */

/* splitmix64, public domain (Vigna 2015) */
static uint64_t draw(void)
{
    uint64_t z = random_state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static size_t below(size_t n)
{
    return (size_t)(draw() % n);
}

/* The next word of five syllables; 2^30 of them before one comes again, since an odd factor permutes the numbers. */
static span made_word(char room_for[10])
{
    static const char consonants[] = "bdfghjklmnprstvz", vowels[] = "aeio";
    uint32_t k = ((n_made++ ^ made_seed) * UINT32_C(0x2545F491)) & 0x3FFFFFFF;
    for (int i = 0; i < 10; i += 2, k >>= 6) {
        room_for[i] = consonants[k & 15];
        room_for[i + 1] = vowels[(k >> 4) & 3];
    }
    return (span){room_for, 10};
}

/* ---- words ---- */

static bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool any_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

/* A word of three letters or more in running text begins at `at`: its length, else 0. */
static size_t word_at(const char *p, size_t n, size_t at)
{
    size_t end = at;
    if (!letter(p[at]) || (at > 0 && !any_of(p[at - 1], " \n[*_\"")))
        return 0;
    while (end < n && letter(p[end]))
        end++;
    return end - at >= 3 && (end == n || any_of(p[end], " \n.,;:!?*_]\"")) ? end - at : 0;
}

static size_t hash_of(const char *p, size_t n)
{
    uint64_t h = UINT64_C(14695981039346656037); /* FNV-1a */
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)p[i]) * UINT64_C(1099511628211);
    return (size_t)(h ^ (h >> 32));
}

/* A set of texts; a slot holds an index + 1. */
static word *set_v;
static size_t *set_slots, set_n, set_size;

static void set_begin(size_t most)
{
    for (set_size = 64; set_size < 2 * most; set_size *= 2)
        ;
    free(set_slots);
    set_slots = calloc(set_size, sizeof *set_slots);
    set_v = grown(NULL, most * sizeof *set_v);
    set_n = 0;
    if (!set_slots)
        die("no memory", "driver");
}

/* Counts `s`, which stays where it is. True where it is new. */
static bool set_add(span s)
{
    size_t at = hash_of(s.p, s.n) & (set_size - 1);
    for (; set_slots[at]; at = (at + 1) & (set_size - 1)) {
        word *w = &set_v[set_slots[at] - 1];
        if (w->s.n == s.n && memcmp(w->s.p, s.p, s.n) == 0) {
            w->count++;
            return false;
        }
    }
    set_v[set_n++] = (word){s, 1};
    set_slots[at] = set_n;
    return true;
}

/* A lower-case copy that is kept. */
static span lower(const char *p, size_t n)
{
    char *q = grown(NULL, n);
    for (size_t i = 0; i < n; i++)
        q[i] = (char)(p[i] >= 'A' && p[i] <= 'Z' ? p[i] | 0x20 : p[i]);
    return (span){q, n};
}

static void gather_vocabulary(void)
{
    size_t total = 0;
    for (size_t i = 0; i < n_sources; i++)
        total += sources[i].whole.n;
    set_begin(total / 3 + 1);
    for (size_t i = 0; i < n_sources; i++)
        for (size_t at = sources[i].body; at < sources[i].whole.n; at++) {
            size_t n = word_at(sources[i].whole.p, sources[i].whole.n, at);
            if (n == 0)
                continue;
            span s = lower(sources[i].whole.p + at, n);
            if (!set_add(s))
                free((char *)s.p);
            at += n - 1;
        }
    vocabulary = set_v;
    n_vocabulary = set_n;
    if (n_vocabulary == 0)
        die("holds no words", "the archive");
}

/* ---- sources ---- */

static bool valid_utf8(const unsigned char *p, size_t n)
{
    for (size_t i = 0; i < n;) {
        size_t len = p[i] < 0x80                   ? 1
                     : p[i] >= 0xC2 && p[i] < 0xE0 ? 2
                     : (p[i] & 0xF0) == 0xE0       ? 3
                     : p[i] < 0xF5                 ? 4
                                                   : 0;
        if (len == 0 || (p[i] >= 0x80 && p[i] < 0xC2) || i + len > n)
            return false;
        for (size_t k = 1; k < len; k++)
            if ((p[i + k] & 0xC0) != 0x80)
                return false;
        i += len;
    }
    return true;
}

static bool ends(const char *path, const char *with)
{
    size_t n = strlen(path), w = strlen(with);
    return n >= w && strcmp(path + n - w, with) == 0;
}

static size_t front_matter(span s)
{
    if (s.n < 4 || memcmp(s.p, "---\n", 4) != 0)
        return 0;
    for (size_t i = 4; i + 4 <= s.n; i++)
        if (s.p[i - 1] == '\n' && memcmp(s.p + i, "---\n", 4) == 0)
            return i + 4;
    return 0;
}

static void read_sources(char **archives, int n)
{
    files_walk(archives, n);
    sources = grown(NULL, files_n * sizeof *sources);
    for (size_t i = 0; i < files_n; i++) {
        bytes b = {0};
        if (!(ends(files_v[i], ".md") || ends(files_v[i], ".markdown")) || ends(files_v[i], "README.md"))
            continue;
        files_read(files_v[i], &b);
        if (b.n == 0 || !valid_utf8((unsigned char *)b.p, b.n) || memchr(b.p, '\r', b.n)) {
            free(b.p);
            continue;
        }
        span s = {b.p, b.n};
        sources[n_sources++] = (source){s, front_matter(s)};
    }
    if (n_sources == 0)
        die("holds no Markdown", "the archive");
}

/* ---- a copy of an issue ---- */

/* Days since 1970 as YYYY-MM-DD (Hinnant, days_from_civil). */
static span date_of(long day, char room_for[16])
{
    long z = day + 719468, era = z / 146097, doe = z - era * 146097;
    long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365, doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    long mp = (5 * doy + 2) / 153, d = doy - (153 * mp + 2) / 5 + 1, m = mp < 10 ? mp + 3 : mp - 9;
    int n = snprintf(room_for, 16, "%04ld-%02ld-%02ld", (yoe + era * 400 + (m <= 2)) % 10000, m % 100, d % 100);
    return (span){room_for, (size_t)n};
}

static void put_front(bytes *out, const source *s, size_t issue)
{
    char date[16], line[48];
    for (size_t at = 0; at < s->body;) {
        const char *p = s->whole.p + at, *end = memchr(p, '\n', s->body - at);
        size_t n = (size_t)(end - p) + 1;
        int len = 0;
        if (n > 5 && memcmp(p, "date:", 5) == 0)
            len = snprintf(line, sizeof line, "date: %s\n", date_of(FIRST_DAY + (long)issue, date).p);
        else if (n > 7 && memcmp(p, "number:", 7) == 0)
            len = snprintf(line, sizeof line, "number: %zu\n", issue + 1);
        add(out, len ? line : p, len ? (size_t)len : n);
        at += n;
    }
}

/* Another word in the place of `old`, with its capital. */
static void put_word(bytes *out, span old, bool made)
{
    char buffer[10];
    span s = made ? made_word(buffer) : vocabulary[below(n_vocabulary < LISTED ? n_vocabulary : LISTED)].s;
    add(out, s.p, s.n);
    if (old.p[0] >= 'A' && old.p[0] <= 'Z')
        out->p[out->n - s.n] = (char)(s.p[0] & ~0x20);
}

/* A block, which is lines without a blank one between them, of which none but the first begins a list item. */
static void put_block(bytes *out, span b)
{
    size_t n_words = 0, chosen, nth = 0, from = 0;
    if (b.n == 0)
        return;
    for (size_t at = 0; at < b.n; at++) {
        size_t n = word_at(b.p, b.n, at);
        n_words += n > 0;
        at += n > 0 ? n - 1 : 0;
    }
    if (n_words == 0 || b.p[0] == '#') {
        add(out, b.p, b.n);
        return;
    }
    chosen = below(n_words);
    for (size_t at = 0; at < b.n; at++) {
        size_t n = word_at(b.p, b.n, at);
        if (n == 0)
            continue;
        bool own = nth++ == chosen;
        if (own || (n_words > ONE_IN && below(ONE_IN) == 0)) {
            add(out, b.p + from, at - from);
            put_word(out, (span){b.p + at, n}, own);
            from = at + n;
        }
        at += n - 1;
    }
    add(out, b.p + from, b.n - from);
}

static bool begins_block(const char *p, size_t n)
{
    size_t i = 0;
    while (i < n && p[i] == ' ')
        i++;
    if (i == n || p[i] == '\n' || p[i] == '#')
        return true;
    if (i + 1 < n && any_of(p[i], "-*+") && p[i + 1] == ' ')
        return true;
    size_t digits = i;
    while (i < n && p[i] >= '0' && p[i] <= '9')
        i++;
    return i > digits && i + 1 < n && any_of(p[i], ".)") && p[i + 1] == ' ';
}

static void put_body(bytes *out, const source *s)
{
    const char *p = s->whole.p + s->body;
    size_t n = s->whole.n - s->body, from = 0;
    bool heading = false;
    for (size_t at = 0; at < n;) {
        if (at > from && (heading || begins_block(p + at, n - at))) {
            put_block(out, (span){p + from, at - from});
            from = at;
        }
        heading = p[at] == '#';
        const char *end = memchr(p + at, '\n', n - at);
        at = end ? (size_t)(end - p) + 1 : n;
    }
    put_block(out, (span){p + from, n - from});
    add(out, "\n\n", 2);
}

/* Text without its marks: what stands in them stays, link targets go. */
static void strip(bytes *b)
{
    size_t to = 0;
    for (size_t at = 0; at < b->n; at++) {
        char c = b->p[at];
        if (c == ']' && at + 1 < b->n && b->p[at + 1] == '(') {
            const char *end = memchr(b->p + at, ')', b->n - at);
            at = end ? (size_t)(end - b->p) : at;
        } else if (!any_of(c, "#*_`[]<>|") && !(c == '!' && at + 1 < b->n && b->p[at + 1] == '[')) {
            b->p[to++] = c;
        }
    }
    b->n = to;
}

static void put_json(FILE *to, span s)
{
    putc('"', to);
    for (size_t i = 0, from = 0; i <= s.n; i++) {
        if (i < s.n && (unsigned char)s.p[i] >= 0x20 && s.p[i] != '"' && s.p[i] != '\\')
            continue;
        fwrite(s.p + from, 1, i - from, to);
        from = i + 1;
        if (i == s.n)
            break;
        if (s.p[i] == '\n')
            fputs("\\n", to);
        else if (s.p[i] == '"' || s.p[i] == '\\')
            fprintf(to, "\\%c", s.p[i]);
        else
            fprintf(to, "\\u%04x", (unsigned)(unsigned char)s.p[i]);
    }
    putc('"', to);
}

/* ---- the two products ---- */

static FILE *begin_file(const char *path)
{
    FILE *f = fopen(path, "wb");
    if (!f)
        die("cannot be written", path);
    return f;
}

static void end_file(FILE *f, const char *path)
{
    if (fclose(f) != 0)
        die("cannot be written", path);
}

static void make_archive(const char *form, size_t size, size_t n_files, const char *out)
{
    const bool rows = strcmp(form, "jsonl") == 0, text = strcmp(form, "text") == 0;
    bytes issue = {0};
    FILE *all = rows ? begin_file(out) : NULL;
    size_t nth = 0, total = 0;
    char path[4096], date[16];
    if (!rows && mkdir(out, 0777) != 0)
        die("is there, or cannot be made", out);
    for (size_t i = 0; i < n_files; i++) {
        const size_t upto = (size_t)((double)size * (double)(i + 1) / (double)n_files);
        issue.n = 0;
        do {
            const source *s = &sources[nth++ % n_sources];
            if (issue.n == 0 && !rows && !text)
                put_front(&issue, s, i);
            size_t from = issue.n;
            put_body(&issue, s);
            if (text) {
                bytes piece = {issue.p + from, issue.n - from, 0};
                strip(&piece);
                issue.n = from + piece.n;
            }
        } while (total + issue.n < upto);
        total += issue.n;
        date_of(FIRST_DAY + (long)i, date);
        if (rows) {
            fprintf(all, "{\"date\": \"%s\", \"title\": \"Issue %zu\", \"body\": ", date, i + 1);
            put_json(all, (span){issue.p, issue.n});
            fputs("}\n", all);
            continue;
        }
        snprintf(path, sizeof path, "%s/%s.%s", out, date, text ? "txt" : "md");
        FILE *f = begin_file(path);
        fwrite(issue.p, 1, issue.n, f);
        end_file(f, path);
    }
    if (all)
        end_file(all, out);
    free(issue.p);
}

static int by_count(const void *x, const void *y)
{
    const word *a = x, *b = y;
    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    size_t n = a->s.n < b->s.n ? a->s.n : b->s.n;
    int c = memcmp(a->s.p, b->s.p, n);
    return c ? c : (a->s.n > b->s.n) - (a->s.n < b->s.n);
}

/* Two words, or three, of one line with single blanks between them. */
static span phrase_somewhere(void)
{
    const source *s = &sources[below(n_sources)];
    size_t at = s->body + below(s->whole.n - s->body), end = at, more = 1 + (below(10) >= 7);
    for (size_t n = word_at(s->whole.p, s->whole.n, at); n > 0; n = word_at(s->whole.p, s->whole.n, end + 1)) {
        end = (end == at ? at : end + 1) + n;
        if (more-- == 0)
            return lower(s->whole.p + at, end - at);
        if (end + 2 >= s->whole.n || s->whole.p[end] != ' ')
            break;
    }
    return (span){0};
}

/* 30 % phrases; single words of four letters or more, seen twice, without the most usual ones; where these run out, made
 * words. */
static void make_lexicon(size_t n_terms, const char *out)
{
    const size_t n_phrases = n_terms * 3 / 10;
    char path[4096];
    size_t n_words = n_vocabulary, from = n_words > 4 * MOST_USUAL ? MOST_USUAL : 0;
    qsort(vocabulary, n_words, sizeof *vocabulary, by_count);
    while (n_words > from && vocabulary[n_words - 1].count < 2)
        n_words--;
    set_begin(n_terms + 1);
    for (size_t tries = 0; set_n < n_phrases && tries < 10000 * n_phrases; tries++) {
        span s = phrase_somewhere();
        if (s.n == 0 || !set_add(s))
            free((char *)s.p);
    }
    for (size_t i = from; set_n < n_terms && i < n_words; i++) {
        size_t with = i + below(n_words - i); /* Fisher-Yates, as far as it is needed */
        word w = vocabulary[with];
        vocabulary[with] = vocabulary[i];
        vocabulary[i] = w;
        if (w.s.n >= 4)
            set_add(w.s);
    }
    while (set_n < n_terms) {
        char *p = grown(NULL, 10);
        if (!set_add(made_word(p)))
            free(p);
    }
    snprintf(path, sizeof path, "%s.csv", out);
    FILE *csv = begin_file(path);
    fputs("topic,term\n", csv);
    for (size_t i = 0; i < set_n; i++)
        fprintf(csv, "t%05zu,%.*s\n", i, (int)set_v[i].s.n, set_v[i].s.p);
    end_file(csv, path);
    snprintf(path, sizeof path, "%s.txt", out);
    FILE *txt = begin_file(path);
    for (size_t i = 0; i < set_n; i++)
        fprintf(txt, "%.*s\n", (int)set_v[i].s.n, set_v[i].s.p);
    end_file(txt, path);
}

int main(int argc, char **argv)
{
    if (argc < 7) {
        fputs("usage: gen markdown|text|jsonl|lexicon SEED SIZE FILES OUT ARCHIVE…\n", stderr);
        return 2;
    }
    const size_t size = strtoul(argv[3], NULL, 10), n_files = strtoul(argv[4], NULL, 10);
    random_state = strtoull(argv[2], NULL, 10);
    made_seed = (uint32_t)draw() & 0x3FFFFFFF;
    read_sources(argv + 6, argc - 6);
    gather_vocabulary();
    if (strcmp(argv[1], "lexicon") == 0) {
        make_lexicon(size, argv[5]);
    } else {
        for (size_t i = n_vocabulary; i > 1; i--) { /* the list: LISTED words in the seed's order */
            size_t with = below(i);
            word w = vocabulary[with];
            vocabulary[with] = vocabulary[i - 1];
            vocabulary[i - 1] = w;
        }
        make_archive(argv[1], size, n_files ? n_files : 1, argv[5]);
    }
    return 0;
}
