/* In: bytes. Out: their SHA-256 as text, as sha256sum prints it. Not here: hashes for tables (str.c). */
#include "base/digest.h"

#include <nettle/sha2.h>

struct tt_digest {
    struct sha256_ctx ctx;
};

int tt_digest_new(tt_digest **out, tt_err *err)
{
    tt_digest *d = tt_alloc(sizeof *d);
    if (!d)
        return tt_fail_memory(err);
    sha256_init(&d->ctx);
    *out = d;
    return 0;
}

void tt_digest_add(tt_digest *d, const void *p, size_t n)
{
    if (n)
        sha256_update(&d->ctx, n, p);
}

static void finish(struct sha256_ctx *ctx, char out[TT_DIGEST_SIZE])
{
    uint8_t raw[SHA256_DIGEST_SIZE];
    sha256_digest(ctx, sizeof raw, raw);
    for (size_t i = 0; i < sizeof raw; i++) {
        out[2 * i] = "0123456789abcdef"[raw[i] >> 4];
        out[2 * i + 1] = "0123456789abcdef"[raw[i] & 15];
    }
    out[2 * sizeof raw] = '\0';
}

void tt_digest_end(tt_digest *d, char out[TT_DIGEST_SIZE])
{
    if (!d)
        return;
    if (out)
        finish(&d->ctx, out);
    tt_free(d);
}

void tt_digest_of(const void *p, size_t n, char out[TT_DIGEST_SIZE])
{
    struct sha256_ctx ctx;
    sha256_init(&ctx);
    if (n)
        sha256_update(&ctx, n, p);
    finish(&ctx, out);
}
