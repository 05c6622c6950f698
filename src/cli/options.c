/* In: argv. Out: tt_cli. Not here: what options do (the library), the conf file's syntax (conf.c). */
#include "cli/options.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    REPORT = 1 << TT_CMD_REPORT,
    ASK = 1 << TT_CMD_ASK,
    MENTIONS = 1 << TT_CMD_MENTIONS,
    TRENDS = 1 << TT_CMD_TRENDS,
    TABLES = 1 << TT_CMD_ISSUES | 1 << TT_CMD_COUNTS | TRENDS | MENTIONS | 1 << TT_CMD_TOPICS,
    LINKS = 1 << TT_CMD_LINKS,
    CHECK = 1 << TT_CMD_CHECK,
    SUGGEST = 1 << TT_CMD_SUGGEST,
    COUNTED = TABLES | REPORT,
    ROWS = TABLES | SUGGEST | LINKS,
    ALL = COUNTED | SUGGEST | LINKS | ASK,
    READS = ALL | CHECK
};

typedef enum tt_opt_id {
    O_LEXICON,
    O_SECTION_NAMES,
    O_SIDE,
    O_INCLUDE,
    O_EXCLUDE,
    O_ZONES,
    O_NO_INFER,
    O_NO_REPAIR,
    O_DRAFTS,
    O_STRICT,
    O_QUIET,
    O_VERBOSE,
    O_FROM,
    O_TO,
    O_YEAR,
    O_TOPIC,
    O_QUERY,
    O_VS,
    O_EVERY,
    O_CONTEXT,
    O_SECTION,
    O_NOT_SECTION,
    O_BY,
    O_BY_SECTION,
    O_FORMAT,
    O_OUTPUT,
    O_REPORT_OUTPUT,
    O_OVERALL,
    O_WIDE,
    O_MEASURE,
    O_CHANGE,
    O_SPREADSHEET,
    O_WHY,
    O_NO_CHARTS,
    O_TITLE,
    O_PALETTE,
    O_LANG,
    O_TERMINAL,
    O_FINDINGS,
    O_CONVERT,
    O_COLOR,
    O_HELP,
    O_VERSION,
    N_OPTIONS
} tt_opt_id;

typedef struct tt_opt {
    tt_opt_id id;
    const char *name;
    char letter;
    const char *value; /* NULL: takes none; in [ ]: may be left out */
    int commands;
    const char *help;
} tt_opt;

