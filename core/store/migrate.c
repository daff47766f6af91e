#include "store/migrate.h"

/* Step n brings schema n - 1 to n. A step that was released is never changed: a new one is added.
 * `strict` is SQLite's word for what other engines do anyway. */
static const char *const STEPS[] = {
    "create table meta ("
    " key text primary key,"
    " value text not null) strict;"

    "create table event ("
    " seq integer primary key,"
    " time text not null,"
    " actor text not null,"
    " type text not null,"
    " subject text not null,"
    " data text," /* null, with salt, once erased */
    " salt text,"
    " digest text not null,"
    " prev text not null,"
    " hash text not null) strict;"
    "create index event_subject on event (subject, seq);"

    "create table record ("
    " id text primary key,"
    " kind text not null,"
    " version integer not null,"
    " data text not null,"
    " created integer not null references event (seq),"
    " changed integer not null references event (seq),"
    " deleted integer references event (seq)) strict;"
    "create index record_kind on record (kind, id);"

    "create table claim ("
    " id integer primary key,"
    " record text not null references record (id),"
    " field text not null,"
    " value text not null,"
    " source text,"
    " place text,"
    " date text,"
    " event integer not null references event (seq),"
    " ended integer references event (seq)) strict;"
    "create index claim_record on claim (record, id) where ended is null;"
    "create index claim_source on claim (source, record) where source is not null;"

    "create table run ("
    " id text primary key,"
    " what text not null,"
    " time text not null,"
    " log integer not null,"
    " inputs text not null,"
    " result text not null) strict;"

    "create table kind ("
    " name text primary key,"
    " plugin text not null,"
    " schema text not null) strict;",
};

int64_t migrate_newest(void)
{
    return (int64_t)(sizeof STEPS / sizeof STEPS[0]);
}

static bool read_schema(db *d, int64_t *out, err *e)
{
    *out = 0;
    query *q = db_prepare(d, "select count(*) from sqlite_master where name = 'meta'", e);
    bool ok = q && query_step(q, e);
    bool there = ok && query_int64(q, 0) == 1;
    query_free(q);
    if (!there)
        return ok;
    q = db_prepare(d, "select cast(value as integer) from meta where key = 'schema'", e);
    ok = q != NULL;
    if (ok && query_step(q, e))
        *out = query_int64(q, 0);
    ok = ok && !query_failed(q);
    query_free(q);
    return ok;
}

static bool write_schema(db *d, err *e)
{
    query *q = db_prepare(d,
                          "insert into meta (key, value) values ('schema', cast(? as text))"
                          " on conflict (key) do update set value = excluded.value",
                          e);
    if (q)
        query_bind_int64(q, 1, migrate_newest());
    bool ok = q && query_run(q, e);
    query_free(q);
    return ok;
}

static bool refuse_newer(int64_t schema, err *e)
{
    if (schema <= migrate_newest())
        return true;
    err_set(e, ERR_UNAVAILABLE,
            "a newer Polder made this store (schema %lld; this version knows up to %lld)",
            (long long)schema, (long long)migrate_newest());
    return err_hint(e, "upgrade Polder; this version leaves the store as it is");
}

bool migrate(db *d, err *e)
{
    int64_t schema = 0;
    if (!read_schema(d, &schema, e) || !refuse_newer(schema, e))
        return false;
    if (schema == migrate_newest())
        return true;
    bool ok = false;
    /* Read again under the lock: another process may have been first. */
    if (!db_begin(d, e) || !read_schema(d, &schema, e) || !refuse_newer(schema, e))
        goto done;
    for (int64_t i = schema; i < migrate_newest(); i++) {
        if (!db_exec(d, STEPS[i], e))
            goto done;
    }
    ok = write_schema(d, e) && db_commit(d, e);
done:
    if (!ok)
        db_rollback(d);
    return ok;
}
