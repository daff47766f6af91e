#include <string.h>

#include "cli/lang.h"
#include "cli/match_print.h"
#include "cli/out.h"
#include "cli/rows.h"
#include "cli/table.h"

enum { HEAD_COLUMN = 10 };

static void print_head(store *st, const value *document)
{
    static const char *const SIDES[] = {"demand", "solution"};
    int64_t log = value_get_int(document, "log", 0); /* of a run; none: now */
    for (size_t i = 0; i < 2; i++) {
        const char *id = value_get_str(document, SIDES[i], "");
        buf title = {0};
        match_title(st, id, log, &title);
        out_fmt("%-10s%s\n", SIDES[i], id);
        if (title.len)
            out_wrapped(buf_text(&title), HEAD_COLUMN, 0);
        buf_free(&title);
    }
    out_fmt("%-10s%s, today %s\n", "scorecard", value_get_str(document, "scorecard", ""),
            value_get_str(document, "today", ""));
    match_print_counted(value_get_int(document, "counted", 0));
}

static const char *failed_gate(const value *gates)
{
    for (size_t i = 0; i < value_len(gates); i++)
        if (!value_get_bool(value_at(gates, i), "passed", true))
            return value_get_str(value_at(gates, i), "gate", "");
    return NULL;
}

static void print_score(const value *document)
{
    const char *gate = failed_gate(value_get(document, "gates"));
    const value *score = value_get(document, "score");
    if (gate)
        out_fmt("%-10snone: the gate %s was not passed\n", "score", gate);
    else if (!score || value_is(score, VALUE_NIL))
        out_fmt("%-10snone: no rule applied\n", "score");
    else
        out_fmt("%-10s%s%.1f%s of 100, coverage %.0f%%", "score", out_styled(OUT_BOLD),
                value_as_double(score, 0), out_styled(OUT_PLAIN),
                100 * value_get_double(document, "coverage", 0));
    if (!gate && score && !value_is(score, VALUE_NIL)) {
        int64_t rank = value_get_int(document, "rank", 0);
        if (rank)
            out_fmt(", rank %lld", (long long)rank);
        out_str("\n");
    }
}

/* The reason; behind that of one that failed, the line of Lua to mend. */
static void add_reason(table *t, const value *row, const char *name, const value *failed)
{
    buf text = {0};
    buf_str(&text, value_get_str(row, "reason", ""));
    for (size_t i = 0; i < value_len(failed); i++) {
        const value *one = value_at(failed, i);
        const char *where = value_get_str(one, "where", "");
        if (*where && strcmp(value_get_str(one, "rule", ""), name) == 0)
            buf_fmt(&text, " (%s)", where);
    }
    table_cell(t, buf_text(&text));
    buf_free(&text);
}

static void print_gates(const value *gates, const value *failed)
{
    static const column COLUMNS[] = {
        {"gate", COLUMN_PLAIN}, {"passed", COLUMN_PLAIN}, {"reason", COLUMN_WRAPS}};
    table *t = table_new(COLUMNS, 3);
    for (size_t i = 0; i < value_len(gates); i++) {
        const value *gate = value_at(gates, i);
        table_cell(t, value_get_str(gate, "gate", ""));
        const value *passed = value_get(gate, "passed");
        table_cell(t, value_is(passed, VALUE_NIL)    ? "failed"
                      : value_as_bool(passed, false) ? "yes"
                                                     : "no");
        add_reason(t, gate, value_get_str(gate, "gate", ""), failed);
    }
    if (table_rows(t))
        out_str("\n");
    table_print(t);
    table_free(t);
}