static const tt_opt table[] = {
    {O_LEXICON, "lexicon", 'l', "PATH", READS,
     "lexicon: CSV, a folder of them, .yml, .dic, .jsonl, .json (repeatable; default ./lexicons, else the installed "
     "set)"},
    {O_SECTION_NAMES, "section-names", 0, "FILE", READS,
     "names that sections had over the years (default sections.csv of the lexicon folder)"},
    {O_SIDE, "side", 0, "FILE", READS, "CSV path,date,number,title (default issues.csv at the archive's root)"},
    {O_INCLUDE, "include", 0, "GLOB", READS, "read only files whose path or name matches (repeatable)"},
    {O_EXCLUDE, "exclude", 0, "GLOB", READS, "leave out files and folders whose path or name matches (repeatable)"},
    {O_ZONES, "zones", 0, "LIST", READS, "zones that count: text,quote,caption,heading or +title,-quote"},
    {O_NO_INFER, "no-infer", 0, NULL, READS, "infer no date from issue numbers"},
    {O_NO_REPAIR, "no-repair", 0, NULL, READS, "repair no mojibake"},
    {O_DRAFTS, "drafts", 0, NULL, READS, "read drafts too"},
    {O_STRICT, "strict", 0, NULL, ALL, "undated or inferred issues also make exit status 1"},
    {O_FROM, "from", 0, "DATE", ALL, "first day: 2019, 2019-06 or 2019-06-30"},
    {O_TO, "to", 0, "DATE", ALL, "last day, inclusive"},
    {O_YEAR, "year", 0, "Y", ALL, "only this year (repeatable)"},
    {O_TOPIC, "topic", 0, "ID", COUNTED | ASK, "only this topic (repeatable); ask: of those that it comes with"},
    {O_QUERY, "query", 0, "QUERY", TABLES, "instead of the lexicon's topics: what `ask QUERY` counts"},
    {O_VS, "vs", 0, "QUERY", ASK, "set a second query beside the first"},
    {O_EVERY, "all", 0, NULL, ASK, "every mention, not the latest alone"},
    {O_CONTEXT, "context", 'C', "N", ASK, "characters on each side of a mention (default 40)"},
    {O_SECTION, "section", 0, "NAME", ALL, "only this section (repeatable)"},
    {O_NOT_SECTION, "not-section", 0, "NAME", ALL, "without this section (repeatable)"},
    {O_BY, "by", 0, "PERIOD", COUNTED | ASK,
     "trends: year, quarter, month, week or issue (default year); report: of the charts"},
    {O_BY_SECTION, "by-section", 0, NULL, COUNTED | ASK, "trends: a row for each section"},
    {O_FORMAT, "format", 'f', "FORMAT", ROWS,
     "csv, json, jsonl or text; mentions: grep too (default: by the ending of -o, else csv)"},
    {O_FINDINGS, "format", 'f', "FORMAT", CHECK | ASK, "text or json (default: by the ending of -o, else text)"},
    {O_CONVERT, "convert", 0, "FILE", CHECK, "write FILE, a lexicon of any kind that -l reads, as CSV"},
    {O_OUTPUT, "output", 'o', "FILE", ROWS | CHECK | ASK, "write to FILE instead of standard output"},
    {O_REPORT_OUTPUT, "output", 'o', "FOLDER", REPORT, "write into FOLDER (default reports)"},
    {O_OVERALL, "overall", 0, NULL, TRENDS,
     "a row for each topic over its whole series: trend, bursts, dispersion, gaps"},
    {O_WIDE, "wide", 0, "HOW", TRENDS, "topics-across or periods-across"},
    {O_MEASURE, "measure", 0, "WHAT", TRENDS, "with --wide: mentions, rate or share (default mentions)"},
    {O_CHANGE, "change", 0, "[A..B]", TRENDS,
     "compare two periods, topic by topic: 2019..2020, 2019-Q4..2020-Q4 (default: the last two complete years)"},
    {O_SPREADSHEET, "spreadsheet", 0, NULL, ROWS,
     "CSV for spreadsheets: byte-order mark, and ' before cells that would run"},
    {O_WHY, "why", 0, "FILE:LINE", MENTIONS, "explain a line, or with :COLUMN a place: what matches, what counts, and why"},
    {O_NO_CHARTS, "no-charts", 0, NULL, REPORT, "draw no charts"},
    {O_TITLE, "title", 0, "TEXT", REPORT, "the newsletter's name (default: the archive's)"},
    {O_PALETTE, "palette", 0, "COLORS", REPORT,
     "colours of the charts: default, tol, grey, or such as #0072B2,#D55E00"},
    {O_LANG, "lang", 0, "CODE", REPORT, "language of the names of months: en, de, fr, … (default en)"},
    {O_TERMINAL, "terminal", 0, "KIND", REPORT,
     "pictures beside each script: svg, png or pdf (repeatable; default svg and png)"},
    {O_QUIET, "quiet", 'q', NULL, READS, "no notes on standard error"},
    {O_VERBOSE, "verbose", 'v', NULL, READS, "say why anything was left out"},
    {O_COLOR, "color", 0, "WHEN", READS, "auto, always or never (default auto; NO_COLOR is honoured)"},
    {O_HELP, "help", 'h', NULL, READS | 1 << TT_CMD_NONE, "this list"},
    {O_VERSION, "version", 'V', NULL, READS | 1 << TT_CMD_NONE, "the program's version"},
};

enum { N_TABLE = sizeof table / sizeof *table };

static const struct {
    tt_command command;
    const char *name, *help;
} commands[] = {
    {TT_CMD_REPORT, "report", "tables, charts and a page into a folder: the main job"},
    {TT_CMD_ASK, "ask", "how often did I cover QUERY? One screen: counts, shares, years, places"},
    {TT_CMD_ISSUES, "issues", "what was read: a row for each issue"},
    {TT_CMD_COUNTS, "counts", "a row for each issue, section and topic that occurs"},
    {TT_CMD_TRENDS, "trends", "time series: a row for each period and topic"},
    {TT_CMD_MENTIONS, "mentions", "the evidence: a row for each counted mention"},
    {TT_CMD_TOPICS, "topics", "a row for each topic: totals, first, last, peak, gaps"},
    {TT_CMD_LINKS, "links", "a row for each link: where it leads, and which issue it means"},
    {TT_CMD_CHECK, "check", "mistakes and doubts in a lexicon; with an archive also what the text says of it"},
    {TT_CMD_SUGGEST, "suggest", "names and expressions that the lexicon lacks, as rows to paste into it"},
};

