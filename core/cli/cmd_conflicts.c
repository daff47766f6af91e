/* cmd_conflicts.c: `polder conflicts`: where sources disagree, what stands, and why. */
#include <string.h>

#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/out.h"
#include "cli/rows.h"
#include "cli/table.h"
#include "store/conflict.h"

/* The list while it is printed. */
typedef struct listing {
    rows *rows; /* NULL: for people */
    int64_t count, settled;
} listing;

static const char *state_of(const value *claim)
{
    if (value_get(claim, "settled"))
        return "settled";
    return value_get_bool(claim, "stands", false) ? "stands" : "";
}

/* "source/x, page 3": whole, so that it can be typed. */
static void add_source(table *t, const value *claim)
{
    const char *place = value_get_str(claim, "place", NULL);
    table_cell_fmt(t, "%s%s%s", value_get_str(claim, "source", "(own word)"), place ? ", " : "",
                   place ? place : "");
}

static void print_claims(const value *claims)
{
    static const column COLUMNS[] = {
        {"", 0}, {"value", COLUMN_SHRINKS}, {"grade", 0}, {"date", 0}, {"source", COLUMN_WRAPS}};
    table *t = table_new(COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    table_indent(t, 2);
    for (size_t i = 0; i < value_len(claims); i++) {
        const value *claim = value_at(claims, i), *stated = value_get(claim, "value");
        buf text = {0};
        rows_cell_text(stated, ", ", &text);
        table_cell(t, state_of(claim));
        table_cell(t, value_is(stated, VALUE_NIL) ? "(none)" : buf_text(&text));
        table_cell(t, value_get_str(claim, "reliability", ""));
        table_cell(t, value_get_str(claim, "date", ""));
        add_source(t, claim);
        buf_free(&text);
    }
    table_print(t);
    table_free(t);
}

static void print_why(const value *claims)
{
    for (size_t i = 0; i < value_len(claims); i++) {
        const char *why = value_get_str(value_at(claims, i), "settled", NULL);
        if (!why)
            continue;
        buf line = {0};
        buf_fmt(&line, "settled: %s", why);
        out_str("  ");
        out_wrapped(buf_text(&line), 2, 2);
        buf_free(&line);
    }
}

static bool print_conflict(void *ctx, const value *conflict, err *e)
{
    listing *l = ctx;
    l->count++;
    l->settled += value_get_bool(conflict, "settled", false);
    if (l->rows) {
        rows_add(l->rows, conflict);
        return out_ok(e);
    }
    if (l->count > 1)
        out_str("\n");
    out_str(out_styled(OUT_BOLD));
    out_safe(value_get_str(conflict, "record", ""));
    out_fmt("%s  ", out_styled(OUT_PLAIN));
    out_safe(value_get_str(conflict, "field", ""));
    out_str("\n");
    print_claims(value_get(conflict, "claims"));
    print_why(value_get(conflict, "claims"));
    return out_ok(e);
}

static void print_end(const listing *l)
{
    if (l->count == 0) {
        out_str("no conflicts\n");
        return;
    }
    out_fmt("\n%lld conflict%s, %lld settled\n", (long long)l->count, l->count == 1 ? "" : "s",
            (long long)l->settled);
    if (l->settled < l->count)
        out_str("to decide: polder settle ID FIELD --source ID --why TEXT\n");
}

static bool exec(cli *c, err *e)
{
    static const rows_column COLUMNS[] = {
        {"record", "record", 0}, {"field", "field", 0},   {"value", "value", 0},
        {"settled", "", 0},      {"claims", "claims", 0},
    };
    const char *id = args_word(&c->args, 0);
    rows_format format = rows_format_of(c);
    store *st = cli_store(c, e);
    if (!st || (id && !store_check_id(id, e)))
        return false;
    listing l = {0};
    if (format != ROWS_TABLE)
        l.rows = rows_new(format, COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    bool ok = store_conflicts(st, id, print_conflict, &l, e);
    if (ok && l.rows)
        rows_end(l.rows, "");
    else if (ok)
        print_end(&l);
    rows_free(l.rows);
    return ok && out_ok(e);
}

static const option OPTIONS[] = {OPTION_FORMAT_ROW, OPTION_JSON_ROW, {0}};

const command cmd_conflicts = {
    .name = "conflicts",
    .usage = "[ID]",
    .summary = "where sources disagree, and what stands",
    .help =
        "Lists each field that holds one value and of which sources state different ones, of "
        "all records or of the one with this ID. What stands is what a person settled on, else "
        "the claim of the most reliable source (grades A to F), then of the later date. What was "
        "said without a source has grade C, and goes before others of that grade.",
    .example = "polder conflicts agreement/defence-innovation-partnership",
    .options = OPTIONS,
    .words_max = 1,
    .exec = exec,
};
