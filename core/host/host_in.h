/* host_in.h: what the files of the host share. Not for other floors. Floor: host. */
#ifndef POLDER_HOST_HOST_IN_H
#define POLDER_HOST_HOST_IN_H

#include <uv.h>

#include "host/host.h"

struct host {
    workspace *ws;
    uv_loop_t loop;
    char *program; /* polder-worker */
    value config;
    value sandbox; /* what a worker said of it */
    plugin_list plugins;
    registry *registry;
    bool safe, loaded;
};

#endif
