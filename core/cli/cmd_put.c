/* cmd_put.c: `polder put`: one change to one record, which is one event. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/assign.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/kinds_known.h"
#include "cli/out.h"
#include "cli/put_says.h"
#include "cli/react.h"

static bool read_fields(const cli *c, const char *id, const value *schema, value *fields, err *e)
{
    const char *typed;
    *fields = value_map();
    for (size_t i = 1; (typed = args_word(&c->args, i)); i++)
        if (!assign_read(typed, schema, fields, e))
            return err_where(e, "%s", id);
    return true;
}

static bool read_kind(cli *c, const char *id, value *kinds, char **kind, err *e)
{
    if (!store_check_id(id, e))
        return false;
    *kind = mem_copy(id, strcspn(id, "/"));
    return kinds_known(c, *kind, kinds, e);
}

static bool print_outcome(const cli *c, store *st, const statement *said, put_outcome outcome,
                          err *e)
{
    const char *id = said->id;
    static const char *const WORDS[] = {
        [PUT_SAME] = "is the same", [PUT_CREATED] = "created", [PUT_CHANGED] = "changed"};
    value record = value_nil(), notes = value_nil();
    if (!store_get(st, id, &record, e) || !put_notes(st, said, &notes, e)) {
        value_free(&record);
        return false;
    }
    value missing = put_says_missing(said, &notes);
    if (c->json && value_len(&missing))
        value_add(&record, "missing_references", value_copy(&missing));
    if (c->json)
        out_json(&record);
    else
        out_fmt("%s %s, version %lld\n", id, WORDS[outcome],
                (long long)value_get_int(&record, "version", 0));
    put_says(said, &notes);
    value_free(&missing);
    value_free(&notes);
    value_free(&record);
    return out_ok(e);
}

static bool exec(cli *c, err *e)
{
    const char *id = args_word(&c->args, 0);
    value kinds = value_nil(), fields = value_nil();
    char *kind = NULL;
    put_outcome outcome = PUT_SAME;
    store *st = cli_writer(c, e);
    bool ok = st && read_kind(c, id, &kinds, &kind, e) &&
              read_fields(c, id, kinds_named(&kinds, kind), &fields, e);
    const statement said = {.id = id,
                            .fields = &fields,
                            .source = args_text(&c->args, "source"),
                            .place = args_text(&c->args, "place")};
    ok = ok && store_put(st, &said, &outcome, e) && print_outcome(c, st, &said, outcome, e);
    value_free(&fields);
    value_free(&kinds);
    free(kind);
    return ok;
}

static const option OPTIONS[] = {
    {.name = "source",
     .type = OPTION_TEXT,
     .value_name = "ID",
     .help = "the source record that states this; else it is your own word"},
    {.name = "place",
     .type = OPTION_TEXT,
     .value_name = "TEXT",
     .help = "where in the source, such as \"page 3\""},
    OPTION_NO_HANDLERS_ROW,
    OPTION_JSON_ROW,
    {0},
};

const command cmd_put = {
    .name = "put",
    .usage = "ID FIELD=VALUE…",
    .summary = "change or make one record",
    .help =
        "Sets the fields that are named; the others stay. A value is a number, true, false, null "
        "(takes the field away) or JSON where it can be read so, else text.\n"
        "Without --source it is your own word. That stands over sources graded C (as those without "
        "a grade are) to F, and is kept beside what one graded A or B states, which then is named; "
        "`polder settle` decides otherwise, with a reason.\n"
        "A reference to a record that is not there is kept and named.\n"
        "Lists: technologies='[\"drones\",\"sensors\"]', or one item as it is.",
    .example = "polder put solution/delta-drone title='Delta drone' trl=7 technologies=drones",
    .options = OPTIONS,
    .words_min = 2,
    .words_max = -1,
    .exec = exec,
};
