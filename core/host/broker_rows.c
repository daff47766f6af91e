#include "host/broker_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "store/schema.h"
#include "store/select.h"

/* Of one page: so many that the next is rare, so few bytes that a small worker holds several. */
enum { PAGE_ROWS = 10000, PAGE_BYTES = 1 << 20 };

typedef struct reading {
    broker *b;
    selection selection;
    const value *fields; /* only these; NULL: all */
    value rows;
    size_t bytes;
    char *next; /* owned */
} reading;

static bool has_put(const broker *b, const char *kind)
{
    size_t len = strlen(kind);
    for (size_t i = 0; i < value_len(&b->effects); i++) {
        const char *id = value_get_str(value_at(&b->effects, i), "id", "");
        if (strncmp(id, kind, len) == 0 && id[len] == '/')
            return true;
    }
    return false;
}

/* With what was put so far: that is done, and undone when it has been read. So conditions, order
 * and what sources say are just as they will be. */
static bool with_puts(reading *r, bool (*read)(reading *r, err *e), err *e)
{
    broker *b = r->b;
    if (!has_put(b, r->selection.kind))
        return read(r, e);
    if (!store_begin(b->store, e))
        return false;
    store_try_out(b->store, true);
    bool ok = broker_commit(b, 0, e) && read(r, e);
    store_try_out(b->store, false);
    store_rollback(b->store);
    return ok;
}

static bool add_row(void *ctx, const value *record, err *e)
{
    reading *r = ctx;
    value_push(&r->rows, value_copy(record));
    return broker_note(r->b, value_get_str(record, "id", ""), e);
}

static bool read_all(reading *r, err *e)
{
    return store_select(r->b->store, &r->selection, add_row, r, e);
}

bool broker_query(broker *b, const value *asked, value *out, err *e)
{
    bool limited = value_get(asked, "limit") != NULL;
    int64_t limit = (int64_t)value_get_double(asked, "limit", BROKER_ROWS_ELSE);
    if (limit > BROKER_ROWS) {
        err_set(e, ERR_LIMIT, "limit: at most %d", BROKER_ROWS);
        return err_hint(e, "limit = \"all\", or one by one: polder.each");
    }
    reading r = {.b = b,
                 .selection = {.kind = value_get_str(asked, "kind", ""),
                               .where = value_get_str(asked, "where", NULL),
                               .order = value_get_str(asked, "order", NULL),
                               .limit = limited ? limit : limit + 1,
                               .as_of = b->as_of},
                 .rows = value_list()};
    bool ok = with_puts(&r, read_all, e);
    if (ok && !limited && (int64_t)value_len(&r.rows) > limit) {
        err_set(e, ERR_LIMIT, "more than %d records: give a limit, or a narrower where",
                BROKER_ROWS_ELSE);
        ok = err_hint(e, "limit = \"all\", or one by one: polder.each");
    }
    if (ok)
        *out = r.rows;
    else
        value_free(&r.rows);
    return ok;
}

/* What is not a field of the kind is a typing error: it would be nil in every record. */
static bool check_fields(const reading *r, err *e)
{
    const value *schema = NULL;
    if (!r->fields || !schema_load(r->b->store, r->selection.kind, &schema, e))
        return !r->fields;
    for (size_t i = 0; schema && i < value_len(r->fields); i++) {
        const char *name = value_str(value_at(r->fields, i), "");
        const char *near = schema_nearest(schema, name);
        if (schema_field(schema, name))
            continue;
        err_set(e, ERR_BAD_DATA, "fields: the kind %s has no field \"%s\"", r->selection.kind,
                name);
        return near ? err_hint(e, "did you mean \"%s\"?", near) : false;
    }
    return true;
}

/* Takes the record over. */
static value narrowed(const reading *r, value record)
{
    static const char *const ALWAYS[] = {"id", "kind", "version"};
    if (!r->fields)
        return record;
    value row = value_map();
    for (size_t i = 0; i < sizeof ALWAYS / sizeof *ALWAYS; i++)
        value_add(&row, ALWAYS[i], value_copy(value_get(&record, ALWAYS[i])));
    for (size_t i = 0; i < value_len(r->fields); i++) {
        const char *name = value_str(value_at(r->fields, i), "");
        const value *v = value_get(&record, name);
        if (v)
            value_set(&row, name, value_copy(v));
    }
    value_free(&record);
    return row;
}

static bool take(reading *r, const cursor *c, err *e)
{
    value record = value_nil();
    buf text = {0};
    if (!cursor_record(c, &record, e))
        return false;
    const value *row = value_push(&r->rows, narrowed(r, record));
    json_write(&text, row);
    r->bytes += text.len;
    buf_free(&text);
    return broker_note(r->b, cursor_id(c), e);
}

static bool read_page(reading *r, err *e)
{
    cursor *c = cursor_open(r->b->store, &r->selection, e);
    bool ok = c != NULL;
    while (ok && !r->next && cursor_step(c, e)) {
        ok = take(r, c, e);
        if (ok && (r->bytes >= PAGE_BYTES || value_len(&r->rows) >= PAGE_ROWS))
            r->next = cursor_mark(c);
    }
    ok = ok && !cursor_failed(c);
    cursor_free(c);
    return ok;
}

bool broker_each(broker *b, const value *asked, const char *after, value *out, err *e)
{
    reading r = {.b = b,
                 .selection = {.kind = value_get_str(asked, "kind", ""),
                               .where = value_get_str(asked, "where", NULL),
                               .order = value_get_str(asked, "order", NULL),
                               .after = after,
                               .limit = PAGE_ROWS + 1,
                               .as_of = b->as_of},
                 .fields = value_get(asked, "fields"),
                 .rows = value_list()};
    bool ok = check_fields(&r, e) && with_puts(&r, read_page, e);
    if (ok) {
        *out = value_map();
        value_add(out, "rows", r.rows);
        value_add(out, "next", value_text(r.next));
    } else {
        value_free(&r.rows);
    }
    free(r.next);
    return ok;
}
