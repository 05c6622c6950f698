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

static int ask(tt_draw_fonts *fonts, tt_err *err)
{
    static const char *const argv[] = {"fc-list", "--format", "%{charset}\n", NULL};
    const tt_process p = {.argv = argv, .max_out = TT_DRAW_MAX};
    tt_buf messages = {0};
    tt_ended ended;
    int rc = tt_process_run(&p, &fonts->list, &messages, &ended, err);
    if (rc == 0 && (ended.how != TT_PROCESS_EXITED || ended.status != 0))
        tt_buf_reset(&fonts->list); /* nobody can say: as if there were no font */
    tt_buf_release(&messages);
    fonts->asked = rc == 0;
    return rc;
}

int tt_draw_fonts_ask(tt_draw_fonts *fonts, tt_str script, uint32_t *lacking, tt_err *err)
{
    uint32_t *v;
    size_t n;
    bool *covered = NULL;
    *lacking = 0;
    int rc = rare_characters(script, &v, &n);
    if (rc == 0 && n) {
        covered = tt_calloc(n, sizeof *covered);
        rc = !covered ? TT_ENOMEM : fonts->asked ? 0 : ask(fonts, err);
    }
    if (rc == 0 && n) {
        mark_covered((tt_str){fonts->list.p ? fonts->list.p : "", fonts->list.n}, v, covered, n);
        for (size_t i = n; i-- > 0;)
            if (!covered[i])
                *lacking = v[i];
    }
    tt_free(covered);
    tt_free(v);
    return rc == TT_ENOMEM ? tt_fail_memory(err) : rc;
}

void tt_draw_fonts_release(tt_draw_fonts *fonts)
{
    tt_buf_release(&fonts->list);
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

const char *const tt_picture_endings[TT_N_PICTURES] = {"svg", "png", "pdf"};

static bool whole(const tt_buf *b, size_t from, tt_picture kind)
{
    static const char head[] = "\x89PNG\r\n\x1A\n", tail[] = "IEND\xAE\x42\x60\x82";
    if (b->n <= from)
        return false;
    tt_str s = {b->p + from, b->n - from};
    switch (kind) {
    case TT_PICTURE_SVG:
        return tt_str_starts(s, TT_S("<?xml")) && tt_str_ends(tt_str_trim(s), TT_S("</svg>"));
    case TT_PICTURE_PNG:
        return tt_str_starts(s, (tt_str){head, 8}) && tt_str_ends(s, (tt_str){tail, 8});
    case TT_PICTURE_PDF:
        return tt_str_starts(s, TT_S("%PDF-")) && tt_str_ends(tt_str_trim(s), TT_S("%%EOF"));
    case TT_N_PICTURES:
        break;
    }
    return false;
}

/* A PDF says when it was made, in clear: `/CreationDate (D:20240131…)`. The same input must give the same bytes. */
static void forget_time(char *p, size_t n)
{
    static const char mark[] = "/CreationDate (D:", never[] = "20000101000000";
    enum { MARK = sizeof mark - 1, NEVER = sizeof never - 1 };
    char *at = n ? memmem(p, n, mark, MARK) : NULL;
    if (at && (size_t)(p + n - at) > MARK + NEVER)
        memcpy(at + MARK, never, NEVER);
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

struct tt_drawing {
    const char *folder, *name;
    tt_picture kind;
    tt_running *running;
};

int tt_draw_begin(tt_drawing **out, const char *folder, const char *name, tt_picture kind, bool plain, tt_err *err)
{
    static const char *const how[TT_N_PICTURES][2] = {
        {"tt_stdout=1; tt_png=0; tt_pdf=0; tt_plain=0", "tt_stdout=1; tt_png=0; tt_pdf=0; tt_plain=1"},
        {"tt_stdout=1; tt_png=1; tt_pdf=0; tt_plain=0", "tt_stdout=1; tt_png=1; tt_pdf=0; tt_plain=1"},
        {"tt_stdout=1; tt_png=0; tt_pdf=1; tt_plain=0", "tt_stdout=1; tt_png=0; tt_pdf=1; tt_plain=1"}};
    tt_buf script = {0};
    tt_drawing *d = tt_calloc(1, sizeof *d);
    *out = NULL;
    tt_buf_f(&script, "%s.gp", name);
    if (!d || script.failed) {
        tt_buf_release(&script);
        tt_free(d);
        return tt_fail_memory(err);
    }
    *d = (tt_drawing){.folder = folder, .name = name, .kind = kind};
    /* -d: no start-up file of the user or the machine */
    const char *const argv[] = {"gnuplot", "-d", "-e", how[kind][plain], script.p, NULL};
    const tt_process p = {.argv = argv, .folder = folder, .max_out = TT_DRAW_MAX};
    int rc = tt_process_start(&d->running, &p, err);
    tt_buf_release(&script);
    if (rc != 0)
        tt_free(d);
    else
        *out = d;
    return rc;
}

int tt_draw_end(tt_drawing *d, tt_buf *out, tt_err *err)
{
    tt_buf messages = {0};
    tt_ended ended;
    size_t from = out->n;
    int rc = tt_process_finish(d->running, out, &messages, &ended, err);
    if (rc == 0 && (ended.how != TT_PROCESS_EXITED || ended.status != 0 || !whole(out, from, d->kind)))
        rc = fail(d->folder, d->name, &ended, &messages, err);
    if (rc == 0 && d->kind == TT_PICTURE_PDF)
        forget_time(out->p + from, out->n - from);
    tt_buf_release(&messages);
    tt_free(d);
    return rc;
}

void tt_draw_cancel(tt_drawing *d)
{
    if (d)
        tt_process_cancel(d->running);
    tt_free(d);
}

int tt_draw(const char *folder, const char *name, tt_picture kind, bool plain, tt_buf *out, tt_err *err)
{
    tt_drawing *d;
    int rc = tt_draw_begin(&d, folder, name, kind, plain, err);
    return rc == 0 ? tt_draw_end(d, out, err) : rc;
}
