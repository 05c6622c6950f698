/* options: what was asked for. One table parses the command line and tagtrend.conf, prints --help, and is checked
 * against the man page. */
#ifndef TT_CLI_OPTIONS_H
#define TT_CLI_OPTIONS_H

#include "tagtrend.h"

typedef enum tt_command {
    TT_CMD_NONE,
    TT_CMD_REPORT,
    TT_CMD_ASK,
    TT_CMD_ISSUES,
    TT_CMD_COUNTS,
    TT_CMD_TRENDS,
    TT_CMD_MENTIONS,
    TT_CMD_TOPICS,
    TT_CMD_LINKS,
    TT_CMD_CHECK,
    TT_CMD_SUGGEST
} tt_command;

/* A list that grows. The strings are the command line's, or the conf file's, kept until the program ends. */
typedef struct tt_list {
    const char **v;
    size_t n, cap;
} tt_list;

typedef struct tt_cli {
    tt_command command;
    bool help, version;
    bool quiet, verbose, strict;
    bool overall; /* of trends */
    bool color;
    bool format_given;
    bool profiled;
    bool change;         /* trends: the table `change` */
    uint64_t given;      /* 1 << option: on the command line, which wins over tagtrend.conf */
    const char *output;  /* -o */
    const char *convert; /* of check */
    const char *why;     /* of mentions */
    tt_list lexicon, include, exclude, topics, sections, not_sections, archives;
    int *years;
    size_t n_years, cap_years;
    char **owned; /* strings made from the conf file */
    size_t n_owned, cap_owned;
    tt_options options;
    tt_select select;
    tt_output how;
    tt_report_options report;
    tt_ask_options ask;
    tt_list repeat; /* what commands that an answer names take over: options and their values */
    char *rest;     /* these and the archives, quoted for a shell */
} tt_cli;

/* 0, or TT_EUSAGE / TT_ENOMEM / TT_EIO with *err filled. Also reads tagtrend.conf of the first archive folder. */
int tt_cli_parse(tt_cli *cli, int argc, char **argv, tt_err *err);
void tt_cli_release(tt_cli *cli);

void tt_cli_help(const tt_cli *cli, FILE *to); /* of the command, or of the program */
const char *tt_cli_command_name(tt_command command);

/* conf.c: applies the options of the file that the command line has not given. */
int tt_cli_set(tt_cli *cli, const char *name, const char *value, tt_err *err);
int tt_cli_read_conf(tt_cli *cli, tt_err *err);
char *tt_cli_own(tt_cli *cli, const char *p, size_t n); /* a copy that lives as long as *cli; NULL: no memory */

/* rest.c: `--name=value`, kept as long as *cli (NULL: no memory); cli->rest of cli->repeat and the archives. */
const char *tt_cli_word(tt_cli *cli, const char *name, const char *value);
int tt_cli_make_rest(tt_cli *cli);

#endif
