/* In: a script on disk. Out: the picture as bytes. Not here: what stands in the script (plot.c), writing files
 * (report.c). */
#include "report/draw.h"

#include "base/process.h"
#include "base/unicode.h"
#include "report/plot.h"

#include <stdlib.h>
#include <string.h>

/* ---- fonts ---- */

static int by_value(const void *x, const void *y)
{
    const uint32_t *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

/* The rare characters of a script, each once, rising. NULL with *n 0: none; TT_ENOMEM by the return value. */
static int rare_characters(tt_str script, uint32_t **out, size_t *n)
{
    size_t cap = 0, k = 0;
    *out = NULL;
    *n = 0;
    for (size_t at = 0; at < script.n;) {
        uint32_t cp = 0;
        size_t len = tt_utf8_decode(script.p + at, script.n - at, &cp);
        at += len ? len : 1;
        if (!len || !tt_plot_rare(cp))
            continue;
        if (tt_grow(out, &cap, *n + 1, sizeof **out) != 0)
            return TT_ENOMEM;
        (*out)[(*n)++] = cp;
    }
    if (*n)
        qsort(*out, *n, sizeof **out, by_value);
    for (size_t i = 0; i < *n; i++)
        if (k == 0 || (*out)[k - 1] != (*out)[i])
            (*out)[k++] = (*out)[i];
    *n = k;
    return 0;
}

/* A hexadecimal number at *p, which then stands behind it. 0: none. */
static uint32_t hex(const char **p, const char *end)
{
    uint32_t x = 0;
    for (; *p < end && x < 0x110000; ++*p) {
        const char *digit = memchr("0123456789abcdef", **p, 16);
        if (!digit)
            break;
        x = x * 16 + (uint32_t)(digit - "0123456789abcdef");
    }
    return x;
}

/* fc-list's charsets, `20-7e a0 …` for each font: marks what is covered. */
static void mark_covered(tt_str list, const uint32_t *v, bool *covered, size_t n)
{
    const char *p = list.p, *end = list.p + list.n;
    while (p < end) {
        const char *before = p;
        uint32_t from = hex(&p, end), to = from;
        if (p < end && *p == '-') {
            p++;
            to = hex(&p, end);
        }
        if (p == before || (p < end && *p != ' ' && *p != '\n')) {
            p++;
            continue;
        }
        size_t low = 0, high = n;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (v[middle] < from)
                low = middle + 1;
            else
                high = middle;
        }
        for (; low < n && v[low] <= to; low++)
            covered[low] = true;
        p += p < end;
    }
}

static int ask(tt_buf *list, tt_buf *messages, tt_err *err)
{
    static const char *const argv[] = {"fc-list", "--format", "%{charset}\n", NULL};
    const tt_process p = {.argv = argv, .max_out = TT_DRAW_MAX};
    tt_ended ended;
    int rc = tt_process_run(&p, list, messages, &ended, err);
    if (rc == 0 && (ended.how != TT_PROCESS_EXITED || ended.status != 0))
        tt_buf_reset(list); /* nobody can say: as if there were no font */
    return rc;
}

int tt_draw_fonts_ask(tt_draw_fonts *out, tt_str script, tt_err *err)
{
    uint32_t *v;
    size_t n;
    tt_buf list = {0}, messages = {0};
    bool *covered = NULL;
    *out = (tt_draw_fonts){0};
    int rc = rare_characters(script, &v, &n);
    if (rc == 0 && n) {
        covered = tt_calloc(n, sizeof *covered);
        rc = covered ? ask(&list, &messages, err) : TT_ENOMEM;
    }
    if (rc == 0 && n) {
        mark_covered((tt_str){list.p ? list.p : "", list.n}, v, covered, n);
        for (size_t i = n; i-- > 0;)
            if (!covered[i])
                *out = (tt_draw_fonts){true, v[i]};
    }
    tt_free(covered);
    tt_free(v);
    tt_buf_release(&list);
    tt_buf_release(&messages);
    return rc == TT_ENOMEM ? tt_fail_memory(err) : rc;
}