static void print_rules(const value *rules, const value *failed)
{
    static const column COLUMNS[] = {{"rule", COLUMN_PLAIN},
                                     {"points", COLUMN_RIGHT},
                                     {"weight", COLUMN_RIGHT},
                                     {"adds", COLUMN_RIGHT},
                                     {"reason", COLUMN_WRAPS}};
    table *t = table_new(COLUMNS, 5);
    double applied = match_applied(rules);
    for (size_t i = 0; i < value_len(rules); i++) {
        const value *rule = value_at(rules, i);
        bool counts = strcmp(value_get_str(rule, "outcome", ""), "points") == 0;
        buf outcome = {0};
        match_outcome(rule, &outcome);
        table_cell(t, value_get_str(rule, "rule", ""));
        table_cell(t, buf_text(&outcome));
        table_cell_fmt(t, "%g", value_get_double(rule, "weight", 0));
        if (counts)
            table_cell_fmt(t, "%.1f", match_share(rule, applied));
        else
            table_cell(t, "-");
        add_reason(t, rule, value_get_str(rule, "rule", ""), failed);
        buf_free(&outcome);
    }
    if (table_rows(t))
        out_str("\n");
    table_print(t);
    table_free(t);
}

/* "source/x, page 2 (B)": where it stands, and how good the source is. */
static void add_claim(buf *out, const value *claim)
{
    const char *place = value_get_str(claim, "place", "");
    buf_fmt(out, "%s%s%s (%s)", value_get_str(claim, "source", ""), *place ? ", " : "", place,
            value_get_str(claim, "reliability", ""));
}

/* Who states the value, and of one value who states another. */
static void add_claims(buf *out, const value *field)
{
    const value *claims = value_get(field, "claims");
    bool many = value_is(value_get(field, "value"), VALUE_LIST);
    for (int against = 0; against < (many ? 1 : 2); against++)
        for (size_t i = 0; i < value_len(claims); i++) {
            const value *claim = value_at(claims, i);
            if (!value_get_str(claim, "source", NULL) ||
                value_get_bool(claim, "stands", false) == (against == 1))
                continue;
            buf_str(out, out->len ? "; " : "");
            if (against) {
                buf_str(out, "not ");
                rows_cell_text(value_get(claim, "value"), ", ", out);
                buf_str(out, " as in ");
            }
            add_claim(out, claim);
        }
}

static void add_field(table *t, const char *rule, const value *field)
{
    buf text = {0}, sources = {0};
    rows_cell_text(value_get(field, "value"), ", ", &text);
    add_claims(&sources, field);
    table_cell(t, rule);
    table_cell(t, value_get_str(field, "field", ""));
    table_cell(t, buf_text(&text));
    table_cell(t, buf_text(&sources));
    buf_free(&text);
    buf_free(&sources);
}

static void add_all_fields(table *t, const value *rows, const char *name)
{
    for (size_t i = 0; i < value_len(rows); i++) {
        const value *row = value_at(rows, i), *fields = value_get(row, "fields");
        for (size_t k = 0; k < value_len(fields); k++)
            add_field(t, k ? "" : value_get_str(row, name, ""), value_at(fields, k));
    }
}

static void print_fields(const value *gates, const value *rules)
{
    static const column COLUMNS[] = {{"gate, rule", COLUMN_PLAIN},
                                     {"read", COLUMN_PLAIN},
                                     {"value", COLUMN_SHRINKS},
                                     {"sources", COLUMN_WRAPS}};
    table *t = table_new(COLUMNS, 4);
    add_all_fields(t, gates, "gate");
    add_all_fields(t, rules, "rule");
    if (table_rows(t))
        out_str("\n");
    table_print(t);
    table_free(t);
}

bool explain_print(cli *c, const value *document, bool fields, err *e)
{
    store *st = cli_store(c, e);
    const value *rules = value_get(document, "rules"),
                *failed = value_get(document, "failed_rules");
    int64_t moved = value_get_int(document, "log_moved", 0);
    if (!st)
        return false;
    print_head(st, document);
    print_score(document);
    print_gates(value_get(document, "gates"), failed);
    print_rules(rules, failed);
    if (fields)
        print_fields(value_get(document, "gates"), rules);
    explain_print_changes(document);
    if (moved > 0) {
        out_str("\n");
        buf note = {0};
        buf_fmt(&note,
                "This is how it was in the run: %lld change%s of records %s newer. How it is now: "
                "polder explain --scorecard NAME DEMAND SOLUTION",
                (long long)moved, moved == 1 ? "" : "s", moved == 1 ? "is" : "are");
        out_wrapped(buf_text(&note), 0, 0);
        buf_free(&note);
    }
    return out_ok(e);
}