enum { N_COMMANDS = sizeof commands / sizeof *commands };

const char *tt_cli_command_name(tt_command command)
{
    for (size_t i = 0; i < N_COMMANDS; i++)
        if (commands[i].command == command)
            return commands[i].name;
    return "";
}

/* ---- errors ---- */

#define FAIL(err, ...) (snprintf((err)->text, sizeof(err)->text, __VA_ARGS__), (err)->code = TT_EUSAGE)

static int no_memory(tt_err *err)
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
    for (size_t i = 0; i < N_TABLE; i++) {
        size_t far = distance(name, table[i].name);
        if ((table[i].commands >> cli->command & 1) && far < best) {
            best = far;
            near = table[i].name;
        }
    }
    for (size_t i = 0; i < N_TABLE; i++)
        if (strcmp(table[i].name, name) == 0)
            return FAIL(err, "--%s does not go with %s; see tagtrend %s --help", name,
                        tt_cli_command_name(cli->command), tt_cli_command_name(cli->command));
    if (near)
        return FAIL(err, "there is no option --%s; did you mean --%s?", name, near);
    return FAIL(err, "there is no option --%s; see tagtrend %s --help", name, tt_cli_command_name(cli->command));
}

static int append(tt_list *list, const char *value, tt_err *err)
{
    if (list->n == list->cap) {
        size_t cap = list->cap ? 2 * list->cap : 8;
        const char **v = realloc(list->v, cap * sizeof *v);
        if (!v)
            return no_memory(err);
        list->v = v;
        list->cap = cap;
    }
    list->v[list->n++] = value;
    return 0;
}

/* Options that change which mentions there are, with the value as typed: what commands in an answer repeat. */
static int repeat(tt_cli *cli, const tt_opt *o, const char *value, tt_err *err)
{
    static const tt_opt_id shown[] = {O_QUIET,      O_VERBOSE, O_COLOR,  O_STRICT,      O_QUERY, O_BY,
                                      O_BY_SECTION, O_FORMAT,  O_OUTPUT, O_SPREADSHEET, O_TOPIC, O_HELP, O_VERSION};
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        if (o->id == shown[i])
            return 0;
    if (!(o->commands & MENTIONS))
        return 0;
    const char *word = tt_cli_word(cli, o->name, value);
    return word ? append(&cli->repeat, word, err) : no_memory(err);
}

/* ---- setting one option ---- */

static int append_year(tt_cli *cli, const char *value, tt_err *err)
{
    int32_t day;
    if (strlen(value) != 4 || tt_date_parse_bound(value, false, &day) != 0)
        return FAIL(err, "--year takes four digits, not `%s`", value);
    if (cli->n_years == cli->cap_years) {
        size_t cap = cli->cap_years ? 2 * cli->cap_years : 8;
        int *v = realloc(cli->years, cap * sizeof *v);
        if (!v)
            return no_memory(err);
        cli->years = v;
        cli->cap_years = cap;
    }
    cli->years[cli->n_years++] =
        (value[0] - '0') * 1000 + (value[1] - '0') * 100 + (value[2] - '0') * 10 + value[3] - '0';
    return 0;
}

/* The index of `value` in `words`, which ends in NULL. */
static int choose(const char *name, const char *value, const char *const *words, int *out, tt_err *err)
{
    char all[200] = "";
    size_t n = 0;
    for (int i = 0; words[i]; i++) {
        if (strcmp(words[i], value) == 0) {
            *out = i;
            return 0;
        }
        int more = snprintf(all + n, sizeof all - n, "%s%s", i ? ", " : "", words[i]);
        n += more > 0 ? (size_t)more : 0;
    }
    return FAIL(err, "--%s takes one of %s, not `%s`", name, all, value);
}

