/* In: argv. Out: tt_cli. Not here: the options (table.c), what each sets (set.c), what they do (the library), the conf file's syntax (conf.c). */
#include "cli/table.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
/* ---- errors ---- */
int tt_cli_no_memory(tt_err *err)
{
    FAIL(err, "out of memory");
    return err->code = TT_ENOMEM;
}

/* Edit distance with neighbours swapped as one step, for words of up to 30 bytes; more: far. */
static size_t distance(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b);
    size_t d[32][32];
    if (n > 30 || m > 30)
        return 99;
    for (size_t i = 0; i <= n; i++)
        for (size_t j = 0; j <= m; j++) {
            if (i == 0 || j == 0) {
                d[i][j] = i + j;
                continue;
            }
            size_t best = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            if (d[i - 1][j] + 1 < best)
                best = d[i - 1][j] + 1;
            if (d[i][j - 1] + 1 < best)
                best = d[i][j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && d[i - 2][j - 2] + 1 < best)
                best = d[i - 2][j - 2] + 1;
            d[i][j] = best;
        }
    return d[n][m];
}

static int no_command(const char *option, tt_err *err)
{
    return FAIL(err, "%s stands before the command; options follow it: tagtrend COMMAND %s", option, option);
}

static int unknown_option(const tt_cli *cli, const char *name, tt_err *err)
{
    const char *near = NULL;
    char option[80];
    size_t best = 3;
    if (cli->command == TT_CMD_NONE) {
        snprintf(option, sizeof option, "--%s", name);
        return no_command(option, err);
    }
    for (size_t i = 0; i < tt_cli_n_options; i++) {
        size_t far = distance(name, tt_cli_options[i].name);
        if ((tt_cli_options[i].commands >> cli->command & 1) && far < best) {
            best = far;
            near = tt_cli_options[i].name;
        }
    }
    for (size_t i = 0; i < tt_cli_n_options; i++)
        if (strcmp(tt_cli_options[i].name, name) == 0)
            return FAIL(err, "--%s does not go with %s; see tagtrend %s --help", name,
                        tt_cli_command_name(cli->command), tt_cli_command_name(cli->command));
    if (near)
        return FAIL(err, "there is no option --%s; did you mean --%s?", name, near);
    return FAIL(err, "there is no option --%s; see tagtrend %s --help", name, tt_cli_command_name(cli->command));
}

int tt_cli_append(tt_list *list, const char *value, tt_err *err)
{
    if (list->n == list->cap) {
        size_t cap = list->cap ? 2 * list->cap : 8;
        const char **v = realloc(list->v, cap * sizeof *v);
        if (!v)
            return tt_cli_no_memory(err);
        list->v = v;
        list->cap = cap;
    }
    list->v[list->n++] = value;
    return 0;
}
static bool may_lack_value(const tt_opt *o)
{
    return o->value && o->value[0] == '[';
}

static bool is_truth(const char *value, bool *on)
{
    static const char *const words[] = {"true", "yes", "1", "false", "no", "0"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(value, words[i]) == 0) {
            *on = i < 3;
            return true;
        }
    return false;
}

int tt_cli_set(tt_cli *cli, const char *name, const char *value, tt_err *err)
{
    const tt_opt *o = tt_cli_find(cli, name, 0);
    if (!o) {
        for (size_t i = 0; i < tt_cli_n_options; i++)
            if (strcmp(tt_cli_options[i].name, name) == 0 && tt_cli_options[i].id != O_HELP &&
                tt_cli_options[i].id != O_VERSION)
                return 0; /* an option of another command */
        return unknown_option(cli, name, err);
    }
    if (o->id == O_HELP || o->id == O_VERSION)
        return FAIL(err, "`%s` does not belong into tagtrend.conf", name);
    /* in tagtrend.conf `output` is the folder of `report`, and `format` that of the tables */
    const tt_opt_id other = o->id == O_TOPIC ? O_QUERY : o->id == O_QUERY ? O_TOPIC : o->id;
    if (cli->given >> o->id & 1 || cli->given >> other & 1 || o->id == O_OUTPUT || o->id == O_FINDINGS)
        return 0;
    bool on = true;
    if (may_lack_value(o) && is_truth(value, &on))
        value = "";
    else if (o->value && !*value && !may_lack_value(o))
        return FAIL(err, "`%s` needs a value: %s = %s", name, name, o->value);
    if (!o->value && *value && !is_truth(value, &on))
        return FAIL(err, "`%s` is true or false, not `%s`", name, value);
    return on ? tt_cli_set_option(cli, o, value, err) : 0;
}

