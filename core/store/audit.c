#include "store/audit.h"

#include "store/head.h"

typedef struct part {
    audit_progress *tell;
    const char *what;
} part;

static void pass(void *ctx, int64_t done, int64_t of)
{
    const part *p = ctx;
    if (p->tell)
        p->tell(p->what, done, of);
}

/* The tables are held against a log that is right, or not at all. */
bool audit_run(store *st, const value *heads, const char *public_key, audit_progress *progress,
               audit *out, err *e)
{
    part events = {progress, "events checked"},
         records = {progress, "records held against the log"};
    bool ok = event_verify(st, &out->log, pass, &events, e);
    out->chain = out->log.bad_seq == 0;
    if (ok && out->chain)
        ok = head_verify(st, heads, public_key, &out->log, &out->signatures, e);
    if (ok && out->log.bad_seq == 0)
        ok = past_verify(st, &out->tables, pass, &records, e);
    if (ok && out->log.bad_seq == 0 && out->tables.differ == 0)
        ok = db_check(store_db(st), e); /* what no table shows, and the next change may meet */
    return ok;
}

void audit_free(audit *a)
{
    value_free(&a->tables.first);
}

value audit_document(const audit *a)
{
    value document = value_map();
    bool right = a->log.bad_seq == 0;
    value_add(&document, "whole", value_bool(right && a->tables.differ == 0));
    value_add(&document, "checked", value_int(a->log.checked));
    value_add(&document, "signatures", value_int(a->signatures));
    value_add(&document, "bad_seq", right ? value_nil() : value_int(a->log.bad_seq));
    value_add(&document, "damage", right ? value_nil() : value_text(a->log.damage));
    value_add(&document, "records", right ? value_int(a->tables.records) : value_nil());
    value_add(&document, "differ", right ? value_int(a->tables.differ) : value_nil());
    value_add(&document, "differences", value_copy(&a->tables.first));
    return document;
}
