#include "web/request.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"

static unsigned status_of(err_code code)
{
    switch (code) {
    case ERR_USAGE:
    case ERR_BAD_DATA:
        return 400;
    case ERR_NOT_FOUND:
        return 404;
    case ERR_NOT_ALLOWED:
        return 403;
    case ERR_LIMIT:
    case ERR_UNAVAILABLE:
        return 503;
    default:
        return 500;
    }
}

void request_answer(request *r, bool ok, const err *why)
{
    r->status = 200;
    if (ok)
        return;
    r->status = status_of(why->code);
    buf_clear(&r->body);
    json_write_error(&r->body, why);
}

const char *request_text(const request *r, const char *name)
{
    const char *text = value_get_str(&r->args, name, "");
    return *text ? text : NULL;
}

bool request_int(const request *r, const char *name, int64_t otherwise, int64_t most, int64_t *out,
                 err *e)
{
    const char *text = request_text(r, name);
    char *end = NULL;
    *out = text ? strtoll(text, &end, 10) : otherwise;
    if (!text || (*end == '\0' && *out >= 0 && *out <= most))
        return true;
    return err_set(e, ERR_USAGE, "%s: expected a whole number from 0 to %lld, got \"%.40s\"", name,
                   (long long)most, text);
}
