#include "cli/audit.h"
#include "cli/out.h"
#include "store/search.h"

bool audit_reindex(cli *c, err *e)
{
    store *st = cli_writer(c, e);
    if (!st || !store_reindex(st, e))
        return false;
    if (c->json)
        out_str("{\"reindexed\":true}\n");
    else
        out_str("words, references, unique values, versions, kinds and views are made again\n");
    return out_ok(e);
}
