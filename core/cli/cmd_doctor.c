/* cmd_doctor.c: `polder doctor`: what works on this machine, and what to do about what does not. */
#include <string.h>

#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/doctor.h"
#include "cli/out.h"

static const char *const STATES[] = {
    [DOCTOR_OK] = "ok", [DOCTOR_NOTE] = "note", [DOCTOR_BAD] = "bad"};

enum { DETAIL_COLUMN = 24 };

void doctor_add(value *rows, const char *part, const char *what, doctor_state state,
                const char *detail, const char *advice)
{
    value row = value_map();
    value_add(&row, "part", value_text(part));
    value_add(&row, "what", value_text(what));
    value_add(&row, "state", value_text(STATES[state]));
    value_add(&row, "detail", value_text(detail));
    value_add(&row, "advice", value_text(advice && *advice ? advice : NULL));
    value_push(rows, row);
}

static void print_row(const value *row)
{
    const char *state = value_get_str(row, "state", ""), *advice = value_get_str(row, "advice", "");
    out_style style = strcmp(state, STATES[DOCTOR_BAD]) == 0  ? OUT_RED
                      : strcmp(state, STATES[DOCTOR_OK]) == 0 ? OUT_GREEN
                                                              : OUT_PLAIN;
    out_fmt("  %s%-4s%s  %-16s", out_styled(style), state, out_styled(OUT_PLAIN),
            value_get_str(row, "what", ""));
    out_wrapped(value_get_str(row, "detail", ""), DETAIL_COLUMN, DETAIL_COLUMN);
    if (!*advice)
        return;
    out_fmt("%*sdo: ", DETAIL_COLUMN, "");
    out_wrapped(advice, DETAIL_COLUMN + 4, DETAIL_COLUMN + 4);
}

static void print_rows(const value *rows)
{
    const char *part = "";
    for (size_t i = 0; i < value_len(rows); i++) {
        const value *row = value_at(rows, i);
        if (strcmp(value_get_str(row, "part", ""), part) != 0) {
            part = value_get_str(row, "part", "");
            out_fmt("%s%s%s\n", out_styled(OUT_BOLD), part, out_styled(OUT_PLAIN));
        }
        print_row(row);
    }
}

static size_t count_bad(const value *rows)
{
    size_t bad = 0;
    for (size_t i = 0; i < value_len(rows); i++)
        bad += strcmp(value_get_str(value_at(rows, i), "state", ""), STATES[DOCTOR_BAD]) == 0;
    return bad;
}

static bool exec(cli *c, err *e)
{
    value rows = value_list();
    doctor_machine(&rows);
    doctor_store(c, &rows); /* before the sandbox, which may need a workspace of its own */
    doctor_sandbox(c, &rows);
    size_t bad = count_bad(&rows);
    if (c->json)
        out_json(&rows);
    else
        print_rows(&rows);
    value_free(&rows);
    if (bad)
        return err_set(e, ERR_UNAVAILABLE, "%zu thing%s not work here; what to do stands above",
                       bad, bad == 1 ? " does" : "s do");
    return out_ok(e);
}

static const option OPTIONS[] = {OPTION_JSON_ROW, {0}};

const command cmd_doctor = {
    .name = "doctor",
    .usage = "",
    .summary = "what works here, and what to do about what does not",
    .help = "Looks at the machine, the workspace, the store and what holds the processes that "
            "run plugins. Exit code 0: all that is needed works; 7: something does not.",
    .example = "polder doctor",
    .options = OPTIONS,
    .exec = exec,
};
