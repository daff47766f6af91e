#include "web/mhd.h"

#include <dlfcn.h>
#include <string.h>

static bool missing(const char *why, err *e)
{
    err_set(e, ERR_UNAVAILABLE, "there is no HTTP, for libmicrohttpd can't be loaded: %s",
            why ? why : "it is too old");
    return err_hint(e, "install it (Debian: libmicrohttpd12), or serve without: --listen none");
}

const mhd *mhd_load(err *e)
{
    static mhd loaded;
    void *library = dlopen("libmicrohttpd.so.12", RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        missing(dlerror(), e);
        return NULL;
    }
    bool all = true;
#define MHD_FIND(name)                                                                             \
    do {                                                                                           \
        void *found = dlsym(library, "MHD_" #name);                                                \
        memcpy(&loaded.name, &found, sizeof found);                                                \
        all = all && found;                                                                        \
    } while (0);
    MHD_FUNCTIONS(MHD_FIND)
#undef MHD_FIND
    if (!all)
        missing(NULL, e);
    return all ? &loaded : NULL; /* it stays loaded until the process ends */
}