/* ---- the command line ---- */

static int parse_long(tt_cli *cli, const char *arg, char **argv, int argc, int *at, tt_err *err)
{
    char name[64];
    const char *equals = strchr(arg, '=');
    size_t n = equals ? (size_t)(equals - arg) : strlen(arg);
    if (n >= sizeof name)
        return FAIL(err, "there is no option --%.40s…", arg);
    memcpy(name, arg, n);
    name[n] = '\0';
    const tt_opt *o = tt_cli_find(cli, name, 0);
    if (!o)
        return unknown_option(cli, name, err);
    bool on = true;
    if ((!o->value || may_lack_value(o)) && equals) { /* =false takes back what tagtrend.conf says */
        const bool truth = o->id != O_HELP && o->id != O_VERSION && is_truth(equals + 1, &on);
        if (!o->value && (!truth || on))
            return FAIL(err, "--%s takes no value", name);
        cli->given |= (uint64_t)1 << o->id;
        if (!on || !o->value)
            return tt_cli_repeat(cli, o, equals + 1, err);
    }
    const char *value = equals ? equals + 1 : NULL;
    if (may_lack_value(o)) {
        if (!value && *at + 1 < argc && tt_cli_looks_like_range(argv[*at + 1]))
            value = argv[++*at];
    } else if (o->value && !value) {
        if (*at + 1 >= argc)
            return FAIL(err, "--%s needs a value: --%s %s", name, name, o->value);
        value = argv[++*at];
    }
    if (may_lack_value(o) && value && !*value)
        return FAIL(err, "--%s= needs a value; leave out the = too for the default", name);
    if (o->value && value && !*value)
        return FAIL(err, "--%s needs a value: --%s %s", name, name, o->value);
    cli->given |= (uint64_t)1 << o->id;
    int rc = tt_cli_repeat(cli, o, value, err);
    return rc == 0 ? tt_cli_set_option(cli, o, value, err) : rc;
}

static int parse_short(tt_cli *cli, const char *arg, char **argv, int argc, int *at, tt_err *err)
{
    for (; *arg; arg++) {
        const tt_opt *o = tt_cli_find(cli, NULL, *arg);
        if (!o && cli->command == TT_CMD_NONE)
            return no_command((const char[]){'-', *arg, '\0'}, err);
        if (!o)
            return FAIL(err, "there is no option -%c; see tagtrend %s --help", *arg, tt_cli_command_name(cli->command));
        cli->given |= (uint64_t)1 << o->id;
        if (!o->value) {
            int rc = tt_cli_repeat(cli, o, NULL, err);
            rc = rc == 0 ? tt_cli_set_option(cli, o, NULL, err) : rc;
            if (rc != 0)
                return rc;
            continue;
        }
        const char *value = arg + 1;
        if (!*value) {
            if (*at + 1 >= argc)
                return FAIL(err, "-%c needs a value: -%c %s", *arg, *arg, o->value);
            value = argv[++*at];
        }
        if (!*value)
            return FAIL(err, "-%c needs a value: -%c %s", *arg, *arg, o->value);
        int rc = tt_cli_repeat(cli, o, value, err);
        return rc == 0 ? tt_cli_set_option(cli, o, value, err) : rc;
    }
    return 0;
}

static int parse_command(tt_cli *cli, const char *word, tt_err *err)
{
    const char *near = NULL;
    size_t best = 3;
    tt_command command;
    const char *name;
    for (size_t i = 0; (name = tt_cli_command_at(i, &command)) != NULL; i++) {
        size_t far = distance(word, name);
        if (far == 0) {
            cli->command = command;
            return 0;
        }
        if (far < best) {
            best = far;
            near = name;
        }
    }
    if (near)
        return FAIL(err, "there is no command `%s`; did you mean `%s`?", word, near);
    return FAIL(err, "there is no command `%s`; see tagtrend --help", word);
}

