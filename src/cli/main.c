/* In: argv. Out: a command's product on standard output or in a folder, and the exit status of CONTRACT: 0 done, 1 done
 * but some input was skipped, 2 nothing to trust. Not here: everything else. */
#include "cli/options.h"
#include "cli/ui.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DONE = 0, SKIPPED = 1, FAILED = 2 };

static int fail_errno(tt_err *err, const char *path, const char *what)
{
    err->code = TT_EIO;
    err->line = 0;
    snprintf(err->path, sizeof err->path, "%s", path);
    snprintf(err->text, sizeof err->text, "cannot %s: %s", what, strerror(errno));
    return TT_EIO;
}

static tt_table_kind table_of(const tt_cli *cli)
{
    switch (cli->command) {
    case TT_CMD_COUNTS:
        return TT_TABLE_COUNTS;
    case TT_CMD_TRENDS:
        return cli->overall ? TT_TABLE_OVERALL : cli->change ? TT_TABLE_CHANGE : TT_TABLE_TRENDS;
    case TT_CMD_MENTIONS:
        return TT_TABLE_MENTIONS;
    case TT_CMD_TOPICS:
        return TT_TABLE_TOPICS;
    case TT_CMD_LINKS:
        return TT_TABLE_LINKS;
    case TT_CMD_ISSUES:
    case TT_CMD_REPORT:
    case TT_CMD_ASK:
    case TT_CMD_CHECK:
    case TT_CMD_SUGGEST:
    case TT_CMD_NONE:
        break;
    }
    return TT_TABLE_ISSUES;
}

/* What is written, to whichever file. */
typedef int write_fn(void *ctx, FILE *to, tt_err *err);

static int to_stdout(write_fn *write, void *ctx, tt_err *err)
{
    int rc = write(ctx, stdout, err);
    if (fclose(stdout) != 0 && rc == 0)
        rc = fail_errno(err, "standard output", "write");
    if (rc == TT_EIO && !err->path[0])
        snprintf(err->path, sizeof err->path, "standard output");
    return rc;
}

/* A file is whole, old or new: written beside it and renamed; a device or pipe is written as it is. */
static int to_file(const char *output, write_fn *write, void *ctx, tt_err *err)
{
    char temp[PATH_MAX + 32], target[PATH_MAX];
    const char *path = output;
    struct stat s;
    bool there = stat(path, &s) == 0;
    /* /dev/stdout may lead to a regular file: that name must not be renamed over */
    bool plain = (!there || S_ISREG(s.st_mode)) && strncmp(path, "/dev/", 5) != 0 && strncmp(path, "/proc/", 6) != 0;
    if (plain && there && realpath(path, target)) /* a link stays, what it leads to is replaced */
        path = target;
    if (snprintf(temp, sizeof temp, plain ? "%s.tmp%ld" : "%s", path, (long)getpid()) >= (int)sizeof temp) {
        errno = ENAMETOOLONG;
        return fail_errno(err, output, "write");
    }
    FILE *f = fopen(temp, "w");
    if (!f)
        return fail_errno(err, output, "write");
    int rc = write(ctx, f, err);
    if (rc == 0 && plain && there && fchmod(fileno(f), s.st_mode & 07777) != 0)
        rc = fail_errno(err, output, "keep the mode of");
    if (fclose(f) != 0 && rc == 0)
        rc = fail_errno(err, output, "write");
    if (rc == 0 && plain && rename(temp, path) != 0)
        rc = fail_errno(err, output, "rename to");
    if (rc != 0 && plain)
        unlink(temp);
    if (rc == TT_EIO && !err->path[0])
        snprintf(err->path, sizeof err->path, "%s", output);
    return rc;
}

static int write_out(const tt_cli *cli, write_fn *write, void *ctx, tt_err *err)
{
    bool file = cli->output && strcmp(cli->output, "-") != 0;
    return file ? to_file(cli->output, write, ctx, err) : to_stdout(write, ctx, err);
}

/* ---- tables and reports ---- */

struct table_job {
    const tt_cli *cli;
    tt_archive *archive;
    bool found; /* by `ask` */
};

/* Of all stages. */
static double seconds_of(const tt_profile *p)
{
    double sum = 0;
    for (int i = 0; i < TT_N_STAGES; i++)
        sum += p->stages[i].seconds;
    return sum;
}

static int write_table(void *ctx, FILE *to, tt_err *err)
{
    struct table_job *j = ctx;
    tt_ask_options ask = j->cli->ask;
    ask.links = ask.links && to == stdout;
    if (j->cli->command == TT_CMD_ASK)
        return tt_archive_ask(j->archive, &ask, &j->cli->select, &j->cli->how, to, &j->found, err);
    if (j->cli->why)
        return tt_archive_why(j->archive, j->cli->why, &j->cli->select, &j->cli->how, to, err);
    if (j->cli->command == TT_CMD_SUGGEST)
        return tt_archive_suggest(j->archive, &j->cli->select, &j->cli->how, to, err);
    return tt_archive_table(j->archive, table_of(j->cli), &j->cli->select, &j->cli->how, to, err);
}

