/* web.h: the daemon's HTTP: what anybody on this machine may read, as JSON. It changes nothing.
 * Floor: web. Loop thread only. */
#ifndef POLDER_WEB_WEB_H
#define POLDER_WEB_WEB_H

#include "host/keeper.h"

typedef struct web web; /* opaque */

/* Listens (address.h says on what) and answers while the keeper runs. NULL sets *e. */
web *web_start(keeper *k, const char *listen, bool open, err *e);
const char *web_address(const web *w); /* "http://127.0.0.1:7340", borrowed */
void web_free(web *w);                 /* accepts NULL; before keeper_close */

#endif
