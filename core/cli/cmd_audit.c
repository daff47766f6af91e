/* cmd_audit.c: `polder audit`: is the log as it was written, and how others can see that it is. */
#include <string.h>

#include "cli/audit.h"
#include "cli/commands.h"

typedef struct action {
    const char *name, *options; /* those it takes */
    bool (*run)(cli *c, err *e);
} action;

static const action ACTIONS[] = {
    {"verify", "head|public-key", audit_verify},
    {"export", "output", audit_export},
    {"key", "key", audit_key},
    {"sign", "key|output", audit_sign},
    {"reindex", "", audit_reindex},
};

static bool check_options(const cli *c, const action *a, err *e)
{
    for (size_t i = 0; i < c->args.given_len; i++) {
        const char *name = c->args.given[i].row->name;
        if (strcmp(name, "json") != 0 && strcmp(name, "home") != 0 &&
            !choices_have(a->options, name))
            return err_set(e, ERR_USAGE, "audit %s takes no --%s", a->name, name);
    }
    return true;
}

static bool exec(cli *c, err *e)
{
    const char *word = args_word(&c->args, 0);
    for (size_t i = 0; i < sizeof ACTIONS / sizeof *ACTIONS; i++)
        if (strcmp(ACTIONS[i].name, word) == 0)
            return check_options(c, &ACTIONS[i], e) && ACTIONS[i].run(c, e);
    return err_set(e, ERR_BUG, "audit: %s is listed and not there", word);
}

static const option OPTIONS[] = {
    {.name = "output",
     .letter = 'o',
     .type = OPTION_TEXT,
     .value_name = "FILE",
     .help = "export, sign: write to FILE, which is there whole or not at all"},
    {.name = "key",
     .type = OPTION_TEXT,
     .value_name = "FILE",
     .help = "key, sign: the file of the secret key; else audit.key in the workspace"},
    {.name = "head",
     .type = OPTION_TEXT,
     .value_name = "FILE",
     .many = true,
     .help = "verify: also against what `audit sign` wrote earlier"},
    {.name = "public-key",
     .type = OPTION_TEXT,
     .value_name = "KEY",
     .help = "verify: only signatures by this key count, and there must be one"},
    OPTION_JSON_ROW,
    {0},
};

const command cmd_audit = {
    .name = "audit",
    .usage = "verify|export|key|sign|reindex",
    .summary = "check the log of events, export it, sign where it ends",
    .help =
        "verify: checks every event from the first, and every signed end; exit code 3 names the "
        "first event that is not as it was written, and how. Then it computes every record, its "
        "versions, its claims, what was decided, withdrawn and forgotten, and what it is found by "
        "from the log alone, and holds kinds, runs, kept plugins and what the file declares "
        "(views, "
        "triggers, indexes) against it; exit code 1 names "
        "the first that the store has otherwise. Last it looks at every page of the file.\n"
        "export: the log as JSON Lines, which scripts/audit_verify.py checks without Polder.\n"
        "key: makes a secret key in a file that only you can read, and prints the public key.\n"
        "sign: signs where the log ends now. A log that is cut off or written anew later does not "
        "fit that signature; so keep what it prints, and the key, where whoever can write the "
        "store can't.\n"
        "reindex: makes anew what the log and the records tell, where verify says that it is "
        "damaged: what records are found by (words, references, unique values), their earlier "
        "versions, kinds with their views for SQL, indexes and triggers.",
    .example = "polder audit verify\n"
               "polder audit export -o log.jsonl\n"
               "polder audit key\n"
               "polder audit sign -o head.json\n"
               "polder audit verify --head head.json",
    .options = OPTIONS,
    .words_min = 1,
    .words_max = 1,
    .choices = "verify|export|key|sign|reindex",
    .exec = exec,
};
