/* In: bytes. Out: their SHA-256 as text, as sha256sum prints it. Not here: hashes for tables (str.c). */
#include "base/digest.h"

#include "base/digest_x86.h"

#include <sha2.h>

struct tt_digest {
    SHA2_CTX ctx;
};

int tt_digest_new(tt_digest **out, tt_err *err)
{
    tt_digest *d = tt_alloc(sizeof *d);
    if (!d)
        return tt_fail_memory(err);
    SHA256Init(&d->ctx);
    *out = d;
    return 0;
}

/* Whole blocks go by the processor's own instructions, where the block begun is empty; libmd does the rest, padding
 * and all. */
static void add(SHA2_CTX *ctx, const void *data, size_t n)
{
    const uint8_t *p = data;
    size_t blocks = ctx->bitcount[0] % (8 * SHA256_BLOCK_LENGTH) == 0 ? n / SHA256_BLOCK_LENGTH : 0;
    if (blocks && tt_sha256_blocks(ctx->state.st32, p, blocks)) {
        ctx->bitcount[0] += 8 * (uint64_t)blocks * SHA256_BLOCK_LENGTH;
        p += blocks * SHA256_BLOCK_LENGTH;
        n -= blocks * SHA256_BLOCK_LENGTH;
    }
    SHA256Update(ctx, p, n);
}

void tt_digest_add(tt_digest *d, const void *p, size_t n)
{
    add(&d->ctx, p, n);
}

static void finish(SHA2_CTX *ctx, char out[TT_DIGEST_SIZE])
{
    uint8_t raw[SHA256_DIGEST_LENGTH];
    SHA256Final(raw, ctx);
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
    SHA2_CTX ctx;
    SHA256Init(&ctx);
    add(&ctx, p, n);
    finish(&ctx, out);
}