/* ---- gnuplot ---- */

/* The last line of what gnuplot says is its complaint. */
static tt_str complaint(const tt_buf *messages)
{
    tt_str rest = tt_str_trim((tt_str){messages->p ? messages->p : "", messages->n}), line = rest;
    while (rest.n)
        line = tt_str_cut(&rest, '\n');
    return tt_str_trim(line);
}

static bool whole(const tt_buf *b, size_t from, bool png)
{
    static const char head[] = "\x89PNG\r\n\x1A\n", tail[] = "IEND\xAE\x42\x60\x82";
    if (b->n <= from)
        return false;
    tt_str s = {b->p + from, b->n - from};
    if (png)
        return tt_str_starts(s, (tt_str){head, 8}) && tt_str_ends(s, (tt_str){tail, 8});
    return tt_str_starts(s, TT_S("<?xml")) && tt_str_ends(tt_str_trim(s), TT_S("</svg>"));
}

static int fail(const char *folder, const char *name, const tt_ended *e, const tt_buf *messages, tt_err *err)
{
    static const char advice[] = "(5.4 or newer is needed: gnuplot-nox); repair it or use --no-charts";
    char path[TT_MAX_PATH];
    tt_str said = complaint(messages);
    if (snprintf(path, sizeof path, "%s/%s.gp", folder, name) >= (int)sizeof path)
        path[0] = '\0';
    if (e->how == TT_PROCESS_MISSING)
        return tt_fail(err, TT_EPROGRAM, NULL, 0, 0,
                       "gnuplot is not there, which draws the charts; install gnuplot-nox or use --no-charts");
    if (e->how == TT_PROCESS_SILENT)
        return tt_fail(err, TT_EPROGRAM, path, 0, 0, "gnuplot was silent for %d s and was ended %s",
                       TT_PROCESS_SILENCE / 1000, advice);
    if (e->how == TT_PROCESS_TOO_LONG)
        return tt_fail(err, TT_EPROGRAM, path, 0, 0, "gnuplot drew a picture above %d bytes %s", TT_DRAW_MAX, advice);
    if (e->how == TT_PROCESS_KILLED)
        return tt_fail(err, TT_EPROGRAM, path, 0, 0, "gnuplot was ended by signal %d %s", e->status, advice);
    if (said.n && e->status != 0)
        return tt_fail(err, TT_EPROGRAM, path, 0, 0, "gnuplot failed with status %d: %.*s %s", e->status,
                       (int)(said.n < 300 ? said.n : 300), said.p, advice);
    return tt_fail(err, TT_EPROGRAM, path, 0, 0, "gnuplot ended with status %d without a whole picture %s", e->status,
                   advice);
}

int tt_draw(const char *folder, const char *name, bool png, bool plain, tt_buf *out, tt_err *err)
{
    const char *how = !png    ? "tt_stdout=1; tt_png=0; tt_plain=0"
                      : plain ? "tt_stdout=1; tt_png=1; tt_plain=1"
                              : "tt_stdout=1; tt_png=1; tt_plain=0";
    tt_buf script = {0}, messages = {0};
    tt_ended ended;
    size_t from = out->n;
    tt_buf_f(&script, "%s.gp", name);
    if (script.failed) {
        tt_buf_release(&script);
        return tt_fail_memory(err);
    }
    /* -d: no start-up file of the user or the machine */
    const char *const argv[] = {"gnuplot", "-d", "-e", how, script.p, NULL};
    const tt_process p = {.argv = argv, .folder = folder, .max_out = TT_DRAW_MAX};
    int rc = tt_process_run(&p, out, &messages, &ended, err);
    if (rc == 0 && (ended.how != TT_PROCESS_EXITED || ended.status != 0 || !whole(out, from, png)))
        rc = fail(folder, name, &ended, &messages, err);
    tt_buf_release(&script);
    tt_buf_release(&messages);
    return rc;
}
