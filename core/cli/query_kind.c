/* Which columns a table has: those asked for, else the schema's in order, as many as the terminal
 * has room for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/as_of.h"
#include "cli/kinds_known.h"
#include "cli/out.h"
#include "cli/query.h"
#include "cli/rows.h"
#include "cli/table.h"
#include "store/select.h"

enum { READABLE = 16, GAP = 2 }; /* columns that a text needs to be of use; between two */

/* A query on its way: which fields are shown. */
typedef struct listing {
    value fields;        /* list of names */
    value seen;          /* map name → widest value in columns, in order of appearance */
    const value *schema; /* NULL: none */
    bool all;            /* the schema's fields, whatever records have */
    rows *out;
} listing;

/* What is asked, of which names of fields may be misspelt. */
typedef struct asked {
    const value *schema; /* NULL: none */
    store *st;
    const selection *s;
} asked;

static bool print_whole(void *ctx, const value *record, err *e)
{
    listing *l = ctx;
    rows_add(l->out, record);
    return out_ok(e);
}

/* With --fields, JSON has these fields only. */
static bool print_fields(void *ctx, const value *record, err *e)
{
    listing *l = ctx;
    value row = value_map();
    for (size_t i = 0; i < value_len(&l->fields); i++) {
        const char *name = value_str(value_at(&l->fields, i), "");
        const value *v = value_get(record, name);
        if (v)
            value_set(&row, name, value_copy(v));
    }
    rows_add(l->out, &row);
    value_free(&row);
    return out_ok(e);
}

static bool note_fields(void *ctx, const value *record, err *e)
{
    listing *l = ctx;
    (void)e;
    for (size_t i = 0; i < value_len(record); i++) {
        const value_entry *item = &record->as.map.items[i];
        buf text = {0};
        rows_cell_text(&item->value, ", ", &text);
        int64_t columns = (int64_t)text_columns(buf_text(&text), text.len);
        if (columns > value_get_int(&l->seen, item->key, -1))
            value_set(&l->seen, item->key, value_int(columns));
        buf_free(&text);
    }
    return true;
}

static void list_field(listing *l, const char *name)
{
    if ((l->all || value_get(&l->seen, name)) && !value_holds(&l->fields, name))
        value_push(&l->fields, value_text(name));
}

/* The fields that some record has: id, then the schema's order, then the others. */
static void list_seen(listing *l, bool everything)
{
    const value *fields = value_get(l->schema, "fields");
    l->all =
        everything && value_len(&l->seen) == 0; /* CSV without rows has a header all the same */
    list_field(l, "id");
    for (size_t i = 0; i < value_len(fields); i++)
        list_field(l, value_get_str(value_at(fields, i), "name", ""));
    for (size_t i = 0; i < value_len(&l->seen); i++) {
        const char *name = l->seen.as.map.items[i].key;
        if (everything || (strcmp(name, "kind") != 0 && strcmp(name, "version") != 0))
            list_field(l, name);
    }
    if (l->all) {
        list_field(l, "kind");
        list_field(l, "version");
    }
}

static size_t needed(const listing *l, const char *name)
{
    size_t widest = (size_t)value_get_int(&l->seen, name, 0), title = strlen(name);
    bool whole = strcmp(name, "id") == 0; /* for copying */
    size_t columns = widest < READABLE || whole ? widest : READABLE;
    return (columns > title ? columns : title) + GAP;
}

/* Keeps the fields that there is room for; appends the names of the others. */
static void keep_fitting(listing *l, buf *others)
{
    size_t room = out_width() + GAP, used = 0;
    value kept = value_list();
    for (size_t i = 0; i < value_len(&l->fields); i++) {
        const char *name = value_str(value_at(&l->fields, i), "");
        if (used + needed(l, name) <= room) {
            used += needed(l, name);
            value_push(&kept, value_text(name));
        } else {
            buf_fmt(others, "%s%s", others->len ? ", " : "", name);
        }
    }
    value_free(&l->fields);
    l->fields = kept;
}

static void read_asked(const char *asked, value *fields)
{
    for (const char *at = asked; *at; at += *at == ',') {
        size_t len = strcspn(at, ",");
        if (len)
            value_push(fields, value_bytes(at, len));
        at += len;
    }
}

static bool is_number(const value *schema, const char *name)
{
    const char *type = value_get_str(kinds_field(schema, name), "type", "");
    return choices_have("integer|decimal", type);
}

static rows_column *columns_of(const listing *l)
{
    size_t count = value_len(&l->fields);
    rows_column *columns = mem_zero(count + 1, sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        const char *name = value_str(value_at(&l->fields, i), "");
        int flags = is_number(l->schema, name) ? COLUMN_RIGHT
                    : strcmp(name, "id") == 0  ? COLUMN_PLAIN
                                               : COLUMN_SHRINKS;
        columns[i] = (rows_column){name, name, flags};
    }
    return columns;
}

static bool print_list(listing *l, store *st, const selection *s, rows_format format,
                       const char *others, err *e)
{
    rows_column *columns = columns_of(l);
    bool whole = (format == ROWS_JSON || format == ROWS_JSONL) && value_len(&l->fields) == 0;
    l->out = rows_new(format, columns, value_len(&l->fields));
    char *next = NULL;
    bool ok = store_select_page(st, s, whole ? print_whole : print_fields, l, &next, e);
    if (ok)
        rows_end(l->out, "no records");
    if (ok && format == ROWS_TABLE && *others) {
        out_str(out_styled(OUT_DIM));
        out_fmt("not shown: ");
        out_wrapped(others, 11, 11);
        out_str(out_styled(OUT_PLAIN));
    }
    if (ok)
        rows_tell_next(format, next);
    rows_free(l->out);
    free(columns);
    free(next);
    return ok && out_ok(e);
}

