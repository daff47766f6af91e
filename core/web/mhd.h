/* mhd.h: libmicrohttpd, loaded when it is needed: linking it would cost every command the start of
 * a TLS library (DESIGN §3). Floor: web, nobody else. Any thread. */
#ifndef POLDER_WEB_MHD_H
#define POLDER_WEB_MHD_H

#include <microhttpd.h>

#include "base/err.h"

#define MHD_FUNCTIONS(X)                                                                           \
    X(start_daemon)                                                                                \
    X(stop_daemon)                                                                                 \
    X(quiesce_daemon)                                                                              \
    X(run)                                                                                         \
    X(get_timeout)                                                                                 \
    X(get_daemon_info)                                                                             \
    X(suspend_connection)                                                                          \
    X(resume_connection)                                                                           \
    X(get_connection_values)                                                                       \
    X(lookup_connection_value)                                                                     \
    X(create_response_from_buffer)                                                                 \
    X(create_response_from_callback)                                                               \
    X(add_response_header)                                                                         \
    X(queue_response)                                                                              \
    X(destroy_response)

/* MHD_run is mhd->run, and so on. */
typedef struct mhd {
#define MHD_MEMBER(name) __typeof__(MHD_##name) *name;
    MHD_FUNCTIONS(MHD_MEMBER)
#undef MHD_MEMBER
} mhd;

const mhd *mhd_load(err *e); /* ERR_UNAVAILABLE when it isn't installed */

#endif
