/* cmd_query.c: `polder query`: many records of a kind, or read-only SQL. */
#include <string.h>

#include "cli/as_of.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/out.h"
#include "cli/query.h"

static bool exec(cli *c, err *e)
{
    const char *kind = args_word(&c->args, 0), *sql = args_text(&c->args, "sql");
    if (sql && (kind || args_text(&c->args, "where") || args_text(&c->args, "order") ||
                args_text(&c->args, "limit") || args_text(&c->args, "fields") ||
                args_text(&c->args, "after") || args_text(&c->args, "as-of"))) {
        err_set(e, ERR_USAGE,
                "--sql stands alone: it takes no KIND, --where, --order, --limit, --after, "
                "--fields or --as-of");
        return err_hint(e, "say it in the SQL");
    }
    if (!sql && args_flag(&c->args, "seconds"))
        return err_set(e, ERR_USAGE, "--seconds goes with --sql");
    if (sql)
        return query_sql(c, sql, e);
    if (kind)
        return query_kind(c, kind, e);
    err_set(e, ERR_USAGE, "query: the KIND is missing");
    return err_hint(e, "usage: polder query %s", c->args.command->usage);
}

static const option OPTIONS[] = {
    {.name = "where",
     .type = OPTION_TEXT,
     .value_name = "CONDITION",
     .help = "only records for which this holds: == != < <= > >= in contains has and or not"},
    {.name = "order",
     .type = OPTION_TEXT,
     .value_name = "FIELD",
     .help = "sort by this field; -FIELD falls"},
    {.name = "limit",
     .type = OPTION_INT,
     .value_name = "N",
     .minimum = 0,
     .maximum = INT64_MAX,
     .help = "at most so many records"},
    {.name = "after",
     .type = OPTION_TEXT,
     .value_name = "TOKEN",
     .help = "the page behind the one that ended with this token"},
    {.name = "fields",
     .type = OPTION_TEXT,
     .value_name = "A,B",
     .help = "only these fields, in this order"},
    OPTION_AS_OF_ROW,
    {.name = "sql", .type = OPTION_TEXT, .value_name = "SELECT", .help = "SQL that reads"},
    {.name = "seconds",
     .type = OPTION_INT,
     .value_name = "N",
     .minimum = 1,
     .maximum = 3600,
     .otherwise = "10",
     .help = "how long that may take"},
    OPTION_FORMAT_ROW,
    OPTION_JSON_ROW,
    {0},
};

const command cmd_query = {
    .name = "query",
    .usage = "KIND | --sql SELECT",
    .summary = "the records of a kind, or what SQL gives",
    .help =
        "Lists the records of a KIND for which --where holds. A list field equals what one of its "
        "items equals. When --limit left records out, standard error says with which --after the "
        "next page begins; as JSON it is {\"after\":\"TOKEN\"}.\n"
        "With --sql: the answer of one statement, which can only read. Each kind is a view of its "
        "name with a column a field; table reference says which record points at which.",
    .example = "polder query solution --where 'trl >= 6 and region == \"NL34\"' --order -trl\n"
               "polder query --sql 'select region, avg(trl) from solution group by region'\n"
               "polder query --sql 'select kind, count(*) from record group by kind'",
    .options = OPTIONS,
    .words_max = 1,
    .exec = exec,
};