static void format_by_ending(tt_cli *cli)
{
    static const struct {
        const char *ending;
        tt_format format;
    } known[] = {{".csv", TT_FORMAT_CSV},
                 {".json", TT_FORMAT_JSON},
                 {".jsonl", TT_FORMAT_JSONL},
                 {".ndjson", TT_FORMAT_JSONL},
                 {".txt", TT_FORMAT_TEXT}};
    bool asked = cli->given >> O_FORMAT & 1, named = cli->given >> O_OUTPUT & 1;
    if (asked || (cli->format_given && !named) || !cli->output)
        return;
    size_t n = strlen(cli->output);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        size_t e = strlen(known[i].ending);
        if (n > e && strcmp(cli->output + n - e, known[i].ending) == 0)
            cli->how.format = known[i].format;
    }
}

/* `check` takes its lexicon as the first argument where no -l names one. */
static int take_lexicon(tt_cli *cli, tt_err *err)
{
    if (cli->command != TT_CMD_CHECK || cli->lexicon.n || cli->archives.n == 0)
        return 0;
    const char *first = cli->archives.v[0];
    cli->archives.n--;
    memmove(cli->archives.v, cli->archives.v + 1, cli->archives.n * sizeof *cli->archives.v);
    cli->given |= (uint64_t)1 << O_LEXICON;
    return tt_cli_append(&cli->lexicon, first, err);
}

static int not_quoted(const tt_cli *cli, size_t n_words, tt_err *err)
{
    char query[200];
    size_t n = (size_t)snprintf(query, sizeof query, "%s", cli->options.query);
    for (size_t i = 0; i < n_words && n < sizeof query; i++)
        n += (size_t)snprintf(query + n, sizeof query - n, " %s", cli->archives.v[i]);
    return FAIL(err,
                "there is no file or folder `%.100s`; if it belongs to the query, quote the query: tagtrend ask '%s%s'",
                cli->archives.v[n_words - 1], query, n < sizeof query ? "" : "…");
}

/* `ask` takes its query as the first argument. */
static int take_query(tt_cli *cli, tt_err *err)
{
    if (cli->command != TT_CMD_ASK || cli->help || cli->version)
        return 0;
    if (cli->archives.n == 0)
        return FAIL(err, "ask needs a query: tagtrend ask QUERY [ARCHIVE…]");
    cli->options.query = cli->archives.v[0];
    cli->archives.n--;
    memmove(cli->archives.v, cli->archives.v + 1, cli->archives.n * sizeof *cli->archives.v);
    size_t n_words = 0; /* up to the last that is no archive */
    for (size_t i = 0; i < cli->archives.n; i++)
        if (strcmp(cli->archives.v[i], "-") != 0 && access(cli->archives.v[i], F_OK) != 0)
            n_words = i + 1;
    if (n_words)
        return not_quoted(cli, n_words, err);
    return tt_cli_make_rest(cli) == 0 ? 0 : tt_cli_no_memory(err);
}

/* The labels of the periods say what --by would, and the table has one shape: of --change and these, what the command
 * line says wins over tagtrend.conf, and there is no saying both. */
static int settle_change(tt_cli *cli, tt_err *err)
{
    const struct {
        tt_opt_id id;
        bool on;
        const char *name;
    } others[] = {{O_BY, cli->select.has_by, "by"},
                  {O_BY_SECTION, cli->select.by_section, "by-section"},
                  {O_OVERALL, cli->overall, "overall"},
                  {O_WIDE, cli->how.wide != TT_WIDE_NO, "wide"}};
    for (size_t i = 0; i < sizeof others / sizeof *others && cli->change; i++) {
        if (!others[i].on || !(cli->given >> others[i].id & 1))
            continue;
        if (cli->given >> O_CHANGE & 1)
            return FAIL(err, "--%s does not go with --change; leave one of them out", others[i].name);
        cli->change = false;
    }
    if (cli->change) {
        cli->select.has_by = cli->select.by_section = false;
        cli->select.by = TT_BY_YEAR;
        cli->how.wide = TT_WIDE_NO;
        cli->overall = false;
    }
    return 0;
}

