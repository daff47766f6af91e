/* cmd_get.c: `polder get`: one record, what its sources state, its past. */
#include <string.h>

#include "base/text.h"
#include "cli/as_of.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/event_row.h"
#include "cli/kinds_known.h"
#include "cli/out.h"
#include "cli/rows.h"
#include "cli/table.h"
#include "store/event.h"
#include "store/kinds.h"
#include "store/past.h"

enum { VALUE_COLUMN = 28 };

static bool is_about_record(const char *key)
{
    return strcmp(key, "id") == 0 || strcmp(key, "kind") == 0 || strcmp(key, "version") == 0;
}

/* "Technology readiness (trl)": the title for people, the name for `put`. */
static void print_field(const value *schema, const char *name, const value *v)
{
    buf label = {0}, text = {0};
    const char *title = kinds_field_title(schema, name);
    rows_cell_text(v, ", ", &text);
    if (strcmp(title, name) == 0 || strcasecmp(title, name) == 0)
        buf_str(&label, title);
    else
        buf_fmt(&label, "%s (%s)", title, name);
    out_str("  ");
    out_safe(buf_text(&label));
    size_t column = 2 + strlen(buf_text(&label));
    if (column >= VALUE_COLUMN - 1) {
        out_str("\n");
        column = 0;
    }
    out_wrapped(buf_text(&text), VALUE_COLUMN, column);
    buf_free(&label);
    buf_free(&text);
}

/* In the order of the schema, then what the schema doesn't have. */
static void print_record(const value *record, const value *schema)
{
    const char *kind = value_get_str(record, "kind", "");
    const value *fields = value_get(schema, "fields");
    out_fmt("%s%s%s  %s, version %lld\n", out_styled(OUT_BOLD), value_get_str(record, "id", ""),
            out_styled(OUT_PLAIN), kind, (long long)value_get_int(record, "version", 0));
    for (size_t i = 0; i < value_len(fields); i++) {
        const char *name = value_get_str(value_at(fields, i), "name", "");
        const value *v = value_get(record, name);
        if (v)
            print_field(schema, name, v);
    }
    for (size_t i = 0; i < value_len(record); i++) {
        const value_entry *item = &record->as.map.items[i];
        if (!is_about_record(item->key) && !kinds_field(schema, item->key))
            print_field(NULL, item->key, &item->value);
    }
}

/* Says of each claim that people decided about that it is settled or withdrawn; false when there is
 * none. */
static bool mark_states(value *claims)
{
    bool any = false;
    for (size_t i = 0; i < value_len(claims); i++) {
        value *claim = &claims->as.list.items[i];
        const char *state = value_get(claim, "settled")     ? "settled"
                            : value_get(claim, "withdrawn") ? "withdrawn"
                                                            : NULL;
        if (state)
            value_add(claim, "state", value_text(state));
        any = any || state;
    }
    return any;
}

/* A claim without a source is somebody's own word. */
static const value *own_word(value *claims, size_t index)
{
    value *claim = &claims->as.list.items[index];
    if (!value_get_str(claim, "source", NULL))
        value_set(claim, "source", value_text("(own word)"));
    return claim;
}

static void print_claims(value *claims)
{
    static const rows_column COLUMNS[] = {{"field", "field", COLUMN_SHRINKS},
                                          {"value", "value", COLUMN_SHRINKS},
                                          {"source", "source", COLUMN_SHRINKS},
                                          {"place", "place", COLUMN_SHRINKS},
                                          {"date", "date", 0},
                                          {"reliability", "grade", 0},
                                          {"state", "state", 0}};
    size_t count = sizeof COLUMNS / sizeof *COLUMNS;
    rows *r = rows_new(ROWS_TABLE, COLUMNS, mark_states(claims) ? count : count - 1);
    for (size_t i = 0; i < value_len(claims); i++)
        rows_add(r, own_word(claims, i));
    out_str("\n");
    rows_end(r, "no claims");
    rows_free(r);
}