static int set_bound(const char *name, const char *value, bool end, bool *has, int32_t *day, tt_err *err)
{
    if (tt_date_parse_bound(value, end, day) != 0)
        return FAIL(err, "--%s takes a date such as 2019, 2019-06 or 2019-06-30, not `%s`", name, value);
    *has = true;
    return 0;
}

static int set_color(tt_cli *cli, const char *value, tt_err *err)
{
    static const char *const when[] = {"auto", "always", "never", NULL};
    int i = 0;
    if (choose("color", value, when, &i, err) != 0)
        return TT_EUSAGE;
    const char *no = getenv("NO_COLOR");
    const char *term = getenv("TERM");
    bool dumb = term && strcmp(term, "dumb") == 0;
    const bool screen = isatty(STDOUT_FILENO) && !dumb;
    cli->color = i == 1 || (i == 0 && !(no && no[0]) && screen);
    /* links go to a screen alone: with --color always a pipe gets colours, which pagers know, and no more */
    cli->ask.links = cli->color && screen && !(term && strcmp(term, "linux") == 0);
    return 0;
}

static int set_context(tt_cli *cli, const char *value, tt_err *err)
{
    char *end;
    const long n = strtol(value, &end, 10);
    if (*end || end == value || n < 1 || n > 1000)
        return FAIL(err, "--context takes a number from 1 to 1000, not `%s`", value);
    cli->ask.context = (size_t)n;
    return 0;
}

/* What begins as the label of a period does: its length, else 0. */
static size_t label_length(const char *text)
{
    return text[0] >= '0' && text[0] <= '9' ? strspn(text, "0123456789-QqWw") : 0;
}

/* A..B; what else follows --change is an archive, but for a label alone that is no file: that is half of a range. */
static bool looks_like_range(const char *text)
{
    const size_t n = label_length(text);
    if (n == 0 || strncmp(text + n, "..", 2) != 0)
        return n != 0 && !text[n] && access(text, F_OK) != 0;
    return access(text, F_OK) != 0;
}

/* `value` NULL or "": the last two complete years. */
static int set_change(tt_cli *cli, const char *value, tt_err *err)
{
    cli->change = true;
    cli->select.change[0] = cli->select.change[1] = NULL;
    if (!value || !*value)
        return 0;
    const char *dots = strstr(value, "..");
    if (!dots || !looks_like_range(value))
        return FAIL(err,
                    "--change takes two periods such as 2019..2020, 2019-Q4..2020-Q4 or 2019-06..2020-06, not `%s`",
                    value);
    cli->select.change[0] = tt_cli_own(cli, value, (size_t)(dots - value));
    cli->select.change[1] = tt_cli_own(cli, dots + 2, strlen(dots + 2));
    return cli->select.change[0] && cli->select.change[1] ? 0 : no_memory(err);
}