static bool note_one(void *ctx, const value *record, err *e)
{
    (void)record, (void)e;
    *(bool *)ctx = true;
    return true;
}

/* Where that can't be asked, nothing is said. */
static bool some_record_has(store *st, const selection *s, const char *field)
{
    buf has = {0};
    bool some = false;
    buf_fmt(&has, "has %s", field);
    const selection one = {.kind = s->kind, .where = buf_text(&has), .limit = 1, .as_of = s->as_of};
    bool ok = store_select(st, &one, note_one, &some, &(err){0});
    buf_free(&has);
    return some || !ok;
}

/* A misspelt field is not wrong, for data may be ahead of its kind; but nothing has it, so it is
 * said. */
static void warn_misspelt(const asked *a, const char *name, size_t len)
{
    char *field = mem_copy(name, len);
    const char *near = kinds_nearest_field(a->schema, field);
    bool known = kinds_field(a->schema, field) || choices_have("id|kind|version", field);
    if (!known && near)
        log_line(LOG_WARN, "the kind %s has no field \"%s\"; did you mean \"%s\"?", a->s->kind,
                 field, near);
    else if (!known && !some_record_has(a->st, a->s, field))
        log_line(LOG_WARN, "the kind %s has no field \"%s\", and none of its records has it",
                 a->s->kind, field);
    free(field);
}

/* A number never equals a text. `at` stands behind a field's name in a condition. */
static void warn_compared(const value *schema, const char *name, size_t len, const char *at)
{
    char *field = mem_copy(name, len);
    const value *declared = kinds_field(schema, field);
    const char *type = value_get_str(declared, "type", "");
    at += strspn(at, " ");
    size_t sign = strspn(at, "=!<>");
    at += sign;
    at += strspn(at, " ");
    bool number = choices_have("integer|decimal", type);
    bool text = choices_have("text|date|time|url|email|term|reference", type);
    if (sign && number && (*at == '"' || *at == '\''))
        log_line(LOG_WARN, "%s holds numbers, and is compared with a text: leave out the quotes",
                 field);
    else if (sign && text && ((*at >= '0' && *at <= '9') || *at == '-'))
        log_line(LOG_WARN, "%s holds texts, and is compared with a number: put it in quotes",
                 field);
    free(field);
}

/* The names in a condition: its words outside quotes, each up to the first dot. */
static void warn_in_condition(const asked *a, const char *where)
{
    static const char WORD[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.";
    static const char KEYWORDS[] = "and|or|not|in|contains|has|true|false|null";
    for (const char *at = where; *at;) {
        const char quote[] = {*at, '\0'};
        size_t len = strspn(at, WORD), name = strcspn(at, ".");
        if (*at == '"' || *at == '\'') {
            at += 1 + strcspn(at + 1, quote);
            at += *at != '\0';
        } else if (len) {
            char *word = mem_copy(at, len);
            if (!choices_have(KEYWORDS, word) && (*at < '0' || *at > '9')) {
                warn_misspelt(a, at, name < len ? name : len);
                warn_compared(a->schema, at, len, at + len);
            }
            free(word);
            at += len;
        } else {
            at++;
        }
    }
}

static void warn_options(const listing *l, store *st, const selection *s)
{
    const asked a = {l->schema, st, s};
    const char *order = s->order ? s->order + (*s->order == '-') : "";
    for (size_t i = 0; i < value_len(&l->fields); i++) {
        const char *name = value_str(value_at(&l->fields, i), "");
        warn_misspelt(&a, name, strcspn(name, "."));
    }
    if (*order)
        warn_misspelt(&a, order, strcspn(order, "."));
    if (s->where)
        warn_in_condition(&a, s->where);
}

static bool choose_fields(listing *l, cli *c, store *st, const selection *s, rows_format format,
                          buf *others, err *e)
{
    const char *asked = args_text(&c->args, "fields");
    if (asked) {
        read_asked(asked, &l->fields);
        return value_len(&l->fields) || err_set(e, ERR_USAGE, "--fields names no field");
    }
    if (format == ROWS_JSON || format == ROWS_JSONL)
        return true;
    if (!store_select(st, s, note_fields, l, e))
        return false;
    list_seen(l, format == ROWS_CSV);
    if (format == ROWS_TABLE)
        keep_fitting(l, others);
    return true;
}

bool query_kind(cli *c, const char *kind, err *e)
{
    selection s = {.kind = kind,
                   .where = args_text(&c->args, "where"),
                   .order = args_text(&c->args, "order"),
                   .after = args_text(&c->args, "after"),
                   .limit = args_text(&c->args, "limit") ? args_int(&c->args, "limit") : -1};
    rows_format format = rows_format_of(c);
    listing l = {.fields = value_list(), .seen = value_map()};
    value kinds = value_nil();
    buf others = {0};
    store *st = cli_store(c, e);
    bool ok = st && kinds_stored(c, kind, &kinds, e) && as_of_read(c, st, &s.as_of, e);
    l.schema = kinds_named(&kinds, kind);
    ok = ok && choose_fields(&l, c, st, &s, format, &others, e);
    if (ok)
        warn_options(&l, st, &s);
    ok = ok && print_list(&l, st, &s, format, buf_text(&others), e);
    buf_free(&others);
    value_free(&kinds);
    value_free(&l.fields);
    value_free(&l.seen);
    return ok;
}
