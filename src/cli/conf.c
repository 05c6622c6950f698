/* In: tagtrend.conf at the root of the first archive folder. Out: options that the command line has not given. Paths in
 * it are relative to that folder. Not here: what the options are (options.c). */
#include "cli/options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_LINE = 4096 };

static const char *const path_options[] = {"lexicon", "section-names", "side", "output"};

char *tt_cli_own(tt_cli *cli, const char *p, size_t n)
{
    char *copy = malloc(n + 1);
    if (copy && cli->n_owned == cli->cap_owned) {
        size_t cap = cli->cap_owned ? 2 * cli->cap_owned : 16;
        char **v = realloc(cli->owned, cap * sizeof *v);
        if (!v) {
            free(copy);
            return NULL;
        }
        cli->owned = v;
        cli->cap_owned = cap;
    }
    if (!copy)
        return NULL;
    memcpy(copy, p, n);
    copy[n] = '\0';
    return cli->owned[cli->n_owned++] = copy;
}

static int fail(tt_err *err, const char *path, size_t line, const char *what)
{
    err->code = TT_EUSAGE;
    err->line = line;
    snprintf(err->path, sizeof err->path, "%s", path);
    if (what)
        snprintf(err->text, sizeof err->text, "%s", what);
    return err->code;
}

static char *trim(char *s)
{
    while (*s == ' ' || *s == '\t')
        s++;
    for (size_t n = strlen(s); n && strchr(" \t\r\n", s[n - 1]); n--)
        s[n - 1] = '\0';
    return s;
}

static bool is_path(const char *name)
{
    for (size_t i = 0; i < sizeof path_options / sizeof *path_options; i++)
        if (strcmp(name, path_options[i]) == 0)
            return true;
    return false;
}

/* One line `name = value` (or a name alone); blank lines and lines that begin with # say nothing. */
static int apply(tt_cli *cli, const char *folder, const char *path, size_t number, char *line, tt_err *err)
{
    char *name = trim(line);
    char *value = strchr(name, '=');
    if (!*name || *name == '#')
        return 0;
    if (value) {
        *value++ = '\0';
        value = trim(value);
    }
    name = trim(name);
    if (strncmp(name, "--", 2) == 0)
        return fail(err, path, number, "write option names without -- here");
    char joined[2 * TT_MAX_PATH];
    if (value && *value && is_path(name) && value[0] != '/') {
        snprintf(joined, sizeof joined, "%s/%s", folder, value);
        value = joined;
    }
    const char *kept = tt_cli_own(cli, value ? value : "", value ? strlen(value) : 0);
    if (!kept)
        return fail(err, path, number, "out of memory");
    return tt_cli_set(cli, name, kept, err) == 0 ? 0 : fail(err, path, number, NULL);
}

int tt_cli_read_conf(tt_cli *cli, tt_err *err)
{
    const char *folder = cli->archives.n ? cli->archives.v[0] : ".";
    char path[TT_MAX_PATH];
    char line[MAX_LINE];
    struct stat s;
    size_t number = 0;
    int rc = 0;
    if (stat(folder, &s) != 0 || !S_ISDIR(s.st_mode) ||
        snprintf(path, sizeof path, "%s/tagtrend.conf", folder) >= (int)sizeof path)
        return 0;
    FILE *f = fopen(path, "r");
    if (!f)
        return errno == ENOENT ? 0 : fail(err, path, 0, strerror(errno));
    while (rc == 0 && fgets(line, sizeof line, f)) {
        number++;
        if (!strchr(line, '\n') && !feof(f))
            rc = fail(err, path, number, "this line is too long");
        else
            rc = apply(cli, folder, path, number,
                       number == 1 && strncmp(line, "\xEF\xBB\xBF", 3) == 0 ? line + 3 : line, err);
    }
    if (rc == 0 && ferror(f))
        rc = fail(err, path, number, "cannot be read");
    fclose(f);
    return rc;
}
