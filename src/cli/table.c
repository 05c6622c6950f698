/* In: nothing. Out: the options and commands as data, and --help made from them. Not here: parsing (options.c), what an
 * option does (set.c). */
#include "cli/table.h"

#include <string.h>

const tt_opt tt_cli_options[] = {
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
    {O_DROP_DUPLICATES, "drop-duplicates", 0, NULL, READS, "of issues that hold the same text read one"},
    {O_TEXT_FIELD, "text-field", 0, "NAME", READS, "rows (CSV, JSON Lines): the column with the text"},
    {O_DATE_FIELD, "date-field", 0, "NAME", READS, "rows: the column with the date"},
    {O_TITLE_FIELD, "title-field", 0, "NAME", READS, "rows: the column with the title"},
    {O_SECTION_FIELD, "section-field", 0, "NAME", READS, "rows: the column with the section"},
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
    {O_WHY, "why", 0, "FILE:LINE", MENTIONS,
     "explain a line, or with :COLUMN a place: what matches, what counts, and why"},
    {O_NO_CHARTS, "no-charts", 0, NULL, REPORT, "draw no charts"},
    {O_TITLE, "title", 0, "TEXT", REPORT, "the newsletter's name (default: the archive's)"},
    {O_PALETTE, "palette", 0, "COLORS", REPORT,
     "colours of the charts: default, tol, grey, or such as #0072B2,#D55E00"},
    {O_LANG, "lang", 0, "CODE", REPORT, "language of the names of months: en, de, fr, … (default en)"},
    {O_TERMINAL, "terminal", 0, "KIND", REPORT,
     "pictures beside each script: svg, png or pdf (repeatable; default svg and png)"},
    {O_PROFILE, "profile", 0, NULL, READS, "tell the time and bytes of each stage on standard error"},
    {O_QUIET, "quiet", 'q', NULL, READS, "no notes on standard error"},
    {O_VERBOSE, "verbose", 'v', NULL, READS, "say why anything was left out"},
    {O_COLOR, "color", 0, "WHEN", READS, "auto, always or never (default auto; NO_COLOR is honoured)"},
    {O_HELP, "help", 'h', NULL, READS | 1 << TT_CMD_NONE, "this list"},
    {O_VERSION, "version", 'V', NULL, READS | 1 << TT_CMD_NONE, "the program's version"},
};

const size_t tt_cli_n_options = sizeof tt_cli_options / sizeof *tt_cli_options;

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
const char *tt_cli_command_at(size_t i, tt_command *command)
{
    if (i >= N_COMMANDS)
        return NULL;
    *command = commands[i].command;
    return commands[i].name;
}

const tt_opt *tt_cli_find(const tt_cli *cli, const char *name, char letter)
{
    for (size_t i = 0; i < tt_cli_n_options; i++)
        if ((tt_cli_options[i].commands >> cli->command & 1) &&
            (name ? strcmp(tt_cli_options[i].name, name) == 0
                  : tt_cli_options[i].letter && tt_cli_options[i].letter == letter))
            return &tt_cli_options[i];
    return NULL;
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
    for (size_t i = 0; i < tt_cli_n_options; i++)
        if (tt_cli_options[i].commands >> cli->command & 1)
            help_option(&tt_cli_options[i], to);
    fputs("\nExit status: 0 done; 1 done, but some input was skipped; 2 nothing to trust.\n", to);
}
