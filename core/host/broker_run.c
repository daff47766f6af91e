#include "host/broker_run.h"

#include <string.h>

#include "store/run.h"

static bool is_listed(const value *sorts, const char *what)
{
    for (size_t i = 0; i < value_len(sorts); i++) {
        const char *one = value_str(value_at(sorts, i), "");
        if (strcmp(one, "*") == 0 || strcmp(one, what) == 0)
            return true;
    }
    return false;
}

bool broker_run(const broker *b, const value *args, value *out, err *e)
{
    const value *capabilities = value_get(&b->plugin->manifest, "capabilities");
    const value *sorts = value_get(capabilities, "runs");
    const char *id = value_get_str(args, "id", "");
    value run = value_nil();
    if (!value_len(sorts)) {
        err_set(e, ERR_NOT_ALLOWED, "%s may not look up runs", b->plugin->name);
        return err_hint(e, "plugin.json asks for it: \"capabilities\": {\"runs\": [\"match\"]}");
    }
    if (!run_find(b->store, id, b->as_of, &run, e))
        return false;
    if (value_is(&run, VALUE_MAP) && is_listed(sorts, value_get_str(&run, "what", ""))) {
        value inputs = value_copy(value_get(&run, "inputs"));
        value_drop(&inputs, "plugins"); /* with the settings of others */
        value_set(&run, "inputs", inputs);
    } else if (value_is(&run, VALUE_MAP)) {
        value_drop(&run, "inputs");
    }
    *out = run;
    return true;
}
