#include "engine/match_asked.h"

#include "engine/match.h"

bool match_asked(host *h, const value *asked, value *out, err *e)
{
    const match_request r = {
        .scorecard = value_get_str(asked, "scorecard", ""),
        .demands = value_get(asked, "demands"),
        .top = (int64_t)value_get_double(asked, "top", MATCH_TOP),
        .today = value_get_str(asked, "today", NULL),
        .keep = value_get_bool(asked, "keep", true),
    };
    return match_run(h, &r, out, e);
}