static int set(tt_cli *cli, const tt_opt *o, const char *value, tt_err *err)
{
    static const char *const by[] = {"year", "quarter", "month", "week", "issue", NULL};
    static const char *const formats[] = {"csv", "json", "jsonl", "text", "grep", NULL};
    static const char *const findings[] = {"text", "json", NULL};
    static const char *const terminals[] = {"svg", "png", "pdf", NULL};
    static const char *const wide[] = {"topics-across", "periods-across", NULL};
    static const char *const measure[] = {"mentions", "rate", "share", NULL};
    int i = 0, rc = 0;
    switch (o->id) {
    case O_LEXICON:
        return append(&cli->lexicon, value, err);
    case O_INCLUDE:
        return append(&cli->include, value, err);
    case O_EXCLUDE:
        return append(&cli->exclude, value, err);
    case O_TOPIC:
        return append(&cli->topics, value, err);
    case O_SECTION:
        return append(&cli->sections, value, err);
    case O_NOT_SECTION:
        return append(&cli->not_sections, value, err);
    case O_YEAR:
        return append_year(cli, value, err);
    case O_VS:
        cli->options.vs = value;
        break;
    case O_EVERY:
        cli->ask.all = true;
        break;
    case O_CONTEXT:
        return set_context(cli, value, err);
    case O_QUERY:
        cli->options.query = value;
        break;
    case O_SECTION_NAMES:
        cli->options.section_names = value;
        break;
    case O_SIDE:
        cli->options.side = value;
        break;
    case O_ZONES:
        return tt_zones_parse(value, &cli->options.zones, err);
    case O_NO_INFER:
        cli->options.no_infer = true;
        break;
    case O_NO_REPAIR:
        cli->options.no_repair = true;
        break;
    case O_DRAFTS:
        cli->options.drafts = true;
        break;
    case O_STRICT:
        cli->strict = true;
        break;
    case O_QUIET:
        cli->quiet = true;
        break;
    case O_VERBOSE:
        cli->verbose = true;
        break;
    case O_FROM:
        return set_bound("from", value, false, &cli->select.has_from, &cli->select.from, err);
    case O_TO:
        return set_bound("to", value, true, &cli->select.has_to, &cli->select.to, err);
    case O_BY:
        rc = choose("by", value, by, &i, err);
        cli->select.by = (tt_by)i;
        cli->select.has_by = true;
        return rc;
    case O_BY_SECTION:
        cli->select.by_section = true;
        break;
    case O_FORMAT:
        rc = choose("format", value, formats, &i, err);
        cli->how.format = (tt_format)i;
        cli->format_given = true;
        return rc;
    case O_FINDINGS:
        rc = choose("format", value, findings, &i, err);
        cli->how.format = i == 0 ? TT_FORMAT_TEXT : TT_FORMAT_JSON;
        cli->format_given = true;
        return rc;
    case O_WHY:
        cli->why = value;
        break;
    case O_CONVERT:
        cli->convert = value;
        break;
    case O_OUTPUT:
    case O_REPORT_OUTPUT:
        cli->output = value;
        break;
    case O_OVERALL:
        cli->overall = true;
        break;
    case O_WIDE:
        rc = choose("wide", value, wide, &i, err);
        cli->how.wide = i == 0 ? TT_WIDE_TOPICS_ACROSS : TT_WIDE_PERIODS_ACROSS;
        return rc;
    case O_MEASURE:
        rc = choose("measure", value, measure, &i, err);
        cli->how.measure = (tt_measure)i;
        return rc;
    case O_CHANGE:
        return set_change(cli, value, err);
    case O_SPREADSHEET:
        cli->how.spreadsheet = true;
        break;
    case O_NO_CHARTS:
        cli->report.no_charts = true;
        break;
    case O_TITLE:
        cli->report.title = value;
        break;
    case O_PALETTE:
        cli->report.palette = value;
        return tt_report_options_check(&(tt_report_options){.palette = value}, err);
    case O_LANG:
        cli->report.lang = value;
        return tt_report_options_check(&(tt_report_options){.lang = value}, err);
    case O_TERMINAL:
        rc = choose("terminal", value, terminals, &i, err);
        cli->report.pictures |= 1u << i;
        return rc;
    case O_COLOR:
        return set_color(cli, value, err);
    case O_HELP:
        cli->help = true;
        break;
    case O_VERSION:
        cli->version = true;
        break;
    case N_OPTIONS:
        break;
    }
    return 0;
}

/* ---- the conf file's side ---- */

