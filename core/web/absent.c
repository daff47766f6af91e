/* In place of all else here, where Polder was built without libmicrohttpd. */
#include <stddef.h>

#include "web/web.h"

web *web_start(keeper *k, const char *listen, bool open, err *e)
{
    (void)k, (void)listen, (void)open;
    err_set(e, ERR_UNAVAILABLE, "this Polder was built without libmicrohttpd: there is no HTTP");
    err_hint(e, "build it again with libmicrohttpd-dev, or serve without: --listen none");
    return NULL;
}

const char *web_address(const web *w)
{
    (void)w;
    return "";
}

void web_free(web *w)
{
    (void)w;
}
