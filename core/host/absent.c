#include "host/absent.h"

#include <string.h>

#include "base/buf.h"

enum { NAME_BYTES = 120 };

/* What stands last in double quotes; false when nothing does. */
static bool last_quoted(const char *message, char out[NAME_BYTES])
{
    const char *end = strrchr(message, '"'), *start = end;
    while (start && start > message && start[-1] != '"')
        start--;
    size_t len = start ? (size_t)(end - start) : 0;
    if (!start || start == message || len == 0 || len >= NAME_BYTES)
        return false;
    memcpy(out, start, len);
    out[len] = '\0';
    return true;
}

static bool says(const plugin *p, const char *name)
{
    bool found = false;
    buf quoted[2] = {0};
    buf_fmt(&quoted[0], "\"%s\"", name);
    buf_fmt(&quoted[1], "'%s'", name);
    for (size_t i = 0; !found && i < value_len(&p->files); i++) {
        const char *text = value_str(&p->files.as.map.items[i].value, "");
        found = strstr(text, buf_text(&quoted[0])) || strstr(text, buf_text(&quoted[1]));
    }
    buf_free(&quoted[0]);
    buf_free(&quoted[1]);
    return found;
}

/* "plugin/name" is of that plugin and no other. */
static bool has(const plugin *p, const char *name)
{
    const char *slash = strchr(name, '/');
    if (slash)
        return strlen(p->name) == (size_t)(slash - name) &&
               strncmp(p->name, name, (size_t)(slash - name)) == 0;
    return strcmp(p->name, name) == 0 || says(p, name);
}

static bool tell(const plugin *p, bool sure, err *e)
{
    const char *place = p->error.where;
    return err_hint(e, "plugin %s%s%s%s%s%s: %s", p->name, sure ? "" : ", which may have it,",
                    p->state == PLUGIN_FAILED ? " failed" : " is not enabled", *place ? " (" : "",
                    place, *place ? ")" : "", p->error.message);
}

bool absent_hint(const plugin_list *plugins, err *e)
{
    char name[NAME_BYTES];
    const plugin *sure = NULL, *perhaps = NULL;
    if (!e || !last_quoted(e->message, name))
        return false;
    for (size_t i = 0; i < plugins->len; i++) {
        const plugin *p = &plugins->items[i];
        if (p->state != PLUGIN_FAILED && p->state != PLUGIN_DISABLED)
            continue;
        if (has(p, name) && (!sure || sure->state != PLUGIN_FAILED))
            sure = p;
        if (p->state == PLUGIN_FAILED && !strchr(name, '/') && !perhaps)
            perhaps = p;
    }
    bool near = strncmp(e->hint, "did you mean", 12) == 0;
    if (sure)
        return tell(sure, true, e);
    return perhaps && !near ? tell(perhaps, false, e) : false;
}

bool absent_elsewhere(const plugin_list *plugins, const err *e)
{
    char name[NAME_BYTES];
    if (e->code != ERR_NOT_FOUND || !last_quoted(e->message, name))
        return false;
    bool here = !strchr(name, '/');
    for (size_t i = 0; i < plugins->len; i++) {
        const plugin *p = &plugins->items[i];
        if (p->state != PLUGIN_ENABLED && has(p, name))
            return true;
        here = here || has(p, name);
    }
    return !here;
}