/* Below a mention in a thousand words, of an archive of some size, the lexicon is most likely that of another subject. */
static void say_if_little_found(tt_ui *ui, const tt_totals *t)
{
    enum { WORDS = 5000, WORDS_A_MENTION = 1000 };
    if (t->n_words >= WORDS && t->n_mentions < t->n_words / WORDS_A_MENTION)
        tt_ui_say(ui, "the lexicon finds next to nothing here; `tagtrend suggest` lists what the archive has and the "
                      "lexicon lacks");
}

static int run(const tt_cli *cli, tt_ui *ui, tt_err *err)
{
    tt_archive *archive = NULL;
    tt_totals totals;
    const tt_sink sink = tt_ui_sink(ui);
    int rc = tt_archive_open(&archive, &cli->options, cli->archives.v, cli->archives.n, &sink, err);
    if (rc != 0)
        return rc;
    tt_archive_totals(archive, &totals);
    if (totals.n_read == 0 && cli->command != TT_CMD_REPORT)
        tt_ui_say(ui, "no issue was found; -v says why files were left out");
    if (cli->command != TT_CMD_SUGGEST && !cli->options.no_counts)
        say_if_little_found(ui, &totals);
    if (cli->strict)
        ui->n_skipped += totals.n_undated + totals.n_inferred;
    struct table_job job = {cli, archive, true};
    tt_profile *profile = cli->options.profile;
    const double start = tt_ui_now(NULL), before = profile ? seconds_of(profile) : 0;
    if (cli->command == TT_CMD_REPORT)
        rc = tt_archive_report(archive, &cli->report, &cli->select, err);
    else
        rc = write_out(cli, write_table, &job, err);
    if (profile) /* without what is read and matched again meanwhile */
        profile->stages[TT_STAGE_WRITE].seconds += tt_ui_now(NULL) - start - (seconds_of(profile) - before);
    ui->n_skipped += !job.found;
    if (rc == 0 && cli->options.no_counts) { /* it is known only now */
        tt_archive_totals(archive, &totals);
        say_if_little_found(ui, &totals);
    }
    tt_archive_free(archive);
    return rc;
}

/* ---- check ---- */

struct check_job {
    const tt_cli *cli;
    tt_ui *ui;
};

static int write_check(void *ctx, FILE *to, tt_err *err)
{
    const struct check_job *j = ctx;
    const tt_cli *cli = j->cli;
    const tt_sink sink = tt_ui_sink(j->ui);
    size_t n_errors = 0;
    if (cli->convert)
        return tt_convert(cli->convert, &sink, to, err);
    int rc = tt_check(&cli->options, cli->archives.v, cli->archives.n, &cli->how, &sink, to, &n_errors, err);
    j->ui->n_skipped += n_errors;
    return rc;
}

static int print(const tt_cli *cli)
{
    if (cli->help)
        tt_cli_help(cli, stdout);
    else
        printf("tagtrend %s\n", TT_VERSION);
    return fclose(stdout) == 0 ? DONE : FAILED;
}

int main(int argc, char **argv)
{
    tt_cli cli;
    tt_ui ui;
    tt_err err = {0};
    int status = FAILED;
    signal(SIGPIPE, SIG_DFL); /* a closed pipe ends quietly, whatever was inherited */
    signal(SIGCHLD, SIG_DFL); /* so that how gnuplot ended can be known */
    int rc = tt_cli_parse(&cli, argc, argv, &err);
    tt_ui_init(&ui, cli.quiet, cli.verbose);
    tt_profile profile = {.now = tt_ui_now};
    if (cli.profiled)
        cli.options.profile = &profile;
    if (rc != 0) {
        tt_ui_fail(&ui, &err);
    } else if (cli.help || cli.version) {
        status = print(&cli);
    } else if (cli.command == TT_CMD_NONE) {
        tt_cli_help(&cli, stderr);
    } else if (cli.command == TT_CMD_CHECK) {
        if (write_out(&cli, write_check, &(struct check_job){&cli, &ui}, &err) != 0)
            tt_ui_fail(&ui, &err);
        else
            status = ui.n_skipped ? SKIPPED : DONE;
    } else if (run(&cli, &ui, &err) != 0) {
        tt_ui_fail(&ui, &err);
    } else {
        status = ui.n_skipped ? SKIPPED : DONE;
    }
    if (status != FAILED && cli.options.profile)
        tt_ui_profile(&ui, &profile);
    tt_ui_release(&ui);
    tt_cli_release(&cli);
    return status;
}
