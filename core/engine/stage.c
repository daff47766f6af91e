#include "engine/stage.h"

#include <stdio.h>

bool stage_now(host *h, stage *out, err *e)
{
    store *st = workspace_store(host_workspace(h), e);
    if (!st || !host_load(h, e))
        return false;
    *out =
        (stage){.host = h, .store = st, .plugins = host_plugins(h), .registry = host_registry(h)};
    snprintf(out->loaded, sizeof out->loaded, "%s", host_loaded_on(h));
    return true;
}

bool stage_then(host *h, const value *inputs, stage *out, err *e)
{
    const char *loaded = value_get_str(inputs, "loaded", NULL);
    pinned plugins = {0};
    store *st = workspace_store(host_workspace(h), e);
    if (!st)
        return false;
    if (!loaded) {
        err_set(e, ERR_NOT_FOUND, "the run was kept without its plugins, by an older Polder");
        return err_hint(e, "match again: from now on runs keep all that is needed to repeat them");
    }
    if (!pinned_load(h, value_get(inputs, "plugins"), loaded, &plugins, e))
        return false;
    *out = (stage){.host = h,
                   .store = st,
                   .as_of = value_get_int(inputs, "log", 0),
                   .counted = value_get_int(inputs, "counted", 0),
                   .pinned = plugins,
                   .registry = plugins.registry};
    out->plugins = &out->pinned.plugins;
    snprintf(out->loaded, sizeof out->loaded, "%s", loaded);
    return true;
}

void stage_free(stage *s)
{
    pinned_free(&s->pinned);
    *s = (stage){0};
}