static void join(tt_cli *cli)
{
    cli->options.lexicon = cli->lexicon.v;
    cli->options.n_lexicon = cli->lexicon.n;
    cli->options.include = cli->include.v;
    cli->options.n_include = cli->include.n;
    cli->options.exclude = cli->exclude.v;
    cli->options.n_exclude = cli->exclude.n;
    cli->select.topics = cli->topics.v;
    cli->select.n_topics = cli->topics.n;
    cli->select.sections = cli->sections.v;
    cli->select.n_sections = cli->sections.n;
    cli->select.not_sections = cli->not_sections.v;
    cli->select.n_not_sections = cli->not_sections.n;
    cli->select.years = cli->years;
    cli->select.n_years = cli->n_years;
    cli->report.folder = cli->output ? cli->output : "reports";
    cli->how.color = cli->color;
    cli->options.no_counts =
        cli->command == TT_CMD_MENTIONS && !cli->options.query; /* which way a query is meant, counts tell */
    cli->options.no_links = cli->command != TT_CMD_LINKS && cli->command != TT_CMD_REPORT;
    if (cli->why) {
        cli->quiet = !cli->verbose;        /* notes are about other issues */
        if (!(cli->given >> O_FORMAT & 1)) /* tagtrend.conf says it of tables */
            cli->how.format = TT_FORMAT_TEXT;
    }
    const bool about_lexicon = cli->command == TT_CMD_CHECK || cli->command == TT_CMD_SUGGEST;
    if (about_lexicon && cli->options.duplicates != TT_DUPLICATES_DROP)
        cli->options.duplicates = TT_DUPLICATES_IGNORE;
    format_by_ending(cli);
    cli->options.no_input_hash = cli->command != TT_CMD_REPORT && cli->how.format != TT_FORMAT_JSON;
}

int tt_cli_parse(tt_cli *cli, int argc, char **argv, tt_err *err)
{
    bool options_end = false;
    int rc = 0;
    *cli = (tt_cli){0};
    tt_options_init(&cli->options);
    cli->ask.program = argc > 0 ? argv[0] : NULL;
    tt_cli_set_color(cli, "auto", err);
    for (int i = 1; rc == 0 && i < argc; i++) {
        const char *arg = argv[i];
        if (!options_end && strcmp(arg, "--") == 0)
            options_end = true;
        else if (!options_end && strncmp(arg, "--", 2) == 0)
            rc = parse_long(cli, arg + 2, argv, argc, &i, err);
        else if (!options_end && arg[0] == '-' && arg[1])
            rc = parse_short(cli, arg + 1, argv, argc, &i, err);
        else if (cli->command == TT_CMD_NONE)
            rc = parse_command(cli, arg, err);
        else
            rc = tt_cli_append(&cli->archives, arg, err);
    }
    if (rc == 0)
        rc = take_lexicon(cli, err);
    if (rc == 0)
        rc = take_query(cli, err);
    if (rc == 0 && cli->command != TT_CMD_NONE && !cli->help && !cli->version)
        rc = tt_cli_read_conf(cli, err);
    if (rc == 0)
        rc = settle_change(cli, err);
    if (rc == 0 && cli->select.has_from && cli->select.has_to && cli->select.from > cli->select.to)
        rc = FAIL(err, "--from lies after --to");
    if (rc == 0 && cli->command != TT_CMD_ASK && cli->options.query && cli->topics.n)
        rc = FAIL(err, "--topic and --query do not go together; a query may be a topic's id");
    if (rc == 0 && cli->overall && cli->how.wide != TT_WIDE_NO)
        rc = FAIL(err, "--overall and --wide are two tables; choose one");
    join(cli);
    return rc;
}

void tt_cli_release(tt_cli *cli)
{
    tt_list *lists[] = {&cli->lexicon,  &cli->include,      &cli->exclude,  &cli->topics,
                        &cli->sections, &cli->not_sections, &cli->archives, &cli->repeat};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        free(lists[i]->v);
    for (size_t i = 0; i < cli->n_owned; i++)
        free(cli->owned[i]);
    free(cli->owned);
    free(cli->rest);
    free(cli->years);
}
