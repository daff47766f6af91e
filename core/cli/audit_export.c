#include "cli/audit.h"
#include "cli/lines.h"
#include "cli/out.h"
#include "store/event.h"

bool audit_export(cli *c, err *e)
{
    lines l = {.path = args_text(&c->args, "output"), .json = c->json};
    store *st = cli_store(c, e);
    bool ok = st && event_lines(st, lines_put, &l, e) && lines_end(&l, e);
    lines_free(&l);
    return ok && out_ok(e);
}
