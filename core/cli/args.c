#include "cli/args.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"

const option ARGS_GLOBAL[] = {
    {.name = "home",
     .type = OPTION_TEXT,
     .value_name = "DIR",
     .help = "the workspace; else $POLDER_HOME, else the nearest folder up with polder.lua"},
    {.name = "help", .letter = 'h', .type = OPTION_FLAG, .help = "explain the command"},
    {0},
};

static const option NO_OPTIONS[] = {{0}};

enum { MOST_NAMES = 64 };

static const option *rows_of(const command *c)
{
    return c && c->options ? c->options : NO_OPTIONS;
}

static const option *row_named(const option *rows, const char *name, size_t len)
{
    for (; rows->name; rows++)
        if (strlen(rows->name) == len && strncmp(rows->name, name, len) == 0)
            return rows;
    return NULL;
}

static const option *row_lettered(const option *rows, char letter)
{
    for (; rows->name; rows++)
        if (rows->letter == letter)
            return rows;
    return NULL;
}

static bool unknown(const command *c, const char *typed, size_t len, err *e)
{
    const char *names[MOST_NAMES];
    size_t count = 0;
    const option *all[] = {rows_of(c), ARGS_GLOBAL};
    for (size_t i = 0; i < 2; i++)
        for (const option *row = all[i]; row->name && count < MOST_NAMES; row++)
            names[count++] = row->name;
    char *word = mem_copy(typed, len);
    const char *near = text_nearest(word + strspn(word, "-"), names, count);
    if (near)
        err_set(e, ERR_USAGE, "unknown option %s; did you mean --%s?", word, near);
    else
        err_set(e, ERR_USAGE, "unknown option %s", word);
    free(word);
    return err_hint(e, "`polder help%s%s` explains the options", c ? " " : "", c ? c->name : "");
}

static bool read_int(const option *row, const char *text, int64_t *out)
{
    char *end;
    errno = 0;
    long long number = strtoll(text, &end, 10);
    if (!*text || *end || errno || number < row->minimum || number > row->maximum)
        return false;
    *out = number;
    return true;
}

static bool check_value(const option *row, const char *text, err *e)
{
    int64_t number;
    switch (row->type) {
    case OPTION_INT:
        if (read_int(row, text, &number))
            return true;
        if (row->maximum == INT64_MAX)
            return err_set(e, ERR_USAGE, "--%s: expected a whole number from %lld, got \"%s\"",
                           row->name, (long long)row->minimum, text);
        return err_set(e, ERR_USAGE, "--%s: expected a whole number from %lld to %lld, got \"%s\"",
                       row->name, (long long)row->minimum, (long long)row->maximum, text);
    case OPTION_DATE:
        if (clock_date_parse(text, &number))
            return true;
        err_set(e, ERR_USAGE, "--%s: \"%s\" is not a date", row->name, text);
        return err_hint(e, "write it as 2026-11-24");
    case OPTION_ENUM:
        if (choices_have(row->choices, text))
            return true;
        err_set(e, ERR_USAGE, "--%s: there is no \"%s\"", row->name, text);
        return choices_hint(row->choices, text, "", e);
    case OPTION_TEXT:
        if (*text)
            return true;
        return err_set(e, ERR_USAGE, "--%s: expected %s, got nothing", row->name, row->value_name);
    case OPTION_FLAG:
        break;
    }
    return true;
}

const char *args_nth(const args *a, const char *name, size_t nth)
{
    for (size_t i = 0; i < a->given_len; i++)
        if (strcmp(a->given[i].row->name, name) == 0 && nth-- == 0)
            return a->given[i].text;
    return NULL;
}

static bool take(args *a, const option *row, const char *text, err *e)
{
    if (!row->many && row->type != OPTION_FLAG && args_nth(a, row->name, 0)) {
        err_set(e, ERR_USAGE, "--%s is given twice", row->name);
        return err_hint(e, "give it once");
    }
    if (!check_value(row, text, e))
        return false;
    a->given = mem_grow(a->given, a->given_len + 1, sizeof *a->given);
    a->given[a->given_len++] = (args_given){row, text};
    return true;
}

