/* In: a file of terms, files. Out: how often Hyperscan found them: literals, caseless, any place; the last line says the processor
 * time of the bare scan, without compiling and reading. */
#include "files.h"

#include <hs/hs.h>

static int on_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *ctx)
{
    (void)id, (void)from, (void)to, (void)flags;
    ++*(size_t *)ctx;
    return 0;
}

static hs_database_t *compile(bytes *terms)
{
    const size_t most = terms->n / 2 + 1;
    const char **v = grown(NULL, most * sizeof *v);
    size_t *lengths = grown(NULL, most * sizeof *lengths);
    unsigned *flags = grown(NULL, most * sizeof *flags), *ids = grown(NULL, most * sizeof *ids), n = 0;
    hs_database_t *db = NULL;
    hs_compile_error_t *err = NULL;
    for (size_t at = 0; at < terms->n;) {
        char *end = memchr(terms->p + at, '\n', terms->n - at);
        size_t len = end ? (size_t)(end - terms->p) - at : terms->n - at;
        v[n] = terms->p + at;
        lengths[n] = len;
        flags[n] = HS_FLAG_CASELESS;
        ids[n] = n;
        n += len > 0;
        terms->p[at + len] = '\0';
        at += len + 1;
    }
    if (hs_compile_lit_multi(v, flags, ids, lengths, n, HS_MODE_BLOCK, NULL, &db, &err) != HS_SUCCESS)
        die(err->message, "hyperscan");
    return db;
}

int main(int argc, char **argv)
{
    bytes terms = {0}, b = {0};
    hs_scratch_t *scratch = NULL;
    size_t n_found = 0;
    double inside = 0;
    if (argc < 3)
        die("needs a file of terms, and files", "hyperscan");
    files_read(argv[1], &terms);
    room(&terms, 1);
    hs_database_t *db = compile(&terms);
    if (hs_alloc_scratch(db, &scratch) != HS_SUCCESS)
        die("no memory", "hyperscan");
    files_walk(argv + 2, argc - 2);
    for (size_t i = 0; i < files_n; i++) {
        files_read(files_v[i], &b);
        const double start = seconds(CLOCK_PROCESS_CPUTIME_ID);
        if (hs_scan(db, b.p, (unsigned)b.n, 0, scratch, on_match, &n_found) != HS_SUCCESS)
            die("the scan failed", files_v[i]);
        inside += seconds(CLOCK_PROCESS_CPUTIME_ID) - start;
    }
    printf("%zu\ninside %.6f\n", n_found, inside);
    return 0;
}
