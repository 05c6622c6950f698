/* fail_alloc: makes the n-th allocation of the library fail. To be included by one file of a test program: it defines
 * `realloc`, through which base/mem asks for all memory, and hands it on to the next one (the C library's, or that of the
 * address sanitizer, which so finds what is leaked). */
#ifndef TT_TESTS_FAIL_ALLOC_H
#define TT_TESTS_FAIL_ALLOC_H

#include <dlfcn.h>
#include <stdbool.h>
#include <string.h>

#if defined(__clang__)
#if __has_feature(address_sanitizer)
#define NEXT_REALLOC __interceptor_realloc /* linked into the program: there is no next one to look up */
void *__interceptor_realloc(void *p, size_t n);
#endif
#endif

static long fail_after = -1; /* allocations that still succeed; -1: all */
static bool has_failed;
static bool fail_ours_only; /* what other libraries ask for succeeds */

/* Whether code of this program, and not of a shared library, asks. */
static bool is_ours(void *caller)
{
    static const char here;
    Dl_info mine, its;
    return dladdr(&here, &mine) && dladdr(caller, &its) && mine.dli_fbase == its.dli_fbase;
}

/* GLib ends the program where it gets no memory, so only what the library itself asks for fails. */
static bool asks_glib(void *caller)
{
    Dl_info from;
    return dladdr(caller, &from) != 0 && from.dli_fname && strstr(from.dli_fname, "libglib") != NULL;
}

void *realloc(void *p, size_t n);
void *realloc(void *p, size_t n)
{
    static void *(*next)(void *, size_t);
#ifdef NEXT_REALLOC
    next = NEXT_REALLOC;
#endif
    if (next == NULL) {
        void *symbol = dlsym(RTLD_NEXT, "realloc");
        memcpy(&next, &symbol, sizeof(next));
    }
    if (fail_after >= 0 &&
        ((fail_ours_only && !is_ours(__builtin_return_address(0))) || asks_glib(__builtin_return_address(0))))
        return next(p, n);
    if (fail_after == 0) {
        has_failed = true;
        return NULL;
    }
    if (fail_after > 0)
        fail_after--;
    return next(p, n);
}

/* Calls `run` with the first allocation failing, then the second, and so on until none fails any more. Each failing run
 * must return `want`, the last one 0. Returns how many failed. */
static long fail_each(int (*run)(void), int want)
{
    for (long i = 0;; i++) {
        fail_after = i;
        has_failed = false;
        int rc = run();
        fail_after = -1;
        assert_int_equal(rc, has_failed ? want : 0);
        if (!has_failed)
            return i;
    }
}

#endif