/* As it is or, with --as-of, as it was; `claims` may be NULL. */
static bool read_record(cli *c, store *st, const char *id, value *record, value *claims, err *e)
{
    int64_t as_of = 0;
    if (!as_of_read(c, st, &as_of, e))
        return false;
    return (as_of ? past_get(st, id, as_of, record, e) : store_get(st, id, record, e)) &&
           (!claims || past_claims_all(st, id, as_of, claims, e));
}

static bool get_record(cli *c, store *st, const char *id, err *e)
{
    value record = value_nil(), claims = value_nil(), kinds = value_nil();
    bool with_claims = args_flag(&c->args, "claims");
    bool ok = read_record(c, st, id, &record, with_claims ? &claims : NULL, e);
    if (ok && c->json) {
        if (with_claims) {
            value_set(&record, "claims", claims);
            claims = value_nil();
        }
        out_json(&record);
    } else if (ok && (ok = kinds_load(st, &kinds, e))) {
        print_record(&record, kinds_named(&kinds, value_get_str(&record, "kind", "")));
        if (with_claims)
            print_claims(&claims);
    }
    value_free(&record);
    value_free(&claims);
    value_free(&kinds);
    return ok && out_ok(e);
}

/* The events of one subject as they are printed. */
typedef struct history {
    rows *out;
    rows_format format;
    int64_t count;
} history;

static bool add_event(void *ctx, const value *event, err *e)
{
    history *h = ctx;
    value row = event_row(event, h->format == ROWS_TABLE);
    rows_add(h->out, &row);
    value_free(&row);
    h->count++;
    return out_ok(e);
}

static bool get_history(cli *c, store *st, const char *id, err *e)
{
    static const rows_column COLUMNS[] = {{"seq", "seq", COLUMN_RIGHT},
                                          {"time", "time", 0},
                                          {"actor", "actor", COLUMN_SHRINKS},
                                          {"type", "event", 0},
                                          {"changes", "what", COLUMN_WRAPS}};
    const event_filter filter = {.subject = id, .limit = -1};
    rows_format format = c->json ? ROWS_JSON : ROWS_TABLE;
    history h = {rows_new(format, COLUMNS, sizeof COLUMNS / sizeof *COLUMNS), format, 0};
    value record = value_nil();
    bool ok = event_each(st, &filter, add_event, &h, e);
    if (ok && h.count == 0)
        ok = store_get(st, id, &record, e); /* for its error, which names the nearest id */
    if (ok)
        rows_end(h.out, "no events");
    value_free(&record);
    rows_free(h.out);
    return ok && out_ok(e);
}

static bool exec(cli *c, err *e)
{
    const char *id = args_word(&c->args, 0);
    store *st = cli_store(c, e);
    if (!st || !store_check_id(id, e))
        return false;
    if (args_flag(&c->args, "history") && args_text(&c->args, "as-of"))
        return err_set(e, ERR_USAGE, "--history is the whole past: it takes no --as-of");
    return args_flag(&c->args, "history") ? get_history(c, st, id, e) : get_record(c, st, id, e);
}

static const option OPTIONS[] = {
    {.name = "claims", .type = OPTION_FLAG, .help = "also what each source states, and where"},
    {.name = "history", .type = OPTION_FLAG, .help = "every change, oldest first"},
    OPTION_AS_OF_ROW,
    OPTION_JSON_ROW,
    {0},
};

const command cmd_get = {
    .name = "get",
    .usage = "ID",
    .summary = "one record, its claims with sources, its past",
    .help = "Prints the record with this ID (kind/slug). A field's value is what its most reliable "
            "source states; --claims shows what all of them state.",
    .example = "polder get agreement/defence-innovation-partnership --claims",
    .options = OPTIONS,
    .words_min = 1,
    .words_max = 1,
    .exec = exec,
};
