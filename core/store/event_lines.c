/* The log as JSON Lines that any language can check. */
#include <string.h>

#include "base/json.h"
#include "store/event.h"
#include "store/store_parts.h"

/* The data last, with the very bytes that the digest is of: what reads them needs no JSON writer of
 * its own. */
static void write_line(query *q, buf *line)
{
    static const char *const KEYS[] = {"seq",  "time", "actor", "type",  "subject",
                                       "prev", "hash", "salt",  "digest"};
    value head = value_map();
    value_add(&head, KEYS[0], value_int(query_int64(q, 0)));
    for (int i = 1; i < 9; i++)
        value_add(&head, KEYS[i], value_text(query_text(q, i)));
    buf_clear(line);
    json_write(line, &head);
    line->len--; /* the brace */
    buf_str(line, ",\"data\":");
    const char *data = query_text(q, 9);
    if (data)
        buf_add(line, data, query_bytes(q, 9));
    else
        buf_str(line, "null");
    buf_str(line, "}");
    value_free(&head);
}

bool event_lines(store *st, bool (*line)(void *ctx, const char *text, size_t len, err *e),
                 void *ctx, err *e)
{
    query *q = db_prepare(st->db,
                          "select seq, time, actor, type, subject, prev, hash, salt, digest, data"
                          " from event order by seq",
                          e);
    if (!q)
        return false;
    buf text = {0};
    bool ok = true;
    while (ok && query_step(q, e)) {
        write_line(q, &text);
        ok = line(ctx, buf_text(&text), text.len, e);
    }
    ok = ok && !query_failed(q);
    buf_free(&text);
    query_free(q);
    return ok;
}
