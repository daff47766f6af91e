/* stage.h: what a match is made from: plugins and records, as they are now or as they were when a
 * run was kept. Floor: engine. Loop thread only. */
#ifndef POLDER_ENGINE_STAGE_H
#define POLDER_ENGINE_STAGE_H

#include "base/clock.h"
#include "host/host.h"
#include "host/pinned.h"

/* Plain data, borrowed but for `pinned`. */
typedef struct stage {
    host *host;
    store *store;
    const plugin_list *plugins;
    const registry *registry;
    int64_t as_of;                /* log position of the records; 0: as they are */
    int64_t counted;              /* with as_of: as of which event texts were counted; 0: as they
                                     were */
    bool recounts;                /* without as_of: they are counted as they are, whatever an
                                     earlier match counted */
    char loaded[CLOCK_DATE_TEXT]; /* the day that plugins were told when they were loaded */
    pinned pinned;
} stage;

/* As everything is now: loads the plugins. */
bool stage_now(host *h, stage *out, err *e);
/* As a stored run's inputs say. ERR_NOT_FOUND when it was kept without what is needed for that. */
bool stage_then(host *h, const value *inputs, stage *out, err *e);
void stage_free(stage *s); /* accepts a zeroed one */

#endif
