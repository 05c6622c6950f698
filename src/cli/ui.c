/* In: messages and progress. Out: lines on standard error, control bytes of foreign text escaped. Not here: standard
 * output, which is the product. */
#include "cli/ui.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

double tt_ui_now(void *unused)
{
    (void)unused;
    struct timespec t;
    return clock_gettime(CLOCK_MONOTONIC, &t) == 0 ? (double)t.tv_sec + (double)t.tv_nsec / 1e9 : 0;
}

void tt_ui_init(tt_ui *ui, bool quiet, bool verbose)
{
    *ui = (tt_ui){.quiet = quiet, .verbose = verbose, .terminal = isatty(STDERR_FILENO) == 1, .start = tt_ui_now(NULL)};
}

void tt_ui_release(tt_ui *ui)
{
    free(ui->first);
    ui->first = NULL;
}

/* C0 and C1 controls and DEL as \xNN: a terminal must not act on what an archive says. */
static void put(FILE *to, const char *s)
{
    for (const unsigned char *p = (const unsigned char *)s; *p; p++) {
        if (*p < 0x20 || *p == 0x7F)
            fprintf(to, "\\x%02x", *p);
        else if (*p == 0xC2 && p[1] >= 0x80 && p[1] <= 0x9F)
            fprintf(to, "\\x%02x", *++p);
        else
            putc(*p, to);
    }
}

static void clear_line(tt_ui *ui)
{
    if (ui->line_open)
        fputs("\r\033[K", stderr);
    ui->line_open = false;
}

static void write_message(tt_ui *ui, const tt_err *err)
{
    clear_line(ui);
    fputs("tagtrend: ", stderr);
    if (err->path[0]) {
        put(stderr, err->path);
        if (err->line)
            fprintf(stderr, ":%zu", err->line);
        if (err->line && err->column)
            fprintf(stderr, ":%zu", err->column);
        fputs(": ", stderr);
    }
    put(stderr, err->text);
    putc('\n', stderr);
}

static void tell(void *ctx, tt_level level, const tt_err *err)
{
    tt_ui *ui = ctx;
    if (level == TT_SKIPPED && ui->n_skipped++ == 0)
        ui->first = strdup(err->text);
    if ((level == TT_DETAIL && !ui->verbose) || (level == TT_NOTE && ui->quiet))
        return;
    write_message(ui, err);
}

static void progress(void *ctx, size_t done, size_t of)
{
    tt_ui *ui = ctx;
    if (!ui->terminal || ui->quiet)
        return;
    if (done >= of) { /* the product may follow on the same terminal */
        clear_line(ui);
        return;
    }
    double t = tt_ui_now(NULL);
    if (t - ui->start < 1 || t - ui->shown < 0.1)
        return;
    ui->shown = t;
    ui->line_open = true;
    fprintf(stderr, "\r%3.0f %% ", of ? 100.0 * (double)done / (double)of : 0.0);
    fflush(stderr);
}

tt_sink tt_ui_sink(tt_ui *ui)
{
    return (tt_sink){tell, progress, ui};
}

void tt_ui_fail(tt_ui *ui, const tt_err *err)
{
    clear_line(ui);
    if (!ui->first || strcmp(ui->first, err->text) != 0)
        write_message(ui, err);
}

void tt_ui_say(tt_ui *ui, const char *text)
{
    clear_line(ui);
    if (!ui->quiet) {
        fputs("tagtrend: ", stderr);
        put(stderr, text);
        putc('\n', stderr);
    }
}

void tt_ui_profile(tt_ui *ui, const tt_profile *profile)
{
    static const char *const names[TT_N_STAGES] = {"lexicon", "walk", "read", "decode", "front matter", "parse",
                                                   "survey",  "lay",  "scan", "count",  "write"};
    const double all = tt_ui_now(NULL) - ui->start;
    double other = all;
    clear_line(ui);
    fprintf(stderr, "%-12s %9s %5s %12s %8s\n", "stage", "ms", "%", "bytes", "MB/s");
    for (int i = 0; i < TT_N_STAGES; i++) {
        const double s = profile->stages[i].seconds;
        const uint64_t bytes = profile->stages[i].bytes;
        other -= s;
        fprintf(stderr, "%-12s %9.2f %5.1f", names[i], 1e3 * s, all > 0 ? 100 * s / all : 0.0);
        if (bytes > 0)
            fprintf(stderr, " %12llu %8.0f", (unsigned long long)bytes, s > 0 ? (double)bytes / s / 1e6 : 0.0);
        putc('\n', stderr);
    }
    other = other > 0 ? other : 0;
    fprintf(stderr, "%-12s %9.2f %5.1f\n", "other", 1e3 * other, all > 0 ? 100 * other / all : 0.0);
    fprintf(stderr, "%-12s %9.2f %5.1f\n", "all", 1e3 * all, 100.0);
}