static const tt_opt *find(const tt_cli *cli, const char *name, char letter)
{
    for (size_t i = 0; i < N_TABLE; i++)
        if ((table[i].commands >> cli->command & 1) &&
            (name ? strcmp(table[i].name, name) == 0 : table[i].letter && table[i].letter == letter))
            return &table[i];
    return NULL;
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
    const tt_opt *o = find(cli, name, 0);
    if (!o) {
        for (size_t i = 0; i < N_TABLE; i++)
            if (strcmp(table[i].name, name) == 0 && table[i].id != O_HELP && table[i].id != O_VERSION)
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
    return on ? set(cli, o, value, err) : 0;
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
    const tt_opt *o = find(cli, name, 0);
    if (!o)
        return unknown_option(cli, name, err);
    bool on = true;
    if ((!o->value || may_lack_value(o)) && equals) { /* =false takes back what tagtrend.conf says */
        const bool truth = o->id != O_HELP && o->id != O_VERSION && is_truth(equals + 1, &on);
        if (!o->value && (!truth || on))
            return FAIL(err, "--%s takes no value", name);
        cli->given |= (uint64_t)1 << o->id;
        if (!on || !o->value)
            return repeat(cli, o, equals + 1, err);
    }
    const char *value = equals ? equals + 1 : NULL;
    if (may_lack_value(o)) {
        if (!value && *at + 1 < argc && looks_like_range(argv[*at + 1]))
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
    int rc = repeat(cli, o, value, err);
    return rc == 0 ? set(cli, o, value, err) : rc;
}

static int parse_short(tt_cli *cli, const char *arg, char **argv, int argc, int *at, tt_err *err)
{
    for (; *arg; arg++) {
        const tt_opt *o = find(cli, NULL, *arg);
        if (!o && cli->command == TT_CMD_NONE)
            return no_command((const char[]){'-', *arg, '\0'}, err);
        if (!o)
            return FAIL(err, "there is no option -%c; see tagtrend %s --help", *arg, tt_cli_command_name(cli->command));
        cli->given |= (uint64_t)1 << o->id;
        if (!o->value) {
            int rc = repeat(cli, o, NULL, err);
            rc = rc == 0 ? set(cli, o, NULL, err) : rc;
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
        int rc = repeat(cli, o, value, err);
        return rc == 0 ? set(cli, o, value, err) : rc;
    }
    return 0;
}

static int parse_command(tt_cli *cli, const char *word, tt_err *err)
{
    const char *near = NULL;
    size_t best = 3;
    for (size_t i = 0; i < N_COMMANDS; i++) {
        size_t far = distance(word, commands[i].name);
        if (far == 0) {
            cli->command = commands[i].command;
            return 0;
        }
        if (far < best) {
            best = far;
            near = commands[i].name;
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
    return append(&cli->lexicon, first, err);
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
    return tt_cli_make_rest(cli) == 0 ? 0 : no_memory(err);
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
    cli->options.no_counts = cli->command == TT_CMD_MENTIONS && !cli->options.query; /* which way a query is meant, counts tell */
    if (cli->why) {
        cli->quiet = !cli->verbose; /* notes are about other issues */
        if (!(cli->given >> O_FORMAT & 1)) /* tagtrend.conf says it of tables */
            cli->how.format = TT_FORMAT_TEXT;
    }
    format_by_ending(cli);
}

int tt_cli_parse(tt_cli *cli, int argc, char **argv, tt_err *err)
{
    bool options_end = false;
    int rc = 0;
    *cli = (tt_cli){0};
    tt_options_init(&cli->options);
    cli->ask.program = argc > 0 ? argv[0] : NULL;
    set_color(cli, "auto", err);
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
            rc = append(&cli->archives, arg, err);
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

/* ---- help ---- */

static void help_option(const tt_opt *o, FILE *to)
{
    char left[48];
    if (o->letter)
        snprintf(left, sizeof left, "-%c, --%s%s%s", o->letter, o->name, o->value ? " " : "", o->value ? o->value : "");
    else
        snprintf(left, sizeof left, "    --%s%s%s", o->name, o->value ? " " : "", o->value ? o->value : "");
    fprintf(to, "  %-24s  %s\n", left, o->help);
}

void tt_cli_help(const tt_cli *cli, FILE *to)
{
    if (cli->command == TT_CMD_NONE) {
        fputs(
            "tagtrend counts mentions of topics in the issues of a newsletter.\n\n"
            "usage: tagtrend COMMAND [OPTIONS] [ARCHIVE…]\n\n"
            "ARCHIVE is a file or a folder of issues; without one the current folder is read, - is standard input.\n\n",
            to);
        for (size_t i = 0; i < N_COMMANDS; i++)
            fprintf(to, "  %-10s  %s\n", commands[i].name, commands[i].help);
        fputs("\ntagtrend COMMAND --help lists the options of a command; man tagtrend says all.\n", to);
        return;
    }
    for (size_t i = 0; i < N_COMMANDS; i++)
        if (commands[i].command == cli->command)
            fprintf(to, "usage: tagtrend %s [OPTIONS]%s [ARCHIVE…]\n%s\n\n", commands[i].name,
                    cli->command == TT_CMD_CHECK ? " [LEXICON]"
                    : cli->command == TT_CMD_ASK ? " QUERY"
                                                 : "",
                    commands[i].help);
    for (size_t i = 0; i < N_TABLE; i++)
        if (table[i].commands >> cli->command & 1)
            help_option(&table[i], to);
    fputs("\nExit status: 0 done; 1 done, but some input was skipped; 2 nothing to trust.\n", to);
}
