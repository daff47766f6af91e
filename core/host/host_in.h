/* host_in.h: what the files of the host share. Not for other floors. Floor: host. */
#ifndef POLDER_HOST_HOST_IN_H
#define POLDER_HOST_HOST_IN_H

#include <uv.h>

#include "base/clock.h"
#include "host/host.h"
#include "host/task.h"

struct host {
    workspace *ws;
    uv_loop_t loop;
    char *program; /* polder-worker */
    value config;
    value sandbox; /* what a worker said of it */
    plugin_list plugins;
    registry *registry;
    struct guest **guests; /* one a plugin, while there is work for it (guest.c) */
    size_t guests_len;
    store *checked;              /* whose changes checks are asked about, or NULL (checks.c) */
    const host_answers *answers; /* what answers polder.match and polder.explain, or NULL */
    value missing;    /* checks of plugins that failed: full name → kind (reactions.c) */
    const char *lang; /* of people here, or NULL */
    bool safe, loaded;
    bool unsaved; /* the kinds, for another process wrote (declared.c) */
    bool anew;    /* whatever is known of plugins: load them */
    char loaded_on[CLOCK_DATE_TEXT];
};

/* The task that loads a plugin in a worker. (load.c) */
void host_load_task(task *t, const plugin *p, const char *today);

#endif
