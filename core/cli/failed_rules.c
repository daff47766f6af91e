#include "cli/failed_rules.h"

#include "base/text.h"
#include "cli/report.h"

static void name_failure(const value *failed, err *e)
{
    int64_t pairs = value_get_int(failed, "pairs", 0);
    err_set(e, ERR_PARTIAL, "plugin %s: rule %s failed for %lld %s: %s",
            value_get_str(failed, "plugin", ""), value_get_str(failed, "rule", ""),
            (long long)pairs, text_plural(pairs, "pair", "pairs"),
            value_get_str(failed, "reason", ""));
    err_where(e, "%s", value_get_str(failed, "where", ""));
}

/* A failed rule makes the exit code 1. People see them all on stderr; the JSON document has them,
 * and the error names the first. */
bool failed_rules_tell(const cli *c, const value *document, err *e)
{
    const value *failed = value_get(document, "failed_rules");
    size_t count = value_len(failed);
    if (count == 0)
        return true;
    for (size_t i = 0; !c->json && i < count; i++) {
        err one = {0};
        name_failure(value_at(failed, i), &one);
        report_part(&one);
    }
    if (c->json)
        name_failure(value_at(failed, 0), e);
    else
        err_set(e, ERR_PARTIAL, "%zu rule%s failed; the scores stand without %s", count,
                count == 1 ? "" : "s", count == 1 ? "it" : "them");
    return err_hint(e, "mend the plugin (`polder plugin test NAME`), then match again");
}
