/* table: inside of the command line: the one table of options and commands, and what its parts share. */
#ifndef TT_CLI_TABLE_H
#define TT_CLI_TABLE_H

#include "cli/options.h"

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
    O_DROP_DUPLICATES,
    O_TEXT_FIELD,
    O_DATE_FIELD,
    O_TITLE_FIELD,
    O_SECTION_FIELD,
    O_STRICT,
    O_PROFILE,
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

extern const tt_opt tt_cli_options[];
extern const size_t tt_cli_n_options;

/* The option of the command that is called so (name NULL: that has the letter), or NULL. */
const tt_opt *tt_cli_find(const tt_cli *cli, const char *name, char letter);
/* The commands, i = 0, 1, …: the name of each; NULL: there are no more. */
const char *tt_cli_command_at(size_t i, tt_command *command);

/* Fills *err, TT_EUSAGE. */
#define FAIL(err, ...) (snprintf((err)->text, sizeof(err)->text, __VA_ARGS__), (err)->code = TT_EUSAGE)
int tt_cli_no_memory(tt_err *err);
int tt_cli_append(tt_list *list, const char *value, tt_err *err);

/* set.c: one option with its value (NULL where it takes none). */
int tt_cli_set_option(tt_cli *cli, const tt_opt *o, const char *value, tt_err *err);
int tt_cli_set_color(tt_cli *cli, const char *value, tt_err *err);
/* Keeps the option for the commands that an answer names, where it changes which mentions there are. */
int tt_cli_repeat(tt_cli *cli, const tt_opt *o, const char *value, tt_err *err);
bool tt_cli_looks_like_range(const char *text); /* of --change */

#endif
