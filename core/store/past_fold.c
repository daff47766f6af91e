/* The states of records, told by the log alone: what table `version` must hold. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/past_parts.h"

typedef struct folding {
    char *id; /* of the record that is being told; owned */
    bool is_there;
    int64_t version, created, since;
    value data;
    const past_teller *to;
} folding;

/* What stood until event `until` (0: until now). */
static bool tell(const folding *f, int64_t until, err *e)
{
    if (!f->is_there)
        return true;
    const past_state s = {
        .id = f->id, .version = f->version, .since = f->since, .until = until, .data = &f->data};
    return f->to->state(f->to->ctx, &s, e);
}

static int by_key(const void *a, const void *b)
{
    return strcmp(((const value_entry *)a)->key, ((const value_entry *)b)->key);
}

static void take_fields(value *data, const value *fields)
{
    for (size_t i = 0; i < value_len(fields); i++) {
        const value_entry *field = &fields->as.map.items[i];
        if (value_is(&field->value, VALUE_NIL))
            value_drop(data, field->key);
        else
            value_set(data, field->key, value_copy(&field->value));
    }
    if (data->as.map.len > 1)
        qsort(data->as.map.items, data->as.map.len, sizeof *data->as.map.items, by_key);
}

/* Only an event that made a version of the record changed it; others speak about it. */
static bool take_event(folding *f, const past_event *v, err *e)
{
    const value *fields = value_get(v->data, "fields");
    if (f->to->event && !f->to->event(f->to->ctx, v, e))
        return false;
    if (!value_get(v->data, "version"))
        return true;
    if (!tell(f, v->seq, e))
        return false;
    if (!f->is_there) {
        value_free(&f->data);
        f->data = value_map();
        f->created = v->seq;
    }
    f->since = v->seq;
    f->version = value_get_int(v->data, "version", 0);
    f->is_there =
        strcmp(v->type, "record.deleted") != 0 && !value_get_bool(v->data, "deleted", false);
    if (value_is(fields, VALUE_MAP))
        take_fields(&f->data, fields);
    return true;
}

static bool end_record(folding *f, err *e)
{
    if (!f->id || !tell(f, 0, e))
        return !f->id;
    const past_end r = {.id = f->id,
                        .is_there = f->is_there,
                        .version = f->version,
                        .created = f->created,
                        .changed = f->since,
                        .data = &f->data};
    return !f->to->end || f->to->end(f->to->ctx, &r, e);
}

static bool next_record(folding *f, const char *id, err *e)
{
    if (f->id && strcmp(f->id, id) == 0)
        return true;
    if (!end_record(f, e))
        return false;
    value_free(&f->data);
    free(f->id);
    *f = (folding){.id = mem_text(id), .data = value_map(), .to = f->to};
    return true;
}

bool past_tell(store *st, const past_teller *to, err *e)
{
    query *q = db_prepare(st->db,
                          "select subject, seq, type, data, time, actor from event"
                          " where type glob 'record.*' and data is not null order by subject, seq",
                          e);
    if (!q)
        return false;
    folding f = {.data = value_map(), .to = to};
    bool ok = true;
    while (ok && query_step(q, e)) {
        value data = value_nil();
        const char *id = query_text(q, 0), *text = query_text(q, 3);
        ok = next_record(&f, id, e) && store_read_map(text, query_bytes(q, 3), id, &data, e) &&
             take_event(&f,
                        &(past_event){.id = id,
                                      .time = query_text(q, 4),
                                      .type = query_text(q, 2),
                                      .actor = query_text(q, 5),
                                      .seq = query_int64(q, 1),
                                      .data = &data},
                        e);
        value_free(&data);
    }
    ok = ok && !query_failed(q) && end_record(&f, e);
    query_free(q);
    free(f.id);
    value_free(&f.data);
    return ok;
}

bool past_fold(store *st, bool (*state)(void *ctx, const past_state *s, err *e), void *ctx, err *e)
{
    return past_tell(st, &(past_teller){.state = state, .ctx = ctx}, e);
}

static bool keep_state(void *ctx, const past_state *s, err *e)
{
    store *st = ctx;
    if (s->until == 0)
        return true; /* this one stands in `record` */
    query *q = db_prepare(st->db,
                          "insert into version (record, version, data, since, until)"
                          " values (?, ?, ?, ?, ?)",
                          e);
    if (!q)
        return false;
    char *data = store_json(s->data);
    query_bind_text(q, 1, s->id);
    query_bind_int64(q, 2, s->version);
    query_bind_text(q, 3, data);
    query_bind_int64(q, 4, s->since);
    query_bind_int64(q, 5, s->until);
    bool ok = query_run(q, e);
    query_free(q);
    free(data);
    return ok;
}

static bool must_fill(store *st, bool *out, err *e)
{
    query *q = db_prepare(st->db, "select 1 from meta where key = 'versions_missing'", e);
    if (!q)
        return false;
    *out = query_step(q, e);
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}

bool past_again(store *st, err *e)
{
    return store_run(st, "delete from version", NULL, 0, e) && past_fold(st, keep_state, st, e);
}

bool past_ready(store *st, err *e)
{
    bool fill = false;
    if (!must_fill(st, &fill, e))
        return false;
    if (!fill)
        return true;
    if (!store_begin(st, e))
        return false;
    /* Read again under the lock: another process may have been first. */
    bool ok = must_fill(st, &fill, e);
    if (ok && fill)
        ok = past_again(st, e) &&
             store_run(st, "delete from meta where key = 'versions_missing'", NULL, 0, e);
    if (ok)
        return store_commit(st, e);
    store_rollback(st);
    return false;
}