/* One option at argv[*at], with its value in the same word or in the next; moves *at past both. */
static bool read_option(args *a, const option *rows, char *const *argv, size_t argc, size_t *at,
                        err *e)
{
    const char *word = argv[(*at)++];
    bool is_long = word[1] == '-';
    size_t len = is_long ? strcspn(word, "=") : 2;
    const option *tables[] = {rows, ARGS_GLOBAL}, *row = NULL;
    for (size_t i = 0; i < 2 && !row; i++)
        row = is_long ? row_named(tables[i], word + 2, len - 2) : row_lettered(tables[i], word[1]);
    if (!row)
        return unknown(a->command, word, len, e);
    const char *joined = word[len] ? word + len + (word[len] == '=') : NULL;
    if (row->type == OPTION_FLAG) {
        if (joined)
            return err_set(e, ERR_USAGE, "--%s takes no value", row->name);
        return take(a, row, "", e);
    }
    if (!joined && *at < argc)
        joined = argv[(*at)++];
    if (!joined)
        return err_set(e, ERR_USAGE, "--%s: the %s is missing", row->name, row->value_name);
    return take(a, row, joined, e);
}

static bool check_words(const args *a, err *e)
{
    const command *c = a->command;
    if (args_flag(a, "help"))
        return true;
    if (c->choices && a->words_len && !choices_have(c->choices, a->words[0])) {
        err_set(e, ERR_USAGE, "%s: there is no \"%s\"", c->name, a->words[0]);
        return choices_hint(c->choices, a->words[0], "", e);
    }
    if (c->words_max >= 0 && a->words_len > (size_t)c->words_max)
        err_set(e, ERR_USAGE, "%s: \"%s\" is one argument too many", c->name,
                a->words[c->words_max]);
    else if (a->words_len < (size_t)c->words_min)
        err_set(e, ERR_USAGE, "%s: an argument is missing", c->name);
    else
        return true;
    return err_hint(e, "usage: polder %s %s", c->name, c->usage);
}

static bool is_option(const char *word)
{
    return word[0] == '-' && word[1]; /* "-" alone is stdin */
}

bool args_read(args *a, const command *c, char *const *argv, size_t argc, err *e)
{
    bool only_words = false;
    a->command = c;
    a->words = mem_grow(a->words, argc + 1, sizeof *a->words);
    for (size_t at = 0; at < argc;) {
        if (!only_words && strcmp(argv[at], "--") == 0) {
            only_words = true;
            at++;
        } else if (!only_words && is_option(argv[at])) {
            if (!read_option(a, rows_of(c), argv, argc, &at, e))
                return false;
        } else {
            a->words[a->words_len++] = argv[at++];
        }
    }
    return check_words(a, e);
}

bool args_read_global(args *a, char *const *argv, size_t argc, size_t *used, err *e)
{
    *used = 0;
    while (*used < argc && is_option(argv[*used]))
        if (!read_option(a, NO_OPTIONS, argv, argc, used, e))
            return false;
    return true;
}

void args_free(args *a)
{
    free(a->given);
    free(a->words);
    *a = (args){0};
}

bool args_flag(const args *a, const char *name)
{
    return args_nth(a, name, 0) != NULL;
}

const char *args_text(const args *a, const char *name)
{
    for (size_t i = a->given_len; i-- > 0;)
        if (strcmp(a->given[i].row->name, name) == 0)
            return a->given[i].text;
    const option *row = row_named(rows_of(a->command), name, strlen(name));
    return row ? row->otherwise : NULL;
}

int64_t args_int(const args *a, const char *name)
{
    const char *text = args_text(a, name);
    return text ? strtoll(text, NULL, 10) : 0;
}

const char *args_word(const args *a, size_t index)
{
    return index < a->words_len ? a->words[index] : NULL;
}
