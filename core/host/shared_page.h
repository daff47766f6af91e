/* shared_page.h: the page that a host shares with one worker (base/wire.h). Floor: host. */
#ifndef POLDER_HOST_SHARED_PAGE_H
#define POLDER_HOST_SHARED_PAGE_H

#include "base/wire.h"

/* Owned; *out_fd is for the worker, the caller closes it. NULL sets errno. */
wire_page *shared_page_new(int *out_fd);
void shared_page_free(wire_page *page);

#endif
