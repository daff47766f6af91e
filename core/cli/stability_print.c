#include "base/text.h"
#include "cli/match_print.h"
#include "cli/out.h"
#include "cli/table.h"

static void limit_cell(table *t, const value *limit, const char *none)
{
    if (value_is(limit, VALUE_MAP))
        table_cell_fmt(t, "%.3g: %s for %s", value_get_double(limit, "weight", 0),
                       value_get_str(limit, "enters", ""), value_get_str(limit, "leaves", ""));
    else
        table_cell(t, none);
}

static void print_weights(const value *weights)
{
    static const column COLUMNS[] = {{"rule", COLUMN_PLAIN},
                                     {"weight", COLUMN_RIGHT},
                                     {"changes below", COLUMN_WRAPS},
                                     {"changes above", COLUMN_WRAPS}};
    table *t = table_new(COLUMNS, 4);
    for (size_t i = 0; i < value_len(weights); i++) {
        const value *row = value_at(weights, i);
        table_cell(t, value_get_str(row, "rule", ""));
        table_cell_fmt(t, "%g", value_get_double(row, "weight", 0));
        limit_cell(t, value_get(row, "down"), "-");
        limit_cell(t, value_get(row, "up"), "-");
    }
    table_print(t);
    table_free(t);
}

static void print_shares(const value *list, const char *what)
{
    for (size_t i = 0; i < value_len(list); i++)
        out_fmt("%-6s %5.1f%%  %s\n", what, 100 * value_get_double(value_at(list, i), "share", 0),
                value_get_str(value_at(list, i), "solution", ""));
}

void stability_print(const value *demand)
{
    const value *stability = value_get(demand, "stability");
    const value *best = value_at(value_get(demand, "ranked"), 0);
    int64_t of = value_get_int(stability, "of", 0), scored = value_get_int(stability, "scored", 0);
    if (of == 0)
        return;
    if (value_is(value_get(best, "score"), VALUE_NIL)) {
        out_str("how firm the top is: no solution has a score\n\n");
        return;
    }
    out_fmt("how firm the top %lld is, of %lld scored:\n",
            (long long)value_get_int(stability, "top", 0), (long long)scored);
    if (of < scored)
        out_fmt("only the best %lld %s looked at\n", (long long)of, text_plural(of, "was", "were"));
    print_weights(value_get(stability, "weights"));
    out_fmt("in %lld draws with every weight up to %lld%% lower or higher:\n",
            (long long)value_get_int(stability, "draws", 0),
            (long long)value_get_int(stability, "percent", 0));
    print_shares(value_get(stability, "stays"), "stays");
    print_shares(value_get(stability, "enters"), "enters");
    out_str("\n");
}
