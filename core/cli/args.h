/* args.h: a command line, read by the rows of its command. Floor: cli. */
#ifndef POLDER_CLI_ARGS_H
#define POLDER_CLI_ARGS_H

#include <stddef.h>

#include "cli/command.h"

/* What every command takes too: --home and --help. */
extern const option ARGS_GLOBAL[];

typedef struct args_given {
    const option *row;
    const char *text; /* as typed; "" for a flag */
} args_given;

/* Plain data; starts as {0}. Texts are borrowed from argv. */
typedef struct args {
    const command *command;
    args_given *given; /* in the order typed */
    size_t given_len;
    const char **words; /* what is not an option */
    size_t words_len;
} args;

/* Reads `argv` (what stands behind the command's name) and checks options and the number of words;
 * with --help nothing else is asked for. ERR_USAGE names the nearest option there is. */
bool args_read(args *a, const command *c, char *const *argv, size_t argc, err *e);
/* Reads the global options before the command; *used is how many of argv they took. */
bool args_read_global(args *a, char *const *argv, size_t argc, size_t *used, err *e);
void args_free(args *a);

bool args_flag(const args *a, const char *name);
const char *args_text(const args *a,
                      const char *name); /* the last one, else the row's default, else NULL */
int64_t args_int(const args *a, const char *name); /* the same, as a number; 0 without either */
const char *args_nth(const args *a, const char *name, size_t nth); /* from 0; NULL past the last */
const char *args_word(const args *a, size_t index);                /* from 0; NULL past the last */

#endif
