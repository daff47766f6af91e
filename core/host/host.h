/* host.h: a workspace with its loop, plugins and registry: what features stand on. Plugin code runs
 * only in worker processes. Floor: host. Loop thread only. */
#ifndef POLDER_HOST_HOST_H
#define POLDER_HOST_HOST_H

#include "base/err.h"
#include "base/value.h"
#include "host/plugin.h"
#include "host/registry.h"
#include "host/workspace.h"

typedef struct host host; /* opaque */

/* Evaluates polder.lua in a worker and finds the plugins; loads none. `safe`: none will be enabled.
 */
host *host_open(workspace *ws, bool safe, err *e); /* owned; the workspace must outlive it */
void host_close(host *h);                          /* accepts NULL; ends every worker */

/* Loads every enabled plugin, each in a worker of its own, at most 500 ms each. One that fails is
 * left out whole and says why in its `error`; the others are loaded. false only when nothing can be
 * loaded at all (sandbox missing, no worker program). Saves the kinds for the store. Cheap when
 * already loaded. */
bool host_load(host *h, err *e);
void host_load_anew(host *h); /* before that: also those that are known from before */
/* The day that plugins were told when they were loaded; "" before. Borrowed. */
const char *host_loaded_on(const host *h);

workspace *host_workspace(host *h);
const value *host_config(const host *h); /* options of polder.lua with defaults (config.h) */
const plugin_list *host_plugins(const host *h);
const registry *host_registry(const host *h);

/* A contribution as people get it: {type, name, full, plugin, file, line, api}. */
value host_contribution(const host *h, const contribution *c);

/* What holds a worker here: list of {layer, works, needed, allowed, detail}, told by a worker
 * itself. For doctor. */
bool host_sandbox(host *h, value *out, err *e);

/* Answers polder.match {scorecard, demands, top, today, keep} and polder.explain {scorecard or run,
 * demand, solution, today, what_if} of a plugin: the engine stands above this floor, so who opens
 * the host says what does. `unkept` as in run_unkept (store/run.h). *out owned by the caller. */
typedef struct host_answers {
    bool (*match)(host *h, const value *asked, err *unkept, value *out, err *e);
    bool (*explain)(host *h, const value *asked, value *out, err *e);
} host_answers;
void host_offer(host *h, const host_answers *answers); /* borrowed */
/* By what was offered. */
bool host_match(host *h, const value *asked, err *unkept, value *out, err *e);
bool host_explain(host *h, const value *asked, value *out, err *e);

/* In which language checks say why not: "nl" or "en", kept as it is given; "nl" when nobody says.
 */
void host_speak(host *h, const char *lang);

/* Runs a plugin's test.lua in a worker: list of {name, passed, message, where}. */
bool host_test_plugin(host *h, const char *name, value *out, err *e);

#endif
