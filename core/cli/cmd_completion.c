/* cmd_completion.c: `polder completion`: what a shell needs to complete commands and options, made
 * from their rows. */
#include <string.h>

#include "cli/args.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/out.h"
#include "cli/plugin_command.h"

/* "a|b" as "a b". */
static void print_choices(const char *choices)
{
    for (; *choices; choices++)
        out_bytes(*choices == '|' ? " " : choices, 1);
}

/* Inside single quotes of zsh and fish; `escaped` get a backslash. */
static void print_quoted(const char *text, const char *escaped)
{
    for (; *text; text++) {
        if (*text == '\'')
            out_str("'\\''");
        else if (strchr(escaped, *text))
            out_fmt("\\%c", *text);
        else
            out_bytes(text, 1);
    }
}

static void print_names(const option *rows)
{
    for (; rows && rows->name; rows++)
        out_fmt(" --%s", rows->name);
}

static void bash_values(const command *c)
{
    for (const option *o = c->options; o && o->name; o++) {
        if (o->type != OPTION_ENUM)
            continue;
        out_fmt("    %s:--%s) words='", c->name, o->name);
        print_choices(o->choices);
        out_str("' ;;\n");
    }
}

static void bash_words(const command *c)
{
    out_fmt("    %s:*) words='", c->name);
    if (c->choices)
        print_choices(c->choices);
    if (strcmp(c->name, "help") == 0)
        for (const command *const *other = COMMANDS; *other; other++)
            out_fmt(" %s", (*other)->name);
    print_names(c->options);
    print_names(ARGS_GLOBAL);
    out_str("' ;;\n");
}

static void print_bash(void)
{
    out_str(
        "# bash completion of polder; made by `polder completion bash`\n"
        "_polder() {\n"
        "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= words= i\n"
        "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
        "    case ${COMP_WORDS[i]} in\n"
        "    --home) ((i++)) ;;\n"
        "    -*) ;;\n"
        "    *) command=${COMP_WORDS[i]}; break ;;\n"
        "    esac\n"
        "  done\n"
        "  case $command:$prev in\n"
        "    *:--home) COMPREPLY=($(compgen -d -- \"$cur\")); return ;;\n"
        "    :*) words='");
    for (const command *const *c = COMMANDS; *c; c++)
        out_fmt("%s ", (*c)->name);
    out_str("--home --help '$(polder completion words 2>/dev/null) ;;\n");
    for (const command *const *c = COMMANDS; *c; c++) {
        bash_values(*c);
        bash_words(*c);
    }
    out_str("    *) words=$(polder completion words \"$command\" "
            "\"${COMP_WORDS[@]:i+1:COMP_CWORD-i-1}\" "
            "2>/dev/null)\n"
            "      [[ $words == *=* ]] && compopt -o nospace 2>/dev/null ;;\n"
            "  esac\n"
            "  COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
            "}\n"
            "complete -o default -F _polder polder\n");
}

/* '--top[ranked solutions]:K:' with what may follow. */
static void zsh_option(const option *o)
{
    out_fmt("        '%s--%s[", o->many ? "*" : "", o->name);
    print_quoted(o->help, "[]:\\");
    out_str("]");
    if (o->value_name)
        out_fmt(":%s:", o->value_name);
    if (o->type == OPTION_ENUM) {
        out_str("(");
        print_choices(o->choices);
        out_str(")");
    } else if (o->value_name && strcmp(o->value_name, "FILE") == 0) {
        out_str("_files");
    } else if (o->value_name && strcmp(o->value_name, "DIR") == 0) {
        out_str("_files -/");
    }
    out_str("' \\\n");
}

static void zsh_command(const command *c)
{
    out_fmt("      %s) _arguments \\\n", c->name);
    for (const option *o = c->options; o && o->name; o++)
        zsh_option(o);
    for (const option *o = ARGS_GLOBAL; o->name; o++)
        zsh_option(o);
    if (c->choices) {
        out_str("        '1:what:(");
        print_choices(c->choices);
        out_str(")' \\\n");
    }
    out_str("        '*:argument:_files' ;;\n");
}

