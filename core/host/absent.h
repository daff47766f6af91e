/* absent.h: a kind, rule, scorecard or report that isn't there because its plugin isn't enabled:
 * the error then says which plugin, and what is wrong with that one. Floor: host. */
#ifndef POLDER_HOST_ABSENT_H
#define POLDER_HOST_ABSENT_H

#include "base/err.h"
#include "host/plugin.h"

/* `e` says that something isn't there, its name last in double quotes: `there is no kind "crate"`.
 * Where a plugin that isn't enabled has that name in its Lua, or is named before a slash in it, the
 * hint becomes that plugin's state and error; where `e` has no better hint, that of one that
 * failed. Returns false. */
bool absent_hint(const plugin_list *plugins, err *e);
/* Such an error: may it be of a plugin that isn't enabled, or isn't here at all? */
bool absent_elsewhere(const plugin_list *plugins, const err *e);

#endif
