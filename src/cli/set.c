/* In: an option and its value. Out: the field of tt_cli that it sets. Not here: which option it is (options.c). */
#include "cli/table.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Options that change which mentions there are, with the value as typed: what commands in an answer repeat. */
int tt_cli_repeat(tt_cli *cli, const tt_opt *o, const char *value, tt_err *err)
{
    static const tt_opt_id shown[] = {O_QUIET,  O_VERBOSE, O_COLOR,       O_STRICT, O_QUERY, O_BY,      O_BY_SECTION,
                                      O_FORMAT, O_OUTPUT,  O_SPREADSHEET, O_TOPIC,  O_HELP,  O_VERSION, O_PROFILE};
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        if (o->id == shown[i])
            return 0;
    if (!(o->commands & MENTIONS))
        return 0;
    const char *word = tt_cli_word(cli, o->name, value);
    return word ? tt_cli_append(&cli->repeat, word, err) : tt_cli_no_memory(err);
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
            return tt_cli_no_memory(err);
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

int tt_cli_set_color(tt_cli *cli, const char *value, tt_err *err)
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
bool tt_cli_looks_like_range(const char *text)
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
    if (!dots || !tt_cli_looks_like_range(value))
        return FAIL(err,
                    "--change takes two periods such as 2019..2020, 2019-Q4..2020-Q4 or 2019-06..2020-06, not `%s`",
                    value);
    cli->select.change[0] = tt_cli_own(cli, value, (size_t)(dots - value));
    cli->select.change[1] = tt_cli_own(cli, dots + 2, strlen(dots + 2));
    return cli->select.change[0] && cli->select.change[1] ? 0 : tt_cli_no_memory(err);
}

int tt_cli_set_option(tt_cli *cli, const tt_opt *o, const char *value, tt_err *err)
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
        return tt_cli_append(&cli->lexicon, value, err);
    case O_INCLUDE:
        return tt_cli_append(&cli->include, value, err);
    case O_EXCLUDE:
        return tt_cli_append(&cli->exclude, value, err);
    case O_TOPIC:
        return tt_cli_append(&cli->topics, value, err);
    case O_SECTION:
        return tt_cli_append(&cli->sections, value, err);
    case O_NOT_SECTION:
        return tt_cli_append(&cli->not_sections, value, err);
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
        return 0;
    case O_DROP_DUPLICATES:
        cli->options.duplicates = TT_DUPLICATES_DROP;
        return 0;
    case O_TEXT_FIELD:
        cli->options.text_field = value;
        return 0;
    case O_DATE_FIELD:
        cli->options.date_field = value;
        return 0;
    case O_TITLE_FIELD:
        cli->options.title_field = value;
        return 0;
    case O_SECTION_FIELD:
        cli->options.section_field = value;
        break;
    case O_DRAFTS:
        cli->options.drafts = true;
        break;
    case O_STRICT:
        cli->strict = true;
        break;
    case O_PROFILE:
        cli->profiled = true;
        break;
    case O_QUIET:
        cli->quiet = true;
        break;
    case O_VERBOSE:
        cli->verbose = true;
        if (cli->options.duplicates == TT_DUPLICATES_TELL)
            cli->options.duplicates = TT_DUPLICATES_TELL_ALL;
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
        return tt_cli_set_color(cli, value, err);
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
