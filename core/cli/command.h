/* command.h: what a command of the command line is: one const entry in a file of its own, and rows
 * for its options. Parser, help, man page and completion are all made from these. Floor: cli. */
#ifndef POLDER_CLI_COMMAND_H
#define POLDER_CLI_COMMAND_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

typedef struct cli cli; /* cli.h */

typedef enum option_type {
    OPTION_FLAG,
    OPTION_TEXT,
    OPTION_INT,
    OPTION_DATE,
    OPTION_ENUM
} option_type;

/* Plain data; a row without name ends the rows. */
typedef struct option {
    const char *name; /* "top" for --top */
    char letter;      /* 'o' for -o; 0: none */
    option_type type;
    const char *value_name;   /* "K"; NULL for a flag */
    int64_t minimum, maximum; /* of an OPTION_INT */
    const char *choices;      /* of an OPTION_ENUM: "table|json" */
    const char *otherwise;    /* as if given; NULL: none */
    bool many;                /* may be given more than once */
    const char *help;         /* a phrase without full stop; never empty */
} option;

typedef struct command {
    const char *name;
    const char *usage;   /* the arguments, "ID field=value…"; "" when it takes none */
    const char *summary; /* a phrase for the list of commands */
    const char *help;    /* what it does, in sentences; "\n" begins a paragraph */
    const char *example; /* command lines that work, one a line; "#" begins a remark */
    const option *options;
    int words_min, words_max; /* how many arguments; words_max below 0: any number */
    const char *choices;      /* of the first argument, "list|info"; NULL: free */
    bool (*exec)(cli *c, err *e);
} command;

extern const command *const COMMANDS[];                /* as help lists them; NULL ends them */
const command *command_find(const char *name, err *e); /* NULL sets *e with the nearest name */

/* Is `word` one of "a|b|c"? */
bool choices_have(const char *choices, const char *word);
/* Sets the hint: the nearest of the choices, else all of them. Returns false. */
bool choices_hint(const char *choices, const char *word, const char *before, err *e);

/* Rows that more than one command has. */
#define OPTION_JSON_ROW                                                                            \
    {                                                                                              \
        .name = "json", .type = OPTION_FLAG, .help = "print one JSON document"                     \
    }
#define OPTION_TODAY_ROW                                                                           \
    {                                                                                              \
        .name = "today", .type = OPTION_DATE, .value_name = "DATE",                                \
        .help = "the day that rules reckon from; today in UTC when absent"                         \
    }
#define OPTION_WORKERS_ROW                                                                         \
    {                                                                                              \
        .name = "workers", .type = OPTION_INT, .value_name = "N", .minimum = 1, .maximum = 256,    \
        .help = "scoring processes; else the configuration's, else as many as the work is worth"   \
    }
#define OPTION_FORMAT_ROW                                                                          \
    {                                                                                              \
        .name = "format", .type = OPTION_ENUM, .value_name = "FORMAT",                             \
        .choices = "table|json|jsonl|csv", .otherwise = "table", .help = "how to print the list"   \
    }

#endif
