#include "engine/counted.h"

#include <string.h>

#include "base/texts.h"
#include "store/event.h"
#include "store/run.h"
#include "store/select.h"

bool counted_matters(const plan *p)
{
    for (size_t i = 0; i < p->len; i++) {
        const value *measure = value_get(p->rules[i].from->spec, "measure");
        if (!measure || strcmp(value_get_str(measure, "kind", ""), "text") == 0)
            return true;
    }
    return false;
}

static bool has_many(store *st, int64_t least, bool *out, err *e)
{
    int64_t size = 0;
    bool ok = store_size(st, ROLE_SOLUTION, least, &size, e);
    *out = size >= least;
    return ok;
}

bool counted_large(store *st, bool *out, err *e)
{
    return has_many(st, COUNTED_FROM, out, e);
}

bool counted_few(store *st, int64_t changed, bool *out, err *e)
{
    return has_many(st, changed * COUNTED_SHARE, out, e);
}

static bool changed_since(store *st, int64_t seq, int64_t *out, err *e)
{
    texts ids = {0};
    bool ok = store_changed(st, ROLE_SOLUTION, seq, &ids, e);
    *out = (int64_t)ids.len;
    texts_free(&ids);
    return ok;
}

bool counted_on(const stage *on, const plan *p, int64_t *out, err *e)
{
    int64_t last = 0, changed = 0, head = 0;
    bool large = false, holds = false;
    *out = 0;
    if (!counted_matters(p))
        return true;
    if (on->as_of) {
        *out = on->counted < on->as_of ? on->counted : 0;
        return true;
    }
    if (on->recounts)
        return true;
    if (!counted_large(on->store, &large, e))
        return false;
    if (!large)
        return true;
    if (!run_last_counted(on->store, &last, e) || !event_head(on->store, &head, e))
        return false;
    if (last < 1 || last > head)
        return true;
    if (!changed_since(on->store, last, &changed, e) || !counted_few(on->store, changed, &holds, e))
        return false;
    *out = holds ? last : 0;
    return true;
}

bool counted_differs(int64_t counted, int64_t log)
{
    return counted > 0 && counted != log;
}

void counted_tell(int64_t counted, int64_t log, value *document)
{
    if (counted_differs(counted, log))
        value_add(document, "counted", value_int(counted));
}

/* Who writes meanwhile doesn't get between two reads: the solutions are open, and all is of the
 * moment at which they were opened. */
bool counted_open(const stage *on, const plan *p, solution_rows *r, int64_t *log, err *e)
{
    *r = (solution_rows){.store = on->store, .kind = ROLE_SOLUTION, .fields = &p->solution_fields};
    *log = on->as_of;
    return counted_on(on, p, &r->counted, e) && solution_rows_open(r, on->as_of, e) &&
           (on->as_of || event_head(on->store, log, e));
}
