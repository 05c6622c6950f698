/* In: options and archives as typed. Out: the same, quoted for a shell, as commands that an answer names repeat them. Not
 * here: which options these are (options.c). */
#include "cli/options.h"

#include <stdlib.h>
#include <string.h>

const char *tt_cli_word(tt_cli *cli, const char *name, const char *value)
{
    const size_t n = strlen(name) + (value ? strlen(value) : 0) + 4;
    char *word = malloc(n);
    if (!word)
        return NULL;
    snprintf(word, n, value ? "--%s=%s" : "--%s", name, value ? value : "");
    const char *kept = tt_cli_own(cli, word, strlen(word));
    free(word);
    return kept;
}

static bool is_plain_word(const char *s)
{
    return *s && s[strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./=,+:")] == '\0';
}

/* One word of a shell. */
static void put_word(char **to, const char *s)
{
    char *p = *to;
    *p++ = ' ';
    if (is_plain_word(s)) {
        p = stpcpy(p, s);
    } else {
        *p++ = '\'';
        for (; *s; s++) {
            if (*s == '\'')
                p = stpcpy(p, "'\\''");
            else
                *p++ = *s;
        }
        *p++ = '\'';
    }
    *to = p;
    *p = '\0';
}

int tt_cli_make_rest(tt_cli *cli)
{
    const tt_list *lists[] = {&cli->repeat, &cli->archives};
    size_t n = 1;
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < lists[i]->n; k++)
            n += 4 * strlen(lists[i]->v[k]) + 3;
    char *p = cli->rest = malloc(n);
    if (!p)
        return TT_ENOMEM;
    *p = '\0';
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < lists[i]->n; k++)
            put_word(&p, lists[i]->v[k]);
    cli->ask.rest = cli->rest[0] ? cli->rest + 1 : cli->rest;
    return 0;
}
