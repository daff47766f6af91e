/* workspace.h: the folder that holds one region's work: polder.lua, polder.db, plugins/, scripts/.
 * Floor: host. */
#ifndef POLDER_HOST_WORKSPACE_H
#define POLDER_HOST_WORKSPACE_H

#include "base/err.h"
#include "store/store.h"

typedef struct workspace workspace; /* opaque */

/* `home`, else $POLDER_HOME, else the nearest parent folder that has polder.lua. ERR_NOT_FOUND says
 * where it looked. */
workspace *workspace_open(const char *home, err *e);
void workspace_close(workspace *ws); /* accepts NULL */

/* Makes a workspace in `folder` (and the folder). ERR_NOT_ALLOWED when there is one already; files
 * that are there are kept. */
bool workspace_init(const char *folder, err *e);

const char *workspace_home(const workspace *ws); /* absolute, borrowed */
const char *workspace_path(workspace *ws,
                           const char *name); /* home/name, borrowed until the next call */
store *workspace_store(workspace *ws,
                       err *e); /* opened at the first call; borrowed; NULL sets *e */

#endif