static void print_zsh(void)
{
    out_str("#compdef polder\n"
            "# zsh completion of polder; made by `polder completion zsh`\n"
            "_polder() {\n"
            "  local curcontext=$curcontext state line\n"
            "  local -a commands\n"
            "  commands=(\n");
    for (const command *const *c = COMMANDS; *c; c++) {
        out_fmt("    '%s:", (*c)->name);
        print_quoted((*c)->summary, "");
        out_str("'\n");
    }
    out_str("  )\n"
            "  _arguments -C '--home[the workspace]:DIR:_files -/' '--help[list the commands]' \\\n"
            "    '1:command:->command' '*::argument:->argument'\n"
            "  case $state in\n"
            "  command) _describe command commands ;;\n"
            "  argument)\n"
            "    case $line[1] in\n");
    for (const command *const *c = COMMANDS; *c; c++)
        zsh_command(*c);
    out_str("    esac ;;\n"
            "  esac\n"
            "}\n"
            "_polder \"$@\"\n");
}

static void fish_option(const char *condition, const option *o)
{
    out_fmt("complete -c polder%s -l %s", condition, o->name);
    if (o->letter)
        out_fmt(" -s %c", o->letter);
    if (o->type == OPTION_ENUM) {
        out_str(" -x -a '");
        print_choices(o->choices);
        out_str("'");
    } else if (o->value_name) {
        bool file = strcmp(o->value_name, "FILE") == 0 || strcmp(o->value_name, "DIR") == 0;
        out_str(file ? " -r" : " -x");
    }
    out_str(" -d '");
    for (const char *at = o->help; *at; at++)
        out_fmt(*at == '\'' || *at == '\\' ? "\\%c" : "%c", *at);
    out_str("'\n");
}

static void fish_command(const command *c)
{
    buf condition = {0};
    buf_fmt(&condition, " -n '__fish_seen_subcommand_from %s'", c->name);
    out_fmt("complete -c polder -n __fish_use_subcommand -f -a %s -d '%s'\n", c->name, c->summary);
    if (c->choices) {
        out_fmt("complete -c polder%s -f -a '", buf_text(&condition));
        print_choices(c->choices);
        out_str("'\n");
    }
    for (const option *o = c->options; o && o->name; o++)
        fish_option(buf_text(&condition), o);
    buf_free(&condition);
}

static void print_fish(void)
{
    out_str("# fish completion of polder; made by `polder completion fish`\n");
    for (const option *o = ARGS_GLOBAL; o->name; o++)
        fish_option("", o);
    for (const command *const *c = COMMANDS; *c; c++)
        fish_command(*c);
    out_str("complete -c polder -n __fish_use_subcommand -f -a '(polder completion words "
            "2>/dev/null)'\n"
            "complete -c polder -n 'not __fish_use_subcommand; and not "
            "__fish_seen_subcommand_from");
    for (const command *const *c = COMMANDS; *c; c++)
        out_fmt(" %s", (*c)->name);
    out_str("' -a '(polder completion words (commandline -opc)[2..3] 2>/dev/null)'\n");
}

static bool exec(cli *c, err *e)
{
    const char *shell = args_word(&c->args, 0);
    if (strcmp(shell, "words") == 0)
        return plugin_command_words(c, args_word(&c->args, 1), args_word(&c->args, 2), e);
    if (c->args.words_len > 1)
        return err_set(e, ERR_USAGE, "completion: \"%s\" is one argument too many",
                       args_word(&c->args, 1));
    if (strcmp(shell, "bash") == 0)
        print_bash();
    else if (strcmp(shell, "zsh") == 0)
        print_zsh();
    else
        print_fish();
    return out_ok(e);
}

const command cmd_completion = {
    .name = "completion",
    .usage = "bash | zsh | fish | words [PLUGIN [COMMAND]]",
    .summary = "make a shell complete commands and options",
    .help = "Prints what the shell reads. Packages install it; for a copy of your own put the "
            "line of the example into ~/.bashrc. The scripts ask `words` for what plugins add.",
    .example = "eval \"$(polder completion bash)\"",
    .words_min = 1,
    .words_max = -1,
    .choices = "bash|zsh|fish|words",
    .exec = exec,
};
